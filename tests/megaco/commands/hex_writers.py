"""Writers of hex as tools write it, for the tests: one function a tool, from octets to text."""

from collections.abc import Callable, Iterator
from itertools import groupby


def lines_of(data: bytes, width: int) -> Iterator[tuple[int, bytes]]:
    """Yield the octets of each line with their offset."""
    return ((at, data[at : at + width]) for at in range(0, len(data), width))


def column(octets: bytes) -> str:
    """Return the text column of some octets."""
    return "".join(chr(octet) if 0x20 <= octet < 0x7F else "." for octet in octets)


def xxd(data: bytes, width: int = 16, group: int = 2) -> str:
    """``xxd -c width -g group``."""
    wide = len(bytes(width).hex(" ", -group))
    return "".join(f"{at:08x}: {some.hex(' ', -group):{wide}}  {column(some)}\n" for at, some in lines_of(data, width))


def xxd_decimal(data: bytes) -> str:
    """``xxd -d``."""
    return "".join(f"{at:08}: {some.hex(' ', -2):39}  {column(some)}\n" for at, some in lines_of(data, 16))


def xxd_plain(data: bytes) -> str:
    """``xxd -p``."""
    return "".join(f"{some.hex()}\n" for _, some in lines_of(data, 30))


def xxd_upper(data: bytes) -> str:
    """``xxd -u -g 1``."""
    return "".join(f"{at:08x}: {some.hex(' ').upper():47}  {column(some)}\n" for at, some in lines_of(data, 16))


def xxd_include(data: bytes) -> str:
    """``xxd -i s``."""
    rows = ",\n".join("  " + ", ".join(f"0x{octet:02x}" for octet in some) for _, some in lines_of(data, 12))
    return f"unsigned char s[] = {{\n{rows}\n}};\nunsigned int s_len = {len(data)};\n"


def starred(data: bytes, line: Callable[[int, bytes], str]) -> str:
    """Return the lines of a dump, ``*`` for what would repeat the one before."""
    text = ""
    for _, alike in groupby(lines_of(data, 16), key=lambda row: row[1]):
        first, *others = alike
        text += line(*first) + ("*\n" if others else "")
    return text


def hexdump_line(at: int, some: bytes) -> str:
    """Return a line of ``hexdump -C``."""
    return f"{at:08x}  {some[:8].hex(' '):23}  {some[8:].hex(' '):23}  |{column(some)}|\n"


def hexdump(data: bytes) -> str:
    """``hexdump -C``."""
    return starred(data, hexdump_line) + f"{len(data):08x}\n"


def od(data: bytes) -> str:
    """``od -A x -t x1``."""
    return starred(data, lambda at, some: f"{at:06x} {some.hex(' ')}\n") + f"{len(data):06x}\n"


def od_bare(data: bytes) -> str:
    """``od -A n -t x1 -v``."""
    return "".join(f" {some.hex(' ')}\n" for _, some in lines_of(data, 16))


def od_octal(data: bytes) -> str:
    """``od -t x1 -v``."""
    rows = "".join(f"{at:07o} {some.hex(' ')}\n" for at, some in lines_of(data, 16))
    return f"{rows}{len(data):07o}\n"


def od_decimal(data: bytes) -> str:
    """``od -A d -t x1z -v``."""
    rows = "".join(f"{at:07} {some.hex(' '):47}  >{column(some)}<\n" for at, some in lines_of(data, 16))
    return f"{rows}{len(data):07}\n"


def od_of_bsd(data: bytes) -> str:
    """``od -A x -t x1 -v`` of BSD."""
    rows = "".join(f"{at:07x}   {some.hex(' ').replace(' ', '  '):>2}\n" for at, some in lines_of(data, 16))
    return f"{rows}{len(data):07x}\n"


def tshark(data: bytes) -> str:
    """``tshark -x``."""
    return "".join(f"{at:04x}  {some.hex(' '):47}   {column(some)}\n" for at, some in lines_of(data, 16)) + "\n"


def tshark_of_old(data: bytes) -> str:
    """``tshark -x`` with a gap after eight octets."""
    return "".join(
        f"{at:04x}  {some[:8].hex(' '):23}  {some[8:].hex(' '):23}   {column(some)}\n"
        for at, some in lines_of(data, 16)
    )


def wireshark_text(data: bytes) -> str:
    """Wireshark's copy as hex and ASCII dump."""
    return "".join(f"{at:04x}   {some.hex(' '):47}   {column(some)}\n" for at, some in lines_of(data, 16))


def wireshark_dump(data: bytes) -> str:
    """Wireshark's copy as hex dump."""
    return "".join(f"{at:04x}   {some.hex(' ')}\n" for at, some in lines_of(data, 16))


