"""The relay between real loopback sockets: orders in, reports out, bytes through."""

import asyncio
import gc
import os
import socket
import ssl
import struct
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

import pytest

from iq_profile.agw.orders import (
    Accept,
    Accepted,
    Close,
    Connect,
    Connected,
    ConnectFailed,
    Ended,
    Handshaken,
    Join,
    LegId,
    Report,
    StartTls,
    TlsFailed,
    TlsRole,
    Trust,
    Verified,
)
from iq_profile.agw.relay.certificate import Certificate
from iq_profile.agw.relay.ports import PortUnavailable
from iq_profile.agw.relay.relay import Relay
from iq_profile.agw.relay.settings import RelaySettings

AGW = Certificate.generate("agw", 30)
UE = Certificate.generate("ue", 30)
DEADLINE_S = 20
LOCAL = "127.0.0.1"
ACCESS, CORE = LegId("access"), LegId("core")

R = TypeVar("R", bound=Report)
Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Rig:
    """A relay and its reports."""

    def __init__(self, settings: RelaySettings) -> None:
        """Make a relay."""
        self.reports: asyncio.Queue[Report] = asyncio.Queue()
        self.relay = Relay(AGW, settings, self.reports.put_nowait)

    async def report(self, kind: type[R], leg: LegId | None = None) -> R:
        """Wait for the next report and see that it is of this kind and leg."""
        async with asyncio.timeout(DEADLINE_S):
            report = await self.reports.get()
        assert isinstance(report, kind), report
        assert leg is None or report.leg == leg
        return report

    async def accept(self, leg: LegId, address: str = LOCAL, context: ssl.SSLContext | None = None) -> Streams:
        """Reserve a leg, accept, and connect to it; return the far end."""
        port = self.relay.reserve(leg, address)
        self.relay.perform(Accept(leg))
        if context is not None:
            self.relay.perform(StartTls(leg, TlsRole.SERVER))
        async with asyncio.timeout(DEADLINE_S):
            streams = await asyncio.open_connection(address, port, ssl=context, limit=1 << 20)
        accepted = await self.report(Accepted, leg)
        assert (accepted.address, accepted.port) == streams[1].get_extra_info("sockname")[:2]
        return streams

    async def joined(self, address: str = LOCAL) -> tuple[Streams, Streams]:
        """Two plain far ends whose legs are joined."""
        one, other = await self.accept(ACCESS, address), await self.accept(CORE, address)
        self.relay.perform(Join(ACCESS, CORE))
        return one, other


async def hang_up(*far_ends: Streams) -> None:
    """Close far ends, whatever state they are in."""
    for _, writer in far_ends:
        writer.transport.abort()
        with suppress(OSError):
            await writer.wait_closed()


def reset(far_end: Streams) -> None:
    """Reset a connection from the far end."""
    tcp = far_end[1].get_extra_info("socket")
    tcp.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    far_end[1].transport.abort()


@pytest.fixture
async def make_rig() -> AsyncIterator[Callable[..., Rig]]:
    """Make rigs by their settings; afterwards no task and no descriptor may be left."""
    descriptors = set(os.listdir("/proc/self/fd"))
    rigs: list[Rig] = []

    def make(**settings: object) -> Rig:
        rigs.append(Rig(RelaySettings(**settings)))  # type: ignore[arg-type]
        return rigs[-1]

    yield make
    for rig in rigs:
        await rig.relay.close()
    gc.collect()
    others = asyncio.all_tasks() - {asyncio.current_task()}
    assert not {task for task in others if "iq_profile" in repr(task)}
    left = {name for name in set(os.listdir("/proc/self/fd")) - descriptors if is_tcp(int(name))}
    assert not left


def is_tcp(descriptor: int) -> bool:
    """Whether a descriptor is a bound or connected TCP socket."""
    try:
        with socket.socket(fileno=os.dup(descriptor)) as duplicate:
            return duplicate.type == socket.SOCK_STREAM and duplicate.family != socket.AF_UNIX
    except OSError:
        return False


@pytest.fixture
def rig(make_rig: Callable[..., Rig]) -> Rig:
    """A relay with the default settings."""
    return make_rig()


