//! A journal whose logs are signed as they grow, the checkpoints kept where they cannot be taken back.

use std::collections::BTreeMap;
use std::io::Write;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::MutexGuard;
use std::sync::PoisonError;

use bailiwick::AuditEvent;
use bailiwick::CheckpointTrust;
use bailiwick::Digest;
use bailiwick::EventType;
use bailiwick::LogError;
use bailiwick::MerkleLog;
use bailiwick::Note;
use bailiwick::NoteKey;
use bailiwick::NoteSigner;
use bailiwick::PublicKey;
use bailiwick::SignedCheckpoint;
use bailiwick::read_line;
use bailiwick::sign_checkpoint;

use crate::pep::Permit;
use crate::port::anchor::Anchor;
use crate::port::payload::StoredPayload;
use crate::port::store::Attachments;
use crate::port::store::ChainReport;
use crate::port::store::Journal;
use crate::port::store::RunKey;
use crate::port::store::RunScope;
use crate::port::store::Sealed;
use crate::port::store::StoreError;
use crate::port::store::UnfinishedRun;
use crate::store::journal::malformed;

/// How the logs of a journal are signed, and where their checkpoints go.
pub struct Signing {
    /// Where checkpoints are kept beside the journal; without any, whoever can write the journal
    /// can take back its newest events.
    pub anchors: Vec<Arc<dyn Anchor>>,
    /// After how many events a checkpoint is signed, beside the end of each run; 0 for never.
    pub every: u64,
    /// How the origins of the logs begin: that of a tenant is `<origin>/<tenant>`, which is also the
    /// name of its keys.
    pub origin: String,
    /// Keys that signed before and do so no more: what they signed is believed.
    pub retired: Vec<PublicKey>,
    /// The seeds of the keys that sign, 32 random bytes each; all of them sign each checkpoint.
    pub seeds: Vec<[u8; 32]>,
}

/// A journal whose logs are signed as they grow.
///
/// The first time that anything is appended for a tenant, its log is held against every checkpoint
/// in the journal and its anchors: where it is shorter than one of them, or has another root there,
/// nothing more is appended. A checkpoint is due at the end of each run and every so many events;
/// where it cannot be kept, the event before it stands, and the next one is refused until it can.
pub struct CheckpointedJournal {
    journal: Arc<dyn Journal>,
    logs: Mutex<BTreeMap<String, Log>>,
    signing: Signing,
}

/// The log of one tenant, as far as it was read.
struct Log {
    /// Events since the newest checkpoint; more may have been appended by others.
    appended: u64,
    /// A checkpoint was due and could not be kept.
    due: bool,
    tree: MerkleLog,
}

impl CheckpointedJournal {
    /// Returns `journal`, signed by `signing`.
    pub fn new(journal: Arc<dyn Journal>, signing: Signing) -> Self {
        Self { journal, logs: Mutex::new(BTreeMap::new()), signing }
    }

    /// Holds the log of `tenant` against every checkpoint there is of it, and returns how many
    /// events it has: what a start does before anything else.
    ///
    /// # Errors
    /// Where the log was rolled back or rewritten, or a checkpoint cannot be read or believed.
    pub fn check(&self, tenant: &str) -> Result<u64, StoreError> {
        self.read(tenant).map(|tree| tree.size())
    }

    /// Signs a checkpoint of the log of `tenant` as it stands, keeps it here and in all anchors, and
    /// returns it.
    ///
    /// # Errors
    /// As [`Self::check`], and where it cannot be kept.
    pub fn sign(&self, tenant: &str) -> Result<SignedCheckpoint, StoreError> {
        let mut logs = self.lock();
        let log = self.log(&mut logs, tenant)?;
        self.sign_log(log, tenant)
    }

    /// Returns `text`, which ends with a line feed, as a note signed by the keys of the log of
    /// `tenant`.
    ///
    /// # Errors
    /// Where it is no text of a note, or there is no key for it.
    pub fn vouch(&self, tenant: &str, text: &str) -> Result<String, StoreError> {
        let mut note = Note::new(text).map_err(|error| unsigned(&error))?;
        for signer in self.signers(tenant)? {
            note.sign(&signer).map_err(|error| unsigned(&error))?;
        }
        Ok(note.to_string())
    }

