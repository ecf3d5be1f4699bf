"""The program as a whole: its commands and how it is started."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from iq_profile.program import program
from megaco import __version__

ROOT = Path(__file__).resolve().parents[2]
NAMES = ["agw", "alg", "check", "convert", "decode", "demo", "encode", "explain", "fixtures", "schema", "version"]


def started(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Run ``python cli.py``."""
    return subprocess.run(
        [sys.executable, str(ROOT / "cli.py"), *arguments],
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        timeout=30,
        check=False,
    )


def test_every_command_is_there() -> None:
    """Those of the codec and those of the profile."""
    assert set(NAMES) <= set(program.commands)


@pytest.mark.parametrize("name", NAMES)
def test_every_command_explains_itself(name: str) -> None:
    """-h and --help, with what it does."""
    for option in ("-h", "--help"):
        result = CliRunner().invoke(program, [name, option])
        assert result.exit_code == 0
        assert result.output.startswith(f"Usage: program {name}")
        assert program.commands[name].help


def test_the_launcher_is_the_program() -> None:
    """``python cli.py`` knows its version and speaks as h248."""
    result = started("--version")
    assert (result.returncode, result.stdout.decode().strip()) == (0, f"h248, version {__version__}")
    assert b"Usage: h248 " in started("--help").stdout


def test_wrong_usage_is_exit_code_2() -> None:
    """A command that is not there."""
    result = started("dance")
    assert (result.returncode, result.stdout) == (2, b"")
    assert b"No such command 'dance'" in result.stderr
    assert b"Traceback" not in result.stderr


def test_a_module_is_not_needed_before_its_command() -> None:
    """``h248 check`` of an empty input says so in one line: nothing else stands in its way."""
    result = started("check", os.devnull)
    assert result.returncode == 1
    assert len(result.stderr.splitlines()) == 1
