"""The gateway's decisions, sans-IO: H.248 actions in, replies out; orders to the relay out, its reports in.

How to drive it: ``execute`` the actions of each request and send the replies; hand each report of the relay to
``report``; call ``handle_timer`` when ``next_deadline`` has come. After any of them perform ``take_orders`` and send
``take_indications``. Nothing here raises for what a controller sends.
"""

from collections.abc import Callable, Sequence

from iq_profile.procedures import (
    Acknowledged,
    Activate,
    ActivateInactivity,
    Audited,
    AuditValue,
    ConfigureConnectionPoint,
    ControllerOutOfService,
    Heartbeat,
    Indication,
    Outcome,
    Procedure,
    Recognition,
    Rejected,
    Released,
    ReleaseTerminations,
    ReserveConnectionPoint,
    Reserved,
    ServiceChanged,
    compose_outcome,
    recognise_command,
)
from iq_profile.roles import Roles
from megaco.message import (
    ALL,
    ALL_CONTEXTS,
    CHOOSE_CONTEXT,
    NULL_CONTEXT,
    ROOT,
    ActionReply,
    ActionRequest,
    CommandReply,
    ErrorDescriptor,
    ModifyRequest,
)
from megaco.sdp import Fingerprint, Sdp
from megaco.transaction.timers import Timers

from . import orders
from .bearers import Bearers
from .description import answer_local, read_description
from .orders import LegId
from .reading import CommandError, StreamWishes, Wishes, read_terms
from .settings import AgwSettings
from .state import Bearer, Context, Termination

ReservePort = Callable[[LegId, str], int]
"""Binds a port at an address for a leg and returns it; raises OSError where there is none."""


