"""``h248 encode`` and ``h248 convert``."""

import json
from pathlib import Path

import pytest

import megaco

from .samples import BROKEN, BROKEN_FINDING, DEVIANT, GOOD, call, written

DOCUMENT = megaco.to_json(megaco.decode(GOOD)).encode()


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


@pytest.mark.parametrize("command", ["encode", "convert"])
@pytest.mark.parametrize("to", ["binary", "hex"])
def test_the_binary_encoding_is_not_in_this_release(command: str, to: str) -> None:
    """--to binary and --to hex answer with one clear line and exit code 1."""
    result = call(command, "--to", to, "-", stdin=GOOD)
    assert (result.exit_code, result.stdout_bytes) == (1, b"")
    assert len(result.stderr.splitlines()) == 1
    assert "use --to pretty or --to compact" in result.stderr


@pytest.mark.parametrize("command", ["encode", "convert"])
@pytest.mark.parametrize("arguments", [("-",), ("--to", "pretty"), ("--to", "pretty", "a", "b"), ("--to", "xer", "-")])
def test_wrong_usage_ends_with_2(command: str, arguments: tuple[str, ...]) -> None:
    """An encoding and one file are required."""
    assert call(command, *arguments).exit_code == 2
