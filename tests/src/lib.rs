//! What the tests share: where the fixtures lie, and how policies are compiled from them.

#[path = "../corpus/generator/mod.rs"]
pub mod corpus;
#[path = "../redaction/generator/mod.rs"]
pub mod redaction;
#[path = "../bash/sandbox.rs"]
pub mod sandbox;

use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context;
use bailiwick::CompileOptions;
use bailiwick::PolicySet;
use bailiwick::SourceFile;

/// Returns the root of the workspace.
pub fn workspace() -> PathBuf {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest.parent().unwrap_or(manifest).to_owned()
}

/// Returns the YAML files of a set under `policy-fixtures/policies`, by path.
///
/// # Errors
/// Where the folder cannot be read.
pub fn policy_files(set: &str) -> anyhow::Result<Vec<SourceFile>> {
    let folder = workspace().join("policy-fixtures/policies").join(set);
    let mut files = Vec::new();
    for entry in std::fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "yaml") {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            files.push(SourceFile::new(name.into_owned(), std::fs::read_to_string(&path)?));
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

/// Returns the compiled form of a set under `policy-fixtures/policies`.
///
/// # Errors
/// Where the folder cannot be read or its policies are refused.
pub fn policies(set: &str) -> anyhow::Result<Arc<PolicySet>> {
    let compiled = bailiwick::compile(&policy_files(set)?, CompileOptions::default())?;
    Ok(Arc::new(compiled.policies))
}
