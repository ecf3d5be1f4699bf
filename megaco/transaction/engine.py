"""The transaction engine: executes the tables for many peers and many transactions at once.

How to drive it: call ``receive`` for each datagram, ``submit`` and ``reply`` when there is something to say, and
``handle_timer`` when ``next_deadline`` has come. After any of them drain ``take_events`` and ``take_datagrams``, then
ask ``next_deadline`` again. Early or needless calls do nothing. Nothing here raises for what a peer sends.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

import msgspec

from megaco import codec
from megaco.errors import DecodeError, LocalError
from megaco.message import (
    ActionReply,
    ActionRequest,
    ErrorDescriptor,
    Message,
    MessageIdentifier,
    Transaction,
    TransactionAck,
    TransactionPending,
    TransactionReply,
    TransactionRequest,
    TransactionResponseAck,
)

from .config import TransactionConfig
from .events import (
    MessageRefused,
    Peer,
    PeerFault,
    ReplyReceived,
    RequestFailed,
    RequestReceived,
    TransactionEvent,
)
from .ranges import is_within, merged
from .table import (
    REQUESTER,
    RESPONDER,
    Effect,
    RequesterInput,
    RequesterState,
    ResponderInput,
    ResponderState,
)
from .timers import Timers

_TEXT = "pretty"
"""What a peer that writes text is answered in where our own requests are binary."""
_MAX_TRANSACTION_ID = 4294967295
_TOO_MANY_TRANSACTIONS = 413
_RESPONSE_TOO_LONG = 533


class _RequestTimer(NamedTuple):
    peer: Peer
    transaction_id: int
    what: RequesterInput


class _ResponseTimer(NamedTuple):
    peer: Peer
    transaction_id: int
    what: ResponderInput


@dataclass(slots=True)
class _Requested:
    """A request of ours."""

    peer: Peer
    transaction_id: int
    octets: bytes
    wait_s: float
    state: RequesterState = RequesterState.SENT


@dataclass(slots=True)
class _Received:
    """A request of a peer's."""

    peer: Peer
    transaction_id: int
    encoding: str
    """Of the request, and so of what answers it."""
    octets: bytes = b""
    state: ResponderState = ResponderState.EXECUTING


@dataclass(slots=True)
class _Outbox:
    datagrams: deque[tuple[bytes, Peer]] = field(default_factory=deque)
    events: deque[TransactionEvent] = field(default_factory=deque)


