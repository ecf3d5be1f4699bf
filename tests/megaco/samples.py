"""Messages that the tests of several packages share; nothing here is more than a test's material."""

from megaco.message import ActionRequest, Command, CommandRequest, DeviceName, Message, TransactionRequest

HEAD = "MEGACO/1 [192.0.2.1]:2944 "

REGISTRATION = """MEGACO/1 [192.0.2.1]:2944
Transaction = 9998 {
  Context = - {
    ServiceChange = ROOT {
      Services { Method = Restart, Reason = "901 Cold Boot", Profile = threegppiq/3, Version = 2,
                 ServiceChangeAddress = 55555, Delay = 5, 20260314T12000000 }
    }
  }
}
"""

ORDER = """MEGACO/2 <alg.example.net>:2944 Transaction = 10003 { Context = $ { Priority = 4, Emergency,
  Add = ip/1/$ { Media {
    TerminationState { ServiceStates = InService, Buffer = LockStep, ipra/x = [ a, "b c" ] },
    Stream = 1 {
      LocalControl { Mode = SendReceive, ReservedValue = ON, ReservedGroup = OFF, ds/dscp = {2e,00}, a/r = [ 1:9 ] },
      Local {
v=0
c=IN IP4 $
m=message $ TCP/TLS/MSRP *
a=setup:actpass
},
      Remote { v=0
m=message 9 TCP/TLS/MSRP *
}
    } },
    Events = 2223 { g/cause { Stream = 1, KeepActive, x > 4 }, nt/netfail },
    Signals { cg/dt { Stream = 1, SignalType = TimeOut, Duration = 30, NotifyCompletion = { TimeOut, OtherReason } },
              SignalList = 7 { al/ri, cg/bt { KeepActive, q # 1 } } },
    Audit { Media, Statistics }, Statistics { nt/os, nt/or = 12 } },
  O-W-Subtract = [ ip/1/*, ip/2/* ] { Audit { } },
  AuditValue = ROOT { Audit { Packages } },
  Notify = ip/1/2 { ObservedEvents = 2223 { 20260314T12000000 : g/cause { general = "NR" } }, Error = 500 { "no" } }
} }
"""

REPLY = """!/3 gateway/1
P = 10003 { IA, C = 5 { PR = 4, EGO,
  A = ip/1/2 { M { L { v=0
} }, PG { nt-1, g-2 }, OE = 1 { a/b }, DM }, AV = ROOT { ER = 430 { } },
  N = a { ER = 500 { "x" } }, SC = ROOT { SV { V = 2, MG = [2001:db8::1]:2944 } }, ER = 422 { "no" } }, C = 6 }
"""

OTHERS = (
    '!/1 MTP{ABCD12} ER = 400 { "what" }',
    "Authentication = 0x12345678:0x9ABCDEF0:0x0123456789abcdef01234567 !/1 a PN = 5 { } K { 1-4294967295, 7 }",
)

EVERY_SAMPLE = (REGISTRATION, ORDER, REPLY, *OTHERS)
"""Between them they use every rule of the grammar but those of AuditCapability, Move and Modify."""


def request(*commands: Command, version: int = 1) -> Message:
    """Return a message with these commands on context 1."""
    action = ActionRequest(1, commands=tuple(CommandRequest(command) for command in commands))
    return Message(version, DeviceName("a"), (TransactionRequest(1, (action,)),))


def in_add(text: str, version: int = 1) -> str:
    """Return a message that adds termination ``t`` with ``text`` between the braces of Add."""
    return f"MEGACO/{version} [192.0.2.1]:2944 T = 1 {{ C = 1 {{ A = t {{ {text} }} }} }}"


def only_command(message: Message) -> Command:
    """Return the first command of a message that holds one request."""
    (transaction,) = message.transactions
    assert isinstance(transaction, TransactionRequest)
    return transaction.actions[0].commands[0].command
