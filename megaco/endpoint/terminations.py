"""A gateway's terminations: the books of `megaco.contexts`, and code of one's own that says what terminations do.

    class Lines(Behaviour):
        async def add(self, termination, command):
            await ring(termination.name)

    lines = Terminations(Lines(), provisioned=["line/1", "line/2"])
    mg = await megaco.Mg.connect("udp://...", association=..., on_request=lines)

Transactions are executed one at a time, in the order in which they came, each with its own reply; those that have to
wait stand in a line that is bounded. H.248.1 clause 8 would let them run at once, but two that work on one termination
or one context could then each undo what the other relies on, and a command that failed could not be taken back. So a
method that takes long holds up the others (the peer is told by TransactionPending), and must not wait for what another
transaction will bring.
"""

import asyncio
import inspect
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from functools import partial
from typing import Any

from megaco.contexts import Call, CommandError, Context, Contexts, ContextsConfig, Execution, Termination
from megaco.errors import PeerError
from megaco.message import (
    ActionReply,
    ActionRequest,
    AddRequest,
    AuditCapabilityRequest,
    AuditReturn,
    AuditValueRequest,
    ContextProperties,
    ErrorDescriptor,
    ModifyRequest,
    MoveRequest,
    ObservedEvent,
    ServiceChangeMethod,
    ServiceChangeRequest,
    ServiceChangeResParm,
    SubtractRequest,
)
from megaco.transaction import RequestReceived
from megaco.transport import Alarm

from .base import Reply
from .log import shown

_log = logging.getLogger("h248.terminations")

Descriptors = Iterable[AuditReturn] | AuditReturn | None
"""What a method tells of a termination: descriptors of the reply, one of them, or nothing."""
Outcome = Descriptors | Awaitable[Descriptors]
Choice = str | Termination | None


class Behaviour:
    """What the terminations of a gateway do: override the methods that matter, as functions or as coroutines.

    Each concerns one termination; ``command`` is what the controller said, with the name of that termination alone.
    What a method raises refuses the command: CommandError, and every other PeerError, with its code; anything else is a
    fault of the application, which is logged with its traceback, and answered with 500. The termination is then where
    it was before, and so it is when a coroutine is cancelled, because the peer waits no longer or the gateway is
    closed; what the method itself has begun it has to take back itself.
    """

    def add(self, termination: Termination, command: AddRequest) -> Outcome:
        """Set a termination up in its context, ``termination.context``; return what was left to choose.

        The context is the new one already. Events that the command asks for are in force when it has succeeded.
        """
        return None

    def move(self, termination: Termination, command: MoveRequest) -> Outcome:
        """Connect a termination to another context, ``termination.context``, and set what the command says."""
        return None

    def modify(self, termination: Termination, command: ModifyRequest) -> Outcome:
        """Set what the command says; ROOT is a termination too (``termination.is_root``)."""
        return None

    def subtract(self, termination: Termination, command: SubtractRequest) -> Outcome:
        """Free a termination that leaves its context; return its statistics, which are sent as far as they are wanted.

        A physical termination is as it was provisioned afterwards; ``termination.data`` is left alone.
        """
        return None

    def audit_value(self, termination: Termination, command: AuditValueRequest) -> Outcome:
        """Tell the present values; what was not asked for is left out, and what is not told the books fill in.

        They know events, signals, event buffer, modem and multiplex as set last, and the service state. An audit that
        asks for nothing but names is answered without this.
        """
        return None

    def audit_capability(self, termination: Termination, command: AuditCapabilityRequest) -> Outcome:
        """Tell the possible values; what was not asked for is left out."""
        return None

    def service_change(
        self, termination: Termination, command: ServiceChangeRequest
    ) -> ServiceChangeResParm | Awaitable[ServiceChangeResParm | None] | None:
        """Take notice that the controller takes a termination out of service, or back; return what ROOT is to answer.

        The service state changes when this has succeeded, or later: see ``service_state_changed``.
        """
        return None

    def choose(self, pattern: str, context: Context, command: AddRequest) -> Choice | Awaitable[Choice]:
        """Return the name of the termination that CHOOSE stands for in an Add; None leaves it to the books.

        A name that is new makes an ephemeral termination; that of a physical one takes it, if it is idle. The books
        choose an idle physical termination where ``pattern`` names such, and otherwise put a number for ``$``
        (``ContextsConfig.ephemeral``).
        """
        return None

    def modify_context(self, context: Context, properties: ContextProperties) -> Awaitable[None] | None:
        """Take notice of topology, priority and so on, which are set in ``context`` when this has succeeded.

        Topology of terminations that the same action brings is set as each of them is added.
        """
        return None

    def service_state_changed(self, termination: Termination) -> None:
        """Take notice that ``termination.service_state`` is another now, by command, or as a delay or a call ended."""


