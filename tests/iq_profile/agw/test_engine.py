"""The engine's commands: what they do, what they refuse with which code at which level, and that nothing leaks."""

import pytest

from iq_profile.agw.orders import Accept, Close
from iq_profile.agw.settings import AgwSettings
from iq_profile.procedures import Released, Reserved, StreamTerms
from megaco.message import (
    ALL_CONTEXTS,
    CHOOSE_CONTEXT,
    NULL_CONTEXT,
    ActionRequest,
    AddReply,
    AddRequest,
    AuditCapabilityRequest,
    AuditDescriptor,
    AuditValueReply,
    AuditValueRequest,
    Command,
    CommandRequest,
    EventsDescriptor,
    LocalControlDescriptor,
    LocalDescriptor,
    MediaDescriptor,
    ModifyReply,
    ModifyRequest,
    MoveRequest,
    NotifyRequest,
    ObservedEvent,
    ObservedEventsDescriptor,
    Octets,
    PropertyParm,
    RemoteDescriptor,
    RequestedEvent,
    ServiceChangeMethod,
    ServiceChangeParm,
    ServiceChangeRequest,
    Signal,
    SignalList,
    SignalsDescriptor,
    StreamDescriptor,
    SubtractReply,
    SubtractRequest,
    Value,
)

from .rig import Rig, action, plain_terms, sdp, secured, secured_terms

_NO_STATISTICS = AuditDescriptor()
_CHOSEN_PORT = sdp().replace(b"c=IN IP4 $", b"c=IN IP4 192.0.2.1").replace(b"message $", b"message 4000")


@pytest.fixture
def rig() -> Rig:
    """Return a gateway with nothing in it."""
    return Rig()


def _media(local: bytes | None, remote: bytes | None = None, stream: int = 1, *properties: str) -> MediaDescriptor:
    control = LocalControlDescriptor(properties=tuple(PropertyParm(name, Value("x")) for name in properties))
    described = StreamDescriptor(
        stream,
        local_control=control if properties else None,
        local=LocalDescriptor(Octets(local)) if local is not None else None,
        remote=RemoteDescriptor(Octets(remote)) if remote is not None else None,
    )
    return MediaDescriptor(streams=(described,))


def _add(local: bytes | None = None, *, name: str = "ip/1/core/$") -> AddRequest:
    return AddRequest((name,), (_media(sdp() if local is None else local),))


def _subtract(*names: str) -> SubtractRequest:
    return SubtractRequest(names, _NO_STATISTICS)


def _with_two(rig: Rig) -> tuple[Reserved, Reserved]:
    core = rig.reserve("core", plain_terms())
    access = rig.reserve("access", secured_terms(), context=core.context_id)
    rig.done()
    return core, access


# ----------------------------------------------------------------------------------------------------- what is granted


def test_a_context_and_two_terminations_get_names(rig: Rig) -> None:
    """The gateway alone makes ids: of contexts, and of terminations in the group and at the interface asked for."""
    core, access = _with_two(rig)
    other = rig.reserve("core", plain_terms())
    assert (core.termination_id, access.termination_id) == ("ip/1/core/1", "ip/1/access/2")
    assert core.context_id == access.context_id != other.context_id
    assert other.termination_id not in (core.termination_id, access.termination_id)


def test_names_are_compared_without_case(rig: Rig) -> None:
    """H.248.1 Annex B tokens have no case: ``IP/1/CORE/1`` is the termination added as ``ip/1/core/$``."""
    core = rig.reserve("core", plain_terms())
    assert rig.command(_subtract("IP/1/CORE/1"), core.context_id).error is None
    assert rig.engine.is_empty


def test_subtract_by_name_closes_one_and_keeps_the_context(rig: Rig) -> None:
    """The other termination and the context stay until it is subtracted too."""
    core, access = _with_two(rig)
    assert rig.release(core) == Released(core.context_id)
    assert rig.done() == [Close(rig.legs[0])]
    assert rig.release(access) == Released(core.context_id)
    assert rig.done() == [Close(rig.legs[1])]
    assert rig.engine.is_empty


@pytest.mark.parametrize("pattern", ["*", "ip/*/*/*", "ip/1/*/*"])
def test_subtract_of_all_answers_for_each(rig: Rig, pattern: str) -> None:
    """ALL at any level names every termination that matches, with one reply each."""
    core, access = _with_two(rig)
    (reply,) = rig.execute(action(_subtract(pattern), context=core.context_id))
    assert reply.replies == (SubtractReply((core.termination_id,)), SubtractReply((access.termination_id,)))
    assert rig.engine.is_empty
    assert rig.open == set()


