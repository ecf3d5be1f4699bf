"""What holds of a tree that was decoded: each encoding carries it as it is, or says why not."""

import re

from megaco import EncodeError, Message, decode, encode, from_json, to_json
from megaco.message import Octets

_COMMENT = re.compile(rb";[\t -~]*")
"""Without the end of its line. SDP can be one where no line ends behind it; elsewhere the brace before absorbs it."""


def check_json(message: Message) -> None:
    """The JSON form is read back."""
    assert from_json(to_json(message)) == message, "its JSON form is another message"


def check_text(message: Message, *, is_from_text: bool, is_strict: bool) -> None:
    """A tree goes through either layout and comes back as it was.

    One that stood in binary may have no words, and what says nothing is left out of it.
    """
    try:
        pretty, compact = encode(message, "pretty"), encode(message, "compact")
    except EncodeError as error:
        octets = _part(message, error.path)
        if not is_from_text or (isinstance(octets, Octets) and _COMMENT.fullmatch(octets)):
            return
        raise
    again = message if is_from_text else decode(pretty)
    for written in (pretty, compact):
        read = decode(written, strict=is_strict and is_from_text)
        assert read == again, f"written as {written!r} it is another message"
    assert encode(decode(compact), "pretty") == pretty, "by way of compact it is written otherwise"
    assert encode(decode(pretty), "compact") == compact, "by way of pretty it is written otherwise"


def check_binary(message: Message, *, is_from_binary: bool, is_as_it_was: bool) -> None:
    """A tree that stood in binary comes back as it was; any other is settled after one pass, or has no form there.

    Octets that only an allowance takes may be text that binary has no form for, or a value in another form.
    """
    try:
        octets = encode(message, "binary")
    except EncodeError:
        assert not is_from_binary or not is_as_it_was, "it cannot be written back"
        return
    again = decode(octets, allow=_KEEPING)
    assert not is_from_binary or not is_as_it_was or again == message, "written back it is another message"
    settled = encode(again, "binary")
    assert decode(settled, allow=_KEEPING) == again, "written back twice it is another message"
    assert encode(decode(settled, allow=_KEEPING), "binary") == settled, "written back twice it is other octets"


_KEEPING = ("other-type", "later-version", "digit-map-letters")
"""What our own octets may need: values that their type has no room for, and what stands in a message of any version."""


def _part(node: object, path: str) -> object:
    """Return what an EncodeError points at."""
    for name, index in re.findall(r"\.(\w+)|\[(\d+)\]", path):
        node = getattr(node, name) if name else node[int(index)]  # type: ignore[index]  # a tuple
    return node
