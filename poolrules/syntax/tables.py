"""The parser of the `.pool` notation, built from its grammar or loaded from tables made earlier.

Compiling the grammar takes much longer than reading an agreement, so the packaged tables are kept as
plain JSON beside the grammar text they were made from. Where they are missing or belong to another
grammar, the grammar is compiled afresh: the tables can only save time, never change a meaning.

`python -m poolrules.syntax.tables FILE` writes the tables.
"""

import json
import sys
from typing import Any, Final

import lark
from lark.grammar import Rule
from lark.lexer import TerminalDef

from poolrules.base.resources import TABLES_NAME, read_resource
from poolrules.syntax.shape import BLOCKS

_OPTIONS: Final[dict[str, Any]] = {
    "parser": "lalr",
    "propagate_positions": True,
    "maybe_placeholders": False,
    "start": [f"in_{block}" for block in BLOCKS],
}


def compile_grammar(grammar: str) -> lark.Lark:
    """Compile the grammar; one start rule for each block of the language."""
    return lark.Lark(grammar, **_OPTIONS)


def build() -> str:
    """Make the tables' JSON text from the packaged grammar; the same grammar gives the same text."""
    grammar = read_resource("grammar", "agreement.lark")
    data, memo = compile_grammar(grammar).memo_serialize([TerminalDef, Rule])
    states = data["parser"]["parser"]["states"]
    data["parser"]["parser"]["states"] = [[state, list(actions.items())] for state, actions in states.items()]
    tokens = data["parser"]["parser"]["tokens"]
    data["parser"]["parser"]["tokens"] = list(tokens.items())
    return json.dumps({"grammar": grammar, "data": data, "memo": list(memo.items())}, separators=(",", ":"))


def load_parser() -> lark.Lark:
    """Give the parser, from the packaged tables when they belong to the packaged grammar."""
    grammar = read_resource("grammar", "agreement.lark")
    try:
        tables = json.loads(read_resource("tables", TABLES_NAME))
    except FileNotFoundError:
        return compile_grammar(grammar)
    if tables["grammar"] != grammar:
        return compile_grammar(grammar)
    return _from_tables(tables["data"], dict(tables["memo"]))


def _from_tables(data: dict[str, Any], memo: dict[int, Any]) -> lark.Lark:
    """Undo the two changes that JSON forces on the tables: its keys are text, and it has no tuples."""
    parser = data["parser"]["parser"]
    parser["tokens"] = dict(parser["tokens"])
    parser["states"] = {
        state: {token: (kind, argument) for token, (kind, argument) in actions} for state, actions in parser["states"]
    }
    loaded: lark.Lark = lark.Lark._load_from_dict(data, memo)
    return loaded


if __name__ == "__main__":
    from pathlib import Path

    Path(sys.argv[1]).write_text(build(), encoding="utf-8")
