"""The shapes of what goes in and comes out, under the field names of the wire."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, TypeAlias, TypedDict, Union

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


class Subject(TypedDict, total=False):
    id: str
    kind: str
    roles: Sequence[str]
    tenant: str
    team: str


# `from` is a keyword, so the functional form.
ChangedFile = TypedDict(
    "ChangedFile",
    {
        "path": str,
        "status": str,
        "from": str,
        "symlink_target": str,
        "added": int,
        "removed": int,
        "generated": bool,
    },
    total=False,
)


class ModelUse(TypedDict, total=False):
    provider: str
    model: str
    region: str
    data_class: str
    use_for: str
    tokens: int


class Request(TypedDict, total=False):
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
    change_class: str
    autonomy_level: str
    risk_tier: str
    changed_files: Sequence[Union[str, ChangedFile]]
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
    pr: Mapping[str, Any]
    verifiers: Mapping[str, Literal["passed", "failed", "flaky"]]
    judge: Any
    labels: Sequence[str]
    attributes: Mapping[str, Any]


class MatchedRule(TypedDict, total=False):
    policy: str
    rule: str
    effect: Effect
    level: str
    path: str
    line: int
    column: int


class DecisionRecord(TypedDict, total=False):
    decision: DecisionKind
    action: str
    matched_rules: list[MatchedRule]
    explanation: str


class Diagnostic(TypedDict, total=False):
    severity: Literal["error", "warning"]
    code: str
    message: str
    help: str | None
    path: str | None
    line: int | None
    column: int | None


class CheckReport(TypedDict, total=False):
    diagnostics: list[Diagnostic]


State: TypeAlias = Mapping[str, Any]
Answer: TypeAlias = dict[str, Any]
