"""The order of requests about one termination (clause 9.1): who waits for whom, and what becomes of those who wait."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from megaco.message import (
    ActionRequest,
    AddRequest,
    AuditCapabilityRequest,
    AuditDescriptor,
    AuditValueRequest,
    Command,
    CommandRequest,
    ModifyRequest,
    MoveRequest,
    NotifyRequest,
    ObservedEvent,
    ObservedEventsDescriptor,
    ServiceChangeMethod,
    ServiceChangeParm,
    ServiceChangeRequest,
    SubtractRequest,
    TransactionPending,
    TransactionRequest,
    Value,
    stands_for,
)
from megaco.transaction import Failure, ReplyReceived, RequestFailed, RequestReceived, TransactionConfig
from megaco.transaction.order import Order, Ordered

from ...harness import Pair, disturbed
from .looks import an_engine, hear, id_of, replies, said, said_to, transactions

_AUDIT = AuditDescriptor()
_SEEN = ObservedEventsDescriptor(1, (ObservedEvent("al/of"),))
_LEAVES = ServiceChangeParm(method=ServiceChangeMethod.FORCED, reason=Value("905 forced", quoted=True))
_ALONE = (AddRequest, ModifyRequest, MoveRequest, NotifyRequest)


def _notify(name: str) -> NotifyRequest:
    return NotifyRequest((name,), _SEEN)


def _audit(name: str) -> AuditValueRequest:
    return AuditValueRequest((name,), _AUDIT)


def _capability(name: str) -> AuditCapabilityRequest:
    return AuditCapabilityRequest((name,), _AUDIT)


def _leave(name: str) -> ServiceChangeRequest:
    return ServiceChangeRequest((name,), _LEAVES)


def _add(name: str) -> AddRequest:
    return AddRequest((name,))


def _modify(name: str) -> ModifyRequest:
    return ModifyRequest((name,))


def _move(name: str) -> MoveRequest:
    return MoveRequest((name,))


def _subtract(name: str) -> SubtractRequest:
    return SubtractRequest((name,))


_EVERY = (_add, _modify, _move, _notify, _subtract, _audit, _capability, _leave)
_WAITING = (_add, _modify, _move, _notify)


def _asks(*commands: Command, context: int = 1) -> tuple[ActionRequest, ...]:
    return (ActionRequest(context, commands=tuple(CommandRequest(command) for command in commands)),)


class _Asked:
    """A request, and what it is about."""

    def __init__(self, peer: str, actions: tuple[ActionRequest, ...]) -> None:
        self.request = Ordered()
        self.peer = peer
        self.commands = [asked.command for action in actions for asked in action.commands]


def _waits_for(later: _Asked, earlier: _Asked) -> bool:
    """Say the rules once more, plainly."""
    named = [
        {name.lower() for command in one.commands if isinstance(command, _ALONE) for name in command.termination_ids}
        for one in (later, earlier)
    ]
    added = [name for command in later.commands if isinstance(command, AddRequest) for name in command.termination_ids]
    swept = [
        name
        for command in earlier.commands
        if isinstance(command, SubtractRequest)
        for name in command.termination_ids
        if "*" in name
    ]
    return later.peer == earlier.peer and (
        any("$" not in name for name in named[0] & named[1])
        or any(stands_for(pattern, name) for pattern in swept for name in added if "$" not in name)
    )


# ------------------------------------------------------------------------------------------------ who waits for whom


def _goes_at_once(first: Command, second: Command, *, peer: str = "b") -> bool:
    engine = an_engine()
    engine.submit("b", _asks(first), 0.0)
    engine.submit(peer, _asks(second), 0.0)
    return len(said(engine)) == 2


@pytest.mark.parametrize("second", _WAITING)
@pytest.mark.parametrize("first", _WAITING)
def test_one_command_at_a_time(first: type, second: type) -> None:
    """Add, Modify, Move and Notify about a termination wait for each other, in whatever case its name is written."""
    assert not _goes_at_once(first("ip/1"), second("IP/1"))
    assert _goes_at_once(first("ip/1"), second("ip/2"))
    assert _goes_at_once(first("ip/1"), second("ip/1"), peer="c")


@pytest.mark.parametrize("other", _EVERY)
@pytest.mark.parametrize("free", [_subtract, _audit, _capability, _leave])
def test_a_subtract_and_audits_go_at_any_time(free: type, other: type) -> None:
    """Behind anything; and nothing waits for them, as long as they name one termination."""
    assert _goes_at_once(other("t"), free("t"))
    assert _goes_at_once(free("t"), other("t"))


@pytest.mark.parametrize("pattern", ["*", "ip/*", "IP/*"])
def test_an_add_waits_for_a_subtract_by_all(pattern: str) -> None:
    """Where the pattern may stand for its termination; another Subtract, a Modify and audits do not."""
    assert not _goes_at_once(_subtract(pattern), _add("ip/1"))
    assert _goes_at_once(_subtract(pattern), _add("ip/1"), peer="c")
    for other in (_modify, _move, _notify, _subtract, _audit, _leave):
        assert _goes_at_once(_subtract(pattern), other("ip/1"))


@pytest.mark.parametrize("pattern", ["tdm/*", "ip/1/*", "ip/*/*"])
def test_an_add_waits_for_no_other_subtract(pattern: str) -> None:
    """A pattern that cannot stand for its termination holds nothing back."""
    assert _goes_at_once(_subtract(pattern), _add("ip/1"))


def test_a_subtract_by_all_waits_for_nothing() -> None:
    """Neither for an Add under way nor for another such Subtract."""
    assert _goes_at_once(_add("ip/1"), _subtract("*"))
    assert _goes_at_once(_subtract("*"), _subtract("*"))


@pytest.mark.parametrize("name", ["$", "ip/$", "IP/$"])
@pytest.mark.parametrize("earlier", [_add, _modify, _move, _subtract])
def test_what_is_to_be_chosen_never_waits(earlier: type, name: str) -> None:
    """A termination that is new each time has no command under way, and no Subtract that was sent before ends it."""
    assert _goes_at_once(earlier(name), _add(name))
    assert _goes_at_once(_subtract("*"), _add(name))
    assert _goes_at_once(_subtract("ip/*"), _add(name))


def test_commands_of_one_request_do_not_wait_for_each_other() -> None:
    """Several about one termination, and an Add beside a Subtract by ALL, go together and end together."""
    engine = an_engine()
    number = engine.submit("b", _asks(_subtract("*"), _add("t"), _modify("T"), _modify("t"), _notify("t")), 0.0)
    assert [id_of(one) for one in said(engine)] == [number]
    second = engine.submit("b", _asks(_modify("t")), 0.0)
    third = engine.submit("b", _asks(_add("u")), 0.0)
    assert said(engine) == []
    hear(engine, "b", *replies([number]))
    assert sorted(id_of(one) for one in said(engine)) == [second, third]


def test_a_request_without_order_does_not_wait() -> None:
    """Where ``keeps_order`` is off everything goes at once, and nothing of the order is remembered."""
    engine = an_engine(TransactionConfig(keeps_order=False))
    numbers = [engine.submit("b", _asks(_modify("t")), 0.0) for _ in range(3)]
    assert [id_of(one) for one in said(engine)] == numbers
    assert engine.counters.requests_held_back == 0


# ------------------------------------------------------------------------------------------------- when the turn comes


def test_those_who_wait_go_in_order() -> None:
    """Each goes once the one before it has its reply, in the order of submitting."""
    executed: list[str] = []

    def note(event: RequestReceived) -> None:
        command = event.request.actions[0].commands[0].command
        assert isinstance(command, ModifyRequest | NotifyRequest | AddRequest | MoveRequest)
        executed.append(type(command).__name__)

    pair = Pair(config=TransactionConfig(), executor=note)
    numbers = [pair.request("a", 1, make("t")) for make in (_add, _modify, _notify, _move)]
    assert pair.engines["a"].counters.requests_held_back == 3
    for count, number in enumerate(numbers, 1):
        pair.drive(until=pair.now + 0.1)
        assert len(executed) == count
        pair.reply("b", number)
    pair.drive()
    assert executed == ["AddRequest", "ModifyRequest", "NotifyRequest", "MoveRequest"]
    assert [event.transaction_id for event in pair.happened("a", ReplyReceived)] == numbers
    assert pair.is_idle()


def test_the_waiting_does_not_count_as_delay_of_the_peer() -> None:
    """What was held back is repeated as soon after its sending as if it had never waited."""
    engine = an_engine()
    first, second = (engine.submit("b", _asks(_modify("t")), 0.0) for _ in range(2))
    hear(engine, "b", TransactionPending(first), now=0.1)
    hear(engine, "b", *replies([first]), now=3.0)
    said(engine)
    assert engine.next_deadline() == pytest.approx(3.2)
    engine.handle_timer(3.2)
    assert [id_of(one) for one in said(engine)] == [second]
    hear(engine, "b", *replies([second]), now=3.3)
    _, answered = engine.take_events()
    assert isinstance(answered, ReplyReceived)
    assert answered.elapsed_s == pytest.approx(3.3)
    assert answered.repeats == 1


@pytest.mark.parametrize("several", [("t", "u"), ("u", "t")])
def test_whoever_waits_for_two_goes_after_both(several: tuple[str, str]) -> None:
    """A request about two terminations waits for each of them, and holds both back meanwhile."""
    engine = an_engine()
    first, second = engine.submit("b", _asks(_modify("t")), 0.0), engine.submit("b", _asks(_modify("u")), 0.0)
    both = engine.submit("b", _asks(*map(_modify, several)), 0.0)
    behind = [engine.submit("b", _asks(_modify(name)), 0.0) for name in ("t", "u")]
    assert [id_of(one) for one in said(engine)] == [first, second]
    hear(engine, "b", *replies([second]))
    assert said(engine) == []
    hear(engine, "b", *replies([first]))
    assert [id_of(one) for one in said(engine)] == [both]
    hear(engine, "b", *replies([both]))
    assert sorted(id_of(one) for one in said(engine)) == behind


def test_several_who_wait_for_a_subtract_go_together() -> None:
    """They wait for the Subtract, not for each other; and once it is done nobody waits for it any more."""
    engine = an_engine()
    swept = engine.submit("b", _asks(_subtract("*")), 0.0)
    adds = [engine.submit("b", _asks(_add(f"ip/{number}")), 0.0) for number in range(5)]
    assert [id_of(one) for one in said(engine)] == [swept]
    hear(engine, "b", *replies([swept]))
    assert [id_of(one) for one in said(engine)] == adds
    late = engine.submit("b", _asks(_add("ip/99")), 0.0)
    assert [id_of(one) for one in said(engine)] == [late]


def test_adds_wait_for_every_subtract_that_may_match() -> None:
    """Two of them under way: the last to end lets the Add go, in whichever order they end."""
    for order in ((0, 1), (1, 0)):
        engine = an_engine()
        swept = [engine.submit("b", _asks(_subtract(pattern)), 0.0) for pattern in ("*", "ip/*")]
        add = engine.submit("b", _asks(_add("ip/1")), 0.0)
        said(engine)
        hear(engine, "b", *replies([swept[order[0]]]))
        assert said(engine) == []
        hear(engine, "b", *replies([swept[order[1]]]))
        assert [id_of(one) for one in said(engine)] == [add]


def test_a_far_end_that_is_gone_holds_nobody_else_back() -> None:
    """Lines are of one peer; whatever waits there, another peer's requests go at once."""
    engine = an_engine()
    for _ in range(10):
        engine.submit("dead", _asks(_subtract("*"), _modify("t")), 0.0)
    alive = engine.submit("alive", _asks(_add("t")), 0.0)
    assert [id_of(one) for one in said_to(engine, "alive")] == [alive]


