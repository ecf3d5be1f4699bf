"""Plans from seeds, one kind of weather each."""

from random import Random
from typing import Final, Literal

import msgspec

from .plan import Network, Party, Plan, Step

Config = dict[str, float | int | bool]

_MOST_DELAY_S: Final = 5.0
"""LONG-TIMER is T-MAX and the longest time that anything takes to be received, stalls included (Annex D.1.1)."""
_MIDS: Final[tuple[Literal["address", "domain", "device", "mtp"], ...]] = ("address", "domain", "device", "mtp")
_ENCODINGS: Final[tuple[Literal["pretty", "compact", "binary"], ...]] = ("compact", "compact", "pretty", "binary")
_WORDS: Final = ("add", "modify", "modify", "move", "subtract", "audit", "notify")


class Traits(msgspec.Struct, frozen=True):
    """What makes a weather; ``draw`` fills in the rest."""

    loss: float = 0.0
    """At most."""
    jitter_s: float = 0.1
    spike_s: float = 0.0
    corruption: float = 0.0
    longest_execution_s: float = 0.3
    slow: float = 0.2
    """The share of requests that are not executed at once."""
    cuts: int = 0
    """At most, like all that follow."""
    stalls: int = 0
    restarts: int = 0
    moves: int = 0
    hand_overs: int = 0
    """Redirects and abandons."""
    cancels: int = 0
    attacks: int = 0
    is_tight: bool = False
    """Whether limits are low."""
    long_replies: float = 0.05
    longer_s: tuple[float, ...] = ()
    """What some runs last besides, with no more requests."""
    has_segments: bool = False
    """Whether everybody is of version 3 and most messages are short."""
    is_stream: bool = False
    crowd: int = 16
    """Terminations that requests are about; few make requests wait for each other."""
    all_answered: bool = False


WEATHERS: Final[dict[str, Traits]] = {
    "calm": Traits(all_answered=True),
    "lossy": Traits(loss=0.3, jitter_s=1.0, spike_s=1.5, stalls=1),
    "slow": Traits(loss=0.1, longest_execution_s=35.0, slow=0.5, cancels=10),
    "crowded": Traits(loss=0.2, crowd=3, cancels=12, longest_execution_s=3.0, restarts=1, hand_overs=2),
    "segments": Traits(
        loss=0.3,
        long_replies=0.6,
        has_segments=True,
        spike_s=1.0,
        longest_execution_s=4.0,
        restarts=1,
        cuts=4,
        hand_overs=10,
        cancels=10,
    ),
    "cuts": Traits(loss=0.05, cuts=8, stalls=3, longest_execution_s=2.0),
    "restarts": Traits(longer_s=(1500.0,), loss=0.1, restarts=6, moves=3, hand_overs=6, longest_execution_s=8.0),
    "hostile": Traits(loss=0.1, attacks=80, longest_execution_s=3.0),
    "spoiled": Traits(loss=0.1, corruption=0.25, longest_execution_s=3.0),
    "tight": Traits(loss=0.2, is_tight=True, long_replies=0.3, longest_execution_s=6.0),
    "streams": Traits(is_stream=True, cuts=5, restarts=3, longest_execution_s=5.0, jitter_s=0.3),
    "storm": Traits(
        loss=0.3,
        jitter_s=0.8,
        spike_s=1.0,
        longest_execution_s=30.0,
        cuts=4,
        stalls=2,
        restarts=3,
        moves=2,
        hand_overs=4,
        cancels=6,
        attacks=20,
        long_replies=0.2,
        crowd=6,
    ),
}
"""The kinds of weather."""

MOST_REQUESTS: Final = 140


def draw(weather: str, seed: int) -> Plan:
    """Return the plan of a seed."""
    return _Drawing(weather, WEATHERS[weather], seed).plan()


