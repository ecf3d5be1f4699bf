"""How the text of a terminal becomes a value of the tree, and back: one row a kind, both directions in the row.

Text in this package is Latin-1, one character an octet, so that positions are octet positions and nothing is lost.
``parse`` raises ValueError, with words for the user, on what the grammar lets pass but a rule beside it forbids.
"""

import ipaddress
import re
from collections.abc import Callable
from typing import Any, NamedTuple

from megaco.message import ALL_CONTEXTS, ALL_EVENTS, CHOOSE_CONTEXT, NULL_CONTEXT, Octets, Relation, TimeStamp, Value

_MAX_NAME = 64
_LEADING_ZEROS = re.compile(r"(?<=[:.])0+(?=[0-9]+(?:\.|$))")
"""Legal in the parts of an IPv4 address at the end of an IPv6 address, but not to ``ipaddress``."""
_DIGIT_MAP = re.compile(r"[0-9A-LSTXZ#*.\[\]\-()|]+", re.IGNORECASE)
_BLANK = re.compile(r"[ \t\r\n]|;[^\r\n]*")
"""White space or a comment."""
_ABSORBED = re.compile(r"[ \t\r\n]|;[\t\x20-\x7e]*(?:[\r\n]|\Z)")
"""What octets cannot begin with; a comment that they leave open would go on behind them."""
_RESERVED_CONTEXTS = {"-": NULL_CONTEXT, "$": CHOOSE_CONTEXT, "*": ALL_CONTEXTS}
_RESERVED_NAMES = {number: name for name, number in _RESERVED_CONTEXTS.items()}
_SAFE_VALUE = re.compile(r"[A-Za-z0-9+\-&!_/'?@^`~*$\\()%.|\x80-\xff]+")


class Kind(NamedTuple):
    """Both directions of one kind of terminal."""

    parse: Callable[[str], Any]
    spell: Callable[[Any], str]


def to_text(latin: str) -> str:
    """Turn octets seen as Latin-1 into text: UTF-8, octets that are not UTF-8 kept as surrogates."""
    return latin if latin.isascii() else latin.encode("latin-1").decode("utf-8", "surrogateescape")


def from_text(text: str) -> str:
    """Undo ``to_text``."""
    return text if text.isascii() else text.encode("utf-8", "surrogateescape").decode("latin-1")


def _number(low: int, high: int) -> Kind:
    def parse(text: str) -> int:
        number = int(text)
        if not low <= number <= high:
            raise ValueError(f"{number} is not within {low} to {high}")
        return number

    def spell(value: Any) -> str:
        if not isinstance(value, int) or not low <= value <= high:
            raise ValueError(f"{value!r} is not a whole number within {low} to {high}")
        return str(value)

    return Kind(parse, spell)


def _parse_context_id(text: str) -> int:
    if text in _RESERVED_CONTEXTS:
        return _RESERVED_CONTEXTS[text]
    number = int(text)
    if number in _RESERVED_NAMES or number > ALL_CONTEXTS:
        raise ValueError(f"ContextID {number} is reserved or too large; contexts are 1 to 4294967293, '-', '$' or '*'")
    return number


def _spell_context_id(value: Any) -> str:
    if not isinstance(value, int) or not 0 <= value <= ALL_CONTEXTS:
        raise ValueError(f"{value!r} is no ContextID")
    return _RESERVED_NAMES.get(value, str(value))


def _matching(pattern: str, what: str) -> Kind:
    """Return the kind of text that stands for itself, held to a pattern and to the standard's 64 characters."""
    legal = re.compile(pattern)

    def check(value: Any) -> str:
        if not isinstance(value, str) or len(value) > _MAX_NAME or not legal.fullmatch(value):
            raise ValueError(f"{value!r} is no {what}")
        return value

    return Kind(check, check)


def _parse_ip_address(text: str) -> str:
    address = text[1:-1]
    if ":" not in address:
        octets = [int(part) for part in address.split(".")]
        if max(octets) > 255:
            raise ValueError(f"{address} is no IPv4 address")
        return address
    ipaddress.IPv6Address(_LEADING_ZEROS.sub("", address))
    return address


def _spell_ip_address(value: Any) -> str:
    if "%" in value:
        raise ValueError(f"{value} has a zone, which a message cannot carry")
    return f"[{_parse_ip_address(f'[{value}]')}]"


