"""The inactivity timer (H.248.14, package it): the gateway finds out that its controller is silent, sans-IO."""

from megaco.message import (
    ROOT,
    ActionRequest,
    EventsDescriptor,
    ModifyRequest,
    NotifyRequest,
    ObservedEvent,
    ObservedEventsDescriptor,
    RequestedEvent,
    TransactionRequest,
)

from .words import WatchItems, root_action, root_commands, whole_number

_UNIT_S = 0.01
_MOST_DIGITS = 9
_LONGEST_S = 86_400.0


class InactivityTimer:
    """Armed by the controller's Events on ROOT; begins anew with each message from it."""

    def __init__(self, items: WatchItems, default_s: float) -> None:
        """``default_s`` is the time where the controller names none."""
        self._event, self._time = items.inactivity.lower(), items.inactivity_time.lower()
        self._default_s = default_s
        self._request_id = 0
        self._name = items.inactivity
        self._wait_s: float | None = None
        self._deadline: float | None = None

    def observe(self, request: TransactionRequest, now: float) -> None:
        """Take notice of what a request of the controller says about events on ROOT."""
        for command in root_commands(request, ModifyRequest):
            if command.events:
                self._arm(command.events, now)

    def heard(self, now: float) -> None:
        """Begin anew: the controller was heard."""
        self._deadline = None if self._wait_s is None else now + self._wait_s

    def stop(self) -> None:
        """Forget what was asked for: the association is over."""
        self._wait_s = self._deadline = None

    def next_deadline(self) -> float | None:
        """Return when to call ``notification``; None: not at all."""
        return self._deadline

    def notification(self, now: float) -> tuple[ActionRequest, ...] | None:
        """Return the Notify to send, once, where the time has come."""
        if self._deadline is None or now < self._deadline:
            return None
        self._deadline = None
        observed = ObservedEventsDescriptor(self._request_id, (ObservedEvent(self._name),))
        return root_action(NotifyRequest((ROOT,), observed))

    def _arm(self, events: EventsDescriptor, now: float) -> None:
        """New Events take the place of the old ones (clause 7.1.9)."""
        wanted = next((one for one in events.events if one.name.lower() == self._event), None)
        self._request_id = events.request_id or 0
        self._name = self._event if wanted is None else wanted.name
        self._wait_s = None if wanted is None else self._time_of(wanted)
        self.heard(now)

    def _time_of(self, event: RequestedEvent) -> float:
        units = whole_number(event.parameters, self._time, _MOST_DIGITS)
        return min(units * _UNIT_S, _LONGEST_S) if units else self._default_s
