"""The text encoding (H.248.1 Annex B), decoded and encoded from ``grammars/megaco.lark``."""

from .decoder import Deviation, decode, decode_header
from .encoder import LAYOUTS, encode
from .encoding import TextEncoding, text_encoding

__all__ = ["LAYOUTS", "Deviation", "TextEncoding", "decode", "decode_header", "encode", "text_encoding"]
