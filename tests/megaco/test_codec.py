"""The face of the codec: sniffing, limits, allowances, the JSON form and its schema."""

import json
from typing import Any

import msgspec
import pytest

import megaco.message
from megaco import (
    ENCODINGS,
    DecodeError,
    EncodeError,
    Limits,
    Message,
    allowances,
    decode,
    decode_header,
    encode,
    from_json,
    json_schema,
    to_json,
)
from megaco.message import (
    AddRequest,
    DeviceName,
    ErrorDescriptor,
    LocalDescriptor,
    MediaDescriptor,
    Node,
    Octets,
    StreamDescriptor,
)

from .samples import EVERY_SAMPLE, HEAD, REGISTRATION, request


def test_text_and_octets_decode_alike() -> None:
    """A message may be given as str or as bytes."""
    assert decode(REGISTRATION) == decode(REGISTRATION.encode())


def test_the_binary_encoding_is_told_by_its_first_octet() -> None:
    """BER is told from text by its first octet; its errors have an offset and no line."""
    with pytest.raises(DecodeError, match="length 69 where 2 octets are left") as caught:
        decode(b"\x30\x45\xa1\x43")
    assert (caught.value.place, caught.value.line) == ("@0", None)
    message = decode(REGISTRATION)
    assert decode(encode(message, "binary")) == message
    assert decode_header(encode(message, "binary")[:30]) == decode_header(REGISTRATION)


def test_long_messages_are_refused_unread() -> None:
    """A message over the limit is refused, its header too; one at the limit is read."""
    data = (HEAD + "PN = 1 { }").encode()
    assert decode(data, limits=Limits(message_bytes=len(data)))
    for read in (decode, decode_header):
        with pytest.raises(DecodeError, match=f"a message of {len(data)} octets; expected at most {len(data) - 1}"):
            read(data, limits=Limits(message_bytes=len(data) - 1))


def test_allowances_say_what_they_are() -> None:
    """Each allowance has a name and words: what it is and who sends it."""
    assert set(allowances()) == {
        "bare-digit-map",
        "bare-values",
        "digit-first-id",
        "digit-map-letters",
        "digit-map-parentheses",
        "direction-both",
        "doubled-direction",
        "eight-bit-string",
        "empty-signals",
        "later-version",
        "long-integer",
        "old-audit-reply",
        "old-value",
        "other-type",
        "whole-number",
    }
    assert all("; sent by " in words for words in allowances().values())


def test_an_unknown_allowance_is_the_callers_mistake() -> None:
    """A misspelled allowance is a ValueError that names those that there are."""
    with pytest.raises(ValueError, match="no such allowance: digits; there are bare-digit-map, bare-values, "):
        decode(REGISTRATION, allow=["digits"])


def test_pretty_is_the_default_encoding() -> None:
    """``encode`` writes for people unless told otherwise."""
    message = decode(REGISTRATION)
    assert ENCODINGS == ("pretty", "compact", "binary")
    assert encode(message) == encode(message, "pretty") != encode(message, "compact")


# ---------------------------------------------------------------------------------------------------------- JSON


def _with_sdp(octets: bytes) -> Message:
    local = LocalDescriptor(Octets(octets))
    return request(AddRequest(("t",), (MediaDescriptor(streams=(StreamDescriptor(1, local=local),)),)))


def test_the_json_form() -> None:
    """A node is an object with its class in ``is``; what is at its default is left out."""
    assert json.loads(to_json(Message(1, DeviceName("gw"), error=ErrorDescriptor(400)))) == {
        "is": "Message",
        "version": 1,
        "mid": {"is": "DeviceName", "name": "gw"},
        "error": {"is": "ErrorDescriptor", "code": 400},
    }


@pytest.mark.parametrize(("octets", "form"), [(b"v=0\r\n", "v=0\r\n"), (b"s=\xff", {"base64": "cz3/"})])
def test_octets_in_json(octets: bytes, form: object) -> None:
    """SDP is a string where it is UTF-8, base64 where it is not, and comes back either way."""
    message = _with_sdp(octets)
    (transaction,) = json.loads(to_json(message))["transactions"]
    assert transaction["actions"][0]["commands"][0]["command"]["descriptors"][0]["streams"][0]["local"]["sdp"] == form
    assert from_json(to_json(message)) == message


