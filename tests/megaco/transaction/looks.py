"""Looks at what two engines sent each other, and what the tests send in their place."""

from megaco.codec import decode, encode
from megaco.message import DeviceName, Message, Transaction

from ...harness import Pair


def transactions(octets: bytes) -> tuple[Transaction, ...]:
    """Return what a message carries."""
    return decode(octets).transactions


def kinds(pair: Pair, sender: str) -> list[type]:
    """Return the kinds of transactions that one side sent, in order."""
    return [type(one) for octets in pair.octets(sender) for one in transactions(octets)]


def sent_at(pair: Pair, sender: str) -> list[float]:
    """Return when one side sent each datagram."""
    return [round(datagram.at, 3) for datagram in pair.sent if datagram.sender == sender]


def from_b(*several: Transaction) -> bytes:
    """Write a message as side b would."""
    return encode(Message(1, DeviceName("b"), several), "compact")
