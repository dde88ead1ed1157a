//! Where the hashes that proofs are made of come from.

use crate::audit::log::MerkleLog;
use crate::audit::log::merkle::node_hash;

/// Whatever holds the roots of a log's complete subtrees, or can work them out.
///
/// A slice of leaves works every root out anew; [`TreeHashes`] holds them all.
pub trait Subtrees {
    /// Returns the root of the `index`-th subtree of `2^level` leaves, or `None` where it is not
    /// known. Proofs ask only for subtrees that are complete.
    fn subtree(&self, level: u8, index: u64) -> Option<[u8; 32]>;
}

impl Subtrees for [[u8; 32]] {
    fn subtree(&self, level: u8, index: u64) -> Option<[u8; 32]> {
        let width = 1_usize.checked_shl(level.into())?;
        let from = usize::try_from(index).ok()?.checked_mul(width)?;
        let leaves = self.get(from..from.checked_add(width)?)?;
        let mut log = MerkleLog::new();
        leaves.iter().for_each(|leaf| log.append(leaf));
        Some(log.root())
    }
}

/// All hashes of a log's tree in memory, 64 bytes an event, for those who make many proofs.
///
/// # Example
/// ```
/// let mut tree = bailiwick::TreeHashes::new();
/// (0..100).for_each(|byte| tree.append(&[byte; 32]));
/// let proof = bailiwick::prove_inclusion(&tree, 42, 100)?;
/// bailiwick::verify_inclusion(&proof, 42, &[42; 32], 100, &tree.log().root())?;
/// # Ok::<(), bailiwick::LogError>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct TreeHashes {
    log: MerkleLog,
    levels: Vec<Vec<[u8; 32]>>,
}

impl TreeHashes {
    /// Returns the tree without events.
    pub fn new() -> Self {
        Self::default()
    }

    /// Appends the event whose entry hash is `leaf`.
    pub fn append(&mut self, leaf: &[u8; 32]) {
        let mut hash = *leaf;
        let completed = self.log.size().trailing_ones() as usize;
        self.log.append(leaf);
        for level in 0..=completed {
            if self.levels.len() == level {
                self.levels.push(Vec::new());
            }
            let Some(hashes) = self.levels.get_mut(level) else {
                return;
            };
            // The node above the new one, where it is the right one of two.
            let above = hashes.last().map(|left| node_hash(left, &hash));
            hashes.push(hash);
            if level < completed
                && let Some(above) = above
            {
                hash = above;
            }
        }
    }

    /// Returns the log whose tree it is.
    pub fn log(&self) -> &MerkleLog {
        &self.log
    }
}

impl Subtrees for TreeHashes {
    fn subtree(&self, level: u8, index: u64) -> Option<[u8; 32]> {
        self.levels.get(usize::from(level))?.get(usize::try_from(index).ok()?).copied()
    }
}
