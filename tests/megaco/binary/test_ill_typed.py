"""Trees whose fields hold what their types do not allow: an EncodeError, whatever stands where."""

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from megaco import DecodeError, EncodeError, Message, decode, encode
from megaco import message as tree

from ..strategies import MESSAGES
from .octets import fixtures
from .trees import for_binary

Path = tuple[str | int, ...]

_WRONG: tuple[Any, ...] = (
    None,
    True,
    0,
    -1,
    5,
    1.5,
    10**30,
    float("nan"),
    "",
    "x",
    "é",
    "\ud800",
    "x" * 100,
    b"",
    b"x",
    bytearray(b"x"),
    memoryview(b"abc").cast("B"),
    (),
    (None,),
    (5,),
    ("x",),
    (b"x",),
    ((),),
    [],
    ["x"],
    {},
    {"x": 1},
    {1},
    object(),
    int,
    tree.Message,
    ValueError("x"),
    tree.Value("x"),
    tree.Value(5),  # type: ignore[arg-type]  # that is the point
    tree.ValueList(()),
    tree.ValueList(None),  # type: ignore[arg-type]
    tree.DeviceName("a"),
    tree.Relation.GREATER,
    tree.AuditItem.MUX,
    tree.NotifyReason.TIME_OUT,
    tree.StreamMode.INACTIVE,
    (tree.AuditItem.MUX,),
    (tree.Relation.GREATER,),
    (tree.Value("x"),),
    tree.TransactionPending(1),
    (tree.TransactionPending("x"),),  # type: ignore[arg-type]
)


def _places(value: Any, above: Path = ()) -> Iterator[Path]:
    """Yield the path of every field and every element in a tree."""
    if above:
        yield above
    if isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from _places(getattr(value, name), (*above, name))
    elif isinstance(value, tuple):
        for index, one in enumerate(value):
            yield from _places(one, (*above, index))


def _replaced(node: Any, path: Path, value: Any) -> Any:
    """Return a tree with one field or element replaced."""
    if not path:
        return value
    name, *rest = path
    if isinstance(name, int):
        return (*node[:name], _replaced(node[name], tuple(rest), value), *node[name + 1 :])
    return msgspec.structs.replace(node, **{name: _replaced(getattr(node, name), tuple(rest), value)})


def _class_at(message: Message, path: Path) -> str:
    """Name the field that a path leads to, by its class, and whether it leads to an element of it."""
    node: Any = message
    owner, name = type(message).__name__, ""
    for step in path:
        if isinstance(step, str):
            owner, name = type(node).__name__, step
            node = getattr(node, step)
        else:
            node = node[step]
    return f"{owner}.{name}{'[]' if isinstance(path[-1], int) else ''}"


def _every_field() -> dict[str, tuple[Message, Path]]:
    """Return, for each field of each class that a message file has, a message and where it stands there."""
    found: dict[str, tuple[Message, Path]] = {}
    for octets in fixtures().values():
        message = decode(octets)
        for path in _places(message):
            found.setdefault(_class_at(message, path), (message, path))
    return found


_FIELDS = _every_field()


def test_the_files_have_nearly_every_class() -> None:
    """All but what binary alone has, or messages that are files elsewhere."""
    classes = {name.split(".")[0] for name in _FIELDS}
    every = {cls.__name__ for cls in vars(tree).values() if isinstance(cls, type) and issubclass(cls, tree.Node)}
    assert len(every - classes) < 12, sorted(every - classes)


@pytest.mark.parametrize("name", _FIELDS)
def test_a_field_of_another_type(name: str) -> None:
    """One field holds something else: there is an EncodeError, or what Python takes for the right thing is written."""
    message, path = _FIELDS[name]
    octets = encode(message, "binary")
    for value in _WRONG:
        _check(_replaced(message, path, value))
        assert encode(message, "binary") == octets, f"{value!r} left a trace"


def _check(message: Message) -> None:
    try:
        octets = encode(message, "binary")
    except EncodeError as error:
        _names_a_place(error)
    else:
        assert _is_read(octets), f"{message} was written as {octets!r}"


def _names_a_place(error: EncodeError) -> None:
    assert error.path.startswith("message"), error


def _is_read(octets: bytes) -> bool:
    """Tell whether octets are a message, of whatever version."""
    try:
        decode(octets)
    except DecodeError as error:
        return error.code == 406
    return True


@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(MESSAGES.map(for_binary), st.data())
def test_any_field_of_another_type(message: Message, data: st.DataObject) -> None:
    """The same of trees of every sort: one field, or two."""
    for _ in range(data.draw(st.integers(1, 2))):
        path = data.draw(st.sampled_from(list(_places(message))))
        message = _replaced(message, path, data.draw(st.sampled_from(_WRONG)))
    _check(message)


@pytest.mark.parametrize("wrong", [None, 5, "x", b"x", (), object(), tree.Message, tree.TransactionPending(1)])
def test_what_is_no_message(wrong: Any) -> None:
    """Anything at all in place of the tree."""
    with pytest.raises(EncodeError, match="not a message: "):
        encode(wrong, "binary")
