"""BFCP over TCP or TLS (RFC 8855, version 1): Hello, HelloAck, and an incremental reader for any primitive.

A player opens with `hello`, answers with `hello_ack`, writes with `write_message` and feeds what arrives to a reader.
Attributes are kept as type and octets; those of Hello negotiation have typed views. Floors, queues and BFCP over UDP
(version 2, fragments) are not its business. Identifiers are passed in.
"""

import struct
from collections.abc import Iterator
from enum import IntEnum

import msgspec

VERSION = 1
"""The version on a reliable transport (RFC 8855 clause 5.1)."""

_HEADER = struct.Struct("!BBHIHH")
_WORD_BYTES = 4
_ATTRIBUTE_HEADER_BYTES = 2
_MAX_ATTRIBUTE_BYTES = 255
_MAX_PAYLOAD_BYTES = 0xFFFF * _WORD_BYTES


class Primitive(IntEnum):
    """What a message is for (RFC 8855 clause 5.1)."""

    FLOOR_REQUEST = 1
    FLOOR_RELEASE = 2
    FLOOR_REQUEST_QUERY = 3
    FLOOR_REQUEST_STATUS = 4
    USER_QUERY = 5
    USER_STATUS = 6
    FLOOR_QUERY = 7
    FLOOR_STATUS = 8
    CHAIR_ACTION = 9
    CHAIR_ACTION_ACK = 10
    HELLO = 11
    HELLO_ACK = 12
    ERROR = 13
    FLOOR_REQUEST_STATUS_ACK = 14
    FLOOR_STATUS_ACK = 15
    GOODBYE = 16
    GOODBYE_ACK = 17


class AttributeType(IntEnum):
    """What an attribute holds (RFC 8855 clause 5.2)."""

    BENEFICIARY_ID = 1
    FLOOR_ID = 2
    FLOOR_REQUEST_ID = 3
    PRIORITY = 4
    REQUEST_STATUS = 5
    ERROR_CODE = 6
    ERROR_INFO = 7
    PARTICIPANT_PROVIDED_INFO = 8
    STATUS_INFO = 9
    SUPPORTED_ATTRIBUTES = 10
    SUPPORTED_PRIMITIVES = 11
    USER_DISPLAY_NAME = 12
    USER_URI = 13
    BENEFICIARY_INFORMATION = 14
    FLOOR_REQUEST_INFORMATION = 15
    REQUESTED_BY_INFORMATION = 16
    FLOOR_REQUEST_STATUS = 17
    OVERALL_REQUEST_STATUS = 18


class ErrorCode(IntEnum):
    """The values of ERROR-CODE that a reader's fault leads to (RFC 8855 clause 5.2.6)."""

    UNABLE_TO_PARSE = 10
    UNSUPPORTED_VERSION = 12
    INCORRECT_MESSAGE_LENGTH = 13


class BfcpError(ValueError):
    """Octets that are no BFCP, or a message that cannot be written; the text names the place and the cause.

    `code` is what an Error message in answer would say; `messages` are those completed before it in the same `receive`.
    """

    def __init__(
        self, text: str, code: ErrorCode = ErrorCode.UNABLE_TO_PARSE, messages: "tuple[Message, ...]" = ()
    ) -> None:
        super().__init__(text)
        self.code = code
        self.messages = messages


class BfcpLimits(msgspec.Struct, frozen=True):
    """How much a peer may make the reader hold."""

    payload_bytes: int = 16_384
    """Attributes of one message, in octets; the header could announce 262,140."""


class Attribute(msgspec.Struct, frozen=True):
    """One attribute as type, mandatory bit and contents without padding (RFC 8855 clause 5.2)."""

    type: int
    """1 to 127; those known are in `AttributeType`."""
    value: bytes
    """At most 253 octets."""
    is_mandatory: bool = False
    """Who does not know the attribute must refuse the message; without meaning for the types of RFC 8855 itself."""


class Message(msgspec.Struct, frozen=True):
    """One message (RFC 8855 clause 5.1)."""

    primitive: int
    """Those known are in `Primitive`; others are read as well, it is for the receiver to refuse them."""
    conference_id: int
    """32 bits, from the SDP attribute `confid`."""
    transaction_id: int
    """16 bits; not 0 in what a client starts, 0 in what the server starts on a reliable transport (clause 8)."""
    user_id: int
    """16 bits, from the SDP attribute `userid`."""
    attributes: tuple[Attribute, ...] = ()


def hello(conference_id: int, transaction_id: int, user_id: int) -> Message:
    """Give the Hello by which a client asks what the floor control server can do (RFC 8855 clauses 5.3.11, 11)."""
    return Message(Primitive.HELLO, conference_id, transaction_id, user_id)


def hello_ack(
    request: Message,
    primitives: tuple[int, ...] = tuple(Primitive),
    attributes: tuple[int, ...] = tuple(AttributeType),
) -> Message:
    """Give the server's answer to a Hello: the same identifiers, and what it supports (RFC 8855 clauses 5.3.12, 13.7).

    By default it supports every primitive and attribute of RFC 8855.
    """
    # Clauses 5.2.10 and 5.2.11: an attribute's type fills the upper seven bits of its octet, a primitive all eight.
    supported = (
        Attribute(AttributeType.SUPPORTED_PRIMITIVES, bytes(primitives)),
        Attribute(AttributeType.SUPPORTED_ATTRIBUTES, bytes(number << 1 for number in attributes)),
    )
    return msgspec.structs.replace(request, primitive=Primitive.HELLO_ACK, attributes=supported)


