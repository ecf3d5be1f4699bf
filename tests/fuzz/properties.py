"""What holds of the text codec for any octets: asked by the fuzzer, and by the test of past finds without atheris."""

import re
from typing import NamedTuple

from megaco import DecodeError, Deviation, EncodeError, Message, decode, decode_header, encode, from_json, to_json
from megaco.message import Octets

CODES = frozenset({400, 403, 406, 422, 442, 448, 456})
"""Of H.248.8, that decoding can give."""
_LINE_END = re.compile(rb"\r\n|\r|\n")
_COMMENT = re.compile(rb";[\t -~]*")
"""Without the end of its line. SDP can be one where no line ends behind it; elsewhere the brace before absorbs it."""


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
    assert strict.message == (None if verdict.allowances else verdict.message), "strict decoding disagrees"
    if verdict.allowances:
        assert verdict_of(data, verdict.allowances) == verdict, "the allowances named are not those made use of"
    _check_header(data, verdict.message)
    if verdict.message is not None:
        check_message(verdict.message, is_strict=strict.message is not None)


def verdict_of(data: bytes, allow: frozenset[str] | None = None) -> Verdict:
    """Decode; anything raised but a DecodeError that can be told to the far end goes through."""
    deviations: list[Deviation] = []
    try:
        message = decode(data, allow=allow, on_deviation=deviations.append)
    except DecodeError as error:
        _check_error(error, data)
        return Verdict(None, frozenset(), str(error))
    for deviation in deviations:
        assert deviation.line is not None
        assert deviation.column is not None
        _check_place(data, deviation.line, deviation.column)
    return Verdict(message, frozenset(deviation.allowance for deviation in deviations), "")


def check_message(message: Message, *, is_strict: bool) -> None:
    """A tree that was decoded goes through JSON and either layout and comes back as it was."""
    assert from_json(to_json(message)) == message, "its JSON form is another message"
    try:
        pretty, compact = encode(message, "pretty"), encode(message, "compact")
    except EncodeError as error:
        octets = _part(message, error.path)
        if isinstance(octets, Octets) and _COMMENT.fullmatch(octets):
            return
        raise
    for written in (pretty, compact):
        assert decode(written, strict=is_strict) == message, f"written as {written!r} it is another message"
    assert encode(decode(compact), "pretty") == pretty, "by way of compact it is written otherwise"
    assert encode(decode(pretty), "compact") == compact, "by way of pretty it is written otherwise"


def _part(node: object, path: str) -> object:
    """Return what an EncodeError points at."""
    for name, index in re.findall(r"\.(\w+)|\[(\d+)\]", path):
        node = getattr(node, name) if name else node[int(index)]  # type: ignore[index]  # a tuple
    return node


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
    if error.line is not None and error.column is not None:
        lines = _LINE_END.split(data[: error.offset])
        assert (error.line, error.column) == (len(lines), len(lines[-1]) + 1), error.place


def _check_place(data: bytes, line: int, column: int) -> None:
    lines = _LINE_END.split(data)
    assert 1 <= line <= len(lines), line
    assert 1 <= column <= len(lines[line - 1]) + 1, column
