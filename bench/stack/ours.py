"""Ends of associations of ours over UDP on 127.0.0.1, for measuring round trips, memory and idling.

    python bench/stack/ours.py mgc ENCODING             greet with "listening PORT"
    python bench/stack/ours.py mg ENCODING PORT         register with the controller at PORT; greet with "registered"
    python bench/stack/ours.py mgs ENCODING PORT COUNT  the same with so many gateways, each with a socket of its own
    python bench/stack/ours.py memory                   say what a stored reply and an outstanding transaction take

Gateways answer Modify until their input ends. A controller reads a command a line and answers with a line:

    mode                   whether the codec runs compiled or interpreted
    octets                 of a request
    run submit WINDOW MS   keep WINDOW requests under way for so many ms, the next sent where a reply is handled;
                           answer how many were replied to in that time, and how many never
    run request WINDOW MS  the same with WINDOW tasks that each wait for their reply

Every request is a Modify of another termination with one property.
"""

import asyncio
import gc
import json
import os
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import megaco
from megaco.association import AssociationConfig, RegisteredGateway
from megaco.interpreted import mode
from megaco.message import (
    ActionReply,
    ActionRequest,
    CommandRequest,
    IpAddress,
    LocalControlDescriptor,
    MediaDescriptor,
    Message,
    ModifyReply,
    ModifyRequest,
    PropertyParm,
    StreamDescriptor,
    TransactionReply,
    TransactionRequest,
    Value,
)
from megaco.text import decoder
from megaco.transaction import RequestReceived, TransactionEngine
from megaco.transport import Address

ANY_PORT = "udp://127.0.0.1:0"
STORED = 100_000
"""Replies stored, and transactions outstanding, when memory is measured."""
TERMINATIONS = 50_000
JITTER = PropertyParm("nt/jit", Value("40"))
DESCRIPTORS = (MediaDescriptor(streams=(StreamDescriptor(1, LocalControlDescriptor(properties=(JITTER,))),)),)
ASSOCIATION = AssociationConfig("bench/1", version=2, maximum_waiting_delay_s=0)
PEER = Address("127.0.0.1", 2944)


def main() -> None:
    """Do what the first argument says."""
    role, *arguments = sys.argv[1:]
    if role == "memory":
        print(json.dumps(asyncio.run(memory())))
    elif role == "mgc":
        asyncio.run(control(*arguments))
    else:
        encoding, port, *count = arguments
        asyncio.run(answer(encoding, int(port), int(count[0]) if count else 1))


def say(*words: object) -> None:
    """Answer with a line."""
    print(*words, flush=True)


async def next_line() -> str:
    """Wait for a line of standard input while the loop goes on; "" at its end."""
    return await asyncio.get_running_loop().run_in_executor(None, sys.stdin.readline)


def provisioning(encoding: str) -> megaco.Dictionary | None:
    """Return OTP's layout of terminations for binary, the only one that both sides have."""
    return megaco.dictionary(provisioning="otp") if encoding == "binary" else None


# Messages


def request(number: int, encoding: str) -> ActionRequest:
    """Return the ``number``th request: a context, a termination and a property."""
    number %= TERMINATIONS
    name = f"00000001/{number >> 8:08b}/{number & 255:08b}" if encoding == "binary" else f"ip/1/core/{number}"
    return ActionRequest(number + 1, commands=(CommandRequest(ModifyRequest((name,), DESCRIPTORS)),))


def execute(event: RequestReceived) -> tuple[ActionReply, ...]:
    """Say to every Modify that it is done."""
    return tuple(
        ActionReply(
            action.context_id, replies=tuple(ModifyReply(one.command.termination_ids) for one in action.commands)
        )
        for action in event.request.actions
    )


# The gateway's end


async def answer(encoding: str, port: int, count: int) -> None:
    """Register so many gateways and answer until the input ends."""
    controller, dictionary = f"udp://127.0.0.1:{port}", provisioning(encoding)
    gateways = [
        await megaco.Mg.connect(
            controller,
            association=ASSOCIATION,
            on_request=execute,
            local=ANY_PORT,
            encoding=encoding,
            dictionary=dictionary,
        )
        for _ in range(count)
    ]
    for gateway in gateways:
        await gateway.in_service()
    say("registered")
    while await next_line():
        pass


