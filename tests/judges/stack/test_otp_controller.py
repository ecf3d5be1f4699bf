"""OTP's controller drives our gateway."""

import asyncio

import pytest

from megaco.endpoint import RequestHandler
from megaco.errors import TransportError
from megaco.message import (
    CHOOSE_CONTEXT,
    ActionReply,
    ActionRequest,
    AddReply,
    AddRequest,
    AuditDescriptor,
    AuditItem,
    AuditValueReply,
    AuditValueRequest,
    CommandRequest,
    LocalControlDescriptor,
    MediaDescriptor,
    Message,
    ModifyRequest,
    MoveRequest,
    PropertyParm,
    StreamDescriptor,
    StreamMode,
    SubtractRequest,
    TransactionPending,
    TransactionReply,
    TransactionRequest,
    TransactionResponseAck,
    Value,
)
from megaco.transaction import RequestReceived, TransactionConfig
from megaco.transport import Trace

from .ends import (
    ENDS,
    TERMINATIONS,
    Driven,
    Executor,
    Stage,
    actions_of,
    echo,
    modified,
    modify,
    requests,
    segment_replies_in,
    segments_in,
    transactions_in,
    until,
)
from .otp_process import PATIENCE_S

_QUICK = "{request_timer, {megaco_incr_timer, 200, 2, 0, 5}}"
"""OTP repeats after 0.2 s, 0.4 s ..., five times."""
_SLOW = "{request_timer, {megaco_incr_timer, 60000, 1, 0, 1}}"
"""OTP repeats nothing within a test."""
_LONG = tuple(ActionRequest(context, commands=modify(context).commands) for context in range(1, 81))
"""A request whose reply takes some thousand octets."""
SEGMENTED = requests(_LONG, version=3)
"""The same to a gateway that sends segments."""
_LONG_ANSWER = tuple(modified(action.context_id) for action in _LONG)
_MOST_OCTETS = 900
_IS_SECOND = b"/2 {"
"""What stands in the second segment of a reply, in our pretty text."""


def _media(mode: StreamMode) -> MediaDescriptor:
    control = LocalControlDescriptor(mode, properties=(PropertyParm("nt/jit", Value("40")),))
    return MediaDescriptor(streams=(StreamDescriptor(1, control),))


@pytest.mark.parametrize(("transport", "encoding"), ENDS)
async def test_several_commands_and_actions(stage: Stage, transport: str, encoding: str) -> None:
    """Our gateway is asked exactly what OTP was told to ask, and OTP has exactly what it answered."""
    one, two, three = TERMINATIONS
    audit = AuditDescriptor(items=(AuditItem.MEDIA,))
    asked = (
        ActionRequest(
            CHOOSE_CONTEXT,
            commands=(
                CommandRequest(AddRequest((one,), (_media(StreamMode.SEND_RECEIVE),))),
                CommandRequest(AddRequest((two,))),
            ),
        ),
        ActionRequest(
            7,
            commands=(
                CommandRequest(MoveRequest((three,), (_media(StreamMode.INACTIVE),))),
                CommandRequest(ModifyRequest((three,), (_media(StreamMode.RECEIVE_ONLY),)), optional=True),
                CommandRequest(AuditValueRequest((three,), audit)),
                CommandRequest(SubtractRequest((three,), AuditDescriptor()), optional=True),
            ),
        ),
    )

    def answer(event: RequestReceived) -> tuple[ActionReply, ...]:
        first, second = echo(event)
        added = AddReply((one,), (_media(StreamMode.SEND_RECEIVE),))
        audited = AuditValueReply((three,), (_media(StreamMode.RECEIVE_ONLY),))
        return (
            ActionReply(12, replies=(added, *first.replies[1:])),
            ActionReply(7, replies=(*second.replies[:2], audited, *second.replies[3:])),
        )

    driven = await stage.driven(transport, encoding, executor=Executor(answer))
    driven.otp.cast("calls", requests(asked))
    reply = await driven.otp.reply("calls")
    (event,) = driven.executor.asked
    assert event.request.actions == asked
    assert actions_of(reply) == answer(event)


