"""The one error that this package raises of its own."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from .outputs import Diagnostic


class PolicyError(Exception):
    """An answer that could not be given, with the place in the input where there is one.

    Where policies were refused, `diagnostics` holds every finding, of which the error is the first.
    """

    def __init__(
        self,
        code: str,
        message: str,
        help: str | None = None,
        path: str | None = None,
        line: int | None = None,
        column: int | None = None,
        diagnostics: Sequence[Diagnostic] = (),
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.help = help
        self.path = path
        self.line = line
        self.column = column
        self.diagnostics = list(diagnostics)

    def __str__(self) -> str:
        if self.path is None:
            return self.message
        place = [self.path, *(str(part) for part in (self.line, self.column) if part is not None)]
        return f"{':'.join(place)}: {self.message}"

    def __reduce__(self) -> tuple[Any, ...]:
        place = (self.help, self.path, self.line, self.column)
        return (type(self), (self.code, self.message, *place, self.diagnostics))

    @classmethod
    def from_json(cls, text: str) -> PolicyError:
        """Returns the error that the native side wrote as JSON text."""
        fields = json.loads(text)
        place = (fields.get(name) for name in ("help", "path", "line", "column"))
        error = cls(fields["code"], fields["message"], *place)
        error.diagnostics = fields.get("diagnostics", [])
        return error
