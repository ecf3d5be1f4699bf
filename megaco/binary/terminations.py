"""TerminationIDs and digit map names between text and octets: what H.248.1 Annex A.1 leaves to provisioning.

A layout is a list of forms, tried in turn. ``levels`` cuts the octets into levels from the highest bit on; text has
them between slashes, and a wildcard field for every level that is ``$`` or ``*``. A wildcard as the last part of an id
that has fewer parts than there are levels stands for its level and all below (bit 6 of the field). ``characters`` is a
zero octet and the ASCII characters of the id; eight characters of which the first is a letter stand without it. What
no form fits is shown as its octets, ``x01/x02/x03``, one octet a level, and such an id goes back to the octets that it
shows.
"""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Literal, NamedTuple

import msgspec

from megaco.data import data_folder
from megaco.message import ALL, CHOOSE, ROOT
from megaco.toml import read_toml

MOST_OCTETS = 8
_ROOT_OCTETS = b"\xff" * MOST_OCTETS
_ALL_BIT = 0x80
_BELOW_BIT = 0x40
_POSITION = 0x3F
_WILDCARDS = {ALL: _ALL_BIT, CHOOSE: 0}
_OPAQUE = re.compile(r"(?:x[0-9a-f]{2}|[$*])(?:/(?:x[0-9a-f]{2}|[$*]))*")
_OCTET = re.compile(r"x[0-9a-f]{2}")
_MOST_DIGITS = 20
_CHARACTERS = re.compile(rb"[!-)+-~]*")


class Octets(NamedTuple):
    """A TerminationID in binary: its wildcard fields, an octet each, and its octets."""

    wildcards: tuple[bytes, ...]
    id: bytes


