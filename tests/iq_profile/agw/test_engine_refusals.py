"""What the engine refuses, with which code at which level (H.248.8), and that nothing leaks."""

import pytest

from iq_profile.agw.orders import Accepted, Close, StartTls, TlsRole
from iq_profile.agw.settings import AgwSettings
from iq_profile.procedures import StreamTerms
from megaco.message import (
    ALL_CONTEXTS,
    CHOOSE_CONTEXT,
    NULL_CONTEXT,
    ActionRequest,
    AddRequest,
    AnyValue,
    AuditCapabilityRequest,
    AuditDescriptor,
    AuditItem,
    AuditValueRequest,
    Command,
    CommandRequest,
    Descriptor,
    EventsDescriptor,
    LocalControlDescriptor,
    LocalDescriptor,
    MediaDescriptor,
    ModifyRequest,
    MoveRequest,
    NotifyRequest,
    ObservedEvent,
    ObservedEventsDescriptor,
    Octets,
    PropertyParm,
    RelatedValue,
    Relation,
    RequestedEvent,
    ServiceChangeMethod,
    ServiceChangeParm,
    ServiceChangeRequest,
    Signal,
    SignalList,
    SignalsDescriptor,
    StreamDescriptor,
    Value,
    ValueChoice,
    ValueRange,
)
from megaco.sdp import Fingerprint

from .rig import (
    ACCESS_ADDRESS,
    CORE_ADDRESS,
    FIRST_PORT,
    NO_STATISTICS,
    UE,
    Rig,
    action,
    add,
    media,
    peer,
    plain_terms,
    sdp,
    secured,
    secured_terms,
    subtract,
    ue,
)

_OTHER = Fingerprint("sha-256", ":".join(["C3"] * 32))

_CHOSEN_PORT = sdp().replace(b"c=IN IP4 $", b"c=IN IP4 192.0.2.1").replace(b"message $", b"message 4000")


@pytest.fixture
def rig() -> Rig:
    """Return a gateway with nothing in it."""
    return Rig()


def test_an_unknown_context_is_refused_at_its_action(rig: Rig) -> None:
    """411 stands beside the commands' replies, of which there are none, and the transaction ends."""
    first, *more = rig.execute(action(subtract("*"), context=77), action(add()))
    assert (first.context_id, first.replies) == (77, ())
    assert first.error is not None
    assert first.error.code == 411
    assert more == []
    assert rig.engine.is_empty


def test_too_many_contexts_are_refused_at_the_action() -> None:
    """412 beyond ``most_contexts``; one that goes makes room."""
    rig = Rig(AgwSettings(most_contexts=1))
    core = rig.reserve("core", plain_terms())
    (reply,) = rig.execute(action(add()))
    assert reply.error is not None
    assert reply.error.code == 412
    rig.release(core)
    assert rig.execute(action(add()))[0].error is None


@pytest.mark.parametrize("command", [add(), ModifyRequest(("ip/1/core/1",)), subtract("*")])
@pytest.mark.parametrize("context", [NULL_CONTEXT, ALL_CONTEXTS])
def test_commands_outside_a_context_are_refused(rig: Rig, command: Command, context: int) -> None:
    """421: Add, Modify and Subtract of a termination belong into a context."""
    assert rig.refusal(command, context).code == 421


@pytest.mark.parametrize(
    "name", ["ip/1/core/7", "ip/1/lan/$", "ROOT", "$", "ip/core/$", "ip/$/core/$", "ip/*/core/$", "ip/1/*/$"]
)
def test_only_a_number_can_be_left_to_choose_in_anadd(rig: Rig, name: str) -> None:
    """430: the gateway makes ids in a group, and at an interface, that the controller names."""
    assert rig.refusal(add(name=name)).code == 430
    assert rig.engine.is_empty


@pytest.mark.parametrize("command", [ModifyRequest(("ip/1/core/9",)), subtract("ip/1/core/9")])
def test_an_unknown_termination_is_refused(rig: Rig, command: Command) -> None:
    """430 where it is nowhere."""
    core = rig.reserve("core", plain_terms())
    assert rig.refusal(command, core.context_id).code == 430
    assert rig.refusal(AuditValueRequest(("ip/1/core/1",), NO_STATISTICS), NULL_CONTEXT).code == 430


def test_a_pattern_that_matches_nothing_is_refused(rig: Rig) -> None:
    """431 where ALL finds none."""
    core = rig.reserve("core", plain_terms())
    assert rig.refusal(subtract("ip/1/access/*"), core.context_id).code == 431


