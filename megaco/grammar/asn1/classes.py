"""Which classes of the message tree a type is written from."""

from .binding import OF_CHOICE, Binding, BindingError, TypeBinding
from .module import Asn1Type, Component


def classes_of(asn1_type: Asn1Type, module: dict[str, Asn1Type], binding: Binding) -> list[str]:
    """Return the classes that CHOICEs name for a type, or that components name."""
    found: list[str] = []
    for other in module.values():
        bound = binding.of(other)
        for component in other.components:
            if component.type is asn1_type or component.type.name == asn1_type.name:
                named = bound.of.get(component.name)
                found += [named] if named else classes_of(other, module, binding) if bound.node == OF_CHOICE else []
    return list(dict.fromkeys(found))


def alternative_class(
    component: Component, bound: TypeBinding, module: dict[str, Asn1Type], binding: Binding
) -> list[str]:
    """Return the classes of the values that are written as an alternative of a CHOICE.

    A member of an enumeration, ``Class.MEMBER``, stands for itself.
    """
    if component.name in bound.constants:
        return [bound.constants[component.name].removesuffix("()")]
    found = [name for name, pick in bound.picks.items() if component.name in pick.among]
    if component.name in bound.of:
        found.append(bound.of[component.name])
    if found:
        return found
    inner = binding.of(component.type)
    if inner.node and inner.node != OF_CHOICE:
        return [inner.node]
    if inner.yields:
        return [inner.yields]
    if component.type.kind == "CHOICE":
        return [name for one in component.type.components for name in alternative_class(one, inner, module, binding)]
    raise BindingError(f"{component.name}: nothing is said of the class of its values")
