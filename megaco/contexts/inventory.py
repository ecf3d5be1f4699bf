"""Which contexts and terminations there are, and which termination is in which context.

Each termination is in exactly one place: in a context, or idle in the null context, where only provisioned ones can be.
"""

from bisect import bisect_left, insort
from collections.abc import Iterator
from contextlib import contextmanager

from megaco.errors import LocalError
from megaco.message import CHOOSE_CONTEXT, ROOT, is_wildcarded

from .config import ContextsConfig
from .errors import CommandError
from .names import Matcher, fixed_start, is_root, key_of
from .state import Context, Termination

_HIGHEST_CONTEXT = CHOOSE_CONTEXT - 1


class Inventory:
    """Contexts and terminations of one gateway; every step takes time that does not grow with their number."""

    def __init__(self, config: ContextsConfig, first_context_id: int) -> None:
        self.config = config
        self.contexts: dict[int, Context] = {}
        self.terminations: dict[str, Termination] = {}
        """By key: all but ROOT."""
        self.idle: dict[str, Termination] = {}
        """By key: those in the null context."""
        self.root = Termination(ROOT, is_provisioned=True)
        self._provisioned: list[str] = []
        """Keys, sorted: those with the same start stand together."""
        self._last_context = (first_context_id - 1) % _HIGHEST_CONTEXT
        self._last_number = 0

    # -------------------------------------------------------------------------------------------------- contexts

    def new_context(self) -> Context:
        """Create a context, empty as yet; raises CommandError with 412 where there are too many.

        Numbers go round, so that one is not given again soon after it was given up.
        """
        if len(self.contexts) >= self.config.most_contexts:
            raise CommandError(412, f"No ContextIDs available: {len(self.contexts)} contexts")
        self._last_context = self._last_context % _HIGHEST_CONTEXT + 1
        while self._last_context in self.contexts:
            self._last_context = self._last_context % _HIGHEST_CONTEXT + 1
        context = self.contexts[self._last_context] = Context(self._last_context)
        return context

    def drop_if_empty(self, context: Context) -> None:
        """Delete a context that has lost its last termination (clause 6.1.2)."""
        if not context.terminations and self.contexts.get(context.id) is context:
            del self.contexts[context.id]

    # ---------------------------------------------------------------------------------------------- terminations

    def provision(self, name: str) -> Termination:
        """Add a physical termination to the null context; raises LocalError for a name that cannot be one's own."""
        if not name or is_wildcarded(name) or is_root(name):
            raise LocalError(f"{name!r} cannot be the name of a termination")
        if key_of(name) in self.terminations:
            raise LocalError(f"there is a termination {name} already")
        if len(self.terminations) >= self.config.most_terminations:
            raise LocalError(f"{len(self.terminations)} terminations are all that the settings allow")
        termination = Termination(name, is_provisioned=True)
        self.terminations[termination.key] = self.idle[termination.key] = termination
        insort(self._provisioned, termination.key)
        return termination

    def withdraw(self, termination: Termination) -> None:
        """Take a physical termination away; raises LocalError for one that is in a context, or not provisioned."""
        if self.idle.get(termination.key) is not termination:
            raise LocalError(f"{termination.name} is not in the null context")
        del self.idle[termination.key], self.terminations[termination.key]
        del self._provisioned[bisect_left(self._provisioned, termination.key)]

    def provisioned(self, pattern: str, matches: Matcher) -> Iterator[Termination]:
        """Yield the physical terminations that match, in the order of their keys.

        Those whose names do not begin as the pattern does are not looked at.
        """
        start = fixed_start(pattern)
        for index in range(bisect_left(self._provisioned, start), len(self._provisioned)):
            key = self._provisioned[index]
            if not key.startswith(start):
                return
            if matches(key):
                yield self.terminations[key]

    def new_name(self, form: str) -> str:
        """Return a name that no termination has; raises CommandError with 432 where there is none left."""
        if len(self.terminations) < self.config.most_terminations:
            for _ in range(len(self.terminations) + 1):
                self._last_number = self._last_number % self.config.highest_number + 1
                name = form.replace("$", str(self._last_number))
                if key_of(name) not in self.terminations:
                    return name
        raise CommandError(432, f"Out of TerminationIDs: {len(self.terminations)} terminations")

    # ------------------------------------------------------------------------------------------------- placement

    @contextmanager
    def placed(self, termination: Termination, context: Context) -> Iterator[None]:
        """Put a termination, be it a new one, into a context; if the block fails, everything is as before."""
        before = termination.context
        self._put(termination, context)
        try:
            yield
        except BaseException:  # whatever it was, a closed generator included, it is raised again
            self.take_back(termination, context, before)
            raise

    def take_back(self, termination: Termination, context: Context, before: Context | None) -> None:
        """Put a termination back to where it was before it came into a context.

        One that the application has released in the meantime stays where it is, and has left both contexts.
        """
        if termination.context is context:
            context.topology.forget(termination.name)
            self._put(termination, before)
        else:
            self.settle(termination, before)

    def settle(self, termination: Termination, before: Context | None) -> None:
        """Finish a move: the context that the termination was in knows it no more, and may have become empty."""
        if before is not None:
            before.topology.forget(termination.name)
            self.drop_if_empty(before)

    def retire(self, termination: Termination) -> None:
        """Take a termination out of its context: a physical one goes idle and forgets what was set, another is gone.

        The context stays, be it empty: see ``drop_if_empty``.
        """
        if termination.context is not None:
            termination.context.topology.forget(termination.name)
        self._put(termination, None)
        termination.held.clear()

    def _put(self, termination: Termination, context: Context | None) -> None:
        if termination.context is not None:
            termination.context.terminations.pop(termination.key, None)
        self.idle.pop(termination.key, None)
        termination.context = context
        if context is not None:
            context.terminations[termination.key] = self.terminations[termination.key] = termination
            self.contexts.setdefault(context.id, context)
        elif termination.is_provisioned:
            self.idle[termination.key] = termination
        else:
            self.terminations.pop(termination.key, None)
