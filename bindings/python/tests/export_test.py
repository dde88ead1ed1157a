"""Verifying, exporting and reporting a log; what exports are is read by the clients of others."""

from __future__ import annotations

import hashlib
import json
import resource
import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from bailiwick import (
    EventType,
    ExportFormat,
    LogVerifier,
    PolicyError,
    audit_append,
    audit_export,
    audit_report,
    audit_verify,
)
from cloudevents.core.formats.json import JSONFormat
from google.protobuf.json_format import Parse
from jsonschema import Draft202012Validator
from ocsf_json_schema import OcsfJsonSchemaEmbedded, get_ocsf_schema
from opentelemetry.proto.logs.v1.logs_pb2 import LogsData

FOLDER = Path(__file__).parents[3] / "policy-fixtures/audit"
EXPECTED: dict[str, tuple[str, int]] = json.loads((FOLDER / "expected.json").read_text())
FORMATS: tuple[ExportFormat, ...] = typing.get_args(ExportFormat)


def every_event() -> Iterator[dict[str, Any]]:
    """Yields an event of each type, and what is told of models, failures and odd characters."""
    kinds = [kind for kind in typing.get_args(EventType) if kind not in ("run.opened", "run.closed")]
    told: list[tuple[str, dict[str, Any]]] = [("run.opened", {})]
    told += [(kind, {"details": {"tool_call_id": "call_1", "verifier": "x"}}) for kind in kinds]
    model = {"model": "code-large", "provider": "acme", "tokens": 1200}
    told += [
        ("model.called", {"details": model}),
        ("model.called", {"details": {"model": "code-large"}}),
        ("tool.called", {"details": {"failed": "timeout", "message": "no answer"}}),
        ("command.executed", {"details": {"status": 1, "deep": {"list": [None, True, -1]}}}),
        ("policy.evaluated", {"decision": "denied", "actor_type": "human"}),
        ("policy.evaluated", {"decision": "ask_approval", "matched_rules": []}),
        ("policy.evaluated", {"decision": None, "decision_id": None, "policy_version": None}),
        ("file.changed", {"resource_id": "src/é \u0001 100%", "created_at": "1969-01-01T00:00:00Z"}),
        ("run.closed", {}),
    ]
    for number, (kind, more) in enumerate(told):
        yield {
            "action": "shell.exec",
            "actor": "agent-worker-17",
            "actor_type": "worker",
            "approval_id": "appr_1",
            "audit_id": f"aud_{number}",
            "created_at": f"2026-07-04T10:00:{number:02}.123456789Z",
            "decision": "allowed",
            "decision_id": f"pdec_{number}",
            "event_type": kind,
            "matched_rules": ["platform@2026-07-04#shell"],
            "policy_version": "policy_2026_07_04_1",
            "request_hash": "sha256:" + "0" * 64,
            "resource_id": "payments-api",
            "resource_type": "repository",
            "run_id": "run_1",
            "tenant_id": "ten_1",
        } | more


@pytest.fixture(scope="module")
def log() -> str:
    lines = []
    record = None
    for event in every_event():
        entry = audit_append(typing.cast(Any, event), last_record=record)
        record = entry["record"]
        lines.append(entry["line"])
    return "".join(lines)


def hashes(log: str) -> list[str]:
    return [json.loads(line)["entry_hash"] for line in log.splitlines()]


def exported(log: str, format: ExportFormat) -> list[str]:
    answer = audit_export(log, format)
    lines = answer["text"].splitlines()
    assert answer["events"] == len(lines) == len(hashes(log))
    return lines


@pytest.mark.parametrize("name", sorted(EXPECTED))
@pytest.mark.parametrize("size", [7, 4096])
def test_a_log_in_pieces_has_its_verdict(name: str, size: int) -> None:
    text = (FOLDER / name).read_bytes()
    report = LogVerifier().read(text[at : at + size] for at in range(0, len(text), size))
    verdict, line = EXPECTED[name]
    assert report["verdict"] == verdict
    assert report["first_bad"] is None or report["first_bad"]["index"] == line
    assert report == audit_verify(text.decode())
    assert report == LogVerifier().read_file(FOLDER / name)


def test_a_finished_verifier_takes_nothing_more() -> None:
    verifier = LogVerifier(allow_open=True)
    verifier.push("")
    verifier.finish()
    for call in (verifier.finish, lambda: verifier.push(b"x")):
        with pytest.raises(PolicyError) as caught:
            call()
        assert caught.value.code == "stream_finished"


