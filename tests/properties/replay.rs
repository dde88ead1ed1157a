//! What was recorded is decided again, byte for byte, and never guessed.

use std::collections::BTreeSet;
use std::sync::Arc;

use bailiwick::Backtest;
use bailiwick::BacktestReport;
use bailiwick::Cleaner;
use bailiwick::DecisionEffect;
use bailiwick::DecisionRecord;
use bailiwick::Pdp;
use bailiwick::PolicySet;
use bailiwick::RecordedDecision;
use bailiwick::Redactor;
use bailiwick::RedecideVerdict;
use bailiwick::Request;
use bailiwick::State;
use bailiwick::TraceViewer;
use bailiwick::Value;
use bailiwick::json_tree;
use bailiwick::redecide;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use crate::config;
use crate::decision::decide;
use crate::strategy::compiled;
use crate::strategy::documents;
use crate::strategy::request;
use crate::strategy::state;

const SECRET: &str = "correct-horse-battery";

/// Returns the line that is kept of what `policies` decide, and its id is `id`.
fn kept(
    policies: &Arc<PolicySet>,
    request: &Request,
    state: &State,
    what_if: bool,
    id: Option<String>,
) -> String {
    let decision = decide(policies, request, state, what_if);
    let cleaner = Cleaner::<TraceViewer>::new(&json_tree(request).unwrap(), &Redactor::default());
    let record = DecisionRecord::redacted(decision, request, &cleaner, state.now, id);
    let record = json_tree(&record).unwrap();
    RecordedDecision::new(record, request, Some(state), &cleaner).unwrap().to_json().unwrap()
}

fn again(policies: &Arc<PolicySet>, line: &str) -> bailiwick::Redecided {
    redecide(policies, &RecordedDecision::from_json(line).unwrap())
}

/// Puts a secret into a request, where people and agents put them.
fn with_secret(mut request: Request, place: u8) -> Request {
    match place {
        0 => {
            request.argv = ["login", "--password", SECRET].map(str::to_owned).to_vec();
            request.shell = None;
        }
        1 => {
            request.argv = Vec::new();
            request.shell = Some(format!("PGPASSWORD={SECRET} psql -c 'select 1' > src/a.rs"));
        }
        2 => {
            request.attributes.insert("password".to_owned(), Value::Text(SECRET.to_owned()));
        }
        3 => {
            request.env.insert("DB_PASSWORD".to_owned(), SECRET.to_owned());
        }
        _ => request.url = Some(format!("https://ana:{SECRET}@example.com/x")),
    }
    request
}

proptest! {
    #![proptest_config(config(160))]

    #[test]
    fn what_was_decided_is_decided_again_byte_for_byte(
        documents in documents(), request in request(), state in state(), what_if: bool,
    ) {
        let Some(policies) = compiled(&documents) else { return Ok(()) };
        let line = kept(&policies, &request, &state, what_if, None);
        let found = again(&policies, &line);
        prop_assert_eq!(found.verdict, RedecideVerdict::Same, "{:?}\n{}", found, line);
    }

    #[test]
    fn what_was_redacted_is_decided_again_or_named_and_never_taken_for_a_difference(
        documents in documents(), request in request(), state in state(), place in 0..5_u8,
    ) {
        let Some(policies) = compiled(&documents) else { return Ok(()) };
        let request = with_secret(request, place);
        let line = kept(&policies, &request, &state, false, None);
        prop_assert!(!line.contains(SECRET), "{}", line);
        let found = again(&policies, &line);
        match found.verdict {
            RedecideVerdict::Same => {}
            RedecideVerdict::NotReproducible => prop_assert!(!found.fields.is_empty()),
            RedecideVerdict::Differs | RedecideVerdict::OtherPolicies => {
                prop_assert!(false, "{:?}\n{}", found, line);
            }
        }
    }

    #[test]
    fn another_decision_in_the_record_is_found(
        documents in documents(), request in request(), state in state(),
        other in select(DecisionEffect::ALL),
    ) {
        let Some(policies) = compiled(&documents) else { return Ok(()) };
        let line = kept(&policies, &request, &state, false, None);
        let mut recorded = RecordedDecision::from_json(&line).unwrap();
        prop_assume!(recorded.record["decision"] != other.name());
        recorded.record["decision"] = other.name().into();
        let found = redecide(&policies, &recorded);
        prop_assert_eq!(found.verdict, RedecideVerdict::Differs);
        prop_assert_eq!(found.member.as_deref(), Some("decision"));
    }

    #[test]
    fn a_backtest_in_parts_is_the_backtest_of_the_whole(
        old in documents(), new in documents(), state in state(),
        requests in proptest::collection::vec(request(), 1..8), at in any::<prop::sample::Index>(),
    ) {
        let (Some(old), Some(new)) = (compiled(&old), compiled(&new)) else { return Ok(()) };
        let recorded: Vec<RecordedDecision> = requests
            .iter()
            .enumerate()
            .map(|(index, request)| {
                let line = kept(&old, request, &state, false, Some(format!("pdec_{index}")));
                RecordedDecision::from_json(&line).unwrap()
            })
            .collect();
        let test = Backtest { new, old: None };
        let report = |part: &[RecordedDecision]| {
            let mut report = BacktestReport::new(2);
            part.iter().for_each(|recorded| test.add(&mut report, recorded));
            report
        };
        let (left, right) = recorded.split_at(at.index(recorded.len()));
        let mut parts = report(right);
        parts.merge(report(left));
        prop_assert_eq!(parts, report(&recorded));
    }
}

