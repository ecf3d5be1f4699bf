"""Files that hold one message each: in text, in binary, or in hex that spells either."""

from collections.abc import Callable
from typing import Any

import click

from megaco import Dictionary, Message, decode
from megaco.codec import is_binary

from .hex_input import is_hex, octets_of_hex
from .inputs import HEX_BYTES, MESSAGE_BYTES, InputRefusedError, read, shown

AUTO, TEXT, BINARY, HEX = "auto", "text", "binary", "hex"
_FORMAT_HELP = (
    "What the files hold. auto: text or binary, whichever each is; text, binary: that and nothing else; hex: digits, "
    "dumps of xxd, hexdump, Wireshark, C arrays, of text or binary. Hex is never guessed."
)
ELSEWHERE = "h248 decode --format hex reads it"
"""What to do with hex where a command does not take it."""


def format_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--format``, as the parameter ``form``."""
    choice = click.Choice([AUTO, TEXT, BINARY, HEX])
    return click.option("--format", "form", type=choice, default=AUTO, show_default=True, help=_FORMAT_HELP)(function)


def read_message(name: str, form: str = AUTO, *, hex_remedy: str = ELSEWHERE) -> bytes:
    """Return the octets of the message in a file; raises InputRefusedError where the file is of another format."""
    data = read(name, HEX_BYTES if form == HEX else MESSAGE_BYTES)
    if form == HEX:
        return octets_of_hex(data)
    if is_hex(data):
        raise InputRefusedError(f"hex, not a message; {hex_remedy}")
    if form == TEXT and is_binary(data):
        raise InputRefusedError("begins with 0x30 as binary does, not text; use --format binary")
    if form == BINARY and not is_binary(data):
        raise InputRefusedError(f"begins with 0x{data[0]:02x}, not with 0x30 as binary does; use --format text")
    return data


def decode_message(name: str, data: bytes, dictionary: Dictionary | None, *, strict: bool = False) -> Message:
    """Decode the message that a file holds; deviations taken are warnings on standard error. Raises DecodeError."""
    return decode(
        data,
        strict=strict,
        on_deviation=lambda deviation: click.echo(f"{shown(name)}:{deviation}", err=True),
        dictionary=dictionary,
    )
