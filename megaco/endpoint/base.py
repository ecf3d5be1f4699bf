"""What a controller and a gateway have in common on asyncio: a socket, an engine, and who waits for which reply."""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable

from megaco.codec import Dictionary
from megaco.errors import EncodeError, TransportError
from megaco.message import (
    ActionReply,
    ActionRequest,
    ErrorDescriptor,
    IpAddress,
    MessageIdentifier,
    TransactionReply,
)
from megaco.transaction import (
    MessageRefused,
    ReplyReceived,
    RequestFailed,
    RequestReceived,
    TransactionConfig,
    TransactionEngine,
    TransactionEvent,
)
from megaco.transport import Address, Pump, Trace, UdpLink

_log = logging.getLogger("h248.endpoint")

NO_ASSOCIATION = ErrorDescriptor(505, "Transaction Request Received Before a ServiceChange Reply Has Been Received")
_INTERNAL_ERROR = ErrorDescriptor(500, "Internal software failure in the MG or MGC")

Reply = tuple[ActionReply, ...] | ErrorDescriptor
RequestHandler = Callable[[RequestReceived], Reply | Awaitable[Reply]]
"""Executes a request: action replies, or an error descriptor for the transaction as a whole."""
ReplyHandler = Callable[[TransactionReply | None], None]
"""Takes the reply, or None where none came within T-MAX."""


class Endpoint:
    """What controller and gateway share: an engine, a pump, a link, and who waits for which reply."""

    def __init__(
        self,
        mid: MessageIdentifier,
        config: TransactionConfig,
        encoding: str,
        dictionary: Dictionary | None,
        version: int,
        trace: Trace | None,
    ) -> None:
        first_id = random.SystemRandom().randrange(1, 2**31)
        self.engine = TransactionEngine(
            mid,
            config,
            first_transaction_id=first_id,
            jitter=random.random,
            encoding=encoding,
            dictionary=dictionary,
            version=version,
        )
        self.pump = Pump(self.engine, self._on_event, trace)
        self._waiting: dict[int, ReplyHandler] = {}
        self._tasks: set[asyncio.Future[Reply]] = set()
        self._link: UdpLink | None = None
        self._is_closed = False

    @property
    def local(self) -> Address:
        """The address that the endpoint is bound to."""
        assert self._link is not None
        return self._link.local

    async def _bind(self, local: Address) -> None:
        self._link = await UdpLink.bind(local, self.pump)

    def _submit(self, peer: Address, actions: tuple[ActionRequest, ...], on_reply: ReplyHandler) -> int:
        number = self.engine.submit(peer, actions, self.pump.now())
        self._waiting[number] = on_reply
        self.pump.drain()
        return number

    async def _request(self, peer: Address, actions: tuple[ActionRequest, ...]) -> TransactionReply:
        if self._is_closed:
            raise TransportError("the endpoint is closed")
        waiter: asyncio.Future[TransactionReply | None] = asyncio.get_running_loop().create_future()
        self._submit(peer, actions, lambda reply: None if waiter.done() else waiter.set_result(reply))
        reply = await waiter
        if reply is None:
            when = (
                "before the endpoint was closed" if self._is_closed else f"within {self.engine.config.lifetime_s:g} s"
            )
            raise TransportError(f"{peer} did not answer {when}")
        return reply

    def _on_event(self, event: TransactionEvent) -> None:
        match event:
            case RequestReceived():
                self._on_request(event)
            case ReplyReceived(transaction_id=number, reply=reply):
                self._settle(number, reply)
            case RequestFailed(transaction_id=number):
                self._settle(number, None)
            case MessageRefused(peer=peer, error=error):
                _log.warning("%s refused a message of ours: %d %s", peer, error.code, error.text)

    def _settle(self, number: int, reply: TransactionReply | None) -> None:
        handler = self._waiting.pop(number, None)
        if handler is not None:
            handler(reply)

    def _on_request(self, event: RequestReceived) -> None:
        raise AssertionError("each endpoint executes requests its own way")

    def _execute(self, event: RequestReceived, handler: RequestHandler) -> None:
        """Let the handler execute a request, now or in a task of its own, and send what it returns."""
        try:
            result = handler(event)
            if not isinstance(result, tuple | ErrorDescriptor):
                task = asyncio.ensure_future(result)
                self._tasks.add(task)
                task.add_done_callback(lambda task: self._executed(event, task))
                return
        except Exception:  # the application's own code: its peer gets an error, its log the traceback
            _log.exception("the request handler failed on transaction %d", event.request.transaction_id)
            result = _INTERNAL_ERROR
        self._answer(event, result)

    def _executed(self, event: RequestReceived, task: asyncio.Future[Reply]) -> None:
        """Send what a handler's task returned; nothing where the endpoint is being closed."""
        self._tasks.discard(task)
        if self._is_closed:
            return
        failure = asyncio.CancelledError() if task.cancelled() else task.exception()
        if failure is not None:
            number = event.request.transaction_id
            _log.error("the request handler failed on transaction %d", number, exc_info=failure)
        self._answer(event, task.result() if failure is None else _INTERNAL_ERROR)
        self.pump.drain()

    def _answer(self, event: RequestReceived, reply: Reply) -> None:
        actions, error = (reply, None) if isinstance(reply, tuple) else ((), reply)
        try:
            self.engine.reply(event.peer, event.request.transaction_id, actions, self.pump.now(), error)
        except EncodeError:
            _log.exception("the reply to transaction %d cannot be written", event.request.transaction_id)
            self.engine.reply(event.peer, event.request.transaction_id, (), self.pump.now(), _INTERNAL_ERROR)

    async def close(self) -> None:
        """Close the socket; whoever waits for a reply gets none."""
        self._is_closed = True
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self.pump.close()
        if self._link is not None:
            await self._link.closed
        for number in list(self._waiting):
            self._settle(number, None)


def own_mid(address: Address) -> IpAddress:
    """Return the message identifier of an endpoint bound to an address; a zone means nothing to the far end."""
    return IpAddress(address.host.partition("%")[0], address.port)