def test_subtract_of_all_can_be_answered_once(rig: Rig) -> None:
    """``W-Subtract = *`` brings one reply for all (H.248.1 clause 7.2)."""
    core, _ = _with_two(rig)
    request = ActionRequest(core.context_id, commands=(CommandRequest(_subtract("*"), wildcard_return=True),))
    (reply,) = rig.execute(request)
    assert reply.replies == (SubtractReply(("*",)),)
    assert rig.engine.is_empty


def test_modify_of_all_reaches_each(rig: Rig) -> None:
    """A Modify of several terminations has a reply for each."""
    core, access = _with_two(rig)
    (reply,) = rig.execute(action(ModifyRequest(("*",)), context=core.context_id))
    assert reply.replies == (ModifyReply((core.termination_id,)), ModifyReply((access.termination_id,)))


def test_modify_of_root_is_taken(rig: Rig) -> None:
    """Settings of the gateway as a whole need no context."""
    assert rig.command(ModifyRequest(("ROOT",)), NULL_CONTEXT) == ModifyReply(("ROOT",))


@pytest.mark.parametrize("context", [NULL_CONTEXT, ALL_CONTEXTS])
def test_an_empty_audit_of_root_is_answered(rig: Rig, context: int) -> None:
    """A controller monitors the association that way (TS 29.334 clause 5.12)."""
    assert rig.command(AuditValueRequest(("ROOT",), _NO_STATISTICS), context) == AuditValueReply(("ROOT",))


def test_an_audit_tells_what_is_there(rig: Rig) -> None:
    """Each termination that matches is named in a reply."""
    core, access = _with_two(rig)
    (reply,) = rig.execute(action(AuditValueRequest(("*",), _NO_STATISTICS), context=core.context_id))
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
    again = ModifyRequest((core.termination_id,), (_media(sdp()),))
    back = ModifyRequest((core.termination_id,), (_media(b"", b""),))
    (reply,) = rig.execute(action(back, again, context=core.context_id))
    assert [one.error for one in reply.replies] == [None, None]
    assert rig.closed == rig.legs[:1]
    assert rig.open == {rig.legs[1]}


def test_a_context_outlives_its_last_termination_within_an_action(rig: Rig) -> None:
    """What is added after a Subtract of all can be found and released by the context's number."""
    core = rig.reserve("core", plain_terms())
    (reply,) = rig.execute(action(_subtract("*"), _add(), context=core.context_id))
    assert reply.context_id == core.context_id
    assert isinstance(reply.replies[1], AddReply)
    assert rig.command(_subtract("*"), core.context_id).error is None
    assert rig.engine.is_empty
    assert rig.open == set()


def test_an_add_after_one_that_failed_is_not_lost(rig: Rig) -> None:
    """An optional Add that fails in a new context leaves the context to the next one."""
    requests = (CommandRequest(_add(b"v=0\r\n"), optional=True), CommandRequest(_add()))
    (reply,) = rig.execute(ActionRequest(CHOOSE_CONTEXT, commands=requests))
    assert not rig.engine.is_empty
    assert rig.command(_subtract("*"), reply.context_id).error is None
    assert rig.open == set()


def test_release_all_empties_the_gateway(rig: Rig) -> None:
    """Every termination of every context is closed, each leg once."""
    _with_two(rig)
    rig.reserve("core", plain_terms(stream=1), plain_terms(stream=2))
    rig.engine.release_all(rig.now)
    orders = rig.engine.take_orders()
    assert orders == [Close(leg) for leg in rig.legs]
    assert rig.engine.is_empty


# ----------------------------------------------------------------------------------------------------- what is refused


def test_an_unknown_context_is_refused_at_its_action(rig: Rig) -> None:
    """411 stands beside the commands' replies, of which there are none, and the transaction ends."""
    first, *more = rig.execute(action(_subtract("*"), context=77), action(_add()))
    assert (first.context_id, first.replies) == (77, ())
    assert first.error is not None
    assert first.error.code == 411
    assert more == []
    assert rig.engine.is_empty


def test_too_many_contexts_are_refused_at_the_action() -> None:
    """412 beyond ``most_contexts``; one that goes makes room."""
    rig = Rig(AgwSettings(most_contexts=1))
    core = rig.reserve("core", plain_terms())
    (reply,) = rig.execute(action(_add()))
    assert reply.error is not None
    assert reply.error.code == 412
    rig.release(core)
    assert rig.execute(action(_add()))[0].error is None


