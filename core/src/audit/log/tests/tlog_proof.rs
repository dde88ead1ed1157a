use super::ORIGIN;
use super::leaves;
use super::signer;
use crate::audit::log::CheckpointTrust;
use crate::audit::log::GrowingLog;
use crate::audit::log::MerkleLog;
use crate::audit::log::SignedCheckpoint;
use crate::audit::log::TlogProof;

fn signed(leaves: &[[u8; 32]]) -> SignedCheckpoint {
    let mut log = GrowingLog::new(MerkleLog::new(), None).unwrap();
    leaves.iter().for_each(|leaf| log.append(leaf));
    log.checkpoint(ORIGIN, &[signer(ORIGIN, 1)]).unwrap()
}

fn trust() -> CheckpointTrust {
    CheckpointTrust { keys: vec![signer(ORIGIN, 1).key().clone()], ..CheckpointTrust::default() }
}

#[test]
fn a_proof_is_read_and_written_alike_and_holds_for_its_event_only() {
    let leaves = leaves(13);
    let signed = signed(&leaves);
    for index in 0..13 {
        let mut proof = TlogProof::new(leaves.as_slice(), index, signed.note().clone()).unwrap();
        proof.extra = (index == 4).then(|| b"extra".to_vec());
        let text = proof.to_string();
        let read: TlogProof = text.parse().unwrap();
        assert_eq!((read.to_string(), &read), (text, &proof));
        for (other, leaf) in leaves.iter().enumerate() {
            assert_eq!(read.verify(leaf, &trust()).is_ok(), other as u64 == index);
        }
        assert!(read.verify(&leaves[index as usize], &CheckpointTrust::default()).is_err());
    }
    assert!(TlogProof::new(leaves.as_slice(), 13, signed.note().clone()).is_err());
}

#[test]
fn every_changed_bit_of_a_proof_is_refused() {
    let leaves = leaves(5);
    let text =
        TlogProof::new(leaves.as_slice(), 2, signed(&leaves).note().clone()).unwrap().to_string();
    for at in 0..text.len() {
        for bit in 0..8 {
            let mut bytes = text.clone().into_bytes();
            bytes[at] ^= 1 << bit;
            let Ok(changed) = String::from_utf8(bytes) else { continue };
            let read = changed.parse::<TlogProof>();
            let verified = read.and_then(|proof| proof.verify(&leaves[2], &trust()));
            assert!(verified.is_err(), "byte {at}, bit {bit}");
        }
    }
}

#[test]
fn proofs_of_another_form_are_refused() {
    let leaves = leaves(5);
    let good =
        TlogProof::new(leaves.as_slice(), 2, signed(&leaves).note().clone()).unwrap().to_string();
    for (from, to) in [
        ("tlog-proof@v1", "tlog-proof@v2"),
        ("index 2", "index 02"),
        ("index 2", "index +2"),
        ("index 2", "index"),
        ("index 2", "extra \nindex 2"),
        ("index 2", "extra AR==\nindex 2"),
        ("index 2", "index 2\nindex 2"),
        ("index 2\n", "index 2\n\n"),
        ("index 2\n", "index 2\nAAAA\n"),
        ("index 2\n", "index 2\r\n"),
    ] {
        let bent = good.replacen(from, to, 1);
        assert!(bent.parse::<TlogProof>().is_err(), "{to:?}");
    }
    assert!("".parse::<TlogProof>().is_err());
}
