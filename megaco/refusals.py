"""What cannot be written, and where in the tree it stands; for the encoders of both encodings."""

from collections.abc import Iterator

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
    """Return the path of what cannot be written: of the node, or where none is named of the value itself."""
    path = next((path for node, path in _walk(message, "message") if node is error.node), "")
    if error.node is None or not path:  # a bare value, or a node that only stands for it
        return next((path for value, path in _walk(message, "message") if value is error.value), "message")
    if not error.field:
        return path
    path += f".{error.field}"
    values = getattr(error.node, error.field, None)
    if not isinstance(values, tuple):
        return path
    index = next((index for index, value in enumerate(values) if value is error.value), 0)
    return f"{path}[{index}]"


def _walk(value: object, path: str) -> Iterator[tuple[object, str]]:
    yield value, path
    if isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from _walk(getattr(value, name), f"{path}.{name}")
    elif isinstance(value, tuple):
        for index, one in enumerate(value):
            yield from _walk(one, f"{path}[{index}]")


def ill_typed(message: Message, error: Exception) -> EncodeError:
    """Return the error of a tree whose fields hold what their types do not allow."""
    try:
        msgspec.convert(msgspec.to_builtins(message, enc_hook=bytes), Message, dec_hook=lambda _type, value: value)
    except (msgspec.ValidationError, TypeError, ValueError) as wrong:
        return EncodeError(f"not a message: {wrong}", "message")
    return EncodeError(f"not a message: {error}", "message")