def wireshark_escaped(data: bytes) -> str:
    """Wireshark's copy as escaped string."""
    rows = ("".join(f"\\x{octet:02x}" for octet in some) for _, some in lines_of(data, 16))
    return '"' + '" \\\n"'.join(rows) + '"\n'


def wireshark_follow(data: bytes) -> str:
    """Wireshark's hex dump of a stream that is followed: both columns have a gap after eight octets."""

    def line(at: int, some: bytes) -> str:
        shown = column(some)
        return f"{at:08x}  {some[:8].hex(' '):23}  {some[8:].hex(' '):23}  {shown[:8]} {shown[8:]}\n"

    return "".join(line(at, some) for at, some in lines_of(data, 16))


def c_array(data: bytes, comment: str = "/* {} */") -> str:
    """Wireshark's export as C arrays."""
    rows = ""
    for at, some in lines_of(data, 8):
        is_last = at + 8 >= len(data)
        octets = ", ".join(f"0x{octet:02x}" for octet in some)
        rows += f"{octets:46}  " if is_last else f"{octets}, "
        rows += comment.format(column(some)) + "\n"
    return f"/* Frame ({len(data)} bytes) */\nstatic const unsigned char pkt1[{len(data)}] = {{\n{rows}}};\n\n"


def c_array_of_now(data: bytes) -> str:
    """Wireshark's export as C arrays, since it has comments of the other kind."""
    return c_array(data, "// |{}|")


def c_array_of_stream(data: bytes) -> str:
    """Wireshark's C arrays of a stream that is followed."""
    rows = ", \n".join(", ".join(f"0x{octet:02x}" for octet in some) for _, some in lines_of(data, 8))
    return f"char peer0_0[] = {{ /* Packet 4 */\n{rows} }};\n"


def tcpdump(data: bytes) -> str:
    """``tcpdump -XX``, the octets only."""
    return "".join(f"\t0x{at:04x}:  {some.hex(' ', -2):39}  {column(some)}\n" for at, some in lines_of(data, 16))


def folded(data: bytes) -> str:
    """A hex stream that mail has folded within an octet."""
    digits = data.hex()
    return "\n".join(digits[at : at + 75] for at in range(0, len(digits), 75))


WRITERS: dict[str, Callable[[bytes], str]] = {
    "digits": bytes.hex,
    "digits-upper": lambda data: data.hex().upper(),
    "digits-0x": lambda data: f"0x{data.hex()}\n",
    "octets": lambda data: data.hex(" "),
    "octets-colons": lambda data: data.hex(":"),
    "octets-hyphens": lambda data: data.hex("-").upper(),
    "octets-tabs": lambda data: data.hex("\t") + "\t\n",
    "octets-lines": lambda data: data.hex("\n"),
    "octets-0x": lambda data: ", ".join(f"0x{octet:02x}" for octet in data),
    "octets-0X": lambda data: "\n".join(f"0X{octet:02X}" for octet in data),
    "escapes": lambda data: "".join(f"\\x{octet:02x}" for octet in data),
    "xxd": xxd,
    "xxd-c8": lambda data: xxd(data, 8),
    "xxd-c32": lambda data: xxd(data, 32),
    "xxd-g1": lambda data: xxd(data, 16, 1),
    "xxd-g4": lambda data: xxd(data, 16, 4),
    "xxd-d": xxd_decimal,
    "xxd-u-g1": xxd_upper,
    "xxd-p": xxd_plain,
    "xxd-i": xxd_include,
    "hexdump-C": hexdump,
    "hexdump-C-cut": lambda data: "".join(hexdump_line(at, some) for at, some in lines_of(data, 16)),
    "od-x": od,
    "od-x-w40": lambda data: "".join(f"{at:06x} {some.hex(' ')}\n" for at, some in lines_of(data, 40)),
    "od-n": od_bare,
    "od-octal": od_octal,
    "od-decimal": od_decimal,
    "od-bsd": od_of_bsd,
    "tshark": tshark,
    "tshark-old": tshark_of_old,
    "wireshark-text": wireshark_text,
    "wireshark-dump": wireshark_dump,
    "wireshark-escaped": wireshark_escaped,
    "wireshark-follow": wireshark_follow,
    "wireshark-array": c_array,
    "wireshark-array-now": c_array_of_now,
    "wireshark-array-stream": c_array_of_stream,
    "tcpdump": tcpdump,
    "text2pcap-line": lambda data: f"000000 {data.hex(' ')}\n",
    "mail": folded,
}
"""Every writer by its name."""
