//! `audit_append`, `audit_export`, `audit_report` and `audit_verify`.

use bailiwick::AuditError;
use bailiwick::AuditEvent;
use bailiwick::AuditRecord;
use bailiwick::Chain;
use bailiwick::CheckpointTrust;
use bailiwick::Digest;
use bailiwick::ExportFormat;
use bailiwick::LogExport;
use bailiwick::LogVerifier;
use bailiwick::SsdfReport;
use bailiwick::SsdfSurvey;
use bailiwick::Timestamp;
use bailiwick::VerifyOptions;
use serde::Deserialize;
use serde::Serialize;
use serde_json::value::RawValue;

use crate::WireError;
use crate::input::UniqueMap;
use crate::input::read;
use crate::input::write;
use crate::log::keys_of;

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
    let failed = |error: AuditError| WireError::new(error.code(), error.to_string());
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

/// What is known of a log beforehand.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LogOptions {
    #[serde(default)]
    allow_open: bool,
    /// Signed notes that the log is held against.
    #[serde(default)]
    checkpoints: Vec<String>,
    #[serde(default)]
    count: Option<u64>,
    #[serde(default)]
    head: Option<Digest>,
    /// `vkey` texts of those who may have signed the checkpoints.
    #[serde(default)]
    keys: Vec<String>,
    /// When it is, for payloads that may be gone by then.
    #[serde(default)]
    now: Option<Timestamp>,
    /// The name that the log must have in the checkpoints.
    #[serde(default)]
    origin: Option<String>,
    /// The payloads of the log, JSON lines.
    #[serde(default)]
    payloads: Option<String>,
    #[serde(default)]
    run_id: Option<String>,
    #[serde(default)]
    tenant: Option<String>,
    /// How many witnesses must have signed the checkpoints.
    #[serde(default)]
    witnesses: usize,
}

impl LogOptions {
    /// Returns the options of the verifier, and the payloads that follow the log.
    pub(crate) fn verify(self) -> Result<(VerifyOptions, String), WireError> {
        let options = VerifyOptions {
            allow_open: self.allow_open,
            checkpoints: self.checkpoints,
            expected_count: self.count,
            expected_head: self.head,
            now: self.now,
            payloads: self.payloads.is_some(),
            run_id: self.run_id,
            tenant_id: self.tenant,
            trust: CheckpointTrust {
                keys: keys_of(&self.keys)?,
                origin: self.origin,
                witnesses: self.witnesses,
            },
        };
        Ok((options, self.payloads.unwrap_or_default()))
    }
}

pub(crate) fn verify(input: &str) -> Result<String, WireError> {
    let (log, options) = take_log(input)?;
    let options: LogOptions = read(&options)?;
    let (options, payloads) = options.verify()?;
    let mut verifier = LogVerifier::new(options);
    verifier.push(log.as_bytes());
    write(&verifier.finish_with(payloads.as_bytes()))
}

/// What is exported, and to what.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ExportOptions {
    #[serde(default)]
    allow_open: bool,
    format: ExportFormat,
    #[serde(default)]
    run_id: Option<String>,
    #[serde(default)]
    tenant: Option<String>,
}

impl ExportOptions {
    pub(crate) fn export(self) -> LogExport {
        let options = VerifyOptions {
            allow_open: self.allow_open,
            run_id: self.run_id,
            tenant_id: self.tenant,
            ..VerifyOptions::default()
        };
        LogExport::new(self.format, options)
    }
}

#[derive(Serialize)]
struct ExportOutput {
    events: u64,
    text: String,
}

pub(crate) fn export(input: &str) -> Result<String, WireError> {
    let (log, options) = take_log(input)?;
    let options: ExportOptions = read(&options)?;
    let mut export = options.export();
    let text = export.push(log.as_bytes()).map_err(|error| unverified(&error))?;
    let (events, _) = export.finish().map_err(|error| unverified(&error))?;
    write(&ExportOutput { events, text })
}

#[derive(Serialize)]
struct ReportOutput {
    report: SsdfReport,
    text: String,
}

pub(crate) fn report(input: &str) -> Result<String, WireError> {
    let (log, options) = take_log(input)?;
    let options: LogOptions = read(&options)?;
    let mut survey = SsdfSurvey::new(options.verify()?.0);
    survey.push(log.as_bytes()).map_err(|error| unverified(&error))?;
    report_of(survey)
}

pub(crate) fn report_of(survey: SsdfSurvey) -> Result<String, WireError> {
    let report = survey.finish().map_err(|error| unverified(&error))?;
    write(&ReportOutput { text: report.to_markdown(), report })
}

/// Returns the error of a log that does not verify, with its first bad line.
pub(crate) fn unverified(error: &AuditError) -> WireError {
    let found = WireError::new(error.code(), error.to_string());
    match error {
        AuditError::Unverified { index, message, verdict } => WireError {
            line: u32::try_from(*index).ok(),
            message: format!("{verdict}: {message}"),
            ..found
        },
        _ => found,
    }
}

/// Splits an input into its log and the rest, so that a log that comes in pieces has the same
/// options.
fn take_log(text: &str) -> Result<(String, String), WireError> {
    let UniqueMap(mut object) = read::<UniqueMap<Box<RawValue>>>(text)?;
    let Some(log) = object.remove("log") else {
        return Err(WireError::new("input_invalid", "missing field `log`"));
    };
    let rest = serde_json::to_string(&object).map_err(|error| WireError::from_json(&error))?;
    Ok((read(log.get())?, rest))
}
