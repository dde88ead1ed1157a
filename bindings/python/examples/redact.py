"""Prints what a model may see of a file: `python redact.py FILE`."""

import sys
from pathlib import Path

import bailiwick


def show(path: str) -> str:
    """Prints the projection as it comes, and returns what was removed, in words."""
    stream = bailiwick.RedactionStream(sink="model_context", path=path)
    with Path(path).open("rb") as file:
        for piece in stream.pipe(iter(lambda: file.read(1 << 16), b"")):
            sys.stdout.buffer.write(piece)
    assert stream.summary is not None
    figures = stream.summary["redaction_summary"]
    return f"{figures['secret_like_tokens']} secrets, {figures['email_addresses']} addresses"


if __name__ == "__main__":
    print(show(sys.argv[1]), file=sys.stderr)
