"""Our controller drives OTP's gateway."""

import asyncio
import re

import pytest

from megaco.errors import TransportError
from megaco.message import (
    ActionReply,
    ActionRequest,
    AddReply,
    AddRequest,
    AuditDescriptor,
    AuditItem,
    AuditValueReply,
    AuditValueRequest,
    CommandRequest,
    DomainName,
    LocalControlDescriptor,
    MediaDescriptor,
    ModifyReply,
    ModifyRequest,
    MoveReply,
    MoveRequest,
    NotifyRequest,
    ObservedEvent,
    ObservedEventsDescriptor,
    PropertyParm,
    ServiceChangeReply,
    StreamDescriptor,
    StreamMode,
    SubtractReply,
    SubtractRequest,
    TransactionPending,
    TransactionReply,
    TransactionRequest,
    TransactionResponseAck,
    Value,
)
from megaco.transaction import TransactionConfig

from .ends import (
    ENDS,
    TERMINATIONS,
    Controlling,
    Stage,
    actions_of,
    modified,
    modify,
    replies,
    requests,
    segment_replies_in,
    segments_in,
    transactions_in,
    until,
)

_MEDIA = MediaDescriptor(
    streams=(
        StreamDescriptor(
            1, LocalControlDescriptor(StreamMode.SEND_RECEIVE, properties=(PropertyParm("nt/jit", Value("40")),))
        ),
    )
)
_PATIENT = TransactionConfig(first_repeat_s=30, shortest_repeat_s=30, longest_repeat_s=30, segments_wait_s=1)
"""Our controller repeats nothing within a test."""
_PENDING_OFTEN = "{pending_timer, {megaco_incr_timer, 100, 1, 0, infinity}}"
"""OTP says every 0.1 s that it takes longer."""
_NOTING_S = 0.05
"""OTP sends a reply before it notes that it waits for an acknowledgement of it, and drops one that comes sooner."""
_LONG = tuple(modified(context) for context in range(1, 41))
"""A reply of about 3,000 octets."""


@pytest.mark.parametrize(("transport", "encoding"), ENDS)
async def test_registration(stage: Stage, transport: str, encoding: str) -> None:
    """OTP's gateway registers; our controller answers in its encoding and knows it by its mId."""
    controlling = await stage.controlling(transport, encoding, version=2)
    gateway = await controlling.gateway()
    assert (gateway.mid, gateway.version) == (DomainName("gateway"), 2)
    (action,) = actions_of(controlling.registration)
    (told,) = action.replies
    assert isinstance(told, ServiceChangeReply)
    assert (told.error, told.services and told.services.version) == (None, 2)


@pytest.mark.parametrize(("transport", "encoding"), ENDS)
async def test_several_commands_and_actions(stage: Stage, transport: str, encoding: str) -> None:
    """OTP is asked exactly what our controller asks, and our controller has exactly what OTP answered."""
    one, two, three = TERMINATIONS
    asked = (
        ActionRequest(
            1, commands=(CommandRequest(AddRequest((one,), (_MEDIA,))), CommandRequest(AddRequest((two,), (_MEDIA,))))
        ),
        ActionRequest(
            7,
            commands=(
                CommandRequest(MoveRequest((three,), (_MEDIA,))),
                CommandRequest(ModifyRequest((three,), (_MEDIA,)), optional=True),
                CommandRequest(AuditValueRequest((three,), AuditDescriptor(items=(AuditItem.MEDIA,)))),
                CommandRequest(SubtractRequest((three,), AuditDescriptor()), optional=True),
            ),
        ),
    )
    answer = (
        ActionReply(1, replies=(AddReply((one,), (_MEDIA,)), AddReply((two,)))),
        ActionReply(
            7,
            replies=(
                MoveReply((three,)),
                ModifyReply((three,)),
                AuditValueReply((three,), (_MEDIA,)),
                SubtractReply((three,)),
            ),
        ),
    )
    controlling = await stage.controlling(transport, encoding)
    await controlling.otp.answer_with(replies(*answer))
    reply = await controlling.request(*asked)
    assert reply.actions == answer
    (request,) = (await controlling.otp.request()).transactions
    assert isinstance(request, TransactionRequest)
    assert request.actions == asked


@pytest.mark.parametrize(("transport", "encoding"), ENDS)
async def test_notify(stage: Stage, transport: str, encoding: str) -> None:
    """What OTP's gateway reports is executed and acknowledged."""
    controlling = await stage.controlling(transport, encoding)
    notify = NotifyRequest((TERMINATIONS[0],), ObservedEventsDescriptor(12, (ObservedEvent("al/on"),)))
    asked = ActionRequest(1, commands=(CommandRequest(notify),))
    controlling.otp.cast("notify", requests((asked,)))
    (action,) = actions_of(await controlling.otp.reply("notify"))
    assert action.error is None
    assert [event.request.actions for event in controlling.executor.asked] == [(asked,)]


