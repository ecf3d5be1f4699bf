"""``h248 encode`` and ``h248 convert``: messages written from JSON, or from a message in another layout."""

from collections.abc import Callable
from typing import Any

import click

from megaco import ENCODINGS, EncodeError, from_json
from megaco import encode as encode_message

from .inputs import (
    BINARY_IS_ABSENT,
    EXIT_CODES,
    JSON_BYTES,
    InputRefusedError,
    decode_input,
    documents,
    for_each,
    read,
)

_ABSENT = ("binary", "hex")


def _to_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--to``; the encodings of this release are handed on, the others end the command in ``_check_to``."""
    choice = click.Choice([*ENCODINGS, *_ABSENT])
    text = "How to write: pretty for people, compact without a spare octet; binary and hex come in a later release."
    return click.option("--to", required=True, type=choice, callback=_check_to, help=text)(function)


def _check_to(_context: click.Context, _parameter: click.Parameter, to: str) -> str:
    if to in _ABSENT:
        raise click.ClickException(f"--to {to}: {BINARY_IS_ABSENT}; use --to pretty or --to compact")
    return to


@click.command(epilog=EXIT_CODES)
@_to_option
@click.argument("file", type=click.Path())
def encode(to: str, file: str) -> None:
    """Write the H.248 message that a FILE of JSON stands for; - is standard input.

    The JSON is what h248 decode prints (h248 schema describes it). Of several documents in the file, such as JSON
    lines, every message is written, one straight after the other. The octets go to standard output unchanged.

    \b
    Examples:
      h248 encode --to pretty add-request.json
      h248 decode add-request.txt | h248 encode --to compact - > short.txt
    """
    for_each([file], lambda name: _encode_documents(name, to))


def _encode_documents(name: str, to: str) -> None:
    for place, document in documents(read(name, JSON_BYTES)):
        try:
            octets = encode_message(from_json(document), to)
        except EncodeError as error:
            raise InputRefusedError(str(error), place) from None
        click.echo(octets, nl=False)


@click.command(epilog=EXIT_CODES)
@_to_option
@click.argument("file", type=click.Path())
def convert(to: str, file: str) -> None:
    """Write the H.248 message in a FILE anew in another layout; - is standard input.

    Deviations from the standard that were taken are warnings on standard error. The octets go to standard output
    unchanged.

    \b
    Examples:
      h248 convert --to compact add-request.txt > short.txt
      h248 convert --to pretty short.txt
    """
    for_each([file], lambda name: click.echo(encode_message(decode_input(name, read(name)), to), nl=False))
