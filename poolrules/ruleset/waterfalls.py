"""Compiling overspend, underspend and gain terms: steps, what they give to, and how far they go."""

from poolrules.base.bodies import ALL_PARTNERS
from poolrules.model import agreement as model
from poolrules.ruleset import ruleset as rules
from poolrules.ruleset.places import Places, waterfall_id
from poolrules.ruleset.sharings import by_contributions, by_key, equal_weights, unsaid_of, weights_of


def compile_waterfall(
    agreement: model.Agreement,
    fund: model.Fund,
    waterfall: model.Waterfall,
    places: Places,
    earlier: tuple[model.Agreement, ...] = (),
) -> rules.Waterfall:
    """Compile the steps for overspends or underspends of some schemes; `earlier` is what was agreed before."""
    found = waterfall_id(fund, waterfall)
    places.note(found, waterfall.span)
    compiler = _Steps(agreement, fund, waterfall, places, earlier)
    steps = [compiler.step(f"{found}.{place}", step) for place, step in enumerate(waterfall.steps, 1)]
    if waterfall.remainder:
        steps.append(compiler.step(f"{found}.remainder", waterfall.remainder, remainder=True))
    return rules.Waterfall(
        id=found,
        fund=fund.name.text,
        trigger=rules.Trigger(waterfall.word),
        schemes=waterfall.schemes,
        steps=tuple(steps),
        separately=waterfall.separately,
        caps=compiler.caps(found, waterfall.caps),
        name=waterfall.called.text if waterfall.called else None,
        gain=waterfall.called.text if waterfall.gain and waterfall.called else None,
        subject_to=_ids_of(agreement, waterfall.subject_to),
        despite=_ids_of(agreement, waterfall.despite),
    )


def _ids_of(agreement: model.Agreement, named: tuple[model.Text, ...]) -> tuple[str, ...]:
    """The ids of the blocks that go by some names."""
    names = {name.text for name in named}
    return tuple(
        waterfall_id(fund, block)
        for fund in agreement.funds
        for block in fund.waterfalls
        if block.called and block.called.text in names
    )


