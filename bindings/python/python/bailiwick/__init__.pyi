from collections.abc import Sequence
from os import PathLike
from typing import Any

from . import _bailiwick
from .directory import read_policies as read_policies
from .errors import PolicyError as PolicyError
from .wire import (
    Answer as Answer,
    Approval as Approval,
    AutonomyLevel as AutonomyLevel,
    ChangeClass as ChangeClass,
    ChangeStatus as ChangeStatus,
    ChangedFile as ChangedFile,
    CheckReport as CheckReport,
    DataClass as DataClass,
    DecisionKind as DecisionKind,
    DecisionRecord as DecisionRecord,
    Diagnostic as Diagnostic,
    Effect as Effect,
    Facts as Facts,
    KillSwitch as KillSwitch,
    KillSwitchFlag as KillSwitchFlag,
    KillSwitchScope as KillSwitchScope,
    Level as Level,
    Location as Location,
    MatchedRule as MatchedRule,
    ModelUse as ModelUse,
    Obligation as Obligation,
    ObligationKind as ObligationKind,
    PolicyFiles as PolicyFiles,
    PullRequest as PullRequest,
    Reason as Reason,
    Related as Related,
    Remedy as Remedy,
    Request as Request,
    RiskTier as RiskTier,
    Role as Role,
    Sink as Sink,
    State as State,
    Subject as Subject,
    Unknown as Unknown,
    VerifierResult as VerifierResult,
)

__all__ = [
    "Answer",
    "Approval",
    "AutonomyLevel",
    "ChangeClass",
    "ChangeStatus",
    "ChangedFile",
    "CheckReport",
    "DataClass",
    "DecisionKind",
    "DecisionRecord",
    "Diagnostic",
    "Effect",
    "Facts",
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
    "PullRequest",
    "Reason",
    "Related",
    "Remedy",
    "Request",
    "RiskTier",
    "Role",
    "Sink",
    "State",
    "Subject",
    "Unknown",
    "VerifierResult",
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

def check(policies: PolicyFiles, *, strict: bool = ...) -> CheckReport: ...
def effective(policies: PolicyFiles, **fields: Any) -> Answer: ...
def decide(
    policies: PolicyFiles, request: Request, *, state: State | None = ..., **fields: Any
) -> DecisionRecord: ...
def decide_batch(
    policies: PolicyFiles, requests: Sequence[Request], *, state: State | None = ..., **fields: Any
) -> Answer: ...
def explain(
    policies: PolicyFiles, request: Request, *, state: State | None = ..., **fields: Any
) -> Answer: ...
def test(policies: PolicyFiles, **fields: Any) -> Answer: ...
def redact(text: str, *, sink: Sink = ..., **fields: Any) -> Answer: ...
def audit_append(**fields: Any) -> Answer: ...
def audit_verify(**fields: Any) -> Answer: ...
def schema(**fields: Any) -> Answer: ...
def version() -> Answer: ...

class Policies:
    def __init__(self, native: _bailiwick.Policies) -> None: ...
    @classmethod
    def load(cls, policies: PolicyFiles, *, strict: bool = ...) -> Policies: ...
    @classmethod
    def from_directory(cls, directory: str | PathLike[str], *, strict: bool = ...) -> Policies: ...
    def check(self, *, strict: bool = ...) -> CheckReport: ...
    def effective(self, **fields: Any) -> Answer: ...
    def decide(
        self, request: Request, *, state: State | None = ..., **fields: Any
    ) -> DecisionRecord: ...
    def decide_batch(
        self, requests: Sequence[Request], *, state: State | None = ..., **fields: Any
    ) -> Answer: ...
    def explain(self, request: Request, *, state: State | None = ..., **fields: Any) -> Answer: ...
    def test(self, **fields: Any) -> Answer: ...
