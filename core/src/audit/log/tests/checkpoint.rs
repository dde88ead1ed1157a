use super::ORIGIN;
use super::leaves;
use super::signer;
use crate::audit::log::Checkpoint;
use crate::audit::log::CheckpointTrust;
use crate::audit::log::GrowingLog;
use crate::audit::log::LogError;
use crate::audit::log::MerkleLog;
use crate::audit::log::Note;
use crate::audit::log::NoteKey;
use crate::audit::log::SignedCheckpoint;
use crate::audit::log::note::cosigned_text;
use crate::audit::log::prove_consistency;
use crate::audit::log::sign_checkpoint;
use crate::model::SigningKey;
use crate::model::to_base64;

const ROOT: &str = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";

fn trust(keys: &[NoteKey]) -> CheckpointTrust {
    CheckpointTrust { keys: keys.to_vec(), ..CheckpointTrust::default() }
}

fn log_of(leaves: &[[u8; 32]]) -> MerkleLog {
    let mut log = MerkleLog::new();
    leaves.iter().for_each(|leaf| log.append(leaf));
    log
}

fn growing(leaves: &[[u8; 32]], newest: Option<&SignedCheckpoint>) -> GrowingLog {
    let mut log = GrowingLog::new(MerkleLog::new(), newest).unwrap();
    leaves.iter().for_each(|leaf| log.append(leaf));
    log
}

fn signed(leaves: &[[u8; 32]]) -> SignedCheckpoint {
    growing(leaves, None).checkpoint(ORIGIN, &[signer(ORIGIN, 1)]).unwrap()
}

#[test]
fn the_text_of_a_checkpoint_is_read_and_written_alike() {
    for text in [
        format!("example.com/behind-the-sofa\n20852163\n{ROOT}\n"),
        format!("go.sum database tree\n0\n{ROOT}\n"),
        format!("a\n18446744073709551615\n{ROOT}\nfirst extension\nsecond\n"),
    ] {
        assert_eq!(text.parse::<Checkpoint>().unwrap().to_string(), text);
    }
}

#[test]
fn other_texts_are_no_checkpoint() {
    for text in [
        String::new(),
        "\n".to_owned(),
        "a\n1\n".to_owned(),
        format!("a\n1\n{ROOT}"),
        format!("\n1\n{ROOT}\n"),
        format!("a\n\n{ROOT}\n"),
        "a\n1\n\n".to_owned(),
        format!("a\n01\n{ROOT}\n"),
        format!("a\n00\n{ROOT}\n"),
        format!("a\n+1\n{ROOT}\n"),
        format!("a\n-1\n{ROOT}\n"),
        format!("a\n 1\n{ROOT}\n"),
        format!("a\n1 \n{ROOT}\n"),
        format!("a\n0x1\n{ROOT}\n"),
        format!("a\n\u{661}\n{ROOT}\n"),
        format!("a\n18446744073709551616\n{ROOT}\n"),
        format!("a\n1\n{}\n", &ROOT[..43]),
        format!("a\n1\n{}\n", ROOT.replace("2I=", "2J=")),
        format!("a\n1\n{ROOT} \n"),
        format!("a\n1\n{}\n", to_base64(&[0; 31])),
        format!("a\n1\n{}\n", to_base64(&[0; 33])),
        format!("a\n1\n{ROOT}\n\n"),
        format!("a\n1\n{ROOT}\n\nb\n"),
        format!("a\r\n1\n{ROOT}\n"),
    ] {
        assert!(text.parse::<Checkpoint>().is_err(), "{text:?}");
    }
}

#[test]
fn a_signed_checkpoint_is_opened_by_its_key_only() {
    let signed = signed(&leaves(5));
    let note = signed.note().to_string();
    let key = signer(ORIGIN, 1).key().clone();
    let opened =
        SignedCheckpoint::open(note.as_bytes(), &trust(std::slice::from_ref(&key))).unwrap();
    assert_eq!(opened, signed);
    assert_eq!(opened.checkpoint().size, 5);
    let stranger = signer(ORIGIN, 2).key().clone();
    for keys in [vec![], vec![stranger]] {
        let refused = SignedCheckpoint::open(note.as_bytes(), &trust(&keys));
        assert_eq!(refused, Err(LogError::UnknownKey));
    }
    let elsewhere = CheckpointTrust { origin: Some("log.example/other".into()), ..trust(&[key]) };
    let refused = SignedCheckpoint::open(note.as_bytes(), &elsewhere);
    assert!(matches!(refused, Err(LogError::WrongOrigin { .. })));
}

#[test]
fn every_changed_bit_of_a_signed_checkpoint_is_refused() {
    let note = signed(&leaves(5)).note().to_string();
    let trust = trust(&[signer(ORIGIN, 1).key().clone()]);
    for at in 0..note.len() {
        for bit in 0..8 {
            let mut bytes = note.clone().into_bytes();
            bytes[at] ^= 1 << bit;
            assert!(SignedCheckpoint::open(&bytes, &trust).is_err(), "byte {at}, bit {bit}");
        }
    }
}

