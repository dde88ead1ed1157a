use serde_json::Value;
use serde_json::json;

use super::codes;
use super::judged;
use super::statement;
use super::whole;
use crate::model::Digest;
use crate::model::canonical_json;
use crate::provenance::AgentProvenance;
use crate::provenance::ProblemCode;
use crate::provenance::statement::statements;

/// What is wrong, by specification, where the value at `pointer` is `value` (`null`: removed).
fn with(pointer: &str, value: Value) -> Vec<(ProblemCode, String)> {
    changed(pointer, value, false)
}

/// The same, strictly, without what a single statement lacks in any case.
fn strictly(pointer: &str, value: Value) -> Vec<(ProblemCode, String)> {
    changed(pointer, value, true)
}

fn changed(pointer: &str, value: Value, strict: bool) -> Vec<(ProblemCode, String)> {
    let mut tree = statement();
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    let parent = tree.pointer_mut(parent).unwrap();
    match (parent, value) {
        (Value::Object(members), Value::Null) => {
            members.remove(name);
        }
        (Value::Object(members), value) => {
            members.insert(name.to_owned(), value);
        }
        (other, value) => other[name.parse::<usize>().unwrap()] = value,
    }
    let payload = match canonical_json(&tree) {
        Ok(text) => text,
        Err(_) => tree.to_string(),
    };
    let report = judged(&payload, strict);
    assert_eq!(report.verified, report.problems.is_empty());
    let found = codes(&report).into_iter().map(|(code, path)| (code, path.to_owned()));
    found.filter(|(code, _)| *code != ProblemCode::SubjectKindMissing).collect()
}

fn one(code: ProblemCode, path: &str) -> Vec<(ProblemCode, String)> {
    vec![(code, format!("$.payload{path}"))]
}

#[test]
fn what_we_write_is_in_order_strictly() {
    assert_eq!(strictly("/subject/0/name", json!("patch.diff")), []);
}

#[test]
fn vendor_fields_stand_only_where_the_formats_leave_room() {
    let tree = statement();
    let keys = |pointer: &str| {
        let members = tree.pointer(pointer).unwrap().as_object().unwrap();
        members.keys().cloned().collect::<Vec<_>>()
    };
    assert_eq!(keys(""), ["_type", "predicate", "predicateType", "subject"]);
    assert_eq!(keys("/predicate"), ["buildDefinition", "runDetails"]);
    assert_eq!(
        keys("/predicate/buildDefinition"),
        ["buildType", "externalParameters", "internalParameters", "resolvedDependencies"]
    );
    assert_eq!(keys("/predicate/runDetails"), ["builder", "byproducts", "metadata"]);
}

#[test]
fn one_statement_is_about_the_patch_and_one_about_the_commit() {
    let [patch, repository] = statements(&whole(), &Digest::of(b"")).unwrap();
    let digest = |text: &str| {
        let tree: Value = serde_json::from_str(text).unwrap();
        let members = tree.pointer("/subject/0/digest").unwrap().as_object().unwrap().clone();
        members.keys().cloned().collect::<Vec<_>>()
    };
    assert_eq!(digest(&patch), ["sha256"]);
    assert_eq!(digest(&repository), ["gitCommit", "gitTree"]);
}

#[test]
fn instants_are_written_in_utc_and_large_numbers_as_text() {
    let tree = statement();
    let metadata = tree.pointer("/predicate/runDetails/metadata").unwrap();
    assert_eq!(
        *metadata,
        json!({"finishedOn": "2026-07-04T03:01:00Z", "invocationId": "run_01jz",
               "startedOn": "2026-07-04T03:00:00Z"})
    );
    let byproducts = tree.pointer("/predicate/runDetails/byproducts").unwrap();
    let sizes: Vec<&Value> = byproducts
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|it| it.pointer("/annotations/size"))
        .collect();
    assert_eq!(sizes, [&json!("9007199254740991")]);
}

#[test]
fn all_twelve_versions_are_in_the_statement() {
    let tree = statement();
    let versions = tree.pointer("/predicate/buildDefinition/internalParameters/versions").unwrap();
    assert_eq!(versions.as_object().unwrap().len(), 12);
}

/// Why there is no statement about the whole record once it is changed so.
fn refused(change: impl FnOnce(&mut AgentProvenance)) -> String {
    let mut provenance = whole();
    change(&mut provenance);
    statements(&provenance, &Digest::of(b"")).unwrap_err().to_string()
}

