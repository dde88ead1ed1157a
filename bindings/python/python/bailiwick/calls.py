"""Calls of operations: fields in, the parsed answer out."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, TypeVar

from . import _bailiwick
from .errors import PolicyError

Returned = TypeVar("Returned")


def answer(call: Callable[[str, str], str], operation: str, **fields: object) -> Any:
    """Returns what an operation answers; a field that is `None` is left out."""
    stated = {name: value for name, value in fields.items() if value is not None}
    return json.loads(translated(call, operation, dumps(stated)))


def dumps(value: object) -> str:
    """Returns the JSON text; refuses what JSON cannot carry."""
    return json.dumps(value, allow_nan=False)


def translated(call: Callable[..., Returned], *arguments: str) -> Returned:
    """Calls into the library, and raises its errors as `PolicyError`."""
    try:
        return call(*arguments)
    except _bailiwick.NativeError as error:
        raise PolicyError.from_json(str(error)) from None
