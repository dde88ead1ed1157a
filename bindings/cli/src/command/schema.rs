//! `bailiwick schema`.

use bailiwick_wire::call;

use crate::exit::Exit;
use crate::exit::Failure;
use crate::output::Output;

/// Prints the JSON Schemas and tables of names.
pub(crate) fn run(output: &Output) -> Result<Exit, Failure> {
    output.line(&call("schema", "{}")?)?;
    Ok(Exit::Ok)
}
