//! CloudEvents 1.0, structured mode, a line an event.

use serde::Serialize;

use crate::audit::AuditRecord;
use crate::model::Digest;

/// An event whose `data` is the record as it is hashed.
///
/// `id` is the entry hash: it differs for different events also where a host repeats its own ids, and
/// is the same when a log is exported again.
#[derive(Serialize)]
pub(super) struct CloudEvent<'a> {
    audithash: &'a Digest,
    auditid: String,
    auditprevhash: &'a Digest,
    auditrun: String,
    /// As text: numbers of the format have 32 bits.
    auditseq: String,
    audittenant: String,
    data: &'a AuditRecord,
    datacontenttype: &'static str,
    id: &'a Digest,
    source: String,
    specversion: &'static str,
    subject: String,
    time: String,
    #[serde(rename = "type")]
    kind: String,
}

impl<'a> CloudEvent<'a> {
    pub(super) fn new(record: &'a AuditRecord, entry_hash: &'a Digest) -> Self {
        Self {
            audithash: entry_hash,
            auditid: plain(&record.audit_id),
            auditprevhash: &record.prev_hash,
            auditrun: plain(&record.run_id),
            auditseq: record.seq.to_string(),
            audittenant: plain(&record.tenant_id),
            data: record,
            datacontenttype: "application/json",
            id: entry_hash,
            source: format!(
                "/bailiwick/tenants/{}/runs/{}",
                segment(&record.tenant_id),
                segment(&record.run_id)
            ),
            specversion: "1.0",
            subject: format!("{}/{}", plain(&record.resource_type), plain(&record.resource_id)),
            time: record.created_at.to_string(),
            kind: format!("bailiwick.audit.{}.v1", record.event_type),
        }
    }
}

/// Returns text with percent codes for what an attribute may not hold: control characters and what
/// Unicode says is no character; and for `%` itself.
fn plain(text: &str) -> String {
    coded(text, |c| {
        let code = u32::from(c);
        let no_character = (0xfdd0..=0xfdef).contains(&code) || code & 0xfffe == 0xfffe;
        !(c.is_control() || no_character || c == '%')
    })
}

/// Returns text with percent codes for all that a part of a path may not hold.
fn segment(text: &str) -> String {
    coded(text, |c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_' | '~'))
}

fn coded(text: &str, stays: impl Fn(char) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if stays(c) {
            out.push(c);
            continue;
        }
        for byte in c.encode_utf8(&mut [0; 4]).bytes() {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}
