"""What can be understood of a message that was refused: its transactions, told apart by their lengths.

The decoder gives up at the first fault; the others are found here, so that each is answered at its level (RFC 3525
clauses 8.1.1, 8.2.2). Each transaction is decoded alone, in a message of its own: all of them together take no longer
than the message, however many are broken.
"""

from collections.abc import Iterator
from typing import NamedTuple

from megaco.errors import DecodeError, Level
from megaco.message import DeviceName, MessageIdentifier, Transaction

from .lengths import LengthError, find_ends, header_at
from .messages import assemble, decode, decode_header, encode_head
from .names import Dictionary
from .outline import MESSAGE_ERROR, path_of
from .reader import VERSION_NOT_SUPPORTED
from .schema import START, TYPES

SYNTAX_ERROR_IN_TRANSACTION = 403
UNKNOWN = "unknown"

Broken = tuple[str, int | None, DecodeError]
"""A transaction that cannot be understood: its kind, its TransactionID (None where it cannot be read), and why."""

_WAY_TO_TRANSACTIONS = (((), 0x30), ((0xA0,), 0xA1), ((0x80, 0xA1), 0xA2), ((), 0xA1))
"""Tags of MegacoMessage, ``mess``, ``messageBody`` and ``transactions``, each inside the one before it, and of what can
stand before them: ``authHeader``; ``version`` and ``mId``.
"""
_KINDS = {0xA0: "request", 0xA1: "pending", 0xA2: "reply", 0xA3: "ack", 0xA4: "segment"}
_WITHOUT_ID = ("ack", UNKNOWN)
_TRANSACTION_ID = 0x80
_MOST_TRANSACTION_ID = 0xFFFFFFFF


class _Value(NamedTuple):
    """A value in the octets."""

    tag: int
    """Its identifier octet."""
    start: int
    contents: int
    end: int
    """Of its contents."""
    next: int
    """Where the value after it begins."""
    has_length: bool
    is_whole: bool = True
    """Whether it ends by itself, and not where the value does that it is in."""


def salvage(
    data: bytes, dictionary: Dictionary, allow: frozenset[str], most_transactions: int, max_items: int, max_nesting: int
) -> tuple[int, MessageIdentifier, list[Transaction | Broken]]:
    """Return version, mId and transactions of a message.

    Raises DecodeError, level MESSAGE, where that is all that can be answered. What stands behind the transactions is
    not looked at where one of them is broken.
    """
    try:
        message = decode(data, dictionary, allow, None, max_items, max_nesting)
    except DecodeError as error:
        refusal = error
    else:
        return message.version, message.mid, list(message.transactions)
    try:
        version, mid = decode_header(data, dictionary)
    except DecodeError as error:
        raise _of_message(error) from None
    transactions = _Walk(data).transactions()
    if transactions is None or refusal.code == VERSION_NOT_SUPPORTED:
        raise _of_message(refusal)
    head = encode_head(version, DeviceName("a"), dictionary)
    found: list[Transaction | Broken] = []
    for index, value in enumerate(_checked(data, transactions, min(most_transactions, max_items))):
        octets = data[value.start : value.next]
        alone = assemble(head, [octets])
        try:
            found += decode(alone, dictionary, allow, None, max_items, max_nesting).transactions
        except DecodeError as error:
            shift = value.next - len(alone)
            found.append((_kind(value), _identifier(data, value), _moved(error, shift, index, value)))
    if not any(isinstance(one, tuple) for one in found):
        raise _of_message(refusal)
    return version, mid, found


# ------------------------------------------------------------------------------------------- telling them apart


def _checked(data: bytes, transactions: Iterator[_Value], most: int) -> list[_Value]:
    """Return the values in the list of transactions; raises DecodeError where there are too many, or one is none."""
    values: list[_Value] = []
    for value in transactions:
        if len(values) == most:
            raise _error_in_message(data, value.start, f"more than {most} transactions")
        if _kind(value) == UNKNOWN and not value.is_whole:
            raise _error_in_message(data, value.start, "a value that is no transaction, and does not end")
        values.append(value)
    return values


