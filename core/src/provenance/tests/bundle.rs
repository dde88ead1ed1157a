use serde_json::Value;
use serde_json::json;

use super::HEX;
use super::bundle;
use super::codes;
use super::key;
use super::options;
use super::whole;
use crate::document::SourceFile;
use crate::model::Digest;
use crate::model::from_base64;
use crate::model::to_base64;
use crate::provenance::ProblemCode;
use crate::provenance::ProvenanceOptions;
use crate::provenance::key_id;
use crate::provenance::show_bundle;
use crate::provenance::sign_provenance;
use crate::provenance::verify_provenance;

fn first(bundle: &str) -> Value {
    serde_json::from_str(bundle.lines().next().unwrap()).unwrap()
}

#[test]
fn what_is_signed_is_verified_strictly() {
    let report = verify_provenance(bundle(&[key(1)]).as_bytes(), &options(&[1], true));
    assert_eq!(codes(&report), []);
    assert!(report.verified);
    let signer = key_id(&key(1).public());
    let signers: Vec<&[String]> = report.statements.iter().map(|it| &it.signers[..]).collect();
    assert_eq!(signers, [[signer.clone()], [signer]]);
    let runs: Vec<_> = report.statements.iter().map(|it| it.invocation_id.as_deref()).collect();
    assert_eq!(runs, [Some("run_01jz"), Some("run_01jz")]);
}

#[test]
fn signing_twice_gives_the_same_bytes() {
    assert_eq!(bundle(&[key(1), key(2)]), bundle(&[key(1), key(2)]));
}

#[test]
fn another_key_verifies_nothing() {
    let report = verify_provenance(bundle(&[key(1)]).as_bytes(), &options(&[2], false));
    let expected = (ProblemCode::NotSigned, "$.signatures");
    assert_eq!(codes(&report), [expected, expected]);
    let report = verify_provenance(bundle(&[key(1)]).as_bytes(), &options(&[], false));
    assert_eq!(codes(&report), [expected, expected]);
}

#[test]
fn no_changed_byte_is_verified() {
    let bundle = bundle(&[key(1)]);
    let line = bundle.lines().next().unwrap();
    let options = options(&[1], true);
    let lenient = ProvenanceOptions { strict: false, ..options.clone() };
    for place in (0..line.len()).step_by(97) {
        let mut bytes = bundle.clone().into_bytes();
        bytes[place] ^= 1;
        assert!(!verify_provenance(&bytes, &options).verified, "byte {place}");
        // What is not signed, such as a keyid, may be changed: what was signed must still be said.
        let report = verify_provenance(&bytes, &lenient);
        let payload = |bundle: &[u8]| show_bundle(bundle).remove(0).statement;
        if report.verified {
            assert_eq!(payload(&bytes), payload(bundle.as_bytes()), "byte {place}");
        }
    }
}

#[test]
fn several_keys_sign_and_as_many_are_asked_for() {
    let bundle = bundle(&[key(1), key(2)]);
    for (seeds, threshold, verified) in [
        (vec![1, 2], 2, true),
        (vec![2], 1, true),
        (vec![1, 3], 2, false),
        (vec![1], 2, false),
        (vec![1, 1], 2, false),
    ] {
        let options = ProvenanceOptions { threshold, ..options(&seeds, true) };
        let report = verify_provenance(bundle.as_bytes(), &options);
        assert_eq!(report.verified, verified, "{seeds:?} {threshold}");
    }
}

#[test]
fn one_key_does_not_count_twice() {
    let mut envelope = first(&bundle(&[key(1)]));
    let mut again = envelope["signatures"][0].clone();
    again["keyid"] = json!("another name");
    envelope["signatures"].as_array_mut().unwrap().push(again);
    let options = ProvenanceOptions { threshold: 2, ..options(&[1, 2], false) };
    let report = verify_provenance(envelope.to_string().as_bytes(), &options);
    assert_eq!(codes(&report), [(ProblemCode::NotSigned, "$.signatures")]);
}

