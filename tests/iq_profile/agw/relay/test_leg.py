"""Legs used alone, over real loopback sockets."""

import asyncio
import socket
import struct
from collections.abc import AsyncIterator
from typing import TypeVar, get_args

import pytest

from iq_profile.agw.orders import Ended, Handshaken, LegId, Report, TlsFailed, TlsRole, Verified
from iq_profile.agw.relay.certificate import Certificate
from iq_profile.agw.relay.leg import Leg
from iq_profile.agw.relay.settings import RelaySettings, TlsVersion

OURS = Certificate.generate("ours", 30)
THEIRS = Certificate.generate("theirs", 30)
DEADLINE_S = 10
SETTINGS = RelaySettings(parked_limit_bytes=4096, linger_timeout_s=DEADLINE_S)
VERSIONS: tuple[TlsVersion, ...] = get_args(TlsVersion)
EITHER = (True, False)

R = TypeVar("R", bound=Report)


class End:
    """A leg with a sink that keeps everything, and its reports."""

    def __init__(self, name: str, settings: RelaySettings = SETTINGS) -> None:
        """Make the leg; it delivers nothing before ``open_sink``."""
        self.reports: asyncio.Queue[Report] = asyncio.Queue()
        self.received = bytearray()
        self.ended = asyncio.Event()
        self.changed = asyncio.Event()
        self.abort_cause = ""
        self.leg = Leg(LegId(name), settings, self.reports.put_nowait)

    def write(self, data: bytes) -> None:
        """Keep what the leg delivers."""
        self.received += data
        self.changed.set()

    def write_eof(self) -> None:
        """Note the end."""
        self.ended.set()

    def abort(self, cause: str) -> None:
        """Note the reset."""
        self.abort_cause = cause
        self.ended.set()

    async def report(self, kind: type[R]) -> R:
        """Wait for a report and see that it is of this kind."""
        async with asyncio.timeout(DEADLINE_S):
            report = await self.reports.get()
        assert isinstance(report, kind), report
        return report

    async def receive(self, count: int) -> bytes:
        """Wait until so many bytes were delivered."""
        async with asyncio.timeout(DEADLINE_S):
            while len(self.received) < count:
                self.changed.clear()
                await self.changed.wait()
        return bytes(self.received)

    async def wait_closed(self) -> None:
        """Wait until the connection is over."""
        async with asyncio.timeout(DEADLINE_S):
            await asyncio.wait([self.leg.closed])

    async def wait_ended(self) -> None:
        """Wait for the end or the reset."""
        async with asyncio.timeout(DEADLINE_S):
            await self.ended.wait()


class Rig:
    """A leg and, at the other end of its TCP connection, a bare socket."""

    def __init__(self, end: End, far_end: socket.socket) -> None:
        """Hold both."""
        self.end = end
        self.far_end = far_end

    async def send(self, data: bytes) -> None:
        """Send from the far end."""
        await asyncio.get_running_loop().sock_sendall(self.far_end, data)

    async def receive(self) -> bytes:
        """Receive what there is at the far end; empty at the end."""
        async with asyncio.timeout(DEADLINE_S):
            return await asyncio.get_running_loop().sock_recv(self.far_end, 1 << 16)

    def reset(self) -> None:
        """Reset the connection from the far end."""
        self.far_end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.far_end.close()


