"""BFCP messages and the reader that cuts them out of a stream."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iq_profile.flow.bfcp import (
    Attribute,
    AttributeType,
    BfcpError,
    BfcpLimits,
    BfcpReader,
    ErrorCode,
    Message,
    Primitive,
    hello,
    hello_ack,
    supported_attributes,
    supported_primitives,
    write_message,
)

HELLO = hello(0x01020304, 0x0506, 0x0708)
HEADER = bytes.fromhex("20 0b 0001 01020304 0506 0708")

attributes = st.builds(Attribute, st.integers(1, 127), st.binary(max_size=253), st.booleans())
messages = st.builds(
    Message,
    st.integers(0, 0xFF),
    st.integers(0, 0xFFFFFFFF),
    st.integers(0, 0xFFFF),
    st.integers(0, 0xFFFF),
    st.lists(attributes, max_size=4).map(tuple),
)


def test_a_hello_is_a_bare_header() -> None:
    """Version 1, primitive 11, no payload, then conference, transaction and user."""
    assert write_message(HELLO) == bytes.fromhex("20 0b 0000 01020304 0506 0708")


def test_a_hello_ack_lists_what_is_supported() -> None:
    """Primitives fill their octets, attribute types their upper seven bits; both are padded to whole words."""
    answer = hello_ack(HELLO, (Primitive.HELLO, Primitive.HELLO_ACK, Primitive.ERROR), (AttributeType.ERROR_CODE,))
    assert write_message(answer) == bytes.fromhex(
        "20 0c 0003 01020304 0506 0708" + "16 05 0b 0c 0d 00 00 00" + "14 03 0c 00",
    )
    assert supported_primitives(answer) == (11, 12, 13)
    assert supported_attributes(answer) == (6,)


def test_a_hello_ack_supports_the_whole_rfc_by_default() -> None:
    """The default lists all seventeen primitives and eighteen attributes."""
    answer = BfcpReader().receive(write_message(hello_ack(HELLO)))[0]
    assert supported_primitives(answer) == tuple(range(1, 18))
    assert supported_attributes(answer) == tuple(range(1, 19))


def test_what_is_not_said_is_none() -> None:
    """A message without the lists supports nothing known."""
    assert supported_primitives(HELLO) is None
    assert supported_attributes(HELLO) is None


@settings(deadline=None)
@given(st.lists(messages, max_size=4), st.data())
def test_segmentation_does_not_matter(sent: list[Message], data: st.DataObject) -> None:
    """However a stream of messages is cut, the same messages come out."""
    stream = b"".join(map(write_message, sent))
    cuts = sorted(data.draw(st.lists(st.integers(0, len(stream)))))
    reader = BfcpReader()
    parts = [stream[start:end] for start, end in zip([0, *cuts], [*cuts, len(stream)], strict=True)]
    assert [message for part in parts for message in reader.receive(part)] == sent
    assert reader.is_between_messages


@settings(deadline=None)
@given(st.binary(max_size=64).map(lambda octets: b"\x20" + octets))
def test_any_octets_give_messages_or_the_documented_error(octets: bytes) -> None:
    """Nothing but BfcpError leaves the reader, whatever arrives."""
    with suppress(BfcpError):
        assert all(0 <= message.primitive <= 0xFF for message in BfcpReader().receive(octets))


def test_flags_reserved_bits_and_padding_are_ignored() -> None:
    """On a reliable transport R, F, the reserved bits and the contents of padding mean nothing."""
    data = b"\x3f" + HEADER[1:] + bytes.fromhex("0d 03 41 ff")
    assert BfcpReader().receive(data) == [
        Message(Primitive.HELLO, 0x01020304, 0x0506, 0x0708, (Attribute(AttributeType.ERROR_CODE, b"A", True),))
    ]


@pytest.mark.parametrize(
    ("data", "code", "cause"),
    [
        (b"\x40", ErrorCode.UNSUPPORTED_VERSION, "octet 0: version 1 expected, found 2"),
        (
            HEADER + bytes.fromhex("0c 01 00 00"),
            ErrorCode.UNABLE_TO_PARSE,
            "octet 12: attribute 6: length of at least 2",
        ),
        (
            HEADER + bytes.fromhex("0c 05 00 00"),
            ErrorCode.UNABLE_TO_PARSE,
            "octet 12: attribute 6: length 5 exceeds the 4",
        ),
        (HEADER[:2] + b"\xff\xff" + HEADER[4:], ErrorCode.INCORRECT_MESSAGE_LENGTH, "octet 2: payload of 262140"),
    ],
)
def test_faults_name_place_cause_and_code(data: bytes, code: ErrorCode, cause: str) -> None:
    """What is no BFCP is refused with its octet, and with the code that an Error message would carry."""
    with pytest.raises(BfcpError, match=cause) as caught:
        BfcpReader().receive(data)
    assert caught.value.code is code


def test_messages_before_a_fault_are_not_lost() -> None:
    """The error carries what was complete before it, once; the reader stays closed."""
    reader = BfcpReader()
    with pytest.raises(BfcpError, match="octet 12: version") as caught:
        reader.receive(write_message(HELLO) + b"GET /")
    assert caught.value.messages == (HELLO,)
    with pytest.raises(BfcpError, match="octet 12: version") as again:
        reader.receive(write_message(HELLO))
    assert (again.value.messages, again.value.code) == ((), ErrorCode.UNSUPPORTED_VERSION)


def test_the_payload_limit() -> None:
    """A payload passes at the limit and is refused, before it has arrived, above it."""
    assert len(BfcpReader(BfcpLimits(payload_bytes=4)).receive(HEADER + bytes.fromhex("0c 03 0a 00"))) == 1
    with pytest.raises(BfcpError, match="exceeds 3"):
        BfcpReader(BfcpLimits(payload_bytes=3)).receive(HEADER)


@pytest.mark.parametrize(
    "message",
    [
        hello(1 << 32, 1, 1),
        hello(1, 1 << 16, 1),
        Message(256, 1, 1, 1),
        Message(11, 1, 1, 1, (Attribute(128, b""),)),
        Message(11, 1, 1, 1, (Attribute(0, b""),)),
        Message(11, 1, 1, 1, (Attribute(1, bytes(254)),)),
        Message(11, 1, 1, 1, (Attribute(1, bytes(253)),) * 1024),
    ],
)
def test_what_does_not_fit_is_not_written(message: Message) -> None:
    """A number or an attribute too large for its field is refused."""
    with pytest.raises(BfcpError):
        write_message(message)
