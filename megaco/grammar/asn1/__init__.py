"""The binary codec's generator: reads ``megaco.asn`` and what stands beside it, writes decoder, encoder and table."""

from .binding import BindingError, load_binding
from .decoder import decoder_source
from .encoder import encoder_source
from .module import ModuleError, load_module
from .schema import schema_source

__all__ = [
    "BindingError",
    "ModuleError",
    "decoder_source",
    "encoder_source",
    "load_binding",
    "load_module",
    "schema_source",
]
