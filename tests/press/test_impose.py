"""``generate impose``: what it writes, what it says, and what it refuses."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest

from clinicpress.design.papers import PAPERS
from clinicpress.press.schemes import SCHEMES, USES, Wish, lay
from tests.conftest import ROOT, environment
from tests.press.numbered import numbered

A4, A5, A6 = PAPERS["A4"], PAPERS["A5"], PAPERS["A6"]
FOREIGN = Path(__file__).parent / "foreign"


@pytest.fixture
def desk(tmp_path, monkeypatch, generate):
    """Return a function that runs ``generate impose`` in an empty folder with a few files."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "eight.pdf").write_bytes(numbered([A5] * 8))
    (tmp_path / "one.pdf").write_bytes(numbered([A6]))
    (tmp_path / "locked.pdf").write_bytes((FOREIGN / "qpdf.pdf").read_bytes())
    return lambda *words: generate(["impose", *map(str, words)])


def note(path: str) -> str:
    return Path(path).read_text(encoding="utf-8")


def test_a_booklet_comes_with_a_note_beside_it_and_on_the_terminal(desk):
    ended = desk("eight.pdf")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith(
        "output/eight_saddle-stitch_A4.pdf\noutput/eight_saddle-stitch_A4.txt\n\nHow to print"
    )
    words = note("output/eight_saddle-stitch_A4.txt")
    assert ended.out.endswith(words)
    for said in (
        "How to print eight_saddle-stitch_A4.pdf",
        "Paper: A4. One copy takes 2 sheets.",
        "Scale: 100 %",
        "flip on the SHORT edge",
        "Fold them together in the middle.",
        "Staple twice in the fold",
    ):
        assert said in words
    with pikepdf.Pdf.open("output/eight_saddle-stitch_A4.pdf") as pdf:
        assert len(pdf.pages) == 4


def test_the_note_is_no_page_of_the_job_and_holds_no_word_of_the_file(desk):
    Path("named.pdf").write_bytes((FOREIGN / "pdftex.pdf").read_bytes())
    assert "set page" not in desk("named.pdf").out


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--flip", "long"], "flip on the LONG edge"),
        (["--creep", "0.2"], "up to 0.2 mm"),
        (
            ["--creep", "0.22"],
            "Without trimming, leave it as it is: the difference is at most 0.3 mm.",
        ),
        (["--paper-weight", "80"], "up to 0.1 mm"),
        (["--paper-weight", "120"], "Paper: A4 of 120 g/m². One copy takes 2 sheets."),
        ([], "A stapler with a long arm is needed"),
        (["--paper", "A3"], "Cut off the margins around the pages first.\n"),
        (["--paper", "A3", "--marks"], "where the short lines point"),
        (["--marks"], "Dashed short lines"),
        (["--scheme", "perfect-bound", "--signature", "1"], "There are 2 signatures"),
        (["--scheme", "perfect-bound"], "There is 1 signature. Its sheets"),
        (["--scheme", "cut-and-stack-2"], "Put the left pile on top of the right"),
        (["--scheme", "cut-and-stack-4", "--fit"], "upper left, upper right"),
        (["--scheme", "cut-and-stack-2", "--one-sided"], "print on one side"),
        (["--scheme", "cut-and-stack-2"], "Turn the pile so that page 1 is on top, facing you"),
        (["--scheme", "cut-and-stack-4", "--fit"], "Turn the sheet so that page 1 faces you"),
        (["--scheme", "step-and-repeat"], "Each sheet holds 2 copies"),
        (["--scheme", "step-and-repeat"], "Paper: A4, as many sheets as you need.\n"),
        (["--scheme", "n-up", "--fit", "--gap", "5"], "Nothing is to be folded or cut"),
        (["--scheme", "n-up", "--fit"], "Nothing is to be folded or cut"),
        (["--split", "face-down"], "as it lies, blank side up"),
        (["--split", "face-up"], "Turn the pile over as a whole"),
    ],
)
def test_the_note_says_what_the_job_needs(desk, options, said):
    ended = desk("eight.pdf", *options)
    assert (ended.code, ended.err) == (0, "")
    assert said in ended.out


