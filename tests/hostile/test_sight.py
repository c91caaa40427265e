"""No brand's folder prints words unread that must be read: each attack is refused, or undone."""

import pytest

from tests.conftest import takes_all
from tests.hostile.sights import AIMS, HIDING, Attack, attacks
from tests.hostile.trials import WAYS, Bench, refusing

EVERY = attacks()


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return Bench(tmp_path_factory.mktemp("clinic"))


def test_there_are_enough_attacks_and_no_two_alike() -> None:
    assert len({(attack.style, str(attack.templates)) for attack in EVERY}) == len(EVERY) >= 104


def rows(*, full: bool):
    """Yield each attack with one way to print it, and with each for the ``full`` matrix.

    The ways take turns, and there is one more of what hides than a multiple of them: so each of
    these, and each of what they aim at, meets every way. Most are tried by the slow suite.
    """
    for number, attack in enumerate(EVERY):
        turn = tuple(WAYS)[number % len(WAYS)]
        for way in WAYS if full else (turn,):
            often = way == turn and number % 9 == 0
            marks = () if often else (pytest.mark.slow,)
            yield pytest.param(attack, way, marks=marks, id=f"{attack.id}, {way}")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "attack" in metafunc.fixturenames:
        full = takes_all(metafunc.config)
        metafunc.parametrize(("attack", "way"), list(rows(full=full)))


def test_each_of_what_hides_and_each_aim_meets_every_way() -> None:
    met = {(case.values[0].id, case.values[1]) for case in rows(full=False)}
    assert len(met) == len(EVERY)
    for part in (*AIMS, *HIDING):
        with_it = {way for id, way in met if id.startswith(f"{part} ") or id.endswith(f" {part}")}
        assert with_it == set(WAYS), part


@pytest.mark.few(6)
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
def test_what_is_seen_alone_refuses_nearly_all(bench: Bench, full: bool) -> None:
    """With the last style sheet, and the judgement of computed styles, switched off.

    At least 95 of 100; in a third of the attacks all that get past it may stand.
    """
    some, least = (EVERY, 0.95) if full else (EVERY[::3], 0.9)
    results = [bench.tried(attack, "proof", guarded=False) for attack in some]
    assert sum(bool(tried.pdf) for tried in results) > len(some) / 2
    assert refusing(results) >= least
