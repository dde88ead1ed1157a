//! `bailiwick lint`.

use std::path::Path;
use std::path::PathBuf;

use bailiwick_wire::WireError;
use bailiwick_wire::call;
use serde::Deserialize;
use serde_json::Value;
use serde_json::json;

use crate::args::LintArgs;
use crate::exit::Exit;
use crate::exit::Failure;
use crate::files::cannot_read;
use crate::files::error_at;
use crate::files::is_folder;
use crate::files::read_text;
use crate::output::Output;
use crate::output::count;
use crate::output::printable;

#[derive(Deserialize)]
struct Report {
    findings: Vec<Finding>,
    kind: String,
}

#[derive(Deserialize)]
struct Finding {
    code: String,
    sentence: String,
    severity: String,
    span: Span,
}

#[derive(Deserialize)]
struct Span {
    column: u32,
    line: u32,
}

/// Lints each file, and in each folder the files that agents take instructions from.
pub(crate) fn run(args: &LintArgs, output: &Output) -> Result<Exit, Failure> {
    let mut found = 0;
    let mut files = 0;
    let mut reports = Vec::new();
    for path in texts(&args.paths)? {
        let text = read_text(&path, MAX_TEXT_BYTES)?;
        let mut input = json!({"path": path.to_string_lossy(), "text": text});
        if let Value::Object(input) = &mut input {
            let given = [("kind", &args.kind), ("scope", &args.scope)];
            for (name, value) in given {
                if let Some(value) = value {
                    input.insert(name.to_owned(), value.as_str().into());
                }
            }
        }
        let answer = call("lint", &input.to_string()).map_err(|error| WireError {
            // Lines and columns of the call say nothing about those of the text.
            column: None,
            line: None,
            path: None,
            ..error
        })?;
        let report: Report = super::read(&answer)?;
        found += report.findings.len();
        files += 1;
        if output.is_json() {
            let mut report: Value = super::read(&answer)?;
            if let Value::Object(report) = &mut report {
                report.insert("path".to_owned(), path.to_string_lossy().into());
            }
            reports.push(report);
        } else {
            print(&report, &path, output)?;
        }
    }
    if output.is_json() {
        output.line(&json!({"files": reports, "ok": found == 0}).to_string())?;
    } else {
        let (files, found) = (count(files, "file"), count(found, "finding"));
        output.line(&format!("{files}, {found}"))?;
    }
    Ok(Exit::of_findings(found > 0))
}

fn print(report: &Report, path: &Path, output: &Output) -> Result<(), Failure> {
    let name =
        if path == Path::new("-") { "standard input".into() } else { path.to_string_lossy() };
    let name = printable(&name);
    for finding in &report.findings {
        let place = format!("{name}:{}:{}", finding.span.line, finding.span.column);
        let head = format!("{}[{}]", finding.severity, finding.code);
        let head = match finding.severity.as_str() {
            "danger" => output.paint.red(&head),
            _ => output.paint.yellow(&head),
        };
        let sentence = printable(&finding.sentence);
        output.line(&format!("{}: {head}: {sentence}", output.paint.bold(&place)))?;
    }
    if report.findings.is_empty() {
        output.line(&format!("{name}: {}, no findings", report.kind))?;
    }
    Ok(())
}

/// Returns the files that are named, and those of the folders that are named.
fn texts(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let mut found = Vec::new();
    for path in paths {
        if path == Path::new("-") || !is_folder(path)? {
            found.push(path.clone());
            continue;
        }
        let before = found.len();
        walk(path, 0, &mut found)?;
        if found.len() == before {
            let message = "no instructions or prompts lie here";
            return Err(error_at(path, "texts_missing", message)
                .with_help("name the files: AGENTS.md and its like are found by themselves")
                .into());
        }
    }
    Ok(found)
}

/// Adds the instructions and prompts below a folder, hidden ones too; links are not followed.
fn walk(folder: &Path, depth: usize, found: &mut Vec<PathBuf>) -> Result<(), Failure> {
    let failed = |error: std::io::Error| cannot_read(folder, &error);
    let mut entries = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        entries.push(entry.map_err(failed)?);
    }
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let kind = entry.file_type().map_err(failed)?;
        let name = entry.file_name();
        let path = entry.path();
        if kind.is_dir() && !SKIPPED.iter().any(|skipped| name == *skipped) {
            if depth == MAX_DEPTH || found.len() > MAX_FILES {
                let message = "it holds too many files, or folders nested too deep";
                return Err(error_at(folder, "too_many_files", message).into());
            }
            walk(&path, depth + 1, found)?;
        } else if kind.is_file() && bailiwick_wire::is_for_agents(&path.to_string_lossy()) {
            found.push(path);
        }
    }
    Ok(())
}

/// Folders that hold what others made.
const SKIPPED: [&str; 4] = [".git", "node_modules", "target", "vendor"];
/// Nested folders.
const MAX_DEPTH: usize = 64;
/// Files below one folder.
const MAX_FILES: usize = 10_000;
/// Bytes of one text: more than is read of it, so that the end is told to be unread.
const MAX_TEXT_BYTES: u64 = 64 << 20;
