"""The variation register: one row for each sum that a deed of variation changes, and for each other change.

The columns are those of a register that pooled fund managers keep: who approved it and when, the old and the new
amount, whether shares change, to whose detriment it is and where the consent is recorded; then the fund, the year and
what it is.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Final

import msgspec
from msgspec import Struct

from poolrules.base.dates import format_day
from poolrules.base.money import decimal_pounds
from poolrules.checks.detriments import Detriment, detriments_of
from poolrules.model.deed import Deed
from poolrules.reporting.csv_cells import safe_cell, write_csv
from poolrules.reporting.lines import NARROWEST, amount, hanging, rule_off, table, wrapped
from poolrules.ruleset.ruleset import ContributionRule, FundRules, Ruleset, YearFigures
from poolrules.syntax.overlay import Change

FORMAT: Final = "poolrules variation register 1"

COLUMNS: Final = (
    *("variation_no", "effective_date", "approved_date", "approved_by", "partner", "scheme_id", "old_amount"),
    *("new_amount", "delta", "recurrent", "changes_share_pct", "detriment_to", "detriment_consent_ref"),
    *("document_ref", "fund_id", "financial_year", "change"),
)


class Stage(Struct, frozen=True):
    """One deed: what it changed, and the rules before and after it."""

    deed: Deed
    changes: tuple[Change, ...]
    before: Ruleset
    after: Ruleset


class Row(Struct, frozen=True):
    """One row: what changed, and of a sum what it was and is in whole pence (nothing where there was or is none)."""

    deed: Deed
    change: str
    fund: str = ""
    year: str = ""
    partner: str = ""
    scheme: str = ""
    old: int | None = None
    new: int | None = None
    recurrent: bool | None = None
    changes_share: bool | None = None
    detriment_to: tuple[str, ...] = ()

    @property
    def delta(self) -> int | None:
        """By how much a sum changed, in whole pence."""
        return None if self.old is None and self.new is None else (self.new or 0) - (self.old or 0)

    @property
    def consents(self) -> tuple[str, ...]:
        """Where the consents of those to whose detriment it is are recorded."""
        found = (self.deed.consent_of(partner) for partner in self.detriment_to)
        return tuple(dict.fromkeys(consent.recorded_in.text for consent in found if consent))


def rows_of(stages: Iterable[Stage]) -> tuple[Row, ...]:
    """Every row of the register, deed by deed: contributions, budgets, then all other changes."""
    return tuple(row for stage in stages for row in _stage(stage))


def _stage(stage: Stage) -> Iterator[Row]:
    """The rows of one deed."""
    detriments = detriments_of(stage.before, stage.after)
    sums = [*_sums(stage, detriments)]
    yield from sums
    told = {(row.fund, row.year, row.scheme != "" and not row.partner) for row in sums}
    for change in stage.changes:
        fund = change.block.words.removeprefix("fund ") if change.block and change.block.words[:5] == "fund " else ""
        word, _, year = change.what.words.partition(" ")
        if (fund, year.removeprefix("from "), word == "budget") in told and word in ("contributions", "budget"):
            continue  # its sums have rows of their own
        yield Row(stage.deed, _words(change), fund, detriment_to=_of_terms(change, fund, detriments))


def _of_terms(change: Change, fund: str, detriments: tuple[Detriment, ...]) -> tuple[str, ...]:
    """Whose share of the risk may have grown by a change of terms: those whose share in that fund did."""
    word, _, name = change.what.words.partition(" ")
    if word in ("overspend", "reserve", "partners"):
        found = {one.partner for one in detriments if one.of_overspends and one.fund == fund}
    else:
        found = {one.partner for one in detriments if word == "scheme" and one.scheme == name}
    return tuple(sorted(found))


def _words(change: Change) -> str:
    """What a change does, in words."""
    verb = "added" if change.before is None else "removed" if change.after is None else "replaced"
    where = f" of {change.block}" if change.block and not change.block.words.startswith("fund ") else ""
    return f"{verb}: {change.what}{where}"


def _sums(stage: Stage, detriments: tuple[Detriment, ...]) -> Iterator[Row]:
    """The contributions and budgets that are not what they were, year by year."""
    names = dict.fromkeys(fund.name for rules in (stage.before, stage.after) for fund in rules.funds)
    for name in names:
        old, new = _years_of(stage.before, name), _years_of(stage.after, name)
        for year in sorted({*old, *new}):
            yield from _contributions(stage, name, year, old.get(year), new.get(year), detriments)
    for name in names:
        old, new = _years_of(stage.before, name), _years_of(stage.after, name)
        for year in sorted({*old, *new}):
            yield from _budgets(stage, name, year, old.get(year), new.get(year))


def _years_of(rules: Ruleset, name: str) -> dict[str, YearFigures]:
    """The figures of a fund by year."""
    found: tuple[FundRules, ...] = tuple(fund for fund in rules.funds if fund.name == name)
    return {figures.year: figures for fund in found for figures in fund.years}


def _contributions(
    stage: Stage,
    fund: str,
    year: str,
    before: YearFigures | None,
    after: YearFigures | None,
    detriments: tuple[Detriment, ...],
) -> Iterator[Row]:
    """The contributions of a year that are not what they were; a line is the same while all but its sum is."""
    old, new = _lines(before), _lines(after)
    share = {partner: _share(before, partner) != _share(after, partner) for partner in _payers(before, after)}
    for key in dict.fromkeys((*old, *new)):
        was, now = old.get(key), new.get(key)
        if (was.pence if was else None) == (now.pence if now else None):
            continue
        line = now or was
        assert line is not None
        worse = {
            one.partner
            for one in detriments
            if (one.of_contributions and (one.partner, one.year) == (line.partner, year))
            or (one.of_overspends and one.fund == fund and share[line.partner])
        }
        yield Row(
            deed=stage.deed,
            change=f"contribution{_about(line)}",
            fund=fund,
            year=year,
            partner=line.partner,
            scheme=line.scheme or "",
            old=was.pence if was else None,
            new=now.pence if now else None,
            recurrent=line.recurrent,
            changes_share=share[line.partner],
            detriment_to=tuple(sorted(worse)),
        )


def _payers(*figures: YearFigures | None) -> Iterator[str]:
    """The partners that contribute under any of these figures."""
    for each in figures:
        yield from (line.partner for line in (each.contributions if each else ()))


def _lines(figures: YearFigures | None) -> dict[tuple[object, ...], ContributionRule]:
    """The contributions of a year by all that is said of them but the sum; of two alike the first is the first."""
    seen: Counter[tuple[object, ...]] = Counter()
    found: dict[tuple[object, ...], ContributionRule] = {}
    for line in figures.contributions if figures else ():
        key = (line.partner, line.source, line.in_kind, line.capital, line.recurrent, line.scheme)
        found[*key, seen[key]] = line
        seen[key] += 1
    return found


def _share(figures: YearFigures | None, partner: str) -> tuple[int, int]:
    """A partner's share of all contributions of a year, in kind too, as a fraction in lowest terms."""
    lines = figures.contributions if figures else ()
    total = sum(line.pence for line in lines)
    own = sum(line.pence for line in lines if line.partner == partner)
    return Fraction(own, total).as_integer_ratio() if total else (0, 1)


