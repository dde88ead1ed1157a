"""The shapes of what a request would really do, under the field names of the wire."""

from __future__ import annotations

from typing import Literal, TypedDict

from .inputs import ChangeClass, ChangeStatus
from .outputs import Unknown


class _PathFactRequired(TypedDict):
    path: str
    touch: Literal["read", "change", "either"]


class PathFact(_PathFactRequired, total=False):
    """A path that would be touched; with wildcards it stands for every file that they match.

    With `tree` it is removed or moved, and what lies below goes with it.
    """

    glob: bool
    tree: bool


class _Doubt(TypedDict, total=False):
    unknown: Literal["dynamic", "unreadable"]


class FlagFact(_Doubt):
    """What is certain of a fact; `unknown` says why there may be more."""

    value: bool


class NumberFact(_Doubt):
    """What is certain of a number; `unknown` says why it may be more."""

    value: int


class NamesFact(_Doubt):
    """What is certain of a set of names; `unknown` says why there may be more."""

    value: list[str]


class CommandsFact(_Doubt):
    """The words of every command that is certain; `unknown` says why there may be more."""

    value: list[list[str]]


class PathsFact(_Doubt):
    """The paths that are certain; `unknown` says why there may be more."""

    value: list[PathFact]


class RequestFacts(TypedDict):
    """What a request would really do, each fact with its doubt."""

    changed_files: NumberFact
    changed_lines: NumberFact
    classes: NamesFact
    commands: CommandsFact
    effects: NamesFact
    hosts: NamesFact
    invocations: NamesFact
    network: FlagFact
    outside: NamesFact
    paths: PathsFact
    pipes_remote_to_shell: FlagFact
    programs: NamesFact
    removals: NamesFact
    sensitive: NamesFact
    unknowns: list[Unknown]


class _FileFactsRequired(TypedDict):
    path: str
    binary: bool
    executable: bool
    generated: bool
    link: bool
    mode_changed: bool
    submodule: bool


# `from` is a word of the language, so the class cannot be written as one.
_FileFactsFrom = TypedDict("_FileFactsFrom", {"from": str}, total=False)


class FileFacts(_FileFactsRequired, _FileFactsFrom, total=False):
    """One changed file."""

    added: int
    removed: int
    status: ChangeStatus
    symlink_target: str


# `class` is a word of the language, so these cannot be written as classes.
ClassEvidence = TypedDict("ClassEvidence", {"class": ChangeClass, "path": str, "reason": str})
Claim = TypedDict(
    "Claim",
    {
        "class": ChangeClass,
        "evidence": "list[ClassEvidence]",
        "state": Literal["borne_out", "open", "refuted"],
    },
)


class DependencyFact(TypedDict):
    """A part of a manifest that changed."""

    after: str
    before: str
    change: str
    dependency: bool
    name: str
    path: str


class ChangeDoubt(TypedDict):
    """Why a change cannot be read."""

    code: str
    reason: str


class StaleFact(TypedDict):
    """A generated file that changed alone."""

    path: str
    sources: list[str]


class _ChangeFactsRequired(TypedDict):
    classes: list[ClassEvidence]
    dependencies: list[DependencyFact]
    doubts: list[ChangeDoubt]
    files: list[FileFacts]
    open: list[ClassEvidence]
    stale: list[StaleFact]


class ChangeFacts(_ChangeFactsRequired, total=False):
    """What a change is."""

    claim: Claim


class BoundaryReport(TypedDict):
    """Where a change leads; of `forbidden`, the number is that of the pattern."""

    added: int
    binary: list[str]
    executable: list[str]
    forbidden: list[tuple[str, int]]
    generated: list[str]
    inside: list[str]
    leading_out: list[str]
    not_counted: list[str]
    outside: list[str]
    removed: int
    submodules: list[str]


class _FactsReportRequired(TypedDict):
    action: str
    facts: RequestFacts


class FactsReport(_FactsReportRequired, total=False):
    """The answer of `facts`; the change is told where the request has a diff or changed files."""

    boundary: BoundaryReport
    change: ChangeFacts
