"""Messages between a controller and a gateway, by what is said in them."""

from megaco import Message, decode

ALG, AGW = "[192.0.2.1]:2944", "[192.0.2.2]:2944"

EVENTS = "Events = 1 { hangterm/thb { timerx = 300 }, tcpbcc/BNCChange, g/cause }"
ASKED = "v=0\nc=IN IP4 $\nm=message $ TCP/MSRP *\na=setup:actpass\n"
CHOSEN = "v=0\nc=IN IP4 198.51.100.2\nm=message 37373 TCP/MSRP *\na=setup:actpass\n"
FAR = "v=0\nc=IN IP4 198.51.100.20\nm=message 45413 TCP/MSRP *\na=setup:active\n"

ADD = f"Add = ip/1/core/$ {{ Media {{ Stream = 1 {{ Local {{\n{ASKED}}} }} }}, {EVENTS} }}"
ADDED = f"Add = ip/1/core/1 {{ Media {{ Stream = 1 {{ Local {{\n{CHOSEN}}} }} }} }}"
CONFIGURE = f"Modify = ip/1/core/1 {{ Media {{ Stream = 1 {{ Remote {{\n{FAR}}} }} }} }}"
CONFIGURED = "Modify = ip/1/core/1"
HEARTBEAT = "Notify = ip/1/core/1 { ObservedEvents = 1 { hangterm/thb } }"
REGISTRATION = 'Method = Restart, Reason = "901 Cold Boot", Profile = threegppiq/3, Version = 2'


def message(body: str, mid: str = ALG, version: int = 2) -> Message:
    """Return a message with what stands in its body."""
    return decode(f"MEGACO/{version} {mid} {body}")


def asked(commands: str, context: str = "7", number: int = 1, mid: str = ALG, version: int = 2) -> Message:
    """Return a request of one action."""
    return message(f"Transaction = {number} {{ Context = {context} {{ {commands} }} }}", mid, version)


def told(replies: str, context: str = "7", number: int = 1, mid: str = AGW, version: int = 2) -> Message:
    """Return a reply of one action."""
    return message(f"Reply = {number} {{ Context = {context} {{ {replies} }} }}", mid, version)


def added(number: int, transaction: int, context: str = "7") -> list[Message]:
    """Return an Add and its reply with the termination of a number."""
    reply = ADDED.replace("core/1", f"core/{number}")
    return [asked(ADD, context, transaction), told(reply, context, transaction)]


def subtracted(name: str, transaction: int, context: str = "7") -> list[Message]:
    """Return a Subtract and its reply."""
    return [
        asked(f"Subtract = {name} {{ Audit {{ }} }}", context, transaction),
        told(f"Subtract = {name}", context, transaction),
    ]


def service_change(services: str, termination: str = "ROOT", context: str = "-", version: int = 2) -> Message:
    """Return a ServiceChange of the gateway."""
    command = f"ServiceChange = {termination} {{ Services {{ {services} }} }}"
    return asked(command, context, 9, AGW, version)
