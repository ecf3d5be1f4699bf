"""A gateway's books as one would first write them: lists that are searched, names that are compared in full.

It knows nothing of the code that it judges, and says what each transaction has to be answered with.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from megaco.message import ALL_CONTEXTS, CHOOSE_CONTEXT, NULL_CONTEXT

Reply = tuple[str, tuple[str, ...], int | None]
"""The command, the names and the error's code in a reply."""
Answer = tuple[int, tuple[Reply, ...], int | None]
"""The context, the replies and the error's code in an action reply."""

MOST_CONTEXTS = 4
MOST_IN_CONTEXT = 3
MOST_TERMINATIONS = 9
MOST_REPLIES = 8


@dataclass
class Order:
    """A command as a test draws it."""

    kind: str
    """Add, Move, Modify, Subtract, AuditValue, and of ServiceChange Forced or Restart."""
    names: tuple[str, ...]
    is_optional: bool = False
    is_together: bool = False


@dataclass
class Deed:
    """An action as a test draws it."""

    context: int
    orders: list[Order]


class Refused(Exception):  # noqa: N818  # an outcome rather than an error
    """A command, or an action, is answered with a code."""

    def __init__(self, code: int) -> None:
        self.code = code
        super().__init__(code)


class GivenUp(Exception):  # noqa: N818
    """The transaction was cancelled at this call."""


