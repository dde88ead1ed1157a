use super::bytes32;
use super::leaves;
use crate::audit::log::LogError;
use crate::audit::log::MerkleLog;
use crate::audit::log::Subtrees;
use crate::audit::log::TreeHashes;
use crate::audit::log::prove_consistency;
use crate::audit::log::prove_inclusion;
use crate::audit::log::verify_consistency;
use crate::audit::log::verify_inclusion;
use crate::model::Digest;

/// The leaves, and the roots over the first of them, that the tests of Certificate Transparency
/// name.
const INPUTS: [&[u8]; 8] = [
    b"",
    b"\x00",
    b"\x10",
    b"\x20\x21",
    b"\x30\x31",
    b"\x40\x41\x42\x43",
    b"\x50\x51\x52\x53\x54\x55\x56\x57",
    b"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
];
const ROOTS: [&str; 9] = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

fn transparency_leaves() -> Vec<[u8; 32]> {
    INPUTS.iter().map(|input| Digest::of_leaf(input).bytes().unwrap()).collect()
}

fn logs(leaves: &[[u8; 32]]) -> Vec<MerkleLog> {
    let mut logs = vec![MerkleLog::new()];
    for leaf in leaves {
        let mut log = logs.last().unwrap().clone();
        log.append(leaf);
        logs.push(log);
    }
    logs
}

#[test]
fn roots_are_those_of_certificate_transparency() {
    let roots: Vec<[u8; 32]> = logs(&transparency_leaves()).iter().map(MerkleLog::root).collect();
    assert_eq!(roots, ROOTS.map(bytes32));
}

#[test]
fn proofs_are_those_of_certificate_transparency() {
    let leaves = transparency_leaves();
    let [b, c, d] = [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]
    .map(bytes32);
    let first = [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ]
    .map(bytes32);
    let sixth = bytes32("0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a");
    assert_eq!(prove_inclusion(leaves.as_slice(), 0, 8).unwrap(), first);
    assert_eq!(prove_inclusion(leaves.as_slice(), 5, 8).unwrap(), [b, c, d]);
    assert_eq!(prove_inclusion(leaves.as_slice(), 2, 3).unwrap(), [bytes32(ROOTS[2])]);
    assert_eq!(prove_consistency(leaves.as_slice(), 1, 8).unwrap(), first);
    assert_eq!(prove_consistency(leaves.as_slice(), 6, 8).unwrap(), [sixth, c, d]);
    assert_eq!(prove_consistency(leaves.as_slice(), 2, 5).unwrap(), [first[1], b]);
}

#[test]
fn every_event_of_every_small_log_is_proved_and_nothing_else() {
    let leaves = leaves(64);
    let logs = logs(&leaves);
    for (size, log) in logs.iter().enumerate() {
        let (size, root) = (size as u64, log.root());
        for index in 0..size {
            let leaf = leaves[index as usize];
            let proof = prove_inclusion(leaves.as_slice(), index, size).unwrap();
            assert_eq!(verify_inclusion(&proof, index, &leaf, size, &root), Ok(()));
            for other in (0..=size).filter(|other| *other != index) {
                assert!(verify_inclusion(&proof, other, &leaf, size, &root).is_err());
            }
            let near = size.saturating_sub(2)..size + 3;
            for other in near.filter(|other| *other != size) {
                let other_root = logs.get(other as usize).map_or(root, MerkleLog::root);
                assert!(verify_inclusion(&proof, index, &leaf, other, &other_root).is_err());
            }
            refuses_bent(&proof, |bent| verify_inclusion(bent, index, &leaf, size, &root).is_err());
        }
        assert!(prove_inclusion(leaves.as_slice(), size, size).is_err());
    }
}

