"""Messages to octets and back, and the JSON form: what a user of the library calls first."""

import base64
import json
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, Literal, NamedTuple, cast

import msgspec

from megaco import binary, text
from megaco.binary import Dictionary, default_dictionary, dictionary
from megaco.deviations import Deviation
from megaco.errors import DecodeError, EncodeError
from megaco.message import Message, MessageIdentifier, Octets, Transaction

__all__ = [
    "DEFAULT_LIMITS",
    "ENCODINGS",
    "BrokenTransaction",
    "Dictionary",
    "Header",
    "Limits",
    "Salvage",
    "allowances",
    "assemble",
    "decode",
    "decode_header",
    "dictionary",
    "encode",
    "encode_transaction",
    "from_json",
    "is_binary",
    "json_schema",
    "places",
    "salvage",
    "to_builtins",
    "to_json",
]

BINARY = "binary"
_SURROGATE = re.compile(f"[{chr(0xD800)}-{chr(0xDFFF)}]")


class Limits(msgspec.Struct, frozen=True):
    """Bounds on what ``decode`` takes from a peer."""

    message_bytes: int = 1_048_576
    """Octets in one message; more is refused unread. UDP carries at most 65,507."""
    items: int = 10_000
    """Entries in any one list of the tree: transactions, actions, commands, events, properties, values ..."""
    nesting: int = 32
    """Open rules that can stand inside themselves: a RegulatedNotify in an Embed opens four; at most 64."""


DEFAULT_LIMITS: Final[Limits] = Limits()


class Header(NamedTuple):
    """What of a message can be known when the rest cannot."""

    version: int
    mid: MessageIdentifier


TransactionKind = Literal["request", "reply", "pending", "ack", "segment", "unknown"]


class BrokenTransaction(msgspec.Struct, frozen=True):
    """A transaction of a message that cannot be understood."""

    kind: TransactionKind
    """``unknown``: it is none that the protocol has."""
    transaction_id: int | None
    """None where it cannot be read, and of ``ack`` and ``unknown``; an answer then has 0 (RFC 3525 clause 8.1.1)."""
    error: DecodeError
    """What is wrong first, at its place in the whole message.

    ``code``: 422, 442, 448 ... of an action or command; 403 where no transaction can be made out, or not its end
    (RFC 3525 clause 8.2.2). ``level`` is never that of the message.
    """


class Salvage(msgspec.Struct, frozen=True):
    """What can be understood of a message that ``decode`` refuses."""

    header: Header
    transactions: tuple[Transaction | BrokenTransaction, ...]
    """In the order of the message; of those that are not broken, what ``decode`` makes of a message with each alone."""


def decode(
    data: bytes | str,
    *,
    strict: bool = False,
    allow: Iterable[str] | None = None,
    on_deviation: Callable[[Deviation], None] | None = None,
    limits: Limits = DEFAULT_LIMITS,
    dictionary: Dictionary | None = None,
) -> Message:
    """Decode one message; the encoding is told from the octets.

    The default takes the named allowances (``allowances()``), ``strict`` none of them, ``allow`` exactly those named;
    ``on_deviation`` is called with each one that was made use of. ``dictionary`` has the names that binary has numbers
    for; None: those of the packages and the provisioning that are shipped. Raises DecodeError, and nothing else, for
    any octets.
    """
    allowed = _NONE if strict else _EVERY if allow is None else _chosen(allow)
    octets = _octets(data, limits)
    if not is_binary(octets):
        return text.decode(octets, allowed, on_deviation, limits.items, limits.nesting)
    names = default_dictionary() if dictionary is None else dictionary
    return binary.decode(octets, names, allowed, on_deviation, limits.items, limits.nesting)


_NONE: frozenset[str] = frozenset()
_EVERY = frozenset((*text.ALLOWANCES, *binary.ALLOWANCES))


def _chosen(allow: Iterable[str]) -> frozenset[str]:
    chosen = frozenset(allow)
    if unknown := chosen - _EVERY:
        raise ValueError(f"no such allowance: {', '.join(sorted(unknown))}; there are {', '.join(sorted(_EVERY))}")
    return chosen


def is_binary(octets: bytes) -> bool:
    """Tell whether octets are a message in binary, if they are a message: text begins with a letter or a mark."""
    return octets[:1] == b"0"


