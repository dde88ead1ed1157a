"""Redacting bytes as they come."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from bailiwick import Policies, PolicyError, RedactionStream, redact, verify_projection

FIXTURE = Path(__file__).parents[3] / "policy-fixtures/redaction/stream/split.json"


def text_of(pieces: list[Any]) -> bytes:
    out = b""
    for piece in pieces:
        if isinstance(piece, str):
            out += piece.encode()
        elif "hex" in piece:
            out += bytes.fromhex(piece["hex"])
        else:
            lines = (piece["text"].replace("{n}", str(n + 1)) for n in range(piece["lines"]))
            out += "".join(lines).encode()
    return out


@pytest.mark.parametrize("size", [1, 7, 4096])
def test_any_pieces_give_the_same_bytes_and_summary(size: int) -> None:
    fixture = json.loads(FIXTURE.read_text())
    text = text_of(fixture["pieces"])
    stream = RedactionStream(**fixture["options"])
    out = b"".join(stream.pipe(text[at : at + size] for at in range(0, len(text), size)))
    assert out.decode("latin-1") == "".join(fixture["output"])
    assert stream.summary == fixture["summary"]


def test_an_open_file_goes_through_a_stream() -> None:
    stream = RedactionStream(sink="log_viewer")
    file = io.BytesIO(b"one\nmail ana@shop.example\nend")
    assert b"".join(stream.pipe(file)) == b"one\nmail [REDACTED:email]\nend"
    assert stream.summary is not None
    assert stream.summary["redaction_summary"]["email_addresses"] == 1


def test_a_finished_stream_takes_nothing_more() -> None:
    with RedactionStream() as stream:
        stream.push("text")
    for call in (stream.finish, lambda: stream.push(b"x")):
        with pytest.raises(PolicyError) as caught:
            call()
        assert caught.value.code == "stream_finished"


def test_every_kind_of_bytes_is_taken_and_nothing_else() -> None:
    stream = RedactionStream()
    made = [stream.push(piece) for piece in (b"a\n", bytearray(b"b\n"), memoryview(b"c\n"), "d\n")]
    assert b"".join([*made, stream.finish()[0]]) == b"a\nb\nc\nd\n"
    with pytest.raises(TypeError):
        RedactionStream().push(7)  # type: ignore[arg-type]


def test_options_that_cannot_be_read_are_refused_without_their_values() -> None:
    with pytest.raises(PolicyError) as caught:
        RedactionStream(max_bytes="Correct Horse")  # type: ignore[arg-type]
    assert caught.value.code == "input_invalid"
    assert "Horse" not in str(caught.value)


def test_a_seal_tells_a_projection_from_any_other_text() -> None:
    key = "a key for a seal."
    made = redact("ask ana@shop.example", sink="judge_packet", seal_key=key)
    sealed = {"seal": made["seal"], "seal_key": key}
    assert verify_projection(made["text"], sink="judge_packet", **sealed)["valid"]
    assert not verify_projection(made["text"] + "!", sink="judge_packet", **sealed)["valid"]
    assert not verify_projection(made["text"], sink="log_viewer", **sealed)["valid"]


def test_a_handle_redacts_by_its_policies() -> None:
    policy = "redaction:\n  name: acme\n  version: 1\n  max_bytes: {log_viewer: 200}\n"
    made = Policies.load({"a.yaml": policy}).redact("a line\n" * 90, sink="log_viewer")
    assert made["redaction_summary"]["large_blocks_removed"] == 1
    long = "".join(f"line {number}\n" for number in range(90))
    made = Policies.load({"a.yaml": policy}).redact(long, sink="log_viewer")
    assert len(made["text"]) <= 200
