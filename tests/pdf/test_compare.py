"""``generate compare``: what the terminal says, and the PDF that a clinician signs."""

import json
from itertools import pairwise
from typing import get_args

import pytest

from clinicpress.comparison.collation import UNASKED
from clinicpress.comparison.comparison import FRONT, SECTION_FIELDS
from clinicpress.comparison.synopsis import CHAPTERS, HOWS, KINDS
from clinicpress.content.model import Audience, Dose, Part, ReadingTarget, Setting
from clinicpress.design.strings import Strings
from clinicpress.editions.printed import FIELDS, NUMBERS
from tests import verapdf
from tests.conftest import ROOT
from tests.pdf.reading import MM, Print, Run, squeezed
from tests.pdf.test_validity import broken

ASKED = ("compare", "--audience", "general", "older-adult")
PDF = "output/default/tiny/tiny_compare_general_older-adult_en-neutral_A4.pdf"

pytestmark = pytest.mark.usefixtures("in_process")  # workers are met in runs


@pytest.fixture
def richer(clinic):
    """Return a clinic whose older adults differ in every way at once."""
    for path, old, new in (
        ("techniques/thumb-rub.yaml", "given_by", "for: {older-adult: Hands need it}\ngiven_by"),
        ("exercises/thumb-bend.yaml", "easier: Do it once.",
         "easier: {default: Do it once., older-adult: Do it *once* & <slowly>.}\nnote: A guess."),
        ("cautions.yaml", "    blood: {text: You bleed easily",
         "    sleep: {text: You cannot sleep, evidence: [S1]}\n"
         "    blood: {for: {general: they know}, text: You bleed"),
        ("cautions.yaml", "short: Stop for sharp pain.",
         "short: {default: Stop for sharp pain., older-adult: Stop for any pain.}"),
        ("warning-signs.yaml", "full: Is your thumb cut off?",
         "full: {default: Is your thumb cut off?, older-adult: Is your thumb gone?}"),
        ("publications/booklet.yaml", "{part: causes, title: Why does it hurt?}",
         "{part: causes, title: Why does it hurt?, not_for: {older-adult: It worries}}"),
        ("publications/booklet.yaml", "title: Sore thumb\n",
         "title: {default: Sore thumb, older-adult: Your sore thumb}\n"),
    ):  # fmt: skip
        clinic.change(f"sources/tiny/{path}", old, new)
    clinic.write("sources/tiny/exercises/thumb-rest.yaml", (
        "id: thumb-rest\ntitle: Thumb rest\npurpose: Rests.\nposition: Sit.\nsteps: {sit: Sit.}\n"
        "figure: hand\ndose: {minutes: 2}\nevidence: [S1]\n"
    ))  # fmt: skip
    clinic.write("sources/tiny/techniques/thumb-hold.yaml", (
        "id: thumb-hold\ntitle: Thumb hold\npurpose: Rests.\nposition: Sit.\nsteps: {hold: Hold.}\n"
        "figure: hand\ndose: {minutes: 2}\ngiven_by: yourself\nevidence: [S1]\n"
    ))  # fmt: skip
    clinic.write("sources/tiny/audiences.yaml", (
        "older-adult:\n  first: {exercises: [thumb-rest]}\n  because: Rest comes first\n"
    ))  # fmt: skip
    return clinic


def printed(clinic, *more, file=PDF) -> Print:
    ended = clinic.generate(*ASKED, *more)
    assert (ended.code, ended.err) == (0, "")
    return Print(clinic.folder / file)


# ---------------------------------------------------------------- the terminal