def places(data: bytes, *, dictionary: Dictionary | None = None) -> tuple[Message, dict[int, int]]:
    """Decode one message in binary, and return with it the offset of each node by the node's ``id``."""
    found: dict[int, int] = {}
    names = default_dictionary() if dictionary is None else dictionary
    octets = _octets(data, DEFAULT_LIMITS)
    message = binary.decode(octets, names, _EVERY, None, DEFAULT_LIMITS.items, DEFAULT_LIMITS.nesting, found)
    return message, found


def locate(data: bytes, *, dictionary: Dictionary | None = None) -> tuple[Message, dict[int, str]]:
    """Decode one message, and return with it where each node begins by the node's ``id``: LINE:COLUMN or @OFFSET.

    Text is read by the reference parser, which takes some milliseconds a message.
    """
    octets = _octets(data, DEFAULT_LIMITS)
    if is_binary(octets):
        message, offsets = places(octets, dictionary=dictionary)
        return message, {node: f"@{offset}" for node, offset in offsets.items()}
    from megaco import reference  # the one thing here that needs the grammar itself

    found: dict[int, tuple[int, int]] = {}
    message = reference.decode(
        octets, reference.text_encoding(), allow=_EVERY, on_deviation=None, max_items=DEFAULT_LIMITS.items, places=found
    )
    return message, {node: f"{line}:{column}" for node, (line, column) in found.items()}


def decode_header(data: bytes | str, *, limits: Limits = DEFAULT_LIMITS) -> Header:
    """Return version and mId of a message, however broken what follows them, so that it can be answered.

    Raises DecodeError where the beginning is no H.248 message.
    """
    octets = _octets(data, limits)
    if is_binary(octets):
        return Header(*binary.decode_header(octets, default_dictionary()))
    return Header(*text.decode_header(octets))


def salvage(
    data: bytes | str,
    *,
    limits: Limits = DEFAULT_LIMITS,
    dictionary: Dictionary | None = None,
    most_transactions: int,
) -> Salvage:
    """Return what can be understood of a message that ``decode`` refuses, so that each fault is answered at its level.

    ``most_transactions``: more of them are not looked at, and the message is refused. ``limits`` and ``dictionary`` as
    for ``decode``; allowances are made as it makes them. Takes a few times as long as decoding. Raises DecodeError, and
    nothing else, where only the message as a whole can be answered: its header cannot be read, it has an error
    descriptor, its transactions cannot be told apart (in text: what stands between two of them begins with no word, or
    has no braces), or the fault is in none of them.
    """
    octets = _octets(data, limits)
    if is_binary(octets):
        names = default_dictionary() if dictionary is None else dictionary
        version, mid, found = binary.salvage(octets, names, _EVERY, most_transactions, limits.items, limits.nesting)
    else:
        version, mid, found = text.salvage(octets, _EVERY, most_transactions, limits.items, limits.nesting)
    return Salvage(Header(version, mid), tuple([_salvaged(one) for one in found]))


def _salvaged(found: Transaction | tuple[str, int | None, DecodeError]) -> Transaction | BrokenTransaction:
    if isinstance(found, tuple):
        kind, transaction_id, error = found
        return BrokenTransaction(cast(TransactionKind, kind), transaction_id, error)
    return found


def encode(message: Message, encoding: str = "pretty", *, dictionary: Dictionary | None = None) -> bytes:
    """Write a message as ``pretty`` or ``compact`` text, or in ``binary``.

    ``dictionary`` as for ``decode``. Raises EncodeError where the encoding has no words for it, with the path of it in
    the tree.
    """
    _check_encoding(encoding)
    if encoding == BINARY:
        return binary.encode(message, default_dictionary() if dictionary is None else dictionary)
    return text.encode(message, encoding)


def encode_transaction(
    transaction: Transaction, version: int, encoding: str = "pretty", *, dictionary: Dictionary | None = None
) -> bytes:
    """Write one transaction as it stands in a message of a protocol version, for ``assemble``.

    So a transaction is written once, and its size is known before it is known what else shares its message. Raises as
    ``encode`` of a message that has it alone.
    """
    _check_encoding(encoding)
    if encoding == BINARY:
        return binary.encode_transaction(transaction, default_dictionary() if dictionary is None else dictionary)
    return text.encode_transaction(transaction, version, encoding)


def assemble(
    version: int,
    mid: MessageIdentifier,
    transactions: Sequence[bytes],
    encoding: str = "pretty",
    *,
    dictionary: Dictionary | None = None,
) -> bytes:
    """Return the message of transactions that ``encode_transaction`` wrote for this version and encoding.

    It is, octet for octet, what ``encode`` makes of ``Message(version, mid, ...)`` with them. Raises EncodeError where
    version or mid cannot be written, and where a text has no transactions.
    """
    head = _head(version, mid, encoding, dictionary)
    if encoding == BINARY:
        return binary.assemble(head, transactions)
    if not transactions:
        text.encode(Message(version, mid), encoding)  # which says what is missing
    return head + b"".join(transactions)


