"""Hypothesis strategies for names and values, and the helpers that those for message trees are made with."""

import re
from collections.abc import Callable
from typing import Any, TypeVar

import msgspec
from hypothesis import strategies as st

from megaco import message as tree
from megaco.reference import text_encoding
from megaco.text.values import to_text

Item = TypeVar("Item")

LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
DIGITS = "0123456789"
HIGH = "".join(map(chr, range(0x80, 0x100)))
SAFE = LETTERS + DIGITS + "+-&!_/'?@^`~*$\\()%.|" + HIGH
QUOTABLE = "\t\r\n" + "".join(map(chr, range(0x20, 0x7F))).replace('"', "") + HIGH
KEYWORDS = {spelling.lower() for row in text_encoding().grammar.spellings.values() for spelling in row}

UINT16 = st.integers(0, 65535)
UINT32 = st.integers(0, 4294967295)


def maybe(items: st.SearchStrategy[Item]) -> st.SearchStrategy[Item | None]:
    return st.none() | items


def several(items: st.SearchStrategy[Item], least: int = 0, most: int = 3) -> st.SearchStrategy[tuple[Item, ...]]:
    return st.lists(items, min_size=least, max_size=most).map(tuple)


def named(items: st.SearchStrategy[Item]) -> st.SearchStrategy[Item]:
    """Hide how a strategy is made: Hypothesis would print it in full inside each one that uses it."""

    @st.composite
    def named(draw: st.DrawFn) -> Item:
        return draw(items)

    return named()


def is_filled(node: msgspec.Struct) -> bool:
    """Tell whether a node says anything: one that does not has no place in the text encoding."""
    return any(getattr(node, info.name) != info.default for info in msgspec.structs.fields(node))


def field(name: str, value: Any) -> dict[str, Any]:
    return {name: value}


def unique(items: st.SearchStrategy[Item], least: int = 0) -> st.SearchStrategy[tuple[Item, ...]]:
    """Return properties or parameters of different names."""
    rows = st.lists(items, min_size=least, max_size=3, unique_by=lambda item: item.name.casefold())  # type: ignore[attr-defined]  # all have names
    return rows.map(tuple)


def of_each_kind(items: st.SearchStrategy[Item]) -> st.SearchStrategy[tuple[Item, ...]]:
    """Return descriptors of different kinds, in any order."""
    return st.lists(items, max_size=4, unique_by=type).map(tuple)


def either(*names: str) -> Callable[[msgspec.Struct], bool]:
    """Return the test whether exactly one of these fields is filled."""
    return lambda node: sum(getattr(node, name) is not None for name in names) == 1


def word(first: str, rest: str, most: int = 10) -> st.SearchStrategy[str]:
    return st.builds(str.__add__, st.sampled_from(first), st.text(rest, max_size=most))


def digits(least: int, most: int) -> st.SearchStrategy[str]:
    return st.text(DIGITS, min_size=least, max_size=most)


def clean_sdp(octets: bytes) -> tree.Octets:
    """Leave out what the braces round SDP would swallow or misread."""
    return tree.Octets(re.sub(rb"\\+(?=\}|\Z)", b"", octets.replace(b"\x00", b"").lstrip(b" \t\r\n;")))


# ------------------------------------------------------------------------------------------------- names, values

NAMES = word(LETTERS, LETTERS + DIGITS + "_").filter(lambda name: name.lower() not in KEYWORDS)
PACKAGE_ITEMS = st.builds("{}/{}".format, NAMES, NAMES | st.just("*")) | st.just("*/*")
PATH_NAMES = (
    st.builds(str.__add__, st.sampled_from(["", "*"]), word(LETTERS, LETTERS + DIGITS + "_/*$"))
    | st.builds("{}@{}".format, NAMES, word(LETTERS + DIGITS + "*", LETTERS + DIGITS + ".*-"))
    | st.sampled_from(["$", "*", "ROOT"])
    | st.builds("{}{}".format, digits(1, 3), word(LETTERS, LETTERS + DIGITS + "_/*$.-"))
    | st.builds("{}{}{}".format, word(LETTERS, LETTERS), st.sampled_from("-."), st.text(LETTERS + "-/.", max_size=5))
).filter(lambda name: name.lower() not in KEYWORDS)
TIME_STAMPS = st.builds(tree.TimeStamp, digits(8, 8), digits(8, 8))
VALUES = st.builds(tree.Value, st.text(SAFE, min_size=1, max_size=8).map(to_text)) | st.builds(
    tree.Value, st.text(QUOTABLE, max_size=8).map(to_text), quoted=st.just(True)
)
VALUE_LISTS = st.builds(tree.ValueList, several(VALUES, 1))
ANY_VALUES = (
    VALUES
    | VALUE_LISTS
    | st.builds(tree.ValueChoice, several(VALUES, 1))
    | st.builds(tree.ValueRange, VALUES, VALUES)
    | st.builds(tree.RelatedValue, st.sampled_from(tree.Relation), VALUES)
)
EXTENSIONS = st.builds("X{}{}".format, st.sampled_from("-+"), st.text(LETTERS + DIGITS, min_size=1, max_size=6))
REQUEST_IDS = UINT32 | st.just(tree.ALL_EVENTS)
PROPERTIES = st.builds(tree.PropertyParm, PACKAGE_ITEMS, ANY_VALUES)
PARAMETERS = st.builds(tree.PropertyParm, NAMES, ANY_VALUES)
MIDS: st.SearchStrategy[tree.MessageIdentifier] = (
    st.builds(tree.IpAddress, st.ip_addresses().map(str), maybe(UINT16))
    | st.builds(tree.DomainName, word(LETTERS + DIGITS, LETTERS + DIGITS + ".-"), maybe(UINT16))
    | st.builds(tree.DeviceName, PATH_NAMES)
    | st.builds(tree.MtpAddress, st.text("0123456789ABCDEF", min_size=4, max_size=8))
)
CONTEXT_IDS = st.integers(1, 4294967293) | st.sampled_from([tree.NULL_CONTEXT, tree.CHOOSE_CONTEXT, tree.ALL_CONTEXTS])
ERRORS = st.builds(tree.ErrorDescriptor, st.integers(0, 9999), maybe(st.text(QUOTABLE, max_size=12).map(to_text)))
