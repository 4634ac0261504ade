"""The parser of the `.pool` notation: its tables are compiled by Lark from the grammar, or loaded as made earlier.

Compiling the grammar takes much longer than reading an agreement, so the packaged tables are kept as
plain JSON with the grammar text they were made from. Where they are missing or belong to another grammar,
the grammar is compiled afresh: the tables can only save time, never change a meaning.

`python -m poolrules.syntax.tables FILE` writes the tables.
"""

import sys
from typing import TYPE_CHECKING, Any, Final

import msgspec

from poolrules.base.resources import TABLES_NAME, read_resource
from poolrules.syntax.lalr import Parser, Rule, Tables, Terminal
from poolrules.syntax.shape import PARSED

if TYPE_CHECKING:
    from lark import Lark

_SHIFT: Final = 0
"""Lark's mark of an action that shifts; the other reduces."""


def load_parser() -> Parser:
    """Give the parser, from the packaged tables when they belong to the packaged grammar."""
    grammar = read_resource("grammar", "agreement.lark")
    try:
        tables = msgspec.json.decode(read_resource("tables", TABLES_NAME), type=Tables)
    except (FileNotFoundError, msgspec.DecodeError):
        return Parser(make_tables(grammar))
    return Parser(tables if tables.grammar == grammar else make_tables(grammar))


def compile_grammar(grammar: str) -> "Lark":
    """Compile the grammar with Lark; one start rule for each block of the language."""
    from lark import Lark  # only who compiles the grammar pays for this import

    starts = [f"in_{block}" for block in PARSED]
    return Lark(grammar, parser="lalr", start=starts, propagate_positions=True, maybe_placeholders=False)


def make_tables(grammar: str) -> Tables:
    """Make the tables from the grammar's text; the same text gives the same tables, in the grammar's order."""
    from lark.grammar import Rule as LarkRule
    from lark.lexer import TerminalDef

    data, memo = compile_grammar(grammar).memo_serialize([TerminalDef, LarkRule])
    table = data["parser"]["parser"]
    lexer = data["parser"]["lexer_conf"]
    rules = {number: entry for number, entry in memo.items() if entry["__type__"] == "Rule"}
    places = {number: place for place, number in enumerate(rules)}
    order = _in_order(table)
    renumbered = {state: place for place, state in enumerate(order)}
    terminals = [memo[reference["@"]] for reference in lexer["terminals"]]
    silent = {
        symbol["name"] for rule in rules.values() for symbol in rule["expansion"] if symbol.get("filter_out", False)
    }
    return Tables(
        grammar=grammar,
        states=tuple(
            {token: renumbered[target] if kind == _SHIFT else -1 - places[target["@"]] for token, (kind, target) in row}
            for row in (_row(table, state) for state in order)
        ),
        rules=tuple(_rule(entry) for entry in rules.values()),
        terminals=tuple(_terminal(entry, silent) for entry in terminals if entry["name"] not in lexer["ignore"]),
        starts={
            start: (renumbered[first], renumbered[table["end_states"][start]])
            for start, first in sorted(table["start_states"].items())
        },
        ignored="|".join(entry["pattern"]["value"] for entry in terminals if entry["name"] in lexer["ignore"]),
    )


def _row(table: dict[str, Any], state: int) -> list[tuple[str, tuple[int, Any]]]:
    """What each symbol does in a state of Lark's table, symbols in the order of the alphabet."""
    return sorted((table["tokens"][token], action) for token, action in table["states"][state].items())


def _in_order(table: dict[str, Any]) -> list[int]:
    """Lark's states in the order in which they are first come to: its own numbers differ from run to run."""
    order: dict[int, None] = dict.fromkeys(first for _, first in sorted(table["start_states"].items()))
    waiting = list(order)
    for state in waiting:
        for _, (kind, target) in _row(table, state):
            if kind == _SHIFT and target not in order:
                order[target] = None
                waiting.append(target)
    return list(order)


def _rule(entry: dict[str, Any]) -> Rule:
    """One rule of Lark's."""
    return Rule(str(entry["origin"]["name"]), tuple(symbol["name"] for symbol in entry["expansion"]))


def _terminal(entry: dict[str, Any], silent: set[str]) -> Terminal:
    """One terminal of Lark's, as a literal text or a pattern."""
    literal = entry["pattern"]["__type__"] == "PatternStr"
    value = entry["pattern"]["value"]
    return Terminal(entry["name"], value if literal else None, None if literal else value, entry["name"] in silent)


if __name__ == "__main__":
    from pathlib import Path

    made = make_tables(read_resource("grammar", "agreement.lark"))
    Path(sys.argv[1]).write_bytes(msgspec.json.encode(made))
