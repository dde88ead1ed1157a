"""Checkpoints and proofs against pymerkle, a tree that we did not write."""

from __future__ import annotations

import json
from pathlib import Path

import bailiwick
import pymerkle  # type: ignore[import-untyped]
import pytest
from bailiwick.log import SignedLog

FIXTURES = Path(__file__).parents[3] / "policy-fixtures" / "audit"
SIGNER = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
LINES = (FIXTURES / "intact.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)


def signed(count: int, previous: str | None = None) -> SignedLog:
    log = "".join(LINES[:count])
    return bailiwick.audit_checkpoint(log, [SIGNER], previous=previous)


def tree(count: int) -> pymerkle.InmemoryTree:
    theirs = pymerkle.InmemoryTree(algorithm="sha256")
    for line in LINES[:count]:
        record = line.split('"record":', 1)[1].rstrip("\n")[:-1]
        theirs.append_entry(record.encode())
    return theirs


def raw(digest: str | None) -> bytes:
    assert digest is not None
    return bytes.fromhex(digest.removeprefix("sha256:"))


@pytest.mark.parametrize("count", range(1, len(LINES) + 1))
def test_roots_and_inclusion_proofs_are_theirs(count: int) -> None:
    theirs, ours = tree(count), signed(count)
    root = raw(ours["root"])
    assert root == theirs.get_root()
    for index in range(count):
        proof = bailiwick.audit_prove("".join(LINES), ours["checkpoint"], index=index)
        path = [raw(proof["entry_hash"]), *map(raw, proof["hashes"])]
        their_proof = theirs.prove_inclusion(index + 1, count)
        assert path == their_proof.path
        pymerkle.verify_inclusion(path[0], root, their_proof, index=index + 1, size=count)


def test_a_log_that_continues_is_proved_and_one_that_shrinks_is_refused() -> None:
    old = signed(5)["checkpoint"]
    new = signed(12, previous=old)["checkpoint"]

    def valid(hashes: list[str]) -> bool:
        report = bailiwick.audit_check_proof([KEY], hashes=hashes, previous=old, checkpoint=new)
        return report["valid"]

    assert valid(bailiwick.audit_prove("".join(LINES), new, previous=old)["hashes"])
    assert not valid([])
    with pytest.raises(bailiwick.PolicyError) as refused:
        signed(7, previous=new)
    assert refused.value.code == "log_shrunk"


def test_a_proof_stands_alone_and_a_note_tells_who_signed_it() -> None:
    note = signed(12)["checkpoint"]
    proof = bailiwick.audit_prove("".join(LINES), note, index=3)["proof"]
    assert proof is not None
    entry = json.loads(LINES[3])["entry_hash"]
    report = bailiwick.audit_check_proof([KEY], proof=proof, entry_hash=entry)
    assert (report["valid"], report["index"]) == (True, 3)
    other = json.loads(LINES[4])["entry_hash"]
    report = bailiwick.audit_check_proof([KEY], proof=proof, entry_hash=other)
    assert report["code"] == "proof_invalid"
    assert bailiwick.note_verify(note, [KEY])["signed_by"][0]["name"] == "PeterNeumann"
    assert bailiwick.note_verify(note.replace("12", "13"), [KEY])["code"] == "signature_invalid"
