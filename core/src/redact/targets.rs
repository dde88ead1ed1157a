//! What one redactor looks for: detectors, names of keys and hosts, compiled for the search.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::LazyLock;

use crate::document::CountsAs;
use crate::redact::RedactionRules;
use crate::redact::RulePack;
use crate::redact::anchors::Anchors;
use crate::redact::anchors::SHORTEST_ANCHOR;
use crate::redact::host::PRIVATE_SUFFIXES;
use crate::redact::key_name;
use crate::redact::key_name::KeyName;
use crate::redact::kind::Kind;
use crate::redact::kind::Kinds;
use crate::redact::last_letters::LastLetters;
use crate::redact::pack::Detector;
use crate::redact::search;
use crate::redact::search::What;
use crate::redact::token_index::TokenIndex;

/// What one redactor looks for.
#[derive(Clone, Debug)]
pub(crate) struct Targets {
    /// What the search looks for in every text.
    pub(crate) anchors: Anchors<What>,
    pub(crate) detectors: Vec<(Detector, Kind)>,
    pub(crate) kinds: Kinds,
    /// How names end that may matter.
    last_letters: LastLetters,
    /// Names of keys whose values are secret, in small letters and without separators, by their last
    /// two letters.
    names: BTreeMap<[u8; 2], Vec<(Vec<u8>, Kind)>>,
    private_hosts: Vec<Vec<u8>>,
    private_suffixes: Vec<Vec<u8>>,
    pub(crate) tokens: TokenIndex,
}

/// The rules that hold where nobody chooses others: they are constants, compiled once.
static DEFAULT: LazyLock<Arc<Targets>> =
    LazyLock::new(|| Arc::new(Targets::new(RedactionRules::default().packs())));

impl Targets {
    /// Returns the rules of the built-in packs that are on by default.
    pub(crate) fn built_in() -> Arc<Self> {
        DEFAULT.clone()
    }

    /// Returns the rules of `packs`.
    pub(crate) fn new<'a>(packs: impl IntoIterator<Item = &'a RulePack>) -> Self {
        let mut kinds = Kinds::built_in();
        let mut detectors = Vec::new();
        let mut names: BTreeMap<[u8; 2], Vec<(Vec<u8>, Kind)>> = BTreeMap::new();
        let mut spelled = Vec::new();
        let mut last_letters = key_name::last_letters();
        let mut private_hosts = Vec::new();
        let mut private_suffixes: Vec<Vec<u8>> =
            PRIVATE_SUFFIXES.iter().map(|suffix| suffix.as_bytes().to_vec()).collect();
        for pack in packs {
            for detector in &pack.detectors {
                let kind =
                    kinds.add(&detector.id, &detector.kind, detector.counts_as, detector.guessable);
                detectors.push((detector.clone(), kind));
            }
            for (name, kind) in &pack.keys {
                let kind = kinds.add(kind, kind, CountsAs::SecretLikeToken, true);
                let squeezed = squeezed(name.as_bytes());
                last_letters.add(&squeezed);
                if let Some(last) = squeezed.last_chunk::<2>() {
                    names.entry(*last).or_default().push((squeezed, kind));
                }
                // Those that are always on have stems in `key_name`.
                if !pack.is_default() {
                    spelled.push(name.clone());
                }
            }
            private_hosts.extend(pack.private_hosts.iter().map(|host| host.clone().into_bytes()));
            private_suffixes
                .extend(pack.private_suffixes.iter().map(|suffix| suffix.clone().into_bytes()));
        }
        let tokens = TokenIndex::new(&detectors);
        // A name is looked for by its last four letters, in any case.
        let stems: Vec<Vec<u8>> = spelled.iter().flat_map(|name| stems(name)).collect();
        let hosts = private_hosts.iter().chain(&private_suffixes).map(Vec::as_slice);
        let anchors = search::anchors(stems.iter().map(Vec::as_slice), hosts, tokens.patterns());
        Self {
            anchors,
            detectors,
            kinds,
            last_letters,
            names,
            private_hosts,
            private_suffixes,
            tokens,
        }
    }

    /// Returns false where `name` surely is none that matters, whatever stands behind it.
    #[inline]
    pub(crate) fn may_matter(&self, name: &[u8]) -> bool {
        self.last_letters.may_end(name)
    }

    /// Returns what the value of `name` is, where the name says that it is secret.
    pub(crate) fn secret_name(&self, name: &[u8]) -> Option<Kind> {
        KeyName::of(name).and_then(|name| self.secret_key(&name))
    }

    /// Returns what the value of the key is, where its name says that it is secret.
    pub(crate) fn secret_key(&self, name: &KeyName<'_>) -> Option<Kind> {
        if let Some(kind) = name.secret() {
            return Some(kind);
        }
        let squeezed = name.squeezed();
        let last = squeezed.last_chunk::<2>()?;
        let named = self.names.get(last)?.iter().find(|(ending, _)| squeezed.ends_with(ending));
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

/// Returns literals that the search must look for besides its own to find `name`: the ends of its
/// spellings, small letters and capitals aside, where nothing in them is looked for already.
fn stems(name: &str) -> Vec<Vec<u8>> {
    let words: Vec<&str> = name.split(['_', '-', '.']).filter(|word| !word.is_empty()).collect();
    let spellings = [words.join("_"), words.join("-"), words.join("."), words.concat()];
    let mut stems = Vec::new();
    for text in spellings.iter().flat_map(|name| ["=", ":", "\""].map(|end| format!("{name}{end}")))
    {
        let bytes = text.as_bytes();
        if key_name::stem_in(bytes).is_some()
            || stems.iter().any(|stem: &Vec<u8>| key_name::place_of(bytes, stem).is_some())
        {
            continue;
        }
        // Four letters of the name where it has them, else with what follows it.
        let name = bytes.get(..bytes.len() - 1).unwrap_or(bytes);
        let name = if name.len() >= SHORTEST_ANCHOR { name } else { bytes };
        let least = name.len().saturating_sub(SHORTEST_ANCHOR + 1);
        stems.push(name.get(least..).unwrap_or(name).to_vec());
    }
    stems
}
