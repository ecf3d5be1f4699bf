"""The books under any sequence of transactions, beside a naive model: the same replies, the same places, no leaks."""

from functools import partial
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from megaco.contexts import ChooseCall, CommandCall, Execution
from megaco.contexts.errors import CommandError
from megaco.message import (
    ALL_CONTEXTS,
    CHOOSE_CONTEXT,
    NULL_CONTEXT,
    ActionReply,
    Command,
    CommandReply,
    CommandRequest,
    ContextAuditReply,
    ServiceChangeMethod,
    ServiceState,
    TransactionRequest,
)

from .model import MOST_CONTEXTS, MOST_IN_CONTEXT, MOST_REPLIES, MOST_TERMINATIONS, Answer, Deed, Model, Order, Reply
from .rig import Rig, action, add, modify, move, service_change, subtract, value

_PHYSICAL = ["Tdm/1/1", "tdm/1/2", "tdm/2/1"]
_KINDS = ["Add", "Add", "Move", "Modify", "Subtract", "AuditValue", "Forced", "Restart", "Restart"]
_WILD = ["*", "*", "tdm/*", "tdm/1*", "*/1", "r*/*", "$", "$", "$", "tdm/1/$", "atm/$", "a/*/$"]
_NAMES = st.sampled_from([*_PHYSICAL, "TDM/1/1", "tdm/9", "ROOT", *_WILD]) | st.integers(0, 9).map("#{}".format)
_CONTEXTS = st.sampled_from([CHOOSE_CONTEXT, CHOOSE_CONTEXT, NULL_CONTEXT, ALL_CONTEXTS, 9999]) | st.integers(1, 6)
_RARELY = st.integers(0, 3).map(lambda number: number == 0)
_ORDERS = st.builds(
    Order, st.sampled_from(_KINDS), st.lists(_NAMES, min_size=1, max_size=2).map(tuple), st.booleans(), _RARELY
)
_DEEDS = st.builds(Deed, _CONTEXTS, st.lists(_ORDERS, min_size=1, max_size=4))
_ENOUGH = settings(max_examples=150, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck))


class Books(RuleBasedStateMachine):
    """Random transactions, some of them cancelled, and terminations that come and go by themselves."""

    def __init__(self) -> None:
        super().__init__()
        self.model = Model()
        self.rig = Rig(
            app=self._app,
            most_contexts=MOST_CONTEXTS,
            most_terminations_per_context=MOST_IN_CONTEXT,
            most_terminations=MOST_TERMINATIONS,
            most_replies=MOST_REPLIES,
        )
        self.rig.version = 2  # in which contexts are listed one by one

    def _app(self, call: Any) -> None:
        if isinstance(call, CommandCall) and call.termination.name in self.model.bad:
            raise CommandError(510, "no")
        assert isinstance(call, CommandCall | ChooseCall)

    @initialize(names=st.sets(st.sampled_from(_PHYSICAL), min_size=1))
    def provision(self, names: set[str]) -> None:
        """Begin with some physical terminations."""
        for name in sorted(names):
            self.rig.contexts.provision(name)
            self.model.places[name] = NULL_CONTEXT
            self.model.physical.add(name)

    def _meant(self, deeds: list[Deed]) -> list[Deed]:
        """Let numbers in names and contexts mean what is there: ``#2`` is the third termination."""
        names, contexts = list(self.model.places) or ["rtp/1"], sorted(set(self.model.places.values()) - {0}) or [1]
        return [
            Deed(
                contexts[deed.context % len(contexts)] if 0 < deed.context < 9 else deed.context,
                [
                    Order(
                        order.kind,
                        tuple(names[int(one[1:]) % len(names)] if one[0] == "#" else one for one in order.names),
                        order.is_optional,
                        order.is_together,
                    )
                    for order in deed.orders
                ],
            )
            for deed in deeds
        ]

    @rule(deeds=st.lists(_DEEDS, min_size=1, max_size=3), bad=st.sets(st.integers(0, 9), max_size=2))
    def transaction(self, deeds: list[Deed], bad: set[int]) -> None:
        """Execute a transaction; the application refuses some terminations."""
        deeds = self._meant(deeds)
        candidates = [*self.model.places, f"rtp/{self.model.last_number + 1}", f"rtp/{self.model.last_number + 2}"]
        self.model.bad, self.model.patience = {candidates[number % len(candidates)] for number in bad}, None
        wanted = self.model.execute(deeds)
        assert [_answer(one) for one in self.rig.run(*(_action(one) for one in deeds))] == wanted

    @rule(deeds=st.lists(_DEEDS, min_size=1, max_size=3), calls=st.integers(0, 6))
    def cancelled_transaction(self, deeds: list[Deed], calls: int) -> None:
        """Give a transaction up in the middle of a call: that command was none, those before it are done."""
        deeds = self._meant(deeds)
        self.model.bad, self.model.patience = set(), calls
        wanted = self.model.execute(deeds)
        request = TransactionRequest(1, tuple(_action(one) for one in deeds))
        execution = self.rig.contexts.execute(request, self.rig.version, 0.0)
        replies = _first_calls(execution, calls)
        execution.close()
        assert (None if replies is None else [_answer(one) for one in replies]) == wanted

    @rule(number=st.integers(0, 30))
    def release(self, number: int) -> None:
        """The application takes a termination out of its context."""
        names = [name for name, place in self.model.places.items() if place]
        if names:
            name = names[number % len(names)]
            assert self.rig.contexts.release(name.upper()).name == name
            self.model.release(name)

    @invariant()
    def the_books_agree(self) -> None:
        """With themselves, and with the model."""
        self.rig.check()
        assert self.rig.places == self.model.places
        assert [name for name, place in self.rig.places.items() if not place and name not in self.model.physical] == []
        states = {one.name for one in self._all() if one.service_state is ServiceState.OUT_OF_SERVICE}
        assert states == self.model.out_of_service

    def _all(self) -> list[Any]:
        return [self.rig.contexts.root, *self.rig.contexts.terminations.values()]


TestBooks = Books.TestCase
TestBooks.settings = _ENOUGH


def _first_calls(execution: Execution, calls: int) -> tuple[ActionReply, ...] | None:
    """Answer so many calls; return the replies if there were no more."""
    try:
        call = next(execution)
        for _ in range(calls):
            call = execution.send(call.accept(None))
    except StopIteration as stop:
        replies: tuple[ActionReply, ...] = stop.value
        return replies
    return None


def _action(deed: Deed) -> Any:
    return action(deed.context, *(_command(one) for one in deed.orders))


def _command(order: Order) -> CommandRequest:
    writers: dict[str, Any] = {
        "Add": add,
        "Move": move,
        "Modify": modify,
        "Subtract": subtract,
        "AuditValue": value,
        "Forced": service_change,
        "Restart": partial(service_change, method=ServiceChangeMethod.RESTART),
    }
    command: Command = writers[order.kind](*order.names)
    return CommandRequest(command, order.is_optional, order.is_together)


def _answer(reply: ActionReply) -> Answer:
    code = None if reply.error is None else reply.error.code
    return reply.context_id, tuple(_reply(one) for one in reply.replies), code


def _reply(reply: CommandReply) -> Reply:
    kind = type(reply).__name__.removesuffix("Reply")
    error = getattr(reply, "error", None)
    if isinstance(reply, ContextAuditReply):
        assert not reply.is_capability
    return kind, reply.termination_ids, None if error is None else error.code
