"""Bearers of multiplexing terminations: they come, move and go with it (H.248.1 clauses 7.2.1 to 7.2.4)."""

from typing import Any

import pytest

from megaco.contexts import CommandError
from megaco.message import (
    CHOOSE_CONTEXT,
    NULL_CONTEXT,
    AddReply,
    AddRequest,
    AuditDescriptor,
    ContextProperties,
    ModifyReply,
    MoveReply,
    MoveRequest,
    MuxDescriptor,
    MuxType,
    SubtractReply,
    SubtractRequest,
    TopologyDirection,
    TopologyRequest,
    TransactionRequest,
)

from .rig import Rig, accept, action, add, codes, modify, move, refuse, subtract


def _mux(*names: str) -> MuxDescriptor:
    return MuxDescriptor(MuxType.H221, termination_ids=names)


def _h320(*bearers: str, app: Any = accept) -> Rig:
    """Return a gateway with the bearers tc/1 to tc/3, of which some carry mux/1 in context 1."""
    rig = Rig("tc/1", "tc/2", "tc/3")
    rig.one(CHOOSE_CONTEXT, add("mux/$", descriptors=[_mux(*bearers)]))
    rig.app = app
    return rig


def test_bearers_are_added_with_it() -> None:
    """Those that are not in the context, before it; there is one reply (clause 7.2.1)."""
    rig = Rig("tc/1", "tc/2")
    reply = rig.one(CHOOSE_CONTEXT, add("TC/1"), add("mux/$", descriptors=[_mux("tc/1", "Tc/2", "tc/2")]))
    assert reply.replies == (AddReply(("tc/1",)), AddReply(("mux/1",)))
    assert rig.said == ["add tc/1", "choose mux/$", "add tc/2", "add mux/1"]
    assert rig.calls[2].arguments[1] == AddRequest(("tc/2",))
    assert rig.places == {"tc/1": 1, "tc/2": 1, "mux/1": 1}


@pytest.mark.parametrize(
    ("listed", "text"),
    [
        (["tc/1", "tc/9"], "Implied Add of tc/9: error 430, Unknown TerminationID tc/9"),
        (["tc/1", "tc/3"], "Implied Add of tc/3: error 433, TerminationID tc/3 is already in context 1"),
        (["tc/1", "tc/2"], "Implied Add of tc/2: error 510, not on tc/2"),
        (["tc/1", "ROOT"], "Implied Add of ROOT: error 430, Unknown TerminationID ROOT"),
    ],
)
def test_a_bearer_that_cannot_be_added(listed: list[str], text: str) -> None:
    """471, and all is as it was: the application is told to take back what it had begun."""
    rig = Rig("tc/1", "tc/2", "tc/3")
    rig.new("tc/3")
    rig.app = refuse("tc/2")
    error = rig.error(CHOOSE_CONTEXT, add("mux/$", descriptors=[_mux(*listed)]))
    assert (error.code, error.text) == (471, text)
    assert rig.said[-1] == "subtract tc/1"
    assert rig.calls[-1].arguments[1] == SubtractRequest(("tc/1",), AuditDescriptor())
    assert rig.places == {"tc/1": NULL_CONTEXT, "tc/2": NULL_CONTEXT, "tc/3": 1}
    rig.check()


def test_bearers_are_connected_as_the_action_says() -> None:
    """Topology is for them as for any termination; bearers that are taken back take it with them."""
    rig = Rig("tc/1", "tc/2")
    said = ContextProperties((TopologyRequest("tc/*", "rtp/1", TopologyDirection.ISOLATE),))
    context = rig.new("rtp/$")
    rig.app = refuse("mux/2")
    command = add("mux/$", descriptors=[_mux("tc/1", "tc/2")])
    assert rig.one(context, command, properties=said).replies[0].error is not None
    assert rig.contexts.contexts[context].topology.count == 0
    rig.app = accept
    rig.one(context, command, properties=said)
    assert {flow.termination_from for flow in rig.contexts.contexts[context].topology} == {"tc/1", "tc/2"}


def test_bearers_are_taken_back_where_it_fails_itself() -> None:
    """Even where the application refuses to."""
    rig = Rig("tc/1", "tc/2", app=refuse("mux/1"))
    assert rig.code(CHOOSE_CONTEXT, add("mux/$", descriptors=[_mux("tc/1", "tc/2")])) == 510
    assert rig.said == ["choose mux/$", "add tc/1", "add tc/2", "add mux/1", "subtract tc/2", "subtract tc/1"]
    assert rig.places == {"tc/1": NULL_CONTEXT, "tc/2": NULL_CONTEXT}
    rig.check()


def test_there_must_be_room_for_bearers() -> None:
    """434 becomes 471."""
    rig = Rig("tc/1", "tc/2", most_terminations_per_context=2)
    assert rig.code(CHOOSE_CONTEXT, add("mux/$", descriptors=[_mux("tc/1", "tc/2")])) == 471
    rig.check()
    assert rig.places == {"tc/1": NULL_CONTEXT, "tc/2": NULL_CONTEXT}


def test_modify_adds_and_subtracts_bearers() -> None:
    """Those that are listed now, and those that are listed no longer (clause 7.2.2)."""
    rig = _h320("tc/1", "tc/2")
    assert rig.reply(1, modify("mux/1", descriptors=[_mux("tc/2", "tc/3")])) == ModifyReply(("mux/1",))
    assert rig.said == ["add tc/3", "modify mux/1", "subtract tc/1"]
    assert rig.places == {"tc/1": NULL_CONTEXT, "tc/2": 1, "tc/3": 1, "mux/1": 1}
    rig.reply(1, modify("mux/1"))
    assert rig.said == ["modify mux/1"]
    rig.reply(1, modify("mux/1", descriptors=[_mux()]))
    assert rig.said == ["modify mux/1", "subtract tc/2", "subtract tc/3"]
    rig.check()


