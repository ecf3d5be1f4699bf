"""Hypothesis strategies for message trees: every node that the text encoding carries, in its canonical form."""

from typing import Any

import msgspec
from hypothesis import strategies as st

from megaco import message as tree

from .draws import (
    ANY_VALUES,
    CONTEXT_IDS,
    ERRORS,
    EXTENSIONS,
    MIDS,
    NAMES,
    PACKAGE_ITEMS,
    PARAMETERS,
    PATH_NAMES,
    PROPERTIES,
    REQUEST_IDS,
    TIME_STAMPS,
    UINT16,
    UINT32,
    VALUE_LISTS,
    VALUES,
    clean_sdp,
    digits,
    either,
    field,
    is_filled,
    maybe,
    named,
    of_each_kind,
    several,
    unique,
)

# --------------------------------------------------------------------------------------------------- descriptors

STATISTICS = st.builds(
    tree.StatisticsDescriptor,
    unique(st.builds(tree.StatisticsParameter, PACKAGE_ITEMS, maybe(VALUES | VALUE_LISTS)), 1),
)
_SDP = st.binary(max_size=40).map(clean_sdp)
_LOCAL = st.builds(tree.LocalDescriptor, _SDP)
_REMOTE = st.builds(tree.RemoteDescriptor, _SDP)
STREAMS = st.builds(
    tree.StreamDescriptor,
    st.none(),
    maybe(
        st.builds(
            tree.LocalControlDescriptor,
            maybe(st.sampled_from(tree.StreamMode)),
            maybe(st.booleans()),
            maybe(st.booleans()),
            unique(PROPERTIES),
        ).filter(is_filled)
    ),
    maybe(_LOCAL),
    maybe(_REMOTE),
    maybe(STATISTICS),
).filter(is_filled)
_NUMBERED = st.builds(lambda stream, number: msgspec.structs.replace(stream, stream_id=number), STREAMS, UINT16)
MEDIA = st.builds(
    tree.MediaDescriptor,
    maybe(
        st.builds(
            tree.TerminationStateDescriptor,
            maybe(st.sampled_from(tree.ServiceState)),
            maybe(st.sampled_from(tree.EventBufferControl)),
            unique(PROPERTIES),
        ).filter(is_filled)
    ),
    several(STREAMS, most=1) | several(_NUMBERED),
).filter(is_filled)
MODEMS = st.builds(
    tree.ModemDescriptor, several(st.sampled_from(tree.ModemType)), several(EXTENSIONS), several(PROPERTIES)
).filter(lambda modem: modem.types != () or modem.extensions != ())
MUXES = st.builds(
    tree.MuxDescriptor, maybe(st.sampled_from(tree.MuxType)), maybe(EXTENSIONS), several(PATH_NAMES, 1)
).filter(either("type", "extension"))

_POSITIONS = st.sampled_from([*"0159AFLSTZxe", "x.", "7.", "[1-7]", "[2E]", "[]", "#", "*.", "[*]"])
_STRINGS = st.lists(_POSITIONS, min_size=1, max_size=4).map("".join)
_PLAIN_STRINGS = _STRINGS.filter(lambda text: not set("#*") & set(text))
_MAPS = (
    _STRINGS
    | st.lists(_STRINGS, min_size=1, max_size=3).map(lambda rows: f"({'|'.join(rows)})")
    | st.lists(_PLAIN_STRINGS, min_size=1, max_size=3).map(lambda rows: f"(({'|'.join(rows)}))")
)
_TIMERS = maybe(st.integers(0, 99))
_MAP_VALUES = st.builds(tree.DigitMapValue, _MAPS, _TIMERS, _TIMERS, _TIMERS, _TIMERS)
_MAP_NAMES = NAMES | st.builds("{}-{}".format, NAMES, digits(1, 3))
DIGIT_MAPS = st.builds(tree.DigitMapDescriptor, maybe(_MAP_NAMES), maybe(_MAP_VALUES)).filter(is_filled)
_EVENT_MAPS = st.builds(tree.EventDigitMap, maybe(_MAP_NAMES), maybe(_MAP_VALUES)).filter(either("name", "value"))

_SIGNAL = st.builds(
    tree.Signal,
    PACKAGE_ITEMS,
    maybe(UINT16),
    maybe(st.sampled_from(tree.SignalType)),
    maybe(UINT16),
    several(st.sampled_from(tree.NotifyReason)),
    st.booleans(),
    maybe(st.sampled_from(tree.SignalDirection)),
    maybe(REQUEST_IDS),
    maybe(UINT16),
    unique(PARAMETERS),
)
SIGNALS = st.builds(
    tree.SignalsDescriptor, several(_SIGNAL | st.builds(tree.SignalList, UINT16, several(_SIGNAL, 1, 2)), most=2)
)
_SOME_SIGNALS = named(SIGNALS)


