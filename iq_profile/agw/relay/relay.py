"""The relay: carries out the engine's orders on sockets and reports what it saw. It decides nothing.

It stands between ``iq_profile.agw.orders`` and ``leg``: ports are reserved and TCP connections made here, bytes
move there. All methods are called in one running selector event loop; ``report`` is called in it too, may give orders
at once, and never gets a report of a leg that ``Close`` has ended.
"""

import asyncio
import logging
import socket
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, assert_never

from iq_profile.agw.orders import (
    Accept,
    Accepted,
    Close,
    Connect,
    Connected,
    ConnectFailed,
    Join,
    LegId,
    Order,
    Report,
    StartTls,
    Trust,
)
from iq_profile.agw.relay.certificate import Certificate
from iq_profile.agw.relay.leg import Leg
from iq_profile.agw.relay.ports import Ports, connected_socket, reset_on_close
from iq_profile.agw.relay.settings import RelaySettings

_log = logging.getLogger("h248.relay")
_ACCEPT_AGAIN_S = 1.0


class Relay:
    """The media hands of one gateway: legs by name, from ``reserve`` to ``Close``."""

    def __init__(self, certificate: Certificate, settings: RelaySettings, report: Callable[[Report], None]) -> None:
        """Make a relay without legs; ``certificate`` is what all its TLS legs show."""
        self._certificate = certificate
        self._settings = settings
        self._report = report
        self._slots: dict[LegId, _Slot] = {}
        self._closing: set[Leg] = set()
        self._tasks: set[asyncio.Task[Any]] = set()
        self._ports = Ports(settings)
        self._read_buffer = bytearray(settings.read_bytes)

    def reserve(self, leg: LegId, address: str) -> int:
        """Bind a leg to a free port of the configured range and listen at it; return the port.

        ``address`` is a literal IPv4 or IPv6 address of this host. TCP connections that arrive before ``Accept``
        wait in the kernel. Ports are taken in turn, so that a freed one is not reused at once. Raises
        ``PortUnavailable`` when none is free or the address is not this host's, ``ValueError`` when the leg exists.
        """
        if leg in self._slots:
            raise ValueError(f"leg {leg} has a port already")
        listener = self._ports.listen(address)
        port: int = listener.getsockname()[1]
        tcp_leg = Leg(leg, self._settings, self._report, self._read_buffer)
        self._slots[leg] = _Slot(tcp_leg, address, port, listener)
        return port

    def perform(self, order: Order) -> None:
        """Carry out an order, or begin to; what comes of it is reported. Orders for unknown legs are ignored."""
        match order:
            case Join(one=one, other=other):
                self._join(order, self._slots.get(one), self._slots.get(other))
            case _:
                slot = self._slots.get(order.leg)
                if slot is None:
                    _log.debug("ignored, no such leg: %s", order)
                else:
                    self._perform(order, slot)

    def counters(self, leg: LegId) -> tuple[int, int]:
        """Return the application bytes received on a leg and delivered, and sent on it.

        They count from 0 until ``Close``; ``KeyError`` for a leg that is not reserved or is closed.
        """
        tcp_leg = self._slots[leg].leg
        return tcp_leg.bytes_received, tcp_leg.bytes_sent

    @property
    def is_idle(self) -> bool:
        """Whether nothing is left: no leg, none whose connection is still being closed, no task."""
        return not (self._slots or self._closing or self._tasks)

    async def close(self) -> None:
        """Reset every leg and wait until no socket and no task is left; nothing is reported any more."""
        for slot in list(self._slots.values()):
            self._close(slot, abort=True)
        waiting = list(self._closing)
        for leg in waiting:
            leg.abort("the relay closes")
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if waiting:
            await asyncio.wait([leg.closed for leg in waiting])

    def _perform(self, order: Accept | Connect | StartTls | Trust | Close, slot: "_Slot") -> None:
        match order:
            case Accept():
                slot.accept = order
                self._accept(slot)
            case Connect(_, address, port):
                self._connect(slot, address, port)
            case StartTls(_, role):
                slot.leg.start_tls(self._certificate, role)
            case Trust(_, fingerprints):
                slot.leg.trust(fingerprints)
            case Close(_, abort):
                self._close(slot, abort)
            case _:
                assert_never(order)

    def _accept(self, slot: "_Slot") -> None:
        if slot.listener is None:
            _log.debug("leg %s: ignored, no listener to accept at", slot.leg.name)
        elif slot.accept is None or slot.accept.source == "":
            asyncio.get_running_loop().remove_reader(slot.listener)
        else:
            asyncio.get_running_loop().add_reader(
                slot.listener, self._take_connection, slot, slot.listener, slot.accept
            )

    def _take_connection(self, slot: "_Slot", listener: socket.socket, order: Accept) -> None:
        try:
            connection, far_end = listener.accept()
        except (BlockingIOError, ConnectionAbortedError) as error:
            _log.debug("leg %s: a connection was gone before it was accepted: %s", slot.leg.name, error)
            return
        except OSError as error:  # out of descriptors or memory: others may free some
            _log.warning("leg %s: accepting again in %g s: %s", slot.leg.name, _ACCEPT_AGAIN_S, error)
            loop = asyncio.get_running_loop()
            loop.remove_reader(listener)
            loop.call_later(_ACCEPT_AGAIN_S, self._accept, slot)
            return
        if not order.lets_in(far_end[0]):
            _log.info("leg %s: a connection from %s is reset: not the far end", slot.leg.name, far_end[0])
            reset_on_close(connection)
            connection.close()
            return
        slot.stop_listening()
        connection.setblocking(False)
        self._report(Accepted(slot.leg.name, far_end[0], far_end[1]))
        self._adopt(slot, connection)

    def _connect(self, slot: "_Slot", address: str, port: int) -> None:
        if slot.is_connected or slot.connecting is not None:
            _log.debug("leg %s: ignored, it has a connection or is getting one", slot.leg.name)
            return
        slot.stop_listening()
        slot.connecting = asyncio.get_running_loop().create_task(self._open(slot, address, port))
        self._keep(slot.connecting)

    async def _open(self, slot: "_Slot", address: str, port: int) -> None:
        try:
            timeout_s = self._settings.connect_timeout_s
            connection = await connected_socket((slot.address, slot.port), (address, port), timeout_s)
        except OSError as error:
            slot.connecting = None
            self._report(ConnectFailed(slot.leg.name, f"{address} port {port}: {error.strerror}"))
            return
        slot.connecting = None
        self._report(Connected(slot.leg.name))
        self._adopt(slot, connection)

    def _adopt(self, slot: "_Slot", connection: socket.socket) -> None:
        """Hand a TCP connection that is up to its leg, unless the report of it brought ``Close``."""
        if self._slots.get(slot.leg.name) is not slot:
            connection.close()
            return
        slot.is_connected = True
        loop = asyncio.get_running_loop()
        # Never cancelled, lest the socket be lost: a leg closed meanwhile drops the connection itself.
        self._keep(loop.create_task(loop.connect_accepted_socket(lambda: slot.leg, connection)))

    def _keep(self, task: asyncio.Task[Any]) -> None:
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _join(self, order: Join, one: "_Slot | None", other: "_Slot | None") -> None:
        if one is None or other is None or one is other:
            _log.debug("ignored, no such pair of legs: %s", order)
            return
        for slot in (one, other):
            slot.part()
        one.partner, other.partner = other, one
        join(one.leg, other.leg, forth=order.forth, back=order.back)

    def _close(self, slot: "_Slot", abort: bool) -> None:
        leg = slot.leg
        del self._slots[leg.name]
        self._ports.free(slot.address, slot.port)
        slot.part()
        slot.stop_listening()
        if slot.connecting is not None:
            slot.connecting.cancel()
        leg.close(abort)
        if not leg.closed.done():
            self._closing.add(leg)
            leg.closed.add_done_callback(lambda _: self._closing.discard(leg))


def join(one: Leg, other: Leg, *, forth: bool = True, back: bool = True) -> None:
    """Let bytes flow between two legs from now on, parked ones first: ``forth`` from one to other, ``back`` again."""
    one.be_fed_by(other)
    other.be_fed_by(one)
    one.deliver_to(other if forth else None)
    other.deliver_to(one if back else None)


@dataclass(slots=True, eq=False)
class _Slot:
    """A reserved leg and what it holds beside its connection."""

    leg: Leg
    address: str
    port: int
    listener: socket.socket | None
    accept: Accept | None = None
    connecting: asyncio.Task[None] | None = None
    partner: "_Slot | None" = None
    is_connected: bool = False

    def stop_listening(self) -> None:
        """Free the listener; the kernel refuses who still waits at it."""
        if self.listener is not None:
            asyncio.get_running_loop().remove_reader(self.listener)
            self.listener.close()
            self.listener = None

    def part(self) -> None:
        """Undo a join: either leg parks again what it receives."""
        partner, self.partner = self.partner, None
        if partner is not None:
            partner.partner = None
            for leg in (self.leg, partner.leg):
                leg.deliver_to(None)
                leg.be_fed_by(None)
