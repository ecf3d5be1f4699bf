"""Messages as values of BER, for a fuzzer that would not think of lengths octet by octet."""

import random
from collections.abc import Callable, Sequence

from tests.megaco.binary.ber import (
    BITS,
    CONSTRUCTED,
    OCTETS,
    Form,
    Tlv,
    definite,
    indefinite,
    nested,
    octet_by_octet,
    parsed,
    spare,
    written,
)

_USUAL = (
    b"",
    b"\0",
    b"\1",
    b"\x7f",
    b"\xff",
    b"\0\1",
    b"\0\xff",
    b"\xff\xff\xff\xff",
    b"\xff\xff\xff\xff\xff",
    b"\7\x80",
)
_VALUES = (
    b"\x16\x01$",
    b"\x0a\x01\x01",
    b"\x02\x02\0\x05",
    b"\x01\x01\xff",
    b"\x04\x04\0\7\0\x30",
    b"\x0c\x02\xc3\xa9",
    b"5",
)
_TAGS = (0x80, 0x81, 0x82, 0x88, 0x9E, 0xA0, 0xA1, 0xA2, 0xA3, 0xAB, 0xBE, 0x02, 0x04, 0x30, 0x31, 0x00)
_LONG_TAGS = (b"\x9f\x1f", b"\xbf\x81\x00", b"\x1f\x20")
_DEEPEST = 100

Path = tuple[int, ...]


def mutated(data: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    """Return a message with a value dropped, doubled, moved, retagged, filled or exchanged, or in another form."""
    try:
        values = parsed(data)
    except (ValueError, IndexError, RecursionError):
        return _octets_changed(data, chance)
    for _ in range(chance.choice((1, 1, 2, 3))):
        values = _changed(values, others, chance)
    forms = chance.choice((_definite, _definite, _definite, _mixed(chance)))
    return b"".join(written(value, forms) for value in values)


def _octets_changed(data: bytes, chance: random.Random) -> bytes:
    """Return octets that are no values with one of them changed, so that they may become some."""
    changed = bytearray(data or b"0")
    changed[chance.randrange(len(changed))] = chance.choice((0, 1, 0x7F, 0x80, 0x81, chance.randrange(256)))
    return bytes(changed)


def _definite(_: Tlv) -> Form:
    return definite


def _mixed(chance: random.Random) -> Callable[[Tlv], Form]:
    def form(value: Tlv) -> Form:
        forms = (definite, spare(0), spare(3), indefinite if value.is_constructed else definite)
        return chance.choice((definite, *forms))

    return form


def _changed(values: tuple[Tlv, ...], others: Sequence[bytes], chance: random.Random) -> tuple[Tlv, ...]:
    paths = _paths(values)
    if not paths:
        return (Tlv(b"\x30", ()),)
    path = chance.choice(paths)
    value = _at(values, path)
    put: tuple[Tlv, ...]
    match chance.choice(("drop", "double", "move", "retag", "fill", "fill", "cut", "exchange", "exchange", "add")):
        case "drop":
            put = ()
        case "double":
            put = (value, value)
        case "move":
            put = (_at(values, chance.choice(paths)),)
        case "retag":
            put = (Tlv(_tag(value, chance), value.inside),)
        case "fill":
            put = (_filled(value, chance),)
        case "cut":
            put = (_cut(value, chance),)
        case "add":
            put = (value, Tlv(chance.choice(_LONG_TAGS), b"") if chance.random() < 0.5 else Tlv(b"\x9e", b"x"))
        case _:
            put = (_like(value, chance.choice(others), chance),)
    return _with(values, path, put)


def _paths(values: tuple[Tlv, ...], above: Path = ()) -> list[Path]:
    found: list[Path] = []
    if len(above) < _DEEPEST:
        for index, value in enumerate(values):
            found.append((*above, index))
            if not isinstance(value.inside, bytes):
                found += _paths(value.inside, (*above, index))
    return found


def _at(values: tuple[Tlv, ...], path: Path) -> Tlv:
    value = values[path[0]]
    if len(path) == 1:
        return value
    assert not isinstance(value.inside, bytes)
    return _at(value.inside, path[1:])


def _with(values: tuple[Tlv, ...], path: Path, put: tuple[Tlv, ...]) -> tuple[Tlv, ...]:
    at = path[0]
    if len(path) > 1:
        inside = values[at].inside
        assert not isinstance(inside, bytes)
        put = (Tlv(values[at].tag, _with(inside, path[1:], put)),)
    return (*values[:at], *put, *values[at + 1 :])


def _tag(value: Tlv, chance: random.Random) -> bytes:
    """Return another tag that says the same of what stands inside: the decoder looks no further otherwise."""
    tag = chance.choice((*_TAGS, value.tag[0] ^ 1, value.tag[0] + 1 & 0xFF))
    return bytes([tag | CONSTRUCTED if value.is_constructed else tag & ~CONSTRUCTED])


def _filled(value: Tlv, chance: random.Random) -> Tlv:
    if not isinstance(value.inside, bytes):
        return Tlv(value.tag, () if chance.random() < 0.5 else value.inside * chance.choice((2, 3)))
    changed = bytearray(value.inside or b"\0")
    changed[chance.randrange(len(changed))] = chance.randrange(256)
    return Tlv(value.tag, chance.choice((*_USUAL, *_VALUES, bytes(changed), value.inside + b"\0", value.inside[:-1])))


def _cut(value: Tlv, chance: random.Random) -> Tlv:
    """Return a simple value in segments."""
    if not isinstance(value.inside, bytes):
        return value
    segment = chance.choice((OCTETS, OCTETS, BITS if value.inside else OCTETS))
    return Tlv(bytes([value.tag[0] | CONSTRUCTED]), chance.choice((octet_by_octet, nested))(segment, value.inside))


def _like(value: Tlv, other: bytes, chance: random.Random) -> Tlv:
    """Take a value of another message: one of the same tag if there is one, since that may fit."""
    values = parsed(other)
    found = [_at(values, path) for path in _paths(values)]
    return chance.choice([one for one in found if one.tag == value.tag] or found)
