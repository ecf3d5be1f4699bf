"""The controller's end: gateways register, are asked, and ask."""

import logging
import random
from collections.abc import Callable, Iterable

from megaco.association import (
    AskGateway,
    ControllerConfig,
    GatewayDown,
    GatewayUp,
    RegisteredGateway,
    Registrar,
    RegistrarEvent,
    begins_call,
)
from megaco.codec import Dictionary
from megaco.errors import LocalError
from megaco.message import (
    ActionRequest,
    ErrorDescriptor,
    MessageIdentifier,
    ServiceChangeMethod,
    TransactionReply,
)
from megaco.transaction import (
    Failure,
    ReplyReceived,
    RequestFailed,
    RequestReceived,
    TransactionConfig,
    TransactionEvent,
)
from megaco.transport import Address, Alarm, LinkSettings, Trace, parse_url, resolve_hosts

from .base import (
    NO_ASSOCIATION,
    Endpoint,
    Options,
    Outcome,
    ReplyHandler,
    RequestHandler,
    own_mid,
    wall_clock,
)
from .commands import Commands, refusal

_log = logging.getLogger("h248.association")


class Mgc(Endpoint):
    """A media gateway controller."""

    def __init__(self, mid: MessageIdentifier, controller: ControllerConfig, options: Options) -> None:
        """Use ``listen``."""
        super().__init__(mid, options)
        self.registrar = Registrar(controller, wall_clock)
        self._on_gateway: Callable[[RegistrarEvent], None] = lambda event: None
        self._handler: RequestHandler = lambda event: ErrorDescriptor(443, "Unsupported or Unknown Command")
        self._alarm = Alarm(self._due)
        self._addresses: dict[Address, Address] = {}
        """Gateways that want requests elsewhere than where they registered from (ServiceChangeAddress)."""
        self._registered_at: dict[Address, float] = {}

    @classmethod
    async def listen(
        cls,
        url: str,
        *more: str,
        on_gateway: Callable[[RegistrarEvent], None] | None = None,
        on_request: RequestHandler | None = None,
        mid: MessageIdentifier | None = None,
        controller: ControllerConfig | None = None,
        peers: Iterable[str] = (),
        transactions: TransactionConfig | None = None,
        encoding: str = "pretty",
        dictionary: Dictionary | None = None,
        version: int = 2,
        links: LinkSettings | None = None,
        trace: Trace | None = None,
    ) -> "Mgc":
        """Listen for gateways at one URL or several: ``udp://``, ``tcp://``, ``sctp://address:port``, ``memory:name``.

        ``on_gateway`` hears of gateways that come and go, ``on_request`` executes what registered gateways ask
        (Notify); ``mid`` None is the address listened at. ``peers`` are the hosts that are listened to; none: any. A
        URL without port has the one of the encoding. Gateways are asked in the encoding that they registered in;
        ``encoding`` says which layout of text that is. ``dictionary`` as for ``megaco.encode``. Raises TransportError
        where the address is taken, LocalError for a bad URL.
        """
        addresses = [parse_url(one, encoding) for one in (url, *more)]
        settings = links or LinkSettings()
        options = Options(transactions or TransactionConfig(), encoding, dictionary, version, settings, trace)
        mgc = cls(mid or own_mid(addresses[0]), controller or ControllerConfig(), options)
        mgc._on_gateway = on_gateway or mgc._on_gateway
        mgc.pump.peers = await resolve_hosts(peers, wait_s=settings.resolve_s)
        mgc._handler = on_request or mgc._handler
        await mgc._open(addresses, mid, listen=True)
        return mgc

    # ---------------------------------------------------------------------------------------------------- requests

    async def request(self, gateway: RegisteredGateway, *actions: ActionRequest) -> TransactionReply:
        """Send a request to a gateway and wait for its reply.

        Raises NoReplyError where none comes, and LocalError where the request cannot be sent: it cannot be written, or
        begins a call with a gateway that is leaving, or has asked for fewer calls. Whoever cancels it gives it up.
        """
        self._admit(gateway, actions)
        return await self._request(self._address(gateway), actions)

    def submit(self, gateway: RegisteredGateway, actions: tuple[ActionRequest, ...], on_reply: ReplyHandler) -> None:
        """Send a request to a gateway; ``on_reply`` takes the reply. Raises LocalError as ``request``."""
        self._admit(gateway, actions)
        self._submit(self._address(gateway), actions, on_reply)

    def commands(self, gateway: RegisteredGateway) -> Commands:
        """Return the commands to a gateway: ``await mgc.commands(gateway).add(...)``."""
        return Commands(lambda *actions: self.request(gateway, *actions))

    async def hand_off(self, gateway: RegisteredGateway, mid: MessageIdentifier) -> None:
        """Send a gateway to another controller (clause 11.5). Raises as ``commands(gateway)`` do."""
        reply = await self._request(self._address(gateway), self.registrar.hand_off(mid))
        refused = refusal(reply)
        if refused is not None:
            raise refused
        self.registrar.lost(gateway.peer, "handed off", gateway)
        self._drain_registrar()

    def _admit(self, gateway: RegisteredGateway, actions: tuple[ActionRequest, ...]) -> None:
        """Keep calls away from a gateway that is leaving, or asks for fewer."""
        registrar = self.registrar
        if not registrar.may_begin(gateway) and begins_call(actions):
            raise LocalError(f"{gateway.peer} is leaving service: no new calls")
        now = self.pump.now()
        if not registrar.load.admits(gateway.peer, actions, random.random(), now):  # noqa: S311  # no secret
            share = registrar.load.share(gateway.peer, now)
            raise LocalError(f"{gateway.peer} has too much to do: {share:.0f} % of new calls are kept away")

    def _address(self, gateway: RegisteredGateway) -> Address:
        return self._addresses.get(_peer(gateway), _peer(gateway))

    # ------------------------------------------------------------------------------------------------------ events

    def _on_event(self, event: TransactionEvent) -> None:
        super()._on_event(event)
        if isinstance(event, ReplyReceived):
            self._heard(event)
        elif isinstance(event, RequestFailed) and event.reason is Failure.NO_REPLY:
            self._lose(self._speaker(event.peer), "no answer")

    def _on_request(self, event: RequestReceived) -> None:
        now, speaker = self.pump.now(), self._speaker(event.peer)
        actions = self.registrar.receive(event.request, event.mid, speaker, now)
        if actions is not None:
            self._agree(event)
            self._answer(event, actions, now)
        elif speaker not in self.registrar.gateways:
            self.engine.refuse(event.peer, event.request.transaction_id, NO_ASSOCIATION)
        else:
            self._execute(event, self._handler)
        self._drain_registrar()
        if actions is not None:
            self._agree(event)  # the gateway before it at this address may have gone meanwhile

    def _agree(self, event: RequestReceived) -> None:
        """Write to a gateway that has just registered in its version and encoding."""
        registered = self.registrar.gateways.get(event.peer)
        if registered is not None:
            self.engine.agree(event.peer, registered.version, event.encoding)

    def _speaker(self, peer: Address) -> Address:
        """Return whom a gateway registered as that speaks from where it wants requests."""
        if not self._addresses or peer in self.registrar.gateways:
            return peer
        return next((one for one, other in self._addresses.items() if other == peer), peer)

    def _heard(self, event: ReplyReceived) -> None:
        """A gateway that knows of no association has another controller, or none, unless it registers just now."""
        now, speaker = self.pump.now(), self._speaker(event.peer)
        self.registrar.heard(speaker, now)
        is_unknown = event.reply.error is not None and event.reply.error.code == NO_ASSOCIATION.code
        if is_unknown and now - self._registered_at.get(speaker, now) > self.engine.config.lifetime_s:
            self._lose(speaker, "it knows of no association")

    def _lose(self, speaker: Address, reason: str) -> None:
        """A gateway that lets a request go unanswered by T-MAX is no longer there (Annex D.1.5)."""
        self.registrar.lost(speaker, reason)
        self._drain_registrar()

    def _drain_registrar(self) -> None:
        for event in self.registrar.take_events():
            self._on_registrar_event(event)
        self._alarm.set(None if self._is_closed else self.registrar.next_deadline())

    def _on_registrar_event(self, event: RegistrarEvent) -> None:
        if isinstance(event, AskGateway):
            self._send(self._address(event.gateway), event.actions, _ignore_outcome)
            return
        _log.info("%s", event)
        if isinstance(event, GatewayUp):
            self._come(event)
        elif isinstance(event, GatewayDown):
            self._go(event.gateway)
        self._on_gateway(event)

    def _come(self, event: GatewayUp) -> None:
        """Send requests where the gateway wants them.

        Those under way to where it was before go on to where it is; one that has started again knows nothing of them.
        """
        gateway, before = event.gateway, event.before
        former = None if before is None else self._address(before)
        if before is not None and event.method is ServiceChangeMethod.RESTART:
            self.engine.abandon(self._address(before), self.pump.now())
        self._registered_at[_peer(gateway)] = self.pump.now()
        self._addresses.pop(_peer(gateway), None)
        if gateway.address is not None or gateway.address_port is not None:
            self._follow(gateway, _peer(gateway))
        if former is not None and former != self._address(gateway):
            self.engine.redirect(former, self._address(gateway), self.pump.now())
            self.engine.forget_peer(former)

    def _go(self, gateway: RegisteredGateway) -> None:
        """A gateway that has gone answers nothing, and its next life may speak another encoding."""
        for address in {self._address(gateway), _peer(gateway)}:
            self.engine.abandon(address, self.pump.now())
            if address not in self.registrar.gateways:  # another gateway may speak from there by now
                self.engine.forget_peer(address)
        self._addresses.pop(_peer(gateway), None)
        self._registered_at.pop(_peer(gateway), None)

    def _follow(self, gateway: RegisteredGateway, peer: Address) -> None:
        """Take notice of a ServiceChangeAddress."""

        def found(where: Address | None) -> None:
            if where is not None and where != peer and self.registrar.gateways.get(peer) == gateway:
                self._addresses[peer] = where
                terms = self.engine.terms_of(peer)
                self.engine.agree(where, *terms)

        if gateway.address_port is not None:
            found(peer._replace(port=gateway.address_port))
        elif gateway.address is not None:
            self._find(gateway.address, peer.port, peer.transport, found)

    def _due(self) -> None:
        self.registrar.handle_timer(self.pump.now())
        self._drain_registrar()

    async def close(self) -> None:
        """Close the sockets; whoever waits for a reply gets none."""
        self._alarm.set(None)
        await super().close()


def _peer(gateway: RegisteredGateway) -> Address:
    assert isinstance(gateway.peer, Address)
    return gateway.peer


def _ignore_outcome(outcome: Outcome) -> None:
    """Take a reply that changes nothing: its coming or not was noticed."""
