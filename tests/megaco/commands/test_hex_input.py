"""Hex as tools write it and people paste it."""

import contextlib
import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from megaco.commands.hex_input import is_hex, octets_of_hex
from megaco.commands.inputs import HEX_BYTES, MESSAGE_BYTES, InputRefusedError

from .hex_writers import WRITERS, c_array, column, lines_of, tshark, xxd
from .samples import BINARY, GOOD

SAMPLE = b"\x30\x81\xf3be ef  00000010 30 81 |f3|>ab<*/\r\n\xff"
"""Octets whose text column looks like octets, an offset and the ends of text columns."""

OF_TOOLS = {
    "xxd": """\
00000000: 3081 f362 6520 6566 2020 3030 3030 3030  0..be ef  000000
00000010: 3130 2033 3020 3831 207c 6633 7c3e 6162  10 30 81 |f3|>ab
00000020: 3c2a 2f0d 0aff                           <*/...
""",
    "xxd-c8": """\
00000000: 3081 f362 6520 6566  0..be ef
00000008: 2020 3030 3030 3030    000000
00000010: 3130 2033 3020 3831  10 30 81
00000018: 207c 6633 7c3e 6162   |f3|>ab
00000020: 3c2a 2f0d 0aff       <*/...
""",
    "xxd-u-g1": """\
00000000: 30 81 F3 62 65 20 65 66 20 20 30 30 30 30 30 30  0..be ef  000000
00000010: 31 30 20 33 30 20 38 31 20 7C 66 33 7C 3E 61 62  10 30 81 |f3|>ab
00000020: 3C 2A 2F 0D 0A FF                                <*/...
""",
    "xxd-p": """\
3081f3626520656620203030303030303130203330203831207c66337c3e
61623c2a2f0d0aff
""",
    "xxd-i": """\
unsigned char s[] = {
  0x30, 0x81, 0xf3, 0x62, 0x65, 0x20, 0x65, 0x66, 0x20, 0x20, 0x30, 0x30,
  0x30, 0x30, 0x30, 0x30, 0x31, 0x30, 0x20, 0x33, 0x30, 0x20, 0x38, 0x31,
  0x20, 0x7c, 0x66, 0x33, 0x7c, 0x3e, 0x61, 0x62, 0x3c, 0x2a, 0x2f, 0x0d,
  0x0a, 0xff
};
unsigned int s_len = 38;
""",
    "hexdump-C": """\
00000000  30 81 f3 62 65 20 65 66  20 20 30 30 30 30 30 30  |0..be ef  000000|
00000010  31 30 20 33 30 20 38 31  20 7c 66 33 7c 3e 61 62  |10 30 81 |f3|>ab|
00000020  3c 2a 2f 0d 0a ff                                 |<*/...|
00000026
""",
    "od-x": """\
000000 30 81 f3 62 65 20 65 66 20 20 30 30 30 30 30 30
000010 31 30 20 33 30 20 38 31 20 7c 66 33 7c 3e 61 62
000020 3c 2a 2f 0d 0a ff
000026
""",
    "od-n": """\
 30 81 f3 62 65 20 65 66 20 20 30 30 30 30 30 30
 31 30 20 33 30 20 38 31 20 7c 66 33 7c 3e 61 62
 3c 2a 2f 0d 0a ff
""",
    "od-octal": """\
0000000 30 81 f3 62 65 20 65 66 20 20 30 30 30 30 30 30
0000020 31 30 20 33 30 20 38 31 20 7c 66 33 7c 3e 61 62
0000040 3c 2a 2f 0d 0a ff
0000046
""",
    "od-decimal": """\
0000000 30 81 f3 62 65 20 65 66 20 20 30 30 30 30 30 30  >0..be ef  000000<
0000016 31 30 20 33 30 20 38 31 20 7c 66 33 7c 3e 61 62  >10 30 81 |f3|>ab<
0000032 3c 2a 2f 0d 0a ff                                ><*/...<
0000038
""",
    "tshark": """\
0000  30 81 f3 62 65 20 65 66 20 20 30 30 30 30 30 30   0..be ef  000000
0010  31 30 20 33 30 20 38 31 20 7c 66 33 7c 3e 61 62   10 30 81 |f3|>ab
0020  3c 2a 2f 0d 0a ff                                 <*/...

""",
}
"""What the tools themselves write of the sample; the writers of the tests are held to it."""

