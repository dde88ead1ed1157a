//! The search: passes over a window that each look for literals, and what they hit.

use crate::redact::anchors::Anchors;
use crate::redact::command;
use crate::redact::host;
use crate::redact::key_name;
use crate::redact::known::KnownValues;
use crate::redact::map::LEAST_RUN;
use crate::redact::map::WindowMap;
use crate::redact::marker::OPEN;
use crate::redact::rules::Rules;

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
    /// `10.`
    Host,
    /// `@`
    At,
}

/// One hit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Hit {
    pub(crate) at: usize,
    pub(crate) what: What,
}

/// Literals that are looked for besides those of detectors.
const MARKS: &[&[u8]] = &[
    OPEN, b"-----BEGIN ", b"-----END ", b"%40", b"%3A%2F%2F", b"%3a%2f%2f",
];

/// Finds names of secrets.
pub(crate) fn keys(more: &[&[u8]]) -> Anchors {
    Anchors::new(key_name::STEMS.iter().chain(more).copied())
}

/// Finds marks, commands, private hosts, and what of detectors does not lie in long runs.
pub(crate) fn marks<'a>(more: impl IntoIterator<Item = &'a [u8]>) -> Anchors {
    let fixed = MARKS.iter().chain(command::STEMS).chain(host::STEMS).copied();
    Anchors::new(fixed.chain(more))
}

/// The memory of a search, used again for each window.
#[derive(Clone, Debug, Default)]
pub(crate) struct Search {
    /// What was hit, in order.
    pub(crate) hits: Vec<Hit>,
    pub(crate) map: WindowMap,
}

impl Search {
    /// Fills `hits` and `map` from `bytes`.
    pub(crate) fn run(&mut self, bytes: &[u8], rules: &Rules, known: &KnownValues) {
        self.hits.clear();
        let hits = &mut self.hits;
        known.find(bytes, |at| hits.push(Hit { at, what: What::Known }));
        rules.keys.find(bytes, |at| hits.push(Hit { at, what: What::Key }));
        rules.marks.find(bytes, |at| hits.push(Hit { at, what: What::Mark }));
        hits.extend(memchr::memchr_iter(b'@', bytes).map(|at| Hit { at, what: What::At }));
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
        self.map.fill(bytes);
        for (start, end) in &self.map.runs {
            debug_assert!(end - start >= LEAST_RUN);
            rules.tokens.find(bytes, *start, *end, hits);
        }
        hits.sort_unstable();
    }
}
