//! `bailiwick call`.

use std::path::Path;

use crate::args::CallArgs;
use crate::exit::Exit;
use crate::exit::Failure;
use crate::files::read_text;
use crate::output::Output;

/// Prints the answer of an operation to the JSON on standard input: the bytes that every host
/// gets. The answer is all: a denial is no failure of the call.
pub(crate) fn run(args: &CallArgs, output: &Output) -> Result<Exit, Failure> {
    let input = read_text(Path::new("-"), MAX_INPUT_BYTES)?;
    output.line(&bailiwick_wire::call(&args.operation, &input)?)?;
    Ok(Exit::Ok)
}

/// Bytes of one input: policies, and a batch of requests or a log.
const MAX_INPUT_BYTES: u64 = 1 << 30;
