"""The asyncio controller and gateway that a user writes against.

    mgc = await megaco.Mgc.listen("udp://127.0.0.1:2944", on_gateway=..., on_request=...)
    association = AssociationConfig("threegppiq/3")
    mg = await megaco.Mg.connect("udp://127.0.0.1:2944", association=association, on_request=...)

Everything runs in the event loop of the caller; nothing is thread-safe.
"""

from .base import Reply, ReplyHandler, RequestHandler, own_mid
from .commands import Answer, Commands, refusal
from .controller import Mgc
from .gateway import Mg
from .running import run
from .terminations import Behaviour, Terminations

__all__ = [
    "Answer",
    "Behaviour",
    "Commands",
    "Mg",
    "Mgc",
    "Reply",
    "ReplyHandler",
    "RequestHandler",
    "Terminations",
    "own_mid",
    "refusal",
    "run",
]
