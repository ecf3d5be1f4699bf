"""How the values of properties, parameters and statistics are written: text on one side, BER on the other.

The octets of a value are the complete BER encoding of its type (RFC 3525 clause A.2, table "Type Specified in
Package"). A value that its type has no room for, such as ``tdmc/ec=g165``, is a string in binary: the codec carries
what a peer wrote, and whoever knows the package refuses it with the right code.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from megaco.message import Value
from megaco.packages import Scalar, Typed
from megaco.packages.items import GREATEST, LEAST
from megaco.packages.values import FRACTION, PLAIN, Form, is_bare, with_words

BOOLEAN, INTEGER, OCTET_STRING, ENUMERATED, UTF8_STRING, IA5_STRING = 0x01, 0x02, 0x04, 0x0A, 0x0C, 0x16
_LONGEST_NUMBER = 9
_WHOLE = 100
_MOST_DIGITS = 12
"""Behind the point of a number with bits of fraction."""
OPAQUE = re.compile(r"0x((?:[0-9a-f]{2})*)")
"""A value of which no type is known: its octets as they stand."""


class OtherTypeError(Exception):
    """Octets that are BER, but of another type than the package has."""


class Both(NamedTuple):
    """The two directions of one type; each raises ValueError where a value is not of the type."""

    form: Form
    """How text has its values."""
    read: Callable[[bytes], Scalar]
    """Contents -> value."""
    write: Callable[[Scalar], bytes]
    """Value -> contents."""
    tags: tuple[int, ...]

    def value_of(self, contents: bytes) -> Value:
        """Return contents as text has them."""
        text = self.form.write(self.read(contents))
        return Value(text, quoted=self.form.is_quoted or not text)

    def contents_of(self, text: str) -> bytes:
        """Return text as contents."""
        return self.write(self.form.parse(text))


def tlv(tag: int, contents: bytes) -> bytes:
    """Return a value with its tag and length."""
    length = len(contents)
    if length < 0x80:
        return bytes([tag, length]) + contents
    size = length.to_bytes((length.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(size)]) + size + contents


def contents_of(octets: bytes) -> bytes | None:
    """Return the contents where octets are exactly one simple BER value; None where they are not."""
    if len(octets) < 2:
        return None
    length, at = octets[1], 2
    if length == 0x80:
        return None
    if length > 0x80:
        at += length & 0x7F
        length = int.from_bytes(octets[2:at], "big") if at <= len(octets) else -1
    return octets[at:] if len(octets) - at == length else None


class ValueCodec:
    """One type of values in a package."""

    def __init__(self, typed: Typed | None) -> None:
        """Take a type from the registry; None: none is known."""
        name = typed.type.removeprefix("sub-list of ") if typed is not None else ""
        self.is_known = typed is not None
        self.is_quoted = name in ("string", "character")
        """Whether text writes the values in quotation marks."""
        self.is_fraction = typed is not None and typed.fraction_bits > 0
        self._both = _both(name, typed)

    def read(self, octets: bytes) -> Value | None:
        """Return the value of octets; None where they are not the BER of the type."""
        both = self._both
        if both is None:
            return Value(f"0x{octets.hex()}")
        contents = contents_of(octets)
        if contents is None or octets[0] not in both.tags:
            return None
        try:
            return both.value_of(contents)
        except ValueError:
            return None

    def read_other(self, octets: bytes) -> Value | None:
        """Return the value of octets by the type that they name themselves; None where they are no BER."""
        contents = contents_of(octets)
        both = _BY_TAG.get(octets[0]) if contents is not None else None
        if both is None or contents is None:
            return None
        try:
            return both.value_of(contents)
        except ValueError:
            return None

    def canonical(self, value: Value) -> Value:
        """Return a value that came in another form as it is read from the right one; text can write it either way."""
        found = self.read(self.write(value)) if self._both is not None else None
        return found or Value(value.text, self.is_quoted or not is_bare(value.text))

    def read_whole(self, octets: bytes) -> Value | None:
        """Return a number as if it had no bits of fraction; None where it is too great for a percentage."""
        contents = contents_of(octets)
        number = _number_of(contents) if contents and octets[0] == INTEGER and len(contents) == 1 else 0
        return Value(str(number)) if 0 < number <= _WHOLE else None

    def write(self, value: Value) -> bytes:
        """Return the octets of a value; raises ValueError, with words for the user, where it has none."""
        both = self._both
        if both is None:
            found = OPAQUE.fullmatch(value.text)
            if found is None:
                raise ValueError(f"{value.text!r} has no known type; its octets would be written 0x...")
            return bytes.fromhex(found.group(1))
        try:
            contents = both.contents_of(value.text)
        except ValueError:
            return string_octets(value.text)
        return tlv(both.tags[0] if both.tags[0] != IA5_STRING or value.text.isascii() else UTF8_STRING, contents)


def string_octets(text: str) -> bytes:
    """Return a string in BER: IA5String where it is ASCII, else UTF8String (RFC 3525 clause A.2 note 4)."""
    return tlv(IA5_STRING if text.isascii() else UTF8_STRING, text.encode("utf-8", "surrogateescape"))


def string_text(octets: bytes) -> str | None:
    """Return the text of a string in BER; None where octets are none."""
    contents = contents_of(octets)
    if contents is None or octets[0] not in (IA5_STRING, UTF8_STRING):
        return None
    return contents.decode("utf-8", "surrogateescape")


def _read_boolean(contents: bytes) -> Scalar:
    if len(contents) != 1:
        raise ValueError
    return contents[0] != 0


def _write_boolean(value: Scalar) -> bytes:
    return b"\xff" if value else b"\x00"


def _number_of(contents: bytes) -> int:
    if not 1 <= len(contents) <= _LONGEST_NUMBER:
        raise ValueError
    number = int.from_bytes(contents, "big", signed=True)
    if not LEAST <= number <= GREATEST:  # what could not be written again as a number
        raise ValueError
    return number


def _contents_of_number(number: Scalar) -> bytes:
    if not isinstance(number, int) or not LEAST <= number <= GREATEST:
        raise ValueError
    return number.to_bytes((number + (number < 0)).bit_length() // 8 + 1, "big", signed=True)


def _read_string(contents: bytes) -> Scalar:
    return contents.decode("utf-8", "surrogateescape")


def _write_string(value: Scalar) -> bytes:
    return str(value).encode("utf-8", "surrogateescape")


def _write_octets(value: Scalar) -> bytes:
    assert isinstance(value, bytes)
    return value


_ANY_STRING = Form(str, str, is_quoted=True)
"""What a peer may have put into a string; whether text has room for it its encoder says."""
_STRING = Both(_ANY_STRING, _read_string, _write_string, (IA5_STRING, UTF8_STRING))
_INTEGER = Both(PLAIN["integer"], _number_of, _contents_of_number, (INTEGER,))
_PLAIN = {
    "boolean": Both(PLAIN["boolean"], _read_boolean, _write_boolean, (BOOLEAN,)),
    "integer": _INTEGER,
    "unsigned integer": _INTEGER,
    "double": _INTEGER,
    "string": _STRING,
    "character": _STRING,
    "octet string": Both(PLAIN["octet string"], bytes, _write_octets, (OCTET_STRING,)),
}
_BY_TAG = {tag: both for both in _PLAIN.values() for tag in both.tags} | {ENUMERATED: _INTEGER}


def _both(name: str, typed: Typed | None) -> Both | None:
    if typed is None:
        return None
    if typed.fraction_bits:
        return _fraction(typed.fraction_bits)
    if typed.values:
        return _words(typed.values, ENUMERATED if name == "enumeration" else INTEGER)
    return _PLAIN[name]


def _words(values: Mapping[str, int], tag: int) -> Both:
    """Return the type of numbers that have words; one without is written as a number."""
    words = {number: word for word, number in values.items()}

    def read(contents: bytes) -> Scalar:
        number = _number_of(contents)
        return words.get(number, number)

    def write(value: Scalar) -> bytes:
        return _contents_of_number(values[value] if isinstance(value, str) else value)

    return Both(with_words(values, numbers_too=True), read, write, (tag,))


def _fraction(bits: int) -> Both:
    """Return the type of numbers of which some bits are a fraction; text has them in decimal, as short as can be."""
    one = 1 << bits

    def read(contents: bytes) -> Scalar:
        number = _number_of(contents)
        for digits in range(_MOST_DIGITS + 1):
            shortened = round(Fraction(number * 10**digits, one))
            if round(Fraction(shortened * one, 10**digits)) == number:
                return Decimal(shortened).scaleb(-digits)
        raise ValueError

    def write(value: Scalar) -> bytes:
        assert isinstance(value, Decimal)
        return _contents_of_number(round(Fraction(value) * one))

    return Both(FRACTION, read, write, (INTEGER,))
