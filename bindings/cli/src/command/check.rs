//! `bailiwick check`.

use std::path::Path;
use std::path::PathBuf;

use bailiwick_wire::call;
use serde::Deserialize;
use serde_json::Value;
use serde_json::json;

use crate::args::CheckArgs;
use crate::exit::Exit;
use crate::exit::Failure;
use crate::files::Files;
use crate::files::MAX_FILE_BYTES;
use crate::files::error_at;
use crate::files::is_folder;
use crate::files::policy_files;
use crate::files::read_text;
use crate::finding::Finding;
use crate::output::Output;
use crate::output::count;
use crate::output::printable;

/// Policies that are checked together.
struct Set {
    files: Files,
    /// What it is called in the report.
    name: String,
    /// What the paths of its files lie below.
    root: PathBuf,
}

#[derive(Deserialize)]
struct Checked {
    diagnostics: Vec<Finding>,
    documents: usize,
    ok: bool,
    policy_set_hash: Option<String>,
}

/// Checks each folder as a set of its own, and the files that are named as one.
pub(crate) fn run(args: &CheckArgs, output: &Output) -> Result<Exit, Failure> {
    let mut found = false;
    let mut reports = Vec::new();
    for set in sets(&args.paths)? {
        let input = json!({"policies": set.files, "strict": args.strict}).to_string();
        let answer = call("check", &input)?;
        let checked: Checked = super::read(&answer)?;
        found |= !checked.ok;
        if output.is_json() {
            let mut report: Value = super::read(&answer)?;
            if let Value::Object(report) = &mut report {
                report.insert("path".to_owned(), set.name.into());
            }
            reports.push(report);
        } else {
            print(&checked, &set, output)?;
        }
    }
    if output.is_json() {
        output.line(&json!({"ok": !found, "sets": reports}).to_string())?;
    }
    Ok(Exit::of_findings(found))
}

fn sets(paths: &[PathBuf]) -> Result<Vec<Set>, Failure> {
    let mut sets = Vec::new();
    let mut named = Files::new();
    for path in paths {
        if is_folder(path)? {
            let files = policy_files(path)?;
            if files.is_empty() {
                let message = "no policy file lies here";
                return Err(error_at(path, "policies_missing", message)
                    .with_help("policies are *.yaml and *.yml files; suites of cases are not")
                    .into());
            }
            sets.push(Set { files, name: path.to_string_lossy().into_owned(), root: path.clone() });
        } else {
            named.insert(named_key(path)?, read_text(path, MAX_FILE_BYTES)?);
        }
    }
    if !named.is_empty() {
        sets.push(Set {
            name: named.keys().cloned().collect::<Vec<_>>().join(", "),
            files: named,
            root: PathBuf::new(),
        });
    }
    Ok(sets)
}

/// Returns the path of a file that is named: it is a policy, whatever it is called.
fn named_key(path: &Path) -> Result<String, Failure> {
    let key = path.to_string_lossy().into_owned();
    if bailiwick_wire::is_suite_path(&key) {
        return Err(error_at(path, "suite_named", "a suite of cases is no policy")
            .with_help("`bailiwick test` runs it")
            .into());
    }
    Ok(key)
}

fn print(checked: &Checked, set: &Set, output: &Output) -> Result<(), Failure> {
    for finding in &checked.diagnostics {
        output.line(&finding.to_text(&set.root, output.paint))?;
    }
    let errors = checked.diagnostics.iter().filter(|one| one.is_error());
    let errors = errors.count();
    let warnings = checked.diagnostics.len() - errors;
    let name = printable(&set.name);
    match &checked.policy_set_hash {
        Some(hash) if checked.diagnostics.is_empty() => output.line(&format!(
            "{name}: {}, no findings\n{hash}",
            count(checked.documents, "document")
        )),
        Some(hash) => output.line(&format!(
            "{name}: {}, {}\n{hash}",
            count(checked.documents, "document"),
            count(warnings, "warning")
        )),
        None => output.line(&format!(
            "{name}: {}, {}",
            count(errors, "error"),
            count(warnings, "warning")
        )),
    }
}
