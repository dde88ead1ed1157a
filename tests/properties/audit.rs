//! Any edit of a stored chain is noticed.

use std::collections::BTreeMap;

use bailiwick::AuditEvent;
use bailiwick::AuditVerdict;
use bailiwick::Chain;
use bailiwick::Entry;
use bailiwick::EventType;
use bailiwick::VerifyOptions;
use bailiwick::verify_log;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

use crate::config;
use crate::strategy::now;

fn event(number: usize, event_type: EventType, text: &str) -> AuditEvent {
    AuditEvent {
        action: "shell.exec".to_owned(),
        actor: "worker-1".to_owned(),
        actor_type: "worker".to_owned(),
        approval_id: None,
        audit_id: format!("aud_{number}"),
        created_at: now(),
        decision: None,
        decision_id: None,
        details: [("text".to_owned(), bailiwick::Value::Text(text.to_owned()))].into(),
        event_type,
        matched_rules: Vec::new(),
        payloads: BTreeMap::new(),
        policy_version: None,
        request_hash: None,
        resource_id: "run_1".to_owned(),
        resource_type: "run".to_owned(),
        result_hash: None,
        run_id: "run_1".to_owned(),
        tenant_id: "ten_1".to_owned(),
    }
}

/// Returns the lines of a closed run.
fn chain() -> impl Strategy<Value = Vec<String>> {
    entries().prop_map(|entries| entries.into_iter().map(|entry| entry.line).collect())
}

/// Returns the entries of a closed run.
fn entries() -> impl Strategy<Value = Vec<Entry>> {
    vec(any::<String>(), 1..6).prop_map(|texts| {
        let mut chain = Chain::new("ten_1", "run_1");
        let last = texts.len() + 1;
        let mut types = vec![EventType::ToolCalled; last + 1];
        (types[0], types[last]) = (EventType::RunOpened, EventType::RunClosed);
        types
            .into_iter()
            .enumerate()
            .map(|(number, event_type)| {
                let text = texts.get(number).map_or("", String::as_str);
                chain.append(event(number, event_type, text)).unwrap()
            })
            .collect()
    })
}

fn verdict(log: &[u8]) -> AuditVerdict {
    verify_log(log, VerifyOptions::default()).verdict
}

proptest! {
    #![proptest_config(config(256))]

    #[test]
    fn any_changed_byte_is_noticed(lines in chain(), at: Index, byte: u8) {
        let mut log = lines.concat().into_bytes();
        prop_assert_eq!(verdict(&log), AuditVerdict::OkUnanchored);
        let at = at.index(log.len());
        prop_assume!(log[at] != byte);
        log[at] = byte;
        prop_assert!(!verdict(&log).is_ok());
    }

    #[test]
    fn any_byte_put_in_or_taken_out_is_noticed(lines in chain(), at: Index, byte: u8, out: bool) {
        let mut log = lines.concat().into_bytes();
        let at = at.index(log.len());
        if out {
            log.remove(at);
        } else {
            log.insert(at, byte);
        }
        prop_assert!(!verdict(&log).is_ok());
    }

    #[test]
    fn any_log_that_breaks_off_is_noticed(lines in chain(), at: Index) {
        let log = lines.concat().into_bytes();
        prop_assert!(!verdict(&log[..at.index(log.len())]).is_ok());
    }

    #[test]
    fn any_line_dropped_or_doubled_or_moved_is_noticed(
        lines in chain(), from: Index, to: Index, how in 0..3_usize,
    ) {
        let (from, to) = (from.index(lines.len()), to.index(lines.len()));
        let mut edited = lines.clone();
        match how {
            0 => drop(edited.remove(from)),
            1 => edited.insert(to, lines[from].clone()),
            _ => edited.swap(from, to),
        }
        prop_assume!(edited != lines);
        let report = verify_log(edited.concat().as_bytes(), VerifyOptions::default());
        prop_assert!(!report.is_ok());
        prop_assert!(report.first_bad.is_some_and(|bad| bad.index >= 1));
    }

    #[test]
    fn a_chain_goes_on_from_its_last_record_alone(entries in entries(), at: Index) {
        let at = at.index(entries.len() - 1);
        let mut chain = Chain::resume(&entries[at].record).unwrap();
        prop_assert_eq!(chain.head(), &entries[at].entry_hash);
        let next = &entries[at + 1];
        let text = match &next.record.details.get("text") {
            Some(bailiwick::Value::Text(text)) => text.clone(),
            _ => String::new(),
        };
        let again = chain.append(event(at + 1, next.record.event_type, &text)).unwrap();
        prop_assert_eq!(&again, next);
    }
}
