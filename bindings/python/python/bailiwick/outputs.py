"""The shapes of what comes out, under the field names of the wire."""

from __future__ import annotations

from typing import Any, Literal, TypeAlias, TypedDict

from .inputs import DataClass, DecisionKind, Effect, Level, LintKind, Sink

LintSeverity: TypeAlias = Literal["notice", "warning", "danger"]

ObligationKind: TypeAlias = Literal[
    "draft_only",
    "label",
    "limit",
    "network_profile",
    "prompt_log",
    "redact",
    "reviewer",
    "verifier",
]


class Location(TypedDict):
    """A place in a policy file: lines and columns count from 1, `path` is within the document."""

    file: str
    line: int
    column: int
    path: str


class _MatchedRuleRequired(TypedDict):
    policy: str
    rule: str
    effect: Effect
    location: Location


class MatchedRule(_MatchedRuleRequired, total=False):
    """A rule, or field of a document, that decided."""

    level: Level


class Reason(TypedDict):
    """One reason of a decision."""

    code: str
    effect: Effect
    message: str


class _ObligationRequired(TypedDict):
    kind: ObligationKind
    name: str


class Obligation(_ObligationRequired, total=False):
    """What the enforcement point must see to; where it cannot, it denies."""

    value: int


class Remedy(TypedDict):
    """What would change a decision."""

    possible: bool
    requires: list[str]
    text: str


class Unknown(TypedDict):
    """Something about the request that is not known."""

    attribute: str
    kind: Literal["dynamic", "unreadable"]
    reason: str


class _FactsRequired(TypedDict):
    change_classes: list[str]
    hosts: list[str]
    network: bool
    paths: list[str]
    pipes_remote_to_shell: bool
    programs: list[str]


class Facts(_FactsRequired, total=False):
    """What the request would really do, as far as rules can read it."""

    command_effects: list[str]
    data_class: DataClass
    invocations: list[str]
    outside: list[str]
    removals: list[str]
    sensitive: list[str]


AuditVerdict: TypeAlias = Literal[
    "duplicate",
    "edited",
    "fork",
    "gap",
    "malformed",
    "ok",
    "ok_unanchored",
    "payload_expired",
    "payload_mismatch",
    "payload_missing_early",
    "pruned_recorded",
    "pruned_unrecorded",
    "reordered",
    "revoked_key",
    "rolled_back",
    "torn_tail",
    "truncated",
    "unknown_key",
    "wrong_log",
]


class DecisionRecord(TypedDict):
    """A decision and everything that it rests on."""

    decision: DecisionKind
    decision_id: str
    created_at: str
    action: str | None
    matched_rules: list[MatchedRule]
    reasons: list[Reason]
    explanation: str
    remedy: Remedy
    obligations: list[Obligation]
    unknowns: list[Unknown]
    facts: Facts
    approval_ids: list[str]
    requested: Any
    request_hash: str
    policy_set_hash: str
    effective_policy_hash: str
    state_version: str | None
    tenant_id: str | None
    run_id: str | None
    tool_call_id: str | None


class DecisionBatch(TypedDict):
    """The answer of `decide_batch`, in the order of the requests."""

    records: list[DecisionRecord]


class Explanation(TypedDict):
    """The answer of `explain`."""

    record: DecisionRecord
    text: str


class Related(TypedDict):
    """Another place that bears on a finding."""

    location: Location
    message: str


class _DiagnosticRequired(TypedDict):
    severity: Literal["error", "warning"]
    code: str
    message: str
    location: Location


class Diagnostic(_DiagnosticRequired, total=False):
    """What is wrong with a document, where, and what to do about it."""

    help: str
    related: list[Related]


class CheckReport(TypedDict):
    """Everything that was found in a set of policy files; `text` is all of it for people."""

    ok: bool
    diagnostics: list[Diagnostic]
    documents: int
    policy_set_hash: str | None
    text: str


class AppliedPolicy(TypedDict):
    """A document that applies to a scope."""

    policy: str
    location: Location
    level: Level | None


class Effective(TypedDict):
    """What the documents that apply to a scope permit together."""

    authority: dict[str, Any]
    policies: list[AppliedPolicy]
    policy_set_hash: str
    effective_policy_hash: str


class _CaseReportRequired(TypedDict):
    name: str
    location: Location
    failures: list[str]
    decision: DecisionKind | None
    explanation: str | None


class CaseReport(_CaseReportRequired, total=False):
    """How one fixture case went: passed without failures, unless it was skipped."""

    skip: str


class TestReport(TypedDict):
    """How the fixture cases went."""

    cases: list[CaseReport]
    passed: int
    failed: int
    skipped: int


class LintSpan(TypedDict):
    """A place in a text: bytes from 0, `end` behind the last; lines and columns count from 1."""

    start: int
    end: int
    line: int
    column: int


class LintFinding(TypedDict):
    """What was found at one place of a text."""

    code: str
    severity: LintSeverity
    sentence: str
    span: LintSpan


class LintReport(TypedDict):
    """What was found in a text; one that is untrusted is data, whatever it says."""

    findings: list[LintFinding]
    kind: LintKind
    untrusted: bool


class _RedactionSummaryRequired(TypedDict):
    email_addresses: int
    large_blocks_removed: int
    private_urls: int
    secret_like_tokens: int


class RedactionSummary(_RedactionSummaryRequired, total=False):
    """What was taken out of a text."""

    foreign_markers: int
    refused: bool
    rules: dict[str, int]
    truncated_bytes: int


class RedactionFinding(TypedDict):
    """Where something was found, and by which rule; never what. Columns count bytes from 1."""

    rule: str
    kind: str
    line: int
    column: int
    length: int
    action: Literal["keep", "redact", "remove_line", "refuse"]


class _StreamSummaryRequired(TypedDict):
    sink: Sink
    redaction_summary: RedactionSummary
    version: str


class StreamSummary(_StreamSummaryRequired, total=False):
    """What a stream says at its end."""

    findings: list[RedactionFinding]
    findings_left_out: int
    seal: str


class _ProjectionRequired(TypedDict):
    text: str
    sink: Sink
    redaction_summary: RedactionSummary
    version: str


class Projection(_ProjectionRequired, total=False):
    """Text that may go to one sink."""

    findings: list[RedactionFinding]
    seal: str


class SealVerdict(TypedDict):
    """Whether the redactor made a text for a sink."""

    valid: bool


class AuditEntry(TypedDict):
    """The next entry of a chain: `line` goes into the log, `record` into the next append."""

    seq: int
    entry_hash: str
    line: str
    record: str


class FirstBad(TypedDict):
    """The first event that does not verify."""

    index: int
    message: str
    run_id: str | None
    seq: int | None


class RunReport(TypedDict):
    """The chain of one run."""

    run_id: str
    closed: bool
    count: int
    head: str


class PayloadReport(TypedDict):
    """What became of the payloads of a log."""

    expired: int
    present: int


class VerifyReport(TypedDict):
    """Whether a log verifies, and where it first does not."""

    verdict: AuditVerdict
    anchored: int | None
    events: int
    payloads: PayloadReport | None
    pruned: int
    runs: list[RunReport]
    first_bad: FirstBad | None


class Version(TypedDict):
    """The library behind the binding."""

    name: str
    version: str
    rego: bool
