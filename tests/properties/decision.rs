//! Restrictions only restrict; the same inputs give the same bytes.

use std::collections::BTreeMap;
use std::sync::Arc;

use bailiwick::Decision;
use bailiwick::DecisionEffect;
use bailiwick::DecisionRecord;
use bailiwick::Effect;
use bailiwick::KillSwitchFlag;
use bailiwick::Limit;
use bailiwick::Pdp;
use bailiwick::PolicySet;
use bailiwick::Request;
use bailiwick::State;
use bailiwick::Timestamp;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::json;

use crate::config;
use crate::strategy::PolicyDoc;
use crate::strategy::compiled;
use crate::strategy::decision_rule;
use crate::strategy::documents;
use crate::strategy::kill_switch;
use crate::strategy::lower_document;
use crate::strategy::request;
use crate::strategy::state;

pub(crate) fn decide(
    policies: &Arc<PolicySet>,
    request: &Request,
    state: &State,
    what_if: bool,
) -> Decision {
    let mut pdp = Pdp::new(Arc::clone(policies));
    pdp.what_if = what_if;
    pdp.decide(request, state)
}

/// Returns the bytes that are kept.
pub(crate) fn bytes(decision: Decision, request: &Request, state: &State) -> String {
    let requested = serde_json::to_value(request).unwrap();
    DecisionRecord::new(decision, request, requested, state.now, None).to_json().unwrap()
}

proptest! {
    #![proptest_config(config(160))]

    #[test]
    fn a_document_below_the_platform_never_loosens(
        documents in documents(), added in lower_document(), request in request(),
        mut state in state(), what_if: bool,
    ) {
        // A lower mode steps out from under the switch for autonomous runs: that is its meaning.
        state.kill_switches.retain(|on| on.flag != KillSwitchFlag::DisableAutonomousRuns);
        let Some(before) = compiled(&documents) else { return Ok(()) };
        let mut documents = documents;
        documents.push(added);
        // Policies that are refused deny everything.
        let Some(after) = compiled(&documents) else { return Ok(()) };
        let before = decide(&before, &request, &state, what_if);
        let after = decide(&after, &request, &state, what_if);
        prop_assert!(
            before.decision <= after.decision, "{}\n{}", before.to_text(), after.to_text()
        );
    }

    #[test]
    fn a_limit_set_below_the_platform_never_loosens(
        documents in documents(), limit in select(Limit::ALL), cap in 0..2000_u32,
        request in request(), state in state(), age in 0..500_i64,
    ) {
        let Some(before) = compiled(&documents) else { return Ok(()) };
        let mut state = state;
        state.as_of = Timestamp::from_unix_millis(state.now.unix_millis() - age * 1000).unwrap();
        let mut documents = documents;
        let body = json!({"name": "added", "limits": {limit.name(): cap}});
        documents.push(PolicyDoc {
            kind: "team_policy",
            body: body.as_object().unwrap().clone(),
        });
        let after = compiled(&documents).unwrap();
        let before = decide(&before, &request, &state, false);
        let after = decide(&after, &request, &state, false);
        prop_assert!(
            before.decision <= after.decision, "{}\n{}", before.to_text(), after.to_text()
        );
    }

    #[test]
    fn a_rule_that_denies_or_asks_never_loosens(
        documents in documents(), rule in decision_rule(), at in any::<prop::sample::Index>(),
        request in request(), state in state(), what_if: bool,
    ) {
        let Some(before) = compiled(&documents) else { return Ok(()) };
        let mut documents = documents;
        let levels: Vec<usize> = (0..documents.len())
            .filter(|index| documents[*index].kind.ends_with("_policy"))
            .collect();
        let body = &mut documents[levels[at.index(levels.len())]].body;
        let rules = body.entry("rules").or_insert_with(|| json!([]));
        rules.as_array_mut().unwrap().push(rule);
        let Some(after) = compiled(&documents) else { return Ok(()) };
        let before = decide(&before, &request, &state, what_if);
        let after = decide(&after, &request, &state, what_if);
        prop_assert!(
            before.decision <= after.decision, "{}\n{}", before.to_text(), after.to_text()
        );
    }

    #[test]
    fn a_kill_switch_that_is_on_never_loosens(
        documents in documents(), switch in kill_switch(), request in request(),
        state in state(), what_if: bool,
    ) {
        let Some(policies) = compiled(&documents) else { return Ok(()) };
        let before = decide(&policies, &request, &state, what_if);
        let mut switched = state.clone();
        switched.kill_switches.push(switch);
        let after = decide(&policies, &request, &switched, what_if);
        prop_assert!(before.decision <= after.decision);
        // It denies or it says nothing at all.
        prop_assert!(after.decision == DecisionEffect::Denied || after == before);
    }

    #[test]
    fn deciding_twice_gives_the_same_bytes(
        documents in documents(), request in request(), state in state(), what_if: bool,
    ) {
        let Some(policies) = compiled(&documents) else { return Ok(()) };
        let again = compiled(&documents).unwrap();
        let once = decide(&policies, &request, &state, what_if);
        let twice = decide(&again, &request, &state, what_if);
        prop_assert_eq!(bytes(once, &request, &state), bytes(twice, &request, &state));
    }

    #[test]
    fn a_decision_is_the_strictest_of_its_reasons(
        documents in documents(), request in request(), state in state(), what_if: bool,
    ) {
        let Some(policies) = compiled(&documents) else { return Ok(()) };
        let decision = decide(&policies, &request, &state, what_if);
        let strictest = decision.reasons.iter().map(|reason| reason.effect).max();
        let expected = match strictest {
            Some(Effect::Deny) => DecisionEffect::Denied,
            Some(Effect::AskApproval) => DecisionEffect::AskApproval,
            Some(Effect::Allow) | None => DecisionEffect::Allowed,
        };
        prop_assert_eq!(decision.decision, expected);
        prop_assert_eq!(decision.remedy.text.is_empty(), expected == DecisionEffect::Allowed);
        prop_assert!(expected != DecisionEffect::Denied || decision.obligations.is_empty());
    }
}

/// Without this every property above could hold of denials alone.
#[test]
fn the_generated_decisions_are_of_every_kind() {
    let mut runner = TestRunner::new(config(1));
    let mut effects: BTreeMap<DecisionEffect, u32> = BTreeMap::new();
    let mut refused = 0;
    for _ in 0..300 {
        let case = (documents(), request(), state()).new_tree(&mut runner).unwrap();
        let (documents, request, state) = case.current();
        match compiled(&documents) {
            Some(policies) => {
                let decision = decide(&policies, &request, &state, false).decision;
                *effects.entry(decision).or_default() += 1;
            }
            None => refused += 1,
        }
    }
    assert!(refused < 60, "{refused} of 300 hierarchies are refused");
    for effect in DecisionEffect::ALL {
        let count = effects.get(effect).copied().unwrap_or_default();
        assert!(count >= 20, "{effect} {count} times of 300: {effects:?}");
    }
}
