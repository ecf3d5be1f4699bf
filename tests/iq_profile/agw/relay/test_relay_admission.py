"""Whom the relay lets in, and when nothing is left of it."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from iq_profile.agw.orders import Accept, Accepted, Close, LegId, Report
from iq_profile.agw.relay.certificate import Certificate
from iq_profile.agw.relay.relay import Relay
from iq_profile.agw.relay.settings import RelaySettings

_CERTIFICATE = Certificate.generate("agw", 30)
_DEADLINE_S = 20
_LOCAL = "127.0.0.1"
_ACCESS = LegId("access")


class Rig:
    """A relay and its reports."""

    def __init__(self) -> None:
        """Make a relay."""
        self.reports: asyncio.Queue[Report] = asyncio.Queue()
        self.relay = Relay(_CERTIFICATE, RelaySettings(), self.reports.put_nowait)

    async def accepted(self) -> Accepted:
        """Wait for the next report, which tells of a connection."""
        report = await self.reports.get()
        assert isinstance(report, Accepted)
        return report


@pytest.fixture
async def rig() -> AsyncIterator[Rig]:
    """A relay that is closed afterwards."""
    rig = Rig()
    async with asyncio.timeout(_DEADLINE_S):
        yield rig
        await rig.relay.close()
        assert rig.relay.is_idle


async def _hang_up(writer: asyncio.StreamWriter) -> None:
    writer.close()
    await writer.wait_closed()


async def _connect_and_read(address: str, port: int) -> None:
    reader, writer = await asyncio.open_connection(address, port)
    try:
        await reader.read()
    finally:
        writer.transport.abort()


@pytest.mark.parametrize("address", [_LOCAL, "::1"])
async def test_a_stranger_is_reset_and_the_far_end_let_in(rig: Rig, address: str) -> None:
    """With a source only connections from it are accepted; the others cost nothing but themselves."""
    port = rig.relay.reserve(_ACCESS, address)
    rig.relay.perform(Accept(_ACCESS, "192.0.2.7"))
    for _ in range(2):
        with pytest.raises(ConnectionResetError):
            await _connect_and_read(address, port)
    assert rig.reports.empty()
    rig.relay.perform(Accept(_ACCESS, address))
    _, writer = await asyncio.open_connection(address, port)
    assert (await rig.accepted()).address == address
    await _hang_up(writer)


async def test_accept_can_be_taken_back(rig: Rig) -> None:
    """An empty source leaves SYNs in the kernel until another order lets them in."""
    port = rig.relay.reserve(_ACCESS, _LOCAL)
    for source in (None, ""):
        rig.relay.perform(Accept(_ACCESS, source))
    _, writer = await asyncio.open_connection(_LOCAL, port)
    for _ in range(10):  # turns of the event loop, in which it would be accepted
        await asyncio.sleep(0)
    assert rig.reports.empty()
    rig.relay.perform(Accept(_ACCESS, _LOCAL))
    await rig.accepted()
    await _hang_up(writer)


async def test_a_relay_is_idle_when_nothing_is_left(rig: Rig) -> None:
    """A port counts, and so does a connection that was closed by order until it is over."""
    idle = [rig.relay.is_idle]
    port = rig.relay.reserve(_ACCESS, _LOCAL)
    rig.relay.perform(Accept(_ACCESS))
    reader, writer = await asyncio.open_connection(_LOCAL, port)
    await rig.accepted()
    idle.append(rig.relay.is_idle)
    rig.relay.perform(Close(_ACCESS))
    idle.append(rig.relay.is_idle)
    assert idle == [True, False, False]
    assert await reader.read() == b""
    await _hang_up(writer)
