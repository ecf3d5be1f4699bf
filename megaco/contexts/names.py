"""TerminationIDs with wildcards (H.248.1 clause 6.2.2 and Annex B.1). Names have no case: they are compared by key."""

from collections.abc import Callable, Sequence

from megaco.message import ALL, CHOOSE, ROOT

Matcher = Callable[[str], bool]
"""Tells whether the key of a termination matches."""


def key_of(name: str) -> str:
    """Return what names are compared by: Annex B.2 says that everything in the text encoding is without case."""
    return name.lower()


def is_root(name: str) -> bool:
    """Tell whether a TerminationID stands for the gateway as a whole."""
    return name.upper() == ROOT


def matcher_of(pattern: str, wildcard: str = ALL) -> Matcher:
    """Return what tells whether a key matches a TerminationID with wildcards.

    A wildcard stands for any characters, none and slashes included: what matches has "the same previous and following
    characters" (Annex B.1). Each comparison takes time in proportion to the length of the key, however many wildcards
    there are.
    """
    parts = key_of(pattern).split(wildcard)
    if len(parts) == 1:
        return lambda key: key == parts[0]
    if not any(parts):
        return lambda key: True
    return lambda key: _matches(parts, key)


def _matches(parts: Sequence[str], key: str) -> bool:
    first, *middle, last = parts
    end = len(key) - len(last)
    at = len(first)
    if at > end or not key.startswith(first) or not key.endswith(last):
        return False
    for part in middle:
        found = key.find(part, at, end)
        if found < 0:
            return False
        at = found + len(part)
    return True


def fixed_start(pattern: str) -> str:
    """Return the key's characters before the first wildcard."""
    return key_of(pattern).split(CHOOSE)[0].split(ALL)[0]


def form_to_fill(pattern: str, forms: Sequence[str]) -> str | None:
    """Return the TerminationID in which each ``$`` is to become a number; None where no form allows the pattern.

    ``forms`` are those of ``ContextsConfig.ephemeral``.
    """
    if pattern == CHOOSE:
        first = forms[0] if forms else ALL
        return None if ALL in first else first
    return pattern if any(form == ALL or _fits(key_of(pattern), key_of(form)) for form in forms) else None


def _fits(pattern: str, form: str) -> bool:
    wanted, allowed = pattern.split("/"), form.split("/")
    return len(wanted) == len(allowed) and all(
        a == b or (b == ALL and CHOOSE not in a) for a, b in zip(wanted, allowed, strict=True)
    )
