//! Reads a package and checks that it is what it says.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use serde::Deserialize;
use serde::Serialize;

use crate::audit::AuditRecord;
use crate::audit::AuditVerdict;
use crate::audit::CheckpointTrust;
use crate::audit::Note;
use crate::audit::NoteKeyKind;
use crate::audit::PayloadLine;
use crate::audit::PayloadReport;
use crate::audit::SignedCheckpoint;
use crate::audit::Verifier;
use crate::audit::VerifyOptions;
use crate::audit::read_line;
use crate::audit::verify_inclusion;
use crate::model::Digest;
use crate::model::Timestamp;
use crate::package::CHECKPOINT;
use crate::package::DECISIONS;
use crate::package::FileEntry;
use crate::package::LOG;
use crate::package::MANIFEST;
use crate::package::MANIFEST_NOTE;
use crate::package::Manifest;
use crate::package::PAYLOADS;
use crate::package::PROOFS;
use crate::package::PackageError;

/// A package that was read, whole or not: what is wrong with it stands in its report.
#[derive(Clone, Debug)]
pub struct Package {
    pub(super) events: Vec<Event>,
    files: BTreeMap<String, Vec<u8>>,
    manifest: Manifest,
    pub(super) payloads: BTreeMap<(u64, String), PayloadLine>,
    report: PackageReport,
}

/// An event of the package, whose hash is that of its line.
#[derive(Clone, Debug)]
pub(super) struct Event {
    pub(super) entry_hash: Digest,
    pub(super) record: AuditRecord,
}

/// Who is trusted, and when it is.
#[derive(Clone, Debug, Default)]
pub struct PackageTrust {
    /// Who must have signed the checkpoint; without keys the best verdict is `ok_unanchored`.
    pub checkpoint: CheckpointTrust,
    /// When it is, for payloads that may be gone by then.
    pub now: Option<Timestamp>,
}

/// What is known of a package.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PackageReport {
    /// How many events it holds.
    pub events: u64,
    /// The digest of the manifest: the name of the whole package.
    pub manifest_digest: Digest,
    /// The payloads of its events, where they are as committed to.
    pub payloads: Option<PayloadReport>,
    /// What is wrong, for people; empty where nothing is.
    pub problems: Vec<String>,
    /// The run.
    pub run_id: String,
    /// What its events are, held against its checkpoint.
    pub verdict: AuditVerdict,
}

/// That one event is in the log of the checkpoint: a line of `proofs.jsonl`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InclusionLine {
    /// The event.
    pub entry_hash: Digest,
    /// Its place in the log, from 0.
    pub index: u64,
    /// The hashes that lead to the root, from the leaf (RFC 9162, section 2.1.3).
    pub proof: Vec<Digest>,
}

impl PackageReport {
    /// Returns true where nothing is wrong with what is there.
    pub fn is_ok(&self) -> bool {
        self.problems.is_empty() && self.verdict.is_ok()
    }
}

