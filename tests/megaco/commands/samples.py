"""Messages that the tests of the commands share, and how they call a command."""

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

ORDERS = {command.name: command for command in COMMANDS}


def call(*arguments: str, stdin: bytes = b"", color: bool = False) -> Result:
    """Call a command, the first of the arguments, as the program would; an exception that it lets out is raised."""
    return CliRunner().invoke(ORDERS[arguments[0]], arguments[1:], input=stdin, color=color, catch_exceptions=False)


def finding(data: bytes, *, strict: bool = False) -> str:
    """Return what the library finds wrong with a message, place first, on one line."""
    with pytest.raises(megaco.DecodeError) as refused:
        megaco.decode(data, strict=strict)
    return f"{refused.value.place}: {refused.value.summary}"


def written(folder: Path, name: str, data: bytes) -> str:
    """Write a file and return its name."""
    path = folder / name
    path.write_bytes(data)
    return str(path)
