"""pycrate's module of H.248.1 Annex A (version 3, 03/2013) as a judge: what it reads from BER, how it writes that."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Literal, get_args

from pycrate_asn1dir.H248 import MEDIA_GATEWAY_CONTROL
from pycrate_asn1rt.asnobj import ASN1Obj
from pycrate_asn1rt.asnobj_str import STR_IA5
from pycrate_asn1rt.codecs import ASN1CodecBER

Form = Literal["long lengths", "indefinite lengths", "strings in parts"]
"""What BER allows beside the shortest definite form."""

FORMS: tuple[Form, ...] = get_args(Form)

_SETTINGS: dict[Form, dict[str, Any]] = {
    "long lengths": {"ENC_LLONG": 3},
    "indefinite lengths": {"ENC_LUNDEF": True},
    "strings in parts": {"ENC_OSTR_FRAG": 2, "ENC_BSTR_FRAG": 2},
}
"""Of pycrate's encoder; the numbers are octets."""


_VALUES = ("value", "statValue", "serviceChangeReason")
"""Components that are lists of values, each an OCTET STRING."""


class Asn1Error(Exception):
    """pycrate refuses a message; what it says."""


def values(octets: bytes) -> dict[str, Any]:
    """Return the values in a message.

    A SEQUENCE is a dictionary without the fields that are absent, a CHOICE the pair (name, value), an ENUMERATED its
    name or ``_ext_7`` where the module has none, a BIT STRING the pair (bits as an integer, how many), NULL 0.
    """
    _read(octets)
    tree: dict[str, Any] = _MESSAGE.get_val()
    return tree


def recode(octets: bytes) -> bytes:
    """Return a message decoded and encoded again, with the shortest lengths; what pycrate passes over is not in it."""
    _read(octets)
    return _written()


def rewritten(octets: bytes, form: Form) -> bytes:
    """Return the same message in another form of BER."""
    _read(octets)
    with _encoder(_SETTINGS[form]):
        return _written()


def with_values(octets: bytes, changed: Callable[[bytes], bytes]) -> bytes:
    """Return the same message with other contents in the OCTET STRINGs that hold values."""
    _read(octets)
    _MESSAGE.set_val(_with_values(_MESSAGE.get_val(), changed))
    return _written()


def _with_values(tree: Any, changed: Callable[[bytes], bytes]) -> Any:
    if isinstance(tree, dict):
        return {
            name: [changed(value) for value in part] if name in _VALUES else _with_values(part, changed)
            for name, part in tree.items()
        }
    if isinstance(tree, list):
        return [_with_values(part, changed) for part in tree]
    is_choice = isinstance(tree, tuple) and isinstance(tree[0], str)
    return (tree[0], _with_values(tree[1], changed)) if is_choice else tree


def _read(octets: bytes) -> None:
    try:
        _MESSAGE.from_ber(octets)
    except Exception as error:  # pycrate's own of several families, and IndexError, NameError and others out of it
        raise Asn1Error(f"{type(error).__name__}: {error}") from error


def _written() -> bytes:
    try:
        return bytes(_MESSAGE.to_ber())
    except Exception as error:  # as in reading
        raise Asn1Error(f"{type(error).__name__}: {error}") from error


@contextmanager
def _encoder(settings: dict[str, Any]) -> Iterator[None]:
    """Settings belong to pycrate as a whole: they last for a moment only."""
    before = {name: getattr(ASN1CodecBER, name) for name in settings}
    try:
        for name, value in settings.items():
            setattr(ASN1CodecBER, name, value)
        yield
    finally:
        for name, value in before.items():
            setattr(ASN1CodecBER, name, value)


def _write_part(part: Any) -> Any:
    parent = part._parent
    held = parent and parent._val
    try:
        return _WRITE_PART(part)
    finally:
        if parent is not None:
            parent._val = held


def _name(part: Any) -> str:
    return str(part._name)


# A type is one object in pycrate, wherever it stands, and that object holds the value and the parent of the moment.
# Where a type stands inside itself, as the events do that NotifyRegulated embeds, writing the inner value leaves it
# with the outer type, whose remaining fields are then taken from it; and the full name of a part, which goes into
# complaints and logs, is sought up an endless chain. Mended here: a part's parent has its value back, names are short.
_WRITE_PART = ASN1Obj._to_ber
ASN1Obj._to_ber = _write_part
ASN1Obj.fullname = _name

# The parts of a character string are octet strings (X.690 clause 8.23); pycrate gives them the string's own tag. So
# those are written whole.
STR_IA5._BER_ENC_OPT = True
STR_IA5._BER_ENC_OSTR_FRAG = 0

_MESSAGE = MEDIA_GATEWAY_CONTROL.MegacoMessage
