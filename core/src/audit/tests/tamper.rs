//! What no edit of a stored log gets past.

use crate::audit::AuditVerdict;
use crate::audit::Chain;
use crate::audit::EventType;
use crate::audit::Verifier;
use crate::audit::VerifyOptions;
use crate::audit::tests::RUN;
use crate::audit::tests::TENANT;
use crate::audit::tests::entries;
use crate::audit::tests::event;
use crate::audit::tests::kinds;
use crate::audit::tests::lines;
use crate::audit::tests::read_on;
use crate::audit::tests::rewritten;
use crate::audit::tests::verdict;
use crate::audit::verify_log;
use crate::model::DecisionEffect;

#[test]
fn every_changed_byte_is_refused() {
    let lines = lines(RUN);
    let mut before = Verifier::new(VerifyOptions::default());
    for (number, line) in lines.iter().enumerate() {
        for at in 0..line.len() {
            let old = line.as_bytes()[at];
            for other in [b'0', b'f', b' ', b'"', b'\n', old ^ 1, old ^ 0x20, 0xff] {
                if other == old {
                    continue;
                }
                let mut edited = line.clone().into_bytes();
                edited[at] = other;
                let whole = other == old ^ 1;
                let rest = if whole { &lines[number + 1..] } else { &[] };
                edited.extend(rest.concat().bytes());
                let report = read_on(&before, &edited);
                let torn = at + 1 == line.len() && rest.is_empty();
                let fitting = match report.verdict {
                    AuditVerdict::Edited | AuditVerdict::Malformed => !torn,
                    AuditVerdict::TornTail => torn,
                    AuditVerdict::Duplicate
                    | AuditVerdict::Fork
                    | AuditVerdict::Gap
                    | AuditVerdict::Ok
                    | AuditVerdict::OkUnanchored
                    | AuditVerdict::PayloadExpired
                    | AuditVerdict::PayloadMismatch
                    | AuditVerdict::PayloadMissingEarly
                    | AuditVerdict::PrunedRecorded
                    | AuditVerdict::PrunedUnrecorded
                    | AuditVerdict::Reordered
                    | AuditVerdict::RevokedKey
                    | AuditVerdict::RolledBack
                    | AuditVerdict::Truncated
                    | AuditVerdict::UnknownKey
                    | AuditVerdict::WrongLog => false,
                };
                assert!(fitting, "line {number} byte {at} to {other}: {report:?}");
                assert_eq!(report.first_bad.unwrap().index, number as u64 + 1);
            }
        }
        before.line(line.as_bytes());
    }
}

#[test]
fn every_removed_or_added_byte_is_refused() {
    let lines = lines(RUN);
    let mut before = Verifier::new(VerifyOptions::default());
    for (number, line) in lines.iter().enumerate() {
        for at in 0..line.len() {
            let mut shorter = line.clone().into_bytes();
            shorter.remove(at);
            shorter.extend(lines[number + 1..].concat().bytes());
            let mut all = vec![shorter];
            for byte in [b' ', b'0', b'\n', b'\r', 0] {
                let mut longer = line.clone().into_bytes();
                longer.insert(at, byte);
                all.push(longer);
            }
            for edited in all {
                let report = read_on(&before, &edited);
                let fitting = matches!(
                    report.verdict,
                    AuditVerdict::Edited | AuditVerdict::Malformed | AuditVerdict::TornTail
                );
                assert!(fitting, "line {number} byte {at}: {report:?}");
            }
            let cut = read_on(&before, &line.as_bytes()[..at]);
            let expected = if at == 0 { AuditVerdict::Truncated } else { AuditVerdict::TornTail };
            assert_eq!(cut.verdict, expected, "line {number} cut before byte {at}");
        }
        before.line(line.as_bytes());
    }
}

#[test]
fn every_dropped_event_is_a_gap_and_a_dropped_end_or_beginning_is_told_apart() {
    let lines = lines(RUN);
    for drop in 0..lines.len() {
        let mut rest = lines.clone();
        rest.remove(drop);
        let report = verify_log(rest.concat().as_bytes(), VerifyOptions::default());
        let expected = match drop {
            0 => AuditVerdict::PrunedUnrecorded,
            11 => AuditVerdict::Truncated,
            _ => AuditVerdict::Gap,
        };
        assert_eq!(report.verdict, expected, "without event {drop}");
        assert_eq!(report.first_bad.unwrap().index, drop as u64 + 1);
        for end in 0..=drop {
            let cut = lines[..end].concat();
            assert_eq!(verdict(cut.as_bytes()), AuditVerdict::Truncated);
        }
    }
}

