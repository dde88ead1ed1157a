//! `audit_append` and `audit_verify`.

use bailiwick::AuditEvent;
use bailiwick::AuditRecord;
use bailiwick::Chain;
use bailiwick::Digest;
use bailiwick::VerifyOptions;
use bailiwick::verify_log;
use serde::Deserialize;
use serde::Serialize;

use crate::WireError;
use crate::input::read;
use crate::input::write;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct AppendInput {
    event: AuditEvent,
    /// The record before it, as it was stored; absent for the first event of a run.
    #[serde(default)]
    last_record: Option<String>,
}

#[derive(Serialize)]
struct AppendOutput {
    entry_hash: Digest,
    line: String,
    record: String,
    seq: u64,
}

pub(crate) fn append(input: &str) -> Result<String, WireError> {
    let input: AppendInput = read(input)?;
    let failed = |error: bailiwick::AuditError| WireError::new(error.code(), error.to_string());
    let mut chain = match &input.last_record {
        Some(record) => {
            let record = AuditRecord::from_json(record.as_bytes()).map_err(failed)?;
            Chain::resume(&record).map_err(failed)?
        }
        None => Chain::new(input.event.tenant_id.clone(), input.event.run_id.clone()),
    };
    let entry = chain.append(input.event).map_err(failed)?;
    write(&AppendOutput {
        entry_hash: entry.entry_hash,
        line: entry.line,
        record: entry.record_json,
        seq: entry.seq,
    })
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct VerifyInput {
    #[serde(default)]
    allow_open: bool,
    #[serde(default)]
    count: Option<u64>,
    #[serde(default)]
    head: Option<Digest>,
    #[serde(default)]
    log: Option<String>,
    #[serde(default)]
    run_id: Option<String>,
    #[serde(default)]
    tenant: Option<String>,
}

pub(crate) fn verify(input: &str) -> Result<String, WireError> {
    let mut input: VerifyInput = read(input)?;
    match input.log.take() {
        Some(log) => input.verify(log.as_bytes()),
        None => Err(WireError::new("input_invalid", "missing field `log`")),
    }
}

/// Returns what `audit_verify` answers, for a log that need not be UTF-8; `options` is the input
/// of the operation without `log`.
///
/// # Errors
/// Where the options cannot be read.
///
/// # Example
/// ```
/// let report = bailiwick_wire::verify_bytes(b"\xff\n", "{}")?;
/// assert!(report.contains(r#""verdict":"malformed""#));
/// # Ok::<(), bailiwick_wire::WireError>(())
/// ```
pub fn verify_bytes(log: &[u8], options: &str) -> Result<String, WireError> {
    let options: VerifyInput = read(options)?;
    match options.log {
        Some(_) => Err(WireError::new(
            "input_invalid",
            "the log stands beside the options, not among them",
        )),
        None => options.verify(log),
    }
}

impl VerifyInput {
    fn verify(self, log: &[u8]) -> Result<String, WireError> {
        let options = VerifyOptions {
            allow_open: self.allow_open,
            expected_count: self.count,
            expected_head: self.head,
            run_id: self.run_id,
            tenant_id: self.tenant,
        };
        write(&verify_log(log, options))
    }
}
