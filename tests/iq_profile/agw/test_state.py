"""Roles in TCP and TLS, the source filter, and names."""

import pytest

from iq_profile.agw.orders import LegId, TlsRole
from iq_profile.agw.state import Bearer, Context, Termination
from megaco.sdp import MediaDescription, Sdp, Setup

from .rig import sdp


def _media(protocol: str, setup: str | None, *, far: str = "192.0.2.7", kind: str | None = None) -> MediaDescription:
    return Sdp.parse(sdp(protocol, far=(far, 4000), setup=setup, kind=kind)).media[0]


def _bearer(media: MediaDescription, termination: Termination | None = None, stream: int = 1) -> Bearer:
    owner = termination or Termination("ip/1/access/1", "access", Context(1))
    bearer = Bearer(LegId(f"{owner.name}#{stream}"), stream, owner, media)
    owner.bearers[stream] = bearer
    return bearer


@pytest.mark.parametrize(
    ("own", "far", "role"),
    [
        ("active", "actpass", Setup.ACTIVE),
        ("passive", "passive", Setup.PASSIVE),
        ("actpass", "active", Setup.PASSIVE),
        ("actpass", "passive", Setup.ACTIVE),
        ("actpass", "actpass", Setup.ACTPASS),
        ("actpass", None, Setup.ACTPASS),
        (None, "active", Setup.PASSIVE),
        (None, None, None),
        ("holdconn", "holdconn", Setup.HOLDCONN),
    ],
)
def test_the_tcp_role_follows_local_and_then_remote(own: str | None, far: str | None, role: Setup | None) -> None:
    """What Local says counts; where that is open, Remote leaves the opposite (RFC 4145 clause 4.1)."""
    bearer = _bearer(_media("TCP/MSRP", own))
    assert bearer.setup is (Setup(own) if own else None)
    bearer.remote = _media("TCP/MSRP", far)
    assert bearer.setup is role


@pytest.mark.parametrize(
    ("setup", "accepted", "role"),
    [
        ("active", False, TlsRole.CLIENT),
        ("active", True, TlsRole.CLIENT),
        ("passive", False, TlsRole.SERVER),
        ("passive", True, TlsRole.SERVER),
        ("actpass", True, TlsRole.SERVER),
        ("actpass", False, None),
        (None, True, TlsRole.SERVER),
        (None, False, None),
    ],
)
def test_the_tls_role_of_msrp_follows_setup(setup: str | None, accepted: bool, role: TlsRole | None) -> None:
    """The active side is the client (RFC 8122 clause 6.2); while that is open, whoever was connected to is server."""
    bearer = _bearer(_media("TCP/TLS/MSRP", setup))
    bearer.was_accepted = accepted
    assert bearer.tls_role is role


@pytest.mark.parametrize("setup", ["active", "passive", "actpass", None])
@pytest.mark.parametrize("protocol", ["TCP/TLS/BFCP", "TCP/TLS"])
@pytest.mark.parametrize(("is_ordered", "role"), [(False, TlsRole.SERVER), (True, TlsRole.CLIENT)])
def test_the_tls_role_of_bfcp_follows_the_order(
    setup: str | None, protocol: str, is_ordered: bool, role: TlsRole
) -> None:
    """Server unless told to start, whoever opened TCP (RFC 8856 clause 8)."""
    bearer = _bearer(_media(protocol, setup, kind="application"))
    bearer.tls_ordered = is_ordered
    assert bearer.tls_role is role


@pytest.mark.parametrize(("far", "source"), [("192.0.2.7", "192.0.2.7"), ("$", ""), (None, "")])
def test_the_source_filter_lets_in_the_far_end_alone(far: str | None, source: str) -> None:
    """Nobody while the far end's address is not known; without the filter anybody."""
    bearer = _bearer(_media("TCP/MSRP", None))
    bearer.remote = _media("TCP/MSRP", None, far=far) if far is not None else None
    assert bearer.source is None
    bearer.termination.filters_source = True
    assert bearer.source == source


def test_the_other_side_is_the_same_stream_elsewhere_in_the_context() -> None:
    """Not another stream, not the bearer itself."""
    context = Context(1)
    one, other = (Termination(f"ip/1/core/{number}", "core", context) for number in (1, 2))
    context.terminations = {one.name: one, other.name: other}
    media = _media("TCP/MSRP", None)
    first, second = _bearer(media, one), _bearer(media, other)
    alone = _bearer(media, one, stream=2)
    assert list(first.others()) == [second]
    assert list(alone.others()) == []


@pytest.mark.parametrize("pattern", ["*", "ip/*/*/*", "ip/1/core/7", "IP/1/Core/*"])
def test_patterns_that_name_a_termination(pattern: str) -> None:
    """ALL alone or at some levels, and names in any case."""
    assert Termination("ip/1/core/7", "core", Context(1)).is_named(pattern)


@pytest.mark.parametrize("pattern", ["ip/*", "ip/1/core/*/*", "ip/1/core/70", "ip/1/access/*", "$"])
def test_patterns_that_name_another(pattern: str) -> None:
    """A pattern has as many levels as the name, or is ALL."""
    assert not Termination("ip/1/core/7", "core", Context(1)).is_named(pattern)
