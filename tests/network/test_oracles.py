"""The oracles see what they are there for: each engine that is spoiled on purpose is found out."""

import random
from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from megaco.transaction import TransactionEngine, TransactionIds, segments
from megaco.transaction.order import Order
from megaco.transaction.outbox import Outbox
from megaco.transaction.requester import Requester
from megaco.transaction.responder import Responder

from ..compiled import interpreted_only
from .draw import draw
from .plan import Network, Party, Plan, Step
from .shrink import kind, shrunk
from .simpler import SIMPLER
from .simulation import Result, run

pytestmark = interpreted_only
_SEEDS = range(8)


def _violations(weather: str, change: Callable[[Plan], Plan] = lambda plan: plan) -> str:
    """Return what is found in a few runs, as one text."""
    return "\n".join(one for seed in _SEEDS for one in run(change(draw(weather, seed))).violations)


def _configured(**changes: float) -> Callable[[Plan], Plan]:
    def change(plan: Plan) -> Plan:
        parties = [msgspec.structs.replace(party, config=party.config | changes) for party in plan.parties]
        return msgspec.structs.replace(plan, parties=tuple(parties))

    return change


def test_replies_forgotten_too_soon() -> None:
    """A responder that remembers its replies for a moment only executes again."""
    assert "is executed again" in _violations("lossy", _configured(long_timer_s=0.01))


def test_timers_that_do_not_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine that looks at no clock ends nothing."""
    monkeypatch.setattr(TransactionEngine, "handle_timer", lambda self, now: None)
    assert "was not done" in _violations("cuts")


def test_requests_that_come_to_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A request without reply and without failure is found."""
    monkeypatch.setattr(Requester, "_fail", lambda self, request, reason, now: None)
    assert "neither reply nor failure" in _violations("cuts")


def test_failures_that_come_late(monkeypatch: pytest.MonkeyPatch) -> None:
    """A requester that waits for longer than T-MAX is found."""
    plain = TransactionEngine.__init__

    def init(self: Any, mid: Any, config: Any, **others: Any) -> None:
        plain(self, mid, msgspec.structs.replace(config, lifetime_s=config.lifetime_s + 3.0), **others)

    monkeypatch.setattr(TransactionEngine, "__init__", init)
    assert "NO_REPLY after" in _violations("cuts")


def test_replies_that_are_not_what_was_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Segments put together in a wrong order are no reply that anybody gave."""
    plain = segments.joined

    def reversed_(pieces: dict[int, Any]) -> Any:
        return plain({-number: piece for number, piece in pieces.items()})

    monkeypatch.setattr(segments, "joined", reversed_)
    assert "is none of" in _violations("segments")


def test_requests_out_of_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Requests about a termination that do not wait for each other are found."""
    plain = Order.join

    def join(self: Any, request: Any, peer: Any, actions: Any) -> bool:
        return plain(self, request, peer, actions) or True

    monkeypatch.setattr(Order, "join", join)
    found = _violations("crowded")
    assert "came before" in found
    assert "were held back" in found


def test_ids_that_come_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """An endpoint that counts from the same number after a restart is found."""
    plain = TransactionIds.next

    def next_(self: Any, now: float) -> int:
        return plain(self, now) % 200

    monkeypatch.setattr(TransactionIds, "next", next_)
    assert "the id was used" in _violations("restarts")


def test_what_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """A responder that forgets no request holds it at the end."""
    monkeypatch.setattr(Responder, "_forget", lambda self, received: None)
    assert "things left" in _violations("calm")


def test_requests_not_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Counters that do not agree with what was asked are found."""
    plain = Requester.submit

    def submit(self: Any, *arguments: Any) -> int:
        number = plain(self, *arguments)
        self._counters.requests_sent += 1
        return number

    monkeypatch.setattr(Requester, "submit", submit)
    assert "outstanding" in _violations("calm")


def test_messages_that_are_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """A message longer than the link carries is found."""
    monkeypatch.setattr(Outbox, "excess", lambda self, peer, parcel: -1000)
    assert "a message of" in _violations("tight")


def test_more_remembered_than_may_be() -> None:
    """A limit that is not kept is found."""

    def change(plan: Plan) -> Plan:
        return _configured(max_received=5)(plan)

    assert _violations("lossy", change) == ""


def test_engines_that_raise(monkeypatch: pytest.MonkeyPatch) -> None:
    """An exception is a violation like any other, with its place."""

    def receive(self: Any, *arguments: Any) -> None:
        raise RuntimeError("spoiled on purpose")

    monkeypatch.setattr(TransactionEngine, "receive", receive)
    assert "RuntimeError: spoiled on purpose (test_oracles.py:" in _violations("calm")


def test_runs_come_out_the_same() -> None:
    """A plan and its seed decide everything."""
    assert [run(draw("storm", seed)) for seed in range(3)] == [run(draw("storm", seed)) for seed in range(3)]


def test_shrinking(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is left of a failing plan is what makes it fail, and no more."""
    plan = _configured(long_timer_s=0.01)(draw("lossy", 0))
    before = run(plan).violations[0]
    small = shrunk(plan, lambda one: run(one).violations, SIMPLER, 400)
    assert kind(run(small).violations[0]) == kind(before)
    assert len(small.steps) <= 3
    assert len(small.parties) == 2


def test_a_plan_by_hand() -> None:
    """Two parties, one request, nothing in its way."""
    steps = (Step(at=1.0, do="request", who="mgc", to="mg1", number=1, actions=("1: modify ip/1/core/1",)),)
    result = run(Plan(seed=1, weather="calm", network=Network(), parties=(Party("mgc"), Party("mg1")), steps=steps))
    assert result == Result((), result.outcomes, 2, result.lasted_s, result.most_held)
    assert result.outcomes == {"answered": 1, "executed": 1}
    assert 31.0 < result.lasted_s < 33.0  # LONG-TIMER after the reply


def test_chance_is_the_plans_own() -> None:
    """Nothing is taken from the chance that everybody shares, so that runs in any order are the same."""
    before = random.getstate()
    run(draw("storm", 1))
    assert random.getstate() == before
