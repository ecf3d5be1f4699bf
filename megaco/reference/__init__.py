"""The reference parser: Lark on the grammar file itself. Slow and obvious, it judges the generated codec and explains.

``megaco.text`` is generated from the same files; tests hold the two against each other. ``h248 explain`` is this one.
"""

from .decoder import decode, decode_header
from .encoding import TextEncoding, text_encoding

__all__ = ["TextEncoding", "decode", "decode_header", "text_encoding"]
