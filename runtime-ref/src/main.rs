//! The `bailiwick-runtime` command: the only place, with `demo`, that names concrete adapters.

use std::path::PathBuf;
use std::process::ExitCode;

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
    }
}

fn demonstrate(arguments: Demo) -> ExitCode {
    let options = demo::Options {
        folder: arguments.dir,
        keep: arguments.keep,
        policies: arguments.policies,
        repository: arguments.repo,
        script: arguments.script,
        silent: arguments.format == Format::Json,
    };
    let report = match demo::run(&options) {
        Ok(report) => report,
        Err(error) => {
            eprintln!("error: {error} [{}]", error.code());
            if let Some(help) = error.help() {
                eprintln!("help: {help}");
            }
            return ExitCode::from(error.exit_code());
        }
    };
    match arguments.format {
        Format::Text => println!("{}", report.to_text()),
        Format::Json => match serde_json::to_string_pretty(&report) {
            Ok(text) => println!("{text}"),
            Err(error) => {
                eprintln!("error: {error}");
                return ExitCode::FAILURE;
            }
        },
    }
    if report.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

const EXIT_CODES: &str = "\
Exit codes:
  0  all went as the script says, and the chain is verified
  1  something was decided otherwise, failed, or the chain does not hold
  2  the command line, the script or the policies cannot be read
  3  no sandbox can be had here, so no command was run";
