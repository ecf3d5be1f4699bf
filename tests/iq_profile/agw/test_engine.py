"""The engine's commands: what they do, and how far a transaction is carried out."""

import pytest

from iq_profile.agw.orders import Accept, Close
from iq_profile.procedures import Released, StreamTerms
from megaco.message import (
    ALL_CONTEXTS,
    CHOOSE_CONTEXT,
    NULL_CONTEXT,
    ActionRequest,
    AddReply,
    AddRequest,
    AuditValueReply,
    AuditValueRequest,
    CommandRequest,
    EventsDescriptor,
    LocalDescriptor,
    MediaDescriptor,
    ModifyReply,
    ModifyRequest,
    Octets,
    PropertyParm,
    RequestedEvent,
    StreamDescriptor,
    SubtractReply,
    TerminationStateDescriptor,
    Value,
)

from .rig import NO_STATISTICS, Rig, action, add, media, plain_terms, sdp, subtract


@pytest.fixture
def rig() -> Rig:
    """Return a gateway with nothing in it."""
    return Rig()


def test_a_context_and_two_terminations_get_names(rig: Rig) -> None:
    """The gateway alone makes ids: of contexts, and of terminations in the group and at the interface asked for."""
    core, access = rig.reserve_two()
    other = rig.reserve("core", plain_terms())
    assert (core.termination_id, access.termination_id) == ("ip/1/core/1", "ip/1/access/2")
    assert core.context_id == access.context_id != other.context_id
    assert other.termination_id not in (core.termination_id, access.termination_id)


def test_names_are_compared_without_case(rig: Rig) -> None:
    """H.248.1 Annex B tokens have no case: ``IP/1/CORE/1`` is the termination added as ``ip/1/core/$``."""
    core = rig.reserve("core", plain_terms())
    assert rig.command(subtract("IP/1/CORE/1"), core.context_id).error is None
    assert rig.engine.is_empty


def test_subtract_by_name_closes_one_and_keeps_the_context(rig: Rig) -> None:
    """The other termination and the context stay until it is subtracted too."""
    core, access = rig.reserve_two()
    assert rig.release(core) == Released(core.context_id, (core.termination_id,))
    assert rig.done() == [Close(rig.legs[0])]
    assert rig.release(access) == Released(core.context_id, (access.termination_id,))
    assert rig.done() == [Close(rig.legs[1])]
    assert rig.engine.is_empty


@pytest.mark.parametrize("pattern", ["*", "ip/*/*/*", "ip/1/*/*"])
def test_subtract_of_all_answers_for_each(rig: Rig, pattern: str) -> None:
    """ALL at any level names every termination that matches, with one reply each."""
    core, access = rig.reserve_two()
    (reply,) = rig.execute(action(subtract(pattern), context=core.context_id))
    assert reply.replies == (SubtractReply((core.termination_id,)), SubtractReply((access.termination_id,)))
    assert rig.engine.is_empty
    assert rig.open == set()


def test_subtract_of_all_can_be_answered_once(rig: Rig) -> None:
    """``W-Subtract = *`` brings one reply for all (H.248.1 clause 7.2)."""
    core, _ = rig.reserve_two()
    request = ActionRequest(core.context_id, commands=(CommandRequest(subtract("*"), wildcard_return=True),))
    (reply,) = rig.execute(request)
    assert reply.replies == (SubtractReply(("*",)),)
    assert rig.engine.is_empty


def test_modify_of_all_reaches_each(rig: Rig) -> None:
    """A Modify of several terminations has a reply for each."""
    core, access = rig.reserve_two()
    (reply,) = rig.execute(action(ModifyRequest(("*",)), context=core.context_id))
    assert reply.replies == (ModifyReply((core.termination_id,)), ModifyReply((access.termination_id,)))


def test_modify_of_root_is_taken(rig: Rig) -> None:
    """Settings of the gateway as a whole need no context."""
    assert rig.command(ModifyRequest(("ROOT",)), NULL_CONTEXT) == ModifyReply(("ROOT",))


def test_settings_of_root_are_refused(rig: Rig) -> None:
    """445: its times are provisioned (TS 29.334 clause 5.10), and what is done nothing about is not acknowledged."""
    settings = (PropertyParm("root/normalMGExecutionTime", Value("500")),)
    media = MediaDescriptor(TerminationStateDescriptor(properties=settings))
    assert rig.refusal(ModifyRequest(("ROOT",), (media,)), NULL_CONTEXT).code == 445


@pytest.mark.parametrize("context", [NULL_CONTEXT, ALL_CONTEXTS])
@pytest.mark.parametrize("event", ["chp/mgcon", "it/ito", "ipra/arc"])
def test_reports_of_root_can_be_asked_for(rig: Rig, event: str, context: int) -> None:
    """What is asked for is acknowledged; another event is 451."""
    asked, other = (
        ModifyRequest(("ROOT",), (EventsDescriptor(1, (RequestedEvent(one),)),)) for one in (event, "al/on")
    )
    assert rig.command(asked, context) == ModifyReply(("ROOT",))
    assert rig.refusal(other, context).code == 451


@pytest.mark.parametrize("context", [NULL_CONTEXT, ALL_CONTEXTS])
def test_an_empty_audit_of_root_is_answered(rig: Rig, context: int) -> None:
    """A controller monitors the association that way (TS 29.334 clause 5.12)."""
    assert rig.command(AuditValueRequest(("ROOT",), NO_STATISTICS), context) == AuditValueReply(("ROOT",))


