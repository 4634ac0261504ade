"""What people write in place of the words of the language: earlier words of it, words of other agreements, short cuts.

Each is not read for a reason, mostly that it leaves open who pays: the row says which, and what to write
instead. The list is data, tried in order where reading a line came to a stand.
"""

import re
from typing import Final

from msgspec import Struct

_NAME: Final = r"[A-Z][A-Za-z0-9-]*"
_SUM: Final = r"£[0-9](?:,?[0-9])*(?:\.[0-9]+)?"
_STEPS: Final = "overspend underspend"
_NOT_HERE: Final = "`{0}` is not said here"
_AT_MOST: Final = "(?:up +to|max(?:imum)?(?: +of)?|(?:no|not) +more +than|capped +at|limited +to)"
_AT_LEAST: Final = "(?:min(?:imum)?(?: +of)?|(?:no|not) +less +than)"
_FRACTION: Final = r"(?<![0-9/])(?P<one>[1-9][0-9]) *[/:] *(?P<two>[1-9][0-9])(?! *[/:] *[0-9])(?![0-9])"
_OF_SOME: Final = "(?:the +)?(?:fund|pool|all +schemes|other +schemes)"
_TIME: Final = " +within +[0-9]+ +(?:working +)?(?:days?|weeks?|months?)"
_DAY: Final = "[0-9]{1,2} +[A-Z][a-z]+ +[0-9]{4}"
_FORECAST: Final = "notify partners within 5 working days of a forecast overspend over 2% of their budget"


class Phrasing(Struct, frozen=True):
    """Some words that are not read: where, how they look, what is said of them, and how to mend them.

    `write` stands for the words, and is only offered where the line can then be read past it.
    """

    blocks: tuple[str, ...]
    pattern: re.Pattern[str]
    message: str
    write: str
    help: str


def _row(blocks: str, pattern: str, message: str, write: str = "", help: str = "") -> Phrasing:
    """Make a row; blocks are given as words, none for all of them."""
    return Phrasing(tuple(blocks.split()), re.compile(pattern), message, write, help)


