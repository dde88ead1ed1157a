//! `bailiwick audit keygen`, `checkpoint`, `prove`, `check-proof`, `tiles`.

use std::fs::OpenOptions;
use std::io::BufRead;
use std::io::BufReader;
use std::io::Read;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;

use bailiwick_wire::CheckpointMaker;
use bailiwick_wire::ProofMaker;
use bailiwick_wire::TileFile;
use bailiwick_wire::TileMaker;
use bailiwick_wire::WireError;
use bailiwick_wire::log_key;
use serde::Deserialize;
use serde_json::Value;
use serde_json::json;

use crate::exit::Exit;
use crate::exit::Failure;
use crate::files::cannot_read;
use crate::files::error_at;
use crate::files::open;
use crate::files::read_text;
use crate::output::Output;
use crate::output::printable;

#[derive(Debug, clap::Args)]
pub(crate) struct KeygenArgs {
    /// The name of the log, such as `example.com/audit`
    #[arg(long, value_name = "NAME")]
    name: String,
    /// The file to write the secret key to; it must not be there yet
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

#[derive(Debug, clap::Args)]
pub(crate) struct CheckpointArgs {
    /// A file with the secret key to sign with; several while one key takes over from another
    #[arg(long, value_name = "FILE", required = true)]
    key: Vec<PathBuf>,
    /// The newest checkpoint of the log; without it, the first is signed
    #[arg(long, value_name = "FILE")]
    previous: Option<PathBuf>,
    /// A public key that the newest checkpoint may be signed by, beside those that sign: its text
    /// or a file with it
    #[arg(long, value_name = "KEY")]
    trust: Vec<String>,
    /// The name of the log; without it, that of the first key
    #[arg(long, value_name = "NAME")]
    origin: Option<String>,
    /// The log, JSON lines; `-` is standard input
    file: PathBuf,
}

#[derive(Debug, clap::Args)]
pub(crate) struct ProveArgs {
    /// The event, by its place in the log from 0; printed is a `.tlog-proof`
    #[arg(long, value_name = "I", required_unless_present = "previous")]
    index: Option<u64>,
    /// The older checkpoint that the log continues; printed are the hashes, one a line
    #[arg(long, value_name = "FILE", conflicts_with = "index")]
    previous: Option<PathBuf>,
    /// The checkpoint under which it is proved
    #[arg(long, value_name = "FILE")]
    checkpoint: PathBuf,
    /// The log, JSON lines; `-` is standard input
    file: PathBuf,
}

#[derive(Debug, clap::Args)]
pub(crate) struct CheckProofArgs {
    /// A public key of the log or of a witness: its text, or a file with it
    #[arg(long, value_name = "KEY", required = true)]
    key: Vec<String>,
    /// The name that the log must have
    #[arg(long, value_name = "NAME")]
    origin: Option<String>,
    /// How many witnesses must have signed
    #[arg(long, value_name = "N", default_value_t = 0)]
    witnesses: u64,
    /// The entry hash of the event
    #[arg(
        long,
        value_name = "HASH",
        required_unless_present_any = ["record", "previous"],
        conflicts_with_all = ["record", "previous"],
    )]
    entry_hash: Option<String>,
    /// A file with the record of the event, exactly its bytes
    #[arg(long, value_name = "FILE", conflicts_with = "previous")]
    record: Option<PathBuf>,
    /// The older checkpoint that the log continues
    #[arg(long, value_name = "FILE", requires = "checkpoint")]
    previous: Option<PathBuf>,
    /// The newer checkpoint
    #[arg(long, value_name = "FILE", requires = "previous")]
    checkpoint: Option<PathBuf>,
    /// What `prove` printed
    proof: PathBuf,
}

#[derive(Debug, clap::Args)]
pub(crate) struct TilesArgs {
    /// The checkpoint up to which the log is written
    #[arg(long, value_name = "FILE")]
    checkpoint: PathBuf,
    /// The folder to write; it must not be there yet
    #[arg(long, value_name = "FOLDER")]
    out: PathBuf,
    /// The log, JSON lines; `-` is standard input
    file: PathBuf,
}

