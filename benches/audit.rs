//! What the audit costs: events appended and records verified a second beside their hashes alone, ten
//! million records in constant memory, a durable append beside a bare `fdatasync`, and its part of a
//! decision. `cargo bench -p bailiwick-benches --bench audit`; `-- memory`, `-- checkpoint`, `-- millions`,
//! `-- durable` or `-- decision` takes one of them; the README says what was seen.

use std::collections::BTreeMap;
use std::fs::File;
use std::hint::black_box;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::Context;
use bailiwick::AuditEvent;
use bailiwick::Chain;
use bailiwick::DecisionEffect;
use bailiwick::DecisionRecord;
use bailiwick::Digest;
use bailiwick::EventType;
use bailiwick::LogVerifier;
use bailiwick::MerkleLog;
use bailiwick::NoteSigner;
use bailiwick::Pdp;
use bailiwick::Timestamp;
use bailiwick::Value;
use bailiwick::VerifyOptions;
use bailiwick::sign_checkpoint;
use bailiwick_benches::best_of;
use bailiwick_benches::load;
use bailiwick_benches::measure;
use bailiwick_benches::state;
use bailiwick_benches::thread_time;
use bailiwick_benches::typical;
use bailiwick_runtime::port::store::Attachments;
use bailiwick_runtime::port::store::Journal;
use bailiwick_runtime::store::SqliteJournal;

const TENANT: &str = "ten_platform";
const RUN: &str = "run_01jz0000000000000000000001";

fn main() -> anyhow::Result<()> {
    let only: Vec<String> =
        std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let takes = |part: &str| only.is_empty() || only.iter().any(|word| word == part);
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    println!("load {}", load.trim());
    if takes("memory") {
        memory()?;
    }
    if takes("checkpoint") {
        checkpoint()?;
    }
    if takes("millions") {
        millions(10_000_000)?;
    }
    if takes("durable") {
        durable()?;
    }
    if takes("decision") {
        decision()?;
    }
    Ok(())
}

/// Prints events a second of one thread, by the time it had the processor: best of several rounds.
fn memory() -> anyhow::Result<()> {
    let (mut append, mut verify, mut hash) = (Duration::MAX, Duration::MAX, Duration::MAX);
    let mut bytes = 0;
    for _ in 0..ROUNDS {
        let mut chain = Chain::new(TENANT, RUN);
        let (mut log, mut records) = (Vec::new(), Vec::new());
        let mut took = Duration::ZERO;
        for start in (0..EVENTS).step_by(BATCH) {
            let batch: Vec<AuditEvent> =
                (start..start + BATCH).map(event).collect::<Option<_>>().context("an instant")?;
            let mut entries = Vec::with_capacity(BATCH);
            let from = thread_time();
            for event in batch {
                entries.push(chain.append(event)?);
            }
            took += thread_time() - from;
            for entry in entries {
                log.extend_from_slice(entry.line.as_bytes());
                records.push(entry.record_json);
            }
        }
        append = append.min(took);
        bytes = log.len() / EVENTS;
        let from = thread_time();
        for record in &records {
            black_box(Digest::of_leaf(record.as_bytes()));
        }
        hash = hash.min(thread_time() - from);
        let from = thread_time();
        let report = verified(&log);
        verify = verify.min(thread_time() - from);
        anyhow::ensure!(report, "the log does not verify");
    }
    let rate = |time: Duration| EVENTS as f64 / time.as_secs_f64();
    println!("\nin memory, one thread, {bytes} bytes a line: events/s, and times a hash alone");
    for (name, time) in [("hash alone", hash), ("append", append), ("verify", verify)] {
        println!(
            "{name:<12} {:>10.0} {:>6.2}",
            rate(time),
            time.as_secs_f64() / hash.as_secs_f64()
        );
    }
    Ok(())
}

fn verified(log: &[u8]) -> bool {
    let options = VerifyOptions { allow_open: true, ..VerifyOptions::default() };
    let mut verifier = LogVerifier::new(options);
    for piece in log.chunks(1 << 16) {
        verifier.push(piece);
    }
    verifier.finish().is_ok()
}

