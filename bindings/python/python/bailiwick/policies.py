"""A compiled policy set."""

from . import _bailiwick
from .calls import answer, dumps, translated
from .directory import read_policies


class Policies:
    """A compiled policy set, immutable and safe to share between threads."""

    __slots__ = ("_native",)

    def __init__(self, native):
        self._native = native

    @classmethod
    def load(cls, policies, **fields):
        """Compiles the policy files `{path: text}`."""
        text = dumps({"policies": policies, **fields})
        return cls(translated(_bailiwick.Policies.load, text))

    @classmethod
    def from_directory(cls, directory, **fields):
        """Compiles the `*.yaml` and `*.yml` files below `directory`."""
        return cls.load(read_policies(directory), **fields)

    def backtest(self, records, **fields):
        """Returns which of the recorded decisions, one a line, the policies would change."""
        return answer(self._native.call, "backtest", records=records, **fields)

    def check(self, **fields):
        """Returns every warning in the policy set."""
        return answer(self._native.call, "check", **fields)

    def choose_model(self, request, **fields):
        """Returns the model to call for `request`, and why each other one is refused."""
        return answer(self._native.call, "choose_model", request=request, **fields)

    def effective(self, **fields):
        """Returns the effective authority of a scope."""
        return answer(self._native.call, "effective", **fields)

    def decide(self, request=None, **fields):
        """Returns the decision record for `request`."""
        return answer(self._native.call, "decide", request=request, **fields)

    def decide_batch(self, requests, **fields):
        """Returns a decision record for each of `requests`."""
        return answer(self._native.call, "decide_batch", requests=requests, **fields)

    def explain(self, request=None, **fields):
        """Returns the decision for `request` in sentences for people."""
        return answer(self._native.call, "explain", request=request, **fields)

    def redact(self, text, **fields):
        """Returns the projection of `text` for a sink, under the policies of a scope."""
        return answer(self._native.call, "redact", text=text, **fields)

    def redecide(self, records):
        """Decides the recorded decisions, one a line, again and compares every byte."""
        return answer(self._native.call, "redecide", records=records)

    def retention_plan(self, items, **fields):
        """Returns what is to become of each of `items`, and what keeps it."""
        return answer(self._native.call, "retention_plan", items=items, **fields)

    def test(self, cases, **fields):
        """Runs the fixture files `cases`, `{path: text}`, against the policy set."""
        return answer(self._native.call, "test", cases=cases, **fields)
