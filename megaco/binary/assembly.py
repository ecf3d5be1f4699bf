"""Parts to tree: what the module and the tree have in different shape, one function a type.

``make_X`` gets the parts of a type, by the names of its components, and the offset where it begins; what is absent is
None, False or (). The generator reads the parameters from here: a part that the module has no more stays absent. Its
mirror is ``parts_of_X`` in ``dissection.py``.
"""

from __future__ import annotations

import ipaddress
import re
from typing import TYPE_CHECKING, Any, Final

from megaco.message import (
    AuditDescriptor,
    AuditValueReply,
    ContextAudit,
    ContextAuditItem,
    ContextAuditReply,
    DeviceName,
    DigitMapAudit,
    DigitMapValue,
    EmbeddedDescriptors,
    EmptyDescriptor,
    ErrorDescriptor,
    EventBufferDescriptor,
    EventDigitMap,
    EventSpec,
    IpAddress,
    LocalControlAudit,
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
    RelatedValue,
    Relation,
    RequestedEvent,
    SecondEventsDescriptor,
    SecondRequestedEvent,
    SelectLogic,
    ServiceChangeMethod,
    ServiceChangeParm,
    ServiceChangeReply,
    ServiceChangeResParm,
    ServiceState,
    ServiceStateAudit,
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
    StreamModeAudit,
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
from megaco.packages.values import is_bare

from .names import NO_SCOPE, Dictionary, Scope, Term
from .reader import UNKNOWN_EXTENSION, Reader
from .types import string_text

if TYPE_CHECKING:
    from mypy_extensions import i64

CHOOSE_VALUE: Final = Value("$")
"""What an empty list of values is: the receiver chooses."""
LINE_END: Final = b"\r\n"
_VERSION_LINE: Final = b"v="
_INCORRECT_IDENTIFIER: Final = 410
_FIRST_COMPONENT: Final = 0xA0
_BLANK = re.compile(r"[ \t\r\n]|;[^\r\n]*")
_EXTENSION = re.compile(r"([Xx][-+][A-Za-z0-9]{1,6}) *")
_EXTENSION_VALUE = re.compile(rb"[\t\x20\x21\x23-\x7e]*")
_ITEM_NAME_HEAD: Final = b"\x04\x04"
"""What an OCTET STRING that names a signal or an event begins with."""

# Final names are found without a look-up in the module.
_IpAddress: Final = IpAddress
_MediaDescriptor: Final = MediaDescriptor
_Octets: Final = Octets
_PackagesDescriptor: Final = PackagesDescriptor
_PropertyParm: Final = PropertyParm
_RequestedEvent: Final = RequestedEvent
_SignalsDescriptor: Final = SignalsDescriptor
_StatisticsParameter: Final = StatisticsParameter
_Value: Final = Value


class Assembler(Reader):
    """A reader that knows names and the shapes of the tree."""

    def __init__(
        self, data: bytes, dictionary: Dictionary, allow: frozenset[str], max_items: int, max_nesting: int
    ) -> None:
        super().__init__(data, allow, max_items, max_nesting)
        self.names = dictionary
        self.scope: Scope = NO_SCOPE
        """The parameters of the event or signal read last."""
        self.statistic: Term | None = None

    # ---------------------------------------------------------------------------------- identifiers, addresses

    def make_termination_id(self, wildcard: tuple[bytes, ...], id_: bytes, start: i64) -> str:
        try:
            return self.names.termination_text(wildcard, id_)
        except ValueError as error:
            fault = self.fault(start, str(error))
            fault.code = _INCORRECT_IDENTIFIER
            raise fault from None

    def make_ip_address(self, address: bytes, port_number: int | None, start: i64) -> IpAddress:
        if len(address) == 4:
            return _IpAddress(f"{address[0]}.{address[1]}.{address[2]}.{address[3]}", port_number)
        return _IpAddress(str(ipaddress.IPv6Address(address)), port_number)

    def make_device_name(self, kind: Any, name: str, start: i64) -> DeviceName:
        return DeviceName(name)

    def make_mtp_address(self, kind: Any, octets: bytes, start: i64) -> MtpAddress:
        return MtpAddress(octets.hex().upper())

    def make_hex(self, octets: bytes, start: i64) -> str:
        return octets.hex().upper()

    def make_opaque_octets(self, octets: bytes, start: i64) -> Octets:
        return _Octets(octets)

    def make_h221(
        self, t35_country_code1: int, t35_country_code2: int, t35_extension: int, manufacturer_code: int, start: i64
    ) -> tuple[int, int, int, int]:
        return (t35_country_code1, t35_country_code2, t35_extension, manufacturer_code)

    def make_response_ack(self, acks: tuple[TransactionAck, ...], start: i64) -> TransactionResponseAck:
        return TransactionResponseAck(acks)

    # ------------------------------------------------------------------------------------------ names and values

    def make_event_name(self, octets: bytes, start: i64) -> str:
        item = self.names.events.item(octets)
        self.scope = item.requested
        return item.name

    def make_observed_event_name(self, octets: bytes, start: i64) -> str:
        item = self.names.events.item(octets)
        self.scope = item.observed
        return item.name

    def make_signal_name(self, octets: bytes, start: i64) -> str:
        item = self.names.signals.item(octets)
        self.scope = item.requested
        return item.name

    def make_statistic_name(self, octets: bytes, start: i64) -> str:
        item = self.names.statistics.item(octets)
        self.statistic = item
        return item.name

    def make_digit_map_name(self, octets: bytes, start: i64) -> str:
        return self.names.digit_map_text(octets)

    def make_digit_map_body(self, body: str, start: i64) -> str:
        """White space and comments mean nothing in a digit map (Annex B, digitMap); peers send what text had."""
        return _BLANK.sub("", body)

    def make_property_parm(
        self,
        name: bytes,
        value: tuple[bytes, ...],
        relation: Relation | None,
        range_: bool | None,
        sublist: bool | None,
        start: i64,
    ) -> PropertyParm:
        item = self.names.properties.item(name)
        return _PropertyParm(item.name, self._any_value(item, value, relation, range_, sublist, start))

    def make_event_parameter(
        self,
        event_parameter_name: bytes,
        value: tuple[bytes, ...],
        relation: Relation | None,
        range_: bool | None,
        sublist: bool | None,
        start: i64,
    ) -> PropertyParm:
        term = self.scope.term(event_parameter_name)
        return _PropertyParm(term.name, self._any_value(term, value, relation, range_, sublist, start))

    def make_sig_parameter(
        self,
        sig_parameter_name: bytes,
        value: tuple[bytes, ...],
        relation: Relation | None,
        range_: bool | None,
        sublist: bool | None,
        start: i64,
    ) -> PropertyParm:
        term = self.scope.term(sig_parameter_name)
        return _PropertyParm(term.name, self._any_value(term, value, relation, range_, sublist, start))

    def _any_value(
        self,
        term: Term,
        octets: tuple[bytes, ...],
        relation: Relation | None,
        is_range: bool | None,
        is_sublist: bool | None,
        start: i64,
    ) -> Any:
        """Return a value in the form that the fields beside it say (RFC 3525 clause A.2, PropertyParm)."""
        if len(octets) == 1:
            value = self._value(term, octets[0], start)
            if relation is not None:
                return RelatedValue(relation, value)
            if is_range is True:
                raise self.fault(start, "a range of one value", ("two",))
            return ValueList((value,)) if is_sublist is True else value
        values = tuple([self._value(term, one, start) for one in octets])
        if relation is not None:
            raise self.fault(start, f"a relation to {len(values)} values", ("one",))
        if is_range is True:
            if len(values) != 2:
                raise self.fault(start, f"a range of {len(values)} values", ("two",))
            return ValueRange(values[0], values[1])
        if is_sublist is True and values:
            return ValueList(values)
        return ValueChoice(values) if values else CHOOSE_VALUE

    def _value(self, term: Term, octets: bytes, start: i64) -> Value:
        """Return a value by the type that the package has for it."""
        known = term.read.get(octets)
        if known is not None:
            return known
        noted = self.noted
        value = self._typed(term, octets, start)
        if term.is_item_name and len(octets) == 6 and octets[:2] == _ITEM_NAME_HEAD:
            value = _Value(self._item_name(octets[2:]))
        if self.noted == noted:
            term.remember(octets, value)
        return value

    def _typed(self, term: Term, octets: bytes, start: i64) -> Value:
        codec = term.codec
        if codec.is_fraction and (whole := codec.read_whole(octets)) is not None:
            if "whole-number" in self.allow:
                self.note("whole-number", start, f"{term.name} of {whole.text}")
                return whole
            self.noted += 1  # nothing to tell, but not to be remembered either: the allowance reads it otherwise
        value = codec.read(octets)
        if value is not None:
            return value
        value = codec.read_other(octets)
        if value is None:
            return codec.canonical(_Value(self._bare(octets, term.name, start)))
        self.deviate("other-type", start, f"{term.name} of {value.text[:40]!r}, which is not of its type")
        return codec.canonical(value)

    def _bare(self, octets: bytes, name: str, start: i64) -> str:
        self.deviate("bare-values", start, f"{name} of {octets[:20]!r}, without tag and length")
        return octets.decode("utf-8", "surrogateescape")

    def _item_name(self, octets: bytes) -> str:
        """Return ``package/item`` of a signal or an event that a value names."""
        for kind in (self.names.signals, self.names.events):
            if octets in kind.by_octets:
                return kind.by_octets[octets].name
        return self.names.opaque_name(octets)

    def make_reason(self, values: tuple[bytes, ...], start: i64) -> Value:
        if len(values) != 1:
            raise self.fault(start, f"a reason of {len(values)} values", ("one",))
        text = string_text(values[0])
        return _Value(self._bare(values[0], "ServiceChangeReason", start) if text is None else text, quoted=True)

    def make_statistic(self, stat_name: str, stat_value: tuple[bytes, ...] | None, start: i64) -> StatisticsParameter:
        term = self.statistic
        assert term is not None
        if not stat_value:
            return _StatisticsParameter(stat_name)
        if len(stat_value) == 1:
            return _StatisticsParameter(stat_name, self._value(term, stat_value[0], start))
        return _StatisticsParameter(stat_name, ValueList(tuple([self._value(term, one, start) for one in stat_value])))

    def make_package(self, package_name: bytes, package_version: int, start: i64) -> str:
        return f"{self.names.package_name(package_name)}-{package_version}"

    # ------------------------------------------------------------------------------------------------------ media

    def make_group_parm(
        self,
        name: bytes,
        value: tuple[bytes, ...],
        relation: Relation | None,
        range_: bool | None,
        sublist: bool | None,
        start: i64,
    ) -> Any:
        """An SDP line as octets, any other property of Annex C as a node."""
        letter = self.names.sdp_lines.get(name)
        if letter is None or len(value) > 1 or relation is not None or range_ is not None or sublist is not None:
            return self.make_property_parm(name, value, relation, range_, sublist, start)
        if not value:
            return letter + b"$"
        octets = value[0]
        length: i64 = len(octets)
        if 1 < length < 0x82 and octets[1] == length - 2 and (octets[0] == 0x16 or octets[0] == 0x0C):
            line = octets[2:]  # nearly all
        else:
            text = string_text(octets)
            if text is None:
                text = self._bare(octets, f"the SDP line {letter.decode()}", start)
            line = text.encode("utf-8", "surrogateescape")
        if b"\n" in line or b"\r" in line:
            return self.make_property_parm(name, value, relation, range_, sublist, start)
        return letter + line

    def make_local_remote(self, kind: Any, prop_grps: tuple[tuple[Any, ...], ...], start: i64) -> Any:
        lines: list[bytes] = []
        for group in prop_grps:
            for index, line in enumerate(group):
                is_first = index == 0 and len(lines) > 0
                if type(line) is not bytes or (line.startswith(_VERSION_LINE) != is_first and (is_first or lines)):
                    return self._annex_c(kind, prop_grps)
                lines.append(line)
        return kind(_Octets(LINE_END.join(lines) + LINE_END)) if lines else kind()

    def _annex_c(self, kind: Any, groups: tuple[tuple[Any, ...], ...]) -> Any:
        """Return groups that are no SDP, or whose bounds SDP does not show, as the properties that they are."""
        return kind(_Octets(), tuple([tuple([self._line_as_property(one) for one in group]) for group in groups]))

    def _line_as_property(self, line: Any) -> PropertyParm:
        if type(line) is not bytes:
            return line  # type: ignore[no-any-return]  # a reader gives SDP lines or PropertyParms
        item = self.names.properties.item(self.names.sdp_octets[line[:2]])
        if line[2:] == b"$":
            return _PropertyParm(item.name, CHOOSE_VALUE)
        return _PropertyParm(item.name, _Value(line[2:].decode("utf-8", "surrogateescape"), quoted=True))

    def make_media(
        self,
        term_state_descr: TerminationStateDescriptor | None,
        one_stream: StreamDescriptor | None,
        multi_stream: tuple[StreamDescriptor, ...],
        start: i64,
    ) -> MediaDescriptor:
        return _MediaDescriptor(term_state_descr, multi_stream if one_stream is None else (one_stream,))

    # --------------------------------------------------------------------------------------------- events, signals

    def make_requested_event(
        self,
        pkgd_name: str,
        stream_id: int | None,
        keep_active: bool | None,
        digit_map_name: str | None,
        digit_map_value: DigitMapValue | None,
        second_event: SecondEventsDescriptor | None,
        signals_descriptor: SignalsDescriptor | None,
        notify_behaviour: NotifyBehaviour | None,
        reset_events_descriptor: bool,
        ev_par_list: tuple[PropertyParm, ...],
        start: i64,
    ) -> RequestedEvent:
        embedded = None
        if second_event is not None or signals_descriptor is not None:
            embedded = EmbeddedDescriptors(signals_descriptor, second_event)
        digit_map = self._digit_map(digit_map_name, digit_map_value)
        is_active = keep_active is True
        return _RequestedEvent(
            pkgd_name, stream_id, is_active, digit_map, embedded, notify_behaviour, reset_events_descriptor, ev_par_list
        )

    def make_second_requested_event(
        self,
        pkgd_name: str,
        stream_id: int | None,
        keep_active: bool | None,
        digit_map_name: str | None,
        digit_map_value: DigitMapValue | None,
        signals_descriptor: SignalsDescriptor | None,
        notify_behaviour: NotifyBehaviour | None,
        reset_events_descriptor: bool,
        ev_par_list: tuple[PropertyParm, ...],
        start: i64,
    ) -> SecondRequestedEvent:
        digit_map = self._digit_map(digit_map_name, digit_map_value)
        is_active = keep_active is True
        return SecondRequestedEvent(
            pkgd_name,
            stream_id,
            is_active,
            digit_map,
            signals_descriptor,
            notify_behaviour,
            reset_events_descriptor,
            ev_par_list,
        )

    def _digit_map(self, name: str | None, value: DigitMapValue | None) -> EventDigitMap | None:
        return None if name is None and value is None else EventDigitMap(name, value)

    def make_notify_regulated(
        self, second_event: SecondEventsDescriptor | None, signals_descriptor: SignalsDescriptor | None, start: i64
    ) -> NotifyRegulated:
        if second_event is None and signals_descriptor is None:
            return NotifyRegulated()
        return NotifyRegulated(EmbeddedDescriptors(signals_descriptor, second_event))

    def make_event_buffer(self, events: tuple[EventSpec, ...], start: i64) -> EventBufferDescriptor:
        return EventBufferDescriptor(events)

    def make_signals(self, signals: tuple[Signal | SignalList, ...], start: i64) -> SignalsDescriptor:
        return _SignalsDescriptor(signals)

    def make_statistics(self, parameters: tuple[StatisticsParameter, ...], start: i64) -> StatisticsDescriptor:
        return StatisticsDescriptor(parameters)

    def make_packages(self, packages: tuple[str, ...], start: i64) -> PackagesDescriptor:
        return _PackagesDescriptor(packages)

    # --------------------------------------------------------------------------------------- contexts and audits

    def make_topology(
        self,
        termination_from: str,
        termination_to: str,
        topology_direction: TopologyDirection,
        stream_id: int | None,
        topology_direction_extension: TopologyDirection | None,
        start: i64,
    ) -> TopologyRequest:
        return TopologyRequest(
            termination_from,
            termination_to,
            topology_direction if topology_direction_extension is None else topology_direction_extension,
            stream_id,
        )

    def make_context_audit(
        self,
        topology: bool,
        emergency: bool,
        priority: bool,
        iepscallind: bool,
        context_prop_aud: tuple[PropertyAudit, ...],
        selectpriority: int | None,
        selectemergency: bool | None,
        selectiepscallind: bool | None,
        select_logic: SelectLogic | None,
        start: i64,
    ) -> ContextAudit:
        asked = zip(_CONTEXT_ITEMS, (topology, emergency, priority, iepscallind), strict=True)
        names = tuple([one.name for one in context_prop_aud if one.value is None])
        selections = tuple([one for one in context_prop_aud if one.value is not None])
        items = tuple([item for item, is_asked in asked if is_asked])
        return ContextAudit(items, names, selections, selectpriority, selectemergency, selectiepscallind, select_logic)

    def make_audit_request(
        self,
        kind: Any,
        termination_id: str,
        audit_descriptor: AuditDescriptor,
        termination_id_list: tuple[str, ...],
        start: i64,
    ) -> Any:
        return kind(termination_id_list or (termination_id,), audit_descriptor)

    def make_audit_result(
        self, kind: Any, termination_id: str, termination_audit_result: tuple[Any, ...], start: i64
    ) -> Any:
        return kind((termination_id,), termination_audit_result)

    def is_older(self, end: i64, allowance: str) -> bool:
        """Tell whether a reply to an audit is a SEQUENCE, which begins with one TerminationID, not with a list."""
        at = self.at
        if self.peek(end) != _FIRST_COMPONENT:
            return False
        is_one = self.peek(self.enter(end)) == _FIRST_COMPONENT
        self.at = at
        if is_one:
            self.deviate(allowance, at, "a reply to an audit as a SEQUENCE")
        return is_one

    def make_old_audit_reply(
        self,
        kind: Any,
        termination_id: str,
        context_audit_result: tuple[str, ...],
        termination_audit_result: tuple[Any, ...] | None,
        start: i64,
    ) -> Any:
        if termination_audit_result is None:
            return ContextAuditReply(kind is not AuditValueReply, context_audit_result)
        return kind((termination_id,), termination_audit_result)

    def make_context_audit_result(self, kind: Any, ids: tuple[str, ...], start: i64) -> ContextAuditReply:
        return ContextAuditReply(kind is not AuditValueReply, ids)

    def make_context_audit_error(self, kind: Any, error: ErrorDescriptor, start: i64) -> ContextAuditReply:
        return ContextAuditReply(kind is not AuditValueReply, (), error)

    def make_termination_audit(self, descriptors: tuple[Any, ...], start: i64) -> tuple[Any, ...]:
        """Descriptors that are there but empty come as an audit descriptor that names them."""
        found: list[Any] = []
        has_any = False
        for one in descriptors:
            if type(one) is AuditDescriptor:
                has_any = True
                if one.individual or not one.items:
                    self.note(UNKNOWN_EXTENSION, start, "emptyDescriptors that name no whole descriptor")
                found += [EmptyDescriptor(item) for item in one.items]
            else:
                found.append(one)
        return tuple(found) if has_any else descriptors

    def make_media_audit(
        self,
        term_state_descr: TerminationStateAudit | None,
        one_stream: StreamAudit | None,
        multi_stream: tuple[StreamAudit, ...],
        start: i64,
    ) -> MediaAudit:
        return MediaAudit(term_state_descr, multi_stream if one_stream is None else (one_stream,))

    def make_local_control_audit(
        self,
        stream_mode: bool,
        reserve_value: bool,
        reserve_group: bool,
        property_parms: tuple[PropertyAudit, ...],
        stream_mode_sel: StreamMode | None,
        start: i64,
    ) -> LocalControlAudit:
        asked = StreamModeAudit(stream_mode_sel) if stream_mode or stream_mode_sel is not None else None
        return LocalControlAudit(asked, reserve_value, reserve_group, property_parms)

    def make_termination_state_audit(
        self,
        property_parms: tuple[PropertyAudit, ...],
        event_buffer_control: bool,
        service_state: bool,
        service_state_sel: ServiceState | None,
        start: i64,
    ) -> TerminationStateAudit:
        asked = ServiceStateAudit(service_state_sel) if service_state or service_state_sel is not None else None
        return TerminationStateAudit(asked, event_buffer_control, property_parms)

    def make_property_audit(self, name: bytes, property_parms: PropertyParm | None, start: i64) -> PropertyAudit:
        item = self.names.properties.item(name)
        if property_parms is None:
            return PropertyAudit(item.name)
        if property_parms.name != item.name:
            raise self.fault(start, f"{property_parms.name} to select {item.name} by", (item.name,))
        return PropertyAudit(item.name, property_parms.value)

    def make_local_remote_audit(
        self, kind: Any, prop_group_id: int | None, prop_grps: tuple[PropertyAudit, ...], start: i64
    ) -> Any:
        """The SDP lines to tell, each to its ``=``, and what to select by behind it."""
        if prop_group_id is not None:
            self.note(
                UNKNOWN_EXTENSION, start, f"property prop_group_id {prop_group_id}, which the tree has no place for"
            )
        lines = [self._audited_line(one, start) for one in prop_grps]
        return kind(_Octets(LINE_END.join(lines) + LINE_END)) if lines else kind()

    def _audited_line(self, audit: PropertyAudit, start: i64) -> bytes:
        octets = self.names.properties.named(audit.name).octets
        letter = self.names.sdp_lines.get(octets)
        if letter is None or not (audit.value is None or isinstance(audit.value, Value)):
            raise self.fault(start, f"{audit.name}, which is no line of SDP")
        return letter if audit.value is None else letter + audit.value.text.encode("utf-8", "surrogateescape")

    def make_signals_audit(self, kind: Any, audit: SignalAudit | SignalListAudit, start: i64) -> SignalsAudit:
        return SignalsAudit(audit)

    def make_digit_map_audit(self, digit_map_name: str | None, start: i64) -> DigitMapAudit:
        return DigitMapAudit(digit_map_name or "")

    def make_package_audit(self, package_name: bytes, package_version: int, start: i64) -> PackagesAudit:
        return PackagesAudit(self.make_package(package_name, package_version, start))

    # ---------------------------------------------------------------------------------------------- ServiceChange

    def make_service_change_parm(
        self,
        service_change_method: ServiceChangeMethod,
        service_change_address: int | MessageIdentifier | None,
        service_change_version: int | None,
        service_change_profile: str | None,
        service_change_reason: Value,
        service_change_delay: int | None,
        service_change_mgc_id: MessageIdentifier | None,
        time_stamp: TimeStamp | None,
        non_standard_data: NonStandardData | None,
        service_change_info: AuditDescriptor | None,
        service_change_incomplete_flag: bool,
        start: i64,
    ) -> ServiceChangeParm:
        port = service_change_address if isinstance(service_change_address, int) else None
        where = None if isinstance(service_change_address, int) else service_change_address
        extension = None if non_standard_data is None else _as_extension(non_standard_data)
        items = () if service_change_info is None else service_change_info.items
        individual = () if service_change_info is None else service_change_info.individual
        extensions = () if extension is None else (extension,)
        rest = non_standard_data if extension is None else None
        return ServiceChangeParm(
            service_change_method,
            service_change_reason,
            delay=service_change_delay,
            address=where,
            address_port=port,
            mgc_id_to_try=service_change_mgc_id,
            profile=service_change_profile,
            version=service_change_version,
            time_stamp=time_stamp,
            incomplete=service_change_incomplete_flag,
            extensions=extensions,
            items=items,
            individual=individual,
            non_standard=rest,
        )

    def make_service_change_res_parm(
        self,
        service_change_mgc_id: MessageIdentifier | None,
        service_change_address: int | MessageIdentifier | None,
        service_change_version: int | None,
        service_change_profile: str | None,
        timestamp: TimeStamp | None,
        start: i64,
    ) -> ServiceChangeResParm:
        port = service_change_address if isinstance(service_change_address, int) else None
        where = None if isinstance(service_change_address, int) else service_change_address
        return ServiceChangeResParm(
            where, port, service_change_mgc_id, service_change_profile, service_change_version, timestamp
        )

    def make_profile(self, profile_name: str, start: i64) -> str:
        return profile_name

    def make_service_change_reply(
        self,
        termination_id: tuple[str, ...],
        error_descriptor: ErrorDescriptor | None,
        service_change_res_parms: ServiceChangeResParm | None,
        start: i64,
    ) -> ServiceChangeReply:
        return ServiceChangeReply(
            termination_id,
            None if service_change_res_parms == _NO_SERVICES else service_change_res_parms,
            error_descriptor,
        )


_NO_SERVICES: Final = ServiceChangeResParm()
_CONTEXT_ITEMS: Final = (
    ContextAuditItem.TOPOLOGY,
    ContextAuditItem.EMERGENCY,
    ContextAuditItem.PRIORITY,
    ContextAuditItem.IEPS_CALL,
)


def _as_extension(data: NonStandardData) -> PropertyParm | None:
    """Return the extension parameter ``X-...`` that stands for a maker's data in text; None where none does."""
    name = _EXTENSION.fullmatch(data.experimental or "")
    if name is None or not _EXTENSION_VALUE.fullmatch(data.data):
        return None
    text = data.data.decode("ascii")
    return _PropertyParm(name.group(1), _Value(text, quoted=not is_bare(text)))
