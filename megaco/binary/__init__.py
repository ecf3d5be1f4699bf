"""The binary encoding (H.248.1 Annex A, BER), decoded and encoded by what is generated from ``grammars/megaco.asn``."""

from .messages import ALLOWANCES, decode, decode_header, encode, explained
from .names import Dictionary, default_dictionary, dictionary

__all__ = [
    "ALLOWANCES",
    "Dictionary",
    "decode",
    "decode_header",
    "default_dictionary",
    "dictionary",
    "encode",
    "explained",
]