SAID = f"""\
What differs: Adults and Older adults
Sore thumb, version 0.1, 2026-11-22 · Any country · to be picked up
- 2 publications compared
- 0 differences in warning signs and cautions
- 0 items added
- 1 item left out
- 0 items moved
- 0 doses changed
- 1 text reworded

Who reads
For whom: [-For adults-] {{+For adults over 65+}}
Smallest type (pt): [-9.5-] {{+14+}}
Exercises at once, at most: [-4-] {{+3+}}

What is printed for whom
booklet: yes / yes
thumb-sheet: yes / yes

Warning signs and cautions: no difference

Added, left out or moved
- exercise, left out [all]
    Thumb press (thumb-press)
  older-adult: It loads the joint too much.

Doses: no difference

Sections: no difference

Other words
Thumb bend (exercise thumb-bend) [all]
  Start: Sit with your [-hand-] {{+whole arm+}} on a table.
  References: S1

Glossary and references: no difference

{PDF}
"""


def test_the_terminal_tells_everything_and_where_the_pdf_is(clinic):
    ended = clinic.generate(*ASKED)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out == SAID
    assert clinic.files() == [PDF.removeprefix("output/")]


def test_an_audience_that_lacks_a_publication_is_told_why(clinic):
    title = "title: Move your thumb\n"
    sheet, both = "sources/tiny/publications/thumb-sheet.yaml", f"{title}audiences: [general, older"
    clinic.change(sheet, f"{both}-adult]", f"{title}audiences: [general]")
    out = clinic.generate(*ASKED).out
    assert "booklet: yes / yes\nthumb-sheet: yes / no: it has not been written yet\n" in out
    assert "- 1 publication compared\n" in out
    out = clinic.generate("compare", "--audience", "clinician", "general").out
    assert "thumb-sheet: no: a clinician reads the sources / yes\n" in out


def test_every_line_fits_a_narrow_terminal(richer, monkeypatch):
    monkeypatch.setenv("COLUMNS", "32")
    lines = richer.generate(*ASKED).out.splitlines()
    assert lines[-1] == PDF
    assert [line for line in lines[:-1] if len(line) > 32 or line != line.rstrip()] == []
    assert len(lines) > 70


