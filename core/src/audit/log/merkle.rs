//! The tree over the entry hashes of a log (RFC 6962, section 2.1), kept as its right edge.

use crate::audit::log::LogError;
use crate::model::sha256;

/// A log as its size and the roots of its complete subtrees, at most 64 hashes.
///
/// An event's leaf is its entry hash, `SHA-256(0x00 || record)`. An append costs two hashes on
/// average, however long the log is, and nothing of the events is kept: a log whose first events
/// are deleted goes on from these hashes alone.
///
/// # Example
/// ```
/// let mut log = bailiwick::MerkleLog::new();
/// assert_eq!(bailiwick::Digest::from_bytes(&log.root()), bailiwick::Digest::of(b""));
/// log.append(&[7; 32]);
/// assert_eq!((log.size(), log.root()), (1, [7; 32]));
/// log.append(&[8; 32]);
/// let resumed = bailiwick::MerkleLog::from_hashes(log.size(), log.hashes().to_vec())?;
/// assert_eq!(resumed.root(), log.root());
/// # Ok::<(), bailiwick::LogError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MerkleLog {
    size: u64,
    /// Of the complete subtrees, from the left, the largest first.
    // INVARIANT: as many as `size` has bits that are one.
    hashes: Vec<[u8; 32]>,
}

impl MerkleLog {
    /// Returns the log that has no events.
    pub fn new() -> Self {
        Self::default()
    }

    /// Returns the log of `size` events that is kept in `hashes`, as [`MerkleLog::hashes`] returned
    /// them.
    ///
    /// # Errors
    /// Where a log of that size has another number of hashes.
    pub fn from_hashes(size: u64, hashes: Vec<[u8; 32]>) -> Result<Self, LogError> {
        let expected = size.count_ones() as usize;
        if hashes.len() != expected {
            return Err(LogError::HashCount { size, expected, found: hashes.len() });
        }
        Ok(Self { size, hashes })
    }

    /// Appends the event whose entry hash is `leaf`.
    pub fn append(&mut self, leaf: &[u8; 32]) {
        let mut hash = *leaf;
        for _ in 0..self.size.trailing_ones() {
            if let Some(left) = self.hashes.pop() {
                hash = node_hash(&left, &hash);
            }
        }
        self.hashes.push(hash);
        self.size += 1;
    }

    /// Returns how many events the log has.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Returns the root of the tree; that of no events is the hash of nothing.
    pub fn root(&self) -> [u8; 32] {
        let mut hashes = self.hashes.iter().rev();
        let Some(last) = hashes.next() else {
            return sha256(&[]);
        };
        hashes.fold(*last, |right, left| node_hash(left, &right))
    }

    /// Returns the roots of the complete subtrees, from the left: what keeps the log.
    pub fn hashes(&self) -> &[[u8; 32]] {
        &self.hashes
    }
}

/// Returns the hash of the node over two subtrees.
pub(crate) fn node_hash(left: &[u8; 32], right: &[u8; 32]) -> [u8; 32] {
    sha256(&[&[1], left, right])
}
