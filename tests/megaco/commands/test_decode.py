"""``h248 decode``."""

import json
from pathlib import Path

import pytest

import megaco

from .hex_writers import tshark
from .samples import BROKEN, BROKEN_FINDING, DEVIANT, GOOD, call, written


def test_json_is_the_message_and_encode_gives_it_back(tmp_path: Path) -> None:
    """What decode prints stands for the message: encode makes the same message of it."""
    shown = call("decode", written(tmp_path, "good.txt", GOOD))
    again = call("encode", "--to", "compact", "-", stdin=shown.stdout_bytes)
    assert (shown.exit_code, again.exit_code, shown.stderr) == (0, 0, "")
    assert megaco.decode(again.stdout_bytes) == megaco.decode(GOOD)


def test_json_is_utf_8_whatever_the_octets_of_the_sdp() -> None:
    """Text in UTF-8 stays readable, octets that are not UTF-8 come as base64."""
    readable = call("decode", "-", stdin=GOOD.replace(b"v=0", "s=☎".encode()))
    octets = call("decode", "-", stdin=GOOD.replace(b"v=0", b"s=\xff"))
    assert "s=☎" in readable.stdout
    assert '"base64"' in octets.stdout


def test_a_value_that_is_not_utf_8_goes_to_json_and_back() -> None:
    """Octets of a property value that are no text are escapes in both forms, and encode writes them as they were."""
    message = GOOD.replace(b"2E", b'"\xff"')
    shown = call("decode", "-", stdin=message)
    assert r"\udcff" in shown.stdout
    assert b'ds/dscp="\xff"' in call("encode", "--to", "compact", "-", stdin=shown.stdout_bytes).stdout_bytes
    assert r'ds/dscp = "\udcff"' in call("decode", "--out", "tree", "-", stdin=message).stdout


def test_a_document_a_message_and_a_bad_file_hides_no_good_one(tmp_path: Path) -> None:
    """Of three files the two good ones are printed, the bad one is told with a caret, and the exit code is 1."""
    good, bad = written(tmp_path, "good.txt", GOOD), written(tmp_path, "bad.txt", BROKEN)
    result = call("decode", good, bad, good)
    first, end = json.JSONDecoder().raw_decode(result.stdout)
    assert first == json.loads(result.stdout[end:])
    assert result.exit_code == 1
    assert result.stderr.splitlines()[0] == f"{bad}:{BROKEN_FINDING}"
    assert result.stderr.splitlines()[2] == "        ^"


def test_trees_of_several_files_are_headed_by_their_names(tmp_path: Path) -> None:
    """With one file there is no heading, with two each tree has its file's name above."""
    good = written(tmp_path, "good.txt", GOOD)
    one = call("decode", "--out", "tree", good).stdout
    assert one.startswith("Message version=3")
    assert call("decode", "--out", "tree", good, good).stdout == f"{good}:\n{one}{good}:\n{one}"


def test_deviations_are_warnings_and_no_failure() -> None:
    """A deviation that was taken is a line on standard error; the message is printed all the same."""
    result = call("decode", "-", stdin=DEVIANT)
    assert result.exit_code == 0
    assert result.stderr.startswith("<stdin>:1:57: warning[digit-first-id]: ")
    assert json.loads(result.stdout)["version"] == 3


def test_hex_is_read_where_it_is_asked_for() -> None:
    """Hex digits, broken into lines as dumps are, spell the message."""
    digits = GOOD.hex("\n", 30).encode()
    assert call("decode", "--format", "hex", "-", stdin=digits).stdout == call("decode", "-", stdin=GOOD).stdout


def test_a_hex_dump_is_read_and_told_where_it_breaks_off() -> None:
    """The text column of a dump is no part of the message; of a dump without a line the place is told."""
    dump = tshark(GOOD).splitlines(keepends=True)
    whole = call("decode", "--format", "hex", "-", stdin="".join(dump).encode())
    short = call("decode", "--format", "hex", "-", stdin="".join(dump[:2] + dump[3:]).encode())
    assert whole.stdout == call("decode", "-", stdin=GOOD).stdout
    assert (short.exit_code, short.stdout) == (1, "")
    assert short.stderr == "<stdin>:3:1: error: offset 0x30 after 32 octets; a line is missing or twice\n"


def test_hex_is_never_guessed() -> None:
    """Without --format hex a file of hex digits is refused, and the option named."""
    result = call("decode", "-", stdin=GOOD.hex().encode())
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "<stdin>: error: hex digits, not a message; use --format hex\n"


def test_the_binary_encoding_is_not_in_this_release() -> None:
    """--format binary answers with one clear line and exit code 1, binary octets with where they stand."""
    asked = call("decode", "--format", "binary", "-", stdin=b"0\x03")
    assert asked.exit_code == 1
    assert len(asked.stderr.splitlines()) == 1
    assert "text encoding only" in asked.stderr
    given = call("decode", "-", stdin=b"\x30\x82\x01\x00")
    assert given.exit_code == 1
    assert given.stderr.startswith("<stdin>:@0: error[400]: the binary encoding")


def test_the_tree_is_coloured_on_a_terminal_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal gets colours unless NO_COLOR is set, a pipe none."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    tree = ("decode", "--out", "tree", "-")
    assert "\x1b[" in call(*tree, stdin=GOOD, color=True).stdout
    assert "\x1b[" not in call(*tree, stdin=GOOD).stdout
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in call(*tree, stdin=GOOD, color=True).stdout


@pytest.mark.parametrize("arguments", [(), ("--format", "asn1", "-"), ("--out", "xml", "-"), ("--loud", "-")])
def test_wrong_usage_ends_with_2(arguments: tuple[str, ...]) -> None:
    """No file, or an option or a choice that is not there, is wrong usage."""
    assert call("decode", *arguments).exit_code == 2