# --------------------------------------------------------------------------------------------- what ends the waiting


def test_a_request_that_waits_too_long_was_not_sent() -> None:
    """At T-MAX it fails as NOT_SENT, and is not sent in its last moment either."""
    pair = Pair(fate=lambda _: [], config=TransactionConfig())
    sent, *waiting = [pair.request() for _ in range(4)]
    pair.drive()
    failures = [(event.transaction_id, event.reason, event.repeats) for event in pair.happened("a", RequestFailed)]
    assert failures[0][:2] == (sent, Failure.NO_REPLY)
    assert failures[1:] == [(number, Failure.NOT_SENT, 0) for number in waiting]
    assert {event.elapsed_s for event in pair.happened("a", RequestFailed)} == {25.0}
    assert len(set(pair.octets("a"))) == 1
    assert pair.is_idle()


def test_a_reply_at_the_last_moment_sends_nothing_that_is_over() -> None:
    """A request whose T-MAX has come, though no timer was handled yet, is not sent when its turn comes."""
    engine = an_engine()
    first, second = (engine.submit("b", _asks(_modify("t")), 0.0) for _ in range(2))
    third = engine.submit("b", _asks(_modify("t")), 1.0)
    said(engine)
    hear(engine, "b", *replies([first]), now=25.0)
    assert said(engine) == []
    engine.handle_timer(25.0)
    assert [id_of(one) for one in said(engine)] == [third]
    assert [
        (event.transaction_id, type(event)) for event in engine.take_events() if hasattr(event, "transaction_id")
    ] == [
        (first, ReplyReceived),
        (second, RequestFailed),
    ]