/// Prints what the tree of a tenant's log costs an event, and what a signed checkpoint of it takes.
fn checkpoint() -> anyhow::Result<()> {
    let leaves: Vec<[u8; 32]> =
        (0..EVENTS).filter_map(|number| Digest::of(&number.to_le_bytes()).bytes()).collect();
    let mut log = MerkleLog::new();
    let grow = best_of(ROUNDS, || {
        log = MerkleLog::new();
        leaves.iter().for_each(|leaf| log.append(leaf));
    });
    let signers = [NoteSigner::new("log.example/1", &[7; 32])?];
    let mut failed = None;
    let signed = best_of(ROUNDS, || {
        for _ in 0..BATCH {
            let note = sign_checkpoint(&signers, "log.example/1", &log, None, &[]);
            failed = note.err().or_else(|| failed.take());
        }
    });
    if let Some(failed) = failed {
        anyhow::bail!(failed);
    }
    let micros = |time: Duration, count: usize| time.as_secs_f64() * 1e6 / count as f64;
    println!(
        "\ntree of {EVENTS} events: {:.2} µs an event; a signed checkpoint {:.1} µs",
        micros(grow, EVENTS),
        micros(signed, BATCH),
    );
    Ok(())
}

/// Prints how long so many records take to be verified, and how much memory that took at most.
fn millions(count: usize) -> anyhow::Result<()> {
    let options = VerifyOptions { allow_open: true, ..VerifyOptions::default() };
    let mut verifier = LogVerifier::new(options);
    let mut chain = Chain::new(TENANT, RUN);
    let (mut took, mut bytes) = (Duration::ZERO, 0);
    let mut piece = Vec::new();
    let before = peak()?;
    for start in (0..count).step_by(BATCH) {
        piece.clear();
        for number in start..start + BATCH {
            let event = event(number).context("an instant")?;
            piece.extend_from_slice(chain.append(event)?.line.as_bytes());
        }
        let from = thread_time();
        verifier.push(&piece);
        took += thread_time() - from;
        bytes += piece.len();
    }
    let report = verifier.finish();
    anyhow::ensure!(report.is_ok(), "{}", report.verdict);
    println!(
        "\n{count} records, {:.1} GB: {:.1} s, {:.0} records/s, peak memory {:.1} MB, {:.1} MB more than before",
        bytes as f64 / 1e9,
        took.as_secs_f64(),
        count as f64 / took.as_secs_f64(),
        peak()? / 1e3,
        (peak()? - before) / 1e3,
    );
    Ok(())
}

/// Returns the most memory that this process had, in kB.
fn peak() -> anyhow::Result<f64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let number = line.and_then(|line| line.split_whitespace().next()).context("VmHWM")?;
    Ok(number.parse()?)
}

/// Prints how long an append to the journal takes until it is durable, beside bare appends to a file
/// of as many bytes, in turn.
fn durable() -> anyhow::Result<()> {
    let folder = Folder::new()?;
    let journal = SqliteJournal::open(&folder.0.join("journal.sqlite"))?;
    let mut file = File::create(folder.0.join("bare"))?;
    let line = vec![b'x'; 940];
    let mut number = 0;
    let mut failed = None;
    let (mut ours, mut bare) = (Vec::new(), Vec::new());
    for _ in 0..TURNS {
        let sync = measure(DURABLE, || {
            file.write_all(&line)
                .and_then(|()| file.sync_data())
                .err()
                .map(|it| failed.replace(it.to_string()))
        });
        bare.push(sync.p50);
        let append = measure(DURABLE, || {
            let appended =
                event(number).map(|event| journal.append(event, &Attachments::default()));
            number += 1;
            if let Some(Err(error)) = appended {
                failed = Some(error.to_string());
            }
        });
        ours.push(append.p50);
    }
    if let Some(failed) = failed {
        anyhow::bail!(failed);
    }
    let middle = |times: &mut Vec<Duration>| {
        times.sort_unstable();
        times.get(times.len() / 2).copied().unwrap_or_default()
    };
    let (ours, bare) = (middle(&mut ours), middle(&mut bare));
    let ratio = ours.as_secs_f64() / bare.as_secs_f64();
    println!("\ndurable, p50: journal {ours:.0?}, bare fdatasync {bare:.0?}, ratio {ratio:.2}");
    Ok(())
}

