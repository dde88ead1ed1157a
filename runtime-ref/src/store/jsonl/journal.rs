//! The journal in a folder: a log a tenant, one lock for all, the same promises as the database's.

use std::collections::BTreeMap;
use std::fs::File;
use std::fs::OpenOptions;
use std::io::BufRead;
use std::io::BufReader;
use std::io::Read;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::PoisonError;

use bailiwick::AuditEvent;
use bailiwick::EventType;
use bailiwick::Value;
use rustix::fs::FlockOperation;
use rustix::fs::flock;

use crate::pep::Permit;
use crate::port::anchor::Anchor;
use crate::port::clock::Clock;
use crate::port::id::Ids;
use crate::port::id::UuidIds;
use crate::port::payload::DECISION_RECORD;
use crate::port::payload::StoredPayload;
use crate::port::store::Attachments;
use crate::port::store::ChainReport;
use crate::port::store::Journal;
use crate::port::store::RunKey;
use crate::port::store::RunScope;
use crate::port::store::Sealed;
use crate::port::store::StoreError;
use crate::port::store::UnfinishedRun;
use crate::store::anchor::FileAnchor;
use crate::store::artifacts::file;
use crate::store::artifacts::folder_of;
use crate::store::artifacts::is_plain;
use crate::store::group::Group;
use crate::store::group::Job;
use crate::store::group::Told;
use crate::store::journal::again;
use crate::store::jsonl::tail;
use crate::store::jsonl::tenant::Tenant;
use crate::store::payload;
use crate::store::recovery::chain_report;
use crate::store::recovery::verifier;

/// A journal in a folder: for each tenant `log.jsonl`, the lines that `bailiwick audit verify`
/// reads, and `beside.jsonl` with what came with the events.
///
/// One lock (`flock`) stands over reading the head, hashing and `fdatasync`, between threads and
/// between processes. What a crash cut off at the end of a file is kept in the folder `cut-off`; where it
/// may have held something acknowledged, an `audit.gap` event in a run of its own tells of it.
/// Decisions, usage and the ends of all chains are kept in memory.
pub struct JsonlJournal {
    checkpoints: FileAnchor,
    clock: Arc<dyn Clock>,
    folder: PathBuf,
    group: Group,
    shared: Mutex<Shared>,
}

struct Shared {
    lock: File,
    tenants: BTreeMap<String, Tenant>,
}

impl JsonlJournal {
    /// Opens the journal in `folder`, making it where there is none; `clock` dates what recovery
    /// has to tell.
    ///
    /// # Errors
    /// Where the folder cannot be written.
    pub fn open(folder: &Path, clock: Arc<dyn Clock>) -> Result<Self, StoreError> {
        std::fs::create_dir_all(folder).map_err(|source| file("made", folder, source))?;
        let path = folder.join(".lock");
        let lock = OpenOptions::new().create(true).truncate(false).write(true).open(&path);
        let lock = lock.map_err(|source| file("opened", &path, source))?;
        let shared = Mutex::new(Shared { lock, tenants: BTreeMap::new() });
        Ok(Self {
            // No tenant's folder begins with a dot.
            checkpoints: FileAnchor::new(&folder.join(".checkpoints")),
            clock,
            folder: folder.to_path_buf(),
            group: Group::default(),
            shared,
        })
    }

    /// Has `act` work on the files of `tenant`, under the lock and with all that is in them; none
    /// where nothing is kept for the tenant.
    fn with<T>(
        &self,
        tenant: &str,
        make: bool,
        act: impl FnOnce(&mut Tenant) -> Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        let folder = self.folder.join(folder_of(tenant)?);
        // A panic while the lock was held left an index in doubt at most, which knows it is.
        let mut shared = self.shared.lock().unwrap_or_else(PoisonError::into_inner);
        let Shared { lock, tenants } = &mut *shared;
        let _locked = Locked::new(lock).map_err(|source| file("locked", &self.folder, source))?;
        if !tenants.contains_key(tenant) {
            if !make && !folder.exists() {
                return Ok(None);
            }
            tenants.insert(tenant.to_owned(), Tenant::open(&folder, tenant)?);
        }
        let Some(files) = tenants.get_mut(tenant) else {
            return Ok(None);
        };
        files.catch_up()?;
        for sealed in files.untold()? {
            self.tell(files, tenant, &sealed)?;
        }
        act(files).map(Some)
    }

