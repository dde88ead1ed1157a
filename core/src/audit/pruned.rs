//! What `audit.pruned` says of the events that were deleted, so that the rest still verifies.

use std::collections::BTreeMap;

use crate::audit::AuditError;
use crate::audit::AuditRecord;
use crate::audit::Checkpoint;
use crate::audit::EventType;
use crate::audit::MerkleLog;
use crate::audit::Note;
use crate::audit::line::read_line;
use crate::model::Digest;
use crate::model::Value;

/// The events that were deleted from the beginning of a log, as the details of `audit.pruned` tell
/// of them.
///
/// A log without its first events begins with the entry of the newest `audit.pruned` as its head
/// line, `{"pruned":{"entry_hash":"sha256:…","record":{…}}}`; the same entry stands among the
/// events that follow. The hashes are the roots of the complete subtrees over what was deleted, at
/// most 64: with them roots and proofs of the whole log are made as before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pruned {
    /// The checkpoint over exactly the deleted events, a signed note.
    pub checkpoint: String,
    /// The tree over the deleted events.
    pub log: MerkleLog,
    /// The runs that were open at the cut, by id.
    pub runs: BTreeMap<String, PrunedRun>,
}

/// Where the chain of a run stood at the cut.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrunedRun {
    /// How many of its events were deleted.
    pub count: u64,
    /// The entry hash of the last of them.
    pub head: Digest,
}

impl Pruned {
    /// Returns the details of `audit.pruned`.
    ///
    /// # Errors
    /// Where a number is beyond what every host keeps.
    pub fn to_details(&self) -> Result<BTreeMap<String, Value>, AuditError> {
        let number = |count: u64| i64::try_from(count).map_err(|_| AuditError::Number);
        let text = |digest: &Digest| Value::Text(digest.as_str().to_owned());
        let hashes = self.log.hashes().iter().map(|hash| text(&Digest::from_bytes(hash)));
        let mut runs = BTreeMap::new();
        for (run_id, run) in &self.runs {
            let place = BTreeMap::from([
                ("count".to_owned(), Value::Integer(number(run.count)?)),
                ("head".to_owned(), text(&run.head)),
            ]);
            runs.insert(run_id.clone(), Value::Map(place));
        }
        Ok(BTreeMap::from([
            ("checkpoint".to_owned(), Value::Text(self.checkpoint.clone())),
            ("count".to_owned(), Value::Integer(number(self.log.size())?)),
            ("hashes".to_owned(), Value::List(hashes.collect())),
            ("root".to_owned(), text(&Digest::from_bytes(&self.log.root()))),
            ("runs".to_owned(), Value::Map(runs)),
        ]))
    }

    /// Reads the details of `audit.pruned`; what else stands there is for people.
    ///
    /// # Errors
    /// Where something is missing or does not fit the rest. Signatures are not looked at.
    pub fn from_details(details: &BTreeMap<String, Value>) -> Result<Self, AuditError> {
        let wrong = |what: &str| AuditError::malformed(format!("audit.pruned: {what}"));
        let (Some(Value::Text(checkpoint)), Some(Value::Integer(count))) =
            (details.get("checkpoint"), details.get("count"))
        else {
            return Err(wrong("`checkpoint` or `count` is missing"));
        };
        let (Some(Value::List(hashes)), Some(Value::Map(places))) =
            (details.get("hashes"), details.get("runs"))
        else {
            return Err(wrong("`hashes` or `runs` is missing"));
        };
        let count = u64::try_from(*count).map_err(|_| wrong("`count` is negative"))?;
        let hashes: Option<Vec<[u8; 32]>> = hashes
            .iter()
            .map(|hash| digest(Some(hash)).and_then(|digest| digest.bytes()))
            .collect();
        let hashes = hashes.ok_or_else(|| wrong("a hash is no digest"))?;
        let log =
            MerkleLog::from_hashes(count, hashes).map_err(|error| wrong(&error.to_string()))?;
        let note = Note::parse(checkpoint.as_bytes()).map_err(|error| wrong(&error.to_string()))?;
        let signed: Checkpoint = note.text().parse().map_err(|_| wrong("no checkpoint"))?;
        let root = digest(details.get("root")).and_then(|root| root.bytes());
        if (signed.size, signed.root) != (count, log.root()) || root != Some(log.root()) {
            return Err(wrong("hashes, root and checkpoint do not agree"));
        }
        let mut runs = BTreeMap::new();
        for (run_id, place) in places {
            let run = open_run(place).ok_or_else(|| wrong("a run has no count or head"))?;
            runs.insert(run_id.clone(), run);
        }
        Ok(Self { checkpoint: checkpoint.clone(), log, runs })
    }

    /// Returns the head line of a log whose first events were deleted: `line` is the stored line of
    /// the newest `audit.pruned`, and so is the answer, line feed included.
    pub fn head_line(line: &str) -> String {
        format!("{{\"pruned\":{}}}\n", line.trim_end_matches('\n'))
    }

    /// Returns true for the head line of a log whose first events were deleted: it is no event.
    pub(crate) fn is_head(line: &[u8]) -> bool {
        line.starts_with(BEFORE)
    }

    /// Reads a head line, without its line feed; `None` where it is none.
    pub(crate) fn read_head(line: &[u8]) -> Option<Result<(Digest, Self), AuditError>> {
        let inner = line.strip_prefix(BEFORE)?;
        Some(Self::read_entry(inner))
    }

    fn read_entry(inner: &[u8]) -> Result<(Digest, Self), AuditError> {
        let shape = || AuditError::malformed("the head line has another form");
        let parts = read_line(inner.strip_suffix(b"}").ok_or_else(shape)?)?;
        let entry_hash = Digest::of_leaf(parts.record);
        let record = AuditRecord::from_json(parts.record)?;
        if entry_hash.as_str() != parts.entry_hash || record.event_type != EventType::AuditPruned {
            return Err(shape());
        }
        Ok((entry_hash, Self::from_details(&record.details)?))
    }
}

/// What a head line begins with.
const BEFORE: &[u8] = b"{\"pruned\":";

fn open_run(place: &Value) -> Option<PrunedRun> {
    let Value::Map(place) = place else {
        return None;
    };
    let Some(Value::Integer(count)) = place.get("count") else {
        return None;
    };
    Some(PrunedRun { count: u64::try_from(*count).ok()?, head: digest(place.get("head"))? })
}

/// Returns a digest in its strict form.
fn digest(value: Option<&Value>) -> Option<Digest> {
    let Some(Value::Text(text)) = value else {
        return None;
    };
    let digest = Digest::from_text(text.clone());
    digest.bytes().map(|_| digest)
}
