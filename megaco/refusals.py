"""What cannot be written, and where in the tree it stands; for the encoders of both encodings."""

import msgspec

from megaco.errors import EncodeError
from megaco.message import Message


class Unwritable(Exception):  # noqa: N818  # what is wrong with a tree, on its way to an EncodeError with the path
    """A node that an encoding has no form for: which (None: the value alone says where), its field, and why."""

    def __init__(self, node: object, field: str, value: object, what: str) -> None:
        self.node = node
        self.field = field
        self.value = value
        """Of the field, or one of its values."""
        self.what = what
        super().__init__(what)


def path_of(message: Message, error: Unwritable) -> str:
    """Return the path of what cannot be written: of the node, or where none is in the tree of the value itself."""
    path = _path_to(message, error.node) if error.node is not None else ""
    if not path:
        return _path_to(message, error.value) or "message"
    if not error.field:
        return path
    path += f".{error.field}"
    values = getattr(error.node, error.field, None)
    if not isinstance(values, tuple):
        return path
    index = next((index for index, value in enumerate(values) if value is error.value), 0)
    return f"{path}[{index}]"


def paths_of(message: Message) -> dict[int, str]:
    """Return the path of every node of a tree, by its ``id``."""
    paths: dict[int, str] = {}
    waiting: list[tuple[object, str]] = [(message, "message")]
    while waiting:
        value, path = waiting.pop()
        if isinstance(value, msgspec.Struct):
            paths[id(value)] = path
            waiting += [(getattr(value, name), f"{path}.{name}") for name in value.__struct_fields__]
        elif isinstance(value, tuple):
            waiting += [(one, f"{path}[{index}]") for index, one in enumerate(value)]
    return paths


_Way = tuple["_Way | None", str]
"""A step to a place in the tree, and the way to where it begins."""


def _path_to(message: Message, sought: object) -> str:
    """Return the path of an object in a tree, however deep it stands; "" where it is not there."""
    waiting: list[tuple[object, _Way]] = [(message, (None, "message"))]
    while waiting:
        value, way = waiting.pop()
        if value is sought:
            return _joined(way)
        if isinstance(value, msgspec.Struct):
            names = reversed(value.__struct_fields__)
            waiting += [(getattr(value, name), (way, f".{name}")) for name in names]
        elif isinstance(value, tuple):
            waiting += [(value[index], (way, f"[{index}]")) for index in reversed(range(len(value)))]
    return ""


def _joined(way: _Way) -> str:
    steps = []
    step: _Way | None = way
    while step is not None:
        steps.append(step[1])
        step = step[0]
    return "".join(reversed(steps))


def ill_typed(message: Message, error: Exception) -> EncodeError:
    """Return the error of a tree whose fields hold what their types do not allow."""
    try:
        msgspec.convert(msgspec.to_builtins(message, enc_hook=bytes), Message, dec_hook=lambda _type, value: value)
    except (msgspec.ValidationError, TypeError, ValueError, RecursionError) as wrong:
        return EncodeError(f"not a message: {wrong}", "message")
    return EncodeError(f"not a message: {error}", "message")
