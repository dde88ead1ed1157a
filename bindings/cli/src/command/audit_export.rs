//! `bailiwick audit export` and `bailiwick audit report`.

use std::path::Path;
use std::path::PathBuf;

use bailiwick_wire::LogExport;
use bailiwick_wire::LogReport;
use bailiwick_wire::WireError;
use serde::Deserialize;
use serde_json::json;

use crate::exit::Exit;
use crate::exit::Failure;
use crate::files::error_at;
use crate::files::read_pieces;
use crate::output::Output;
use crate::target::Target;

/// What a log is exported to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum ExportFormat {
    /// CloudEvents 1.0, structured mode
    Cloudevents,
    /// Record, entry hash, run and place
    Jsonl,
    /// OCSF 1.8.0, class API Activity
    Ocsf,
    /// OpenTelemetry log events, OTLP/JSON
    Otel,
}

impl ExportFormat {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Cloudevents => "cloudevents",
            Self::Jsonl => "jsonl",
            Self::Ocsf => "ocsf",
            Self::Otel => "otel",
        }
    }
}

#[derive(Debug, clap::Args)]
pub(crate) struct ExportArgs {
    /// The format
    #[arg(long = "as", value_name = "FORMAT", value_enum)]
    pub(crate) to: ExportFormat,
    /// The run to export, which must be there; all are verified
    #[arg(long, value_name = "ID")]
    pub(crate) run: Option<String>,
    /// The tenant whose log it must be
    #[arg(long, value_name = "ID")]
    pub(crate) tenant: Option<String>,
    /// Accept runs that are not closed: their end is then not proved
    #[arg(long)]
    pub(crate) allow_open: bool,
    /// A file that appears once the whole log is verified; else standard output, as it comes
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// The log, JSON lines; `-` is standard input
    pub(crate) file: PathBuf,
}

#[derive(Debug, clap::Args)]
pub(crate) struct ReportArgs {
    /// The run to report on, which must be there; all are verified
    #[arg(long, value_name = "ID")]
    pub(crate) run: Option<String>,
    /// The tenant whose log it must be
    #[arg(long, value_name = "ID")]
    pub(crate) tenant: Option<String>,
    /// Accept runs that are not closed: their end is then not proved
    #[arg(long)]
    pub(crate) allow_open: bool,
    /// The log, JSON lines; `-` is standard input
    pub(crate) file: PathBuf,
}

/// Exports a log, a line an event, to standard output as it is read, or to a file that appears once
/// it is whole.
pub(crate) fn export(args: &ExportArgs, output: &Output) -> Result<Exit, Failure> {
    let options = json!({
        "allow_open": args.allow_open,
        "format": args.to.name(),
        "run_id": args.run,
        "tenant": args.tenant,
    });
    let mut export = LogExport::open(&options.to_string())?;
    let mut target = match &args.out {
        Some(out) => Some(beside(out, &args.file)?),
        None => None,
    };
    let read = read_pieces(&args.file, |piece| {
        let lines = export.push(piece)?;
        match &mut target {
            Some(target) => Ok(target.write(lines.as_bytes())?),
            None => output.raw(&lines),
        }
    });
    if let Some(exit) = unverified(read.and_then(|()| Ok(export.finish()?)), &args.file, output)? {
        return Ok(exit);
    }
    if let Some(target) = target {
        target.finish()?;
    }
    Ok(Exit::Ok)
}

#[derive(Deserialize)]
struct Report {
    text: String,
}

/// Reports what a log shows of secure development and supply chain.
pub(crate) fn report(args: &ReportArgs, output: &Output) -> Result<Exit, Failure> {
    let options = json!({
        "allow_open": args.allow_open,
        "run_id": args.run,
        "tenant": args.tenant,
    });
    let mut report = LogReport::open(&options.to_string())?;
    let mut answer = String::new();
    let read = read_pieces(&args.file, |piece| Ok(report.push(piece)?)).and_then(|()| {
        answer = report.finish()?;
        Ok(())
    });
    if let Some(exit) = unverified(read, &args.file, output)? {
        return Ok(exit);
    }
    if output.is_json() {
        output.line(&answer)?;
    } else {
        let report: Report = super::read(&answer)?;
        output.raw(&report.text)?;
    }
    Ok(Exit::Ok)
}

/// Returns the file that `out` will be, which must not be the log itself.
fn beside(out: &Path, log: &Path) -> Result<Target, WireError> {
    let same = match (out.canonicalize(), log.canonicalize()) {
        (Ok(out), Ok(log)) => out == log,
        (_, _) => false,
    };
    if same {
        return Err(error_at(out, "onto_input", "it is the log that is read")
            .with_help("write the export elsewhere"));
    }
    Target::new(out.to_path_buf())
}

/// Tells of a log that does not verify, which is a finding and no mistake of the caller.
fn unverified<T>(
    result: Result<T, Failure>,
    log: &Path,
    output: &Output,
) -> Result<Option<Exit>, Failure> {
    match result {
        Ok(_) => Ok(None),
        Err(Failure::Error(error)) if error.code == "audit_unverified" => {
            let path = error_at(log, "", "").path;
            output.error(&WireError { path, ..error });
            Ok(Some(Exit::Findings))
        }
        Err(failure) => Err(failure),
    }
}
