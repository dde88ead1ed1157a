use super::read;
use super::whole;
use crate::document::SourceFile;
use crate::provenance::AgentProvenance;
use crate::provenance::ProvenanceError;
use crate::provenance::VersionedPart;

/// The block of section 17, as it stands there.
const SOURCE: &str = "\
agent_provenance:
  task_id: task_01jz
  run_id: run_01jz
  campaign_id: cmp_01jz
  agent_version: 0.9.3
  model_policy:
    router: default-code-router@2026-07-04
    allowed_models:
      - code-reasoner-large
      - code-repair-small
  sandbox:
    image_digest: sha256:...
    network_profile: no-egress
  repository:
    base_sha: abc123
    head_sha: def456
  verification:
    required_profiles:
      - maven_compile
      - unit_tests
      - secret_scan_delta
    passed: true
  policy:
    effective_policy_hash: sha256:...
  artifacts:
    trace_package: artifact://...
    verification_report: artifact://...
    judge_report: artifact://...
";

#[test]
fn the_block_of_the_source_document_loads_as_it_stands() {
    let read = read(SOURCE);
    assert_eq!(read.agent_version.as_deref(), Some("0.9.3"));
    assert_eq!(read.model_policy.allowed_models, ["code-reasoner-large", "code-repair-small"]);
    assert_eq!(read.verification.passed, Some(true));
    assert_eq!(read.artifacts.judge_report.unwrap().uri, "artifact://...");
}

#[test]
fn every_missing_version_is_named_at_once() {
    let error = read(SOURCE).to_yaml().unwrap_err();
    assert_eq!(
        error.to_string(),
        "the provenance does not state `versions.prompt_contract`, `versions.system_prompt`, \
         `versions.tool_schema`, `versions.verifier_profile`, `versions.context_manifest_hash`, \
         `versions.judge_rubric`, `policy.redaction_policy_version`"
    );
    assert_eq!(error.code(), "provenance_versions_missing");
}

#[test]
fn each_of_the_twelve_versions_is_asked_for() {
    assert_eq!(VersionedPart::ALL.len(), 12);
    let text = serde_json::to_string(&whole()).unwrap();
    for part in VersionedPart::ALL {
        let mut tree: serde_json::Value = serde_json::from_str(&text).unwrap();
        let pointer = format!("/{}", part.key().replace('.', "/"));
        *tree.pointer_mut(&pointer).unwrap() = serde_json::Value::Null;
        let lacking: AgentProvenance = serde_json::from_value(tree).unwrap();
        assert_eq!(lacking.missing_versions(), [*part]);
        assert!(matches!(lacking.to_yaml(), Err(ProvenanceError::VersionsMissing { .. })));
    }
}

#[test]
fn a_word_that_says_nothing_states_no_version() {
    let mut provenance = whole();
    for text in ["", " ", "none", "None:", "none: ", "none: -", "unknown", "NULL", "n/a", "tbd"] {
        provenance.versions.judge_rubric = Some(text.to_owned());
        assert_eq!(provenance.missing_versions(), [VersionedPart::JudgeRubric], "{text:?}");
    }
    for text in ["none: no judge", "nonempty-rubric", "rubric@1"] {
        provenance.versions.judge_rubric = Some(text.to_owned());
        assert_eq!(provenance.missing_versions(), [], "{text:?}");
    }
}

#[test]
fn there_is_no_run_without_runtime_policy_and_base() {
    let mut provenance = whole();
    let none = || Some("none: why not".to_owned());
    provenance.agent_version = none();
    provenance.policy.effective_policy_hash = none();
    provenance.repository.base_sha = none();
    let missing = provenance.missing_versions();
    use VersionedPart::AgentRuntime;
    use VersionedPart::Policy;
    use VersionedPart::RepositoryBase;
    assert_eq!(missing, [AgentRuntime, Policy, RepositoryBase]);
}

#[test]
fn what_is_written_is_read_back() {
    let mut provenance = whole();
    // What JSON leaves as it is and YAML would not read.
    provenance.task_id = Some("a\u{85}b\u{2028}\u{7f}\u{feff}\" \\ : # \n\té😀".to_owned());
    provenance.model_policy.allowed_models = vec!["- x".to_owned(), "null".to_owned()];
    let written = provenance.to_yaml().unwrap();
    assert_eq!(read(&written), provenance);
    assert_eq!(read(&written).to_yaml().unwrap(), written);
}

#[test]
fn a_key_that_is_not_known_is_named_with_its_place() {
    let text = "agent_provenance:\n  run_id: run_1\n  sandbox:\n    image_digset: x\n";
    let file = SourceFile::new("p.yaml", text);
    let findings = AgentProvenance::read(&file).unwrap_err();
    let shown: Vec<String> = findings.iter().map(ToString::to_string).collect();
    assert_eq!(
        shown,
        ["p.yaml:4:5: error[unknown_key]: unknown key `image_digset`\n  \
          help: did you mean `image_digest`?"]
    );
}

#[test]
fn what_is_no_record_is_refused_with_a_finding() {
    for text in [
        "",
        "repo_policy: {}\n",
        "agent_provenance:\n",
        "[1]\n",
        "agent_provenance: {}\n---\nagent_provenance: {}\n",
        "agent_provenance: {passed: [}\n",
    ] {
        let findings = AgentProvenance::read(&SourceFile::new("p.yaml", text)).unwrap_err();
        assert!(!findings.is_empty(), "{text:?}");
    }
}
