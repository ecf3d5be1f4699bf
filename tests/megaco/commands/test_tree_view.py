"""The tree for people."""

import itertools

import click
import pytest

import megaco
from megaco.commands.tree_view import MOST_SHOWN, printable, tree_view

from ..samples import EVERY_SAMPLE
from .samples import GOOD


def lines_of(data: bytes) -> list[str]:
    """Return the tree of a message, unstyled."""
    return [click.unstyle(line) for line in tree_view(megaco.decode(data))]


def test_a_request_is_shown_node_by_node() -> None:
    """Each node has a line with its short values, SDP stands below its descriptor line by line."""
    assert lines_of(GOOD) == [
        "Message version=3 mid=[192.0.2.10]:2944",
        "  TransactionRequest transaction_id=10003",
        "    ActionRequest context_id=$",
        "      CommandRequest",
        "        AddRequest termination_ids=ip/1/$/$",
        "          MediaDescriptor",
        "            StreamDescriptor stream_id=1",
        "              LocalControlDescriptor mode=SendReceive reserve_value=false",
        "                ds/dscp = 2E",
        "              LocalDescriptor",
        "                v=0",
        "                c=IN IP4 $",
        "                m=message $ TCP/MSRP *",
    ]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("x/a = 1", "x/a = 1"),
        ('x/a = "1 2"', 'x/a = "1 2"'),
        ("x/a = [1,2]", "x/a = [1, 2]"),
        ("x/a = {1,2}", "x/a = {1, 2}"),
        ("x/a = [1:2]", "x/a = [1:2]"),
        ("x/a > 1", "x/a > 1"),
    ],
)
def test_values_are_shown_as_the_text_encoding_writes_them(text: str, line: str) -> None:
    """A property is one line, whatever the form of its value."""
    assert lines_of(GOOD.replace(b"ds/dscp = 2E", text.encode()))[8].strip() == line


@pytest.mark.parametrize(
    ("mid", "shown"),
    [
        ("[2001:db8::1]", "[2001:db8::1]"),
        ("<mg.example>:55", "<mg.example>:55"),
        ("gw@a", "gw@a"),
        ("MTP{12AB}", "MTP{12AB}"),
    ],
)
def test_message_identifiers_are_shown_as_written(mid: str, shown: str) -> None:
    """Every kind of mId fits behind ``mid=``."""
    assert lines_of(f"!/3 {mid} PN=1{{}}".encode())[0] == f"Message version=3 mid={shown}"


def test_a_reply_with_many_parts() -> None:
    """Flags, lists of names, time stamps, statistics, acknowledgements and errors all have their words."""
    reply = (
        b'!/3 a K{1-5,7}P=9{IA,C=*{EG,AV=[x,y]{OE=4{20260102T03040506:al/of{strict="s"}},SA{nt/os=7,nt/ps},MX,MD,'
        b'PG{al-1},ER=431{"gone"}}}}P=10{C=-{N=ROOT}}'
    )
    assert [line.strip() for line in lines_of(reply)] == [
        "Message version=3 mid=a",
        "TransactionResponseAck",
        "1-5",
        "7",
        "TransactionReply transaction_id=9 immediate_ack_required=true",
        "ActionReply context_id=*",
        "ContextProperties emergency=true",
        "AuditValueReply termination_ids=x, y",
        "ObservedEventsDescriptor request_id=4",
        "ObservedEvent name=al/of time=20260102T03040506",
        'strict = "s"',
        "StatisticsDescriptor",
        "nt/os = 7",
        "nt/ps",
        "EmptyDescriptor item=Mux",
        "EmptyDescriptor item=Modem",
        "PackagesDescriptor packages=al-1",
        "ErrorDescriptor code=431 text=gone",
        "TransactionReply transaction_id=10",
        "ActionReply context_id=-",
        "NotifyReply termination_ids=ROOT",
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            b"C=1{TP{a,b,OW,ST=2},CT{CLT={-,2}},MF=t}",
            [
                "ContextProperties context_list=-, 2",
                "TopologyRequest termination_from=a termination_to=b direction=Oneway stream_id=2",
            ],
        ),
        (b"C=1{CA{x/y,CT{x/a,x/b>3},ORLgc}}", ["ContextAudit properties=x/y select_logic=ORLgc", "x/a", "x/b > 3"]),
        (
            b"C=1{MF=t{E=*{al/on{NBIN}}}}",
            ["EventsDescriptor request_id=*", "RequestedEvent name=al/on", "NotifyImmediately"],
        ),
        (b'C=-{SC=t{SV{MT=X-a,RE="900"}}}', ['ServiceChangeParm reason="900" method_extension=X-a']),
    ],
)
def test_what_text_has_words_for_is_shown_by_them(body: bytes, expected: list[str]) -> None:
    """Contexts in a list, audited properties and all events are said as in text, and None is not said."""
    lines = [line.strip() for line in lines_of(b"!/3 a T=1{" + body + b"}")]
    start = lines.index(expected[0])
    assert lines[start : start + len(expected)] == expected


def test_offsets_stand_left_of_the_nodes_that_have_one() -> None:
    """With places each line has a column before it, blank where the line is of no node or of one without a place."""
    message = megaco.decode(GOOD)
    transaction = message.transactions[0]
    lines = [click.unstyle(line) for line in tree_view(message, {id(message): 0, id(transaction): 1048575})]
    assert lines[0] == "@0       Message version=3 mid=[192.0.2.10]:2944"
    assert lines[1] == "@1048575   TransactionRequest transaction_id=10003"
    assert [line[9:] for line in lines] == lines_of(GOOD)
    assert all(line.startswith(" " * 9) for line in lines[2:])


@pytest.mark.parametrize("sample", EVERY_SAMPLE)
def test_every_message_has_a_tree(sample: str) -> None:
    """Whatever a message holds, its lines are plain text, each under the line that it belongs to."""
    lines = lines_of(sample.encode())
    indents = [len(line) - len(line.lstrip()) for line in lines]
    assert all(printable(line) == line for line in lines)
    assert indents[0] == 0
    assert all(later <= earlier + 2 for earlier, later in itertools.pairwise(indents))


def test_long_values_are_cut() -> None:
    """A value longer than a line has room for ends in dots."""
    line = lines_of(GOOD.replace(b"2E", b"9" * 200))[8].strip()
    assert len(line) == MOST_SHOWN
    assert line.endswith("999...")


def test_nothing_of_the_peers_reaches_the_terminal_raw() -> None:
    """Control characters and octets that are no text are shown as escapes, each SDP line on one line."""
    lines = lines_of(GOOD.replace(b"v=0\n", b"s=\x1b[31m\xc2\x9b\xff\te\xcc\x81\r\ni=x\ry=\xe2\x98\x8e\n"))
    assert [line.strip() for line in lines[10:13]] == [r"s=\x1b[31m\x9b\xff\te" + "\u0301", "i=x", "y=☎"]
    assert printable("\u202e\ud800") == r"\u202e\ud800"
