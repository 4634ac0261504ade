"""One whole, correct line of every kind, to be shown where a line of that kind cannot be read.

The names are those of the language's own pages; a file that declares names of its own is shown those instead.
"""

import re
from collections import Counter
from collections.abc import Iterable
from itertools import takewhile
from typing import Final

from poolrules.syntax.shape import VARIED_FILE, kind_of_block

MODEL_LINES: Final[dict[str, tuple[str, ...]]] = {
    "file": (
        'agreement "Westshire Better Care Fund"',
        'partner Council "Westshire County Council"',
        'fund Pool "Better Care Fund"',
        'board Board "Joint Commissioning Board"',
        'key Population "Mid-2024 population estimates"',
        'fact Consent "Both chief finance officers agreed before the money was spent"',
        'index CPI "Consumer prices, twelve months to September (ONS)"',
        "disputes",
        "exit",
        'example "Equipment overspends by £900,000"',
        'allow MON005 because "Figures for the third year follow in March."',
    ),
    "agreement": (
        "basis section 75 of the NHS Act 2006",
        "term 1 April 2026 to 31 March 2028",
        "term 1 April 2026 to 31 March 2028, extendable once by 12 months by agreement",
        "signed 20 March 2026",
        'aims "Help people stay well at home for longer."',
        'outcome "Fewer emergency admissions of people over 65"',
        'people "Adults registered with a general practice in Westshire"',
        'services "Intermediate care", "Community equipment"',
        'consulted 3 March 2026, minute "HWB/26/17"',
        'not consulted because "Made pursuant to s 223GA(3) of the NHS Act 2006."',
        'improves "One team and one budget remove delays."',
        "review yearly",
        "variation in writing, signed by all partners",
        'information sharing "The sharing agreement of 1 March 2026 applies."',
        "working days of England and Wales",
        "month ends kept to the last day",
    ),
    "outcome": ('measured by "non-elective admissions per 1,000 people"',),
    "partner": (
        "kind integrated care board",
        'function "Community equipment", under "Care Act 2014 s 18"',
        'provides "A seconded analyst"',
        "provides no staff, goods, services or accommodation",
        'signs "Chief Executive", authority "Decision notice 2026/14"',
        'consent "NHS Westshire ICB, 3 March 2026"',
    ),
    "key": (
        "values 2026/27: ICB 98, Council 92",
        "values 2026/27: ICB 60%, Council 40%",
        "values 2026/27: ICB £1,200,000, Council £800,000",
        "values from 2026/27: ICB 98, Council 92",
        "values 2026/27 to 2027/28: ICB 98, Council 92",
        "counted each year",
        "in pounds",
        'found by "The contracts team"',
    ),
    "fact": ("an amount", 'found by "The two chief finance officers"'),
    "index": ("rate 2027/28: 3.2%",),
    "fund": (
        "partners ICB, Council",
        "host Council",
        "host the largest contributor",
        'manager "Head of Integrated Commissioning", officer of Council',
        'monitored "Activity, waiting times and the outcome measures"',
        "report quarterly, within 20 working days, to Board",
        "annual return within 3 months",
        'audit "The Council\'s external auditor"',
        'certified "The Council\'s chief finance officer"',
        "vat council regime, delivered by Council",
        'scheme Equipment "Community equipment" shared',
        'scheme Equipment "Community equipment" own risk of Council, over and under',
        'scheme Equipment "Community equipment" own risk of Council, over only',
        'scheme Equipment "Community equipment" shared, led by ICB',
        'scheme Equipment "Community equipment" shared, from 1 April 2026 to 31 March 2027',
        'compartment Discharge "Hospital discharge" of Equipment, Beds',
        'compartment Discharge "Hospital discharge" from 19 March 2026 to 31 March 2027 of Equipment, Beds',
        'scheme Equipment "Community equipment" fixed share with variance borne by the host',
        'scheme Equipment "Community equipment" ring-fenced with overspend borne by Council',
        'scheme Equipment "Community equipment" aligned, led by ICB',
        "contributions 2026/27",
        "contributions 2026/27 to 2028/29",
        "contributions from 2026/27",
        "payments between partners 2026/27",
        "payments between partners from 2026/27",
        "varied by written agreement of all partners, or under the overspend terms",
        "paid quarterly in advance, on the first working day",
        "paid 30% on 1 April, 20% on 1 July, 50% on 1 January",
        "paid in equal parts on 30 April, 31 October",
        "paid by nobody, retained by each partner",
        "late payment interest at 4% a year",
        "settled within 30 days of the statement",
        "budget 2026/27",
        "budget 2026/27 to 2028/29",
        "budget from 2026/27",
        'reserve Contingency "Contingency reserve" opening £400,000, at most £600,000',
        'reserve Contingency "Contingency reserve" opening £400,000, at least £50,000, at most £600,000',
        'reserve Contingency "Contingency reserve" opening £400,000, held for ICB 50%, Council 50%',
        "odd pennies to Council",
        "overspend of shared schemes together",
        "overspend of each shared scheme",
        "overspend of Equipment, Beds",
        "underspend of shared schemes together",
        "underspend of each shared scheme",
        "underspend of Equipment, Beds",
        "overspend of shared schemes in all funds together",
        "overspend of compartment Discharge",
        "underspend of compartment Discharge",
        'gain Growth "Retained growth in business rates"',
    ),
    "contributions": (
        "ICB £24,512,300",
        'ICB £24,512,300, from "NHS minimum contribution"',
        'ICB £180,000, in kind "Two seconded occupational therapists"',
        "ICB £24,512,300, capital",
        "ICB £24,512,300, one-off",
        "ICB £24,512,300, only for Equipment",
        "ICB £24,512,300, indicative",
        "ICB £24,512,300, if TargetMet",
        "ICB £24,512,300, unless TargetMet",
        "ICB £24,512,300, gross of charges of £1,500,000",
        "ICB £24,512,300, net of charges of £1,500,000",
        "ICB £120,000 a year, from 1 July 2026, by days",
        "ICB £120,000 a year, to 30 September 2026, by months",
        "ICB £120,000 a year, from 1 July 2026 to 30 September 2026, by months",
        "ICB nothing",
        'ICB plus £50,000, planned "A new ward"',
        'ICB plus £50,000, recurrent change "What recurs of last year\'s overspend"',
        'ICB less £20,000, efficiency "Fewer routes"',
        'ICB less £20,000, planned "A ward that closes"',
        'total £120,000,000, from "Capital programme": ICB 60%, Council 40%',
        "total £120,000,000: equally between ICB, Council",
        "ICB, Council last year's lines, one-off ones left out, uplifted by 5.66%",
        "ICB last year's lines, uplifted by 5.66%",
        "ICB last year's lines",
        "ICB last year's lines, with last year's recurrent overspends and underspends, uplifted by 5.66%",
        'ICB to be set by 31 March 2027, having regard to "Inflation", "Local plans"',
        "shift £1,000,000 from ICB to Council, reversed in 2027/28",
    ),
    "payments": ('ICB to Council £100,000, for "Hosting"', "all payments last year's, uplifted by 2%"),
    "budget": ("Equipment £9,000,000", "all schemes last year's, uplifted by 2%"),
    "overspend": (
        "notify partners within 5 working days of a forecast overspend over 2% of their budget",
        "notify partners within 5 working days of a forecast overspend over £50,000",
        "plan within 20 working days, to Board",
        "cap Council at most £750,000 a year",
        "cap Council at most a sum equal to its contribution",
        "cap Council at most 10% of its contribution",
        "cap Council at most £750,000 over the term",
        "caps hold unless Consent",
        "called EquipmentRisk",
        "subject to BedsRisk",
        "despite BedsRisk",
        "first ICB 60%, Council 40%",
        "first at most £250,000: ICB 60%, Council 40%",
        "first until all steps so far have met £1,000,000: ICB 60%, Council 40%",
        "first underspends of shared schemes",
        "first own-risk underspends of ICB",
        "first from Contingency, at most £250,000",
        'first caused by "delayed discharge": ICB alone',
        "first equally between ICB, Council",
        "first in proportion to contributions to the fund, revenue cash, as last varied in writing",
        "first if Consent: Council alone",
        "first Council 50%, the others equally",
        "first in proportion to Population",
        'first from outside "Scottish Government brokerage", at most £250,000',
        "first total spending shared ICB 60%, Council 40%",
        "then ICB 60%, Council 40%",
        "then at most £250,000: ICB 60%, Council 40%",
        "then at most 5/6 of what is left: ICB 60%, Council 40%",
        "then at most £250,000 over the term: ICB 60%, Council 40%",
        "then if Consent: Council alone",
        "then unless Consent: Council alone",
        "then Council 50%, the others equally",
        "then in proportion to Population",
        'then from outside "Scottish Government brokerage", at most £250,000',
        "then total spending shared ICB 60%, Council 40%",
        "then ICB 60%, Council 40%; Council at most £250,000 in this step, excess to the next",
        "then Council alone; repayable by the fund in 4 yearly instalments from next year",
        "then Council alone; due in 3 yearly instalments from next year",
        "then until all steps so far have met £1,000,000: ICB 60%, Council 40%",
        "then underspends of shared schemes",
        "then own-risk underspends of ICB",
        "then from Contingency, at most £250,000",
        'then caused by "delayed discharge": ICB alone',
        "then equally between ICB, Council",
        "then in proportion to contributions to the fund, revenue cash, as last varied in writing",
        "remainder ICB 50%, Council 50%",
        "remainder Council 50%, the others equally",
        "remainder in proportion to Population",
        "remainder equally between ICB, Council",
        "remainder in proportion to contributions to the fund, revenue cash, as last varied in writing",
        "remainder decided by Board within 30 days of the statement, failing which ICB 50%, Council 50%",
    ),
    "underspend": (
        "first into Contingency, until it holds £600,000",
        "first carried forward for Equipment, at most £200,000",
        "first returned ICB 60%, Council 40%",
        'first marked "planned", at most £200,000: carried forward where it arose',
        "then into Contingency, until it holds £600,000",
        "then carried forward where it arose for one-off spending only",
        'then marked "planned": carried forward where it arose',
        "then if Consent: returned Council alone",
        "then returned in proportion to Population",
        "then carried forward for Equipment, at most £200,000",
        "then returned ICB 60%, Council 40%",
        "remainder returned ICB 50%, Council 50%",
        "remainder returned in proportion to contributions to the fund, revenue cash, as last varied in writing",
        "remainder decided by Board within 30 days of the statement, failing which ICB 50%, Council 50%",
        "called EquipmentSavings",
        "subject to BedsSavings",
        "despite BedsSavings",
    ),
    "gain": (
        'found by "The chief finance officers"',
        'loss "Each partner bears its own."',
        "first at most the total of Baseline: in proportion to Baseline",
        "first ICB 60%, Council 40%",
        "first into Contingency, until it holds £600,000",
        "then at most 5/6 of what is left: ICB 60%, Council 40%",
        "then ICB 60%, Council 40%",
        "then into Contingency, until it holds £600,000",
        "remainder ICB 60%, Council 40%",
        "remainder decided by Board within 30 days of the statement, failing which ICB 50%, Council 50%",
        "subject to Savings",
        "despite Savings",
    ),
    "board": ("form officers with delegated authority", "meets every 6 weeks"),
    "disputes": ('level "Chief executives" within 20 working days', "finally mediation"),
    "exit": (
        "notice 6 months, in writing, not given before 1 April 2027",
        "notice by Council: 12 months, in writing, not given before 1 April 2027",
        "leaving ends the agreement",
        "breach remedied within 20 working days, else the agreement ends",
        "commitments leaver bears its share until the first break of each contract, at most 12 months",
        "refund by days",
        "exit payment as agreed, into Contingency",
        "balance shared under the year-end terms",
        "balance shared ICB 50%, Council 50%",
        "assets return to the partner that paid",
        "staff TUPE applies",
        "account final within 60 working days",
    ),
    "example": (
        "year 2026/27",
        "given Equipment spends £9,900,000",
        'given Equipment spends £9,900,000, caused by "unauthorised spending"',
        "given Equipment overspends by £900,000",
        "given Homecare underspends by £100,000",
        "given Contingency opens at £100,000",
        "given Board decides ICB 70%, Council 30%",
        "given Board does not decide",
        'given Equipment has £100,000 marked "planned"',
        "given Consent holds",
        "given Consent does not hold",
        "given Offer is £3,500,000",
        "given Population counts ICB 98, Council 92",
        "given all else on budget",
        "expect ICB pays £390,000",
        "expect ICB pays £390,000, to the nearest £1,000",
        "expect ICB contributes £24,512,300",
        "expect ICB bears £390,000",
        "expect Contingency gives £250,000",
        "expect undecided £0",
    ),
    "deed": (
        'agreed 3 September 2026, by "Cabinet and Board", minute "HWB/26/31"',
        "made in writing, signed by all partners",
        "made by exchange of letters",
        'because "The discharge grant was announced in August."',
        'consent of Council, recorded in "letter of 4 September 2026"',
    ),
    "varied_file": (
        'variation 2 to "Westshire Better Care Fund" from 1 October 2026',
        "agreement",
        "partner Council",
        "fund Pool",
        "board Board",
        "key Referrals",
        "fact Approved",
        "index Inflation",
        "disputes",
        "exit",
        'example "Equipment overspends by £900,000"',
        'allow MON005 because "Figures for the third year follow in March."',
        "remove partner Council",
        'remove example "Equipment overspends by £900,000"',
    ),
    "varied_partner": ("remove consent",),
    "varied_fund": ("remove scheme Equipment", "remove contributions 2027/28", "remove overspend of Equipment, Beds"),
    "varied_board": ("remove meets",),
    "varied_key": ("remove values 2026/27",),
    "varied_fact": ("remove found by",),
    "varied_index": ("remove rate 2026/27",),
    "varied_disputes": ("remove finally",),
    "varied_exit": ("remove staff",),
}
"""The lines of each block; of a kind with several ways the plainest stands first, and is shown
where nothing speaks for another. Of a block that a deed varies, only what the block does not have elsewhere."""