def _parse_value(text: str) -> Value:
    return Value(to_text(text[1:-1]), quoted=True) if text[0] == '"' else Value(to_text(text))


def _spell_value(value: Any) -> str:
    if value.quoted:
        return _spell_quoted(value.text)
    text = from_text(value.text)
    if not _SAFE_VALUE.fullmatch(text):
        raise ValueError(f"{value.text!r} cannot be written without quotation marks")
    return text


def _spell_quoted(value: Any) -> str:
    if not isinstance(value, str) or re.search(r'["\x00-\x08\x0b\x0c\x0e-\x1f\x7f]', value):
        raise ValueError(
            f"{value!r} cannot be quoted: a quoted string holds no quotation mark and no control character"
        )
    return f'"{from_text(value)}"'


def _spell_octets(value: Any) -> str:
    """Write SDP octets with each closing brace escaped; what the braces round them would swallow is refused."""
    text = bytes(value).decode("latin-1")
    if "\x00" in text:
        raise ValueError("octets with a zero octet cannot be written in text")
    if _ABSORBED.match(text):
        raise ValueError(
            "octets that begin with white space or a comment cannot be written: the brace before absorbs it"
        )
    if text.endswith("\\"):
        raise ValueError("a backslash at the end cannot be written in text: it would escape the brace")
    return text.replace("}", "\\}")


def _parse_time_stamp(text: str) -> TimeStamp:
    return TimeStamp(text[:8], text[9:])


def _spell_time_stamp(value: Any) -> str:
    written = f"{value.date}T{value.time}"
    if not re.fullmatch(r"[0-9]{8}T[0-9]{8}", written):
        raise ValueError(f"{written!r} is no time stamp (yyyymmdd, hhmmssss)")
    return written


def _parse_request_id(text: str) -> int:
    return ALL_EVENTS if text == "*" else _UINT32.parse(text)


def _spell_request_id(value: Any) -> str:
    return "*" if value == ALL_EVENTS else _UINT32.spell(value)


def _spell_digit_map(value: Any) -> str:
    if not isinstance(value, str) or not _DIGIT_MAP.fullmatch(value):
        raise ValueError(f"{value!r} is no digit map")
    return value


_UINT32 = _number(0, 4294967295)
_PATH_NAME = _matching(r"\*?[A-Za-z][A-Za-z0-9_/*$]*(@[A-Za-z0-9*][A-Za-z0-9.*\-]*)?|[$*]", "pathNAME")

KINDS: dict[str, Kind] = {
    "version": _number(0, 99),
    "uint16": _number(0, 65535),
    "uint32": _UINT32,
    "request_id": Kind(_parse_request_id, _spell_request_id),
    "timer": _number(0, 99),
    "error_code": _number(0, 9999),
    "extension": _matching(r"[Xx][-+][A-Za-z0-9]{1,6}", "extension parameter"),
    "digit_map": Kind(lambda text: _BLANK.sub("", text), _spell_digit_map),
    "context_id": Kind(_parse_context_id, _spell_context_id),
    "time_stamp": Kind(_parse_time_stamp, _spell_time_stamp),
    "hex": Kind(lambda text: text[2:].upper(), lambda value: f"0x{value}"),
    "ip_address": Kind(_parse_ip_address, _spell_ip_address),
    "domain_name": Kind(lambda text: text[1:-1], lambda value: f"<{value}>"),
    "mtp_address": Kind(lambda text: text[4:-1].strip(" \t\r\n").upper(), lambda value: f"MTP{{{value}}}"),
    "path_name": _PATH_NAME,
    "digit_first_name": _matching(r"[0-9A-Za-z*][A-Za-z0-9_/*$.\-@]*", "identifier"),
    "name": _matching(r"[A-Za-z*][A-Za-z0-9_/*\-]*", "name"),
    "value": Kind(_parse_value, _spell_value),
    "quoted_string": Kind(lambda text: to_text(text[1:-1]), _spell_quoted),
    "octet_string": Kind(lambda text: Octets(text.replace("\\}", "}").encode("latin-1")), _spell_octets),
    "relation": Kind(lambda text: Relation(_BLANK.sub("", text)), lambda value: value.value),
}
