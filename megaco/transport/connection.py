"""One connection: reads whole messages, writes what the far end takes, ends in good order or not."""

import asyncio
import enum
import socket
import struct
from typing import Protocol

from .address import Address
from .alarm import Alarm
from .pump import Pump
from .settings import LinkSettings
from .tpkt import FrameError

_RESET_ON_CLOSE = struct.pack("ii", 1, 0)
"""struct linger: what is not sent is thrown away, and the far end told so."""


class Conduit(Protocol):
    """How messages stand on a connected socket that does not block."""

    @property
    def octets_waiting(self) -> int:
        """Octets that the system has not taken yet."""

    @property
    def messages_waiting(self) -> int:
        """Messages of which not every octet was taken."""

    @property
    def octets_held(self) -> int:
        """Octets in memory: those waiting, and those received that are no whole message yet."""

    @property
    def is_partial(self) -> bool:
        """Whether a message has begun to arrive that is not whole."""

    @property
    def is_ready(self) -> bool:
        """Whether a whole message is here that the socket will not tell of again."""

    def receive(self) -> bytes | None:
        """Return the next message, None where the far end has closed.

        Raises BlockingIOError where the socket has no more, InterruptedError where it may have but others should have
        their turn, FrameError where the far end lies, another OSError where the connection is no more.
        """

    def send(self, message: bytes) -> None:
        """Send a message, or keep what the system does not take; raises OSError where the connection is no more."""

    def flush(self) -> None:
        """Send what was kept; raises OSError where the connection is no more."""


class Ending(enum.Enum):
    """Why a connection ended."""

    CLOSED = "we closed it"
    FAR_END = "the far end closed it"
    FAILED = "it failed"
    LYING = "a frame that is none"
    SILENT = "no message came in time"
    STALLED = "a message did not end in time"
    UNREAD = "the far end does not read"
    NO_ROOM = "too much is held for all connections together"
    REPLACED = "the far end has opened another from the same port"


class Owner(Protocol):
    """Whose connection it is."""

    pump: Pump
    settings: LinkSettings
    octets_held: int
    """Octets that are held for all its connections; each connection keeps its own share up to date."""

    def ended(self, connection: "Connection", why: Ending, words: str) -> None:
        """Hear, once, why a connection ended, and what the system said."""


