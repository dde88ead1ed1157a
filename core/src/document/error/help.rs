//! What to do about what is wrong with a document.

use crate::document::DocumentError;

impl DocumentError {
    /// Returns what to do about it.
    pub fn help(&self) -> Option<String> {
        let fixed = match self {
            Self::AliasesExpandTooFar { .. } | Self::TooManyAliases { .. } => {
                "write the values out instead of aliases"
            }
            Self::ControlCharacter { .. } => {
                "remove it, or write it as an escape such as \"\\u0000\" in double quotes"
            }
            Self::EmptyValue { help, .. } | Self::InvalidPattern { help, .. } => help,
            Self::FlagNotAllowed { scopes, .. } => return Some(format!("it exists for {scopes}")),
            Self::InvalidDuration { .. } => {
                "write whole seconds, or such as `90s`, `30m`, `4h`, `2d`"
            }
            Self::InvalidInstant { .. } => "write RFC 3339, such as `2026-07-04T10:12:03Z`",
            Self::InvalidMoney { .. } => {
                "write such as `{amount: \"12.50\", currency: USD}`, with at most six decimals"
            }
            Self::InvalidName { .. } => "write a short name without `@` and control characters",
            Self::InvalidWord { .. } => {
                "begin with a small letter; letters, digits and `_` may follow, 40 bytes in all"
            }
            Self::KeyNotText { .. } => "put it in quotes, or write a plain name",
            Self::KeysContradict { .. } => "keep one of them",
            Self::KindNotEvaluated { .. } => {
                "take it out of the policies: a document that is loaded and ignored protects nothing"
            }
            Self::MergeKey => "write the keys out",
            Self::MissingKey { key, .. } => return Some(format!("add `{key}`")),
            Self::MissingKind => "begin it with its kind, such as `repo_policy:`",
            Self::NoNameMatches { suggestion, .. } | Self::UnknownName { suggestion, .. } => {
                return suggestion.as_ref().map(|name| format!("did you mean `{name}`?"));
            }
            Self::NumberOutOfRange { .. } => "write a whole number within them, without quotes",
            Self::RepeatedCase { .. } | Self::RepeatedRule { .. } => {
                "give one of them another name"
            }
            Self::RepeatedKey { .. } => "keep one of them",
            Self::ScalarTooLong { .. } => "split it, or leave an indented block",
            Self::SeveralKinds { .. } => "put `---` before each further kind",
            Self::SuiteInPolicies => "name the file of a suite `*.cases.yaml`",
            Self::TooDeep { .. } => "close the brackets, or flatten it",
            Self::TooLarge { .. } | Self::TooManyNodes { .. } => "split the file",
            Self::TooManyEntries { .. } => "split it, or leave entries out",
            Self::UnknownAlias => "name an anchor of the same document, or quote a leading `*`",
            Self::UnknownKey { help, .. } | Self::UnknownKind { help, .. } => {
                return Some(help.clone());
            }
            Self::UnknownTag { .. } => "remove the tag, or quote a leading `!`",
            Self::WrongType { expected, found } => return wrong_type_help(expected, found),
            Self::YamlSyntax { .. } => return None,
        };
        Some(fixed.to_owned())
    }
}

fn wrong_type_help(expected: &str, found: &str) -> Option<String> {
    let help = match (expected, found) {
        ("text", "a boolean" | "nothing") => "put it in quotes",
        ("`true` or `false`", "text") => "write `true` or `false`, in lower case, without quotes",
        ("a whole number", "text") => "write digits only, without quotes",
        _ => return None,
    };
    Some(help.to_owned())
}
