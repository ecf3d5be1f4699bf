"""Which terminations a command stands for: names, CHOOSE, ALL, ROOT, in one context, in none or in all of them.

The rules are those of H.248.1 clauses 6.2.2 and 7.2. A list of TerminationIDs (version 3) is taken as the command
repeated with each of them, as a wildcard is; that was not readable, and is assumed.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from megaco.message import (
    ALL,
    ALL_CONTEXTS,
    CHOOSE,
    NULL_CONTEXT,
    ROOT,
    ActionReply,
    AddRequest,
    Command,
    CommandReply,
    ContextProperties,
    ErrorDescriptor,
    MoveRequest,
    NotifyRequest,
    SubtractRequest,
)

from .attributes import Compare
from .connections import Connections
from .errors import CommandError
from .inventory import Inventory
from .names import Matcher, is_root, key_of, matcher_of
from .state import Context, Termination

_NEED_CONTEXT = (AddRequest, MoveRequest, SubtractRequest)
_NEED_ONE_CONTEXT = (AddRequest, MoveRequest)


@dataclass(slots=True)
class Scope:
    """Where the commands of an action apply, and what has been replied to them."""

    context_id: int
    """The context's number, ``NULL_CONTEXT`` or ``ALL_CONTEXTS``."""
    contexts: dict[int, Context]
    """By number: none for ``NULL_CONTEXT``, those that the action means for ``ALL_CONTEXTS``."""
    connections: Connections
    replies: dict[int, list[CommandReply]] = field(default_factory=dict)
    """By context, in the order of the first reply in each."""
    told: dict[int, ContextProperties | None] = field(default_factory=dict)
    """By context: the attributes that an audit asked for."""
    error: ErrorDescriptor | None = None
    """Why the action as a whole ended."""
    waiting: set[Termination] = field(default_factory=set)
    """Terminations of the present command whose turn is to come."""

    @property
    def context(self) -> Context:
        """The one context of the action."""
        (context,) = self.contexts.values()
        return context

    def has(self, context: Context | None) -> bool:
        """Tell whether a context, the null context being None, is one of those that the action means."""
        if context is None:
            return self.context_id == NULL_CONTEXT
        return self.contexts.get(context.id) is context

    def place_of(self, termination: Termination | None) -> int:
        """Return the context whose reply tells of a termination; of ROOT, and of None, it is that of the action."""
        if self.context_id != ALL_CONTEXTS or termination is None or termination.is_root:
            return self.context_id
        return termination.context_id

    def action_replies(self) -> list[ActionReply]:
        """Return what is replied to the action: a reply for each context that there is something to say of."""
        numbers = list(dict.fromkeys((*self.told, *self.replies))) or [self.context_id]
        if self.error is not None and numbers[-1] != self.context_id:
            numbers.append(self.context_id)
        return [
            ActionReply(
                number,
                self.told.get(number),
                tuple(self.replies.get(number, ())),
                self.error if number == self.context_id else None,
            )
            for number in numbers
        ]


@dataclass(frozen=True, slots=True)
class Target:
    """One termination that a command stands for, or why there is none."""

    name: str
    """What its reply is to name."""
    termination: Termination | None = None
    """None where there is an error, and where CHOOSE is yet to be resolved."""
    error: CommandError | None = None


