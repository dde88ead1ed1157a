//! `bailiwick decide`.

use crate::args::DecideArgs;
use crate::exit::Exit;
use crate::exit::Failure;
use crate::judge::Judge;
use crate::judge::exit_of;
use crate::output::Output;
use crate::requests::Asked;
use crate::requests::Requests;

/// Prints a record for each request. One request gives its decision as the exit code; of several,
/// all are answered.
pub(crate) fn run(args: &DecideArgs, output: &Output) -> Result<Exit, Failure> {
    let judge = Judge::new(args, output)?;
    let decide = |asked: &Asked, line: u32| -> Result<Exit, Failure> {
        let record = judge.call("decide", asked)?;
        output.line(&record)?;
        Ok(exit_of(&super::read(&record)?, asked, (&args.file, line), output))
    };
    match Requests::read(&args.file, args.lines)? {
        Requests::One(asked) => return decide(&asked, 1),
        Requests::Many(list) => {
            for asked in &list {
                decide(asked, 1)?;
            }
        }
        Requests::Lines(mut lines) => {
            while let Some((number, asked)) = lines.next()? {
                decide(&asked, number)?;
                if number % 1000 == 0 {
                    output.progress(&format!("{number} lines"));
                }
            }
            output.progress("");
        }
    }
    Ok(if judge.has_no_policies() { Exit::Denied } else { Exit::Ok })
}
