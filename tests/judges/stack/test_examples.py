"""The two example programs of OTP's megaco, as they are shipped, against our controller and our gateway."""

import socket

import pytest

from megaco.message import (
    ActionRequest,
    AuditDescriptor,
    AuditValueRequest,
    CommandRequest,
    DeviceName,
    ErrorDescriptor,
    MessageIdentifier,
)

from .ends import TERMINATIONS, Stage, actions_of, modify
from .otp_process import OtpFailedError, OtpProcess, message_in

CASES = [("udp", "pretty"), ("udp", "binary"), ("tcp", "pretty"), ("tcp", "binary")]
_STARTERS = {
    ("udp", "pretty"): ("start_udp_text", "gateway_ut"),
    ("udp", "binary"): ("start_udp_binary", "gateway_ub"),
    ("tcp", "pretty"): ("start_tcp_text", "gateway_tt"),
    ("tcp", "binary"): ("start_tcp_binary", "gateway_tb"),
}
"""The example's function for a transport and an encoding, and the name that the gateway has then."""
_NOT_HANDLED = ErrorDescriptor(501, "Transaction requests not handled")
_TRIES = 5
"""Of finding two ports that nobody takes before the example has them."""


@pytest.mark.parametrize(("transport", "encoding"), CASES)
async def test_the_example_gateway_registers_and_is_asked(stage: Stage, transport: str, encoding: str) -> None:
    """Both sides know each other; the gateway refuses what it is asked, in its own words."""
    ours = await stage.controller(transport, encoding)
    starter, name = _STARTERS[transport, encoding]
    theirs = await stage.example("mg", starter, str(ours.mgc.local.port))
    assert theirs.greeting.startswith("started 1 ")
    (action,) = actions_of(message_in(theirs.greeting.split()[2]))
    assert action.error is None
    assert (await ours.gateway()).mid == DeviceName(name)
    audit = ActionRequest(1, commands=(CommandRequest(AuditValueRequest((TERMINATIONS[0],), AuditDescriptor())),))
    for asked in (audit, modify(1)):
        assert (await ours.request(asked)).error == _NOT_HANDLED
    assert await _peers(theirs) == [ours.mgc.engine.mid]


@pytest.mark.parametrize(("transport", "encoding"), CASES)
async def test_our_gateway_registers_with_the_example_controller(stage: Stage, transport: str, encoding: str) -> None:
    """It names itself as the controller to go to, which is no redirection; both sides know each other."""
    theirs, ports = await _example_controller(stage)
    mg = await stage.gateway(ports[encoding], transport, encoding)  # of version 1, which is all that the example has
    assert await _peers(theirs) == [mg.engine.mid]
    reply = await mg.request(modify(1))
    assert reply.error == ErrorDescriptor(501, "Only single service change on null context handled")


async def _example_controller(stage: Stage) -> tuple[OtpProcess, dict[str, int]]:
    for _ in range(_TRIES):
        text, binary = _free_port(), _free_port()
        theirs = await stage.example("mgc", str(text), str(binary))
        if "eaddrinuse" not in theirs.greeting:
            assert theirs.greeting == "started"
            return theirs, {"pretty": text, "binary": binary}
    raise OtpFailedError("no free ports")


def _free_port() -> int:
    """Return a port that is free for TCP and for UDP."""
    while True:
        with socket.socket() as tcp, socket.socket(type=socket.SOCK_DGRAM) as udp:
            tcp.bind(("", 0))
            port: int = tcp.getsockname()[1]
            try:
                udp.bind(("", port))
            except OSError:
                continue
            return port


async def _peers(theirs: OtpProcess) -> list[MessageIdentifier]:
    theirs.say("connections")
    told = await theirs.hear()
    return [message_in(text).mid for text in " ".join(told).split()]
