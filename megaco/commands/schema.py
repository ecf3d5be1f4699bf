"""``h248 schema``: the JSON form, described."""

import json

import click

from megaco import json_schema

from .inputs import EXIT_CODES


@click.command(epilog=EXIT_CODES)
def schema() -> None:
    """Print the JSON Schema of what h248 decode prints and h248 encode reads.

    \b
    Examples:
      h248 schema > h248.schema.json
    """
    click.echo(json.dumps(json_schema(), indent=2))
