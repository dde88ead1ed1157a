//! `audit_checkpoint`, `audit_prove`: what is made of a log while its lines pass by.

use bailiwick::Checkpoint;
use bailiwick::CheckpointTrust;
use bailiwick::Digest;
use bailiwick::GrowingLog;
use bailiwick::LogEntry;
use bailiwick::LogError;
use bailiwick::MerkleLog;
use bailiwick::Note;
use bailiwick::NoteKey;
use bailiwick::NoteSigner;
use bailiwick::SignedCheckpoint;
use bailiwick::TileFile;
use bailiwick::TileWriter;
use bailiwick::TlogProof;
use bailiwick::TreeHashes;
use bailiwick::Verifier;
use bailiwick::VerifyOptions;
use bailiwick::prove_consistency;
use bailiwick::read_deleted;
use bailiwick::read_entry;
use bailiwick::verify_consistency;
use serde::Deserialize;
use serde::Serialize;

use crate::WireError;
use crate::input::read;
use crate::input::write;

/// Signs a checkpoint of a log whose lines are given one by one; `audit_checkpoint` in pieces.
pub struct CheckpointMaker {
    lines: Lines,
    log: GrowingLog,
    origin: String,
    previous: Option<SignedCheckpoint>,
    signers: Vec<NoteSigner>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CheckpointInput {
    #[serde(default)]
    log: Option<String>,
    #[serde(default)]
    origin: Option<String>,
    /// The newest checkpoint of the log, as a signed note; absent for the first.
    #[serde(default)]
    previous: Option<String>,
    /// `skey` texts.
    signing_keys: Vec<String>,
    /// `vkey` texts that the previous checkpoint may be signed by, beside those that sign.
    #[serde(default)]
    trusted_keys: Vec<String>,
}

#[derive(Serialize)]
struct CheckpointOutput {
    checkpoint: String,
    origin: String,
    root: Digest,
    size: u64,
}

impl CheckpointMaker {
    /// Returns the maker of a checkpoint; `options` is the input of `audit_checkpoint` without
    /// `log`.
    ///
    /// # Errors
    /// Where the options cannot be read, or the previous checkpoint is not believed.
    pub fn new(options: &str) -> Result<Self, WireError> {
        Self::start(read(options)?)
    }

    /// Takes in the next line, line feed included.
    ///
    /// # Errors
    /// Where it is no whole line of a log.
    pub fn line(&mut self, line: &[u8]) -> Result<(), WireError> {
        match self.lines.next(line)? {
            Line::Deleted(log) => {
                self.log = GrowingLog::new(log, self.previous.as_ref()).map_err(failed)?;
            }
            Line::Entry(entry) => self.log.append(&entry.hash),
        }
        Ok(())
    }

    /// Returns the answer of `audit_checkpoint`.
    ///
    /// # Errors
    /// Where the chains of the log do not verify, or it does not continue what was signed before.
    pub fn finish(mut self) -> Result<String, WireError> {
        self.lines.finish()?;
        let signed = self.log.checkpoint(&self.origin, &self.signers).map_err(failed)?;
        let Checkpoint { origin, size, root, .. } = signed.checkpoint().clone();
        let (checkpoint, root) = (signed.note().to_string(), Digest::from_bytes(&root));
        write(&CheckpointOutput { checkpoint, origin, root, size })
    }