def _about(line: ContributionRule) -> str:
    """What a contribution is, beside its sum."""
    words = (line.source, line.in_kind and "in kind", line.capital and "capital", not line.recurrent and "one-off")
    said = ", ".join(word for word in words if word)
    return f": {said}" if said else ""


def _budgets(
    stage: Stage, fund: str, year: str, before: YearFigures | None, after: YearFigures | None
) -> Iterator[Row]:
    """The budgets of a year that are not what they were."""
    old = {line.scheme: line.pence for line in before.budgets} if before else {}
    new = {line.scheme: line.pence for line in after.budgets} if after else {}
    for scheme in dict.fromkeys((*old, *new)):
        if old.get(scheme) != new.get(scheme):
            yield Row(stage.deed, "budget", fund, year, "", scheme, old.get(scheme), new.get(scheme))


# ---- as files and text -----------------------------------------------------------------------------


_SUMS: Final = (6, 7, 8)
"""The places of the columns that are sums: the only cells that are not words."""


def register_csv(rows: Iterable[Row]) -> bytes:
    """Write the register as CSV with Windows line ends, in UTF-8."""
    return write_csv(
        COLUMNS,
        ([cell if place in _SUMS else safe_cell(cell) for place, cell in enumerate(_cells(row))] for row in rows),
    )


