"""Traces that keep what they see: lines of JSON, captures, and what becomes of them where the file fails."""

import asyncio
import json
import logging
import os
import shutil
import stat
import struct
import subprocess
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from megaco import LocalError, encode
from megaco.endpoint import Mg
from megaco.message import IpAddress, Message, TransactionPending
from megaco.transport import Address, Trace
from megaco.transport.pcap import Datagram, capture
from megaco.transport.recording import JsonRecording, PcapRecording, combine, record_json, record_pcap
from megaco.transport.sink import Sink, open_sink

from .endpoints import ACTION, ASSOCIATION, accept, controller_at, gateway_of, registered, soon

PEER, LOCAL = Address("192.0.2.1", 2944), Address("192.0.2.2", 2946)
MESSAGE = Message(2, IpAddress("192.0.2.1", 2944), (TransactionPending(7),))
TEXT, BINARY = encode(MESSAGE, "pretty"), encode(MESSAGE, "binary")


def lines_of(file: Path) -> list[dict[str, Any]]:
    """Return the objects that a file has, one a line."""
    return [json.loads(line) for line in file.read_text("ascii").splitlines()]


def test_a_line_tells_of_a_message(tmp_path: Path) -> None:
    """When by two clocks, which way, between whom, in which encoding, how long, and the octets."""
    file = tmp_path / "messages.jsonl"
    with JsonRecording(open_sink(file), wall=lambda: 1_700_000_000.25, clock=lambda: 12.5) as trace:
        trace("sent", TEXT, PEER, LOCAL)
        trace("received", BINARY, Address("::1", 2944, "tcp"), Address("::1", 40000, "tcp"))
    assert lines_of(file) == [
        {
            "time": "2023-11-14T22:13:20.250000Z",
            "monotonic_s": 12.5,
            "direction": "sent",
            "transport": "udp",
            "local": "192.0.2.2:2946",
            "peer": "192.0.2.1:2944",
            "encoding": "text",
            "size": len(TEXT),
            "text": TEXT.decode(),
        },
        {
            "time": "2023-11-14T22:13:20.250000Z",
            "monotonic_s": 12.5,
            "direction": "received",
            "transport": "tcp",
            "local": "[::1]:40000",
            "peer": "[::1]:2944",
            "encoding": "binary",
            "size": len(BINARY),
            "hex": BINARY.hex(),
        },
    ]


def test_no_octet_is_lost_and_none_reaches_a_terminal(tmp_path: Path) -> None:
    """Octets that are not UTF-8 are told as hex; in a line are printable ASCII characters and nothing else."""
    file = tmp_path / "messages.jsonl"
    with record_json(file) as trace:
        for data in (b"!/1 \x1b[2J\n", "!/1 \u202e\x9b2J".encode(), b"!/1 \xff", b""):
            trace("received", data, PEER, LOCAL)
    assert file.read_bytes().replace(b"\n", b"").isascii()
    assert file.read_text("ascii").replace("\n", "").isprintable()
    told = lines_of(file)
    assert [one.get("text") for one in told] == ["!/1 \x1b[2J\n", "!/1 \u202e\x9b2J", None, ""]
    assert told[2]["hex"] == b"!/1 \xff".hex()


def test_a_capture_streams(tmp_path: Path) -> None:
    """The file is that of the whole capture; what was sent comes from the own address, what was received goes to it."""
    file = tmp_path / "messages.pcap"
    near, far = LOCAL._replace(transport="tcp"), PEER._replace(transport="tcp")
    with PcapRecording(open_sink(file), wall=lambda: 5.0) as trace:
        trace("sent", TEXT, far, near)
        trace("received", BINARY, far, near)
    assert file.read_bytes() == capture([Datagram(5.0, near, far, TEXT), Datagram(5.0, far, near, BINARY)])


