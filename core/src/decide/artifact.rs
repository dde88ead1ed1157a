//! Artifacts: who may see them, encrypted where they must be, not gone before they may (sections
//! 19, 47).

use crate::compile::CompiledRetention;
use crate::compile::EffectiveRetention;
use crate::compile::RetentionSource;
use crate::compile::View;
use crate::decide::finding::Finding;
use crate::decide::finding::Fix;
use crate::decide::finding::Source;
use crate::model::Action;
use crate::model::ArtifactAccess;
use crate::model::ArtifactUse;
use crate::model::RetentionClass;
use crate::model::Role;
use crate::model::State;

/// Judges what is done on an artifact.
pub(crate) fn check<'a>(
    documents: &[&'a CompiledRetention],
    state: &State,
    view: &View<'_>,
    findings: &mut Vec<Finding<'a>>,
) {
    let Some(artifact) = view.request.artifact.as_ref().filter(|_| view.action.is_on_artifact())
    else {
        return;
    };
    tenant(artifact, view, findings);
    let Some(class) = artifact.class else {
        return;
    };
    let rule = EffectiveRetention::of(documents, class, view.request);
    if view.action == Action::ArtifactDelete {
        delete(artifact, class, &rule, state, findings);
    } else {
        access(class, &rule, view, findings);
        encryption(artifact, class, &rule, findings);
    }
}

/// An artifact of one tenant is never shown to another (section 8).
fn tenant(artifact: &ArtifactUse, view: &View<'_>, findings: &mut Vec<Finding<'_>>) {
    if let (Some(owner), Some(tenant)) = (&artifact.tenant, &view.request.tenant)
        && owner != tenant
    {
        let message = format!("artifact of tenant `{owner}` is asked for in tenant `{tenant}`");
        findings.push(Finding::deny("tenant_boundary", message, None));
    }
}

fn access<'a>(
    class: RetentionClass,
    rule: &EffectiveRetention<'a>,
    view: &View<'_>,
    findings: &mut Vec<Finding<'a>>,
) {
    let subject = view.request.subject.as_ref();
    let team = subject.and_then(|subject| subject.team.as_deref());
    let member = team.is_some() && team == view.request.team.as_deref();
    for (word, said) in &rule.access {
        let mut roles = subject.iter().flat_map(|subject| &subject.roles);
        if roles.any(|role| word.admits(*role, member)) {
            continue;
        }
        let message = format!("access to `{class}` is `{word}`: for {}", whom(*word));
        findings.push(deny("artifact_access", message, class, said.as_ref()));
    }
}

fn whom(word: ArtifactAccess) -> String {
    match word {
        ArtifactAccess::Nobody => "nobody".to_owned(),
        ArtifactAccess::RepoMember => {
            "whoever has a role in the repository's team, auditors and platform admins".to_owned()
        }
        ArtifactAccess::RunViewer => "whoever has a role".to_owned(),
        ArtifactAccess::Auditor
        | ArtifactAccess::AuditorOrPlatformAdmin
        | ArtifactAccess::Restricted => {
            let roles: Vec<&str> = word.roles().into_iter().map(Role::name).collect();
            roles.join(", ")
        }
    }
}

fn encryption<'a>(
    artifact: &ArtifactUse,
    class: RetentionClass,
    rule: &EffectiveRetention<'a>,
    findings: &mut Vec<Finding<'a>>,
) {
    let Some(said) = &rule.encryption else {
        return;
    };
    match artifact.encrypted {
        Some(true) => {}
        Some(false) => {
            let message = format!("`{class}` must be encrypted, and this one is not");
            findings.push(deny("artifact_unencrypted", message, class, said.as_ref()));
        }
        None => {
            let message =
                format!("`{class}` must be encrypted, and the request does not say that it is");
            let fix = Fix::Attribute("artifact.encrypted".to_owned());
            findings
                .push(Finding { fix: Some(fix), ..deny(MISSING, message, class, said.as_ref()) });
        }
    }
}

fn delete<'a>(
    artifact: &ArtifactUse,
    class: RetentionClass,
    rule: &EffectiveRetention<'a>,
    state: &State,
    findings: &mut Vec<Finding<'a>>,
) {
    if artifact.held == Some(true) {
        let message = "a legal hold or an open incident keeps the artifact".to_owned();
        findings.push(Finding::deny("artifact_held", message, None));
    }
    let Some((days, said)) = rule.at_least.as_ref().filter(|(days, _)| *days > 0) else {
        return;
    };
    let Some(created) = artifact.created_at else {
        let message = format!(
            "`{class}` is kept for at least {days} days, and the request does not say since when"
        );
        let fix = Fix::Attribute("artifact.created_at".to_owned());
        findings.push(Finding { fix: Some(fix), ..deny(MISSING, message, class, said.as_ref()) });
        return;
    };
    let message = match created.plus_days(*days) {
        Some(until) if state.now >= until => return,
        Some(until) => format!("`{class}` is kept for at least {days} days, until {until}"),
        None => format!("`{class}` is kept for at least {days} days, beyond every calendar"),
    };
    findings.push(deny("retention_floor", message, class, said.as_ref()));
}

/// Returns a denial by whoever says so; by what is built in where nobody does.
fn deny<'a>(
    code: &'static str,
    message: String,
    class: RetentionClass,
    said: Option<&RetentionSource<'a>>,
) -> Finding<'a> {
    match said {
        Some(said) => {
            let source = Source::field(said.level, said.policy, class.name(), said.location);
            Finding::deny(code, message, Some(source))
        }
        None => Finding::deny(code, format!("{message} (built-in default)"), None),
    }
}

const MISSING: &str = "attribute_missing";
