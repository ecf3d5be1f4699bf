"""Trees for binary out of the trees for text: names get numbers, values types, and what only text has is left out.

Which name or value takes the place of another depends on that other alone, so Hypothesis shrinks what it knows.
"""

import zlib
from collections.abc import Callable, Sequence
from functools import cache, singledispatch
from typing import Any, TypeVar

import msgspec

from megaco import message as tree
from megaco.binary import Dictionary
from megaco.binary.names import Scope, Term

Item = TypeVar("Item")

_TERMINATIONS = (
    "$",
    "*",
    "ROOT",
    "ip/1/access/7",
    "ip/65535/core/4294967295",
    "ip/*/$/3",
    "ip/1/*",
    "a",
    "a/b/*",
    "a/$",
)
_OPAQUE_IDS = ("x01", "x01/x02", "x01/x02/x03/x04", "gateway1", "00000001/00000010/11111111", "x00/$/x02/*")
_DIGIT_MAPS = ("d1", "a", "x0a0b", "dialplan07", "Z_")
_PACKAGES = ("al", "g", "x8001", "*")
_NUMBERS = ("0", "1", "-1", "127", "128", "65536", "-2147483648", "4294967296")
_WORDS = ("on", "off")
_OCTETS = ("", "00", "2E00", "FFFFFFFFFF")
_LINES = (
    b"v=0",
    b"o=- 0 0 IN IP4 $",
    b"s=-",
    b"c=IN IP4 192.0.2.1",
    b"a=",
    b"a=fmtp:96 a=1; b={2}",
    b"m=audio $ RTP/AVP 0",
)


def for_binary(message: tree.Message) -> tree.Message:
    """Return a tree that binary can carry and that comes back as it is, by and large like another."""
    return _carried(message)  # type: ignore[no-any-return]  # what goes in comes out


def _one(among: Sequence[Item], by: object) -> Item:
    return among[zlib.crc32(repr(by).encode()) % len(among)]


@cache
def _named(kind: str) -> tuple[Term, ...]:
    """Return what the dictionary has of a kind, and what nobody knows or a wildcard stands for."""
    names = Dictionary()
    items = {
        "property": names.properties,
        "event": names.events,
        "signal": names.signals,
        "statistic": names.statistics,
    }
    unknown = [items[kind].item(octets) for octets in (b"\x80\1\0\1", b"\x80\1\0\2", b"\x80\1\xff\xff")]
    known = items[kind].by_octets.values()
    return tuple(sorted({item.name: item for item in (*known, *unknown)}.values(), key=lambda item: item.name))


def _value(term: Term, value: tree.Value) -> tree.Value:
    """Return a value of a type, as reading gives it."""
    codec = term.codec
    if not codec.is_known:
        return tree.Value("0x" + value.text.encode("utf-8", "surrogateescape").hex())
    for text in (_one((*_NUMBERS, *_WORDS, *_OCTETS), value), "0", "on", ""):
        try:
            read = codec.read(codec.write(tree.Value(text)))
        except ValueError:
            continue
        if read is not None and not term.is_item_name:
            return read
    return tree.Value("cg/dt")


def _any_value(term: Term, value: Any) -> Any:
    if isinstance(value, tree.Value):
        return value if value == tree.Value("$") else _value(term, value)
    if isinstance(value, tree.RelatedValue):
        return tree.RelatedValue(value.relation, _value(term, value.value))
    if isinstance(value, tree.ValueRange):
        return tree.ValueRange(_value(term, value.low), _value(term, value.high))
    values = tuple([_value(term, one) for one in value.values])
    return values[0] if isinstance(value, tree.ValueChoice) and len(values) == 1 else type(value)(values)


def _property(node: tree.PropertyParm) -> tree.PropertyParm:
    term = _one(_named("property"), node.name)
    return tree.PropertyParm(term.name, _any_value(term, node.value))


def _parameters(nodes: tuple[tree.PropertyParm, ...], scope: Scope) -> tuple[tree.PropertyParm, ...]:
    """Return parameters of an event or a signal, each by another name."""
    terms = [*scope.by_octets.values(), *[scope.term(bytes([0x80, number])) for number in range(3)]]
    return tuple(
        [tree.PropertyParm(term.name, _any_value(term, node.value)) for node, term in zip(nodes, terms, strict=False)]
    )