_KINDS: Final = {
    "ICB": "partner", "Council": "partner", "Equipment": "scheme", "Beds": "scheme", "Contingency": "reserve",
    "Board": "board", "Pool": "fund", "TargetMet": "fact", "Population": "key", "Consent": "fact",
    "Offer": "amount", "CPI": "index", "Discharge": "compartment", "Growth": "gain", "Baseline": "key",
}  # fmt: skip
"""What the names of the model lines name."""

_PARTS: Final = re.compile(
    r'(?P<text>"[^"]*")|(?P<often>\b(?:monthly|quarterly|half-yearly|yearly)\b|every +[0-9]+ +[a-z]+)|'
    r"(?P<money>£[0-9](?:,?[0-9])*(?:\.[0-9]+)?)|(?P<percent>[0-9]+(?:\.[0-9]+)?%)"
    r"|(?P<day>[0-9]{1,2} +[A-Z][a-z]+ +[0-9]{4})|(?P<year>[0-9]{4}/[0-9]{2}\b)"
    r"|(?P<length>[0-9]+ +(?:working +days?|days?|weeks?|months?|years?)\b)"
    r"|(?P<name>[A-Z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*)|(?P<word>[a-z][a-z'-]*)"
)


def model_line(block: str, text: str, names: dict[str, str]) -> str | None:
    """The whole line that a faulty one most likely wanted to be, with its own values and the file's own names."""
    written = _parts(text)
    likely = [line for line in models_of(block) if _begins_alike(written, _parts(line))]
    if not likely:
        return None
    return _with_values(max(likely, key=lambda line: _likeness(written, _parts(line))), written, names)