def _behaviours(events: st.SearchStrategy[tree.EmbeddedDescriptors]) -> st.SearchStrategy[tree.NotifyBehaviour]:
    return (
        st.just(tree.NotifyImmediately()) | st.just(tree.NotifyNever()) | st.builds(tree.NotifyRegulated, maybe(events))
    )


def _embedded(events: st.SearchStrategy[tree.SecondEventsDescriptor]) -> st.SearchStrategy[tree.EmbeddedDescriptors]:
    return st.builds(tree.EmbeddedDescriptors, maybe(_SOME_SIGNALS), maybe(events)).filter(is_filled)


def _second_events(
    embedded: st.SearchStrategy[tree.EmbeddedDescriptors],
) -> st.SearchStrategy[tree.SecondEventsDescriptor]:
    event = st.builds(
        tree.SecondRequestedEvent,
        PACKAGE_ITEMS,
        maybe(UINT16),
        st.booleans(),
        maybe(_EVENT_MAPS),
        maybe(_SOME_SIGNALS),
        maybe(_behaviours(embedded)),
        st.booleans(),
        unique(PARAMETERS),
    )
    filled = st.builds(tree.SecondEventsDescriptor, REQUEST_IDS, several(event, 1, 2))
    return st.just(tree.SecondEventsDescriptor()) | filled


_INNERMOST = named(_embedded(st.just(tree.SecondEventsDescriptor())))
_EMBEDDED = named(_embedded(named(_second_events(_INNERMOST))))
_REQUESTED = st.builds(
    tree.RequestedEvent,
    PACKAGE_ITEMS,
    maybe(UINT16),
    st.booleans(),
    maybe(_EVENT_MAPS),
    maybe(_EMBEDDED),
    maybe(_behaviours(_EMBEDDED)),
    st.booleans(),
    unique(PARAMETERS),
)
EVENTS = st.just(tree.EventsDescriptor()) | st.builds(tree.EventsDescriptor, REQUEST_IDS, several(_REQUESTED, 1, 2))
BUFFERS = st.builds(
    tree.EventBufferDescriptor, several(st.builds(tree.EventSpec, PACKAGE_ITEMS, maybe(UINT16), unique(PARAMETERS)))
)
OBSERVED = st.builds(
    tree.ObservedEventsDescriptor,
    REQUEST_IDS,
    several(st.builds(tree.ObservedEvent, PACKAGE_ITEMS, maybe(TIME_STAMPS), maybe(UINT16), unique(PARAMETERS)), 1),
)
PACKAGES = st.builds(tree.PackagesDescriptor, several(st.builds("{}-{}".format, NAMES, st.integers(0, 99999)), 1))

# -------------------------------------------------------------------------------------------------------- audits

_PROPERTY_AUDITS = st.builds(tree.PropertyAudit, PACKAGE_ITEMS, maybe(ANY_VALUES))
_RELATIONS = maybe(st.sampled_from(tree.Relation))


def _parts(node: msgspec.Struct) -> int:
    """Count the fields that say something: Annex B has one of them, or several, depending on the place."""
    return sum(bool(value) for value in msgspec.structs.astuple(node))


