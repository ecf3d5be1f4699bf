"""The gate of a stream: StreamMode decides which way bytes flow."""

import pytest

from iq_profile.agw.orders import Accepted, Connected, Handshaken, Join, LegId, Verified
from iq_profile.procedures import StreamTerms
from megaco.message import LocalControlDescriptor, MediaDescriptor, ModifyRequest, StreamDescriptor, StreamMode

from .rig import FAR, UE, Rig, peer, sdp, secured, ue


@pytest.fixture
def rig() -> Rig:
    """Return a gateway with nothing in it."""
    return Rig()


def _call(rig: Rig, access: StreamMode, core: StreamMode) -> tuple[LegId, LegId, list[Join]]:
    """Bring up a call with these modes; return T1, T2 and the joins that were ordered."""
    two = rig.reserve("core", StreamTerms(1, core, sdp(), peer()))
    rig.reserve("access", StreamTerms(1, access, secured(), ue()), context=two.context_id)
    t2, t1 = rig.legs
    orders = rig.report(Accepted(t1, *UE), Connected(t2), Handshaken(t1, "TLSv1.3", "x"), Verified(t1, FAR))
    return t1, t2, [order for order in orders if isinstance(order, Join)]


@pytest.mark.parametrize(
    ("access", "core", "forth", "back"),
    [
        (StreamMode.SEND_RECEIVE, StreamMode.SEND_RECEIVE, True, True),
        (StreamMode.RECEIVE_ONLY, StreamMode.SEND_RECEIVE, True, False),
        (StreamMode.SEND_ONLY, StreamMode.SEND_RECEIVE, False, True),
        (StreamMode.SEND_RECEIVE, StreamMode.SEND_ONLY, True, False),
        (StreamMode.SEND_RECEIVE, StreamMode.RECEIVE_ONLY, False, True),
    ],
)
def test_both_modes_open_the_gate(rig: Rig, access: StreamMode, core: StreamMode, forth: bool, back: bool) -> None:
    """Bytes of the UE flow if T1 receives and T2 sends, bytes of the peer if it is the other way round."""
    t1, t2, joins = _call(rig, access, core)
    assert joins == [Join(t1, t2, forth, back)]


def test_an_inactive_stream_is_not_joined(rig: Rig) -> None:
    """Nothing flows until the controller changes the through-connection, and nothing after it has closed it again."""
    t1, t2, joins = _call(rig, StreamMode.INACTIVE, StreamMode.SEND_RECEIVE)
    assert joins == []
    for mode, expected in (
        (StreamMode.SEND_RECEIVE, [Join(t1, t2)]),
        (StreamMode.SEND_RECEIVE, []),
        (StreamMode.INACTIVE, [Join(t1, t2, forth=False, back=False)]),
    ):
        control = LocalControlDescriptor(mode=mode)
        media = MediaDescriptor(streams=(StreamDescriptor(1, local_control=control),))
        rig.done()
        rig.command(ModifyRequest(("ip/1/access/2",), (media,)), 1)
        assert rig.done() == expected


def test_a_loop_is_refused(rig: Rig) -> None:
    """LoopBack is a mode of circuits; here it is 449."""
    two = rig.reserve("core", StreamTerms(1, None, sdp(), peer()))
    control = LocalControlDescriptor(mode=StreamMode.LOOP_BACK)
    media = MediaDescriptor(streams=(StreamDescriptor(1, local_control=control),))
    assert rig.refusal(ModifyRequest((two.termination_id,), (media,)), two.context_id).code == 449
