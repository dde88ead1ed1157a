//! `schema` and `version`.

use serde::Deserialize;
use serde::Serialize;

use crate::WireError;
use crate::input::read;
use crate::input::write;

/// These operations take nothing.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Nothing {}

pub(crate) fn schema(input: &str) -> Result<String, WireError> {
    let Nothing {} = read(input)?;
    write(&serde_json::json!({}))
}

pub(crate) fn version(input: &str) -> Result<String, WireError> {
    #[derive(Serialize)]
    struct Output {
        name: &'static str,
        rego: bool,
        version: &'static str,
    }
    let Nothing {} = read(input)?;
    write(&Output {
        name: "bailiwick",
        rego: cfg!(feature = "rego"),
        version: env!("CARGO_PKG_VERSION"),
    })
}