async def test_several_transactions_travel_together(stage: Stage) -> None:
    """Requests made in one turn go in one message; OTP answers each."""
    controlling = await stage.controlling("udp", "compact", relayed=True)
    asked = [modify(number, name) for number, name in enumerate(TERMINATIONS, 1)]
    answers = await asyncio.gather(*(controlling.request(one) for one in asked))
    assert [reply.actions for reply in answers] == [(modified(n, name),) for n, name in enumerate(TERMINATIONS, 1)]
    assert [len(message) for message in transactions_in(controlling.relay.sent("down"))] == [1, len(TERMINATIONS)]


async def test_a_lost_request_is_repeated(stage: Stage) -> None:
    """Our controller repeats it, octet by octet; OTP executes it once."""
    controlling = await stage.controlling("udp", "pretty", relayed=True, lost_requests=2)
    assert (await controlling.request(modify(1))).actions == (modified(1),)
    await controlling.otp.is_ready()
    assert len(controlling.otp.heard("request")) == 1
    sent = controlling.relay.sent("down")[1:]
    assert len(sent) == 3
    assert len(set(sent)) == 1


async def test_a_lost_reply_is_sent_again(stage: Stage) -> None:
    """OTP answers the repeated request from memory."""
    controlling = await stage.controlling("udp", "pretty", relayed=True, lost_replies=1)
    assert (await controlling.request(modify(1))).actions == (modified(1),)
    await controlling.otp.is_ready()
    assert len(controlling.otp.heard("request")) == 1


async def test_everything_arrives_three_times(stage: Stage) -> None:
    """Nothing is executed or delivered twice."""
    controlling = await stage.controlling("udp", "pretty", relayed=True)
    controlling.relay.copies = 3
    for context in (1, 2, 3):
        assert (await controlling.request(modify(context))).actions == (modified(context),)
    await controlling.otp.is_ready()
    assert len(controlling.otp.heard("request")) == 3


@pytest.mark.parametrize("way", ["slow", "pending"])
async def test_pending_then_a_reply_that_is_acknowledged(stage: Stage, way: str) -> None:
    """OTP says that it takes longer, our controller waits; the reply is acknowledged, and OTP hears of it."""
    controlling = await stage.controlling("udp", "pretty", "{pending_timer, 300}", relayed=True)
    controlling.relay.delay_s = _NOTING_S
    await controlling.otp.hear_acks("handle")
    await controlling.otp.answer(way, 900)
    assert (await controlling.request(modify(1))).actions == (modified(1),)
    up = [one for message in transactions_in(controlling.relay.sent("up")) for one in message]
    assert any(isinstance(one, TransactionPending) for one in up)
    assert any(isinstance(one, TransactionReply) and one.immediate_ack_required for one in up)
    assert (await controlling.otp.hear("acknowledged")).rest == "ok"
    await controlling.otp.is_ready()
    assert len(controlling.otp.heard("request")) == 1


async def test_acknowledgements_of_ours(stage: Stage) -> None:
    """With a three-way handshake replies are acknowledged unasked, with what is sent anyway; OTP hears of each."""
    config = TransactionConfig(three_way_handshake=True, acknowledge_after_s=0.3)
    controlling = await stage.controlling("udp", "pretty", relayed=True, config=config)
    controlling.relay.delay_s = _NOTING_S
    await controlling.otp.hear_acks("sloppy")
    for context in range(1, 6):
        await controlling.request(modify(context))
    for _ in range(5):
        assert (await controlling.otp.hear("acknowledged")).rest == "ok"
    alone = [
        message
        for message in transactions_in(controlling.relay.sent("down"))
        if all(isinstance(one, TransactionResponseAck) for one in message)
    ]
    assert len(alone) == 1, "all but the last go with the next request"


async def test_too_many_pendings_of_otp(stage: Stage) -> None:
    """OTP gives up with 506; our controller has that error and goes on."""
    controlling = await stage.controlling("udp", "pretty", _PENDING_OFTEN, "{sent_pending_limit, 2}", config=_PATIENT)
    await controlling.otp.answer("pending", 2000)
    reply = await controlling.request(modify(1))
    assert reply.error is not None
    assert reply.error.code == 506
    await controlling.otp.hear("aborted")
    await controlling.otp.answer("echo")
    assert (await controlling.request(modify(2))).actions == (modified(2),)


