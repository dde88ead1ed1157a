"""Clients that nobody here wrote verify what is signed here, and refuse it once it is changed."""

from __future__ import annotations

import base64
import copy
import hashlib
import json
from pathlib import Path
from typing import Any

import bailiwick
import pytest
import rfc8785
from google.protobuf import json_format
from in_toto_attestation.predicates.provenance.v1 import provenance_pb2
from in_toto_attestation.v1 import statement_pb2
from in_toto_attestation.v1.statement import Statement
from securesystemslib.dsse import Envelope
from securesystemslib.exceptions import VerificationError
from securesystemslib.signer import Key, SSlibKey

CONFORMANCE = Path(__file__).parents[3] / "policy-fixtures" / "conformance" / "provenance.json"


def signed() -> bailiwick.SignedProvenance:
    """Signs the record of the first conformance case by the two keys that stand there."""
    case = json.loads(CONFORMANCE.read_text("utf-8"))[0]
    return bailiwick.provenance_sign(**case["input"])


SIGNED = signed()
ENVELOPES: list[dict[str, Any]] = [json.loads(line) for line in SIGNED["bundle"].splitlines()]


def keys() -> list[Key]:
    """The keys as a client knows them: its keyid is the SHA-256 of the raw public key."""
    found: list[Key] = []
    for text in SIGNED["public_keys"]:
        raw = base64.b64decode(text, validate=True)
        keyid = hashlib.sha256(raw).hexdigest()
        found.append(SSlibKey(keyid, "ed25519", "ed25519", {"public": raw.hex()}))
    return found


def payload(envelope: dict[str, Any]) -> bytes:
    return base64.b64decode(envelope["payload"], validate=True)


@pytest.mark.parametrize("envelope", ENVELOPES)
def test_securesystemslib_verifies_both_signatures(envelope: dict[str, Any]) -> None:
    accepted = Envelope.from_dict(copy.deepcopy(envelope)).verify(keys(), 2)
    assert sorted(accepted) == sorted(SIGNED["key_ids"])


@pytest.mark.parametrize("envelope", ENVELOPES)
def test_securesystemslib_refuses_what_was_changed(envelope: dict[str, Any]) -> None:
    edited = json.loads(payload(envelope))
    edited["predicate"]["runDetails"]["builder"]["id"] = "urn:example:another"
    text = base64.b64encode(rfc8785.dumps(edited)).decode()
    for change in ({"payload": text}, {"payloadType": "application/json"}):
        with pytest.raises(VerificationError):
            Envelope.from_dict(copy.deepcopy({**envelope, **change})).verify(keys(), 1)
        bundle = json.dumps({**envelope, **change})
        ours = bailiwick.provenance_verify(bundle, SIGNED["public_keys"])
        assert not ours["verified"]


@pytest.mark.parametrize("envelope", ENVELOPES)
def test_in_toto_reads_statement_and_predicate_strictly(envelope: dict[str, Any]) -> None:
    text = payload(envelope).decode()
    read = json_format.Parse(text, statement_pb2.Statement())
    Statement.copy_from_pb(read).validate()
    predicate = json_format.Parse(
        json.dumps(json.loads(text)["predicate"]), provenance_pb2.Provenance()
    )
    assert predicate.run_details.metadata.invocation_id == "run_01jz"
    assert predicate.run_details.metadata.started_on.ToJsonString() == "2026-07-04T03:12:03Z"
    sizes = [
        product.annotations["size"]
        for product in predicate.run_details.byproducts
        if product.name == "audit_checkpoint"
    ]
    assert sizes == ["7"]


@pytest.mark.parametrize("envelope", ENVELOPES)
def test_payloads_are_canonical_json(envelope: dict[str, Any]) -> None:
    assert rfc8785.dumps(json.loads(payload(envelope))) == payload(envelope)


def test_an_envelope_that_securesystemslib_signed_is_verified_here() -> None:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from securesystemslib.signer import CryptoSigner

    seed = bytes(range(32))
    private = Ed25519PrivateKey.from_private_bytes(seed)
    raw = private.public_key().public_bytes_raw()
    theirs = SSlibKey("theirs", "ed25519", "ed25519", {"public": raw.hex()})
    envelope = Envelope(payload(ENVELOPES[0]), "application/vnd.in-toto+json", {})
    envelope.sign(CryptoSigner(private, theirs))
    bundle = json.dumps(envelope.to_dict())
    report = bailiwick.provenance_verify(bundle, [base64.b64encode(raw).decode()])
    assert report["problems"] == []
    assert report["verified"]
