"""The program ``h248`` as processes of its own, and in this one."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from click.testing import CliRunner, Result

from iq_profile.program import program

ROOT = Path(__file__).resolve().parents[3]
WAIT_S = 30.0
"""No process of these tests takes so long; the limit only keeps a fault from hanging them."""


def call(*arguments: str, stdin: bytes = b"") -> Result:
    """Call a command in this process; an exception that it lets out is raised."""
    return CliRunner().invoke(program, arguments, input=stdin, catch_exceptions=False)


def start(
    *arguments: str, stdin: bytes = b"", environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run ``python cli.py`` to its end."""
    return subprocess.run(
        [sys.executable, str(ROOT / "cli.py"), *arguments],
        input=stdin,
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), **(environment or {})},
        timeout=WAIT_S,
        check=False,
    )


@contextmanager
def serving(*arguments: str, stdin: bytes = b"") -> Iterator[subprocess.Popen[bytes]]:
    """Run ``python cli.py`` until the block ends; it is killed then if it still runs."""
    command = [sys.executable, "-u", str(ROOT / "cli.py"), *arguments]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, stdin=pipe, stdout=pipe, stderr=pipe, env={**os.environ, "PYTHONPATH": str(ROOT)}
    ) as one:
        assert one.stdin is not None
        one.stdin.write(stdin)
        one.stdin.close()
        try:
            yield one
        finally:
            one.kill()


def line_of(process: subprocess.Popen[bytes], word: str) -> str:
    """Read standard error up to the first line with a word in it; fail where it ends before."""
    told = stderr_of(process)
    for line in iter(told.readline, b""):
        if word in line.decode():
            return line.decode().rstrip()
    raise AssertionError(f"{word!r} was not said")


def stderr_of(process: subprocess.Popen[bytes]) -> IO[bytes]:
    """Return standard error."""
    assert process.stderr is not None
    return process.stderr


def stop(process: subprocess.Popen[bytes], number: signal.Signals = signal.SIGTERM) -> tuple[int, bytes]:
    """Ask a process to stop; return its exit code, and what it said last. Fails where it takes more than 5 s."""
    process.send_signal(number)
    code = process.wait(5.0)
    return code, stderr_of(process).read()
