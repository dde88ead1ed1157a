//! Verifying and exporting a log as it comes, for every host.

use serde::Serialize;

use crate::WireError;
use crate::audit::ExportOptions;
use crate::audit::LogOptions;
use crate::audit::report_of;
use crate::audit::unverified;
use crate::input::read;
use crate::input::write;

/// Verifies a log that comes in pieces, cut anywhere: memory does not grow with it. Pieces cross as
/// bytes, since a log that was tampered with need not be UTF-8.
///
/// # Example
/// ```
/// let mut verifier = bailiwick_wire::LogVerifier::open("{}")?;
/// verifier.push(b"\xff")?;
/// verifier.push(b"\n")?;
/// assert!(verifier.finish()?.contains(r#""verdict":"malformed""#));
/// # Ok::<(), bailiwick_wire::WireError>(())
/// ```
pub struct LogVerifier {
    payloads: String,
    /// None once it is finished.
    verifier: Option<bailiwick::LogVerifier>,
}

impl LogVerifier {
    /// Returns a verifier by `options`, JSON text: what `audit_verify` takes, without `log`.
    ///
    /// # Errors
    /// Where the options cannot be read.
    pub fn open(options: &str) -> Result<Self, WireError> {
        let options: LogOptions = read(options)?;
        let (options, payloads) = options.verify()?;
        Ok(Self { payloads, verifier: Some(bailiwick::LogVerifier::new(options)) })
    }

    /// Reads more bytes.
    ///
    /// # Errors
    /// Where the verifier is finished.
    pub fn push(&mut self, bytes: &[u8]) -> Result<(), WireError> {
        self.verifier.as_mut().ok_or_else(finished)?.push(bytes);
        Ok(())
    }

    /// Returns what `audit_verify` answers.
    ///
    /// # Errors
    /// Where the verifier is finished already.
    pub fn finish(&mut self) -> Result<String, WireError> {
        let verifier = self.verifier.take().ok_or_else(finished)?;
        write(&verifier.finish_with(self.payloads.as_bytes()))
    }
}

/// Exports a log that comes in pieces, cut anywhere. Each line is verified before anything of it
/// leaves.
pub struct LogExport {
    /// None once it is finished, or a line was bad.
    export: Option<bailiwick::LogExport>,
}

#[derive(Serialize)]
struct ExportEnd {
    events: u64,
}

impl LogExport {
    /// Returns an export by `options`, JSON text: what `audit_export` takes, without `log`.
    ///
    /// # Errors
    /// Where the options cannot be read.
    pub fn open(options: &str) -> Result<Self, WireError> {
        let options: ExportOptions = read(options)?;
        Ok(Self { export: Some(options.export()) })
    }

    /// Reads more bytes; returns what they come to, a line an event.
    ///
    /// # Errors
    /// At the first line that does not verify, and after that.
    pub fn push(&mut self, bytes: &[u8]) -> Result<String, WireError> {
        let mut export = self.export.take().ok_or_else(finished)?;
        let lines = export.push(bytes).map_err(|error| unverified(&error))?;
        self.export = Some(export);
        Ok(lines)
    }

    /// Returns how many events were exported, as `{"events":12}`.
    ///
    /// # Errors
    /// Where the end is missing: what was exported is then not the whole.
    pub fn finish(&mut self) -> Result<String, WireError> {
        let export = self.export.take().ok_or_else(finished)?;
        let (events, _) = export.finish().map_err(|error| unverified(&error))?;
        write(&ExportEnd { events })
    }
}

/// Gathers what a log that comes in pieces shows for secure development and supply chain.
pub struct LogReport {
    /// None once it is finished, or a line was bad.
    survey: Option<bailiwick::SsdfSurvey>,
}

impl LogReport {
    /// Returns a report by `options`, JSON text: what `audit_report` takes, without `log`.
    ///
    /// # Errors
    /// Where the options cannot be read.
    pub fn open(options: &str) -> Result<Self, WireError> {
        let options: LogOptions = read(options)?;
        Ok(Self { survey: Some(bailiwick::SsdfSurvey::new(options.verify()?.0)) })
    }

    /// Reads more bytes.
    ///
    /// # Errors
    /// At the first line that does not verify, and after that.
    pub fn push(&mut self, bytes: &[u8]) -> Result<(), WireError> {
        let mut survey = self.survey.take().ok_or_else(finished)?;
        survey.push(bytes).map_err(|error| unverified(&error))?;
        self.survey = Some(survey);
        Ok(())
    }

    /// Returns what `audit_report` answers.
    ///
    /// # Errors
    /// Where the end is missing: there is no report on a log that does not verify.
    pub fn finish(&mut self) -> Result<String, WireError> {
        let survey = self.survey.take().ok_or_else(finished)?;
        report_of(survey)
    }
}

fn finished() -> WireError {
    WireError::new("stream_finished", "the stream is finished")
        .with_help("open another stream for the next log")
}

#[cfg(test)]
mod tests {
    use super::LogExport;
    use super::LogVerifier;

    #[test]
    fn a_finished_verifier_takes_nothing_more() {
        let mut verifier = LogVerifier::open("{}").unwrap();
        verifier.finish().unwrap();
        assert_eq!(verifier.push(b"x").unwrap_err().code, "stream_finished");
        assert_eq!(verifier.finish().unwrap_err().code, "stream_finished");
    }

    #[test]
    fn an_export_ends_at_the_first_bad_line() {
        let mut export = LogExport::open(r#"{"format":"ocsf"}"#).unwrap();
        let error = export.push(b"hello\n").unwrap_err();
        assert_eq!((error.code.as_str(), error.line), ("audit_unverified", Some(1)));
        assert_eq!(export.push(b"hello\n").unwrap_err().code, "stream_finished");
    }

    #[test]
    fn options_that_are_none_are_refused() {
        for options in [r#"{"format":"csv"}"#, "{}", r#"{"format":"otel","log":""}"#] {
            assert!(LogExport::open(options).is_err(), "{options}");
        }
        assert!(LogVerifier::open(r#"{"log":""}"#).is_err());
    }
}
