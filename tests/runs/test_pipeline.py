"""What decides that an edition must be made again, and what a build hands on of what it met."""

from dataclasses import replace
from io import BytesIO

import pytest
from pikepdf import Pdf

from clinicpress.checks import layout, paper
from clinicpress.checks.paper import Looked
from clinicpress.checks.seen import order, strange
from clinicpress.design import design
from clinicpress.editions.edition import Edition
from clinicpress.errors import Place
from clinicpress.files import engines, paths
from clinicpress.orders.plan import plan
from clinicpress.orders.request import Request
from clinicpress.pages import tags
from clinicpress.pages.record import PageRecord
from clinicpress.pages.typeset import Typeset
from clinicpress.press import finish
from clinicpress.press.imposition import Misfit
from clinicpress.runs import fitting, pipeline, plainer
from clinicpress.runs.pipeline import Batch, Built, prepare, preparing, set_pages, set_together
from tests.conftest import ROOT
from tests.editions.test_picking import with_exercises

LAYOUTS = ROOT / "layouts"
SHEET = Edition("tiny", "thumb-sheet", "general", "standard", "en", "neutral", "default", "A4",
                kind="handout")  # fmt: skip
BOOKLET = replace(SHEET, publication="booklet", paper="A5", kind="booklet")


def _two_pages() -> bytes:
    with Pdf.new() as pdf:
        for _ in range(2):
            pdf.add_blank_page()
        pdf.save(written := BytesIO())
    return written.getvalue()


TWO_PAGES = _two_pages()


def digest(tiny, edition: Edition = SHEET) -> str:
    return prepare(edition, tiny, LAYOUTS).digest


# ---------------------------------------------------------------- made again


def test_what_did_not_change_has_the_same_digest(tiny):
    assert digest(tiny) == digest(tiny)


def test_every_edition_has_a_digest_of_its_own(tiny):
    """Even where the pages are the same and only the paper differs."""
    ways = [
        BOOKLET, *(replace(BOOKLET, production=way) for way in ("home", "press")),
        replace(BOOKLET, production="home", grammage=120),
        replace(BOOKLET, production="home", flip="long"),
        replace(BOOKLET, production="press", part="cover"), replace(BOOKLET, colour="grey"),
    ]  # fmt: skip
    prepared = [prepare(way, tiny, LAYOUTS) for way in ways]
    assert len({each.digest for each in prepared}) == len(ways)
    assert len({each.pages for each in prepared}) == 1


def test_another_version_of_the_program_or_an_engine_makes_all_anew(tiny, monkeypatch, tmp_path):
    before, makers = digest(tiny), pipeline._makers.__wrapped__
    mine, theirs = makers(), engines.versions()
    monkeypatch.setattr(engines, "versions", lambda: (*theirs[:-1], "weasyprint 999"))
    other_engine = makers()
    monkeypatch.setattr(engines, "versions", lambda: theirs)
    (tmp_path / "pipeline.py").write_text("# another program")
    monkeypatch.setattr(paths, "PACKAGE", tmp_path)
    other_program = makers()
    assert len({mine, other_engine, other_program}) == 3
    for other in (other_engine, other_program):
        monkeypatch.setattr(pipeline, "_makers", lambda other=other: other)
        assert digest(tiny) != before


def test_the_versions_are_those_of_what_is_installed():
    assert [said.split()[0] for said in engines.versions()] == list(engines.NAMES)


# ---------------------------------------------------------------- handed on


pages_set = [2]
"""How many pages come of what is set."""


@pytest.fixture
def no_engine(monkeypatch) -> list[str]:
    """Let nothing be laid out: each page set is noted, and ``pages_set`` come of it."""
    sets: list[str] = []

    def noted(html: str, design: object, *, most: int | None = None) -> Typeset:
        sets.append(html)
        pages = tuple(PageRecord(number, "exercises", 0.9) for number in range(1, pages_set[0] + 1))
        return Typeset(b"%PDF" if most is None or len(pages) <= most else b"", pages, ())

    monkeypatch.setattr(fitting, "laid_out", noted)
    monkeypatch.setattr(tags, "mend", lambda pdf, font, said: TWO_PAGES)
    monkeypatch.setattr(layout, "misplaced", lambda *_: ())
    for judge in (fitting, plainer):
        monkeypatch.setattr(judge, "misplaced", lambda *_: ())
    monkeypatch.setattr(order, "out_of_place", lambda *_: ())
    monkeypatch.setattr(strange, "in_margins", lambda *_: ())
    return sets


