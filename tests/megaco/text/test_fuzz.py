"""Whatever the octets, decoding gives a message or a DecodeError, and reading a header likewise."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from megaco import DecodeError, Message, decode, decode_header, encode
from megaco.message import SegmentReply

from ..samples import EVERY_SAMPLE

_OCTETS = [encode(decode(sample), layout) for sample in EVERY_SAMPLE for layout in ("pretty", "compact")]


def _decoded(data: bytes) -> Message | None:
    """Return the message or None; anything but a DecodeError fails the test."""
    try:
        decode_header(data)
    except DecodeError as error:
        _check(error, data)
    try:
        return decode(data)
    except DecodeError as error:
        _check(error, data)
        return None


def _check(error: DecodeError, data: bytes) -> None:
    """An error can be told to the far end, and its place lies in the message."""
    assert error.code in {400, 403, 406, 422, 442, 448, 456}
    assert 0 <= error.offset <= len(data)
    assert str(error).startswith(error.place)


@given(st.binary(max_size=200) | st.text(max_size=100).map(str.encode))
def test_any_octets(data: bytes) -> None:
    """Arbitrary octets raise nothing but DecodeError."""
    _decoded(data)


@given(st.binary(max_size=60))
def test_any_octets_behind_a_header(data: bytes) -> None:
    """Arbitrary octets behind a good header raise nothing but DecodeError, and the header is read."""
    message = b"!/1 a " + data
    _decoded(message)
    assert decode_header(message).version == 1


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(_OCTETS), st.data())
def test_mutations(octets: bytes, data: st.DataObject) -> None:
    """A message with octets changed, cut or doubled raises nothing but DecodeError; what decodes encodes."""
    mutant = bytearray(octets)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(mutant) - 1))
        length = data.draw(st.integers(0, 3))
        mutant[at : at + length] = data.draw(
            st.sampled_from([b"", b"{", b"}", b",", b"=", mutant[at : at + 30]]) | st.binary(max_size=3)
        )
    message = _decoded(bytes(mutant))
    if message is not None:
        assert decode(encode(message, "compact")) == message


@pytest.mark.parametrize("octets", _OCTETS)
def test_truncation_at_each_offset(octets: bytes) -> None:
    """Every beginning of a message raises nothing but DecodeError; one that decodes is how the whole begins."""
    whole = decode(octets)
    for end in range(len(octets)):
        message = _decoded(octets[:end])
        if message is not None and message != whole:
            read = message.transactions
            # A segment's number closes no brace: cut short it is another number.
            read = read[:-1] if isinstance(read[-1], SegmentReply) else read
            assert read == whole.transactions[: len(read)]
