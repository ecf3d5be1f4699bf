"""The security agreement headers and the mediasec parameter."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iq_profile.mediasec import (
    MediasecError,
    MediasecLimits,
    SecurityList,
    SecurityMechanism,
    parse_security_headers,
    server_offer,
    verify_mirrors,
    write_security_header,
)

IPSEC = "ipsec-3gpp;alg=hmac-sha-1-96;spi-c=98765432;port-c=8642;q=0.5"
MSRP_TLS = SecurityMechanism("msrp-tls", (("mediasec", None),))

tokens = st.text("abcXYZ019-.!%*_+`'~", min_size=1, max_size=8)
quoted = st.text(st.characters(min_codepoint=32, max_codepoint=0x2FF, exclude_characters='"\\\x7f'), max_size=8).map(
    lambda text: f'"{text}"'
)
parameters = st.tuples(tokens.filter(lambda name: name.lower() != "q"), st.none() | tokens | quoted | st.just("[::1]"))
mechanisms = st.builds(
    SecurityMechanism, tokens, st.lists(parameters | st.just(("mediasec", None)), max_size=4).map(tuple)
)
lists = st.builds(SecurityList, st.lists(mechanisms, max_size=5).map(tuple))


@settings(deadline=None)
@given(lists)
def test_what_is_written_is_read_back(security: SecurityList) -> None:
    """Unknown mechanisms and parameters, quoted strings and hosts survive, letter for letter."""
    value = write_security_header(security)
    assert parse_security_headers((value,) if value else ()) == security


@settings(deadline=None)
@given(st.text('ab;,="\\ \tq10.mediasec-', max_size=40))
def test_anything_else_is_an_error_with_its_place(value: str) -> None:
    """Any text either reads or is refused with the character's place; what reads, writes and reads the same again."""
    try:
        security = parse_security_headers((value,))
    except MediasecError as fault:
        text = str(fault)
    else:
        assert verify_mirrors(security, parse_security_headers((write_security_header(security),)))
        return
    assert text.startswith("header value 1, character ")


@pytest.mark.parametrize(
    "value",
    [
        "msrp-tls;mediasec",
        "MSRP-TLS ; MediaSec",
        "mediasec=msrp-tls",
        "mediasec = msrp-tls;q=0.1",
        "msrp-tls;mediasec=msrp-tls",
        'x;mediasec="msrp-tls"',
        "bfcp-tls;mediasec=bfcp-tls;mediasec=msrp-tls",
        "msrp-tls;\r\n mediasec",
    ],
)
def test_every_spelling_of_mediasec_is_understood(value: str) -> None:
    """The flag and the stage-2 spelling, as an entry or as a parameter, announce msrp-tls."""
    security = parse_security_headers((value,))
    assert security.supports("msrp-tls")
    assert security.supports("Msrp-TLS")
    assert not security.supports("sdes-srtp")
    assert [entry.is_media_security for entry in security.entries] == [True]
    assert security.access == ()


@pytest.mark.parametrize("value", ["mediasec=msrp-tls", "msrp-tls;mediasec=msrp-tls", "msrp-tls;mediasec"])
def test_the_flag_is_what_is_written(value: str) -> None:
    """Whatever was read, `msrp-tls;mediasec` goes out."""
    assert write_security_header(parse_security_headers((value,))) == "msrp-tls;mediasec"


def test_media_and_access_security_are_kept_apart() -> None:
    """Across several header fields; an unflagged mechanism, known or not, is access security."""
    security = parse_security_headers((f"{IPSEC}, tls", "sdes-srtp;mediasec, new-thing", 'digest;d-ver="0a,1b;\\""'))
    assert [entry.name for entry in security.media] == ["sdes-srtp"]
    assert [entry.name for entry in security.access] == ["tls", "new-thing", "digest", "ipsec-3gpp"]
    assert security.entries[4].parameter("D-Ver") == '"0a,1b;\\""'
    assert security.entries[2].parameter("mediasec") == ""
    assert security.entries[1].parameter("mediasec") is None


def test_an_access_mechanism_with_the_stage_2_parameter_speaks_of_both() -> None:
    """`ipsec-3gpp;mediasec=msrp-tls` announces msrp-tls and still is the UE's access security."""
    security = parse_security_headers(("ipsec-3gpp;mediasec=msrp-tls",))
    assert security.media == security.access == security.entries
    assert security.supports("msrp-tls")
    assert not security.supports("ipsec-3gpp")


def test_preference_falls_with_q() -> None:
    """The highest q comes first, a missing q counts as 1, equal ones keep their order."""
    security = parse_security_headers(("a;q=0.1, b;q=0.25, c, d;Q=1.000, e;q=0.1",))
    assert [entry.name for entry in security.access] == ["c", "d", "b", "a", "e"]


