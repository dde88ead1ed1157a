"""The shapes of a retention plan: what is kept, what holds it, and what is due."""

from __future__ import annotations

from typing import Literal, TypeAlias, TypedDict

from .inputs import Level
from .outputs import Location

HoldKind: TypeAlias = Literal["incident", "legal_hold"]
RetentionStatus: TypeAlias = Literal[
    "never_stored_violation",
    "error",
    "refused",
    "due_now",
    "held",
    "due_at",
    "keep_floor",
]

# Something that is kept. Its class is read as text: one that nobody knows is reported, not refused.
# (In this form since `class` is a word of the language.)
RetentionItem = TypedDict(
    "RetentionItem",
    {
        "campaign_id": str,
        "class": str,
        "created_at": str,
        "delete": bool,
        "encrypted": bool,
        "id": str,
        "organization": str,
        "repo": str,
        "run_id": str,
        "size": int,
        "task_id": str,
        "team": str,
        "tenant": str,
    },
    total=False,
)


class _RetentionHoldRequired(TypedDict):
    id: str
    kind: HoldKind
    reason: str
    set_by: str


class RetentionHold(_RetentionHoldRequired, total=False):
    """What keeps things beyond their time; without item, run and tenant it keeps everything."""

    item: str
    released_at: str
    run_id: str
    tenant: str


class _RetentionLimitRequired(TypedDict):
    days: int
    policy: str
    rule: Literal["at_least_days", "at_most_days"]


class RetentionLimit(_RetentionLimitRequired, total=False):
    """The days that decide, and who says so; `built-in` where no document does."""

    level: Level
    location: Location


_RetentionEntryRequired = TypedDict(
    "_RetentionEntryRequired",
    {
        "class": str,
        "expired": bool,
        "id": str,
        "status": RetentionStatus,
        "unencrypted": bool,
        "why": str,
    },
)


class RetentionEntry(_RetentionEntryRequired, total=False):
    """What is to become of one thing."""

    at: str
    holds: list[RetentionHold]
    limit: RetentionLimit
    run_id: str
    size: int
    tenant: str


class RetentionCount(TypedDict):
    """How much there is of something."""

    bytes: int
    items: int


class RetentionPlan(TypedDict):
    """What is to become of everything, the most urgent first; `text` is all of it for people."""

    classes: dict[str, dict[RetentionStatus, RetentionCount]]
    entries: list[RetentionEntry]
    findings: int
    now: str
    policy_set_hash: str
    text: str