def test_a_thick_booklet_is_not_for_a_stapler(desk):
    Path("thick.pdf").write_bytes(numbered([A5] * 84))
    said = desk("thick.pdf").out
    assert "21 sheets are more than most staplers take" in said
    assert "“generate impose --signature 4”" in said
    assert "more than most staplers" not in desk("thick.pdf", "--signature", "7").out


def test_a_single_sheet_is_folded_and_not_stapled(desk):
    Path("four.pdf").write_bytes(numbered([A5] * 4))
    said = desk("four.pdf").out
    assert "Lay the sheet with the first page facing down, and fold it in the middle." in said
    assert "all sheets" not in said
    assert "Staple" not in said


def test_the_pile_is_turned_before_it_is_cut_and_its_order_is_told(desk):
    """A printer that puts sheets out face down shows their backs, left and right exchanged."""
    for scheme, order in (("cut-and-stack-2", "Put the left"), ("cut-and-stack-4", "Put the pile")):
        said = desk("eight.pdf", "--scheme", scheme, "--fit").out
        steps = [said.index(step) for step in ("\nTurn the ", "\nCut between", f"\n{order}")]
        assert steps == sorted(steps)


@pytest.mark.parametrize("fold", ["c-fold", "z-fold"])
def test_leaflets_say_how_to_fold(desk, fold):
    Path("six.pdf").write_bytes(numbered([(97, 210)] * 6))
    ended = desk("six.pdf", "--scheme", fold)
    assert "Lay the sheet with the cover facing down." in ended.out
    assert f"output/six_{fold}_A4.pdf" in ended.out


def test_fronts_and_backs_are_two_files(desk):
    out = desk("eight.pdf", "--split", "face-down", "--json").out
    files = [json.loads(line) for line in out.splitlines()]
    assert [each["path"] for each in files] == [
        "output/eight_saddle-stitch_A4_face-down_fronts.pdf",
        "output/eight_saddle-stitch_A4_face-down_backs.pdf",
    ]
    assert {each["note"] for each in files} == {"output/eight_saddle-stitch_A4_face-down.txt"}
    for each in files:
        with pikepdf.Pdf.open(each["path"]) as pdf:
            assert len(pdf.pages) == 2
            assert str(pdf.Root.ViewerPreferences.Duplex) == "/Simplex"


def test_json_tells_what_was_chosen(desk):
    (line,) = desk("eight.pdf", "--json").out.splitlines()
    assert json.loads(line) == {
        "path": "output/eight_saddle-stitch_A4.pdf",
        "note": "output/eight_saddle-stitch_A4.txt",
        "scheme": "saddle-stitch",
        "paper": "A4",
        "sheets": 2,
        "two_sided": True,
        "flip": "short",
    }


def test_a_second_run_writes_the_same_bytes(desk):
    path = Path("output/eight_saddle-stitch_A4.pdf")
    desk("eight.pdf")
    first = path.read_bytes()
    desk("eight.pdf")
    assert path.read_bytes() == first


@pytest.mark.parametrize(
    ("options", "name"),
    [
        ("", "saddle-stitch_A4"),
        ("--flip short", "saddle-stitch_A4"),
        ("--flip long", "saddle-stitch_A4_long-edge"),
        ("--split face-up", "saddle-stitch_A4_face-up"),
        ("--creep 0.2", "saddle-stitch_A4_creep-0.2mm"),
        ("--paper-weight 120 --signature 1", "saddle-stitch_A4_signature-1_120gsm"),
        ("--no-back-cover --marks", "saddle-stitch_A4_no-back-cover_marks"),
        ("--scheme perfect-bound --signature 4", "perfect-bound_A4"),
        ("--scheme n-up --grid 2x3 --gap 4 --one-sided --fit",
         "n-up_A5_2x3_gap-4mm_one-sided_fit"),
    ],
)  # fmt: skip
def test_each_way_to_lay_a_file_has_a_name_and_a_note_of_its_own(desk, options, name):
    ended = desk("eight.pdf", *options.split())
    assert f"output/eight_{name}.txt" in ended.out.splitlines(), ended.err
    assert note(f"output/eight_{name}.txt").startswith(f"How to print eight_{name}")


