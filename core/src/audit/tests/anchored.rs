//! What a checkpoint shows that the chains alone cannot.

use crate::audit::AuditVerdict;
use crate::audit::Chain;
use crate::audit::CheckpointTrust;
use crate::audit::EventType;
use crate::audit::GrowingLog;
use crate::audit::MerkleLog;
use crate::audit::NoteSigner;
use crate::audit::VerifyOptions;
use crate::audit::VerifyReport;
use crate::audit::revocation_details;
use crate::audit::rotation_details;
use crate::audit::tests::RUN;
use crate::audit::tests::TENANT;
use crate::audit::tests::event;
use crate::audit::tests::kinds;
use crate::audit::tests::lines;
use crate::audit::verify_log;
use crate::model::Digest;

pub(super) const ORIGIN: &str = "log.example/ten_platform";
const OTHER: &str = "run_01jz0000000000000000000002";

pub(super) fn signer(seed: u8) -> NoteSigner {
    NoteSigner::new(ORIGIN, &[seed; 32]).unwrap()
}

pub(super) fn trust() -> CheckpointTrust {
    CheckpointTrust {
        keys: vec![signer(7).key().clone()],
        origin: Some(ORIGIN.to_owned()),
        witnesses: 0,
    }
}

fn leaf(line: &str) -> [u8; 32] {
    let entry: serde_json::Value = serde_json::from_str(line).unwrap();
    Digest::from_text(entry["entry_hash"].as_str().unwrap()).bytes().unwrap()
}

/// Returns the tree over the first `size` lines.
pub(super) fn tree(log: &[String], size: usize) -> MerkleLog {
    let mut tree = MerkleLog::new();
    log[..size].iter().for_each(|line| tree.append(&leaf(line)));
    tree
}

pub(super) fn checkpoint(log: &[String], size: usize, seed: u8) -> String {
    let mut growing = GrowingLog::new(tree(log, size), None).unwrap();
    growing.checkpoint(ORIGIN, &[signer(seed)]).unwrap().note().to_string()
}

pub(super) fn against(log: &[String], checkpoints: &[String]) -> VerifyReport {
    let options = VerifyOptions {
        checkpoints: checkpoints.to_vec(),
        trust: trust(),
        ..VerifyOptions::default()
    };
    verify_log(log.concat().as_bytes(), options)
}

/// Two runs, one inside the other.
pub(super) fn two_runs() -> Vec<String> {
    let (ours, theirs) = (lines(RUN), lines(OTHER));
    [&ours[..3], &theirs[..], &ours[3..]].concat()
}

#[test]
fn a_log_is_ok_where_a_checkpoint_covers_it_and_unanchored_beyond() {
    let log = two_runs();
    let report = against(&log, &[checkpoint(&log, 24, 7)]);
    assert_eq!((report.verdict, report.anchored), (AuditVerdict::Ok, Some(24)));
    let report = against(&log, &[checkpoint(&log, 20, 7)]);
    assert_eq!((report.verdict, report.anchored), (AuditVerdict::OkUnanchored, Some(20)));
    let report = against(&log, &[]);
    assert_eq!((report.verdict, report.anchored), (AuditVerdict::OkUnanchored, None));
}

#[test]
fn an_open_run_is_whole_where_a_checkpoint_says_that_nothing_followed() {
    let log = two_runs()[..20].to_vec();
    assert_eq!(against(&log, &[checkpoint(&log, 20, 7)]).verdict, AuditVerdict::Ok);
    assert_eq!(against(&log, &[checkpoint(&log, 19, 7)]).verdict, AuditVerdict::Truncated);
}

#[test]
fn every_dropped_end_is_a_truncation_also_where_runs_are_closed() {
    let log = two_runs();
    let signed = checkpoint(&log, 24, 7);
    for end in 0..24 {
        let report = against(&log[..end], std::slice::from_ref(&signed));
        assert_eq!(report.verdict, AuditVerdict::Truncated, "{end}");
    }
    // A whole run is gone, and the other is intact.
    let report = against(&lines(RUN), &[signed]);
    assert_eq!(report.verdict, AuditVerdict::Truncated);
}

#[test]
fn a_log_that_ends_at_an_older_checkpoint_was_rolled_back() {
    let log = two_runs();
    let signed = [checkpoint(&log, 15, 7), checkpoint(&log, 24, 7)];
    assert_eq!(against(&log[..15], &signed).verdict, AuditVerdict::RolledBack);
    assert_eq!(against(&log[..16], &signed).verdict, AuditVerdict::Truncated);
    assert_eq!(against(&log, &signed).verdict, AuditVerdict::Ok);
}

#[test]
fn a_log_that_was_rewritten_as_a_whole_or_moved_about_is_not_what_was_signed() {
    let log = two_runs();
    let signed = checkpoint(&log, 24, 7);
    let mut chain = Chain::new(TENANT, RUN);
    let ours: Vec<String> = (kinds().into_iter().enumerate())
        .map(|(number, kind)| {
            let mut event = event(RUN, number, kind);
            event.actor = "somebody-else".to_owned();
            chain.append(event).unwrap().line
        })
        .collect();
    let rewritten = [&ours[..3], &log[3..15], &ours[3..]].concat();
    assert_eq!(against(&rewritten, &[]).verdict, AuditVerdict::OkUnanchored);
    let report = against(&rewritten, std::slice::from_ref(&signed));
    assert_eq!(report.verdict, AuditVerdict::Edited);
    // The same events, the runs one after the other.
    let moved = [&log[3..15], &log[..3], &log[15..]].concat();
    assert_eq!(against(&moved, &[]).verdict, AuditVerdict::OkUnanchored);
    assert_eq!(against(&moved, &[signed]).verdict, AuditVerdict::Edited);
}