def test_outside_of_contexts_there_are_no_bearers() -> None:
    """Nothing can be added there."""
    rig = Rig("tc/1", "tc/2")
    rig.reply(NULL_CONTEXT, modify("tc/1", descriptors=[_mux("tc/2")]))
    assert rig.said == ["modify tc/1"]


def test_bearers_are_subtracted_with_it() -> None:
    """After it, and without statistics, for they have no reply (clause 7.2.3)."""
    rig = _h320("tc/1", "tc/2")
    rig.one(1, add("$"))
    assert rig.reply(1, subtract("mux/1")) == SubtractReply(("mux/1",))
    assert rig.said == ["subtract mux/1", "subtract tc/1", "subtract tc/2"]
    assert rig.calls[1].arguments[1] == SubtractRequest(("tc/1",), AuditDescriptor())
    assert rig.places == {"tc/1": NULL_CONTEXT, "tc/2": NULL_CONTEXT, "tc/3": NULL_CONTEXT, "rtp/2": 1}


def test_bearers_that_the_command_means_have_their_own_turn() -> None:
    """Each is subtracted once, and has its reply."""
    rig = _h320("tc/1", "tc/2")
    reply = rig.one(1, subtract("*"))
    assert {one.termination_ids[0] for one in reply.replies} == {"mux/1", "tc/1", "tc/2"}
    assert sorted(rig.said) == ["subtract mux/1", "subtract tc/1", "subtract tc/2"]
    assert all(one.error is None for one in reply.replies)


def test_a_bearer_whose_own_turn_is_over_goes_with_it() -> None:
    """It could not be subtracted by itself, and may be now."""
    refusals = ["tc/1"]

    def app(call: Any) -> None:
        if call.termination.name in refusals:
            refusals.remove(call.termination.name)
            raise CommandError(511, "not yet")

    rig = _h320("tc/1", app=app)
    assert codes(rig.one(1, subtract("tc/1", "mux/1"))) == [511, None]
    assert rig.said == ["subtract tc/1", "subtract mux/1", "subtract tc/1"]
    assert dict(rig.contexts.contexts) == {}


def test_cascaded_multiplexes_go_together() -> None:
    """Even where they name one another."""
    rig = Rig("tc/1")
    rig.one(
        CHOOSE_CONTEXT,
        add("mux/$", descriptors=[_mux("tc/1")]),
        add("mux/$", descriptors=[_mux("mux/1")]),
        modify("mux/1", descriptors=[_mux("tc/1", "mux/2", "mux/1")]),
    )
    rig.reply(1, subtract("mux/2"))
    assert sorted(rig.said) == ["subtract mux/1", "subtract mux/2", "subtract tc/1"]
    assert dict(rig.contexts.contexts) == {}


def test_bearers_move_with_it() -> None:
    """Before it, and back where it fails (clause 7.2.4)."""
    rig = _h320("tc/1", "tc/2")
    other = rig.new("$")
    rig.app = refuse("mux/1")
    assert rig.code(other, move("mux/1")) == 510
    assert rig.said == ["move tc/1", "move tc/2", "move mux/1", "move tc/2", "move tc/1"]
    assert rig.calls[-1].arguments[1] == MoveRequest(("tc/1",))
    assert {rig.places[name] for name in ("mux/1", "tc/1", "tc/2")} == {1}
    rig.check()
    rig.app = accept
    assert rig.reply(other, move("mux/1")) == MoveReply(("mux/1",))
    assert {rig.places[name] for name in ("mux/1", "tc/1", "tc/2")} == {other}
    assert set(rig.contexts.contexts) == {other}
    rig.check()


def test_giving_up_leaves_no_bearer_behind() -> None:
    """The application cannot be told any more, but the books are as before."""
    for depth in range(1, 5):
        rig = Rig("tc/1", "tc/2")
        request = TransactionRequest(1, (action(CHOOSE_CONTEXT, add("mux/$", descriptors=[_mux("tc/1", "tc/2")])),))
        execution = rig.contexts.execute(request, 1, 0.0)
        next(execution)
        execution.send(None)
        for _ in range(depth - 2):
            execution.send(())
        execution.close()
        assert rig.places == {"tc/1": NULL_CONTEXT, "tc/2": NULL_CONTEXT}
        rig.check()


def test_giving_up_while_bearers_are_taken_back() -> None:
    """All of them are back all the same."""
    rig = Rig("tc/1", "tc/2")
    request = TransactionRequest(1, (action(CHOOSE_CONTEXT, add("mux/$", descriptors=[_mux("tc/1", "tc/2", "x")])),))
    execution = rig.contexts.execute(request, 1, 0.0)
    next(execution)
    execution.send(None)
    execution.send(())
    call = execution.send(())
    assert (call.method, call.arguments[0].name) == ("subtract", "tc/2")
    execution.close()
    assert rig.places == {"tc/1": NULL_CONTEXT, "tc/2": NULL_CONTEXT}
    rig.check()


def test_a_bearer_that_cannot_be_subtracted() -> None:
    """The error is the command's, though its termination is gone: it is past mending."""
    rig = _h320("tc/1", "tc/2", app=refuse("tc/1", code=511))
    assert rig.code(1, subtract("mux/1")) == 511
    assert {name for name, context in rig.places.items() if context} == {"tc/1", "tc/2"}
    rig.check()
