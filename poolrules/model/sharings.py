"""Building between whom a sum is shared: in what shares, within which caps, and what follows in later years."""

from collections.abc import Iterator
from fractions import Fraction

from poolrules.base.limits import MAX_TERM_YEARS
from poolrules.base.shares import read_percent
from poolrules.model.agreement import (
    Alone,
    Base,
    ByKey,
    Equally,
    Later,
    OfSpending,
    PartnerCap,
    Proportion,
    Share,
    Shares,
    Sharing,
    Text,
)
from poolrules.model.reader import Reader, flag, part, said, text
from poolrules.syntax.codes import BAD_VALUE
from poolrules.syntax.tree import Mapping, Scalar


def build_sharing(reader: Reader, node: Mapping) -> Sharing | None:
    """Build a sharing between partners from whichever of its forms is there."""
    for key in ("shares", "others equally beside"):
        if shares := part(node, key):
            return build_shares(reader, shares, node, others_equally=key != "shares")
    if spending := part(node, "total spending shared"):
        return OfSpending(build_shares(reader, spending, node), node.span)
    if flag(node, "equally between"):
        return Equally(reader.references(node, "equally between", "partner"), node.span)
    if flag(node, "equally"):
        return Equally((), node.span)
    if flag(node, "alone"):
        partner = reader.reference(node, "alone", "partner")
        return Alone(partner, node.span) if partner else None
    if by_key := part(node, "in proportion to"):
        key_named = reader.reference(by_key, "key", "key")
        return ByKey(key_named, reader.references(by_key, "between", "partner"), node.span) if key_named else None
    proportion = part(node, "in proportion to contributions")
    return _proportion(reader, proportion, node) if proportion else None


def build_shares(reader: Reader, pairs: Mapping, node: Mapping, *, others_equally: bool = False) -> Shares:
    """Build stated shares; what others share equally must be left by percentages."""
    shares = tuple(share for entry in pairs if (share := _share(reader, entry.key, entry.value)))
    in_parts = next((share for share in shares if share.percent is None), None)
    if others_equally and in_parts:
        help = "write percentages, which leave the others a rest"
        reader.misfit("parts leave nothing for the others to share", in_parts.span, help)
    return Shares(shares, node.span, others_equally)


def _share(reader: Reader, key: Scalar, value: object) -> Share | None:
    """Build one partner's percentage or parts."""
    name = Text(key.text, key.span)
    known = reader.resolve("partner", name)
    if not known or not isinstance(value, Scalar):
        return None
    if value.text.endswith(("part", "parts")):
        return Share(name, None, int(value.text.split(" ")[0]), value.span)
    percent = reader.value(value, read_percent)
    return Share(name, percent[0], None, value.span) if percent else None


def _proportion(reader: Reader, node: Mapping, step: Mapping) -> Proportion:
    """Build a proportion of contributions with as much as was said of them."""
    to, counting, recurrence, charges, moment = (
        text(node, key) for key in ("to", "counting", "recurrence", "charges", "as")
    )
    return Proportion(
        to=Base(to.text) if to else None,
        in_kind=counting.text.endswith("in kind") if counting else None,
        capital=counting.text.startswith("all cash") if counting else None,
        recurrent_only=recurrence.text == "recurrent only" if recurrence else None,
        charges=charges.text if charges else None,
        moment=moment.text if moment else None,
        between=reader.references(node, "between", "partner"),
        span=step.span,
    )


# ---- caps ------------------------------------------------------------------------------------


def build_caps(reader: Reader, node: Mapping) -> tuple[PartnerCap, ...]:
    """Build the most that partners pay, on a step or over a whole block, and the fact that lifts it."""
    unless = reader.reference(node, "caps hold unless", "fact")
    return (
        *_caps(reader, node, "caps", unless, over_term=False),
        *_caps(reader, node, "caps over the term", unless, over_term=True),
    )


def _caps(reader: Reader, node: Mapping, key: str, unless: Text | None, *, over_term: bool) -> Iterator[PartnerCap]:
    """Build the caps under one key."""
    for entry in part(node, key) or ():
        name = Text(entry.key.text, entry.key.span)
        value = entry.value
        if not reader.resolve("partner", name) or not isinstance(value, Scalar):
            continue
        span = value.span
        if value.text.startswith("£"):
            amount = reader.amount_of(value)
            if amount:
                yield PartnerCap(name, amount, span, over_term=over_term, unless=unless)
            continue
        part_of = Fraction(1)
        if "%" in value.text:
            found = reader.value(Scalar(value.text.split(" ")[0], span), read_percent)
            if found is None:
                continue
            part_of = found[0]
        yield PartnerCap(name, None, span, part_of, value.text.endswith("those schemes"), over_term, unless)


# ---- later years -----------------------------------------------------------------------------


def build_later(reader: Reader, node: Mapping) -> Later | None:
    """Build what follows in later years: a loan that is repaid, or a sum that only falls due then."""
    loan = part(node, "repayable")
    if loan:
        by = text(loan, "by")
        if by is not None and by.text == "the fund":
            by = None
        elif by is not None and not reader.resolve("partner", by):
            return None
        return _instalments(reader, said(loan, "in"), pay_now=True, by=by)
    due = text(node, "due in")
    return _instalments(reader, due, pay_now=False, by=None) if due else None


def _instalments(reader: Reader, written: Text, *, pay_now: bool, by: Text | None) -> Later | None:
    """Build yearly instalments from words such as `4 yearly instalments from next year`."""
    words = written.text.split(" ")
    count, after = int(words[0]), 1 if words[-1] == "year" else int(words[-2])
    if count == 0 or (after < 2 and words[-1] == "years"):
        mend = "write at least 1 instalment" if count == 0 else "write `from next year`"
        reader.fault(BAD_VALUE, f"`{written}` says no time of payment", written.span, mend)
        return None
    if max(count, after) > MAX_TERM_YEARS:
        reader.fault(BAD_VALUE, f"`{written}` reaches too far", written.span, f"the limit is {MAX_TERM_YEARS} years")
        return None
    return Later(count, after, pay_now, by, written.span)
