//! What the model has been shown so far, piece by piece, and which model may see it.

use std::collections::BTreeMap;
use std::sync::Arc;

use bailiwick::ContextItem;
use bailiwick::DataClass;
use bailiwick::DataSource;
use bailiwick::DecisionEffect;
use bailiwick::ModelCandidate;
use bailiwick::ProjectionKind;
use bailiwick::RedactionSummary;
use bailiwick::Request;
use bailiwick::choose_model;

use crate::pep::Pep;
use crate::port::model::Model;
use crate::port::model::ToolCall;
use crate::port::store::RunKey;
use crate::run::tools::CallOutcome;

/// What the model has been shown so far. Pieces of one source and place are one.
#[derive(Clone, Debug, Default)]
pub(super) struct Shown {
    /// Source and path → whether secrets were taken out of it.
    pieces: BTreeMap<(DataSource, Option<String>), bool>,
}

impl Shown {
    /// Returns what a run begins with: the platform's words.
    pub(super) fn task(removed: &RedactionSummary) -> Self {
        let mut shown = Self::default();
        shown.add(DataSource::TaskText, None, removed);
        shown
    }

    /// Adds what the model said itself.
    pub(super) fn said(&mut self, removed: &RedactionSummary) {
        self.add(DataSource::ModelOutput, None, removed);
    }

    /// Adds what a call came to. Of a file that was not read the model has only been told so.
    pub(super) fn called(&mut self, call: &ToolCall, outcome: &CallOutcome) {
        let done = outcome
            .record
            .as_ref()
            .is_some_and(|record| record.decision == DecisionEffect::Allowed);
        let path = call.input.get("path").and_then(serde_json::Value::as_str);
        let (source, path) = match (call.tool.as_str(), path) {
            ("file.read", Some(path)) if done => (DataSource::SourceCode, Some(path.to_owned())),
            ("verifier.run", _) => (DataSource::TestLog, None),
            (_, _) => (DataSource::ToolOutput, None),
        };
        self.add(source, path, outcome.content.summary());
    }

    fn add(&mut self, source: DataSource, path: Option<String>, removed: &RedactionSummary) {
        *self.pieces.entry((source, path)).or_default() |= removed.secret_like_tokens > 0;
    }

    /// Returns the pieces as a request states them. All of them have been through the redactor:
    /// no message of a conversation can hold anything else. What held secrets is labelled as
    /// such (section 18), which a model sees as a redacted projection only.
    pub(super) fn items(&self, tenant: &str) -> Vec<ContextItem> {
        let item =
            |((source, path), secrets): (&(DataSource, Option<String>), &bool)| ContextItem {
                data_class: secrets.then_some(DataClass::GeneratedSensitive),
                path: path.clone(),
                projection: Some(ProjectionKind::Redacted),
                source: Some(*source),
                tenant: Some(tenant.to_owned()),
                ..ContextItem::default()
            };
        self.pieces.iter().map(item).collect()
    }
}

/// Returns the model that the policies choose among `models` for `need`. Where none may be called
/// it is the first, so that its denial is decided on and kept like any other.
pub(super) fn choose<'m>(
    models: &'m [Arc<dyn Model>],
    pep: &Pep,
    run: &RunKey,
    need: &Request,
) -> Option<&'m Arc<dyn Model>> {
    let candidates: Vec<ModelCandidate> = models
        .iter()
        .map(|model| model.identity())
        .map(|identity| ModelCandidate {
            available: true,
            model: identity.name.clone(),
            provider: identity.provider.clone(),
            region: identity.region.clone(),
        })
        .collect();
    let (team, campaign) = (need.team.as_deref(), need.campaign_id.as_deref());
    // Without a state nothing is chosen, and the enforcement point says why.
    let state = pep.snapshot.take(run, team, campaign).ok();
    let choice = state.map(|state| choose_model(&pep.pdp, need, Some(&candidates), &state));
    let chosen = choice.and_then(|choice| choice.chosen).and_then(|chosen| {
        models.iter().find(|model| {
            let identity = model.identity();
            identity.name == chosen.model && identity.provider == chosen.provider
        })
    });
    chosen.or_else(|| models.first())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use bailiwick::CompileOptions;
    use bailiwick::ModelContext;
    use bailiwick::ModelUse;
    use bailiwick::Pdp;
    use bailiwick::ProjectionKind;
    use bailiwick::Raw;
    use bailiwick::Redactor;
    use bailiwick::Request;
    use bailiwick::SourceFile;
    use bailiwick::State;
    use bailiwick::compile;

    use super::Shown;

    const POLICY: &str = "
platform_policy:
  name: base
  version: 1
  autonomy_level: draft_pr
  allowed_actions: [model.call]
  data_class_max: internal
---
model_policy:
  name: models
  version: 1
  data_class_max: internal
  allowed_models: [{provider: p, model: m}]
";

    /// Returns why what was shown may not be sent; nothing where it may.
    fn refused(shown: &Shown, change: impl FnOnce(&mut Request)) -> Vec<String> {
        let policies = compile(&[SourceFile::new("p.yaml", POLICY)], CompileOptions::default());
        let pdp = Pdp::new(Arc::new(policies.unwrap().policies));
        let mut request = Request {
            autonomy_level: Some(bailiwick::AutonomyLevel::DraftPr),
            context_items: shown.items("ten_a"),
            model: Some(ModelUse {
                model: Some("m".to_owned()),
                provider: Some("p".to_owned()),
                ..ModelUse::default()
            }),
            campaign_id: Some("cmp_a".to_owned()),
            organization: Some("acme".to_owned()),
            repo: Some("service".to_owned()),
            risk_tier: Some(bailiwick::RiskTier::Low),
            run_id: Some("run_a".to_owned()),
            subject: Some(bailiwick::Subject {
                id: "agent".to_owned(),
                kind: Some("worker".to_owned()),
                tenant: Some("ten_a".to_owned()),
                ..bailiwick::Subject::default()
            }),
            task_class: Some("try".to_owned()),
            task_id: Some("task_a".to_owned()),
            team: Some("payments".to_owned()),
            tenant: Some("ten_a".to_owned()),
            tool: Some("model.call".to_owned()),
            ..Request::default()
        };
        change(&mut request);
        let state = State::fresh_empty("2026-07-04T10:00:00Z".parse().unwrap());
        let decision = pdp.decide(&request, &state);
        decision.reasons.iter().map(|r| format!("{}: {}", r.code, r.message)).collect()
    }

    #[test]
    fn what_held_secrets_is_sent_as_a_projection_and_never_raw() {
        let summary = |text: &str| {
            let shown = Redactor::default().project::<ModelContext>(&Raw::new(text));
            shown.summary().clone()
        };
        let clean = Shown::task(&summary("do it"));
        assert_eq!(refused(&clean, |_| {}), Vec::<String>::new());
        let secret = Shown::task(&summary("password = hunter2-hunter2-x9"));
        assert_eq!(refused(&secret, |_| {}), Vec::<String>::new());
        let raw = |request: &mut Request| {
            for item in &mut request.context_items {
                item.projection = Some(ProjectionKind::Raw);
            }
        };
        assert_eq!(refused(&clean, raw), Vec::<String>::new());
        let codes = refused(&secret, raw);
        assert!(codes.iter().any(|code| code.starts_with("projection_required: ")), "{codes:?}");
    }
}