@pytest.mark.parametrize(("transport", "encoding"), ENDS)
async def test_several_transactions_in_a_message(stage: Stage, transport: str, encoding: str) -> None:
    """Each is executed, and each is answered as its own."""
    driven = await stage.driven(transport, encoding)
    driven.otp.cast("three", requests(*((modify(number, name),) for number, name in enumerate(TERMINATIONS, 1))))
    replies = [actions_of(await driven.otp.reply("three")) for _ in TERMINATIONS]
    expected = [(modified(number, name),) for number, name in enumerate(TERMINATIONS, 1)]
    assert sorted(replies, key=str) == sorted(expected, key=str)
    assert len({event.request.transaction_id for event in driven.executor.asked}) == len(TERMINATIONS)


async def test_transactions_that_otp_collects(stage: Stage) -> None:
    """OTP puts ten requests into one message (trans_req), and takes ten replies however they come."""
    driven = await stage.driven(
        "udp", "compact", "{trans_req, true}", "{trans_timer, 300}", "{trans_req_maxcount, 10}", relayed=True
    )
    for number in range(10):
        driven.otp.cast(f"n{number}", requests((modify(number + 1, f"t/{number}"),)))
    for number in range(10):
        assert actions_of(await driven.otp.reply(f"n{number}")) == (modified(number + 1, f"t/{number}"),)
    messages = transactions_in(driven.relay.sent("down"))
    assert max(len(message) for message in messages) > 1, "OTP collected nothing"


async def test_answers_of_one_turn_travel_together(stage: Stage) -> None:
    """What our gateway answers to one message goes back in one message, as far as its settings let it."""
    driven = await stage.driven("udp", "compact", relayed=True)
    driven.otp.cast("three", requests(*((modify(number, name),) for number, name in enumerate(TERMINATIONS, 1))))
    for _ in TERMINATIONS:
        await driven.otp.reply("three")
    assert [len(message) for message in transactions_in(driven.relay.sent("up"))] == [1, len(TERMINATIONS)]


async def test_a_lost_request_is_repeated(stage: Stage) -> None:
    """OTP repeats it; our gateway executes it once."""
    driven = await stage.driven("udp", "pretty", _QUICK, relayed=True, lost_requests=1)
    driven.otp.cast("one", requests((modify(1),)))
    assert actions_of(await driven.otp.reply("one")) == (modified(1),)
    assert len(driven.executor.asked) == 1


async def test_a_lost_reply_is_sent_again(stage: Stage) -> None:
    """OTP repeats its request; our gateway answers from memory, octet by octet, and executes nothing again."""
    driven = await stage.driven("udp", "pretty", _QUICK, relayed=True, lost_replies=2)
    driven.otp.cast("one", requests((modify(1),)))
    assert actions_of(await driven.otp.reply("one")) == (modified(1),)
    assert len(driven.executor.asked) == 1
    sent = [octets for octets in driven.relay.sent("up") if b"Reply" in octets]
    assert len(sent) == 3
    assert len(set(sent)) == 1


async def test_a_request_received_twice_is_executed_once(stage: Stage) -> None:
    """A datagram that the network doubled changes nothing, and OTP does not mind the second reply."""
    driven = await stage.driven("udp", "pretty", relayed=True)
    driven.relay.copies = 3
    driven.otp.cast("one", requests((modify(1),)))
    assert actions_of(await driven.otp.reply("one")) == (modified(1),)
    driven.otp.cast("two", requests((modify(2),)))
    assert actions_of(await driven.otp.reply("two")) == (modified(2),)
    assert len(driven.executor.asked) == 2


async def test_pending_then_a_reply_that_is_acknowledged(stage: Stage) -> None:
    """A slow gateway says so once, OTP repeats no more; the reply asks for an acknowledgement and gets it."""
    driven = await stage.driven(
        "udp",
        "pretty",
        _QUICK,
        relayed=True,
        executor=Executor(_slowly(0.6)),
        config=TransactionConfig(provisional_s=0.1),
    )
    driven.otp.cast("one", requests((modify(1),)))
    assert actions_of(await driven.otp.reply("one")) == (modified(1),)
    assert len(driven.executor.asked) == 1
    (number,) = {event.request.transaction_id for event in driven.executor.asked}
    up = [one for message in transactions_in(driven.relay.sent("up")) for one in message]
    assert TransactionPending(number) in up
    assert TransactionReply(number, (modified(1),), immediate_ack_required=True) in up
    await until(lambda: _acknowledges(driven, number))


