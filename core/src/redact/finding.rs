//! Where something was found, for people: the place and the rule, never the value.

use serde::Deserialize;
use serde::Serialize;

use crate::document::RedactAction;
use crate::redact::kind::KindInfo;

/// Where something was found, and by which rule; never what.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RedactionFinding {
    /// What happened to it.
    pub action: RedactAction,
    /// The byte of the line that it begins with, counted from 1, once what a terminal hides is gone.
    pub column: u64,
    /// The word in its marker.
    pub kind: String,
    /// How many bytes it has.
    pub length: u64,
    /// The line, counted from 1.
    pub line: u64,
    /// The detector.
    pub rule: String,
}

/// Follows lines and columns, and gathers findings where somebody wants them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Trace {
    /// Bytes of the line that lie before what is looked at now.
    pub(super) column: u64,
    findings: Option<Vec<RedactionFinding>>,
    /// The lines before the one that is looked at.
    line: u64,
    /// The lines before the next one.
    next: u64,
    /// Where a run of equal lines begins to be left out, and how many bytes were.
    repeat: (u64, u64),
}

impl Trace {
    /// Gathers findings from now on.
    pub(super) fn gather(&mut self) {
        self.findings.get_or_insert_default();
    }

    /// Returns the findings that were not taken yet.
    pub(super) fn take(&mut self) -> Vec<RedactionFinding> {
        self.findings.as_mut().map(std::mem::take).unwrap_or_default()
    }

    /// Goes to the next line, or on in a line of which parts went out.
    #[inline]
    pub(super) fn begin(&mut self, whole: bool, feed: bool) {
        if whole {
            self.column = 0;
        }
        self.line = self.next;
        self.next += u64::from(feed);
    }

    /// Returns the lines before the next one.
    pub(super) fn next(&self) -> u64 {
        self.next
    }

    /// Passes over lines that are not looked at one by one.
    pub(super) fn skip(&mut self, lines: usize) {
        self.next += length(lines);
    }

    /// Notes that one more of a run of equal lines is left out.
    pub(super) fn leave_out(&mut self, first: bool, bytes: usize) {
        if first {
            self.repeat = (self.line, 0);
        }
        self.repeat.1 += length(bytes);
    }

    /// Notes what was found at `start` of what is looked at now.
    pub(super) fn note(
        &mut self,
        start: usize,
        bytes: usize,
        info: &KindInfo,
        action: RedactAction,
    ) {
        let place = (self.line, self.column + length(start));
        self.add(place, length(bytes), info, action);
    }

    /// Notes a block that began at `place`: the lines before it, and the bytes of its line.
    pub(super) fn note_block(&mut self, place: (u64, u64), bytes: u64, info: &KindInfo) {
        self.add(place, bytes, info, RedactAction::Redact);
    }

    /// Notes the equal lines that were left out.
    pub(super) fn note_repeat(&mut self, info: &KindInfo) {
        let (line, bytes) = self.repeat;
        self.note_block((line, 0), bytes, info);
    }

    fn add(&mut self, place: (u64, u64), bytes: u64, info: &KindInfo, action: RedactAction) {
        if let Some(findings) = &mut self.findings {
            findings.push(RedactionFinding {
                action,
                column: place.1 + 1,
                kind: info.name.clone(),
                length: bytes,
                line: place.0 + 1,
                rule: info.rule.clone(),
            });
        }
    }
}

fn length(bytes: usize) -> u64 {
    u64::try_from(bytes).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use crate::redact::Raw;
    use crate::redact::RedactionFinding;
    use crate::redact::Redactor;
    use crate::redact::Sink;

    fn places(text: &str) -> Vec<(String, u64, u64, u64)> {
        let raw = Raw::new(text);
        let (_, found) = Redactor::default().project_explained(&raw, Sink::LogViewer);
        let place = |it: RedactionFinding| (it.rule, it.line, it.column, it.length);
        found.into_iter().map(place).collect()
    }

    #[test]
    fn a_finding_names_line_column_and_length_of_the_value() {
        let text = "first\nmail ana@shop.example\n\nurl http://db.internal/x b@shop.example\n";
        let email = |line, column, length| ("email".to_owned(), line, column, length);
        let found = places(text);
        assert_eq!(found.first(), Some(&email(2, 6, 16)));
        assert_eq!(found.last(), Some(&email(4, 26, 14)));
        assert_eq!(found.len(), 3);
    }

    #[test]
    fn lines_behind_blocks_and_equal_lines_keep_their_numbers() {
        let block = "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5ejAx\n";
        let text = format!("{}{}a@shop.example\n", block.repeat(60), "same line\n".repeat(20));
        let found = places(&text);
        let lines: Vec<(&str, u64)> = found.iter().map(|it| (it.0.as_str(), it.1)).collect();
        assert_eq!(lines.first(), Some(&("large_block", 1)));
        assert!(lines.contains(&("email", 81)));
        assert!(lines.iter().any(|it| it.0 == "repeated_lines" && (61..81).contains(&it.1)));
    }

    #[test]
    fn columns_of_a_line_that_is_longer_than_a_window_count_from_its_beginning() {
        let text = format!("{}a@shop.example\n", "word ".repeat(40_000));
        assert_eq!(places(&text), [("email".to_owned(), 1, 200_001, 14)]);
    }

    #[test]
    fn any_split_gives_the_same_findings() {
        let text = format!("{}\nx a@shop.example\n", "word b@shop.example ".repeat(9_000));
        let mut found = Vec::new();
        let mut stream = Redactor::default().stream(Sink::LogViewer);
        stream.explain();
        for piece in text.as_bytes().chunks(977) {
            stream.push(piece);
            found.extend(stream.take_findings());
        }
        found.extend(stream.end().findings);
        let raw = Raw::new(text);
        let (_, whole) = Redactor::default().project_explained(&raw, Sink::LogViewer);
        assert_eq!(found, whole);
    }
}
