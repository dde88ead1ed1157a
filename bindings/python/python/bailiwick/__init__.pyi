from collections.abc import Mapping, Sequence
from os import PathLike
from typing import Any

from . import _bailiwick
from .directory import read_policies as read_policies
from .errors import PolicyError as PolicyError
from .inputs import (
    Approval as Approval,
    AuditEvent as AuditEvent,
    AutonomyLevel as AutonomyLevel,
    ChangeClass as ChangeClass,
    ChangeStatus as ChangeStatus,
    ChangedFile as ChangedFile,
    DataClass as DataClass,
    DecisionKind as DecisionKind,
    Effect as Effect,
    EventType as EventType,
    KillSwitch as KillSwitch,
    KillSwitchFlag as KillSwitchFlag,
    KillSwitchScope as KillSwitchScope,
    Level as Level,
    ModelUse as ModelUse,
    PolicyFiles as PolicyFiles,
    PullRequest as PullRequest,
    Request as Request,
    RiskTier as RiskTier,
    Role as Role,
    Sink as Sink,
    State as State,
    Subject as Subject,
    VerifierResult as VerifierResult,
)
from .outputs import (
    AppliedPolicy as AppliedPolicy,
    AuditEntry as AuditEntry,
    AuditVerdict as AuditVerdict,
    CaseReport as CaseReport,
    CheckReport as CheckReport,
    DecisionBatch as DecisionBatch,
    DecisionRecord as DecisionRecord,
    Diagnostic as Diagnostic,
    Effective as Effective,
    Explanation as Explanation,
    Facts as Facts,
    FirstBad as FirstBad,
    Location as Location,
    MatchedRule as MatchedRule,
    Obligation as Obligation,
    ObligationKind as ObligationKind,
    Projection as Projection,
    Reason as Reason,
    RedactionSummary as RedactionSummary,
    Related as Related,
    Remedy as Remedy,
    RunReport as RunReport,
    TestReport as TestReport,
    Unknown as Unknown,
    VerifyReport as VerifyReport,
    Version as Version,
)

__all__ = [
    "AppliedPolicy",
    "Approval",
    "AuditEntry",
    "AuditEvent",
    "AuditVerdict",
    "AutonomyLevel",
    "CaseReport",
    "ChangeClass",
    "ChangeStatus",
    "ChangedFile",
    "CheckReport",
    "DataClass",
    "DecisionBatch",
    "DecisionKind",
    "DecisionRecord",
    "Diagnostic",
    "Effect",
    "Effective",
    "EventType",
    "Explanation",
    "Facts",
    "FirstBad",
    "KillSwitch",
    "KillSwitchFlag",
    "KillSwitchScope",
    "Level",
    "Location",
    "MatchedRule",
    "ModelUse",
    "Obligation",
    "ObligationKind",
    "Policies",
    "PolicyError",
    "PolicyFiles",
    "Projection",
    "PullRequest",
    "Reason",
    "RedactionSummary",
    "Related",
    "Remedy",
    "Request",
    "RiskTier",
    "Role",
    "RunReport",
    "Sink",
    "State",
    "Subject",
    "TestReport",
    "Unknown",
    "VerifierResult",
    "VerifyReport",
    "Version",
    "audit_append",
    "audit_verify",
    "check",
    "decide",
    "decide_batch",
    "effective",
    "explain",
    "read_policies",
    "redact",
    "schema",
    "test",
    "version",
]

def check(
    policies: PolicyFiles,
    *,
    strict: bool = ...,
) -> CheckReport: ...
def effective(
    policies: PolicyFiles,
    *,
    tenant: str | None = ...,
    organization: str | None = ...,
    team: str | None = ...,
    repo: str | None = ...,
    campaign_id: str | None = ...,
    task_id: str | None = ...,
    action: str | None = ...,
) -> Effective: ...
def decide(
    policies: PolicyFiles,
    request: Request | None = ...,
    *,
    state: State | None = ...,
    now: str | None = ...,
    hash_key: str | None = ...,
    what_if: bool = ...,
    request_text: str | None = ...,
    request_unreadable: str | None = ...,
    decision_id: str | None = ...,
) -> DecisionRecord: ...
def decide_batch(
    policies: PolicyFiles,
    requests: Sequence[Request],
    *,
    state: State | None = ...,
    now: str | None = ...,
    hash_key: str | None = ...,
    what_if: bool = ...,
) -> DecisionBatch: ...
def explain(
    policies: PolicyFiles,
    request: Request | None = ...,
    *,
    state: State | None = ...,
    now: str | None = ...,
    hash_key: str | None = ...,
    what_if: bool = ...,
    request_text: str | None = ...,
    request_unreadable: str | None = ...,
    decision_id: str | None = ...,
) -> Explanation: ...
def test(
    policies: PolicyFiles,
    cases: Mapping[str, str],
    *,
    filter: str = ...,
) -> TestReport: ...
def redact(
    text: str,
    *,
    sink: Sink = ...,
    known: Sequence[str] = ...,
    key: str | None = ...,
    max_bytes: int | None = ...,
) -> Projection: ...
def audit_append(event: AuditEvent, *, last_record: str | None = ...) -> AuditEntry: ...
def audit_verify(
    log: str,
    *,
    allow_open: bool = ...,
    count: int | None = ...,
    head: str | None = ...,
    run_id: str | None = ...,
    tenant: str | None = ...,
) -> VerifyReport: ...
def schema(*, name: str | None = ...) -> dict[str, Any]: ...
def version() -> Version: ...

class Policies:
    def __init__(self, native: _bailiwick.Policies) -> None: ...
    @classmethod
    def load(cls, policies: PolicyFiles, *, strict: bool = ...) -> Policies: ...
    @classmethod
    def from_directory(cls, directory: str | PathLike[str], *, strict: bool = ...) -> Policies: ...
    def check(
        self,
        *,
        strict: bool = ...,
    ) -> CheckReport: ...
    def effective(
        self,
        *,
        tenant: str | None = ...,
        organization: str | None = ...,
        team: str | None = ...,
        repo: str | None = ...,
        campaign_id: str | None = ...,
        task_id: str | None = ...,
        action: str | None = ...,
    ) -> Effective: ...
    def decide(
        self,
        request: Request | None = ...,
        *,
        state: State | None = ...,
        now: str | None = ...,
        hash_key: str | None = ...,
        what_if: bool = ...,
        request_text: str | None = ...,
        request_unreadable: str | None = ...,
        decision_id: str | None = ...,
    ) -> DecisionRecord: ...
    def decide_batch(
        self,
        requests: Sequence[Request],
        *,
        state: State | None = ...,
        now: str | None = ...,
        hash_key: str | None = ...,
        what_if: bool = ...,
    ) -> DecisionBatch: ...
    def explain(
        self,
        request: Request | None = ...,
        *,
        state: State | None = ...,
        now: str | None = ...,
        hash_key: str | None = ...,
        what_if: bool = ...,
        request_text: str | None = ...,
        request_unreadable: str | None = ...,
        decision_id: str | None = ...,
    ) -> Explanation: ...
    def test(
        self,
        cases: Mapping[str, str],
        *,
        filter: str = ...,
    ) -> TestReport: ...
