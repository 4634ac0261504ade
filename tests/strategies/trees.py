"""Whole agreements as Hypothesis draws them: every kind of line that the grammar knows, in every block.

What is drawn follows the grammar itself, so a new kind of line is drawn as soon as it can be read.
The agreements are well written, not sensible: names need not be anybody's, nor shares add up.
"""

import calendar
from collections.abc import Callable

from hypothesis import strategies as st

from poolrules.source.span import Span
from poolrules.syntax.grammar import expansions, expression_of, key_of, line_rules, word_of
from poolrules.syntax.shape import AMOUNTS, BLOCKS, LISTS, PARTED, TEXT_LISTS
from poolrules.syntax.tree import Comments, Entry, Mapping, Node, Scalar, Sequence

NOWHERE = Span("drawn", 1, 1, 1, 1)

Draw = st.DrawFn
Parts = list[tuple[str, "Node | Entry"]]
"""What a rule gave: its own values under no key, pairs as entries, parts under theirs."""

names = st.one_of(
    st.sampled_from(["ICB", "Council", "Board", "Contingency", "BCF"]),
    st.from_regex(r"[A-Z][a-z0-9]{0,6}(-[A-Za-z0-9]{1,4})?", fullmatch=True).filter(str.isascii),
)
texts = st.text(st.characters(exclude_characters='"', exclude_categories=["Cc", "Cf", "Cs", "Cn", "Zl", "Zp", "Zs", "Mn", "Co", "Lm", "Lo"]) | st.just(" "), max_size=30)
amounts = st.integers(0, 10**11).map(lambda pence: f"£{pence // 100:,}" + (f".{pence % 100:02d}" if pence % 100 else ""))
percents = st.decimals(0, 100, places=2).map(lambda number: f"{number.normalize():f}%")
days = st.dates(min_value=__import__("datetime").date(1990, 1, 1)).map(str)
