"""No brand's folder prints words unread that must be read: each attack is refused, or undone."""

import pytest

from tests.hostile.sights import Attack, attacks
from tests.hostile.trials import WAYS, Bench, refusing

EVERY = attacks()


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return Bench(tmp_path_factory.mktemp("clinic"))


def test_there_are_enough_attacks_and_no_two_alike() -> None:
    assert len({(attack.style, str(attack.templates)) for attack in EVERY}) == len(EVERY) >= 104


def rows():
    """Yield each attack with each way to print it; most of them are tried by the slow suite."""
    for number, attack in enumerate(EVERY):
        for way in WAYS:
            often = way == "proof" and (" " not in attack.style or number % 3 == 0 or number > 100)
            marks = () if often else (pytest.mark.slow,)
            yield pytest.param(attack, way, marks=marks, id=f"{attack.id}, {way}")


@pytest.mark.parametrize(("attack", "way"), list(rows()))
def test_what_must_be_read_is_read_or_nothing_is_printed(
    bench: Bench, attack: Attack, way: str
) -> None:
    tried = bench.tried(attack, way)
    assert tried.printed == attack.is_set_back, tried


@pytest.mark.parametrize("way", WAYS)
def test_honest_pages_are_printed(bench: Bench, way: str) -> None:
    tried = bench.tried(Attack("none"), way)
    assert tried.printed
    assert tried.pdf


@pytest.mark.slow
def test_what_is_seen_alone_refuses_nearly_all(bench: Bench) -> None:
    """With the last style sheet, and the judgement of computed styles, switched off."""
    results = [bench.tried(attack, "proof", guarded=False) for attack in EVERY]
    assert sum(bool(tried.pdf) for tried in results) > 100
    assert refusing(results) >= 0.95
