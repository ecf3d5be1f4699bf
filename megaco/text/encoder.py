"""The encoder of the text encoding. Generated from grammars/megaco.lark by ``make grammar``; do not edit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, final

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
    ContextAudit,
    ContextAuditItem,
    ContextAuditReply,
    ContextProperties,
    DeviceName,
    DigitMapAudit,
    DigitMapDescriptor,
    DigitMapValue,
    DomainName,
    EmbeddedDescriptors,
    EmptyDescriptor,
    ErrorDescriptor,
    EventBufferAudit,
    EventBufferControl,
    EventBufferDescriptor,
    EventDigitMap,
    EventsAudit,
    EventsDescriptor,
    EventSpec,
    IpAddress,
    LocalControlAudit,
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
    Node,
    NotifyImmediately,
    NotifyNever,
    NotifyReason,
    NotifyRegulated,
    NotifyReply,
    NotifyRequest,
    ObservedEvent,
    ObservedEventsDescriptor,
    Octets,
    PackagesAudit,
    PackagesDescriptor,
    PropertyAudit,
    PropertyParm,
    RelatedValue,
    Relation,
    RemoteDescriptor,
    RequestedEvent,
    SecondEventsDescriptor,
    SecondRequestedEvent,
    SegmentReply,
    SelectLogic,
    ServiceChangeMethod,
    ServiceChangeParm,
    ServiceChangeReply,
    ServiceChangeRequest,
    ServiceChangeResParm,
    ServiceState,
    ServiceStateAudit,
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
    StatisticsParameter,
    StreamAudit,
    StreamDescriptor,
    StreamMode,
    StreamModeAudit,
    SubtractReply,
    SubtractRequest,
    TerminationStateAudit,
    TerminationStateDescriptor,
    TimeStamp,
    TopologyDirection,
    TopologyRequest,
    TransactionAck,
    TransactionPending,
    TransactionReply,
    TransactionRequest,
    TransactionResponseAck,
    Value,
    ValueChoice,
    ValueList,
    ValueRange,
)

from .writer import Speller, Writer, check_names

if TYPE_CHECKING:
    from mypy_extensions import i64

astuple: Final = msgspec.structs.astuple
_ActionReply: Final = ActionReply
_ActionRequest: Final = ActionRequest
_AddReply: Final = AddReply
_AddRequest: Final = AddRequest
_AuditCapabilityReply: Final = AuditCapabilityReply
_AuditCapabilityRequest: Final = AuditCapabilityRequest
_AuditDescriptor: Final = AuditDescriptor
_AuditItem: Final = AuditItem
_AuditValueReply: Final = AuditValueReply
_AuditValueRequest: Final = AuditValueRequest
_AuthenticationHeader: Final = AuthenticationHeader
_CommandRequest: Final = CommandRequest
_ContextAudit: Final = ContextAudit
_ContextAuditItem: Final = ContextAuditItem
_ContextAuditReply: Final = ContextAuditReply
_ContextProperties: Final = ContextProperties
_DeviceName: Final = DeviceName
_DigitMapAudit: Final = DigitMapAudit
_DigitMapDescriptor: Final = DigitMapDescriptor
_DigitMapValue: Final = DigitMapValue
_DomainName: Final = DomainName
_EmbeddedDescriptors: Final = EmbeddedDescriptors
_EmptyDescriptor: Final = EmptyDescriptor
_ErrorDescriptor: Final = ErrorDescriptor
_EventBufferAudit: Final = EventBufferAudit
_EventBufferControl: Final = EventBufferControl
_EventBufferDescriptor: Final = EventBufferDescriptor
_EventDigitMap: Final = EventDigitMap
_EventSpec: Final = EventSpec
_EventsAudit: Final = EventsAudit
_EventsDescriptor: Final = EventsDescriptor
_IpAddress: Final = IpAddress
_LocalControlAudit: Final = LocalControlAudit
_LocalControlDescriptor: Final = LocalControlDescriptor
_LocalDescriptor: Final = LocalDescriptor
_MediaAudit: Final = MediaAudit
_MediaDescriptor: Final = MediaDescriptor
_Message: Final = Message
_ModemDescriptor: Final = ModemDescriptor
_ModemType: Final = ModemType
_ModifyReply: Final = ModifyReply
_ModifyRequest: Final = ModifyRequest
_MoveReply: Final = MoveReply
_MoveRequest: Final = MoveRequest
_MtpAddress: Final = MtpAddress
_MuxDescriptor: Final = MuxDescriptor
_MuxType: Final = MuxType
_NotifyImmediately: Final = NotifyImmediately
_NotifyNever: Final = NotifyNever
_NotifyReason: Final = NotifyReason
_NotifyRegulated: Final = NotifyRegulated
_NotifyReply: Final = NotifyReply
_NotifyRequest: Final = NotifyRequest
_ObservedEvent: Final = ObservedEvent
_ObservedEventsDescriptor: Final = ObservedEventsDescriptor
_PackagesAudit: Final = PackagesAudit
_PackagesDescriptor: Final = PackagesDescriptor
_PropertyAudit: Final = PropertyAudit
_PropertyParm: Final = PropertyParm
_RelatedValue: Final = RelatedValue
_RemoteDescriptor: Final = RemoteDescriptor
_RequestedEvent: Final = RequestedEvent
_SecondEventsDescriptor: Final = SecondEventsDescriptor
_SecondRequestedEvent: Final = SecondRequestedEvent
_SegmentReply: Final = SegmentReply
_SelectLogic: Final = SelectLogic
_ServiceChangeMethod: Final = ServiceChangeMethod
_ServiceChangeParm: Final = ServiceChangeParm
_ServiceChangeReply: Final = ServiceChangeReply
_ServiceChangeRequest: Final = ServiceChangeRequest
_ServiceChangeResParm: Final = ServiceChangeResParm
_ServiceState: Final = ServiceState
_ServiceStateAudit: Final = ServiceStateAudit
_Signal: Final = Signal
_SignalAudit: Final = SignalAudit
_SignalDirection: Final = SignalDirection
_SignalList: Final = SignalList
_SignalListAudit: Final = SignalListAudit
_SignalType: Final = SignalType
_SignalsAudit: Final = SignalsAudit
_SignalsDescriptor: Final = SignalsDescriptor
_StatisticsAudit: Final = StatisticsAudit
_StatisticsDescriptor: Final = StatisticsDescriptor
_StatisticsParameter: Final = StatisticsParameter
_StreamAudit: Final = StreamAudit
_StreamDescriptor: Final = StreamDescriptor
_StreamMode: Final = StreamMode
_StreamModeAudit: Final = StreamModeAudit
_SubtractReply: Final = SubtractReply
_SubtractRequest: Final = SubtractRequest
_TerminationStateAudit: Final = TerminationStateAudit
_TerminationStateDescriptor: Final = TerminationStateDescriptor
_TimeStamp: Final = TimeStamp
_TopologyDirection: Final = TopologyDirection
_TopologyRequest: Final = TopologyRequest
_TransactionAck: Final = TransactionAck
_TransactionPending: Final = TransactionPending
_TransactionReply: Final = TransactionReply
_TransactionRequest: Final = TransactionRequest
_TransactionResponseAck: Final = TransactionResponseAck
_Value: Final = Value
_ValueChoice: Final = ValueChoice
_ValueList: Final = ValueList
_ValueRange: Final = ValueRange
_AuditItem_DIGIT_MAP: Final = AuditItem.DIGIT_MAP
_AuditItem_EVENTS: Final = AuditItem.EVENTS
_AuditItem_EVENT_BUFFER: Final = AuditItem.EVENT_BUFFER
_AuditItem_MEDIA: Final = AuditItem.MEDIA
_AuditItem_MODEM: Final = AuditItem.MODEM
_AuditItem_MUX: Final = AuditItem.MUX
_AuditItem_OBSERVED_EVENTS: Final = AuditItem.OBSERVED_EVENTS
_AuditItem_PACKAGES: Final = AuditItem.PACKAGES
_AuditItem_SIGNALS: Final = AuditItem.SIGNALS
_AuditItem_STATISTICS: Final = AuditItem.STATISTICS
_ContextAuditItem_EMERGENCY: Final = ContextAuditItem.EMERGENCY
_ContextAuditItem_IEPS_CALL: Final = ContextAuditItem.IEPS_CALL
_ContextAuditItem_PRIORITY: Final = ContextAuditItem.PRIORITY
_ContextAuditItem_TOPOLOGY: Final = ContextAuditItem.TOPOLOGY
_EventBufferControl_LOCK_STEP: Final = EventBufferControl.LOCK_STEP
_EventBufferControl_OFF: Final = EventBufferControl.OFF
_ModemType_SYNCH_ISDN: Final = ModemType.SYNCH_ISDN
_ModemType_V18: Final = ModemType.V18
_ModemType_V22: Final = ModemType.V22
_ModemType_V22BIS: Final = ModemType.V22BIS
_ModemType_V32: Final = ModemType.V32
_ModemType_V32BIS: Final = ModemType.V32BIS
_ModemType_V34: Final = ModemType.V34
_ModemType_V90: Final = ModemType.V90
_ModemType_V91: Final = ModemType.V91
_MuxType_H221: Final = MuxType.H221
_MuxType_H223: Final = MuxType.H223
_MuxType_H226: Final = MuxType.H226
_MuxType_NX64K: Final = MuxType.NX64K
_MuxType_V76: Final = MuxType.V76
_NotifyReason_INTERRUPTED_BY_EVENT: Final = NotifyReason.INTERRUPTED_BY_EVENT
_NotifyReason_INTERRUPTED_BY_SIGNALS_DESCRIPTOR: Final = NotifyReason.INTERRUPTED_BY_SIGNALS_DESCRIPTOR
_NotifyReason_ITERATION: Final = NotifyReason.ITERATION
_NotifyReason_OTHER: Final = NotifyReason.OTHER
_NotifyReason_TIME_OUT: Final = NotifyReason.TIME_OUT
_SelectLogic_AND: Final = SelectLogic.AND
_SelectLogic_OR: Final = SelectLogic.OR
_ServiceChangeMethod_DISCONNECTED: Final = ServiceChangeMethod.DISCONNECTED
_ServiceChangeMethod_FAILOVER: Final = ServiceChangeMethod.FAILOVER
_ServiceChangeMethod_FORCED: Final = ServiceChangeMethod.FORCED
_ServiceChangeMethod_GRACEFUL: Final = ServiceChangeMethod.GRACEFUL
_ServiceChangeMethod_HAND_OFF: Final = ServiceChangeMethod.HAND_OFF
_ServiceChangeMethod_RESTART: Final = ServiceChangeMethod.RESTART
_ServiceState_IN_SERVICE: Final = ServiceState.IN_SERVICE
_ServiceState_OUT_OF_SERVICE: Final = ServiceState.OUT_OF_SERVICE
_ServiceState_TEST: Final = ServiceState.TEST
_SignalDirection_BOTH: Final = SignalDirection.BOTH
_SignalDirection_EXTERNAL: Final = SignalDirection.EXTERNAL
_SignalDirection_INTERNAL: Final = SignalDirection.INTERNAL
_SignalType_BRIEF: Final = SignalType.BRIEF
_SignalType_ON_OFF: Final = SignalType.ON_OFF
_SignalType_TIME_OUT: Final = SignalType.TIME_OUT
_StreamMode_INACTIVE: Final = StreamMode.INACTIVE
_StreamMode_LOOP_BACK: Final = StreamMode.LOOP_BACK
_StreamMode_RECEIVE_ONLY: Final = StreamMode.RECEIVE_ONLY
_StreamMode_SEND_ONLY: Final = StreamMode.SEND_ONLY
_StreamMode_SEND_RECEIVE: Final = StreamMode.SEND_RECEIVE
_TopologyDirection_BOTHWAY: Final = TopologyDirection.BOTHWAY
_TopologyDirection_ISOLATE: Final = TopologyDirection.ISOLATE
_TopologyDirection_ONEWAY: Final = TopologyDirection.ONEWAY
_TopologyDirection_ONEWAY_BOTH: Final = TopologyDirection.ONEWAY_BOTH
_TopologyDirection_ONEWAY_EXTERNAL: Final = TopologyDirection.ONEWAY_EXTERNAL

_SECURITY_PARM_INDEX: Final = Speller(
    ('(?i:0x[0-9A-F]{8})', 'hex', '0x and 8 hex digits'),
)
_SEQUENCE_NUM: Final = Speller(
    ('(?i:0x[0-9A-F]{8})', 'hex', '0x and 8 hex digits'),
)
_AUTH_DATA: Final = Speller(
    ('(?i:0x[0-9A-F]{24,64})', 'hex', '0x and 24 to 64 hex digits'),
)
_IP_ADDRESS: Final = Speller(
    ('(?i:\\[(?:[0-9]{1,3}(?:\\.[0-9]{1,3}){3}|[0-9A-F]{0,4}(?::[0-9A-F]{0,4}){2,7}(?:[0-9]{1,3}(?:\\.[0-9]{1,3}){3})?)\\])', 'ip_address', 'an IP address in square brackets'),
)
_DOMAIN_NAME: Final = Speller(
    ('<[A-Za-z0-9][A-Za-z0-9.\\-]{0,63}>', 'domain_name', 'a domain name in angle brackets'),
)
_PATH_NAME_OR_DIGIT_FIRST_NAME: Final = Speller(
    ('\\*?[A-Za-z][A-Za-z0-9_\\/*$]*(?:@[A-Za-z0-9*][A-Za-z0-9.*\\-]*)?|[$*](?![A-Za-z0-9_\\/])', 'path_name', "a pathNAME (a letter, then letters, digits, '/', '_', '*', '$')"),
    ('(?:[0-9]|\\*?[A-Za-z][A-Za-z0-9_\\/*$]*[.\\-])[A-Za-z0-9_\\/*$.\\-]*(?:@[A-Za-z0-9*][A-Za-z0-9.*\\-]*)?', 'digit_first_name', ''),
)
_MTP_ADDRESS: Final = Speller(
    ('(?i:MTP\\{[ \t\r\n]*[0-9A-F]{4,8}[ \t\r\n]*\\})', 'mtp_address', 'MTP{hex digits}'),
)
_PKGD_NAME: Final = Speller(
    ('[A-Za-z][A-Za-z0-9_]{0,63}\\/(?:[A-Za-z][A-Za-z0-9_]{0,63}|\\*)|\\*\\/\\*', 'name', 'a package and item name (package/item)'),
)
_EXTENSION_PARAMETER: Final = Speller(
    ('(?i:X[-+][A-Za-z0-9]{1,6})', 'extension', 'X- or X+ and 1 to 6 letters or digits'),
)
_NAME_OR_DIGIT_FIRST_NAME: Final = Speller(
    ('[A-Za-z][A-Za-z0-9_]{0,63}', 'name', 'a NAME'),
    ('(?:[0-9]|\\*?[A-Za-z][A-Za-z0-9_\\/*$]*[.\\-])[A-Za-z0-9_\\/*$.\\-]*(?:@[A-Za-z0-9*][A-Za-z0-9.*\\-]*)?', 'digit_first_name', ''),
)
_DIGIT_MAP_OR_LOOSE_DIGIT_MAP: Final = Speller(
    ('(?:\\((?:[ \t\r\n]|;[\t -~]*[\r\n])*+(?i:(?:[0-9A-LSTXZ]++\\.?+|(?:[ \t\r\n]|;[\t -~]*[\r\n])*+\\[(?:[ \t\r\n]|;[\t -~]*[\r\n])*+(?:[0-9]-[0-9]|[0-9A-LSTZ])*+(?:[ \t\r\n]|;[\t -~]*[\r\n])*+\\](?:[ \t\r\n]|;[\t -~]*[\r\n])*+\\.?+)++)(?:(?:[ \t\r\n]|;[\t -~]*[\r\n])*+\\|(?:[ \t\r\n]|;[\t -~]*[\r\n])*+(?i:(?:[0-9A-LSTXZ]++\\.?+|(?:[ \t\r\n]|;[\t -~]*[\r\n])*+\\[(?:[ \t\r\n]|;[\t -~]*[\r\n])*+(?:[0-9]-[0-9]|[0-9A-LSTZ])*+(?:[ \t\r\n]|;[\t -~]*[\r\n])*+\\](?:[ \t\r\n]|;[\t -~]*[\r\n])*+\\.?+)++))*(?:[ \t\r\n]|;[\t -~]*[\r\n])*+\\)|(?i:(?:[0-9A-LSTXZ]++\\.?+|(?:[ \t\r\n]|;[\t -~]*[\r\n])*+\\[(?:[ \t\r\n]|;[\t -~]*[\r\n])*+(?:[0-9]-[0-9]|[0-9A-LSTZ])*+(?:[ \t\r\n]|;[\t -~]*[\r\n])*+\\](?:[ \t\r\n]|;[\t -~]*[\r\n])*+\\.?+)++))(?=(?:[ \t\r\n]|;[\t -~]*[\r\n])*+(?:\\}|\\Z))', 'digit_map', 'a digit map'),
    ('(?:\\((?:[ \t\r\n]|;[\t -~]*[\r\n])*+(?i:(?:[0-9A-LSTXZ#*]++\\.?+|(?:[ \t\r\n]|;[\t -~]*[\r\n])*+\\[(?:[ \t\r\n]|;[\t -~]*[\r\n])*+(?:[0-9]-[0-9]|[0-9A-LSTZ#*])*+(?:[ \t\r\n]|;[\t -~]*[\r\n])*+\\](?:[ \t\r\n]|;[\t -~]*[\r\n])*+\\.?+)++)(?:(?:[ \t\r\n]|;[\t -~]*[\r\n])*+\\|(?:[ \t\r\n]|;[\t -~]*[\r\n])*+(?i:(?:[0-9A-LSTXZ#*]++\\.?+|(?:[ \t\r\n]|;[\t -~]*[\r\n])*+\\[(?:[ \t\r\n]|;[\t -~]*[\r\n])*+(?:[0-9]-[0-9]|[0-9A-LSTZ#*])*+(?:[ \t\r\n]|;[\t -~]*[\r\n])*+\\](?:[ \t\r\n]|;[\t -~]*[\r\n])*+\\.?+)++))*(?:[ \t\r\n]|;[\t -~]*[\r\n])*+\\)|(?i:(?:[0-9A-LSTXZ#*]++\\.?+|(?:[ \t\r\n]|;[\t -~]*[\r\n])*+\\[(?:[ \t\r\n]|;[\t -~]*[\r\n])*+(?:[0-9]-[0-9]|[0-9A-LSTZ#*])*+(?:[ \t\r\n]|;[\t -~]*[\r\n])*+\\](?:[ \t\r\n]|;[\t -~]*[\r\n])*+\\.?+)++))(?=(?:[ \t\r\n]|;[\t -~]*[\r\n])*+(?:\\}|\\Z))', 'digit_map', ''),
    ('\\((?:[ \t\r\n]|;[\t -~]*[\r\n])*+\\((?:[ \t\r\n]|;[\t -~]*[\r\n])*+(?i:(?:[0-9A-LSTXZ]++\\.?+|(?:[ \t\r\n]|;[\t -~]*[\r\n])*+\\[(?:[ \t\r\n]|;[\t -~]*[\r\n])*+(?:[0-9]-[0-9]|[0-9A-LSTZ])*+(?:[ \t\r\n]|;[\t -~]*[\r\n])*+\\](?:[ \t\r\n]|;[\t -~]*[\r\n])*+\\.?+)++)(?:(?:[ \t\r\n]|;[\t -~]*[\r\n])*+\\|(?:[ \t\r\n]|;[\t -~]*[\r\n])*+(?i:(?:[0-9A-LSTXZ]++\\.?+|(?:[ \t\r\n]|;[\t -~]*[\r\n])*+\\[(?:[ \t\r\n]|;[\t -~]*[\r\n])*+(?:[0-9]-[0-9]|[0-9A-LSTZ])*+(?:[ \t\r\n]|;[\t -~]*[\r\n])*+\\](?:[ \t\r\n]|;[\t -~]*[\r\n])*+\\.?+)++))*(?:[ \t\r\n]|;[\t -~]*[\r\n])*+\\)(?:[ \t\r\n]|;[\t -~]*[\r\n])*+\\)(?=(?:[ \t\r\n]|;[\t -~]*[\r\n])*+(?:\\}|\\Z))', 'digit_map', ''),
)
_NAME: Final = Speller(
    ('[A-Za-z][A-Za-z0-9_]{0,63}', 'name', 'a NAME'),
)
_PACKAGE_ITEM: Final = Speller(
    ('[A-Za-z][A-Za-z0-9_]{0,63}-[0-9]{1,5}', 'name', 'a package name and version (name-version)'),
)
_PROFILE_NAME: Final = Speller(
    ('[A-Za-z][A-Za-z0-9_]{0,63}\\/[0-9]{1,2}', 'name', 'a profile name and version (name/version)'),
)
_KEYWORDS_OF_COMMAND_REPLY: Final = frozenset(('c', 'context'))
_KEYWORDS_OF_CONTEXT_AUDIT_REPLY: Final = frozenset(('er', 'error'))
_KEYWORDS_OF_REQUESTED_EVENT: Final = frozenset(('digitmap', 'dm', 'em', 'embed', 'immediatenotify', 'ka', 'keepactive', 'nbin', 'nbnn', 'nbrn', 'nevernotify', 'regulatednotify', 'reseteventsdescriptor', 'rse', 'st', 'stream'))
_KEYWORDS_OF_EVENT_SPEC: Final = frozenset(('st', 'stream'))
_KEYWORDS_OF_SIGNAL_REQUEST: Final = frozenset(('dr', 'duration', 'intersignal', 'ka', 'keepactive', 'nc', 'notifycompletion', 'signaltype', 'spadi', 'spadirection', 'spais', 'sparequestid', 'sparq', 'st', 'stream', 'sy'))


@final
class Words:
    """Every keyword in the spelling of a layout (0 for the long one, -1 for the short one) and a version."""

    def __init__(self, spelling: int, version: int) -> None:
        self.MEGACOP_TOKEN = ('MEGACO', '!')[spelling]
        self.AUTH_TOKEN = ('Authentication', 'AU')[spelling]
        self.TRANS_TOKEN = ('Transaction', 'T')[spelling]
        self.REPLY_TOKEN = ('Reply', 'P')[spelling]
        self.SEGMENTATION_COMPLETE_TOKEN = ('END', '&')[spelling]
        self.IMM_ACK_REQUIRED_TOKEN = ('ImmAckRequired', 'IA')[spelling]
        self.PENDING_TOKEN = ('Pending', 'PN')[spelling]
        self.RESPONSE_ACK_TOKEN = ('TransactionResponseAck', 'K')[spelling]
        self.MESSAGE_SEGMENT_TOKEN = ('Segment', 'SM')[spelling]
        self.CTX_TOKEN = ('Context', 'C')[spelling]
        self.TOPOLOGY_TOKEN = ('Topology', 'TP')[spelling]
        self.EMERGENCY_TOKEN = ('Emergency', 'EG')[spelling]
        self.EMERGENCY_OFF_TOKEN = ('EmergencyOff', 'EGO')[spelling]
        self.CONTEXT_ATTR_TOKEN = ('ContextAttr', 'CT')[spelling]
        self.CONTEXT_LIST_TOKEN = ('ContextList', 'CLT')[spelling]
        self.PRIORITY_TOKEN = ('Priority', 'PR')[spelling]
        self.IEPS_TOKEN = ('IEPSCall', 'IEPS')[spelling]
        self.BOTHWAY_TOKEN = ('Bothway', 'BW')[spelling]
        self.ISOLATE_TOKEN = ('Isolate', 'IS')[spelling]
        self.ONEWAY_TOKEN = ('Oneway', 'OW')[spelling]
        self.ONEWAY_EXTERNAL_TOKEN = ('OnewayExternal', 'OWE')[spelling]
        self.ONEWAY_BOTH_TOKEN = ('OnewayBoth', 'OWB')[spelling]
        self.CONTEXT_AUDIT_TOKEN = ('ContextAudit', 'CA')[spelling]
        self.EMERGENCY_VALUE_TOKEN = ('EmergencyValue', 'EGV')[spelling]
        self.AND_LGC_TOKEN = ('ANDLgc', 'ANDLgc')[spelling]
        self.OR_LGC_TOKEN = ('ORLgc', 'ORLgc')[spelling]
        self.OPTIONAL_TOKEN = ('O-', 'O-')[spelling]
        self.WILDCARD_TOKEN = ('W-', 'W-')[spelling]
        self.ADD_TOKEN = ('Add', 'A')[spelling]
        self.MOVE_TOKEN = ('Move', 'MV')[spelling]
        self.MODIFY_TOKEN = ('Modify', 'MF')[spelling]
        self.SUBTRACT_TOKEN = ('Subtract', 'S')[spelling]
        self.AUDIT_VALUE_TOKEN = ('AuditValue', 'AV')[spelling]
        self.AUDIT_CAP_TOKEN = ('AuditCapability', 'AC')[spelling]
        self.NOTIFY_TOKEN = ('Notify', 'N')[spelling]
        self.SERVICE_CHANGE_TOKEN = ('ServiceChange', 'SC')[spelling]
        self.MUX_TOKEN = ('Mux', 'MX')[spelling]
        self.MODEM_TOKEN = ('Modem', 'MD')[spelling]
        self.MEDIA_TOKEN = ('Media', 'M')[spelling]
        self.DIGIT_MAP_TOKEN = ('DigitMap', 'DM')[spelling]
        self.STATS_TOKEN = ('Statistics', 'SA')[spelling]
        self.OBSERVED_EVENTS_TOKEN = ('ObservedEvents', 'OE')[spelling]
        self.PACKAGES_TOKEN = ('Packages', 'PG')[spelling]
        self.V18_TOKEN = ('V18', 'V18')[spelling]
        self.V22_TOKEN = ('V22', 'V22')[spelling]
        self.V22BIS_TOKEN = ('V22b', 'V22b')[spelling]
        self.V32_TOKEN = ('V32', 'V32')[spelling]
        self.V32BIS_TOKEN = ('V32b', 'V32b')[spelling]
        self.V34_TOKEN = ('V34', 'V34')[spelling]
        self.V90_TOKEN = ('V90', 'V90')[spelling]
        self.V91_TOKEN = ('V91', 'V91')[spelling]
        self.SYNCH_ISDN_TOKEN = ('SynchISDN', 'SN')[spelling]
        self.H221_TOKEN = ('H221', 'H221')[spelling]
        self.H223_TOKEN = ('H223', 'H223')[spelling]
        self.H226_TOKEN = ('H226', 'H226')[spelling]
        self.V76_TOKEN = ('V76', 'V76')[spelling]
        self.NX64K_TOKEN = ('Nx64Kservice', 'N64')[spelling]
        self.STREAM_TOKEN = ('Stream', 'ST')[spelling]
        self.LOCAL_CONTROL_TOKEN = ('LocalControl', 'O')[spelling]
        self.MODE_TOKEN = ('Mode', 'MO')[spelling]
        self.SENDONLY_TOKEN = ('SendOnly', 'SO')[spelling]
        self.RECVONLY_TOKEN = ('ReceiveOnly', 'RC')[spelling]
        self.SENDRECV_TOKEN = ('SendReceive', 'SR')[spelling]
        self.INACTIVE_TOKEN = ('Inactive', 'IN')[spelling]
        self.LOOPBACK_TOKEN = ('Loopback', 'LB')[spelling]
        self.RESERVED_VALUE_TOKEN = ('ReservedValue', 'RV')[spelling]
        self.RESERVED_GROUP_TOKEN = ('ReservedGroup', 'RG')[spelling]
        self.ON_TOKEN = ('ON', 'ON')[spelling]
        self.OFF_TOKEN = ('OFF', 'OFF')[spelling]
        self.LOCAL_TOKEN = ('Local', 'L')[spelling]
        self.REMOTE_TOKEN = ('Remote', 'R')[spelling]
        self.TERMINATION_STATE_TOKEN = ('TerminationState', 'TS')[spelling]
        self.SERVICE_STATES_TOKEN = ('ServiceStates', 'SI')[spelling]
        self.TEST_TOKEN = ('Test', 'TE')[spelling]
        self.OUT_OF_SVC_TOKEN = ('OutOfService', 'OS')[spelling]
        self.IN_SVC_TOKEN = ('InService', 'IV')[spelling]
        self.BUFFER_TOKEN = ('Buffer', 'BF')[spelling]
        self.LOCK_STEP_TOKEN = ('LockStep', 'SP')[spelling]
        self.EVENTS_TOKEN = ('Events', 'E')[spelling]
        self.KEEP_ACTIVE_TOKEN = ('KeepActive', 'KA')[spelling]
        self.RESET_EVENTS_DESCRIPTOR_TOKEN = ('ResetEventsDescriptor', 'RSE')[spelling]
        self.EMBED_TOKEN = ('Embed', 'EM')[spelling]
        self.NOTIFY_REGULATED_TOKEN = ('RegulatedNotify', 'NBRN')[spelling]
        self.NOTIFY_IMMEDIATE_TOKEN = ('ImmediateNotify', 'NBIN')[spelling]
        self.NEVER_NOTIFY_TOKEN = ('NeverNotify', 'NBNN')[spelling]
        self.EVENT_BUFFER_TOKEN = ('EventBuffer', 'EB')[spelling]
        self.SIGNALS_TOKEN = ('Signals', 'SG')[spelling]
        self.SIGNAL_LIST_TOKEN = ('SignalList', 'SL')[spelling]
        self.NOTIFY_COMPLETION_TOKEN = ('NotifyCompletion', 'NC')[spelling]
        self.DIRECTION_TOKEN = ('SPADirection', 'SPADI')[spelling]
        self.EXTERNAL_TOKEN = ('External', 'EX')[spelling]
        self.INTERNAL_TOKEN = ('Internal', 'IT')[spelling]
        self.BOTH_TOKEN = ('Both', 'B')[spelling]
        self.REQUEST_ID_TOKEN = ('SPARequestID', 'SPARQ')[spelling]
        self.INTERSIGNAL_TOKEN = ('Intersignal', 'SPAIS')[spelling]
        self.SIGNAL_TYPE_TOKEN = ('SignalType', 'SY')[spelling]
        self.ON_OFF_TOKEN = ('OnOff', 'OO')[spelling]
        self.TIME_OUT_TOKEN = ('TimeOut', 'TO')[spelling]
        self.BRIEF_TOKEN = ('Brief', 'BR')[spelling]
        self.DURATION_TOKEN = ('Duration', 'DR')[spelling]
        self.INTERRUPT_BY_EVENT_TOKEN = ('IntByEvent', 'IBE')[spelling]
        self.INTERRUPT_BY_NEW_SIGNALS_DESCR_TOKEN = ('IntBySigDescr', 'IBS')[spelling]
        self.OTHER_REASON_TOKEN = ('OtherReason', 'OR')[spelling]
        self.ITERATION_TOKEN = ('Iteration', 'IR')[spelling]
        self.AUDIT_TOKEN = ('Audit', 'AT')[spelling]
        self.ERROR_TOKEN = ('Error', 'ER')[spelling]
        self.SERVICES_TOKEN = ('Services', 'SV')[spelling]
        self.SERVICE_CHANGE_ADDRESS_TOKEN = ('ServiceChangeAddress', 'AD')[spelling]
        self.SERVICE_CHANGE_INCOMPLETE_TOKEN = ('ServiceChangeInc', 'SIC')[spelling]
        self.METHOD_TOKEN = ('Method', 'MT')[spelling]
        self.FAILOVER_TOKEN = ('Failover', 'FL')[spelling]
        self.FORCED_TOKEN = ('Forced', 'FO')[spelling]
        self.GRACEFUL_TOKEN = ('Graceful', 'GR')[spelling]
        self.RESTART_TOKEN = ('Restart', 'RS')[spelling]
        self.DISCONNECTED_TOKEN = ('Disconnected', 'DC')[spelling]
        self.HANDOFF_TOKEN = ('HandOff', 'HO')[spelling]
        self.REASON_TOKEN = ('Reason', 'RE')[spelling]
        self.DELAY_TOKEN = ('Delay', 'DL')[spelling]
        self.MGC_ID_TOKEN = ('MgcIdToTry', 'MG')[spelling]
        self.PROFILE_TOKEN = ('Profile', 'PF')[spelling]
        self.VERSION_TOKEN = ('Version', 'V')[spelling]
        if (spelling, version) == (0, 2):
            self.EMERGENCY_OFF_TOKEN = 'EmergencyOffToken'


class Encoder(Writer):
    """Annex B, a method a rule."""

    def __init__(self, is_pretty: bool, version: int) -> None:
        super().__init__(is_pretty)
        self.words = Words(0 if is_pretty else -1, version)

    def megaco_message(self, node: Message, depth: i64) -> str:
        """Annex B ``megacoMessage``."""
        version: int
        mid: IpAddress | DomainName | DeviceName | MtpAddress
        authentication: AuthenticationHeader | None
        error: ErrorDescriptor | None
        transactions: tuple[TransactionRequest | TransactionReply | TransactionPending | TransactionResponseAck | SegmentReply, ...]
        version, mid, transactions, error, authentication = astuple(node)
        out = ""
        if authentication is not None:
            out += f"{self.authentication_header(authentication, depth)}\n"
        out += f"{self.words.MEGACOP_TOKEN}/{self.number(version, 99, node, 'version')} {self.m_id(mid, node, 'mid', depth)}\n"
        if error is not None:
            out += self.error_descriptor(error, depth)
            if transactions:
                self.no_place(node, "transactions")
        elif transactions:
            written: list[str] = []
            for one in transactions:
                if type(one) is _TransactionRequest:
                    written.append(self.transaction_request(one, depth))
                elif type(one) is _TransactionReply:
                    written.append(self.transaction_reply(one, depth))
                elif type(one) is _TransactionPending:
                    written.append(self.transaction_pending(one, depth))
                elif type(one) is _TransactionResponseAck:
                    written.append(self.transaction_response_ack(one, depth))
                elif type(one) is _SegmentReply:
                    written.append(self.segment_reply(one, depth))
                else:
                    self.no_place_for(node, "transactions", one)
            out += self.lines(written)
        else:
            self.wants(node, "error_descriptor or transaction_request")
        return out

    def authentication_header(self, node: AuthenticationHeader, depth: i64) -> str:
        """Annex B ``authenticationHeader``."""
        security_parm_index: str
        sequence_number: str
        data: str
        security_parm_index, sequence_number, data = astuple(node)
        return f"{self.words.AUTH_TOKEN}{self.equal}{_SECURITY_PARM_INDEX.spell(security_parm_index, node, 'security_parm_index')}:{_SEQUENCE_NUM.spell(sequence_number, node, 'sequence_number')}:{_AUTH_DATA.spell(data, node, 'data')}"

    def m_id(self, value: IpAddress | DomainName | DeviceName | MtpAddress, node: Node, field: str, depth: i64) -> str:
        """Annex B ``mId``."""
        if type(value) is _IpAddress:
            out = self.ip_address(value, depth)
        elif type(value) is _DomainName:
            out = self.domain_name(value, depth)
        elif type(value) is _DeviceName:
            out = self.device_name(value, depth)
        elif type(value) is _MtpAddress:
            out = self.mtp_address(value, depth)
        else:
            self.no_place_for(node, field, value)
        return out

    def ip_address(self, node: IpAddress, depth: i64) -> str:
        """Annex B ``ipAddress``."""
        address: str = node.address
        port: int | None = node.port
        out = _IP_ADDRESS.spell(address, node, 'address')
        if port is not None:
            out += f":{self.number(port, 65535, node, 'port')}"
        return out

    def domain_name(self, node: DomainName, depth: i64) -> str:
        """Annex B ``domainName``."""
        name: str = node.name
        port: int | None = node.port
        out = _DOMAIN_NAME.spell(name, node, 'name')
        if port is not None:
            out += f":{self.number(port, 65535, node, 'port')}"
        return out

    def device_name(self, node: DeviceName, depth: i64) -> str:
        """Annex B ``deviceName``."""
        name: str = node.name
        return _PATH_NAME_OR_DIGIT_FIRST_NAME.spell(name, node, 'name')

    def mtp_address(self, node: MtpAddress, depth: i64) -> str:
        """Annex B ``mtpAddress``."""
        digits: str = node.digits
        return _MTP_ADDRESS.spell(digits, node, 'digits')

    def transaction_request(self, node: TransactionRequest, depth: i64) -> str:
        """Annex B ``transactionRequest``."""
        transaction_id: int = node.transaction_id
        actions: tuple[ActionRequest, ...] = node.actions
        if not actions:
            self.wants(node, "action_request")
        return f"{self.words.TRANS_TOKEN}{self.equal}{self.number(transaction_id, 4294967295, node, 'transaction_id')}{self.gap}{self.broken_block_of(self.action_request(actions[0], depth + 1), depth) if len(actions) == 1 else self.broken_block([self.action_request(one, depth + 1) for one in actions], depth)}"

    def transaction_reply(self, node: TransactionReply, depth: i64) -> str:
        """Annex B ``transactionReply``."""
        transaction_id: int
        segment_number: int | None
        is_last_segment: bool
        immediate_ack_required: bool
        error: ErrorDescriptor | None
        actions: tuple[ActionReply, ...]
        transaction_id, actions, error, immediate_ack_required, segment_number, is_last_segment = astuple(node)
        out = f"{self.words.REPLY_TOKEN}{self.equal}{self.number(transaction_id, 4294967295, node, 'transaction_id')}"
        if segment_number is not None:
            out += f"/{self.number(segment_number, 65535, node, 'segment_number')}"
            if is_last_segment is True:
                out += f"/{self.words.SEGMENTATION_COMPLETE_TOKEN}"
        written: list[str] = []
        if immediate_ack_required is True:
            written.append(self.words.IMM_ACK_REQUIRED_TOKEN)
        if error is not None:
            written.append(self.error_descriptor(error, depth + 1))
            if actions:
                self.no_place(node, "actions")
        elif actions:
            for each_of_actions in actions:
                written.append(self.action_reply(each_of_actions, depth + 1))
        else:
            self.wants(node, "error_descriptor or action_reply")
        if not written:
            self.wants(node, "ImmAckRequired")
        out += f"{self.gap}{self.broken_block(written, depth)}"
        return out

    def transaction_pending(self, node: TransactionPending, depth: i64) -> str:
        """Annex B ``transactionPending``."""
        transaction_id: int = node.transaction_id
        return f"{self.words.PENDING_TOKEN}{self.equal}{self.number(transaction_id, 4294967295, node, 'transaction_id')}{self.gap}{self.block([], depth)}"

    def transaction_response_ack(self, node: TransactionResponseAck, depth: i64) -> str:
        """Annex B ``transactionResponseAck``."""
        acks: tuple[TransactionAck, ...] = node.acks
        if not acks:
            self.wants(node, "transaction_ack")
        return f"{self.words.RESPONSE_ACK_TOKEN}{self.gap}{self.block_of(self.transaction_ack(acks[0], depth + 1), depth) if len(acks) == 1 else self.block([self.transaction_ack(one, depth + 1) for one in acks], depth)}"

    def transaction_ack(self, node: TransactionAck, depth: i64) -> str:
        """Annex B ``transactionAck``."""
        first: int = node.first
        last: int | None = node.last
        out = self.number(first, 4294967295, node, 'first')
        if last is not None:
            out += f"-{self.number(last, 4294967295, node, 'last')}"
        return out

    def segment_reply(self, node: SegmentReply, depth: i64) -> str:
        """Annex B ``segmentReply``."""
        transaction_id: int
        segment_number: int
        is_last_segment: bool
        transaction_id, segment_number, is_last_segment = astuple(node)
        out = f"{self.words.MESSAGE_SEGMENT_TOKEN}{self.equal}{self.number(transaction_id, 4294967295, node, 'transaction_id')}/{self.number(segment_number, 65535, node, 'segment_number')}"
        if is_last_segment is True:
            out += f"/{self.words.SEGMENTATION_COMPLETE_TOKEN}"
        return out

    def action_request(self, node: ActionRequest, depth: i64) -> str:
        """Annex B ``actionRequest``."""
        context_id: int
        audit: ContextAudit | None
        commands: tuple[CommandRequest, ...]
        properties: ContextProperties | None
        context_id, properties, audit, commands = astuple(node)
        inner_topology: tuple[TopologyRequest, ...] = ()
        inner_priority: int | None = None
        inner_emergency: bool | None = None
        inner_ieps_call: bool | None = None
        inner_context_list: tuple[int, ...] = ()
        inner_properties: tuple[PropertyParm, ...] = ()
        if properties is not None:
            inner_topology = properties.topology
            inner_priority = properties.priority
            inner_emergency = properties.emergency
            inner_ieps_call = properties.ieps_call
            inner_context_list = properties.context_list
            inner_properties = properties.properties
        out = f"{self.words.CTX_TOKEN}{self.equal}{self.context_id_text(context_id, node, 'context_id')}"
        written: list[str] = []
        if (inner_topology or inner_priority is not None or inner_emergency is True or inner_emergency is False or inner_ieps_call is not None or inner_context_list or inner_properties):
            if inner_topology:
                written.append(f"{self.words.TOPOLOGY_TOKEN}{self.gap}{self.block_of(self.topology_triple(inner_topology[0], depth + 2), depth + 1) if len(inner_topology) == 1 else self.block([self.topology_triple(one, depth + 2) for one in inner_topology], depth + 1)}")
            if inner_priority is not None:
                written.append(self.priority(inner_priority, node, 'priority', depth + 1))
            if inner_emergency is True:
                written.append(self.words.EMERGENCY_TOKEN)
            if inner_emergency is False:
                written.append(self.words.EMERGENCY_OFF_TOKEN)
            if inner_ieps_call is not None:
                written.append(self.ieps_value(inner_ieps_call, node, 'ieps_call', depth + 1))
            if inner_context_list:
                written_text = self.words.CONTEXT_ATTR_TOKEN
                written_in_item: list[str] = []
                written_in_item.append(f"{self.words.CONTEXT_LIST_TOKEN}{self.equal}{self.block_of(self.listed_context(inner_context_list[0], node, 'context_list', depth + 3), depth + 2) if len(inner_context_list) == 1 else self.block([self.listed_context(one, node, 'context_list', depth + 3) for one in inner_context_list], depth + 2)}")
                if not written_in_item:
                    self.wants(node, "ContextList")
                written_text += f"{self.gap}{self.block(written_in_item, depth + 1)}"
                written.append(written_text)
            if inner_properties:
                written.append(f"{self.words.CONTEXT_ATTR_TOKEN}{self.gap}{self.block_of(self.property_parm(inner_properties[0], depth + 2), depth + 1) if len(inner_properties) == 1 else self.block([self.property_parm(one, depth + 2) for one in inner_properties], depth + 1)}")
            if audit is not None:
                written.append(self.context_audit(audit, depth + 1))
            for each_of_commands in commands:
                written.append(self.command_request(each_of_commands, depth + 1))
        elif audit is not None:
            if audit is not None:
                written.append(self.context_audit(audit, depth + 1))
            for each_of_commands in commands:
                written.append(self.command_request(each_of_commands, depth + 1))
            if inner_emergency is not None:
                self.no_place(node, "emergency")
        elif commands:
            for each_of_commands in commands:
                written.append(self.command_request(each_of_commands, depth + 1))
            if inner_emergency is not None:
                self.no_place(node, "emergency")
        else:
            self.wants(node, "Topology or context_audit or command_request")
        if not written:
            self.wants(node, "Topology or context_audit or command_request")
        out += f"{self.gap}{self.broken_block(written, depth)}"
        return out

    def priority(self, value: int, node: Node, field: str, depth: i64) -> str:
        """Annex B ``priority``."""
        return f"{self.words.PRIORITY_TOKEN}{self.equal}{self.number(value, 65535, node, field)}"

    def ieps_value(self, value: bool, node: Node, field: str, depth: i64) -> str:
        """Annex B ``iepsValue``."""
        return f"{self.words.IEPS_TOKEN}{self.equal}{self.on_off(value, node, field, depth)}"

    def listed_context(self, value: int, node: Node, field: str, depth: i64) -> str:
        """Annex B ``listedContext``."""
        return self.context_id_text(value, node, field)

    def topology_triple(self, node: TopologyRequest, depth: i64) -> str:
        """Annex B ``topologyTriple``."""
        termination_from: str
        termination_to: str
        direction: TopologyDirection
        stream_id: int | None
        termination_from, termination_to, direction, stream_id = astuple(node)
        out = f"{self.termination_id(termination_from, node, 'termination_from', depth)}{self.comma}{self.termination_id(termination_to, node, 'termination_to', depth)}{self.comma}{self.topology_direction(direction, node, 'direction', depth)}"
        if stream_id is not None:
            out += f"{self.comma}{self.event_stream(stream_id, node, 'stream_id', depth)}"
        return out

    def topology_direction(self, value: TopologyDirection, node: Node, field: str, depth: i64) -> str:
        """Annex B ``topologyDirection``."""
        if value is _TopologyDirection_BOTHWAY:
            return self.words.BOTHWAY_TOKEN
        if value is _TopologyDirection_ISOLATE:
            return self.words.ISOLATE_TOKEN
        if value is _TopologyDirection_ONEWAY:
            return self.words.ONEWAY_TOKEN
        if value is _TopologyDirection_ONEWAY_EXTERNAL:
            return self.words.ONEWAY_EXTERNAL_TOKEN
        if value is _TopologyDirection_ONEWAY_BOTH:
            return self.words.ONEWAY_BOTH_TOKEN
        self.no_place_for(node, field, value)

    def oneway_direction(self, value: TopologyDirection, node: Node, field: str, depth: i64) -> str:
        """Annex B ``onewayDirection``."""
        if value is _TopologyDirection_ONEWAY_EXTERNAL:
            return self.words.ONEWAY_EXTERNAL_TOKEN
        if value is _TopologyDirection_ONEWAY_BOTH:
            return self.words.ONEWAY_BOTH_TOKEN
        self.no_place_for(node, field, value)

    def context_audit(self, node: ContextAudit, depth: i64) -> str:
        """Annex B ``contextAudit``."""
        items: tuple[ContextAuditItem, ...]
        properties: tuple[str, ...]
        attributes: tuple[PropertyAudit, ...]
        select_priority: int | None
        select_emergency: bool | None
        select_ieps_call: bool | None
        select_logic: SelectLogic | None
        items, properties, attributes, select_priority, select_emergency, select_ieps_call, select_logic = astuple(node)
        out = self.words.CONTEXT_AUDIT_TOKEN
        written: list[str] = []
        for each_of_items in items:
            written.append(self.context_audit_token(each_of_items, node, 'items', depth + 1))
        for each_of_properties in properties:
            written.append(self.context_audit_property(each_of_properties, node, 'properties', depth + 1))
        if select_priority is not None:
            written.append(self.priority(select_priority, node, 'select_priority', depth + 1))
        if select_emergency is not None:
            written.append(self.emergency_value(select_emergency, node, 'select_emergency', depth + 1))
        if select_ieps_call is not None:
            written.append(self.ieps_value(select_ieps_call, node, 'select_ieps_call', depth + 1))
        if attributes:
            written.append(f"{self.words.CONTEXT_ATTR_TOKEN}{self.gap}{self.block_of(self.ind_aud_property_parm(attributes[0], depth + 2), depth + 1) if len(attributes) == 1 else self.block([self.ind_aud_property_parm(one, depth + 2) for one in attributes], depth + 1)}")
        if select_logic is not None:
            written.append(self.select_logic(select_logic, node, 'select_logic', depth + 1))
        if not written:
            self.wants(node, "context_audit_token or context_audit_property or priority or emergency_value or ieps_value or ContextAttr or select_logic")
        out += f"{self.gap}{self.block(written, depth)}"
        return out

    def context_audit_token(self, value: ContextAuditItem, node: Node, field: str, depth: i64) -> str:
        """Annex B ``contextAuditToken``."""
        if value is _ContextAuditItem_TOPOLOGY:
            return self.words.TOPOLOGY_TOKEN
        if value is _ContextAuditItem_EMERGENCY:
            return self.words.EMERGENCY_TOKEN
        if value is _ContextAuditItem_PRIORITY:
            return self.words.PRIORITY_TOKEN
        if value is _ContextAuditItem_IEPS_CALL:
            return self.words.IEPS_TOKEN
        self.no_place_for(node, field, value)

    def context_audit_property(self, value: str, node: Node, field: str, depth: i64) -> str:
        """Annex B ``contextAuditProperty``."""
        return _PKGD_NAME.spell(value, node, field)

    def emergency_value(self, value: bool, node: Node, field: str, depth: i64) -> str:
        """Annex B ``emergencyValue``."""
        return f"{self.words.EMERGENCY_VALUE_TOKEN}{self.equal}{self.emergency_flag(value, node, field, depth)}"

    def emergency_flag(self, value: bool, node: Node, field: str, depth: i64) -> str:
        """Annex B ``emergencyFlag``."""
        if value is True:
            return self.words.EMERGENCY_TOKEN
        if value is False:
            return self.words.EMERGENCY_OFF_TOKEN
        self.no_place_for(node, field, value)

    def select_logic(self, value: SelectLogic, node: Node, field: str, depth: i64) -> str:
        """Annex B ``selectLogic``."""
        if value is _SelectLogic_AND:
            return self.words.AND_LGC_TOKEN
        if value is _SelectLogic_OR:
            return self.words.OR_LGC_TOKEN
        self.no_place_for(node, field, value)

    def action_reply(self, node: ActionReply, depth: i64) -> str:
        """Annex B ``actionReply``."""
        context_id: int
        replies: tuple[AddReply | MoveReply | ModifyReply | SubtractReply | AuditValueReply | AuditCapabilityReply | ContextAuditReply | NotifyReply | ServiceChangeReply, ...]
        error: ErrorDescriptor | None
        properties: ContextProperties | None
        context_id, properties, replies, error = astuple(node)
        inner_topology: tuple[TopologyRequest, ...] = ()
        inner_priority: int | None = None
        inner_emergency: bool | None = None
        inner_ieps_call: bool | None = None
        inner_context_list: tuple[int, ...] = ()
        inner_properties: tuple[PropertyParm, ...] = ()
        if properties is not None:
            inner_topology = properties.topology
            inner_priority = properties.priority
            inner_emergency = properties.emergency
            inner_ieps_call = properties.ieps_call
            inner_context_list = properties.context_list
            inner_properties = properties.properties
        out = f"{self.words.CTX_TOKEN}{self.equal}{self.context_id_text(context_id, node, 'context_id')}"
        if (error is not None or inner_topology or inner_priority is not None or inner_emergency is True or inner_emergency is False or inner_ieps_call is not None or inner_context_list or inner_properties or replies):
            written: list[str] = []
            if (inner_topology or inner_priority is not None or inner_emergency is True or inner_emergency is False or inner_ieps_call is not None or inner_context_list or inner_properties):
                if inner_topology:
                    written.append(f"{self.words.TOPOLOGY_TOKEN}{self.gap}{self.block_of(self.topology_triple(inner_topology[0], depth + 2), depth + 1) if len(inner_topology) == 1 else self.block([self.topology_triple(one, depth + 2) for one in inner_topology], depth + 1)}")
                if inner_priority is not None:
                    written.append(self.priority(inner_priority, node, 'priority', depth + 1))
                if inner_emergency is True:
                    written.append(self.words.EMERGENCY_TOKEN)
                if inner_emergency is False:
                    written.append(self.words.EMERGENCY_OFF_TOKEN)
                if inner_ieps_call is not None:
                    written.append(self.ieps_value(inner_ieps_call, node, 'ieps_call', depth + 1))
                if inner_context_list:
                    written_text = self.words.CONTEXT_ATTR_TOKEN
                    written_in_item: list[str] = []
                    written_in_item.append(f"{self.words.CONTEXT_LIST_TOKEN}{self.equal}{self.block_of(self.listed_context(inner_context_list[0], node, 'context_list', depth + 3), depth + 2) if len(inner_context_list) == 1 else self.block([self.listed_context(one, node, 'context_list', depth + 3) for one in inner_context_list], depth + 2)}")
                    if not written_in_item:
                        self.wants(node, "ContextList")
                    written_text += f"{self.gap}{self.block(written_in_item, depth + 1)}"
                    written.append(written_text)
                if inner_properties:
                    written.append(f"{self.words.CONTEXT_ATTR_TOKEN}{self.gap}{self.block_of(self.property_parm(inner_properties[0], depth + 2), depth + 1) if len(inner_properties) == 1 else self.block([self.property_parm(one, depth + 2) for one in inner_properties], depth + 1)}")
                for each_of_replies in replies:
                    written.append(self.command_reply(each_of_replies, node, 'replies', depth + 1))
                if error is not None:
                    written.append(self.error_descriptor(error, depth + 1))
            elif replies:
                for each_of_replies in replies:
                    written.append(self.command_reply(each_of_replies, node, 'replies', depth + 1))
                if error is not None:
                    written.append(self.error_descriptor(error, depth + 1))
                if inner_emergency is not None:
                    self.no_place(node, "emergency")
            elif error is not None:
                written.append(self.error_descriptor(error, depth + 1))
                if inner_emergency is not None:
                    self.no_place(node, "emergency")
            else:
                self.wants(node, "error_descriptor or Topology or command_reply")
            if not written:
                self.wants(node, "error_descriptor or Topology or command_reply")
            out += f"{self.gap}{self.broken_block(written, depth)}"
        elif error is not None:
            self.no_place(node, "error")
        elif inner_topology:
            self.no_place(node, "topology")
        elif inner_priority is not None:
            self.no_place(node, "priority")
        elif inner_ieps_call is not None:
            self.no_place(node, "ieps_call")
        elif inner_context_list:
            self.no_place(node, "context_list")
        elif inner_properties:
            self.no_place(node, "properties")
        elif replies:
            self.no_place(node, "replies")
        return out

    def command_request(self, node: CommandRequest, depth: i64) -> str:
        """Annex B ``commandRequest``."""
        command: AddRequest | MoveRequest | ModifyRequest | SubtractRequest | AuditValueRequest | AuditCapabilityRequest | NotifyRequest | ServiceChangeRequest
        optional: bool
        wildcard_return: bool
        command, optional, wildcard_return = astuple(node)
        out = ""
        if optional is True:
            out += self.words.OPTIONAL_TOKEN
        if wildcard_return is True:
            out += self.words.WILDCARD_TOKEN
        out += self.command(command, node, 'command', depth)
        return out

    def command(self, value: AddRequest | MoveRequest | ModifyRequest | SubtractRequest | AuditValueRequest | AuditCapabilityRequest | NotifyRequest | ServiceChangeRequest, node: Node, field: str, depth: i64) -> str:
        """Annex B ``command``."""
        if type(value) is _AddRequest or type(value) is _MoveRequest or type(value) is _ModifyRequest:
            out = self.amm_request(value, depth)
        elif type(value) is _SubtractRequest:
            out = self.subtract_request(value, depth)
        elif type(value) is _AuditValueRequest or type(value) is _AuditCapabilityRequest:
            out = self.audit_request(value, depth)
        elif type(value) is _NotifyRequest:
            out = self.notify_request(value, depth)
        elif type(value) is _ServiceChangeRequest:
            out = self.service_change_request(value, depth)
        else:
            self.no_place_for(node, field, value)
        return out

    def command_reply(self, value: AddReply | MoveReply | ModifyReply | SubtractReply | AuditValueReply | AuditCapabilityReply | ContextAuditReply | NotifyReply | ServiceChangeReply, node: Node, field: str, depth: i64) -> str:
        """Annex B ``commandReply``."""
        if type(value) is _AddReply or type(value) is _MoveReply or type(value) is _ModifyReply or type(value) is _SubtractReply:
            out = self.amms_reply(value, depth)
        elif type(value) is _AuditValueReply or type(value) is _AuditCapabilityReply:
            out = self.audit_reply(value, depth)
            if len(value.termination_ids) == 1 and value.termination_ids[0].lower() in _KEYWORDS_OF_COMMAND_REPLY:
                self.keyword(node, field, value.termination_ids[0], value.termination_ids[0])
        elif type(value) is _ContextAuditReply:
            out = self.context_audit_reply(value, depth)
        elif type(value) is _NotifyReply:
            out = self.notify_reply(value, depth)
        elif type(value) is _ServiceChangeReply:
            out = self.service_change_reply(value, depth)
        else:
            self.no_place_for(node, field, value)
        return out

    def amm_request(self, node: AddRequest | MoveRequest | ModifyRequest, depth: i64) -> str:
        """Annex B ``ammRequest``."""
        termination_ids: tuple[str, ...] = node.termination_ids
        descriptors: tuple[MediaDescriptor | ModemDescriptor | MuxDescriptor | EventsDescriptor | EventBufferDescriptor | SignalsDescriptor | DigitMapDescriptor | AuditDescriptor | StatisticsDescriptor, ...] = node.descriptors
        if type(node) is _AddRequest:
            out = self.words.ADD_TOKEN
        elif type(node) is _MoveRequest:
            out = self.words.MOVE_TOKEN
        else:
            out = self.words.MODIFY_TOKEN
        out += self.equal
        if len(termination_ids) == 1:
            out += self.termination_id(termination_ids[0], node, 'termination_ids', depth)
        elif termination_ids:
            if len(termination_ids) < 2:
                self.wants(node, "termination_id")
            out += f"[{self.comma.join([self.termination_id(one, node, 'termination_ids', depth) for one in termination_ids])}]"
        else:
            self.wants(node, "termination_id or '['")
        if descriptors:
            written: list[str] = []
            seen = 0
            for one in descriptors:
                if type(one) is _MediaDescriptor:
                    if seen & 1:
                        self.twice(node, "descriptors", one)
                    seen |= 1
                    written.append(self.media_descriptor(one, depth + 1))
                elif type(one) is _ModemDescriptor:
                    if seen & 2:
                        self.twice(node, "descriptors", one)
                    seen |= 2
                    written.append(self.modem_descriptor(one, depth + 1))
                elif type(one) is _MuxDescriptor:
                    if seen & 4:
                        self.twice(node, "descriptors", one)
                    seen |= 4
                    written.append(self.mux_descriptor(one, depth + 1))
                elif type(one) is _EventsDescriptor:
                    if seen & 8:
                        self.twice(node, "descriptors", one)
                    seen |= 8
                    written.append(self.events_descriptor(one, depth + 1))
                elif type(one) is _EventBufferDescriptor:
                    if seen & 16:
                        self.twice(node, "descriptors", one)
                    seen |= 16
                    written.append(self.event_buffer_descriptor(one, depth + 1))
                elif type(one) is _SignalsDescriptor:
                    if seen & 32:
                        self.twice(node, "descriptors", one)
                    seen |= 32
                    written.append(self.signals_descriptor(one, depth + 1))
                elif type(one) is _DigitMapDescriptor:
                    if seen & 64:
                        self.twice(node, "descriptors", one)
                    seen |= 64
                    written.append(self.digit_map_descriptor(one, depth + 1))
                elif type(one) is _AuditDescriptor:
                    if seen & 128:
                        self.twice(node, "descriptors", one)
                    seen |= 128
                    written.append(self.audit_descriptor(one, depth + 1))
                elif type(one) is _StatisticsDescriptor:
                    if seen & 256:
                        self.twice(node, "descriptors", one)
                    seen |= 256
                    written.append(self.statistics_descriptor(one, depth + 1))
                else:
                    self.no_place_for(node, "descriptors", one)
            if not written:
                self.wants(node, "media_descriptor or modem_descriptor or mux_descriptor or events_descriptor or event_buffer_descriptor or signals_descriptor or digit_map_descriptor or audit_descriptor or statistics_descriptor")
            out += f"{self.gap}{self.broken_block(written, depth)}"
        return out

    def subtract_request(self, node: SubtractRequest, depth: i64) -> str:
        """Annex B ``subtractRequest``."""
        termination_ids: tuple[str, ...] = node.termination_ids
        audit: AuditDescriptor | None = node.audit
        out = f"{self.words.SUBTRACT_TOKEN}{self.equal}"
        if len(termination_ids) == 1:
            out += self.termination_id(termination_ids[0], node, 'termination_ids', depth)
        elif termination_ids:
            if len(termination_ids) < 2:
                self.wants(node, "termination_id")
            out += f"[{self.comma.join([self.termination_id(one, node, 'termination_ids', depth) for one in termination_ids])}]"
        else:
            self.wants(node, "termination_id or '['")
        if audit is not None:
            out += f"{self.gap}{self.block_of(self.audit_descriptor(audit, depth + 1), depth)}"
        return out

    def audit_request(self, node: AuditValueRequest | AuditCapabilityRequest, depth: i64) -> str:
        """Annex B ``auditRequest``."""
        termination_ids: tuple[str, ...] = node.termination_ids
        audit: AuditDescriptor = node.audit
        if type(node) is _AuditValueRequest:
            out = self.words.AUDIT_VALUE_TOKEN
        else:
            out = self.words.AUDIT_CAP_TOKEN
        out += self.equal
        if len(termination_ids) == 1:
            out += self.termination_id(termination_ids[0], node, 'termination_ids', depth)
        elif termination_ids:
            if len(termination_ids) < 2:
                self.wants(node, "termination_id")
            out += f"[{self.comma.join([self.termination_id(one, node, 'termination_ids', depth) for one in termination_ids])}]"
        else:
            self.wants(node, "termination_id or '['")
        out += f"{self.gap}{self.block_of(self.audit_descriptor(audit, depth + 1), depth)}"
        return out

    def notify_request(self, node: NotifyRequest, depth: i64) -> str:
        """Annex B ``notifyRequest``."""
        termination_ids: tuple[str, ...]
        observed_events: ObservedEventsDescriptor
        error: ErrorDescriptor | None
        termination_ids, observed_events, error = astuple(node)
        out = f"{self.words.NOTIFY_TOKEN}{self.equal}"
        if len(termination_ids) == 1:
            out += self.termination_id(termination_ids[0], node, 'termination_ids', depth)
        elif termination_ids:
            if len(termination_ids) < 2:
                self.wants(node, "termination_id")
            out += f"[{self.comma.join([self.termination_id(one, node, 'termination_ids', depth) for one in termination_ids])}]"
        else:
            self.wants(node, "termination_id or '['")
        written: list[str] = []
        if observed_events is not None:
            written.append(self.observed_events_descriptor(observed_events, depth + 1))
        if error is not None:
            written.append(self.error_descriptor(error, depth + 1))
        if not written:
            self.wants(node, "observed_events_descriptor")
        out += f"{self.gap}{self.block(written, depth)}"
        return out

    def service_change_request(self, node: ServiceChangeRequest, depth: i64) -> str:
        """Annex B ``serviceChangeRequest``."""
        termination_ids: tuple[str, ...] = node.termination_ids
        services: ServiceChangeParm = node.services
        out = f"{self.words.SERVICE_CHANGE_TOKEN}{self.equal}"
        if len(termination_ids) == 1:
            out += self.termination_id(termination_ids[0], node, 'termination_ids', depth)
        elif termination_ids:
            if len(termination_ids) < 2:
                self.wants(node, "termination_id")
            out += f"[{self.comma.join([self.termination_id(one, node, 'termination_ids', depth) for one in termination_ids])}]"
        else:
            self.wants(node, "termination_id or '['")
        out += f"{self.gap}{self.block_of(self.service_change_descriptor(services, depth + 1), depth)}"
        return out

    def amms_reply(self, node: AddReply | MoveReply | ModifyReply | SubtractReply, depth: i64) -> str:
        """Annex B ``ammsReply``."""
        termination_ids: tuple[str, ...] = node.termination_ids
        descriptors: tuple[ErrorDescriptor | MediaDescriptor | ModemDescriptor | MuxDescriptor | EventsDescriptor | EventBufferDescriptor | SignalsDescriptor | DigitMapDescriptor | ObservedEventsDescriptor | StatisticsDescriptor | PackagesDescriptor | EmptyDescriptor, ...] = node.descriptors
        if type(node) is _AddReply:
            out = self.words.ADD_TOKEN
        elif type(node) is _MoveReply:
            out = self.words.MOVE_TOKEN
        elif type(node) is _ModifyReply:
            out = self.words.MODIFY_TOKEN
        else:
            out = self.words.SUBTRACT_TOKEN
        out += self.equal
        if len(termination_ids) == 1:
            out += self.termination_id(termination_ids[0], node, 'termination_ids', depth)
        elif termination_ids:
            if len(termination_ids) < 2:
                self.wants(node, "termination_id")
            out += f"[{self.comma.join([self.termination_id(one, node, 'termination_ids', depth) for one in termination_ids])}]"
        else:
            self.wants(node, "termination_id or '['")
        if descriptors:
            written: list[str] = []
            for one in descriptors:
                if type(one) is _MediaDescriptor:
                    written.append(self.media_descriptor(one, depth + 1))
                elif type(one) is _ModemDescriptor:
                    written.append(self.modem_descriptor(one, depth + 1))
                elif type(one) is _MuxDescriptor:
                    written.append(self.mux_descriptor(one, depth + 1))
                elif type(one) is _EventsDescriptor:
                    written.append(self.events_descriptor(one, depth + 1))
                elif type(one) is _EventBufferDescriptor:
                    written.append(self.event_buffer_descriptor(one, depth + 1))
                elif type(one) is _SignalsDescriptor:
                    written.append(self.signals_descriptor(one, depth + 1))
                elif type(one) is _DigitMapDescriptor:
                    written.append(self.digit_map_descriptor(one, depth + 1))
                elif type(one) is _ObservedEventsDescriptor:
                    written.append(self.observed_events_descriptor(one, depth + 1))
                elif type(one) is _StatisticsDescriptor:
                    written.append(self.statistics_descriptor(one, depth + 1))
                elif type(one) is _PackagesDescriptor:
                    written.append(self.packages_descriptor(one, depth + 1))
                elif type(one) is _ErrorDescriptor:
                    written.append(self.error_descriptor(one, depth + 1))
                elif type(one) is _EmptyDescriptor:
                    written.append(self.empty_descriptor(one, depth + 1))
                else:
                    self.no_place_for(node, "descriptors", one)
            if not written:
                self.wants(node, "media_descriptor or modem_descriptor or mux_descriptor or events_descriptor or event_buffer_descriptor or signals_descriptor or digit_map_descriptor or observed_events_descriptor or statistics_descriptor or packages_descriptor or error_descriptor or empty_descriptor")
            out += f"{self.gap}{self.block(written, depth)}"
        return out

    def audit_reply(self, node: AuditValueReply | AuditCapabilityReply, depth: i64) -> str:
        """Annex B ``auditReply``."""
        termination_ids: tuple[str, ...] = node.termination_ids
        descriptors: tuple[ErrorDescriptor | MediaDescriptor | ModemDescriptor | MuxDescriptor | EventsDescriptor | EventBufferDescriptor | SignalsDescriptor | DigitMapDescriptor | ObservedEventsDescriptor | StatisticsDescriptor | PackagesDescriptor | EmptyDescriptor, ...] = node.descriptors
        if type(node) is _AuditValueReply:
            out = self.words.AUDIT_VALUE_TOKEN
        else:
            out = self.words.AUDIT_CAP_TOKEN
        out += self.equal
        if len(termination_ids) == 1:
            out += self.termination_id(termination_ids[0], node, 'termination_ids', depth)
        elif termination_ids:
            if len(termination_ids) < 2:
                self.wants(node, "termination_id")
            out += f"[{self.comma.join([self.termination_id(one, node, 'termination_ids', depth) for one in termination_ids])}]"
        else:
            self.wants(node, "termination_id or '['")
        if descriptors:
            written: list[str] = []
            for one in descriptors:
                if type(one) is _MediaDescriptor:
                    written.append(self.media_descriptor(one, depth + 1))
                elif type(one) is _ModemDescriptor:
                    written.append(self.modem_descriptor(one, depth + 1))
                elif type(one) is _MuxDescriptor:
                    written.append(self.mux_descriptor(one, depth + 1))
                elif type(one) is _EventsDescriptor:
                    written.append(self.events_descriptor(one, depth + 1))
                elif type(one) is _EventBufferDescriptor:
                    written.append(self.event_buffer_descriptor(one, depth + 1))
                elif type(one) is _SignalsDescriptor:
                    written.append(self.signals_descriptor(one, depth + 1))
                elif type(one) is _DigitMapDescriptor:
                    written.append(self.digit_map_descriptor(one, depth + 1))
                elif type(one) is _ObservedEventsDescriptor:
                    written.append(self.observed_events_descriptor(one, depth + 1))
                elif type(one) is _StatisticsDescriptor:
                    written.append(self.statistics_descriptor(one, depth + 1))
                elif type(one) is _PackagesDescriptor:
                    written.append(self.packages_descriptor(one, depth + 1))
                elif type(one) is _ErrorDescriptor:
                    written.append(self.error_descriptor(one, depth + 1))
                elif type(one) is _EmptyDescriptor:
                    written.append(self.empty_descriptor(one, depth + 1))
                else:
                    self.no_place_for(node, "descriptors", one)
            if not written:
                self.wants(node, "media_descriptor or modem_descriptor or mux_descriptor or events_descriptor or event_buffer_descriptor or signals_descriptor or digit_map_descriptor or observed_events_descriptor or statistics_descriptor or packages_descriptor or error_descriptor or empty_descriptor")
            out += f"{self.gap}{self.block(written, depth)}"
        return out

    def context_audit_reply(self, node: ContextAuditReply, depth: i64) -> str:
        """Annex B ``contextAuditReply``."""
        is_capability: bool
        termination_ids: tuple[str, ...]
        error: ErrorDescriptor | None
        is_capability, termination_ids, error = astuple(node)
        if is_capability is True:
            out = self.words.AUDIT_CAP_TOKEN
        else:
            out = self.words.AUDIT_VALUE_TOKEN
            if is_capability:
                self.no_place(node, "is_capability")
        out += f"{self.equal}{self.words.CTX_TOKEN}"
        written: list[str] = []
        if error is not None:
            written.append(self.error_descriptor(error, depth + 1))
            if termination_ids:
                self.no_place(node, "termination_ids")
        elif termination_ids:
            for each_of_termination_ids in termination_ids:
                written.append(self.termination_id(each_of_termination_ids, node, 'termination_ids', depth + 1))
            if termination_ids[0].lower() in _KEYWORDS_OF_CONTEXT_AUDIT_REPLY:
                self.keyword(node, "termination_ids", termination_ids[0], termination_ids[0])
        else:
            self.wants(node, "error_descriptor or termination_id")
        if not written:
            self.wants(node, "error_descriptor or termination_id")
        out += f"{self.gap}{self.block(written, depth)}"
        return out

    def empty_descriptor(self, node: EmptyDescriptor, depth: i64) -> str:
        """Annex B ``emptyDescriptor``."""
        item: AuditItem = node.item
        return self.audit_return_item(item, node, 'item', depth)

    def audit_return_item(self, value: AuditItem, node: Node, field: str, depth: i64) -> str:
        """Annex B ``auditReturnItem``."""
        if value is _AuditItem_MUX:
            return self.words.MUX_TOKEN
        if value is _AuditItem_MODEM:
            return self.words.MODEM_TOKEN
        if value is _AuditItem_MEDIA:
            return self.words.MEDIA_TOKEN
        if value is _AuditItem_DIGIT_MAP:
            return self.words.DIGIT_MAP_TOKEN
        if value is _AuditItem_STATISTICS:
            return self.words.STATS_TOKEN
        if value is _AuditItem_OBSERVED_EVENTS:
            return self.words.OBSERVED_EVENTS_TOKEN
        if value is _AuditItem_PACKAGES:
            return self.words.PACKAGES_TOKEN
        self.no_place_for(node, field, value)

    def notify_reply(self, node: NotifyReply, depth: i64) -> str:
        """Annex B ``notifyReply``."""
        termination_ids: tuple[str, ...] = node.termination_ids
        error: ErrorDescriptor | None = node.error
        out = f"{self.words.NOTIFY_TOKEN}{self.equal}"
        if len(termination_ids) == 1:
            out += self.termination_id(termination_ids[0], node, 'termination_ids', depth)
        elif termination_ids:
            if len(termination_ids) < 2:
                self.wants(node, "termination_id")
            out += f"[{self.comma.join([self.termination_id(one, node, 'termination_ids', depth) for one in termination_ids])}]"
        else:
            self.wants(node, "termination_id or '['")
        if error is not None:
            out += f"{self.gap}{self.block_of(self.error_descriptor(error, depth + 1), depth)}"
        return out

    def service_change_reply(self, node: ServiceChangeReply, depth: i64) -> str:
        """Annex B ``serviceChangeReply``."""
        termination_ids: tuple[str, ...]
        services: ServiceChangeResParm | None
        error: ErrorDescriptor | None
        termination_ids, services, error = astuple(node)
        out = f"{self.words.SERVICE_CHANGE_TOKEN}{self.equal}"
        if len(termination_ids) == 1:
            out += self.termination_id(termination_ids[0], node, 'termination_ids', depth)
        elif termination_ids:
            if len(termination_ids) < 2:
                self.wants(node, "termination_id")
            out += f"[{self.comma.join([self.termination_id(one, node, 'termination_ids', depth) for one in termination_ids])}]"
        else:
            self.wants(node, "termination_id or '['")
        if (error is not None or services is not None):
            written: list[str] = []
            if error is not None:
                written.append(self.error_descriptor(error, depth + 1))
                if services is not None:
                    self.no_place(node, "services")
            elif services is not None:
                written.append(self.service_change_reply_descriptor(services, depth + 1))
            else:
                self.wants(node, "error_descriptor or service_change_reply_descriptor")
            if not written:
                self.wants(node, "error_descriptor or service_change_reply_descriptor")
            out += f"{self.gap}{self.block(written, depth)}"
        elif error is not None:
            self.no_place(node, "error")
        elif services is not None:
            self.no_place(node, "services")
        return out

    def termination_id(self, value: str, node: Node, field: str, depth: i64) -> str:
        """Annex B ``terminationId``."""
        return _PATH_NAME_OR_DIGIT_FIRST_NAME.spell(value, node, field)

    def modem_descriptor(self, node: ModemDescriptor, depth: i64) -> str:
        """Annex B ``modemDescriptor``."""
        types: tuple[ModemType, ...]
        extensions: tuple[str, ...]
        properties: tuple[PropertyParm, ...]
        types, extensions, properties, _ = astuple(node)
        if node.non_standard:
            self.no_place(node, "non_standard")
        out = self.words.MODEM_TOKEN
        if len(types) == 1 and not extensions:
            out += f"{self.equal}{self.modem_type(types[0], node, 'types', depth)}"
            if extensions:
                self.no_place(node, "extensions")
        elif len(extensions) == 1 and not types:
            out += f"{self.equal}{_EXTENSION_PARAMETER.spell(extensions[0], node, 'extensions')}"
            if types:
                self.no_place(node, "types")
        elif (types or extensions):
            if not types and not extensions:
                self.wants(node, "modem_type")
            out += "["
            written: list[str] = []
            for each_of_types in types:
                written.append(self.modem_type(each_of_types, node, 'types', depth))
            for each_of_extensions in extensions:
                written.append(_EXTENSION_PARAMETER.spell(each_of_extensions, node, 'extensions'))
            out += f"{self.comma.join(written)}]"
        else:
            self.wants(node, "'=' or '['")
        if properties:
            out += f"{self.gap}{self.block_of(self.property_parm(properties[0], depth + 1), depth) if len(properties) == 1 else self.block([self.property_parm(one, depth + 1) for one in properties], depth)}"
        return out

    def modem_type(self, value: ModemType, node: Node, field: str, depth: i64) -> str:
        """Annex B ``modemType``."""
        if value is _ModemType_V18:
            return self.words.V18_TOKEN
        if value is _ModemType_V22:
            return self.words.V22_TOKEN
        if value is _ModemType_V22BIS:
            return self.words.V22BIS_TOKEN
        if value is _ModemType_V32:
            return self.words.V32_TOKEN
        if value is _ModemType_V32BIS:
            return self.words.V32BIS_TOKEN
        if value is _ModemType_V34:
            return self.words.V34_TOKEN
        if value is _ModemType_V90:
            return self.words.V90_TOKEN
        if value is _ModemType_V91:
            return self.words.V91_TOKEN
        if value is _ModemType_SYNCH_ISDN:
            return self.words.SYNCH_ISDN_TOKEN
        self.no_place_for(node, field, value)

    def mux_descriptor(self, node: MuxDescriptor, depth: i64) -> str:
        """Annex B ``muxDescriptor``."""
        type: MuxType | None
        extension: str | None
        termination_ids: tuple[str, ...]
        type, extension, termination_ids, _ = astuple(node)
        if node.non_standard:
            self.no_place(node, "non_standard")
        out = f"{self.words.MUX_TOKEN}{self.equal}"
        if type is not None:
            out += self.mux_type(type, node, 'type', depth)
            if extension is not None:
                self.no_place(node, "extension")
        elif extension is not None:
            out += _EXTENSION_PARAMETER.spell(extension, node, 'extension')
        else:
            self.wants(node, "mux_type or X- or X+ and 1 to 6 letters or digits")
        if not termination_ids:
            self.wants(node, "termination_id")
        out += f"{self.gap}{self.block_of(self.termination_id(termination_ids[0], node, 'termination_ids', depth + 1), depth) if len(termination_ids) == 1 else self.block([self.termination_id(one, node, 'termination_ids', depth + 1) for one in termination_ids], depth)}"
        return out

    def mux_type(self, value: MuxType, node: Node, field: str, depth: i64) -> str:
        """Annex B ``muxType``."""
        if value is _MuxType_H221:
            return self.words.H221_TOKEN
        if value is _MuxType_H223:
            return self.words.H223_TOKEN
        if value is _MuxType_H226:
            return self.words.H226_TOKEN
        if value is _MuxType_V76:
            return self.words.V76_TOKEN
        if value is _MuxType_NX64K:
            return self.words.NX64K_TOKEN
        self.no_place_for(node, field, value)

    def digit_map_descriptor(self, node: DigitMapDescriptor, depth: i64) -> str:
        """Annex B ``digitMapDescriptor``."""
        name: str | None = node.name
        value: DigitMapValue | None = node.value
        out = f"{self.words.DIGIT_MAP_TOKEN}{self.equal}"
        if name is not None:
            out += self.digit_map_name(name, node, 'name', depth)
            if value is not None:
                out += f"{self.gap}{self.block_of(self.digit_map_value(value, depth + 1), depth)}"
        elif value is not None:
            out += f"{self.gap}{self.block_of(self.digit_map_value(value, depth + 1), depth)}"
        else:
            self.wants(node, "'{' or digit_map_name")
        return out

    def digit_map_name(self, value: str, node: Node, field: str, depth: i64) -> str:
        """Annex B ``digitMapName``."""
        return _NAME_OR_DIGIT_FIRST_NAME.spell(value, node, field)

    def digit_map_value(self, node: DigitMapValue, depth: i64) -> str:
        """Annex B ``digitMapValue``."""
        start_timer: int | None
        short_timer: int | None
        long_timer: int | None
        duration_timer: int | None
        body: str
        body, start_timer, short_timer, long_timer, duration_timer = astuple(node)
        out = ""
        if start_timer is not None:
            out += f"{self.start_timer(start_timer, node, 'start_timer', depth)}{self.comma}"
        if short_timer is not None:
            out += f"{self.short_timer(short_timer, node, 'short_timer', depth)}{self.comma}"
        if long_timer is not None:
            out += f"{self.long_timer(long_timer, node, 'long_timer', depth)}{self.comma}"
        if duration_timer is not None:
            out += f"{self.duration_timer(duration_timer, node, 'duration_timer', depth)}{self.comma}"
        out += _DIGIT_MAP_OR_LOOSE_DIGIT_MAP.spell(body, node, 'body')
        return out

    def start_timer(self, value: int, node: Node, field: str, depth: i64) -> str:
        """Annex B ``startTimer``."""
        return f"T:{self.number(value, 99, node, field)}"

    def short_timer(self, value: int, node: Node, field: str, depth: i64) -> str:
        """Annex B ``shortTimer``."""
        return f"S:{self.number(value, 99, node, field)}"

    def long_timer(self, value: int, node: Node, field: str, depth: i64) -> str:
        """Annex B ``longTimer``."""
        return f"L:{self.number(value, 99, node, field)}"

    def duration_timer(self, value: int, node: Node, field: str, depth: i64) -> str:
        """Annex B ``durationTimer``."""
        return f"Z:{self.number(value, 99, node, field)}"

    def media_descriptor(self, node: MediaDescriptor, depth: i64) -> str:
        """Annex B ``mediaDescriptor``."""
        termination_state: TerminationStateDescriptor | None = node.termination_state
        streams: tuple[StreamDescriptor, ...] = node.streams
        inner_local_control: LocalControlDescriptor | None = None
        inner_local: LocalDescriptor | None = None
        inner_remote: RemoteDescriptor | None = None
        inner_statistics: StatisticsDescriptor | None = None
        if streams and streams[0].stream_id is None:
            inner_local_control = streams[0].local_control
            inner_local = streams[0].local
            inner_remote = streams[0].remote
            inner_statistics = streams[0].statistics
            if not (inner_local_control is not None or inner_local is not None or inner_remote is not None or inner_statistics is not None):
                self.wants(streams[0], "local_control or local or remote or statistics")
            if len(streams) > 1:
                self.excluded(node, "streams", streams[1])
            streams = ()
        out = self.words.MEDIA_TOKEN
        written: list[str] = []
        if termination_state is not None:
            written.append(self.termination_state_descriptor(termination_state, depth + 1))
        for each_of_streams in streams:
            written.append(self.stream_descriptor(each_of_streams, depth + 1))
        if inner_local_control is not None:
            written.append(self.local_control_descriptor(inner_local_control, depth + 1))
        if inner_local is not None:
            written.append(self.local_descriptor(inner_local, depth + 1))
        if inner_remote is not None:
            written.append(self.remote_descriptor(inner_remote, depth + 1))
        if inner_statistics is not None:
            written.append(self.statistics_descriptor(inner_statistics, depth + 1))
        if not written:
            self.wants(node, "termination_state_descriptor or stream_descriptor or local_control_descriptor or local_descriptor or remote_descriptor or statistics_descriptor")
        out += f"{self.gap}{self.broken_block(written, depth)}"
        return out

    def stream_descriptor(self, node: StreamDescriptor, depth: i64) -> str:
        """Annex B ``streamDescriptor``."""
        stream_id: int | None
        local_control: LocalControlDescriptor | None
        local: LocalDescriptor | None
        remote: RemoteDescriptor | None
        statistics: StatisticsDescriptor | None
        stream_id, local_control, local, remote, statistics = astuple(node)
        out = f"{self.words.STREAM_TOKEN}{self.equal}{self.number(stream_id, 65535, node, 'stream_id')}"
        written: list[str] = []
        if local_control is not None:
            written.append(self.local_control_descriptor(local_control, depth + 1))
        if local is not None:
            written.append(self.local_descriptor(local, depth + 1))
        if remote is not None:
            written.append(self.remote_descriptor(remote, depth + 1))
        if statistics is not None:
            written.append(self.statistics_descriptor(statistics, depth + 1))
        if not written:
            self.wants(node, "local_control_descriptor or local_descriptor or remote_descriptor or statistics_descriptor")
        out += f"{self.gap}{self.broken_block(written, depth)}"
        return out

    def local_control_descriptor(self, node: LocalControlDescriptor, depth: i64) -> str:
        """Annex B ``localControlDescriptor``."""
        mode: StreamMode | None
        reserve_value: bool | None
        reserve_group: bool | None
        properties: tuple[PropertyParm, ...]
        mode, reserve_value, reserve_group, properties = astuple(node)
        if len(properties) > 1:
            check_names(properties, node, "properties")
        out = self.words.LOCAL_CONTROL_TOKEN
        written: list[str] = []
        if mode is not None:
            written.append(self.stream_mode(mode, node, 'mode', depth + 1))
        if reserve_value is not None:
            written.append(self.reserved_value_mode(reserve_value, node, 'reserve_value', depth + 1))
        if reserve_group is not None:
            written.append(self.reserved_group_mode(reserve_group, node, 'reserve_group', depth + 1))
        for each_of_properties in properties:
            written.append(self.property_parm(each_of_properties, depth + 1))
        if not written:
            self.wants(node, "stream_mode or reserved_value_mode or reserved_group_mode or property_parm")
        out += f"{self.gap}{self.block(written, depth)}"
        return out

    def stream_mode(self, value: StreamMode, node: Node, field: str, depth: i64) -> str:
        """Annex B ``streamMode``."""
        return f"{self.words.MODE_TOKEN}{self.equal}{self.stream_modes(value, node, field, depth)}"

    def stream_modes(self, value: StreamMode, node: Node, field: str, depth: i64) -> str:
        """Annex B ``streamModes``."""
        if value is _StreamMode_SEND_ONLY:
            return self.words.SENDONLY_TOKEN
        if value is _StreamMode_RECEIVE_ONLY:
            return self.words.RECVONLY_TOKEN
        if value is _StreamMode_SEND_RECEIVE:
            return self.words.SENDRECV_TOKEN
        if value is _StreamMode_INACTIVE:
            return self.words.INACTIVE_TOKEN
        if value is _StreamMode_LOOP_BACK:
            return self.words.LOOPBACK_TOKEN
        self.no_place_for(node, field, value)

    def reserved_value_mode(self, value: bool, node: Node, field: str, depth: i64) -> str:
        """Annex B ``reservedValueMode``."""
        return f"{self.words.RESERVED_VALUE_TOKEN}{self.equal}{self.on_off(value, node, field, depth)}"

    def reserved_group_mode(self, value: bool, node: Node, field: str, depth: i64) -> str:
        """Annex B ``reservedGroupMode``."""
        return f"{self.words.RESERVED_GROUP_TOKEN}{self.equal}{self.on_off(value, node, field, depth)}"

    def on_off(self, value: bool, node: Node, field: str, depth: i64) -> str:
        """Annex B ``onOff``."""
        if value is True:
            return self.words.ON_TOKEN
        if value is False:
            return self.words.OFF_TOKEN
        self.no_place_for(node, field, value)

    def local_descriptor(self, node: LocalDescriptor, depth: i64) -> str:
        """Annex B ``localDescriptor``."""
        sdp: Octets = node.sdp
        if node.property_groups:
            self.no_place(node, "property_groups")
        return f"{self.words.LOCAL_TOKEN}{self.gap}{self.octets_block(sdp, node, 'sdp')}"

    def remote_descriptor(self, node: RemoteDescriptor, depth: i64) -> str:
        """Annex B ``remoteDescriptor``."""
        sdp: Octets = node.sdp
        if node.property_groups:
            self.no_place(node, "property_groups")
        return f"{self.words.REMOTE_TOKEN}{self.gap}{self.octets_block(sdp, node, 'sdp')}"

    def termination_state_descriptor(self, node: TerminationStateDescriptor, depth: i64) -> str:
        """Annex B ``terminationStateDescriptor``."""
        service_state: ServiceState | None
        event_buffer_control: EventBufferControl | None
        properties: tuple[PropertyParm, ...]
        service_state, event_buffer_control, properties = astuple(node)
        if len(properties) > 1:
            check_names(properties, node, "properties")
        out = self.words.TERMINATION_STATE_TOKEN
        written: list[str] = []
        if service_state is not None:
            written.append(self.service_states(service_state, node, 'service_state', depth + 1))
        if event_buffer_control is not None:
            written.append(self.event_buffer_control(event_buffer_control, node, 'event_buffer_control', depth + 1))
        for each_of_properties in properties:
            written.append(self.property_parm(each_of_properties, depth + 1))
        if not written:
            self.wants(node, "service_states or event_buffer_control or property_parm")
        out += f"{self.gap}{self.block(written, depth)}"
        return out

    def service_states(self, value: ServiceState, node: Node, field: str, depth: i64) -> str:
        """Annex B ``serviceStates``."""
        return f"{self.words.SERVICE_STATES_TOKEN}{self.equal}{self.service_state(value, node, field, depth)}"

    def service_state(self, value: ServiceState, node: Node, field: str, depth: i64) -> str:
        """Annex B ``serviceState``."""
        if value is _ServiceState_TEST:
            return self.words.TEST_TOKEN
        if value is _ServiceState_OUT_OF_SERVICE:
            return self.words.OUT_OF_SVC_TOKEN
        if value is _ServiceState_IN_SERVICE:
            return self.words.IN_SVC_TOKEN
        self.no_place_for(node, field, value)

    def event_buffer_control(self, value: EventBufferControl, node: Node, field: str, depth: i64) -> str:
        """Annex B ``eventBufferControl``."""
        return f"{self.words.BUFFER_TOKEN}{self.equal}{self.event_buffer_control_state(value, node, field, depth)}"

    def event_buffer_control_state(self, value: EventBufferControl, node: Node, field: str, depth: i64) -> str:
        """Annex B ``eventBufferControlState``."""
        if value is _EventBufferControl_OFF:
            return self.words.OFF_TOKEN
        if value is _EventBufferControl_LOCK_STEP:
            return self.words.LOCK_STEP_TOKEN
        self.no_place_for(node, field, value)

    def property_parm(self, node: PropertyParm, depth: i64) -> str:
        """Annex B ``propertyParm``."""
        name: str = node.name
        value: Value | ValueList | ValueRange | ValueChoice | RelatedValue = node.value
        return f"{_PKGD_NAME.spell(name, node, 'name')}{self.parm_value(value, node, 'value', depth)}"

    def parm_value(self, value: Value | ValueList | ValueRange | ValueChoice | RelatedValue, node: Node, field: str, depth: i64) -> str:
        """Annex B ``parmValue``."""
        if type(value) is _Value or type(value) is _ValueList or type(value) is _ValueRange or type(value) is _ValueChoice:
            out = f"{self.equal}{self.alternative_value(value, node, field, depth)}"
        elif type(value) is _RelatedValue:
            out = self.related_value(value, depth)
        else:
            self.no_place_for(node, field, value)
        return out

    def alternative_value(self, value: Value | ValueList | ValueRange | ValueChoice, node: Node, field: str, depth: i64) -> str:
        """Annex B ``alternativeValue``."""
        if type(value) is _Value:
            out = self.value(value, node, field, depth)
        elif type(value) is _ValueList:
            out = self.value_list(value, depth)
        elif type(value) is _ValueRange:
            out = self.value_range(value, depth)
        elif type(value) is _ValueChoice:
            out = self.value_choice(value, depth)
        else:
            self.no_place_for(node, field, value)
        return out

    def value(self, value: Value, node: Node, field: str, depth: i64) -> str:
        """Annex B ``value``."""
        return self.value_text(value)

    def value_list(self, node: ValueList, depth: i64) -> str:
        """Annex B ``valueList``."""
        values: tuple[Value, ...] = node.values
        if not values:
            self.wants(node, "value")
        return f"[{self.comma.join([self.value(one, node, 'values', depth) for one in values])}]"

    def value_range(self, node: ValueRange, depth: i64) -> str:
        """Annex B ``valueRange``."""
        low: Value = node.low
        high: Value = node.high
        return f"[{self.value(low, node, 'low', depth)}:{self.value(high, node, 'high', depth)}]"

    def value_choice(self, node: ValueChoice, depth: i64) -> str:
        """Annex B ``valueChoice``."""
        values: tuple[Value, ...] = node.values
        if not values:
            self.wants(node, "value")
        return f"{self.gap}{self.block_of(self.value(values[0], node, 'values', depth + 1), depth) if len(values) == 1 else self.block([self.value(one, node, 'values', depth + 1) for one in values], depth)}"

    def related_value(self, node: RelatedValue, depth: i64) -> str:
        """Annex B ``relatedValue``."""
        relation: Relation = node.relation
        value: Value = node.value
        return f"{self.gap + relation.value + self.gap}{self.value(value, node, 'value', depth)}"

    def events_descriptor(self, node: EventsDescriptor, depth: i64) -> str:
        """Annex B ``eventsDescriptor``."""
        request_id: int | None = node.request_id
        events: tuple[RequestedEvent, ...] = node.events
        out = self.words.EVENTS_TOKEN
        if request_id is not None and events:
            out += f"{self.equal}{self.request_id_text(request_id, node, 'request_id')}{self.gap}{self.block_of(self.requested_event(events[0], depth + 1), depth) if len(events) == 1 else self.block([self.requested_event(one, depth + 1) for one in events], depth)}"
        elif request_id is not None:
            self.no_place(node, "request_id")
        elif events:
            self.no_place(node, "events")
        return out

    def requested_event(self, node: RequestedEvent, depth: i64) -> str:
        """Annex B ``requestedEvent``."""
        name: str
        stream_id: int | None
        keep_active: bool
        digit_map: EventDigitMap | None
        embedded: EmbeddedDescriptors | None
        notify_behaviour: NotifyImmediately | NotifyRegulated | NotifyNever | None
        reset_events: bool
        parameters: tuple[PropertyParm, ...]
        name, stream_id, keep_active, digit_map, embedded, notify_behaviour, reset_events, parameters = astuple(node)
        if len(parameters) > 1:
            check_names(parameters, node, "parameters")
        out = _PKGD_NAME.spell(name, node, 'name')
        if (stream_id is not None or keep_active is True or digit_map is not None or embedded is not None or notify_behaviour is not None or reset_events is True or parameters):
            written: list[str] = []
            if stream_id is not None:
                written.append(self.event_stream(stream_id, node, 'stream_id', depth + 1))
            if keep_active is True:
                written.append(self.words.KEEP_ACTIVE_TOKEN)
            if digit_map is not None:
                written.append(self.event_dm(digit_map, depth + 1))
            if embedded is not None:
                written.append(self.embed_first(embedded, depth + 1))
            if notify_behaviour is not None:
                written.append(self.notify_behaviour(notify_behaviour, depth + 1))
            if reset_events is True:
                written.append(self.words.RESET_EVENTS_DESCRIPTOR_TOKEN)
            for one in parameters:
                if one.name.lower() in _KEYWORDS_OF_REQUESTED_EVENT:
                    self.keyword(node, "parameters", one, one.name)
                written.append(self.event_other(one, depth + 1))
            if not written:
                self.wants(node, "event_stream or KeepActive or event_dm or embed_first or notify_behaviour or ResetEventsDescriptor or event_other")
            out += f"{self.gap}{self.block(written, depth)}"
        elif stream_id is not None:
            self.no_place(node, "stream_id")
        elif digit_map is not None:
            self.no_place(node, "digit_map")
        elif embedded is not None:
            self.no_place(node, "embedded")
        elif notify_behaviour is not None:
            self.no_place(node, "notify_behaviour")
        elif parameters:
            self.no_place(node, "parameters")
        return out

    def event_dm(self, node: EventDigitMap, depth: i64) -> str:
        """Annex B ``eventDm``."""
        name: str | None = node.name
        value: DigitMapValue | None = node.value
        if name is not None:
            out = f"{self.words.DIGIT_MAP_TOKEN}{self.equal}{self.digit_map_name(name, node, 'name', depth)}"
            if value is not None:
                self.no_place(node, "value")
        elif value is not None:
            out = f"{self.words.DIGIT_MAP_TOKEN}{self.equal}{self.block_of(self.digit_map_value(value, depth + 1), depth)}"
        else:
            self.wants(node, "DigitMap")
        return out

    def embed_first(self, node: EmbeddedDescriptors, depth: i64) -> str:
        """Annex B ``embedFirst``."""
        self.check_depth(depth, node)
        signals: SignalsDescriptor | None = node.signals
        events: SecondEventsDescriptor | None = node.events
        out = self.words.EMBED_TOKEN
        written: list[str] = []
        if signals is not None:
            if signals is not None:
                written.append(self.signals_descriptor(signals, depth + 1))
            if events is not None:
                written.append(self.embedded_events(events, depth + 1))
        elif events is not None:
            written.append(self.embedded_events(events, depth + 1))
        else:
            self.wants(node, "signals_descriptor or embedded_events")
        if not written:
            self.wants(node, "signals_descriptor or embedded_events")
        out += f"{self.gap}{self.block(written, depth)}"
        return out

    def embedded_events(self, node: SecondEventsDescriptor, depth: i64) -> str:
        """Annex B ``embeddedEvents``."""
        self.check_depth(depth, node)
        request_id: int | None = node.request_id
        events: tuple[SecondRequestedEvent, ...] = node.events
        out = self.words.EVENTS_TOKEN
        if request_id is not None and events:
            out += f"{self.equal}{self.request_id_text(request_id, node, 'request_id')}{self.gap}{self.block_of(self.second_requested_event(events[0], depth + 1), depth) if len(events) == 1 else self.block([self.second_requested_event(one, depth + 1) for one in events], depth)}"
        elif request_id is not None:
            self.no_place(node, "request_id")
        elif events:
            self.no_place(node, "events")
        return out

    def second_requested_event(self, node: SecondRequestedEvent, depth: i64) -> str:
        """Annex B ``secondRequestedEvent``."""
        self.check_depth(depth, node)
        name: str
        stream_id: int | None
        keep_active: bool
        digit_map: EventDigitMap | None
        signals: SignalsDescriptor | None
        notify_behaviour: NotifyImmediately | NotifyRegulated | NotifyNever | None
        reset_events: bool
        parameters: tuple[PropertyParm, ...]
        name, stream_id, keep_active, digit_map, signals, notify_behaviour, reset_events, parameters = astuple(node)
        if len(parameters) > 1:
            check_names(parameters, node, "parameters")
        out = _PKGD_NAME.spell(name, node, 'name')
        if (stream_id is not None or keep_active is True or digit_map is not None or signals is not None or notify_behaviour is not None or reset_events is True or parameters):
            written: list[str] = []
            if stream_id is not None:
                written.append(self.event_stream(stream_id, node, 'stream_id', depth + 1))
            if keep_active is True:
                written.append(self.words.KEEP_ACTIVE_TOKEN)
            if digit_map is not None:
                written.append(self.event_dm(digit_map, depth + 1))
            if signals is not None:
                written.append(self.embed_sig(signals, node, 'signals', depth + 1))
            if notify_behaviour is not None:
                written.append(self.notify_behaviour(notify_behaviour, depth + 1))
            if reset_events is True:
                written.append(self.words.RESET_EVENTS_DESCRIPTOR_TOKEN)
            for one in parameters:
                if one.name.lower() in _KEYWORDS_OF_REQUESTED_EVENT:
                    self.keyword(node, "parameters", one, one.name)
                written.append(self.event_other(one, depth + 1))
            if not written:
                self.wants(node, "event_stream or KeepActive or event_dm or embed_sig or notify_behaviour or ResetEventsDescriptor or event_other")
            out += f"{self.gap}{self.block(written, depth)}"
        elif stream_id is not None:
            self.no_place(node, "stream_id")
        elif digit_map is not None:
            self.no_place(node, "digit_map")
        elif signals is not None:
            self.no_place(node, "signals")
        elif notify_behaviour is not None:
            self.no_place(node, "notify_behaviour")
        elif parameters:
            self.no_place(node, "parameters")
        return out

    def embed_sig(self, value: SignalsDescriptor, node: Node, field: str, depth: i64) -> str:
        """Annex B ``embedSig``."""
        return f"{self.words.EMBED_TOKEN}{self.gap}{self.block_of(self.signals_descriptor(value, depth + 1), depth)}"

    def notify_behaviour(self, node: NotifyImmediately | NotifyRegulated | NotifyNever, depth: i64) -> str:
        """Annex B ``notifyBehaviour``."""
        self.check_depth(depth, node)
        if type(node) is _NotifyRegulated:
            out = self.words.NOTIFY_REGULATED_TOKEN
            if node.embedded is not None:
                out += f"{self.gap}{self.block_of(self.embed_first(node.embedded, depth + 1), depth)}"
        elif type(node) is _NotifyImmediately:
            out = self.words.NOTIFY_IMMEDIATE_TOKEN
        elif type(node) is _NotifyNever:
            out = self.words.NEVER_NOTIFY_TOKEN
        else:
            self.wants(node, "ImmediateNotify or RegulatedNotify or NeverNotify")
        return out

    def event_buffer_descriptor(self, node: EventBufferDescriptor, depth: i64) -> str:
        """Annex B ``eventBufferDescriptor``."""
        events: tuple[EventSpec, ...] = node.events
        out = self.words.EVENT_BUFFER_TOKEN
        if events:
            out += f"{self.gap}{self.block_of(self.event_spec(events[0], depth + 1), depth) if len(events) == 1 else self.block([self.event_spec(one, depth + 1) for one in events], depth)}"
        return out

    def event_spec(self, node: EventSpec, depth: i64) -> str:
        """Annex B ``eventSpec``."""
        name: str
        stream_id: int | None
        parameters: tuple[PropertyParm, ...]
        name, stream_id, parameters = astuple(node)
        if len(parameters) > 1:
            check_names(parameters, node, "parameters")
        out = _PKGD_NAME.spell(name, node, 'name')
        if (stream_id is not None or parameters):
            written: list[str] = []
            if stream_id is not None:
                written.append(self.event_stream(stream_id, node, 'stream_id', depth + 1))
            for one in parameters:
                if one.name.lower() in _KEYWORDS_OF_EVENT_SPEC:
                    self.keyword(node, "parameters", one, one.name)
                written.append(self.event_other(one, depth + 1))
            if not written:
                self.wants(node, "event_stream or event_other")
            out += f"{self.gap}{self.block(written, depth)}"
        elif stream_id is not None:
            self.no_place(node, "stream_id")
        elif parameters:
            self.no_place(node, "parameters")
        return out

    def event_stream(self, value: int, node: Node, field: str, depth: i64) -> str:
        """Annex B ``eventStream``."""
        return f"{self.words.STREAM_TOKEN}{self.equal}{self.number(value, 65535, node, field)}"

    def event_other(self, node: PropertyParm, depth: i64) -> str:
        """Annex B ``eventOther``."""
        name: str = node.name
        value: Value | ValueList | ValueRange | ValueChoice | RelatedValue = node.value
        return f"{_NAME.spell(name, node, 'name')}{self.parm_value(value, node, 'value', depth)}"

    def observed_events_descriptor(self, node: ObservedEventsDescriptor, depth: i64) -> str:
        """Annex B ``observedEventsDescriptor``."""
        request_id: int = node.request_id
        events: tuple[ObservedEvent, ...] = node.events
        if not events:
            self.wants(node, "observed_event")
        return f"{self.words.OBSERVED_EVENTS_TOKEN}{self.equal}{self.request_id_text(request_id, node, 'request_id')}{self.gap}{self.block_of(self.observed_event(events[0], depth + 1), depth) if len(events) == 1 else self.block([self.observed_event(one, depth + 1) for one in events], depth)}"

    def observed_event(self, node: ObservedEvent, depth: i64) -> str:
        """Annex B ``observedEvent``."""
        name: str
        time: TimeStamp | None
        stream_id: int | None
        parameters: tuple[PropertyParm, ...]
        name, time, stream_id, parameters = astuple(node)
        if len(parameters) > 1:
            check_names(parameters, node, "parameters")
        out = ""
        if time is not None:
            out += f"{self.time_stamp(time, node, 'time', depth)}:"
        out += _PKGD_NAME.spell(name, node, 'name')
        if (stream_id is not None or parameters):
            written: list[str] = []
            if stream_id is not None:
                written.append(self.event_stream(stream_id, node, 'stream_id', depth + 1))
            for one in parameters:
                if one.name.lower() in _KEYWORDS_OF_EVENT_SPEC:
                    self.keyword(node, "parameters", one, one.name)
                written.append(self.event_other(one, depth + 1))
            if not written:
                self.wants(node, "event_stream or event_other")
            out += f"{self.gap}{self.block(written, depth)}"
        elif stream_id is not None:
            self.no_place(node, "stream_id")
        elif parameters:
            self.no_place(node, "parameters")
        return out

    def time_stamp(self, value: TimeStamp, node: Node, field: str, depth: i64) -> str:
        """Annex B ``timeStamp``."""
        return self.time_stamp_text(value)

    def signals_descriptor(self, node: SignalsDescriptor, depth: i64) -> str:
        """Annex B ``signalsDescriptor``."""
        signals: tuple[Signal | SignalList, ...] = node.signals
        out = self.words.SIGNALS_TOKEN
        if signals:
            written: list[str] = []
            for one in signals:
                if type(one) is _SignalList:
                    written.append(self.signal_list(one, depth + 1))
                elif type(one) is _Signal:
                    written.append(self.signal_request(one, depth + 1))
                else:
                    self.no_place_for(node, "signals", one)
            if not written:
                self.wants(node, "signal_list or signal_request")
            out += f"{self.gap}{self.block(written, depth)}"
        return out

    def signal_list(self, node: SignalList, depth: i64) -> str:
        """Annex B ``signalList``."""
        list_id: int = node.list_id
        signals: tuple[Signal, ...] = node.signals
        if not signals:
            self.wants(node, "signal_request")
        return f"{self.words.SIGNAL_LIST_TOKEN}{self.equal}{self.number(list_id, 65535, node, 'list_id')}{self.gap}{self.block_of(self.signal_request(signals[0], depth + 1), depth) if len(signals) == 1 else self.block([self.signal_request(one, depth + 1) for one in signals], depth)}"

    def signal_request(self, node: Signal, depth: i64) -> str:
        """Annex B ``signalRequest``."""
        name: str
        stream_id: int | None
        signal_type: SignalType | None
        duration: int | None
        notify_completion: tuple[NotifyReason, ...]
        keep_active: bool
        direction: SignalDirection | None
        request_id: int | None
        intersignal_delay: int | None
        parameters: tuple[PropertyParm, ...]
        name, stream_id, signal_type, duration, notify_completion, keep_active, direction, request_id, intersignal_delay, parameters = astuple(node)
        if len(parameters) > 1:
            check_names(parameters, node, "parameters")
        out = _PKGD_NAME.spell(name, node, 'name')
        if (stream_id is not None or signal_type is not None or duration is not None or notify_completion or keep_active is True or direction is not None or request_id is not None or intersignal_delay is not None or parameters):
            written: list[str] = []
            if stream_id is not None:
                written.append(self.sig_stream(stream_id, node, 'stream_id', depth + 1))
            if signal_type is not None:
                written.append(self.sig_signal_type(signal_type, node, 'signal_type', depth + 1))
            if duration is not None:
                written.append(self.sig_duration(duration, node, 'duration', depth + 1))
            if notify_completion:
                written.append(f"{self.words.NOTIFY_COMPLETION_TOKEN}{self.equal}{self.block_of(self.notification_reason(notify_completion[0], node, 'notify_completion', depth + 2), depth + 1) if len(notify_completion) == 1 else self.block([self.notification_reason(one, node, 'notify_completion', depth + 2) for one in notify_completion], depth + 1)}")
            if keep_active is True:
                written.append(self.words.KEEP_ACTIVE_TOKEN)
            if direction is not None:
                written.append(self.sig_direction(direction, node, 'direction', depth + 1))
            if request_id is not None:
                written.append(self.sig_request_id(request_id, node, 'request_id', depth + 1))
            if intersignal_delay is not None:
                written.append(self.sig_intsig_delay(intersignal_delay, node, 'intersignal_delay', depth + 1))
            for one in parameters:
                if one.name.lower() in _KEYWORDS_OF_SIGNAL_REQUEST:
                    self.keyword(node, "parameters", one, one.name)
                written.append(self.sig_other(one, depth + 1))
            if not written:
                self.wants(node, "sig_stream or sig_signal_type or sig_duration or NotifyCompletion or KeepActive or sig_direction or sig_request_id or sig_intsig_delay or sig_other")
            out += f"{self.gap}{self.block(written, depth)}"
        elif stream_id is not None:
            self.no_place(node, "stream_id")
        elif signal_type is not None:
            self.no_place(node, "signal_type")
        elif duration is not None:
            self.no_place(node, "duration")
        elif notify_completion:
            self.no_place(node, "notify_completion")
        elif direction is not None:
            self.no_place(node, "direction")
        elif request_id is not None:
            self.no_place(node, "request_id")
        elif intersignal_delay is not None:
            self.no_place(node, "intersignal_delay")
        elif parameters:
            self.no_place(node, "parameters")
        return out

    def sig_direction(self, value: SignalDirection, node: Node, field: str, depth: i64) -> str:
        """Annex B ``sigDirection``."""
        return f"{self.words.DIRECTION_TOKEN}{self.equal}{self.signal_direction(value, node, field, depth)}"

    def signal_direction(self, value: SignalDirection, node: Node, field: str, depth: i64) -> str:
        """Annex B ``signalDirection``."""
        if value is _SignalDirection_EXTERNAL:
            return self.words.EXTERNAL_TOKEN
        if value is _SignalDirection_INTERNAL:
            return self.words.INTERNAL_TOKEN
        if value is _SignalDirection_BOTH:
            return self.words.BOTH_TOKEN
        self.no_place_for(node, field, value)

    def sig_request_id(self, value: int, node: Node, field: str, depth: i64) -> str:
        """Annex B ``sigRequestId``."""
        return f"{self.words.REQUEST_ID_TOKEN}{self.equal}{self.request_id_text(value, node, field)}"

    def sig_intsig_delay(self, value: int, node: Node, field: str, depth: i64) -> str:
        """Annex B ``sigIntsigDelay``."""
        return f"{self.words.INTERSIGNAL_TOKEN}{self.equal}{self.number(value, 65535, node, field)}"

    def sig_stream(self, value: int, node: Node, field: str, depth: i64) -> str:
        """Annex B ``sigStream``."""
        return f"{self.words.STREAM_TOKEN}{self.equal}{self.number(value, 65535, node, field)}"

    def sig_signal_type(self, value: SignalType, node: Node, field: str, depth: i64) -> str:
        """Annex B ``sigSignalType``."""
        return f"{self.words.SIGNAL_TYPE_TOKEN}{self.equal}{self.signal_type(value, node, field, depth)}"

    def signal_type(self, value: SignalType, node: Node, field: str, depth: i64) -> str:
        """Annex B ``signalType``."""
        if value is _SignalType_ON_OFF:
            return self.words.ON_OFF_TOKEN
        if value is _SignalType_TIME_OUT:
            return self.words.TIME_OUT_TOKEN
        if value is _SignalType_BRIEF:
            return self.words.BRIEF_TOKEN
        self.no_place_for(node, field, value)

    def sig_duration(self, value: int, node: Node, field: str, depth: i64) -> str:
        """Annex B ``sigDuration``."""
        return f"{self.words.DURATION_TOKEN}{self.equal}{self.number(value, 65535, node, field)}"

    def notification_reason(self, value: NotifyReason, node: Node, field: str, depth: i64) -> str:
        """Annex B ``notificationReason``."""
        if value is _NotifyReason_TIME_OUT:
            return self.words.TIME_OUT_TOKEN
        if value is _NotifyReason_INTERRUPTED_BY_EVENT:
            return self.words.INTERRUPT_BY_EVENT_TOKEN
        if value is _NotifyReason_INTERRUPTED_BY_SIGNALS_DESCRIPTOR:
            return self.words.INTERRUPT_BY_NEW_SIGNALS_DESCR_TOKEN
        if value is _NotifyReason_OTHER:
            return self.words.OTHER_REASON_TOKEN
        if value is _NotifyReason_ITERATION:
            return self.words.ITERATION_TOKEN
        self.no_place_for(node, field, value)

    def sig_other(self, node: PropertyParm, depth: i64) -> str:
        """Annex B ``sigOther``."""
        name: str = node.name
        value: Value | ValueList | ValueRange | ValueChoice | RelatedValue = node.value
        return f"{_NAME.spell(name, node, 'name')}{self.parm_value(value, node, 'value', depth)}"

    def audit_descriptor(self, node: AuditDescriptor, depth: i64) -> str:
        """Annex B ``auditDescriptor``."""
        items: tuple[AuditItem, ...] = node.items
        individual: tuple[MediaAudit | EventsAudit | EventBufferAudit | SignalsAudit | DigitMapAudit | StatisticsAudit | PackagesAudit, ...] = node.individual
        out = self.words.AUDIT_TOKEN
        written: list[str] = []
        if (items or individual):
            for each_of_items in items:
                written.append(self.audit_token(each_of_items, node, 'items', depth + 1))
            for one in individual:
                if type(one) is _MediaAudit:
                    written.append(self.ind_aud_media_descriptor(one, depth + 1))
                elif type(one) is _EventsAudit:
                    written.append(self.ind_aud_events_descriptor(one, depth + 1))
                elif type(one) is _EventBufferAudit:
                    written.append(self.ind_aud_event_buffer_descriptor(one, depth + 1))
                elif type(one) is _SignalsAudit:
                    written.append(self.ind_aud_signals_descriptor(one, depth + 1))
                elif type(one) is _DigitMapAudit:
                    written.append(self.ind_aud_digit_map_descriptor(one, depth + 1))
                elif type(one) is _StatisticsAudit:
                    written.append(self.ind_aud_statistics_descriptor(one, depth + 1))
                elif type(one) is _PackagesAudit:
                    written.append(self.ind_aud_packages_descriptor(one, depth + 1))
                else:
                    self.no_place_for(node, "individual", one)
        elif items:
            self.no_place(node, "items")
        elif individual:
            self.no_place(node, "individual")
        out += f"{self.gap}{self.block(written, depth)}"
        return out

    def audit_token(self, value: AuditItem, node: Node, field: str, depth: i64) -> str:
        """Annex B ``auditToken``."""
        if value is _AuditItem_MUX:
            return self.words.MUX_TOKEN
        if value is _AuditItem_MODEM:
            return self.words.MODEM_TOKEN
        if value is _AuditItem_MEDIA:
            return self.words.MEDIA_TOKEN
        if value is _AuditItem_DIGIT_MAP:
            return self.words.DIGIT_MAP_TOKEN
        if value is _AuditItem_STATISTICS:
            return self.words.STATS_TOKEN
        if value is _AuditItem_OBSERVED_EVENTS:
            return self.words.OBSERVED_EVENTS_TOKEN
        if value is _AuditItem_PACKAGES:
            return self.words.PACKAGES_TOKEN
        if value is _AuditItem_SIGNALS:
            return self.words.SIGNALS_TOKEN
        if value is _AuditItem_EVENT_BUFFER:
            return self.words.EVENT_BUFFER_TOKEN
        if value is _AuditItem_EVENTS:
            return self.words.EVENTS_TOKEN
        self.no_place_for(node, field, value)

    def ind_aud_media_descriptor(self, node: MediaAudit, depth: i64) -> str:
        """Annex B ``indAudMediaDescriptor``."""
        termination_state: TerminationStateAudit | None = node.termination_state
        streams: tuple[StreamAudit, ...] = node.streams
        inner_local_control: LocalControlAudit | None = None
        inner_local: LocalDescriptor | None = None
        inner_remote: RemoteDescriptor | None = None
        inner_statistics: StatisticsAudit | None = None
        if streams and streams[0].stream_id is None:
            inner_local_control = streams[0].local_control
            inner_local = streams[0].local
            inner_remote = streams[0].remote
            inner_statistics = streams[0].statistics
            if not (inner_local_control is not None or inner_local is not None or inner_remote is not None or inner_statistics is not None):
                self.wants(streams[0], "local_control or local or remote or statistics")
            if len(streams) > 1:
                self.excluded(node, "streams", streams[1])
            streams = ()
        out = self.words.MEDIA_TOKEN
        written: list[str] = []
        if termination_state is not None:
            written.append(self.ind_aud_termination_state_descriptor(termination_state, depth + 1))
        for each_of_streams in streams:
            written.append(self.ind_aud_stream_descriptor(each_of_streams, depth + 1))
        if inner_local_control is not None:
            written.append(self.ind_aud_local_control_descriptor(inner_local_control, depth + 1))
        if inner_local is not None:
            written.append(self.local_descriptor(inner_local, depth + 1))
        if inner_remote is not None:
            written.append(self.remote_descriptor(inner_remote, depth + 1))
        if inner_statistics is not None:
            written.append(self.ind_aud_statistics_descriptor(inner_statistics, depth + 1))
        if not written:
            self.wants(node, "ind_aud_termination_state_descriptor or ind_aud_stream_descriptor or ind_aud_local_control_descriptor or local_descriptor or remote_descriptor or ind_aud_statistics_descriptor")
        out += f"{self.gap}{self.block(written, depth)}"
        return out

    def ind_aud_stream_descriptor(self, node: StreamAudit, depth: i64) -> str:
        """Annex B ``indAudStreamDescriptor``."""
        stream_id: int | None
        local_control: LocalControlAudit | None
        local: LocalDescriptor | None
        remote: RemoteDescriptor | None
        statistics: StatisticsAudit | None
        stream_id, local_control, local, remote, statistics = astuple(node)
        out = f"{self.words.STREAM_TOKEN}{self.equal}{self.number(stream_id, 65535, node, 'stream_id')}"
        written: list[str] = []
        if local_control is not None:
            written.append(self.ind_aud_local_control_descriptor(local_control, depth + 1))
            if local is not None:
                self.no_place(node, "local")
            if remote is not None:
                self.no_place(node, "remote")
            if statistics is not None:
                self.no_place(node, "statistics")
        elif local is not None:
            written.append(self.local_descriptor(local, depth + 1))
            if remote is not None:
                self.no_place(node, "remote")
            if statistics is not None:
                self.no_place(node, "statistics")
        elif remote is not None:
            written.append(self.remote_descriptor(remote, depth + 1))
            if statistics is not None:
                self.no_place(node, "statistics")
        elif statistics is not None:
            written.append(self.ind_aud_statistics_descriptor(statistics, depth + 1))
        else:
            self.wants(node, "ind_aud_local_control_descriptor or local_descriptor or remote_descriptor or ind_aud_statistics_descriptor")
        if not written:
            self.wants(node, "ind_aud_local_control_descriptor or local_descriptor or remote_descriptor or ind_aud_statistics_descriptor")
        out += f"{self.gap}{self.block(written, depth)}"
        return out

    def ind_aud_local_control_descriptor(self, node: LocalControlAudit, depth: i64) -> str:
        """Annex B ``indAudLocalControlDescriptor``."""
        mode: StreamModeAudit | None
        reserve_value: bool
        reserve_group: bool
        properties: tuple[PropertyAudit, ...]
        mode, reserve_value, reserve_group, properties = astuple(node)
        out = self.words.LOCAL_CONTROL_TOKEN
        written: list[str] = []
        if mode is not None:
            written.append(self.ind_aud_mode(mode, depth + 1))
        if reserve_value is True:
            written.append(self.words.RESERVED_VALUE_TOKEN)
        if reserve_group is True:
            written.append(self.words.RESERVED_GROUP_TOKEN)
        for each_of_properties in properties:
            written.append(self.ind_aud_property_parm(each_of_properties, depth + 1))
        if not written:
            self.wants(node, "ind_aud_mode or ReservedValue or ReservedGroup or ind_aud_property_parm")
        out += f"{self.gap}{self.block(written, depth)}"
        return out

    def ind_aud_mode(self, node: StreamModeAudit, depth: i64) -> str:
        """Annex B ``indAudMode``."""
        mode: StreamMode | None = node.mode
        relation: Relation | None = node.relation
        out = self.words.MODE_TOKEN
        if mode is not None:
            if relation is not None:
                out += self.gap + relation.value + self.gap
            else:
                out += self.equal
            out += self.stream_modes(mode, node, 'mode', depth)
        elif relation is not None:
            self.no_place(node, "relation")
        return out

    def ind_aud_property_parm(self, node: PropertyAudit, depth: i64) -> str:
        """Annex B ``indAudPropertyParm``."""
        name: str = node.name
        value: Value | ValueList | ValueRange | ValueChoice | RelatedValue | None = node.value
        out = _PKGD_NAME.spell(name, node, 'name')
        if value is not None:
            out += self.parm_value(value, node, 'value', depth)
        return out

    def ind_aud_termination_state_descriptor(self, node: TerminationStateAudit, depth: i64) -> str:
        """Annex B ``indAudTerminationStateDescriptor``."""
        service_state: ServiceStateAudit | None
        event_buffer_control: bool
        properties: tuple[PropertyAudit, ...]
        service_state, event_buffer_control, properties = astuple(node)
        out = self.words.TERMINATION_STATE_TOKEN
        written: list[str] = []
        if len(properties) == 1:
            written.append(self.ind_aud_property_parm(properties[0], depth + 1))
            if service_state is not None:
                self.no_place(node, "service_state")
            if event_buffer_control:
                self.no_place(node, "event_buffer_control")
        elif service_state is not None:
            written.append(self.ind_aud_service_states(service_state, depth + 1))
            if event_buffer_control:
                self.no_place(node, "event_buffer_control")
            if properties:
                self.no_place(node, "properties")
        elif event_buffer_control is True:
            written.append(self.words.BUFFER_TOKEN)
            if properties:
                self.no_place(node, "properties")
        else:
            self.wants(node, "ind_aud_service_states or Buffer or ind_aud_property_parm")
        if not written:
            self.wants(node, "ind_aud_service_states or Buffer or ind_aud_property_parm")
        out += f"{self.gap}{self.block(written, depth)}"
        return out

    def ind_aud_service_states(self, node: ServiceStateAudit, depth: i64) -> str:
        """Annex B ``indAudServiceStates``."""
        state: ServiceState | None = node.state
        relation: Relation | None = node.relation
        out = self.words.SERVICE_STATES_TOKEN
        if state is not None:
            if relation is not None:
                out += self.gap + relation.value + self.gap
            else:
                out += self.equal
            out += self.service_state(state, node, 'state', depth)
        elif relation is not None:
            self.no_place(node, "relation")
        return out

    def ind_aud_events_descriptor(self, node: EventsAudit, depth: i64) -> str:
        """Annex B ``indAudEventsDescriptor``."""
        request_id: int | None = node.request_id
        name: str = node.name
        if node.stream_id:
            self.no_place(node, "stream_id")
        out = self.words.EVENTS_TOKEN
        if request_id is not None:
            out += f"{self.equal}{self.request_id_text(request_id, node, 'request_id')}"
        out += f"{self.gap}{self.block_of(_PKGD_NAME.spell(name, node, 'name'), depth)}"
        return out

    def ind_aud_event_buffer_descriptor(self, node: EventBufferAudit, depth: i64) -> str:
        """Annex B ``indAudEventBufferDescriptor``."""
        name: str
        stream_id: int | None
        parameter: str | None
        name, stream_id, parameter = astuple(node)
        out = self.words.EVENT_BUFFER_TOKEN
        written: list[str] = []
        written_text = _PKGD_NAME.spell(name, node, 'name')
        if (stream_id is not None or parameter is not None):
            written_in_item: list[str] = []
            if stream_id is not None:
                written_in_item.append(self.event_stream(stream_id, node, 'stream_id', depth + 2))
                if parameter is not None:
                    self.no_place(node, "parameter")
            elif parameter is not None:
                written_in_item.append(_NAME.spell(parameter, node, 'parameter'))
                if parameter.lower() in _KEYWORDS_OF_EVENT_SPEC:
                    self.keyword(node, "parameter", parameter, parameter)
            else:
                self.wants(node, "event_stream or a NAME")
            if not written_in_item:
                self.wants(node, "event_stream or a NAME")
            written_text += f"{self.gap}{self.block(written_in_item, depth + 1)}"
        elif stream_id is not None:
            self.no_place(node, "stream_id")
        elif parameter is not None:
            self.no_place(node, "parameter")
        written.append(written_text)
        if not written:
            self.wants(node, "a package and item name (package/item)")
        out += f"{self.gap}{self.block(written, depth)}"
        return out

    def ind_aud_signals_descriptor(self, node: SignalsAudit, depth: i64) -> str:
        """Annex B ``indAudSignalsDescriptor``."""
        signal: SignalAudit | SignalListAudit | None = node.signal
        out = self.words.SIGNALS_TOKEN
        if type(signal) is _SignalListAudit:
            out += f"{self.gap}{self.block_of(self.ind_aud_signal_list(signal, depth + 1), depth)}"
        elif type(signal) is _SignalAudit:
            out += f"{self.gap}{self.block_of(self.ind_aud_signal(signal, depth + 1), depth)}"
        else:
            out += f"{self.gap}{self.block([], depth)}"
            if signal is not None:
                self.no_place(node, "signal")
        return out

    def ind_aud_signal_list(self, node: SignalListAudit, depth: i64) -> str:
        """Annex B ``indAudSignalList``."""
        list_id: int = node.list_id
        signal: SignalAudit | None = node.signal
        out = f"{self.words.SIGNAL_LIST_TOKEN}{self.equal}{self.number(list_id, 65535, node, 'list_id')}"
        if signal is not None:
            out += f"{self.gap}{self.block_of(self.ind_aud_signal(signal, depth + 1), depth)}"
        return out

    def ind_aud_signal(self, node: SignalAudit, depth: i64) -> str:
        """Annex B ``indAudSignal``."""
        name: str
        stream_id: int | None
        request_id: int | None
        name, stream_id, request_id = astuple(node)
        out = _PKGD_NAME.spell(name, node, 'name')
        if (stream_id is not None or request_id is not None):
            written: list[str] = []
            if stream_id is not None:
                written.append(self.sig_stream(stream_id, node, 'stream_id', depth + 1))
            if request_id is not None:
                written.append(self.sig_request_id(request_id, node, 'request_id', depth + 1))
            if not written:
                self.wants(node, "sig_stream or sig_request_id")
            out += f"{self.gap}{self.block(written, depth)}"
        elif stream_id is not None:
            self.no_place(node, "stream_id")
        elif request_id is not None:
            self.no_place(node, "request_id")
        return out

    def ind_aud_digit_map_descriptor(self, node: DigitMapAudit, depth: i64) -> str:
        """Annex B ``indAudDigitMapDescriptor``."""
        name: str = node.name
        return f"{self.words.DIGIT_MAP_TOKEN}{self.equal}{self.digit_map_name(name, node, 'name', depth)}"

    def ind_aud_statistics_descriptor(self, node: StatisticsAudit, depth: i64) -> str:
        """Annex B ``indAudStatisticsDescriptor``."""
        name: str = node.name
        return f"{self.words.STATS_TOKEN}{self.gap}{self.block_of(_PKGD_NAME.spell(name, node, 'name'), depth)}"

    def ind_aud_packages_descriptor(self, node: PackagesAudit, depth: i64) -> str:
        """Annex B ``indAudPackagesDescriptor``."""
        package: str = node.package
        return f"{self.words.PACKAGES_TOKEN}{self.gap}{self.block_of(_PACKAGE_ITEM.spell(package, node, 'package'), depth)}"

    def statistics_descriptor(self, node: StatisticsDescriptor, depth: i64) -> str:
        """Annex B ``statisticsDescriptor``."""
        parameters: tuple[StatisticsParameter, ...] = node.parameters
        if len(parameters) > 1:
            check_names(parameters, node, "parameters")
        if not parameters:
            self.wants(node, "statistics_parameter")
        return f"{self.words.STATS_TOKEN}{self.gap}{self.block_of(self.statistics_parameter(parameters[0], depth + 1), depth) if len(parameters) == 1 else self.block([self.statistics_parameter(one, depth + 1) for one in parameters], depth)}"

    def statistics_parameter(self, node: StatisticsParameter, depth: i64) -> str:
        """Annex B ``statisticsParameter``."""
        name: str = node.name
        value: Value | ValueList | None = node.value
        out = _PKGD_NAME.spell(name, node, 'name')
        if value is not None:
            out += f"{self.equal}{self.statistics_value(value, node, 'value', depth)}"
        return out

    def statistics_value(self, value: Value | ValueList, node: Node, field: str, depth: i64) -> str:
        """Annex B ``statisticsValue``."""
        if type(value) is _Value:
            out = self.value(value, node, field, depth)
        elif type(value) is _ValueList:
            out = self.value_list(value, depth)
        else:
            self.no_place_for(node, field, value)
        return out

    def packages_descriptor(self, node: PackagesDescriptor, depth: i64) -> str:
        """Annex B ``packagesDescriptor``."""
        packages: tuple[str, ...] = node.packages
        if not packages:
            self.wants(node, "a package name and version (name-version)")
        return f"{self.words.PACKAGES_TOKEN}{self.gap}{self.block_of(_PACKAGE_ITEM.spell(packages[0], node, 'packages'), depth) if len(packages) == 1 else self.block([_PACKAGE_ITEM.spell(one, node, 'packages') for one in packages], depth)}"

    def error_descriptor(self, node: ErrorDescriptor, depth: i64) -> str:
        """Annex B ``errorDescriptor``."""
        code: int = node.code
        text: str | None = node.text
        out = f"{self.words.ERROR_TOKEN}{self.equal}{self.number(code, 9999, node, 'code')}"
        written: list[str] = []
        if text is not None:
            written.append(self.quoted(text, node, 'text'))
        out += f"{self.gap}{self.block(written, depth)}"
        return out

    def service_change_descriptor(self, node: ServiceChangeParm, depth: i64) -> str:
        """Annex B ``serviceChangeDescriptor``."""
        method: ServiceChangeMethod
        method_extension: str | None
        reason: Value
        delay: int | None
        address: IpAddress | DomainName | DeviceName | MtpAddress | None
        address_port: int | None
        mgc_id_to_try: IpAddress | DomainName | DeviceName | MtpAddress | None
        profile: str | None
        version: int | None
        time_stamp: TimeStamp | None
        incomplete: bool
        extensions: tuple[PropertyParm, ...]
        items: tuple[AuditItem, ...]
        individual: tuple[MediaAudit | EventsAudit | EventBufferAudit | SignalsAudit | DigitMapAudit | StatisticsAudit | PackagesAudit, ...]
        method, reason, delay, address, address_port, mgc_id_to_try, profile, version, time_stamp, incomplete, extensions, method_extension, items, individual, _ = astuple(node)
        if node.non_standard:
            self.no_place(node, "non_standard")
        if (method is not None) + (method_extension is not None) != 1:
            self.wants_one_of(node, "method and method_extension")
        if len(extensions) > 1:
            check_names(extensions, node, "extensions")
        if address_port is not None and (address is not None):
            self.excluded(node, "address_port")
        if mgc_id_to_try is not None and (address is not None or address_port is not None):
            self.excluded(node, "mgc_id_to_try")
        out = self.words.SERVICES_TOKEN
        written: list[str] = []
        if method is not None:
            written.append(self.service_change_method(method, node, 'method', depth + 1))
        if method_extension is not None:
            written.append(self.service_change_method_extension(method_extension, node, 'method_extension', depth + 1))
        if address is not None:
            written.append(f"{self.words.SERVICE_CHANGE_ADDRESS_TOKEN}{self.equal}{self.m_id(address, node, 'address', depth + 1)}")
        if address_port is not None:
            written.append(f"{self.words.SERVICE_CHANGE_ADDRESS_TOKEN}{self.equal}{self.number(address_port, 65535, node, 'address_port')}")
        if profile is not None:
            written.append(self.service_change_profile(profile, node, 'profile', depth + 1))
        if reason is not None:
            written.append(self.service_change_reason(reason, node, 'reason', depth + 1))
        if delay is not None:
            written.append(self.service_change_delay(delay, node, 'delay', depth + 1))
        if mgc_id_to_try is not None:
            written.append(self.service_change_mgc_id(mgc_id_to_try, node, 'mgc_id_to_try', depth + 1))
        if version is not None:
            written.append(self.service_change_version(version, node, 'version', depth + 1))
        if time_stamp is not None:
            written.append(self.time_stamp(time_stamp, node, 'time_stamp', depth + 1))
        if incomplete is True:
            written.append(self.words.SERVICE_CHANGE_INCOMPLETE_TOKEN)
        for each_of_extensions in extensions:
            written.append(self.service_change_extension(each_of_extensions, depth + 1))
        for each_of_items in items:
            written.append(self.audit_token(each_of_items, node, 'items', depth + 1))
        for one in individual:
            if type(one) is _MediaAudit:
                written.append(self.ind_aud_media_descriptor(one, depth + 1))
            elif type(one) is _EventsAudit:
                written.append(self.ind_aud_events_descriptor(one, depth + 1))
            elif type(one) is _EventBufferAudit:
                written.append(self.ind_aud_event_buffer_descriptor(one, depth + 1))
            elif type(one) is _SignalsAudit:
                written.append(self.ind_aud_signals_descriptor(one, depth + 1))
            elif type(one) is _DigitMapAudit:
                written.append(self.ind_aud_digit_map_descriptor(one, depth + 1))
            elif type(one) is _StatisticsAudit:
                written.append(self.ind_aud_statistics_descriptor(one, depth + 1))
            elif type(one) is _PackagesAudit:
                written.append(self.ind_aud_packages_descriptor(one, depth + 1))
            else:
                self.no_place_for(node, "individual", one)
        if not written:
            self.wants(node, "service_change_method or service_change_method_extension or ServiceChangeAddress or service_change_profile or service_change_reason or service_change_delay or service_change_mgc_id or service_change_version or time_stamp or ServiceChangeInc or service_change_extension or audit_token or ind_aud_media_descriptor or ind_aud_events_descriptor or ind_aud_event_buffer_descriptor or ind_aud_signals_descriptor or ind_aud_digit_map_descriptor or ind_aud_statistics_descriptor or ind_aud_packages_descriptor")
        out += f"{self.gap}{self.block(written, depth)}"
        return out

    def service_change_extension(self, node: PropertyParm, depth: i64) -> str:
        """Annex B ``serviceChangeExtension``."""
        name: str = node.name
        value: Value | ValueList | ValueRange | ValueChoice | RelatedValue = node.value
        return f"{_EXTENSION_PARAMETER.spell(name, node, 'name')}{self.parm_value(value, node, 'value', depth)}"

    def service_change_reply_descriptor(self, node: ServiceChangeResParm, depth: i64) -> str:
        """Annex B ``serviceChangeReplyDescriptor``."""
        address: IpAddress | DomainName | DeviceName | MtpAddress | None
        address_port: int | None
        mgc_id_to_try: IpAddress | DomainName | DeviceName | MtpAddress | None
        profile: str | None
        version: int | None
        time_stamp: TimeStamp | None
        address, address_port, mgc_id_to_try, profile, version, time_stamp = astuple(node)
        if address_port is not None and (address is not None):
            self.excluded(node, "address_port")
        if mgc_id_to_try is not None and (address is not None or address_port is not None):
            self.excluded(node, "mgc_id_to_try")
        out = self.words.SERVICES_TOKEN
        written: list[str] = []
        if address is not None:
            written.append(f"{self.words.SERVICE_CHANGE_ADDRESS_TOKEN}{self.equal}{self.m_id(address, node, 'address', depth + 1)}")
        if address_port is not None:
            written.append(f"{self.words.SERVICE_CHANGE_ADDRESS_TOKEN}{self.equal}{self.number(address_port, 65535, node, 'address_port')}")
        if profile is not None:
            written.append(self.service_change_profile(profile, node, 'profile', depth + 1))
        if mgc_id_to_try is not None:
            written.append(self.service_change_mgc_id(mgc_id_to_try, node, 'mgc_id_to_try', depth + 1))
        if version is not None:
            written.append(self.service_change_version(version, node, 'version', depth + 1))
        if time_stamp is not None:
            written.append(self.time_stamp(time_stamp, node, 'time_stamp', depth + 1))
        if not written:
            self.wants(node, "ServiceChangeAddress or service_change_profile or service_change_mgc_id or service_change_version or time_stamp")
        out += f"{self.gap}{self.block(written, depth)}"
        return out

    def service_change_method(self, value: ServiceChangeMethod, node: Node, field: str, depth: i64) -> str:
        """Annex B ``serviceChangeMethod``."""
        return f"{self.words.METHOD_TOKEN}{self.equal}{self.service_change_method_value(value, node, field, depth)}"

    def service_change_method_extension(self, value: str, node: Node, field: str, depth: i64) -> str:
        """Annex B ``serviceChangeMethodExtension``."""
        return f"{self.words.METHOD_TOKEN}{self.equal}{_EXTENSION_PARAMETER.spell(value, node, field)}"

    def service_change_method_value(self, value: ServiceChangeMethod, node: Node, field: str, depth: i64) -> str:
        """Annex B ``serviceChangeMethodValue``."""
        if value is _ServiceChangeMethod_FAILOVER:
            return self.words.FAILOVER_TOKEN
        if value is _ServiceChangeMethod_FORCED:
            return self.words.FORCED_TOKEN
        if value is _ServiceChangeMethod_GRACEFUL:
            return self.words.GRACEFUL_TOKEN
        if value is _ServiceChangeMethod_RESTART:
            return self.words.RESTART_TOKEN
        if value is _ServiceChangeMethod_DISCONNECTED:
            return self.words.DISCONNECTED_TOKEN
        if value is _ServiceChangeMethod_HAND_OFF:
            return self.words.HANDOFF_TOKEN
        self.no_place_for(node, field, value)

    def service_change_reason(self, value: Value, node: Node, field: str, depth: i64) -> str:
        """Annex B ``serviceChangeReason``."""
        return f"{self.words.REASON_TOKEN}{self.equal}{self.value(value, node, field, depth)}"

    def service_change_delay(self, value: int, node: Node, field: str, depth: i64) -> str:
        """Annex B ``serviceChangeDelay``."""
        return f"{self.words.DELAY_TOKEN}{self.equal}{self.number(value, 4294967295, node, field)}"

    def service_change_mgc_id(self, value: IpAddress | DomainName | DeviceName | MtpAddress, node: Node, field: str, depth: i64) -> str:
        """Annex B ``serviceChangeMgcId``."""
        return f"{self.words.MGC_ID_TOKEN}{self.equal}{self.m_id(value, node, field, depth)}"

    def service_change_profile(self, value: str, node: Node, field: str, depth: i64) -> str:
        """Annex B ``serviceChangeProfile``."""
        return f"{self.words.PROFILE_TOKEN}{self.equal}{_PROFILE_NAME.spell(value, node, field)}"

    def service_change_version(self, value: int, node: Node, field: str, depth: i64) -> str:
        """Annex B ``serviceChangeVersion``."""
        return f"{self.words.VERSION_TOKEN}{self.equal}{self.number(value, 99, node, field)}"
