//! The record `agent_provenance` in YAML (section 17): what each key holds.

use crate::document::Diagnostic;
use crate::document::DocumentError;
use crate::document::SourceFile;
use crate::document::decode::At;
use crate::document::decode::Decoder;
use crate::document::decode::MAX_NUMBER;
use crate::document::node::Node;
use crate::document::node::NodeKind;
use crate::document::record_shape::Keys;
use crate::document::record_shape::Shape;
use crate::document::yaml::parse;

/// Returns the body of the one `agent_provenance` in `file` as JSON, its keys checked; keys without
/// a value are left out.
pub(crate) fn read_provenance_body(
    file: &SourceFile,
) -> Result<serde_json::Value, Vec<Diagnostic>> {
    let nodes = parse(file).map_err(|finding| vec![*finding])?;
    let mut decoder = Decoder::new(&file.path);
    let nothing = Node { column: 1, kind: NodeKind::Null, line: 1 };
    let mut documents = nodes.iter();
    let at = At::root(documents.next().unwrap_or(&nothing));
    let mut body = decoder.shaped_object(&at, FILE);
    if at.node.kind == NodeKind::Null {
        decoder.report(&at, &DocumentError::MissingKey { key: KIND, of: FILE.of });
    }
    for more in documents {
        decoder.wrong_type(&At::root(more), "the end of the file: one record stands in it");
    }
    let findings = decoder.finish();
    match body.as_mut().and_then(|body| body.get_mut(KIND)) {
        Some(body) if findings.is_empty() => Ok(body.take()),
        Some(_) | None => Err(findings),
    }
}

const KIND: &str = "agent_provenance";

const FILE: &Keys =
    &Keys { known: &[(KIND, Shape::Object(PROVENANCE))], required: &[KIND], of: "a provenance" };

const ARTIFACT: Shape = Shape::TextOr(&Keys {
    known: &[("digest", Shape::Text), ("uri", Shape::Text)],
    required: &["uri"],
    of: "an artifact",
});

const CHECKPOINT: &Keys = &Keys {
    known: &[("origin", Shape::Text), ("root", Shape::Text), ("size", Shape::Count(MAX_NUMBER))],
    required: &["origin", "root", "size"],
    of: "a checkpoint",
};

const TEXTS: Shape = Shape::List(&Shape::Text);

const PROVENANCE: &Keys = &Keys::sparse(
    "a provenance",
    &[
        ("agent_version", Shape::Text),
        (
            "artifacts",
            Shape::Object(&Keys::sparse(
                "the artifacts",
                &[
                    ("context_manifest", ARTIFACT),
                    ("judge_report", ARTIFACT),
                    ("patch", ARTIFACT),
                    ("trace_package", ARTIFACT),
                    ("verification_report", ARTIFACT),
                ],
            )),
        ),
        ("audit_checkpoint", Shape::Object(CHECKPOINT)),
        ("builder_id", Shape::Text),
        ("campaign_id", Shape::Text),
        ("finished_at", Shape::Instant),
        (
            "model_policy",
            Shape::Object(&Keys::sparse(
                "the model policy",
                &[("allowed_models", TEXTS), ("router", Shape::Text)],
            )),
        ),
        (
            "policy",
            Shape::Object(&Keys::sparse(
                "the policy",
                &[
                    ("effective_policy_hash", Shape::Text),
                    ("redaction_policy_version", Shape::Text),
                ],
            )),
        ),
        (
            "repository",
            Shape::Object(&Keys::sparse(
                "the repository",
                &[
                    ("base_sha", Shape::Text),
                    ("head_sha", Shape::Text),
                    ("head_tree", Shape::Text),
                    ("name", Shape::Text),
                    ("uri", Shape::Text),
                ],
            )),
        ),
        ("run_id", Shape::Text),
        (
            "sandbox",
            Shape::Object(&Keys::sparse(
                "the sandbox",
                &[
                    ("adapter", Shape::Text),
                    ("degraded", TEXTS),
                    ("image_digest", Shape::Text),
                    ("network_profile", Shape::Text),
                    ("profile_digest", Shape::Text),
                ],
            )),
        ),
        ("started_at", Shape::Instant),
        ("task_id", Shape::Text),
        ("tenant", Shape::Text),
        (
            "verification",
            Shape::Object(&Keys::sparse(
                "the verification",
                &[("passed", Shape::Boolean), ("required_profiles", TEXTS)],
            )),
        ),
        (
            "versions",
            Shape::Object(&Keys::sparse(
                "the versions",
                &[
                    ("context_manifest_hash", Shape::Text),
                    ("judge_rubric", Shape::Text),
                    ("prompt_contract", Shape::Text),
                    ("system_prompt", Shape::Text),
                    ("tool_schema", Shape::Text),
                    ("verifier_profile", Shape::Text),
                ],
            )),
        ),
    ],
);
