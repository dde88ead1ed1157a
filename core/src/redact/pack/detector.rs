//! A detector, compiled: what it looks for, and whether a candidate is one.

use crate::document::ChecksumRule;
use crate::document::CountsAs;
use crate::document::DetectorDocument;
use crate::document::Diagnostic;
use crate::document::LeftBoundary;
use crate::document::Located;
use crate::document::RunScan;
use crate::document::TokenCheck;
use crate::redact::pack::boundary::begins_word;
use crate::redact::pack::boundary::has_context;
use crate::redact::pack::check::passes;
use crate::redact::pack::checksum::fulfils;
use crate::redact::pack::entropy::entropy;
use crate::redact::pack::error::PackError;
use crate::redact::pack::expression::Expression;
use crate::redact::pack::regex_rule::RegexRule;
use crate::redact::pack::regex_rule::SHORTEST_KEYWORD;
use crate::redact::pack::rule_pack::Examples;
use crate::redact::pack::scan::find_in_run;
use crate::redact::pack::scan::runs_of;
use crate::redact::pattern::Matched;
use crate::redact::pattern::Pattern;
use crate::redact::pattern::Runs;

/// How sure a match is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Confidence {
    /// It has the shape, and its checksum is wrong: test data, most likely.
    Doubtful,
    /// It has the shape.
    Shape,
    /// It has the shape, and its checksum is right.
    Checked,
}

/// A candidate that is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Verified {
    pub(crate) confidence: Confidence,
    pub(crate) matched: Matched,
}

/// What a scanner looks for, to ask the detector wherever it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Anchor<'d> {
    /// It may stand in any case; the bytes are small letters then.
    pub(crate) any_case: bool,
    pub(crate) bytes: &'d [u8],
}

/// A detector.
#[derive(Clone, Debug)]
pub(crate) struct Detector {
    pub(crate) check: Option<TokenCheck>,
    /// Words in small letters.
    pub(crate) context: Vec<Box<[u8]>>,
    pub(crate) counts_as: CountsAs,
    /// Thousandths of a bit per byte.
    pub(crate) entropy: Option<u32>,
    pub(crate) guessable: bool,
    pub(crate) id: String,
    pub(crate) kind: String,
    pub(crate) left: LeftBoundary,
    /// Words in small letters.
    pub(crate) not: Vec<Box<[u8]>>,
    pub(crate) patterns: Vec<Pattern>,
    pub(crate) regex: Option<RegexRule>,
    pub(crate) requires: Option<ChecksumRule>,
    /// Which runs are tried, and how many signs they have at least and at most.
    pub(crate) scan: Option<(RunScan, usize, usize)>,
    /// Where the format is described.
    pub(crate) source: Option<String>,
}

/// Bytes of a secret in which stop words are looked for.
const STOP_WORD_REACH: usize = 256;

impl Detector {
    /// Returns the detector that `document` describes; what is wrong goes to `found`.
    pub(crate) fn compile(
        document: &DetectorDocument,
        examples: Examples,
        found: &mut Vec<Diagnostic>,
    ) -> Option<Self> {
        let before = found.len();
        let mut patterns = Vec::with_capacity(document.patterns.len());
        for text in &document.patterns {
            match Pattern::parse(&text.value) {
                Ok(pattern) => patterns.push(pattern),
                Err(error) => {
                    let detector = document.id.value.clone();
                    let error = PackError::Pattern { detector, error };
                    found.push(error.at(text.location.clone()));
                }
            }
        }
        let regex = regex_rule(document, found);
        let detector = Self {
            check: document.check,
            context: lower(&document.context),
            counts_as: document.counts_as,
            entropy: document.entropy,
            guessable: document.guessable,
            id: document.id.value.clone(),
            kind: document.kind.clone(),
            left: document.left,
            not: lower(&document.not),
            patterns,
            regex,
            requires: document.requires,
            scan: document.scan.map(|(scan, least, most)| {
                let size = |number| usize::try_from(number).unwrap_or(usize::MAX);
                (scan, size(least), size(most))
            }),
            source: document.source.clone(),
        };
        if found.len() > before {
            return None;
        }
        match examples {
            Examples::Check => detector.check_examples(document, found),
            Examples::Trust => {}
        }
        Some(detector)
    }

