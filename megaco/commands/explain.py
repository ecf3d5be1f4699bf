"""``h248 explain``: the parser's view of a message."""

import click

from .inputs import EXIT_CODES, decode_input, for_each, read


@click.command(epilog=EXIT_CODES)
@click.argument("file", type=click.Path())
def explain(file: str) -> None:
    """Show how the reference parser reads the message in FILE; - is standard input.

    Prints a line for every rule of the grammar (grammars/megaco.lark) that was entered, and for every terminal: place,
    name, the text it covers, cut to a line. For a message that is refused, rules not finished are marked (open), a last
    line says what the grammar had gone on with, and the error stands on standard error.

    \b
    Examples:
      h248 explain add-request.txt
      h248 explain broken.txt | tail
    """
    for_each([file], _explain)


def _explain(name: str) -> None:
    from megaco.reference import text_encoding  # reads the grammar, which no other command needs

    from .trace import trace

    data = read(name)
    for line in trace(data, text_encoding()):
        click.echo(line)
    decode_input(name, data)