@pytest.mark.parametrize("command", [_add(), ModifyRequest(("ip/1/core/1",)), _subtract("*")])
@pytest.mark.parametrize("context", [NULL_CONTEXT, ALL_CONTEXTS])
def test_commands_outside_a_context_are_refused(rig: Rig, command: Command, context: int) -> None:
    """421: Add, Modify and Subtract of a termination belong into a context."""
    assert rig.refusal(command, context).code == 421


@pytest.mark.parametrize(
    "name", ["ip/1/core/7", "ip/1/lan/$", "ROOT", "$", "ip/core/$", "ip/$/core/$", "ip/*/core/$", "ip/1/*/$"]
)
def test_only_a_number_can_be_left_to_choose_in_an_add(rig: Rig, name: str) -> None:
    """430: the gateway makes ids in a group, and at an interface, that the controller names."""
    assert rig.refusal(_add(name=name)).code == 430
    assert rig.engine.is_empty


@pytest.mark.parametrize("command", [ModifyRequest(("ip/1/core/9",)), _subtract("ip/1/core/9")])
def test_an_unknown_termination_is_refused(rig: Rig, command: Command) -> None:
    """430 where it is nowhere."""
    core = rig.reserve("core", plain_terms())
    assert rig.refusal(command, core.context_id).code == 430
    assert rig.refusal(AuditValueRequest(("ip/1/core/1",), _NO_STATISTICS), NULL_CONTEXT).code == 430


def test_a_pattern_that_matches_nothing_is_refused(rig: Rig) -> None:
    """431 where ALL finds none."""
    core = rig.reserve("core", plain_terms())
    assert rig.refusal(_subtract("ip/1/access/*"), core.context_id).code == 431


def test_one_termination_too_many_is_refused(rig: Rig) -> None:
    """434 beyond ``most_terminations``; the two that are there stay."""
    core, _ = _with_two(rig)
    assert rig.refusal(_add(), core.context_id).code == 434
    assert rig.open == set(rig.legs)


def test_a_termination_of_another_context_is_refused(rig: Rig) -> None:
    """435 where it is, but elsewhere."""
    core = rig.reserve("core", plain_terms())
    other = rig.reserve("core", plain_terms())
    assert rig.refusal(_subtract(core.termination_id), other.context_id).code == 435


@pytest.mark.parametrize(
    "command",
    [
        AddRequest(("ip/1/core/$",), (_media(None, sdp(far=("192.0.2.9", 9))),)),
        AddRequest(("ip/1/core/$",), (SignalsDescriptor((Signal("tlsbsc/EstBNC", stream_id=3),)),)),
    ],
)
def test_a_stream_without_local_is_refused(rig: Rig, command: Command) -> None:
    """441: a new stream needs to be told what the gateway shall listen for."""
    assert rig.refusal(command).code == 441
    assert rig.engine.is_empty


@pytest.mark.parametrize(
    "command",
    [
        MoveRequest(("ip/1/core/1",)),
        AuditCapabilityRequest(("ip/1/core/1",), _NO_STATISTICS),
        NotifyRequest(("ip/1/core/1",), ObservedEventsDescriptor(1, (ObservedEvent("g/cause"),))),
        ServiceChangeRequest(
            ("ip/1/core/1",), ServiceChangeParm(ServiceChangeMethod.FORCED, Value("905 x", quoted=True))
        ),
    ],
)
def test_commands_that_the_profile_has_no_use_for_are_refused(rig: Rig, command: Command) -> None:
    """443, in a reply to the same command."""
    core = rig.reserve("core", plain_terms())
    reply = rig.command(command, core.context_id)
    assert type(reply).__name__ == type(command).__name__.replace("Request", "Reply")
    assert reply.error is not None
    assert reply.error.code == 443


def test_an_unknown_property_is_refused(rig: Rig) -> None:
    """445 names the property; realm and source filter are known, in any case."""
    error = rig.refusal(AddRequest(("ip/1/core/$",), (_media(sdp(), None, 1, "IPDC/Realm", "ds/dscp"),)))
    assert error.code == 445
    assert "ds/dscp" in (error.text or "")
    assert rig.engine.is_empty


