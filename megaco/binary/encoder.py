"""The encoder of the binary encoding. Generated from megaco.asn by ``make grammar``; do not edit."""

from __future__ import annotations

from typing import Any, Final, final

import msgspec

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
    ContextAuditReply,
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

from .dissection import Dissector
from .names import remember
from .writer import LONGEST_KEPT, NOT_IN_BINARY, length

astuple: Final = msgspec.structs.astuple
_AUDIT_DESCRIPTOR_AUDIT_TOKEN: Final = {AuditItem.MUX.value: 0, AuditItem.MODEM.value: 1, AuditItem.MEDIA.value: 2, AuditItem.EVENTS.value: 3, AuditItem.SIGNALS.value: 4, AuditItem.DIGIT_MAP.value: 5, AuditItem.STATISTICS.value: 6, AuditItem.OBSERVED_EVENTS.value: 7, AuditItem.PACKAGES.value: 8, AuditItem.EVENT_BUFFER.value: 9}
_AddReply: Final = AddReply
_AddRequest: Final = AddRequest
_AuditCapabilityReply: Final = AuditCapabilityReply
_AuditCapabilityRequest: Final = AuditCapabilityRequest
_AuditDescriptor: Final = AuditDescriptor
_AuditValueReply: Final = AuditValueReply
_AuditValueRequest: Final = AuditValueRequest
_ContextAuditReply: Final = ContextAuditReply
_DeviceName: Final = DeviceName
_DigitMapAudit: Final = DigitMapAudit
_DigitMapDescriptor: Final = DigitMapDescriptor
_DomainName: Final = DomainName
_EVENT_BUFFER_CONTROL: Final = {EventBufferControl.OFF.value: b'\x01\x00', EventBufferControl.LOCK_STEP.value: b'\x01\x01'}
_ErrorDescriptor: Final = ErrorDescriptor
_EventBufferAudit: Final = EventBufferAudit
_EventBufferDescriptor: Final = EventBufferDescriptor
_EventsAudit: Final = EventsAudit
_EventsDescriptor: Final = EventsDescriptor
_IpAddress: Final = IpAddress
_MODEM_TYPE: Final = {ModemType.V18.value: b'\x01\x00', ModemType.V22.value: b'\x01\x01', ModemType.V22BIS.value: b'\x01\x02', ModemType.V32.value: b'\x01\x03', ModemType.V32BIS.value: b'\x01\x04', ModemType.V34.value: b'\x01\x05', ModemType.V90.value: b'\x01\x06', ModemType.V91.value: b'\x01\x07', ModemType.SYNCH_ISDN.value: b'\x01\x08'}
_MUX_TYPE: Final = {MuxType.H221.value: b'\x01\x00', MuxType.H223.value: b'\x01\x01', MuxType.H226.value: b'\x01\x02', MuxType.V76.value: b'\x01\x03', MuxType.NX64K.value: b'\x01\x04'}
_MediaAudit: Final = MediaAudit
_MediaDescriptor: Final = MediaDescriptor
_ModemDescriptor: Final = ModemDescriptor
_ModifyReply: Final = ModifyReply
_ModifyRequest: Final = ModifyRequest
_MoveReply: Final = MoveReply
_MoveRequest: Final = MoveRequest
_MtpAddress: Final = MtpAddress
_MuxDescriptor: Final = MuxDescriptor
_NOTIFY_COMPLETION: Final = {NotifyReason.TIME_OUT.value: 0, NotifyReason.INTERRUPTED_BY_EVENT.value: 1, NotifyReason.INTERRUPTED_BY_SIGNALS_DESCRIPTOR.value: 2, NotifyReason.OTHER.value: 3, NotifyReason.ITERATION.value: 4}
_NotifyImmediately: Final = NotifyImmediately
_NotifyNever: Final = NotifyNever
_NotifyRegulated: Final = NotifyRegulated
_NotifyReply: Final = NotifyReply
_NotifyRequest: Final = NotifyRequest
_ObservedEventsDescriptor: Final = ObservedEventsDescriptor
_PackagesAudit: Final = PackagesAudit
_PackagesDescriptor: Final = PackagesDescriptor
_RELATION: Final = {Relation.GREATER.value: b'\x01\x00', Relation.SMALLER.value: b'\x01\x01', Relation.UNEQUAL.value: b'\x01\x02'}
_SERVICE_CHANGE_METHOD: Final = {ServiceChangeMethod.FAILOVER.value: b'\x01\x00', ServiceChangeMethod.FORCED.value: b'\x01\x01', ServiceChangeMethod.GRACEFUL.value: b'\x01\x02', ServiceChangeMethod.RESTART.value: b'\x01\x03', ServiceChangeMethod.DISCONNECTED.value: b'\x01\x04', ServiceChangeMethod.HAND_OFF.value: b'\x01\x05'}
_SERVICE_STATE: Final = {ServiceState.TEST.value: b'\x01\x00', ServiceState.OUT_OF_SERVICE.value: b'\x01\x01', ServiceState.IN_SERVICE.value: b'\x01\x02'}
_SIGNAL_DIRECTION: Final = {SignalDirection.INTERNAL.value: b'\x01\x00', SignalDirection.EXTERNAL.value: b'\x01\x01', SignalDirection.BOTH.value: b'\x01\x02'}
_SIGNAL_TYPE: Final = {SignalType.BRIEF.value: b'\x01\x00', SignalType.ON_OFF.value: b'\x01\x01', SignalType.TIME_OUT.value: b'\x01\x02'}
_STREAM_MODE: Final = {StreamMode.SEND_ONLY.value: b'\x01\x00', StreamMode.RECEIVE_ONLY.value: b'\x01\x01', StreamMode.SEND_RECEIVE.value: b'\x01\x02', StreamMode.INACTIVE.value: b'\x01\x03', StreamMode.LOOP_BACK.value: b'\x01\x04'}
_SegmentReply: Final = SegmentReply
_SelectLogic_AND: Final = SelectLogic.AND
_SelectLogic_OR: Final = SelectLogic.OR
_ServiceChangeReply: Final = ServiceChangeReply
_ServiceChangeRequest: Final = ServiceChangeRequest
_Signal: Final = Signal
_SignalAudit: Final = SignalAudit
_SignalList: Final = SignalList
_SignalListAudit: Final = SignalListAudit
_SignalsAudit: Final = SignalsAudit
_SignalsDescriptor: Final = SignalsDescriptor
_StatisticsAudit: Final = StatisticsAudit
_StatisticsDescriptor: Final = StatisticsDescriptor
_SubtractReply: Final = SubtractReply
_SubtractRequest: Final = SubtractRequest
_TOPOLOGY_REQUEST_TOPOLOGY_DIRECTION: Final = {TopologyDirection.BOTHWAY.value: b'\x01\x00', TopologyDirection.ISOLATE.value: b'\x01\x01', TopologyDirection.ONEWAY.value: b'\x01\x02'}
_TOPOLOGY_REQUEST_TOPOLOGY_DIRECTION_EXTENSION: Final = {TopologyDirection.ONEWAY_EXTERNAL.value: b'\x01\x00', TopologyDirection.ONEWAY_BOTH.value: b'\x01\x01'}
_TransactionPending: Final = TransactionPending
_TransactionReply: Final = TransactionReply
_TransactionRequest: Final = TransactionRequest
_TransactionResponseAck: Final = TransactionResponseAck