def test_one_termination_too_many_is_refused(rig: Rig) -> None:
    """434 beyond ``most_terminations``; the two that are there stay."""
    core, _ = rig.reserve_two()
    assert rig.refusal(add(), core.context_id).code == 434
    assert rig.open == set(rig.legs)


def test_a_termination_of_another_context_is_refused(rig: Rig) -> None:
    """435 where it is, but elsewhere."""
    core = rig.reserve("core", plain_terms())
    other = rig.reserve("core", plain_terms())
    assert rig.refusal(subtract(core.termination_id), other.context_id).code == 435


@pytest.mark.parametrize(
    "command",
    [
        AddRequest(("ip/1/core/$",), (media(None, sdp(far=("192.0.2.9", 9))),)),
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
        AuditCapabilityRequest(("ip/1/core/1",), NO_STATISTICS),
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
    for name in ("ds/dscp", "ds/other", "x/y"):
        error = rig.refusal(AddRequest(("ip/1/core/$",), (media(sdp(), None, 1, "IPDC/Realm", name),)))
        assert error.code == 445
        assert name in (error.text or "")
        assert rig.engine.is_empty


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [("gm/saf", "maybe", 449), ("gm/saf", "1", 449), ("ds/dscp", "64", 449), ("ds/dscp", "2E", 449)],
)
def test_a_property_that_is_not_of_its_type_is_refused(rig: Rig, name: str, value: str, code: int) -> None:
    """449 says what its package expects."""
    control = LocalControlDescriptor(properties=(PropertyParm(name, Value(value)),))
    stream = StreamDescriptor(1, local_control=control, local=LocalDescriptor(Octets(sdp())))
    error = rig.refusal(AddRequest(("ip/1/core/$",), (MediaDescriptor(streams=(stream,)),)))
    assert error.code == code
    assert "expected" in (error.text or "")
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
    error = rig.refusal(AddRequest(("ip/1/core/$",), (media(local, remote),)))
    assert error.code == 449
    assert place in (error.text or "")
    assert rig.open == set()
    assert rig.engine.is_empty


def test_too_many_streams_are_refused() -> None:
    """449 beyond ``most_streams``, counted over all commands about the termination."""
    rig = Rig(AgwSettings(most_streams=2))
    core = rig.reserve("core", plain_terms(stream=1), plain_terms(stream=2))
    modify = ModifyRequest((core.termination_id,), (media(sdp(), None, 3),))
    assert rig.refusal(modify, core.context_id).code == 449
    assert len(rig.open) == 2


@pytest.mark.parametrize("period", ["-5", "4294967296", "9" * 5000, "soon", "٣"])
def test_a_heartbeat_period_that_is_no_number_of_seconds_is_refused(rig: Rig, period: str) -> None:
    """449: the timer is an integer of 32 bits (H.248.1 clause 12.2)."""
    timer = PropertyParm("timerx", Value(period, quoted=not period.isascii()))
    events = EventsDescriptor(1, (RequestedEvent("hangterm/thb", parameters=(timer,)),))
    assert rig.refusal(AddRequest(("ip/1/core/$",), (media(sdp()), events))).code == 449
    assert rig.engine.is_empty


def test_a_heartbeat_period_may_be_hexadecimal(rig: Rig) -> None:
    """A number is written either way (H.248.1 Annex B)."""
    events = EventsDescriptor(1, (RequestedEvent("hangterm/thb", parameters=(PropertyParm("timerx", Value("0x10")),)),))
    assert rig.command(AddRequest(("ip/1/core/$",), (media(sdp()), events))).error is None
    assert rig.engine.next_deadline() == 16


@pytest.mark.parametrize(
    "period",
    [
        Value("$"),
        Value("*"),
        ValueRange(Value("1"), Value("5")),
        ValueChoice((Value("1"), Value("5"))),
        RelatedValue(Relation.GREATER, Value("5")),
    ],
)
def test_a_heartbeat_period_is_one_number(rig: Rig, period: AnyValue) -> None:
    """449 rather than an exception: ``execute`` raises for nothing that a controller sends."""
    events = EventsDescriptor(1, (RequestedEvent("hangterm/thb", parameters=(PropertyParm("timerx", period),)),))
    assert rig.refusal(AddRequest(("ip/1/core/$",), (media(sdp()), events))).code == 449
    assert rig.engine.is_empty


@pytest.mark.parametrize("name", ["al/on", "hangterm/other", "g/sc", "adid/ipstop"])
def test_an_unknown_event_is_refused(rig: Rig, name: str) -> None:
    """451 names it, and also one of the profile that this gateway cannot see."""
    error = rig.refusal(AddRequest(("ip/1/core/$",), (media(sdp()), EventsDescriptor(1, (RequestedEvent(name),)))))
    assert error.code == 451
    assert name in (error.text or "")
    assert rig.engine.is_empty


@pytest.mark.parametrize("name", ["*/*", "al/*", "hangterm/*"])
def test_a_wildcard_asks_for_the_events_that_there_are(rig: Rig, name: str) -> None:
    """Of those that the gateway cannot see it asks for none (H.248.1 clause 7.1.9)."""
    events = EventsDescriptor(1, (RequestedEvent(name),))
    assert rig.command(AddRequest(("ip/1/core/$",), (media(sdp()), events))).error is None


@pytest.mark.parametrize("address", ["192.0.2.9", "agw.example.com", "2001:db8::1"])
def test_an_address_that_is_not_the_gateways_is_refused(rig: Rig, address: str) -> None:
    """449 where c= of a Local names another; its own at that interface it may name, in any spelling."""
    family = "IP6" if ":" in address else "IP4"
    error = rig.refusal(add(secured().replace(b"IP4 $", f"{family} {address}".encode()), name="ip/1/access/$"))
    assert error.code == 449
    assert f"{address} is not the gateway's {ACCESS_ADDRESS}" in (error.text or "")
    assert rig.engine.is_empty
    assert rig.command(add(sdp().replace(b"IP4 $", b"IP6 2001:DB8:0::1"))).error is None


def _second_stream_bad(second: MediaDescriptor, *more: Descriptor) -> tuple[Descriptor, ...]:
    """Return a Modify's descriptors of which those of stream 1 could be carried out."""
    return (MediaDescriptor(streams=(*media(None, ue(fingerprint=_OTHER)).streams, *second.streams)), *more)


@pytest.mark.parametrize(
    ("descriptors", "code"),
    [
        (_second_stream_bad(media(None, b"v=0\r\n", 2)), 449),
        (_second_stream_bad(media(None, ue(), 3)), 441),
        (_second_stream_bad(media(secured(), None, 3, "ds/dscp")), 445),
        (_second_stream_bad(media(secured(), None, 3), SignalsDescriptor((Signal("al/ri"),))), 452),
        (_second_stream_bad(media(secured(), None, 3), EventsDescriptor(1, (RequestedEvent("al/on"),))), 451),
    ],
)
def test_a_modify_that_is_refused_changes_nothing(rig: Rig, descriptors: tuple[Descriptor, ...], code: int) -> None:
    """What it said of a stream that could be carried out is not trusted by the next Modify either."""
    access = rig.reserve("access", secured_terms(ue()), secured_terms(ue(), 2))
    rig.done()
    before = set(rig.open)
    assert rig.refusal(ModifyRequest((access.termination_id,), descriptors), access.context_id).code == code
    rig.configure(access, StreamTerms(1, establish_tls=True))
    assert rig.done() == []
    assert rig.open == before


def test_a_modify_of_all_that_one_cannot_follow_changes_none(rig: Rig) -> None:
    """A Local with the one's own address is the other's stranger."""
    core, access = rig.reserve_two()
    own = sdp(far=(CORE_ADDRESS, FIRST_PORT)) + b"a=fingerprint:" + str(_OTHER).encode() + b"\r\n"
    assert rig.refusal(ModifyRequest(("*",), (media(own, peer()),)), core.context_id).code == 449
    assert rig.configure(core, StreamTerms(1)).locals == {}
    assert rig.report(Accepted(rig.legs[1], *UE)) == [StartTls(rig.legs[1], TlsRole.SERVER)]
    assert access.context_id == core.context_id


@pytest.mark.parametrize(("before", "after"), [(sdp(), secured()), (secured(), sdp())])
def test_a_transport_that_changes_too_late_is_refused(rig: Rig, before: bytes, after: bytes) -> None:
    """449: data would pass in clear text, or TLS be spoken to who does not; before a connection it may change."""
    changed = after.replace(b"message $", b"message 40000").replace(b"IP4 $", b"IP4 192.0.2.1")
    access = rig.reserve("access", StreamTerms(1, local=before))
    rig.configure(access, StreamTerms(1, local=changed))
    rig.configure(access, StreamTerms(1, local=before))
    rig.report(Accepted(rig.legs[0], *UE))
    error = rig.refusal(ModifyRequest((access.termination_id,), (media(changed),)), access.context_id)
    assert error.code == 449
    assert "the transport cannot become" in (error.text or "")
    rig.configure(access, StreamTerms(1, local=before, remote=ue()))


def test_an_add_that_fails_by_a_fault_of_ours_leaves_nothing(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    """Termination, context and ports are freed whatever was raised."""

    def fail(*_: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr("iq_profile.agw.engine.answer_local", fail)
    with pytest.raises(RuntimeError):
        rig.execute(action(add()))
    rig.perform()
    assert rig.engine.is_empty
    assert rig.open == set()


@pytest.mark.parametrize("signal", [Signal("al/ri"), SignalList(1, (Signal("tlsbsc/EstBNC"),))])
def test_an_unknown_signal_is_refused(rig: Rig, signal: Signal | SignalList) -> None:
    """452: the one signal that can be applied is the start of TLS, and not in a list."""
    add = AddRequest(("ip/1/access/$",), (media(secured()), SignalsDescriptor((signal,))))
    assert rig.refusal(add).code == 452
    assert rig.engine.is_empty


def test_what_a_refusal_quotes_can_be_said_in_any_encoding(rig: Rig) -> None:
    """ASCII without quotation marks, whatever the description had in it."""
    error = rig.refusal(add(sdp().replace(b"TCP/MSRP", 'T"\u00fcr'.encode())))
    assert (error.text or "").isascii()
    assert '"' not in (error.text or "")


def test_ports_that_run_out_are_told_and_given_back() -> None:
    """510: with one port left, an Add of two streams keeps neither."""
    rig = Rig(ports=1)
    both = MediaDescriptor(streams=(*media(sdp(), None, 1).streams, *media(sdp(), None, 2).streams))
    error = rig.refusal(AddRequest(("ip/1/core/$",), (both,)))
    assert error.code == 510
    assert "every port is in use" in (error.text or "")
    assert (len(rig.legs), rig.open) == (1, set())
    assert rig.engine.is_empty
    assert rig.reserve("core", plain_terms()).locals


def test_a_modify_for_which_ports_run_out_keeps_none_of_them() -> None:
    """510: what was reserved before stays, what the command took is given back and can be had again."""
    rig = Rig(ports=2)
    core = rig.reserve("core", plain_terms())
    both = MediaDescriptor(streams=(*media(sdp(), peer(), 2).streams, *media(sdp(), None, 3).streams))
    rig.done()
    assert rig.refusal(ModifyRequest((core.termination_id,), (both,)), core.context_id).code == 510
    assert rig.done() == [Close(rig.legs[1])]
    assert list(rig.configure(core, plain_terms(stream=3)).locals) == [3]


def test_what_stands_twice_is_refused() -> None:
    """448 a descriptor, which binary can write twice, 456 a stream: half of what was asked would be lost."""
    rig = Rig(is_wired=False)
    local, remote = media(sdp()), media(None, peer())
    assert rig.refusal(AddRequest(("ip/1/core/$",), (local, remote))).code == 448
    both = MediaDescriptor(streams=(*local.streams, *remote.streams))
    assert rig.refusal(AddRequest(("ip/1/core/$",), (both,))).code == 456
    assert rig.engine.is_empty


@pytest.mark.parametrize("name", ["ip/70000/core/$", f"ip/{'9' * 5000}/core/$", "ip/\u0663/core/$"])
def test_a_group_has_sixteen_bits(name: str) -> None:
    """430 where it has more, or is written in other digits."""
    rig = Rig(is_wired=False)
    assert rig.refusal(add(name=name)).code == 430


@pytest.mark.parametrize(
    ("names", "items", "code"),
    [
        (("ROOT",), (AuditItem.PACKAGES,), 501),
        (("ROOT", "ip/1/core/99"), (), 430),
        (("*",), (), 501),
    ],
)
def test_an_audit_that_cannot_be_answered_is_refused(
    rig: Rig, names: tuple[str, ...], items: tuple[AuditItem, ...], code: int
) -> None:
    """Nothing is acknowledged that is not told."""
    assert rig.refusal(AuditValueRequest(names, AuditDescriptor(items)), NULL_CONTEXT).code == code


def test_a_wildcarded_reply_is_given_to_subtract_only(rig: Rig) -> None:
    """501: TS 29.334 clause 5.10 has it for Release only."""
    request = CommandRequest(add(), wildcard_return=True)
    (reply,) = rig.execute(ActionRequest(CHOOSE_CONTEXT, commands=(request,)))
    error = getattr(reply.replies[0], "error", None)
    assert error is not None
    assert error.code == 501


def test_a_termination_named_twice_is_subtracted_once(rig: Rig) -> None:
    """And answered once."""
    core = rig.reserve("core", plain_terms())
    (reply,) = rig.execute(action(subtract(core.termination_id, "*"), context=core.context_id))
    assert len(reply.replies) == 1
    assert rig.engine.is_empty
