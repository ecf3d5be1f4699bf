"""Service states: ordered by the controller, reported by the gateway, at once or later (H.248.1 clause 7.2.8)."""

from typing import Any

import pytest

from megaco.contexts import CommandCall, CommandError, RefusalCodes
from megaco.errors import LocalError
from megaco.message import (
    ALL_CONTEXTS,
    CHOOSE_CONTEXT,
    NULL_CONTEXT,
    ActionRequest,
    AddReply,
    CommandRequest,
    ErrorDescriptor,
    MediaDescriptor,
    MoveReply,
    ServiceChangeMethod,
    ServiceChangeParm,
    ServiceChangeReply,
    ServiceChangeRequest,
    ServiceChangeResParm,
    ServiceState,
    TerminationStateDescriptor,
    Value,
)

from .rig import Rig, add, modify, move, refuse, service_change, subtract

_M = ServiceChangeMethod
_IN, _OUT = ServiceState.IN_SERVICE, ServiceState.OUT_OF_SERVICE


def _states(rig: Rig) -> dict[str, ServiceState]:
    return {one.name: one.service_state for one in rig.contexts.terminations.values()}


def test_forced_takes_out_of_service_at_once() -> None:
    """In a context too, from which the controller has to subtract it; Restart brings it back."""
    rig = Rig("tdm/1", "tdm/2")
    context = rig.new("$", "tdm/2")
    assert rig.reply(NULL_CONTEXT, service_change("TDM/1")) == ServiceChangeReply(("tdm/1",))
    rig.reply(context, service_change("tdm/2"))
    assert _states(rig) == {"tdm/1": _OUT, "tdm/2": _OUT, "rtp/1": _IN}
    assert [one.name for one in rig.contexts.take_changed()] == ["tdm/1", "tdm/2"]
    assert rig.contexts.take_changed() == []
    assert rig.places["tdm/2"] == context
    rig.reply(NULL_CONTEXT, service_change("tdm/1", method=_M.RESTART))
    assert _states(rig)["tdm/1"] is _IN


def test_what_is_out_of_service_is_neither_added_nor_moved() -> None:
    """502, whose number is a setting; Modify, Subtract and audits go on (clauses 7.2.1 and 7.2.4)."""
    rig = Rig("tdm/1")
    context, other = rig.new("$", "$"), rig.new("$")
    rig.reply(NULL_CONTEXT, service_change("tdm/1"))
    rig.reply(context, service_change("rtp/1"))
    error = rig.error(context, add("tdm/1"))
    assert (error.code, error.text) == (502, "tdm/1 is out of service")
    assert rig.code(other, move("rtp/1")) == 502
    assert rig.calls == []
    assert rig.one(context, modify("rtp/1"), subtract("rtp/1")).error is None
    rig = Rig("tdm/1", codes=RefusalCodes(out_of_service=503))
    rig.reply(NULL_CONTEXT, service_change("tdm/1"))
    assert rig.code(CHOOSE_CONTEXT, add("tdm/1")) == 503


def test_graceful_waits_for_the_end_of_the_call() -> None:
    """In service until it is out of its context; until then it is neither added nor moved (521)."""
    rig = Rig("tdm/1", "tdm/2")
    context, other = rig.new("$", "tdm/1"), rig.new("$")
    rig.reply(context, service_change("tdm/1", method=_M.GRACEFUL))
    assert _states(rig)["tdm/1"] is _IN
    assert rig.code(other, move("tdm/1")) == 521
    assert rig.contexts.next_deadline() is None
    rig.reply(context, subtract("tdm/1"))
    assert _states(rig)["tdm/1"] is _OUT
    assert [one.name for one in rig.contexts.take_changed()] == ["tdm/1"]
    rig.reply(NULL_CONTEXT, service_change("tdm/2", method=_M.GRACEFUL))
    assert _states(rig)["tdm/2"] is _OUT


def test_graceful_waits_for_its_delay_at_most() -> None:
    """Whichever is first (clause 7.2.8)."""
    rig = Rig("tdm/1", "tdm/2", "tdm/3")
    rig.now = 100.0
    context = rig.new("tdm/1", "tdm/2")
    rig.one(context, service_change("*", method=_M.GRACEFUL, delay=5))
    rig.one(NULL_CONTEXT, service_change("tdm/3", method=_M.GRACEFUL, delay=7))
    assert set(_states(rig).values()) == {_IN}
    assert rig.code(context, add("tdm/3")) == 521
    assert rig.contexts.next_deadline() == 105.0
    rig.reply(context, subtract("tdm/1"))
    assert _states(rig)["tdm/1"] is _OUT
    rig.contexts.handle_timer(104.9)
    assert _states(rig)["tdm/2"] is _IN
    rig.contexts.handle_timer(105.0)
    assert _states(rig) == {"tdm/1": _OUT, "tdm/2": _OUT, "tdm/3": _IN}
    assert rig.contexts.next_deadline() == 107.0
    rig.contexts.handle_timer(200.0)
    assert _states(rig)["tdm/3"] is _OUT
    assert [one.name for one in rig.contexts.take_changed()] == ["tdm/1", "tdm/2", "tdm/3"]


