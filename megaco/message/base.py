"""What every node of the message tree has in common."""

import msgspec


class Node(
    msgspec.Struct, frozen=True, gc=False, omit_defaults=True, forbid_unknown_fields=True, tag_field="is", tag=True
):
    """A node of the tree: immutable, compared by value, hashable.

    What is immutable from the start can be in no cycle, so Python's cycle collector need not know of it: it would take
    most of the time that a long message takes.

    In the JSON form a node is an object; its member ``is`` holds the class name, members at their default are left out.
    """


class Octets(bytes):
    """Octets that the protocol carries unread, such as the SDP in Local and Remote.

    In the JSON form a string where the octets are UTF-8, else ``{"base64": "..."}``.
    """

    __slots__ = ()
