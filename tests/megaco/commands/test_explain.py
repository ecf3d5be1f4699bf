"""``h248 explain``."""

from .samples import BROKEN, BROKEN_FINDING, DEVIANT, GOOD, call, finding


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


def test_the_binary_encoding_is_refused() -> None:
    """Binary octets have no trace, only the error that says so."""
    result = call("explain", "-", stdin=b"\x30\x82\x01\x00")
    assert result.exit_code == 1
    assert "error[400]: the binary encoding" in result.stderr
