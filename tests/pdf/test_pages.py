"""The sheet itself: its size, what sticks out, how large and how full it is set, in which type."""

from collections import Counter
from pathlib import Path

import pytest

from clinicpress.design.formats import SIZES
from tests.conftest import TINY
from tests.pdf.conftest import Printed
from tests.pdf.matrix import has_a_limit
from tests.pdf.press import print_and_note
from tests.pdf.reading import MM, Print

ROUNDING = 0.01
"""How much a size in pt may lose on its way through a PDF."""

FAMILY = "Fira-Sans"
KEPT_FREE = ("cover", "back-cover", "diary")
"""Sections of a booklet whose pages may be left open: to look at, and to write in."""


def test_page_has_the_size_of_its_paper(printed: Printed) -> None:
    wide, high = SIZES[printed.edition.paper]
    for page in printed.read.pages:
        assert abs(page.size[0] - wide) < 0.1
        assert abs(page.size[1] - high) < 0.1
    with printed.read.opened() as pdf:
        assert {tuple(map(float, page.mediabox)) for page in pdf.pages} == {
            tuple(map(float, page.trimbox)) for page in pdf.pages
        }


@pytest.mark.slow
def test_every_paper_is_printed_in_its_size(tmp_path: Path) -> None:
    """The real library is printed on two papers here; the tiny topic on all that there are."""
    ended = print_and_note(tmp_path, "all", "--sources", TINY, "--audience", "general",
                           "--format", "standard", "--paper", "all")  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    papers = Counter()
    for path in sorted(tmp_path.rglob("*.pdf")):
        paper = path.stem.rpartition("_")[2]
        papers[paper] += 1
        read = Print(path)
        assert {tuple(round(side, 1) for side in page.size) for page in read.pages} == {
            SIZES[paper]
        }
        assert outside(read) == []
    assert papers == {"A4": 2, "A5": 1, "HalfLetter": 1, "Letter": 2}


def test_nothing_is_drawn_outside_the_page(printed: Printed) -> None:
    assert outside(printed.read) == []


def outside(read: Print) -> list[tuple[int, tuple[float, ...]]]:
    """Return page and box, in pt, of words past an edge of the paper, and of all past the bleed."""
    slack, bleed = 1.0, 25.4 / 8 / MM
    return [
        (page.number, box)
        for page in read.pages
        for boxes, past in (
            ([run.box for run in page.runs], slack),
            (page.drawn, slack + bleed),
        )
        for box in boxes
        if box[0] < -past
        or box[1] < -past
        or box[2] > page.size[0] / MM + past
        or box[3] > page.size[1] / MM + past
    ]


def test_no_text_stands_in_the_unprintable_edge(printed: Printed) -> None:
    edge = 4 / MM  # home and office printers leave out about 4 mm
    assert [
        run.text
        for page in printed.read.pages
        for run in page.runs
        if run.text.strip()
        and not (
            run.box[0] >= edge
            and run.box[1] >= edge
            and run.box[2] <= page.size[0] / MM - edge
            and run.box[3] <= page.size[1] / MM - edge
        )
    ] == []


def sizes(read: Print) -> Counter[float]:
    """Return how many letters are set in each size, in pt."""
    found: Counter[float] = Counter()
    for page in read.pages:
        for run in page.runs:
            if run.text.strip():
                found[run.size] += len(run.text)
    return found


def test_smallest_type_is_the_formats_smallest_or_larger(printed: Printed) -> None:
    """And never smaller than the audience's own smallest."""
    smallest = {"standard": 9.5, "clear": 14, "large": 18}[printed.edition.format]
    audience = printed.library.audiences[printed.edition.audience]
    assert min(sizes(printed.read)) >= max(smallest, audience.smallest_type) - ROUNDING


def test_running_text_has_the_formats_size(printed: Printed) -> None:
    """On a sheet that is mostly signs these are most: required words are at least 11 pt."""
    body = {"standard": 11, "clear": 14, "large": 18}
    if printed.manuscript.clinical:
        body["standard"] = 10  # professionals get more on a leaf
    if printed.edition.publication == "references":
        body["standard"] = 9.5  # a list to look things up in
    (most, _), *_ = sizes(printed.read).most_common()
    assert most >= body[printed.edition.format] - ROUNDING


def test_every_font_is_embedded_subset_and_ours(printed: Printed) -> None:
    with printed.read.opened() as pdf:
        fonts = [each for each in pdf.objects if _is(each, "/Font")]
        descriptors = [each for each in pdf.objects if _is(each, "/FontDescriptor")]
        names = {str(font.BaseFont) for font in fonts}
        assert len(descriptors) >= 2
        assert {str(each.Subtype) for each in fonts} == {"/Type0", "/CIDFontType2"}
        assert [str(each.FontName) for each in descriptors if "/FontFile2" not in each] == []
        assert {str(each.FontName) for each in descriptors} == names
    assert [name for name in names if not _is_subset_of_ours(name)] == []


def _is(thing: object, kind: str) -> bool:
    import pikepdf

    return isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == kind


def _is_subset_of_ours(name: str) -> bool:
    """Tell whether a name is that of a subset, such as ``/ABCDEF+Fira-Sans-Bold``."""
    mark, plus, family = name.removeprefix("/").partition("+")
    ours = family == FAMILY or family.startswith(f"{FAMILY}-")
    return len(mark) == 6 and mark.isupper() and plus == "+" and ours


def test_no_page_is_half_empty(printed: Printed) -> None:
    pages = printed.pages
    assert len(pages) == len(printed.read.pages)
    early = {page.number - 1 for page in pages if page.opens} | {len(pages)}
    may_end_early = early if printed.is_booklet else {len(pages)}
    assert printed.is_booklet or pages[-1].fill >= 0.15  # a handout's end is no scrap of a page
    # In large type an item that may not be parted leaves much of the page before it, where the two
    # pages together hold more than one.
    roomy = printed.is_booklet or printed.edition.format == "standard"
    filled = [page.fill for page in pages] + [1.0]
    assert [
        (page.number, page.section, round(page.fill, 2))
        for page in pages
        if page.fill < 0.5
        and (roomy or page.fill + filled[page.number] < 1)
        and page.number not in may_end_early
        and not (printed.is_booklet and page.section.startswith(KEPT_FREE))
    ] == []


@pytest.mark.prints(of=has_a_limit)
def test_length_is_what_the_format_allows(printed: Printed) -> None:
    count = len(printed.read.pages)
    audience = printed.library.audiences[printed.edition.audience]
    most = audience.most_pages
    if most is not None:
        assert 1 <= count <= most <= 24
    elif not printed.is_booklet:
        pages = {"standard": 2, "clear": 4, "large": 8}[printed.edition.format]
        assert 1 <= count <= audience.sheets * pages
    else:
        assert 24 <= count <= 48
