"""The nearest name: found in any case and order, and never slow."""

import time

from poolrules.base.near import almost, did_you_mean, nearest, which_of


def test_the_nearest_name_is_found_whatever_its_case() -> None:
    assert nearest("COUNCL", ["ICB", "Council"]) == "Council"
    assert nearest("xyzzy", ["ICB", "Council"]) is None
    assert nearest("anything", []) is None


def test_the_answer_does_not_depend_on_the_order_of_names() -> None:
    names = ["Trust", "TRUST", "trust"]
    assert nearest("trst", names) == nearest("trst", reversed(names)) == "TRUST"


def test_what_is_offered() -> None:
    assert did_you_mean("Equipmnt", ["Equipment", "Homecare"]) == "did you mean `Equipment`?"
    assert did_you_mean("zzz", ["B", "A"]) == "the names here are `A`, `B`"
    assert did_you_mean("zzz", []) == ""
    assert did_you_mean("zzz", [f"N{place:02d}" for place in range(13)]).endswith("`N11` and others")


def test_only_a_letter_or_two_are_a_slip_of_the_pen() -> None:
    modes = ["shared", "own risk", "fixed share", "ring-fenced"]
    assert [almost(word, modes) for word in ("Sharde", "ring fenced", "own-risk")] == [
        "shared",
        "ring-fenced",
        "own risk",
    ]
    assert [almost(word, modes) for word in ("risk share", "pooled", "")] == [None, None, None]
    assert (almost("off", ["of", "to"]), almost("cash", ["as"])) == ("of", None)


def test_what_is_as_near_to_two_is_offered_as_neither() -> None:
    assert almost("bord", ["ford", "lord"]) is None


def test_another_number_is_never_a_slip() -> None:
    assert almost("section 76", ["section 75"]) is None


def test_all_that_may_be_meant_is_offered() -> None:
    things = [("county council", "CC"), ("district council", "DC"), ("chief constable", "CC"), ("charity",)]
    assert which_of("C.C.", things) == "did you mean `county council` or `chief constable`?"
    assert which_of("charty", things) == "did you mean `charity`?"
    assert which_of("county district", things) == "did you mean `county council` or `district council`?"
    assert which_of("council of the county", things) == "did you mean `county council` or `district council`?"
    assert which_of("zoo", things[2:]) == "write `chief constable` or `charity`"


def test_many_long_names_are_compared_in_a_moment() -> None:
    names = [f"{place:06d}" + "abcdefghij" * 400 for place in range(20_000)]
    start = time.process_time()
    nearest("jihgfedcba" * 400, names)
    almost("jihgfedcba" * 400, names)
    assert time.process_time() - start < 2