def test_memory_does_not_grow_with_a_log_or_a_line() -> None:
    verifier = LogVerifier(allow_open=True)
    line = (FOLDER / "intact.jsonl").read_bytes().splitlines(keepends=True)[0]
    verifier.push(line * 10)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for _ in range(1000):
        verifier.push(line * 100)
    for _ in range(100):
        verifier.push(b"x" * (1 << 20))
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 16 << 10
    assert verifier.finish()["verdict"] == "duplicate"


def test_the_cloudevents_sdk_reads_every_event(log: str) -> None:
    ids = set()
    for line, entry_hash in zip(exported(log, "cloudevents"), hashes(log), strict=True):
        event = JSONFormat().read(None, line)
        data = event.get_data()
        assert isinstance(data, dict)
        assert event.get_specversion() == "1.0"
        assert event.get_type() == f"bailiwick.audit.{data['event_type']}.v1"
        assert event.get_extension("audithash") == entry_hash
        assert event.get_extension("auditseq") == str(data["seq"])
        time = event.get_time()
        assert time is not None and time.isoformat().endswith("+00:00")
        text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        leaf = hashlib.sha256(b"\0" + text.encode()).hexdigest()
        assert entry_hash == f"sha256:{leaf}", "the data is what is hashed"
        ids.add((event.get_source(), event.get_id()))
    assert len(ids) == len(hashes(log))


def test_every_event_is_an_api_activity_of_ocsf(log: str) -> None:
    schema = OcsfJsonSchemaEmbedded(get_ocsf_schema(version="1.8.0"))
    profiles = ["ai_operation", "security_control"]
    api_activity = schema.get_class_schema("api_activity", profiles)
    validator = Draft202012Validator(api_activity)
    for line, entry_hash in zip(exported(log, "ocsf"), hashes(log), strict=True):
        event = json.loads(line)
        assert [error.message for error in validator.iter_errors(event)] == []
        assert event["metadata"]["version"] == api_activity["$id"].split("/")[4]
        assert event["metadata"]["profiles"] == profiles
        assert event["unmapped"]["entry_hash"] == entry_hash


def test_every_event_is_a_log_of_opentelemetry(log: str) -> None:
    records = [json.loads(line)["record"] for line in log.splitlines()]
    for line, entry_hash, stored in zip(exported(log, "otel"), hashes(log), records, strict=True):
        logs = Parse(line, LogsData())
        (of_resource,) = logs.resource_logs
        (of_scope,) = of_resource.scope_logs
        (event,) = of_scope.log_records
        attributes = {entry.key: entry.value.string_value for entry in event.attributes}
        assert len(attributes) == len(event.attributes), "no attribute stands twice"
        assert attributes["bailiwick.audit.entry_hash"] == entry_hash
        agent = attributes.get("gen_ai.agent.id")
        assert (agent == stored["actor"]) == (stored["actor_type"] == "worker")
        assert event.event_name == f"bailiwick.audit.{stored['event_type']}"
        leaf = hashlib.sha256(b"\0" + event.body.string_value.encode()).hexdigest()
        assert entry_hash == f"sha256:{leaf}", "the body is what is hashed"
        counted = stored["created_at"] > "1970"
        assert event.time_unix_nano % 1_000_000_000 == (123_456_789 if counted else 0)


def test_an_export_of_a_log_that_does_not_verify_is_refused() -> None:
    text = (FOLDER / "edited.jsonl").read_text()
    for format in FORMATS:
        with pytest.raises(PolicyError) as caught:
            audit_export(text, format)
        assert (caught.value.code, caught.value.line) == ("audit_unverified", 6)
    with pytest.raises(PolicyError) as caught:
        audit_report(text)
    assert caught.value.code == "audit_unverified"


def test_a_report_names_the_concerns_of_section_16(log: str) -> None:
    answer = audit_report(log)
    concerns = [row["concern"] for row in answer["report"]["rows"]]
    assert concerns == [
        "secure development practice",
        "vulnerability mitigation",
        "provenance",
        "tampering prevention",
        "review",
        "traceability",
        "reproducibility",
    ]
    assert answer["report"]["events"] == len(hashes(log))
    for row in answer["report"]["rows"]:
        assert f"## {row['concern']}" in answer["text"]