#[test]
fn a_keyid_may_be_absent_and_may_not_stand_twice() {
    let mut envelope = first(&bundle(&[key(1), key(2)]));
    let signatures = envelope["signatures"].as_array_mut().unwrap();
    signatures[0].as_object_mut().unwrap().remove("keyid");
    signatures[1]["keyid"] = json!("");
    let absent = verify_provenance(envelope.to_string().as_bytes(), &options(&[1], false));
    assert_eq!(codes(&absent), []);
    let strict = verify_provenance(envelope.to_string().as_bytes(), &options(&[1], true));
    let expected = (ProblemCode::KeyidMissing, "$.signatures[1]");
    assert!(codes(&strict).contains(&expected));
    envelope["signatures"][0]["keyid"] = json!("a");
    envelope["signatures"][1]["keyid"] = json!("a");
    let twice = verify_provenance(envelope.to_string().as_bytes(), &options(&[1], false));
    assert_eq!(codes(&twice), [(ProblemCode::KeyidRepeated, "$.signatures[1]")]);
}

#[test]
fn a_keyid_is_a_hint_and_nothing_more() {
    let mut envelope = first(&bundle(&[key(1)]));
    envelope["signatures"][0]["keyid"] = json!("of another convention");
    let report = verify_provenance(envelope.to_string().as_bytes(), &options(&[2, 1], false));
    assert_eq!(codes(&report), []);
}

#[test]
fn a_keyid_of_another_key_is_refused_strictly() {
    let mut envelope = first(&bundle(&[key(1)]));
    envelope["signatures"][0]["keyid"] = json!("of another convention");
    let report = verify_provenance(envelope.to_string().as_bytes(), &options(&[1], true));
    assert!(codes(&report).contains(&(ProblemCode::KeyidOther, "$.signatures[0]")));
}

#[test]
fn url_safe_base64_is_accepted_and_a_mixture_is_not() {
    let mut envelope = first(&bundle(&[key(1)]));
    let sig = envelope["signatures"][0]["sig"].as_str().unwrap().to_owned();
    assert!(sig.contains(['+', '/']), "{sig}");
    envelope["signatures"][0]["sig"] = sig.replace('+', "-").replace('/', "_").into();
    let report = verify_provenance(envelope.to_string().as_bytes(), &options(&[1], false));
    assert_eq!(codes(&report), []);
    envelope["signatures"][0]["sig"] = format!("+-{}", &sig[2..]).into();
    let report = verify_provenance(envelope.to_string().as_bytes(), &options(&[1], false));
    let expected = (ProblemCode::Base64Invalid, "$.signatures[0].sig");
    assert!(codes(&report).contains(&expected));
}

#[test]
fn a_payload_of_another_type_is_refused() {
    let mut envelope = first(&bundle(&[key(1)]));
    envelope["payloadType"] = json!("application/json");
    let report = verify_provenance(envelope.to_string().as_bytes(), &options(&[1], false));
    let expected = [
        (ProblemCode::PayloadTypeUnknown, "$.payloadType"),
        (ProblemCode::NotSigned, "$.signatures"),
    ];
    assert_eq!(codes(&report), expected);
}

#[test]
fn a_member_of_the_envelope_that_stands_twice_is_refused() {
    let bundle = bundle(&[key(1)]);
    let twice = bundle.replacen("{\"payload\":", "{\"payload\":\"e30=\",\"payload\":", 1);
    let report = verify_provenance(twice.as_bytes(), &options(&[1], false));
    assert_eq!(codes(&report), [(ProblemCode::MemberRepeated, "$.payload")]);
}

#[test]
fn an_envelope_without_signatures_is_not_signed() {
    let mut envelope = first(&bundle(&[key(1)]));
    envelope["signatures"] = json!([]);
    let report = verify_provenance(envelope.to_string().as_bytes(), &options(&[1], false));
    assert_eq!(codes(&report), [(ProblemCode::NotSigned, "$.signatures")]);
}

#[test]
fn a_bundle_without_envelopes_is_not_verified() {
    for text in ["", "\n \n"] {
        let report = verify_provenance(text.as_bytes(), &options(&[1], false));
        assert_eq!(codes(&report), [(ProblemCode::BundleEmpty, "$")]);
    }
}

#[test]
fn an_envelope_may_be_printed_over_several_lines() {
    let printed = serde_json::to_string_pretty(&first(&bundle(&[key(1)]))).unwrap();
    let report = verify_provenance(printed.as_bytes(), &options(&[1], false));
    assert_eq!(codes(&report), []);
}