async def test_too_many_pendings_of_ours(stage: Stage) -> None:
    """Instead of one more our gateway gives up with 506, tells its application, and OTP has the error."""
    cancelled = asyncio.Event()

    async def never(event: RequestReceived) -> tuple[ActionReply, ...]:
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            cancelled.set()
            raise
        return echo(event)

    config = TransactionConfig(provisional_s=0.1, execution_s=0.1, most_pendings=3)
    driven = await stage.driven("udp", "pretty", _SLOW, relayed=True, executor=Executor(never), config=config)
    driven.otp.cast("one", requests((modify(1),)))
    failed = await driven.otp.hear("failed", "one ")
    assert "{'ErrorDescriptor',506," in failed.rest
    await asyncio.wait_for(cancelled.wait(), 5)
    pendings = [one for message in transactions_in(driven.relay.sent("up")) for one in message]
    assert sum(isinstance(one, TransactionPending) for one in pendings) == config.most_pendings


async def test_too_many_pendings_for_otp(stage: Stage) -> None:
    """OTP gives up; the reply that comes all the same disturbs nobody."""
    driven = await stage.driven(
        "udp",
        "pretty",
        _SLOW,
        "{recv_pending_limit, 2}",
        executor=Executor(_slowly(1.0)),
        config=TransactionConfig(provisional_s=0.1, execution_s=0.1, most_pendings=20),
    )
    driven.otp.cast("one", requests((modify(1),)))
    assert (await driven.otp.hear("failed", "one ")).rest == "one {error,exceeded_recv_pending_limit}"
    await asyncio.sleep(1.2)
    driven.otp.cast("two", requests((modify(2, TERMINATIONS[1]),)))
    await driven.otp.hear("failed", "two ")
    assert len(driven.executor.asked) == 2


async def test_acknowledgements_that_otp_collects(stage: Stage) -> None:
    """OTP acknowledges replies together (auto_ack, trans_ack); our gateway forgets them, and executes none again."""
    driven = await stage.driven(
        "udp",
        "pretty",
        "{auto_ack, true}",
        "{trans_ack, true}",
        "{trans_timer, 300}",
        "{trans_ack_maxcount, 100}",
        relayed=True,
    )
    for number in range(5):
        driven.otp.cast(f"n{number}", requests((modify(number + 1, f"t/{number}"),)))
        await driven.otp.reply(f"n{number}")
    numbers = {event.request.transaction_id for event in driven.executor.asked}
    await until(lambda: all(_acknowledges(driven, number) for number in numbers))
    acknowledgements = [
        one
        for message in transactions_in(driven.relay.sent("down"))
        for one in message
        if isinstance(one, TransactionResponseAck)
    ]
    assert len(acknowledgements) < len(numbers), "OTP collected nothing"
    await asyncio.sleep(0.1)
    answers = len(driven.relay.sent("up"))
    for octets in driven.relay.sent("down"):
        if b"Transaction =" in octets:
            driven.relay.inject_down(octets)
    await asyncio.sleep(0.3)
    assert len(driven.executor.asked) == 5, "an acknowledged request was executed again"
    assert len(driven.relay.sent("up")) == answers, "an acknowledged reply was sent again"


@pytest.mark.parametrize("encoding", ["pretty", "compact", "binary"])
async def test_our_segments(stage: Stage, encoding: str) -> None:
    """A reply too long for a message goes in segments to a version 3 peer; OTP says of each that it is here."""
    driven = await segmenting(stage, encoding)
    driven.otp.cast("long", SEGMENTED)
    told = await driven.otp.segments("long")
    assert _in_order(told) == _LONG_ANSWER
    segments = segments_in(driven.relay)
    assert [one.segment_number for one in segments] == list(range(1, len(told) + 1))
    assert [one.is_last_segment for one in segments] == [False] * (len(told) - 1) + [True]
    assert all(len(octets) <= _MOST_OCTETS for octets in driven.relay.sent("up"))
    await until(lambda: {one.segment_number for one in segment_replies_in(driven.relay)} == set(told))