@pytest.mark.parametrize("letter", ["a", "ä", "頁"])
def test_a_long_name_is_shortened_to_what_a_file_can_have(desk, letter):
    names = [letter * (240 // len(letter.encode())) + end for end in "12"]
    made = []
    for name in names:
        Path(f"{name}.pdf").write_bytes(numbered([A5] * 8))
        ended = desk(f"{name}.pdf", "--split", "face-up", "--paper-weight", "90", "--marks")
        assert (ended.code, ended.err) == (0, "")
        made += ended.out.splitlines()[:3]
    assert len(set(made)) == 6
    assert all(len(Path(path).name.encode()) < 200 for path in made)
    assert all("_saddle-stitch_A4_90gsm_face-up_marks" in path for path in made)


@pytest.mark.parametrize(
    ("cell", "scheme", "paper"),
    [
        ("A5", "saddle-stitch", "A4"),
        ("HalfLetter", "saddle-stitch", "Letter"),
        ("A4", "saddle-stitch", "A3"),
        ("Letter", "saddle-stitch", "Tabloid"),
        ("A6", "cut-and-stack-4", "A4"),
        ("A6", "step-and-repeat", "A4"),
        ("A6", "saddle-stitch", "A4"),
        ("half of Half Letter", "saddle-stitch", "Letter"),
    ],
)
def test_the_paper_is_the_one_that_the_pages_fill(cell, scheme, paper):
    size = PAPERS.get(cell, (215.9 / 2, 139.7))
    assert lay([size] * 4, Wish(scheme))[0] == paper


def test_sizes_that_are_rounded_to_points_still_fit():
    assert lay([(148.2, 210.3)] * 4, Wish())[0] == "A4"
    assert lay([(210.3, 297.4)] * 4, Wish())[0] == "A3"


def test_landscape_pages_among_upright_ones_lie_on_their_side():
    _, job = lay([A5, A5[::-1], A5], Wish())
    assert {(place.width, place.height) for side in job.sides for place in side.places} == {A5}


@pytest.mark.parametrize("scheme", [scheme for scheme in SCHEMES if "fold" not in scheme])
@pytest.mark.parametrize("size", [A4, A4[::-1], (30, 500), (600, 600)])
@pytest.mark.parametrize("gap", [0, 10])
def test_any_size_fits_when_it_may_be_scaled(scheme, size, gap):
    gap = gap if scheme in USES["--gap"] else 0
    for paper in PAPERS:
        name, job = lay([size] * 5, Wish(scheme, paper=paper, gap=gap, fit=True))
        assert name == paper
        for place in (place for side in job.sides for place in side.places):
            assert place.x > -1
            assert place.x + place.width < job.width + 1


# ---------------------------------------------------------------- passwords


def test_a_password_opens_a_file_and_the_note_says_that_the_copy_has_none(desk):
    ended = desk("locked.pdf", "--password", "clinic")
    assert (ended.code, ended.err) == (0, "")
    assert "This one is not: keep it where only those who may read it can." in ended.out
    with pikepdf.Pdf.open("output/locked_saddle-stitch_A4.pdf") as pdf:
        assert not pdf.is_encrypted
    assert "clinic" not in ended.out.replace("This one", "")


def test_a_password_may_come_from_the_environment_and_serve_both_halves(desk, monkeypatch):
    monkeypatch.setenv("CLINICPRESS_PASSWORD", "clinic")
    assert desk("locked.pdf", "--split", "face-up").code == 0


@pytest.mark.parametrize(("typed", "code"), [("clinic", 0), ("wrong", 1)])
def test_a_terminal_asks_for_the_password_without_showing_it(desk, typed, code):
    terminal, line = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "clinicpress", "impose", "locked.pdf"], stdin=line,
        stdout=subprocess.PIPE, stderr=line, env=environment(), text=True, start_new_session=True,
    )  # fmt: skip
    os.close(line)
    said = ""
    while "Password of locked.pdf:" not in said:
        said += os.read(terminal, 1000).decode()
    os.write(terminal, f"{typed}\n".encode())
    out, _ = process.communicate(timeout=100)
    while True:
        try:
            part = os.read(terminal, 1000).decode()
        except OSError:
            break
        said += part
    os.close(terminal)
    assert process.returncode == code
    assert typed not in said.replace("This", "") + out
    assert ("does not open with this password. Type it again." in said) == bool(code)


