"""What decoding refuses, where and with which code; what it takes though the letter does not have it."""

import re

import pytest

from megaco import DecodeError, Deviation, Level, Limits, decode, decode_header, encode
from megaco.message import DeviceName, DomainName, IpAddress, MessageIdentifier, MtpAddress, ServiceChangeRequest
from megaco.text import LAYOUTS

from ..samples import EVERY_SAMPLE, HEAD, in_add, only_command

_CONTEXT = HEAD + "T = 1 { C = 1 { "


def _refusal(text: str, **options: bool) -> DecodeError:
    with pytest.raises(DecodeError) as caught:
        decode(text, **options)  # type: ignore[arg-type]  # only flags are passed
    return caught.value


# ------------------------------------------------------------------------------------------ place, code, expected


@pytest.mark.parametrize(
    ("text", "wrong", "code", "level"),
    [
        (HEAD + "Foo", "Foo", 400, Level.MESSAGE),
        (HEAD + "\x01", "\x01", 400, Level.MESSAGE),
        (HEAD + "T = 1 { Foo }", "Foo", 403, Level.TRANSACTION),
        (HEAD + "P = 1 { ^ }", "^", 403, Level.TRANSACTION),
        (HEAD + "T = 4294967296 { C = 1 { A = t } }", "4294967296", 403, Level.TRANSACTION),
        (_CONTEXT + "Foo } }", "Foo", 422, Level.ACTION),
        (HEAD + "T = 1 { C = 0 { A = t } }", "0 {", 422, Level.ACTION),
        (_CONTEXT + "PR = 70000, A = t } }", "70000", 422, Level.ACTION),
        (_CONTEXT + "A = t { Foo } } }", "Foo", 442, Level.COMMAND),
        (_CONTEXT + "A = t { M { ^ } } } }", "^", 442, Level.COMMAND),
        (_CONTEXT + "A = t { E = 5 } } }", "} }", 442, Level.COMMAND),
        (_CONTEXT + f"A = {'t' * 65} }} }}", "t" * 65, 442, Level.COMMAND),
        (_CONTEXT + "N = t { OE = 1 { a/b } } }, C = 2 { Foo } }", "Foo", 422, Level.ACTION),
        (in_add("Media { O { Mode = SR, MO = SO } }"), "MO", 456, Level.COMMAND),
        (in_add("Media { O { ReservedValue = ON, RV = OFF } }"), "RV", 456, Level.COMMAND),
        (in_add("Media { L { }, L { } }"), "L { } } } } }", 448, Level.COMMAND),
        (in_add("Media { O { a/b = 1, a/c = 1, A/B = 2 } }"), "A/B", 456, Level.COMMAND),
        (in_add("Media { TS { a/b = 1, a/b = 1 } }"), "a/b = 1 } }", 456, Level.COMMAND),
        (in_add("Events = 1 { a/b { x = 1, X = 2 } }"), "X", 456, Level.COMMAND),
        (in_add("Events = 1 { a/b { EM { E = 2 { c/d { x = 1, x = 2 } } } } }"), "x = 2", 456, Level.COMMAND),
        (in_add("EB { a/b { x = 1, x = 2 } }"), "x = 2", 456, Level.COMMAND),
        (in_add("Signals { a/b { x = 1, x = 2 } }"), "x = 2", 456, Level.COMMAND),
        (in_add("Statistics { a/b, a/b = 2 }"), "a/b = 2", 456, Level.COMMAND),
        (_CONTEXT + "N = t { OE = 1 { a/b { x = 1, x = 2 } } } } }", "x = 2", 456, Level.COMMAND),
        (_CONTEXT + "SC = t { SV { MT = RS, MT = X-a, RE = 1 } } } }", "MT = X", 456, Level.COMMAND),
        (_CONTEXT + "SC = t { SV { MT = RS, X-a = 1, X-a = 2, RE = 1 } } } }", "X-a = 2", 456, Level.COMMAND),
        (_CONTEXT + "PR = 1, PR = 2, A = t } }", "PR = 2", 422, Level.ACTION),
        (in_add("Signals { a/b { KA, KA } }"), "KA } } } } }", 456, Level.COMMAND),
        (_CONTEXT + "A = t { AT { }, AT { } } } }", "AT { } } } }", 448, Level.COMMAND),
    ],
)
def test_errors_are_told_at_their_level(text: str, wrong: str, code: int, level: Level) -> None:
    """The innermost open transaction, action or command decides the code; the place is that of what is wrong."""
    error = _refusal(text)
    assert (error.code, error.level) == (code, level)
    assert text.encode()[error.offset :].startswith(wrong.encode())


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_lines_and_columns_count_from_one(end: str) -> None:
    """A line ends with CR, LF or both; the column counts octets."""
    text = f"MEGACO/1 [192.0.2.1]{end}{end}T = 1 {{{end}  Foo }}"
    error = _refusal(text)
    assert (error.line, error.column, error.place) == (4, 3, "4:3")
    assert error.offset == text.index("Foo")


