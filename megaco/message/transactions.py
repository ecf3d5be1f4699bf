"""Messages, transactions and actions (H.248.1 clause 8)."""

from enum import Enum

from megaco.errors import Level

from .audits import (
    PropertyAudit,
)
from .base import Node
from .commands import CommandReply, CommandRequest
from .descriptors import (
    ErrorDescriptor,
)
from .identifiers import MessageIdentifier
from .values import PropertyParm


class TopologyDirection(Enum):
    """Which way media flows between two terminations (clause 7.1.18)."""

    BOTHWAY = "Bothway"
    ISOLATE = "Isolate"
    ONEWAY = "Oneway"
    ONEWAY_EXTERNAL = "OnewayExternal"
    """Since version 3."""
    ONEWAY_BOTH = "OnewayBoth"
    """Since version 3."""


class TopologyRequest(Node, frozen=True):
    """How media flows between two terminations (clause 7.1.18)."""

    termination_from: str
    termination_to: str
    direction: TopologyDirection
    stream_id: int | None = None
    """Since version 2."""


class ContextProperties(Node, frozen=True):
    """Attributes of a context (clause 6.1.1; ASN.1 ``ContextRequest``)."""

    topology: tuple[TopologyRequest, ...] = ()
    priority: int | None = None
    """0 (lowest) to 15."""
    emergency: bool | None = None
    ieps_call: bool | None = None
    """International emergency preference scheme; since version 3."""
    context_list: tuple[int, ...] = ()
    """Since version 3."""
    properties: tuple[PropertyParm, ...] = ()
    """Since version 3."""


class ContextAuditItem(Enum):
    """A context attribute that an audit asks for."""

    TOPOLOGY = "Topology"
    EMERGENCY = "Emergency"
    PRIORITY = "Priority"
    IEPS_CALL = "IEPSCall"


class SelectLogic(Enum):
    """How the selections of a context audit combine; since version 3."""

    AND = "ANDLgc"
    OR = "ORLgc"


class ContextAudit(Node, frozen=True):
    """Context attributes to tell, and which contexts to select (ASN.1 ``ContextAttrAuditRequest``)."""

    items: tuple[ContextAuditItem, ...] = ()
    properties: tuple[str, ...] = ()
    """Properties ``package/item`` to tell; since version 3."""
    attributes: tuple[PropertyAudit, ...] = ()
    """Properties inside ContextAttr, with a value to select by; since version 3."""
    select_priority: int | None = None
    select_emergency: bool | None = None
    select_ieps_call: bool | None = None
    select_logic: SelectLogic | None = None
    """None: AND."""


class ActionRequest(Node, frozen=True):
    """Commands on one context (clause 8.1)."""

    context_id: int
    """1 to 4294967293, or ``NULL_CONTEXT``, ``CHOOSE_CONTEXT``, ``ALL_CONTEXTS``."""
    properties: ContextProperties | None = None
    audit: ContextAudit | None = None
    commands: tuple[CommandRequest, ...] = ()


class ActionReply(Node, frozen=True):
    """Outcome of the commands on one context (clause 8.2.2)."""

    context_id: int
    properties: ContextProperties | None = None
    replies: tuple[CommandReply, ...] = ()
    error: ErrorDescriptor | None = None
    """Why the action stopped after ``replies``; None where it did not."""


class TransactionRequest(Node, frozen=True):
    """A request (clause 8.2.1)."""

    transaction_id: int
    """1 to 4294967295, unique with its sender for LONG-TIMER."""
    actions: tuple[ActionRequest, ...]


class TransactionReply(Node, frozen=True):
    """The answer (clause 8.2.2): ``actions``, or ``error`` where the transaction as a whole failed."""

    transaction_id: int
    """Of the request; 0 where it could not be read."""
    actions: tuple[ActionReply, ...] = ()
    error: ErrorDescriptor | None = None
    immediate_ack_required: bool = False
    """The receiver shall send a TransactionResponseAck at once (Annex D.1.2)."""
    segment_number: int | None = None
    """Of a reply in segments; since version 3."""
    is_last_segment: bool = False


class SegmentReply(Node, frozen=True):
    """A segment of a reply has arrived (clause 8.2.4); since version 3."""

    transaction_id: int
    segment_number: int
    is_last_segment: bool = False


class TransactionPending(Node, frozen=True):
    """The request is being worked on (clause 8.2.3)."""

    transaction_id: int


class TransactionAck(Node, frozen=True):
    """Replies received: one, or a range with both ends included (Annex D.1.2.2)."""

    first: int
    last: int | None = None


class TransactionResponseAck(Node, frozen=True):
    """The replies that arrived (Annex D.1.2)."""

    acks: tuple[TransactionAck, ...]


Transaction = TransactionRequest | TransactionReply | TransactionPending | TransactionResponseAck | SegmentReply


def first_error(
    error: ErrorDescriptor | None, actions: tuple[ActionReply, ...]
) -> tuple[Level, ErrorDescriptor] | None:
    """Return the first error of a reply, ``error`` being that of the whole, and what it spoils; None: all went well."""
    if error is not None:
        return Level.TRANSACTION, error
    for action in actions:
        for reply in action.replies:
            if reply.error is not None:
                return Level.COMMAND, reply.error
        if action.error is not None:
            return Level.ACTION, action.error
    return None


class AuthenticationHeader(Node, frozen=True):
    """Interim authentication (clause 10.2); hex digits as written, without ``0x``."""

    security_parm_index: str
    sequence_number: str
    data: str


class Message(Node, frozen=True):
    """One H.248 message (clause 8.3): ``transactions``, or ``error`` where the whole message was refused."""

    version: int
    """Protocol version, 1 to 3."""
    mid: MessageIdentifier
    """Who sends it."""
    transactions: tuple[Transaction, ...] = ()
    error: ErrorDescriptor | None = None
    authentication: AuthenticationHeader | None = None
