"""Hypothesis strategies for message trees: every node that the text encoding carries, in its canonical form."""

import re
from typing import Any, TypeVar

import msgspec
from hypothesis import strategies as st

from megaco import message as tree
from megaco.text import text_encoding
from megaco.text.values import to_text

Item = TypeVar("Item")

_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_DIGITS = "0123456789"
_HIGH = "".join(map(chr, range(0x80, 0x100)))
_SAFE = _LETTERS + _DIGITS + "+-&!_/'?@^`~*$\\()%.|" + _HIGH
_QUOTABLE = "\t\r\n" + "".join(map(chr, range(0x20, 0x7F))).replace('"', "") + _HIGH
_KEYWORDS = {spelling.lower() for row in text_encoding().grammar.spellings.values() for spelling in row}

_UINT16 = st.integers(0, 65535)
_UINT32 = st.integers(0, 4294967295)


def _maybe(items: st.SearchStrategy[Item]) -> st.SearchStrategy[Item | None]:
    return st.none() | items


def _tuple(items: st.SearchStrategy[Item], least: int = 0, most: int = 3) -> st.SearchStrategy[tuple[Item, ...]]:
    return st.lists(items, min_size=least, max_size=most).map(tuple)


def _named(items: st.SearchStrategy[Item]) -> st.SearchStrategy[Item]:
    """Hide how a strategy is made: Hypothesis would print it in full inside each one that uses it."""

    @st.composite
    def named(draw: st.DrawFn) -> Item:
        return draw(items)

    return named()


def _is_filled(node: msgspec.Struct) -> bool:
    """Tell whether a node says anything: one that does not has no place in the text encoding."""
    return any(getattr(node, info.name) != info.default for info in msgspec.structs.fields(node))


def _one(name: str, value: Any) -> dict[str, Any]:
    return {name: value}


def _word(first: str, rest: str, most: int = 10) -> st.SearchStrategy[str]:
    return st.builds(str.__add__, st.sampled_from(first), st.text(rest, max_size=most))


def _digits(least: int, most: int) -> st.SearchStrategy[str]:
    return st.text(_DIGITS, min_size=least, max_size=most)


def _clean_sdp(octets: bytes) -> tree.Octets:
    """Leave out what the braces round SDP would swallow or misread."""
    return tree.Octets(re.sub(rb"\\+(?=\}|\Z)", b"", octets.replace(b"\x00", b"").lstrip(b" \t\r\n;")))


# ------------------------------------------------------------------------------------------------- names, values

NAMES = _word(_LETTERS, _LETTERS + _DIGITS + "_").filter(lambda name: name.lower() not in _KEYWORDS)
PACKAGE_ITEMS = st.builds("{}/{}".format, NAMES, NAMES | st.just("*")) | st.just("*/*")
PATH_NAMES = (
    st.builds(str.__add__, st.sampled_from(["", "*"]), _word(_LETTERS, _LETTERS + _DIGITS + "_/*$"))
    | st.builds("{}@{}".format, NAMES, _word(_LETTERS + _DIGITS + "*", _LETTERS + _DIGITS + ".*-"))
    | st.sampled_from(["$", "*", "ROOT"])
    | st.builds("{}{}".format, _digits(1, 3), _word(_LETTERS, _LETTERS + _DIGITS + "_/*$.-"))
)
TIME_STAMPS = st.builds(tree.TimeStamp, _digits(8, 8), _digits(8, 8))
VALUES = st.builds(tree.Value, st.text(_SAFE, min_size=1, max_size=8).map(to_text)) | st.builds(
    tree.Value, st.text(_QUOTABLE, max_size=8).map(to_text), quoted=st.just(True)
)
VALUE_LISTS = st.builds(tree.ValueList, _tuple(VALUES, 1))
ANY_VALUES = (
    VALUES
    | VALUE_LISTS
    | st.builds(tree.ValueChoice, _tuple(VALUES, 1))
    | st.builds(tree.ValueRange, VALUES, VALUES)
    | st.builds(tree.RelatedValue, st.sampled_from(tree.Relation), VALUES)
)
PROPERTIES = st.builds(tree.PropertyParm, PACKAGE_ITEMS, ANY_VALUES)
PARAMETERS = st.builds(tree.PropertyParm, NAMES, ANY_VALUES)
MIDS: st.SearchStrategy[tree.MessageIdentifier] = (
    st.builds(tree.IpAddress, st.ip_addresses().map(str), _maybe(_UINT16))
    | st.builds(tree.DomainName, _word(_LETTERS + _DIGITS, _LETTERS + _DIGITS + ".-"), _maybe(_UINT16))
    | st.builds(tree.DeviceName, PATH_NAMES)
    | st.builds(tree.MtpAddress, st.text("0123456789ABCDEF", min_size=4, max_size=8))
)
CONTEXT_IDS = st.integers(1, 4294967293) | st.sampled_from([tree.NULL_CONTEXT, tree.CHOOSE_CONTEXT, tree.ALL_CONTEXTS])
ERRORS = st.builds(tree.ErrorDescriptor, st.integers(0, 9999), _maybe(st.text(_QUOTABLE, max_size=12).map(to_text)))

