"""What the commands say of files that they cannot read."""

import contextlib
import os
import sys
from pathlib import Path

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from megaco import EncodeError
from megaco.commands import inputs
from megaco.commands.inputs import InputRefusedError, documents, place_finder, read

from .samples import GOOD, ORDERS, call, written

FILE_COMMANDS = [("decode",), ("check",), ("explain",), ("encode", "--to", "pretty"), ("convert", "--to", "pretty")]


@pytest.mark.parametrize("command", FILE_COMMANDS, ids=lambda command: command[0])
def test_unusable_files_get_one_clear_line(command: tuple[str, ...], tmp_path: Path) -> None:
    """A missing, an empty file and a directory: one line that names the file, exit code 1, no output."""
    missing, empty = str(tmp_path / "missing"), written(tmp_path, "empty", b"")
    for name, finding in ((missing, "no such file"), (empty, "empty"), (str(tmp_path), "a directory")):
        result = call(*command, name)
        assert (result.exit_code, result.stdout) == (1, "")
        assert result.stderr.startswith(f"{name}: error: {finding}")
        assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize("command", ["decode", "check"])
def test_all_unusable_files_are_told(command: str, tmp_path: Path) -> None:
    """The first bad file does not end the command."""
    result = call(command, str(tmp_path / "one"), str(tmp_path / "two"))
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 2


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_refused(tmp_path: Path) -> None:
    """The operating system's reason is told."""
    name = written(tmp_path, "secret", GOOD)
    Path(name).chmod(0)
    assert call("check", name).stderr == f"{name}: error: cannot be read: Permission denied\n"


def test_a_link_to_itself_is_refused(tmp_path: Path) -> None:
    """Any other error of the operating system is told in its words."""
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    result = call("check", str(loop))
    assert result.exit_code == 1
    assert result.stderr.startswith(f"{loop}: error: cannot be read: ")


def test_a_file_beyond_the_limit_is_not_read(tmp_path: Path) -> None:
    """One octet more than the limit is refused, the limit itself is read."""
    name = written(tmp_path, "long", b"x" * 11)
    assert read(name, most=11) == b"x" * 11
    with pytest.raises(InputRefusedError, match="longer than 10 octets"):
        read(name, most=10)


def test_an_endless_file_is_refused() -> None:
    """A device that never ends costs no more than the limit."""
    result = call("check", "/dev/zero")
    assert (result.exit_code, result.stderr) == (
        1,
        f"/dev/zero: error: longer than {inputs.MESSAGE_BYTES} octets, the most that is read\n",
    )


def test_closed_standard_input_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process without standard input says so."""
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(InputRefusedError, match="standard input is closed"):
        read("-")


def test_a_tree_that_cannot_be_written_is_told_with_its_path(capsys: pytest.CaptureFixture[str]) -> None:
    """Of a message that the asked layout has no words for, the node and the reason are told."""

    def work(_name: str) -> None:
        raise EncodeError("no words for it", "message.mid")

    with pytest.raises(click.exceptions.Exit) as end:
        inputs.for_each(["some.txt"], work)
    assert end.value.exit_code == 1
    assert capsys.readouterr().err == "some.txt: error: message.mid: no words for it\n"


@given(st.binary() | st.text('[]{}",:01e \n\\u').map(str.encode))
def test_any_octets_are_documents_or_refused(data: bytes) -> None:
    """Splitting raises InputRefusedError and nothing else."""
    with contextlib.suppress(InputRefusedError):
        assert all(document.strip() == document for _, document in documents(data))


def test_documents_come_with_their_places() -> None:
    """Documents may stand on one line or on many; each is told where it begins."""
    assert list(documents(b'{"a":\n1} [2]\r\n\n"x"')) == [("1:1", '{"a":\n1}'), ("2:4", "[2]"), ("4:1", '"x"')]


def test_lines_end_in_three_ways() -> None:
    """CR LF is one line end, CR and LF alone are one each."""
    place_of = place_finder("a\r\nb\rc\nd")
    assert [place_of(offset) for offset in (0, 3, 5, 7)] == ["1:1", "2:1", "3:1", "4:1"]


@pytest.mark.parametrize("name", list(ORDERS))
def test_help_has_examples_and_exit_codes(name: str) -> None:
    """Every command's help shows how it is called and says what its exit codes mean."""
    text = call(name, "--help").stdout
    assert "Examples:\n" in text
    assert f"\n    h248 {name}" in text
    assert "Exit codes: 0 fine; 1 " in text
