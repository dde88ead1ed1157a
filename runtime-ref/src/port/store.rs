//! Port: where evidence is kept.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;

use bailiwick::ArtifactClass;
use bailiwick::AuditError;
use bailiwick::AuditEvent;
use bailiwick::Digest;
use bailiwick::Projection;
use bailiwick::Request;
use bailiwick::RiskTier;
use bailiwick::SharedArtifact;
use bailiwick::SignedProvenance;
use bailiwick::Timestamp;
use bailiwick::TraceViewer;
use serde::Deserialize;
use serde::Serialize;
use thiserror::Error;

use crate::pep::Permit;
use crate::port::anchor::AnchorError;
use crate::port::payload::Payload;
use crate::port::payload::StoredPayload;

/// Names a run; no look-up goes by the run's id without its tenant (section 9).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RunKey {
    /// The tenant.
    pub tenant: String,
    /// The run.
    pub run_id: String,
}

/// Whose a run is and what it is for, as it was said when the run was opened. It stands outside of
/// the records, which are redacted: documents are found by these names, whatever they look like.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RunScope {
    /// The campaign; none where it belongs to none.
    pub campaign_id: Option<String>,
    /// The organization.
    pub organization: Option<String>,
    /// The repository; none where it is about none.
    pub repo: Option<String>,
    /// How much depends on the repository.
    pub risk_tier: Option<RiskTier>,
    /// The class of the task.
    pub task_class: Option<String>,
    /// The task; none where it belongs to none.
    pub task_id: Option<String>,
    /// The team that owns the repository.
    pub team: Option<String>,
}

impl RunScope {
    /// Returns the scope that `request` states.
    pub fn of(request: &Request) -> Self {
        Self {
            campaign_id: request.campaign_id.clone(),
            organization: request.organization.clone(),
            repo: request.repo.clone(),
            risk_tier: request.risk_tier,
            task_class: request.task_class.clone(),
            task_id: request.task_id.clone(),
            team: request.team.clone(),
        }
    }
}

/// A decision beside the event that tells of it; its record is the payload `decision_record`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecisionRow {
    /// The record's id.
    pub decision_id: String,
    /// What was to be done, in words for people.
    pub intent: Projection<TraceViewer>,
    /// An act follows, so a result event must too.
    pub permitted: bool,
}

/// What an event brings into the journal beside itself, in the same transaction.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attachments {
    /// The decision that the event tells of.
    pub decision: Option<DecisionRow>,
    /// The decision whose act the event tells the result of.
    pub outcome_of: Option<String>,
    /// What stands behind the event: the journal puts commitments to it into the event.
    pub payloads: Vec<Payload>,
    /// Whose the run is, where the event is its first; no later one can say so.
    pub scope: Option<RunScope>,
    /// What was used up, by usage key, such as `tool_calls`.
    pub usage: BTreeMap<String, u64>,
}

/// The usage key that counts model calls of which it is not known what they cost.
pub const UNPRICED_MODEL_CALLS: &str = "unpriced_model_calls";

/// Where an event stands, once it is durable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    /// The hash over the record.
    pub entry_hash: Digest,
    /// The record's place in its run.
    pub seq: u64,
}

/// A run that was opened and never closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnfinishedRun {
    /// Acts that were permitted and of which no result is known.
    pub lost: Vec<LostAct>,
    /// The last event's action.
    pub last_action: String,
    /// The last event's place.
    pub last_seq: u64,
    /// The run.
    pub run: RunKey,
}

/// An act that was permitted and of which no result is known: it may have been done or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LostAct {
    /// The decision that permitted it.
    pub decision_id: String,
    /// What was to be done.
    pub intent: String,
    /// The place of the decision's event.
    pub seq: u64,
}

/// What a chain was found to be when it was read again from its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChainReport {
    /// The run was closed.
    pub closed: bool,
    /// How many events it has.
    pub count: u64,
    /// The hash of the last one.
    pub head: Option<Digest>,
}

