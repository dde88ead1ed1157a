//! A bundle of envelopes against keys, and against what it should be about.

use serde::Serialize;

use crate::model::Digest;
use crate::model::PublicKey;
use crate::model::to_hex;
use crate::provenance::ProvenanceProblem;
use crate::provenance::envelope::Envelope;
use crate::provenance::predicate::Statement;
use crate::provenance::predicate::read_statement;
use crate::provenance::problem::ProblemCode;
use crate::provenance::problem::Problems;
use crate::provenance::resource::Resource;
use crate::provenance::statement::DOCUMENT;

/// What a bundle must hold to be verified.
#[derive(Clone, Debug)]
pub struct ProvenanceOptions {
    /// The commit that a statement must be about; any where there is none.
    pub commit: Option<String>,
    /// The digest of the record that the statements must name; any where there is none.
    pub document: Option<Digest>,
    /// The keys that are trusted.
    pub keys: Vec<PublicKey>,
    /// The digest of the patch that a statement must be about; any where there is none.
    pub patch: Option<Digest>,
    /// Ask for more than the formats do: what [`crate::sign_provenance`] writes, and nothing else.
    pub strict: bool,
    /// How many of the keys must have signed each envelope; 0 counts as 1.
    pub threshold: usize,
}

/// What became of a bundle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProvenanceReport {
    /// Everything that is wrong.
    pub problems: Vec<ProvenanceProblem>,
    /// The statements, line by line, so far as they could be read.
    pub statements: Vec<SignedStatement>,
    /// Nothing is wrong.
    pub verified: bool,
}

/// A statement of a bundle and who signed it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SignedStatement {
    /// What kind of build it tells of.
    pub build_type: Option<String>,
    /// Who ran it.
    pub builder_id: Option<String>,
    /// When it ended.
    pub finished_on: Option<String>,
    /// The run.
    pub invocation_id: Option<String>,
    /// The line, counted from 1.
    pub line: u64,
    /// The ids of the trusted keys that signed it.
    pub signers: Vec<String>,
    /// When it began.
    pub started_on: Option<String>,
    /// Every digest of a subject, as `<algorithm>:<digits>`.
    pub subjects: Vec<String>,
}

/// Verifies the envelopes of `bundle`, one a line. An envelope alone is a bundle of one.
///
/// It is verified where every line is an envelope that enough of the keys signed, in order by DSSE,
/// in-toto Statement v1 and SLSA provenance v1, and the bundle is about what the options name. A
/// bundle is not signed as a whole: only `strict` notices that one of the two statements is gone.
pub fn verify_provenance(bundle: &[u8], options: &ProvenanceOptions) -> ProvenanceReport {
    let mut problems = Problems::new(options.strict);
    let mut statements = Vec::new();
    // Digests and byproducts of what is signed; nothing else can answer a question.
    let mut signed: Vec<Statement> = Vec::new();
    if bundle.len() > MAX_BYTES {
        let message = format!("more than {MAX_BYTES} bytes are not read");
        problems.add(ProblemCode::TooLarge, "$", message);
    } else {
        for (line, text) in lines(bundle) {
            problems.at_line(line);
            let Some(envelope) = Envelope::read(text, &mut problems) else {
                continue;
            };
            let signers = envelope.signers(&options.keys, &mut problems);
            let needed = options.threshold.max(1);
            let enough = signers.len() >= needed;
            if !enough {
                let message =
                    format!("{} of the given keys signed it, {needed} must", signers.len());
                problems.add(ProblemCode::NotSigned, "$.signatures", message);
            }
            let Some(statement) = read_statement(&envelope.payload, &mut problems) else {
                continue;
            };
            statements.push(summary(line, signers, &statement));
            if enough {
                signed.push(statement);
            }
        }
        problems.at_line(0);
        if lines(bundle).next().is_none() {
            problems.add(ProblemCode::BundleEmpty, "$", "there is no envelope");
        }
    }
    check_answers(&signed, options, &mut problems);
    check_agreement(&signed, &mut problems);
    let problems = problems.finish();
    ProvenanceReport { verified: problems.is_empty(), problems, statements }
}

