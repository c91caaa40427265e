"""Where pages stand, held against paper: leaves are turned, folded, nested and cut in arithmetic.

Nothing here knows how the schemes reckon. A back is looked at through the paper, as its printer
turned it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import cos, radians, sin

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clinicpress.design.panels import c_fold_widths
from clinicpress.design.papers import PAPERS
from clinicpress.press import imposition as schemes
from clinicpress.press.imposition import (
    Imposition,
    Misfit,
    Place,
    Sheet,
    cut_and_stack,
    n_up,
    perfect_bound,
    saddle_stitch,
    split,
    step_and_repeat,
    thickness,
)

A3, A4, A5, A6 = (PAPERS[name] for name in ("A3", "A4", "A5", "A6"))

paper = settings(max_examples=40)

counts = st.integers(1, 400)
flips = st.sampled_from(["short", "long"])
sizes = st.sampled_from([
    (A5, A4), (PAPERS["HalfLetter"], PAPERS["Letter"]), (A4, A3), (A6, A4), ((120, 170), A3),
])  # fmt: skip


@dataclass(frozen=True)
class Print:
    """A page as it lies on the paper, seen from the front: its box, and where its top points."""

    page: int | None
    box: tuple[float, ...]
    up: tuple[int, int]


def on_paper(place: Place, job: Imposition, back: bool) -> Print:
    """Look at ``place`` from the front of its sheet, through the paper where it is on the back."""
    x0, y0, x1, y1 = place.x, place.y, place.x + place.width, place.y + place.height
    up = (-round(sin(radians(place.turn))), round(cos(radians(place.turn))))
    if back:
        edge_is_upright = (job.flip == "long") == (job.height >= job.width)
        if edge_is_upright:
            x0, x1, up = job.width - x1, job.width - x0, (-up[0], up[1])
        else:
            y0, y1, up = job.height - y1, job.height - y0, (up[0], -up[1])
    return Print(place.page, (x0, y0, x1, y1), up)


def near(one: float, other: float) -> bool:
    return abs(one - other) < 0.01


def leaves(sheet: Sheet, job: Imposition) -> list[tuple[Print, Print]]:
    """Return what lies back to back on ``sheet``, from its top left, each front with its back."""
    backs = [on_paper(place, job, True) for place in sheet.back.places]
    found = []
    for front in (on_paper(place, job, False) for place in sheet.front.places):
        (back,) = (back for back in backs if all(map(near, back.box, front.box)))
        found.append((front, back))
    assert len(found) == len(backs)
    return found


def folded(job: Imposition) -> Iterator[tuple[Print, Print]]:
    """Fold, nest and gather the sheets; yield the leaves of the book, each recto with its verso."""
    start = 0
    for size in job.signatures:
        halves = [leaves(sheet, job) for sheet in job.sheets[start : start + size]]
        start += size
        for left, right in halves:
            assert near(left[0].box[2], job.width / 2)
            assert near(right[0].box[0], job.width / 2)
        yield from (right for _, right in halves)
        yield from ((verso, recto) for (recto, verso), _ in reversed(halves))
    assert start == len(job.sheets)


def read(job: Imposition) -> list[int | None]:
    return [side.page for leaf in folded(job) for side in leaf]


@paper
@given(counts, sizes, flips, st.integers(1, 100), st.booleans())
def test_a_folded_book_reads_in_order(count, size, flip, signature, back_cover):
    job = saddle_stitch(count, *size, signature=signature, back_cover=back_cover, flip=flip)
    pages = read(job)
    assert [page for page in pages if page is not None] == list(range(count))
    assert len(pages) == -(-count // 4) * 4
    assert max(job.signatures) <= signature
    assert max(job.signatures) - min(job.signatures) <= 1


@paper
@given(counts, sizes, flips, st.integers(1, 100))
def test_every_leaf_of_a_book_has_its_sides_back_to_back_and_upright(count, size, flip, signature):
    job = perfect_bound(count, *size, signature=signature, flip=flip)
    for recto, verso in folded(job):
        assert recto.up == verso.up == (0, 1)


@paper
@given(counts, sizes, flips)
def test_facing_pages_are_those_of_a_book(count, size, flip):
    pages = read(saddle_stitch(count, *size, flip=flip))
    openings = list(zip(pages[1::2], pages[2::2], strict=False))
    for verso, recto in openings:
        if verso is not None and recto is not None:
            assert (verso % 2, recto) == (1, verso + 1) or recto == count - 1


@paper
@given(counts)
def test_blank_pages_stand_before_the_back_cover_alone(count):
    pages = read(saddle_stitch(count, A5, A4))
    blanks = [i for i, page in enumerate(pages) if page is None]
    end = len(pages) - (2 if count > 1 else 1)
    assert blanks == list(range(end + 1 - len(blanks), end + 1))
    assert pages[-1] == (count - 1 if count > 1 else None)
    assert read(saddle_stitch(count, A5, A4, back_cover=False))[:count] == list(range(count))


@paper
@given(counts, flips, st.integers(1, 25), st.floats(0, 0.5))
def test_creep_moves_inner_pages_more_and_always_to_the_spine(count, flip, signature, each):
    job = saddle_stitch(count, A5, A4, signature=signature, paper_thickness=each, flip=flip)
    start = 0
    for size in job.signatures:
        for depth, sheet in enumerate(job.sheets[start : start + size]):
            for side in (sheet.front, sheet.back):
                left, right = sorted(side.places, key=lambda place: place.x)
                assert left.shift == -right.shift == pytest.approx(depth * each)
                assert 0 <= left.shift <= (size - 1) * each <= 0.1 * 148
        start += size


def test_the_outermost_sheet_does_not_creep():
    job = saddle_stitch(16, A5, A4, paper_thickness=0.1)
    assert [abs(sheet.front.places[0].shift) for sheet in job.sheets] == pytest.approx(
        [0, 0.1, 0.2, 0.3]
    )


@paper
@given(counts, sizes, flips, st.sampled_from([2, 4]), st.booleans())
def test_cut_piles_put_on_each_other_read_in_order(count, size, flip, up, two_sided):
    cell, paper = size if up == 2 else (A6, A4)
    job = cut_and_stack(count, cell, paper, up=up, two_sided=two_sided, flip=flip)
    cut = [
        leaves(sheet, job)
        if two_sided
        else [(on_paper(place, job, False),) for place in sheet.front.places]
        for sheet in job.sheets
    ]
    piles = [list(pile) for pile in zip(*cut, strict=True)]
    sides = [side for pile in piles for leaf in pile for side in leaf]
    assert [side.page for side in sides if side.page is not None] == list(range(count))
    assert [side.page for side in sides[:count]] == list(range(count))
    assert {side.up for side in sides} == {(0, 1)}
    assert len(sides) - count < up * (2 if two_sided else 1)


@paper
@given(counts, flips, st.floats(0, 12), st.booleans())
def test_repeated_pages_have_their_own_back(count, flip, gap, two_sided):
    job = step_and_repeat(count, (85.6, 54), A4, gap=gap, two_sided=two_sided, flip=flip)
    assert len(job.sheets) == (-(-count // 2) if two_sided else count)
    for number, sheet in enumerate(job.sheets):
        if not two_sided or count == 1:
            assert sheet.back is None
            assert {place.page for place in sheet.front.places} == {number}
            continue
        back = 2 * number + 1 if 2 * number + 1 < count else None
        cards = leaves(sheet, job)
        assert {(recto.page, verso.page) for recto, verso in cards} == {(2 * number, back)}
        assert {print.up for card in cards for print in card} == {(0, 1)}


def test_as_many_copies_are_made_as_fit():
    assert len(step_and_repeat(1, (85.6, 53.98), A4).sheets[0].front.places) == 10
    assert len(step_and_repeat(1, A6, A4).sheets[0].front.places) == 4
    assert len(step_and_repeat(1, A5, A4).sheets[0].front.places) == 2
    asked = step_and_repeat(1, (85.6, 53.98), A4, across=2, down=4, gap=5)
    assert len(asked.sheets[0].front.places) == 8


@paper
@given(counts, st.integers(1, 3), st.integers(1, 3), st.booleans(), flips)
def test_pages_side_by_side_read_in_lines(count, across, down, two_sided, flip):
    job = n_up(count, (60, 80), A4, across=across, down=down, two_sided=two_sided, flip=flip)
    pages: list[int | None] = []
    for sheet in job.sheets:
        for back, side in enumerate(side for side in (sheet.front, sheet.back) if side):
            seen = [on_paper(place, job, bool(back)) for place in side.places]
            assert {print.up for print in seen} <= {(0, 1)}
            seen.sort(key=lambda print, way=-1 if back else 1: (-print.box[1], way * print.box[0]))
            pages += [print.page for print in seen]
    assert pages == list(range(count))


@paper
@given(st.integers(1, 6), st.sampled_from(["c", "z"]), st.sampled_from(["A4", "Letter"]), flips)
def test_a_tri_fold_has_each_page_once_and_panels_back_to_back(count, fold, size, flip):
    job = getattr(schemes, f"{fold}_fold")(count, PAPERS[size], flip=flip)
    (sheet,) = job.sheets
    pages = [p.page for leaf in leaves(sheet, job) for p in leaf if p.page is not None]
    assert sorted(pages) == list(range(count))
    assert {p.up for leaf in leaves(sheet, job) for p in leaf} == {(0, 1)}


def test_the_panel_that_folds_in_is_the_narrow_one():
    job = schemes.c_fold(6, A4)
    outer, inner = job.sheets[0].front, job.sheets[0].back
    assert [(p.page, p.width) for p in outer.places] == [(1, 97), (5, 100), (0, 100)]
    assert [(p.page, p.width) for p in inner.places] == [(2, 100), (3, 100), (4, 97)]
    assert [line.x0 for line in outer.folds] == [97, 197]
    assert [line.x0 for line in inner.folds] == [100, 200]
    assert [w / 25.4 for w in c_fold_widths(PAPERS["Letter"])] == pytest.approx(
        [3.6875, 3.6875, 3.625]
    )


def test_a_zigzag_has_equal_panels():
    job = schemes.z_fold(6, A4)
    outer, inner = job.sheets[0].front, job.sheets[0].back
    assert [(p.page, p.width) for p in outer.places] == [(4, 99), (5, 99), (0, 99)]
    assert [(p.page, p.width) for p in inner.places] == [(1, 99), (2, 99), (3, 99)]


def test_back_sides_stand_on_their_head_for_the_other_edge():
    short, long = (saddle_stitch(8, A5, A4, flip=flip) for flip in ("short", "long"))
    assert {p.turn for sheet in short.sheets for p in sheet.back.places} == {0}
    assert {p.turn for sheet in long.sheets for p in sheet.back.places} == {180}
    assert [s.front for s in short.sheets] == [s.front for s in long.sheets]
    assert saddle_stitch(8, A5, A4) == short
    assert cut_and_stack(8, A6, A4, up=4).flip == "long"


@paper
@given(counts, flips, st.sampled_from(["up", "down"]))
def test_a_printer_that_cannot_turn_sheets_makes_the_same_pile(count, flip, face):
    """The tray prints what lies upwards, its top sheet first."""
    job = saddle_stitch(count, A5, A4, flip=flip)
    fronts, backs = split(job, face)
    assert not fronts.two_sided
    pile = [(sheet.front, None) for sheet in fronts.sheets]  # as they come out, the first lowest
    tray = pile if face == "down" else pile[::-1]  # the last is on top; face up: turned over
    done = [
        (front, back.front) for (front, _), back in zip(reversed(tray), backs.sheets, strict=True)
    ]
    assert sorted(map(repr, done)) == sorted(repr((s.front, s.back)) for s in job.sheets)
    # Out they come again, the first lowest: fronts up from a printer that puts backs down.
    from_top = done[::-1] if face == "down" else done
    assert from_top == [(s.front, s.back) for s in job.sheets]


def test_a_spread_lies_in_the_middle_with_cuts_around_it():
    (sheet,) = saddle_stitch(4, A6, A4).sheets
    assert [(p.x, p.y) for p in sheet.front.places] == [(0, 74.5), (105, 74.5)]
    assert [(c.x0, c.y0, c.x1, c.y1) for c in sheet.front.cuts] == [
        (0, 74.5, 210, 74.5),
        (0, 222.5, 210, 222.5),
    ]
    assert [(f.x0, f.x1) for f in sheet.front.folds] == [(105, 105)]
    assert saddle_stitch(4, A5, A4).sheets[0].front.cuts == ()


def test_gaps_are_cut_on_both_sides():
    (sheet,) = step_and_repeat(1, (90, 50), A4, across=2, down=1, gap=10).sheets
    assert [c.x0 for c in sheet.front.cuts if c.x0 == c.x1] == [10, 100, 110, 200]


def test_thickness_comes_from_weight():
    assert thickness(80) == pytest.approx(0.1)
    assert thickness(75) == pytest.approx(0.095, abs=0.008)  # JCP O-63 and its tolerance
    assert thickness(90) == pytest.approx(0.105, abs=0.008)
    for weight in (0, -80, 8000, float("nan")):
        with pytest.raises(Misfit, match="80, thick"):
            thickness(weight)


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda: saddle_stitch(0, A5, A4), "no page to print"),
        (lambda: saddle_stitch(4, A4, A4), "need 420 × 297 mm, and the paper has 210 × 297 mm"),
        (lambda: saddle_stitch(4, A5, A4, paper_thickness=-0.1), "Creep of -0.1 mm"),
        (lambda: saddle_stitch(4, A5, A4, paper_thickness=float("nan")), "Creep of nan mm"),
        (lambda: saddle_stitch(400, A5, A4, paper_thickness=0.2), "signatures of fewer sheets"),
        (lambda: saddle_stitch(4, A5, A4, signature=0), "cannot have 0 sheets"),
        (lambda: cut_and_stack(4, A5, A4, up=3), "2 or 4, not 3"),
        (lambda: cut_and_stack(4, A4, A4, up=4), "Choose a larger paper"),
        (lambda: step_and_repeat(1, A3, A4), "Choose a larger paper"),
        (lambda: step_and_repeat(1, A6, A4, across=0, down=1, gap=-1), "no gap is below 0"),
        (lambda: n_up(1, A6, A4, across=0, down=1), "at least one page"),
        (lambda: schemes.c_fold(7, A4), "there are 7 pages"),
        (lambda: schemes.c_fold(6, A4, widths=(100, 100, 90)), "Panels of 100, 100, 90 mm"),
        (lambda: split(n_up(1, A6, A4, across=1, down=1), "up"), "no backs to split"),
    ],
)
def test_what_cannot_be_laid_on_paper_is_said_in_one_sentence(ask, said):
    with pytest.raises(Misfit, match=said.replace(".", r"\.")):
        ask()