class AgwEngine:
    """Contexts and terminations of one gateway."""

    def __init__(
        self, settings: AgwSettings, roles: Roles, fingerprint: Fingerprint, reserve_port: ReservePort
    ) -> None:
        """Start empty; ``fingerprint`` is announced for every secured stream."""
        self.settings = settings
        self.roles = roles
        self.fingerprint = fingerprint
        self._reserve_port = reserve_port
        self._contexts: dict[int, Context] = {}
        self._bearers = Bearers(settings)
        self._heartbeats = Timers()
        self._last_context = 0
        self._last_termination = 0
        self._last_leg = 0
        self._has_controller_left = False
        self.watches_controller = False
        """Whether the controller has asked to be told when it is silent: whoever asks for that asks how long."""

    # --------------------------------------------------------------------------------------------------------- in

    def execute(self, actions: tuple[ActionRequest, ...], now: float) -> tuple[ActionReply, ...]:
        """Carry out a transaction's actions in order; the first mandatory command that fails ends it (clause 8.2.1)."""
        replies: list[ActionReply] = []
        for action in actions:
            reply, goes_on = self._action(action, now)
            replies.append(reply)
            if not goes_on:
                break
        return tuple(replies)

    def report(self, report: orders.Report, now: float) -> None:
        """Take what the relay saw."""
        self._bearers.report(report, now)

    def handle_timer(self, now: float) -> None:
        """Do what has become due."""
        self._bearers.handle_timer(now)
        for termination in self._heartbeats.due(now):
            assert isinstance(termination, Termination)
            number = termination.context.number
            self._bearers.indications.append(Heartbeat(number, termination.name, termination.events.request_id))
            self._arm_heartbeat(termination, now)

    def forget(self, indication: Indication, now: float) -> None:
        """Free a termination that the controller does not know: it answered an indication with 411, 430 or 435."""
        context = self._contexts.get(indication.context_id)
        termination = context.terminations.get(indication.termination_id.lower()) if context is not None else None
        if termination is not None:
            self._free(termination, now)
            self._drop_if_empty(termination.context)

    def release_all(self, now: float) -> None:
        """Free every termination."""
        for context in list(self._contexts.values()):
            for termination in list(context.terminations.values()):
                self._free(termination, now)
            self._drop_if_empty(context)

    # -------------------------------------------------------------------------------------------------------- out

    def take_orders(self) -> list[orders.Order]:
        """Return, once, what the relay shall do."""
        taken, self._bearers.orders = self._bearers.orders, []
        return taken

    def take_indications(self) -> list[Indication]:
        """Return, once, what to notify the controller of."""
        taken, self._bearers.indications = self._bearers.indications, []
        return taken

    def next_deadline(self) -> float | None:
        """Return when to call ``handle_timer``; None: not at all."""
        deadlines = (self._bearers.timers.next_deadline(), self._heartbeats.next_deadline())
        return min((one for one in deadlines if one is not None), default=None)

    def take_farewell(self) -> bool:
        """Tell, once, whether the controller has said that it leaves service."""
        taken, self._has_controller_left = self._has_controller_left, False
        return taken

    @property
    def is_empty(self) -> bool:
        """Tell whether no context is left."""
        return not self._contexts

    # ---------------------------------------------------------------------------------------------------- actions

    def _action(self, action: ActionRequest, now: float) -> tuple[ActionReply, bool]:
        """Carry out one action; the second value tells whether the transaction goes on."""
        try:
            context = self._context(action.context_id)
        except CommandError as error:
            return ActionReply(action.context_id, error=ErrorDescriptor(error.code, error.text)), False
        try:
            replies, goes_on = self._commands(context, action, now)
        finally:
            if context is not None:
                self._drop_if_empty(context)
        return ActionReply(action.context_id if context is None else context.number, replies=tuple(replies)), goes_on

    def _context(self, context_id: int) -> Context | None:
        """Return the context of an action; None for the null context and for all contexts."""
        if context_id in (NULL_CONTEXT, ALL_CONTEXTS):
            return None
        if context_id == CHOOSE_CONTEXT:
            if len(self._contexts) >= self.settings.most_contexts:
                raise CommandError(412, "No ContextIDs available")
            return self._new_context()
        if context_id not in self._contexts:
            raise CommandError(411, f"The transaction refers to an unknown ContextID {context_id}")
        return self._contexts[context_id]

    def _new_context(self) -> Context:
        self._last_context = self._last_context % (CHOOSE_CONTEXT - 1) + 1
        while self._last_context in self._contexts:
            self._last_context = self._last_context % (CHOOSE_CONTEXT - 1) + 1
        context = self._contexts[self._last_context] = Context(self._last_context)
        return context

    def _drop_if_empty(self, context: Context) -> None:
        if not context.terminations:
            self._contexts.pop(context.number, None)

    # --------------------------------------------------------------------------------------------------- commands

    def _commands(self, context: Context | None, action: ActionRequest, now: float) -> tuple[list[CommandReply], bool]:
        """Carry out commands up to the first mandatory one that fails; False: there was one."""
        replies: list[CommandReply] = []
        for request in action.commands:
            recognition = recognise_command(action, request, self.roles, "controller")
            try:
                outcomes = self._carry(context, recognition, now)
            except CommandError as error:
                replies += compose_outcome(request.command, Rejected(error.code, error.text))
                if not request.optional:
                    return replies, False
            else:
                replies += [reply for one in outcomes for reply in compose_outcome(request.command, one)]
        return replies, True

    def _carry(self, context: Context | None, recognition: Recognition, now: float) -> Sequence[Outcome]:
        """Carry out what a command is; raises CommandError for what is no procedure, or none that a gateway serves."""
        match recognition.procedures:
            case (AuditValue() as audit,):
                _refuse_faults(recognition)
                return self._audit(context, audit)
            case (ReserveConnectionPoint() | ConfigureConnectionPoint() | ReleaseTerminations(), *_) if context is None:
                raise CommandError(421, "Unknown action or illegal combination of actions: the command needs a context")
            case (ReserveConnectionPoint() as reserve,) if context is not None:
                return [self._reserve(context, reserve, recognition, now)]
            case (ConfigureConnectionPoint(), *_) as procedures if context is not None:
                return self._configure(context, procedures, recognition, now)
            case (ReleaseTerminations() as release,) if context is not None:
                _refuse_faults(recognition)
                return self._release(context, release, now)
            case (ControllerOutOfService() as farewell,):
                _refuse_faults(recognition)
                self._has_controller_left = True
                return [ServiceChanged(NULL_CONTEXT, farewell.termination_ids)]
        names = recognition.command.termination_ids
        is_about_root = isinstance(recognition.command, ModifyRequest) and context is None and len(names) == 1
        if is_about_root and all(isinstance(one, Activate) for one in recognition.procedures):
            _refuse_faults(recognition)
            self.watches_controller = any(isinstance(one, ActivateInactivity) for one in recognition.procedures)
            return [Acknowledged(NULL_CONTEXT, recognition.command.termination_ids)]
        name = type(recognition.command).__name__.removesuffix("Request")
        raise CommandError(443, f"Unsupported or unknown command {name}")

    def _named(self, context: Context, termination_ids: tuple[str, ...]) -> list[Termination]:
        """Return the terminations that a command names."""
        found: list[Termination] = []
        for name in termination_ids:
            matching = [one for one in context.terminations.values() if one.is_named(name)]
            if not matching and ALL in name:
                raise CommandError(431, f"No TerminationID matched {name}")
            if not matching and any(name.lower() in other.terminations for other in self._contexts.values()):
                raise CommandError(435, f"Termination ID {name} is not in the specified context")
            if not matching:
                raise CommandError(430, f"Unknown TerminationID {name}")
            found += [one for one in matching if one not in found]
        return found

    def _reserve(
        self, context: Context, reserve: ReserveConnectionPoint, recognition: Recognition, now: float
    ) -> Outcome:
        interface = (reserve.interface or "").lower()
        if reserve.group is None or self.settings.address_of(interface) is None:
            asked, form = recognition.command.termination_ids[0], self.roles.terminations
            known = " and ".join(form.form.format(group="GROUP", interface=one, id="$") for one in ("access", "core"))
            raise CommandError(430, f"Unknown TerminationID {asked}: {known} can be added")
        if len(context.terminations) >= self.settings.most_terminations:
            raise CommandError(434, f"More than {self.settings.most_terminations} terminations in a context")
        _refuse_faults(recognition)
        self._last_termination += 1
        name = self.roles.terminations.termination(reserve.group, interface, self._last_termination)
        termination = Termination(name, interface, context)
        context.terminations[name.lower()] = termination
        try:
            wishes = read_terms(reserve, termination, self.settings, self.roles)
            (chosen,) = self._carry_out([wishes], now)
        except Exception:  # whatever it was, it is raised again: a termination half added must not stay
            self._free(termination, now)
            raise
        return Reserved(context.number, name, chosen)

    def _configure(
        self, context: Context, procedures: Sequence[Procedure], recognition: Recognition, now: float
    ) -> list[Outcome]:
        """Change each termination, or where anything said of any of them cannot be done, none."""
        wished: dict[Termination, ConfigureConnectionPoint] = {}
        for one in procedures:
            assert isinstance(one, ConfigureConnectionPoint)
            wished |= dict.fromkeys(self._named(context, (one.termination_id,)), one)
        _refuse_faults(recognition)
        wishes = [read_terms(one, termination, self.settings, self.roles) for termination, one in wished.items()]
        return [
            Reserved(termination.context.number, termination.name, chosen)
            for termination, chosen in zip(wished, self._carry_out(wishes, now), strict=True)
        ]

    def _release(self, context: Context, release: ReleaseTerminations, now: float) -> list[Outcome]:
        gone = self._named(context, release.termination_ids)
        for termination in gone:
            self._free(termination, now)
        names = release.termination_ids if release.is_wildcarded else tuple(one.name for one in gone)
        return [Released(context.number, names)]

    def _audit(self, context: Context | None, audit: AuditValue) -> list[Outcome]:
        """Answer that what is named exists (an empty audit of ROOT monitors the association, TS 29.334 clause 5.12)."""
        if audit.items:
            raise CommandError(501, f"Not implemented: an audit of {', '.join(audit.items)}")
        if context is not None:
            return [Audited(context.number, tuple(one.name for one in self._named(context, audit.termination_ids)))]
        for name in audit.termination_ids:
            if ALL in name:
                raise CommandError(501, "Not implemented: an audit over all contexts")
            if name.upper() != ROOT:
                raise CommandError(430, f"Unknown TerminationID {name}")
        return [Audited(NULL_CONTEXT, audit.termination_ids)]

    def _free(self, termination: Termination, now: float) -> None:
        """Close all of a termination and forget it; the context stays, for more may come in the same action."""
        for bearer in termination.bearers.values():
            self._bearers.remove(bearer, now)
        self._heartbeats.cancel(termination)
        termination.context.terminations.pop(termination.name.lower(), None)

    # ---------------------------------------------------------------------------------------------------- wishes

    def _carry_out(self, wishes: list[Wishes], now: float) -> list[dict[int, bytes]]:
        """Do what a command wants, all of it or nothing.

        Return for each termination the Local descriptors that were under-specified, filled in. Raises CommandError
        with 510 where the ports run out; those that it had taken are given back.
        """
        reserved: list[Bearer] = []
        try:
            for one in wishes:
                for stream in one.new_streams:
                    reserved.append(self._new_bearer(one, stream))
        except Exception:  # whatever it was, it is raised again: its ports must not stay taken
            for bearer in reserved:
                self._give_back(bearer.termination, bearer.stream_id, now)
            raise
        return [self._apply(one, now) for one in wishes]

    def _apply(self, wishes: Wishes, now: float) -> dict[int, bytes]:
        """Do what is wanted of one termination, whose new streams have their ports."""
        termination = wishes.termination
        if wishes.filters_source is not None:
            termination.filters_source = wishes.filters_source
        if wishes.events is not None:
            termination.events = wishes.events
        chosen: dict[int, bytes] = {}
        for stream in wishes.streams:
            if stream.is_given_back:
                self._give_back(termination, stream.stream_id, now)
            else:
                chosen |= self._describe(termination.bearers[stream.stream_id], stream, wishes.address)
        for stream in wishes.streams:
            if stream.stream_id in termination.bearers:
                self._bearers.proceed(termination.bearers[stream.stream_id], now)
        for bearer in termination.bearers.values():  # the source filter is the termination's, not one stream's
            self._bearers.admit(bearer)
        self._arm_heartbeat(termination, now)
        return chosen

    def _arm_heartbeat(self, termination: Termination, now: float) -> None:
        """The heartbeat rests as long as the controller talks about the termination (H.248.36)."""
        if termination.events.heartbeat_s:
            self._heartbeats.set(termination, now + termination.events.heartbeat_s)
        else:
            self._heartbeats.cancel(termination)

    def _give_back(self, termination: Termination, stream_id: int, now: float) -> None:
        """Free one stream and its port."""
        bearer = termination.bearers.pop(stream_id, None)
        if bearer is not None:
            self._bearers.remove(bearer, now)

    def _new_bearer(self, wishes: Wishes, stream: StreamWishes) -> Bearer:
        assert stream.local is not None
        self._last_leg += 1  # part of the name: the relay may still have to close this stream's former leg
        leg = LegId(f"{wishes.termination.name}#{stream.stream_id}.{self._last_leg}")
        bearer = Bearer(leg, stream.stream_id, wishes.termination, read_description(stream.local))
        try:
            bearer.port = self._reserve_port(leg, wishes.address)
        except OSError as error:
            cause = f"no port at {wishes.address}: {error.strerror or error}"
            raise CommandError(510, f"Insufficient resources: {cause}") from None
        wishes.termination.bearers[stream.stream_id] = bearer
        self._bearers.add(bearer)
        return bearer

    def _describe(self, bearer: Bearer, stream: StreamWishes, address: str) -> dict[int, bytes]:
        """Note what is said of a stream; return its Local filled in, by stream, where it was under-specified."""
        chosen: dict[int, bytes] = {}
        if stream.local is not None:
            filled: Sdp = answer_local(stream.local, address, bearer.port, self.fingerprint)
            bearer.media = filled.media[0]
            chosen = {} if filled is stream.local else {stream.stream_id: filled.encode()}
        bearer.remote = bearer.remote if stream.remote is None else stream.remote
        bearer.mode = bearer.mode if stream.mode is None else stream.mode
        bearer.tls_ordered |= stream.establish_tls
        return chosen


def _refuse_faults(recognition: Recognition) -> None:
    """Refuse a command for the first thing in it that is no part of its procedure."""
    for fault in recognition.faults:
        raise CommandError(fault.code, fault.what)