def test_failure_lets_the_next_go() -> None:
    """Whoever waits for a request that fails is sent then, with the time that is left to it."""
    engine = an_engine()
    first = engine.submit("b", _asks(_modify("t")), 0.0)
    second = engine.submit("b", _asks(_modify("t")), 10.0)
    said(engine)
    for now in (24.9, 25.0):
        engine.handle_timer(now)
    assert [id_of(one) for one in said(engine)] == [first, second]
    engine.handle_timer(34.9)
    engine.take_events()
    engine.handle_timer(35.0)
    (failed,) = engine.take_events()
    assert isinstance(failed, RequestFailed)
    assert (failed.transaction_id, failed.reason) == (second, Failure.NO_REPLY)


def test_cancelling_one_who_waits() -> None:
    """It leaves its place, wherever it stands; it is never sent and nothing is told of it."""
    for cancelled in range(1, 4):
        engine = an_engine()
        numbers = [engine.submit("b", _asks(_modify("t")), 0.0) for _ in range(4)]
        engine.cancel(numbers.pop(cancelled), 0.0)
        assert engine.take_events() == []
        for number in numbers:
            assert [id_of(one) for one in said(engine)] == [number]
            hear(engine, "b", *replies([number]))
        assert said(engine) == []
        assert engine.outstanding == 0


