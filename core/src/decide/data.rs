//! Data: what a model may see, and what may leave the store (section 18).
//!
//! The rules of every label hold, not only those of the highest class, and those of the built-in
//! table and of each document all together: so a document can only add to what must hold.

use crate::compile::CompiledDataClasses;
use crate::compile::ModelCall;
use crate::compile::PolicyChain;
use crate::compile::View;
use crate::decide::finding::Finding;
use crate::decide::finding::Fix;
use crate::decide::finding::Source;
use crate::decide::label::Label;
use crate::decide::label::Labels;
use crate::decide::label::Piece;
use crate::decide::model;
use crate::model::Action;
use crate::model::ArtifactRule;
use crate::model::DataClass;
use crate::model::Level;
use crate::model::Location;
use crate::model::ModelContextRule;
use crate::model::ProjectionKind;

/// Judges the data that the request would show.
pub(crate) fn check<'a>(
    chain: &PolicyChain<'a>,
    labels: &Labels<'a, '_>,
    view: &View<'_>,
    findings: &mut Vec<Finding<'a>>,
) {
    if !view.action.shows_data() {
        return;
    }
    boundary(view, findings);
    let to_model = matches!(view.action, Action::ContextRetrieve | Action::ModelCall);
    unlabelled(labels, to_model, view, findings);
    for piece in &labels.pieces {
        let mut seen: Vec<DataClass> = Vec::new();
        for label in &piece.labels {
            if seen.contains(&label.class) {
                continue;
            }
            seen.push(label.class);
            if to_model {
                for (rule, source) in context_rules(&chain.data, label.class) {
                    context(chain, labels, view, (piece, label), (rule, source), findings);
                }
            } else {
                for (rule, source) in artifact_rules(&chain.data, label.class) {
                    artifact(view, (piece, label), (rule, source), findings);
                }
            }
        }
    }
}

/// What belongs to another tenant is never shown, whatever its class (sections 8 and 9).
fn boundary(view: &View<'_>, findings: &mut Vec<Finding<'_>>) {
    let Some(tenant) = view.request.tenant.as_deref() else {
        return;
    };
    for (index, item) in view.request.context_items.iter().enumerate() {
        if let Some(other) = item.tenant.as_deref().filter(|other| *other != tenant) {
            let message = format!(
                "`context_items[{index}]` belongs to tenant `{other}`, and the request to `{tenant}`"
            );
            findings.push(Finding::deny("tenant_boundary", message, None));
        }
    }
}

/// What does not say what it is, is unknown: denied. An artifact says it by its class, without
/// which no request on one is judged.
fn unlabelled(
    labels: &Labels<'_, '_>,
    to_model: bool,
    view: &View<'_>,
    findings: &mut Vec<Finding<'_>>,
) {
    let mut any = false;
    for piece in &labels.pieces {
        let Some(item) = piece.item else {
            continue;
        };
        any = true;
        if !item.is_labelled() {
            let message = format!("`{}` states neither source nor data class", piece.name);
            let fix = Fix::Attribute(format!("{}.source", piece.name));
            findings.push(Finding::deny_until("data_class_unknown", message, None, fix));
        }
    }
    if to_model && !any && view.request.stated_data_class().is_none() && !view.what_if {
        let message = "the class of what the model would see is not stated".to_owned();
        let fix = Fix::Attribute("model.data_class".to_owned());
        findings.push(Finding::deny_until("data_class_unknown", message, None, fix));
    }
}

