//! The order of documents, their files, and duplicates mean nothing.

use std::sync::Arc;

use bailiwick::Digest;
use bailiwick::PolicySet;
use proptest::prelude::*;
use serde_json::Value;

use crate::config;
use crate::decision::decide;
use crate::strategy::Files;
use crate::strategy::PolicyDoc;
use crate::strategy::compiled;
use crate::strategy::documents;
use crate::strategy::request;
use crate::strategy::state;

/// Returns the documents with their lists (rules, patterns, names) and keys the other way round;
/// models apart, which are tried in order.
fn reversed(documents: &[PolicyDoc]) -> Vec<PolicyDoc> {
    fn reverse(value: &Value) -> Value {
        match value {
            Value::Array(items) => Value::Array(items.iter().rev().map(reverse).collect()),
            Value::Object(object) => Value::Object(
                object
                    .iter()
                    .map(|(key, value)| {
                        let ordered = key == "allowed_models";
                        (key.clone(), if ordered { value.clone() } else { reverse(value) })
                    })
                    .collect(),
            ),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.clone(),
        }
    }
    let turned = documents.iter().map(|doc| PolicyDoc {
        kind: doc.kind,
        body: reverse(&Value::Object(doc.body.clone())).as_object().unwrap().clone(),
    });
    turned.rev().collect()
}

proptest! {
    #![proptest_config(config(160))]

    #[test]
    fn order_and_files_and_duplicates_change_neither_hash_nor_decision(
        documents in documents(), seed in any::<u64>(),
        copies in prop::collection::vec(any::<prop::sample::Index>(), 0..3),
        request in request(), state in state(), what_if: bool,
    ) {
        let Some(policies) = compiled(&documents) else { return Ok(()) };
        let mut other = documents.clone();
        other.extend(copies.iter().map(|index| documents[index.index(documents.len())].clone()));
        let turn = usize::try_from(seed % 7).unwrap() % other.len();
        other.rotate_left(turn);
        if seed % 2 == 0 {
            other.reverse();
        }
        let digest = |set: &Arc<PolicySet>| -> (Digest, Digest) {
            let decision = decide(set, &request, &state, what_if);
            let record = bailiwick::DecisionRecord::new(
                decision, &request, Value::Null, state.now, None,
            );
            (set.digest().clone(), record.digest().unwrap())
        };
        let expected = digest(&policies);
        for files in [Files::each(&other), Files::one(&other)] {
            let compiled = files.compile().unwrap();
            prop_assert_eq!(&digest(&compiled), &expected);
        }
    }

    #[test]
    fn the_order_of_rules_and_patterns_changes_neither_hash_nor_decision(
        documents in documents(), request in request(), state in state(), what_if: bool,
    ) {
        let Some(policies) = compiled(&documents) else { return Ok(()) };
        let turned = compiled(&reversed(&documents)).unwrap();
        prop_assert_eq!(policies.digest(), turned.digest());
        let record = |set| {
            let decision = decide(set, &request, &state, what_if);
            let mut record = bailiwick::DecisionRecord::new(
                decision, &request, Value::Null, state.now, None,
            );
            for rule in &mut record.matched_rules {
                rule.location = bailiwick::Location::default();
            }
            record.to_json().unwrap()
        };
        prop_assert_eq!(record(&policies), record(&turned));
    }

    #[test]
    fn the_order_in_which_files_are_handed_over_changes_not_one_byte(
        documents in documents(), request in request(), state in state(),
    ) {
        let Some(policies) = compiled(&documents) else { return Ok(()) };
        let mut doubled = documents.clone();
        doubled.extend(documents.iter().cloned());
        let mut files = Files::each(&doubled);
        let Some(forward) = files.compile() else { return Ok(()) };
        files.0.reverse();
        let backward = files.compile().unwrap();
        prop_assert_eq!(policies.digest(), backward.digest());
        let decision = |set| decide(set, &request, &state, false);
        prop_assert_eq!(decision(&forward), decision(&backward));
    }
}