DUMPS = ["xxd", "xxd-c8", "hexdump-C", "od-x", "od-octal", "tshark", "wireshark-text", "wireshark-dump", "tcpdump"]
LENGTHS = [1, 15, 16, 17, 31, 32, 33, 300]
CONTENTS = {
    "all": bytes(range(256)) * 2,
    "digits": b"30 81 be ef 0010" * 20,
    "no-spaces": b"deadbeef0010beef" * 20,
    "offsets": b"00000000: 00000010  0000002000000030  " * 8,
    "frames": b"|be| >be< */ 0x30, /* be ef */ " * 10,
    "spaces": b" " * 300,
    "zeros": bytes(300),
    "zeros-later": b"\x30" * 20 + bytes(280),
}

every_writer = pytest.mark.parametrize("writer", WRITERS.values(), ids=WRITERS)


def refusal(text: str) -> str:
    """Return what is told of hex that cannot be read, its place first."""
    with pytest.raises(InputRefusedError) as refused:
        octets_of_hex(text.encode())
    return str(refused.value)


@pytest.mark.parametrize("name", OF_TOOLS)
def test_what_tools_write_is_read(name: str) -> None:
    """The tools' own output gives the sample, and the tests' writers write the same."""
    assert octets_of_hex(OF_TOOLS[name].encode()) == SAMPLE
    assert WRITERS[name](SAMPLE) == OF_TOOLS[name]


@pytest.mark.parametrize("length", LENGTHS)
@every_writer
def test_every_form_is_read_at_every_length(writer: Callable[[bytes], str], length: int) -> None:
    """Short last lines, full lines and text columns that look like octets or offsets change nothing."""
    for content in CONTENTS.values():
        assert octets_of_hex(writer(content[:length]).encode()) == content[:length]


@every_writer
@given(data=st.binary(min_size=1, max_size=100) | st.text("0123456789abcdef |>*/.", min_size=1).map(str.encode))
def test_every_form_of_any_octets_is_read(writer: Callable[[bytes], str], data: bytes) -> None:
    """Whatever the octets, each writer's text gives them back."""
    assert octets_of_hex(writer(data).encode()) == data


@every_writer
def test_lines_and_their_ends_are_free(writer: Callable[[bytes], str]) -> None:
    """CR LF, CR, blank lines around, white space behind, byte order marks and no-break spaces say nothing."""
    text = writer(SAMPLE)
    stripped = re.sub(r"[ \t]+$", "", text, flags=re.MULTILINE)
    for pasted in (text.replace("\n", "\r\n"), text.replace("\n", "\r"), f"\n \n{text}\n\n", stripped, text.rstrip()):
        assert octets_of_hex(pasted.encode()) == SAMPLE
    for octets in (text.encode("utf-8-sig"), text.encode("utf-16"), text.replace(" ", "\xa0").encode()):
        assert octets_of_hex(octets) == SAMPLE


@pytest.mark.parametrize("length", [16, 32, 64])
def test_text_columns_may_follow_after_one_space(length: int) -> None:
    """The offsets and the text itself tell where full lines of octets end, where the gap does not."""
    for content in CONTENTS.values():
        rows = (f"{at:04x} {some.hex(' ')} {column(some)}\n" for at, some in lines_of(content[:length], 16))
        assert octets_of_hex("".join(rows).encode()) == content[:length]


@given(st.text("0123456789abcdef .\n", min_size=17, max_size=60).filter(lambda text: text[:16].strip()))
def test_text_columns_after_one_space_are_never_octets(characters: str) -> None:
    """A short last line without gaps is read or refused, but not wrongly."""
    data = characters.encode()
    text = "".join(f"{at:04x} {some.hex(' ')} {column(some)}\n" for at, some in lines_of(data, 16))
    with contextlib.suppress(InputRefusedError):
        assert octets_of_hex(text.encode()) == data


def test_a_line_that_reads_in_two_ways_is_refused() -> None:
    """Where neither gap, text nor offset says what is octets, none are guessed."""
    assert refusal("0000  30 81  be ef\n") == (
        "1:14: 'be' may be octets or text; expected the text after two spaces, or the next offset"
    )
    assert octets_of_hex(b"0000  30 81  be ef\n0004\n") == b"\x30\x81\xbe\xef"


def test_lines_alike_are_filled_in() -> None:
    """``*`` stands for as many lines like the one before as there are up to the next offset."""
    text = """\
00000000  30 81 f3 62 65 20 65 66  20 20 30 30 30 30 30 30  |0..be ef  000000|
*
00000050  31 30 20 33 30 20 38 31  20 7c 66 33 7c 3e 61 62  |10 30 81 |f3|>ab|
00000060  3c 2a 2f 0d 0a ff                                 |<*/...|
00000066
"""
    assert octets_of_hex(text.encode()) == SAMPLE[:16] * 4 + SAMPLE
    assert WRITERS["hexdump-C"](SAMPLE[:16] * 4 + SAMPLE) == text


