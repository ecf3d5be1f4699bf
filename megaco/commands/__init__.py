"""Commands of the program ``h248`` that show the codec, and ``run``, which every command of the program runs under.

A command parses options, calls one function, formats, exits. Nothing imports commands but the program.
"""

import errno
import io
import os
import select
import sys
import traceback
from collections.abc import Sequence
from typing import NoReturn

import click

from megaco import DataFileError, PeerError, TransportError

from . import check, decode, encode, explain, packages, schema, version

COMMANDS: tuple[click.Command, ...] = (
    decode.decode,
    encode.encode,
    encode.convert,
    check.check,
    explain.explain,
    packages.packages,
    schema.schema,
    version.version,
)
"""The codec commands, in the order to list them."""

_PROGRAM = "h248"
_REFUSED = 1
_OWN_FAULT = 3
_INTERRUPTED = 130
"""As shells count: 128 and the number of SIGINT."""
_READER_GONE = 141
"""As shells count: 128 and the number of SIGPIPE."""


def run(group: click.Command, arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the program and end the process with its exit code; ``arguments`` None takes those of the process.

    0 fine; 1 input refused, or a PeerError, TransportError or DataFileError let through; 2 wrong usage; 3 an exception
    that no command expected: one line on standard error, after a traceback with H248_DEBUG=1. Ctrl-C ends with 130; a
    reader of our output that went away, quietly, with 141. A command sets its exit code with ``Context.exit`` or by
    raising a ``click.ClickException``; what it returns is not looked at.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that lacks a character is no reason to fail
    sys.exit(_exit_code(group, sys.argv[1:] if arguments is None else list(arguments)))


def _exit_code(group: click.Command, arguments: list[str]) -> int:
    """Run the group; like click's own ``main``, which however counts a broken pipe and Ctrl-C as refused input."""
    if f"_{_PROGRAM.upper()}_COMPLETE" in os.environ:  # a shell asks for completions: click answers and exits
        group.main(prog_name=_PROGRAM)
    try:
        with group.make_context(_PROGRAM, arguments) as context:
            group.invoke(context)
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        return _INTERRUPTED
    except BrokenPipeError as error:
        return _READER_GONE if _reader_is_gone() else _own_fault(error)
    except (PeerError, TransportError, DataFileError) as error:  # a command that adds nothing may let them through
        return _refused(str(error))
    except OSError as error:
        return _refused(os.strerror(errno.ENOSPC)) if error.errno == errno.ENOSPC else _own_fault(error)
    except Exception as error:
        return _own_fault(error)
    return 0


def _refused(what: str) -> int:
    click.echo(f"{_PROGRAM}: {what}", err=True)
    return _REFUSED


def _own_fault(error: Exception) -> int:
    if os.environ.get("H248_DEBUG") == "1":
        traceback.print_exception(error)
    text = " ".join(str(error).split())
    click.echo(f"{_PROGRAM}: internal error: {type(error).__name__}: {text}; please report it with the input", err=True)
    return _OWN_FAULT


def _reader_is_gone() -> bool:
    """Tell whether it is our own output that nobody reads, and then let the rest of it go nowhere."""
    ours = [stream for stream in (sys.stdout, sys.stderr) if isinstance(stream, io.TextIOWrapper)]
    gone = [stream for stream in ours if _is_broken(stream.fileno())]
    for stream in gone:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    return bool(gone)


def _is_broken(descriptor: int) -> bool:
    if not hasattr(select, "poll"):
        return True  # Windows: no telling
    poll = select.poll()
    poll.register(descriptor, 0)
    return bool(poll.poll(0))
