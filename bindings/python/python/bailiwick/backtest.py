"""The shapes of recorded decisions that are decided again."""

from __future__ import annotations

from typing import Literal, TypeAlias, TypedDict

from .inputs import DecisionKind
from .outputs import Location

RedecideVerdict: TypeAlias = Literal["differs", "not_reproducible", "other_policies", "same"]


class _RedecidedRequired(TypedDict):
    decision_id: str
    line: int
    verdict: RedecideVerdict


class Redecided(_RedecidedRequired, total=False):
    """What came of deciding again, and why."""

    fields: list[str]
    member: str
    moved: bool
    recorded: object
    redecided: object
    why: str


class RedecideReport(TypedDict):
    """What came of deciding recorded decisions again."""

    counts: dict[RedecideVerdict, int]
    results: list[Redecided]


class _ChangedByRequired(TypedDict):
    newly: bool


class ChangedBy(_ChangedByRequired, total=False):
    """What made the difference: a rule (`policy@version#rule`), or the code of the reason."""

    code: str
    location: Location
    rule: str


class _ChangeExampleRequired(TypedDict):
    action: str
    decision_id: str


class ChangeExample(_ChangeExampleRequired, total=False):
    """One decision that changed."""

    command: str
    paths: list[str]
    run_id: str


ChangeGroup = TypedDict(
    "ChangeGroup",
    {
        "by": list[ChangedBy],
        "count": int,
        "examples": list[ChangeExample],
        "from": DecisionKind,
        "opens": bool,
        "to": DecisionKind,
    },
)


class _SkippedExampleRequired(TypedDict):
    decision_id: str
    why: str


class SkippedExample(_SkippedExampleRequired, total=False):
    """One recorded decision that could not be decided again."""

    fields: list[str]


class Skipped(TypedDict):
    """Recorded decisions that could not be decided again."""

    code: str
    count: int
    examples: list[SkippedExample]


class BacktestReport(TypedDict):
    """What the policies would have changed, what opens first; `text` is all of it for people."""

    changed: list[ChangeGroup]
    decided: int
    obligations_added: int
    obligations_dropped: int
    opened: int
    skipped: list[Skipped]
    text: str
    tightened: int
    unchanged: int
