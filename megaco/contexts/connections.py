"""What an action says of topology: triples, and the terminations that they come to connect (H.248.1 clause 7.1.18).

The triples stand before the commands of the action, but may name terminations that its commands only bring. So they
are applied to the terminations that are there, and for each one that comes, to it and those that are there then.
"""

from collections.abc import Sequence

from megaco.message import (
    ALL,
    CHOOSE,
    ActionRequest,
    AddRequest,
    MoveRequest,
    TopologyDirection,
    TopologyRequest,
    is_wildcarded,
)

from .attributes import Compare
from .errors import CommandError
from .inventory import Inventory
from .names import is_root, key_of, matcher_of
from .state import Context, Termination

_EITHER_WAY = {TopologyDirection.BOTHWAY, TopologyDirection.ISOLATE}


class Connections:
    """The topology triples of one action."""

    def __init__(self, action: ActionRequest, inventory: Inventory, compare: Compare) -> None:
        self._triples = action.properties.topology if action.properties is not None else ()
        self._brought = _Brought(action if self._triples else None, compare)
        self._inventory = inventory
        self._config = inventory.config
        self._compare = compare
        self._chosen: str | None = None
        """Key of the termination that CHOOSE stands for: that of the first Add with CHOOSE, once it is there."""

    def check(self, context: Context) -> None:
        """Refuse topology that is not taken at all, and triples with names that can stand for nothing in this action.

        422: a wrong CHOOSE, or one way from a termination to itself. 410: ROOT. 430, 435: a termination that is neither
        there nor brought by a command of the action. 444: no topology is taken.
        """
        if self._triples and not self._config.supports_topology:
            raise CommandError(444, "Unsupported or unknown descriptor: Topology")
        room = self._config.most_flows - context.topology.count
        for triple in self._triples:
            self._check_end(triple.termination_from, context)
            self._check_end(triple.termination_to, context)
            ones, others = self._ends(context, triple)
            room -= len(ones) * len(others)
            _refuse_overlap(triple, ones, others)
        self._check_room(room)

    def apply(self, context: Context) -> None:
        """Connect the terminations that are in the context."""
        for triple in self._triples:
            ones, others = self._ends(context, triple)
            self._compare(len(ones) * len(others))
            for one in ones:
                for other in others:
                    _connect(context, triple, one, other)

    def join(self, context: Context, termination: Termination, *, is_chosen: bool) -> None:
        """Connect a termination that has come; ``is_chosen``: its Add had CHOOSE."""
        if is_chosen and self._chosen is None:
            self._chosen = termination.key
        self._compare(len(self._triples))
        for triple in self._triples:
            is_from = self._stands_for(triple.termination_from, termination.key)
            is_to = self._stands_for(triple.termination_to, termination.key)
            if not is_from and not is_to:
                continue
            ones, others = self._ends(context, triple)
            self._check_room(self._config.most_flows - context.topology.count - len(ones) - len(others))
            for other in others if is_from else ():
                _connect(context, triple, termination, other)
            for one in ones if is_to else ():
                _connect(context, triple, one, termination)

    def leave(self, termination: Termination) -> None:
        """Take back that a termination has come: its Add failed."""
        if self._chosen == termination.key:
            self._chosen = None

    def _stands_for(self, pattern: str, key: str) -> bool:
        return key == self._chosen if pattern == CHOOSE else matcher_of(pattern)(key)

    def _matching(self, context: Context, pattern: str) -> list[Termination]:
        key = self._chosen if pattern == CHOOSE else key_of(pattern)
        if pattern == CHOOSE or not is_wildcarded(pattern):
            return [context.terminations[key]] if key is not None and key in context.terminations else []
        self._compare(len(context.terminations))
        matches = matcher_of(pattern)
        return [one for key, one in context.terminations.items() if matches(key)]

    def _ends(self, context: Context, triple: TopologyRequest) -> tuple[list[Termination], list[Termination]]:
        return self._matching(context, triple.termination_from), self._matching(context, triple.termination_to)

    def _check_end(self, end: str, context: Context) -> None:
        if is_root(end):
            raise CommandError(410, "Topology: ROOT is in no context")
        if CHOOSE in end:
            if end != CHOOSE or not self._brought.has_choose:
                raise CommandError(422, f"Topology: nothing in this action chooses what {end} stands for")
        elif ALL not in end and key_of(end) not in context.terminations and not self._brought.has(end):
            if key_of(end) in self._inventory.terminations:
                raise CommandError(435, f"Topology: {end} is not in the context")
            raise CommandError(430, f"Topology: unknown TerminationID {end}")

    def _check_room(self, room: int) -> None:
        if room < 0:
            text = f"More than {self._config.most_flows} connections in the topology of a context"
            raise CommandError(self._config.codes.too_much_work, text)


def _refuse_overlap(triple: TopologyRequest, ones: Sequence[Termination], others: Sequence[Termination]) -> None:
    """One way, there must be no termination that matches both ends (clause 7.1.18)."""
    ends = (triple.termination_from, triple.termination_to)
    is_overlap = ALL in ends or key_of(ends[0]) == key_of(ends[1])
    is_overlap = is_overlap or not {one.key for one in ones}.isdisjoint(one.key for one in others)
    if triple.direction not in _EITHER_WAY and is_overlap:
        raise CommandError(422, f"Topology: {triple.direction.value} from a termination to itself")


def _connect(context: Context, triple: TopologyRequest, one: Termination, other: Termination) -> None:
    if one is not other:
        context.topology.set(TopologyRequest(one.name, other.name, triple.direction, triple.stream_id))


class _Brought:
    """The TerminationIDs of the commands that bring terminations into the context of an action."""

    def __init__(self, action: ActionRequest | None, compare: Compare) -> None:
        commands = [one.command for one in action.commands] if action is not None else []
        names = [name for one in commands if isinstance(one, AddRequest | MoveRequest) for name in one.termination_ids]
        self.has_choose = any(CHOOSE in name for name in names)
        self._keys = {key_of(name) for name in names}
        self._matchers = [matcher_of(name) for name in names if ALL in name]
        self._compare = compare

    def has(self, name: str) -> bool:
        """Tell whether one of them may stand for a termination."""
        self._compare(1 + len(self._matchers))
        return key_of(name) in self._keys or any(matches(key_of(name)) for matches in self._matchers)
