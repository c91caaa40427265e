"""The contrast of all words of the sample brands with their ground, off the finished pages.

The palette's pairs are judged before anything is laid out; here they are what PDFium shows.
"""

import shutil

import pytest
from reportlab.pdfgen.canvas import Canvas

from clinicpress.design.contrast import TEXT
from tests.brands.words_on_ground import pairs_on
from tests.conftest import ROOT

SAMPLES = ("harbour", "meadow", "slate")
PRINTS = {"booklet": 12, "exercises": 8, "leaflet": 9, "card": 5, "poster": 5}
"""What is printed, and how many pairs of colours are on it at least."""


def page(folder, words, ground):
    canvas = Canvas(str(folder / "page.pdf"), pagesize=(200, 100))
    canvas.setFillColor(ground)
    canvas.rect(0, 0, 200, 50, stroke=0, fill=1)
    canvas.setFillColor(words)
    canvas.setFont("Helvetica", 9)
    canvas.drawString(20, 20, "Words on a ground")
    canvas.drawString(20, 70, "Words on paper")
    canvas.save()
    return folder / "page.pdf"


@pytest.mark.parametrize(
    ("words", "ground", "found"),
    [
        ("#8a4b00", "#f4efe8", [("#8a4b00", "#f4efe8", 5.9), ("#8a4b00", "#ffffff", 6.8)]),
        ("#ffffff", "#a4161a", [("#ffffff", "#ffffff", 1.0), ("#ffffff", "#a4161a", 7.8)]),
        ("#cccccc", "#ffffff", [("#cccccc", "#ffffff", 1.6)]),
    ],
)
def test_each_word_is_seen_on_its_own_ground(tmp_path, words, ground, found):
    seen = pairs_on(page(tmp_path, words, ground))
    assert [(one.words, one.ground, round(one.colour, 1)) for one in seen] == found


def test_what_is_told_apart_by_its_hue_alone_is_faint_in_grey(tmp_path):
    (one,) = [one for one in pairs_on(page(tmp_path, "#ff0000", "#009900")) if one.page == 1][:1]
    assert one.grey < 1.5


@pytest.mark.some(5)
@pytest.mark.slow
@pytest.mark.parametrize("product", PRINTS)
@pytest.mark.parametrize("sample", SAMPLES)
def test_all_words_of_a_sample_can_be_read(generate, tmp_path, sample, product):
    brand = ("brand", "new", "mine", "--sample", sample, "--layouts", str(tmp_path / "layouts"))
    shutil.copytree(ROOT / "layouts", tmp_path / "layouts")
    assert generate(brand).code == 0
    command = ("handout", product) if product == "exercises" else (product,)
    places = ("--layouts", str(tmp_path / "layouts"), "--output", str(tmp_path / "output"))
    ended = generate((*command, "--brand", "mine", *places))
    assert ended.code == 0, ended.err
    (pdf,) = (tmp_path / "output").rglob("*.pdf")
    seen = pairs_on(pdf)
    assert len(seen) >= PRINTS[product]
    faint = [one for one in seen if min(one.colour, one.grey) < TEXT]
    assert faint == []
