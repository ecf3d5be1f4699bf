"""Messages that nobody of this project wrote: more than seventeen hundred, labelled valid, invalid or disputed.

The corpus is third-party material and lies beside the project, not in it; without it these tests are skipped.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from megaco import ENCODINGS, DecodeError, Message, decode, decode_header, encode, from_json, to_json

_CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus" / "messages.jsonl"

pytestmark = pytest.mark.skipif(not _CORPUS.is_file(), reason="the corpus is not beside the project")

_TAKEN_THOUGH_INVALID: dict[str, str] = {}
"""id -> why the strict decoder takes a message that the corpus calls invalid."""

_VALID = 1152
"""Valid messages in text; strict decoding takes every one."""

_REFUSED_THOUGH_OTP_TAKES_IT = {
    "text/disputed/d0055.txt": "a request without TransactionID, from a test of OTP's parser: nobody could answer it",
}
"""id -> why decoding refuses, with every allowance, a disputed message that OTP's decoder takes."""


@cache
def _rows(label: str) -> list[dict[str, Any]]:
    rows = map(json.loads, _CORPUS.read_text("utf-8").splitlines())
    return [row for row in rows if row["label"] == label and "text" in row]


def _decoded(text: str, *, strict: bool) -> Message | None:
    """Return the message or None; anything but a DecodeError fails the test."""
    try:
        return decode(text, strict=strict)
    except DecodeError:
        return None


def _taken(label: str, *, strict: bool) -> dict[str, Message]:
    found = ((row["id"], _decoded(row["text"], strict=strict)) for row in _rows(label))
    return {name: message for name, message in found if message is not None}


@pytest.mark.parametrize("label", ["valid", "invalid", "disputed"])
def test_what_is_taken_comes_back(label: str) -> None:
    """Every message either raises DecodeError or round-trips in both layouts and in JSON."""
    for name, message in _taken(label, strict=False).items():
        for layout in ENCODINGS:
            assert decode(encode(message, layout)) == message, name
        assert from_json(to_json(message)) == message, name


def test_invalid_messages_are_refused() -> None:
    """Strict decoding takes no message that is labelled invalid, but for those listed with a reason."""
    assert set(_taken("invalid", strict=True)) == set(_TAKEN_THOUGH_INVALID)


def test_valid_messages_are_taken() -> None:
    """Strict decoding takes every valid message, and so does the default."""
    every = {row["id"] for row in _rows("valid")}
    assert len(every) == _VALID
    assert set(_taken("valid", strict=True)) == set(_taken("valid", strict=False)) == every


def test_strict_decoding_differs_by_allowances_only() -> None:
    """A valid message uses no allowance: with all of them it gives the same tree."""
    assert _taken("valid", strict=True) == _taken("valid", strict=False)


def test_disputed_messages_that_otp_takes_are_taken() -> None:
    """The default takes every disputed message that OTP's decoder takes, but for those listed with a reason."""
    rows = [row["id"] for row in _rows("disputed") if row.get("erlang", {}).get("ok")]
    assert len(rows) > len(_REFUSED_THOUGH_OTP_TAKES_IT)
    assert set(rows) - set(_taken("disputed", strict=False)) == set(_REFUSED_THOUGH_OTP_TAKES_IT)


def test_valid_messages_can_be_answered() -> None:
    """The header of every valid message is read, whether or not the rest is."""
    for row in _rows("valid"):
        assert decode_header(row["text"]).version in (1, 2, 3), row["id"]
