"""Both sides speak at once: a ServiceChange that crosses another, or a question; in the end they agree who serves."""

import itertools

import pytest

from megaco.association.table import GatewayState

from .world import T_MAX_S, Controller, Gateway, World


def _serving(world: World, **options: object) -> tuple[Gateway, Controller, Controller]:
    """A gateway in service with ``a`` at 1 s, and ``b`` for the worse."""
    first, second = Controller(world, "a", **options), Controller(world, "b")
    gateway = Gateway(world)
    world.run(1.0)
    assert gateway.association.state is GatewayState.IN_SERVICE
    for one in (gateway, first):
        one.log.clear()
    return gateway, first, second


def _agree(gateway: Gateway, *controllers: Controller) -> str:
    """Return with whom a gateway is in service; it has to be known there, and nowhere else."""
    assert gateway.association.state is GatewayState.IN_SERVICE
    assert [one.name for one in controllers if one.registrar.gateways] == [gateway.controller]
    return gateway.controller


def test_a_hand_off_without_collision() -> None:
    """The one controller lets go, the other takes over."""
    world = World()
    gateway, first, second = _serving(world)
    first.hand_off("gw", "b")
    world.run(2.0)
    assert gateway.log == ["1.05 HandedOff b", "1.05 MoveTo b", "1.05 HandOff 903 > b", "1.15 InService b"]
    assert (first.log, second.log) == (["1.1 -gw@gw handed off"], ["1.1 +gw@gw HandOff"])
    assert _agree(gateway, first, second) == "b"


def test_a_hand_off_crosses_a_registration() -> None:
    """A gateway that has just restarted follows nobody before it is registered; then it is, and stays."""
    world = World()
    _, first, second = _serving(world)
    gateway = Gateway(world)
    world.run(1.01)
    first.hand_off("gw", "b")
    world.run(2.0)
    assert gateway.answered == [505]
    assert first.log == ["1.05 ~gw@gw Restart"]
    assert _agree(gateway, first, second) == "a"


def test_a_hand_off_arrives_before_the_reply_to_the_registration() -> None:
    """It is refused with 505, as any command then is (clause 11.2): the controller may say it again."""
    world = World()
    _, first, second = _serving(world)
    gateway = Gateway(world)
    first.hand_off("gw", "b")
    world.run(2.0)
    assert gateway.answered == [505]
    first.hand_off("gw", "b")
    world.run(3.0)
    assert _agree(gateway, first, second) == "b"


def test_a_hand_off_crosses_graceful() -> None:
    """The gateway leaves, and is kept until it has left."""
    world = World()
    gateway, first, second = _serving(world)
    gateway.do(lambda association: association.leave(world.now, 5))
    first.hand_off("gw", "b")
    world.run(2.0)
    assert gateway.answered == [502]
    assert first.log == ["1.05 leaving gw@gw 5"]
    assert not first.registrar.may_begin(first.registrar.gateways["gw"])
    world.run(10.0)
    assert gateway.log[-2:] == ["6 Forced 905 > a", "6 Left"]
    assert first.log[1:] == ["6.05 -gw@gw 905 Termination taken out of service"]
    assert second.log == []


def test_graceful_crosses_a_hand_off() -> None:
    """Who has been sent away has nobody to leave gracefully."""
    world = World()
    gateway, first, second = _serving(world)
    first.hand_off("gw", "b")
    world.run(1.06)
    gateway.do(lambda association: association.leave(world.now, 5))
    world.run(10.0)
    assert _agree(gateway, first, second) == "b"


def test_a_hand_off_crosses_forced() -> None:
    """A gateway that has left is gone, whatever it is told."""
    world = World()
    gateway, first, second = _serving(world)
    gateway.do(lambda association: association.stop(world.now))
    first.hand_off("gw", "b")
    world.run(2.0)
    assert gateway.association.state is GatewayState.CLOSED
    assert first.log == ["1.05 -gw@gw 905 Termination taken out of service"]
    assert (first.registrar.gateways, second.registrar.gateways) == ({}, {})


def test_a_restart_crosses_an_audit() -> None:
    """The gateway answers 505; that is an answer, and its Restart counts."""
    world = World()
    _, first, second = _serving(world)
    gateway = Gateway(world)
    first.audit("gw")
    world.run(2.0)
    assert gateway.answered == [505]
    assert first.log == ["1.05 ~gw@gw Restart"]
    world.run(1.0 + 2 * T_MAX_S)
    assert _agree(gateway, first, second) == "a"


def test_a_restart_after_a_question_that_was_lost() -> None:
    """What the gateway that crashed did not answer is not held against the one that came after."""
    world = World()
    old, first, second = _serving(world)
    world.silent.add("gw")
    first.audit("gw")
    world.run(10.0)
    assert old.association.state is GatewayState.IN_SERVICE
    world.silent.clear()
    gateway = Gateway(world)
    world.run(30.0)
    assert first.log == ["10.05 ~gw@gw Restart"]
    assert _agree(gateway, first, second) == "a"


