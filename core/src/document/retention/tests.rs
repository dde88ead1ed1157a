//! What the two documents of retention say, and what is refused.

use crate::document::Document;
use crate::document::RetentionDocument;
use crate::document::SourceFile;
use crate::document::read_documents;
use crate::model::ArtifactAccess;
use crate::model::Level;
use crate::model::RetentionClass;

fn read(text: &str) -> RetentionDocument {
    let result = read_documents(&SourceFile::new("a.yaml", text));
    assert_eq!(result.diagnostics, [], "{text}");
    match result.documents.into_iter().next() {
        Some(Document::Retention(document)) => document,
        other => panic!("{other:?}"),
    }
}

fn codes(text: &str) -> Vec<String> {
    let result = read_documents(&SourceFile::new("a.yaml", text));
    result.diagnostics.iter().map(|found| format!("{}: {}", found.code, found.message)).collect()
}

/// The most days, the fewest, the access and the encryption of a class.
fn said(
    document: &RetentionDocument,
    class: RetentionClass,
) -> (Option<u64>, Option<u64>, Option<ArtifactAccess>, Option<bool>) {
    let rule = document.rules.get(&class).unwrap();
    (
        rule.at_most.as_ref().map(|days| days.value),
        rule.at_least.as_ref().map(|days| days.value),
        rule.access.as_ref().map(|word| word.value),
        rule.encryption.as_ref().map(|word| word.value),
    )
}

/// The block of section 19 as it stands there.
const SECTION_19: &str = "retention:
  raw_model_request:
    store: false
  redacted_model_request:
    store_days: 30
  tool_output_raw:
    store_days: 7
    restricted: true
  tool_output_redacted:
    store_days: 90
  patch_artifact:
    store_days: 365
  audit_event:
    store_days: 2555 # 7 years
  replay_package:
    store_days: 90
  cost_metric:
    store_days: 365
";

/// The block of section 47 as it stands there.
const SECTION_47: &str = "artifact_policy:
  raw_log:
    access: restricted
    retention_days: 7
    encryption: required
  redacted_log:
    access: run_viewer
    retention_days: 90
  patch:
    access: repo_member
    retention_days: 365
  replay_package:
    access: auditor_or_platform_admin
    retention_days: 90
";

#[test]
fn the_block_of_section_19_loads_as_it_stands() {
    let document = read(SECTION_19);
    assert_eq!((document.name.as_str(), document.level), ("retention", Level::Platform));
    assert_eq!(document.rules.len(), 8);
    let restricted = Some(ArtifactAccess::Restricted);
    for (class, expected) in [
        (RetentionClass::RawModelRequest, (Some(0), None, None, None)),
        (RetentionClass::RedactedModelRequest, (Some(30), None, None, None)),
        (RetentionClass::RawLog, (Some(7), None, restricted, None)),
        (RetentionClass::RedactedLog, (Some(90), None, None, None)),
        (RetentionClass::Patch, (Some(365), None, None, None)),
        (RetentionClass::AuditEvent, (None, Some(2_555), None, None)),
        (RetentionClass::ReplayPackage, (None, Some(90), None, None)),
        (RetentionClass::CostReport, (Some(365), None, None, None)),
    ] {
        assert_eq!(said(&document, class), expected, "{class}");
    }
}

#[test]
fn the_block_of_section_47_loads_as_it_stands() {
    let document = read(SECTION_47);
    assert_eq!((document.name.as_str(), document.rules.len()), ("artifact_policy", 4));
    let raw = (Some(7), None, Some(ArtifactAccess::Restricted), Some(true));
    assert_eq!(said(&document, RetentionClass::RawLog), raw);
    let replay = (None, Some(90), Some(ArtifactAccess::AuditorOrPlatformAdmin), None);
    assert_eq!(said(&document, RetentionClass::ReplayPackage), replay);
}

#[test]
fn a_class_may_have_the_most_and_the_fewest_days() {
    let text = "retention:\n  name: x\n  version: 1\n  level: team\n  team: payments\n  \
                audit_event: {store_days: 400, at_most_days: 4000}\n  \
                patch: {at_least_days: 30, store_days: 60}\n";
    let document = read(text);
    assert_eq!(document.level, Level::Team);
    let both = (Some(4_000), Some(400), None, None);
    assert_eq!(said(&document, RetentionClass::AuditEvent), both);
    assert_eq!(said(&document, RetentionClass::Patch), (Some(60), Some(30), None, None));
}

#[test]
fn what_contradicts_itself_is_refused() {
    for (text, expected) in [
        (
            "retention: {tool_output_raw: {store: false, store_days: 7}}",
            "keys_contradict: `store: false` and 7 days contradict each other",
        ),
        (
            "retention: {audit_event: {store: false, store_days: 7}}",
            "keys_contradict: `store: false` and 7 days contradict each other",
        ),
        (
            "retention: {patch: {store: true, store_days: 0}}",
            "keys_contradict: `store: true` and 0 days contradict each other",
        ),
        (
            "artifact_policy: {patch: {at_least_days: 9, retention_days: 8}}",
            "keys_contradict: at least 9 days and at most 8 contradict each other",
        ),
        (
            "retention: {patch: {at_most_days: 9, store_days: 8}}",
            "repeated_key: key `store_days` stands twice",
        ),
        (
            "retention: {patch: {store_days: 9}, patch_artifact: {store_days: 9}}",
            "repeated_key: key `patch_artifact` stands twice",
        ),
        ("retention: {patch: {store: true}}", "missing_key: `store: true` needs `store_days`"),
        ("retention: {patch: {}}", "empty_value: rule is empty"),
        ("artifact_policy: {patch: {acess: nobody}}", "unknown_key: unknown key `acess`"),
        ("artifact_policy: {patch: {access: admin}}", "unknown_name: unknown access `admin`"),
        (
            "artifact_policy: {audit_event: {access: nobody}}",
            "unknown_key: unknown key `audit_event`",
        ),
        (
            "retention: {patch: {store_days: -1}}",
            "number_out_of_range: `-1` is not within 0 and 36500",
        ),
    ] {
        assert_eq!(codes(text), [expected], "{text}");
    }
}
