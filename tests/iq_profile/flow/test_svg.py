"""The ladder diagram as SVG."""

from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iq_profile.flow.record import KINDS, Entry, RecordError, StepVerdict
from iq_profile.flow.svg import Ladder, render_svg, render_svg_document

SVG = "{http://www.w3.org/2000/svg}"
PLAYERS = ["UE", "AGW", "ALG", "peer"]
ENTRIES = [
    Entry(1, 0.0, "UE", "ALG", "sdp", "v=0\r\ns=<&>\r\n", 'SDP "offer" <&>', "1"),
    Entry(2, 0.5, "peer", "AGW", "tcp", "", "SYN to T2", "10"),
    Entry(3, 0.6, "AGW", "AGW", "tls", "", "holds", "10"),
    Entry(4, 0.7, "peer", "peer", "media", "", "hangs up", None),
    Entry(5, 0.8, "ALG", "AGW", "h248", "MEGACO/2", "Add " * 100, "13-15"),
]
VERDICTS = [
    StepVerdict("10", "TCP SYN from the peer to T2", True, "seen"),
    StepVerdict("99", "what nobody saw", False, "missing " * 20),
]


def parsed(*, entries: list[Entry] = ENTRIES, verdicts: list[StepVerdict] = VERDICTS) -> ElementTree.Element:
    """Draw, and read the drawing as XML."""
    return ElementTree.fromstring(render_svg("MSRP <originating>", PLAYERS, entries, verdicts))


def having(root: ElementTree.Element, look: str) -> list[ElementTree.Element]:
    """Find the elements of a class."""
    return [element for element in root.iter() if look in element.get("class", "").split()]


def test_every_entry_is_drawn_once() -> None:
    """An arrow is a shaft and a head, a note a mark; each is of its kind and shows the message as tooltip."""
    entries = having(parsed(), "entry")
    assert [entry.get("class") for entry in entries] == [f"entry {entry.kind}" for entry in ENTRIES]
    assert [len(having(entry, "shaft")) for entry in entries] == [1, 1, 0, 0, 1]
    assert [len(having(entry, "head")) for entry in entries] == [1] * 5
    assert [entry[0].text for entry in entries[:2]] == ["v=0\ns=<&>", "SYN to T2"]


def test_arrows_point_to_their_targets() -> None:
    """The shaft begins on the source's lifeline and the head touches the target's."""
    root = parsed()
    lifelines = [float(line.get("x1", "")) for line in having(root, "life")]
    entry = having(root, "entry")[1]
    assert float(having(entry, "shaft")[0].get("x1", "")) == lifelines[3]
    assert float(having(entry, "head")[0].get("points", "").split(",")[0]) == lifelines[1]


def test_verdicts_stand_beside_their_steps() -> None:
    """Each verdict is in its step's band; one without entries gets a band of its own; badges take its colour."""
    root = parsed()
    bands = [(len(having(step, "entry")), len(having(step, "verdict"))) for step in having(root, "step")]
    assert bands == [(1, 0), (2, 1), (1, 0), (1, 0), (0, 1)]
    assert [badge.get("class") for badge in having(root, "badge")] == ["badge", "badge ok", "badge", "badge fail"]


def test_a_step_that_returns_shows_its_verdict_once() -> None:
    """Only the first of two bands of the same step carries the verdict."""
    root = parsed(entries=[ENTRIES[1], ENTRIES[0], ENTRIES[1]])
    assert [len(having(step, "verdict")) for step in having(root, "step")] == [1, 0, 0, 1]


def test_the_legend_names_the_kinds_that_occur() -> None:
    """One line a kind, in the order of the kinds."""
    assert [legend.get("class") for legend in having(parsed(), "legend")] == [
        f"legend {kind}" for kind in KINDS if kind != "sip"
    ]


def test_light_and_dark_are_in_the_style_sheet() -> None:
    """The reader's preference picks the colours; each kind has one in both."""
    style = parsed().find(f"{SVG}style")
    assert style is not None
    light, dark = (style.text or "").split("@media (prefers-color-scheme:dark)")
    for kind in KINDS:
        assert f".{kind} .head" in light
        assert f".{kind} .head" in dark


def test_labels_stay_within_the_drawing() -> None:
    """A summary longer than the chart ends in an ellipsis."""
    label = having(having(parsed(), "entry")[4], "label")[0]
    assert (label.text or "").endswith("…")
    assert len(label.text or "") * 7.826 <= float(parsed().get("width", ""))


@settings(deadline=None)
@given(st.text(), st.text())
def test_any_text_gives_valid_xml(summary: str, text: str) -> None:
    """Markup, control characters and surrogates in messages neither break nor change the document."""
    entry = Entry(1, 0.0, "UE", "AGW", "sip", text, summary, summary)
    root = parsed(entries=[entry], verdicts=[StepVerdict(summary, text, False, summary)])
    assert len(having(root, "entry")) == 1


def test_the_same_record_gives_the_same_octets() -> None:
    """Nothing of the drawing depends on chance or the day."""
    assert render_svg("x", PLAYERS, ENTRIES, VERDICTS) == render_svg("x", PLAYERS, list(ENTRIES), list(VERDICTS))


def test_several_procedures_stand_below_each_other() -> None:
    """The document is as wide as the widest and as high as all of them."""
    one: Ladder = ("a", PLAYERS, ENTRIES, VERDICTS)
    other: Ladder = ("b", ["UE", "ALG"], ENTRIES[:1], [])
    both = ElementTree.fromstring(render_svg_document([one, other]))
    alone = [ElementTree.fromstring(render_svg(*ladder)) for ladder in (one, other)]
    assert len(having(both, "entry")) == 6
    assert both.get("width") == alone[0].get("width")
    assert float(both.get("height", "")) > sum(float(root.get("height", "")) for root in alone)


def test_no_procedure_is_an_empty_picture() -> None:
    """Nothing to draw is valid all the same."""
    assert ElementTree.fromstring(render_svg_document([])).get("height") == "0"


def test_strangers_are_refused() -> None:
    """An entry of somebody who takes no part cannot be drawn."""
    with pytest.raises(RecordError, match="entry 1: target 'ALG'"):
        render_svg("x", ["UE", "AGW"], ENTRIES, [])
