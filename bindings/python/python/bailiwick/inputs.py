"""The shapes of what goes in, under the field names of the wire."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, TypeAlias, TypedDict

# Policy files: path below the policy root -> text.
PolicyFiles: TypeAlias = Mapping[str, str]
DecisionKind: TypeAlias = Literal["allowed", "ask_approval", "denied"]
Effect: TypeAlias = Literal["allow", "ask_approval", "deny"]
LintKind: TypeAlias = Literal["instructions", "prompt", "untrusted"]

Sink: TypeAlias = Literal[
    "judge_packet",
    "log_viewer",
    "model_context",
    "pull_request_body",
    "shared_artifact",
    "support_export",
    "trace_viewer",
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
    "build_change",
    "ci_workflow_change",
    "config_change",
    "config_non_destructive",
    "dependency_change",
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
DataSource: TypeAlias = Literal[
    "build_log",
    "configuration",
    "dependency_metadata",
    "internal_document",
    "issue_text",
    "ownership_metadata",
    "pull_request_comment",
    "source_code",
    "stack_trace",
    "test_log",
    "model_output",
    "public_document",
    "task_text",
    "tool_output",
]
ContentKind: TypeAlias = Literal[
    "bank_accounts",
    "email_addresses",
    "national_ids",
    "payment_cards",
    "phone_numbers",
    "private_urls",
    "secret_like_tokens",
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
RetentionClass: TypeAlias = Literal[
    "audit_event",
    "audit_export",
    "context_manifest",
    "cost_report",
    "judge_report",
    "patch",
    "raw_log",
    "raw_model_request",
    "redacted_log",
    "redacted_model_request",
    "replay_package",
    "verification_report",
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
        "after": str,
        "before": str,
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


class Money(TypedDict):
    """An exact amount: decimal text, and a currency of three capital letters."""

    amount: str
    currency: str


class ContextItem(TypedDict, total=False):
    """One piece of what a model would see: it states its source, its class, or both."""

    data_class: DataClass
    found: Sequence[ContentKind]
    needed_because: str
    path: str
    projection: Literal["raw", "redacted"]
    source: DataSource
    tenant: str


class ModelUse(TypedDict, total=False):
    cost: Money
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


# The artifact to read, export or delete. (In this form since `class` is a word of the language.)
Artifact = TypedDict(
    "Artifact",
    {
        "class": RetentionClass,
        "created_at": str,
        "encrypted": bool,
        "held": bool,
        "id": str,
        "run": str,
        "tenant": str,
    },
    total=False,
)


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
    context_items: Sequence[ContextItem]
    path: str
    paths: Sequence[str]
    links: Mapping[str, str]
    argv: Sequence[str]
    shell: str
    cwd: str
    diff: str
    env: Mapping[str, str]
    git_attributes: str
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
    artifact: Artifact
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


EventType: TypeAlias = Literal[
    "admin.override",
    "approval.granted",
    "approval.requested",
    "artifact.deleted",
    "audit.gap",
    "audit.pruned",
    "checkpoint",
    "command.executed",
    "file.changed",
    "judge.executed",
    "key_epoch",
    "model.called",
    "obligation.fulfilled",
    "policy.changed",
    "policy.evaluated",
    "pr.created",
    "pr.updated",
    "repository.cloned",
    "run.cancelled",
    "run.closed",
    "run.failed",
    "run.opened",
    "run.scheduled",
    "sandbox.created",
    "secret.redacted",
    "task.approved",
    "task.submitted",
    "tool.called",
    "verifier.executed",
    "worker.leased",
]


class _AuditEventRequired(TypedDict):
    audit_id: str
    tenant_id: str
    actor_type: str
    actor: str
    action: str
    resource_type: str
    resource_id: str
    created_at: str


class AuditEvent(_AuditEventRequired, total=False):
    """Something that was done, as the host tells it."""

    run_id: str
    event_type: EventType
    approval_id: str | None
    decision_id: str | None
    policy_version: str | None
    request_hash: str | None
    result_hash: str | None
    decision: DecisionKind | None
    matched_rules: Sequence[str]
    details: Mapping[str, Any]


class _RulePackFileRequired(TypedDict):
    path: str
    text: str


class RulePackFile(_RulePackFileRequired, total=False):
    """A rule pack that the host brings: YAML, or the TOML format of gitleaks."""

    format: Literal["yaml", "gitleaks"]


class RedactionScope(TypedDict, total=False):
    """What a text belongs to: chooses among policies. What is left out could be any."""

    tenant: str
    organization: str
    team: str
    repo: str
    campaign_id: str
    task_id: str
