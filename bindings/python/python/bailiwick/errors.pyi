from typing import Any

class PolicyError(Exception):
    code: str
    message: str
    help: str | None
    path: str | None
    line: int | None
    column: int | None
    def __init__(
        self,
        code: str,
        message: str,
        help: str | None = None,
        path: str | None = None,
        line: int | None = None,
        column: int | None = None,
    ) -> None: ...
    def __reduce__(self) -> tuple[Any, ...]: ...
    @classmethod
    def from_json(cls, text: str) -> PolicyError: ...
