"""What the generated decoder stands on: identifier and length octets, and the simple types of BER (X.690 clause 8).

The reader goes from left to right and never beyond the end of the type that it is in. Three forms that BER leaves to
the sender take a longer way: a length that is not given (8.1.3.6), of which the end is looked for once; a string in
segments (8.7.3.2, 8.6.4); a tag or length of several octets.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from megaco.message import MessageIdentifier, Node

from .faults import OffsetError
from .lengths import LengthError, find_ends

if TYPE_CHECKING:
    from mypy_extensions import i64

NOTHING: Final = -1
"""The tag where a type has ended."""
NEWEST_VERSION: Final = 3
VERSION_NOT_SUPPORTED: Final = 406
UNKNOWN_EXTENSION: Final = "left-out"
LATER_VERSION: Final = "later-version"
LONGEST_KEY: Final = 128
DEEPEST: Final = 64
"""Types that stand in themselves at most, whatever limit is asked for: the stack of the machine has one too."""
_CONSTRUCTED: Final = 0x20
_LONG_TAG: Final = 0x1F
_INDEFINITE: Final = 0x80
_ANY_LONG_TAG: Final = 0x100
"""What peek gives for a tag of several octets: the module has none."""


class Reader:
    """One message being read."""

    def __init__(self, data: bytes, allow: frozenset[str], max_items: int, max_nesting: int) -> None:
        self.data = data
        self.allow = allow
        self.max_items: i64 = max_items
        self.max_nesting: i64 = min(max_nesting, DEEPEST)
        self.at: i64 = 0
        """The octet to read next."""
        self.opened: i64 = 0
        """Where the identifier octet of the value read last is."""
        self.depth: i64 = 0
        self.version: i64 = NEWEST_VERSION
        self.header: tuple[int, MessageIdentifier] | None = None
        self.deviations: list[tuple[str, int, str]] | None = None
        """Allowance, offset and what was found, of each that was made use of; None: nobody wants to know."""
        self.noted: i64 = 0
        """How many deviations there were."""
        self.placed: list[object] = []
        """The nodes whose offsets are kept: while they are here no other node has their id."""
        self.places: dict[int, int] | None = None
        """Node, by its id -> offset; None: nobody wants to know."""
        self.ends: dict[int, int] = {}
        """Where a value without length begins -> where it ends."""
        self.closings: set[int] = set()
        """Where the end-of-contents octets are that have been found."""

    # ---------------------------------------------------------------------------------------- identifier, length

    def peek(self, end: i64) -> i64:
        """Return the identifier octet of the next value, NOTHING at the end of what holds it."""
        at = self.at
        if at >= end:
            return NOTHING
        octet: i64 = self.data[at]
        if octet == 0:
            return self._closing(end)
        return octet if octet & _LONG_TAG != _LONG_TAG else _ANY_LONG_TAG

    def _closing(self, end: i64) -> i64:
        """Pass over the end-of-contents octets of values that have been read."""
        if self.at not in self.closings:
            raise self.fault(self.at, "end-of-contents octets where no length is open")
        self.at += 2
        return self.peek(end)

    def enter(self, end: i64) -> i64:
        """Go into the next value and return where its contents end."""
        at = self.at
        self.opened = at
        at += 1
        if at >= end:
            raise self._truncated(at)
        length: i64 = self.data[at]
        at += 1
        if length >= 0x80:
            return self._enter_slowly(end)
        self.at = at
        stop = at + length
        if stop > end:
            raise self._overlong(length, end)
        return stop

    def _enter_slowly(self, end: i64) -> i64:
        """Go into a value with a length of several octets, or with none; its tag may have several octets."""
        at = self._after_tag(self.opened, end)
        if at >= end:
            raise self._truncated(at)
        length: i64 = self.data[at]
        at += 1
        if length == _INDEFINITE:
            self.at = at
            return self._end_of_indefinite(end)
        if length > _INDEFINITE:
            octets = length & 0x7F
            if at + octets > end:
                raise self._truncated(end)
            number: int = int.from_bytes(self.data[at : at + octets], "big")
            at += octets
            left: int = end - at
            if number > left:  # as whole numbers: the length may have 126 octets
                self.at = at
                raise self._overlong(number, end)
            length = number
        self.at = at
        if at + length > end:
            raise self._overlong(length, end)
        return at + length

    def _after_tag(self, at: i64, end: i64) -> i64:
        """Return the offset behind a tag."""
        if self.data[at] & _LONG_TAG != _LONG_TAG:
            return at + 1
        at += 1
        while at < end and self.data[at] >= 0x80:
            at += 1
        return at + 1

    def _end_of_indefinite(self, end: i64) -> i64:
        """Return where the contents of a value without length end: that of the values inside it is found as well."""
        if not self.data[self.opened] & _CONSTRUCTED:
            raise self.fault(self.opened, "a simple value without length")
        if self.at not in self.ends:
            try:
                found = find_ends(self.data, self.at, end)
            except LengthError as error:
                raise self.fault(error.offset, error.what) from None
            self.ends.update(found)
            self.closings.update(found.values())
        stop = self.ends[self.at]
        if stop > end:
            raise self._truncated(end)
        return stop

    def leave(self, end: i64) -> None:
        """Check that a value was read to its end: the one that stands in an explicit tag."""
        tag = self.peek(end)
        if tag != NOTHING:
            raise self.fault(self.at, f"{shown(tag)} after the one value that can stand there")

    def rest(self, end: i64, known: i64, is_extensible: bool) -> None:
        """Pass over what stands behind the last known component where the type has an extension marker."""
        tag = self.peek(end)
        while tag != NOTHING:
            is_unknown = tag == _ANY_LONG_TAG or (tag & 0xC0 == 0x80 and tag & _LONG_TAG >= known)
            if not is_extensible or not is_unknown:
                what = "out of its order, or twice" if tag & 0xC0 == 0x80 and not is_unknown else "not of this type"
                raise self.fault(self.at, f"{shown(tag)}, {what}")
            at = self.at
            self.opened = at
            stop = self._enter_slowly(end)
            self.at = stop
            self.note(UNKNOWN_EXTENSION, at, f"{shown(tag)} of {stop - at} octets, which no version up to 3 knows")
            tag = self.peek(end)

    def once(self, seen: int, bit: int) -> int:
        """Note that a component of a SET has been met; refuse it where it was met before."""
        if seen & bit:
            raise self.fault(self.at, f"{shown(self.peek(len(self.data)))} twice")
        return seen | bit

    # --------------------------------------------------------------------------------------------- simple types

    def key(self, end: i64) -> bytes | None:
        """Return the octets up to an end, by which what they hold is kept; None where nothing is to be kept."""
        if end - self.at > LONGEST_KEY or self.places is not None:
            return None
        return self.data[self.at : end]

    def content(self, end: i64) -> i64:
        """Go into a value that cannot be in segments and return where its contents end."""
        stop = self.enter(end)
        if self.data[self.opened] & _CONSTRUCTED:
            raise self.fault(self.opened, "a simple value in the constructed form")
        return stop

    def integer(self, end: i64, low: i64, high: i64) -> int:
        """Read an INTEGER within bounds."""
        data = self.data
        at = self.at
        if at + 2 < end and data[at] & _CONSTRUCTED == 0:
            length: i64 = data[at + 1]
            number: i64 = data[at + 2]
            if 0 < length <= 4 and at + 2 + length <= end and number < 0x80:  # nearly all
                is_short = length == 1 or number > 0 or data[at + 3] >= 0x80
                for index in range(at + 3, at + 2 + length):
                    octet: i64 = data[index]
                    number = number << 8 | octet
                if is_short and low <= number <= high:
                    self.opened = at
                    self.at = at + 2 + length
                    return number
        return self._integer(end, low, high)

    def _integer(self, end: i64, low: i64, high: i64) -> int:
        stop = self.content(end)
        octets = self.data[self.at : stop]
        if not octets:
            raise self.fault(self.opened, "an INTEGER without octets")
        if len(octets) > 1 and (octets[0] in (0, 0xFF)) and (octets[0] >> 7 == octets[1] >> 7):
            self.deviate("long-integer", self.opened, f"an INTEGER of {len(octets)} octets")
        number: int = int.from_bytes(octets, "big", signed=True)
        least: int = low
        most: int = high
        if not least <= number <= most:  # as whole numbers: there may be any number of octets
            shown_number = number if len(octets) <= 16 else f"a number of {len(octets)} octets"
            raise self.fault(self.opened, f"{shown_number}", (f"{low} to {high}",))
        self.at = stop
        return number

    def boolean(self, end: i64) -> bool:
        """Read a BOOLEAN: any octet but 0 is true."""
        stop = self.content(end)
        at = self.at
        if stop - at != 1:
            raise self.fault(self.opened, f"a BOOLEAN of {stop - at} octets", ("one octet",))
        self.at = stop
        return self.data[at] != 0

    def null(self, end: i64) -> bool:
        """Read a NULL; true, for it is there."""
        stop = self.content(end)
        if stop != self.at:
            raise self.fault(self.opened, f"a NULL of {stop - self.at} octets", ("none",))
        return True

    def enumerated(self, end: i64, count: i64) -> i64:
        """Read an ENUMERATED whose numbers run from 0."""
        at = self.at
        if at + 2 < end and self.data[at + 1] == 1:
            number: i64 = self.data[at + 2]
            if number < count:
                self.opened = at
                self.at = at + 3
                return number
        number = self._integer(end, -0x80000000, 0x7FFFFFFF)
        if not 0 <= number < count:
            raise self.fault(self.opened, f"value {number}, which is not known", (f"0 to {count - 1}",))
        return number

    def enumerated_among(self, end: i64, mask: i64) -> i64:
        """Read an ENUMERATED of which some numbers are left out; the bits of the mask are those there are."""
        number: i64 = self._integer(end, -0x80000000, 0x7FFFFFFF)
        if not 0 <= number < 63 or not mask >> number & 1:
            raise self.fault(self.opened, f"value {number}, which is not known")
        return number

    def enumerated_or(self, end: i64, count: i64, number: i64, stands_for: i64, allowance: str) -> i64:
        """Read an ENUMERATED; one number more is taken under an allowance."""
        found: i64 = self._integer(end, -0x80000000, 0x7FFFFFFF)
        if 0 <= found < count:
            return found
        if found == number:
            self.deviate(allowance, self.opened, f"value {found}")
            return stands_for
        raise self.fault(self.opened, f"value {found}, which is not known", (f"0 to {count - 1}",))

    def octets(self, end: i64, low: i64, high: i64) -> bytes:
        """Read an OCTET STRING of bounded length; ``high`` -1: no bound."""
        stop = self.enter(end)
        found = self.data[self.at : stop]
        if self.data[self.opened] & _CONSTRUCTED:
            found = self._segments(stop, 0x04)
        self.at = stop
        length: i64 = len(found)
        if length < low or (high >= 0 and length > high):
            raise self.fault(self.opened, f"{length} octets", (_sizes(low, high),))
        return found

    def one_string(self, end: i64, allowance: str) -> tuple[bytes, ...]:
        """Read an OCTET STRING that stands where the module has a list of them."""
        self.deviate(allowance, self.at, "one OCTET STRING")
        return (self.octets(end, 0, -1),)

    def ia5_string(self, end: i64, low: i64, high: i64) -> str:
        """Read an IA5String of bounded length; ``high`` -1: no bound."""
        stop = self.enter(end)
        found = self.data[self.at : stop]
        if self.data[self.opened] & _CONSTRUCTED:
            found = self._segments(stop, 0x04)  # X.690 clause 8.23.3: as of an OCTET STRING
        self.at = stop
        length: i64 = len(found)
        if length < low or (high >= 0 and length > high):
            raise self.fault(self.opened, f"{length} characters", (_sizes(low, high),))
        if found.isascii():
            return found.decode("ascii")
        return self.eight_bit(found, self.opened)

    def eight_bit(self, octets: bytes, at: i64) -> str:
        """Return the text of an IA5String that holds octets above 127: UTF-8, others as surrogates."""
        self.deviate("eight-bit-string", at, "an octet above 127 in an IA5String")
        return octets.decode("utf-8", "surrogateescape")

    def _segments(self, stop: i64, tag: i64) -> bytes:
        """Return the octets of a string in segments, which may be in segments themselves (X.690 clause 8.7.3.2)."""
        start = self.opened
        pieces: list[bytes] = []
        self.deeper()
        found = self.peek(stop)
        while found != NOTHING:
            if found != tag and found != tag | _CONSTRUCTED:
                raise self.fault(self.at, shown(found), (f"a segment, {shown(tag)}",))
            inner = self.enter(stop)
            pieces.append(self._segments(inner, tag) if found != tag else self.data[self.at : inner])
            self.at = inner
            found = self.peek(stop)
        self.depth -= 1
        self.opened = start
        return b"".join(pieces)

    def bits(self, end: i64, count: i64) -> list[int]:
        """Read a BIT STRING with named bits and return the numbers of those that are set; 0 is the first."""
        stop = self.enter(end)
        start = self.opened
        pieces = [self.data[self.at : stop]]
        if self.data[start] & _CONSTRUCTED:
            pieces = self._bit_segments(stop)
        self.at = stop
        self.opened = start
        found: list[int] = []
        unknown: i64 = -1
        number: i64 = 0
        for index, piece in enumerate(pieces):
            unused = self._unused(piece, index == len(pieces) - 1)
            last: i64 = 8 * (len(piece) - 1) - unused
            for bit in range(last):
                if piece[1 + bit // 8] & (0x80 >> bit % 8):
                    if number + bit < count:
                        found.append(int(number + bit))
                    elif unknown < 0:
                        unknown = number + bit
            number += last
        if unknown >= 0:
            self.note(UNKNOWN_EXTENSION, start, f"bit {unknown}, which no version up to 3 knows")
        return found

    def _bit_segments(self, stop: i64) -> list[bytes]:
        pieces: list[bytes] = []
        self.deeper()
        found = self.peek(stop)
        while found != NOTHING:
            if found != 0x03 and found != 0x23:
                raise self.fault(self.at, shown(found), ("a segment, tag [UNIVERSAL 3]",))
            inner = self.enter(stop)
            if found == 0x03:
                pieces.append(self.data[self.at : inner])
            else:
                pieces += self._bit_segments(inner)
            self.at = inner
            found = self.peek(stop)
        self.depth -= 1
        return pieces

    def _unused(self, piece: bytes, is_last: bool) -> i64:
        """Return how many bits of the last octet do not count (X.690 clause 8.6.2)."""
        if not piece or piece[0] > 7 or (piece[0] and (len(piece) == 1 or not is_last)):
            raise self.fault(
                self.opened, "a BIT STRING that does not say how many bits it has", ("0 to 7 unused bits",)
            )
        return piece[0]

    def object_identifier(self, end: i64) -> str:
        """Read an OBJECT IDENTIFIER as ``1.2.3`` (X.690 clause 8.19)."""
        stop = self.content(end)
        octets = self.data[self.at : stop]
        if not octets or octets[-1] >= 0x80 or len(octets) > 128:
            raise self.fault(self.opened, "an OBJECT IDENTIFIER that does not end, or of more than 128 octets")
        arcs: list[int] = []
        arc = 0
        for octet in octets:
            arc = arc << 7 | octet & 0x7F
            if octet < 0x80:
                arcs.append(arc)
                arc = 0
        first = min(arcs[0] // 40, 2)
        self.at = stop
        return ".".join(str(one) for one in (first, arcs[0] - 40 * first, *arcs[1:]))

    # -------------------------------------------------------------------------------------------------- faults

    def head(self, version: int, mid: MessageIdentifier, start: i64) -> None:
        """Keep version and mId; refuse a version that is not known."""
        self.header = (version, mid)
        self.version = version
        if not 1 <= version <= NEWEST_VERSION:
            what = f"protocol version {version}"
            raise OffsetError(what, start, start, (f"1 to {NEWEST_VERSION}",), code=VERSION_NOT_SUPPORTED)

    def place(self, node: object, start: i64) -> None:
        """Keep the offset of a node."""
        if self.places is not None and isinstance(node, Node):
            self.places[id(node)] = start
            self.placed.append(node)

    def deeper(self) -> None:
        """Count a type that stands inside itself."""
        self.depth += 1
        if self.depth > self.max_nesting:
            raise self.fault(self.at, f"nested deeper than {self.max_nesting}")

    def deviate(self, allowance: str, at: i64, what: str) -> None:
        """Take what is not to the letter, if its allowance is granted."""
        if allowance not in self.allow:
            raise self.fault(at, what, (), allowance)
        self.note(allowance, at, what)

    def note(self, name: str, at: i64, what: str) -> None:
        """Keep what was taken, for whoever wants to know."""
        self.noted += 1
        if self.deviations is not None:
            self.deviations.append((name, at, what))

    def later_version(self, component: str, since: i64) -> None:
        """Take a component that came with a later version than the message's, if that is granted."""
        self.deviate(LATER_VERSION, self.at, f"{component}, which came with version {since}")

    def absent(self, tag: i64, component: str, start: i64) -> OffsetError:
        """Return the error that a component of the type that begins at ``start`` is not there."""
        what = "the end of the value" if tag == NOTHING else shown(tag)
        return self.fault(self.at, what, (component,), "", start)

    def no_alternative(self, tag: i64, names: tuple[str, ...]) -> OffsetError:
        """Return the error that a CHOICE has no alternative with a tag."""
        found = "the end of the value" if tag == NOTHING else shown(tag)
        expected = tuple(f"{name} [{number}]" for number, name in enumerate(names))
        return self.fault(self.at, found, expected, "", self.opened if tag == NOTHING else -1)

    def unexpected(self, tag: i64, element: str) -> OffsetError:
        """Return the error that a list holds what is not its element."""
        return self.fault(self.at, shown(tag), (element,))

    def too_many(self, at: i64) -> OffsetError:
        """Return the error that a list has more entries than the limit."""
        return self.fault(at, f"more than {self.max_items} entries")

    def fault(
        self, at: i64, what: str, expected: tuple[str, ...] = (), allowance: str = "", inside: i64 = -1
    ) -> OffsetError:
        """Return an error at an offset, inside the value that begins at ``inside`` where the offset does not tell."""
        return OffsetError(what, at, inside, expected, allowance)

    def _truncated(self, at: i64) -> OffsetError:
        return self.fault(at, "the octets end within a tag or length", (), "", self.opened)

    def _overlong(self, length: int, end: i64) -> OffsetError:
        there = end - self.at
        what = f"length {length}" if length < 1 << 64 else "a length of more than 8 octets"
        return self.fault(self.opened, f"{what} where {there} octets are left")


def shown(tag: i64) -> str:
    """Name a tag as ASN.1 writes it."""
    if tag == _ANY_LONG_TAG:
        return "a tag above 30"
    kind = ("UNIVERSAL ", "APPLICATION ", "", "PRIVATE ")[tag >> 6]
    return f"tag [{kind}{tag & _LONG_TAG}]"


def _sizes(low: i64, high: i64) -> str:
    if high < 0:
        return f"{low} or more"
    return f"{low}" if low == high else f"{low} to {high}"
