"""Runs the conformance cases by plain call, by compiled handle and by the package's functions.

Texts are compared before they are parsed.
"""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import bailiwick
import pytest
from bailiwick import _bailiwick

FOLDER = Path(__file__).parents[3] / "policy-fixtures" / "conformance"
READS_POLICIES = dict(_bailiwick.operations())


def cases() -> Iterator[Any]:
    for file in sorted(FOLDER.glob("*.json")):
        for case in json.loads(file.read_text("utf-8")):
            yield pytest.param(case, id=f"{file.name}: {case['name']}")


def test_there_are_cases_for_every_operation() -> None:
    covered = {parameter.values[0]["operation"] for parameter in cases()}
    assert sorted(set(READS_POLICIES) - covered) == []


@pytest.mark.parametrize("case", list(cases()))
def test_a_plain_call_answers_byte_for_byte(case: dict[str, Any]) -> None:
    compare(case, lambda: _bailiwick.call(case["operation"], json.dumps(case["input"])))


@pytest.mark.parametrize("case", list(cases()))
def test_a_compiled_handle_answers_byte_for_byte(case: dict[str, Any]) -> None:
    rest = dict(case["input"])
    policies = rest.pop("policies", None)
    if policies is None or not READS_POLICIES.get(case["operation"]):
        return
    load = {"policies": policies, "strict": rest.get("strict", False)}
    if case["operation"] != "check":
        rest.pop("strict", None)
    try:
        handle = _bailiwick.Policies.load(json.dumps(load))
    except _bailiwick.NativeError as error:
        if "error" in case:
            compare_error(case, error)
            return
        # Where a plain call reports unreadable policies in its answer, loading them fails: the
        # same finding must be behind both.
        answer = case.get("output_text") or json.dumps(case["output"])
        code = json.loads(str(error))["code"]
        assert f'"{code}"' in answer or '"policy_unreadable"' in answer
        return
    compare(case, lambda: handle.call(case["operation"], json.dumps(rest)))


@pytest.mark.parametrize("case", list(cases()))
def test_the_function_of_the_package_answers_the_same(case: dict[str, Any]) -> None:
    if case["operation"] not in READS_POLICIES:
        return
    function = getattr(bailiwick, case["operation"])
    try:
        inspect.signature(function).bind(**case["input"])
    except TypeError:
        # Python itself refuses what leaves out a field.
        assert "error" in case
        return
    compare(case, lambda: json.dumps(function(**case["input"])), parsed=True)


def compare(case: dict[str, Any], call: Callable[[], str], *, parsed: bool = False) -> None:
    try:
        text = call()
    except (_bailiwick.NativeError, bailiwick.PolicyError) as error:
        compare_error(case, error)
        return
    assert "error" not in case, text
    if "output_text" in case and not parsed:
        assert text == case["output_text"]
    expected = case["output"] if "output" in case else json.loads(case["output_text"])
    assert canonical(json.loads(text)) == canonical(expected)


def compare_error(case: dict[str, Any], error: Exception) -> None:
    actual = vars(error) if isinstance(error, bailiwick.PolicyError) else json.loads(str(error))
    assert "error" in case, actual
    assert "code" in case["error"]
    assert {field: actual.get(field) for field in case["error"]} == case["error"]


def canonical(value: Any) -> str:
    return json.dumps(value, sort_keys=True)