def supported_primitives(message: Message) -> tuple[int, ...] | None:
    """Return the primitives that a HelloAck lists, or None if it does not say."""
    value = _value(message, AttributeType.SUPPORTED_PRIMITIVES)
    return None if value is None else tuple(value)


def supported_attributes(message: Message) -> tuple[int, ...] | None:
    """Return the attribute types that a HelloAck lists, or None if it does not say."""
    value = _value(message, AttributeType.SUPPORTED_ATTRIBUTES)
    return None if value is None else tuple(octet >> 1 for octet in value)


def write_message(message: Message) -> bytes:
    """Give the octets of a message, version 1, flags and reserved bits clear; BfcpError if a number does not fit."""
    payload = b"".join(map(_written_attribute, message.attributes))
    if len(payload) > _MAX_PAYLOAD_BYTES:
        raise BfcpError(f"attributes of {len(payload)} octets exceed the {_MAX_PAYLOAD_BYTES} a header can announce")
    words = len(payload) // _WORD_BYTES
    numbers = (message.primitive, words, message.conference_id, message.transaction_id, message.user_id)
    try:
        return _HEADER.pack(VERSION << 5, *numbers) + payload
    except struct.error as cause:
        raise BfcpError(f"primitive, length, conference, transaction and user {numbers}: {cause}") from None


class BfcpReader:
    """Cuts one TCP connection's octets into BFCP messages, whatever the segmentation.

    After a BfcpError the framing is lost: the connection is to be closed, and every further `receive` raises the same.
    """

    def __init__(self, limits: BfcpLimits | None = None) -> None:
        self._limits = limits or BfcpLimits()
        self._buffer = bytearray()
        self._consumed = 0
        self._fault: BfcpError | None = None

    @property
    def is_between_messages(self) -> bool:
        """True when nothing of an unfinished message is held: a connection that ends here ends cleanly."""
        return not self._buffer

    def receive(self, data: bytes) -> list[Message]:
        """Take the next octets of the connection; return the messages that they complete, in order, often none.

        BfcpError: the octets are no BFCP, or a limit is exceeded; its text counts octets from the connection's start.
        Its `messages` were completed before it in this call.
        """
        if self._fault is not None:
            raise BfcpError(str(self._fault), self._fault.code)
        self._buffer += data
        messages: list[Message] = []
        try:
            while (message := self._next_message()) is not None:
                messages.append(message)
        except BfcpError as fault:
            self._fault = fault
            self._buffer.clear()
            raise BfcpError(str(fault), fault.code, tuple(messages)) from None
        return messages

    def _next_message(self) -> Message | None:
        """Take one whole message from the buffer; the version and the length are judged as soon as they are there."""
        if self._buffer and self._buffer[0] >> 5 != VERSION:
            text = f"octet {self._consumed}: version {VERSION} expected, found {self._buffer[0] >> 5}"
            raise BfcpError(text, ErrorCode.UNSUPPORTED_VERSION)
        if len(self._buffer) < _HEADER.size:
            return None
        # The flags R and F and the reserved bits are without meaning on a reliable transport and ignored (clause 5.1).
        _, primitive, words, conference_id, transaction_id, user_id = _HEADER.unpack_from(self._buffer)
        end = _HEADER.size + words * _WORD_BYTES
        if end - _HEADER.size > self._limits.payload_bytes:
            text = f"octet {self._consumed + 2}: payload of {end - _HEADER.size} octets exceeds"
            raise BfcpError(f"{text} {self._limits.payload_bytes}", ErrorCode.INCORRECT_MESSAGE_LENGTH)
        if len(self._buffer) < end:
            return None
        attributes = tuple(_attributes(bytes(self._buffer[_HEADER.size : end]), self._consumed + _HEADER.size))
        del self._buffer[:end]
        self._consumed += end
        return Message(primitive, conference_id, transaction_id, user_id, attributes)


def _value(message: Message, attribute_type: AttributeType) -> bytes | None:
    return next((attribute.value for attribute in message.attributes if attribute.type == attribute_type), None)


def _attributes(payload: bytes, offset: int) -> Iterator[Attribute]:
    """Yield the attributes of a payload that began at this octet of the connection.

    The length counts the two octets of type and length but not the padding, whose contents are ignored (clause 5.2).
    """
    position = 0
    while position < len(payload):
        first, length = payload[position : position + _ATTRIBUTE_HEADER_BYTES]
        place = f"octet {offset + position}: attribute {first >> 1}"
        if length < _ATTRIBUTE_HEADER_BYTES:
            raise BfcpError(f"{place}: length of at least {_ATTRIBUTE_HEADER_BYTES} expected, found {length}")
        end = position + length
        if end > len(payload):
            raise BfcpError(
                f"{place}: length {length} exceeds the {len(payload) - position} octets left in the message"
            )
        yield Attribute(first >> 1, payload[position + _ATTRIBUTE_HEADER_BYTES : end], bool(first & 1))
        position = end + -end % _WORD_BYTES


def _written_attribute(attribute: Attribute) -> bytes:
    length = _ATTRIBUTE_HEADER_BYTES + len(attribute.value)
    if not 0 < attribute.type < 0x80 or length > _MAX_ATTRIBUTE_BYTES:
        raise BfcpError(f"attribute {attribute.type}: a type of 1 to 127 and at most 253 octets expected")
    first = attribute.type << 1 | attribute.is_mandatory
    return bytes((first, length)) + attribute.value + bytes(-length % _WORD_BYTES)
