"""One command on one termination: calls the application, and keeps the books as the outcome says.

A command that fails leaves the books as they were (H.248.1 clause 8). What else it had begun, bearers of a multiplexing
termination, the application is told to take back.
"""

from collections.abc import Iterable
from contextlib import suppress
from typing import NamedTuple

import msgspec

from megaco.errors import PeerError
from megaco.message import (
    ALL,
    CHOOSE,
    AddRequest,
    AuditCapabilityRequest,
    AuditDescriptor,
    AuditReturn,
    AuditValueRequest,
    Command,
    MediaDescriptor,
    ModifyRequest,
    MoveRequest,
    ServiceChangeRequest,
    ServiceChangeResParm,
    SubtractRequest,
)

from .audits import audited, completed, subtracted
from .calls import Answer, ChooseCall, CommandCall, Steps
from .errors import CommandError
from .inventory import Inventory
from .multiplex import bearers_of, dropped_by, listed
from .names import form_to_fill, key_of, matcher_of
from .resolution import Resolver, Scope, Target
from .service import ServiceStates
from .state import KEPT, Context, Termination

Told = tuple[AuditReturn, ...] | ServiceChangeResParm | None
"""What a command's reply says of a termination."""
_Setting = AddRequest | MoveRequest | ModifyRequest
_NOTHING = AuditDescriptor()


class _Bearer(NamedTuple):
    """A bearer of a multiplexing termination that was brought into its context."""

    termination: Termination
    context: Context
    before: Context | None
    """Where it was before."""


_Begun = list[_Bearer]


