//! An approval lifts an ask, of exactly one request under exactly one policy, and nothing else.

use bailiwick::Approval;
use bailiwick::DecisionEffect;
use bailiwick::Digest;
use bailiwick::Request;
use bailiwick::State;
use bailiwick::Timestamp;
use proptest::prelude::*;

use crate::config;
use crate::decision::decide;
use crate::strategy::approval;
use crate::strategy::compiled;
use crate::strategy::documents;
use crate::strategy::now;
use crate::strategy::request;
use crate::strategy::state;

fn approvals(request: &Request, hash: &Digest, policy: &Digest) -> Vec<Approval> {
    let tenant = request.tenant.as_deref().unwrap_or("one");
    ["user:bo", "user:cy"]
        .into_iter()
        .map(|person| approval(person, tenant, hash, policy))
        .collect()
}

/// Returns every way to spoil approvals, by name.
#[expect(clippy::type_complexity, reason = "a list of named edits reads best in one line")]
fn spoilers(requester: &str) -> Vec<(&'static str, Box<dyn Fn(&mut Approval) + '_>)> {
    let later = Timestamp::from_unix_millis(now().unix_millis() + 1000).unwrap();
    vec![
        ("another request", Box::new(|a| a.request_hash = Digest::of(b"x"))),
        ("another policy", Box::new(|a| a.effective_policy_hash = Digest::of(b"x"))),
        ("ended", Box::new(|a| a.expires_at = now())),
        ("given later", Box::new(move |a| a.granted_at = later)),
        (
            "given too long ago",
            Box::new(|a| a.expires_at = "2020-01-01T00:00:00Z".parse().unwrap()),
        ),
        ("by the requester", Box::new(move |a| a.approver.id = requester.to_owned())),
        ("by nobody", Box::new(|a| a.approver.id.clear())),
        ("without the role", Box::new(|a| a.approver.roles.clear())),
        ("of another tenant", Box::new(|a| a.approver.tenant = Some("three".to_owned()))),
        ("of no tenant", Box::new(|a| a.approver.tenant = None)),
    ]
}

fn with(state: &State, approvals: Vec<Approval>) -> State {
    State { approvals, ..state.clone() }
}

proptest! {
    #![proptest_config(config(160))]

    #[test]
    fn an_approval_counts_as_it_stands_and_not_with_any_field_changed(
        documents in documents(), mut request in request(), state in state(),
    ) {
        // With separation of duty nobody approves for a requester of whom no team is known.
        if let Some(subject) = &mut request.subject {
            subject.team.get_or_insert_with(|| "one".to_owned());
        }
        let Some(policies) = compiled(&documents) else { return Ok(()) };
        let before = decide(&policies, &request, &state, false);
        let given = approvals(&request, &before.request_hash, &before.effective_policy_hash);
        let after = decide(&policies, &request, &with(&state, given.clone()), false);
        match before.decision {
            DecisionEffect::Denied => prop_assert_eq!(after.decision, DecisionEffect::Denied),
            DecisionEffect::Allowed => prop_assert_eq!(&after, &before),
            DecisionEffect::AskApproval => {
                prop_assert_eq!(after.decision, DecisionEffect::Allowed, "{}", after.to_text());
                prop_assert!(!after.approval_ids.is_empty());
                let requester = &request.subject.as_ref().unwrap().id;
                for (name, spoil) in spoilers(requester) {
                    let mut spoiled = given.clone();
                    spoiled.iter_mut().for_each(&spoil);
                    let after = decide(&policies, &request, &with(&state, spoiled), false);
                    prop_assert_eq!(&after, &before, "{}", name);
                }
                // The same person twice is one person.
                let mut doubled = given.clone();
                for approval in &mut doubled {
                    approval.approver.id = "user:bo".to_owned();
                }
                let one = decide(&policies, &request, &with(&state, doubled), false);
                let single = decide(&policies, &request, &with(&state, given[..1].to_vec()), false);
                prop_assert_eq!(one.decision, single.decision);
            }
        }
    }

    #[test]
    fn an_approval_is_of_the_request_as_it_was_asked(request in request(), changed in 0..12_usize) {
        let hash = |request: &Request| request.hash(None).unwrap();
        let mut later = request.clone();
        later.tool_call_id = Some("call_later".to_owned());
        later.judge = Some("passed".to_owned());
        later.labels = vec!["later".to_owned()];
        later.verifiers = [("later".to_owned(), bailiwick::VerifierResult::Passed)].into();
        prop_assert_eq!(hash(&later), hash(&request));
        let mut other = request.clone();
        match changed {
            0 => other.tool = Some("verifier.run".to_owned()),
            1 => other.argv.push("x".to_owned()),
            2 => other.shell = Some("true".to_owned()),
            3 => other.path = Some("other".to_owned()),
            4 => other.paths.push("other".to_owned()),
            5 => other.changed_files.get_or_insert_default().push(Default::default()),
            6 => other.tenant = Some("three".to_owned()),
            7 => other.repo = Some("three".to_owned()),
            8 => other.subject.get_or_insert_default().id.push('x'),
            9 => other.branch = Some("other".to_owned()),
            10 => other.host = Some("other.example.org".to_owned()),
            _ => drop(other.attributes.insert("x".to_owned(), bailiwick::Value::Null)),
        }
        prop_assert_ne!(hash(&other), hash(&request));
    }
}
