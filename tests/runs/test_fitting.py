"""What gives way where an edition does not fit, and in which order."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, cast

import pytest

from clinicpress.checks.measures import measured
from clinicpress.editions.edition import Edition
from clinicpress.editions.manuscript import PRACTICES, Entry, Manuscript, Section
from clinicpress.pages.record import Landing, PageRecord
from clinicpress.pages.typeset import Typeset
from clinicpress.runs import fitting
from clinicpress.runs.filling import left_out, with_fewer, without_fillers
from clinicpress.runs.fitting import STEP, Fitted, as_settled, fits_at_once, fitted, settled
from clinicpress.runs.pipeline import Prepared, prepare
from tests.conftest import ROOT, undrawn

if TYPE_CHECKING:
    from clinicpress.design.design import Design

TWO_PANELS = ((99.0, 210.0), (99.0, 210.0))

SHEET = Edition("tiny", "thumb-sheet", "general", "standard", "en", "neutral", "default", "A4",
                kind="handout")  # fmt: skip
BOOKLET = replace(SHEET, publication="booklet", paper="A5", kind="booklet")
STOP = "Stopforsharppain."
DESIGN = cast("Design", None)
"""No look: these layouts say themselves what comes of them."""

Lower = dict[str, float]
Lay = Callable[[Lower], Typeset]


def laid(*fills: float, stop: int = 1) -> Typeset:
    """Return a layout of pages so full; the exercise is on the first, and when to stop on one."""
    pages = tuple(
        PageRecord(number, "exercises", fill, words=STOP if number == stop else "")
        for number, fill in enumerate(fills, start=1)
    )
    return Typeset(b"%PDF", pages, (Landing("thumb-bend", 1, 1, 0.3),))


@pytest.fixture
def fit(monkeypatch, tiny) -> Callable[..., tuple[Fitted, list[Lower]]]:
    """Fit an edition of which ``lay`` says what pages come of drawings that are so much lower."""

    def run(
        edition: Edition,
        lay: Lay,
        wrong: tuple[str, ...] = (),
        panels: tuple[tuple[float, float], ...] = (),
    ) -> tuple[Fitted, list[Lower]]:
        tries: list[Lower] = []

        def composed(
            words: Manuscript, *_: object, lower: Lower | None = None, **__: object
        ) -> str:
            return json.dumps([lower or {}, words.title])

        def typeset(html: str, _: object, *, most: int | None = None) -> Typeset:
            lower, _ = json.loads(html)
            tries.append(lower)
            pages = lay(lower)
            return pages if most is None or len(pages.pages) <= most else replace(pages, source=b"")

        monkeypatch.setattr(fitting, "compose", composed)
        monkeypatch.setattr(fitting, "laid_out", typeset)
        monkeypatch.setattr(fitting, "misplaced", lambda *_: wrong)
        prepared: Prepared = prepare(edition, tiny, ROOT / "layouts")
        return fitted(prepared.manuscript, replace(prepared.design, panels=panels), undrawn), tries

    return run


@pytest.mark.parametrize(("joins", "tried"), [(False, [False]), (True, [False, True])])
def test_what_fills_room_on_page_1_is_tried_where_the_last_page_is_full(
    tiny, monkeypatch, joins, tried
):
    prepared = prepare(SHEET, tiny, ROOT / "layouts")
    sections = prepared.manuscript.sections
    filler = replace(
        sections[-1], id="expect", part="self-care", entries=(), fills=True, joins=joins
    )
    found: list[bool] = []

    def composed(*_: object, spread: bool = False, **__: object) -> str:
        found.append(spread)
        return ""

    monkeypatch.setattr(fitting, "compose", composed)
    monkeypatch.setattr(fitting, "laid_out", lambda *_, **__: laid(0.9))
    monkeypatch.setattr(fitting, "misplaced", lambda *_: ())
    manuscript = replace(prepared.manuscript, sections=(*sections, filler))
    fitted(manuscript, prepared.design, undrawn)
    assert found == tried


def test_what_fits_is_laid_out_once(fit):
    done, tries = fit(SHEET, lambda lower: laid(0.9))
    assert (done.lower, tries) == ({}, [{}])


def test_a_drawing_is_lower_where_its_page_has_no_room_for_when_to_stop(fit):
    done, tries = fit(BOOKLET, lambda lower: laid(0.9, 0.2, stop=1 if lower else 2))
    assert done.lower == {"thumb-bend": STEP}
    assert tries == [{}, {"thumb-bend": STEP}]


@pytest.mark.parametrize(
    ("others", "lower"), [((), 11.0), ((Landing("self-care", 2, 2, 0.3),), STEP)]
)
def test_a_drawing_is_lower_by_what_its_item_lacks_where_that_is_known(fit, others, lower):
    """20 mm go on over the page, which ends 10 mm early; what else begins there hides that."""

    def lay(lower: Lower) -> Typeset:
        pages = laid(0.9, 0.2, stop=1 if lower else 2)
        deep = tuple(replace(page, depth=100.0) for page in pages.pages)
        return replace(pages, pages=deep, landings=(*pages.landings, *others))

    assert fit(BOOKLET, lay)[0].lower == {"thumb-bend": lower}


LOWER = {"thumb-bend": STEP}


def test_what_was_settled_on_is_set_again_at_once(fit):
    """The same words in another look: no layout is tried that gave way before."""
    done, tries = fit(BOOKLET, lambda lower: laid(0.9, 0.2, stop=1 if lower else 2))
    before = settled(done.manuscript, done)
    tries.clear()
    again = as_settled(before, done.manuscript, DESIGN, undrawn)
    assert (again, tries) == (laid(0.9, 0.2), [LOWER])


@pytest.mark.parametrize(
    ("change", "wrong"),
    [({"version": "9.9"}, ()), ({}, ("SAFE-PAGE",)), ({}, "longer")],
    ids=["other words", "something has its place no more", "a page more"],
)
def test_otherwise_all_is_fitted_anew(fit, monkeypatch, change, wrong):
    done, _ = fit(BOOKLET, lambda lower: laid(0.9, 0.2, stop=1 if lower else 2))
    before = settled(done.manuscript, done)
    if wrong == "longer":
        before = replace(before, pages=1)
    else:
        monkeypatch.setattr(fitting, "misplaced", lambda *_: wrong)
    now = replace(done.manuscript, **change)
    assert as_settled(before, now, DESIGN, undrawn) is None


def test_a_drawing_is_lower_where_its_panel_holds_too_much(fit):
    done, tries = fit(
        SHEET, lambda lower: laid(0.9, 0.8) if lower else laid(0.9, 0.9, 0.1), panels=TWO_PANELS
    )
    assert done.lower == {"thumb-bend": STEP}
    assert tries == [{}, {"thumb-bend": STEP}]


def test_drawings_are_lower_where_that_saves_a_half_empty_page(fit):
    """Never by more than needed: here the second step is enough. The last one tells if any is."""

    def lay(lower: Lower) -> Typeset:
        return laid(0.9) if lower.get("thumb-bend", 0) >= 2 * STEP else laid(0.3, 0.9)

    done, tries = fit(SHEET, lay)
    assert set(done.lower.values()) == {2 * STEP}
    assert [each.get("thumb-bend", 0) for each in tries] == [0, 3 * STEP, STEP, 2 * STEP]


def test_of_all_layouts_that_are_tried_one_is_written(fit):
    written: list[Lower] = []

    def lay(lower: Lower) -> Typeset:
        def write() -> bytes:
            written.append(lower)
            return b"%PDF"

        return replace(laid(0.9) if lower else laid(0.3, 0.9), source=write)

    done, tries = fit(SHEET, lay)
    assert (len(tries), written) == (3, [done.lower])
    assert done.pages.source == b"%PDF"


def test_they_stay_as_high_as_they_are_where_it_saves_none(fit):
    done, tries = fit(SHEET, lambda lower: laid(0.3, 0.9))
    assert (done.lower, len(tries)) == ({}, 2)
    assert len(done.pages.pages) == 2


def test_a_page_is_not_saved_at_the_cost_of_a_rule(fit, monkeypatch):
    def lay(lower: Lower) -> Typeset:
        return laid(0.9) if lower else laid(0.3, 0.9)

    assert set(fit(SHEET, lay)[0].lower.values()) == {STEP}
    assert fit(SHEET, lay, wrong=("a sign is lost",))[0].lower == {}


def test_what_cannot_save_a_page_is_not_tried(fit, monkeypatch):
    """Lower drawings and signs together are laid out where they might; here none is."""
    monkeypatch.setattr(fitting, "saves_none", lambda *_: True)
    monkeypatch.setattr(fitting, "with_signs_together", lambda words: replace(words, title="other"))
    done, tries = fit(SHEET, lambda lower: laid(0.9, 0.9, 0.9))
    assert (done.lower, tries) == ({}, [{}])
    assert fit(SHEET, lambda lower: laid(0.3, 0.9))[1] == [{}]


def test_signs_stand_together_where_that_saves_a_page_of_a_sheet_that_is_too_long(fit, monkeypatch):
    """Apart, they leave a sheet of three pages; together, of two, or of three as well."""
    together = []

    def put(manuscript):
        together.append(manuscript)
        return replace(manuscript, title="together")

    def lay(saving: bool) -> Lay:
        return lambda lower: laid(0.9, 0.9) if saving and together else laid(0.9, 0.9, 0.9)

    monkeypatch.setattr(fitting, "with_signs_together", put)
    for saving, title in ((True, "together"), (False, "Move your thumb")):
        together.clear()
        assert fit(SHEET, lay(saving))[0].manuscript.title == title
    assert fit(SHEET, lambda lower: laid(0.9, 0.9))[0].manuscript.title == "Move your thumb"


def test_signs_that_stand_together_already_are_not_tried_so(fit, monkeypatch):
    monkeypatch.setattr(fitting, "with_signs_together", lambda words: replace(words, version="2"))
    done, tries = fit(SHEET, lambda lower: laid(0.9, 0.9, 0.9))
    assert (done.manuscript.version, len(tries)) == ("0.1", 2)


LARGE = replace(SHEET, format="large")


@pytest.mark.parametrize(
    ("parted", "places"), [((), [0]), ((0,), [0, 1]), ((0, 1, 2), [0, 1, 2])],
    ids=["above all to do", "below it", "nowhere"],
)  # fmt: skip
def test_advice_that_fills_room_is_set_where_no_page_parts_it(tiny, monkeypatch, parted, places):
    """Each place is tried from the top; what is parted at the last one too is left out."""
    prepared = prepare(LARGE, tiny, ROOT / "layouts")
    sections = prepared.manuscript.sections
    entry = Entry("self-care", "expect", ())
    filler = Section("self-care", "expect", fills=True, entries=(entry,))
    above = len(prepared.manuscript.before_advice)
    found: list[int] = []

    def composed(manuscript: Manuscript, *_: object, spread: bool = False, **__: object) -> str:
        if spread:
            found.append([each.id for each in manuscript.sections].index("expect") - above)
        return f"below {found[-1]}" if spread else ""

    def typeset(*_: object, **__: object) -> Typeset:
        last = 2 if found and found[-1] in parted else 1
        return replace(laid(0.9, 0.9), landings=(Landing("expect", 1, last, 0.1),))

    monkeypatch.setattr(fitting, "compose", composed)
    monkeypatch.setattr(fitting, "laid_out", typeset)
    monkeypatch.setattr(fitting, "misplaced", lambda *_: ())
    manuscript = replace(prepared.manuscript, sections=(*sections, filler))
    done = fitted(manuscript, prepared.design, undrawn)
    assert list(dict.fromkeys(found)) == places
    assert (done.filled is None) == (len(parted) == 3)


def test_what_begins_like_a_sheet_that_came_out_worse_is_not_tried(tiny, monkeypatch):
    """Here the first filler leaves page 1 half empty, whatever of the second stands below it."""
    prepared = prepare(SHEET, tiny, ROOT / "layouts")
    fillers = [Section("diary", id, fills=True) for id in ("first", "second")]
    manuscript = replace(
        prepared.manuscript, sections=(fillers[0], *prepared.manuscript.sections, fillers[1])
    )
    tries: list[str] = []

    def composed(words: Manuscript, *_: object, **__: object) -> str:
        return "".join(f'<p data-section="{section.id}">' for section in words.sections)

    def typeset(html: str, *_: object, **__: object) -> Typeset:
        tries.append(html)
        return laid(*(0.3, 0.9) if "first" in html else (0.7,))

    monkeypatch.setattr(fitting, "compose", composed)
    monkeypatch.setattr(fitting, "laid_out", typeset)
    monkeypatch.setattr(fitting, "misplaced", lambda *_: ())
    done = fitted(without_fillers(manuscript), prepared.design, undrawn)
    tries.clear()
    room = fitting._Room(done, prepared.design, undrawn, 2)
    full = room.first_of(with_fewer(manuscript))
    assert full is not None
    assert ["first" in html for html in tries] == [True, False]
    assert '"second"' in full.html


def test_a_table_that_fills_room_stands_on_the_back_of_the_last_leaf(tiny, monkeypatch):
    """A page of a leaf that is printed costs no paper; a leaf for a table alone would."""
    prepared = prepare(LARGE, tiny, ROOT / "layouts")
    table = Section("diary", "week", fills=True)
    manuscript = replace(prepared.manuscript, sections=(*prepared.manuscript.sections, table))
    monkeypatch.setattr(fitting, "misplaced", lambda *_: ())
    monkeypatch.setattr(fitting, "compose", lambda *_, spread=False, **__: str(spread))
    for before, kept in ((3, True), (4, False)):
        full = {"False": laid(*[0.9] * before), "True": laid(*[0.9] * before, 0.4)}

        def typeset(
            html: str, _: object, *, most: int = 9, full: dict[str, Typeset] = full
        ) -> Typeset:
            pages = full[html]
            return pages if len(pages.pages) <= most else replace(pages, source=b"")

        monkeypatch.setattr(fitting, "laid_out", typeset)
        assert (fitted(manuscript, prepared.design, undrawn).filled is not None) == kept


@pytest.mark.parametrize(
    ("last", "above", "stands"),
    [
        ((0.9, 0.4, 0.9, 0.4, 0.2), (0.9, 0.6, 0.9, 0.9), "above"),  # else a leaf more
        ((0.9, 0.4, 0.9, 0.9), (0.9, 0.6, 0.9, 0.9), "above"),  # else a page stays half empty
        ((0.9, 0.9, 0.9, 0.9), (0.9, 0.9, 0.9, 0.9), "last"),
        ((0.9, 0.4, 0.9, 0.9), (0.9, 0.4, 0.9, 0.9), "last"),
        ((0.9, 0.4, 0.9, 0.4, 0.2), (0.9, 0.4, 0.9, 0.4, 0.2), ""),
    ],
)
def test_a_table_stands_above_what_there_is_to_practise_where_that_serves_a_page(
    tiny, monkeypatch, last, above, stands
):
    prepared = prepare(LARGE, tiny, ROOT / "layouts")
    ask = Section("self-care", "ask", entries=(Entry("self-care", "ask", ()),))
    week = Section("diary", "week", fills=True)
    sections = prepared.manuscript.sections
    at = [each.part for each in sections].index("exercises")
    pages = {"": (0.9, 0.4, 0.9, 0.8), "last": last, "above": above}
    monkeypatch.setattr(fitting, "misplaced", lambda *_: ())

    def composed(manuscript: Manuscript, *_: object, spread: bool = False, **__: object) -> str:
        parts = [each.part for each in manuscript.sections]
        is_above = "diary" in parts and parts.index("diary") < parts.index("exercises")
        return ("above" if is_above else "last") if spread else ""

    def typeset(html: str, _: object, *, most: int = 9) -> Typeset:
        tried = laid(*pages[html])
        return tried if len(tried.pages) <= most else replace(tried, source=b"")

    monkeypatch.setattr(fitting, "compose", composed)
    monkeypatch.setattr(fitting, "laid_out", typeset)
    manuscript = replace(prepared.manuscript, sections=(*sections[:at], ask, *sections[at:], week))
    done = fitted(manuscript, prepared.design, undrawn)
    assert [page.fill for page in done.pages.pages] == list(pages[stands])


LETTER = Edition("upper-back-pain", "partner-massage", "active", "large", "en", "US", "default",
                 "Letter", kind="handout")  # fmt: skip


@pytest.mark.parametrize(
    "edition",
    [
        LETTER,
        replace(LETTER, production="home"),
        replace(LETTER, region="GB", paper="A4", production="home"),
        replace(LETTER, publication="more-exercises"),
        replace(LETTER, publication="self-massage", audience="pregnant"),
    ],
    ids=lambda edition: edition.path.stem,
)
def test_in_large_print_on_short_paper_when_to_stop_has_room_at_once(library, edition):
    """All of these were refused: the room of their feet was reckoned a line too high."""
    prepared = prepare(edition, library, ROOT / "layouts")
    assert fits_at_once(prepared.manuscript, prepared.design, prepared.drawings().find)


EASY = Edition("upper-back-pain", "booklet", "easy-read", "clear", "en", "GB", "default", "A4",
               kind="booklet")  # fmt: skip


@pytest.mark.parametrize(("most", "low"), [(24, 0), (20, 2 * STEP)])
def test_in_easy_read_what_is_done_is_seen_large_as_far_as_its_pages_go(library, most, low):
    """The drawings are 40 mm high, and lower only where pages are more than its reader has."""
    prepared = prepare(EASY, library, ROOT / "layouts")
    words = replace(prepared.manuscript, most_pages=most)
    done = fitted(words, prepared.design, prepared.drawings().find)
    assert len(done.pages.pages) <= most
    assert set(done.lower.values()) == ({low} if low else set())
    heights = {round(each.height, 1) for each in measured(words, done.pages).poses}
    assert heights == {max(40 - low, 25)}


A5 = replace(EASY, audience="general", format="standard", paper="A5")
LINE = 5.0
"""How high a line of a booklet in standard type is, in mm."""


def test_in_a_booklet_a_drawing_takes_what_the_words_on_its_page_leave(library):
    """Up to 30 mm were left below: a drawing of two people was 28 mm high."""
    prepared = prepare(A5, library, ROOT / "layouts")
    done = fitted(prepared.manuscript, prepared.design, prepared.drawings().find)
    items = [entry.id for part in PRACTICES for entry in prepared.manuscript.entries(part)]
    pages = {item: done.pages.pages[landed.first - 1] for item in items
             if (landed := done.pages.landing(item))}  # fmt: skip
    left = {item: (1 - page.fill) * page.depth for item, page in pages.items()}
    assert len(left) > 12
    assert done.lower == {}
    crowded = {item: room for item, room in left.items() if item in CROWDED}
    assert crowded == {item: pytest.approx(LINE / 2, abs=LINE / 2) for item in CROWDED}


CROWDED = ("wall-slide", "chair-extension", "open-book", "hook-cane", "roller-extension",
           "partner-massage")  # fmt: skip
"""Items whose drawing could be higher, had their words left more."""


def test_a_sheet_of_four_exercises_has_room_for_its_week(library):
    """It fills three pages, and the back of the last leaf stayed empty: there was no table."""
    sheet = replace(A5, publication="more-exercises", paper="A4", kind="handout")
    prepared = prepare(sheet, library, ROOT / "layouts")
    done = fitted(prepared.manuscript, prepared.design, prepared.drawings().find)
    assert len(done.pages.pages) == 4
    assert left_out(prepared.manuscript, done.filled) == ()
