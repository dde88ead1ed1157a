//! States, kill switches and approvals.

use std::collections::BTreeMap;

use bailiwick::Approval;
use bailiwick::Digest;
use bailiwick::KillSwitch;
use bailiwick::KillSwitchFlag;
use bailiwick::KillSwitchScope;
use bailiwick::Role;
use bailiwick::State;
use bailiwick::Subject;
use bailiwick::Timestamp;
use proptest::collection::vec;
use proptest::option::weighted;
use proptest::prelude::*;
use proptest::sample::select;

use super::NAMES;

/// Returns the instant of every decision.
pub(crate) fn now() -> Timestamp {
    "2026-07-04T10:00:00Z".parse().unwrap()
}

fn ago(seconds: i64) -> Timestamp {
    let base = 1_783_159_200_000;
    Timestamp::from_unix_millis(base - seconds * 1000).unwrap()
}

/// Returns a state; mostly a fresh one.
pub(crate) fn state() -> impl Strategy<Value = State> {
    let age = prop_oneof![40 => Just(0_i64), 1 => Just(59), 1 => Just(100), 1 => Just(400)];
    let usage = vec((select(&["tokens", "tool_calls", "active_prs"][..]), 0..10_u64), 0..3);
    let switches = prop_oneof![
        9 => Just(Vec::new()),
        1 => vec(kill_switch(), 1..3),
    ];
    (age, usage, prop::bool::weighted(0.8), switches).prop_map(
        |(age, usage, usage_complete, kill_switches)| {
            let now = ago(0);
            assert_eq!(now, self::now());
            State {
                approvals: Vec::new(),
                as_of: ago(age),
                kill_switches,
                now,
                usage: usage
                    .into_iter()
                    .map(|(key, value)| (key.to_owned(), value))
                    .collect::<BTreeMap<_, _>>(),
                usage_complete,
                version: "state-1".to_owned(),
            }
        },
    )
}

/// Returns a kill switch that is on.
pub(crate) fn kill_switch() -> impl Strategy<Value = KillSwitch> {
    (select(KillSwitchFlag::ALL), select(KillSwitchScope::ALL), weighted(0.7, select(&NAMES[..])))
        .prop_map(|(flag, scope, name)| KillSwitch { flag, name: name.map(str::to_owned), scope })
}

/// Returns the approval of `person` for what the hashes name, given an hour ago for two hours.
pub(crate) fn approval(person: &str, tenant: &str, request: &Digest, policy: &Digest) -> Approval {
    Approval {
        approval_id: format!("apr_{person}"),
        approver: Subject {
            id: person.to_owned(),
            kind: Some("human".to_owned()),
            roles: vec![Role::Approver, Role::PlatformAdmin],
            team: Some("reviewers".to_owned()),
            tenant: Some(tenant.to_owned()),
        },
        effective_policy_hash: policy.clone(),
        expires_at: ago(-3600),
        granted_at: ago(0),
        request_hash: request.clone(),
    }
}
