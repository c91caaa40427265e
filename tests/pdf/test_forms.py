"""A sheet that is filled in on a screen is PDF/UA-1 and PDF/A-3a, empty and filled, and no more."""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import Any

import page
import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, NumberTree, Pdf
from PIL import ImageChops

from clinicpress.editions.edition import Edition
from clinicpress.errors import Problems
from clinicpress.orders.plan import plan
from clinicpress.orders.request import ALL, Request
from clinicpress.pdf.contents import refuse_foreign
from clinicpress.press.finish import finish
from clinicpress.press.schemes import Wish, lay
from clinicpress.press.sheets import impose, page_sizes
from clinicpress.runs.pipeline import prepare, set_pages
from tests import verapdf
from tests.pdf.filling import scripted, typed
from tests.pdf.matrix import LAYOUTS, LIBRARY, covering
from tests.pdf.test_validity import STANDARDS, broken

pytestmark = verapdf.on_one_machine

ASKED = Request(("exercises",), exercises=("wall-slide", "chin-tuck"), dose="blank",
                settings=("given",), fields=True)  # fmt: skip
WORDS = "Zoë Müller-Straße, 12 × 3"


def printed(edition: Edition) -> bytes:
    built = set_pages(prepare(edition, LIBRARY, LAYOUTS))
    assert built.problems == ()
    return built.pdf


@pytest.fixture(scope="module")
def sheet() -> bytes:
    """Return a sheet for one patient, to be filled in."""
    (edition,) = plan(ASKED, LIBRARY, LAYOUTS)
    return printed(edition)


@pytest.fixture(scope="module")
def bare() -> bytes:
    """Return the same without fields."""
    (edition,) = plan(replace(ASKED, fields=False), LIBRARY, LAYOUTS)
    return printed(edition)


def named(pdf: bytes) -> list[str]:
    with Pdf.open(BytesIO(pdf)) as document:
        return [str(field.T) for field in document.Root.AcroForm.Fields]


DOSES = ("repeat", "hold", "rounds", "often")


@pytest.mark.slow
def test_all_that_is_handed_over_by_pen_is_filled_in(sheet):
    assert named(sheet) == [
        "name", "date", "side", "clinician", "review", "checked", "told", "said-back", "noted",
        "blank-gate", "blank-gate-2",
        *(f"{part}-{item}" for item in ("wall-slide", "chin-tuck") for part in DOSES),
        "blank", "blank-2",
    ]  # fmt: skip


@pytest.mark.slow
def test_it_looks_like_the_one_without(sheet, bare):
    with pypdfium2.PdfDocument(sheet) as one, pypdfium2.PdfDocument(bare) as other:
        assert len(one) == len(other)
        for mine, its in zip(one, other, strict=True):
            pictures = [each.render(scale=2).to_pil() for each in (mine, its)]
            assert ImageChops.difference(*pictures).getbbox() is None


@pytest.mark.slow
def test_it_takes_little_room(sheet, bare):
    assert len(sheet) < len(bare) + 25_000


@pytest.mark.slow
def test_the_same_bytes_come_out_each_time(sheet):
    (edition,) = plan(ASKED, LIBRARY, LAYOUTS)
    assert printed(edition) == sheet


FILLED: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda pdf: pdf,
    "typed in a viewer": lambda pdf: typed(pdf, WORDS),
    "by a script": lambda pdf: scripted(pdf, WORDS),
}


@pytest.mark.few(1)
@pytest.mark.few(2)
@pytest.mark.parametrize("fill", FILLED.values(), ids=FILLED)
@pytest.mark.parametrize("standard", STANDARDS)
def test_it_is_valid_empty_and_filled(sheet, fill, standard):
    assert broken(fill(sheet), standard) == set()


@pytest.mark.slow
@pytest.mark.parametrize("fill", FILLED.values(), ids=FILLED)
@pytest.mark.parametrize("standard", verapdf.PROFILES)
def test_verapdf_finds_it_valid_empty_and_filled(sheet, fill, standard):
    assert verapdf.faults(fill(sheet), standard) == []


def without_words(document: Pdf) -> None:
    del document.Root.AcroForm.Fields[0].TU


def without_look(document: Pdf) -> None:
    del document.Root.AcroForm.Fields[0].AP


def without_font(document: Pdf) -> None:
    del document.Root.AcroForm.DR.Font.Typed.FontDescriptor.FontFile2


def without_tag(document: Pdf) -> None:
    del document.Root.AcroForm.Fields[0].StructParent


