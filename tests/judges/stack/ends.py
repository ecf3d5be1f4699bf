"""Both ends of an association as a test sets them up: ours, OTP's, a relay between them."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack

import megaco
from megaco.association import AssociationConfig, RegisteredGateway
from megaco.endpoint import Reply, RequestHandler
from megaco.message import (
    NULL_CONTEXT,
    ROOT,
    ActionReply,
    ActionRequest,
    AddReply,
    AddRequest,
    AuditValueReply,
    AuditValueRequest,
    Command,
    CommandReply,
    CommandRequest,
    DeviceName,
    Message,
    ModifyReply,
    ModifyRequest,
    MoveReply,
    MoveRequest,
    NotifyReply,
    NotifyRequest,
    SegmentReply,
    ServiceChangeMethod,
    ServiceChangeParm,
    ServiceChangeRequest,
    SubtractReply,
    SubtractRequest,
    Transaction,
    TransactionReply,
    TransactionRequest,
    Value,
)
from megaco.transaction import RequestReceived, TransactionConfig
from megaco.transport import Trace

from .otp_process import DICTIONARY, PATIENCE_S, OtpProcess, OtpUser
from .relay import Relay, losing_first

ENDS = [(transport, encoding) for transport in ("udp", "tcp") for encoding in ("pretty", "compact", "binary")]
"""What an association can be run over."""
TERMINATIONS = ("00000001/00000000/00000001", "00000001/00000000/00000010", "00000001/00000000/00000011")
"""Names that all encodings have: binary as OTP lays it out, an octet a level."""

_REPLIES: dict[type[Command], Callable[[tuple[str, ...]], CommandReply]] = {
    AddRequest: AddReply,
    MoveRequest: MoveReply,
    ModifyRequest: ModifyReply,
    SubtractRequest: SubtractReply,
    AuditValueRequest: AuditValueReply,
    NotifyRequest: NotifyReply,
}


def echo(event: RequestReceived) -> tuple[ActionReply, ...]:
    """Say of each command that it is done."""
    return tuple(
        ActionReply(action.context_id, replies=tuple(_done(one.command) for one in action.commands))
        for action in event.request.actions
    )


def _done(command: Command) -> CommandReply:
    return _REPLIES[type(command)](command.termination_ids)


def modify(context_id: int, termination: str = TERMINATIONS[0]) -> ActionRequest:
    """Return an action that modifies nothing of a termination."""
    return ActionRequest(context_id, commands=(CommandRequest(ModifyRequest((termination,))),))


def modified(context_id: int, termination: str = TERMINATIONS[0]) -> ActionReply:
    """Return what ``modify`` is answered."""
    return ActionReply(context_id, replies=(ModifyReply((termination,)),))


def requests(*transactions: tuple[ActionRequest, ...], version: int = 1) -> Message:
    """Return a message with requests, for OTP to send."""
    numbered = tuple(TransactionRequest(number, actions) for number, actions in enumerate(transactions, 1))
    return Message(version, DeviceName("test"), numbered)


def replies(*actions: ActionReply, version: int = 1) -> Message:
    """Return a message with a reply, for OTP to answer with."""
    return Message(version, DeviceName("test"), (TransactionReply(1, actions),))


def registration(version: int) -> Message:
    """Return what a gateway of OTP's registers with."""
    services = ServiceChangeParm(ServiceChangeMethod.RESTART, Value("901 Cold Boot", quoted=True), version=version)
    command = CommandRequest(ServiceChangeRequest((ROOT,), services))
    return requests((ActionRequest(NULL_CONTEXT, commands=(command,)),))


def actions_of(message: Message) -> tuple[ActionReply, ...]:
    """Return what a reply says of its actions."""
    (reply,) = message.transactions
    assert isinstance(reply, TransactionReply)
    return reply.actions