def _lines(sdp: bytes) -> tree.Octets:
    """Return session descriptions, each begun by its version."""
    rows = [_one(_LINES, (octet, at)) for at, octet in enumerate(sdp[:12])]
    return tree.Octets(b"".join(row + b"\r\n" for row in rows))


def _sorted(members: tuple[Item, ...], order: Sequence[Item]) -> tuple[Item, ...]:
    return tuple([member for member in order if member in members])


_BITS = (
    *(tree.AuditItem.MUX, tree.AuditItem.MODEM, tree.AuditItem.MEDIA, tree.AuditItem.EVENTS, tree.AuditItem.SIGNALS),
    *(tree.AuditItem.DIGIT_MAP, tree.AuditItem.STATISTICS, tree.AuditItem.OBSERVED_EVENTS, tree.AuditItem.PACKAGES),
    tree.AuditItem.EVENT_BUFFER,
)
"""In the order of the bits of auditToken."""

# ----------------------------------------------------------------------------------------------------------- nodes


@singledispatch
def _carried(node: Any) -> Any:
    """Return what takes the place of a value of the tree."""
    return node


@_carried.register
def _(node: tuple) -> Any:  # type: ignore[type-arg]  # of anything
    return tuple([_carried(one) for one in node if one is not None])


@_carried.register
def _(node: msgspec.Struct) -> Any:
    return _changed(node)


def _changed(node: Any, **fields: Any) -> Any:
    """Return a node with its parts changed, some of them as given."""
    for name in node.__struct_fields__:
        if name not in fields:
            make = _OF_FIELDS.get(name, _carried)
            fields[name] = make(getattr(node, name))
    return type(node)(**fields)