/// Makes a key from random bytes of the system.
pub(crate) fn keygen(args: &KeygenArgs, output: &Output) -> Result<Exit, Failure> {
    let mut seed = [0; 32];
    getrandom::fill(&mut seed).map_err(|error| {
        WireError::new("random_failed", format!("the system gives no random bytes: {error}"))
    })?;
    let (secret, public) = log_key(&args.name, &seed)?;
    write_secret(&args.out, &format!("{secret}\n"))?;
    if output.is_json() {
        output.line(&json!({"vkey": public}).to_string())?;
    } else {
        output.line(&public)?;
    }
    Ok(Exit::Ok)
}

#[derive(Deserialize)]
struct Signed {
    checkpoint: String,
}

/// Signs a checkpoint of a log that has only grown.
pub(crate) fn checkpoint(args: &CheckpointArgs, output: &Output) -> Result<Exit, Failure> {
    let keys: Result<Vec<String>, WireError> = args.key.iter().map(|key| small(key)).collect();
    let options = json!({
        "origin": args.origin,
        "previous": args.previous.as_deref().map(small).transpose()?,
        "signing_keys": keys?,
        "trusted_keys": public_keys(&args.trust)?,
    });
    let mut maker = CheckpointMaker::new(&options.to_string())?;
    each_line(&args.file, |line| Ok(maker.line(line)?))?;
    let answer = maker.finish()?;
    if output.is_json() {
        output.line(&answer)?;
    } else {
        output.raw(&super::read::<Signed>(&answer)?.checkpoint)?;
    }
    Ok(Exit::Ok)
}

#[derive(Deserialize)]
struct Proved {
    hashes: Vec<String>,
    proof: Option<String>,
}

/// Proves that an event is in a log, or that a log continues an older one.
pub(crate) fn prove(args: &ProveArgs, output: &Output) -> Result<Exit, Failure> {
    let options = json!({
        "checkpoint": small(&args.checkpoint)?,
        "index": args.index,
        "previous": args.previous.as_deref().map(small).transpose()?,
    });
    let mut maker = ProofMaker::new(&options.to_string())?;
    each_line(&args.file, |line| Ok(maker.line(line)?))?;
    let answer = maker.finish()?;
    let proved: Proved = super::read(&answer)?;
    match proved.proof {
        _ if output.is_json() => output.line(&answer)?,
        Some(proof) => output.raw(&proof)?,
        None => proved.hashes.iter().try_for_each(|hash| output.line(hash))?,
    }
    Ok(Exit::Ok)
}

#[derive(Deserialize)]
struct Checked {
    checkpoint: Option<CheckedLog>,
    code: Option<String>,
    index: Option<u64>,
    message: Option<String>,
    valid: bool,
}

#[derive(Deserialize)]
struct CheckedLog {
    origin: String,
    size: u64,
}

/// Checks what `prove` printed.
pub(crate) fn check_proof(args: &CheckProofArgs, output: &Output) -> Result<Exit, Failure> {
    let shown = small(&args.proof)?;
    let mut input = json!({
        "keys": public_keys(&args.key)?,
        "origin": args.origin,
        "witnesses": args.witnesses,
    });
    let more = match &args.previous {
        Some(previous) => json!({
            "checkpoint": args.checkpoint.as_deref().map(small).transpose()?,
            "hashes": shown.lines().collect::<Vec<_>>(),
            "previous": small(previous)?,
        }),
        None => json!({
            "entry_hash": args.entry_hash,
            "proof": shown,
            "record": args.record.as_deref().map(small).transpose()?,
        }),
    };
    if let (Value::Object(input), Value::Object(more)) = (&mut input, more) {
        input.extend(more);
    }
    let answer = bailiwick_wire::call("audit_check_proof", &input.to_string())?;
    let checked: Checked = super::read(&answer)?;
    if output.is_json() {
        output.line(&answer)?;
    } else {
        print(&checked, output)?;
    }
    Ok(Exit::of_findings(!checked.valid))
}

