"""Decides what an AI coding agent may do, and keeps the evidence.

Each function is one operation: its arguments are the fields of the operation's JSON input, its
result is the parsed output. `Policies` compiles a policy set once for many calls.
"""

from . import _bailiwick
from .backtest import (
    BacktestReport,
    ChangedBy,
    ChangeExample,
    ChangeGroup,
    Redecided,
    RedecideReport,
    RedecideVerdict,
    Skipped,
    SkippedExample,
)
from .calls import answer
from .choices import (
    ChosenModel,
    DataLabel,
    LabelReason,
    ModelCandidate,
    ModelChoice,
    ModelRefusal,
    RefusalReason,
)
from .directory import read_policies
from .errors import PolicyError
from .exports import (
    AuditExport,
    AuditReport,
    ConcernRow,
    ControlEvidence,
    EventEvidence,
    EventPlace,
    EvidenceState,
    ExportFormat,
    SsdfReport,
)
from .inputs import (
    Approval,
    Artifact,
    AuditEvent,
    AutonomyLevel,
    ChangeClass,
    ChangedFile,
    ChangeStatus,
    ContentKind,
    ContextItem,
    DataClass,
    DataSource,
    DecisionKind,
    Effect,
    EventType,
    KillSwitch,
    KillSwitchFlag,
    KillSwitchScope,
    Level,
    LintKind,
    ModelUse,
    Money,
    PolicyFiles,
    PullRequest,
    RedactionScope,
    Request,
    RetentionClass,
    RiskTier,
    Role,
    RulePackFile,
    Sink,
    State,
    Subject,
    VerifierResult,
)
from .outputs import (
    AppliedPolicy,
    AuditEntry,
    AuditVerdict,
    CaseReport,
    CheckReport,
    DecisionBatch,
    DecisionRecord,
    Diagnostic,
    Effective,
    Explanation,
    Facts,
    FirstBad,
    LintFinding,
    LintReport,
    LintSeverity,
    LintSpan,
    Location,
    MatchedRule,
    Obligation,
    ObligationKind,
    PayloadReport,
    Projection,
    Reason,
    RedactionFinding,
    RedactionSummary,
    Related,
    Remedy,
    RunReport,
    SealVerdict,
    StreamSummary,
    TestReport,
    Unknown,
    VerifyReport,
    Version,
)
from .policies import Policies
from .provenance import (
    ProblemCode,
    ProvenanceProblem,
    ProvenanceReport,
    ShownProvenance,
    ShownStatement,
    SignedProvenance,
    SignedStatement,
    VersionedPart,
)
from .readings import (
    BoundaryReport,
    ChangeDoubt,
    ChangeFacts,
    Claim,
    ClassEvidence,
    CommandsFact,
    DependencyFact,
    FactsReport,
    FileFacts,
    FlagFact,
    NamesFact,
    NumberFact,
    PathFact,
    PathsFact,
    RequestFacts,
    StaleFact,
)
from .retention import (
    HoldKind,
    RetentionCount,
    RetentionEntry,
    RetentionHold,
    RetentionItem,
    RetentionLimit,
    RetentionPlan,
    RetentionStatus,
)
from .stream import RedactionStream
from .verifier import LogVerifier

__all__ = [
    "AppliedPolicy",
    "Approval",
    "Artifact",
    "AuditEntry",
    "AuditEvent",
    "AuditExport",
    "AuditReport",
    "AuditVerdict",
    "AutonomyLevel",
    "BacktestReport",
    "BoundaryReport",
    "CaseReport",
    "ChangeClass",
    "ChangeDoubt",
    "ChangeExample",
    "ChangeFacts",
    "ChangeGroup",
    "ChangeStatus",
    "ChangedBy",
    "ChangedFile",
    "CheckReport",
    "ChosenModel",
    "Claim",
    "ClassEvidence",
    "CommandsFact",
    "ConcernRow",
    "ContentKind",
    "ContextItem",
    "ControlEvidence",
    "DataClass",
    "DataLabel",
    "DataSource",
    "DecisionBatch",
    "DecisionKind",
    "DecisionRecord",
    "DependencyFact",
    "Diagnostic",
    "Effect",
    "Effective",
    "EventEvidence",
    "EventPlace",
    "EventType",
    "EvidenceState",
    "Explanation",
    "ExportFormat",
    "Facts",
    "FactsReport",
    "FileFacts",
    "FirstBad",
    "FlagFact",
    "HoldKind",
    "KillSwitch",
    "KillSwitchFlag",
    "KillSwitchScope",
    "LabelReason",
    "Level",
    "LintFinding",
    "LintKind",
    "LintReport",
    "LintSeverity",
    "LintSpan",
    "Location",
    "LogVerifier",
    "MatchedRule",
    "ModelCandidate",
    "ModelChoice",
    "ModelRefusal",
    "ModelUse",
    "Money",
    "NamesFact",
    "NumberFact",
    "Obligation",
    "ObligationKind",
    "PathFact",
    "PathsFact",
    "PayloadReport",
    "Policies",
    "PolicyError",
    "PolicyFiles",
    "ProblemCode",
    "Projection",
    "ProvenanceProblem",
    "ProvenanceReport",
    "PullRequest",
    "Reason",
    "RedactionFinding",
    "RedactionScope",
    "RedactionStream",
    "RedactionSummary",
    "RedecideReport",
    "RedecideVerdict",
    "Redecided",
    "RefusalReason",
    "Related",
    "Remedy",
    "Request",
    "RequestFacts",
    "RetentionClass",
    "RetentionCount",
    "RetentionEntry",
    "RetentionHold",
    "RetentionItem",
    "RetentionLimit",
    "RetentionPlan",
    "RetentionStatus",
    "RiskTier",
    "Role",
    "RulePackFile",
    "RunReport",
    "SealVerdict",
    "ShownProvenance",
    "ShownStatement",
    "SignedProvenance",
    "SignedStatement",
    "Sink",
    "Skipped",
    "SkippedExample",
    "SsdfReport",
    "StaleFact",
    "State",
    "StreamSummary",
    "Subject",
    "TestReport",
    "Unknown",
    "VerifierResult",
    "VerifyReport",
    "Version",
    "VersionedPart",
    "audit_append",
    "audit_export",
    "audit_report",
    "audit_verify",
    "backtest",
    "check",
    "choose_model",
    "decide",
    "decide_batch",
    "effective",
    "explain",
    "facts",
    "lint",
    "provenance_show",
    "provenance_sign",
    "provenance_verify",
    "read_policies",
    "redact",
    "redecide",
    "retention_plan",
    "schema",
    "test",
    "verify_projection",
    "version",
]


