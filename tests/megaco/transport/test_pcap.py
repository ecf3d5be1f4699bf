"""Messages as a capture file: its format, and what Wireshark makes of the packets."""

import shutil
import struct
import subprocess
from pathlib import Path

import pytest

from megaco import LocalError, decode, encode
from megaco.message import ActionRequest, CommandRequest, IpAddress, Message, ModifyRequest, TransactionRequest
from megaco.transport import Address
from megaco.transport.packets import Packets, crc32c
from megaco.transport.pcap import Datagram, capture

HOSTS = {"IPv4": ("192.0.2.1", "198.51.100.7"), "IPv6": ("2001:db8::1", "2001:db8::2")}
TRANSPORTS = ("udp", "tcp", "sctp")
CHECKED = ("ip.check_checksum:TRUE", "udp.check_checksum:TRUE", "tcp.check_checksum:TRUE", "sctp.checksum:CRC 32c")


def message(actions: int = 1) -> Message:
    """Return a message with so many actions, each some thirty octets in binary and forty in text."""
    commands = (
        ActionRequest(number, commands=(CommandRequest(ModifyRequest((f"ip/1/core/{number}",))),))
        for number in range(1, actions + 1)
    )
    return Message(2, IpAddress("192.0.2.1", 2944), (TransactionRequest(9, tuple(commands)),))


def to_and_fro(transport: str, port: int, hosts: tuple[str, str], *messages: bytes) -> list[Datagram]:
    """Let two peers say each message to each other."""
    one, other = Address(hosts[0], port, transport), Address(hosts[1], 40000, transport)
    pairs = [(pair, data) for data in messages for pair in ((one, other), (other, one), (one, other))]
    return [Datagram(1_700_000_000.0 + n, *pair, data) for n, (pair, data) in enumerate(pairs)]


def dissected(folder: Path, datagrams: list[Datagram], *options: str) -> list[tuple[str, str, str]]:
    """Return what tshark makes of each packet: protocols, what its experts hold against it, states of checksums."""
    program = shutil.which("tshark")
    if program is None:
        pytest.skip("tshark is not installed (Debian: apt-get install tshark)")
    file = folder / "messages.pcap"
    file.write_bytes(capture(datagrams))
    names = ("frame.protocols", "_ws.expert.message", "udp.checksum.status,tcp.checksum.status,sctp.checksum.status")
    fields = [argument for name in ",".join(names).split(",") for argument in ("-e", name)]
    preferences = [argument for one in CHECKED for argument in ("-o", one)]
    command = [program, "-r", str(file), *preferences, *options, "-T", "fields", *fields]
    told = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout
    rows = [line.split("\t") for line in told.splitlines()]
    return [(protocols, remarks, "".join(states)) for protocols, remarks, *states in rows]


def test_an_empty_capture_is_a_header() -> None:
    """The file begins with the magic number of the format, its version, and raw IP as link type."""
    head = capture([])
    assert struct.unpack("!IHHiIII", head) == (0xA1B2C3D4, 2, 4, 0, 0, 262_144, 101)


@pytest.mark.parametrize(("family", "ip_octets"), [("IPv4", 20), ("IPv6", 40)])
def test_a_datagram_is_framed(family: str, ip_octets: int) -> None:
    """A record has the time, the lengths, and IP and UDP headers that lead to the octets."""
    one, other = HOSTS[family]
    record = capture([Datagram(1234.5, Address(one, 2944), Address(other, 2945), b"octets")])[24:]
    assert struct.unpack("!IIII", record[:16]) == (1234, 500_000, len(record) - 16, len(record) - 16)
    udp = record[16 + ip_octets :]
    assert struct.unpack("!HHH", udp[:6]) == (2944, 2945, 8 + 6)
    assert udp[8:] == b"octets"


def test_the_checksum_of_an_ipv4_header() -> None:
    """The header's sixteen-bit words add up to all ones (RFC 1071)."""
    record = capture([Datagram(0.0, Address("192.0.2.1", 1), Address("198.51.100.7", 2), b"x")])[24:]
    total = sum(struct.unpack("!10H", record[16:36]))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    assert total == 0xFFFF


def test_a_checksum_of_udp_is_never_zero() -> None:
    """Zero would say that there is none; the octets that would give it are told by all ones (RFC 768)."""
    one, other = Address("192.0.2.1", 1), Address("198.51.100.7", 2)
    (packet,) = Packets().of(one, other, b"\0\0")
    (found,) = struct.unpack("!H", packet[26:28])
    (packet,) = Packets().of(one, other, struct.pack("!H", found))  # adds what is missing to all ones
    assert packet[26:28] == b"\xff\xff"


def test_a_fraction_of_a_second_never_becomes_a_whole_one() -> None:
    """What rounds up to a million microseconds is the next second."""
    record = capture([Datagram(1.999_999_9, Address("192.0.2.1", 1), Address("192.0.2.2", 2), b"x")])[24:]
    assert struct.unpack("!II", record[:8]) == (2, 0)


def test_crc32c_of_the_standard() -> None:
    """The check value of the polynomial, and one of RFC 3720 B.4."""
    assert crc32c(b"123456789") == 0xE3069283
    assert crc32c(bytes(32)) == 0x8A9136AA