def test_what_cannot_be_captured_is_told(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """A message that no datagram carries is left out; the next one is there."""
    file = tmp_path / "messages.pcap"
    with record_pcap(file) as trace:
        trace("received", bytes(65_508), PEER, LOCAL)
        trace("received", TEXT, PEER, LOCAL)
    assert [record.getMessage() for record in caplog.records] == [
        f"{file}: left out: a message of 65508 octets; a UDP datagram carries 65507"
    ]
    assert file.read_bytes().endswith(TEXT)
    assert file.stat().st_size == 24 + 16 + 28 + len(TEXT)


def test_files_are_for_their_owner_and_begin_anew(tmp_path: Path) -> None:
    """Messages hold addresses and keys: mode 0600, of a file that was there too; what was in it is gone."""
    for record in (record_json, record_pcap):
        file = tmp_path / record.__name__
        file.write_text("of before")
        file.chmod(0o644)
        record(file).close()
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert b"of before" not in file.read_bytes()
        new = tmp_path / f"{record.__name__}-new"
        record(str(new)).close()
        assert stat.S_IMODE(new.stat().st_mode) == 0o600


def test_a_file_may_be_emptied_in_the_meantime(tmp_path: Path) -> None:
    """As logrotate's copytruncate does: writing goes on at the new end, without a hole."""
    file = tmp_path / "messages.jsonl"
    with record_json(file) as trace:
        trace("sent", TEXT, PEER, LOCAL)
        wait_until(lambda: file.stat().st_size > 0)
        os.truncate(file, 0)
        trace("received", TEXT, PEER, LOCAL)
    assert [one["direction"] for one in lines_of(file)] == ["received"]


def wait_until(what: Any) -> None:
    """Wait for what another thread does soon."""
    end = time.monotonic() + 5.0
    while not what():
        assert time.monotonic() < end
        time.sleep(0.001)


@pytest.mark.parametrize("name", ["none/file", ""])
def test_a_file_that_cannot_be_opened_is_told(tmp_path: Path, name: str) -> None:
    """In one line, with its name: no such folder, a folder."""
    file = tmp_path / name
    with pytest.raises(LocalError) as caught:
        record_json(file)
    assert str(caught.value) in (f"{file}: No such file or directory", f"{file}: Is a directory")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="the system has no /dev/full")
def test_a_full_disk_ends_the_trace_and_nothing_else(caplog: pytest.LogCaptureFixture) -> None:
    """One line of the log; the messages after it are not even looked at."""
    for record in (record_json, record_pcap):
        caplog.clear()
        trace = record("/dev/full")
        trace("sent", TEXT, PEER, LOCAL)
        wait_until(lambda trace=trace: not trace.sink.is_open)
        for _ in range(3):
            trace("sent", TEXT, PEER, LOCAL)
        trace.close()
        assert [(one.name, one.levelno, one.getMessage()) for one in caplog.records] == [
            ("h248.trace", logging.ERROR, "/dev/full: No space left on device; nothing more is written to it")
        ]


def test_a_reader_that_is_gone_ends_the_trace(caplog: pytest.LogCaptureFixture) -> None:
    """As with a full disk; nobody is killed by a signal."""
    reader, writer = os.pipe()
    os.close(reader)
    sink = Sink(writer, "a pipe")
    sink.write(b"x")
    wait_until(lambda: not sink.is_open)
    sink.close()
    assert [one.getMessage() for one in caplog.records] == ["a pipe: Broken pipe; nothing more is written to it"]


def test_a_reader_that_does_not_read_stops_nobody(caplog: pytest.LogCaptureFixture) -> None:
    """What waits is bounded, what is beyond is dropped and told, closing does not wait for ever."""
    reader, writer = os.pipe()
    sink = Sink(writer, "a pipe", most_waiting_octets=1_000_000)
    began = time.monotonic()
    for _ in range(200):
        sink.write(bytes(10_000))
    sink.close(wait_s=0.05)
    assert time.monotonic() - began < 5.0
    assert 80 <= sink.dropped <= 120
    told = [one.getMessage() for one in caplog.records]
    assert told[:2] == ["a pipe is too slow: 1 records dropped so far", "a pipe is too slow: 2 records dropped so far"]
    assert len(told) == 8
    assert told[-1].startswith("a pipe takes no more: ")
    os.close(reader)  # and the thread, which was stuck, ends
    wait_until(lambda: not sink._thread.is_alive())


def test_a_slow_reader_gets_everything_in_order() -> None:
    """Also where the pipe is one that does not block, as some shells hand on."""
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    sink = Sink(writer, "a pipe")
    for number in range(100_000):
        sink.write(struct.pack("!I", number))
    closer = threading.Thread(target=sink.close, args=(30.0,))
    closer.start()
    with open(reader, "rb") as file:
        found = file.read()
    closer.join()
    assert found == b"".join(struct.pack("!I", number) for number in range(100_000))
    assert sink.dropped == 0


