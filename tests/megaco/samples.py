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

CONTEXTS = """MEGACO/3 gw@example.net Transaction = 1 {
  Context = 1 {
    Topology { a, b, Bothway, a, c, Isolate, Stream = 2, a, d, Oneway, b, c, OnewayExternal, b, d, OnewayBoth },
    Priority = 15, EmergencyOff, IEPSCall = ON,
    ContextAttr { ContextList = { 2, 3 } }, ContextAttr { x/a = 1, x/b = [2,3] },
    ContextAudit { Topology, Emergency, Priority = 4, IEPS = OFF, x/y, ContextAttr { x/a, x/b > 3 }, ORLgc }, MF = a },
  Context = - { ContextAudit { Priority, IEPSCall, EmergencyValue = Emergency, ANDLgc } },
  Context = * { CA { EGV = EGO }, S = a } }
"""

TERMINATIONS = """MEGACO/3 <mg.example.net> T = 2 { C = $ {
  Add = $ { Modem = V18 { x/speed = 9 }, Mux = H221 { a, b }, DigitMap = d1 { T:0, S:5, L:10, Z:99, (0 | 9x.[1-7A]L) },
    EventBuffer { al/on { Stream = 1, strict = state }, al/of } },
  Move = a { MD [ V22, V22b, V32, V32b, V34, V90, V91, SynchISDN, X-own ], MX = X+mux { a }, DM = { xxx }, EB, E, SG },
  MF = [ a, b ] { Modem = X-own, Mux = Nx64Kservice { a }, DM = d1,
    Events = 5 {
      al/on { DigitMap = d1, ImmediateNotify, ResetEventsDescriptor, Embed { Signals { cg/dt }, Events = 6 {
        dd/ce { Stream = 1, KeepActive, DM = { (0x|1) }, ResetEventsDescriptor, method = full },
        al/of { Embed { Signals { cg/ct } }, NeverNotify },
        al/fl { RegulatedNotify { Embed { Signals } } }, al/on } } },
      al/of { NeverNotify, Embed { Events } },
      al/fl { RegulatedNotify { Embed { Events = 7 { g/cause } } }, x = 1 },
      al/* { NBRN } },
    Signals { cg/rt { SPADirection = External, SPARequestID = 9, Intersignal = 20, SignalType = OnOff,
                      NotifyCompletion = { IntByEvent, IntBySigDescr, Iteration } },
              cg/bt { SPADI = Internal, SY = Brief }, cg/ct { SPADI = Both } } },
  MF = c { MX = H223 { a } }, MF = d { MX = H226 { a } }, MF = e { MX = V76 { a } } } }
"""

AUDITS = """MEGACO/3 [2001:db8::1] T = 3 { C = - { W-AuditValue = * { Audit {
  Mux, Modem, Media, DigitMap, Statistics, ObservedEvents, Packages, Signals, EventBuffer, Events,
  Media { TerminationState { ServiceStates }, Stream = 1 {
    LocalControl { Mode, ReservedValue, ReservedGroup, x/q = 1 } }, Stream = 2 { Local { m=audio } },
    Stream = 3 { Remote { m=audio } }, Stream = 4 { Statistics { nt/os } } },
  Media { TerminationState { Buffer } }, Media { TerminationState { x/p } },
  Media { LocalControl { Mode = Inactive }, Statistics { nt/or } }, Media { O { MO # SendOnly }, TS { SI # Test } },
  Media { TS { SI = InService } }, Events = 4 { al/on }, Events { al/of }, EventBuffer { al/on { Stream = 1 } },
  EventBuffer { al/on { strict } }, EventBuffer { al/on }, Signals { SignalList = 1 { cg/dt } }, Signals { SL = 2 },
  Signals { cg/dt { Stream = 1, SPARequestID = 2 } }, Signals { }, DigitMap = d1,
  Statistics { nt/os }, Packages { al-1 } } },
  AuditCapability = a { AT { } } } }
"""

AUDIT_REPLIES = """MEGACO/3 [192.0.2.1] Reply = 4/2/END { IA, Context = 1 {
  IEPS = OFF, AuditValue = Context { a, b }, AC = C { ER = 411 { } },
  AuditCapability = a { Modem = V90, Mux = H223 { a }, EventBuffer, Events = * { al/on { strict = { exact, state } } },
    Signals, DigitMap = d1 { (1) }, ObservedEvents = * { al/of }, Statistics { nt/os = [1,2] }, Packages { al-1 },
    Mux, Modem, Media, DigitMap, Statistics, ObservedEvents, Packages },
  MV = a { M { SA { nt/os = 1 } } }, MF = a, S = a } }
P = 5/1 { ER = 500 { } } Segment = 4/1/END SM = 6/2 PN = 7 { }
""".replace("END SM = 6/2 PN", "ENDSM = 6/2PN")

SERVICE_CHANGES = """MEGACO/3 gw T = 8 { C = - {
  SC = a { SV { Method = Failover, RE = "909" } }, SC = a { SV { MT = Forced, RE = "905" } },
  SC = a { SV { MT = Graceful, RE = "904", DL = 60 } },
  SC = ROOT { SV { MT = Disconnected, RE = "900", AD = <mg>:2944 } },
  SC = ROOT { SV { MT = HandOff, RE = "903", MG = MTP{1234} } },
  SC = a { Services { Method = X-own, Reason = "900", ServiceChangeInc, X-word = 1, X+more = [2,3], Media, Packages,
                      Media { O { MO } }, Packages { al-2 } } } } }
P = 9 { C = - { SC = ROOT { SV { AD = 2945, PF = iq/1, V = 3, 20260314T12000000 } }, SC = a { ER = 502 { } }, SC = b } }
"""

MODES = """MEGACO/1 gw T = 10 { C = 1 {
  MF = a { M { TS { SI = OutOfService, BF = OFF }, O { MO = SendOnly } } },
  MF = b { M { TS { SI = Test }, O { MO = ReceiveOnly } } },
  MF = c { M { O { MO = Loopback } } }, MF = d { M { O { MO = Inactive }, SA { nt/os } } },
  MF = e { M { L { v=0 }, R { v=0 } } },
  MF = f { SG { } } } }
"""

DEVIANT = """MEGACO/3 1gw T = 11 { C = 1 { Modify = 7a/b-c.d { DigitMap = plan-1 { T:1, (0# | *1x) }, Signals { },
  E = 1 { dd/ce { DM { (0|1) } } } }, MF = b { DM = { ((0|1)) } } } }
"""
"""Uses every allowance but those of ``LATER``."""

LATER = "MEGACO/2 gw T = 12 { C = 1 { TP { a, b, Oneway, OnewayBoth }, MF = a } }"
"""Uses what version 2 does not have, and says Oneway first."""

EVERY_SAMPLE = (
    REGISTRATION,
    ORDER,
    REPLY,
    *OTHERS,
    CONTEXTS,
    TERMINATIONS,
    AUDITS,
    AUDIT_REPLIES,
    SERVICE_CHANGES,
    MODES,
    DEVIANT,
    LATER,
)
"""Between them they use every production of the grammar, every alternative and every keyword."""


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
