"""H.248/Megaco: codec, transactions, associations, transports.

message = megaco.decode(data)
data = megaco.encode(message, "pretty")
"""

import os
from importlib import import_module
from typing import TYPE_CHECKING, Any

from megaco.version import __version__

if os.environ.get("H248_INTERPRETED"):  # before the first import of a module that may be compiled
    from megaco.interpreted import use_sources

    use_sources()

if TYPE_CHECKING:
    from megaco.codec import (
        ENCODINGS,
        Dictionary,
        Header,
        Limits,
        allowances,
        decode,
        decode_header,
        dictionary,
        encode,
        from_json,
        json_schema,
        to_json,
    )
    from megaco.contexts import CommandError, Termination
    from megaco.deviations import Deviation
    from megaco.endpoint import Behaviour, Mg, Mgc, Terminations, run
    from megaco.errors import (
        CommandRefusedError,
        DataFileError,
        DecodeError,
        EncodeError,
        ItemError,
        ItemUseError,
        Level,
        LocalError,
        MegacoError,
        NoReplyError,
        PeerError,
        TransportError,
    )
    from megaco.message import Message
    from megaco.packages import Items, default_items, find, load_registry

__all__ = [
    "ENCODINGS",
    "Behaviour",
    "CommandError",
    "CommandRefusedError",
    "DataFileError",
    "DecodeError",
    "Deviation",
    "Dictionary",
    "EncodeError",
    "Header",
    "ItemError",
    "ItemUseError",
    "Items",
    "Level",
    "Limits",
    "LocalError",
    "MegacoError",
    "Message",
    "Mg",
    "Mgc",
    "NoReplyError",
    "PeerError",
    "Termination",
    "Terminations",
    "TransportError",
    "__version__",
    "allowances",
    "decode",
    "decode_header",
    "default_items",
    "dictionary",
    "encode",
    "find",
    "from_json",
    "json_schema",
    "load_registry",
    "run",
    "to_json",
]

_HOMES = {
    "codec": "ENCODINGS Dictionary Header Limits allowances decode decode_header dictionary encode "
    "from_json json_schema to_json",
    "contexts": "CommandError Termination",
    "endpoint": "Behaviour Mg Mgc Terminations run",
    "errors": "CommandRefusedError DataFileError DecodeError EncodeError ItemError ItemUseError Level LocalError "
    "MegacoError NoReplyError PeerError TransportError",
    "message": "Message",
    "deviations": "Deviation",
    "packages": "Items default_items find load_registry",
}
"""Where each name comes from. It is loaded when first asked for: the codec needs no asyncio, its generator no codec."""


def __getattr__(name: str) -> Any:
    home = next((home for home, names in _HOMES.items() if name in names.split()), None)
    if home is None:
        raise AttributeError(f"module 'megaco' has no attribute {name!r}")
    value = getattr(import_module(f"megaco.{home}"), name)
    globals()[name] = value
    return value
