"""The log of a tenant: checkpoints, proofs and signed notes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypedDict

from . import _bailiwick
from .calls import answer


class SignedLog(TypedDict):
    """A signed checkpoint of a log."""

    checkpoint: str
    origin: str
    root: str
    size: int


class LogProof(TypedDict):
    """A `.tlog-proof` of an event, or the hashes between an older checkpoint and a newer one."""

    entry_hash: str | None
    hashes: list[str]
    proof: str | None


class SignedBy(TypedDict):
    """A key that has signed; `time` is a witness's, in seconds since 1970."""

    id: str
    name: str
    time: int | None
    witness: bool


class CheckpointShown(TypedDict):
    """What a believed checkpoint says."""

    origin: str
    root: str
    signed_by: list[SignedBy]
    size: int


class ProofReport(TypedDict):
    """Whether a proof holds, and why not."""

    checkpoint: CheckpointShown | None
    code: str | None
    index: int | None
    message: str | None
    valid: bool


class NoteReport(TypedDict):
    """Whether a trusted key has signed a note, and why it is not believed."""

    checkpoint: CheckpointShown | None
    code: str | None
    message: str | None
    signed_by: list[SignedBy]
    text: str | None
    valid: bool


def audit_check_proof(keys: Sequence[str], **fields: Any) -> ProofReport:
    """Tells whether `proof` or `hashes` prove what they should, under `keys`."""
    checked: ProofReport = answer(_bailiwick.call, "audit_check_proof", keys=keys, **fields)
    return checked


def audit_checkpoint(log: str, signing_keys: Sequence[str], **fields: Any) -> SignedLog:
    """Signs a checkpoint of a log, a line an event, that has only grown since `previous`."""
    keys = {"signing_keys": signing_keys}
    signed: SignedLog = answer(_bailiwick.call, "audit_checkpoint", log=log, **keys, **fields)
    return signed


def audit_prove(log: str, checkpoint: str, **fields: Any) -> LogProof:
    """Proves that the event at `index` is in a log, or that the log continues `previous`."""
    given = {"checkpoint": checkpoint, **fields}
    proof: LogProof = answer(_bailiwick.call, "audit_prove", log=log, **given)
    return proof


def note_verify(note: str, keys: Sequence[str]) -> NoteReport:
    """Tells which of `keys` have signed a note, such as a checkpoint."""
    verified: NoteReport = answer(_bailiwick.call, "note_verify", note=note, keys=keys)
    return verified
