"""The asyncio controller and gateway that a user writes against.

    mgc = await megaco.Mgc.listen("udp://127.0.0.1:2944", on_gateway=..., on_request=...)
    mg = await megaco.Mg.connect("udp://127.0.0.1:2944", mid=..., profile="threegppiq/3", on_request=...)

Everything runs in the event loop of the caller; nothing is thread-safe.
"""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

from megaco.association import (
    AssociationConfig,
    AssociationEvent,
    ContactLost,
    ControllerConfig,
    GatewayAssociation,
    InService,
    MoveTo,
    NoAnswer,
    Refused,
    Register,
    RegisteredGateway,
    Registrar,
    RegistrarEvent,
)
from megaco.errors import EncodeError, TransportError
from megaco.message import (
    ActionReply,
    ActionRequest,
    ErrorDescriptor,
    IpAddress,
    MessageIdentifier,
    TransactionReply,
)
from megaco.transaction import (
    MessageRefused,
    ReplyReceived,
    RequestFailed,
    RequestReceived,
    TransactionConfig,
    TransactionEngine,
    TransactionEvent,
)
from megaco.transport import Address, Alarm, Pump, Trace, UdpLink, parse_url

_log = logging.getLogger("h248.endpoint")

_NO_ASSOCIATION = ErrorDescriptor(505, "Transaction Request Received Before a ServiceChange Reply Has Been Received")
_INTERNAL_ERROR = ErrorDescriptor(500, "Internal software failure in the MG or MGC")

Reply = tuple[ActionReply, ...] | ErrorDescriptor
RequestHandler = Callable[[RequestReceived], Reply | Awaitable[Reply]]
"""Executes a request: action replies, or an error descriptor for the transaction as a whole."""
ReplyHandler = Callable[[TransactionReply | None], None]
"""Takes the reply, or None where none came within T-MAX."""


class _Endpoint:
    """What controller and gateway share: an engine, a pump, a link, and who waits for which reply."""

    def __init__(
        self, mid: MessageIdentifier, config: TransactionConfig, encoding: str, version: int, trace: Trace | None
    ) -> None:
        first_id = random.SystemRandom().randrange(1, 2**31)
        self.engine = TransactionEngine(
            mid, config, first_transaction_id=first_id, jitter=random.random, encoding=encoding, version=version
        )
        self.pump = Pump(self.engine, self._on_event, trace)
        self._waiting: dict[int, ReplyHandler] = {}
        self._tasks: set[asyncio.Future[Reply]] = set()
        self._link: UdpLink | None = None
        self._is_closed = False

    @property
    def local(self) -> Address:
        """The address that the endpoint is bound to."""
        assert self._link is not None
        return self._link.local

    async def _bind(self, local: Address) -> None:
        self._link = await UdpLink.bind(local, self.pump)

    def _submit(self, peer: Address, actions: tuple[ActionRequest, ...], on_reply: ReplyHandler) -> int:
        number = self.engine.submit(peer, actions, self.pump.now())
        self._waiting[number] = on_reply
        self.pump.drain()
        return number

    async def _request(self, peer: Address, actions: tuple[ActionRequest, ...]) -> TransactionReply:
        if self._is_closed:
            raise TransportError("the endpoint is closed")
        waiter: asyncio.Future[TransactionReply | None] = asyncio.get_running_loop().create_future()
        self._submit(peer, actions, lambda reply: None if waiter.done() else waiter.set_result(reply))
        reply = await waiter
        if reply is None:
            when = (
                "before the endpoint was closed" if self._is_closed else f"within {self.engine.config.lifetime_s:g} s"
            )
            raise TransportError(f"{peer} did not answer {when}")
        return reply

    def _on_event(self, event: TransactionEvent) -> None:
        match event:
            case RequestReceived():
                self._on_request(event)
            case ReplyReceived(transaction_id=number, reply=reply):
                self._settle(number, reply)
            case RequestFailed(transaction_id=number):
                self._settle(number, None)
            case MessageRefused(peer=peer, error=error):
                _log.warning("%s refused a message of ours: %d %s", peer, error.code, error.text)

    def _settle(self, number: int, reply: TransactionReply | None) -> None:
        handler = self._waiting.pop(number, None)
        if handler is not None:
            handler(reply)

    def _on_request(self, event: RequestReceived) -> None:
        raise AssertionError("each endpoint executes requests its own way")

    def _execute(self, event: RequestReceived, handler: RequestHandler) -> None:
        """Let the handler execute a request, now or in a task of its own, and send what it returns."""
        try:
            result = handler(event)
            if not isinstance(result, tuple | ErrorDescriptor):
                task = asyncio.ensure_future(result)
                self._tasks.add(task)
                task.add_done_callback(lambda task: self._executed(event, task))
                return
        except Exception:
            _log.exception("the request handler failed on transaction %d", event.request.transaction_id)
            result = _INTERNAL_ERROR
        self._answer(event, result)

    def _executed(self, event: RequestReceived, task: asyncio.Future[Reply]) -> None:
        """Send what a handler's task returned; nothing where the endpoint is being closed."""
        self._tasks.discard(task)
        if self._is_closed:
            return
        failure = asyncio.CancelledError() if task.cancelled() else task.exception()
        if failure is not None:
            number = event.request.transaction_id
            _log.error("the request handler failed on transaction %d", number, exc_info=failure)
        self._answer(event, task.result() if failure is None else _INTERNAL_ERROR)
        self.pump.drain()

    def _answer(self, event: RequestReceived, reply: Reply) -> None:
        actions, error = (reply, None) if isinstance(reply, tuple) else ((), reply)
        try:
            self.engine.reply(event.peer, event.request.transaction_id, actions, self.pump.now(), error)
        except EncodeError:
            _log.exception("the reply to transaction %d cannot be written", event.request.transaction_id)
            self.engine.reply(event.peer, event.request.transaction_id, (), self.pump.now(), _INTERNAL_ERROR)

    async def close(self) -> None:
        """Close the socket; whoever waits for a reply gets none."""
        self._is_closed = True
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self.pump.close()
        if self._link is not None:
            await self._link.closed
        for number in list(self._waiting):
            self._settle(number, None)