def backtest(policies, records, **fields):
    """Returns which of the recorded decisions, one a line, the policies would change."""
    return answer(_bailiwick.call, "backtest", policies=policies, records=records, **fields)


def check(policies, **fields):
    """Returns every error and warning in the policy files `{path: text}`."""
    return answer(_bailiwick.call, "check", policies=policies, **fields)


def choose_model(policies, request, **fields):
    """Returns the model to call for `request`, and why each other one is refused."""
    return answer(_bailiwick.call, "choose_model", policies=policies, request=request, **fields)


def effective(policies, **fields):
    """Returns the effective authority of a scope."""
    return answer(_bailiwick.call, "effective", policies=policies, **fields)


def decide(policies, request=None, **fields):
    """Returns the decision record for `request`."""
    return answer(_bailiwick.call, "decide", policies=policies, request=request, **fields)


def decide_batch(policies, requests, **fields):
    """Returns a decision record for each of `requests`."""
    return answer(_bailiwick.call, "decide_batch", policies=policies, requests=requests, **fields)


def explain(policies, request=None, **fields):
    """Returns the decision for `request` in sentences for people."""
    return answer(_bailiwick.call, "explain", policies=policies, request=request, **fields)


def test(policies, cases, **fields):
    """Runs the fixture files `cases`, `{path: text}`, against the policies."""
    return answer(_bailiwick.call, "test", policies=policies, cases=cases, **fields)


def redecide(policies, records):
    """Decides the recorded decisions, one a line, again and compares every byte."""
    return answer(_bailiwick.call, "redecide", policies=policies, records=records)


def retention_plan(policies, items, **fields):
    """Returns what is to become of each of `items` under the policies, and what keeps it."""
    return answer(_bailiwick.call, "retention_plan", policies=policies, items=items, **fields)


def facts(request, **fields):
    """Returns what `request` would really do, without deciding it."""
    return answer(_bailiwick.call, "facts", request=request, **fields)


def lint(text, **fields):
    """Returns what `text` says and should not: instructions, a prompt, or the output of a tool."""
    return answer(_bailiwick.call, "lint", text=text, **fields)


def redact(text, **fields):
    """Returns the projection of `text` for a sink, with the summary of what was removed."""
    return answer(_bailiwick.call, "redact", text=text, **fields)


def audit_append(event, **fields):
    """Returns the entry that `event` makes in its run's chain, after `last_record`."""
    return answer(_bailiwick.call, "audit_append", event=event, **fields)


def audit_export(log, format, **fields):
    """Returns an audit log in the format of another tool, a line an event."""
    return answer(_bailiwick.call, "audit_export", log=log, format=format, **fields)


def audit_report(log, **fields):
    """Returns what an audit log shows of secure development and supply chain."""
    return answer(_bailiwick.call, "audit_report", log=log, **fields)


def audit_verify(log, **fields):
    """Verifies the chains of an audit log, a line an event."""
    return answer(_bailiwick.call, "audit_verify", log=log, **fields)


def provenance_show(**fields):
    """Returns what a `provenance` or the statements in a `bundle` say; nothing is verified."""
    return answer(_bailiwick.call, "provenance_show", **fields)


def provenance_sign(provenance, keys):
    """Returns the signed statements about the change whose record is the YAML `provenance`."""
    return answer(_bailiwick.call, "provenance_sign", provenance=provenance, keys=keys)


def provenance_verify(bundle, keys, **fields):
    """Verifies the signed statements in `bundle`, one envelope a line, by the public `keys`."""
    return answer(_bailiwick.call, "provenance_verify", bundle=bundle, keys=keys, **fields)


def schema(*, name=None):
    """Returns the JSON Schemas and the tables of names."""
    return answer(_bailiwick.call, "schema", name=name)


def verify_projection(text, *, seal, seal_key, sink):
    """Tells whether `text` is what the redactor made for `sink`, by its seal."""
    fields = {"seal": seal, "seal_key": seal_key, "sink": sink}
    return answer(_bailiwick.call, "verify_projection", text=text, **fields)


def version():
    """Returns the version of the library."""
    return answer(_bailiwick.call, "version")
