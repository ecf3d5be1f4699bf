"""Counters and state of endpoints for Prometheus, read when they are asked for.

    registry = prometheus_client.CollectorRegistry()
    registry.register(collector(mgc, labels={"site": "north"}))

Nothing is done for a message: the endpoint counts in plain integers whether anybody looks or not. A collector may be
asked from another thread than the endpoint's: it reads integers and lengths, and nothing else.

Every counter of ``engine.counters`` becomes ``h248_NAME_total``, every one of ``pump.counters(...)``
``h248_transport_NAME_total`` with the label ``transport``; the docstring below the attribute is the help text. Needs
the extra ``metrics``.
"""

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

try:
    from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, InfoMetricFamily, Metric
    from prometheus_client.registry import Collector
except ImportError:
    raise ImportError("metrics need prometheus-client: pip install 'h248[metrics]'") from None

from megaco.association.table import GatewayState
from megaco.transaction import Counters
from megaco.transport.address import TRANSPORTS
from megaco.transport.counters import TransportCounters
from megaco.version import __version__

from .base import Endpoint
from .controller import Mgc
from .gateway import Mg

_IN_SERVICE = (GatewayState.IN_SERVICE, GatewayState.LEAVING)


class Gauge(NamedTuple):
    """A number that goes up and down."""

    name: str
    meaning: str
    read: Callable[[Endpoint], float]


def _associations(endpoint: Endpoint) -> float:
    match endpoint:
        case Mgc():
            return len(endpoint.registrar.gateways)
        case Mg():
            return int(endpoint.association.state in _IN_SERVICE)
    return 0


GAUGES = (
    Gauge("h248_associations", "Associations in service: gateways registered, or the one of a gateway.", _associations),
    Gauge(
        "h248_requests_outstanding",
        "Requests of our own that have no reply yet.",
        lambda endpoint: endpoint.engine.outstanding,
    ),
    Gauge(
        "h248_requests_executing",
        "Requests of peers that have no reply yet.",
        lambda endpoint: endpoint.engine.executing,
    ),
    Gauge(
        "h248_requests_remembered",
        "Requests of peers remembered, most with their replies, in case they come again; those executing included.",
        lambda endpoint: endpoint.engine.remembered,
    ),
)
_TRANSPORT = "transport"


_Source = tuple[tuple[str, ...], Counters | TransportCounters]
"""Values of the labels, and what was counted."""


class EndpointCollector(Collector):
    """Collects from endpoints that are told apart by labels."""

    def __init__(self, label_names: tuple[str, ...] = ()) -> None:
        """Collect from nobody yet; every endpoint has these labels, none where there is one endpoint only."""
        self.label_names = label_names
        self._endpoints: tuple[tuple[Endpoint, tuple[str, ...]], ...] = ()

    def add(self, endpoint: Endpoint, labels: Mapping[str, str] | None = None) -> None:
        """Collect from an endpoint too; raises ValueError where its labels are not those of this collector."""
        labels = labels or {}
        if set(labels) != set(self.label_names) or _TRANSPORT in labels:
            raise ValueError(f"labels {sorted(labels)}; this collector has {sorted(self.label_names)}, and transport")
        self._endpoints += ((endpoint, tuple(labels[name] for name in self.label_names)),)

    def collect(self) -> Iterator[Metric]:
        """Yield every metric with its value of now."""
        yield InfoMetricFamily("h248_build", "Version of h248.", {"version": __version__})
        for gauge in GAUGES:
            family = GaugeMetricFamily(gauge.name, gauge.meaning, labels=self.label_names)
            for endpoint, values in self._endpoints:
                family.add_metric(values, gauge.read(endpoint))
            yield family
        yield from _counted("h248_", self.label_names, Counters, self._of_engines())
        yield from _counted("h248_transport_", (*self.label_names, _TRANSPORT), TransportCounters, self._of_pumps())

    def _of_engines(self) -> list[_Source]:
        return [(values, endpoint.engine.counters) for endpoint, values in self._endpoints]

    def _of_pumps(self) -> list[_Source]:
        """Return what each transport counted that an endpoint has, or had something to count about."""
        found: list[_Source] = []
        for endpoint, values in self._endpoints:
            linked = {link.local.transport for link in endpoint.pump.links}
            for transport in TRANSPORTS:
                counters = endpoint.pump.counters(transport)
                if transport in linked or counters != TransportCounters():
                    found.append(((*values, transport), counters))
        return found


def _counted(prefix: str, labels: tuple[str, ...], kind: type, sources: list[_Source]) -> Iterator[Metric]:
    for name, meaning in counter_meanings(kind).items():
        family = CounterMetricFamily(f"{prefix}{name}", meaning, labels=labels)
        for values, counters in sources:
            family.add_metric(values, getattr(counters, name))
        yield family


def collector(endpoint: Endpoint, *, labels: Mapping[str, str] | None = None) -> EndpointCollector:
    """Return a collector of one endpoint, to be registered; more endpoints with the same labels are added to it."""
    made = EndpointCollector(tuple(labels or {}))
    made.add(endpoint, labels)
    return made


_MEANINGS: dict[type, dict[str, str]] = {}


def counter_meanings(kind: type) -> dict[str, str]:
    """Return the public integers that a class announces, each with the docstring below it or its name spelled out.

    The names are those of the annotations; the docstrings are read from the source once, where there is a source.
    """
    if kind not in _MEANINGS:
        told = _docstrings(kind)
        names = [name for name, type_ in inspect.get_annotations(kind).items() if type_ in (int, "int")]
        _MEANINGS[kind] = {
            name: told.get(name, f"{name.replace('_', ' ')}.") for name in names if not name.startswith("_")
        }
    return _MEANINGS[kind]


def _docstrings(kind: type) -> dict[str, str]:
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(kind))).body[0]
    except (OSError, TypeError):  # installed without sources
        return {}
    assert isinstance(tree, ast.ClassDef)
    return {
        field.target.id: " ".join(below.value.value.split())
        for field, below in zip(tree.body, tree.body[1:], strict=False)
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)
        if isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant) and isinstance(below.value.value, str)
    }
