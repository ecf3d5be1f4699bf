"""``h248 explain``."""

import re

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
)


def test_a_good_message_is_traced() -> None:
    """The trace is on standard output, the exit code 0."""
    result = call("explain", "-", stdin=GOOD)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "local_control_descriptor  'LocalControl { Mode = SendReceive, " in result.stdout


def test_a_refused_message_is_traced_to_where_it_stops() -> None:
    """The trace ends with what could have come; the error and its caret are on standard error, the exit code is 1."""
    result = call("explain", "-", stdin=BROKEN)
    assert result.exit_code == 1
    assert result.stdout.splitlines()[-1].strip().startswith("stopped; could have gone on with AUDIT_TOKEN (Audit), ")
    assert result.stderr.splitlines() == [f"<stdin>:{BROKEN_FINDING}", "        Medium {", "        ^"]


def test_a_message_refused_after_parsing_has_its_whole_trace() -> None:
    """What the grammar takes and a rule beside it forbids is traced to the end, and refused."""
    message = b"MEGACO/3 a Transaction = 1 { Context = 4294967295 { Subtract = b } }"
    result = call("explain", "-", stdin=message)
    assert result.exit_code == 1
    assert "stopped" not in result.stdout
    assert "PATH_NAME  'b'" in result.stdout
    assert result.stderr.startswith(f"<stdin>:{finding(message)}\n")


def test_deviations_are_warnings() -> None:
    """A deviation that was taken is told."""
    result = call("explain", "-", stdin=DEVIANT)
    assert result.exit_code == 0
    assert "DIGIT_FIRST_NAME  '1a'" in result.stdout
    assert result.stderr.startswith("<stdin>:1:57: warning[digit-first-id]")


def test_binary_is_shown_value_by_value() -> None:
    """Each value has a line with its offset, name and type; a simple one is shown."""
    result = call("explain", "-", stdin=BINARY)
    lines = [" ".join(line.split()) for line in result.stdout.splitlines()]
    assert (result.exit_code, result.stderr) == (0, "")
    assert lines[0] == "@0 - MegacoMessage"
    assert f"@{BINARY.index(bytes.fromhex('800102'))} streamMode StreamMode sendRecv (2)" in lines


def test_refused_binary_is_shown_and_refused() -> None:
    """What the decoder refuses is shown all the same; the error stands on standard error, the exit code is 1."""
    result = call("explain", "-", stdin=BROKEN_BINARY)
    assert result.exit_code == 1
    assert "StreamMode  9" in result.stdout
    assert result.stderr == f"<stdin>:{BROKEN_BINARY_FINDING}\n"


def test_a_deviation_in_binary_is_a_warning() -> None:
    """A deviation that was taken is told with its offset and path."""
    result = call("explain", "-", stdin=DEVIANT_BINARY)
    assert result.exit_code == 0
    assert result.stderr == f"<stdin>:@23: warning[long-integer]: {DEVIANT_BINARY_FINDING}\n"


@pytest.mark.parametrize("data", BAD_BINARIES.values(), ids=BAD_BINARIES)
def test_bad_binary_is_shown_as_far_as_it_can_be(data: bytes) -> None:
    """Whatever the octets are, each line has an offset, and the error is told on one line."""
    result = call("explain", "-", stdin=data)
    assert result.exit_code == 1
    assert all(re.match(r"@\d+ ", line) for line in result.stdout.splitlines())
    assert result.stderr == f"<stdin>:{finding(data)}\n"


def test_hex_is_told_to_be_hex() -> None:
    """Hex is no message here; the command that reads it is named."""
    result = call("explain", "-", stdin=BINARY.hex().encode())
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "<stdin>: error: hex, not a message; h248 decode --format hex reads it\n"
