"""Plans of associations from seeds, one kind of weather each."""

from random import Random
from typing import Final, Literal

import msgspec

from ..plan import Network
from .plan import Controller, Deed, Gateway, Service, Step

_ENCODINGS: Final[tuple[Literal["pretty", "compact", "binary"], ...]] = ("compact", "pretty", "binary")


class Traits(msgspec.Struct, frozen=True):
    """What makes a weather: at most so many of each."""

    loss: float = 0.0
    cuts: int = 0
    crashes: int = 0
    hand_offs: int = 0
    leaves: int = 0
    detours: int = 0
    """Times that a controller sends gateways elsewhere, or refuses them."""
    replays: int = 0
    spike_s: float = 0.0
    """What some messages take longer."""
    calls: int = 60


WEATHERS: Final[dict[str, Traits]] = {
    "fair": Traits(),
    "lossy": Traits(loss=0.3, spike_s=4.5),
    "cuts": Traits(loss=0.05, cuts=8),
    "crashes": Traits(loss=0.05, crashes=8),
    "hand-offs": Traits(loss=0.1, hand_offs=10, cuts=2, crashes=1),
    "leaving": Traits(loss=0.3, leaves=10, crashes=2, spike_s=4.5),
    "detours": Traits(loss=0.1, detours=6),
    "replays": Traits(loss=0.1, crashes=3, hand_offs=3, leaves=2, replays=8),
    "turmoil": Traits(loss=0.3, cuts=6, crashes=5, hand_offs=5, leaves=4, detours=4, replays=3, spike_s=4.5),
}
"""The kinds of weather."""


def draw(weather: str, seed: int) -> Service:
    """Return the plan of a seed."""
    return _Drawing(weather, WEATHERS[weather], seed).plan()


class _Drawing:
    def __init__(self, weather: str, traits: Traits, seed: int) -> None:
        self._weather, self._traits, self._seed = weather, traits, seed
        self._chance = Random(f"associations {weather} {seed}")
        self._lasts_s = self._chance.choice((60.0, 120.0, 240.0))

    def plan(self) -> Service:
        chance, traits = self._chance, self._traits
        controllers = tuple(self._controller(f"mgc{number}") for number in range(1, chance.randint(2, 3) + 1))
        names = [controller.name for controller in controllers]
        gateways = tuple(self._gateway(f"mg{number}", names) for number in range(1, chance.randint(1, 4) + 1))
        of_gateways = [gateway.name for gateway in gateways]
        everybody = [*names, *of_gateways]
        steps = [self._call(names, of_gateways) for _ in range(traits.calls)]
        steps += [self._cut(names, of_gateways) for _ in range(chance.randint(0, traits.cuts))]
        steps += [self._crash(everybody) for _ in range(chance.randint(0, traits.crashes))]
        steps += [self._hand_off(names, of_gateways) for _ in range(chance.randint(0, traits.hand_offs))]
        steps += [self._leave(of_gateways) for _ in range(chance.randint(0, traits.leaves))]
        steps += [self._detour(names) for _ in range(chance.randint(0, traits.detours))]
        steps += [self._replay(names, of_gateways) for _ in range(chance.randint(0, traits.replays))]
        return Service(
            seed=self._seed,
            weather=self._weather,
            lasts_s=self._lasts_s,
            lifetime_s=chance.choice((5.0, 10.0, 25.0)),
            network=Network(
                loss=round(chance.uniform(0.0, traits.loss), 3),
                duplication=round(chance.uniform(0.0, 0.2), 3),
                shortest_s=round(chance.uniform(0.001, 0.05), 4),
                jitter_s=round(chance.uniform(0.0, 0.3), 3),
                spikes=0.05 if traits.spike_s else 0.0,
                spike_s=traits.spike_s,
            ),
            controllers=controllers,
            gateways=gateways,
            steps=tuple(sorted(steps, key=lambda step: step.at)),
        )

    def _when(self) -> float:
        return round(self._chance.uniform(0.0, self._lasts_s), 3)

    def _controller(self, name: str) -> Controller:
        chance = self._chance
        return Controller(
            name, chance.choice((1, 2, 3, 3)), chance.choice(_ENCODINGS), chance.choice((8.0, 15.0, 30.0))
        )

    def _gateway(self, name: str, controllers: list[str]) -> Gateway:
        chance = self._chance
        order = chance.sample(controllers, chance.randint(1, len(controllers)))
        return Gateway(
            name,
            tuple(order),
            version=chance.choice((1, 2, 3, 3)),
            encoding=chance.choice(_ENCODINGS),
            probe_s=chance.choice((5.0, 10.0, 20.0)),
            waiting_s=chance.choice((0.1, 1.0, 3.0)),
            retry_s=chance.choice((1.0, 5.0)),
        )

    def _call(self, controllers: list[str], gateways: list[str]) -> Step:
        """Let whoever serves a gateway ask it something, or the gateway ask."""
        chance = self._chance
        who = chance.choice(gateways)
        if chance.random() < 0.3:
            return Step(at=self._when(), do="notify", who=who)
        takes_s = round(3.0 * chance.random(), 3) if chance.random() < 0.2 else 0.0
        return Step(at=self._when(), do="call", who=chance.choice(controllers), to=who, lasts_s=takes_s)

    def _cut(self, controllers: list[str], gateways: list[str]) -> Step:
        chance = self._chance
        ends = [chance.choice(controllers), chance.choice(gateways)]
        chance.shuffle(ends)
        lasts_s = chance.choice((2.0, 10.0, 30.0, 90.0))
        return Step(
            at=self._when(), do="cut", who=ends[0], to=ends[1], lasts_s=lasts_s, both_ways=chance.random() < 0.6
        )

    def _crash(self, everybody: list[str]) -> Step:
        chance = self._chance
        return Step(
            at=self._when(), do="crash", who=chance.choice(everybody), lasts_s=chance.choice((0.1, 2.0, 15.0, 60.0))
        )

    def _hand_off(self, controllers: list[str], gateways: list[str]) -> Step:
        who, to = self._chance.sample(controllers, 2)
        return Step(at=self._when(), do="hand off", who=who, to=to, gateway=self._chance.choice(gateways))

    def _leave(self, gateways: list[str]) -> Step:
        chance = self._chance
        deed: Deed = chance.choice(("leave", "stay", "stay", "close"))
        return Step(at=self._when(), do=deed, who=chance.choice(gateways), lasts_s=float(chance.randint(1, 10)))

    def _replay(self, controllers: list[str], gateways: list[str]) -> Step:
        chance = self._chance
        return Step(at=self._when(), do="replay", who=chance.choice(gateways), to=chance.choice(controllers))

    def _detour(self, controllers: list[str]) -> Step:
        chance = self._chance
        who, to = chance.sample(controllers, 2)
        deed: Deed = chance.choice(("send elsewhere", "send elsewhere", "refuse"))
        return Step(at=self._when(), do=deed, who=who, to=to, lasts_s=chance.choice((5.0, 20.0, 60.0)))