class TransactionEngine:
    """Requester and responder for every peer of one endpoint."""

    def __init__(
        self,
        mid: MessageIdentifier,
        config: TransactionConfig,
        *,
        first_transaction_id: int,
        jitter: Callable[[], float],
        encoding: str = "pretty",
        version: int = 1,
        limits: codec.Limits = codec.DEFAULT_LIMITS,
        dictionary: codec.Dictionary | None = None,
    ) -> None:
        """Start with no transaction.

        ``first_transaction_id`` should be chance, so that ids are not repeated after a restart; ``jitter`` returns a
        number within 0..1 each time and spreads repeats; ``version`` goes into each message to a peer with which no
        other was agreed, and may be changed. ``encoding`` is that of requests; what a peer sends is answered in the
        peer's own. ``dictionary`` has the names for binary; None: the shipped ones.
        """
        self.mid = mid
        self.config = config
        self.encoding = encoding
        self.version = version
        self.agreed: dict[Peer, int] = {}
        """Peer -> protocol version agreed with it at registration."""
        self.encodings: dict[Peer, str] = {}
        """Peer -> encoding that requests to it are in; for others it is ``encoding``."""
        self._dictionary = dictionary
        self._limits = limits
        self._jitter = jitter
        self._last_id = first_transaction_id - 1
        self._requested: dict[tuple[Peer, int], _Requested] = {}
        self._received: dict[Peer, dict[int, _Received]] = {}
        self._received_count = 0
        self._timers = Timers()
        self._out = _Outbox()

    # --------------------------------------------------------------------------------------------------------- in

    def submit(self, peer: Peer, actions: tuple[ActionRequest, ...], now: float) -> int:
        """Send a request; its TransactionID comes back with ReplyReceived or RequestFailed. Raises LocalError."""
        if len(self._requested) >= self.config.max_sent:
            raise LocalError(f"{len(self._requested)} requests are still remembered")
        self._last_id = self._last_id % _MAX_TRANSACTION_ID + 1
        transaction_id = self._last_id
        octets = self._encode(TransactionRequest(transaction_id, actions), peer, self._encoding_to(peer))
        if len(octets) > self.config.most_octets:
            raise LocalError(f"a request of {len(octets)} octets; the transport carries {self.config.most_octets}")
        request = _Requested(peer, transaction_id, octets, self.config.first_repeat_s)
        self._requested[peer, transaction_id] = request
        self._timers.set(
            _RequestTimer(peer, transaction_id, RequesterInput.LIFETIME_OVER), now + self.config.lifetime_s
        )
        self._send_request(request, now)
        return transaction_id

    def reply(
        self,
        peer: Peer,
        transaction_id: int,
        actions: tuple[ActionReply, ...],
        now: float,
        error: ErrorDescriptor | None = None,
    ) -> None:
        """Answer a received request with ``actions``, or with ``error`` where the transaction as a whole failed."""
        received = self._find(peer, transaction_id)
        if received is not None:
            reply = TransactionReply(transaction_id, actions, error)
            self._respond(received, ResponderInput.REPLY_READY, now, reply)

    def refuse(self, peer: Peer, transaction_id: int, error: ErrorDescriptor) -> None:
        """Answer a received request with an error and remember nothing: for peers that there is no association with."""
        received = self._find(peer, transaction_id)
        if received is not None and received.state is ResponderState.EXECUTING:
            self._forget_received(received)
            self._send(self._encode(TransactionReply(transaction_id, error=error), peer, received.encoding), peer)

    def receive(self, data: bytes, peer: Peer, now: float) -> None:
        """Take a datagram."""
        try:
            message = codec.decode(data, limits=self._limits, dictionary=self._dictionary)
        except DecodeError as error:
            self._refuse(data, peer, error)
            return
        if message.error is not None:
            self._out.events.append(MessageRefused(peer, message.error))
        if len(message.transactions) > self.config.most_transactions:
            text = f"at most {self.config.most_transactions} transactions in a message"
            self._refuse_message(peer, ErrorDescriptor(_TOO_MANY_TRANSACTIONS, text), self._encoding_of(data))
            return
        for transaction in message.transactions:
            self._receive_transaction(transaction, message, peer, self._encoding_of(data), now)
        acks = tuple(ack for one in message.transactions if isinstance(one, TransactionResponseAck) for ack in one.acks)
        if acks:
            self._receive_acks(peer, acks, now)

    def handle_timer(self, now: float) -> None:
        """Do what has become due."""
        for name in self._timers.due(now):
            match name:
                case _RequestTimer(peer, transaction_id, request_input):
                    self._hear_of_request(peer, transaction_id, request_input, now)
                case _ResponseTimer(peer, transaction_id, response_input):
                    self._hear_of_response(peer, transaction_id, response_input, now)

    # -------------------------------------------------------------------------------------------------------- out

    def take_datagrams(self) -> list[tuple[bytes, Peer]]:
        """Return, once, the datagrams to send and their peers."""
        taken = list(self._out.datagrams)
        self._out.datagrams.clear()
        return taken

    def take_events(self) -> list[TransactionEvent]:
        """Return, once, what happened."""
        taken = list(self._out.events)
        self._out.events.clear()
        return taken

    def next_deadline(self) -> float | None:
        """Return when to call ``handle_timer``; it may change after any other call. None: not at all."""
        return self._timers.next_deadline()

    def is_idle(self) -> bool:
        """Tell whether nothing at all is remembered."""
        return not self._requested and not self._received

    # ------------------------------------------------------------------------------------------------- requester

    def _request_step(
        self, request: _Requested, what: RequesterInput, now: float, reply: TransactionReply | None = None
    ) -> None:
        step = REQUESTER[request.state, what]
        request.state = step.state
        for effect in step.effects:
            match effect:
                case Effect.SEND_REQUEST:
                    self._send_request(request, now)
                case Effect.WAIT_LONGER:
                    request.wait_s = self.config.pending_repeat_s
                    self._arm_repeat(request, now)
                case Effect.DELIVER if reply is not None:
                    self._remember_answer(request, now)
                    self._out.events.append(ReplyReceived(request.peer, request.transaction_id, reply))
                case Effect.SEND_ACK:
                    acknowledgement = TransactionResponseAck((TransactionAck(request.transaction_id),))
                    encoding = self._encoding_to(request.peer)
                    self._send(self._encode(acknowledgement, request.peer, encoding), request.peer)
                case Effect.FAIL:
                    self._out.events.append(RequestFailed(request.peer, request.transaction_id))
        if step.state is RequesterState.FORGOTTEN:
            self._forget_request(request)

    def _send_request(self, request: _Requested, now: float) -> None:
        self._send(request.octets, request.peer)
        self._arm_repeat(request, now)

    def _arm_repeat(self, request: _Requested, now: float) -> None:
        if self.config.reliable:
            return
        is_first = request.wait_s == self.config.first_repeat_s
        wait_s = request.wait_s * (1.0 if is_first else 0.5 + 0.5 * self._jitter())
        self._timers.set(_RequestTimer(request.peer, request.transaction_id, RequesterInput.REPEAT_DUE), now + wait_s)
        request.wait_s = min(request.wait_s * 2, self.config.longest_repeat_s)

    def _remember_answer(self, request: _Requested, now: float) -> None:
        request.octets = b""
        self._timers.cancel(_RequestTimer(request.peer, request.transaction_id, RequesterInput.REPEAT_DUE))
        name = _RequestTimer(request.peer, request.transaction_id, RequesterInput.LIFETIME_OVER)
        self._timers.set(name, now + self.config.long_timer_s)

    def _forget_request(self, request: _Requested) -> None:
        self._timers.cancel(_RequestTimer(request.peer, request.transaction_id, RequesterInput.REPEAT_DUE))
        del self._requested[request.peer, request.transaction_id]

    # ------------------------------------------------------------------------------------------------- responder

    def _respond(
        self, received: _Received, what: ResponderInput, now: float, reply: TransactionReply | None = None
    ) -> None:
        step = RESPONDER[received.state, what]
        for effect in step.effects:
            match effect:
                case Effect.SEND_PENDING:
                    pending = TransactionPending(received.transaction_id)
                    self._send(self._encode(pending, received.peer, received.encoding), received.peer)
                case Effect.SEND_REPLY | Effect.SEND_REPLY_WANTING_ACK if reply is not None:
                    wants_ack = effect is Effect.SEND_REPLY_WANTING_ACK
                    marked = msgspec.structs.replace(reply, immediate_ack_required=wants_ack)
                    received.octets = self._encode_reply(marked, received.peer, received.encoding)
                    self._timers.cancel(
                        _ResponseTimer(received.peer, received.transaction_id, ResponderInput.PROVISIONAL_DUE)
                    )
                    self._send(received.octets, received.peer)
                    self._remember(received, now)
                case Effect.REPEAT_REPLY:
                    self._send(received.octets, received.peer)
                case Effect.DROP_REPLY:
                    received.octets = b""
                    self._remember(received, now)
        received.state = step.state
        if step.state is ResponderState.FORGOTTEN:
            self._forget_received(received)

    def _find(self, peer: Peer, transaction_id: int) -> _Received | None:
        return self._received.get(peer, {}).get(transaction_id)

    def _forget_received(self, received: _Received) -> None:
        self._timers.cancel(_ResponseTimer(received.peer, received.transaction_id, ResponderInput.PROVISIONAL_DUE))
        self._timers.cancel(_ResponseTimer(received.peer, received.transaction_id, ResponderInput.LIFETIME_OVER))
        of_peer = self._received[received.peer]
        del of_peer[received.transaction_id]
        self._received_count -= 1
        if not of_peer:
            del self._received[received.peer]

    def _remember(self, received: _Received, now: float) -> None:
        name = _ResponseTimer(received.peer, received.transaction_id, ResponderInput.LIFETIME_OVER)
        self._timers.set(name, now + self.config.long_timer_s)

    # -------------------------------------------------------------------------------------------------- reception

    def _receive_transaction(
        self, transaction: Transaction, message: Message, peer: Peer, encoding: str, now: float
    ) -> None:
        match transaction:
            case TransactionRequest():
                self._receive_request(transaction, message, peer, encoding, now)
            case TransactionReply(transaction_id=number):
                wants_ack = transaction.immediate_ack_required
                what = RequesterInput.REPLY_WANTS_ACK if wants_ack else RequesterInput.REPLY
                self._hear_of_request(peer, number, what, now, transaction)
            case TransactionPending(transaction_id=number):
                self._hear_of_request(peer, number, RequesterInput.PENDING, now)

    def _hear_of_request(
        self, peer: Peer, number: int, what: RequesterInput, now: float, reply: TransactionReply | None = None
    ) -> None:
        requested = self._requested.get((peer, number))
        if requested is not None:
            self._request_step(requested, what, now, reply)

    def _hear_of_response(self, peer: Peer, number: int, what: ResponderInput, now: float) -> None:
        received = self._find(peer, number)
        if received is not None:
            self._respond(received, what, now)

    def _receive_request(
        self, request: TransactionRequest, message: Message, peer: Peer, encoding: str, now: float
    ) -> None:
        known = self._find(peer, request.transaction_id)
        if known is not None:
            self._respond(known, ResponderInput.REQUEST_AGAIN, now)
            return
        if self._received_count >= self.config.max_received:
            error = ErrorDescriptor(_TOO_MANY_TRANSACTIONS, "too many transactions")
            self._send(self._encode(TransactionReply(request.transaction_id, error=error), peer, encoding), peer)
            return
        received = _Received(peer, request.transaction_id, encoding)
        self._received.setdefault(peer, {})[request.transaction_id] = received
        self._received_count += 1
        name = _ResponseTimer(peer, request.transaction_id, ResponderInput.PROVISIONAL_DUE)
        self._timers.set(name, now + self.config.provisional_s)
        self._out.events.append(RequestReceived(peer, message.mid, message.version, request, encoding))

    def _receive_acks(self, peer: Peer, acks: tuple[TransactionAck, ...], now: float) -> None:
        """Walk what is remembered of the peer, not the ranges: a range may span four thousand million ids."""
        ranges = merged(acks)
        for number, received in list(self._received.get(peer, {}).items()):
            if is_within(number, ranges):
                self._respond(received, ResponderInput.ACKNOWLEDGED, now)

    def _refuse(self, data: bytes, peer: Peer, error: DecodeError) -> None:
        """Answer octets that are no message, as far as their beginning shows that they meant to be one."""
        self._out.events.append(PeerFault(peer, error))
        try:
            codec.decode_header(data, limits=self._limits)
        except DecodeError:
            return
        text = f"{error.place}: {error.what}".replace('"', "'")
        encoding = self._encoding_of(data)
        if encoding == codec.BINARY:  # where the text of an error is ASCII
            text = text.encode("ascii", "backslashreplace").decode("ascii")
        self._refuse_message(peer, ErrorDescriptor(error.code, text), encoding)

    def _refuse_message(self, peer: Peer, error: ErrorDescriptor, encoding: str) -> None:
        self._send(self._written(Message(self._version_to(peer), self.mid, error=error), encoding), peer)

    # ----------------------------------------------------------------------------------------------------- octets

    def _encoding_to(self, peer: Peer) -> str:
        return self.encodings.get(peer, self.encoding)

    def _encoding_of(self, data: bytes) -> str:
        """Return the encoding to answer octets in: what a peer writes it can read."""
        if codec.is_binary(data):
            return codec.BINARY
        return _TEXT if self.encoding == codec.BINARY else self.encoding

    def _version_to(self, peer: Peer) -> int:
        return self.agreed.get(peer, self.version)

    def _written(self, message: Message, encoding: str) -> bytes:
        return codec.encode(message, encoding, dictionary=self._dictionary)

    def _encode(self, transaction: Transaction, peer: Peer, encoding: str) -> bytes:
        return self._written(Message(self._version_to(peer), self.mid, (transaction,)), encoding)

    def _encode_reply(self, reply: TransactionReply, peer: Peer, encoding: str) -> bytes:
        """Write a reply; one that the transport cannot carry becomes an error that it can."""
        octets = self._encode(reply, peer, encoding)
        if len(octets) <= self.config.most_octets:
            return octets
        too_long = ErrorDescriptor(_RESPONSE_TOO_LONG, "Response exceeds maximum transport PDU size")
        return self._encode(msgspec.structs.replace(reply, actions=(), error=too_long), peer, encoding)

    def _send(self, octets: bytes, peer: Peer) -> None:
        self._out.datagrams.append((octets, peer))
