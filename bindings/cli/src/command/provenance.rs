//! `bailiwick provenance`.

use std::path::Path;
use std::path::PathBuf;

use bailiwick_wire::call;
use bailiwick_wire::digest_of;
use bailiwick_wire::verify_provenance_bytes;
use serde::Deserialize;
use serde_json::json;

use crate::exit::Exit;
use crate::exit::Failure;
use crate::files::error_at;
use crate::files::read_bytes;
use crate::files::read_text;
use crate::output::Output;
use crate::output::count;
use crate::output::printable;

#[derive(Debug, clap::Subcommand)]
pub(crate) enum ProvenanceCommand {
    /// Show what a provenance, or the statements about a change, say; nothing is verified
    Show(ShowArgs),
    /// Print the signed statements about a change, one DSSE envelope a line (.intoto.jsonl)
    Sign(SignArgs),
    /// Verify the signed statements about a change, and tell everything that is wrong with them
    Verify(VerifyArgs),
}

#[derive(Debug, clap::Args)]
pub(crate) struct ShowArgs {
    /// `agent_provenance`, YAML, or envelopes; `-` is standard input
    file: PathBuf,
}

#[derive(Debug, clap::Args)]
pub(crate) struct SignArgs {
    /// A file that holds a secret key: base64 of 32 random bytes, or `PRIVATE+KEY+<name>+…`; once
    /// or more
    #[arg(long = "key", value_name = "FILE", required = true)]
    keys: Vec<PathBuf>,
    /// `agent_provenance`, YAML, with all its versions and the digest of the patch; `-` is standard
    /// input
    file: PathBuf,
}

#[derive(Debug, clap::Args)]
pub(crate) struct VerifyArgs {
    /// A trusted public key, or a file that holds one: base64 of 32 bytes, or
    /// `<name>+<hash>+<base64>`; once or more
    #[arg(long = "key", value_name = "KEY", required = true)]
    keys: Vec<String>,
    /// How many of the keys must have signed each statement
    #[arg(long, value_name = "N", default_value_t = 1)]
    threshold: usize,
    /// The patch that a statement must be about
    #[arg(long, value_name = "FILE")]
    patch: Option<PathBuf>,
    /// The commit that a statement must be about, in full
    #[arg(long, value_name = "SHA")]
    commit: Option<String>,
    /// The `agent_provenance` that the statements must name
    #[arg(long, value_name = "FILE")]
    document: Option<PathBuf>,
    /// Ask for what `provenance sign` writes and nothing else: both statements, canonical payloads,
    /// no field that the formats do not know
    #[arg(long)]
    strict: bool,
    /// The envelopes, one a line; `-` is standard input
    file: PathBuf,
}

/// Runs one of the commands.
pub(crate) fn run(command: &ProvenanceCommand, output: &Output) -> Result<Exit, Failure> {
    match command {
        ProvenanceCommand::Show(args) => show(args, output),
        ProvenanceCommand::Sign(args) => sign(args, output),
        ProvenanceCommand::Verify(args) => verify(args, output),
    }
}

#[derive(Deserialize)]
struct Signed {
    bundle: String,
    public_keys: Vec<String>,
}

/// Prints the signed statements about a change.
fn sign(args: &SignArgs, output: &Output) -> Result<Exit, Failure> {
    let mut keys = Vec::new();
    for path in &args.keys {
        keys.push(read_text(path, MAX_KEY_BYTES)?.trim().to_owned());
    }
    let provenance = read_text(&args.file, MAX_BYTES)?;
    let input = json!({"keys": keys, "provenance": provenance});
    let answer = call("provenance_sign", &input.to_string());
    let answer = answer.map_err(|error| match error.code.contains("_key_") {
        true => error,
        false => located(&args.file, error),
    })?;
    if output.is_json() {
        output.line(&answer)?;
        return Ok(Exit::Ok);
    }
    let signed: Signed = super::read(&answer)?;
    output.raw(&signed.bundle)?;
    for key in &signed.public_keys {
        output.note(&format!("signed; whoever verifies needs the public key {key}"));
    }
    Ok(Exit::Ok)
}

#[derive(Deserialize)]
struct Report {
    problems: Vec<Problem>,
    statements: Vec<Statement>,
    verified: bool,
}

