"""The text encoding (H.248.1 Annex B), decoded and encoded by what is generated from ``grammars/megaco.lark``."""

from .decoder import ALLOWANCES
from .faults import Deviation
from .text import LAYOUTS, decode, decode_header, encode

__all__ = ["ALLOWANCES", "LAYOUTS", "Deviation", "decode", "decode_header", "encode"]
