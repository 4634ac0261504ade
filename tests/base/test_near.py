"""The nearest name: found in any case and order, and never slow."""

import time

from poolrules.base.near import did_you_mean, nearest


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


def test_many_long_names_are_compared_in_a_moment() -> None:
    names = [f"{place:06d}" + "abcdefghij" * 400 for place in range(20_000)]
    start = time.process_time()
    nearest("jihgfedcba" * 400, names)
    assert time.process_time() - start < 2
