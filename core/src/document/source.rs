//! Files to documents: each document has one top-level key, its kind (design section 3).

use crate::document::AccessRule;
use crate::document::DataClasses;
use crate::document::Diagnostic;
use crate::document::DocumentError;
use crate::document::KillSwitchDocument;
use crate::document::LevelPolicy;
use crate::document::ModelPolicy;
use crate::document::Quoted;
use crate::document::RedactionPackDocument;
use crate::document::RedactionPolicy;
use crate::document::RegoPolicy;
use crate::document::RetentionDocument;
use crate::document::RetentionKind;
use crate::document::decode::At;
use crate::document::decode::Decoder;
use crate::document::node::Node;
use crate::document::node::NodeKind;
use crate::document::yaml::parse;
use crate::model::Level;
use crate::model::Location;
use crate::model::closest;

/// A file of policies, suites, requests or scripts: its text, and the path that findings name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// The path, relative to the policy root, with `/`.
    pub path: String,
    /// The text.
    pub text: String,
}

impl SourceFile {
    /// Returns the file of this path with this text.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        Self { path: path.into(), text: text.into() }
    }
}

/// A document of any kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Document {
    /// Who may do an action (section 11).
    Access(AccessRule),
    /// What data is, and what of it a model may see (section 18).
    Data(Box<DataClasses>),
    /// What is switched off (section 13).
    KillSwitch(KillSwitchDocument),
    /// What one level permits (section 5).
    Level(Box<LevelPolicy>),
    /// How text is redacted (section 20).
    Redaction(Box<RedactionPolicy>),
    /// What secrets look like (section 20).
    RedactionPack(Box<RedactionPackDocument>),
    /// Which models may be called (section 22).
    Model(Box<ModelPolicy>),
    /// Rego.
    Rego(RegoPolicy),
    /// What is kept, for how long, and who may see it (sections 19, 47).
    Retention(RetentionDocument),
}

impl Document {
    /// Returns the kind: the document's top-level key.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Access(_) => ACCESS_RULE,
            Self::Data(_) => DATA_CLASSES,
            Self::KillSwitch(_) => KILL_SWITCH,
            Self::Level(policy) => policy.level.document_kind(),
            Self::Redaction(_) => REDACTION,
            Self::RedactionPack(_) => REDACTION_PACK,
            Self::Model(_) => MODEL_POLICY,
            Self::Rego(_) => REGO_POLICY,
            Self::Retention(document) => document.kind.document_kind(),
        }
    }

    /// Returns the name.
    pub fn name(&self) -> &str {
        match self {
            Self::Access(rule) => &rule.name,
            Self::Data(data) => &data.name,
            Self::KillSwitch(switches) => &switches.name,
            Self::Level(policy) => &policy.name,
            Self::Redaction(policy) => &policy.name,
            Self::RedactionPack(pack) => &pack.name,
            Self::Model(policy) => &policy.name,
            Self::Rego(policy) => &policy.name,
            Self::Retention(document) => &document.name,
        }
    }

    /// Returns the version, where the document gives one.
    pub fn version(&self) -> Option<&str> {
        match self {
            Self::Access(rule) => rule.version.as_deref(),
            Self::Data(data) => data.version.as_deref(),
            Self::KillSwitch(switches) => switches.version.as_deref(),
            Self::Level(policy) => policy.version.as_deref(),
            Self::Redaction(policy) => policy.version.as_deref(),
            Self::RedactionPack(pack) => pack.version.as_deref(),
            Self::Model(policy) => policy.version.as_deref(),
            Self::Rego(policy) => policy.version.as_deref(),
            Self::Retention(document) => document.version.as_deref(),
        }
    }

    /// Returns where the document stands.
    pub const fn location(&self) -> &Location {
        match self {
            Self::Access(rule) => &rule.location,
            Self::Data(data) => &data.location,
            Self::KillSwitch(switches) => &switches.location,
            Self::Level(policy) => &policy.location,
            Self::Redaction(policy) => &policy.location,
            Self::RedactionPack(pack) => &pack.location,
            Self::Model(policy) => &policy.location,
            Self::Rego(policy) => &policy.location,
            Self::Retention(document) => &document.location,
        }
    }
}

/// What reading a file gave: the documents without a fault, and every finding.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadResult {
    /// Every finding, in the order of the text's documents.
    pub diagnostics: Vec<Diagnostic>,
    /// The documents in which nothing is wrong.
    pub documents: Vec<Document>,
}

/// Returns the documents of `file`, and everything that is wrong with it.
///
/// A document with a fault is not among the documents, and a file that is no YAML has none: whoever
/// loads policies refuses the set where a finding is an error, and never skips a document.
///
/// # Example
/// ```
/// let text = "repo_policy:\n  repo: payment-service\n  forbiden_paths: [secrets/]\n";
/// let result = bailiwick::read_documents(&bailiwick::SourceFile::new("repo.yaml", text));
/// assert!(result.documents.is_empty());
/// assert_eq!(
///     result.diagnostics[0].to_string(),
///     "repo.yaml:3:3: error[unknown_key]: unknown key `forbiden_paths`\n  \
///      help: did you mean `forbidden_paths`?"
/// );
/// ```
pub fn read_documents(file: &SourceFile) -> ReadResult {
    let mut decoder = Decoder::new(&file.path);
    let mut documents = Vec::new();
    match parse(file) {
        Ok(nodes) => {
            for node in &nodes {
                let before = decoder.count();
                let document = read_document(&mut decoder, node);
                documents.extend(document.filter(|_| decoder.count() == before));
            }
        }
        Err(finding) => decoder.push(*finding),
    }
    ReadResult { diagnostics: decoder.finish(), documents }
}

