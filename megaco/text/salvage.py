"""What can be understood of a message that was refused: its transactions, told apart by their braces.

The decoder gives up at the first fault; the others are found here, so that each is answered at its level (RFC 3525
clauses 8.1.1, 8.2.2). Each transaction is decoded alone, behind a header of a few octets: all of them together take
no longer than the message, however many are broken.
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from megaco.errors import DecodeError, Level
from megaco.message import MessageIdentifier, Transaction

from .encoder import Words
from .faults import (
    NEWEST_VERSION,
    SYNTAX_ERROR_IN_MESSAGE,
    VERSION_NOT_SUPPORTED,
    error_at,
    found_at,
    place_finder,
    shown_line,
)
from .messages import decode, decode_header

SYNTAX_ERROR_IN_TRANSACTION = 403
UNKNOWN = "unknown"
SEGMENT = "segment"
ACK = "ack"

Broken = tuple[str, int | None, DecodeError]
"""A transaction that cannot be understood: its kind, its TransactionID (None where it cannot be read), and why."""

_SPELLINGS = (Words(0, NEWEST_VERSION), Words(-1, NEWEST_VERSION))


def _spelled(token: str) -> tuple[str, ...]:
    return tuple(getattr(words, token).lower() for words in _SPELLINGS)


_KIND_OF_TOKEN = {
    "TRANS_TOKEN": "request",
    "REPLY_TOKEN": "reply",
    "PENDING_TOKEN": "pending",
    "RESPONSE_ACK_TOKEN": ACK,
    "MESSAGE_SEGMENT_TOKEN": SEGMENT,
}
_KINDS = {word: kind for token, kind in _KIND_OF_TOKEN.items() for word in _spelled(token)}
_EXPECTED = tuple(sorted(getattr(_SPELLINGS[0], token) for token in _KIND_OF_TOKEN))
_MESSAGE_ERROR = _spelled("ERROR_TOKEN")


def _any_of(*tokens: str) -> str:
    """Return a pattern of keywords, in whatever case."""
    return f"(?i:{'|'.join(re.escape(word) for token in tokens for word in _spelled(token))})"


# A comment that is cut short by an octet it cannot hold is passed like a whole one, or each semicolon in it would begin
# a search for its end: what holds it is refused anyway. All repetition is possessive, so that no octet is read often.
_BLANK = r"(?:[ \t\r\n]++|;[\t\x20-\x7e]*+[\r\n]?)*+"
_WORD_PATTERN = r"[A-Za-z0-9+\-&!_/'?@^`~*$\\()%.|\x80-\xff]++"
_OCTETS = rf"{_any_of('LOCAL_TOKEN', 'REMOTE_TOKEN')}{_BLANK}\{{(?:[^}}]++|(?<=\\)\}})*+(?:\}}|\Z)"
"""Local or Remote: nothing in its braces counts but the brace that ends it, which no backslash is before."""
_PASSED = rf'(?:[^{{}},";]++|"[^"]*+"|;[\t\x20-\x7e]*+[\r\n]?|,(?:{_BLANK}{_OCTETS})?)*+'
"""What stands between two braces that count."""
_NEXT_BRACE = re.compile(rf"{_PASSED}([{{}}])").match
_NEXT_BRACE_INSIDE = re.compile(rf"(?:{_BLANK}{_OCTETS})?{_PASSED}([{{}}])").match
"""The same where a brace was opened last: Local or Remote can be the first item in it."""
_BLANKS = re.compile(_BLANK).match
_WORD = re.compile(_WORD_PATTERN).match
_HEADER = re.compile(
    rf"{_BLANK}(?:{_any_of('AUTH_TOKEN')}{_BLANK}={_BLANK}[^ \t\r\n;]++{_BLANK})?"
    rf"{_any_of('MEGACOP_TOKEN')}/[0-9]++{_BLANK}(?:(?i:MTP)\{{[^}}]*+\}}|[^ \t\r\n;]++){_BLANK}"
).match
"""A header that the decoder has read: this only finds where it ends."""
_IDENTIFIER = re.compile(rf"{_WORD_PATTERN}{_BLANK}={_BLANK}([0-9]{{1,10}})(?:/|(?!{_WORD_PATTERN}))").match
_SEGMENT = re.compile(
    rf"{_WORD_PATTERN}{_BLANK}={_BLANK}[0-9]{{1,10}}/[0-9]{{1,5}}(?:/{_any_of('SEGMENTATION_COMPLETE_TOKEN')})?{_BLANK}"
).match
"""A segment reply, the one transaction without braces; nothing shall follow it but the next, not even white space."""
_WITHOUT_ID = (ACK, UNKNOWN)
_MOST_TRANSACTION_ID = 0xFFFFFFFF
_DEEPEST = 500
"""Braces in each other that are told apart: the decoder takes not nearly as many."""
_LONGEST_SHOWN_LINE = 1000
"""An error farther from the beginning of its line comes without that line, of which thousands could be asked for."""


class _Piece(NamedTuple):
    """The octets of one transaction, with the white space after it."""

    kind: str
    start: int
    end: int
    is_closed: bool = True
    """Whether its own braces end it, and not the end of the message."""


def salvage(
    data: bytes, allow: frozenset[str], most_transactions: int, max_items: int, max_nesting: int
) -> tuple[int, MessageIdentifier, list[Transaction | Broken]]:
    """Return version, mId and transactions of a message.

    Raises DecodeError, level MESSAGE, where that is all that can be answered.
    """
    try:
        message = decode(data, allow, None, max_items, max_nesting)
    except DecodeError as error:
        refusal = error
    else:
        return message.version, message.mid, list(message.transactions)
    version, mid = decode_header(data)
    text = data.decode("latin-1")
    header = _HEADER(text)
    if header is None or refusal.code == VERSION_NOT_SUPPORTED or _is_message_error(text, header.end()):
        raise refusal
    pieces = list(_split(text, header.end(), min(most_transactions, max_items)))
    place_of = place_finder(text)
    found: list[Transaction | Broken] = []
    for piece in pieces:
        head = b"!/%d a\n" % version
        try:
            found += _decoded(head, data[piece.start : piece.end], allow, max_items, max_nesting)
        except DecodeError as error:
            shift = piece.start - len(head)
            found.append((piece.kind, _identifier(text, piece), _moved(error, shift, piece, text, place_of)))
    if not any(isinstance(one, tuple) for one in found):
        raise refusal
    return version, mid, found


def _decoded(
    head: bytes, octets: bytes, allow: frozenset[str], max_items: int, max_nesting: int
) -> tuple[Transaction, ...]:
    message = decode(head + octets, allow, None, max_items, max_nesting)
    if message.error is not None:  # which stands in the place of transactions, not beside them
        text = octets.decode("latin-1")
        raise error_at(head.decode() + text, len(head), found_at(text, 0), SYNTAX_ERROR_IN_TRANSACTION, _EXPECTED)
    return message.transactions


# ------------------------------------------------------------------------------------------- telling them apart


def _split(text: str, at: int, most: int) -> Iterator[_Piece]:
    """Yield the transactions that begin at ``at``; raises DecodeError where they cannot be told apart."""
    count = 0
    while at < len(text):
        if count == most:
            raise _error_in_message(text, at, f"more than {most} transactions")
        piece = _piece_at(text, at)
        yield piece
        at = piece.end
        count += 1


def _is_message_error(text: str, at: int) -> bool:
    word = _WORD(text, at)
    return word is not None and word[0].lower() in _MESSAGE_ERROR


def _piece_at(text: str, at: int) -> _Piece:
    word = _WORD(text, at)
    if word is None:
        raise _error_in_message(text, at)
    kind = _KINDS.get(word[0].lower(), UNKNOWN)
    if kind == SEGMENT:
        segment = _SEGMENT(text, at)
        if segment is None:
            raise _error_in_message(text, at)
        return _Piece(kind, at, segment.end())
    end = _end_of_braces(text, word.end())
    if end is not None:
        return _Piece(kind, at, _end_of_blanks(text, end))
    if kind == UNKNOWN:
        raise _error_in_message(text, at)
    return _Piece(kind, at, len(text), False)


def _end_of_braces(text: str, at: int) -> int | None:
    """Return where the first braces end that open behind ``at``; None where they do not, or are too deep in each other.

    Raises DecodeError where a brace is closed that was not opened.
    """
    depth = 0
    next_brace = _NEXT_BRACE
    while depth <= _DEEPEST and (found := next_brace(text, at)) is not None:
        at = found.end()
        if found[1] == "{":
            depth += 1
            next_brace = _NEXT_BRACE_INSIDE
        elif depth == 0:
            raise _error_in_message(text, at - 1)
        else:
            depth -= 1
            next_brace = _NEXT_BRACE
            if depth == 0:
                return at
    return None


def _end_of_blanks(text: str, at: int) -> int:
    blanks = _BLANKS(text, at)
    return at if blanks is None else blanks.end()


def _identifier(text: str, piece: _Piece) -> int | None:
    """Return the TransactionID of a broken transaction, None where it cannot be read."""
    found = None if piece.kind in _WITHOUT_ID else _IDENTIFIER(text, piece.start, piece.end)
    number = _MOST_TRANSACTION_ID + 1 if found is None else int(found[1])
    return number if number <= _MOST_TRANSACTION_ID else None


# ------------------------------------------------------------------------------------------------------- faults


def _error_in_message(text: str, at: int, what: str = "") -> DecodeError:
    return error_at(text, at, what or found_at(text, at), SYNTAX_ERROR_IN_MESSAGE, () if what else _EXPECTED)


def _moved(
    error: DecodeError, shift: int, piece: _Piece, text: str, place_of: Callable[[int], tuple[int, int]]
) -> DecodeError:
    """Return an error of a transaction that was decoded alone as one of its message.

    A transaction whose end cannot be determined is 403, whatever is wrong in it (RFC 3525 clause 8.2.2).
    """
    offset = error.offset + shift
    line, column = place_of(offset)
    is_at_end = offset == piece.end < len(text)
    is_specific = piece.is_closed and error.level is not Level.MESSAGE
    return DecodeError(
        found_at(text, offset) if is_at_end and error.expected else error.what,
        code=error.code if is_specific else SYNTAX_ERROR_IN_TRANSACTION,
        level=error.level if is_specific else Level.TRANSACTION,
        offset=offset,
        line=line,
        column=column,
        expected=error.expected,
        source_line=shown_line(text, offset, column) if column <= _LONGEST_SHOWN_LINE else "",
        allowance=error.allowance,
    )
