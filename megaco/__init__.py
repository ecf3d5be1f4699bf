"""H.248/Megaco: codec, transactions, associations, transports.

message = megaco.decode(data)
data = megaco.encode(message, "pretty")
"""

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