class Terminations:
    """Executes a controller's requests: hand it to ``Mg.connect`` as ``on_request``."""

    def __init__(
        self,
        behaviour: Behaviour | None = None,
        *,
        provisioned: Iterable[str] = (),
        config: ContextsConfig | None = None,
        first_context_id: int = 1,
        most_waiting: int = 1_000,
        most_calls_in_a_row: int = 1_000,
    ) -> None:
        """Start without contexts; without ``behaviour`` terminations are kept, and do nothing.

        ``provisioned`` are the names of physical terminations; ``first_context_id`` may be chance, so that numbers are
        not repeated after a restart. ``most_waiting`` transactions may wait for their turn, a further one is refused
        with 511. After ``most_calls_in_a_row`` calls of methods that are no coroutines the event loop has a turn.
        Raises LocalError for names that no termination can have.
        """
        self.behaviour = behaviour or Behaviour()
        self.contexts = Contexts(config, provisioned=provisioned, first_context_id=first_context_id)
        """The books, to look at; what changes them is called here rather than there."""
        self.most_waiting = most_waiting
        self.most_calls_in_a_row = most_calls_in_a_row
        self._line: deque[_Turn] = deque()
        """The transaction that is being executed, and those that wait for their turn."""
        self._alarm: Alarm | None = None

    def __call__(self, event: RequestReceived) -> Reply | Awaitable[Reply]:
        """Execute a request: at once where nobody is before it and every method is a function, else in a task."""
        if len(self._line) > self.most_waiting:
            busy = self.contexts.config.codes.busy
            return ErrorDescriptor(busy, f"Temporarily busy: {self.most_waiting} transactions wait")
        turn = _Turn(self.behaviour, event.request.transaction_id, self.most_calls_in_a_row)
        self._line.append(turn)
        if len(self._line) == 1:
            try:
                turn.start(self._execution(event))
                replies = turn.advance()
            except BaseException:  # whatever it was, it is raised again: the line must not wait for it
                self._leave(turn)
                raise
            if replies is not None:
                self._leave(turn)
                return replies
        task = asyncio.get_running_loop().create_task(self._run(turn, event))
        task.add_done_callback(
            lambda task: self._leave(turn)
        )  # not in the task: one that is cancelled early never runs
        return task

    # ------------------------------------------------------------------------------------------ of one's own accord

    def notify(self, name: str, *events: ObservedEvent, error: ErrorDescriptor | None = None) -> ActionRequest | None:
        """Return what to send where events are seen on a termination; None: the controller asked for none of them.

        ``action = lines.notify("line/1", ObservedEvent("al/of"))``, then ``mg.request(action)`` or
        ``mg.submit((action,), ...)``. See ``Contexts.notify``.
        """
        return self.contexts.notify(name, *events, error=error)

    def service_change(
        self, name: str, method: ServiceChangeMethod, reason: str, *, delay_s: int | None = None
    ) -> tuple[ActionRequest, ...]:
        """Take terminations of one's own out of service or back; return what to send.

        See ``Contexts.service_change``.
        """
        actions = self.contexts.service_change(name, method, reason, self._clock().now(), delay_s=delay_s)
        self._settle()
        return actions

    def release(self, name: str) -> Termination:
        """Take a termination out of its context without being asked. See ``Contexts.release``."""
        released = self.contexts.release(name)
        self._settle()
        return released

    def release_all(self) -> list[Termination]:
        """Release what is in contexts, as after a restart; return it."""
        released = self.contexts.release_all()
        self._settle()
        return released

    # ---------------------------------------------------------------------------------------------------- execution

    def _execution(self, event: RequestReceived) -> Execution:
        return self.contexts.execute(event.request, event.version, self._clock().now())

    async def _run(self, turn: "_Turn", event: RequestReceived) -> Reply:
        """Execute a request when its turn has come."""
        if not turn.has_started:
            await turn.has_come.wait()
            turn.start(self._execution(event))
        while True:
            await turn.catch_up()
            replies = turn.advance()
            if replies is not None:
                return replies

    def _leave(self, turn: "_Turn") -> None:
        """Leave the line, whatever came of the transaction; the next one's turn has come."""
        turn.close()
        was_first = self._line[0] is turn
        self._line.remove(turn)
        if was_first and self._line:
            self._line[0].has_come.set()
        self._settle()

    def _settle(self) -> None:
        """Tell of service states that have changed, and see to those that will."""
        for termination in self.contexts.take_changed():
            try:
                self.behaviour.service_state_changed(termination)
            except Exception:  # the application's own code
                _log.exception("service_state_changed failed on %s", shown(termination.name))
        self._clock().set(self.contexts.next_deadline())

    def _clock(self) -> Alarm:
        if self._alarm is None:
            self._alarm = Alarm(self._due)
        return self._alarm

    def _due(self) -> None:
        self.contexts.handle_timer(self._clock().now())
        self._settle()


