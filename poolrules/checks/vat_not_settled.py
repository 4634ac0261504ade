"""A fund does not say whose VAT rules apply, or the rules do not fit who delivers.

Councils recover VAT on most of what they buy, NHS bodies on a list of services only. Recovery
follows the body that delivers the service, so the arrangement can cost a fifth of a contract.

Authority: HMRC manual VATGPB6640; VAT Act 1994 ss 33 and 41.

    fund Pool "Westshire pooled fund"
        vat         council regime, delivered by ICB

Let the rules follow who delivers:

    fund Pool "Westshire pooled fund"
        vat         council regime, delivered by Council
"""

from collections.abc import Iterator

from poolrules.checks.bases import side
from poolrules.checks.registry import WARNING, Fault, Subject, check
from poolrules.source.finding import Label

_SIDE_OF_REGIME = {"council regime": "council", "NHS regime": "nhs"}


@check("MON009", WARNING)
def find(subject: Subject) -> Iterator[Fault]:
    """Look for the VAT rules of each fund, and compare them with the body that delivers."""
    for fund in subject.agreement.funds:
        if fund.vat is None:
            yield Fault(
                f"`{fund.name}` does not say whose VAT rules apply",
                (Label(fund.span, "no `vat` line"),),
                "add a line such as: vat council regime, delivered by Council",
            )
            continue
        wanted, deliverer = _SIDE_OF_REGIME.get(fund.vat.regime.text), fund.vat.delivered_by
        found = side(subject.agreement.partner(deliverer.text)) if deliverer else None
        if deliverer and wanted and found in ("council", "nhs") and found != wanted:
            yield Fault(
                f"`{fund.name}` uses the {fund.vat.regime}, and `{deliverer}` delivers the services",
                (Label(fund.vat.regime.span, "these rules"), Label(deliverer.span, "another side delivers")),
                "VAT recovery follows the body that delivers: ask a tax adviser before signing",
            )
