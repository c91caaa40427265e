"""The frames of signs keep their page, with a clinic's line at the foot as well."""

import shutil

import pypdfium2
import pytest

from clinicpress.orders.plan import plan
from clinicpress.orders.request import Request
from clinicpress.runs.pipeline import prepare, set_pages
from tests.conftest import ROOT


@pytest.mark.slow
def test_a_line_at_the_foot_leaves_no_group_of_signs_alone(library, tmp_path):
    """In a booklet the signs for today are one page, whatever a clinic says below it."""
    layouts = shutil.copytree(ROOT / "layouts", tmp_path / "layouts")
    (layouts / "brands/night").mkdir()
    (layouts / "brands/night/brand.yaml").write_text(
        "name: Night\nregion: GB\nfooter: Part of the Night group of practices\n"
    )
    (edition,) = plan(Request(("booklet",), brands=("night",)), library, layouts)
    built = set_pages(prepare(edition, library, layouts))
    assert built.problems == ()
    with pypdfium2.PdfDocument(built.pdf) as document:
        words = [page.get_textpage().get_text_range() for page in document]
    number = next(at for at, said in enumerate(words) if "Infection and illness" in said)
    assert "Pregnancy and after birth" in words[number]
    assert "Before you start" in words[number + 1]
