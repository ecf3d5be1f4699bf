"""Messages of Annex A put together from their values, right or wrong, and those that the project has as files."""

from functools import cache
from pathlib import Path

from megaco import DecodeError, EncodeError, decode, encode

from .ber import tlv

_FIXTURES = Path(__file__).resolve().parents[3] / "fixtures"

MID = tlv(0xA1, tlv(0xA0, tlv(0x80, bytes([192, 0, 2, 1]))))
NUMBER = tlv(0x80, b"\1")
"""A TransactionID, a ContextID, a RequestID or a StreamID where it comes first."""
TERMINATION = tlv(0x30, tlv(0xA0), tlv(0x81, b"\0t"))
TERMINATIONS = tlv(0xA0, TERMINATION)
SIGNAL = tlv(0x80, b"\0\x07\0\x30")
"""The name cg/dt."""
EVENT = tlv(0x80, b"\0\x09\0\x04")
"""The name al/on."""
OPAQUE = tlv(0x80, b"\x80\x01\0\x02")
"""The name x8001/x0002, of a package that nobody knows."""


def message(body: bytes, version: int = 3) -> bytes:
    """Return a message with what ``messageBody`` chooses."""
    return tlv(0x30, tlv(0xA1, tlv(0x80, bytes([version])), MID, tlv(0xA2, body)))


def transactions(*those: bytes, version: int = 3) -> bytes:
    """Return a message with transactions."""
    return message(tlv(0xA1, *those), version)


def pending(*further: bytes) -> bytes:
    """Return a TransactionPending, the smallest type that has an extension marker, with components behind the last."""
    return tlv(0xA1, NUMBER, *further)


def acknowledged(*acks: bytes) -> bytes:
    """Return a message with a TransactionResponseAck of these elements."""
    return transactions(tlv(0xA3, *acks))


def request(*commands: bytes, version: int = 3) -> bytes:
    """Return a message with commands, each with the tag of its alternative, on context 1."""
    rows = [tlv(0x30, tlv(0xA0, command)) for command in commands]
    return transactions(tlv(0xA0, NUMBER, tlv(0xA1, tlv(0x30, NUMBER, tlv(0xA3, *rows)))), version=version)


def reply(*replies: bytes, version: int = 3) -> bytes:
    """Return a message with command replies, each with the tag of its alternative, on context 1."""
    actions = tlv(0xA1, tlv(0x30, NUMBER, tlv(0xA3, *replies)))
    return transactions(tlv(0xA2, NUMBER, tlv(0xA2, actions)), version=version)


def modify(*descriptors: bytes, version: int = 3) -> bytes:
    """Return a message that modifies termination ``t`` with descriptors, each with the tag of its alternative."""
    return request(tlv(0xA2, TERMINATIONS, tlv(0xA1, *descriptors)), version=version)


def subtract(audit: bytes) -> bytes:
    """Return a message that subtracts ``t`` with what stands in the audit descriptor."""
    return request(tlv(0xA3, TERMINATIONS, tlv(0xA1, audit)))


def signals(*components: bytes) -> bytes:
    """Return a message with one signal of these components."""
    return modify(tlv(0xA5, tlv(0xA0, *components)))


def events(*components: bytes) -> bytes:
    """Return a message that asks for one event of these components."""
    return modify(tlv(0xA3, NUMBER, tlv(0xA1, tlv(0x30, *components))))


def parameter(name: bytes, *values: bytes, info: bytes = b"") -> bytes:
    """Return a parameter, or a property, of values in BER."""
    return tlv(0x30, tlv(0x80, name), tlv(0xA1, *[tlv(0x04, value) for value in values]), info)


def state(*properties: bytes) -> bytes:
    """Return a message with properties in TerminationState."""
    return modify(tlv(0xA0, tlv(0xA0, tlv(0xA0, *properties))))


@cache
def fixtures() -> dict[str, bytes]:
    """Return the message files that binary can carry, by name, as the encoder writes them."""
    found = {}
    for path in sorted(_FIXTURES.glob("*/*.h248")):
        try:
            found[f"{path.parent.name}/{path.stem}"] = encode(decode(path.read_bytes()), "binary")
        except (DecodeError, EncodeError):
            continue
    return found
