"""ASN.1's names as Python writes them."""

import builtins
import keyword
import re


def snake(name: str) -> str:
    """Return an ASN.1 name in lower case; one that Python has for itself gets an underscore."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name.replace("-", "_")).lower()
    return f"{spaced}_" if keyword.iskeyword(spaced) or hasattr(builtins, spaced) else spaced