    fn start(input: CheckpointInput) -> Result<Self, WireError> {
        let signers: Result<Vec<NoteSigner>, LogError> =
            input.signing_keys.iter().map(|key| NoteSigner::from_text(key.trim_end())).collect();
        let signers = signers.map_err(failed)?;
        let first = signers.first().ok_or_else(|| {
            WireError::new("input_invalid", "`signing_keys` has no key to sign with")
        })?;
        let origin = input.origin.unwrap_or_else(|| first.key().name().to_owned());
        let previous = match input.previous {
            Some(previous) => {
                let mut keys = keys_of(&input.trusted_keys)?;
                keys.extend(signers.iter().map(|signer| signer.key().clone()));
                let trust = CheckpointTrust { keys, origin: Some(origin.clone()), witnesses: 0 };
                Some(SignedCheckpoint::open(previous.as_bytes(), &trust).map_err(failed)?)
            }
            None => None,
        };
        let log = GrowingLog::new(MerkleLog::new(), previous.as_ref()).map_err(failed)?;
        Ok(Self { lines: Lines::new(), log, origin, previous, signers })
    }
}

pub(crate) fn checkpoint(input: &str) -> Result<String, WireError> {
    let mut input: CheckpointInput = read(input)?;
    let log = input.log.take().ok_or_else(no_log)?;
    let mut maker = CheckpointMaker::start(input)?;
    lines_of(&log).try_for_each(|line| maker.line(line))?;
    maker.finish()
}

/// Makes a proof over a log whose lines are given one by one; `audit_prove` in pieces.
pub struct ProofMaker {
    lines: Lines,
    tree: TreeHashes,
    checkpoint: Checkpoint,
    note: Note,
    index: Option<u64>,
    previous: Option<Checkpoint>,
    entry_hash: Option<Digest>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ProveInput {
    /// The checkpoint under which something is proved, as a signed note.
    checkpoint: String,
    /// The event whose inclusion is proved.
    #[serde(default)]
    index: Option<u64>,
    #[serde(default)]
    log: Option<String>,
    /// An older checkpoint, whose continuation is proved, as a signed note.
    #[serde(default)]
    previous: Option<String>,
}

#[derive(Serialize)]
struct ProveOutput {
    entry_hash: Option<Digest>,
    hashes: Vec<Digest>,
    proof: Option<String>,
}

impl ProofMaker {
    /// Returns the maker of a proof; `options` is the input of `audit_prove` without `log`.
    ///
    /// # Errors
    /// Where the options cannot be read, or a checkpoint is none.
    pub fn new(options: &str) -> Result<Self, WireError> {
        Self::start(read(options)?)
    }

    /// Takes in the next line, line feed included.
    ///
    /// # Errors
    /// Where it is no whole line of a log.
    pub fn line(&mut self, line: &[u8]) -> Result<(), WireError> {
        let hash = match self.lines.next(line)? {
            Line::Deleted(log) => {
                self.tree = TreeHashes::resume(log);
                return Ok(());
            }
            Line::Entry(entry) => entry.hash,
        };
        let at = self.tree.log().size();
        if self.index == Some(at) {
            self.entry_hash = Some(Digest::from_bytes(&hash));
        }
        // The log may have grown since it was signed.
        if at < self.checkpoint.size {
            self.tree.append(&hash);
        }
        Ok(())
    }

    /// Returns the answer of `audit_prove`.
    ///
    /// # Errors
    /// Where the log does not verify, or is not the one of the checkpoints.
    pub fn finish(self) -> Result<String, WireError> {
        self.lines.finish()?;
        check_log(self.tree.log(), &self.checkpoint)?;
        let (size, root) = (self.checkpoint.size, self.checkpoint.root);
        let answer = match (self.index, self.previous) {
            (Some(index), None) => {
                let proof = TlogProof::new(&self.tree, index, self.note).map_err(failed)?;
                let hashes = proof.hashes.iter().map(Digest::from_bytes).collect();
                let (entry_hash, proof) = (self.entry_hash, Some(proof.to_string()));
                ProveOutput { entry_hash, hashes, proof }
            }
            (None, Some(old)) => {
                let hashes = prove_consistency(&self.tree, old.size, size).map_err(failed)?;
                verify_consistency(&hashes, old.size, &old.root, size, &root)
                    .map_err(|_| failed(LogError::Forked { size: old.size }))?;
                let hashes = hashes.iter().map(Digest::from_bytes).collect();
                ProveOutput { entry_hash: None, hashes, proof: None }
            }
            (Some(_), Some(_)) | (None, None) => {
                let message = "give either `index` or `previous`";
                return Err(WireError::new("input_invalid", message));
            }
        };
        write(&answer)
    }

    fn start(input: ProveInput) -> Result<Self, WireError> {
        let note = Note::parse(input.checkpoint.as_bytes()).map_err(failed)?;
        let checkpoint: Checkpoint = note.text().parse().map_err(failed)?;
        let previous = match input.previous {
            Some(previous) => {
                let previous = Note::parse(previous.as_bytes()).map_err(failed)?;
                Some(previous.text().parse::<Checkpoint>().map_err(failed)?)
            }
            None => None,
        };
        let (lines, tree) = (Lines::new(), TreeHashes::new());
        Ok(Self { lines, tree, checkpoint, note, index: input.index, previous, entry_hash: None })
    }
}

pub(crate) fn prove(input: &str) -> Result<String, WireError> {
    let mut input: ProveInput = read(input)?;
    let log = input.log.take().ok_or_else(no_log)?;
    let mut maker = ProofMaker::start(input)?;
    lines_of(&log).try_for_each(|line| maker.line(line))?;
    maker.finish()
}

/// Makes the files of the folder that a log is exported as, while its lines are given one by one.
pub struct TileMaker {
    lines: Lines,
    tiles: TileWriter,
    checkpoint: Checkpoint,
}

impl TileMaker {
    /// Returns the maker of the files of the log under a checkpoint, given as a signed note.
    ///
    /// # Errors
    /// Where it is no checkpoint.
    pub fn new(checkpoint: &str) -> Result<Self, WireError> {
        let note = Note::parse(checkpoint.as_bytes()).map_err(failed)?;
        let checkpoint: Checkpoint = note.text().parse().map_err(failed)?;
        Ok(Self { lines: Lines::new(), tiles: TileWriter::new(), checkpoint })
    }