def test_expected_words_are_the_standards() -> None:
    """An error lists what could have stood there: long keywords, and plain words for what is no keyword."""
    assert _refusal(HEAD + "T = 1 { Foo }").expected == ("Context",)
    assert _refusal("MEGACO").expected == ("'/'",)
    assert "a ContextID (a number, '-', '$' or '*')" in _refusal(HEAD + "T = 1 { C = ! }").expected
    assert {"Add", "Modify", "O-", "Priority"} <= set(_refusal(_CONTEXT + "Foo").expected)


def test_an_error_shows_its_line_with_a_caret() -> None:
    """The text of an error is the place, the code and words, the line, and a caret under the spot."""
    shown = str(_refusal("MEGACO/1 [192.0.2.1]\nT = 1 { Foo }")).splitlines()
    assert shown[0] == "2:9: error[403]: 'Foo'; expected Context"
    assert shown[1] == "  T = 1 { Foo }"
    assert shown[2].index("^") == shown[1].index("Foo")


def test_a_long_line_is_shown_round_the_caret() -> None:
    """Of a long line, and of one with control characters, what stands round the spot is shown in one plain line."""
    text = in_add(f'Media {{ O {{ a/b = "{"x" * 300}\t\x80" ^ }} }}')
    _, line, caret = str(_refusal(text)).splitlines()
    assert line[caret.index("^")] == "^"
    assert len(line) <= 102
    assert re.fullmatch(r"[ -~]*", line)


@pytest.mark.parametrize(
    ("text", "found"),
    [("", "the end of the message"), (HEAD + "T = 1 { ", "the end of the message"), ("\xff", r"'\xc3\xbf'")],
)
def test_what_was_found_is_named(text: str, found: str) -> None:
    """An early end is called the end of the message; an octet that is no ASCII is shown as its escape."""
    assert _refusal(text).what == found


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("MEGACO/1 [192.0.2.300] PN = 1 { }", "no IPv4 address"),
        ("MEGACO/1 [::1::2] PN = 1 { }", "::1::2"),
        ("MEGACO/1 [192.0.2.1]:70000 PN = 1 { }", "70000 is not within 0 to 65535"),
        (HEAD + "T = 1 { C = 4294967294 { A = t } }", "ContextID 4294967294 is reserved"),
        (HEAD + "T = 1 { C = - { SC = ROOT { SV { Method = Restart } } } }", "lacks its reason"),
        (HEAD + "T = 1 { C = - { SC = ROOT { SV { Reason = 1 } } } }", "lacks its method or method_extension"),
        (in_add("Media { L { }, Stream = 2 { L { } } }"), "excludes what stands before it"),
        (in_add("Media { Stream = 2 { L { } }, L { } }"), "excludes what stands before it"),
        (HEAD + "T = 1 { C = - { SC = ROOT { SV { MT = RS, RE = 1, AD = 5, MG = a } } } }", "excludes"),
        (HEAD + "P = 1 { C = - { SC = ROOT { SV { MG = a, AD = <b> } } } }", "excludes"),
        (HEAD + "T = 1 { C = - { SC = ROOT { SV { MT = RS, RE = 1, AD = 5, AD = <b> } } } }", "excludes"),
    ],
)
def test_rules_beside_the_grammar_are_kept(text: str, words: str) -> None:
    """Ranges, required parameters and exclusions, which Annex B states in comments, are enforced."""
    assert words in _refusal(text).what


