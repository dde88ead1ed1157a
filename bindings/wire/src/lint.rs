//! `lint`.

use bailiwick::LintKind;
use serde::Deserialize;

use crate::WireError;
use crate::input::read;
use crate::input::write;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    /// What the text is; else what its path says, else it is untrusted.
    #[serde(default)]
    kind: Option<LintKind>,
    /// Where the text comes from.
    #[serde(default)]
    path: Option<String>,
    /// The folder that instructions are for, from the root of the repository.
    #[serde(default)]
    scope: Option<String>,
    text: String,
}

pub(crate) fn lint(input: &str) -> Result<String, WireError> {
    let input: Input = read(input)?;
    let told = input.path.as_deref().map(LintKind::of_path);
    let kind = input.kind.or(told).unwrap_or(LintKind::Untrusted);
    write(&bailiwick::lint(&input.text, kind, input.scope.as_deref()))
}