@pytest.mark.parametrize("family", HOSTS)
@pytest.mark.parametrize("transport", TRANSPORTS)
@pytest.mark.parametrize(("encoding", "port", "protocol"), [("pretty", 2944, "megaco"), ("binary", 2945, "h248")])
def test_wireshark_has_nothing_to_object(
    tmp_path: Path, family: str, transport: str, encoding: str, port: int, protocol: str
) -> None:
    """At the ports of H.248.1 each packet is H.248, its checksums are right, and no expert says a word."""
    messages = (encode(message(), encoding), encode(message(700), encoding), encode(message(2), encoding))
    packets = dissected(tmp_path, to_and_fro(transport, port, HOSTS[family], *messages))
    assert len(packets) == 3 * len(messages)
    for protocols, remarks, checksums in packets:
        assert transport in protocols.split(":")
        assert protocols.split(":")[-1] == protocol
        assert remarks == ""
        assert checksums.replace(",", "") == "1"


def test_what_no_packet_holds_is_put_together_again(tmp_path: Path) -> None:
    """The longest TPKT, and a message of SCTP of three packets: the message is in the last of each."""
    text = encode(message(), "compact")
    longest = text.replace(b"{", b"{" + b" " * (65_531 - len(text)), 1)
    assert decode(longest) == message()
    packets = dissected(tmp_path, to_and_fro("tcp", 2944, HOSTS["IPv4"], longest))
    assert [protocols.split(":")[-1] for protocols, _, _ in packets] == ["tcp", "megaco"] * 3
    packets += dissected(tmp_path, to_and_fro("sctp", 2944, HOSTS["IPv6"], longest * 2))[:3]
    assert [protocols.split(":")[-1] for protocols, _, _ in packets[-3:]] == ["sctp", "sctp", "megaco"]
    assert {(remarks, checksums) for _, remarks, checksums in packets[:-1]} == {("", "1")}


def test_one_that_speaks_alone_is_not_out_of_order(tmp_path: Path) -> None:
    """Nobody acknowledges in a capture of messages, and nobody minds."""
    one, other = Address("192.0.2.1", 2944, "tcp"), Address("192.0.2.2", 2944, "tcp")
    data = encode(message(20), "pretty")
    packets = dissected(tmp_path, [Datagram(float(n), one, other, data) for n in range(500)])
    assert set(packets) == {("raw:ip:tcp:megaco:megaco", "", "1")}


@pytest.mark.parametrize(
    ("transport", "encoding", "told", "protocol"),
    [
        ("udp", "pretty", "udp.port==4000,megaco", "megaco"),
        ("udp", "binary", "udp.port==4000,h248", "h248"),
        ("tcp", "pretty", "tcp.port==4000,megaco", "megaco"),
        ("tcp", "binary", "tcp.port==4000,h248", "h248"),
    ],
)
def test_of_other_ports_wireshark_has_to_be_told(
    tmp_path: Path, transport: str, encoding: str, told: str, protocol: str
) -> None:
    """As docs/observing.md says."""
    datagrams = to_and_fro(transport, 4000, HOSTS["IPv4"], encode(message(), encoding))
    assert protocol not in dissected(tmp_path, datagrams)[0][0]
    assert all(protocols.split(":")[-1] == protocol for protocols, _, _ in dissected(tmp_path, datagrams, "-d", told))


def test_sctp_goes_by_its_payload_protocol(tmp_path: Path) -> None:
    """Whatever the ports; endpoints in memory are shown so, each by an address of its own."""
    data = encode(message(), "pretty")
    one, other = Address("mgc", 0, "memory"), Address("mg", 0, "memory")
    packets = dissected(tmp_path, [Datagram(1.0, one, other, data), Datagram(2.0, other, one, data)])
    assert packets == [("raw:ip:sctp:megaco", "", "1")] * 2
    packet, back = (Packets().of(*pair, data)[0] for pair in ((one, other), (other, one)))
    assert packet[12:20] == bytes([127, 1, 0, 0, 127, 1, 0, 1])
    assert back[12:20] == bytes([127, 1, 0, 0, 127, 1, 0, 1])  # names are numbered as they come


def test_an_address_of_either_family_beside_any() -> None:
    """A socket bound to :: that hears IPv4: the address is shown mapped. A zone means nothing in a packet."""
    packet = Packets().of(Address("::", 1), Address("192.0.2.1", 2), b"x")[0]
    assert packet[24:40] == bytes(10) + b"\xff\xff" + bytes([192, 0, 2, 1])
    assert Packets().of(Address("fe80::1%eth0", 1), Address("::1", 2), b"x")[0][8:10] == b"\xfe\x80"


@pytest.mark.parametrize(("transport", "most"), [("udp", 65_507), ("tcp", 65_531)])
def test_what_a_transport_cannot_carry(transport: str, most: int) -> None:
    """A LocalError tells how much that is; one octet less is carried."""
    one, other = Address("192.0.2.1", 1, transport), Address("192.0.2.2", 2, transport)
    assert capture([Datagram(0.0, one, other, bytes(most))])
    with pytest.raises(LocalError, match=f"a message of {most + 1} octets; a .* carries {most}"):
        capture([Datagram(0.0, one, other, bytes(most + 1))])


def test_connections_are_not_remembered_without_end() -> None:
    """The one longest silent is forgotten, and numbered from 1 again."""
    packets = Packets(most_connections=2)
    near, far = Address("192.0.2.1", 2944, "sctp"), [Address("192.0.2.2", port, "sctp") for port in (1, 2, 3)]

    def tsn(target: Address) -> int:
        return int.from_bytes(packets.of(near, target, b"x")[0][36:40], "big")

    assert [tsn(far[0]), tsn(far[1]), tsn(far[0]), tsn(far[2]), tsn(far[0]), tsn(far[1])] == [1, 1, 2, 1, 3, 1]
