"""What happens in one run, as data: drawn from a seed, or read from a file that a failure left."""

from typing import Literal

import msgspec

Deed = Literal[
    "request",
    "cancel",
    "cut",
    "stall",
    "restart",
    "move",
    "agree",
    "configure",
    "redirect",
    "abandon",
    "replay",
    "forge",
    "spoof",
    "garbage",
]


class Network(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What the network does to datagrams by itself; chances are within 0..1, times in seconds."""

    loss: float = 0.0
    duplication: float = 0.0
    shortest_s: float = 0.005
    """The least delay of a datagram."""
    jitter_s: float = 0.0
    """What chance adds to it at most, so that datagrams overtake each other."""
    spikes: float = 0.0
    """The chance of a datagram to take ``spike_s`` more."""
    spike_s: float = 0.0
    corruption: float = 0.0
    """The chance of a datagram to arrive cut short, with bits turned round, or as something else."""
    in_order: bool = False
    """As a stream does: nothing overtakes."""

    @property
    def longest_s(self) -> float:
        """The longest that a datagram takes."""
        return self.shortest_s + self.jitter_s + self.spike_s


class Party(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One endpoint: its engine's settings, and how well its host keeps time."""

    name: str
    """What others know it by."""
    host: str = ""
    """Where it is; "": a host of its own, else one that it shares with others behind the same address."""
    mid: Literal["address", "domain", "device", "mtp"] = "domain"
    """The form of its message identifier."""
    encoding: Literal["pretty", "compact", "binary"] = "compact"
    version: int = 1
    most_octets: int = 65_507
    reliable: bool = False
    config: dict[str, float | int | bool] = {}
    """Of TransactionConfig, what is not at its default."""
    grain_s: float = 0.0
    """How late a timer may fire."""
    turn_s: float = 0.0
    """How long after an event what it made is sent, together with what others made meanwhile."""
    fidgets: bool = False
    """Whether the timers are asked on each event, needed or not."""


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Something that does not come from the engines; a step that has become meaningless does nothing."""

    at: float
    """Seconds since the beginning."""
    do: Deed
    who: str = ""
    """The party that does it or that it is done to."""
    to: str = ""
    other: str = ""
    """For redirect: who has taken over from ``to``."""
    number: int = 0
    """Of a request, for cancel."""
    actions: tuple[str, ...] = ()
    """``CONTEXT: COMMAND TERMINATION[+TERMINATION], ...`` each."""
    takes_s: float = 0.0
    """How long the request is executed."""
    says: str = "done"
    """The reply: ``done``, ``long OCTETS`` (a command), ``error CODE``, ``stop`` (within an action), ``refuse``;
    ``twice`` and ``unwritable`` are mistakes of an application."""
    version: int = 0
    """For agree: the protocol version that ``who`` writes to ``to`` in from now on."""
    config: dict[str, float | int | bool] = {}
    """For configure: what of the settings of ``who`` changes."""
    lasts_s: float = 0.0
    """Of a cut, a stall, or until a party is there again."""
    both_ways: bool = False
    """Whether a cut is of both directions, or of that from ``who`` to ``to`` only."""
    moves: bool = False
    """Whether a party that restarts speaks from another port then."""
    picks: float = 0.0
    """Which of the datagrams seen lately is replayed or forged upon: 0 the oldest, 1 the newest."""
    change: str = ""
    """What is made of it. Forged from a place of one's own: ``flip``, ``cut``, ``request``, ``reply``, ``pending``,
    ``ack``, ``segment``; in another's place (spoof): ``pending``, ``ack``, ``segment``, ``piece`` (of a reply);
    garbage: ``same`` is from another's place."""


class Plan(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One run."""

    seed: int
    """Of what chance decides while it runs: the fate of each datagram, the jitter of timers."""
    weather: str
    """The kind of plan, see ``draw.WEATHERS``."""
    network: Network
    parties: tuple[Party, ...]
    steps: tuple[Step, ...]
    agreed: bool = False
    """Whether parties agree on the lower version of the two, as registration makes them; else each writes its own."""
    all_answered: bool = False
    """Whether every request has to get a reply, for nothing stands in the way of one."""