def _ids(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple([_id(name) for name in names])


def _id(name: str) -> str:
    return _one((*_TERMINATIONS, *_OPAQUE_IDS), name)


def _ascii(text: str | None) -> str | None:
    return None if text is None else text.encode("ascii", "replace").decode()


def _package(text: str) -> str:
    return f"{_one(_PACKAGES, text)}-{len(text)}"


_OF_FIELDS: dict[str, Callable[[Any], Any]] = {
    "termination_ids": _ids,
    "termination_from": _id,
    "termination_to": _id,
    "packages": lambda packages: tuple([_package(one) for one in packages]),
    "package": _package,
    "sdp": _lines,
}


@_carried.register
def _(node: tree.Message) -> Any:
    return _changed(node, version=3)


@_carried.register(tree.DeviceName)
@_carried.register(tree.DomainName)
def _(node: Any) -> Any:
    return _changed(node, name=_ascii(node.name))


@_carried.register
def _(node: tree.MtpAddress) -> Any:
    return tree.MtpAddress(node.digits[: len(node.digits) // 2 * 2])


@_carried.register
def _(node: tree.AuthenticationHeader) -> Any:
    return _changed(node, data=node.data[: len(node.data) // 2 * 2])


@_carried.register
def _(node: tree.ErrorDescriptor) -> Any:
    return tree.ErrorDescriptor(node.code, _ascii(node.text))


@_carried.register
def _(node: tree.PropertyParm) -> Any:
    return _property(node)


@_carried.register
def _(node: tree.PropertyAudit) -> Any:
    if node.value is None:
        return tree.PropertyAudit(_one(_named("property"), node.name).name)
    found = _property(tree.PropertyParm(node.name, node.value))
    return tree.PropertyAudit(found.name, found.value)


@_carried.register
def _(node: tree.StatisticsParameter) -> Any:
    term = _one(_named("statistic"), node.name)
    match node.value and _any_value(term, node.value):
        case tree.ValueList((one,)):
            return tree.StatisticsParameter(term.name, one)
        case tree.Value("$", False):
            return tree.StatisticsParameter(term.name)
        case value:
            return tree.StatisticsParameter(term.name, value)


@_carried.register(tree.RequestedEvent)
@_carried.register(tree.SecondRequestedEvent)
@_carried.register(tree.EventSpec)
def _(node: Any) -> Any:
    item: Any = _one(_named("event"), node.name)
    return _changed(node, name=item.name, parameters=_parameters(node.parameters, item.requested))


@_carried.register
def _(node: tree.ObservedEvent) -> Any:
    item: Any = _one(_named("event"), node.name)
    return _changed(node, name=item.name, parameters=_parameters(node.parameters, item.observed))


@_carried.register
def _(node: tree.Signal) -> Any:
    item: Any = _one(_named("signal"), node.name)
    reasons = _sorted(node.notify_completion, tuple(tree.NotifyReason))
    parameters = _parameters(node.parameters, item.requested)
    return _changed(node, name=item.name, parameters=parameters, notify_completion=reasons)


@_carried.register(tree.DigitMapDescriptor)
@_carried.register(tree.EventDigitMap)
@_carried.register(tree.DigitMapAudit)
def _(node: Any) -> Any:
    return _changed(node, name=None if node.name is None else _one(_DIGIT_MAPS, node.name))


@_carried.register
def _(node: tree.ModemDescriptor) -> Any:
    return _changed(node, extensions=())


@_carried.register
def _(node: tree.MuxDescriptor) -> Any:
    return _changed(node, type=node.type or tree.MuxType.NX64K, extension=None)


# ---------------------------------------------------------------------------------------------------------- audits


@_carried.register
def _(node: tree.ContextAudit) -> Any:
    properties = tuple([_one(_named("property"), name).name for name in node.properties])
    attributes = tuple([one for one in _carried(node.attributes) if one.value is not None])
    items = _sorted(node.items, tuple(tree.ContextAuditItem))
    return _changed(node, items=items, properties=properties, attributes=attributes)


@_carried.register
def _(node: tree.AuditDescriptor) -> Any:
    return _changed(node, items=_sorted(node.items, _BITS))


@_carried.register(tree.StreamModeAudit)
@_carried.register(tree.ServiceStateAudit)
def _(node: Any) -> Any:
    return _changed(node, relation=None)


@_carried.register(tree.EventsAudit)
def _(node: Any) -> Any:
    return _changed(node, name=_one(_named("event"), node.name).name)


@_carried.register
def _(node: tree.EventBufferAudit) -> Any:
    return _changed(node, name=_one(_named("event"), node.name).name, parameter=None)


@_carried.register
def _(node: tree.SignalsAudit) -> Any:
    return tree.SignalsAudit(_carried(node.signal or tree.SignalAudit("any")))


@_carried.register
def _(node: tree.SignalAudit) -> Any:
    return _changed(node, name=_one(_named("signal"), node.name).name)


@_carried.register
def _(node: tree.StatisticsAudit) -> Any:
    return tree.StatisticsAudit(_one(_named("statistic"), node.name).name)


# ---------------------------------------------------------------------------------------------------- ServiceChange


@_carried.register
def _(node: tree.ServiceChangeParm) -> Any:
    method = node.method or tree.ServiceChangeMethod.RESTART
    reason = tree.Value(node.reason.text, quoted=True)
    items = _sorted(node.items, _BITS)
    extensions = _extension(node.extensions[:1])
    data = None if extensions else _data(node)
    return _changed(
        node, method=method, method_extension=None, reason=reason, items=items, extensions=extensions, non_standard=data
    )


def _extension(rows: tuple[tree.PropertyParm, ...]) -> tuple[tree.PropertyParm, ...]:
    return tuple([tree.PropertyParm(row.name[:8], _one(_EXTENSION_VALUES, row)) for row in rows])


_EXTENSION_VALUES = (tree.Value("1"), tree.Value("$"), tree.Value("", quoted=True), tree.Value("a b;c", quoted=True))


def _data(node: tree.ServiceChangeParm) -> tree.NonStandardData | None:
    """Return what only binary has, now and then."""
    data = tree.Octets(node.reason.text.encode("utf-8", "surrogateescape"))
    return _one(
        (
            None,
            tree.NonStandardData(data, object="1.2.840.113549"),
            tree.NonStandardData(data, object="2.999.0"),
            tree.NonStandardData(data, h221=(1, 255, 0, 65_535)),
            tree.NonStandardData(data, experimental="ABCDEFGH"),
        ),
        node.reason,
    )


@_carried.register
def _(node: tree.ServiceChangeReply) -> Any:
    services = None if node.error is not None else _carried(node.services)
    return _changed(node, services=None if services == tree.ServiceChangeResParm() else services)


@_carried.register
def _(node: tree.ContextAuditReply) -> Any:
    return _changed(node, termination_ids=_ids(node.termination_ids) if node.error is None else ())
