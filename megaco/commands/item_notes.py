"""What the packages say of the items in a message, for readers of its tree: meaning, unit, value."""

from megaco import Dictionary, Items, Message, default_items
from megaco.message import PropertyParm
from megaco.packages import Typed
from megaco.packages.places import Place, places


def item_notes(message: Message, dictionary: Dictionary | None) -> dict[int, str]:
    """Return the notes by the ``id`` of each node that names an item."""
    items = default_items() if dictionary is None else Items(dictionary.registry)
    notes: dict[int, str] = {}
    for place in places(message):
        notes[id(place.node)] = _note(place, items)
        notes |= _parameter_notes(place, items)
    return {node: note for node, note in notes.items() if note}


def _note(place: Place, items: Items) -> str:
    """Return the title of an item with the unit of its value, and what is wrong with it; "" where nothing is known."""
    found = getattr(items.registry, place.kind)(place.name)
    if found is None:
        return ""
    wrong = next((f" - {error.what}" for _, error in items.check_places([place])), "")
    return (_meaning(found) if isinstance(found, Typed) else found.title) + wrong


def _parameter_notes(place: Place, items: Items) -> dict[int, str]:
    """Return what the parameters of an event or a signal mean."""
    known = items.parameters_of(place.node)
    given: tuple[PropertyParm, ...] = getattr(place.node, "parameters", ())
    return {id(one): _meaning(known[one.name.lower()]) for one in given if one.name.lower() in known}


def _meaning(typed: Typed) -> str:
    return ", ".join(part for part in (typed.title, typed.unit) if part)
