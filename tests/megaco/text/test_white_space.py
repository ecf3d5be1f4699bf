"""White space and comments: everywhere Annex B has LWSP, and nowhere else."""

import pytest
from lark import Token

from megaco import DecodeError, decode

from ..samples import EVERY_SAMPLE, HEAD, in_add
from .lexing import rewritten

_ABSORBING = {
    *("_EQUAL", "_COMMA", "_LBRKT", "_RBRKT", "_LSBRKT", "_RSBRKT", "_SPACED_COLON", "INEQUAL"),
    *("_COMMA_OF_STREAM", "EMPTY_BRACES", "_EMPTY_BRACES", "BARE_BRACE"),
}
_COMMENT = "; a comment, with } and = in it\r\n"


@pytest.mark.parametrize("blank", ["", " ", "\t", "\n", "\r", "\r\n", _COMMENT, f" \t{_COMMENT};\n;;\r  "])
@pytest.mark.parametrize("sample", EVERY_SAMPLE)
def test_white_space_changes_nothing(sample: str, blank: str) -> None:
    """Any white space round any punctuation that absorbs it leaves the tree as it is."""

    def spell(token: Token, before: Token | None) -> str:
        if token.type == "_SEP":
            return blank or " "
        if token.type not in _ABSORBING:
            return str(token)
        inside_octets = before is not None and before.type == "OCTET_STRING"
        return ("" if inside_octets else blank) + str(token).strip() + blank

    assert decode(rewritten(sample, spell)) == decode(sample)


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize("sample", EVERY_SAMPLE)
def test_any_line_end_ends_a_line(sample: str, end: str) -> None:
    """CR, LF and CR LF are line ends alike; only SDP octets tell them apart."""

    def spell(token: Token, _before: Token | None) -> str:
        return str(token) if token.type == "OCTET_STRING" else str(token).replace("\n", end)

    assert decode(rewritten(sample, spell)) == decode(sample)


def test_a_message_may_begin_and_end_with_comments() -> None:
    """Comments before the first keyword and after the last brace are skipped."""
    body = HEAD + "PN = 1 { }"
    assert decode(f";one\n\r\n ;two\r{body}\n;three\n") == decode(body)


@pytest.mark.parametrize(
    "text",
    [
        "MEGACO /1 [192.0.2.1] PN = 1 { }",
        "MEGACO/ 1 [192.0.2.1] PN = 1 { }",
        "MEGACO/1 [192.0.2.1] :2944 PN = 1 { }",
        "MEGACO/1 [192.0.2.1]: 2944 PN = 1 { }",
        "MEGACO/1 [ 192.0.2.1] PN = 1 { }",
        "MEGACO/1[192.0.2.1] PN = 1 { }",
        HEAD + "K { 1 -2 }",
        in_add("Media { O { a / b = c } }"),
        in_add("Media { O { a/b = [1 :2] } }"),
        HEAD + "PN = 1 { } ; a comment that no line end closes",
        HEAD + "PN = 1 { ; \x01 in a comment\n }",
    ],
)
def test_white_space_elsewhere_is_refused(text: str) -> None:
    """A space inside the version, the message identifier, a name, a range, or a broken comment is an error."""
    with pytest.raises(DecodeError):
        decode(text)