class Performer:
    """Carries out commands on single terminations; whatever is refused is raised as PeerError."""

    def __init__(self, inventory: Inventory, services: ServiceStates, resolver: Resolver, now: float) -> None:
        self._inventory = inventory
        self._services = services
        self._resolver = resolver
        self._now = now
        self._config = inventory.config

    def perform(self, scope: Scope, command: Command, target: Target) -> Steps[tuple[str, Told]]:
        """Carry out a command; return the termination's name and what to reply."""
        termination = target.termination
        if termination is None:
            assert isinstance(command, AddRequest)
            termination = yield from self._choose(scope.context, command, target.name)
        elif not termination.is_root:  # the application may have taken it away while others had their turn
            termination = self._resolver.find(termination.name)
            self._resolver.check_place(scope, command, termination)
        told: Told
        match command:
            case AddRequest():
                told = yield from self._add(scope, command, termination, is_chosen=target.termination is None)
            case MoveRequest():
                told = yield from self._move(scope, command, termination)
            case ModifyRequest():
                told = yield from self._modify(scope, command, termination)
            case SubtractRequest():
                told = yield from self._subtract(scope, command, termination)
            case AuditValueRequest() | AuditCapabilityRequest():
                answer = yield _call(command, termination)
                told = audited(termination, command, _descriptors(answer))
            case ServiceChangeRequest():
                told = yield from self._service_change(command, termination)
            case _:
                raise AssertionError("a gateway gets no Notify: it was refused before")
        return termination.name, told

    # ----------------------------------------------------------------------------------------------------- choose

    def _choose(self, context: Context, command: AddRequest, pattern: str) -> Steps[Termination]:
        """Resolve CHOOSE: the application names a termination, or leaves it to the bookkeeping."""
        self._check_room(context)
        self._check_service(self._inventory.root)
        name = yield ChooseCall(pattern, context, command)
        if not isinstance(name, str):
            return self._default_choice(pattern)
        termination = self._inventory.terminations.get(key_of(name))
        if termination is None:
            if len(self._inventory.terminations) >= self._config.most_terminations:
                raise CommandError(432, f"Out of TerminationIDs: {len(self._inventory.terminations)} terminations")
            return Termination(name)
        if termination.context is not None:
            where = f"which is in context {termination.context.id} already"
            raise CommandError(self._config.codes.wrong_choice, f"{termination.name} was chosen, {where}")
        return termination

    def _default_choice(self, pattern: str) -> Termination:
        """Choose an idle physical termination where the pattern names such (432: none is free), else a new name."""
        matches = self._resolver.counted(matcher_of(pattern.replace(CHOOSE, ALL)))
        physical = self._inventory.provisioned(pattern, matches) if pattern != CHOOSE else iter(())
        is_physical = False
        for one in physical:
            is_physical = True
            if one.context is None and self._services.is_usable(one):
                return one
        if is_physical:
            raise CommandError(432, f"No TerminationID available: {pattern}")
        form = form_to_fill(pattern, self._config.ephemeral)
        if form is None:
            raise CommandError(430, f"Unknown TerminationID {pattern}")
        return Termination(self._inventory.new_name(form))

    # --------------------------------------------------------------------------------------- add, move and modify

    def _add(self, scope: Scope, command: AddRequest, termination: Termination, *, is_chosen: bool) -> Steps[Told]:
        context = scope.context
        self._check_room(context)
        self._check_service(termination)
        try:
            with self._inventory.placed(termination, context):
                scope.connections.join(context, termination, is_chosen=is_chosen)
                told = yield from self._set_up(scope, command, termination)
                _check_still(termination, context)
        except BaseException:  # whatever it was, a closed generator included, it is raised again
            scope.connections.leave(termination)
            raise
        return told

    def _move(self, scope: Scope, command: MoveRequest, termination: Termination) -> Steps[Told]:
        context, before = scope.context, termination.context
        self._check_room(context)
        self._check_service(termination)
        bearers = bearers_of(termination, but=scope.waiting)
        with self._inventory.placed(termination, context):
            scope.connections.join(context, termination, is_chosen=False)
            told = yield from self._set_up(scope, command, termination, bearers)
            _check_still(termination, context)
        for one in (termination, *bearers):
            self._inventory.settle(one, before)
        return told

    def _modify(self, scope: Scope, command: ModifyRequest, termination: Termination) -> Steps[Told]:
        dropped = dropped_by(termination, command.descriptors)
        told = yield from self._set_up(scope, command, termination)
        yield from self._subtract_bearers(dropped, termination.context)
        return told

    def _set_up(
        self, scope: Scope, command: _Setting, termination: Termination, moved: Iterable[Termination] = ()
    ) -> Steps[Told]:
        """Bring the bearers of a multiplexing termination, carry the command out, note what it has set."""
        context = termination.context
        begun: _Begun = []
        try:
            if context is not None:
                for bearer in moved:
                    yield from self._bring(scope, MoveRequest((bearer.name,)), bearer, context, begun)
                yield from self._add_bearers(scope, command, context, begun)
            told = _descriptors((yield _call(command, termination)))
        except PeerError:
            yield from self._take_back(begun)
            raise
        except BaseException:  # closed: the application cannot be told any more, but the books can be mended
            self._restore(begun)
            raise
        self._note(command, termination)
        audit = next((one for one in command.descriptors if isinstance(one, AuditDescriptor)), None)
        return completed(termination, audit, told)

    def _note(self, command: _Setting, termination: Termination) -> None:
        for one in command.descriptors:
            if isinstance(one, KEPT):
                termination.held[type(one)] = one
            elif isinstance(one, MediaDescriptor) and one.termination_state is not None:
                state = one.termination_state.service_state
                if state is not None:
                    self._services.set(termination, state)

    # --------------------------------------------------------------------------------- subtract and ServiceChange

    def _subtract(self, scope: Scope, command: SubtractRequest, termination: Termination) -> Steps[Told]:
        context = termination.context
        bearers = bearers_of(termination, but=scope.waiting)
        answer = yield _call(command, termination)
        told = subtracted(termination, command.audit, _descriptors(answer))
        if termination.context is context:
            self._retire(termination)
        yield from self._subtract_bearers(bearers, context)
        return told

    def _retire(self, termination: Termination) -> None:
        self._inventory.retire(termination)
        self._services.left_context(termination)

    def _service_change(self, command: ServiceChangeRequest, termination: Termination) -> Steps[Told]:
        method = command.services.method
        self._services.check(termination, method)
        answer = yield _call(command, termination)
        self._services.change(termination, method, command.services.delay, self._now)
        return answer if termination.is_root and isinstance(answer, ServiceChangeResParm) else None

    # ---------------------------------------------------------------------------------------------------- bearers

    def _add_bearers(self, scope: Scope, command: _Setting, context: Context, begun: _Begun) -> Steps[None]:
        """Add the bearers that a Mux descriptor lists and that are not there; 471 where one cannot be (7.2.1)."""
        for name in listed(command.descriptors):
            if key_of(name) in context.terminations:
                continue
            implied = AddRequest((name,))
            try:
                bearer = self._resolver.find(name)
                self._resolver.check_place(scope, implied, bearer)
                yield from self._bring(scope, implied, bearer, context, begun)
            except PeerError as error:
                raise CommandError(471, f"Implied Add of {name}: error {error.code}, {error.what}") from None

    def _bring(
        self, scope: Scope, command: AddRequest | MoveRequest, bearer: Termination, context: Context, begun: _Begun
    ) -> Steps[None]:
        before = bearer.context
        self._check_room(context)
        self._check_service(bearer)
        with self._inventory.placed(bearer, context):
            scope.connections.join(context, bearer, is_chosen=False)
            yield _call(command, bearer)
        begun.append(_Bearer(bearer, context, before))

    def _take_back(self, begun: _Begun) -> Steps[None]:
        """Tell the application that bearers go back to where they were; what it refuses is past mending."""
        try:
            for one in reversed(begun):
                name = (one.termination.name,)
                undo = SubtractRequest(name, _NOTHING) if one.before is None else MoveRequest(name)
                with suppress(PeerError):
                    yield _call(undo, one.termination)
        finally:
            self._restore(begun)

    def _restore(self, begun: _Begun) -> None:
        for one in reversed(begun):
            self._inventory.take_back(one.termination, one.context, one.before)

    def _subtract_bearers(self, bearers: Iterable[Termination], context: Context | None) -> Steps[None]:
        """Subtract bearers, without statistics for there is no reply to put them in; the first that fails ends it."""
        for bearer in bearers:
            if bearer.context is context:
                yield _call(SubtractRequest((bearer.name,), _NOTHING), bearer)
                self._retire(bearer)

    # ----------------------------------------------------------------------------------------------------- checks

    def _check_room(self, context: Context) -> None:
        most = self._config.most_terminations_per_context
        if len(context.terminations) >= most:
            raise CommandError(434, f"More than {most} terminations in a context")

    def _check_service(self, termination: Termination) -> None:
        self._services.check_usable(self._inventory.root)
        self._services.check_usable(termination)


def _check_still(termination: Termination, context: Context) -> None:
    """Refuse to tell of a termination that the application has released while it set it up."""
    if termination.context is not context:
        raise CommandError(430, f"TerminationID {termination.name} has been released")


def _call(command: Command, termination: Termination) -> CommandCall:
    return CommandCall(termination, msgspec.structs.replace(command, termination_ids=(termination.name,)))


def _descriptors(answer: Answer) -> tuple[AuditReturn, ...]:
    assert isinstance(answer, tuple)
    return answer
