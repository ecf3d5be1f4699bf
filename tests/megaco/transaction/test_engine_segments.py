"""Replies too long for one message: in segments from one engine to another, and from peers that lie about them."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from megaco.message import (
    ActionReply,
    ErrorDescriptor,
    ModifyReply,
    SegmentReply,
    TransactionAck,
    TransactionPending,
    TransactionReply,
    TransactionRequest,
    TransactionResponseAck,
)
from megaco.transaction import (
    Failure,
    ReplyReceived,
    RequestFailed,
    RequestReceived,
    TransactionConfig,
    TransactionEngine,
)

from ...harness import Datagram, Executor, Fate, Pair, disturbed, promptly
from .looks import an_engine, from_b, hear, kinds, modifies, said, transactions

_ROOM = 150
_COMMANDS = 36
"""In four segments."""
_CONFIG = TransactionConfig(most_octets=_ROOM, keeps_order=False)


def _reply(commands: int) -> tuple[ActionReply, ...]:
    """Return a reply on two contexts, of so many commands."""
    every = tuple(ModifyReply((f"ip/{1000 + number}",)) for number in range(commands))
    half = commands // 2
    return ActionReply(1, replies=every[:half]), ActionReply(2, replies=every[half:])


def _pair(
    *,
    fate: Fate = promptly,
    config: TransactionConfig = _CONFIG,
    executor: Executor = lambda event: _reply(_COMMANDS),
    version: int = 3,
) -> Pair:
    pair = Pair(fate=fate, config=config, executor=executor)
    for engine in pair.engines.values():
        engine.version = version
    return pair


def _losing(is_lost: Callable[[Datagram, int], bool]) -> Fate:
    """Lose what a function says, which is told how many datagrams of the same side came before."""
    counts = {"a": 0, "b": 0}

    def fate(datagram: Datagram) -> list[float]:
        count = counts[datagram.sender]
        counts[datagram.sender] += 1
        return [] if is_lost(datagram, count) else [0.01]

    return fate


def _numbers(pair: Pair) -> list[int | None]:
    """Return the numbers of the segments that b sent, repeats included; None for a reply that is whole."""
    replies = [one for octets in pair.octets("b") for one in transactions(octets)]
    return [one.segment_number for one in replies if isinstance(one, TransactionReply)]


def _times(pair: Pair, number: int) -> list[float]:
    """Return when b sent a segment."""
    return [
        round(datagram.at, 3)
        for datagram in pair.sent
        if datagram.sender == "b"
        for one in transactions(datagram.octets)
        if isinstance(one, TransactionReply) and one.segment_number == number
    ]


def _says_arrived(datagram: Datagram, number: int | None = None) -> bool:
    """Tell whether a message says that a segment has arrived: any, or this one."""
    arrived = [one for one in transactions(datagram.octets) if isinstance(one, SegmentReply)]
    return bool(arrived) if number is None else number in {one.segment_number for one in arrived}


def _carries(datagram: Datagram, number: int) -> bool:
    return any(getattr(one, "segment_number", None) == number for one in transactions(datagram.octets))


# --------------------------------------------------------------------------------------------------- there and back


@pytest.mark.parametrize("encoding", ["pretty", "compact", "binary"])
def test_a_long_reply_comes_in_segments(encoding: str) -> None:
    """Each fits its message and is answered with a SegmentReply; what is delivered is the reply as it was made."""
    pair = _pair()
    for engine in pair.engines.values():
        engine.encoding = encoding
    pair.request()
    pair.drive(until=5.0)
    (answered,) = pair.happened("a", ReplyReceived)
    assert answered.reply == TransactionReply(1, _reply(_COMMANDS))
    assert answered.elapsed_s == pytest.approx(0.02)
    count = len(_numbers(pair))
    assert count >= 4
    assert _numbers(pair) == list(range(1, count + 1))
    assert all(len(octets) <= _ROOM for octets in pair.octets("b"))
    assert kinds(pair, "a") == [TransactionRequest] + [SegmentReply] * count
    arrived = [one for octets in pair.octets("a") for one in transactions(octets) if isinstance(one, SegmentReply)]
    assert [one.is_last_segment for one in arrived] == [False] * (count - 1) + [True]
    pair.drive()
    assert pair.now == pytest.approx(30.02)
    assert len(_numbers(pair)) == count
    assert pair.is_idle()


def test_the_link_says_how_long_a_message_may_be() -> None:
    """A reply is cut for the peer that gets it; one that fits goes whole."""
    pair = _pair(config=TransactionConfig(keeps_order=False))
    pair.request()
    pair.drive(until=1.0)
    assert _numbers(pair) == [None]
    assert pair.happened("a", ReplyReceived)[0].reply == TransactionReply(1, _reply(_COMMANDS))


@pytest.mark.parametrize(
    ("version", "config", "reply"),
    [
        (1, _CONFIG, _reply(_COMMANDS)),
        (2, _CONFIG, _reply(_COMMANDS)),
        (3, TransactionConfig(most_octets=_ROOM, segments=False), _reply(_COMMANDS)),
        (3, TransactionConfig(most_octets=_ROOM, most_segments=3), _reply(100)),
        (
            3,
            _CONFIG,
            (*_reply(_COMMANDS), ActionReply(3, replies=(ModifyReply(("t",), (ErrorDescriptor(500, "n" * 150),)),))),
        ),
        (3, _CONFIG, ErrorDescriptor(500, "n" * 150)),
    ],
    ids=["version 1", "version 2", "switched off", "too many", "one command too long", "error too long"],
)
def test_what_cannot_be_cut_is_an_error(
    version: int, config: TransactionConfig, reply: tuple[ActionReply, ...] | ErrorDescriptor
) -> None:
    """533 in its place, once, whole; it is what a repeated request gets, too."""
    pair = _pair(version=version, config=config, executor=lambda event: reply)
    pair.request()
    pair.drive(until=1.0)
    pair.deliver("b", pair.octets("a")[0])
    first, second = (one for octets in pair.octets("b") for one in transactions(octets))
    assert first == second
    assert isinstance(first, TransactionReply)
    assert (first.error and first.error.code, first.actions, first.segment_number) == (533, (), None)
    assert [event.reply for event in pair.happened("a", ReplyReceived)] == [first]


def test_the_version_agreed_with_a_peer_counts() -> None:
    """An engine of version 1 cuts for a peer that has agreed on 3; one of version 3 does not where 1 was agreed."""
    for own, agreed, is_cut in ((1, 3, True), (3, 1, False)):
        pair = _pair(version=own)
        pair.engines["b"].agree("a", agreed)
        pair.request()
        pair.drive(until=1.0)
        assert (len(_numbers(pair)) > 1) == is_cut


def test_a_slow_long_reply_wants_an_acknowledgement() -> None:
    """Its last segment says so; the acknowledgement comes when all are here, and then the far end drops them."""
    pair = _pair(executor=lambda event: None)
    number = pair.request()
    pair.drive(until=2.0)
    pair.reply("b", number, *_reply(_COMMANDS))
    pair.drive(until=3.0)
    replies = [one for octets in pair.octets("b") for one in transactions(octets) if isinstance(one, TransactionReply)]
    assert [one.immediate_ack_required for one in replies] == [False] * (len(replies) - 1) + [True]
    assert kinds(pair, "a").count(TransactionResponseAck) == 1
    assert len(pair.happened("a", ReplyReceived)) == 1
    count = len(pair.octets("b"))
    pair.deliver("b", pair.octets("a")[0])
    assert len(pair.octets("b")) == count
    pair.drive()
    assert pair.is_idle()


# ------------------------------------------------------------------------------------------------- what gets lost


def test_a_lost_segment_comes_again_alone() -> None:
    """Those that are said to have arrived do not."""
    pair = _pair(fate=_losing(lambda datagram, count: datagram.sender == "b" and count == 1))
    pair.request()
    pair.drive(until=5.0)
    assert sorted(number or 0 for number in _numbers(pair)) == [1, 2, 2, 3, 4]
    assert _times(pair, 2) == [0.01, 0.21]
    assert pair.happened("a", ReplyReceived)[0].reply == TransactionReply(1, _reply(_COMMANDS))


def test_segments_that_nobody_confirms_come_ever_more_rarely() -> None:
    """Until LONG-TIMER, with a wait that doubles up to the longest; the request is delivered once all the same."""
    pair = _pair(fate=_losing(lambda datagram, _: datagram.sender == "a" and _says_arrived(datagram)))
    pair.request()
    pair.drive()
    assert _times(pair, 1) == [0.01, 0.21, 0.61, 1.41, 3.01, 6.21, 10.21, 14.21, 18.21, 22.21, 26.21]
    assert _times(pair, 1) == _times(pair, 4)
    assert len(pair.happened("a", ReplyReceived)) == 1
    assert pair.is_idle()


def test_over_a_reliable_link_segments_come_again_rarely() -> None:
    """There nothing is lost as long as the connection stands."""
    config = TransactionConfig(most_octets=_ROOM, keeps_order=False, reliable=True)
    pair = _pair(config=config, fate=_losing(lambda datagram, _: datagram.sender == "a" and _says_arrived(datagram)))
    pair.request()
    pair.drive(until=25.0)
    assert _times(pair, 1) == [0.01, 10.01, 20.01]


def test_a_segment_that_never_comes_fails_the_request() -> None:
    """Segments that are missing ``segments_wait_s`` after the last was here; the others are thrown away."""
    pair = _pair(fate=_losing(lambda datagram, _: datagram.sender == "b" and _carries(datagram, 2)))
    number = pair.request()
    pair.drive(until=20.0)
    (failed,) = pair.happened("a", RequestFailed)
    assert (failed.transaction_id, failed.reason) == (number, Failure.SEGMENTS)
    assert failed.elapsed_s == pytest.approx(8.02)
    assert pair.happened("a", ReplyReceived) == []
    pair.drive()
    assert len(pair.happened("a", RequestFailed)) == 1
    assert pair.is_idle()


def test_a_last_segment_that_never_comes_fails_the_request() -> None:
    """At T-MAX, for nobody knows how many there are."""
    pair = _pair(fate=_losing(lambda datagram, _: datagram.sender == "b" and _carries(datagram, 4)))
    pair.request()
    pair.drive()
    (failed,) = pair.happened("a", RequestFailed)
    assert (failed.reason, failed.elapsed_s) == (Failure.SEGMENTS, 25.0)
    assert pair.is_idle()


def test_a_repeated_request_gets_the_missing_segments() -> None:
    """Neither is it executed again, nor do the others come; the requester repeats it as rarely as a pending one."""
    lost = _losing(lambda datagram, _: datagram.sender == "b" and _carries(datagram, 3) and datagram.at < 4.0)
    config = TransactionConfig(most_octets=_ROOM, keeps_order=False, first_repeat_s=0.1, segments_wait_s=20.0)
    pair = _pair(fate=lost, config=config)
    pair.request()
    pair.drive(until=20.0)
    requests = [datagram.at for datagram in pair.sent if TransactionRequest in map(type, transactions(datagram.octets))]
    assert requests == [0.0, pytest.approx(4.02)]
    assert _numbers(pair).count(1) == _numbers(pair).count(2) == _numbers(pair).count(4) == 1
    assert pytest.approx(4.03) in _times(pair, 3)
    assert len(pair.happened("b", RequestReceived)) == len(pair.happened("a", ReplyReceived)) == 1


def test_segments_that_come_again_are_confirmed_again() -> None:
    """After the reply was delivered, too: the far end may have lost what said so; nothing is delivered twice."""
    pair = _pair()
    pair.request()
    pair.drive(until=1.0)
    confirmed = kinds(pair, "a").count(SegmentReply)
    for octets in pair.octets("b")[:4]:
        pair.deliver("a", octets)
    assert kinds(pair, "a").count(SegmentReply) == 2 * confirmed
    assert len(pair.happened("a", ReplyReceived)) == 1


def test_the_last_segment_may_come_first() -> None:
    """Segments are joined by their numbers, in whatever order they come."""
    pair = _pair(fate=lambda datagram: [0.01 if datagram.sender == "a" else 0.11 - 0.02 * len(pair.octets("b"))])
    pair.request()
    pair.drive(until=5.0)
    arrived = [one for octets in pair.octets("a") for one in transactions(octets) if isinstance(one, SegmentReply)]
    assert [one.segment_number for one in arrived][:4] == [4, 3, 2, 1]
    assert [event.reply for event in pair.happened("a", ReplyReceived)] == [TransactionReply(1, _reply(_COMMANDS))]


def test_an_acknowledgement_ends_the_repeats() -> None:
    """Whoever acknowledges the reply has all of it, whether each segment was confirmed or not."""
    pair = _pair(fate=lambda datagram: [])
    pair.deliver("b", _request_of_a(pair))
    count = len(_numbers(pair))
    pair.deliver("b", _as_a(TransactionResponseAck((TransactionAck(1),))))
    pair.drive()
    assert len(_numbers(pair)) == count
    assert pair.engines["b"].is_idle()


def _request_of_a(pair: Pair) -> bytes:
    pair.request()
    return pair.octets("a")[0]


def _as_a(*several: TransactionResponseAck | SegmentReply) -> bytes:
    return from_b(*several).replace(b" b", b" a", 1)


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, 2**32),
    st.floats(0.0, 0.7),
    st.floats(0.0, 0.9),
    st.floats(0.0, 2.0),
    st.lists(st.integers(1, 80), min_size=1, max_size=5),
)
def test_over_any_link_a_long_reply_comes_whole_or_not_at_all(
    seed: int, loss: float, double: float, longest_s: float, sizes: list[int]
) -> None:
    """Executed at most once, delivered as it was made or failed, and nothing left behind."""
    made: dict[int, tuple[ActionReply, ...]] = {}

    def execute(event: RequestReceived) -> tuple[ActionReply, ...]:
        assert event.request.transaction_id not in made
        made[event.request.transaction_id] = _reply(sizes[len(made) % len(sizes)])
        return made[event.request.transaction_id]

    pair = _pair(fate=disturbed(seed, loss=loss, double=double, longest_s=longest_s), executor=execute)
    numbers = [pair.request() for _ in sizes]
    pair.drive()
    delivered = {event.transaction_id: event.reply.actions for event in pair.happened("a", ReplyReceived)}
    failed = [event.transaction_id for event in pair.happened("a", RequestFailed)]
    assert sorted([*delivered, *failed]) == numbers
    assert all(actions == made[number] for number, actions in delivered.items())
    assert all(len(datagram.octets) <= _ROOM for datagram in pair.sent)
    assert pair.is_idle()


# ---------------------------------------------------------------------------------- lies about segments of a reply


def _part(number: int, request: int = 1, *, is_last: bool = False, name: str = "t") -> TransactionReply:
    action = ActionReply(1, replies=(ModifyReply((name,)),))
    return TransactionReply(request, (action,), segment_number=number, is_last_segment=is_last)


def _asking(config: TransactionConfig = _CONFIG) -> TransactionEngine:
    """Return an engine that waits for the reply to its request 1."""
    engine = an_engine(config, version=3)
    assert engine.submit("b", (modifies(1, "t"),), 0.0) == 1
    said(engine)
    return engine


def _delivered(engine: TransactionEngine) -> list[list[str]]:
    """Return the terminations that each reply delivered since the last look names."""
    return [
        [
            one.termination_ids[0]
            for action in event.reply.actions
            for one in action.replies
            if isinstance(one, ModifyReply)
        ]
        for event in engine.take_events()
        if isinstance(event, ReplyReceived)
    ]


@pytest.mark.parametrize("number", [0, 1001, 65_535])
def test_a_segment_of_an_impossible_number_is_not_kept(number: int) -> None:
    """As the last one neither: the request waits for a true one, and T-MAX ends it."""
    engine = _asking()
    hear(engine, "b", _part(number, is_last=True), version=3)
    hear(engine, "b", _part(number), version=3)
    assert _delivered(engine) == []
    hear(engine, "b", _part(2, is_last=True, name="u"), _part(1), version=3, now=1.0)
    assert _delivered(engine) == [["t", "u"]]
    engine.handle_timer(40.0)
    assert engine.is_idle()


@pytest.mark.parametrize("number", [0, 1001, 65_535])
def test_impossible_numbers_alone_end_at_t_max(number: int) -> None:
    """They prolong nothing."""
    engine = _asking()
    for now in range(25):
        hear(engine, "b", _part(number, is_last=True), version=3, now=float(now))
    engine.handle_timer(25.0)
    (failed,) = engine.take_events()
    assert isinstance(failed, RequestFailed)
    assert failed.reason is Failure.SEGMENTS
    assert engine.is_idle()


def test_the_first_contents_of_a_number_count() -> None:
    """What comes under the same number with other contents changes nothing."""
    engine = _asking()
    hear(engine, "b", _part(1, name="first"), _part(1, name="second"), _part(1, name="third", is_last=True), version=3)
    assert _delivered(engine) == []
    hear(engine, "b", _part(2, is_last=True, name="u"), version=3)
    assert _delivered(engine) == [["first", "u"]]


@pytest.mark.parametrize(("first", "second", "delivered"), [(2, 4, ["1", "2"]), (4, 2, ["1", "2", "3", "4"])])
def test_of_two_last_segments_the_first_counts(first: int, second: int, delivered: list[str]) -> None:
    """Whichever it is: the reply has as many segments as it says."""
    engine = _asking()
    for number in (first, second):
        hear(engine, "b", _part(number, is_last=True, name=str(number)), version=3)
    for number in (1, 3):
        hear(engine, "b", _part(number, name=str(number)), version=3)
    assert _delivered(engine) == [delivered]
    hear(engine, "b", _part(5, name="5"), version=3)
    assert _delivered(engine) == []


def test_a_second_last_segment_gives_no_more_time() -> None:
    """The wait for the missing ones runs from the first that says it is the last."""
    engine = _asking()
    for now, number in ((1.0, 3), (5.0, 4), (8.0, 3), (8.9, 5)):
        hear(engine, "b", _part(number, is_last=True), version=3, now=now)
    engine.handle_timer(8.99)
    assert engine.take_events() == []
    engine.handle_timer(9.0)
    (failed,) = engine.take_events()
    assert isinstance(failed, RequestFailed)
    assert failed.reason is Failure.SEGMENTS


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_whole_reply_among_segments_is_the_reply(number: int) -> None:
    """Delivered at once and alone; segments after it are confirmed and thrown away."""
    engine = _asking()
    hear(engine, "b", _part(number, is_last=number == 3), version=3)
    hear(engine, "b", TransactionReply(1, (ActionReply(1, replies=(ModifyReply(("whole",)),)),)))
    assert _delivered(engine) == [["whole"]]
    said(engine)
    hear(engine, "b", _part(1), _part(2), _part(3, is_last=True), version=3)
    assert _delivered(engine) == []
    assert said(engine) == [SegmentReply(1, 1), SegmentReply(1, 2), SegmentReply(1, 3, is_last_segment=True)]
    engine.handle_timer(40.0)
    assert engine.is_idle()


def test_pendings_between_segments_change_nothing() -> None:
    """Not even more of them than are taken: the reply has begun."""
    engine = _asking(TransactionConfig(most_pendings_taken=3))
    hear(engine, "b", _part(1), *[TransactionPending(1)] * 10, version=3)
    hear(engine, "b", _part(2, is_last=True, name="u"), version=3)
    assert _delivered(engine) == [["t", "u"]]


@pytest.mark.parametrize("version", [1, 2])
def test_segments_of_an_old_version_are_put_together_too(version: int) -> None:
    """A peer that cuts where it should not is understood all the same, and told in its version."""
    engine = an_engine(version=version)
    engine.submit("b", (modifies(1, "t"),), 0.0)
    said(engine)
    hear(engine, "b", _part(1), _part(2, is_last=True, name="u"), version=version)
    assert _delivered(engine) == [["t", "u"]]
    assert [type(one) for one in said(engine)] == [SegmentReply] * 2


@pytest.mark.parametrize("sender", ["c", "b"])
def test_segments_from_others_are_counted_and_not_taken(sender: str) -> None:
    """Whoever was not asked is not answered either; nor is the peer that was, about a request it never got."""
    engine = _asking()
    hear(engine, sender, _part(1, 1 if sender == "c" else 77), version=3)
    hear(engine, sender, _part(2, 1 if sender == "c" else 77, is_last=True), version=3)
    assert said(engine) == []
    assert engine.take_events() == []
    assert engine.counters.replies_unasked == 2
    hear(engine, "b", _part(1, is_last=True), version=3)
    assert _delivered(engine) == [["t"]]


def test_the_memory_of_segments_is_bounded() -> None:
    """Of all numbers there are, each twice, so many are kept as a reply may have; no timer is set for each of them."""
    most = 50
    engine = _asking(TransactionConfig(most_segments=most))
    for begin in range(0, 65_536, 1000):
        several = [_part(number, is_last=number % 2 == 0) for number in range(begin, min(begin + 1000, 65_536), 20)]
        for _ in range(2):
            hear(engine, "b", *several, version=3)
    kept = engine._requester._requests[1].segments
    assert kept is not None
    assert len(kept) <= most
    assert len(engine._requester._segment_timers._items) <= 1
    assert len(engine._requester._repeats) <= 3
    engine.take_events()
    engine.take_datagrams()
    engine.handle_timer(8.0)
    assert engine._requester._requests == {}
    engine.handle_timer(60.0)
    assert engine.is_idle()


def test_a_number_said_to_be_the_last_afterwards_sets_no_timers() -> None:
    """A segment that comes again and again, each time marked as the last though it was not at first, costs nothing."""
    engine = _asking()
    hear(engine, "b", _part(1), version=3)
    for _ in range(20):
        hear(engine, "b", *[_part(1, is_last=True)] * 50, version=3)
    assert len(engine._requester._segment_timers._items) == 0


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 6) | st.just(65_535), st.booleans(), st.sampled_from(["t", "u"])), max_size=30)
)
def test_no_lie_delivers_twice_or_stays(parts: list[tuple[int, bool, str]]) -> None:
    """Whatever segments come: at most one delivery, one outcome, and nothing left."""
    engine = _asking()
    for index, (number, is_last, name) in enumerate(parts):
        hear(engine, "b", _part(number, is_last=is_last, name=name), version=3, now=index / 10)
    engine.handle_timer(25.0)
    outcomes = [event for event in engine.take_events() if isinstance(event, ReplyReceived | RequestFailed)]
    assert len(outcomes) == 1
    engine.handle_timer(60.0)
    assert engine.is_idle()


# ---------------------------------------------------------------------------------- lies about segments that arrived


@pytest.mark.parametrize("number", [0, 5, 1000, 65_535])
def test_segments_that_were_never_sent_cannot_arrive(number: int) -> None:
    """Saying so stops no repeat of those that were."""
    pair = _pair(fate=lambda datagram: [])
    pair.deliver("b", _request_of_a(pair))
    for is_last in (False, True):
        pair.deliver("b", _as_a(SegmentReply(1, number, is_last)))
    pair.drive(until=0.3)
    assert sorted(other or 0 for other in _numbers(pair)) == [1, 1, 2, 2, 3, 3, 4, 4]


def test_only_who_asked_confirms() -> None:
    """A SegmentReply from another mId or another address is counted and stops nothing."""
    pair = _pair(fate=lambda datagram: [])
    pair.deliver("b", _request_of_a(pair))
    engine = pair.engines["b"]
    every = [SegmentReply(1, number) for number in range(1, 5)]
    hear(engine, "c", *every, version=3)
    pair.deliver("b", from_b(*every))  # from a's address, with b's own mId
    assert engine.counters.replies_unasked == 8
    pair.drive(until=0.3)
    assert sorted(number or 0 for number in _numbers(pair)) == [1, 1, 2, 2, 3, 3, 4, 4]


def test_confirmed_segments_come_no_more() -> None:
    """By any order, each as often as it likes; when all are, the reply waits to be asked for again, whole."""
    pair = _pair(fate=lambda datagram: [])
    pair.deliver("b", _request_of_a(pair))
    for number in (3, 1, 1, 3):
        pair.deliver("b", _as_a(SegmentReply(1, number)))
    pair.drive(until=0.3)
    assert sorted(number or 0 for number in _numbers(pair)) == [1, 2, 2, 3, 4, 4]
    for number in (4, 2, 2):
        pair.deliver("b", _as_a(SegmentReply(1, number)))
    pair.drive(until=20.0)
    assert len(_numbers(pair)) == 6
    pair.deliver("b", pair.octets("a")[0])
    assert len(_numbers(pair)) == 10
    pair.drive(until=25.0)
    assert len(_numbers(pair)) == 10


def test_confirming_what_has_no_segments_does_nothing() -> None:
    """Of requests that are executing, answered whole, or not known."""
    engine = an_engine(version=3)
    hear(engine, "b", *[TransactionRequest(number, (modifies(1, f"t{number}"),)) for number in (1, 2)])
    engine.reply("b", 1, (ActionReply(1),), 0.0)
    hear(engine, "b", *[SegmentReply(number, 1, is_last_segment=True) for number in (1, 2, 3)], version=3)
    assert engine.counters.replies_unasked == 3
    engine.reply("b", 2, (ActionReply(1),), 0.0)
    assert [type(one) for one in said(engine)] == [TransactionReply] * 2