def register_json(rows: Iterable[Row]) -> bytes:
    """Write the register as JSON: the same columns, amounts as decimal pounds and nothing where there is none."""
    whole = {
        "format": FORMAT,
        "rows": [dict(zip(COLUMNS, (cell or None for cell in _cells(row)), strict=True)) for row in rows],
    }
    return msgspec.json.format(msgspec.json.encode(whole), indent=2) + b"\n"


def _cells(row: Row) -> tuple[str, ...]:
    """The cells of one row; days are ISO days, amounts decimal pounds."""
    deed = row.deed
    return (
        str(deed.number),
        str(deed.from_day.date),
        str(deed.agreed_on.date) if deed.agreed_on else "",
        deed.agreed_by.text if deed.agreed_by else "",
        row.partner,
        row.scheme,
        *("" if pence is None else decimal_pounds(pence) for pence in (row.old, row.new, row.delta)),
        _yes_no(row.recurrent),
        _yes_no(row.changes_share),
        "; ".join(row.detriment_to) or "none",
        "; ".join(row.consents),
        deed.document or "",
        row.fund,
        row.year,
        row.change,
    )


def _yes_no(said: bool | None) -> str:
    """`Y` or `N`, nothing where it is not asked."""
    return "" if said is None else "Y" if said else "N"


def register_text(title: str, rows: tuple[Row, ...], deeds: Iterable[Deed], width: int = 100) -> str:
    """Write the register for people: under each deed, its rows."""
    width = max(width, NARROWEST)
    lines = [*wrapped(f"Variations of {title}", width)]
    lines.append("=" * min(width, len(lines[0])))
    for deed in deeds:
        own = [row for row in rows if row.deed.number == deed.number]
        lines += rule_off(f"Variation {deed.number}, in force from {format_day(deed.from_day.date)}", width)
        lines += hanging("Agreed     ", _agreed(deed), width)
        if deed.because:
            lines += hanging("Because    ", deed.because.text, width)
        head = ("what", "year", "to detriment of", "old £", "new £", "change £")
        several = len({row.fund for row in rows if row.fund}) > 1
        lines += table(head, [_shown(row, several=several) for row in own], width, texts=3)
        for partner in dict.fromkeys(partner for row in own for partner in row.detriment_to):
            consent = deed.consent_of(partner)
            said = f"of {partner}: {consent.recorded_in.text if consent else 'none recorded'}"
            lines += hanging("Consent    ", said, width)
    if not lines[2:]:
        lines += hanging("  ", "It has not been varied.", width)
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _agreed(deed: Deed) -> str:
    """When and by whom a deed was agreed, and where that is recorded."""
    said = [
        format_day(deed.agreed_on.date) if deed.agreed_on else "not said when",
        f"by {deed.agreed_by.text}" if deed.agreed_by else "",
        f"minute {deed.minute.text}" if deed.minute else "",
        deed.made.text if deed.made else "",
    ]
    return ", ".join(word for word in said if word)


def _shown(row: Row, *, several: bool) -> tuple[str, ...]:
    """One row for people; where there are `several` funds, with its fund."""
    word, colon, about = row.change.partition(":")
    whose = f" of {row.partner or row.scheme}" if row.partner or row.scheme else ""
    tied = f", for {row.scheme}" if row.scheme and row.partner else ""
    what = f"{word}{whose}{colon}{about}{tied}" + (f", {row.fund}" if several and row.fund else "")
    sums = ["" if pence is None else amount(pence) for pence in (row.old, row.new)]
    return (what, row.year, ", ".join(row.detriment_to), *sums, _signed(row.delta))


def _signed(delta: int | None) -> str:
    """By how much a sum changed, with its sign."""
    return "" if delta is None else f"{'+' if delta > 0 else '-' if delta else ''}{amount(abs(delta))}"