def own_mid(address: Address) -> IpAddress:
    """Return the message identifier of an endpoint bound to an address; a zone means nothing to the far end."""
    return IpAddress(address.host.partition("%")[0], address.port)


class Mgc(_Endpoint):
    """A media gateway controller."""

    def __init__(
        self, mid: MessageIdentifier, config: TransactionConfig, encoding: str, version: int, trace: Trace | None
    ) -> None:
        """Use ``listen``."""
        super().__init__(mid, config, encoding, version, trace)
        self.registrar = Registrar(ControllerConfig())
        self._on_gateway: Callable[[RegistrarEvent], None] = lambda event: None
        self._handler: RequestHandler = lambda event: ErrorDescriptor(443, "Unsupported or Unknown Command")

    @classmethod
    async def listen(
        cls,
        url: str,
        *,
        on_gateway: Callable[[RegistrarEvent], None] | None = None,
        on_request: RequestHandler | None = None,
        mid: MessageIdentifier | None = None,
        controller: ControllerConfig | None = None,
        peers: Iterable[str] = (),
        transactions: TransactionConfig | None = None,
        encoding: str = "pretty",
        version: int = 2,
        trace: Trace | None = None,
    ) -> "Mgc":
        """Listen for gateways at ``udp://address:port``.

        ``on_gateway`` hears of gateways that come and go, ``on_request`` executes what registered gateways ask
        (Notify); ``mid`` None is the address listened at. Raises TransportError where the address is taken, LocalError
        for a bad URL.
        """
        local = parse_url(url)
        mgc = cls(mid or own_mid(local), transactions or TransactionConfig(), encoding, version, trace)
        mgc.registrar = Registrar(controller or ControllerConfig())
        mgc._on_gateway = on_gateway or mgc._on_gateway
        mgc.pump.peers = frozenset(peers)
        mgc._handler = on_request or mgc._handler
        await mgc._bind(local)
        if mid is None:
            mgc.engine.mid = own_mid(mgc.local)
        return mgc

    async def request(self, gateway: RegisteredGateway, *actions: ActionRequest) -> TransactionReply:
        """Send a request to a gateway and wait for its reply; raises TransportError where none comes."""
        return await self._request(_address(gateway), actions)

    def submit(self, gateway: RegisteredGateway, actions: tuple[ActionRequest, ...], on_reply: ReplyHandler) -> None:
        """Send a request to a gateway; ``on_reply`` takes the reply."""
        self._submit(_address(gateway), actions, on_reply)

    def _on_request(self, event: RequestReceived) -> None:
        actions = self.registrar.receive(event.request, event.mid, event.peer)
        if actions is not None:
            registered = self.registrar.gateways.get(event.peer)
            if registered is not None:
                self.engine.agreed[event.peer] = registered.version
            self._answer(event, actions)
            if registered is None:
                self.engine.agreed.pop(event.peer, None)
            for happened in self.registrar.take_events():
                self._on_gateway(happened)
        elif event.peer not in self.registrar.gateways:
            self.engine.refuse(event.peer, event.request.transaction_id, _NO_ASSOCIATION)
        else:
            self._execute(event, self._handler)


