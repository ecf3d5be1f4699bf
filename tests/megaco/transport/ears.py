"""An engine that only listens: what the tests of links hang their pumps on."""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, TypeVar, cast

from megaco.transaction import TransactionConfig, TransactionEngine
from megaco.transport import Address, Link, LinkSettings, Pump, open_link, parse_url

Result = TypeVar("Result")


class Ear:
    """Keeps the messages that it is given; sends those that it is told to say, and echoes where it should."""

    def __init__(self, *, echoes: bool = False) -> None:
        self.config = TransactionConfig(most_octets=1 << 30)
        self.heard: asyncio.Queue[tuple[bytes, Address]] = asyncio.Queue()
        self.echoes = echoes
        self._saying: list[tuple[bytes, Address]] = []

    def say(self, data: bytes, peer: Address) -> None:
        """Send when the pump drains."""
        self._saying.append((data, peer))

    def receive(self, data: bytes, peer: Address, now: float) -> None:
        """Keep a message."""
        self.heard.put_nowait((data, peer))
        if self.echoes:
            self.say(data, peer)

    def take_events(self) -> list[Any]:
        """Return none."""
        return []

    def take_datagrams(self) -> list[tuple[bytes, Address]]:
        """Return what is to be said."""
        saying, self._saying = self._saying, []
        return saying

    def next_deadline(self) -> float | None:
        """Return none."""
        return None


class Post:
    """A pump with an ear and a link."""

    def __init__(self, pump: Pump, ear: Ear, lost: asyncio.Queue[Address], traced: list[tuple[Any, ...]]) -> None:
        self.pump = pump
        self.ear = ear
        self.lost = lost
        self.traced = traced
        self.link: Link

    @property
    def at(self) -> Address:
        """Where it is."""
        return self.link.local

    @property
    def counters(self) -> Any:
        """The counters of its transport."""
        return self.pump.counters(self.at.transport)

    def say(self, data: bytes, peer: Address) -> None:
        """Send a message in the next turn of the loop."""
        self.ear.say(data, peer)
        self.pump.schedule()

    async def hear(self) -> tuple[bytes, Address]:
        """Wait for the next message."""
        return await soon(self.ear.heard.get())

    async def close(self) -> None:
        """Close pump and link."""
        self.pump.close()
        await soon(self.link.closed)


def new_post(*, echoes: bool = False) -> Post:
    """Return a post without link."""
    ear = Ear(echoes=echoes)
    lost: asyncio.Queue[Address] = asyncio.Queue()
    traced: list[tuple[Any, ...]] = []
    pump = Pump(
        cast(TransactionEngine, ear),
        lambda event: None,
        lambda *seen: traced.append(seen),
        on_lost=lost.put_nowait,
    )
    return Post(pump, ear, lost, traced)


@asynccontextmanager
async def post_at(
    url: str, settings: LinkSettings | None = None, *, echoes: bool = False, **options: Any
) -> AsyncIterator[Post]:
    """Run a post at a URL."""
    post = new_post(echoes=echoes)
    post.link = await open_link(parse_url(url), post.pump, settings or LinkSettings(), **options)
    try:
        yield post
    finally:
        await post.close()


async def soon(what: Awaitable[Result]) -> Result:
    """Wait for what should not take long; fail rather than hang."""
    return await asyncio.wait_for(what, 5.0)


async def until(condition: Callable[[], bool]) -> None:
    """Wait until something has become true; fail rather than hang."""

    async def look() -> None:
        while not condition():  # noqa: ASYNC110  # what is waited for tells nobody
            await asyncio.sleep(0.002)

    await soon(look())


def refused_port(host: str = "127.0.0.1") -> int:
    """Return a TCP port that nobody listens at."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as sock:
        sock.bind((host, 0))
        return int(sock.getsockname()[1])