# --------------------------------------------------------------------------------------------------- descriptors

STATISTICS = st.builds(
    tree.StatisticsDescriptor,
    _tuple(st.builds(tree.StatisticsParameter, PACKAGE_ITEMS, _maybe(VALUES | VALUE_LISTS)), 1),
)
_SDP = st.binary(max_size=40).map(_clean_sdp)
STREAMS = st.builds(
    tree.StreamDescriptor,
    st.none(),
    _maybe(
        st.builds(
            tree.LocalControlDescriptor,
            _maybe(st.sampled_from(tree.StreamMode)),
            _maybe(st.booleans()),
            _maybe(st.booleans()),
            _tuple(PROPERTIES),
        ).filter(_is_filled)
    ),
    _maybe(st.builds(tree.LocalDescriptor, _SDP)),
    _maybe(st.builds(tree.RemoteDescriptor, _SDP)),
    _maybe(STATISTICS),
).filter(_is_filled)
_NUMBERED = st.builds(lambda stream, number: msgspec.structs.replace(stream, stream_id=number), STREAMS, _UINT16)
MEDIA = st.builds(
    tree.MediaDescriptor,
    _maybe(
        st.builds(
            tree.TerminationStateDescriptor,
            _maybe(st.sampled_from(tree.ServiceState)),
            _maybe(st.sampled_from(tree.EventBufferControl)),
            _tuple(PROPERTIES),
        ).filter(_is_filled)
    ),
    _tuple(STREAMS, most=1) | _tuple(_NUMBERED),
).filter(_is_filled)
EVENTS = st.just(tree.EventsDescriptor()) | st.builds(
    tree.EventsDescriptor,
    _UINT32,
    _tuple(st.builds(tree.RequestedEvent, PACKAGE_ITEMS, _maybe(_UINT16), st.booleans(), _tuple(PARAMETERS)), 1),
)
OBSERVED = st.builds(
    tree.ObservedEventsDescriptor,
    _UINT32,
    _tuple(st.builds(tree.ObservedEvent, PACKAGE_ITEMS, _maybe(TIME_STAMPS), _maybe(_UINT16), _tuple(PARAMETERS)), 1),
)
_SIGNAL = st.builds(
    tree.Signal,
    PACKAGE_ITEMS,
    _maybe(_UINT16),
    _maybe(st.sampled_from(tree.SignalType)),
    _maybe(_UINT16),
    _tuple(st.sampled_from(tree.NotifyReason)),
    st.booleans(),
    _tuple(PARAMETERS),
)
SIGNALS = st.builds(
    tree.SignalsDescriptor, _tuple(_SIGNAL | st.builds(tree.SignalList, _UINT16, _tuple(_SIGNAL, 1, 2)))
)
AUDITS = st.builds(tree.AuditDescriptor, _tuple(st.sampled_from(tree.AuditItem)))
PACKAGES = st.builds(tree.PackagesDescriptor, _tuple(st.builds("{}-{}".format, NAMES, st.integers(0, 99999)), 1))
_WHERE: st.SearchStrategy[dict[str, Any]] = (
    st.just({})
    | st.builds(_one, st.just("address"), MIDS)
    | st.builds(_one, st.just("address_port"), _UINT16)
    | st.builds(_one, st.just("mgc_id_to_try"), MIDS)
)
_PROFILES = st.builds("{}/{}".format, NAMES, st.integers(0, 99))
_CHANGE = {
    "profile": _maybe(_PROFILES),
    "version": _maybe(st.integers(0, 99)),
    "time_stamp": _maybe(TIME_STAMPS),
}
_CHANGE_REQUEST = {
    "method": st.sampled_from(tree.ServiceChangeMethod),
    "reason": VALUES,
    "delay": _maybe(_UINT32),
    **_CHANGE,
}
SERVICE_CHANGES = st.builds(
    lambda where, rest: tree.ServiceChangeParm(**rest, **where), _WHERE, st.fixed_dictionaries(_CHANGE_REQUEST)
)
SERVICE_CHANGE_RESULTS = st.builds(
    lambda where, rest: tree.ServiceChangeResParm(**rest, **where), _WHERE, st.fixed_dictionaries(_CHANGE)
).filter(_is_filled)

