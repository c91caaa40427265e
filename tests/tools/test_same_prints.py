"""What differs between the prints in two folders is told: on which page, and of what kind."""

import subprocess
import sys
from pathlib import Path

import pytest
from pikepdf import Dictionary, Name, Pdf

from tests.conftest import ROOT

TOOL = ROOT / "tools/same_prints.py"
SQUARE = b"0.4 g 20 20 30 30 re f"


def made(path: Path, *, content: bytes = SQUARE, wide: int = 100, alt: str = "A square.",
         title: str = "Squares", link: str = "https://example.org", runs: str = "",
         lang: str = "en") -> None:  # fmt: skip
    """Write a PDF of two pages, the second of them as told, with one element of structure."""
    with Pdf.new() as pdf:
        for page_content, width in ((SQUARE, 100), (content, wide)):
            page = pdf.add_blank_page(page_size=(width, 100))
            page.Contents = pdf.make_stream(page_content)
        figure = pdf.make_indirect(Dictionary(S=Name.Figure, Alt=alt, Pg=pdf.pages[1].obj))
        pdf.Root.StructTreeRoot = pdf.make_indirect(Dictionary(K=[figure]))
        going = Dictionary(S=Name.URI, URI=link)
        pdf.pages[1].obj.Annots = [Dictionary(Type=Name.Annot, Subtype=Name.Link, A=going)]
        pdf.Root.Lang = lang
        if runs:
            pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=runs)
        pdf.docinfo["/Title"] = title
        path.parent.mkdir(exist_ok=True)
        pdf.save(path, deterministic_id=True)


def compared(folder: Path) -> tuple[int, str]:
    ran = subprocess.run(
        [sys.executable, TOOL, folder / "before", folder / "after"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.stderr == ""
    return ran.returncode, ran.stdout


CHANGES: dict[str, tuple[dict[str, object], str]] = {
    "content alone": ({"content": b"q Q " + SQUARE}, "page 2: content"),
    "pixels": ({"content": b"0.4 g 20 20 30 40 re f"}, "page 2: content, page 2: pixels"),
    "boxes": ({"wide": 101}, "page 2: boxes, page 2: pixels"),
    "tags": ({"alt": "A circle."}, "tags"),
    "a link": ({"link": "https://example.com"}, "page 2: links"),
    "an action": ({"runs": "app.alert(1)"}, "viewer"),
    "the language": ({"lang": "de"}, "viewer"),
}  # fmt: skip


@pytest.mark.few(4)
@pytest.mark.parametrize(("change", "said"), CHANGES.values(), ids=CHANGES)
def test_what_a_reader_or_a_screen_reader_would_meet_is_told(tmp_path, change, said):
    made(tmp_path / "before/sheet.pdf")
    made(tmp_path / "after/sheet.pdf", **change)
    code, out = compared(tmp_path)
    assert (code, out.splitlines()[0]) == (1, f"sheet.pdf: {said}")


@pytest.mark.parametrize(
    ("title", "said"),
    [("Squares", "1 prints: 1 the same bytes, 0 alike"),
     ("Forms", "1 prints: 0 the same bytes, 1 alike")],
)  # fmt: skip
def test_what_is_said_of_a_file_makes_no_other_print(tmp_path, title, said):
    made(tmp_path / "before/sheet.pdf")
    made(tmp_path / "after/sheet.pdf", title=title)
    code, out = compared(tmp_path)
    assert code == 0
    assert out.startswith(said)


def test_a_print_that_one_side_lacks_is_told(tmp_path):
    made(tmp_path / "before/sheet.pdf")
    (tmp_path / "after").mkdir()
    assert compared(tmp_path)[1].startswith("sheet.pdf: only before\n")
