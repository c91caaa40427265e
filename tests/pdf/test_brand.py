"""The fullest brand that is allowed still fits: a long name, a logo, and contact lines."""

from pathlib import Path

import pytest

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


@pytest.mark.parametrize("logo", ["logo: logo.svg\n", ""], ids=["logo", "no logo"])
def test_standard_handouts_keep_to_two_letter_pages(clinic, logo):
    folder = clinic.folder / "layouts/brands/default"
    (folder / "brand.yaml").write_text(BRAND.format(logo=logo), encoding="utf-8")
    (folder / "logo.svg").write_text(LOGO, encoding="utf-8")
    ended = clinic.generate("all", "--format", "standard", "--jobs", "1", "--sources", SOURCES)
    assert (ended.code, ended.err.count("problem")) == (0, 0)
    assert len(ended.out.splitlines()) == 7
