use std::collections::BTreeMap;

use crate::audit::AuditError;
use crate::audit::AuditVerdict;
use crate::audit::Chain;
use crate::audit::EventType;
use crate::audit::EvidenceState;
use crate::audit::SsdfReport;
use crate::audit::SsdfSurvey;
use crate::audit::VerifyOptions;
use crate::audit::tests::RUN;
use crate::audit::tests::TENANT;
use crate::audit::tests::event;
use crate::model::DecisionEffect;
use crate::model::Digest;
use crate::model::Value;

type Act<'a> = (EventType, &'a str, &'a [(&'a str, &'a str)]);

/// Returns the log of a run in which that was done.
fn log(run_id: &str, acts: &[Act<'_>]) -> String {
    let ends: [Act<'_>; 2] =
        [(EventType::RunOpened, "run.opened", &[]), (EventType::RunClosed, "run.closed", &[])];
    let mut chain = Chain::new(TENANT, run_id);
    let all = ends.iter().take(1).chain(acts).chain(ends.iter().skip(1));
    all.enumerate()
        .map(|(number, (event_type, action, details))| {
            let mut event = event(run_id, number, *event_type);
            event.action = (*action).to_owned();
            event.details = details
                .iter()
                .map(|(name, text)| ((*name).to_owned(), Value::Text((*text).to_owned())))
                .collect();
            event.result_hash = (*event_type == EventType::FileChanged).then(|| Digest::of(b"x"));
            chain.append(event).unwrap().line
        })
        .collect()
}

fn report(log: &str) -> SsdfReport {
    let mut survey = SsdfSurvey::new(VerifyOptions::default());
    for piece in log.as_bytes().chunks(100) {
        survey.push(piece).unwrap();
    }
    survey.finish().unwrap()
}

fn states(report: &SsdfReport) -> Vec<(&'static str, EvidenceState)> {
    report.rows.iter().map(|row| (row.concern, row.state)).collect()
}

const FULL: &[Act<'_>] = &[
    (EventType::TaskSubmitted, "task.submit", &[]),
    (EventType::TaskApproved, "task.approve", &[]),
    (EventType::SandboxCreated, "run.start", &[("image_digest", "sha256:00")]),
    (EventType::RepositoryCloned, "git.clone", &[("commit", "abc123")]),
    (EventType::PolicyEvaluated, "file.write", &[]),
    (EventType::ModelCalled, "model.call", &[]),
    (EventType::FileChanged, "file.write", &[]),
    (EventType::CommandExecuted, "shell.exec", &[]),
    (EventType::ToolCalled, "git.commit", &[]),
    (EventType::VerifierExecuted, "verifier.run", &[("verifier", "unit_tests")]),
    (
        EventType::VerifierExecuted,
        "verifier.run",
        &[("verifier", "secret_scan_delta"), ("result", "passed")],
    ),
    (EventType::ApprovalGranted, "pr.create", &[]),
    (EventType::PrCreated, "pr.create", &[("provenance_digest", "sha256:00")]),
    (EventType::ToolCalled, "pr.merge", &[]),
];

#[test]
fn a_log_that_tells_of_everything_shows_all_but_a_signature() {
    use EvidenceState::Partial;
    use EvidenceState::Shown;
    let report = report(&log(RUN, FULL));
    let expected = vec![
        ("secure development practice", Shown),
        ("vulnerability mitigation", Shown),
        ("provenance", Shown),
        // That something was signed is told by no event.
        ("tampering prevention", Partial),
        ("review", Shown),
        ("traceability", Shown),
        ("reproducibility", Shown),
    ];
    assert_eq!(states(&report), expected);
    assert_eq!((report.events, report.verdict), (16, AuditVerdict::OkUnanchored));
}

#[test]
fn an_empty_run_shows_that_it_was_audited_and_nothing_else() {
    use EvidenceState::NoEvidence;
    use EvidenceState::Partial;
    let report = report(&log(RUN, &[]));
    let expected = vec![
        ("secure development practice", Partial),
        ("vulnerability mitigation", NoEvidence),
        ("provenance", NoEvidence),
        ("tampering prevention", Partial),
        ("review", NoEvidence),
        ("traceability", Partial),
        ("reproducibility", NoEvidence),
    ];
    assert_eq!(states(&report), expected);
}

#[test]
fn every_control_falls_with_the_events_that_show_it() {
    for (left_out, act) in FULL.iter().enumerate() {
        let rest: Vec<Act<'_>> = FULL
            .iter()
            .enumerate()
            .filter(|(place, _)| *place != left_out)
            .map(|(_, act)| *act)
            .collect();
        let (whole, less) = (report(&log(RUN, FULL)), report(&log(RUN, &rest)));
        let count = |report: &SsdfReport| -> u64 {
            let controls = report.rows.iter().flat_map(|row| &row.controls);
            controls.flat_map(|control| &control.evidence).map(|evidence| evidence.count).sum()
        };
        assert!(count(&less) < count(&whole), "{}", act.0);
    }
}

#[test]
fn evidence_is_counted_with_its_first_and_last_event_and_its_results() {
    let acts: [Act<'_>; 3] = [
        (EventType::VerifierExecuted, "x", &[("verifier", "osv-scanner"), ("result", "failed")]),
        (EventType::VerifierExecuted, "x", &[("verifier", "unit_tests"), ("result", "passed")]),
        (EventType::VerifierExecuted, "x", &[("verifier", "Trivy"), ("result", "passed")]),
    ];
    let log = log(RUN, &acts);
    let report = report(&log);
    let evidence = &report.rows[1].controls[0].evidence[0];
    assert_eq!((evidence.count, evidence.first.seq, evidence.last.seq), (2, 1, 3));
    assert_eq!(evidence.results, BTreeMap::from([("failed", 1), ("passed", 1)]));
    assert_eq!(evidence.actors, BTreeMap::from([("worker", 2)]));
    let lines: Vec<&str> = log.lines().collect();
    assert!(lines[1].contains(evidence.first.entry_hash.as_str()));
    assert!(lines[3].contains(evidence.last.entry_hash.as_str()));
}

#[test]
fn what_failed_or_was_denied_is_no_evidence() {
    let failed: Act<'_> = (EventType::ToolCalled, "pr.merge", &[("failed", "conflict")]);
    let merges = |log: &str| report(log).rows[5].controls[4].evidence.len();
    assert_eq!(merges(&log(RUN, &[failed])), 0);
    assert_eq!(merges(&log(RUN, &[(EventType::ToolCalled, "pr.merge", &[])])), 1);
    let mut chain = Chain::new(TENANT, RUN);
    let mut lines = String::new();
    for (number, event_type) in [
        EventType::RunOpened,
        EventType::PolicyEvaluated,
        EventType::PrCreated,
        EventType::RunClosed,
    ]
    .into_iter()
    .enumerate()
    {
        let mut event = event(RUN, number, event_type);
        event.decision = Some(DecisionEffect::Denied);
        lines.push_str(&chain.append(event).unwrap().line);
    }
    let report = report(&lines);
    assert_eq!(report.rows[0].controls[0].evidence.len(), 1, "a policy is there to deny");
    assert_eq!(report.rows[4].controls[0].evidence.len(), 0, "nothing was created");
}

#[test]
fn there_is_no_report_on_a_log_that_does_not_verify() {
    let log = log(RUN, FULL);
    let edited = log.replacen("agent-worker-17", "agent-worker-18", 1);
    let mut survey = SsdfSurvey::new(VerifyOptions::default());
    let error = survey.push(edited.as_bytes()).unwrap_err();
    assert!(matches!(error, AuditError::Unverified { index: 1, .. }), "{error}");
    let mut survey = SsdfSurvey::new(VerifyOptions::default());
    let cut = log.rfind("{\"entry_hash\"").unwrap();
    survey.push(&log.as_bytes()[..cut]).unwrap();
    assert!(survey.finish().is_err());
}

#[test]
fn the_report_on_one_run_counts_that_run_alone() {
    let both = [log("run_a", FULL), log("run_b", &[])].concat();
    let options = VerifyOptions { run_id: Some("run_b".to_owned()), ..VerifyOptions::default() };
    let mut survey = SsdfSurvey::new(options);
    survey.push(both.as_bytes()).unwrap();
    let one = survey.finish().unwrap();
    assert_eq!(one.events, 2);
    assert_eq!(one.rows, report(&log("run_b", &[])).rows);
    assert_eq!(one.runs.len(), 1);
}

#[test]
fn a_text_of_the_log_cannot_write_into_the_report_for_people() {
    let hostile = "run`|\n# all is well\u{202e}";
    let text = report(&log(hostile, &[])).to_markdown();
    assert!(!text.contains("\n# all is well"));
    assert!(text.contains("`run\\u{60}\\u{7c}\\u{a}# all is well\\u{202e}`"), "{text}");
}

#[test]
fn the_report_for_people_names_what_is_missing_and_claims_no_level() {
    let text = report(&log(RUN, &[])).to_markdown();
    assert!(
        text.contains("| vulnerability mitigation | PW.4, PW.7, PW.8, RV.1 | none | no evidence |")
    );
    assert!(text.contains("- **sandbox**: no evidence (looked for: sandboxes that were created)"));
    assert!(text.contains("No level of SLSA\nis claimed."));
    assert!(text.contains("that none is missing at the end is not shown"));
}
