"""Octets to message tree and back, by the generated decoder and encoder."""

from collections.abc import Callable
from typing import Any, Final

from megaco.deviations import Deviation
from megaco.errors import DecodeError, EncodeError
from megaco.message import (
    DeviceName,
    Message,
    MessageIdentifier,
    SegmentReply,
    Transaction,
    TransactionPending,
    TransactionReply,
    TransactionRequest,
    TransactionResponseAck,
)
from megaco.refusals import Unwritable, ill_typed, path_of

from .decoder import ALLOWANCES, Decoder
from .encoder import Encoder
from .faults import NEWEST_VERSION, place_finder

LAYOUTS: Final = {
    "pretty": [Encoder(True, version) for version in range(NEWEST_VERSION + 1)],
    "compact": [Encoder(False, version) for version in range(NEWEST_VERSION + 1)],
}
"""Layout -> what writes it, by protocol version."""


def decode(
    data: bytes,
    allow: frozenset[str],
    on_deviation: Callable[[Deviation], None] | None,
    max_items: int,
    max_nesting: int,
) -> Message:
    """Decode one message, with bounds on lists and nesting. Raises DecodeError and nothing else."""
    decoder = Decoder(data, allow, max_items, max_nesting)
    if on_deviation is None:
        return decoder.megaco_message()
    decoder.deviations = []
    try:
        return decoder.megaco_message()
    finally:
        place_of = place_finder(decoder.text)
        for name, offset in decoder.deviations:
            line, column = place_of(offset)
            on_deviation(Deviation(name, ALLOWANCES[name].what, line, column))


def decode_header(data: bytes) -> tuple[int, MessageIdentifier]:
    """Return version and mId, whatever follows them; raises DecodeError where they are unreadable."""
    decoder = Decoder(data, frozenset(ALLOWANCES), 1, 1)
    try:
        decoder.megaco_message()
    except DecodeError:
        if decoder.header is None:
            raise
    assert decoder.header is not None
    return decoder.header


def encode(message: Message, layout: str) -> bytes:
    """Write a message; raises EncodeError with the node's path where the text encoding has no words for it."""
    try:
        encoder = _encoder(layout, message.version)
        return _octets(encoder, encoder.megaco_message(message, 0))
    except Unwritable as error:
        raise EncodeError(error.what, path_of(message, error)) from None
    except (AttributeError, TypeError, ValueError) as wrong:
        raise ill_typed(message, wrong) from None


def encode_transaction(transaction: Transaction, version: int, layout: str) -> bytes:
    """Write one transaction as it stands in a message; raises EncodeError as for a message that has it alone."""
    encoder = _encoder(layout, version)
    try:
        return _octets(encoder, _transaction_text(encoder, transaction))
    except Unwritable as error:
        raise EncodeError(error.what, path_of(_alone(transaction), error)) from None
    except (AttributeError, TypeError, ValueError) as wrong:
        raise ill_typed(_alone(transaction), wrong) from None


def encode_head(version: int, mid: MessageIdentifier, layout: str) -> bytes:
    """Write what stands before the transactions of a message: what is left of one without its only transaction."""
    message = encode(Message(version, mid, (_PENDING,)), layout)
    return message[: len(message) - len(encode_transaction(_PENDING, version, layout))]


_PENDING: Final = TransactionPending(1)


def _encoder(layout: str, version: int) -> Encoder:
    return LAYOUTS[layout][version if 0 < version < NEWEST_VERSION else NEWEST_VERSION]


def _octets(encoder: Encoder, text: str) -> bytes:
    """Return a text that ends as in a message: only a brace lets white space follow, a segment number does not."""
    return (text + "\n" if encoder.is_pretty and text.endswith("}") else text).encode("latin-1")


def _transaction_text(encoder: Encoder, node: Any) -> str:
    kind = type(node)
    if kind is TransactionRequest:
        return encoder.transaction_request(node, 0)
    if kind is TransactionReply:
        return encoder.transaction_reply(node, 0)
    if kind is TransactionPending:
        return encoder.transaction_pending(node, 0)
    if kind is TransactionResponseAck:
        return encoder.transaction_response_ack(node, 0)
    if kind is not SegmentReply:
        encoder.no_place_for(_alone(node), "transactions", node)
    return encoder.segment_reply(node, 0)


def _alone(transaction: Any) -> Message:
    """Return a message to name a place in."""
    return Message(NEWEST_VERSION, DeviceName("mg"), (transaction,))
