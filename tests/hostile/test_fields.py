"""What a brand that somebody sent can do to fields: name them oddly, and neither hide nor run."""

from pathlib import Path

import pikepdf
import pytest

from tests.conftest import ROOT

BRAND = "layouts/brands/default"
ASKED = ("handout", "thumb-sheet", "--setting", "given", "--fields")

pytestmark = pytest.mark.usefixtures("in_process")


def fields(clinic) -> dict[str, str]:
    """Return what each field of the only file says it is for, by its name."""
    (path,) = (clinic.folder / "output").rglob("*_fields.pdf")
    with pikepdf.Pdf.open(path) as document:
        return {str(each.T): str(each.TU) for each in document.Root.AcroForm.Fields}


@pytest.mark.few(1)
@pytest.mark.parametrize(
    "label",
    [
        "Name) /AA << /K << /S /JavaScript", "Nom (prénom) [« é »] %", "<</V (Ann)>>",
        "endobj 1 0 obj", "<script>x()</script>", "\\251\\)", "N",
    ],
)  # fmt: skip
def test_an_odd_label_is_said_as_it_is(clinic, label):
    words = (ROOT / "layouts/strings/en.po").read_text(encoding="utf-8")
    before = 'msgid "strip.name"\nmsgstr "Name"'
    assert words.count(before) == 1
    odd = label.replace("\\", "\\\\")
    clinic.write(
        f"{BRAND}/strings/en.po", words.replace(before, f'msgid "strip.name"\nmsgstr "{odd}"')
    )
    ended = clinic.generate(*ASKED)
    assert (ended.code, ended.err.count("Traceback")) == (0, 0)
    said = fields(clinic)
    assert said["name"] == label
    assert list(said)[:5] == ["name", "date", "side", "clinician", "review"]


STRIP = (ROOT / "layouts/templates/strip.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "style",
    [
        ".strip .field-name { padding: 0; flex: none; align-self: flex-start }",
        ".told li { font-size: 3pt; background-size: 2pt }",
    ],
    ids=["no room", "a tick too small"],
)
def test_a_style_that_leaves_no_room_is_refused(clinic, style):
    clinic.write(f"{BRAND}/styles/brand.css", style)
    ended = clinic.generate(*ASKED)
    assert (ended.code, clinic.files()) == (1, [])
    assert "[FIELDS-ROOM]" in ended.err


def test_a_field_that_nobody_sees_over_the_signs_is_refused(clinic):
    """Nothing of it is drawn, so no other guard meets it; what is typed would hide the signs."""
    place = "position: absolute; top: 60mm; left: 0; width: 150mm; height: 60mm"
    field = f'<div data-field="a" data-says="A" style="{place}"></div>'
    clinic.write(f"{BRAND}/templates/strip.html", STRIP.replace("</ul>", f"</ul>{field}"))
    ended = clinic.generate(*ASKED)
    assert (ended.code, clinic.files()) == (1, [])
    assert "[FIELDS-COVER]" in ended.err


@pytest.mark.few(1)
@pytest.mark.parametrize("odd", ['data-field="a"', 'data-field="{{ field }}" data-says="Anna"'])
def test_a_template_names_no_field_of_its_own(clinic, odd):
    clinic.write(f"{BRAND}/templates/strip.html", STRIP.replace('data-field="{{ field }}"', odd, 1))
    ended = clinic.generate(*ASKED)
    assert (ended.code, clinic.files()) == (1, [])
    assert "[TEMPLATE-WORDS]" in ended.err


def test_a_template_names_no_field_that_acts_or_is_filled(clinic):
    odd = 'data-field="{{ field }}" action="https://example.org" name="x" value="Anna"'
    clinic.write(f"{BRAND}/templates/strip.html", STRIP.replace('data-field="{{ field }}"', odd, 1))
    assert clinic.generate(*ASKED).code == 0
    (path,) = (clinic.folder / "output").rglob("*_fields.pdf")
    assert b"Anna" not in _unpacked(path)


def test_a_template_asks_for_no_fields_by_itself(clinic):
    base = (ROOT / "layouts/templates/base.html").read_text(encoding="utf-8")
    asked = base.replace("<body ", '<body data-fields="{title}: {label}" ', 1)
    clinic.write(f"{BRAND}/templates/base.html", asked)
    ended = clinic.generate("handout", "thumb-sheet", "--setting", "given")
    assert (ended.code, clinic.files()) == (1, [])
    assert "[TEMPLATE-WORDS]" in ended.err


def _unpacked(path: Path) -> bytes:
    with pikepdf.Pdf.open(path) as document:
        return b"".join(each.unparse(resolved=True) for each in document.objects)
