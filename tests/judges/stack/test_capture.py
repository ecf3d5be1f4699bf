"""Wireshark follows what our gateway and OTP's controller say to each other."""

import asyncio
from pathlib import Path

import pytest

from megaco.endpoint import Reply
from megaco.message import ErrorDescriptor
from megaco.transaction import RequestReceived, TransactionConfig
from megaco.transport.recording import record_pcap

from .dissection import Capture, Frame
from .ends import ENDS, TERMINATIONS, Executor, Stage, actions_of, echo, modify, requests
from .test_otp_controller import SEGMENTED, segmenting

_REFUSED = 2
"""The context whose requests are refused."""
_SLOW = 3
"""The context whose requests take long enough for a TransactionPending."""


async def _answer(event: RequestReceived) -> Reply:
    (action,) = event.request.actions
    if action.context_id == _REFUSED:
        return ErrorDescriptor(430, "Unknown TerminationID")
    if action.context_id == _SLOW:
        await asyncio.sleep(0.3)
    return echo(event)


@pytest.mark.parametrize(("transport", "encoding"), ENDS)
async def test_transactions_and_contexts(
    stage: Stage, tshark: str, tmp_path: Path, transport: str, encoding: str
) -> None:
    """Every message is read without remark; each request has its reply, and both are commands of one context."""
    file = tmp_path / "exchange.pcap"
    with record_pcap(file) as trace:
        config = TransactionConfig(provisional_s=0.1)
        driven = await stage.driven(transport, encoding, trace=trace, executor=Executor(_answer), config=config)
        driven.otp.cast("three", requests(*((modify(number, name),) for number, name in enumerate(TERMINATIONS, 1))))
        await driven.otp.hear("failed", "three ")
        for _ in (1, _SLOW):
            await driven.otp.reply("three")
        driven.otp.cast("again", requests((modify(1),)))
        assert actions_of(await driven.otp.reply("again"))
        await driven.otp.is_ready()
    capture = Capture(tshark, file, transport, encoding, driven.otp.port)
    frames = capture.frames()
    _read_without_remark(frames, encoding)
    asked = {event.request.transaction_id for event in driven.executor.asked}
    assert asked <= set().union(*(frame.transactions for frame in frames))
    registration, again = frames[0], frames[-1]
    assert registration.same_contexts >= {1}
    assert frames[1].same_contexts >= {1, 2}, "the reply to the registration"
    assert again.same_contexts >= {3, len(frames) - 1, len(frames)}, "context 1 has both its requests and both replies"
    if encoding != "binary":
        counts = capture.response_times()
        assert counts == {
            "Duplicate requests": 0,
            "Duplicate responses": 0,
            "Open requests": 1,  # the one refused: no command stands beside the error
            "Discarded responses": 0,
            "Answered": 4,
        }


@pytest.mark.parametrize("encoding", ["pretty", "binary"])
async def test_segments(stage: Stage, tshark: str, tmp_path: Path, encoding: str) -> None:
    """Segments are read without remark; of the text of a SegmentReply Wireshark 4.0 knows nothing."""
    file = tmp_path / "exchange.pcap"
    with record_pcap(file) as trace:
        driven = await segmenting(stage, encoding, trace=trace)
        driven.otp.cast("long", SEGMENTED)
        segments = await driven.otp.segments("long")
        await driven.otp.is_ready()
    frames = Capture(tshark, file, "udp", encoding, driven.relay.port).frames()
    _read_without_remark(frames[: 3 + len(segments)], encoding)
    assert len(frames) > 3 + len(segments)


def _read_without_remark(frames: list[Frame], encoding: str) -> None:
    protocol = "h248" if encoding == "binary" else "megaco"
    assert [frame for frame in frames if protocol not in frame.protocols] == []
    assert [(number, frame.remarks) for number, frame in enumerate(frames, 1) if frame.remarks] == []
