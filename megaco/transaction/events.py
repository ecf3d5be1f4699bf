"""What the transaction engine tells of: requests to execute, replies, failures."""

from collections.abc import Hashable
from enum import Enum
from typing import Any

import msgspec

from megaco.errors import DecodeError
from megaco.message import ErrorDescriptor, MessageIdentifier, TransactionReply, TransactionRequest

Peer = Hashable
"""Whoever is at the other end of the transport; opaque here."""


class Failure(Enum):
    """Why a request has no reply."""

    NO_REPLY = "no reply within T-MAX"
    PENDINGS = "more TransactionPendings than are taken"
    SEGMENTS = "segments of the reply are missing"
    NOT_SENT = "not sent within T-MAX: requests about the same termination were under way"
    PEER_GONE = "the peer has gone, or started again"


class RequestReceived(msgspec.Struct, frozen=True):
    """A new request to execute: answer with ``reply(peer, request.transaction_id, ...)``."""

    peer: Any
    mid: MessageIdentifier
    version: int
    request: TransactionRequest
    encoding: str = "pretty"
    """What the request is answered in, and what the peer can be asked in: its own encoding."""


class RequestAborted(msgspec.Struct, frozen=True):
    """A request still executing was answered with 506: too many TransactionPendings were said. Nobody waits for it."""

    peer: Any
    transaction_id: int


class ReplyReceived(msgspec.Struct, frozen=True):
    """The reply to a request of ours, put together where it came in segments."""

    peer: Any
    transaction_id: int
    reply: TransactionReply
    mid: MessageIdentifier
    """Who replied."""
    elapsed_s: float = 0.0
    """Since ``submit``."""
    repeats: int = 0
    """How many times the request was repeated."""


class RequestFailed(msgspec.Struct, frozen=True):
    """A request of ours has no reply, and will have none."""

    peer: Any
    transaction_id: int
    reason: Failure = Failure.NO_REPLY
    elapsed_s: float = 0.0
    repeats: int = 0


class MessageRefused(msgspec.Struct, frozen=True):
    """The peer could not read a message of ours and says why."""

    peer: Any
    error: ErrorDescriptor


class PeerFault(msgspec.Struct, frozen=True):
    """Octets that are no message or hold a transaction that is none; answered as far as they could be understood."""

    peer: Any
    error: DecodeError


TransactionEvent = RequestReceived | RequestAborted | ReplyReceived | RequestFailed | MessageRefused | PeerFault