fn read_document(decoder: &mut Decoder<'_>, node: &Node) -> Option<Document> {
    let root = At::root(node);
    if let NodeKind::Sequence(_) = node.kind {
        decoder.report(&root, &DocumentError::SuiteInPolicies);
        return None;
    }
    let Some(entries) = root.entries() else {
        decoder.wrong_type(&root, "a mapping");
        return None;
    };
    let [entry] = entries else {
        let error = match entries.get(1) {
            Some(_) => DocumentError::SeveralKinds { count: entries.len() },
            None => DocumentError::MissingKind,
        };
        let second = entries.get(1).map(|entry| (entry.line, entry.column));
        let place = second.unwrap_or(root.place);
        let location = decoder.place(place, String::new());
        decoder.push(error.at(location));
        return None;
    };
    let kind = entry.key.as_str();
    let at = root.entry(entry);
    if let Some(error) = refused_kind(kind) {
        let location = decoder.place((entry.line, entry.column), at.path);
        decoder.push(error.at(location));
        return None;
    }
    if entry.value.kind == NodeKind::Null {
        let help = "give it a body (`{}` for one that says nothing), or remove it";
        decoder.empty(&at, format!("`{kind}`"), help);
        return None;
    }
    match kind {
        ACCESS_RULE => AccessRule::decode(decoder, &at).map(Document::Access),
        DATA_CLASSES => {
            DataClasses::decode(decoder, &at).map(|data| Document::Data(Box::new(data)))
        }
        KILL_SWITCH => KillSwitchDocument::decode(decoder, &at).map(Document::KillSwitch),
        REDACTION => RedactionPolicy::decode(decoder, &at)
            .map(|policy| Document::Redaction(Box::new(policy))),
        REDACTION_PACK => RedactionPackDocument::decode(decoder, &at)
            .map(|pack| Document::RedactionPack(Box::new(pack))),
        MODEL_POLICY => {
            ModelPolicy::decode(decoder, &at).map(|policy| Document::Model(Box::new(policy)))
        }
        REGO_POLICY => RegoPolicy::decode(decoder, &at).map(Document::Rego),
        ARTIFACT_POLICY | RETENTION => {
            let kind = if kind == RETENTION {
                RetentionKind::Retention
            } else {
                RetentionKind::ArtifactPolicy
            };
            RetentionDocument::decode(decoder, kind, &at).map(Document::Retention)
        }
        _ => {
            let policy = LevelPolicy::decode(decoder, level_of(kind)?, &at)?;
            Some(Document::Level(Box::new(policy)))
        }
    }
}

fn level_of(kind: &str) -> Option<Level> {
    let mut levels = Level::ALL.iter().copied();
    levels.find(|level| level.document_kind() == kind)
}

/// Returns why `kind` is not read, where it is not.
fn refused_kind(kind: &str) -> Option<DocumentError> {
    let levels = Level::ALL.iter().map(|level| level.document_kind());
    let known: Vec<&str> = levels.chain(OTHER_KINDS).collect();
    if known.contains(&kind) {
        return None;
    }
    let phase = kind.strip_prefix("phase_").and_then(|rest| rest.strip_suffix("_promotion"));
    let promotion = phase.is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
    if promotion || NOT_EVALUATED.contains(&kind) {
        return Some(DocumentError::KindNotEvaluated { kind: kind.to_owned() });
    }
    let candidates = known.iter().chain(NOT_EVALUATED).copied();
    let help = closest(kind, candidates).map_or_else(
        || format!("known kinds: {}", known.join(", ")),
        |name| format!("did you mean `{name}`?"),
    );
    Some(DocumentError::UnknownKind { kind: Quoted::from(kind), help })
}

const ACCESS_RULE: &str = "access_rule";
const ARTIFACT_POLICY: &str = RetentionKind::ArtifactPolicy.document_kind();
const REDACTION: &str = "redaction";
const REDACTION_PACK: &str = "redaction_pack";
const DATA_CLASSES: &str = "data_classes";
const KILL_SWITCH: &str = "kill_switch";
const MODEL_POLICY: &str = "model_policy";
const REGO_POLICY: &str = "rego_policy";
const RETENTION: &str = RetentionKind::Retention.document_kind();

/// The kinds that are no level documents.
pub(crate) const OTHER_KINDS: [&str; 9] = [
    ACCESS_RULE,
    ARTIFACT_POLICY,
    DATA_CLASSES,
    KILL_SWITCH,
    MODEL_POLICY,
    REDACTION,
    REDACTION_PACK,
    REGO_POLICY,
    RETENTION,
];

/// Kinds of the source document that nothing here evaluates yet: loading one and ignoring it
/// would look like a protection that is not there.
const NOT_EVALUATED: &[&str] = &[
    "agent_onboarding",
    "agent_provenance",
    "autonomy_expansion_gate",
    "production_checklist",
    "production_readiness",
    "quality_slos",
    "redaction_summary",
    "sandbox_hardening",
    "slos",
];

#[cfg(test)]
mod tests;

/// Returns true where `path` names a suite, not policies: `*.cases.yaml` (or `yml`, `json`), or
/// such a file anywhere below a folder named `cases`.
pub fn is_suite_path(path: &str) -> bool {
    let mut parts: Vec<&str> = path.split(['/', '\\']).collect();
    let Some((stem, extension)) = parts.pop().and_then(|name| name.rsplit_once('.')) else {
        return false;
    };
    let known = ["json", "yaml", "yml"].contains(&extension);
    known && (stem.ends_with(".cases") || parts.contains(&"cases"))
}
