"""The decoder of the text encoding. Generated from grammars/megaco.lark by ``make grammar``; do not edit."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, cast

from megaco.deviations import Allowance
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

from .lexicon import Lexicon, Row
from .scanner import Scanner

if TYPE_CHECKING:
    from mypy_extensions import i64

NO_OCTETS: Final = Octets()
UNKNOWN: Final = -1
"""What a word is that no terminal of the place takes."""

_ActionReply: Final[type[ActionReply]] = ActionReply
_ActionRequest: Final[type[ActionRequest]] = ActionRequest
_AddReply: Final[type[AddReply]] = AddReply
_AddRequest: Final[type[AddRequest]] = AddRequest
_AuditCapabilityReply: Final[type[AuditCapabilityReply]] = AuditCapabilityReply
_AuditCapabilityRequest: Final[type[AuditCapabilityRequest]] = AuditCapabilityRequest
_AuditDescriptor: Final[type[AuditDescriptor]] = AuditDescriptor
_AuditValueReply: Final[type[AuditValueReply]] = AuditValueReply
_AuditValueRequest: Final[type[AuditValueRequest]] = AuditValueRequest
_AuthenticationHeader: Final[type[AuthenticationHeader]] = AuthenticationHeader
_CommandRequest: Final[type[CommandRequest]] = CommandRequest
_ContextAudit: Final[type[ContextAudit]] = ContextAudit
_ContextAuditReply: Final[type[ContextAuditReply]] = ContextAuditReply
_ContextProperties: Final[type[ContextProperties]] = ContextProperties
_DeviceName: Final[type[DeviceName]] = DeviceName
_DigitMapAudit: Final[type[DigitMapAudit]] = DigitMapAudit
_DigitMapDescriptor: Final[type[DigitMapDescriptor]] = DigitMapDescriptor
_DigitMapValue: Final[type[DigitMapValue]] = DigitMapValue
_DomainName: Final[type[DomainName]] = DomainName
_EmbeddedDescriptors: Final[type[EmbeddedDescriptors]] = EmbeddedDescriptors
_EmptyDescriptor: Final[type[EmptyDescriptor]] = EmptyDescriptor
_ErrorDescriptor: Final[type[ErrorDescriptor]] = ErrorDescriptor
_EventBufferAudit: Final[type[EventBufferAudit]] = EventBufferAudit
_EventBufferDescriptor: Final[type[EventBufferDescriptor]] = EventBufferDescriptor
_EventDigitMap: Final[type[EventDigitMap]] = EventDigitMap
_EventSpec: Final[type[EventSpec]] = EventSpec
_EventsAudit: Final[type[EventsAudit]] = EventsAudit
_EventsDescriptor: Final[type[EventsDescriptor]] = EventsDescriptor
_IpAddress: Final[type[IpAddress]] = IpAddress
_LocalControlAudit: Final[type[LocalControlAudit]] = LocalControlAudit
_LocalControlDescriptor: Final[type[LocalControlDescriptor]] = LocalControlDescriptor
_LocalDescriptor: Final[type[LocalDescriptor]] = LocalDescriptor
_MediaAudit: Final[type[MediaAudit]] = MediaAudit
_MediaDescriptor: Final[type[MediaDescriptor]] = MediaDescriptor
_Message: Final[type[Message]] = Message
_ModemDescriptor: Final[type[ModemDescriptor]] = ModemDescriptor
_ModifyReply: Final[type[ModifyReply]] = ModifyReply
_ModifyRequest: Final[type[ModifyRequest]] = ModifyRequest
_MoveReply: Final[type[MoveReply]] = MoveReply
_MoveRequest: Final[type[MoveRequest]] = MoveRequest
_MtpAddress: Final[type[MtpAddress]] = MtpAddress
_MuxDescriptor: Final[type[MuxDescriptor]] = MuxDescriptor
_NotifyImmediately: Final[type[NotifyImmediately]] = NotifyImmediately
_NotifyNever: Final[type[NotifyNever]] = NotifyNever
_NotifyRegulated: Final[type[NotifyRegulated]] = NotifyRegulated
_NotifyReply: Final[type[NotifyReply]] = NotifyReply
_NotifyRequest: Final[type[NotifyRequest]] = NotifyRequest
_ObservedEvent: Final[type[ObservedEvent]] = ObservedEvent
_ObservedEventsDescriptor: Final[type[ObservedEventsDescriptor]] = ObservedEventsDescriptor
_PackagesAudit: Final[type[PackagesAudit]] = PackagesAudit
_PackagesDescriptor: Final[type[PackagesDescriptor]] = PackagesDescriptor
_PropertyAudit: Final[type[PropertyAudit]] = PropertyAudit
_PropertyParm: Final[type[PropertyParm]] = PropertyParm
_RelatedValue: Final[type[RelatedValue]] = RelatedValue
_RemoteDescriptor: Final[type[RemoteDescriptor]] = RemoteDescriptor
_RequestedEvent: Final[type[RequestedEvent]] = RequestedEvent
_SecondEventsDescriptor: Final[type[SecondEventsDescriptor]] = SecondEventsDescriptor
_SecondRequestedEvent: Final[type[SecondRequestedEvent]] = SecondRequestedEvent
_SegmentReply: Final[type[SegmentReply]] = SegmentReply
_ServiceChangeParm: Final[type[ServiceChangeParm]] = ServiceChangeParm
_ServiceChangeReply: Final[type[ServiceChangeReply]] = ServiceChangeReply
_ServiceChangeRequest: Final[type[ServiceChangeRequest]] = ServiceChangeRequest
_ServiceChangeResParm: Final[type[ServiceChangeResParm]] = ServiceChangeResParm
_ServiceStateAudit: Final[type[ServiceStateAudit]] = ServiceStateAudit
_Signal: Final[type[Signal]] = Signal
_SignalAudit: Final[type[SignalAudit]] = SignalAudit
_SignalList: Final[type[SignalList]] = SignalList
_SignalListAudit: Final[type[SignalListAudit]] = SignalListAudit
_SignalsAudit: Final[type[SignalsAudit]] = SignalsAudit
_SignalsDescriptor: Final[type[SignalsDescriptor]] = SignalsDescriptor
_StatisticsAudit: Final[type[StatisticsAudit]] = StatisticsAudit
_StatisticsDescriptor: Final[type[StatisticsDescriptor]] = StatisticsDescriptor
_StatisticsParameter: Final[type[StatisticsParameter]] = StatisticsParameter
_StreamAudit: Final[type[StreamAudit]] = StreamAudit
_StreamDescriptor: Final[type[StreamDescriptor]] = StreamDescriptor
_StreamModeAudit: Final[type[StreamModeAudit]] = StreamModeAudit
_SubtractReply: Final[type[SubtractReply]] = SubtractReply
_SubtractRequest: Final[type[SubtractRequest]] = SubtractRequest
_TerminationStateAudit: Final[type[TerminationStateAudit]] = TerminationStateAudit
_TerminationStateDescriptor: Final[type[TerminationStateDescriptor]] = TerminationStateDescriptor
_TopologyRequest: Final[type[TopologyRequest]] = TopologyRequest
_TransactionAck: Final[type[TransactionAck]] = TransactionAck
_TransactionPending: Final[type[TransactionPending]] = TransactionPending
_TransactionReply: Final[type[TransactionReply]] = TransactionReply
_TransactionRequest: Final[type[TransactionRequest]] = TransactionRequest
_TransactionResponseAck: Final[type[TransactionResponseAck]] = TransactionResponseAck
_ValueChoice: Final[type[ValueChoice]] = ValueChoice
_ValueList: Final[type[ValueList]] = ValueList
_ValueRange: Final[type[ValueRange]] = ValueRange

PORT_NUMBER: Final = 0
DIGIT_FIRST_NAME: Final = 3
RESPONSE_ACK_TOKEN: Final = 7
RESET_EVENTS_DESCRIPTOR_TOKEN: Final = 8
SERVICE_CHANGE_ADDRESS_TOKEN: Final = 9
EMERGENCY_OFF_TOKEN: Final = 10
SERVICE_CHANGE_INCOMPLETE_TOKEN: Final = 11
NOTIFY_COMPLETION_TOKEN: Final = 12
TERMINATION_STATE_TOKEN: Final = 13
NOTIFY_IMMEDIATE_TOKEN: Final = 14
NOTIFY_REGULATED_TOKEN: Final = 15
AUDIT_CAP_TOKEN: Final = 16
EMERGENCY_VALUE_TOKEN: Final = 17
ONEWAY_EXTERNAL_TOKEN: Final = 18
AUTH_TOKEN: Final = 19
IMM_ACK_REQUIRED_TOKEN: Final = 20
OBSERVED_EVENTS_TOKEN: Final = 21
INTERRUPT_BY_NEW_SIGNALS_DESCR_TOKEN: Final = 22
RESERVED_GROUP_TOKEN: Final = 23
RESERVED_VALUE_TOKEN: Final = 24
SERVICE_CHANGE_TOKEN: Final = 25
SERVICE_STATES_TOKEN: Final = 26
DIRECTION_TOKEN: Final = 27
REQUEST_ID_TOKEN: Final = 28
NX64K_TOKEN: Final = 29
CONTEXT_AUDIT_TOKEN: Final = 30
DISCONNECTED_TOKEN: Final = 31
OUT_OF_SVC_TOKEN: Final = 32
LOCAL_CONTROL_TOKEN: Final = 33
INTERSIGNAL_TOKEN: Final = 34
NEVER_NOTIFY_TOKEN: Final = 35
CONTEXT_LIST_TOKEN: Final = 36
CONTEXT_ATTR_TOKEN: Final = 37
EVENT_BUFFER_TOKEN: Final = 38
OTHER_REASON_TOKEN: Final = 39
RECVONLY_TOKEN: Final = 40
SENDRECV_TOKEN: Final = 41
TRANS_TOKEN: Final = 42
INTERRUPT_BY_EVENT_TOKEN: Final = 43
ONEWAY_BOTH_TOKEN: Final = 44
AUDIT_VALUE_TOKEN: Final = 45
KEEP_ACTIVE_TOKEN: Final = 46
MGC_ID_TOKEN: Final = 47
SIGNAL_LIST_TOKEN: Final = 48
SIGNAL_TYPE_TOKEN: Final = 49
STATS_TOKEN: Final = 50
EMERGENCY_TOKEN: Final = 51
IN_SVC_TOKEN: Final = 52
ITERATION_TOKEN: Final = 53
SYNCH_ISDN_TOKEN: Final = 54
IEPS_TOKEN: Final = 55
DIGIT_MAP_TOKEN: Final = 56
DURATION_TOKEN: Final = 57
EXTERNAL_TOKEN: Final = 58
FAILOVER_TOKEN: Final = 59
GRACEFUL_TOKEN: Final = 60
INACTIVE_TOKEN: Final = 61
INTERNAL_TOKEN: Final = 62
LOCK_STEP_TOKEN: Final = 63
LOOPBACK_TOKEN: Final = 64
PACKAGES_TOKEN: Final = 65
PRIORITY_TOKEN: Final = 66
SENDONLY_TOKEN: Final = 67
SERVICES_TOKEN: Final = 68
TOPOLOGY_TOKEN: Final = 69
SUBTRACT_TOKEN: Final = 70
BOTHWAY_TOKEN: Final = 71
HANDOFF_TOKEN: Final = 72
ISOLATE_TOKEN: Final = 73
MESSAGE_SEGMENT_TOKEN: Final = 74
PENDING_TOKEN: Final = 75
PROFILE_TOKEN: Final = 76
RESTART_TOKEN: Final = 77
SIGNALS_TOKEN: Final = 78
TIME_OUT_TOKEN: Final = 79
CTX_TOKEN: Final = 80
VERSION_TOKEN: Final = 81
BUFFER_TOKEN: Final = 82
FORCED_TOKEN: Final = 83
METHOD_TOKEN: Final = 84
MODIFY_TOKEN: Final = 85
ONEWAY_TOKEN: Final = 86
REASON_TOKEN: Final = 87
STREAM_TOKEN: Final = 88
EVENTS_TOKEN: Final = 89
NOTIFY_TOKEN: Final = 90
REMOTE_TOKEN: Final = 91
AND_LGC_TOKEN: Final = 92
AUDIT_TOKEN: Final = 93
BRIEF_TOKEN: Final = 94
DELAY_TOKEN: Final = 95
EMBED_TOKEN: Final = 96
ERROR_TOKEN: Final = 97
MODEM_TOKEN: Final = 98
ON_OFF_TOKEN: Final = 99
LOCAL_TOKEN: Final = 100
MEDIA_TOKEN: Final = 101
REPLY_TOKEN: Final = 102
OR_LGC_TOKEN: Final = 103
MODE_TOKEN: Final = 104
MOVE_TOKEN: Final = 105
TEST_TOKEN: Final = 106
BOTH_TOKEN: Final = 107
H221_TOKEN: Final = 108
H223_TOKEN: Final = 109
H226_TOKEN: Final = 110
V22BIS_TOKEN: Final = 111
V32BIS_TOKEN: Final = 112
MUX_TOKEN: Final = 113
ADD_TOKEN: Final = 114
OFF_TOKEN: Final = 115
V18_TOKEN: Final = 116
V22_TOKEN: Final = 117
V32_TOKEN: Final = 118
V34_TOKEN: Final = 119
V76_TOKEN: Final = 120
V90_TOKEN: Final = 121
V91_TOKEN: Final = 122
ON_TOKEN: Final = 123
OPTIONAL_TOKEN: Final = 124
WILDCARD_TOKEN: Final = 125
PATH_NAME: Final = 132
PKGD_NAME: Final = 146
PACKAGE_ITEM: Final = 147
PROFILE_NAME: Final = 148
AUTH_DATA: Final = 150
NAME: Final = 151
CONTEXT_ID: Final = 154
REQUEST_ID: Final = 155
SECURITY_PARM_INDEX: Final = 156
SEQUENCE_NUM: Final = 157
TRANSACTION_ID: Final = 158
UINT32: Final = 159
EXTENSION_PARAMETER: Final = 160
MEGACOP_TOKEN: Final = 161
SEGMENT_NUMBER: Final = 162
UINT16: Final = 163
ERROR_CODE: Final = 164
SEGMENTATION_COMPLETE_TOKEN: Final = 165
TIMER: Final = 166
VERSION: Final = 167

_SECURITY_PARM_INDEX: Final = re.compile('(?i:0x[0-9A-F]{8})')
_SEQUENCE_NUM: Final = re.compile('(?i:0x[0-9A-F]{8})')
_AUTH_DATA: Final = re.compile('(?i:0x[0-9A-F]{24,64})')
_MTP_ADDRESS: Final = re.compile('(?i:MTP\\{[ \t\r\n]*[0-9A-F]{4,8}[ \t\r\n]*\\})')
_IP_ADDRESS: Final = re.compile('(?i:\\[(?:[0-9]{1,3}(?:\\.[0-9]{1,3}){3}|[0-9A-F]{0,4}(?::[0-9A-F]{0,4}){2,7}(?:[0-9]{1,3}(?:\\.[0-9]{1,3}){3})?)\\])')
_DOMAIN_NAME: Final = re.compile('<[A-Za-z0-9][A-Za-z0-9.\\-]{0,63}>')
_COMMA_OF_DIRECTION: Final = re.compile('(?:[ \t\r\n]|;[\t -~]*[\r\n])*+,(?:[ \t\r\n]|;[\t -~]*[\r\n])*+(?i:(?=(?:OnewayBoth|OWB|OnewayExternal|OWE)(?:[ \t\r\n]|;[\t -~]*[\r\n])*\\}))')
_COMMA_OF_STREAM: Final = re.compile('(?:[ \t\r\n]|;[\t -~]*[\r\n])*+,(?:[ \t\r\n]|;[\t -~]*[\r\n])*+(?i:(?=(?:Stream|ST)(?:[ \t\r\n]|;[\t -~]*[\r\n])*=))')
_T_TIMER: Final = re.compile('(?i:T:)')
_S_TIMER: Final = re.compile('(?i:S:)')
_L_TIMER: Final = re.compile('(?i:L:)')
_Z_TIMER: Final = re.compile('(?i:Z:)')
_DIGIT_MAP: Final = re.compile('(?:\\((?:[ \t\r\n]|;[\t -~]*[\r\n])*+(?i:(?:[0-9A-LSTXZ]++\\.?+|(?:[ \t\r\n]|;[\t -~]*[\r\n])*+\\[(?:[ \t\r\n]|;[\t -~]*[\r\n])*+(?:[0-9]-[0-9]|[0-9A-LSTZ])*+(?:[ \t\r\n]|;[\t -~]*[\r\n])*+\\](?:[ \t\r\n]|;[\t -~]*[\r\n])*+\\.?+)++)(?:(?:[ \t\r\n]|;[\t -~]*[\r\n])*+\\|(?:[ \t\r\n]|;[\t -~]*[\r\n])*+(?i:(?:[0-9A-LSTXZ]++\\.?+|(?:[ \t\r\n]|;[\t -~]*[\r\n])*+\\[(?:[ \t\r\n]|;[\t -~]*[\r\n])*+(?:[0-9]-[0-9]|[0-9A-LSTZ])*+(?:[ \t\r\n]|;[\t -~]*[\r\n])*+\\](?:[ \t\r\n]|;[\t -~]*[\r\n])*+\\.?+)++))*(?:[ \t\r\n]|;[\t -~]*[\r\n])*+\\)|(?i:(?:[0-9A-LSTXZ]++\\.?+|(?:[ \t\r\n]|;[\t -~]*[\r\n])*+\\[(?:[ \t\r\n]|;[\t -~]*[\r\n])*+(?:[0-9]-[0-9]|[0-9A-LSTZ])*+(?:[ \t\r\n]|;[\t -~]*[\r\n])*+\\](?:[ \t\r\n]|;[\t -~]*[\r\n])*+\\.?+)++))(?=(?:[ \t\r\n]|;[\t -~]*[\r\n])*+(?:\\}|\\Z))')
_NESTED_DIGIT_MAP: Final = re.compile('\\((?:[ \t\r\n]|;[\t -~]*[\r\n])*+\\((?:[ \t\r\n]|;[\t -~]*[\r\n])*+(?i:(?:[0-9A-LSTXZ]++\\.?+|(?:[ \t\r\n]|;[\t -~]*[\r\n])*+\\[(?:[ \t\r\n]|;[\t -~]*[\r\n])*+(?:[0-9]-[0-9]|[0-9A-LSTZ])*+(?:[ \t\r\n]|;[\t -~]*[\r\n])*+\\](?:[ \t\r\n]|;[\t -~]*[\r\n])*+\\.?+)++)(?:(?:[ \t\r\n]|;[\t -~]*[\r\n])*+\\|(?:[ \t\r\n]|;[\t -~]*[\r\n])*+(?i:(?:[0-9A-LSTXZ]++\\.?+|(?:[ \t\r\n]|;[\t -~]*[\r\n])*+\\[(?:[ \t\r\n]|;[\t -~]*[\r\n])*+(?:[0-9]-[0-9]|[0-9A-LSTZ])*+(?:[ \t\r\n]|;[\t -~]*[\r\n])*+\\](?:[ \t\r\n]|;[\t -~]*[\r\n])*+\\.?+)++))*(?:[ \t\r\n]|;[\t -~]*[\r\n])*+\\)(?:[ \t\r\n]|;[\t -~]*[\r\n])*+\\)(?=(?:[ \t\r\n]|;[\t -~]*[\r\n])*+(?:\\}|\\Z))')
_LOOSE_DIGIT_MAP: Final = re.compile('(?:\\((?:[ \t\r\n]|;[\t -~]*[\r\n])*+(?i:(?:[0-9A-LSTXZ#*]++\\.?+|(?:[ \t\r\n]|;[\t -~]*[\r\n])*+\\[(?:[ \t\r\n]|;[\t -~]*[\r\n])*+(?:[0-9]-[0-9]|[0-9A-LSTZ#*])*+(?:[ \t\r\n]|;[\t -~]*[\r\n])*+\\](?:[ \t\r\n]|;[\t -~]*[\r\n])*+\\.?+)++)(?:(?:[ \t\r\n]|;[\t -~]*[\r\n])*+\\|(?:[ \t\r\n]|;[\t -~]*[\r\n])*+(?i:(?:[0-9A-LSTXZ#*]++\\.?+|(?:[ \t\r\n]|;[\t -~]*[\r\n])*+\\[(?:[ \t\r\n]|;[\t -~]*[\r\n])*+(?:[0-9]-[0-9]|[0-9A-LSTZ#*])*+(?:[ \t\r\n]|;[\t -~]*[\r\n])*+\\](?:[ \t\r\n]|;[\t -~]*[\r\n])*+\\.?+)++))*(?:[ \t\r\n]|;[\t -~]*[\r\n])*+\\)|(?i:(?:[0-9A-LSTXZ#*]++\\.?+|(?:[ \t\r\n]|;[\t -~]*[\r\n])*+\\[(?:[ \t\r\n]|;[\t -~]*[\r\n])*+(?:[0-9]-[0-9]|[0-9A-LSTZ#*])*+(?:[ \t\r\n]|;[\t -~]*[\r\n])*+\\](?:[ \t\r\n]|;[\t -~]*[\r\n])*+\\.?+)++))(?=(?:[ \t\r\n]|;[\t -~]*[\r\n])*+(?:\\}|\\Z))')
_VALUE: Final = re.compile('"[\t\r\n !#-~\x80-ÿ]*"|[A-Za-z0-9+\\-&!_\\/\'?@^`~*$\\\\()%.|\x80-ÿ]+')
_QUOTED_STRING: Final = re.compile('"[\t\r\n !#-~\x80-ÿ]*"')

_WANTS_MEGACOP_TOKEN: Final[tuple[str, ...]] = ('MEGACO',)
_WANTS_VERSION: Final[tuple[str, ...]] = ('a version number (1 or 2 digits)',)
_WANTS_SECURITY_PARM_INDEX: Final[tuple[str, ...]] = ('0x and 8 hex digits',)
_WANTS_SEQUENCE_NUM: Final[tuple[str, ...]] = ('0x and 8 hex digits',)
_WANTS_AUTH_DATA: Final[tuple[str, ...]] = ('0x and 24 to 64 hex digits',)
_WANTS_IP_ADDRESS: Final[tuple[str, ...]] = ('an IP address in square brackets',)
_WANTS_PORT_NUMBER: Final[tuple[str, ...]] = ('a port number',)
_WANTS_DOMAIN_NAME: Final[tuple[str, ...]] = ('a domain name in angle brackets',)
_WANTS_PATH_NAME: Final[tuple[str, ...]] = ("a pathNAME (a letter, then letters, digits, '/', '_', '*', '$')",)
_WANTS_DIGIT_FIRST_NAME: Final[tuple[str, ...]] = ()
_WANTS_MTP_ADDRESS: Final[tuple[str, ...]] = ('MTP{hex digits}',)
_WANTS_TRANSACTION_ID: Final[tuple[str, ...]] = ('a TransactionID',)
_WANTS_SEGMENT_NUMBER: Final[tuple[str, ...]] = ('a segment number',)
_WANTS_SEGMENTATION_COMPLETE_TOKEN: Final[tuple[str, ...]] = ('END',)
_WANTS_CONTEXT_ID: Final[tuple[str, ...]] = ("a ContextID (a number, '-', '$' or '*')",)
_WANTS_UINT16: Final[tuple[str, ...]] = ('a number (0 to 65535)',)
_WANTS_PKGD_NAME: Final[tuple[str, ...]] = ('a package and item name (package/item)',)
_WANTS_OPTIONAL_TOKEN: Final[tuple[str, ...]] = ('O-',)
_WANTS_WILDCARD_TOKEN: Final[tuple[str, ...]] = ('W-',)
_WANTS_EXTENSION_PARAMETER: Final[tuple[str, ...]] = ('X- or X+ and 1 to 6 letters or digits',)
_WANTS_NAME: Final[tuple[str, ...]] = ('a NAME',)
_WANTS_DIGIT_MAP: Final[tuple[str, ...]] = ('a digit map',)
_WANTS_NESTED_DIGIT_MAP: Final[tuple[str, ...]] = ()
_WANTS_LOOSE_DIGIT_MAP: Final[tuple[str, ...]] = ()
_WANTS_T_TIMER: Final[tuple[str, ...]] = ('T:',)
_WANTS_TIMER: Final[tuple[str, ...]] = ('1 or 2 digits',)
_WANTS_S_TIMER: Final[tuple[str, ...]] = ('S:',)
_WANTS_L_TIMER: Final[tuple[str, ...]] = ('L:',)
_WANTS_Z_TIMER: Final[tuple[str, ...]] = ('Z:',)
_WANTS_OCTET_STRING: Final[tuple[str, ...]] = ('SDP octets',)
_WANTS_VALUE: Final[tuple[str, ...]] = ('a VALUE',)
_WANTS_REQUEST_ID: Final[tuple[str, ...]] = ("a RequestID (a number or '*')",)
_WANTS_TIME_STAMP: Final[tuple[str, ...]] = ('a time stamp (yyyymmddThhmmssss)',)
_WANTS_PACKAGE_ITEM: Final[tuple[str, ...]] = ('a package name and version (name-version)',)
_WANTS_ERROR_CODE: Final[tuple[str, ...]] = ('an error code (1 to 4 digits)',)
_WANTS_QUOTED_STRING: Final[tuple[str, ...]] = ('a quoted string',)
_WANTS_UINT32: Final[tuple[str, ...]] = ('a number (0 to 4294967295)',)
_WANTS_PROFILE_NAME: Final[tuple[str, ...]] = ('a profile name and version (name/version)',)

_MEGACO_MESSAGE_WORDS: Final = Lexicon(
    Row(AUTH_TOKEN, spellings=('authentication', 'au')),
    Row(MEGACOP_TOKEN, '(?:(?i:MEGACO)|!)', '', is_whole=False),
)
_MEGACO_MESSAGE_WORDS_2: Final = Lexicon(
    Row(MEGACOP_TOKEN, '(?:(?i:MEGACO)|!)', '', is_whole=False),
)
_M_ID_WORDS: Final = Lexicon(
    Row(DIGIT_FIRST_NAME, '(?:[0-9]|\\*?[A-Za-z][A-Za-z0-9_\\/*$]*[.\\-])[A-Za-z0-9_\\/*$.\\-]*(?:@[A-Za-z0-9*][A-Za-z0-9.*\\-]*)?', 'digit_first_name'),
    Row(PATH_NAME, '\\*?[A-Za-z][A-Za-z0-9_\\/*$]*(?:@[A-Za-z0-9*][A-Za-z0-9.*\\-]*)?|[$*](?![A-Za-z0-9_\\/])', 'path_name'),
)
_MEGACO_MESSAGE_WORDS_3: Final = Lexicon(
    Row(RESPONSE_ACK_TOKEN, spellings=('transactionresponseack', 'k')),
    Row(TRANS_TOKEN, spellings=('transaction', 't')),
    Row(MESSAGE_SEGMENT_TOKEN, spellings=('segment', 'sm')),
    Row(PENDING_TOKEN, spellings=('pending', 'pn')),
    Row(ERROR_TOKEN, spellings=('error', 'er')),
    Row(REPLY_TOKEN, spellings=('reply', 'p')),
)
_MEGACO_MESSAGE_WORDS_4: Final = Lexicon(
    Row(RESPONSE_ACK_TOKEN, spellings=('transactionresponseack', 'k')),
    Row(TRANS_TOKEN, spellings=('transaction', 't')),
    Row(MESSAGE_SEGMENT_TOKEN, spellings=('segment', 'sm')),
    Row(PENDING_TOKEN, spellings=('pending', 'pn')),
    Row(REPLY_TOKEN, spellings=('reply', 'p')),
)
_SECURITY_PARM_INDEX_WORDS: Final = Lexicon(
    Row(SECURITY_PARM_INDEX, '(?i:0x[0-9A-F]{8})', 'hex'),
)
_SEQUENCE_NUM_WORDS: Final = Lexicon(
    Row(SEQUENCE_NUM, '(?i:0x[0-9A-F]{8})', 'hex'),
)
_AUTH_DATA_WORDS: Final = Lexicon(
    Row(AUTH_DATA, '(?i:0x[0-9A-F]{24,64})', 'hex'),
)
_ACTION_REQUEST_WORDS: Final = Lexicon(
    Row(CTX_TOKEN, spellings=('context', 'c')),
)
_TRANSACTION_REPLY_WORDS: Final = Lexicon(
    Row(IMM_ACK_REQUIRED_TOKEN, spellings=('immackrequired', 'ia')),
    Row(CTX_TOKEN, spellings=('context', 'c')),
    Row(ERROR_TOKEN, spellings=('error', 'er')),
)
_TRANSACTION_REPLY_WORDS_2: Final = Lexicon(
    Row(CTX_TOKEN, spellings=('context', 'c')),
    Row(ERROR_TOKEN, spellings=('error', 'er')),
)
_TRANSACTION_ACK_WORDS: Final = Lexicon(
    Row(TRANSACTION_ID, '[0-9]{1,10}', 'uint32', is_whole=False),
)
_ACTION_REQUEST_WORDS_2: Final = Lexicon(
    Row(EMERGENCY_OFF_TOKEN, spellings=('emergencyoff', 'emergencyofftoken', 'ego')),
    Row(AUDIT_CAP_TOKEN, spellings=('auditcapability', 'ac')),
    Row(SERVICE_CHANGE_TOKEN, spellings=('servicechange', 'sc')),
    Row(CONTEXT_AUDIT_TOKEN, spellings=('contextaudit', 'ca')),
    Row(CONTEXT_ATTR_TOKEN, spellings=('contextattr', 'ct')),
    Row(AUDIT_VALUE_TOKEN, spellings=('auditvalue', 'av')),
    Row(EMERGENCY_TOKEN, spellings=('emergency', 'eg')),
    Row(IEPS_TOKEN, spellings=('iepscall', 'ieps')),
    Row(PRIORITY_TOKEN, spellings=('priority', 'pr')),
    Row(TOPOLOGY_TOKEN, spellings=('topology', 'tp')),
    Row(SUBTRACT_TOKEN, spellings=('subtract', 's')),
    Row(MODIFY_TOKEN, spellings=('modify', 'mf')),
    Row(NOTIFY_TOKEN, spellings=('notify', 'n')),
    Row(MOVE_TOKEN, spellings=('move', 'mv')),
    Row(ADD_TOKEN, spellings=('add', 'a')),
    Row(OPTIONAL_TOKEN, '(?i:O\\-)', '', is_whole=False),
    Row(WILDCARD_TOKEN, '(?i:W\\-)', '', is_whole=False),
)
_ACTION_REQUEST_WORDS_3: Final = Lexicon(
    Row(CONTEXT_LIST_TOKEN, spellings=('contextlist', 'clt')),
    Row(PKGD_NAME, '[A-Za-z][A-Za-z0-9_]{0,63}\\/(?:[A-Za-z][A-Za-z0-9_]{0,63}|\\*)|\\*\\/\\*', 'name'),
)
_LISTED_CONTEXT_WORDS: Final = Lexicon(
    Row(CONTEXT_ID, '[0-9]{1,10}|[-$*]', 'context_id'),
)
_PROPERTY_PARM_WORDS: Final = Lexicon(
    Row(PKGD_NAME, '[A-Za-z][A-Za-z0-9_]{0,63}\\/(?:[A-Za-z][A-Za-z0-9_]{0,63}|\\*)|\\*\\/\\*', 'name'),
)
_COMMAND_REQUEST_WORDS: Final = Lexicon(
    Row(AUDIT_CAP_TOKEN, spellings=('auditcapability', 'ac')),
    Row(SERVICE_CHANGE_TOKEN, spellings=('servicechange', 'sc')),
    Row(AUDIT_VALUE_TOKEN, spellings=('auditvalue', 'av')),
    Row(SUBTRACT_TOKEN, spellings=('subtract', 's')),
    Row(MODIFY_TOKEN, spellings=('modify', 'mf')),
    Row(NOTIFY_TOKEN, spellings=('notify', 'n')),
    Row(MOVE_TOKEN, spellings=('move', 'mv')),
    Row(ADD_TOKEN, spellings=('add', 'a')),
    Row(OPTIONAL_TOKEN, '(?i:O\\-)', '', is_whole=False),
    Row(WILDCARD_TOKEN, '(?i:W\\-)', '', is_whole=False),
)
_ON_OFF_WORDS: Final = Lexicon(
    Row(OFF_TOKEN, spellings=('off',)),
    Row(ON_TOKEN, spellings=('on',)),
)
_TOPOLOGY_TRIPLE_WORDS: Final = Lexicon(
    Row(ONEWAY_EXTERNAL_TOKEN, spellings=('onewayexternal', 'owe')),
    Row(ONEWAY_BOTH_TOKEN, spellings=('onewayboth', 'owb')),
    Row(BOTHWAY_TOKEN, spellings=('bothway', 'bw')),
    Row(ISOLATE_TOKEN, spellings=('isolate', 'is')),
    Row(ONEWAY_TOKEN, spellings=('oneway', 'ow')),
)
_EVENT_STREAM_WORDS: Final = Lexicon(
    Row(STREAM_TOKEN, spellings=('stream', 'st')),
)
_ONEWAY_DIRECTION_WORDS: Final = Lexicon(
    Row(ONEWAY_EXTERNAL_TOKEN, spellings=('onewayexternal', 'owe')),
    Row(ONEWAY_BOTH_TOKEN, spellings=('onewayboth', 'owb')),
)
_CONTEXT_AUDIT_WORDS: Final = Lexicon(
    Row(EMERGENCY_VALUE_TOKEN, spellings=('emergencyvalue', 'egv')),
    Row(CONTEXT_ATTR_TOKEN, spellings=('contextattr', 'ct')),
    Row(EMERGENCY_TOKEN, spellings=('emergency', 'eg')),
    Row(IEPS_TOKEN, spellings=('iepscall', 'ieps')),
    Row(PRIORITY_TOKEN, spellings=('priority', 'pr')),
    Row(TOPOLOGY_TOKEN, spellings=('topology', 'tp')),
    Row(AND_LGC_TOKEN, spellings=('andlgc',)),
    Row(OR_LGC_TOKEN, spellings=('orlgc',)),
    Row(PKGD_NAME, '[A-Za-z][A-Za-z0-9_]{0,63}\\/(?:[A-Za-z][A-Za-z0-9_]{0,63}|\\*)|\\*\\/\\*', 'name'),
)
_EMERGENCY_FLAG_WORDS: Final = Lexicon(
    Row(EMERGENCY_OFF_TOKEN, spellings=('emergencyoff', 'emergencyofftoken', 'ego')),
    Row(EMERGENCY_TOKEN, spellings=('emergency', 'eg')),
)
_ACTION_REPLY_WORDS: Final = Lexicon(
    Row(EMERGENCY_OFF_TOKEN, spellings=('emergencyoff', 'emergencyofftoken', 'ego')),
    Row(AUDIT_CAP_TOKEN, spellings=('auditcapability', 'ac')),
    Row(SERVICE_CHANGE_TOKEN, spellings=('servicechange', 'sc')),
    Row(CONTEXT_ATTR_TOKEN, spellings=('contextattr', 'ct')),
    Row(AUDIT_VALUE_TOKEN, spellings=('auditvalue', 'av')),
    Row(EMERGENCY_TOKEN, spellings=('emergency', 'eg')),
    Row(IEPS_TOKEN, spellings=('iepscall', 'ieps')),
    Row(PRIORITY_TOKEN, spellings=('priority', 'pr')),
    Row(TOPOLOGY_TOKEN, spellings=('topology', 'tp')),
    Row(SUBTRACT_TOKEN, spellings=('subtract', 's')),
    Row(MODIFY_TOKEN, spellings=('modify', 'mf')),
    Row(NOTIFY_TOKEN, spellings=('notify', 'n')),
    Row(ERROR_TOKEN, spellings=('error', 'er')),
    Row(MOVE_TOKEN, spellings=('move', 'mv')),
    Row(ADD_TOKEN, spellings=('add', 'a')),
)
_ACTION_REPLY_WORDS_2: Final = Lexicon(
    Row(AUDIT_CAP_TOKEN, spellings=('auditcapability', 'ac')),
    Row(SERVICE_CHANGE_TOKEN, spellings=('servicechange', 'sc')),
    Row(AUDIT_VALUE_TOKEN, spellings=('auditvalue', 'av')),
    Row(SUBTRACT_TOKEN, spellings=('subtract', 's')),
    Row(MODIFY_TOKEN, spellings=('modify', 'mf')),
    Row(NOTIFY_TOKEN, spellings=('notify', 'n')),
    Row(ERROR_TOKEN, spellings=('error', 'er')),
    Row(MOVE_TOKEN, spellings=('move', 'mv')),
    Row(ADD_TOKEN, spellings=('add', 'a')),
)
_COMMAND_REQUEST_WORDS_2: Final = Lexicon(
    Row(AUDIT_CAP_TOKEN, spellings=('auditcapability', 'ac')),
    Row(SERVICE_CHANGE_TOKEN, spellings=('servicechange', 'sc')),
    Row(AUDIT_VALUE_TOKEN, spellings=('auditvalue', 'av')),
    Row(SUBTRACT_TOKEN, spellings=('subtract', 's')),
    Row(MODIFY_TOKEN, spellings=('modify', 'mf')),
    Row(NOTIFY_TOKEN, spellings=('notify', 'n')),
    Row(MOVE_TOKEN, spellings=('move', 'mv')),
    Row(ADD_TOKEN, spellings=('add', 'a')),
    Row(WILDCARD_TOKEN, '(?i:W\\-)', '', is_whole=False),
)
_COMMAND_REQUEST_WORDS_3: Final = Lexicon(
    Row(AUDIT_CAP_TOKEN, spellings=('auditcapability', 'ac')),
    Row(SERVICE_CHANGE_TOKEN, spellings=('servicechange', 'sc')),
    Row(AUDIT_VALUE_TOKEN, spellings=('auditvalue', 'av')),
    Row(SUBTRACT_TOKEN, spellings=('subtract', 's')),
    Row(MODIFY_TOKEN, spellings=('modify', 'mf')),
    Row(NOTIFY_TOKEN, spellings=('notify', 'n')),
    Row(MOVE_TOKEN, spellings=('move', 'mv')),
    Row(ADD_TOKEN, spellings=('add', 'a')),
)
_CONTEXT_AUDIT_REPLY_WORDS: Final = Lexicon(
    Row(AUDIT_CAP_TOKEN, spellings=('auditcapability', 'ac')),
    Row(AUDIT_VALUE_TOKEN, spellings=('auditvalue', 'av')),
)
_AMM_REQUEST_WORDS: Final = Lexicon(
    Row(EVENT_BUFFER_TOKEN, spellings=('eventbuffer', 'eb')),
    Row(STATS_TOKEN, spellings=('statistics', 'sa')),
    Row(DIGIT_MAP_TOKEN, spellings=('digitmap', 'dm')),
    Row(SIGNALS_TOKEN, spellings=('signals', 'sg')),
    Row(EVENTS_TOKEN, spellings=('events', 'e')),
    Row(AUDIT_TOKEN, spellings=('audit', 'at')),
    Row(MODEM_TOKEN, spellings=('modem', 'md')),
    Row(MEDIA_TOKEN, spellings=('media', 'm')),
    Row(MUX_TOKEN, spellings=('mux', 'mx')),
)
_AUDIT_DESCRIPTOR_WORDS: Final = Lexicon(
    Row(AUDIT_TOKEN, spellings=('audit', 'at')),
)
_OBSERVED_EVENTS_DESCRIPTOR_WORDS: Final = Lexicon(
    Row(OBSERVED_EVENTS_TOKEN, spellings=('observedevents', 'oe')),
)
_ERROR_DESCRIPTOR_WORDS: Final = Lexicon(
    Row(ERROR_TOKEN, spellings=('error', 'er')),
)
_SERVICE_CHANGE_DESCRIPTOR_WORDS: Final = Lexicon(
    Row(SERVICES_TOKEN, spellings=('services', 'sv')),
)
_AMMS_REPLY_WORDS: Final = Lexicon(
    Row(OBSERVED_EVENTS_TOKEN, spellings=('observedevents', 'oe')),
    Row(EVENT_BUFFER_TOKEN, spellings=('eventbuffer', 'eb')),
    Row(STATS_TOKEN, spellings=('statistics', 'sa')),
    Row(DIGIT_MAP_TOKEN, spellings=('digitmap', 'dm')),
    Row(PACKAGES_TOKEN, spellings=('packages', 'pg')),
    Row(SIGNALS_TOKEN, spellings=('signals', 'sg')),
    Row(EVENTS_TOKEN, spellings=('events', 'e')),
    Row(ERROR_TOKEN, spellings=('error', 'er')),
    Row(MODEM_TOKEN, spellings=('modem', 'md')),
    Row(MEDIA_TOKEN, spellings=('media', 'm')),
    Row(MUX_TOKEN, spellings=('mux', 'mx')),
)
_CONTEXT_AUDIT_REPLY_WORDS_2: Final = Lexicon(
    Row(DIGIT_FIRST_NAME, '(?:[0-9]|\\*?[A-Za-z][A-Za-z0-9_\\/*$]*[.\\-])[A-Za-z0-9_\\/*$.\\-]*(?:@[A-Za-z0-9*][A-Za-z0-9.*\\-]*)?', 'digit_first_name'),
    Row(ERROR_TOKEN, spellings=('error', 'er')),
    Row(PATH_NAME, '\\*?[A-Za-z][A-Za-z0-9_\\/*$]*(?:@[A-Za-z0-9*][A-Za-z0-9.*\\-]*)?|[$*](?![A-Za-z0-9_\\/])', 'path_name'),
)
_SERVICE_CHANGE_REPLY_WORDS: Final = Lexicon(
    Row(SERVICES_TOKEN, spellings=('services', 'sv')),
    Row(ERROR_TOKEN, spellings=('error', 'er')),
)
_MODEM_DESCRIPTOR_WORDS: Final = Lexicon(
    Row(SYNCH_ISDN_TOKEN, spellings=('synchisdn', 'sn')),
    Row(V22BIS_TOKEN, spellings=('v22b',)),
    Row(V32BIS_TOKEN, spellings=('v32b',)),
    Row(V18_TOKEN, spellings=('v18',)),
    Row(V22_TOKEN, spellings=('v22',)),
    Row(V32_TOKEN, spellings=('v32',)),
    Row(V34_TOKEN, spellings=('v34',)),
    Row(V90_TOKEN, spellings=('v90',)),
    Row(V91_TOKEN, spellings=('v91',)),
    Row(EXTENSION_PARAMETER, '(?i:X[-+][A-Za-z0-9]{1,6})', 'extension'),
)
_MUX_DESCRIPTOR_WORDS: Final = Lexicon(
    Row(NX64K_TOKEN, spellings=('nx64kservice', 'n64')),
    Row(H221_TOKEN, spellings=('h221',)),
    Row(H223_TOKEN, spellings=('h223',)),
    Row(H226_TOKEN, spellings=('h226',)),
    Row(V76_TOKEN, spellings=('v76',)),
    Row(EXTENSION_PARAMETER, '(?i:X[-+][A-Za-z0-9]{1,6})', 'extension'),
)
_DIGIT_MAP_DESCRIPTOR_WORDS: Final = Lexicon(
    Row(DIGIT_FIRST_NAME, '(?:[0-9]|\\*?[A-Za-z][A-Za-z0-9_\\/*$]*[.\\-])[A-Za-z0-9_\\/*$.\\-]*(?:@[A-Za-z0-9*][A-Za-z0-9.*\\-]*)?', 'digit_first_name'),
    Row(NAME, '[A-Za-z][A-Za-z0-9_]{0,63}', 'name'),
)
_MEDIA_DESCRIPTOR_WORDS: Final = Lexicon(
    Row(TERMINATION_STATE_TOKEN, spellings=('terminationstate', 'ts')),
    Row(LOCAL_CONTROL_TOKEN, spellings=('localcontrol', 'o')),
    Row(STATS_TOKEN, spellings=('statistics', 'sa')),
    Row(STREAM_TOKEN, spellings=('stream', 'st')),
    Row(REMOTE_TOKEN, spellings=('remote', 'r')),
    Row(LOCAL_TOKEN, spellings=('local', 'l')),
)
_STREAM_DESCRIPTOR_WORDS: Final = Lexicon(
    Row(LOCAL_CONTROL_TOKEN, spellings=('localcontrol', 'o')),
    Row(STATS_TOKEN, spellings=('statistics', 'sa')),
    Row(REMOTE_TOKEN, spellings=('remote', 'r')),
    Row(LOCAL_TOKEN, spellings=('local', 'l')),
)
_LOCAL_CONTROL_DESCRIPTOR_WORDS: Final = Lexicon(
    Row(RESERVED_GROUP_TOKEN, spellings=('reservedgroup', 'rg')),
    Row(RESERVED_VALUE_TOKEN, spellings=('reservedvalue', 'rv')),
    Row(MODE_TOKEN, spellings=('mode', 'mo')),
    Row(PKGD_NAME, '[A-Za-z][A-Za-z0-9_]{0,63}\\/(?:[A-Za-z][A-Za-z0-9_]{0,63}|\\*)|\\*\\/\\*', 'name'),
)
_STREAM_MODES_WORDS: Final = Lexicon(
    Row(RECVONLY_TOKEN, spellings=('receiveonly', 'rc')),
    Row(SENDRECV_TOKEN, spellings=('sendreceive', 'sr')),
    Row(INACTIVE_TOKEN, spellings=('inactive', 'in')),
    Row(LOOPBACK_TOKEN, spellings=('loopback', 'lb')),
    Row(SENDONLY_TOKEN, spellings=('sendonly', 'so')),
)
_TERMINATION_STATE_DESCRIPTOR_WORDS: Final = Lexicon(
    Row(SERVICE_STATES_TOKEN, spellings=('servicestates', 'si')),
    Row(BUFFER_TOKEN, spellings=('buffer', 'bf')),
    Row(PKGD_NAME, '[A-Za-z][A-Za-z0-9_]{0,63}\\/(?:[A-Za-z][A-Za-z0-9_]{0,63}|\\*)|\\*\\/\\*', 'name'),
)
_SERVICE_STATE_WORDS: Final = Lexicon(
    Row(OUT_OF_SVC_TOKEN, spellings=('outofservice', 'os')),
    Row(IN_SVC_TOKEN, spellings=('inservice', 'iv')),
    Row(TEST_TOKEN, spellings=('test', 'te')),
)
_EVENT_BUFFER_CONTROL_STATE_WORDS: Final = Lexicon(
    Row(LOCK_STEP_TOKEN, spellings=('lockstep', 'sp')),
    Row(OFF_TOKEN, spellings=('off',)),
)
_REQUESTED_EVENT_WORDS: Final = Lexicon(
    Row(RESET_EVENTS_DESCRIPTOR_TOKEN, spellings=('reseteventsdescriptor', 'rse')),
    Row(NOTIFY_IMMEDIATE_TOKEN, spellings=('immediatenotify', 'nbin')),
    Row(NOTIFY_REGULATED_TOKEN, spellings=('regulatednotify', 'nbrn')),
    Row(NEVER_NOTIFY_TOKEN, spellings=('nevernotify', 'nbnn')),
    Row(KEEP_ACTIVE_TOKEN, spellings=('keepactive', 'ka')),
    Row(DIGIT_MAP_TOKEN, spellings=('digitmap', 'dm')),
    Row(STREAM_TOKEN, spellings=('stream', 'st')),
    Row(EMBED_TOKEN, spellings=('embed', 'em')),
    Row(NAME, '[A-Za-z][A-Za-z0-9_]{0,63}', 'name'),
)
_EMBED_FIRST_WORDS: Final = Lexicon(
    Row(SIGNALS_TOKEN, spellings=('signals', 'sg')),
    Row(EVENTS_TOKEN, spellings=('events', 'e')),
)
_EMBEDDED_EVENTS_WORDS: Final = Lexicon(
    Row(EVENTS_TOKEN, spellings=('events', 'e')),
)
_SIGNALS_DESCRIPTOR_WORDS: Final = Lexicon(
    Row(SIGNALS_TOKEN, spellings=('signals', 'sg')),
)
_EMBED_FIRST_WORDS_2: Final = Lexicon(
    Row(EMBED_TOKEN, spellings=('embed', 'em')),
)
_EVENT_SPEC_WORDS: Final = Lexicon(
    Row(STREAM_TOKEN, spellings=('stream', 'st')),
    Row(NAME, '[A-Za-z][A-Za-z0-9_]{0,63}', 'name'),
)
_SIGNALS_DESCRIPTOR_WORDS_2: Final = Lexicon(
    Row(SIGNAL_LIST_TOKEN, spellings=('signallist', 'sl')),
    Row(PKGD_NAME, '[A-Za-z][A-Za-z0-9_]{0,63}\\/(?:[A-Za-z][A-Za-z0-9_]{0,63}|\\*)|\\*\\/\\*', 'name'),
)
_SIGNAL_REQUEST_WORDS: Final = Lexicon(
    Row(NOTIFY_COMPLETION_TOKEN, spellings=('notifycompletion', 'nc')),
    Row(DIRECTION_TOKEN, spellings=('spadirection', 'spadi')),
    Row(REQUEST_ID_TOKEN, spellings=('sparequestid', 'sparq')),
    Row(INTERSIGNAL_TOKEN, spellings=('intersignal', 'spais')),
    Row(KEEP_ACTIVE_TOKEN, spellings=('keepactive', 'ka')),
    Row(SIGNAL_TYPE_TOKEN, spellings=('signaltype', 'sy')),
    Row(DURATION_TOKEN, spellings=('duration', 'dr')),
    Row(STREAM_TOKEN, spellings=('stream', 'st')),
    Row(NAME, '[A-Za-z][A-Za-z0-9_]{0,63}', 'name'),
)
_NOTIFICATION_REASON_WORDS: Final = Lexicon(
    Row(INTERRUPT_BY_NEW_SIGNALS_DESCR_TOKEN, spellings=('intbysigdescr', 'ibs')),
    Row(OTHER_REASON_TOKEN, spellings=('otherreason', 'or')),
    Row(INTERRUPT_BY_EVENT_TOKEN, spellings=('intbyevent', 'ibe')),
    Row(ITERATION_TOKEN, spellings=('iteration', 'ir')),
    Row(TIME_OUT_TOKEN, spellings=('timeout', 'to')),
)
_SIGNAL_DIRECTION_WORDS: Final = Lexicon(
    Row(EXTERNAL_TOKEN, spellings=('external', 'ex')),
    Row(INTERNAL_TOKEN, spellings=('internal', 'it')),
    Row(BOTH_TOKEN, spellings=('both', 'b')),
)
_SIGNAL_TYPE_WORDS: Final = Lexicon(
    Row(TIME_OUT_TOKEN, spellings=('timeout', 'to')),
    Row(BRIEF_TOKEN, spellings=('brief', 'br')),
    Row(ON_OFF_TOKEN, spellings=('onoff', 'oo')),
)
_AUDIT_DESCRIPTOR_WORDS_2: Final = Lexicon(
    Row(OBSERVED_EVENTS_TOKEN, spellings=('observedevents', 'oe')),
    Row(EVENT_BUFFER_TOKEN, spellings=('eventbuffer', 'eb')),
    Row(STATS_TOKEN, spellings=('statistics', 'sa')),
    Row(DIGIT_MAP_TOKEN, spellings=('digitmap', 'dm')),
    Row(PACKAGES_TOKEN, spellings=('packages', 'pg')),
    Row(SIGNALS_TOKEN, spellings=('signals', 'sg')),
    Row(EVENTS_TOKEN, spellings=('events', 'e')),
    Row(MODEM_TOKEN, spellings=('modem', 'md')),
    Row(MEDIA_TOKEN, spellings=('media', 'm')),
    Row(MUX_TOKEN, spellings=('mux', 'mx')),
)
_IND_AUD_SIGNAL_WORDS: Final = Lexicon(
    Row(REQUEST_ID_TOKEN, spellings=('sparequestid', 'sparq')),
    Row(STREAM_TOKEN, spellings=('stream', 'st')),
)
_PACKAGE_ITEM_WORDS: Final = Lexicon(
    Row(PACKAGE_ITEM, '[A-Za-z][A-Za-z0-9_]{0,63}-[0-9]{1,5}', 'name'),
)
_SERVICE_CHANGE_DESCRIPTOR_WORDS_2: Final = Lexicon(
    Row(SERVICE_CHANGE_ADDRESS_TOKEN, spellings=('servicechangeaddress', 'ad')),
    Row(SERVICE_CHANGE_INCOMPLETE_TOKEN, spellings=('servicechangeinc', 'sic')),
    Row(OBSERVED_EVENTS_TOKEN, spellings=('observedevents', 'oe')),
    Row(EVENT_BUFFER_TOKEN, spellings=('eventbuffer', 'eb')),
    Row(MGC_ID_TOKEN, spellings=('mgcidtotry', 'mg')),
    Row(STATS_TOKEN, spellings=('statistics', 'sa')),
    Row(DIGIT_MAP_TOKEN, spellings=('digitmap', 'dm')),
    Row(PACKAGES_TOKEN, spellings=('packages', 'pg')),
    Row(PROFILE_TOKEN, spellings=('profile', 'pf')),
    Row(SIGNALS_TOKEN, spellings=('signals', 'sg')),
    Row(VERSION_TOKEN, spellings=('version', 'v')),
    Row(METHOD_TOKEN, spellings=('method', 'mt')),
    Row(REASON_TOKEN, spellings=('reason', 're')),
    Row(EVENTS_TOKEN, spellings=('events', 'e')),
    Row(DELAY_TOKEN, spellings=('delay', 'dl')),
    Row(MODEM_TOKEN, spellings=('modem', 'md')),
    Row(MEDIA_TOKEN, spellings=('media', 'm')),
    Row(MUX_TOKEN, spellings=('mux', 'mx')),
    Row(EXTENSION_PARAMETER, '(?i:X[-+][A-Za-z0-9]{1,6})', 'extension'),
)
_SERVICE_CHANGE_DESCRIPTOR_WORDS_3: Final = Lexicon(
    Row(EXTENSION_PARAMETER, '(?i:X[-+][A-Za-z0-9]{1,6})', 'extension'),
)
_SERVICE_CHANGE_METHOD_EXTENSION_WORDS: Final = Lexicon(
    Row(METHOD_TOKEN, spellings=('method', 'mt')),
)
_SERVICE_CHANGE_DESCRIPTOR_WORDS_4: Final = Lexicon(
    Row(PORT_NUMBER, "[0-9]{1,5}(?![A-Za-z0-9+\\-&!_\\/'?@^`~*$\\\\()%.|\x80-ÿ])", 'uint16', is_whole=False),
    Row(DIGIT_FIRST_NAME, '(?:[0-9]|\\*?[A-Za-z][A-Za-z0-9_\\/*$]*[.\\-])[A-Za-z0-9_\\/*$.\\-]*(?:@[A-Za-z0-9*][A-Za-z0-9.*\\-]*)?', 'digit_first_name'),
    Row(PATH_NAME, '\\*?[A-Za-z][A-Za-z0-9_\\/*$]*(?:@[A-Za-z0-9*][A-Za-z0-9.*\\-]*)?|[$*](?![A-Za-z0-9_\\/])', 'path_name'),
)
_SERVICE_CHANGE_REPLY_DESCRIPTOR_WORDS: Final = Lexicon(
    Row(SERVICE_CHANGE_ADDRESS_TOKEN, spellings=('servicechangeaddress', 'ad')),
    Row(MGC_ID_TOKEN, spellings=('mgcidtotry', 'mg')),
    Row(PROFILE_TOKEN, spellings=('profile', 'pf')),
    Row(VERSION_TOKEN, spellings=('version', 'v')),
)
_SERVICE_CHANGE_METHOD_VALUE_WORDS: Final = Lexicon(
    Row(DISCONNECTED_TOKEN, spellings=('disconnected', 'dc')),
    Row(FAILOVER_TOKEN, spellings=('failover', 'fl')),
    Row(GRACEFUL_TOKEN, spellings=('graceful', 'gr')),
    Row(HANDOFF_TOKEN, spellings=('handoff', 'ho')),
    Row(RESTART_TOKEN, spellings=('restart', 'rs')),
    Row(FORCED_TOKEN, spellings=('forced', 'fo')),
)
_PROFILE_NAME_WORDS: Final = Lexicon(
    Row(PROFILE_NAME, '[A-Za-z][A-Za-z0-9_]{0,63}\\/[0-9]{1,2}', 'name'),
)

_TOPOLOGY_DIRECTION: Final[dict[int, TopologyDirection]] = {
    BOTHWAY_TOKEN: TopologyDirection.BOTHWAY,
    ISOLATE_TOKEN: TopologyDirection.ISOLATE,
    ONEWAY_TOKEN: TopologyDirection.ONEWAY,
    ONEWAY_EXTERNAL_TOKEN: TopologyDirection.ONEWAY_EXTERNAL,
    ONEWAY_BOTH_TOKEN: TopologyDirection.ONEWAY_BOTH,
}
_ONEWAY_DIRECTION: Final[dict[int, TopologyDirection]] = {
    ONEWAY_EXTERNAL_TOKEN: TopologyDirection.ONEWAY_EXTERNAL,
    ONEWAY_BOTH_TOKEN: TopologyDirection.ONEWAY_BOTH,
}
_CONTEXT_AUDIT_TOKEN: Final[dict[int, ContextAuditItem]] = {
    TOPOLOGY_TOKEN: ContextAuditItem.TOPOLOGY,
    EMERGENCY_TOKEN: ContextAuditItem.EMERGENCY,
    PRIORITY_TOKEN: ContextAuditItem.PRIORITY,
    IEPS_TOKEN: ContextAuditItem.IEPS_CALL,
}
_EMERGENCY_FLAG: Final[dict[int, bool]] = {
    EMERGENCY_TOKEN: True,
    EMERGENCY_OFF_TOKEN: False,
}
_SELECT_LOGIC: Final[dict[int, SelectLogic]] = {
    AND_LGC_TOKEN: SelectLogic.AND,
    OR_LGC_TOKEN: SelectLogic.OR,
}
_MODEM_TYPE: Final[dict[int, ModemType]] = {
    V18_TOKEN: ModemType.V18,
    V22_TOKEN: ModemType.V22,
    V22BIS_TOKEN: ModemType.V22BIS,
    V32_TOKEN: ModemType.V32,
    V32BIS_TOKEN: ModemType.V32BIS,
    V34_TOKEN: ModemType.V34,
    V90_TOKEN: ModemType.V90,
    V91_TOKEN: ModemType.V91,
    SYNCH_ISDN_TOKEN: ModemType.SYNCH_ISDN,
}
_MUX_TYPE: Final[dict[int, MuxType]] = {
    H221_TOKEN: MuxType.H221,
    H223_TOKEN: MuxType.H223,
    H226_TOKEN: MuxType.H226,
    V76_TOKEN: MuxType.V76,
    NX64K_TOKEN: MuxType.NX64K,
}
_STREAM_MODES: Final[dict[int, StreamMode]] = {
    SENDONLY_TOKEN: StreamMode.SEND_ONLY,
    RECVONLY_TOKEN: StreamMode.RECEIVE_ONLY,
    SENDRECV_TOKEN: StreamMode.SEND_RECEIVE,
    INACTIVE_TOKEN: StreamMode.INACTIVE,
    LOOPBACK_TOKEN: StreamMode.LOOP_BACK,
}
_ON_OFF: Final[dict[int, bool]] = {
    ON_TOKEN: True,
    OFF_TOKEN: False,
}
_SERVICE_STATE: Final[dict[int, ServiceState]] = {
    TEST_TOKEN: ServiceState.TEST,
    OUT_OF_SVC_TOKEN: ServiceState.OUT_OF_SERVICE,
    IN_SVC_TOKEN: ServiceState.IN_SERVICE,
}
_EVENT_BUFFER_CONTROL_STATE: Final[dict[int, EventBufferControl]] = {
    OFF_TOKEN: EventBufferControl.OFF,
    LOCK_STEP_TOKEN: EventBufferControl.LOCK_STEP,
}
_SIGNAL_DIRECTION: Final[dict[int, SignalDirection]] = {
    EXTERNAL_TOKEN: SignalDirection.EXTERNAL,
    INTERNAL_TOKEN: SignalDirection.INTERNAL,
    BOTH_TOKEN: SignalDirection.BOTH,
}
_SIGNAL_TYPE: Final[dict[int, SignalType]] = {
    ON_OFF_TOKEN: SignalType.ON_OFF,
    TIME_OUT_TOKEN: SignalType.TIME_OUT,
    BRIEF_TOKEN: SignalType.BRIEF,
}
_NOTIFICATION_REASON: Final[dict[int, NotifyReason]] = {
    TIME_OUT_TOKEN: NotifyReason.TIME_OUT,
    INTERRUPT_BY_EVENT_TOKEN: NotifyReason.INTERRUPTED_BY_EVENT,
    INTERRUPT_BY_NEW_SIGNALS_DESCR_TOKEN: NotifyReason.INTERRUPTED_BY_SIGNALS_DESCRIPTOR,
    OTHER_REASON_TOKEN: NotifyReason.OTHER,
    ITERATION_TOKEN: NotifyReason.ITERATION,
}
_AUDIT_TOKEN: Final[dict[int, AuditItem]] = {
    MUX_TOKEN: AuditItem.MUX,
    MODEM_TOKEN: AuditItem.MODEM,
    MEDIA_TOKEN: AuditItem.MEDIA,
    DIGIT_MAP_TOKEN: AuditItem.DIGIT_MAP,
    STATS_TOKEN: AuditItem.STATISTICS,
    OBSERVED_EVENTS_TOKEN: AuditItem.OBSERVED_EVENTS,
    PACKAGES_TOKEN: AuditItem.PACKAGES,
    SIGNALS_TOKEN: AuditItem.SIGNALS,
    EVENT_BUFFER_TOKEN: AuditItem.EVENT_BUFFER,
    EVENTS_TOKEN: AuditItem.EVENTS,
}
_AUDIT_RETURN_ITEM: Final[dict[int, AuditItem]] = {
    MUX_TOKEN: AuditItem.MUX,
    MODEM_TOKEN: AuditItem.MODEM,
    MEDIA_TOKEN: AuditItem.MEDIA,
    DIGIT_MAP_TOKEN: AuditItem.DIGIT_MAP,
    STATS_TOKEN: AuditItem.STATISTICS,
    OBSERVED_EVENTS_TOKEN: AuditItem.OBSERVED_EVENTS,
    PACKAGES_TOKEN: AuditItem.PACKAGES,
}
_SERVICE_CHANGE_METHOD_VALUE: Final[dict[int, ServiceChangeMethod]] = {
    FAILOVER_TOKEN: ServiceChangeMethod.FAILOVER,
    FORCED_TOKEN: ServiceChangeMethod.FORCED,
    GRACEFUL_TOKEN: ServiceChangeMethod.GRACEFUL,
    RESTART_TOKEN: ServiceChangeMethod.RESTART,
    DISCONNECTED_TOKEN: ServiceChangeMethod.DISCONNECTED,
    HANDOFF_TOKEN: ServiceChangeMethod.HAND_OFF,
}
ALLOWANCES: Final = {
    'digit-first-id': Allowance("an identifier that begins with a digit, or holds '-' or '.'", "a pathNAME (a letter, then letters, digits, '/', '_', '*', '$')", 'OTP megaco and many gateways in the field'),
    'empty-signals': Allowance('Signals with empty braces', 'the bare word Signals, as versions 2 (Corrigendum 1) and 3 have it', 'gateways written to version 1 or 2, where the braces are required'),
    'digit-map-letters': Allowance("a digit map with '#' or '*'", "digit map letters (0 to 9, A to L, S, T, Z, x), where E and F stand for '*' and '#'", "controllers that take over the dial plans of MGCP, which has these letters; OTP megaco's call flows"),
    'digit-map-parentheses': Allowance('a digit map in two pairs of parentheses', 'one pair of parentheses', 'controllers in the field, SmallMgc for one'),
    'bare-digit-map': Allowance("DigitMap without '=' inside an event", "'='", 'OTP megaco, which writes it so'),
    'doubled-direction': Allowance('Oneway before the direction that is meant', 'one direction in a triple', 'OTP megaco, which writes OnewayBoth and OnewayExternal so'),
    'later-version': Allowance("an element that came with a later version than the message's", 'what the version of the message has', 'gateways and controllers that name version 1 in the header whatever they speak'),
}


class Decoder(Scanner):
    """Annex B, a method a rule."""

    def megaco_message(self) -> Message:
        """Annex B ``megacoMessage``."""
        token: i64
        start = self.start
        version: int | None = None
        mid: IpAddress | DomainName | DeviceName | MtpAddress | None = None
        authentication: AuthenticationHeader | None = None
        error: ErrorDescriptor | None = None
        transactions: tuple[TransactionRequest | TransactionReply | TransactionPending | TransactionResponseAck | SegmentReply, ...] = ()
        more_transactions: list[TransactionRequest | TransactionReply | TransactionPending | TransactionResponseAck | SegmentReply] | None = None
        header = self.recall()
        if header is None:
            if self.is_blank():
                self.separate()
            else:
                self.read(self.end)
            self.token = _MEGACO_MESSAGE_WORDS.find(self)
            if self.token == AUTH_TOKEN:
                authentication = self.authentication_header()
                self.separate()
                self.token = _MEGACO_MESSAGE_WORDS_2.find(self)
            self.take_prefix(("megaco", "!"), _WANTS_MEGACOP_TOKEN)
            if self.text[self.end] != "/":
                self.wrong_mark(("'/'",))
            self.read(self.end + 1)
            version = self.take_number(2, 99, _WANTS_VERSION)
            self.set_version(version)
            self.separate()
            self.token = _M_ID_WORDS.find(self)
            mid = self.m_id()
            self.separate()
            self.header = (version, mid)
            self.check_version()
            if authentication is None:
                self.remember(version, mid)
        else:
            version, mid = header
        self.token = _MEGACO_MESSAGE_WORDS_3.find(self)
        token = self.token
        if token == ERROR_TOKEN:
            error = self.error_descriptor()
        elif token != UNKNOWN:
            while True:
                self.token = _MEGACO_MESSAGE_WORDS_4.find(self)
                token = self.token
                if token == TRANS_TOKEN:
                    if not transactions:
                        transactions = (self.transaction_request(),)
                    else:
                        if more_transactions is None:
                            more_transactions = [transactions[0]]
                        if len(more_transactions) >= self.max_items:
                            self.too_many("transactions")
                        more_transactions.append(self.transaction_request())
                elif token == REPLY_TOKEN:
                    if not transactions:
                        transactions = (self.transaction_reply(),)
                    else:
                        if more_transactions is None:
                            more_transactions = [transactions[0]]
                        if len(more_transactions) >= self.max_items:
                            self.too_many("transactions")
                        more_transactions.append(self.transaction_reply())
                elif token == PENDING_TOKEN:
                    if not transactions:
                        transactions = (self.transaction_pending(),)
                    else:
                        if more_transactions is None:
                            more_transactions = [transactions[0]]
                        if len(more_transactions) >= self.max_items:
                            self.too_many("transactions")
                        more_transactions.append(self.transaction_pending())
                elif token == RESPONSE_ACK_TOKEN:
                    if not transactions:
                        transactions = (self.transaction_response_ack(),)
                    else:
                        if more_transactions is None:
                            more_transactions = [transactions[0]]
                        if len(more_transactions) >= self.max_items:
                            self.too_many("transactions")
                        more_transactions.append(self.transaction_response_ack())
                elif token == MESSAGE_SEGMENT_TOKEN:
                    if not transactions:
                        transactions = (self.segment_reply(),)
                    else:
                        if more_transactions is None:
                            more_transactions = [transactions[0]]
                        if len(more_transactions) >= self.max_items:
                            self.too_many("transactions")
                        more_transactions.append(self.segment_reply())
                else:
                    self.wrong_word(("Pending", "Reply", "Segment", "Transaction", "TransactionResponseAck"))
                if self.end == self.length:
                    break
                self.read(self.end)
        else:
            self.wrong_word(("Error", "Pending", "Reply", "Segment", "Transaction", "TransactionResponseAck"))
        if self.end != self.length:
            self.wrong_mark(("the end of the message",))
        return _Message(version, mid, transactions if more_transactions is None else tuple(more_transactions), error, authentication)

    def authentication_header(self) -> AuthenticationHeader:
        """Annex B ``authenticationHeader``."""
        start = self.start
        security_parm_index: str | None = None
        sequence_number: str | None = None
        data: str | None = None
        if self.mark != "=":
            self.wrong_mark(("'='",))
        self.read(self.next)
        self.token = _SECURITY_PARM_INDEX_WORDS.find(self)
        if self.token != SECURITY_PARM_INDEX:
            self.wrong_word(("0x and 8 hex digits",))
        security_parm_index = cast(str, self.take_converted(_SECURITY_PARM_INDEX, "hex", _WANTS_SECURITY_PARM_INDEX))
        if self.text[self.end] != ":":
            self.wrong_mark(("':'",))
        self.read(self.end + 1)
        self.token = _SEQUENCE_NUM_WORDS.find(self)
        if self.token != SEQUENCE_NUM:
            self.wrong_word(("0x and 8 hex digits",))
        sequence_number = cast(str, self.take_converted(_SEQUENCE_NUM, "hex", _WANTS_SEQUENCE_NUM))
        if self.text[self.end] != ":":
            self.wrong_mark(("':'",))
        self.read(self.end + 1)
        self.token = _AUTH_DATA_WORDS.find(self)
        if self.token != AUTH_DATA:
            self.wrong_word(("0x and 24 to 64 hex digits",))
        data = cast(str, self.take_converted(_AUTH_DATA, "hex", _WANTS_AUTH_DATA))
        return _AuthenticationHeader(security_parm_index, sequence_number, data)

    def m_id(self) -> IpAddress | DomainName | DeviceName | MtpAddress:
        """Annex B ``mId``."""
        token: i64
        value: IpAddress | DomainName | DeviceName | MtpAddress
        if self.text[self.start] in "Mm" and self.begins(_MTP_ADDRESS):
            value = self.mtp_address()
        elif self.text[self.start] == "<":
            value = self.domain_name()
        elif self.text[self.start] == "[":
            value = self.ip_address()
        else:
            token = self.token
            if token == DIGIT_FIRST_NAME or token == PATH_NAME:
                value = self.device_name()
            else:
                self.wrong_word(("MTP{hex digits}", "a domain name in angle brackets", "a pathNAME (a letter, then letters, digits, '/', '_', '*', '$')", "an IP address in square brackets"))
        return value

    def ip_address(self) -> IpAddress:
        """Annex B ``ipAddress``."""
        start = self.start
        address: str | None = None
        port: int | None = None
        address = cast(str, self.take_converted(_IP_ADDRESS, "ip_address", _WANTS_IP_ADDRESS))
        if self.text[self.end] == ":":
            self.read(self.end + 1)
            port = self.take_number(5, 65535, _WANTS_PORT_NUMBER)
        return _IpAddress(address, port)

    def domain_name(self) -> DomainName:
        """Annex B ``domainName``."""
        start = self.start
        name: str | None = None
        port: int | None = None
        name = cast(str, self.take_converted(_DOMAIN_NAME, "domain_name", _WANTS_DOMAIN_NAME))
        if self.text[self.end] == ":":
            self.read(self.end + 1)
            port = self.take_number(5, 65535, _WANTS_PORT_NUMBER)
        return _DomainName(name, port)

    def device_name(self) -> DeviceName:
        """Annex B ``deviceName``."""
        token: i64
        start = self.start
        name: str | None = None
        token = self.token
        if token == PATH_NAME:
            name = self.name
        elif token == DIGIT_FIRST_NAME:
            self.deviate("digit-first-id", self.start, ALLOWANCES["digit-first-id"])
            name = self.name
        else:
            self.wrong_word(("a pathNAME (a letter, then letters, digits, '/', '_', '*', '$')",))
        return _DeviceName(name)

    def mtp_address(self) -> MtpAddress:
        """Annex B ``mtpAddress``."""
        start = self.start
        digits: str | None = None
        digits = cast(str, self.take_converted(_MTP_ADDRESS, "mtp_address", _WANTS_MTP_ADDRESS))
        return _MtpAddress(digits)

    def transaction_request(self) -> TransactionRequest:
        """Annex B ``transactionRequest``."""
        start = self.start
        transaction_id: int | None = None
        actions: tuple[ActionRequest, ...] = ()
        more_actions: list[ActionRequest] | None = None
        outer = self.code
        self.code = 403
        if self.mark != "=":
            self.wrong_mark(("'='",))
        self.read(self.next)
        transaction_id = self.take_number(10, 4294967295, _WANTS_TRANSACTION_ID)
        if self.mark != "{":
            self.wrong_mark(("'{'",))
        self.read(self.next)
        while True:
            self.token = _ACTION_REQUEST_WORDS.find(self)
            if self.token != CTX_TOKEN:
                self.wrong_word(("Context",))
            if not actions:
                actions = (self.action_request(),)
            else:
                if more_actions is None:
                    more_actions = [actions[0]]
                if len(more_actions) >= self.max_items:
                    self.too_many("actions")
                more_actions.append(self.action_request())
            if self.mark != ",":
                break
            self.read(self.next)
        if self.mark != "}":
            self.wrong_mark(("','", "'}'"))
        self.close()
        self.code = outer
        return _TransactionRequest(transaction_id, actions if more_actions is None else tuple(more_actions))

    def transaction_reply(self) -> TransactionReply:
        """Annex B ``transactionReply``."""
        token: i64
        start = self.start
        transaction_id: int | None = None
        segment_number: int | None = None
        is_last_segment = False
        immediate_ack_required = False
        error: ErrorDescriptor | None = None
        actions: tuple[ActionReply, ...] = ()
        more_actions: list[ActionReply] | None = None
        outer = self.code
        self.code = 403
        if self.mark != "=":
            self.wrong_mark(("'='",))
        self.read(self.next)
        transaction_id = self.take_number(10, 4294967295, _WANTS_TRANSACTION_ID)
        if self.text[self.end] == "/":
            self.read(self.end + 1)
            segment_number = self.take_number(5, 65535, _WANTS_SEGMENT_NUMBER)
            if self.text[self.end] == "/":
                self.read(self.end + 1)
                if self.version < 3:
                    self.deviate("later-version", self.start, ALLOWANCES["later-version"])
                self.take_prefix(("end", "&"), _WANTS_SEGMENTATION_COMPLETE_TOKEN)
                is_last_segment = True
        if self.mark != "{":
            self.wrong_mark(("'/'", "'{'"))
        self.read(self.next)
        self.token = _TRANSACTION_REPLY_WORDS.find(self)
        if self.token == IMM_ACK_REQUIRED_TOKEN:
            immediate_ack_required = True
            if self.mark != ",":
                self.wrong_mark(("','",))
            self.read(self.next)
            self.token = _TRANSACTION_REPLY_WORDS_2.find(self)
        token = self.token
        if token == ERROR_TOKEN:
            error = self.error_descriptor()
        elif token == CTX_TOKEN:
            while True:
                self.token = _ACTION_REQUEST_WORDS.find(self)
                if self.token != CTX_TOKEN:
                    self.wrong_word(("Context",))
                if not actions:
                    actions = (self.action_reply(),)
                else:
                    if more_actions is None:
                        more_actions = [actions[0]]
                    if len(more_actions) >= self.max_items:
                        self.too_many("actions")
                    more_actions.append(self.action_reply())
                if self.mark != ",":
                    break
                self.read(self.next)
        else:
            self.wrong_word(("Context", "Error"))
        if self.mark != "}":
            self.wrong_mark(("','", "'}'"))
        self.close()
        self.code = outer
        return _TransactionReply(transaction_id, actions if more_actions is None else tuple(more_actions), error, immediate_ack_required, segment_number, is_last_segment)

    def transaction_pending(self) -> TransactionPending:
        """Annex B ``transactionPending``."""
        start = self.start
        transaction_id: int | None = None
        outer = self.code
        self.code = 403
        if self.mark != "=":
            self.wrong_mark(("'='",))
        self.read(self.next)
        transaction_id = self.take_number(10, 4294967295, _WANTS_TRANSACTION_ID)
        if self.mark != "{":
            self.wrong_mark(("'{'",))
        self.read(self.next)
        if self.end != self.start or self.mark != "}":
            self.wrong_word(("'}'",))
        self.close()
        self.code = outer
        return _TransactionPending(transaction_id)

    def transaction_response_ack(self) -> TransactionResponseAck:
        """Annex B ``transactionResponseAck``."""
        start = self.start
        acks: tuple[TransactionAck, ...] = ()
        more_acks: list[TransactionAck] | None = None
        outer = self.code
        self.code = 403
        if self.mark != "{":
            self.wrong_mark(("'{'",))
        self.read(self.next)
        while True:
            self.token = _TRANSACTION_ACK_WORDS.find(self)
            if not acks:
                acks = (self.transaction_ack(),)
            else:
                if more_acks is None:
                    more_acks = [acks[0]]
                if len(more_acks) >= self.max_items:
                    self.too_many("acks")
                more_acks.append(self.transaction_ack())
            if self.mark != ",":
                break
            self.read(self.next)
        if self.mark != "}":
            self.wrong_mark(("','", "'}'"))
        self.close()
        self.code = outer
        return _TransactionResponseAck(acks if more_acks is None else tuple(more_acks))

    def transaction_ack(self) -> TransactionAck:
        """Annex B ``transactionAck``."""
        start = self.start
        first: int | None = None
        last: int | None = None
        first = self.take_number(10, 4294967295, _WANTS_TRANSACTION_ID)
        if self.text[self.end] == "-":
            self.read(self.end + 1)
            last = self.take_number(10, 4294967295, _WANTS_TRANSACTION_ID)
        return _TransactionAck(first, last)

    def segment_reply(self) -> SegmentReply:
        """Annex B ``segmentReply``."""
        start = self.start
        transaction_id: int | None = None
        segment_number: int | None = None
        is_last_segment = False
        outer = self.code
        self.code = 403
        if self.version < 3:
            self.deviate("later-version", self.start, ALLOWANCES["later-version"])
        if self.mark != "=":
            self.wrong_mark(("'='",))
        self.read(self.next)
        transaction_id = self.take_number(10, 4294967295, _WANTS_TRANSACTION_ID)
        if self.text[self.end] != "/":
            self.wrong_mark(("'/'",))
        self.read(self.end + 1)
        segment_number = self.take_number(5, 65535, _WANTS_SEGMENT_NUMBER)
        if self.text[self.end] == "/":
            self.read(self.end + 1)
            if self.version < 3:
                self.deviate("later-version", self.start, ALLOWANCES["later-version"])
            self.take_prefix(("end", "&"), _WANTS_SEGMENTATION_COMPLETE_TOKEN)
            is_last_segment = True
        self.code = outer
        return _SegmentReply(transaction_id, segment_number, is_last_segment)

    def action_request(self) -> ActionRequest:
        """Annex B ``actionRequest``."""
        token: i64
        start = self.start
        context_id: int | None = None
        audit: ContextAudit | None = None
        commands: tuple[CommandRequest, ...] = ()
        more_commands: list[CommandRequest] | None = None
        inner_topology: tuple[TopologyRequest, ...] = ()
        more_inner_topology: list[TopologyRequest] | None = None
        inner_priority: int | None = None
        inner_emergency: bool | None = None
        inner_ieps_call: bool | None = None
        inner_context_list: tuple[int, ...] = ()
        more_inner_context_list: list[int] | None = None
        inner_properties: tuple[PropertyParm, ...] = ()
        more_inner_properties: list[PropertyParm] | None = None
        properties: ContextProperties | None = None
        outer = self.code
        self.code = 422
        if self.mark != "=":
            self.wrong_mark(("'='",))
        self.read(self.next)
        context_id = self.take_context_id(_WANTS_CONTEXT_ID)
        if self.mark != "{":
            self.wrong_mark(("'{'",))
        self.read(self.next)
        self.token = _ACTION_REQUEST_WORDS_2.find(self)
        token = self.token
        if token == EMERGENCY_OFF_TOKEN or token == CONTEXT_ATTR_TOKEN or token == EMERGENCY_TOKEN or token == IEPS_TOKEN or token == PRIORITY_TOKEN or token == TOPOLOGY_TOKEN:
            token = self.token
            if token == TOPOLOGY_TOKEN:
                if self.mark != "{":
                    self.wrong_mark(("'{'",))
                self.read(self.next)
                while True:
                    self.token = _M_ID_WORDS.find(self)
                    if not inner_topology:
                        inner_topology = (self.topology_triple(),)
                    else:
                        if more_inner_topology is None:
                            more_inner_topology = [inner_topology[0]]
                        if len(more_inner_topology) >= self.max_items:
                            self.too_many("topology")
                        more_inner_topology.append(self.topology_triple())
                    if self.mark != ",":
                        break
                    self.read(self.next)
                if self.mark != "}":
                    self.wrong_mark(("','", "'}'"))
                self.close()
            elif token == PRIORITY_TOKEN:
                inner_priority = self.priority()
            elif token == EMERGENCY_TOKEN:
                inner_emergency = True
            elif token == EMERGENCY_OFF_TOKEN:
                if self.version < 2:
                    self.deviate("later-version", self.start, ALLOWANCES["later-version"])
                inner_emergency = False
            elif token == IEPS_TOKEN:
                inner_ieps_call = self.ieps_value()
            elif token == CONTEXT_ATTR_TOKEN:
                if self.version < 3:
                    self.deviate("later-version", self.start, ALLOWANCES["later-version"])
                if self.mark != "{":
                    self.wrong_mark(("'{'",))
                self.read(self.next)
                self.token = _ACTION_REQUEST_WORDS_3.find(self)
                token = self.token
                if token == CONTEXT_LIST_TOKEN:
                    if self.version < 3:
                        self.deviate("later-version", self.start, ALLOWANCES["later-version"])
                    if self.mark != "=":
                        self.wrong_mark(("'='",))
                    self.close()
                    if self.mark != "{":
                        self.wrong_mark(("'{'",))
                    self.read(self.next)
                    while True:
                        self.token = _LISTED_CONTEXT_WORDS.find(self)
                        if not inner_context_list:
                            inner_context_list = (self.listed_context(),)
                        else:
                            if more_inner_context_list is None:
                                more_inner_context_list = [inner_context_list[0]]
                            if len(more_inner_context_list) >= self.max_items:
                                self.too_many("context_list")
                            more_inner_context_list.append(self.listed_context())
                        if self.mark != ",":
                            break
                        self.read(self.next)
                    if self.mark != "}":
                        self.wrong_mark(("','", "'}'"))
                    self.close()
                elif token == PKGD_NAME:
                    while True:
                        self.token = _PROPERTY_PARM_WORDS.find(self)
                        if self.token != PKGD_NAME:
                            self.wrong_word(("a package and item name (package/item)",))
                        if not inner_properties:
                            inner_properties = (self.property_parm(),)
                        else:
                            if more_inner_properties is None:
                                more_inner_properties = [inner_properties[0]]
                            if len(more_inner_properties) >= self.max_items:
                                self.too_many("properties")
                            more_inner_properties.append(self.property_parm())
                        if self.mark != ",":
                            break
                        self.read(self.next)
                else:
                    self.wrong_word(("ContextList", "a package and item name (package/item)"))
                if self.mark != "}":
                    self.wrong_mark(("','", "'}'"))
                self.close()
            else:
                self.wrong_word(("ContextAttr", "Emergency", "EmergencyOff", "IEPSCall", "Priority", "Topology"))
            stage = 0
            while self.mark == ",":
                self.read(self.next)
                self.token = _ACTION_REQUEST_WORDS_2.find(self)
                token = self.token
                if stage <= 0 and (token == EMERGENCY_OFF_TOKEN or token == CONTEXT_ATTR_TOKEN or token == EMERGENCY_TOKEN or token == IEPS_TOKEN or token == PRIORITY_TOKEN or token == TOPOLOGY_TOKEN):
                    token = self.token
                    if token == TOPOLOGY_TOKEN:
                        if self.mark != "{":
                            self.wrong_mark(("'{'",))
                        self.read(self.next)
                        while True:
                            self.token = _M_ID_WORDS.find(self)
                            if not inner_topology:
                                inner_topology = (self.topology_triple(),)
                            else:
                                if more_inner_topology is None:
                                    more_inner_topology = [inner_topology[0]]
                                if len(more_inner_topology) >= self.max_items:
                                    self.too_many("topology")
                                more_inner_topology.append(self.topology_triple())
                            if self.mark != ",":
                                break
                            self.read(self.next)
                        if self.mark != "}":
                            self.wrong_mark(("','", "'}'"))
                        self.close()
                    elif token == PRIORITY_TOKEN:
                        if inner_priority is not None:
                            self.twice("priority", 456)
                        inner_priority = self.priority()
                    elif token == EMERGENCY_TOKEN:
                        if inner_emergency is not None:
                            self.twice("emergency", 456)
                        inner_emergency = True
                    elif token == EMERGENCY_OFF_TOKEN:
                        if self.version < 2:
                            self.deviate("later-version", self.start, ALLOWANCES["later-version"])
                        if inner_emergency is not None:
                            self.twice("emergency", 456)
                        inner_emergency = False
                    elif token == IEPS_TOKEN:
                        if inner_ieps_call is not None:
                            self.twice("ieps_call", 456)
                        inner_ieps_call = self.ieps_value()
                    elif token == CONTEXT_ATTR_TOKEN:
                        if self.version < 3:
                            self.deviate("later-version", self.start, ALLOWANCES["later-version"])
                        if self.mark != "{":
                            self.wrong_mark(("'{'",))
                        self.read(self.next)
                        self.token = _ACTION_REQUEST_WORDS_3.find(self)
                        token = self.token
                        if token == CONTEXT_LIST_TOKEN:
                            if self.version < 3:
                                self.deviate("later-version", self.start, ALLOWANCES["later-version"])
                            if self.mark != "=":
                                self.wrong_mark(("'='",))
                            self.close()
                            if self.mark != "{":
                                self.wrong_mark(("'{'",))
                            self.read(self.next)
                            while True:
                                self.token = _LISTED_CONTEXT_WORDS.find(self)
                                if not inner_context_list:
                                    inner_context_list = (self.listed_context(),)
                                else:
                                    if more_inner_context_list is None:
                                        more_inner_context_list = [inner_context_list[0]]
                                    if len(more_inner_context_list) >= self.max_items:
                                        self.too_many("context_list")
                                    more_inner_context_list.append(self.listed_context())
                                if self.mark != ",":
                                    break
                                self.read(self.next)
                            if self.mark != "}":
                                self.wrong_mark(("','", "'}'"))
                            self.close()
                        elif token == PKGD_NAME:
                            while True:
                                self.token = _PROPERTY_PARM_WORDS.find(self)
                                if self.token != PKGD_NAME:
                                    self.wrong_word(("a package and item name (package/item)",))
                                if not inner_properties:
                                    inner_properties = (self.property_parm(),)
                                else:
                                    if more_inner_properties is None:
                                        more_inner_properties = [inner_properties[0]]
                                    if len(more_inner_properties) >= self.max_items:
                                        self.too_many("properties")
                                    more_inner_properties.append(self.property_parm())
                                if self.mark != ",":
                                    break
                                self.read(self.next)
                        else:
                            self.wrong_word(("ContextList", "a package and item name (package/item)"))
                        if self.mark != "}":
                            self.wrong_mark(("','", "'}'"))
                        self.close()
                    else:
                        self.wrong_word(("ContextAttr", "Emergency", "EmergencyOff", "IEPSCall", "Priority", "Topology"))
                elif stage <= 1 and (token == CONTEXT_AUDIT_TOKEN):
                    stage = 2
                    if audit is not None:
                        self.twice("audit", 456)
                    audit = self.context_audit()
                elif token != UNKNOWN:
                    stage = 2
                    if not commands:
                        commands = (self.command_request(),)
                    else:
                        if more_commands is None:
                            more_commands = [commands[0]]
                        if len(more_commands) >= self.max_items:
                            self.too_many("commands")
                        more_commands.append(self.command_request())
                else:
                    self.wrong_word(("Add", "AuditCapability", "AuditValue", "ContextAttr", "ContextAudit", "Emergency", "EmergencyOff", "IEPSCall", "Modify", "Move", "Notify", "O-", "Priority", "ServiceChange", "Subtract", "Topology", "W-"))
        elif token == CONTEXT_AUDIT_TOKEN:
            audit = self.context_audit()
            while self.mark == ",":
                self.read(self.next)
                self.token = _COMMAND_REQUEST_WORDS.find(self)
                if not commands:
                    commands = (self.command_request(),)
                else:
                    if more_commands is None:
                        more_commands = [commands[0]]
                    if len(more_commands) >= self.max_items:
                        self.too_many("commands")
                    more_commands.append(self.command_request())
        elif token != UNKNOWN:
            while True:
                self.token = _COMMAND_REQUEST_WORDS.find(self)
                if not commands:
                    commands = (self.command_request(),)
                else:
                    if more_commands is None:
                        more_commands = [commands[0]]
                    if len(more_commands) >= self.max_items:
                        self.too_many("commands")
                    more_commands.append(self.command_request())
                if self.mark != ",":
                    break
                self.read(self.next)
        else:
            self.wrong_word(("Add", "AuditCapability", "AuditValue", "ContextAttr", "ContextAudit", "Emergency", "EmergencyOff", "IEPSCall", "Modify", "Move", "Notify", "O-", "Priority", "ServiceChange", "Subtract", "Topology", "W-"))
        if self.mark != "}":
            self.wrong_mark(("','", "'}'"))
        self.close()
        self.code = outer
        if inner_topology or inner_priority is not None or inner_emergency is not None or inner_ieps_call is not None or inner_context_list or inner_properties:
            properties = _ContextProperties(inner_topology if more_inner_topology is None else tuple(more_inner_topology), inner_priority, inner_emergency, inner_ieps_call, inner_context_list if more_inner_context_list is None else tuple(more_inner_context_list), inner_properties if more_inner_properties is None else tuple(more_inner_properties))
        return _ActionRequest(context_id, properties, audit, commands if more_commands is None else tuple(more_commands))

    def priority(self) -> int:
        """Annex B ``priority``."""
        if self.mark != "=":
            self.wrong_mark(("'='",))
        self.read(self.next)
        return self.take_number(5, 65535, _WANTS_UINT16)

    def ieps_value(self) -> bool:
        """Annex B ``iepsValue``."""
        if self.version < 3:
            self.deviate("later-version", self.start, ALLOWANCES["later-version"])
        if self.mark != "=":
            self.wrong_mark(("'='",))
        self.read(self.next)
        self.token = _ON_OFF_WORDS.find(self)
        return self.on_off()

    def listed_context(self) -> int:
        """Annex B ``listedContext``."""
        return self.take_context_id(_WANTS_CONTEXT_ID)

    def topology_triple(self) -> TopologyRequest:
        """Annex B ``topologyTriple``."""
        token: i64
        start = self.start
        termination_from: str | None = None
        termination_to: str | None = None
        direction: TopologyDirection | None = None
        stream_id: int | None = None
        termination_from = self.termination_id()
        if self.mark != ",":
            self.wrong_mark(("','",))
        self.read(self.next)
        self.token = _M_ID_WORDS.find(self)
        termination_to = self.termination_id()
        if self.mark != ",":
            self.wrong_mark(("','",))
        self.read(self.next)
        self.token = _TOPOLOGY_TRIPLE_WORDS.find(self)
        token = self.token
        if token == ONEWAY_EXTERNAL_TOKEN or token == ONEWAY_BOTH_TOKEN or token == BOTHWAY_TOKEN or token == ISOLATE_TOKEN:
            direction = self.topology_direction()
        elif token == ONEWAY_TOKEN:
            if self.mark == "," and _COMMA_OF_DIRECTION.match(self.text, self.end):
                direction = self.doubled_direction()
            else:
                direction = self.topology_direction()
        else:
            self.wrong_word(("Bothway", "Isolate", "Oneway", "OnewayBoth", "OnewayExternal"))
        if self.mark == "," and _COMMA_OF_STREAM.match(self.text, self.end):
            self.read(self.next)
            self.token = _EVENT_STREAM_WORDS.find(self)
            if self.token != STREAM_TOKEN:
                self.wrong_word(("Stream",))
            stream_id = self.event_stream()
        return _TopologyRequest(termination_from, termination_to, direction, stream_id)

    def topology_direction(self) -> TopologyDirection:
        """Annex B ``topologyDirection``."""
        member = _TOPOLOGY_DIRECTION.get(self.token)
        if member is None:
            self.wrong_word(("Bothway", "Isolate", "Oneway", "OnewayBoth", "OnewayExternal"))
        if self.token == ONEWAY_BOTH_TOKEN:
            if self.version < 3:
                self.deviate("later-version", self.start, ALLOWANCES["later-version"])
        if self.token == ONEWAY_EXTERNAL_TOKEN:
            if self.version < 3:
                self.deviate("later-version", self.start, ALLOWANCES["later-version"])
        return member

    def doubled_direction(self) -> TopologyDirection:
        """Annex B ``doubledDirection``."""
        if not (self.mark == "," and _COMMA_OF_DIRECTION.match(self.text, self.end)):
            self.wrong_mark(())
        self.deviate("doubled-direction", self.skip(self.end), ALLOWANCES["doubled-direction"])
        self.read(self.next)
        self.token = _ONEWAY_DIRECTION_WORDS.find(self)
        return self.oneway_direction()

    def oneway_direction(self) -> TopologyDirection:
        """Annex B ``onewayDirection``."""
        member = _ONEWAY_DIRECTION.get(self.token)
        if member is None:
            self.wrong_word(("OnewayBoth", "OnewayExternal"))
        if self.token == ONEWAY_BOTH_TOKEN:
            if self.version < 3:
                self.deviate("later-version", self.start, ALLOWANCES["later-version"])
        if self.token == ONEWAY_EXTERNAL_TOKEN:
            if self.version < 3:
                self.deviate("later-version", self.start, ALLOWANCES["later-version"])
        return member

    def context_audit(self) -> ContextAudit:
        """Annex B ``contextAudit``."""
        token: i64
        items: tuple[ContextAuditItem, ...] = ()
        more_items: list[ContextAuditItem] | None = None
        properties: tuple[str, ...] = ()
        more_properties: list[str] | None = None
        attributes: tuple[PropertyAudit, ...] = ()
        more_attributes: list[PropertyAudit] | None = None
        select_priority: int | None = None
        select_emergency: bool | None = None
        select_ieps_call: bool | None = None
        select_logic: SelectLogic | None = None
        if self.mark != "{":
            self.wrong_mark(("'{'",))
        self.read(self.next)
        while True:
            self.token = _CONTEXT_AUDIT_WORDS.find(self)
            token = self.token
            if token == EMERGENCY_TOKEN or token == TOPOLOGY_TOKEN:
                if not items:
                    items = (self.context_audit_token(),)
                else:
                    if more_items is None:
                        more_items = [items[0]]
                    if len(more_items) >= self.max_items:
                        self.too_many("items")
                    more_items.append(self.context_audit_token())
            elif token == IEPS_TOKEN:
                if self.mark == "=":
                    if select_ieps_call is not None:
                        self.twice("select_ieps_call", 456)
                    select_ieps_call = self.ieps_value()
                else:
                    if not items:
                        items = (self.context_audit_token(),)
                    else:
                        if more_items is None:
                            more_items = [items[0]]
                        if len(more_items) >= self.max_items:
                            self.too_many("items")
                        more_items.append(self.context_audit_token())
            elif token == PRIORITY_TOKEN:
                if self.mark == "=":
                    if select_priority is not None:
                        self.twice("select_priority", 456)
                    select_priority = self.priority()
                else:
                    if not items:
                        items = (self.context_audit_token(),)
                    else:
                        if more_items is None:
                            more_items = [items[0]]
                        if len(more_items) >= self.max_items:
                            self.too_many("items")
                        more_items.append(self.context_audit_token())
            elif token == PKGD_NAME:
                if not properties:
                    properties = (self.context_audit_property(),)
                else:
                    if more_properties is None:
                        more_properties = [properties[0]]
                    if len(more_properties) >= self.max_items:
                        self.too_many("properties")
                    more_properties.append(self.context_audit_property())
            elif token == EMERGENCY_VALUE_TOKEN:
                if select_emergency is not None:
                    self.twice("select_emergency", 456)
                select_emergency = self.emergency_value()
            elif token == CONTEXT_ATTR_TOKEN:
                if self.version < 3:
                    self.deviate("later-version", self.start, ALLOWANCES["later-version"])
                if self.mark != "{":
                    self.wrong_mark(("'{'",))
                self.read(self.next)
                while True:
                    self.token = _PROPERTY_PARM_WORDS.find(self)
                    if self.token != PKGD_NAME:
                        self.wrong_word(("a package and item name (package/item)",))
                    if not attributes:
                        attributes = (self.ind_aud_property_parm(),)
                    else:
                        if more_attributes is None:
                            more_attributes = [attributes[0]]
                        if len(more_attributes) >= self.max_items:
                            self.too_many("attributes")
                        more_attributes.append(self.ind_aud_property_parm())
                    if self.mark != ",":
                        break
                    self.read(self.next)
                if self.mark != "}":
                    self.wrong_mark(("','", "'}'"))
                self.close()
            elif token == AND_LGC_TOKEN or token == OR_LGC_TOKEN:
                if select_logic is not None:
                    self.twice("select_logic", 456)
                select_logic = self.select_logic()
            else:
                self.wrong_word(("ANDLgc", "ContextAttr", "Emergency", "EmergencyValue", "IEPSCall", "ORLgc", "Priority", "Topology", "a package and item name (package/item)"))
            if self.mark != ",":
                break
            self.read(self.next)
        if self.mark != "}":
            self.wrong_mark(("','", "'}'"))
        self.close()
        return _ContextAudit(items if more_items is None else tuple(more_items), properties if more_properties is None else tuple(more_properties), attributes if more_attributes is None else tuple(more_attributes), select_priority, select_emergency, select_ieps_call, select_logic)

    def context_audit_token(self) -> ContextAuditItem:
        """Annex B ``contextAuditToken``."""
        member = _CONTEXT_AUDIT_TOKEN.get(self.token)
        if member is None:
            self.wrong_word(("Emergency", "IEPSCall", "Priority", "Topology"))
        if self.token == IEPS_TOKEN:
            if self.version < 3:
                self.deviate("later-version", self.start, ALLOWANCES["later-version"])
        return member

    def context_audit_property(self) -> str:
        """Annex B ``contextAuditProperty``."""
        return self.name

    def emergency_value(self) -> bool:
        """Annex B ``emergencyValue``."""
        if self.version < 3:
            self.deviate("later-version", self.start, ALLOWANCES["later-version"])
        if self.mark != "=":
            self.wrong_mark(("'='",))
        self.read(self.next)
        self.token = _EMERGENCY_FLAG_WORDS.find(self)
        return self.emergency_flag()

    def emergency_flag(self) -> bool:
        """Annex B ``emergencyFlag``."""
        member = _EMERGENCY_FLAG.get(self.token)
        if member is None:
            self.wrong_word(("Emergency", "EmergencyOff"))
        if self.token == EMERGENCY_OFF_TOKEN:
            if self.version < 2:
                self.deviate("later-version", self.start, ALLOWANCES["later-version"])
        return member

    def select_logic(self) -> SelectLogic:
        """Annex B ``selectLogic``."""
        member = _SELECT_LOGIC.get(self.token)
        if member is None:
            self.wrong_word(("ANDLgc", "ORLgc"))
        if self.token == AND_LGC_TOKEN:
            if self.version < 3:
                self.deviate("later-version", self.start, ALLOWANCES["later-version"])
        if self.token == OR_LGC_TOKEN:
            if self.version < 3:
                self.deviate("later-version", self.start, ALLOWANCES["later-version"])
        return member

    def action_reply(self) -> ActionReply:
        """Annex B ``actionReply``."""
        token: i64
        start = self.start
        context_id: int | None = None
        replies: tuple[AddReply | MoveReply | ModifyReply | SubtractReply | AuditValueReply | AuditCapabilityReply | ContextAuditReply | NotifyReply | ServiceChangeReply, ...] = ()
        more_replies: list[AddReply | MoveReply | ModifyReply | SubtractReply | AuditValueReply | AuditCapabilityReply | ContextAuditReply | NotifyReply | ServiceChangeReply] | None = None
        error: ErrorDescriptor | None = None
        inner_topology: tuple[TopologyRequest, ...] = ()
        more_inner_topology: list[TopologyRequest] | None = None
        inner_priority: int | None = None
        inner_emergency: bool | None = None
        inner_ieps_call: bool | None = None
        inner_context_list: tuple[int, ...] = ()
        more_inner_context_list: list[int] | None = None
        inner_properties: tuple[PropertyParm, ...] = ()
        more_inner_properties: list[PropertyParm] | None = None
        properties: ContextProperties | None = None
        outer = self.code
        self.code = 422
        if self.mark != "=":
            self.wrong_mark(("'='",))
        self.read(self.next)
        context_id = self.take_context_id(_WANTS_CONTEXT_ID)
        if self.mark == "{":
            self.read(self.next)
            self.token = _ACTION_REPLY_WORDS.find(self)
            token = self.token
            if token == ERROR_TOKEN:
                error = self.error_descriptor()
            elif token == EMERGENCY_OFF_TOKEN or token == CONTEXT_ATTR_TOKEN or token == EMERGENCY_TOKEN or token == IEPS_TOKEN or token == PRIORITY_TOKEN or token == TOPOLOGY_TOKEN:
                token = self.token
                if token == TOPOLOGY_TOKEN:
                    if self.mark != "{":
                        self.wrong_mark(("'{'",))
                    self.read(self.next)
                    while True:
                        self.token = _M_ID_WORDS.find(self)
                        if not inner_topology:
                            inner_topology = (self.topology_triple(),)
                        else:
                            if more_inner_topology is None:
                                more_inner_topology = [inner_topology[0]]
                            if len(more_inner_topology) >= self.max_items:
                                self.too_many("topology")
                            more_inner_topology.append(self.topology_triple())
                        if self.mark != ",":
                            break
                        self.read(self.next)
                    if self.mark != "}":
                        self.wrong_mark(("','", "'}'"))
                    self.close()
                elif token == PRIORITY_TOKEN:
                    inner_priority = self.priority()
                elif token == EMERGENCY_TOKEN:
                    inner_emergency = True
                elif token == EMERGENCY_OFF_TOKEN:
                    if self.version < 2:
                        self.deviate("later-version", self.start, ALLOWANCES["later-version"])
                    inner_emergency = False
                elif token == IEPS_TOKEN:
                    inner_ieps_call = self.ieps_value()
                elif token == CONTEXT_ATTR_TOKEN:
                    if self.version < 3:
                        self.deviate("later-version", self.start, ALLOWANCES["later-version"])
                    if self.mark != "{":
                        self.wrong_mark(("'{'",))
                    self.read(self.next)
                    self.token = _ACTION_REQUEST_WORDS_3.find(self)
                    token = self.token
                    if token == CONTEXT_LIST_TOKEN:
                        if self.version < 3:
                            self.deviate("later-version", self.start, ALLOWANCES["later-version"])
                        if self.mark != "=":
                            self.wrong_mark(("'='",))
                        self.close()
                        if self.mark != "{":
                            self.wrong_mark(("'{'",))
                        self.read(self.next)
                        while True:
                            self.token = _LISTED_CONTEXT_WORDS.find(self)
                            if not inner_context_list:
                                inner_context_list = (self.listed_context(),)
                            else:
                                if more_inner_context_list is None:
                                    more_inner_context_list = [inner_context_list[0]]
                                if len(more_inner_context_list) >= self.max_items:
                                    self.too_many("context_list")
                                more_inner_context_list.append(self.listed_context())
                            if self.mark != ",":
                                break
                            self.read(self.next)
                        if self.mark != "}":
                            self.wrong_mark(("','", "'}'"))
                        self.close()
                    elif token == PKGD_NAME:
                        while True:
                            self.token = _PROPERTY_PARM_WORDS.find(self)
                            if self.token != PKGD_NAME:
                                self.wrong_word(("a package and item name (package/item)",))
                            if not inner_properties:
                                inner_properties = (self.property_parm(),)
                            else:
                                if more_inner_properties is None:
                                    more_inner_properties = [inner_properties[0]]
                                if len(more_inner_properties) >= self.max_items:
                                    self.too_many("properties")
                                more_inner_properties.append(self.property_parm())
                            if self.mark != ",":
                                break
                            self.read(self.next)
                    else:
                        self.wrong_word(("ContextList", "a package and item name (package/item)"))
                    if self.mark != "}":
                        self.wrong_mark(("','", "'}'"))
                    self.close()
                else:
                    self.wrong_word(("ContextAttr", "Emergency", "EmergencyOff", "IEPSCall", "Priority", "Topology"))
                stage = 0
                while self.mark == ",":
                    self.read(self.next)
                    self.token = _ACTION_REPLY_WORDS.find(self)
                    token = self.token
                    if stage <= 0 and (token == EMERGENCY_OFF_TOKEN or token == CONTEXT_ATTR_TOKEN or token == EMERGENCY_TOKEN or token == IEPS_TOKEN or token == PRIORITY_TOKEN or token == TOPOLOGY_TOKEN):
                        token = self.token
                        if token == TOPOLOGY_TOKEN:
                            if self.mark != "{":
                                self.wrong_mark(("'{'",))
                            self.read(self.next)
                            while True:
                                self.token = _M_ID_WORDS.find(self)
                                if not inner_topology:
                                    inner_topology = (self.topology_triple(),)
                                else:
                                    if more_inner_topology is None:
                                        more_inner_topology = [inner_topology[0]]
                                    if len(more_inner_topology) >= self.max_items:
                                        self.too_many("topology")
                                    more_inner_topology.append(self.topology_triple())
                                if self.mark != ",":
                                    break
                                self.read(self.next)
                            if self.mark != "}":
                                self.wrong_mark(("','", "'}'"))
                            self.close()
                        elif token == PRIORITY_TOKEN:
                            if inner_priority is not None:
                                self.twice("priority", 456)
                            inner_priority = self.priority()
                        elif token == EMERGENCY_TOKEN:
                            if inner_emergency is not None:
                                self.twice("emergency", 456)
                            inner_emergency = True
                        elif token == EMERGENCY_OFF_TOKEN:
                            if self.version < 2:
                                self.deviate("later-version", self.start, ALLOWANCES["later-version"])
                            if inner_emergency is not None:
                                self.twice("emergency", 456)
                            inner_emergency = False
                        elif token == IEPS_TOKEN:
                            if inner_ieps_call is not None:
                                self.twice("ieps_call", 456)
                            inner_ieps_call = self.ieps_value()
                        elif token == CONTEXT_ATTR_TOKEN:
                            if self.version < 3:
                                self.deviate("later-version", self.start, ALLOWANCES["later-version"])
                            if self.mark != "{":
                                self.wrong_mark(("'{'",))
                            self.read(self.next)
                            self.token = _ACTION_REQUEST_WORDS_3.find(self)
                            token = self.token
                            if token == CONTEXT_LIST_TOKEN:
                                if self.version < 3:
                                    self.deviate("later-version", self.start, ALLOWANCES["later-version"])
                                if self.mark != "=":
                                    self.wrong_mark(("'='",))
                                self.close()
                                if self.mark != "{":
                                    self.wrong_mark(("'{'",))
                                self.read(self.next)
                                while True:
                                    self.token = _LISTED_CONTEXT_WORDS.find(self)
                                    if not inner_context_list:
                                        inner_context_list = (self.listed_context(),)
                                    else:
                                        if more_inner_context_list is None:
                                            more_inner_context_list = [inner_context_list[0]]
                                        if len(more_inner_context_list) >= self.max_items:
                                            self.too_many("context_list")
                                        more_inner_context_list.append(self.listed_context())
                                    if self.mark != ",":
                                        break
                                    self.read(self.next)
                                if self.mark != "}":
                                    self.wrong_mark(("','", "'}'"))
                                self.close()
                            elif token == PKGD_NAME:
                                while True:
                                    self.token = _PROPERTY_PARM_WORDS.find(self)
                                    if self.token != PKGD_NAME:
                                        self.wrong_word(("a package and item name (package/item)",))
                                    if not inner_properties:
                                        inner_properties = (self.property_parm(),)
                                    else:
                                        if more_inner_properties is None:
                                            more_inner_properties = [inner_properties[0]]
                                        if len(more_inner_properties) >= self.max_items:
                                            self.too_many("properties")
                                        more_inner_properties.append(self.property_parm())
                                    if self.mark != ",":
                                        break
                                    self.read(self.next)
                            else:
                                self.wrong_word(("ContextList", "a package and item name (package/item)"))
                            if self.mark != "}":
                                self.wrong_mark(("','", "'}'"))
                            self.close()
                        else:
                            self.wrong_word(("ContextAttr", "Emergency", "EmergencyOff", "IEPSCall", "Priority", "Topology"))
                    elif stage <= 1 and (token == AUDIT_CAP_TOKEN or token == SERVICE_CHANGE_TOKEN or token == AUDIT_VALUE_TOKEN or token == SUBTRACT_TOKEN or token == MODIFY_TOKEN or token == NOTIFY_TOKEN or token == MOVE_TOKEN or token == ADD_TOKEN):
                        stage = 1
                        if not replies:
                            replies = (self.command_reply(),)
                        else:
                            if more_replies is None:
                                more_replies = [replies[0]]
                            if len(more_replies) >= self.max_items:
                                self.too_many("replies")
                            more_replies.append(self.command_reply())
                    elif token == ERROR_TOKEN:
                        stage = 3
                        if error is not None:
                            self.twice("error", 448)
                        error = self.error_descriptor()
                    else:
                        self.wrong_word(("Add", "AuditCapability", "AuditValue", "ContextAttr", "Emergency", "EmergencyOff", "Error", "IEPSCall", "Modify", "Move", "Notify", "Priority", "ServiceChange", "Subtract", "Topology"))
            elif token != UNKNOWN:
                replies = (self.command_reply(),)
                stage = 0
                while self.mark == ",":
                    self.read(self.next)
                    self.token = _ACTION_REPLY_WORDS_2.find(self)
                    token = self.token
                    if stage <= 0 and (token == AUDIT_CAP_TOKEN or token == SERVICE_CHANGE_TOKEN or token == AUDIT_VALUE_TOKEN or token == SUBTRACT_TOKEN or token == MODIFY_TOKEN or token == NOTIFY_TOKEN or token == MOVE_TOKEN or token == ADD_TOKEN):
                        if more_replies is None:
                            more_replies = [replies[0]]
                        if len(more_replies) >= self.max_items:
                            self.too_many("replies")
                        more_replies.append(self.command_reply())
                    elif token == ERROR_TOKEN:
                        stage = 2
                        if error is not None:
                            self.twice("error", 448)
                        error = self.error_descriptor()
                    else:
                        self.wrong_word(("Add", "AuditCapability", "AuditValue", "Error", "Modify", "Move", "Notify", "ServiceChange", "Subtract"))
            else:
                self.wrong_word(("Add", "AuditCapability", "AuditValue", "ContextAttr", "Emergency", "EmergencyOff", "Error", "IEPSCall", "Modify", "Move", "Notify", "Priority", "ServiceChange", "Subtract", "Topology"))
            if self.mark != "}":
                self.wrong_mark(("','", "'}'"))
            self.close()
        else:
            self.missed = "'{'"
            self.missed_at = self.end
        self.code = outer
        if inner_topology or inner_priority is not None or inner_emergency is not None or inner_ieps_call is not None or inner_context_list or inner_properties:
            properties = _ContextProperties(inner_topology if more_inner_topology is None else tuple(more_inner_topology), inner_priority, inner_emergency, inner_ieps_call, inner_context_list if more_inner_context_list is None else tuple(more_inner_context_list), inner_properties if more_inner_properties is None else tuple(more_inner_properties))
        return _ActionReply(context_id, properties, replies if more_replies is None else tuple(more_replies), error)

    def command_request(self) -> CommandRequest:
        """Annex B ``commandRequest``."""
        start = self.start
        command: AddRequest | MoveRequest | ModifyRequest | SubtractRequest | AuditValueRequest | AuditCapabilityRequest | NotifyRequest | ServiceChangeRequest | None = None
        optional = False
        wildcard_return = False
        if self.token == OPTIONAL_TOKEN:
            self.take_prefix(("o-",), _WANTS_OPTIONAL_TOKEN)
            optional = True
            self.read(self.end)
            self.token = _COMMAND_REQUEST_WORDS_2.find(self)
        if self.token == WILDCARD_TOKEN:
            self.take_prefix(("w-",), _WANTS_WILDCARD_TOKEN)
            wildcard_return = True
            self.read(self.end)
            self.token = _COMMAND_REQUEST_WORDS_3.find(self)
        command = self.command()
        return _CommandRequest(command, optional, wildcard_return)

    def command(self) -> AddRequest | MoveRequest | ModifyRequest | SubtractRequest | AuditValueRequest | AuditCapabilityRequest | NotifyRequest | ServiceChangeRequest:
        """Annex B ``command``."""
        token: i64
        value: AddRequest | MoveRequest | ModifyRequest | SubtractRequest | AuditValueRequest | AuditCapabilityRequest | NotifyRequest | ServiceChangeRequest
        outer = self.code
        self.code = 442
        token = self.token
        if token == MODIFY_TOKEN or token == MOVE_TOKEN or token == ADD_TOKEN:
            value = self.amm_request()
        elif token == SUBTRACT_TOKEN:
            value = self.subtract_request()
        elif token == AUDIT_CAP_TOKEN or token == AUDIT_VALUE_TOKEN:
            value = self.audit_request()
        elif token == NOTIFY_TOKEN:
            value = self.notify_request()
        elif token == SERVICE_CHANGE_TOKEN:
            value = self.service_change_request()
        else:
            self.wrong_word(("Add", "AuditCapability", "AuditValue", "Modify", "Move", "Notify", "ServiceChange", "Subtract"))
        self.code = outer
        return value

    def command_reply(self) -> AddReply | MoveReply | ModifyReply | SubtractReply | AuditValueReply | AuditCapabilityReply | ContextAuditReply | NotifyReply | ServiceChangeReply:
        """Annex B ``commandReply``."""
        token: i64
        value: AddReply | MoveReply | ModifyReply | SubtractReply | AuditValueReply | AuditCapabilityReply | ContextAuditReply | NotifyReply | ServiceChangeReply
        outer = self.code
        self.code = 442
        token = self.token
        if token == SUBTRACT_TOKEN or token == MODIFY_TOKEN or token == MOVE_TOKEN or token == ADD_TOKEN:
            value = self.amms_reply()
        elif token == AUDIT_CAP_TOKEN or token == AUDIT_VALUE_TOKEN:
            at = self.start
            self.read(self.next)
            if _ACTION_REQUEST_WORDS.find(self) != UNKNOWN:
                self.read(at)
                self.token = _CONTEXT_AUDIT_REPLY_WORDS.find(self)
                value = self.context_audit_reply()
            else:
                self.read(at)
                self.token = _CONTEXT_AUDIT_REPLY_WORDS.find(self)
                value = self.audit_reply()
        elif token == NOTIFY_TOKEN:
            value = self.notify_reply()
        elif token == SERVICE_CHANGE_TOKEN:
            value = self.service_change_reply()
        else:
            self.wrong_word(("Add", "AuditCapability", "AuditValue", "Modify", "Move", "Notify", "ServiceChange", "Subtract"))
        self.code = outer
        return value

    def amm_request(self) -> AddRequest | MoveRequest | ModifyRequest:
        """Annex B ``ammRequest``."""
        token: i64
        keyword: i64
        start = self.start
        termination_ids: tuple[str, ...] = ()
        more_termination_ids: list[str] | None = None
        descriptors: tuple[MediaDescriptor | ModemDescriptor | MuxDescriptor | EventsDescriptor | EventBufferDescriptor | SignalsDescriptor | DigitMapDescriptor | AuditDescriptor | StatisticsDescriptor, ...] = ()
        more_descriptors: list[MediaDescriptor | ModemDescriptor | MuxDescriptor | EventsDescriptor | EventBufferDescriptor | SignalsDescriptor | DigitMapDescriptor | AuditDescriptor | StatisticsDescriptor] | None = None
        seen = 0
        outer = self.code
        self.code = 442
        keyword = self.token
        if keyword == UNKNOWN:
            self.wrong_word(("Add", "Modify", "Move"))
        if self.mark != "=":
            self.wrong_mark(("'='",))
        self.read(self.next)
        if self.end == self.start and self.mark == "[":
            self.read(self.next)
            self.token = _M_ID_WORDS.find(self)
            termination_ids = (self.termination_id(),)
            if self.mark != ",":
                self.wrong_mark(("','",))
            while self.mark == ",":
                self.read(self.next)
                self.token = _M_ID_WORDS.find(self)
                if more_termination_ids is None:
                    more_termination_ids = [termination_ids[0]]
                if len(more_termination_ids) >= self.max_items:
                    self.too_many("termination_ids")
                more_termination_ids.append(self.termination_id())
            if self.mark != "]":
                self.wrong_mark(("','", "']'"))
            self.close()
        else:
            self.token = _M_ID_WORDS.find(self)
            token = self.token
            if token == DIGIT_FIRST_NAME or token == PATH_NAME:
                termination_ids = (self.termination_id(),)
            else:
                self.wrong_word(("'['", "a pathNAME (a letter, then letters, digits, '/', '_', '*', '$')"))
        if self.mark == "{":
            self.read(self.next)
            while True:
                self.token = _AMM_REQUEST_WORDS.find(self)
                token = self.token
                if token == MEDIA_TOKEN:
                    if seen & 1:
                        self.twice("this descriptor", 448)
                    seen |= 1
                    if not descriptors:
                        descriptors = (self.media_descriptor(),)
                    else:
                        if more_descriptors is None:
                            more_descriptors = [descriptors[0]]
                        if len(more_descriptors) >= self.max_items:
                            self.too_many("descriptors")
                        more_descriptors.append(self.media_descriptor())
                elif token == MODEM_TOKEN:
                    if seen & 2:
                        self.twice("this descriptor", 448)
                    seen |= 2
                    if not descriptors:
                        descriptors = (self.modem_descriptor(),)
                    else:
                        if more_descriptors is None:
                            more_descriptors = [descriptors[0]]
                        if len(more_descriptors) >= self.max_items:
                            self.too_many("descriptors")
                        more_descriptors.append(self.modem_descriptor())
                elif token == MUX_TOKEN:
                    if seen & 4:
                        self.twice("this descriptor", 448)
                    seen |= 4
                    if not descriptors:
                        descriptors = (self.mux_descriptor(),)
                    else:
                        if more_descriptors is None:
                            more_descriptors = [descriptors[0]]
                        if len(more_descriptors) >= self.max_items:
                            self.too_many("descriptors")
                        more_descriptors.append(self.mux_descriptor())
                elif token == EVENTS_TOKEN:
                    if seen & 8:
                        self.twice("this descriptor", 448)
                    seen |= 8
                    if not descriptors:
                        descriptors = (self.events_descriptor(),)
                    else:
                        if more_descriptors is None:
                            more_descriptors = [descriptors[0]]
                        if len(more_descriptors) >= self.max_items:
                            self.too_many("descriptors")
                        more_descriptors.append(self.events_descriptor())
                elif token == EVENT_BUFFER_TOKEN:
                    if seen & 16:
                        self.twice("this descriptor", 448)
                    seen |= 16
                    if not descriptors:
                        descriptors = (self.event_buffer_descriptor(),)
                    else:
                        if more_descriptors is None:
                            more_descriptors = [descriptors[0]]
                        if len(more_descriptors) >= self.max_items:
                            self.too_many("descriptors")
                        more_descriptors.append(self.event_buffer_descriptor())
                elif token == SIGNALS_TOKEN:
                    if seen & 32:
                        self.twice("this descriptor", 448)
                    seen |= 32
                    if not descriptors:
                        descriptors = (self.signals_descriptor(),)
                    else:
                        if more_descriptors is None:
                            more_descriptors = [descriptors[0]]
                        if len(more_descriptors) >= self.max_items:
                            self.too_many("descriptors")
                        more_descriptors.append(self.signals_descriptor())
                elif token == DIGIT_MAP_TOKEN:
                    if seen & 64:
                        self.twice("this descriptor", 448)
                    seen |= 64
                    if not descriptors:
                        descriptors = (self.digit_map_descriptor(),)
                    else:
                        if more_descriptors is None:
                            more_descriptors = [descriptors[0]]
                        if len(more_descriptors) >= self.max_items:
                            self.too_many("descriptors")
                        more_descriptors.append(self.digit_map_descriptor())
                elif token == AUDIT_TOKEN:
                    if seen & 128:
                        self.twice("this descriptor", 448)
                    seen |= 128
                    if not descriptors:
                        descriptors = (self.audit_descriptor(),)
                    else:
                        if more_descriptors is None:
                            more_descriptors = [descriptors[0]]
                        if len(more_descriptors) >= self.max_items:
                            self.too_many("descriptors")
                        more_descriptors.append(self.audit_descriptor())
                elif token == STATS_TOKEN:
                    if seen & 256:
                        self.twice("this descriptor", 448)
                    seen |= 256
                    if not descriptors:
                        descriptors = (self.statistics_descriptor(),)
                    else:
                        if more_descriptors is None:
                            more_descriptors = [descriptors[0]]
                        if len(more_descriptors) >= self.max_items:
                            self.too_many("descriptors")
                        more_descriptors.append(self.statistics_descriptor())
                else:
                    self.wrong_word(("Audit", "DigitMap", "EventBuffer", "Events", "Media", "Modem", "Mux", "Signals", "Statistics"))
                if self.mark != ",":
                    break
                self.read(self.next)
            if self.mark != "}":
                self.wrong_mark(("','", "'}'"))
            self.close()
        else:
            self.missed = "'{'"
            self.missed_at = self.end
        self.code = outer
        if keyword == ADD_TOKEN:
            return _AddRequest(termination_ids if more_termination_ids is None else tuple(more_termination_ids), descriptors if more_descriptors is None else tuple(more_descriptors))
        if keyword == MOVE_TOKEN:
            return _MoveRequest(termination_ids if more_termination_ids is None else tuple(more_termination_ids), descriptors if more_descriptors is None else tuple(more_descriptors))
        return _ModifyRequest(termination_ids if more_termination_ids is None else tuple(more_termination_ids), descriptors if more_descriptors is None else tuple(more_descriptors))

    def subtract_request(self) -> SubtractRequest:
        """Annex B ``subtractRequest``."""
        token: i64
        start = self.start
        termination_ids: tuple[str, ...] = ()
        more_termination_ids: list[str] | None = None
        audit: AuditDescriptor | None = None
        outer = self.code
        self.code = 442
        if self.mark != "=":
            self.wrong_mark(("'='",))
        self.read(self.next)
        if self.end == self.start and self.mark == "[":
            self.read(self.next)
            self.token = _M_ID_WORDS.find(self)
            termination_ids = (self.termination_id(),)
            if self.mark != ",":
                self.wrong_mark(("','",))
            while self.mark == ",":
                self.read(self.next)
                self.token = _M_ID_WORDS.find(self)
                if more_termination_ids is None:
                    more_termination_ids = [termination_ids[0]]
                if len(more_termination_ids) >= self.max_items:
                    self.too_many("termination_ids")
                more_termination_ids.append(self.termination_id())
            if self.mark != "]":
                self.wrong_mark(("','", "']'"))
            self.close()
        else:
            self.token = _M_ID_WORDS.find(self)
            token = self.token
            if token == DIGIT_FIRST_NAME or token == PATH_NAME:
                termination_ids = (self.termination_id(),)
            else:
                self.wrong_word(("'['", "a pathNAME (a letter, then letters, digits, '/', '_', '*', '$')"))
        if self.mark == "{":
            self.read(self.next)
            self.token = _AUDIT_DESCRIPTOR_WORDS.find(self)
            if self.token != AUDIT_TOKEN:
                self.wrong_word(("Audit",))
            audit = self.audit_descriptor()
            if self.mark != "}":
                self.wrong_mark(("'}'",))
            self.close()
        else:
            self.missed = "'{'"
            self.missed_at = self.end
        self.code = outer
        return _SubtractRequest(termination_ids if more_termination_ids is None else tuple(more_termination_ids), audit)

    def audit_request(self) -> AuditValueRequest | AuditCapabilityRequest:
        """Annex B ``auditRequest``."""
        token: i64
        keyword: i64
        start = self.start
        termination_ids: tuple[str, ...] = ()
        more_termination_ids: list[str] | None = None
        audit: AuditDescriptor | None = None
        outer = self.code
        self.code = 442
        keyword = self.token
        if keyword == UNKNOWN:
            self.wrong_word(("AuditCapability", "AuditValue"))
        if self.mark != "=":
            self.wrong_mark(("'='",))
        self.read(self.next)
        if self.end == self.start and self.mark == "[":
            self.read(self.next)
            self.token = _M_ID_WORDS.find(self)
            termination_ids = (self.termination_id(),)
            if self.mark != ",":
                self.wrong_mark(("','",))
            while self.mark == ",":
                self.read(self.next)
                self.token = _M_ID_WORDS.find(self)
                if more_termination_ids is None:
                    more_termination_ids = [termination_ids[0]]
                if len(more_termination_ids) >= self.max_items:
                    self.too_many("termination_ids")
                more_termination_ids.append(self.termination_id())
            if self.mark != "]":
                self.wrong_mark(("','", "']'"))
            self.close()
        else:
            self.token = _M_ID_WORDS.find(self)
            token = self.token
            if token == DIGIT_FIRST_NAME or token == PATH_NAME:
                termination_ids = (self.termination_id(),)
            else:
                self.wrong_word(("'['", "a pathNAME (a letter, then letters, digits, '/', '_', '*', '$')"))
        if self.mark != "{":
            self.wrong_mark(("'{'",))
        self.read(self.next)
        self.token = _AUDIT_DESCRIPTOR_WORDS.find(self)
        if self.token != AUDIT_TOKEN:
            self.wrong_word(("Audit",))
        audit = self.audit_descriptor()
        if self.mark != "}":
            self.wrong_mark(("'}'",))
        self.close()
        self.code = outer
        if keyword == AUDIT_VALUE_TOKEN:
            return _AuditValueRequest(termination_ids if more_termination_ids is None else tuple(more_termination_ids), audit)
        return _AuditCapabilityRequest(termination_ids if more_termination_ids is None else tuple(more_termination_ids), audit)

    def notify_request(self) -> NotifyRequest:
        """Annex B ``notifyRequest``."""
        token: i64
        start = self.start
        termination_ids: tuple[str, ...] = ()
        more_termination_ids: list[str] | None = None
        observed_events: ObservedEventsDescriptor | None = None
        error: ErrorDescriptor | None = None
        outer = self.code
        self.code = 442
        if self.mark != "=":
            self.wrong_mark(("'='",))
        self.read(self.next)
        if self.end == self.start and self.mark == "[":
            self.read(self.next)
            self.token = _M_ID_WORDS.find(self)
            termination_ids = (self.termination_id(),)
            if self.mark != ",":
                self.wrong_mark(("','",))
            while self.mark == ",":
                self.read(self.next)
                self.token = _M_ID_WORDS.find(self)
                if more_termination_ids is None:
                    more_termination_ids = [termination_ids[0]]
                if len(more_termination_ids) >= self.max_items:
                    self.too_many("termination_ids")
                more_termination_ids.append(self.termination_id())
            if self.mark != "]":
                self.wrong_mark(("','", "']'"))
            self.close()
        else:
            self.token = _M_ID_WORDS.find(self)
            token = self.token
            if token == DIGIT_FIRST_NAME or token == PATH_NAME:
                termination_ids = (self.termination_id(),)
            else:
                self.wrong_word(("'['", "a pathNAME (a letter, then letters, digits, '/', '_', '*', '$')"))
        if self.mark != "{":
            self.wrong_mark(("'{'",))
        self.read(self.next)
        self.token = _OBSERVED_EVENTS_DESCRIPTOR_WORDS.find(self)
        if self.token != OBSERVED_EVENTS_TOKEN:
            self.wrong_word(("ObservedEvents",))
        observed_events = self.observed_events_descriptor()
        if self.mark == ",":
            self.read(self.next)
            self.token = _ERROR_DESCRIPTOR_WORDS.find(self)
            if self.token != ERROR_TOKEN:
                self.wrong_word(("Error",))
            error = self.error_descriptor()
        if self.mark != "}":
            self.wrong_mark(("','", "'}'"))
        self.close()
        self.code = outer
        return _NotifyRequest(termination_ids if more_termination_ids is None else tuple(more_termination_ids), observed_events, error)

    def service_change_request(self) -> ServiceChangeRequest:
        """Annex B ``serviceChangeRequest``."""
        token: i64
        start = self.start
        termination_ids: tuple[str, ...] = ()
        more_termination_ids: list[str] | None = None
        services: ServiceChangeParm | None = None
        outer = self.code
        self.code = 442
        if self.mark != "=":
            self.wrong_mark(("'='",))
        self.read(self.next)
        if self.end == self.start and self.mark == "[":
            self.read(self.next)
            self.token = _M_ID_WORDS.find(self)
            termination_ids = (self.termination_id(),)
            if self.mark != ",":
                self.wrong_mark(("','",))
            while self.mark == ",":
                self.read(self.next)
                self.token = _M_ID_WORDS.find(self)
                if more_termination_ids is None:
                    more_termination_ids = [termination_ids[0]]
                if len(more_termination_ids) >= self.max_items:
                    self.too_many("termination_ids")
                more_termination_ids.append(self.termination_id())
            if self.mark != "]":
                self.wrong_mark(("','", "']'"))
            self.close()
        else:
            self.token = _M_ID_WORDS.find(self)
            token = self.token
            if token == DIGIT_FIRST_NAME or token == PATH_NAME:
                termination_ids = (self.termination_id(),)
            else:
                self.wrong_word(("'['", "a pathNAME (a letter, then letters, digits, '/', '_', '*', '$')"))
        if self.mark != "{":
            self.wrong_mark(("'{'",))
        self.read(self.next)
        self.token = _SERVICE_CHANGE_DESCRIPTOR_WORDS.find(self)
        if self.token != SERVICES_TOKEN:
            self.wrong_word(("Services",))
        services = self.service_change_descriptor()
        if self.mark != "}":
            self.wrong_mark(("'}'",))
        self.close()
        self.code = outer
        return _ServiceChangeRequest(termination_ids if more_termination_ids is None else tuple(more_termination_ids), services)

    def amms_reply(self) -> AddReply | MoveReply | ModifyReply | SubtractReply:
        """Annex B ``ammsReply``."""
        token: i64
        keyword: i64
        start = self.start
        termination_ids: tuple[str, ...] = ()
        more_termination_ids: list[str] | None = None
        descriptors: tuple[ErrorDescriptor | MediaDescriptor | ModemDescriptor | MuxDescriptor | EventsDescriptor | EventBufferDescriptor | SignalsDescriptor | DigitMapDescriptor | ObservedEventsDescriptor | StatisticsDescriptor | PackagesDescriptor | EmptyDescriptor, ...] = ()
        more_descriptors: list[ErrorDescriptor | MediaDescriptor | ModemDescriptor | MuxDescriptor | EventsDescriptor | EventBufferDescriptor | SignalsDescriptor | DigitMapDescriptor | ObservedEventsDescriptor | StatisticsDescriptor | PackagesDescriptor | EmptyDescriptor] | None = None
        outer = self.code
        self.code = 442
        keyword = self.token
        if keyword == UNKNOWN:
            self.wrong_word(("Add", "Modify", "Move", "Subtract"))
        if self.mark != "=":
            self.wrong_mark(("'='",))
        self.read(self.next)
        if self.end == self.start and self.mark == "[":
            self.read(self.next)
            self.token = _M_ID_WORDS.find(self)
            termination_ids = (self.termination_id(),)
            if self.mark != ",":
                self.wrong_mark(("','",))
            while self.mark == ",":
                self.read(self.next)
                self.token = _M_ID_WORDS.find(self)
                if more_termination_ids is None:
                    more_termination_ids = [termination_ids[0]]
                if len(more_termination_ids) >= self.max_items:
                    self.too_many("termination_ids")
                more_termination_ids.append(self.termination_id())
            if self.mark != "]":
                self.wrong_mark(("','", "']'"))
            self.close()
        else:
            self.token = _M_ID_WORDS.find(self)
            token = self.token
            if token == DIGIT_FIRST_NAME or token == PATH_NAME:
                termination_ids = (self.termination_id(),)
            else:
                self.wrong_word(("'['", "a pathNAME (a letter, then letters, digits, '/', '_', '*', '$')"))
        if self.mark == "{":
            self.read(self.next)
            while True:
                self.token = _AMMS_REPLY_WORDS.find(self)
                token = self.token
                if token == MEDIA_TOKEN:
                    if self.mark == "{":
                        if not descriptors:
                            descriptors = (self.media_descriptor(),)
                        else:
                            if more_descriptors is None:
                                more_descriptors = [descriptors[0]]
                            if len(more_descriptors) >= self.max_items:
                                self.too_many("descriptors")
                            more_descriptors.append(self.media_descriptor())
                    else:
                        if not descriptors:
                            descriptors = (self.empty_descriptor(),)
                        else:
                            if more_descriptors is None:
                                more_descriptors = [descriptors[0]]
                            if len(more_descriptors) >= self.max_items:
                                self.too_many("descriptors")
                            more_descriptors.append(self.empty_descriptor())
                elif token == MODEM_TOKEN:
                    if self.mark == "[" or self.mark == "=":
                        if not descriptors:
                            descriptors = (self.modem_descriptor(),)
                        else:
                            if more_descriptors is None:
                                more_descriptors = [descriptors[0]]
                            if len(more_descriptors) >= self.max_items:
                                self.too_many("descriptors")
                            more_descriptors.append(self.modem_descriptor())
                    else:
                        if not descriptors:
                            descriptors = (self.empty_descriptor(),)
                        else:
                            if more_descriptors is None:
                                more_descriptors = [descriptors[0]]
                            if len(more_descriptors) >= self.max_items:
                                self.too_many("descriptors")
                            more_descriptors.append(self.empty_descriptor())
                elif token == MUX_TOKEN:
                    if self.mark == "=":
                        if not descriptors:
                            descriptors = (self.mux_descriptor(),)
                        else:
                            if more_descriptors is None:
                                more_descriptors = [descriptors[0]]
                            if len(more_descriptors) >= self.max_items:
                                self.too_many("descriptors")
                            more_descriptors.append(self.mux_descriptor())
                    else:
                        if not descriptors:
                            descriptors = (self.empty_descriptor(),)
                        else:
                            if more_descriptors is None:
                                more_descriptors = [descriptors[0]]
                            if len(more_descriptors) >= self.max_items:
                                self.too_many("descriptors")
                            more_descriptors.append(self.empty_descriptor())
                elif token == EVENTS_TOKEN:
                    if not descriptors:
                        descriptors = (self.events_descriptor(),)
                    else:
                        if more_descriptors is None:
                            more_descriptors = [descriptors[0]]
                        if len(more_descriptors) >= self.max_items:
                            self.too_many("descriptors")
                        more_descriptors.append(self.events_descriptor())
                elif token == EVENT_BUFFER_TOKEN:
                    if not descriptors:
                        descriptors = (self.event_buffer_descriptor(),)
                    else:
                        if more_descriptors is None:
                            more_descriptors = [descriptors[0]]
                        if len(more_descriptors) >= self.max_items:
                            self.too_many("descriptors")
                        more_descriptors.append(self.event_buffer_descriptor())
                elif token == SIGNALS_TOKEN:
                    if not descriptors:
                        descriptors = (self.signals_descriptor(),)
                    else:
                        if more_descriptors is None:
                            more_descriptors = [descriptors[0]]
                        if len(more_descriptors) >= self.max_items:
                            self.too_many("descriptors")
                        more_descriptors.append(self.signals_descriptor())
                elif token == DIGIT_MAP_TOKEN:
                    if self.mark == "=":
                        if not descriptors:
                            descriptors = (self.digit_map_descriptor(),)
                        else:
                            if more_descriptors is None:
                                more_descriptors = [descriptors[0]]
                            if len(more_descriptors) >= self.max_items:
                                self.too_many("descriptors")
                            more_descriptors.append(self.digit_map_descriptor())
                    else:
                        if not descriptors:
                            descriptors = (self.empty_descriptor(),)
                        else:
                            if more_descriptors is None:
                                more_descriptors = [descriptors[0]]
                            if len(more_descriptors) >= self.max_items:
                                self.too_many("descriptors")
                            more_descriptors.append(self.empty_descriptor())
                elif token == OBSERVED_EVENTS_TOKEN:
                    if self.mark == "=":
                        if not descriptors:
                            descriptors = (self.observed_events_descriptor(),)
                        else:
                            if more_descriptors is None:
                                more_descriptors = [descriptors[0]]
                            if len(more_descriptors) >= self.max_items:
                                self.too_many("descriptors")
                            more_descriptors.append(self.observed_events_descriptor())
                    else:
                        if not descriptors:
                            descriptors = (self.empty_descriptor(),)
                        else:
                            if more_descriptors is None:
                                more_descriptors = [descriptors[0]]
                            if len(more_descriptors) >= self.max_items:
                                self.too_many("descriptors")
                            more_descriptors.append(self.empty_descriptor())
                elif token == STATS_TOKEN:
                    if self.mark == "{":
                        if not descriptors:
                            descriptors = (self.statistics_descriptor(),)
                        else:
                            if more_descriptors is None:
                                more_descriptors = [descriptors[0]]
                            if len(more_descriptors) >= self.max_items:
                                self.too_many("descriptors")
                            more_descriptors.append(self.statistics_descriptor())
                    else:
                        if not descriptors:
                            descriptors = (self.empty_descriptor(),)
                        else:
                            if more_descriptors is None:
                                more_descriptors = [descriptors[0]]
                            if len(more_descriptors) >= self.max_items:
                                self.too_many("descriptors")
                            more_descriptors.append(self.empty_descriptor())
                elif token == PACKAGES_TOKEN:
                    if self.mark == "{":
                        if not descriptors:
                            descriptors = (self.packages_descriptor(),)
                        else:
                            if more_descriptors is None:
                                more_descriptors = [descriptors[0]]
                            if len(more_descriptors) >= self.max_items:
                                self.too_many("descriptors")
                            more_descriptors.append(self.packages_descriptor())
                    else:
                        if not descriptors:
                            descriptors = (self.empty_descriptor(),)
                        else:
                            if more_descriptors is None:
                                more_descriptors = [descriptors[0]]
                            if len(more_descriptors) >= self.max_items:
                                self.too_many("descriptors")
                            more_descriptors.append(self.empty_descriptor())
                elif token == ERROR_TOKEN:
                    if not descriptors:
                        descriptors = (self.error_descriptor(),)
                    else:
                        if more_descriptors is None:
                            more_descriptors = [descriptors[0]]
                        if len(more_descriptors) >= self.max_items:
                            self.too_many("descriptors")
                        more_descriptors.append(self.error_descriptor())
                else:
                    self.wrong_word(("DigitMap", "Error", "EventBuffer", "Events", "Media", "Modem", "Mux", "ObservedEvents", "Packages", "Signals", "Statistics"))
                if self.mark != ",":
                    break
                self.read(self.next)
            if self.mark != "}":
                self.wrong_mark(("','", "'}'"))
            self.close()
        else:
            self.missed = "'{'"
            self.missed_at = self.end
        self.code = outer
        if keyword == ADD_TOKEN:
            return _AddReply(termination_ids if more_termination_ids is None else tuple(more_termination_ids), descriptors if more_descriptors is None else tuple(more_descriptors))
        if keyword == MOVE_TOKEN:
            return _MoveReply(termination_ids if more_termination_ids is None else tuple(more_termination_ids), descriptors if more_descriptors is None else tuple(more_descriptors))
        if keyword == MODIFY_TOKEN:
            return _ModifyReply(termination_ids if more_termination_ids is None else tuple(more_termination_ids), descriptors if more_descriptors is None else tuple(more_descriptors))
        return _SubtractReply(termination_ids if more_termination_ids is None else tuple(more_termination_ids), descriptors if more_descriptors is None else tuple(more_descriptors))

    def audit_reply(self) -> AuditValueReply | AuditCapabilityReply:
        """Annex B ``auditReply``."""
        token: i64
        keyword: i64
        start = self.start
        termination_ids: tuple[str, ...] = ()
        more_termination_ids: list[str] | None = None
        descriptors: tuple[ErrorDescriptor | MediaDescriptor | ModemDescriptor | MuxDescriptor | EventsDescriptor | EventBufferDescriptor | SignalsDescriptor | DigitMapDescriptor | ObservedEventsDescriptor | StatisticsDescriptor | PackagesDescriptor | EmptyDescriptor, ...] = ()
        more_descriptors: list[ErrorDescriptor | MediaDescriptor | ModemDescriptor | MuxDescriptor | EventsDescriptor | EventBufferDescriptor | SignalsDescriptor | DigitMapDescriptor | ObservedEventsDescriptor | StatisticsDescriptor | PackagesDescriptor | EmptyDescriptor] | None = None
        outer = self.code
        self.code = 442
        keyword = self.token
        if keyword == UNKNOWN:
            self.wrong_word(("AuditCapability", "AuditValue"))
        if self.mark != "=":
            self.wrong_mark(("'='",))
        self.read(self.next)
        if self.end == self.start and self.mark == "[":
            self.read(self.next)
            self.token = _M_ID_WORDS.find(self)
            termination_ids = (self.termination_id(),)
            if self.mark != ",":
                self.wrong_mark(("','",))
            while self.mark == ",":
                self.read(self.next)
                self.token = _M_ID_WORDS.find(self)
                if more_termination_ids is None:
                    more_termination_ids = [termination_ids[0]]
                if len(more_termination_ids) >= self.max_items:
                    self.too_many("termination_ids")
                more_termination_ids.append(self.termination_id())
            if self.mark != "]":
                self.wrong_mark(("','", "']'"))
            self.close()
        else:
            self.token = _M_ID_WORDS.find(self)
            token = self.token
            if token == DIGIT_FIRST_NAME or token == PATH_NAME:
                termination_ids = (self.termination_id(),)
            else:
                self.wrong_word(("'['", "a pathNAME (a letter, then letters, digits, '/', '_', '*', '$')"))
        if self.mark == "{":
            self.read(self.next)
            while True:
                self.token = _AMMS_REPLY_WORDS.find(self)
                token = self.token
                if token == MEDIA_TOKEN:
                    if self.mark == "{":
                        if not descriptors:
                            descriptors = (self.media_descriptor(),)
                        else:
                            if more_descriptors is None:
                                more_descriptors = [descriptors[0]]
                            if len(more_descriptors) >= self.max_items:
                                self.too_many("descriptors")
                            more_descriptors.append(self.media_descriptor())
                    else:
                        if not descriptors:
                            descriptors = (self.empty_descriptor(),)
                        else:
                            if more_descriptors is None:
                                more_descriptors = [descriptors[0]]
                            if len(more_descriptors) >= self.max_items:
                                self.too_many("descriptors")
                            more_descriptors.append(self.empty_descriptor())
                elif token == MODEM_TOKEN:
                    if self.mark == "[" or self.mark == "=":
                        if not descriptors:
                            descriptors = (self.modem_descriptor(),)
                        else:
                            if more_descriptors is None:
                                more_descriptors = [descriptors[0]]
                            if len(more_descriptors) >= self.max_items:
                                self.too_many("descriptors")
                            more_descriptors.append(self.modem_descriptor())
                    else:
                        if not descriptors:
                            descriptors = (self.empty_descriptor(),)
                        else:
                            if more_descriptors is None:
                                more_descriptors = [descriptors[0]]
                            if len(more_descriptors) >= self.max_items:
                                self.too_many("descriptors")
                            more_descriptors.append(self.empty_descriptor())
                elif token == MUX_TOKEN:
                    if self.mark == "=":
                        if not descriptors:
                            descriptors = (self.mux_descriptor(),)
                        else:
                            if more_descriptors is None:
                                more_descriptors = [descriptors[0]]
                            if len(more_descriptors) >= self.max_items:
                                self.too_many("descriptors")
                            more_descriptors.append(self.mux_descriptor())
                    else:
                        if not descriptors:
                            descriptors = (self.empty_descriptor(),)
                        else:
                            if more_descriptors is None:
                                more_descriptors = [descriptors[0]]
                            if len(more_descriptors) >= self.max_items:
                                self.too_many("descriptors")
                            more_descriptors.append(self.empty_descriptor())
                elif token == EVENTS_TOKEN:
                    if not descriptors:
                        descriptors = (self.events_descriptor(),)
                    else:
                        if more_descriptors is None:
                            more_descriptors = [descriptors[0]]
                        if len(more_descriptors) >= self.max_items:
                            self.too_many("descriptors")
                        more_descriptors.append(self.events_descriptor())
                elif token == EVENT_BUFFER_TOKEN:
                    if not descriptors:
                        descriptors = (self.event_buffer_descriptor(),)
                    else:
                        if more_descriptors is None:
                            more_descriptors = [descriptors[0]]
                        if len(more_descriptors) >= self.max_items:
                            self.too_many("descriptors")
                        more_descriptors.append(self.event_buffer_descriptor())
                elif token == SIGNALS_TOKEN:
                    if not descriptors:
                        descriptors = (self.signals_descriptor(),)
                    else:
                        if more_descriptors is None:
                            more_descriptors = [descriptors[0]]
                        if len(more_descriptors) >= self.max_items:
                            self.too_many("descriptors")
                        more_descriptors.append(self.signals_descriptor())
                elif token == DIGIT_MAP_TOKEN:
                    if self.mark == "=":
                        if not descriptors:
                            descriptors = (self.digit_map_descriptor(),)
                        else:
                            if more_descriptors is None:
                                more_descriptors = [descriptors[0]]
                            if len(more_descriptors) >= self.max_items:
                                self.too_many("descriptors")
                            more_descriptors.append(self.digit_map_descriptor())
                    else:
                        if not descriptors:
                            descriptors = (self.empty_descriptor(),)
                        else:
                            if more_descriptors is None:
                                more_descriptors = [descriptors[0]]
                            if len(more_descriptors) >= self.max_items:
                                self.too_many("descriptors")
                            more_descriptors.append(self.empty_descriptor())
                elif token == OBSERVED_EVENTS_TOKEN:
                    if self.mark == "=":
                        if not descriptors:
                            descriptors = (self.observed_events_descriptor(),)
                        else:
                            if more_descriptors is None:
                                more_descriptors = [descriptors[0]]
                            if len(more_descriptors) >= self.max_items:
                                self.too_many("descriptors")
                            more_descriptors.append(self.observed_events_descriptor())
                    else:
                        if not descriptors:
                            descriptors = (self.empty_descriptor(),)
                        else:
                            if more_descriptors is None:
                                more_descriptors = [descriptors[0]]
                            if len(more_descriptors) >= self.max_items:
                                self.too_many("descriptors")
                            more_descriptors.append(self.empty_descriptor())
                elif token == STATS_TOKEN:
                    if self.mark == "{":
                        if not descriptors:
                            descriptors = (self.statistics_descriptor(),)
                        else:
                            if more_descriptors is None:
                                more_descriptors = [descriptors[0]]
                            if len(more_descriptors) >= self.max_items:
                                self.too_many("descriptors")
                            more_descriptors.append(self.statistics_descriptor())
                    else:
                        if not descriptors:
                            descriptors = (self.empty_descriptor(),)
                        else:
                            if more_descriptors is None:
                                more_descriptors = [descriptors[0]]
                            if len(more_descriptors) >= self.max_items:
                                self.too_many("descriptors")
                            more_descriptors.append(self.empty_descriptor())
                elif token == PACKAGES_TOKEN:
                    if self.mark == "{":
                        if not descriptors:
                            descriptors = (self.packages_descriptor(),)
                        else:
                            if more_descriptors is None:
                                more_descriptors = [descriptors[0]]
                            if len(more_descriptors) >= self.max_items:
                                self.too_many("descriptors")
                            more_descriptors.append(self.packages_descriptor())
                    else:
                        if not descriptors:
                            descriptors = (self.empty_descriptor(),)
                        else:
                            if more_descriptors is None:
                                more_descriptors = [descriptors[0]]
                            if len(more_descriptors) >= self.max_items:
                                self.too_many("descriptors")
                            more_descriptors.append(self.empty_descriptor())
                elif token == ERROR_TOKEN:
                    if not descriptors:
                        descriptors = (self.error_descriptor(),)
                    else:
                        if more_descriptors is None:
                            more_descriptors = [descriptors[0]]
                        if len(more_descriptors) >= self.max_items:
                            self.too_many("descriptors")
                        more_descriptors.append(self.error_descriptor())
                else:
                    self.wrong_word(("DigitMap", "Error", "EventBuffer", "Events", "Media", "Modem", "Mux", "ObservedEvents", "Packages", "Signals", "Statistics"))
                if self.mark != ",":
                    break
                self.read(self.next)
            if self.mark != "}":
                self.wrong_mark(("','", "'}'"))
            self.close()
        else:
            self.missed = "'{'"
            self.missed_at = self.end
        self.code = outer
        if keyword == AUDIT_VALUE_TOKEN:
            return _AuditValueReply(termination_ids if more_termination_ids is None else tuple(more_termination_ids), descriptors if more_descriptors is None else tuple(more_descriptors))
        return _AuditCapabilityReply(termination_ids if more_termination_ids is None else tuple(more_termination_ids), descriptors if more_descriptors is None else tuple(more_descriptors))

    def context_audit_reply(self) -> ContextAuditReply:
        """Annex B ``contextAuditReply``."""
        token: i64
        is_capability = False
        termination_ids: tuple[str, ...] = ()
        more_termination_ids: list[str] | None = None
        error: ErrorDescriptor | None = None
        outer = self.code
        self.code = 442
        token = self.token
        if token == AUDIT_VALUE_TOKEN:
            pass
        elif token == AUDIT_CAP_TOKEN:
            is_capability = True
        else:
            self.wrong_word(("AuditCapability", "AuditValue"))
        if self.mark != "=":
            self.wrong_mark(("'='",))
        self.read(self.next)
        self.token = _ACTION_REQUEST_WORDS.find(self)
        if self.token != CTX_TOKEN:
            self.wrong_word(("Context",))
        if self.mark != "{":
            self.wrong_mark(("'{'",))
        self.read(self.next)
        self.token = _CONTEXT_AUDIT_REPLY_WORDS_2.find(self)
        token = self.token
        if token == ERROR_TOKEN:
            error = self.error_descriptor()
        elif token == DIGIT_FIRST_NAME or token == PATH_NAME:
            while True:
                self.token = _M_ID_WORDS.find(self)
                if not termination_ids:
                    termination_ids = (self.termination_id(),)
                else:
                    if more_termination_ids is None:
                        more_termination_ids = [termination_ids[0]]
                    if len(more_termination_ids) >= self.max_items:
                        self.too_many("termination_ids")
                    more_termination_ids.append(self.termination_id())
                if self.mark != ",":
                    break
                self.read(self.next)
        else:
            self.wrong_word(("Error", "a pathNAME (a letter, then letters, digits, '/', '_', '*', '$')"))
        if self.mark != "}":
            self.wrong_mark(("','", "'}'"))
        self.close()
        self.code = outer
        return _ContextAuditReply(is_capability, termination_ids if more_termination_ids is None else tuple(more_termination_ids), error)

    def empty_descriptor(self) -> EmptyDescriptor:
        """Annex B ``emptyDescriptor``."""
        start = self.start
        item: AuditItem | None = None
        item = self.audit_return_item()
        return _EmptyDescriptor(item)

    def audit_return_item(self) -> AuditItem:
        """Annex B ``auditReturnItem``."""
        member = _AUDIT_RETURN_ITEM.get(self.token)
        if member is None:
            self.wrong_word(("DigitMap", "Media", "Modem", "Mux", "ObservedEvents", "Packages", "Statistics"))
        return member

    def notify_reply(self) -> NotifyReply:
        """Annex B ``notifyReply``."""
        token: i64
        start = self.start
        termination_ids: tuple[str, ...] = ()
        more_termination_ids: list[str] | None = None
        error: ErrorDescriptor | None = None
        outer = self.code
        self.code = 442
        if self.mark != "=":
            self.wrong_mark(("'='",))
        self.read(self.next)
        if self.end == self.start and self.mark == "[":
            self.read(self.next)
            self.token = _M_ID_WORDS.find(self)
            termination_ids = (self.termination_id(),)
            if self.mark != ",":
                self.wrong_mark(("','",))
            while self.mark == ",":
                self.read(self.next)
                self.token = _M_ID_WORDS.find(self)
                if more_termination_ids is None:
                    more_termination_ids = [termination_ids[0]]
                if len(more_termination_ids) >= self.max_items:
                    self.too_many("termination_ids")
                more_termination_ids.append(self.termination_id())
            if self.mark != "]":
                self.wrong_mark(("','", "']'"))
            self.close()
        else:
            self.token = _M_ID_WORDS.find(self)
            token = self.token
            if token == DIGIT_FIRST_NAME or token == PATH_NAME:
                termination_ids = (self.termination_id(),)
            else:
                self.wrong_word(("'['", "a pathNAME (a letter, then letters, digits, '/', '_', '*', '$')"))
        if self.mark == "{":
            self.read(self.next)
            self.token = _ERROR_DESCRIPTOR_WORDS.find(self)
            if self.token != ERROR_TOKEN:
                self.wrong_word(("Error",))
            error = self.error_descriptor()
            if self.mark != "}":
                self.wrong_mark(("'}'",))
            self.close()
        else:
            self.missed = "'{'"
            self.missed_at = self.end
        self.code = outer
        return _NotifyReply(termination_ids if more_termination_ids is None else tuple(more_termination_ids), error)

    def service_change_reply(self) -> ServiceChangeReply:
        """Annex B ``serviceChangeReply``."""
        token: i64
        start = self.start
        termination_ids: tuple[str, ...] = ()
        more_termination_ids: list[str] | None = None
        services: ServiceChangeResParm | None = None
        error: ErrorDescriptor | None = None
        outer = self.code
        self.code = 442
        if self.mark != "=":
            self.wrong_mark(("'='",))
        self.read(self.next)
        if self.end == self.start and self.mark == "[":
            self.read(self.next)
            self.token = _M_ID_WORDS.find(self)
            termination_ids = (self.termination_id(),)
            if self.mark != ",":
                self.wrong_mark(("','",))
            while self.mark == ",":
                self.read(self.next)
                self.token = _M_ID_WORDS.find(self)
                if more_termination_ids is None:
                    more_termination_ids = [termination_ids[0]]
                if len(more_termination_ids) >= self.max_items:
                    self.too_many("termination_ids")
                more_termination_ids.append(self.termination_id())
            if self.mark != "]":
                self.wrong_mark(("','", "']'"))
            self.close()
        else:
            self.token = _M_ID_WORDS.find(self)
            token = self.token
            if token == DIGIT_FIRST_NAME or token == PATH_NAME:
                termination_ids = (self.termination_id(),)
            else:
                self.wrong_word(("'['", "a pathNAME (a letter, then letters, digits, '/', '_', '*', '$')"))
        if self.mark == "{":
            self.read(self.next)
            self.token = _SERVICE_CHANGE_REPLY_WORDS.find(self)
            token = self.token
            if token == ERROR_TOKEN:
                error = self.error_descriptor()
            elif token == SERVICES_TOKEN:
                services = self.service_change_reply_descriptor()
            else:
                self.wrong_word(("Error", "Services"))
            if self.mark != "}":
                self.wrong_mark(("'}'",))
            self.close()
        else:
            self.missed = "'{'"
            self.missed_at = self.end
        self.code = outer
        return _ServiceChangeReply(termination_ids if more_termination_ids is None else tuple(more_termination_ids), services, error)

    def termination_id(self) -> str:
        """Annex B ``terminationId``."""
        token: i64
        token = self.token
        if token == PATH_NAME:
            value = self.name
        elif token == DIGIT_FIRST_NAME:
            self.deviate("digit-first-id", self.start, ALLOWANCES["digit-first-id"])
            value = self.name
        else:
            self.wrong_word(("a pathNAME (a letter, then letters, digits, '/', '_', '*', '$')",))
        return value

    def modem_descriptor(self) -> ModemDescriptor:
        """Annex B ``modemDescriptor``."""
        token: i64
        types: tuple[ModemType, ...] = ()
        more_types: list[ModemType] | None = None
        extensions: tuple[str, ...] = ()
        more_extensions: list[str] | None = None
        properties: tuple[PropertyParm, ...] = ()
        more_properties: list[PropertyParm] | None = None
        if self.mark == "[":
            self.read(self.next)
            while True:
                self.token = _MODEM_DESCRIPTOR_WORDS.find(self)
                token = self.token
                if token == SYNCH_ISDN_TOKEN or token == V22BIS_TOKEN or token == V32BIS_TOKEN or token == V18_TOKEN or token == V22_TOKEN or token == V32_TOKEN or token == V34_TOKEN or token == V90_TOKEN or token == V91_TOKEN:
                    if not types:
                        types = (self.modem_type(),)
                    else:
                        if more_types is None:
                            more_types = [types[0]]
                        if len(more_types) >= self.max_items:
                            self.too_many("types")
                        more_types.append(self.modem_type())
                elif token == EXTENSION_PARAMETER:
                    if not extensions:
                        extensions = (self.name,)
                    else:
                        if more_extensions is None:
                            more_extensions = [extensions[0]]
                        if len(more_extensions) >= self.max_items:
                            self.too_many("extensions")
                        more_extensions.append(self.name)
                else:
                    self.wrong_word(("SynchISDN", "V18", "V22", "V22b", "V32", "V32b", "V34", "V90", "V91", "X- or X+ and 1 to 6 letters or digits"))
                if self.mark != ",":
                    break
                self.read(self.next)
            if self.mark != "]":
                self.wrong_mark(("','", "']'"))
            self.close()
        elif self.mark == "=":
            self.read(self.next)
            self.token = _MODEM_DESCRIPTOR_WORDS.find(self)
            token = self.token
            if token == SYNCH_ISDN_TOKEN or token == V22BIS_TOKEN or token == V32BIS_TOKEN or token == V18_TOKEN or token == V22_TOKEN or token == V32_TOKEN or token == V34_TOKEN or token == V90_TOKEN or token == V91_TOKEN:
                types = (self.modem_type(),)
            elif token == EXTENSION_PARAMETER:
                extensions = (self.name,)
            else:
                self.wrong_word(("SynchISDN", "V18", "V22", "V22b", "V32", "V32b", "V34", "V90", "V91", "X- or X+ and 1 to 6 letters or digits"))
        else:
            self.wrong_mark(("'='", "'['"))
        if self.mark == "{":
            self.read(self.next)
            while True:
                self.token = _PROPERTY_PARM_WORDS.find(self)
                if self.token != PKGD_NAME:
                    self.wrong_word(("a package and item name (package/item)",))
                if not properties:
                    properties = (self.property_parm(),)
                else:
                    if more_properties is None:
                        more_properties = [properties[0]]
                    if len(more_properties) >= self.max_items:
                        self.too_many("properties")
                    more_properties.append(self.property_parm())
                if self.mark != ",":
                    break
                self.read(self.next)
            if self.mark != "}":
                self.wrong_mark(("','", "'}'"))
            self.close()
        else:
            self.missed = "'{'"
            self.missed_at = self.end
        return _ModemDescriptor(types if more_types is None else tuple(more_types), extensions if more_extensions is None else tuple(more_extensions), properties if more_properties is None else tuple(more_properties))

    def modem_type(self) -> ModemType:
        """Annex B ``modemType``."""
        member = _MODEM_TYPE.get(self.token)
        if member is None:
            self.wrong_word(("SynchISDN", "V18", "V22", "V22b", "V32", "V32b", "V34", "V90", "V91"))
        return member

    def mux_descriptor(self) -> MuxDescriptor:
        """Annex B ``muxDescriptor``."""
        token: i64
        type: MuxType | None = None
        extension: str | None = None
        termination_ids: tuple[str, ...] = ()
        more_termination_ids: list[str] | None = None
        if self.mark != "=":
            self.wrong_mark(("'='",))
        self.read(self.next)
        self.token = _MUX_DESCRIPTOR_WORDS.find(self)
        token = self.token
        if token == NX64K_TOKEN or token == H221_TOKEN or token == H223_TOKEN or token == H226_TOKEN or token == V76_TOKEN:
            type = self.mux_type()
        elif token == EXTENSION_PARAMETER:
            extension = self.name
        else:
            self.wrong_word(("H221", "H223", "H226", "Nx64Kservice", "V76", "X- or X+ and 1 to 6 letters or digits"))
        if self.mark != "{":
            self.wrong_mark(("'{'",))
        self.read(self.next)
        while True:
            self.token = _M_ID_WORDS.find(self)
            if not termination_ids:
                termination_ids = (self.termination_id(),)
            else:
                if more_termination_ids is None:
                    more_termination_ids = [termination_ids[0]]
                if len(more_termination_ids) >= self.max_items:
                    self.too_many("termination_ids")
                more_termination_ids.append(self.termination_id())
            if self.mark != ",":
                break
            self.read(self.next)
        if self.mark != "}":
            self.wrong_mark(("','", "'}'"))
        self.close()
        return _MuxDescriptor(type, extension, termination_ids if more_termination_ids is None else tuple(more_termination_ids))

    def mux_type(self) -> MuxType:
        """Annex B ``muxType``."""
        member = _MUX_TYPE.get(self.token)
        if member is None:
            self.wrong_word(("H221", "H223", "H226", "Nx64Kservice", "V76"))
        if self.token == NX64K_TOKEN:
            if self.version < 2:
                self.deviate("later-version", self.start, ALLOWANCES["later-version"])
        return member

    def digit_map_descriptor(self) -> DigitMapDescriptor:
        """Annex B ``digitMapDescriptor``."""
        token: i64
        name: str | None = None
        value: DigitMapValue | None = None
        if self.mark != "=":
            self.wrong_mark(("'='",))
        self.read(self.next)
        if self.end == self.start and self.mark == "{":
            self.read(self.next)
            value = self.digit_map_value()
            if self.mark != "}":
                self.wrong_mark(("'}'",))
            self.close()
        else:
            self.token = _DIGIT_MAP_DESCRIPTOR_WORDS.find(self)
            token = self.token
            if token == DIGIT_FIRST_NAME or token == NAME:
                name = self.digit_map_name()
                if self.mark == "{":
                    self.read(self.next)
                    value = self.digit_map_value()
                    if self.mark != "}":
                        self.wrong_mark(("'}'",))
                    self.close()
                else:
                    self.missed = "'{'"
                    self.missed_at = self.end
            else:
                self.wrong_word(("'{'", "a NAME"))
        return _DigitMapDescriptor(name, value)

    def digit_map_name(self) -> str:
        """Annex B ``digitMapName``."""
        token: i64
        token = self.token
        if token == NAME:
            value = self.name
        elif token == DIGIT_FIRST_NAME:
            self.deviate("digit-first-id", self.start, ALLOWANCES["digit-first-id"])
            value = self.name
        else:
            self.wrong_word(("a NAME",))
        return value

    def digit_map_value(self) -> DigitMapValue:
        """Annex B ``digitMapValue``."""
        start = self.start
        start_timer: int | None = None
        short_timer: int | None = None
        long_timer: int | None = None
        duration_timer: int | None = None
        body: str | None = None
        if self.text[self.start] in "Tt" and self.begins(_T_TIMER):
            start_timer = self.start_timer()
            if self.mark != ",":
                self.wrong_mark(("','",))
            self.read(self.next)
        if self.text[self.start] in "Ss" and self.begins(_S_TIMER):
            short_timer = self.short_timer()
            if self.mark != ",":
                self.wrong_mark(("','",))
            self.read(self.next)
        if self.text[self.start] in "Ll" and self.begins(_L_TIMER):
            long_timer = self.long_timer()
            if self.mark != ",":
                self.wrong_mark(("','",))
            self.read(self.next)
        if self.text[self.start] in "Zz" and self.begins(_Z_TIMER):
            duration_timer = self.duration_timer()
            if self.mark != ",":
                self.wrong_mark(("','",))
            self.read(self.next)
        if self.begins(_DIGIT_MAP):
            body = self.take_digit_map(_DIGIT_MAP, _WANTS_DIGIT_MAP)
        elif self.text[self.start] in "(" and self.begins(_NESTED_DIGIT_MAP):
            self.deviate("digit-map-parentheses", self.start, ALLOWANCES["digit-map-parentheses"])
            body = self.take_digit_map(_NESTED_DIGIT_MAP, _WANTS_NESTED_DIGIT_MAP)
        elif self.begins(_LOOSE_DIGIT_MAP):
            self.deviate("digit-map-letters", self.start, ALLOWANCES["digit-map-letters"])
            body = self.take_digit_map(_LOOSE_DIGIT_MAP, _WANTS_LOOSE_DIGIT_MAP)
        else:
            self.wrong_word(("a digit map",))
        return _DigitMapValue(body, start_timer, short_timer, long_timer, duration_timer)

    def start_timer(self) -> int:
        """Annex B ``startTimer``."""
        self.take(_T_TIMER, _WANTS_T_TIMER)
        self.read(self.end)
        return self.take_number(2, 99, _WANTS_TIMER)

    def short_timer(self) -> int:
        """Annex B ``shortTimer``."""
        self.take(_S_TIMER, _WANTS_S_TIMER)
        self.read(self.end)
        return self.take_number(2, 99, _WANTS_TIMER)

    def long_timer(self) -> int:
        """Annex B ``longTimer``."""
        self.take(_L_TIMER, _WANTS_L_TIMER)
        self.read(self.end)
        return self.take_number(2, 99, _WANTS_TIMER)

    def duration_timer(self) -> int:
        """Annex B ``durationTimer``."""
        if self.version < 2:
            self.deviate("later-version", self.start, ALLOWANCES["later-version"])
        self.take(_Z_TIMER, _WANTS_Z_TIMER)
        self.read(self.end)
        return self.take_number(2, 99, _WANTS_TIMER)

    def media_descriptor(self) -> MediaDescriptor:
        """Annex B ``mediaDescriptor``."""
        token: i64
        termination_state: TerminationStateDescriptor | None = None
        streams: tuple[StreamDescriptor, ...] = ()
        more_streams: list[StreamDescriptor] | None = None
        inner_local_control: LocalControlDescriptor | None = None
        inner_local: LocalDescriptor | None = None
        inner_remote: RemoteDescriptor | None = None
        inner_statistics: StatisticsDescriptor | None = None
        group = 0
        if self.mark != "{":
            self.wrong_mark(("'{'",))
        self.read(self.next)
        while True:
            self.token = _MEDIA_DESCRIPTOR_WORDS.find(self)
            token = self.token
            if token == TERMINATION_STATE_TOKEN:
                if termination_state is not None:
                    self.twice("termination_state", 448)
                termination_state = self.termination_state_descriptor()
            elif token == STREAM_TOKEN:
                if group not in (0, 1):
                    self.excluded()
                group = 1
                if not streams:
                    streams = (self.stream_descriptor(),)
                else:
                    if more_streams is None:
                        more_streams = [streams[0]]
                    if len(more_streams) >= self.max_items:
                        self.too_many("streams")
                    more_streams.append(self.stream_descriptor())
            elif token == LOCAL_CONTROL_TOKEN:
                if group not in (0, 2):
                    self.excluded()
                group = 2
                if inner_local_control is not None:
                    self.twice("local_control", 448)
                inner_local_control = self.local_control_descriptor()
            elif token == LOCAL_TOKEN:
                if group not in (0, 2):
                    self.excluded()
                group = 2
                if inner_local is not None:
                    self.twice("local", 448)
                inner_local = self.local_descriptor()
            elif token == REMOTE_TOKEN:
                if group not in (0, 2):
                    self.excluded()
                group = 2
                if inner_remote is not None:
                    self.twice("remote", 448)
                inner_remote = self.remote_descriptor()
            elif token == STATS_TOKEN:
                if group not in (0, 2):
                    self.excluded()
                group = 2
                if inner_statistics is not None:
                    self.twice("statistics", 448)
                inner_statistics = self.statistics_descriptor()
            else:
                self.wrong_word(("Local", "LocalControl", "Remote", "Statistics", "Stream", "TerminationState"))
            if self.mark != ",":
                break
            self.read(self.next)
        if self.mark != "}":
            self.wrong_mark(("','", "'}'"))
        self.close()
        if inner_local_control is not None or inner_local is not None or inner_remote is not None or inner_statistics is not None:
            streams = (_StreamDescriptor(None, inner_local_control, inner_local, inner_remote, inner_statistics),)
        return _MediaDescriptor(termination_state, streams if more_streams is None else tuple(more_streams))

    def stream_descriptor(self) -> StreamDescriptor:
        """Annex B ``streamDescriptor``."""
        token: i64
        stream_id: int | None = None
        local_control: LocalControlDescriptor | None = None
        local: LocalDescriptor | None = None
        remote: RemoteDescriptor | None = None
        statistics: StatisticsDescriptor | None = None
        if self.mark != "=":
            self.wrong_mark(("'='",))
        self.read(self.next)
        stream_id = self.take_number(5, 65535, _WANTS_UINT16)
        if self.mark != "{":
            self.wrong_mark(("'{'",))
        self.read(self.next)
        while True:
            self.token = _STREAM_DESCRIPTOR_WORDS.find(self)
            token = self.token
            if token == LOCAL_CONTROL_TOKEN:
                if local_control is not None:
                    self.twice("local_control", 448)
                local_control = self.local_control_descriptor()
            elif token == LOCAL_TOKEN:
                if local is not None:
                    self.twice("local", 448)
                local = self.local_descriptor()
            elif token == REMOTE_TOKEN:
                if remote is not None:
                    self.twice("remote", 448)
                remote = self.remote_descriptor()
            elif token == STATS_TOKEN:
                if statistics is not None:
                    self.twice("statistics", 448)
                statistics = self.statistics_descriptor()
            else:
                self.wrong_word(("Local", "LocalControl", "Remote", "Statistics"))
            if self.mark != ",":
                break
            self.read(self.next)
        if self.mark != "}":
            self.wrong_mark(("','", "'}'"))
        self.close()
        return _StreamDescriptor(stream_id, local_control, local, remote, statistics)

    def local_control_descriptor(self) -> LocalControlDescriptor:
        """Annex B ``localControlDescriptor``."""
        token: i64
        mode: StreamMode | None = None
        reserve_value: bool | None = None
        reserve_group: bool | None = None
        properties: tuple[PropertyParm, ...] = ()
        more_properties: list[PropertyParm] | None = None
        names_of_property_parm: set[str] | None = None
        if self.mark != "{":
            self.wrong_mark(("'{'",))
        self.read(self.next)
        while True:
            self.token = _LOCAL_CONTROL_DESCRIPTOR_WORDS.find(self)
            token = self.token
            if token == MODE_TOKEN:
                if mode is not None:
                    self.twice("mode", 456)
                mode = self.stream_mode()
            elif token == RESERVED_VALUE_TOKEN:
                if reserve_value is not None:
                    self.twice("reserve_value", 456)
                reserve_value = self.reserved_value_mode()
            elif token == RESERVED_GROUP_TOKEN:
                if reserve_group is not None:
                    self.twice("reserve_group", 456)
                reserve_group = self.reserved_group_mode()
            elif token == PKGD_NAME:
                if not properties:
                    properties = (self.property_parm(),)
                else:
                    if more_properties is None:
                        more_properties = [properties[0]]
                    if len(more_properties) >= self.max_items:
                        self.too_many("properties")
                    at = self.start
                    item = self.property_parm()
                    if names_of_property_parm is None:
                        names_of_property_parm = {properties[0].name.lower()}
                    folded = item.name.lower()
                    if folded in names_of_property_parm:
                        self.twice(item.name, 456, at)
                    names_of_property_parm.add(folded)
                    more_properties.append(item)
            else:
                self.wrong_word(("Mode", "ReservedGroup", "ReservedValue", "a package and item name (package/item)"))
            if self.mark != ",":
                break
            self.read(self.next)
        if self.mark != "}":
            self.wrong_mark(("','", "'}'"))
        self.close()
        return _LocalControlDescriptor(mode, reserve_value, reserve_group, properties if more_properties is None else tuple(more_properties))

    def stream_mode(self) -> StreamMode:
        """Annex B ``streamMode``."""
        if self.mark != "=":
            self.wrong_mark(("'='",))
        self.read(self.next)
        self.token = _STREAM_MODES_WORDS.find(self)
        return self.stream_modes()

    def stream_modes(self) -> StreamMode:
        """Annex B ``streamModes``."""
        member = _STREAM_MODES.get(self.token)
        if member is None:
            self.wrong_word(("Inactive", "Loopback", "ReceiveOnly", "SendOnly", "SendReceive"))
        return member

    def reserved_value_mode(self) -> bool:
        """Annex B ``reservedValueMode``."""
        if self.mark != "=":
            self.wrong_mark(("'='",))
        self.read(self.next)
        self.token = _ON_OFF_WORDS.find(self)
        return self.on_off()

    def reserved_group_mode(self) -> bool:
        """Annex B ``reservedGroupMode``."""
        if self.mark != "=":
            self.wrong_mark(("'='",))
        self.read(self.next)
        self.token = _ON_OFF_WORDS.find(self)
        return self.on_off()

    def on_off(self) -> bool:
        """Annex B ``onOff``."""
        member = _ON_OFF.get(self.token)
        if member is None:
            self.wrong_word(("OFF", "ON"))
        return member

    def local_descriptor(self) -> LocalDescriptor:
        """Annex B ``localDescriptor``."""
        sdp = NO_OCTETS
        if self.mark != "{":
            self.wrong_mark(("'{'",))
        self.read(self.next)
        if self.end != self.start or self.mark != "}":
            sdp = self.take_octets(_WANTS_OCTET_STRING)
        if self.mark != "}":
            self.wrong_mark(("'}'", "SDP octets"))
        self.close()
        return _LocalDescriptor(sdp)

    def remote_descriptor(self) -> RemoteDescriptor:
        """Annex B ``remoteDescriptor``."""
        sdp = NO_OCTETS
        if self.mark != "{":
            self.wrong_mark(("'{'",))
        self.read(self.next)
        if self.end != self.start or self.mark != "}":
            sdp = self.take_octets(_WANTS_OCTET_STRING)
        if self.mark != "}":
            self.wrong_mark(("'}'", "SDP octets"))
        self.close()
        return _RemoteDescriptor(sdp)

    def termination_state_descriptor(self) -> TerminationStateDescriptor:
        """Annex B ``terminationStateDescriptor``."""
        token: i64
        service_state: ServiceState | None = None
        event_buffer_control: EventBufferControl | None = None
        properties: tuple[PropertyParm, ...] = ()
        more_properties: list[PropertyParm] | None = None
        names_of_property_parm: set[str] | None = None
        if self.mark != "{":
            self.wrong_mark(("'{'",))
        self.read(self.next)
        while True:
            self.token = _TERMINATION_STATE_DESCRIPTOR_WORDS.find(self)
            token = self.token
            if token == SERVICE_STATES_TOKEN:
                if service_state is not None:
                    self.twice("service_state", 456)
                service_state = self.service_states()
            elif token == BUFFER_TOKEN:
                if event_buffer_control is not None:
                    self.twice("event_buffer_control", 456)
                event_buffer_control = self.event_buffer_control()
            elif token == PKGD_NAME:
                if not properties:
                    properties = (self.property_parm(),)
                else:
                    if more_properties is None:
                        more_properties = [properties[0]]
                    if len(more_properties) >= self.max_items:
                        self.too_many("properties")
                    at = self.start
                    item = self.property_parm()
                    if names_of_property_parm is None:
                        names_of_property_parm = {properties[0].name.lower()}
                    folded = item.name.lower()
                    if folded in names_of_property_parm:
                        self.twice(item.name, 456, at)
                    names_of_property_parm.add(folded)
                    more_properties.append(item)
            else:
                self.wrong_word(("Buffer", "ServiceStates", "a package and item name (package/item)"))
            if self.mark != ",":
                break
            self.read(self.next)
        if self.mark != "}":
            self.wrong_mark(("','", "'}'"))
        self.close()
        return _TerminationStateDescriptor(service_state, event_buffer_control, properties if more_properties is None else tuple(more_properties))

    def service_states(self) -> ServiceState:
        """Annex B ``serviceStates``."""
        if self.mark != "=":
            self.wrong_mark(("'='",))
        self.read(self.next)
        self.token = _SERVICE_STATE_WORDS.find(self)
        return self.service_state()

    def service_state(self) -> ServiceState:
        """Annex B ``serviceState``."""
        member = _SERVICE_STATE.get(self.token)
        if member is None:
            self.wrong_word(("InService", "OutOfService", "Test"))
        return member

    def event_buffer_control(self) -> EventBufferControl:
        """Annex B ``eventBufferControl``."""
        if self.mark != "=":
            self.wrong_mark(("'='",))
        self.read(self.next)
        self.token = _EVENT_BUFFER_CONTROL_STATE_WORDS.find(self)
        return self.event_buffer_control_state()

    def event_buffer_control_state(self) -> EventBufferControl:
        """Annex B ``eventBufferControlState``."""
        member = _EVENT_BUFFER_CONTROL_STATE.get(self.token)
        if member is None:
            self.wrong_word(("LockStep", "OFF"))
        return member

    def property_parm(self) -> PropertyParm:
        """Annex B ``propertyParm``."""
        start = self.start
        name: str | None = None
        value: Value | ValueList | ValueRange | ValueChoice | RelatedValue | None = None
        name = self.name
        value = self.parm_value()
        return _PropertyParm(name, value)

    def parm_value(self) -> Value | ValueList | ValueRange | ValueChoice | RelatedValue:
        """Annex B ``parmValue``."""
        value: Value | ValueList | ValueRange | ValueChoice | RelatedValue
        if self.mark in ("<", ">", "#"):
            value = self.related_value()
        elif self.mark == "=":
            self.read(self.next)
            value = self.alternative_value()
        else:
            self.wrong_mark(("'='", "'>', '<' or '#'"))
        return value

    def alternative_value(self) -> Value | ValueList | ValueRange | ValueChoice:
        """Annex B ``alternativeValue``."""
        value: Value | ValueList | ValueRange | ValueChoice
        if self.end == self.start and self.mark == "{":
            value = self.value_choice()
        elif self.end == self.start and self.mark == "[":
            at = self.start
            self.read(self.next)
            self.take_value(_VALUE, _WANTS_VALUE)
            if self.text[self.end] == ":":
                self.read(at)
                value = self.value_range()
            else:
                self.read(at)
                value = self.value_list()
        elif self.end != self.start or self.text[self.start] == "\"":
            value = self.value()
        else:
            self.wrong_word(("'['", "'{'", "a VALUE"))
        return value

    def value(self) -> Value:
        """Annex B ``value``."""
        return self.take_value(_VALUE, _WANTS_VALUE)

    def value_list(self) -> ValueList:
        """Annex B ``valueList``."""
        start = self.start
        values: tuple[Value, ...] = ()
        more_values: list[Value] | None = None
        if self.mark != "[":
            self.wrong_mark(("'['",))
        self.read(self.next)
        while True:
            if not values:
                values = (self.value(),)
            else:
                if more_values is None:
                    more_values = [values[0]]
                if len(more_values) >= self.max_items:
                    self.too_many("values")
                more_values.append(self.value())
            if self.mark != ",":
                break
            self.read(self.next)
        if self.mark != "]":
            self.wrong_mark(("','", "']'"))
        self.close()
        return _ValueList(values if more_values is None else tuple(more_values))

    def value_range(self) -> ValueRange:
        """Annex B ``valueRange``."""
        start = self.start
        low: Value | None = None
        high: Value | None = None
        if self.mark != "[":
            self.wrong_mark(("'['",))
        self.read(self.next)
        low = self.value()
        if self.text[self.end] != ":":
            self.wrong_mark(("':'",))
        self.read(self.end + 1)
        high = self.value()
        if self.mark != "]":
            self.wrong_mark(("']'",))
        self.close()
        return _ValueRange(low, high)

    def value_choice(self) -> ValueChoice:
        """Annex B ``valueChoice``."""
        start = self.start
        values: tuple[Value, ...] = ()
        more_values: list[Value] | None = None
        if self.mark != "{":
            self.wrong_mark(("'{'",))
        self.read(self.next)
        while True:
            if not values:
                values = (self.value(),)
            else:
                if more_values is None:
                    more_values = [values[0]]
                if len(more_values) >= self.max_items:
                    self.too_many("values")
                more_values.append(self.value())
            if self.mark != ",":
                break
            self.read(self.next)
        if self.mark != "}":
            self.wrong_mark(("','", "'}'"))
        self.close()
        return _ValueChoice(values if more_values is None else tuple(more_values))

    def related_value(self) -> RelatedValue:
        """Annex B ``relatedValue``."""
        start = self.start
        relation: Relation | None = None
        value: Value | None = None
        if not (self.mark in ("<", ">", "#")):
            self.wrong_mark(("'>', '<' or '#'",))
        relation = Relation(self.mark)
        self.read(self.next)
        value = self.value()
        return _RelatedValue(relation, value)

    def events_descriptor(self) -> EventsDescriptor:
        """Annex B ``eventsDescriptor``."""
        request_id: int | None = None
        events: tuple[RequestedEvent, ...] = ()
        more_events: list[RequestedEvent] | None = None
        if self.mark == "=":
            self.read(self.next)
            request_id = self.take_request_id(_WANTS_REQUEST_ID)
            if self.mark != "{":
                self.wrong_mark(("'{'",))
            self.read(self.next)
            while True:
                self.token = _PROPERTY_PARM_WORDS.find(self)
                if self.token != PKGD_NAME:
                    self.wrong_word(("a package and item name (package/item)",))
                if not events:
                    events = (self.requested_event(),)
                else:
                    if more_events is None:
                        more_events = [events[0]]
                    if len(more_events) >= self.max_items:
                        self.too_many("events")
                    more_events.append(self.requested_event())
                if self.mark != ",":
                    break
                self.read(self.next)
            if self.mark != "}":
                self.wrong_mark(("','", "'}'"))
            self.close()
        else:
            self.missed = "'='"
            self.missed_at = self.end
        return _EventsDescriptor(request_id, events if more_events is None else tuple(more_events))

    def requested_event(self) -> RequestedEvent:
        """Annex B ``requestedEvent``."""
        token: i64
        start = self.start
        name: str | None = None
        stream_id: int | None = None
        keep_active = False
        digit_map: EventDigitMap | None = None
        embedded: EmbeddedDescriptors | None = None
        notify_behaviour: NotifyImmediately | NotifyRegulated | NotifyNever | None = None
        reset_events = False
        parameters: tuple[PropertyParm, ...] = ()
        more_parameters: list[PropertyParm] | None = None
        names_of_event_other: set[str] | None = None
        name = self.name
        if self.mark == "{":
            self.read(self.next)
            while True:
                self.token = _REQUESTED_EVENT_WORDS.find(self)
                token = self.token
                if token == STREAM_TOKEN:
                    if stream_id is not None:
                        self.twice("stream_id", 456)
                    stream_id = self.event_stream()
                elif token == KEEP_ACTIVE_TOKEN:
                    if keep_active:
                        self.twice("keep_active", 456)
                    keep_active = True
                elif token == DIGIT_MAP_TOKEN:
                    if digit_map is not None:
                        self.twice("digit_map", 456)
                    digit_map = self.event_dm()
                elif token == EMBED_TOKEN:
                    if embedded is not None:
                        self.twice("embedded", 456)
                    embedded = self.embed_first()
                elif token == NOTIFY_IMMEDIATE_TOKEN or token == NOTIFY_REGULATED_TOKEN or token == NEVER_NOTIFY_TOKEN:
                    if notify_behaviour is not None:
                        self.twice("notify_behaviour", 456)
                    notify_behaviour = self.notify_behaviour()
                elif token == RESET_EVENTS_DESCRIPTOR_TOKEN:
                    if self.version < 3:
                        self.deviate("later-version", self.start, ALLOWANCES["later-version"])
                    if reset_events:
                        self.twice("reset_events", 456)
                    reset_events = True
                elif token == NAME:
                    if not parameters:
                        parameters = (self.event_other(),)
                    else:
                        if more_parameters is None:
                            more_parameters = [parameters[0]]
                        if len(more_parameters) >= self.max_items:
                            self.too_many("parameters")
                        at = self.start
                        item = self.event_other()
                        if names_of_event_other is None:
                            names_of_event_other = {parameters[0].name.lower()}
                        folded = item.name.lower()
                        if folded in names_of_event_other:
                            self.twice(item.name, 456, at)
                        names_of_event_other.add(folded)
                        more_parameters.append(item)
                else:
                    self.wrong_word(("DigitMap", "Embed", "ImmediateNotify", "KeepActive", "NeverNotify", "RegulatedNotify", "ResetEventsDescriptor", "Stream", "a NAME"))
                if self.mark != ",":
                    break
                self.read(self.next)
            if self.mark != "}":
                self.wrong_mark(("','", "'}'"))
            self.close()
        else:
            self.missed = "'{'"
            self.missed_at = self.end
        return _RequestedEvent(name, stream_id, keep_active, digit_map, embedded, notify_behaviour, reset_events, parameters if more_parameters is None else tuple(more_parameters))

    def event_dm(self) -> EventDigitMap:
        """Annex B ``eventDm``."""
        token: i64
        name: str | None = None
        value: DigitMapValue | None = None
        if self.mark == "=":
            if self.mark != "=":
                self.wrong_mark(("'='",))
            self.read(self.next)
            if self.end == self.start and self.mark == "{":
                self.read(self.next)
                value = self.digit_map_value()
                if self.mark != "}":
                    self.wrong_mark(("'}'",))
                self.close()
            else:
                self.token = _DIGIT_MAP_DESCRIPTOR_WORDS.find(self)
                token = self.token
                if token == DIGIT_FIRST_NAME or token == NAME:
                    name = self.digit_map_name()
                else:
                    self.wrong_word(("'{'", "a NAME"))
        elif self.mark == "{":
            if self.mark != "{":
                self.wrong_mark(())
            self.deviate("bare-digit-map", self.skip(self.end), ALLOWANCES["bare-digit-map"])
            self.read(self.next)
            value = self.digit_map_value()
            if self.mark != "}":
                self.wrong_mark(("'}'",))
            self.close()
        else:
            self.wrong_mark(("'='",))
        return _EventDigitMap(name, value)

    def embed_first(self) -> EmbeddedDescriptors:
        """Annex B ``embedFirst``."""
        token: i64
        signals: SignalsDescriptor | None = None
        events: SecondEventsDescriptor | None = None
        self.enter()
        if self.mark != "{":
            self.wrong_mark(("'{'",))
        self.read(self.next)
        self.token = _EMBED_FIRST_WORDS.find(self)
        token = self.token
        if token == SIGNALS_TOKEN:
            signals = self.signals_descriptor()
            if self.mark == ",":
                self.read(self.next)
                self.token = _EMBEDDED_EVENTS_WORDS.find(self)
                if self.token != EVENTS_TOKEN:
                    self.wrong_word(("Events",))
                events = self.embedded_events()
        elif token == EVENTS_TOKEN:
            events = self.embedded_events()
        else:
            self.wrong_word(("Events", "Signals"))
        if self.mark != "}":
            self.wrong_mark(("','", "'}'"))
        self.close()
        self.nesting -= 1
        return _EmbeddedDescriptors(signals, events)

    def embedded_events(self) -> SecondEventsDescriptor:
        """Annex B ``embeddedEvents``."""
        request_id: int | None = None
        events: tuple[SecondRequestedEvent, ...] = ()
        more_events: list[SecondRequestedEvent] | None = None
        self.enter()
        if self.mark == "=":
            self.read(self.next)
            request_id = self.take_request_id(_WANTS_REQUEST_ID)
            if self.mark != "{":
                self.wrong_mark(("'{'",))
            self.read(self.next)
            while True:
                self.token = _PROPERTY_PARM_WORDS.find(self)
                if self.token != PKGD_NAME:
                    self.wrong_word(("a package and item name (package/item)",))
                if not events:
                    events = (self.second_requested_event(),)
                else:
                    if more_events is None:
                        more_events = [events[0]]
                    if len(more_events) >= self.max_items:
                        self.too_many("events")
                    more_events.append(self.second_requested_event())
                if self.mark != ",":
                    break
                self.read(self.next)
            if self.mark != "}":
                self.wrong_mark(("','", "'}'"))
            self.close()
        else:
            self.missed = "'='"
            self.missed_at = self.end
        self.nesting -= 1
        return _SecondEventsDescriptor(request_id, events if more_events is None else tuple(more_events))

    def second_requested_event(self) -> SecondRequestedEvent:
        """Annex B ``secondRequestedEvent``."""
        token: i64
        start = self.start
        name: str | None = None
        stream_id: int | None = None
        keep_active = False
        digit_map: EventDigitMap | None = None
        signals: SignalsDescriptor | None = None
        notify_behaviour: NotifyImmediately | NotifyRegulated | NotifyNever | None = None
        reset_events = False
        parameters: tuple[PropertyParm, ...] = ()
        more_parameters: list[PropertyParm] | None = None
        names_of_event_other: set[str] | None = None
        self.enter()
        name = self.name
        if self.mark == "{":
            self.read(self.next)
            while True:
                self.token = _REQUESTED_EVENT_WORDS.find(self)
                token = self.token
                if token == STREAM_TOKEN:
                    if stream_id is not None:
                        self.twice("stream_id", 456)
                    stream_id = self.event_stream()
                elif token == KEEP_ACTIVE_TOKEN:
                    if keep_active:
                        self.twice("keep_active", 456)
                    keep_active = True
                elif token == DIGIT_MAP_TOKEN:
                    if digit_map is not None:
                        self.twice("digit_map", 456)
                    digit_map = self.event_dm()
                elif token == EMBED_TOKEN:
                    if signals is not None:
                        self.twice("signals", 456)
                    signals = self.embed_sig()
                elif token == NOTIFY_IMMEDIATE_TOKEN or token == NOTIFY_REGULATED_TOKEN or token == NEVER_NOTIFY_TOKEN:
                    if notify_behaviour is not None:
                        self.twice("notify_behaviour", 456)
                    notify_behaviour = self.notify_behaviour()
                elif token == RESET_EVENTS_DESCRIPTOR_TOKEN:
                    if self.version < 3:
                        self.deviate("later-version", self.start, ALLOWANCES["later-version"])
                    if reset_events:
                        self.twice("reset_events", 456)
                    reset_events = True
                elif token == NAME:
                    if not parameters:
                        parameters = (self.event_other(),)
                    else:
                        if more_parameters is None:
                            more_parameters = [parameters[0]]
                        if len(more_parameters) >= self.max_items:
                            self.too_many("parameters")
                        at = self.start
                        item = self.event_other()
                        if names_of_event_other is None:
                            names_of_event_other = {parameters[0].name.lower()}
                        folded = item.name.lower()
                        if folded in names_of_event_other:
                            self.twice(item.name, 456, at)
                        names_of_event_other.add(folded)
                        more_parameters.append(item)
                else:
                    self.wrong_word(("DigitMap", "Embed", "ImmediateNotify", "KeepActive", "NeverNotify", "RegulatedNotify", "ResetEventsDescriptor", "Stream", "a NAME"))
                if self.mark != ",":
                    break
                self.read(self.next)
            if self.mark != "}":
                self.wrong_mark(("','", "'}'"))
            self.close()
        else:
            self.missed = "'{'"
            self.missed_at = self.end
        self.nesting -= 1
        return _SecondRequestedEvent(name, stream_id, keep_active, digit_map, signals, notify_behaviour, reset_events, parameters if more_parameters is None else tuple(more_parameters))

    def embed_sig(self) -> SignalsDescriptor:
        """Annex B ``embedSig``."""
        if self.mark != "{":
            self.wrong_mark(("'{'",))
        self.read(self.next)
        self.token = _SIGNALS_DESCRIPTOR_WORDS.find(self)
        if self.token != SIGNALS_TOKEN:
            self.wrong_word(("Signals",))
        value = self.signals_descriptor()
        if self.mark != "}":
            self.wrong_mark(("'}'",))
        self.close()
        return value

    def notify_behaviour(self) -> NotifyImmediately | NotifyRegulated | NotifyNever:
        """Annex B ``notifyBehaviour``."""
        token: i64
        keyword: i64
        embedded: EmbeddedDescriptors | None = None
        self.enter()
        token = self.token
        if token == NOTIFY_IMMEDIATE_TOKEN:
            if self.version < 3:
                self.deviate("later-version", self.start, ALLOWANCES["later-version"])
            keyword = NOTIFY_IMMEDIATE_TOKEN
        elif token == NOTIFY_REGULATED_TOKEN:
            if self.version < 3:
                self.deviate("later-version", self.start, ALLOWANCES["later-version"])
            keyword = NOTIFY_REGULATED_TOKEN
            if self.mark == "{":
                self.read(self.next)
                self.token = _EMBED_FIRST_WORDS_2.find(self)
                if self.token != EMBED_TOKEN:
                    self.wrong_word(("Embed",))
                embedded = self.embed_first()
                if self.mark != "}":
                    self.wrong_mark(("'}'",))
                self.close()
            else:
                self.missed = "'{'"
                self.missed_at = self.end
        elif token == NEVER_NOTIFY_TOKEN:
            if self.version < 3:
                self.deviate("later-version", self.start, ALLOWANCES["later-version"])
            keyword = NEVER_NOTIFY_TOKEN
        else:
            self.wrong_word(("ImmediateNotify", "NeverNotify", "RegulatedNotify"))
        self.nesting -= 1
        if keyword == NOTIFY_IMMEDIATE_TOKEN:
            return _NotifyImmediately()
        if keyword == NOTIFY_REGULATED_TOKEN:
            return _NotifyRegulated(embedded)
        return _NotifyNever()

    def event_buffer_descriptor(self) -> EventBufferDescriptor:
        """Annex B ``eventBufferDescriptor``."""
        events: tuple[EventSpec, ...] = ()
        more_events: list[EventSpec] | None = None
        if self.mark == "{":
            self.read(self.next)
            while True:
                self.token = _PROPERTY_PARM_WORDS.find(self)
                if self.token != PKGD_NAME:
                    self.wrong_word(("a package and item name (package/item)",))
                if not events:
                    events = (self.event_spec(),)
                else:
                    if more_events is None:
                        more_events = [events[0]]
                    if len(more_events) >= self.max_items:
                        self.too_many("events")
                    more_events.append(self.event_spec())
                if self.mark != ",":
                    break
                self.read(self.next)
            if self.mark != "}":
                self.wrong_mark(("','", "'}'"))
            self.close()
        else:
            self.missed = "'{'"
            self.missed_at = self.end
        return _EventBufferDescriptor(events if more_events is None else tuple(more_events))

    def event_spec(self) -> EventSpec:
        """Annex B ``eventSpec``."""
        token: i64
        start = self.start
        name: str | None = None
        stream_id: int | None = None
        parameters: tuple[PropertyParm, ...] = ()
        more_parameters: list[PropertyParm] | None = None
        names_of_event_other: set[str] | None = None
        name = self.name
        if self.mark == "{":
            self.read(self.next)
            while True:
                self.token = _EVENT_SPEC_WORDS.find(self)
                token = self.token
                if token == STREAM_TOKEN:
                    if stream_id is not None:
                        self.twice("stream_id", 456)
                    stream_id = self.event_stream()
                elif token == NAME:
                    if not parameters:
                        parameters = (self.event_other(),)
                    else:
                        if more_parameters is None:
                            more_parameters = [parameters[0]]
                        if len(more_parameters) >= self.max_items:
                            self.too_many("parameters")
                        at = self.start
                        item = self.event_other()
                        if names_of_event_other is None:
                            names_of_event_other = {parameters[0].name.lower()}
                        folded = item.name.lower()
                        if folded in names_of_event_other:
                            self.twice(item.name, 456, at)
                        names_of_event_other.add(folded)
                        more_parameters.append(item)
                else:
                    self.wrong_word(("Stream", "a NAME"))
                if self.mark != ",":
                    break
                self.read(self.next)
            if self.mark != "}":
                self.wrong_mark(("','", "'}'"))
            self.close()
        else:
            self.missed = "'{'"
            self.missed_at = self.end
        return _EventSpec(name, stream_id, parameters if more_parameters is None else tuple(more_parameters))

    def event_stream(self) -> int:
        """Annex B ``eventStream``."""
        if self.mark != "=":
            self.wrong_mark(("'='",))
        self.read(self.next)
        return self.take_number(5, 65535, _WANTS_UINT16)

    def event_other(self) -> PropertyParm:
        """Annex B ``eventOther``."""
        start = self.start
        name: str | None = None
        value: Value | ValueList | ValueRange | ValueChoice | RelatedValue | None = None
        name = self.name
        value = self.parm_value()
        return _PropertyParm(name, value)

    def observed_events_descriptor(self) -> ObservedEventsDescriptor:
        """Annex B ``observedEventsDescriptor``."""
        start = self.start
        request_id: int | None = None
        events: tuple[ObservedEvent, ...] = ()
        more_events: list[ObservedEvent] | None = None
        if self.mark != "=":
            self.wrong_mark(("'='",))
        self.read(self.next)
        request_id = self.take_request_id(_WANTS_REQUEST_ID)
        if self.mark != "{":
            self.wrong_mark(("'{'",))
        self.read(self.next)
        while True:
            self.token = _PROPERTY_PARM_WORDS.find(self)
            if not events:
                events = (self.observed_event(),)
            else:
                if more_events is None:
                    more_events = [events[0]]
                if len(more_events) >= self.max_items:
                    self.too_many("events")
                more_events.append(self.observed_event())
            if self.mark != ",":
                break
            self.read(self.next)
        if self.mark != "}":
            self.wrong_mark(("','", "'}'"))
        self.close()
        return _ObservedEventsDescriptor(request_id, events if more_events is None else tuple(more_events))

    def observed_event(self) -> ObservedEvent:
        """Annex B ``observedEvent``."""
        token: i64
        start = self.start
        name: str | None = None
        time: TimeStamp | None = None
        stream_id: int | None = None
        parameters: tuple[PropertyParm, ...] = ()
        more_parameters: list[PropertyParm] | None = None
        names_of_event_other: set[str] | None = None
        if self.is_time_stamp():
            time = self.time_stamp()
            if self.mark != ":":
                self.wrong_mark(("':'",))
            self.read(self.next)
            self.token = _PROPERTY_PARM_WORDS.find(self)
        if self.token != PKGD_NAME:
            self.wrong_word(("a package and item name (package/item)",))
        name = self.name
        if self.mark == "{":
            self.read(self.next)
            while True:
                self.token = _EVENT_SPEC_WORDS.find(self)
                token = self.token
                if token == STREAM_TOKEN:
                    if stream_id is not None:
                        self.twice("stream_id", 456)
                    stream_id = self.event_stream()
                elif token == NAME:
                    if not parameters:
                        parameters = (self.event_other(),)
                    else:
                        if more_parameters is None:
                            more_parameters = [parameters[0]]
                        if len(more_parameters) >= self.max_items:
                            self.too_many("parameters")
                        at = self.start
                        item = self.event_other()
                        if names_of_event_other is None:
                            names_of_event_other = {parameters[0].name.lower()}
                        folded = item.name.lower()
                        if folded in names_of_event_other:
                            self.twice(item.name, 456, at)
                        names_of_event_other.add(folded)
                        more_parameters.append(item)
                else:
                    self.wrong_word(("Stream", "a NAME"))
                if self.mark != ",":
                    break
                self.read(self.next)
            if self.mark != "}":
                self.wrong_mark(("','", "'}'"))
            self.close()
        else:
            self.missed = "'{'"
            self.missed_at = self.end
        return _ObservedEvent(name, time, stream_id, parameters if more_parameters is None else tuple(more_parameters))

    def time_stamp(self) -> TimeStamp:
        """Annex B ``timeStamp``."""
        return self.take_time_stamp(_WANTS_TIME_STAMP)

    def signals_descriptor(self) -> SignalsDescriptor:
        """Annex B ``signalsDescriptor``."""
        token: i64
        signals: tuple[Signal | SignalList, ...] = ()
        more_signals: list[Signal | SignalList] | None = None
        if self.mark == "{" and self.text[self.next] == "}":
            if not (self.mark == "{" and self.text[self.next] == "}"):
                self.wrong_mark(("'{'",))
            if self.version > 2:
                self.deviate("empty-signals", self.skip(self.end), ALLOWANCES["empty-signals"])
            self.read(self.next)
            self.close()
        else:
            if self.mark == "{":
                self.read(self.next)
                while True:
                    self.token = _SIGNALS_DESCRIPTOR_WORDS_2.find(self)
                    token = self.token
                    if token == SIGNAL_LIST_TOKEN:
                        if not signals:
                            signals = (self.signal_list(),)
                        else:
                            if more_signals is None:
                                more_signals = [signals[0]]
                            if len(more_signals) >= self.max_items:
                                self.too_many("signals")
                            more_signals.append(self.signal_list())
                    elif token == PKGD_NAME:
                        if not signals:
                            signals = (self.signal_request(),)
                        else:
                            if more_signals is None:
                                more_signals = [signals[0]]
                            if len(more_signals) >= self.max_items:
                                self.too_many("signals")
                            more_signals.append(self.signal_request())
                    else:
                        self.wrong_word(("SignalList", "a package and item name (package/item)"))
                    if self.mark != ",":
                        break
                    self.read(self.next)
                if self.mark != "}":
                    self.wrong_mark(("','", "'}'"))
                self.close()
            else:
                self.missed = "'{'"
                self.missed_at = self.end
        return _SignalsDescriptor(signals if more_signals is None else tuple(more_signals))

    def signal_list(self) -> SignalList:
        """Annex B ``signalList``."""
        start = self.start
        list_id: int | None = None
        signals: tuple[Signal, ...] = ()
        more_signals: list[Signal] | None = None
        if self.mark != "=":
            self.wrong_mark(("'='",))
        self.read(self.next)
        list_id = self.take_number(5, 65535, _WANTS_UINT16)
        if self.mark != "{":
            self.wrong_mark(("'{'",))
        self.read(self.next)
        while True:
            self.token = _PROPERTY_PARM_WORDS.find(self)
            if self.token != PKGD_NAME:
                self.wrong_word(("a package and item name (package/item)",))
            if not signals:
                signals = (self.signal_request(),)
            else:
                if more_signals is None:
                    more_signals = [signals[0]]
                if len(more_signals) >= self.max_items:
                    self.too_many("signals")
                more_signals.append(self.signal_request())
            if self.mark != ",":
                break
            self.read(self.next)
        if self.mark != "}":
            self.wrong_mark(("','", "'}'"))
        self.close()
        return _SignalList(list_id, signals if more_signals is None else tuple(more_signals))

    def signal_request(self) -> Signal:
        """Annex B ``signalRequest``."""
        token: i64
        start = self.start
        name: str | None = None
        stream_id: int | None = None
        signal_type: SignalType | None = None
        duration: int | None = None
        notify_completion: tuple[NotifyReason, ...] = ()
        more_notify_completion: list[NotifyReason] | None = None
        keep_active = False
        direction: SignalDirection | None = None
        request_id: int | None = None
        intersignal_delay: int | None = None
        parameters: tuple[PropertyParm, ...] = ()
        more_parameters: list[PropertyParm] | None = None
        names_of_sig_other: set[str] | None = None
        name = self.name
        if self.mark == "{":
            self.read(self.next)
            while True:
                self.token = _SIGNAL_REQUEST_WORDS.find(self)
                token = self.token
                if token == STREAM_TOKEN:
                    if stream_id is not None:
                        self.twice("stream_id", 456)
                    stream_id = self.sig_stream()
                elif token == SIGNAL_TYPE_TOKEN:
                    if signal_type is not None:
                        self.twice("signal_type", 456)
                    signal_type = self.sig_signal_type()
                elif token == DURATION_TOKEN:
                    if duration is not None:
                        self.twice("duration", 456)
                    duration = self.sig_duration()
                elif token == NOTIFY_COMPLETION_TOKEN:
                    if self.mark != "=":
                        self.wrong_mark(("'='",))
                    self.close()
                    if self.mark != "{":
                        self.wrong_mark(("'{'",))
                    self.read(self.next)
                    while True:
                        self.token = _NOTIFICATION_REASON_WORDS.find(self)
                        if not notify_completion:
                            notify_completion = (self.notification_reason(),)
                        else:
                            if more_notify_completion is None:
                                more_notify_completion = [notify_completion[0]]
                            if len(more_notify_completion) >= self.max_items:
                                self.too_many("notify_completion")
                            more_notify_completion.append(self.notification_reason())
                        if self.mark != ",":
                            break
                        self.read(self.next)
                    if self.mark != "}":
                        self.wrong_mark(("','", "'}'"))
                    self.close()
                elif token == KEEP_ACTIVE_TOKEN:
                    if keep_active:
                        self.twice("keep_active", 456)
                    keep_active = True
                elif token == DIRECTION_TOKEN:
                    if direction is not None:
                        self.twice("direction", 456)
                    direction = self.sig_direction()
                elif token == REQUEST_ID_TOKEN:
                    if request_id is not None:
                        self.twice("request_id", 456)
                    request_id = self.sig_request_id()
                elif token == INTERSIGNAL_TOKEN:
                    if intersignal_delay is not None:
                        self.twice("intersignal_delay", 456)
                    intersignal_delay = self.sig_intsig_delay()
                elif token == NAME:
                    if not parameters:
                        parameters = (self.sig_other(),)
                    else:
                        if more_parameters is None:
                            more_parameters = [parameters[0]]
                        if len(more_parameters) >= self.max_items:
                            self.too_many("parameters")
                        at = self.start
                        item = self.sig_other()
                        if names_of_sig_other is None:
                            names_of_sig_other = {parameters[0].name.lower()}
                        folded = item.name.lower()
                        if folded in names_of_sig_other:
                            self.twice(item.name, 456, at)
                        names_of_sig_other.add(folded)
                        more_parameters.append(item)
                else:
                    self.wrong_word(("Duration", "Intersignal", "KeepActive", "NotifyCompletion", "SPADirection", "SPARequestID", "SignalType", "Stream", "a NAME"))
                if self.mark != ",":
                    break
                self.read(self.next)
            if self.mark != "}":
                self.wrong_mark(("','", "'}'"))
            self.close()
        else:
            self.missed = "'{'"
            self.missed_at = self.end
        return _Signal(name, stream_id, signal_type, duration, notify_completion if more_notify_completion is None else tuple(more_notify_completion), keep_active, direction, request_id, intersignal_delay, parameters if more_parameters is None else tuple(more_parameters))

    def sig_direction(self) -> SignalDirection:
        """Annex B ``sigDirection``."""
        if self.version < 3:
            self.deviate("later-version", self.start, ALLOWANCES["later-version"])
        if self.mark != "=":
            self.wrong_mark(("'='",))
        self.read(self.next)
        self.token = _SIGNAL_DIRECTION_WORDS.find(self)
        return self.signal_direction()

    def signal_direction(self) -> SignalDirection:
        """Annex B ``signalDirection``."""
        member = _SIGNAL_DIRECTION.get(self.token)
        if member is None:
            self.wrong_word(("Both", "External", "Internal"))
        if self.token == BOTH_TOKEN:
            if self.version < 3:
                self.deviate("later-version", self.start, ALLOWANCES["later-version"])
        if self.token == EXTERNAL_TOKEN:
            if self.version < 3:
                self.deviate("later-version", self.start, ALLOWANCES["later-version"])
        if self.token == INTERNAL_TOKEN:
            if self.version < 3:
                self.deviate("later-version", self.start, ALLOWANCES["later-version"])
        return member

    def sig_request_id(self) -> int:
        """Annex B ``sigRequestId``."""
        if self.version < 3:
            self.deviate("later-version", self.start, ALLOWANCES["later-version"])
        if self.mark != "=":
            self.wrong_mark(("'='",))
        self.read(self.next)
        return self.take_request_id(_WANTS_REQUEST_ID)

    def sig_intsig_delay(self) -> int:
        """Annex B ``sigIntsigDelay``."""
        if self.version < 3:
            self.deviate("later-version", self.start, ALLOWANCES["later-version"])
        if self.mark != "=":
            self.wrong_mark(("'='",))
        self.read(self.next)
        return self.take_number(5, 65535, _WANTS_UINT16)

    def sig_stream(self) -> int:
        """Annex B ``sigStream``."""
        if self.mark != "=":
            self.wrong_mark(("'='",))
        self.read(self.next)
        return self.take_number(5, 65535, _WANTS_UINT16)

    def sig_signal_type(self) -> SignalType:
        """Annex B ``sigSignalType``."""
        if self.mark != "=":
            self.wrong_mark(("'='",))
        self.read(self.next)
        self.token = _SIGNAL_TYPE_WORDS.find(self)
        return self.signal_type()

    def signal_type(self) -> SignalType:
        """Annex B ``signalType``."""
        member = _SIGNAL_TYPE.get(self.token)
        if member is None:
            self.wrong_word(("Brief", "OnOff", "TimeOut"))
        return member

    def sig_duration(self) -> int:
        """Annex B ``sigDuration``."""
        if self.mark != "=":
            self.wrong_mark(("'='",))
        self.read(self.next)
        return self.take_number(5, 65535, _WANTS_UINT16)

    def notification_reason(self) -> NotifyReason:
        """Annex B ``notificationReason``."""
        member = _NOTIFICATION_REASON.get(self.token)
        if member is None:
            self.wrong_word(("IntByEvent", "IntBySigDescr", "Iteration", "OtherReason", "TimeOut"))
        if self.token == ITERATION_TOKEN:
            if self.version < 3:
                self.deviate("later-version", self.start, ALLOWANCES["later-version"])
        return member

    def sig_other(self) -> PropertyParm:
        """Annex B ``sigOther``."""
        start = self.start
        name: str | None = None
        value: Value | ValueList | ValueRange | ValueChoice | RelatedValue | None = None
        name = self.name
        value = self.parm_value()
        return _PropertyParm(name, value)

    def audit_descriptor(self) -> AuditDescriptor:
        """Annex B ``auditDescriptor``."""
        token: i64
        items: tuple[AuditItem, ...] = ()
        more_items: list[AuditItem] | None = None
        individual: tuple[MediaAudit | EventsAudit | EventBufferAudit | SignalsAudit | DigitMapAudit | StatisticsAudit | PackagesAudit, ...] = ()
        more_individual: list[MediaAudit | EventsAudit | EventBufferAudit | SignalsAudit | DigitMapAudit | StatisticsAudit | PackagesAudit] | None = None
        if self.mark != "{":
            self.wrong_mark(("'{'",))
        self.read(self.next)
        self.token = _AUDIT_DESCRIPTOR_WORDS_2.find(self)
        if self.token == OBSERVED_EVENTS_TOKEN or self.token == EVENT_BUFFER_TOKEN or self.token == STATS_TOKEN or self.token == DIGIT_MAP_TOKEN or self.token == PACKAGES_TOKEN or self.token == SIGNALS_TOKEN or self.token == EVENTS_TOKEN or self.token == MODEM_TOKEN or self.token == MEDIA_TOKEN or self.token == MUX_TOKEN:
            while True:
                self.token = _AUDIT_DESCRIPTOR_WORDS_2.find(self)
                token = self.token
                if token == OBSERVED_EVENTS_TOKEN or token == MODEM_TOKEN or token == MUX_TOKEN:
                    if not items:
                        items = (self.audit_token(),)
                    else:
                        if more_items is None:
                            more_items = [items[0]]
                        if len(more_items) >= self.max_items:
                            self.too_many("items")
                        more_items.append(self.audit_token())
                elif token == EVENT_BUFFER_TOKEN:
                    if self.mark == "{":
                        if not individual:
                            individual = (self.ind_aud_event_buffer_descriptor(),)
                        else:
                            if more_individual is None:
                                more_individual = [individual[0]]
                            if len(more_individual) >= self.max_items:
                                self.too_many("individual")
                            more_individual.append(self.ind_aud_event_buffer_descriptor())
                    else:
                        if not items:
                            items = (self.audit_token(),)
                        else:
                            if more_items is None:
                                more_items = [items[0]]
                            if len(more_items) >= self.max_items:
                                self.too_many("items")
                            more_items.append(self.audit_token())
                elif token == STATS_TOKEN:
                    if self.mark == "{":
                        if not individual:
                            individual = (self.ind_aud_statistics_descriptor(),)
                        else:
                            if more_individual is None:
                                more_individual = [individual[0]]
                            if len(more_individual) >= self.max_items:
                                self.too_many("individual")
                            more_individual.append(self.ind_aud_statistics_descriptor())
                    else:
                        if not items:
                            items = (self.audit_token(),)
                        else:
                            if more_items is None:
                                more_items = [items[0]]
                            if len(more_items) >= self.max_items:
                                self.too_many("items")
                            more_items.append(self.audit_token())
                elif token == DIGIT_MAP_TOKEN:
                    if self.mark == "=":
                        if not individual:
                            individual = (self.ind_aud_digit_map_descriptor(),)
                        else:
                            if more_individual is None:
                                more_individual = [individual[0]]
                            if len(more_individual) >= self.max_items:
                                self.too_many("individual")
                            more_individual.append(self.ind_aud_digit_map_descriptor())
                    else:
                        if not items:
                            items = (self.audit_token(),)
                        else:
                            if more_items is None:
                                more_items = [items[0]]
                            if len(more_items) >= self.max_items:
                                self.too_many("items")
                            more_items.append(self.audit_token())
                elif token == PACKAGES_TOKEN:
                    if self.mark == "{":
                        if not individual:
                            individual = (self.ind_aud_packages_descriptor(),)
                        else:
                            if more_individual is None:
                                more_individual = [individual[0]]
                            if len(more_individual) >= self.max_items:
                                self.too_many("individual")
                            more_individual.append(self.ind_aud_packages_descriptor())
                    else:
                        if not items:
                            items = (self.audit_token(),)
                        else:
                            if more_items is None:
                                more_items = [items[0]]
                            if len(more_items) >= self.max_items:
                                self.too_many("items")
                            more_items.append(self.audit_token())
                elif token == SIGNALS_TOKEN:
                    if self.mark == "{" and self.text[self.next] == "}" or self.mark == "{":
                        if not individual:
                            individual = (self.ind_aud_signals_descriptor(),)
                        else:
                            if more_individual is None:
                                more_individual = [individual[0]]
                            if len(more_individual) >= self.max_items:
                                self.too_many("individual")
                            more_individual.append(self.ind_aud_signals_descriptor())
                    else:
                        if not items:
                            items = (self.audit_token(),)
                        else:
                            if more_items is None:
                                more_items = [items[0]]
                            if len(more_items) >= self.max_items:
                                self.too_many("items")
                            more_items.append(self.audit_token())
                elif token == EVENTS_TOKEN:
                    if self.mark == "{" or self.mark == "=":
                        if not individual:
                            individual = (self.ind_aud_events_descriptor(),)
                        else:
                            if more_individual is None:
                                more_individual = [individual[0]]
                            if len(more_individual) >= self.max_items:
                                self.too_many("individual")
                            more_individual.append(self.ind_aud_events_descriptor())
                    else:
                        if not items:
                            items = (self.audit_token(),)
                        else:
                            if more_items is None:
                                more_items = [items[0]]
                            if len(more_items) >= self.max_items:
                                self.too_many("items")
                            more_items.append(self.audit_token())
                elif token == MEDIA_TOKEN:
                    if self.mark == "{":
                        if not individual:
                            individual = (self.ind_aud_media_descriptor(),)
                        else:
                            if more_individual is None:
                                more_individual = [individual[0]]
                            if len(more_individual) >= self.max_items:
                                self.too_many("individual")
                            more_individual.append(self.ind_aud_media_descriptor())
                    else:
                        if not items:
                            items = (self.audit_token(),)
                        else:
                            if more_items is None:
                                more_items = [items[0]]
                            if len(more_items) >= self.max_items:
                                self.too_many("items")
                            more_items.append(self.audit_token())
                else:
                    self.wrong_word(("DigitMap", "EventBuffer", "Events", "Media", "Modem", "Mux", "ObservedEvents", "Packages", "Signals", "Statistics"))
                if self.mark != ",":
                    break
                self.read(self.next)
        elif self.end != self.start:
            self.wrong_word(("DigitMap", "EventBuffer", "Events", "Media", "Modem", "Mux", "ObservedEvents", "Packages", "Signals", "Statistics"))
        if self.mark != "}":
            self.wrong_mark(("','", "'}'", "DigitMap", "EventBuffer", "Events", "Media", "Modem", "Mux", "ObservedEvents", "Packages", "Signals", "Statistics"))
        self.close()
        return _AuditDescriptor(items if more_items is None else tuple(more_items), individual if more_individual is None else tuple(more_individual))

    def audit_token(self) -> AuditItem:
        """Annex B ``auditToken``."""
        member = _AUDIT_TOKEN.get(self.token)
        if member is None:
            self.wrong_word(("DigitMap", "EventBuffer", "Events", "Media", "Modem", "Mux", "ObservedEvents", "Packages", "Signals", "Statistics"))
        return member

    def ind_aud_media_descriptor(self) -> MediaAudit:
        """Annex B ``indAudMediaDescriptor``."""
        token: i64
        termination_state: TerminationStateAudit | None = None
        streams: tuple[StreamAudit, ...] = ()
        more_streams: list[StreamAudit] | None = None
        inner_local_control: LocalControlAudit | None = None
        inner_local: LocalDescriptor | None = None
        inner_remote: RemoteDescriptor | None = None
        inner_statistics: StatisticsAudit | None = None
        group = 0
        if self.version < 2:
            self.deviate("later-version", self.start, ALLOWANCES["later-version"])
        if self.mark != "{":
            self.wrong_mark(("'{'",))
        self.read(self.next)
        while True:
            self.token = _MEDIA_DESCRIPTOR_WORDS.find(self)
            token = self.token
            if token == TERMINATION_STATE_TOKEN:
                if termination_state is not None:
                    self.twice("termination_state", 448)
                termination_state = self.ind_aud_termination_state_descriptor()
            elif token == STREAM_TOKEN:
                if group not in (0, 1):
                    self.excluded()
                group = 1
                if not streams:
                    streams = (self.ind_aud_stream_descriptor(),)
                else:
                    if more_streams is None:
                        more_streams = [streams[0]]
                    if len(more_streams) >= self.max_items:
                        self.too_many("streams")
                    more_streams.append(self.ind_aud_stream_descriptor())
            elif token == LOCAL_CONTROL_TOKEN:
                if group not in (0, 2):
                    self.excluded()
                group = 2
                if inner_local_control is not None:
                    self.twice("local_control", 448)
                inner_local_control = self.ind_aud_local_control_descriptor()
            elif token == LOCAL_TOKEN:
                if group not in (0, 2):
                    self.excluded()
                group = 2
                if inner_local is not None:
                    self.twice("local", 448)
                inner_local = self.local_descriptor()
            elif token == REMOTE_TOKEN:
                if group not in (0, 2):
                    self.excluded()
                group = 2
                if inner_remote is not None:
                    self.twice("remote", 448)
                inner_remote = self.remote_descriptor()
            elif token == STATS_TOKEN:
                if group not in (0, 2):
                    self.excluded()
                group = 2
                if inner_statistics is not None:
                    self.twice("statistics", 448)
                inner_statistics = self.ind_aud_statistics_descriptor()
            else:
                self.wrong_word(("Local", "LocalControl", "Remote", "Statistics", "Stream", "TerminationState"))
            if self.mark != ",":
                break
            self.read(self.next)
        if self.mark != "}":
            self.wrong_mark(("','", "'}'"))
        self.close()
        if inner_local_control is not None or inner_local is not None or inner_remote is not None or inner_statistics is not None:
            streams = (_StreamAudit(None, inner_local_control, inner_local, inner_remote, inner_statistics),)
        return _MediaAudit(termination_state, streams if more_streams is None else tuple(more_streams))

    def ind_aud_stream_descriptor(self) -> StreamAudit:
        """Annex B ``indAudStreamDescriptor``."""
        token: i64
        stream_id: int | None = None
        local_control: LocalControlAudit | None = None
        local: LocalDescriptor | None = None
        remote: RemoteDescriptor | None = None
        statistics: StatisticsAudit | None = None
        if self.mark != "=":
            self.wrong_mark(("'='",))
        self.read(self.next)
        stream_id = self.take_number(5, 65535, _WANTS_UINT16)
        if self.mark != "{":
            self.wrong_mark(("'{'",))
        self.read(self.next)
        self.token = _STREAM_DESCRIPTOR_WORDS.find(self)
        token = self.token
        if token == LOCAL_CONTROL_TOKEN:
            local_control = self.ind_aud_local_control_descriptor()
        elif token == LOCAL_TOKEN:
            local = self.local_descriptor()
        elif token == REMOTE_TOKEN:
            remote = self.remote_descriptor()
        elif token == STATS_TOKEN:
            statistics = self.ind_aud_statistics_descriptor()
        else:
            self.wrong_word(("Local", "LocalControl", "Remote", "Statistics"))
        if self.mark != "}":
            self.wrong_mark(("'}'",))
        self.close()
        return _StreamAudit(stream_id, local_control, local, remote, statistics)

    def ind_aud_local_control_descriptor(self) -> LocalControlAudit:
        """Annex B ``indAudLocalControlDescriptor``."""
        token: i64
        mode: StreamModeAudit | None = None
        reserve_value = False
        reserve_group = False
        properties: tuple[PropertyAudit, ...] = ()
        more_properties: list[PropertyAudit] | None = None
        if self.mark != "{":
            self.wrong_mark(("'{'",))
        self.read(self.next)
        while True:
            self.token = _LOCAL_CONTROL_DESCRIPTOR_WORDS.find(self)
            token = self.token
            if token == MODE_TOKEN:
                if mode is not None:
                    self.twice("mode", 456)
                mode = self.ind_aud_mode()
            elif token == RESERVED_VALUE_TOKEN:
                if reserve_value:
                    self.twice("reserve_value", 456)
                reserve_value = True
            elif token == RESERVED_GROUP_TOKEN:
                if reserve_group:
                    self.twice("reserve_group", 456)
                reserve_group = True
            elif token == PKGD_NAME:
                if not properties:
                    properties = (self.ind_aud_property_parm(),)
                else:
                    if more_properties is None:
                        more_properties = [properties[0]]
                    if len(more_properties) >= self.max_items:
                        self.too_many("properties")
                    more_properties.append(self.ind_aud_property_parm())
            else:
                self.wrong_word(("Mode", "ReservedGroup", "ReservedValue", "a package and item name (package/item)"))
            if self.mark != ",":
                break
            self.read(self.next)
        if self.mark != "}":
            self.wrong_mark(("','", "'}'"))
        self.close()
        return _LocalControlAudit(mode, reserve_value, reserve_group, properties if more_properties is None else tuple(more_properties))

    def ind_aud_mode(self) -> StreamModeAudit:
        """Annex B ``indAudMode``."""
        mode: StreamMode | None = None
        relation: Relation | None = None
        if self.mark in ("<", ">", "#") or self.mark == "=":
            if self.mark in ("<", ">", "#"):
                relation = Relation(self.mark)
                self.read(self.next)
            elif self.mark == "=":
                self.read(self.next)
            else:
                self.wrong_mark(("'='", "'>', '<' or '#'"))
            self.token = _STREAM_MODES_WORDS.find(self)
            mode = self.stream_modes()
        else:
            self.missed = "'=' or '>', '<' or '#'"
            self.missed_at = self.end
        return _StreamModeAudit(mode, relation)

    def ind_aud_property_parm(self) -> PropertyAudit:
        """Annex B ``indAudPropertyParm``."""
        start = self.start
        name: str | None = None
        value: Value | ValueList | ValueRange | ValueChoice | RelatedValue | None = None
        name = self.name
        if self.mark in ("<", ">", "#") or self.mark == "=":
            value = self.parm_value()
        else:
            self.missed = "'=' or '>', '<' or '#'"
            self.missed_at = self.end
        return _PropertyAudit(name, value)

    def ind_aud_termination_state_descriptor(self) -> TerminationStateAudit:
        """Annex B ``indAudTerminationStateDescriptor``."""
        token: i64
        service_state: ServiceStateAudit | None = None
        event_buffer_control = False
        properties: tuple[PropertyAudit, ...] = ()
        more_properties: list[PropertyAudit] | None = None
        if self.mark != "{":
            self.wrong_mark(("'{'",))
        self.read(self.next)
        self.token = _TERMINATION_STATE_DESCRIPTOR_WORDS.find(self)
        token = self.token
        if token == SERVICE_STATES_TOKEN:
            service_state = self.ind_aud_service_states()
        elif token == BUFFER_TOKEN:
            event_buffer_control = True
        elif token == PKGD_NAME:
            properties = (self.ind_aud_property_parm(),)
        else:
            self.wrong_word(("Buffer", "ServiceStates", "a package and item name (package/item)"))
        if self.mark != "}":
            self.wrong_mark(("'}'",))
        self.close()
        return _TerminationStateAudit(service_state, event_buffer_control, properties if more_properties is None else tuple(more_properties))

    def ind_aud_service_states(self) -> ServiceStateAudit:
        """Annex B ``indAudServiceStates``."""
        state: ServiceState | None = None
        relation: Relation | None = None
        if self.mark in ("<", ">", "#") or self.mark == "=":
            if self.mark in ("<", ">", "#"):
                relation = Relation(self.mark)
                self.read(self.next)
            elif self.mark == "=":
                self.read(self.next)
            else:
                self.wrong_mark(("'='", "'>', '<' or '#'"))
            self.token = _SERVICE_STATE_WORDS.find(self)
            state = self.service_state()
        else:
            self.missed = "'=' or '>', '<' or '#'"
            self.missed_at = self.end
        return _ServiceStateAudit(state, relation)

    def ind_aud_events_descriptor(self) -> EventsAudit:
        """Annex B ``indAudEventsDescriptor``."""
        start = self.start
        request_id: int | None = None
        name: str | None = None
        if self.version < 2:
            self.deviate("later-version", self.start, ALLOWANCES["later-version"])
        if self.mark == "=":
            self.read(self.next)
            request_id = self.take_request_id(_WANTS_REQUEST_ID)
        else:
            self.missed = "'='"
            self.missed_at = self.end
        if self.mark != "{":
            self.wrong_mark(("'='", "'{'"))
        self.read(self.next)
        self.token = _PROPERTY_PARM_WORDS.find(self)
        if self.token != PKGD_NAME:
            self.wrong_word(("a package and item name (package/item)",))
        name = self.name
        if self.mark != "}":
            self.wrong_mark(("'}'",))
        self.close()
        return _EventsAudit(name, request_id)

    def ind_aud_event_buffer_descriptor(self) -> EventBufferAudit:
        """Annex B ``indAudEventBufferDescriptor``."""
        token: i64
        start = self.start
        name: str | None = None
        stream_id: int | None = None
        parameter: str | None = None
        if self.version < 2:
            self.deviate("later-version", self.start, ALLOWANCES["later-version"])
        if self.mark != "{":
            self.wrong_mark(("'{'",))
        self.read(self.next)
        self.token = _PROPERTY_PARM_WORDS.find(self)
        if self.token != PKGD_NAME:
            self.wrong_word(("a package and item name (package/item)",))
        name = self.name
        if self.mark == "{":
            self.read(self.next)
            self.token = _EVENT_SPEC_WORDS.find(self)
            token = self.token
            if token == STREAM_TOKEN:
                stream_id = self.event_stream()
            elif token == NAME:
                parameter = self.name
            else:
                self.wrong_word(("Stream", "a NAME"))
            if self.mark != "}":
                self.wrong_mark(("'}'",))
            self.close()
        else:
            self.missed = "'{'"
            self.missed_at = self.end
        if self.mark != "}":
            self.wrong_mark(("'{'", "'}'"))
        self.close()
        return _EventBufferAudit(name, stream_id, parameter)

    def ind_aud_signals_descriptor(self) -> SignalsAudit:
        """Annex B ``indAudSignalsDescriptor``."""
        token: i64
        signal: SignalAudit | SignalListAudit | None = None
        if self.version < 2:
            self.deviate("later-version", self.start, ALLOWANCES["later-version"])
        if self.mark == "{" and self.text[self.next] == "}":
            self.read(self.next)
            self.close()
        elif self.mark == "{":
            self.read(self.next)
            self.token = _SIGNALS_DESCRIPTOR_WORDS_2.find(self)
            token = self.token
            if token == SIGNAL_LIST_TOKEN:
                signal = self.ind_aud_signal_list()
            elif token == PKGD_NAME:
                signal = self.ind_aud_signal()
            else:
                self.wrong_word(("SignalList", "a package and item name (package/item)"))
            if self.mark != "}":
                self.wrong_mark(("'}'",))
            self.close()
        else:
            self.wrong_mark(("'{'",))
        return _SignalsAudit(signal)

    def ind_aud_signal_list(self) -> SignalListAudit:
        """Annex B ``indAudSignalList``."""
        start = self.start
        list_id: int | None = None
        signal: SignalAudit | None = None
        if self.mark != "=":
            self.wrong_mark(("'='",))
        self.read(self.next)
        list_id = self.take_number(5, 65535, _WANTS_UINT16)
        if self.mark == "{":
            self.read(self.next)
            self.token = _PROPERTY_PARM_WORDS.find(self)
            if self.token != PKGD_NAME:
                self.wrong_word(("a package and item name (package/item)",))
            signal = self.ind_aud_signal()
            if self.mark != "}":
                self.wrong_mark(("'}'",))
            self.close()
        else:
            self.missed = "'{'"
            self.missed_at = self.end
        return _SignalListAudit(list_id, signal)

    def ind_aud_signal(self) -> SignalAudit:
        """Annex B ``indAudSignal``."""
        token: i64
        start = self.start
        name: str | None = None
        stream_id: int | None = None
        request_id: int | None = None
        name = self.name
        if self.mark == "{":
            self.read(self.next)
            while True:
                self.token = _IND_AUD_SIGNAL_WORDS.find(self)
                token = self.token
                if token == STREAM_TOKEN:
                    if stream_id is not None:
                        self.twice("stream_id", 456)
                    stream_id = self.sig_stream()
                elif token == REQUEST_ID_TOKEN:
                    if request_id is not None:
                        self.twice("request_id", 456)
                    request_id = self.sig_request_id()
                else:
                    self.wrong_word(("SPARequestID", "Stream"))
                if self.mark != ",":
                    break
                self.read(self.next)
            if self.mark != "}":
                self.wrong_mark(("','", "'}'"))
            self.close()
        else:
            self.missed = "'{'"
            self.missed_at = self.end
        return _SignalAudit(name, stream_id, request_id)

    def ind_aud_digit_map_descriptor(self) -> DigitMapAudit:
        """Annex B ``indAudDigitMapDescriptor``."""
        start = self.start
        name: str | None = None
        if self.version < 2:
            self.deviate("later-version", self.start, ALLOWANCES["later-version"])
        if self.mark != "=":
            self.wrong_mark(("'='",))
        self.read(self.next)
        self.token = _DIGIT_MAP_DESCRIPTOR_WORDS.find(self)
        name = self.digit_map_name()
        return _DigitMapAudit(name)

    def ind_aud_statistics_descriptor(self) -> StatisticsAudit:
        """Annex B ``indAudStatisticsDescriptor``."""
        start = self.start
        name: str | None = None
        if self.version < 2:
            self.deviate("later-version", self.start, ALLOWANCES["later-version"])
        if self.mark != "{":
            self.wrong_mark(("'{'",))
        self.read(self.next)
        self.token = _PROPERTY_PARM_WORDS.find(self)
        if self.token != PKGD_NAME:
            self.wrong_word(("a package and item name (package/item)",))
        name = self.name
        if self.mark != "}":
            self.wrong_mark(("'}'",))
        self.close()
        return _StatisticsAudit(name)

    def ind_aud_packages_descriptor(self) -> PackagesAudit:
        """Annex B ``indAudPackagesDescriptor``."""
        start = self.start
        package: str | None = None
        if self.version < 2:
            self.deviate("later-version", self.start, ALLOWANCES["later-version"])
        if self.mark != "{":
            self.wrong_mark(("'{'",))
        self.read(self.next)
        self.token = _PACKAGE_ITEM_WORDS.find(self)
        if self.token != PACKAGE_ITEM:
            self.wrong_word(("a package name and version (name-version)",))
        package = self.name
        if self.mark != "}":
            self.wrong_mark(("'}'",))
        self.close()
        return _PackagesAudit(package)

    def statistics_descriptor(self) -> StatisticsDescriptor:
        """Annex B ``statisticsDescriptor``."""
        parameters: tuple[StatisticsParameter, ...] = ()
        more_parameters: list[StatisticsParameter] | None = None
        names_of_statistics_parameter: set[str] | None = None
        if self.mark != "{":
            self.wrong_mark(("'{'",))
        self.read(self.next)
        while True:
            self.token = _PROPERTY_PARM_WORDS.find(self)
            if self.token != PKGD_NAME:
                self.wrong_word(("a package and item name (package/item)",))
            if not parameters:
                parameters = (self.statistics_parameter(),)
            else:
                if more_parameters is None:
                    more_parameters = [parameters[0]]
                if len(more_parameters) >= self.max_items:
                    self.too_many("parameters")
                at = self.start
                item = self.statistics_parameter()
                if names_of_statistics_parameter is None:
                    names_of_statistics_parameter = {parameters[0].name.lower()}
                folded = item.name.lower()
                if folded in names_of_statistics_parameter:
                    self.twice(item.name, 456, at)
                names_of_statistics_parameter.add(folded)
                more_parameters.append(item)
            if self.mark != ",":
                break
            self.read(self.next)
        if self.mark != "}":
            self.wrong_mark(("','", "'}'"))
        self.close()
        return _StatisticsDescriptor(parameters if more_parameters is None else tuple(more_parameters))

    def statistics_parameter(self) -> StatisticsParameter:
        """Annex B ``statisticsParameter``."""
        start = self.start
        name: str | None = None
        value: Value | ValueList | None = None
        name = self.name
        if self.mark == "=":
            self.read(self.next)
            value = self.statistics_value()
        else:
            self.missed = "'='"
            self.missed_at = self.end
        return _StatisticsParameter(name, value)

    def statistics_value(self) -> Value | ValueList:
        """Annex B ``statisticsValue``."""
        value: Value | ValueList
        if self.end == self.start and self.mark == "[":
            value = self.value_list()
        elif self.end != self.start or self.text[self.start] == "\"":
            value = self.value()
        else:
            self.wrong_word(("'['", "a VALUE"))
        return value

    def packages_descriptor(self) -> PackagesDescriptor:
        """Annex B ``packagesDescriptor``."""
        start = self.start
        packages: tuple[str, ...] = ()
        more_packages: list[str] | None = None
        if self.mark != "{":
            self.wrong_mark(("'{'",))
        self.read(self.next)
        while True:
            self.token = _PACKAGE_ITEM_WORDS.find(self)
            if self.token != PACKAGE_ITEM:
                self.wrong_word(("a package name and version (name-version)",))
            if not packages:
                packages = (self.name,)
            else:
                if more_packages is None:
                    more_packages = [packages[0]]
                if len(more_packages) >= self.max_items:
                    self.too_many("packages")
                more_packages.append(self.name)
            if self.mark != ",":
                break
            self.read(self.next)
        if self.mark != "}":
            self.wrong_mark(("','", "'}'"))
        self.close()
        return _PackagesDescriptor(packages if more_packages is None else tuple(more_packages))

    def error_descriptor(self) -> ErrorDescriptor:
        """Annex B ``errorDescriptor``."""
        start = self.start
        code: int | None = None
        text: str | None = None
        if self.mark != "=":
            self.wrong_mark(("'='",))
        self.read(self.next)
        code = self.take_number(4, 9999, _WANTS_ERROR_CODE)
        if self.mark != "{":
            self.wrong_mark(("'{'",))
        self.read(self.next)
        if self.end != self.start or self.mark != "}":
            text = cast(str, self.take_converted(_QUOTED_STRING, "quoted_string", _WANTS_QUOTED_STRING))
        if self.mark != "}":
            self.wrong_mark(("'}'", "a quoted string"))
        self.close()
        return _ErrorDescriptor(code, text)

    def service_change_descriptor(self) -> ServiceChangeParm:
        """Annex B ``serviceChangeDescriptor``."""
        token: i64
        start = self.start
        method: ServiceChangeMethod | None = None
        method_extension: str | None = None
        reason: Value | None = None
        delay: int | None = None
        address: IpAddress | DomainName | DeviceName | MtpAddress | None = None
        address_port: int | None = None
        mgc_id_to_try: IpAddress | DomainName | DeviceName | MtpAddress | None = None
        profile: str | None = None
        version: int | None = None
        time_stamp: TimeStamp | None = None
        incomplete = False
        extensions: tuple[PropertyParm, ...] = ()
        more_extensions: list[PropertyParm] | None = None
        items: tuple[AuditItem, ...] = ()
        more_items: list[AuditItem] | None = None
        individual: tuple[MediaAudit | EventsAudit | EventBufferAudit | SignalsAudit | DigitMapAudit | StatisticsAudit | PackagesAudit, ...] = ()
        more_individual: list[MediaAudit | EventsAudit | EventBufferAudit | SignalsAudit | DigitMapAudit | StatisticsAudit | PackagesAudit] | None = None
        group = 0
        names_of_service_change_extension: set[str] | None = None
        if self.mark != "{":
            self.wrong_mark(("'{'",))
        self.read(self.next)
        while True:
            if self.is_time_stamp():
                if time_stamp is not None:
                    self.twice("time_stamp", 456)
                time_stamp = self.time_stamp()
            else:
                self.token = _SERVICE_CHANGE_DESCRIPTOR_WORDS_2.find(self)
                token = self.token
                if token == METHOD_TOKEN:
                    at = self.start
                    self.read(self.next)
                    if _SERVICE_CHANGE_DESCRIPTOR_WORDS_3.find(self) != UNKNOWN:
                        self.read(at)
                        self.token = _SERVICE_CHANGE_METHOD_EXTENSION_WORDS.find(self)
                        if method is not None or method_extension is not None:
                            self.twice("method_extension", 456)
                        method_extension = self.service_change_method_extension()
                    else:
                        self.read(at)
                        self.token = _SERVICE_CHANGE_METHOD_EXTENSION_WORDS.find(self)
                        if method is not None or method_extension is not None:
                            self.twice("method", 456)
                        method = self.service_change_method()
                elif token == SERVICE_CHANGE_ADDRESS_TOKEN:
                    if self.mark != "=":
                        self.wrong_mark(("'='",))
                    self.read(self.next)
                    self.token = _SERVICE_CHANGE_DESCRIPTOR_WORDS_4.find(self)
                    token = self.token
                    if token == DIGIT_FIRST_NAME or token == PATH_NAME or self.text[self.start] in "Mm" and self.begins(_MTP_ADDRESS) or self.text[self.start] == "<" or self.text[self.start] == "[":
                        if group not in (0, 1):
                            self.excluded()
                        group = 1
                        if address is not None:
                            self.twice("address", 456)
                        address = self.m_id()
                    elif token == PORT_NUMBER:
                        if group not in (0, 2):
                            self.excluded()
                        group = 2
                        if address_port is not None:
                            self.twice("address_port", 456)
                        address_port = self.take_number(5, 65535, _WANTS_PORT_NUMBER)
                    else:
                        self.wrong_word(("MTP{hex digits}", "a domain name in angle brackets", "a pathNAME (a letter, then letters, digits, '/', '_', '*', '$')", "a port number", "an IP address in square brackets"))
                elif token == PROFILE_TOKEN:
                    if profile is not None:
                        self.twice("profile", 456)
                    profile = self.service_change_profile()
                elif token == REASON_TOKEN:
                    if reason is not None:
                        self.twice("reason", 456)
                    reason = self.service_change_reason()
                elif token == DELAY_TOKEN:
                    if delay is not None:
                        self.twice("delay", 456)
                    delay = self.service_change_delay()
                elif token == MGC_ID_TOKEN:
                    if group not in (0, 3):
                        self.excluded()
                    group = 3
                    if mgc_id_to_try is not None:
                        self.twice("mgc_id_to_try", 456)
                    mgc_id_to_try = self.service_change_mgc_id()
                elif token == VERSION_TOKEN:
                    if version is not None:
                        self.twice("version", 456)
                    version = self.service_change_version()
                elif token == SERVICE_CHANGE_INCOMPLETE_TOKEN:
                    if self.version < 3:
                        self.deviate("later-version", self.start, ALLOWANCES["later-version"])
                    if incomplete:
                        self.twice("incomplete", 456)
                    incomplete = True
                elif token == EXTENSION_PARAMETER:
                    if not extensions:
                        extensions = (self.service_change_extension(),)
                    else:
                        if more_extensions is None:
                            more_extensions = [extensions[0]]
                        if len(more_extensions) >= self.max_items:
                            self.too_many("extensions")
                        at = self.start
                        item = self.service_change_extension()
                        if names_of_service_change_extension is None:
                            names_of_service_change_extension = {extensions[0].name.lower()}
                        folded = item.name.lower()
                        if folded in names_of_service_change_extension:
                            self.twice(item.name, 456, at)
                        names_of_service_change_extension.add(folded)
                        more_extensions.append(item)
                elif token == OBSERVED_EVENTS_TOKEN or token == MODEM_TOKEN or token == MUX_TOKEN:
                    if not items:
                        items = (self.audit_token(),)
                    else:
                        if more_items is None:
                            more_items = [items[0]]
                        if len(more_items) >= self.max_items:
                            self.too_many("items")
                        more_items.append(self.audit_token())
                elif token == EVENT_BUFFER_TOKEN:
                    if self.mark == "{":
                        if not individual:
                            individual = (self.ind_aud_event_buffer_descriptor(),)
                        else:
                            if more_individual is None:
                                more_individual = [individual[0]]
                            if len(more_individual) >= self.max_items:
                                self.too_many("individual")
                            more_individual.append(self.ind_aud_event_buffer_descriptor())
                    else:
                        if not items:
                            items = (self.audit_token(),)
                        else:
                            if more_items is None:
                                more_items = [items[0]]
                            if len(more_items) >= self.max_items:
                                self.too_many("items")
                            more_items.append(self.audit_token())
                elif token == STATS_TOKEN:
                    if self.mark == "{":
                        if not individual:
                            individual = (self.ind_aud_statistics_descriptor(),)
                        else:
                            if more_individual is None:
                                more_individual = [individual[0]]
                            if len(more_individual) >= self.max_items:
                                self.too_many("individual")
                            more_individual.append(self.ind_aud_statistics_descriptor())
                    else:
                        if not items:
                            items = (self.audit_token(),)
                        else:
                            if more_items is None:
                                more_items = [items[0]]
                            if len(more_items) >= self.max_items:
                                self.too_many("items")
                            more_items.append(self.audit_token())
                elif token == DIGIT_MAP_TOKEN:
                    if self.mark == "=":
                        if not individual:
                            individual = (self.ind_aud_digit_map_descriptor(),)
                        else:
                            if more_individual is None:
                                more_individual = [individual[0]]
                            if len(more_individual) >= self.max_items:
                                self.too_many("individual")
                            more_individual.append(self.ind_aud_digit_map_descriptor())
                    else:
                        if not items:
                            items = (self.audit_token(),)
                        else:
                            if more_items is None:
                                more_items = [items[0]]
                            if len(more_items) >= self.max_items:
                                self.too_many("items")
                            more_items.append(self.audit_token())
                elif token == PACKAGES_TOKEN:
                    if self.mark == "{":
                        if not individual:
                            individual = (self.ind_aud_packages_descriptor(),)
                        else:
                            if more_individual is None:
                                more_individual = [individual[0]]
                            if len(more_individual) >= self.max_items:
                                self.too_many("individual")
                            more_individual.append(self.ind_aud_packages_descriptor())
                    else:
                        if not items:
                            items = (self.audit_token(),)
                        else:
                            if more_items is None:
                                more_items = [items[0]]
                            if len(more_items) >= self.max_items:
                                self.too_many("items")
                            more_items.append(self.audit_token())
                elif token == SIGNALS_TOKEN:
                    if self.mark == "{" and self.text[self.next] == "}" or self.mark == "{":
                        if not individual:
                            individual = (self.ind_aud_signals_descriptor(),)
                        else:
                            if more_individual is None:
                                more_individual = [individual[0]]
                            if len(more_individual) >= self.max_items:
                                self.too_many("individual")
                            more_individual.append(self.ind_aud_signals_descriptor())
                    else:
                        if not items:
                            items = (self.audit_token(),)
                        else:
                            if more_items is None:
                                more_items = [items[0]]
                            if len(more_items) >= self.max_items:
                                self.too_many("items")
                            more_items.append(self.audit_token())
                elif token == EVENTS_TOKEN:
                    if self.mark == "{" or self.mark == "=":
                        if not individual:
                            individual = (self.ind_aud_events_descriptor(),)
                        else:
                            if more_individual is None:
                                more_individual = [individual[0]]
                            if len(more_individual) >= self.max_items:
                                self.too_many("individual")
                            more_individual.append(self.ind_aud_events_descriptor())
                    else:
                        if not items:
                            items = (self.audit_token(),)
                        else:
                            if more_items is None:
                                more_items = [items[0]]
                            if len(more_items) >= self.max_items:
                                self.too_many("items")
                            more_items.append(self.audit_token())
                elif token == MEDIA_TOKEN:
                    if self.mark == "{":
                        if not individual:
                            individual = (self.ind_aud_media_descriptor(),)
                        else:
                            if more_individual is None:
                                more_individual = [individual[0]]
                            if len(more_individual) >= self.max_items:
                                self.too_many("individual")
                            more_individual.append(self.ind_aud_media_descriptor())
                    else:
                        if not items:
                            items = (self.audit_token(),)
                        else:
                            if more_items is None:
                                more_items = [items[0]]
                            if len(more_items) >= self.max_items:
                                self.too_many("items")
                            more_items.append(self.audit_token())
                else:
                    self.wrong_word(("Delay", "DigitMap", "EventBuffer", "Events", "Media", "Method", "MgcIdToTry", "Modem", "Mux", "ObservedEvents", "Packages", "Profile", "Reason", "ServiceChangeAddress", "ServiceChangeInc", "Signals", "Statistics", "Version", "X- or X+ and 1 to 6 letters or digits", "a time stamp (yyyymmddThhmmssss)"))
            if self.mark != ",":
                break
            self.read(self.next)
        if self.mark != "}":
            self.wrong_mark(("','", "'}'"))
        self.close()
        if method is None and method_extension is None:
            self.lacking(start, "ServiceChangeParm lacks its method or method_extension")
        if reason is None:
            self.lacking(start, "ServiceChangeParm lacks its reason")
        return _ServiceChangeParm(method, reason, delay, address, address_port, mgc_id_to_try, profile, version, time_stamp, incomplete, extensions if more_extensions is None else tuple(more_extensions), method_extension, items if more_items is None else tuple(more_items), individual if more_individual is None else tuple(more_individual))

    def service_change_extension(self) -> PropertyParm:
        """Annex B ``serviceChangeExtension``."""
        start = self.start
        name: str | None = None
        value: Value | ValueList | ValueRange | ValueChoice | RelatedValue | None = None
        name = self.name
        value = self.parm_value()
        return _PropertyParm(name, value)

    def service_change_reply_descriptor(self) -> ServiceChangeResParm:
        """Annex B ``serviceChangeReplyDescriptor``."""
        token: i64
        address: IpAddress | DomainName | DeviceName | MtpAddress | None = None
        address_port: int | None = None
        mgc_id_to_try: IpAddress | DomainName | DeviceName | MtpAddress | None = None
        profile: str | None = None
        version: int | None = None
        time_stamp: TimeStamp | None = None
        group = 0
        if self.mark != "{":
            self.wrong_mark(("'{'",))
        self.read(self.next)
        while True:
            if self.is_time_stamp():
                if time_stamp is not None:
                    self.twice("time_stamp", 456)
                time_stamp = self.time_stamp()
            else:
                self.token = _SERVICE_CHANGE_REPLY_DESCRIPTOR_WORDS.find(self)
                token = self.token
                if token == SERVICE_CHANGE_ADDRESS_TOKEN:
                    if self.mark != "=":
                        self.wrong_mark(("'='",))
                    self.read(self.next)
                    self.token = _SERVICE_CHANGE_DESCRIPTOR_WORDS_4.find(self)
                    token = self.token
                    if token == DIGIT_FIRST_NAME or token == PATH_NAME or self.text[self.start] in "Mm" and self.begins(_MTP_ADDRESS) or self.text[self.start] == "<" or self.text[self.start] == "[":
                        if group not in (0, 1):
                            self.excluded()
                        group = 1
                        if address is not None:
                            self.twice("address", 456)
                        address = self.m_id()
                    elif token == PORT_NUMBER:
                        if group not in (0, 2):
                            self.excluded()
                        group = 2
                        if address_port is not None:
                            self.twice("address_port", 456)
                        address_port = self.take_number(5, 65535, _WANTS_PORT_NUMBER)
                    else:
                        self.wrong_word(("MTP{hex digits}", "a domain name in angle brackets", "a pathNAME (a letter, then letters, digits, '/', '_', '*', '$')", "a port number", "an IP address in square brackets"))
                elif token == PROFILE_TOKEN:
                    if profile is not None:
                        self.twice("profile", 456)
                    profile = self.service_change_profile()
                elif token == MGC_ID_TOKEN:
                    if group not in (0, 3):
                        self.excluded()
                    group = 3
                    if mgc_id_to_try is not None:
                        self.twice("mgc_id_to_try", 456)
                    mgc_id_to_try = self.service_change_mgc_id()
                elif token == VERSION_TOKEN:
                    if version is not None:
                        self.twice("version", 456)
                    version = self.service_change_version()
                else:
                    self.wrong_word(("MgcIdToTry", "Profile", "ServiceChangeAddress", "Version", "a time stamp (yyyymmddThhmmssss)"))
            if self.mark != ",":
                break
            self.read(self.next)
        if self.mark != "}":
            self.wrong_mark(("','", "'}'"))
        self.close()
        return _ServiceChangeResParm(address, address_port, mgc_id_to_try, profile, version, time_stamp)

    def service_change_method(self) -> ServiceChangeMethod:
        """Annex B ``serviceChangeMethod``."""
        if self.mark != "=":
            self.wrong_mark(("'='",))
        self.read(self.next)
        self.token = _SERVICE_CHANGE_METHOD_VALUE_WORDS.find(self)
        return self.service_change_method_value()

    def service_change_method_extension(self) -> str:
        """Annex B ``serviceChangeMethodExtension``."""
        if self.mark != "=":
            self.wrong_mark(("'='",))
        self.read(self.next)
        self.token = _SERVICE_CHANGE_DESCRIPTOR_WORDS_3.find(self)
        if self.token != EXTENSION_PARAMETER:
            self.wrong_word(("X- or X+ and 1 to 6 letters or digits",))
        return self.name

    def service_change_method_value(self) -> ServiceChangeMethod:
        """Annex B ``serviceChangeMethodValue``."""
        member = _SERVICE_CHANGE_METHOD_VALUE.get(self.token)
        if member is None:
            self.wrong_word(("Disconnected", "Failover", "Forced", "Graceful", "HandOff", "Restart"))
        return member

    def service_change_reason(self) -> Value:
        """Annex B ``serviceChangeReason``."""
        if self.mark != "=":
            self.wrong_mark(("'='",))
        self.read(self.next)
        return self.value()

    def service_change_delay(self) -> int:
        """Annex B ``serviceChangeDelay``."""
        if self.mark != "=":
            self.wrong_mark(("'='",))
        self.read(self.next)
        return self.take_number(10, 4294967295, _WANTS_UINT32)

    def service_change_mgc_id(self) -> IpAddress | DomainName | DeviceName | MtpAddress:
        """Annex B ``serviceChangeMgcId``."""
        value: IpAddress | DomainName | DeviceName | MtpAddress
        if self.mark != "=":
            self.wrong_mark(("'='",))
        self.read(self.next)
        self.token = _M_ID_WORDS.find(self)
        return self.m_id()

    def service_change_profile(self) -> str:
        """Annex B ``serviceChangeProfile``."""
        if self.mark != "=":
            self.wrong_mark(("'='",))
        self.read(self.next)
        self.token = _PROFILE_NAME_WORDS.find(self)
        if self.token != PROFILE_NAME:
            self.wrong_word(("a profile name and version (name/version)",))
        return self.name

    def service_change_version(self) -> int:
        """Annex B ``serviceChangeVersion``."""
        if self.mark != "=":
            self.wrong_mark(("'='",))
        self.read(self.next)
        return self.take_number(2, 99, _WANTS_VERSION)
