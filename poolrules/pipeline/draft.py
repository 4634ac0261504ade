"""Drafting an agreement from its file, in the format that the name of the target says."""

import os
from collections.abc import Callable
from typing import Final

from poolrules.drafting.number import Numbered
from poolrules.pipeline.compile import drafted, fingerprint, understood
from poolrules.pipeline.files import Unusable
from poolrules.pipeline.load import Loaded
from poolrules.ruleset.ruleset import Ruleset

DRAFT_MARK: Final = "Draft"
"""What every page is marked with: a draft is not the signed agreement."""

ENDINGS: Final = (".docx", ".html", ".md")


def draft_file(loaded: Loaded, target: str) -> bytes:
    """Draft an agreement without faults of writing. Raises `Unusable` for a target of no known format."""
    write = _writer(target)
    agreement, rules = understood(loaded)
    return write(drafted(agreement, rules), _fingerprint_of(rules))


def _fingerprint_of(rules: Ruleset) -> str:
    """The fingerprint of all that a draft is made from: the agreement's, or one of those of all its versions."""
    if len(rules.versions) < 2:
        return rules.source_fingerprint
    return fingerprint("\n".join(version.fingerprint for version in rules.versions).encode())


def _writer(target: str) -> Callable[[Numbered, str], bytes]:
    """Find what writes the format that a name ends in."""
    ending = os.path.splitext(target)[1].lower()
    if ending == ".docx":
        return _to_docx
    if ending == ".html":
        return _to_html
    if ending == ".md":
        return _to_markdown
    raise Unusable(f"`{target}` is of no format that is drafted", f"end its name in {', '.join(ENDINGS)}")


def _to_docx(numbered: Numbered, fingerprint: str) -> bytes:
    """Write a Word file, if its library is there."""
    try:
        from poolrules.drafting.to_docx import to_docx
    except ModuleNotFoundError as fault:
        if fault.name != "docx":
            raise
        raise Unusable("Word files need an extra library", 'install it with: pip install "poolrules[docx]"') from None
    return to_docx(numbered, draft_mark=DRAFT_MARK, fingerprint=fingerprint)


def _to_html(numbered: Numbered, fingerprint: str) -> bytes:
    """Write a page for a browser."""
    from poolrules.drafting.to_html import to_html

    return to_html(numbered, draft_mark=DRAFT_MARK, fingerprint=fingerprint)


def _to_markdown(numbered: Numbered, fingerprint: str) -> bytes:
    """Write Markdown."""
    from poolrules.drafting.to_markdown import to_markdown

    return to_markdown(numbered, draft_mark=DRAFT_MARK, fingerprint=fingerprint)
