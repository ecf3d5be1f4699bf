"""Traces that keep what they see: messages as lines of JSON, and as packets that Wireshark opens.

    with record_json("messages.jsonl") as lines, record_pcap("messages.pcap") as packets:
        mgc = await Mgc.listen("udp://192.0.2.1", trace=combine(lines, packets))

Messages hold addresses, and SDP that may hold keys: the files are for their owner only (mode 0600).
"""

import json
import logging
import os
import time
from collections.abc import Callable
from datetime import UTC, datetime
from types import TracebackType
from typing import Literal, Self

from megaco.codec import is_binary
from megaco.errors import LocalError

from .address import Address
from .packets import Packets
from .pcap import FILE_HEADER, Datagram, records
from .pump import Trace
from .sink import Sink, open_sink

_log = logging.getLogger("h248.trace")


class Recording:
    """What traces with a file share: ``close`` them after the endpoint. Once the file failed they do nothing."""

    def __init__(self, sink: Sink, wall: Callable[[], float] = time.time) -> None:
        """Write to ``sink``; ``wall`` returns seconds since the epoch."""
        self.sink = sink
        self._wall = wall

    def close(self) -> None:
        """Write what is left, and close the file."""
        self.sink.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()


class JsonRecording(Recording):
    """One JSON object a line and message, ASCII, so that no message can play tricks on a terminal."""

    def __init__(
        self, sink: Sink, wall: Callable[[], float] = time.time, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Write to ``sink``; ``clock`` returns seconds that nobody sets, those of the event loop."""
        super().__init__(sink, wall)
        self._clock = clock

    def __call__(self, way: Literal["sent", "received"], data: bytes, peer: Address, local: Address) -> None:
        """Write a line; the members are those of ``docs/observing.md``."""
        if not self.sink.is_open:
            return
        seen = {
            "time": f"{datetime.fromtimestamp(self._wall(), UTC):%Y-%m-%dT%H:%M:%S.%fZ}",
            "monotonic_s": round(self._clock(), 6),
            "direction": way,
            "transport": peer.transport,
            "local": str(local),
            "peer": str(peer),
            **_octets(data),
        }
        self.sink.write(json.dumps(seen, separators=(",", ":")).encode("ascii") + b"\n")


class PcapRecording(Recording):
    """A capture file; what is fabricated round the messages is told in ``megaco.transport.packets``."""

    def __init__(self, sink: Sink, wall: Callable[[], float] = time.time) -> None:
        """Write the file's header to ``sink``."""
        super().__init__(sink, wall)
        self._packets = Packets()
        sink.write(FILE_HEADER)

    def __call__(self, way: Literal["sent", "received"], data: bytes, peer: Address, local: Address) -> None:
        """Write the packets of a message; one that no packets of its transport could carry is logged instead."""
        if not self.sink.is_open:
            return
        source, target = (local, peer) if way == "sent" else (peer, local)
        try:
            self.sink.write(records(self._packets, Datagram(self._wall(), source, target, data)))
        except LocalError as error:
            _log.warning("%s: left out: %s", self.sink.name, error)


def record_json(file: str | os.PathLike[str]) -> JsonRecording:
    """Record messages as lines of JSON in a file, on standard output for ``-``; raises LocalError with why not."""
    return JsonRecording(open_sink(file))


def record_pcap(file: str | os.PathLike[str]) -> PcapRecording:
    """Record messages as a capture in a file, on standard output for ``-``; raises LocalError with why not."""
    return PcapRecording(open_sink(file))


def combine(*traces: Trace | None) -> Trace | None:
    """Return a trace that calls each of these in turn, leaving out those that are None; None where none is left."""
    chosen = tuple(trace for trace in traces if trace is not None)
    if len(chosen) < 2:
        return chosen[0] if chosen else None

    def all_of_them(way: Literal["sent", "received"], data: bytes, peer: Address, local: Address) -> None:
        for trace in chosen:
            trace(way, data, peer, local)

    return all_of_them


def _octets(data: bytes) -> dict[str, object]:
    """Return encoding, size and octets: text as it is, what is not UTF-8 as hex digits, which lose nothing."""
    encoding = "binary" if is_binary(data) else "text"
    told: dict[str, object] = {"encoding": encoding, "size": len(data)}
    try:
        return told | ({"hex": data.hex()} if encoding == "binary" else {"text": data.decode("utf-8")})
    except UnicodeDecodeError:
        return told | {"hex": data.hex()}