class _Walk:
    """A way through the octets to the transactions, as far as lengths lead; what is cut goes to the end."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._ends: dict[int, int] = {}
        """Where the contents of a value without length begin -> where they end."""

    def transactions(self) -> Iterator[_Value] | None:
        """Return the values in the list of transactions; None where the message has none."""
        end = len(self._data)
        holder = _Value(0, 0, 0, end, end, True)
        for tags_before, tag in _WAY_TO_TRANSACTIONS:
            values = self._values(holder)
            value = next(values, None)
            for passed in tags_before:
                if value is not None and value.tag == passed:
                    value = next(values, None)
            if value is None or value.tag != tag:
                return None
            holder = value
        return self._values(holder)

    def _values(self, holder: _Value) -> Iterator[_Value]:
        at = holder.contents
        while at < holder.end:
            if not holder.has_length and self._data[at : at + 2] == b"\0\0":
                return
            value = self._value_at(at, holder.end)
            yield value
            at = value.next

    def _value_at(self, at: int, limit: int) -> _Value:
        tag = self._data[at]
        try:
            contents, length = header_at(self._data, at, limit)
        except LengthError:
            return _Value(tag, at, limit, limit, limit, True, False)
        if length is None:
            end = self._end_without_length(contents, limit)
            if end is None:
                return _Value(tag, at, contents, limit, limit, False, False)
            return _Value(tag, at, contents, end, end + 2, False)
        end = contents + length
        return _Value(tag, at, contents, min(end, limit), min(end, limit), True, end <= limit)

    def _end_without_length(self, contents: int, limit: int) -> int | None:
        if contents not in self._ends:
            try:
                self._ends |= find_ends(self._data, contents, limit)
            except LengthError:
                return None
        end = self._ends[contents]
        return end if end + 2 <= limit else None


def _kind(value: _Value) -> str:
    return _KINDS.get(value.tag, UNKNOWN)


def _identifier(data: bytes, value: _Value) -> int | None:
    """Return the TransactionID of a broken transaction, None where it cannot be read."""
    if _kind(value) in _WITHOUT_ID or value.contents >= value.end or data[value.contents] != _TRANSACTION_ID:
        return None
    try:
        begin, length = header_at(data, value.contents, value.end)
    except LengthError:
        return None
    if length is None or length == 0 or begin + length > value.end:
        return None
    number = int.from_bytes(data[begin : begin + length], "big", signed=True)
    return number if 0 <= number <= _MOST_TRANSACTION_ID else None


# ------------------------------------------------------------------------------------------------------- faults


def _error_in_message(data: bytes, at: int, what: str) -> DecodeError:
    return DecodeError(what, code=MESSAGE_ERROR, offset=at, path=path_of(data, at, TYPES, START)[0])


def _of_message(error: DecodeError) -> DecodeError:
    """Return an error as one of the message, for it is in a length round the transactions, wherever that led to."""
    return DecodeError(
        error.what,
        code=VERSION_NOT_SUPPORTED if error.code == VERSION_NOT_SUPPORTED else MESSAGE_ERROR,
        offset=error.offset,
        path=error.path,
        expected=error.expected,
        allowance=error.allowance,
    )


def _moved(error: DecodeError, shift: int, index: int, value: _Value) -> DecodeError:
    """Return an error of a transaction that was decoded alone as one of its message.

    A transaction whose end cannot be determined is 403, whatever is wrong in it (RFC 3525 clause 8.2.2).
    """
    is_specific = value.is_whole and error.level is not Level.MESSAGE
    return DecodeError(
        error.what,
        code=error.code if is_specific else SYNTAX_ERROR_IN_TRANSACTION,
        level=error.level if is_specific else Level.TRANSACTION,
        offset=error.offset + shift,
        path=error.path.replace("[0]", f"[{index}]", 1),
        expected=error.expected,
        allowance=error.allowance,
    )
