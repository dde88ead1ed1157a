//! The files of one tenant: the log, and beside it what came with its events.

use std::collections::BTreeMap;
use std::path::Path;
use std::path::PathBuf;

use crate::port::payload::PayloadKey;
use crate::port::payload::StoredPayload;
use crate::port::store::RunKey;
use crate::port::store::Sealed;
use crate::port::store::StoreError;
use crate::store::artifacts::file;
use crate::store::group::Job;
use crate::store::group::Told;
use crate::store::journal::again;
use crate::store::journal::malformed;
use crate::store::jsonl::files::Lines;
use crate::store::jsonl::files::sync_folder;
use crate::store::jsonl::index::Index;
use crate::store::jsonl::index::Span;
use crate::store::jsonl::side::Attached;
use crate::store::jsonl::side::Removed;
use crate::store::jsonl::side::SideLine;
use crate::store::jsonl::tail;
use crate::store::jsonl::tail::Tail;

/// The files of one tenant. Whoever uses them holds the lock of the journal, and catches up first.
pub(super) struct Tenant {
    pub(super) index: Index,
    folder: PathBuf,
    /// How long log and side were at least: neither becomes shorter.
    least: (u64, u64),
    log: Lines,
    name: String,
    side: Lines,
    /// Something may have been cut off and not told of yet.
    may_tell: bool,
    /// The index may say what is not in the files: it is made anew.
    stale: bool,
}

/// What stands beside the log for one event.
#[derive(Default)]
struct Beside {
    attached: Option<Attached>,
    payloads: Vec<(String, Span)>,
}

impl Tenant {
    /// Opens the files of the tenant in `folder`, making them where there are none.
    pub(super) fn open(folder: &Path, name: &str) -> Result<Self, StoreError> {
        std::fs::create_dir_all(folder).map_err(|source| file("made", folder, source))?;
        folder.parent().map_or(Ok(()), sync_folder)?;
        Ok(Self {
            index: Index::new(name),
            folder: folder.to_path_buf(),
            least: (0, 0),
            log: Lines::open(folder, LOG)?,
            may_tell: true,
            name: name.to_owned(),
            side: Lines::open(folder, "beside.jsonl")?,
            stale: false,
        })
    }

    /// Returns the log's file, and how much of it is known.
    pub(super) fn log(&self) -> (PathBuf, u64) {
        (self.log.path().to_path_buf(), self.log.end)
    }

    /// Takes in what other processes appended, and keeps aside what one of them could not end.
    pub(super) fn catch_up(&mut self) -> Result<(), StoreError> {
        self.least.0 = self.least.0.max(self.log.end);
        self.least.1 = self.least.1.max(self.side.end);
        if self.stale {
            (self.log.end, self.side.end) = (0, 0);
            self.index = Index::new(&self.name);
        }
        // Until the end of this is reached, the index is in doubt.
        self.stale = true;
        if self.log.len()? < self.least.0 || self.side.len()? < self.least.1 {
            return Err(self.broken("the file is shorter than it was"));
        }
        let mut beside = self.read_side()?;
        self.read_log(&mut beside)?;
        if self.side.len()? > self.side.end {
            let rest = self.side.rest()?;
            match Tail::of(&rest, |line| SideLine::read(line).is_some()) {
                Tail::Edited => return Err(self.broken("a line beside it was edited")),
                // No event was written without what belongs beside it.
                Tail::Lost | Tail::Unfinished => tail::seal(&mut self.side, &rest, false)?,
            }
        }
        // Of an event that never came to be in the log nothing needs to stay.
        for (_, span) in beside.into_values().flat_map(|beside| beside.payloads) {
            self.side.blank(span)?;
        }
        self.stale = false;
        Ok(())
    }

    /// Appends what `jobs` say; one that is refused undoes no other.
    pub(super) fn commit(&mut self, jobs: &[&Job]) -> Vec<Told> {
        let (mut side, mut log) = (String::new(), String::new());
        let told: Vec<Told> =
            jobs.iter().map(|job| self.prepare(job, &mut side, &mut log)).collect();
        match self.write(&side, &log) {
            Ok(()) => told,
            Err(error) => {
                self.stale = true;
                told.into_iter().map(|told| told.and_then(|_| Err(again(&error)))).collect()
            }
        }
    }

    /// Returns the payloads of `run`, in the order of their events.
    pub(super) fn payloads(&self, run: &RunKey) -> Result<Vec<StoredPayload>, StoreError> {
        let of_run = self.index.payloads.iter().filter(|(key, _)| key.run == *run);
        let mut payloads = Vec::new();
        for (_, span) in of_run {
            let line = self.side.line(*span)?;
            if SideLine::is_removed(&line) {
                continue;
            }
            let Some(SideLine::Payload(kept)) = SideLine::read(&line) else {
                return Err(malformed("a payload", "its line is not what was written"));
            };
            payloads.push(kept.stored(&run.tenant)?);
        }
        payloads.sort_by(|a, b| (a.seq, &a.name).cmp(&(b.seq, &b.name)));
        Ok(payloads)
    }

