//! What the model has been shown so far, piece by piece.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use bailiwick::ContentKind;
use bailiwick::ContextItem;
use bailiwick::CountsAs;
use bailiwick::DataClass;
use bailiwick::DataSource;
use bailiwick::ModelContext;
use bailiwick::Projection;
use bailiwick::ProjectionKind;
use bailiwick::Raw;
use bailiwick::RedactAction;
use bailiwick::RedactionSummary;
use bailiwick::Redactor;
use bailiwick::RuleInfo;
use bailiwick::Sink;

use crate::port::model::Message;
use crate::port::model::ToolCall;
use crate::run::tools::CallOutcome;

/// What the model has been shown so far. Pieces of one source and place are one.
#[derive(Clone, Debug, Default)]
pub(super) struct Shown {
    /// By source and path.
    pieces: BTreeMap<(DataSource, Option<String>), Piece>,
}

/// What is known of the content of one piece.
#[derive(Clone, Debug, Default)]
struct Piece {
    /// What a redactor finds in it and a policy keeps there.
    kept: BTreeSet<ContentKind>,
    /// Secrets were taken out of it.
    secrets: bool,
}

impl Shown {
    /// Returns what a run begins with: the platform's words.
    pub(super) fn task(text: &Projection<ModelContext>, redactor: &Redactor) -> Self {
        let mut shown = Self::default();
        shown.add(DataSource::TaskText, None, &piece(text, redactor));
        shown
    }

    /// Adds what the model said itself; what it gave to tools stands in `calls`.
    pub(super) fn said(
        &mut self,
        message: &Message,
        removed: &RedactionSummary,
        redactor: &Redactor,
    ) {
        let mut texts = Vec::new();
        if let Message::Model { calls, text } = message {
            texts.push(text.text().to_owned());
            for call in calls {
                texts.extend([call.id.text(), call.tool.text()].map(str::to_owned));
                texts.push(call.input.tree().to_string());
            }
        }
        let kept = texts.iter().flat_map(|text| kept(text, redactor)).collect();
        let piece = Piece { kept, secrets: removed.secret_like_tokens > 0 };
        self.add(DataSource::ModelOutput, None, &piece);
    }

    /// Adds what a call came to, once for each file that stands behind it. Of a file that was not
    /// read the model has only been told so.
    pub(super) fn called(&mut self, call: &ToolCall, outcome: &CallOutcome, redactor: &Redactor) {
        let source = match call.tool.as_str() {
            "file.read" if !outcome.read.is_empty() => DataSource::SourceCode,
            "verifier.run" => DataSource::TestLog,
            _ => DataSource::ToolOutput,
        };
        let piece = piece(&outcome.content, redactor);
        if outcome.read.is_empty() {
            self.add(source, None, &piece);
        }
        for path in &outcome.read {
            self.add(source, Some(path.clone()), &piece);
        }
    }

    fn add(&mut self, source: DataSource, path: Option<String>, piece: &Piece) {
        let known = self.pieces.entry((source, path)).or_default();
        known.kept.extend(&piece.kept);
        known.secrets |= piece.secrets;
    }

    /// Returns the pieces as a request states them. All of them have been through the redactor:
    /// no message of a conversation can hold anything else. What held secrets is labelled as
    /// such (section 18), which a model sees as a redacted projection only.
    pub(super) fn items(&self, tenant: &str) -> Vec<ContextItem> {
        let item = |((source, path), piece): (&(DataSource, Option<String>), &Piece)| ContextItem {
            data_class: piece.secrets.then_some(DataClass::GeneratedSensitive),
            found: piece.kept.iter().copied().collect(),
            path: path.clone(),
            projection: Some(ProjectionKind::Redacted),
            source: Some(*source),
            tenant: Some(tenant.to_owned()),
            ..ContextItem::default()
        };
        self.pieces.iter().map(item).collect()
    }
}

fn piece(text: &Projection<ModelContext>, redactor: &Redactor) -> Piece {
    let secrets = text.summary().secret_like_tokens > 0;
    Piece { kept: kept(text.text(), redactor), secrets }
}

/// Returns what the redactor finds in a text that was projected already: what a policy has it keep.
///
/// A secret is not among it: only one that a policy names by its hash as none stays for a model.
fn kept(text: &str, redactor: &Redactor) -> BTreeSet<ContentKind> {
    let (_, found) = redactor.project_explained(&Raw::new(text), Sink::ModelContext);
    let mut kept = found.iter().filter(|finding| finding.action == RedactAction::Keep).peekable();
    if kept.peek().is_none() {
        return BTreeSet::new();
    }
    let packs = redactor.rules().packs().flat_map(RuleInfo::of_pack);
    let rules: Vec<RuleInfo> = RuleInfo::built_in().into_iter().chain(packs).collect();
    let kinds = kept.filter_map(|finding| {
        let counts_as = rules.iter().find(|rule| rule.id == finding.rule)?.counts_as;
        match counts_as {
            CountsAs::EmailAddress => Some(ContentKind::EmailAddresses),
            CountsAs::PrivateUrl => Some(ContentKind::PrivateUrls),
            CountsAs::LargeBlock | CountsAs::SecretLikeToken => None,
        }
    });
    kinds.collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use bailiwick::CompileOptions;
    use bailiwick::ContentKind;
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
        let redactor = Redactor::default();
        let task = |text: &str| Shown::task(&redactor.project(&Raw::new(text)), &redactor);
        let clean = task("do it");
        assert_eq!(refused(&clean, |_| {}), Vec::<String>::new());
        let secret = task("password = hunter2-hunter2-x9");
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

    #[test]
    fn what_a_policy_keeps_in_the_text_is_labelled_by_what_it_is() {
        let keeping = "redaction: {version: 1, name: r, sinks: {model_context: {email: keep}}}";
        let policies = compile(&[SourceFile::new("p.yaml", keeping)], CompileOptions::default());
        let rules = policies.unwrap().policies.redaction(&Request::default());
        for (redactor, kept) in [
            (Redactor::default(), vec![]),
            (Redactor::builder().rules(rules).build(), vec![ContentKind::EmailAddresses]),
        ] {
            let task = redactor.project(&Raw::new("write to ana@shop.example"));
            let shown = Shown::task(&task, &redactor);
            assert_eq!(shown.items("ten_a")[0].found, kept);
            let blocked = refused(&shown, |_| {});
            assert_eq!(blocked.iter().any(|why| why.contains("regulated")), !kept.is_empty());
        }
    }
}
