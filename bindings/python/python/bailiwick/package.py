"""Replay packages: what is kept of one run, and what can be answered from it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypedDict

from . import _bailiwick
from .calls import answer
from .outputs import AuditVerdict, PayloadReport


class Evidence(TypedDict, total=False):
    """An event or a file of the package; `seq` is an event's place, `file` a file's path."""

    digest: str
    file: str
    seq: int
    what: str


class QuestionAnswer(TypedDict):
    """One answer, or why there is none."""

    answer: str
    answered: bool
    evidence: list[Evidence]
    number: int
    question: str
    text: str


class PackageReport(TypedDict):
    """What is known of a package."""

    events: int
    manifest_digest: str
    payloads: PayloadReport | None
    problems: list[str]
    run_id: str
    verdict: AuditVerdict


class Investigation(TypedDict):
    """The thirteen answers, and the package that they are from."""

    answers: list[QuestionAnswer]
    package: PackageReport


class Investigated(TypedDict):
    """An investigation, as text and as a page too."""

    answered: int
    complete: bool
    html: str
    investigation: Investigation
    text: str


def investigate(files: Mapping[str, str], **fields: Any) -> Investigated:
    """Answers the thirteen questions on a run from the files of its replay package."""
    found: Investigated = answer(_bailiwick.call, "investigate", files=dict(files), **fields)
    return found
