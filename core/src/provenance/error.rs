//! Why a provenance cannot be written or signed.

use thiserror::Error;

use crate::document::Diagnostic;
use crate::model::CanonicalError;
use crate::provenance::VersionedPart;

/// Why a provenance cannot be written or signed.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ProvenanceError {
    /// A value has no canonical JSON.
    #[error(transparent)]
    Canonical(#[from] CanonicalError),
    /// A field that a statement needs is not there.
    #[error("`{key}` is missing: a statement cannot be made without it")]
    FieldMissing {
        /// Its key in `agent_provenance`.
        key: &'static str,
    },
    /// A field is not in the form that statements need.
    #[error("`{key}` is not {expected}")]
    FieldInvalid {
        /// What it must be.
        expected: &'static str,
        /// Its key in `agent_provenance`.
        key: &'static str,
    },
    /// There is no key to sign with.
    #[error("there is no key to sign with")]
    KeyMissing,
    /// Two of the keys are the same.
    #[error("key {id} is given twice")]
    KeyRepeated {
        /// The id of the key.
        id: String,
    },
    /// The record cannot be read.
    #[error("the provenance cannot be read")]
    Unreadable {
        /// Every finding.
        findings: Vec<Diagnostic>,
    },
    /// Versions of section 23 are not stated.
    #[error("the provenance does not state {}", keys(.parts))]
    VersionsMissing {
        /// Which.
        parts: Vec<VersionedPart>,
    },
}

impl ProvenanceError {
    /// Returns the stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Canonical(error) => error.code(),
            Self::FieldInvalid { .. } => "provenance_field_invalid",
            Self::FieldMissing { .. } => "provenance_field_missing",
            Self::KeyMissing => "provenance_key_missing",
            Self::KeyRepeated { .. } => "provenance_key_repeated",
            Self::Unreadable { .. } => "provenance_unreadable",
            Self::VersionsMissing { .. } => "provenance_versions_missing",
        }
    }

    /// Returns a way out, where there is one to tell.
    pub const fn help(&self) -> Option<&'static str> {
        match self {
            Self::VersionsMissing { .. } => Some(
                "state each (section 23); write `none: <why>` for what the runtime does not have",
            ),
            Self::Canonical(_)
            | Self::FieldInvalid { .. }
            | Self::FieldMissing { .. }
            | Self::KeyMissing
            | Self::KeyRepeated { .. }
            | Self::Unreadable { .. } => None,
        }
    }
}

fn keys(parts: &[VersionedPart]) -> String {
    let keys: Vec<String> = parts.iter().map(|part| format!("`{}`", part.key())).collect();
    keys.join(", ")
}