    /// Takes in the next line, line feed included, and returns the files that are full with it.
    ///
    /// # Errors
    /// Where it is no whole line of a log.
    pub fn line(&mut self, line: &[u8]) -> Result<Vec<TileFile>, WireError> {
        let Line::Entry(entry) = self.lines.next(line)? else {
            let message = "the first events of the log were deleted: it has no whole folder";
            return Err(WireError::new("log_pruned", message));
        };
        if self.tiles.log().size() == self.checkpoint.size {
            return Ok(Vec::new());
        }
        self.tiles.append(entry.record).map_err(failed)
    }

    /// Returns the files that are not full.
    ///
    /// # Errors
    /// Where the log does not verify, or is not the one of the checkpoint: the files that were
    /// returned before must then not be used.
    pub fn finish(self) -> Result<Vec<TileFile>, WireError> {
        self.lines.finish()?;
        check_log(self.tiles.log(), &self.checkpoint)?;
        Ok(self.tiles.finish())
    }
}

/// Returns the secret and the public text (`skey`, `vkey`) of the key made from a seed of 32 random
/// bytes.
///
/// # Errors
/// Where the seed has another length, or the name is empty or has white space or `+`.
pub fn log_key(name: &str, seed: &[u8]) -> Result<(String, String), WireError> {
    let secret = NoteSigner::secret_text(name, seed).map_err(failed)?;
    let signer = NoteSigner::new(name, seed).map_err(failed)?;
    Ok((secret, signer.key().to_string()))
}

enum Line<'a> {
    /// The log that goes on after events that were deleted.
    Deleted(MerkleLog),
    Entry(LogEntry<'a>),
}

/// The lines of a log, whose chains are verified as they pass by.
struct Lines {
    count: u64,
    verifier: Verifier,
}

impl Lines {
    fn new() -> Self {
        let options = VerifyOptions { allow_open: true, ..VerifyOptions::default() };
        Self { count: 0, verifier: Verifier::new(options) }
    }

    fn next<'a>(&mut self, line: &'a [u8]) -> Result<Line<'a>, WireError> {
        self.count += 1;
        self.verifier.line(line);
        let deleted = if self.count == 1 { read_deleted(line) } else { None };
        let read = match deleted {
            Some(log) => log.map(Line::Deleted),
            None => read_entry(line).map(Line::Entry),
        };
        read.map_err(|error| WireError::new(error.code(), format!("line {}: {error}", self.count)))
    }

    /// Whatever is made of a log is made of one that verifies.
    fn finish(self) -> Result<(), WireError> {
        let report = self.verifier.finish();
        let Some(bad) = report.first_bad else {
            return Ok(());
        };
        let message = format!("{}: line {}: {}", report.verdict, bad.index, bad.message);
        Err(WireError::new("log_not_verified", message))
    }
}

fn check_log(log: &MerkleLog, checkpoint: &Checkpoint) -> Result<(), WireError> {
    let (signed, found) = (checkpoint.size, log.size());
    if found < signed {
        return Err(failed(LogError::Shrunk { signed, found }));
    }
    if found > signed {
        return Err(failed(LogError::ProofRange { asked: found, size: signed }));
    }
    if log.root() != checkpoint.root {
        return Err(failed(LogError::Forked { size: signed }));
    }
    Ok(())
}

pub(crate) fn keys_of(texts: &[String]) -> Result<Vec<NoteKey>, WireError> {
    // A file of keys has one a line.
    let lines = texts.iter().flat_map(|text| text.lines()).filter(|line| !line.trim().is_empty());
    let keys: Result<Vec<NoteKey>, LogError> = lines.map(|line| line.trim_end().parse()).collect();
    keys.map_err(failed)
}

pub(crate) fn failed(error: LogError) -> WireError {
    WireError::new(error.code(), error.to_string())
}

fn lines_of(log: &str) -> impl Iterator<Item = &[u8]> {
    log.as_bytes().split_inclusive(|byte| *byte == b'\n')
}

fn no_log() -> WireError {
    WireError::new("input_invalid", "missing field `log`")
}
