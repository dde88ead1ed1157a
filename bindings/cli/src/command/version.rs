//! `bailiwick version`.

use bailiwick_wire::call;
use serde::Deserialize;

use crate::exit::Exit;
use crate::exit::Failure;
use crate::output::Output;

#[derive(Deserialize)]
struct Version {
    name: String,
    rego: bool,
    version: String,
}

/// Prints the version and what is built in.
pub(crate) fn run(output: &Output) -> Result<Exit, Failure> {
    let answer = call("version", "{}")?;
    if output.is_json() {
        output.line(&answer)?;
        return Ok(Exit::Ok);
    }
    let about: Version = super::read(&answer)?;
    let rego = if about.rego { "with" } else { "without" };
    output.line(&format!("{} {} ({rego} Rego)", about.name, about.version))?;
    Ok(Exit::Ok)
}
