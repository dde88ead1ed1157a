//! From a record to its signed statements.

use std::collections::BTreeSet;

use crate::document::SourceFile;
use crate::model::Digest;
use crate::model::SigningKey;
use crate::provenance::AgentProvenance;
use crate::provenance::ProvenanceError;
use crate::provenance::envelope;
use crate::provenance::key_id;
use crate::provenance::public_key_text;
use crate::provenance::statement::statements;

/// The signed statements about one change. Only [`sign_provenance`] makes them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedProvenance {
    bundle: String,
    document_digest: Digest,
    key_ids: Vec<String>,
    public_keys: Vec<String>,
}

impl SignedProvenance {
    /// Returns the envelopes, one a line (`.intoto.jsonl`): about the patch, then about the
    /// repository.
    pub fn bundle(&self) -> &str {
        &self.bundle
    }

    /// Returns the digest of the record's text, which both statements name.
    pub fn document_digest(&self) -> &Digest {
        &self.document_digest
    }

    /// Returns the ids of the keys, in the order given.
    pub fn key_ids(&self) -> &[String] {
        &self.key_ids
    }

    /// Returns the public keys, as base64, in the order given: what whoever verifies needs.
    pub fn public_keys(&self) -> &[String] {
        &self.public_keys
    }
}

/// Returns the statements about the change whose record is `file`, signed with every key.
///
/// The same record and keys give the same bytes, on every host.
///
/// # Errors
/// Where the record cannot be read, does not state all twelve versions of section 23, or lacks what
/// a statement needs: `run_id`, `task_id`, `builder_id`, `repository.name`, both commits, and the
/// patch with its digest; also where there is no key, or one twice.
pub fn sign_provenance(
    file: &SourceFile,
    keys: &[SigningKey],
) -> Result<SignedProvenance, ProvenanceError> {
    let key_ids: Vec<String> = keys.iter().map(|key| key_id(&key.public())).collect();
    if key_ids.is_empty() {
        return Err(ProvenanceError::KeyMissing);
    }
    let mut seen = BTreeSet::new();
    if let Some(id) = key_ids.iter().find(|id| !seen.insert(id.as_str())) {
        return Err(ProvenanceError::KeyRepeated { id: id.clone() });
    }
    let provenance =
        AgentProvenance::read(file).map_err(|findings| ProvenanceError::Unreadable { findings })?;
    let document_digest = Digest::of(file.text.as_bytes());
    let mut bundle = String::new();
    for statement in statements(&provenance, &document_digest)? {
        bundle.push_str(&envelope::sign(&statement, keys)?);
        bundle.push('\n');
    }
    let public_keys = keys.iter().map(|key| public_key_text(&key.public())).collect();
    Ok(SignedProvenance { bundle, document_digest, key_ids, public_keys })
}
