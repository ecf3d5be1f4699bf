"""What octets made to hurt can cost: time grows with the size of a message, and what is remembered is bounded."""

import time
import tracemalloc
from collections.abc import Callable
from contextlib import suppress

import pytest

from megaco import DecodeError, decode, decode_header
from megaco.binary import Dictionary, explained

from .ber import END_OF_CONTENTS, indefinite, tlv
from .octets import (
    NUMBER,
    OPAQUE,
    SIGNAL,
    TERMINATION,
    TERMINATIONS,
    acknowledged,
    events,
    message,
    modify,
    parameter,
    pending,
    request,
    signals,
    state,
    subtract,
    transactions,
)

_SIZES = (16_384, 131_072, 1_048_000)
_MOST = 25.0
"""Times as long for eight times the octets: what is linear takes eight times, what is quadratic sixty-four."""
_TOO_SHORT = 0.004
"""Seconds of which nothing can be told."""
_UNKNOWN = b"\xbe\x80"
_SMALL = b"\x9e\0"
_ERROR_TEXT = tlv(0x80, b"\1\xf4")
_LINE = tlv(0x80, b"\0\0\xb0\x0c")


def _local(lines: bytes) -> bytes:
    remote = tlv(0xA1, tlv(0xA0, tlv(0x30, lines)))
    return modify(tlv(0xA0, tlv(0xA1, tlv(0xA0, remote))))


def _nested(size: int) -> bytes:
    """Return values of definite length, each in the one before."""
    count = size // 6
    return b"".join(b"\xbe\x84" + (6 * (count - index - 1)).to_bytes(4, "big") for index in range(count))


