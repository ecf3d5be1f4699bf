"""Commands as text has them, and what they are recognised as."""

from iq_profile.procedures import Recognition, recognise_command
from iq_profile.roles import Sender
from megaco import decode
from megaco.message import TransactionRequest

from .strategies import ROLES

BEAT = "Events = 1 { hangterm/thb { timerx = 300 } }"


def recognised(command: str, context: str = "1", sender: Sender | None = None) -> Recognition:
    """Read a command as text has it."""
    message = decode(f"MEGACO/2 [192.0.2.1]:2944\nTransaction = 1 {{ Context = {context} {{ {command} }} }}".encode())
    (request,) = message.transactions
    assert isinstance(request, TransactionRequest)
    (action,) = request.actions
    return recognise_command(action, action.commands[0], ROLES, sender)


def described(control: str = "", local: str = "m=message $ TCP/MSRP *") -> str:
    """Write Media of one stream."""
    parts = (f"LocalControl {{ {control} }}" if control else "", f"Local {{\nv=0\nc=IN IP4 $\n{local}\n}}")
    return f"Media {{ Stream = 1 {{ {', '.join(part for part in parts if part)} }} }}"


def added(*descriptors: str, name: str = "ip/1/core/$") -> str:
    return f"Add = {name} {{ {', '.join(descriptors)} }}"


def codes(found: Recognition) -> list[int]:
    return [fault.code for fault in found.faults]
