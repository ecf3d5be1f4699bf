"""What both writers of generated modules have in common: a method a type, written when it is first asked for."""

from abc import ABC, abstractmethod
from typing import ClassVar, NamedTuple

from .binding import Binding
from .module import Asn1Type
from .naming import snake
from .recursion import recursive_types

_BUILT_IN = ("int", "str", "tuple")


class Form(NamedTuple):
    """A type as one method reads or writes it."""

    type: Asn1Type
    made: str
    """The hand-written pair that stands between parts and value; "" for none."""
    remembered: str
    """Where what was read and written is kept; "" for nowhere."""


class ModuleWriter(ABC):
    """Writes the methods of all types that can be reached from the first."""

    HEAD: ClassVar[str]
    """What the module begins with: ``{names}`` of the message tree, ``{tables}``."""

    def __init__(self, module: dict[str, Asn1Type], binding: Binding) -> None:
        self.module = module
        self.binding = binding
        self.recursive = recursive_types(module)
        self.tables: dict[str, str] = {}
        """Name -> expression, of what stands before the class."""
        self._names: set[str] = set()
        self._methods: dict[str, str] = {}
        self._waiting: list[tuple[str, Form]] = []

    def source(self) -> str:
        """Return the source of the module."""
        self.method_of(self.module[self.binding.header.type])
        while self._waiting:
            name, form = self._waiting.pop(0)
            self._methods[name] = self.written(name, form)
        head = self.HEAD.format(
            names="\n".join(f"    {name}," for name in sorted(self._names, key=str.lower)),
            tables="".join(f"{name}: Final = {members}\n" for name, members in sorted(self.tables.items())),
        )
        return head + "".join("\n" + method for method in self._methods.values())

    @abstractmethod
    def written(self, name: str, form: Form) -> str:
        """Return the method for a type."""

    def method_of(self, asn1_type: Asn1Type, made: str = "", remembered: str = "") -> str:
        """Return the name of the method for a type, which is written if it is not yet.

        ``made``, ``remembered``: what an element of a list has in place of what its type has.
        """
        bound = self.binding.of(asn1_type)
        name = snake(asn1_type.name) or f"list_of_{snake(element_name(asn1_type).replace(' ', '_'))}"
        if made:
            name += f"_as_{made}"
        if name not in self._methods:
            self._methods[name] = ""
            form = Form(asn1_type, made or bound.made, remembered or bound.remembered)
            self._waiting.append((name, form))
        return name

    def made(self, asn1_type: Asn1Type) -> str:
        """Return the pair of functions of a simple type; a constructed type's stand in its method."""
        return "" if asn1_type.is_constructed else self.binding.of(asn1_type).made

    def name(self, name: str) -> str:
        """Import a name of the message tree."""
        if name not in _BUILT_IN:
            self._names.add(name.split(".")[0].removesuffix("()"))
        return name

    def constant(self, name: str) -> str:
        """Import a name of the message tree to be used where a message is: a Final one is found without a look-up."""
        if name in _BUILT_IN:
            return name
        value, call = name.removesuffix("()"), "()" if name.endswith("()") else ""
        alias = "_" + value.replace(".", "_")
        self.tables[alias] = self.name(value)
        return alias + call


def element_name(asn1_type: Asn1Type) -> str:
    """Return the name of a list's elements."""
    assert asn1_type.element is not None
    return asn1_type.element.name or asn1_type.element.kind