#[test]
fn a_bundle_must_be_about_what_was_asked_about() {
    let text = whole().to_yaml().unwrap();
    let signed = sign_provenance(&SourceFile::new("p.yaml", text.clone()), &[key(1)]).unwrap();
    let asked = ProvenanceOptions {
        commit: Some(HEX[8..48].to_owned()),
        document: Some(Digest::of(text.as_bytes())),
        patch: Some(Digest::from_text(format!("sha256:{HEX}"))),
        ..options(&[1], true)
    };
    assert_eq!(codes(&verify_provenance(signed.bundle().as_bytes(), &asked)), []);
    let other = ProvenanceOptions {
        commit: Some(HEX[..40].to_owned()),
        document: Some(Digest::of(b"another")),
        patch: Some(Digest::of(b"another")),
        ..asked.clone()
    };
    let report = verify_provenance(signed.bundle().as_bytes(), &other);
    let found: Vec<ProblemCode> = report.problems.iter().map(|problem| problem.code).collect();
    assert_eq!(
        found,
        [ProblemCode::PatchMismatch, ProblemCode::CommitMismatch, ProblemCode::DocumentMismatch]
    );
    // A statement that nobody trusted signed answers nothing.
    let unknown = ProvenanceOptions { keys: vec![key(2).public()], ..asked };
    let report = verify_provenance(signed.bundle().as_bytes(), &unknown);
    assert!(report.problems.iter().any(|it| it.code == ProblemCode::PatchMismatch));
}

#[test]
fn a_statement_that_is_gone_or_of_another_run_is_noticed_strictly() {
    let ours = bundle(&[key(1)]);
    let alone = ours.lines().next().unwrap();
    let report = verify_provenance(alone.as_bytes(), &options(&[1], true));
    assert_eq!(codes(&report), [(ProblemCode::SubjectKindMissing, "$.payload.subject")]);
    let mut other = whole();
    other.run_id = Some("run_02".to_owned());
    let file = SourceFile::new("p.yaml", other.to_yaml().unwrap());
    let theirs = sign_provenance(&file, &[key(1)]).unwrap().bundle().to_owned();
    let spliced = format!("{alone}\n{}\n", theirs.lines().nth(1).unwrap());
    let report = verify_provenance(spliced.as_bytes(), &options(&[1], true));
    assert_eq!(codes(&report), [(ProblemCode::StatementsDisagree, "$.payload.predicate")]);
}

#[test]
fn a_false_signature_of_a_trusted_key_is_skipped_and_told_strictly() {
    let mut envelope = first(&bundle(&[key(1), key(2)]));
    let sig = envelope["signatures"][1]["sig"].as_str().unwrap().to_owned();
    let mut bytes = from_base64(&sig).unwrap();
    bytes[0] ^= 1;
    envelope["signatures"][1]["sig"] = to_base64(&bytes).into();
    let text = envelope.to_string();
    assert!(verify_provenance(text.as_bytes(), &options(&[1, 2], false)).verified);
    let report = verify_provenance(text.as_bytes(), &options(&[1, 2], true));
    assert!(codes(&report).contains(&(ProblemCode::SignatureFalse, "$.signatures[1]")));
}

#[test]
fn signing_asks_for_keys_that_differ() {
    let file = SourceFile::new("p.yaml", whole().to_yaml().unwrap());
    let code = |keys: &[crate::model::SigningKey]| sign_provenance(&file, keys).unwrap_err().code();
    assert_eq!(code(&[]), "provenance_key_missing");
    assert_eq!(code(&[key(1), key(1)]), "provenance_key_repeated");
}

#[test]
fn what_is_shown_is_the_payload_as_it_stands() {
    let shown = show_bundle(bundle(&[key(1)]).as_bytes());
    assert_eq!(shown.len(), 2);
    assert!(shown[0].problems.is_empty());
    assert!(shown[0].statement.starts_with("{\"_type\":\"https://in-toto.io/Statement/v1\""));
}

#[test]
fn hostile_bundles_are_refused_without_a_panic() {
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    for text in ["{", "null", "[]", "{}", "\u{0}", &deep, "{\"payload\":1,\"signatures\":[1,{}]}"] {
        assert!(!verify_provenance(text.as_bytes(), &options(&[1], false)).verified);
    }
}