def test_closing_twice_is_harmless(tmp_path: Path) -> None:
    """And what comes after it is not written."""
    trace = record_json(tmp_path / "messages.jsonl")
    trace.close()
    trace("sent", TEXT, PEER, LOCAL)
    trace.close()
    assert (tmp_path / "messages.jsonl").read_bytes() == b""


def test_several_traces_are_one() -> None:
    """Each is called in turn; None stands for none; one alone stays itself."""
    seen: list[tuple[str, object]] = []

    def tracer(name: str) -> Trace:
        return lambda *what: seen.append((name, what))

    one, other = tracer("one"), tracer("other")
    both = combine(one, None, other)
    assert both is not None
    both("sent", TEXT, PEER, LOCAL)
    assert seen == [("one", ("sent", TEXT, PEER, LOCAL)), ("other", ("sent", TEXT, PEER, LOCAL))]
    assert combine(None, one) is one
    assert combine() is None
    assert combine(None, None) is None


async def test_an_endpoint_is_recorded(tmp_path: Path) -> None:
    """Registration and a request as the controller saw them, in both files; the peer's octets are the own ones."""
    lines, packets = tmp_path / "messages.jsonl", tmp_path / "messages.pcap"
    seen: list[bytes] = []
    with record_json(lines) as one, record_pcap(packets) as other:
        trace = combine(one, other, lambda way, data, peer, local: seen.append(data))
        async with registered(trace=trace) as (mgc, mg, gateway):
            await soon(mgc.request(gateway, ACTION))
            near, far = str(mgc.local), str(mg.local)
    told = lines_of(lines)
    assert [one["text"].encode() for one in told] == seen
    assert [one["direction"] for one in told[:4]] == ["received", "sent", "sent", "received"]
    assert {(one["local"], one["peer"], one["transport"]) for one in told} == {(near, far, "udp")}
    assert packets.read_bytes().count(b"MEGACO/") == len(told)
    assert [one["monotonic_s"] for one in told] == sorted(one["monotonic_s"] for one in told)


@pytest.mark.parametrize("transport", ["udp", "tcp"])
@pytest.mark.parametrize(("encoding", "protocol"), [("pretty", "megaco"), ("binary", "h248")])
async def test_wireshark_reads_what_an_endpoint_recorded(
    tmp_path: Path, transport: str, encoding: str, protocol: str
) -> None:
    """A gateway comes and goes: every message is a packet of its transport, and no expert objects."""
    tshark = shutil.which("tshark")
    if tshark is None:
        pytest.skip("tshark is not installed (Debian: apt-get install tshark)")
    local, file = f"{transport}://127.0.0.1:0", tmp_path / "messages.pcap"
    with record_pcap(file) as trace:
        async with controller_at(local, trace=trace, encoding=encoding) as mgc:
            port = mgc.local.port
            mg = await Mg.connect(
                mgc.local.url, local=local, encoding=encoding, association=ASSOCIATION, on_request=accept
            )
            await soon(mg.in_service())
            await soon(mg.close())
    told = ("-d", f"{transport}.port=={port},{protocol}", "-T", "fields", "-e", "frame.protocols")
    command = (tshark, "-r", str(file), *told, "-e", "_ws.expert.message")
    lines = (await asyncio.to_thread(subprocess.run, command, capture_output=True, text=True, check=True)).stdout
    packets = [line.split("\t") for line in lines.splitlines()]
    assert len(packets) >= 2
    assert all(protocols.split(":")[2] == transport for protocols, _ in packets)
    assert {(protocols.split(":")[-1], remarks) for protocols, remarks in packets} == {(protocol, "")}


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="the system has no /dev/full")
async def test_calls_go_on_where_the_trace_fails() -> None:
    """A gateway registers through a controller whose traces all fail."""
    with record_json("/dev/full") as one, record_pcap("/dev/full") as other:
        async with controller_at(trace=combine(one, other)) as mgc, gateway_of(mgc.local) as mg:
            assert await soon(mg.in_service()) > 0
            while one.sink.is_open or other.sink.is_open:  # noqa: ASYNC110  # a thread that tells nobody
                await asyncio.sleep(0.001)
