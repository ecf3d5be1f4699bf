"""``h248 explain``: the parser's view of a message."""

from collections.abc import Iterator

import click

from megaco import Dictionary
from megaco.binary import explained
from megaco.codec import is_binary

from .dictionaries import dictionary_options
from .inputs import EXIT_CODES, for_each
from .messages import decode_message, read_message


@click.command(epilog=EXIT_CODES)
@dictionary_options
@click.argument("file", type=click.Path())
def explain(dictionary: Dictionary | None, file: str) -> None:
    """Show how the reference parser reads the message in FILE, text or binary; - is standard input.

    Of text, prints a line for every rule of the grammar (grammars/megaco.lark) that was entered, and for every
    terminal: place, name, the text it covers, cut to a line. For a message that is refused, rules not finished are
    marked (open), and a last line says what the grammar had gone on with.

    Of binary, prints a line for every value: offset, name, type in the ASN.1 module (grammars/megaco.asn), and what
    a simple value holds. Values that the module does not know are marked (not known); a last line counts the octets
    that are no values.

    The error of a message that is refused stands on standard error.

    \b
    Examples:
      h248 explain add-request.txt
      h248 explain broken.txt | tail
      h248 explain add-request.bin | less
    """
    for_each([file], lambda name: _explain(name, dictionary))


def _explain(name: str, dictionary: Dictionary | None) -> None:
    data = read_message(name)
    for line in explained(data) if is_binary(data) else _traced(data):
        click.echo(line)
    decode_message(name, data, dictionary)


def _traced(data: bytes) -> Iterator[str]:
    from megaco.reference import text_encoding  # reads the grammar, which no other command needs

    from .trace import trace

    return trace(data, text_encoding())