/// Without this the property on what was redacted could hold of answers that tell nothing.
#[test]
fn most_of_what_was_redacted_is_decided_again() {
    let mut runner = TestRunner::new(config(1));
    let (mut same, mut all) = (0, 0);
    for _ in 0..300 {
        let case = (documents(), request(), state(), 0..5_u8).new_tree(&mut runner).unwrap();
        let (documents, request, state, place) = case.current();
        let Some(policies) = compiled(&documents) else { continue };
        let line = kept(&policies, &with_secret(request, place), &state, false, None);
        all += 1;
        same += u32::from(again(&policies, &line).verdict == RedecideVerdict::Same);
    }
    assert!(same * 100 >= all * 95, "{same} of {all}");
}

/// Shows 5.
#[test]
fn a_backtest_of_one_forbidden_path_removed_names_exactly_the_requests_that_open() {
    let policies = |version: u32, forbidden: &str| {
        let text = format!(
            "platform_policy:\n  version: {version}\n  allowed_actions: [file.read, file.write]\n  \
             forbidden_paths: [{forbidden}]\n"
        );
        let files = [bailiwick::SourceFile::new("platform.yaml", text)];
        let options = bailiwick::CompileOptions::default();
        Arc::new(bailiwick::compile(&files, options).unwrap().policies)
    };
    let (old, new) = (policies(1, "infra/prod, secrets/"), policies(2, "secrets/"));
    let mut runner = TestRunner::new(config(1));
    let mut expected = BTreeSet::new();
    let mut report = BacktestReport::new(1000);
    let test = Backtest { new: Arc::clone(&new), old: None };
    for index in 0..400 {
        let case = (request(), state()).new_tree(&mut runner).unwrap();
        let (request, state) = case.current();
        let id = format!("pdec_{index:03}");
        let line = kept(&old, &request, &state, true, Some(id.clone()));
        let mut pdp = Pdp::new(Arc::clone(&new));
        pdp.what_if = true;
        let after = pdp.decide(&request, &state).decision;
        if after < decide(&old, &request, &state, true).decision {
            expected.insert(id);
        }
        test.add(&mut report, &RecordedDecision::from_json(&line).unwrap());
    }
    assert!(expected.len() >= 5, "{expected:?}");
    let groups = report.groups();
    let named: BTreeSet<String> =
        groups.iter().flat_map(|it| &it.examples).map(|it| it.decision_id.clone()).collect();
    assert_eq!(named, expected);
    assert_eq!((report.decided, report.opened()), (400, expected.len() as u64));
    for group in groups {
        assert_eq!((group.from, group.to), (DecisionEffect::Denied, DecisionEffect::Allowed));
        let by = &group.by[0];
        assert_eq!(by.rule.as_deref(), Some("platform@1#forbidden_paths"));
        assert_eq!((by.location.as_ref().map(|at| at.line), by.newly), (Some(4), false));
    }
}
