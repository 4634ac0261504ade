"""The mapping of a ledger: what its columns are called, which codes are which schemes, and how it writes sums and days.

Everything that two people could read differently is stated here, and nothing is guessed: the date format, the sign
of spending, the unit. Columns that are not stated are those of the natural form of such a file (`R4_COLUMNS`).
"""

from collections.abc import Collection
from enum import Enum
from typing import Final

from msgspec import Struct

from poolrules.base.near import did_you_mean
from poolrules.base.unreadable import Unreadable
from poolrules.pipeline.amounts import Unit
from poolrules.pipeline.keyed import Keyed, shown
from poolrules.pipeline.ledger_codes import BAD_MAPPING
from poolrules.pipeline.ledger_days import DayFormat, read_day_format
from poolrules.source.finding import Finding, Label, Severity
from poolrules.source.span import Span, line_span
from poolrules.syntax.tree import Entry, Mapping, Scalar

ROLES: Final = (
    *("scheme", "amount", "debit", "credit", "expenditure", "income", "date", "period", "description", "mark"),
    *("partner", "reference", "evidence", "prior year", "permitted", "currency"),
)
"""What a column may be for."""

R4_COLUMNS: Final = {
    "scheme": "scheme_id",
    "expenditure": "expenditure",
    "income": "income",
    "date": "posting_date",
    "period": "period",
    "description": "description",
    "partner": "body_that_incurred",
    "evidence": "evidence_ref",
    "prior year": "prior_year",
    "permitted": "permitted",
}
"""The columns of a ledger made for a pooled fund, which a mapping without `columns` means."""

_NEEDED_OF_R4: Final = frozenset(("scheme", "expenditure", "income", "date"))
_DELIMITERS: Final = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"}
AMOUNT_PAIRS: Final = (("debit", "credit"), ("expenditure", "income"))
"""What two columns of amounts may be called: what was spent, and what came back."""

_MOST_HEADER: Final = 1000


class Sign(Enum):
    """Which way the amounts of a ledger point, as a mapping says it."""

    SPENDING_POSITIVE = "spending is positive"
    SPENDING_NEGATIVE = "spending is negative"
    BOTH_POSITIVE = "both are positive"
    INCOME_NEGATIVE = "income is negative"


class Handling(Enum):
    """What is done with rows of a certain kind, where a mapping says so."""

    SET_ASIDE = "set aside"
    USE = "use"


class LedgerMapping(Struct, frozen=True):
    """How one ledger is to be read. Names keep the places at which they were written."""

    file: str
    columns: dict[str, Scalar]
    """By role, what the column is called."""
    sign: Sign
    unit: Unit
    optional: frozenset[str] = frozenset()
    """Roles whose column may be missing: those that nobody has named."""
    day_format: DayFormat | None = None
    """How dates are written as text; none where the days are cells of a workbook that hold dates, or are not given."""
    dated: bool = True
    scheme: Scalar | None = None
    """The one scheme of all rows."""
    schemes: dict[str, Scalar] = {}
    left_out: dict[str, str] = {}
    """Codes of rows to be set aside, with the reason."""
    partners: dict[str, Scalar] = {}
    blank_partner: bool = False
    sheet: Scalar | None = None
    header_row: int = 1
    delimiter: str = ","
    outside: Handling | None = None
    prior_year: Handling | None = None
    not_permitted: Handling | None = None
    total_lines: Handling | None = None
    one_row_each: bool = False
    nothing_spent: tuple[Scalar, ...] = ()


class MappingRead(Struct, frozen=True):
    """A mapping with what is wrong with it, and its lines; with findings it is only what could still be read."""

    mapping: LedgerMapping | None
    findings: tuple[Finding, ...]
    lines: list[str]


_SET_ASIDE: Final = {Handling.SET_ASIDE.value: Handling.SET_ASIDE}
_SET_ASIDE_OR_USE: Final = {**_SET_ASIDE, Handling.USE.value: Handling.USE}
KEYS: Final = (
    *("columns", "scheme", "schemes", "left out", "partners", "blank partner", "date format", "sign", "unit"),
    *("sheet", "header row", "delimiter", "outside the period", "prior-year rows", "rows not permitted"),
    *("total lines", "references", "nothing spent"),
)
"""The words of a mapping."""


