"""How the values of properties, parameters and statistics are written: text on one side, BER on the other.

The octets of a value are the complete BER encoding of its type (RFC 3525 clause A.2, table "Type Specified in
Package"). A value that its type has no room for, such as ``tdmc/ec=g165``, is a string in binary: the codec carries
what a peer wrote, and whoever knows the package refuses it with the right code.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import NamedTuple

from megaco.message import Value
from megaco.packages import Typed

BOOLEAN, INTEGER, OCTET_STRING, ENUMERATED, UTF8_STRING, IA5_STRING = 0x01, 0x02, 0x04, 0x0A, 0x0C, 0x16
_WORDS = {"on": True, "true": True, "off": False, "false": False}
_UNQUOTED = re.compile(r"[A-Za-z0-9+\-&!_/'?@^`~*$\\()%.|]+")
_NUMBER = re.compile(r"-?[0-9]{1,20}|0[xX][0-9a-fA-F]{1,16}")
_DECIMAL = re.compile(r"-?[0-9]{1,10}(?:\.[0-9]{1,12})?")
_OCTETS = re.compile(r"(?:[0-9a-fA-F]{2})*")
_LONGEST_NUMBER = 9
_LEAST, _GREATEST = -(1 << 63), (1 << 64) - 1
_WHOLE = 100
OPAQUE = re.compile(r"0x((?:[0-9a-f]{2})*)")
"""A value of which no type is known: its octets as they stand."""


class OtherTypeError(Exception):
    """Octets that are BER, but of another type than the package has."""


class Both(NamedTuple):
    """The two directions of one type; each raises ValueError where a value is not of the type."""

    read: Callable[[bytes], Value]
    """Contents -> value."""
    write: Callable[[str], bytes]
    """Text -> contents."""
    tags: tuple[int, ...]


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
            return both.read(contents)
        except ValueError:
            return None

    def read_other(self, octets: bytes) -> Value | None:
        """Return the value of octets by the type that they name themselves; None where they are no BER."""
        contents = contents_of(octets)
        both = _BY_TAG.get(octets[0]) if contents is not None else None
        if both is None or contents is None:
            return None
        try:
            value = both.read(contents)
        except ValueError:
            return None
        return value

    def canonical(self, value: Value) -> Value:
        """Return a value that came in another form as it is read from the right one; text can write it either way."""
        found = self.read(self.write(value)) if self._both is not None else None
        return found or Value(value.text, self.is_quoted or not _UNQUOTED.fullmatch(value.text))

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
            contents = both.write(value.text)
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


def _read_boolean(contents: bytes) -> Value:
    if len(contents) != 1:
        raise ValueError
    return Value("on" if contents[0] else "off")


def _write_boolean(text: str) -> bytes:
    word = _WORDS.get(text.lower())
    if word is None:
        raise ValueError
    return b"\xff" if word else b"\x00"


def _number_of(contents: bytes) -> int:
    if not 1 <= len(contents) <= _LONGEST_NUMBER:
        raise ValueError
    number = int.from_bytes(contents, "big", signed=True)
    if not _LEAST <= number <= _GREATEST:  # what could not be written again as a number
        raise ValueError
    return number


def _contents_of_number(number: int) -> bytes:
    if not _LEAST <= number <= _GREATEST:
        raise ValueError
    return number.to_bytes((number + (number < 0)).bit_length() // 8 + 1, "big", signed=True)


def _write_number(text: str) -> bytes:
    if not _NUMBER.fullmatch(text):
        raise ValueError
    return _contents_of_number(int(text, 16) if text[:2] in ("0x", "0X") else int(text))


def _read_string(contents: bytes) -> Value:
    return Value(contents.decode("utf-8", "surrogateescape"), quoted=True)


def _write_string(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def _read_octets(contents: bytes) -> Value:
    return Value(contents.hex().upper(), quoted=not contents)


def _write_octets(text: str) -> bytes:
    if not _OCTETS.fullmatch(text):
        raise ValueError
    return bytes.fromhex(text)


_PLAIN = {
    "boolean": Both(_read_boolean, _write_boolean, (BOOLEAN,)),
    "integer": Both(lambda contents: Value(str(_number_of(contents))), _write_number, (INTEGER,)),
    "string": Both(_read_string, _write_string, (IA5_STRING, UTF8_STRING)),
    "octet string": Both(_read_octets, _write_octets, (OCTET_STRING,)),
}
_BY_TAG = {tag: both for both in _PLAIN.values() for tag in both.tags} | {ENUMERATED: _PLAIN["integer"]}
_SAME = {"unsigned integer": "integer", "double": "integer", "character": "string"}


def _both(name: str, typed: Typed | None) -> Both | None:
    if typed is None:
        return None
    if name == "enumeration":
        return _words(typed.values, ENUMERATED)
    if typed.fraction_bits:
        return _fraction(typed.fraction_bits)
    if typed.values:
        return _words(typed.values, INTEGER)
    return _PLAIN[_SAME.get(name, name)]


def _words(values: Mapping[str, int], tag: int) -> Both:
    """Return the type of numbers that have words; one without is written as a number."""
    words = {number: word for word, number in values.items()}
    numbers = {word.lower(): number for word, number in values.items()}

    def read(contents: bytes) -> Value:
        number = _number_of(contents)
        return Value(words.get(number, str(number)))

    def write(text: str) -> bytes:
        number = numbers.get(text.lower())
        return _write_number(text) if number is None else _contents_of_number(number)

    return Both(read, write, (tag,))


def _fraction(bits: int) -> Both:
    """Return the type of numbers of which some bits are a fraction; text has them in decimal, as short as can be."""
    one = 1 << bits

    def read(contents: bytes) -> Value:
        number = _number_of(contents)
        for digits in range(13):
            text = f"{round(Fraction(number * 10**digits, one))}"
            if round(Fraction(int(text) * one, 10**digits)) == number:
                return Value(_with_point(text, digits))
        raise ValueError

    def write(text: str) -> bytes:
        if not _DECIMAL.fullmatch(text):
            raise ValueError
        return _contents_of_number(round(Fraction(text) * one))

    return Both(read, write, (INTEGER,))


def _with_point(digits: str, places: int) -> str:
    sign, digits = ("-", digits[1:]) if digits.startswith("-") else ("", digits)
    padded = digits.rjust(places + 1, "0")
    return sign + (f"{padded[:-places]}.{padded[-places:]}" if places else padded)
