//! Canonical JSON: one text for one value, and the same value from that text.

use std::collections::BTreeMap;

use bailiwick::Request;
use bailiwick::Value;
use bailiwick::canonical_json;
use proptest::collection::btree_map;
use proptest::collection::vec;
use proptest::prelude::*;

use crate::config;
use crate::decision::decide;
use crate::strategy::compiled;
use crate::strategy::documents;
use crate::strategy::request;
use crate::strategy::state;

const MAX: i64 = (1 << 53) - 1;

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        (-MAX..=MAX).prop_map(Value::Integer),
        any::<String>().prop_map(Value::Text),
    ];
    leaf.prop_recursive(4, 32, 5, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..5).prop_map(Value::List),
            btree_map(any::<String>(), inner, 0..5).prop_map(Value::Map),
        ]
    })
}

/// Returns true where keys come by their UTF-16 units.
fn is_sorted(value: &serde_json::Value, text: &str) -> bool {
    let serde_json::Value::Object(object) = value else {
        return true;
    };
    let mut keys: Vec<&String> = object.keys().collect();
    keys.sort_by(|a, b| a.encode_utf16().cmp(b.encode_utf16()));
    let mut rest = text;
    keys.into_iter().all(|key| {
        let quoted = format!("{}:", serde_json::to_string(key).unwrap());
        match rest.split_once(&quoted) {
            Some((_, after)) => {
                rest = after;
                true
            }
            None => false,
        }
    })
}

proptest! {
    #![proptest_config(config(256))]

    #[test]
    fn the_canonical_text_of_a_value_reads_back_and_prints_the_same(value in value()) {
        let text = canonical_json(&value).unwrap();
        let read: Value = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(&read, &value);
        prop_assert_eq!(&canonical_json(&read).unwrap(), &text);
        let tree: serde_json::Value = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(canonical_json(&tree).unwrap(), text);
    }

    #[test]
    fn keys_stand_in_the_order_of_their_utf_16_units(
        object in btree_map(any::<String>(), Just(0_u8), 0..6),
    ) {
        let text = canonical_json(&object).unwrap();
        prop_assert!(is_sorted(&serde_json::to_value(&object).unwrap(), &text), "{}", text);
    }

    #[test]
    fn no_text_has_white_space_outside_strings_or_escapes_what_need_not_be(text: String) {
        let canonical = canonical_json(&text).unwrap();
        prop_assert_eq!(&canonical, &serde_json::to_string(&text).unwrap());
        let listed = canonical_json(&BTreeMap::from([(text.as_str(), [text.as_str()])])).unwrap();
        prop_assert_eq!(listed, format!("{{{canonical}:[{canonical}]}}"));
    }

    #[test]
    fn a_request_that_is_stored_and_read_again_has_the_same_hash(request in request()) {
        let text = canonical_json(&request).unwrap();
        let read: Request = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(&read, &request);
        prop_assert_eq!(read.hash(None).unwrap(), request.hash(None).unwrap());
        // Its fields stand in order in the source, so serde writes the same text.
        prop_assert_eq!(serde_json::to_string(&request).unwrap(), text);
    }

    #[test]
    fn decisions_and_states_are_written_in_canonical_order(
        documents in documents(), request in request(), state in state(), what_if: bool,
    ) {
        let Some(policies) = compiled(&documents) else { return Ok(()) };
        let decision = decide(&policies, &request, &state, what_if);
        prop_assert_eq!(serde_json::to_string(&decision).unwrap(), canonical_json(&decision).unwrap());
        prop_assert_eq!(serde_json::to_string(&state).unwrap(), canonical_json(&state).unwrap());
        let requested = serde_json::to_value(&request).unwrap();
        let record = bailiwick::DecisionRecord::new(decision, &request, requested, state.now, None);
        prop_assert_eq!(serde_json::to_string(&record).unwrap(), record.to_json().unwrap());
    }
}
