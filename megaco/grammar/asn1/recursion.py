"""Which types can stand inside themselves."""

from .module import Asn1Type


def recursive_types(module: dict[str, Asn1Type]) -> frozenset[str]:
    """Return the names of the types that can stand inside themselves."""
    inside = {name: _named_inside(made) for name, made in module.items()}
    return frozenset(name for name in module if name in _reached(name, inside))


def _named_inside(asn1_type: Asn1Type) -> set[str]:
    """Return the names of the types that a type is made of directly."""
    parts = [component.type for component in asn1_type.components]
    if asn1_type.element is not None:
        parts.append(asn1_type.element)
    return set().union(*({part.name} if part.name else _named_inside(part) for part in parts))


def _reached(name: str, inside: dict[str, set[str]]) -> set[str]:
    reached: set[str] = set()
    waiting = set(inside[name])
    while waiting:
        one = waiting.pop()
        if one not in reached:
            reached.add(one)
            waiting |= inside[one]
    return reached