#[test]
fn every_swap_of_two_events_is_a_reordering() {
    let lines = lines(RUN);
    for first in 0..lines.len() {
        for second in first + 1..lines.len() {
            let mut swapped = lines.clone();
            swapped.swap(first, second);
            let report = verify_log(swapped.concat().as_bytes(), VerifyOptions::default());
            assert_eq!(report.verdict, AuditVerdict::Reordered, "{first} and {second}");
            assert_eq!(report.first_bad.unwrap().index, first as u64 + 1);
        }
    }
}

#[test]
fn every_repeated_event_is_refused_wherever_its_copy_stands() {
    let lines = lines(RUN);
    for event in 0..lines.len() {
        for place in 0..=lines.len() {
            let mut repeated = lines.clone();
            repeated.insert(place, lines[event].clone());
            let report = verify_log(repeated.concat().as_bytes(), VerifyOptions::default());
            // A copy right before or right after the event itself is one and the same log.
            let early = place < event;
            let fitting = report.verdict == AuditVerdict::Duplicate
                || (early && report.verdict == AuditVerdict::Reordered);
            assert!(fitting, "event {event} again at {place}: {report:?}");
            let index = place.max(event + usize::from(place >= event)) as u64 + 1;
            let expected = if early { place as u64 + 1 } else { index };
            assert_eq!(report.first_bad.unwrap().index, expected, "{event} at {place}");
        }
    }
}

#[test]
fn an_event_of_another_run_is_refused_in_any_place() {
    let ours = lines(RUN);
    let theirs = lines("run_01jz0000000000000000000002");
    for place in 0..ours.len() {
        let mut spliced = ours.clone();
        spliced[place] = theirs[place].clone();
        let verdict = verdict(spliced.concat().as_bytes());
        let expected = match place {
            0 | 11 => [AuditVerdict::Gap, AuditVerdict::Truncated],
            _ => [AuditVerdict::Gap, AuditVerdict::Gap],
        };
        assert!(expected.contains(&verdict), "{place}: {verdict}");
    }
}

#[test]
fn an_event_rewritten_with_its_own_hash_is_found_by_the_one_after_it() {
    let entries = entries(RUN);
    for at in 0..entries.len() {
        let mut record = entries[at].record.clone();
        record.decision = Some(DecisionEffect::Denied);
        let mut lines = lines(RUN);
        lines[at] = rewritten(&record);
        let log = lines.concat();
        let options = VerifyOptions {
            expected_head: Some(entries[11].entry_hash.clone()),
            expected_count: Some(12),
            ..VerifyOptions::default()
        };
        let report = verify_log(log.as_bytes(), options);
        assert_eq!(report.verdict, AuditVerdict::Edited, "event {at}: {report:?}");
    }
}

#[test]
fn a_chain_rewritten_as_a_whole_is_found_by_the_head_kept_elsewhere() {
    let head = entries(RUN)[11].entry_hash.clone();
    let mut chain = Chain::new(TENANT, RUN);
    let mut log = String::new();
    for (number, kind) in kinds().into_iter().enumerate() {
        let mut event = event(RUN, number, kind);
        event.decision = Some(DecisionEffect::Denied);
        log.push_str(&chain.append(event).unwrap().line);
    }
    assert_eq!(verdict(log.as_bytes()), AuditVerdict::OkUnanchored);
    let options = VerifyOptions {
        expected_head: Some(head),
        expected_count: Some(12),
        ..VerifyOptions::default()
    };
    assert_eq!(verify_log(log.as_bytes(), options).verdict, AuditVerdict::Edited);
}

#[test]
fn two_events_at_one_place_are_a_fork() {
    let mut chain = Chain::new(TENANT, RUN);
    let opened = chain.append(event(RUN, 0, EventType::RunOpened)).unwrap();
    let mut other = chain.clone();
    let left = chain.append(event(RUN, 1, EventType::ToolCalled)).unwrap();
    let right = other.append(event(RUN, 2, EventType::ToolCalled)).unwrap();
    let log = [opened.line, left.line, right.line].concat();
    let options = VerifyOptions { allow_open: true, ..VerifyOptions::default() };
    assert_eq!(verify_log(log.as_bytes(), options).verdict, AuditVerdict::Fork);
}