class _Turn:
    """A transaction that is being executed, or waits for its turn."""

    def __init__(self, behaviour: Behaviour, transaction_id: int, most_in_a_row: int) -> None:
        self.has_come = asyncio.Event()
        """All transactions before it have been executed."""
        self._behaviour = behaviour
        self._transaction_id = transaction_id
        self._most_in_a_row = most_in_a_row
        self._execution: Execution | None = None
        self._step: Callable[[], Call] | None = None
        """Answers the last call, and brings the next one."""
        self._call: Call | None = None
        self._awaited: Awaitable[Any] | None = None
        """What a method returned that is a coroutine."""

    @property
    def has_started(self) -> bool:
        """Tell whether its turn has come."""
        return self._execution is not None

    def start(self, execution: Execution) -> None:
        """Begin with an execution."""
        self._execution, self._step = execution, partial(next, execution)

    def advance(self) -> tuple[ActionReply, ...] | None:
        """Answer calls until there are no more, and return the replies; None: ``catch_up`` has to be awaited first."""
        for _ in range(self._most_in_a_row):
            assert self._step is not None
            try:
                self._call = self._step()
            except StopIteration as stop:
                replies: tuple[ActionReply, ...] = stop.value
                return replies
            try:
                result = getattr(self._behaviour, self._call.method)(*self._call.arguments)
                if inspect.isawaitable(result):
                    self._awaited = result
                    return None
                self._take(result)
            except Exception as error:  # the application's own code: the command fails
                self._fail(error)
        return None

    async def catch_up(self) -> None:
        """Wait for the method that is a coroutine; without one, let others have a turn of the event loop."""
        if self._awaited is None:
            await asyncio.sleep(0)
            return
        awaited, self._awaited = self._awaited, None
        try:
            self._take(await awaited)
        except Exception as error:  # the application's own code: the command fails
            self._fail(error)

    def close(self) -> None:
        """End, be it in the middle: the call that is under way is given up."""
        if inspect.iscoroutine(self._awaited):
            self._awaited.close()
        elif isinstance(self._awaited, asyncio.Future):
            self._awaited.cancel()
        if self._execution is not None:
            self._execution.close()

    def _take(self, result: object) -> None:
        assert self._execution is not None
        assert self._call is not None
        self._step = partial(self._execution.send, self._call.accept(result))

    def _fail(self, error: Exception) -> None:
        assert self._execution is not None
        assert self._call is not None
        if not isinstance(error, PeerError):
            _log.error("%s failed in transaction %d", self._call.method, self._transaction_id, exc_info=error)
            error = CommandError(500, "Internal software failure in the MG")
        self._step = partial(self._execution.throw, error)
