"""The controller's decisions, sans-IO: offers and answers in, rewritten ones and procedure requests out.

It knows no sockets and no SIP. How to drive it: call ``offer``, ``answer``, ``reject`` and ``bye`` for what the ends
say, ``outcome`` for the gateway's reply to each ``Request``, ``indication`` for what the gateway notifies, and
``handle_timer`` when ``next_deadline`` has come; after any of them carry out ``take_actions``. Nothing here raises for
what an end sends.
"""

from collections import deque
from dataclasses import dataclass

from iq_profile.procedures import (
    BearerReleased,
    ConfigureConnectionPoint,
    Heartbeat,
    Indication,
    MediaInactive,
    Order,
    Outcome,
    Rejected,
    ReleaseTerminations,
    ReserveConnectionPoint,
    Reserved,
    TcpFailed,
    TerminationOutOfService,
    TlsFailed,
)
from megaco.message import ALL_CONTEXTS, ServiceChangeMethod, stands_for
from megaco.sdp import SdpError, Setup, push_down_fingerprints
from megaco.transaction.timers import Timers

from . import compose, rewrite
from .plans import PlanStep, answer_plan, offer_plan
from .session import SESSION, SessionEffect, SessionInput, SessionState
from .settings import AlgSettings
from .state import Point, Role, Session, Side

NOT_ACCEPTABLE = 488
"""Not Acceptable Here (RFC 3261): the offer cannot be served."""
REQUEST_PENDING = 491
"""Request Pending (RFC 3261): another offer is being worked on."""
SERVICE_UNAVAILABLE = 503


@dataclass(frozen=True, slots=True)
class Request:
    """Ask the gateway; hand its outcome back under the same number."""

    number: int
    procedure: Order


@dataclass(frozen=True, slots=True)
class SendOffer:
    """Give the answerer this offer."""

    session: str
    sdp: bytes


@dataclass(frozen=True, slots=True)
class SendAnswer:
    """Give the offerer this answer."""

    session: str
    sdp: bytes


@dataclass(frozen=True, slots=True)
class SendReject:
    """Tell the offerer no, with a SIP status code."""

    session: str
    code: int
    reason: str


@dataclass(frozen=True, slots=True)
class SendBye:
    """Tell one end that the session is over."""

    session: str
    to: Role
    reason: str


@dataclass(frozen=True, slots=True)
class SessionGone:
    """Nothing of a session is left; its name may be used again."""

    session: str


Action = Request | SendOffer | SendAnswer | SendReject | SendBye | SessionGone