#[test]
fn every_small_log_continues_every_smaller_one_and_no_other() {
    let leaves = leaves(64);
    let logs = logs(&leaves);
    let fork = [7; 32];
    for (new, new_log) in logs.iter().enumerate() {
        for (old, old_log) in logs.iter().enumerate().take(new + 1) {
            let (new, old) = (new as u64, old as u64);
            let (new_root, old_root) = (new_log.root(), old_log.root());
            let proof = prove_consistency(leaves.as_slice(), old, new).unwrap();
            let check = |proof: &[[u8; 32]], old_root, new_root| {
                verify_consistency(proof, old, old_root, new, new_root)
            };
            assert_eq!(check(&proof, &old_root, &new_root), Ok(()), "{old} {new}");
            assert_eq!(check(&proof, &fork, &new_root), Err(LogError::ProofInvalid));
            if old > 0 {
                assert_eq!(check(&proof, &old_root, &fork), Err(LogError::ProofInvalid));
            }
            refuses_bent(&proof, |bent| check(bent, &old_root, &new_root).is_err());
            if old < new {
                assert!(verify_consistency(&proof, new, &new_root, old, &old_root).is_err());
                assert!(prove_consistency(leaves.as_slice(), new, old).is_err());
            }
        }
    }
}

/// A hash more at either end, a hash less, two swapped, and each hash with a bit turned over.
fn refuses_bent(proof: &[[u8; 32]], refused: impl Fn(&[[u8; 32]]) -> bool) {
    let mut bent = proof.to_vec();
    bent.push([0; 32]);
    assert!(refused(&bent));
    bent.rotate_right(1);
    assert!(refused(&bent));
    for at in 0..proof.len() {
        let mut shorter = proof.to_vec();
        shorter.remove(at);
        assert!(refused(&shorter));
        let mut turned = proof.to_vec();
        turned[at][at % 32] ^= 1;
        assert!(refused(&turned));
        if at > 0 {
            let mut swapped = proof.to_vec();
            swapped.swap(at - 1, at);
            assert!(refused(&swapped));
        }
    }
}

#[test]
fn a_log_goes_on_from_its_kept_hashes() {
    let leaves = leaves(200);
    let logs = logs(&leaves);
    for (size, log) in logs.iter().enumerate() {
        assert_eq!(log.hashes().len(), (size as u64).count_ones() as usize);
        let mut resumed = MerkleLog::from_hashes(log.size(), log.hashes().to_vec()).unwrap();
        leaves[size..].iter().for_each(|leaf| resumed.append(leaf));
        assert_eq!(resumed, logs[200]);
    }
}

#[test]
fn hashes_that_do_not_fit_the_size_are_refused() {
    let hashes = vec![[0; 32]; 2];
    let refused = LogError::HashCount { size: 4, expected: 1, found: 2 };
    assert_eq!(MerkleLog::from_hashes(4, hashes), Err(refused));
    assert!(MerkleLog::from_hashes(0, vec![[0; 32]]).is_err());
    assert!(MerkleLog::from_hashes(u64::MAX, vec![[0; 32]; 63]).is_err());
}

#[test]
fn held_hashes_are_those_that_leaves_give() {
    let leaves = leaves(133);
    let mut tree = TreeHashes::new();
    for (count, leaf) in leaves.iter().enumerate() {
        for level in 0..9 {
            for index in 0..140 {
                let worked_out = leaves[..count].subtree(level, index);
                assert_eq!(tree.subtree(level, index), worked_out, "{count} {level} {index}");
            }
        }
        tree.append(leaf);
    }
}

#[test]
fn a_missing_hash_is_named() {
    let leaves = leaves(6);
    let missing = prove_inclusion(leaves.as_slice(), 0, 8);
    assert_eq!(missing, Err(LogError::HashMissing { level: 2, index: 1 }));
}

#[test]
fn the_largest_sizes_are_judged_without_overflow() {
    let root = [1; 32];
    let proof = [[2; 32]; 64];
    for size in [u64::MAX, u64::MAX - 1, 1 << 63, (1 << 63) + 1] {
        for index in [0, 1, size / 2, size - 2, size - 1] {
            assert!(verify_inclusion(&proof, index, &root, size, &root).is_err());
            assert!(verify_consistency(&proof, index, &root, size, &root).is_err());
        }
    }
}
