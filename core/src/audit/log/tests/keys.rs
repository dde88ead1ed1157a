use std::collections::BTreeMap;

use super::ORIGIN;
use super::leaves;
use super::signer;
use crate::audit::log::GrowingLog;
use crate::audit::log::LogError;
use crate::audit::log::LogKeys;
use crate::audit::log::MerkleLog;
use crate::audit::log::NoteSigner;
use crate::audit::log::revocation_details;
use crate::audit::log::rotation_details;
use crate::model::Value;

fn keys_of(signer: &NoteSigner) -> LogKeys {
    LogKeys::new(ORIGIN, vec![signer.key().clone()])
}

fn checkpoint(size: u64, signers: &[NoteSigner]) -> Vec<u8> {
    let mut log = GrowingLog::new(MerkleLog::new(), None).unwrap();
    leaves(size).iter().for_each(|leaf| log.append(leaf));
    log.checkpoint(ORIGIN, signers).unwrap().note().to_string().into_bytes()
}

fn code<T: std::fmt::Debug>(result: Result<T, LogError>) -> &'static str {
    result.unwrap_err().code()
}

#[test]
fn a_rotation_brings_in_a_key_from_its_size_on() {
    let (old, new) = (signer(ORIGIN, 1), signer(ORIGIN, 2));
    let mut keys = keys_of(&old);
    keys.apply(9, &rotation_details(ORIGIN, &old, &new, 12).unwrap()).unwrap();
    let by_new = |size| keys.open(&checkpoint(size, std::slice::from_ref(&new)), 0);
    assert_eq!(code(by_new(11)), "unknown_key");
    assert_eq!(by_new(12).unwrap().checkpoint().size, 12);
    let overlap = [old.clone(), new.clone()];
    assert_eq!(keys.open(&checkpoint(12, &overlap), 0).unwrap().signers().len(), 2);
    assert_eq!(keys.open(&checkpoint(11, &overlap), 0).unwrap().signers().len(), 1);
    assert!(keys.open(&checkpoint(30, &[old]), 0).is_ok());
}

#[test]
fn a_new_key_signs_no_checkpoint_without_its_rotation_in_it() {
    let (old, new) = (signer(ORIGIN, 1), signer(ORIGIN, 2));
    let mut keys = keys_of(&old);
    keys.apply(9, &rotation_details(ORIGIN, &old, &new, 0).unwrap()).unwrap();
    assert!(keys.open(&checkpoint(9, std::slice::from_ref(&new)), 0).is_err());
    assert!(keys.open(&checkpoint(10, &[new]), 0).is_ok());
}

#[test]
fn a_revoked_key_keeps_its_older_checkpoints_and_loses_the_larger_ones() {
    let (old, new) = (signer(ORIGIN, 1), signer(ORIGIN, 2));
    let mut keys = keys_of(&old);
    keys.apply(5, &rotation_details(ORIGIN, &old, &new, 6).unwrap()).unwrap();
    keys.apply(20, &revocation_details(ORIGIN, &new, old.key(), 8).unwrap()).unwrap();
    let old_alone = |size| keys.open(&checkpoint(size, std::slice::from_ref(&old)), 0);
    assert!(old_alone(8).is_ok());
    assert_eq!(code(old_alone(9)), "revoked_key");
    assert!(keys.open(&checkpoint(9, &[old.clone(), new]), 0).is_ok());
}

#[test]
fn a_revoked_key_brings_in_no_key_and_is_not_revived() {
    let (old, new) = (signer(ORIGIN, 1), signer(ORIGIN, 2));
    let mut keys = keys_of(&old);
    keys.apply(5, &rotation_details(ORIGIN, &old, &new, 6).unwrap()).unwrap();
    keys.apply(20, &revocation_details(ORIGIN, &old, old.key(), 8).unwrap()).unwrap();
    let third = rotation_details(ORIGIN, &old, &signer(ORIGIN, 3), 22).unwrap();
    assert_eq!(code(keys.apply(21, &third)), "key_epoch_refused");
    let again = rotation_details(ORIGIN, &new, &old, 22).unwrap();
    assert_eq!(code(keys.apply(21, &again)), "key_epoch_refused");
    keys.apply(22, &revocation_details(ORIGIN, &new, old.key(), 100).unwrap()).unwrap();
    assert_eq!(code(keys.status(old.key(), 9)), "revoked_key");
}

#[test]
fn a_rotation_needs_both_signatures_and_its_own_log() {
    let (old, new, stranger) = (signer(ORIGIN, 1), signer(ORIGIN, 2), signer(ORIGIN, 3));
    let mut keys = keys_of(&old);
    let good = rotation_details(ORIGIN, &old, &new, 6).unwrap();
    let by_stranger = rotation_details(ORIGIN, &stranger, &new, 6).unwrap();
    assert_eq!(code(keys.apply(5, &by_stranger)), "key_epoch_refused");
    let elsewhere = rotation_details("log.example/other", &old, &new, 6).unwrap();
    assert_eq!(code(keys.apply(5, &elsewhere)), "wrong_log");
    for kept in 0..2 {
        let mut one = good.clone();
        let Some(Value::List(lines)) = one.get_mut("signatures") else { unreachable!() };
        lines.remove(kept);
        assert_eq!(code(keys.apply(5, &one)), "key_epoch_refused");
    }
    assert_eq!(code(keys.status(new.key(), 10)), "unknown_key");
    keys.apply(5, &good).unwrap();
    assert_eq!(keys.status(new.key(), 10), Ok(()));
}

#[test]
fn every_changed_member_of_a_key_epoch_is_refused() {
    let (old, new) = (signer(ORIGIN, 1), signer(ORIGIN, 2));
    let good = rotation_details(ORIGIN, &old, &new, 6).unwrap();
    let other = |value: &Value| match value {
        Value::Integer(number) => Value::Integer(number + 1),
        Value::Text(text) => Value::Text(format!("{text}x")),
        Value::List(_) => Value::List(vec![Value::Text("\u{2014} a AAAAAAA=".to_owned())]),
        other => other.clone(),
    };
    for name in good.keys() {
        let mut changed = good.clone();
        let value = changed.get_mut(name).unwrap();
        *value = other(value);
        assert!(keys_of(&old).apply(5, &changed).is_err(), "{name}");
        let mut without = good.clone();
        without.remove(name);
        assert!(keys_of(&old).apply(5, &without).is_err(), "{name}");
    }
    let mut more = good;
    more.insert("more".to_owned(), Value::Null);
    assert!(keys_of(&old).apply(5, &more).is_err());
    assert!(keys_of(&old).apply(5, &BTreeMap::new()).is_err());
}

#[test]
fn a_key_of_another_log_signs_nothing_here() {
    let old = signer(ORIGIN, 1);
    let mut log = GrowingLog::new(MerkleLog::new(), None).unwrap();
    leaves(3).iter().for_each(|leaf| log.append(leaf));
    let signed = log.checkpoint("log.example/other", std::slice::from_ref(&old)).unwrap();
    let note = signed.note().to_string();
    assert_eq!(code(keys_of(&old).open(note.as_bytes(), 0)), "wrong_log");
}
