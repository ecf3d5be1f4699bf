"""Counters and state of endpoints for Prometheus, and where it finds them."""

import asyncio
import builtins
import importlib
import logging
import sys
import threading
import urllib.request
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, suppress
from typing import Any

import pytest
from prometheus_client import CollectorRegistry, Counter, generate_latest, start_http_server
from prometheus_client.parser import text_string_to_metric_families
from prometheus_client.registry import Collector

from megaco import TransportError, __version__
from megaco.endpoint import scrape
from megaco.endpoint.metrics import EndpointCollector, collector, counter_meanings
from megaco.endpoint.scrape import MetricsServer
from megaco.transaction import Counters
from megaco.transport import Address
from megaco.transport.counters import TransportCounters

from .endpoints import ACTION, registered, soon

ANY_PORT = Address("127.0.0.1", 0)


def read(text: str) -> dict[str, dict[tuple[tuple[str, str], ...], float]]:
    """Return the samples of an exposition: name -> labels -> value."""
    found: dict[str, dict[tuple[tuple[str, str], ...], float]] = {}
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            found.setdefault(sample.name, {})[tuple(sorted(sample.labels.items()))] = sample.value
    return found


def registry_of(one: Collector) -> CollectorRegistry:
    """Return a registry of its own."""
    registry = CollectorRegistry()
    registry.register(one)
    return registry


async def test_an_endpoint_tells_what_it_counts() -> None:
    """Requests, messages of its transport, the state of now; each with a help text that is a sentence."""
    async with registered() as (mgc, mg, gateway):
        await soon(mgc.request(gateway, ACTION))
        text = generate_latest(registry_of(collector(mgc))).decode()
        told = read(text)
        assert told["h248_requests_sent_total"] == {(): 1.0}
        assert told["h248_requests_answered_total"] == {(): 1.0}
        assert told["h248_requests_received_total"] == {(): 1.0}
        assert told["h248_transport_messages_received_total"] == {(("transport", "udp"),): 2.0}
        assert told["h248_associations"] == {(): 1.0}
        assert told["h248_requests_outstanding"] == {(): 0.0}
        assert told["h248_requests_executing"] == {(): 0.0}
        assert told["h248_requests_remembered"] == {(): 1.0}
        assert told["h248_build_info"] == {(("version", __version__),): 1.0}
        helps = [line.split(" ", 3)[3] for line in text.splitlines() if line.startswith("# HELP ")]
        assert len(helps) == len(told)
        assert all(one.endswith(".") and one[0].isupper() for one in helps)
        of_gateway = read(generate_latest(registry_of(collector(mg))).decode())
        assert of_gateway["h248_associations"] == {(): 1.0}
    assert read(generate_latest(registry_of(collector(mg))).decode())["h248_associations"] == {(): 0.0}


@pytest.mark.parametrize("kind", [Counters, TransportCounters])
def test_every_counter_is_told(kind: type) -> None:
    """A counter that is added to its class needs nothing else: its name and the docstring below it are read."""
    meanings, counters = counter_meanings(kind), kind()
    public = {name for name in dir(counters) if not name.startswith("_")}
    assert set(meanings) == {name for name in public if isinstance(getattr(counters, name), int)}
    assert all(len(meaning) > 10 and meaning.endswith(".") for meaning in meanings.values())


class Undocumented:
    """Counts without saying what, beside what is no counter."""

    things_seen: int
    name: str
    _hidden: int


def test_a_counter_without_docstring_is_told_by_its_name() -> None:
    """So is one whose source is not there."""
    assert counter_meanings(Undocumented) == {"things_seen": "things seen."}
    made = type("Made", (), {"__annotations__": {"frames": "int"}})
    assert counter_meanings(made) == {"frames": "frames."}


async def test_endpoints_are_told_apart_by_labels() -> None:
    """One collector for several, all with the same labels."""
    async with registered() as (mgc, mg, gateway):
        one = collector(mgc, labels={"role": "mgc"})
        one.add(mg, {"role": "mg"})
        await soon(mgc.request(gateway, ACTION))
        told = read(generate_latest(registry_of(one)).decode())
        assert told["h248_associations"] == {(("role", "mg"),): 1.0, (("role", "mgc"),): 1.0}
        assert told["h248_requests_sent_total"] == {(("role", "mg"),): 1.0, (("role", "mgc"),): 1.0}
        assert set(told["h248_transport_octets_sent_total"]) == {
            (("role", "mg"), ("transport", "udp")),
            (("role", "mgc"), ("transport", "udp")),
        }
        for wrong in ({}, {"site": "north"}, {"role": "x", "site": "north"}):
            with pytest.raises(ValueError, match=r"this collector has \['role'\]"):
                one.add(mg, wrong)
        with pytest.raises(ValueError, match="transport"):
            collector(mg, labels={"transport": "udp"})


