"""Messages to octets and back, and the JSON form: what a user of the library calls first."""

import base64
import json
import re
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import msgspec

from megaco import binary, text
from megaco.binary import Dictionary, default_dictionary, dictionary
from megaco.deviations import Deviation
from megaco.errors import DecodeError, EncodeError
from megaco.message import Message, MessageIdentifier, Octets

__all__ = [
    "DEFAULT_LIMITS",
    "ENCODINGS",
    "Dictionary",
    "Header",
    "Limits",
    "allowances",
    "decode",
    "decode_header",
    "dictionary",
    "encode",
    "from_json",
    "is_binary",
    "json_schema",
    "places",
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


DEFAULT_LIMITS = Limits()


class Header(NamedTuple):
    """What of a message can be known when the rest cannot."""

    version: int
    mid: MessageIdentifier


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


def encode(message: Message, encoding: str = "pretty", *, dictionary: Dictionary | None = None) -> bytes:
    """Write a message as ``pretty`` or ``compact`` text, or in ``binary``.

    ``dictionary`` as for ``decode``. Raises EncodeError where the encoding has no words for it, with the path of it in
    the tree.
    """
    if encoding not in ENCODINGS:
        raise ValueError(f"no such encoding: {encoding}; there are {', '.join(ENCODINGS)}")
    if encoding == BINARY:
        return binary.encode(message, default_dictionary() if dictionary is None else dictionary)
    return text.encode(message, encoding)


ENCODINGS = (*text.LAYOUTS, BINARY)


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