def models_of(block: str) -> tuple[str, ...]:
    """The model lines of a block; a deed has those of the block that it varies, and its own."""
    own, kind = MODEL_LINES.get(block, ()), kind_of_block(block)
    return own if block in (kind, VARIED_FILE) else (*MODEL_LINES.get(kind, ()), *own)


def in_own_names(line: str, names: dict[str, str], first: Iterable[str] = ()) -> str:
    """A line with the names of a file, `first` of all some, in place of the names of the language's pages.

    >>> in_own_names("ICB 60%, Council 40%", {"County": "partner", "Council": "partner"})
    'County 60%, Council 40%'
    """
    used = list(dict.fromkeys(name for kind, name in _parts(line) if kind == "name" and name in _KINDS))
    given = [name for name in first if name in names]
    kept = [name for name in used if names.get(name) == _KINDS[name] and name not in given]
    instead: dict[str, str] = {}
    for name in used:
        ways = (*given, *([name] if name in kept else ()), *(own for own in names if own not in kept), *used)
        kinds = {**_KINDS, **names}
        instead[name] = next(own for own in ways if kinds[own] == _KINDS[name] and own not in instead.values())
    return _PARTS.sub(lambda part: instead.get(part[0], part[0]), line)


def _parts(line: str) -> list[tuple[str, str]]:
    """The parts of a line: what kind each is, and what is written."""
    return [(str(part.lastgroup), part[0]) for part in _PARTS.finditer(line)]


