"""Verifying a log as it comes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from os import PathLike
from typing import Any, cast

from . import _bailiwick
from .errors import PolicyError
from .outputs import VerifyReport


class LogVerifier:
    """Verifies a log as it comes; takes what `audit_verify` takes, except the log.

    Any way of cutting the log into pieces gives the same report. Memory does not grow with the log.
    Threads may share a verifier; their pieces come in the order of the calls.

    >>> verifier = LogVerifier(allow_open=True)
    >>> verifier.push(b"hello\\n")
    >>> verifier.finish()["verdict"]
    'malformed'
    """

    __slots__ = ("_native",)

    def __init__(
        self,
        *,
        allow_open: bool | None = None,
        checkpoints: Sequence[str] | None = None,
        count: int | None = None,
        head: str | None = None,
        keys: Sequence[str] | None = None,
        now: str | None = None,
        origin: str | None = None,
        payloads: str | None = None,
        run_id: str | None = None,
        tenant: str | None = None,
        witnesses: int | None = None,
    ) -> None:
        options: dict[str, Any] = {
            "allow_open": allow_open,
            "checkpoints": checkpoints,
            "count": count,
            "head": head,
            "keys": keys,
            "now": now,
            "origin": origin,
            "payloads": payloads,
            "run_id": run_id,
            "tenant": tenant,
            "witnesses": witnesses,
        }
        stated = {name: value for name, value in options.items() if value is not None}
        try:
            self._native = _bailiwick.LogVerifier.open(json.dumps(stated, allow_nan=False))
        except _bailiwick.NativeError as error:
            raise PolicyError.from_json(str(error)) from None

    def push(self, data: bytes | bytearray | memoryview | str) -> None:
        """Reads more of the log."""
        piece = data.encode() if isinstance(data, str) else bytes(memoryview(data))
        try:
            self._native.push(piece)
        except _bailiwick.NativeError as error:
            raise PolicyError.from_json(str(error)) from None

    def finish(self) -> VerifyReport:
        """Returns what was found; the verifier takes nothing more."""
        try:
            report = self._native.finish()
        except _bailiwick.NativeError as error:
            raise PolicyError.from_json(str(error)) from None
        return cast(VerifyReport, json.loads(report))

    def read(self, pieces: Iterable[bytes | bytearray | memoryview | str]) -> VerifyReport:
        """Reads all `pieces`, such as a file that is open in binary mode; returns what was found."""
        for piece in pieces:
            self.push(piece)
        return self.finish()

    def read_file(self, path: str | PathLike[str]) -> VerifyReport:
        """Reads the file at `path`; returns what was found."""
        with open(path, "rb") as file:
            return self.read(iter(lambda: file.read(_PIECE_BYTES), b""))


_PIECE_BYTES = 1 << 16