class _Steps:
    """Compiles the steps of one waterfall of one fund."""

    def __init__(
        self,
        agreement: model.Agreement,
        fund: model.Fund,
        waterfall: model.Waterfall,
        places: Places,
        earlier: tuple[model.Agreement, ...],
    ) -> None:
        self.agreement = agreement
        self.fund = fund
        self.waterfall = waterfall
        self.places = places
        self.earlier = earlier

    def step(self, found: str, step: model.Step, *, remainder: bool = False) -> rules.Step:
        """Compile one step."""
        self.places.note(found, step.span)
        return rules.Step(
            id=found,
            taker=self._taker(found, step.taker),
            at_most=limit_of(step.at_most),
            until=limit_of(step.until),
            cause=step.caused_by.text if step.caused_by else None,
            remainder=remainder,
            over_term=step.over_term.pence if step.over_term else None,
            condition=rules.Condition(step.given.fact.text, step.given.holds) if step.given else None,
        )

    def _taker(self, found: str, taker: model.Taker) -> rules.Taker:
        """Compile what a step gives its money to, or takes it from."""
        match taker:
            case model.UnderspendsOf():
                return rules.FromUnderspends(taker.schemes)
            case model.FromReserve() | model.IntoReserve() | model.CarriedForward():
                return _kept(taker)
            case model.FromOutside():
                return rules.Outside(taker.funder.text)
            case model.DecidedBy():
                return self._decided(taker)
            case model.ToBeAgreed():
                return rules.Decided(ALL_PARTNERS)
            case model.ByPartners():
                sharing = self.sharing(taker.sharing)
                if isinstance(sharing, rules.Silent):
                    return sharing
                return rules.ByPartners(sharing, self.caps(found, taker.caps), _later(taker.later))

    def _decided(self, taker: model.DecidedBy) -> rules.Decided | rules.Silent:
        """Compile a step left to a body; a fallback that does not say who pays is itself a silence."""
        failing = self._fallback(taker.failing) if taker.failing else None
        if isinstance(failing, rules.Silent):
            return failing
        within = str(taker.within.length) if taker.within else None
        return rules.Decided(taker.body.text, within, failing, taker.interim.text if taker.interim else None)

    def _fallback(
        self, failing: model.Sharing | model.FromReserve | model.IntoReserve | model.CarriedForward
    ) -> rules.Sharing | rules.FromReserve | rules.IntoReserve | rules.CarryForward | rules.Silent:
        """Compile what follows failing a decision."""
        if isinstance(failing, model.FromReserve | model.IntoReserve | model.CarriedForward):
            return _kept(failing)
        return self.sharing(failing)

    def caps(self, found: str, caps: tuple[model.PartnerCap, ...]) -> tuple[rules.Cap, ...]:
        """Compile the most that partners pay."""
        compiled = []
        for cap in caps:
            cap_id = f"{found}.{'term-cap' if cap.over_term else 'cap'}.{cap.partner}"
            self.places.note(cap_id, cap.span)
            compiled.append(
                rules.Cap(
                    id=cap_id,
                    partner=cap.partner.text,
                    pence=cap.amount.pence if cap.amount else None,
                    numerator=cap.part.numerator,
                    denominator=cap.part.denominator,
                    schemes=self.waterfall.schemes if cap.tied else (),
                    over_term=cap.over_term,
                    unless=cap.unless.text if cap.unless else None,
                )
            )
        return tuple(compiled)

    def sharing(self, sharing: model.Sharing) -> rules.Sharing | rules.Silent:
        """Compile a sharing, or name the silence where it does not say enough to divide by."""
        match sharing:
            case model.Shares() | model.Alone():
                return weights_of(sharing, self.fund.partners)
            case model.Equally():
                return equal_weights(sharing, self.fund.partners)
            case model.ByKey():
                return by_key(sharing)
            case model.OfSpending():
                weights = weights_of(sharing.shares, self.fund.partners)
                return weights if isinstance(weights, rules.Silent) else rules.OfSpending(weights.parts)
            case model.Proportion():
                unsaid = unsaid_of(self.agreement, self.fund, sharing, self.earlier)
                return (
                    rules.Silent(f"the agreement does not say {unsaid[0]}")
                    if unsaid
                    else by_contributions(sharing, self._funds(sharing), self._tied_to(sharing))
                )

    def _funds(self, proportion: model.Proportion) -> tuple[str, ...]:
        """The funds whose contributions a proportion counts."""
        everywhere = proportion.to is model.Base.ALL_FUNDS
        return tuple(fund.name.text for fund in self.agreement.funds) if everywhere else (self.fund.name.text,)

    def _tied_to(self, proportion: model.Proportion) -> tuple[str, ...]:
        """The schemes to which contributions must be tied to count; none where all of the funds count."""
        return self.waterfall.schemes if proportion.to is model.Base.SCHEMES else ()


def limit_of(limit: model.Limit | None) -> rules.Limit | None:
    """Compile how far a step goes."""
    match limit:
        case None:
            return None
        case model.Amount():
            return limit.pence
        case model.PartOf():
            partners = tuple(partner.text for partner in limit.partners)
            return rules.PartOf(limit.share.numerator, limit.share.denominator, rules.Of(limit.of), partners)
        case model.AmountOf():
            return rules.Known(limit.fact.text)
        case model.TotalOf():
            return rules.TotalOf(limit.key.text)


def _kept(
    taker: model.FromReserve | model.IntoReserve | model.CarriedForward,
) -> rules.FromReserve | rules.IntoReserve | rules.CarryForward:
    """Compile what money that stays in the fund comes from or goes to."""
    match taker:
        case model.FromReserve():
            return rules.FromReserve(taker.reserve.text)
        case model.IntoReserve():
            until = taker.until_it_holds.pence if taker.until_it_holds else None
            return rules.IntoReserve(taker.reserve.text, until)
        case model.CarriedForward():
            scheme = taker.scheme.text if taker.scheme else None
            return rules.CarryForward(scheme, taker.where_it_arose, taker.one_off_only)


def _later(later: model.Later | None) -> rules.Later | None:
    """Compile what follows in later years."""
    if later is None:
        return None
    return rules.Later(later.instalments, later.after, later.pay_now, later.by.text if later.by else None)
