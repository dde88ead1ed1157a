//! The proof of one event as a text that stands alone (C2SP `tlog-proof`).

use crate::audit::log::Checkpoint;
use crate::audit::log::CheckpointTrust;
use crate::audit::log::LogError;
use crate::audit::log::Note;
use crate::audit::log::SignedCheckpoint;
use crate::audit::log::Subtrees;
use crate::audit::log::checkpoint::decimal;
use crate::audit::log::prove_inclusion;
use crate::audit::log::verify_inclusion;
use crate::model::from_base64;
use crate::model::to_base64;

/// That one event stands in a log, for who has only the event and the log's key.
///
/// # Example
/// ```
/// use bailiwick::{CheckpointTrust, GrowingLog, LogError, MerkleLog, NoteSigner, TlogProof};
/// let signer = NoteSigner::new("log.example/1", &[7; 32])?;
/// let leaves = [[1; 32], [2; 32], [3; 32]];
/// let mut log = GrowingLog::new(MerkleLog::new(), None)?;
/// leaves.iter().for_each(|leaf| log.append(leaf));
/// let signed = log.checkpoint("log.example/1", &[signer.clone()])?;
///
/// let text = TlogProof::new(&leaves[..], 1, signed.note().clone())?.to_string();
/// let trust = CheckpointTrust { keys: vec![signer.key().clone()], ..Default::default() };
/// let proof: TlogProof = text.parse()?;
/// assert!(proof.verify(&[2; 32], &trust).is_ok());
/// assert!(proof.verify(&[3; 32], &trust).is_err());
/// # Ok::<(), LogError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TlogProof {
    /// Where the event stands in the log, from 0.
    pub index: u64,
    /// Data of the application's own; nothing authenticates it.
    pub extra: Option<Vec<u8>>,
    /// The proof of inclusion.
    pub hashes: Vec<[u8; 32]>,
    /// The signed checkpoint, as it stands.
    pub checkpoint: Note,
}

impl TlogProof {
    /// Returns the proof of the event at `index` under a checkpoint. Whose signatures the checkpoint
    /// has does not matter here, as the proof shows them to whoever checks it.
    ///
    /// # Errors
    /// Where the note is no checkpoint, or does not reach the event, or a hash is not known.
    pub fn new(
        source: &(impl Subtrees + ?Sized),
        index: u64,
        checkpoint: Note,
    ) -> Result<Self, LogError> {
        let size = checkpoint.text().parse::<Checkpoint>()?.size;
        let hashes = prove_inclusion(source, index, size)?;
        Ok(Self { index, extra: None, hashes, checkpoint })
    }

    /// Checks that the event with the entry hash `leaf` stands at the index, in a log that `trust`
    /// believes; returns the checkpoint.
    ///
    /// # Errors
    /// Where it does not, or the checkpoint is not believed.
    pub fn verify(
        &self,
        leaf: &[u8; 32],
        trust: &CheckpointTrust,
    ) -> Result<SignedCheckpoint, LogError> {
        let signed = SignedCheckpoint::open(self.checkpoint.to_string().as_bytes(), trust)?;
        let checkpoint = signed.checkpoint();
        verify_inclusion(&self.hashes, self.index, leaf, checkpoint.size, &checkpoint.root)?;
        Ok(signed)
    }
}

impl std::fmt::Display for TlogProof {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "{HEADER}")?;
        if let Some(extra) = &self.extra {
            writeln!(f, "{EXTRA}{}", to_base64(extra))?;
        }
        writeln!(f, "{INDEX}{}", self.index)?;
        self.hashes.iter().try_for_each(|hash| writeln!(f, "{}", to_base64(hash)))?;
        write!(f, "\n{}", self.checkpoint)
    }
}

impl std::str::FromStr for TlogProof {
    type Err = LogError;

    /// Reads the text strictly: what is read is written as the same bytes.
    fn from_str(text: &str) -> Result<Self, LogError> {
        let (proof, checkpoint) =
            text.split_once("\n\n").ok_or(malformed("no checkpoint stands in it"))?;
        let mut lines = proof.split('\n').peekable();
        if lines.next() != Some(HEADER) {
            return Err(malformed("its first line is another"));
        }
        let extra = match lines.peek().and_then(|line| line.strip_prefix(EXTRA)) {
            Some(extra) => {
                lines.next();
                let extra = from_base64(extra).filter(|extra| !extra.is_empty());
                Some(extra.ok_or(malformed("its extra data is not base64, or empty"))?)
            }
            None => None,
        };
        let index = lines.next().and_then(|line| line.strip_prefix(INDEX)).and_then(decimal);
        let index = index.ok_or(malformed("its index is not a plain number"))?;
        let mut hashes = Vec::new();
        for line in lines {
            let hash = from_base64(line).and_then(|hash| hash.try_into().ok());
            hashes.push(hash.ok_or(malformed("a hash is not 32 bytes in base64"))?);
        }
        if hashes.len() > 64 {
            return Err(malformed("it has more hashes than any log needs"));
        }
        let checkpoint = Note::parse(checkpoint.as_bytes())?;
        checkpoint.text().parse::<Checkpoint>()?;
        Ok(Self { index, extra, hashes, checkpoint })
    }
}

fn malformed(reason: &'static str) -> LogError {
    LogError::TlogProofMalformed { reason }
}

const EXTRA: &str = "extra ";
const HEADER: &str = "c2sp.org/tlog-proof@v1";
const INDEX: &str = "index ";
