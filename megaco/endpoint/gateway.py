"""The gateway's end: registers, stays registered, executes what the controller asks."""

import asyncio
import random
from collections.abc import Callable
from typing import Any

from megaco.association import (
    AssociationConfig,
    AssociationEvent,
    ContactLost,
    GatewayAssociation,
    InService,
    MoveTo,
    NoAnswer,
    Refused,
    Register,
)
from megaco.codec import Dictionary
from megaco.errors import TransportError
from megaco.message import (
    ActionRequest,
    ErrorDescriptor,
    IpAddress,
    MessageIdentifier,
    TransactionReply,
)
from megaco.transaction import (
    RequestReceived,
    TransactionConfig,
)
from megaco.transport import Address, Alarm, Trace, parse_url

from .base import NO_ASSOCIATION, Endpoint, ReplyHandler, RequestHandler, own_mid


class Mg(Endpoint):
    """A media gateway: registers with its controller and stays registered."""

    def __init__(
        self,
        mid: MessageIdentifier,
        controller: Address,
        association: AssociationConfig,
        config: TransactionConfig,
        encoding: str,
        dictionary: Dictionary | None,
        trace: Trace | None,
    ) -> None:
        """Use ``connect``."""
        super().__init__(mid, config, encoding, dictionary, 1, trace)
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
        dictionary: Dictionary | None = None,
        trace: Trace | None = None,
    ) -> "Mg":
        """Bind to ``local`` and begin to register with the controller at ``url``; ``in_service`` waits for the outcome.

        ``on_request`` executes the controller's requests; ``on_association`` hears how the association fares; ``probe``
        is sent after ``association.probe_s`` of silence, to learn whether the controller is still there and still
        knows this gateway. ``mid`` None is the address bound to. A URL without port has the one of the encoding.
        ``dictionary`` as for ``megaco.encode``. Raises TransportError where ``local`` is taken, LocalError for a bad
        URL.
        """
        address, controller = parse_url(local, encoding), parse_url(url, encoding)
        timers = transactions or TransactionConfig()
        mg = cls(mid or own_mid(address), controller, association, timers, encoding, dictionary, trace)
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
            self.engine.refuse(event.peer, event.request.transaction_id, NO_ASSOCIATION)

    def _submit(self, peer: Address, actions: tuple[ActionRequest, ...], on_reply: ReplyHandler) -> int:
        """Send a request; its reply, or the want of one, also tells how the association fares."""
        term = self._term

        def settle(reply: TransactionReply | None) -> None:
            on_reply(reply)
            if not self._is_in_service or term != self._term:
                return
            if reply is None or (reply.error is not None and reply.error.code == NO_ASSOCIATION.code):
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