# ---------------------------------------------------------------- bad input


def no_pages(path: Path) -> None:
    with pikepdf.Pdf.new() as pdf:
        pdf.save(path)


def damaged(path: Path) -> None:
    with pikepdf.Pdf.new() as pdf:
        pdf.add_blank_page()
        broken = pdf.make_stream(b"nothing that was ever packed", Filter=pikepdf.Name.FlateDecode)
        pdf.pages[0].obj.Contents = pikepdf.Array([broken, pdf.make_stream(b"f")])
        pdf.save(path)


REFUSED = [
    ("no such file", ["none.pdf"], 2,
     "There is no file none.pdf. Check its name and folder."),
    ("a folder", ["folder"], 3,
     "folder cannot be read: it is a folder, no file. Choose a file."),
    ("not a PDF", ["words.pdf"], 1,
     "words.pdf is not a PDF, or damaged beyond repair. Save or export it again."),
    ("an empty file", ["empty.pdf"], 1,
     "empty.pdf is not a PDF, or damaged beyond repair. Save or export it again."),
    ("no pages", ["no-pages.pdf"], 1,
     "There is no page to print. Give a file that has one."),
    ("damaged pages", ["damaged.pdf"], 1,
     "damaged.pdf is damaged. Broken or missing: the contents on page 1. Export it again, or "
     "impose what can be saved of it with --repair."),
    ("no password", ["locked.pdf"], 1,
     "locked.pdf is protected by a password. Give it with --password."),
    ("a wrong password", ["locked.pdf", "--password", "guess"], 1,
     "locked.pdf does not open with this password. Type it again."),
    ("negative creep", ["eight.pdf", "--creep", "-0.1"], 2,
     "Invalid value for '--creep': “-0.1” is no number from 0 on. Write it as 0.1 or 80."),
    ("creep that is no number", ["eight.pdf", "--creep", "nan"], 2,
     "Invalid value for '--creep': “nan” is no number from 0 on. Write it as 0.1 or 80."),
    ("creep of board", ["eight.pdf", "--creep", "3"], 1,
     "Creep of 3 mm a sheet is no thickness of paper. Give a number from 0 to 1, such as 0.1."),
    ("paper that is too heavy", ["eight.pdf", "--paper-weight", "5000"], 1,
     "No paper weighs 5000 g/m². Office paper has 80, thick paper 120."),
    ("creep said twice", ["eight.pdf", "--creep", "0.1", "--paper-weight", "80"], 2,
     "Give the paper by --creep or by --paper-weight, not by both."),
    ("an unknown paper", ["eight.pdf", "--paper", "A44"], 2,
     "There is no paper “A44”. Did you mean “A4”?"),
    ("an unknown scheme", ["eight.pdf", "--scheme", "saddle"], 2,
     "There is no scheme “saddle”. Did you mean “saddle-stitch”?"),
    ("a grid that is none", ["eight.pdf", "--grid", "2by2"], 2,
     "Invalid value for '--grid': “2by2” is no grid. Write it as across x down, such as 2x4."),
    ("pages larger than the sheet", ["eight.pdf", "--paper", "A5"], 1,
     "2 pages of 148 × 210 mm on a side need 296 × 210 mm, and A5 has 148 × 210 mm. "
     "Choose a larger paper, or scale the pages with --fit."),
    ("pages larger than any sheet", ["huge.pdf"], 1,
     "2 pages of 500 × 700 mm on a side need 1000 × 700 mm, and A3 has 297 × 420 mm. "
     "Choose a larger paper, or scale the pages with --fit."),
    ("sheets in inches that are laid already", ["sheets.pdf"], 1,
     "2 pages of 279.4 × 215.9 mm on a side need 558.8 × 215.9 mm, and Tabloid has 279.4 × 431.8 "
     "mm. Choose a larger paper, or scale the pages with --fit."),
    ("what people call it", ["eight.pdf", "--scheme", "booklet"], 2,
     "There is no scheme “booklet”. Did you mean “saddle-stitch”?"),
    ("gaps wider than the paper", ["eight.pdf", "--scheme", "n-up", "--fit", "--gap", "400"], 1,
     "Gaps of 400 mm leave no room for pages on A5. Give less."),
    ("parts of a pile", ["eight.pdf", "--scheme", "cut-and-stack-4", "--signature", "4"], 2,
     "“--signature” does nothing with cut-and-stack-4. Leave it out, or take saddle-stitch or "
     "perfect-bound."),
    ("creep of a pile", ["eight.pdf", "--scheme", "cut-and-stack-2", "--creep", "0.1"], 2,
     "“--creep” does nothing with cut-and-stack-2. Leave it out, or take saddle-stitch or "
     "perfect-bound."),
    ("a grid of a booklet", ["eight.pdf", "--grid", "2x2"], 2,
     "“--grid” does nothing with saddle-stitch. Leave it out, or take step-and-repeat or n-up."),
    ("one side of a booklet", ["eight.pdf", "--one-sided"], 2,
     "“--one-sided” does nothing with saddle-stitch. Leave it out, or take cut-and-stack-2 or "
     "cut-and-stack-4 or step-and-repeat or n-up."),
    ("an edge for no back", ["eight.pdf", "--scheme", "n-up", "--one-sided", "--flip", "long"], 2,
     "“--flip” does nothing with “--one-sided”: no back is printed. Leave one out."),
    ("a folder of layouts that is none", ["eight.pdf", "--layouts", "nowhere"], 2,
     "There is no folder nowhere. Check its name."),
    ("a page wider than the panel that folds in", ["six.pdf", "--scheme", "c-fold"], 1,
     "Page 2 is 100 × 210 mm, and its place has 97 × 210 mm. Choose a larger paper, or scale the "
     "pages with --fit."),
    ("too many panels", ["eight.pdf", "--scheme", "z-fold"], 1,
     "A tri-fold has six panels, and there are 8 pages. Choose six of them."),
    ("a split of one side", ["one.pdf", "--scheme", "step-and-repeat", "--split", "face-up"], 1,
     "Only one side is printed, so there are no backs to split off. Leave --split out."),
    ("an output that cannot be written", ["eight.pdf", "--output", "words.pdf/deep"], 3,
     "words.pdf/deep/eight_saddle-stitch_A4.pdf cannot be written: a file stands where its folder "
     "should be. Choose another folder with --output; what was there is untouched."),
]  # fmt: skip


