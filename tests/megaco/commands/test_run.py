"""``run``: how the program ends, seen from outside in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import megaco

from .samples import BAD_BINARIES, BINARY, BROKEN, BROKEN_FINDING, GOOD, PLAIN, written

PROGRAM = """
import sys
import click
import megaco
from megaco.commands import COMMANDS, run

@click.group()
def program() -> None:
    "The program."

for command in COMMANDS:
    program.add_command(command)

@program.command()
@click.argument("what")
@click.pass_context
def fail(context, what):
    if what == "7":
        context.exit(7)
    if what == "return":
        return 5
    raise {
        "bug": ValueError("two\\nlines"), "ctrl-c": KeyboardInterrupt(), "abort": click.Abort(), "end": EOFError(),
        "link": megaco.TransportError("port 2944 is busy"), "pipe": BrokenPipeError("a socket"),
        "full": OSError(28, "full"), "os": OSError(5, "broken disk"),
    }[what]

run(program)
"""

ENVIRONMENT = {"PYTHONPATH": str(Path(megaco.__file__).parent.parent)}
ENVIRONMENT |= {name: os.environ[name] for name in ("H248_INTERPRETED",) if name in os.environ}
"""Of the program: the codec runs in it as it runs here."""


def start(*arguments: str, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run the program to its end."""
    return subprocess.run(
        [sys.executable, "-c", PROGRAM, *arguments],
        input=stdin,
        capture_output=True,
        env={**ENVIRONMENT, **environment},
        timeout=60,
        check=False,
    )


def test_a_message_goes_to_json_and_back() -> None:
    """Through two processes and their pipes a message stays what it was."""
    document = start("decode", "-", stdin=GOOD)
    message = start("encode", "--to", "compact", "-", stdin=document.stdout)
    assert (document.returncode, message.returncode) == (0, 0)
    assert megaco.decode(message.stdout) == megaco.decode(GOOD)


def test_octets_pass_through_pipes_unchanged() -> None:
    """Binary goes from one process to the next as it is, through hex too."""
    octets = start("convert", "--to", "binary", "-", stdin=PLAIN)
    digits = start("convert", "--to", "hex", "-", stdin=octets.stdout)
    document = start("decode", "--format", "hex", "-", stdin=digits.stdout)
    assert start("encode", "--to", "binary", "-", stdin=document.stdout).stdout == octets.stdout == BINARY


def test_octets_are_not_written_to_a_terminal() -> None:
    """Binary on a terminal is wrong usage, told with what to do; hex and text are written."""
    pty = pytest.importorskip("pty")
    master, terminal = pty.openpty()
    try:
        refused, shown = (
            subprocess.run(
                [sys.executable, "-c", PROGRAM, "convert", "--to", to, "-"],
                input=BINARY,
                stdout=terminal,
                stderr=subprocess.PIPE,
                env=ENVIRONMENT,
                timeout=60,
                check=False,
            )
            for to in ("binary", "hex")
        )
        assert os.read(master, 4096).split() == BINARY.hex(" ", -30).encode().split()
    finally:
        os.close(master)
        os.close(terminal)
    assert (refused.returncode, shown.returncode, shown.stderr) == (2, 0, b"")
    assert b"octets are not for a terminal; redirect them (> FILE), or use --to hex." in refused.stderr


def test_no_bad_binary_shows_a_traceback(tmp_path: Path) -> None:
    """Every bad file has its line, and the process ends with 1."""
    files = [written(tmp_path, str(index), data) for index, data in enumerate(BAD_BINARIES.values())]
    result = start("check", *files)
    assert (result.returncode, result.stdout) == (1, b"")
    assert [line.split(b":")[0].decode() for line in result.stderr.splitlines()] == files


def test_refused_input_ends_with_1(tmp_path: Path) -> None:
    """Every bad file has its line and there is no traceback."""
    bad = written(tmp_path, "bad", BROKEN)
    result = start("check", bad, str(tmp_path / "none"))
    assert result.returncode == 1
    assert result.stderr.decode().splitlines()[0] == f"{bad}:{BROKEN_FINDING}"
    assert len(result.stderr.splitlines()) == 2


@pytest.mark.parametrize("arguments", [(), ("frobnicate",), ("decode",), ("encode", "-")])
def test_wrong_usage_ends_with_2(arguments: tuple[str, ...]) -> None:
    """No command, one that is not there, and missing arguments are wrong usage."""
    result = start(*arguments)
    assert (result.returncode, result.stdout) == (2, b"")
    assert b"Usage: h248 " in result.stderr


@pytest.mark.parametrize(
    ("what", "code", "line"),
    [
        ("bug", 3, "h248: internal error: ValueError: two lines; please report it with the input\n"),
        ("end", 3, "h248: internal error: EOFError: ; please report it with the input\n"),
        ("pipe", 3, "h248: internal error: BrokenPipeError: a socket; please report it with the input\n"),
        ("os", 3, "h248: internal error: OSError: [Errno 5] broken disk; please report it with the input\n"),
        ("full", 1, "h248: No space left on device\n"),
        ("link", 1, "h248: port 2944 is busy\n"),
        ("ctrl-c", 130, ""),
        ("abort", 130, ""),
        ("7", 7, ""),
        ("return", 0, ""),
    ],
)
def test_each_ending_has_its_code_and_its_line(what: str, code: int, line: str) -> None:
    """An exception that nobody expected is our own fault, told in one line; Ctrl-C says nothing."""
    result = start("fail", what)
    assert (result.returncode, result.stderr.decode()) == (code, line)


def test_a_traceback_is_for_those_who_ask() -> None:
    """H248_DEBUG=1 shows where the exception came from."""
    result = start("fail", "bug", H248_DEBUG="1")
    assert result.returncode == 3
    assert result.stderr.startswith(b"Traceback ")
    assert b"internal error: ValueError" in result.stderr


def test_a_reader_that_goes_away_is_no_error() -> None:
    """Output that nobody reads any more ends the program quietly."""
    command = [sys.executable, "-c", PROGRAM, "decode", "-"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        process.stdin.write(GOOD)
        process.stdin.close()
        told = process.stderr.read()
        assert (process.wait(60), told) == (141, b"")


def test_a_character_that_the_terminal_lacks_is_escaped() -> None:
    """Where standard output cannot say a character of the SDP, its escape is printed."""
    message = GOOD.replace(b"v=0", "s=☎".encode())
    result = start("decode", "--out", "tree", "-", stdin=message, PYTHONIOENCODING="latin-1")
    assert result.returncode == 0
    assert rb"s=\u260e" in result.stdout


def test_a_shell_is_told_the_completions() -> None:
    """The variable by which shells ask for completions is answered, not the command line."""
    result = start(_H248_COMPLETE="bash_source")
    assert result.returncode == 0
    assert b"_H248_COMPLETE" in result.stdout


def test_help_does_not_build_the_parser() -> None:
    """Importing the commands reads no grammar, so that --help comes at once."""
    program = "import sys, megaco.commands; print('lark' in sys.modules)"
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, timeout=60, check=True)
    assert result.stdout.strip() == b"False"
