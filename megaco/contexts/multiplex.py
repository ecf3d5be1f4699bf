"""Bearers of multiplexing terminations: a Mux descriptor names them, and they come and go with it.

H.248.1 clauses 7.2.1 to 7.2.4.
"""

from collections.abc import Container

from megaco.message import Descriptor, MuxDescriptor

from .names import key_of
from .state import Context, Termination


def listed(descriptors: tuple[Descriptor, ...]) -> tuple[str, ...]:
    """Return the bearers that a command's Mux descriptor lists."""
    return next((one.termination_ids for one in descriptors if isinstance(one, MuxDescriptor)), ())


def has_mux(descriptors: tuple[Descriptor, ...]) -> bool:
    """Tell whether a command has a Mux descriptor, be it one without bearers."""
    return any(isinstance(one, MuxDescriptor) for one in descriptors)


def bearers_of(termination: Termination, but: Container[Termination] = ()) -> list[Termination]:
    """Return the bearers of a termination that are in its context, and theirs, for multiplexes may be cascaded."""
    context = termination.context
    found: dict[Termination, None] = {}
    waiting = [termination]
    while waiting and context is not None:
        for one in _direct(waiting.pop(), context):
            if one is not termination and one not in found and one not in but:
                found[one] = None
                waiting.append(one)
    return list(found)


def dropped_by(termination: Termination, descriptors: tuple[Descriptor, ...]) -> list[Termination]:
    """Return the bearers in the context that a Modify's Mux descriptor lists no longer."""
    if not has_mux(descriptors) or termination.context is None:
        return []
    kept = {key_of(name) for name in listed(descriptors)}
    return [one for one in _direct(termination, termination.context) if one.key not in kept]


def _direct(termination: Termination, context: Context) -> list[Termination]:
    mux = termination.find(MuxDescriptor)
    keys = [] if mux is None else [key_of(name) for name in mux.termination_ids]
    return [context.terminations[key] for key in dict.fromkeys(keys) if key in context.terminations]