@pytest.fixture
def ue_context(tmp_path: Path) -> ssl.SSLContext:
    """The far end's TLS, of the standard library, with a certificate of its own."""
    UE.save(tmp_path / "crt", tmp_path / "key")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.load_cert_chain(tmp_path / "crt", tmp_path / "key")
    return context


async def exchange(one: Streams, other: Streams, megabytes: int) -> None:
    """Send so much both ways at once and see that every byte arrives."""
    payloads = os.urandom(megabytes << 20), os.urandom(megabytes << 20)

    async def send(far_end: Streams, data: bytes) -> None:
        far_end[1].write(data)
        await far_end[1].drain()

    async with asyncio.timeout(DEADLINE_S), asyncio.TaskGroup() as group:
        group.create_task(send(one, payloads[0]))
        group.create_task(send(other, payloads[1]))
        there = group.create_task(other[0].readexactly(megabytes << 20))
        back = group.create_task(one[0].readexactly(megabytes << 20))
    assert (there.result() == payloads[0], back.result() == payloads[1]) == (True, True)


@pytest.mark.parametrize("address", [LOCAL, "::1"])
async def test_eight_mebibytes_each_way(rig: Rig, address: str) -> None:
    """Byte for byte, over IPv4 and IPv6, and counted."""
    one, other = await rig.joined(address)
    await exchange(one, other, 8)
    assert rig.relay.counters(ACCESS) == rig.relay.counters(CORE) == (8 << 20, 8 << 20)
    await hang_up(one, other)


async def test_eight_mebibytes_each_way_through_tls(rig: Rig, ue_context: ssl.SSLContext) -> None:
    """With the standard library's TLS at one end and nothing at the other."""
    ue = await rig.accept(ACCESS, context=ue_context)
    await rig.report(Handshaken, ACCESS)
    rig.relay.perform(Trust(ACCESS, (UE.fingerprint(),)))
    await rig.report(Verified, ACCESS)
    peer = await rig.accept(CORE)
    rig.relay.perform(Join(ACCESS, CORE))
    await exchange(ue, peer, 8)
    await hang_up(ue, peer)


@pytest.mark.parametrize("is_ended", [False, True])
async def test_bytes_before_join_come_first(rig: Rig, is_ended: bool) -> None:
    """What arrives on a leg before it is joined, FIN too, is parked, then delivered in order."""
    one, other = await rig.accept(ACCESS), await rig.accept(CORE)
    one[1].write(b"early ")
    if is_ended:
        one[1].write(b"bird")
        one[1].write_eof()
    for _ in range(10):  # turns of the event loop, in which it arrives
        await asyncio.sleep(0)
    rig.relay.perform(Join(ACCESS, CORE))
    if not is_ended:
        one[1].write(b"bird")
        one[1].write_eof()
    assert await other[0].read() == b"early bird"
    await hang_up(one, other)


async def test_a_closed_direction_waits_for_its_opening(rig: Rig) -> None:
    """Bytes flow the way that is open; those of the other way are parked, and come when it is opened."""
    one, other = await rig.accept(ACCESS), await rig.accept(CORE)
    rig.relay.perform(Join(ACCESS, CORE, forth=False))
    one[1].write(b"forth")
    other[1].write(b"back")
    assert await one[0].readexactly(4) == b"back"
    for _ in range(10):  # turns of the event loop, in which the other way would have gone too
        await asyncio.sleep(0)
    assert rig.relay.counters(CORE)[1] == 0
    rig.relay.perform(Join(ACCESS, CORE))
    assert await other[0].readexactly(5) == b"forth"
    await hang_up(one, other)


async def test_a_wrong_certificate_lets_nothing_through(rig: Rig, ue_context: ssl.SSLContext) -> None:
    """Even when joined already: the core side gets no byte, the access side is closed."""
    peer = await rig.accept(CORE)
    ue = await rig.accept(ACCESS, context=ue_context)
    ue[1].write(b"from a stranger")
    await rig.report(Handshaken, ACCESS)
    rig.relay.perform(Join(ACCESS, CORE))
    rig.relay.perform(Trust(ACCESS, (AGW.fingerprint(),)))
    await rig.report(TlsFailed, ACCESS)
    with pytest.raises(ConnectionResetError):
        await ue[0].read()
    assert rig.relay.counters(ACCESS) == (0, 0)
    assert rig.relay.counters(CORE) == (0, 0)
    await hang_up(ue, peer)


