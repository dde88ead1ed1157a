//! A rule pack, compiled.

use crate::document::Diagnostic;
use crate::document::Document;
use crate::document::RedactionPackDocument;
use crate::document::SourceFile;
use crate::document::read_documents;
use crate::model::Digest;
use crate::model::Location;
use crate::model::canonical_json;
use crate::redact::pack::detector::Detector;
use crate::redact::pack::error::PackError;
use crate::redact::pack::error::PackRefused;

/// Detectors and names of keys and hosts that a redactor looks for, from a file.
#[derive(Clone, Debug)]
pub struct RulePack {
    pub(crate) detectors: Vec<Detector>,
    pub(crate) diagnostics: Vec<Diagnostic>,
    pub(crate) digest: Digest,
    /// Names of keys whose values are secret, and what their markers say.
    pub(crate) keys: Vec<(String, String)>,
    pub(crate) name: String,
    pub(crate) private_hosts: Vec<String>,
    pub(crate) private_suffixes: Vec<String>,
    pub(crate) version: Option<String>,
}

/// Whether examples are tried while a pack is loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Examples {
    Check,
    Trust,
}

impl RulePack {
    /// Returns the pack in `file`, which holds one document `redaction_pack`.
    ///
    /// # Errors
    /// Where the text cannot be read, a pattern is none, or an example does not do what it shows.
    /// Messages never print an example.
    ///
    /// # Example
    /// ```
    /// use bailiwick::{RulePack, SourceFile};
    /// let text = "redaction_pack:
    ///   name: acme
    ///   version: 1
    ///   detectors:
    ///     - id: acme_token
    ///       patterns: ['acme_[alnum]{16}']
    ///       match: [[acme_, A1b2C3d4E5f6G7h8]]
    ///       not_match: [acme_short]
    /// ";
    /// let pack = RulePack::load(&SourceFile::new("acme.yaml", text))?;
    /// assert_eq!((pack.name(), pack.len()), ("acme", 1));
    /// # Ok::<(), bailiwick::PackRefused>(())
    /// ```
    pub fn load(file: &SourceFile) -> Result<Self, PackRefused> {
        Self::load_with(file, Examples::Check)
    }

    pub(crate) fn load_with(file: &SourceFile, examples: Examples) -> Result<Self, PackRefused> {
        let read = read_documents(file);
        let mut diagnostics = read.diagnostics;
        if diagnostics.iter().any(Diagnostic::is_error) {
            return Err(PackRefused { diagnostics });
        }
        let [Document::RedactionPack(document)] = read.documents.as_slice() else {
            let place =
                Location { column: 1, file: file.path.clone(), line: 1, path: String::new() };
            let error = PackError::NotOnePack { count: read.documents.len() };
            diagnostics.push(error.at(place));
            return Err(PackRefused { diagnostics });
        };
        Self::compile(document, examples)
    }

    /// Returns the pack that `document` describes.
    pub(crate) fn compile(
        document: &RedactionPackDocument,
        examples: Examples,
    ) -> Result<Self, PackRefused> {
        let mut diagnostics = Vec::new();
        let detectors: Vec<Detector> = document
            .detectors
            .iter()
            .filter_map(|detector| Detector::compile(detector, examples, &mut diagnostics))
            .collect();
        if diagnostics.iter().any(Diagnostic::is_error) {
            return Err(PackRefused { diagnostics });
        }
        let values = |list: &[crate::document::Located<String>]| {
            list.iter().map(|entry| entry.value.to_ascii_lowercase()).collect()
        };
        let keys = document.keys.iter().map(|key| (key.name.value.clone(), key.kind.clone()));
        // Documents hold only text and whole numbers within range, so they always have a form.
        let content = canonical_json(&document.content()).unwrap_or_default();
        Ok(Self {
            detectors,
            diagnostics,
            digest: Digest::of(content.as_bytes()),
            keys: keys.collect(),
            name: document.name.clone(),
            private_hosts: values(&document.private_hosts),
            private_suffixes: values(&document.private_suffixes),
            version: document.version.clone(),
        })
    }

    /// Returns the name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns true for a pack that is always on.
    pub(crate) fn is_default(&self) -> bool {
        Self::DEFAULT.contains(&self.name.as_str())
    }

    /// Returns the version, where the pack gives one.
    pub fn version(&self) -> Option<&str> {
        self.version.as_deref()
    }

    /// Returns how many detectors there are.
    pub fn len(&self) -> usize {
        self.detectors.len()
    }

    /// Returns true where there is no detector.
    pub fn is_empty(&self) -> bool {
        self.detectors.is_empty()
    }

    /// Returns true where the pack holds a detector, a key or a host.
    pub(crate) fn says_something(&self) -> bool {
        !(self.detectors.is_empty()
            && self.keys.is_empty()
            && self.private_hosts.is_empty()
            && self.private_suffixes.is_empty())
    }

    /// Returns the digest of what the pack says.
    pub fn digest(&self) -> &Digest {
        &self.digest
    }

    /// Returns what was found while the pack was loaded, and is no reason to refuse it.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }
}
