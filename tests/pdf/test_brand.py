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


LOGOS = pytest.mark.parametrize("logo", ["logo: logo.svg\n", ""], ids=["logo", "no logo"])


def prints(clinic, logo, audience):
    """Print all in standard for a reader, on Letter, with the fullest brand."""
    folder = clinic.folder / "layouts/brands/default"
    (folder / "brand.yaml").write_text(BRAND.format(logo=logo), encoding="utf-8")
    (folder / "logo.svg").write_text(LOGO, encoding="utf-8")
    asked = ("--format", "standard", "--audience", audience, "--jobs", "1")
    return clinic.generate("all", *asked, "--sources", SOURCES)


@LOGOS
def test_standard_handouts_keep_to_two_letter_pages(clinic, logo):
    ended = prints(clinic, logo, "general")
    assert (ended.code, ended.err.count("problem")) == (0, 0)
    assert len(ended.out.splitlines()) == 7


@LOGOS
@pytest.mark.slow
@pytest.mark.parametrize("audience", ["older-adult", "pregnant", "desk-worker", "active", "carer",
                                      "clinician", "easy-read"])  # fmt: skip
def test_so_they_do_for_every_other_reader(clinic, logo, audience):
    ended = prints(clinic, logo, audience)
    assert (ended.code, ended.err.count("problem")) == (0, 0)
    assert len(ended.out.splitlines()) >= 4
