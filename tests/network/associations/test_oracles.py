"""The oracles see what they are there for: endpoints that are spoiled on purpose are found out."""

import asyncio
from typing import Any

import pytest

from megaco.association import Registrar
from megaco.association.gateway import GatewayAssociation
from megaco.endpoint import Mg, Mgc
from megaco.transaction import TransactionConfig

from .draw import draw
from .loop import VirtualLoop
from .loop import run as run_virtually
from .town import Town, run

_SEEDS = range(6)


def _violations(weather: str) -> str:
    """Return what is found in a few runs, as one text."""
    return "\n".join(one for seed in _SEEDS for one in run(draw(weather, seed)).violations)


def test_a_gateway_that_stays_registered_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """A controller that takes everything for a sign of life is found."""
    monkeypatch.setattr(Registrar, "lost", lambda self, peer, reason="": None)
    found = _violations("turmoil")
    assert "registered with ['" in found
    assert "never told that" in found


def test_a_gateway_that_serves_anybody(monkeypatch: pytest.MonkeyPatch) -> None:
    """A gateway that executes what a former controller asks is found."""
    monkeypatch.setattr(Mg, "_is_controller", lambda self, event: True)
    monkeypatch.setattr(Registrar, "lost", lambda self, peer, reason="": None)
    assert "executes for" in _violations("hand-offs")


def test_a_gateway_that_gives_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """A gateway that never registers again is found."""
    monkeypatch.setattr(GatewayAssociation, "contact_lost", lambda self, now: None)
    assert "is in service with mgc" in _violations("crashes")


def test_storms(monkeypatch: pytest.MonkeyPatch) -> None:
    """A gateway that registers all the time is found."""
    plain = Mg._come_into_service

    def come(self: Any, event: Any) -> None:
        plain(self, event)
        self._loop.call_later(0.5, self._lose_contact)

    monkeypatch.setattr(Mg, "_come_into_service", come)
    assert "times within" in _violations("fair")


def test_faults_that_are_logged(monkeypatch: pytest.MonkeyPatch) -> None:
    """What an endpoint catches and logs counts as well."""

    def heard(self: Any, *arguments: Any) -> None:
        raise RuntimeError("spoiled on purpose")

    monkeypatch.setattr(Registrar, "heard", heard)
    assert "spoiled on purpose" in _violations("fair")


def test_requests_that_end_late(monkeypatch: pytest.MonkeyPatch) -> None:
    """A request that ends after T-MAX is found."""

    def transactions(self: Town) -> TransactionConfig:
        return TransactionConfig(lifetime_s=self.plan.lifetime_s + 2.0)

    monkeypatch.setattr(Town, "_transactions", property(transactions))
    assert "a request ended (NO_REPLY) after" in _violations("cuts")


def test_what_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """A controller that keeps what was agreed with gateways that have left is found."""
    monkeypatch.setattr(Mgc, "_go", lambda self, gateway: None)
    assert "things left" in _violations("leaving")


def test_runs_come_out_the_same() -> None:
    """A plan and its seed decide everything."""
    assert run(draw("turmoil", 1)) == run(draw("turmoil", 1))


def test_the_clock_waits_for_nothing() -> None:
    """An hour is over at once, and everybody shares it."""

    async def an_hour() -> float:
        since = asyncio.get_running_loop().time()
        await asyncio.sleep(3600.0)
        return asyncio.get_running_loop().time() - since

    assert run_virtually(an_hour()) == pytest.approx(3600.0)


def test_a_deadlock_is_told() -> None:
    """Where everybody waits for ever the loop says so instead of waiting too."""

    async def wait() -> None:
        assert isinstance(asyncio.get_running_loop(), VirtualLoop)
        await asyncio.get_running_loop().create_future()

    with pytest.raises(RuntimeError, match="nothing is due"):
        run_virtually(wait())