@dataclass
class Model:
    """Where each termination is."""

    places: dict[str, int] = field(default_factory=dict)
    """By name; the null context is 0. In a context the order is that in which they came."""
    physical: set[str] = field(default_factory=set)
    out_of_service: set[str] = field(default_factory=set)
    last_context: int = 0
    last_number: int = 0
    bad: set[str] = field(default_factory=set)
    """Names with which the application refuses everything (510)."""
    patience: int | None = None
    """How many calls there are until the transaction is cancelled; None: it is not."""
    replies: int = 0

    # --------------------------------------------------------------------------------------------------- transaction

    def execute(self, deeds: list[Deed]) -> list[Answer] | None:
        """Return what has to be answered; None where the transaction is given up."""
        self.replies = 0
        answers: list[Answer] = []
        try:
            for deed in deeds:
                goes_on, answered = self._action(deed)
                answers += answered
                if not goes_on:
                    break
        except GivenUp:
            return None
        return answers

    def _action(self, deed: Deed) -> tuple[bool, list[Answer]]:
        number = deed.context
        if not deed.orders:
            return False, [(number, (), 422)]
        if number == CHOOSE_CONTEXT:
            if not any(one.kind in ("Add", "Move") for one in deed.orders):
                return False, [(number, (), 421)]
            if len(self._contexts()) >= MOST_CONTEXTS:
                return False, [(number, (), 412)]
            number = self.last_context = self.last_context + 1
        elif number not in (NULL_CONTEXT, ALL_CONTEXTS) and number not in self._contexts():
            return False, [(number, (), 411)]
        self.scope = set(self._contexts()) if number == ALL_CONTEXTS else {number}
        told: dict[int, list[Reply]] = {}
        goes_on = True
        for order in deed.orders:
            is_done = self._order(number, order, told)
            if not is_done and not order.is_optional:
                goes_on = False
                break
        return goes_on, [(place, tuple(replies), None) for place, replies in told.items()]

    def _contexts(self) -> list[int]:
        return sorted({number for number in self.places.values() if number})

    # ------------------------------------------------------------------------------------------------------ commands

    def _order(self, number: int, order: Order, told: dict[int, list[Reply]]) -> bool:
        try:
            self._check(number, order)
            targets = self._targets(number, order)
            is_together = order.is_together and any("*" in name for name in order.names)
            contexts = sum(len(self.scope) - 1 for one, _ in targets if self._lists_contexts(number, order, one))
            if self.replies + (1 if is_together else len(targets) + max(0, contexts)) > MOST_REPLIES:
                raise Refused(533)
        except Refused as refused:
            self._tell(told, number, (order.kind, order.names, refused.code))
            return False
        outcomes = [self._one(number, order, name, error) for name, error in targets]
        codes = [code for _, _, code in outcomes if code is not None]
        if is_together:
            self._tell(told, number, (order.kind, order.names, codes[0] if codes else None))
        else:
            self._tell_each(number, order, outcomes, told)
        return not codes

    def _lists_contexts(self, number: int, order: Order, name: str) -> bool:
        return number == ALL_CONTEXTS and order.kind == "AuditValue" and name == "ROOT"

    def _tell_each(
        self, number: int, order: Order, outcomes: list[tuple[int, str, int | None]], told: dict[int, list[Reply]]
    ) -> None:
        is_list = order.kind == "AuditValue" and any("*" in name for name in order.names)
        found: dict[int, list[str]] = {}
        for place, name, code in outcomes:
            if self._lists_contexts(number, order, name):
                for one in [one for one in self._contexts() if one in self.scope] or [ALL_CONTEXTS]:
                    self._tell(told, one, (order.kind, ("ROOT",), None))
            elif is_list and code is None:
                found.setdefault(place, []).append(name)
            else:
                self._tell(told, place, (order.kind, (name,), code))
        for place, names in found.items():
            self._tell(told, place, ("ContextAudit", tuple(names), None), len(names))

    def _tell(self, told: dict[int, list[Reply]], place: int, reply: Reply, weight: int = 1) -> None:
        kind, names, code = reply
        reply = ("ServiceChange" if kind in ("Forced", "Restart") else kind), names, code
        told.setdefault(place, []).append(reply)
        self.replies += weight

    def _check(self, number: int, order: Order) -> None:
        if order.kind in ("Add", "Move", "Subtract") and number == NULL_CONTEXT:
            raise Refused(421)
        if order.kind in ("Add", "Move") and number == ALL_CONTEXTS:
            raise Refused(421)

    # ------------------------------------------------------------------------------------------- which are meant

    def _targets(self, number: int, order: Order) -> list[tuple[str, int | None]]:
        """Return names and the errors that are known beforehand; each termination once."""
        found: list[tuple[str, int | None]] = []
        for name in order.names:
            for target in self._meant(number, order.kind, name):
                is_choice = "$" in name and target[1] is None
                if target not in found or is_choice:
                    found.append(target)
        return found

    def _meant(self, number: int, kind: str, name: str) -> list[tuple[str, int | None]]:
        if name.upper() == "ROOT":
            if kind in ("Add", "Move", "Subtract") or number not in (NULL_CONTEXT, ALL_CONTEXTS):
                return [(name, 410)]
            return [("ROOT", None)]
        if "$" in name:
            return [(name, None if kind == "Add" and "*" not in name else 410)]
        if "*" in name:
            return [(one, None) for one in self._matching(number, kind, name)] or [(name, 431)]
        spelled = next((one for one in self.places if one.lower() == name.lower()), None)
        if spelled is None:
            return [(name, 430)]
        code = self._misplaced(number, kind, self.places[spelled])
        return [(name if code else spelled, code)]

    def _misplaced(self, number: int, kind: str, place: int) -> int | None:
        if kind == "Add":
            return 433 if place else None
        if kind == "Move":
            return 435 if not place else 433 if place == number else None
        return None if self._is_inside(number, place) else 435

    def _is_inside(self, number: int, place: int) -> bool:
        return place in self.scope and place != NULL_CONTEXT if number == ALL_CONTEXTS else place == number

    def _matching(self, number: int, kind: str, pattern: str) -> Iterator[str]:
        regular = re.compile(".*".join(re.escape(part) for part in pattern.lower().split("*")))
        matches: Callable[[str], bool] = lambda name: regular.fullmatch(name.lower()) is not None  # noqa: E731
        if kind == "Add" or number == NULL_CONTEXT:
            return (one for one in sorted(self.physical, key=str.lower) if matches(one) and not self.places[one])
        in_contexts = [one for place in self._contexts() for one, at in self.places.items() if at == place]
        if kind == "Move":
            return (one for one in in_contexts if matches(one) and self.places[one] != number)
        return (one for one in in_contexts if matches(one) and self._is_inside(number, self.places[one]))

    # ---------------------------------------------------------------------------------------------- one at a time

    def _one(self, number: int, order: Order, name: str, error: int | None) -> tuple[int, str, int | None]:
        place = self.places.get(name, number) if number == ALL_CONTEXTS else number
        if error is not None:
            return number, name, error
        if order.kind == "AuditValue":
            return place, name, None
        try:
            done = self._do(number, order.kind, name)
        except Refused as refused:
            return place, name, refused.code
        return place, done, None

    def _do(self, number: int, kind: str, name: str) -> str:
        """Carry out a command on one termination; return its name."""
        if kind == "Add" and self.places.get(name):  # another name of the same command stood for it
            raise Refused(433)
        if kind in ("Add", "Move") and sum(1 for place in self.places.values() if place == number) >= MOST_IN_CONTEXT:
            raise Refused(434)
        if kind == "Add":
            is_new = "$" in name
            name = self._choose(name) if is_new else name
            self._refuse_out_of_service(name)
            self._call(name)
            self._put(name, number)
        elif kind == "Move":
            self._refuse_out_of_service(name)
            before = self.places[name]
            self._put(name, before)  # in which order a wildcard finds them is not said: one in vain is the last then
            self._call(name)
            self._put(name, number)
        else:
            self._call(name)
            if kind == "Subtract":
                self._free(name)
            elif kind == "Forced":
                self.out_of_service.add(name)
            elif kind == "Restart":
                self.out_of_service.discard(name)
        return name

    def _choose(self, pattern: str) -> str:
        self._refuse_out_of_service("ROOT")
        self._call("")
        regular = re.compile(".*".join(re.escape(part) for part in pattern.lower().split("$")))
        group = [] if pattern == "$" else [one for one in self.physical if regular.fullmatch(one.lower())]
        for one in sorted(group, key=str.lower):
            if not self.places[one] and one not in self.out_of_service:
                return one
        if group or len(self.places) >= MOST_TERMINATIONS:
            raise Refused(432)
        form = "rtp/$" if pattern == "$" else pattern
        while True:
            self.last_number += 1
            name = form.replace("$", str(self.last_number))
            if name.lower() not in {one.lower() for one in self.places}:
                return name

    def _refuse_out_of_service(self, name: str) -> None:
        if {"ROOT", name} & self.out_of_service:
            raise Refused(502)

    def _call(self, name: str) -> None:
        if self.patience is not None:
            if self.patience == 0:
                raise GivenUp
            self.patience -= 1
        if name in self.bad:
            raise Refused(510)

    def _put(self, name: str, number: int) -> None:
        self.places.pop(name, None)
        self.places[name] = number

    def _free(self, name: str) -> None:
        del self.places[name]
        if name in self.physical:
            self.places[name] = NULL_CONTEXT
        else:
            self.out_of_service.discard(name)

    def release(self, name: str) -> None:
        """Take a termination out of its context."""
        self._free(name)