@pytest.mark.parametrize("first", [0, 1])
async def test_half_close_goes_through(rig: Rig, first: int) -> None:
    """One end's FIN reaches the other, which may go on; after both, both legs have ended."""
    far_ends = await rig.joined()
    early, late = far_ends[first], far_ends[1 - first]
    early[1].write(b"that is all")
    early[1].write_eof()
    assert await late[0].read() == b"that is all"
    late[1].write(b"not here")
    late[1].write_eof()
    assert await early[0].read() == b"not here"
    causes = [(await rig.report(Ended)).cause for _ in range(2)]
    assert causes == ["closed in both directions"] * 2
    await hang_up(*far_ends)


@pytest.mark.parametrize("first", [0, 1])
async def test_a_reset_goes_through(rig: Rig, first: int) -> None:
    """Both legs end, and the other far end is reset too."""
    far_ends = await rig.joined()
    reset(far_ends[first])
    with pytest.raises(ConnectionResetError):
        await far_ends[1 - first][0].read()
    causes = [(await rig.report(Ended)).cause for _ in range(2)]
    assert "reset by the far end" in causes[0]
    assert "the leg it was joined to" in causes[1]
    await hang_up(*far_ends)


async def test_a_slow_reader_holds_the_producer_back(rig: Rig) -> None:
    """With nobody reading, the producer is stopped after kernel buffers and marks are full, not after memory is."""
    one, other = await rig.joined()
    other[1].transport.pause_reading()  # type: ignore[attr-defined]
    total = 64 << 20
    one[1].write(bytes(total))
    before = -1
    while (received := rig.relay.counters(ACCESS)[0]) != before:
        before = received
        for _ in range(100):  # turns of the event loop, in which loopback would move on if it could
            await asyncio.sleep(0)
    assert received == rig.relay.counters(CORE)[1] < total // 2
    other[1].transport.resume_reading()  # type: ignore[attr-defined]
    async with asyncio.timeout(DEADLINE_S):
        assert len(await other[0].readexactly(total)) == total
    await hang_up(one, other)


async def test_further_connections_are_refused(rig: Rig) -> None:
    """A leg has one connection."""
    one = await rig.accept(ACCESS)
    address = one[1].get_extra_info("peername")
    with pytest.raises(ConnectionRefusedError):
        await asyncio.open_connection(*address)
    await hang_up(one)


async def test_a_syn_before_accept_waits(rig: Rig) -> None:
    """The kernel keeps it, and what follows it."""
    port = rig.relay.reserve(ACCESS, LOCAL)
    far_end = await asyncio.open_connection(LOCAL, port)
    assert rig.reports.empty()
    rig.relay.perform(Accept(ACCESS))
    await rig.report(Accepted, ACCESS)
    await hang_up(far_end)


async def test_connect_uses_the_reserved_address_and_port(rig: Rig) -> None:
    """The far end sees the port that was announced."""
    port = rig.relay.reserve(ACCESS, LOCAL)
    with socket.create_server((LOCAL, 0)) as server:
        server.setblocking(False)
        rig.relay.perform(Connect(ACCESS, *server.getsockname()))
        far_end, address = await asyncio.get_running_loop().sock_accept(server)
        assert address == (LOCAL, port)
        await rig.report(Connected, ACCESS)
        far_end.close()


async def test_a_refused_connection_is_reported_and_may_be_tried_again(rig: Rig) -> None:
    """The leg keeps its port."""
    with socket.create_server((LOCAL, 0)) as server:
        address = server.getsockname()
    rig.relay.reserve(ACCESS, LOCAL)
    for _ in range(2):
        rig.relay.perform(Connect(ACCESS, *address))
        report = await rig.report(ConnectFailed, ACCESS)
        assert f"{LOCAL} port {address[1]}: " in report.cause
        assert "refused" in report.cause


