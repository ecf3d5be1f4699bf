"""How much a gateway in need asks to be kept away from it, and which requests that touches, sans-IO.

Both packages tell it by events on ROOT: chp (H.248.10) names the share to keep away; ocp (H.248.11) says at each call
that there was one too many. What follows from the latter is assumed here, for H.248.11 was not readable: each raises
the share by a step, and it falls again with time.
"""

from collections.abc import Hashable

import msgspec

from megaco.message import (
    CHOOSE_CONTEXT,
    ActionRequest,
    AddRequest,
    NotifyRequest,
    ObservedEvent,
    TransactionRequest,
)

from .words import WatchItems, root_commands, whole_number

_MOST = 100.0
_MOST_DIGITS = 3


class LoadConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a controller does for a gateway that has too much to do."""

    overload_step: float = 10.0
    """Percent of new calls kept away for each ocp/mg_overload."""
    overload_most: float = 95.0
    """Percent kept away at most because of ocp/mg_overload, so that some call shows when it is over."""
    overload_fall: float = 5.0
    """Percent that this falls again each second."""


class Load:
    """The share of new calls to keep away from each gateway, 0 to 100 percent."""

    def __init__(self, config: LoadConfig, items: WatchItems) -> None:
        self._config = config
        self._congested, self._overloaded = items.congestion.lower(), items.overload.lower()
        self._reduced = items.congestion_reduction.lower()
        self._congestion: dict[Hashable, float] = {}
        self._overload: dict[Hashable, tuple[float, float]] = {}
        """Share and when it was so."""

    def observe(self, peer: Hashable, request: TransactionRequest, now: float) -> float | None:
        """Take notice of what a gateway notifies; return the share now, None where nothing was said of load."""
        is_told = False
        notifies = root_commands(request, NotifyRequest)
        for event in (one for notify in notifies for one in notify.observed_events.events):
            name = event.name.lower()
            if name == self._congested:
                reduction = self._reduction(event)
                if reduction is not None:
                    is_told = True
                    self._congestion[peer] = reduction
            elif name == self._overloaded:
                is_told = True
                share = self._overload_of(peer, now) + self._config.overload_step
                self._overload[peer] = min(share, self._config.overload_most), now
        return self.share(peer, now) if is_told else None

    def share(self, peer: Hashable, now: float) -> float:
        """Return how many percent of new calls to keep away."""
        if not self._congestion and not self._overload:
            return 0.0
        return max(self._congestion.get(peer, 0.0), self._overload_of(peer, now))

    def admits(self, peer: Hashable, actions: tuple[ActionRequest, ...], chance: float, now: float) -> bool:
        """Tell whether a request may go out; only one that begins a call may not. ``chance`` is within 0..1."""
        share = self.share(peer, now)
        return share <= 0.0 or chance * _MOST >= share or not begins_call(actions)

    def forget(self, peer: Hashable) -> None:
        """Forget a gateway that has gone, or begins anew."""
        self._congestion.pop(peer, None)
        self._overload.pop(peer, None)

    def _overload_of(self, peer: Hashable, now: float) -> float:
        share, since = self._overload.get(peer, (0.0, now))
        share -= (now - since) * self._config.overload_fall
        if share <= 0.0:
            self._overload.pop(peer, None)
        return max(share, 0.0)

    def _reduction(self, event: ObservedEvent) -> float | None:
        percent = whole_number(event.parameters, self._reduced, _MOST_DIGITS)
        return None if percent is None else min(float(percent), _MOST)


def begins_call(actions: tuple[ActionRequest, ...]) -> bool:
    """Tell whether a request makes a context."""
    return any(
        action.context_id == CHOOSE_CONTEXT and any(isinstance(one.command, AddRequest) for one in action.commands)
        for action in actions
    )
