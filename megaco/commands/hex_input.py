"""Octets from hex as people paste it: digits, C arrays and dumps, whichever tool wrote them."""

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE

from .hex_array import is_array, octets_of_array
from .hex_dump import is_dump, octets_of_dump
from .hex_text import refusal, text_of
from .inputs import InputRefusedError

_DIGITS = r"[0-9A-Fa-f]++"
_TOKEN = re.compile(
    rf"(?P<separator>(?:[\s,:;\-\"']|\\(?=[ \t]*+[\r\n]))++)"
    # Long lines are folded anywhere, so that an octet may begin on one line and end on the next.
    rf"|(?:0[xX](?=[0-9A-Fa-f])|\\[xX])?+(?P<digits>{_DIGITS}(?:(?:\r\n|\r|\n)(?!0[xX]){_DIGITS})*+)"
)
_LINE = re.compile(r"\S+")


def is_hex(data: bytes) -> bool:
    """Tell whether octets are hex, in any of its forms, and so no message.

    Text begins with MEGACO, "!" or Authentication, and an octet above 127 is in every message in binary.
    """
    if not data.isascii() and not data.startswith((BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE)):
        return False
    try:
        octets_of_hex(data)
    except InputRefusedError:
        return is_dump(text_of(data))  # though a broken one
    return True


def octets_of_hex(data: bytes) -> bytes:
    """Return the octets that hex spells; raises InputRefusedError.

    Read are digits with white space, commas, colons or hyphens between octets and ``0x`` or ``\\x`` before them, C
    arrays, and dumps with offsets, whose text column is left out.
    """
    text = text_of(data)
    if is_dump(text):
        return octets_of_dump(text)
    if is_array(text):
        return octets_of_array(text)
    return _octets_of_digits(text)


def _octets_of_digits(text: str) -> bytes:
    digits, at = [], 0
    while at < len(text):
        token = _TOKEN.match(text, at)
        if token is None:
            raise refusal(text, at, _alien(text, at))
        if token["digits"]:
            digits.append(_paired(text, token))
        at = token.end()
    if not digits:
        raise refusal(text, 0, "0 hex digits; expected two for every octet")
    return bytes.fromhex("".join(digits))


def _paired(text: str, token: re.Match[str]) -> str:
    """Return the digits of a token; raises InputRefusedError at the first line of it that splits an octet for good."""
    digits = "".join(token["digits"].split())
    if len(digits) % 2 == 0:
        return digits
    if token.end() < len(text) and not _TOKEN.match(text, token.end()):
        raise refusal(text, token.end(), _alien(text, token.end()))
    lines = _LINE.finditer(text, token.start("digits"), token.end())
    line = next(line for line in lines if len(line.group()) % 2)
    what = f"{len(line.group())} hex digits in a row; expected two for every octet"
    raise refusal(text, line.start(), what)


def _alien(text: str, at: int) -> str:
    found = ascii(text[at])
    if text[at] == "*":
        return f"{found} stands for lines left out; expected every line, or offsets before them"
    return f"{found} is no hex digit; expected hex digits, a C array, or a dump from offset 0 on"