#[test]
fn what_a_statement_needs_is_named_where_it_is_missing() {
    let missing = |key: &str| format!("`{key}` is missing: a statement cannot be made without it");
    assert_eq!(refused(|it| it.run_id = None), missing("run_id"));
    assert_eq!(refused(|it| it.task_id = None), missing("task_id"));
    assert_eq!(refused(|it| it.builder_id = None), missing("builder_id"));
    assert_eq!(refused(|it| it.repository.name = None), missing("repository.name"));
    assert_eq!(refused(|it| it.repository.head_sha = None), missing("repository.head_sha"));
    assert_eq!(refused(|it| it.artifacts.patch = None), missing("artifacts.patch"));
}

#[test]
fn what_has_not_the_form_that_a_statement_needs_is_named() {
    let other = "demo".to_owned();
    assert_eq!(refused(|it| it.builder_id = Some(other)), "`builder_id` is not a URI");
    let short = "abc123".to_owned();
    assert_eq!(
        refused(|it| it.repository.base_sha = Some(short)),
        "`repository.base_sha` is not 40 or 64 hexadecimal digits in lower case"
    );
    let digest = Digest::from_text("sha256:x");
    assert_eq!(
        refused(|it| it.artifacts.patch.as_mut().unwrap().digest = Some(digest)),
        "`artifacts.patch.digest` is not `sha256:` and 64 hexadecimal digits in lower case"
    );
    assert_eq!(
        refused(|it| it.finished_at = "2026-07-04T02:00:00Z".parse().ok()),
        "`finished_at` is not an instant that is not before `started_at`"
    );
    let scp = "git@example.org:payments".to_owned();
    let uri = refused(|it| it.repository.uri = Some(scp));
    assert_eq!(uri, "`repository.uri` is not a URI");
}

#[test]
fn every_member_that_the_formats_ask_for_is_missed() {
    for path in [
        "/_type",
        "/subject",
        "/predicateType",
        "/predicate",
        "/predicate/buildDefinition",
        "/predicate/buildDefinition/buildType",
        "/predicate/buildDefinition/externalParameters",
        "/predicate/runDetails",
        "/predicate/runDetails/builder",
        "/predicate/runDetails/builder/id",
    ] {
        let dotted = path.replace('/', ".");
        assert_eq!(with(path, Value::Null), one(ProblemCode::MemberMissing, &dotted));
    }
}

#[test]
fn types_of_other_statements_are_refused() {
    let old = with("/_type", json!("https://in-toto.io/Statement/v0.1"));
    assert_eq!(old, one(ProblemCode::StatementTypeUnknown, "._type"));
    let old = with("/predicateType", json!("https://slsa.dev/provenance/v0.2"));
    assert_eq!(old, one(ProblemCode::PredicateTypeUnknown, ".predicateType"));
}

#[test]
fn digests_are_digits_of_lower_case_and_of_the_right_number() {
    let path = ".subject[0].digest.sha256";
    let good = super::HEX;
    for bad in [&good[1..], &good.to_uppercase(), "", &good.replace('0', "g"), &format!("{good}0")]
    {
        let found = with("/subject/0/digest/sha256", json!(bad));
        assert_eq!(found, one(ProblemCode::DigestInvalid, path), "{bad}");
    }
    let none = with("/subject/0/digest", json!({}));
    assert_eq!(none, one(ProblemCode::DigestMissing, ".subject[0].digest"));
    let none = with("/subject/0/digest", Value::Null);
    assert_eq!(none, one(ProblemCode::DigestMissing, ".subject[0]"));
    let number = with("/subject/0/digest/sha256", json!(7));
    assert_eq!(number, one(ProblemCode::MemberType, path));
}

#[test]
fn a_digest_of_git_beside_one_of_bytes_is_refused_strictly() {
    let mixed = json!({"sha256": super::HEX, "gitCommit": &super::HEX[..40]});
    assert_eq!(with("/subject/0/digest", mixed.clone()), []);
    let path = ".subject[0].digest";
    assert_eq!(strictly("/subject/0/digest", mixed), one(ProblemCode::DigestMixed, path));
}

#[test]
fn a_statement_about_nothing_is_refused() {
    assert_eq!(with("/subject", json!([])), one(ProblemCode::SubjectMissing, ".subject"));
    assert_eq!(with("/subject", json!({})), one(ProblemCode::MemberType, ".subject"));
}

#[test]
fn instants_that_are_not_utc_and_ends_before_beginnings_are_refused() {
    let at = "/predicate/runDetails/metadata/startedOn";
    let path = at.replace('/', ".");
    for bad in [
        "2026-07-04T10:00:00+07:00",
        "2026-07-04T03:00:00+00:00",
        "2026-07-04",
        "2026-07-04 03:00:00Z",
        "2026-07-04T03:00:00",
        "2026-02-30T03:00:00Z",
        "",
    ] {
        assert_eq!(with(at, json!(bad)), one(ProblemCode::TimestampInvalid, &path), "{bad}");
    }
    let late = with(at, json!("2026-07-04T04:00:00Z"));
    let path = ".predicate.runDetails.metadata.finishedOn";
    assert_eq!(late, one(ProblemCode::TimestampOrder, path));
}

