//! Gathers the package of one run.

use std::collections::BTreeMap;

use bailiwick::AuditRecord;
use bailiwick::CHECKPOINT;
use bailiwick::CheckpointTrust;
use bailiwick::DECISIONS;
use bailiwick::Digest;
use bailiwick::EventType;
use bailiwick::InclusionLine;
use bailiwick::ItemState;
use bailiwick::KEYS;
use bailiwick::LOG;
use bailiwick::MANIFEST;
use bailiwick::MANIFEST_NOTE;
use bailiwick::Manifest;
use bailiwick::ManifestItem;
use bailiwick::PAYLOADS;
use bailiwick::PROOFS;
use bailiwick::Package;
use bailiwick::PackageItem;
use bailiwick::PackageTrust;
use bailiwick::SignedCheckpoint;
use bailiwick::Timestamp;
use bailiwick::TreeHashes;
use bailiwick::canonical_json;
use bailiwick::prove_inclusion;
use bailiwick::read_line;

use crate::package::PackagingError;
use crate::port::store::Journal;
use crate::port::store::RunKey;
use crate::port::store::StoreError;

/// The run that is packed, and by what it is proved.
pub struct RunEvidence<'a> {
    /// Keeps its events.
    pub journal: &'a dyn Journal,
    /// When it is, for payloads that may be gone by then.
    pub now: Timestamp,
    /// The run.
    pub run: &'a RunKey,
    /// Signs a text with the key of the log.
    pub sign: &'a dyn Fn(&str) -> Result<String, StoreError>,
    /// By which keys checkpoints of its log are believed.
    pub trust: CheckpointTrust,
}

/// An item of a package that the journal does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// The digest of what is not here, where that is known.
    pub digest: Option<String>,
    /// Its files, by path; none where it is not here.
    pub files: BTreeMap<String, Vec<u8>>,
    /// What became of it.
    pub state: ItemState,
    /// Why it is not here, or what is to be known of it.
    pub why: Option<String>,
}

impl Given {
    /// Returns an item that has these files.
    pub fn of_files(state: ItemState, files: BTreeMap<String, Vec<u8>>) -> Self {
        Self { digest: None, files, state, why: None }
    }

    /// Returns an item that is not here.
    pub fn absent(state: ItemState, why: impl Into<String>) -> Self {
        Self { digest: None, files: BTreeMap::new(), state, why: Some(why.into()) }
    }

    /// Returns the item that is this one file.
    pub fn file(state: ItemState, path: &str, content: Vec<u8>) -> Self {
        Self::of_files(state, BTreeMap::from([(path.to_owned(), content)]))
    }
}

/// Returns the files of the package of a run, by path: what the journal holds of it, and the items
/// that are `given`. The same journal and items give the same bytes.
///
/// # Errors
/// Where the run is not closed, the newest checkpoint does not cover it, or what was gathered does
/// not read as a whole package.
pub fn gather(
    evidence: &RunEvidence<'_>,
    given: BTreeMap<PackageItem, Given>,
) -> Result<BTreeMap<String, Vec<u8>>, PackagingError> {
    let RunEvidence { journal, run, .. } = *evidence;
    let mut log = Vec::new();
    journal.export(run, &mut log)?;
    let records = records(&log)?;
    let closed = records.last().filter(|last| last.event_type == EventType::RunClosed);
    let closed = closed.ok_or_else(|| PackagingError::NotClosed(run.run_id.clone()))?;
    let created_at = closed.created_at;
    let (checkpoint, proofs) = proved(evidence, &log)?;
    let keys: Vec<String> = evidence.trust.keys.iter().map(|key| format!("{key}\n")).collect();

    let mut items = given;
    let mut add = |item, state, path: &str, content| {
        items.insert(item, Given::file(state, path, content));
    };
    add(PackageItem::Checkpoint, ItemState::Captured, CHECKPOINT, checkpoint.into_bytes());
    add(PackageItem::Keys, ItemState::Captured, KEYS, keys.concat().into_bytes());
    add(PackageItem::Log, ItemState::Captured, LOG, log);
    add(PackageItem::Proofs, ItemState::Captured, PROOFS, proofs.into_bytes());
    let mut payloads = Vec::new();
    journal.export_payloads(run, &mut payloads)?;
    let decisions = journal.decisions(run)?;
    let decisions: String = decisions.iter().map(|line| format!("{line}\n")).collect();
    let decided = records.iter().any(|it| it.event_type == EventType::PolicyEvaluated);
    let committed = records.iter().any(|record| !record.payloads.is_empty());
    items.insert(PackageItem::Decisions, kept(DECISIONS, decisions.into_bytes(), decided));
    items.insert(PackageItem::ToolResults, kept(PAYLOADS, payloads, committed));

    let files = seal(evidence, items, created_at)?;
    let trust = PackageTrust { checkpoint: evidence.trust.clone(), now: Some(evidence.now) };
    let package = Package::read(files.clone(), &trust)?;
    let report = package.report();
    if !report.is_ok() {
        let why = report.problems.first().cloned();
        let why = why.unwrap_or_else(|| report.verdict.name().to_owned());
        return Err(PackagingError::NotWhole(why));
    }
    Ok(files)
}

