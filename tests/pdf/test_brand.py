"""The fullest brand that is allowed still fits: a long name, a logo, and contact lines."""

from collections import Counter
from dataclasses import replace
from itertools import chain, cycle, product
from pathlib import Path

import pypdfium2
import pytest

from clinicpress.orders.plan import plan
from clinicpress.orders.request import ALL, Request
from clinicpress.pages.compose import compose
from clinicpress.pages.typeset import typeset
from clinicpress.runs.pipeline import prepare
from tests.conftest import content, takes_all
from tests.pdf.matrix import covering

SOURCES = str(Path(__file__).parents[2] / "sources")

LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 60" width="240" height="60">'
    '<rect width="60" height="60" rx="8" fill="#0f5c6e"/></svg>'
)
BRAND = """\
name: Riverside Practice and Family Health Centre
{logo}contact:
  - "Telephone: 0123 456 789"
  - "12 River Road, Riverside RS1 2AB"
  - riverside-practice.example.org
phone: 0123 456 789
region: US
"""


WITH, WITHOUT = "logo: logo.svg\n", ""
PARTS = ("booklet",), ("handout", "all")


def take(clinic, logo):
    """Give the clinic the fullest brand."""
    clinic.write("layouts/brands/default/brand.yaml", BRAND.format(logo=logo))
    clinic.write("layouts/brands/default/logo.svg", LOGO)


def prints(clinic, logo, audience, what=("all",)):
    """Print all, or one kind, in standard for a reader, on Letter, with the fullest brand."""
    take(clinic, logo)
    asked = ("--format", "standard", "--audience", audience, "--jobs", "1")
    return clinic.generate(*what, *asked, "--sources", SOURCES)


@pytest.mark.few(1)
@pytest.mark.parametrize(
    "logo",
    [pytest.param(WITH, id="logo"), pytest.param(WITHOUT, id="no logo", marks=pytest.mark.slow)],
)
@pytest.mark.parametrize(
    "format", ["standard", pytest.param("clear", marks=pytest.mark.slow), "large"]
)
def test_the_cover_is_one_page_for_every_reader_on_every_paper(full, clinic, library, logo, format):
    take(clinic, logo)
    asked = Request(("booklet",), audiences=(ALL,), formats=(format,), papers=(ALL,))
    every = plan(asked, library, Path("layouts"))
    assert len({edition.audience for edition in every}) >= 8
    editions = every if full else covering(every, 1, factors=("audience", "paper"))
    long = []
    for edition in editions:
        made = prepare(edition, library, Path("layouts"))
        cover = tuple(each for each in made.manuscript.sections if each.part == "cover")
        html = compose(replace(made.manuscript, sections=cover), made.design, made.drawings().find)
        if len(typeset(html, made.design).pages) != 1:
            long.append(edition.name)
    assert long == []


def pytest_generate_tests(metafunc):
    """Let every reader meet one of the two brands, in a part of all that there is.

    In the full matrix all meets both.
    """
    if "reader" in metafunc.fixturenames:
        full = takes_all(metafunc.config)
        readers = list(content().audiences)
        brands = WITH, WITHOUT
        parts = chain([("all",)], cycle(PARTS))
        some = zip(readers, cycle(brands), parts, strict=False)
        met = product(readers, brands, [("all",)]) if full else some
        metafunc.parametrize(("reader", "logo", "part"), list(met))


@pytest.mark.slow
@pytest.mark.some(2)
def test_all_that_is_printed_for_every_reader_fits(clinic, library, reader, logo, part):
    """So standard handouts, of which adults get eight, keep to two Letter pages, too."""
    ended = prints(clinic, logo, reader, part)
    assert (ended.code, ended.err.count("problem")) == (0, 0), ended.err
    written = Counter(Path(line).stem.split("_")[1] for line in ended.out.splitlines())
    assert written
    if reader == "general" and part != ("booklet",):
        kinds = {id: one.kind for id, one in library.topics["upper-back-pain"].publications.items()}
        assert [kinds[publication] for publication in written].count("handout") == 8


@pytest.mark.few(2)
@pytest.mark.parametrize("name", ["Riverside", "Riverside Health", "Riverside Health by Kew"])
@pytest.mark.parametrize(("publication", "format"), [("card", "standard"), ("exercises", "large")])
def test_no_line_breaks_a_number_or_ends_in_a_point(clinic, library, publication, format, name):
    """Wherever the line of the clinic breaks: its length differs with the name."""
    clinic.write(
        "layouts/brands/default/brand.yaml",
        f'name: {name}\ncontact: ["Telephone: 0123 456 789 012", "Fax: 0123 456 789 013"]\n',
    )
    (edition,) = plan(Request((publication,), formats=(format,)), library, Path("layouts"))
    made = prepare(edition, library, Path("layouts"))
    pdf = typeset(compose(made.manuscript, made.design, made.drawings().find), made.design).pdf
    with pypdfium2.PdfDocument(pdf) as document:
        said = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    lines = [line.strip() for line in said.replace("\u00a0", " ").splitlines()]
    assert [line for line in lines if line.endswith("·")] == []
    for number in ("0123 456 789 012", "0123 456 789 013"):
        assert [line for line in lines if number in line]