@pytest.mark.parametrize("name", DUMPS)
def test_a_line_that_is_missing_or_twice_is_refused(name: str) -> None:
    """Without a line, or with one twice, the next offset does not follow; the last line alone may be cut off."""
    lines = WRITERS[name](CONTENTS["all"][:70] + SAMPLE).strip("\n").splitlines()
    for left_out in range(1, len(lines) - 1):
        short = lines[:left_out] + lines[left_out + 1 :]
        assert "; a line is missing or twice" in refusal("\n".join(short))
        assert "; a line is missing or twice" in refusal("\n".join(lines[: left_out + 1] + lines[left_out:]))
    assert "; expected a dump from offset 0 on" in refusal("\n".join(lines[1:]))
    assert "; expected one dump of one message" in refusal("\n".join(lines + lines))


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("", "1:1: 0 hex digits; expected two for every octet"),
        (" \n", "1:1: 0 hex digits"),
        ("4d\n4x", "2:2: 'x' is no hex digit; expected hex digits, a C array, or a dump from offset 0 on"),
        ("é", "1:1: '\\xe9' is no hex digit"),
        ("4d4", "1:1: 3 hex digits in a row; expected two for every octet"),
        ("30 8 f3", "1:4: 1 hex digits in a row"),
        ("3081\n30810\n3081", "2:1: 5 hex digits in a row"),
        ("0x30, 0x8, 0xf3", "1:9: 1 hex digits in a row"),
        (" 30 81\n*\n 30", "2:1: '*' stands for lines left out; expected every line, or offsets before them"),
        (xxd(SAMPLE).replace("00000010", "00000020"), "2:1: offset 0x20 after 16 octets; a line is missing or twice"),
        ("0000000 30 81\n0000009 30", "2:1: offset 0x9 after 2 octets"),
        ("0000010 30 81\n", "1:1: 7 hex digits in a row"),
        ("0000  30 8x f3\n0003\n", "1:10: '8x' is no octet; expected two hex digits"),
        ("0000  30 8 f3\n", "1:10: '8' is no octet"),
        ("0000: 3081 f\n", "1:12: 'f' is no octet"),
        ("0000  30 81\nFrame 2:\n0002  30", "2:1: 'Frame'; expected the offset of a line"),
        ("0000  30 81\n*\n", "2:1: '*' with nothing behind it; expected the offset up to which lines are alike"),
        ("0000  30 81\n*\n0005  30\n", "3:1: offset 0x5 after 2 octets"),
        ("0000  30 81\n*\nffffffff\n", "3:1: an offset beyond 1048576 octets, the most that is read"),
        ("0000000 30 81\n*\n0000020 30\n", "3:1: '0000020' may be an octal offset; expected no '*' before it"),
        ("0000000 8130 62f3\n0000004\n", "1:9: '8130' may have its low octet first; expected single octets"),
        ("00000000: 62f38130 66652065                    0..be ef\n", "1:11: '62f38130' may have its low octet first"),
        ("0000000 30 81 30 81 30 81 30 81\n0000010 30\n0000019\n", "3:1: '0000019' among offsets of radix 8"),
        ("char a[] = { 0x30, 129 };", "1:20: '129'; expected 0x and two hex digits for an octet"),
        ("char a[] = { 0x30", "1:18: the end; expected 0x"),
        ("char a[] = { /* 0x30 };", "1:14: '/'; expected 0x"),
        ("char a[3] = { 0x30 };", "1:8: 3 octets; expected the 1 that the array has"),
        ("char a[] = { 0x30 };\nint a_len = 2;", "2:13: 2 octets; expected the 1 that the array has"),
        (
            "char a[] = { 0x30 };\nchar b[] = { 0x81 };",
            "2:1: 'char' behind the array; expected one array of one message",
        ),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place(text: str, finding: str) -> None:
    """What was found, what was expected, and where."""
    assert refusal(text).startswith(finding)


