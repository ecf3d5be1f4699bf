"""Draws the state machines from their tables: ``python docs/draw_machines.py > docs/machines.md``."""

from collections import defaultdict
from collections.abc import Mapping
from enum import Enum
from typing import Any

from iq_profile.agw.bearer import BEARER, BearerState
from iq_profile.alg.session import SESSION, SessionState
from megaco.association.table import GATEWAY, GatewayState
from megaco.transaction.table import REQUESTER, RESPONDER, RequesterState, ResponderState

_HEAD = """# The machines

Drawn by `docs/draw_machines.py` from the tables themselves; a test holds this page to them. A pair of state and input
that keeps its state and does nothing is not drawn. What the states and inputs mean stands in the table's own file.
"""


def draw(title: str, source: str, table: Mapping[tuple[Any, Any], Any], start: Enum) -> str:
    """Return one machine as a heading and a Mermaid state diagram."""
    arrows: dict[tuple[str, str], list[str]] = defaultdict(list)
    for (state, what), step in table.items():
        if step.state is not state or step.effects:
            arrows[state.name, step.state.name].append(what.name)
    lines = [f"    {one} --> {other}: {', '.join(inputs)}" for (one, other), inputs in arrows.items()]
    return "\n".join(
        [
            f"## {title}",
            "",
            f"`{source}`",
            "",
            "```mermaid",
            "stateDiagram-v2",
            f"    [*] --> {start.name}",
            *lines,
            "```",
            "",
        ]
    )


def page() -> str:
    """Return the whole page."""
    machines = [
        draw("Transaction, requester", "megaco/transaction/table.py", REQUESTER, RequesterState.HELD_BACK),
        draw("Transaction, responder", "megaco/transaction/table.py", RESPONDER, ResponderState.EXECUTING),
        draw("Association of a gateway", "megaco/association/table.py", GATEWAY, GatewayState.CLOSED),
        draw("Bearer of a stream, in the gateway", "iq_profile/agw/bearer.py", BEARER, BearerState.LISTENING),
        draw("Session, in the controller", "iq_profile/alg/session.py", SESSION, SessionState.IDLE),
    ]
    return "\n".join([_HEAD, *machines]).rstrip() + "\n"


if __name__ == "__main__":
    print(page(), end="")