/// Returns the lines that hold something, counted from 1.
pub(super) fn lines(bundle: &[u8]) -> impl Iterator<Item = (u64, &[u8])> {
    let numbered = (1..).zip(bundle.split(|byte| *byte == b'\n'));
    let whole = bundle.first() == Some(&b'{') && serde_json::from_slice::<One>(bundle).is_ok();
    let all = whole.then_some((1, bundle)).into_iter();
    all.chain(numbered.filter(move |_| !whole)).filter(|(_, line)| !line.trim_ascii().is_empty())
}

/// One JSON value, whatever it is: an envelope that is printed over several lines.
type One = serde::de::IgnoredAny;

pub(super) fn summary(line: u64, signers: Vec<String>, statement: &Statement) -> SignedStatement {
    let digests = statement.subjects.iter().flat_map(|subject| &subject.digests);
    SignedStatement {
        build_type: statement.build_type.clone(),
        builder_id: statement.builder_id.clone(),
        finished_on: statement.finished_on.clone(),
        invocation_id: statement.invocation_id.clone(),
        line,
        signers,
        started_on: statement.started_on.clone(),
        subjects: digests.map(|(algorithm, value)| format!("{algorithm}:{value}")).collect(),
    }
}

/// Checks that the bundle is about what it should be about.
fn check_answers(signed: &[Statement], options: &ProvenanceOptions, problems: &mut Problems) {
    let subjects: Vec<&Resource> = signed.iter().flat_map(|it| &it.subjects).collect();
    if let Some(patch) = &options.patch
        && !subjects.iter().any(|subject| has_sha256(subject, patch))
    {
        let message = format!("no signed statement is about {patch}");
        problems.add(ProblemCode::PatchMismatch, "$.payload.subject", message);
    }
    if let Some(commit) = &options.commit
        && !subjects.iter().any(|subject| has(subject, "gitCommit", commit))
    {
        let message = format!("no signed statement is about commit {commit}");
        problems.add(ProblemCode::CommitMismatch, "$.payload.subject", message);
    }
    if let Some(document) = &options.document {
        let named = |resource: &Resource| {
            resource.name.as_deref() == Some(DOCUMENT) && has_sha256(resource, document)
        };
        let all = signed.iter().all(|statement| statement.byproducts.iter().any(named));
        if signed.is_empty() || !all {
            let path = "$.payload.predicate.runDetails.byproducts";
            let message = format!("not every signed statement names the record {document}");
            problems.add(ProblemCode::DocumentMismatch, path, message);
        }
    }
}

/// Checks, strictly, that there is a statement of each kind and that all say the same.
fn check_agreement(signed: &[Statement], problems: &mut Problems) {
    let kind = |algorithm: &str| {
        let mut digests = signed.iter().flat_map(|it| &it.subjects).flat_map(|it| &it.digests);
        digests.any(|(name, _)| name == algorithm)
    };
    if !kind("sha256") || !kind("gitCommit") {
        let message =
            "one statement must be about a patch (sha256), one about a commit (gitCommit)";
        problems.add_strict(ProblemCode::SubjectKindMissing, "$.payload.subject", message);
    }
    let mut pairs = signed.iter().zip(signed.iter().skip(1));
    if pairs.any(|(one, other)| one.predicate != other.predicate) {
        let message = "the statements say different things";
        problems.add_strict(ProblemCode::StatementsDisagree, "$.payload.predicate", message);
    }
}

fn has_sha256(resource: &Resource, digest: &Digest) -> bool {
    digest.bytes().is_some_and(|bytes| has(resource, "sha256", &to_hex(&bytes)))
}

fn has(resource: &Resource, algorithm: &str, value: &str) -> bool {
    resource.digests.iter().any(|(name, other)| name == algorithm && other == value)
}

/// Bytes of a bundle that is read.
const MAX_BYTES: usize = 16 << 20;
