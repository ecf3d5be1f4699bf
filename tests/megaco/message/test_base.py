"""What every node of the tree has in common."""

import copy
import pickle

import msgspec
import pytest

import megaco.message
from megaco import decode
from megaco.message import DeviceName, Node, Octets, ValueChoice, ValueList

from ..samples import EVERY_SAMPLE

_NODES = [
    node
    for node in (getattr(megaco.message, name) for name in megaco.message.__all__)
    if isinstance(node, type) and issubclass(node, Node) and node is not Node
]


@pytest.mark.parametrize("node", _NODES)
def test_nodes_explain_themselves(node: type[Node]) -> None:
    """Every node has a docstring of its own and its class name as tag."""
    assert node.__doc__
    assert node.__struct_config__.tag == node.__name__
    assert node.__struct_config__.frozen


@pytest.mark.parametrize("node", _NODES)
def test_lists_are_tuples(node: type[Node]) -> None:
    """No field can be changed in place: what holds several values is a tuple."""
    for info in msgspec.structs.fields(node):
        assert getattr(info.type, "__origin__", None) not in (list, dict, set)


@pytest.mark.parametrize("sample", EVERY_SAMPLE)
def test_trees_are_values(sample: str) -> None:
    """Equal trees are equal and hash alike; copies and pickles are equal to the original."""
    one, other = decode(sample), decode(sample)
    assert one == other
    assert hash(one) == hash(other)
    assert copy.deepcopy(one) == pickle.loads(pickle.dumps(one)) == one


def test_nodes_are_immutable() -> None:
    """A field cannot be set, and ``replace`` makes a new node."""
    name = DeviceName("a")
    with pytest.raises(AttributeError):
        name.name = "b"  # type: ignore[misc]  # that is the point
    assert msgspec.structs.replace(name, name="b") == DeviceName("b")


def test_nodes_of_different_classes_differ() -> None:
    """The class counts, not only the fields."""
    nodes: set[Node] = {ValueList(()), ValueChoice(()), ValueList(())}
    assert len(nodes) == 2


def test_octets_are_bytes() -> None:
    """Octets compare with bytes."""
    assert Octets(b"v=0") == b"v=0"
    assert Octets() == b""
