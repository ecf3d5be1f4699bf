"""Hex as it is pasted: its characters, the places in it, and the text column that dumps set beside the octets."""

from codecs import BOM_UTF16_BE, BOM_UTF16_LE

from .inputs import InputRefusedError, place_finder

_SHOWN = bytes(octet if 0x20 <= octet < 0x7F else ord(".") for octet in range(256))


def text_of(data: bytes) -> str:
    """Return the characters of a pasted text, its byte order mark aside; of what is not UTF-8, one for each octet."""
    if data.startswith((BOM_UTF16_BE, BOM_UTF16_LE)):  # as PowerShell writes what is redirected
        text = data.decode("utf-16", "replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("latin-1")
    return text.replace("\xa0", " ")  # mail and web pages hold columns apart with it


def refusal(text: str, at: int, what: str) -> InputRefusedError:
    """Return the error that tells what is wrong at an index of the text."""
    return InputRefusedError(what, place_finder(text)(at))


def spells(column: str, octets: bytes) -> bool:
    """Tell whether a text column shows these octets: those that print as they are, dots for the others.

    White space does not count: pasting strips and folds it.
    """
    shown = bytes(min(ord(character), 0x7F) for character in "".join(column.split()))
    return shown.translate(_SHOWN) == octets.translate(_SHOWN).replace(b" ", b"")
