"""The text encoding (H.248.1 Annex B), decoded and encoded by what is generated from ``grammars/megaco.lark``."""

from typing import Literal

from megaco import interpreted

from . import patterns, scanner
from .decoder import ALLOWANCES
from .messages import LAYOUTS, decode, decode_header, encode, encode_head, encode_transaction
from .salvage import salvage

__all__ = [
    "ALLOWANCES",
    "LAYOUTS",
    "decode",
    "decode_header",
    "encode",
    "encode_head",
    "encode_transaction",
    "mode",
    "salvage",
]


def mode() -> Literal["compiled", "interpreted"]:
    """Tell whether the codec runs compiled."""
    return interpreted.mode(scanner)


if mode() == "interpreted":
    patterns.install()
