"""Writes the production encoder from the grammar files."""

from .module import encoder_source

__all__ = ["encoder_source"]