@pytest.fixture
def looked(monkeypatch) -> None:
    """Let a finished file be taken for two pages, of which one thing is to be minded."""
    monkeypatch.setattr(paper, "look_at", lambda *_: Looked(2, (), ("an image is coarse",)))
    monkeypatch.setattr("clinicpress.checks.seen.lines.unreadable", lambda *_: ())
    monkeypatch.setattr("clinicpress.pdf.contents.refuse_foreign", lambda pdf: None)


def laid(edition: Edition, tiny) -> Built:
    """Return what becomes of pages that are laid out already."""
    (built,) = set_together(Batch((prepare(edition, tiny, LAYOUTS),), TWO_PAGES))
    return built


@pytest.mark.usefixtures("looked")
def test_what_is_to_be_minded_is_handed_on(tiny):
    built = laid(SHEET, tiny)
    assert (built.problems, built.pages, built.warnings) == ((), 2, ("an image is coarse",))


@pytest.mark.usefixtures("looked")
def test_pages_that_cannot_be_folded_are_a_problem_of_their_file(tiny, monkeypatch):
    def refuse(*_: object, **__: object) -> bytes:
        raise Misfit("Too many sheets", "Print fewer.")

    monkeypatch.setattr(finish, "finish", refuse)
    home = replace(BOOKLET, production="home")
    (problem,) = laid(home, tiny).problems
    assert (problem.code, problem.place) == ("FOLD", Place(str(home.path)))
    assert (problem.message.rstrip("."), problem.hint) == ("Too many sheets", "Print fewer.")


@pytest.mark.usefixtures("looked")
def with_filler(tiny):
    sections = tiny.topics["tiny"].publications["thumb-sheet"].sections_for("general")
    (plain,) = (section for section in sections if section.part == "exercises")
    filler = plain.model_copy(update={"title": None, "part": "diary", "items": {}, "fills": True})
    return with_exercises(tiny, plain, filler)


@pytest.mark.parametrize(("count", "filled"), [(3, [False, False, True]), (2, [False])])
def test_what_fills_a_second_leaf_is_set_where_there_is_one(
    tiny, no_engine, looked, monkeypatch, count, filled
):
    """The pages are laid out without it first; if they take a third, lower drawings save none."""
    monkeypatch.setitem(globals(), "pages_set", [count])
    assert set_pages(prepare(SHEET, with_filler(tiny), LAYOUTS)).problems == ()
    assert ["diary" in html.partition("<body")[2] for html in no_engine] == filled


def test_what_fills_is_set_where_the_last_page_has_room_for_it(
    tiny, no_engine, looked, monkeypatch
):
    monkeypatch.setattr(fitting, "ROOM_LEFT", 0.95)
    assert set_pages(prepare(SHEET, with_filler(tiny), LAYOUTS)).problems == ()
    assert ["diary" in html.partition("<body")[2] for html in no_engine] == [False, True]
    no_engine.clear()
    set_pages(prepare(SHEET, tiny, LAYOUTS))
    assert len(no_engine) == 1


def test_there_is_a_program_to_take_the_fingerprint_of():
    assert (paths.PACKAGE / "errors.py").is_file()


def test_a_design_that_editions_share_is_opened_once(tiny, monkeypatch):
    opened = []
    open_it = design.open_design
    monkeypatch.setattr(
        design, "open_design", lambda *args, **keys: opened.append(keys) or open_it(*args, **keys)
    )
    layouts = ROOT / "layouts"
    sheets = plan(Request(("thumb-sheet",), regions=("GB", "US"), papers=("A4",)), tiny, layouts)
    assert len(sheets) == 2
    together = [*map(preparing(tiny, layouts), sheets)]
    assert len(opened) == 1
    assert together == [prepare(each, tiny, layouts) for each in sheets]


def test_what_a_sheet_has_no_room_for_is_told(library):
    """Without a region its words are longer, and the week to tick has no room."""
    sheet = Edition("upper-back-pain", "exercises", "general", "standard", "en", "neutral",
                    "default", "A4", kind="handout")  # fmt: skip
    for region, told in (("neutral", ("it has no room for “My week”, which it leaves out.",)),
                         ("GB", ())):  # fmt: skip
        built = set_pages(prepare(replace(sheet, region=region), library, LAYOUTS))
        assert (built.problems, built.warnings) == ((), told)
