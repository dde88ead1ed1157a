"""The operations: each function takes the fields of its JSON input and returns the parsed answer."""

from . import _bailiwick
from .calls import answer


def backtest(policies, records, **fields):
    """Returns which of the recorded decisions, one a line, the policies would change."""
    return answer(_bailiwick.call, "backtest", policies=policies, records=records, **fields)


def check(policies, **fields):
    """Returns every error and warning in the policy files `{path: text}`."""
    return answer(_bailiwick.call, "check", policies=policies, **fields)


def choose_model(policies, request, **fields):
    """Returns the model to call for `request`, and why each other one is refused."""
    return answer(_bailiwick.call, "choose_model", policies=policies, request=request, **fields)


def effective(policies, **fields):
    """Returns the effective authority of a scope."""
    return answer(_bailiwick.call, "effective", policies=policies, **fields)


def decide(policies, request=None, **fields):
    """Returns the decision record for `request`."""
    return answer(_bailiwick.call, "decide", policies=policies, request=request, **fields)


def decide_batch(policies, requests, **fields):
    """Returns a decision record for each of `requests`."""
    return answer(_bailiwick.call, "decide_batch", policies=policies, requests=requests, **fields)


def explain(policies, request=None, **fields):
    """Returns the decision for `request` in sentences for people."""
    return answer(_bailiwick.call, "explain", policies=policies, request=request, **fields)


def test(policies, cases, **fields):
    """Runs the fixture files `cases`, `{path: text}`, against the policies."""
    return answer(_bailiwick.call, "test", policies=policies, cases=cases, **fields)


def redecide(policies, records):
    """Decides the recorded decisions, one a line, again and compares every byte."""
    return answer(_bailiwick.call, "redecide", policies=policies, records=records)


def retention_plan(policies, items, **fields):
    """Returns what is to become of each of `items` under the policies, and what keeps it."""
    return answer(_bailiwick.call, "retention_plan", policies=policies, items=items, **fields)


def facts(request, **fields):
    """Returns what `request` would really do, without deciding it."""
    return answer(_bailiwick.call, "facts", request=request, **fields)


def lint(text, **fields):
    """Returns what `text` says and should not: instructions, a prompt, or the output of a tool."""
    return answer(_bailiwick.call, "lint", text=text, **fields)


def redact(text, **fields):
    """Returns the projection of `text` for a sink, with the summary of what was removed."""
    return answer(_bailiwick.call, "redact", text=text, **fields)


def audit_append(event, **fields):
    """Returns the entry that `event` makes in its run's chain, after `last_record`."""
    return answer(_bailiwick.call, "audit_append", event=event, **fields)


def audit_export(log, format, **fields):
    """Returns an audit log in the format of another tool, a line an event."""
    return answer(_bailiwick.call, "audit_export", log=log, format=format, **fields)


def audit_report(log, **fields):
    """Returns what an audit log shows of secure development and supply chain."""
    return answer(_bailiwick.call, "audit_report", log=log, **fields)


def audit_verify(log, **fields):
    """Verifies the chains of an audit log, a line an event."""
    return answer(_bailiwick.call, "audit_verify", log=log, **fields)


def provenance_show(**fields):
    """Returns what a `provenance` or the statements in a `bundle` say; nothing is verified."""
    return answer(_bailiwick.call, "provenance_show", **fields)


def provenance_sign(provenance, keys):
    """Returns the signed statements about the change whose record is the YAML `provenance`."""
    return answer(_bailiwick.call, "provenance_sign", provenance=provenance, keys=keys)


def provenance_verify(bundle, keys, **fields):
    """Verifies the signed statements in `bundle`, one envelope a line, by the public `keys`."""
    return answer(_bailiwick.call, "provenance_verify", bundle=bundle, keys=keys, **fields)


def schema(*, name=None):
    """Returns the JSON Schemas and the tables of names."""
    return answer(_bailiwick.call, "schema", name=name)


def verify_projection(text, *, seal, seal_key, sink):
    """Tells whether `text` is what the redactor made for `sink`, by its seal."""
    fields = {"seal": seal, "seal_key": seal_key, "sink": sink}
    return answer(_bailiwick.call, "verify_projection", text=text, **fields)


def version():
    """Returns the version of the library."""
    return answer(_bailiwick.call, "version")
