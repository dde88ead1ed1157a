//! `bailiwick audit`.

use std::path::PathBuf;

use bailiwick_wire::LogVerifier;
use bailiwick_wire::WireError;
use serde::Deserialize;
use serde_json::json;

use crate::args::VerifyArgs;
use crate::args::now;
use crate::command::log::public_keys;
use crate::exit::Exit;
use crate::exit::Failure;
use crate::files::error_at;
use crate::files::read_pieces;
use crate::files::read_text;
use crate::output::Output;
use crate::output::printable;

#[derive(Deserialize)]
struct Verified {
    events: u64,
    first_bad: Option<FirstBad>,
    runs: Vec<Run>,
    verdict: String,
}

#[derive(Deserialize)]
struct FirstBad {
    index: u64,
    message: String,
    run_id: Option<String>,
    seq: Option<u64>,
}

#[derive(Deserialize)]
struct Run {
    closed: bool,
    count: u64,
    head: String,
    run_id: String,
}

/// Verifies the chains of a log and names the first bad event.
pub(crate) fn verify(args: &VerifyArgs, output: &Output) -> Result<Exit, Failure> {
    let options = json!({
        "allow_open": args.allow_open,
        "checkpoints": texts(&args.checkpoint)?,
        "count": args.count,
        "head": args.head,
        "keys": public_keys(&args.trust.key)?,
        "now": now(args.trust.now.as_deref()),
        "origin": args.trust.origin,
        "payloads": args.payloads.as_deref().map(|path| read_text(path, MAX_PAYLOADS)).transpose()?,
        "run_id": args.run,
        "tenant": args.tenant,
        "witnesses": args.trust.witnesses,
    });
    let mut verifier = LogVerifier::open(&options.to_string())?;
    read_pieces(&args.file, |piece| Ok(verifier.push(piece)?))?;
    let answer = verifier.finish()?;
    let verified: Verified = super::read(&answer)?;
    if output.is_json() {
        output.line(&answer)?;
    } else {
        print(&verified, args, output)?;
    }
    Ok(match verified.verdict.as_str() {
        "ok" | "payload_expired" | "pruned_recorded" => Exit::Ok,
        "ok_unanchored" => Exit::Unanchored,
        _ => Exit::Findings,
    })
}

fn texts(paths: &[PathBuf]) -> Result<Vec<String>, WireError> {
    paths.iter().map(|path| read_text(path, MAX_NOTE)).collect()
}

fn print(verified: &Verified, args: &VerifyArgs, output: &Output) -> Result<(), Failure> {
    let paint = output.paint;
    let shown = error_at(&args.file, "", "").path.unwrap_or_default();
    let name = printable(&shown);
    if let Some(bad) = &verified.first_bad {
        let mut which = String::new();
        if let Some(run) = &bad.run_id {
            which.push_str(&format!("run {}, ", printable(run)));
        }
        if let Some(seq) = bad.seq {
            which.push_str(&format!("seq {seq}, "));
        }
        output.line(&format!(
            "{name}:{}: {}: {which}{}",
            bad.index,
            paint.red(&verified.verdict),
            printable(&bad.message)
        ))?;
    }
    for run in &verified.runs {
        let end = if run.closed { "closed" } else { "open" };
        let (id, count, head) = (printable(&run.run_id), run.count, &run.head);
        output.line(&format!("run {id}: {count} events intact, {end}, head {head}"))?;
    }
    let (events, verdict) = (verified.events, verified.verdict.as_str());
    output.line(&match verdict {
        "ok" | "payload_expired" | "pruned_recorded" => {
            paint.green(&format!("{verdict}: {events} events verified"))
        }
        "ok_unanchored" => paint.yellow(&format!(
            "{verdict}: {events} events verified; that none is missing at the end is not shown"
        )),
        _ => paint.red(&format!("not verified: {verdict}, {events} events read")),
    })
}

const MAX_NOTE: u64 = 1 << 20;
/// Payloads are held against the log together.
const MAX_PAYLOADS: u64 = 1 << 30;