class AlgEngine:
    """Every session of one controller."""

    def __init__(self, settings: AlgSettings) -> None:
        """Start without sessions."""
        self.settings = settings
        self._sessions: dict[str, Session] = {}
        self._waiting: dict[int, tuple[Session, Order]] = {}
        self._last_request = 0
        self._actions: list[Action] = []
        self._timers = Timers()

    # --------------------------------------------------------------------------------------------------------- in

    def offer(self, name: str, side: Side, sdp: bytes, agreed: frozenset[str], now: float) -> None:
        """Take an offer that comes from ``side``; ``agreed``: media security that the UE and this P-CSCF announced."""
        if name in self._sessions:
            self._actions.append(SendReject(name, NOT_ACCEPTABLE, "a session of this name is there already"))
            return
        if len(self._sessions) >= self.settings.most_sessions:
            self._refuse(name, SERVICE_UNAVAILABLE, "too many sessions")
            return
        try:
            session = self._read_offer(name, side, sdp, agreed)
        except SdpError as error:
            self._refuse(name, NOT_ACCEPTABLE, f"the offer: {error}")
            return
        if session.refused and not session.secured and not session.has_others:
            self._refuse(name, NOT_ACCEPTABLE, "no m-line can be secured: a=msrp-cema is missing")
            return
        self._sessions[name] = session
        self._step(session, SessionInput.OFFER, now)

    def answer(self, name: str, sdp: bytes, now: float) -> None:
        """Take the answerer's answer; one that cannot be read counts as a rejection."""
        session = self._sessions.get(name)
        if session is None or session.state is not SessionState.OFFERED:
            return
        try:
            answer = rewrite.read(sdp)
            if len(answer.media) != len(session.offer.media):
                raise SdpError(f"{len(session.offer.media)} m= lines, as in the offer", found=str(len(answer.media)))
            for index in session.secured:
                rewrite.check_far_end(answer.media[index], is_access=session.points["answerer"].interface == "access")
            session.answer = push_down_fingerprints(answer) if session.secured else answer
        except SdpError as error:
            self._actions.append(SendBye(name, "answerer", f"the answer: {error}"))
            self._happen(name, SessionInput.REJECTED, now, reason=f"the answer: {error}")
            return
        self._step(session, SessionInput.ANSWER, now)

    def reject(self, name: str, code: int, now: float) -> None:
        """Take the answerer's refusal."""
        self._happen(name, SessionInput.REJECTED, now, code=code, reason="rejected by the answerer")

    def bye(self, name: str, by: Role, now: float) -> None:
        """Take the end of a session as one of its ends says it."""
        self._happen(
            name, SessionInput.OFFERER_BYE if by == "offerer" else SessionInput.ANSWERER_BYE, now, reason="bye"
        )

    def outcome(self, number: int, outcome: Outcome, now: float) -> None:
        """Take what the gateway replied to a request."""
        if number not in self._waiting:
            return
        session, procedure = self._waiting.pop(number)
        session.outstanding = None
        if isinstance(procedure, ReleaseTerminations):
            # Refused or not: terminations that cannot be subtracted are not there.
            self._note_released(session)
            self._step(session, SessionInput.STEP_DONE, now)
            return
        refusal = self._note_reserved(session, procedure, outcome)
        if refusal is None:
            self._step(session, SessionInput.STEP_DONE, now)
        else:
            session.reason = refusal
            what = SessionInput.SECURITY_REFUSED if session.has_others else SessionInput.STEP_REFUSED
            self._step(session, what, now)

    def indication(self, indication: Indication, now: float) -> bool:
        """Take what the gateway notifies; False where the termination is not known here."""
        session = self._session_of(indication)
        if session is None:
            return False
        match indication:
            case Heartbeat() | MediaInactive():
                pass
            case TcpFailed() | TlsFailed() | BearerReleased():
                session.reason = f"{indication.title}: {indication.cause}"
                self._lose_stream(session, indication.stream_id, now)
        return True

    def turned_away(self, number: int, reason: str, now: float) -> None:
        """Take notice that a request was not sent, for the gateway takes no new sessions: the offer is unavailable."""
        if number in self._waiting:
            session, _ = self._waiting.pop(number)
            session.outstanding = None
            session.code, session.reason = SERVICE_UNAVAILABLE, reason
            self._step(session, SessionInput.STEP_REFUSED, now)

    def out_of_service(self, change: TerminationOutOfService, now: float) -> bool:
        """Take notice that terminations cannot be used, at once or soon; False where none of them is known here.

        A session whose termination is gone at once ends; one whose termination goes soon goes on until then.
        """
        affected = [session for session in self._sessions.values() if _is_about(change, session)]
        if change.method is ServiceChangeMethod.FORCED:
            for session in affected:
                session.reason = f"a termination is out of service: {change.reason_text}".rstrip(": ")
                self._step(session, SessionInput.BEARER_LOST, now)
        return bool(affected)

    def gateway_lost(self, now: float) -> None:
        """Take notice that the gateway restarted or left: its terminations are gone."""
        for session in [one for one in self._sessions.values() if one.needs_gateway]:
            session.reason = "the gateway is lost"
            self._step(session, SessionInput.GATEWAY_LOST, now)

    def handle_timer(self, now: float) -> None:
        """Do what has become due."""
        for name in self._timers.due(now):
            self._happen(str(name), SessionInput.ANSWER_WAIT_OVER, now, code=NOT_ACCEPTABLE, reason="no answer came")

    # -------------------------------------------------------------------------------------------------------- out

    def take_actions(self) -> list[Action]:
        """Return, once, what to do, in order."""
        taken, self._actions = self._actions, []
        return taken

    def next_deadline(self) -> float | None:
        """Return when to call ``handle_timer``; None: not at all."""
        return self._timers.next_deadline()

    def is_established(self, name: str) -> bool:
        """Tell whether a session has been offered and answered."""
        session = self._sessions.get(name)
        return session is not None and session.state is SessionState.ESTABLISHED

    @property
    def is_empty(self) -> bool:
        """Tell whether no session is left."""
        return not self._sessions

    # ---------------------------------------------------------------------------------------------------- reading

    def _refuse(self, name: str, code: int, reason: str) -> None:
        """Reject an offer of which nothing is kept."""
        self._actions += [SendReject(name, code, reason), SessionGone(name)]

    def _read_offer(self, name: str, side: Side, octets: bytes, agreed: frozenset[str]) -> Session:
        sdp = rewrite.read(octets)
        if len(sdp.media) > self.settings.most_lines:
            raise SdpError(f"at most {self.settings.most_lines} m= lines", found=str(len(sdp.media)))
        is_originating = side == "access"
        mechanisms = agreed & frozenset(self.settings.mechanisms)
        wanted = {
            index: rewrite.application_of(media)
            for index, media in enumerate(sdp.media)
            if rewrite.wants_securing(media, is_originating=is_originating, agreed=mechanisms, settings=self.settings)
        }
        refused = frozenset(index for index in wanted if rewrite.is_refused(sdp.media[index], self.settings))
        other: Side = "core" if is_originating else "access"
        points: dict[Role, Point] = {"offerer": Point(side), "answerer": Point(other)}
        secured = {index: application for index, application in wanted.items() if index not in refused}
        for index in secured:
            rewrite.check_far_end(sdp.media[index], is_access=is_originating)
        return Session(name, push_down_fingerprints(sdp) if secured else sdp, points, secured, refused)

    def _session_of(self, indication: Indication) -> Session | None:
        for session in self._sessions.values():
            if session.context_id == indication.context_id and any(
                point.termination_id == indication.termination_id for point in session.points.values()
            ):
                return session
        return None

    def _lose_stream(self, session: Session, stream_id: int, now: float) -> None:
        """Give up one stream; the session ends with its last one. Both terminations may tell of the same loss."""
        if session.secured.pop(stream_id - 1, None) is None:
            return
        session.refused |= {stream_id - 1}
        if not session.secured:
            self._step(session, SessionInput.BEARER_LOST, now)

    # ------------------------------------------------------------------------------------------------- the table

    def _happen(
        self, name: str, what: SessionInput, now: float, *, code: int = NOT_ACCEPTABLE, reason: str = ""
    ) -> None:
        session = self._sessions.get(name)
        if session is not None and SESSION[session.state, what].effects:
            session.code, session.reason = code, reason
            self._step(session, what, now)

    def _step(self, session: Session, what: SessionInput, now: float) -> None:
        step = SESSION[session.state, what]
        session.state = step.state
        for effect in step.effects:
            self._perform(session, effect, now)

    def _perform(self, session: Session, effect: SessionEffect, now: float) -> None:
        match effect:
            case SessionEffect.PLAN_OFFER:
                session.plan.extend(offer_plan(self.settings) if session.secured else (PlanStep.FORWARD_OFFER,))
            case SessionEffect.PLAN_ANSWER:
                self._timers.cancel(session.name)
                self._plan_answer(session)
            case SessionEffect.PLAN_WITHOUT_GATEWAY:
                session.refused |= session.secured.keys()
                session.secured.clear()
                session.plan = deque([PlanStep.RELEASE] if session.named else [])
                session.plan.append(PlanStep.FORWARD_OFFER)
            case SessionEffect.RUN_PLAN:
                self._run_plan(session, now)
            case SessionEffect.AWAIT_ANSWER:
                self._timers.set(session.name, now + self.settings.answer_wait_s)
            case SessionEffect.REJECT_OFFERER:
                self._actions.append(SendReject(session.name, session.code, session.reason))
            case SessionEffect.BYE_OFFERER:
                self._actions.append(SendBye(session.name, "offerer", session.reason))
            case SessionEffect.BYE_ANSWERER:
                self._actions.append(SendBye(session.name, "answerer", session.reason))
            case SessionEffect.RELEASE:
                self._release(session, now)
            case SessionEffect.FORGET_GATEWAY:
                self._note_released(session)
            case SessionEffect.FORGET:
                self._forget(session)

    def _forget(self, session: Session) -> None:
        self._timers.cancel(session.name)
        if session.outstanding is not None:
            self._waiting.pop(session.outstanding, None)
        del self._sessions[session.name]
        self._actions.append(SessionGone(session.name))

    # ------------------------------------------------------------------------------------------------------ plans

    def _plan_answer(self, session: Session) -> None:
        assert session.answer is not None
        answered = {index: session.answer.media[index] for index in session.secured}
        for index, media in answered.items():
            if media.is_rejected:
                del session.secured[index]
                session.refused |= {index}
        setups = [rewrite.answered_setup(media) for media in answered.values() if not media.is_rejected]
        steps: tuple[PlanStep, ...] = (PlanStep.FORWARD_ANSWER,)
        if not session.secured and session.named:
            steps = (PlanStep.RELEASE, PlanStep.FORWARD_ANSWER)
        elif session.secured:
            steps = answer_plan(
                self.settings,
                is_originating=session.is_originating,
                has_msrp="MSRP" in session.secured.values(),
                has_refused=session.has_unserved,
                is_peer_active=all(setup is Setup.ACTIVE for setup in setups),
            )
        session.plan.extend(steps)

    def _run_plan(self, session: Session, now: float) -> None:
        """Take steps until one waits for the gateway; then the plan goes on with its outcome."""
        while session.plan:
            match session.plan.popleft():
                case PlanStep.FORWARD_OFFER:
                    self._actions.append(
                        SendOffer(session.name, compose.rewritten(session, session.offer, is_offer=True))
                    )
                case PlanStep.FORWARD_ANSWER:
                    assert session.answer is not None
                    answer = compose.rewritten(session, session.answer, is_offer=False)
                    self._actions.append(SendAnswer(session.name, answer))
                    self._step(session, SessionInput.ANSWER_SENT, now)
                case waiting:
                    order = compose.procedure(session, waiting, self.settings)
                    if isinstance(order, ConfigureConnectionPoint) and not order.streams:
                        continue  # the streams that the step is about were lost meanwhile
                    self._request(session, order)
                    return
        self._step(session, SessionInput.PLAN_DONE, now)

    def _request(self, session: Session, procedure: Order) -> None:
        self._last_request += 1
        session.outstanding = self._last_request
        self._waiting[self._last_request] = session, procedure
        self._actions.append(Request(self._last_request, procedure))

    # ---------------------------------------------------------------------------------------------------- results

    def _note_reserved(
        self, session: Session, procedure: ReserveConnectionPoint | ConfigureConnectionPoint, outcome: Outcome
    ) -> str | None:
        """Remember what the gateway named and chose; return why that does not do, None where it does."""
        if isinstance(outcome, Rejected):
            return f"the gateway refuses: {outcome.code} {outcome.text}" if outcome.code else outcome.text
        if not isinstance(outcome, Reserved):
            return "the gateway's reply is to another command"
        asked = {terms.stream_id for terms in procedure.streams}
        chosen = {stream_id: local for stream_id, local in outcome.locals.items() if stream_id in asked}
        if isinstance(procedure, ReserveConnectionPoint):
            point = next(one for one in session.points.values() if one.interface == procedure.interface)
            session.context_id, point.termination_id = outcome.context_id, outcome.termination_id
            chosen = dict.fromkeys(asked, b"") | chosen
        else:
            point = next(one for one in session.points.values() if one.termination_id == procedure.termination_id)
        point.locals |= chosen
        try:
            for local in chosen.values():
                rewrite.check_chosen(local, is_access=point.interface == "access")
        except SdpError as error:
            return f"the gateway's Local descriptor: {error}"
        return None

    def _note_released(self, session: Session) -> None:
        for point in session.points.values():
            point.termination_id = None

    def _release(self, session: Session, now: float) -> None:
        """Subtract what is reserved; while something is outstanding its outcome comes first."""
        if session.outstanding is not None:
            return
        session.plan.clear()
        if session.named:
            self._request(session, compose.release(session, self.settings))
        else:
            self._step(session, SessionInput.RELEASED, now)


def _is_about(change: TerminationOutOfService, session: Session) -> bool:
    """Tell whether a change names a termination of a session, by itself or by a wildcard."""
    if change.context_id not in (ALL_CONTEXTS, session.context_id):
        return False
    return any(stands_for(pattern, name) for pattern in change.termination_ids for name in session.named)
