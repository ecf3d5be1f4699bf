"""Attributes of a context but for its topology: set, selected by, and told (H.248.1 clauses 6.1.1 and 7.2.9)."""

from collections.abc import Callable, Iterator

from megaco.message import (
    ALL,
    ContextAudit,
    ContextAuditItem,
    ContextProperties,
    PropertyParm,
    SelectLogic,
    TopologyDirection,
    TopologyRequest,
)

from .config import ContextsConfig
from .errors import CommandError
from .names import matcher_of
from .state import Context

Compare = Callable[[int], None]
"""Counts comparisons of names; raises CommandError where there are too many."""

_DEFAULT_TOPOLOGY = (TopologyRequest(ALL, ALL, TopologyDirection.BOTHWAY),)


def check_properties(context: Context, properties: ContextProperties, config: ContextsConfig) -> None:
    """Refuse more properties than are kept for a context."""
    names = context.properties.keys() | {one.name.lower() for one in properties.properties}
    if len(names) > config.most_context_properties:
        text = f"More than {config.most_context_properties} properties of a context"
        raise CommandError(config.codes.too_much_work, text)


def set_properties(context: Context, properties: ContextProperties) -> None:
    """Set what is mentioned; the rest stays as it was."""
    context.priority = context.priority if properties.priority is None else properties.priority
    context.emergency = context.emergency if properties.emergency is None else properties.emergency
    context.ieps_call = context.ieps_call if properties.ieps_call is None else properties.ieps_call
    context.properties.update({one.name.lower(): one for one in properties.properties})


def is_selected(context: Context, audit: ContextAudit | None, compare: Compare) -> bool:
    """Tell whether a context is one that an audit of all contexts selects.

    How the selections of version 3 are meant was not readable; assumed is that each compares for equality, and that all
    must hold, with ``ORLgc`` one of them.
    """
    if audit is None:
        return True
    compare(len(audit.attributes))
    conditions = list(_conditions(context, audit))
    holds = any if audit.select_logic is SelectLogic.OR else all
    return not conditions or holds(conditions)


def _conditions(context: Context, audit: ContextAudit) -> Iterator[bool]:
    if audit.select_priority is not None:
        yield context.priority == audit.select_priority
    if audit.select_emergency is not None:
        yield context.emergency == audit.select_emergency
    if audit.select_ieps_call is not None:
        yield context.ieps_call == audit.select_ieps_call
    for one in audit.attributes:
        if one.value is not None:
            kept = context.properties.get(one.name.lower())
            yield kept is not None and kept.value == one.value


def told_properties(context: Context, audit: ContextAudit, compare: Compare) -> ContextProperties | None:
    """Return the attributes that an audit asks for, properties of packages where they were set; None: there are none.

    A topology that is the default is told as ``*, *, Bothway``.
    """
    items = audit.items
    told = ContextProperties(
        topology=(tuple(context.topology) or _DEFAULT_TOPOLOGY) if ContextAuditItem.TOPOLOGY in items else (),
        priority=context.priority if ContextAuditItem.PRIORITY in items else None,
        emergency=context.emergency if ContextAuditItem.EMERGENCY in items else None,
        ieps_call=context.ieps_call if ContextAuditItem.IEPS_CALL in items else None,
        properties=tuple(dict.fromkeys(one for name in _asked(audit) for one in _named(context, name, compare))),
    )
    return None if told == ContextProperties() else told


def unknown_property(context: Context, audit: ContextAudit, compare: Compare) -> str | None:
    """Return the first property that an audit asks for and that the context does not have; None where it has all."""
    return next((name for name in _asked(audit) if not _named(context, name, compare)), None)


def _asked(audit: ContextAudit) -> tuple[str, ...]:
    return (*audit.properties, *(one.name for one in audit.attributes))


def _named(context: Context, name: str, compare: Compare) -> list[PropertyParm]:
    compare(1)
    if ALL not in name:
        found = context.properties.get(name.lower())
        return [] if found is None else [found]
    compare(len(context.properties))
    matches = matcher_of(name)
    return [one for key, one in context.properties.items() if matches(key)]