@pytest.mark.slow
@pytest.mark.parametrize(
    ("spoil", "fill", "standard"),
    [
        (without_words, FILLED["empty"], "ua1"),
        (without_tag, FILLED["empty"], "ua1"),
        (without_look, FILLED["empty"], "3a"),
        (without_font, FILLED["by a script"], "ua1"),
        (without_font, FILLED["by a script"], "3a"),
    ],
)
def test_each_part_of_a_field_is_needed(sheet, spoil, fill, standard):
    with Pdf.open(BytesIO(fill(sheet))) as document:
        spoil(document)
        file = BytesIO()
        document.save(file)
    assert verapdf.faults(file.getvalue(), standard) != []


@pytest.mark.slow
def test_every_handout_and_booklet_that_is_handed_over_can_be_filled_in(full):
    """Each reader, each format; in the full matrix each of them in each publication, too."""
    asked = Request((ALL,), audiences=(ALL,), formats=(ALL,), settings=("given",), fields=True)
    every = plan(asked, LIBRARY, LAYOUTS)
    assert every
    for edition in every if full else covering(every, 1, factors=("audience", "format")):
        pdf = printed(edition)
        assert named(pdf)[:4] == ["name", "date", "side", "clinician"], edition.name
        report = page.validate_pdf_bytes(pdf, profile=STANDARDS["ua1"])
        assert report.is_compliant, edition.name


# ---------------------------------------------------------------- what becomes of it


def test_in_grey_it_is_filled_in_as_well(sheet):
    (edition,) = plan(replace(ASKED, colour="grey"), LIBRARY, LAYOUTS)
    grey = finish(sheet, edition, spot="#000000")
    assert named(grey) == named(sheet)
    assert broken(scripted(grey, WORDS), "ua1") == set()


@pytest.mark.parametrize("fill", [FILLED["empty"], FILLED["by a script"]])
def test_on_sheets_its_fields_go_along(sheet, fill):
    with Pdf.open(BytesIO(fill(sheet))) as document:
        _, job = lay(page_sizes(document), Wish(paper="A3"))
        impose(document, job)
        file = BytesIO()
        document.save(file)
    on_sheets = file.getvalue()
    assert named(on_sheets) == named(sheet)
    assert broken(on_sheets, "ua1") == set()
    with Pdf.open(BytesIO(on_sheets)) as document:
        parents = NumberTree(document.Root.StructTreeRoot.ParentTree)
        on_pages = [each for page in document.pages for each in page.obj.get("/Annots", ())]
        widgets = [each for each in on_pages if each.Subtype == Name.Widget]
        assert len(widgets) == len(named(sheet))
        assert {parents[int(each.StructParent)].S for each in widgets} == {Name.Form}


# ---------------------------------------------------------------- nothing else is let through


def scripts(document: Pdf) -> None:
    document.Root.AcroForm.Fields[0].AA = Dictionary(K=Dictionary(S=Name.JavaScript, JS="x"))


def acts(document: Pdf) -> None:
    document.Root.AcroForm.Fields[0].A = Dictionary(S=Name.SubmitForm, F="https://example.org")


def filled(document: Pdf) -> None:
    document.Root.AcroForm.Fields[0].V = "Ann"


def defaulted(document: Pdf) -> None:
    document.Root.AcroForm.Fields[0].DV = "Ann"


def reckons(document: Pdf) -> None:
    document.Root.AcroForm.CO = Array([document.Root.AcroForm.Fields[0]])


def appears(document: Pdf) -> None:
    document.Root.AcroForm.NeedAppearances = True


def signs(document: Pdf) -> None:
    document.Root.AcroForm.SigFlags = 3


@pytest.mark.parametrize("spoil", [scripts, acts, filled, defaulted, reckons, appears, signs])
def test_a_field_that_does_more_than_wait_is_refused(sheet, spoil):
    with Pdf.open(BytesIO(sheet)) as document:
        refuse_foreign(document, form=True)
        spoil(document)
        with pytest.raises(Problems):
            refuse_foreign(document, form=True)


def test_no_print_has_fields_that_was_not_asked_for_them(sheet):
    with Pdf.open(BytesIO(sheet)) as document, pytest.raises(Problems) as told:
        refuse_foreign(document)
    said = str(told.value)
    assert "AcroForm" in said
    assert "an annotation of the kind /Widget" in said


def test_nothing_of_it_tells_who_filled_it_in(sheet):
    """What a file says of itself comes before it is filled in, and is of the content alone."""
    with Pdf.open(BytesIO(sheet)) as document:
        said: Any = document.Root.Metadata.read_bytes().decode()
        assert "/home" not in said
        assert "/V" not in document.Root.AcroForm.Fields[0]
        assert set(pikepdf.Dictionary(document.docinfo).keys()) <= {
            "/Title", "/Author", "/Subject", "/Creator", "/Producer", "/CreationDate", "/ModDate",
            "/Keywords",
        }  # fmt: skip
