"""H.248/Megaco: codec, transactions, associations, transports.

message = megaco.decode(data)
data = megaco.encode(message, "pretty")
"""

from typing import TYPE_CHECKING, Any

from megaco.codec import (
    ENCODINGS,
    Header,
    Limits,
    allowances,
    decode,
    decode_header,
    encode,
    from_json,
    json_schema,
    to_json,
)
from megaco.errors import DecodeError, EncodeError, Level, LocalError, MegacoError, PeerError, TransportError
from megaco.message import Message
from megaco.text import Deviation
from megaco.version import __version__

if TYPE_CHECKING:
    from megaco.endpoint import Mg, Mgc

__all__ = [
    "ENCODINGS",
    "DecodeError",
    "Deviation",
    "EncodeError",
    "Header",
    "Level",
    "Limits",
    "LocalError",
    "MegacoError",
    "Message",
    "Mg",
    "Mgc",
    "PeerError",
    "TransportError",
    "__version__",
    "allowances",
    "decode",
    "decode_header",
    "encode",
    "from_json",
    "json_schema",
    "to_json",
]


def __getattr__(name: str) -> Any:
    """Load the endpoints when they are first asked for: the codec alone needs no asyncio."""
    if name in ("Mg", "Mgc"):
        from megaco import endpoint

        return getattr(endpoint, name)
    raise AttributeError(f"module 'megaco' has no attribute {name!r}")
