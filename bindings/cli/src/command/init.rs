//! `bailiwick init`.

use std::fs;
use std::path::Path;
use std::path::PathBuf;

use bailiwick_wire::WireError;

use crate::args::InitArgs;
use crate::exit::Exit;
use crate::exit::Failure;
use crate::files::error_at;
use crate::files::parent;
use crate::output::Output;
use crate::output::printable;

/// Writes a small, valid hierarchy of policies with cases that pass: all of it, or nothing.
pub(crate) fn run(args: &InitArgs, output: &Output) -> Result<Exit, Failure> {
    let dir = &args.dir;
    match fs::read_dir(dir) {
        Ok(mut entries) => {
            if entries.next().is_some() {
                let message = "the folder is not empty";
                return Err(error_at(dir, "folder_not_empty", message)
                    .with_help("name one that does not exist yet")
                    .into());
            }
            fill(dir)?;
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => create(dir)?,
        Err(error) => return Err(cannot_write(dir, &error).into()),
    }
    let shown = printable(&dir.to_string_lossy());
    if output.is_json() {
        let files: Vec<&str> = FILES.iter().map(|(name, _)| *name).collect();
        let report = serde_json::json!({"files": files, "path": dir.to_string_lossy()});
        output.line(&report.to_string())?;
        return Ok(Exit::Ok);
    }
    for (name, _) in FILES {
        output.line(&format!("  {shown}/{name}"))?;
    }
    output.line(&format!("next: bailiwick check --strict {shown} && bailiwick test {shown}"))?;
    Ok(Exit::Ok)
}

/// Makes a folder that is not there: beside its place, then under its name.
fn create(dir: &Path) -> Result<(), WireError> {
    let around = parent(dir);
    fs::create_dir_all(&around).map_err(|error| cannot_write(&around, &error))?;
    let stage = stage(&around);
    let made = write(&stage)
        .and_then(|()| fs::rename(&stage, dir).map_err(|error| cannot_write(dir, &error)));
    if made.is_err() {
        // What is left is hidden and named; the first error is the one to report.
        let _ = fs::remove_dir_all(&stage);
    }
    made
}

/// Fills an empty folder, which may be the current one: written inside, then moved up.
fn fill(dir: &Path) -> Result<(), WireError> {
    let stage = stage(dir);
    let mut moved: Vec<PathBuf> = Vec::new();
    let filled = write(&stage).and_then(|()| {
        for (name, _) in FILES {
            let top = name.split('/').next().unwrap_or(name);
            let target = dir.join(top);
            if !moved.contains(&target) {
                let renamed = fs::rename(stage.join(top), &target);
                renamed.map_err(|error| cannot_write(&target, &error))?;
                moved.push(target);
            }
        }
        Ok(())
    });
    let _ = fs::remove_dir_all(&stage);
    if filled.is_err() {
        for target in moved {
            let _ = fs::remove_file(&target).or_else(|_| fs::remove_dir_all(&target));
        }
    }
    filled
}

fn write(stage: &Path) -> Result<(), WireError> {
    fs::create_dir(stage).map_err(|error| cannot_write(stage, &error))?;
    for (name, text) in FILES {
        let path = stage.join(name);
        let folder = parent(&path);
        fs::create_dir_all(&folder).map_err(|error| cannot_write(&folder, &error))?;
        fs::write(&path, text).map_err(|error| cannot_write(&path, &error))?;
    }
    Ok(())
}

fn stage(folder: &Path) -> PathBuf {
    folder.join(format!(".bailiwick-init-{}", std::process::id()))
}

fn cannot_write(path: &Path, error: &std::io::Error) -> WireError {
    error_at(path, "unwritable", format!("it cannot be written: {error}"))
}

/// What is written.
const FILES: &[(&str, &str)] = &[
    ("README.md", include_str!("../../templates/README.md")),
    ("access.yaml", include_str!("../../templates/access.yaml")),
    ("cases/first.cases.yaml", include_str!("../../templates/cases/first.cases.yaml")),
    ("kill_switch.yaml", include_str!("../../templates/kill_switch.yaml")),
    ("platform.yaml", include_str!("../../templates/platform.yaml")),
    ("repository.yaml", include_str!("../../templates/repository.yaml")),
    ("team.yaml", include_str!("../../templates/team.yaml")),
];
