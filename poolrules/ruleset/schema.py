"""The JSON Schema of a ruleset, kept in `grammar/ruleset.schema.json`.

`python -m poolrules.ruleset.schema` prints it anew; a test says when the file is out of date.
"""

import sys

import msgspec

from poolrules.ruleset.ruleset import FORMAT, Ruleset


def schema_bytes() -> bytes:
    """Write the JSON Schema of the compiled form, made from the records themselves."""
    schema = msgspec.json.schema(Ruleset)
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": FORMAT,
        "description": "A pooled-budget agreement, compiled. All money is whole pence.",
    }
    return msgspec.json.format(msgspec.json.encode(head | schema, order="deterministic"), indent=2) + b"\n"


if __name__ == "__main__":
    sys.stdout.buffer.write(schema_bytes())
