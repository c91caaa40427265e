"""What a brand's styles make of colours that mean something: refused, however it is written."""

import pytest

from clinicpress.runs.pipeline import set_pages
from tests.hostile.sights import Attack
from tests.hostile.trials import Bench

RED = "near the red of emergencies"
OTHERS = "other colours than the layouts do"

COLOURED = {
    ".tier-emergency .tier-head { background: #00f }": OTHERS,
    ".tier-emergency .tier-head { background: var(--soft) }": OTHERS,
    ".tier { border-color: #888 !important }": OTHERS,
    ".stop { color: #333 }": OTHERS,
    "section { background: #eef }": OTHERS,
    ":root { --{{ 'emer' }}gency: #00f }": OTHERS,
    "h2 { color: #a4161a }": RED,
    ".practice { border: .5mm solid #c22 }": RED,
}


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return Bench(tmp_path_factory.mktemp("clinic"))


def problems(bench: Bench, attack: Attack) -> list[str]:
    brand = bench.brand(attack)
    return [str(each) for each in set_pages(bench.prepared(brand, "proof")).problems]


@pytest.mark.few(2)
@pytest.mark.parametrize(("style", "said"), COLOURED.items(), ids=COLOURED)
def test_a_style_that_says_less_or_more_is_refused(bench: Bench, style: str, said: str) -> None:
    found = problems(bench, Attack("style", style))
    assert found
    assert all(each.endswith("[STYLE-TONE]") for each in found)
    assert said in found[0]


def test_so_is_a_template_that_brings_its_own_style(bench: Bench) -> None:
    own = "</head>", "<style>.tier-head { background: #00f !important }</style></head>"
    found = problems(bench, Attack("template", templates={"base.html": own}))
    assert any(OTHERS in each for each in found)


HONEST = [
    ":root { --radius: 0; --radius-panel: 0 }",
    "h2, h3 { color: #1b4d2b; letter-spacing: .1pt }",
]


@pytest.mark.parametrize("style", HONEST)
def test_an_honest_style_is_printed(bench: Bench, style: str) -> None:
    assert problems(bench, Attack("style", style)) == []
