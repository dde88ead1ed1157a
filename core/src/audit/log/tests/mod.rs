//! What is tried on logs, their notes and their proofs.

mod checkpoint;
mod keys;
mod merkle;
mod note;
mod tile;
mod tlog_proof;

use crate::audit::log::NoteSigner;
use crate::model::Digest;

pub(super) const ORIGIN: &str = "log.example/payments";

pub(super) fn signer(name: &str, byte: u8) -> NoteSigner {
    NoteSigner::new(name, &[byte; 32]).unwrap()
}

pub(super) fn leaves(count: u64) -> Vec<[u8; 32]> {
    (0..count).map(|number| Digest::of_leaf(&number.to_be_bytes()).bytes().unwrap()).collect()
}

pub(super) fn bytes32(hex: &str) -> [u8; 32] {
    Digest::from_text(format!("sha256:{hex}")).bytes().unwrap()
}