/// Keeps events in hash chains, one per run, and only ever adds to them.
pub trait Journal: Send + Sync {
    /// Appends `event` to the chain of its run; it is durable when this returns.
    ///
    /// # Errors
    /// Where the event could not be made durable: then it is not in the chain.
    fn append(&self, event: AuditEvent, attachments: &Attachments) -> Result<Sealed, StoreError>;

    /// Returns what the run used so far, by usage key.
    ///
    /// # Errors
    /// Where the journal cannot be read.
    fn usage(&self, run: &RunKey) -> Result<BTreeMap<String, u64>, StoreError>;

    /// Returns the runs that were opened and never closed.
    ///
    /// # Errors
    /// Where the journal cannot be read.
    fn unfinished(&self) -> Result<Vec<UnfinishedRun>, StoreError>;

    /// Reads the chain of `run` again from its bytes and checks every link.
    ///
    /// # Errors
    /// Where a link does not hold, naming the first, or the journal cannot be read.
    fn verify(&self, run: &RunKey) -> Result<ChainReport, StoreError>;

    /// Writes the chain of `run` as the lines that `bailiwick audit verify` reads.
    ///
    /// # Errors
    /// Where the journal cannot be read or `out` not written.
    fn export(&self, run: &RunKey, out: &mut dyn Write) -> Result<u64, StoreError>;

    /// Writes the log of `tenant`, the events of all its runs in the order in which they became
    /// durable, from the place `from` on; returns how many lines.
    ///
    /// # Errors
    /// Where the journal cannot be read or `out` not written.
    fn export_log(&self, tenant: &str, from: u64, out: &mut dyn Write) -> Result<u64, StoreError>;

    /// Returns the runs of `tenant`, by id.
    ///
    /// # Errors
    /// Where the journal cannot be read.
    fn runs(&self, tenant: &str) -> Result<Vec<RunKey>, StoreError>;

    /// Returns the decision records of `run`, in order; those that were removed are left out.
    ///
    /// # Errors
    /// Where the journal cannot be read.
    fn decisions(&self, run: &RunKey) -> Result<Vec<String>, StoreError>;

    /// Returns whose `run` is, as it was said when it was opened; none where nothing was.
    ///
    /// # Errors
    /// Where the journal cannot be read.
    fn scope(&self, run: &RunKey) -> Result<Option<RunScope>, StoreError>;

    /// Returns what stands behind the events of `run` and was not removed, in order.
    ///
    /// # Errors
    /// Where the journal cannot be read.
    fn payloads(&self, run: &RunKey) -> Result<Vec<StoredPayload>, StoreError>;

    /// Removes the payload that the permit names, and its salt with it; returns false where it was
    /// gone already. The event and its hash stay as they are.
    ///
    /// # Errors
    /// Where the permit is for something else, or it cannot be removed.
    fn remove_payload(&self, permit: Permit) -> Result<bool, StoreError>;

    /// Keeps the signed checkpoint of the log of `tenant` with that many events; the same one again
    /// is fine.
    ///
    /// # Errors
    /// Where the log is shorter than that, another checkpoint of that size is there, or it could
    /// not be made durable.
    fn keep_checkpoint(&self, tenant: &str, size: u64, note: &str) -> Result<(), StoreError>;

    /// Returns the checkpoints of the log of `tenant`, the newest last.
    ///
    /// # Errors
    /// Where the journal cannot be read.
    fn checkpoints(&self, tenant: &str) -> Result<Vec<String>, StoreError>;

    /// Writes the payloads of `run` with their salts, as JSON lines
    /// `{"name":…,"run_id":…,"salt":…,"seq":…,"text":…}`; returns how many.
    ///
    /// # Errors
    /// Where the journal cannot be read or `out` not written.
    fn export_payloads(&self, run: &RunKey, out: &mut dyn Write) -> Result<u64, StoreError> {
        let mut count = 0;
        for payload in self.payloads(run)? {
            serde_json::to_writer(&mut *out, &payload.line()).map_err(std::io::Error::from)?;
            out.write_all(b"\n")?;
            count += 1;
        }
        out.flush()?;
        Ok(count)
    }
}

