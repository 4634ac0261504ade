"""The grammar of the YAML form says what the grammar of `.pool` says: the same keys, values and combinations."""

import json
from itertools import combinations
from typing import Any, TypeAlias

import pytest
from jsonschema import Draft202012Validator

from poolrules.base.resources import read_resource
from poolrules.base.unreadable import Unreadable
from poolrules.source.span import Span
from poolrules.syntax.deed_schema import deed_schema
from poolrules.syntax.grammar import expansions, expression_of, key_of, line_rules, parser, word_of
from poolrules.syntax.shape import AMOUNTS, BLOCKS, LISTS, PARTED, PLAIN_LISTS, TEXT_LISTS, VARIED_FILE, block_below
from poolrules.syntax.to_yaml import FLAGS
from poolrules.syntax.tree import Entry, Mapping, Node, Scalar, Sequence
from poolrules.syntax.wording import line_words

Shape: TypeAlias = "str | list[Shape] | dict[str, Shape]"
Schema: TypeAlias = dict[str, Any]

SCHEMA: Schema = json.loads(read_resource("grammar", "agreement.schema.json"))
DEFINED: dict[str, Schema] = SCHEMA["$defs"]
NOWHERE = Span("made", 1, 1, 1, 2)
VALUE, PAIRS = "a value", "names with values"


def resolved(schema: Schema) -> Schema:
    """A part of the schema with its reference followed."""
    return DEFINED[schema["$ref"].rsplit("/", 1)[-1]] if "$ref" in schema else schema


# ---- what each grammar says of keys ---------------------------------------------------------------


def schema_shape(schema: Schema) -> Shape:
    """The keys that the schema allows, level by level."""
    schema = resolved(schema)
    if "else" in schema:
        return schema_shape(schema["else"])
    if "items" in schema:
        return [schema_shape(schema["items"])]
    if "properties" in schema:
        assert schema["additionalProperties"] is False
        return {key: schema_shape(value) for key, value in schema["properties"].items()}
    return PAIRS if "propertyNames" in schema else VALUE


def block_shape(block: str) -> dict[str, Shape]:
    """The keys of the lines of a block, in a deed or not."""
    return lines_shape(block, line_rules(block))


def lines_shape(block: str, lines: dict[str, tuple[str, ...]]) -> dict[str, Shape]:
    """The keys of some lines of a block."""
    found: dict[str, Shape] = {}
    for key, rules in lines.items():
        if key == AMOUNTS and key_of(rules[0]) == "pair":
            found[key] = PAIRS
            continue
        shapes = [rule_shape(rule, line=True, block=block) for rule in rules]
        assert all(shape == shapes[0] for shape in shapes), f"the lines of `{key}` differ"
        found[key] = [shapes[0]] if key_of(rules[0]) in LISTS else shapes[0]
    return found


def rule_shape(rule: str, *, line: bool, block: str = "") -> Shape:
    """The keys that a rule gives."""
    word = key_of(rule)
    parts = dict(part for way in expansions(rule) for name in way for part in symbol_shape(name))
    if word in TEXT_LISTS:
        return VALUE
    if (line and (word in LISTS or word in BLOCKS)) or word in PARTED or any(parts):
        own = {key or word: shape for key, shape in parts.items()}
        return own | (block_shape(block_below(block, word)) if line and word in BLOCKS else {})
    return parts.get("", VALUE)


def symbol_shape(name: str) -> list[tuple[str, Shape]]:
    """The keys that one symbol of a rule gives; the empty key is that of the rule itself."""
    if name in parser().terminals:
        return [] if word_of(name) else [("", VALUE)]
    if name in PLAIN_LISTS:
        return [("", [VALUE])]
    if name.startswith("_"):
        return [part for way in expansions(name) for each in way if each != name for part in symbol_shape(each)]
    if key_of(name) == "pair":
        return [("", PAIRS)]
    return [(key_of(name), rule_shape(name, line=False))]


def test_both_grammars_have_the_same_keys_at_every_level() -> None:
    everything = block_shape("file")
    del everything["agreement"]
    assert schema_shape(SCHEMA) == {"agreement": VALUE} | block_shape("agreement") | everything


