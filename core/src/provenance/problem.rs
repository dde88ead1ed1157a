//! What is wrong with an envelope or a statement: each with a stable code and a JSON path.

use serde::Serialize;

use crate::model::closed_table;

closed_table! {
    /// What is wrong with an envelope or a statement.
    ProblemCode: "problem" {
        /// It is no base64.
        Base64Invalid = "base64_invalid",
        /// There is no envelope.
        BundleEmpty = "bundle_empty",
        /// No statement that is signed is about the commit that was asked about.
        CommitMismatch = "commit_mismatch",
        /// The algorithm of a digest is in no table (strict).
        DigestAlgorithmUnknown = "digest_algorithm_unknown",
        /// The digest has not the digits of its algorithm, in lower case.
        DigestInvalid = "digest_invalid",
        /// What must have a digest has none.
        DigestMissing = "digest_missing",
        /// A digest of git stands beside one of bytes, which clients refuse (strict).
        DigestMixed = "digest_mixed",
        /// No statement that is signed names the record that was asked about.
        DocumentMismatch = "document_mismatch",
        /// A signature names no key (strict).
        KeyidMissing = "keyid_missing",
        /// A signature names another key than the one that made it (strict).
        KeyidOther = "keyid_other",
        /// Two signatures name the same key.
        KeyidRepeated = "keyid_repeated",
        /// A member that must be there is not.
        MemberMissing = "member_missing",
        /// A member stands twice: readers differ in which one they take.
        MemberRepeated = "member_repeated",
        /// A value is of another type.
        MemberType = "member_type",
        /// A member that the format does not know, outside of where vendors have theirs (strict).
        MemberUnknown = "member_unknown",
        /// The payload is not in canonical form, RFC 8785 (strict).
        NotCanonical = "not_canonical",
        /// It is no JSON.
        NotJson = "not_json",
        /// Fewer of the given keys signed it than must.
        NotSigned = "not_signed",
        /// A number is no whole number within ±(2^53-1), which readers keep differently (strict).
        NumberUnsafe = "number_unsafe",
        /// No statement that is signed is about the patch that was asked about.
        PatchMismatch = "patch_mismatch",
        /// The payload is of another type than in-toto.
        PayloadTypeUnknown = "payload_type_unknown",
        /// The predicate is of another type than SLSA provenance v1.
        PredicateTypeUnknown = "predicate_type_unknown",
        /// A resource has neither URI, digest nor content.
        ResourceEmpty = "resource_empty",
        /// A signature by one of the given keys does not fit (strict).
        SignatureFalse = "signature_false",
        /// A signature is not 64 bytes.
        SignatureForm = "signature_form",
        /// The statement is of another type than in-toto v1.
        StatementTypeUnknown = "statement_type_unknown",
        /// The statements are about different runs or say different things (strict).
        StatementsDisagree = "statements_disagree",
        /// No statement is about a patch, or none about a commit (strict).
        SubjectKindMissing = "subject_kind_missing",
        /// The statement is about nothing.
        SubjectMissing = "subject_missing",
        /// Two subjects have one name (strict).
        SubjectRepeated = "subject_repeated",
        /// An instant is not RFC 3339 in UTC with `Z`.
        TimestampInvalid = "timestamp_invalid",
        /// It ended before it began.
        TimestampOrder = "timestamp_order",
        /// It has more bytes than are read.
        TooLarge = "too_large",
        /// There are more problems than are listed.
        TooMany = "too_many",
        /// A text is no URI.
        UriInvalid = "uri_invalid",
    }
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProvenanceProblem {
    /// What.
    pub code: ProblemCode,
    /// The line of the bundle, counted from 1; 0 where it is about no line.
    pub line: u64,
    /// In words.
    pub message: String,
    /// Where: `$` is the envelope, `$.payload` in front stands for what is in it.
    pub path: String,
}

/// Gathers what is wrong.
#[derive(Debug)]
pub(super) struct Problems {
    found: Vec<ProvenanceProblem>,
    line: u64,
    pub(super) strict: bool,
}

impl Problems {
    pub(super) const fn new(strict: bool) -> Self {
        Self { found: Vec::new(), line: 0, strict }
    }

    /// Says which line what follows is about.
    pub(super) const fn at_line(&mut self, line: u64) {
        self.line = line;
    }

    pub(super) fn add(&mut self, code: ProblemCode, path: &str, message: impl Into<String>) {
        match self.found.len() {
            ..MOST => self.push(code, path, message.into()),
            MOST => self.push(ProblemCode::TooMany, "$", "there is more that is wrong".to_owned()),
            _ => {}
        }
    }

    /// Adds what is wrong only where it is looked at strictly.
    pub(super) fn add_strict(&mut self, code: ProblemCode, path: &str, message: impl Into<String>) {
        if self.strict {
            self.add(code, path, message);
        }
    }

    pub(super) fn count(&self) -> usize {
        self.found.len()
    }

    pub(super) fn finish(self) -> Vec<ProvenanceProblem> {
        self.found
    }

    fn push(&mut self, code: ProblemCode, path: &str, message: String) {
        let path: String = path.chars().take(LONGEST_PATH).collect();
        self.found.push(ProvenanceProblem { code, line: self.line, message, path });
    }
}

/// Problems that are listed.
const MOST: usize = 100;
/// Characters of a path that are shown.
const LONGEST_PATH: usize = 300;