@pytest.mark.parametrize(
    "text",
    [
        "{0x30,0x81,0xf3}",
        "uint8_t a[] = {\n  /* 0000 */ 0x30, 0x81,\n  /* 0002 */ 0xF3,\n};",
        "static const unsigned char pkt1[] = { /* a header,\n over two lines */ 0x30, 0x81, // {0x31}\n 0xf3 };\n",
        "char a[3]={0x30 /* 0 */, 0x81 /* . */, 0xf3 /* . */}",
        "char a[SIZE] = { 0x30, 0x81 /* 0x31 */, 0xf3 /* */ };",
    ],
)
def test_arrays_that_people_write_are_read(text: str) -> None:
    """Comments are left out wherever they stand; a size is held to what is there if it is a number."""
    assert octets_of_hex(text.encode()) == b"\x30\x81\xf3"


@pytest.mark.parametrize(
    "text",
    [
        " 3\n0\r\n81F\r3 ",
        '"\\x30\\x81" \\\n"\\xf3";',
        "# a comment of text2pcap\n0000 30 81\n# another\n0002 f3\n",
        "  0000  30 81  0.\n  0002  f3     .\n",
        "0000\t30 81 f3\t0..\n",
        "0000  30 81 f3  0·�\n",
        "0000000000000000 30 81 f3 |0..|",
        "0x0000\t 3081 f3\n",
    ],
)
def test_hex_that_people_change_is_read(text: str) -> None:
    """Digits folded within an octet, indented dumps, comments, tabs, other signs for what does not print."""
    assert octets_of_hex(text.encode()) == b"\x30\x81\xf3"


def test_octets_that_are_not_utf_8_stand_in_text_columns_only() -> None:
    """A text column in Latin-1 is a text column all the same."""
    assert octets_of_hex(b"0000  30 81 e9  0.\xe9\n") == b"\x30\x81\xe9"


@given(st.text("0123456789abcdefx:*|>{}/ \\\r\n\t,") | st.text() | st.binary().map(lambda data: data.decode("latin-1")))
def test_any_text_is_read_or_refused(text: str) -> None:
    """Reading raises InputRefusedError and nothing else."""
    with contextlib.suppress(InputRefusedError):
        octets_of_hex(text.encode())


@pytest.mark.parametrize("name", DUMPS)
@given(data=st.data())
def test_a_dump_with_a_character_changed_is_read_or_refused(name: str, data: st.DataObject) -> None:
    """Reading raises InputRefusedError and nothing else."""
    text = WRITERS[name](SAMPLE)
    at = data.draw(st.integers(0, len(text) - 1))
    with contextlib.suppress(InputRefusedError):
        octets_of_hex((text[:at] + data.draw(st.sampled_from("0f: x*|\n\t")) + text[at + 1 :]).encode())


@every_writer
def test_the_longest_message_fits_in_what_is_read(writer: Callable[[bytes], str]) -> None:
    """No writer needs more than HEX_BYTES for a message of MESSAGE_BYTES."""
    octets = 4096
    assert len(writer(bytes(octets))) - len(writer(b"\x30")) <= octets * (HEX_BYTES // MESSAGE_BYTES)


def test_a_dump_of_the_longest_message_is_read() -> None:
    """Up to the last octet that a message may have, ``*`` included."""
    assert octets_of_hex(f"0000 30 81\n*\n{MESSAGE_BYTES:x}\n".encode()) == b"\x30\x81" * (MESSAGE_BYTES // 2)
    assert len(octets_of_hex(tshark(bytes(range(256)) * 256).encode())) == 65_536
    assert len(octets_of_hex(c_array(bytes(range(256)) * 256).encode())) == 65_536


@given(st.binary(min_size=1))
def test_hex_digits_are_told_from_messages(data: bytes) -> None:
    """Digits with white space are hex; with anything else they are not."""
    assert is_hex(data.hex(" ").encode())
    assert not is_hex(data.hex().encode() + b"x")


@pytest.mark.parametrize("write", WRITERS.values(), ids=WRITERS)
def test_hex_is_known_in_every_form(write: Callable[[bytes], str]) -> None:
    """Whatever tool wrote it, it is told from a message; so is a dump of which a line is missing."""
    hex_of = write(GOOD)
    assert is_hex(hex_of.encode())
    assert is_hex(hex_of.encode("utf-16"))
    dump = xxd(GOOD).splitlines(keepends=True)
    assert is_hex("".join(dump[:2] + dump[3:]).encode())


def test_what_may_be_a_message_is_not_hex() -> None:
    """White space is not taken for hex, nor a message in either encoding, nor JSON, nor the beginning of binary."""
    for data in (b" \n", GOOD, BINARY, BINARY[:1], BINARY[:60], b"0\x03", b'{"is": "Message"}', b"{0x}", b"; 30 31\n!"):
        assert not is_hex(data)
