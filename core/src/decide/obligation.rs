//! What the enforcement point must see to, gathered from every document that applies.

use std::collections::BTreeMap;

use crate::authority::NetworkAccess;
use crate::compile::CompiledLevel;
use crate::compile::PolicyChain;
use crate::compile::View;
use crate::decide::decision::Obligation;
use crate::decide::decision::ObligationKind;
use crate::decide::finding::Finding;
use crate::decide::finding::Fix;
use crate::decide::finding::Source;
use crate::document::Reviewer;
use crate::model::Action;
use crate::model::Limit;
use crate::model::LimitSource;
use crate::model::ordered::sort;

/// Denies a pull request that is ready for review where a document keeps it a draft.
pub(crate) fn draft_only<'a>(
    doc: &'a CompiledLevel,
    view: &View<'_>,
    findings: &mut Vec<Finding<'a>>,
) {
    let creates = matches!(view.action, Action::PrCreate | Action::PrUpdate);
    if doc.authority.draft_only.0 && creates && !view.request.is_draft() {
        let field = "obligations.draft_only";
        let source = Some(Source::field(doc.level, &doc.policy, field, doc.location(field)));
        let message = "only draft pull requests are allowed".to_owned();
        findings.push(Finding::deny_until("draft_only", message, source, Fix::Draft));
    }
}

/// Returns the obligations of a decision that is not a denial.
pub(crate) fn gather(
    chain: &PolicyChain<'_>,
    view: &View<'_>,
    labels: &[String],
) -> Vec<Obligation> {
    let mut out = Vec::new();
    let mut add = |kind: ObligationKind, name: &str, value: Option<u64>| {
        out.push(Obligation { kind, name: name.to_owned(), value });
    };
    let runs = matches!(view.action, Action::ShellExec | Action::VerifierRun);
    let publishes = matches!(
        view.action,
        Action::ChangePropose
            | Action::GitPush
            | Action::PrCreate
            | Action::PrMerge
            | Action::PrUpdate
    );
    let mut caps: BTreeMap<Limit, u64> = BTreeMap::new();
    let mut closed = false;
    for doc in &chain.levels {
        let authority = &doc.authority;
        for sink in &authority.redact.0 {
            add(ObligationKind::Redact, sink, None);
        }
        if runs {
            for (limit, cap) in &authority.limits {
                if let (LimitSource::Obligation, Some(cap)) = (limit.source(), cap.0) {
                    caps.entry(*limit).and_modify(|low| *low = (*low).min(cap)).or_insert(cap);
                }
            }
            for profile in &authority.network_profiles.0 {
                add(ObligationKind::NetworkProfile, profile, None);
            }
            closed |= authority.network.0.is_some_and(|access| access < NetworkAccess::Open);
        }
        if publishes {
            for verifier in &authority.required_verifiers.0 {
                add(ObligationKind::Verifier, verifier, None);
            }
            for label in &authority.labels.0 {
                add(ObligationKind::Label, label, None);
            }
            for reviewer in &authority.required_reviewers.0 {
                let name = match reviewer {
                    Reviewer::Team(team) => format!("team:{team}"),
                    Reviewer::User(user) => format!("user:{user}"),
                };
                add(ObligationKind::Reviewer, &name, None);
            }
            if authority.draft_only.0 {
                add(ObligationKind::DraftOnly, "pull_request", None);
            }
        }
    }
    if publishes {
        for label in labels {
            add(ObligationKind::Label, label, None);
        }
    }
    if let Some(kept) = prompt_log(chain, view) {
        add(ObligationKind::PromptLog, kept, None);
    }
    for (limit, cap) in caps {
        add(ObligationKind::Limit, limit.name(), Some(cap));
    }
    // A command that was judged not to need the network gets none.
    if runs && closed && !view.facts.network.value {
        add(ObligationKind::NetworkProfile, "no-egress", None);
    }
    sort(&mut out);
    out.dedup();
    out
}

/// Returns what of a prompt may be kept: what every model policy that speaks of it permits.
fn prompt_log(chain: &PolicyChain<'_>, view: &View<'_>) -> Option<&'static str> {
    let task_class = view.request.task_class.as_deref();
    let mut stated = None;
    for doc in chain.models.iter().filter(|doc| doc.is_for(task_class)) {
        let logging = &doc.document.prompt_logging;
        let flags = (logging.raw.as_ref(), logging.redacted.as_ref());
        // Where raw prompts may be kept, so may redacted ones, unless the document says no.
        let kept = match (flags.0.map(|flag| flag.value), flags.1.map(|flag| flag.value)) {
            (None, None) => continue,
            (Some(true), Some(true) | None) => Kept::Raw,
            (Some(true | false) | None, Some(false)) => Kept::Nothing,
            (Some(false) | None, Some(true)) | (Some(false), None) => Kept::Redacted,
        };
        stated = Some(stated.map_or(kept, |least: Kept| least.min(kept)));
    }
    stated.map(|kept| match kept {
        Kept::Nothing => "none",
        Kept::Redacted => "redacted",
        Kept::Raw => "raw",
    })
}

/// How much of a prompt is kept; ordered.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kept {
    Nothing,
    Redacted,
    Raw,
}
