//! The writing end of a log: it signs only what continues what was signed before.

use crate::audit::log::Checkpoint;
use crate::audit::log::LogError;
use crate::audit::log::MerkleLog;
use crate::audit::log::NoteSigner;
use crate::audit::log::SignedCheckpoint;
use crate::audit::log::checkpoint::check_origin;
use crate::audit::log::checkpoint::sign_as_it_is;

/// A log that is appended to and signed, with its newest checkpoint held against it.
///
/// Begin with the empty log and append all events again, or with the kept hashes of any size up to
/// that of the newest checkpoint. Once the log has the size of the checkpoint, its root must be the
/// one that was signed; no checkpoint is signed of a log that is not that long, or has another one.
///
/// # Example
/// ```
/// use bailiwick::{GrowingLog, LogError, MerkleLog, NoteSigner};
/// let signer = NoteSigner::new("log.example/1", &[7; 32])?;
/// let mut log = GrowingLog::new(MerkleLog::new(), None)?;
/// log.append(&[1; 32]);
/// log.append(&[2; 32]);
/// let signed = log.checkpoint("log.example/1", &[signer.clone()])?;
///
/// // The same log, read again with one event dropped.
/// let mut log = GrowingLog::new(MerkleLog::new(), Some(&signed))?;
/// log.append(&[1; 32]);
/// let refused = log.checkpoint("log.example/1", &[signer]);
/// assert_eq!(refused, Err(LogError::Shrunk { signed: 2, found: 1 }));
/// # Ok::<(), LogError>(())
/// ```
#[derive(Clone, Debug)]
pub struct GrowingLog {
    log: MerkleLog,
    newest: Option<Checkpoint>,
    /// The log had the size of the newest checkpoint, and another root.
    forked: bool,
}

impl GrowingLog {
    /// Returns the log that goes on from `log`, whose newest checkpoint is `newest`; `None` where
    /// nothing was ever signed.
    ///
    /// # Errors
    /// Where `log` is already longer than the checkpoint, so that the two cannot be compared
    /// without a proof ([`crate::sign_checkpoint`] takes one).
    pub fn new(log: MerkleLog, newest: Option<&SignedCheckpoint>) -> Result<Self, LogError> {
        let newest = newest.map(|newest| newest.checkpoint().clone());
        if let Some(newest) = &newest
            && newest.size < log.size()
        {
            return Err(LogError::ProofRange { asked: log.size(), size: newest.size });
        }
        let mut log = Self { log, newest, forked: false };
        log.compare();
        Ok(log)
    }

    /// Appends the event whose entry hash is `leaf`.
    pub fn append(&mut self, leaf: &[u8; 32]) {
        self.log.append(leaf);
        self.compare();
    }

    /// Returns the log.
    pub fn log(&self) -> &MerkleLog {
        &self.log
    }

    /// Checks that the log continues its newest checkpoint, as far as it has come.
    ///
    /// # Errors
    /// Where it is shorter than that, or has another root there.
    pub fn check(&self) -> Result<(), LogError> {
        let Some(newest) = &self.newest else {
            return Ok(());
        };
        if self.forked {
            return Err(LogError::Forked { size: newest.size });
        }
        if newest.size > self.log.size() {
            return Err(LogError::Shrunk { signed: newest.size, found: self.log.size() });
        }
        Ok(())
    }

    /// Signs the checkpoint of the log as it stands, which is then the newest.
    ///
    /// # Errors
    /// Where the log has shrunk, has another root at the size of the newest checkpoint, or that is
    /// of another origin; where there are no signers, or the origin is no line.
    pub fn checkpoint(
        &mut self,
        origin: &str,
        signers: &[NoteSigner],
    ) -> Result<SignedCheckpoint, LogError> {
        if let Some(newest) = &self.newest {
            check_origin(&newest.origin, origin)?;
        }
        self.check()?;
        let signed = sign_as_it_is(signers, origin, &self.log)?;
        self.newest = Some(signed.checkpoint().clone());
        Ok(signed)
    }

    fn compare(&mut self) {
        if let Some(newest) = &self.newest
            && newest.size == self.log.size()
            && newest.root != self.log.root()
        {
            self.forked = true;
        }
    }
}
