"""``h248 check``: what is wrong with messages, one line a finding."""

import click

from megaco import Dictionary

from .dictionaries import dictionary_options
from .inputs import EXIT_CODES, for_each
from .messages import decode_message, read_message


@click.command(epilog=EXIT_CODES.replace("input refused", "a file has an error"))
@click.option("--strict", is_flag=True, help="Hold to the letter of the standard: deviations are errors.")
@dictionary_options
@click.argument("files", nargs=-1, required=True, type=click.Path(), metavar="FILE...")
def check(strict: bool, dictionary: Dictionary | None, files: tuple[str, ...]) -> None:
    """Check H.248 messages in text or binary, one a FILE; - is standard input. Says nothing of a good file.

    Findings are lines on standard error, FILE:LINE:COL: error[CODE]: what was found; expected what, where CODE is the
    error code (H.248.8) that such a message is answered with; of a binary message FILE:@OFFSET: error[CODE]: ...
    (in PATH). Deviations from the standard that decoding takes are warning[NAME] and leave the exit code at 0; with
    --strict they are errors.

    \b
    Examples:
      h248 check captured/*.txt captured/*.bin
      h248 check --strict add-request.txt
      h248 check --packages my-packages add-request.bin
    """
    for_each(files, lambda name: decode_message(name, read_message(name), dictionary, strict=strict), caret=False)
