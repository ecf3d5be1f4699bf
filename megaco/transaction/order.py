"""Which requests wait for which: the order of commands in different transactions (H.248.1 clause 9.1).

On a termination one Add, Modify, Move or Notify is under way at a time; a Subtract may come at any time; an Add waits
for a Subtract by ALL under way that may match its termination; audits wait for nothing. Terminations to be
chosen are new each time. A ServiceChange waits for another about the same termination, lest a gateway that stays after
all be heard before it says that it leaves; a Forced one may come at any time.
"""

from collections import deque
from collections.abc import Hashable
from typing import Generic, TypeVar

from megaco.message import (
    ALL,
    CHOOSE,
    ActionRequest,
    AddRequest,
    ModifyRequest,
    MoveRequest,
    NotifyRequest,
    ServiceChangeMethod,
    ServiceChangeRequest,
    SubtractRequest,
    stands_for,
)

Turn = tuple[Hashable, str, int]
"""A place where requests stand in line: peer, termination, and which of several Subtracts by ALL (0: no such;
-1: the line of ServiceChanges)."""

_NO_SWEEP = 0
_SERVICE_CHANGE = -1
_ALONE = (AddRequest, ModifyRequest, MoveRequest, NotifyRequest)


class Ordered:
    """A request that may have to wait."""

    __slots__ = ("ahead", "turns")

    def __init__(self) -> None:
        self.turns: tuple[Turn, ...] = ()
        """Where it stands in line."""
        self.ahead = 0
        """In how many of these lines others stand before it."""


Request = TypeVar("Request", bound=Ordered)


class Order(Generic[Request]):
    """The lines, one for each termination that requests are about."""

    def __init__(self) -> None:
        self._lines: dict[Turn, deque[Request]] = {}
        self._sweeps: dict[Hashable, dict[Turn, None]] = {}
        """Peer -> Subtracts under way that name terminations with ALL; each has a line of its own, for it waits for
        nothing, and those who wait for it do not wait for each other."""
        self._last_sweep = 0

    def join(self, request: Request, peer: Hashable, actions: tuple[ActionRequest, ...]) -> bool:
        """Put a request in line; True where it may go at once."""
        turns = self._turns(peer, actions)
        request.turns = tuple(dict.fromkeys(turns))
        request.ahead = 0
        for turn in request.turns:
            line = self._lines.get(turn)
            if line is None:
                self._lines[turn] = deque((request,))
            else:
                line.append(request)
                request.ahead += 1
        return request.ahead == 0

    def leave(self, request: Request) -> list[Request]:
        """Take a request out of its lines; return those whose turn has come."""
        freed: list[Request] = []
        for turn in request.turns:
            line = self._lines.get(turn)
            if line is None:
                continue  # of a Subtract by ALL that is done
            if line[0] is not request:
                line.remove(request)
                continue
            line.popleft()
            for one in self._next(turn, line):
                one.ahead -= 1
                if one.ahead == 0:
                    freed.append(one)
        request.turns = ()
        return freed

    def is_empty(self) -> bool:
        """Tell whether nobody stands in line."""
        return not self._lines and not self._sweeps

    def _next(self, turn: Turn, line: deque[Request]) -> list[Request]:
        """Return who stands before nobody in a line any more, now that its first has left."""
        is_sweep = turn[2] > _NO_SWEEP
        if is_sweep:
            self._end_sweep(turn)
        if is_sweep or not line:
            del self._lines[turn]
        return list(line) if is_sweep else [line[0]] if line else []

    def _turns(self, peer: Hashable, actions: tuple[ActionRequest, ...]) -> list[Turn]:
        """Return the lines that a request has to stand in."""
        turns: list[Turn] = []
        for action in actions:
            for asked in action.commands:
                command = asked.command
                if isinstance(command, _ALONE):
                    known = [name for name in command.termination_ids if CHOOSE not in name]
                    turns += [(peer, name.lower(), _NO_SWEEP) for name in known]
                    if peer in self._sweeps and isinstance(command, AddRequest):
                        turns += self._swept(peer, known)
                elif isinstance(command, ServiceChangeRequest):
                    if command.services.method is not ServiceChangeMethod.FORCED:
                        turns += [(peer, name.lower(), _SERVICE_CHANGE) for name in command.termination_ids]
                elif isinstance(command, SubtractRequest):
                    turns += [self._sweep(peer, name) for name in command.termination_ids if ALL in name]
        return turns

    def _sweep(self, peer: Hashable, pattern: str) -> Turn:
        self._last_sweep += 1
        turn = peer, pattern.lower(), self._last_sweep
        self._sweeps.setdefault(peer, {})[turn] = None
        return turn

    def _end_sweep(self, turn: Turn) -> None:
        sweeps = self._sweeps[turn[0]]
        del sweeps[turn]
        if not sweeps:
            del self._sweeps[turn[0]]

    def _swept(self, peer: Hashable, names: list[str]) -> list[Turn]:
        """Return the Subtracts by ALL under way that may match one of these terminations."""
        return [turn for turn in self._sweeps[peer] if any(stands_for(turn[1], name) for name in names)]