/// An artifact that was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArtifactRef {
    /// The digest of its bytes.
    pub digest: Digest,
    /// Its name in records: `artifact://<run>/<name>`.
    pub uri: String,
}

/// An artifact as it lies in the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredArtifact {
    /// Its class; none where the store does not know what it is.
    pub class: Option<ArtifactClass>,
    /// When it was kept.
    pub created_at: Option<Timestamp>,
    /// The digest of its bytes.
    pub digest: Option<Digest>,
    /// The run that made it.
    pub run: RunKey,
    /// Its bytes.
    pub size: u64,
    /// Its name in records: `artifact://<run>/<name>`.
    pub uri: String,
}

/// Where what belongs to a run is kept beside the journal.
pub trait Artifacts: Send + Sync {
    /// Keeps `text` of that class for `run` under `name`; a name is given once.
    ///
    /// # Errors
    /// Where the name is taken or no plain file name, or it cannot be written.
    fn put(
        &self,
        run: &RunKey,
        name: &str,
        class: ArtifactClass,
        text: &Projection<SharedArtifact>,
    ) -> Result<ArtifactRef, StoreError>;

    /// Keeps the signed statements about a change as a part of the replay package, byte by byte. What
    /// they say was projected before it was signed.
    ///
    /// # Errors
    /// As [`Artifacts::put`].
    fn put_statements(
        &self,
        run: &RunKey,
        name: &str,
        statements: &SignedProvenance,
    ) -> Result<ArtifactRef, StoreError>;

    /// Returns everything that lies there for `tenant`, by name.
    ///
    /// # Errors
    /// Where the store cannot be read.
    fn list(&self, tenant: &str) -> Result<Vec<StoredArtifact>, StoreError>;

    /// Removes the artifact that the permit names; returns false where it was gone already.
    ///
    /// # Errors
    /// Where the permit is for something else, or it cannot be removed.
    fn remove(&self, permit: Permit) -> Result<bool, StoreError>;
}

/// Why the store did not do what it was asked.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum StoreError {
    /// A link of a chain does not hold.
    #[error("chain of `{run_id}` is broken at seq {seq}: {why}")]
    Broken {
        /// The run.
        run_id: String,
        /// The first bad place.
        seq: u64,
        /// What is wrong.
        why: String,
    },
    /// A checkpoint could not be kept where whoever holds the journal cannot take it back.
    #[error(transparent)]
    Anchor(#[from] AnchorError),
    /// The event does not belong at the end of its chain, or cannot be put into it.
    #[error(transparent)]
    Audit(#[from] AuditError),
    /// The database refused or failed, or the files that stand for one.
    #[error("journal: {0}")]
    Database(String),
    /// A file could not be read or written.
    #[error("`{}` could not be {action}: {source}", path.display())]
    File {
        /// What was to be done.
        action: &'static str,
        /// The file.
        path: PathBuf,
        /// What the system answered.
        source: std::io::Error,
    },
    /// Something stored is not of the form it was stored in.
    #[error("{what} cannot be read back: {why}")]
    Malformed {
        /// What was read.
        what: String,
        /// What is wrong with it.
        why: String,
    },
    /// The log is not the one that a checkpoint was signed of.
    #[error("log of `{tenant}` was rolled back, by checkpoint of {anchor}: {why}")]
    RolledBack {
        /// Who has the checkpoint.
        anchor: String,
        /// The tenant.
        tenant: String,
        /// What is wrong.
        why: String,
    },
    /// The export could not be written.
    #[error("export could not be written: {0}")]
    Export(#[from] std::io::Error),
}

impl StoreError {
    /// Returns the stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Anchor(_) => "anchor_failed",
            Self::Broken { .. } => "chain_broken",
            Self::Audit(error) => error.code(),
            Self::Database(_) => "journal_database",
            Self::File { .. } => "store_file",
            Self::Malformed { .. } => "store_malformed",
            Self::RolledBack { .. } => "rolled_back",
            Self::Export(_) => "export_failed",
        }
    }
}
