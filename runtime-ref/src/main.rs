//! The `bailiwick-runtime` command: the only place, with `demo`, that names concrete adapters.

use std::path::PathBuf;
use std::process::ExitCode;

use bailiwick::LogViewer;
use bailiwick::ProjectedTree;
use bailiwick::Projection;
use bailiwick_runtime::demo;
use clap::Parser;
use clap::Subcommand;
use clap::ValueEnum;

/// Runs AI coding agents under policy: every act is decided on, recorded, and only then done.
#[derive(Parser)]
#[command(name = "bailiwick-runtime", version, after_help = EXIT_CODES)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Governs one agent task from request to pull request, with real parts and a scripted model.
    ///
    /// A repository is cloned into an isolated workspace; a model (a script, so no key is needed)
    /// works on a task by file, shell and git tools; policies decide on each call; commands run in
    /// a sandbox; the tests really run; a branch is pushed to a real bare remote and a draft pull
    /// request is created. The journal is verified at the end.
    #[command(after_help = EXIT_CODES)]
    Demo(Demo),
    /// Makes the replay package of a run of a demonstration: its events with their proofs, its
    /// decisions, policies, change and provenance, in one archive or folder that proves itself.
    #[command(after_help = PACKAGE_CODES)]
    Package(Package),
    /// Says what of a demonstration's artifacts and audit events is due, and deletes it.
    #[command(subcommand, after_help = RETENTION_CODES)]
    Retention(Retention),
}

#[derive(Subcommand)]
enum Retention {
    /// Lists what is due, what keeps it, and what must not be there; nothing is deleted.
    #[command(after_help = RETENTION_CODES)]
    Plan(Kept),
    /// Deletes what is due, each by a decision and told in the journal; without `--execute` it only
    /// lists it. Audit events are never deleted.
    #[command(after_help = RETENTION_CODES)]
    Apply {
        #[command(flatten)]
        kept: Kept,
        /// Really delete
        #[arg(long)]
        execute: bool,
    },
}

