"""What the package adds to the conversion layer: errors, directories, threads."""

from __future__ import annotations

import inspect
import json
import pickle
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import bailiwick
import pytest
from bailiwick import Policies, PolicyError, _bailiwick

PLATFORM = "platform_policy:\n  version: 2026-07-04\n  allowed_actions: [file.read]\n"
POLICIES = {"platform.yaml": PLATFORM}
STATE: bailiwick.State = {
    "version": "1",
    "as_of": "2026-07-04T03:00:00Z",
    "now": "2026-07-04T03:00:01Z",
    "usage_complete": True,
}
BROKEN = {"platform.yaml": "platform_policy:\n  allowed_actions: [file.read\n"}


def test_a_field_that_is_none_is_not_given() -> None:
    given = bailiwick.decide(POLICIES, request(), state=STATE, decision_id=None)
    assert given == bailiwick.decide(POLICIES, request(), state=STATE)


def request() -> bailiwick.Request:
    return {
        "tool": "file.read",
        "path": "src/main.rs",
        "subject": {"id": "agent-1", "kind": "service", "roles": [], "tenant": "acme"},
        "tenant": "acme",
        "organization": "acme",
        "team": "payments",
        "repo": "payment-service",
    }


def test_a_call_and_a_compiled_handle_give_the_same_decision() -> None:
    called = bailiwick.decide(POLICIES, request(), state=STATE)
    assert Policies.load(POLICIES).decide(request(), state=STATE) == called
    assert called["decision"] in ("allowed", "ask_approval", "denied")


def test_a_broken_policy_is_refused_with_file_line_and_column() -> None:
    with pytest.raises(PolicyError) as caught:
        Policies.load(BROKEN)
    error = caught.value
    assert error.path == "platform.yaml"
    assert error.line is not None and error.line >= 2
    assert error.column is not None and error.column >= 1
    assert str(error) == f"platform.yaml:{error.line}:{error.column}: {error.message}"
    assert error.__cause__ is None and error.__suppress_context__


def test_an_error_survives_pickling() -> None:
    with pytest.raises(PolicyError) as caught:
        Policies.load(BROKEN)
    assert vars(pickle.loads(pickle.dumps(caught.value))) == vars(caught.value)


def test_check_reports_what_loading_refuses() -> None:
    diagnostics = bailiwick.check(BROKEN)["diagnostics"]
    errors = [one for one in diagnostics if one["severity"] == "error"]
    assert [one["location"]["file"] for one in errors] == ["platform.yaml"]


def test_an_unknown_field_is_refused_by_the_conversion_layer() -> None:
    with pytest.raises(PolicyError):
        bailiwick.redact("text", skin="model_context")  # type: ignore[call-arg]


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '"text"', "\x00", "[" * 100_000])
def test_input_that_is_no_object_is_an_error(text: str) -> None:
    with pytest.raises(_bailiwick.NativeError) as caught:
        _bailiwick.call("decide", text)
    assert json.loads(str(caught.value))["code"]


def test_numbers_that_json_cannot_carry_are_refused() -> None:
    with pytest.raises(ValueError):
        bailiwick.redact("x", max_bytes=float("nan"))  # type: ignore[arg-type]


def test_unpaired_surrogates_are_an_error() -> None:
    with pytest.raises(PolicyError):
        bailiwick.redact("\ud800", sink="model_context")


def test_threads_share_one_handle() -> None:
    policies = Policies.load(POLICIES)
    expected = policies.decide(request(), state=STATE)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: policies.decide(request(), state=STATE), range(200)))
    assert answers == [expected] * 200


def test_a_call_lets_other_threads_run() -> None:
    # Proves that the lock is released: a thread waits inside the interpreter while calls go on.
    policies = Policies.load(POLICIES)
    stop = threading.Event()
    ticks = 0

    def tick() -> None:
        nonlocal ticks
        while not stop.is_set():
            ticks += 1

    ticker = threading.Thread(target=tick)
    ticker.start()
    requests = [request()] * 500
    policies.decide_batch(requests, state=STATE)
    stop.set()
    ticker.join()
    assert ticks > 0


def test_a_directory_is_read_in_order_without_dot_files(tmp_path: Path) -> None:
    write(tmp_path, {"b.yml": b"b", "a/a.yaml": b"a", ".git/x.yaml": b"x", "notes.md": b"n"})
    assert list(bailiwick.read_policies(tmp_path).items()) == [("a/a.yaml", "a"), ("b.yml", "b")]


def test_a_directory_loads_like_its_files(tmp_path: Path) -> None:
    write(tmp_path, {"platform.yaml": PLATFORM.encode()})
    loaded = Policies.from_directory(tmp_path).decide(request(), state=STATE)
    assert loaded == Policies.load(POLICIES).decide(request(), state=STATE)


def test_a_linked_folder_is_refused(tmp_path: Path) -> None:
    write(tmp_path, {"a/a.yaml": b"a"})
    (tmp_path / "link").symlink_to("a")
    assert refusal(tmp_path) == ("policy_unreadable", "link")


def test_an_oversized_file_is_refused(tmp_path: Path) -> None:
    write(tmp_path, {"big.yaml": b"x" * ((1 << 20) + 1)})
    assert refusal(tmp_path) == ("policy_unreadable", "big.yaml")


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    write(tmp_path, {"latin.yaml": b"a\xff"})
    assert refusal(tmp_path) == ("policy_unreadable", "latin.yaml")


def test_the_package_exports_the_operations_of_the_wire() -> None:
    operations = dict(_bailiwick.operations())
    functions = {name for name in bailiwick.__all__ if inspect.isfunction(getattr(bailiwick, name))}
    assert functions == {*operations, "read_policies"}
    methods = {name for name in vars(Policies) if not name.startswith("_")}
    assert methods == {name for name, reads in operations.items() if reads} | {
        "load",
        "from_directory",
        # It reads policies where a handle brings them.
        "redact",
    }


def refusal(directory: Path) -> tuple[str, str | None]:
    with pytest.raises(PolicyError) as caught:
        bailiwick.read_policies(directory)
    return caught.value.code, caught.value.path


def write(root: Path, files: dict[str, bytes]) -> None:
    for path, content in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content)
