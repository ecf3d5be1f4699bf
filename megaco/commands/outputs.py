"""Messages on standard output: the ``--to`` option, octets as they are, and the hex of them."""

import sys
from collections.abc import Callable, Iterable
from typing import Any

import click

from megaco import ENCODINGS, Dictionary, EncodeError, Message, encode

from .dictionaries import with_remedy

BINARY, HEX = "binary", "hex"
OCTETS_A_LINE = 30
"""Of hex; as many as xxd -p writes."""
_TO_HELP = (
    "How to write: pretty for people, compact without a spare octet, both in text; binary (BER); "
    "hex: the octets of binary as digits."
)


def to_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--to``."""
    choice = click.Choice([*ENCODINGS, HEX])
    return click.option("--to", required=True, type=choice, callback=_check_to, help=_TO_HELP)(function)


def _check_to(context: click.Context, _parameter: click.Parameter, to: str) -> str:
    if to == BINARY and not context.resilient_parsing and sys.stdout is not None and sys.stdout.isatty():
        raise click.BadParameter("octets are not for a terminal; redirect them (> FILE), or use --to hex.")
    return to


def encoded(message: Message, to: str, dictionary: Dictionary | None) -> bytes:
    """Return the octets of a message; raises EncodeError, which names the option that helps if there is one."""
    try:
        return encode(message, BINARY if to == HEX else to, dictionary=dictionary)
    except EncodeError as error:
        raise with_remedy(error) from None


def write(messages: Iterable[bytes], to: str) -> None:
    """Write the octets of messages one straight after the other; in hex a blank line stands between two."""
    for index, octets in enumerate(messages):
        if to != HEX:
            click.echo(octets, nl=False)
            continue
        if index:
            click.echo()
        click.echo(octets.hex("\n", -OCTETS_A_LINE))  # counted from the left: the last line is the short one
