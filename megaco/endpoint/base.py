"""What a controller and a gateway have in common on asyncio: links, an engine, and who waits for which reply."""

import asyncio
import logging
import random
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, NamedTuple, Self

from megaco.codec import Dictionary
from megaco.errors import LocalError, NoReplyError, TransportError
from megaco.message import (
    ActionReply,
    ActionRequest,
    DeviceName,
    DomainName,
    ErrorDescriptor,
    IpAddress,
    MessageIdentifier,
    TimeStamp,
    TransactionReply,
)
from megaco.transaction import (
    LinkTerms,
    MessageRefused,
    ReplyReceived,
    RequestAborted,
    RequestFailed,
    RequestReceived,
    TransactionConfig,
    TransactionEngine,
    TransactionEvent,
    TransactionIds,
)
from megaco.transport import Address, LinkSettings, Pump, Trace, open_link, resolve
from megaco.transport.counters import is_worth_telling

from . import log

_log = logging.getLogger("h248.endpoint")

NO_ASSOCIATION = ErrorDescriptor(505, "Transaction Request Received Before a ServiceChange Reply Has Been Received")
_INTERNAL_ERROR = ErrorDescriptor(500, "Internal software failure in the MG or MGC")
_MOST_LOOKUPS = 100
"""Names that peers said, looked up at once; while there are so many, a further one has no address."""
_CLOSE_S = 1.0
"""How long handlers may take to end when they are cancelled, and links to send what was written last."""

Reply = tuple[ActionReply, ...] | ErrorDescriptor
RequestHandler = Callable[[RequestReceived], Reply | Awaitable[Reply]]
"""Executes a request: action replies, or an error descriptor for the transaction as a whole. An awaitable is cancelled
when the request has been given up with 506, and when the endpoint is closed."""
ReplyHandler = Callable[[TransactionReply | None], None]
"""Takes the reply, or None where there is none and will be none."""
Outcome = ReplyReceived | RequestFailed | None
"""Of a request of ours; None: the endpoint was closed."""


class _Waiting(NamedTuple):
    """Who waits for a reply."""

    settle: Callable[[Outcome], None]
    actions: tuple[ActionRequest, ...]


class Options(NamedTuple):
    """What every endpoint can be told."""

    transactions: TransactionConfig
    encoding: str
    dictionary: Dictionary | None
    version: int
    links: LinkSettings
    trace: Trace | None


