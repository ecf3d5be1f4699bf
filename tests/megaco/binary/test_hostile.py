"""Whatever octets a message is made into, decoding gives a DecodeError or a tree that binary carries, or says why not.

Every message file that binary can carry is cut at every octet, has every bit flipped, and lengths that lie.
"""

from collections.abc import Iterator
from contextlib import suppress

import pytest

from megaco import DecodeError, EncodeError, decode, decode_header, encode

from .ber import offsets
from .octets import fixtures

_FIXTURES = fixtures()
_EVERY = [pytest.param(octets, id=name) for name, octets in _FIXTURES.items()]
_CODES = {400, 403, 406, 410, 422, 442}


def _taken(octets: bytes) -> bool:
    """Tell whether octets are a message; anything raised but the two errors fails the test."""
    header = None
    try:
        header = decode_header(octets)
    except DecodeError as error:
        _check(error, octets)
    try:
        message = decode(octets)
    except DecodeError as error:
        _check(error, octets)
        return False
    assert header == (message.version, message.mid)
    with suppress(EncodeError):
        again = encode(message, "binary")
        assert encode(decode(again), "binary") == again
    return True


def _check(error: DecodeError, octets: bytes) -> None:
    """An error can be told to the far end, and its place lies in the message."""
    assert error.code in _CODES
    assert 0 <= error.offset <= len(octets)
    assert str(error).startswith(f"@{error.offset}: error[{error.code}]: ")


@pytest.mark.parametrize("octets", _EVERY)
def test_truncation_at_each_octet(octets: bytes) -> None:
    """No beginning of a message is one."""
    for end in range(1, len(octets)):
        assert not _taken(octets[:end]), end


@pytest.mark.parametrize("octets", _EVERY)
def test_a_cut_message_has_its_header(octets: bytes) -> None:
    """Of a message cut behind its mId, as a datagram may be, the header is known."""
    whole = decode_header(octets)
    behind = next(end for end in range(len(octets)) if _has_header(octets[:end]))
    for end in range(behind, len(octets)):
        assert decode_header(octets[:end]) == whole


def _has_header(octets: bytes) -> bool:
    try:
        decode_header(octets)
    except DecodeError:
        return False
    return True


@pytest.mark.parametrize("octets", _EVERY)
def test_flipped_bits(octets: bytes) -> None:
    """Each bit in turn is another."""
    for changed in _flipped(octets):
        _taken(changed)


def _flipped(octets: bytes) -> Iterator[bytes]:
    for at in range(1, len(octets)):  # another first octet is no message in binary
        for bit in range(8):
            yield octets[:at] + bytes([octets[at] ^ 1 << bit]) + octets[at + 1 :]


@pytest.mark.parametrize("octets", _EVERY)
def test_lengths_that_lie(octets: bytes) -> None:
    """Every length octet is another: none, less, more, much more, left out, in the long form."""
    for changed in _lies(octets):
        _taken(changed)


def _lies(octets: bytes) -> Iterator[bytes]:
    for index, (_, at, contents) in enumerate(offsets(octets)):
        length = octets[at]
        lies = [b"\0", b"\x7f", b"\x80", bytes([length + 1 & 0xFF]), bytes([length - 1 & 0xFF])]
        more = [b"\1", b"\x81\0", b"\x81\xff", b"\x82\xff\xff", b"\x84\xff\xff\xff\xff", b"\x88" + b"\xff" * 8, b"\xff"]
        for lie in (*lies, more[index % len(more)]):
            yield octets[:at] + lie + octets[contents if len(lie) > 1 else at + 1 :]


@pytest.mark.parametrize("octets", _EVERY)
def test_octets_dropped_doubled_and_between(octets: bytes) -> None:
    """An octet more or less, anywhere; of those that come between, the ones that BER has a meaning for."""
    for at in range(1, len(octets)):
        _taken(octets[:at] + octets[at + 1 :])
        if at % 2:
            _taken(octets[:at] + (b"\0", b"\0\0", b"\x80", b"\xff")[at // 2 % 4] + octets[at:])