def test_a_port_is_no_identifier() -> None:
    """``ServiceChangeAddress = 55555`` is a port number, to the strict decoder too."""
    text = HEAD + "T = 1 { C = - { SC = ROOT { SV { MT = RS, RE = 1, AD = 55555 } } } }"
    command = only_command(decode(text, strict=True))
    assert isinstance(command, ServiceChangeRequest)
    assert (command.services.address, command.services.address_port) == (None, 55555)


@pytest.mark.parametrize("version", [0, 4, 10, 99])
@pytest.mark.parametrize("body", ["PN = 1 { }", "NotKnownYet = 1 { }", ""])
def test_other_versions_are_refused(version: int, body: str) -> None:
    """A version that nobody here speaks is refused as such, at its place, whatever follows the header."""
    error = _refusal(f"; comment\nMEGACO/{version} [192.0.2.1] {body}")
    assert (error.code, error.level, error.place) == (406, Level.MESSAGE, "2:8")
    assert error.expected == ("1, 2 or 3",)


@pytest.mark.parametrize("version", [1, 2, 3])
def test_known_versions_are_taken(version: int) -> None:
    """Versions 1 to 3 decode."""
    assert decode(f"MEGACO/{version} a PN = 1 {{ }}").version == version


def test_lists_are_limited() -> None:
    """A list longer than the limit is refused where the limit is passed."""
    text = HEAD + "K { 1, 2, 3 }"
    assert len(decode(text, limits=Limits(items=3)).transactions) == 1
    with pytest.raises(DecodeError, match="more than 2 acks") as caught:
        decode(text, limits=Limits(items=2))
    assert caught.value.offset == text.index("3 }")


# ----------------------------------------------------------------------------------------------------- deviations


@pytest.mark.parametrize(
    ("text", "name", "spot"),
    [
        (_CONTEXT + "\r\n A = 7a } }", "digit-first-id", "7a"),
        ("MEGACO/1 1gw\n PN = 1 { }", "digit-first-id", "1gw"),
        (_CONTEXT + "A = gw-1/2 } }", "digit-first-id", "gw-1/2"),
        (_CONTEXT + "A = *gw.a@b-c } }", "digit-first-id", "*gw.a@b-c"),
        ("MEGACO/1 my-gw.example\n PN = 1 { }", "digit-first-id", "my-gw.example"),
        (HEAD + "P = 1 { C = 1 { AV = C-1 } }", "digit-first-id", "C-1"),
        (in_add("DM = plan-1"), "digit-first-id", "plan-1"),
        (in_add("DM = d { T:1, (0# | *[1*]x.) }"), "digit-map-letters", "(0#"),
        (in_add("DM = { 1x# }"), "digit-map-letters", "1x#"),
        (in_add("DM = d { ( (0 | 1x) ) }"), "digit-map-parentheses", "( (0"),
        (in_add("E = 1 { a/b { DM { T:1, 1x } } }"), "bare-digit-map", "{ T:1"),
        (in_add("\r Signals { }", version=3), "empty-signals", "{ }"),
    ],
)
def test_deviations(text: str, name: str, spot: str) -> None:
    """The default takes and reports a deviation, strict refuses it, ``allow`` decides one by one."""
    seen: list[Deviation] = []
    message = decode(text, on_deviation=seen.append)
    assert [deviation.allowance for deviation in seen] == [name]
    assert decode(text, allow=[name]) == message
    for refuse in ({"strict": True}, {"allow": ()}):
        with pytest.raises(DecodeError) as caught:
            decode(text, **refuse)
        assert text[caught.value.offset :].startswith(spot)
        assert caught.value.place == f"{seen[0].line}:{seen[0].column}"
    assert str(seen[0]).startswith(f"{caught.value.place}: warning[{name}]: ")


