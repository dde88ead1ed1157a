//! Whether a log is the one that its checkpoints were signed over, while it is being read.

use crate::audit::AuditRecord;
use crate::audit::AuditVerdict;
use crate::audit::Checkpoint;
use crate::audit::CheckpointTrust;
use crate::audit::LogError;
use crate::audit::LogKeys;
use crate::audit::MerkleLog;
use crate::audit::Note;
use crate::audit::report::Finding;

/// The checkpoints that are held against a log, with the tree over what was read of it.
#[derive(Clone)]
pub(crate) struct Anchors {
    given: Vec<Given>,
    keys: LogKeys,
    log: MerkleLog,
    trust: CheckpointTrust,
    unreadable: Option<LogError>,
}

#[derive(Clone)]
struct Given {
    checkpoint: Checkpoint,
    note: String,
    /// The root of the log when it had the size of the checkpoint.
    root: Option<[u8; 32]>,
}

impl Anchors {
    pub(crate) fn new(checkpoints: &[String], trust: CheckpointTrust) -> Self {
        let (mut given, mut unreadable) = (Vec::new(), None);
        for note in checkpoints {
            let read: Result<Checkpoint, LogError> =
                Note::parse(note.as_bytes()).and_then(|note| note.text().parse());
            match read {
                Ok(checkpoint) => given.push(Given { checkpoint, note: note.clone(), root: None }),
                Err(error) => unreadable = Some(error),
            }
        }
        let first = given.first().map(|given| given.checkpoint.origin.clone());
        let origin = trust.origin.clone().or(first).unwrap_or_default();
        let keys = LogKeys::new(origin, trust.keys.clone());
        let mut anchors = Self { given, keys, log: MerkleLog::new(), trust, unreadable };
        anchors.compare();
        anchors
    }

    /// Goes on from the tree over events that were deleted, of which `checkpoint` tells.
    pub(crate) fn resume(&mut self, log: MerkleLog, checkpoint: &str) {
        self.log = log;
        if !self.trust.keys.is_empty() {
            let mut pruned = Self::new(&[checkpoint.to_owned()], self.trust.clone());
            self.given.append(&mut pruned.given);
        }
        self.compare();
    }

    /// Takes the next event, with its entry hash.
    pub(crate) fn append(&mut self, record: &AuditRecord, leaf: &[u8; 32]) {
        if self.given.is_empty() {
            return;
        }
        // Keys that come in or end by the log itself.
        if let Err(error) = self.keys.read(self.log.size(), record) {
            self.unreadable.get_or_insert(error);
        }
        self.log.append(leaf);
        self.compare();
    }

    /// Returns up to which event the log is what was signed; none where no checkpoint was given.
    pub(crate) fn finish(&self, pruned: u64, next_line: u64) -> Result<Option<u64>, Finding> {
        let finding = |verdict, message: String| Finding::new(verdict, next_line, message);
        if let Some(error) = &self.unreadable {
            return Err(finding(error.verdict(), error.to_string()));
        }
        for given in &self.given {
            let opened = self.keys.open(given.note.as_bytes(), self.trust.witnesses);
            opened.map_err(|error| finding(error.verdict(), error.to_string()))?;
        }
        let size = self.log.size();
        let mut anchored = None;
        for given in &self.given {
            let (signed, origin) = (given.checkpoint.size, &given.checkpoint.origin);
            if self.forks(&given.checkpoint) {
                let message = format!("two checkpoints of `{origin}` over {signed} events differ");
                return Err(finding(AuditVerdict::Fork, message));
            }
            if signed > size {
                let back = self.given.iter().any(|other| {
                    other.checkpoint.size == size && other.root == Some(other.checkpoint.root)
                });
                let verdict = if back { AuditVerdict::RolledBack } else { AuditVerdict::Truncated };
                let message = format!(
                    "{size} events, where a checkpoint of `{origin}` was signed over {signed}"
                );
                return Err(finding(verdict, message));
            }
            match given.root {
                // Older than the first event that is left: nothing here can be compared with it.
                None if signed < pruned => {}
                Some(root) if root == given.checkpoint.root => {
                    anchored = anchored.max(Some(signed));
                }
                Some(_) | None => {
                    let message = format!(
                        "the first {signed} events are not those, or not in the order, that a \
                         checkpoint of `{origin}` was signed over: they were rewritten"
                    );
                    return Err(finding(AuditVerdict::Edited, message));
                }
            }
        }
        Ok(anchored)
    }

    fn forks(&self, checkpoint: &Checkpoint) -> bool {
        self.given.iter().map(|other| &other.checkpoint).any(|other| {
            (other.size, &other.origin) == (checkpoint.size, &checkpoint.origin)
                && other.root != checkpoint.root
        })
    }

    fn compare(&mut self) {
        let size = self.log.size();
        for given in &mut self.given {
            if given.checkpoint.size == size && given.root.is_none() {
                given.root = Some(self.log.root());
            }
        }
    }
}

impl LogError {
    /// Returns what a checkpoint that is not believed makes of its log.
    pub(crate) fn verdict(&self) -> AuditVerdict {
        match self {
            Self::SignatureInvalid { .. } => AuditVerdict::Edited,
            Self::KeyEpoch { .. } | Self::UnknownKey | Self::WitnessesMissing { .. } => {
                AuditVerdict::UnknownKey
            }
            Self::KeyRevoked { .. } => AuditVerdict::RevokedKey,
            Self::WrongOrigin { .. } => AuditVerdict::WrongLog,
            Self::AmbiguousKey { .. }
            | Self::CheckpointMalformed { .. }
            | Self::Forked { .. }
            | Self::HashCount { .. }
            | Self::HashMissing { .. }
            | Self::KeyMalformed { .. }
            | Self::NoteMalformed { .. }
            | Self::ProofInvalid
            | Self::ProofRange { .. }
            | Self::RecordTooLarge { .. }
            | Self::Shrunk { .. }
            | Self::TlogProofMalformed { .. } => AuditVerdict::Malformed,
        }
    }
}