    fn sign_log(&self, log: &mut Log, tenant: &str) -> Result<SignedCheckpoint, StoreError> {
        log.due = true;
        self.grow(&mut log.tree, tenant, |_| Ok(()))?;
        // The tree only grew since it was compared with all checkpoints that there were.
        let (signers, origin) = (self.signers(tenant)?, self.origin(tenant));
        let signed = sign_checkpoint(&signers, &origin, &log.tree, None, &[])
            .map_err(|error| unsigned(&error))?;
        let (size, note) = (log.tree.size(), signed.note().to_string());
        self.journal.keep_checkpoint(tenant, size, &note)?;
        for anchor in &self.signing.anchors {
            anchor.put(tenant, size, &note)?;
        }
        (log.due, log.appended) = (false, 0);
        Ok(signed)
    }

    /// Reads the log of `tenant` and compares it with all checkpoints of it.
    fn read(&self, tenant: &str) -> Result<MerkleLog, StoreError> {
        let mut signed: BTreeMap<u64, Vec<(String, [u8; 32])>> = BTreeMap::new();
        let mut add = |name: &str, note: &str| {
            let checkpoint = self.believe(name, tenant, note)?;
            let checkpoint = checkpoint.checkpoint();
            signed.entry(checkpoint.size).or_default().push((name.to_owned(), checkpoint.root));
            Ok::<(), StoreError>(())
        };
        for note in self.journal.checkpoints(tenant)? {
            add("journal", &note)?;
        }
        for anchor in &self.signing.anchors {
            if let Some(note) = anchor.newest(tenant)? {
                add(&anchor.name(), &note)?;
            }
        }
        let rolled_back = |anchor: &str, why: String| StoreError::RolledBack {
            anchor: anchor.to_owned(),
            tenant: tenant.to_owned(),
            why,
        };
        let mut tree = MerkleLog::new();
        self.grow(&mut tree, tenant, |tree| {
            for (anchor, root) in signed.remove(&tree.size()).unwrap_or_default() {
                if root != tree.root() {
                    let size = tree.size();
                    let why = format!("its first {size} events are not those that were signed");
                    return Err(rolled_back(&anchor, why));
                }
            }
            Ok(())
        })?;
        match signed.into_iter().find(|(size, _)| *size > tree.size()) {
            Some((size, by)) => {
                let anchor = by.first().map(|(anchor, _)| anchor.as_str()).unwrap_or_default();
                let why = format!("it has {} events, and {size} were signed", tree.size());
                Err(rolled_back(anchor, why))
            }
            None => Ok(tree),
        }
    }

    /// Takes what was appended to the log of `tenant` into `tree`, and shows it after each event.
    fn grow(
        &self,
        tree: &mut MerkleLog,
        tenant: &str,
        mut seen: impl FnMut(&MerkleLog) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let from = tree.size();
        let mut failed = None;
        let mut lines = Lines {
            line: Vec::new(),
            take: |line: &[u8]| {
                let hash = read_line(line).ok().map(|parts| Digest::of_leaf(parts.record));
                let grown = match hash.and_then(|hash| hash.bytes()) {
                    Some(leaf) => {
                        tree.append(&leaf);
                        seen(tree)
                    }
                    None => Err(malformed("the log", "a line of it is no entry")),
                };
                if let Err(error) = grown {
                    failed.get_or_insert(error);
                }
            },
        };
        self.journal.export_log(tenant, from, &mut lines)?;
        failed.map_or(Ok(()), Err)
    }

    fn believe(
        &self,
        anchor: &str,
        tenant: &str,
        note: &str,
    ) -> Result<SignedCheckpoint, StoreError> {
        let trust = self.trust(tenant)?;
        SignedCheckpoint::open(note.as_bytes(), &trust).map_err(|error| StoreError::RolledBack {
            anchor: anchor.to_owned(),
            tenant: tenant.to_owned(),
            why: format!("its checkpoint is not believed: {error}"),
        })
    }

    /// Returns by which keys, and under which origin, checkpoints of the log of `tenant` are believed.
    ///
    /// # Errors
    /// Where the tenant's name is not fit for the name of a key: it has white space or a `+`.
    pub fn trust(&self, tenant: &str) -> Result<CheckpointTrust, StoreError> {
        let origin = self.origin(tenant);
        let signers = self.signers(tenant)?;
        let mut keys: Vec<NoteKey> = signers.iter().map(|signer| signer.key().clone()).collect();
        for key in &self.signing.retired {
            keys.push(NoteKey::of_log(&origin, *key).map_err(|error| unsigned(&error))?);
        }
        Ok(CheckpointTrust { keys, origin: Some(origin), witnesses: 0 })
    }