#[test]
fn two_checkpoints_of_one_size_that_differ_are_a_fork() {
    let log = two_runs();
    let moved = [&log[3..15], &log[..3], &log[15..]].concat();
    let signed = [checkpoint(&log, 24, 7), checkpoint(&moved, 24, 7)];
    assert_eq!(against(&log, &signed).verdict, AuditVerdict::Fork);
}

#[test]
fn a_checkpoint_by_somebody_else_or_of_another_log_or_changed_is_refused() {
    let log = two_runs();
    assert_eq!(against(&log, &[checkpoint(&log, 24, 8)]).verdict, AuditVerdict::UnknownKey);
    let other = VerifyOptions {
        checkpoints: vec![checkpoint(&log, 24, 7)],
        trust: CheckpointTrust { origin: Some("log.example/ten_other".to_owned()), ..trust() },
        ..VerifyOptions::default()
    };
    let report = verify_log(log.concat().as_bytes(), other);
    assert_eq!(report.verdict, AuditVerdict::WrongLog);
    let note = checkpoint(&log, 24, 7);
    for at in 0..note.len() {
        let mut bytes = note.clone().into_bytes();
        bytes[at] ^= 1;
        let Ok(changed) = String::from_utf8(bytes) else {
            continue;
        };
        let verdict = against(&log, std::slice::from_ref(&changed)).verdict;
        let fitting = matches!(
            verdict,
            AuditVerdict::Edited
                | AuditVerdict::Malformed
                | AuditVerdict::UnknownKey
                | AuditVerdict::WrongLog
        );
        assert!(fitting, "byte {at}: {verdict}: {changed}");
    }
}

#[test]
fn every_changed_byte_of_an_anchored_log_is_refused() {
    let log = two_runs();
    let signed = [checkpoint(&log, 24, 7)];
    let bytes = log.concat().into_bytes();
    for at in (0..bytes.len()).step_by(7) {
        let mut edited = bytes.clone();
        edited[at] ^= 1;
        let options = VerifyOptions {
            checkpoints: signed.to_vec(),
            trust: trust(),
            ..VerifyOptions::default()
        };
        let report = verify_log(&edited, options);
        let verdict = report.verdict;
        assert!(
            matches!(
                verdict,
                AuditVerdict::Edited | AuditVerdict::Malformed | AuditVerdict::TornTail
            ),
            "byte {at}: {verdict}"
        );
    }
}

/// One run in which key 8 comes in beside key 7, which then ends.
fn rotated() -> Vec<String> {
    let mut chain = Chain::new(TENANT, RUN);
    let mut lines = vec![chain.append(event(RUN, 0, EventType::RunOpened)).unwrap().line];
    let rotation = rotation_details(ORIGIN, &signer(7), &signer(8), 2).unwrap();
    let revocation = revocation_details(ORIGIN, &signer(8), signer(7).key(), 2).unwrap();
    for (number, details) in [(1, rotation), (2, revocation)] {
        let mut told = event(RUN, number, EventType::KeyEpoch);
        told.details = details;
        lines.push(chain.append(told).unwrap().line);
    }
    lines.push(chain.append(event(RUN, 3, EventType::RunClosed)).unwrap().line);
    lines
}

#[test]
fn keys_follow_the_log_so_that_a_rotation_makes_no_history_look_tampered() {
    let log = rotated();
    // Trust begins with key 7 alone.
    assert_eq!(against(&log, &[checkpoint(&log, 4, 8)]).verdict, AuditVerdict::Ok);
    let both = [checkpoint(&log, 2, 7), checkpoint(&log, 4, 8)];
    assert_eq!(against(&log, &both).verdict, AuditVerdict::Ok);
    assert_eq!(against(&log, &[checkpoint(&log, 4, 7)]).verdict, AuditVerdict::RevokedKey);
    assert_eq!(against(&log, &[checkpoint(&log, 4, 9)]).verdict, AuditVerdict::UnknownKey);
}

#[test]
fn whoever_trusts_the_newest_key_alone_or_all_of_them_reads_past_rotations() {
    let log = rotated();
    let held = |keys: &[u8], seed: u8| {
        let keys = keys.iter().map(|seed| signer(*seed).key().clone()).collect();
        let options = VerifyOptions {
            checkpoints: vec![checkpoint(&log, 4, seed)],
            trust: CheckpointTrust { keys, ..trust() },
            ..VerifyOptions::default()
        };
        verify_log(log.concat().as_bytes(), options).verdict
    };
    assert_eq!(held(&[8], 8), AuditVerdict::Ok);
    assert_eq!(held(&[7, 8], 8), AuditVerdict::Ok);
    assert_eq!(held(&[9], 9), AuditVerdict::Ok);
    // What ends a trusted key holds, whoever else is trusted.
    assert_eq!(held(&[7, 8], 7), AuditVerdict::RevokedKey);
    assert_eq!(held(&[7, 9], 9), AuditVerdict::Ok);
    assert_eq!(held(&[9], 8), AuditVerdict::UnknownKey);
}
