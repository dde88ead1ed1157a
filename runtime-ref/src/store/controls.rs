//! What operators set, in two small files that are read anew for each decision.

use std::path::Path;
use std::path::PathBuf;

use bailiwick::Approval;
use bailiwick::Digest;
use bailiwick::RetentionHold;
use serde::de::DeserializeOwned;

use crate::port::controls::ControlState;
use crate::port::controls::Controls;
use crate::port::store::StoreError;
use crate::store::artifacts::file;

/// `kill-switches.json`, `approvals.json` and `holds.json` in one folder.
///
/// A file that is missing or unreadable is an error and not an empty list: a kill switch must
/// not come undone because somebody's disk is full.
pub struct FileControls {
    folder: PathBuf,
}

impl FileControls {
    /// Opens the controls in `folder`, which is made, with empty lists, where there is none yet.
    ///
    /// # Errors
    /// Where the folder cannot be made, or is there and [`Self::open`] refuses it.
    pub fn create(folder: &Path) -> Result<Self, StoreError> {
        if !folder.exists() {
            // Under another name first: a folder that was only begun is never taken for one.
            let begun = folder.with_extension("new");
            std::fs::create_dir_all(&begun).map_err(|source| file("made", &begun, source))?;
            for name in [KILL_SWITCHES, APPROVALS, HOLDS] {
                let path = begun.join(name);
                std::fs::write(&path, "[]\n").map_err(|source| file("written", &path, source))?;
            }
            std::fs::rename(&begun, folder).map_err(|source| file("made", folder, source))?;
        }
        Self::open(folder)
    }

    /// Opens the controls that are in `folder`; nothing is made.
    ///
    /// # Errors
    /// Where one of the files is missing or cannot be read.
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        let controls = Self { folder: folder.to_path_buf() };
        controls.read()?;
        controls.holds()?;
        Ok(controls)
    }

    /// Returns the legal holds and open incidents.
    ///
    /// # Errors
    /// Where the file is missing or cannot be read: then nothing is known, and nothing is deleted.
    pub fn holds(&self) -> Result<Vec<RetentionHold>, StoreError> {
        self.list(HOLDS).map(|(_, holds)| holds)
    }

    /// Adds an approval to those that were given.
    ///
    /// # Errors
    /// Where those that are there cannot be read, or it cannot be written; then they stay as they are.
    pub fn approve(&self, approval: &Approval) -> Result<(), StoreError> {
        let (_, mut approvals) = self.list::<Approval>(APPROVALS)?;
        approvals.push(approval.clone());
        let path = self.folder.join(APPROVALS);
        let written = |source| file("written", &path, source);
        let mut begun = tempfile::NamedTempFile::new_in(&self.folder).map_err(written)?;
        serde_json::to_writer_pretty(&mut begun, &approvals)
            .map_err(|error| written(error.into()))?;
        begun.as_file().sync_all().map_err(written)?;
        begun.persist(&path).map_err(|error| written(error.error))?;
        Ok(())
    }

    fn list<T: DeserializeOwned>(&self, name: &str) -> Result<(String, Vec<T>), StoreError> {
        let path = self.folder.join(name);
        let text = std::fs::read_to_string(&path).map_err(|source| file("read", &path, source))?;
        let list = serde_json::from_str(&text).map_err(|error| StoreError::Malformed {
            what: name.to_owned(),
            why: error.to_string(),
        })?;
        Ok((text, list))
    }
}

impl Controls for FileControls {
    fn read(&self) -> Result<ControlState, StoreError> {
        let (switches_text, kill_switches) = self.list(KILL_SWITCHES)?;
        let (approvals_text, approvals) = self.list(APPROVALS)?;
        let parts = [switches_text.as_bytes(), approvals_text.as_bytes()];
        Ok(ControlState {
            approvals,
            kill_switches,
            version: Digest::of_parts("bailiwick.controls.v1", parts).short().to_owned(),
        })
    }
}

const APPROVALS: &str = "approvals.json";
const HOLDS: &str = "holds.json";
const KILL_SWITCHES: &str = "kill-switches.json";
