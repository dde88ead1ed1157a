//! Why a document is refused: a closed list of codes, each covered by `policy-fixtures/invalid`.

mod help;

use thiserror::Error;

use crate::document::Diagnostic;
use crate::document::Quoted;
use crate::model::Location;

/// Why a document is refused.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum DocumentError {
    /// Aliases make far more text of the file than it holds.
    #[error("aliases expand the file to more than {limit} bytes")]
    AliasesExpandTooFar {
        /// The most that is read.
        limit: usize,
    },
    /// A control character, or one that reorders the text around it.
    #[error("character U+{code:04X} does not belong in a document")]
    ControlCharacter {
        /// The code point.
        code: u32,
    },
    /// A key without a value, an empty text, or an empty list where it would mean nothing.
    #[error("{what} is empty")]
    EmptyValue {
        /// What is empty.
        what: String,
        /// What to write.
        help: &'static str,
    },
    /// A kill switch flag that its scope does not have.
    #[error("flag {flag} does not exist for the scope `{scope}`")]
    FlagNotAllowed {
        /// The flag.
        flag: Quoted,
        /// The scope.
        scope: &'static str,
        /// The scopes that have it.
        scopes: String,
    },
    /// A text that is no span of time.
    #[error("{text} is not a duration")]
    InvalidDuration {
        /// The text.
        text: Quoted,
    },
    /// A text that is no instant.
    #[error("{text} is not an instant")]
    InvalidInstant {
        /// The text.
        text: Quoted,
    },
    /// A text that is no amount of money, or no currency.
    #[error("{text} is no amount of money or no currency")]
    InvalidMoney {
        /// The text.
        text: Quoted,
    },
    /// A name that could not be told apart in records.
    #[error("{text} cannot be a name: {reason}")]
    InvalidName {
        /// The name.
        text: Quoted,
        /// Why not.
        reason: &'static str,
    },
    /// A pattern of the wrong shape.
    #[error("{text} cannot be a pattern: {reason}")]
    InvalidPattern {
        /// The pattern.
        text: Quoted,
        /// Why not.
        reason: &'static str,
        /// What to write.
        help: &'static str,
    },
    /// A name of a rule pack, a detector or a kind that markers and records could not carry.
    #[error("{text} cannot name a rule pack, a detector or a kind")]
    InvalidWord {
        /// The name.
        text: Quoted,
    },
    /// Two keys that cannot both hold.
    #[error("{first} and {second} contradict each other")]
    KeysContradict {
        /// What the one says.
        first: String,
        /// What the other says.
        second: String,
    },
    /// A key that is no text.
    #[error("key is {found}, not text")]
    KeyNotText {
        /// What it is.
        found: &'static str,
    },
    /// A document kind that this version does not evaluate.
    #[error("kind `{kind}` is not evaluated by this version")]
    KindNotEvaluated {
        /// The kind.
        kind: String,
    },
    /// A merge key.
    #[error("merge key `<<` is not read")]
    MergeKey,
    /// A key that must stand there and does not.
    #[error("{of} needs `{key}`")]
    MissingKey {
        /// The key.
        key: &'static str,
        /// What needs it.
        of: &'static str,
    },
    /// A document without a kind.
    #[error("document has no kind")]
    MissingKind,
    /// A glob that matches no name of a table.
    #[error("{glob} matches no {what}")]
    NoNameMatches {
        /// The glob.
        glob: Quoted,
        /// What it was looked up as.
        what: &'static str,
        /// What may have been meant.
        suggestion: Option<String>,
    },
    /// A number that is too small or too large.
    #[error("{text} is not within {minimum} and {maximum}")]
    NumberOutOfRange {
        /// The number.
        text: Quoted,
        /// The smallest.
        minimum: u64,
        /// The largest.
        maximum: u64,
    },
    /// Two cases of one suite with one name.
    #[error("case {name} stands twice")]
    RepeatedCase {
        /// The name.
        name: Quoted,
    },
    /// The same key twice in one mapping.
    #[error("key {key} stands twice")]
    RepeatedKey {
        /// The key.
        key: Quoted,
    },
    /// Two rules of one document with one id.
    #[error("rule {id} stands twice")]
    RepeatedRule {
        /// The id.
        id: Quoted,
    },
    /// A scalar longer than any that is meant.
    #[error("text is {size} bytes long, more than {limit}")]
    ScalarTooLong {
        /// Its size.
        size: usize,
        /// The most that is read.
        limit: usize,
    },
    /// More than one kind in one document.
    #[error("document has {count} kinds")]
    SeveralKinds {
        /// How many.
        count: usize,
    },
    /// A list where a policy document is expected: most likely a suite.
    #[error("document is a list, as in a suite of cases")]
    SuiteInPolicies,
    /// Nested deeper than any document that is meant.
    #[error("nested more than {limit} deep")]
    TooDeep {
        /// The deepest that is read.
        limit: usize,
    },
    /// A file larger than any that is meant.
    #[error("file is {size} bytes long, more than {limit}")]
    TooLarge {
        /// Its size.
        size: usize,
        /// The most that is read.
        limit: usize,
    },
    /// More anchors or aliases than are read.
    #[error("more than {limit} anchors or aliases")]
    TooManyAliases {
        /// The most that are read.
        limit: usize,
    },
    /// A list that is longer than any that is meant.
    #[error("list has {count} entries, more than {limit}")]
    TooManyEntries {
        /// How many.
        count: usize,
        /// The most that are read.
        limit: usize,
    },
    /// More nodes than are read, aliases counted for what they stand for.
    #[error("more than {limit} nodes, aliases counted for what they stand for")]
    TooManyNodes {
        /// The most that are read.
        limit: usize,
    },
    /// An alias without an anchor that is complete before it.
    #[error("alias names no anchor that ends before it")]
    UnknownAlias,
    /// A key that is not known in its place.
    #[error("unknown key {key}")]
    UnknownKey {
        /// The key.
        key: Quoted,
        /// What may have been meant, or the keys that are known.
        help: String,
    },
    /// A document kind that nobody knows.
    #[error("unknown kind {kind}")]
    UnknownKind {
        /// The kind.
        kind: Quoted,
        /// What may have been meant.
        help: String,
    },
    /// A name that its closed table does not have.
    #[error("unknown {what} {name}")]
    UnknownName {
        /// The name.
        name: Quoted,
        /// Which table.
        what: &'static str,
        /// What may have been meant.
        suggestion: Option<String>,
    },
    /// A tag beyond those of plain data.
    #[error("tag {tag} is not read")]
    UnknownTag {
        /// The tag.
        tag: Quoted,
    },
    /// A value of another kind than its place wants.
    #[error("expected {expected}, found {found}")]
    WrongType {
        /// What the place wants.
        expected: &'static str,
        /// What stands there.
        found: &'static str,
    },
    /// No YAML.
    #[error("not YAML: {reason}")]
    YamlSyntax {
        /// What the parser met.
        reason: String,
    },
}