def _segments(size: int) -> bytes:
    """Return segments in segments, thirty deep, the innermost of many."""
    inner = tlv(0x04, b"x") * (size // 3)
    for _ in range(29):
        inner = tlv(0x24, inner)
    return inner


_HOSTILE: dict[str, Callable[[int], bytes]] = {
    "nested without length": lambda size: transactions(pending(_UNKNOWN * (size // 4) + END_OF_CONTENTS * (size // 4))),
    "nested without end": lambda size: transactions(pending(_UNKNOWN * (size // 2))),
    "nested by tags": lambda size: b"\x30\x80" + b"\xa1\x80" * (size // 2),
    "ends": lambda size: transactions(pending(_UNKNOWN + END_OF_CONTENTS * (size // 2))),
    "ends alone": lambda size: transactions(pending(END_OF_CONTENTS * (size // 2))),
    "nested": lambda size: transactions(pending(_nested(size))),
    "nested in one without length": lambda size: transactions(pending(_UNKNOWN + _nested(size) + END_OF_CONTENTS)),
    "deep and wide, then wrong": lambda size: transactions(
        pending(_UNKNOWN * 190 + _SMALL * (size // 2) + END_OF_CONTENTS * 190 + b"\x30\0")
    ),
    "extensions": lambda size: transactions(pending(_SMALL * (size // 2))),
    "extensions without length": lambda size: transactions(pending((_UNKNOWN + END_OF_CONTENTS) * (size // 4))),
    "extensions of long tags": lambda size: transactions(pending(b"\x9f\x81\x01\0" * (size // 4))),
    "an extension of a tag without end": lambda size: transactions(pending(b"\x9f" + b"\x81" * size)),
    "elements without length": lambda size: acknowledged(tlv(0x30, NUMBER, form=indefinite) * (size // 7)),
    "elements": lambda size: acknowledged(tlv(0x30, NUMBER) * (size // 5)),
    "long integers": lambda size: acknowledged(tlv(0x30, tlv(0x80, b"\0\1")) * (size // 6)),
    "an integer": lambda size: acknowledged(tlv(0x30, tlv(0x80, b"\1" * size))),
    "a long integer": lambda size: acknowledged(tlv(0x30, tlv(0x80, bytes(size) + b"\1"))),
    "segments": lambda size: message(tlv(0xA0, _ERROR_TEXT, tlv(0xA1, tlv(0x04) * (size // 2)))),
    "segments of segments": lambda size: message(tlv(0xA0, _ERROR_TEXT, tlv(0xA1, _segments(size)))),
    "bits": lambda size: subtract(tlv(0x80, b"\0" + b"\xff" * (size // 8))),
    "segments of bits": lambda size: subtract(tlv(0xA0, tlv(0x03, b"\0\xff") * (size // 4))),
    "values": lambda size: state(tlv(0x30, OPAQUE, tlv(0xA1, tlv(0x04) * (size // 2)))),
    "bare values": lambda size: signals(SIGNAL, tlv(0xA6, parameter(b"\0\1", b"x") * (size // 11))),
    "parameters": lambda size: events(
        OPAQUE, tlv(0xA3, b"".join(parameter((one % 65_536).to_bytes(2, "big")) for one in range(size // 8)))
    ),
    "bare lines": lambda size: _local(tlv(0x30, _LINE, tlv(0xA1, tlv(0x04, b"x"))) * (size // 13)),
    "a line": lambda size: _local(tlv(0x30, _LINE, tlv(0xA1, tlv(0x04, tlv(0x16, b"x" * size))))),
    "terminations": lambda size: request(tlv(0xA2, tlv(0xA0, TERMINATION * (size // 8)), tlv(0xA1))),
    "wildcards": lambda size: request(
        tlv(0xA3, tlv(0xA0, tlv(0x30, tlv(0xA0, tlv(0x04, b"\x47") * (size // 3)), tlv(0x81, b"\0abc"))))
    ),
    "commands": lambda size: request(*[tlv(0xA2, TERMINATIONS, tlv(0xA1))] * (size // 20)),
}


def _decoded(octets: bytes) -> None:
    """Decode with all that can be asked for: what deviates is told."""
    with suppress(DecodeError):
        decode(octets, on_deviation=lambda _: None)


def _seconds(call: Callable[[], object]) -> float:
    """Return how long a call takes, at best of three."""
    taken = []
    for _ in range(3):
        start = time.process_time()
        call()
        taken.append(time.process_time() - start)
        if taken[-1] > 0.2:
            break
    return min(taken)


def _grows(read: Callable[[bytes], object], make: Callable[[int], bytes]) -> None:
    """Check that eight times the octets do not take much more than eight times as long."""
    before = 0.0
    for size in _SIZES:
        octets = make(size)
        seconds = _seconds(lambda octets=octets: read(octets))  # type: ignore[misc]  # mypy knows no such default
        assert before < _TOO_SHORT or seconds < _MOST * before, f"{len(octets)} octets: {before:.3f} s, {seconds:.3f} s"
        before = seconds


@pytest.mark.parametrize("name", _HOSTILE)
def test_decoding_is_linear(name: str) -> None:
    """From 16 KB to 1 MB."""
    _grows(_decoded, _HOSTILE[name])


@pytest.mark.parametrize(
    "name", ["nested without length", "nested by tags", "deep and wide, then wrong", "extensions without length"]
)
def test_looking_for_the_header_is_linear(name: str) -> None:
    """Of the whole message, and of one that is cut."""

    def read(octets: bytes) -> None:
        for part in (octets, octets[: len(octets) // 2]):
            with suppress(DecodeError):
                decode_header(part)

    _grows(read, _HOSTILE[name])


@pytest.mark.parametrize("name", ["nested without length", "deep and wide, then wrong", "extensions without length"])
def test_explaining_is_linear(name: str) -> None:
    """A line a value, in the time that the values take."""
    _grows(lambda octets: sum(1 for _ in explained(octets)), _HOSTILE[name])


def test_what_is_remembered_is_bounded() -> None:
    """A peer that uses ever new names, parameters, ids and values does not fill the memory."""
    dictionary = Dictionary()
    for number in range(5):
        decode(_new_names(number), dictionary=dictionary)
    tracemalloc.start()
    try:
        for number in range(5, 25):
            decode(_new_names(number), dictionary=dictionary)
        kept, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert kept < 2_000_000, f"{kept} octets for 20 messages"


def _new_names(number: int) -> bytes:
    """Return a message in which an event, its parameters and their values are like in no other number's."""
    name = tlv(0x80, b"\x90\1" + number.to_bytes(2, "big"))
    rows = [parameter(index.to_bytes(2, "big"), number.to_bytes(4, "big")) for index in range(2000)]
    known = [parameter(b"\0\1", (2000 * number + index).to_bytes(4, "big")) for index in range(2000)]
    asked = [tlv(0x30, name, tlv(0xA3, *rows)), tlv(0x30, tlv(0x80, b"\0\x09\0\4"), tlv(0xA3, *known))]
    return modify(tlv(0xA3, NUMBER, tlv(0xA1, *asked)))
