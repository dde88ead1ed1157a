//! The two statements about a change: in-toto Statement v1 with SLSA provenance v1.
//!
//! Some clients refuse a subject with a digest of git, others ask for one: so there is one
//! statement about the patch, by SHA-256, and one about the repository, by commit and tree. What
//! only we know stands where both formats leave room for it.

use serde_json::Map;
use serde_json::Value;
use serde_json::json;

use crate::model::Digest;
use crate::model::canonical_json;
use crate::model::to_hex;
use crate::provenance::AgentProvenance;
use crate::provenance::ArtifactLink;
use crate::provenance::ProvenanceError;
use crate::provenance::VersionedPart;
use crate::provenance::check::is_uri;
use crate::provenance::resource::is_lower_hex;

/// What kind of build the statements tell of: a change that an agent made (SLSA's `buildType`).
///
/// `externalParameters` holds what was asked for (task, campaign, repository), `internalParameters`
/// what the platform added, the twelve versions of section 23 under `versions` among it.
pub const BUILD_TYPE: &str = "urn:bailiwick:agent-change:v1";
pub(super) const PREDICATE_TYPE: &str = "https://slsa.dev/provenance/v1";
pub(super) const STATEMENT_TYPE: &str = "https://in-toto.io/Statement/v1";
/// The byproduct that is the record itself.
pub(super) const DOCUMENT: &str = "agent_provenance";

/// Returns the canonical texts of the statement about the patch and of that about the repository;
/// `document` is the digest of the record's text.
pub(super) fn statements(
    provenance: &AgentProvenance,
    document: &Digest,
) -> Result<[String; 2], ProvenanceError> {
    provenance.check_versions()?;
    let predicate = predicate(provenance, document)?;
    let statement = |subject: Value| {
        canonical_json(&json!({
            "_type": STATEMENT_TYPE,
            "predicate": predicate,
            "predicateType": PREDICATE_TYPE,
            "subject": [subject],
        }))
    };
    Ok([statement(patch(provenance)?)?, statement(repository(provenance)?)?])
}

/// The digest of the patch, and where it applies.
fn patch(provenance: &AgentProvenance) -> Result<Value, ProvenanceError> {
    let patch = need("artifacts.patch", provenance.artifacts.patch.as_ref())?;
    let key = "artifacts.patch.digest";
    let digest = need(key, patch.digest.as_ref())?;
    let hex = sha256_hex(digest.as_str());
    let hex = hex.ok_or(ProvenanceError::FieldInvalid { expected: SHA256, key })?;
    let mut subject = object(json!({
        "annotations": {"base_sha": commit(provenance, false)?},
        "digest": {"sha256": hex},
        "name": "patch.diff",
    }));
    put_uri(&mut subject, "artifacts.patch.uri", Some(&patch.uri))?;
    Ok(subject.into())
}

/// The commit of the change and its tree.
fn repository(provenance: &AgentProvenance) -> Result<Value, ProvenanceError> {
    let repository = &provenance.repository;
    let head = commit(provenance, true)?;
    let mut digest = object(json!({"gitCommit": head}));
    if let Some(tree) = &repository.head_tree {
        digest.insert("gitTree".to_owned(), git_digest("repository.head_tree", tree)?.into());
    }
    let mut subject = object(json!({
        "digest": digest,
        "name": need("repository.name", repository.name.as_ref())?,
    }));
    let uri = repository.uri.as_ref().map(|uri| format!("{uri}@{head}"));
    put_uri(&mut subject, "repository.uri", uri.as_deref())?;
    Ok(subject.into())
}

fn predicate(provenance: &AgentProvenance, document: &Digest) -> Result<Value, ProvenanceError> {
    let run_id = need("run_id", provenance.run_id.as_ref())?;
    let builder_id = need("builder_id", provenance.builder_id.as_ref())?;
    if !is_uri(builder_id) {
        return Err(ProvenanceError::FieldInvalid { expected: "a URI", key: "builder_id" });
    }
    let mut metadata = object(json!({"invocationId": run_id}));
    if let Some(started) = provenance.started_at {
        metadata.insert("startedOn".to_owned(), started.to_string().into());
    }
    if let Some(finished) = provenance.finished_at {
        if provenance.started_at.is_some_and(|started| finished < started) {
            let expected = "an instant that is not before `started_at`";
            return Err(ProvenanceError::FieldInvalid { expected, key: "finished_at" });
        }
        metadata.insert("finishedOn".to_owned(), finished.to_string().into());
    }
    Ok(json!({
        "buildDefinition": {
            "buildType": BUILD_TYPE,
            "externalParameters": external(provenance)?,
            "internalParameters": internal(provenance),
            "resolvedDependencies": dependencies(provenance)?,
        },
        "runDetails": {
            "builder": {
                "id": builder_id,
                "version": {"agent_runtime": provenance.agent_version},
            },
            "byproducts": byproducts(provenance, document)?,
            "metadata": metadata,
        },
    }))
}

/// What was asked for.
fn external(provenance: &AgentProvenance) -> Result<Value, ProvenanceError> {
    let repository = &provenance.repository;
    Ok(without_nulls(json!({
        "campaign_id": provenance.campaign_id,
        "repository": without_nulls(json!({
            "base_sha": repository.base_sha, "name": repository.name, "uri": repository.uri,
        })),
        "task_id": need("task_id", provenance.task_id.as_ref())?,
    })))
}

