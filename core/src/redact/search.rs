//! The search: passes over a window that each look for literals, and what they hit.

use crate::redact::anchors::Anchors;
use crate::redact::command;
use crate::redact::encoded_key;
use crate::redact::host;
use crate::redact::key_name;
use crate::redact::known::KnownValues;
use crate::redact::map::LEAST_RUN;
use crate::redact::map::WindowMap;
use crate::redact::marker::OPEN;
use crate::redact::secret_flag;
use crate::redact::targets::Targets;
use crate::redact::url;

/// What stands at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum What {
    /// A known value, in one of its forms.
    Known,
    /// A marker, a key's frame, the name of a command: told apart when it is looked at.
    Mark,
    /// A piece of a name that may be a secret's.
    Key,
    /// `://`
    Url,
    /// The beginning of a detector's pattern.
    Token { entry: usize },
    /// The beginning of a pattern that a `~` gave away.
    Tilde { entry: usize },
    /// `10.`
    Host,
    /// A keyword of a regular expression.
    AnyCase,
    /// A run that a detector is tried at.
    Scan { index: usize, length: usize },
    /// `@`
    At,
    /// `@` or `:` in percent encoding.
    Percent,
}

/// One hit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Hit {
    pub(crate) at: usize,
    pub(crate) what: What,
}

/// Literals that are looked for besides those of detectors.
const MARKS: &[&[u8]] =
    &[OPEN, b"-----BEGIN", b"-----END", b"---- BEGIN", b"---- END", encoded_key::BEGIN];

/// Finds names of secrets in a folded text.
pub(crate) fn keys(more: &[&[u8]]) -> Anchors {
    let folded = |stem: &&[u8]| stem.iter().map(|byte| key_name::fold(*byte)).collect();
    let stems: Vec<Vec<u8>> =
        key_name::STEMS.iter().chain(key_name::PACK_STEMS).chain(more).map(folded).collect();
    Anchors::new(stems.iter().map(Vec::as_slice))
}

/// Finds marks, commands, private hosts, and what of detectors does not lie in long runs.
pub(crate) fn marks<'a>(more: impl IntoIterator<Item = &'a [u8]>) -> Anchors {
    let fixed = MARKS.iter().chain(command::STEMS).chain(host::STEMS).chain(url::STEMS);
    let fixed = fixed.copied().chain(secret_flag::stems()).map(|stem| -> &'a [u8] { stem });
    Anchors::new(fixed.chain(more))
}

/// The memory of a search, used again for each window.
#[derive(Clone, Debug, Default)]
pub(crate) struct Search {
    /// The text with its capitals made small.
    folded: Vec<u8>,
    /// What was hit, in order.
    pub(crate) hits: Vec<Hit>,
    /// Where long runs lie.
    pub(crate) map: WindowMap,
}

impl Search {
    /// Fills `map` and `hits` from `bytes`.
    pub(crate) fn run(&mut self, bytes: &[u8], rules: &Targets, known: &KnownValues) {
        self.map(bytes);
        self.find(bytes, rules, known);
    }

    /// Fills `map` from `bytes`.
    pub(crate) fn map(&mut self, bytes: &[u8]) {
        self.map.fill(bytes);
    }

    /// Fills `hits` from `bytes`, whose map was made before.
    pub(crate) fn find(&mut self, bytes: &[u8], rules: &Targets, known: &KnownValues) {
        self.hits.clear();
        let hits = &mut self.hits;
        known.find(bytes, |at| hits.push(Hit { at, what: What::Known }));
        self.folded.clear();
        self.folded.extend(bytes.iter().map(|byte| key_name::fold(*byte)));
        rules.keys.find(&self.folded, |at| hits.push(Hit { at, what: What::Key }));
        rules.marks.find(bytes, |at| hits.push(Hit { at, what: What::Mark }));
        for at in memchr::memchr3_iter(b'@', b'~', b'%', bytes) {
            match bytes.get(at..at + 3) {
                Some([b'@', ..]) => hits.push(Hit { at, what: What::At }),
                Some([b'~', ..]) => rules.tokens.find_tilde(bytes, at.saturating_sub(2), hits),
                Some(b"%40" | b"%3A" | b"%3a") => hits.push(Hit { at, what: What::Percent }),
                Some(_) | None => {}
            }
        }
        for at in memchr::memmem::find_iter(bytes, b"://") {
            hits.push(Hit { at, what: What::Url });
        }
        for at in memchr::memmem::find_iter(bytes, b"10.") {
            // A number's last digits begin no address.
            let before = at.checked_sub(1).and_then(|at| bytes.get(at));
            if !before.is_some_and(u8::is_ascii_digit) {
                hits.push(Hit { at, what: What::Host });
            }
        }
        for (start, end) in &self.map.runs {
            debug_assert!(end - start >= LEAST_RUN);
            rules.tokens.find(bytes, *start, *end, hits);
        }
        rules.tokens.find_rest(bytes, hits);
        // Each search finds in order: what is sorted are a few runs.
        hits.sort();
    }
}
