"""The decoder of the binary encoding. Generated from megaco.asn by ``make grammar``; do not edit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, final

from megaco.message import (
    ActionReply,
    ActionRequest,
    AddReply,
    AddRequest,
    AuditCapabilityReply,
    AuditCapabilityRequest,
    AuditDescriptor,
    AuditItem,
    AuditValueReply,
    AuditValueRequest,
    AuthenticationHeader,
    CommandRequest,
    ContextProperties,
    DeviceName,
    DigitMapAudit,
    DigitMapDescriptor,
    DigitMapValue,
    DomainName,
    ErrorDescriptor,
    EventBufferAudit,
    EventBufferControl,
    EventBufferDescriptor,
    EventsAudit,
    EventsDescriptor,
    EventSpec,
    IpAddress,
    LocalControlDescriptor,
    LocalDescriptor,
    MediaAudit,
    MediaDescriptor,
    Message,
    ModemDescriptor,
    ModemType,
    ModifyReply,
    ModifyRequest,
    MoveReply,
    MoveRequest,
    MtpAddress,
    MuxDescriptor,
    MuxType,
    NonStandardData,
    NotifyImmediately,
    NotifyNever,
    NotifyReason,
    NotifyRegulated,
    NotifyReply,
    NotifyRequest,
    ObservedEvent,
    ObservedEventsDescriptor,
    PackagesAudit,
    PackagesDescriptor,
    Relation,
    RemoteDescriptor,
    SecondEventsDescriptor,
    SegmentReply,
    SelectLogic,
    ServiceChangeMethod,
    ServiceChangeReply,
    ServiceChangeRequest,
    ServiceState,
    Signal,
    SignalAudit,
    SignalDirection,
    SignalList,
    SignalListAudit,
    SignalsAudit,
    SignalsDescriptor,
    SignalType,
    StatisticsAudit,
    StatisticsDescriptor,
    StreamAudit,
    StreamDescriptor,
    StreamMode,
    SubtractReply,
    SubtractRequest,
    TerminationStateDescriptor,
    TimeStamp,
    TopologyDirection,
    TransactionAck,
    TransactionPending,
    TransactionReply,
    TransactionRequest,
    TransactionResponseAck,
)

from .assembly import Assembler
from .names import remember
from .reader import NOTHING

if TYPE_CHECKING:
    from mypy_extensions import i64

_AUDIT_DESCRIPTOR_AUDIT_TOKEN: Final = (AuditItem.MUX, AuditItem.MODEM, AuditItem.MEDIA, AuditItem.EVENTS, AuditItem.SIGNALS, AuditItem.DIGIT_MAP, AuditItem.STATISTICS, AuditItem.OBSERVED_EVENTS, AuditItem.PACKAGES, AuditItem.EVENT_BUFFER,)
_ActionReply: Final = ActionReply
_ActionRequest: Final = ActionRequest
_AddReply: Final = AddReply
_AddRequest: Final = AddRequest
_AuditCapabilityReply: Final = AuditCapabilityReply
_AuditCapabilityRequest: Final = AuditCapabilityRequest
_AuditDescriptor: Final = AuditDescriptor
_AuditValueReply: Final = AuditValueReply
_AuditValueRequest: Final = AuditValueRequest
_AuthenticationHeader: Final = AuthenticationHeader
_CommandRequest: Final = CommandRequest
_ContextProperties: Final = ContextProperties
_DeviceName: Final = DeviceName
_DigitMapDescriptor: Final = DigitMapDescriptor
_DigitMapValue: Final = DigitMapValue
_DomainName: Final = DomainName
_EVENT_BUFFER_CONTROL: Final = (EventBufferControl.OFF, EventBufferControl.LOCK_STEP,)
_ErrorDescriptor: Final = ErrorDescriptor
_EventBufferAudit: Final = EventBufferAudit
_EventSpec: Final = EventSpec
_EventsAudit: Final = EventsAudit
_EventsDescriptor: Final = EventsDescriptor
_LocalControlDescriptor: Final = LocalControlDescriptor
_LocalDescriptor: Final = LocalDescriptor
_MODEM_TYPE: Final = (ModemType.V18, ModemType.V22, ModemType.V22BIS, ModemType.V32, ModemType.V32BIS, ModemType.V34, ModemType.V90, ModemType.V91, ModemType.SYNCH_ISDN,)
_MUX_TYPE: Final = (MuxType.H221, MuxType.H223, MuxType.H226, MuxType.V76, MuxType.NX64K,)
_Message: Final = Message
_ModemDescriptor: Final = ModemDescriptor
_ModifyReply: Final = ModifyReply
_ModifyRequest: Final = ModifyRequest
_MoveReply: Final = MoveReply
_MoveRequest: Final = MoveRequest
_MtpAddress: Final = MtpAddress
_MuxDescriptor: Final = MuxDescriptor
_NOTIFY_COMPLETION: Final = (NotifyReason.TIME_OUT, NotifyReason.INTERRUPTED_BY_EVENT, NotifyReason.INTERRUPTED_BY_SIGNALS_DESCRIPTOR, NotifyReason.OTHER, NotifyReason.ITERATION,)
_NonStandardData: Final = NonStandardData
_NotifyImmediately: Final = NotifyImmediately
_NotifyNever: Final = NotifyNever
_NotifyReply: Final = NotifyReply
_NotifyRequest: Final = NotifyRequest
_ObservedEvent: Final = ObservedEvent
_ObservedEventsDescriptor: Final = ObservedEventsDescriptor
_RELATION: Final = (Relation.GREATER, Relation.SMALLER, Relation.UNEQUAL,)
_RemoteDescriptor: Final = RemoteDescriptor
_SERVICE_CHANGE_METHOD: Final = (ServiceChangeMethod.FAILOVER, ServiceChangeMethod.FORCED, ServiceChangeMethod.GRACEFUL, ServiceChangeMethod.RESTART, ServiceChangeMethod.DISCONNECTED, ServiceChangeMethod.HAND_OFF,)
_SERVICE_STATE: Final = (ServiceState.TEST, ServiceState.OUT_OF_SERVICE, ServiceState.IN_SERVICE,)
_SIGNAL_DIRECTION: Final = (SignalDirection.INTERNAL, SignalDirection.EXTERNAL, SignalDirection.BOTH,)
_SIGNAL_TYPE: Final = (SignalType.BRIEF, SignalType.ON_OFF, SignalType.TIME_OUT,)
_STREAM_MODE: Final = (StreamMode.SEND_ONLY, StreamMode.RECEIVE_ONLY, StreamMode.SEND_RECEIVE, StreamMode.INACTIVE, StreamMode.LOOP_BACK,)
_SecondEventsDescriptor: Final = SecondEventsDescriptor
_SegmentReply: Final = SegmentReply
_SelectLogic_AND: Final = SelectLogic.AND
_SelectLogic_OR: Final = SelectLogic.OR
_ServiceChangeRequest: Final = ServiceChangeRequest
_Signal: Final = Signal
_SignalAudit: Final = SignalAudit
_SignalList: Final = SignalList
_SignalListAudit: Final = SignalListAudit
_SignalsAudit: Final = SignalsAudit
_StatisticsAudit: Final = StatisticsAudit
_StreamAudit: Final = StreamAudit
_StreamDescriptor: Final = StreamDescriptor
_SubtractReply: Final = SubtractReply
_SubtractRequest: Final = SubtractRequest
_TOPOLOGY_REQUEST_TOPOLOGY_DIRECTION: Final = (TopologyDirection.BOTHWAY, TopologyDirection.ISOLATE, TopologyDirection.ONEWAY,)
_TOPOLOGY_REQUEST_TOPOLOGY_DIRECTION_EXTENSION: Final = (TopologyDirection.ONEWAY_EXTERNAL, TopologyDirection.ONEWAY_BOTH,)
_TerminationStateDescriptor: Final = TerminationStateDescriptor
_TimeStamp: Final = TimeStamp
_TransactionAck: Final = TransactionAck
_TransactionPending: Final = TransactionPending
_TransactionReply: Final = TransactionReply
_TransactionRequest: Final = TransactionRequest


@final
class Decoder(Assembler):
    """Annex A, a method a type; ``end`` is where the type's octets end, which it reads to the last."""

    def megaco_message(self, end: i64) -> Message:
        """Type ``MegacoMessage``."""
        start = self.opened
        tag = self.peek(end)
        auth_header: AuthenticationHeader | None = None
        if tag == 0xA0:
            auth_header = self.authentication_header(self.enter(end))
            tag = self.peek(end)
        message_error: ErrorDescriptor | None = None
        transactions: tuple[Any, ...] = ()
        if tag != 0xA1:
            raise self.absent(tag, 'mess', start)
        mess_end = self.enter(end)
        tag = self.peek(mess_end)
        if tag != 0x80:
            raise self.absent(tag, 'version', start)
        version = self.integer(mess_end, 0, 99)
        tag = self.peek(mess_end)
        if tag != 0xA1:
            raise self.absent(tag, 'mId', start)
        m_id_end = self.enter(mess_end)
        chosen_m_id = self.mid(m_id_end)
        self.leave(m_id_end)
        m_id = chosen_m_id
        self.head(version, m_id, start)
        tag = self.peek(mess_end)
        if tag != 0xA2:
            raise self.absent(tag, 'messageBody', start)
        message_body_end = self.enter(mess_end)
        tag = self.peek(message_body_end)
        if tag == 0xA0:
            message_error = self.error_descriptor(self.enter(message_body_end))
        elif tag == 0xA1:
            transactions = self.list_of_transaction(self.enter(message_body_end))
        else:
            raise self.no_alternative(tag, ('messageError', 'transactions'))
        self.leave(message_body_end)
        tag = self.peek(mess_end)
        if tag != NOTHING:
            self.rest(mess_end, 3, True)
        tag = self.peek(end)
        if tag != NOTHING:
            self.rest(end, 2, False)
        node = _Message(version, m_id, transactions, message_error, auth_header)
        if self.places is not None:
            self.place(node, start)
        return node

    def authentication_header(self, end: i64) -> AuthenticationHeader:
        """Type ``AuthenticationHeader``."""
        start = self.opened
        tag = self.peek(end)
        if tag != 0x80 and tag != 0xA0:
            raise self.absent(tag, 'secParmIndex', start)
        sec_parm_index = self.make_hex(self.octets(end, 4, 4), self.opened)
        tag = self.peek(end)
        if tag != 0x81 and tag != 0xA1:
            raise self.absent(tag, 'seqNum', start)
        seq_num = self.make_hex(self.octets(end, 4, 4), self.opened)
        tag = self.peek(end)
        if tag != 0x82 and tag != 0xA2:
            raise self.absent(tag, 'ad', start)
        ad = self.make_hex(self.octets(end, 12, 32), self.opened)
        tag = self.peek(end)
        if tag != NOTHING:
            self.rest(end, 3, False)
        node = _AuthenticationHeader(sec_parm_index, seq_num, ad)
        if self.places is not None:
            self.place(node, start)
        return node

    def mid(self, end: i64) -> Any:
        """Type ``Mid``."""
        tag = self.peek(end)
        if tag == 0xA0:
            return self.ip4_address(self.enter(end))
        if tag == 0xA1:
            return self.ip6_address(self.enter(end))
        if tag == 0xA2:
            return self.domain_name(self.enter(end))
        if tag == 0x83 or tag == 0xA3:
            return self.make_device_name(_DeviceName, self.ia5_string(end, 1, 64), self.opened)
        if tag == 0x84 or tag == 0xA4:
            return self.make_mtp_address(_MtpAddress, self.octets(end, 2, 4), self.opened)
        raise self.no_alternative(tag, ('ip4Address', 'ip6Address', 'domainName', 'deviceName', 'mtpAddress'))

    def error_descriptor(self, end: i64) -> ErrorDescriptor:
        """Type ``ErrorDescriptor``."""
        start = self.opened
        tag = self.peek(end)
        if tag != 0x80:
            raise self.absent(tag, 'errorCode', start)
        error_code = self.integer(end, 0, 65535)
        tag = self.peek(end)
        error_text: str | None = None
        if tag == 0x81 or tag == 0xA1:
            error_text = self.ia5_string(end, 0, -1)
            tag = self.peek(end)
        if tag != NOTHING:
            self.rest(end, 2, False)
        node = _ErrorDescriptor(error_code, error_text)
        if self.places is not None:
            self.place(node, start)
        return node

    def list_of_transaction(self, end: i64) -> tuple[Any, ...]:
        """A list of ``Transaction``."""
        start = self.opened
        found: list[Any] = []
        tag = self.peek(end)
        while tag != NOTHING:
            found.append(self.transaction(end))
            tag = self.peek(end)
        if len(found) > self.max_items:
            raise self.too_many(start)
        return tuple(found)

    def ip4_address(self, end: i64) -> IpAddress:
        """Type ``IP4Address``."""
        start = self.opened
        octets = self.key(end)
        if octets is not None:
            known: IpAddress | None = self.names.read_addresses.get(octets)
            if known is not None:
                self.at = end
                return known
        noted = self.noted
        tag = self.peek(end)
        if tag != 0x80 and tag != 0xA0:
            raise self.absent(tag, 'address', start)
        address = self.octets(end, 4, 4)
        tag = self.peek(end)
        port_number: int | None = None
        if tag == 0x81:
            port_number = self.integer(end, 0, 65535)
            tag = self.peek(end)
        if tag != NOTHING:
            self.rest(end, 2, False)
        node = self.make_ip_address(address, port_number, start)
        if octets is not None and self.noted == noted:
            remember(self.names.read_addresses, octets, node)
        if self.places is not None:
            self.place(node, start)
        return node

    def ip6_address(self, end: i64) -> IpAddress:
        """Type ``IP6Address``."""
        start = self.opened
        octets = self.key(end)
        if octets is not None:
            known: IpAddress | None = self.names.read_addresses.get(octets)
            if known is not None:
                self.at = end
                return known
        noted = self.noted
        tag = self.peek(end)
        if tag != 0x80 and tag != 0xA0:
            raise self.absent(tag, 'address', start)
        address = self.octets(end, 16, 16)
        tag = self.peek(end)
        port_number: int | None = None
        if tag == 0x81:
            port_number = self.integer(end, 0, 65535)
            tag = self.peek(end)
        if tag != NOTHING:
            self.rest(end, 2, False)
        node = self.make_ip_address(address, port_number, start)
        if octets is not None and self.noted == noted:
            remember(self.names.read_addresses, octets, node)
        if self.places is not None:
            self.place(node, start)
        return node

    def domain_name(self, end: i64) -> DomainName:
        """Type ``DomainName``."""
        start = self.opened
        tag = self.peek(end)
        if tag != 0x80 and tag != 0xA0:
            raise self.absent(tag, 'name', start)
        name = self.ia5_string(end, 0, -1)
        tag = self.peek(end)
        port_number: int | None = None
        if tag == 0x81:
            port_number = self.integer(end, 0, 65535)
            tag = self.peek(end)
        if tag != NOTHING:
            self.rest(end, 2, False)
        node = _DomainName(name, port_number)
        if self.places is not None:
            self.place(node, start)
        return node

    def transaction(self, end: i64) -> Any:
        """Type ``Transaction``."""
        tag = self.peek(end)
        if tag == 0xA0:
            return self.transaction_request(self.enter(end))
        if tag == 0xA1:
            return self.transaction_pending(self.enter(end))
        if tag == 0xA2:
            return self.transaction_reply(self.enter(end))
        if tag == 0xA3:
            return self.transaction_response_ack(self.enter(end))
        if tag == 0xA4:
            if self.version < 3:
                self.later_version('segmentReply', 3)
            return self.segment_reply(self.enter(end))
        raise self.no_alternative(tag, ('transactionRequest', 'transactionPending', 'transactionReply', 'transactionResponseAck', 'segmentReply'))

    def transaction_request(self, end: i64) -> TransactionRequest:
        """Type ``TransactionRequest``."""
        start = self.opened
        tag = self.peek(end)
        if tag != 0x80:
            raise self.absent(tag, 'transactionId', start)
        transaction_id = self.integer(end, 0, 4294967295)
        tag = self.peek(end)
        if tag != 0xA1:
            raise self.absent(tag, 'actions', start)
        actions = self.list_of_action_request(self.enter(end))
        tag = self.peek(end)
        if tag != NOTHING:
            self.rest(end, 2, True)
        node = _TransactionRequest(transaction_id, actions)
        if self.places is not None:
            self.place(node, start)
        return node

    def transaction_pending(self, end: i64) -> TransactionPending:
        """Type ``TransactionPending``."""
        start = self.opened
        tag = self.peek(end)
        if tag != 0x80:
            raise self.absent(tag, 'transactionId', start)
        transaction_id = self.integer(end, 0, 4294967295)
        tag = self.peek(end)
        if tag != NOTHING:
            self.rest(end, 1, True)
        node = _TransactionPending(transaction_id)
        if self.places is not None:
            self.place(node, start)
        return node

    def transaction_reply(self, end: i64) -> TransactionReply:
        """Type ``TransactionReply``."""
        start = self.opened
        tag = self.peek(end)
        if tag != 0x80:
            raise self.absent(tag, 'transactionId', start)
        transaction_id = self.integer(end, 0, 4294967295)
        tag = self.peek(end)
        imm_ack_required: bool = False
        if tag == 0x81:
            imm_ack_required = self.null(end)
            tag = self.peek(end)
        transaction_error: ErrorDescriptor | None = None
        action_replies: tuple[ActionReply, ...] = ()
        if tag != 0xA2:
            raise self.absent(tag, 'transactionResult', start)
        transaction_result_end = self.enter(end)
        tag = self.peek(transaction_result_end)
        if tag == 0xA0:
            transaction_error = self.error_descriptor(self.enter(transaction_result_end))
        elif tag == 0xA1:
            action_replies = self.list_of_action_reply(self.enter(transaction_result_end))
        else:
            raise self.no_alternative(tag, ('transactionError', 'actionReplies'))
        self.leave(transaction_result_end)
        tag = self.peek(end)
        segment_number: int | None = None
        if tag == 0x83:
            if self.version < 3:
                self.later_version('segmentNumber', 3)
            segment_number = self.integer(end, 0, 65535)
            tag = self.peek(end)
        segmentation_complete: bool = False
        if tag == 0x84:
            if self.version < 3:
                self.later_version('segmentationComplete', 3)
            segmentation_complete = self.null(end)
            tag = self.peek(end)
        if tag != NOTHING:
            self.rest(end, 5, True)
        node = _TransactionReply(transaction_id, action_replies, transaction_error, imm_ack_required, segment_number, segmentation_complete)
        if self.places is not None:
            self.place(node, start)
        return node

    def transaction_response_ack(self, end: i64) -> TransactionResponseAck:
        """Type ``TransactionResponseAck``."""
        start = self.opened
        found: list[TransactionAck] = []
        tag = self.peek(end)
        while tag != NOTHING:
            if tag == 0x30:
                found.append(self.transaction_ack(self.enter(end)))
            else:
                raise self.unexpected(tag, 'TransactionAck')
            tag = self.peek(end)
        if len(found) > self.max_items:
            raise self.too_many(start)
        node = self.make_response_ack(tuple(found), start)
        if self.places is not None:
            self.place(node, start)
        return node

    def segment_reply(self, end: i64) -> SegmentReply:
        """Type ``SegmentReply``."""
        start = self.opened
        tag = self.peek(end)
        if tag != 0x80:
            raise self.absent(tag, 'transactionId', start)
        transaction_id = self.integer(end, 0, 4294967295)
        tag = self.peek(end)
        if tag != 0x81:
            raise self.absent(tag, 'segmentNumber', start)
        segment_number = self.integer(end, 0, 65535)
        tag = self.peek(end)
        segmentation_complete: bool = False
        if tag == 0x82:
            segmentation_complete = self.null(end)
            tag = self.peek(end)
        if tag != NOTHING:
            self.rest(end, 3, True)
        node = _SegmentReply(transaction_id, segment_number, segmentation_complete)
        if self.places is not None:
            self.place(node, start)
        return node

    def list_of_action_request(self, end: i64) -> tuple[ActionRequest, ...]:
        """A list of ``ActionRequest``."""
        start = self.opened
        found: list[ActionRequest] = []
        tag = self.peek(end)
        while tag != NOTHING:
            if tag == 0x30:
                found.append(self.action_request(self.enter(end)))
            else:
                raise self.unexpected(tag, 'ActionRequest')
            tag = self.peek(end)
        if len(found) > self.max_items:
            raise self.too_many(start)
        return tuple(found)

    def list_of_action_reply(self, end: i64) -> tuple[ActionReply, ...]:
        """A list of ``ActionReply``."""
        start = self.opened
        found: list[ActionReply] = []
        tag = self.peek(end)
        while tag != NOTHING:
            if tag == 0x30:
                found.append(self.action_reply(self.enter(end)))
            else:
                raise self.unexpected(tag, 'ActionReply')
            tag = self.peek(end)
        if len(found) > self.max_items:
            raise self.too_many(start)
        return tuple(found)

    def transaction_ack(self, end: i64) -> TransactionAck:
        """Type ``TransactionAck``."""
        start = self.opened
        tag = self.peek(end)
        if tag != 0x80:
            raise self.absent(tag, 'firstAck', start)
        first_ack = self.integer(end, 0, 4294967295)
        tag = self.peek(end)
        last_ack: int | None = None
        if tag == 0x81:
            last_ack = self.integer(end, 0, 4294967295)
            tag = self.peek(end)
        if tag != NOTHING:
            self.rest(end, 2, False)
        node = _TransactionAck(first_ack, last_ack)
        if self.places is not None:
            self.place(node, start)
        return node

    def action_request(self, end: i64) -> ActionRequest:
        """Type ``ActionRequest``."""
        start = self.opened
        tag = self.peek(end)
        if tag != 0x80:
            raise self.absent(tag, 'contextId', start)
        context_id = self.integer(end, 0, 4294967295)
        tag = self.peek(end)
        context_request: ContextProperties | None = None
        if tag == 0xA1:
            context_request = self.context_request(self.enter(end))
            tag = self.peek(end)
        context_attr_audit_req: Any = None
        if tag == 0xA2:
            context_attr_audit_req = self.context_attr_audit_request(self.enter(end))
            tag = self.peek(end)
        if tag != 0xA3:
            raise self.absent(tag, 'commandRequests', start)
        command_requests = self.list_of_command_request(self.enter(end))
        tag = self.peek(end)
        if tag != NOTHING:
            self.rest(end, 4, False)
        node = _ActionRequest(context_id, context_request, context_attr_audit_req, command_requests)
        if self.places is not None:
            self.place(node, start)
        return node

    def action_reply(self, end: i64) -> ActionReply:
        """Type ``ActionReply``."""
        start = self.opened
        tag = self.peek(end)
        if tag != 0x80:
            raise self.absent(tag, 'contextId', start)
        context_id = self.integer(end, 0, 4294967295)
        tag = self.peek(end)
        error_descriptor: ErrorDescriptor | None = None
        if tag == 0xA1:
            error_descriptor = self.error_descriptor(self.enter(end))
            tag = self.peek(end)
        context_reply: ContextProperties | None = None
        if tag == 0xA2:
            context_reply = self.context_request(self.enter(end))
            tag = self.peek(end)
        if tag != 0xA3:
            raise self.absent(tag, 'commandReply', start)
        command_reply = self.list_of_command_reply(self.enter(end))
        tag = self.peek(end)
        if tag != NOTHING:
            self.rest(end, 4, False)
        node = _ActionReply(context_id, context_reply, command_reply, error_descriptor)
        if self.places is not None:
            self.place(node, start)
        return node

    def context_request(self, end: i64) -> ContextProperties:
        """Type ``ContextRequest``."""
        start = self.opened
        tag = self.peek(end)
        priority: int | None = None
        if tag == 0x80:
            priority = self.integer(end, 0, 15)
            tag = self.peek(end)
        emergency: bool | None = None
        if tag == 0x81:
            emergency = self.boolean(end)
            tag = self.peek(end)
        topology_req: tuple[Any, ...] = ()
        if tag == 0xA2:
            topology_req = self.list_of_topology_request(self.enter(end))
            tag = self.peek(end)
        iepscallind: bool | None = None
        if tag == 0x83:
            if self.version < 3:
                self.later_version('iepscallind', 3)
            iepscallind = self.boolean(end)
            tag = self.peek(end)
        context_prop: tuple[Any, ...] = ()
        if tag == 0xA4:
            if self.version < 3:
                self.later_version('contextProp', 3)
            context_prop = self.list_of_property_parm(self.enter(end))
            tag = self.peek(end)
        context_list: tuple[int, ...] = ()
        if tag == 0xA5:
            if self.version < 3:
                self.later_version('contextList', 3)
            context_list = self.list_of_context_id(self.enter(end))
            tag = self.peek(end)
        if tag != NOTHING:
            self.rest(end, 6, True)
        node = _ContextProperties(topology_req, priority, emergency, iepscallind, context_list, context_prop)
        if self.places is not None:
            self.place(node, start)
        return node

    def context_attr_audit_request(self, end: i64) -> Any:
        """Type ``ContextAttrAuditRequest``."""
        start = self.opened
        tag = self.peek(end)
        topology: bool = False
        if tag == 0x80:
            topology = self.null(end)
            tag = self.peek(end)
        emergency: bool = False
        if tag == 0x81:
            emergency = self.null(end)
            tag = self.peek(end)
        priority: bool = False
        if tag == 0x82:
            priority = self.null(end)
            tag = self.peek(end)
        iepscallind: bool = False
        if tag == 0x83:
            if self.version < 3:
                self.later_version('iepscallind', 3)
            iepscallind = self.null(end)
            tag = self.peek(end)
        context_prop_aud: tuple[Any, ...] = ()
        if tag == 0xA4:
            if self.version < 3:
                self.later_version('contextPropAud', 3)
            context_prop_aud = self.list_of_ind_aud_property_parm(self.enter(end))
            tag = self.peek(end)
        selectpriority: int | None = None
        if tag == 0x85:
            if self.version < 3:
                self.later_version('selectpriority', 3)
            selectpriority = self.integer(end, 0, 15)
            tag = self.peek(end)
        selectemergency: bool | None = None
        if tag == 0x86:
            if self.version < 3:
                self.later_version('selectemergency', 3)
            selectemergency = self.boolean(end)
            tag = self.peek(end)
        selectiepscallind: bool | None = None
        if tag == 0x87:
            if self.version < 3:
                self.later_version('selectiepscallind', 3)
            selectiepscallind = self.boolean(end)
            tag = self.peek(end)
        select_logic: Any = None
        if tag == 0xA8:
            if self.version < 3:
                self.later_version('selectLogic', 3)
            select_logic_end = self.enter(end)
            chosen_select_logic = self.select_logic(select_logic_end)
            self.leave(select_logic_end)
            select_logic = chosen_select_logic
            tag = self.peek(end)
        if tag != NOTHING:
            self.rest(end, 9, True)
        node = self.make_context_audit(topology, emergency, priority, iepscallind, context_prop_aud, selectpriority, selectemergency, selectiepscallind, select_logic, start)
        if self.places is not None:
            self.place(node, start)
        return node

    def list_of_command_request(self, end: i64) -> tuple[CommandRequest, ...]:
        """A list of ``CommandRequest``."""
        start = self.opened
        found: list[CommandRequest] = []
        tag = self.peek(end)
        while tag != NOTHING:
            if tag == 0x30:
                found.append(self.command_request(self.enter(end)))
            else:
                raise self.unexpected(tag, 'CommandRequest')
            tag = self.peek(end)
        if len(found) > self.max_items:
            raise self.too_many(start)
        return tuple(found)

    def list_of_command_reply(self, end: i64) -> tuple[Any, ...]:
        """A list of ``CommandReply``."""
        start = self.opened
        found: list[Any] = []
        tag = self.peek(end)
        while tag != NOTHING:
            found.append(self.command_reply(end))
            tag = self.peek(end)
        if len(found) > self.max_items:
            raise self.too_many(start)
        return tuple(found)

    def list_of_topology_request(self, end: i64) -> tuple[Any, ...]:
        """A list of ``TopologyRequest``."""
        start = self.opened
        found: list[Any] = []
        tag = self.peek(end)
        while tag != NOTHING:
            if tag == 0x30:
                found.append(self.topology_request(self.enter(end)))
            else:
                raise self.unexpected(tag, 'TopologyRequest')
            tag = self.peek(end)
        if len(found) > self.max_items:
            raise self.too_many(start)
        return tuple(found)

    def list_of_property_parm(self, end: i64) -> tuple[Any, ...]:
        """A list of ``PropertyParm``."""
        start = self.opened
        found: list[Any] = []
        tag = self.peek(end)
        while tag != NOTHING:
            if tag == 0x30:
                found.append(self.property_parm(self.enter(end)))
            else:
                raise self.unexpected(tag, 'PropertyParm')
            tag = self.peek(end)
        if len(found) > self.max_items:
            raise self.too_many(start)
        return tuple(found)

    def list_of_context_id(self, end: i64) -> tuple[int, ...]:
        """A list of ``ContextID``."""
        start = self.opened
        found: list[int] = []
        tag = self.peek(end)
        while tag != NOTHING:
            if tag == 0x02:
                found.append(self.integer(end, 0, 4294967295))
            else:
                raise self.unexpected(tag, 'ContextID')
            tag = self.peek(end)
        if len(found) > self.max_items:
            raise self.too_many(start)
        return tuple(found)

    def list_of_ind_aud_property_parm(self, end: i64) -> tuple[Any, ...]:
        """A list of ``IndAudPropertyParm``."""
        start = self.opened
        found: list[Any] = []
        tag = self.peek(end)
        while tag != NOTHING:
            if tag == 0x30:
                found.append(self.ind_aud_property_parm(self.enter(end)))
            else:
                raise self.unexpected(tag, 'IndAudPropertyParm')
            tag = self.peek(end)
        if len(found) > self.max_items:
            raise self.too_many(start)
        return tuple(found)

    def select_logic(self, end: i64) -> Any:
        """Type ``SelectLogic``."""
        tag = self.peek(end)
        if tag == 0x80:
            self.null(end)
            return _SelectLogic_AND
        if tag == 0x81:
            self.null(end)
            return _SelectLogic_OR
        raise self.no_alternative(tag, ('andAUDITSelect', 'orAUDITSelect'))

    def command_request(self, end: i64) -> CommandRequest:
        """Type ``CommandRequest``."""
        start = self.opened
        tag = self.peek(end)
        if tag != 0xA0:
            raise self.absent(tag, 'command', start)
        command_end = self.enter(end)
        chosen_command = self.command(command_end)
        self.leave(command_end)
        command = chosen_command
        tag = self.peek(end)
        optional: bool = False
        if tag == 0x81:
            optional = self.null(end)
            tag = self.peek(end)
        wildcard_return: bool = False
        if tag == 0x82:
            wildcard_return = self.null(end)
            tag = self.peek(end)
        if tag != NOTHING:
            self.rest(end, 3, True)
        node = _CommandRequest(command, optional, wildcard_return)
        if self.places is not None:
            self.place(node, start)
        return node

    def command_reply(self, end: i64) -> Any:
        """Type ``CommandReply``."""
        tag = self.peek(end)
        if tag == 0xA0:
            return self.amms_reply(self.enter(end), _AddReply)
        if tag == 0xA1:
            return self.amms_reply(self.enter(end), _MoveReply)
        if tag == 0xA2:
            return self.amms_reply(self.enter(end), _ModifyReply)
        if tag == 0xA3:
            return self.amms_reply(self.enter(end), _SubtractReply)
        if tag == 0xA4:
            audit_cap_reply_end = self.enter(end)
            chosen_audit_cap_reply = self.audit_reply(audit_cap_reply_end, _AuditCapabilityReply)
            self.leave(audit_cap_reply_end)
            return chosen_audit_cap_reply
        if tag == 0xA5:
            audit_value_reply_end = self.enter(end)
            chosen_audit_value_reply = self.audit_reply(audit_value_reply_end, _AuditValueReply)
            self.leave(audit_value_reply_end)
            return chosen_audit_value_reply
        if tag == 0xA6:
            return self.notify_reply(self.enter(end))
        if tag == 0xA7:
            return self.service_change_reply(self.enter(end))
        raise self.no_alternative(tag, ('addReply', 'moveReply', 'modReply', 'subtractReply', 'auditCapReply', 'auditValueReply', 'notifyReply', 'serviceChangeReply'))

    def topology_request(self, end: i64) -> Any:
        """Type ``TopologyRequest``."""
        start = self.opened
        tag = self.peek(end)
        if tag != 0xA0:
            raise self.absent(tag, 'terminationFrom', start)
        termination_from = self.termination_id(self.enter(end))
        tag = self.peek(end)
        if tag != 0xA1:
            raise self.absent(tag, 'terminationTo', start)
        termination_to = self.termination_id(self.enter(end))
        tag = self.peek(end)
        if tag != 0x82:
            raise self.absent(tag, 'topologyDirection', start)
        topology_direction = _TOPOLOGY_REQUEST_TOPOLOGY_DIRECTION[self.enumerated(end, 3)]
        tag = self.peek(end)
        stream_id: int | None = None
        if tag == 0x83:
            if self.version < 2:
                self.later_version('streamID', 2)
            stream_id = self.integer(end, 0, 65535)
            tag = self.peek(end)
        topology_direction_extension: Any = None
        if tag == 0x84:
            if self.version < 3:
                self.later_version('topologyDirectionExtension', 3)
            topology_direction_extension = _TOPOLOGY_REQUEST_TOPOLOGY_DIRECTION_EXTENSION[self.enumerated(end, 2)]
            tag = self.peek(end)
        if tag != NOTHING:
            self.rest(end, 5, True)
        node = self.make_topology(termination_from, termination_to, topology_direction, stream_id, topology_direction_extension, start)
        if self.places is not None:
            self.place(node, start)
        return node

    def property_parm(self, end: i64) -> Any:
        """Type ``PropertyParm``."""
        start = self.opened
        octets = self.key(end)
        if octets is not None:
            known = self.names.read_properties.get(octets)
            if known is not None:
                self.at = end
                return known
        noted = self.noted
        tag = self.peek(end)
        if tag != 0x80 and tag != 0xA0:
            raise self.absent(tag, 'name', start)
        name = self.octets(end, 4, 4)
        tag = self.peek(end)
        if tag != 0xA1:
            raise self.absent(tag, 'value', start)
        value = self.list_of_octet_string(self.enter(end))
        tag = self.peek(end)
        relation: Any = None
        range_: bool | None = None
        sublist: bool | None = None
        if tag == 0xA2:
            extra_info_end = self.enter(end)
            tag = self.peek(extra_info_end)
            if tag == 0x80:
                relation = _RELATION[self.enumerated(extra_info_end, 3)]
            elif tag == 0x81:
                range_ = self.boolean(extra_info_end)
            elif tag == 0x82:
                sublist = self.boolean(extra_info_end)
            else:
                raise self.no_alternative(tag, ('relation', 'range', 'sublist'))
            self.leave(extra_info_end)
            tag = self.peek(end)
        if tag != NOTHING:
            self.rest(end, 3, True)
        node = self.make_property_parm(name, value, relation, range_, sublist, start)
        if octets is not None and self.noted == noted:
            remember(self.names.read_properties, octets, node)
        if self.places is not None:
            self.place(node, start)
        return node

    def ind_aud_property_parm(self, end: i64) -> Any:
        """Type ``IndAudPropertyParm``."""
        start = self.opened
        tag = self.peek(end)
        if tag != 0x80 and tag != 0xA0:
            raise self.absent(tag, 'name', start)
        name = self.octets(end, 4, 4)
        tag = self.peek(end)
        property_parms: Any = None
        if tag == 0xA1:
            if self.version < 3:
                self.later_version('propertyParms', 3)
            property_parms = self.property_parm(self.enter(end))
            tag = self.peek(end)
        if tag != NOTHING:
            self.rest(end, 2, True)
        node = self.make_property_audit(name, property_parms, start)
        if self.places is not None:
            self.place(node, start)
        return node

    def command(self, end: i64) -> Any:
        """Type ``Command``."""
        tag = self.peek(end)
        if tag == 0xA0:
            return self.amm_request(self.enter(end), _AddRequest)
        if tag == 0xA1:
            return self.amm_request(self.enter(end), _MoveRequest)
        if tag == 0xA2:
            return self.amm_request(self.enter(end), _ModifyRequest)
        if tag == 0xA3:
            return self.subtract_request(self.enter(end))
        if tag == 0xA4:
            return self.audit_request(self.enter(end), _AuditCapabilityRequest)
        if tag == 0xA5:
            return self.audit_request(self.enter(end), _AuditValueRequest)
        if tag == 0xA6:
            return self.notify_request(self.enter(end))
        if tag == 0xA7:
            return self.service_change_request(self.enter(end))
        raise self.no_alternative(tag, ('addReq', 'moveReq', 'modReq', 'subtractReq', 'auditCapRequest', 'auditValueRequest', 'notifyReq', 'serviceChangeReq'))

    def amms_reply(self, end: i64, kind: Any) -> Any:
        """Type ``AmmsReply``."""
        start = self.opened
        tag = self.peek(end)
        if tag != 0xA0:
            raise self.absent(tag, 'terminationID', start)
        termination_id = self.termination_id_list(self.enter(end))
        tag = self.peek(end)
        termination_audit: tuple[Any, ...] = ()
        if tag == 0xA1:
            termination_audit = self.termination_audit(self.enter(end))
            tag = self.peek(end)
        if tag != NOTHING:
            self.rest(end, 2, True)
        node = kind(termination_id, termination_audit)
        if self.places is not None:
            self.place(node, start)
        return node

    def audit_reply(self, end: i64, kind: Any) -> Any:
        """Type ``AuditReply``."""
        tag = self.peek(end)
        if self.is_older(end, 'old-audit-reply'):
            return self.old_audit_reply(end, kind)
        if tag == 0xA0:
            return self.make_context_audit_result(kind, self.termination_id_list(self.enter(end)), self.opened)
        if tag == 0xA1:
            return self.make_context_audit_error(kind, self.error_descriptor(self.enter(end)), self.opened)
        if tag == 0xA2:
            return self.audit_result(self.enter(end), kind)
        if tag == 0xA3:
            if self.version < 3:
                self.later_version('auditResultTermList', 3)
            return self.term_list_audit_result(self.enter(end), kind)
        raise self.no_alternative(tag, ('contextAuditResult', 'error', 'auditResult', 'auditResultTermList'))

    def notify_reply(self, end: i64) -> NotifyReply:
        """Type ``NotifyReply``."""
        start = self.opened
        tag = self.peek(end)
        if tag != 0xA0:
            raise self.absent(tag, 'terminationID', start)
        termination_id = self.termination_id_list(self.enter(end))
        tag = self.peek(end)
        error_descriptor: ErrorDescriptor | None = None
        if tag == 0xA1:
            error_descriptor = self.error_descriptor(self.enter(end))
            tag = self.peek(end)
        if tag != NOTHING:
            self.rest(end, 2, True)
        node = _NotifyReply(termination_id, error_descriptor)
        if self.places is not None:
            self.place(node, start)
        return node

    def service_change_reply(self, end: i64) -> ServiceChangeReply:
        """Type ``ServiceChangeReply``."""
        start = self.opened
        tag = self.peek(end)
        if tag != 0xA0:
            raise self.absent(tag, 'terminationID', start)
        termination_id = self.termination_id_list(self.enter(end))
        tag = self.peek(end)
        error_descriptor: ErrorDescriptor | None = None
        service_change_res_parms: Any = None
        if tag != 0xA1:
            raise self.absent(tag, 'serviceChangeResult', start)
        service_change_result_end = self.enter(end)
        tag = self.peek(service_change_result_end)
        if tag == 0xA0:
            error_descriptor = self.error_descriptor(self.enter(service_change_result_end))
        elif tag == 0xA1:
            service_change_res_parms = self.service_change_res_parm(self.enter(service_change_result_end))
        else:
            raise self.no_alternative(tag, ('errorDescriptor', 'serviceChangeResParms'))
        self.leave(service_change_result_end)
        tag = self.peek(end)
        if tag != NOTHING:
            self.rest(end, 2, True)
        node = self.make_service_change_reply(termination_id, error_descriptor, service_change_res_parms, start)
        if self.places is not None:
            self.place(node, start)
        return node

    def termination_id(self, end: i64) -> Any:
        """Type ``TerminationID``."""
        start = self.opened
        octets = self.key(end)
        if octets is not None:
            known = self.names.read_terminations.get(octets)
            if known is not None:
                self.at = end
                return known
        noted = self.noted
        tag = self.peek(end)
        if tag != 0xA0:
            raise self.absent(tag, 'wildcard', start)
        wildcard = self.list_of_wildcard_field(self.enter(end))
        tag = self.peek(end)
        if tag != 0x81 and tag != 0xA1:
            raise self.absent(tag, 'id', start)
        id_ = self.octets(end, 1, 8)
        tag = self.peek(end)
        if tag != NOTHING:
            self.rest(end, 2, True)
        node = self.make_termination_id(wildcard, id_, start)
        if octets is not None and self.noted == noted:
            remember(self.names.read_terminations, octets, node)
        if self.places is not None:
            self.place(node, start)
        return node

    def list_of_octet_string(self, end: i64) -> tuple[bytes, ...]:
        """A list of ``OCTET STRING``."""
        start = self.opened
        found: list[bytes] = []
        tag = self.peek(end)
        while tag != NOTHING:
            if tag == 0x04 or tag == 0x24:
                found.append(self.octets(end, 0, -1))
            else:
                raise self.unexpected(tag, 'OCTET STRING')
            tag = self.peek(end)
        if len(found) > self.max_items:
            raise self.too_many(start)
        return tuple(found)

    def amm_request(self, end: i64, kind: Any) -> Any:
        """Type ``AmmRequest``."""
        start = self.opened
        tag = self.peek(end)
        if tag != 0xA0:
            raise self.absent(tag, 'terminationID', start)
        termination_id = self.termination_id_list(self.enter(end))
        tag = self.peek(end)
        if tag != 0xA1:
            raise self.absent(tag, 'descriptors', start)
        descriptors = self.list_of_amm_descriptor(self.enter(end))
        tag = self.peek(end)
        if tag != NOTHING:
            self.rest(end, 2, True)
        node = kind(termination_id, descriptors)
        if self.places is not None:
            self.place(node, start)
        return node

    def subtract_request(self, end: i64) -> SubtractRequest:
        """Type ``SubtractRequest``."""
        start = self.opened
        tag = self.peek(end)
        if tag != 0xA0:
            raise self.absent(tag, 'terminationID', start)
        termination_id = self.termination_id_list(self.enter(end))
        tag = self.peek(end)
        audit_descriptor: AuditDescriptor | None = None
        if tag == 0xA1:
            audit_descriptor = self.audit_descriptor(self.enter(end))
            tag = self.peek(end)
        if tag != NOTHING:
            self.rest(end, 2, True)
        node = _SubtractRequest(termination_id, audit_descriptor)
        if self.places is not None:
            self.place(node, start)
        return node

    def audit_request(self, end: i64, kind: Any) -> Any:
        """Type ``AuditRequest``."""
        start = self.opened
        tag = self.peek(end)
        if tag != 0xA0:
            raise self.absent(tag, 'terminationID', start)
        termination_id = self.termination_id(self.enter(end))
        tag = self.peek(end)
        if tag != 0xA1:
            raise self.absent(tag, 'auditDescriptor', start)
        audit_descriptor = self.audit_descriptor(self.enter(end))
        tag = self.peek(end)
        termination_id_list: tuple[Any, ...] = ()
        if tag == 0xA2:
            if self.version < 3:
                self.later_version('terminationIDList', 3)
            termination_id_list = self.termination_id_list(self.enter(end))
            tag = self.peek(end)
        if tag != NOTHING:
            self.rest(end, 3, True)
        node = self.make_audit_request(kind, termination_id, audit_descriptor, termination_id_list, start)
        if self.places is not None:
            self.place(node, start)
        return node

    def notify_request(self, end: i64) -> NotifyRequest:
        """Type ``NotifyRequest``."""
        start = self.opened
        tag = self.peek(end)
        if tag != 0xA0:
            raise self.absent(tag, 'terminationID', start)
        termination_id = self.termination_id_list(self.enter(end))
        tag = self.peek(end)
        if tag != 0xA1:
            raise self.absent(tag, 'observedEventsDescriptor', start)
        observed_events_descriptor = self.observed_events_descriptor(self.enter(end))
        tag = self.peek(end)
        error_descriptor: ErrorDescriptor | None = None
        if tag == 0xA2:
            error_descriptor = self.error_descriptor(self.enter(end))
            tag = self.peek(end)
        if tag != NOTHING:
            self.rest(end, 3, True)
        node = _NotifyRequest(termination_id, observed_events_descriptor, error_descriptor)
        if self.places is not None:
            self.place(node, start)
        return node

    def service_change_request(self, end: i64) -> ServiceChangeRequest:
        """Type ``ServiceChangeRequest``."""
        start = self.opened
        tag = self.peek(end)
        if tag != 0xA0:
            raise self.absent(tag, 'terminationID', start)
        termination_id = self.termination_id_list(self.enter(end))
        tag = self.peek(end)
        if tag != 0xA1:
            raise self.absent(tag, 'serviceChangeParms', start)
        service_change_parms = self.service_change_parm(self.enter(end))
        tag = self.peek(end)
        if tag != NOTHING:
            self.rest(end, 2, True)
        node = _ServiceChangeRequest(termination_id, service_change_parms)
        if self.places is not None:
            self.place(node, start)
        return node

    def termination_id_list(self, end: i64) -> tuple[Any, ...]:
        """Type ``TerminationIDList``."""
        start = self.opened
        found: list[Any] = []
        tag = self.peek(end)
        while tag != NOTHING:
            if tag == 0x30:
                found.append(self.termination_id(self.enter(end)))
            else:
                raise self.unexpected(tag, 'TerminationID')
            tag = self.peek(end)
        if len(found) > self.max_items:
            raise self.too_many(start)
        return tuple(found)

    def termination_audit(self, end: i64) -> Any:
        """Type ``TerminationAudit``."""
        start = self.opened
        found: list[Any] = []
        tag = self.peek(end)
        while tag != NOTHING:
            found.append(self.audit_return_parameter(end))
            tag = self.peek(end)
        if len(found) > self.max_items:
            raise self.too_many(start)
        node = self.make_termination_audit(tuple(found), start)
        if self.places is not None:
            self.place(node, start)
        return node

    def old_audit_reply(self, end: i64, kind: Any) -> Any:
        """Type ``OldAuditReply``."""
        start = self.opened
        tag = self.peek(end)
        if tag != 0xA0:
            raise self.absent(tag, 'terminationID', start)
        termination_id = self.termination_id(self.enter(end))
        tag = self.peek(end)
        context_audit_result: tuple[Any, ...] = ()
        termination_audit_result: Any = None
        if tag != 0xA1:
            raise self.absent(tag, 'auditResult', start)
        audit_result_end = self.enter(end)
        tag = self.peek(audit_result_end)
        if tag == 0xA0:
            context_audit_result = self.termination_id_list(self.enter(audit_result_end))
        elif tag == 0xA1:
            termination_audit_result = self.termination_audit(self.enter(audit_result_end))
        else:
            raise self.no_alternative(tag, ('contextAuditResult', 'terminationAuditResult'))
        self.leave(audit_result_end)
        tag = self.peek(end)
        if tag != NOTHING:
            self.rest(end, 2, False)
        node = self.make_old_audit_reply(kind, termination_id, context_audit_result, termination_audit_result, start)
        if self.places is not None:
            self.place(node, start)
        return node

    def audit_result(self, end: i64, kind: Any) -> Any:
        """Type ``AuditResult``."""
        start = self.opened
        tag = self.peek(end)
        if tag != 0xA0:
            raise self.absent(tag, 'terminationID', start)
        termination_id = self.termination_id(self.enter(end))
        tag = self.peek(end)
        if tag != 0xA1:
            raise self.absent(tag, 'terminationAuditResult', start)
        termination_audit_result = self.termination_audit(self.enter(end))
        tag = self.peek(end)
        if tag != NOTHING:
            self.rest(end, 2, False)
        node = self.make_audit_result(kind, termination_id, termination_audit_result, start)
        if self.places is not None:
            self.place(node, start)
        return node

    def term_list_audit_result(self, end: i64, kind: Any) -> Any:
        """Type ``TermListAuditResult``."""
        start = self.opened
        tag = self.peek(end)
        if tag != 0xA0:
            raise self.absent(tag, 'terminationIDList', start)
        termination_id_list = self.termination_id_list(self.enter(end))
        tag = self.peek(end)
        if tag != 0xA1:
            raise self.absent(tag, 'terminationAuditResult', start)
        termination_audit_result = self.termination_audit(self.enter(end))
        tag = self.peek(end)
        if tag != NOTHING:
            self.rest(end, 2, True)
        node = kind(termination_id_list, termination_audit_result)
        if self.places is not None:
            self.place(node, start)
        return node

    def service_change_res_parm(self, end: i64) -> Any:
        """Type ``ServiceChangeResParm``."""
        start = self.opened
        tag = self.peek(end)
        service_change_mgc_id: Any = None
        if tag == 0xA0:
            service_change_mgc_id_end = self.enter(end)
            chosen_service_change_mgc_id = self.mid(service_change_mgc_id_end)
            self.leave(service_change_mgc_id_end)
            service_change_mgc_id = chosen_service_change_mgc_id
            tag = self.peek(end)
        service_change_address: Any = None
        if tag == 0xA1:
            service_change_address_end = self.enter(end)
            chosen_service_change_address = self.service_change_address(service_change_address_end)
            self.leave(service_change_address_end)
            service_change_address = chosen_service_change_address
            tag = self.peek(end)
        service_change_version: int | None = None
        if tag == 0x82:
            service_change_version = self.integer(end, 0, 99)
            tag = self.peek(end)
        service_change_profile: Any = None
        if tag == 0xA3:
            service_change_profile = self.service_change_profile(self.enter(end))
            tag = self.peek(end)
        timestamp: TimeStamp | None = None
        if tag == 0xA4:
            timestamp = self.time_notation(self.enter(end))
            tag = self.peek(end)
        if tag != NOTHING:
            self.rest(end, 5, True)
        node = self.make_service_change_res_parm(service_change_mgc_id, service_change_address, service_change_version, service_change_profile, timestamp, start)
        if self.places is not None:
            self.place(node, start)
        return node

    def list_of_wildcard_field(self, end: i64) -> tuple[bytes, ...]:
        """A list of ``WildcardField``."""
        start = self.opened
        found: list[bytes] = []
        tag = self.peek(end)
        while tag != NOTHING:
            if tag == 0x04 or tag == 0x24:
                found.append(self.octets(end, 1, 1))
            else:
                raise self.unexpected(tag, 'WildcardField')
            tag = self.peek(end)
        if len(found) > self.max_items:
            raise self.too_many(start)
        return tuple(found)

    def list_of_amm_descriptor(self, end: i64) -> tuple[Any, ...]:
        """A list of ``AmmDescriptor``."""
        start = self.opened
        found: list[Any] = []
        tag = self.peek(end)
        while tag != NOTHING:
            found.append(self.amm_descriptor(end))
            tag = self.peek(end)
        if len(found) > self.max_items:
            raise self.too_many(start)
        return tuple(found)

    def audit_descriptor(self, end: i64) -> AuditDescriptor:
        """Type ``AuditDescriptor``."""
        start = self.opened
        tag = self.peek(end)
        audit_token: tuple[Any, ...] = ()
        if tag == 0x80 or tag == 0xA0:
            audit_token = tuple([_AUDIT_DESCRIPTOR_AUDIT_TOKEN[bit] for bit in self.bits(end, 10)])
            tag = self.peek(end)
        audit_property_token: tuple[Any, ...] = ()
        if tag == 0xA1:
            if self.version < 2:
                self.later_version('auditPropertyToken', 2)
            audit_property_token = self.list_of_ind_audit_parameter(self.enter(end))
            tag = self.peek(end)
        if tag != NOTHING:
            self.rest(end, 2, True)
        node = _AuditDescriptor(audit_token, audit_property_token)
        if self.places is not None:
            self.place(node, start)
        return node

    def observed_events_descriptor(self, end: i64) -> ObservedEventsDescriptor:
        """Type ``ObservedEventsDescriptor``."""
        start = self.opened
        tag = self.peek(end)
        if tag != 0x80:
            raise self.absent(tag, 'requestId', start)
        request_id = self.integer(end, 0, 4294967295)
        tag = self.peek(end)
        if tag != 0xA1:
            raise self.absent(tag, 'observedEventLst', start)
        observed_event_lst = self.list_of_observed_event(self.enter(end))
        tag = self.peek(end)
        if tag != NOTHING:
            self.rest(end, 2, False)
        node = _ObservedEventsDescriptor(request_id, observed_event_lst)
        if self.places is not None:
            self.place(node, start)
        return node

    def service_change_parm(self, end: i64) -> Any:
        """Type ``ServiceChangeParm``."""
        start = self.opened
        tag = self.peek(end)
        if tag != 0x80:
            raise self.absent(tag, 'serviceChangeMethod', start)
        service_change_method = _SERVICE_CHANGE_METHOD[self.enumerated(end, 6)]
        tag = self.peek(end)
        service_change_address: Any = None
        if tag == 0xA1:
            service_change_address_end = self.enter(end)
            chosen_service_change_address = self.service_change_address(service_change_address_end)
            self.leave(service_change_address_end)
            service_change_address = chosen_service_change_address
            tag = self.peek(end)
        service_change_version: int | None = None
        if tag == 0x82:
            service_change_version = self.integer(end, 0, 99)
            tag = self.peek(end)
        service_change_profile: Any = None
        if tag == 0xA3:
            service_change_profile = self.service_change_profile(self.enter(end))
            tag = self.peek(end)
        if tag == 0xA4:
            service_change_reason = self.make_reason(self.value(self.enter(end)), self.opened)
            tag = self.peek(end)
        elif tag == 0x84:
            service_change_reason = self.make_reason(self.one_string(end, 'old-value'), self.opened)
            tag = self.peek(end)
        else:
            raise self.absent(tag, 'serviceChangeReason', start)
        service_change_delay: int | None = None
        if tag == 0x85:
            service_change_delay = self.integer(end, 0, 4294967295)
            tag = self.peek(end)
        service_change_mgc_id: Any = None
        if tag == 0xA6:
            service_change_mgc_id_end = self.enter(end)
            chosen_service_change_mgc_id = self.mid(service_change_mgc_id_end)
            self.leave(service_change_mgc_id_end)
            service_change_mgc_id = chosen_service_change_mgc_id
            tag = self.peek(end)
        time_stamp: TimeStamp | None = None
        if tag == 0xA7:
            time_stamp = self.time_notation(self.enter(end))
            tag = self.peek(end)
        non_standard_data: NonStandardData | None = None
        if tag == 0xA8:
            non_standard_data = self.non_standard_data(self.enter(end))
            tag = self.peek(end)
        service_change_info: AuditDescriptor | None = None
        if tag == 0xA9:
            if self.version < 2:
                self.later_version('serviceChangeInfo', 2)
            service_change_info = self.audit_descriptor(self.enter(end))
            tag = self.peek(end)
        service_change_incomplete_flag: bool = False
        if tag == 0x8A:
            if self.version < 3:
                self.later_version('serviceChangeIncompleteFlag', 3)
            service_change_incomplete_flag = self.null(end)
            tag = self.peek(end)
        if tag != NOTHING:
            self.rest(end, 11, True)
        node = self.make_service_change_parm(service_change_method, service_change_address, service_change_version, service_change_profile, service_change_reason, service_change_delay, service_change_mgc_id, time_stamp, non_standard_data, service_change_info, service_change_incomplete_flag, start)
        if self.places is not None:
            self.place(node, start)
        return node

    def audit_return_parameter(self, end: i64) -> Any:
        """Type ``AuditReturnParameter``."""
        tag = self.peek(end)
        if tag == 0xA0:
            return self.error_descriptor(self.enter(end))
        if tag == 0xA1:
            return self.media_descriptor(self.enter(end))
        if tag == 0xA2:
            return self.modem_descriptor(self.enter(end))
        if tag == 0xA3:
            return self.mux_descriptor(self.enter(end))
        if tag == 0xA4:
            return self.events_descriptor(self.enter(end))
        if tag == 0xA5:
            return self.event_buffer_descriptor(self.enter(end))
        if tag == 0xA6:
            return self.signals_descriptor(self.enter(end))
        if tag == 0xA7:
            return self.digit_map_descriptor(self.enter(end))
        if tag == 0xA8:
            return self.observed_events_descriptor(self.enter(end))
        if tag == 0xA9:
            return self.statistics_descriptor(self.enter(end))
        if tag == 0xAA:
            return self.packages_descriptor(self.enter(end))
        if tag == 0xAB:
            return self.audit_descriptor(self.enter(end))
        raise self.no_alternative(tag, ('errorDescriptor', 'mediaDescriptor', 'modemDescriptor', 'muxDescriptor', 'eventsDescriptor', 'eventBufferDescriptor', 'signalsDescriptor', 'digitMapDescriptor', 'observedEventsDescriptor', 'statisticsDescriptor', 'packagesDescriptor', 'emptyDescriptors'))

    def service_change_address(self, end: i64) -> Any:
        """Type ``ServiceChangeAddress``."""
        tag = self.peek(end)
        if tag == 0x80:
            return self.integer(end, 0, 65535)
        if tag == 0xA1:
            return self.ip4_address(self.enter(end))
        if tag == 0xA2:
            return self.ip6_address(self.enter(end))
        if tag == 0xA3:
            return self.domain_name(self.enter(end))
        if tag == 0x84 or tag == 0xA4:
            return self.make_device_name(_DeviceName, self.ia5_string(end, 1, 64), self.opened)
        if tag == 0x85 or tag == 0xA5:
            return self.make_mtp_address(_MtpAddress, self.octets(end, 2, 4), self.opened)
        raise self.no_alternative(tag, ('portNumber', 'ip4Address', 'ip6Address', 'domainName', 'deviceName', 'mtpAddress'))

    def service_change_profile(self, end: i64) -> Any:
        """Type ``ServiceChangeProfile``."""
        start = self.opened
        tag = self.peek(end)
        if tag != 0x80 and tag != 0xA0:
            raise self.absent(tag, 'profileName', start)
        profile_name = self.ia5_string(end, 1, 67)
        tag = self.peek(end)
        if tag != NOTHING:
            self.rest(end, 1, False)
        node = self.make_profile(profile_name, start)
        if self.places is not None:
            self.place(node, start)
        return node

    def time_notation(self, end: i64) -> TimeStamp:
        """Type ``TimeNotation``."""
        start = self.opened
        tag = self.peek(end)
        if tag != 0x80 and tag != 0xA0:
            raise self.absent(tag, 'date', start)
        date = self.ia5_string(end, 8, 8)
        tag = self.peek(end)
        if tag != 0x81 and tag != 0xA1:
            raise self.absent(tag, 'time', start)
        time = self.ia5_string(end, 8, 8)
        tag = self.peek(end)
        if tag != NOTHING:
            self.rest(end, 2, False)
        node = _TimeStamp(date, time)
        if self.places is not None:
            self.place(node, start)
        return node

    def amm_descriptor(self, end: i64) -> Any:
        """Type ``AmmDescriptor``."""
        tag = self.peek(end)
        if tag == 0xA0:
            return self.media_descriptor(self.enter(end))
        if tag == 0xA1:
            return self.modem_descriptor(self.enter(end))
        if tag == 0xA2:
            return self.mux_descriptor(self.enter(end))
        if tag == 0xA3:
            return self.events_descriptor(self.enter(end))
        if tag == 0xA4:
            return self.event_buffer_descriptor(self.enter(end))
        if tag == 0xA5:
            return self.signals_descriptor(self.enter(end))
        if tag == 0xA6:
            return self.digit_map_descriptor(self.enter(end))
        if tag == 0xA7:
            return self.audit_descriptor(self.enter(end))
        if tag == 0xA8:
            if self.version < 3:
                self.later_version('statisticsDescriptor', 3)
            return self.statistics_descriptor(self.enter(end))
        raise self.no_alternative(tag, ('mediaDescriptor', 'modemDescriptor', 'muxDescriptor', 'eventsDescriptor', 'eventBufferDescriptor', 'signalsDescriptor', 'digitMapDescriptor', 'auditDescriptor', 'statisticsDescriptor'))

    def list_of_ind_audit_parameter(self, end: i64) -> tuple[Any, ...]:
        """A list of ``IndAuditParameter``."""
        start = self.opened
        found: list[Any] = []
        tag = self.peek(end)
        while tag != NOTHING:
            found.append(self.ind_audit_parameter(end))
            tag = self.peek(end)
        if len(found) > self.max_items:
            raise self.too_many(start)
        return tuple(found)

    def list_of_observed_event(self, end: i64) -> tuple[ObservedEvent, ...]:
        """A list of ``ObservedEvent``."""
        start = self.opened
        found: list[ObservedEvent] = []
        tag = self.peek(end)
        while tag != NOTHING:
            if tag == 0x30:
                found.append(self.observed_event(self.enter(end)))
            else:
                raise self.unexpected(tag, 'ObservedEvent')
            tag = self.peek(end)
        if len(found) > self.max_items:
            raise self.too_many(start)
        return tuple(found)

    def value(self, end: i64) -> tuple[bytes, ...]:
        """Type ``Value``."""
        start = self.opened
        found: list[bytes] = []
        tag = self.peek(end)
        while tag != NOTHING:
            if tag == 0x04 or tag == 0x24:
                found.append(self.octets(end, 0, -1))
            else:
                raise self.unexpected(tag, 'OCTET STRING')
            tag = self.peek(end)
        if len(found) > self.max_items:
            raise self.too_many(start)
        return tuple(found)

    def non_standard_data(self, end: i64) -> NonStandardData:
        """Type ``NonStandardData``."""
        start = self.opened
        tag = self.peek(end)
        object_: Any = None
        h221_non_standard: Any = None
        experimental: str | None = None
        if tag != 0xA0:
            raise self.absent(tag, 'nonStandardIdentifier', start)
        non_standard_identifier_end = self.enter(end)
        tag = self.peek(non_standard_identifier_end)
        if tag == 0x80:
            object_ = self.object_identifier(non_standard_identifier_end)
        elif tag == 0xA1:
            h221_non_standard = self.h221_non_standard(self.enter(non_standard_identifier_end))
        elif tag == 0x82 or tag == 0xA2:
            experimental = self.ia5_string(non_standard_identifier_end, 8, 8)
        else:
            raise self.no_alternative(tag, ('object', 'h221NonStandard', 'experimental'))
        self.leave(non_standard_identifier_end)
        tag = self.peek(end)
        if tag != 0x81 and tag != 0xA1:
            raise self.absent(tag, 'data', start)
        data = self.make_opaque_octets(self.octets(end, 0, -1), self.opened)
        tag = self.peek(end)
        if tag != NOTHING:
            self.rest(end, 2, False)
        node = _NonStandardData(data, object_, h221_non_standard, experimental)
        if self.places is not None:
            self.place(node, start)
        return node

    def media_descriptor(self, end: i64) -> MediaDescriptor:
        """Type ``MediaDescriptor``."""
        start = self.opened
        tag = self.peek(end)
        term_state_descr: TerminationStateDescriptor | None = None
        if tag == 0xA0:
            term_state_descr = self.termination_state_descriptor(self.enter(end))
            tag = self.peek(end)
        one_stream: StreamDescriptor | None = None
        multi_stream: tuple[StreamDescriptor, ...] = ()
        if tag == 0xA1:
            streams_end = self.enter(end)
            tag = self.peek(streams_end)
            if tag == 0xA0:
                one_stream = self.stream_parms(self.enter(streams_end))
            elif tag == 0xA1:
                multi_stream = self.list_of_stream_descriptor(self.enter(streams_end))
            else:
                raise self.no_alternative(tag, ('oneStream', 'multiStream'))
            self.leave(streams_end)
            tag = self.peek(end)
        if tag != NOTHING:
            self.rest(end, 2, True)
        node = self.make_media(term_state_descr, one_stream, multi_stream, start)
        if self.places is not None:
            self.place(node, start)
        return node

    def modem_descriptor(self, end: i64) -> ModemDescriptor:
        """Type ``ModemDescriptor``."""
        start = self.opened
        tag = self.peek(end)
        if tag != 0xA0:
            raise self.absent(tag, 'mtl', start)
        mtl = self.list_of_modem_type(self.enter(end))
        tag = self.peek(end)
        if tag != 0xA1:
            raise self.absent(tag, 'mpl', start)
        mpl = self.list_of_property_parm(self.enter(end))
        tag = self.peek(end)
        non_standard_data: NonStandardData | None = None
        if tag == 0xA2:
            non_standard_data = self.non_standard_data(self.enter(end))
            tag = self.peek(end)
        if tag != NOTHING:
            self.rest(end, 3, False)
        node = _ModemDescriptor(mtl, (), mpl, non_standard_data)
        if self.places is not None:
            self.place(node, start)
        return node

    def mux_descriptor(self, end: i64) -> MuxDescriptor:
        """Type ``MuxDescriptor``."""
        start = self.opened
        tag = self.peek(end)
        if tag != 0x80:
            raise self.absent(tag, 'muxType', start)
        mux_type = _MUX_TYPE[self.enumerated(end, 5)]
        tag = self.peek(end)
        if tag != 0xA1:
            raise self.absent(tag, 'termList', start)
        term_list = self.list_of_termination_id(self.enter(end))
        tag = self.peek(end)
        non_standard_data: NonStandardData | None = None
        if tag == 0xA2:
            non_standard_data = self.non_standard_data(self.enter(end))
            tag = self.peek(end)
        if tag != NOTHING:
            self.rest(end, 3, True)
        node = _MuxDescriptor(mux_type, None, term_list, non_standard_data)
        if self.places is not None:
            self.place(node, start)
        return node

    def events_descriptor(self, end: i64) -> EventsDescriptor:
        """Type ``EventsDescriptor``."""
        start = self.opened
        tag = self.peek(end)
        request_id: int | None = None
        if tag == 0x80:
            request_id = self.integer(end, 0, 4294967295)
            tag = self.peek(end)
        if tag != 0xA1:
            raise self.absent(tag, 'eventList', start)
        event_list = self.list_of_requested_event(self.enter(end))
        tag = self.peek(end)
        if tag != NOTHING:
            self.rest(end, 2, True)
        node = _EventsDescriptor(request_id, event_list)
        if self.places is not None:
            self.place(node, start)
        return node

    def event_buffer_descriptor(self, end: i64) -> EventBufferDescriptor:
        """Type ``EventBufferDescriptor``."""
        start = self.opened
        found: list[EventSpec] = []
        tag = self.peek(end)
        while tag != NOTHING:
            if tag == 0x30:
                found.append(self.event_spec(self.enter(end)))
            else:
                raise self.unexpected(tag, 'EventSpec')
            tag = self.peek(end)
        if len(found) > self.max_items:
            raise self.too_many(start)
        node = self.make_event_buffer(tuple(found), start)
        if self.places is not None:
            self.place(node, start)
        return node

    def signals_descriptor(self, end: i64) -> SignalsDescriptor:
        """Type ``SignalsDescriptor``."""
        start = self.opened
        found: list[Any] = []
        tag = self.peek(end)
        while tag != NOTHING:
            found.append(self.signal_request(end))
            tag = self.peek(end)
        if len(found) > self.max_items:
            raise self.too_many(start)
        node = self.make_signals(tuple(found), start)
        if self.places is not None:
            self.place(node, start)
        return node

    def digit_map_descriptor(self, end: i64) -> DigitMapDescriptor:
        """Type ``DigitMapDescriptor``."""
        start = self.opened
        tag = self.peek(end)
        digit_map_name: Any = None
        if tag == 0x80 or tag == 0xA0:
            digit_map_name = self.make_digit_map_name(self.octets(end, 2, 2), self.opened)
            tag = self.peek(end)
        digit_map_value: DigitMapValue | None = None
        if tag == 0xA1:
            digit_map_value = self.digit_map_value(self.enter(end))
            tag = self.peek(end)
        if tag != NOTHING:
            self.rest(end, 2, False)
        node = _DigitMapDescriptor(digit_map_name, digit_map_value)
        if self.places is not None:
            self.place(node, start)
        return node

    def statistics_descriptor(self, end: i64) -> StatisticsDescriptor:
        """Type ``StatisticsDescriptor``."""
        start = self.opened
        found: list[Any] = []
        tag = self.peek(end)
        while tag != NOTHING:
            if tag == 0x30:
                found.append(self.statistics_parameter(self.enter(end)))
            else:
                raise self.unexpected(tag, 'StatisticsParameter')
            tag = self.peek(end)
        if len(found) > self.max_items:
            raise self.too_many(start)
        node = self.make_statistics(tuple(found), start)
        if self.places is not None:
            self.place(node, start)
        return node

    def packages_descriptor(self, end: i64) -> PackagesDescriptor:
        """Type ``PackagesDescriptor``."""
        start = self.opened
        found: list[Any] = []
        tag = self.peek(end)
        while tag != NOTHING:
            if tag == 0x30:
                found.append(self.packages_item(self.enter(end)))
            else:
                raise self.unexpected(tag, 'PackagesItem')
            tag = self.peek(end)
        if len(found) > self.max_items:
            raise self.too_many(start)
        node = self.make_packages(tuple(found), start)
        if self.places is not None:
            self.place(node, start)
        return node

    def ind_audit_parameter(self, end: i64) -> Any:
        """Type ``IndAuditParameter``."""
        tag = self.peek(end)
        if tag == 0xA0:
            return self.ind_aud_media_descriptor(self.enter(end))
        if tag == 0xA1:
            return self.ind_aud_events_descriptor(self.enter(end))
        if tag == 0xA2:
            return self.ind_aud_event_buffer_descriptor(self.enter(end))
        if tag == 0xA3:
            indaudsignals_descriptor_end = self.enter(end)
            chosen_indaudsignals_descriptor = self.ind_aud_signals_descriptor(indaudsignals_descriptor_end)
            self.leave(indaudsignals_descriptor_end)
            return self.make_signals_audit(_SignalsAudit, chosen_indaudsignals_descriptor, self.opened)
        if tag == 0xA4:
            return self.ind_aud_digit_map_descriptor(self.enter(end))
        if tag == 0xA5:
            return self.ind_aud_statistics_descriptor(self.enter(end))
        if tag == 0xA6:
            return self.ind_aud_packages_descriptor(self.enter(end))
        raise self.no_alternative(tag, ('indaudmediaDescriptor', 'indaudeventsDescriptor', 'indaudeventBufferDescriptor', 'indaudsignalsDescriptor', 'indauddigitMapDescriptor', 'indaudstatisticsDescriptor', 'indaudpackagesDescriptor'))

    def observed_event(self, end: i64) -> ObservedEvent:
        """Type ``ObservedEvent``."""
        start = self.opened
        tag = self.peek(end)
        if tag != 0x80 and tag != 0xA0:
            raise self.absent(tag, 'eventName', start)
        event_name = self.make_observed_event_name(self.octets(end, 4, 4), self.opened)
        tag = self.peek(end)
        stream_id: int | None = None
        if tag == 0x81:
            stream_id = self.integer(end, 0, 65535)
            tag = self.peek(end)
        if tag != 0xA2:
            raise self.absent(tag, 'eventParList', start)
        event_par_list = self.list_of_event_parameter(self.enter(end))
        tag = self.peek(end)
        time_notation: TimeStamp | None = None
        if tag == 0xA3:
            time_notation = self.time_notation(self.enter(end))
            tag = self.peek(end)
        if tag != NOTHING:
            self.rest(end, 4, True)
        node = _ObservedEvent(event_name, time_notation, stream_id, event_par_list)
        if self.places is not None:
            self.place(node, start)
        return node

    def h221_non_standard(self, end: i64) -> Any:
        """Type ``H221NonStandard``."""
        start = self.opened
        tag = self.peek(end)
        if tag != 0x80:
            raise self.absent(tag, 't35CountryCode1', start)
        t35_country_code1 = self.integer(end, 0, 255)
        tag = self.peek(end)
        if tag != 0x81:
            raise self.absent(tag, 't35CountryCode2', start)
        t35_country_code2 = self.integer(end, 0, 255)
        tag = self.peek(end)
        if tag != 0x82:
            raise self.absent(tag, 't35Extension', start)
        t35_extension = self.integer(end, 0, 255)
        tag = self.peek(end)
        if tag != 0x83:
            raise self.absent(tag, 'manufacturerCode', start)
        manufacturer_code = self.integer(end, 0, 65535)
        tag = self.peek(end)
        if tag != NOTHING:
            self.rest(end, 4, True)
        node = self.make_h221(t35_country_code1, t35_country_code2, t35_extension, manufacturer_code, start)
        if self.places is not None:
            self.place(node, start)
        return node

    def termination_state_descriptor(self, end: i64) -> TerminationStateDescriptor:
        """Type ``TerminationStateDescriptor``."""
        start = self.opened
        tag = self.peek(end)
        if tag != 0xA0:
            raise self.absent(tag, 'propertyParms', start)
        property_parms = self.list_of_property_parm(self.enter(end))
        tag = self.peek(end)
        event_buffer_control: Any = None
        if tag == 0x81:
            event_buffer_control = _EVENT_BUFFER_CONTROL[self.enumerated(end, 2)]
            tag = self.peek(end)
        service_state: Any = None
        if tag == 0x82:
            service_state = _SERVICE_STATE[self.enumerated(end, 3)]
            tag = self.peek(end)
        if tag != NOTHING:
            self.rest(end, 3, True)
        node = _TerminationStateDescriptor(service_state, event_buffer_control, property_parms)
        if self.places is not None:
            self.place(node, start)
        return node

    def stream_parms(self, end: i64) -> StreamDescriptor:
        """Type ``StreamParms``."""
        start = self.opened
        tag = self.peek(end)
        local_control_descriptor: LocalControlDescriptor | None = None
        if tag == 0xA0:
            local_control_descriptor = self.local_control_descriptor(self.enter(end))
            tag = self.peek(end)
        local_descriptor: Any = None
        if tag == 0xA1:
            local_descriptor = self.local_remote_descriptor(self.enter(end), _LocalDescriptor)
            tag = self.peek(end)
        remote_descriptor: Any = None
        if tag == 0xA2:
            remote_descriptor = self.local_remote_descriptor(self.enter(end), _RemoteDescriptor)
            tag = self.peek(end)
        statistics_descriptor: StatisticsDescriptor | None = None
        if tag == 0xA3:
            if self.version < 3:
                self.later_version('statisticsDescriptor', 3)
            statistics_descriptor = self.statistics_descriptor(self.enter(end))
            tag = self.peek(end)
        if tag != NOTHING:
            self.rest(end, 4, True)
        node = _StreamDescriptor(None, local_control_descriptor, local_descriptor, remote_descriptor, statistics_descriptor)
        if self.places is not None:
            self.place(node, start)
        return node

    def list_of_stream_descriptor(self, end: i64) -> tuple[StreamDescriptor, ...]:
        """A list of ``StreamDescriptor``."""
        start = self.opened
        found: list[StreamDescriptor] = []
        tag = self.peek(end)
        while tag != NOTHING:
            if tag == 0x30:
                found.append(self.stream_descriptor(self.enter(end)))
            else:
                raise self.unexpected(tag, 'StreamDescriptor')
            tag = self.peek(end)
        if len(found) > self.max_items:
            raise self.too_many(start)
        return tuple(found)

    def list_of_modem_type(self, end: i64) -> tuple[Any, ...]:
        """A list of ``ModemType``."""
        start = self.opened
        found: list[Any] = []
        tag = self.peek(end)
        while tag != NOTHING:
            if tag == 0x0A:
                found.append(_MODEM_TYPE[self.enumerated(end, 9)])
            else:
                raise self.unexpected(tag, 'ModemType')
            tag = self.peek(end)
        if len(found) > self.max_items:
            raise self.too_many(start)
        return tuple(found)

    def list_of_termination_id(self, end: i64) -> tuple[Any, ...]:
        """A list of ``TerminationID``."""
        start = self.opened
        found: list[Any] = []
        tag = self.peek(end)
        while tag != NOTHING:
            if tag == 0x30:
                found.append(self.termination_id(self.enter(end)))
            else:
                raise self.unexpected(tag, 'TerminationID')
            tag = self.peek(end)
        if len(found) > self.max_items:
            raise self.too_many(start)
        return tuple(found)

    def list_of_requested_event(self, end: i64) -> tuple[Any, ...]:
        """A list of ``RequestedEvent``."""
        start = self.opened
        found: list[Any] = []
        tag = self.peek(end)
        while tag != NOTHING:
            if tag == 0x30:
                found.append(self.requested_event(self.enter(end)))
            else:
                raise self.unexpected(tag, 'RequestedEvent')
            tag = self.peek(end)
        if len(found) > self.max_items:
            raise self.too_many(start)
        return tuple(found)

    def event_spec(self, end: i64) -> EventSpec:
        """Type ``EventSpec``."""
        start = self.opened
        tag = self.peek(end)
        if tag != 0x80 and tag != 0xA0:
            raise self.absent(tag, 'eventName', start)
        event_name = self.make_event_name(self.octets(end, 4, 4), self.opened)
        tag = self.peek(end)
        stream_id: int | None = None
        if tag == 0x81:
            stream_id = self.integer(end, 0, 65535)
            tag = self.peek(end)
        if tag != 0xA2:
            raise self.absent(tag, 'eventParList', start)
        event_par_list = self.list_of_event_parameter(self.enter(end))
        tag = self.peek(end)
        if tag != NOTHING:
            self.rest(end, 3, True)
        node = _EventSpec(event_name, stream_id, event_par_list)
        if self.places is not None:
            self.place(node, start)
        return node

    def signal_request(self, end: i64) -> Any:
        """Type ``SignalRequest``."""
        tag = self.peek(end)
        if tag == 0xA0:
            return self.signal(self.enter(end))
        if tag == 0xA1:
            return self.seq_sig_list(self.enter(end))
        raise self.no_alternative(tag, ('signal', 'seqSigList'))

    def digit_map_value(self, end: i64) -> DigitMapValue:
        """Type ``DigitMapValue``."""
        start = self.opened
        tag = self.peek(end)
        start_timer: int | None = None
        if tag == 0x80:
            start_timer = self.integer(end, 0, 99)
            tag = self.peek(end)
        short_timer: int | None = None
        if tag == 0x81:
            short_timer = self.integer(end, 0, 99)
            tag = self.peek(end)
        long_timer: int | None = None
        if tag == 0x82:
            long_timer = self.integer(end, 0, 99)
            tag = self.peek(end)
        if tag != 0x83 and tag != 0xA3:
            raise self.absent(tag, 'digitMapBody', start)
        digit_map_body = self.make_digit_map_body(self.ia5_string(end, 0, -1), self.opened)
        tag = self.peek(end)
        duration_timer: int | None = None
        if tag == 0x84:
            if self.version < 2:
                self.later_version('durationTimer', 2)
            duration_timer = self.integer(end, 0, 99)
            tag = self.peek(end)
        if tag != NOTHING:
            self.rest(end, 5, True)
        node = _DigitMapValue(digit_map_body, start_timer, short_timer, long_timer, duration_timer)
        if self.places is not None:
            self.place(node, start)
        return node

    def statistics_parameter(self, end: i64) -> Any:
        """Type ``StatisticsParameter``."""
        start = self.opened
        tag = self.peek(end)
        if tag != 0x80 and tag != 0xA0:
            raise self.absent(tag, 'statName', start)
        stat_name = self.make_statistic_name(self.octets(end, 4, 4), self.opened)
        tag = self.peek(end)
        stat_value: tuple[bytes, ...] | None = None
        if tag == 0xA1:
            stat_value = self.value(self.enter(end))
            tag = self.peek(end)
        elif tag == 0x81:
            stat_value = self.one_string(end, 'old-value')
            tag = self.peek(end)
        if tag != NOTHING:
            self.rest(end, 2, False)
        node = self.make_statistic(stat_name, stat_value, start)
        if self.places is not None:
            self.place(node, start)
        return node

    def packages_item(self, end: i64) -> Any:
        """Type ``PackagesItem``."""
        start = self.opened
        tag = self.peek(end)
        if tag != 0x80 and tag != 0xA0:
            raise self.absent(tag, 'packageName', start)
        package_name = self.octets(end, 2, 2)
        tag = self.peek(end)
        if tag != 0x81:
            raise self.absent(tag, 'packageVersion', start)
        package_version = self.integer(end, 0, 99)
        tag = self.peek(end)
        if tag != NOTHING:
            self.rest(end, 2, True)
        node = self.make_package(package_name, package_version, start)
        if self.places is not None:
            self.place(node, start)
        return node

    def ind_aud_media_descriptor(self, end: i64) -> MediaAudit:
        """Type ``IndAudMediaDescriptor``."""
        start = self.opened
        tag = self.peek(end)
        term_state_descr: Any = None
        if tag == 0xA0:
            term_state_descr = self.ind_aud_termination_state_descriptor(self.enter(end))
            tag = self.peek(end)
        one_stream: StreamAudit | None = None
        multi_stream: tuple[StreamAudit, ...] = ()
        if tag == 0xA1:
            streams_end = self.enter(end)
            tag = self.peek(streams_end)
            if tag == 0xA0:
                one_stream = self.ind_aud_stream_parms(self.enter(streams_end))
            elif tag == 0xA1:
                multi_stream = self.list_of_ind_aud_stream_descriptor(self.enter(streams_end))
            else:
                raise self.no_alternative(tag, ('oneStream', 'multiStream'))
            self.leave(streams_end)
            tag = self.peek(end)
        if tag != NOTHING:
            self.rest(end, 2, True)
        node = self.make_media_audit(term_state_descr, one_stream, multi_stream, start)
        if self.places is not None:
            self.place(node, start)
        return node

    def ind_aud_events_descriptor(self, end: i64) -> EventsAudit:
        """Type ``IndAudEventsDescriptor``."""
        start = self.opened
        tag = self.peek(end)
        request_id: int | None = None
        if tag == 0x80:
            request_id = self.integer(end, 0, 4294967295)
            tag = self.peek(end)
        if tag != 0x81 and tag != 0xA1:
            raise self.absent(tag, 'pkgdName', start)
        pkgd_name = self.make_event_name(self.octets(end, 4, 4), self.opened)
        tag = self.peek(end)
        stream_id: int | None = None
        if tag == 0x82:
            stream_id = self.integer(end, 0, 65535)
            tag = self.peek(end)
        if tag != NOTHING:
            self.rest(end, 3, True)
        node = _EventsAudit(pkgd_name, request_id, stream_id)
        if self.places is not None:
            self.place(node, start)
        return node

    def ind_aud_event_buffer_descriptor(self, end: i64) -> EventBufferAudit:
        """Type ``IndAudEventBufferDescriptor``."""
        start = self.opened
        tag = self.peek(end)
        if tag != 0x80 and tag != 0xA0:
            raise self.absent(tag, 'eventName', start)
        event_name = self.make_event_name(self.octets(end, 4, 4), self.opened)
        tag = self.peek(end)
        stream_id: int | None = None
        if tag == 0x81:
            stream_id = self.integer(end, 0, 65535)
            tag = self.peek(end)
        if tag != NOTHING:
            self.rest(end, 2, True)
        node = _EventBufferAudit(event_name, stream_id)
        if self.places is not None:
            self.place(node, start)
        return node

    def ind_aud_signals_descriptor(self, end: i64) -> Any:
        """Type ``IndAudSignalsDescriptor``."""
        tag = self.peek(end)
        if tag == 0xA0:
            return self.ind_aud_signal(self.enter(end))
        if tag == 0xA1:
            return self.ind_aud_seq_sig_list(self.enter(end))
        raise self.no_alternative(tag, ('signal', 'seqSigList'))

    def ind_aud_digit_map_descriptor(self, end: i64) -> DigitMapAudit:
        """Type ``IndAudDigitMapDescriptor``."""
        start = self.opened
        tag = self.peek(end)
        digit_map_name: Any = None
        if tag == 0x80 or tag == 0xA0:
            digit_map_name = self.make_digit_map_name(self.octets(end, 2, 2), self.opened)
            tag = self.peek(end)
        if tag != NOTHING:
            self.rest(end, 1, False)
        node = self.make_digit_map_audit(digit_map_name, start)
        if self.places is not None:
            self.place(node, start)
        return node

    def ind_aud_statistics_descriptor(self, end: i64) -> StatisticsAudit:
        """Type ``IndAudStatisticsDescriptor``."""
        start = self.opened
        tag = self.peek(end)
        if tag != 0x80 and tag != 0xA0:
            raise self.absent(tag, 'statName', start)
        stat_name = self.make_statistic_name(self.octets(end, 4, 4), self.opened)
        tag = self.peek(end)
        if tag != NOTHING:
            self.rest(end, 1, False)
        node = _StatisticsAudit(stat_name)
        if self.places is not None:
            self.place(node, start)
        return node

    def ind_aud_packages_descriptor(self, end: i64) -> PackagesAudit:
        """Type ``IndAudPackagesDescriptor``."""
        start = self.opened
        tag = self.peek(end)
        if tag != 0x80 and tag != 0xA0:
            raise self.absent(tag, 'packageName', start)
        package_name = self.octets(end, 2, 2)
        tag = self.peek(end)
        if tag != 0x81:
            raise self.absent(tag, 'packageVersion', start)
        package_version = self.integer(end, 0, 99)
        tag = self.peek(end)
        if tag != NOTHING:
            self.rest(end, 2, True)
        node = self.make_package_audit(package_name, package_version, start)
        if self.places is not None:
            self.place(node, start)
        return node

    def list_of_event_parameter(self, end: i64) -> tuple[Any, ...]:
        """A list of ``EventParameter``."""
        start = self.opened
        found: list[Any] = []
        tag = self.peek(end)
        while tag != NOTHING:
            if tag == 0x30:
                found.append(self.event_parameter(self.enter(end)))
            else:
                raise self.unexpected(tag, 'EventParameter')
            tag = self.peek(end)
        if len(found) > self.max_items:
            raise self.too_many(start)
        return tuple(found)

    def local_control_descriptor(self, end: i64) -> LocalControlDescriptor:
        """Type ``LocalControlDescriptor``."""
        start = self.opened
        tag = self.peek(end)
        stream_mode: Any = None
        if tag == 0x80:
            stream_mode = _STREAM_MODE[self.enumerated(end, 5)]
            tag = self.peek(end)
        reserve_value: bool | None = None
        if tag == 0x81:
            reserve_value = self.boolean(end)
            tag = self.peek(end)
        reserve_group: bool | None = None
        if tag == 0x82:
            reserve_group = self.boolean(end)
            tag = self.peek(end)
        if tag != 0xA3:
            raise self.absent(tag, 'propertyParms', start)
        property_parms = self.list_of_property_parm(self.enter(end))
        tag = self.peek(end)
        if tag != NOTHING:
            self.rest(end, 4, True)
        node = _LocalControlDescriptor(stream_mode, reserve_value, reserve_group, property_parms)
        if self.places is not None:
            self.place(node, start)
        return node

    def local_remote_descriptor(self, end: i64, kind: Any) -> Any:
        """Type ``LocalRemoteDescriptor``."""
        start = self.opened
        tag = self.peek(end)
        if tag != 0xA0:
            raise self.absent(tag, 'propGrps', start)
        prop_grps = self.list_of_property_group(self.enter(end))
        tag = self.peek(end)
        if tag != NOTHING:
            self.rest(end, 1, True)
        node = self.make_local_remote(kind, prop_grps, start)
        if self.places is not None:
            self.place(node, start)
        return node

    def stream_descriptor(self, end: i64) -> StreamDescriptor:
        """Type ``StreamDescriptor``."""
        start = self.opened
        tag = self.peek(end)
        if tag != 0x80:
            raise self.absent(tag, 'streamID', start)
        stream_id = self.integer(end, 0, 65535)
        tag = self.peek(end)
        local_control_descriptor: LocalControlDescriptor | None = None
        local_descriptor: Any = None
        remote_descriptor: Any = None
        statistics_descriptor: StatisticsDescriptor | None = None
        if tag != 0xA1:
            raise self.absent(tag, 'streamParms', start)
        stream_parms_end = self.enter(end)
        tag = self.peek(stream_parms_end)
        if tag == 0xA0:
            local_control_descriptor = self.local_control_descriptor(self.enter(stream_parms_end))
            tag = self.peek(stream_parms_end)
        if tag == 0xA1:
            local_descriptor = self.local_remote_descriptor(self.enter(stream_parms_end), _LocalDescriptor)
            tag = self.peek(stream_parms_end)
        if tag == 0xA2:
            remote_descriptor = self.local_remote_descriptor(self.enter(stream_parms_end), _RemoteDescriptor)
            tag = self.peek(stream_parms_end)
        if tag == 0xA3:
            if self.version < 3:
                self.later_version('statisticsDescriptor', 3)
            statistics_descriptor = self.statistics_descriptor(self.enter(stream_parms_end))
            tag = self.peek(stream_parms_end)
        if tag != NOTHING:
            self.rest(stream_parms_end, 4, True)
        tag = self.peek(end)
        if tag != NOTHING:
            self.rest(end, 2, False)
        node = _StreamDescriptor(stream_id, local_control_descriptor, local_descriptor, remote_descriptor, statistics_descriptor)
        if self.places is not None:
            self.place(node, start)
        return node

    def requested_event(self, end: i64) -> Any:
        """Type ``RequestedEvent``."""
        start = self.opened
        tag = self.peek(end)
        if tag != 0x80 and tag != 0xA0:
            raise self.absent(tag, 'pkgdName', start)
        pkgd_name = self.make_event_name(self.octets(end, 4, 4), self.opened)
        tag = self.peek(end)
        scope = self.scope
        stream_id: int | None = None
        if tag == 0x81:
            stream_id = self.integer(end, 0, 65535)
            tag = self.peek(end)
        keep_active: bool | None = None
        digit_map_name: Any = None
        digit_map_value: DigitMapValue | None = None
        second_event: SecondEventsDescriptor | None = None
        signals_descriptor: SignalsDescriptor | None = None
        notify_behaviour: Any = None
        reset_events_descriptor: bool = False
        if tag == 0xA2:
            event_action_end = self.enter(end)
            tag = self.peek(event_action_end)
            if tag == 0x80:
                keep_active = self.boolean(event_action_end)
                tag = self.peek(event_action_end)
            if tag == 0xA1:
                event_dm_end = self.enter(event_action_end)
                tag = self.peek(event_dm_end)
                if tag == 0x80 or tag == 0xA0:
                    digit_map_name = self.make_digit_map_name(self.octets(event_dm_end, 2, 2), self.opened)
                elif tag == 0xA1:
                    digit_map_value = self.digit_map_value(self.enter(event_dm_end))
                else:
                    raise self.no_alternative(tag, ('digitMapName', 'digitMapValue'))
                self.leave(event_dm_end)
                tag = self.peek(event_action_end)
            if tag == 0xA2:
                second_event = self.second_events_descriptor(self.enter(event_action_end))
                tag = self.peek(event_action_end)
            if tag == 0xA3:
                signals_descriptor = self.signals_descriptor(self.enter(event_action_end))
                tag = self.peek(event_action_end)
            if tag == 0xA4:
                if self.version < 3:
                    self.later_version('notifyBehaviour', 3)
                notify_behaviour_end = self.enter(event_action_end)
                chosen_notify_behaviour = self.notify_behaviour(notify_behaviour_end)
                self.leave(notify_behaviour_end)
                notify_behaviour = chosen_notify_behaviour
                tag = self.peek(event_action_end)
            if tag == 0x85:
                if self.version < 3:
                    self.later_version('resetEventsDescriptor', 3)
                reset_events_descriptor = self.null(event_action_end)
                tag = self.peek(event_action_end)
            if tag != NOTHING:
                self.rest(event_action_end, 6, True)
            tag = self.peek(end)
        self.scope = scope
        if tag != 0xA3:
            raise self.absent(tag, 'evParList', start)
        ev_par_list = self.list_of_event_parameter(self.enter(end))
        tag = self.peek(end)
        if tag != NOTHING:
            self.rest(end, 4, True)
        node = self.make_requested_event(pkgd_name, stream_id, keep_active, digit_map_name, digit_map_value, second_event, signals_descriptor, notify_behaviour, reset_events_descriptor, ev_par_list, start)
        if self.places is not None:
            self.place(node, start)
        return node

    def signal(self, end: i64) -> Signal:
        """Type ``Signal``."""
        start = self.opened
        tag = self.peek(end)
        if tag != 0x80 and tag != 0xA0:
            raise self.absent(tag, 'signalName', start)
        signal_name = self.make_signal_name(self.octets(end, 4, 4), self.opened)
        tag = self.peek(end)
        stream_id: int | None = None
        if tag == 0x81:
            stream_id = self.integer(end, 0, 65535)
            tag = self.peek(end)
        sig_type: Any = None
        if tag == 0x82:
            sig_type = _SIGNAL_TYPE[self.enumerated(end, 3)]
            tag = self.peek(end)
        duration: int | None = None
        if tag == 0x83:
            duration = self.integer(end, 0, 65535)
            tag = self.peek(end)
        notify_completion: tuple[Any, ...] = ()
        if tag == 0x84 or tag == 0xA4:
            notify_completion = tuple([_NOTIFY_COMPLETION[bit] for bit in self.bits(end, 5)])
            tag = self.peek(end)
        keep_active: bool = False
        if tag == 0x85:
            keep_active = self.boolean(end)
            tag = self.peek(end)
        if tag != 0xA6:
            raise self.absent(tag, 'sigParList', start)
        sig_par_list = self.list_of_sig_parameter(self.enter(end))
        tag = self.peek(end)
        direction: Any = None
        if tag == 0x87:
            if self.version < 3:
                self.later_version('direction', 3)
            direction = _SIGNAL_DIRECTION[self.enumerated_or(end, 3, 3, 2, 'direction-both')]
            tag = self.peek(end)
        request_id: int | None = None
        if tag == 0x88:
            if self.version < 3:
                self.later_version('requestID', 3)
            request_id = self.integer(end, 0, 4294967295)
            tag = self.peek(end)
        intersig_delay: int | None = None
        if tag == 0x89:
            if self.version < 3:
                self.later_version('intersigDelay', 3)
            intersig_delay = self.integer(end, 0, 65535)
            tag = self.peek(end)
        if tag != NOTHING:
            self.rest(end, 10, True)
        node = _Signal(signal_name, stream_id, sig_type, duration, notify_completion, keep_active, direction, request_id, intersig_delay, sig_par_list)
        if self.places is not None:
            self.place(node, start)
        return node

    def seq_sig_list(self, end: i64) -> SignalList:
        """Type ``SeqSigList``."""
        start = self.opened
        tag = self.peek(end)
        if tag != 0x80:
            raise self.absent(tag, 'id', start)
        id_ = self.integer(end, 0, 65535)
        tag = self.peek(end)
        if tag != 0xA1:
            raise self.absent(tag, 'signalList', start)
        signal_list = self.list_of_signal(self.enter(end))
        tag = self.peek(end)
        if tag != NOTHING:
            self.rest(end, 2, False)
        node = _SignalList(id_, signal_list)
        if self.places is not None:
            self.place(node, start)
        return node

    def ind_aud_termination_state_descriptor(self, end: i64) -> Any:
        """Type ``IndAudTerminationStateDescriptor``."""
        start = self.opened
        tag = self.peek(end)
        if tag != 0xA0:
            raise self.absent(tag, 'propertyParms', start)
        property_parms = self.list_of_ind_aud_property_parm(self.enter(end))
        tag = self.peek(end)
        event_buffer_control: bool = False
        if tag == 0x81:
            event_buffer_control = self.null(end)
            tag = self.peek(end)
        service_state: bool = False
        if tag == 0x82:
            service_state = self.null(end)
            tag = self.peek(end)
        service_state_sel: Any = None
        if tag == 0x83:
            if self.version < 3:
                self.later_version('serviceStateSel', 3)
            service_state_sel = _SERVICE_STATE[self.enumerated(end, 3)]
            tag = self.peek(end)
        if tag != NOTHING:
            self.rest(end, 4, True)
        node = self.make_termination_state_audit(property_parms, event_buffer_control, service_state, service_state_sel, start)
        if self.places is not None:
            self.place(node, start)
        return node

    def ind_aud_stream_parms(self, end: i64) -> StreamAudit:
        """Type ``IndAudStreamParms``."""
        start = self.opened
        tag = self.peek(end)
        local_control_descriptor: Any = None
        if tag == 0xA0:
            local_control_descriptor = self.ind_aud_local_control_descriptor(self.enter(end))
            tag = self.peek(end)
        local_descriptor: Any = None
        if tag == 0xA1:
            local_descriptor = self.ind_aud_local_remote_descriptor(self.enter(end), _LocalDescriptor)
            tag = self.peek(end)
        remote_descriptor: Any = None
        if tag == 0xA2:
            remote_descriptor = self.ind_aud_local_remote_descriptor(self.enter(end), _RemoteDescriptor)
            tag = self.peek(end)
        statistics_descriptor: StatisticsAudit | None = None
        if tag == 0xA3:
            if self.version < 3:
                self.later_version('statisticsDescriptor', 3)
            statistics_descriptor = self.ind_aud_statistics_descriptor(self.enter(end))
            tag = self.peek(end)
        if tag != NOTHING:
            self.rest(end, 4, True)
        node = _StreamAudit(None, local_control_descriptor, local_descriptor, remote_descriptor, statistics_descriptor)
        if self.places is not None:
            self.place(node, start)
        return node

    def list_of_ind_aud_stream_descriptor(self, end: i64) -> tuple[StreamAudit, ...]:
        """A list of ``IndAudStreamDescriptor``."""
        start = self.opened
        found: list[StreamAudit] = []
        tag = self.peek(end)
        while tag != NOTHING:
            if tag == 0x30:
                found.append(self.ind_aud_stream_descriptor(self.enter(end)))
            else:
                raise self.unexpected(tag, 'IndAudStreamDescriptor')
            tag = self.peek(end)
        if len(found) > self.max_items:
            raise self.too_many(start)
        return tuple(found)

    def ind_aud_signal(self, end: i64) -> SignalAudit:
        """Type ``IndAudSignal``."""
        start = self.opened
        tag = self.peek(end)
        if tag != 0x80 and tag != 0xA0:
            raise self.absent(tag, 'signalName', start)
        signal_name = self.make_signal_name(self.octets(end, 4, 4), self.opened)
        tag = self.peek(end)
        stream_id: int | None = None
        if tag == 0x81:
            stream_id = self.integer(end, 0, 65535)
            tag = self.peek(end)
        signal_request_id: int | None = None
        if tag == 0x82:
            if self.version < 3:
                self.later_version('signalRequestID', 3)
            signal_request_id = self.integer(end, 0, 4294967295)
            tag = self.peek(end)
        if tag != NOTHING:
            self.rest(end, 3, True)
        node = _SignalAudit(signal_name, stream_id, signal_request_id)
        if self.places is not None:
            self.place(node, start)
        return node

    def ind_aud_seq_sig_list(self, end: i64) -> SignalListAudit:
        """Type ``IndAudSeqSigList``."""
        start = self.opened
        tag = self.peek(end)
        if tag != 0x80:
            raise self.absent(tag, 'id', start)
        id_ = self.integer(end, 0, 65535)
        tag = self.peek(end)
        signal_list: SignalAudit | None = None
        if tag == 0xA1:
            signal_list = self.ind_aud_signal(self.enter(end))
            tag = self.peek(end)
        if tag != NOTHING:
            self.rest(end, 2, False)
        node = _SignalListAudit(id_, signal_list)
        if self.places is not None:
            self.place(node, start)
        return node

    def event_parameter(self, end: i64) -> Any:
        """Type ``EventParameter``."""
        start = self.opened
        tag = self.peek(end)
        if tag != 0x80 and tag != 0xA0:
            raise self.absent(tag, 'eventParameterName', start)
        event_parameter_name = self.octets(end, 2, 2)
        tag = self.peek(end)
        if tag == 0xA1:
            value = self.value(self.enter(end))
            tag = self.peek(end)
        elif tag == 0x81:
            value = self.one_string(end, 'old-value')
            tag = self.peek(end)
        else:
            raise self.absent(tag, 'value', start)
        relation: Any = None
        range_: bool | None = None
        sublist: bool | None = None
        if tag == 0xA2:
            extra_info_end = self.enter(end)
            tag = self.peek(extra_info_end)
            if tag == 0x80:
                relation = _RELATION[self.enumerated(extra_info_end, 3)]
            elif tag == 0x81:
                range_ = self.boolean(extra_info_end)
            elif tag == 0x82:
                sublist = self.boolean(extra_info_end)
            else:
                raise self.no_alternative(tag, ('relation', 'range', 'sublist'))
            self.leave(extra_info_end)
            tag = self.peek(end)
        if tag != NOTHING:
            self.rest(end, 3, True)
        node = self.make_event_parameter(event_parameter_name, value, relation, range_, sublist, start)
        if self.places is not None:
            self.place(node, start)
        return node

    def list_of_property_group(self, end: i64) -> tuple[tuple[Any, ...], ...]:
        """A list of ``PropertyGroup``."""
        start = self.opened
        found: list[tuple[Any, ...]] = []
        tag = self.peek(end)
        while tag != NOTHING:
            if tag == 0x30:
                found.append(self.property_group(self.enter(end)))
            else:
                raise self.unexpected(tag, 'PropertyGroup')
            tag = self.peek(end)
        if len(found) > self.max_items:
            raise self.too_many(start)
        return tuple(found)

    def second_events_descriptor(self, end: i64) -> SecondEventsDescriptor:
        """Type ``SecondEventsDescriptor``."""
        start = self.opened
        self.deeper()
        tag = self.peek(end)
        request_id: int | None = None
        if tag == 0x80:
            request_id = self.integer(end, 0, 4294967295)
            tag = self.peek(end)
        if tag != 0xA1:
            raise self.absent(tag, 'eventList', start)
        event_list = self.list_of_second_requested_event(self.enter(end))
        tag = self.peek(end)
        if tag != NOTHING:
            self.rest(end, 2, True)
        node = _SecondEventsDescriptor(request_id, event_list)
        if self.places is not None:
            self.place(node, start)
        self.depth -= 1
        return node

    def notify_behaviour(self, end: i64) -> Any:
        """Type ``NotifyBehaviour``."""
        tag = self.peek(end)
        self.deeper()
        value: Any
        if tag == 0x80:
            self.null(end)
            value = _NotifyImmediately()
            self.depth -= 1
            return value
        if tag == 0xA1:
            value = self.regulated_embedded_descriptor(self.enter(end))
            self.depth -= 1
            return value
        if tag == 0x82:
            self.null(end)
            value = _NotifyNever()
            self.depth -= 1
            return value
        raise self.no_alternative(tag, ('notifyImmediate', 'notifyRegulated', 'neverNotify'))

    def list_of_sig_parameter(self, end: i64) -> tuple[Any, ...]:
        """A list of ``SigParameter``."""
        start = self.opened
        found: list[Any] = []
        tag = self.peek(end)
        while tag != NOTHING:
            if tag == 0x30:
                found.append(self.sig_parameter(self.enter(end)))
            else:
                raise self.unexpected(tag, 'SigParameter')
            tag = self.peek(end)
        if len(found) > self.max_items:
            raise self.too_many(start)
        return tuple(found)

    def list_of_signal(self, end: i64) -> tuple[Signal, ...]:
        """A list of ``Signal``."""
        start = self.opened
        found: list[Signal] = []
        tag = self.peek(end)
        while tag != NOTHING:
            if tag == 0x30:
                found.append(self.signal(self.enter(end)))
            else:
                raise self.unexpected(tag, 'Signal')
            tag = self.peek(end)
        if len(found) > self.max_items:
            raise self.too_many(start)
        return tuple(found)

    def ind_aud_local_control_descriptor(self, end: i64) -> Any:
        """Type ``IndAudLocalControlDescriptor``."""
        start = self.opened
        tag = self.peek(end)
        stream_mode: bool = False
        if tag == 0x80:
            stream_mode = self.null(end)
            tag = self.peek(end)
        reserve_value: bool = False
        if tag == 0x81:
            reserve_value = self.null(end)
            tag = self.peek(end)
        reserve_group: bool = False
        if tag == 0x82:
            reserve_group = self.null(end)
            tag = self.peek(end)
        property_parms: tuple[Any, ...] = ()
        if tag == 0xA3:
            property_parms = self.list_of_ind_aud_property_parm(self.enter(end))
            tag = self.peek(end)
        stream_mode_sel: Any = None
        if tag == 0x84:
            if self.version < 3:
                self.later_version('streamModeSel', 3)
            stream_mode_sel = _STREAM_MODE[self.enumerated(end, 5)]
            tag = self.peek(end)
        if tag != NOTHING:
            self.rest(end, 5, True)
        node = self.make_local_control_audit(stream_mode, reserve_value, reserve_group, property_parms, stream_mode_sel, start)
        if self.places is not None:
            self.place(node, start)
        return node

    def ind_aud_local_remote_descriptor(self, end: i64, kind: Any) -> Any:
        """Type ``IndAudLocalRemoteDescriptor``."""
        start = self.opened
        tag = self.peek(end)
        prop_group_id: int | None = None
        if tag == 0x80:
            prop_group_id = self.integer(end, 0, 65535)
            tag = self.peek(end)
        if tag != 0xA1:
            raise self.absent(tag, 'propGrps', start)
        prop_grps = self.ind_aud_property_group(self.enter(end))
        tag = self.peek(end)
        if tag != NOTHING:
            self.rest(end, 2, True)
        node = self.make_local_remote_audit(kind, prop_group_id, prop_grps, start)
        if self.places is not None:
            self.place(node, start)
        return node

    def ind_aud_stream_descriptor(self, end: i64) -> StreamAudit:
        """Type ``IndAudStreamDescriptor``."""
        start = self.opened
        tag = self.peek(end)
        if tag != 0x80:
            raise self.absent(tag, 'streamID', start)
        stream_id = self.integer(end, 0, 65535)
        tag = self.peek(end)
        local_control_descriptor: Any = None
        local_descriptor: Any = None
        remote_descriptor: Any = None
        statistics_descriptor: StatisticsAudit | None = None
        if tag != 0xA1:
            raise self.absent(tag, 'streamParms', start)
        stream_parms_end = self.enter(end)
        tag = self.peek(stream_parms_end)
        if tag == 0xA0:
            local_control_descriptor = self.ind_aud_local_control_descriptor(self.enter(stream_parms_end))
            tag = self.peek(stream_parms_end)
        if tag == 0xA1:
            local_descriptor = self.ind_aud_local_remote_descriptor(self.enter(stream_parms_end), _LocalDescriptor)
            tag = self.peek(stream_parms_end)
        if tag == 0xA2:
            remote_descriptor = self.ind_aud_local_remote_descriptor(self.enter(stream_parms_end), _RemoteDescriptor)
            tag = self.peek(stream_parms_end)
        if tag == 0xA3:
            if self.version < 3:
                self.later_version('statisticsDescriptor', 3)
            statistics_descriptor = self.ind_aud_statistics_descriptor(self.enter(stream_parms_end))
            tag = self.peek(stream_parms_end)
        if tag != NOTHING:
            self.rest(stream_parms_end, 4, True)
        tag = self.peek(end)
        if tag != NOTHING:
            self.rest(end, 2, False)
        node = _StreamAudit(stream_id, local_control_descriptor, local_descriptor, remote_descriptor, statistics_descriptor)
        if self.places is not None:
            self.place(node, start)
        return node

    def property_group(self, end: i64) -> tuple[Any, ...]:
        """Type ``PropertyGroup``."""
        start = self.opened
        found: list[Any] = []
        tag = self.peek(end)
        while tag != NOTHING:
            if tag == 0x30:
                found.append(self.property_parm_as_group_parm(self.enter(end)))
            else:
                raise self.unexpected(tag, 'PropertyParm')
            tag = self.peek(end)
        if len(found) > self.max_items:
            raise self.too_many(start)
        return tuple(found)

    def list_of_second_requested_event(self, end: i64) -> tuple[Any, ...]:
        """A list of ``SecondRequestedEvent``."""
        start = self.opened
        found: list[Any] = []
        tag = self.peek(end)
        while tag != NOTHING:
            if tag == 0x30:
                found.append(self.second_requested_event(self.enter(end)))
            else:
                raise self.unexpected(tag, 'SecondRequestedEvent')
            tag = self.peek(end)
        if len(found) > self.max_items:
            raise self.too_many(start)
        return tuple(found)

    def regulated_embedded_descriptor(self, end: i64) -> NotifyRegulated:
        """Type ``RegulatedEmbeddedDescriptor``."""
        start = self.opened
        self.deeper()
        tag = self.peek(end)
        second_event: SecondEventsDescriptor | None = None
        if tag == 0xA0:
            second_event = self.second_events_descriptor(self.enter(end))
            tag = self.peek(end)
        signals_descriptor: SignalsDescriptor | None = None
        if tag == 0xA1:
            signals_descriptor = self.signals_descriptor(self.enter(end))
            tag = self.peek(end)
        if tag != NOTHING:
            self.rest(end, 2, True)
        node = self.make_notify_regulated(second_event, signals_descriptor, start)
        if self.places is not None:
            self.place(node, start)
        self.depth -= 1
        return node

    def sig_parameter(self, end: i64) -> Any:
        """Type ``SigParameter``."""
        start = self.opened
        tag = self.peek(end)
        if tag != 0x80 and tag != 0xA0:
            raise self.absent(tag, 'sigParameterName', start)
        sig_parameter_name = self.octets(end, 2, 2)
        tag = self.peek(end)
        if tag == 0xA1:
            value = self.value(self.enter(end))
            tag = self.peek(end)
        elif tag == 0x81:
            value = self.one_string(end, 'old-value')
            tag = self.peek(end)
        else:
            raise self.absent(tag, 'value', start)
        relation: Any = None
        range_: bool | None = None
        sublist: bool | None = None
        if tag == 0xA2:
            extra_info_end = self.enter(end)
            tag = self.peek(extra_info_end)
            if tag == 0x80:
                relation = _RELATION[self.enumerated(extra_info_end, 3)]
            elif tag == 0x81:
                range_ = self.boolean(extra_info_end)
            elif tag == 0x82:
                sublist = self.boolean(extra_info_end)
            else:
                raise self.no_alternative(tag, ('relation', 'range', 'sublist'))
            self.leave(extra_info_end)
            tag = self.peek(end)
        if tag != NOTHING:
            self.rest(end, 3, True)
        node = self.make_sig_parameter(sig_parameter_name, value, relation, range_, sublist, start)
        if self.places is not None:
            self.place(node, start)
        return node

    def ind_aud_property_group(self, end: i64) -> tuple[Any, ...]:
        """Type ``IndAudPropertyGroup``."""
        start = self.opened
        found: list[Any] = []
        tag = self.peek(end)
        while tag != NOTHING:
            if tag == 0x30:
                found.append(self.ind_aud_property_parm(self.enter(end)))
            else:
                raise self.unexpected(tag, 'IndAudPropertyParm')
            tag = self.peek(end)
        if len(found) > self.max_items:
            raise self.too_many(start)
        return tuple(found)

    def property_parm_as_group_parm(self, end: i64) -> Any:
        """Type ``PropertyParm``."""
        start = self.opened
        octets = self.key(end)
        if octets is not None:
            known = self.names.read_lines.get(octets)
            if known is not None:
                self.at = end
                return known
        noted = self.noted
        tag = self.peek(end)
        if tag != 0x80 and tag != 0xA0:
            raise self.absent(tag, 'name', start)
        name = self.octets(end, 4, 4)
        tag = self.peek(end)
        if tag != 0xA1:
            raise self.absent(tag, 'value', start)
        value = self.list_of_octet_string(self.enter(end))
        tag = self.peek(end)
        relation: Any = None
        range_: bool | None = None
        sublist: bool | None = None
        if tag == 0xA2:
            extra_info_end = self.enter(end)
            tag = self.peek(extra_info_end)
            if tag == 0x80:
                relation = _RELATION[self.enumerated(extra_info_end, 3)]
            elif tag == 0x81:
                range_ = self.boolean(extra_info_end)
            elif tag == 0x82:
                sublist = self.boolean(extra_info_end)
            else:
                raise self.no_alternative(tag, ('relation', 'range', 'sublist'))
            self.leave(extra_info_end)
            tag = self.peek(end)
        if tag != NOTHING:
            self.rest(end, 3, True)
        node = self.make_group_parm(name, value, relation, range_, sublist, start)
        if octets is not None and self.noted == noted:
            remember(self.names.read_lines, octets, node)
        if self.places is not None:
            self.place(node, start)
        return node

    def second_requested_event(self, end: i64) -> Any:
        """Type ``SecondRequestedEvent``."""
        start = self.opened
        self.deeper()
        tag = self.peek(end)
        if tag != 0x80 and tag != 0xA0:
            raise self.absent(tag, 'pkgdName', start)
        pkgd_name = self.make_event_name(self.octets(end, 4, 4), self.opened)
        tag = self.peek(end)
        scope = self.scope
        stream_id: int | None = None
        if tag == 0x81:
            stream_id = self.integer(end, 0, 65535)
            tag = self.peek(end)
        keep_active: bool | None = None
        digit_map_name: Any = None
        digit_map_value: DigitMapValue | None = None
        signals_descriptor: SignalsDescriptor | None = None
        notify_behaviour: Any = None
        reset_events_descriptor: bool = False
        if tag == 0xA2:
            event_action_end = self.enter(end)
            tag = self.peek(event_action_end)
            if tag == 0x80:
                keep_active = self.boolean(event_action_end)
                tag = self.peek(event_action_end)
            if tag == 0xA1:
                event_dm_end = self.enter(event_action_end)
                tag = self.peek(event_dm_end)
                if tag == 0x80 or tag == 0xA0:
                    digit_map_name = self.make_digit_map_name(self.octets(event_dm_end, 2, 2), self.opened)
                elif tag == 0xA1:
                    digit_map_value = self.digit_map_value(self.enter(event_dm_end))
                else:
                    raise self.no_alternative(tag, ('digitMapName', 'digitMapValue'))
                self.leave(event_dm_end)
                tag = self.peek(event_action_end)
            if tag == 0xA2:
                signals_descriptor = self.signals_descriptor(self.enter(event_action_end))
                tag = self.peek(event_action_end)
            if tag == 0xA3:
                if self.version < 3:
                    self.later_version('notifyBehaviour', 3)
                notify_behaviour_end = self.enter(event_action_end)
                chosen_notify_behaviour = self.notify_behaviour(notify_behaviour_end)
                self.leave(notify_behaviour_end)
                notify_behaviour = chosen_notify_behaviour
                tag = self.peek(event_action_end)
            if tag == 0x84:
                if self.version < 3:
                    self.later_version('resetEventsDescriptor', 3)
                reset_events_descriptor = self.null(event_action_end)
                tag = self.peek(event_action_end)
            if tag != NOTHING:
                self.rest(event_action_end, 5, True)
            tag = self.peek(end)
        self.scope = scope
        if tag != 0xA3:
            raise self.absent(tag, 'evParList', start)
        ev_par_list = self.list_of_event_parameter(self.enter(end))
        tag = self.peek(end)
        if tag != NOTHING:
            self.rest(end, 4, True)
        node = self.make_second_requested_event(pkgd_name, stream_id, keep_active, digit_map_name, digit_map_value, signals_descriptor, notify_behaviour, reset_events_descriptor, ev_par_list, start)
        if self.places is not None:
            self.place(node, start)
        self.depth -= 1
        return node
