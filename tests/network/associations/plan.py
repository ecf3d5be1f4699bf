"""What happens to the associations of one run, as data."""

from typing import Literal

import msgspec

from ..plan import Network

Deed = Literal[
    "crash", "cut", "hand off", "leave", "stay", "close", "call", "notify", "send elsewhere", "refuse", "replay"
]


class Controller(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A controller."""

    name: str
    version: int = 3
    encoding: Literal["pretty", "compact", "binary"] = "compact"
    audit_s: float = 15.0
    """Silence after which it asks a gateway whether it is there."""


class Gateway(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A gateway."""

    name: str
    controllers: tuple[str, ...]
    """The primary one and the others, in order."""
    version: int = 3
    encoding: Literal["pretty", "compact", "binary"] = "compact"
    probe_s: float = 10.0
    """Silence after which it asks its controller whether it is there."""
    waiting_s: float = 1.0
    """MWD."""
    retry_s: float = 3.0


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Something that befalls; one that has become meaningless does nothing."""

    at: float
    do: Deed
    who: str
    to: str = ""
    """Of a cut, a HandOff or a call: the other end; of ``send elsewhere``: the controller that is named; of a replay:
    the controller that hears an old registration of ``who``."""
    gateway: str = ""
    """Of a HandOff: which one."""
    lasts_s: float = 0.0
    """Of a cut, or until somebody is there again; of a call: its execution; of ``leave``: the delay."""
    both_ways: bool = False


class Service(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One run: troubles until ``lasts_s``, then a network without any, in which all has to come right."""

    seed: int
    weather: str
    lasts_s: float
    lifetime_s: float
    """T-MAX of everybody."""
    network: Network
    controllers: tuple[Controller, ...]
    gateways: tuple[Gateway, ...]
    steps: tuple[Step, ...]
