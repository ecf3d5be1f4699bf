"""BER for tests: octets as a tree of values, and the forms that X.690 leaves to whoever writes such a tree again."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from megaco.binary.outline import pieces
from megaco.binary.schema import START, TYPES

CONSTRUCTED = 0x20
END_OF_CONTENTS = b"\0\0"
OCTETS, BITS = b"\x04", b"\x03"
"""What segments are tagged with: those of an IA5String like those of an OCTET STRING (X.690 clause 8.23.3)."""


class Tlv(NamedTuple):
    """A value: its identifier octets, and its contents, octets or values."""

    tag: bytes
    inside: "bytes | tuple[Tlv, ...]"

    @property
    def is_constructed(self) -> bool:
        """Whether values stand in it."""
        return bool(self.tag[0] & CONSTRUCTED)


Form = Callable[[bytes], bytes]
"""Contents -> the octets from the length on."""


def definite(contents: bytes) -> bytes:
    """The length in as few octets as it needs."""
    size = len(contents)
    if size < 0x80:
        return bytes([size]) + contents
    return spare(0)(contents)


def spare(zeros: int) -> Form:
    """The length in the long form, with octets of 0 before it."""

    def written(contents: bytes) -> bytes:
        size = len(contents)
        number = bytes(zeros) + size.to_bytes(max(1, (size.bit_length() + 7) // 8), "big")
        return bytes([0x80 | len(number)]) + number + contents

    return written


def indefinite(contents: bytes) -> bytes:
    """No length; end-of-contents octets behind the contents."""
    return b"\x80" + contents + END_OF_CONTENTS


def tlv(tag: int | bytes, *contents: bytes, form: Form = definite) -> bytes:
    """Return the octets of a value."""
    identifier = tag if isinstance(tag, bytes) else bytes([tag])
    return identifier + form(b"".join(contents))


def parsed(data: bytes) -> tuple[Tlv, ...]:
    """Return the values that octets are; raises ValueError where they are none."""
    found, at = _values(data, 0, len(data), is_open=False)
    assert at == len(data)
    return found


def _values(data: bytes, at: int, end: int, *, is_open: bool) -> tuple[tuple[Tlv, ...], int]:
    found: list[Tlv] = []
    while at < end:
        if is_open and data[at : at + 2] == END_OF_CONTENTS:
            return tuple(found), at + 2
        start, (at, size) = at, _header(data, at)
        tag = data[start : _behind_tag(data, start)]
        inside: bytes | tuple[Tlv, ...]
        if size is None:
            inside, at = _values(data, at, end, is_open=True)
        elif at + size > end:
            raise ValueError(f"a value at {start} that is longer than what it stands in")
        elif tag[0] & CONSTRUCTED:
            inside, at = _values(data, at, at + size, is_open=False)
        else:
            inside, at = data[at : at + size], at + size
        found.append(Tlv(tag, inside))
    if is_open:
        raise ValueError("a value without length that does not end")
    return tuple(found), at


def _behind_tag(data: bytes, at: int) -> int:
    is_long = data[at] & 0x1F == 0x1F
    at += 1
    while is_long and at < len(data):
        is_long = data[at] >= 0x80
        at += 1
    return at


def _header(data: bytes, at: int) -> tuple[int, int | None]:
    """Return where contents begin, and how long they are; None where that is not said."""
    is_constructed = bool(data[at] & CONSTRUCTED)
    at = _behind_tag(data, at)
    if at >= len(data):
        raise ValueError("the octets end within a tag")
    size = data[at]
    if size < 0x80:
        return at + 1, size
    if size == 0x80:
        if not is_constructed:
            raise ValueError(f"a simple value without length at {at}")
        return at + 1, None
    behind = at + 1 + (size & 0x7F)
    return behind, int.from_bytes(data[at + 1 : behind], "big")


def written(value: Tlv, form_of: Callable[[Tlv], Form] = lambda _: definite) -> bytes:
    """Return the octets of a value, each value in it in a form of its own."""
    contents = value.inside
    if not isinstance(contents, bytes):
        contents = b"".join(written(one, form_of) for one in contents)
    return value.tag + form_of(value)(contents)


def without_lengths(value: Tlv) -> Form:
    """The form of a message in which no value says its length that need not."""
    return indefinite if value.is_constructed else definite


def offsets(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Yield, for each value of definite length, where it begins, where its length does, and where its contents do."""
    waiting = [0]
    while waiting:
        start = waiting.pop()
        if start < len(data):
            at, size = _header(data, start)
            assert size is not None
            yield start, _behind_tag(data, start), at
            waiting.append(at if data[start] & CONSTRUCTED else at + size)


# --------------------------------------------------------------------------------------------- strings in segments


def kinds_of(data: bytes) -> list[str]:
    """Return the ASN.1 keyword of each value in a message, in the order of the octets; "" where it is not known."""
    types = [piece.type_name for piece in pieces(data, TYPES, START)]
    return [TYPES[name].kind if name else "" for name in types]


def segmented(data: bytes, cut: Callable[[bytes, bytes], tuple[Tlv, ...]]) -> Tlv:
    """Return a message with its strings in segments: ``cut`` takes the segments' tag and the contents."""
    kinds = iter(kinds_of(data))

    def change(value: Tlv) -> Tlv:
        kind = next(kinds)
        if not isinstance(value.inside, bytes):
            return Tlv(value.tag, tuple([change(one) for one in value.inside]))
        if kind not in ("OCTET STRING", "IA5String", "BIT STRING"):
            return value
        segment = BITS if kind == "BIT STRING" else OCTETS
        return Tlv(bytes([value.tag[0] | CONSTRUCTED]), cut(segment, value.inside))

    (message,) = parsed(data)
    return change(message)


def octet_by_octet(tag: bytes, contents: bytes) -> tuple[Tlv, ...]:
    """One octet a segment; bits that do not count, and so are left out, stand in the last."""
    if tag != BITS:
        return tuple([Tlv(tag, bytes([octet])) for octet in contents])
    unused, bits = contents[0], contents[1:]
    last = len(bits) - 1
    return tuple([Tlv(tag, bytes([unused if at == last else 0, octet])) for at, octet in enumerate(bits)])


def nested(tag: bytes, contents: bytes) -> tuple[Tlv, ...]:
    """Segments in segments, empty ones among them."""
    pieces = octet_by_octet(tag, contents)
    half = len(pieces) // 2
    empty = Tlv(tag, b"\0" if tag == BITS else b"")
    deep = bytes([tag[0] | CONSTRUCTED])
    return (Tlv(deep, (empty, *pieces[:half])), Tlv(deep, ()), Tlv(deep, (Tlv(deep, pieces[half:]),)))
