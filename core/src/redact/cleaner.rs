//! Texts that were made from something redacted: what went there must not come back here.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::marker::PhantomData;

use serde_json::Value;

use crate::facts::percent_decoded;
use crate::redact::Projection;
use crate::redact::Raw;
use crate::redact::Redactor;
use crate::redact::SinkType;

/// Takes out of texts what a redactor took out of the JSON tree that they were made from, such as
/// a request, and what it finds in them besides.
///
/// A secret that only its place gave away, such as the word behind `--password`, looks like any
/// other word in a sentence about the request. So the words that went are remembered, and go
/// wherever they stand: in any case, percent-decoded, without quotes, and cut off by an ellipsis.
/// Words of fewer than 4 bytes are left.
///
/// # Example
/// ```
/// use bailiwick::{Cleaner, LogViewer, Redactor};
/// let request = serde_json::json!({"argv": ["login", "--password", "correct-horse"]});
/// let cleaner = Cleaner::<LogViewer>::new(&request, &Redactor::default());
/// assert_eq!(cleaner.tree()["argv"][2], "[REDACTED:password]");
/// let mut text = "`login` reads `correct-horse`".to_owned();
/// cleaner.clean(&mut text);
/// assert_eq!(text, "`login` reads `[REDACTED]`");
/// ```
#[derive(Clone)]
pub struct Cleaner<S> {
    /// What went, in small letters, by its first bytes; the longest first.
    gone: BTreeMap<[u8; SHORTEST], Vec<Vec<u8>>>,
    redactor: Redactor,
    sink: PhantomData<S>,
    tree: Value,
}

impl<S: SinkType> Cleaner<S> {
    /// Returns what cleans texts that were made from `raw`, for the sink `S`.
    pub fn new(raw: &Value, redactor: &Redactor) -> Self {
        let tree = redactor.project_tree(raw, S::SINK).into_tree();
        let mut words = BTreeSet::new();
        gather(raw, &tree, &mut words);
        let mut gone: BTreeMap<[u8; SHORTEST], Vec<Vec<u8>>> = BTreeMap::new();
        for word in words {
            if let Some(first) = word.first_chunk() {
                gone.entry(*first).or_default().push(word);
            }
        }
        for words in gone.values_mut() {
            words.sort_by_key(|word| Reverse(word.len()));
        }
        Self { gone, redactor: redactor.clone(), sink: PhantomData, tree }
    }

    /// Returns what the sink may see of the tree itself.
    pub fn tree(&self) -> &Value {
        &self.tree
    }

    /// Returns what the sink may see of `text`.
    pub fn project(&self, text: &str) -> Projection<S> {
        self.redactor.project(&Raw::new(self.without_gone(text)))
    }

    /// Leaves of `text` what the sink may see.
    pub fn clean(&self, text: &mut String) {
        *text = self.project(text).into_text();
    }

    fn without_gone(&self, text: &str) -> String {
        if self.gone.is_empty() {
            return text.to_owned();
        }
        let small = text.to_ascii_lowercase();
        // Stretches that words which went cover together.
        let mut covered: Vec<(usize, usize)> = Vec::new();
        for at in 0..small.len() {
            let rest = small.as_bytes().get(at..).unwrap_or_default();
            let end = at + self.length_of_gone(rest);
            match covered.last_mut() {
                Some((_, last)) if at < *last => *last = end.max(*last),
                Some(_) | None if end > at => covered.push((at, end)),
                Some(_) | None => {}
            }
        }
        let mut out = String::new();
        let mut done = 0;
        for (start, end) in covered {
            out.push_str(text.get(done..start).unwrap_or_default());
            out.push_str(&self.marker_of(text.get(start..end).unwrap_or_default()));
            done = end;
        }
        out.push_str(text.get(done..).unwrap_or_default());
        out
    }

    /// Returns how many bytes at the beginning of `text` went elsewhere.
    fn length_of_gone(&self, text: &[u8]) -> usize {
        let words = text.first_chunk().and_then(|first| self.gone.get(first));
        let lengths = words.into_iter().flatten().map(|word| {
            let same = word.iter().zip(text).take_while(|(a, b)| a == b).count();
            // Sentences show the beginning of what is long.
            let rest = text.get(same..).unwrap_or_default();
            let is_cut = rest.is_empty() || CUTS.iter().any(|cut| rest.starts_with(cut.as_bytes()));
            if same == word.len() || same >= SHORTEST_CUT && is_cut { same } else { 0 }
        });
        lengths.max().unwrap_or(0)
    }

    /// Returns the marker of `word` where it is known for a secret by itself, so that equal ones
    /// can be told; what only its place gave away has a marker that says nothing.
    fn marker_of(&self, word: &str) -> String {
        let shown = self.redactor.project::<S>(&Raw::new(word)).into_text();
        let inner = shown.strip_prefix("[REDACTED:").and_then(|rest| rest.strip_suffix(']'));
        match inner {
            Some(inner) if !inner.contains(['[', ']']) => shown,
            Some(_) | None => MARKER.to_owned(),
        }
    }
}

impl<S> std::fmt::Debug for Cleaner<S> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Cleaner(…)")
    }
}

/// Gathers the words of each text of `raw` that its projection does not hold any more.
fn gather(raw: &Value, projected: &Value, gone: &mut BTreeSet<Vec<u8>>) {
    match (raw, projected) {
        (Value::String(raw), Value::String(projected)) => texts(raw, projected, gone),
        (Value::Number(raw), Value::String(projected)) => texts(&raw.to_string(), projected, gone),
        (Value::Array(raw), Value::Array(projected)) => {
            for (raw, projected) in raw.iter().zip(projected) {
                gather(raw, projected, gone);
            }
        }
        (Value::Object(raw), Value::Object(projected)) => {
            for (name, raw) in raw {
                match projected.get(name) {
                    Some(projected) => gather(raw, projected, gone),
                    // The name went, and by which name its value stands now is not known.
                    None => {
                        texts(name, "", gone);
                        gather_all(raw, gone);
                    }
                }
            }
        }
        (Value::Null | Value::Bool(_) | Value::Number(_), _) => {}
        // It is cut off for its depth, or the tree was refused.
        (Value::String(_) | Value::Array(_) | Value::Object(_), _) => gather_all(raw, gone),
    }
}