def test_an_audit_tells_what_is_there(rig: Rig) -> None:
    """Each termination that matches is named in a reply."""
    core, access = rig.reserve_two()
    (reply,) = rig.execute(action(AuditValueRequest(("*",), NO_STATISTICS), context=core.context_id))
    assert [one.termination_ids for one in reply.replies] == [(core.termination_id,), (access.termination_id,)]


def test_streams_of_a_termination_have_ports_of_their_own(rig: Rig) -> None:
    """Each m-line is a stream; one given back by empty descriptors is closed alone, and can be had again."""
    core = rig.reserve("core", plain_terms(stream=1), plain_terms(stream=2))
    assert list(core.locals) == [1, 2]
    first, second = rig.legs
    rig.done()
    rig.configure(core, StreamTerms(2, local=b"", remote=b""))
    assert rig.done() == [Close(second)]
    assert list(rig.configure(core, plain_terms(stream=2)).locals) == [2]
    assert rig.done() == [Accept(rig.legs[2])]
    rig.configure(core, StreamTerms(7, local=b"", remote=b""))
    assert rig.done() == []
    rig.release(core)
    assert rig.closed == [second, first, rig.legs[2]]


def test_a_stream_given_back_and_asked_for_in_one_transaction_gets_a_new_leg(rig: Rig) -> None:
    """The relay closes a leg only after the transaction: the new one must not be taken for it."""
    core = rig.reserve("core", plain_terms())
    again = ModifyRequest((core.termination_id,), (media(sdp()),))
    back = ModifyRequest((core.termination_id,), (media(b"", b""),))
    (reply,) = rig.execute(action(back, again, context=core.context_id))
    assert [one.error for one in reply.replies] == [None, None]
    assert rig.closed == rig.legs[:1]
    assert rig.open == {rig.legs[1]}


def test_a_context_outlives_its_last_termination_within_an_action(rig: Rig) -> None:
    """What is added after a Subtract of all can be found and released by the context's number."""
    core = rig.reserve("core", plain_terms())
    (reply,) = rig.execute(action(subtract("*"), add(), context=core.context_id))
    assert reply.context_id == core.context_id
    assert isinstance(reply.replies[1], AddReply)
    assert rig.command(subtract("*"), core.context_id).error is None
    assert rig.engine.is_empty
    assert rig.open == set()


def test_an_add_after_one_that_failed_is_not_lost(rig: Rig) -> None:
    """An optional Add that fails in a new context leaves the context to the next one."""
    requests = (CommandRequest(add(b"v=0\r\n"), optional=True), CommandRequest(add()))
    (reply,) = rig.execute(ActionRequest(CHOOSE_CONTEXT, commands=requests))
    assert not rig.engine.is_empty
    assert rig.command(subtract("*"), reply.context_id).error is None
    assert rig.open == set()


def test_release_all_empties_the_gateway(rig: Rig) -> None:
    """Every termination of every context is closed, each leg once."""
    rig.reserve_two()
    rig.reserve("core", plain_terms(stream=1), plain_terms(stream=2))
    rig.engine.release_all(rig.now)
    orders = rig.engine.take_orders()
    assert orders == [Close(leg) for leg in rig.legs]
    assert rig.engine.is_empty


def test_a_transaction_stops_at_the_first_mandatory_command_that_fails(rig: Rig) -> None:
    """What came before stands; what comes after, in this action and the next, is not even answered (clause 8.2.1)."""
    first, *more = rig.execute(action(add(), add(b"v=0\r\n"), add()), action(add()))
    assert [one.error.code if one.error else 0 for one in first.replies] == [0, 449]
    assert more == []
    assert len(rig.open) == 1


def test_an_optional_command_may_fail(rig: Rig) -> None:
    """``O-``: the error is told and the transaction goes on."""
    first, second = rig.execute(action(add(b"v=0\r\n"), optional=True), action(add()))
    assert [one.error is None for one in (*first.replies, *second.replies)] == [False, True]
    assert len(rig.open) == 1


def test_a_failed_modify_keeps_what_was(rig: Rig) -> None:
    """The termination and its streams stay in the controller's hands."""
    core = rig.reserve("core", plain_terms())
    rig.done()
    modify = ModifyRequest((core.termination_id,), (media(None, b"v=0\r\n"),))
    assert rig.refusal(modify, core.context_id).code == 449
    assert rig.done() == []
    assert rig.release(core) == Released(core.context_id, (core.termination_id,))


def test_what_a_command_leaves_open_means_stream_one(rig: Rig) -> None:
    """Local written straight into Media concerns stream 1 (TS 29.334 clause 5.7)."""
    described = StreamDescriptor(None, local=LocalDescriptor(Octets(sdp())))
    reply = rig.command(AddRequest(("ip/1/core/$",), (MediaDescriptor(streams=(described,)),)))
    assert isinstance(reply, AddReply)
    assert reply.media is not None
    assert [stream.stream_id for stream in reply.media.streams] == [1]


def test_a_termination_may_have_no_streams(rig: Rig) -> None:
    """An Add without Media reserves nothing and is a termination all the same."""
    core = rig.reserve("core")
    assert (core.locals, rig.legs) == ({}, [])
    assert rig.release(core) == Released(core.context_id, (core.termination_id,))
    assert rig.engine.is_empty
