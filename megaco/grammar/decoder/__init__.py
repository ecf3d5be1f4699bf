"""Writes the production decoder from the grammar files."""

from .module import decoder_source
from .plan import LATER_VERSION

__all__ = ["LATER_VERSION", "decoder_source"]