def test_cancelling_the_first_lets_the_next_go() -> None:
    """Though the first may still be executed: its own side gave it up."""
    engine = an_engine()
    first, second = (engine.submit("b", _asks(_modify("t")), 0.0) for _ in range(2))
    said(engine)
    engine.cancel(first, 0.1)
    assert [id_of(one) for one in said(engine)] == [second]


def test_cancelling_one_of_two_lines() -> None:
    """A request that was first in one line and second in another frees the first line and leaves the other."""
    engine = an_engine()
    first = engine.submit("b", _asks(_modify("t")), 0.0)
    both = engine.submit("b", _asks(_modify("t"), _modify("u")), 0.0)
    behind_t, behind_u = (engine.submit("b", _asks(_modify(name)), 0.0) for name in ("t", "u"))
    said(engine)
    engine.cancel(both, 0.0)
    assert [id_of(one) for one in said(engine)] == [behind_u]
    hear(engine, "b", *replies([first]))
    assert [id_of(one) for one in said(engine)] == [behind_t]


def test_an_answer_to_what_was_not_sent_is_a_lie() -> None:
    """Replies and pendings that arrive before their request was sent are counted and change nothing."""
    engine = an_engine()
    _, second = (engine.submit("b", _asks(_modify("t")), 0.0) for _ in range(2))
    said(engine)
    hear(engine, "b", *replies([second]), TransactionPending(second))
    assert engine.take_events() == []
    assert engine.counters.replies_unasked == 2
    assert engine.outstanding == 2


