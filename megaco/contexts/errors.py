"""How a command is refused: an exception that becomes the error descriptor of its reply."""

import re

from megaco.errors import Level, PeerError
from megaco.message import ErrorDescriptor

_MOST_CHARACTERS = 256
"""Of an error text; the rest is cut off."""
_UNWRITABLE = re.compile(r"[^ -~]")


class CommandError(PeerError):
    """A command cannot be carried out; ``code`` (H.248.8) and ``what`` become the error descriptor of its reply."""

    def __init__(self, code: int, text: str) -> None:
        super().__init__(text, code, Level.COMMAND)


def descriptor_of(error: PeerError) -> ErrorDescriptor:
    """Return the error descriptor of a refusal, its text in the characters that either encoding can carry.

    Text has no quotation mark within a quoted string (Annex B), binary ASCII alone (Annex A ``ErrorText``).
    """
    text = error.what[:_MOST_CHARACTERS].replace('"', "'").encode("ascii", "backslashreplace").decode("ascii")
    return ErrorDescriptor(error.code, _UNWRITABLE.sub(" ", text) or None)
