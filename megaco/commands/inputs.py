"""Input files of the commands: read whole, held to a size; what is wrong with one becomes lines on standard error.

One bad file does not hide the next: ``for_each`` goes through them all and then ends the command with exit code 1.
"""

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from json import JSONDecodeError, JSONDecoder
from typing import BinaryIO

import click

from megaco import DecodeError, EncodeError, Limits
from megaco.text import faults

from .findings import of_error

MESSAGE_BYTES = Limits().message_bytes
"""Octets read of a file that holds one message; a longer one is refused."""
HEX_BYTES = 8 * MESSAGE_BYTES
"""Octets read of a file of hex: dumps take 5 an octet of the message, C arrays with their comments up to 8."""
JSON_BYTES = 32 * MESSAGE_BYTES
"""Octets read of a JSON file: the form is 10 to 25 times longer than the compact text it stands for."""

EXIT_CODES = "Exit codes: 0 fine; 1 input refused; 2 wrong usage; 3 a fault of h248 itself."


class InputRefusedError(Exception):
    """An input that cannot be used: ``what`` is one line, ``place`` is LINE:COLUMN or ""."""

    def __init__(self, what: str, place: str = "") -> None:
        self.what = what
        self.place = place
        super().__init__(f"{place}: {what}" if place else what)


def shown(name: str) -> str:
    """Return what a finding calls a file: its name, ``<stdin>`` for ``-``."""
    return "<stdin>" if name == "-" else click.format_filename(name)


def for_each(names: Iterable[str], work: Callable[[str], object]) -> None:
    """Do the work on every file; what is refused is told on standard error, and ends the command with exit code 1."""
    outcomes = [_is_done(name, work) for name in names]
    if not all(outcomes):
        raise click.exceptions.Exit(1)


def _is_done(name: str, work: Callable[[str], object]) -> bool:
    try:
        work(name)
    except DecodeError as error:
        finding = of_error(error)
    except InputRefusedError as error:
        finding = f"{error.place}: error: {error.what}" if error.place else f" error: {error.what}"
    except EncodeError as error:
        finding = f" error: {error}"
    else:
        return True
    click.echo(f"{shown(name)}:{finding}", err=True)
    return False


def read(name: str, most: int = MESSAGE_BYTES) -> bytes:
    """Return the octets of a file, of standard input for ``-``.

    Raises InputRefusedError where it is unreadable, empty, or longer than ``most`` octets (nothing beyond is read).
    """
    try:
        with _opened(name) as file:
            data = file.read(most + 1)
    except FileNotFoundError:
        raise InputRefusedError("no such file; check the name, or use - for standard input") from None
    except IsADirectoryError:
        raise InputRefusedError("a directory; name the files in it") from None
    except OSError as error:
        raise InputRefusedError(f"cannot be read: {error.strerror or error}") from None
    if not data:
        raise InputRefusedError("empty; nothing to read")
    if len(data) > most:
        raise InputRefusedError(f"longer than {most} octets, the most that is read")
    return data


def _opened(name: str) -> AbstractContextManager[BinaryIO]:
    if name != "-":
        return open(name, "rb")
    if sys.stdin is None:
        raise InputRefusedError("standard input is closed")
    return nullcontext(sys.stdin.buffer)


def documents(data: bytes) -> Iterator[tuple[str, str]]:
    """Yield the JSON documents that stand one after the other, each with the LINE:COLUMN where it begins.

    White space between them is free, so that JSON lines and what ``decode`` prints of several files both read.
    Raises InputRefusedError where the octets are not JSON in UTF-8.
    """
    text = _utf_8(data)
    place_of = place_finder(text)
    decoder = JSONDecoder(parse_int=str, parse_float=str)  # the numbers are read by from_json; here they only have ends
    at = _next_document(text, 0)
    if at == len(text):
        raise InputRefusedError("blank; expected the JSON form of a message, as h248 decode prints it")
    while at < len(text):
        try:
            _, end = decoder.raw_decode(text, at)
        except JSONDecodeError as error:
            raise InputRefusedError(f"not JSON: {error.msg}", f"{error.lineno}:{error.colno}") from None
        except RecursionError:
            raise InputRefusedError("JSON nested too deeply to be a message", place_of(at)) from None
        yield place_of(at), text[at:end]
        at = _next_document(text, end)


def _utf_8(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = place_finder(data.decode("latin-1"))(error.start)
        raise InputRefusedError("not UTF-8, and so not JSON", place) from None


def _next_document(text: str, start: int) -> int:
    """Return where the next document begins, the end of the text where there is none."""
    found = re.compile(r"[^ \t\r\n]").search(text, start)
    return found.start() if found else len(text)


def place_finder(text: str) -> Callable[[int], str]:
    """Return a function from an offset to LINE:COLUMN, both counted from 1; a line ends with CR LF, LF or CR."""
    find = faults.place_finder(text)
    return lambda offset: ":".join(map(str, find(offset)))