    fn signers(&self, tenant: &str) -> Result<Vec<NoteSigner>, StoreError> {
        let origin = self.origin(tenant);
        let signers = self.signing.seeds.iter().map(|seed| NoteSigner::new(&origin, seed));
        signers.collect::<Result<_, _>>().map_err(|error| unsigned(&error))
    }

    fn origin(&self, tenant: &str) -> String {
        format!("{}/{tenant}", self.signing.origin)
    }

    fn log<'a>(
        &self,
        logs: &'a mut BTreeMap<String, Log>,
        tenant: &str,
    ) -> Result<&'a mut Log, StoreError> {
        if !logs.contains_key(tenant) {
            let log = Log { appended: 0, due: false, tree: self.read(tenant)? };
            logs.insert(tenant.to_owned(), log);
        }
        logs.get_mut(tenant).ok_or_else(|| malformed("the log", "it is not there"))
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, Log>> {
        // A tree that was cut off in growing has taken in whole events: it grows on from there.
        self.logs.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Journal for CheckpointedJournal {
    fn append(&self, event: AuditEvent, attachments: &Attachments) -> Result<Sealed, StoreError> {
        let tenant = event.tenant_id.clone();
        let closes = event.event_type == EventType::RunClosed;
        {
            let mut logs = self.lock();
            let log = self.log(&mut logs, &tenant)?;
            if log.due {
                self.sign_log(log, &tenant)?;
            }
        }
        let sealed = self.journal.append(event, attachments)?;
        let mut logs = self.lock();
        let log = self.log(&mut logs, &tenant)?;
        log.appended = log.appended.saturating_add(1);
        if closes || (self.signing.every > 0 && log.appended >= self.signing.every) {
            // The event is durable, whatever becomes of this: the next one asks for it again.
            drop(self.sign_log(log, &tenant));
        }
        Ok(sealed)
    }

    fn usage(&self, run: &RunKey) -> Result<BTreeMap<String, u64>, StoreError> {
        self.journal.usage(run)
    }

    fn unfinished(&self) -> Result<Vec<UnfinishedRun>, StoreError> {
        self.journal.unfinished()
    }

    fn verify(&self, run: &RunKey) -> Result<ChainReport, StoreError> {
        self.journal.verify(run)
    }

    fn export(&self, run: &RunKey, out: &mut dyn Write) -> Result<u64, StoreError> {
        self.journal.export(run, out)
    }

    fn export_log(&self, tenant: &str, from: u64, out: &mut dyn Write) -> Result<u64, StoreError> {
        self.journal.export_log(tenant, from, out)
    }

    fn runs(&self, tenant: &str) -> Result<Vec<RunKey>, StoreError> {
        self.journal.runs(tenant)
    }

    fn decisions(&self, run: &RunKey) -> Result<Vec<String>, StoreError> {
        self.journal.decisions(run)
    }

    fn scope(&self, run: &RunKey) -> Result<Option<RunScope>, StoreError> {
        self.journal.scope(run)
    }

    fn payloads(&self, run: &RunKey) -> Result<Vec<StoredPayload>, StoreError> {
        self.journal.payloads(run)
    }

    fn remove_payload(&self, permit: Permit) -> Result<bool, StoreError> {
        self.journal.remove_payload(permit)
    }

    fn keep_checkpoint(&self, tenant: &str, size: u64, note: &str) -> Result<(), StoreError> {
        self.journal.keep_checkpoint(tenant, size, note)
    }

    fn checkpoints(&self, tenant: &str) -> Result<Vec<String>, StoreError> {
        self.journal.checkpoints(tenant)
    }
}

/// Gives each line that is written to it, without its line feed, to `take`.
struct Lines<F> {
    line: Vec<u8>,
    take: F,
}

impl<F: FnMut(&[u8])> Write for Lines<F> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        for piece in bytes.split_inclusive(|byte| *byte == b'\n') {
            self.line.extend_from_slice(piece);
            if let Some(line) = self.line.strip_suffix(b"\n") {
                (self.take)(line);
                self.line.clear();
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn unsigned(error: &LogError) -> StoreError {
    StoreError::Database(format!("the checkpoint cannot be signed: {error}"))
}
