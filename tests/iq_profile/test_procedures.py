"""Procedures and the commands that carry them: there, back, over the wire, and what replies mean."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iq_profile.procedures import (
    BearerReleased,
    ConfigureConnectionPoint,
    Heartbeat,
    Outcome,
    Procedure,
    Rejected,
    Released,
    ReleaseTerminations,
    ReserveConnectionPoint,
    Reserved,
    StreamTerms,
    TcpFailed,
    TlsFailed,
    compose,
    compose_probe,
    compose_reserved,
    heartbeat_period,
    read_outcome,
    recognise,
)
from iq_profile.profile import shipped_profile
from megaco import decode, encode
from megaco.message import (
    CHOOSE_CONTEXT,
    ActionReply,
    ActionRequest,
    AddReply,
    AddRequest,
    AuditDescriptor,
    AuditValueReply,
    AuditValueRequest,
    CommandRequest,
    ErrorDescriptor,
    EventsDescriptor,
    IpAddress,
    Message,
    ModifyReply,
    ModifyRequest,
    NotifyReply,
    NotifyRequest,
    ObservedEvent,
    ObservedEventsDescriptor,
    PropertyParm,
    RequestedEvent,
    StreamMode,
    SubtractReply,
    TransactionReply,
    TransactionRequest,
    Value,
    ValueList,
)

PROFILE = shipped_profile()
_MID = IpAddress("127.0.0.1", 2944)
_LOCAL = b"v=0\r\nc=IN IP4 $\r\nm=message $ TCP/MSRP *\r\n"
_CHOSEN = b"v=0\r\nc=IN IP4 192.0.2.1\r\nm=message 4000 TCP/MSRP *\r\n"

_contexts = st.integers(1, 2**32 - 3) | st.just(CHOOSE_CONTEXT)
_names = st.builds("ip/{}/{}/{}".format, st.integers(0, 99), st.sampled_from(["access", "core"]), st.integers(1, 999))
_sdp = st.none() | st.sampled_from([_LOCAL, _CHOSEN, b""])
_causes = st.text(st.characters(exclude_categories=["C", "Z"], exclude_characters='"'), max_size=200)


def _streams(*, may_be_empty: bool) -> st.SearchStrategy[tuple[StreamTerms, ...]]:
    mode = st.none() | st.sampled_from(StreamMode)
    terms = st.builds(StreamTerms, st.integers(1, 65535), mode, _sdp, _sdp, st.booleans())
    told = terms if may_be_empty else terms.filter(lambda one: one != StreamTerms(one.stream_id))
    several = st.lists(told, min_size=1, max_size=4, unique_by=lambda one: one.stream_id)
    return several.map(lambda found: tuple(sorted(found, key=lambda one: one.stream_id)))


_indicated = (_contexts, _names, st.integers(0, 2**32 - 1), st.integers(1, 65535), _causes)
_orders = (
    st.builds(
        ReserveConnectionPoint,
        _contexts,
        st.integers(0, 65535),
        st.sampled_from(["access", "core"]),
        _streams(may_be_empty=True),
        st.integers(0, 86_400),
        st.booleans(),
    )
    | st.builds(ConfigureConnectionPoint, _contexts, _names, _streams(may_be_empty=False))
    | st.builds(
        ReleaseTerminations,
        _contexts,
        st.lists(_names | st.just("*"), min_size=1, max_size=3).map(tuple),
        st.booleans(),
    )
)
_indications = (
    st.builds(TcpFailed, *_indicated)
    | st.builds(TlsFailed, *_indicated)
    | st.builds(BearerReleased, *_indicated)
    | st.builds(Heartbeat, *_indicated[:3])
)


@given(_orders | _indications)
def test_what_is_composed_is_recognised(procedure: Procedure) -> None:
    """Every procedure comes back as it was."""
    assert recognise(compose(procedure, PROFILE), PROFILE) == (procedure,)


@settings(max_examples=50, deadline=None)
@given(_orders | _indications, st.sampled_from(["pretty", "compact"]))
def test_what_is_composed_crosses_the_wire(procedure: Procedure, encoding: str) -> None:
    """Every action can be written, in both layouts, and is read as it was."""
    request = TransactionRequest(1, (compose(procedure, PROFILE),))
    assert decode(encode(Message(2, _MID, (request,)), encoding)).transactions == (request,)


@settings(max_examples=50, deadline=None)
@given(_orders | _indications)
def test_what_is_composed_crosses_binary(procedure: Procedure) -> None:
    """To the letter of the standard, and is recognised as what it was."""
    request = TransactionRequest(1, (compose(procedure, PROFILE),))
    (carried,) = decode(encode(Message(2, _MID, (request,)), "binary"), strict=True).transactions
    assert isinstance(carried, TransactionRequest)
    assert recognise(carried.actions[0], PROFILE) == (procedure,)


def test_the_probe_crosses_binary() -> None:
    """As it is in text."""
    message = Message(2, _MID, (TransactionRequest(1, (compose_probe(PROFILE),)),))
    assert decode(encode(message, "binary"), strict=True) == message


@pytest.mark.parametrize(
    ("procedure", "title"),
    [
        (ReserveConnectionPoint(1, 1, "core", (StreamTerms(1, local=_LOCAL),), 0), "Reserve AGW Connection Point"),
        (
            ReserveConnectionPoint(1, 1, "core", (StreamTerms(1, local=_LOCAL, remote=_CHOSEN),), 0),
            "Reserve and Configure AGW Connection Point",
        ),
        (ConfigureConnectionPoint(1, "a", (StreamTerms(1, remote=_CHOSEN),)), "Configure AGW Connection Point"),
        (ConfigureConnectionPoint(1, "a", (StreamTerms(1, establish_tls=True),)), "Establish TLS session"),
        (ReleaseTerminations(1, ("a",)), "Release AGW Termination"),
        (TcpFailed(1, "a", 1, 1, ""), "TCP connection establishment failure"),
        (TlsFailed(1, "a", 1, 1, ""), "TLS session establishment failure"),
        (BearerReleased(1, "a", 1, 1, ""), "IP bearer released"),
        (Heartbeat(1, "a", 1), "Termination heartbeat"),
    ],
)
def test_procedures_have_their_names_of_stage_2(procedure: Procedure, title: str) -> None:
    """Ladders show TS 23.334's words."""
    assert procedure.title == title