@pytest.mark.parametrize(
    ("local", "remote", "place"),
    [
        (b"m=message $ TCP/MSRP *\r\nx\r\n", None, "Local: SDP line 2"),
        (b"v=0\r\n", None, "Local: SDP: expected one m= line, found '0 of them'"),
        (sdp() + b"m=message $ TCP/MSRP *\r\n", None, "Local: SDP: expected one m= line"),
        (sdp("UDP/BFCP"), None, "Local: SDP: expected one of TCP, TCP/BFCP"),
        (sdp(setup="sideways"), None, "Local: SDP line 4"),
        (_CHOSEN_PORT, None, "the port is the gateway's to choose"),
        (sdp(), b"v=0\r\n", "Remote: SDP: expected one m= line"),
        (sdp(), sdp(far=("no one", 1)), "Remote: SDP line 2"),
        (sdp(), b"v=0\r\nm=message 1 TCP/MSRP \xff\xc3\xa9\r\na=setup:\xff\xc3\xa9\r\n", "Remote: SDP line 3"),
    ],
)
def test_descriptions_that_cannot_be_carried_are_refused(
    rig: Rig, local: bytes, remote: bytes | None, place: str
) -> None:
    """449 says where the fault is; no port stays reserved."""
    error = rig.refusal(AddRequest(("ip/1/core/$",), (_media(local, remote),)))
    assert error.code == 449
    assert place in (error.text or "")
    assert rig.open == set()
    assert rig.engine.is_empty


def test_too_many_streams_are_refused() -> None:
    """449 beyond ``most_streams``, counted over all commands about the termination."""
    rig = Rig(AgwSettings(most_streams=2))
    core = rig.reserve("core", plain_terms(stream=1), plain_terms(stream=2))
    modify = ModifyRequest((core.termination_id,), (_media(sdp(), None, 3),))
    assert rig.refusal(modify, core.context_id).code == 449
    assert len(rig.open) == 2


@pytest.mark.parametrize("period", ["0x10", "-5", "4294967296", "9" * 5000, "soon", "٣"])
def test_a_heartbeat_period_that_is_no_number_of_seconds_is_refused(rig: Rig, period: str) -> None:
    """449: the timer is an integer of 32 bits (H.248.1 clause 12.2)."""
    timer = PropertyParm("timerx", Value(period, quoted=not period.isascii()))
    events = EventsDescriptor(1, (RequestedEvent("hangterm/thb", parameters=(timer,)),))
    assert rig.refusal(AddRequest(("ip/1/core/$",), (_media(sdp()), events))).code == 449
    assert rig.engine.is_empty


@pytest.mark.parametrize("signal", [Signal("al/ri"), SignalList(1, (Signal("tlsbsc/EstBNC"),))])
def test_an_unknown_signal_is_refused(rig: Rig, signal: Signal | SignalList) -> None:
    """452: the one signal that can be applied is the start of TLS, and not in a list."""
    add = AddRequest(("ip/1/access/$",), (_media(secured()), SignalsDescriptor((signal,))))
    assert rig.refusal(add).code == 452
    assert rig.engine.is_empty


def test_ports_that_run_out_are_told_and_given_back() -> None:
    """510: with one port left, an Add of two streams keeps neither."""
    rig = Rig(ports=1)
    media = MediaDescriptor(streams=(*_media(sdp(), None, 1).streams, *_media(sdp(), None, 2).streams))
    error = rig.refusal(AddRequest(("ip/1/core/$",), (media,)))
    assert error.code == 510
    assert "every port is in use" in (error.text or "")
    assert (len(rig.legs), rig.open) == (1, set())
    assert rig.engine.is_empty
    assert rig.reserve("core", plain_terms()).locals


# ------------------------------------------------------------------------------------------------ how far it is carried


def test_a_transaction_stops_at_the_first_mandatory_command_that_fails(rig: Rig) -> None:
    """What came before stands; what comes after, in this action and the next, is not even answered (clause 8.2.1)."""
    first, *more = rig.execute(action(_add(), _add(b"v=0\r\n"), _add()), action(_add()))
    assert [one.error.code if one.error else 0 for one in first.replies] == [0, 449]
    assert more == []
    assert len(rig.open) == 1


def test_an_optional_command_may_fail(rig: Rig) -> None:
    """``O-``: the error is told and the transaction goes on."""
    first, second = rig.execute(action(_add(b"v=0\r\n"), optional=True), action(_add()))
    assert [one.error is None for one in (*first.replies, *second.replies)] == [False, True]
    assert len(rig.open) == 1


def test_a_failed_modify_keeps_what_was(rig: Rig) -> None:
    """The termination and its streams stay in the controller's hands."""
    core = rig.reserve("core", plain_terms())
    rig.done()
    modify = ModifyRequest((core.termination_id,), (_media(None, b"v=0\r\n"),))
    assert rig.refusal(modify, core.context_id).code == 449
    assert rig.done() == []
    assert rig.release(core) == Released(core.context_id)


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
    assert rig.release(core) == Released(core.context_id)
    assert rig.engine.is_empty
