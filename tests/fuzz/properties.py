"""What holds of the codec for any octets: asked by the fuzzers, and by the test of past finds without atheris."""

import re
from typing import NamedTuple

from megaco import DecodeError, Deviation, Message, allowances, decode, decode_header
from megaco.binary import explained
from megaco.codec import is_binary

from .trees import check_binary, check_json, check_text

CODES = frozenset({400, 403, 406, 410, 422, 442, 448, 456})
"""Of H.248.8, that decoding can give."""
_READ_OTHERWISE = "whole-number"
"""The one allowance without which a value is not refused but read as another."""
_CHANGED = frozenset({"bare-values", "other-type", "whole-number", "direction-both", "eight-bit-string"})
"""Allowances of what is written back in other octets, or cannot be."""
_LINE_END = re.compile(rb"\r\n|\r|\n")


class Verdict(NamedTuple):
    """What decoding says of some octets."""

    message: Message | None
    allowances: frozenset[str]
    """Made use of."""
    error: str
    """Printed; "" where there is a message."""


def check(data: bytes) -> None:
    """Raise AssertionError, or what the codec raised, where one of the properties does not hold of these octets."""
    verdict = verdict_of(data)
    assert verdict_of(data) == verdict, "the second time, when words and headers are remembered, it is read otherwise"
    strict = verdict_of(data, frozenset())
    refused = verdict.allowances - {_READ_OTHERWISE}
    assert (strict.message is None) == (verdict.message is None or bool(refused)), "strict decoding disagrees"
    assert verdict.allowances or strict.message == verdict.message, "strict decoding gives another message"
    if verdict.allowances:
        assert verdict_of(data, verdict.allowances) == verdict, "the allowances named are not those made use of"
    _check_header(data, verdict.message)
    if verdict.message is not None:
        _check_message(data, verdict.message, verdict.allowances)
    if strict.message is not None and strict.message != verdict.message:
        _check_message(data, strict.message, frozenset())
    if is_binary(data):
        assert all(line.startswith("@") for line in explained(data)), "what is explained has no offset"


def _check_message(data: bytes, message: Message, allowed: frozenset[str]) -> None:
    check_json(message)
    check_text(message, is_from_text=not is_binary(data), is_strict=not allowed)
    check_binary(message, is_from_binary=is_binary(data), is_as_it_was=not allowed & _CHANGED)


def verdict_of(data: bytes, allow: frozenset[str] | None = None) -> Verdict:
    """Decode; anything raised but a DecodeError that can be told to the far end goes through."""
    deviations: list[Deviation] = []
    try:
        message = decode(data, allow=allow, on_deviation=deviations.append)
    except DecodeError as error:
        _check_error(error, data)
        return Verdict(None, frozenset(), str(error))
    for deviation in deviations:
        _check_deviation(deviation, data)
    names = frozenset(deviation.allowance for deviation in deviations)
    return Verdict(message, names & allowances().keys(), "")  # what is left out for being unknown is always taken


def _check_header(data: bytes, message: Message | None) -> None:
    try:
        header = decode_header(data)
    except DecodeError as error:
        _check_error(error, data)
        assert message is None, "a message without header"
        return
    assert message is None or header == (message.version, message.mid), "the header is another than the message's"


def _check_error(error: DecodeError, data: bytes) -> None:
    """An error has a code that can be answered with, and its place lies in the message."""
    assert error.code in CODES, error.code
    assert 0 <= error.offset <= len(data), error.offset
    assert str(error).startswith(f"{error.place}: error[{error.code}]: "), str(error)
    assert not is_binary(data) or error.line is error.column is None, error.place
    if error.line is not None and error.column is not None:
        lines = _LINE_END.split(data[: error.offset])
        assert (error.line, error.column) == (len(lines), len(lines[-1]) + 1), error.place


def _check_deviation(deviation: Deviation, data: bytes) -> None:
    """A deviation lies in the message: at an offset of the octets, or at a column of a line."""
    if is_binary(data):
        assert deviation.offset is not None
        assert 0 <= deviation.offset < len(data), deviation.offset
        return
    assert deviation.line is not None
    assert deviation.column is not None
    lines = _LINE_END.split(data)
    assert 1 <= deviation.line <= len(lines), deviation.line
    assert 1 <= deviation.column <= len(lines[deviation.line - 1]) + 1, deviation.column