def transactions_in(datagrams: list[bytes]) -> list[list[Transaction]]:
    """Return the transactions of each message."""
    return [list(megaco.decode(one, dictionary=DICTIONARY).transactions) for one in datagrams]


def segments_in(relay: Relay) -> list[TransactionReply]:
    """Return the segments of replies that the gateway's end sent."""
    said = [one for message in transactions_in(relay.sent("up")) for one in message]
    return [one for one in said if isinstance(one, TransactionReply) and one.segment_number is not None]


def segment_replies_in(relay: Relay) -> list[SegmentReply]:
    """Return what the controller's end said of segments."""
    said = [one for message in transactions_in(relay.sent("down")) for one in message]
    return [one for one in said if isinstance(one, SegmentReply)]


class Executor:
    """Executes what our end is asked, and keeps it."""

    def __init__(self, answer: RequestHandler = echo) -> None:
        self.asked: list[RequestReceived] = []
        self._answer = answer

    def __call__(self, event: RequestReceived) -> Reply | Awaitable[Reply]:
        """Keep a request and answer it."""
        self.asked.append(event)
        return self._answer(event)


async def until(condition: Callable[[], bool], within_s: float = PATIENCE_S) -> None:
    """Wait until a condition holds."""
    async with asyncio.timeout(within_s):
        while not condition():  # noqa: ASYNC110 - what is waited for knows no events
            await asyncio.sleep(0.01)


class Controlled:
    """Our controller with the gateway that registers at it."""

    def __init__(self, mgc: megaco.Mgc, executor: Executor) -> None:
        self.mgc = mgc
        self.executor = executor

    async def gateway(self) -> RegisteredGateway:
        """Wait until one gateway is registered."""
        await until(lambda: len(self.mgc.registrar.gateways) == 1)
        return next(iter(self.mgc.registrar.gateways.values()))

    async def request(self, *actions: ActionRequest) -> TransactionReply:
        """Ask it, and wait for its reply."""
        async with asyncio.timeout(PATIENCE_S):
            return await self.mgc.request(await self.gateway(), *actions)


class Controlling(Controlled):
    """Our controller, with a gateway of OTP's registered."""

    def __init__(self, controlled: Controlled, otp: OtpUser, registration: Message, relay: Relay | None) -> None:
        super().__init__(controlled.mgc, controlled.executor)
        self.otp = otp
        self.registration = registration
        """What the gateway was answered."""
        self._relay = relay

    @property
    def relay(self) -> Relay:
        """What is between them; there where the test asked for it."""
        assert self._relay is not None
        return self._relay


class Driven:
    """Our gateway, registered with a controller of OTP's."""

    def __init__(self, otp: OtpUser, mg: megaco.Mg, executor: Executor, relay: Relay | None) -> None:
        self.otp = otp
        self.mg = mg
        self.executor = executor
        self._relay = relay

    @property
    def relay(self) -> Relay:
        """What is between them; there where the test asked for it."""
        assert self._relay is not None
        return self._relay


