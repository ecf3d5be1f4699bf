"""A transaction, executed: its actions in order, their commands in order, up to the first that fails (clause 8)."""

from collections.abc import Sequence

import msgspec

from megaco.errors import PeerError
from megaco.message import (
    ALL,
    ALL_CONTEXTS,
    CHOOSE_CONTEXT,
    NULL_CONTEXT,
    ROOT,
    ActionReply,
    ActionRequest,
    AddRequest,
    AuditCapabilityRequest,
    Command,
    CommandReply,
    CommandRequest,
    ContextAuditReply,
    ContextProperties,
    MoveRequest,
    TransactionRequest,
)

from .attributes import check_properties, is_selected, set_properties, told_properties, unknown_property
from .audits import Audit, check_audit, is_empty
from .calls import ContextCall, Execution, Steps
from .connections import Connections
from .errors import CommandError, descriptor_of
from .inventory import Inventory
from .performing import Performer, Told
from .replies import refusal_of, reply_to, union_reply
from .resolution import Resolver, Scope, Target
from .service import ServiceStates
from .state import Context
from .union import Union

_CONTEXT_LIST_SINCE = 3
"""The version of the protocol since which a reply can hold a list of contexts."""


class Transaction:
    """One transaction that is being executed."""

    def __init__(
        self, inventory: Inventory, services: ServiceStates, request: TransactionRequest, version: int, now: float
    ) -> None:
        self._inventory = inventory
        self._config = inventory.config
        self._request = request
        self._version = version
        self._resolver = Resolver(inventory, self._compare)
        self._performer = Performer(inventory, services, self._resolver, now)
        self._comparisons = 0
        self._replies = 0

    def execute(self) -> Execution:
        """Carry out the actions; the first mandatory command that fails is the last."""
        replies: list[ActionReply] = []
        for action in self._request.actions:
            if not (yield from self._action(action, replies)):
                break
        return tuple(replies)

    # ---------------------------------------------------------------------------------------------------- actions

    def _action(self, action: ActionRequest, replies: list[ActionReply]) -> Steps[bool]:
        """Carry out one action, and write its replies; False: the transaction ends here."""
        try:
            scope = self._scope(action)
        except CommandError as error:
            replies.append(ActionReply(action.context_id, error=descriptor_of(error)))
            return False
        try:
            goes_on = yield from self._carry_out(scope, action)
        finally:  # a context stays while its action lasts: what empties it may be followed by what fills it again
            for context in scope.contexts.values():
                self._inventory.drop_if_empty(context)
        replies += scope.action_replies()
        return goes_on

    def _carry_out(self, scope: Scope, action: ActionRequest) -> Steps[bool]:
        """Set attributes, carry out commands, tell attributes as they are then (clause 7.2.9)."""
        try:
            if action.audit is not None:
                self._reserve(len(scope.contexts))
            yield from self._set_attributes(scope, action)
            for request in action.commands:
                if not (yield from self._command(scope, request)) and not request.optional:
                    return False
            self._tell_attributes(scope, action)
        except PeerError as error:
            scope.error = descriptor_of(error)
            return False
        return True

    def _scope(self, action: ActionRequest) -> Scope:
        """Return where the action applies; raises CommandError for one that applies nowhere, or says nothing."""
        properties = action.properties
        if properties is None and action.audit is None and not action.commands:
            raise CommandError(422, "Syntax Error in Action: there is nothing in it")
        if properties is not None and properties.context_list and action.context_id != ALL_CONTEXTS:
            raise CommandError(422, "Syntax Error in Action: a context list goes with all contexts")
        connections = Connections(action, self._inventory, self._compare)
        if action.context_id == NULL_CONTEXT:
            if properties is not None or action.audit is not None:
                raise CommandError(421, "Illegal combination of actions: the null context has no attributes")
            return Scope(NULL_CONTEXT, {}, connections)
        if action.context_id == ALL_CONTEXTS:
            return Scope(ALL_CONTEXTS, self._selected(action), connections)
        context = self._context(action)
        return Scope(context.id, {context.id: context}, connections)

    def _context(self, action: ActionRequest) -> Context:
        if action.context_id == CHOOSE_CONTEXT:
            if not any(isinstance(one.command, AddRequest | MoveRequest) for one in action.commands):
                raise CommandError(421, "Illegal combination of actions: nothing is brought into the new context")
            return self._inventory.new_context()
        if action.context_id not in self._inventory.contexts:
            raise CommandError(411, f"The transaction refers to an unknown ContextID {action.context_id}")
        return self._inventory.contexts[action.context_id]

    def _selected(self, action: ActionRequest) -> dict[int, Context]:
        """Return all contexts, or of them those that a context list and an audit's selections (version 3) leave."""
        contexts = self._inventory.contexts
        if action.properties is not None and action.properties.context_list:
            wanted = action.properties.context_list
            unknown = [number for number in wanted if number not in contexts]
            if unknown:
                raise CommandError(411, f"The transaction refers to an unknown ContextID {unknown[0]}")
            contexts = {number: contexts[number] for number in wanted}
        self._compare(len(contexts))
        return {number: one for number, one in contexts.items() if is_selected(one, action.audit, self._compare)}

    def _set_attributes(self, scope: Scope, action: ActionRequest) -> Steps[None]:
        properties = action.properties
        if properties is None or msgspec.structs.replace(properties, context_list=()) == ContextProperties():
            return
        for context in scope.contexts.values():
            scope.connections.check(context)
            check_properties(context, properties, self._config)
        for context in scope.contexts.values():
            yield ContextCall(context, properties)
            set_properties(context, properties)
            scope.connections.apply(context)

    def _tell_attributes(self, scope: Scope, action: ActionRequest) -> None:
        audit = action.audit
        if audit is None:
            return
        told: dict[int, ContextProperties | None] = {}
        for number, context in scope.contexts.items():
            unknown = unknown_property(context, audit, self._compare) if scope.context_id != ALL_CONTEXTS else None
            if unknown is not None:
                raise CommandError(self._config.codes.nothing_known, f"Context property {unknown} was never set")
            properties = told[number] = told_properties(context, audit, self._compare)
            weight = 1 if properties is None else max(1, len(properties.topology) + len(properties.properties))
            self._reserve(weight)
            self._replies += weight
        scope.told.update(told)

    # --------------------------------------------------------------------------------------------------- commands

    def _command(self, scope: Scope, request: CommandRequest) -> Steps[bool]:
        """Carry out one command on all terminations that it stands for; False: it failed on one of them at least."""
        command = request.command
        is_union = request.wildcard_return and any(ALL in name for name in command.termination_ids)
        try:
            self._resolver.check(scope, command)
            if isinstance(command, Audit):
                check_audit(command)
            targets = self._resolver.targets(scope, command)
            self._reserve(1 if is_union else sum(self._weight(scope, command, target) for target in targets))
        except CommandError as error:
            self._reply(scope, scope.context_id, refusal_of(command, command.termination_ids, descriptor_of(error)))
            return False
        scope.waiting = {target.termination for target in targets if target.termination is not None}
        if is_union:
            return (yield from self._together(scope, command, targets))
        if isinstance(command, Audit) and is_empty(command.audit):
            return self._list(scope, request, targets)
        return (yield from self._one_by_one(scope, request, targets))

    def _one_by_one(self, scope: Scope, request: CommandRequest, targets: Sequence[Target]) -> Steps[bool]:
        """Attempt a command with each termination, even after it has failed with one; a reply each."""
        command, is_done = request.command, True
        for target in targets:
            if self._lists_contexts(scope, command, target):
                self._list_contexts(scope, request)
                continue
            place = scope.place_of(target.termination)
            try:
                name, told = yield from self._attempt(scope, command, target)
                reply = reply_to(command, (name,), told)
            except PeerError as error:
                is_done = False
                reply = refusal_of(command, (target.name,), descriptor_of(error))
            self._reply(scope, place, reply)
        return is_done

    def _together(self, scope: Scope, command: Command, targets: Sequence[Target]) -> Steps[bool]:
        """Attempt a command with each termination, and write one reply for all (clause 6.2.2)."""
        union, is_done = Union(self._config), True
        for target in targets:
            if isinstance(command, Audit) and is_empty(command.audit) and target.error is None:
                continue  # nothing is asked of it
            try:
                _, told = yield from self._attempt(scope, command, target)
                union.add(told if isinstance(told, tuple) else ())
            except PeerError as error:
                is_done = False
                union.add((descriptor_of(error),))
        try:
            reply = union_reply(command, union.descriptors())
        except CommandError as error:
            is_done = False
            reply = refusal_of(command, command.termination_ids, descriptor_of(error))
        self._reply(scope, scope.context_id, reply)
        return is_done

    def _attempt(self, scope: Scope, command: Command, target: Target) -> Steps[tuple[str, Told]]:
        if target.termination is not None:
            scope.waiting.discard(target.termination)
        if target.error is not None:
            raise CommandError(target.error.code, target.error.what)
        return (yield from self._performer.perform(scope, command, target))

    # -------------------------------------------------------------------------------------- audits that list names

    def _list(self, scope: Scope, request: CommandRequest, targets: Sequence[Target]) -> bool:
        """Answer an empty audit, which asks for names alone: those that a wildcard finds in one list a context."""
        command, is_done = request.command, True
        assert isinstance(command, Audit)
        is_wildcarded = any(ALL in name for name in command.termination_ids)
        found: dict[int, list[str]] = {}
        for target in targets:
            place = scope.place_of(target.termination)
            if self._lists_contexts(scope, command, target):
                self._list_contexts(scope, request)
            elif target.error is not None:
                is_done = False
                self._reply(scope, place, refusal_of(command, (target.name,), descriptor_of(target.error)))
            elif is_wildcarded:
                found.setdefault(place, []).append(target.name)
            else:
                self._reply(scope, place, reply_to(command, (target.name,), ()))
        for place, names in found.items():
            listed = ContextAuditReply(isinstance(command, AuditCapabilityRequest), tuple(names))
            self._reply(scope, place, listed, len(names))
        return is_done

    def _lists_contexts(self, scope: Scope, command: Command, target: Target) -> bool:
        """An audit of ROOT in all contexts asks for the numbers of the contexts (clauses 7.2.5 and 7.2.6)."""
        is_root = target.termination is not None and target.termination.is_root
        return is_root and scope.context_id == ALL_CONTEXTS and isinstance(command, Audit)

    def _list_contexts(self, scope: Scope, request: CommandRequest) -> None:
        """List the contexts by an action reply each (clause 7.2.5).

        Where a wildcarded reply is asked for they are told in a list, which version 3 has; that it is meant for this
        was not readable, and is assumed.
        """
        numbers = [number for number, context in scope.contexts.items() if context.terminations]
        reply = reply_to(request.command, (ROOT,), ())
        if request.wildcard_return and self._version >= _CONTEXT_LIST_SINCE:
            scope.told[ALL_CONTEXTS] = ContextProperties(context_list=tuple(numbers)) if numbers else None
            numbers = []
        for number in numbers or [ALL_CONTEXTS]:
            self._reply(scope, number, reply)

    # ----------------------------------------------------------------------------------------------------- limits

    def _reply(self, scope: Scope, place: int, reply: CommandReply, weight: int = 1) -> None:
        scope.replies.setdefault(place, []).append(reply)
        self._replies += weight

    def _weight(self, scope: Scope, command: Command, target: Target) -> int:
        """Return how many replies, or names in lists, a target will take."""
        return max(1, len(scope.contexts)) if self._lists_contexts(scope, command, target) else 1

    def _reserve(self, count: int) -> None:
        """Refuse what would be answered with too many replies."""
        if self._replies + count > self._config.most_replies:
            text = f"{count} replies more, at most {self._config.most_replies} in a transaction"
            raise CommandError(self._config.codes.too_many_replies, text)

    def _compare(self, count: int) -> None:
        self._comparisons += count
        if self._comparisons > self._config.most_comparisons:
            text = f"More than {self._config.most_comparisons} comparisons of names in a transaction"
            raise CommandError(self._config.codes.too_much_work, text)
