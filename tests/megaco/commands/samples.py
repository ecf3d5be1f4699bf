"""Messages that the tests of the commands share, and how they call a command."""

import random
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import megaco
from megaco.commands import COMMANDS

GOOD = b"""\
MEGACO/3 [192.0.2.10]:2944
Transaction = 10003 {
  Context = $ {
    Add = ip/1/$/$ {
      Media {
        Stream = 1 {
          LocalControl { Mode = SendReceive, ReservedValue = OFF, ds/dscp = 2E },
          Local {
v=0
c=IN IP4 $
m=message $ TCP/MSRP *
}
        }
      }
    }
  }
}
"""

BROKEN = GOOD.replace(b"Media {", b"Medium {")
"""Line 5 has a word that no descriptor is called by."""
BROKEN_FINDING = (
    "5:7: error[442]: 'Medium'; expected Audit or DigitMap or EventBuffer or Events or Media or Modem or Mux or "
)
BROKEN_FINDING += "Signals or Statistics"

DEVIANT = b"MEGACO/3 agw Transaction = 1 { Context = - { Subtract = 1a } }"
"""A TerminationID that begins with a digit, at 1:57."""

PLAIN = GOOD.replace(b", ds/dscp = 2E", b"")
"""The same message without the property of a package whose items are not known: binary can carry it."""

BINARY = megaco.encode(megaco.decode(PLAIN), "binary")

_MODE = bytes.fromhex("800102")
"""SendReceive, first in its LocalControl."""
BROKEN_BINARY = BINARY.replace(b"\xa0\x08" + _MODE, b"\xa0\x08\x80\x01\x09")
"""A stream mode that there is not."""
BROKEN_BINARY_PATH = "transactions[0].actions[0].commandRequests[0].command.descriptors[0].multiStream[0]"
BROKEN_BINARY_PATH += ".localControlDescriptor.streamMode"
BROKEN_BINARY_FINDING = f"@{BINARY.index(_MODE)}: error[442]: value 9, which is not known; expected 0 to 4"
BROKEN_BINARY_FINDING += f" (in {BROKEN_BINARY_PATH})"

DEVIANT_BINARY = bytes.fromhex("3019a117800103a108a0068004c000020aa208a106a10480020001")
"""A transaction pending whose id, at @23, has an octet more than it needs."""
DEVIANT_BINARY_FINDING = "an INTEGER of 2 octets (in transactions[0].transactionId)"

BAD_BINARIES = {
    "first octet": b"0",
    "length": b"0\x80",
    "truncated": BINARY[:60],
    "no length that ends": b"0\x80" * 1000,
    "longer": BINARY + b"\0",
    "twice": BINARY + BINARY,
    "length of 4 GB": b"0\x84\xff\xff\xff\xff" + BINARY,
    "length of 127 octets": b"0" + b"\xff" * 200,
    "noise": b"0" + random.Random(248).randbytes(5000),
    "tags": b"0" + bytes(range(255)),
}
"""Octets that begin as binary does and are no message."""

ORDERS = {command.name: command for command in COMMANDS}


def call(*arguments: str, stdin: bytes = b"", color: bool = False) -> Result:
    """Call a command, the first of the arguments, as the program would; an exception that it lets out is raised."""
    return CliRunner().invoke(ORDERS[arguments[0]], arguments[1:], input=stdin, color=color, catch_exceptions=False)


def finding(data: bytes, *, strict: bool = False) -> str:
    """Return what the library finds wrong with a message, place first, on one line."""
    with pytest.raises(megaco.DecodeError) as refused:
        megaco.decode(data, strict=strict)
    path = f" (in {refused.value.path})" if refused.value.path else ""
    return f"{refused.value.place}: {refused.value.summary}{path}"


def written(folder: Path, name: str, data: bytes) -> str:
    """Write a file and return its name."""
    path = folder / name
    path.write_bytes(data)
    return str(path)
