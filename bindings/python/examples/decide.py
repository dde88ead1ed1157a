"""Loads a policy directory and judges one tool call: `python decide.py DIRECTORY`."""

import sys
from datetime import datetime, timezone

import bailiwick


def judge(directory: str) -> str:
    """Returns the decision, the rules that made it and the explanation."""
    request: bailiwick.Request = {
        "tool": "shell.exec",
        "argv": ["cargo", "test"],
        "subject": {"id": "agent-1", "kind": "service", "roles": ["Operator"], "tenant": "acme"},
        "tenant": "acme",
        "repo": "payment-service",
    }
    now = datetime.now(timezone.utc).isoformat()
    try:
        policies = bailiwick.Policies.from_directory(directory, strict=True)
        record = policies.decide(request, now=now)
    except bailiwick.PolicyError as error:
        return f"{error.path}:{error.line}:{error.column}: {error.code}: {error.message}"
    rules = [f"{rule['policy']} {rule['rule']}" for rule in record["matched_rules"]]
    return "\n".join([record["decision"], *rules, record["explanation"]])


if __name__ == "__main__":
    print(judge(sys.argv[1]))
