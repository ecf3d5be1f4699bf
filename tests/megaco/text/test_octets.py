"""SDP inside Local and Remote: octets that come through exactly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from megaco import DecodeError, EncodeError, Message, decode, encode
from megaco.message import AddRequest, LocalDescriptor, MediaDescriptor, Octets, StreamDescriptor
from megaco.text import LAYOUTS

from ..samples import in_add, only_command, request


def _with_sdp(octets: bytes) -> Message:
    stream = StreamDescriptor(1, local=LocalDescriptor(Octets(octets)))
    return request(AddRequest(("t",), (MediaDescriptor(streams=(stream,)),)))


def _sdp_of(data: bytes | str) -> bytes:
    return bytes(_local(decode(data)).sdp)


def _local(message: Message) -> LocalDescriptor:
    command = only_command(message)
    assert isinstance(command, AddRequest)
    assert command.media is not None
    assert command.media.streams[0].local is not None
    return command.media.streams[0].local


@pytest.mark.parametrize(
    "octets",
    [
        b"v=0\r\nc=IN IP4 $\r\nm=audio $ RTP/AVP 0\r\n",
        b"v=0\nm=audio 1 RTP/AVP 0",
        b"v=0\rs=a;b;c\r",
        b"v=0\r\n  indented\r\n\ttoo\r\n\r\n\r\n",
        b"v=0\r\n   ",
        b"s={braces {nested} }\r\n",
        b"}",
        b"}}}{{{",
        b"a\\}b",
        b"s=back\\slash \\\\ \\n",
        "s=Gr\u00fc\u00dfe \u20ac \U0001f600".encode(),
        b"s=\xff\xfe latin-1 \xe9\x80",
        b"s=\x01\x1f\x7f",
        b"",
        b"x",
    ],
)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_octets_come_through(octets: bytes, layout: str) -> None:
    """Line ends, indentation, semicolons, braces, backslashes and octets that are not UTF-8 are kept."""
    data = encode(_with_sdp(octets), layout)
    assert _sdp_of(data) == octets
    assert octets.replace(b"}", b"\\}") in data


@given(st.binary(max_size=60))
def test_octets_come_through_or_are_refused(octets: bytes) -> None:
    """Whatever the octets, they are written so that they are read back, or not written at all."""
    try:
        data = encode(_with_sdp(octets), "pretty")
    except EncodeError:
        return
    assert _sdp_of(data) == octets


@pytest.mark.parametrize(
    ("octets", "why"),
    [
        (b"a\x00b", "zero octet"),
        (b" v=0", "begin with white space or a comment"),
        (b"\r\nv=0", "begin with white space or a comment"),
        (b";v=0", "begin with white space or a comment"),
        (b";v=0\r\n", "begin with white space or a comment"),
        (b"a\\", "a backslash at the end"),
    ],
)
def test_octets_that_text_cannot_carry(octets: bytes, why: str) -> None:
    """What the braces would swallow or misread is refused, with the reason."""
    with pytest.raises(EncodeError, match=why) as caught:
        encode(_with_sdp(octets))
    assert (
        caught.value.path
        == "message.transactions[0].actions[0].commands[0].command.descriptors[0].streams[0].local.sdp"
    )


def test_white_space_after_the_brace_is_no_sdp() -> None:
    """The opening brace absorbs the white space and comments behind it; what stands before the closing one is SDP."""
    assert _sdp_of(in_add("Media { Local { ;comment\r\n\r\n v=0\r\n } }")) == b"v=0\r\n "


def test_sdp_may_be_absent() -> None:
    """``Local { }`` is a Local descriptor without octets, not no descriptor."""
    assert _local(decode(in_add("Media { Local { } }"))) == LocalDescriptor()


@pytest.mark.parametrize("text", ["Media { Local { v=0", "Media { Local { v=0 \\}", "Media { Local { v=\x00 } }"])
def test_sdp_must_end(text: str) -> None:
    """Octets that no brace closes, or that hold a zero octet, are an error."""
    with pytest.raises(DecodeError):
        decode(in_add(text).rstrip(" }"))
