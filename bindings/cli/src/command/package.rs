//! `bailiwick investigate` and `bailiwick replay`: what a replay package answers, and does again.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;
use std::path::PathBuf;

use bailiwick_wire::Package;
use bailiwick_wire::WireError;
use clap::ValueEnum;
use serde::Deserialize;
use serde_json::Value;
use serde_json::json;

use crate::args::TrustArgs;
use crate::args::now;
use crate::command::log::public_keys;
use crate::command::patch;
use crate::exit::Exit;
use crate::exit::Failure;
use crate::files::cannot_read;
use crate::files::error_at;
use crate::files::is_folder;
use crate::files::open;
use crate::output::Output;
use crate::output::printable;

#[derive(Debug, clap::Args)]
pub(crate) struct InvestigateArgs {
    /// The package: its folder, or the archive
    package: PathBuf,
    #[command(flatten)]
    trust: TrustArgs,
    /// Write the answers as a page that needs nothing else
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct ReplayArgs {
    /// The package: its folder, or the archive
    package: PathBuf,
    /// What is done again
    #[arg(long = "type", value_name = "TYPE")]
    replay: ReplayType,
    #[command(flatten)]
    trust: TrustArgs,
}

/// What can be done again (section 24).
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ReplayType {
    /// Decide every decision again, and compare every byte
    Incident,
    /// Send the same messages again
    Model,
    /// Apply the patch to the base commit, and compare the tree
    Patch,
    /// Call deterministic tools again
    Tool,
    /// Show what happened
    Trace,
    /// Run the verifiers again
    Verifier,
}

impl ReplayType {
    const fn name(self) -> &'static str {
        match self {
            Self::Incident => "incident",
            Self::Model => "model",
            Self::Patch => "patch",
            Self::Tool => "tool",
            Self::Trace => "trace",
            Self::Verifier => "verifier",
        }
    }
}

#[derive(Deserialize)]
struct Answers {
    complete: bool,
    html: String,
    investigation: Value,
    text: String,
}

/// Answers the thirteen questions.
pub(crate) fn investigate(args: &InvestigateArgs, output: &Output) -> Result<Exit, Failure> {
    let package = read_package(&args.package, &args.trust)?;
    let answers: Answers = super::read(&package.investigate()?)?;
    if let Some(path) = &args.html {
        let failed = |error: std::io::Error| {
            error_at(path, "unwritable", format!("it cannot be written: {error}"))
        };
        std::fs::write(path, &answers.html).map_err(failed)?;
    }
    if output.is_json() {
        output.line(&answers.investigation.to_string())?;
    } else {
        output.line(answers.text.trim_end())?;
    }
    let verdict = answers.investigation.pointer("/package/verdict").and_then(Value::as_str);
    Ok(exit_of(answers.complete, verdict))
}

/// Returns the code of an investigation: all answers of a package for which nobody answers are no
/// more than its word.
fn exit_of(complete: bool, verdict: Option<&str>) -> Exit {
    match (complete, verdict) {
        (true, Some("ok" | "payload_expired" | "pruned_recorded")) => Exit::Ok,
        (true, Some("ok_unanchored")) => Exit::Unanchored,
        (true, _) | (false, _) => Exit::Findings,
    }
}

/// Does one type of replay, or says why it cannot be done.
pub(crate) fn replay(args: &ReplayArgs, output: &Output) -> Result<Exit, Failure> {
    let package = read_package(&args.package, &args.trust)?;
    let (whole, problems) = package.problems();
    if !whole {
        for problem in problems {
            output.line(&format!("{} {}", output.paint.red("problem:"), printable(problem)))?;
        }
        return told(args.replay, None, "the package is not what it says", output);
    }
    if let Some(why) = package.lacks(args.replay.name())? {
        return told(args.replay, None, &why, output);
    }
    match args.replay {
        ReplayType::Incident => incident(&package, output),
        ReplayType::Patch => {
            let replayed = patch::replay(&package)?;
            let sentence = replayed.sentence();
            told(ReplayType::Patch, Some(replayed.same()), &sentence, output)
        }
        ReplayType::Trace => {
            for line in package.timeline() {
                output.line(&printable(&line))?;
            }
            Ok(Exit::Ok)
        }
        ReplayType::Model => {
            told(args.replay, None, "this command calls no model: the host's runtime does", output)
        }
        ReplayType::Tool | ReplayType::Verifier => {
            let why = "it runs programs, and this command has no sandbox: the host's runtime has";
            told(args.replay, None, why, output)
        }
    }
}

/// Decides each recorded decision again, by the policies of the package.
fn incident(package: &Package, output: &Output) -> Result<Exit, Failure> {
    let mut policies = serde_json::Map::new();
    for path in package.below("policies") {
        // As they were named when they decided: the records tell places in them.
        let name = path.strip_prefix("policies/").unwrap_or(path);
        policies.insert(name.to_owned(), text_of(package, path)?.into());
    }
    let input = json!({"policies": policies, "records": text_of(package, "decisions.jsonl")?});
    let answer = bailiwick_wire::call("redecide", &input.to_string())?;
    let answer: Value = super::read(&answer)?;
    let counts: BTreeMap<String, u64> =
        serde_json::from_value(answer.get("counts").cloned().unwrap_or_default())
            .map_err(|error| WireError::new("internal", error.to_string()))?;
    let all: u64 = counts.values().sum();
    let same = counts.get("same").copied().unwrap_or_default();
    if !output.is_json() {
        let results = answer.get("results").and_then(Value::as_array);
        let other = |result: &&Value| result.get("verdict").is_some_and(|it| it != "same");
        for result in results.into_iter().flatten().filter(other) {
            output.line(&printable(&result.to_string()))?;
        }
    }
    let sentence = format!("{same} of {all} decisions came out again, byte for byte");
    told(ReplayType::Incident, Some(all > 0 && same == all), &sentence, output)
}

