"""The shapes of what goes in and comes out, under the field names of the wire."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, TypeAlias, TypedDict

# Policy files: path below the policy root -> text.
PolicyFiles: TypeAlias = Mapping[str, str]
Effect: TypeAlias = Literal["allow", "ask_approval", "deny"]
DecisionKind: TypeAlias = Literal["allowed", "ask_approval", "denied"]
Sink: TypeAlias = Literal[
    "model_context",
    "log_viewer",
    "trace_viewer",
    "shared_artifact",
    "judge_packet",
    "pull_request_body",
    "support_export",
]


AutonomyLevel: TypeAlias = Literal[
    "analysis_only",
    "dry_run_patch",
    "local_branch",
    "draft_pr",
    "supervised_pr",
    "autonomous_pr",
    "fleet_campaign",
]
ChangeClass: TypeAlias = Literal[
    "ci_workflow_change",
    "config_non_destructive",
    "dependency_major_upgrade",
    "dependency_patch_minor",
    "documentation_change",
    "generated_change",
    "instruction_change",
    "production_config_change",
    "source_change",
    "test_change",
]
ChangeStatus: TypeAlias = Literal["added", "copied", "deleted", "modified", "renamed"]
DataClass: TypeAlias = Literal[
    "public",
    "internal",
    "confidential",
    "generated_sensitive",
    "regulated",
    "secret",
]
KillSwitchFlag: TypeAlias = Literal[
    "block_all_agent_runs",
    "cancel_running_runs",
    "disable_autonomous_runs",
    "disable_git_push",
    "disable_model_calls",
    "disable_new_runs",
    "disable_pr_creation",
    "disable_shell",
    "disable_shell_network",
    "pause_waves",
]
KillSwitchScope: TypeAlias = Literal["capability", "campaign", "global", "repository", "tenant"]
Level: TypeAlias = Literal[
    "platform",
    "organization",
    "team",
    "repository",
    "campaign",
    "task",
    "runtime",
    "tool_call",
]
RiskTier: TypeAlias = Literal["low", "medium", "high", "regulated", "critical"]
Role: TypeAlias = Literal[
    "Viewer",
    "Operator",
    "Approver",
    "CampaignOwner",
    "PolicyAdmin",
    "PlatformAdmin",
    "Auditor",
]
VerifierResult: TypeAlias = Literal["passed", "failed", "flaky"]


class _SubjectRequired(TypedDict):
    id: str


class Subject(_SubjectRequired, total=False):
    kind: str
    roles: Sequence[Role]
    team: str
    tenant: str


class _ChangedPath(TypedDict):
    path: str


# `from` is a keyword, so the functional form.
_ChangedFields = TypedDict(
    "_ChangedFields",
    {
        "added": int,
        "from": str,
        "generated": bool,
        "removed": int,
        "status": ChangeStatus,
        "symlink_target": str,
    },
    total=False,
)


class ChangedFile(_ChangedPath, _ChangedFields):
    """A file that a change touches."""


class ModelUse(TypedDict, total=False):
    data_class: DataClass
    model: str
    provider: str
    region: str
    tokens: int
    use_for: str


class PullRequest(TypedDict, total=False):
    base: str
    draft: bool
    head: str
    number: int
    title: str


class Request(TypedDict, total=False):
    """What an agent wants to do. Sparse: what does not belong to the action stays out."""

    tool: str
    action: str
    subject: Subject
    tenant: str
    organization: str
    team: str
    repo: str
    branch: str
    campaign_id: str
    task_id: str
    run_id: str
    tool_call_id: str
    workspace: str
    task_class: str
    change_class: ChangeClass
    autonomy_level: AutonomyLevel
    risk_tier: RiskTier
    data_class: DataClass
    changed_files: Sequence[str | ChangedFile]
    path: str
    paths: Sequence[str]
    links: Mapping[str, str]
    argv: Sequence[str]
    shell: str
    cwd: str
    env: Mapping[str, str]
    git_hardened: bool
    url: str
    host: str
    network_profile: str
    model: ModelUse
    target_count: int
    pr: PullRequest
    verifiers: Mapping[str, VerifierResult]
    judge: str
    labels: Sequence[str]
    attributes: Mapping[str, Any]


class Approval(TypedDict):
    """One person's approval of one exact request under one exact effective policy."""

    approval_id: str
    approver: Subject
    effective_policy_hash: str
    expires_at: str
    granted_at: str
    request_hash: str


class _KillSwitchRequired(TypedDict):
    flag: KillSwitchFlag
    scope: KillSwitchScope


class KillSwitch(_KillSwitchRequired, total=False):
    """One kill switch that is on."""

    name: str


class _StateRequired(TypedDict):
    as_of: str
    now: str
    version: str


class State(_StateRequired, total=False):
    """Live facts outside the request, as of an instant (RFC 3339 text)."""

    approvals: Sequence[Approval]
    kill_switches: Sequence[KillSwitch]
    usage: Mapping[str, int]
    usage_complete: bool


ObligationKind: TypeAlias = Literal[
    "draft_only",
    "label",
    "limit",
    "network_profile",
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


class Facts(TypedDict):
    """What the request would really do, as far as rules can read it."""

    change_classes: list[str]
    hosts: list[str]
    network: bool
    paths: list[str]
    pipes_remote_to_shell: bool
    programs: list[str]


class _DecisionRecordRequired(TypedDict):
    decision: DecisionKind
    action: str | None
    matched_rules: list[MatchedRule]
    reasons: list[Reason]
    explanation: str
    remedy: Remedy
    obligations: list[Obligation]
    unknowns: list[Unknown]
    facts: Facts
    approval_ids: list[str]
    policy_set_hash: str
    effective_policy_hash: str
    request_hash: str


class DecisionRecord(_DecisionRecordRequired, total=False):
    """A decision and everything that it rests on."""

    state_version: str | None
    decision_id: str
    run_id: str
    tool_call_id: str
    requested: dict[str, Any]
    created_at: str


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
    """Everything that was found in a set of policy files."""

    diagnostics: list[Diagnostic]


Answer: TypeAlias = dict[str, Any]