@final
class Encoder(Dissector):
    """Annex A, a method a type; what it returns begins with the length."""

    def megaco_message(self, node: Message) -> bytes:
        """Type ``MegacoMessage``."""
        version, m_id, transactions, message_error, auth_header, = astuple(node)
        auth_header_octets = b""
        if auth_header is not None:
            auth_header_octets = b"\xa0%b" % self.authentication_header(auth_header)
        version_octets = b"\x80%b" % self.integer(version, 0, 99, node, "version")
        m_id_octets = self.explicit(b"\xa1", self.mid(m_id))
        message_body_octets = b""
        if message_error is not None:
            message_body_octets = self.explicit(b"\xa2", b"\xa0%b" % self.error_descriptor(message_error))
            if transactions:
                raise self.unwritable(node, "transactions", transactions, "not beside the other")
        else:
            message_body_octets = self.explicit(b"\xa2", b"\xa1%b" % self.list_of_transaction(transactions))
        mess_octets_length = len(version_octets) + len(m_id_octets) + len(message_body_octets)
        mess_octets = b"\xa1%b%b%b%b" % (length(mess_octets_length), version_octets, m_id_octets, message_body_octets)
        return b"%b%b%b" % (length(len(auth_header_octets) + len(mess_octets)), auth_header_octets, mess_octets)

    def authentication_header(self, node: AuthenticationHeader) -> bytes:
        """Type ``AuthenticationHeader``."""
        sec_parm_index, seq_num, ad, = astuple(node)
        sec_parm_index_octets = b"\x80%b" % self.octets(self.parts_of_hex(sec_parm_index, node, "security_parm_index"), 4, 4, node, "security_parm_index")
        seq_num_octets = b"\x81%b" % self.octets(self.parts_of_hex(seq_num, node, "sequence_number"), 4, 4, node, "sequence_number")
        ad_octets = b"\x82%b" % self.octets(self.parts_of_hex(ad, node, "data"), 12, 32, node, "data")
        return b"%b%b%b%b" % (length(len(sec_parm_index_octets) + len(seq_num_octets) + len(ad_octets)), sec_parm_index_octets, seq_num_octets, ad_octets)

    def mid(self, node: Any) -> bytes:
        """Type ``Mid``, with its tag."""
        kind = type(node)
        if kind is _IpAddress:
            picked = self.pick_mid_of_ip_address(node)
            if picked == 0:
                return b"\xa0%b" % self.ip4_address(node)
            if picked == 1:
                return b"\xa1%b" % self.ip6_address(node)
        if kind is _DomainName:
            return b"\xa2%b" % self.domain_name(node)
        if kind is _DeviceName:
            return b"\x83%b" % self.ia5_string(self.parts_of_device_name(node, node, ""), 1, 64, node, "")
        if kind is _MtpAddress:
            return b"\x84%b" % self.octets(self.parts_of_mtp_address(node, node, ""), 2, 4, node, "")
        raise self.unwritable(node, "", node, f"{kind.__name__} cannot stand here")

    def error_descriptor(self, node: ErrorDescriptor) -> bytes:
        """Type ``ErrorDescriptor``."""
        error_code = node.code
        error_text = node.text
        error_code_octets = b"\x80%b" % self.integer(error_code, 0, 65535, node, "code")
        error_text_octets = b""
        if error_text is not None:
            error_text_octets = b"\x81%b" % self.ia5_string(error_text, 0, -1, node, "text")
        return b"%b%b%b" % (length(len(error_code_octets) + len(error_text_octets)), error_code_octets, error_text_octets)

    def list_of_transaction(self, nodes: tuple[Any, ...]) -> bytes:
        """A list of ``Transaction``."""
        if len(nodes) == 1:
            contents = self.transaction(nodes[0])
        else:
            contents = b"".join([self.transaction(one) for one in nodes])
        return b"%b%b" % (length(len(contents)), contents)

    def ip4_address(self, node: IpAddress) -> bytes:
        """Type ``IP4Address``."""
        known = self.names.written_addresses.get(node)
        if known is not None:
            return known
        address, port_number, = self.parts_of_ip_address(node)
        address_octets = b"\x80%b" % self.octets(address, 4, 4, node, "")
        port_number_octets = b""
        if port_number is not None:
            port_number_octets = b"\x81%b" % self.integer(port_number, 0, 65535, node, "")
        octets = b"%b%b%b" % (length(len(address_octets) + len(port_number_octets)), address_octets, port_number_octets)
        if len(octets) <= LONGEST_KEPT:
            remember(self.names.written_addresses, node, octets)
        return octets

    def ip6_address(self, node: IpAddress) -> bytes:
        """Type ``IP6Address``."""
        known = self.names.written_addresses.get(node)
        if known is not None:
            return known
        address, port_number, = self.parts_of_ip_address(node)
        address_octets = b"\x80%b" % self.octets(address, 16, 16, node, "")
        port_number_octets = b""
        if port_number is not None:
            port_number_octets = b"\x81%b" % self.integer(port_number, 0, 65535, node, "")
        octets = b"%b%b%b" % (length(len(address_octets) + len(port_number_octets)), address_octets, port_number_octets)
        if len(octets) <= LONGEST_KEPT:
            remember(self.names.written_addresses, node, octets)
        return octets

    def domain_name(self, node: DomainName) -> bytes:
        """Type ``DomainName``."""
        name = node.name
        port_number = node.port
        name_octets = b"\x80%b" % self.ia5_string(name, 0, -1, node, "name")
        port_number_octets = b""
        if port_number is not None:
            port_number_octets = b"\x81%b" % self.integer(port_number, 0, 65535, node, "port")
        return b"%b%b%b" % (length(len(name_octets) + len(port_number_octets)), name_octets, port_number_octets)

    def transaction(self, node: Any) -> bytes:
        """Type ``Transaction``, with its tag."""
        kind = type(node)
        if kind is _TransactionRequest:
            return b"\xa0%b" % self.transaction_request(node)
        if kind is _TransactionPending:
            return b"\xa1%b" % self.transaction_pending(node)
        if kind is _TransactionReply:
            return b"\xa2%b" % self.transaction_reply(node)
        if kind is _TransactionResponseAck:
            return b"\xa3%b" % self.transaction_response_ack(node)
        if kind is _SegmentReply:
            return b"\xa4%b" % self.segment_reply(node)
        raise self.unwritable(node, "", node, f"{kind.__name__} cannot stand here")

    def transaction_request(self, node: TransactionRequest) -> bytes:
        """Type ``TransactionRequest``."""
        transaction_id = node.transaction_id
        actions = node.actions
        transaction_id_octets = b"\x80%b" % self.integer(transaction_id, 0, 4294967295, node, "transaction_id")
        actions_octets = b"\xa1%b" % self.list_of_action_request(actions)
        return b"%b%b%b" % (length(len(transaction_id_octets) + len(actions_octets)), transaction_id_octets, actions_octets)

    def transaction_pending(self, node: TransactionPending) -> bytes:
        """Type ``TransactionPending``."""
        transaction_id = node.transaction_id
        transaction_id_octets = b"\x80%b" % self.integer(transaction_id, 0, 4294967295, node, "transaction_id")
        return b"%b%b" % (length(len(transaction_id_octets)), transaction_id_octets)

    def transaction_reply(self, node: TransactionReply) -> bytes:
        """Type ``TransactionReply``."""
        transaction_id, action_replies, transaction_error, imm_ack_required, segment_number, segmentation_complete, = astuple(node)
        transaction_id_octets = b"\x80%b" % self.integer(transaction_id, 0, 4294967295, node, "transaction_id")
        imm_ack_required_octets = b""
        if imm_ack_required:
            imm_ack_required_octets = b"\x81%b" % b"\x00"
        transaction_result_octets = b""
        if transaction_error is not None:
            transaction_result_octets = self.explicit(b"\xa2", b"\xa0%b" % self.error_descriptor(transaction_error))
            if action_replies:
                raise self.unwritable(node, "actions", action_replies, "not beside the other")
        else:
            transaction_result_octets = self.explicit(b"\xa2", b"\xa1%b" % self.list_of_action_reply(action_replies))
        segment_number_octets = b""
        if segment_number is not None:
            segment_number_octets = b"\x83%b" % self.integer(segment_number, 0, 65535, node, "segment_number")
        segmentation_complete_octets = b""
        if segmentation_complete:
            segmentation_complete_octets = b"\x84%b" % b"\x00"
        return b"%b%b%b%b%b%b" % (length(len(transaction_id_octets) + len(imm_ack_required_octets) + len(transaction_result_octets) + len(segment_number_octets) + len(segmentation_complete_octets)), transaction_id_octets, imm_ack_required_octets, transaction_result_octets, segment_number_octets, segmentation_complete_octets)

    def transaction_response_ack(self, made: Any) -> bytes:
        """Type ``TransactionResponseAck``."""
        nodes: tuple[Any, ...] = self.parts_of_response_ack(made, made, "")
        if len(nodes) == 1:
            contents = b"\x30%b" % self.transaction_ack(nodes[0])
        else:
            contents = b"".join([b"\x30%b" % self.transaction_ack(one) for one in nodes])
        return b"%b%b" % (length(len(contents)), contents)

    def segment_reply(self, node: SegmentReply) -> bytes:
        """Type ``SegmentReply``."""
        transaction_id, segment_number, segmentation_complete, = astuple(node)
        transaction_id_octets = b"\x80%b" % self.integer(transaction_id, 0, 4294967295, node, "transaction_id")
        segment_number_octets = b"\x81%b" % self.integer(segment_number, 0, 65535, node, "segment_number")
        segmentation_complete_octets = b""
        if segmentation_complete:
            segmentation_complete_octets = b"\x82%b" % b"\x00"
        return b"%b%b%b%b" % (length(len(transaction_id_octets) + len(segment_number_octets) + len(segmentation_complete_octets)), transaction_id_octets, segment_number_octets, segmentation_complete_octets)

    def list_of_action_request(self, nodes: tuple[Any, ...]) -> bytes:
        """A list of ``ActionRequest``."""
        if len(nodes) == 1:
            contents = b"\x30%b" % self.action_request(nodes[0])
        else:
            contents = b"".join([b"\x30%b" % self.action_request(one) for one in nodes])
        return b"%b%b" % (length(len(contents)), contents)

    def list_of_action_reply(self, nodes: tuple[Any, ...]) -> bytes:
        """A list of ``ActionReply``."""
        if len(nodes) == 1:
            contents = b"\x30%b" % self.action_reply(nodes[0])
        else:
            contents = b"".join([b"\x30%b" % self.action_reply(one) for one in nodes])
        return b"%b%b" % (length(len(contents)), contents)

    def transaction_ack(self, node: TransactionAck) -> bytes:
        """Type ``TransactionAck``."""
        first_ack = node.first
        last_ack = node.last
        first_ack_octets = b"\x80%b" % self.integer(first_ack, 0, 4294967295, node, "first")
        last_ack_octets = b""
        if last_ack is not None:
            last_ack_octets = b"\x81%b" % self.integer(last_ack, 0, 4294967295, node, "last")
        return b"%b%b%b" % (length(len(first_ack_octets) + len(last_ack_octets)), first_ack_octets, last_ack_octets)

    def action_request(self, node: ActionRequest) -> bytes:
        """Type ``ActionRequest``."""
        context_id, context_request, context_attr_audit_req, command_requests, = astuple(node)
        context_id_octets = b"\x80%b" % self.integer(context_id, 0, 4294967295, node, "context_id")
        context_request_octets = b""
        if context_request is not None:
            context_request_octets = b"\xa1%b" % self.context_request(context_request)
        context_attr_audit_req_octets = b""
        if context_attr_audit_req is not None:
            context_attr_audit_req_octets = b"\xa2%b" % self.context_attr_audit_request(context_attr_audit_req)
        command_requests_octets = b"\xa3%b" % self.list_of_command_request(command_requests)
        return b"%b%b%b%b%b" % (length(len(context_id_octets) + len(context_request_octets) + len(context_attr_audit_req_octets) + len(command_requests_octets)), context_id_octets, context_request_octets, context_attr_audit_req_octets, command_requests_octets)

    def action_reply(self, node: ActionReply) -> bytes:
        """Type ``ActionReply``."""
        context_id, context_reply, command_reply, error_descriptor, = astuple(node)
        context_id_octets = b"\x80%b" % self.integer(context_id, 0, 4294967295, node, "context_id")
        error_descriptor_octets = b""
        if error_descriptor is not None:
            error_descriptor_octets = b"\xa1%b" % self.error_descriptor(error_descriptor)
        context_reply_octets = b""
        if context_reply is not None:
            context_reply_octets = b"\xa2%b" % self.context_request(context_reply)
        command_reply_octets = b"\xa3%b" % self.list_of_command_reply(command_reply)
        return b"%b%b%b%b%b" % (length(len(context_id_octets) + len(error_descriptor_octets) + len(context_reply_octets) + len(command_reply_octets)), context_id_octets, error_descriptor_octets, context_reply_octets, command_reply_octets)

    def context_request(self, node: ContextProperties) -> bytes:
        """Type ``ContextRequest``."""
        topology_req, priority, emergency, iepscallind, context_list, context_prop, = astuple(node)
        priority_octets = b""
        if priority is not None:
            priority_octets = b"\x80%b" % self.integer(priority, 0, 15, node, "priority")
        emergency_octets = b""
        if emergency is not None:
            emergency_octets = b"\x81%b" % self.boolean(emergency, node, "emergency")
        topology_req_octets = b""
        if topology_req:
            topology_req_octets = b"\xa2%b" % self.list_of_topology_request(topology_req)
        iepscallind_octets = b""
        if iepscallind is not None:
            iepscallind_octets = b"\x83%b" % self.boolean(iepscallind, node, "ieps_call")
        context_prop_octets = b""
        if context_prop:
            context_prop_octets = b"\xa4%b" % self.list_of_property_parm(context_prop)
        context_list_octets = b""
        if context_list:
            context_list_octets = b"\xa5%b" % self.list_of_context_id(context_list)
        return b"%b%b%b%b%b%b%b" % (length(len(priority_octets) + len(emergency_octets) + len(topology_req_octets) + len(iepscallind_octets) + len(context_prop_octets) + len(context_list_octets)), priority_octets, emergency_octets, topology_req_octets, iepscallind_octets, context_prop_octets, context_list_octets)

    def context_attr_audit_request(self, node: Any) -> bytes:
        """Type ``ContextAttrAuditRequest``."""
        topology, emergency, priority, iepscallind, context_prop_aud, selectpriority, selectemergency, selectiepscallind, select_logic, = self.parts_of_context_audit(node)
        topology_octets = b""
        if topology:
            topology_octets = b"\x80%b" % b"\x00"
        emergency_octets = b""
        if emergency:
            emergency_octets = b"\x81%b" % b"\x00"
        priority_octets = b""
        if priority:
            priority_octets = b"\x82%b" % b"\x00"
        iepscallind_octets = b""
        if iepscallind:
            iepscallind_octets = b"\x83%b" % b"\x00"
        context_prop_aud_octets = b""
        if context_prop_aud:
            context_prop_aud_octets = b"\xa4%b" % self.list_of_ind_aud_property_parm(context_prop_aud)
        selectpriority_octets = b""
        if selectpriority is not None:
            selectpriority_octets = b"\x85%b" % self.integer(selectpriority, 0, 15, node, "")
        selectemergency_octets = b""
        if selectemergency is not None:
            selectemergency_octets = b"\x86%b" % self.boolean(selectemergency, node, "")
        selectiepscallind_octets = b""
        if selectiepscallind is not None:
            selectiepscallind_octets = b"\x87%b" % self.boolean(selectiepscallind, node, "")
        select_logic_octets = b""
        if select_logic is not None:
            select_logic_octets = self.explicit(b"\xa8", self.select_logic(select_logic))
        return b"%b%b%b%b%b%b%b%b%b%b" % (length(len(topology_octets) + len(emergency_octets) + len(priority_octets) + len(iepscallind_octets) + len(context_prop_aud_octets) + len(selectpriority_octets) + len(selectemergency_octets) + len(selectiepscallind_octets) + len(select_logic_octets)), topology_octets, emergency_octets, priority_octets, iepscallind_octets, context_prop_aud_octets, selectpriority_octets, selectemergency_octets, selectiepscallind_octets, select_logic_octets)

    def list_of_command_request(self, nodes: tuple[Any, ...]) -> bytes:
        """A list of ``CommandRequest``."""
        if len(nodes) == 1:
            contents = b"\x30%b" % self.command_request(nodes[0])
        else:
            contents = b"".join([b"\x30%b" % self.command_request(one) for one in nodes])
        return b"%b%b" % (length(len(contents)), contents)

    def list_of_command_reply(self, nodes: tuple[Any, ...]) -> bytes:
        """A list of ``CommandReply``."""
        if len(nodes) == 1:
            contents = self.command_reply(nodes[0])
        else:
            contents = b"".join([self.command_reply(one) for one in nodes])
        return b"%b%b" % (length(len(contents)), contents)

    def list_of_topology_request(self, nodes: tuple[Any, ...]) -> bytes:
        """A list of ``TopologyRequest``."""
        if len(nodes) == 1:
            contents = b"\x30%b" % self.topology_request(nodes[0])
        else:
            contents = b"".join([b"\x30%b" % self.topology_request(one) for one in nodes])
        return b"%b%b" % (length(len(contents)), contents)

    def list_of_property_parm(self, nodes: tuple[Any, ...]) -> bytes:
        """A list of ``PropertyParm``."""
        if len(nodes) == 1:
            contents = b"\x30%b" % self.property_parm(nodes[0])
        else:
            contents = b"".join([b"\x30%b" % self.property_parm(one) for one in nodes])
        return b"%b%b" % (length(len(contents)), contents)

    def list_of_context_id(self, nodes: tuple[Any, ...]) -> bytes:
        """A list of ``ContextID``."""
        if len(nodes) == 1:
            contents = b"\x02%b" % self.integer(nodes[0], 0, 4294967295, nodes[0], "")
        else:
            contents = b"".join([b"\x02%b" % self.integer(one, 0, 4294967295, one, "") for one in nodes])
        return b"%b%b" % (length(len(contents)), contents)

    def list_of_ind_aud_property_parm(self, nodes: tuple[Any, ...]) -> bytes:
        """A list of ``IndAudPropertyParm``."""
        if len(nodes) == 1:
            contents = b"\x30%b" % self.ind_aud_property_parm(nodes[0])
        else:
            contents = b"".join([b"\x30%b" % self.ind_aud_property_parm(one) for one in nodes])
        return b"%b%b" % (length(len(contents)), contents)

    def select_logic(self, node: Any) -> bytes:
        """Type ``SelectLogic``, with its tag."""
        kind = type(node)
        if node is _SelectLogic_AND:
            return b"\x80\x00"
        if node is _SelectLogic_OR:
            return b"\x81\x00"
        raise self.unwritable(node, "", node, f"{kind.__name__} cannot stand here")

    def command_request(self, node: CommandRequest) -> bytes:
        """Type ``CommandRequest``."""
        command, optional, wildcard_return, = astuple(node)
        command_octets = self.explicit(b"\xa0", self.command(command))
        optional_octets = b""
        if optional:
            optional_octets = b"\x81%b" % b"\x00"
        wildcard_return_octets = b""
        if wildcard_return:
            wildcard_return_octets = b"\x82%b" % b"\x00"
        return b"%b%b%b%b" % (length(len(command_octets) + len(optional_octets) + len(wildcard_return_octets)), command_octets, optional_octets, wildcard_return_octets)

    def command_reply(self, node: Any) -> bytes:
        """Type ``CommandReply``, with its tag."""
        kind = type(node)
        if kind is _AddReply:
            return b"\xa0%b" % self.amms_reply(node)
        if kind is _MoveReply:
            return b"\xa1%b" % self.amms_reply(node)
        if kind is _ModifyReply:
            return b"\xa2%b" % self.amms_reply(node)
        if kind is _SubtractReply:
            return b"\xa3%b" % self.amms_reply(node)
        if kind is _ContextAuditReply:
            picked = self.pick_reply_of_context_audit(node)
            if picked == 4:
                return self.explicit(b"\xa4", self.audit_reply(node))
            if picked == 5:
                return self.explicit(b"\xa5", self.audit_reply(node))
        if kind is _AuditCapabilityReply:
            return self.explicit(b"\xa4", self.audit_reply(node))
        if kind is _AuditValueReply:
            return self.explicit(b"\xa5", self.audit_reply(node))
        if kind is _NotifyReply:
            return b"\xa6%b" % self.notify_reply(node)
        if kind is _ServiceChangeReply:
            return b"\xa7%b" % self.service_change_reply(node)
        raise self.unwritable(node, "", node, f"{kind.__name__} cannot stand here")

    def topology_request(self, node: Any) -> bytes:
        """Type ``TopologyRequest``."""
        termination_from, termination_to, topology_direction, stream_id, topology_direction_extension, = self.parts_of_topology(node)
        termination_from_octets = b"\xa0%b" % self.termination_id(termination_from)
        termination_to_octets = b"\xa1%b" % self.termination_id(termination_to)
        topology_direction_octets = b"\x82%b" % self.enumerated(topology_direction, _TOPOLOGY_REQUEST_TOPOLOGY_DIRECTION, node, "")
        stream_id_octets = b""
        if stream_id is not None:
            stream_id_octets = b"\x83%b" % self.integer(stream_id, 0, 65535, node, "")
        topology_direction_extension_octets = b""
        if topology_direction_extension is not None:
            topology_direction_extension_octets = b"\x84%b" % self.enumerated(topology_direction_extension, _TOPOLOGY_REQUEST_TOPOLOGY_DIRECTION_EXTENSION, node, "")
        return b"%b%b%b%b%b%b" % (length(len(termination_from_octets) + len(termination_to_octets) + len(topology_direction_octets) + len(stream_id_octets) + len(topology_direction_extension_octets)), termination_from_octets, termination_to_octets, topology_direction_octets, stream_id_octets, topology_direction_extension_octets)

    def property_parm(self, node: Any) -> bytes:
        """Type ``PropertyParm``."""
        known = self.names.written_properties.get(node)
        if known is not None:
            return known
        name, value, relation, range_, sublist, = self.parts_of_property_parm(node)
        name_octets = b"\x80%b" % self.octets(name, 4, 4, node, "")
        value_octets = b"\xa1%b" % self.list_of_octet_string(value)
        extra_info_octets = b""
        if relation is not None:
            extra_info_octets = self.explicit(b"\xa2", b"\x80%b" % self.enumerated(relation, _RELATION, node, ""))
            if range_ is not None:
                raise self.unwritable(node, "", range_, "not beside the other")
            if sublist is not None:
                raise self.unwritable(node, "", sublist, "not beside the other")
        elif range_ is not None:
            extra_info_octets = self.explicit(b"\xa2", b"\x81%b" % self.boolean(range_, node, ""))
            if sublist is not None:
                raise self.unwritable(node, "", sublist, "not beside the other")
        elif sublist is not None:
            extra_info_octets = self.explicit(b"\xa2", b"\x82%b" % self.boolean(sublist, node, ""))
        octets = b"%b%b%b%b" % (length(len(name_octets) + len(value_octets) + len(extra_info_octets)), name_octets, value_octets, extra_info_octets)
        if len(octets) <= LONGEST_KEPT:
            remember(self.names.written_properties, node, octets)
        return octets

    def ind_aud_property_parm(self, node: Any) -> bytes:
        """Type ``IndAudPropertyParm``."""
        name, property_parms, = self.parts_of_property_audit(node)
        name_octets = b"\x80%b" % self.octets(name, 4, 4, node, "")
        property_parms_octets = b""
        if property_parms is not None:
            property_parms_octets = b"\xa1%b" % self.property_parm(property_parms)
        return b"%b%b%b" % (length(len(name_octets) + len(property_parms_octets)), name_octets, property_parms_octets)

    def command(self, node: Any) -> bytes:
        """Type ``Command``, with its tag."""
        kind = type(node)
        if kind is _AddRequest:
            return b"\xa0%b" % self.amm_request(node)
        if kind is _MoveRequest:
            return b"\xa1%b" % self.amm_request(node)
        if kind is _ModifyRequest:
            return b"\xa2%b" % self.amm_request(node)
        if kind is _SubtractRequest:
            return b"\xa3%b" % self.subtract_request(node)
        if kind is _AuditCapabilityRequest:
            return b"\xa4%b" % self.audit_request(node)
        if kind is _AuditValueRequest:
            return b"\xa5%b" % self.audit_request(node)
        if kind is _NotifyRequest:
            return b"\xa6%b" % self.notify_request(node)
        if kind is _ServiceChangeRequest:
            return b"\xa7%b" % self.service_change_request(node)
        raise self.unwritable(node, "", node, f"{kind.__name__} cannot stand here")

    def amms_reply(self, node: Any) -> bytes:
        """Type ``AmmsReply``."""
        termination_id = node.termination_ids
        termination_audit = node.descriptors
        termination_id_octets = b"\xa0%b" % self.termination_id_list(termination_id)
        termination_audit_octets = b""
        if termination_audit:
            termination_audit_octets = b"\xa1%b" % self.termination_audit(termination_audit)
        return b"%b%b%b" % (length(len(termination_id_octets) + len(termination_audit_octets)), termination_id_octets, termination_audit_octets)

    def audit_reply(self, node: Any) -> bytes:
        """Type ``AuditReply``, with its tag."""
        kind = type(node)
        if kind is _ContextAuditReply:
            picked = self.pick_audit_of_context(node)
            if picked == 0:
                return b"\xa0%b" % self.termination_id_list(self.parts_of_context_audit_result(node, node, ""))
            if picked == 1:
                return b"\xa1%b" % self.error_descriptor(self.parts_of_context_audit_error(node, node, ""))
        if kind is _AuditCapabilityReply:
            picked = self.pick_audit_of_terminations(node)
            if picked == 2:
                return b"\xa2%b" % self.audit_result(node)
            if picked == 3:
                return b"\xa3%b" % self.term_list_audit_result(node)
        if kind is _AuditValueReply:
            picked = self.pick_audit_of_terminations(node)
            if picked == 2:
                return b"\xa2%b" % self.audit_result(node)
            if picked == 3:
                return b"\xa3%b" % self.term_list_audit_result(node)
        raise self.unwritable(node, "", node, f"{kind.__name__} cannot stand here")

    def notify_reply(self, node: NotifyReply) -> bytes:
        """Type ``NotifyReply``."""
        termination_id = node.termination_ids
        error_descriptor = node.error
        termination_id_octets = b"\xa0%b" % self.termination_id_list(termination_id)
        error_descriptor_octets = b""
        if error_descriptor is not None:
            error_descriptor_octets = b"\xa1%b" % self.error_descriptor(error_descriptor)
        return b"%b%b%b" % (length(len(termination_id_octets) + len(error_descriptor_octets)), termination_id_octets, error_descriptor_octets)

    def service_change_reply(self, node: ServiceChangeReply) -> bytes:
        """Type ``ServiceChangeReply``."""
        termination_id, error_descriptor, service_change_res_parms, = self.parts_of_service_change_reply(node)
        termination_id_octets = b"\xa0%b" % self.termination_id_list(termination_id)
        service_change_result_octets = b""
        if error_descriptor is not None:
            service_change_result_octets = self.explicit(b"\xa1", b"\xa0%b" % self.error_descriptor(error_descriptor))
            if service_change_res_parms is not None:
                raise self.unwritable(node, "", service_change_res_parms, "not beside the other")
        else:
            service_change_result_octets = self.explicit(b"\xa1", b"\xa1%b" % self.service_change_res_parm(service_change_res_parms))
        return b"%b%b%b" % (length(len(termination_id_octets) + len(service_change_result_octets)), termination_id_octets, service_change_result_octets)

    def termination_id(self, node: Any) -> bytes:
        """Type ``TerminationID``."""
        known = self.names.written_terminations.get(node)
        if known is not None:
            return known
        wildcard, id_, = self.parts_of_termination_id(node)
        wildcard_octets = b"\xa0%b" % self.list_of_wildcard_field(wildcard)
        id__octets = b"\x81%b" % self.octets(id_, 1, 8, node, "")
        octets = b"%b%b%b" % (length(len(wildcard_octets) + len(id__octets)), wildcard_octets, id__octets)
        if len(octets) <= LONGEST_KEPT:
            remember(self.names.written_terminations, node, octets)
        return octets

    def list_of_octet_string(self, nodes: tuple[Any, ...]) -> bytes:
        """A list of ``OCTET STRING``."""
        if len(nodes) == 1:
            contents = b"\x04%b" % self.octets(nodes[0], 0, -1, nodes[0], "")
        else:
            contents = b"".join([b"\x04%b" % self.octets(one, 0, -1, one, "") for one in nodes])
        return b"%b%b" % (length(len(contents)), contents)

    def amm_request(self, node: Any) -> bytes:
        """Type ``AmmRequest``."""
        termination_id = node.termination_ids
        descriptors = node.descriptors
        termination_id_octets = b"\xa0%b" % self.termination_id_list(termination_id)
        descriptors_octets = b"\xa1%b" % self.list_of_amm_descriptor(descriptors)
        return b"%b%b%b" % (length(len(termination_id_octets) + len(descriptors_octets)), termination_id_octets, descriptors_octets)

    def subtract_request(self, node: SubtractRequest) -> bytes:
        """Type ``SubtractRequest``."""
        termination_id = node.termination_ids
        audit_descriptor = node.audit
        termination_id_octets = b"\xa0%b" % self.termination_id_list(termination_id)
        audit_descriptor_octets = b""
        if audit_descriptor is not None:
            audit_descriptor_octets = b"\xa1%b" % self.audit_descriptor(audit_descriptor)
        return b"%b%b%b" % (length(len(termination_id_octets) + len(audit_descriptor_octets)), termination_id_octets, audit_descriptor_octets)

    def audit_request(self, node: Any) -> bytes:
        """Type ``AuditRequest``."""
        termination_id, audit_descriptor, termination_id_list, = self.parts_of_audit_request(node)
        termination_id_octets = b"\xa0%b" % self.termination_id(termination_id)
        audit_descriptor_octets = b"\xa1%b" % self.audit_descriptor(audit_descriptor)
        termination_id_list_octets = b""
        if termination_id_list:
            termination_id_list_octets = b"\xa2%b" % self.termination_id_list(termination_id_list)
        return b"%b%b%b%b" % (length(len(termination_id_octets) + len(audit_descriptor_octets) + len(termination_id_list_octets)), termination_id_octets, audit_descriptor_octets, termination_id_list_octets)

    def notify_request(self, node: NotifyRequest) -> bytes:
        """Type ``NotifyRequest``."""
        termination_id, observed_events_descriptor, error_descriptor, = astuple(node)
        termination_id_octets = b"\xa0%b" % self.termination_id_list(termination_id)
        observed_events_descriptor_octets = b"\xa1%b" % self.observed_events_descriptor(observed_events_descriptor)
        error_descriptor_octets = b""
        if error_descriptor is not None:
            error_descriptor_octets = b"\xa2%b" % self.error_descriptor(error_descriptor)
        return b"%b%b%b%b" % (length(len(termination_id_octets) + len(observed_events_descriptor_octets) + len(error_descriptor_octets)), termination_id_octets, observed_events_descriptor_octets, error_descriptor_octets)

    def service_change_request(self, node: ServiceChangeRequest) -> bytes:
        """Type ``ServiceChangeRequest``."""
        termination_id = node.termination_ids
        service_change_parms = node.services
        termination_id_octets = b"\xa0%b" % self.termination_id_list(termination_id)
        service_change_parms_octets = b"\xa1%b" % self.service_change_parm(service_change_parms)
        return b"%b%b%b" % (length(len(termination_id_octets) + len(service_change_parms_octets)), termination_id_octets, service_change_parms_octets)

    def termination_id_list(self, nodes: tuple[Any, ...]) -> bytes:
        """Type ``TerminationIDList``."""
        if len(nodes) == 1:
            contents = b"\x30%b" % self.termination_id(nodes[0])
        else:
            contents = b"".join([b"\x30%b" % self.termination_id(one) for one in nodes])
        return b"%b%b" % (length(len(contents)), contents)

    def termination_audit(self, made: Any) -> bytes:
        """Type ``TerminationAudit``."""
        nodes: tuple[Any, ...] = self.parts_of_termination_audit(made, made, "")
        if len(nodes) == 1:
            contents = self.audit_return_parameter(nodes[0])
        else:
            contents = b"".join([self.audit_return_parameter(one) for one in nodes])
        return b"%b%b" % (length(len(contents)), contents)

    def audit_result(self, node: Any) -> bytes:
        """Type ``AuditResult``."""
        termination_id, termination_audit_result, = self.parts_of_audit_result(node)
        termination_id_octets = b"\xa0%b" % self.termination_id(termination_id)
        termination_audit_result_octets = b"\xa1%b" % self.termination_audit(termination_audit_result)
        return b"%b%b%b" % (length(len(termination_id_octets) + len(termination_audit_result_octets)), termination_id_octets, termination_audit_result_octets)

    def term_list_audit_result(self, node: Any) -> bytes:
        """Type ``TermListAuditResult``."""
        termination_id_list = node.termination_ids
        termination_audit_result = node.descriptors
        termination_id_list_octets = b"\xa0%b" % self.termination_id_list(termination_id_list)
        termination_audit_result_octets = b"\xa1%b" % self.termination_audit(termination_audit_result)
        return b"%b%b%b" % (length(len(termination_id_list_octets) + len(termination_audit_result_octets)), termination_id_list_octets, termination_audit_result_octets)

    def service_change_res_parm(self, node: Any) -> bytes:
        """Type ``ServiceChangeResParm``."""
        service_change_mgc_id, service_change_address, service_change_version, service_change_profile, timestamp, = self.parts_of_service_change_res_parm(node)
        service_change_mgc_id_octets = b""
        if service_change_mgc_id is not None:
            service_change_mgc_id_octets = self.explicit(b"\xa0", self.mid(service_change_mgc_id))
        service_change_address_octets = b""
        if service_change_address is not None:
            service_change_address_octets = self.explicit(b"\xa1", self.service_change_address(service_change_address))
        service_change_version_octets = b""
        if service_change_version is not None:
            service_change_version_octets = b"\x82%b" % self.integer(service_change_version, 0, 99, node, "")
        service_change_profile_octets = b""
        if service_change_profile is not None:
            service_change_profile_octets = b"\xa3%b" % self.service_change_profile(service_change_profile)
        timestamp_octets = b""
        if timestamp is not None:
            timestamp_octets = b"\xa4%b" % self.time_notation(timestamp)
        return b"%b%b%b%b%b%b" % (length(len(service_change_mgc_id_octets) + len(service_change_address_octets) + len(service_change_version_octets) + len(service_change_profile_octets) + len(timestamp_octets)), service_change_mgc_id_octets, service_change_address_octets, service_change_version_octets, service_change_profile_octets, timestamp_octets)

    def list_of_wildcard_field(self, nodes: tuple[Any, ...]) -> bytes:
        """A list of ``WildcardField``."""
        if len(nodes) == 1:
            contents = b"\x04%b" % self.octets(nodes[0], 1, 1, nodes[0], "")
        else:
            contents = b"".join([b"\x04%b" % self.octets(one, 1, 1, one, "") for one in nodes])
        return b"%b%b" % (length(len(contents)), contents)

    def list_of_amm_descriptor(self, nodes: tuple[Any, ...]) -> bytes:
        """A list of ``AmmDescriptor``."""
        if len(nodes) == 1:
            contents = self.amm_descriptor(nodes[0])
        else:
            contents = b"".join([self.amm_descriptor(one) for one in nodes])
        return b"%b%b" % (length(len(contents)), contents)

    def audit_descriptor(self, node: AuditDescriptor) -> bytes:
        """Type ``AuditDescriptor``."""
        audit_token = node.items
        audit_property_token = node.individual
        audit_token_octets = b""
        if audit_token:
            audit_token_octets = b"\x80%b" % self.bits(audit_token, _AUDIT_DESCRIPTOR_AUDIT_TOKEN, node, "items")
        audit_property_token_octets = b""
        if audit_property_token:
            audit_property_token_octets = b"\xa1%b" % self.list_of_ind_audit_parameter(audit_property_token)
        return b"%b%b%b" % (length(len(audit_token_octets) + len(audit_property_token_octets)), audit_token_octets, audit_property_token_octets)

    def observed_events_descriptor(self, node: ObservedEventsDescriptor) -> bytes:
        """Type ``ObservedEventsDescriptor``."""
        request_id = node.request_id
        observed_event_lst = node.events
        request_id_octets = b"\x80%b" % self.integer(request_id, 0, 4294967295, node, "request_id")
        observed_event_lst_octets = b"\xa1%b" % self.list_of_observed_event(observed_event_lst)
        return b"%b%b%b" % (length(len(request_id_octets) + len(observed_event_lst_octets)), request_id_octets, observed_event_lst_octets)

    def service_change_parm(self, node: Any) -> bytes:
        """Type ``ServiceChangeParm``."""
        service_change_method, service_change_address, service_change_version, service_change_profile, service_change_reason, service_change_delay, service_change_mgc_id, time_stamp, non_standard_data, service_change_info, service_change_incomplete_flag, = self.parts_of_service_change_parm(node)
        service_change_method_octets = b"\x80%b" % self.enumerated(service_change_method, _SERVICE_CHANGE_METHOD, node, "")
        service_change_address_octets = b""
        if service_change_address is not None:
            service_change_address_octets = self.explicit(b"\xa1", self.service_change_address(service_change_address))
        service_change_version_octets = b""
        if service_change_version is not None:
            service_change_version_octets = b"\x82%b" % self.integer(service_change_version, 0, 99, node, "")
        service_change_profile_octets = b""
        if service_change_profile is not None:
            service_change_profile_octets = b"\xa3%b" % self.service_change_profile(service_change_profile)
        service_change_reason_octets = b"\xa4%b" % self.value(self.parts_of_reason(service_change_reason, node, ""))
        service_change_delay_octets = b""
        if service_change_delay is not None:
            service_change_delay_octets = b"\x85%b" % self.integer(service_change_delay, 0, 4294967295, node, "")
        service_change_mgc_id_octets = b""
        if service_change_mgc_id is not None:
            service_change_mgc_id_octets = self.explicit(b"\xa6", self.mid(service_change_mgc_id))
        time_stamp_octets = b""
        if time_stamp is not None:
            time_stamp_octets = b"\xa7%b" % self.time_notation(time_stamp)
        non_standard_data_octets = b""
        if non_standard_data is not None:
            non_standard_data_octets = b"\xa8%b" % self.non_standard_data(non_standard_data)
        service_change_info_octets = b""
        if service_change_info is not None:
            service_change_info_octets = b"\xa9%b" % self.audit_descriptor(service_change_info)
        service_change_incomplete_flag_octets = b""
        if service_change_incomplete_flag:
            service_change_incomplete_flag_octets = b"\x8a%b" % b"\x00"
        return b"%b%b%b%b%b%b%b%b%b%b%b%b" % (length(len(service_change_method_octets) + len(service_change_address_octets) + len(service_change_version_octets) + len(service_change_profile_octets) + len(service_change_reason_octets) + len(service_change_delay_octets) + len(service_change_mgc_id_octets) + len(time_stamp_octets) + len(non_standard_data_octets) + len(service_change_info_octets) + len(service_change_incomplete_flag_octets)), service_change_method_octets, service_change_address_octets, service_change_version_octets, service_change_profile_octets, service_change_reason_octets, service_change_delay_octets, service_change_mgc_id_octets, time_stamp_octets, non_standard_data_octets, service_change_info_octets, service_change_incomplete_flag_octets)

    def audit_return_parameter(self, node: Any) -> bytes:
        """Type ``AuditReturnParameter``, with its tag."""
        kind = type(node)
        if kind is _ErrorDescriptor:
            return b"\xa0%b" % self.error_descriptor(node)
        if kind is _MediaDescriptor:
            return b"\xa1%b" % self.media_descriptor(node)
        if kind is _ModemDescriptor:
            return b"\xa2%b" % self.modem_descriptor(node)
        if kind is _MuxDescriptor:
            return b"\xa3%b" % self.mux_descriptor(node)
        if kind is _EventsDescriptor:
            return b"\xa4%b" % self.events_descriptor(node)
        if kind is _EventBufferDescriptor:
            return b"\xa5%b" % self.event_buffer_descriptor(node)
        if kind is _SignalsDescriptor:
            return b"\xa6%b" % self.signals_descriptor(node)
        if kind is _DigitMapDescriptor:
            return b"\xa7%b" % self.digit_map_descriptor(node)
        if kind is _ObservedEventsDescriptor:
            return b"\xa8%b" % self.observed_events_descriptor(node)
        if kind is _StatisticsDescriptor:
            return b"\xa9%b" % self.statistics_descriptor(node)
        if kind is _PackagesDescriptor:
            return b"\xaa%b" % self.packages_descriptor(node)
        if kind is _AuditDescriptor:
            return b"\xab%b" % self.audit_descriptor(node)
        raise self.unwritable(node, "", node, f"{kind.__name__} cannot stand here")

    def service_change_address(self, node: Any) -> bytes:
        """Type ``ServiceChangeAddress``, with its tag."""
        kind = type(node)
        if kind is int:
            return b"\x80%b" % self.integer(node, 0, 65535, node, "")
        if kind is _IpAddress:
            picked = self.pick_address_of_ip_address(node)
            if picked == 1:
                return b"\xa1%b" % self.ip4_address(node)
            if picked == 2:
                return b"\xa2%b" % self.ip6_address(node)
        if kind is _DomainName:
            return b"\xa3%b" % self.domain_name(node)
        if kind is _DeviceName:
            return b"\x84%b" % self.ia5_string(self.parts_of_device_name(node, node, ""), 1, 64, node, "")
        if kind is _MtpAddress:
            return b"\x85%b" % self.octets(self.parts_of_mtp_address(node, node, ""), 2, 4, node, "")
        raise self.unwritable(node, "", node, f"{kind.__name__} cannot stand here")

    def service_change_profile(self, node: Any) -> bytes:
        """Type ``ServiceChangeProfile``."""
        profile_name, = self.parts_of_profile(node)
        profile_name_octets = b"\x80%b" % self.ia5_string(profile_name, 1, 67, node, "")
        return b"%b%b" % (length(len(profile_name_octets)), profile_name_octets)

    def time_notation(self, node: TimeStamp) -> bytes:
        """Type ``TimeNotation``."""
        date = node.date
        time = node.time
        date_octets = b"\x80%b" % self.ia5_string(date, 8, 8, node, "date")
        time_octets = b"\x81%b" % self.ia5_string(time, 8, 8, node, "time")
        return b"%b%b%b" % (length(len(date_octets) + len(time_octets)), date_octets, time_octets)

    def amm_descriptor(self, node: Any) -> bytes:
        """Type ``AmmDescriptor``, with its tag."""
        kind = type(node)
        if kind is _MediaDescriptor:
            return b"\xa0%b" % self.media_descriptor(node)
        if kind is _ModemDescriptor:
            return b"\xa1%b" % self.modem_descriptor(node)
        if kind is _MuxDescriptor:
            return b"\xa2%b" % self.mux_descriptor(node)
        if kind is _EventsDescriptor:
            return b"\xa3%b" % self.events_descriptor(node)
        if kind is _EventBufferDescriptor:
            return b"\xa4%b" % self.event_buffer_descriptor(node)
        if kind is _SignalsDescriptor:
            return b"\xa5%b" % self.signals_descriptor(node)
        if kind is _DigitMapDescriptor:
            return b"\xa6%b" % self.digit_map_descriptor(node)
        if kind is _AuditDescriptor:
            return b"\xa7%b" % self.audit_descriptor(node)
        if kind is _StatisticsDescriptor:
            return b"\xa8%b" % self.statistics_descriptor(node)
        raise self.unwritable(node, "", node, f"{kind.__name__} cannot stand here")

    def list_of_ind_audit_parameter(self, nodes: tuple[Any, ...]) -> bytes:
        """A list of ``IndAuditParameter``."""
        if len(nodes) == 1:
            contents = self.ind_audit_parameter(nodes[0])
        else:
            contents = b"".join([self.ind_audit_parameter(one) for one in nodes])
        return b"%b%b" % (length(len(contents)), contents)

    def list_of_observed_event(self, nodes: tuple[Any, ...]) -> bytes:
        """A list of ``ObservedEvent``."""
        if len(nodes) == 1:
            contents = b"\x30%b" % self.observed_event(nodes[0])
        else:
            contents = b"".join([b"\x30%b" % self.observed_event(one) for one in nodes])
        return b"%b%b" % (length(len(contents)), contents)

    def value(self, nodes: tuple[Any, ...]) -> bytes:
        """Type ``Value``."""
        if len(nodes) == 1:
            contents = b"\x04%b" % self.octets(nodes[0], 0, -1, nodes[0], "")
        else:
            contents = b"".join([b"\x04%b" % self.octets(one, 0, -1, one, "") for one in nodes])
        return b"%b%b" % (length(len(contents)), contents)

    def non_standard_data(self, node: NonStandardData) -> bytes:
        """Type ``NonStandardData``."""
        data, object_, h221_non_standard, experimental, = astuple(node)
        non_standard_identifier_octets = b""
        if object_ is not None:
            non_standard_identifier_octets = self.explicit(b"\xa0", b"\x80%b" % self.object_identifier(object_, node, "object"))
            if h221_non_standard is not None:
                raise self.unwritable(node, "h221", h221_non_standard, "not beside the other")
            if experimental is not None:
                raise self.unwritable(node, "experimental", experimental, "not beside the other")
        elif h221_non_standard is not None:
            non_standard_identifier_octets = self.explicit(b"\xa0", b"\xa1%b" % self.h221_non_standard(h221_non_standard))
            if experimental is not None:
                raise self.unwritable(node, "experimental", experimental, "not beside the other")
        else:
            non_standard_identifier_octets = self.explicit(b"\xa0", b"\x82%b" % self.ia5_string(experimental, 8, 8, node, "experimental"))
        data_octets = b"\x81%b" % self.octets(self.parts_of_opaque_octets(data, node, "data"), 0, -1, node, "data")
        return b"%b%b%b" % (length(len(non_standard_identifier_octets) + len(data_octets)), non_standard_identifier_octets, data_octets)

    def media_descriptor(self, node: MediaDescriptor) -> bytes:
        """Type ``MediaDescriptor``."""
        term_state_descr, one_stream, multi_stream, = self.parts_of_media(node)
        term_state_descr_octets = b""
        if term_state_descr is not None:
            term_state_descr_octets = b"\xa0%b" % self.termination_state_descriptor(term_state_descr)
        streams_octets = b""
        if one_stream is not None:
            streams_octets = self.explicit(b"\xa1", b"\xa0%b" % self.stream_parms(one_stream))
            if multi_stream:
                raise self.unwritable(node, "", multi_stream, "not beside the other")
        elif multi_stream:
            streams_octets = self.explicit(b"\xa1", b"\xa1%b" % self.list_of_stream_descriptor(multi_stream))
        return b"%b%b%b" % (length(len(term_state_descr_octets) + len(streams_octets)), term_state_descr_octets, streams_octets)

    def modem_descriptor(self, node: ModemDescriptor) -> bytes:
        """Type ``ModemDescriptor``."""
        mtl, no_extensions, mpl, non_standard_data, = astuple(node)
        if no_extensions:
            raise self.unwritable(node, "extensions", no_extensions, NOT_IN_BINARY)
        mtl_octets = b"\xa0%b" % self.list_of_modem_type(mtl)
        mpl_octets = b"\xa1%b" % self.list_of_property_parm(mpl)
        non_standard_data_octets = b""
        if non_standard_data is not None:
            non_standard_data_octets = b"\xa2%b" % self.non_standard_data(non_standard_data)
        return b"%b%b%b%b" % (length(len(mtl_octets) + len(mpl_octets) + len(non_standard_data_octets)), mtl_octets, mpl_octets, non_standard_data_octets)

    def mux_descriptor(self, node: MuxDescriptor) -> bytes:
        """Type ``MuxDescriptor``."""
        mux_type, no_extension, term_list, non_standard_data, = astuple(node)
        if no_extension:
            raise self.unwritable(node, "extension", no_extension, NOT_IN_BINARY)
        mux_type_octets = b"\x80%b" % self.enumerated(mux_type, _MUX_TYPE, node, "type")
        term_list_octets = b"\xa1%b" % self.list_of_termination_id(term_list)
        non_standard_data_octets = b""
        if non_standard_data is not None:
            non_standard_data_octets = b"\xa2%b" % self.non_standard_data(non_standard_data)
        return b"%b%b%b%b" % (length(len(mux_type_octets) + len(term_list_octets) + len(non_standard_data_octets)), mux_type_octets, term_list_octets, non_standard_data_octets)

    def events_descriptor(self, node: EventsDescriptor) -> bytes:
        """Type ``EventsDescriptor``."""
        request_id = node.request_id
        event_list = node.events
        request_id_octets = b""
        if request_id is not None:
            request_id_octets = b"\x80%b" % self.integer(request_id, 0, 4294967295, node, "request_id")
        event_list_octets = b"\xa1%b" % self.list_of_requested_event(event_list)
        return b"%b%b%b" % (length(len(request_id_octets) + len(event_list_octets)), request_id_octets, event_list_octets)

    def event_buffer_descriptor(self, made: Any) -> bytes:
        """Type ``EventBufferDescriptor``."""
        nodes: tuple[Any, ...] = self.parts_of_event_buffer(made, made, "")
        if len(nodes) == 1:
            contents = b"\x30%b" % self.event_spec(nodes[0])
        else:
            contents = b"".join([b"\x30%b" % self.event_spec(one) for one in nodes])
        return b"%b%b" % (length(len(contents)), contents)

    def signals_descriptor(self, made: Any) -> bytes:
        """Type ``SignalsDescriptor``."""
        nodes: tuple[Any, ...] = self.parts_of_signals(made, made, "")
        if len(nodes) == 1:
            contents = self.signal_request(nodes[0])
        else:
            contents = b"".join([self.signal_request(one) for one in nodes])
        return b"%b%b" % (length(len(contents)), contents)

    def digit_map_descriptor(self, node: DigitMapDescriptor) -> bytes:
        """Type ``DigitMapDescriptor``."""
        digit_map_name = node.name
        digit_map_value = node.value
        digit_map_name_octets = b""
        if digit_map_name is not None:
            digit_map_name_octets = b"\x80%b" % self.octets(self.parts_of_digit_map_name(digit_map_name, node, "name"), 2, 2, node, "name")
        digit_map_value_octets = b""
        if digit_map_value is not None:
            digit_map_value_octets = b"\xa1%b" % self.digit_map_value(digit_map_value)
        return b"%b%b%b" % (length(len(digit_map_name_octets) + len(digit_map_value_octets)), digit_map_name_octets, digit_map_value_octets)

    def statistics_descriptor(self, made: Any) -> bytes:
        """Type ``StatisticsDescriptor``."""
        nodes: tuple[Any, ...] = self.parts_of_statistics(made, made, "")
        if len(nodes) == 1:
            contents = b"\x30%b" % self.statistics_parameter(nodes[0])
        else:
            contents = b"".join([b"\x30%b" % self.statistics_parameter(one) for one in nodes])
        return b"%b%b" % (length(len(contents)), contents)

    def packages_descriptor(self, made: Any) -> bytes:
        """Type ``PackagesDescriptor``."""
        nodes: tuple[Any, ...] = self.parts_of_packages(made, made, "")
        if len(nodes) == 1:
            contents = b"\x30%b" % self.packages_item(nodes[0])
        else:
            contents = b"".join([b"\x30%b" % self.packages_item(one) for one in nodes])
        return b"%b%b" % (length(len(contents)), contents)

    def ind_audit_parameter(self, node: Any) -> bytes:
        """Type ``IndAuditParameter``, with its tag."""
        kind = type(node)
        if kind is _MediaAudit:
            return b"\xa0%b" % self.ind_aud_media_descriptor(node)
        if kind is _EventsAudit:
            return b"\xa1%b" % self.ind_aud_events_descriptor(node)
        if kind is _EventBufferAudit:
            return b"\xa2%b" % self.ind_aud_event_buffer_descriptor(node)
        if kind is _SignalsAudit:
            return self.explicit(b"\xa3", self.ind_aud_signals_descriptor(self.parts_of_signals_audit(node, node, "")))
        if kind is _DigitMapAudit:
            return b"\xa4%b" % self.ind_aud_digit_map_descriptor(node)
        if kind is _StatisticsAudit:
            return b"\xa5%b" % self.ind_aud_statistics_descriptor(node)
        if kind is _PackagesAudit:
            return b"\xa6%b" % self.ind_aud_packages_descriptor(node)
        raise self.unwritable(node, "", node, f"{kind.__name__} cannot stand here")

    def observed_event(self, node: ObservedEvent) -> bytes:
        """Type ``ObservedEvent``."""
        event_name, time_notation, stream_id, event_par_list, = astuple(node)
        event_name_octets = b"\x80%b" % self.octets(self.parts_of_observed_event_name(event_name, node, "name"), 4, 4, node, "name")
        stream_id_octets = b""
        if stream_id is not None:
            stream_id_octets = b"\x81%b" % self.integer(stream_id, 0, 65535, node, "stream_id")
        event_par_list_octets = b"\xa2%b" % self.list_of_event_parameter(event_par_list)
        time_notation_octets = b""
        if time_notation is not None:
            time_notation_octets = b"\xa3%b" % self.time_notation(time_notation)
        return b"%b%b%b%b%b" % (length(len(event_name_octets) + len(stream_id_octets) + len(event_par_list_octets) + len(time_notation_octets)), event_name_octets, stream_id_octets, event_par_list_octets, time_notation_octets)

    def h221_non_standard(self, node: Any) -> bytes:
        """Type ``H221NonStandard``."""
        t35_country_code1, t35_country_code2, t35_extension, manufacturer_code, = self.parts_of_h221(node)
        t35_country_code1_octets = b"\x80%b" % self.integer(t35_country_code1, 0, 255, node, "")
        t35_country_code2_octets = b"\x81%b" % self.integer(t35_country_code2, 0, 255, node, "")
        t35_extension_octets = b"\x82%b" % self.integer(t35_extension, 0, 255, node, "")
        manufacturer_code_octets = b"\x83%b" % self.integer(manufacturer_code, 0, 65535, node, "")
        return b"%b%b%b%b%b" % (length(len(t35_country_code1_octets) + len(t35_country_code2_octets) + len(t35_extension_octets) + len(manufacturer_code_octets)), t35_country_code1_octets, t35_country_code2_octets, t35_extension_octets, manufacturer_code_octets)

    def termination_state_descriptor(self, node: TerminationStateDescriptor) -> bytes:
        """Type ``TerminationStateDescriptor``."""
        service_state, event_buffer_control, property_parms, = astuple(node)
        property_parms_octets = b"\xa0%b" % self.list_of_property_parm(property_parms)
        event_buffer_control_octets = b""
        if event_buffer_control is not None:
            event_buffer_control_octets = b"\x81%b" % self.enumerated(event_buffer_control, _EVENT_BUFFER_CONTROL, node, "event_buffer_control")
        service_state_octets = b""
        if service_state is not None:
            service_state_octets = b"\x82%b" % self.enumerated(service_state, _SERVICE_STATE, node, "service_state")
        return b"%b%b%b%b" % (length(len(property_parms_octets) + len(event_buffer_control_octets) + len(service_state_octets)), property_parms_octets, event_buffer_control_octets, service_state_octets)

    def stream_parms(self, node: StreamDescriptor) -> bytes:
        """Type ``StreamParms``."""
        _, local_control_descriptor, local_descriptor, remote_descriptor, statistics_descriptor, = astuple(node)
        local_control_descriptor_octets = b""
        if local_control_descriptor is not None:
            local_control_descriptor_octets = b"\xa0%b" % self.local_control_descriptor(local_control_descriptor)
        local_descriptor_octets = b""
        if local_descriptor is not None:
            local_descriptor_octets = b"\xa1%b" % self.local_remote_descriptor(local_descriptor)
        remote_descriptor_octets = b""
        if remote_descriptor is not None:
            remote_descriptor_octets = b"\xa2%b" % self.local_remote_descriptor(remote_descriptor)
        statistics_descriptor_octets = b""
        if statistics_descriptor is not None:
            statistics_descriptor_octets = b"\xa3%b" % self.statistics_descriptor(statistics_descriptor)
        return b"%b%b%b%b%b" % (length(len(local_control_descriptor_octets) + len(local_descriptor_octets) + len(remote_descriptor_octets) + len(statistics_descriptor_octets)), local_control_descriptor_octets, local_descriptor_octets, remote_descriptor_octets, statistics_descriptor_octets)

    def list_of_stream_descriptor(self, nodes: tuple[Any, ...]) -> bytes:
        """A list of ``StreamDescriptor``."""
        if len(nodes) == 1:
            contents = b"\x30%b" % self.stream_descriptor(nodes[0])
        else:
            contents = b"".join([b"\x30%b" % self.stream_descriptor(one) for one in nodes])
        return b"%b%b" % (length(len(contents)), contents)

    def list_of_modem_type(self, nodes: tuple[Any, ...]) -> bytes:
        """A list of ``ModemType``."""
        if len(nodes) == 1:
            contents = b"\x0a%b" % self.enumerated(nodes[0], _MODEM_TYPE, nodes[0], "")
        else:
            contents = b"".join([b"\x0a%b" % self.enumerated(one, _MODEM_TYPE, one, "") for one in nodes])
        return b"%b%b" % (length(len(contents)), contents)

    def list_of_termination_id(self, nodes: tuple[Any, ...]) -> bytes:
        """A list of ``TerminationID``."""
        if len(nodes) == 1:
            contents = b"\x30%b" % self.termination_id(nodes[0])
        else:
            contents = b"".join([b"\x30%b" % self.termination_id(one) for one in nodes])
        return b"%b%b" % (length(len(contents)), contents)

    def list_of_requested_event(self, nodes: tuple[Any, ...]) -> bytes:
        """A list of ``RequestedEvent``."""
        if len(nodes) == 1:
            contents = b"\x30%b" % self.requested_event(nodes[0])
        else:
            contents = b"".join([b"\x30%b" % self.requested_event(one) for one in nodes])
        return b"%b%b" % (length(len(contents)), contents)

    def event_spec(self, node: EventSpec) -> bytes:
        """Type ``EventSpec``."""
        event_name, stream_id, event_par_list, = astuple(node)
        event_name_octets = b"\x80%b" % self.octets(self.parts_of_event_name(event_name, node, "name"), 4, 4, node, "name")
        stream_id_octets = b""
        if stream_id is not None:
            stream_id_octets = b"\x81%b" % self.integer(stream_id, 0, 65535, node, "stream_id")
        event_par_list_octets = b"\xa2%b" % self.list_of_event_parameter(event_par_list)
        return b"%b%b%b%b" % (length(len(event_name_octets) + len(stream_id_octets) + len(event_par_list_octets)), event_name_octets, stream_id_octets, event_par_list_octets)

    def signal_request(self, node: Any) -> bytes:
        """Type ``SignalRequest``, with its tag."""
        kind = type(node)
        if kind is _Signal:
            return b"\xa0%b" % self.signal(node)
        if kind is _SignalList:
            return b"\xa1%b" % self.seq_sig_list(node)
        raise self.unwritable(node, "", node, f"{kind.__name__} cannot stand here")

    def digit_map_value(self, node: DigitMapValue) -> bytes:
        """Type ``DigitMapValue``."""
        digit_map_body, start_timer, short_timer, long_timer, duration_timer, = astuple(node)
        start_timer_octets = b""
        if start_timer is not None:
            start_timer_octets = b"\x80%b" % self.integer(start_timer, 0, 99, node, "start_timer")
        short_timer_octets = b""
        if short_timer is not None:
            short_timer_octets = b"\x81%b" % self.integer(short_timer, 0, 99, node, "short_timer")
        long_timer_octets = b""
        if long_timer is not None:
            long_timer_octets = b"\x82%b" % self.integer(long_timer, 0, 99, node, "long_timer")
        digit_map_body_octets = b"\x83%b" % self.ia5_string(self.parts_of_digit_map_body(digit_map_body, node, "body"), 0, -1, node, "body")
        duration_timer_octets = b""
        if duration_timer is not None:
            duration_timer_octets = b"\x84%b" % self.integer(duration_timer, 0, 99, node, "duration_timer")
        return b"%b%b%b%b%b%b" % (length(len(start_timer_octets) + len(short_timer_octets) + len(long_timer_octets) + len(digit_map_body_octets) + len(duration_timer_octets)), start_timer_octets, short_timer_octets, long_timer_octets, digit_map_body_octets, duration_timer_octets)

    def statistics_parameter(self, node: Any) -> bytes:
        """Type ``StatisticsParameter``."""
        stat_name, stat_value, = self.parts_of_statistic(node)
        stat_name_octets = b"\x80%b" % self.octets(self.parts_of_statistic_name(stat_name, node, ""), 4, 4, node, "")
        stat_value_octets = b""
        if stat_value:
            stat_value_octets = b"\xa1%b" % self.value(stat_value)
        return b"%b%b%b" % (length(len(stat_name_octets) + len(stat_value_octets)), stat_name_octets, stat_value_octets)

    def packages_item(self, node: Any) -> bytes:
        """Type ``PackagesItem``."""
        package_name, package_version, = self.parts_of_package(node)
        package_name_octets = b"\x80%b" % self.octets(package_name, 2, 2, node, "")
        package_version_octets = b"\x81%b" % self.integer(package_version, 0, 99, node, "")
        return b"%b%b%b" % (length(len(package_name_octets) + len(package_version_octets)), package_name_octets, package_version_octets)

    def ind_aud_media_descriptor(self, node: MediaAudit) -> bytes:
        """Type ``IndAudMediaDescriptor``."""
        term_state_descr, one_stream, multi_stream, = self.parts_of_media_audit(node)
        term_state_descr_octets = b""
        if term_state_descr is not None:
            term_state_descr_octets = b"\xa0%b" % self.ind_aud_termination_state_descriptor(term_state_descr)
        streams_octets = b""
        if one_stream is not None:
            streams_octets = self.explicit(b"\xa1", b"\xa0%b" % self.ind_aud_stream_parms(one_stream))
            if multi_stream:
                raise self.unwritable(node, "", multi_stream, "not beside the other")
        elif multi_stream:
            streams_octets = self.explicit(b"\xa1", b"\xa1%b" % self.list_of_ind_aud_stream_descriptor(multi_stream))
        return b"%b%b%b" % (length(len(term_state_descr_octets) + len(streams_octets)), term_state_descr_octets, streams_octets)

    def ind_aud_events_descriptor(self, node: EventsAudit) -> bytes:
        """Type ``IndAudEventsDescriptor``."""
        pkgd_name, request_id, stream_id, = astuple(node)
        request_id_octets = b""
        if request_id is not None:
            request_id_octets = b"\x80%b" % self.integer(request_id, 0, 4294967295, node, "request_id")
        pkgd_name_octets = b"\x81%b" % self.octets(self.parts_of_event_name(pkgd_name, node, "name"), 4, 4, node, "name")
        stream_id_octets = b""
        if stream_id is not None:
            stream_id_octets = b"\x82%b" % self.integer(stream_id, 0, 65535, node, "stream_id")
        return b"%b%b%b%b" % (length(len(request_id_octets) + len(pkgd_name_octets) + len(stream_id_octets)), request_id_octets, pkgd_name_octets, stream_id_octets)

    def ind_aud_event_buffer_descriptor(self, node: EventBufferAudit) -> bytes:
        """Type ``IndAudEventBufferDescriptor``."""
        event_name, stream_id, no_parameter, = astuple(node)
        if no_parameter:
            raise self.unwritable(node, "parameter", no_parameter, NOT_IN_BINARY)
        event_name_octets = b"\x80%b" % self.octets(self.parts_of_event_name(event_name, node, "name"), 4, 4, node, "name")
        stream_id_octets = b""
        if stream_id is not None:
            stream_id_octets = b"\x81%b" % self.integer(stream_id, 0, 65535, node, "stream_id")
        return b"%b%b%b" % (length(len(event_name_octets) + len(stream_id_octets)), event_name_octets, stream_id_octets)

    def ind_aud_signals_descriptor(self, node: Any) -> bytes:
        """Type ``IndAudSignalsDescriptor``, with its tag."""
        kind = type(node)
        if kind is _SignalAudit:
            return b"\xa0%b" % self.ind_aud_signal(node)
        if kind is _SignalListAudit:
            return b"\xa1%b" % self.ind_aud_seq_sig_list(node)
        raise self.unwritable(node, "", node, f"{kind.__name__} cannot stand here")

    def ind_aud_digit_map_descriptor(self, node: DigitMapAudit) -> bytes:
        """Type ``IndAudDigitMapDescriptor``."""
        digit_map_name, = self.parts_of_digit_map_audit(node)
        digit_map_name_octets = b""
        if digit_map_name is not None:
            digit_map_name_octets = b"\x80%b" % self.octets(self.parts_of_digit_map_name(digit_map_name, node, ""), 2, 2, node, "")
        return b"%b%b" % (length(len(digit_map_name_octets)), digit_map_name_octets)

    def ind_aud_statistics_descriptor(self, node: StatisticsAudit) -> bytes:
        """Type ``IndAudStatisticsDescriptor``."""
        stat_name = node.name
        stat_name_octets = b"\x80%b" % self.octets(self.parts_of_statistic_name(stat_name, node, "name"), 4, 4, node, "name")
        return b"%b%b" % (length(len(stat_name_octets)), stat_name_octets)

    def ind_aud_packages_descriptor(self, node: PackagesAudit) -> bytes:
        """Type ``IndAudPackagesDescriptor``."""
        package_name, package_version, = self.parts_of_package_audit(node)
        package_name_octets = b"\x80%b" % self.octets(package_name, 2, 2, node, "")
        package_version_octets = b"\x81%b" % self.integer(package_version, 0, 99, node, "")
        return b"%b%b%b" % (length(len(package_name_octets) + len(package_version_octets)), package_name_octets, package_version_octets)

    def list_of_event_parameter(self, nodes: tuple[Any, ...]) -> bytes:
        """A list of ``EventParameter``."""
        if len(nodes) == 1:
            contents = b"\x30%b" % self.event_parameter(nodes[0])
        else:
            contents = b"".join([b"\x30%b" % self.event_parameter(one) for one in nodes])
        return b"%b%b" % (length(len(contents)), contents)

    def local_control_descriptor(self, node: LocalControlDescriptor) -> bytes:
        """Type ``LocalControlDescriptor``."""
        stream_mode, reserve_value, reserve_group, property_parms, = astuple(node)
        stream_mode_octets = b""
        if stream_mode is not None:
            stream_mode_octets = b"\x80%b" % self.enumerated(stream_mode, _STREAM_MODE, node, "mode")
        reserve_value_octets = b""
        if reserve_value is not None:
            reserve_value_octets = b"\x81%b" % self.boolean(reserve_value, node, "reserve_value")
        reserve_group_octets = b""
        if reserve_group is not None:
            reserve_group_octets = b"\x82%b" % self.boolean(reserve_group, node, "reserve_group")
        property_parms_octets = b"\xa3%b" % self.list_of_property_parm(property_parms)
        return b"%b%b%b%b%b" % (length(len(stream_mode_octets) + len(reserve_value_octets) + len(reserve_group_octets) + len(property_parms_octets)), stream_mode_octets, reserve_value_octets, reserve_group_octets, property_parms_octets)

    def local_remote_descriptor(self, node: Any) -> bytes:
        """Type ``LocalRemoteDescriptor``."""
        prop_grps, = self.parts_of_local_remote(node)
        prop_grps_octets = b"\xa0%b" % self.list_of_property_group(prop_grps)
        return b"%b%b" % (length(len(prop_grps_octets)), prop_grps_octets)

    def stream_descriptor(self, node: StreamDescriptor) -> bytes:
        """Type ``StreamDescriptor``."""
        stream_id, local_control_descriptor, local_descriptor, remote_descriptor, statistics_descriptor, = astuple(node)
        stream_id_octets = b"\x80%b" % self.integer(stream_id, 0, 65535, node, "stream_id")
        local_control_descriptor_octets = b""
        if local_control_descriptor is not None:
            local_control_descriptor_octets = b"\xa0%b" % self.local_control_descriptor(local_control_descriptor)
        local_descriptor_octets = b""
        if local_descriptor is not None:
            local_descriptor_octets = b"\xa1%b" % self.local_remote_descriptor(local_descriptor)
        remote_descriptor_octets = b""
        if remote_descriptor is not None:
            remote_descriptor_octets = b"\xa2%b" % self.local_remote_descriptor(remote_descriptor)
        statistics_descriptor_octets = b""
        if statistics_descriptor is not None:
            statistics_descriptor_octets = b"\xa3%b" % self.statistics_descriptor(statistics_descriptor)
        stream_parms_octets_length = len(local_control_descriptor_octets) + len(local_descriptor_octets) + len(remote_descriptor_octets) + len(statistics_descriptor_octets)
        stream_parms_octets = b"\xa1%b%b%b%b%b" % (length(stream_parms_octets_length), local_control_descriptor_octets, local_descriptor_octets, remote_descriptor_octets, statistics_descriptor_octets)
        return b"%b%b%b" % (length(len(stream_id_octets) + len(stream_parms_octets)), stream_id_octets, stream_parms_octets)

    def requested_event(self, node: Any) -> bytes:
        """Type ``RequestedEvent``."""
        pkgd_name, stream_id, keep_active, digit_map_name, digit_map_value, second_event, signals_descriptor, notify_behaviour, reset_events_descriptor, ev_par_list, = self.parts_of_requested_event(node)
        pkgd_name_octets = b"\x80%b" % self.octets(self.parts_of_event_name(pkgd_name, node, ""), 4, 4, node, "")
        scope = self.scope
        stream_id_octets = b""
        if stream_id is not None:
            stream_id_octets = b"\x81%b" % self.integer(stream_id, 0, 65535, node, "")
        keep_active_octets = b""
        if keep_active is not None:
            keep_active_octets = b"\x80%b" % self.boolean(keep_active, node, "")
        event_dm_octets = b""
        if digit_map_name is not None:
            event_dm_octets = self.explicit(b"\xa1", b"\x80%b" % self.octets(self.parts_of_digit_map_name(digit_map_name, node, ""), 2, 2, node, ""))
            if digit_map_value is not None:
                raise self.unwritable(node, "", digit_map_value, "not beside the other")
        elif digit_map_value is not None:
            event_dm_octets = self.explicit(b"\xa1", b"\xa1%b" % self.digit_map_value(digit_map_value))
        second_event_octets = b""
        if second_event is not None:
            second_event_octets = b"\xa2%b" % self.second_events_descriptor(second_event)
        signals_descriptor_octets = b""
        if signals_descriptor is not None:
            signals_descriptor_octets = b"\xa3%b" % self.signals_descriptor(signals_descriptor)
        notify_behaviour_octets = b""
        if notify_behaviour is not None:
            notify_behaviour_octets = self.explicit(b"\xa4", self.notify_behaviour(notify_behaviour))
        reset_events_descriptor_octets = b""
        if reset_events_descriptor:
            reset_events_descriptor_octets = b"\x85%b" % b"\x00"
        event_action_octets_length = len(keep_active_octets) + len(event_dm_octets) + len(second_event_octets) + len(signals_descriptor_octets) + len(notify_behaviour_octets) + len(reset_events_descriptor_octets)
        event_action_octets = b""
        if event_action_octets_length:
            event_action_octets = b"\xa2%b%b%b%b%b%b%b" % (length(event_action_octets_length), keep_active_octets, event_dm_octets, second_event_octets, signals_descriptor_octets, notify_behaviour_octets, reset_events_descriptor_octets)
        self.scope = scope
        ev_par_list_octets = b"\xa3%b" % self.list_of_event_parameter(ev_par_list)
        return b"%b%b%b%b%b" % (length(len(pkgd_name_octets) + len(stream_id_octets) + len(event_action_octets) + len(ev_par_list_octets)), pkgd_name_octets, stream_id_octets, event_action_octets, ev_par_list_octets)

    def signal(self, node: Signal) -> bytes:
        """Type ``Signal``."""
        signal_name, stream_id, sig_type, duration, notify_completion, keep_active, direction, request_id, intersig_delay, sig_par_list, = astuple(node)
        signal_name_octets = b"\x80%b" % self.octets(self.parts_of_signal_name(signal_name, node, "name"), 4, 4, node, "name")
        stream_id_octets = b""
        if stream_id is not None:
            stream_id_octets = b"\x81%b" % self.integer(stream_id, 0, 65535, node, "stream_id")
        sig_type_octets = b""
        if sig_type is not None:
            sig_type_octets = b"\x82%b" % self.enumerated(sig_type, _SIGNAL_TYPE, node, "signal_type")
        duration_octets = b""
        if duration is not None:
            duration_octets = b"\x83%b" % self.integer(duration, 0, 65535, node, "duration")
        notify_completion_octets = b""
        if notify_completion:
            notify_completion_octets = b"\x84%b" % self.bits(notify_completion, _NOTIFY_COMPLETION, node, "notify_completion")
        keep_active_octets = b""
        if keep_active:
            keep_active_octets = b"\x85%b" % self.boolean(keep_active, node, "keep_active")
        sig_par_list_octets = b"\xa6%b" % self.list_of_sig_parameter(sig_par_list)
        direction_octets = b""
        if direction is not None:
            direction_octets = b"\x87%b" % self.enumerated(direction, _SIGNAL_DIRECTION, node, "direction")
        request_id_octets = b""
        if request_id is not None:
            request_id_octets = b"\x88%b" % self.integer(request_id, 0, 4294967295, node, "request_id")
        intersig_delay_octets = b""
        if intersig_delay is not None:
            intersig_delay_octets = b"\x89%b" % self.integer(intersig_delay, 0, 65535, node, "intersignal_delay")
        return b"%b%b%b%b%b%b%b%b%b%b%b" % (length(len(signal_name_octets) + len(stream_id_octets) + len(sig_type_octets) + len(duration_octets) + len(notify_completion_octets) + len(keep_active_octets) + len(sig_par_list_octets) + len(direction_octets) + len(request_id_octets) + len(intersig_delay_octets)), signal_name_octets, stream_id_octets, sig_type_octets, duration_octets, notify_completion_octets, keep_active_octets, sig_par_list_octets, direction_octets, request_id_octets, intersig_delay_octets)

    def seq_sig_list(self, node: SignalList) -> bytes:
        """Type ``SeqSigList``."""
        id_ = node.list_id
        signal_list = node.signals
        id__octets = b"\x80%b" % self.integer(id_, 0, 65535, node, "list_id")
        signal_list_octets = b"\xa1%b" % self.list_of_signal(signal_list)
        return b"%b%b%b" % (length(len(id__octets) + len(signal_list_octets)), id__octets, signal_list_octets)

    def ind_aud_termination_state_descriptor(self, node: Any) -> bytes:
        """Type ``IndAudTerminationStateDescriptor``."""
        property_parms, event_buffer_control, service_state, service_state_sel, = self.parts_of_termination_state_audit(node)
        property_parms_octets = b"\xa0%b" % self.list_of_ind_aud_property_parm(property_parms)
        event_buffer_control_octets = b""
        if event_buffer_control:
            event_buffer_control_octets = b"\x81%b" % b"\x00"
        service_state_octets = b""
        if service_state:
            service_state_octets = b"\x82%b" % b"\x00"
        service_state_sel_octets = b""
        if service_state_sel is not None:
            service_state_sel_octets = b"\x83%b" % self.enumerated(service_state_sel, _SERVICE_STATE, node, "")
        return b"%b%b%b%b%b" % (length(len(property_parms_octets) + len(event_buffer_control_octets) + len(service_state_octets) + len(service_state_sel_octets)), property_parms_octets, event_buffer_control_octets, service_state_octets, service_state_sel_octets)

    def ind_aud_stream_parms(self, node: StreamAudit) -> bytes:
        """Type ``IndAudStreamParms``."""
        _, local_control_descriptor, local_descriptor, remote_descriptor, statistics_descriptor, = astuple(node)
        local_control_descriptor_octets = b""
        if local_control_descriptor is not None:
            local_control_descriptor_octets = b"\xa0%b" % self.ind_aud_local_control_descriptor(local_control_descriptor)
        local_descriptor_octets = b""
        if local_descriptor is not None:
            local_descriptor_octets = b"\xa1%b" % self.ind_aud_local_remote_descriptor(local_descriptor)
        remote_descriptor_octets = b""
        if remote_descriptor is not None:
            remote_descriptor_octets = b"\xa2%b" % self.ind_aud_local_remote_descriptor(remote_descriptor)
        statistics_descriptor_octets = b""
        if statistics_descriptor is not None:
            statistics_descriptor_octets = b"\xa3%b" % self.ind_aud_statistics_descriptor(statistics_descriptor)
        return b"%b%b%b%b%b" % (length(len(local_control_descriptor_octets) + len(local_descriptor_octets) + len(remote_descriptor_octets) + len(statistics_descriptor_octets)), local_control_descriptor_octets, local_descriptor_octets, remote_descriptor_octets, statistics_descriptor_octets)

    def list_of_ind_aud_stream_descriptor(self, nodes: tuple[Any, ...]) -> bytes:
        """A list of ``IndAudStreamDescriptor``."""
        if len(nodes) == 1:
            contents = b"\x30%b" % self.ind_aud_stream_descriptor(nodes[0])
        else:
            contents = b"".join([b"\x30%b" % self.ind_aud_stream_descriptor(one) for one in nodes])
        return b"%b%b" % (length(len(contents)), contents)

    def ind_aud_signal(self, node: SignalAudit) -> bytes:
        """Type ``IndAudSignal``."""
        signal_name, stream_id, signal_request_id, = astuple(node)
        signal_name_octets = b"\x80%b" % self.octets(self.parts_of_signal_name(signal_name, node, "name"), 4, 4, node, "name")
        stream_id_octets = b""
        if stream_id is not None:
            stream_id_octets = b"\x81%b" % self.integer(stream_id, 0, 65535, node, "stream_id")
        signal_request_id_octets = b""
        if signal_request_id is not None:
            signal_request_id_octets = b"\x82%b" % self.integer(signal_request_id, 0, 4294967295, node, "request_id")
        return b"%b%b%b%b" % (length(len(signal_name_octets) + len(stream_id_octets) + len(signal_request_id_octets)), signal_name_octets, stream_id_octets, signal_request_id_octets)

    def ind_aud_seq_sig_list(self, node: SignalListAudit) -> bytes:
        """Type ``IndAudSeqSigList``."""
        id_ = node.list_id
        signal_list = node.signal
        id__octets = b"\x80%b" % self.integer(id_, 0, 65535, node, "list_id")
        signal_list_octets = b""
        if signal_list is not None:
            signal_list_octets = b"\xa1%b" % self.ind_aud_signal(signal_list)
        return b"%b%b%b" % (length(len(id__octets) + len(signal_list_octets)), id__octets, signal_list_octets)

    def event_parameter(self, node: Any) -> bytes:
        """Type ``EventParameter``."""
        event_parameter_name, value, relation, range_, sublist, = self.parts_of_event_parameter(node)
        event_parameter_name_octets = b"\x80%b" % self.octets(event_parameter_name, 2, 2, node, "")
        value_octets = b"\xa1%b" % self.value(value)
        extra_info_octets = b""
        if relation is not None:
            extra_info_octets = self.explicit(b"\xa2", b"\x80%b" % self.enumerated(relation, _RELATION, node, ""))
            if range_ is not None:
                raise self.unwritable(node, "", range_, "not beside the other")
            if sublist is not None:
                raise self.unwritable(node, "", sublist, "not beside the other")
        elif range_ is not None:
            extra_info_octets = self.explicit(b"\xa2", b"\x81%b" % self.boolean(range_, node, ""))
            if sublist is not None:
                raise self.unwritable(node, "", sublist, "not beside the other")
        elif sublist is not None:
            extra_info_octets = self.explicit(b"\xa2", b"\x82%b" % self.boolean(sublist, node, ""))
        return b"%b%b%b%b" % (length(len(event_parameter_name_octets) + len(value_octets) + len(extra_info_octets)), event_parameter_name_octets, value_octets, extra_info_octets)

    def list_of_property_group(self, nodes: tuple[Any, ...]) -> bytes:
        """A list of ``PropertyGroup``."""
        if len(nodes) == 1:
            contents = b"\x30%b" % self.property_group(nodes[0])
        else:
            contents = b"".join([b"\x30%b" % self.property_group(one) for one in nodes])
        return b"%b%b" % (length(len(contents)), contents)

    def second_events_descriptor(self, node: SecondEventsDescriptor) -> bytes:
        """Type ``SecondEventsDescriptor``."""
        self.deeper(node)
        request_id = node.request_id
        event_list = node.events
        request_id_octets = b""
        if request_id is not None:
            request_id_octets = b"\x80%b" % self.integer(request_id, 0, 4294967295, node, "request_id")
        event_list_octets = b"\xa1%b" % self.list_of_second_requested_event(event_list)
        self.depth -= 1
        return b"%b%b%b" % (length(len(request_id_octets) + len(event_list_octets)), request_id_octets, event_list_octets)

    def notify_behaviour(self, node: Any) -> bytes:
        """Type ``NotifyBehaviour``, with its tag."""
        kind = type(node)
        if kind is _NotifyImmediately:
            return b"\x80\x00"
        if kind is _NotifyRegulated:
            return b"\xa1%b" % self.regulated_embedded_descriptor(node)
        if kind is _NotifyNever:
            return b"\x82\x00"
        raise self.unwritable(node, "", node, f"{kind.__name__} cannot stand here")

    def list_of_sig_parameter(self, nodes: tuple[Any, ...]) -> bytes:
        """A list of ``SigParameter``."""
        if len(nodes) == 1:
            contents = b"\x30%b" % self.sig_parameter(nodes[0])
        else:
            contents = b"".join([b"\x30%b" % self.sig_parameter(one) for one in nodes])
        return b"%b%b" % (length(len(contents)), contents)

    def list_of_signal(self, nodes: tuple[Any, ...]) -> bytes:
        """A list of ``Signal``."""
        if len(nodes) == 1:
            contents = b"\x30%b" % self.signal(nodes[0])
        else:
            contents = b"".join([b"\x30%b" % self.signal(one) for one in nodes])
        return b"%b%b" % (length(len(contents)), contents)

    def ind_aud_local_control_descriptor(self, node: Any) -> bytes:
        """Type ``IndAudLocalControlDescriptor``."""
        stream_mode, reserve_value, reserve_group, property_parms, stream_mode_sel, = self.parts_of_local_control_audit(node)
        stream_mode_octets = b""
        if stream_mode:
            stream_mode_octets = b"\x80%b" % b"\x00"
        reserve_value_octets = b""
        if reserve_value:
            reserve_value_octets = b"\x81%b" % b"\x00"
        reserve_group_octets = b""
        if reserve_group:
            reserve_group_octets = b"\x82%b" % b"\x00"
        property_parms_octets = b""
        if property_parms:
            property_parms_octets = b"\xa3%b" % self.list_of_ind_aud_property_parm(property_parms)
        stream_mode_sel_octets = b""
        if stream_mode_sel is not None:
            stream_mode_sel_octets = b"\x84%b" % self.enumerated(stream_mode_sel, _STREAM_MODE, node, "")
        return b"%b%b%b%b%b%b" % (length(len(stream_mode_octets) + len(reserve_value_octets) + len(reserve_group_octets) + len(property_parms_octets) + len(stream_mode_sel_octets)), stream_mode_octets, reserve_value_octets, reserve_group_octets, property_parms_octets, stream_mode_sel_octets)

    def ind_aud_local_remote_descriptor(self, node: Any) -> bytes:
        """Type ``IndAudLocalRemoteDescriptor``."""
        prop_group_id, prop_grps, = self.parts_of_local_remote_audit(node)
        prop_group_id_octets = b""
        if prop_group_id is not None:
            prop_group_id_octets = b"\x80%b" % self.integer(prop_group_id, 0, 65535, node, "")
        prop_grps_octets = b"\xa1%b" % self.ind_aud_property_group(prop_grps)
        return b"%b%b%b" % (length(len(prop_group_id_octets) + len(prop_grps_octets)), prop_group_id_octets, prop_grps_octets)

    def ind_aud_stream_descriptor(self, node: StreamAudit) -> bytes:
        """Type ``IndAudStreamDescriptor``."""
        stream_id, local_control_descriptor, local_descriptor, remote_descriptor, statistics_descriptor, = astuple(node)
        stream_id_octets = b"\x80%b" % self.integer(stream_id, 0, 65535, node, "stream_id")
        local_control_descriptor_octets = b""
        if local_control_descriptor is not None:
            local_control_descriptor_octets = b"\xa0%b" % self.ind_aud_local_control_descriptor(local_control_descriptor)
        local_descriptor_octets = b""
        if local_descriptor is not None:
            local_descriptor_octets = b"\xa1%b" % self.ind_aud_local_remote_descriptor(local_descriptor)
        remote_descriptor_octets = b""
        if remote_descriptor is not None:
            remote_descriptor_octets = b"\xa2%b" % self.ind_aud_local_remote_descriptor(remote_descriptor)
        statistics_descriptor_octets = b""
        if statistics_descriptor is not None:
            statistics_descriptor_octets = b"\xa3%b" % self.ind_aud_statistics_descriptor(statistics_descriptor)
        stream_parms_octets_length = len(local_control_descriptor_octets) + len(local_descriptor_octets) + len(remote_descriptor_octets) + len(statistics_descriptor_octets)
        stream_parms_octets = b"\xa1%b%b%b%b%b" % (length(stream_parms_octets_length), local_control_descriptor_octets, local_descriptor_octets, remote_descriptor_octets, statistics_descriptor_octets)
        return b"%b%b%b" % (length(len(stream_id_octets) + len(stream_parms_octets)), stream_id_octets, stream_parms_octets)

    def property_group(self, nodes: tuple[Any, ...]) -> bytes:
        """Type ``PropertyGroup``."""
        if len(nodes) == 1:
            contents = b"\x30%b" % self.property_parm_as_group_parm(nodes[0])
        else:
            contents = b"".join([b"\x30%b" % self.property_parm_as_group_parm(one) for one in nodes])
        return b"%b%b" % (length(len(contents)), contents)

    def list_of_second_requested_event(self, nodes: tuple[Any, ...]) -> bytes:
        """A list of ``SecondRequestedEvent``."""
        if len(nodes) == 1:
            contents = b"\x30%b" % self.second_requested_event(nodes[0])
        else:
            contents = b"".join([b"\x30%b" % self.second_requested_event(one) for one in nodes])
        return b"%b%b" % (length(len(contents)), contents)

    def regulated_embedded_descriptor(self, node: NotifyRegulated) -> bytes:
        """Type ``RegulatedEmbeddedDescriptor``."""
        self.deeper(node)
        second_event, signals_descriptor, = self.parts_of_notify_regulated(node)
        second_event_octets = b""
        if second_event is not None:
            second_event_octets = b"\xa0%b" % self.second_events_descriptor(second_event)
        signals_descriptor_octets = b""
        if signals_descriptor is not None:
            signals_descriptor_octets = b"\xa1%b" % self.signals_descriptor(signals_descriptor)
        self.depth -= 1
        return b"%b%b%b" % (length(len(second_event_octets) + len(signals_descriptor_octets)), second_event_octets, signals_descriptor_octets)

    def sig_parameter(self, node: Any) -> bytes:
        """Type ``SigParameter``."""
        sig_parameter_name, value, relation, range_, sublist, = self.parts_of_sig_parameter(node)
        sig_parameter_name_octets = b"\x80%b" % self.octets(sig_parameter_name, 2, 2, node, "")
        value_octets = b"\xa1%b" % self.value(value)
        extra_info_octets = b""
        if relation is not None:
            extra_info_octets = self.explicit(b"\xa2", b"\x80%b" % self.enumerated(relation, _RELATION, node, ""))
            if range_ is not None:
                raise self.unwritable(node, "", range_, "not beside the other")
            if sublist is not None:
                raise self.unwritable(node, "", sublist, "not beside the other")
        elif range_ is not None:
            extra_info_octets = self.explicit(b"\xa2", b"\x81%b" % self.boolean(range_, node, ""))
            if sublist is not None:
                raise self.unwritable(node, "", sublist, "not beside the other")
        elif sublist is not None:
            extra_info_octets = self.explicit(b"\xa2", b"\x82%b" % self.boolean(sublist, node, ""))
        return b"%b%b%b%b" % (length(len(sig_parameter_name_octets) + len(value_octets) + len(extra_info_octets)), sig_parameter_name_octets, value_octets, extra_info_octets)

    def ind_aud_property_group(self, nodes: tuple[Any, ...]) -> bytes:
        """Type ``IndAudPropertyGroup``."""
        if len(nodes) == 1:
            contents = b"\x30%b" % self.ind_aud_property_parm(nodes[0])
        else:
            contents = b"".join([b"\x30%b" % self.ind_aud_property_parm(one) for one in nodes])
        return b"%b%b" % (length(len(contents)), contents)

    def property_parm_as_group_parm(self, node: Any) -> bytes:
        """Type ``PropertyParm``."""
        known = self.names.written_lines.get(node)
        if known is not None:
            return known
        name, value, relation, range_, sublist, = self.parts_of_group_parm(node)
        name_octets = b"\x80%b" % self.octets(name, 4, 4, node, "")
        value_octets = b"\xa1%b" % self.list_of_octet_string(value)
        extra_info_octets = b""
        if relation is not None:
            extra_info_octets = self.explicit(b"\xa2", b"\x80%b" % self.enumerated(relation, _RELATION, node, ""))
            if range_ is not None:
                raise self.unwritable(node, "", range_, "not beside the other")
            if sublist is not None:
                raise self.unwritable(node, "", sublist, "not beside the other")
        elif range_ is not None:
            extra_info_octets = self.explicit(b"\xa2", b"\x81%b" % self.boolean(range_, node, ""))
            if sublist is not None:
                raise self.unwritable(node, "", sublist, "not beside the other")
        elif sublist is not None:
            extra_info_octets = self.explicit(b"\xa2", b"\x82%b" % self.boolean(sublist, node, ""))
        octets = b"%b%b%b%b" % (length(len(name_octets) + len(value_octets) + len(extra_info_octets)), name_octets, value_octets, extra_info_octets)
        if len(octets) <= LONGEST_KEPT:
            remember(self.names.written_lines, node, octets)
        return octets

    def second_requested_event(self, node: Any) -> bytes:
        """Type ``SecondRequestedEvent``."""
        self.deeper(node)
        pkgd_name, stream_id, keep_active, digit_map_name, digit_map_value, signals_descriptor, notify_behaviour, reset_events_descriptor, ev_par_list, = self.parts_of_second_requested_event(node)
        pkgd_name_octets = b"\x80%b" % self.octets(self.parts_of_event_name(pkgd_name, node, ""), 4, 4, node, "")
        scope = self.scope
        stream_id_octets = b""
        if stream_id is not None:
            stream_id_octets = b"\x81%b" % self.integer(stream_id, 0, 65535, node, "")
        keep_active_octets = b""
        if keep_active is not None:
            keep_active_octets = b"\x80%b" % self.boolean(keep_active, node, "")
        event_dm_octets = b""
        if digit_map_name is not None:
            event_dm_octets = self.explicit(b"\xa1", b"\x80%b" % self.octets(self.parts_of_digit_map_name(digit_map_name, node, ""), 2, 2, node, ""))
            if digit_map_value is not None:
                raise self.unwritable(node, "", digit_map_value, "not beside the other")
        elif digit_map_value is not None:
            event_dm_octets = self.explicit(b"\xa1", b"\xa1%b" % self.digit_map_value(digit_map_value))
        signals_descriptor_octets = b""
        if signals_descriptor is not None:
            signals_descriptor_octets = b"\xa2%b" % self.signals_descriptor(signals_descriptor)
        notify_behaviour_octets = b""
        if notify_behaviour is not None:
            notify_behaviour_octets = self.explicit(b"\xa3", self.notify_behaviour(notify_behaviour))
        reset_events_descriptor_octets = b""
        if reset_events_descriptor:
            reset_events_descriptor_octets = b"\x84%b" % b"\x00"
        event_action_octets_length = len(keep_active_octets) + len(event_dm_octets) + len(signals_descriptor_octets) + len(notify_behaviour_octets) + len(reset_events_descriptor_octets)
        event_action_octets = b""
        if event_action_octets_length:
            event_action_octets = b"\xa2%b%b%b%b%b%b" % (length(event_action_octets_length), keep_active_octets, event_dm_octets, signals_descriptor_octets, notify_behaviour_octets, reset_events_descriptor_octets)
        self.scope = scope
        ev_par_list_octets = b"\xa3%b" % self.list_of_event_parameter(ev_par_list)
        self.depth -= 1
        return b"%b%b%b%b%b" % (length(len(pkgd_name_octets) + len(stream_id_octets) + len(event_action_octets) + len(ev_par_list_octets)), pkgd_name_octets, stream_id_octets, event_action_octets, ev_par_list_octets)
