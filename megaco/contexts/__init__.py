"""Contexts and terminations of a gateway, sans-IO (H.248.1 clauses 6 to 8).

`Contexts` executes transactions: it resolves CHOOSE, ALL and lists of names, keeps to the order of commands, answers
errors at their level, and asks the application for one thing on one termination at a time.
`megaco.endpoint.terminations` drives it for code that is synchronous or asynchronous.
"""

from .calls import Answer, Call, ChooseCall, CommandCall, ContextCall, Execution
from .config import ContextsConfig, RefusalCodes
from .engine import Contexts
from .errors import CommandError
from .state import Context, Termination
from .topology import Topology

__all__ = [
    "Answer",
    "Call",
    "ChooseCall",
    "CommandCall",
    "CommandError",
    "Context",
    "ContextCall",
    "Contexts",
    "ContextsConfig",
    "Execution",
    "RefusalCodes",
    "Termination",
    "Topology",
]