impl Package {
    /// Reads the files of a package, by their paths in it.
    ///
    /// # Errors
    /// Where there is no manifest, or it cannot be read. Everything else is said in the report.
    pub fn read(
        files: BTreeMap<String, Vec<u8>>,
        trust: &PackageTrust,
    ) -> Result<Self, PackageError> {
        let text = files.get(MANIFEST).ok_or(PackageError::NoManifest)?;
        let manifest = Manifest::from_json(text)?;
        let mut problems = file_problems(&manifest, &files);
        let log = files.get(LOG).map(Vec::as_slice).unwrap_or_default();
        let payloads = files.get(PAYLOADS).map(Vec::as_slice).unwrap_or_default();
        let mut verifier = Verifier::new(VerifyOptions {
            now: trust.now,
            payloads: true,
            run_id: Some(manifest.run_id.clone()),
            tenant_id: Some(manifest.tenant_id.clone()),
            ..VerifyOptions::default()
        });
        lines(log).for_each(|line| verifier.line(line));
        lines(payloads).for_each(|line| verifier.payload(line));
        let verified = verifier.finish();
        let events = events(log);
        let mut verdict = verified.verdict;
        if !trust.checkpoint.keys.is_empty() {
            problems.extend(unsigned(&manifest, text, &files, &trust.checkpoint));
        }
        if let Some(bad) = &verified.first_bad {
            problems.push(format!("{LOG}: {verdict}: line {}: {}", bad.index, bad.message));
        }
        if verdict == AuditVerdict::OkUnanchored && !trust.checkpoint.keys.is_empty() {
            let expired = verified.payloads.as_ref().is_some_and(|payloads| payloads.expired > 0);
            verdict = match anchor(&files, &events, &trust.checkpoint) {
                Ok(()) if expired => AuditVerdict::PayloadExpired,
                Ok(()) => AuditVerdict::Ok,
                Err((verdict, problem)) => {
                    problems.push(problem);
                    verdict
                }
            };
        }
        let payloads: BTreeMap<(u64, String), PayloadLine> = lines(payloads)
            .filter_map(|line| serde_json::from_slice::<PayloadLine>(line).ok())
            .map(|payload| ((payload.seq, payload.name.clone()), payload))
            .collect();
        let decisions = files.get(DECISIONS).map(Vec::as_slice).unwrap_or_default();
        problems.extend(decision_problems(decisions, &events, &payloads));
        let report = PackageReport {
            events: events.len() as u64,
            manifest_digest: Digest::of(text),
            payloads: verified.payloads,
            problems,
            run_id: manifest.run_id.clone(),
            verdict,
        };
        Ok(Self { events, files, manifest, payloads, report })
    }

    /// Returns what is known of it.
    pub fn report(&self) -> &PackageReport {
        &self.report
    }

    /// Returns what is in it, and what is not.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// Returns the file at `path`.
    pub fn file(&self, path: &str) -> Option<&[u8]> {
        self.files.get(path).map(Vec::as_slice)
    }

    /// Returns the records of its events, in order.
    pub fn records(&self) -> impl Iterator<Item = &AuditRecord> {
        self.events.iter().map(|event| &event.record)
    }
}

fn file_problems(manifest: &Manifest, files: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let listed = manifest.files();
    let mut problems = Vec::new();
    for (path, entry) in &listed {
        match files.get(*path) {
            None => problems.push(format!("{path}: it is missing")),
            Some(content) if FileEntry::of(content) != **entry => {
                problems.push(format!("{path}: it is not what the manifest names"));
            }
            Some(_) => {}
        }
    }
    let own = |path: &str| path == MANIFEST || path == MANIFEST_NOTE;
    for path in files.keys().filter(|path| !own(path) && !listed.contains_key(path.as_str())) {
        let shown: String = path.chars().take(80).collect();
        problems.push(format!("{}: the manifest does not name it", shown.escape_debug()));
    }
    problems
}

/// Returns what is wrong with the signature over the manifest.
fn unsigned(
    manifest: &Manifest,
    text: &[u8],
    files: &BTreeMap<String, Vec<u8>>,
    trust: &CheckpointTrust,
) -> Option<String> {
    let problem = |why: &str| Some(format!("{MANIFEST_NOTE}: {why}"));
    let Some(note) = files.get(MANIFEST_NOTE) else {
        return problem("it is missing: nobody vouches for the manifest");
    };
    let signed = Note::parse(note).and_then(|note| {
        let signed = note.verify(&trust.keys)?;
        Ok((note, signed))
    });
    match signed {
        Err(error) => problem(&error.to_string()),
        Ok((note, _)) if note.text() != Manifest::note_text(&manifest.run_id, text) => {
            problem("it is not over this manifest")
        }
        Ok((_, signed)) if signed.iter().all(|signed| signed.kind != NoteKeyKind::Log) => {
            problem("it is signed by nobody who is trusted")
        }
        Ok(_) => None,
    }
}

