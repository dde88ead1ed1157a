//! The policies of the demonstration: embedded, or of a folder.

use std::path::Path;

use bailiwick::CompileOptions;
use bailiwick::Compiled;
use bailiwick::Diagnostic;
use bailiwick::SourceFile;
use bailiwick::compile;

use crate::demo::DemoError;

/// Compiles the policies of `folder`, or the embedded ones, in strict mode.
pub(crate) fn load(folder: Option<&Path>) -> Result<Compiled, DemoError> {
    load_files(folder).map(|(_, compiled)| compiled)
}

/// Compiles them likewise, and returns the files with what they compile to.
pub(crate) fn load_files(folder: Option<&Path>) -> Result<(Vec<SourceFile>, Compiled), DemoError> {
    let files = match folder {
        Some(folder) => read(folder)?,
        None => EMBEDDED.iter().map(|(name, text)| SourceFile::new(*name, *text)).collect(),
    };
    let compiled = compile(&files, CompileOptions { strict: true })
        .map_err(|refused| DemoError::Policies(printed(&refused.diagnostics)))?;
    Ok((files, compiled))
}

/// Reads every YAML file below `folder`, in the order of their names; suites of cases apart.
fn read(folder: &Path) -> Result<Vec<SourceFile>, DemoError> {
    let io = |path: &Path, source| DemoError::Io { path: path.to_path_buf(), source };
    let mut files = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(&next).map_err(|source| io(&next, source))? {
            let entry = entry.map_err(|source| io(&next, source))?;
            let path = entry.path();
            let name = entry.file_name().to_string_lossy().into_owned();
            if entry.file_type().map_err(|source| io(&path, source))?.is_dir() {
                folders.push(path);
            } else if (name.ends_with(".yaml") || name.ends_with(".yml"))
                && !name.ends_with(".cases.yaml")
            {
                let text = std::fs::read_to_string(&path).map_err(|source| io(&path, source))?;
                let relative = path.strip_prefix(folder).unwrap_or(&path);
                files.push(SourceFile::new(relative.display().to_string(), text));
            }
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

fn printed(diagnostics: &[Diagnostic]) -> String {
    let lines: Vec<String> =
        diagnostics.iter().map(|found| format!("{}: {}", found.location, found.message)).collect();
    lines.join("\n")
}

macro_rules! embedded {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../demo/policies/", $name)))),*]
    };
}

const EMBEDDED: &[(&str, &str)] = embedded![
    "10-platform.yaml",
    "20-organization.yaml",
    "30-team.yaml",
    "40-repository.yaml",
    "50-campaign.yaml",
    "60-task.yaml",
    "70-runtime.yaml",
    "80-tools.yaml",
    "90-access.yaml",
    "95-kill-switch.yaml",
    "96-retention.yaml",
    "97-artifacts.yaml",
    "96-data.yaml",
    "97-models.yaml",
    "98-redaction.yaml",
];
