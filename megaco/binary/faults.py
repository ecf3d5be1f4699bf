"""What the reader raises: an error that knows of its offset, and finds path and code when it is told to the caller."""

from megaco.errors import DecodeError


class OffsetError(DecodeError):
    """An error at an offset, inside the value that begins at ``inside`` (-1: in whatever holds the offset)."""

    def __init__(
        self,
        what: str,
        offset: int,
        inside: int = -1,
        expected: tuple[str, ...] = (),
        allowance: str = "",
        code: int = 0,
    ) -> None:
        super().__init__(what, code=code, offset=offset, expected=expected, allowance=allowance)
        self.inside = inside