class Endpoint:
    """What controller and gateway share: an engine, a pump, its links, and who waits for which reply."""

    def __init__(self, mid: MessageIdentifier, options: Options) -> None:
        loop = asyncio.get_running_loop()
        self.engine = TransactionEngine(
            mid,
            options.transactions,
            identifiers=TransactionIds(time.time() - loop.time()),
            jitter=random.random,
            encoding=options.encoding,
            dictionary=options.dictionary,
            version=options.version,
            origin=_host,
            link=self._link_terms,
        )
        self.pump = Pump(self.engine, self._on_event, options.trace, on_lost=self._on_lost)
        self._loop = loop
        self._links = options.links
        self._waiting: dict[int, _Waiting] = {}
        self._tasks: dict[tuple[Address, int], asyncio.Future[Reply]] = {}
        self._given_up: set[asyncio.Future[Reply]] = set()
        """Handlers that were cancelled because nobody waits for them any more, and have not ended yet."""
        self._errands: set[asyncio.Task[None]] = set()
        self._refusals = 0
        self._unknown = 0
        self._is_closed = False

    @property
    def local(self) -> Address:
        """The address that the endpoint is bound to; the first, where there are several."""
        return self.pump.links[0].local

    @property
    def locals(self) -> tuple[Address, ...]:
        """Every address that the endpoint is bound to."""
        return tuple(link.local for link in self.pump.links)

    async def _open(self, addresses: Sequence[Address], mid: MessageIdentifier | None, *, listen: bool) -> None:
        """Bind; without ``mid`` the endpoint goes by the first address."""
        try:
            for address in addresses:
                await open_link(address, self.pump, self._links, listen=listen)
        except BaseException:
            await self.close()
            raise
        if mid is None:
            self.engine.mid = own_mid(self.local)

    def _link_terms(self, peer: object) -> LinkTerms:
        """Return what the link to a peer is like, for the engine."""
        assert isinstance(peer, Address)
        config = self.engine.config
        link = self.pump.link_to(peer)
        if link is None:
            return LinkTerms(config.reliable, config.most_octets)
        return LinkTerms(config.reliable or link.is_reliable, min(config.most_octets, link.most_octets))

    # ---------------------------------------------------------------------------------------------------- requests

    async def _request(self, peer: Address, actions: tuple[ActionRequest, ...]) -> TransactionReply:
        """Send a request and wait; whoever stops waiting gives the request up."""
        waiter: asyncio.Future[Outcome] = self._loop.create_future()
        number = self._send(peer, actions, lambda outcome: None if waiter.done() else waiter.set_result(outcome))
        try:
            outcome = await waiter
        except asyncio.CancelledError:
            if self._waiting.pop(number, None) is not None:
                self.engine.cancel(number, self.pump.now())
                self.pump.schedule()
            raise
        if isinstance(outcome, ReplyReceived):
            return outcome.reply
        if outcome is None:
            raise NoReplyError(f"{peer} did not answer before the endpoint was closed", "CLOSED")
        why = f"within {self.engine.config.lifetime_s:g} s" if outcome.reason.name == "NO_REPLY" else ""
        text = f"did not answer {why}" if why else f"was asked in vain: {outcome.reason.value}"
        raise NoReplyError(f"{peer} {text}", outcome.reason.name)

    def _submit(self, peer: Address, actions: tuple[ActionRequest, ...], on_reply: ReplyHandler) -> int:
        """Send a request; ``on_reply`` takes the reply."""
        return self._send(
            peer, actions, lambda outcome: on_reply(outcome.reply if isinstance(outcome, ReplyReceived) else None)
        )

    def _send(self, peer: Address, actions: tuple[ActionRequest, ...], settle: Callable[[Outcome], None]) -> int:
        if self._is_closed:
            raise TransportError("the endpoint is closed")
        number = self.engine.submit(peer, actions, self.pump.now())
        self._waiting[number] = _Waiting(settle, actions)
        self.pump.schedule()
        return number

    # ------------------------------------------------------------------------------------------------------ events

    def _on_event(self, event: TransactionEvent) -> None:
        match event:
            case RequestReceived():
                if not self._is_closed:
                    self._on_request(event)
            case ReplyReceived():
                self._settle(event.transaction_id, event)
            case RequestFailed():
                self._settle(event.transaction_id, event)
            case RequestAborted(peer=peer, transaction_id=number):
                _log.warning("transaction %d of %s was given up with 506: it took too long", number, peer)
                self._give_up((peer, number))
            case MessageRefused(peer=peer, error=error):
                self._refusals += 1
                if is_worth_telling(self._refusals):  # anybody can send these
                    text = log.shown(error.text or "")
                    _log.warning(
                        "%s refused a message of ours (%d so far): %d %s", peer, self._refusals, error.code, text
                    )

    def _settle(self, number: int, outcome: Outcome) -> None:
        waiting = self._waiting.pop(number, None)
        if waiting is None:
            return
        if isinstance(outcome, ReplyReceived):
            log.log_reply(outcome, waiting.actions)
        elif outcome is not None:
            log.log_failure(outcome, waiting.actions)
        waiting.settle(outcome)

    def _on_request(self, event: RequestReceived) -> None:
        raise AssertionError("each endpoint executes requests its own way")

    def _on_lost(self, peer: Address) -> None:
        """Hear that the connection to a peer is no more."""

    # ---------------------------------------------------------------------------------------------------- execution

    def _execute(self, event: RequestReceived, handler: RequestHandler) -> None:
        """Let the handler execute a request, now or in a task of its own, and send what it returns."""
        since = self.pump.now()
        try:
            result = handler(event)
            if not isinstance(result, tuple | ErrorDescriptor):
                task = asyncio.ensure_future(result)
                self._tasks[event.peer, event.request.transaction_id] = task
                task.add_done_callback(lambda task: self._executed(event, task, since))
                return
        except Exception:  # the application's own code: its peer gets an error, its log the traceback
            _log.exception("the request handler failed on transaction %d", event.request.transaction_id)
            result = _INTERNAL_ERROR
        self._answer(event, result, since)

    def _give_up(self, key: tuple[Address, int]) -> None:
        """Cancel the handler of a request that nobody waits for any more."""
        task = self._tasks.pop(key, None)
        if task is not None:
            self._given_up.add(task)
            task.add_done_callback(self._given_up.discard)
            task.cancel()

    def _executed(self, event: RequestReceived, task: asyncio.Future[Reply], since: float) -> None:
        """Send what a handler's task returned; nothing where it was given up or the endpoint is being closed."""
        number = event.request.transaction_id
        is_awaited = self._tasks.get((event.peer, number)) is task
        if is_awaited:
            del self._tasks[event.peer, number]
        if self._is_closed:
            return
        failure = asyncio.CancelledError() if task.cancelled() else task.exception()
        if failure is not None and (is_awaited or not task.cancelled()):
            _log.error("the request handler failed on transaction %d", number, exc_info=failure)
        if is_awaited:
            self._answer(event, task.result() if failure is None else _INTERNAL_ERROR, since)
            self.pump.schedule()

    def _answer(self, event: RequestReceived, reply: Reply, since: float) -> bool:
        """Send a reply; an error and False where it is none, or cannot be written."""
        number, now = event.request.transaction_id, self.pump.now()
        try:
            actions, error = (reply, None) if isinstance(reply, tuple) else ((), reply)
            log.log_executed(event, reply, now - since)
            self.engine.reply(event.peer, number, actions, now, error)
        except Exception:  # EncodeError, or whatever comes of what is no reply at all: the application's own mistake
            _log.exception("the reply to transaction %d cannot be written", number)
            self.engine.reply(event.peer, number, (), now, _INTERNAL_ERROR)
            return False
        return True

    # ------------------------------------------------------------------------------------------------------ errands

    def _find(self, mid: MessageIdentifier, port: int, transport: str, then: Callable[[Address | None], None]) -> None:
        """Find out where a message identifier is, at once or when its name is resolved; None: nowhere."""
        where = address_of(mid, port, transport)
        if where is None or isinstance(mid, IpAddress):
            then(where)
            return
        if len(self._errands) >= _MOST_LOOKUPS:
            self._note_unknown(f"{where.host}: too many names to look up")
            then(None)
            return
        errand = self._loop.create_task(self._resolve(where, then))
        self._errands.add(errand)
        errand.add_done_callback(self._errands.discard)

    async def _resolve(self, where: Address, then: Callable[[Address | None], None]) -> None:
        try:
            found: Address | None = await resolve(where, wait_s=self._links.resolve_s)
        except TransportError as error:
            self._note_unknown(str(error))
            found = None
        then(found)
        self.pump.schedule()

    def _note_unknown(self, why: str) -> None:
        self._unknown += 1
        if is_worth_telling(self._unknown):  # a peer can say any number of names
            _log.warning("%s (%d so far)", why, self._unknown)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *failure: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Close the sockets; whoever waits for a reply gets none."""
        self._is_closed = True
        pending: list[asyncio.Future[Any]] = [*self._tasks.values(), *self._given_up, *self._errands]
        for task in pending:
            task.cancel()
        if pending:  # a handler that will not be cancelled is left behind
            await asyncio.wait(pending, timeout=_CLOSE_S)
        self.pump.drain()
        self.pump.close()
        if self.pump.links:
            await asyncio.wait([link.closed for link in self.pump.links], timeout=_CLOSE_S)
        for number in list(self._waiting):
            self._settle(number, None)


def own_mid(address: Address) -> MessageIdentifier:
    """Return the message identifier of an endpoint bound to an address; a zone means nothing to the far end.

    One that listens nowhere has a name by chance: whoever wants to be known again after a restart gives its own.
    """
    if address.transport == "memory":
        return DeviceName(address.host)
    if address.port == 0:
        return DeviceName(f"gateway_{random.SystemRandom().getrandbits(48):012x}")
    return IpAddress(address.host.partition("%")[0], address.port)


def address_of(mid: MessageIdentifier, port: int, transport: str) -> Address | None:
    """Return where a message identifier says it is, ``port`` where it names none; None: it is the name of a device."""
    if isinstance(mid, IpAddress):
        return Address(mid.address, port if mid.port is None else mid.port, transport)
    if isinstance(mid, DomainName):
        return Address(mid.name, port if mid.port is None else mid.port, transport)
    return Address(mid.name, 0, transport) if isinstance(mid, DeviceName) and transport == "memory" else None


def wall_clock() -> TimeStamp:
    """Return the time of day as messages tell it: UTC, in hundredths of a second."""
    now = time.time()
    day = time.gmtime(now)
    return TimeStamp(time.strftime("%Y%m%d", day), f"{time.strftime('%H%M%S', day)}{int(now * 100) % 100:02d}")


def check_alike(addresses: Sequence[Address]) -> None:
    """Refuse controllers on different transports: a gateway has one."""
    if len({address.transport for address in addresses}) > 1:
        shown = ", ".join(address.url for address in addresses)
        raise LocalError(f"{shown}: the controllers of a gateway are on one transport")


def _host(peer: object) -> object:
    """What of a peer stays when it connects anew."""
    assert isinstance(peer, Address)
    return peer.host
