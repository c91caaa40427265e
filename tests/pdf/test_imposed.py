"""Our own prints stay PDF/UA-1 and PDF/A-3a on sheets, and are read aloud as before."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf
import pytest

from clinicpress.editions.edition import Edition
from clinicpress.press.schemes import Wish, lay
from clinicpress.press.sheets import impose, page_sizes
from tests import verapdf
from tests.pdf.conftest import made, on_the_press_of
from tests.pdf.matrix import FAST, is_booklet
from tests.pdf.reading import Print
from tests.pdf.test_validity import broken

(BOOKLET,) = filter(is_booklet, FAST)
(SHEET,) = (each for each in FAST if each.publication == "exercises")
(SEVERAL,) = (each for each in FAST if each.publication == "self-massage")
"""A handout of several pages, with pictures."""

WISHES = {
    "saddle-stitch": Wish(creep=0.1, marks=True),
    "the other edge": Wish(creep=0.1, flip="long"),
    "cut-and-stack-4": Wish("cut-and-stack-4", paper="A3"),
    "step-and-repeat": Wish("step-and-repeat", paper="A3", marks=True),
    "n-up": Wish("n-up", fit=True),
}


LOOKED_AT = "saddle-stitch"
"""What the fast tests look at; the slow ones look at all."""


def laid_for(wish: str) -> Edition:
    """Return what is laid on sheets: the booklet, of small pages, or a shorter print of large ones.

    What the validators know of sheets is the same for each page.
    """
    return BOOKLET if wish in (LOOKED_AT, "cut-and-stack-4") else SEVERAL


def as_parameter(wish: str) -> Any:
    often = [] if wish == LOOKED_AT else [pytest.mark.slow]
    return pytest.param(wish, marks=[on_the_press_of(laid_for(wish)), *often])


@pytest.fixture(scope="module", params=[as_parameter(wish) for wish in WISHES])
def imposed(request: pytest.FixtureRequest) -> tuple[bytes, bytes]:
    """Return a print of ours, and the same laid on sheets in each way."""
    return on_sheets(request.param)


def on_sheets(name: str) -> tuple[bytes, bytes]:
    """Return a print before and after it is laid on sheets."""
    pdf, wish, file = made(laid_for(name)).built.pdf, WISHES[name], BytesIO()
    with pikepdf.Pdf.open(BytesIO(pdf)) as document:
        assert len(document.pages) > 2
        _, job = lay(page_sizes(document), wish)
        impose(document, job, marks=wish.marks, fit=wish.fit)
        document.save(file, deterministic_id=True)
    return pdf, file.getvalue()


@pytest.mark.slow
@pytest.mark.parametrize("standard", ["ua1", "3a"])
def test_sheets_are_valid(imposed: tuple[bytes, bytes], standard: str) -> None:
    assert broken(imposed[1], standard) == set()


@pytest.mark.slow
def test_verapdf_finds_sheets_valid(imposed: tuple[bytes, bytes]) -> None:
    """As PDF/UA-1; about PDF/A-3a only the other validator is asked, above."""
    assert verapdf.faults(imposed[1], "ua1") == []


@pytest.mark.slow
@on_the_press_of(BOOKLET)
def test_verapdf_finds_one_of_them_valid_as_an_archive() -> None:
    assert verapdf.faults(on_sheets(LOOKED_AT)[1], "3a") == []


def spoken(element: Any, number_of: dict[Any, int], page: Any = None) -> Iterator[Any]:
    """Yield each tag, and of what it holds the page's number and the mark, in order of reading."""
    yield str(element.get("/S", "root"))
    page = element.get("/Pg", page)
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, int):
            yield number_of[page.objgen], kid
        elif kid.get("/Type") == "/MCR":
            assert kid.Stm.objgen in {each.objgen for each in kid.Pg.Resources.XObject.values()}
            yield number_of[kid.Stm.objgen], int(kid.MCID)
        elif kid.get("/Type") == "/OBJR":
            assert kid.Obj.objgen in {each.objgen for each in kid.Pg.Annots}
            yield str(kid.Obj.get("/Contents", "")), str(kid.Obj.get("/A", {}).get("/URI", ""))
        else:
            yield from spoken(kid, number_of, page)


def test_sheets_are_read_aloud_as_the_pages_were(imposed: tuple[bytes, bytes]) -> None:
    booklet, sheets = imposed
    with pikepdf.open(BytesIO(booklet)) as before, pikepdf.open(BytesIO(sheets)) as after:
        pages = {page.obj.objgen: number for number, page in enumerate(before.pages, start=1)}
        drawn = {
            int(name.removeprefix("/P")): form
            for page in after.pages
            for name, form in page.obj.Resources.XObject.items()
            if not name.endswith("again")
        }
        assert sorted(drawn) == sorted(pages.values())
        for number, page in enumerate(before.pages, start=1):
            assert drawn[number].read_bytes() == page.obj.Contents.read_bytes()
        forms = {form.objgen: number for number, form in drawn.items()}
        said = list(spoken(before.Root.StructTreeRoot, pages))
        assert len(said) > 30 * len(pages)
        assert list(spoken(after.Root.StructTreeRoot, forms)) == said


def test_what_goes_with_the_document_is_kept(imposed: tuple[bytes, bytes]) -> None:
    booklet, sheets = imposed
    with pikepdf.open(BytesIO(booklet)) as before, pikepdf.open(BytesIO(sheets)) as after:
        for key in ("/Lang", "/MarkInfo", "/OutputIntents", "/Metadata"):
            assert key in after.Root
            assert before.Root[key]._type_name == after.Root[key]._type_name
        assert after.Root.Metadata.read_bytes() == before.Root.Metadata.read_bytes()
        assert after.docinfo.Title == before.docinfo.Title
    assert [(level, title) for level, title, _ in Print(booklet).outline] == [
        (level, title) for level, title, _ in Print(sheets).outline
    ]


@pytest.mark.slow
@on_the_press_of(SHEET)
def test_a_sheet_of_copies_is_valid() -> None:
    file = BytesIO()
    with pikepdf.open(BytesIO(made(SHEET).built.pdf)) as document:
        _, job = lay(page_sizes(document), Wish("step-and-repeat", paper="A3", marks=True))
        impose(document, job, marks=True)
        document.save(file)
    for standard in ("ua1", "3a"):
        assert broken(file.getvalue(), standard) == set()
        assert verapdf.faults(file.getvalue(), standard) == []


@pytest.mark.slow
@on_the_press_of(SHEET)
def test_the_validators_see_a_copy_that_keeps_its_tags() -> None:
    """What shows that the tests above can fail: the marks of a copy are taken for content."""
    file = BytesIO()
    with pikepdf.open(BytesIO(made(SHEET).built.pdf)) as document:
        _, job = lay(page_sizes(document), Wish("step-and-repeat", paper="A3"))
        impose(document, job)
        for name, form in document.pages[0].obj.Resources.XObject.items():
            if name.endswith("again"):
                document.pages[0].obj.Resources.XObject[name] = document.pages[
                    0
                ].obj.Resources.XObject[name.removesuffix("again")]
                assert form
        document.save(file)
    assert broken(file.getvalue(), "ua1") != set()
