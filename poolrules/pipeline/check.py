"""Checking an agreement: all that is wrong with it, in one list."""

from collections.abc import Iterator

from poolrules.checks import allowance_not_needed
from poolrules.checks.registry import Subject, Variation
from poolrules.checks.run import run_checks
from poolrules.model.agreement import Agreement
from poolrules.pipeline.load import Loaded
from poolrules.ruleset.from_model import compile_rules
from poolrules.source.finding import Finding, Label, in_file_order


def check(loaded: Loaded) -> list[Finding]:
    """Find fault with an agreement; one that cannot be read to its end is not judged beyond its writing.

    One with deeds of variation is judged as first signed and as each deed leaves it; what is wrong with several of
    these is told once.
    """
    if loaded.findings or loaded.agreement is None:
        return list(loaded.findings)
    subjects = list(_subjects(loaded))
    found = [run_checks(subject) for subject in subjects]
    if len(subjects) == 1:
        return in_file_order(found[0])
    told: dict[Finding, Finding] = {}
    for subject, findings in zip(subjects, found, strict=True):
        for finding in findings:
            if _is_needed_elsewhere(finding, subjects, found):
                continue
            told.setdefault(finding, _as_varied(finding, subject.variation))
    return in_file_order(list(told.values()))


def _subjects(loaded: Loaded) -> Iterator[Subject]:
    """The agreement as first signed, and as each deed leaves it."""
    signed = loaded.signed or loaded.agreement
    assert signed is not None
    subject = Subject(signed, compile_rules(signed))
    yield subject
    earlier: tuple[Agreement, ...] = (signed,)
    for version in loaded.versions:
        only = all(change.what.words.startswith("contributions ") for change in version.changes)
        variation = Variation(version.deed, subject.agreement, subject.rules, only)
        rules = compile_rules(version.agreement, earlier=earlier)
        subject = Subject(version.agreement, rules, variation, earlier)
        yield subject
        earlier = (*earlier, version.agreement)


def _is_needed_elsewhere(finding: Finding, subjects: list[Subject], found: list[list[Finding]]) -> bool:
    """Whether an allowance that seems not to be needed is needed in another version of the agreement."""
    if finding.code != allowance_not_needed.page.code:
        return False
    return any(
        finding not in findings and any(allowed.span == finding.span for allowed in subject.agreement.allowed)
        for subject, findings in zip(subjects, found, strict=True)
    )


def _as_varied(finding: Finding, variation: Variation | None) -> Finding:
    """A finding that a deed brought about; where it does not point into the deed, the deed is pointed at too."""
    if variation is None or any(label.span.file == variation.deed.span.file for label in finding.labels):
        return finding
    also = Label(variation.deed.span, f"as varied by {variation.deed.name}")
    return Finding(finding.code, finding.severity, finding.message, (*finding.labels, also), finding.help)
