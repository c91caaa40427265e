"""The sample leaves nothing out: each pair is met, and each rule meets all that it is for."""

from collections.abc import Callable
from itertools import combinations

import pytest

from clinicpress.editions.edition import Edition
from tests.pdf import test_pages, test_structure, test_validity, test_words
from tests.pdf.conftest import meant_by
from tests.pdf.matrix import (
    EDITIONS,
    FACTORS,
    FAST,
    FAST_FACTORS,
    PAIRS,
    PROOFS,
    covering,
    is_booklet,
)

RULES = {
    f"{module.__name__}.{name}": mark.kwargs["of"]
    for module in (test_pages, test_structure, test_validity, test_words)
    for name, rule in vars(module).items()
    if name.startswith("test_")
    for mark in getattr(rule, "pytestmark", ())
    if mark.name == "prints" and "of" in mark.kwargs and "once_for" not in mark.kwargs
}


def met(editions: list[Edition], factors: tuple[str, ...]) -> set[tuple[str, ...]]:
    """Return the values of ``factors`` that meet in some edition."""
    return {tuple(getattr(edition, name) for name in factors) for edition in editions}


@pytest.mark.parametrize("pair", list(combinations(FACTORS, 2)), ids="-".join)
def test_each_two_values_that_can_meet_meet_in_the_sample(pair: tuple[str, ...]) -> None:
    assert met(PAIRS, pair) == met(EDITIONS, pair)
    assert len(met(EDITIONS, pair)) >= 20
    assert set(FAST) < set(PAIRS)
    assert len(PAIRS) < len(EDITIONS) / 2


@pytest.mark.parametrize("factor", FAST_FACTORS)
def test_each_value_is_among_the_fast_ones(factor: str) -> None:
    assert met(FAST, (factor,)) == met(EDITIONS, (factor,))


@pytest.mark.parametrize("of", RULES.values(), ids=RULES)
def test_a_rule_for_some_prints_meets_all_their_kinds(of: Callable[[Edition], bool]) -> None:
    meant = [*filter(of, PROOFS)]
    sample = [edition for edition in PAIRS if edition in meant]
    assert 0 < len(meant) < len(PROOFS)
    assert [met(sample, (factor,)) for factor in FACTORS] == [
        met(meant, (factor,)) for factor in FACTORS
    ]


def test_one_is_enough_of_those_that_are_alike() -> None:
    """And a fast one is taken where there is one."""
    booklets = meant_by(PAIRS, full=False, of=is_booklet, once_for=("publication",))
    assert booklets == [edition for edition in FAST if is_booklet(edition)]
    assert len(meant_by(PAIRS, full=True, of=is_booklet, once_for=("publication",))) == 8


def test_a_sample_begins_with_what_is_asked_for() -> None:
    first = [EDITIONS[-1], EDITIONS[5]]
    assert covering(EDITIONS, 0, first) == sorted(first, key=EDITIONS.index)
    assert len(covering(EDITIONS, 3)) == len(EDITIONS)
