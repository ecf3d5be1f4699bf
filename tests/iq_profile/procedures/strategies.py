"""Every procedure and every outcome, as hypothesis makes them, and messages that carry them."""

from collections.abc import Mapping

from hypothesis import strategies as st

from iq_profile.procedures import (
    BEARER_EVENTS,
    SERVICE_CHANGES,
    Acknowledged,
    ActivateCongestion,
    ActivateInactivity,
    ActivateRealmAvailability,
    AuditCapability,
    Audited,
    AuditValue,
    BearerReleased,
    ConfigureConnectionPoint,
    Congestion,
    EventRole,
    EventTerms,
    Heartbeat,
    Inactivity,
    MediaInactive,
    Outcome,
    Procedure,
    RealmAvailability,
    Rejected,
    Released,
    ReleaseTerminations,
    ReserveConnectionPoint,
    Reserved,
    ServiceChanged,
    ServiceChangeProcedure,
    StreamTerms,
    TcpFailed,
    TlsFailed,
)
from iq_profile.profile import shipped_profile
from megaco import decode, encode
from megaco.message import (
    ALL_CONTEXTS,
    CHOOSE_CONTEXT,
    NULL_CONTEXT,
    ROOT,
    ActionReply,
    ActionRequest,
    AddRequest,
    AuditCapabilityRequest,
    AuditDescriptor,
    AuditValueRequest,
    Command,
    CommandReply,
    DomainName,
    IpAddress,
    Message,
    ModifyRequest,
    MoveRequest,
    NotifyRequest,
    ObservedEvent,
    ObservedEventsDescriptor,
    PackagesDescriptor,
    ServiceChangeMethod,
    ServiceChangeParm,
    ServiceChangeRequest,
    StreamMode,
    SubtractRequest,
    TransactionReply,
    TransactionRequest,
    Value,
)

ROLES = shipped_profile().roles
ENCODINGS = ("pretty", "compact", "binary")
LOCAL = b"v=0\r\nc=IN IP4 $\r\nm=message $ TCP/MSRP *\r\n"
CHOSEN = b"v=0\r\nc=IN IP4 192.0.2.1\r\nm=message 4000 TCP/MSRP *\r\n"
_MID = IpAddress("127.0.0.1", 2944)

specific = st.integers(1, 2**32 - 3)
contexts = specific | st.just(CHOOSE_CONTEXT)
names = st.builds("ip/{}/{}/{}".format, st.integers(0, 99), st.sampled_from(["access", "core"]), st.integers(1, 999))
request_ids = st.integers(0, 2**32 - 1)
texts = st.text(st.characters(exclude_categories=["C", "Z"], exclude_characters='"'), max_size=200)
_ascii = st.text(st.characters(min_codepoint=33, max_codepoint=126, exclude_characters='"'), max_size=40)
_sdp = st.none() | st.sampled_from([LOCAL, CHOSEN, b""])
_flags = st.none() | st.booleans()
_rates = st.none() | st.integers(0, 2**32 - 1)
_seconds = st.none() | st.integers(0, 2**31 - 1)


def _is_told(terms: StreamTerms) -> bool:
    return terms != StreamTerms(terms.stream_id)


stream_terms = st.builds(
    StreamTerms,
    st.integers(1, 65535),
    mode=st.none() | st.sampled_from(StreamMode),
    local=_sdp,
    remote=_sdp,
    establish_tls=st.booleans(),
    establish_tcp=st.booleans(),
    release_tls=st.booleans(),
    release_tcp=st.booleans(),
    reserve_value=_flags,
    source_filter=_flags,
    source_mask=st.none() | texts,
    source_port_filter=_flags,
    source_ports=st.none() | texts,
    dscp=st.none() | st.integers(0, 63),
    policing=_flags,
    sustainable_rate=_rates,
    burst_size=_rates,
    peak_rate=_rates,
    delay_tolerance=_rates,
    rtcp=_flags,
    latching=st.none() | st.sampled_from(["OFF", "LATCH", "RELATCH"]),
)
"""What can be said of a stream, nothing among it."""


def _streams(terms: st.SearchStrategy[StreamTerms], least: int = 0) -> st.SearchStrategy[tuple[StreamTerms, ...]]:
    several = st.lists(terms, min_size=least, max_size=4, unique_by=lambda one: one.stream_id)
    return several.map(lambda found: tuple(sorted(found, key=lambda one: one.stream_id)))


