"""Whom a bearer lets in: early SYNs, and the source filter."""

import pytest

from iq_profile.agw.orders import Accept, Accepted
from iq_profile.agw.settings import AgwSettings, EarlySyn
from iq_profile.procedures import StreamTerms
from megaco.message import (
    LocalControlDescriptor,
    MediaDescriptor,
    ModifyRequest,
    PropertyParm,
    StreamDescriptor,
    Value,
)

from .rig import CORE_ADDRESS, PEER, PROFILE, Rig, peer, plain_terms, sdp

_STRANGER = ("203.0.113.9", 6666)


@pytest.fixture
def rig() -> Rig:
    """Return a gateway with nothing in it."""
    return Rig()


def test_a_held_syn_is_accepted_when_the_far_end_is_known() -> None:
    """early_syn = hold: the kernel keeps it until then."""
    rig = Rig(AgwSettings(early_syn=EarlySyn.HOLD, core_address=CORE_ADDRESS))
    core = rig.reserve("core", plain_terms())
    assert rig.done() == []
    rig.configure(core, StreamTerms(1, remote=peer()))
    assert rig.done() == [Accept(rig.legs[0])]
    rig.configure(core, StreamTerms(1, remote=peer()))
    assert rig.done() == []


def test_the_source_filter_holds_whatever_the_settings_say(rig: Rig) -> None:
    """gm/saf ON: who connects cannot be judged before the far end's address is known; then it alone is let in."""
    core = rig.reserve("core", plain_terms(), filter_source=True)
    assert rig.done() == []
    rig.configure(core, StreamTerms(1, remote=peer()))
    assert rig.done() == [Accept(rig.legs[0], PEER[0])]
    rig.configure(core, StreamTerms(1, remote=peer()))
    assert rig.done() == []
    rig.configure(core, StreamTerms(1, remote=sdp(far=_STRANGER)))
    assert rig.done() == [Accept(rig.legs[0], _STRANGER[0])]


def test_the_source_filter_can_come_later(rig: Rig) -> None:
    """Whoever was let in before it came is let in no longer, at any stream; a connection that is up stays."""
    core = rig.reserve("core", plain_terms(), plain_terms(peer(), 2), plain_terms(peer(), 3))
    one, two, three = rig.legs
    assert rig.done() == [Accept(one), Accept(two), Accept(three)]
    rig.report(Accepted(three, *PEER))
    on = PropertyParm(PROFILE.items.source_filter.name, Value("ON"))
    stream = StreamDescriptor(1, local_control=LocalControlDescriptor(properties=(on,)))
    rig.command(ModifyRequest((core.termination_id,), (MediaDescriptor(streams=(stream,)),)), core.context_id)
    assert rig.done() == [Accept(one, ""), Accept(two, PEER[0])]


def test_without_the_source_filter_anybody_is_let_in(rig: Rig) -> None:
    """On a plain leg the address is then the only thing that could tell, and nobody asked."""
    rig.reserve("core", plain_terms(peer()))
    assert rig.report(Accepted(rig.legs[0], *_STRANGER)) == []
    assert rig.open == set(rig.legs)