#[test]
fn witnesses_are_counted_and_never_stand_for_the_log() {
    let mut note = Note::new(signed(&leaves(3)).checkpoint().to_string()).unwrap();
    let secret = SigningKey::from_seed(&[5; 32]).unwrap();
    let witness = NoteKey::of_witness("witness.example", secret.public()).unwrap();
    let (log, at) = (signer(ORIGIN, 1), 1_800_000_000_u64);
    let signature = secret.sign(cosigned_text(note.text(), at).as_bytes());
    let bytes = [&witness.id().to_be_bytes()[..], &at.to_be_bytes(), &signature].concat();
    note.add_line(&format!("\u{2014} witness.example {}", to_base64(&bytes))).unwrap();
    let keys = [log.key().clone(), witness.clone()];
    let open = |note: &Note, needed| {
        let trust = CheckpointTrust { witnesses: needed, ..trust(&keys) };
        SignedCheckpoint::open(note.to_string().as_bytes(), &trust)
    };
    assert_eq!(open(&note, 0), Err(LogError::UnknownKey));
    note.sign(&log).unwrap();
    let opened = open(&note, 1).unwrap();
    assert_eq!(opened.witnesses()[0].time, Some(at));
    assert_eq!(opened.signers().len(), 1);
    let refused = LogError::WitnessesMissing { needed: 2, found: 1 };
    assert_eq!(open(&note, 2), Err(refused));
}

#[test]
fn several_keys_sign_one_checkpoint() {
    let signers = [signer(ORIGIN, 1), signer(ORIGIN, 2)];
    let signed = growing(&leaves(3), None).checkpoint(ORIGIN, &signers).unwrap();
    let note = signed.note().to_string();
    for signer in &signers {
        let opened = SignedCheckpoint::open(note.as_bytes(), &trust(&[signer.key().clone()]));
        assert_eq!(opened.unwrap().signers().len(), 1);
    }
}

#[test]
fn nothing_is_signed_without_a_key_or_over_an_origin_of_two_lines() {
    let mut log = growing(&leaves(3), None);
    assert!(log.checkpoint(ORIGIN, &[]).is_err());
    for origin in ["", "a\n7", "a\n\nb", "a\tb"] {
        assert!(log.checkpoint(origin, &[signer(ORIGIN, 1)]).is_err(), "{origin:?}");
    }
}

#[test]
fn a_grown_log_is_signed_with_and_without_a_proof() {
    let leaves = leaves(40);
    let signers = [signer(ORIGIN, 1)];
    for old in 0..40 {
        let previous = signed(&leaves[..old]);
        let mut log = growing(&leaves, Some(&previous));
        let proof = prove_consistency(leaves.as_slice(), old as u64, 40).unwrap();
        let ours = sign_checkpoint(&signers, ORIGIN, log.log(), Some(&previous), &proof).unwrap();
        assert_eq!(log.checkpoint(ORIGIN, &signers).unwrap(), ours);
    }
}

#[test]
fn a_shrunk_log_is_never_signed() {
    let leaves = leaves(10);
    let previous = signed(&leaves);
    for size in 0..10 {
        let mut log = growing(&leaves[..size], Some(&previous));
        let refused = Err(LogError::Shrunk { signed: 10, found: size as u64 });
        assert_eq!(log.checkpoint(ORIGIN, &[signer(ORIGIN, 1)]), refused);
        let merkle = log_of(&leaves[..size]);
        let with_proof =
            sign_checkpoint(&[signer(ORIGIN, 1)], ORIGIN, &merkle, Some(&previous), &[]);
        assert_eq!(with_proof, refused);
    }
}

#[test]
fn a_rewritten_log_is_never_signed() {
    let good = leaves(10);
    let previous = signed(&good[..6]);
    for at in 0..6 {
        let mut other = good.clone();
        other[at][0] ^= 1;
        let mut log = growing(&other, Some(&previous));
        let refused = Err(LogError::Forked { size: 6 });
        assert_eq!(log.check().unwrap_err(), LogError::Forked { size: 6 });
        assert_eq!(log.checkpoint(ORIGIN, &[signer(ORIGIN, 1)]), refused);
        let proof = prove_consistency(other.as_slice(), 6, 10).unwrap();
        let with_proof =
            sign_checkpoint(&[signer(ORIGIN, 1)], ORIGIN, &log_of(&other), Some(&previous), &proof);
        assert_eq!(with_proof, refused);
    }
}

#[test]
fn another_origin_or_a_stray_proof_is_never_signed() {
    let leaves = leaves(4);
    let previous = signed(&leaves);
    let mut log = growing(&leaves, Some(&previous));
    let refused = log.checkpoint("log.example/other", &[signer(ORIGIN, 1)]);
    assert!(matches!(refused, Err(LogError::WrongOrigin { .. })));
    let first = sign_checkpoint(&[signer(ORIGIN, 1)], ORIGIN, log.log(), None, &[[0; 32]]);
    assert_eq!(first, Err(LogError::ProofInvalid));
}

#[test]
fn a_log_already_past_its_checkpoint_is_not_taken_on_trust() {
    let leaves = leaves(7);
    let previous = signed(&leaves[..4]);
    assert!(GrowingLog::new(log_of(&leaves), Some(&previous)).is_err());
    assert!(GrowingLog::new(log_of(&leaves[..4]), Some(&previous)).unwrap().check().is_ok());
}