# ------------------------------------------------------------------------------------- commands and what holds them

_IDS = _named(_tuple(PATH_NAMES, 1))
_MEDIA = _named(_maybe(MEDIA))
_EVENTS = _named(_maybe(EVENTS))
_SIGNALS = _named(_maybe(SIGNALS))
_STATISTICS = _named(_maybe(STATISTICS))
_OBSERVED = _named(OBSERVED)
_AMM = (_IDS, _MEDIA, _EVENTS, _SIGNALS, _maybe(AUDITS), _STATISTICS)
COMMANDS: st.SearchStrategy[tree.Command] = (
    st.builds(tree.AddRequest, *_AMM)
    | st.builds(tree.MoveRequest, *_AMM)
    | st.builds(tree.ModifyRequest, *_AMM)
    | st.builds(tree.SubtractRequest, _IDS, _maybe(AUDITS))
    | st.builds(tree.AuditValueRequest, _IDS, AUDITS)
    | st.builds(tree.AuditCapabilityRequest, _IDS, AUDITS)
    | st.builds(tree.NotifyRequest, _IDS, _OBSERVED, _maybe(ERRORS))
    | st.builds(tree.ServiceChangeRequest, _IDS, SERVICE_CHANGES)
)
_EMPTIES = st.sampled_from([item for item in tree.AuditItem if item.name not in ("SIGNALS", "EVENT_BUFFER", "EVENTS")])
_RETURN = (
    _IDS,
    _MEDIA,
    _EVENTS,
    _SIGNALS,
    _maybe(_OBSERVED),
    _STATISTICS,
    _maybe(PACKAGES),
    _maybe(ERRORS),
    _tuple(_EMPTIES),
)
REPLIES: st.SearchStrategy[tree.CommandReply] = (
    st.builds(tree.AddReply, *_RETURN)
    | st.builds(tree.MoveReply, *_RETURN)
    | st.builds(tree.ModifyReply, *_RETURN)
    | st.builds(tree.SubtractReply, *_RETURN)
    | st.builds(tree.AuditValueReply, *_RETURN)
    | st.builds(tree.AuditCapabilityReply, *_RETURN)
    | st.builds(tree.NotifyReply, _IDS, _maybe(ERRORS))
    | st.builds(tree.ServiceChangeReply, _IDS, _maybe(SERVICE_CHANGE_RESULTS))
    | st.builds(tree.ServiceChangeReply, _IDS, error=_maybe(ERRORS))
)
_CONTEXT = _maybe(
    st.builds(tree.ContextProperties, _maybe(st.integers(0, 15)), _maybe(st.booleans())).filter(_is_filled)
)
_COMMAND_REQUESTS = st.builds(tree.CommandRequest, _named(COMMANDS), st.booleans(), st.booleans())
_ACTIONS = st.builds(tree.ActionRequest, CONTEXT_IDS, _CONTEXT, _tuple(_COMMAND_REQUESTS, most=2)).filter(
    lambda action: action.properties is not None or action.commands != ()
)
_ACTION_REPLIES = st.builds(tree.ActionReply, CONTEXT_IDS, _CONTEXT, _tuple(_named(REPLIES), most=2), _maybe(ERRORS))
TRANSACTIONS: st.SearchStrategy[tree.Transaction] = (
    st.builds(tree.TransactionRequest, _UINT32, _tuple(_ACTIONS, 1, 2))
    | st.builds(tree.TransactionReply, _UINT32, _tuple(_ACTION_REPLIES, 1, 2), immediate_ack_required=st.booleans())
    | st.builds(tree.TransactionReply, _UINT32, error=ERRORS, immediate_ack_required=st.booleans())
    | st.builds(tree.TransactionPending, _UINT32)
    | st.builds(tree.TransactionResponseAck, _tuple(st.builds(tree.TransactionAck, _UINT32, _maybe(_UINT32)), 1))
)
_HEX8 = st.text("0123456789ABCDEF", min_size=8, max_size=8)
_AUTHENTICATION = _maybe(
    st.builds(tree.AuthenticationHeader, _HEX8, _HEX8, st.text("0123456789ABCDEF", min_size=24, max_size=64))
)
MESSAGES = st.builds(
    tree.Message, st.integers(1, 3), MIDS, _tuple(_named(TRANSACTIONS), 1, 2), authentication=_AUTHENTICATION
) | st.builds(tree.Message, st.integers(1, 3), MIDS, error=ERRORS, authentication=_AUTHENTICATION)