PHRASINGS: Final = (
    # which schemes
    _row("fund", r"of +(?:the +)?(?:pooled +|whole +|entire +|total +)?(?:fund|pool|budget)\b",
         "`{0}` leaves open which schemes are meant",
         help="write `of shared schemes together`, or `of each shared scheme`, one after the other"),
    _row("fund", r"of +(?:each|every) +(?:pooled +)?scheme\b", "`{0}` leaves open which schemes are meant",
         "of each shared scheme"),
    _row("fund", r"of +(?:all +)?(?:the +)?(?:shared +|pooled +)?schemes\b(?! +together)",
         "`{0}` does not say whether they are taken together",
         help="write `of shared schemes together`, or `of each shared scheme`, one after the other"),
    # what a scheme does with its variance
    _row("fund", rf"(?:at +)?own[ -]risk +(?:of +|to +)?(?P<who>{_NAME})(?:, *over)?(?! *, *over +and +under)",
         "`{0}` does not say who keeps an underspend", "own risk of {who}, over and under",
         "{who} pays an overspend and keeps an underspend"),
    _row("fund", r"own[ -]risk(?= *(?:,|$))", "`{0}` does not say whose",
         help="write `own risk of Council, over and under`: Council pays an overspend and keeps an underspend"),
    _row("fund", r"fixed[ -]share\b(?! +with +variance +borne +by +the +host)", "`{0}` does not say who bears the rest",
         "fixed share with variance borne by the host", "the others have paid a price, and the host bears the rest"),
    _row("fund", rf"\b(?:and|with) +(?:any +)?overspends? +borne +by +(?P<who>{_NAME})", "`{0}` is not understood",
         "with overspend borne by {who}"),
    # days of payment
    _row("fund", r"(?P<one>[0-9]{1,2} +[A-Z][a-z]+) +(?:and|&) +(?P<two>[0-9]{1,2} +[A-Z][a-z]+)",
         "days stand with a comma between them", "{one}, {two}"),
    _row("fund", r"(?P<day>[0-9]{1,2} +[A-Z][a-z]+) +[0-9]{4}\b",
         "`{0}` has a year, and a day of payment comes round every year", "{day}"),
    _row("fund", r"(?:equal +|[a-z0-9]+ +(?:equal +)?)?instal?lments\b", "`{0}` does not say when each is due",
         help="write `quarterly in advance, on the first working day`, or name the days: `in equal parts on 30 April, "
         "31 October`"),
    _row("fund", rf"(?P<sum>{_SUM}) +on +[0-9]{{1,2}} +[A-Z][a-z]+",
         "a day of payment has a share of every contribution",
         help="write percentages that make 100%: `paid 30% on 1 April, 70% on 1 October`"),
    _row("fund", rf"(?:at +)?own[ -]risk +of +(?P<who>{_NAME}) *,? *(?:overspends? +only|only +over|for +overspends?)",
         "`{0}` is said otherwise here", "own risk of {who}, over only",
         "{who} pays an overspend, and an underspend goes by the underspend terms"),
    _row("fund", r"(?<=host )(?:the +)?(?:largest|biggest|main|highest) +(?:contributor|partner|payer)\b", _NOT_HERE,
         "the largest contributor"),
    _row("fund", r"of +(?:shared +schemes +(?:of|in|across) +)?(?:all +funds|every +fund|any +fund)\b(?! +together)",
         "`{0}` does not say whether they are taken together", "of shared schemes in all funds together"),
    _row("fund", r"(?<=opening )(?P<sum>£[0-9][0-9,.]*) +(?:for|belonging +to) +", "`{0}` is said otherwise here",
         "{sum}, held for "),
    # limits of a step
    _row(_STEPS, rf"until +(?:the +)?(?:total +)?overspends? +(?:reach(?:es)?|is|exceeds?) +(?P<sum>{_SUM})",
         "`{0}` leaves open whether all of it counts, or what is left", "until all steps so far have met {sum}",
         "it counts what this step and those before it have met"),
    _row("overspend", rf"until +(?P<sum>{_SUM})", "`{0}` does not say what is counted",
         help="write `until all steps so far have met {sum}`, or `at most {sum}` for this step alone"),
    _row("underspend", rf",? *until +(?P<sum>{_SUM})", "`{0}` does not say what is counted", ", until it holds {sum}"),
    _row(_STEPS, rf"(?P<whom>(?:from|into) +{_NAME}) +(?:{_AT_MOST}|at +most) +(?P<sum>{_SUM})",
         "a comma is missing in `{0}`", "{whom}, at most {sum}"),
    _row("", rf"{_AT_MOST} +(?P<sum>{_SUM})", _NOT_HERE, "at most {sum}"),
    _row("", rf"{_AT_LEAST} +(?P<sum>{_SUM})", _NOT_HERE, "at least {sum}"),
    _row("overspend", rf"(?:first|then) +(?P<sum>{_SUM})", "`{sum}` does not say how it limits the step",
         help="write `at most {sum}:` for this step alone, or `until all steps so far have met {sum}:`"),
    _row(_STEPS, r"at +most +(?P<part>[0-9.]+%|[0-9]+/[0-9]+)(?! *[0-9.%]| +of\b)", "`{0}` does not say of what",
         help="write `at most {part} of what is left`, `of the whole amount`, `of their budget` or `of what it holds`"),
    _row(_STEPS, r"at +most +(?:a +)?(?:half|third|quarter|(?:one|two|three)[ -][a-z]+)\b[a-z ]*",
         "`{0}` is a part in words", help="write it in figures and of what: `at most 50% of what is left`"),
    _row(_STEPS, r"\b(?:provided +(?:that +)?|subject +to +|so +long +as +|where +|when +)"
         rf"(?P<fact>{_NAME})(?: +(?:holds|is +(?:met|given|so)))?",
         "`{0}` is said with `if`", "if {fact}", '{fact} is declared at the margin: `fact {fact} "…"`'),
    _row(_STEPS, rf"\bif +(?:not|no) +(?P<fact>{_NAME})", _NOT_HERE, "unless {fact}"),
    _row(_STEPS, rf"(?P<most>at +most +{_SUM}) +(?:in +total|in +all|over +all +years|over +the +whole[a-z ]*)",
         "`{0}` does not say over which time", "{most} over the term",
         "without these words it holds for one year"),
    # caps
    _row("overspend", rf"at +most +its +contribution\b(?:(?= *$)|(?= *, *{_NAME}))",
         "`{0}` leaves open whether the contribution itself counts", "at most a sum equal to its contribution",
         "what it pays beside its contribution"),
    _row(_STEPS, rf"[;,] *(?P<cap>{_NAME} +at +most +{_SUM})(?: +in +this +step)?(?! +in +this| +a +year)(?= *$)",
         "this cap does not say that it is for this step, and where the excess goes",
         "; {cap} in this step, excess to the next"),
    _row(_STEPS, rf"; *(?P<who>{_NAME}) +at +most +(?:a +sum +equal +to +)?its +contribution(?: +in +this +step)?"
         r"(?: *, *excess +to +the +next)?(?= *$)",
         "this cap leaves open what counts, or where the excess goes",
         "; {who} at most a sum equal to its contribution in this step, excess to the next"),
    # contributions
    _row("", r"\bcash +only\b", "`{0}` leaves open whether capital counts",
         help="write `revenue cash`, or `all cash` to count capital too"),
    _row("", r"\bas +(?:last +)?(?:varied|amended|revised|updated)\b(?! +in +writing)",
         "`{0}` leaves open whether payments under these terms vary contributions", "as last varied in writing"),
    _row("", r"\bas +(?:originally +|initially +)?(?:agreed|signed|set)\b", _NOT_HERE, "as first agreed"),
    _row(_STEPS, r"in +proportion +to +(?:the +)?(?:populations?|usage|use|visits|head ?count|activity)\b",
         "`{0}` does not say where the values are",
         help='write `in proportion to Population`, and at the margin `key Population "…"` with its values below it'),
    _row(_STEPS,
         r"(?:pro[ -]?rata|in +proportion\b(?! +to +contributions\b)(?! +to +[A-Z]))(?: +to +[a-z ]+)?", _NOT_HERE,
         help="write `in proportion to contributions to the fund, as last varied in writing`; `to those schemes`, "
         "`as first agreed` or `as paid` would be other sums"),
    _row("contributions", rf"{_NAME} +[+](?P<sum>{_SUM})", "`+` does not say why it is more",
         help='write `plus {sum}` and the reason: `planned "…"` or `recurrent change "…"`'),
    _row("contributions", rf"{_NAME} +[-−](?P<sum>{_SUM})", "`{0}` does not say why it is less",
         help='write `less {sum}` and the reason: `efficiency "…"`, `planned "…"` or `recurrent change "…"`'),
    _row("contributions", rf"{_NAME} +shifts +(?P<sum>{_SUM}) +to +(?P<who>{_NAME})",
         "`{0}` leaves open who pays more",
         help="write `shift {sum} from ICB to Council`: Council pays more this year, and ICB as much less"),
    _row("contributions", rf"shift +(?P<sum>{_SUM}) +to +(?P<who>{_NAME}) +from +(?P<other>{_NAME})",
         "`from` stands before `to`", "shift {sum} from {other} to {who}"),
    _row("contributions", rf"(?<=plus )(?P<sum>{_SUM}), *efficiency\b", "an efficiency takes money away",
         help="write `less {sum}, efficiency`, or `plus {sum}, planned`"),
    _row("contributions", rf"(?<! a year), *from +(?P<day>{_DAY})",
         "`{0}` leaves open whether the sum is a whole year's",
         help="write what a whole year would be, and how its part is counted: "
         "`ICB £120,000 a year, from {day}, by days`"),
    _row("contributions",
         rf"(?:subject +to|provided(?: +that)?|conditional +(?:on|upon)|where|when) +(?P<fact>{_NAME})",
         _NOT_HERE, "if {fact}"),
    _row("contributions", rf"if +not +(?P<fact>{_NAME})", _NOT_HERE, "unless {fact}"),
    _row("contributions", r"\b(?:provisional|provisionally|estimated?|subject +to +approval)\b", _NOT_HERE,
         "indicative", "it is reported, and not due before it is confirmed"),
    _row("contributions", r"(?P<way>gross|net) +of +(?:client|user|users'|service[ -]user|income|client +income)"
         r"(?: +charges)?(?: +of)?(?= *£)", _NOT_HERE, "{way} of charges of"),
    _row("contributions budget payments", rf"(?<=uplifted by )(?:(?:the )?[a-z]+|{_NAME} *(?:plus|[+]) *[0-9.]+%)",
         "`{0}` is not a percentage, nor the name of an index",
         help='write a percentage such as `5.66%`, or the name of an index of this agreement: `index CPI "…"`'),
    _row("contributions", rf"total +(?P<sum>{_SUM})[^:]*? +(?={_NAME} +[0-9.]+(?:%| parts?))",
         "a colon is missing before the shares", help="write `total {sum}: ICB 60%, Council 40%`"),
    _row("contributions", r"(?<=: )in +proportion +to +contributions\b",
         "contributions cannot follow from contributions",
         help="write shares such as `ICB 60%, Council 40%`"),
    _row("contributions", rf"{_NAME} +(?:and|&) +{_NAME} +£", "a sum is that of one partner",
         help="write a line for each: `ICB £24,512,300`, and below it `Council £3,004,112`"),
    _row("contributions", rf"{_NAME} +(?P<share>[0-9.]+%)(?= *(?:,|$))", "`{share}` is a share, and not a sum",
         help="write the amount: `ICB £24,512,300`"),
    _row("contributions", r"(?:(?:the +)?same +as +|as +)?last +year(?:'s)?(?: +lines)?,? *recurrent +only",
         "`{0}` leaves open which, as no line is marked recurrent", "last year's lines, one-off ones left out"),
    _row("contributions",
         r"(?:the +)?(?:same +as +|as +)?last +year(?:'s)?\b(?! +lines)(?: +contributions?| +amounts?)?",
         "`{0}` does not say which of its lines", "last year's lines",
         "`, one-off ones left out` after it leaves those out"),
    _row("contributions", r"\bin-kind\b", "`in-kind` is two words here", "in kind"),
    _row("contributions budget",
         r",? *(?:plus|increased +by|with +an? +uplift +of|uplift(?:ed)?(?: +of)?) +(?P<by>[0-9.]+%)",
         _NOT_HERE, ", uplifted by {by}"),
    _row("contributions", r",? *recurrent(?= *(?:,|$))", "`recurrent` is not said of a line",
         help="leave it out: a line is recurrent unless it says `one-off`"),
    _row("fund", r"from +(?P<one>[0-9]{4}/[0-9]{2}) +to +(?P<two>[0-9]{4}/[0-9]{2})",
         "`from` is for that year and every later one", "{one} to {two}"),
    _row("fund", r"\b(?:for|in) +(?P<year>[0-9]{4}/[0-9]{2})\b", _NOT_HERE, "{year}",
         "`from {year}` would be for every later year too"),
    # who meets a step
    _row(_STEPS, _FRACTION, "`{0}` does not say which partner bears which part",
         help="name each, such as `ICB {one}%, Council {two}%`"),
    _row("fund contributions", _FRACTION, _NOT_HERE,
         help="who bears an overspend is said in the overspend terms, such as `remainder ICB {one}%, Council {two}%`"),
    _row(_STEPS, rf"(?P<share>[0-9.]+%) +(?P<who>{_NAME})(?: *, *| +and +)(?P<rest>[0-9.]+%) +(?P<other>{_NAME})",
         "`{0}` has the shares before the names", "{who} {share}, {other} {rest}"),
    _row(_STEPS, rf"(?P<share>[0-9.]+%)(?: +(?:to|by|for))? +(?P<who>{_NAME})", "`{0}` has the share before the name",
         "{who} {share}"),
    _row(_STEPS, r"\b(?:split|shared|divided) +equally", _NOT_HERE, "equally"),
    _row(_STEPS, r",? *(?:and +)?(?:the +)?(?:rest|others?|remainder|remaining +partners)"
         r"(?: +shared| +split)? +equally\b", "`{0}` is said otherwise here", ", the others equally"),
    _row("overspend", r";? *(?:to +be +)?(?:repaid|repayable|paid +back)\b"
         r"(?! +by +[^;]* +in +[0-9]+ +(?:instalment|yearly))[^;:]*",
         "`{0}` does not say by whom, in how many instalments, or from when",
         help="write `; repayable by the fund in 4 yearly instalments from next year`"),
    _row(_STEPS, r";? *(?:charged|payable|paid|billed|deferred|spread)(?: +(?:in|over|to|until))+ +(?:[0-9]+ +)?"
         r"(?:next +year|years?|(?:yearly +|annual +)?instalments?)\b[^;:]*",
         "`{0}` does not say in how many instalments and from when",
         help="write `; due in 3 yearly instalments from next year`"),
    _row("underspend", r"for +(?:non-recurrent|non-recurring|one-off|once-only)"
         r"(?: +(?:use|spend|spending|items|purposes))?(?: +only)?(?= *(?:,|$))",
         "`{0}` is said otherwise here", "for one-off spending only"),
    _row("overspend", r"\bfrom +(?:outside|the +(?:Scottish|Welsh|UK) +Government|brokerage|grant)\b(?! *\")[^,;:]*",
         "`{0}` does not say who gives it", help='write `from outside "Scottish Government brokerage"`'),
    _row(_STEPS, rf"(?P<one>{_NAME}) +and +(?P<two>{_NAME}) +equally\b", "`{0}` has the names before the word",
         "equally between {one}, {two}"),
    _row(_STEPS, rf"equally +(?:between +|among +|by +)?(?P<one>{_NAME})(?: +and +|, *)(?P<two>{_NAME})",
         _NOT_HERE, "equally between {one}, {two}"),
    _row(_STEPS, r"\b(?:to|by) +(?:the +)?(?:all +)?partners\b(?! +within)", "`{0}` does not say in which shares",
         help="write `ICB 50%, Council 50%`, `equally`, or `in proportion to contributions` and to which"),
    _row(_STEPS, rf"returned +to +(?P<who>{_NAME})", "`{0}` does not say whether all of it", "returned {who} alone"),
    _row(_STEPS, rf"\b(?:other +|any +)?underspends?(?: +elsewhere| +(?:of|in|from|on) +{_OF_SOME})?(?= *$)",
         "`{0}` does not say of which schemes", "underspends of shared schemes",
         "with `in any fund` after it, those of all funds are used"),
    _row(_STEPS, r"(?P<word>from|into) +(?:the +|a +)?(?:contingency +)?reserves?\b",
         "`{0}` does not say which reserve",
         help="write its name: `{word} Contingency`"),
    _row("underspend", rf"\bcarr(?:y|ied) +forwards?(?: +(?:to|for) +(?P<who>{_NAME}))", _NOT_HERE,
         "carried forward for {who}"),
    _row("underspend", r"\bcarry +forwards?\b", _NOT_HERE, "carried forward"),
    _row("underspend", rf"(?:kept|retained|held) +by +(?:the +)?(?P<who>{_NAME}|host)", _NOT_HERE,
         help="write `returned Council alone`, with the partner's own name"),
    _row("underspend", rf"(?<!equal )\bto +(?P<who>{_NAME})(?= *$)(?<!returned to )", "`{0}` does not say what for",
         help="write `into Contingency` for a reserve, or `returned Council alone` for a partner"),
    _row("", r"(?<=\S )(?:the +)?host(?: +alone)?\b(?<!by the host)(?= *(?:,|;|$))", "`{0}` is not a name",
         help="write the name of the partner that is the host, such as `Council`"),
    _row("", rf"\b[Tt]he +(?P<who>{_NAME})", "`the` does not stand before a name", "{who}"),
    # decisions
    _row(_STEPS, rf"decided +by +(?P<who>{_NAME}|all +partners)(?P<time>{_TIME})(?! +of +the +statement)",
         "`{0}` does not say from when", "decided by {who}{time} of the statement",
         "that is the statement at the end of the year"),
    _row(_STEPS, r", *(?:or +)?(?:else|otherwise|failing +that|in +default|if +not)\b,?", _NOT_HERE,
         ", failing which"),
    _row(_STEPS, rf"(?P<who>{_NAME}) +(?:decides|to +decide|will +decide)\b", "`{0}` has the name before the word",
         "decided by {who}"),
    _row(_STEPS, r"(?:to +be +(?:decided|confirmed|determined)|tb[acd]|TB[ACD])\b", _NOT_HERE,
         "to be agreed"),
    # who tells whom
    _row("overspend", r"notify +(?=within|of)", "`notify` does not say whom", help=f"write `{_FORECAST}`"),
    _row("overspend", r"of +(?:a|an|any) +(?:forecast|overspend|forecasted +overspend)(?! +overspend)\b",
         "`{0}` leaves open what is forecast", "of a forecast overspend"),
    _row("fund", r"\b(?:once|twice) +a +year\b|\bevery +(?:two|three|four|six) +(?:weeks|months)\b",
         _NOT_HERE, help="write it in figures or as one word: `every 6 weeks`, `half-yearly`"),
    _row("board", r"\bevery +(?:two|three|four|six|eight) +(?:weeks|months)\b", "`{0}` is not in figures",
         help="write it in figures: `every 6 weeks`"),
    # partners, term and exit
    _row("partner", r"provides +(?:nothing|none|nil)\b", "`{0}` reads as if it paid nothing either",
         "provides no staff, goods, services or accommodation"),
    _row("agreement", r"extend(?:able|ed|ible)(?: +once)? +(?:by|for) +(?P<time>[0-9]+ +[a-z]+)(?: +by +agreement)?",
         "`{0}` leaves open how often, and who decides", "extendable once by {time} by agreement"),
    _row("agreement", r"(?:from|starting|commencing) +(?=[0-9]{1,2} +[A-Z])", _NOT_HERE,
         help="write `term 1 April 2026 to 31 March 2028`"),
    _row("agreement", r"signed +on +", "`on` is not said here", "signed "),
    _row("agreement", r"term +[0-9]+ +(?:years?|months?)\b", "`{0}` does not say from which day",
         help="write the first and the last day: `term 1 April 2026 to 31 March 2028`"),
    _row("exit", r"\bnot +(?:to +expire +)?before +(?=[0-9])", "`not before` leaves open whether given or expiring",
         "not given before "),
    _row("exit", rf"notice +(?P<time>[0-9]+ +[a-z]+),? +(?:given +)?by +(?P<who>{_NAME})",
         "`{0}` has the partner after the time", "notice by {who}: {time}"),
    _row("exit", r"(?:lock|locked)[- ]in\b.*", "`{0}` is not said here",
         help="write the first day on which notice may be given: "
         "`notice 12 months, not given before 1 April 2031`"),
    _row("exit", r"(?<=shared )(?:pro[ -]?rata|proportionate(?:ly)?)\b", _NOT_HERE,
         help="write `shared under the year-end terms`, or `shared in proportion to contributions to the fund, "
         "as last varied in writing`"),
    _row("exit", r"notice +period +(?:of +)?", "`period` is not said here", "notice "),
    _row("exit", r"shared +(?:as +)?at +(?:the +)?year[ -]end", "`{0}` may mean a day or the year-end terms",
         "shared under the year-end terms"),
    # worked examples
    _row("example", rf"(?P<word>(?:over|under)spends?) +(?P<sum>{_SUM})", "`by` is missing in `{0}`", "{word} by {sum}",
         "counted from the budget"),
    _row("example", r"\b(?:everything|all +the|all|every) *(?:others?|rest|other +schemes?|else)? +on +budget",
         _NOT_HERE, "all else on budget"),
    _row("example", rf"\b(?:meets|owes|gets) +(?P<sum>{_SUM})", _NOT_HERE,
         help="write `pays {sum}`, `bears {sum}` or `receives {sum}`; of a reserve, `gives {sum}` or `holds {sum}`"),
    _row("example", rf"(?P<fact>{_NAME}) +(?:is +(?:given|true|so|met|yes)|applies|is +found)\b", _NOT_HERE,
         "{fact} holds"),
    _row("example", rf"(?P<fact>{_NAME}) +(?:is +not(?: +(?:given|so|met))?|is +(?:false|no)|fails)\b", _NOT_HERE,
         "{fact} does not hold"),
    _row("overspend", rf",? +unless +(?P<fact>{_NAME})(?<!caps hold unless)(?= *$)", "`{0}` is not said in this line",
         help="write it on a line of its own, for all caps of the block: `caps hold unless {fact}`"),
    # keys and facts
    _row("key", r"counted +(?!each +year\b)(?:yearly|annually|every +year|by\b.*)", "`{0}` is said otherwise here",
         "counted each year", "who counts is on a line of its own: `found by \"…\"`"),
    _row("key", rf"(?P<year>(?:from +)?[0-9]{{4}}/[0-9]{{2}}) +(?={_NAME} +[0-9£])",
         "a colon is missing after `{year}`", "{year}: "),
    _row("fact", r"(?:a|an) +(?:sum|amount +of +money|figure)\b", _NOT_HERE, "an amount"),
    # deeds of variation
    _row("file fund partner board disputes exit", rf"remove +(?P<what>{_NAME})(?= *$)",
         "`{what}` is a name, and does not say what goes",
         help="say what it is too, such as `remove scheme {what}` or `remove partner {what}`"),
    # names in a row
    _row("", rf"(?P<one>{_NAME}|[0-9.]+%) +(?:and|&) +(?P<two>{_NAME})", "`and` does not stand between names",
         "{one}, {two}"),
)  # fmt: skip
"""In this order: the more telling phrasings stand first."""
