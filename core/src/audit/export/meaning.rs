//! What an event means to those who know nothing of agents: one table that every format reads.

use crate::audit::AuditRecord;
use crate::audit::EventType;
use crate::model::DecisionEffect;
use crate::model::Value;

/// What was done to the resource, in the words of interfaces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Activity {
    Create,
    Read,
    Update,
    Delete,
    /// Something else: the event type says it.
    Other,
}

/// How much an event concerns whoever watches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Severity {
    Informational,
    Low,
    Medium,
    High,
}

/// How it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Status {
    Success,
    Failure,
    /// Somebody is asked first.
    Pending,
}

/// What the agent did by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operation {
    Model,
    None,
    Tool,
}

/// Everything that the type of an event says by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Meaning {
    pub(super) activity: Activity,
    pub(super) operation: Operation,
    pub(super) severity: Severity,
}

impl Meaning {
    pub(super) const fn of(event_type: EventType) -> Self {
        use Activity::Create;
        use Activity::Delete;
        use Activity::Other;
        use Activity::Read;
        use Activity::Update;
        use Severity::High;
        use Severity::Informational;
        use Severity::Low;
        use Severity::Medium;
        let (activity, severity, operation) = match event_type {
            EventType::AdminOverride => (Update, High, Operation::None),
            EventType::ApprovalGranted => (Create, Informational, Operation::None),
            EventType::ApprovalRequested => (Create, Low, Operation::None),
            EventType::ArtifactDeleted => (Delete, Low, Operation::None),
            EventType::AuditGap => (Other, High, Operation::None),
            EventType::AuditPruned => (Delete, Medium, Operation::None),
            EventType::CheckpointSigned => (Create, Informational, Operation::None),
            EventType::CommandExecuted => (Other, Informational, Operation::Tool),
            EventType::FileChanged => (Update, Informational, Operation::Tool),
            EventType::JudgeExecuted => (Other, Informational, Operation::None),
            EventType::KeyEpoch => (Update, Medium, Operation::None),
            EventType::ModelCalled => (Other, Informational, Operation::Model),
            EventType::ObligationFulfilled => (Other, Informational, Operation::None),
            EventType::PolicyChanged => (Update, Medium, Operation::None),
            EventType::PolicyEvaluated => (Other, Informational, Operation::None),
            EventType::PrCreated => (Create, Informational, Operation::Tool),
            EventType::PrUpdated => (Update, Informational, Operation::Tool),
            EventType::RepositoryCloned => (Read, Informational, Operation::Tool),
            EventType::RunCancelled => (Update, Low, Operation::None),
            EventType::RunClosed => (Update, Informational, Operation::None),
            EventType::RunFailed => (Update, Medium, Operation::None),
            EventType::RunOpened => (Create, Informational, Operation::None),
            EventType::RunScheduled => (Update, Informational, Operation::None),
            EventType::SandboxCreated => (Create, Informational, Operation::None),
            EventType::SecretRedacted => (Update, Low, Operation::None),
            EventType::TaskApproved => (Update, Informational, Operation::None),
            EventType::TaskSubmitted => (Create, Informational, Operation::None),
            EventType::ToolCalled => (Other, Informational, Operation::Tool),
            EventType::VerifierExecuted => (Other, Informational, Operation::Tool),
            EventType::WorkerLeased => (Update, Informational, Operation::None),
        };
        Self { activity, operation, severity }
    }
}

/// Returns how much `record` concerns whoever watches: what was denied, asked for or failed does so
/// more than its type says.
pub(super) fn severity(record: &AuditRecord) -> Severity {
    let own = Meaning::of(record.event_type).severity;
    let decided = match record.decision {
        Some(DecisionEffect::Denied) => Severity::Medium,
        Some(DecisionEffect::AskApproval) => Severity::Low,
        Some(DecisionEffect::Allowed) | None => Severity::Informational,
    };
    let ended = match status(record) {
        Status::Failure => Severity::Low,
        Status::Pending | Status::Success => Severity::Informational,
    };
    own.max(decided).max(ended)
}

/// Returns how it ended: as failed where the event, its decision or its details say so.
pub(super) fn status(record: &AuditRecord) -> Status {
    let lost = matches!(record.event_type, EventType::AuditGap | EventType::RunFailed);
    let denied = record.decision == Some(DecisionEffect::Denied);
    let refused = |name: &str| record.details.contains_key(name);
    let code = exit_code(record).is_some_and(|code| code != 0);
    let result = matches!(detail(record, "result"), Some("failed" | "flaky"));
    if lost || denied || refused("failed") || refused("unfulfilled") || code || result {
        return Status::Failure;
    }
    match record.decision {
        Some(DecisionEffect::AskApproval) => Status::Pending,
        Some(DecisionEffect::Allowed | DecisionEffect::Denied) | None => Status::Success,
    }
}

/// Returns with what a command ended, where the details say it.
pub(super) fn exit_code(record: &AuditRecord) -> Option<i64> {
    let commands = [EventType::CommandExecuted, EventType::VerifierExecuted];
    if !commands.contains(&record.event_type) {
        return None;
    }
    match record.details.get("status")? {
        Value::Integer(code) => Some(*code),
        Value::Null | Value::Bool(_) | Value::Text(_) | Value::List(_) | Value::Map(_) => None,
    }
}

/// Returns a text among the details.
pub(super) fn detail<'a>(record: &'a AuditRecord, name: &str) -> Option<&'a str> {
    record.details.get(name).and_then(Value::as_text)
}

/// Returns a sentence for people.
pub(super) fn sentence(record: &AuditRecord) -> String {
    format!(
        "{}: {} on {} {}",
        record.event_type, record.action, record.resource_type, record.resource_id
    )
}