async def test_another_thread_may_ask() -> None:
    """prometheus_client's own server, which answers in threads, while the endpoint works."""
    async with registered() as (mgc, _, gateway):
        server, thread = start_http_server(0, "127.0.0.1", registry_of(collector(mgc)))
        try:
            url = f"http://127.0.0.1:{server.server_port}/metrics"
            asking = [asyncio.to_thread(fetch, url) for _ in range(20)]
            answers = asyncio.gather(*asking)
            while not answers.done():
                await soon(mgc.request(gateway, ACTION))
            sent = [read(text)["h248_requests_sent_total"][()] for _, _, text in await answers]
        finally:
            await asyncio.to_thread(server.shutdown)
            thread.join()
            server.server_close()
        assert all(0 <= one <= mgc.engine.counters.requests_sent for one in sent)


def fetch(url: str, **headers: str) -> tuple[int, Mapping[str, str], str]:
    """Return status, headers and body of a GET."""
    request = urllib.request.Request(url, headers=headers)
    with urllib.request.urlopen(request, timeout=10.0) as answer:
        return answer.status, dict(answer.headers), answer.read().decode()


@asynccontextmanager
async def serving(registry: CollectorRegistry | None = None) -> AsyncIterator[MetricsServer]:
    """Serve a registry, one that has counted to 3 unless told otherwise."""
    if registry is None:
        registry = CollectorRegistry()
        Counter("things", "Things.", registry=registry).inc(3)
    server = await MetricsServer.listen(registry, ANY_PORT)
    try:
        yield server
    finally:
        await soon(server.close())