def _address(gateway: RegisteredGateway) -> Address:
    assert isinstance(gateway.peer, Address)
    return gateway.peer


class Mg(_Endpoint):
    """A media gateway: registers with its controller and stays registered."""

    def __init__(
        self,
        mid: MessageIdentifier,
        controller: Address,
        association: AssociationConfig,
        config: TransactionConfig,
        encoding: str,
        trace: Trace | None,
    ) -> None:
        """Use ``connect``."""
        super().__init__(mid, config, encoding, 1, trace)
        self.controller = controller
        self.association = GatewayAssociation(association, random.random)
        self.on_association: Callable[[AssociationEvent], None] = lambda event: None
        self._handler: RequestHandler = lambda event: ErrorDescriptor(443, "Unsupported or Unknown Command")
        self._is_in_service = False
        self._alarm = Alarm(self._due)
        self._term = 0
        """How many times the gateway has come into service: what was sent before says nothing of the present."""
        self._probe: ActionRequest | None = None
        self._idle = Alarm(self._send_probe)
        self._settled: asyncio.Future[AssociationEvent | None] | None = None
        self._refused: Refused | None = None

    @classmethod
    async def connect(
        cls,
        url: str,
        *,
        association: AssociationConfig,
        on_request: RequestHandler,
        local: str = "udp://0.0.0.0:0",
        mid: MessageIdentifier | None = None,
        on_association: Callable[[AssociationEvent], None] | None = None,
        probe: ActionRequest | None = None,
        transactions: TransactionConfig | None = None,
        encoding: str = "pretty",
        trace: Trace | None = None,
    ) -> "Mg":
        """Bind to ``local`` and begin to register with the controller at ``url``; ``in_service`` waits for the outcome.

        ``on_request`` executes the controller's requests; ``on_association`` hears how the association fares; ``probe``
        is sent after ``association.probe_s`` of silence, to learn whether the controller is still there and still
        knows this gateway. ``mid`` None is the address bound to. Raises TransportError where ``local`` is taken,
        LocalError for a bad URL.
        """
        address = parse_url(local)
        mg = cls(
            mid or own_mid(address), parse_url(url), association, transactions or TransactionConfig(), encoding, trace
        )
        mg._handler = on_request
        mg._probe = probe
        mg.on_association = on_association or mg.on_association
        await mg._bind(address)
        if mid is None:
            mg.engine.mid = own_mid(mg.local)
        mg.association.start(mg.pump.now())
        mg._drain_association()
        return mg

    async def in_service(self) -> int:
        """Wait until the controller accepts; return the protocol version agreed.

        Raises TransportError where it refuses, where it has not answered by T-MAX (the gateway goes on trying all the
        same), and where the gateway is closed.
        """
        while not self._is_in_service:
            event = self._refused or await self._outcome()
            if isinstance(event, Refused):
                raise TransportError(
                    f"{self.controller} refused the registration: {event.error.code} {event.error.text or ''}".rstrip()
                )
            if isinstance(event, NoAnswer):
                raise TransportError(f"{self.controller} does not answer")
            if event is None:
                raise TransportError("the gateway is closed")
        return self.engine.version

    async def _outcome(self) -> AssociationEvent | None:
        """Wait for what comes of a registration; None: the gateway was closed."""
        if self._is_closed:
            return None
        if self._settled is None or self._settled.done():
            self._settled = asyncio.get_running_loop().create_future()
        return await asyncio.shield(self._settled)

    def _settle_outcome(self, event: AssociationEvent | None) -> None:
        if self._settled is not None and not self._settled.done():
            self._settled.set_result(event)

    async def request(self, *actions: ActionRequest) -> TransactionReply:
        """Send a request to the controller and wait for its reply; raises TransportError where none comes."""
        return await self._request(self.controller, actions)

    def submit(self, actions: tuple[ActionRequest, ...], on_reply: ReplyHandler) -> None:
        """Send a request to the controller; ``on_reply`` takes the reply."""
        self._submit(self.controller, actions, on_reply)

    async def close(self) -> None:
        """Leave service and close."""
        self.association.stop(self.pump.now())
        self._drain_association()
        self._is_in_service = False
        self._settle_outcome(None)
        self._alarm.set(None)
        self._idle.set(None)
        await super().close()

    def _on_request(self, event: RequestReceived) -> None:
        if self._is_in_service and event.peer == self.controller:
            self._heard()
            self._execute(event, self._handler)
        else:
            self.engine.refuse(event.peer, event.request.transaction_id, _NO_ASSOCIATION)

    def _submit(self, peer: Address, actions: tuple[ActionRequest, ...], on_reply: ReplyHandler) -> int:
        """Send a request; its reply, or the want of one, also tells how the association fares."""
        term = self._term

        def settle(reply: TransactionReply | None) -> None:
            on_reply(reply)
            if not self._is_in_service or term != self._term:
                return
            if reply is None or (reply.error is not None and reply.error.code == _NO_ASSOCIATION.code):
                self.association.contact_lost(self.pump.now())
                self._drain_association()
            else:
                self._heard()

        return super()._submit(peer, actions, settle)

    def _heard(self) -> None:
        """Put off the next probe: the controller has just been heard."""
        wanted = self._probe is not None and self.association.config.probe_s > 0
        self._idle.set(self.pump.now() + self.association.config.probe_s if wanted else None)

    def _send_probe(self) -> None:
        if self._is_in_service and self._probe is not None:
            self._submit(self.controller, (self._probe,), _ignore_reply)

    def _drain_association(self) -> None:
        for event in self.association.take_events():
            self._on_association_event(event)
        self._alarm.set(self.association.next_deadline())

    def _on_association_event(self, event: AssociationEvent) -> None:
        match event:
            case Register(actions=actions, expects_reply=expects_reply):
                self._refused = None
                if expects_reply:
                    self.engine.version = 1  # until a version is agreed (clause 11.3)
                self._submit(self.controller, actions, self._registered if expects_reply else _ignore_reply)
            case MoveTo(mid=IpAddress(address=host, port=port)):
                self.controller = Address(host, port or self.controller.port)
            case InService(version=version):
                self.engine.version = version
                self._is_in_service = True
                self._term += 1
                self._heard()
            case ContactLost() | Refused() | NoAnswer() | MoveTo():
                self._is_in_service = False
        self._refused = event if isinstance(event, Refused) else self._refused
        self.on_association(event)
        if isinstance(event, InService | Refused | NoAnswer):
            self._settle_outcome(event)

    def _registered(self, reply: TransactionReply | None) -> None:
        self.association.receive_reply(reply, self.pump.now())
        self._drain_association()

    def _due(self) -> None:
        self.association.handle_timer(self.pump.now())
        self._drain_association()


def _ignore_reply(reply: Any) -> None:
    """Take a reply that changes nothing."""