@pytest.mark.parametrize(("words", "code", "message"), [each[1:] for each in REFUSED],
                         ids=[each[0] for each in REFUSED])  # fmt: skip
def test_bad_input_is_told_in_one_sentence(desk, words, code, message):
    Path("folder").mkdir()
    Path("words.pdf").write_text("These are words.", encoding="utf-8")
    Path("empty.pdf").touch()
    Path("huge.pdf").write_bytes(numbered([(500, 700)]))
    Path("six.pdf").write_bytes(numbered([(100, 210)] * 6))
    Path("sheets.pdf").write_bytes(numbered([(279.4, 215.9)] * 2))
    no_pages(Path("no-pages.pdf"))
    damaged(Path("damaged.pdf"))
    ended = desk(*words)
    assert ended.err.splitlines()[-1].removeprefix("Error: ") == message
    assert "Traceback" not in ended.err
    assert (ended.code, ended.out) == (code, "")
    assert not Path("output").exists()


def test_an_old_folder_of_layouts_takes_the_notes_of_the_program(desk):
    Path("layouts").mkdir()
    said = desk("eight.pdf")
    assert said.code == 0
    assert desk("eight.pdf", "--layouts", "layouts") == said


def test_the_notes_are_words_of_the_layouts(desk):
    """No sentence of a note stands in the program."""
    source = (ROOT / "clinicpress" / "tickets" / "instructions.py").read_text(encoding="utf-8")
    for line in desk("eight.pdf", "--creep", "0.1").out.splitlines()[3:]:
        assert not line or line not in source
