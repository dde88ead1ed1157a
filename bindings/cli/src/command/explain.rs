//! `bailiwick explain`.

use serde::Deserialize;

use crate::args::DecideArgs;
use crate::exit::Exit;
use crate::exit::Failure;
use crate::files::error_at;
use crate::judge::Judge;
use crate::judge::Told;
use crate::judge::exit_of;
use crate::output::Output;
use crate::output::printable;
use crate::requests::Requests;

#[derive(Deserialize)]
struct Explained {
    record: Told,
    text: String,
}

/// Explains the decision on one request.
pub(crate) fn run(args: &DecideArgs, output: &Output) -> Result<Exit, Failure> {
    let judge = Judge::new(args, output)?;
    let asked = match Requests::read(&args.file, args.lines)? {
        Requests::One(asked) => asked,
        Requests::Many(_) | Requests::Lines(_) => {
            let message = "several requests stand here";
            return Err(error_at(&args.file, "request_not_single", message)
                .with_help("`bailiwick decide` answers lists and JSON lines")
                .into());
        }
    };
    let answer = judge.call("explain", &asked)?;
    let explained: Explained = super::read(&answer)?;
    if output.is_json() {
        output.line(&answer)?;
    } else {
        output.raw(&printable(&explained.text))?;
    }
    let place = (args.file.as_path(), 1);
    Ok(exit_of(&explained.record, &asked, place, output))
}
