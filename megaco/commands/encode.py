"""``h248 encode`` and ``h248 convert``: messages written from JSON, or from a message in another encoding or layout."""

from collections.abc import Iterator

import click

from megaco import Dictionary, EncodeError, from_json

from .dictionaries import dictionary_options
from .inputs import EXIT_CODES, JSON_BYTES, InputRefusedError, documents, for_each, read
from .messages import decode_message, read_message
from .outputs import encoded, to_option, write


@click.command(epilog=EXIT_CODES)
@to_option
@dictionary_options
@click.argument("file", type=click.Path())
def encode(to: str, dictionary: Dictionary | None, file: str) -> None:
    """Write the H.248 message that a FILE of JSON stands for; - is standard input.

    The JSON is what h248 decode prints (h248 schema describes it). Of several documents in the file, such as JSON
    lines, every message is written: in text and binary one straight after the other, in hex with a blank line between
    (h248 decode reads one message a file). The octets go to standard output unchanged, binary however not to a
    terminal; hex is lower case, 30 octets a line, as xxd -p writes it.

    \b
    Examples:
      h248 encode --to pretty add-request.json
      h248 decode add-request.txt | h248 encode --to compact - > short.txt
      h248 encode --to binary add-request.json > add-request.bin
      h248 encode --to hex --packages my-packages add-request.json
    """
    for_each([file], lambda name: write(_encoded_documents(name, to, dictionary), to))


def _encoded_documents(name: str, to: str, dictionary: Dictionary | None) -> Iterator[bytes]:
    for place, document in documents(read(name, JSON_BYTES)):
        try:
            yield encoded(from_json(document), to, dictionary)
        except EncodeError as error:
            raise InputRefusedError(str(error), place) from None


@click.command(epilog=EXIT_CODES)
@to_option
@dictionary_options
@click.argument("file", type=click.Path())
def convert(to: str, dictionary: Dictionary | None, file: str) -> None:
    """Write the H.248 message in a FILE, text or binary, anew in another form; - is standard input.

    Deviations from the standard that were taken are warnings on standard error. The octets go to standard output
    unchanged, binary however not to a terminal; hex is lower case, 30 octets a line, as xxd -p writes it and
    h248 decode --format hex reads it.

    \b
    Examples:
      h248 convert --to compact add-request.txt > short.txt
      h248 convert --to binary add-request.txt > add-request.bin
      h248 convert --to pretty add-request.bin
      h248 convert --to hex add-request.txt | h248 decode --format hex -
      h248 convert --to binary --provisioning mine.toml add-request.txt | xxd
    """
    for_each([file], lambda name: write([_converted(name, to, dictionary)], to))


def _converted(name: str, to: str, dictionary: Dictionary | None) -> bytes:
    pipe = f"try: h248 decode --format hex FILE | h248 encode --to {to} -"
    message = decode_message(name, read_message(name, hex_remedy=pipe), dictionary)
    return encoded(message, to, dictionary)
