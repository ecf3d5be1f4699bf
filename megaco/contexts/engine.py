"""The books of one gateway, sans-IO: requests in, calls to the application out, action replies when it has answered.

How to drive it: ``execute`` gives a generator. It yields calls; send in what the call's ``accept`` makes of the result,
or throw a PeerError to refuse it, until it returns the action replies. Call ``handle_timer`` when ``next_deadline`` has
come, and drain ``take_changed`` after either. Nothing here raises for what a controller sends.

One transaction executes at a time. H.248.1 clause 8 lets a gateway choose the order of transactions and even execute
them at once, but promises the controller that commands within one are executed in sequence and that a failed one leaves
things as they were; with two of them interleaved on one termination or context neither could be kept.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from megaco.errors import LocalError
from megaco.message import (
    ALL,
    ALL_CONTEXTS,
    CHOOSE,
    NULL_CONTEXT,
    ActionRequest,
    CommandRequest,
    ErrorDescriptor,
    ObservedEvent,
    ServiceChangeMethod,
    ServiceChangeParm,
    ServiceChangeRequest,
    TransactionRequest,
    Value,
)

from .calls import Execution
from .config import ContextsConfig
from .execution import Transaction
from .inventory import Inventory
from .names import is_root, key_of, matcher_of
from .notifying import notify
from .service import ServiceStates
from .state import Context, Termination

_OWN_METHODS = {ServiceChangeMethod.FORCED, ServiceChangeMethod.GRACEFUL, ServiceChangeMethod.RESTART}


class Contexts:
    """Contexts and terminations of one gateway."""

    def __init__(
        self, config: ContextsConfig | None = None, *, provisioned: Iterable[str] = (), first_context_id: int = 1
    ) -> None:
        """Start without contexts; ``provisioned`` are the names of physical terminations.

        ``first_context_id`` may be chance, so that numbers are not repeated after a restart. Raises LocalError for
        names that no termination can have.
        """
        self.config = config or ContextsConfig()
        self._inventory = Inventory(self.config, first_context_id)
        self._services = ServiceStates(self.config.codes)
        self._is_executing = False
        for name in provisioned:
            self.provision(name)

    # -------------------------------------------------------------------------------------------------- execution

    def execute(self, request: TransactionRequest, version: int, now: float) -> Execution:
        """Return the execution of a transaction, which begins when it is asked for its first call.

        ``version`` is that of the protocol, which decides how contexts are listed; ``now``, in seconds on the clock of
        ``handle_timer``, is when delays of ServiceChange begin. Raises LocalError when it begins while another is under
        way.
        """
        if self._is_executing:
            raise LocalError("another transaction is being executed")
        self._is_executing = True
        try:
            return (yield from Transaction(self._inventory, self._services, request, version, now).execute())
        finally:
            self._is_executing = False

    def handle_timer(self, now: float) -> None:
        """Do what has become due: delays of ServiceChange."""
        self._services.handle_timer(now)

    def next_deadline(self) -> float | None:
        """Return when to call ``handle_timer``; None: not at all."""
        return self._services.next_deadline()

    def take_changed(self) -> list[Termination]:
        """Return, once, the terminations whose service state has changed."""
        return self._services.take_changed()

    # ------------------------------------------------------------------------------------------------------ books

    @property
    def contexts(self) -> Mapping[int, Context]:
        """By number."""
        return MappingProxyType(self._inventory.contexts)

    @property
    def terminations(self) -> Mapping[str, Termination]:
        """By name in lower case, without ROOT."""
        return MappingProxyType(self._inventory.terminations)

    @property
    def root(self) -> Termination:
        """The gateway as a whole."""
        return self._inventory.root

    def find(self, name: str) -> Termination | None:
        """Return the termination of a name, in any case of letters, or ROOT; None where there is none."""
        return self.root if is_root(name) else self._inventory.terminations.get(key_of(name))

    def provision(self, name: str) -> Termination:
        """Add a physical termination, idle. Raises LocalError for a name that it cannot have."""
        return self._inventory.provision(name)

    def withdraw(self, name: str) -> None:
        """Take a physical termination away; raises LocalError unless it is in the null context."""
        termination = self._named(name)
        self._inventory.withdraw(termination)
        self._services.forget(termination)

    def release(self, name: str) -> Termination:
        """Take a termination out of its context without being asked, for instance because its bearer is dead.

        A physical one goes idle, an ephemeral one is gone, and the context with the last of them. The controller is not
        told. Raises LocalError for a name that no termination has, and for ROOT.
        """
        termination = self._named(name)
        if termination.is_root:
            raise LocalError("ROOT is in no context")
        context = termination.context
        self._inventory.retire(termination)
        self._services.left_context(termination)
        if context is not None:
            self._inventory.drop_if_empty(context)
        return termination

    def release_all(self) -> list[Termination]:
        """Release what is in contexts, as after a restart or on becoming another controller's; return it."""
        in_contexts = [one for one in self._inventory.terminations.values() if one.context is not None]
        return [self.release(one.name) for one in in_contexts]

    # -------------------------------------------------------------------------------------------- to the controller

    def notify(self, name: str, *events: ObservedEvent, error: ErrorDescriptor | None = None) -> ActionRequest | None:
        """Return the Notify of events seen on a termination; None where the controller asked for none of them.

        All are judged by the Events descriptor in force now; where one of them has another embedded, that is in force
        next. ``error`` goes with it, such as 518 for an event buffer that ran full. Raises LocalError for a name that
        no termination has.
        """
        return notify(self._named(name), events, error)

    def service_change(
        self, name: str, method: ServiceChangeMethod, reason: str, now: float, *, delay_s: int | None = None
    ) -> tuple[ActionRequest, ...]:
        """Take terminations of one's own out of service or back, and return what to tell the controller.

        ``name`` is that of a termination, or has ``*``; ``method`` is Forced, Graceful or Restart; ``reason`` code and
        words as in ``905 Termination taken out of service``; ``delay_s`` None with Graceful waits until the termination
        is out of its context. A wildcard is told for the null context and for all others in an action each. Raises
        LocalError for names that nothing has, and for ROOT, which the association speaks for.
        """
        if method not in _OWN_METHODS or is_root(name) or CHOOSE in name:
            raise LocalError(f"ServiceChange {method.value} of {name} is not for terminations")
        if ALL not in name:
            found = [self._named(name)]
            places = [found[0].context_id]
        else:
            matches = matcher_of(name)
            found = [one for key, one in self._inventory.terminations.items() if matches(key)]
            if not found:
                raise LocalError(f"no termination matches {name}")
            places = sorted({NULL_CONTEXT if one.context is None else ALL_CONTEXTS for one in found})
        for one in found:
            self._services.change(one, method, delay_s, now)
        services = ServiceChangeParm(method, Value(reason, quoted=True), delay=delay_s)
        shown = name if ALL in name else found[0].name
        command = CommandRequest(ServiceChangeRequest((shown,), services))
        return tuple(ActionRequest(place, commands=(command,)) for place in places)

    def _named(self, name: str) -> Termination:
        termination = self.find(name)
        if termination is None:
            raise LocalError(f"there is no termination {name}")
        return termination