def test_a_released_termination_leaves_at_once() -> None:
    """It is out of its context, whoever took it out; once out of service it may come back and be added."""
    rig = Rig("tdm/1")
    rig.one(CHOOSE_CONTEXT, add("tdm/1"), add("$"))
    rig.one(1, service_change("*", method=_M.GRACEFUL, delay=9))
    rig.contexts.release("tdm/1")
    rig.contexts.release("rtp/1")
    assert _states(rig) == {"tdm/1": _OUT}
    assert rig.contexts.next_deadline() is None
    assert [one.name for one in rig.contexts.take_changed()] == ["tdm/1"]
    termination = rig.contexts.find("tdm/1")
    assert termination is not None
    assert not termination.is_leaving
    in_service = MediaDescriptor(TerminationStateDescriptor(_IN))
    rig.one(NULL_CONTEXT, modify("tdm/1", descriptors=[in_service]))
    assert rig.reply(CHOOSE_CONTEXT, add("tdm/1")) == AddReply(("tdm/1",))


def test_restart_may_have_a_delay() -> None:
    """And calls off what was to come."""
    rig = Rig("tdm/1")
    rig.reply(NULL_CONTEXT, service_change("tdm/1"))
    rig.reply(NULL_CONTEXT, service_change("tdm/1", method=_M.RESTART, delay=3))
    assert _states(rig)["tdm/1"] is _OUT
    rig.contexts.handle_timer(3.0)
    assert _states(rig)["tdm/1"] is _IN
    rig.reply(NULL_CONTEXT, service_change("tdm/1", method=_M.GRACEFUL, delay=3))
    rig.reply(NULL_CONTEXT, service_change("tdm/1", method=_M.RESTART))
    assert rig.contexts.next_deadline() is None
    assert rig.reply(CHOOSE_CONTEXT, add("tdm/1")) == AddReply(("tdm/1",))


def test_an_ephemeral_termination_takes_its_delay_with_it(rig: Rig) -> None:
    """Nothing is left to become due, nor to be told of."""
    context = rig.new("$", "$")
    rig.one(context, service_change("*", method=_M.GRACEFUL, delay=5))
    rig.one(context, service_change("rtp/2"))
    rig.one(context, subtract("*"))
    assert rig.contexts.next_deadline() is None
    assert rig.contexts.take_changed() == []


def test_a_moved_termination_still_leaves(rig: Rig) -> None:
    """Only what is out of any context is out of its call; what was moved before it was told leaves later."""
    rig = Rig("tdm/1")
    first, second = rig.new("tdm/1"), rig.new("$")
    assert rig.reply(second, move("tdm/1")) == MoveReply(("tdm/1",))
    rig.reply(second, service_change("tdm/1", method=_M.GRACEFUL))
    rig.reply(second, subtract("tdm/1"))
    assert (_states(rig)["tdm/1"], first in rig.contexts.contexts) == (_OUT, False)


@pytest.mark.parametrize("method", [_M.DISCONNECTED, _M.FAILOVER, _M.HAND_OFF])
def test_some_methods_are_for_root(rig: Rig, method: ServiceChangeMethod) -> None:
    """449 for any other termination."""
    context = rig.new("$")
    assert rig.code(context, service_change("rtp/1", method=method)) == 449
    assert rig.reply(NULL_CONTEXT, service_change("ROOT", method=method)) == ServiceChangeReply(("ROOT",))


def test_a_method_of_somebodys_own_is_the_applications(rig: Rig) -> None:
    """The books do not know what it means."""
    context = rig.new("$")
    assert rig.reply(context, service_change("rtp/1", method=None)) == ServiceChangeReply(("rtp/1",))
    assert rig.said == ["service_change rtp/1"]
    assert _states(rig)["rtp/1"] is _IN


def test_the_application_may_refuse(rig: Rig) -> None:
    """Then the state is as before; the error is the reply's."""
    context = rig.new("$")
    rig.app = refuse("rtp/1", code=511)
    assert rig.reply(context, service_change("rtp/1")) == ServiceChangeReply(
        ("rtp/1",), error=ErrorDescriptor(511, "not on rtp/1")
    )
    assert _states(rig)["rtp/1"] is _IN


def test_only_root_answers_with_parameters(rig: Rig) -> None:
    """From any other the reply is empty (clause 7.2.8)."""
    context = rig.new("$")
    services = ServiceChangeResParm(version=2)
    rig.app = lambda call: services
    assert rig.reply(NULL_CONTEXT, service_change("root", method=_M.RESTART)) == ServiceChangeReply(("ROOT",), services)
    assert rig.reply(context, service_change("rtp/1")) == ServiceChangeReply(("rtp/1",))


