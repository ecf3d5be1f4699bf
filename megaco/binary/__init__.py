"""The binary encoding (H.248.1 Annex A, BER), decoded and encoded by what is generated from ``grammars/megaco.asn``."""

from .messages import ALLOWANCES, assemble, decode, decode_header, encode, encode_head, encode_transaction, explained
from .names import Dictionary, default_dictionary, dictionary
from .salvage import salvage

__all__ = [
    "ALLOWANCES",
    "Dictionary",
    "assemble",
    "decode",
    "decode_header",
    "default_dictionary",
    "dictionary",
    "encode",
    "encode_head",
    "encode_transaction",
    "explained",
    "salvage",
]
