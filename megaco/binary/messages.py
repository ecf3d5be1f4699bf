"""Octets to message tree and back, by the generated decoder and encoder."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from megaco.deviations import Allowance, Deviation
from megaco.errors import DecodeError, EncodeError, Level
from megaco.message import DeviceName, Message, MessageIdentifier, Transaction
from megaco.refusals import Unwritable, ill_typed
from megaco.refusals import path_of as path_in_tree

from .decoder import Decoder
from .encoder import Encoder
from .faults import OffsetError
from .lengths import header_at
from .names import Dictionary
from .outline import outline, path_of, paths_of, pieces
from .reader import DEEPEST, VERSION_NOT_SUPPORTED
from .schema import ALLOWANCES as ROWS
from .schema import START, TYPES
from .writer import length

ALLOWANCES: Final = {name: Allowance(*row) for name, row in ROWS.items()}
_SEQUENCE: Final = b"\x30"
_LEVELS: Final = {400: Level.MESSAGE, 403: Level.TRANSACTION, 422: Level.ACTION, 442: Level.COMMAND}


def decode(
    data: bytes,
    dictionary: Dictionary,
    allow: frozenset[str],
    on_deviation: Callable[[Deviation], None] | None,
    max_items: int,
    max_nesting: int,
    places: dict[int, int] | None = None,
) -> Message:
    """Decode one message, with bounds on lists and nesting. Raises DecodeError and nothing else.

    ``places`` is filled with the offset of each node, by the node's ``id``.
    """
    decoder = Decoder(data, dictionary, allow, max_items, max_nesting)
    decoder.places = places
    if on_deviation is not None:
        decoder.deviations = []
    try:
        return _message(decoder)
    except OffsetError as error:
        raise _placed(error, data) from None
    finally:
        if on_deviation is not None and decoder.deviations:
            _tell(decoder.deviations, data, on_deviation)


def _message(decoder: Decoder) -> Message:
    end = len(decoder.data)
    if decoder.data[:1] != _SEQUENCE:
        raise decoder.fault(0, "no SEQUENCE", ("MegacoMessage",))
    stop = decoder.enter(end)
    message = decoder.megaco_message(stop)
    if decoder.peek(end) >= 0:
        raise decoder.fault(decoder.at, f"{end - decoder.at} octets after the message", ("its end",))
    return message


def _tell(deviations: list[tuple[str, int, str]], data: bytes, on_deviation: Callable[[Deviation], None]) -> None:
    found = paths_of(data, (offset for _, offset, _ in deviations), TYPES, START)
    for name, offset, what in deviations:
        on_deviation(Deviation(name, what, offset=offset, path=found[offset][0]))


def _placed(fault: OffsetError, data: bytes) -> DecodeError:
    """Return the error to raise: with the path of the fault, and the code and level of what it is inside of."""
    path, code = path_of(data, fault.offset, TYPES, START, fault.inside)
    level = Level.MESSAGE if fault.code == VERSION_NOT_SUPPORTED else _LEVELS[code]
    return DecodeError(
        fault.what,
        code=fault.code or code,
        level=level,
        offset=fault.offset,
        path=path,
        expected=fault.expected,
        allowance=fault.allowance,
    )


def decode_header(data: bytes, dictionary: Dictionary) -> tuple[int, MessageIdentifier]:
    """Return version and mId, whatever follows them; raises DecodeError where they are unreadable."""
    decoder = Decoder(data, dictionary, frozenset(ALLOWANCES), 1, DEEPEST)
    try:
        _message(decoder)
    except OffsetError as error:
        if decoder.header is None and not _is_header_found(decoder):
            raise _placed(error, data) from None
    assert decoder.header is not None
    return decoder.header


def _is_header_found(decoder: Decoder) -> bool:
    """Look for the header in octets that end too early for the lengths round it, as those of a cut datagram do."""
    version = mid = None
    try:
        for piece in pieces(decoder.data, TYPES, START):
            decoder.at = piece.offset
            if piece.name == "version":
                version = decoder.integer(piece.end, 0, 99)
            elif piece.name == "mId":
                mid = decoder.mid(decoder.enter(piece.end))
                break
    except OffsetError:
        return False
    if version is None or mid is None:
        return False
    decoder.header = (version, mid)
    return True


def encode(message: Message, dictionary: Dictionary) -> bytes:
    """Write a message; raises EncodeError with the node's path where the binary encoding has no form for it."""
    try:
        return _SEQUENCE + Encoder(dictionary).megaco_message(message)
    except Unwritable as error:
        raise EncodeError(error.what, path_in_tree(message, error)) from None
    except (AttributeError, LookupError, TypeError, ValueError) as wrong:
        raise ill_typed(message, wrong) from None


def encode_transaction(transaction: Transaction, dictionary: Dictionary) -> bytes:
    """Write one transaction as it stands in a message; raises EncodeError as for a message that has it alone."""
    try:
        return Encoder(dictionary).transaction(transaction)
    except Unwritable as error:
        raise EncodeError(error.what, path_in_tree(_alone(transaction), error)) from None
    except (AttributeError, LookupError, TypeError, ValueError) as wrong:
        raise ill_typed(_alone(transaction), wrong) from None


def encode_head(version: int, mid: MessageIdentifier, dictionary: Dictionary) -> bytes:
    """Write what stands before the body of a message, version and mId: what is left of one without transactions."""
    octets = encode(Message(version, mid), dictionary)
    begin, _ = header_at(octets, 0, len(octets))
    begin, _ = header_at(octets, begin, len(octets))
    return octets[begin : len(octets) - len(_wrapped(b"", _BODY))]


def assemble(head: bytes, transactions: Sequence[bytes]) -> bytes:
    """Return the message of version and mId and of transactions that are written already."""
    return _wrapped(head + _wrapped(b"".join(transactions), _BODY), _MESSAGE)


_BODY: Final = (b"\xa1", b"\xa2")
"""Tags round the list of transactions, from inside: ``transactions`` of ``messageBody``."""
_MESSAGE: Final = (b"\xa1", _SEQUENCE)
"""Tags round that and what stands before it: ``mess`` of ``MegacoMessage``."""


def _wrapped(octets: bytes, tags: tuple[bytes, ...]) -> bytes:
    for tag in tags:
        octets = b"%b%b%b" % (tag, length(len(octets)), octets)
    return octets


def _alone(transaction: Any) -> Message:
    """Return a message to name a place in."""
    return Message(1, DeviceName("mg"), (transaction,))


def explained(data: bytes) -> Iterator[str]:
    """Yield a line for every value in the octets of a message, as far as they can be read."""
    return outline(data, TYPES, START)
