//! How long things take: generous bounds that hold in a debug build, and the numbers, printed with
//! `--nocapture`.

use std::time::Duration;
use std::time::Instant;

use bailiwick::GrowingLog;
use bailiwick::MerkleLog;
use bailiwick::TreeHashes;
use bailiwick::prove_consistency;
use bailiwick::prove_inclusion;
use bailiwick::verify_inclusion;

use super::ORIGIN;
use super::signer;

const EVENTS: u64 = 200_000;

fn leaves() -> impl Iterator<Item = [u8; 32]> {
    (0..EVENTS).map(|number: u64| {
        let mut leaf = [0; 32];
        leaf[..8].copy_from_slice(&number.to_be_bytes());
        leaf
    })
}

fn each(what: &str, count: u64, start: Instant) -> Duration {
    let each = start.elapsed() / u32::try_from(count).unwrap();
    println!("{what}: {each:?}");
    each
}

#[test]
fn a_root_after_every_append_costs_microseconds() {
    let mut log = MerkleLog::new();
    let start = Instant::now();
    let mut mixed = 0;
    for leaf in leaves() {
        log.append(&leaf);
        mixed ^= log.root()[0];
    }
    let took = each("append and root", EVENTS, start);
    assert!(took < Duration::from_micros(200), "{took:?} {mixed}");
}

#[test]
fn a_checkpoint_costs_no_more_in_a_long_log() {
    let mut log = GrowingLog::new(MerkleLog::new(), None).unwrap();
    leaves().for_each(|leaf| log.append(&leaf));
    let (signers, count) = ([signer()], 100);
    let start = Instant::now();
    for _ in 0..count {
        log.append(&[7; 32]);
        log.checkpoint(ORIGIN, &signers).unwrap();
    }
    let took = each("append and checkpoint", count, start);
    assert!(took < Duration::from_millis(50), "{took:?}");
}

#[test]
fn proofs_from_held_hashes_cost_microseconds() {
    let mut tree = TreeHashes::new();
    leaves().for_each(|leaf| tree.append(&leaf));
    let root = tree.log().root();
    let start = Instant::now();
    let count = 1000;
    for at in 0..count {
        let index = at * 199;
        let proof = prove_inclusion(&tree, index, EVENTS).unwrap();
        let mut leaf = [0; 32];
        leaf[..8].copy_from_slice(&index.to_be_bytes());
        verify_inclusion(&proof, index, &leaf, EVENTS, &root).unwrap();
        prove_consistency(&tree, index, EVENTS).unwrap();
    }
    let took = each("two proofs and one check", count, start);
    assert!(took < Duration::from_millis(5), "{took:?}");
}
