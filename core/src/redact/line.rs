//! One line: what the search hit in it becomes spans, and what it announces for the next one.

use crate::redact::Redactor;
use crate::redact::Sink;
use crate::redact::announced;
use crate::redact::announced::Pending;
use crate::redact::block;
use crate::redact::bytes::starts_at;
use crate::redact::command;
use crate::redact::contact;
use crate::redact::encoded_key;
use crate::redact::host;
use crate::redact::key;
use crate::redact::known;
use crate::redact::known::KnownValues;
use crate::redact::marker::marker_length;
use crate::redact::pattern::Runs;
use crate::redact::pem;
use crate::redact::search::Hit;
use crate::redact::search::What;
use crate::redact::span::Span;
use crate::redact::span::merge;
use crate::redact::targets::Targets;
use crate::redact::token;
use crate::redact::token::Decoded;
use crate::redact::url;
use crate::redact::value::BareEnds;

/// A line that is being looked at.
pub(crate) struct Line<'a, 'r> {
    /// A line before holds the BEGIN of a key, whose marker stands for all of it.
    pub(crate) announced_key: bool,
    pub(crate) bytes: &'a [u8],
    pub(crate) decoded: Option<Box<Decoded>>,
    /// Encoded runs that end before this place were looked through for keys, for each place where
    /// their groups of four may begin.
    pub(crate) encoded_done: [usize; 4],
    pub(crate) ends: BareEnds,
    /// The END of a private key that was found last: from where it was looked for, and where it is.
    pub(crate) key_end: Option<(usize, Option<(usize, usize)>)>,
    /// The body of a private key in this line was taken up to this place.
    pub(crate) key_body_done: usize,
    /// The words of commands were looked at up to here, for each sort of command.
    pub(crate) commands_done: [usize; 3],
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
    sink: Sink,
    spans: &'a mut Vec<Span>,
) -> Seen {
    spans.clear();
    let rules = redactor.targets();
    let mut line = Line {
        announced_key: false,
        bytes,
        decoded: None,
        encoded_done: [0; 4],
        ends: BareEnds::default(),
        key_end: None,
        key_body_done: 0,
        commands_done: [0; 3],
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
        announced::take(&mut line, announced);
    }
    // A block or a key that goes on ends by its own rules, whatever its lines hold.
    let goes_on = line.pending;
    for hit in hits {
        let at = hit.at.saturating_sub(base);
        match hit.what {
            What::Key => key::find(&mut line, at),
            What::Mark => line.mark(at, &mut markers),
            What::Command => command::find(&mut line, at),
            What::Pattern => token::find_pattern(&mut line, at),
            What::At => contact::find(&mut line, at, 1),
            What::AnyCase => token::find_any_case(&mut line, at),
            What::Scan { index, length } => token::find_scan(&mut line, at, index, length),
            What::Percent => line.percent(at),
            What::Url => url::find(&mut line, at, url::sign_length(bytes, at)),
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
    // What another line between those of a key announces is told by that line.
    let pending = match goes_on {
        Some(goes_on) if !goes_on.is_between() => Some(goes_on),
        Some(_) | None => line.pending,
    };
    for span in line.spans.iter_mut() {
        let value = bytes.get(span.start..span.end).unwrap_or(&[]);
        span.action = redactor.action(sink, rules.kinds.info(span.kind), value);
    }
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
        } else if pem::is_frame(bytes, at, b"BEGIN") {
            pem::begin(self, at);
        } else if pem::is_frame(bytes, at, b"END") {
            pem::end(self, at);
        } else if starts_at(bytes, at, encoded_key::BEGIN) {
            encoded_key::begin(self, at);
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
}
