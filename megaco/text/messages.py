"""Octets to message tree and back, by the generated decoder and encoder."""

from collections.abc import Callable
from typing import Final

from megaco.deviations import Deviation
from megaco.errors import DecodeError, EncodeError
from megaco.message import Message, MessageIdentifier
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
        encoder = LAYOUTS[layout][message.version if 0 < message.version < NEWEST_VERSION else NEWEST_VERSION]
        text = encoder.megaco_message(message, 0)
        # Only a brace lets white space follow: a message that ends in a segment number ends there.
        return (text + "\n" if encoder.is_pretty and text.endswith("}") else text).encode("latin-1")
    except Unwritable as error:
        raise EncodeError(error.what, path_of(message, error)) from None
    except (AttributeError, TypeError, ValueError) as wrong:
        raise ill_typed(message, wrong) from None