def test_text_that_is_not_utf8_survives_json() -> None:
    """Octets of a quoted string that are not UTF-8 are escaped, so that the document is UTF-8 all the same."""
    message = decode(b'!/1 a ER = 400 { "caf\xe9 \xc3\xa9" }')
    document = to_json(message).encode("utf-8")
    assert rb'"caf\udce9 ' in document
    assert encode(from_json(document), "compact") == b'!/1 a\nER=400{"caf\xe9 \xc3\xa9"}'


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ("", "Expecting value: line 1 column 1"),
        ("{", "line 1 column 2"),
        (b"\xff", "not UTF-8"),
        ("[]", "Expected `object`"),
        ("[" * 200_000, "nested too deep"),
        ('{"is": "Message", "version": 1}', "missing required field `mid`"),
        ('{"is": "Message", "version": "1", "mid": {"is": "DeviceName", "name": "a"}}', "at `$.version`"),
        ('{"is": "Message", "version": 1, "mid": {"is": "Nobody"}}', "at `$.mid.is`"),
        (
            '{"is": "Message", "version": 1, "mid": {"is": "DeviceName", "name": "a"}, "more": 1}',
            "unknown field `more`",
        ),
        (to_json(_with_sdp(b"\xff")).replace("/w==", "!"), "local.sdp`"),
        (to_json(_with_sdp(b"x")).replace('"x"', "5"), "octets are a string or"),
    ],
)
def test_json_that_is_no_message(document: str | bytes, words: str) -> None:
    """What is wrong with a JSON document is said with its place."""
    with pytest.raises(EncodeError) as caught:
        from_json(document)
    assert str(caught.value).startswith("not the JSON form of a message: ")
    assert words in str(caught.value)


# -------------------------------------------------------------------------------------------------------- schema


def _references(schema: Any) -> set[str]:
    if isinstance(schema, dict):
        own = {schema["$ref"]} if "$ref" in schema else set()
        return own.union(*map(_references, schema.values()))
    return set().union(*map(_references, schema)) if isinstance(schema, list) else set()


def _admits(schema: dict[str, Any], value: Any, definitions: dict[str, Any]) -> bool:
    """Judge a value by the words of JSON Schema that the schema uses."""
    if "$ref" in schema:
        return _admits(definitions[schema["$ref"].rpartition("/")[2]], value, definitions)
    for word in ("anyOf", "oneOf"):
        if word in schema:
            return any(_admits(one, value, definitions) for one in schema[word])
    if "enum" in schema:
        return value in schema["enum"]
    match schema.get("type"):
        case "object":
            known = schema["properties"]
            closed = schema.get("additionalProperties", True) or set(value) <= set(known)
            return bool(
                isinstance(value, dict)
                and set(schema.get("required", ())) <= set(value)
                and closed
                and all(_admits(known[name], one, definitions) for name, one in value.items())
            )
        case "array":
            return isinstance(value, list) and all(_admits(schema["items"], one, definitions) for one in value)
        case "integer" | "boolean" | "string" | "null" as name:
            return type(value) is {"integer": int, "boolean": bool, "string": str, "null": type(None)}[name]
    raise AssertionError(f"the schema uses a word that this test does not know: {schema}")


def test_the_schema_is_closed() -> None:
    """The schema is JSON, every reference leads somewhere, and every node of the tree is defined."""
    schema = json.loads(json.dumps(json_schema()))
    definitions = schema["$defs"]
    assert {reference.rpartition("/")[2] for reference in _references(schema)} <= set(definitions)
    nodes = [getattr(megaco.message, name) for name in megaco.message.__all__]
    names = {node.__name__ for node in nodes if isinstance(node, type) and issubclass(node, msgspec.Struct)}
    assert names - {Node.__name__} <= set(definitions)


@pytest.mark.parametrize("sample", EVERY_SAMPLE)
def test_the_schema_admits_the_json_form(sample: str) -> None:
    """What ``to_json`` writes keeps to the schema, and a member too many does not."""
    schema = json_schema()
    document = json.loads(to_json(decode(sample)))
    assert _admits(schema, document, schema["$defs"])
    assert not _admits(schema, {**document, "more": 1}, schema["$defs"])
    assert not _admits(schema, {**document, "version": "1"}, schema["$defs"])