_STREAM_AUDITS = st.builds(
    tree.StreamAudit,
    st.none(),
    maybe(
        st.builds(
            tree.LocalControlAudit,
            maybe(
                st.just(tree.StreamModeAudit())
                | st.builds(tree.StreamModeAudit, st.sampled_from(tree.StreamMode), _RELATIONS)
            ),
            st.booleans(),
            st.booleans(),
            several(_PROPERTY_AUDITS),
        ).filter(is_filled)
    ),
    maybe(_LOCAL),
    maybe(_REMOTE),
    maybe(st.builds(tree.StatisticsAudit, PACKAGE_ITEMS)),
).filter(is_filled)
_NUMBERED_AUDITS = st.builds(
    lambda stream, number: msgspec.structs.replace(stream, stream_id=number),
    _STREAM_AUDITS.filter(lambda stream: _parts(stream) == 1),
    UINT16,
)
_STATE_AUDITS = st.builds(
    tree.TerminationStateAudit,
    maybe(
        st.just(tree.ServiceStateAudit())
        | st.builds(tree.ServiceStateAudit, st.sampled_from(tree.ServiceState), _RELATIONS)
    ),
    st.booleans(),
    several(_PROPERTY_AUDITS, most=1),
).filter(lambda state: _parts(state) == 1)
_SIGNAL_AUDITS = st.builds(tree.SignalAudit, PACKAGE_ITEMS, maybe(UINT16), maybe(REQUEST_IDS))
INDIVIDUAL: st.SearchStrategy[tree.IndividualAudit] = (
    st.builds(
        tree.MediaAudit, maybe(_STATE_AUDITS), several(_STREAM_AUDITS, most=1) | several(_NUMBERED_AUDITS, most=2)
    ).filter(is_filled)
    | st.builds(tree.EventsAudit, PACKAGE_ITEMS, maybe(REQUEST_IDS))
    | st.builds(tree.EventBufferAudit, PACKAGE_ITEMS, maybe(UINT16))
    | st.builds(tree.EventBufferAudit, PACKAGE_ITEMS, parameter=NAMES)
    | st.builds(
        tree.SignalsAudit,
        maybe(_SIGNAL_AUDITS | st.builds(tree.SignalListAudit, UINT16, maybe(_SIGNAL_AUDITS))),
    )
    | st.builds(tree.DigitMapAudit, _MAP_NAMES)
    | st.builds(tree.StatisticsAudit, PACKAGE_ITEMS)
    | st.builds(tree.PackagesAudit, st.builds("{}-{}".format, NAMES, st.integers(0, 99999)))
)
_ITEMS = several(st.sampled_from(tree.AuditItem))
AUDITS = st.builds(tree.AuditDescriptor, _ITEMS, several(named(INDIVIDUAL), most=2))

# ------------------------------------------------------------------------------------------------- ServiceChange

_WHERE: st.SearchStrategy[dict[str, Any]] = (
    st.just({})
    | st.builds(field, st.just("address"), MIDS)
    | st.builds(field, st.just("address_port"), UINT16)
    | st.builds(field, st.just("mgc_id_to_try"), MIDS)
)
_PROFILES = st.builds("{}/{}".format, NAMES, st.integers(0, 99))
_CHANGE = {
    "profile": maybe(_PROFILES),
    "version": maybe(st.integers(0, 99)),
    "time_stamp": maybe(TIME_STAMPS),
}
_CHANGE_REQUEST = {
    "method": maybe(st.sampled_from(tree.ServiceChangeMethod)),
    "method_extension": maybe(EXTENSIONS),
    "reason": VALUES,
    "delay": maybe(UINT32),
    "incomplete": st.booleans(),
    "extensions": unique(st.builds(tree.PropertyParm, EXTENSIONS, ANY_VALUES)),
    "items": _ITEMS,
    "individual": several(named(INDIVIDUAL), most=2),
    **_CHANGE,
}
SERVICE_CHANGES = st.builds(
    lambda where, rest: tree.ServiceChangeParm(**rest, **where), _WHERE, st.fixed_dictionaries(_CHANGE_REQUEST)
).filter(either("method", "method_extension"))
SERVICE_CHANGE_RESULTS = st.builds(
    lambda where, rest: tree.ServiceChangeResParm(**rest, **where), _WHERE, st.fixed_dictionaries(_CHANGE)
).filter(is_filled)

# ------------------------------------------------------------------------------------- commands and what holds them

