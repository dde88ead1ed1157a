//! The lattice: `meet` is idempotent, commutative, associative, and below both sides.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fmt::Debug;

use bailiwick::Document;
use bailiwick::SourceFile;
use bailiwick::authority::AllowList;
use bailiwick::authority::Authority;
use bailiwick::authority::Cap;
use bailiwick::authority::Clauses;
use bailiwick::authority::Comparison;
use bailiwick::authority::Demands;
use bailiwick::authority::Meet;
use bailiwick::authority::Restriction;
use bailiwick::authority::compare;
use bailiwick::read_documents;
use proptest::collection::btree_map;
use proptest::collection::btree_set;
use proptest::option;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use crate::config;
use crate::strategy::PolicyDoc;
use crate::strategy::level_document;

fn laws<T: Meet + Clone + Debug>(a: &T, b: &T, c: &T) -> Result<(), TestCaseError> {
    prop_assert_eq!(&a.meet(a), a);
    prop_assert_eq!(a.meet(b), b.meet(a));
    prop_assert_eq!(a.meet(b).meet(c), a.meet(&b.meet(c)));
    prop_assert!(a.meet(b).within(a), "{a:?} meet {b:?} is not within the first");
    prop_assert!(a.meet(b).within(b), "{a:?} meet {b:?} is not within the second");
    Ok(())
}

fn set() -> impl Strategy<Value = BTreeSet<u8>> {
    btree_set(0..6_u8, 0..5)
}

fn allow_list() -> impl Strategy<Value = AllowList<u8>> {
    option::of(set()).prop_map(AllowList)
}

fn cap() -> impl Strategy<Value = Cap<u8>> {
    option::of(0..9_u8).prop_map(Cap)
}

fn clauses() -> impl Strategy<Value = Clauses<u8>> {
    btree_set(set(), 0..4).prop_map(Clauses)
}

/// What one or two documents permit: all that can stand in an authority.
fn authority() -> impl Strategy<Value = Authority> {
    (level_document(), option::of(level_document())).prop_filter_map(
        "a document that cannot be read",
        |(one, two)| {
            let mut authority = authority_of(&one)?;
            if let Some(two) = two {
                authority = authority.meet(&authority_of(&two)?);
            }
            Some(authority)
        },
    )
}

fn authority_of(doc: &PolicyDoc) -> Option<Authority> {
    let read = read_documents(&SourceFile::new("a.yaml", doc.text()));
    match read.documents.first() {
        Some(Document::Level(policy)) => Some(Authority::of(policy)),
        _ => None,
    }
}

proptest! {
    #![proptest_config(config(256))]

    #[test]
    fn allow_lists_meet_as_their_intersection(
        a in allow_list(), b in allow_list(), c in allow_list(), entry in 0..6_u8,
    ) {
        laws(&a, &b, &c)?;
        prop_assert_eq!(a.meet(&b).permits(&entry), a.permits(&entry) && b.permits(&entry));
    }

    #[test]
    fn demands_meet_as_their_union(a in set(), b in set(), c in set()) {
        laws(&Demands(a.clone()), &Demands(b.clone()), &Demands(c))?;
        prop_assert_eq!(Demands(a.clone()).meet(&Demands(b.clone())).0, &a | &b);
    }

    #[test]
    fn caps_meet_as_the_lower(a in cap(), b in cap(), c in cap()) {
        laws(&a, &b, &c)?;
        let lower = a.0.into_iter().chain(b.0).min();
        prop_assert_eq!(a.meet(&b).0, lower);
    }

    #[test]
    fn clauses_meet_as_all_of_them(a in clauses(), b in clauses(), c in clauses(), entry in 0..6_u8) {
        laws(&a, &b, &c)?;
        let holds = |clauses: &Clauses<u8>| clauses.0.iter().all(|any| any.contains(&entry));
        prop_assert_eq!(holds(&a.meet(&b)), holds(&a) && holds(&b));
    }

    #[test]
    fn restrictions_meet_as_either(a: bool, b: bool, c: bool) {
        laws(&Restriction(a), &Restriction(b), &Restriction(c))?;
        prop_assert_eq!(Restriction(a).meet(&Restriction(b)).0, a || b);
    }

    #[test]
    fn maps_meet_key_by_key(
        a in btree_map(0..4_u8, cap(), 0..4),
        b in btree_map(0..4_u8, cap(), 0..4),
        c in btree_map(0..4_u8, cap(), 0..4),
    ) {
        let stated = |map: BTreeMap<u8, Cap<u8>>| -> BTreeMap<u8, Cap<u8>> {
            map.into_iter().filter(|(_, cap)| cap.0.is_some()).collect()
        };
        laws(&stated(a), &stated(b), &stated(c))?;
    }

    #[test]
    fn authorities_meet_below_both(a in authority(), b in authority(), c in authority()) {
        laws(&a, &b, &c)?;
        prop_assert_eq!(&a.meet(&Authority::default()), &a);
        let (comparison, _) = compare(&a, &a.meet(&b));
        prop_assert!(matches!(comparison, Comparison::Equal | Comparison::Narrows));
    }
}

/// Without this the laws above could hold of nothing but defaults.
#[test]
fn the_generated_authorities_differ_in_every_field() {
    let mut runner = TestRunner::new(config(1));
    let mut seen: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for _ in 0..400 {
        let authority = authority().new_tree(&mut runner).unwrap().current();
        let fields = serde_json::to_value(&authority).unwrap();
        for (field, value) in fields.as_object().unwrap() {
            seen.entry(field.clone()).or_default().insert(value.to_string());
        }
    }
    let constant: Vec<&String> =
        seen.iter().filter(|(_, values)| values.len() < 2).map(|(field, _)| field).collect();
    assert_eq!(constant, Vec::<&String>::new());
}