async def connected_sockets() -> tuple[socket.socket, socket.socket]:
    """Two ends of a TCP connection."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        one = socket.create_connection(listener.getsockname())
        other, _ = listener.accept()
    one.setblocking(False)
    other.setblocking(False)
    return one, other


@pytest.fixture
async def rig() -> AsyncIterator[Rig]:
    """A plain leg whose bytes are delivered."""
    near, far = await connected_sockets()
    end = End("plain")
    end.leg.deliver_to(end)
    await asyncio.get_running_loop().connect_accepted_socket(lambda: end.leg, near)
    yield Rig(end, far)
    end.leg.abort("the test is over")
    await end.wait_closed()
    far.close()


async def tls_pair(
    version: TlsVersion, roles: tuple[TlsRole, TlsRole], trusted: Certificate | None = None
) -> tuple[End, End]:
    """Two legs on one TCP connection, TLS begun on both; the second trusts the first, the first ``trusted``."""
    settings = RelaySettings(tls_minimum=version, tls_maximum=version, parked_limit_bytes=4096)
    ends = End("ours", settings), End("theirs", settings)
    ends[1].leg.trust((OURS.fingerprint(),))
    if trusted is not None:
        ends[0].leg.trust((trusted.fingerprint(),))
    loop = asyncio.get_running_loop()
    for end, certificate, role, tcp in zip(ends, (OURS, THEIRS), roles, await connected_sockets(), strict=True):
        end.leg.start_tls(certificate, role)
        end.leg.deliver_to(end)
        await loop.connect_accepted_socket(lambda leg=end.leg: leg, tcp)  # type: ignore[misc]
    return ends


async def close(*ends: End) -> None:
    """Reset both legs and wait until their sockets are closed."""
    for end in ends:
        end.leg.abort("the test is over")
        await end.wait_closed()


roles = pytest.mark.parametrize(
    "roles", [(TlsRole.CLIENT, TlsRole.SERVER), (TlsRole.SERVER, TlsRole.CLIENT)], ids=["client", "server"]
)
versions = pytest.mark.parametrize("version", VERSIONS)


@versions
@roles
@pytest.mark.parametrize("is_early", EITHER, ids=["known before", "known after"])
async def test_a_right_fingerprint_lets_bytes_flow(
    version: TlsVersion, roles: tuple[TlsRole, TlsRole], is_early: bool
) -> None:
    """Known before or after the handshake, in either role; what was sent early comes first."""
    ours, theirs = await tls_pair(version, roles, THEIRS if is_early else None)
    theirs.leg.write(b"early ")
    assert (await ours.report(Handshaken)).version == f"TLSv{version}"
    await theirs.report(Handshaken)
    await theirs.report(Verified)
    if not is_early:
        assert not ours.received
        ours.leg.trust((THEIRS.fingerprint(),))
    assert (await ours.report(Verified)).fingerprint == THEIRS.fingerprint()
    theirs.leg.write(b"late")
    assert await ours.receive(10) == b"early late"
    ours.leg.write(b"back")
    assert await theirs.receive(4) == b"back"
    await close(ours, theirs)


@versions
@roles
@pytest.mark.parametrize("is_early", EITHER, ids=["known before", "known after"])
async def test_a_wrong_fingerprint_lets_nothing_pass(
    version: TlsVersion, roles: tuple[TlsRole, TlsRole], is_early: bool
) -> None:
    """Nothing is delivered or sent; the far end sees ``bad_certificate`` in the handshake and a reset after it."""
    ours, theirs = await tls_pair(version, roles, OURS if is_early else None)
    theirs.leg.write(b"from a stranger")
    ours.leg.write(b"secret")
    if not is_early:
        await ours.report(Handshaken)
        await theirs.report(Handshaken)
        await theirs.report(Verified)
        ours.leg.trust((OURS.fingerprint(),))
    assert "none of the announced fingerprints" in (await ours.report(TlsFailed)).cause
    await theirs.wait_closed()
    (cause,) = drain_causes(theirs)
    assert ("alert bad certificate" if is_early else "reset by the far end") in cause
    assert not ours.received
    assert not theirs.received
    assert ours.leg.bytes_sent == 0
    await close(ours, theirs)


def drain_causes(end: End) -> list[str]:
    """The causes of all failures and ends reported so far."""
    reports = [end.reports.get_nowait() for _ in range(end.reports.qsize())]
    return [report.cause for report in reports if isinstance(report, TlsFailed | Ended)]


@versions
async def test_quarantined_bytes_stop_the_reading(version: TlsVersion) -> None:
    """A far end that sends on without being trusted is held back by TCP, and all arrives once it is trusted."""
    ours, theirs = await tls_pair(version, (TlsRole.SERVER, TlsRole.CLIENT))
    held = asyncio.Event()
    theirs.leg.be_fed_by(Gate(held))
    await theirs.report(Handshaken)
    await theirs.report(Verified)
    written = 0
    while not held.is_set():
        theirs.leg.write(bytes(65536))
        written += 65536
        await asyncio.sleep(0)
    for _ in range(100):  # turns of the event loop in which ours could read on
        await asyncio.sleep(0)
    assert held.is_set()
    assert 4096 <= ours.leg.parked_bytes < 4096 + 16384
    assert not ours.received
    ours.leg.trust((THEIRS.fingerprint(),))
    assert len(await ours.receive(written)) == written
    await close(ours, theirs)


class Gate:
    """A source that only says when it is held back."""

    def __init__(self, held: asyncio.Event) -> None:
        """Set ``held`` while held back."""
        self.held = held

    def pause_reading(self) -> None:
        """Hold back."""
        self.held.set()

    def resume_reading(self) -> None:
        """Let go."""
        self.held.clear()


@versions
@roles
async def test_tls_ends_one_direction_after_the_other(version: TlsVersion, roles: tuple[TlsRole, TlsRole]) -> None:
    """close_notify and FIN one way leave the other way open; after both, the leg has ended in good order."""
    ours, theirs = await tls_pair(version, roles, THEIRS)
    ours.leg.write(b"that is all")
    ours.leg.write_eof()
    await theirs.wait_ended()
    assert theirs.received == bytearray(b"that is all")
    theirs.leg.write(b"not here")
    theirs.leg.write_eof()
    await ours.wait_ended()
    assert ours.received == bytearray(b"not here")
    await asyncio.gather(ours.wait_closed(), theirs.wait_closed())
    assert drain_causes(ours) == drain_causes(theirs) == ["closed in both directions"]


async def test_plain_ends_one_direction_after_the_other(rig: Rig) -> None:
    """The far end's FIN is told to the sink, and bytes go on the other way until ``write_eof``."""
    await rig.send(b"that is all")
    rig.far_end.shutdown(socket.SHUT_WR)
    await rig.end.wait_ended()
    assert rig.end.received == bytearray(b"that is all")
    rig.end.leg.write(b"not here")
    rig.end.leg.write_eof()
    assert (await rig.receive(), await rig.receive()) == (b"not here", b"")
    assert (await rig.end.report(Ended)).cause == "closed in both directions"
    assert (rig.end.leg.bytes_received, rig.end.leg.bytes_sent) == (11, 8)