class Connection:
    """One connection, from connected to closed."""

    __slots__ = (
        "_again",
        "_alarm",
        "_conduit",
        "_first_by",
        "_frame_by",
        "_held",
        "_is_finishing",
        "_is_open",
        "_is_writing",
        "_loop",
        "_owner",
        "_pump",
        "_settings",
        "_socket",
        "_was_told",
        "_write_by",
        "has_spoken",
        "is_accepted",
        "local",
        "peer",
    )

    def __init__(
        self,
        sock: socket.socket,
        conduit: Conduit,
        ends: tuple[Address, Address],
        owner: Owner,
        *,
        is_accepted: bool,
    ) -> None:
        """Serve a connected socket; ``ends`` are the own address and the peer's."""
        self.local, self.peer = ends
        self.is_accepted = is_accepted
        self.has_spoken = False
        """Whether a whole message has come."""
        self._socket = sock
        self._conduit = conduit
        self._owner = owner
        self._pump = owner.pump
        self._settings = settings = owner.settings
        self._held = 0
        """Share of what the owner's connections hold."""
        self._loop = asyncio.get_running_loop()
        self._alarm = Alarm(self._check)
        self._again: asyncio.Handle | None = None
        """Reads on in the next turn; what the socket tells meanwhile is no second reason."""
        self._was_told = False
        """The socket has told of something that was not looked at yet; not every event loop lets it tell twice."""
        self._is_open = True
        self._is_writing = False
        self._is_finishing = False
        self._first_by: float | None = None
        self._frame_by: float | None = None
        self._write_by: float | None = None
        if is_accepted:
            self._first_by = self._by(settings.first_message_s)
        self._loop.add_reader(sock.fileno(), self._readable)

    def send(self, message: bytes) -> bool:
        """Send a message, now or when the far end has read what waits for it; False: the connection has ended."""
        if not self._is_open or self._is_finishing:
            return False
        try:
            self._conduit.send(message)
        except OSError as error:
            self._end(Ending.FAILED, error.strerror or str(error))
            return False
        if self._conduit.octets_waiting:
            self._wait_to_write()
        return True

    def finish(self) -> None:
        """Send what waits, tell the far end that this was all, and wait until it closes too."""
        if not self._is_open or self._is_finishing:
            return
        self._is_finishing = True
        self._first_by = self._frame_by = None
        if self.is_accepted and not self.has_spoken:
            self._end(Ending.CLOSED)
        elif not self._is_writing:
            self._shut_down()

    def cut(self, why: Ending) -> None:
        """End at once; what waits is lost."""
        self._end(why)

    @property
    def messages_waiting(self) -> int:
        """Messages that the system has not taken yet."""
        return self._conduit.messages_waiting

    @property
    def is_partial(self) -> bool:
        """Whether a message has begun to arrive that is not whole."""
        return self._conduit.is_partial

    # ---------------------------------------------------------------------------------------------------- reading

    def _readable(self) -> None:
        self._was_told = True
        if self._again is None:
            self._read()

    def _read_on(self) -> None:
        self._again = None
        self._read()

    def _read(self) -> None:
        """Take what is there, as many messages as one turn may have; the engine then speaks once to all of it."""
        self._was_told, taken, ending, words = False, 0, None, ""
        try:
            for _ in range(self._settings.messages_a_turn):
                message = self._conduit.receive()
                if message is None:
                    ending = Ending.FAR_END
                    break
                taken += 1
                if not self._is_finishing:
                    self._pump.take(message, self.peer, self.local)
            else:
                self._was_told = True
        except BlockingIOError:
            pass
        except InterruptedError:
            self._was_told = True
        except FrameError as error:
            ending, words = Ending.LYING, str(error)
        except OSError as error:
            ending, words = Ending.FAILED, error.strerror or str(error)
        if taken:
            self.has_spoken = True
            self._first_by = None
            self._pump.drain()
        self._go_on(ending, words, taken)

    def _go_on(self, ending: Ending | None, words: str, taken: int) -> None:
        if ending is not None:
            self._end(ending, words)
        if not self._is_open:
            return
        if not self._has_room():
            self._end(Ending.NO_ROOM)
            return
        if not self._conduit.is_partial or self._is_finishing:
            self._frame_by = None
        elif taken or self._frame_by is None:
            self._frame_by = self._by(self._settings.frame_s)
        if self._conduit.is_ready or self._was_told:
            self._again = self._loop.call_soon(self._read_on)

    # ---------------------------------------------------------------------------------------------------- writing

    def _wait_to_write(self) -> None:
        waiting = self._conduit.octets_waiting
        if waiting > self._settings.write_octets:
            self._end(Ending.UNREAD, f"{waiting} octets wait")
        elif not self._has_room():
            self._end(Ending.NO_ROOM)
        elif not self._is_writing:
            self._is_writing = True
            self._write_by = self._by(self._settings.write_s)
            self._loop.add_writer(self._socket.fileno(), self._flush)

    def _has_room(self) -> bool:
        """Bring the share up to date; False where it has grown and all shares together are too much."""
        grown = self._conduit.octets_held - self._held
        self._held += grown
        self._owner.octets_held += grown
        return grown <= 0 or self._owner.octets_held <= self._settings.octets_in_all

    def _flush(self) -> None:
        before = self._conduit.octets_waiting
        try:
            self._conduit.flush()
        except OSError as error:
            self._end(Ending.FAILED, error.strerror or str(error))
            return
        waiting = self._conduit.octets_waiting
        self._has_room()
        if not waiting:
            self._stop_writing()
            if self._is_finishing:
                self._shut_down()
        elif waiting < before:
            self._write_by = self._by(self._settings.write_s)

    def _stop_writing(self) -> None:
        if self._is_writing:
            self._is_writing = False
            self._write_by = None
            self._loop.remove_writer(self._socket.fileno())

    def _shut_down(self) -> None:
        try:
            self._socket.shutdown(socket.SHUT_WR)
        except OSError as error:  # the far end was faster
            self._end(Ending.CLOSED, error.strerror or str(error))

    # ----------------------------------------------------------------------------------------------------- ending

    def _by(self, wait_s: float) -> float:
        """Return a deadline, and see to it that it is looked at."""
        deadline = self._loop.time() + wait_s
        waits = (self._frame_by, self._write_by, self._first_by, deadline)
        self._alarm.set(min(one for one in waits if one is not None))
        return deadline

    def _check(self) -> None:
        """End what is late; a deadline that was met meanwhile is no deadline any more."""
        now = self._loop.time()
        late = {Ending.SILENT: self._first_by, Ending.STALLED: self._frame_by, Ending.UNREAD: self._write_by}
        for ending, deadline in late.items():
            if deadline is not None and deadline <= now:
                self._end(ending)
                return
        self._alarm.set(min((one for one in late.values() if one is not None), default=None))

    def _end(self, why: Ending, words: str = "") -> None:
        if not self._is_open:
            return
        self._is_open = False
        self._alarm.set(None)
        if self._again is not None:
            self._again.cancel()
        self._stop_writing()
        self._loop.remove_reader(self._socket.fileno())
        if self._conduit.octets_waiting:  # the system is not to keep what nobody reads
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
        self._socket.close()
        self._owner.octets_held -= self._held
        self._owner.ended(self, why, words)
