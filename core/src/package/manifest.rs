//! The manifest: each item of a package with its state, its files and their digests.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use serde::Deserialize;
use serde::Serialize;

use crate::model::Digest;
use crate::model::Timestamp;
use crate::model::canonical_json;
use crate::package::ItemState;
use crate::package::PackageError;
use crate::package::PackageItem;
use crate::package::possible::Replayable;
use crate::package::possible::replayable;

/// The file of the manifest.
pub const MANIFEST: &str = "manifest.json";
/// The file of the signed note over the manifest.
pub const MANIFEST_NOTE: &str = "manifest.note";
/// The file of the signed checkpoint.
pub const CHECKPOINT: &str = "checkpoint";
/// The file of the recorded decisions, JSON lines.
pub const DECISIONS: &str = "decisions.jsonl";
/// The file of the public keys, one `vkey` a line.
pub const KEYS: &str = "keys";
/// The file of the run's events, the stored lines.
pub const LOG: &str = "log.jsonl";
/// The file of the payloads with their salts, JSON lines.
pub const PAYLOADS: &str = "payloads.jsonl";
/// The file of the inclusion proofs, JSON lines, one an event.
pub const PROOFS: &str = "proofs.jsonl";

/// What is in a package, and what is not.
///
/// Its text is canonical JSON (RFC 8785), so that its digest names the whole package.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// When the package was made.
    pub created_at: Timestamp,
    /// Every item of the table, by name.
    pub items: BTreeMap<PackageItem, ManifestItem>,
    /// What can be done again with it, and why the rest cannot.
    pub replay: Vec<Replayable>,
    /// The run.
    pub run_id: String,
    /// The tenant.
    pub tenant_id: String,
    /// The version of this format: 1.
    pub v: u32,
}

/// One item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ManifestItem {
    /// The digest of what is not here, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<String>,
    /// Its files, by path.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub files: BTreeMap<String, FileEntry>,
    /// What became of it.
    pub state: ItemState,
    /// Why it is not here, or what was taken out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
}

/// One file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileEntry {
    /// Its size.
    pub bytes: u64,
    /// SHA-256 of it.
    pub digest: Digest,
}

impl FileEntry {
    /// Returns the entry of a file with that content.
    pub fn of(content: &[u8]) -> Self {
        Self { bytes: content.len() as u64, digest: Digest::of(content) }
    }
}

impl ManifestItem {
    /// Returns an item that is not here.
    pub fn absent(state: ItemState, why: &str) -> Self {
        Self { digest: None, files: BTreeMap::new(), state, why: Some(why.to_owned()) }
    }

    /// Returns an item that has these files.
    pub fn of_files(state: ItemState, files: &[(&str, &[u8])]) -> Self {
        let files =
            files.iter().map(|(path, content)| ((*path).to_owned(), FileEntry::of(content)));
        Self { digest: None, files: files.collect(), state, why: None }
    }
}

impl Manifest {
    /// The version of the format that is written and read.
    pub const VERSION: u32 = 1;

    /// Returns the manifest of `items`; what the table has and `items` has not was not captured.
    pub fn new(
        tenant_id: &str,
        run_id: &str,
        created_at: Timestamp,
        mut items: BTreeMap<PackageItem, ManifestItem>,
    ) -> Self {
        for item in PackageItem::ALL {
            items.entry(*item).or_insert_with(|| {
                ManifestItem::absent(ItemState::NotCaptured, "this runtime does not keep it")
            });
        }
        Self {
            created_at,
            replay: replayable(&items),
            items,
            run_id: run_id.to_owned(),
            tenant_id: tenant_id.to_owned(),
            v: Self::VERSION,
        }
    }

    /// Returns the canonical text.
    ///
    /// # Errors
    /// Where a number has no canonical form.
    pub fn to_json(&self) -> Result<String, PackageError> {
        canonical_json(self).map_err(|error| manifest(error.to_string()))
    }

    /// Reads the text strictly.
    ///
    /// # Errors
    /// Where it is in any other form than [`Manifest::to_json`] writes, a path could lead out of the
    /// package, or it says of itself what does not follow from its items.
    pub fn from_json(text: &[u8]) -> Result<Self, PackageError> {
        let read: Self =
            serde_json::from_slice(text).map_err(|error| manifest(error.to_string()))?;
        if read.v != Self::VERSION {
            return Err(manifest(format!("version {} is unknown", read.v)));
        }
        if read.to_json()?.as_bytes() != text {
            return Err(manifest("it is not canonical JSON".to_owned()));
        }
        if let Some(item) = PackageItem::ALL.iter().find(|item| !read.items.contains_key(item)) {
            return Err(manifest(format!("item `{item}` is missing")));
        }
        let mut paths = BTreeSet::new();
        for (name, item) in &read.items {
            if item.files.is_empty() == item.state.has_files() {
                return Err(manifest(format!(
                    "item `{name}` has files, or none, against its state"
                )));
            }
            for path in item.files.keys() {
                if !is_plain(path) || !paths.insert(path) {
                    let shown: String = path.chars().take(80).collect();
                    return Err(manifest(format!("path `{shown}` is not plain, or stands twice")));
                }
            }
        }
        if read.replay != replayable(&read.items) {
            return Err(manifest("`replay` does not follow from the items".to_owned()));
        }
        Ok(read)
    }

    /// Returns what the note over the manifest says: the run, and the digest of the manifest's
    /// text.
    pub fn note_text(run_id: &str, manifest: &[u8]) -> String {
        format!("bailiwick replay package v1\n{run_id}\n{}\n", Digest::of(manifest))
    }

    /// Returns the item of that name.
    pub fn item(&self, name: PackageItem) -> Option<&ManifestItem> {
        self.items.get(&name)
    }

    /// Returns every file, by path.
    pub fn files(&self) -> BTreeMap<&str, &FileEntry> {
        let items = self.items.values();
        let files = items.flat_map(|item| &item.files);
        files.map(|(path, entry)| (path.as_str(), entry)).collect()
    }
}

/// Returns true for a path that stays in the folder on every system, and is not the manifest's.
fn is_plain(path: &str) -> bool {
    let part = |part: &str| {
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '@');
        !part.is_empty() && part.len() <= 100 && !part.starts_with('.') && part.chars().all(plain)
    };
    path != MANIFEST && path != MANIFEST_NOTE && path.len() <= 200 && path.split('/').all(part)
}

fn manifest(reason: String) -> PackageError {
    PackageError::Manifest { reason }
}
