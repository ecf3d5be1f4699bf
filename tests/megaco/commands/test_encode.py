"""``h248 encode`` and ``h248 convert``."""

import json
from pathlib import Path

import pytest

import megaco

from .samples import (
    BAD_BINARIES,
    BINARY,
    BROKEN,
    BROKEN_FINDING,
    DEVIANT,
    GOOD,
    PLAIN,
    call,
    finding,
    written,
)

DOCUMENT = megaco.to_json(megaco.decode(GOOD)).encode()
PLAIN_DOCUMENT = megaco.to_json(megaco.decode(PLAIN)).encode()


@pytest.mark.parametrize("layout", ["pretty", "compact"])
def test_encode_writes_the_octets_of_the_library(layout: str) -> None:
    """Standard output has the octets that the library writes, and nothing besides."""
    result = call("encode", "--to", layout, "-", stdin=DOCUMENT)
    assert result.exit_code == 0
    assert result.stdout_bytes == megaco.encode(megaco.decode(GOOD), layout)


def test_octets_that_are_not_utf_8_pass_unchanged() -> None:
    """SDP octets that are no text come out as they were, through JSON and back."""
    message = GOOD.replace(b"v=0", b"s=\xff\x80")
    document = call("decode", "-", stdin=message).stdout_bytes
    assert b"s=\xff\x80" in call("encode", "--to", "compact", "-", stdin=document).stdout_bytes


def test_json_lines_are_written_one_after_the_other() -> None:
    """Several documents make several messages, whether a line each or as decode prints them."""
    message = megaco.encode(megaco.decode(GOOD))
    lines = json.dumps(json.loads(DOCUMENT)).encode() + b"\n"
    assert call("encode", "--to", "pretty", "-", stdin=lines * 3).stdout_bytes == message * 3
    assert call("encode", "--to", "pretty", "-", stdin=DOCUMENT * 2).stdout_bytes == message * 2


def test_a_byte_order_mark_is_no_hindrance() -> None:
    """JSON saved with the mark that some editors write is read."""
    assert call("encode", "--to", "compact", "-", stdin=b"\xef\xbb\xbf" + DOCUMENT).exit_code == 0


@pytest.mark.parametrize(
    ("data", "finding"),
    [
        (b'{"is": "Message",\n "version": }', "2:13: error: not JSON: Expecting value"),
        (b'\n {"is": "Message", "version": 3}', "2:2: error: not the JSON form of a message: "),
        (DOCUMENT.replace(b'"ip/1/$/$"', b'"ip 1"'), "1:1: error: message.transactions[0]"),
        (DOCUMENT.replace(b'"SendReceive"', b'"Sideways"'), "1:1: error: not the JSON form of a message: "),
        (DOCUMENT + b"\n\n  []", f"{len(DOCUMENT.splitlines()) + 2}:3: error: not the JSON form of a message: "),
        (b"[" * 100_000, "1:1: error: JSON nested too deeply"),
        (b'{"version": ' + b"9" * 5000 + b"}", "1:1: error: not the JSON form of a message: "),
        (b"\n{\xff}", "2:2: error: not UTF-8"),
        (b" \n", " error: blank; "),
        (b"", " error: empty; "),
    ],
    ids=["syntax", "member", "value", "mode", "second", "deep", "number", "utf-8", "blank", "empty"],
)
def test_what_is_no_message_is_refused_with_place_and_cause(data: bytes, finding: str) -> None:
    """JSON that stands for no message ends with exit code 1 and one line that says where and why."""
    result = call("encode", "--to", "pretty", "-", stdin=data)
    assert result.exit_code == 1
    assert result.stderr.startswith(f"<stdin>:{finding}")
    assert len(result.stderr.splitlines()) == 1


def test_convert_writes_a_message_in_another_layout(tmp_path: Path) -> None:
    """The message stays the same; a deviation that it has is told."""
    result = call("convert", "--to", "compact", written(tmp_path, "good.txt", GOOD))
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout_bytes == megaco.encode(megaco.decode(GOOD), "compact")
    assert "warning[digit-first-id]" in call("convert", "--to", "pretty", "-", stdin=DEVIANT).stderr