_IDS = named(several(PATH_NAMES, 1))
_OBSERVED = named(OBSERVED)
_SHARED = (
    named(MEDIA),
    named(MODEMS),
    named(MUXES),
    named(EVENTS),
    named(BUFFERS),
    _SOME_SIGNALS,
    named(DIGIT_MAPS),
    named(STATISTICS),
)
_AMM = named(of_each_kind(st.one_of(*_SHARED, named(AUDITS))))
COMMANDS: st.SearchStrategy[tree.Command] = (
    st.builds(tree.AddRequest, _IDS, _AMM)
    | st.builds(tree.MoveRequest, _IDS, _AMM)
    | st.builds(tree.ModifyRequest, _IDS, _AMM)
    | st.builds(tree.SubtractRequest, _IDS, maybe(AUDITS))
    | st.builds(tree.AuditValueRequest, _IDS, AUDITS)
    | st.builds(tree.AuditCapabilityRequest, _IDS, AUDITS)
    | st.builds(tree.NotifyRequest, _IDS, _OBSERVED, maybe(ERRORS))
    | st.builds(tree.ServiceChangeRequest, _IDS, SERVICE_CHANGES)
)
_EMPTIES = st.sampled_from([item for item in tree.AuditItem if item.name not in ("SIGNALS", "EVENT_BUFFER", "EVENTS")])
_RETURN = named(
    several(st.one_of(*_SHARED, _OBSERVED, named(PACKAGES), ERRORS, st.builds(tree.EmptyDescriptor, _EMPTIES)))
)
REPLIES: st.SearchStrategy[tree.CommandReply] = (
    st.builds(tree.AddReply, _IDS, _RETURN)
    | st.builds(tree.MoveReply, _IDS, _RETURN)
    | st.builds(tree.ModifyReply, _IDS, _RETURN)
    | st.builds(tree.SubtractReply, _IDS, _RETURN)
    | st.builds(tree.AuditValueReply, _IDS, _RETURN)
    | st.builds(tree.AuditCapabilityReply, _IDS, _RETURN)
    | st.builds(tree.ContextAuditReply, st.booleans(), _IDS)
    | st.builds(tree.ContextAuditReply, st.booleans(), error=ERRORS)
    | st.builds(tree.NotifyReply, _IDS, maybe(ERRORS))
    | st.builds(tree.ServiceChangeReply, _IDS, maybe(SERVICE_CHANGE_RESULTS))
    | st.builds(tree.ServiceChangeReply, _IDS, error=maybe(ERRORS))
)
_CONTEXT = maybe(
    st.builds(
        tree.ContextProperties,
        several(
            st.builds(
                tree.TopologyRequest,
                PATH_NAMES,
                PATH_NAMES,
                st.sampled_from(tree.TopologyDirection),
                maybe(UINT16),
            )
        ),
        maybe(st.integers(0, 15)),
        maybe(st.booleans()),
        maybe(st.booleans()),
        several(CONTEXT_IDS),
        several(PROPERTIES),
    ).filter(is_filled)
)
_CONTEXT_AUDIT = maybe(
    st.builds(
        tree.ContextAudit,
        several(st.sampled_from(tree.ContextAuditItem)),
        several(PACKAGE_ITEMS),
        several(_PROPERTY_AUDITS),
        maybe(st.integers(0, 15)),
        maybe(st.booleans()),
        maybe(st.booleans()),
        maybe(st.sampled_from(tree.SelectLogic)),
    ).filter(is_filled)
)
_COMMAND_REQUESTS = st.builds(tree.CommandRequest, named(COMMANDS), st.booleans(), st.booleans())
_ANY_ACTIONS = st.builds(tree.ActionRequest, CONTEXT_IDS, _CONTEXT, _CONTEXT_AUDIT, several(_COMMAND_REQUESTS, most=2))
_ACTIONS = _ANY_ACTIONS.filter(lambda action: bool(action.properties or action.audit or action.commands))
_ACTION_REPLIES = st.builds(tree.ActionReply, CONTEXT_IDS, _CONTEXT, several(named(REPLIES), most=2), maybe(ERRORS))
_SEGMENTS: st.SearchStrategy[dict[str, Any]] = st.just({}) | st.fixed_dictionaries(
    {"segment_number": UINT16, "is_last_segment": st.booleans()}
)
TRANSACTIONS: st.SearchStrategy[tree.Transaction] = (
    st.builds(tree.TransactionRequest, UINT32, several(_ACTIONS, 1, 2))
    | st.builds(
        lambda number, actions, now, segment: tree.TransactionReply(
            number, actions, immediate_ack_required=now, **segment
        ),
        UINT32,
        several(_ACTION_REPLIES, 1, 2),
        st.booleans(),
        _SEGMENTS,
    )
    | st.builds(tree.TransactionReply, UINT32, error=ERRORS, immediate_ack_required=st.booleans())
    | st.builds(tree.TransactionPending, UINT32)
    | st.builds(tree.TransactionResponseAck, several(st.builds(tree.TransactionAck, UINT32, maybe(UINT32)), 1))
    | st.builds(tree.SegmentReply, UINT32, UINT16, st.booleans())
)
_HEX8 = st.text("0123456789ABCDEF", min_size=8, max_size=8)
_AUTHENTICATION = maybe(
    st.builds(tree.AuthenticationHeader, _HEX8, _HEX8, st.text("0123456789ABCDEF", min_size=24, max_size=64))
)
MESSAGES = st.builds(
    tree.Message, st.integers(1, 3), MIDS, several(named(TRANSACTIONS), 1, 2), authentication=_AUTHENTICATION
) | st.builds(tree.Message, st.integers(1, 3), MIDS, error=ERRORS, authentication=_AUTHENTICATION)