/// What the platform added.
fn internal(provenance: &AgentProvenance) -> Value {
    let versions = VersionedPart::ALL.iter();
    let versions: Map<String, Value> = versions
        .filter_map(|part| Some((part.name().to_owned(), part.of(provenance)?.into())))
        .collect();
    let sandbox = &provenance.sandbox;
    let verification = &provenance.verification;
    without_nulls(json!({
        "allowed_models": provenance.model_policy.allowed_models,
        "network_profile": sandbox.network_profile,
        "sandbox": without_nulls(json!({
            "adapter": sandbox.adapter,
            "degraded": sandbox.degraded,
            "profile_digest": sandbox.profile_digest,
        })),
        "tenant": provenance.tenant,
        "verification": without_nulls(json!({
            "passed": verification.passed,
            "required_profiles": verification.required_profiles,
        })),
        "versions": versions,
    }))
}

/// The commit that the change starts from, and every version that is a digest.
fn dependencies(provenance: &AgentProvenance) -> Result<Vec<Value>, ProvenanceError> {
    let base = commit(provenance, false)?;
    let name = VersionedPart::RepositoryBase.name();
    let mut repository = object(json!({"digest": {"gitCommit": base}, "name": name}));
    let uri = provenance.repository.uri.as_ref().map(|uri| format!("{uri}@{base}"));
    put_uri(&mut repository, "repository.uri", uri.as_deref())?;
    let mut all: Vec<Value> = vec![repository.into()];
    for part in VersionedPart::ALL {
        if let Some(hex) = part.of(provenance).and_then(sha256_hex) {
            all.push(json!({"digest": {"sha256": hex}, "name": part.name()}));
        }
    }
    Ok(all)
}

/// What came out beside the change.
fn byproducts(
    provenance: &AgentProvenance,
    document: &Digest,
) -> Result<Vec<Value>, ProvenanceError> {
    let digest = sha256_hex(document.as_str());
    let mut all = vec![json!({"digest": {"sha256": digest}, "name": DOCUMENT})];
    let artifacts = &provenance.artifacts;
    for (key, name, link) in [
        ("artifacts.context_manifest", "context_manifest", &artifacts.context_manifest),
        ("artifacts.judge_report", "judge_report", &artifacts.judge_report),
        ("artifacts.trace_package", "trace_package", &artifacts.trace_package),
        ("artifacts.verification_report", "verification_report", &artifacts.verification_report),
    ] {
        if let Some(link) = link {
            all.push(byproduct(key, name, link)?);
        }
    }
    if let Some(checkpoint) = &provenance.audit_checkpoint {
        let key = "audit_checkpoint.root";
        let root = sha256_hex(checkpoint.root.as_str());
        let root = root.ok_or(ProvenanceError::FieldInvalid { expected: SHA256, key })?;
        all.push(json!({
            // As text: protocol buffers make a double of every number.
            "annotations": {"origin": checkpoint.origin, "size": checkpoint.size.to_string()},
            "digest": {"sha256": root},
            "name": "audit_checkpoint",
        }));
    }
    Ok(all)
}

fn byproduct(key: &'static str, name: &str, link: &ArtifactLink) -> Result<Value, ProvenanceError> {
    let mut entry = object(json!({"name": name}));
    put_uri(&mut entry, key, Some(&link.uri))?;
    if let Some(digest) = &link.digest {
        let hex = sha256_hex(digest.as_str());
        let hex = hex.ok_or(ProvenanceError::FieldInvalid { expected: SHA256, key })?;
        entry.insert("digest".to_owned(), json!({"sha256": hex}));
    }
    Ok(entry.into())
}

/// Returns the commit of the change, or that which it starts from.
fn commit(provenance: &AgentProvenance, head: bool) -> Result<&str, ProvenanceError> {
    let repository = &provenance.repository;
    let (key, commit) = match head {
        true => ("repository.head_sha", &repository.head_sha),
        false => ("repository.base_sha", &repository.base_sha),
    };
    git_digest(key, need(key, commit.as_ref())?)
}

fn git_digest<'a>(key: &'static str, text: &'a str) -> Result<&'a str, ProvenanceError> {
    let expected = "40 or 64 hexadecimal digits in lower case";
    let good = matches!(text.len(), 40 | 64) && is_lower_hex(text);
    good.then_some(text).ok_or(ProvenanceError::FieldInvalid { expected, key })
}

fn need<T>(key: &'static str, value: Option<T>) -> Result<T, ProvenanceError> {
    value.ok_or(ProvenanceError::FieldMissing { key })
}

fn put_uri(
    to: &mut Map<String, Value>,
    key: &'static str,
    uri: Option<&str>,
) -> Result<(), ProvenanceError> {
    let Some(uri) = uri else {
        return Ok(());
    };
    if !is_uri(uri) {
        return Err(ProvenanceError::FieldInvalid { expected: "a URI", key });
    }
    to.insert("uri".to_owned(), uri.into());
    Ok(())
}

/// Returns the digits of a SHA-256 digest in its strict form.
fn sha256_hex(text: &str) -> Option<String> {
    Some(to_hex(&Digest::from_text(text).bytes()?))
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(members) => members,
        _ => Map::new(),
    }
}

fn without_nulls(value: Value) -> Value {
    object(value).into_iter().filter(|(_, value)| !value.is_null()).collect()
}

const SHA256: &str = "`sha256:` and 64 hexadecimal digits in lower case";