def test_deeds_have_the_same_keys_in_both_grammars() -> None:
    everything = block_shape(VARIED_FILE)
    del everything["agreement"]
    assert schema_shape_of_deeds() == {"agreement": VALUE} | block_shape("agreement") | everything


def schema_shape_of_deeds() -> Shape:
    """The keys that the schema of deeds allows, its references followed within itself."""
    schema = deed_schema()
    agreement = dict(DEFINED)
    DEFINED.update(schema["$defs"])
    try:
        return schema_shape(schema)
    finally:
        DEFINED.update(agreement)


def test_every_set_phrase_of_the_schema_can_be_written_in_a_pool_file() -> None:
    terminals = [name for name in parser().terminals if not word_of(name)]
    phrases = [phrase for schema in parts_of(SCHEMA) if "title" in schema for phrase in phrases_of(schema)]
    assert len(phrases) > 40
    unknown = [
        p for p in phrases if not any(expression_of(t).fullmatch(text) for t in terminals for text in (p, f'"{p}"'))
    ]
    assert unknown == []


def parts_of(schema: Any) -> list[Schema]:
    """Every part of the schema that is itself a schema of a value."""
    if isinstance(schema, list):
        return [part for item in schema for part in parts_of(item)]
    if not isinstance(schema, dict):
        return []
    return [schema, *(part for key, item in schema.items() if key != "propertyNames" for part in parts_of(item))]


def phrases_of(schema: Schema) -> list[str]:
    """The set phrases and the examples of a value."""
    return [*schema.get("enum", ()), *schema.get("examples", ())] if schema.get("type") == "string" else []


def test_every_example_has_the_form_that_it_is_an_example_of() -> None:
    for schema in parts_of(SCHEMA):
        for example in schema.get("examples", ()):
            Draft202012Validator(schema).validate(example)


def test_the_schema_is_one_and_uses_only_what_can_be_told() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    told = {
        "additionalProperties",
        "required",
        "anyOf",
        "type",
        "minItems",
        "minProperties",
        "const",
        "enum",
        "pattern",
    }
    shaping = {"$schema", "$defs", "$ref", "title", "description", "properties", "propertyNames", "items", "allOf"}
    shaping |= {"if", "then", "else", "dependentSchemas", "format", "examples"}
    words = {word for schema in parts_of(SCHEMA) for word in schema if not under_names(schema)}
    assert words <= told | shaping


def under_names(schema: Schema) -> bool:
    """Whether the keys of a part are names of properties or definitions, not words of JSON Schema."""
    return all(isinstance(value, dict) for value in schema.values())


def test_every_key_is_described() -> None:
    bare = [
        key
        for schema in parts_of(SCHEMA)
        if "additionalProperties" in schema and "properties" in schema
        for key, value in schema["properties"].items()
        if "description" not in value
    ]
    assert bare == []


def test_the_flags_of_the_writer_are_those_of_the_schema() -> None:
    flags = {
        key
        for schema in parts_of(SCHEMA)
        for key, value in schema.get("properties", {}).items()
        if value == {"$ref": "#/$defs/flag"} | {k: v for k, v in value.items() if k == "description"}
    }
    assert flags | {"commitments"} == FLAGS


# ---- combinations ---------------------------------------------------------------------------------

LINES = {
    "allow": "allowance",
    "outcome": "outcome",
    "partner": "partner",
    "function": "function",
    "fund": "fund",
    "scheme": "scheme",
    "contributions": "contributions",
    "contribution": "contribution",
    "change": "change",
    "total": "total",
    "rolled": "rolled_contribution",
    "awaited": "awaited",
    "shift": "shift",
    "payments": "payments",
    "payment": "payment",
    "payments__rolled": "rolled_payments",
    "paid": "paid",
    "budget": "budget",
    "budget__rolled": "rolled_budget",
    "reserve": "reserve",
    "overspend": "overspend",
    "underspend": "underspend",
    "gain": "gain",
    "compartment": "compartment",
    "runs": "runs",
    "overspend__then": "overspend_step",
    "overspend__remainder": "overspend_remainder",
    "underspend__then": "underspend_step",
    "underspend__remainder": "underspend_remainder",
    "board": "board",
    "level": "level",
    "notice": "notice",
    "notice_by": "notice_by_class",
    "balance_shared": "sharing",
    "given": "given",
    "expect": "expect",
    "in_proportion_to_contributions": "proportion",
    "in_proportion_to": "key_proportion",
    "loss__failing_which": "loss_fallback",
    "gain__failing_which": "gain_fallback",
    "repayable": "repayment",
    "key": "key",
    "values": "key_year",
    "fact": "fact",
    "index": "index",
    "rate": "rate",
    "decides": "decision",
    "deed": "deed",
    "consent_of": "consent",
    "remove": "removal",
}
"""The rules of the grammar and the definitions of the schema that say the same."""


