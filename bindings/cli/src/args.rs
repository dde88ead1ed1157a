//! The command line.

use std::path::PathBuf;

use bailiwick_wire::WireError;
use clap::Parser;
use clap::Subcommand;

use crate::command::audit_export::ExportArgs;
use crate::command::audit_export::ReportArgs;
use crate::command::backtest::BacktestArgs;
use crate::command::choose_model::ChooseModelArgs;
use crate::command::log::CheckProofArgs;
use crate::command::log::CheckpointArgs;
use crate::command::log::KeygenArgs;
use crate::command::log::ProveArgs;
use crate::command::log::TilesArgs;
use crate::command::package::InvestigateArgs;
use crate::command::package::ReplayArgs;
use crate::command::provenance::ProvenanceCommand;
use crate::command::redact::RedactArgs;
use crate::command::redact::VerifyProjectionArgs;
use crate::command::redecide::RedecideArgs;
use crate::exit::Exit;
use crate::output::Format;
use crate::output::Output;

/// Decide what an AI coding agent may do, and check the policies that say so.
#[derive(Debug, Parser)]
#[command(name = "bailiwick", version, after_help = AFTER_HELP)]
pub(crate) struct Args {
    /// How results are printed; records of `decide` are JSON in any case
    #[arg(long, global = true, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
#[expect(clippy::large_enum_variant, reason = "there is one, and it lives as long as the process")]
pub(crate) enum Command {
    /// Verify, export and report the evidence of runs
    #[command(subcommand)]
    Audit(AuditCommand),
    /// Try other policies on recorded decisions, and report which would change
    Backtest(BacktestArgs),
    /// Call an operation with JSON on standard input, as the libraries do
    Call(CallArgs),
    /// Check policies and report what is wrong, with places
    Check(CheckArgs),
    /// Choose the model to call, and tell why each other one is refused
    ChooseModel(ChooseModelArgs),
    /// Decide requests and print their records, one JSON line each
    Decide(DecideArgs),
    /// Show which documents apply to a scope and what they permit together
    Effective(EffectiveArgs),
    /// Decide one request and explain the decision for people
    Explain(DecideArgs),
    /// Tell what a command or a change would really do; nothing is run
    Facts(FactsArgs),
    /// Write a small, valid, commented hierarchy of policies with cases that pass
    Init(InitArgs),
    /// Answer the thirteen questions on a run from its replay package
    Investigate(InvestigateArgs),
    /// Find what instructions, prompts and the output of tools should not say
    Lint(LintArgs),
    /// Sign, verify and show where a change came from; nothing is fetched
    #[command(subcommand)]
    Provenance(ProvenanceCommand),
    /// Remove secrets and private data from texts, as they come
    Redact(RedactArgs),
    /// Decide recorded decisions again, and compare every byte
    Redecide(RedecideArgs),
    /// Do again what a replay package holds enough for
    Replay(ReplayArgs),
    /// Say for how long what is kept of runs may and must be kept
    #[command(subcommand)]
    Retention(RetentionCommand),
    /// Print the JSON Schemas and tables of names
    Schema,
    /// Run the cases of suites against their policies
    Test(TestArgs),
    /// Tell whether a text is what the redactor made for a sink, by its seal
    VerifyProjection(VerifyProjectionArgs),
    /// Print the version and what is built in
    Version,
}

#[derive(Debug, clap::Args)]
pub(crate) struct CallArgs {
    /// The operation, such as decide_batch
    pub(crate) operation: String,
}

#[derive(Debug, clap::Args)]
pub(crate) struct CheckArgs {
    /// Treat as errors what is otherwise a warning, such as a level that tries to widen
    #[arg(long)]
    pub(crate) strict: bool,
    /// Folders of policies, each a set of its own; files that are named make one set together
    #[arg(required = true)]
    pub(crate) paths: Vec<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct TestArgs {
    /// Folders of suites, or suites: `*.cases.yaml`, and files below a folder `cases`
    #[arg(required = true)]
    pub(crate) paths: Vec<PathBuf>,
    /// The policies to test; else those that the suite names, else the nearest folder around it
    #[arg(long, value_name = "DIR")]
    pub(crate) policies: Option<PathBuf>,
    /// Run only the cases whose name contains this text
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub(crate) filter: String,
    /// Stop behind the first suite that fails
    #[arg(long)]
    pub(crate) fail_fast: bool,
    /// List the cases that pass, too
    #[arg(long, short)]
    pub(crate) verbose: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct DecideArgs {
    /// The policies: a folder, or a file
    #[arg(long, value_name = "DIR")]
    pub(crate) policies: PathBuf,
    /// The live state, YAML or JSON; without it the answer is to a what-if question: nothing is
    /// switched off, approved or used, and attributes of the scope may be left out
    #[arg(long, value_name = "FILE")]
    pub(crate) state: Option<PathBuf>,
    /// The instant, RFC 3339; else the state's own `now`, else the clock
    #[arg(long, value_name = "INSTANT", value_parser = instant)]
    pub(crate) now: Option<String>,
    /// One JSON request a line, each answered as it comes; meant without it for *.jsonl, *.ndjson
    #[arg(long)]
    pub(crate) lines: bool,
    /// The request, or a list of them: YAML, JSON or JSON lines; `-` is standard input
    #[arg(default_value = "-")]
    pub(crate) file: PathBuf,
}

#[derive(Debug, clap::Args)]
pub(crate) struct EffectiveArgs {
    /// The policies: a folder, or a file
    #[arg(long, value_name = "DIR")]
    pub(crate) policies: PathBuf,
    /// The tenant; documents of every tenant apply where it is left out, as for the next three
    #[arg(long)]
    pub(crate) tenant: Option<String>,
    /// The organization
    #[arg(long)]
    pub(crate) organization: Option<String>,
    /// The team
    #[arg(long)]
    pub(crate) team: Option<String>,
    /// The repository
    #[arg(long)]
    pub(crate) repo: Option<String>,
    /// The campaign; no campaign document applies where it is left out
    #[arg(long)]
    pub(crate) campaign: Option<String>,
    /// The task; no task document applies where it is left out
    #[arg(long)]
    pub(crate) task: Option<String>,
    /// The action that tool documents are chosen by; change.propose where it is left out
    #[arg(long)]
    pub(crate) action: Option<String>,
}

#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("what").required(true))]
pub(crate) struct FactsArgs {
    /// Shell text, instead of words
    #[arg(long, value_name = "TEXT", group = "what")]
    pub(crate) shell: Option<String>,
    /// A unified diff, as of `git diff`; `-` is standard input
    #[arg(long, value_name = "FILE", group = "what")]
    pub(crate) diff: Option<PathBuf>,
    /// A whole request, YAML or JSON; `-` is standard input
    #[arg(long, value_name = "FILE", group = "what")]
    pub(crate) request: Option<PathBuf>,
    /// The class that a diff claims to be of, such as dependency_patch_minor
    #[arg(long, value_name = "CLASS", requires = "diff")]
    pub(crate) class: Option<String>,
    /// A path pattern that a change may touch; once or more
    #[arg(long = "allowed", value_name = "PATTERN")]
    pub(crate) allowed: Vec<String>,
    /// A path pattern that a change may not touch; once or more
    #[arg(long = "forbidden", value_name = "PATTERN")]
    pub(crate) forbidden: Vec<String>,
    /// The working directory of the command
    #[arg(long, value_name = "DIR")]
    pub(crate) cwd: Option<String>,
    /// The root of the workspace, absolute
    #[arg(long, value_name = "DIR")]
    pub(crate) workspace: Option<String>,
    /// The words of the command, behind `--`
    #[arg(last = true, group = "what")]
    pub(crate) words: Vec<String>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct LintArgs {
    /// What the texts are: instructions, prompt or untrusted; else what their names say
    #[arg(long, value_name = "KIND")]
    pub(crate) kind: Option<String>,
    /// The folder that instructions are for, from the root of the repository
    #[arg(long, value_name = "DIR")]
    pub(crate) scope: Option<String>,
    /// Files, `-` for standard input, and folders, in which AGENTS.md and its like are read
    #[arg(required = true)]
    pub(crate) paths: Vec<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum AuditCommand {
    /// Check that an event is in a log, or that a log continues an older checkpoint of it
    CheckProof(CheckProofArgs),
    /// Sign how many events a log has and the root over them; refused where it has not only grown
    Checkpoint(CheckpointArgs),
    /// Make a key to sign checkpoints with; the public one is printed
    Keygen(KeygenArgs),
    /// Prove that an event is in a log, or that a log continues an older checkpoint of it
    Prove(ProveArgs),
    /// Write the folder of a transparency log (tlog-tiles): tiles, records and the checkpoint
    Tiles(TilesArgs),
    /// Export a log to the format of another tool, a line an event; each line is verified first
    Export(ExportArgs),
    /// Report what a log shows of secure development (NIST SSDF) and supply chain (SLSA)
    Report(ReportArgs),
    /// Verify the chains of a log and name the first bad event
    Verify(VerifyArgs),
}

#[derive(Debug, clap::Args)]
pub(crate) struct VerifyArgs {
    /// The entry hash that the newest event must have, known from elsewhere
    #[arg(long, value_name = "HASH", value_parser = digest)]
    pub(crate) head: Option<String>,
    /// How many events the run must have
    #[arg(long, value_name = "N")]
    pub(crate) count: Option<u64>,
    /// The run that must be there, and that head and count belong to
    #[arg(long, value_name = "ID")]
    pub(crate) run: Option<String>,
    /// The tenant whose log it must be
    #[arg(long, value_name = "ID")]
    pub(crate) tenant: Option<String>,
    /// Accept runs that are not closed: their end is then not proved
    #[arg(long)]
    pub(crate) allow_open: bool,
    /// A file with a checkpoint, which the log is held against; several are held against each other
    #[arg(long, value_name = "FILE")]
    pub(crate) checkpoint: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) trust: TrustArgs,
    /// The payloads of the log, JSON lines
    #[arg(long, value_name = "FILE")]
    pub(crate) payloads: Option<PathBuf>,
    /// The log, JSON lines; `-` is standard input
    pub(crate) file: PathBuf,
}

/// Who must have signed, and when it is.
#[derive(Debug, clap::Args)]
pub(crate) struct TrustArgs {
    /// A public key of the log or of a witness: its text, or a file with one a line
    #[arg(long, value_name = "KEY")]
    pub(crate) key: Vec<String>,
    /// The name that the log must have
    #[arg(long, value_name = "NAME")]
    pub(crate) origin: Option<String>,
    /// How many witnesses must have signed
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) witnesses: u64,
    /// When it is, for payloads that may be gone by then, RFC 3339; else the clock
    #[arg(long, value_name = "INSTANT", value_parser = instant)]
    pub(crate) now: Option<String>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum RetentionCommand {
    /// List what is due to be deleted, what keeps it, and what must not be there; nothing is
    /// deleted
    Plan(PlanArgs),
}

#[derive(Debug, clap::Args)]
pub(crate) struct PlanArgs {
    /// The policies: a folder, or a file
    #[arg(long, value_name = "DIR")]
    pub(crate) policies: PathBuf,
    /// What is kept: a JSON list, an object with `items`, or JSON lines; `-` is standard input
    #[arg(long, value_name = "FILE")]
    pub(crate) items: PathBuf,
    /// Legal holds and open incidents: a JSON list, an object with `holds`, or JSON lines
    #[arg(long, value_name = "FILE")]
    pub(crate) holds: Option<PathBuf>,
    /// The instant, RFC 3339; else the clock
    #[arg(long, value_name = "INSTANT", value_parser = instant)]
    pub(crate) now: Option<String>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct InitArgs {
    /// A folder that does not exist yet, or is empty
    pub(crate) dir: PathBuf,
}

/// Prints why a command line cannot be read, or the help that it asks for.
pub(crate) fn refused(error: &clap::Error) -> Exit {
    if !error.use_stderr() {
        // Nobody to read the help is no reason to fail.
        let _ = error.print();
        return Exit::Ok;
    }
    let words = std::env::args_os().map(|word| word.to_string_lossy().into_owned());
    let words: Vec<String> = words.collect();
    let json = words.windows(2).any(|pair| pair == ["--format", "json"])
        || words.iter().any(|word| word == "--format=json");
    if json {
        let text = error.render().to_string();
        let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        let message = lines.next().unwrap_or_default();
        let message = message.strip_prefix("error: ").unwrap_or(message);
        let usage =
            WireError::new("usage", message).with_help("`bailiwick --help` lists what there is");
        Output::new(Format::Json).error(&usage);
    } else {
        let _ = error.print();
    }
    Exit::Usage
}

/// Returns the instant that was given, else that of the clock.
pub(crate) fn now(given: Option<&str>) -> String {
    given.map_or_else(|| jiff::Timestamp::now().to_string(), str::to_owned)
}

/// Reads an instant as the decision reads it, so that a mistake is one of the command line.
pub(crate) fn instant(text: &str) -> Result<String, String> {
    let shaped = text.len() >= 20 && text.is_ascii() && !text.contains('[');
    match text.parse::<jiff::Timestamp>() {
        Ok(_) if shaped => Ok(text.to_owned()),
        Ok(_) | Err(_) => Err("write an RFC 3339 instant, such as 2026-07-04T10:12:03Z".to_owned()),
    }
}

/// Reads a digest as it is written: a mistyped one would look like a truncated log.
fn digest(text: &str) -> Result<String, String> {
    let hex = text.strip_prefix("sha256:").unwrap_or_default();
    let is_hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    if hex.len() == 64 && hex.bytes().all(is_hex) {
        Ok(text.to_owned())
    } else {
        Err("write `sha256:` and 64 hexadecimal digits in lower case".to_owned())
    }
}

const AFTER_HELP: &str = "\
Exit codes:
    0  done; check and test found nothing; the decision is `allowed`; every line is answered
    1  findings, failed cases, no suite or case to run, an audit log, a projection or a
       provenance that does not verify, something to remove (`redact --check`),
       something kept that is not as it must be, or that may not be deleted,
       a recorded decision that would open (`backtest`) or that does not come out again
       byte for byte (`redecide`); a question that stays open (`investigate`), a replay that
       differs or cannot be done (`replay`)
    2  the command line, or a file that it names, cannot be read
    3  the decision is `ask_approval`
    4  the decision is `denied`, no model may be called, or a policy refuses a text to its sink
       (`redact`); also where the policies or the request cannot be understood:
       the record says `policy_unreadable` or `request_unreadable`
    6  nothing is wrong with what is there of an audit log, and nobody has shown that nothing is
       missing at its end (`audit verify`, `investigate`: verdict `ok_unanchored`)
  141  whoever read the output closed it before the end

Files and folders whose name starts with a dot are passed over. NO_COLOR is respected.";