_roles: list[EventRole] = [*sorted(BEARER_EVENTS), "heartbeat", "media_inactivity"]
event_terms = st.builds(
    EventTerms,
    request_ids,
    st.frozensets(st.sampled_from(_roles)),
    _seconds,
    _seconds,
    st.none() | st.sampled_from(["IN", "OUT", "BOTH"]),
).filter(lambda one: bool(one.notify))
"""Events to report, one at least: text has no place for the request id of none."""
_events = st.none() | event_terms

_in_a_realm = {"streams": _streams(stream_terms, 1), "realm": texts.filter(bool)}
_in_none = {"streams": _streams(stream_terms.filter(_is_told))}
_reserve = (contexts, st.none() | st.integers(0, 65535), st.none() | st.sampled_from(["access", "core"]))
_priorities = st.none() | st.integers(0, 15)
_reserves = st.builds(
    ReserveConnectionPoint, *_reserve, **_in_a_realm, events=_events, priority=_priorities, emergency=_flags
) | st.builds(ReserveConnectionPoint, *_reserve, **_in_none, events=_events, priority=_priorities, emergency=_flags)
_configures = st.builds(
    ConfigureConnectionPoint, specific, names, **_in_a_realm, events=_events, priority=_priorities
) | st.builds(ConfigureConnectionPoint, specific, names, **_in_none, events=_events, priority=_priorities)


def _alone(field: str, values: st.SearchStrategy[object]) -> st.SearchStrategy[ConfigureConnectionPoint]:
    """Return a Configure that says nothing but this of its streams."""
    terms = st.builds(
        lambda number, value: StreamTerms(number, **{field: value}),
        st.integers(1, 65535),
        values,
    )
    return st.builds(ConfigureConnectionPoint, specific, names, _streams(terms, 1))


_indicated = (specific, names, request_ids)
_failures = (*_indicated, st.integers(1, 65535), texts)
_audited_ids = st.tuples(names) | st.sampled_from([("*",), (ROOT,)])
_audit_words = ["Mux", "Modem", "Media", "Events", "Signals", "DigitMap", "Statistics", "ObservedEvents", "Packages"]
_audits = (
    specific | st.sampled_from([NULL_CONTEXT, ALL_CONTEXTS]),
    _audited_ids,
    st.lists(st.sampled_from(_audit_words), unique=True).map(lambda some: tuple(sorted(some, key=_audit_words.index))),
)
"""Binary has descriptors to audit in one order alone."""
_on_root = (st.sampled_from([NULL_CONTEXT, ALL_CONTEXTS]), request_ids)
_realms = st.lists(texts, max_size=3).map(tuple)
_controllers = st.none() | st.builds(IpAddress, st.just("192.0.2.7"), st.integers(1, 65535))
_reason_texts = st.just("") | _ascii | st.just("Cold Boot")


def service_changes(key: str) -> st.SearchStrategy[ServiceChangeProcedure]:
    """Return the procedures that a row of the profile has room for."""
    row = ROLES.procedures[key]
    root = st.just((NULL_CONTEXT, (ROOT,)))
    others = st.tuples(specific | st.sampled_from([NULL_CONTEXT, ALL_CONTEXTS]), names.map(lambda name: (name,)))
    places = {True: root, False: others, None: root | others}[row.on_root]
    return st.builds(
        lambda place, controllers, **told: SERVICE_CHANGES[key](
            context_id=place[0], termination_ids=place[1], controller=controllers[0], address=controllers[1], **told
        ),
        places,
        # An address and another controller exclude each other (H.248.1 Annex B).
        st.tuples(_controllers, st.none()) | st.tuples(st.none(), _controllers),
        method=st.sampled_from(row.methods),
        reason=st.sampled_from(row.reasons),
        reason_text=_reason_texts,
        delay_s=st.none() | st.integers(0, 2**32 - 1),
        version=st.none() | st.integers(1, 3),
        profile=st.none() | st.just("threegppiq/3"),
    )


