//! One line: what the search hit in it becomes spans, and what it announces for the next one.

use crate::redact::Redactor;
use crate::redact::block;
use crate::redact::bytes::starts_at;
use crate::redact::command;
use crate::redact::contact;
use crate::redact::host;
use crate::redact::key;
use crate::redact::kind::Kind;
use crate::redact::known;
use crate::redact::known::KnownValues;
use crate::redact::limit;
use crate::redact::marker::OPEN;
use crate::redact::marker::marker_length;
use crate::redact::pattern::Runs;
use crate::redact::pem;
use crate::redact::search::Hit;
use crate::redact::search::What;
use crate::redact::separator::Separator;
use crate::redact::separator::separator;
use crate::redact::span::Span;
use crate::redact::span::merge;
use crate::redact::targets::Targets;
use crate::redact::token;
use crate::redact::token::Decoded;
use crate::redact::url;
use crate::redact::value::BareEnds;
use crate::redact::value::Reach;
use crate::redact::value::value_at;

/// What a line announces for the lines that follow it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pending {
    /// Lines that stand farther in than this are a secret.
    Block { kind: Kind, indent: usize },
    /// The body of a private key goes on; its lines begin at this column.
    Key { column: usize },
    /// `value: …` is a secret.
    NamedValue { kind: Kind },
    /// The first word is a secret.
    NextWord { kind: Kind },
}

/// A line that is being looked at.
pub(crate) struct Line<'a, 'r> {
    /// A line before holds the BEGIN of a key, whose marker stands for all of it.
    pub(crate) announced_key: bool,
    pub(crate) bytes: &'a [u8],
    pub(crate) decoded: Decoded,
    pub(crate) ends: BareEnds,
    /// The END of a private key that was found last: from where it was looked for, and where it is.
    pub(crate) key_end: Option<(usize, Option<(usize, usize)>)>,
    /// Hosts that begin before this place were taken.
    pub(crate) host_done: usize,
    /// Keys that begin before this place were taken.
    pub(crate) key_done: usize,
    pub(crate) known: &'r KnownValues,
    /// Known values that begin before this place were taken.
    pub(crate) known_done: usize,
    pub(crate) pending: Option<Pending>,
    pub(crate) rules: &'r Targets,
    pub(crate) runs: Runs,
    pub(crate) spans: &'a mut Vec<Span>,
    /// URLs that begin before this place were taken.
    pub(crate) url_done: usize,
    /// URLs that begin before this place were searched for tokens.
    pub(crate) url_tokens_done: usize,
}

/// What one look at a line came to; its spans are in the vector that was handed in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Seen {
    /// Markers that stand in the line already.
    pub(crate) markers: u64,
    /// What the line announces.
    pub(crate) pending: Option<Pending>,
}

/// Looks at a line: `hits` are what the search found in it, in order and counted from `base`,
/// `announced` is what the line before said. `spans` holds the spans afterwards, in order.
pub(crate) fn look<'a>(
    bytes: &'a [u8],
    hits: &[Hit],
    base: usize,
    announced: Option<Pending>,
    redactor: &Redactor,
    spans: &'a mut Vec<Span>,
) -> Seen {
    spans.clear();
    let rules = redactor.targets();
    let mut line = Line {
        announced_key: false,
        bytes,
        decoded: Decoded::new(),
        ends: BareEnds::default(),
        key_end: None,
        host_done: 0,
        key_done: 0,
        known: redactor.known(),
        known_done: 0,
        pending: None,
        rules,
        runs: Runs::new(),
        spans,
        url_done: 0,
        url_tokens_done: 0,
    };
    let mut markers = Vec::new();
    if let Some(announced) = announced {
        line.take_announced(announced);
    }
    // A block or a key that goes on ends by its own rules, whatever stands in it.
    let goes_on = line.pending;
    for hit in hits {
        let at = hit.at.saturating_sub(base);
        match hit.what {
            What::Key => {
                token::find_keyed(&mut line, at);
                key::find(&mut line, at);
            }
            What::Mark => line.mark(at, &mut markers),
            What::At => contact::find(&mut line, at, 1),
            What::AnyCase => token::find_any_case(&mut line, at),
            What::Scan { index, length } => token::find_scan(&mut line, at, index, length),
            What::Percent => line.percent(at),
            What::Url => url::find(&mut line, at, 3),
            What::Host => host::find(&mut line, at),
            What::Known => known::take(&mut line, at),
            What::Token { entry } => token::find(&mut line, at, entry),
            What::Tilde { entry } => token::find_tilde(&mut line, at, entry),
        }
    }
    if bytes.len() > block::LONGEST_RUN {
        block::long_runs(bytes, line.spans);
        line.spans.extend(block::minified(bytes));
    }
    let pending = goes_on.or(line.pending);
    merge(bytes, line.spans, &markers, &rules.kinds);
    Seen { markers: u64::try_from(markers.len()).unwrap_or(u64::MAX), pending }
}