def test_colour_only_repeats_the_marks(clinic, monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[9;31m[-hand-]\x1b[0m" in clinic.generate(*ASKED).out
    monkeypatch.setenv("NO_COLOR", "1")
    plain = clinic.generate(*ASKED).out
    assert "\x1b" not in plain
    assert "[-hand-] {+whole arm+}" in plain


def test_json_is_one_object_a_difference(richer):
    ended = richer.generate(*ASKED, "--json", "--region", "US")
    assert (ended.code, ended.err) == (0, "")
    found = [json.loads(line) for line in ended.out.splitlines()]
    assert {each["kind"] for each in found} == {"target", "publication", "change", "file"}
    assert {each["region"] for each in found} == {"US"}
    (rub,) = (each for each in found if each.get("thing", {}).get("id") == "thumb-rub")
    assert rub == {
        "kind": "change", "topic": "tiny", "region": "US", "brand": "default", "setting": "rack",
        "audiences": ["general", "older-adult"], "how": "added", "field": [], "step": "",
        "one": None, "other": None, "publications": ["booklet"],
        "thing": {"kind": "techniques", "id": "thumb-rub", "within": [],
                  "names": {"one": None, "other": "Thumb rub"}},
        "reasons": [{"audience": "older-adult", "words": "Hands need it"}],
    }  # fmt: skip
    (sign,) = (each for each in found if each.get("field") == ["full"])
    assert [each["id"] for each in sign["thing"]["within"]] == ["emergency", "hand"]
    assert found[-1]["path"] == PDF.replace("neutral_A4", "US_Letter")
    assert (richer.folder / found[-1]["path"]).is_file()


# ---------------------------------------------------------------- the PDF


def test_the_pdf_has_both_wordings_and_every_reason(richer):
    text = printed(richer).text
    for words in (
        "Sit with your hand on a table.", "Sit with your whole arm on a table.",
        "Do it once.", "Do it once & <slowly>.", "Editor’s note: A guess.",
        "Thumb press", "older-adult: It loads the joint too much.",
        "Thumb rub", "older-adult: Hands need it",
        "Thumb rest (thumb-rest, 2 → 1)", "older-adult: Rest comes first",
        "You bleed (Ask first)", "general: they know",
        "Is your thumb cut off?", "Is your thumb gone?",
        "Stop for sharp pain.", "Stop for any pain.",
        "Why does it hurt?", "older-adult: It worries",
        "Your sore thumb", "For adults over 65",
    ):  # fmt: skip
        assert squeezed(words) in text, words


def lines_through(read: Print, words: str) -> list[float]:
    """Return how high thin lines cross the words that stand in one run, 0 at its foot, 1 on top."""
    found = []
    for page in read.pages:
        for run in page.runs:
            if squeezed(run.text) == squeezed(words):
                left, bottom, right, top = run.box
                found += [
                    ((low + high) / 2 - bottom) / (top - bottom)
                    for start, low, end, high in page.drawn
                    if high - low < 1.5 and bottom - 3 < low < top
                    if start < left + 2 and end > right - 2
                ]
    return found


def test_marks_do_not_rest_on_colour(clinic):
    """Words of the first only are struck through, words of the other only underlined."""
    read = printed(clinic)
    (struck,) = lines_through(read, "hand")
    (underlined,) = lines_through(read, "whole arm")
    assert 0.2 < struck < 0.8
    assert underlined < 0.15
    assert lines_through(read, "on a table.") == []


@pytest.mark.parametrize("standard", ["ua1", pytest.param("3a", marks=pytest.mark.slow)])
def test_the_pdf_is_valid(richer, standard):
    read = printed(richer)
    assert broken(read.bytes, standard) == set()
    assert verapdf.faults(read.bytes, standard) == []


def test_the_tags_make_sense(richer):
    read = printed(richer)
    headers = [tag for tag in read.tags.all() if tag.kind == "TH"]
    assert [tag.text() for tag in headers if "Scope" not in tag.attributes] == []
    columns = [tag.text() for tag in headers if tag.attributes["Scope"] == "Column"]
    assert {"Adults(general)", "Olderadults(older-adult)", "Why", "In"} <= set(columns)
    levels = [int(tag.kind[1]) for tag in read.tags.all() if tag.kind[1:].isdigit()]
    assert levels[0] == 1
    assert [(a, b) for a, b in pairwise(levels) if b > a + 1] == []
    assert [title for _, title, _ in read.outline][-1] == "Sign-off"
    with read.opened() as pdf:
        assert str(pdf.Root.Lang) == "en"
        assert "What differs: Adults and Older adults" in str(pdf.docinfo["/Title"])


def run_of(read: Print, words: str) -> tuple[int, Run]:
    return next(
        (page.number, run)
        for page in read.pages
        for run in page.runs
        if squeezed(run.text) == squeezed(words)
    )


def test_the_sign_off_has_room_for_a_pen_and_claims_nothing(richer):
    read = printed(richer)
    number, _ = run_of(read, "Compared by")
    page = read.pages[number - 1]
    for first, second, least in (
        ("Compared by", "Date", 10), ("Role", "Approved", 10), ("Date", "Remarks", 10),
    ):  # fmt: skip
        (_, above), (_, below) = run_of(read, first), run_of(read, second)
        assert (above.box[1] - below.box[1]) * MM >= least, first
    _, remarks = run_of(read, "Remarks")
    floor = min(low for _, low, _, high in page.drawn if high > remarks.box[1])
    assert (remarks.box[3] - floor) * MM >= 10
    for words in ("reviewed", "approved by", "checked by"):
        assert squeezed(words) not in read.text.casefold()


def test_no_type_is_too_small_and_nothing_leaves_the_paper(richer):
    for page in printed(richer).pages:
        assert page.size == pytest.approx((210, 297), abs=0.2)
        assert [run.text for run in page.runs if run.size < 9.45] == []
        assert [run.text for run in page.runs if run.box[0] < 30 or run.box[2] > 570] == []


def test_the_same_inputs_give_the_same_bytes(clinic):
    first = printed(clinic).bytes
    (clinic.folder / PDF).unlink()
    assert printed(clinic).bytes == first


def test_the_file_is_named_after_what_was_compared(clinic):
    clinic.write("layouts/brands/night/brand.yaml", "name: Night\nregion: GB\npaper: Letter\n")
    for more, name in (
        (["--region", "US"], "default/tiny/tiny_compare_general_older-adult_en-US_Letter.pdf"),
        (["--brand", "night"], "night/tiny/tiny_compare_general_older-adult_en-GB_Letter.pdf"),
        (["--publication", "booklet"],
         "default/tiny/tiny_compare_general_older-adult_en-neutral_A4_booklet.pdf"),
        (["--setting", "given"],
         "default/tiny/tiny_compare_general_older-adult_en-neutral_A4_given.pdf"),
    ):  # fmt: skip
        assert clinic.generate(*ASKED, *more).out.splitlines()[-1] == f"output/{name}"
        assert name in clinic.files()


def test_only_the_publications_asked_for_are_compared(clinic):
    out = clinic.generate(*ASKED, "--publication", "thumb-sheet").out
    assert "- 1 publication compared\n" in out
    assert "booklet" not in out.rpartition("output/")[0]
    assert "Thumb bend (exercise thumb-bend) [thumb-sheet]\n" in out


def test_a_handed_over_sheet_is_compared_as_such(clinic):
    clinic.change("sources/tiny/cautions.yaml", "sure: No check can be fully sure.",
                  "sure: {default: No check can be fully sure., older-adult: Ask us.}")  # fmt: skip
    assert "fully sure" not in clinic.generate(*ASKED).out
    out = clinic.generate(*ASKED, "--setting", "given").out
    assert "Line · sure: [-No check can be fully sure.-] {+Ask us.+}" in out
    assert "to be handed over" in out


def test_words_that_a_sheet_leaves_out_are_not_told_of_it(clinic):
    """A handout's card in short has no harder way, and its signs in short are not those in full."""
    # fmt: off
    clinic.change("sources/tiny/exercises/thumb-bend.yaml", "easier: Do it once.",
                  "easier: Do it once.\nharder: {default: Do it fast., older-adult: Do it slowly.}")
    clinic.change("sources/tiny/topic.yaml", "call_to_action: Bend your thumb twice a day.",
                  "call_to_action: {default: Bend it., older-adult: Rest it.}")
    # fmt: on
    out = clinic.generate(*ASKED).out
    harder = "Thumb bend (exercise thumb-bend) [booklet]\n  Harder: Do it [-fast.-]"
    assert harder in out
    assert "Title and messages [booklet]\n  Call to action: [-Bend-] {+Rest+} it.\n" in out
    out = clinic.generate(*ASKED, "--publication", "thumb-sheet").out
    assert "Harder" not in out
    assert "Call to action" not in out


# ---------------------------------------------------------------- bad input


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--audience", "general", "older-adlut"],
         "There is no audience “older-adlut”. Did you mean “older-adult”?"),
        (["--audience", "genral", "older-adult"],
         "There is no audience “genral”. Did you mean “general”?"),
        (["--audience", "general", "general"],
         "“general” is named twice. Name two audiences, such as: --audience general older-adult."),
        (["--audience", "all", "general"],
         "“all” is no audience to compare. Name two, such as: --audience general older-adult."),
        ([*ASKED[1:], "--publication", "thumb-shet"],
         "There is no publication “thumb-shet”. Did you mean “thumb-sheet”?"),
        ([*ASKED[1:], "--region", "XX"], "There is no region “XX”. Known: GB, US, neutral."),
        ([*ASKED[1:], "--brand", "nobody"], "There is no brand “nobody”. Known: default."),
        ([*ASKED[1:], "--topic", "big"], "There is no topic “big”. Known: tiny."),
    ],
)  # fmt: skip
def test_a_name_that_is_none_is_one_clear_sentence(clinic, more, said):
    ended = clinic.generate("compare", *more)
    assert (ended.code, ended.out, ended.err) == (2, "", f"{said}\n")
    assert clinic.files() == []