def test_a_cause_is_made_fit_for_a_quoted_string() -> None:
    """Quotation marks and control characters become blanks, and it does not grow beyond 200 characters."""
    (found,) = recognise(compose(TcpFailed(1, "a", 1, 1, 'no "way"\r\n' + "x" * 300), PROFILE), PROFILE)
    assert isinstance(found, TcpFailed)
    assert found.cause == ("no  way   " + "x" * 300)[:200]


# ---------------------------------------------------------------------------------------------------------- recognise


def _observed(name: str, *parameters: PropertyParm, stream: int | None = 2) -> ActionRequest:
    event = ObservedEvent(name, stream_id=stream, parameters=parameters)
    notify = NotifyRequest(("a",), ObservedEventsDescriptor(7, (event,)))
    return ActionRequest(1, commands=(CommandRequest(notify),))


@pytest.mark.parametrize(
    ("name", "kind", "found"),
    [
        ("tcpbcc/BNCChange", "fail", TcpFailed),
        ("TCPBCC/bncchange", "FAIL", TcpFailed),
        ("tlsbsc/BNCChange", "fail", TlsFailed),
        ("tcpbcc/BNCChange", "rel", BearerReleased),
        ("tlsbsc/BNCChange", "rel", BearerReleased),
        ("tcpbcc/BNCChange", "est", None),
        ("tlsbsc/BNCChange", "est", None),
        ("tcpbcc/BNCChange", "other", None),
    ],
)
def test_a_change_is_what_its_type_says(name: str, kind: str, found: type[Procedure] | None) -> None:
    """A connection that came up is no failure; one that was released is not one either."""
    action = _observed(name, PropertyParm("type", Value(kind)), PropertyParm("failurecause", Value("why", quoted=True)))
    wanted = () if found is None else (found(1, "a", 7, 2, "why"),)  # type: ignore[call-arg, arg-type]
    assert recognise(action, PROFILE) == wanted


def test_what_fits_no_procedure_is_left_out() -> None:
    """Other events, a change without type, commands of no procedure, and what concerns ROOT."""
    commands = (AuditValueRequest(("a",), AuditDescriptor()), ModifyRequest(("root",)))
    other = ActionRequest(1, commands=tuple(CommandRequest(one) for one in commands))
    assert recognise(other, PROFILE) == ()
    assert recognise(_observed("al/on"), PROFILE) == ()
    assert recognise(_observed("tcpbcc/BNCChange"), PROFILE) == ()


def test_an_event_without_stream_concerns_stream_one() -> None:
    """And one without words has an empty cause; parameters that are lists are no words."""
    action = _observed("g/cause", PropertyParm("Failurecause", ValueList((Value("x"),))), stream=None)
    assert recognise(action, PROFILE) == (BearerReleased(1, "a", 7, 1, ""),)


@pytest.mark.parametrize(
    ("value", "cause"),
    [
        (Value("636C6F736564"), "closed"),
        (Value("636c6f736564"), "closed"),
        (Value("closed"), "closed"),
        (Value("636C6F736564", quoted=True), "636C6F736564"),
        (Value("closed by the far end", quoted=True), "closed by the far end"),
        (Value("FF"), "\ufffd"),
        (Value("F"), "F"),
    ],
)
def test_a_failure_cause_is_an_octet_string(value: Value, cause: str) -> None:
    """Hexadecimal (H.248.1 Annex E.1); what writes words instead is read all the same."""
    assert recognise(_observed("g/cause", PropertyParm("Failurecause", value)), PROFILE) == (
        BearerReleased(1, "a", 7, 2, cause),
    )


