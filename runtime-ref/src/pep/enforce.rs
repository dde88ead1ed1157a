//! Decide, keep the record, do, tell what came of it: in this order, or not at all.

use std::collections::BTreeMap;
use std::sync::Arc;

use bailiwick::Action;
use bailiwick::AuditEvent;
use bailiwick::Cleaner;
use bailiwick::Decision;
use bailiwick::DecisionEffect;
use bailiwick::DecisionRecord;
use bailiwick::Digest;
use bailiwick::EventType;
use bailiwick::ModelContext;
use bailiwick::Pdp;
use bailiwick::ProjectedTree;
use bailiwick::Projection;
use bailiwick::Redactor;
use bailiwick::Request;
use bailiwick::Sink;
use bailiwick::State;
use bailiwick::Timestamp;
use bailiwick::TraceViewer;
use bailiwick::Value;
use thiserror::Error;

use crate::pep::act::Act;
use crate::pep::act::Failure;
use crate::pep::keep::Keeping;
use crate::pep::keep::fit;
use crate::pep::obligation::Capabilities;
use crate::pep::obligation::Duties;
use crate::pep::obligation::plan;
use crate::pep::permit::Permit;
use crate::pep::usage::usage_of_asking;
use crate::pip::Snapshot;
use crate::port::clock::Clock;
use crate::port::id::Ids;
use crate::port::store::Attachments;
use crate::port::store::DecisionRow;
use crate::port::store::Journal;
use crate::port::store::RunKey;
use crate::port::store::RunScope;
use crate::port::store::StoreError;

/// The enforcement point: nothing has an effect but through [`Pep::enforce`].
pub struct Pep {
    /// What this runtime can see to.
    pub capabilities: Capabilities,
    /// Tells when.
    pub clock: Arc<dyn Clock>,
    /// Makes ids.
    pub ids: Arc<dyn Ids>,
    /// Keeps the evidence.
    pub journal: Arc<dyn Journal>,
    /// Is told of each decision and its outcome as they become durable.
    pub observer: Box<dyn Observer>,
    /// Decides.
    pub pdp: Pdp,
    /// Projects what is kept and shown.
    pub redactor: Redactor,
    /// Reads the state.
    pub snapshot: Snapshot,
}

/// Is told of what happens, once it is durable; it cannot change it.
pub trait Observer: Send + Sync {
    /// A decision was made on something to be done, told in words for people.
    fn decided(
        &self,
        seq: u64,
        intent: &Projection<TraceViewer>,
        record: &DecisionRecord,
        permitted: bool,
    );

    /// An event that is no decision was appended.
    fn happened(&self, seq: u64, event_type: EventType, details: &BTreeMap<String, Value>);
}

/// What became of a request.
#[derive(Debug)]
pub struct Enforced<T> {
    /// What came of it.
    pub outcome: Outcome<T>,
    /// The record of the decision.
    pub record: Box<DecisionRecord>,
}

/// What came of a request.
#[derive(Debug)]
pub enum Outcome<T> {
    /// It waits for an approval; nothing was done.
    AskApproval,
    /// It was denied; nothing was done.
    Denied,
    /// It was done.
    Done(T),
    /// It was permitted and did not come to its end.
    Failed {
        /// A stable word.
        code: String,
        /// What happened.
        message: Projection<ModelContext>,
    },
    /// It was permitted, but under an obligation that cannot be fulfilled; nothing was done.
    Unfulfilled {
        /// Which one.
        why: String,
    },
}

