"""Reads the policy files of a directory."""

from __future__ import annotations

from collections.abc import Iterator
from os import PathLike
from pathlib import Path

from .errors import PolicyError

MAX_FILES = 4096
MAX_FILE_BYTES = 1 << 20
MAX_TOTAL_BYTES = 32 << 20


def read_policies(directory: str | PathLike[str]) -> dict[str, str]:
    """Returns the policy files below `directory`, `*.yaml` and `*.yml`, as `{path: text}`, sorted.

    Names that begin with a dot are left out. Linked folders, oversized files and bytes that are no
    text are refused, so that no policy is ever skipped without a word.
    """
    root = Path(directory)
    files: dict[str, str] = {}
    total = 0
    for path in sorted(_yaml_files(root, "")):
        content = (root / path).read_bytes()
        total += len(content)
        _refuse(len(content) > MAX_FILE_BYTES, path, f"is larger than {MAX_FILE_BYTES} bytes")
        _refuse(total > MAX_TOTAL_BYTES, path, f"brings the policies above {MAX_TOTAL_BYTES} bytes")
        _refuse(len(files) == MAX_FILES, path, f"is one file more than {MAX_FILES}")
        try:
            files[path] = content.decode("utf-8")
        except UnicodeDecodeError:
            _refuse(True, path, "is not UTF-8")
    return files


def _yaml_files(root: Path, below: str) -> Iterator[str]:
    for entry in (root / below).iterdir():
        if entry.name.startswith("."):
            continue
        path = f"{below}/{entry.name}" if below else entry.name
        _refuse(entry.is_dir() and entry.is_symlink(), path, "is a linked folder")
        if entry.is_dir():
            yield from _yaml_files(root, path)
        elif entry.name.endswith((".yaml", ".yml")):
            yield path


def _refuse(condition: bool, path: str, message: str) -> None:
    if condition:
        raise PolicyError("policy_unreadable", f"`{path}` {message}", path=path)
