"""Sections of an Act as lawyers cite them, and services named in words."""

import pytest

from poolrules.checks.citations import cited
from poolrules.checks.exclusions import exclusions

CARE = "Care Act 2014"


@pytest.mark.parametrize(
    ("citation", "sections"),
    [
        ("Care Act 2014 s 18", {"18"}),
        ("Care Act 2014, s.69", {"69"}),
        ("Care Act 2014 ss 14, 17 and 69", {"14", "17", "69"}),
        ("Care Act 2014 sections 17 to 19", {"17", "18", "19"}),
        ("section 2(3) of the Care Act 2014", {"2(3)"}),
        ("s 14 Care Act 2014", {"14"}),
        ("Care Act 2014 s 117A", {"117A"}),
        ("the Care Act 2014", set()),
        ("Mental Health Act 1983 s 14", set()),
        ("Mental Health Act 1983 s 117; Care Act 2014 s 69", {"69"}),
        ("Mental Health Act 1983 s 117, Care Act 2014 s 69", {"69"}),
        ("Care Act 2014 s 18 and Mental Health Act 1983 s 117", {"18"}),
    ],
)
def test_sections_are_found(citation: str, sections: set[str]) -> None:
    assert cited(citation, CARE) == sections


def test_parts_are_told_from_sections() -> None:
    assert cited("Children Act 1989 Part VII", "Children Act 1989") == {"Part VII"}
    assert cited("Children Act 1989 s 86 and Parts VIII, IX", "Children Act 1989") == {"86", "Part VIII", "Part IX"}


def test_a_very_long_range_ends() -> None:
    assert len(cited("Care Act 2014 ss 1 to 99999999", CARE)) < 300


@pytest.mark.parametrize(
    ("text", "excluded"),
    [
        ("Cataract surgery", True),
        ("Podiatric SURGERY", True),
        ("Home visits from GP surgeries", False),
        ("Clinics held at the GP surgery", False),
        ("Rehabilitation after surgery", False),
        ("Emergency ambulance services", True),
        ("Non-emergency ambulance transport", False),
        ("Patient transport by ambulance", False),
        ("Non-invasive treatment of back pain", False),
        ("Colonoscopy and endoscopy", True),
    ],
)
def test_excluded_services_are_known_by_their_words(text: str, excluded: bool) -> None:
    assert any(service.named_in(text) for service in exclusions().services) is excluded