#[test]
fn texts_that_are_no_uris_are_refused() {
    let at = "/predicate/runDetails/builder/id";
    for bad in ["", "demo", "://x", "1a:b", "urn:", "https://", "a:b c", "a:b\n", "a:%zz", "a:é"] {
        let path = at.replace('/', ".");
        assert_eq!(with(at, json!(bad)), one(ProblemCode::UriInvalid, &path), "{bad:?}");
    }
}

#[test]
fn fields_that_the_formats_do_not_know_are_refused_strictly() {
    for path in [
        "/more",
        "/subject/0/more",
        "/predicate/bailiwick_more",
        "/predicate/buildDefinition/more",
        "/predicate/runDetails/more",
        "/predicate/runDetails/builder/more",
        "/predicate/runDetails/metadata/more",
        "/predicate/runDetails/byproducts/0/more",
        "/predicate/buildDefinition/resolvedDependencies/0/more",
    ] {
        assert_eq!(with(path, json!(1)), [], "{path}");
        let dotted = path.replace("/0", "[0]").replace('/', ".");
        assert_eq!(strictly(path, json!(1)), one(ProblemCode::MemberUnknown, &dotted));
    }
    for path in ["externalParameters", "internalParameters"] {
        let path = format!("/predicate/buildDefinition/{path}/more");
        assert_eq!(strictly(&path, json!(1)), []);
    }
}

#[test]
fn a_resource_without_uri_digest_and_content_is_refused() {
    let at = "/predicate/buildDefinition/resolvedDependencies/1";
    let path = ".predicate.buildDefinition.resolvedDependencies[1]";
    assert_eq!(with(at, json!({"name": "x"})), one(ProblemCode::ResourceEmpty, path));
    assert_eq!(with(at, json!({"content": "aGk="})), []);
    let path = format!("{path}.content");
    assert_eq!(with(at, json!({"content": "a"})), one(ProblemCode::Base64Invalid, &path));
}

#[test]
fn values_of_another_type_are_refused() {
    for (path, value) in [
        ("/predicate", json!([])),
        ("/predicate/buildDefinition/externalParameters", json!("x")),
        ("/predicate/buildDefinition/internalParameters", json!(1)),
        ("/predicate/buildDefinition/resolvedDependencies", json!({})),
        ("/predicate/runDetails/byproducts", json!(1)),
        ("/predicate/runDetails/metadata", json!("x")),
        ("/predicate/runDetails/metadata/invocationId", json!(7)),
        ("/predicate/runDetails/builder/version", json!("1")),
    ] {
        let dotted = path.replace('/', ".");
        assert_eq!(with(path, value), one(ProblemCode::MemberType, &dotted), "{path}");
    }
}

#[test]
fn a_member_that_stands_twice_is_refused() {
    let text = canonical_json(&statement()).unwrap();
    let twice = text.replacen("{\"buildType\"", "{\"buildType\":\"urn:x:y\",\"buildType\"", 1);
    let report = judged(&twice, false);
    let path = "$.payload.predicate.buildDefinition.buildType";
    assert_eq!(codes(&report), [(ProblemCode::MemberRepeated, path)]);
}

#[test]
fn a_payload_that_is_not_canonical_is_refused_strictly() {
    let text = canonical_json(&statement()).unwrap();
    let spaced = text.replacen(',', ", ", 1);
    assert!(judged(&spaced, false).verified);
    let found = judged(&spaced, true);
    assert!(codes(&found).contains(&(ProblemCode::NotCanonical, "$.payload")));
}

#[test]
fn numbers_that_readers_keep_differently_are_refused_strictly() {
    let at = "/predicate/buildDefinition/externalParameters/count";
    for number in [json!(9_007_199_254_740_992_u64), json!(1.5)] {
        assert_eq!(with(at, number.clone()), []);
        let path = at.replace('/', ".");
        assert_eq!(strictly(at, number), one(ProblemCode::NumberUnsafe, &path));
    }
}

#[test]
fn what_is_no_json_is_refused() {
    for text in ["", "{", "{}{}", "[1,]", "\u{feff}{}", "{\"a\": 01}", "NaN"] {
        let report = judged(text, false);
        assert_eq!(codes(&report), [(ProblemCode::NotJson, "$.payload")], "{text:?}");
    }
}