/// A folder on the disk that is built on; `/tmp` may be memory.
struct Folder(PathBuf);

impl Folder {
    fn new() -> anyhow::Result<Self> {
        let name = format!("bench-audit-{}", std::process::id());
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        std::fs::create_dir_all(&folder)?;
        Ok(Self(folder))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // Nothing more can be done where even that fails.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Prints what the event of a decision costs, beside the decision with its record.
fn decision() -> anyhow::Result<()> {
    let (pdp, state) = (Pdp::new(load(&[])?), state()?);
    println!("\nCPU µs of a decision with its record, and of its event");
    for typical in typical()? {
        let decided = || {
            let decision = pdp.decide(&typical.request, &state);
            DecisionRecord::new(
                decision,
                &typical.request,
                typical.requested.clone(),
                state.now,
                None,
            )
        };
        let whole = each(|| decided().to_json().map(|text| text.len()))?;
        let record = decided();
        let mut chain = Chain::new(TENANT, RUN);
        chain.append(event(0).context("an instant")?)?;
        let event = event(1).context("an instant")?;
        let audit = each(|| {
            let mut event = event.clone();
            event.decision = Some(record.decision);
            event.decision_id = Some(record.decision_id.clone());
            event.event_type = EventType::PolicyEvaluated;
            chain.append(event).map(|entry| entry.seq)
        })?;
        println!("{:<28} {whole:>6.2} {audit:>6.2}", typical.name);
    }
    Ok(())
}

/// Returns the microseconds that `work` takes, by the time that the thread had the processor.
fn each<T, E: std::error::Error + Send + Sync + 'static>(
    mut work: impl FnMut() -> Result<T, E>,
) -> anyhow::Result<f64> {
    let mut best = Duration::MAX;
    for _ in 0..ROUNDS {
        let from = thread_time();
        for _ in 0..BATCH {
            black_box(work()?);
        }
        best = best.min(thread_time() - from);
    }
    Ok(best.as_secs_f64() * 1e6 / BATCH as f64)
}

/// Returns an event as the runtime tells of a command.
fn event(number: usize) -> Option<AuditEvent> {
    let millis = i64::try_from(number).ok()?.checked_add(1_783_159_200_000)?;
    let hash = "sha256:1f58b9145b24d108d7ac38887338b3ea3229833b9c1e418250343f907bfd1047";
    let details = [
        ("ending", Value::Text("exited".to_owned())),
        ("status", Value::Integer(0)),
        ("wall_ms", Value::Integer(42)),
    ];
    let opens = number == 0;
    Some(AuditEvent {
        action: "shell.exec".to_owned(),
        actor: "agent-worker-17".to_owned(),
        actor_type: "worker".to_owned(),
        approval_id: None,
        audit_id: format!("aud_01jz00000000000000000{number:09}"),
        created_at: Timestamp::from_unix_millis(millis)?,
        decision: Some(DecisionEffect::Allowed),
        decision_id: Some(format!("pdec_01jz00000000000000000{number:09}")),
        details: BTreeMap::from(details.map(|(name, value)| (name.to_owned(), value))),
        event_type: if opens { EventType::RunOpened } else { EventType::CommandExecuted },
        matched_rules: vec!["platform@2026-07-04#shell".to_owned()],
        payloads: BTreeMap::new(),
        policy_version: Some("policy_2026_07_04_1".to_owned()),
        request_hash: Some(Digest::from_text(hash)),
        resource_id: "payment-service".to_owned(),
        resource_type: "repository".to_owned(),
        result_hash: Some(Digest::from_text(hash)),
        run_id: RUN.to_owned(),
        tenant_id: TENANT.to_owned(),
    })
}

const ROUNDS: usize = 5;
const EVENTS: usize = 200_000;
const BATCH: usize = 1_000;
/// Durable appends of one turn, and turns.
const DURABLE: usize = 500;
const TURNS: usize = 5;