async def test_a_lost_segment_is_sent_again(stage: Stage) -> None:
    """What OTP does not say has arrived comes again, and nothing else."""
    driven = await segmenting(stage, "pretty")
    lost: list[bytes] = []

    def loses(way: str, octets: bytes) -> bool:
        if way == "up" and _IS_SECOND in octets and not lost:
            lost.append(octets)
            return True
        return False

    driven.relay.loses = loses
    driven.otp.cast("long", SEGMENTED)
    told = await driven.otp.segments("long")
    assert _in_order(told) == _LONG_ANSWER
    assert sorted(one.segment_number or 0 for one in segments_in(driven.relay)) == sorted([*told, 2])


async def test_otp_misses_a_segment(stage: Stage) -> None:
    """A segment that never arrives fails the request at OTP, which says which; our gateway stops by itself."""
    driven = await segmenting(stage, "pretty", "{segment_recv_timer, 500}")
    driven.relay.loses = lambda way, octets: way == "up" and _IS_SECOND in octets
    driven.otp.cast("long", SEGMENTED)
    assert (await driven.otp.hear("failed", "long ")).rest == "long {error,{segment_timeout,[2]}}"


async def test_too_long_a_reply_for_an_earlier_version(stage: Stage) -> None:
    """There are no segments before version 3: OTP has error 533."""
    driven = await stage.driven("udp", "pretty", version=2, config=TransactionConfig(most_octets=900))
    driven.otp.cast("long", requests(_LONG, version=2))
    failed = await driven.otp.hear("failed", "long ")
    assert "{'ErrorDescriptor',533," in failed.rest


async def test_a_gateway_that_leaves(stage: Stage) -> None:
    """OTP is told Forced on ROOT."""
    driven = await stage.driven("udp", "pretty")
    (registration,) = (await driven.otp.request()).transactions
    assert isinstance(registration, TransactionRequest)
    await driven.mg.close()
    assert "Forced" in str((await driven.otp.request()).transactions[0])


async def test_a_controller_that_comes_back(stage: Stage) -> None:
    """Once a request has had no answer our gateway says Disconnected, until somebody accepts that."""
    driven = await stage.driven("udp", "pretty", relayed=True, config=TransactionConfig(lifetime_s=1))
    await driven.otp.close()
    with pytest.raises(TransportError):
        await driven.mg.request(modify(1))
    returned = await stage.otp_controller("udp", "pretty")
    await driven.relay.lead_to(returned.port)
    (registration,) = (await returned.request()).transactions
    assert "Disconnected" in str(registration)
    async with asyncio.timeout(PATIENCE_S):
        await driven.mg.in_service()
    returned.cast("one", requests((modify(1),)))
    assert actions_of(await returned.reply("one")) == (modified(1),)


def _slowly(seconds: float) -> RequestHandler:
    async def answer(event: RequestReceived) -> tuple[ActionReply, ...]:
        await asyncio.sleep(seconds)
        return echo(event)

    return answer


def _acknowledges(driven: Driven, number: int) -> bool:
    """Tell whether OTP has acknowledged a reply."""
    return any(
        ack.first <= number <= (ack.last or ack.first)
        for message in transactions_in(driven.relay.sent("down"))
        for one in message
        if isinstance(one, TransactionResponseAck)
        for ack in one.acks
    )


async def segmenting(stage: Stage, encoding: str, *settings: str, trace: Trace | None = None) -> Driven:
    """Register a gateway of ours that has room for ``_MOST_OCTETS`` in a message."""
    config = TransactionConfig(most_octets=_MOST_OCTETS, first_repeat_s=0.2)
    return await stage.driven(
        "udp",
        encoding,
        _SLOW,
        "{serialize, true}",
        *settings,
        version=3,
        relayed=True,
        config=config,
        trace=trace,
    )


def _in_order(segments: dict[int, Message]) -> tuple[ActionReply, ...]:
    """Return the actions of all segments."""
    return tuple(action for number in sorted(segments) for action in actions_of(segments[number]))
