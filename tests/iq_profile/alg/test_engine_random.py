"""The controller's engine under random inputs: it never raises, and nothing stays reserved."""

from collections import Counter

import hypothesis.strategies as st
from hypothesis import given, settings

from iq_profile.alg.engine import SendBye, SendReject, SessionGone
from iq_profile.alg.settings import AlgSettings, WithoutCema
from iq_profile.alg.state import Role, Side
from iq_profile.procedures import (
    BearerReleased,
    Heartbeat,
    Outcome,
    Rejected,
    Released,
    Reserved,
    TcpFailed,
    TlsFailed,
)

from .calls import AUDIO, BOTH, Call, FakeGateway, asked, plain, sdp, secured

NAMES = st.sampled_from(["s", "t"])
ROLES: st.SearchStrategy[Role] = st.sampled_from(["offerer", "answerer"])
SIDES: st.SearchStrategy[Side] = st.sampled_from(["access", "core"])
LINES = st.sampled_from(
    [
        AUDIO,
        asked("MSRP"),
        asked("BFCP"),
        secured("MSRP", setup="passive"),
        secured("BFCP", setup="active", port=0),
        plain("MSRP"),
        plain("BFCP", setup="active"),
        plain("MSRP", port=0),
        asked("MSRP")[:-1],
        ("m=message 9 TCP/TLS/MSRP *", "a=setup:holdconn"),
    ]
)
DESCRIPTIONS = st.one_of(
    st.lists(LINES, max_size=3).map(lambda many: sdp(*(line for one in many for line in one))),
    st.sampled_from([b"", b"x", sdp("m=message $ TCP/MSRP *"), sdp("m=audio")]),
)
LOCALS = st.sampled_from(
    [b"", b"x", b"v=0\r\nc=IN IP4 $\r\nm=message $ TCP -\r\n", b"v=0\r\nc=IN IP4 192.0.2.3\r\nm=message 4 TCP -\r\n"]
)
OUTCOMES: st.SearchStrategy[Outcome] = st.one_of(
    st.builds(Rejected, st.sampled_from([0, 411, 510]), st.just("no")),
    st.builds(Released, st.integers(1, 3)),
    st.builds(
        Reserved,
        st.integers(1, 3),
        st.sampled_from(["ip/1/core/1", "ip/1/access/2"]),
        st.dictionaries(st.integers(0, 3), LOCALS, max_size=2),
    ),
)
KINDS: st.SearchStrategy[type[TcpFailed | TlsFailed | BearerReleased]] = st.sampled_from(
    [TcpFailed, TlsFailed, BearerReleased]
)
POLICIES = st.builds(
    AlgSettings,
    e2ae_always=st.booleans(),
    combine=st.booleans(),
    skip_core_configure=st.booleans(),
    merge_tls_start=st.booleans(),
    release_all=st.booleans(),
    without_cema=st.sampled_from(WithoutCema),
    most_sessions=st.integers(1, 2),
    answer_wait_s=st.just(5.0),
)


def do_one_thing(call: Call, data: st.DataObject) -> None:
    """Let anything happen that can happen."""
    draw, engine, now = data.draw, call.engine, call.now
    match draw(st.integers(0, 9)):
        case 0 | 1:
            agreed = draw(st.sampled_from([BOTH, BOTH, frozenset[str]()]))
            engine.offer(draw(NAMES), draw(SIDES), draw(DESCRIPTIONS), agreed, now)
        case 2:
            engine.answer(draw(NAMES), draw(DESCRIPTIONS), now)
        case 3 | 4 | 5:
            call.step()
        case 6:
            engine.reject(draw(NAMES), draw(st.integers(400, 699)), now)
        case 7:
            engine.bye(draw(NAMES), draw(ROLES), now)
        case 8:
            name = draw(st.sampled_from(["ip/1/core/1", *call.gateway.held]))
            context = call.gateway.held.get(name, 1)
            engine.indication(draw(KINDS)(context, name, 1, draw(st.integers(0, 4)), "x"), now)
            engine.indication(Heartbeat(context, name, 1), now)
        case 9:
            call.now += draw(st.sampled_from([1.0, 6.0]))
            engine.handle_timer(call.now)
    call.take()


@settings(deadline=None, max_examples=200)
@given(POLICIES, st.data())
def test_whatever_happens_everything_reserved_is_released_once(policy: AlgSettings, data: st.DataObject) -> None:
    """After random inputs and a bye to every session the gateway is empty, each termination subtracted exactly once."""
    gateway = FakeGateway()
    refused = data.draw(st.sets(st.integers(1, 12), max_size=3))
    gateway.refuse = lambda order: len(gateway.orders) in refused and "Release" not in order.title
    call = Call(policy, gateway)
    for _ in range(data.draw(st.integers(0, 15))):
        do_one_thing(call, data)
    for name in ("s", "t"):
        call.bye(name=name)
    assert call.engine.is_empty
    assert call.engine.next_deadline() is None
    assert not gateway.held
    assert max(Counter(gateway.released).values(), default=1) == 1


@settings(deadline=None, max_examples=200)
@given(POLICIES, st.lists(OUTCOMES, max_size=12), st.data())
def test_a_gateway_that_replies_anything_raises_nothing(
    policy: AlgSettings, outcomes: list[Outcome], data: st.DataObject
) -> None:
    """Replies to other commands, of the wrong shape, doubled or unknown leave no session behind once it is ended."""
    call = Call(policy)
    call.engine.offer("s", "access", sdp(*asked("MSRP"), *asked("BFCP"), *AUDIO), BOTH, 0.0)
    for outcome in outcomes:
        call.take()
        number = call.waiting.pop(0).number if call.waiting else data.draw(st.integers(0, 20))
        call.engine.outcome(number, outcome, 0.0)
        call.engine.answer("s", sdp(*plain("MSRP"), *plain("BFCP"), *AUDIO), 0.0)
    call.engine.bye("s", "offerer", 0.0)
    call.take()
    while call.waiting:
        call.engine.outcome(call.waiting.pop(0).number, Rejected(411, ""), 0.0)
        call.take()
    assert call.engine.is_empty
    assert len(call.all(SessionGone)) == 1
    told = [one for one in call.said if isinstance(one, SendReject | SendBye)]
    assert len(told) <= 2
