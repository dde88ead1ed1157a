"""Redacting bytes as they come."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from types import TracebackType
from typing import Any, cast

from . import _bailiwick
from .errors import PolicyError
from .inputs import PolicyFiles, RedactionScope, RulePackFile, Sink
from .outputs import StreamSummary


class RedactionStream:
    """Redacts bytes as they come, for one sink; takes what `redact` takes, except the text.

    A byte leaves only when it is final: any way of cutting the input into pieces gives the same
    output. Memory is bounded. Threads may share a stream; their pieces come in the order of the
    calls.

    >>> stream = RedactionStream(sink="log_viewer")
    >>> stream.push("mail ana@shop") + stream.push(".example\\n")
    b'mail [REDACTED:email]\\n'
    >>> stream.finish()[1]["redaction_summary"]["email_addresses"]
    1
    """

    __slots__ = ("_native", "summary")

    summary: StreamSummary | None
    """What was removed, once the stream is finished."""

    def __init__(
        self,
        *,
        sink: Sink | None = None,
        known: Sequence[str] | None = None,
        key: str | None = None,
        max_bytes: int | None = None,
        packs: Sequence[str] | None = None,
        rule_packs: Sequence[RulePackFile] | None = None,
        path: str | None = None,
        policies: PolicyFiles | None = None,
        strict: bool | None = None,
        scope: RedactionScope | None = None,
        seal_key: str | None = None,
        explain: bool | None = None,
    ) -> None:
        options: dict[str, Any] = {
            "sink": sink,
            "known": known,
            "key": key,
            "max_bytes": max_bytes,
            "packs": packs,
            "rule_packs": rule_packs,
            "path": path,
            "policies": policies,
            "strict": strict,
            "scope": scope,
            "seal_key": seal_key,
            "explain": explain,
        }
        stated = {name: value for name, value in options.items() if value is not None}
        text = json.dumps(stated, allow_nan=False)
        self.summary = None
        try:
            self._native = _bailiwick.RedactionStream.open(text)
        except _bailiwick.NativeError as error:
            raise PolicyError.from_json(str(error)) from None

    def push(self, data: bytes | bytearray | memoryview | str) -> bytes:
        """Takes in more of the text, and returns what is final now."""
        piece = data.encode() if isinstance(data, str) else bytes(memoryview(data))
        try:
            return self._native.push(piece)
        except _bailiwick.NativeError as error:
            raise PolicyError.from_json(str(error)) from None

    def finish(self) -> tuple[bytes, StreamSummary]:
        """Returns the rest, and what was removed; the stream takes nothing more."""
        try:
            rest, summary = self._native.finish()
        except _bailiwick.NativeError as error:
            raise PolicyError.from_json(str(error)) from None
        self.summary = cast(StreamSummary, json.loads(summary))
        return rest, self.summary

    def pipe(self, pieces: Iterable[bytes | bytearray | memoryview | str]) -> Iterator[bytes]:
        """Yields the projection of `pieces`, such as an open file; then `summary` is there."""
        for piece in pieces:
            if out := self.push(piece):
                yield out
        rest, _ = self.finish()
        if rest:
            yield rest

    def __enter__(self) -> RedactionStream:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        # What is held back is not final: nobody may see it where the end was not asked for.
        if self.summary is None:
            self.finish()