def _begins_alike(written: list[tuple[str, str]], model: list[tuple[str, str]]) -> bool:
    """Whether two lines begin with the same word, or both with a name."""
    return bool(written) and _shape(written)[0] == _shape(model)[0]


def _shape(parts: list[tuple[str, str]]) -> list[str]:
    """Words as they are, and of each value only its kind."""
    return [text if kind == "word" else f"a {kind}" for kind, text in parts]


def _likeness(written: list[tuple[str, str]], model: list[tuple[str, str]]) -> tuple[int, int]:
    """How many parts two lines have in common, those at their beginning first: there stands what a line is about."""
    one, other = _shape(written), _shape(model)
    alike = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    return sum(1 for _ in alike), (Counter(one) & Counter(other)).total()


def _with_values(model: str, written: list[tuple[str, str]], names: dict[str, str]) -> str:
    """A model line with what was written: the names, and values of a kind of which both lines hold as many."""
    model = in_own_names(model, names, first=[text for kind, text in written if kind == "name"])
    own: dict[str, list[str]] = {}
    for kind in ("text", "often", "money", "percent", "day", "year", "length"):
        said = [text for each, text in written if each == kind]
        if len(said) == sum(each == kind for each, _ in _parts(model)):
            own[kind] = said
    return _PARTS.sub(lambda part: own[str(part.lastgroup)].pop(0) if part.lastgroup in own else part[0], model)