async def say(server: MetricsServer, octets: bytes) -> bytes:
    """Say something to a server and return all that it says."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port_of(server))
    writer.write(octets)
    try:
        return await soon(reader.read())
    finally:
        writer.close()
        await writer.wait_closed()


def port_of(server: MetricsServer) -> int:
    """Return the port that a server listens at."""
    return int(server.url.removesuffix("/metrics").rpartition(":")[2])


async def test_the_metrics_are_served() -> None:
    """As the text format, or as OpenMetrics to whoever wants it."""
    async with serving() as server:
        assert server.url == f"http://127.0.0.1:{port_of(server)}/metrics"
        status, headers, body = await asyncio.to_thread(fetch, server.url)
        assert (status, read(body)["things_total"]) == (200, {(): 3.0})
        assert headers["Content-Type"].startswith("text/plain; version=0.0.4")
        wanted = "application/openmetrics-text; version=1.0.0"
        _, headers, body = await asyncio.to_thread(fetch, f"{server.url}?x=1", Accept=wanted)
        assert headers["Content-Type"].startswith(wanted)
        assert body.endswith("# EOF\n")


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        (b"HEAD /metrics HTTP/1.0\r\n\r\n", b"HTTP/1.1 200 OK\r\n"),
        (b"GET /metrics HTTP/1.1\r\naccept:*/*\r\n\r\n", b"HTTP/1.1 200 OK\r\n"),
        (b"GET / HTTP/1.1\r\n\r\n", b"HTTP/1.1 404 Not Found\r\n"),
        (b"POST /metrics HTTP/1.1\r\n\r\n", b"HTTP/1.1 405 Method Not Allowed\r\n"),
        (b"GET /metrics\r\n\r\n", b"HTTP/1.1 400 Bad Request\r\n"),
        (b"\x16\x03\x01\xff\r\n\r\n", b"HTTP/1.1 400 Bad Request\r\n"),
        (b"\r\n\r\n", b"HTTP/1.1 400 Bad Request\r\n"),
        (b"GET /metrics HTTP/1.1\r\n" + b"a" * 9000 + b"\r\n\r\n", b""),
    ],
)
async def test_what_else_is_asked(said: bytes, heard: bytes) -> None:
    """Each gets its answer, or the end of the connection; HEAD gets no body, whose length it is told."""
    async with serving() as server:
        answer = await say(server, said)
        assert answer.startswith(heard)
        head, _, body = answer.partition(b"\r\n\r\n")
        assert (b"Connection: close" in head) == bool(heard)
        if said.startswith(b"HEAD"):
            assert body == b""
            assert b"Content-Length: 0" not in head


async def test_whoever_says_nothing_is_sent_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """After a while, octet by octet or not; beyond so many at once nobody is served. Others are not held up."""
    monkeypatch.setattr(scrape, "EXCHANGE_S", 0.2)
    async with serving() as server:
        crowd = [await asyncio.open_connection("127.0.0.1", port_of(server)) for _ in range(scrape.MOST_CONNECTIONS)]
        await asyncio.sleep(0.01)
        assert await beyond(server) == b""
        assert await asyncio.gather(*(soon(reader.read()) for reader, _ in crowd)) == [b""] * len(crowd)
        for _, writer in crowd:
            writer.close()
        assert (await say(server, b"GET /metrics HTTP/1.1\r\n\r\n")).startswith(b"HTTP/1.1 200")


async def beyond(server: MetricsServer) -> bytes:
    """Return what one too many hears: nothing."""
    try:
        return await say(server, b"GET /metrics HTTP/1.1\r\n\r\n")
    except ConnectionError:
        return b""


async def test_closing_ends_who_is_connected() -> None:
    """At once, and twice does no harm; the port is free again."""
    server = await MetricsServer.listen(CollectorRegistry(), ANY_PORT)
    port = port_of(server)
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    await asyncio.sleep(0.01)
    await soon(server.close())
    with suppress(ConnectionError):
        assert await soon(reader.read()) == b""
    writer.close()
    await soon(server.close())
    again = await MetricsServer.listen(CollectorRegistry(), Address("127.0.0.1", port))
    await again.close()


async def test_a_taken_port_is_told() -> None:
    """In one line."""
    async with serving() as server:
        with pytest.raises(TransportError) as caught:
            await MetricsServer.listen(CollectorRegistry(), Address("127.0.0.1", port_of(server)))
        told = str(caught.value)
        assert told.startswith(f"cannot serve metrics on http://127.0.0.1:{port_of(server)}: ")
        assert "in use" in told
        assert "\n" not in told


class Broken(Collector):
    """A collector that fails."""

    def collect(self) -> Iterator[Any]:
        """Fail."""
        raise RuntimeError("the collector's own")


async def test_a_collector_that_fails_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    """The scrape gets 500, the log the traceback, the next scrape is served."""
    registry = registry_of(Broken())
    async with serving(registry) as server:
        with caplog.at_level(logging.ERROR):
            answer = await say(server, b"GET /metrics HTTP/1.1\r\n\r\n")
        assert answer.startswith(b"HTTP/1.1 500 ")
        assert "the collector's own" in caplog.text
        assert (await say(server, b"GET / HTTP/1.1\r\n\r\n")).startswith(b"HTTP/1.1 404")


@pytest.mark.parametrize("module", ["metrics", "scrape"])
def test_without_the_extra_its_name_is_told(monkeypatch: pytest.MonkeyPatch, module: str) -> None:
    """What to install, in one line."""
    imported = builtins.__import__

    def without_prometheus(name: str, *arguments: Any, **more: Any) -> Any:
        if name.startswith("prometheus_client"):
            raise ModuleNotFoundError(f"No module named {name!r}")
        return imported(name, *arguments, **more)

    monkeypatch.delitem(sys.modules, f"megaco.endpoint.{module}")
    monkeypatch.setattr(builtins, "__import__", without_prometheus)
    with pytest.raises(ImportError, match=r"metrics need prometheus-client: pip install 'h248\[metrics\]'"):
        importlib.import_module(f"megaco.endpoint.{module}")


def test_several_registries_do_not_meet() -> None:
    """A collector is of nobody until it is registered: no global registry, no thread."""
    threads = threading.active_count()
    registries = [registry_of(EndpointCollector()) for _ in range(2)]
    assert [b"h248_build_info" in generate_latest(one) for one in registries] == [True, True]
    assert threading.active_count() == threads