def test_a_gateway_out_of_service_takes_no_calls(rig: Rig) -> None:
    """502 for Add and Move while ROOT is out of service; a graceful end of ROOT is the application's."""
    context = rig.new("$")
    rig.reply(NULL_CONTEXT, service_change("ROOT", method=_M.GRACEFUL))
    assert rig.reply(context, add("$")) == AddReply(("rtp/2",))
    rig.reply(NULL_CONTEXT, service_change("ROOT"))
    assert rig.code(context, add("$")) == 502
    assert rig.code(CHOOSE_CONTEXT, move("rtp/1")) == 502
    assert rig.contexts.take_changed() == [rig.contexts.root]
    rig.reply(NULL_CONTEXT, service_change("ROOT", method=_M.RESTART))
    assert rig.reply(context, add("$")) == AddReply(("rtp/3",))


# ------------------------------------------------------------------------------------------- the gateway's own


def _request(context: int, name: str, method: ServiceChangeMethod, delay: int | None = None) -> ActionRequest:
    services = ServiceChangeParm(method, Value("904 Termination malfunctioning", quoted=True), delay)
    return ActionRequest(context, commands=(CommandRequest(ServiceChangeRequest((name,), services)),))


def _own(rig: Rig, name: str, method: ServiceChangeMethod, **more: Any) -> tuple[ActionRequest, ...]:
    return rig.contexts.service_change(name, method, "904 Termination malfunctioning", rig.now, **more)


def test_the_gateway_reports_its_own_terminations() -> None:
    """In the context in which they are; the books have changed already."""
    rig = Rig("Tdm/1", "Tdm/2")
    context = rig.new("$", "tdm/2")
    assert _own(rig, "tdm/1", _M.FORCED) == (_request(NULL_CONTEXT, "Tdm/1", _M.FORCED),)
    assert _own(rig, "tdm/2", _M.GRACEFUL, delay_s=9) == (_request(context, "Tdm/2", _M.GRACEFUL, 9),)
    assert _states(rig) == {"Tdm/1": _OUT, "Tdm/2": _IN, "rtp/1": _IN}
    assert rig.contexts.next_deadline() == 9.0
    assert rig.code(context, add("tdm/1")) == 502
    _own(rig, "tdm/1", _M.RESTART)
    assert _states(rig)["Tdm/1"] is _IN


def test_the_gateway_reports_a_group() -> None:
    """By its wildcard: for what is idle, and for what is in contexts."""
    rig = Rig("tdm/1", "tdm/2", "isdn/1")
    assert _own(rig, "tdm/*", _M.FORCED) == (_request(NULL_CONTEXT, "tdm/*", _M.FORCED),)
    _own(rig, "*", _M.RESTART)
    rig.new("tdm/1")
    assert _own(rig, "tdm/*", _M.FORCED) == (
        _request(NULL_CONTEXT, "tdm/*", _M.FORCED),
        _request(ALL_CONTEXTS, "tdm/*", _M.FORCED),
    )
    assert _states(rig) == {"tdm/1": _OUT, "tdm/2": _OUT, "isdn/1": _IN}


@pytest.mark.parametrize(
    ("name", "method"),
    [
        ("x", _M.FORCED),
        ("x*", _M.FORCED),
        ("$", _M.FORCED),
        ("ROOT", _M.FORCED),
        ("tdm/1", _M.DISCONNECTED),
    ],
)
def test_what_the_gateway_cannot_report(name: str, method: ServiceChangeMethod) -> None:
    """LocalError: nothing has that name, or it is the association's business."""
    rig = Rig("tdm/1")
    with pytest.raises(LocalError):
        _own(rig, name, method)


def test_a_withdrawn_termination_is_not_told_of() -> None:
    """What it waited for is over."""
    rig = Rig("tdm/1")
    _own(rig, "tdm/1", _M.FORCED)
    _own(rig, "tdm/1", _M.RESTART, delay_s=5)
    rig.contexts.withdraw("tdm/1")
    assert rig.contexts.next_deadline() is None
    assert rig.contexts.take_changed() == []


def test_a_refusal_that_the_books_do_not_know(rig: Rig) -> None:
    """The application's own rules are its own: 502, 521 or whatever it raises."""
    context = rig.new("$")

    def app(call: Any) -> None:
        assert isinstance(call, CommandCall)
        raise CommandError(521, 'Termination is "ServiceChanging"\n\u00e9')

    rig.app = app
    error = rig.error(context, modify("rtp/1"))
    assert (error.code, error.text) == (521, "Termination is 'ServiceChanging' \\xe9")
