"""``h248 decode``: messages shown as JSON or as a tree."""

import os

import click

from megaco import to_json

from .hex_input import is_hex, octets_of_hex
from .inputs import (
    BINARY_IS_ABSENT,
    EXIT_CODES,
    HEX_BYTES,
    MESSAGE_BYTES,
    InputRefusedError,
    decode_input,
    for_each,
    read,
    shown,
)
from .tree_view import tree_view


@click.command(epilog=EXIT_CODES)
@click.option(
    "--format",
    "form",
    type=click.Choice(["auto", "text", "binary", "hex"]),
    default="auto",
    show_default=True,
    help="What the files hold; hex is digits that spell a message in text, and is never guessed.",
)
@click.option("--out", type=click.Choice(["json", "tree"]), default="json", show_default=True, help="What to print.")
@click.argument("files", nargs=-1, required=True, type=click.Path(), metavar="FILE...")
def decode(form: str, out: str, files: tuple[str, ...]) -> None:
    """Decode H.248 messages, one a FILE; - is standard input.

    Prints one JSON document a message, which h248 encode reads, or a tree for people (coloured on a terminal unless
    NO_COLOR is set). Deviations from the standard that were taken are warnings on standard error; with --format hex,
    places count in the message that the digits spell.

    \b
    Examples:
      h248 decode add-request.txt
      h248 decode --out tree add-request.txt reply.txt
      xxd -p add-request.txt | h248 decode --format hex -
    """
    if form == "binary":
        raise click.ClickException(f"--format binary: {BINARY_IS_ABSENT}; use --format text or --format hex")
    for_each(files, lambda name: _show(name, form, out, is_one_of_many=len(files) > 1))


def _show(name: str, form: str, out: str, *, is_one_of_many: bool) -> None:
    message = decode_input(name, _octets(name, form))
    if out == "json":
        click.echo(to_json(message).encode("utf-8"))
        return
    if is_one_of_many:
        click.echo(f"{shown(name)}:")
    for line in tree_view(message):
        click.echo(line, color=False if os.environ.get("NO_COLOR") else None)


def _octets(name: str, form: str) -> bytes:
    data = read(name, HEX_BYTES if form == "hex" else MESSAGE_BYTES)
    if form == "hex":
        return octets_of_hex(data)
    if is_hex(data):  # no message is: each begins with MEGACO, "!" or Authentication
        raise InputRefusedError("hex digits, not a message; use --format hex")
    return data
