"""What ``h248 agw`` and ``h248 alg`` let an operator see: ``--trace``, ``--pcap``, ``--metrics``, and the log."""

import functools
import logging
import os
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager
from typing import Any, NamedTuple

import click

from megaco.endpoint.base import Endpoint
from megaco.endpoint.log import JsonFormatter, TextFormatter
from megaco.errors import LocalError
from megaco.transport import Address, Trace, parse_host_port
from megaco.transport.recording import combine, record_json, record_pcap
from megaco.transport.sink import STANDARD_OUTPUT

_LEVELS = ("debug", "info", "warning", "error")
_LINE = "%(asctime)s %(levelname)s %(name)s %(message)s"


class Observing(NamedTuple):
    """What is to be seen of a running gateway or controller."""

    trace_file: str | None
    """Where messages go as lines of JSON; ``-`` is standard output, None nowhere."""
    pcap_file: str | None
    """Where messages go as a capture; likewise."""
    metrics: Address | None
    """Where Prometheus finds the counters; None nowhere."""
    level: str
    as_json: bool

    def start_log(self) -> None:
        """Log to standard error from now on: of h248 what the level lets through, of others warnings."""
        handler = logging.StreamHandler()
        handler.setFormatter(JsonFormatter() if self.as_json else TextFormatter(_LINE))
        logging.basicConfig(handlers=[handler], level=logging.WARNING)
        logging.getLogger("h248").setLevel(self.level.upper())

    @contextmanager
    def recordings(self) -> Iterator[Trace | None]:
        """Open the files to record to and yield their trace, None where there is none; raises LocalError."""
        with ExitStack() as files:
            lines = None if self.trace_file is None else files.enter_context(record_json(self.trace_file))
            packets = None if self.pcap_file is None else files.enter_context(record_pcap(self.pcap_file))
            yield combine(lines, packets)

    @asynccontextmanager
    async def serve_metrics(self, endpoint: Endpoint) -> AsyncIterator[None]:
        """Serve the metrics of an endpoint where they are wanted; raises TransportError where they cannot be."""
        if self.metrics is None:
            yield
            return
        from prometheus_client import CollectorRegistry, ProcessCollector

        from megaco.endpoint.metrics import collector
        from megaco.endpoint.scrape import MetricsServer

        registry = CollectorRegistry()
        registry.register(collector(endpoint))
        ProcessCollector(registry=registry)
        server = await MetricsServer.listen(registry, self.metrics)
        try:
            click.echo(f"metrics on {server.url}", err=True)
            yield
        finally:
            await server.close()


def observing_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options, as the parameter ``observing``."""

    @functools.wraps(function)
    def with_observing(
        *arguments: Any,
        trace_file: str | None,
        pcap_file: str | None,
        metrics: Address | None,
        verbose: bool,
        log_level: str | None,
        log_json: bool,
        **others: Any,
    ) -> Any:
        if verbose and log_level is not None:
            raise click.UsageError("-v is --log-level info: give one of the two")
        _check_files(trace_file, pcap_file)
        level = log_level or ("info" if verbose else "warning")
        observing = Observing(trace_file, pcap_file, metrics, level, log_json)
        return function(*arguments, observing=observing, **others)

    for option in reversed(_OPTIONS):
        with_observing = option(with_observing)
    return with_observing


def _check_files(trace_file: str | None, pcap_file: str | None) -> None:
    if trace_file is not None and pcap_file is not None and _place(trace_file) == _place(pcap_file):
        raise click.UsageError(f"--trace and --pcap both write to {trace_file}: name two files")
    if pcap_file == STANDARD_OUTPUT and sys.stdout is not None and sys.stdout.isatty():
        raise click.UsageError("--pcap -: octets are not for a terminal; redirect them (> FILE, | wireshark -k -i -)")


def _place(file: str) -> str:
    return file if file == STANDARD_OUTPUT else os.path.realpath(file)


def _read_metrics(_context: click.Context, _parameter: click.Parameter, value: str | None) -> Address | None:
    if value is None:
        return None
    try:
        address = parse_host_port(value)
        import megaco.endpoint.metrics
    except (LocalError, ImportError) as error:
        raise click.BadParameter(str(error)) from None
    assert megaco.endpoint.metrics is not None
    return address


_OPTIONS = (
    click.option(
        "--trace",
        "trace_file",
        metavar="FILE",
        help="Write each H.248 message as a line of JSON, for the owner of the file only; - is standard output.",
    ),
    click.option(
        "--pcap",
        "pcap_file",
        metavar="FILE",
        help="Write each H.248 message as packets that Wireshark opens, likewise.",
    ),
    click.option(
        "--metrics",
        metavar="ADDRESS:PORT",
        callback=_read_metrics,
        help="Serve counters for Prometheus at http://ADDRESS:PORT/metrics, to anybody who asks; needs h248[metrics].",
    ),
    click.option("-v", "--verbose", is_flag=True, help="The same as --log-level info."),
    click.option(
        "--log-level",
        type=click.Choice(_LEVELS),
        help="What standard error is told. warning (default): what needs a hand; info: connections, indications, "
        "transactions that failed; debug: every transaction.",
    ),
    click.option("--log-json", is_flag=True, help="Log one JSON object a line."),
)
