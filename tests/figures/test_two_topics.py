"""Two topics whose signs, items, figures and selections have the same names: each has its own.

The second is a copy of the first, in which all that could be taken for the first's is marked.
"""

import re
import shutil
from pathlib import Path

import pytest

from clinicpress.content.library import Library
from clinicpress.content.reader import read_library
from clinicpress.errors import Problems
from clinicpress.orders.plan import plan
from clinicpress.orders.request import ALL, Request
from clinicpress.pages.compose import compose, svg_url
from clinicpress.runs.pipeline import Prepared, prepare
from tests.conftest import ROOT

LAYOUTS = ROOT / "layouts"
FIRST, SECOND = "upper-back-pain", "sore-ankle"
STARTER = ["shoulder-rolls", "scapular-squeeze", "wall-slide"]
MARK = "Ankle"

MARKED = {
    "figures/**/*.yaml": r"^(alt: (?:>-\n  )?[\"']?)",
    "references.yaml": r"^(  title: [\"']?)",
    "questions/*.yaml": r"^(title:(?:\n  default:)? [\"']?)",
}
"""Where the second topic's words begin with the mark, by its files."""


def make_twin(sources: Path) -> Path:
    """Copy the real sources to ``sources``, and return the folder of the second topic in them."""
    shutil.copytree(ROOT / "sources", sources)
    twin = shutil.copytree(sources / FIRST, sources / SECOND)
    change(twin / "topic.yaml", rf"^id: {FIRST}$", f"id: {SECOND}")
    change(
        twin / "publications/exercises.yaml",
        rf"(default: )\[{', '.join(STARTER)}\]",
        r"\1[chin-tuck]",
    )
    for files, start in MARKED.items():
        for path in twin.glob(files):
            change(path, start, rf"\1{MARK} ")
    return twin


def change(path: Path, old: str, new: str) -> None:
    """Replace what a pattern finds in a file; it finds something."""
    text, times = re.subn(old, new, path.read_text("utf-8"), flags=re.MULTILINE)
    assert times, path
    path.write_text(text, "utf-8")