/// Gathers the words of every text of `raw`.
fn gather_all(raw: &Value, gone: &mut BTreeSet<Vec<u8>>) {
    match raw {
        Value::String(text) => texts(text, "", gone),
        Value::Array(items) => items.iter().for_each(|item| gather_all(item, gone)),
        Value::Object(entries) => {
            for (name, value) in entries {
                texts(name, "", gone);
                gather_all(value, gone);
            }
        }
        Value::Number(number) => texts(&number.to_string(), "", gone),
        Value::Null | Value::Bool(_) => {}
    }
}

/// Gathers the words of a text as it is written, and as a shell reads it.
fn texts(raw: &str, projected: &str, gone: &mut BTreeSet<Vec<u8>>) {
    if raw == projected || only_blocks(raw, projected) {
        return;
    }
    words(raw, projected, gone);
    if raw.contains(QUOTES) {
        words(&raw.replace(QUOTES, ""), &projected.replace(QUOTES, ""), gone);
    }
}

fn words(raw: &str, projected: &str, gone: &mut BTreeSet<Vec<u8>>) {
    let split = |c: char| c.is_whitespace() || SEPARATORS.contains(c);
    let mut left: BTreeMap<&str, usize> = BTreeMap::new();
    projected.split(split).for_each(|word| *left.entry(word).or_default() += 1);
    for word in raw.split(split) {
        // Of a word that stands twice, one may be the secret.
        if let Some(more) = left.get_mut(word).filter(|more| **more > 0) {
            *more -= 1;
            continue;
        }
        for word in [word.to_owned(), percent_decoded(word).unwrap_or_default()] {
            if word.len() >= SHORTEST {
                gone.insert(word.to_ascii_lowercase().into_bytes());
            }
        }
    }
}

/// Returns true where nothing but blocks was taken out, for their size: their words are no secrets,
/// and without them hardly a sentence would be left.
fn only_blocks(raw: &str, projected: &str) -> bool {
    let markers = projected.matches("[REDACTED:").count();
    let blocks = ["[REDACTED:large_block ", "[REDACTED:repeated_lines "];
    let blocks: usize = blocks.iter().map(|marker| projected.matches(marker).count()).sum();
    markers > 0
        && markers == blocks
        && !raw.contains("[REDACTED:")
        && !projected.contains("[TRUNCATED: ")
}

const MARKER: &str = "[REDACTED]";
const QUOTES: [char; 3] = ['\'', '"', '\\'];
/// The slash too: facts hold paths in another spelling.
const SEPARATORS: &str = "'\"=:@,;()[]{}<>|&/\\";
/// Shorter words say nothing, and taking them out of every text would take out much else.
const SHORTEST: usize = 4;
/// Bytes of a word of which only the beginning is shown.
const SHORTEST_CUT: usize = 8;
/// What may stand behind a word that was cut off.
const CUTS: [&str; 3] = ["…", "...", "`"];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::Value;
    use serde_json::json;

    use super::Cleaner;
    use super::texts;
    use crate::redact::LogViewer;
    use crate::redact::Redactor;

    fn cleaned(raw: &Value, text: &str) -> String {
        Cleaner::<LogViewer>::new(raw, &Redactor::default()).project(text).into_text()
    }

    #[test]
    fn what_only_its_place_gave_away_goes_wherever_it_stands() {
        let raw = json!({"argv": ["login", "--password", "Correct%2DHorse"]});
        assert_eq!(cleaned(&raw, "reads correct%2dhorse"), "reads [REDACTED]");
        assert_eq!(cleaned(&raw, "reads Correct-Horse, login"), "reads [REDACTED], login");
        assert_eq!(cleaned(&raw, "reads `correct-ho…`"), "reads `[REDACTED]…`");
        assert_eq!(cleaned(&raw, "the correct one"), "the correct one");
    }

    #[test]
    fn a_word_that_quotes_take_apart_goes_as_the_shell_reads_it() {
        let mut gone = BTreeSet::new();
        texts("login 'cor'rect-\"horse\"", "login [REDACTED:password]", &mut gone);
        assert!(gone.contains(b"correct-horse".as_slice()) && !gone.contains(b"login".as_slice()));
    }

    #[test]
    fn words_that_overlap_leave_nothing_between_them() {
        let raw = json!([{"password": "xxhunter"}, {"password": "hunter2hunter2"}]);
        assert_eq!(cleaned(&raw, "a xxhunter2hunter2 b"), "a [REDACTED] b");
    }

    #[test]
    fn numbers_and_names_that_went_go_too() {
        let token = ["ghp_", "R7nVw2Xk9QbL4tYz", "P1sDf8GhJ3mC6aEo0UiB"].concat();
        let raw = json!({"password": 73_519_264, token.as_str(): "battery"});
        let text = cleaned(&raw, &format!("73519264 {token} battery staple"));
        assert_eq!(text, "[REDACTED] [REDACTED:github_token] [REDACTED] staple");
    }

    #[test]
    fn the_words_of_a_large_block_stay() {
        let minified = "function(path){return denied};".repeat(200);
        let raw = json!({"diff": minified});
        assert_eq!(cleaned(&raw, "denied: path"), "denied: path");
    }
}
