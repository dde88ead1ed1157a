//! Detectors of rule packs, as they are written.

use crate::document::ChecksumRule;
use crate::document::CountsAs;
use crate::document::DocumentError;
use crate::document::LeftBoundary;
use crate::document::Located;
use crate::document::Quoted;
use crate::document::RunScan;
use crate::document::TokenCheck;
use crate::document::decode::At;
use crate::document::decode::Decoder;
use crate::document::decode::Fields;
use crate::document::node::NodeKind;
use crate::model::Location;

/// One detector of a pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DetectorDocument {
    /// What makes a match surer.
    pub check: Option<TokenCheck>,
    /// Words of which one must stand in the line before a match.
    pub context: Vec<Located<String>>,
    /// The figure of the summary.
    pub counts_as: CountsAs,
    /// The least entropy, in thousandths of a bit per byte.
    pub entropy: Option<u32>,
    /// Few values are likely: markers carry no id.
    pub guessable: bool,
    /// The id.
    pub id: Located<String>,
    /// Literals of which one must stand in the line, in any case, before `regex` is tried.
    pub keywords: Vec<Located<String>>,
    /// What the marker says.
    pub kind: String,
    /// What must stand before a match.
    pub left: LeftBoundary,
    /// Where it stands.
    pub location: Location,
    /// Texts in which it must find something.
    pub matching: Vec<Located<String>>,
    /// Words that no match holds.
    pub not: Vec<Located<String>>,
    /// Texts in which it must find nothing.
    pub not_matching: Vec<Located<String>>,
    /// The patterns.
    pub patterns: Vec<Located<String>>,
    /// A regular expression instead of patterns.
    pub regex: Option<Located<String>>,
    /// What a match must fulfil.
    pub requires: Option<ChecksumRule>,
    /// Which runs are tried instead of patterns, and how many signs they have at least and at most.
    pub scan: Option<(RunScan, u32, u32)>,
    /// The group of `regex` that is the secret; the whole match where absent.
    pub secret_group: Option<u32>,
    /// Where the format comes from.
    pub source: Option<String>,
}

/// Examples of one detector, patterns of one detector.
const MOST_EXAMPLES: usize = 64;
/// The longest name.
const LONGEST_WORD: usize = 40;
/// Signs of a run: fewer stand everywhere.
const FEWEST_SIGNS: u64 = 6;
const MOST_SIGNS: u64 = 40;

const DETECTOR_KEYS: &[&str] = &[
    "check",
    "context",
    "counts_as",
    "digits",
    "entropy",
    "guessable",
    "id",
    "keywords",
    "kind",
    "left",
    "length",
    "match",
    "not",
    "not_match",
    "patterns",
    "regex",
    "requires",
    "scan",
    "secret_group",
    "source",
];

impl DetectorDocument {
    /// Returns the detector at `at`; findings are with the decoder.
    pub(crate) fn decode(decoder: &mut Decoder<'_>, at: &At<'_>) -> Option<Self> {
        let fields = decoder.fields(at, DETECTOR_KEYS)?;
        let Some(id) = fields.find("id") else {
            decoder.missing(&fields, "id", "a detector");
            return None;
        };
        let place = decoder.location(&id);
        let id = Located::new(decoder.word(&id)?, place);
        let texts = |decoder: &mut Decoder<'_>, key| {
            let at = fields.find(key)?;
            decoder.up_to(&at, MOST_EXAMPLES);
            Some(decoder.some_texts(&at))
        };
        let patterns = texts(decoder, "patterns").unwrap_or_default();
        let regex = fields.find("regex").and_then(|at| decoder.located_text(&at));
        let keywords = texts(decoder, "keywords").unwrap_or_default();
        let scan = scan(decoder, &fields);
        one_way(decoder, &fields);
        let kind = fields.find("kind").and_then(|at| decoder.word(&at));
        Some(Self {
            check: fields.find("check").and_then(|at| {
                let (read, suggest) = (TokenCheck::from_name, TokenCheck::suggest);
                decoder.named(&at, TokenCheck::WHAT, read, suggest)
            }),
            context: texts(decoder, "context").unwrap_or_default(),
            counts_as: fields
                .find("counts_as")
                .and_then(|at| {
                    let (read, suggest) = (CountsAs::from_name, CountsAs::suggest);
                    decoder.named(&at, CountsAs::WHAT, read, suggest)
                })
                .unwrap_or(CountsAs::SecretLikeToken),
            entropy: fields.find("entropy").and_then(|at| decoder.thousandths(&at, 8)),
            guessable: fields.find("guessable").and_then(|at| decoder.boolean(&at)) == Some(true),
            kind: kind.unwrap_or_else(|| id.value.clone()),
            id,
            keywords,
            left: fields
                .find("left")
                .and_then(|at| {
                    let (read, suggest) = (LeftBoundary::from_name, LeftBoundary::suggest);
                    decoder.named(&at, LeftBoundary::WHAT, read, suggest)
                })
                .unwrap_or(LeftBoundary::Any),
            location: decoder.location(at),
            matching: examples(decoder, &fields, "match"),
            not: texts(decoder, "not").unwrap_or_default(),
            not_matching: examples(decoder, &fields, "not_match"),
            patterns,
            regex,
            requires: fields.find("requires").and_then(|at| {
                let (read, suggest) = (ChecksumRule::from_name, ChecksumRule::suggest);
                decoder.named(&at, ChecksumRule::WHAT, read, suggest)
            }),
            scan,
            secret_group: fields
                .find("secret_group")
                .and_then(|at| decoder.number(&at, 0, 99))
                .and_then(|number| u32::try_from(number).ok()),
            source: fields.find("source").and_then(|at| decoder.text(&at)),
        })
    }

    /// Returns what the detector says.
    pub(crate) fn content(&self) -> serde_json::Value {
        serde_json::json!({
            "check": self.check.map(TokenCheck::name),
            "context": values(&self.context),
            "counts_as": self.counts_as.name(),
            "entropy": self.entropy,
            "guessable": self.guessable,
            "id": self.id.value,
            "keywords": values(&self.keywords),
            "kind": self.kind,
            "left": self.left.name(),
            "not": values(&self.not),
            "patterns": values(&self.patterns),
            "regex": self.regex.as_ref().map(|regex| &regex.value),
            "requires": self.requires.map(ChecksumRule::name),
            "scan": self.scan.map(|(scan, least, most)| (scan.name(), least, most)),
            "secret_group": self.secret_group,
        })
    }
}

