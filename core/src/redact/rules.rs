//! What one redactor looks for: detectors, names of keys and hosts, compiled for the search.

use std::sync::Arc;
use std::sync::LazyLock;

use crate::redact::anchors::Anchors;
use crate::redact::host::PRIVATE_SUFFIXES;
use crate::redact::key_name;
use crate::redact::kind::Counter;
use crate::redact::kind::Kind;
use crate::redact::kind::Kinds;
use crate::redact::pack::BUILT_IN_PACKS;
use crate::redact::pack::Detector;
use crate::redact::pack::RulePack;
use crate::redact::search;
use crate::redact::token::TokenIndex;

/// What one redactor looks for.
#[derive(Clone, Debug)]
pub(crate) struct Rules {
    pub(crate) detectors: Vec<(Detector, Kind)>,
    pub(crate) keys: Anchors,
    pub(crate) kinds: Kinds,
    pub(crate) marks: Anchors,
    /// Names of keys whose values are secret, in small letters and without separators.
    names: Vec<(Vec<u8>, Kind)>,
    private_hosts: Vec<Vec<u8>>,
    private_suffixes: Vec<Vec<u8>>,
    /// Digests of the packs, in order.
    pub(crate) sources: Vec<String>,
    pub(crate) tokens: TokenIndex,
}

/// The rules that hold where nobody chooses others: they are constants, compiled once.
static DEFAULT: LazyLock<Arc<Rules>> =
    LazyLock::new(|| Arc::new(Rules::new(BUILT_IN_PACKS.iter())));

impl Rules {
    /// Returns the rules of the built-in packs that are on by default.
    pub(crate) fn built_in() -> Arc<Self> {
        DEFAULT.clone()
    }

    /// Returns the rules of `packs`.
    pub(crate) fn new<'a>(packs: impl IntoIterator<Item = &'a RulePack>) -> Self {
        let mut kinds = Kinds::built_in();
        let mut detectors = Vec::new();
        let mut names = Vec::new();
        let mut private_hosts = Vec::new();
        let mut private_suffixes: Vec<Vec<u8>> =
            PRIVATE_SUFFIXES.iter().map(|suffix| suffix.as_bytes().to_vec()).collect();
        let mut sources = Vec::new();
        for pack in packs {
            sources.push(pack.digest().as_str().to_owned());
            for detector in &pack.detectors {
                let counter = detector.counts_as.counter();
                let kind = kinds.add(&detector.kind, counter, detector.guessable);
                detectors.push((detector.clone(), kind));
            }
            for (name, kind) in &pack.keys {
                let kind = kinds.add(kind, Counter::Secret, true);
                names.push((squeezed(name.as_bytes()), kind));
            }
            private_hosts.extend(pack.private_hosts.iter().map(|host| host.clone().into_bytes()));
            private_suffixes
                .extend(pack.private_suffixes.iter().map(|suffix| suffix.clone().into_bytes()));
        }
        let tokens = TokenIndex::new(&detectors);
        // A name is looked for by its last four letters, in the spellings that occur.
        let stems: Vec<Vec<u8>> = names.iter().flat_map(|(name, _)| stems(name)).collect();
        let stems: Vec<&[u8]> = stems.iter().map(Vec::as_slice).collect();
        let hosts = private_hosts.iter().chain(&private_suffixes).map(Vec::as_slice);
        let marks = search::marks(tokens.marks().chain(hosts));
        Self {
            detectors,
            keys: search::keys(&stems),
            kinds,
            marks,
            names,
            private_hosts,
            private_suffixes,
            sources,
            tokens,
        }
    }

    /// Returns what the value of `name` is, where the name says that it is secret.
    pub(crate) fn secret_name(&self, name: &[u8]) -> Option<Kind> {
        let known = key_name::secret_name(name);
        if known.is_some() || self.names.is_empty() || name.len() > 128 {
            return known;
        }
        let name = squeezed(name);
        let named = self.names.iter().find(|(ending, _)| name.ends_with(ending));
        named.map(|(_, kind)| *kind)
    }

    /// Returns true where `host` is private by its name.
    pub(crate) fn is_private_name(&self, host: &[u8]) -> bool {
        let dots = host.iter().rev().take_while(|byte| **byte == b'.').count();
        let host = host.get(..host.len() - dots).unwrap_or(&[]);
        let ends = |suffix: &Vec<u8>| {
            host.len() > suffix.len()
                && !host.starts_with(b".")
                && host
                    .get(host.len() - suffix.len()..)
                    .is_some_and(|end| end.eq_ignore_ascii_case(suffix))
        };
        self.private_suffixes.iter().any(ends)
            || self.private_hosts.iter().any(|name| host.eq_ignore_ascii_case(name))
    }
}

/// Small letters and digits alone.
fn squeezed(name: &[u8]) -> Vec<u8> {
    let kept = name.iter().filter(|byte| byte.is_ascii_alphanumeric());
    kept.map(u8::to_ascii_lowercase).collect()
}

/// The last letters of a name in small letters and in capitals; what separates its words may stand
/// anywhere, so the shortest that the search takes is looked for.
fn stems(name: &[u8]) -> Vec<Vec<u8>> {
    let last = name.get(name.len().saturating_sub(3)..).unwrap_or(name);
    let upper = last.to_ascii_uppercase();
    [last.to_vec(), upper].into_iter().filter(|stem| !stem.is_empty()).collect()
}
