//! Documents to a policy set.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::authority::Authority;
use crate::authority::widenings;
use crate::compile::CompileError;
use crate::compile::CompiledAccess;
use crate::compile::CompiledDataClasses;
use crate::compile::CompiledKillSwitch;
use crate::compile::CompiledLevel;
use crate::compile::CompiledModelPolicy;
use crate::compile::CompiledRedaction;
use crate::compile::CompiledRego;
use crate::compile::CompiledRetention;
use crate::compile::PoliciesRefused;
use crate::compile::PolicyRef;
use crate::compile::PolicySet;
use crate::compile::redaction_names::RedactionNames;
use crate::compile::retention_check;
use crate::compile::widening::check_data;
use crate::compile::widening::check_models;
use crate::document::Diagnostic;
use crate::document::Document;
use crate::document::LevelPolicy;
use crate::document::Located;
use crate::document::RedactionPolicy;
use crate::document::RetentionDocument;
use crate::document::ScopeSelector;
use crate::document::Severity;
use crate::document::SourceFile;
use crate::document::is_suite_path;
use crate::document::read_documents;
use crate::model::Digest;
use crate::model::KillSwitch;
use crate::model::Level;
use crate::model::canonical_json;
use crate::model::ordered::sort;
use crate::model::ordered::sort_by;

/// How strictly policies are loaded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CompileOptions {
    /// Refuse what is otherwise a warning: a level that tries to widen, a missing version, a
    /// missing platform document.
    pub strict: bool,
}

/// A policy set and what was found while it was made.
#[derive(Clone, Debug)]
pub struct Compiled {
    /// Warnings.
    pub diagnostics: Vec<Diagnostic>,
    /// The policy set.
    pub policies: PolicySet,
}

/// Compiles the policy files of a directory; fixture suites among them are passed over.
///
/// # Errors
/// Where any document cannot be read or compiled: a policy that cannot be read is never skipped.
///
/// # Example
/// ```
/// use bailiwick::{CompileOptions, SourceFile, compile};
/// let file = SourceFile {
///     path: "platform.yaml".to_owned(),
///     text: "platform_policy:\n  version: 1\n  allowed_actions: [file.read]\n".to_owned(),
/// };
/// let compiled = compile(&[file], CompileOptions { strict: true })?;
/// assert_eq!(compiled.policies.len(), 1);
/// # Ok::<(), bailiwick::PoliciesRefused>(())
/// ```
pub fn compile(files: &[SourceFile], options: CompileOptions) -> Result<Compiled, PoliciesRefused> {
    let mut diagnostics = Vec::new();
    let mut documents = Vec::new();
    // Of documents that stand twice the first counts: which one that is must not depend on the
    // order in which a host lists its files.
    let mut files: Vec<&SourceFile> =
        files.iter().filter(|file| !is_suite_path(&file.path)).collect();
    sort_by(&mut files, |a, b| (&a.path, &a.text).cmp(&(&b.path, &b.text)));
    for file in files {
        let read = read_documents(file);
        diagnostics.extend(read.diagnostics);
        documents.extend(read.documents);
    }
    let mut found = Vec::new();
    let policies = link(documents, &mut found);
    if diagnostics.iter().any(Diagnostic::is_error) {
        // What cannot be read may well be the platform's: saying that it is missing would mislead.
        found.retain(|error| {
            !matches!(error, CompileError::NoPlatform | CompileError::PlatformSilent { .. })
        });
    }
    diagnostics.extend(found.iter().map(|error| error.diagnostic(options.strict)));
    sort_by(&mut diagnostics, |a, b| {
        (&a.location, a.code, &a.message).cmp(&(&b.location, b.code, &b.message))
    });
    diagnostics.dedup();
    if diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error) {
        return Err(PoliciesRefused { diagnostics });
    }
    Ok(Compiled { diagnostics, policies })
}