def test_two_audiences_that_nothing_is_printed_for(clinic):
    clinic.change("sources/audiences.yaml", "clinician:\n", (
        "carer:\n  name: C\n  for_whom: C\n  smallest_type: 9\n  exercise_limit: 1\nclinician:\n"
    ))  # fmt: skip
    ended = clinic.generate("compare", "--audience", "carer", "clinician")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == "None of this is printed for “carer” or “clinician” yet.\n"


def test_a_publication_that_one_of_them_does_not_get_cannot_be_compared(clinic):
    ended = clinic.generate(
        "compare", "--audience", "general", "clinician", "--publication", "thumb-sheet"
    )
    assert (ended.code, ended.out, ended.err) == (
        2,
        "",
        "There is no “thumb-sheet” for “clinician”: a clinician reads the sources. It exists for: "
        "general, older-adult.\n",
    )
    assert clinic.files() == []


@pytest.mark.parametrize("more", [[], ["--audience", "general"]])
def test_fewer_than_two_audiences_are_a_usage_error(clinic, more):
    ended = clinic.generate("compare", *more)
    assert (ended.code, ended.out) == (2, "")
    assert "--audience" in ended.err


def test_an_edition_that_would_be_unsafe_is_not_compared(clinic):
    last = "  - {part: warning-signs, tiers: [same-day], wording: short}\n"
    clinic.change("sources/tiny/publications/thumb-sheet.yaml", last, "")
    ended = clinic.generate(*ASKED)
    assert (ended.code, ended.out) == (1, "")
    assert "[SAFE-SIGN]" in ended.err
    assert clinic.files() == []