    /// Returns what is to be looked for, in the order of what [`Self::verify`] is asked.
    pub(crate) fn anchors(&self) -> impl Iterator<Item = Anchor<'_>> {
        let patterns = self.patterns.iter();
        let literals = patterns.map(|it| Anchor { any_case: false, bytes: it.anchor() });
        let keywords = self.regex.iter().flat_map(|regex| &regex.keywords);
        literals.chain(keywords.map(|bytes| Anchor { any_case: true, bytes }))
    }

    /// Returns how many bytes of `set` at least stand together at the anchor of the pattern at
    /// `index`.
    pub(crate) fn least_run(&self, index: usize, set: impl Fn(u8) -> bool) -> usize {
        self.patterns.get(index).map_or(0, |pattern| pattern.least_run(set))
    }

    /// Returns the anchor of the pattern at `index` with each byte that may follow it.
    pub(crate) fn anchor_and_next(&self, index: usize) -> Vec<Vec<u8>> {
        self.patterns.get(index).map_or_else(Vec::new, Pattern::anchor_and_next)
    }

    /// Returns the match of the pattern at `index` whose anchor stands at `at` in `text`.
    pub(crate) fn verify(&self, index: usize, text: &[u8], at: usize) -> Option<Verified> {
        self.verify_with(index, text, at, None)
    }

    /// Returns the same; `runs` remembers long runs of one text.
    pub(crate) fn verify_with(
        &self,
        index: usize,
        text: &[u8],
        at: usize,
        runs: Option<&mut Runs>,
    ) -> Option<Verified> {
        if let Some(regex) = &self.regex {
            let matched = regex.find(text, at, |matched| self.accepts(text, matched))?;
            let confidence = self.confidence(text, matched, matched.secret_start);
            return Some(Verified { confidence, matched });
        }
        let pattern = self.patterns.get(index)?;
        let matched = pattern.find_with(text, at, runs)?;
        if !self.accepts(text, matched) {
            return None;
        }
        let anchor_end = at.saturating_add(pattern.anchor().len());
        Some(Verified { confidence: self.confidence(text, matched, anchor_end), matched })
    }

    /// Returns the first match in the run from `start` to `end` of a detector that scans; the next
    /// one may stand in what is left of the run.
    pub(crate) fn verify_run(&self, text: &[u8], start: usize, end: usize) -> Option<Verified> {
        let (_, least, most) = self.scan?;
        let accept = |matched| self.accepts(text, matched);
        let matched = find_in_run(text, (start, end), (least, most), accept)?;
        let confidence =
            if self.requires.is_some() { Confidence::Checked } else { Confidence::Shape };
        Some(Verified { confidence, matched })
    }

    /// Everything but the shape; what costs least comes first.
    fn accepts(&self, text: &[u8], matched: Matched) -> bool {
        let (start, end) = (matched.secret_start, matched.secret_end);
        let secret = text.get(start..end).unwrap_or_default();
        let left = match self.left {
            LeftBoundary::Any => true,
            LeftBoundary::Word => begins_word(text, matched.start),
        };
        left && (self.context.is_empty() || has_context(text, matched.start, &self.context))
            && self.requires.is_none_or(|rule| fulfils(rule, text, start, end))
            && self.entropy.is_none_or(|least| entropy(secret) >= least)
            && !self.has_stop_word(secret)
    }

    fn has_stop_word(&self, secret: &[u8]) -> bool {
        let secret = secret.get(..STOP_WORD_REACH).unwrap_or(secret);
        let stands = |word: &[u8]| {
            secret.windows(word.len().max(1)).any(|window| window.eq_ignore_ascii_case(word))
        };
        self.not.iter().any(|word| stands(word))
    }

    fn confidence(&self, text: &[u8], matched: Matched, anchor_end: usize) -> Confidence {
        match self.check {
            None if self.requires.is_some() => Confidence::Checked,
            None => Confidence::Shape,
            Some(check) if passes(check, text, matched, anchor_end) => Confidence::Checked,
            Some(_) => Confidence::Doubtful,
        }
    }

    /// Returns true where it finds something in `text`, by the plainest search there is.
    pub(crate) fn is_in(&self, text: &[u8]) -> bool {
        if let Some((scan, ..)) = self.scan {
            let mut hit = false;
            runs_of(scan, text, |start, end| hit |= self.verify_run(text, start, end).is_some());
            return hit;
        }
        self.anchors().enumerate().any(|(index, anchor)| {
            let same = |window: &[u8]| {
                if anchor.any_case {
                    window.eq_ignore_ascii_case(anchor.bytes)
                } else {
                    window == anchor.bytes
                }
            };
            let windows = text.windows(anchor.bytes.len().max(1)).enumerate();
            windows
                .filter(|(_, window)| same(window))
                .any(|(at, _)| self.verify(index, text, at).is_some())
        })
    }

    fn check_examples(&self, document: &DetectorDocument, found: &mut Vec<Diagnostic>) {
        let mut check = |list: &[Located<String>], expected: bool, message: &'static str| {
            for example in list {
                if self.is_in(example.value.as_bytes()) != expected {
                    let detector = self.id.clone();
                    let error = PackError::Example { detector, found: message };
                    found.push(error.at(example.location.clone()));
                }
            }
        };
        check(&document.matching, true, "is not found");
        check(&document.not_matching, false, "is found");
    }
}

fn regex_rule(document: &DetectorDocument, found: &mut Vec<Diagnostic>) -> Option<RegexRule> {
    let regex = document.regex.as_ref()?;
    let detector = || document.id.value.clone();
    for keyword in &document.keywords {
        if keyword.value.len() < SHORTEST_KEYWORD {
            let error = PackError::ShortKeyword { detector: detector(), least: SHORTEST_KEYWORD };
            found.push(error.at(keyword.location.clone()));
        }
    }
    match Expression::parse(&regex.value) {
        Ok(expression) => Some(RegexRule {
            allow: Vec::new(),
            expression,
            keywords: lower(&document.keywords),
            secret_group: document.secret_group.and_then(|group| usize::try_from(group).ok()),
        }),
        Err(reason) => {
            let error = PackError::Regex { detector: detector(), reason };
            found.push(error.at(regex.location.clone()));
            None
        }
    }
}

fn lower(words: &[Located<String>]) -> Vec<Box<[u8]>> {
    words.iter().map(|word| word.value.to_ascii_lowercase().into_bytes().into()).collect()
}
