"""The controller's hands: H.248 endpoint and signalling round the engine. It decides nothing."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass

from iq_profile.mediasec import MediasecError, parse_security_headers, server_offer, write_security_header
from iq_profile.procedures import (
    Acknowledged,
    Indication,
    Outcome,
    Recognition,
    Rejected,
    ServiceChanged,
    TerminationOutOfService,
    TerminationRestoration,
    compose,
    compose_outcome,
    read_outcome,
    recognise_command,
)
from megaco.association import GatewayDown, GatewayUp, RegisteredGateway, RegistrarEvent, begins_call
from megaco.endpoint import Mgc
from megaco.endpoint.log import shown
from megaco.errors import LocalError, TransportError
from megaco.message import (
    ActionReply,
    ActionRequest,
    ErrorDescriptor,
    NotifyRequest,
    ServiceChangeMethod,
)
from megaco.transaction import RequestReceived
from megaco.transport import Alarm, Trace, parse_host_port

from . import signalling
from .config import AlgConfig
from .engine import (
    NOT_ACCEPTABLE,
    REQUEST_PENDING,
    SERVICE_UNAVAILABLE,
    Action,
    AlgEngine,
    Request,
    SendAnswer,
    SendBye,
    SendOffer,
    SendReject,
    SessionGone,
)
from .signalling import End, SignallingServer
from .state import Role
from .watch import watch_request

_log = logging.getLogger("h248.alg")

Observer = Callable[[str, signalling.FromEnd], None]
"""Sees each message of an end, with the end's name."""

_UNKNOWN_CONTEXT = 411
_NO_SUCH_COMMAND = 443
_UNKNOWN = Rejected(430, "Unknown TerminationID")
"""Of an indication about a termination that is not known here."""


@dataclass(slots=True)
class _Call:
    """Who takes part in a session."""

    offerer: End
    answerer: End | None
    offer: str
    """SDP as it came."""


