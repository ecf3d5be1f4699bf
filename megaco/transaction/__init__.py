"""Transactions (H.248.1 clause 8 and Annex D.1), sans-IO.

Octets and ``now`` go in; events, octets and the next deadline come out.
"""

from .config import TransactionConfig
from .counters import Counters
from .engine import TransactionEngine
from .events import (
    Failure,
    MessageRefused,
    PeerFault,
    ReplyReceived,
    RequestAborted,
    RequestFailed,
    RequestReceived,
    TransactionEvent,
)
from .identifiers import TransactionIds
from .outbox import LinkTerms

__all__ = [
    "Counters",
    "Failure",
    "LinkTerms",
    "MessageRefused",
    "PeerFault",
    "ReplyReceived",
    "RequestAborted",
    "RequestFailed",
    "RequestReceived",
    "TransactionConfig",
    "TransactionEngine",
    "TransactionEvent",
    "TransactionIds",
]
