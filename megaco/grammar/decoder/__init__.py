"""Writes the production decoder from the grammar files."""

from .module import decoder_source
from .plan import LATER_VERSION, UnknownFormError

__all__ = ["LATER_VERSION", "UnknownFormError", "decoder_source"]
