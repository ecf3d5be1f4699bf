"""Which information elements a procedure holds, and which it lacks."""

from collections.abc import Iterator

from iq_profile.roles import Element, Roles

from .model import EventTerms, Procedure


def missing_elements(procedure: Procedure, roles: Roles) -> Iterator[Element]:
    """Yield a procedure's mandatory information elements that it does not hold."""
    row = roles.procedures.get(procedure.key)
    for name, element in row.elements.items() if row is not None else ():
        if element.presence == "M" and not has_element(procedure, name):
            yield element


def has_element(procedure: Procedure, name: str) -> bool:
    """Tell whether a procedure holds an information element: in itself, its events, or every one of its streams."""
    holders = [procedure, getattr(procedure, "events", None), *getattr(procedure, "streams", ())]
    values = [getattr(one, name) for one in holders if hasattr(one, name)]
    if values:
        return all(one not in (None, "", ()) for one in values)
    events: EventTerms | None = getattr(procedure, "events", None)
    return events is not None and name in events.notify
