"""Tree to parts: what the tree and the module have in different shape, one function a type.

``parts_of_X`` gives the parts of a type in the order in which ``make_X`` in ``assembly.py`` takes them.
``pick_X`` gives the number of the alternative that a value is. What has no parts raises Unwritable.
"""

from __future__ import annotations

import ipaddress
import re
from typing import TYPE_CHECKING, Any, Final

from megaco.message import (
    AnyValue,
    AuditCapabilityReply,
    AuditCapabilityRequest,
    AuditDescriptor,
    AuditItem,
    AuditValueReply,
    AuditValueRequest,
    ContextAudit,
    ContextAuditItem,
    ContextAuditReply,
    DeviceName,
    DigitMapAudit,
    DigitMapValue,
    EmptyDescriptor,
    ErrorDescriptor,
    EventBufferDescriptor,
    EventSpec,
    IpAddress,
    LocalControlAudit,
    LocalDescriptor,
    MediaAudit,
    MediaDescriptor,
    MessageIdentifier,
    MtpAddress,
    NonStandardData,
    NotifyBehaviour,
    NotifyRegulated,
    Octets,
    PackagesAudit,
    PackagesDescriptor,
    PropertyAudit,
    PropertyParm,
    Relation,
    RemoteDescriptor,
    RequestedEvent,
    SecondEventsDescriptor,
    SecondRequestedEvent,
    SelectLogic,
    ServiceChangeMethod,
    ServiceChangeParm,
    ServiceChangeReply,
    ServiceChangeResParm,
    ServiceState,
    Signal,
    SignalAudit,
    SignalList,
    SignalListAudit,
    SignalsAudit,
    SignalsDescriptor,
    StatisticsDescriptor,
    StatisticsParameter,
    StreamAudit,
    StreamDescriptor,
    StreamMode,
    TerminationStateAudit,
    TerminationStateDescriptor,
    TimeStamp,
    TopologyDirection,
    TopologyRequest,
    TransactionAck,
    TransactionResponseAck,
    Value,
    ValueChoice,
    ValueList,
    ValueRange,
)
from megaco.refusals import Unwritable

from .names import NO_SCOPE, Dictionary, Item, Kind, Scope, Term
from .types import string_octets
from .writer import NOT_IN_BINARY, Writer

if TYPE_CHECKING:
    from mypy_extensions import i64

_STREAM_OF_BARE_PARTS: Final = 1
_PACKAGE = re.compile(r"(.+)-([0-9]{1,2})")
_EXPERIMENTAL: Final = 8
"""Characters of the name of experimental data; shorter ones are filled with spaces."""

Parm = tuple[bytes, tuple[bytes, ...], Relation | None, bool | None, bool | None]
"""Name, values, relation, range, sublist."""
ValueParts = tuple[tuple[bytes, ...], Relation | None, bool | None, bool | None]

# Final names are found without a look-up in the module.
_EmptyDescriptor: Final = EmptyDescriptor
_Value: Final = Value
_ValueChoice: Final = ValueChoice
_ValueList: Final = ValueList
_ValueRange: Final = ValueRange