fn link(documents: Vec<Document>, found: &mut Vec<CompileError>) -> PolicySet {
    let mut set = PolicySet {
        access: Vec::new(),
        data: Vec::new(),
        digest: Digest::of(b""),
        kill_switches: Vec::new(),
        levels: Vec::new(),
        packs: Vec::new(),
        redactions: Vec::new(),
        models: Vec::new(),
        rego: Vec::new(),
        retention: Vec::new(),
    };
    let mut seen: BTreeMap<Digest, ()> = BTreeMap::new();
    let mut versions: BTreeMap<(&'static str, String), PolicyRef> = BTreeMap::new();
    let mut bodies: Vec<(PolicyRef, LevelPolicy)> = Vec::new();
    let mut redactions: Vec<(PolicyRef, Box<RedactionPolicy>)> = Vec::new();
    let mut kept: Vec<(PolicyRef, RetentionDocument)> = Vec::new();
    for document in documents {
        let Some(reference) = reference(&document, found) else {
            continue;
        };
        if seen.insert(reference.digest.clone(), ()).is_some() {
            continue;
        }
        let kind = document.kind();
        match versions.get(&(kind, reference.name.clone())) {
            Some(first) => found.push(CompileError::VersionConflict {
                location: reference.location.clone(),
                name: reference.name.clone(),
                other: first.location.clone(),
            }),
            None => {
                versions.insert((kind, reference.name.clone()), reference.clone());
            }
        }
        match document {
            Document::Level(policy) => {
                if let Some(level) = CompiledLevel::compile(&policy, reference.clone(), found) {
                    set.levels.push(level);
                }
                bodies.push((reference, *policy));
            }
            Document::Access(rule) => {
                set.access.extend(CompiledAccess::compile(&rule, reference, found))
            }
            Document::Data(data) => {
                set.data.extend(CompiledDataClasses::compile(*data, reference, found));
            }
            Document::Model(policy) => {
                set.models.push(CompiledModelPolicy::compile(*policy, reference));
            }
            Document::Rego(rego) => set.rego.extend(CompiledRego::compile(&rego, reference, found)),
            Document::RedactionPack(pack) => set.add_pack(&pack, reference, found),
            Document::Redaction(policy) => redactions.push((reference, policy)),
            Document::Retention(document) => {
                set.retention.push(CompiledRetention::compile(&document, reference.clone()));
                kept.push((reference, document));
            }
            Document::KillSwitch(kill) => {
                let mut switches = kill.switches;
                sort_by(&mut switches, |a, b| a.value.cmp(&b.value));
                set.kill_switches.push(CompiledKillSwitch { policy: reference, switches });
            }
        }
    }
    // Policies name packs, which may stand in any file.
    let names = RedactionNames::new(&set.packs, &redactions);
    for (reference, policy) in redactions {
        let compiled = CompiledRedaction::compile(&policy, reference, &set.packs, &names, found);
        set.redactions.push(compiled);
    }
    check_platform(&bodies, found);
    check_widening(&bodies, found);
    retention_check::check(&mut kept, found);
    check_data(&set, found);
    check_models(&set, found);
    sort_by(&mut set.levels, |a, b| (a.level, &a.policy.digest).cmp(&(b.level, &b.policy.digest)));
    sort_by(&mut set.access, |a, b| (a.level, &a.policy.digest).cmp(&(b.level, &b.policy.digest)));
    sort_by(&mut set.data, |a, b| (a.level, &a.policy.digest).cmp(&(b.level, &b.policy.digest)));
    sort_by(&mut set.models, |a, b| (a.level, &a.policy.digest).cmp(&(b.level, &b.policy.digest)));
    sort_by(&mut set.rego, |a, b| (a.level, &a.policy.digest).cmp(&(b.level, &b.policy.digest)));
    sort_by(&mut set.packs, |a, b| a.0.digest.cmp(&b.0.digest));
    sort_by(&mut set.redactions, |a, b| a.policy.digest.cmp(&b.policy.digest));
    sort_by(&mut set.retention, |a, b| {
        (a.level, &a.policy.digest).cmp(&(b.level, &b.policy.digest))
    });
    sort_by(&mut set.kill_switches, |a, b| a.policy.digest.cmp(&b.policy.digest));
    set.digest = Digest::of_parts(
        "bailiwick/policy-set/1",
        seen.keys().map(|digest| digest.as_str().as_bytes()),
    );
    set
}

fn check_platform(bodies: &[(PolicyRef, LevelPolicy)], found: &mut Vec<CompileError>) {
    let mut platforms =
        bodies.iter().filter(|(_, policy)| policy.level == Level::Platform).peekable();
    let Some((_, first)) = platforms.peek() else {
        found.push(CompileError::NoPlatform);
        return;
    };
    let location = first.location.clone();
    if platforms.all(|(_, policy)| policy.allowed_actions.is_none()) {
        found.push(CompileError::PlatformSilent { location });
    }
}

fn check_widening(bodies: &[(PolicyRef, LevelPolicy)], found: &mut Vec<CompileError>) {
    for (higher_ref, higher) in bodies {
        for (lower_ref, lower) in bodies {
            for widening in widenings(higher, lower) {
                found.push(CompileError::Widens {
                    field: widening.field,
                    higher: higher_ref.name.clone(),
                    level: lower.level.name(),
                    location: widening.at,
                    lower: lower_ref.name.clone(),
                    set_at: widening.set_at,
                    what: widening.what,
                });
            }
        }
    }
}

/// Names a document and hashes what it says, without where it says it.
fn reference(document: &Document, found: &mut Vec<CompileError>) -> Option<PolicyRef> {
    #[derive(Serialize)]
    struct Content<'a, T: Serialize> {
        body: T,
        kind: &'static str,
        name: &'a str,
        scope: serde_json::Value,
        version: Option<&'a str>,
    }
    let kind = document.kind();
    let (name, version, location) = (document.name(), document.version(), document.location());
    let text = match document {
        Document::Level(policy) => canonical_json(&Content {
            body: Authority::of(policy),
            kind,
            name,
            scope: scope(&policy.scope),
            version,
        }),
        Document::Access(rule) => canonical_json(&Content {
            body: serde_json::json!({
                "actions": rule.actions,
                "allow_if": sorted(&rule.allow_if),
                "level": rule.level,
                "require_approval_if": sorted(&rule.require_approval_if),
            }),
            kind,
            name,
            scope: scope(&rule.scope),
            version,
        }),
        Document::KillSwitch(kill) => {
            let mut switches: Vec<&KillSwitch> = kill.switches.iter().map(|s| &s.value).collect();
            sort(&mut switches);
            switches.dedup();
            canonical_json(&Content {
                body: switches,
                kind,
                name,
                scope: serde_json::Value::Null,
                version,
            })
        }
        Document::Data(data) => canonical_json(&Content {
            body: data.content(),
            kind,
            name,
            scope: scope(&data.scope),
            version,
        }),
        Document::Model(policy) => canonical_json(&Content {
            body: policy.content(),
            kind,
            name,
            scope: scope(&policy.scope),
            version,
        }),
        Document::Redaction(policy) => canonical_json(&Content {
            body: policy.content(),
            kind,
            name,
            scope: scope(&policy.scope),
            version,
        }),
        Document::RedactionPack(pack) => canonical_json(&Content {
            body: pack.content(),
            kind,
            name,
            scope: serde_json::Value::Null,
            version,
        }),
        Document::Rego(rego) => canonical_json(&Content {
            body: serde_json::json!({
                "actions": rego.actions, "level": rego.level, "module": rego.module.value,
            }),
            kind,
            name,
            scope: scope(&rego.scope),
            version,
        }),
        Document::Retention(retention) => canonical_json(&Content {
            body: serde_json::json!({"level": retention.level, "rules": kept(retention)}),
            kind,
            name,
            scope: scope(&retention.scope),
            version,
        }),
    };
    // Documents hold only text and whole numbers within range, so they always have a form.
    let digest = Digest::of(text.ok()?.as_bytes());
    if version.is_none() {
        found.push(CompileError::VersionMissing {
            location: location.clone(),
            name: name.to_owned(),
        });
    }
    let printed = match version {
        Some(version) => format!("{name}@{version}"),
        None => format!("{name}@sha256:{}", digest.short()),
    };
    Some(PolicyRef { digest, location: location.clone(), name: printed })
}

