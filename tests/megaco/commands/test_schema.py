"""``h248 schema``."""

import json

import megaco

from .samples import call


def test_the_schema_is_printed_as_json() -> None:
    """What is printed is the library's schema, whose root is the message."""
    result = call("schema")
    assert result.exit_code == 0
    assert json.loads(result.stdout) == json.loads(json.dumps(megaco.json_schema()))
    assert json.loads(result.stdout)["$ref"] == "#/$defs/Message"


def test_it_takes_no_file() -> None:
    """A file name is wrong usage."""
    assert call("schema", "x").exit_code == 2
