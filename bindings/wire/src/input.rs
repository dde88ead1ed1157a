//! What operations take.

use std::collections::BTreeMap;
use std::marker::PhantomData;

use bailiwick::SourceFile;
use serde::Deserialize;
use serde::Deserializer;
use serde::de::DeserializeOwned;
use serde::de::Error as _;
use serde::de::MapAccess;
use serde::de::Visitor;

use crate::WireError;

/// Files: path, relative to the policy root → text.
pub(crate) type Files = UniqueMap<String>;

/// An object whose keys must differ: of two values one would be dropped without a word, and it
/// could be the policy that denies.
#[derive(Debug)]
pub(crate) struct UniqueMap<T>(pub(crate) BTreeMap<String, T>);

impl<T> Default for UniqueMap<T> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for UniqueMap<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Entries<T> {
            type Value = UniqueMap<T>;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Self::Value, A::Error> {
                let mut entries = BTreeMap::new();
                while let Some((key, value)) = access.next_entry::<String, T>()? {
                    if entries.contains_key(&key) {
                        return Err(A::Error::custom(format!("key `{key}` stands twice")));
                    }
                    entries.insert(key, value);
                }
                Ok(UniqueMap(entries))
            }
        }
        deserializer.deserialize_map(Entries(PhantomData))
    }
}

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
    let UniqueMap(mut object) = read::<UniqueMap<Box<serde_json::value::RawValue>>>(text)?;
    let Some(policies) = object.remove("policies") else {
        return Err(WireError::new("input_invalid", "missing field `policies`")
            .with_help("give the policy files as {\"policies\": {\"path\": \"text\"}}"));
    };
    let strict = match object.remove("strict") {
        Some(strict) => read(strict.get())?,
        None => false,
    };
    let rest = serde_json::to_string(&object).map_err(|error| WireError::from_json(&error))?;
    Ok((PoliciesInput { policies: read(policies.get())?, strict }, rest))
}

/// Returns the files as the core reads them.
pub(crate) fn sources(files: &Files) -> Vec<SourceFile> {
    let UniqueMap(files) = files;
    files.iter().map(|(path, text)| SourceFile::new(path.as_str(), text.as_str())).collect()
}