    /// Tells of what was cut off in a run of its own, which is all that it holds.
    fn tell(
        &self,
        files: &mut Tenant,
        tenant: &str,
        sealed: &tail::Sealed,
    ) -> Result<(), StoreError> {
        let run_id = UuidIds.next("run").into_string();
        let bytes = i64::try_from(sealed.bytes).unwrap_or(i64::MAX);
        let lost = BTreeMap::from([
            ("bytes".to_owned(), Value::Integer(bytes)),
            ("kept_aside".to_owned(), Value::Text(sealed.name())),
            ("sha256".to_owned(), Value::Text(sealed.digest.as_str().to_owned())),
        ]);
        for (event_type, details) in [
            (EventType::RunOpened, BTreeMap::new()),
            (EventType::AuditGap, lost),
            (EventType::RunClosed, BTreeMap::new()),
        ] {
            let event = self.event(tenant, &run_id, event_type, details);
            let job = Job::new(event, &Attachments::default())?;
            for told in files.commit(&[&job]) {
                told?;
            }
        }
        sealed.told()
    }

    fn event(
        &self,
        tenant: &str,
        run_id: &str,
        event_type: EventType,
        details: BTreeMap<String, Value>,
    ) -> AuditEvent {
        AuditEvent {
            action: event_type.name().to_owned(),
            actor: "bailiwick-runtime".to_owned(),
            actor_type: "service".to_owned(),
            approval_id: None,
            audit_id: UuidIds.next("aud").into_string(),
            created_at: self.clock.now(),
            decision: None,
            decision_id: None,
            details,
            event_type,
            matched_rules: Vec::new(),
            payloads: BTreeMap::new(),
            policy_version: None,
            request_hash: None,
            resource_id: run_id.to_owned(),
            resource_type: "run".to_owned(),
            result_hash: None,
            run_id: run_id.to_owned(),
            tenant_id: tenant.to_owned(),
        }
    }

    /// Appends what all `jobs` say, those of one tenant together.
    fn commit(&self, jobs: &[Job]) -> Vec<Told> {
        let mut tenants: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, job) in jobs.iter().enumerate() {
            tenants.entry(&job.event.tenant_id).or_default().push(at);
        }
        let mut told: BTreeMap<usize, Told> = BTreeMap::new();
        for (tenant, places) in tenants {
            let of: Vec<&Job> = places.iter().filter_map(|at| jobs.get(*at)).collect();
            match self.with(tenant, true, |files| Ok(files.commit(&of))) {
                Ok(done) => told.extend(places.into_iter().zip(done.unwrap_or_default())),
                Err(error) => {
                    told.extend(places.iter().skip(1).map(|at| (*at, Err(again(&error)))));
                    told.extend(places.first().map(|at| (*at, Err(error))));
                }
            }
        }
        told.into_values().collect()
    }

    /// Gives each line of the log of `tenant`, line feed included, to `take`.
    fn lines(
        &self,
        tenant: &str,
        mut take: impl FnMut(&[u8]) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let Some((path, end)) = self.with(tenant, false, |files| Ok(files.log()))? else {
            return Ok(());
        };
        // What is known of the log only grows: it can be read while others append.
        let failed = |source| file("read", &path, source);
        let mut reader = BufReader::new(File::open(&path).map_err(failed)?.take(end));
        let mut line = Vec::new();
        while reader.read_until(b'\n', &mut line).map_err(failed)? > 0 {
            take(&line)?;
            line.clear();
        }
        Ok(())
    }
}

impl Journal for JsonlJournal {
    fn append(&self, event: AuditEvent, attachments: &Attachments) -> Result<Sealed, StoreError> {
        let job = Job::new(event, attachments)?;
        self.group.submit(job, |jobs| self.commit(jobs))
    }

    fn usage(&self, run: &RunKey) -> Result<BTreeMap<String, u64>, StoreError> {
        let usage = self.with(&run.tenant, false, |files| Ok(files.index.usage(run)))?;
        Ok(usage.unwrap_or_default())
    }

    fn unfinished(&self) -> Result<Vec<UnfinishedRun>, StoreError> {
        let failed = |source| file("read", &self.folder, source);
        let mut unfinished = Vec::new();
        for entry in std::fs::read_dir(&self.folder).map_err(failed)? {
            let name = entry.map_err(failed)?.file_name();
            let Some(tenant) = name.to_str().and_then(tenant_of) else {
                continue;
            };
            let of = self.with(&tenant, false, |files| Ok(files.index.unfinished()))?;
            unfinished.extend(of.unwrap_or_default());
        }
        unfinished.sort_by(|a, b| a.run.run_id.cmp(&b.run.run_id));
        Ok(unfinished)
    }