impl Line<'_, '_> {
    fn mark(&mut self, at: usize, markers: &mut Vec<(usize, usize)>) {
        let bytes = self.bytes;
        if let Some(length) = marker_length(bytes, at, &self.rules.kinds) {
            if markers.last().is_none_or(|(_, end)| *end <= at) {
                markers.push((at, at + length));
                // The kind in a marker is no key.
                self.key_done = self.key_done.max(at + length);
            }
        } else if starts_at(bytes, at, b"-----BEGIN ") {
            pem::begin(self, at);
        } else if starts_at(bytes, at, b"-----END ") {
            pem::end(self, at);
        } else if let Some(length) = url::escaped(bytes, at) {
            url::find(self, at, length);
        } else if !starts_at(bytes, at, OPEN) {
            command::find(self, at);
            host::find(self, at);
            token::find_mark(self, at);
        }
    }

    fn percent(&mut self, at: usize) {
        if starts_at(self.bytes, at, b"%40") {
            contact::find(self, at, 3);
        } else if self
            .bytes
            .get(at..at + 9)
            .is_some_and(|code| code.eq_ignore_ascii_case(b"%3a%2f%2f"))
        {
            url::find(self, at, 9);
        }
    }

    fn take_announced(&mut self, announced: Pending) {
        let bytes = self.bytes;
        let indent = bytes.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        let body = bytes.get(indent..).unwrap_or(&[]).trim_ascii_end();
        // A text that was cut ends in a note, whatever its last line announced.
        if limit::is_note(body) {
            return;
        }
        match announced {
            Pending::Key { column } => pem::go_on(self, column),
            Pending::Block { kind, indent: least } => {
                if body.is_empty() {
                    self.pending = Some(announced);
                } else if indent > least {
                    self.pending = Some(announced);
                    self.spans.push(Span::new(indent, indent + body.len(), kind));
                }
            }
            Pending::NamedValue { kind } => {
                let start = indent + body.iter().take_while(|b| b"-\"' ".contains(b)).count();
                let named = bytes.get(start..start + 5);
                if named.is_some_and(|name| name.eq_ignore_ascii_case(b"value"))
                    && let Some((separator, after)) = separator(bytes, start, start + 5, false)
                {
                    key::value(self, start, separator, after, kind);
                }
            }
            Pending::NextWord { kind } => {
                let mut start = indent + body.iter().take_while(|b| b"- ".contains(b)).count();
                // `string(9) "…"`, as PHP prints a value.
                if body.starts_with(b"string(")
                    && let Some(at) = body.iter().position(|byte| *byte == b'"')
                {
                    start = indent + at;
                }
                if let Some(found) = value_at(bytes, start, Reach::Space, &mut self.ends)
                    && !bytes.get(start..).is_some_and(|rest| rest.starts_with(b"-"))
                {
                    key::value(
                        self,
                        0,
                        Separator::Space,
                        found.start - usize::from(!found.bare),
                        kind,
                    );
                }
            }
        }
    }
}