class Level(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One level of the hierarchy."""

    bits: int
    """1 to 64."""
    words: dict[str, int] = {}
    """Text -> number."""
    closed: bool = False
    """Whether the words are all there is."""
    notation: Literal["decimal", "bits", "octet"] = "decimal"
    """How text writes a number that has no word: ``17``, ``00010001``, ``x11``."""

    def __post_init__(self) -> None:
        """Refuse words that do not fit, or that could be taken for numbers."""
        if not 1 <= self.bits <= 8 * MOST_OCTETS:
            raise ValueError(f"a level of {self.bits} bits")
        for word, number in self.words.items():
            if not 0 <= number < 1 << self.bits or "/" in word:
                raise ValueError(f"{word!r} has no number that fits {self.bits} bits, or holds a slash")
            if _number(word, self.notation, self.bits) is not None:
                raise ValueError(f"the word {word!r} is a number")
        if len(set(self.words.values())) != len(self.words):
            raise ValueError("two words have one number")

    def number(self, text: str) -> int | None:
        """Return the number of a part of an id; None where it has none."""
        if self.words:
            word = self.words.get(text, self.words.get(text.lower()))
            if word is not None or self.closed:
                return word
        number = _number(text, self.notation, self.bits)
        return number if number is not None and number >> self.bits == 0 else None

    def text(self, number: int) -> str | None:
        """Return how text writes a number; None where it does not."""
        if self.words:
            for word, one in self.words.items():
                if one == number:
                    return word
            if self.closed:
                return None
        if self.notation == "decimal":
            return str(number)
        return f"{number:0{self.bits}b}" if self.notation == "bits" else f"x{number:02x}"


def _number(text: str, notation: str, bits: int) -> int | None:
    """Return the number that text spells, if it is the way in which the notation spells it."""
    if notation == "decimal":
        is_spelled = text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS
        return int(text) if is_spelled and (text[0] != "0" or text == "0") else None
    if notation == "octet":
        return int(text[1:], 16) if _OCTET.fullmatch(text) else None
    return int(text, 2) if len(text) == bits and not text.strip("01") else None


class Form(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One way to lay an id out: ``levels``, or ``characters``."""

    levels: tuple[Level, ...] = ()
    characters: bool = False

    def __post_init__(self) -> None:
        """Refuse levels that do not fill octets."""
        bits = sum(level.bits for level in self.levels)
        if bool(self.levels) == self.characters:
            raise ValueError("a form has either `levels` or `characters = true`")
        if bits % 8 or bits > 8 * MOST_OCTETS:
            raise ValueError(f"levels of {bits} bits in all; expected whole octets, {MOST_OCTETS} at most")

    def octets(self, text: str) -> Octets | None:
        """Return the octets of an id; None where the form does not fit."""
        return _of_characters(text) if self.characters else _of_levels(text.split("/"), self.levels)

    def text(self, octets: Octets) -> str | None:
        """Return the id of octets; None where the form does not fit."""
        return _characters_of(octets) if self.characters else _levels_of(octets, self.levels)


def _of_levels(parts: Sequence[str], levels: Sequence[Level]) -> Octets | None:
    if len(parts) > len(levels) or (len(parts) < len(levels) and parts[-1] not in _WILDCARDS):
        return None
    wildcards = []
    value, position = 0, sum(level.bits for level in levels)
    size = position // 8
    for index, (part, level) in enumerate(zip(parts, levels, strict=False)):
        if part in _WILDCARDS:
            is_below = index == len(parts) - 1 and len(parts) < len(levels)
            wildcards.append(bytes([_WILDCARDS[part] | (_BELOW_BIT if is_below else 0) | position - 1]))
        else:
            number = level.number(part)
            if number is None:
                return None
            value |= number << position - level.bits
        position -= level.bits
    return Octets(tuple(wildcards), value.to_bytes(size, "big"))


def _levels_of(octets: Octets, levels: Sequence[Level]) -> str | None:
    position = sum(level.bits for level in levels)
    if len(octets.id) * 8 != position:
        return None
    value = int.from_bytes(octets.id, "big")
    fields = {field[0] & _POSITION: field[0] for field in octets.wildcards}
    parts: list[str] = []
    for level in levels:
        field = fields.pop(position - 1, None)
        position -= level.bits
        if field is None:
            text = level.text(value >> position & (1 << level.bits) - 1)
            if text is None:
                return None
            parts.append(text)
            continue
        parts.append(ALL if field & _ALL_BIT else CHOOSE)
        if field & _BELOW_BIT:
            break
    return None if fields else "/".join(parts)


def _of_characters(text: str) -> Octets | None:
    *above, last = text.split("/")
    wildcards: tuple[bytes, ...] = ()
    body, tail = text, b""
    if last in _WILDCARDS:
        wildcards = (bytes([_WILDCARDS[last] | _BELOW_BIT | 7]),)
        body, tail = "".join(f"{part}/" for part in above), b"\0"
    octets = body.encode("ascii", "replace")
    if not body.isascii() or not octets or not _CHARACTERS.fullmatch(octets) or "$" in body:
        return None
    if len(octets) == MOST_OCTETS and body[0].isalpha() and not tail:
        return Octets((), octets)
    return Octets(wildcards, b"\0" + octets + tail) if len(octets) + len(tail) < MOST_OCTETS else None


def _characters_of(octets: Octets) -> str | None:
    is_whole = len(octets.id) == MOST_OCTETS and octets.id[:1].isalpha() and not octets.wildcards
    body = octets.id if is_whole else octets.id[1:]
    wildcard = ""
    if octets.wildcards:
        (field, *more) = octets.wildcards
        if more or field[0] & 0x7F != _BELOW_BIT | 7 or body[-1:] != b"\0" or not body[:-1].endswith(b"/"):
            return None
        wildcard = ALL if field[0] & _ALL_BIT else CHOOSE
        body = body[:-1]
    if (octets.id[0] and not is_whole) or not body or not _CHARACTERS.fullmatch(body) or b"$" in body:
        return None
    return body.decode("ascii") + wildcard


class _DigitMaps(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    template: str = ""
    """A word that two digits follow, an octet each; "": none."""


class Provisioning(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What both ends agree on beforehand: a file like ``grammars/provisioning/default.toml``."""

    terminations: tuple[Form, ...] = ()
    termination_names: dict[str, str] = {}
    """TerminationID -> hex of its octets."""
    digit_maps: _DigitMaps = _DigitMaps()
    digit_map_names: dict[str, int] = {}
    """Digit map name -> number of two octets."""

    def __post_init__(self) -> None:
        """Refuse names whose octets are none."""
        for name, digits in self.termination_names.items():
            if not re.fullmatch(r"(?:\s*[0-9a-fA-F]{2}){1,8}\s*", digits):
                raise ValueError(f"termination_names: {name!r}: {digits!r} are not 1 to 8 octets in hex")
        for name, number in self.digit_map_names.items():
            if not 0 <= number <= 0xFFFF:
                raise ValueError(f"digit_map_names: {name!r}: {number} is not within two octets")

    # ----------------------------------------------------------------------------------------------- terminations

    def termination_octets(self, text: str) -> Octets:
        """Return the octets of a TerminationID; raises ValueError, with words for the user, where it has none."""
        if text.upper() == ROOT:
            return Octets((), _ROOT_OCTETS)
        if text in self.termination_names:
            return Octets((), bytes.fromhex(self.termination_names[text]))
        if text in _WILDCARDS:
            return self._anything(text)
        found = None
        if not _shows_octets(text):
            found = next((octets for form in self.terminations if (octets := form.octets(text)) is not None), None)
        if found is None and _OPAQUE.fullmatch(text):
            found = _of_levels(text.split("/"), _octet_levels(text.count("/") + 1))
        if found is None or found.id == _ROOT_OCTETS:
            raise ValueError(f"TerminationID {text!r} fits no form of the layout; name it under [termination_names]")
        return found

    def _anything(self, text: str) -> Octets:
        """Return a wildcard for all levels, in as many octets as the first form has."""
        levels = self.terminations[0].levels if self.terminations else ()
        bits = sum(level.bits for level in levels) or 8 * MOST_OCTETS
        return Octets((bytes([_WILDCARDS[text] | _BELOW_BIT | bits - 1]),), bytes(bits // 8))

    def termination_text(self, octets: Octets) -> str:
        """Return the TerminationID of octets; raises ValueError where wildcards cut through a level."""
        if octets.id == _ROOT_OCTETS and not octets.wildcards:
            return ROOT
        top = 8 * len(octets.id) - 1
        if len(octets.wildcards) == 1 and octets.wildcards[0][0] & 0x7F == _BELOW_BIT | top:
            return ALL if octets.wildcards[0][0] & _ALL_BIT else CHOOSE
        if self.termination_names and not octets.wildcards:
            named = next((name for name, digits in self._named() if digits == octets.id), None)
            if named is not None:
                return named
        found = self._text_of_form(octets) or _opaque(octets)
        if found is None or not (_shows_octets(found) or self._has_wildcards(found, octets.wildcards)):
            fields = ", ".join(field.hex() for field in octets.wildcards)
            raise ValueError(f"wildcard fields {fields} of {octets.id.hex()}, which fit no level of the layout")
        return found

    def _has_wildcards(self, text: str, wildcards: tuple[bytes, ...]) -> bool:
        """Whether a text has these wildcards, in whatever order they came."""
        return {*self.termination_octets(text).wildcards} == {*wildcards}

    def _text_of_form(self, octets: Octets) -> str | None:
        """Return the text by the first form that fits, unless the text stands for something else before it does."""
        for index, form in enumerate(self.terminations):
            text = form.text(octets)
            if text is None or text in self.termination_names or _shows_octets(text):
                continue
            if not any(earlier.octets(text) for earlier in self.terminations[:index]):
                return text
        return None

    def _named(self) -> list[tuple[str, bytes]]:
        return [(name, bytes.fromhex(digits)) for name, digits in self.termination_names.items()]

    # ------------------------------------------------------------------------------------------------- digit maps

    def digit_map_octets(self, text: str) -> bytes:
        """Return the two octets of a digit map's name; raises ValueError where it has none."""
        if text in self.digit_map_names:
            return self.digit_map_names[text].to_bytes(2, "big")
        template = self.digit_maps.template
        if template and (found := re.fullmatch(rf"{re.escape(template)}([0-9])([0-9])", text, re.IGNORECASE)):
            return bytes([int(found.group(1)), int(found.group(2))])
        if found := re.fullmatch(r"x([0-9a-f]{4})", text):
            return bytes.fromhex(found.group(1))
        if re.fullmatch(r"[A-Za-z][A-Za-z0-9_]?", text):
            return text.encode("ascii").ljust(2, b"\0")
        raise ValueError(f"digit map {text!r} has no number; name it under [digit_map_names]")

    def digit_map_text(self, octets: bytes) -> str:
        """Return the name of a digit map."""
        number = int.from_bytes(octets, "big")
        for name, one in self.digit_map_names.items():
            if one == number:
                return name
        if self.digit_maps.template and max(octets) <= 9:
            return f"{self.digit_maps.template}{octets[0]}{octets[1]}"
        characters = octets.rstrip(b"\0")
        if re.fullmatch(rb"[A-Za-z][A-Za-z0-9_]?", characters):
            return characters.decode("ascii")
        return f"x{octets.hex()}"


def _shows_octets(text: str) -> bool:
    """Whether a text goes to the octets that it shows; one of wildcards alone shows none and goes to the first form."""
    return "x" in text and _OPAQUE.fullmatch(text) is not None


def _opaque(octets: Octets) -> str | None:
    """Return octets as they stand, a level each; a wildcard for all below stands at each, or the length were lost."""
    text = _levels_of(octets, _octet_levels(len(octets.id)))
    if text is None:
        return None
    parts = text.split("/")
    return "/".join(parts + parts[-1:] * (len(octets.id) - len(parts)))


def _octet_levels(count: int) -> tuple[Level, ...]:
    return tuple(Level(bits=8, notation="octet") for _ in range(count))


def read_provisioning(path: Path) -> Provisioning:
    """Read a file; raises DataFileError with its name and what is wrong."""
    return read_toml(path, Provisioning)


def shipped_provisioning(name: str) -> Provisioning:
    """Return a layout that comes with the library: ``default`` or ``otp``."""
    return read_provisioning(data_folder() / "provisioning" / f"{name}.toml")
