"""The grammar of the YAML form of a deed of variation, made from that of an agreement.

A deed says what an agreement says, in the same blocks, with three differences: it has a block about itself, a
block that has a name needs no title again, and whatever is varied line by line may say what it removes.
"""

import json
from typing import Any

from poolrules.base.resources import read_resource
from poolrules.syntax.shape import LISTS, VARIED


def agreement_schema() -> dict[str, Any]:
    """The JSON Schema of an agreement in the YAML form."""
    schema: dict[str, Any] = json.loads(read_resource("grammar", "agreement.schema.json"))
    return schema


def deed_schema() -> dict[str, Any]:
    """The JSON Schema of a deed of variation in the YAML form."""
    agreement = agreement_schema()
    defined = agreement["$defs"]
    for block in VARIED:
        if block in defined:
            defined[block] = _varied(defined[block], needed=block)
    whole = _varied(agreement, needed="deed")
    own = {"deed": {"description": "The variation itself.", "$ref": "#/$defs/deed"}}
    return {
        **whole,
        "title": "a deed of variation",
        "description": "A deed that varies an agreement from a day on, in the YAML form.",
        "properties": {**own, **whole["properties"]},
        "$defs": defined,
    }


def _varied(schema: dict[str, Any], *, needed: str) -> dict[str, Any]:
    """A block that may say what it removes, and needs nothing but what names it."""
    removes = {
        "description": "What the deed removes.",
        "type": "array",
        "minItems": 1,
        "items": {"$ref": "#/$defs/removal"},
    }
    names = needed in LISTS or needed == "deed"
    changed = {**schema, "properties": {**schema["properties"], LISTS["remove"]: removes}}
    return {**changed, "required": [needed]} if names else changed