    fn verify(&self, run: &RunKey) -> Result<ChainReport, StoreError> {
        let mut verifier = verifier(run);
        self.lines(&run.tenant, |line| {
            // What cannot be read may be of this run: it is looked at.
            if run_of(line).is_none_or(|run_id| run_id == run.run_id) {
                verifier.line(line);
            }
            Ok(())
        })?;
        chain_report(verifier, run)
    }

    fn export(&self, run: &RunKey, out: &mut dyn Write) -> Result<u64, StoreError> {
        let mut count = 0;
        self.lines(&run.tenant, |line| {
            if run_of(line).is_some_and(|run_id| run_id == run.run_id) {
                out.write_all(line)?;
                count += 1;
            }
            Ok(())
        })?;
        out.flush()?;
        Ok(count)
    }

    fn export_log(&self, tenant: &str, from: u64, out: &mut dyn Write) -> Result<u64, StoreError> {
        let (mut at, mut count) = (0, 0);
        self.lines(tenant, |line| {
            if at >= from {
                out.write_all(line)?;
                count += 1;
            }
            at += 1;
            Ok(())
        })?;
        out.flush()?;
        Ok(count)
    }

    fn keep_checkpoint(&self, tenant: &str, size: u64, note: &str) -> Result<(), StoreError> {
        let kept = self.with(tenant, false, |files| match files.index.events() >= size {
            true => Ok(self.checkpoints.put(tenant, size, note)?),
            false => Err(longer()),
        })?;
        kept.ok_or_else(longer)
    }

    fn checkpoints(&self, tenant: &str) -> Result<Vec<String>, StoreError> {
        let read = |size| Ok(self.checkpoints.read(tenant, size)?);
        self.checkpoints.sizes(tenant)?.into_iter().map(read).collect()
    }

    fn runs(&self, tenant: &str) -> Result<Vec<RunKey>, StoreError> {
        Ok(self.with(tenant, false, |files| Ok(files.index.runs()))?.unwrap_or_default())
    }

    fn decisions(&self, run: &RunKey) -> Result<Vec<String>, StoreError> {
        let payloads = self.payloads(run)?.into_iter();
        let records = payloads.filter(|payload| payload.name == DECISION_RECORD);
        Ok(records.map(|payload| payload.text).collect())
    }

    fn scope(&self, run: &RunKey) -> Result<Option<RunScope>, StoreError> {
        Ok(self.with(&run.tenant, false, |files| Ok(files.index.scope(run)))?.flatten())
    }

    fn payloads(&self, run: &RunKey) -> Result<Vec<StoredPayload>, StoreError> {
        Ok(self.with(&run.tenant, false, |files| files.payloads(run))?.unwrap_or_default())
    }

    fn remove_payload(&self, permit: Permit) -> Result<bool, StoreError> {
        let (key, decision_id) = payload::permitted(permit)?;
        let removed =
            self.with(&key.run.tenant, false, |files| files.remove(&key, &decision_id))?;
        Ok(removed.unwrap_or(false))
    }
}

/// The lock between processes; it ends with the process at the latest.
struct Locked<'a>(&'a File);

impl<'a> Locked<'a> {
    fn new(lock: &'a File) -> Result<Self, std::io::Error> {
        flock(lock, FlockOperation::LockExclusive)?;
        Ok(Self(lock))
    }
}

impl Drop for Locked<'_> {
    fn drop(&mut self) {
        // Nothing is left to do where it cannot be given back: it goes with the file.
        let _ = flock(self.0, FlockOperation::Unlock);
    }
}

fn longer() -> StoreError {
    StoreError::Database("the checkpoint is of more events than the log has".to_owned())
}

/// Returns the run that a line is of; none where it cannot be read.
fn run_of(line: &[u8]) -> Option<String> {
    let parts = bailiwick::read_line(line.strip_suffix(b"\n")?).ok()?;
    bailiwick::AuditRecord::from_json(parts.record).ok().map(|record| record.run_id)
}

fn tenant_of(folder: &str) -> Option<String> {
    let Some(hex) = folder.strip_prefix('=') else {
        return is_plain(folder).then(|| folder.to_owned());
    };
    let pairs = hex
        .as_bytes()
        .chunks(2)
        .map(|pair| u8::from_str_radix(str::from_utf8(pair).ok()?, 16).ok());
    String::from_utf8(pairs.collect::<Option<Vec<u8>>>()?).ok()
}
