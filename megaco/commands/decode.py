"""``h248 decode``: messages shown as JSON or as a tree."""

import os
from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

import click

from megaco import Dictionary, Message, to_json
from megaco.codec import is_binary, places

from .dictionaries import dictionary_options
from .inputs import EXIT_CODES, for_each, shown
from .item_notes import item_notes
from .messages import decode_message, format_option, read_message
from .tree_view import tree_view

Notes: TypeAlias = Callable[[Message, Dictionary | None], Mapping[int, str]]
"""What to say of nodes of a message, by their ``id``."""


@click.command(epilog=EXIT_CODES)
@format_option
@click.option("--out", type=click.Choice(["json", "tree"]), default="json", show_default=True, help="What to print.")
@dictionary_options
@click.argument("files", nargs=-1, required=True, type=click.Path(), metavar="FILE...")
def decode(
    form: str, out: str, dictionary: Dictionary | None, files: tuple[str, ...], notes: Notes | None = None
) -> None:
    """Decode H.248 messages in text or binary, one a FILE; - is standard input.

    Prints one JSON document a message, which h248 encode reads, or a tree for people (coloured on a terminal unless
    NO_COLOR is set), of a binary message with the offset of each node on its left. Deviations from the standard that
    were taken are warnings on standard error; with --format hex, places count in the message that the digits spell.

    \b
    Examples:
      h248 decode add-request.txt
      h248 decode --out tree add-request.bin reply.txt
      xxd -p add-request.bin | h248 decode --format hex -
      h248 decode --packages my-packages --provisioning otp add-request.bin
    """
    for_each(files, lambda name: _show(name, form, out, dictionary, notes, is_one_of_many=len(files) > 1))


def _show(
    name: str, form: str, out: str, dictionary: Dictionary | None, notes: Notes | None, *, is_one_of_many: bool
) -> None:
    octets = read_message(name, form, hex_remedy="use --format hex")
    message = decode_message(name, octets, dictionary)
    if out == "json":
        click.echo(to_json(message).encode("utf-8"))
        return
    if is_one_of_many:
        click.echo(f"{shown(name)}:")
    for line in _tree(message, octets, dictionary, notes):
        click.echo(line, color=False if os.environ.get("NO_COLOR") else None)


def _tree(message: Message, octets: bytes, dictionary: Dictionary | None, notes: Notes | None) -> Iterator[str]:
    offsets = None
    if is_binary(octets):
        message, offsets = places(octets, dictionary=dictionary)
    beside = notes(message, dictionary) if notes is not None else {}
    return tree_view(message, offsets, item_notes(message, dictionary) | dict(beside))
