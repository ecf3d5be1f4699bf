"""How the two layouts look."""

from megaco import decode, encode
from megaco.text.writer import WIDTH

from ..samples import EVERY_SAMPLE, HEAD, ORDER, REPLY

_PRETTY = """\
MEGACO/3 gateway/1
Reply = 10003 {
  ImmAckRequired,
  Context = 5 {
    Priority = 4,
    EmergencyOff,
"""


def test_pretty_is_for_people() -> None:
    """Long keywords, one command a line, indented by two; small blocks stay on their line."""
    text = encode(decode(REPLY), "pretty").decode()
    assert text.startswith(_PRETTY)
    assert "    ServiceChange = ROOT { Services { MgcIdToTry = [2001:db8::1]:2944, Version = 2 } },\n" in text
    assert text.endswith("  },\n  Context = 6\n}\n")


def test_pretty_lines_are_short_and_clean() -> None:
    """No line of the layout's own passes the width or ends in a space, and the text ends with one line end."""
    for sample in EVERY_SAMPLE:
        text = encode(decode(sample), "pretty").decode()
        assert text.endswith("\n")
        assert not text.endswith("\n\n")
        for line in text.splitlines():
            assert len(line) <= WIDTH + 20
            assert line == line.rstrip()


def test_pretty_puts_sdp_on_lines_of_its_own() -> None:
    """SDP begins on a new line and is not indented, for indentation would become part of it."""
    assert b"Local {\nv=0\nc=IN IP4 $\n" in encode(decode(ORDER), "pretty")


def test_compact_has_no_spare_octet() -> None:
    """Short keywords, and white space only where the grammar wants some."""
    assert encode(decode(HEAD + "Transaction = 1 { Context = - { O-Add = $, W-Subtract = * } }"), "compact") == (
        b"!/1 [192.0.2.1]:2944\nT=1{C=-{O-A=$,W-S=*}}"
    )


def test_compact_is_the_shorter() -> None:
    """The compact layout never takes more octets than the pretty one."""
    for sample in EVERY_SAMPLE:
        message = decode(sample)
        assert len(encode(message, "compact")) < len(encode(message, "pretty"))