async def test_closing_frees_the_port(make_rig: Callable[..., Rig]) -> None:
    """Until then it stays the leg's."""
    with socket.create_server((LOCAL, 0)) as server:
        port = server.getsockname()[1]
    rig = make_rig(port_low=port, port_high=port)
    assert rig.relay.reserve(ACCESS, LOCAL) == port
    with pytest.raises(PortUnavailable):
        rig.relay.reserve(CORE, LOCAL)
    rig.relay.perform(Close(ACCESS))
    assert rig.relay.reserve(CORE, LOCAL) == port


async def test_a_leg_is_reserved_once(rig: Rig) -> None:
    """A second time is the caller's mistake."""
    rig.relay.reserve(ACCESS, LOCAL)
    with pytest.raises(ValueError, match="access"):
        rig.relay.reserve(ACCESS, LOCAL)


async def test_orders_for_unknown_legs_are_ignored(rig: Rig) -> None:
    """They may cross a report of the end."""
    rig.relay.reserve(ACCESS, LOCAL)
    nobody = LegId("nobody")
    orders = Accept(nobody), Connect(nobody, LOCAL, 9), StartTls(nobody, TlsRole.CLIENT), Trust(nobody, ())
    for order in (*orders, Close(nobody), Join(ACCESS, nobody), Join(ACCESS, ACCESS)):
        rig.relay.perform(order)
    assert rig.reports.empty()
    with pytest.raises(KeyError):
        rig.relay.counters(nobody)


async def test_close_frees_the_port_and_parks_the_partner(rig: Rig) -> None:
    """The other leg stays, and can be joined anew."""
    one, other = await rig.joined()
    rig.relay.perform(Close(ACCESS))
    assert await one[0].read() == b""
    third = await rig.accept(LegId("third"))
    other[1].write(b"for whom?")
    rig.relay.perform(Join(CORE, LegId("third")))
    assert await third[0].readexactly(9) == b"for whom?"
    await hang_up(one, other, third)


async def test_close_by_abort_resets(rig: Rig) -> None:
    """Nothing is reported of it."""
    one = await rig.accept(ACCESS)
    rig.relay.perform(Close(ACCESS, abort=True))
    with pytest.raises(ConnectionResetError):
        await one[0].read()
    assert rig.reports.empty()
    await hang_up(one)


async def test_close_while_connecting_leaves_nothing(rig: Rig) -> None:
    """Close at once after Connect, and a relay closed in every stage, leak neither socket nor task."""
    with socket.create_server((LOCAL, 0)) as server:
        rig.relay.reserve(ACCESS, LOCAL)
        rig.relay.perform(Connect(ACCESS, *server.getsockname()))
        rig.relay.perform(Close(ACCESS))
        rig.relay.reserve(ACCESS, LOCAL)
        rig.relay.perform(Connect(ACCESS, *server.getsockname()))
        await rig.report(Connected, ACCESS)
        rig.relay.reserve(CORE, LOCAL)
        rig.relay.perform(Connect(CORE, *server.getsockname()))
        await rig.relay.close()
    assert rig.reports.empty()


async def test_reports_may_bring_orders_at_once(make_rig: Callable[..., Rig]) -> None:
    """An engine that answers each report from within it gets a working call, or a closed leg."""
    settings = RelaySettings()
    seen: list[str] = []
    ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def engine(report: Report) -> None:
        seen.append(type(report).__name__)
        match report:
            case Accepted() | Connected():
                role = TlsRole.SERVER if isinstance(report, Accepted) else TlsRole.CLIENT
                relay.perform(StartTls(report.leg, role))
            case Handshaken():
                relay.perform(Trust(report.leg, (AGW.fingerprint(),)))
            case Verified():
                relay.perform(Close(report.leg))
                if len(seen) == 6:
                    ended.set_result(None)

    relay = Relay(AGW, settings, engine)
    port = relay.reserve(ACCESS, LOCAL)
    relay.reserve(CORE, LOCAL)
    relay.perform(Accept(ACCESS))
    relay.perform(Connect(CORE, LOCAL, port))
    await asyncio.wait_for(ended, DEADLINE_S)
    assert sorted(seen) == ["Accepted", "Connected", "Handshaken", "Handshaken", "Verified", "Verified"]
    await relay.close()
