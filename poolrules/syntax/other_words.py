"""Single words and set phrases that people write, and those of the language that they mean.

For words that mean the same, or leave open which of a few; whatever needs a reason is in `phrasings`.
"""

from typing import Final

SET_PHRASES: Final[dict[str, tuple[str, ...]]] = {
    "annually": ("yearly",),
    "annual": ("yearly",),
    "every year": ("yearly",),
    "each year": ("yearly",),
    "every quarter": ("quarterly",),
    "each quarter": ("quarterly",),
    "every month": ("monthly",),
    "each month": ("monthly",),
    "six-monthly": ("half-yearly",),
    "twice a year": ("half-yearly",),
    "every six months": ("half-yearly",),
    "biannually": ("half-yearly",),
    "weekly": ("every 1 week",),
    "fortnightly": ("every 2 weeks",),
    "bi-monthly": ("every 2 months",),
    "in writing": ("in writing, signed by all partners",),
    "agreement": ("written agreement of all partners",),
    "mutual agreement": ("written agreement of all partners",),
    "cash": ("revenue cash", "all cash"),
    "cash only": ("revenue cash", "all cash"),
    "last varied": ("last varied in writing",),
    "the fund": ("shared schemes together", "each shared scheme"),
    "shared schemes": ("shared schemes together", "each shared scheme"),
    "all schemes": ("shared schemes together", "each shared scheme"),
    "each scheme": ("each shared scheme",),
    "its contribution": ("a sum equal to its contribution",),
    "shared as at year end": ("shared under the year-end terms",),
    "shared as at the year end": ("shared under the year-end terms",),
    "council": ("council regime",),
    "nhs": ("NHS regime",),
}
"""Words for which a set phrase is meant, and the phrases: more than one where the words leave open which."""

_STEP_WORDS: Final = {
    "1": "first", "1.": "first", "step": "first", "firstly": "first",
    "2": "then", "2.": "then", "3": "then", "3.": "then", "second": "then", "secondly": "then", "third": "then",
    "next": "then", "and": "then", "afterwards": "then",
    "rest": "remainder", "balance": "remainder", "residue": "remainder", "finally": "remainder",
    "last": "remainder", "lastly": "remainder", "otherwise": "remainder",
}  # fmt: skip
"""First words of steps."""

FIRST_WORDS: Final[dict[str, dict[str, str]]] = {
    "file": {"pool": "fund", "body": "partner", "committee": "board", "dispute": "disputes", "termination": "exit"},
    "agreement": {
        "start": "term", "starts": "term", "begins": "term", "duration": "term", "date": "signed", "dated": "signed",
        "power": "basis", "legal": "basis", "objectives": "aims", "aim": "aims", "outcomes": "outcome",
        "population": "people", "consultation": "consulted", "variations": "variation", "data": "information sharing",
    },
    "partner": {"type": "kind", "functions": "function", "gives": "provides", "signatory": "signs"},
    "fund": {
        "lead": "host", "hosted": "host", "hosts": "host", "members": "partners",
        "pooled": "manager", "reports": "report", "return": "annual return", "auditor": "audit", "payment": "paid",
        "payments": "paid", "pays": "paid", "contribution": "contributions", "budgets": "budget",
        "overspends": "overspend", "underspends": "underspend", "rounding": "odd pennies", "pennies": "odd pennies",
        "schemes": "scheme", "service": "scheme", "reserves": "reserve",
    },
    "overspend": {
        **_STEP_WORDS, "caps": "cap", "limit": "cap", "inform": "notify", "tell": "notify", "recovery": "plan",
    },
    "underspend": _STEP_WORDS,
    "board": {"meeting": "meets", "meetings": "meets", "type": "form", "kind": "form"},
    "disputes": {"escalate": "level", "stage": "level", "step": "level", "first": "level", "then": "level"},
    "exit": {"termination": "notice", "default": "breach", "employees": "staff", "final": "account"},
    "example": {"suppose": "given", "if": "given", "then": "expect", "result": "expect"},
}  # fmt: skip
"""First words that people write in a block, and the word that is meant there."""

KEYS: Final[dict[str, str]] = {
    "until the overspend reaches": "until all steps so far have met",
    "until": "until all steps so far have met",
    "up to": "at most",
    "maximum": "at most",
    "max": "at most",
    "minimum": "at least",
    "min": "at least",
    "start": "from",
    "starts": "from",
    "end": "to",
    "ends": "to",
    "type": "kind",
    "name": "title",
    "cap": "caps",
    "split": "shares",
    "share": "shares",
    "percentages": "shares",
    "reserve": "from",
    "recurrent only": "one off left out",
    "last year": "last year of",
    "last year's": "last year of",
    "one-off": "one off",
    "in-kind": "in kind",
    "not given before": "not before",
    "provides no staff, goods, services or accommodation": "provides nothing",
    "extendable once by": "extendable by",
    "from the year": "from year",
    "lead": "led by",
    "otherwise": "failing which",
    "failing that": "failing which",
    "cash": "counting",
    "to be decided": "to be agreed",
}
"""Keys of the YAML form that people write, beside the first words above, and the key that is meant."""
