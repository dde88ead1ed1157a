//! The search: passes over a window that each look for literals, and what they hit.

use crate::redact::anchors::Anchors;
use crate::redact::anchors::Literal;
use crate::redact::bytes::KEY;
use crate::redact::bytes::byte_before;
use crate::redact::bytes::run_end;
use crate::redact::bytes::starts_at;
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
    /// A marker, or the frame of a private key.
    Mark,
    /// The name of a command that takes secrets.
    Command,
    /// A piece of a name that may be a secret's.
    Key,
    /// `://`, also escaped.
    Url,
    /// The beginning of a detector's pattern.
    Token { entry: usize },
    /// The beginning of a pattern that a `~` gave away.
    Tilde { entry: usize },
    /// The beginning of a detector's pattern that need not lie in a long run.
    Pattern,
    /// What may be of a private host.
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

/// Finds marks, commands, URLs; names of secrets and private hosts, the built-in ones and `names` and
/// `hosts`; and `patterns`, what of detectors does not lie in long runs.
pub(crate) fn anchors<'a>(
    names: impl Iterator<Item = &'a [u8]>,
    hosts: impl Iterator<Item = &'a [u8]>,
    patterns: impl Iterator<Item = &'a [u8]>,
) -> Anchors<What> {
    let stems = key_name::STEMS.iter().chain(key_name::PACK_STEMS);
    let keys = stems.copied().map(|stem| -> &'a [u8] { stem }).chain(names);
    let commands = command::STEMS.iter().copied().chain(secret_flag::stems());
    let exact = MARKS.iter().map(|stem| (*stem, What::Mark));
    let exact = exact.chain(commands.map(|stem| (stem, What::Command)));
    let exact = exact.chain(url::STEMS.iter().map(|stem| (*stem, What::Url)));
    let exact = exact.chain(host::STEMS.iter().map(|stem| (*stem, What::Host)));
    let exact = exact.map(|(stem, what)| -> (&'a [u8], What) { (stem, what) });
    let exact = exact.chain(patterns.map(|stem| (stem, What::Pattern)));
    let exact = exact.chain(hosts.map(|stem| (stem, What::Host)));
    let keys = keys.map(|stem| Literal::in_any_case(stem, What::Key));
    Anchors::new(keys.chain(exact.map(|(stem, what)| Literal::new(stem, what))))
}

/// How far one piece of a name may begin before another that is found earlier.
const NEAR: usize = 64;

/// The memory of a search, used again for each window.
#[derive(Clone, Debug, Default)]
pub(crate) struct Search {
    /// What was hit, in order.
    pub(crate) hits: Vec<Hit>,
    /// Where lines end, and what lies in them.
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
        let mut name = Name::default();
        rules.anchors.find(bytes, |at, what| {
            let matters = match what {
                What::Key => name.may_matter(bytes, at, rules),
                // A number's last digits begin no address.
                What::Host if starts_at(bytes, at, host::TEN) => {
                    !byte_before(bytes, at).is_some_and(|byte| byte.is_ascii_digit())
                }
                _ => true,
            };
            if matters {
                hits.push(Hit { at, what });
            }
        });
        for at in self.map.rare.iter() {
            match bytes.get(at..at + 3).or_else(|| bytes.get(at..)) {
                Some([b'@', ..]) => hits.push(Hit { at, what: What::At }),
                Some([b'~', ..]) => rules.tokens.find_tilde(bytes, at.saturating_sub(2), hits),
                Some(b"%40" | b"%3A" | b"%3a") => hits.push(Hit { at, what: What::Percent }),
                Some(_) | None => {}
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

/// The name that was looked at last, so that none is walked over twice.
#[derive(Default)]
struct Name {
    start: usize,
    end: usize,
    may_matter: bool,
}

impl Name {
    /// Returns false where the name that a piece at `at` belongs to surely says nothing: `passed`.
    #[inline]
    fn may_matter(&mut self, bytes: &[u8], at: usize, rules: &Targets) -> bool {
        // A piece may begin before the name.
        let at = at + usize::from(!bytes.get(at).is_some_and(|byte| KEY.has(*byte)));
        // Pieces come roughly in order.
        let before = bytes.get(at..self.start.min(at + NEAR)).unwrap_or(&[]);
        let same = self.start.saturating_sub(at) <= NEAR
            && at < self.end
            && before.iter().all(|byte| KEY.has(*byte));
        if !same {
            let end = run_end(bytes, at, |byte| KEY.has(byte));
            let may_matter = rules.may_matter(bytes.get(at..end).unwrap_or(&[]));
            *self = Self { start: at, end, may_matter };
        }
        self.may_matter
    }
}