def read_mapping(file: str, data: bytes) -> MappingRead:
    """Read the bytes of a mapping file, with everything that is wrong with it."""
    reader = _Reader(file)
    root = reader.root(file, data)
    mapping = reader.mapping_of(root) if root is not None else None
    return MappingRead(mapping, tuple(reader.findings), reader.lines)


def misfits(mapping: LedgerMapping, schemes: Collection[str], partners: Collection[str]) -> list[Finding]:
    """What a mapping names that the agreement does not know."""
    named = [(one, "scheme", schemes) for one in (*mapping.schemes.values(), *mapping.nothing_spent)]
    named += [(mapping.scheme, "scheme", schemes)] if mapping.scheme else []
    named += [(one, "partner", partners) for one in mapping.partners.values()]
    return [
        Finding(
            BAD_MAPPING,
            Severity.ERROR,
            f"there is no {kind} `{shown(one.text)}` in the agreement",
            (Label(one.span),),
            did_you_mean(one.text, known),
        )
        for one, kind, known in named
        if one.text not in known
    ]


class _Reader(Keyed):
    """Reads one mapping."""

    def __init__(self, file: str) -> None:
        super().__init__(BAD_MAPPING, "a mapping")
        self.top = line_span(file, 1, 1, 1)
        self.file = file

    def mapping_of(self, root: Mapping) -> LedgerMapping | None:
        """Read all that the keys say."""
        found = self.entries(root, KEYS)
        columns, optional = self._columns(found.get("columns"), "scheme" in found)
        sign = self._sign(found.get("sign"), columns)
        unit = self.one_of(found.get("unit"), {unit.value: unit for unit in Unit})
        if "unit" not in found and "unit" not in self.meant:
            self.report("the mapping states no unit", self.top, "add the line `unit: pounds`")
        dated, day_format = self._days(found.get("date format"), columns)
        schemes = dict(self._codes(found.get("schemes")))
        left_out = {code: reason.text for code, reason in self._codes(found.get("left out"))}
        for key, said in self.named_texts(found.get("left out")):
            if key.text in schemes:
                self.report(
                    f"the code `{shown(key.text)}` is both a scheme and left out", said.span, "keep one of them"
                )
        scheme = self.text(found.get("scheme"))
        if scheme and "scheme" in columns:
            where = columns["scheme"].span
            self.report("the mapping names one scheme for all rows, and a column of schemes", where, "keep one of them")
        return LedgerMapping(
            self.file,
            columns,
            sign or Sign.SPENDING_POSITIVE,
            unit or Unit.POUNDS,
            optional,
            day_format,
            dated,
            scheme,
            schemes,
            left_out,
            dict(self._codes(found.get("partners"))),
            bool(self.one_of(found.get("blank partner"), {"allowed": True})),
            self.text(found.get("sheet")),
            self._header_row(found.get("header row")),
            self.one_of(found.get("delimiter"), _DELIMITERS) or ",",
            self.one_of(found.get("outside the period"), _SET_ASIDE),
            self.one_of(found.get("prior-year rows"), _SET_ASIDE_OR_USE),
            self.one_of(found.get("rows not permitted"), _SET_ASIDE),
            self.one_of(found.get("total lines"), _SET_ASIDE),
            bool(self.one_of(found.get("references"), {"one row each": True})),
            self.texts(found.get("nothing spent")),
        )

    def _columns(self, entry: Entry | None, one_scheme: bool) -> tuple[dict[str, Scalar], frozenset[str]]:
        """The names of the columns, and which of them may be missing."""
        if entry is None:
            named = {role: Scalar(name, self.top) for role, name in R4_COLUMNS.items()}
            if one_scheme:
                del named["scheme"]
            return named, frozenset(named) - _NEEDED_OF_R4
        node = self.mapping(entry)
        if node is None:
            return {}, frozenset()
        columns = {}
        for role, inner in self.entries(node, ROLES, "columns").items():
            name = self.text(inner)
            if name is not None:
                columns[role] = name
        if not self.meant & set(ROLES):
            self._check_columns(columns, one_scheme, entry.key.span)
            self._check_once(columns)
        return columns, frozenset()

    def _check_columns(self, columns: dict[str, Scalar], one_scheme: bool, span: Span) -> None:
        """Report columns that nothing can be read from."""
        if "scheme" not in columns and not one_scheme:
            mend = (
                "add `scheme: …` with the name of the column, or `scheme: Name` beside `columns` if all rows are of one"
            )
            self.report("the mapping names no column of schemes", span, mend)
        pairs = [pair for pair in AMOUNT_PAIRS if any(role in columns for role in pair)]
        for pair in pairs:
            for role, other in (pair, pair[::-1]):
                if role in columns and other not in columns:
                    mend = f"add `{other}: …`, or call the column `amount` if it holds both"
                    self.report(f"the mapping names a column of {role} and none of {other}", columns[role].span, mend)
        if not pairs and "amount" not in columns:
            self.report("the mapping names no column of amounts", span, "add `amount: …` with the name of the column")
        if len(pairs) + ("amount" in columns) > 1:
            mend = "name `amount`, or `debit` and `credit`, or `expenditure` and `income`"
            self.report("the mapping names amounts twice", span, mend)

    def _check_once(self, columns: dict[str, Scalar]) -> None:
        """Report a column that is said to be two things."""
        first: dict[str, str] = {}
        for role, name in columns.items():
            other = first.setdefault(name.text.casefold(), role)
            if other != role:
                message = f"the column `{shown(name.text)}` is said to be both {other} and {role}"
                self.report(message, name.span, "keep one of them")

    def _sign(self, entry: Entry | None, columns: dict[str, Scalar]) -> Sign | None:
        """The sign convention, which has to fit the columns of amounts."""
        pair = any(role in columns for role in ("debit", "expenditure"))
        fit = (Sign.BOTH_POSITIVE, Sign.INCOME_NEGATIVE) if pair else (Sign.SPENDING_POSITIVE, Sign.SPENDING_NEGATIVE)
        if entry is None:
            either = " or ".join(f"`sign: {one.value}`" for one in fit)
            if "sign" not in self.meant:
                self.report("the mapping states no sign", self.top, f"add the line {either}")
            return None
        return self.one_of(entry, {one.value: one for one in fit})

    def _days(self, entry: Entry | None, columns: dict[str, Scalar]) -> tuple[bool, DayFormat | None]:
        """Whether rows have days, and how these are written."""
        said = self.text(entry)
        if said is None:
            if self.meant & {"columns", "date format", "date", "period"}:
                pass
            elif entry is None and "date" in columns:
                self.report(
                    "the mapping states no date format", self.top, "add a line such as `date format: dd/mm/yyyy`"
                )
            elif entry is None and "period" not in columns:
                mend = "name a column of dates or periods, or say `date format: no dates` if all rows are of the year"
                self.report("the mapping names no column of dates or periods", self.top, mend)
            return True, None
        if said.text == "no dates":
            if "date" in columns:
                where = columns["date"].span
                self.report("the mapping says that there are no dates, and names a column of them", where, "drop one")
            return "period" in columns, None
        if "date" not in columns and not self.meant & {"columns", "date"}:
            self.report("the mapping states a date format and names no column of dates", said.span, "add `date: …`")
        if said.text == "date cells":
            return True, None
        try:
            return True, read_day_format(said.text)
        except Unreadable as fault:
            self.report(fault.message, said.span, f"{fault.help}; `date cells` if a workbook holds real dates")
            return True, None

    def _codes(self, entry: Entry | None) -> list[tuple[str, Scalar]]:
        """Codes with what they stand for, each once."""
        return [(key.text, said) for key, said in self.named_texts(entry)]

    def _header_row(self, entry: Entry | None) -> int:
        """The number of the row that names the columns."""
        said = self.text(entry)
        if said is None:
            return 1
        if said.text.isascii() and said.text.isdigit() and 1 <= int(said.text[:9]) <= _MOST_HEADER:
            return int(said.text)
        self.report(f"`{shown(said.text)}` is not the number of a row", said.span, f"write 1 to {_MOST_HEADER}")
        return 1