def test_an_add_of_another_form_is_recognised_as_far_as_it_goes() -> None:
    """A name that does not follow the profile has no interface and no group."""
    action = ActionRequest(1, commands=(CommandRequest(AddRequest(("$",))),))
    assert recognise(action, PROFILE) == (ReserveConnectionPoint(1, 0, "", (), 0),)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("0", 0),
        ("300", 300),
        ("2147483647", 2**31 - 1),
        ("2147483648", None),
        ("9" * 5000, None),
        ("-1", None),
        ("1.5", None),
        ("", None),
        ("\u0663", None),
    ],
    ids=lambda value: str(value)[:12],
)
def test_the_heartbeat_period_is_an_integer(text: str, seconds: int | None) -> None:
    """A type of four octets (H.248.1 clause 12.2); anything else is no period."""
    timer = PropertyParm("TimerX", Value(text))
    events = EventsDescriptor(1, (RequestedEvent("g/cause"), RequestedEvent("HangTerm/thb", parameters=(timer,))))
    assert heartbeat_period(events, PROFILE) == seconds


def test_no_heartbeat_is_a_period_of_zero() -> None:
    """No events, other events, and a heartbeat without its timer."""
    assert heartbeat_period(None, PROFILE) == 0
    assert heartbeat_period(EventsDescriptor(1, (RequestedEvent("g/cause"),)), PROFILE) == 0
    assert heartbeat_period(EventsDescriptor(1, (RequestedEvent("hangterm/thb"),)), PROFILE) == 0
    several = RequestedEvent("hangterm/thb", parameters=(PropertyParm("timerx", ValueList((Value("1"),))),))
    assert heartbeat_period(EventsDescriptor(1, (several,)), PROFILE) is None


# ------------------------------------------------------------------------------------------------------------ replies


def _reply(*replies: AddReply | ModifyReply | SubtractReply | NotifyReply | AuditValueReply) -> TransactionReply:
    return TransactionReply(1, (ActionReply(5, replies=replies),))


_REFUSED = ErrorDescriptor(510, "no ports")


@pytest.mark.parametrize(
    "reply",
    [
        TransactionReply(1, error=_REFUSED),
        TransactionReply(1, (ActionReply(5, error=_REFUSED),)),
        _reply(AddReply(("a",), (_REFUSED,))),
        _reply(SubtractReply(("a",)), SubtractReply(("b",), (_REFUSED,))),
        _reply(NotifyReply(("a",), error=_REFUSED)),
        TransactionReply(1, (ActionReply(5, replies=(AddReply(("a",)),)), ActionReply(6, error=_REFUSED))),
        TransactionReply(1, (ActionReply(5, replies=(AddReply(("a",)),), error=_REFUSED),)),
    ],
)
def test_an_error_at_any_level_is_a_rejection(reply: TransactionReply) -> None:
    """Transaction, action or command, also after commands that went well."""
    assert read_outcome(reply) == Rejected(510, "no ports")


@pytest.mark.parametrize(
    ("reply", "outcome"),
    [
        (None, Rejected(0, "the gateway does not answer")),
        (TransactionReply(1), Rejected(0, "the gateway's reply holds no command reply")),
        (_reply(NotifyReply(("a",))), Rejected(0, "the gateway's reply holds no command reply")),
        (TransactionReply(1, error=ErrorDescriptor(500)), Rejected(500, "")),
        (_reply(AddReply(("a",))), Reserved(5, "a", {})),
        (_reply(ModifyReply(("a",))), Reserved(5, "a", {})),
        (_reply(SubtractReply(("*",))), Released(5)),
    ],
)
def test_replies_are_read(reply: TransactionReply | None, outcome: Outcome) -> None:
    """No reply at all is a rejection too."""
    assert read_outcome(reply) == outcome


@pytest.mark.parametrize("is_add", [True, False])
def test_a_reply_brings_back_what_the_gateway_chose(is_add: bool) -> None:
    """Stream by stream, and nothing for a stream that was not asked about."""
    reserved = Reserved(5, "ip/1/core/1", {1: _CHOSEN, 3: _CHOSEN})
    reply = compose_reserved(reserved, is_add=is_add)
    assert isinstance(reply, AddReply if is_add else ModifyReply)
    assert read_outcome(_reply(reply)) == reserved
    bare = Reserved(5, "ip/1/core/1", {})
    assert compose_reserved(bare, is_add=is_add) == type(reply)(("ip/1/core/1",))