async def test_our_end_first_leaves_the_far_end_speaking(rig: Rig) -> None:
    """The other order of the same."""
    rig.end.leg.write_eof()
    assert await rig.receive() == b""
    await rig.send(b"still here")
    assert await rig.end.receive(10) == b"still here"
    rig.far_end.shutdown(socket.SHUT_WR)
    await rig.end.report(Ended)


async def test_a_reset_is_told_to_sink_and_owner(rig: Rig) -> None:
    """The sink learns that bytes may be missing."""
    rig.reset()
    await rig.end.wait_ended()
    assert "reset by the far end" in (await rig.end.report(Ended)).cause
    assert "reset by the far end" in rig.end.abort_cause


async def test_close_sends_all_and_drops_what_comes(rig: Rig) -> None:
    """What was written arrives, then FIN; late bytes cause no reset, and nothing is reported."""
    rig.end.leg.write(b"last words")
    rig.end.leg.close()
    await rig.send(b"too late")
    assert (await rig.receive(), await rig.receive()) == (b"last words", b"")
    rig.far_end.close()
    await rig.end.wait_closed()
    assert rig.end.reports.empty()
    assert not rig.end.received


async def test_a_far_end_that_never_closes_is_reset() -> None:
    """After the linger time of a closed leg."""
    near, far = await connected_sockets()
    end = End("impatient", RelaySettings(linger_timeout_s=0.01))
    await asyncio.get_running_loop().connect_accepted_socket(lambda: end.leg, near)
    end.leg.close()
    await end.wait_closed()
    with far, pytest.raises(BrokenPipeError):  # what Linux says of a reset after FIN
        far.send(b"too late")


async def test_a_handshake_that_never_ends_fails() -> None:
    """A far end that says nothing gets ``handshake_timeout_s``."""
    near, far = await connected_sockets()
    end = End("deaf", RelaySettings(handshake_timeout_s=0.01))
    end.leg.start_tls(OURS, TlsRole.SERVER)
    await asyncio.get_running_loop().connect_accepted_socket(lambda: end.leg, near)
    assert "no TLS handshake within 0.01 s" in (await end.report(TlsFailed)).cause
    await end.wait_closed()
    far.close()


async def test_a_reset_in_the_handshake_is_a_failed_handshake() -> None:
    """As is a FIN: ``TlsFailed``, not ``Ended``."""
    for linger in (1, 0):
        near, far = await connected_sockets()
        end = End("broken")
        end.leg.start_tls(OURS, TlsRole.SERVER)
        await asyncio.get_running_loop().connect_accepted_socket(lambda leg=end.leg: leg, near)  # type: ignore[misc]
        far.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", linger, 0))
        far.close()
        await end.report(TlsFailed)
        await end.wait_closed()


async def test_bytes_before_tls_belong_to_the_handshake() -> None:
    """A ClientHello that comes before the order to start TLS is kept for it."""
    near, far = await connected_sockets()
    ours, theirs = End("ours"), End("theirs")
    loop = asyncio.get_running_loop()
    await loop.connect_accepted_socket(lambda: ours.leg, near)
    theirs.leg.start_tls(THEIRS, TlsRole.CLIENT)
    await loop.connect_accepted_socket(lambda: theirs.leg, far)
    for _ in range(10):  # turns of the event loop
        await asyncio.sleep(0)
    assert ours.leg.parked_bytes
    ours.leg.start_tls(OURS, TlsRole.SERVER)
    await ours.report(Handshaken)
    await close(ours, theirs)


@pytest.mark.parametrize("by_order", EITHER, ids=["close", "write_eof"])
async def test_a_reset_that_nobody_noticed_ends_the_leg(rig: Rig, by_order: bool) -> None:
    """While reading is paused a reset is first met by the FIN that is to be sent; it raises nothing."""
    rig.end.leg.pause_reading()
    rig.reset()
    if by_order:
        rig.end.leg.close()
    else:
        rig.end.leg.write_eof()
        assert "reset by the far end" in (await rig.end.report(Ended)).cause
    await rig.end.wait_closed()
    assert rig.end.reports.empty()