_HEADS: Final[dict[tuple[str, int, MessageIdentifier], bytes]] = {}
"""What stands before the transactions of a message, of the senders that were written last: of few, mostly of one."""
_MOST_HEADS: Final = 64


def _head(version: int, mid: MessageIdentifier, encoding: str, dictionary: Dictionary | None) -> bytes:
    try:
        head = _HEADS.get((encoding, version, mid))
    except TypeError:  # a field of mid that has no hash, and so is none of a mid; what writes it says which
        return _written_head(version, mid, encoding, dictionary)
    if head is None:
        head = _written_head(version, mid, encoding, dictionary)
        if len(_HEADS) >= _MOST_HEADS:
            _HEADS.clear()
        _HEADS[encoding, version, mid] = head
    return head


def _written_head(version: int, mid: MessageIdentifier, encoding: str, dictionary: Dictionary | None) -> bytes:
    _check_encoding(encoding)
    if encoding == BINARY:
        return binary.encode_head(version, mid, default_dictionary() if dictionary is None else dictionary)
    return text.encode_head(version, mid, encoding)


ENCODINGS = (*text.LAYOUTS, BINARY)


def _check_encoding(encoding: str) -> None:
    if encoding not in ENCODINGS:
        raise ValueError(f"no such encoding: {encoding}; there are {', '.join(ENCODINGS)}")


def allowances() -> dict[str, str]:
    """Return the deviations that decoding takes unless told otherwise: name -> what it is and who sends it."""
    rows = {**text.ALLOWANCES, **binary.ALLOWANCES}
    return {name: f"{row.what}; sent by {row.who}" for name, row in rows.items()}


def _octets(data: bytes | str, limits: Limits) -> bytes:
    octets = data if type(data) is bytes else _octets_of(data)
    if len(octets) > limits.message_bytes:
        allowed = f"at most {limits.message_bytes}"
        where = None if is_binary(octets) else 1
        raise DecodeError(f"a message of {len(octets)} octets", line=where, column=where, expected=(allowed,))
    return octets


def _octets_of(data: bytes | str) -> bytes:
    return data.encode("utf-8", "surrogatepass") if isinstance(data, str) else bytes(data)


def to_builtins(message: Message) -> Any:
    """Return the JSON form as dictionaries and lists."""
    return msgspec.to_builtins(message, enc_hook=_octets_to_json)


def to_json(message: Message) -> str:
    """Return the JSON form of a message: one object, members at their default left out, ``is`` naming each node.

    Octets of a value that are not UTF-8 become the escapes of lone surrogates, ``\\udc80`` to ``\\udcff``.
    """
    try:
        document = json.dumps(to_builtins(message), indent=2, ensure_ascii=False)
    except RecursionError:
        raise EncodeError("nested too deep for JSON") from None
    return _SURROGATE.sub(lambda found: f"\\u{ord(found.group()):04x}", document)


def from_json(document: str | bytes) -> Message:
    """Read the JSON form; raises EncodeError with the path of what is wrong."""
    try:
        return msgspec.convert(json.loads(document), Message, dec_hook=_octets_from_json)
    except UnicodeDecodeError:
        raise EncodeError("not the JSON form of a message: not UTF-8") from None
    except RecursionError:
        raise EncodeError("not the JSON form of a message: nested too deep") from None
    except ValueError as error:
        raise EncodeError(f"not the JSON form of a message: {error}") from None


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of the JSON form."""
    return msgspec.json.schema(Message, schema_hook=_octets_schema)


def _octets_to_json(value: Any) -> Any:
    try:
        return bytes(value).decode("utf-8")
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(value).decode("ascii")}


def _octets_from_json(_type: type, value: Any) -> Any:
    if isinstance(value, str):
        return Octets(value.encode("utf-8", "surrogatepass"))
    if isinstance(value, dict) and set(value) == {"base64"} and isinstance(value["base64"], str):
        return Octets(base64.b64decode(value["base64"], validate=True))
    raise ValueError('octets are a string or {"base64": "..."}')


def _octets_schema(_type: type) -> dict[str, Any]:
    encoded = {"type": "object", "properties": {"base64": {"type": "string"}}, "required": ["base64"]}
    return {"oneOf": [{"type": "string"}, encoded]}