def test_a_long_line_that_fails_is_no_long_work() -> None:
    """Thousands who wait behind one that gets no reply all fail with it, one after the other and without recursion."""
    engine = an_engine()
    numbers = [engine.submit("b", _asks(_modify("t")), 0.0) for _ in range(5000)]
    engine.handle_timer(25.0)
    failed = [event for event in engine.take_events() if isinstance(event, RequestFailed)]
    assert [event.transaction_id for event in failed] == numbers
    assert [id_of(one) for one in said(engine)] == numbers[:1]
    assert engine.is_idle()


# ------------------------------------------------------------------------------------------------------ any course

_NAMES = st.sampled_from(["a", "A", "ip/1", "ip/2", "IP/1", "ip/*", "*", "$", "ip/$"])
_MAKERS = st.sampled_from([*_EVERY, _add, _add, _subtract, _subtract])
_COMMANDS = st.builds(lambda make, name: make(name), _MAKERS, _NAMES)
_ASKED = st.tuples(st.sampled_from("ppq"), st.lists(_COMMANDS, min_size=1, max_size=3))


@settings(max_examples=200, deadline=None)
@given(st.lists(_ASKED | st.integers(0, 99), min_size=3, max_size=40))
def test_order_is_what_the_rules_say(course: list[tuple[str, list[Command]] | int]) -> None:
    """Whoever comes and leaves, in whatever order: those go that no one before them holds back, and only those."""
    order: Order[Ordered] = Order()
    present: list[_Asked] = []
    going: list[Ordered] = []
    for what in course:
        if isinstance(what, tuple):
            peer, commands = what
            asked = _Asked(peer, _asks(*commands))
            if order.join(asked.request, peer, _asks(*commands)):
                going.append(asked.request)
            present.append(asked)
        elif present:
            leaving = present.pop(what % len(present)).request
            if leaving in going:
                going.remove(leaving)
            going += order.leave(leaving)
        free = [
            later.request
            for index, later in enumerate(present)
            if not any(_waits_for(later, earlier) for earlier in present[:index])
        ]
        assert sorted(map(id, going)) == sorted(map(id, free))
    while present:
        order.leave(present.pop().request)
    assert order.is_empty()


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32), st.floats(0.0, 0.6), st.lists(_COMMANDS, min_size=1, max_size=12))
def test_order_holds_over_a_bad_link(seed: int, loss: float, commands: list[Command]) -> None:
    """Through loss, doubling and overtaking the far end executes what waits for each other in its order."""
    config = TransactionConfig(lifetime_s=1000.0, long_timer_s=1000.0)
    pair = Pair(fate=disturbed(seed, loss=loss, double=0.3, longest_s=1.0), config=config)
    asked = [(_Asked("b", _asks(command)), pair.request("a", 1, command)) for command in commands]
    pair.drive()
    executed = [event.request.transaction_id for event in pair.happened("b", RequestReceived)]
    assert len(pair.happened("a", ReplyReceived)) == len(commands)
    for index, (later, number) in enumerate(asked):
        for earlier, before in asked[:index]:
            if _waits_for(later, earlier):
                assert executed.index(before) < executed.index(number)
    assert pair.is_idle()


def test_repeats_of_one_do_not_overtake_another() -> None:
    """With a link that loses every other datagram, requests about one termination arrive one after the other."""
    pair = Pair(fate=disturbed(7, loss=0.5, double=0.0, longest_s=0.05), config=TransactionConfig())
    numbers = [pair.request() for _ in range(10)]
    pair.drive(until=20.0)
    executed = [event.request.transaction_id for event in pair.happened("b", RequestReceived)]
    assert executed == numbers[: len(executed)]
    times = {number: [at for at, one in _requests_sent(pair) if one == number] for number in executed}
    assert all(max(times[one]) <= min(times[other]) for one, other in pairwise(executed))


def _requests_sent(pair: Pair) -> list[tuple[float, int]]:
    return [
        (datagram.at, one.transaction_id)
        for datagram in pair.sent
        if datagram.sender == "a"
        for one in transactions(datagram.octets)
        if isinstance(one, TransactionRequest)
    ]