BY_KEY: Mapping[str, st.SearchStrategy[Procedure]] = {
    "reserve": _reserves.filter(lambda one: one.key == "reserve"),
    "reserve_and_configure": _reserves.filter(lambda one: one.key == "reserve_and_configure"),
    "configure": _configures.filter(lambda one: one.key == "configure"),
    "change_through_connection": _alone("mode", st.sampled_from(StreamMode)),
    "establish_tcp": _alone("establish_tcp", st.just(True)),
    "establish_tls": _alone("establish_tls", st.just(True)),
    "release": st.builds(
        ReleaseTerminations,
        specific,
        st.lists(names | st.just("*"), min_size=1, max_size=3).map(tuple),
        st.booleans(),
    ),
    "heartbeat": st.builds(Heartbeat, *_indicated),
    "bearer_released": st.builds(BearerReleased, *_failures),
    "tcp_failure": st.builds(TcpFailed, *_failures),
    "tls_failure": st.builds(TlsFailed, *_failures),
    "media_inactivity": st.builds(MediaInactive, *_indicated, st.integers(1, 65535)),
    **{key: service_changes(key) for key in SERVICE_CHANGES},
    "audit_value": st.builds(AuditValue, *_audits),
    "audit_capability": st.builds(AuditCapability, *_audits),
    "congestion_activate": st.builds(ActivateCongestion, *_on_root),
    "congestion": st.builds(Congestion, *_on_root, st.integers(0, 100)),
    "realm_availability_activate": st.builds(ActivateRealmAvailability, *_on_root),
    "realm_availability": st.builds(RealmAvailability, *_on_root, _realms, _realms),
    "inactivity_activate": st.builds(ActivateInactivity, *_on_root, _seconds),
    "inactivity": st.builds(Inactivity, *_on_root),
}
"""Every procedure, by its key."""

_chosen = st.dictionaries(st.integers(1, 65535), st.sampled_from([LOCAL, CHOSEN]), max_size=3)
_reserved = st.builds(Reserved, specific, names, _chosen)
_packages = st.lists(
    st.builds("{}-{}".format, st.sampled_from(["gm", "tman", "g"]), st.integers(1, 99)), min_size=1, max_size=3
).map(lambda some: PackagesDescriptor(tuple(some)))
_audited = st.builds(Audited, specific, st.tuples(names), st.just(()) | st.tuples(_packages))
_rejected = st.builds(Rejected, st.integers(400, 599), _ascii)
_event = ObservedEventsDescriptor(1, (ObservedEvent("g/cause"),))
_no_audit = AuditDescriptor()
_service_change = ServiceChangeParm(ServiceChangeMethod.RESTART, Value("901", quoted=True))
OUTCOMES: Mapping[type[Command], tuple[Command, st.SearchStrategy[Outcome]]] = {
    AddRequest: (AddRequest(("ip/1/core/$",)), _reserved | _rejected),
    ModifyRequest: (ModifyRequest(("ip/1/core/1",)), _reserved | _rejected),
    MoveRequest: (MoveRequest(("ip/1/core/1",)), _rejected),
    SubtractRequest: (
        SubtractRequest(("*",), _no_audit),
        _rejected | st.builds(Released, specific, st.lists(names, min_size=1, max_size=3).map(tuple)),
    ),
    NotifyRequest: (
        NotifyRequest(("ip/1/core/1",), _event),
        _rejected | st.builds(Acknowledged, specific, st.tuples(names)),
    ),
    ServiceChangeRequest: (
        ServiceChangeRequest((ROOT,), _service_change),
        _rejected
        | st.builds(
            ServiceChanged,
            st.just(NULL_CONTEXT),
            st.just((ROOT,)),
            st.none() | st.integers(1, 3),
            st.none() | st.just("threegppiq/3"),
            st.none() | st.just(DomainName("mgc.example.com", 2944)),
        ),
    ),
    AuditValueRequest: (AuditValueRequest(("*",), _no_audit), _rejected | _audited),
    AuditCapabilityRequest: (AuditCapabilityRequest(("*",), _no_audit), _rejected | _audited),
}
"""A request of each command with what can become of it."""


def carried(action: ActionRequest, encoding: str) -> ActionRequest:
    """Send an action over the wire; what is read has to be to the letter of the standard."""
    octets = encode(Message(2, _MID, (TransactionRequest(1, (action,)),)), encoding)
    (request,) = decode(octets, strict=True).transactions
    assert isinstance(request, TransactionRequest)
    return request.actions[0]


def carried_reply(context_id: int, replies: tuple[CommandReply, ...], encoding: str) -> TransactionReply:
    """Send the replies of one context over the wire."""
    reply = TransactionReply(1, (ActionReply(context_id, replies=replies),))
    octets = encode(Message(2, _MID, (reply,)), encoding)
    (read,) = decode(octets, strict=True).transactions
    assert isinstance(read, TransactionReply)
    return read