class Resolver:
    """Resolves the TerminationIDs of commands; counts comparisons with ``compare``."""

    def __init__(self, inventory: Inventory, compare: Compare) -> None:
        self._inventory = inventory
        self._codes = inventory.config.codes
        self._compare = compare

    def check(self, scope: Scope, command: Command) -> None:
        """Refuse a command that is none for a gateway (443), or none for such an action (421)."""
        name = type(command).__name__.removesuffix("Request")
        if isinstance(command, NotifyRequest):
            raise CommandError(443, f"Unsupported or unknown command {name}: a gateway sends it")
        if isinstance(command, _NEED_CONTEXT) and scope.context_id == NULL_CONTEXT:
            raise CommandError(421, f"Illegal combination of actions: {name} in the null context")
        if isinstance(command, _NEED_ONE_CONTEXT) and scope.context_id == ALL_CONTEXTS:
            raise CommandError(421, f"Illegal combination of actions: {name} in all contexts")

    def targets(self, scope: Scope, command: Command) -> list[Target]:
        """Return what a command stands for, each termination once; there is at least one target."""
        found: dict[Termination | str, Target] = {}
        for number, name in enumerate(command.termination_ids):
            for target in self._targets_of(scope, command, name):
                is_choice = target.termination is None and target.error is None
                found.setdefault(target.termination or (f"{number} {name}" if is_choice else name), target)
        if not found:
            raise CommandError(442, "Syntax Error in Command: no TerminationID")
        return list(found.values())

    def _targets_of(self, scope: Scope, command: Command, name: str) -> Iterable[Target]:
        try:
            if is_root(name):
                return [Target(ROOT, self._root(scope, command))]
            if CHOOSE in name:
                return [self._choice(command, name)]
            if ALL in name:
                return self._matching(scope, command, name)
            return [self._target(scope, command, name)]
        except CommandError as error:
            return [Target(name, error=error)]

    def _root(self, scope: Scope, command: Command) -> Termination:
        """ROOT is no termination of a context (clause 6.2.5): it is addressed in none of them, or in all."""
        if isinstance(command, _NEED_CONTEXT) or scope.context_id not in (NULL_CONTEXT, ALL_CONTEXTS):
            raise CommandError(410, "Incorrect identifier: ROOT")
        return self._inventory.root

    def _choice(self, command: Command, name: str) -> Target:
        if not isinstance(command, AddRequest):
            raise CommandError(self._codes.wrong_choose, f"Incorrect identifier: {name} cannot be chosen here")
        if ALL in name:
            raise CommandError(self._codes.wrong_choose, f"Incorrect identifier: {name}")
        return Target(name)

    def _target(self, scope: Scope, command: Command, name: str) -> Target:
        termination = self.find(name)
        self.check_place(scope, command, termination)
        return Target(termination.name, termination)

    def find(self, name: str) -> Termination:
        """Return the termination of a name without wildcards; 430 where there is none."""
        termination = self._inventory.terminations.get(key_of(name))
        if termination is None:
            raise CommandError(430, f"Unknown TerminationID {name}")
        return termination

    def check_place(self, scope: Scope, command: Command, termination: Termination) -> None:
        """Refuse a termination that is not where the command takes it from."""
        context = termination.context
        if isinstance(command, AddRequest):
            if context is not None:
                raise CommandError(433, f"TerminationID {termination.name} is already in context {context.id}")
        elif isinstance(command, MoveRequest):
            if context is None:
                text = f"TerminationID {termination.name} is in the null context"
                raise CommandError(self._codes.moved_from_null, text)
            if context is scope.context:
                raise CommandError(433, f"TerminationID {termination.name} is already in context {context.id}")
        elif not scope.has(context):
            raise CommandError(435, f"TerminationID {termination.name} is not in the specified context")

    def _matching(self, scope: Scope, command: Command, pattern: str) -> list[Target]:
        found = list(self._candidates(scope, command, pattern))
        if not found:
            raise CommandError(431, f"No TerminationID matched {pattern}")
        return [Target(one.name, one) for one in found]

    def _candidates(self, scope: Scope, command: Command, pattern: str) -> Iterator[Termination]:
        """Yield what matches: for Add what is idle, for Move what is in other contexts, else what is inside."""
        matches = self.counted(matcher_of(pattern))
        if isinstance(command, AddRequest) or scope.context_id == NULL_CONTEXT:
            for one in self._inventory.provisioned(pattern, matches):
                if one.context is None:
                    yield one
            return
        is_move = isinstance(command, MoveRequest)
        for context in self._inventory.contexts.values() if is_move else scope.contexts.values():
            if not (is_move and scope.has(context)):
                yield from (one for key, one in context.terminations.items() if matches(key))

    def counted(self, matches: Matcher) -> Matcher:
        """Return a matcher that counts each comparison."""

        def is_match(key: str) -> bool:
            self._compare(1)
            return matches(key)

        return is_match
