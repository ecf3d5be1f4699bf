"""Whole descriptions: identity, groups, session edits, wildcards, fingerprints pushed down."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from megaco.sdp import (
    Connection,
    Fingerprint,
    Limits,
    Sdp,
    SdpError,
    SdpLine,
    has_wildcard,
    push_down_fingerprints,
    split_groups,
)

from .samples import EVERY_SAMPLE, INDENTED_ORDER, MSRP_ORDER, SHA_1, SHA_256, TWO_GROUPS, UE_OFFER

_ENDS = st.sampled_from(["\r\n", "\n"])
_LINES = st.sampled_from(
    ["v=0", "s=-", "c=IN IP4 $", "m=message $ TCP/MSRP *", "m=-", "a=x", "a=fingerprint:$", "  a=y:1", "", "Z=\u00e9"]
)
_TEXTS = st.lists(st.tuples(_LINES, _ENDS)).map(lambda lines: "".join(a + b for a, b in lines).encode())


@pytest.mark.parametrize("data", EVERY_SAMPLE)
def test_samples_come_back(data: bytes) -> None:
    """Real descriptions, and odd ones, come back byte for byte."""
    assert Sdp.parse(data).encode() == data


@given(_TEXTS)
def test_every_order_of_lines_comes_back(data: bytes) -> None:
    """Whatever sections and groups the lines form, no byte is lost, and rebuilding changes nothing."""
    sdp = Sdp.parse(data)
    assert sdp.encode() == data
    assert Sdp.from_lines(sdp.lines) == sdp
    assert b"".join(group.encode() for group in sdp.groups) == data


@given(_TEXTS, st.integers(0, 5))
def test_an_edit_of_one_media_leaves_all_other_bytes(data: bytes, index: int) -> None:
    """Adding to one media description inserts one line and moves nothing."""
    sdp = Sdp.parse(data)
    if index < len(sdp.media):
        edited = sdp.replace_media(index, sdp.media[index].add_attribute("new", None))
        assert [line for line in edited.lines if line.value != b"new"] == list(sdp.lines)
        assert edited.media[index].attribute("new") == ""
        assert edited.replace_media(index, edited.media[index].without_attribute("new")) == sdp


@given(_TEXTS)
def test_pushing_down_keeps_the_effective_fingerprints(data: bytes) -> None:
    """What applies to a TLS line is the same before and after, and nothing is left at the session level."""
    lines = data.replace(b"m=-", b"m=message 9 TCP/TLS/MSRP *").replace(b"$ TCP", b"$ TCP/TLS")
    sdp = Sdp.parse(b"v=0\n" + lines)  # without it, a first group of nothing but fingerprints would vanish
    pushed = push_down_fingerprints(sdp)
    assert not pushed.session.fingerprints
    assert [media.fingerprints for media in pushed.media] == [media.fingerprints for media in sdp.media]


def test_sections_of_an_offer() -> None:
    """The session section ends at the first `m=`; each media description knows its first line."""
    sdp = Sdp.parse(UE_OFFER)
    assert [media.kind for media in sdp.media] == ["message", "audio", "application", "image"]
    assert [media.first_line for media in sdp.media] == [9, 15, 18, 23]
    assert len(sdp.session.lines) == 8
    assert str(sdp.origin) == "alice 2890844526 2890844527 IN IP6 2001:db8::7"
    assert sdp.session_connection == Connection("IN", "IP6", "2001:db8::7")


def test_h248_groups_need_neither_origin_nor_version() -> None:
    """A description may start with its `m=` line or with blanks and a `v=`."""
    assert Sdp.parse(b"m=- $ TCP -").media[0].kind == "-"
    order = Sdp.parse(INDENTED_ORDER)
    assert (order.alternatives, order.origin, order.media[0].kind) == ((), None, "message")


def test_further_groups_are_alternatives() -> None:
    """Each further `v=` begins another description with its own session and line numbers."""
    sdp = Sdp.parse(TWO_GROUPS)
    assert [group.media[0].formats for group in sdp.groups] == [("0",), ("8",)]
    assert sdp.alternatives[0].media[0].first_line == 6
    assert sdp.media[0].session != sdp.alternatives[0].session


def test_edits_concern_the_first_group() -> None:
    """The alternatives stay as they were when the first group is edited, and keep true line numbers."""
    sdp = Sdp.parse(TWO_GROUPS)
    edited = sdp.replace_media(0, sdp.media[0].add_attribute("x", None))
    assert edited.encode() == TWO_GROUPS.replace(b"AVP 0\n", b"AVP 0\na=x\n")
    assert edited.alternatives[0].media[0].first_line == 7


def test_split_groups() -> None:
    """The parts joined are the whole; white space is no group."""
    assert split_groups(TWO_GROUPS) == (TWO_GROUPS[:35], TWO_GROUPS[35:])
    assert split_groups(MSRP_ORDER) == (MSRP_ORDER,)
    assert split_groups(b"") == split_groups(b" \n\n") == ()
    with pytest.raises(SdpError, match="line 2"):
        split_groups(b"v=0\nx\n")


def test_the_session_connection_goes_to_its_place() -> None:
    """`c=` is inserted after v, o, s, i, u, e, p and before the rest."""
    sdp = Sdp.parse(b"v=0\ns=-\nt=0 0\nm=x 1 y z\n").with_session_connection(Connection.to_address("::1"))
    assert sdp.encode() == b"v=0\ns=-\nc=IN IP6 ::1\nt=0 0\nm=x 1 y z\n"
    assert str(sdp.media[0].connection) == "IN IP6 ::1"


def test_a_session_made_from_nothing_takes_the_line_end_in_use() -> None:
    """Before a leading `m=` line a session line is put with the line end of the rest."""
    connection = Connection("IN", "IP4", "$")
    for text, end in ((b"m=x 1 y z\na=b", b"\n"), (b"m=x 1 y z", b"\r\n")):
        assert Sdp.parse(text).with_session_connection(connection).encode() == b"c=IN IP4 $" + end + text


def test_session_edits_reach_the_media_views() -> None:
    """Media descriptions see the session as edited."""
    sdp = Sdp.parse(UE_OFFER).without_session_attribute("fingerprint")
    assert sdp.media[0].fingerprints == ()
    assert sdp.encode() == UE_OFFER.replace(f"a=fingerprint:SHA-256 {SHA_256}\r\n".encode(), b"")


def test_media_of_another_description_is_ended_where_it_lands() -> None:
    """An unended media description put before another gets a line end."""
    unended = Sdp.parse(b"m=x 1 y z").media[0]
    assert Sdp.parse(TWO_GROUPS).replace_media(0, unended).encode().startswith(b"v=0\nc=IN IP4 $\nm=x 1 y z\nv=0\n")
    with pytest.raises(IndexError):
        Sdp.parse(TWO_GROUPS).replace_media(1, unended)


def test_lines_from_elsewhere_make_a_description() -> None:
    """The binary encoding brings types and values only."""
    sdp = Sdp.from_lines([SdpLine.build("v", "0"), SdpLine.build("m", "message $ TCP/MSRP *")])
    assert sdp.encode() == b"v=0\r\nm=message $ TCP/MSRP *\r\n"


@pytest.mark.parametrize(
    "line",
    [b"m=x $ y z", b"m=$ 1 y z", b"m=x $/2 y z", b"m=x 1 y $", b"c=IN IP4 $", b"c=IN IP4 $ ", b"a=setup:$", b"s=$",
     b"a=fingerprint:sha-256 $", b"a=path:msrp://$:$/$;tcp", b"b=AS:$"],
)  # fmt: skip
def test_wildcards_are_seen(line: bytes) -> None:
    """A `$` that is a whole value is one to be chosen."""
    assert has_wildcard(Sdp.parse(b"v=0\n" + line))


@pytest.mark.parametrize("line", [b"s=5 $ a day", b"i=$$", b"a=x:a$b", b"a=$x", b"m=x 1 y$ $z", b"k=clear:$", b"v=0"])
def test_dollars_in_words_and_prose_are_no_wildcards(line: bytes) -> None:
    """A `$` inside a token or in free text is only a character."""
    assert not has_wildcard(Sdp.parse(line))


def test_wildcards_of_one_section() -> None:
    """A section can be asked alone."""
    sdp = Sdp.parse(MSRP_ORDER)
    assert has_wildcard(sdp.session)
    assert not has_wildcard(sdp.media[0].with_port(9).with_fingerprints((Fingerprint("sha-1", SHA_1),)))


def test_fingerprints_are_pushed_down_to_tls_lines_without_their_own() -> None:
    """The session's lines move, in order and letter by letter, to the TLS line that relied on them."""
    pushed = push_down_fingerprints(Sdp.parse(UE_OFFER)).encode()
    line = f"a=fingerprint:SHA-256 {SHA_256}\r\n".encode()
    assert pushed == UE_OFFER.replace(line, b"").replace(b"requested\r\n", b"requested\r\n" + line)