impl DocumentError {
    /// Every code, in order; the test of `policy-fixtures/invalid` covers each of them.
    pub const CODES: &'static [&'static str] = &[
        "aliases_expand_too_far",
        "control_character",
        "empty_value",
        "flag_not_allowed",
        "invalid_duration",
        "invalid_instant",
        "invalid_money",
        "invalid_name",
        "invalid_pattern",
        "invalid_word",
        "key_not_text",
        "keys_contradict",
        "kind_not_evaluated",
        "merge_key",
        "missing_key",
        "missing_kind",
        "no_name_matches",
        "number_out_of_range",
        "repeated_case",
        "repeated_key",
        "repeated_rule",
        "scalar_too_long",
        "several_kinds",
        "suite_in_policies",
        "too_deep",
        "too_large",
        "too_many_aliases",
        "too_many_entries",
        "too_many_nodes",
        "unknown_alias",
        "unknown_key",
        "unknown_kind",
        "unknown_name",
        "unknown_tag",
        "wrong_type",
        "yaml_syntax",
    ];

    /// Returns the stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::AliasesExpandTooFar { .. } => "aliases_expand_too_far",
            Self::ControlCharacter { .. } => "control_character",
            Self::EmptyValue { .. } => "empty_value",
            Self::FlagNotAllowed { .. } => "flag_not_allowed",
            Self::InvalidDuration { .. } => "invalid_duration",
            Self::InvalidInstant { .. } => "invalid_instant",
            Self::InvalidMoney { .. } => "invalid_money",
            Self::InvalidName { .. } => "invalid_name",
            Self::InvalidPattern { .. } => "invalid_pattern",
            Self::InvalidWord { .. } => "invalid_word",
            Self::KeyNotText { .. } => "key_not_text",
            Self::KeysContradict { .. } => "keys_contradict",
            Self::KindNotEvaluated { .. } => "kind_not_evaluated",
            Self::MergeKey => "merge_key",
            Self::MissingKey { .. } => "missing_key",
            Self::MissingKind => "missing_kind",
            Self::NoNameMatches { .. } => "no_name_matches",
            Self::NumberOutOfRange { .. } => "number_out_of_range",
            Self::RepeatedCase { .. } => "repeated_case",
            Self::RepeatedKey { .. } => "repeated_key",
            Self::RepeatedRule { .. } => "repeated_rule",
            Self::ScalarTooLong { .. } => "scalar_too_long",
            Self::SeveralKinds { .. } => "several_kinds",
            Self::SuiteInPolicies => "suite_in_policies",
            Self::TooDeep { .. } => "too_deep",
            Self::TooLarge { .. } => "too_large",
            Self::TooManyAliases { .. } => "too_many_aliases",
            Self::TooManyEntries { .. } => "too_many_entries",
            Self::TooManyNodes { .. } => "too_many_nodes",
            Self::UnknownAlias => "unknown_alias",
            Self::UnknownKey { .. } => "unknown_key",
            Self::UnknownKind { .. } => "unknown_kind",
            Self::UnknownName { .. } => "unknown_name",
            Self::UnknownTag { .. } => "unknown_tag",
            Self::WrongType { .. } => "wrong_type",
            Self::YamlSyntax { .. } => "yaml_syntax",
        }
    }

    /// Returns the finding that reports it at `location`.
    pub fn at(&self, location: Location) -> Diagnostic {
        let finding = Diagnostic::error(self.code(), self.to_string(), location);
        match self.help() {
            Some(help) => finding.with_help(help),
            None => finding,
        }
    }
}