def test_both_ask_at_once() -> None:
    """Questions that cross are answered, and nobody is lost."""
    world = World()
    gateway, first, second = _serving(world)
    gateway.ask()
    first.audit("gw")
    world.run(2 * T_MAX_S)
    assert (gateway.log, first.log) == ([], [])
    assert _agree(gateway, first, second) == "a"


def test_a_hand_off_to_the_sender() -> None:
    """A gateway that is to register where it is does (end of clause 11.5), and its acknowledgement, overtaken by that,
    does not end it."""
    world = World()
    gateway, first, second = _serving(world)
    first.hand_off("gw", "a")
    world.run(2.0)
    assert gateway.log[-1] == "1.15 InService a"
    assert first.log == ["1.1 ~gw@gw HandOff"]
    assert _agree(gateway, first, second) == "a"


def test_a_hand_off_back_and_forth() -> None:
    """Two controllers that hand a gateway to each other: it follows the last word."""
    world = World()
    gateway, first, second = _serving(world)
    first.hand_off("gw", "b")
    world.run(1.16)
    second.hand_off("gw", "a")
    world.run(2.0)
    assert _agree(gateway, first, second) == "a"


def test_two_hand_offs_at_once() -> None:
    """The first counts; when the second arrives the gateway has already gone."""
    world = World()
    gateway, first, second = _serving(world)
    third = Controller(world, "c")
    first.hand_off("gw", "b")
    first.hand_off("gw", "c")
    world.run(2.0)
    assert gateway.answered == [505]
    assert _agree(gateway, first, second, third) == "b"


def test_a_hand_off_to_a_silent_controller() -> None:
    """The gateway comes back to who sent it away, once it has waited for the other."""
    world = World()
    gateway, first, second = _serving(world)
    world.silent.add("b")
    first.hand_off("gw", "b")
    world.run(10.0 + 3 * T_MAX_S)
    assert [line.split(" ", 1)[1] for line in gateway.log] == [
        "HandedOff b",
        "MoveTo b",
        "HandOff 903 > b",
        "Failover 909 > b",
        "NoAnswer",
        "Disconnected 900 > a",
        "InService a",
    ]
    assert _agree(gateway, first, second) == "a"


def test_a_controller_that_falls_silent_and_one_that_takes_over() -> None:
    """The gateway finds out by asking; the other controller is told Failover; the first one finds out by itself."""
    world = World()
    gateway, first, second = _serving(world, audit_s=10.0)
    world.silent.add("a")
    gateway.ask()
    world.run(3 * T_MAX_S)
    assert [line.split(" ", 1)[1] for line in gateway.log] == ["ContactLost a", "Failover 909 > b", "InService b"]
    assert first.log == ["10.05 ask gw@gw", "20.05 ask gw@gw", "30.05 ask gw@gw", "35.05 -gw@gw no answer"]
    assert _agree(gateway, first, second) == "b"


def test_staying_crosses_the_end_of_the_calls() -> None:
    """Graceful, taken back and said again: the controller follows each word."""
    world = World()
    gateway, first, _ = _serving(world)
    gateway.do(lambda association: association.leave(world.now))
    gateway.do(lambda association: association.stay(world.now))
    gateway.do(lambda association: association.is_empty(world.now))
    world.run(2.0)
    assert first.log == ["1.05 leaving gw@gw None", "1.05 staying gw@gw 918 Cancel Graceful"]
    assert gateway.association.state is GatewayState.IN_SERVICE
    gateway.do(lambda association: association.leave(world.now))
    gateway.do(lambda association: association.is_empty(world.now))
    world.run(3.0)
    assert first.log[2:] == ["2.05 leaving gw@gw None", "2.05 -gw@gw 905 Termination taken out of service"]


_WORDS = ("hand off", "audit", "restart", "leave", "ask", "lose")


@pytest.mark.parametrize("order", list(itertools.permutations(_WORDS, 3)), ids=" + ".join)
@pytest.mark.parametrize("apart_s", [0.0, 0.04, 0.06])
def test_whatever_crosses(order: tuple[str, ...], apart_s: float) -> None:
    """However three words cross, in the end the gateway is in service where it is known, or has left everybody."""
    world = World()
    gateway, first, second = _serving(world)

    def restart() -> None:
        nonlocal gateway
        gateway = Gateway(world, retry_s=1.0)

    words = {
        "hand off": lambda: first.hand_off("gw", "b"),
        "audit": lambda: first.audit("gw"),
        "restart": restart,
        "leave": lambda: gateway.do(lambda association: association.leave(world.now, 1)),
        "ask": lambda: gateway.ask(),
        "lose": lambda: gateway.do(lambda association: association.contact_lost(world.now)),
    }
    for number, word in enumerate(order):
        world.at(1.0 + number * apart_s, words[word])
    world.run(10.0 + 4 * T_MAX_S)
    known = [one.name for one in (first, second) if one.registrar.gateways]
    if gateway.association.state is GatewayState.CLOSED:
        assert "leave" in order
        assert "a" not in known or "lose" in order
        return
    assert gateway.association.state is GatewayState.IN_SERVICE
    assert gateway.controller in known
