"""Numbers and structures of SCTP, and messages from pieces."""

import re
import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from megaco.transport import TransportCounters, sctp_api
from megaco.transport.sctp_api import Received, event_option, is_end, receive_info, send_info
from megaco.transport.sctp_assembly import Assembly

_HEADER = Path("/usr/include/linux/sctp.h")


def test_the_information_to_send() -> None:
    """``struct sctp_sndinfo``: the payload identifier in network order, the others as the machine has them."""
    ((level, kind, octets),) = send_info(stream=3)
    assert (level, kind) == (132, 2)
    assert octets == struct.pack("=HH", 3, 0) + b"\0\0\0\7" + bytes(8)
    assert send_info(payload=0x01020304)[0][2][4:8] == b"\1\2\3\4"


def test_the_information_received() -> None:
    """``struct sctp_rcvinfo``, among other ancillary data; None where there is none, or not all of it."""
    info = struct.pack("=HHHxx", 3, 9, 0) + b"\0\0\0\7" + struct.pack("=IIIi", 1, 2, 3, 42)
    assert len(info) == 28
    assert receive_info([(132, 1, b""), (132, 3, info)]) == Received(3, 7, 42)
    assert receive_info([]) is None
    assert receive_info([(132, 3, info[:27])]) is None
    assert receive_info([(41, 3, info)]) is None
    assert receive_info([(132, 2, info)]) is None


def test_notifications() -> None:
    """``struct sctp_event`` asks for them; of the association changes three are an end, and nothing else is."""
    assert event_option(0x8001) == struct.pack("=iHBx", 2, 0x8001, 1)

    def change(kind: int, state: int) -> bytes:
        return struct.pack("=HHIHHHHi", kind, 0, 20, state, 0, 1, 1, 5)

    assert [is_end(change(0x8001, state)) for state in range(6)] == [False, True, False, True, True, False]
    assert not is_end(change(0x8002, 1))
    assert not is_end(change(0x8001, 1)[:19])
    assert not is_end(b"")
    assert is_end(change(0x8001, 1) + b"more")


@given(st.binary(max_size=40), st.lists(st.tuples(st.integers(0, 200), st.integers(0, 4), st.binary(max_size=40))))
def test_any_octets_are_read(octets: bytes, ancillary: list[tuple[int, int, bytes]]) -> None:
    """Whatever came, nothing is raised."""
    assert is_end(octets) in (True, False)
    receive_info(ancillary)


@pytest.mark.skipif(not _HEADER.exists(), reason="the header is not installed")
def test_numbers_are_those_of_the_header() -> None:
    """As far as the header has them as plain numbers."""
    text = _HEADER.read_text()
    for name in ("SCTP_NODELAY", "SCTP_RECVRCVINFO", "SCTP_EVENT", "SCTP_ALL_ASSOC"):
        assert int(re.findall(rf"#define {name}\s+(\d+)", text)[0]) == getattr(sctp_api, name)
    assert int(re.findall(r"MSG_NOTIFICATION = (0x\d+)", text)[0], 16) == sctp_api.MSG_NOTIFICATION
    kinds = re.findall(r"^\s+(SCTP_\w+),", text.split("typedef enum sctp_cmsg_type")[1].split("}")[0], re.MULTILINE)
    assert kinds.index("SCTP_SNDINFO") == sctp_api.SCTP_SNDINFO
    assert kinds.index("SCTP_RCVINFO") == sctp_api.SCTP_RCVINFO
    states = re.findall(r"^\s+(SCTP_\w+),", text.split("enum sctp_sac_state")[1].split("}")[0], re.MULTILINE)
    for name in ("SCTP_COMM_LOST", "SCTP_SHUTDOWN_COMP", "SCTP_CANT_STR_ASSOC"):
        assert states.index(name) == getattr(sctp_api, name)


# ---------------------------------------------------------------------------------------------------------- assembly


def _assembly(most_octets: int = 100) -> tuple[Assembly, TransportCounters]:
    counters = TransportCounters()
    return Assembly(most_octets, counters), counters


_H248, _NONE, _OTHER = Received(0, 7, 1), Received(0, 0, 1), Received(0, 3, 1)


@given(st.lists(st.binary(min_size=1, max_size=20), min_size=1, max_size=5))
def test_pieces_become_one_message(pieces: list[bytes]) -> None:
    """Those before the last give nothing; the next message begins anew."""
    assembly, _ = _assembly()
    for _ in range(2):
        for piece in pieces[:-1]:
            assert assembly.add(piece, _H248, is_end=False) is None
            assert assembly.is_partial
        assert assembly.add(pieces[-1], _H248, is_end=True) == b"".join(pieces)
        assert not assembly.is_partial


def test_payloads() -> None:
    """H.248's, none, and what the system does not tell are taken; others are dropped whole, and counted once."""
    assembly, counters = _assembly()
    for info in (_H248, _NONE, None):
        assert assembly.add(b"x", info, is_end=True) == b"x"
    assert assembly.add(b"x", _OTHER, is_end=False) is None
    assert assembly.add(b"x", _H248, is_end=True) is None
    assert assembly.add(b"y", _H248, is_end=True) == b"y"
    assert counters == TransportCounters(foreign_payloads=1)


def test_too_long_a_message() -> None:
    """It is dropped whole, counted once, and what is held of it never exceeds the limit."""
    assembly, counters = _assembly(100)
    for _ in range(50):
        assert assembly.add(b"x" * 30, _H248, is_end=False) is None
        assert len(assembly._octets) <= 100
    assert assembly.add(b"x", _H248, is_end=True) is None
    assert assembly.add(b"x" * 100, _H248, is_end=True) == b"x" * 100
    assert counters == TransportCounters(overlong=1)