class Controller:
    """A running IMS-ALG."""

    def __init__(self, config: AlgConfig, observer: Observer | None = None) -> None:
        """Use ``start``."""
        self.config = config
        self._observer = observer
        self.roles = config.roles()
        self.engine = AlgEngine(config.policy)
        self._watch_request = watch_request(config.h248, self.roles)
        self.gateway: RegisteredGateway | None = None
        """The gateway that sessions are served by."""
        self.registered = asyncio.Event()
        self.mgc: Mgc | None = None
        self.signalling_port = 0
        self._signalling = SignallingServer(self._on_message, self._on_lost)
        self._ends: dict[str, End] = {}
        self._agreed: dict[str, frozenset[str]] = {}
        self._calls: dict[str, _Call] = {}
        self._alarm = Alarm(self._due)

    @classmethod
    async def start(
        cls, config: AlgConfig, *, trace: Trace | None = None, observer: Observer | None = None
    ) -> "Controller":
        """Listen for gateways and ends; ``trace`` sees each H.248 datagram, ``observer`` each message of an end.

        Raises TransportError and LocalError, each with one line for the user.
        """
        controller = cls(config, observer)
        controller.mgc = await Mgc.listen(
            *config.h248.urls,
            on_gateway=controller._on_gateway,
            on_request=controller._on_request,
            mid=config.h248.identifier(),
            controller=config.controller(),
            peers=config.h248.gateways,
            transactions=config.transactions(),
            encoding=config.h248.encoding,
            dictionary=config.h248.dictionary(),
            version=controller.roles.identity.version,
            links=config.transport.links(),
            trace=trace,
        )
        try:
            host, port, _ = parse_host_port(config.signalling.listen)
            controller.signalling_port = await controller._signalling.listen(host, port)
        except BaseException:
            await controller.mgc.close()
            raise
        return controller

    async def close(self) -> None:
        """Close every socket."""
        self._alarm.set(None)
        await self._signalling.close()
        if self.mgc is not None:
            await self.mgc.close()

    def _now(self) -> float:
        return self._alarm.now()

    # --------------------------------------------------------------------------------------------------- gateway

    def _on_gateway(self, event: RegistrarEvent) -> None:
        """Hear of a gateway; one that leaves or has too much to do is not asked for new sessions (``Mgc.submit``)."""
        is_serving = self.gateway is not None and self.gateway.peer == event.gateway.peer
        if isinstance(event, GatewayUp):
            self._come(event, is_serving or (event.before is not None and event.before == self.gateway))
        elif isinstance(event, GatewayDown) and is_serving:
            self._lose_gateway()
        self._drain()

    def _come(self, event: GatewayUp, is_serving: bool) -> None:
        """One gateway serves; another that registers meanwhile waits until that one has left or fallen silent.

        A gateway that restarts holds nothing of before; one that was only disconnected still holds everything, also
        where it speaks from somewhere else now, as it does after its TCP connection has broken.
        """
        if self.gateway is None or is_serving:
            self.gateway = event.gateway
            self.registered.set()
        if is_serving and event.method is not ServiceChangeMethod.DISCONNECTED:
            self.engine.gateway_lost(self._now())
        self._watch(event.gateway)

    def _watch(self, gateway: RegisteredGateway) -> None:
        """Ask a gateway to report what the configuration wants to hear of it."""
        if self._watch_request is not None and self.mgc is not None:
            self.mgc.submit(gateway, (self._watch_request,), lambda reply: _note_watch(gateway, read_outcome(reply)))

    def _lose_gateway(self) -> None:
        """End what the serving gateway held; another that is registered takes over, best one that stays."""
        assert self.mgc is not None
        registrar = self.mgc.registrar
        others = [one for one in registrar.gateways.values() if one != self.gateway]
        self.gateway = next(filter(registrar.may_begin, others), others[0] if others else None)
        if self.gateway is None:
            self.registered.clear()
        self.engine.gateway_lost(self._now())

    def _on_request(self, event: RequestReceived) -> tuple[ActionReply, ...]:
        """Answer what the gateway indicates; it frees what is not known here (411)."""
        serves = self.gateway is not None and self.gateway.peer == event.peer
        replies = tuple(self._indicated(action, serves) for action in event.request.actions)
        asyncio.get_running_loop().call_soon(self._drain)
        return replies

    def _indicated(self, action: ActionRequest, serves: bool) -> ActionReply:
        """Take the indications of one action; ``serves`` tells whether its gateway is the one that serves.

        A command that is wrong has done nothing; one about a termination that is not known here is refused by itself,
        and where all are, the whole action is.
        """
        found = [recognise_command(action, request, self.roles, "gateway") for request in action.commands]
        if serves and not all(map(_is_taken, found)):
            told = "Notify, and ServiceChange of terminations, only"
            return ActionReply(action.context_id, error=ErrorDescriptor(_NO_SUCH_COMMAND, told))
        outcomes = [self._taken(action.context_id, one) if serves else _UNKNOWN for one in found]
        if all(one is _UNKNOWN for one in outcomes):
            error = ErrorDescriptor(_UNKNOWN_CONTEXT, "The transaction refers to an unknown ContextID")
            return ActionReply(action.context_id, error=error)
        composed = [compose_outcome(one.command, outcome) for one, outcome in zip(found, outcomes, strict=True)]
        return ActionReply(action.context_id, replies=tuple(reply for replies in composed for reply in replies))

    def _taken(self, context_id: int, recognition: Recognition) -> Outcome:
        """Hand an indication to the engine; return what comes of it."""
        for fault in recognition.faults:
            return Rejected(fault.code, fault.what)
        known = True
        for indication in recognition.procedures:
            if isinstance(indication, Indication | TerminationOutOfService):
                _log.info("%s", indication)
            if isinstance(indication, Indication):
                known &= self.engine.indication(indication, self._now())
            elif isinstance(indication, TerminationOutOfService):
                known &= self.engine.out_of_service(indication, self._now())
        accepted = Acknowledged if isinstance(recognition.command, NotifyRequest) else ServiceChanged
        return accepted(context_id, recognition.command.termination_ids) if known else _UNKNOWN

    # ------------------------------------------------------------------------------------------------------ ends

    def _on_message(self, end: End, message: signalling.FromEnd) -> None:
        if self._observer is not None:
            attached = message if isinstance(message, signalling.Attach) else end.attached
            self._observer(attached.user if attached is not None else "", message)
        if isinstance(message, signalling.Attach):
            self._attach(end, message)
        elif end.attached is None:
            end.send(signalling.Fault("attach first"))
        else:
            self._on_session_message(end, message)
        self._drain()

    def _attach(self, end: End, message: signalling.Attach) -> None:
        """Agree on media security: what the UE announced and this P-CSCF supports (5.2.1.2.1, 5.2.1.3.1)."""
        supported = self.config.policy.mechanisms
        try:
            client = parse_security_headers(message.security_client)
        except MediasecError as error:
            end.send(signalling.Fault(f"security_client: {error}"))
            return
        holder = self._ends.get(message.user)
        if holder is not None and holder is not end:
            end.send(signalling.Fault(f"{message.user!r} is attached already"))
            return
        self._detach(end)
        end.attached = message
        self._ends[message.user] = end
        self._agreed[message.user] = frozenset(name for name in supported if client.supports(name))
        answered = write_security_header(server_offer(client, supported))
        end.send(signalling.Attached((answered,) if answered else ()))

    def _detach(self, end: End) -> None:
        """Forget an end's name, unless another end has taken it meanwhile."""
        if end.attached is not None and self._ends.get(end.attached.user) is end:
            del self._ends[end.attached.user], self._agreed[end.attached.user]

    def _on_session_message(self, end: End, message: signalling.AboutSession) -> None:
        match message:
            case signalling.Offer():
                self._offer(end, message)
            case signalling.Answer(session=session, sdp=sdp):
                if self._role(session, end) == "answerer":
                    self.engine.answer(session, sdp.encode(), self._now())
            case signalling.Reject(session=session, code=code):
                if self._role(session, end) == "answerer":
                    self.engine.reject(session, code, self._now())
            case signalling.Bye(session=session):
                role = self._role(session, end)
                if role is not None:
                    self.engine.bye(session, role, self._now())

    def _offer(self, end: End, message: signalling.Offer) -> None:
        assert end.attached is not None
        answerer = self._ends.get(message.to)
        call = self._calls.get(message.session)
        is_established = self.engine.is_established(message.session)
        if call is not None and call.offerer is end and call.offer == message.sdp and not is_established:
            return  # the same offer again: it is being worked on
        if call is not None and is_established and self._role(message.session, end) is not None:
            reason = "offers within a session are not in this release: all goes on as before"
            end.send(signalling.Reject(message.session, NOT_ACCEPTABLE, reason))
        elif call is not None:
            end.send(signalling.Reject(message.session, REQUEST_PENDING, "a session of this name is there already"))
        elif answerer is None or answerer is end:
            end.send(signalling.Reject(message.session, 404, f"nobody called {message.to!r} is attached"))
        elif self.gateway is None:
            end.send(signalling.Reject(message.session, SERVICE_UNAVAILABLE, "no gateway is registered"))
        else:
            self._calls[message.session] = _Call(end, answerer, message.sdp)
            user = end if end.attached.side == "access" else answerer
            agreed = self._agreed.get(user.attached.user, frozenset()) if user.attached is not None else frozenset()
            self.engine.offer(message.session, end.attached.side, message.sdp.encode(), agreed, self._now())

    def _role(self, session: str, end: End) -> Role | None:
        call = self._calls.get(session)
        if call is None:
            return None
        return "offerer" if call.offerer is end else "answerer" if call.answerer is end else None

    def _on_lost(self, end: End) -> None:
        self._detach(end)
        for session, call in list(self._calls.items()):
            if end in (call.offerer, call.answerer):
                self.engine.bye(session, "offerer" if call.offerer is end else "answerer", self._now())
        self._drain()

    # ---------------------------------------------------------------------------------------------------- actions

    def _drain(self) -> None:
        """Carry out what the engine wants done and set its next timer."""
        for action in self.engine.take_actions():
            self._perform(action)
        self._alarm.set(self.engine.next_deadline())

    def _due(self) -> None:
        self.engine.handle_timer(self._now())
        self._drain()

    def _perform(self, action: Action) -> None:
        match action:
            case Request():
                self._request(action)
            case SendOffer(session=session, sdp=sdp):
                call = self._calls[session]
                user = call.offerer.attached.user if call.offerer.attached is not None else ""
                self._send(session, "answerer", signalling.Offer(session, sdp.decode("utf-8", "replace"), user=user))
            case SendAnswer(session=session, sdp=sdp):
                self._send(session, "offerer", signalling.Answer(session, sdp.decode("utf-8", "replace")))
            case SendReject(session=session, code=code, reason=reason):
                self._send(session, "offerer", signalling.Reject(session, code, reason))
            case SendBye(session=session, to=role, reason=reason):
                self._send(session, role, signalling.Bye(session, reason))
            case SessionGone(session=session):
                self._send(session, "offerer", signalling.Gone(session))
                self._send(session, "answerer", signalling.Gone(session))
                self._calls.pop(session, None)

    def _send(self, session: str, role: Role, message: signalling.ToEnd) -> None:
        call = self._calls.get(session)
        end = (call.offerer if role == "offerer" else call.answerer) if call is not None else None
        if end is not None:
            end.send(message)

    def _request(self, request: Request) -> None:
        number = request.number
        if self.mgc is None or self.gateway is None:
            nobody = Rejected(0, "no gateway is registered")
            asyncio.get_running_loop().call_soon(self._outcome, number, nobody)
            return
        action, gateway = compose(request.procedure, self.roles), self.gateway
        try:
            self.mgc.submit(gateway, (action,), lambda reply: self._outcome(number, read_outcome(reply)))
        except (LocalError, TransportError) as error:
            reason = self._reason_against(gateway) if begins_call((action,)) else ""
            if reason:
                asyncio.get_running_loop().call_soon(self._turned_away, number, reason)
                return
            rejected = Rejected(0, f"the request cannot be sent: {error}")
            asyncio.get_running_loop().call_soon(self._outcome, number, rejected)

    def _reason_against(self, gateway: RegisteredGateway) -> str:
        """Return why a gateway may have been asked for no new session; "" where it takes all."""
        assert self.mgc is not None
        registrar = self.mgc.registrar
        if not registrar.may_begin(gateway):
            return "the gateway is leaving service"
        is_loaded = registrar.load.share(gateway.peer, self.mgc.pump.now()) > 0.0
        return "the gateway has too much to do" if is_loaded else ""

    def _turned_away(self, number: int, reason: str) -> None:
        self.engine.turned_away(number, reason, self._now())
        self._drain()

    def _outcome(self, number: int, outcome: Outcome) -> None:
        self.engine.outcome(number, outcome, self._now())
        self._drain()


def _is_taken(recognition: Recognition) -> bool:
    """Tell what a gateway may ask: Notify, and ServiceChange that says how terminations are."""
    changes = TerminationOutOfService | TerminationRestoration
    is_change = bool(recognition.procedures) and all(isinstance(one, changes) for one in recognition.procedures)
    return isinstance(recognition.command, NotifyRequest) or is_change


def _note_watch(gateway: RegisteredGateway, outcome: Outcome) -> None:
    if isinstance(outcome, Rejected):
        _log.info("%s reports nothing of itself: %d %s", gateway.peer, outcome.code, shown(outcome.text))