@pytest.mark.parametrize("version", [1, 2])
def test_empty_braces_were_the_rule_once(version: int) -> None:
    """``Signals { }`` is what versions 1 and 2 write: no deviation there."""
    seen: list[Deviation] = []
    decode(in_add("Signals { }", version), strict=True, on_deviation=seen.append)
    assert seen == []
    assert decode(in_add("Signals { }", version)) == decode(in_add("Signals", version))


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("body", ["0#", "(*1|[#2]x.)", "((0|1x))"])
def test_a_digit_map_is_written_as_it_was(body: str, layout: str) -> None:
    """A digit map that an allowance took keeps its letters and parentheses."""
    message = decode(in_add(f"DM = d {{ {body} }}"))
    assert body.encode() in encode(message, layout)
    assert decode(encode(message, layout)) == message


@pytest.mark.parametrize("text", ["(0 | ; not # or *\n 1x)", "; #\n 0 ; *\n", "( 0|1 )", "(0|1) ; }#\n"])
def test_comments_in_a_digit_map_are_no_letters(text: str) -> None:
    """White space and comments in a digit map, whatever they hold, are legal and are not kept."""
    plain = re.sub(r";.*\n|\s", "", text)
    assert decode(in_add(f"DM = {{ {text} }}"), strict=True) == decode(in_add(f"DM = {{ {plain} }}"), strict=True)


@pytest.mark.parametrize(
    "text", ["DM = { }", "DM = { (0 }", "DM = { (0|) }", "DM = { 0 1 }", "DM = { (((0))) }", "DM = { M }"]
)
def test_other_digit_maps_are_refused(text: str) -> None:
    """No allowance stretches to a map without a string, with brackets left open, or with other letters."""
    assert _refusal(in_add(text)).code == 442


# -------------------------------------------------------------------------------------------------------- header


@pytest.mark.parametrize(
    ("mid", "expected"),
    [
        ("[192.0.2.1]:2944", IpAddress("192.0.2.1", 2944)),
        ("[2001:db8::1]", IpAddress("2001:db8::1")),
        ("<alg.example.net>:1", DomainName("alg.example.net", 1)),
        ("gw/1", DeviceName("gw/1")),
        ("1gw", DeviceName("1gw")),
        ("MTP{abcd}", MtpAddress("ABCD")),
    ],
)
@pytest.mark.parametrize("rest", [" \x01", "\n\xff", "\r\n", " ;open", " Foo = {", " T = 1 { C = 1 { A", " }}}", " T"])
def test_a_header_is_read_whatever_follows(mid: str, expected: MessageIdentifier, rest: str) -> None:
    """Version and sender are known as soon as white space ends them, so that anything can be answered."""
    for version in (1, 3, 9):
        assert decode_header(f"MEGACO/{version} {mid}{rest}") == (version, expected)


@pytest.mark.parametrize("sample", EVERY_SAMPLE)
def test_the_header_is_the_messages(sample: str) -> None:
    """The header of a good message is that of the message, behind an authentication header too."""
    message = decode(sample)
    assert decode_header(sample) == (message.version, message.mid)


@pytest.mark.parametrize(
    "text", ["", "\x00", "GET / HTTP/1.1", "MEGACO", "MEGACO/1", "MEGACO/1 [192.0.2.1]", "!/1 ? T"]
)
def test_no_header(text: str) -> None:
    """Where version or sender cannot be read there is no header."""
    with pytest.raises(DecodeError):
        decode_header(text)


def test_the_header_of_an_address_out_of_range() -> None:
    """A sender that the rules beside the grammar forbid is no header."""
    with pytest.raises(DecodeError, match="no IPv4 address"):
        decode_header("MEGACO/1 [192.0.2.300] T")
