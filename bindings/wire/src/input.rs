//! What operations take.

use std::collections::BTreeMap;

use bailiwick::SourceFile;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::WireError;

/// Files: path, relative to the policy root → text.
pub(crate) type Files = BTreeMap<String, String>;

/// The policies of a call, where they are not in a handle.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PoliciesInput {
    pub(crate) policies: Files,
    #[serde(default)]
    pub(crate) strict: bool,
}

/// Reads the input of an operation.
pub(crate) fn read<T: DeserializeOwned>(text: &str) -> Result<T, WireError> {
    serde_json::from_str(text).map_err(|error| WireError::from_json(&error))
}

/// Writes the output of an operation.
pub(crate) fn write<T: serde::Serialize>(value: &T) -> Result<String, WireError> {
    bailiwick::canonical_json(value)
        .map_err(|error| WireError::new("output_not_canonical", error.to_string()))
}

/// Splits an input into its policies and the rest, so that one reader serves a plain call and a
/// handle alike.
pub(crate) fn take_policies(text: &str) -> Result<(PoliciesInput, String), WireError> {
    let mut object: BTreeMap<String, Box<serde_json::value::RawValue>> = read(text)?;
    let Some(policies) = object.remove("policies") else {
        return Err(WireError::new("input_invalid", "missing field `policies`")
            .with_help("give the policy files as {\"policies\": {\"path\": \"text\"}}"));
    };
    let strict = match object.remove("strict") {
        Some(strict) => read(strict.get())?,
        None => false,
    };
    let rest = serde_json::to_string(&object).map_err(|error| WireError::from_json(&error))?;
    Ok((
        PoliciesInput {
            policies: read(policies.get())?,
            strict,
        },
        rest,
    ))
}

/// Returns the files as the core reads them.
pub(crate) fn sources(files: &Files) -> Vec<SourceFile> {
    files
        .iter()
        .map(|(path, text)| SourceFile::new(path.as_str(), text.as_str()))
        .collect()
}