async def test_too_many_pendings_for_us(stage: Stage) -> None:
    """Our controller gives up; what comes all the same disturbs nobody."""
    config = TransactionConfig(most_pendings_taken=2)
    controlling = await stage.controlling("udp", "pretty", _PENDING_OFTEN, config=config)
    await controlling.otp.answer("pending", 1500)
    with pytest.raises(TransportError):
        await controlling.request(modify(1))
    await asyncio.sleep(1.5)
    await controlling.otp.answer("echo")
    assert (await controlling.request(modify(2, TERMINATIONS[1]))).actions == (modified(2, TERMINATIONS[1]),)


@pytest.mark.parametrize("window", ["infinity", "1", "3"])
async def test_segments_of_otp(stage: Stage, window: str) -> None:
    """A reply of OTP's in segments arrives as one, whether OTP sends all at once or so many before it waits."""
    controlling = await _segmenting(stage, "{segment_send, " + window + "}")
    assert (await controlling.request(modify(1))).actions == _LONG
    numbers = {one.segment_number for one in segments_in(controlling.relay)}
    assert len(numbers) > 3
    await until(lambda: {one.segment_number for one in segment_replies_in(controlling.relay)} == numbers)
    heard = [(await controlling.otp.hear("segmented")).words(3)[1:] for _ in numbers]
    assert sorted(heard) == sorted(_said_of_segments(len(numbers)))


async def test_a_lost_segment_of_otp(stage: Stage) -> None:
    """OTP 25 never sends a segment again, for it stumbles over its own records; our controller says what is wrong."""
    controlling = await _segmenting(stage, "{segment_send, infinity}")
    controlling.relay.loses = lambda way, octets: way == "up" and b"/2 {" in octets
    with pytest.raises(TransportError, match="segments of the reply are missing"):
        await controlling.request(modify(1))
    await controlling.otp.answer("echo")
    assert (await controlling.request(modify(2, TERMINATIONS[1]))).actions == (modified(2, TERMINATIONS[1]),)


async def test_the_last_segment_overtakes(stage: Stage) -> None:
    """Segments that come in another order make the same reply."""
    controlling = await _segmenting(stage, "{segment_send, infinity}")
    held: list[bytes] = []

    def loses(way: str, octets: bytes) -> bool:
        if way == "up" and b"/1 {" in octets:
            held.append(octets)
            return True
        if way == "up" and b"/1 {" not in octets and held and b"Segment" not in octets:
            asyncio.get_running_loop().call_later(0.3, controlling.relay.inject_up, held.pop())
        return False

    controlling.relay.loses = loses
    assert (await controlling.request(modify(1))).actions == _LONG


async def test_what_is_no_message(stage: Stage) -> None:
    """Our controller says where a transaction, or a message, stopped being one; OTP hears it and goes on."""
    controlling = await stage.controlling("udp", "pretty", relayed=True)
    controlling.relay.inject_up(b"MEGACO/1 <gateway> Transaction = 99 { Context = 1 { Streem } }")
    assert re.match(
        r"{'TransactionReply',99,.*{'ErrorDescriptor',4\d\d,", (await controlling.otp.hear("unexpected")).rest
    )
    controlling.relay.inject_up(b"MEGACO/1 <gateway> Nonsense")
    assert (await controlling.otp.hear("message_error")).rest.startswith("{'ErrorDescriptor',400,")
    assert (await controlling.request(modify(1))).actions == (modified(1),)


@pytest.mark.parametrize("transport", ["udp", "tcp"])
async def test_a_gateway_that_is_gone(stage: Stage, transport: str) -> None:
    """A gateway whose process ended answers nothing: the request fails within T-MAX."""
    controlling = await stage.controlling(transport, "pretty", config=TransactionConfig(lifetime_s=2))
    await controlling.otp.close()
    with pytest.raises(TransportError):
        await controlling.request(modify(1))


def _said_of_segments(count: int) -> list[list[str]]:
    """Return what OTP hears of segments that have arrived: their numbers, and which was the last."""
    return [[str(number), "'NULL'" if number == count else "asn1_NOVALUE"] for number in range(1, count + 1)]


async def _segmenting(stage: Stage, *settings: str) -> Controlling:
    controlling = await stage.controlling(
        "udp",
        "pretty",
        "{max_pdu_size, 900}",
        "{serialize, true}",
        "{segment_reply_ind, true}",
        *settings,
        version=3,
        relayed=True,
        config=_PATIENT,
    )
    await controlling.otp.answer_with(replies(*_LONG, version=3))
    return controlling
