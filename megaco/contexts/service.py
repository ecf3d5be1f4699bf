"""Service states of terminations, and when they change (H.248.1 clauses 7.1.5 and 7.2.8)."""

from megaco.message import ServiceChangeMethod, ServiceState
from megaco.transaction.timers import Timers

from .config import RefusalCodes
from .errors import CommandError
from .state import Termination

_WANTED = {
    ServiceChangeMethod.FORCED: ServiceState.OUT_OF_SERVICE,
    ServiceChangeMethod.GRACEFUL: ServiceState.OUT_OF_SERVICE,
    ServiceChangeMethod.RESTART: ServiceState.IN_SERVICE,
}
"""The state that a method leads to, at once or later; the other methods are for ROOT alone and change none."""


class ServiceStates:
    """Changes service states, at once or when a delay is over."""

    def __init__(self, codes: RefusalCodes) -> None:
        self._codes = codes
        self._timers = Timers()
        self._changed: dict[Termination, None] = {}

    def check(self, termination: Termination, method: ServiceChangeMethod | None) -> None:
        """Refuse a method that is for ROOT alone; None, a method of somebody's own, changes nothing here."""
        if method is not None and method not in _WANTED and not termination.is_root:
            text = f"{method.value} is for ROOT, not for {termination.name}"
            raise CommandError(self._codes.method_for_root, text)

    def is_usable(self, termination: Termination) -> bool:
        """Tell whether a termination may be added or moved: it is in service, or tested, and to stay so."""
        return termination.service_state is not ServiceState.OUT_OF_SERVICE and not termination.is_leaving

    def check_usable(self, termination: Termination) -> None:
        """Refuse to add or move a termination that is out of service (clauses 7.2.1 and 7.2.4), or about to be."""
        if termination.service_state is ServiceState.OUT_OF_SERVICE:
            raise CommandError(self._codes.out_of_service, f"{termination.name} is out of service")
        if termination.is_leaving and not termination.is_root:
            raise CommandError(self._codes.leaving, f"{termination.name} leaves service")

    def change(
        self, termination: Termination, method: ServiceChangeMethod | None, delay_s: int | None, now: float
    ) -> None:
        """Carry out a ServiceChange; ``delay_s`` None is null, which Graceful takes for as long as it takes."""
        if method not in _WANTED:
            return
        self._timers.cancel(termination)
        termination.is_leaving = False
        is_waiting = bool(delay_s) and method is not ServiceChangeMethod.FORCED
        if method is ServiceChangeMethod.GRACEFUL:
            is_waiting = is_waiting or termination.context is not None or termination.is_root
            termination.is_leaving = is_waiting
        if is_waiting and delay_s:
            self._timers.set(termination, now + delay_s)
        elif not is_waiting:
            self.set(termination, _WANTED[method])

    def set(self, termination: Termination, state: ServiceState) -> None:
        """Set a state, and note where it is another one."""
        if termination.service_state is not state:
            termination.service_state = state
            self._changed[termination] = None

    def left_context(self, termination: Termination) -> None:
        """Take notice that a termination has left its context for good: what was waiting for it happens now."""
        if not termination.is_provisioned:
            self._timers.cancel(termination)
            self._changed.pop(termination, None)
        elif termination.is_leaving:
            self._end_wait(termination)

    def handle_timer(self, now: float) -> None:
        """Do what has become due."""
        for termination in self._timers.due(now):
            assert isinstance(termination, Termination)
            self._end_wait(termination)

    def next_deadline(self) -> float | None:
        """Return when to call ``handle_timer``; None: not at all."""
        return self._timers.next_deadline()

    def forget(self, termination: Termination) -> None:
        """Forget a termination that is there no more."""
        self._timers.cancel(termination)
        self._changed.pop(termination, None)

    def take_changed(self) -> list[Termination]:
        """Return, once, the terminations whose state has changed."""
        taken, self._changed = list(self._changed), {}
        return taken

    def _end_wait(self, termination: Termination) -> None:
        self._timers.cancel(termination)
        state = ServiceState.OUT_OF_SERVICE if termination.is_leaving else ServiceState.IN_SERVICE
        termination.is_leaving = False
        self.set(termination, state)
