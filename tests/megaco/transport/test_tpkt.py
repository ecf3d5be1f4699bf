"""TPKT frames, however the stream is cut."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from megaco.transport.tpkt import Deframer, FrameError, frame


def _take_all(deframer: Deframer) -> list[bytes]:
    taken = []
    while (message := deframer.take()) is not None:
        taken.append(message)
    return taken


def test_a_frame_to_the_letter() -> None:
    """Version 3, a zero, the length of all in network order (RFC 1006 clause 6)."""
    assert frame(b"!/1") == b"\x03\x00\x00\x07!/1"
    assert frame(b"x" * 65_531)[:4] == b"\x03\x00\xff\xff"
    with pytest.raises(FrameError, match="a message of 65532 octets; a TPKT carries 65531"):
        frame(b"x" * 65_532)


@given(st.lists(st.binary(min_size=1, max_size=300), max_size=8), st.lists(st.integers(1, 50), min_size=1))
def test_messages_come_out_as_they_went_in(messages: list[bytes], cuts: list[int]) -> None:
    """However the stream is cut into pieces, nothing is lost, joined or moved."""
    stream = b"".join(map(frame, messages))
    deframer, taken, turn = Deframer(), [], 0
    while stream:
        piece, stream = stream[: cuts[turn % len(cuts)]], stream[cuts[turn % len(cuts)] :]
        deframer.feed(piece)
        taken += _take_all(deframer)
        turn += 1
    assert taken == messages
    assert deframer.octets_held == 0
    assert not deframer.is_ready


def test_the_reserved_octet_and_empty_frames() -> None:
    """What is in the reserved octet is nobody's business; a frame without message is a sign of life."""
    deframer = Deframer()
    deframer.feed(b"\x03\x00\x00\x04" * 3 + b"\x03\xff\x00\x05x" + b"\x03\x00\x00\x04")
    assert _take_all(deframer) == [b"x"]
    assert deframer.empty_frames == 4


@pytest.mark.parametrize(
    ("octets", "words"),
    [
        (b"\x02", "version 2; a TPKT has 3"),
        (b"!/1 a", "version 33; a TPKT has 3"),
        (b"\x03\x00\x00\x03", "a frame of 3 octets; allowed: 4 to 104"),
        (b"\x03\x00\x00\x00", "a frame of 0 octets; allowed: 4 to 104"),
        (b"\x03\x00\x00\x69", "a frame of 105 octets; allowed: 4 to 104"),
        (b"\x03\x00\xff\xff", "a frame of 65535 octets; allowed: 4 to 104"),
    ],
)
def test_a_header_that_lies(octets: bytes, words: str) -> None:
    """It is known at the first octet that shows it, and for good; what came whole before it is taken."""
    deframer = Deframer(most_octets=100)
    deframer.feed(frame(b"x") + octets)
    assert deframer.take() == b"x"
    for _ in range(2):
        assert deframer.is_ready
        with pytest.raises(FrameError, match=words):
            deframer.take()
        deframer.feed(frame(b"y"))


@given(st.binary(max_size=200))
def test_nothing_else_is_raised(octets: bytes) -> None:
    """Any octets are messages, part of one, or a FrameError."""
    deframer = Deframer()
    deframer.feed(octets)
    try:
        taken = _take_all(deframer)
    except FrameError:
        return
    assert sum(map(len, taken)) <= len(octets)


def test_one_octet_at_a_time_costs_no_more() -> None:
    """The time for a stream in single octets grows with its length, not with the square of it."""

    def seconds(message: bytes) -> float:
        stream, deframer, taken = frame(message), Deframer(), 0
        begin = time.process_time()
        for position in range(len(stream)):
            deframer.feed(stream[position : position + 1])
            taken += len(deframer.take() or b"")
        assert taken == len(message)
        return time.process_time() - begin

    short = min(seconds(b"x" * 4_000) for _ in range(3))
    long = min(seconds(b"x" * 64_000) for _ in range(3))
    assert long < short * 16 * 5


def test_many_frames_at_once_cost_no_more() -> None:
    """The time for many small frames fed at once grows with their number."""

    def seconds(count: int) -> float:
        deframer = Deframer()
        deframer.feed(frame(b"x") * count)
        begin = time.process_time()
        assert len(_take_all(deframer)) == count
        return time.process_time() - begin

    short = min(seconds(2_000) for _ in range(3))
    long = min(seconds(64_000) for _ in range(3))
    assert long < short * 32 * 5
