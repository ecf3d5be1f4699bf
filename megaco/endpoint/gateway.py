"""The gateway's end: registers, stays registered, executes what the controller asks."""

import asyncio
import itertools
import logging
import random
from collections.abc import Callable, Sequence

from megaco.association import (
    Ask,
    AssociationConfig,
    AssociationEvent,
    ContactLost,
    GatewayAssociation,
    HandedOff,
    InService,
    Left,
    MoveTo,
    NoAnswer,
    Refused,
    Register,
    timers_asked_for,
)
from megaco.codec import Dictionary
from megaco.errors import TransportError
from megaco.message import (
    NULL_CONTEXT,
    ActionReply,
    ActionRequest,
    ErrorDescriptor,
    MessageIdentifier,
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
from megaco.transport import Address, Alarm, LinkSettings, Trace, near_host, parse_url, resolve

from .base import (
    NO_ASSOCIATION,
    Endpoint,
    Options,
    Outcome,
    Reply,
    ReplyHandler,
    RequestHandler,
    check_alike,
    own_mid,
    wall_clock,
)
from .commands import Commands

_log = logging.getLogger("h248.association")

_names = itertools.count(1)


class Mg(Endpoint):
    """A media gateway: registers with its controller and stays registered."""

    def __init__(
        self,
        mid: MessageIdentifier,
        controllers: Sequence[Address],
        association: AssociationConfig,
        options: Options,
    ) -> None:
        """Use ``connect``."""
        super().__init__(mid, options)
        self._configured = options.transactions
        self.controllers = tuple(controllers)
        """The primary one and the others, in order."""
        self.controller = controllers[0]
        """Where requests go: the controller in service, or the one tried."""
        self.association = GatewayAssociation(association, random.random, self.controllers, wall_clock)
        self.on_association: Callable[[AssociationEvent], None] = lambda event: None
        self._handler: RequestHandler = lambda event: ErrorDescriptor(443, "Unsupported or Unknown Command")
        self._is_in_service = False
        self._is_draining = False
        self._alarm = Alarm(self._due)
        self._speaker = controllers[0]
        """Whom the controller speaks as; it may want requests elsewhere (ServiceChangeAddress)."""
        self._speaker_mid: MessageIdentifier | None = None
        self._registration: int | None = None
        self._rejected: Address | None = None
        """The controller last refused because of its version."""
        self._former: set[int] = set()
        """Requests made before the gateway came into service: what comes of them says nothing of the present."""
        self._probe: ActionRequest | None = None
        self._idle = Alarm(self._send_probe)
        self._settled: asyncio.Future[AssociationEvent | None] | None = None
        self._refused: Refused | None = None

    @classmethod
    async def connect(
        cls,
        url: str,
        *others: str,
        association: AssociationConfig | None = None,
        on_request: RequestHandler | None = None,
        local: str | None = None,
        mid: MessageIdentifier | None = None,
        on_association: Callable[[AssociationEvent], None] | None = None,
        probe: ActionRequest | None = None,
        transactions: TransactionConfig | None = None,
        encoding: str = "pretty",
        dictionary: Dictionary | None = None,
        links: LinkSettings | None = None,
        trace: Trace | None = None,
    ) -> "Mg":
        """Bind and begin to register with the controller at ``url``; ``in_service`` waits for the outcome.

        ``others`` are the secondary controllers, in order. ``on_request`` executes the controller's requests;
        ``on_association`` hears how the association fares; ``probe`` is sent after ``association.probe_s`` of silence,
        to learn whether the controller is still there and still knows this gateway. ``local`` None: the address that
        reaches the primary controller, any port, and over TCP and SCTP no listener; ``mid`` None: the address bound to,
        or without listener a name by chance. A URL without port has the one of the encoding. ``dictionary`` as for
        ``megaco.encode``. Raises TransportError where ``local`` is taken or a name has no address, LocalError for a bad
        URL.
        """
        settings = links or LinkSettings()
        wanted = [parse_url(one, encoding) for one in (url, *others)]
        check_alike(wanted)
        bound = None if local is None else parse_url(local, encoding)
        controllers = [await resolve(one, local=bound, wait_s=settings.resolve_s) for one in wanted]
        address = bound or _own_address(controllers[0])
        options = Options(transactions or TransactionConfig(), encoding, dictionary, 1, settings, trace)
        mg = cls(mid or own_mid(address), controllers, association or AssociationConfig(), options)
        mg._handler = on_request or mg._handler
        mg._probe = probe
        mg.on_association = on_association or mg.on_association
        await mg._open([address], mid, listen=bound is not None)
        mg.association.start(mg.pump.now())
        mg._drain_association()
        return mg

    # -------------------------------------------------------------------------------------------------- association

    async def in_service(self) -> int:
        """Wait until a controller accepts; return the protocol version agreed.

        Raises TransportError where all refuse, where none has answered by T-MAX (the gateway goes on trying all the
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

    async def leave(self, delay_s: int | None = None) -> None:
        """Tell the controller that the gateway leaves, wait for ``delay_s`` seconds or ``is_empty``, leave and close.

        None: only ``is_empty`` ends it. ``association.stay(...)`` takes it back.
        """
        self.association.leave(self.pump.now(), delay_s)
        self._drain_association()
        while self._is_in_service and not self._is_closed:
            if isinstance(await self._outcome(), Left):
                break
        await self.close()

    def local_activity(self) -> None:
        """Tell that a user of the gateway wants something: it waits no longer before it registers (clause 9.2)."""
        self.association.local_activity(self.pump.now())
        self._drain_association()

    def is_empty(self) -> None:
        """Tell that no call is left: a gateway that is leaving leaves now."""
        self.association.is_empty(self.pump.now())
        self._drain_association()

    async def _outcome(self) -> AssociationEvent | None:
        """Wait for what comes of a registration, or of leaving; None: the gateway was closed."""
        if self._is_closed:
            return None
        if self._settled is None or self._settled.done():
            self._settled = self._loop.create_future()
        return await asyncio.shield(self._settled)

    def _settle_outcome(self, event: AssociationEvent | None) -> None:
        if self._settled is not None and not self._settled.done():
            self._settled.set_result(event)

    # ---------------------------------------------------------------------------------------------------- requests

    async def request(self, *actions: ActionRequest) -> TransactionReply:
        """Send a request to the controller and wait for its reply; raises NoReplyError where none comes.

        Whoever cancels it gives the request up.
        """
        return await self._request(self.controller, actions)

    def submit(self, actions: tuple[ActionRequest, ...], on_reply: ReplyHandler) -> None:
        """Send a request to the controller; ``on_reply`` takes the reply."""
        self._submit(self.controller, actions, on_reply)

    @property
    def commands(self) -> Commands:
        """The commands to the controller: ``await mg.commands.notify(...)``."""
        return Commands(self.request)

    async def close(self) -> None:
        """Leave service and close."""
        if not self._is_closed:
            self.association.stop(self.pump.now())
            self._drain_association()
        self._is_in_service = False
        self._settle_outcome(None)
        self._alarm.set(None)
        self._idle.set(None)
        await super().close()

    # ------------------------------------------------------------------------------------------------------ events

    def _on_event(self, event: TransactionEvent) -> None:
        """Handle an event; a reply, or the want of one, also tells how the association fares."""
        super()._on_event(event)
        if not isinstance(event, ReplyReceived | RequestFailed):
            return
        number = event.transaction_id
        if number in self._former:
            self._former.discard(number)
        elif not self._is_in_service:
            return
        elif isinstance(event, RequestFailed):
            if event.reason is Failure.NO_REPLY:
                self._lose_contact()
        elif event.reply.error is not None and event.reply.error.code == NO_ASSOCIATION.code:
            self._lose_contact()
        else:
            self._heard()

    def _on_request(self, event: RequestReceived) -> None:
        if not self._is_in_service or not self._is_controller(event):
            rejection = self.association.rejection if event.peer == self._rejected else None
            self.engine.refuse(event.peer, event.request.transaction_id, rejection or NO_ASSOCIATION)
            return
        self._heard()
        handed_off = self.association.receive_request(event.request, self.pump.now())
        if handed_off is None:
            self._execute(event, self._handler)
        else:
            self._answer(event, (ActionReply(NULL_CONTEXT, replies=(handed_off,)),), self.pump.now())
        self._drain_association()

    def _is_controller(self, event: RequestReceived) -> bool:
        """Tell whether a request is the controller's: from where it spoke, or by its name from another of its ports."""
        if event.peer == self._speaker or event.peer == self.controller:
            return True
        return event.mid == self._speaker_mid and event.peer.host == self._speaker.host

    def _answer(self, event: RequestReceived, reply: Reply, since: float) -> bool:
        is_written = super()._answer(event, reply, since)
        if is_written and isinstance(reply, tuple):
            changes = timers_asked_for(event.request, reply, self.engine.config)
            self.engine.config = changes or self.engine.config
        return is_written

    def _on_lost(self, peer: Address) -> None:
        """Hear that the connection to the controller is no more: what it was asked is asked again after contact."""
        if peer != self._speaker and peer != self.controller:
            return
        if self._is_in_service:
            self._lose_contact()
        elif self._registration is not None:
            number, self._registration = self._registration, None
            self.engine.cancel(number, self.pump.now())
            self._settle(number, None)

    def _lose_contact(self) -> None:
        self.association.contact_lost(self.pump.now())
        self._drain_association()

    def _heard(self) -> None:
        """Put off the next probe: the controller has just been heard."""
        now = self.pump.now()
        self.association.heard(now)
        self._alarm.set(self.association.next_deadline())
        wanted = self._probe is not None and self.association.config.probe_s > 0
        self._idle.set(now + self.association.config.probe_s if wanted else None)

    def _send_probe(self) -> None:
        if self._is_in_service and self._probe is not None:
            self._send(self.controller, (self._probe,), _ignore_outcome)

    # ------------------------------------------------------------------------------------------- association events

    def _drain_association(self) -> None:
        """Act on what the association says, one event after the other, also where one brings more."""
        if self._is_draining:
            return
        self._is_draining = True
        try:
            while events := self.association.take_events():
                for event in events:
                    self._on_association_event(event)
        finally:
            self._is_draining = False
        self._alarm.set(None if self._is_closed else self.association.next_deadline())

    def _on_association_event(self, event: AssociationEvent) -> None:
        match event:
            case Register():
                self._register(event)
            case Ask(actions=actions):
                self._send(self.controller, actions, _ignore_outcome)
            case MoveTo(mid=mid):
                self._find(mid, self.controller.port, self.controller.transport, self._moved)
            case InService():
                self._come_into_service(event)
            case ContactLost() | Refused() | NoAnswer() | HandedOff() | Left():
                self._is_in_service = False
                self._idle.set(None)
        self._refused = event if isinstance(event, Refused) else self._refused
        _log.info("%s", event)
        self.on_association(event)
        if isinstance(event, InService | Refused | NoAnswer | Left):
            self._settle_outcome(event)

    def _register(self, event: Register) -> None:
        if not event.expects_reply:
            self._send(self.controller, event.actions, _ignore_outcome)
            return
        assert isinstance(event.controller, Address)
        self._refused = None
        self.controller = event.controller
        self.engine.version = 1  # until a version is agreed (clause 11.3)
        self._registration = self._send(self.controller, event.actions, self._registered)

    def _registered(self, outcome: Outcome) -> None:
        if self._is_closed:
            return
        self._registration = None
        reply, mid = (outcome.reply, outcome.mid) if isinstance(outcome, ReplyReceived) else (None, None)
        self._speaker_mid = mid
        self.association.receive_reply(reply, self.pump.now(), mid)
        if isinstance(outcome, ReplyReceived) and self.association.rejection is not None:
            self._rejected = outcome.peer
        self._drain_association()

    def _moved(self, where: Address | None) -> None:
        """Tell the association where the controller is that was named."""
        if not self._is_closed:
            self.association.moved(where, self.pump.now())
            self._drain_association()

    def _come_into_service(self, event: InService) -> None:
        """Send requests where the controller wants them; those to another controller go on to this one."""
        former = self._speaker
        self.engine.version = event.version
        assert isinstance(event.controller, Address)
        self._speaker = self.controller = event.controller
        self._is_in_service = True
        self._former = set(self._waiting)
        if former != self._speaker:
            self.engine.redirect(former, self._speaker, self.pump.now())
            self.engine.config = self._configured  # what another controller set on ROOT is no longer so
        if event.address_port is not None:
            self.controller = self._speaker._replace(port=event.address_port)
        elif event.address is not None:
            self._find(event.address, self._speaker.port, self._speaker.transport, self._follow)
        self._heard()

    def _follow(self, where: Address | None) -> None:
        """Take notice of a ServiceChangeAddress."""
        if where is not None and self._is_in_service:
            self.controller = where

    def _due(self) -> None:
        self.association.handle_timer(self.pump.now())
        self._drain_association()


def _own_address(controller: Address) -> Address:
    """Return where to bind for a controller: the own address that reaches it, any port."""
    if controller.transport == "memory":
        return Address(f"{controller.host}.gateway{next(_names)}", 0, controller.transport)
    return Address(near_host(controller), 0, controller.transport)


def _ignore_outcome(outcome: Outcome) -> None:
    """Take a reply that changes nothing: its coming or not was noticed."""