class Stage:
    """Makes ends that are closed when the test is over."""

    def __init__(self, stack: AsyncExitStack) -> None:
        self._stack = stack

    async def otp_controller(self, transport: str, encoding: str, *settings: str) -> OtpUser:
        """Have OTP listen."""
        return await self._stack.enter_async_context(await OtpUser.listen(transport, encoding, *settings))

    async def driven(
        self,
        transport: str = "udp",
        encoding: str = "pretty",
        *settings: str,
        version: int = 1,
        executor: Executor | None = None,
        config: TransactionConfig | None = None,
        trace: Trace | None = None,
        relayed: bool = False,
        lost_requests: int = 0,
        lost_replies: int = 0,
    ) -> Driven:
        """Register a gateway of ours with a controller of OTP's that is set so; both use the version from then on.

        ``relayed``: over a relay, which loses so many requests and replies after the registration.
        """
        executor = executor or Executor()
        otp = await self.otp_controller(transport, encoding, f"{{protocol_version, {version}}}", *settings)
        relay = await self.relay(otp.port) if relayed else None
        mg = await self.gateway(
            otp.port if relay is None else relay.port,
            transport,
            encoding,
            executor=executor,
            config=config,
            version=version,
            trace=trace,
        )
        if relay is not None:
            relay.loses = losing_first(lost_requests, "down") if lost_requests else losing_first(lost_replies, "up")
        return Driven(otp, mg, executor, relay)

    async def controlling(
        self,
        transport: str = "udp",
        encoding: str = "pretty",
        *settings: str,
        version: int = 1,
        config: TransactionConfig | None = None,
        trace: Trace | None = None,
        relayed: bool = False,
        lost_requests: int = 0,
        lost_replies: int = 0,
    ) -> Controlling:
        """Register a gateway of OTP's that is set so with a controller of ours, as ``driven`` does the other way."""
        controlled = await self.controller(transport, encoding, config=config, version=version, trace=trace)
        port = controlled.mgc.local.port
        relay = await self.relay(port) if relayed else None
        otp = await self.otp_gateway(transport, encoding, port if relay is None else relay.port, *settings)
        registration = await self.registered(otp, version)
        await otp.is_ready()
        if relay is not None:
            relay.loses = losing_first(lost_requests, "down") if lost_requests else losing_first(lost_replies, "up")
        return Controlling(controlled, otp, registration, relay)

    async def otp_gateway(self, transport: str, encoding: str, port: int, *settings: str) -> OtpUser:
        """Have OTP connect to a controller at a port; it registers when told to."""
        return await self._stack.enter_async_context(await OtpUser.connect(transport, encoding, port, *settings))

    async def registered(self, user: OtpUser, version: int = 1) -> Message:
        """Have OTP's gateway register, and use the version from then on; return the reply."""
        user.cast("registration", registration(version))
        reply = await user.reply("registration")
        user.say("set", "protocol_version", version)
        return reply

    async def example(self, *arguments: str) -> OtpProcess:
        """Run one of OTP's examples."""
        return await self._stack.enter_async_context(await OtpProcess.start("otp_example.escript", *arguments))

    async def relay(self, controller_port: int) -> Relay:
        """Put a relay before a controller."""
        relay = await Relay.start(controller_port)
        self._stack.callback(relay.close)
        return relay

    async def controller(
        self,
        transport: str = "udp",
        encoding: str = "pretty",
        *,
        executor: Executor | None = None,
        config: TransactionConfig | None = None,
        version: int = 2,
        trace: Trace | None = None,
    ) -> Controlled:
        """Listen with a controller of ours."""
        executor = executor or Executor()
        mgc = await megaco.Mgc.listen(
            f"{transport}://127.0.0.1:0",
            on_request=executor,
            transactions=config,
            encoding=encoding,
            dictionary=DICTIONARY,
            version=version,
            trace=trace,
        )
        self._stack.push_async_callback(mgc.close)
        return Controlled(mgc, executor)

    async def gateway(
        self,
        port: int,
        transport: str = "udp",
        encoding: str = "pretty",
        *,
        executor: Executor | None = None,
        config: TransactionConfig | None = None,
        version: int = 1,
        trace: Trace | None = None,
    ) -> megaco.Mg:
        """Register a gateway of ours with the controller at a port."""
        mg = await megaco.Mg.connect(
            f"{transport}://127.0.0.1:{port}",
            local=f"{transport}://127.0.0.1:0",
            association=AssociationConfig("test/1", version=version, maximum_waiting_delay_s=0, retry_s=0.2),
            on_request=executor or Executor(),
            transactions=config,
            encoding=encoding,
            dictionary=DICTIONARY,
            trace=trace,
        )
        self._stack.push_async_callback(mg.close)
        async with asyncio.timeout(PATIENCE_S):
            await mg.in_service()
        return mg
