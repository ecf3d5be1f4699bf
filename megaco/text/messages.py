"""Octets to message tree and back, by the generated decoder and encoder."""

from collections.abc import Callable, Iterator
from typing import Final

import msgspec

from megaco.errors import DecodeError, EncodeError
from megaco.message import Message, MessageIdentifier

from .decoder import ALLOWANCES, Decoder
from .encoder import Encoder
from .faults import NEWEST_VERSION, Deviation, place_finder
from .writer import Unwritable

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
        raise EncodeError(error.what, _path_of(message, error)) from None
    except (AttributeError, TypeError, ValueError) as wrong:
        raise _ill_typed(message, wrong) from None


def _path_of(message: Message, error: Unwritable) -> str:
    """Return the path of what cannot be written."""
    path = next((path for node, path in _walk(message, "message") if node is error.node), "message")
    if not error.field:
        return path
    path += f".{error.field}"
    values = getattr(error.node, error.field, None)
    if not isinstance(values, tuple):
        return path
    index = next((index for index, value in enumerate(values) if value is error.value), 0)
    return f"{path}[{index}]"


def _walk(value: object, path: str) -> Iterator[tuple[object, str]]:
    if isinstance(value, msgspec.Struct):
        yield value, path
        for name in value.__struct_fields__:
            yield from _walk(getattr(value, name), f"{path}.{name}")
    elif isinstance(value, tuple):
        for index, one in enumerate(value):
            yield from _walk(one, f"{path}[{index}]")


def _ill_typed(message: Message, error: Exception) -> EncodeError:
    """Return the error of a tree whose fields hold what their types do not allow."""
    try:
        msgspec.convert(msgspec.to_builtins(message, enc_hook=bytes), Message, dec_hook=lambda _type, value: value)
    except (msgspec.ValidationError, TypeError, ValueError) as wrong:
        return EncodeError(f"not a message: {wrong}", "message")
    return EncodeError(f"not a message: {error}", "message")
