//! Artifacts as files, a folder a run, and an index of what each is: class, time, digest, size.

use std::collections::BTreeMap;
use std::fs::File;
use std::fs::OpenOptions;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::MutexGuard;
use std::sync::PoisonError;
use std::time::Duration;

use bailiwick::Action;
use bailiwick::ArtifactClass;
use bailiwick::Digest;
use bailiwick::Projection;
use bailiwick::SharedArtifact;
use bailiwick::SignedProvenance;
use rusqlite::Connection;
use rusqlite::OptionalExtension;
use rusqlite::TransactionBehavior;
use rusqlite::params;

use crate::pep::Permit;
use crate::port::clock::Clock;
use crate::port::store::ArtifactRef;
use crate::port::store::Artifacts;
use crate::port::store::RunKey;
use crate::port::store::StoreError;
use crate::port::store::StoredArtifact;
use crate::store::schema;

/// Artifacts in a folder: `<tenant>/<run>/<name>`, and `.index.db` beside the tenants.
///
/// A file that the index does not know is listed without a class: whoever deletes by class leaves
/// it alone, and it is not overlooked either.
pub struct ArtifactStore {
    clock: Arc<dyn Clock>,
    folder: PathBuf,
    index: Mutex<Connection>,
}

impl ArtifactStore {
    /// Opens the store in `folder`.
    ///
    /// # Errors
    /// Where the folder or its index cannot be made or read.
    pub fn open(folder: &Path, clock: Arc<dyn Clock>) -> Result<Self, StoreError> {
        std::fs::create_dir_all(folder).map_err(|source| file("made", folder, source))?;
        let index = Connection::open(folder.join(INDEX))?;
        index.busy_timeout(Duration::from_secs(30))?;
        index.execute_batch(schema::PRAGMAS)?;
        index.execute_batch(schema::ARTIFACTS)?;
        Ok(Self { clock, folder: folder.to_path_buf(), index: Mutex::new(index) })
    }

    /// Returns where the artifact of that name lies.
    ///
    /// # Errors
    /// Where tenant, run or name is no plain file name.
    pub fn path(&self, run: &RunKey, name: &str) -> Result<PathBuf, StoreError> {
        let mut path = self.folder.clone();
        for part in [run.tenant.as_str(), run.run_id.as_str(), name] {
            if !is_plain(part) {
                return Err(StoreError::Malformed {
                    what: "the name of an artifact".to_owned(),
                    why: format!("`{part}` is no plain file name"),
                });
            }
            path.push(part);
        }
        Ok(path)
    }

    /// Keeps the archive of a replay package, so that it goes when its days are over. What is in it
    /// was projected where it was kept before, but for the repository itself.
    ///
    /// # Errors
    /// As [`Artifacts::put`].
    pub fn put_package(
        &self,
        run: &RunKey,
        name: &str,
        package: &[u8],
    ) -> Result<ArtifactRef, StoreError> {
        self.keep(run, name, ArtifactClass::ReplayPackage, package)
    }

    fn lock(&self) -> MutexGuard<'_, Connection> {
        // A panic while the lock was held rolled its transaction back: the index is whole.
        self.index.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps `content` as it stands.
    fn keep(
        &self,
        run: &RunKey,
        name: &str,
        class: ArtifactClass,
        content: &[u8],
    ) -> Result<ArtifactRef, StoreError> {
        let path = self.path(run, name)?;
        let folder = path.parent().unwrap_or(&self.folder);
        let digest = Digest::of(content);
        let mut index = self.lock();
        // What the index says is durable with the file or not at all.
        let transaction = index.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let known: Option<i64> = transaction
            .query_row(
                "SELECT 1 FROM artifact WHERE tenant = ?1 AND run_id = ?2 AND name = ?3",
                params![run.tenant, run.run_id, name],
                |row| row.get(0),
            )
            .optional()?;
        if known.is_some() {
            let taken = std::io::ErrorKind::AlreadyExists.into();
            return Err(file("written", &path, taken));
        }
        transaction.execute(
            "INSERT INTO artifact (tenant, run_id, name, class, created_at, digest, size)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![
                run.tenant,
                run.run_id,
                name,
                class.name(),
                self.clock.now().to_string(),
                digest.as_str(),
                i64::try_from(content.len()).unwrap_or(i64::MAX)
            ],
        )?;
        std::fs::create_dir_all(folder).map_err(|source| file("made", folder, source))?;
        let written =
            OpenOptions::new().create_new(true).write(true).mode(0o600).open(&path).and_then(
                |mut out| {
                    out.write_all(content)?;
                    out.sync_all()
                },
            );
        written.map_err(|source| file("written", &path, source))?;
        sync(folder)?;
        transaction.commit()?;
        Ok(ArtifactRef { digest, uri: uri(&run.run_id, name) })
    }

    /// Returns what lies below the folder of `tenant`, whether the index knows it or not.
    fn files(&self, tenant: &str) -> Result<Vec<(RunKey, String, u64)>, StoreError> {
        let mut found = Vec::new();
        if !is_plain(tenant) {
            return Ok(found);
        }
        for folder in entries(&self.folder.join(tenant))? {
            for path in entries(&folder)? {
                let about = std::fs::symlink_metadata(&path);
                let about = about.map_err(|source| file("read", &path, source))?;
                let run = RunKey { tenant: tenant.to_owned(), run_id: name_of(&folder) };
                found.push((run, name_of(&path), about.len()));
            }
        }
        Ok(found)
    }
}