def test_a_folder_that_cannot_be_written(clinic):
    clinic.write("output/default", "a file")
    ended = clinic.generate(*ASKED)
    assert (ended.code, ended.out) == (3, "")
    assert ended.err.startswith(
        "output/default/tiny/tiny_compare_general_older-adult_en-neutral_A4.pdf"
    )


# ---------------------------------------------------------------- words for everything


def test_there_are_words_for_whatever_may_differ():
    t = Strings(ROOT / "layouts/strings/en.po")
    fields = {name for names in (*FIELDS.values(), *NUMBERS.values()) for name in names}
    fields |= {*FRONT, "stop", *SECTION_FIELDS, *Dose.model_fields, "place"}
    asked = {*Audience.model_fields, *ReadingTarget.model_fields} - UNASKED
    kinds = {*KINDS, "signgroup", "signline", "warningsign", "caution", "zone"}
    for group, names in (
        ("field", fields), ("target", asked), ("kind", kinds), ("part", get_args(Part)),
        ("chapter", CHAPTERS), ("setting", get_args(Setting)), ("why", HOWS),
    ):  # fmt: skip
        for name in names:
            assert t(f"compare.{group}.{name}")
    assert set(FIELDS) <= kinds


# ---------------------------------------------------------------- the real topic

REAL = ("--sources", str(ROOT / "sources"), "--region", "GB")


def real(clinic, other) -> Print:
    ended = clinic.generate("compare", "--audience", "general", other, *REAL)
    assert (ended.code, ended.err) == (0, "")
    return Print(clinic.folder / ended.out.splitlines()[-1])


def check(read: Print) -> None:
    for standard in ("ua1", "3a"):
        assert broken(read.bytes, standard) == set()
    headings = [tag.text() for tag in read.tags.all() if tag.kind == "H2"]
    for page in read.pages:
        last = [run for run in page.runs if run.mark is not None][-1]
        assert squeezed(last.text) not in headings, f"page {page.number} ends with a heading"


@pytest.mark.slow
def test_the_real_topic_for_pregnancy(clinic):
    read = real(clinic, "pregnant")
    check(read)
    assert squeezed("Pressure and position") in read.text
    assert squeezed("Seated turn") in read.text


@pytest.mark.slow
@pytest.mark.parametrize(
    "other", ["older-adult", "desk-worker", "active", "carer", "clinician", "easy-read"]
)
def test_the_real_topic_for_everybody_else(clinic, other):
    check(real(clinic, other))
