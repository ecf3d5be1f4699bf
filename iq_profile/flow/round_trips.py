"""The codec's round trips: a message goes out in every encoding and comes back as it was.

Binary carries less than text: a message with a name that has no number, or with what binary has no form for, is none
that it carries (`EncodeError`). It also writes in one way what text writes in several: values without quotation marks
where their type has none, names in the registry's letter case, SDP lines with CRLF, items of an audit in one order.
"""

import re
from collections.abc import Iterator
from typing import Any

import msgspec

import megaco
from megaco.codec import BINARY
from megaco.message import LocalDescriptor, Message, RemoteDescriptor

_LINE_END = re.compile(rb"\r\n?|\n")


def text_faults(message: Message, *, strict: bool) -> Iterator[str]:
    """Yield where a message does not come back from: text in both layouts, JSON."""
    for encoding in megaco.ENCODINGS:
        if encoding != BINARY and megaco.decode(megaco.encode(message, encoding), strict=strict) != message:
            yield f"the message does not come back from {encoding}"
    if megaco.from_json(megaco.to_json(message)) != message:
        yield "the message does not come back from JSON"


def binary_faults(message: Message, *, strict: bool) -> Iterator[str]:
    """Yield what is wrong with a message that came back from binary. Raises EncodeError where binary cannot carry it.

    What came back is written as the same octets again, and its SDP is the same but for the ends of lines.
    """
    octets = megaco.encode(message, BINARY)
    try:
        back = megaco.decode(octets, strict=strict)
        again = megaco.encode(back, BINARY)
    except (megaco.DecodeError, megaco.EncodeError) as error:
        yield f"the message does not come back from binary: {error}"
        return
    if again != octets or list(_session_descriptions(back)) != list(_session_descriptions(message)):
        yield "the message does not come back from binary"


def _session_descriptions(node: Any) -> Iterator[list[bytes]]:
    """Yield the lines of every Local and Remote descriptor in a tree."""
    if isinstance(node, LocalDescriptor | RemoteDescriptor):
        yield _LINE_END.split(bytes(node.sdp).rstrip(b"\r\n"))
    elif isinstance(node, msgspec.Struct):
        for name in node.__struct_fields__:
            yield from _session_descriptions(getattr(node, name))
    elif isinstance(node, tuple):
        for one in node:
            yield from _session_descriptions(one)