#[derive(clap::Args)]
struct Kept {
    /// The folder of a demonstration
    #[arg(long, value_name = "DIR")]
    dir: PathBuf,
    /// What is asked to be deleted now, by name or class, once or more; refused where it must be kept
    #[arg(long, value_name = "NAME")]
    delete: Vec<String>,
    /// Legal holds and open incidents, a JSON list, beside those in `controls/holds.json`
    #[arg(long, value_name = "FILE")]
    holds: Option<PathBuf>,
    /// The instant that it is planned for, RFC 3339; else the clock. With `--execute` it is no later
    /// than the clock; decisions and events keep the real time
    #[arg(long, value_name = "INSTANT")]
    now: Option<bailiwick::Timestamp>,
    /// Policies; the embedded ones by default
    #[arg(long, value_name = "DIR")]
    policies: Option<PathBuf>,
    /// How it is told
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

#[derive(clap::Args)]
struct Package {
    /// The folder of a demonstration
    #[arg(long, value_name = "DIR")]
    dir: PathBuf,
    /// The run; by default the newest one that was given a task
    #[arg(long, value_name = "RUN")]
    run: Option<String>,
    /// An archive if it ends with `.tar`, else a folder that is not there yet; by default
    /// `packages/RUN.tar` in the folder of the demonstration, which is made only once
    #[arg(long, value_name = "FILE-or-FOLDER")]
    out: Option<PathBuf>,
    /// Policies; the embedded ones by default. They are packed if the run was decided on by them
    #[arg(long, value_name = "DIR")]
    policies: Option<PathBuf>,
    /// Values that nobody may see, as for the demonstration: policies that hold one are not packed
    #[arg(long, value_name = "FILE")]
    secrets: Option<PathBuf>,
}

#[derive(clap::Args)]
struct Demo {
    /// A local git repository to work on, with a `--script` for it; it is only read: what is pushed
    /// goes to a remote of its own
    #[arg(long, value_name = "PATH")]
    repo: Option<PathBuf>,
    /// What the model says, as YAML; the embedded script by default
    #[arg(long, value_name = "FILE")]
    script: Option<PathBuf>,
    /// Policies; the embedded ones by default
    #[arg(long, value_name = "DIR")]
    policies: Option<PathBuf>,
    /// Values that nobody may see, as `NAME=VALUE` lines: they go wherever they stand, in whatever
    /// form. Those that the environment names are looked for anyway
    #[arg(long, value_name = "FILE")]
    secrets: Option<PathBuf>,
    /// Keep the workspace and what was built in it, beside the evidence
    #[arg(long)]
    keep: bool,
    /// Where everything goes; a fresh folder by default. Given again, it tells of runs cut off
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
    /// How the end is told
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A timeline and a summary for people
    Text,
    /// One JSON object and nothing else
    Json,
}

fn main() -> ExitCode {
    // First of all: inside a sandbox this program is the sandbox's own process.
    bailiwick_runtime::sandbox::run_inner_if_asked();
    let Arguments { command } = Arguments::parse();
    match command {
        Command::Demo(arguments) => demonstrate(arguments),
        Command::Package(arguments) => package(arguments),
        Command::Retention(Retention::Plan(kept)) => retain(kept, false),
        Command::Retention(Retention::Apply { kept, execute }) => retain(kept, execute),
    }
}

fn demonstrate(arguments: Demo) -> ExitCode {
    let options = demo::Options {
        folder: arguments.dir,
        keep: arguments.keep,
        policies: arguments.policies,
        repository: arguments.repo,
        script: arguments.script,
        secrets: arguments.secrets,
        silent: arguments.format == Format::Json,
    };
    match demo::run(&options) {
        Ok(report) => {
            tell(arguments.format, || report.to_json(), || report.to_text(), report.is_ok())
        }
        Err(error) => failed(&error),
    }
}

fn package(arguments: Package) -> ExitCode {
    let options = demo::PackageOptions {
        folder: arguments.dir,
        out: arguments.out,
        policies: arguments.policies,
        run: arguments.run,
        secrets: arguments.secrets,
    };
    match demo::package(&options) {
        Ok(path) => {
            println!("{}", path.display());
            ExitCode::SUCCESS
        }
        Err(error) => failed(&error),
    }
}

fn retain(kept: Kept, execute: bool) -> ExitCode {
    let options = demo::RetentionOptions {
        delete: kept.delete,
        execute,
        folder: kept.dir,
        holds: kept.holds,
        now: kept.now,
        policies: kept.policies,
    };
    match demo::retain(&options) {
        Ok(report) => tell(kept.format, || report.to_json(), || report.to_text(), report.is_ok()),
        Err(error) => failed(&error),
    }
}

fn failed(stopped: &demo::Stopped) -> ExitCode {
    eprintln!("error: {} [{}]", stopped.message.text(), stopped.code);
    if let Some(help) = &stopped.help {
        eprintln!("help: {}", help.text());
    }
    ExitCode::from(stopped.exit_code)
}

fn tell(
    format: Format,
    json: impl FnOnce() -> Result<ProjectedTree, serde_json::Error>,
    text: impl FnOnce() -> Projection<LogViewer>,
    is_ok: bool,
) -> ExitCode {
    match format {
        Format::Text => println!("{}", text().text().trim_end_matches('\n')),
        Format::Json => match json() {
            Ok(report) => println!("{:#}", report.tree()),
            Err(error) => {
                eprintln!("error: {error}");
                return ExitCode::FAILURE;
            }
        },
    }
    if is_ok { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

const EXIT_CODES: &str = "\
Exit codes:
  0  all went as the script says, and the chain is verified
  1  something was decided otherwise, failed, or the chain does not hold
  2  the command line, the script or the policies cannot be read
  3  no sandbox can be had here, so no command was run";

const PACKAGE_CODES: &str = "\
Exit codes:
  0  the package is made, and its path is printed
  1  the run is not closed or not there, or it cannot be packed whole; nothing is written
  2  the command line or the secrets cannot be read";

const RETENTION_CODES: &str = "\
Exit codes:
  0  everything is as it must be, and what was to be deleted is
  1  findings, something due that was not deleted, or the folder cannot be read
  2  the command line or the policies cannot be read";
