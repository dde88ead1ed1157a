//! Payloads: there, gone, or not what was committed to.

use std::collections::BTreeMap;

use crate::audit::AuditVerdict;
use crate::audit::Chain;
use crate::audit::EventType;
use crate::audit::PayloadLine;
use crate::audit::PayloadRef;
use crate::audit::Verifier;
use crate::audit::VerifyOptions;
use crate::audit::VerifyReport;
use crate::audit::tests::RUN;
use crate::audit::tests::TENANT;
use crate::audit::tests::event;

const SALT: [u8; 32] = [3; 32];
const TEXT: &str = "exit 0\n";

fn log() -> Vec<String> {
    let mut chain = Chain::new(TENANT, RUN);
    let opened = chain.append(event(RUN, 0, EventType::RunOpened)).unwrap();
    let mut called = event(RUN, 1, EventType::ToolCalled);
    let until = "2026-07-11T00:00:00Z".parse().unwrap();
    let kept = PayloadRef::new(&SALT, TEXT.as_bytes(), Some(until)).unwrap();
    let brief = PayloadRef::new(&SALT, b"brief", None).unwrap();
    called.payloads = BTreeMap::from([("output".to_owned(), kept), ("thought".to_owned(), brief)]);
    let called = chain.append(called).unwrap();
    let closed = chain.append(event(RUN, 2, EventType::RunClosed)).unwrap();
    vec![opened.line, called.line, closed.line]
}

fn line(name: &str, salt: &[u8], text: &str) -> String {
    serde_json::to_string(&PayloadLine::new(RUN, 1, name, salt, text)).unwrap() + "\n"
}

fn verified(payloads: &[String], now: Option<&str>) -> VerifyReport {
    let log = log();
    let head: serde_json::Value = serde_json::from_str(&log[2]).unwrap();
    let mut verifier = Verifier::new(VerifyOptions {
        expected_head: Some(serde_json::from_value(head["entry_hash"].clone()).unwrap()),
        now: now.map(|now| now.parse().unwrap()),
        payloads: true,
        ..VerifyOptions::default()
    });
    log.iter().for_each(|line| verifier.line(line.as_bytes()));
    payloads.iter().for_each(|line| verifier.payload(line.as_bytes()));
    verifier.finish()
}

#[test]
fn what_is_there_and_meant_is_ok() {
    let all = [line("output", &SALT, TEXT), line("thought", &SALT, "brief")];
    let report = verified(&all, None);
    assert_eq!(report.verdict, AuditVerdict::Ok);
    assert_eq!(report.payloads.unwrap().present, 2);
}

#[test]
fn what_may_be_gone_is_expired_and_what_may_not_is_missing_early() {
    let kept = [line("output", &SALT, TEXT)];
    let report = verified(&kept, Some("2026-07-05T00:00:00Z"));
    assert_eq!(report.verdict, AuditVerdict::PayloadExpired);
    assert_eq!(report.payloads.unwrap().expired, 1);
    let early = verified(&[], Some("2026-07-10T23:59:59Z"));
    assert_eq!(early.verdict, AuditVerdict::PayloadMissingEarly);
    assert_eq!(early.first_bad.unwrap().seq, Some(1));
    let late = verified(&[], Some("2026-07-11T00:00:00Z"));
    assert_eq!(late.verdict, AuditVerdict::PayloadExpired);
    // Without an instant nothing is due.
    assert_eq!(verified(&[], None).verdict, AuditVerdict::PayloadMissingEarly);
}

#[test]
fn every_other_payload_salt_or_place_is_a_mismatch() {
    let good = line("output", &SALT, TEXT);
    let elsewhere = PayloadLine::new(RUN, 0, "output", &SALT, TEXT);
    for wrong in [
        line("output", &SALT, "exit 1\n"),
        line("output", &[4; 32], TEXT),
        line("output", &SALT[..31], TEXT),
        line("thought", &SALT, TEXT),
        line("invented", &SALT, TEXT),
        good.replace("\"salt\":\"A", "\"salt\":\"B"),
        good.replace("\"seq\"", "\"more\":1,\"seq\""),
        serde_json::to_string(&elsewhere).unwrap(),
        "no payload\n".to_owned(),
        [good.clone(), good.clone()].concat(),
    ] {
        let report = verified(std::slice::from_ref(&wrong), Some("2027-01-01T00:00:00Z"));
        assert_eq!(report.verdict, AuditVerdict::PayloadMismatch, "{wrong}");
    }
    let twice = verified(&[good.clone(), good], None);
    assert_eq!(twice.verdict, AuditVerdict::PayloadMismatch);
}