def test_convert_refuses_what_is_no_message() -> None:
    """A broken message gives no octets, the finding with a caret, and exit code 1."""
    result = call("convert", "--to", "pretty", "-", stdin=BROKEN)
    assert (result.exit_code, result.stdout_bytes) == (1, b"")
    assert result.stderr.startswith(f"<stdin>:{BROKEN_FINDING}\n")


@pytest.mark.parametrize("to", ["pretty", "compact", "binary"])
@pytest.mark.parametrize("data", [PLAIN, BINARY], ids=["text", "binary"])
def test_convert_goes_from_each_encoding_to_each(data: bytes, to: str) -> None:
    """Text and binary are written in text and in binary, as the library does it."""
    result = call("convert", "--to", to, "-", stdin=data)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout_bytes == megaco.encode(megaco.decode(data), to)


def test_encode_writes_binary_documents_one_straight_after_the_other() -> None:
    """Standard output has the octets and nothing between them."""
    assert call("encode", "--to", "binary", "-", stdin=PLAIN_DOCUMENT * 3).stdout_bytes == BINARY * 3


@pytest.mark.parametrize(("command", "data"), [("encode", PLAIN_DOCUMENT), ("convert", PLAIN), ("convert", BINARY)])
def test_hex_is_that_of_binary_and_is_read_again(command: str, data: bytes) -> None:
    """Lower-case digits, 30 octets a line as xxd -p has them; decode reads them."""
    result = call(command, "--to", "hex", "-", stdin=data)
    lines = result.stdout.splitlines()
    assert (result.exit_code, result.stderr) == (0, "")
    assert "".join(lines) == BINARY.hex()
    assert {len(line) for line in lines[:-1]} == {60}
    assert result.stdout.endswith("\n")
    again = call("decode", "--format", "hex", "-", stdin=result.stdout_bytes)
    assert again.stdout == call("decode", "-", stdin=BINARY).stdout


def test_a_blank_line_is_between_two_messages_in_hex() -> None:
    """Of several documents each begins a line, however many octets the last line of the one before has."""
    one = call("encode", "--to", "hex", "-", stdin=PLAIN_DOCUMENT).stdout
    assert call("encode", "--to", "hex", "-", stdin=PLAIN_DOCUMENT * 3).stdout == f"{one}\n{one}\n{one}"


def test_documents_before_one_that_is_refused_are_written() -> None:
    """The message before a bad document is whole; the document is told by its place."""
    result = call("encode", "--to", "binary", "-", stdin=PLAIN_DOCUMENT + b"\n[]")
    assert (result.exit_code, result.stdout_bytes) == (1, BINARY)
    assert result.stderr.startswith(f"<stdin>:{len(PLAIN_DOCUMENT.splitlines()) + 1}:1: error: not the JSON form")


@pytest.mark.parametrize("data", BAD_BINARIES.values(), ids=BAD_BINARIES)
def test_convert_refuses_bad_binary(data: bytes) -> None:
    """Whatever the octets are: nothing on standard output, one line on standard error, exit code 1."""
    result = call("convert", "--to", "pretty", "-", stdin=data)
    assert (result.exit_code, result.stdout, result.stderr) == (1, "", f"<stdin>:{finding(data)}\n")


@pytest.mark.parametrize("data", [GOOD, BINARY], ids=["text", "binary"])
def test_convert_of_hex_says_how(data: bytes) -> None:
    """Hex is no message; the two commands that convert it are told."""
    result = call("convert", "--to", "compact", "-", stdin=data.hex().encode())
    told = "hex, not a message; try: h248 decode --format hex FILE | h248 encode --to compact -"
    assert (result.exit_code, result.stdout, result.stderr) == (1, "", f"<stdin>: error: {told}\n")


@pytest.mark.parametrize("command", ["encode", "convert"])
@pytest.mark.parametrize("arguments", [("-",), ("--to", "pretty"), ("--to", "pretty", "a", "b"), ("--to", "xer", "-")])
def test_wrong_usage_ends_with_2(command: str, arguments: tuple[str, ...]) -> None:
    """An encoding and one file are required."""
    assert call(command, *arguments).exit_code == 2
