//! The formats, and one record in each.

use serde::Serialize;

use crate::audit::AuditError;
use crate::audit::AuditRecord;
use crate::audit::export::cloud_events::CloudEvent;
use crate::audit::export::ocsf::ocsf;
use crate::audit::export::otel::otel;
use crate::model::Digest;
use crate::model::closed_table;

closed_table! {
    /// What a log is exported to. Every format is one JSON text a line.
    ExportFormat: "export format" {
        /// CloudEvents 1.0, structured mode.
        CloudEvents = "cloudevents",
        /// The record with its entry hash, run and place.
        JsonLines = "jsonl",
        /// Open Cybersecurity Schema Framework 1.8.0, class API Activity.
        Ocsf = "ocsf",
        /// OpenTelemetry log events, OTLP/JSON, as collectors read them from files.
        OpenTelemetry = "otel",
    }
}

#[derive(Serialize)]
struct JsonLine<'a> {
    entry_hash: &'a Digest,
    record: &'a AuditRecord,
    run_id: &'a str,
    seq: u64,
}

/// Returns a record as one line of `format`, without a line feed. It is for reading: that the record
/// belongs to `entry_hash` is the caller's care, as [`crate::LogExport`] sees to it.
///
/// # Errors
/// Where the record has no canonical form.
///
/// # Example
/// ```
/// let mut chain = bailiwick::Chain::new("ten_1", "run_1");
/// let event = serde_json::from_str(r#"{
///     "action": "run.opened", "actor": "worker-1", "actor_type": "worker", "audit_id": "aud_1",
///     "created_at": "2026-07-04T10:00:00Z", "event_type": "run.opened", "resource_id": "run_1",
///     "resource_type": "run", "tenant_id": "ten_1"}"#).unwrap();
/// let entry = chain.append(event)?;
/// let format = bailiwick::ExportFormat::CloudEvents;
/// let line = bailiwick::export_line(format, &entry.record, &entry.entry_hash)?;
/// assert!(line.contains(r#""type":"bailiwick.audit.run.opened.v1""#));
/// # Ok::<(), bailiwick::AuditError>(())
/// ```
pub fn export_line(
    format: ExportFormat,
    record: &AuditRecord,
    entry_hash: &Digest,
) -> Result<String, AuditError> {
    let text = match format {
        ExportFormat::CloudEvents => serde_json::to_string(&CloudEvent::new(record, entry_hash)),
        ExportFormat::JsonLines => serde_json::to_string(&JsonLine {
            entry_hash,
            record,
            run_id: &record.run_id,
            seq: record.seq,
        }),
        ExportFormat::Ocsf => serde_json::to_string(&ocsf(record, entry_hash)),
        ExportFormat::OpenTelemetry => serde_json::to_string(&otel(record, entry_hash)?),
    };
    text.map_err(|error| AuditError::malformed(error.to_string()))
}
