"""The gateway's hands: H.248 endpoint and relay round the engine. It decides nothing."""

import asyncio
import logging
from collections import deque
from collections.abc import Callable

import msgspec

from iq_profile.procedures import Indication, Rejected, compose, compose_probe, read_outcome
from megaco.association import AssociationEvent, ContactLost, HandedOff, InService
from megaco.endpoint import Mg
from megaco.errors import LocalError, TransportError
from megaco.message import ActionReply, TransactionReply
from megaco.sdp import Fingerprint
from megaco.transaction import RequestReceived
from megaco.transport import Alarm, Trace

from .config import AgwConfig
from .engine import AgwEngine
from .orders import Order, Report
from .relay import Certificate, Relay

_log = logging.getLogger("h248.agw")

_UNKNOWN_TO_CONTROLLER = {411, 430, 435}
"""Replies to an indication that mean: the controller does not know the termination (TS 23.334, heartbeat)."""

Observer = Callable[[Report], None]


class Gateway:
    """A running IMS-AGW."""

    def __init__(
        self, config: AgwConfig, certificate: Certificate, announced: Fingerprint, observer: Observer | None
    ) -> None:
        """Use ``start``."""
        self.config = config
        self.roles = config.roles()
        self._observer = observer
        self._relay = Relay(certificate, config.relay(), self._on_report)
        self.engine = AgwEngine(config.settings(), self.roles, announced, self._relay.reserve)
        self._orders: deque[Order] = deque()
        self.mg: Mg | None = None
        self._on_association: Callable[[AssociationEvent], None] = lambda event: None
        self._is_leaving = False
        self._alarm = Alarm(self._due)

    @classmethod
    async def start(
        cls,
        config: AgwConfig,
        *,
        certificate: Certificate | None = None,
        announced: Fingerprint | None = None,
        observer: Observer | None = None,
        trace: Trace | None = None,
        on_association: Callable[[AssociationEvent], None] | None = None,
    ) -> "Gateway":
        """Start a gateway and begin to register; ``mg.in_service()`` waits for the outcome.

        ``certificate`` None: as the configuration says. ``announced`` is the fingerprint told to the controller, that
        of the certificate unless a test wants another. ``observer`` sees each report of the relay, ``trace`` each
        datagram. Raises TransportError and LocalError, each with one line for the user.
        """
        shown = certificate or config.load_certificate()
        gateway = cls(config, shown, announced or shown.fingerprint(), observer)
        gateway._on_association = on_association or gateway._on_association
        gateway.mg = await Mg.connect(
            config.h248.controller,
            *config.h248.controllers,
            association=config.association(gateway.roles),
            on_request=gateway._on_request,
            local=config.h248.listen,
            mid=config.h248.identifier(),
            on_association=gateway._on_association_event,
            probe=compose_probe(gateway.roles),
            transactions=config.transactions(),
            encoding=config.h248.encoding,
            dictionary=config.h248.dictionary(),
            links=config.transport.links(),
            trace=trace,
        )
        return gateway

    @property
    def is_idle(self) -> bool:
        """Whether nothing is left: no context, no port, no connection, be it one that is still being closed."""
        return self.engine.is_empty and self._relay.is_idle

    async def leave(self) -> None:
        """Leave service gracefully where the configuration gives time for it, and there is a context.

        Comes back when none is left, the time is over, or the controller is gone; ``close`` has to follow.
        """
        if self.mg is not None and self.config.h248.leave_s and not self.engine.is_empty:
            self._is_leaving = True
            await self.mg.leave(self.config.h248.leave_s)

    async def close(self) -> None:
        """Leave service, end every connection, close every socket."""
        self.engine.release_all(self._now())
        self._drain()
        self._alarm.set(None)
        if self.mg is not None:
            await self.mg.close()
        await self._relay.close()

    def _now(self) -> float:
        return self._alarm.now()

    def _on_association_event(self, event: AssociationEvent) -> None:
        if isinstance(event, InService | ContactLost | HandedOff):
            self.engine.watches_controller = False  # what was asked for on ROOT ends with the association
            self._set_probe()
        self._on_association(event)

    def _on_request(self, event: RequestReceived) -> tuple[ActionReply, ...]:
        try:
            replies = self.engine.execute(event.request.actions, self._now())
        finally:
            # Ports and connections are as the reply says before it is sent; what is indicated comes after the reply.
            self._perform_orders()
            asyncio.get_running_loop().call_soon(self._drain)
        if self._set_probe() and self.mg is not None:
            self.mg.submit((compose_probe(self.roles),), _ignore_reply)  # from its reply on there is one again
        if self.engine.take_farewell() and self.mg is not None:
            _log.info("the controller leaves service")
            self.mg.association.contact_lost(self._now())
        return replies

    def _set_probe(self) -> bool:
        """Probe a silent controller, unless it sets the time for that itself (it/ito); True where that is new again."""
        if self.mg is None:
            return False
        association = self.mg.association
        wanted_s = 0.0 if self.engine.watches_controller else self.config.h248.probe_s
        if association.config.probe_s == wanted_s:
            return False
        association.config = msgspec.structs.replace(association.config, probe_s=wanted_s)
        return wanted_s > 0.0

    def _on_report(self, report: Report) -> None:
        if self._observer is not None:
            self._observer(report)
        _log.info("%s", report)
        self.engine.report(report, self._now())
        self._drain()

    def _drain(self) -> None:
        """Perform what the engine ordered, send what it indicates, set its next timer."""
        self._perform_orders()
        for indication in self.engine.take_indications():
            self._indicate(indication)
        self._alarm.set(self.engine.next_deadline())
        if self._is_leaving and self.engine.is_empty and self.mg is not None:
            self.mg.is_empty()

    def _perform_orders(self) -> None:
        """Perform the orders one by one, first come first served even where one brings more; none loses the others."""
        self._orders += self.engine.take_orders()
        while self._orders:
            order = self._orders.popleft()
            try:
                self._relay.perform(order)
            except Exception:  # one bearer's failure is logged in full; the orders of the others go on
                _log.exception("the relay failed on %s", order)

    def _indicate(self, indication: Indication) -> None:
        assert self.mg is not None
        _log.info("%s", indication)
        try:
            action = compose(indication, self.roles)
            self.mg.submit((action,), lambda reply: self._indicated(indication, reply))
        except (LocalError, TransportError) as error:  # binary may have no number for an operator's item
            _log.error("%s cannot be sent: %s", indication, error)

    def _indicated(self, indication: Indication, reply: TransactionReply | None) -> None:
        outcome = read_outcome(reply)
        if isinstance(outcome, Rejected) and outcome.code in _UNKNOWN_TO_CONTROLLER:
            _log.warning("the controller does not know %s: freed", indication.termination_id)
            self.engine.forget(indication, self._now())
            self._drain()

    def _due(self) -> None:
        self.engine.handle_timer(self._now())
        self._drain()


def _ignore_reply(reply: TransactionReply | None) -> None:
    """Take a reply that changes nothing: its coming or not was noticed."""
