"""``h248 decode``."""

import json
from pathlib import Path

import pytest

import megaco
from megaco.commands.inputs import MESSAGE_BYTES

from .hex_writers import c_array, tshark, xxd
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
    PLAIN,
    call,
    finding,
    written,
)


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


def test_hex_may_spell_either_encoding() -> None:
    """A dump of binary octets is read as one of text is."""
    dump = tshark(BINARY).encode()
    assert call("decode", "--format", "hex", "-", stdin=dump).stdout == call("decode", "-", stdin=BINARY).stdout


def test_places_in_binary_spelt_in_hex_are_those_of_the_octets() -> None:
    """An offset counts the octets of the message, wherever the digits stand."""
    digits = BROKEN_BINARY.hex(" ", 1).encode()
    result = call("decode", "--format", "hex", "-", stdin=digits)
    assert (result.exit_code, result.stderr) == (1, f"<stdin>:{BROKEN_BINARY_FINDING}\n")


@pytest.mark.parametrize("data", [GOOD, BINARY], ids=["text", "binary"])
@pytest.mark.parametrize("form", ["auto", "text", "binary"])
def test_hex_is_never_guessed(form: str, data: bytes) -> None:
    """Without --format hex a file of hex is refused, digits, dump or array, and the option named."""
    for writer in (bytes.hex, lambda octets: octets.hex(":"), tshark, xxd, c_array):
        result = call("decode", "--format", form, "-", stdin=writer(data).encode())
        assert (result.exit_code, result.stdout) == (1, "")
        assert result.stderr == "<stdin>: error: hex, not a message; use --format hex\n"


def test_binary_is_told_from_text() -> None:
    """Binary octets need no option; the JSON is that of the same message in text."""
    result = call("decode", "-", stdin=BINARY)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == call("decode", "-", stdin=megaco.encode(megaco.decode(BINARY))).stdout


def test_files_of_both_encodings_in_one_call(tmp_path: Path) -> None:
    """Each file is what it is; bad ones of either kind hide no good one."""
    names = {"a.txt": PLAIN, "b.bin": BINARY, "c.bin": BROKEN_BINARY, "d.txt": BROKEN, "e.bin": BINARY}
    files = [written(tmp_path, name, data) for name, data in names.items()]
    result = call("decode", *files)
    assert result.exit_code == 1
    assert result.stdout == "".join(call("decode", files[index]).stdout for index in (0, 1, 4))
    assert result.stderr.splitlines()[:2] == [f"{files[2]}:{BROKEN_BINARY_FINDING}", f"{files[3]}:{BROKEN_FINDING}"]


@pytest.mark.parametrize(("form", "data"), [("text", GOOD), ("binary", BINARY)])
def test_a_format_that_is_named_is_read(form: str, data: bytes) -> None:
    """A file of the format gives what it gives without the option."""
    assert call("decode", "--format", form, "-", stdin=data).stdout == call("decode", "-", stdin=data).stdout


@pytest.mark.parametrize(
    ("form", "data", "told"),
    [
        ("text", BINARY, "begins with 0x30 as binary does, not text; use --format binary"),
        ("binary", GOOD, "begins with 0x4d, not with 0x30 as binary does; use --format text"),
    ],
)
def test_a_format_that_is_named_is_insisted_on(form: str, data: bytes, told: str) -> None:
    """A good message of the other encoding is refused, and the option named that reads it."""
    result = call("decode", "--format", form, "-", stdin=data)
    assert (result.exit_code, result.stdout, result.stderr) == (1, "", f"<stdin>: error: {told}\n")


def test_a_deviation_in_binary_is_a_warning() -> None:
    """A deviation that was taken is told once, with offset and path, whatever is printed."""
    for out in ("json", "tree"):
        result = call("decode", "--out", out, "-", stdin=DEVIANT_BINARY)
        assert result.exit_code == 0
        assert result.stderr == f"<stdin>:@23: warning[long-integer]: {DEVIANT_BINARY_FINDING}\n"


@pytest.mark.parametrize("out", ["json", "tree"])
@pytest.mark.parametrize("data", BAD_BINARIES.values(), ids=BAD_BINARIES)
def test_bad_binary_is_refused(data: bytes, out: str) -> None:
    """Whatever the octets are: nothing on standard output, one line on standard error, exit code 1."""
    result = call("decode", "--out", out, "-", stdin=data)
    assert (result.exit_code, result.stdout, result.stderr) == (1, "", f"<stdin>:{finding(data)}\n")


def test_no_beginning_of_a_binary_message_is_one(tmp_path: Path) -> None:
    """Cut anywhere, the message is refused."""
    files = [written(tmp_path, str(end), BINARY[:end]) for end in range(1, len(BINARY))]
    result = call("decode", *files)
    assert (result.exit_code, result.stdout) == (1, "")
    assert len(result.stderr.splitlines()) == len(files)


def test_binary_beyond_the_limit_is_not_read() -> None:
    """A megabyte and an octet are refused for their number, in binary and where hex spells them."""
    long = b"0\x84\x00\x10\x00\x00" + bytes(MESSAGE_BYTES)
    given = call("decode", "-", stdin=long)
    spelt = call("decode", "--format", "hex", "-", stdin=long.hex().encode())
    assert (given.exit_code, spelt.exit_code) == (1, 1)
    assert given.stderr == f"<stdin>: error: longer than {MESSAGE_BYTES} octets, the most that is read\n"
    assert spelt.stderr.startswith(f"<stdin>:@0: error[400]: a message of {len(long)} octets; expected at most ")


def test_the_tree_of_binary_has_offsets_on_its_left() -> None:
    """The same tree as that of text, with a column before it; the tree of text has none."""
    binary = call("decode", "--out", "tree", "-", stdin=BINARY).stdout.splitlines()
    text = call("decode", "--out", "tree", "-", stdin=PLAIN).stdout.splitlines()
    assert [line[9:] for line in binary] == text
    assert binary[0].startswith("@0       Message")
    assert f"@{BINARY.index(bytes.fromhex('305c800101')):<8}            StreamDescriptor stream_id=1" in binary
    assert " " * 25 + "v=0" in binary


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