class _Drawing:
    def __init__(self, weather: str, traits: Traits, seed: int) -> None:
        self._weather, self._traits, self._seed = weather, traits, seed
        self._chance = Random(f"{weather} {seed}")
        self._lasts_s = self._chance.choice((20.0, 40.0, 60.0, *traits.longer_s))
        self._is_agreed = self._chance.random() < 0.6
        self._is_behind_one_address = self._chance.random() < 0.2

    def plan(self) -> Plan:
        chance, traits = self._chance, self._traits
        lifetime_s = chance.choice((25.0, 25.0, 8.0)) if not traits.all_answered else 25.0
        parties = self._parties(lifetime_s)
        requests = self._requests(parties, lifetime_s)
        steps = requests + self._cancels(requests)
        names = [party.name for party in parties]
        for make, most in (
            (self._cut, traits.cuts),
            (self._stall, traits.stalls),
            (self._restart, traits.restarts),
            (self._attack, traits.attacks),
            (self._change_of_terms, 0 if traits.all_answered else 3),
            (self._change_of_settings, 0 if traits.all_answered else 3),
        ):
            steps += [make(names) for _ in range(chance.randint(0, most))]
        steps += [self._hand_over(requests) for _ in range(chance.randint(0, traits.hand_overs))]
        for _ in range(chance.randint(0, traits.moves)):
            steps += self._move(names)
        return Plan(
            seed=self._seed,
            weather=self._weather,
            network=self._network(),
            parties=parties,
            steps=tuple(sorted(steps, key=lambda step: step.at)),
            agreed=self._is_agreed,
            all_answered=traits.all_answered,
        )

    def _when(self) -> float:
        return round(self._chance.uniform(0.0, self._lasts_s), 3)

    # ------------------------------------------------------------------------------------------ network and parties

    def _network(self) -> Network:
        chance, traits = self._chance, self._traits
        return Network(
            loss=round(chance.uniform(0.0, traits.loss), 3),
            duplication=0.0 if traits.is_stream else round(chance.uniform(0.0, 0.3), 3),
            shortest_s=round(chance.uniform(0.001, 0.1), 4),
            jitter_s=round(chance.uniform(0.0, traits.jitter_s), 3),
            spikes=0.05 if traits.spike_s else 0.0,
            spike_s=traits.spike_s,
            corruption=round(chance.uniform(0.01, traits.corruption), 3) if traits.corruption else 0.0,
            in_order=traits.is_stream,
        )

    def _parties(self, lifetime_s: float) -> tuple[Party, ...]:
        chance = self._chance
        names = ["mgc", *(f"mg{number}" for number in range(1, chance.randint(2, 4)))]
        if self._traits.hand_overs:
            names.append("mgc2")
        return tuple(self._party(name, lifetime_s) for name in names)

    def _party(self, name: str, lifetime_s: float) -> Party:
        chance, traits = self._chance, self._traits
        most_octets = 65_507
        if traits.is_tight or traits.long_replies > 0.1 or chance.random() < 0.3:
            most_octets = chance.choice((600, 1400, 1472, 1472 if traits.has_segments else 8000))
        return Party(
            name=name,
            host="nat" if self._is_behind_one_address and not name.startswith("mgc") else "",
            mid=chance.choice(_MIDS),
            encoding=chance.choice(_ENCODINGS),
            version=3 if traits.has_segments else chance.choice((1, 2, 3, 3)),
            most_octets=most_octets,
            reliable=traits.is_stream,
            config=self._config(lifetime_s),
            grain_s=chance.choice((0.0, 0.01, 0.05)),
            turn_s=chance.choice((0.0, 0.0, 0.001, 0.02)),
            fidgets=chance.random() < 0.2,
        )

    def _config(self, lifetime_s: float) -> Config:
        chance, traits = self._chance, self._traits
        config: Config = {"lifetime_s": lifetime_s, "long_timer_s": lifetime_s + _MOST_DELAY_S}
        choices: dict[str, tuple[float | int | bool, ...]] = {
            "three_way_handshake": (False, True),
            "keeps_order": (True, True, False),
            "most_transactions_sent": (10, 10, 1, 3),
            "provisional_s": (1.0, 0.2),
            "execution_s": (2.0, 0.5),
            "most_pendings": (5, 5, 5, 1, 40, 0),
            "acknowledge_after_s": (1.0, 0.1, 4.0),
            "first_repeat_s": (0.2, 0.5, 0.05),
            "segments": (True, True, True, False),
            "segments_wait_s": (8.0, 2.0, 0.5),
        }
        if traits.longest_execution_s > lifetime_s:
            choices["most_pendings_taken"] = (20, 3, 0)
        if traits.has_segments:
            choices["most_segments_held"] = (10_000, 10_000, 5)
        if traits.is_tight:
            choices |= _LIMITS
        for name, values in choices.items():
            value = chance.choice(values)
            if value != values[0]:
                config[name] = value
        return config

    # --------------------------------------------------------------------------------------------------- requests

    def _requests(self, parties: tuple[Party, ...], lifetime_s: float) -> list[Step]:
        chance = self._chance
        steps: list[Step] = []
        while len(steps) < MOST_REQUESTS * min(self._lasts_s, 60.0) / 60.0:
            at = self._when()
            who, to = self._ends(parties)
            for _ in range(chance.choice((1, 1, 1, 2, 5, 12))):
                steps.append(self._request(at, who, to, len(steps) + 1, lifetime_s))
        return steps

    def _ends(self, parties: tuple[Party, ...]) -> tuple[Party, Party]:
        """Return who asks whom: a controller a gateway, or the other way."""
        controllers = [party for party in parties if party.name.startswith("mgc")]
        gateways = [party for party in parties if not party.name.startswith("mgc")]
        one, other = self._chance.choice(controllers), self._chance.choice(gateways)
        return (one, other) if self._chance.random() < 0.7 else (other, one)

    def _request(self, at: float, who: Party, to: Party, number: int, lifetime_s: float) -> Step:
        chance, traits = self._chance, self._traits
        actions = tuple(self._action(min(who.version, to.version)) for _ in range(chance.choice((1, 1, 1, 2, 3))))
        takes_s = 0.0
        if chance.random() < traits.slow:
            takes_s = round(traits.longest_execution_s * chance.random() ** 2, 3)
        return Step(
            at=at,
            do="request",
            who=who.name,
            to=to.name,
            number=number,
            actions=actions,
            takes_s=takes_s,
            says=self._says(),
        )

    def _says(self) -> str:
        chance = self._chance
        if chance.random() < self._traits.long_replies:
            return f"long {chance.choice((100, 400, 700, 1500, 3000, 20_000))}"
        return chance.choice(("done",) * 20 + ("error 430", "stop", "refuse", "twice", "unwritable"))

    def _action(self, version: int) -> str:
        chance = self._chance
        context = chance.choice(("$", "1", "2", "3", "4"))
        commands = [self._command(version) for _ in range(chance.choice((1, 1, 2, 3, 4)))]
        return f"{context}: {', '.join(commands)}"

    def _command(self, version: int) -> str:
        chance = self._chance
        word = chance.choice(_WORDS)
        if word == "notify":
            return f"notify {self._termination()}"
        kind = chance.random()
        if word == "add" and kind < 0.3:
            return "add ip/1/core/$"
        if word == "subtract" and kind < 0.3:
            return f"subtract {chance.choice(('ip/1/core/*', '*', 'ip/1/access/*'))}"
        if version == 3 and kind > 0.9:
            return f"{word} {self._termination()}+{self._termination()}"
        return f"{word} {self._termination()}"

    def _termination(self) -> str:
        chance = self._chance
        name = f"ip/1/{chance.choice(('core', 'access'))}/{chance.randint(1, self._traits.crowd)}"
        return name.upper() if chance.random() < 0.05 and name.islower() else name

    # ------------------------------------------------------------------------------------------------ what befalls

    def _cancels(self, requests: list[Step]) -> list[Step]:
        """Give some requests up soon after they were made."""
        chance = self._chance
        given_up = chance.sample(requests, min(chance.randint(0, self._traits.cancels), len(requests)))
        return [
            Step(at=round(one.at + 3.0 * chance.random() ** 2, 3), do="cancel", number=one.number) for one in given_up
        ]

    def _cut(self, names: list[str]) -> Step:
        chance = self._chance
        who, to = chance.sample(names, 2)
        lasts_s = chance.choice((0.5, 3.0, 10.0, 40.0))
        return Step(at=self._when(), do="cut", who=who, to=to, lasts_s=lasts_s, both_ways=chance.random() < 0.5)

    def _stall(self, names: list[str]) -> Step:
        chance = self._chance
        return Step(at=self._when(), do="stall", who=chance.choice(names), lasts_s=round(chance.uniform(0.1, 2.0), 2))

    def _restart(self, names: list[str]) -> Step:
        chance = self._chance
        lasts_s = chance.choice((0.001, 0.5, 5.0, 20.0))
        return Step(
            at=self._when(), do="restart", who=chance.choice(names), lasts_s=lasts_s, moves=chance.random() < 0.3
        )

    def _move(self, names: list[str]) -> list[Step]:
        """Let a party speak from another port, and let some of the others ask it there later."""
        chance = self._chance
        mover, at = chance.choice(names), self._when()
        told = [name for name in names if name != mover and chance.random() < 0.7]
        return [
            Step(at=at, do="move", who=mover),
            *(Step(at=round(at + chance.uniform(0.0, 5.0), 3), do="redirect", who=name, to=mover) for name in told),
        ]

    def _hand_over(self, requests: list[Step]) -> Step:
        """Give a responder up, or ask another in its place, soon after it was asked something."""
        chance = self._chance
        of_controllers = [request for request in requests if request.to.startswith("mgc")]
        is_abandoned = chance.random() < 0.2 or not of_controllers
        asked = chance.choice(requests if is_abandoned else of_controllers)
        at = round(asked.at + 3.0 * chance.random() ** 2, 3)
        if is_abandoned:
            return Step(at=at, do="abandon", who=asked.who, to=asked.to)
        other = "mgc2" if asked.to == "mgc" else "mgc"
        return Step(at=at, do="redirect", who=asked.who, to=asked.to, other=other)

    def _change_of_terms(self, names: list[str]) -> Step:
        who, to = self._chance.sample(names, 2)
        return Step(at=self._when(), do="agree", who=who, to=to, version=self._chance.randint(1, 3))

    def _change_of_settings(self, names: list[str]) -> Step:
        chance = self._chance
        name, values = chance.choice(tuple(_PROVISIONED.items()))
        return Step(at=self._when(), do="configure", who=chance.choice(names), config={name: chance.choice(values)})

    def _attack(self, names: list[str]) -> Step:
        chance = self._chance
        picks = round(chance.random() ** 0.5, 3)
        kind = chance.random()
        if kind < 0.3:
            return Step(at=self._when(), do="replay", picks=picks)
        if kind < 0.4:
            return Step(at=self._when(), do="garbage", picks=picks, change=chance.choice(("", "same")))
        if kind < 0.6:
            return Step(
                at=self._when(), do="spoof", picks=picks, change=chance.choice(("pending", "ack", "segment", "piece"))
            )
        change = chance.choice(("flip", "cut", "request", "reply", "pending", "ack", "segment"))
        return Step(at=self._when(), do="forge", picks=picks, change=change)


_PROVISIONED: Final[dict[str, tuple[float | int | bool, ...]]] = {
    "provisional_s": (0.1, 1.0, 5.0),
    "execution_s": (0.3, 2.0),
    "most_pendings": (1, 5, 20),
    "most_pendings_taken": (5, 20),
    "segments_wait_s": (0.5, 8.0),
    "acknowledge_after_s": (0.05, 2.0),
    "first_repeat_s": (0.05, 1.0),
    "pending_repeat_s": (2.0, 4.0),
    "most_transactions_sent": (1, 10),
    "three_way_handshake": (False, True),
}
"""What a controller may set, or an operator, while all goes on."""

_LIMITS: Final[dict[str, tuple[float | int | bool, ...]]] = {
    "max_sent": (100_000, 5, 20),
    "max_received": (1_000_000, 10, 30),
    "most_executing": (10_000, 2, 5),
    "most_transactions": (100, 4, 10),
    "most_answered": (100_000, 0, 5),
    "most_segments": (1000, 2),
    "most_segments_held": (10_000, 1, 3),
    "most_acknowledged": (200, 2),
}
