"""What exports and reports of an audit log look like."""

from __future__ import annotations

from typing import Literal, TypeAlias, TypedDict

from .inputs import EventType
from .outputs import AuditVerdict, RunReport

EvidenceState: TypeAlias = Literal["no_evidence", "partial", "shown"]
ExportFormat: TypeAlias = Literal["cloudevents", "jsonl", "ocsf", "otel"]


class AuditExport(TypedDict):
    """A log in the format of another tool: `text` has a line for each of `events`."""

    events: int
    text: str


class EventPlace(TypedDict):
    """Where an event stands."""

    at: str
    entry_hash: str
    run_id: str
    seq: int


class _EventEvidenceRequired(TypedDict):
    actors: dict[str, int]
    count: int
    event_type: EventType
    first: EventPlace
    last: EventPlace


class EventEvidence(_EventEvidenceRequired, total=False):
    """The events of one type that show a control."""

    results: dict[str, int]


class ControlEvidence(TypedDict):
    """One control, and the events that show it."""

    control: str
    evidence: list[EventEvidence]
    looked_for: str


class ConcernRow(TypedDict):
    """One row: a concern, what answers to it, and what the log shows of that."""

    concern: str
    controls: list[ControlEvidence]
    practices: list[str]
    requirements: list[str]
    state: EvidenceState


class SsdfReport(TypedDict):
    """What one verified log shows of secure development and supply chain."""

    events: int
    first_at: str | None
    last_at: str | None
    rows: list[ConcernRow]
    runs: list[RunReport]
    verdict: AuditVerdict


class AuditReport(TypedDict):
    """The report, and the same as Markdown."""

    report: SsdfReport
    text: str