impl Artifacts for ArtifactStore {
    fn put(
        &self,
        run: &RunKey,
        name: &str,
        class: ArtifactClass,
        text: &Projection<SharedArtifact>,
    ) -> Result<ArtifactRef, StoreError> {
        self.keep(run, name, class, text.text().as_bytes())
    }

    fn put_statements(
        &self,
        run: &RunKey,
        name: &str,
        statements: &SignedProvenance,
    ) -> Result<ArtifactRef, StoreError> {
        self.keep(run, name, ArtifactClass::ReplayPackage, statements.bundle().as_bytes())
    }

    fn list(&self, tenant: &str) -> Result<Vec<StoredArtifact>, StoreError> {
        let mut listed = BTreeMap::new();
        for (run, name, size) in self.files(tenant)? {
            let uri = uri(&run.run_id, &name);
            let unknown =
                StoredArtifact { class: None, created_at: None, digest: None, run, size, uri };
            listed.insert(unknown.uri.clone(), unknown);
        }
        let index = self.lock();
        let mut statement = index.prepare(
            "SELECT run_id, name, class, created_at, digest, size,
             EXISTS (SELECT 1 FROM artifact_removed AS removed WHERE removed.tenant = artifact.tenant
                     AND removed.run_id = artifact.run_id AND removed.name = artifact.name)
             FROM artifact WHERE tenant = ?1",
        )?;
        let mut rows = statement.query(params![tenant])?;
        while let Some(row) = rows.next()? {
            let (run_id, name): (String, String) = (row.get(0)?, row.get(1)?);
            let (class, created): (String, String) = (row.get(2)?, row.get(3)?);
            let uri = uri(&run_id, &name);
            let removed: bool = row.get(6)?;
            if removed && !listed.contains_key(&uri) {
                continue;
            }
            let known = StoredArtifact {
                // A file that is there although it was removed is of no known class.
                class: if removed { None } else { ArtifactClass::from_name(&class) },
                created_at: created.parse().ok(),
                digest: Some(Digest::from_text(row.get::<_, String>(4)?)),
                run: RunKey { tenant: tenant.to_owned(), run_id },
                size: u64::try_from(row.get::<_, i64>(5)?).unwrap_or_default(),
                uri: uri.clone(),
            };
            listed.insert(uri, known);
        }
        Ok(listed.into_values().collect())
    }

    fn remove(&self, permit: Permit) -> Result<bool, StoreError> {
        let decision_id = permit.decision_id().to_owned();
        let refused = |why: String| StoreError::Malformed { what: "the permit".to_owned(), why };
        let request =
            permit.spend(Action::ArtifactDelete).map_err(|error| refused(error.to_string()))?;
        let artifact = request.artifact.unwrap_or_default();
        let (Some(id), Some(tenant), Some(run_id)) = (artifact.id, artifact.tenant, artifact.run)
        else {
            return Err(refused("it names no artifact".to_owned()));
        };
        let run = RunKey { tenant, run_id };
        let name = id.strip_prefix(&uri(&run.run_id, "")).unwrap_or_default();
        let path = self.path(&run, name)?;
        let there = match std::fs::remove_file(&path) {
            Ok(()) => true,
            // It was removed before, and nobody could say so any more.
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => false,
            Err(source) => return Err(file("removed", &path, source)),
        };
        if let Some(folder) = path.parent().filter(|folder| folder.exists()) {
            sync(folder)?;
        }
        self.lock().execute(
            "INSERT OR IGNORE INTO artifact_removed (tenant, run_id, name, decision_id, removed_at)
             VALUES (?1, ?2, ?3, ?4, ?5)",
            params![run.tenant, run.run_id, name, decision_id, self.clock.now().to_string()],
        )?;
        Ok(there)
    }
}

fn uri(run_id: &str, name: &str) -> String {
    format!("artifact://{run_id}/{name}")
}

/// Returns true where `part` is a file name that means nothing else.
pub(super) fn is_plain(part: &str) -> bool {
    !part.is_empty()
        && !part.starts_with('.')
        && part.chars().all(|c| c.is_ascii_alphanumeric() || "._-".contains(c))
}

/// Returns the name of a tenant's folder: its own, or in hex where that is no plain file name.
pub(super) fn folder_of(tenant: &str) -> Result<String, StoreError> {
    let name = if is_plain(tenant) {
        tenant.to_owned()
    } else {
        tenant.bytes().fold("=".to_owned(), |name, byte| format!("{name}{byte:02x}"))
    };
    let long = || StoreError::Malformed {
        what: "the tenant".to_owned(),
        why: "its name is too long".to_owned(),
    };
    (name.len() <= 200).then_some(name).ok_or_else(long)
}

fn name_of(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// Returns what lies in `folder`; nothing where there is no such folder.
fn entries(folder: &Path) -> Result<Vec<PathBuf>, StoreError> {
    let failed = |source| file("read", folder, source);
    let listing = match std::fs::read_dir(folder) {
        Ok(listing) => listing,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(source) => return Err(failed(source)),
    };
    let paths = listing.map(|entry| entry.map(|entry| entry.path()));
    paths.collect::<Result<Vec<_>, _>>().map_err(failed)
}

fn sync(folder: &Path) -> Result<(), StoreError> {
    let synced = File::open(folder).and_then(|folder| folder.sync_all());
    synced.map_err(|source| file("written", folder, source))
}

/// Returns the error for a file that could not be read or written.
pub(super) fn file(action: &'static str, path: &Path, source: std::io::Error) -> StoreError {
    StoreError::File { action, path: path.to_path_buf(), source }
}

/// No tenant's name begins with a dot.
const INDEX: &str = ".index.db";