class Dissector(Writer):
    """A writer that knows names and the shapes of the tree."""

    def __init__(self, dictionary: Dictionary) -> None:
        super().__init__(dictionary.written_numbers, dictionary.written_strings)
        self.names = dictionary
        self.scope: Scope = NO_SCOPE
        """The parameters of the event or signal written last."""
        self.statistic: Term | None = None

    # ---------------------------------------------------------------------------------- identifiers, addresses

    def parts_of_termination_id(self, text: str) -> tuple[tuple[bytes, ...], bytes]:
        try:
            octets = self.names.provisioning.termination_octets(text)
        except ValueError as error:
            raise Unwritable(None, "", text, str(error)) from None
        return octets.wildcards, octets.id

    def parts_of_ip_address(self, node: IpAddress) -> tuple[bytes, int | None]:
        try:
            if "%" in node.address:
                raise ValueError  # a zone: Python takes it, but octets have no room for it
            return ipaddress.ip_address(_without_zeros(node.address)).packed, node.port
        except ValueError:
            raise Unwritable(node, "address", node.address, f"{node.address!r} is no IP address") from None

    def pick_mid_of_ip_address(self, node: IpAddress) -> i64:
        return 1 if ":" in node.address else 0

    def pick_address_of_ip_address(self, node: IpAddress) -> i64:
        return 2 if ":" in node.address else 1

    def parts_of_device_name(self, node: DeviceName, owner: object, field: str) -> str:
        return node.name

    def parts_of_mtp_address(self, node: MtpAddress, owner: object, field: str) -> bytes:
        digits = node.digits
        return self.parts_of_hex(digits if len(digits) % 2 == 0 else "0" + digits, node, "digits")

    def parts_of_hex(self, digits: str, node: object, field: str) -> bytes:
        try:
            return bytes.fromhex(digits)
        except ValueError:
            raise Unwritable(node, field, digits, f"{digits!r} are not hex digits, two an octet") from None

    def parts_of_opaque_octets(self, octets: Octets, node: object, field: str) -> bytes:
        return octets

    def parts_of_h221(self, values: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
        return values

    def parts_of_response_ack(
        self, node: TransactionResponseAck, owner: object, field: str
    ) -> tuple[TransactionAck, ...]:
        return node.acks

    # ------------------------------------------------------------------------------------------ names and values

    def _item(self, kind: Kind, name: str, node: object) -> Item:
        """Return what a name stands for; raises Unwritable, which says what to add, where nothing is known of it."""
        try:
            return kind.named(name)
        except ValueError as error:
            raise Unwritable(node, "name", name, str(error)) from None

    def parts_of_event_name(self, name: str, node: object, field: str) -> bytes:
        item = self._item(self.names.events, name, node)
        self.scope = item.requested
        return item.octets

    def parts_of_observed_event_name(self, name: str, node: object, field: str) -> bytes:
        item = self._item(self.names.events, name, node)
        self.scope = item.observed
        return item.octets

    def parts_of_signal_name(self, name: str, node: object, field: str) -> bytes:
        item = self._item(self.names.signals, name, node)
        self.scope = item.requested
        return item.octets

    def parts_of_statistic_name(self, name: str, node: object, field: str) -> bytes:
        return self._item(self.names.statistics, name, node).octets

    def parts_of_digit_map_name(self, name: str, node: object, field: str) -> bytes:
        try:
            return self.names.digit_map_octets(name)
        except ValueError as error:
            raise Unwritable(node, "name", name, str(error)) from None

    def parts_of_digit_map_body(self, body: str, node: object, field: str) -> str:
        return body

    def parts_of_property_parm(self, node: PropertyParm) -> Parm:
        term = self._item(self.names.properties, node.name, node)
        values, relation, is_range, is_sublist = self._value_parts(term, node.value, node)
        return term.octets, values, relation, is_range, is_sublist

    def parts_of_event_parameter(self, node: PropertyParm) -> Parm:
        return self._parameter(node)

    def parts_of_sig_parameter(self, node: PropertyParm) -> Parm:
        return self._parameter(node)

    def _parameter(self, node: PropertyParm) -> Parm:
        try:
            term = self.scope.named(node.name)
        except ValueError as error:
            raise Unwritable(node, "name", node.name, str(error)) from None
        values, relation, is_range, is_sublist = self._value_parts(term, node.value, node)
        return term.octets, values, relation, is_range, is_sublist

    def _value_parts(self, term: Term, value: AnyValue, node: object) -> ValueParts:
        """Return the values and what stands beside them (RFC 3525 clause A.2, PropertyParm)."""
        if isinstance(value, _Value):
            if value.text == "$" and not value.quoted:
                return (), None, None, None
            return (self._octets(term, value, node),), None, None, None
        if isinstance(value, _ValueList):
            return self._several(term, value.values, node), None, None, True
        if isinstance(value, _ValueChoice):
            return self._several(term, value.values, node), None, None, None
        if isinstance(value, _ValueRange):
            return self._several(term, (value.low, value.high), node), None, True, None
        return (self._octets(term, value.value, node),), value.relation, None, None

    def _several(self, term: Term, values: tuple[Value, ...], node: object) -> tuple[bytes, ...]:
        return tuple([self._octets(term, one, node) for one in values])

    def _octets(self, term: Term, value: Value, node: object) -> bytes:
        """Return a value in the BER of its type."""
        text = value.text
        known = term.written.get(text)
        if known is not None:
            return known
        try:
            octets = self._item_octets(text) if term.is_item_name else b""
            octets = octets or term.codec.write(value)
        except ValueError as error:
            raise Unwritable(node, "value", value, str(error)) from None
        term.remember_written(text, octets)
        return octets

    def _item_octets(self, text: str) -> bytes:
        """Return the value that names a signal or an event, ``package/item``; b"" where the text is no such name."""
        for kind in (self.names.signals, self.names.events):
            item = kind.by_name.get(text.lower())
            if item is not None:
                return b"\x04\x04" + item.octets
        try:
            return b"\x04\x04" + self.names.opaque_item(text, "signal").octets
        except ValueError:
            return b""

    def parts_of_reason(self, value: Value, node: object, field: str) -> tuple[bytes, ...]:
        return (string_octets(value.text),)

    def parts_of_statistic(self, node: StatisticsParameter) -> tuple[str, tuple[bytes, ...] | None]:
        value = node.value
        if value is None:
            return node.name, None
        term = self._item(self.names.statistics, node.name, node)
        values = value.values if isinstance(value, _ValueList) else (value,)
        return node.name, self._several(term, values, node)

    def parts_of_package(self, text: str) -> tuple[bytes, int]:
        found = _PACKAGE.fullmatch(text)
        if found is None:
            raise Unwritable(None, "", text, f"{text!r} is no package with its version, name-1")
        try:
            return self.names.package_octets(found.group(1)), int(found.group(2))
        except ValueError as error:
            raise Unwritable(None, "", text, str(error)) from None

    # ------------------------------------------------------------------------------------------------------ media

    def parts_of_group_parm(self, node: Any) -> Parm:
        if type(node) is not bytes:
            return self.parts_of_property_parm(node)
        octets = self.names.sdp_octets[node[:2]]
        line = node[2:]
        if line == b"$":
            return octets, (), None, None, None
        if line.isascii() and len(line) < 0x80:
            return octets, (b"\x16%b%b" % (bytes([len(line)]), line),), None, None, None
        return octets, (string_octets(line.decode("utf-8", "surrogateescape")),), None, None, None

    def parts_of_local_remote(self, node: LocalDescriptor | RemoteDescriptor) -> tuple[tuple[tuple[Any, ...], ...]]:
        """One group a session description, begun by its ``v=`` line (Annex C.11)."""
        if node.property_groups:
            if node.sdp:
                raise Unwritable(node, "property_groups", node.property_groups, "not beside sdp")
            return (node.property_groups,)
        groups: list[list[bytes]] = []
        for line in node.sdp.splitlines():
            line = line.lstrip(b" \t")
            if not line:
                continue
            if line[:2] not in self.names.sdp_octets:
                raise Unwritable(node, "sdp", node.sdp, f"{_shown(line)} is no line of SDP, {NOT_IN_BINARY}")
            if not groups or line.startswith(b"v="):
                groups.append([])
            groups[-1].append(line)
        return (tuple([tuple(group) for group in groups]),)

    def parts_of_media(
        self, node: MediaDescriptor
    ) -> tuple[TerminationStateDescriptor | None, StreamDescriptor | None, tuple[StreamDescriptor, ...]]:
        streams = node.streams
        if len(streams) == 1 and streams[0].stream_id is None:
            return node.termination_state, streams[0], ()
        return node.termination_state, None, tuple([self._numbered(stream) for stream in streams])

    def _numbered(self, stream: StreamDescriptor) -> StreamDescriptor:
        """Return a stream with its number: that of parts that stand straight in Media is 1."""
        if stream.stream_id is not None:
            return stream
        parts = (stream.local_control, stream.local, stream.remote, stream.statistics)
        return StreamDescriptor(_STREAM_OF_BARE_PARTS, *parts)

    # --------------------------------------------------------------------------------------------- events, signals

    def parts_of_requested_event(
        self, node: RequestedEvent
    ) -> tuple[
        str,
        int | None,
        bool | None,
        str | None,
        DigitMapValue | None,
        SecondEventsDescriptor | None,
        SignalsDescriptor | None,
        NotifyBehaviour | None,
        bool,
        tuple[PropertyParm, ...],
    ]:
        embedded, digit_map = node.embedded, node.digit_map
        return (
            node.name,
            node.stream_id,
            True if node.keep_active else None,
            None if digit_map is None else digit_map.name,
            None if digit_map is None else digit_map.value,
            None if embedded is None else embedded.events,
            None if embedded is None else embedded.signals,
            node.notify_behaviour,
            node.reset_events,
            node.parameters,
        )

    def parts_of_second_requested_event(
        self, node: SecondRequestedEvent
    ) -> tuple[
        str,
        int | None,
        bool | None,
        str | None,
        DigitMapValue | None,
        SignalsDescriptor | None,
        NotifyBehaviour | None,
        bool,
        tuple[PropertyParm, ...],
    ]:
        digit_map = node.digit_map
        return (
            node.name,
            node.stream_id,
            True if node.keep_active else None,
            None if digit_map is None else digit_map.name,
            None if digit_map is None else digit_map.value,
            node.signals,
            node.notify_behaviour,
            node.reset_events,
            node.parameters,
        )

    def parts_of_notify_regulated(
        self, node: NotifyRegulated
    ) -> tuple[SecondEventsDescriptor | None, SignalsDescriptor | None]:
        return (None, None) if node.embedded is None else (node.embedded.events, node.embedded.signals)

    def parts_of_event_buffer(self, node: EventBufferDescriptor, owner: object, field: str) -> tuple[EventSpec, ...]:
        return node.events

    def parts_of_signals(self, node: SignalsDescriptor, owner: object, field: str) -> tuple[Signal | SignalList, ...]:
        return node.signals

    def parts_of_statistics(
        self, node: StatisticsDescriptor, owner: object, field: str
    ) -> tuple[StatisticsParameter, ...]:
        return node.parameters

    def parts_of_packages(self, node: PackagesDescriptor, owner: object, field: str) -> tuple[str, ...]:
        return node.packages

    # --------------------------------------------------------------------------------------- contexts and audits

    def parts_of_topology(
        self, node: TopologyRequest
    ) -> tuple[str, str, TopologyDirection, int | None, TopologyDirection | None]:
        """A direction of version 3 stands in the extension; what stands in its place for older peers is one way."""
        is_later = node.direction in (TopologyDirection.ONEWAY_EXTERNAL, TopologyDirection.ONEWAY_BOTH)
        direction = TopologyDirection.ONEWAY if is_later else node.direction
        extension = node.direction if is_later else None
        return node.termination_from, node.termination_to, direction, node.stream_id, extension

    def parts_of_context_audit(
        self, node: ContextAudit
    ) -> tuple[
        bool,
        bool,
        bool,
        bool,
        tuple[PropertyAudit, ...],
        int | None,
        bool | None,
        bool | None,
        SelectLogic | None,
    ]:
        items = node.items
        return (
            ContextAuditItem.TOPOLOGY in items,
            ContextAuditItem.EMERGENCY in items,
            ContextAuditItem.PRIORITY in items,
            ContextAuditItem.IEPS_CALL in items,
            (*[PropertyAudit(name) for name in node.properties], *node.attributes),
            node.select_priority,
            node.select_emergency,
            node.select_ieps_call,
            node.select_logic,
        )

    def parts_of_audit_request(
        self, node: AuditValueRequest | AuditCapabilityRequest
    ) -> tuple[str, AuditDescriptor, tuple[str, ...]]:
        """Of several terminations the first stands in the component that versions 1 and 2 have."""
        ids = node.termination_ids
        if not ids:
            raise Unwritable(node, "termination_ids", ids, "no TerminationID")
        return ids[0], node.audit, ids if len(ids) > 1 else ()

    def parts_of_audit_result(self, node: AuditValueReply | AuditCapabilityReply) -> tuple[str, tuple[Any, ...]]:
        return node.termination_ids[0], node.descriptors

    def parts_of_context_audit_result(self, node: ContextAuditReply, owner: object, field: str) -> tuple[str, ...]:
        return node.termination_ids

    def parts_of_context_audit_error(self, node: ContextAuditReply, owner: object, field: str) -> ErrorDescriptor:
        assert node.error is not None
        return node.error

    def pick_reply_of_context_audit(self, node: ContextAuditReply) -> i64:
        return 4 if node.is_capability else 5

    def pick_audit_of_context(self, node: ContextAuditReply) -> i64:
        if node.error is not None and node.termination_ids:
            raise Unwritable(node, "termination_ids", node.termination_ids, "not beside an error")
        return 0 if node.error is None else 1

    def pick_audit_of_terminations(self, node: AuditValueReply | AuditCapabilityReply) -> i64:
        return 2 if len(node.termination_ids) == 1 else 3

    def parts_of_termination_audit(self, descriptors: tuple[Any, ...], owner: object, field: str) -> tuple[Any, ...]:
        """Descriptors that are there but empty stand in audit descriptors that name them.

        The bits have no order: what stands in another order than theirs begins an audit descriptor of its own.
        """
        found: list[Any] = []
        items: list[AuditItem] = []
        has_any = False
        for one in descriptors:
            if type(one) is not _EmptyDescriptor:
                _add_items(found, items)
                items = []
                found.append(one)
                continue
            has_any = True
            if items and _BITS.index(one.item) <= _BITS.index(items[-1]):
                _add_items(found, items)
                items = []
            items.append(one.item)
        _add_items(found, items)
        return tuple(found) if has_any else descriptors

    def parts_of_media_audit(
        self, node: MediaAudit
    ) -> tuple[TerminationStateAudit | None, StreamAudit | None, tuple[StreamAudit, ...]]:
        streams = node.streams
        if len(streams) == 1 and streams[0].stream_id is None:
            return node.termination_state, streams[0], ()
        for stream in streams:
            if stream.stream_id is None:
                raise Unwritable(stream, "stream_id", None, "a stream without number beside others")
        return node.termination_state, None, streams

    def parts_of_local_control_audit(
        self, node: LocalControlAudit
    ) -> tuple[bool, bool, bool, tuple[PropertyAudit, ...], StreamMode | None]:
        mode = node.mode
        if mode is not None and mode.relation is not None:
            raise Unwritable(mode, "relation", mode.relation, f"a relation to a mode {NOT_IN_BINARY}")
        selected = None if mode is None else mode.mode
        asked = mode is not None and selected is None
        return asked, node.reserve_value, node.reserve_group, node.properties, selected

    def parts_of_termination_state_audit(
        self, node: TerminationStateAudit
    ) -> tuple[tuple[PropertyAudit, ...], bool, bool, ServiceState | None]:
        state = node.service_state
        if state is not None and state.relation is not None:
            raise Unwritable(state, "relation", state.relation, f"a relation to a service state {NOT_IN_BINARY}")
        selected = None if state is None else state.state
        asked = state is not None and selected is None
        return node.properties, node.event_buffer_control, asked, selected

    def parts_of_property_audit(self, node: PropertyAudit) -> tuple[bytes, PropertyParm | None]:
        octets = self._item(self.names.properties, node.name, node).octets
        return octets, None if node.value is None else PropertyParm(node.name, node.value)

    def parts_of_local_remote_audit(
        self, node: LocalDescriptor | RemoteDescriptor
    ) -> tuple[int | None, tuple[PropertyAudit, ...]]:
        audits: list[PropertyAudit] = []
        for line in node.sdp.splitlines():
            line = line.lstrip(b" \t")
            if not line:
                continue
            octets = self.names.sdp_octets.get(line[:2])
            if octets is None:
                raise Unwritable(node, "sdp", node.sdp, f"{_shown(line)} is no line of SDP, {NOT_IN_BINARY}")
            name = self.names.properties.item(octets).name
            text = line[2:].decode("utf-8", "surrogateescape")
            audits.append(PropertyAudit(name, Value(text, quoted=True) if text else None))
        return None, tuple(audits)

    def parts_of_signals_audit(self, node: SignalsAudit, owner: object, field: str) -> SignalAudit | SignalListAudit:
        if node.signal is None:
            raise Unwritable(node, "signal", None, f"an audit of no signal {NOT_IN_BINARY}")
        return node.signal

    def parts_of_digit_map_audit(self, node: DigitMapAudit) -> tuple[str | None]:
        return (node.name or None,)

    def parts_of_package_audit(self, node: PackagesAudit) -> tuple[bytes, int]:
        return self.parts_of_package(node.package)

    # ---------------------------------------------------------------------------------------------- ServiceChange

    def parts_of_service_change_parm(
        self, node: ServiceChangeParm
    ) -> tuple[
        ServiceChangeMethod,
        int | MessageIdentifier | None,
        int | None,
        str | None,
        Value,
        int | None,
        MessageIdentifier | None,
        TimeStamp | None,
        NonStandardData | None,
        AuditDescriptor | None,
        bool,
    ]:
        method = node.method
        if method is None or node.method_extension is not None:
            raise Unwritable(node, "method_extension", node.method_extension, f"a method of one's own {NOT_IN_BINARY}")
        has_info = node.items or node.individual
        info = AuditDescriptor(node.items, node.individual) if has_info else None
        return (
            method,
            _address(node),
            node.version,
            node.profile,
            node.reason,
            node.delay,
            node.mgc_id_to_try,
            node.time_stamp,
            _non_standard(node),
            info,
            node.incomplete,
        )

    def parts_of_service_change_res_parm(
        self, node: ServiceChangeResParm
    ) -> tuple[MessageIdentifier | None, int | MessageIdentifier | None, int | None, str | None, TimeStamp | None]:
        return node.mgc_id_to_try, _address(node), node.version, node.profile, node.time_stamp

    def parts_of_profile(self, name: str) -> tuple[str]:
        return (name,)

    def parts_of_service_change_reply(
        self, node: ServiceChangeReply
    ) -> tuple[tuple[str, ...], ErrorDescriptor | None, ServiceChangeResParm | None]:
        """Without an error there are parameters in binary, be it none of them."""
        services = node.services
        if services is None and node.error is None:
            services = _NO_SERVICES
        return node.termination_ids, node.error, services


_NO_SERVICES: Final = ServiceChangeResParm()
_BITS: Final = [
    AuditItem.MUX,
    AuditItem.MODEM,
    AuditItem.MEDIA,
    AuditItem.EVENTS,
    AuditItem.SIGNALS,
    AuditItem.DIGIT_MAP,
    AuditItem.STATISTICS,
    AuditItem.OBSERVED_EVENTS,
    AuditItem.PACKAGES,
    AuditItem.EVENT_BUFFER,
]
"""In the order of the bits of auditToken."""


def _add_items(found: list[Any], items: list[AuditItem]) -> None:
    if items:
        found.append(AuditDescriptor(tuple(items)))


def _address(node: ServiceChangeParm | ServiceChangeResParm) -> int | MessageIdentifier | None:
    if node.address is not None and node.address_port is not None:
        raise Unwritable(node, "address_port", node.address_port, "not beside an address")
    return node.address_port if node.address is None else node.address


def _non_standard(node: ServiceChangeParm) -> NonStandardData | None:
    """Return the one extension parameter as experimental data (RFC 3525 clause A.2, NonStandardIdentifier)."""
    if not node.extensions:
        return node.non_standard
    if len(node.extensions) > 1 or node.non_standard is not None:
        what = f"more than one extension parameter {NOT_IN_BINARY}"
        raise Unwritable(node, "extensions", node.extensions, what)
    extension = node.extensions[0]
    if not isinstance(extension.value, _Value):
        raise Unwritable(extension, "value", extension.value, f"a list or range {NOT_IN_BINARY} here")
    if not 0 < len(extension.name) <= _EXPERIMENTAL or not extension.name.isascii():
        what = f"{extension.name!r} {NOT_IN_BINARY}: {_EXPERIMENTAL} characters of ASCII at most"
        raise Unwritable(extension, "name", extension.name, what)
    data = Octets(extension.value.text.encode("utf-8", "surrogateescape"))
    return NonStandardData(data, experimental=extension.name.ljust(_EXPERIMENTAL))


def _without_zeros(address: str) -> str:
    """Return an address as ``ipaddress`` takes it: without leading zeros in the parts of IPv4."""
    return re.sub(r"(?<![0-9A-Fa-f:.])0+(?=[0-9])|(?<=\.)0+(?=[0-9])", "", address)


def _shown(line: bytes) -> str:
    return ascii(line[:40].decode("latin-1"))