fn print(checked: &Checked, output: &Output) -> Result<(), Failure> {
    let paint = output.paint;
    output.line(&match (&checked.checkpoint, checked.index) {
        (Some(log), Some(index)) => {
            let (origin, size) = (printable(&log.origin), log.size);
            paint.green(&format!("ok: event {index} is in {origin}, which has {size} events"))
        }
        (Some(log), None) => {
            let (origin, size) = (printable(&log.origin), log.size);
            paint.green(&format!("ok: {origin} has only grown, to {size} events"))
        }
        (None, _) => {
            let code = checked.code.as_deref().unwrap_or_default();
            let message = checked.message.as_deref().unwrap_or_default();
            format!("{}: {}", paint.red(code), printable(message))
        }
    })
}

/// Writes the folder of a transparency log.
pub(crate) fn tiles(args: &TilesArgs, output: &Output) -> Result<Exit, Failure> {
    let checkpoint = small(&args.checkpoint)?;
    let mut maker = TileMaker::new(&checkpoint)?;
    let failed = |error: std::io::Error| cannot_write(&args.out, &error);
    std::fs::create_dir(&args.out).map_err(failed)?;
    let mut count: u64 = 0;
    let mut keep = |file: TileFile| {
        count += 1;
        write_below(&args.out, &file)
    };
    each_line(&args.file, |line| maker.line(line)?.into_iter().try_for_each(&mut keep))?;
    maker.finish()?.into_iter().try_for_each(&mut keep)?;
    // The last one: a folder without it is not finished.
    keep(TileFile { path: "checkpoint".to_owned(), bytes: checkpoint.into_bytes() })?;
    if output.is_json() {
        output.line(&json!({"files": count}).to_string())?;
    } else {
        output.line(&format!("{count} files written"))?;
    }
    Ok(Exit::Ok)
}

/// Hands over the lines of a log one by one, line feeds included. No line is much longer than the
/// longest that a log may have: what is longer comes in pieces, which are no lines of a log.
fn each_line(
    path: &Path,
    mut take: impl FnMut(&[u8]) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let mut reader = BufReader::with_capacity(1 << 16, open(path)?);
    let mut line = Vec::new();
    loop {
        line.clear();
        let limited = (&mut reader).take(MAX_LINE_BYTES).read_until(b'\n', &mut line);
        limited.map_err(|error| cannot_read(path, &error))?;
        if line.is_empty() {
            return Ok(());
        }
        take(&line)?;
    }
}

pub(crate) fn public_keys(texts: &[String]) -> Result<Vec<String>, WireError> {
    let read = |text: &String| {
        // A name has no `+` in it, so that a key has at least two.
        let is_key = text.matches('+').count() >= 2 && !Path::new(text).exists();
        if is_key { Ok(text.clone()) } else { small(Path::new(text)) }
    };
    texts.iter().map(read).collect()
}

fn small(path: &Path) -> Result<String, WireError> {
    read_text(path, MAX_TEXT_BYTES)
}

/// Writes a new file that only its owner can read.
fn write_secret(path: &Path, text: &str) -> Result<(), WireError> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let failed = |error: std::io::Error| cannot_write(path, &error);
    let mut file = options.open(path).map_err(failed)?;
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(failed)
}

fn write_below(folder: &Path, file: &TileFile) -> Result<(), Failure> {
    let path = folder.join(&file.path);
    let failed = |error: std::io::Error| cannot_write(&path, &error);
    if let Some(parent) = path.parent() {
        std::fs::create_dir_all(parent).map_err(failed)?;
    }
    Ok(std::fs::write(&path, &file.bytes).map_err(failed)?)
}

fn cannot_write(path: &Path, error: &std::io::Error) -> WireError {
    error_at(path, "unwritable", format!("it cannot be written: {error}"))
}

const MAX_LINE_BYTES: u64 = 1 << 17;
const MAX_TEXT_BYTES: u64 = 1 << 20;
