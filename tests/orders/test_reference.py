"""The clinic's own number of a document: on the pages, in the file's name, on the counter page."""

import json
import re
from pathlib import Path

import pypdfium2
import pytest

from clinicpress.orders.plan import plan
from clinicpress.orders.request import Request

NIGHT = "layouts/brands/night/brand.yaml"
PATTERN = "PIL-{publication}-{format}-{language}"
SHEET = ("handout", "thumb-sheet", "--brand", "night")


def numbered(clinic, pattern=PATTERN, more=""):
    clinic.write(NIGHT, f'name: Night\nregion: GB\nreference: "{pattern}"\n{more}')


def words_of(path):
    document = pypdfium2.PdfDocument(path)
    pages = ("".join(page.get_textpage().get_text_range().split()) for page in document)
    return [page.replace("\ufffe", "-") for page in pages]  # as PDFium has a hyphen at a line's end


@pytest.mark.parametrize(
    ("pattern", "number"),
    [
        (PATTERN, "PIL-thumb-sheet-standard-en"),
        ("{topic}.{audience}_{region}", "tiny.general_GB"),
        ("{setting}-{version}", "rack-0.1"),
        ("QR77", "QR77"),
    ],
)
def test_a_pattern_is_filled_in_for_each_edition(clinic, tiny, pattern, number):
    numbered(clinic, pattern)
    (edition,) = plan(Request(("thumb-sheet",), brands=("night",)), tiny, Path("layouts"))
    assert edition.reference == number
    assert edition.name == f"{number}_tiny_thumb-sheet_general_standard_en-GB_A4"


def test_a_brand_without_one_has_none(clinic, tiny):
    (edition,) = plan(Request(("thumb-sheet",)), tiny, Path("layouts"))
    assert (edition.reference, edition.name[:5]) == ("", "tiny_")


@pytest.mark.few(1)
@pytest.mark.parametrize("command", [SHEET, ("booklet", "--brand", "night")])
def test_it_stands_on_each_page_with_version_and_review(clinic, command):
    numbered(clinic, "PIL-{format}")
    ended = clinic.generate(*command)
    assert ended.code == 0, ended.err
    pages = words_of(clinic.folder / ended.out.strip())
    assert pages
    for page in pages:
        assert re.search("Notyetreviewedbyaclinician·(Donotuse[^·]+·)?PIL-standard", page)


@pytest.mark.slow
def test_it_is_found_on_the_counter_page(clinic):
    numbered(clinic)
    ended = clinic.generate("all", "--brand", "night", "--format", "standard", "--json")
    assert ended.code == 0, ended.err
    numbers = {json.loads(line)["edition"]["reference"] for line in ended.out.splitlines()}
    page = (clinic.folder / "output/index.html").read_text(encoding="utf-8")
    assert {"PIL-thumb-sheet-standard-en", "PIL-booklet-standard-en"} < numbers
    for number in numbers:
        assert f" · {number}</span>" in page


@pytest.mark.parametrize(
    ("pattern", "told"),
    [
        ("PIL-{publicaton}", "which holds {publicaton}. Did you mean “publication”?"),
        ("PIL-{format.name}", "which holds {format.name}. "),
        ("PIL/{format}", "which holds “/”. "),
        ("PIL {format}", "which holds “ ”. "),
        ("{{7*7}}", "which holds {7*7}. "),
        ("PIL-" * 16, "which has 64 letters. Keep to 60."),
    ],
)
def test_what_no_file_could_be_called_is_told_with_its_line(clinic, pattern, told):
    numbered(clinic, pattern)
    ended = clinic.generate(*SHEET)
    assert ended.code == 1
    assert ended.err.startswith(f"{NIGHT}:3: “reference” is ")
    assert told in ended.err