    /// Removes a payload with its salt, by a decision; returns false where it was gone already.
    pub(super) fn remove(&mut self, key: &PayloadKey, by: &str) -> Result<bool, StoreError> {
        let Some(span) = self.index.payloads.get(key).copied() else {
            return Ok(false);
        };
        if SideLine::is_removed(&self.side.line(span)?) {
            self.index.payloads.remove(key);
            return Ok(false);
        }
        if !self.index.permits(by) {
            return Err(StoreError::Database(format!("decision `{by}` permits no removal")));
        }
        let removed = Removed { decision_id: by.to_owned(), uri: key.uri() };
        self.side.append(SideLine::Removed(removed).write()?.as_bytes())?;
        self.side.blank(span)?;
        self.index.payloads.remove(key);
        Ok(true)
    }

    /// Returns what was cut off and is to be told of.
    pub(super) fn untold(&mut self) -> Result<Vec<tail::Sealed>, StoreError> {
        match std::mem::take(&mut self.may_tell) {
            true => tail::untold(&self.folder),
            false => Ok(Vec::new()),
        }
    }

    fn read_side(&mut self) -> Result<BTreeMap<String, Beside>, StoreError> {
        let mut beside: BTreeMap<String, Beside> = BTreeMap::new();
        self.side.read(|line, span| {
            if SideLine::is_removed(line) {
                return Ok(true);
            }
            match SideLine::read(line) {
                Some(SideLine::Attached(attached)) => {
                    let of = attached.entry_hash.as_str().to_owned();
                    beside.entry(of).or_default().attached = Some(attached);
                }
                Some(SideLine::Payload(kept)) => {
                    let of = beside.entry(kept.entry_hash.as_str().to_owned()).or_default();
                    of.payloads.push((kept.payload.name, span));
                }
                Some(SideLine::Removed(_)) => {}
                None => return Ok(false),
            }
            Ok(true)
        })?;
        Ok(beside)
    }

    fn read_log(&mut self, beside: &mut BTreeMap<String, Beside>) -> Result<(), StoreError> {
        let mut wrong = None;
        let (index, name) = (&mut self.index, &self.name);
        self.log.read(|line, _| {
            let Some((record, hash)) = tail::entry(line) else {
                return Ok(false);
            };
            let with = beside.remove(hash.as_str()).unwrap_or_default();
            match index.take(&record, &hash, with.attached) {
                Ok(()) => {}
                Err(why) => {
                    let run_id = record.run_id;
                    wrong = Some(StoreError::Broken { run_id, seq: record.seq, why: why.into() });
                    return Ok(false);
                }
            }
            let run = RunKey { tenant: name.clone(), run_id: record.run_id };
            for (name, span) in with.payloads {
                let key = PayloadKey { name, run: run.clone(), seq: record.seq };
                index.payloads.insert(key, span);
            }
            Ok(true)
        })?;
        if let Some(error) = wrong {
            return Err(error);
        }
        if self.log.len()? == self.log.end {
            return Ok(());
        }
        let rest = self.log.rest()?;
        match Tail::of(&rest, tail::is_formed) {
            Tail::Edited => Err(self.broken("a line was edited, or is missing")),
            tail @ (Tail::Lost | Tail::Unfinished) => {
                self.may_tell = true;
                tail::seal(&mut self.log, &rest, tail == Tail::Lost)
            }
        }
    }

    /// Puts the lines of `job` where they belong; they are not written yet.
    fn prepare(&mut self, job: &Job, side: &mut String, log: &mut String) -> Told {
        let entry = self.index.admit(job.event.clone(), &job.attachments)?;
        let (hash, run_id) = (entry.entry_hash, &entry.record.run_id);
        let mut texts = Vec::new();
        for line in SideLine::of(job, &hash, entry.seq) {
            texts.push((line.write()?, line));
        }
        let mut attached = None;
        for (text, line) in texts {
            let ahead = u64::try_from(side.len()).unwrap_or(u64::MAX);
            let from = self.side.end.saturating_add(ahead);
            side.push_str(&text);
            match line {
                SideLine::Attached(found) => attached = Some(found),
                SideLine::Payload(kept) => {
                    let run = RunKey { tenant: self.name.clone(), run_id: run_id.clone() };
                    let key = PayloadKey { name: kept.payload.name, run, seq: entry.seq };
                    let bytes = text.len().saturating_sub(1);
                    self.index.payloads.insert(key, Span { from, bytes });
                }
                SideLine::Removed(_) => {}
            }
        }
        self.index
            .take(&entry.record, &hash, attached)
            .map_err(|why| malformed("an event", why))?;
        log.push_str(&entry.line);
        Ok(Sealed { entry_hash: hash, seq: entry.seq })
    }

    /// Writes what belongs beside the log, and then the log, each durable before the next step.
    fn write(&mut self, side: &str, log: &str) -> Result<(), StoreError> {
        let before = self.side.end;
        self.side.append(side.as_bytes())?;
        let written = self.log.append(log.as_bytes());
        if written.is_err() {
            self.side.end = before;
            self.side.cut()?;
        }
        written
    }

    fn broken(&self, why: &str) -> StoreError {
        let at = self.log.end;
        let why = format!("{why}, at byte {at} of the log of `{}`", self.name);
        StoreError::Broken { run_id: String::new(), seq: 0, why }
    }
}

const LOG: &str = "log.jsonl";