#[derive(Deserialize)]
struct Problem {
    code: String,
    line: u64,
    message: String,
    path: String,
}

#[derive(Deserialize)]
struct Statement {
    invocation_id: Option<String>,
    signers: Vec<String>,
    subjects: Vec<String>,
}

/// Verifies the signed statements about a change.
fn verify(args: &VerifyArgs, output: &Output) -> Result<Exit, Failure> {
    let mut keys = Vec::new();
    for key in &args.keys {
        let path = Path::new(key);
        // A key may be given as it is; a file of that name comes first.
        keys.push(match path.exists() {
            true => read_text(path, MAX_KEY_BYTES)?.trim().to_owned(),
            false => key.clone(),
        });
    }
    let digest = |path: &PathBuf| read_bytes(path, MAX_BYTES).map(|it| digest_of(&it));
    let options = json!({
        "commit": args.commit,
        "document_digest": args.document.as_ref().map(digest).transpose()?,
        "keys": keys,
        "patch_digest": args.patch.as_ref().map(digest).transpose()?,
        "strict": args.strict,
        "threshold": args.threshold,
    });
    // As bytes: an edited one may leave something that is no UTF-8 and must be refused all the same.
    let bundle = read_bytes(&args.file, MAX_BYTES)?;
    let answer = verify_provenance_bytes(&bundle, &options.to_string())?;
    let report: Report = super::read(&answer)?;
    if output.is_json() {
        output.line(&answer)?;
    } else {
        print(&report, args, output)?;
    }
    Ok(Exit::of_findings(!report.verified))
}

fn print(report: &Report, args: &VerifyArgs, output: &Output) -> Result<(), Failure> {
    let paint = output.paint;
    let shown = error_at(&args.file, "", "").path.unwrap_or_default();
    let name = printable(&shown);
    for Problem { code, line, message, path } in &report.problems {
        let place = if *line == 0 { name.clone() } else { format!("{name}:{line}") };
        let (path, message) = (printable(path), printable(message));
        output.line(&format!("{place}: {}: {path}: {message}", paint.red(code)))?;
    }
    for statement in &report.statements {
        let run = printable(statement.invocation_id.as_deref().unwrap_or("?"));
        let subjects = printable(&statement.subjects.join(" "));
        let signers = match statement.signers.as_slice() {
            [] => "none of the keys".to_owned(),
            signers => printable(&signers.join(", ")),
        };
        output.line(&format!("run {run}: {subjects}, signed by {signers}"))?;
    }
    let statements = count(report.statements.len(), "statement");
    output.line(&if report.verified {
        paint.green(&format!("ok: {statements} verified"))
    } else {
        paint.red(&format!("not verified: {}", count(report.problems.len(), "problem")))
    })
}

#[derive(Deserialize)]
struct Shown {
    text: String,
}

/// Prints what a provenance or its statements say.
fn show(args: &ShowArgs, output: &Output) -> Result<Exit, Failure> {
    let text = read_text(&args.file, MAX_BYTES)?;
    // An envelope is JSON with a payload; everything else is the record.
    let bundle = text.trim_start().starts_with('{') && text.contains("\"payloadType\"");
    let field = if bundle { "bundle" } else { "provenance" };
    let answer = call("provenance_show", &json!({field: text}).to_string())
        .map_err(|error| located(&args.file, error))?;
    if output.is_json() {
        output.line(&answer)?;
        return Ok(Exit::Ok);
    }
    let shown: Shown = super::read(&answer)?;
    for line in shown.text.lines() {
        output.line(&printable(line))?;
    }
    Ok(Exit::Ok)
}

/// Names the file where the operation could only name the record.
fn located(path: &Path, error: bailiwick_wire::WireError) -> bailiwick_wire::WireError {
    let mut error = error;
    error.path = error_at(path, "", "").path;
    for found in &mut error.diagnostics {
        found.location.file = error.path.clone().unwrap_or_default();
    }
    error
}

/// Bytes of a record, a bundle or a patch.
const MAX_BYTES: u64 = 16 << 20;
/// Bytes of a file that holds a key.
const MAX_KEY_BYTES: u64 = 4 << 10;
