"""Mistakes that the stubs must catch: mypy complains where a `type: ignore` has nothing to hide."""

import bailiwick


def misuse(policies: bailiwick.Policies) -> None:
    bailiwick.check({"a.yaml": ""}, strictly=True)  # type: ignore[call-arg]
    bailiwick.redact("text", sink="moon")  # type: ignore[arg-type]
    policies.decide({"changed_file": ["a"]})  # type: ignore[arg-type]
    policies.decide({"tool": 1})  # type: ignore[arg-type]
    policies.decide(["a"])  # type: ignore[arg-type]
    policies.decide({}, state={"as_of": "2026-07-04T03:00:00Z"})  # type: ignore[arg-type]


def test_the_shapes_can_be_imported_at_run_time() -> None:
    request = bailiwick.Request(tool="file.read", path="a")
    assert request == {"tool": "file.read", "path": "a"}