/// Returns the item of what the redactor let through, or why nothing of it is here.
fn kept(path: &str, content: Vec<u8>, was_there: bool) -> Given {
    match (content.is_empty(), was_there) {
        (false, _) => Given::file(ItemState::Redacted, path, content),
        (true, true) => Given::absent(ItemState::Expired, "its time is over"),
        (true, false) => Given::absent(ItemState::NotCaptured, "the run has none"),
    }
}

fn records(log: &[u8]) -> Result<Vec<AuditRecord>, PackagingError> {
    let read = |line| Ok(AuditRecord::from_json(read_line(line)?.record)?);
    lines(log).map(read).collect()
}

/// Returns the newest checkpoint, and the proof for each event of `log` that it covers it.
fn proved(evidence: &RunEvidence<'_>, log: &[u8]) -> Result<(String, String), PackagingError> {
    let RunEvidence { journal, run, .. } = *evidence;
    let not_covered = || PackagingError::NotCovered(run.run_id.clone());
    let checkpoint = journal.checkpoints(&run.tenant)?.pop().ok_or_else(not_covered)?;
    let signed = SignedCheckpoint::open(checkpoint.as_bytes(), &evidence.trust)?;
    let size = signed.checkpoint().size;
    let mut all = Vec::new();
    journal.export_log(&run.tenant, 0, &mut all)?;
    let mut tree = TreeHashes::new();
    let mut places = BTreeMap::new();
    for (index, line) in (0..size).zip(lines(&all)) {
        let hash = Digest::of_leaf(read_line(line)?.record);
        tree.append(&hash.bytes().ok_or_else(not_covered)?);
        places.insert(hash.as_str().to_owned(), index);
    }
    let mut proofs = String::new();
    for line in lines(log) {
        let entry_hash = Digest::of_leaf(read_line(line)?.record);
        let index = *places.get(entry_hash.as_str()).ok_or_else(not_covered)?;
        let proof = prove_inclusion(&tree, index, size)?;
        let proof = proof.iter().map(Digest::from_bytes).collect();
        let line = InclusionLine { entry_hash, index, proof };
        proofs.push_str(&canonical(&line)?);
        proofs.push('\n');
    }
    Ok((checkpoint, proofs))
}

/// Returns the files with the manifest of them, and the note that vouches for it.
fn seal(
    evidence: &RunEvidence<'_>,
    items: BTreeMap<PackageItem, Given>,
    created_at: Timestamp,
) -> Result<BTreeMap<String, Vec<u8>>, PackagingError> {
    let RunKey { tenant, run_id } = evidence.run;
    let mut files = BTreeMap::new();
    let mut named = BTreeMap::new();
    for (name, given) in items {
        let listed: Vec<(&str, &[u8])> =
            given.files.iter().map(|(path, content)| (path.as_str(), content.as_slice())).collect();
        let item = ManifestItem::of_files(given.state, &listed);
        named.insert(name, ManifestItem { digest: given.digest, why: given.why, ..item });
        files.extend(given.files);
    }
    let manifest = Manifest::new(tenant, run_id, created_at, named).to_json()?;
    let note = (evidence.sign)(&Manifest::note_text(run_id, manifest.as_bytes()))?;
    files.insert(MANIFEST.to_owned(), manifest.into_bytes());
    files.insert(MANIFEST_NOTE.to_owned(), note.into_bytes());
    Ok(files)
}

fn canonical(line: &InclusionLine) -> Result<String, PackagingError> {
    canonical_json(line).map_err(|error| PackagingError::NotWhole(error.to_string()))
}

fn lines(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    text.split_inclusive(|byte| *byte == b'\n').map(|line| line.strip_suffix(b"\n").unwrap_or(line))
}