/// Checks that each event is in the log that the checkpoint was signed over.
fn anchor(
    files: &BTreeMap<String, Vec<u8>>,
    events: &[Event],
    trust: &CheckpointTrust,
) -> Result<(), (AuditVerdict, String)> {
    let missing = |what: &str| (AuditVerdict::OkUnanchored, format!("{what}: it is missing"));
    let note = files.get(CHECKPOINT).ok_or_else(|| missing(CHECKPOINT))?;
    let proofs = files.get(PROOFS).ok_or_else(|| missing(PROOFS))?;
    let signed = SignedCheckpoint::open(note, trust)
        .map_err(|error| (error.verdict(), format!("{CHECKPOINT}: {error}")))?;
    let checkpoint = signed.checkpoint();
    let mut proofs = lines(proofs);
    let mut last = None;
    for event in events {
        let seq = event.record.seq;
        let edited = |why: &str| (AuditVerdict::Edited, format!("{PROOFS}: event {seq}: {why}"));
        let line = proofs.next().ok_or_else(|| edited("it has no proof"))?;
        let line: InclusionLine =
            serde_json::from_slice(line).map_err(|_| edited("its proof cannot be read"))?;
        let proof: Option<Vec<[u8; 32]>> = line.proof.iter().map(Digest::bytes).collect();
        let leaf = event.entry_hash.bytes();
        let (Some(proof), Some(leaf)) = (proof, leaf) else {
            return Err(edited("its proof is no list of digests"));
        };
        if line.entry_hash != event.entry_hash {
            return Err(edited("its proof is for another event"));
        }
        // Events of a run stand in the log in the order of the run.
        if last.is_some_and(|last| line.index <= last) {
            return Err(edited("it stands before the event that it follows"));
        }
        last = Some(line.index);
        verify_inclusion(&proof, line.index, &leaf, checkpoint.size, &checkpoint.root)
            .map_err(|error| edited(&error.to_string()))?;
    }
    match proofs.next() {
        Some(_) => Err((AuditVerdict::Edited, format!("{PROOFS}: a proof is left over"))),
        None => Ok(()),
    }
}

/// Checks that each recorded decision is the one that its event commits to.
fn decision_problems(
    decisions: &[u8],
    events: &[Event],
    payloads: &BTreeMap<(u64, String), PayloadLine>,
) -> Vec<String> {
    #[derive(Deserialize)]
    struct Recorded {
        record: serde_json::Value,
    }
    let mut told: BTreeMap<&str, u64> = BTreeMap::new();
    for event in events {
        if let Some(id) = &event.record.decision_id {
            told.entry(id).or_insert(event.record.seq);
        }
    }
    let mut problems = Vec::new();
    let mut seen = BTreeSet::new();
    for (at, line) in lines(decisions).enumerate() {
        let at = at + 1;
        let recorded: Option<Recorded> = serde_json::from_slice(line).ok();
        let id = recorded.as_ref().and_then(|recorded| recorded.record.get("decision_id"));
        let Some(id) = id.and_then(|id| id.as_str()) else {
            problems.push(format!("{DECISIONS}:{at}: no recorded decision"));
            continue;
        };
        let Some(seq) = told.get(id) else {
            problems.push(format!("{DECISIONS}:{at}: no event tells of this decision"));
            continue;
        };
        if !seen.insert(id.to_owned()) {
            problems.push(format!("{DECISIONS}:{at}: the decision stands twice"));
        }
        let Some(kept) = payloads.get(&(*seq, DECISION_RECORD.to_owned())) else {
            problems.push(format!("{DECISIONS}:{at}: event {seq} has no payload to compare with"));
            continue;
        };
        if line.strip_suffix(b"\n").unwrap_or(line) != kept.text.as_bytes() {
            problems.push(format!("{DECISIONS}:{at}: event {seq} commits to another one"));
        }
    }
    problems
}

/// Returns the events whose lines are what they say; what is wrong with others the verdict says.
fn events(log: &[u8]) -> Vec<Event> {
    let read = |line: &[u8]| {
        let parts = read_line(line.strip_suffix(b"\n")?).ok()?;
        let entry_hash = Digest::of_leaf(parts.record);
        let record = AuditRecord::from_json(parts.record).ok()?;
        (entry_hash.as_str() == parts.entry_hash).then_some(Event { entry_hash, record })
    };
    lines(log).filter_map(read).collect()
}

fn lines(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    text.split_inclusive(|byte| *byte == b'\n')
}

/// The name of the payload that holds a recorded decision, the line of `decisions.jsonl`.
pub(super) const DECISION_RECORD: &str = "decision_record";