def sample(schema: Schema) -> Node:
    """Something that a part of the schema allows."""
    schema = resolved(schema)
    if "else" in schema:
        return Scalar("yes", NOWHERE)
    if "items" in schema:
        return Sequence((sample(schema["items"]),), NOWHERE)
    if "propertyNames" in schema:
        key = resolved(schema["propertyNames"])["examples"][0]
        return Mapping((Entry(Scalar(key, NOWHERE), sample(schema["additionalProperties"])),), NOWHERE)
    if "properties" in schema:
        chosen = [choice["anyOf"][0]["required"][0] for choice in schema.get("allOf", ()) if "anyOf" in choice]
        return mapping(schema, (*schema.get("required", ()), *chosen))
    value = schema.get("const") or [*schema.get("enum", ()), *schema.get("examples", ())][0]
    return Scalar("section 75 of the NHS Act 2006" if schema is DEFINED["phrase"] else value, NOWHERE)


def mapping(schema: Schema, keys: tuple[str, ...]) -> Mapping:
    """A mapping of some keys to something that the schema allows below each."""
    return Mapping(tuple(Entry(Scalar(key, NOWHERE), sample(schema["properties"][key])) for key in keys), NOWHERE)


def plain(node: Node) -> Any:
    match node:
        case Scalar(text=text):
            return text
        case Sequence(items=items):
            return [plain(item) for item in items]
        case Mapping():
            return {entry.key.text: plain(entry.value) for entry in node}


def can_be_written(rule: str, node: Node) -> bool:
    try:
        line_words(rule, node)
    except Unreadable:
        return False
    return True


def own_keys(rule: str, schema: Schema) -> list[str]:
    """The keys of a definition that are said on the line itself, not in the block below it."""
    below = line_rules(key_of(rule)) if key_of(rule) in BLOCKS else {}
    return [key for key in schema["properties"] if key not in below or key in schema.get("required", ())]


@pytest.mark.parametrize("rule", LINES)
def test_both_grammars_allow_the_same_combinations(rule: str) -> None:
    name = LINES[rule]
    schema = DEFINED[name]
    validator = Draft202012Validator({"$ref": f"#/$defs/{name}", "$defs": DEFINED})
    keys = own_keys(rule, schema)
    needed = tuple(schema.get("required", ()))
    optional = [key for key in keys if key not in needed]
    drawn = [combination for count in range(4) for combination in combinations(optional, count)]
    some = [(*needed, *more) for more in drawn] + [tuple(key for key in needed if key != lost) for lost in needed]
    differing = [
        chosen
        for chosen in some
        if can_be_written(rule, mapping(schema, chosen)) != validator.is_valid(plain(mapping(schema, chosen)))
    ]
    assert differing == []
    assert any(validator.is_valid(plain(mapping(schema, chosen))) for chosen in some)


@pytest.mark.parametrize(
    "mode",
    ["shared", "own risk", "fixed share with variance borne by the host", "ring-fenced", "aligned", "in view only"],
)
def test_both_grammars_allow_the_same_beside_each_mode(mode: str) -> None:
    validator = Draft202012Validator({"$ref": "#/$defs/scheme", "$defs": DEFINED})
    for count in range(4):
        for more in combinations(["of", "overspend borne by", "led by", "capital", "over only", "runs"], count):
            made = mapping(DEFINED["scheme"], ("scheme", "title", "mode", *more))
            entries = tuple(Entry(e.key, Scalar(mode, NOWHERE)) if e.key.text == "mode" else e for e in made)
            node = Mapping(entries, NOWHERE)
            assert can_be_written("scheme", node) == validator.is_valid(plain(node)), more
