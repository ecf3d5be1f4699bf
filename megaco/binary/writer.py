"""What the generated encoder stands on: lengths and the simple types, each as its octets from the length on.

Lengths are definite and as short as can be, so is everything: what is written is DER but for the order of a SET, and
the module has none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from megaco.refusals import Unwritable

if TYPE_CHECKING:
    from mypy_extensions import i64

NOT_IN_BINARY: Final = "cannot be carried in the binary encoding"
LONGEST_KEPT: Final = 128
"""Octets of the longest value that is remembered."""
LONGEST_IDENTIFIER: Final = 128
"""Octets of an object identifier, as the reader takes them."""
DEEPEST: Final = 120
"""Types that stand in themselves at most."""
_IDENTIFIER = re.compile(r"[0-9]+(?:\.[0-9]+)+")
_LENGTHS: Final = [bytes([size]) for size in range(0x80)]
_SMALL: Final = [b"\x01" + bytes([number]) for number in range(0x80)]
_MOST_KNOWN: Final = 2048
_TRUE: Final = b"\x01\xff"
_FALSE: Final = b"\x01\x00"


def length(size: i64) -> bytes:
    """Return the octets of a length."""
    if size < 0x80:
        return _LENGTHS[size]
    if size < 0x100:
        return bytes((0x81, size))
    if size < 0x10000:
        return bytes((0x82, size >> 8, size & 0xFF))
    return bytes((0x84, size >> 24, size >> 16 & 0xFF, size >> 8 & 0xFF, size & 0xFF))


class Writer:
    """One message being written; ``numbers`` and ``strings`` are kept from message to message."""

    def __init__(self, numbers: dict[int, bytes], strings: dict[str, bytes]) -> None:
        self._numbers = numbers
        self._strings = strings
        self.depth: i64 = 0

    def explicit(self, tag: bytes, contents: bytes) -> bytes:
        """Return a value in an explicit tag."""
        return b"%b%b%b" % (tag, length(len(contents)), contents)

    def integer(self, number: Any, low: i64, high: i64, node: object, field: str) -> bytes:
        """Return an INTEGER within bounds."""
        if type(number) is not int or not low <= number <= high:
            raise Unwritable(node, field, number, f"{number!r} is not a whole number within {low} to {high}")
        if number < 0x80:
            return _SMALL[number]
        known = self._numbers.get(number)
        return self._learn_number(number) if known is None else known

    def _learn_number(self, number: int) -> bytes:
        size = number.bit_length() // 8 + 1
        octets = bytes([size]) + number.to_bytes(size, "big")
        if len(self._numbers) >= _MOST_KNOWN:
            self._numbers.clear()
        self._numbers[number] = octets
        return octets

    def boolean(self, value: Any, node: object, field: str) -> bytes:
        """Return a BOOLEAN."""
        if value is True:
            return _TRUE
        if value is False:
            return _FALSE
        raise Unwritable(node, field, value, f"{value!r} is neither true nor false")

    def octets(self, value: Any, low: i64, high: i64, node: object, field: str) -> bytes:
        """Return an OCTET STRING of bounded length; ``high`` -1: no bound."""
        size: i64 = len(value)
        if size < low or (high >= 0 and size > high):
            raise Unwritable(node, field, value, f"{size} octets; {_sizes(low, high)} can be written")
        return b"%b%b" % (length(size), bytes(value))

    def ia5_string(self, value: Any, low: i64, high: i64, node: object, field: str) -> bytes:
        """Return an IA5String of bounded length; ``high`` -1: no bound."""
        text: str = value
        known = self._strings.get(text)
        if known is not None and low == 0 and high < 0:
            return known
        if not text.isascii():
            raise Unwritable(node, field, value, f"{text!r} is not ASCII, and {NOT_IN_BINARY} (IA5String)")
        size: i64 = len(text)
        if size < low or (high >= 0 and size > high):
            raise Unwritable(node, field, value, f"{size} characters; {_sizes(low, high)} can be written")
        octets = b"%b%b" % (length(size), text.encode("ascii"))
        if size <= 64:
            if len(self._strings) >= _MOST_KNOWN:
                self._strings.clear()
            self._strings[text] = octets
        return octets

    def object_identifier(self, value: Any, node: object, field: str) -> bytes:
        """Return an OBJECT IDENTIFIER of ``1.2.3``."""
        try:
            if not _IDENTIFIER.fullmatch(value):
                raise ValueError
            first, second, *rest = [int(arc) for arc in value.split(".")]
        except (ValueError, TypeError):
            raise Unwritable(node, field, value, f"{value!r} is no object identifier, 1.2.3") from None
        if not 0 <= first <= 2 or (first < 2 and second > 39) or min((second, *rest)) < 0:
            raise Unwritable(node, field, value, f"{value!r} is no object identifier")
        contents = b"".join([_arc(arc) for arc in (40 * first + second, *rest)])
        if len(contents) > LONGEST_IDENTIFIER:
            what = f"an object identifier of {len(contents)} octets; {LONGEST_IDENTIFIER} can be read"
            raise Unwritable(node, field, value, what)
        return b"%b%b" % (length(len(contents)), contents)

    def enumerated(self, member: Any, table: dict[str, bytes], node: object, field: str) -> bytes:
        """Return an ENUMERATED; the table has octets by the member's word."""
        octets = table.get(member._value_)
        if octets is None:
            raise Unwritable(node, field, member, f"{member.value} {NOT_IN_BINARY} here")
        return octets

    def bits(self, members: Any, table: dict[str, int], node: object, field: str) -> bytes:
        """Return a BIT STRING with named bits, no zero bit at its end (X.680 clause 22.7)."""
        mask: i64 = 0
        last: i64 = -1
        for member in members:
            number = table.get(member._value_)
            if number is None:
                raise Unwritable(node, field, member, f"{member.value} {NOT_IN_BINARY} here")
            bit: i64 = number
            mask |= 0x8000 >> bit
            if bit > last:
                last = bit
        if last < 0:
            return b"\x01\x00"
        if last < 8:
            return bytes((2, 7 - last, mask >> 8))
        return bytes((3, 15 - last, mask >> 8, mask & 0xFF))

    def deeper(self, node: object) -> None:
        """Count a type that stands inside itself."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise Unwritable(node, "", node, f"nested deeper than {DEEPEST}")

    def unwritable(self, node: object, field: str, value: object, what: str) -> Unwritable:
        """Return the error that a field cannot be written."""
        return Unwritable(node, field, value, f"{field or 'it'} {what}" if what == NOT_IN_BINARY else what)


def _arc(arc: int) -> bytes:
    octets = [arc & 0x7F]
    while arc := arc >> 7:
        octets.append(arc & 0x7F | 0x80)
    return bytes(reversed(octets))


def _sizes(low: i64, high: i64) -> str:
    if high < 0:
        return f"{low} or more"
    return f"{low}" if low == high else f"{low} to {high}"
