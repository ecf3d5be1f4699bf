"""Where values without length end (X.690 clause 8.1.3.6): found once, for all that stand in one another."""

_LONG_TAG = 0x1F
_CONSTRUCTED = 0x20
_INDEFINITE = 0x80


class LengthError(Exception):
    """Octets that do not end: where, and what is wrong."""

    def __init__(self, offset: int, what: str) -> None:
        self.offset = offset
        self.what = what
        super().__init__(what)


def find_ends(data: bytes, start: int, end: int) -> dict[int, int]:
    """Return, for a value whose contents begin at ``start`` and for each without length inside, where contents end.

    Begin -> offset of the end-of-contents octets. One pass over the octets, values of definite length that cannot hold
    others are passed over. Raises LengthError.
    """
    ends: dict[int, int] = {}
    opened: list[tuple[int, int]] = [(start, end)]
    """Values being passed through: where each began (-1: of definite length), where it has to end."""
    at = start
    while opened:
        begin, limit = opened[-1]
        if begin < 0 and at == limit:
            opened.pop()
            continue
        if at + 2 > limit:
            raise LengthError(at, "a value without length that does not end")
        if begin >= 0 and data[at] == 0 and data[at + 1] == 0:
            ends[begin] = at
            at += 2
            opened.pop()
            continue
        tag = data[at]
        at, length = header_at(data, at, limit)
        if length is None:
            opened.append((at, limit))
        elif at + length > limit:
            raise LengthError(at, f"a length of {length} where {limit - at} octets are left")
        elif tag & _CONSTRUCTED:
            opened.append((-1, at + length))
        else:
            at += length
    return ends


def header_at(data: bytes, at: int, limit: int) -> tuple[int, int | None]:
    """Return where contents begin, and their length; None where it is not given. Raises LengthError."""
    tag = data[at]
    at += 1
    if tag & _LONG_TAG == _LONG_TAG:
        while at < limit and data[at] >= 0x80:
            at += 1
        at += 1
    if at >= limit:
        raise LengthError(at, "the octets end within a tag or length")
    length = data[at]
    at += 1
    if length == _INDEFINITE:
        if not tag & _CONSTRUCTED:
            raise LengthError(at - 2, "a simple value without length")
        return at, None
    if length < _INDEFINITE:
        return at, length
    octets = length & 0x7F
    if at + octets > limit:
        raise LengthError(at, "the octets end within a tag or length")
    return at + octets, int.from_bytes(data[at : at + octets], "big")
