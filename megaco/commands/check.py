"""``h248 check``: what is wrong with messages, one line a finding."""

import click

from .inputs import EXIT_CODES, decode_input, for_each, read


@click.command(epilog=EXIT_CODES.replace("input refused", "a file has an error"))
@click.option("--strict", is_flag=True, help="Hold to the letter of the standard: deviations are errors.")
@click.argument("files", nargs=-1, required=True, type=click.Path(), metavar="FILE...")
def check(strict: bool, files: tuple[str, ...]) -> None:
    """Check H.248 messages, one a FILE; - is standard input. Says nothing of a good file.

    Findings are lines on standard error, FILE:LINE:COL: error[CODE]: what was found; expected what, where CODE is the
    error code (H.248.8) that such a message is answered with. Deviations from the standard that decoding takes are
    warning[NAME] and leave the exit code at 0; with --strict they are errors.

    \b
    Examples:
      h248 check captured/*.txt
      h248 check --strict add-request.txt
    """
    for_each(files, lambda name: decode_input(name, read(name), strict=strict), caret=False)