def test_no_header_is_an_empty_list() -> None:
    """A client that sends nothing announces nothing."""
    assert parse_security_headers(()) == SecurityList()
    assert write_security_header(SecurityList()) == ""


@pytest.mark.parametrize(
    ("values", "cause"),
    [
        (("",), "header value 1, character 1: mechanism name expected, found the end"),
        (("tls", "tls,,x"), "header value 2, character 5: mechanism name expected, found ',x'"),
        (("tls;",), "character 5: parameter name expected"),
        (("tls;q=",), "character 7: parameter value expected"),
        (("tls;q=2",), "character 7: q value .* found '2'"),
        (("tls;q=0.1234",), "character 7: q value"),
        (('digest;d-ver="abc',), "character 14: parameter value expected"),
        (("tls x",), "character 5: `;`, `,` or the end expected, found 'x'"),
        (("mediasec=",), "character 10: media mechanism name expected"),
        (("tls\r\nX: y",), "character 4: `;`"),
    ],
)
def test_faults_name_place_and_expectation(values: tuple[str, ...], cause: str) -> None:
    """What RFC 3329 does not allow is refused where it stands."""
    with pytest.raises(MediasecError, match=cause):
        parse_security_headers(values)


def test_limits() -> None:
    """Length, entries and parameters pass at their limits and not above."""
    limits = MediasecLimits(header_characters=10, entries=2, parameters=1)
    assert len(parse_security_headers(("a;b,c;d",), limits).entries) == 2
    for values, cause in (
        (("a" * 6, "b" * 5), "11 characters exceed 10"),
        (("a,b", "c"), "header value 2, character 1: at most 2 mechanisms"),
        (("a;b;c",), "character 5: at most 1 parameters"),
    ):
        with pytest.raises(MediasecError, match=cause):
            parse_security_headers(values, limits)


def test_nothing_unreadable_is_written() -> None:
    """A name or value that would change the header is refused."""
    for entry in (SecurityMechanism("a b"), SecurityMechanism("a", (("b", "c\r\nX: y"),)), SecurityMechanism("")):
        with pytest.raises(MediasecError):
            write_security_header(SecurityList((entry,)))


def test_the_server_offers_what_it_supports_itself() -> None:
    """Its own mechanisms in its own order, media ones flagged, whatever the client named."""
    client = parse_security_headers(("mediasec=msrp-tls, sdes-srtp;mediasec, tls",))
    assert write_security_header(server_offer(client, ("ipsec-3gpp", "msrp-tls", "bfcp-tls"))) == (
        "ipsec-3gpp, msrp-tls;mediasec, bfcp-tls;mediasec"
    )
    assert server_offer(client, ()) == SecurityList()


def test_a_client_without_media_security_is_offered_none() -> None:
    """To a client that does not know mediasec only access mechanisms go back."""
    client = parse_security_headers((IPSEC,))
    assert write_security_header(server_offer(client, ("ipsec-3gpp", "msrp-tls"))) == "ipsec-3gpp"


@pytest.mark.parametrize(
    ("verify", "mirrors"),
    [
        (("msrp-tls;mediasec, digest;d-alg=MD5;q=0.5",), True),
        (("MSRP-TLS;MEDIASEC", "digest;q=0.50;d-alg=md5"), True),
        (("mediasec=msrp-tls", "digest;d-alg=MD5;q=0.5"), True),
        (("digest;d-alg=MD5;q=0.5, msrp-tls;mediasec",), False),
        (("msrp-tls;mediasec",), False),
        (("msrp-tls, digest;d-alg=MD5;q=0.5",), False),
        (("msrp-tls;mediasec, digest;d-alg=MD5;q=0.6",), False),
        (("msrp-tls;mediasec, digest;d-alg=SHA;q=0.5",), False),
        ((), False),
    ],
)
def test_verify_must_mirror_the_server_list(verify: tuple[str, ...], mirrors: bool) -> None:
    """Same mechanisms, same order, same parameters; only what has no meaning may differ."""
    server = parse_security_headers(("msrp-tls;mediasec, digest;d-alg=MD5;q=0.5",))
    assert verify_mirrors(server, parse_security_headers(verify)) is mirrors


def test_quoted_values_are_compared_with_case() -> None:
    """A quoted string mirrors only itself."""
    server = parse_security_headers(('digest;d-ver="AB"',))
    assert not verify_mirrors(server, parse_security_headers(('digest;d-ver="ab"',)))


def test_the_typed_form() -> None:
    """The flag reads as a parameter without value."""
    assert parse_security_headers(("msrp-tls;mediasec",)).entries == (MSRP_TLS,)
