//! A whole log, exported as it comes.

use crate::audit::AuditError;
use crate::audit::ExportFormat;
use crate::audit::VerifyOptions;
use crate::audit::VerifyReport;
use crate::audit::export::format::export_line;
use crate::audit::stream::VerifiedLog;

/// Exports a stored log that comes in pieces, cut anywhere. Each line is verified before anything of
/// it leaves, and the first bad one ends the export.
///
/// That the end is there shows only at the end: what has left before [`LogExport::finish`] is a part
/// of the log.
pub struct LogExport {
    events: u64,
    format: ExportFormat,
    log: VerifiedLog,
    run_id: Option<String>,
}

impl LogExport {
    /// Returns an export that has read nothing yet. Where `options` name a run, all runs are
    /// verified and that one is exported.
    pub fn new(format: ExportFormat, options: VerifyOptions) -> Self {
        let run_id = options.run_id.clone();
        Self { events: 0, format, log: VerifiedLog::new(options), run_id }
    }

    /// Reads more bytes; returns what they come to, a line an event.
    ///
    /// # Errors
    /// At the first line that does not verify; then nothing more is to be pushed.
    pub fn push(&mut self, bytes: &[u8]) -> Result<String, AuditError> {
        let mut out = String::new();
        self.log.push(bytes, |record, entry_hash| {
            if self.run_id.as_ref().is_none_or(|run_id| *run_id == record.run_id) {
                out.push_str(&export_line(self.format, record, entry_hash)?);
                out.push('\n');
                self.events = self.events.saturating_add(1);
            }
            Ok(())
        })?;
        Ok(out)
    }

    /// Returns how many events were exported, and the report on the whole log.
    ///
    /// # Errors
    /// Where the last line breaks off, or the end is missing.
    pub fn finish(self) -> Result<(u64, VerifyReport), AuditError> {
        Ok((self.events, self.log.finish()?))
    }
}