/// Returns which runs are tried, and how many signs they have.
fn scan(decoder: &mut Decoder<'_>, fields: &Fields<'_>) -> Option<(RunScan, u32, u32)> {
    let at = fields.find("scan")?;
    let scan = decoder.named(&at, RunScan::WHAT, RunScan::from_name, RunScan::suggest)?;
    let key = match scan {
        RunScan::Alnum => "length",
        RunScan::Digits => "digits",
    };
    let Some(at) = fields.find(key) else {
        decoder.missing(fields, key, "a detector that scans");
        return None;
    };
    let items = at.items().unwrap_or_default();
    let [least, most] = items.as_slice() else {
        decoder.wrong_type(&at, "a list of the least and the most, such as `[13, 19]`");
        return None;
    };
    let least = decoder.number(least, FEWEST_SIGNS, MOST_SIGNS)?;
    let most = decoder.number(most, least, MOST_SIGNS)?;
    Some((scan, u32::try_from(least).ok()?, u32::try_from(most).ok()?))
}

/// A detector finds its matches in one way: by patterns, a regular expression, or runs.
fn one_way(decoder: &mut Decoder<'_>, fields: &Fields<'_>) {
    let ways: Vec<(&str, At<'_>)> = ["patterns", "regex", "scan"]
        .into_iter()
        .filter_map(|key| fields.find(key).map(|at| (key, at)))
        .collect();
    match ways.as_slice() {
        [] => decoder.missing(fields, "patterns", "a detector"),
        [("regex", _)] if fields.find("keywords").is_none() => {
            decoder.missing(fields, "keywords", "a detector with `regex`");
        }
        [_] => {}
        [(first, _), (second, at), ..] => {
            let help = format!("a detector has `{first}` or `{second}`: make two of it");
            let key = Quoted::from(*second);
            decoder.report(at, &DocumentError::UnknownKey { key, help });
        }
    }
}

/// Returns the examples under `key`: each a text, or a list of pieces that are joined.
fn examples(
    decoder: &mut Decoder<'_>,
    fields: &Fields<'_>,
    key: &'static str,
) -> Vec<Located<String>> {
    let Some(at) = fields.find(key) else {
        return Vec::new();
    };
    let mut out = Vec::new();
    for item in decoder.up_to(&at, MOST_EXAMPLES) {
        let pieces: Vec<String> =
            decoder.texts(&item).into_iter().map(|piece| piece.value).collect();
        out.push(Located::new(pieces.concat(), decoder.location(&item)));
    }
    out
}

pub(crate) fn values(list: &[Located<String>]) -> Vec<&str> {
    list.iter().map(|entry| entry.value.as_str()).collect()
}

impl Decoder<'_> {
    /// Returns the items of the list at `at`, which may hold up to `limit`.
    pub(crate) fn up_to<'n>(&mut self, at: &At<'n>, limit: usize) -> Vec<At<'n>> {
        let mut items = at.one_or_many();
        if items.len() > limit {
            let count = items.len();
            self.report(at, &DocumentError::TooManyEntries { count, limit });
            items.truncate(limit);
        }
        items
    }

    /// Returns the word at `at`, as packs, detectors and kinds are named.
    pub(crate) fn word(&mut self, at: &At<'_>) -> Option<String> {
        let text = self.text(at)?;
        let first = text.starts_with(|c: char| c.is_ascii_lowercase());
        let rest = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        if first && text.len() <= LONGEST_WORD && text.chars().all(rest) {
            return Some(text);
        }
        let text = Quoted::from(text.as_str());
        self.report(at, &DocumentError::InvalidWord { text });
        None
    }

    /// Returns the number at `at`, such as `3` or `3.25`, in thousandths.
    fn thousandths(&mut self, at: &At<'_>, maximum: u32) -> Option<u32> {
        let text = match &at.node.kind {
            NodeKind::Text(text) => text.clone(),
            NodeKind::Integer(number) => number.to_string(),
            NodeKind::Null | NodeKind::Bool(_) | NodeKind::Sequence(_) | NodeKind::Mapping(_) => {
                self.wrong_type(at, "a number such as `3.5`");
                return None;
            }
        };
        let number = thousandths(&text).filter(|number| *number <= maximum * 1_000);
        if number.is_none() {
            let text = Quoted::from(text.as_str());
            let (minimum, maximum) = (0, u64::from(maximum));
            self.report(at, &DocumentError::NumberOutOfRange { text, minimum, maximum });
        }
        number
    }
}

/// Returns the number that `text` spells, in thousandths.
pub(crate) fn thousandths(text: &str) -> Option<u32> {
    let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(part) || whole.len() > 4 {
        return None;
    }
    let part: String = part.chars().chain("000".chars()).take(3).collect();
    whole.parse::<u32>().ok()?.checked_mul(1_000)?.checked_add(part.parse().ok()?)
}