/// Why the enforcement point itself could not go on: nothing more is done in the run.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum EnforceError {
    /// The evidence could not be kept.
    #[error("evidence could not be kept, so nothing was done: {0}")]
    Evidence(#[from] StoreError),
    /// The record has no canonical form.
    #[error("decision record has no canonical form: {0}")]
    Record(#[from] bailiwick::CanonicalError),
    /// What it takes to decide again cannot be kept.
    #[error("decision cannot be kept: {0}")]
    Recorded(#[from] bailiwick::RecordedError),
    /// The request cannot be turned into what is kept of it.
    #[error("request cannot be kept: {0}")]
    Request(#[from] serde_json::Error),
}

impl EnforceError {
    /// Returns the stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Evidence(error) => error.code(),
            Self::Record(error) => error.code(),
            Self::Recorded(error) => error.code(),
            Self::Request(_) => "request_not_kept",
        }
    }
}

impl Pep {
    /// Decides on `request` and, where it is allowed, has `act` do it with the permit.
    ///
    /// The decision record is durable before the permit exists. The outcome is an event of its
    /// own; where it is missing after a crash, the journal names the act as lost.
    ///
    /// # Errors
    /// Where evidence could not be kept. Before the act: it was not done.
    pub fn enforce<T>(
        &self,
        run: &RunKey,
        request: Request,
        intent: &str,
        act: impl FnOnce(Permit, &Duties) -> Result<Act<T>, Failure>,
    ) -> Result<Enforced<T>, EnforceError> {
        let (decision, state) = self.decide(run, &request);
        let planned = plan(&decision.obligations, &self.capabilities);
        // The answer to a question is not a permission, whatever it says.
        let allowed = decision.is_allowed() && decision.live;
        let permitted = allowed && planned.is_ok();
        let action = decision.action();
        let cleaner: Cleaner<TraceViewer> =
            Cleaner::new(&serde_json::to_value(&request)?, &self.redactor);
        let intent = cleaner.project(intent);
        let id = self.ids.next("pdec").into_string();
        let now = self.clock.now();
        let record = DecisionRecord::redacted(decision, &request, &cleaner, now, Some(id));
        let kept = self.kept(&record)?;
        let recorded = self.recorded(&kept, &request, state.as_ref(), &cleaner)?;
        let attachments = Attachments {
            decision: Some(DecisionRow {
                decision_id: record.decision_id.clone(),
                intent: intent.clone(),
                permitted,
            }),
            payloads: vec![self.keeping(&request, now).record(&recorded)?],
            usage: usage_of_asking(&request, action, permitted),
            ..Attachments::default()
        };
        let mut event = self.event(run, &request, EventType::PolicyEvaluated);
        describe(&mut event, &record);
        event.details.insert("intent".to_owned(), Value::Text(intent.text().to_owned()));
        let sealed = self.journal.append(self.fit(event), &attachments)?;
        self.observer.decided(sealed.seq, &intent, &record, permitted);

        let outcome = match (record.decision, planned, action) {
            (DecisionEffect::Allowed, Ok(duties), Some(action)) if allowed => {
                self.act(run, request, action, &record, &duties, act)?
            }
            (DecisionEffect::Allowed, Err(why), _) => {
                let mut event = self.event(run, &request, EventType::ObligationFulfilled);
                describe(&mut event, &record);
                event.decision = Some(DecisionEffect::Denied);
                event.details.insert("unfulfilled".to_owned(), Value::Text(why.clone()));
                self.append(event, &Attachments::default())?;
                Outcome::Unfulfilled { why }
            }
            (DecisionEffect::AskApproval, _, _) => {
                self.ask(run, &request, &record)?;
                Outcome::AskApproval
            }
            (DecisionEffect::Allowed, Ok(_), _) | (DecisionEffect::Denied, _, _) => Outcome::Denied,
        };
        Ok(Enforced { outcome, record: Box::new(record) })
    }

    /// Appends an event that is no decision, such as `run.opened`, with which the scope of the run
    /// is kept as `request` states it.
    ///
    /// # Errors
    /// Where it could not be made durable.
    pub fn tell(
        &self,
        run: &RunKey,
        request: &Request,
        event_type: EventType,
        details: BTreeMap<String, Value>,
    ) -> Result<(), EnforceError> {
        let mut event = self.event(run, request, event_type);
        event.action = event_type.name().to_owned();
        event.details = details;
        let opened = event_type == EventType::RunOpened;
        let scope = opened.then(|| RunScope::of(request));
        self.append(event, &Attachments { scope, ..Attachments::default() })
    }

    /// Returns the decision, and the state that was read where it could be.
    fn decide(&self, run: &RunKey, request: &Request) -> (Decision, Option<State>) {
        let (team, campaign) = (request.team.as_deref(), request.campaign_id.as_deref());
        match self.snapshot.take(run, team, campaign) {
            Ok(state) => (self.pdp.decide(request, &state), Some(state)),
            Err(why) => (Decision::refused("state_unavailable", &why), None),
        }
    }

    fn act<T>(
        &self,
        run: &RunKey,
        request: Request,
        action: Action,
        record: &DecisionRecord,
        duties: &Duties,
        act: impl FnOnce(Permit, &Duties) -> Result<Act<T>, Failure>,
    ) -> Result<Outcome<T>, EnforceError> {
        let mut event = self.event(run, &request, EventType::ToolCalled);
        describe(&mut event, record);
        let mut permitted = request.clone();
        // Labels stand outside the hash that was decided on, so obligations may add to them.
        permitted.labels.extend(duties.labels.iter().cloned());
        permitted.labels.sort();
        permitted.labels.dedup();
        let permit = Permit::mint(action, record.decision_id.clone(), permitted);
        let mut attachments =
            Attachments { outcome_of: Some(record.decision_id.clone()), ..Attachments::default() };
        match act(permit, duties) {
            Ok(done) => {
                event.event_type = done.event_type;
                event.details = done.details;
                event.result_hash = done.result_hash;
                attachments.usage = done.usage;
                if let Some(output) = done.output {
                    // The hash is of what is kept, which a viewer of traces may see.
                    let kept = self.redactor.project::<TraceViewer>(&output);
                    event.result_hash = Some(Digest::of(kept.text().as_bytes()));
                    let keeping = self.keeping(&request, event.created_at);
                    attachments.payloads.extend(keeping.output(&kept));
                }
                self.append(event, &attachments)?;
                if !done.redaction.is_empty() {
                    let mut event = self.event(run, &request, EventType::SecretRedacted);
                    event.decision_id = Some(record.decision_id.clone());
                    event.details = summary(&done.redaction);
                    self.append(event, &Attachments::default())?;
                }
                Ok(Outcome::Done(done.value))
            }
            Err(failure) => {
                let message = self.redactor.project::<ModelContext>(&failure.message);
                event.details = BTreeMap::from([
                    ("failed".to_owned(), Value::Text(failure.code.clone())),
                    ("message".to_owned(), Value::Text(message.text().to_owned())),
                ]);
                event.result_hash = Some(Digest::of(message.text().as_bytes()));
                self.append(event, &attachments)?;
                Ok(Outcome::Failed { code: failure.code, message })
            }
        }
    }

    pub(super) fn append(
        &self,
        event: AuditEvent,
        attachments: &Attachments,
    ) -> Result<(), EnforceError> {
        let event = self.fit(event);
        let (event_type, details) = (event.event_type, event.details.clone());
        let sealed = self.journal.append(event, attachments)?;
        self.observer.happened(sealed.seq, event_type, &details);
        Ok(())
    }

    /// Returns the record as it may be kept: what was not cleaned field by field goes here.
    fn kept(&self, record: &DecisionRecord) -> Result<ProjectedTree, EnforceError> {
        let tree = serde_json::to_value(record)?;
        Ok(self.redactor.project_tree(&tree, Sink::TraceViewer))
    }

    fn keeping<'a>(&'a self, request: &'a Request, now: Timestamp) -> Keeping<'a> {
        Keeping { now, policies: &self.pdp.policies, request }
    }

    /// Returns `event` as it may be kept: the last place that every text passes on its way into
    /// the journal, whoever wrote it.
    fn fit(&self, mut event: AuditEvent) -> AuditEvent {
        for value in event.details.values_mut() {
            fit(value, &self.redactor);
        }
        event
    }

    pub(super) fn event(
        &self,
        run: &RunKey,
        request: &Request,
        event_type: EventType,
    ) -> AuditEvent {
        let subject = request.subject.clone().unwrap_or_default();
        AuditEvent {
            action: request.action_name().unwrap_or("unknown").to_owned(),
            actor: if subject.id.is_empty() { RUNTIME.to_owned() } else { subject.id },
            actor_type: subject.kind.unwrap_or_else(|| "service".to_owned()),
            approval_id: None,
            audit_id: self.ids.next("aud").into_string(),
            created_at: self.clock.now(),
            decision: None,
            decision_id: None,
            details: BTreeMap::new(),
            event_type,
            matched_rules: Vec::new(),
            payloads: BTreeMap::new(),
            policy_version: None,
            request_hash: None,
            resource_id: run.run_id.clone(),
            resource_type: "run".to_owned(),
            result_hash: None,
            run_id: run.run_id.clone(),
            tenant_id: run.tenant.clone(),
        }
    }
}

pub(super) fn describe(event: &mut AuditEvent, record: &DecisionRecord) {
    event.approval_id = record.approval_ids.first().cloned();
    event.decision = Some(record.decision);
    event.decision_id = Some(record.decision_id.clone());
    event.matched_rules = record
        .matched_rules
        .iter()
        .map(|matched| format!("{}#{}", matched.policy, matched.rule))
        .collect();
    event.policy_version = Some(record.policy_set_hash.as_str().to_owned());
    event.request_hash = Some(record.request_hash.clone());
}

fn summary(redaction: &bailiwick::RedactionSummary) -> BTreeMap<String, Value> {
    let number = |count: u64| Value::Integer(i64::try_from(count).unwrap_or(i64::MAX));
    let mut details: BTreeMap<String, Value> = [
        ("email_addresses", redaction.email_addresses),
        ("large_blocks_removed", redaction.large_blocks_removed),
        ("private_urls", redaction.private_urls),
        ("secret_like_tokens", redaction.secret_like_tokens),
        ("truncated_bytes", redaction.truncated_bytes),
    ]
    .into_iter()
    .filter(|(_, count)| *count > 0)
    .map(|(name, count)| (name.to_owned(), number(count)))
    .collect();
    let kinds = redaction.rules.keys().cloned().map(Value::Text).collect();
    details.insert("kinds".to_owned(), Value::List(kinds));
    details
}

/// Who acts where nobody else is named.
const RUNTIME: &str = "bailiwick-runtime";
