"""What makes a plan of associations simpler."""

from collections.abc import Callable, Iterator
from typing import Final

from ..shrink import replaced
from ..simpler import better
from .plan import Service


def with_a_better_network(plan: Service) -> Iterator[Service]:
    """Take one trouble away from the network."""
    for network in better(plan.network):
        yield replaced(plan, network=network)


def without_gateways(plan: Service) -> Iterator[Service]:
    """Leave a gateway out."""
    for gateway in plan.gateways:
        if len(plan.gateways) > 1:
            yield replaced(plan, gateways=tuple(one for one in plan.gateways if one is not gateway))


def with_plain_endpoints(plan: Service) -> Iterator[Service]:
    """Take the encodings and versions away that are not as usual."""
    for field in ("controllers", "gateways"):
        several = getattr(plan, field)
        for index, one in enumerate(several):
            for name, value in (("encoding", "compact"), ("version", 3)):
                simpler = replaced(one, **{name: value})
                yield replaced(plan, **{field: (*several[:index], simpler, *several[index + 1 :])})


SIMPLER: Final[tuple[Callable[[Service], Iterator[Service]], ...]] = (
    with_a_better_network,
    without_gateways,
    with_plain_endpoints,
)
