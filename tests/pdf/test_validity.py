"""Files are PDF/UA-1 and PDF/A-3a, by two validators that are shown to find faults.

One of each publication and format is looked at; with ``--matrix=full``, each that is printed.
"""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import page
import pikepdf
import pytest
from pikepdf import Name

from clinicpress.design.design import open_design
from clinicpress.editions.edition import Edition
from clinicpress.pages.tags import mend
from clinicpress.pages.typeset import typeset
from tests import verapdf
from tests.pdf.conftest import Printed
from tests.pdf.matrix import FAST, FIRST, LAYOUTS

STANDARDS = {"ua1": page.ValidationProfile.PDF_UA_1, "3a": page.ValidationProfile.PDF_A_3A}

ARBITRATED = "PDFA3A-STREAM-LENGTH-001"
"""page-validation 0.11 takes a stream whose last byte is 0x0D for one that is too long by a byte;
veraPDF decides."""


def broken(pdf: bytes, standard: str) -> set[str]:
    """Return the rules that page-validation finds broken."""
    report = page.validate_pdf_bytes(pdf, profile=STANDARDS[standard])
    assert report.is_compliant == (not report.failures)
    rules = {failure.rule_id for failure in report.failures}
    if ARBITRATED in rules and not verapdf.faults(pdf, standard):
        return rules - {ARBITRATED}
    return rules


@pytest.mark.prints(of=FAST.__contains__, once_for=("publication", "format"))
@pytest.mark.parametrize("standard", ["ua1", pytest.param("3a", marks=pytest.mark.slow)])
def test_editions_are_valid(printed: Printed, standard: str) -> None:
    """In PDF/UA-1 always; in the slow suite in PDF/A-3a, and by veraPDF, which knows more rules."""
    assert broken(printed.read.bytes, standard) == set()


def is_sample(edition: Edition) -> bool:
    return edition.audience == FIRST and edition.publication == "exercises"


@pytest.mark.slow
@pytest.mark.prints(of=is_sample, once_for=("publication",))
@pytest.mark.parametrize("standard", ["ua1", pytest.param("3a", marks=pytest.mark.slow)])
def test_verapdf_finds_a_sample_valid(printed: Printed, standard: str) -> None:
    assert verapdf.faults(printed.read.bytes, standard) == []


@pytest.mark.slow
@pytest.mark.prints(once_for=("publication", "format"))
def test_verapdf_finds_every_edition_valid(printed: Printed) -> None:
    assert verapdf.faults(printed.read.bytes, "ua1") == []


@pytest.mark.slow
@pytest.mark.prints(once_for=("kind",))
def test_verapdf_finds_each_kind_valid_as_an_archive(printed: Printed) -> None:
    """What an archive asks for beyond the tags is the same in each format."""
    assert verapdf.faults(printed.read.bytes, "3a") == []


PICTURE = (
    "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>"
    "<rect width='9' height='9'/></svg>"
)
SHEET = f"""<!doctype html><html lang="en"><head><title>A sheet</title></head>
<body style="font-family: Fira Sans"><h1>A sheet</h1><p>Words.</p>
<img alt="A square" src="{PICTURE}">
<table><thead><tr><th>Day</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>
</body></html>"""


@pytest.fixture(scope="module")
def sheet() -> bytes:
    """Return a valid file with a heading, a picture and a table."""
    design = open_design(LAYOUTS, brand="default", format="standard", language="en", paper="A4")
    return mend(typeset(SHEET, design).pdf)


def elements(pdf: pikepdf.Pdf, kind: str) -> list[pikepdf.Dictionary]:
    found = [
        each
        for each in pdf.objects
        if isinstance(each, pikepdf.Dictionary)
        and each.get("/Type") == "/StructElem"
        and str(each.S) == kind
    ]
    assert found
    return found


def lose_alternative_text(pdf: pikepdf.Pdf) -> None:
    del elements(pdf, "/Figure")[0].Alt


def lose_language(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Lang


def lose_mark_info(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.MarkInfo


def lose_display_of_title(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.ViewerPreferences


def lose_tag_tree(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.StructTreeRoot


def draw_untagged_text(pdf: pikepdf.Pdf) -> None:
    font = next(iter(pdf.pages[0].resources.Font.keys()))
    pdf.pages[0].contents_add(f"BT {font} 9 Tf 50 50 Td <0001> Tj ET".encode())


def skip_a_heading_level(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "/H1")[0].S = Name.H3


def lose_scope_of_header(pdf: pikepdf.Pdf) -> None:
    del elements(pdf, "/TH")[0].A


def lose_font_file(pdf: pikepdf.Pdf) -> None:
    for each in pdf.objects:
        if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/FontDescriptor":
            del each.FontFile2


def lose_output_intent(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.OutputIntents


def add_script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = pikepdf.Dictionary(S=Name.JavaScript, JS="app.alert('Hello')")


BOTH = {"ua1", "3a"}
PLANTED: list[tuple[Callable[[pikepdf.Pdf], None], set[str]]] = [
    (lose_alternative_text, {"ua1"}),
    (lose_language, {"ua1"}),
    (lose_mark_info, BOTH),
    (lose_display_of_title, {"ua1"}),
    (lose_tag_tree, BOTH),
    (draw_untagged_text, {"ua1"}),
    (skip_a_heading_level, {"ua1"}),
    (lose_scope_of_header, {"ua1"}),
    (lose_font_file, BOTH),
    (lose_output_intent, {"3a"}),
    (add_script, {"3a"}),
]


@verapdf.on_one_machine
@pytest.mark.parametrize("standard", STANDARDS)
def test_sheet_without_a_fault_is_valid(sheet: bytes, standard: str) -> None:
    assert broken(sheet, standard) == set()
    assert verapdf.faults(sheet, standard) == []


@verapdf.on_one_machine
@pytest.mark.parametrize(
    ("plant", "standards"), PLANTED, ids=lambda it: getattr(it, "__name__", "")
)
def test_both_validators_find_a_planted_fault(
    sheet: bytes, plant: Callable[[pikepdf.Pdf], None], standards: set[str]
) -> None:
    with pikepdf.Pdf.open(BytesIO(sheet)) as pdf:
        plant(pdf)
        faulty = BytesIO()
        pdf.save(faulty, deterministic_id=True)
    for standard in standards:
        assert broken(faulty.getvalue(), standard)
        assert verapdf.faults(faulty.getvalue(), standard)


@verapdf.on_one_machine
def test_verapdf_is_a_command_too(
    sheet: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, bad = tmp_path / "good.pdf", tmp_path / "bad.pdf"
    good.write_bytes(sheet)
    with pikepdf.Pdf.open(good) as pdf:
        lose_language(pdf)
        pdf.save(bad)
    assert verapdf.main([str(good)]) == 0
    assert verapdf.main([str(good), str(bad)]) == 1
    first, *_, rule = capsys.readouterr().out.splitlines()
    assert first == f"{good} valid: ua1, 3a"
    assert rule.startswith("    ua1 7.2-")