/// Prints how a replay ended; `same` is none where it was not done.
fn told(
    replay: ReplayType,
    same: Option<bool>,
    sentence: &str,
    output: &Output,
) -> Result<Exit, Failure> {
    let verdict = match same {
        Some(true) => "same",
        Some(false) => "differs",
        None => "not_replayed",
    };
    if output.is_json() {
        let report = json!({"message": sentence, "replay": replay.name(), "verdict": verdict});
        output.line(&report.to_string())?;
    } else {
        let paint = output.paint;
        let shown = if same == Some(true) { paint.green(verdict) } else { paint.red(verdict) };
        output.line(&format!("{}: {shown}: {}", replay.name(), printable(sentence)))?;
    }
    Ok(Exit::of_findings(same != Some(true)))
}

fn text_of(package: &Package, path: &str) -> Result<String, WireError> {
    let bytes = package.file(path).unwrap_or_default().to_vec();
    crate::files::text(Path::new(path), bytes)
}

fn read_package(path: &Path, trust: &TrustArgs) -> Result<Package, WireError> {
    let files = if is_folder(path)? { read_folder(path)? } else { read_archive(path)? };
    let options = json!({
        "keys": public_keys(&trust.key)?,
        "now": now(trust.now.as_deref()),
        "origin": trust.origin,
        "witnesses": trust.witnesses,
    });
    Package::open(files, &options.to_string())
}

/// The files that were read so far, within the limits of a package.
#[derive(Default)]
struct Files {
    bytes: u64,
    files: BTreeMap<String, Vec<u8>>,
}

impl Files {
    fn add(&mut self, at: &Path, name: String, source: &mut dyn Read) -> Result<(), WireError> {
        let mut content = Vec::new();
        let left = MAX_BYTES.saturating_sub(self.bytes);
        let read = source.take(left + 1).read_to_end(&mut content);
        let read = read.map_err(|error| cannot_read(at, &error))? as u64;
        self.bytes += read;
        if read > left || self.files.len() >= MAX_FILES {
            return Err(error_at(at, "too_large", "no package has so many files or bytes"));
        }
        if self.files.insert(name, content).is_some() {
            return Err(error_at(at, "package_archive", "a file stands twice in it"));
        }
        Ok(())
    }
}

fn read_folder(root: &Path) -> Result<BTreeMap<String, Vec<u8>>, WireError> {
    let mut found = Files::default();
    let mut folders = vec![(root.to_path_buf(), String::new())];
    while let Some((folder, prefix)) = folders.pop() {
        let failed = |error: std::io::Error| cannot_read(&folder, &error);
        for entry in std::fs::read_dir(&folder).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let (path, kind) = (entry.path(), entry.file_type().map_err(failed)?);
            let name = entry.file_name().to_string_lossy().into_owned();
            let name = if prefix.is_empty() { name } else { format!("{prefix}/{name}") };
            if kind.is_dir() && name.matches('/').count() < MAX_DEPTH {
                folders.push((path, name));
            } else if kind.is_file() {
                found.add(&path, name, &mut open(&path)?)?;
            } else {
                let message = "a package has plain files only, in few folders";
                return Err(error_at(&path, "package_file", message));
            }
        }
    }
    Ok(found.files)
}

/// Reads an archive into memory: nothing of it is written anywhere, so its names lead nowhere.
fn read_archive(path: &Path) -> Result<BTreeMap<String, Vec<u8>>, WireError> {
    let mut found = Files::default();
    let failed = |error: std::io::Error| {
        error_at(path, "package_archive", format!("it is no replay package: {error}"))
    };
    let mut archive = tar::Archive::new(open(path)?);
    for entry in archive.entries().map_err(failed)? {
        let mut entry = entry.map_err(failed)?;
        if !entry.header().entry_type().is_file() {
            return Err(error_at(path, "package_archive", "a package has plain files only"));
        }
        let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        found.add(path, name, &mut entry)?;
    }
    Ok(found.files)
}

const MAX_BYTES: u64 = 1 << 30;
const MAX_FILES: usize = 10_000;
const MAX_DEPTH: usize = 8;

#[cfg(test)]
mod tests {
    use super::exit_of;
    use crate::exit::Exit;

    #[test]
    fn all_answers_of_a_package_that_nobody_signed_are_not_a_success() {
        assert_eq!(exit_of(true, Some("ok")), Exit::Ok);
        assert_eq!(exit_of(true, Some("ok_unanchored")), Exit::Unanchored);
        assert_eq!(exit_of(true, Some("edited")), Exit::Findings);
        assert_eq!(exit_of(true, None), Exit::Findings);
        assert_eq!(exit_of(false, Some("ok")), Exit::Findings);
    }
}
