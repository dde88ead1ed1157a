//! Proofs of inclusion and consistency (RFC 6962, section 2.1; RFC 9162, sections 2.1.3 and 2.1.4).

use crate::audit::log::LogError;
use crate::audit::log::Subtrees;
use crate::audit::log::merkle::node_hash;
use crate::model::sha256;

/// Returns the proof that the event at `index` is in the log of `size` events.
///
/// # Errors
/// Where the log is not that long, or a hash is not known.
pub fn prove_inclusion(
    source: &(impl Subtrees + ?Sized),
    index: u64,
    size: u64,
) -> Result<Vec<[u8; 32]>, LogError> {
    if index >= size {
        return Err(LogError::ProofRange { asked: index, size });
    }
    let mut proof = Vec::new();
    let (mut from, mut to) = (0, size);
    while to - from > 1 {
        let middle = from + left_width(to - from);
        if index < middle {
            proof.push(root_of(source, middle, to)?);
            to = middle;
        } else {
            proof.push(root_of(source, from, middle)?);
            from = middle;
        }
    }
    proof.reverse();
    Ok(proof)
}

/// Returns the proof that the log of `new_size` events begins with the one of `old_size` events.
///
/// It is empty where both have the same size, or the older one has no events.
///
/// # Errors
/// Where the older log is the longer one, or a hash is not known.
pub fn prove_consistency(
    source: &(impl Subtrees + ?Sized),
    old_size: u64,
    new_size: u64,
) -> Result<Vec<[u8; 32]>, LogError> {
    if old_size > new_size {
        return Err(LogError::ProofRange { asked: old_size, size: new_size });
    }
    let mut proof = Vec::new();
    if old_size == 0 || old_size == new_size {
        return Ok(proof);
    }
    let (mut from, mut to) = (0, new_size);
    // `to` comes down to `old_size` at last: each step keeps it between the two.
    while to != old_size {
        let middle = from + left_width(to - from);
        if old_size <= middle {
            proof.push(root_of(source, middle, to)?);
            to = middle;
        } else {
            proof.push(root_of(source, from, middle)?);
            from = middle;
        }
    }
    // What the verifier knows, the root of the older log, is left out.
    if from != 0 {
        proof.push(root_of(source, from, to)?);
    }
    proof.reverse();
    Ok(proof)
}

/// Checks that the event with the entry hash `leaf` stands at `index` in the log of `size` events
/// with that root.
///
/// # Errors
/// Where it does not, or the proof has one hash too many or too few.
pub fn verify_inclusion(
    proof: &[[u8; 32]],
    index: u64,
    leaf: &[u8; 32],
    size: u64,
    root: &[u8; 32],
) -> Result<(), LogError> {
    if index >= size {
        return Err(LogError::ProofRange { asked: index, size });
    }
    let (mut node, mut last) = (index, size - 1);
    let mut hash = *leaf;
    for sibling in proof {
        if last == 0 {
            return Err(LogError::ProofInvalid);
        }
        if node & 1 == 1 || node == last {
            hash = node_hash(sibling, &hash);
            let skipped = if node & 1 == 1 { 0 } else { node.trailing_zeros().min(63) };
            node >>= skipped;
            last >>= skipped;
        } else {
            hash = node_hash(&hash, sibling);
        }
        node >>= 1;
        last >>= 1;
    }
    if last == 0 && hash == *root { Ok(()) } else { Err(LogError::ProofInvalid) }
}

/// Checks that the log of `new_size` events with the root `new_root` begins with the log of
/// `old_size` events with the root `old_root`.
///
/// # Errors
/// Where it does not, or the proof has one hash too many or too few.
pub fn verify_consistency(
    proof: &[[u8; 32]],
    old_size: u64,
    old_root: &[u8; 32],
    new_size: u64,
    new_root: &[u8; 32],
) -> Result<(), LogError> {
    let fits = |fits: bool| if fits { Ok(()) } else { Err(LogError::ProofInvalid) };
    if old_size > new_size {
        return Err(LogError::ProofRange { asked: old_size, size: new_size });
    }
    if old_size == new_size {
        return fits(proof.is_empty() && old_root == new_root);
    }
    if old_size == 0 {
        return fits(proof.is_empty() && *old_root == sha256(&[]));
    }
    // A complete older tree is a node of the newer one, and its root is not repeated.
    let (start, rest) = match proof.split_first() {
        None => return Err(LogError::ProofInvalid),
        Some(_) if old_size.is_power_of_two() => (old_root, proof),
        Some(first) => first,
    };
    let shared = (old_size - 1).trailing_ones();
    let (mut node, mut last) = ((old_size - 1) >> shared, (new_size - 1) >> shared);
    let (mut old_hash, mut new_hash) = (*start, *start);
    for hash in rest {
        if last == 0 {
            return Err(LogError::ProofInvalid);
        }
        if node & 1 == 1 || node == last {
            old_hash = node_hash(hash, &old_hash);
            new_hash = node_hash(hash, &new_hash);
            let skipped = if node & 1 == 1 { 0 } else { node.trailing_zeros().min(63) };
            node >>= skipped;
            last >>= skipped;
        } else {
            new_hash = node_hash(&new_hash, hash);
        }
        node >>= 1;
        last >>= 1;
    }
    fits(last == 0 && old_hash == *old_root && new_hash == *new_root)
}

/// Returns the root over the leaves from `from` to before `to`: a subtree as the tree of a log has
/// them, so that its last pieces may be incomplete.
fn root_of(source: &(impl Subtrees + ?Sized), from: u64, to: u64) -> Result<[u8; 32], LogError> {
    let mut complete = Vec::new();
    let mut from = from;
    while from < to {
        // The largest piece that is left, which starts at a multiple of its width.
        let level = (to - from).ilog2();
        let (level, index) = (level as u8, from >> level);
        let missing = LogError::HashMissing { level, index };
        complete.push(source.subtree(level, index).ok_or(missing)?);
        from += 1 << level;
    }
    let mut pieces = complete.into_iter().rev();
    let last = pieces.next().unwrap_or_else(|| sha256(&[]));
    Ok(pieces.fold(last, |right, left| node_hash(&left, &right)))
}

/// Returns the largest power of two that is smaller than `width`, which is above 1.
fn left_width(width: u64) -> u64 {
    1 << (width - 1).ilog2()
}
