//! A log without its first events still verifies, where it says so itself.

use std::collections::BTreeMap;

use crate::audit::AuditVerdict;
use crate::audit::Chain;
use crate::audit::EventType;
use crate::audit::ExportFormat;
use crate::audit::LogExport;
use crate::audit::Pruned;
use crate::audit::PrunedRun;
use crate::audit::VerifyOptions;
use crate::audit::tests::RUN;
use crate::audit::tests::TENANT;
use crate::audit::tests::anchored::against;
use crate::audit::tests::anchored::checkpoint;
use crate::audit::tests::anchored::tree;
use crate::audit::tests::anchored::two_runs;
use crate::audit::tests::entries;
use crate::audit::tests::event;
use crate::model::Value;

const ADMIN: &str = "run_admin";
/// The other run is closed, ours is open after five events.
const CUT: usize = 17;

fn pruned(log: &[String], seed: u8) -> Pruned {
    let head = entries(RUN)[4].entry_hash.clone();
    Pruned {
        checkpoint: checkpoint(log, CUT, seed),
        log: tree(log, CUT),
        runs: BTreeMap::from([(RUN.to_owned(), PrunedRun { count: 5, head })]),
    }
}

/// Returns the whole log, with `audit.pruned` at its end, and that entry's line.
fn log(change: impl FnOnce(&mut BTreeMap<String, Value>)) -> (Vec<String>, String) {
    let mut log = two_runs();
    let mut details = pruned(&log, 7).to_details().unwrap();
    change(&mut details);
    let mut admin = Chain::new(TENANT, ADMIN);
    log.push(admin.append(event(ADMIN, 0, EventType::RunOpened)).unwrap().line);
    let told = admin.append({
        let mut told = event(ADMIN, 1, EventType::AuditPruned);
        told.details = details;
        told
    });
    let told = told.unwrap().line;
    log.push(told.clone());
    log.push(admin.append(event(ADMIN, 2, EventType::RunClosed)).unwrap().line);
    (log, told)
}

fn rest(log: &[String], head: &str) -> Vec<String> {
    [&[Pruned::head_line(head)], &log[CUT..]].concat()
}

#[test]
fn a_pruned_log_goes_on_from_the_hashes_that_are_kept() {
    let (log, told) = log(|_| {});
    let signed = [checkpoint(&log, log.len(), 7)];
    assert_eq!(against(&log, &signed).verdict, AuditVerdict::Ok);
    let report = against(&rest(&log, &told), &signed);
    assert_eq!(report.verdict, AuditVerdict::PrunedRecorded, "{report:?}");
    assert_eq!((report.pruned, report.events), (17, 10));
    assert_eq!(report.anchored, Some(27));
    assert_eq!(report.run(RUN).unwrap().count, 12);
    // Older checkpoints cannot be compared any more, and say nothing against it.
    let both = [checkpoint(&log, 3, 7), signed[0].clone()];
    assert_eq!(against(&rest(&log, &told), &both).verdict, AuditVerdict::PrunedRecorded);
    assert_eq!(against(&rest(&log, &told), &[]).verdict, AuditVerdict::OkUnanchored);
}

#[test]
fn a_beginning_that_is_missing_without_a_word_is_named() {
    let (log, told) = log(|_| {});
    let signed = [checkpoint(&log, log.len(), 7)];
    assert_eq!(against(&log[CUT..], &signed).verdict, AuditVerdict::PrunedUnrecorded);
    // The head line alone is not enough: the log has to hold the event itself.
    let without: Vec<String> =
        rest(&log, &told)[..8].iter().filter(|line| **line != told).cloned().collect();
    let cut = [checkpoint(&log, CUT, 7)];
    let verdict = against(&without, &cut).verdict;
    assert_eq!(verdict, AuditVerdict::PrunedUnrecorded);
}

#[test]
fn a_cut_elsewhere_than_the_record_says_is_refused() {
    let (log, told) = log(|_| {});
    let signed = [checkpoint(&log, log.len(), 7)];
    let head = [Pruned::head_line(&told)];
    for cut in [CUT - 1, CUT + 1, CUT + 3] {
        let verdict = against(&[&head, &log[cut..]].concat(), &signed).verdict;
        let fitting = matches!(
            verdict,
            AuditVerdict::Gap | AuditVerdict::Reordered | AuditVerdict::Duplicate
        );
        assert!(fitting, "{cut}: {verdict}");
    }
    // A second head line, or one that is not the first, is no line of a log.
    let twice = [&head, &head, &log[CUT..]].concat();
    assert_eq!(against(&twice, &signed).verdict, AuditVerdict::Malformed);
}

#[test]
fn a_record_that_does_not_agree_with_itself_or_is_signed_by_nobody_is_refused() {
    let wrong_count = |details: &mut BTreeMap<String, Value>| {
        details.insert("count".to_owned(), Value::Integer(16));
    };
    let no_runs = |details: &mut BTreeMap<String, Value>| {
        details.insert("runs".to_owned(), Value::Map(BTreeMap::new()));
    };
    let stranger = |details: &mut BTreeMap<String, Value>| {
        let by_stranger = pruned(&two_runs(), 8).to_details().unwrap();
        *details = by_stranger;
    };
    let (log, told) = self::log(wrong_count);
    let signed = |log: &[String]| [checkpoint(log, log.len(), 7)];
    assert_eq!(against(&rest(&log, &told), &signed(&log)).verdict, AuditVerdict::Malformed);
    let (log, told) = self::log(no_runs);
    assert_eq!(against(&rest(&log, &told), &signed(&log)).verdict, AuditVerdict::Gap);
    let (log, told) = self::log(stranger);
    assert_eq!(against(&rest(&log, &told), &signed(&log)).verdict, AuditVerdict::UnknownKey);
}

#[test]
fn every_changed_byte_of_the_head_line_is_refused() {
    let (log, told) = log(|_| {});
    let signed = [checkpoint(&log, log.len(), 7)];
    let lines = rest(&log, &told);
    for at in (0..lines[0].len()).step_by(3) {
        let mut bytes = lines[0].clone().into_bytes();
        bytes[at] ^= 1;
        let Ok(edited) = String::from_utf8(bytes) else {
            continue;
        };
        let edited = [&[edited], &lines[1..]].concat();
        let verdict = against(&edited, &signed).verdict;
        assert!(!verdict.is_ok(), "byte {at}: {verdict}");
    }
}

#[test]
fn a_pruned_log_is_exported_from_the_first_event_that_is_there() {
    let (log, told) = log(|_| {});
    let rest = rest(&log, &told);
    let mut export = LogExport::new(ExportFormat::JsonLines, VerifyOptions::default());
    let text = export.push(rest.concat().as_bytes()).unwrap();
    assert_eq!(text.lines().count(), rest.len() - 1);
    assert!(export.finish().is_ok_and(|(events, _)| events == (rest.len() - 1) as u64));
}
