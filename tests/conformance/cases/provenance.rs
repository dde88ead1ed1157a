//! Provenance: signed, shown, and verified whole, edited and by other keys.

use serde_json::Value;
use serde_json::json;

use super::Case;
use super::with;

/// The seed of RFC 8032, section 7.1, test 1.
const SECRET: &str = "nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=";
const PUBLIC: &str = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";
/// The key of signed notes' example.
const NOTE_SECRET: &str =
    "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
const NOTE_PUBLIC: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

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

fn record() -> String {
    let hex = "0123456789abcdef".repeat(4);
    let (base, head) = ("0123456789abcdef0123456789abcdef01234567", "89abcdef".repeat(5));
    format!(
        "agent_provenance:
  task_id: task_01jz
  run_id: run_01jz
  builder_id: urn:example:agent-runtime
  started_at: 2026-07-04T10:12:03+07:00
  finished_at: 2026-07-04T10:14:03+07:00
  agent_version: 0.9.3
  model_policy: {{router: router@2026-07-04, allowed_models: [code-repair-small]}}
  sandbox: {{image_digest: 'sha256:{hex}', network_profile: no-egress}}
  repository: {{name: café 😀, base_sha: '{base}', head_sha: '{head}'}}
  verification: {{required_profiles: [unit_tests], passed: true}}
  policy: {{effective_policy_hash: 'sha256:{hex}', redaction_policy_version: redaction-2}}
  versions:
    context_manifest_hash: sha256:{hex}
    judge_rubric: 'none: no judge is run'
    prompt_contract: contract@3
    system_prompt: sha256:{hex}
    tool_schema: sha256:{hex}
    verifier_profile: sha256:{hex}
  artifacts:
    patch: {{uri: 'artifact://run_01jz/patch.diff', digest: 'sha256:{hex}'}}
    trace_package: artifact://run_01jz/audit.jsonl
  audit_checkpoint: {{origin: log.example.org/ten_1, size: 7, root: 'sha256:{hex}'}}
"
    )
}

fn signed(keys: Value) -> Value {
    let input = json!({"keys": keys, "provenance": record()});
    let answer = bailiwick_wire::call("provenance_sign", &input.to_string()).unwrap();
    serde_json::from_str(&answer).unwrap()
}

pub(crate) fn cases() -> Vec<Case> {
    let answer = signed(json!([SECRET, NOTE_SECRET]));
    let bundle = answer["bundle"].as_str().unwrap().to_owned();
    let lines: Vec<&str> = bundle.lines().collect();
    let sign = |name: &'static str, keys: Value, provenance: &str| {
        Case::new(name, "provenance_sign", json!({"keys": keys, "provenance": provenance}))
    };
    let verify = |name: &'static str, bundle: &str, more: Value| {
        let input = json!({"bundle": bundle, "keys": [PUBLIC]});
        Case::new(name, "provenance_verify", with(input, more))
    };
    let asked = json!({
        "commit": "89abcdef".repeat(5), "document_digest": answer["document_digest"],
        "keys": [PUBLIC, NOTE_PUBLIC], "patch_digest": format!("sha256:{}", "0123456789abcdef".repeat(4)),
        "strict": true, "threshold": 2,
    });
    vec![
        sign("a provenance signed by two keys", json!([SECRET, NOTE_SECRET]), &record()),
        sign("a provenance without versions", json!([SECRET]), SOURCE),
        sign(
            "a provenance with a commit cut short",
            json!([SECRET]),
            &record().replace("01234567'", "'"),
        ),
        sign("a provenance signed by nobody", json!([]), &record()),
        sign("a provenance signed twice by one key", json!([SECRET, SECRET]), &record()),
        sign("a provenance signed by what is no key", json!(["c2VjcmV0"]), &record()),
        sign(
            "a provenance with a misspelt key",
            json!([SECRET]),
            &record().replace("run_id", "runid"),
        ),
        verify("a bundle as it was signed", &bundle, json!({"strict": true})),
        verify("a bundle about what was asked about", &bundle, asked.clone()),
        verify(
            "a bundle about something else",
            &bundle,
            json!({
                "commit": "0".repeat(40), "document_digest": format!("sha256:{}", "0".repeat(64)),
                "patch_digest": format!("sha256:{}", "0".repeat(64)),
            }),
        ),
        verify("a bundle without its second statement", lines[0], json!({"strict": true})),
        verify(
            "a bundle with an edited payload",
            &bundle.replacen("eyJfdHlwZ", "eyJfdHlwY", 1),
            json!({}),
        ),
        verify(
            "a bundle with another type of payload",
            &bundle.replace("vnd.in-toto+json", "json"),
            json!({}),
        ),
        verify(
            "a bundle with a member twice",
            &bundle.replace("{\"keyid\":", "{\"sig\":\"\",\"keyid\":"),
            json!({}),
        ),
        verify(
            "a bundle by another key",
            &bundle,
            json!({
                "keys": ["PUAXw+hDiVqStwqnTRt+vJyYLM8uxJaMwM1V8Sr0Zgw="],
            }),
        ),
        verify("a bundle that too few keys signed", &bundle, json!({"threshold": 2})),
        verify("a bundle of nothing", "\n", json!({})),
        verify("a bundle that is no JSON", "{\n", json!({})),
        verify("a bundle verified by no key", &bundle, json!({"keys": []})),
        Case::new("a bundle shown", "provenance_show", json!({"bundle": bundle})),
        Case::new("a bundle of nothing shown", "provenance_show", json!({"bundle": "{}"})),
        Case::new(
            "the provenance of the source document",
            "provenance_show",
            json!({"provenance": SOURCE}),
        ),
        Case::new("a whole provenance shown", "provenance_show", json!({"provenance": record()})),
        Case::new("nothing shown", "provenance_show", json!({})),
    ]
}
