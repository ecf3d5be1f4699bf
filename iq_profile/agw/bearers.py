"""Executes the bearer table: what the relay reports and the controller configures becomes orders and indications."""

from iq_profile.procedures import BearerReleased, EventRole, Indication, TcpFailed, TlsFailed
from megaco.sdp import Setup
from megaco.transaction.timers import Timers

from . import orders
from .bearer import BEARER, BearerEffect, BearerInput, BearerState
from .orders import LegId, TlsRole
from .settings import AgwSettings, EarlySyn
from .state import Bearer


class Bearers:
    """Every bearer of one gateway that is alive."""

    def __init__(self, settings: AgwSettings) -> None:
        """Start empty."""
        self.settings = settings
        self.timers = Timers()
        """The legs that wait: for a connection, for TLS to start, for a fingerprint."""
        self.orders: list[orders.Order] = []
        self.indications: list[Indication] = []
        self._alive: dict[LegId, Bearer] = {}

    def add(self, bearer: Bearer) -> None:
        """Take care of a new bearer; where the other side was faster and is up already, it shall connect too."""
        self._alive[bearer.leg] = bearer
        others = [other for other in bearer.others() if other.state is not BearerState.CLOSED]
        bearer.wants_connect = any(other.was_accepted for other in others)

    def remove(self, bearer: Bearer, now: float) -> None:
        """Close a bearer and forget it."""
        self._step(bearer, BearerInput.RELEASE, now)
        self._alive.pop(bearer.leg, None)

    def proceed(self, bearer: Bearer, now: float) -> None:
        """Do what the new description of a bearer makes possible."""
        if bearer.state is BearerState.CLOSED:
            return
        self._trust(bearer)
        self.admit(bearer)
        if bearer.wants_connect:
            self._connect(bearer, now)
        if bearer.state is BearerState.CONNECTED:
            self._consider_tls(bearer, now)
        if bearer.state is BearerState.OPEN:
            self._join(bearer)
        self._await_connection(bearer, now)

    def admit(self, bearer: Bearer) -> None:
        """Let in whom the far end's address and the source filter leave, where that has changed."""
        is_held = bearer.remote is None and self.settings.early_syn is EarlySyn.HOLD
        source = "" if is_held else bearer.source
        if bearer.state is BearerState.LISTENING and source != bearer.accepts_from:
            bearer.accepts_from = source
            self.orders.append(orders.Accept(bearer.leg, source))

    def report(self, report: orders.Report, now: float) -> None:
        """Take what the relay saw; reports of legs that are gone are ignored."""
        bearer = self._alive.get(report.leg)
        if bearer is None:
            return
        secured = bearer.media.is_tls
        match report:
            case orders.Accepted():
                bearer.was_accepted = True
                self._step(bearer, BearerInput.ACCEPTED_SECURED if secured else BearerInput.ACCEPTED_PLAIN, now)
            case orders.Connected():
                self._step(bearer, BearerInput.CONNECTED_SECURED if secured else BearerInput.CONNECTED_PLAIN, now)
            case orders.ConnectFailed(cause=cause):
                self._step(bearer, BearerInput.CONNECT_FAILED, now, cause)
            case orders.Handshaken():
                self._step(bearer, BearerInput.HANDSHAKEN, now)
            case orders.Verified():
                self._step(bearer, BearerInput.VERIFIED, now)
            case orders.TlsFailed(cause=cause):
                self._step(bearer, BearerInput.TLS_FAILED, now, cause)
            case orders.Ended(cause=cause):
                self._step(bearer, BearerInput.ENDED, now, cause)

    def handle_timer(self, now: float) -> None:
        """Fail the bearers for which something did not come in time."""
        for leg in self.timers.due(now):
            for bearer in [one for name, one in self._alive.items() if name == leg]:
                self._step(bearer, BearerInput.WAIT_OVER, now, self._missing(bearer))

    # ---------------------------------------------------------------------------------------------------- the table

    def _step(self, bearer: Bearer, what: BearerInput, now: float, cause: str = "") -> None:
        step = BEARER[bearer.state, what]
        bearer.state = step.state
        for effect in step.effects:
            self._perform(bearer, effect, now, cause)

    def _perform(self, bearer: Bearer, effect: BearerEffect, now: float, cause: str) -> None:
        match effect:
            case BearerEffect.OPEN_TCP:
                self._open_tcp(bearer, now)
            case BearerEffect.TRIGGER_OTHER:
                for other in bearer.others():
                    self._connect(other, now)
            case BearerEffect.CONSIDER_TLS:
                self._consider_tls(bearer, now)
                self._await_connection(bearer, now)
            case BearerEffect.BEGIN_TLS if bearer.tls_role is not None:
                self.orders.append(orders.StartTls(bearer.leg, bearer.tls_role))
            case BearerEffect.AWAIT_FINGERPRINT:
                self.timers.set(bearer.leg, now + self.settings.fingerprint_wait_s)
            case BearerEffect.JOIN:
                self._join(bearer)
            case BearerEffect.TELL_TCP_FAILED | BearerEffect.TELL_TLS_FAILED | BearerEffect.TELL_RELEASED:
                self._tell(bearer, effect, cause)
            case BearerEffect.CLOSE | BearerEffect.ABORT:
                self.timers.cancel(bearer.leg)
                self.orders.append(orders.Close(bearer.leg, abort=effect is BearerEffect.ABORT))
            case BearerEffect.CLOSE_OTHER:
                for other in bearer.others():
                    self._step(other, BearerInput.RELEASE, now)

    def _connect(self, bearer: Bearer, now: float) -> None:
        """Open TCP once the far end's address is known, unless this side is told to wait for the far end's SYN."""
        bearer.wants_connect = True
        if bearer.remote is not None and bearer.setup is not Setup.PASSIVE:
            self._step(bearer, BearerInput.CONNECT, now)

    def _open_tcp(self, bearer: Bearer, now: float) -> None:
        remote = bearer.remote
        port, connection = (remote.port, remote.connection) if remote is not None else (0, None)
        if connection is None or connection.is_choose or not isinstance(port, int) or port == 0:
            self._step(bearer, BearerInput.CONNECT_FAILED, now, "the Remote descriptor names no address and port")
        else:
            self.orders.append(orders.Connect(bearer.leg, connection.address, port))

    def _await_connection(self, bearer: Bearer, now: float) -> None:
        """Limit the wait for the ends once both are known: the call is answered then, and somebody is to connect."""
        legs = [bearer, *bearer.others()]
        if len(legs) > 1 and all(one.remote is not None for one in legs):
            for one in legs:
                if one.state in (BearerState.LISTENING, BearerState.CONNECTED):
                    self.timers.set(one.leg, now + self.settings.connection_wait_s)

    def _missing(self, bearer: Bearer) -> str:
        """Say what did not come in time."""
        wait_s = self.settings.connection_wait_s
        match bearer.state:
            case BearerState.LISTENING:
                return f"no TCP connection came within {wait_s:g} s"
            case BearerState.CONNECTED:
                return f"TLS did not start within {wait_s:g} s"
        return f"no fingerprint came within {self.settings.fingerprint_wait_s:g} s"

    def _trust(self, bearer: Bearer) -> None:
        fingerprints = bearer.remote.fingerprints if bearer.remote is not None else ()
        if fingerprints and fingerprints != bearer.trusted and bearer.media.is_tls:
            bearer.trusted = fingerprints
            self.orders.append(orders.Trust(bearer.leg, fingerprints))

    def _consider_tls(self, bearer: Bearer, now: float) -> None:
        """A server waits for nothing; a client for the controller's word."""
        role = bearer.tls_role
        if role is TlsRole.SERVER or (role is TlsRole.CLIENT and bearer.tls_ordered):
            self._step(bearer, BearerInput.START_TLS, now)

    def _join(self, bearer: Bearer) -> None:
        self.timers.cancel(bearer.leg)
        for other in bearer.others():
            if other.state is BearerState.OPEN:
                self._set_gate(bearer, other)

    def _set_gate(self, bearer: Bearer, other: Bearer) -> None:
        """Let bytes flow as the modes of both streams say (Change Through-Connection, TS 23.334)."""
        forth, back = bearer.receives and other.sends, other.receives and bearer.sends
        if (bearer.gate, other.gate) != ((forth, back), (back, forth)):
            bearer.gate, other.gate = (forth, back), (back, forth)
            self.orders.append(orders.Join(bearer.leg, other.leg, forth, back))

    def _tell(self, bearer: Bearer, effect: BearerEffect, cause: str) -> None:
        """Indicate an event to the controller, if it asked for it."""
        termination = bearer.termination
        where = (termination.context.number, termination.name, termination.events.request_id, bearer.stream_id, cause)
        told: dict[BearerEffect, tuple[EventRole, Indication]] = {
            BearerEffect.TELL_TCP_FAILED: ("tcp_change", TcpFailed(*where)),
            BearerEffect.TELL_TLS_FAILED: ("tls_change", TlsFailed(*where)),
            BearerEffect.TELL_RELEASED: ("bearer_released", BearerReleased(*where)),
        }
        event, indication = told[effect]
        if event in termination.events.notify:
            self.indications.append(indication)
