"""Arrays in C that hold octets, as Wireshark and xxd -i write them: ``... pkt1[3] = { 0x30, 0x81, 0xf3 };``."""

import re

from .hex_text import refusal, spells

_BLANK = re.compile(r"(?:\s++|//[^\r\n]*+|/\*(?s:.*?)\*/)*+")
_DECLARATION = re.compile(r"(?:[A-Za-z_][\w\s*:<>]*+(?:\[\s*+(?P<size>\w*+)\s*+\][\w\s]*+)?=\s*+)?\{")
_OCTETS = re.compile(r"(?:,?+[ \t]*+0[xX][0-9A-Fa-f]{2}(?!\w)[ \t]*+)++,?+[ \t]*+")
_TEXT_COLUMN = re.compile(r"/\*(?P<text>[^\r\n]{0,99})\*/[ \t]*+(?![^\r\n])")
_END = re.compile(r"\}\s*+;?+")
_LENGTH = re.compile(r"[A-Za-z_][\w\s]*+=\s*+(?P<length>[0-9]++)\s*+;")
_FOUND = re.compile(r"\w{1,20}|.", re.DOTALL)


def is_array(text: str) -> bool:
    """Tell whether a text begins with a C array, comments before it aside."""
    return _declaration(text) is not None


def octets_of_array(text: str) -> bytes:
    """Return the octets of a C array; raises InputRefusedError."""
    declaration = _declaration(text)
    start = declaration.end() if declaration else 0
    octets, end = _elements(text, _after_blank(text, start))
    if declaration:
        _check_count(text, declaration, "size", len(octets))
    at = _after_blank(text, end)
    if length := _LENGTH.match(text, at):
        _check_count(text, length, "length", len(octets))
        at = _after_blank(text, length.end())
    if at < len(text):
        raise refusal(text, at, f"{_found(text, at)} behind the array; expected one array of one message")
    return octets


def _declaration(text: str) -> re.Match[str] | None:
    return _DECLARATION.match(text, _after_blank(text, 0))


def _elements(text: str, at: int) -> tuple[bytes, int]:
    """Return the octets of an array and the index behind its closing brace."""
    octets = bytearray()
    while not (end := _END.match(text, at)):
        run = _OCTETS.match(text, at)
        if run is None:
            raise refusal(text, at, f"{_found(text, at)}; expected 0x and two hex digits for an octet")
        of_line = bytes.fromhex(re.sub(r"0[xX]|[,\s]", "", run.group()))
        octets += of_line
        at = _after_blank(text, _after_text_column(text, run.end(), of_line))
    return bytes(octets), end.end()


def _after_text_column(text: str, at: int, octets: bytes) -> int:
    """Return the index behind the comment that shows the octets of a line, which may hold ``*/`` itself."""
    column = _TEXT_COLUMN.match(text, at)
    return column.end() if column and spells(column["text"], octets) else at


def _after_blank(text: str, at: int) -> int:
    blank = _BLANK.match(text, at)
    return blank.end() if blank else at


def _check_count(text: str, said: re.Match[str], group: str, count: int) -> None:
    """Refuse an array that says another number of octets than it has; a name or nothing says none."""
    number = said[group] or ""
    if number.isdecimal() and number.lstrip("0") != str(count):
        raise refusal(text, said.start(group), f"{number[:20]} octets; expected the {count} that the array has")


def _found(text: str, at: int) -> str:
    found = _FOUND.match(text, at)
    return ascii(found.group()) if found else "the end"