fn context<'a>(
    chain: &PolicyChain<'a>,
    labels: &Labels<'a, '_>,
    view: &View<'_>,
    (piece, label): (&Piece<'a, '_>, &Label<'a>),
    (rule, source): (ModelContextRule, Source<'a>),
    findings: &mut Vec<Finding<'a>>,
) {
    let (name, class) = (&piece.name, label.class);
    let what = format!("{} is of class `{class}` ({})", piece.shown(), label.because);
    let redacted = piece.projection == Some(ProjectionKind::Redacted);
    // What the platform has opened is closed again by any level below it.
    let opens = source.level.is_none_or(|level| level == Level::Platform);
    let source = Some(source);
    // Whatever else a rule asks for, from here on the data is somebody's.
    let owned = rule >= ModelContextRule::AllowedWithTenantBoundary;
    let unstated = piece.item.is_some_and(|item| item.tenant.is_none());
    if owned && unstated && !view.what_if {
        let message = format!("{what}, and does not say of which tenant");
        let fix = Fix::Attribute(format!("{name}.tenant"));
        findings.push(Finding::deny_until("tenant_unstated", message, source, fix));
    }
    match rule {
        ModelContextRule::Allowed | ModelContextRule::AllowedWithTenantBoundary => {}
        ModelContextRule::OnlyIfNeeded => {
            if !piece.item.is_some_and(|item| item.is_needed()) {
                let message =
                    format!("{what}: only if needed, and no `needed_because` says why it is");
                findings.push(Finding::ask("data_need_unstated", message, source));
            }
        }
        ModelContextRule::RedactedProjectionOnly => {
            if !redacted {
                let message = format!("{what}: a model sees only a redacted projection of it");
                let fix = Fix::Change(format!("{} is a redacted projection", told(piece)));
                findings.push(Finding::deny_until("projection_required", message, source, fix));
            }
        }
        ModelContextRule::Blocked => {
            let call = ModelCall::of(view.request, labels.seen, !view.what_if);
            let calls = view.action == Action::ModelCall && opens;
            if calls && chain.models.iter().any(|policy| policy.opens(class, &call)) {
                return;
            }
            let message = format!("{what}, which is blocked from a model's context");
            let other = calls.then(|| model::alternative(chain, &call, Some(class))).flatten();
            let fix = other.unwrap_or_else(|| format!("nothing of class `{class}` is sent"));
            let fix = Fix::Change(fix);
            findings.push(Finding::deny_until("data_class_blocked", message, source, fix));
        }
        ModelContextRule::Never => {
            let message = format!("{what}, which a model never sees");
            let holds = piece.item.is_some_and(|item| {
                item.data_class != Some(class) && item.found.iter().any(|k| k.class() == class)
            });
            findings.push(if holds {
                let fix = Fix::Change(format!("{} is a redacted projection", told(piece)));
                Finding::deny_until("data_class_never", message, source, fix)
            } else {
                Finding::deny("data_class_never", message, source)
            });
        }
    }
}

/// How a remedy calls a piece: only items say what projection they are.
fn told(piece: &Piece<'_, '_>) -> String {
    match piece.item {
        Some(_) => format!("`{}`", piece.name),
        None => "each part, stated in `context_items`,".to_owned(),
    }
}

fn artifact<'a>(
    view: &View<'_>,
    (piece, label): (&Piece<'a, '_>, &Label<'a>),
    (rule, source): (ArtifactRule, Source<'a>),
    findings: &mut Vec<Finding<'a>>,
) {
    let class = label.class;
    let what = format!("{} is of class `{class}` ({})", piece.shown(), label.because);
    let exports = view.action == Action::ArtifactExport;
    let redacted = piece.projection == Some(ProjectionKind::Redacted);
    let redact = match rule {
        ArtifactRule::Allowed | ArtifactRule::Restricted => false,
        ArtifactRule::Protected => exports,
        ArtifactRule::RedactedOnly => true,
    };
    let ask = match rule {
        ArtifactRule::Allowed | ArtifactRule::RedactedOnly => false,
        ArtifactRule::Protected | ArtifactRule::Restricted => exports,
    };
    if redact && !redacted {
        let message = format!("{what}: only a redacted projection of it leaves the store");
        let fix = Fix::Change(format!("{} is a redacted projection", told(piece)));
        findings.push(Finding::deny_until("projection_required", message, Some(source), fix));
    }
    if ask {
        let message = format!("{what}: an export of it needs an approval");
        findings.push(Finding::ask("artifact_restricted", message, Some(source)));
    }
}

/// Returns every rule for a model's context: the built-in one, and one of each document.
fn context_rules<'a>(
    documents: &[&'a CompiledDataClasses],
    class: DataClass,
) -> Vec<(ModelContextRule, Source<'a>)> {
    let field = context_field(class);
    let mut rules = vec![(class.model_context(), built_in(field))];
    for doc in documents {
        let stated =
            doc.document.classes.get(&class).and_then(|rules| rules.model_context.as_ref());
        rules.extend(stated.map(|rule| {
            (rule.value, Source::field(doc.level, &doc.policy, field, &rule.location))
        }));
    }
    rules
}

fn artifact_rules<'a>(
    documents: &[&'a CompiledDataClasses],
    class: DataClass,
) -> Vec<(ArtifactRule, Source<'a>)> {
    let field = artifact_field(class);
    let mut rules = vec![(class.artifact(), built_in(field))];
    for doc in documents {
        let stated = doc.document.classes.get(&class).and_then(|rules| rules.artifact.as_ref());
        rules.extend(stated.map(|rule| {
            (rule.value, Source::field(doc.level, &doc.policy, field, &rule.location))
        }));
    }
    rules
}

fn built_in(field: &'static str) -> Source<'static> {
    Source { level: None, location: &NOWHERE, policy: BUILT_IN, rule: field }
}

const fn context_field(class: DataClass) -> &'static str {
    match class {
        DataClass::Public => "classes.public.model_context",
        DataClass::Internal => "classes.internal.model_context",
        DataClass::Confidential => "classes.confidential.model_context",
        DataClass::GeneratedSensitive => "classes.generated_sensitive.model_context",
        DataClass::Regulated => "classes.regulated.model_context",
        DataClass::Secret => "classes.secret.model_context",
    }
}

const fn artifact_field(class: DataClass) -> &'static str {
    match class {
        DataClass::Public => "classes.public.artifact",
        DataClass::Internal => "classes.internal.artifact",
        DataClass::Confidential => "classes.confidential.artifact",
        DataClass::GeneratedSensitive => "classes.generated_sensitive.artifact",
        DataClass::Regulated => "classes.regulated.artifact",
        DataClass::Secret => "classes.secret.artifact",
    }
}

/// How decisions name the table that holds without a document.
const BUILT_IN: &str = "data_classes@built-in";

static NOWHERE: Location =
    Location { column: 0, file: String::new(), line: 0, path: String::new() };