# The controller's end


async def control(encoding: str) -> None:
    """Listen, and drive the gateway that registers."""
    mgc = await megaco.Mgc.listen(ANY_PORT, encoding=encoding, dictionary=provisioning(encoding))
    say("listening", mgc.local.port)
    while line := await next_line():
        command, *arguments = line.split()
        if command == "mode":
            say(mode(decoder))
        elif command == "octets":
            say(len(octets(12345, encoding)))
        else:
            way, window, milliseconds = arguments
            gateway = next(iter(mgc.registrar.gateways.values()))
            run = Run(mgc, gateway, encoding, int(milliseconds) / 1e3)
            await {"submit": run.by_submitting, "request": run.by_waiting}[way](int(window))
            say(run.count, run.lost)
    await mgc.close()


class Run:
    """Round trips for some time."""

    def __init__(self, mgc: megaco.Mgc, gateway: RegisteredGateway, encoding: str, seconds: float) -> None:
        self.count = 0
        self.lost = 0
        self._mgc = mgc
        self._gateway = gateway
        self._encoding = encoding
        self._started = 0
        self._end = time.perf_counter() + seconds
        self._under_way = 0
        self._ended = asyncio.get_running_loop().create_future()

    async def by_waiting(self, window: int) -> None:
        """Have so many tasks wait for their replies."""
        await asyncio.gather(*(self._wait() for _ in range(window)))

    async def _wait(self) -> None:
        while True:
            try:
                await self._mgc.request(self._gateway, self._next())
            except megaco.TransportError:
                self.lost += 1
                return
            if time.perf_counter() >= self._end:
                return
            self.count += 1

    async def by_submitting(self, window: int) -> None:
        """Submit so many, and another where a reply is handled."""
        self._under_way = window
        for _ in range(window):
            self._submit()
        await self._ended

    def _submit(self) -> None:
        self._mgc.submit(self._gateway, (self._next(),), self._answered)

    def _answered(self, reply: TransactionReply | None) -> None:
        if reply is None:
            self.lost += 1
        elif time.perf_counter() < self._end:
            self.count += 1
            self._submit()
            return
        self._under_way -= 1
        if not self._under_way:
            self._ended.set_result(None)

    def _next(self) -> ActionRequest:
        self._started += 1
        return request(self._started, self._encoding)


# Memory


async def memory() -> dict[str, float]:
    """Return octets of resident memory that a stored reply and an outstanding transaction take, the mean of many."""
    mgc = await megaco.Mgc.listen(ANY_PORT)
    engine, now = mgc.engine, mgc.pump.now()
    serve(engine, [octets(number) for number in range(1000)], now)
    figures = {"stored_reply": grown(lambda: serve(engine, map(octets, range(1000, STORED + 1000)), now))}
    submit(engine, range(1), now)
    figures["outstanding"] = grown(lambda: submit(engine, range(1, STORED), now))
    return figures


def octets(number: int, encoding: str = "pretty") -> bytes:
    """Return a message with the ``number``th request."""
    request_of_it = TransactionRequest(number + 1, (request(number, encoding),))
    message = Message(2, IpAddress(PEER.host, PEER.port), (request_of_it,))
    return megaco.encode(message, encoding, dictionary=provisioning(encoding))


def serve(engine: TransactionEngine, messages: Iterable[bytes], now: float) -> None:
    """Have every request answered, and the answers remembered."""
    for message in messages:
        engine.receive(message, PEER, now)
        for event in engine.take_events():
            assert isinstance(event, RequestReceived)
            engine.reply(PEER, event.request.transaction_id, execute(event), now)
        engine.take_datagrams()


def submit(engine: TransactionEngine, numbers: Iterable[int], now: float) -> None:
    """Send requests that nobody answers."""
    for number in numbers:
        engine.submit(PEER, (request(number, "pretty"),), now)
        engine.take_datagrams()


def grown(work: Callable[[], None]) -> float:
    """Return by how many octets for each of what it stores a piece of work makes this process grow."""
    gc.collect()
    before = resident()
    work()
    gc.collect()
    return (resident() - before) / STORED


def resident() -> int:
    """Return octets of memory that this process holds."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


if __name__ == "__main__":
    main()