@pytest.fixture(scope="module")
def twins(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """Return a library of both topics."""
    sources = tmp_path_factory.mktemp("twins") / "sources"
    make_twin(sources)
    return read_library(sources)


def prints(library: Library, topic: str, **asked: tuple[str, ...]) -> list[Prepared]:
    """Return each publication of a topic, for each audience unless some are asked for."""
    request = Request((ALL,), topics=(topic,), **{"audiences": (ALL,), **asked})
    return [prepare(edition, library, LAYOUTS) for edition in plan(request, library, LAYOUTS)]


BOTH = [pytest.param(FIRST, marks=pytest.mark.slow), SECOND]


@pytest.mark.parametrize("topic", BOTH)
def test_a_topic_shows_its_own_figures_and_shared_ones(twins: Library, topic: str) -> None:
    seen = set()
    for each in prints(twins, topic):
        for plate in each.manuscript.plates:
            seen.add(plate.id)
            file = Path(plate.place.file).as_posix()
            assert f"/{topic}/figures/" in file or "sources/figures/shared/" in file, plate.id
            if "/shared/" not in file:
                assert plate.alt.startswith(MARK) is (topic == SECOND), plate.id
    assert {"E1a", "gate-ask", "do-not-clot", "scapular-squeeze", "cover-art"} <= seen


@pytest.mark.parametrize("topic", BOTH)
def test_a_topic_cites_and_answers_its_own(twins: Library, topic: str) -> None:
    sheets = [each.manuscript for each in prints(twins, topic, audiences=("general",))]
    for kind in ("reference", "questions"):
        titles = [entry.title for sheet in sheets for entry in sheet.entries(kind)]
        assert titles
        assert {title.startswith(MARK) for title in titles} == {topic == SECOND}


@pytest.mark.parametrize(("topic", "ids"), [(FIRST, STARTER), (SECOND, ["chin-tuck"])])
def test_a_selection_is_the_topics_own(twins: Library, topic: str, ids: list[str]) -> None:
    request = Request(("exercises",), topics=(topic,), exercises=("starter",))
    (sheet,) = (prepare(edition, twins, LAYOUTS) for edition in plan(request, twins, LAYOUTS))
    assert [entry.id for entry in sheet.manuscript.entries("exercises")] == ids


def test_a_row_shows_the_drawing_of_its_own_topic(twins: Library) -> None:
    """In easy read the sign stands beside what its own topic drew, not what another did."""
    for topic in (FIRST, SECOND):
        request = Request(("exercises",), topics=(topic,), audiences=("easy-read",))
        (each,) = (prepare(edition, twins, LAYOUTS) for edition in plan(request, twins, LAYOUTS))
        html = compose(each.manuscript, each.design, each.drawings().find)
        (style,) = re.findall(r'data-figure="E1a" style="background-image: url\(\'(.*?)\'\)"', html)
        assert style == svg_url(each.drawings().find("E1a", 1).svg)


@pytest.fixture
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a second topic that has drawn nothing yet, below the current one."""
    twin = make_twin(tmp_path / "sources")
    monkeypatch.chdir(tmp_path)
    return twin


def lacks(twin: Path, *figures: str) -> None:
    """Take figures away from the second topic."""
    for name in figures:
        (path,) = (twin / "figures").rglob(f"{name}.yaml")
        path.unlink()


def test_a_figure_that_is_named_is_never_another_topics(alone: Path) -> None:
    lacks(alone, "cat-cow")
    (problem,) = read_library(alone.parent).broken[SECOND].problems
    assert str(problem) == (
        "sources/sore-ankle/exercises/cat-cow.yaml:58: there is no figure “cat-cow”. "
        "Draw it in sources/sore-ankle/figures/cat-cow.yaml, or put a picture from outside there. "
        "[FIGURE-UNKNOWN]"
    )


SLOW = pytest.mark.slow


@pytest.mark.few(1)
@pytest.mark.parametrize(
    ("figure", "place"),
    [
        ("E1a", "warning-signs.yaml"),
        pytest.param("emergency-heart-note", "warning-signs.yaml", marks=SLOW),
        ("gate-ask", "cautions.yaml"),
        pytest.param("do-not-clot", "cautions.yaml", marks=SLOW),
        pytest.param("never-press-places", "cautions.yaml", marks=SLOW),
        pytest.param("about-sources", "topic.yaml", marks=SLOW),
        pytest.param("exercises-intro", "publications/booklet.yaml", marks=SLOW),
        ("scapular-squeeze-hold", "exercises/scapular-squeeze.yaml"),
        pytest.param(
            "scapular-squeeze-easier", "exercises/scapular-squeeze.yaml", marks=pytest.mark.slow
        ),
        pytest.param(
            "shoulder-rolls-avoid", "exercises/shoulder-rolls.yaml", marks=pytest.mark.slow
        ),
        pytest.param(
            "stroke-shoulders-mistakes", "techniques/stroke-shoulders.yaml", marks=pytest.mark.slow
        ),
        pytest.param("heat-pack-kit", "techniques/heat-pack.yaml", marks=SLOW),
        pytest.param("keep-moving", "self-care/keep-moving.yaml", marks=SLOW),
        pytest.param("recovery-weeks", "self-care/recovery.yaml", marks=SLOW),
    ],
)
def test_a_line_without_a_picture_is_told_where_it_stands(alone, figure, place) -> None:
    """And the first topic's picture of that name does not stand in for it."""
    lacks(alone, figure)
    library = read_library(alone.parent)
    with pytest.raises(Problems) as refused:
        prints(library, SECOND, audiences=("easy-read",))
    (problem,) = refused.value.problems
    line = alone / place
    assert problem.code == "FIGURE-MISSING"
    assert problem.hint == (
        f"Draw it in sources/sore-ankle/figures/{figure}.yaml, or name another figure for it."
    )
    assert problem.place.file == f"sources/sore-ankle/{place}"
    assert 0 < problem.place.line <= len(line.read_text("utf-8").splitlines())
    assert prints(library, FIRST, audiences=("easy-read",))


def test_another_figure_can_be_named_for_a_line(alone: Path) -> None:
    lacks(alone, "E1a", "scapular-squeeze-hold")
    change(alone / "warning-signs.yaml", r"^( +)(E1a:)\n", r"\1\2\n\1  figure: emergency-call\n")
    change(
        alone / "exercises/scapular-squeeze.yaml",
        "^figure: scapular-squeeze$", r"\g<0>\nfigures: {hold: chin-tuck}",
    )  # fmt: skip
    (sheet,) = (
        p.manuscript
        for p in prints(read_library(alone.parent), SECOND, audiences=("easy-read",))
        if p.edition.publication == "exercises"
    )
    signs = [s for tier in sheet.entries("tier") for group in tier.groups for s in group.signs]
    assert next(s.pictures["sign"] for s in signs if s.id == "E1a") == "emergency-call"
    (squeeze,) = (e for e in sheet.entries("exercises") if e.id == "scapular-squeeze")
    assert squeeze.pictures["hold"] == "chin-tuck"
    assert squeeze.pictures["draw"] == "scapular-squeeze:draw"
