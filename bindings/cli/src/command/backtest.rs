//! `bailiwick backtest`.

use std::path::Path;
use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::mpsc::Receiver;
use std::sync::mpsc::sync_channel;

use bailiwick_wire::BacktestRun;
use bailiwick_wire::Policies;
use bailiwick_wire::WireError;
use clap::ValueEnum;
use serde::Deserialize;

use crate::exit::Exit;
use crate::exit::Failure;
use crate::files::policy_files;
use crate::files::root;
use crate::judge::load;
use crate::output::Output;
use crate::output::printable;
use crate::records::Line;
use crate::records::read_records;

#[derive(Debug, clap::Args)]
pub(crate) struct BacktestArgs {
    /// The policies to try: a folder, or a file
    #[arg(long, value_name = "NEW")]
    policies: PathBuf,
    /// Policies to compare with, in place of what was decided
    #[arg(long, value_name = "OLD")]
    old: Option<PathBuf>,
    /// What makes the exit code 1; so does, but for `never`, that nothing could be decided again
    #[arg(long, value_enum, default_value_t = FailOn::Opened)]
    fail_on: FailOn,
    /// Examples in each group
    #[arg(long, value_name = "N", default_value_t = 10)]
    examples: usize,
    /// Threads; else as many as the machine has processors
    #[arg(long, value_name = "N")]
    jobs: Option<std::num::NonZeroUsize>,
    /// Recorded decisions: files of JSON lines, folders of *.jsonl, `-` for standard input
    #[arg(required = true)]
    records: Vec<PathBuf>,
}

/// What makes a backtest fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FailOn {
    /// A decision would let through what was held back
    Opened,
    /// A decision would be another
    Changed,
    /// Nothing
    Never,
}

#[derive(Deserialize)]
struct Report {
    decided: u64,
    opened: u64,
    text: String,
    tightened: u64,
}

/// Prints which recorded decisions the policies would change, what opens first.
pub(crate) fn run(args: &BacktestArgs, output: &Output) -> Result<Exit, Failure> {
    let Some(new) = policies(&args.policies, output)? else {
        return Ok(Exit::Usage);
    };
    let old = match &args.old {
        Some(path) => match policies(path, output)? {
            Some(old) => Some(old),
            None => return Ok(Exit::Usage),
        },
        None => None,
    };
    let mut run = BacktestRun::new(&new, old.as_ref(), args.examples);
    let jobs = args.jobs.or_else(|| std::thread::available_parallelism().ok());
    for part in parts(&run, jobs.map_or(1, usize::from), &args.records, output)? {
        run.merge(part);
    }
    let answer = run.answer()?;
    let report: Report = super::read(&answer)?;
    if output.is_json() {
        output.line(&answer)?;
    } else {
        for line in report.text.lines() {
            output.line(&printable(line))?;
        }
    }
    let found = match args.fail_on {
        FailOn::Opened => report.opened > 0 || report.decided == 0,
        FailOn::Changed => report.opened + report.tightened > 0 || report.decided == 0,
        FailOn::Never => false,
    };
    Ok(Exit::of_findings(found))
}

/// Compiles the policies at `path`; `None` where they cannot be read, which is reported.
pub(super) fn policies(path: &Path, output: &Output) -> Result<Option<Policies>, Failure> {
    match load(&policy_files(path)?) {
        Ok(policies) => Ok(Some(policies)),
        Err(error) => {
            output.findings(&error, &root(path));
            Ok(None)
        }
    }
}

/// Runs the backtest on `jobs` threads, which take the lines as they are read.
fn parts(
    run: &BacktestRun,
    jobs: usize,
    records: &[PathBuf],
    output: &Output,
) -> Result<Vec<BacktestRun>, Failure> {
    let (send, receive) = sync_channel::<Vec<Line>>(2 * jobs);
    let receive = Mutex::new(receive);
    std::thread::scope(|scope| {
        let mut workers = Vec::new();
        for _ in 0..jobs {
            let (mut part, receive) = (run.part(), &receive);
            let worker = std::thread::Builder::new().stack_size(STACK_BYTES);
            let worker = worker.spawn_scoped(scope, move || {
                while let Some(lines) = next(receive) {
                    lines.iter().for_each(|line| part.line(&line.bytes, &line.place()));
                }
                part
            });
            workers.push(worker.map_err(|error| failed(&error.to_string()))?);
        }
        let mut read = 0;
        let done = read_records(records, |lines| {
            read += lines.len();
            output.progress(&format!("{read} records"));
            send.send(lines).map_err(|error| failed(&error.to_string()))
        });
        drop(send);
        output.clear_progress();
        let parts = workers.into_iter().map(|worker| worker.join());
        let parts = parts.map(|part| part.map_err(|_| failed("a thread stopped")));
        let parts = parts.collect::<Result<Vec<_>, _>>();
        done.and(parts)
    })
}

fn next(receive: &Mutex<Receiver<Vec<Line>>>) -> Option<Vec<Line>> {
    receive.lock().ok()?.recv().ok()
}

fn failed(why: &str) -> Failure {
    WireError::new("internal", format!("the backtest cannot go on: {why}")).into()
}

/// As much as the first thread has: commands are read recursively.
const STACK_BYTES: usize = 8 << 20;