@pytest.mark.parametrize(
    ("media", "receives"),
    [
        (b"m=a 9 RTP/SAVPF 0\n", True),
        (b"m=a 9 RTP/AVP 0\na=tcap:1 UDP/TLS/RTP/SAVP\n", True),
        (b"m=a 9 TCP/MSRP *\n", False),
    ],
)
def test_media_that_may_come_to_use_tls_receive_them_too(media: bytes, receives: bool) -> None:
    """DTLS-SRTP under its plain profile name and potential configurations keep their fingerprint."""
    pushed = push_down_fingerprints(Sdp.parse(b"v=0\na=fingerprint:sha-256 $\n" + media))
    assert (pushed.media[0].attributes("fingerprint") == ("sha-256 $",)) is receives


def test_pushing_down_nothing_is_nothing() -> None:
    """Without session-level fingerprints the description is returned as it is."""
    sdp = Sdp.parse(MSRP_ORDER)
    assert push_down_fingerprints(sdp) is sdp


def test_pushing_down_cannot_multiply_without_bound() -> None:
    """Copies beyond the limits are refused."""
    sdp = Sdp.parse(b"a=fingerprint:$\n" * 50 + b"m=x 9 TCP/TLS *\n" * 50)
    assert len(push_down_fingerprints(sdp, Limits(max_lines=2600)).lines) == 2550
    for limits in (Limits(), Limits(max_bytes=10_000, max_lines=9_999)):
        with pytest.raises(SdpError, match="at most"):
            push_down_fingerprints(sdp, limits)