fn kept(document: &RetentionDocument) -> serde_json::Value {
    let days = |days: &Option<Located<u64>>| days.as_ref().map(|days| days.value);
    let rules = document.rules.iter().map(|(class, rule)| {
        let body = serde_json::json!({
            "access": rule.access.as_ref().map(|word| word.value),
            "at_least": days(&rule.at_least),
            "at_most": days(&rule.at_most),
            "encryption": rule.encryption.as_ref().map(|required| required.value),
        });
        (class.name().to_owned(), body)
    });
    serde_json::Value::Object(rules.collect())
}

fn sorted(list: &[Located<String>]) -> Vec<&str> {
    let mut out: Vec<&str> = list.iter().map(|entry| entry.value.as_str()).collect();
    sort(&mut out);
    out.dedup();
    out
}

fn scope(selector: &ScopeSelector) -> serde_json::Value {
    // A list stays a list: joined, two different scopes could share a digest, and one of two
    // documents would be taken for the other's duplicate.
    let names =
        |list: &Option<Vec<Located<String>>>| serde_json::json!(list.as_deref().map(sorted));
    serde_json::json!({
        "campaign": names(&selector.campaign),
        "organization": names(&selector.organization),
        "repo": names(&selector.repo),
        "task": names(&selector.task),
        "team": names(&selector.team),
        "tenant": names(&selector.tenant),
        "tool": selector.tool,
    })
}
