"""``h248 check``."""

import re
from pathlib import Path

import pytest

from .samples import (
    BAD_BINARIES,
    BINARY,
    BROKEN,
    BROKEN_BINARY,
    BROKEN_BINARY_FINDING,
    BROKEN_FINDING,
    DEVIANT,
    DEVIANT_BINARY,
    DEVIANT_BINARY_FINDING,
    GOOD,
    call,
    finding,
    written,
)


def test_nothing_is_said_of_good_files(tmp_path: Path) -> None:
    """Good files give no output and exit code 0."""
    result = call("check", written(tmp_path, "good.txt", GOOD), written(tmp_path, "good.bin", BINARY))
    assert (result.exit_code, result.output) == (0, "")


def test_every_bad_file_has_its_line(tmp_path: Path) -> None:
    """All bad files are told, one line each in the order given, on standard error; the exit code is 1."""
    bad, cut = written(tmp_path, "bad.txt", BROKEN), written(tmp_path, "cut.txt", GOOD[:26])
    result = call("check", bad, written(tmp_path, "good.txt", GOOD), cut)
    first, second = result.stderr.splitlines()
    assert (result.exit_code, result.stdout) == (1, "")
    assert first == f"{bad}:{BROKEN_FINDING}"
    assert second.startswith(f"{cut}:1:27: error[400]: the end of the message; expected ")


def test_a_deviation_is_a_warning() -> None:
    """A deviation that decoding takes is told by the name of its allowance and leaves the exit code at 0."""
    result = call("check", "-", stdin=DEVIANT)
    assert result.exit_code == 0
    assert result.stderr.startswith("<stdin>:1:57: warning[digit-first-id]: an identifier that begins with a digit")


def test_a_deviation_is_an_error_with_strict() -> None:
    """Held to the letter, the same deviation is an error with its code, and the exit code is 1."""
    result = call("check", "--strict", "-", stdin=DEVIANT)
    assert result.exit_code == 1
    assert result.stderr == f"<stdin>:{finding(DEVIANT, strict=True)}\n"
    assert re.match(r"<stdin>:1:57: error\[4\d\d\]: an identifier .*; expected a pathNAME", result.stderr)


def test_a_warning_comes_with_the_error_that_follows_it() -> None:
    """A message refused after a deviation was taken has both lines."""
    broken = b"MEGACO/3 1a Transaction = 1 { Context = 4294967295 { Subtract = b } }"
    result = call("check", "-", stdin=broken)
    warning, error = result.stderr.splitlines()
    assert result.exit_code == 1
    assert warning.startswith("<stdin>:1:10: warning[digit-first-id]: ")
    assert error == f"<stdin>:{finding(broken)}"


def test_strict_takes_what_the_standard_allows() -> None:
    """A message to the letter passes with --strict."""
    assert call("check", "--strict", "-", stdin=GOOD).exit_code == 0


def test_a_finding_in_binary_has_offset_and_path(tmp_path: Path) -> None:
    """Of binary the offset and the path in the tree are told, on one line, beside the findings of text."""
    binary, text = written(tmp_path, "bad.bin", BROKEN_BINARY), written(tmp_path, "bad.txt", BROKEN)
    result = call("check", binary, text)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.splitlines() == [f"{binary}:{BROKEN_BINARY_FINDING}", f"{text}:{BROKEN_FINDING}"]


def test_a_deviation_in_binary_is_a_warning_and_with_strict_an_error() -> None:
    """Both have the same place and path; only the error ends with exit code 1."""
    taken, refused = call("check", "-", stdin=DEVIANT_BINARY), call("check", "--strict", "-", stdin=DEVIANT_BINARY)
    assert (taken.exit_code, refused.exit_code) == (0, 1)
    assert taken.stderr == f"<stdin>:@23: warning[long-integer]: {DEVIANT_BINARY_FINDING}\n"
    assert refused.stderr == f"<stdin>:@23: error[403]: {DEVIANT_BINARY_FINDING}\n"


@pytest.mark.parametrize("data", BAD_BINARIES.values(), ids=BAD_BINARIES)
def test_every_bad_binary_has_its_line(data: bytes) -> None:
    """Whatever the octets are: one line with offset and code, exit code 1."""
    result = call("check", "-", stdin=data)
    assert (result.exit_code, result.stdout) == (1, "")
    assert re.fullmatch(r"<stdin>:@\d+: error\[4\d\d\]: .+\n", result.stderr)


def test_the_profile_option_is_not_offered_yet() -> None:
    """An option that does nothing yet is not there: wrong usage."""
    assert call("check", "--profile", "iq", "-", stdin=GOOD).exit_code == 2
