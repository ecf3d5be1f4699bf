"""The network between controllers and gateways, and what an eavesdropper learns of registrations."""

from collections import defaultdict
from collections.abc import Callable
from random import Random

from megaco import codec
from megaco.message import ServiceChangeMethod, ServiceChangeRequest, TransactionRequest
from megaco.transport import Address, Fate

from ..plan import Network

_COMING = (
    ServiceChangeMethod.RESTART,
    ServiceChangeMethod.DISCONNECTED,
    ServiceChangeMethod.FAILOVER,
    ServiceChangeMethod.HAND_OFF,
)


class Troubles:
    """Decides on each message; ``heal`` ends all troubles."""

    def __init__(self, network: Network, seed: int, now: Callable[[], float]) -> None:
        self.network = network
        self.messages = 0
        self.registrations: dict[str, dict[int, float]] = defaultdict(dict)
        """Host -> TransactionID of a registration -> when it was first sent."""
        self.heard: dict[tuple[str, str], bytes] = {}
        """Hosts of source and target -> the last registration that was sent, whatever became of it."""
        self._seed = seed
        self._now = now
        self._chances: dict[tuple[str, str], Random] = {}
        self._cuts: dict[tuple[str, str], float] = {}

    def cut(self, source: str, target: str, until: float) -> None:
        """Let nothing pass from one host to another."""
        self._cuts[source, target] = max(until, self._cuts.get((source, target), 0.0))

    def heal(self) -> None:
        """Lose and delay nothing from now on."""
        self._cuts.clear()
        self.network = Network()

    @property
    def fate(self) -> Fate:
        """What becomes of a message."""
        return self._fate

    def _fate(self, octets: bytes, source: Address, target: Address) -> list[float]:
        self._listen(octets, source.host, target.host)
        link = source.host, target.host
        chance = self._chances.get(link)
        if chance is None:
            chance = self._chances[link] = Random(f"{self._seed} {source.host} {target.host}")
        lost, doubled = chance.random() < self.network.loss, chance.random() < self.network.duplication
        delays = [self._delay_s(chance) for _ in range(1 + doubled)]
        return [] if lost or self._now() < self._cuts.get(link, 0.0) else delays

    def _delay_s(self, chance: Random) -> float:
        network = self.network
        delay_s = network.shortest_s + network.jitter_s * chance.random()
        is_spike = network.spikes > 0 and chance.random() < network.spikes
        return delay_s + network.spike_s * chance.random() if is_spike else delay_s

    def _listen(self, octets: bytes, host: str, target: str) -> None:
        self.messages += 1
        for transaction in codec.decode(octets).transactions:
            if isinstance(transaction, TransactionRequest) and _is_registration(transaction):
                self.registrations[host].setdefault(transaction.transaction_id, self._now())
                self.heard[host, target] = octets


def _is_registration(request: TransactionRequest) -> bool:
    return any(
        isinstance(asked.command, ServiceChangeRequest)
        and asked.command.services.method in _COMING
        and asked.command.services.mgc_id_to_try is None
        for action in request.actions
        for asked in action.commands
    )
