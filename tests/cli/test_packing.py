"""``generate review pack`` and ``import``: what a reviewer decides, and what that stops."""

import json
import shutil
from hashlib import sha256

import pikepdf
import pytest
import yaml
from pypdfium2 import PdfDocument

from clinicpress.pdf.metadata import PACK as SAID
from clinicpress.pdf.metadata import SPACES, read_metadata, write_metadata
from tests.trust.packs import TICK, decided, rows_of, ticked, write_rows

PACK = ("review", "pack", "--audience", "general", "--region", "GB")
HOME = "output/default/tiny/tiny_review-pack_general_en-GB"
ON = ("--today", "2026-11-30")
SHEET = ("handout", "thumb-sheet", "--region", "GB", *ON)
PRESS = "sources/tiny/exercises/thumb-press.yaml"
DECISIONS = "sources/tiny/decisions.yaml"
SIGN = ("review", "sign", "--name", "C. D.", "--role", "doctor", "--organisation", "Riverside",
        "--next-review", "2028-12-31", "--region", "GB", "--audience", "general", "--yes",
        *ON)  # fmt: skip

pytestmark = pytest.mark.usefixtures("in_process")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Return where a pack of the tiny topic is kept, once it was made."""
    return tmp_path_factory.mktemp("pack")


@pytest.fixture
def packed(clinic, made):
    """Return a clinic with a pack and its table."""
    home = clinic.folder / HOME
    home.parent.mkdir(parents=True)
    kept = [made / f"pack{suffix}" for suffix in (".pdf", ".csv")]
    if not kept[0].exists():
        ended = clinic.generate(*PACK)
        assert (ended.code, ended.out) == (0, f"{HOME}.pdf\n{HOME}.csv\n")
        assert ended.err == "27 items in 59 wordings to decide about.\n"
        for path in kept:
            shutil.copy(f"{home}{path.suffix}", path)
    for path in kept:
        shutil.copy(path, f"{home}{path.suffix}")
    return clinic


def form(clinic, name="filled.pdf", by="A. B.", **fields):
    ticked(clinic.folder / f"{HOME}.pdf", clinic.folder / name, reviewer_name=by,
           reviewer_role="physiotherapist", reviewer_date="29 Nov 2026", **fields)  # fmt: skip
    return name


def table(clinic, name="filled.csv", **cells):
    how = {key: cells.pop(key) for key in ("mark", "encoding") if key in cells}
    decided(clinic.folder / f"{HOME}.csv", clinic.folder / name, **how, **cells)
    return name


def decisions(clinic):
    return yaml.safe_load((clinic.folder / DECISIONS).read_text("utf-8"))


def reject_press(clinic, **more):
    return form(clinic, reject_thumb_press=TICK, reason_thumb_press="Too hard for it", **more)


def test_a_pack_of_what_was_changed_has_nothing_where_all_is_signed(clinic):
    clinic.generate(*SIGN)
    ended = clinic.generate(*PACK, "--changed")
    assert (ended.out, ended.err) == (
        "", "Nothing was written: all of it reads as it was signed.\n"
    )  # fmt: skip
    clinic.change(PRESS, "Press for a little while.", "Press gently.")
    assert clinic.generate(*PACK, "--changed").err == "1 item in 6 wordings to decide about.\n"
    assert {row["id"] for row in rows_of(clinic.folder / f"{HOME}.csv")} == {"thumb-press"}


def test_what_was_ticked_is_kept_with_who_decided_and_why(packed):
    ended = packed.generate(
        "review", "import", reject_press(packed, accept_strain=TICK, change_thumb_rub=TICK), *ON
    )
    assert (ended.code, ended.out) == (1, f"{DECISIONS}\n")
    assert ended.err == (
        "1 accepted\n1 to change: thumb-rub\n1 rejected: thumb-press\n24 not decided: page, "
        "section cover, section warning-signs, tier-emergency, tier-same-day, tier-appointment "
        "and 18 more\nWithout a reason: thumb-rub. Ask who decided so.\n"
    )
    kept = {one["item"]: one for one in decisions(packed)}
    assert kept["thumb-press"] | {"wordings": ""} == {
        "item": "thumb-press", "wordings": "", "decision": "reject", "reason": "Too hard for it",
        "by": "A. B.", "role": "physiotherapist", "date": "2026-11-29", "audiences": ["general"],
        "languages": ["en"], "regions": ["GB"],
    }  # fmt: skip
    assert {one["decision"] for one in kept.values()} == {"accept", "change", "reject"}


def test_a_dry_run_writes_nothing_and_tells_the_same(packed):
    file = reject_press(packed)
    tried = packed.generate("review", "import", file, "--dry-run", "--json", *ON)
    assert not (packed.folder / DECISIONS).exists()
    done = packed.generate("review", "import", file, "--json", *ON)
    said = json.loads(done.out)
    assert said.pop("written") == DECISIONS
    assert json.loads(tried.out) == {**said, "written": None}
    assert (said["rejected"], said["new"]) == (["thumb-press"], 1)


def test_to_import_it_again_adds_nothing(packed):
    file = reject_press(packed)
    packed.generate("review", "import", file, *ON)
    before = (packed.folder / DECISIONS).read_bytes()
    ended = packed.generate("review", "import", file, *ON)
    assert ended.err.endswith("Nothing of it is new.\n")
    assert (packed.folder / DECISIONS).read_bytes() == before


def holds_press(clinic):
    """Print the sheet, and return whether it holds the exercise to press."""
    ended = clinic.generate(*SHEET)
    assert ended.code == 0, ended.err
    with PdfDocument(clinic.folder / ended.out.splitlines()[-1]) as pdf:
        return any("Thumb press" in page.get_textpage().get_text_bounded() for page in pdf)


def test_what_is_rejected_prints_nowhere_until_it_says_something_else(packed):
    """A sheet is printed without it and says so; its paper has another code."""
    codes = [json.loads(packed.generate(*SHEET, "--json").out)["code"]]
    packed.generate("review", "import", reject_press(packed), *ON)
    ended = packed.generate(*SHEET)
    assert (
        "it leaves out “thumb-press”, which was rejected by A. B. on 2026-11-29: Too hard for it."
    ) in ended.err
    assert not holds_press(packed)
    codes.append(json.loads(packed.generate(*SHEET, "--json").out)["code"])
    assert codes[0] != codes[1]
    picked = ("handout", "thumb-sheet", "--region", "GB", "--exercises", "thumb-bend", *ON)
    assert "leaves out" not in packed.generate(*picked).err
    assert "leaves out" not in packed.generate("handout", "thumb-sheet", "--region", "US", *ON).err
    packed.change(PRESS, "Press for a little while.", "Press gently.")
    assert holds_press(packed)


@pytest.mark.parametrize(
    ("picked", "items"),
    [("", "thumb-bend, thumb-press"), ("thumb-press", "")],
    ids=["all that the section has", "what was picked"],
)
def test_a_print_that_is_none_without_it_is_refused(packed, picked, items):
    fields = {f"reject_{name}": TICK for name in ("thumb_press", "thumb_bend")}
    packed.generate("review", "import", form(packed, **fields), *ON)
    ended = packed.generate(*SHEET, *(("--exercises", picked) if picked else ()))
    assert ended.code == 1
    assert (
        "“thumb-press” was rejected by A. B. on 2026-11-29. Reword it, or take it out of what is "
        "printed for this reader; what is reworded is rejected no more. [ITEM-REJECTED]"
    ) in ended.err
    if items:
        status = ("review", "status", "thumb-sheet", "--audience", "general", "--region", "GB")
        said = packed.generate(*status, "--format", "standard").out
        assert f"cannot be printed: rejected: {items}, figure hand\n" in said


def test_a_drawing_goes_with_what_shows_it(packed):
    """Who rejects an item rejects its drawing, too; what else shows that is not printed, either."""
    packed.generate("review", "import", form(packed, reject_thumb_bend=TICK), *ON)
    assert "“figure hand” was rejected by A. B." in packed.generate(*SHEET).err
    drawn = packed.folder / "sources/tiny/figures/hands"
    fist = (drawn / "hand.yaml").read_text("utf-8").replace("id: hand", "id: fist")
    (drawn / "fist.yaml").write_text(fist, "utf-8")
    packed.change(PRESS, "figure: hand\n", "figure: fist\n")
    ended = packed.generate(*SHEET)
    assert ended.code == 0, ended.err
    assert "it leaves out “thumb-bend”, which was rejected by A. B. on 2026-11-29." in ended.err
    assert "it leaves out “figure" not in ended.err


def test_words_that_must_be_read_are_never_left_out(packed):
    packed.generate("review", "import", form(packed, reject_tier_emergency=TICK), *ON)
    ended = packed.generate(*SHEET)
    assert (ended.code, "[ITEM-REJECTED]" in ended.err) == (1, True)


def test_a_print_that_was_made_before_is_not_taken_for_one_that_may_be(packed):
    assert packed.generate(*SHEET).code == 0
    packed.generate("review", "import", reject_press(packed), *ON)
    assert not holds_press(packed)


def test_the_check_tells_it_with_its_file_and_the_status_counts_it(packed):
    packed.generate(
        "review", "import", reject_press(packed, change_thumb_rub=TICK, accept_strain=TICK), *ON
    )
    ended = packed.generate("check", "--json", *ON)
    found = [json.loads(line) for line in ended.out.splitlines()]
    said = {each["code"]: each for each in found if each.get("code", "").startswith("ITEM-")}
    assert (said["ITEM-REJECTED"]["file"], said["ITEM-REJECTED"]["line"]) == (PRESS, 1)
    assert said["ITEM-REJECTED"]["severity"] == "stops-print"
    assert said["ITEM-TO-CHANGE"]["message"] == (
        "“thumb-rub” is to be changed, said A. B. on 2026-11-29"
    )
    status = ("review", "status", "thumb-sheet", "--audience", "general", "--region", "GB")
    ended = packed.generate(*status, "--format", "standard")
    assert "printed without what was rejected: thumb-press\n" in ended.out
    assert ended.err == "1 print: 1 unsigned\nDecided about 1 item: 1 rejected (thumb-press)\n"


def test_nothing_is_signed_while_something_is_to_be_changed(packed):
    file = reject_press(packed, change_thumb_rub=TICK, reason_thumb_rub="Say for how long.")
    packed.generate("review", "import", file, *ON)
    ended = packed.generate(*SIGN)
    assert ended.code == 1
    assert ended.err == (
        "This cannot be signed while something in it is to be changed: “thumb-press” was rejected "
        "by A. B. on 2026-11-29: Too hard for it; “thumb-rub” is to be changed, said A. B. on "
        "2026-11-29: Say for how long. Reword it, or have it accepted in a new pack by who decided "
        "so.\n"
    )
    assert (packed.folder / "sources/tiny/reviews.yaml").read_text().strip().endswith("[]")


def test_to_accept_all_is_no_sign_off(packed):
    every = {row["id"].replace("-", "_"): {"decision": "Accept"}
             for row in rows_of(packed.folder / f"{HOME}.csv")}  # fmt: skip
    ended = packed.generate("review", "import", table(packed, **every), "--name", "A. B.", *ON)
    assert ended.code == 0
    assert ended.err == "27 accepted\n0 to change\n0 rejected\n0 not decided\n"
    ended = packed.generate(*SHEET, "--final")
    assert "nobody has signed it" in ended.err
    assert packed.generate(*SIGN).code == 0


@pytest.mark.few(2)
@pytest.mark.parametrize(
    "how", [{}, {"mark": ";"}, {"mark": "\t", "encoding": "utf-16"}, {"encoding": "cp1252"}]
)
def test_a_table_is_read_as_spreadsheets_of_all_countries_write_it(packed, how):
    cells = {"decision": " Rejected ", "reason": "Zu schwer, für ihn"}
    file = table(packed, thumb_press=cells, **how)
    ended = packed.generate("review", "import", file, "--name", "A. B.", *ON)
    assert "1 rejected: thumb-press\n" in ended.err
    assert {one["reason"] for one in decisions(packed)} == {"Zu schwer, für ihn"}
    assert not holds_press(packed)


def test_one_wording_alone_may_be_rejected(packed):
    """Those with a dose, for instance: the sheet with a blank for it is printed."""
    rows = rows_of(packed.folder / f"{HOME}.csv")
    dosed = [row for row in rows if row["id"] == "thumb-press" and "2 times" in row["words"]]
    assert 0 < len(dosed) < sum(row["id"] == "thumb-press" for row in rows)
    for row in dosed:
        row["decision"] = "reject"
    write_rows(rows, packed.folder / "part.csv")
    packed.generate("review", "import", "part.csv", "--name", "A. B.", *ON)
    assert not holds_press(packed)
    blank = ("--exercises", "thumb-press", "--dose", "blank")
    assert packed.generate(*SHEET, *blank).code == 0


def test_two_files_that_contradict_each_other_are_told_and_nothing_is_written(packed):
    one, other = reject_press(packed), form(packed, "other.pdf", "C. D.", accept_thumb_press=TICK)
    ended = packed.generate("review", "import", one, other, *ON)
    assert ended.code == 1
    assert ended.err == (
        "“thumb-press”: filled.pdf says reject, and other.pdf accept. Leave one of the two.\n"
        "Nothing was written.\n"
    )
    assert not (packed.folder / DECISIONS).exists()


def test_nobody_takes_back_what_another_rejected(packed):
    packed.generate("review", "import", reject_press(packed), *ON)
    other = form(packed, "other.pdf", "C. D.", accept_thumb_press=TICK)
    assert "1 rejected: thumb-press\n" in packed.generate("review", "import", other, *ON).err
    own = form(packed, "own.pdf", "A. B.", accept_thumb_press=TICK)
    assert "0 rejected\n" in packed.generate("review", "import", own, *ON).err
    assert packed.generate(*SHEET).code == 0
    assert [one["decision"] for one in decisions(packed)] == ["reject", "accept", "accept"]


def test_what_was_decided_about_words_that_were_changed_since_is_void(packed):
    packed.change(PRESS, "Press for a little while.", "Press gently.")
    ended = packed.generate("review", "import", reject_press(packed), *ON)
    assert "0 rejected\n" in ended.err
    assert "1 void, for its words were changed since: thumb-press\n" in ended.err
    assert packed.generate(*SHEET).code == 0
    packed.change(PRESS, "Press gently.", "Press for a little while.")  # nothing is lost
    assert not holds_press(packed)


def test_a_pack_of_other_words_altogether_is_told(packed):
    rows = rows_of(packed.folder / f"{HOME}.csv")
    write_rows([row for row in rows if row["id"] == "thumb-press"], packed.folder / "filled.csv")
    packed.change(PRESS, "Press for a little while.", "Press gently.")
    ended = packed.generate("review", "import", "filled.csv", "--name", "A. B.", *ON)
    assert ended.code == 1
    assert ended.err.startswith(
        "filled.csv: all that it is about was changed since, or is of other"
    )


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"accept_strain": TICK, "reject_strain": TICK},
         "“strain” is ticked as accept and reject. Leave one of the two."),
        ({"reviewer_date": "11/3/26"}, "“11/3/26” is no date that is sure. Write it as 2026-11-30"),
        ({"reviewer_date": "2027-01-01"}, "it is dated 2027-01-01, which is to come."),
        ({"reviewer_name": " ", "accept_strain": TICK}, "it does not say who decided. Write the"),
    ],
)  # fmt: skip
def test_what_was_filled_in_and_makes_no_sense_is_told(packed, fields, said):
    pdf = packed.folder / f"{HOME}.pdf"
    ticked(pdf, packed.folder / "odd.pdf", **{"reviewer_name": "A. B.", **fields})
    ended = packed.generate("review", "import", "odd.pdf", *ON)
    assert ended.code == 1
    assert f"odd.pdf: {said}" in ended.err or said in ended.err
    assert ended.err.endswith("Nothing was written.\n")
    assert not (packed.folder / DECISIONS).exists()


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"decision": "perhaps"}, "says “perhaps”, which is no decision. Write accept, change or"),
        ({"wording": "w1.23E+15"}, "was changed in what it is about. Take its first and last"),
        ({"pack": ""}, "says nothing of its pack. Take it from the pack anew."),
        ({"decision": "reject", "reason": "far too hard " * 900}, "is longer than"),
    ],
)
def test_each_odd_row_of_a_table_is_told_by_its_number(packed, cells, said):
    file = table(packed, strain=cells)
    number = 2 + next(
        at for at, row in enumerate(rows_of(packed.folder / file)) if row["id"] == "strain"
    )
    ended = packed.generate("review", "import", file, "--name", "A. B.", *ON)
    assert ended.code == 1
    assert f"row {number}" in ended.err
    assert said in ended.err
    assert not (packed.folder / DECISIONS).exists()


OVER, NUL, UNSEEN = "\u202e", "\0", "a character that nobody sees stands here"


@pytest.mark.parametrize(
    ("column", "words", "said"),
    [
        ("id", "s" * 100_000, "it holds a name that is longer than any. Take its first and last"),
        ("id", f"str{OVER}ain", f"{UNSEEN} (U+202E, right-to-left override). Take its first"),
        ("id", f"strain{NUL}", f"{UNSEEN} (U+0000, a control character). Take its first"),
        ("id", "str\u0430in", "the word “str\u0430in” is written in several alphabets"),
        ("audiences", f"general{OVER}", f"{UNSEEN} (U+202E"),
        ("regions", "GB" * 50_000, "it holds a name that is longer than any."),
        ("pack", f"tiny 0.1 AB{OVER}", f"{UNSEEN} (U+202E"),
        ("reason", f"no{OVER}", f"{UNSEEN} (U+202E, right-to-left override). Delete it, or type"),
        ("reason", f"no{NUL}", f"{UNSEEN} (U+0000, a control character)."),
    ],
    ids=range(9),
)
def test_a_cell_that_no_file_of_sources_may_hold_is_told_by_row_and_column(
    packed, column, words, said
):
    rows = rows_of(packed.folder / f"{HOME}.csv")
    at = next(at for at, row in enumerate(rows) if row["id"] == "strain")
    rows[at] |= {"decision": "reject", column: words}
    write_rows(rows, packed.folder / "filled.csv")
    ended = packed.generate("review", "import", "filled.csv", "--name", "A. B.", *ON)
    assert ended.code == 1
    told, *rest = ended.err.splitlines()
    assert told.startswith(f"filled.csv: row {at + 2}, column “{column}”: {said}")
    assert rest == ["Nothing was written."]
    assert not (packed.folder / DECISIONS).exists()


@pytest.mark.parametrize(
    ("option", "words", "said"),
    [
        ("--name", f"A.{OVER} B.", f"--name: {UNSEEN} (U+202E"),
        ("--name", "A" * 100_000, "--name: it is longer than 10000 characters."),
        ("--role", "nurse\u200b", f"--role: {UNSEEN} (U+200B"),
    ],
    ids=range(3),
)
def test_who_decided_is_written_as_the_sources_may_hold_it(packed, option, words, said):
    who = {"--name": "A. B.", "--role": "nurse", option: words}
    given = [each for pair in who.items() for each in pair]
    file = table(packed, strain={"decision": "accept"})
    ended = packed.generate("review", "import", file, *given, *ON)
    assert ended.code == 1
    assert ended.err.startswith(said)
    assert ended.err.endswith("Nothing was written.\n")
    assert not (packed.folder / DECISIONS).exists()


def test_a_decision_about_one_item_is_not_taken_for_another(packed):
    rows = rows_of(packed.folder / f"{HOME}.csv")
    at = next(at for at, row in enumerate(rows) if row["id"] == "section cover")
    rows[at] |= {"id": "tier-emergency", "decision": "accept"}
    write_rows(rows, packed.folder / "filled.csv")
    ended = packed.generate("review", "import", "filled.csv", "--name", "A. B.", *ON)
    assert ended.code == 1
    assert ended.err == (
        f"filled.csv: row {at + 2} names another item than the pack has: “tier-emergency” for the "
        "words of “section cover”. Take its first and last columns from the pack anew.\n"
        "Nothing was written.\n"
    )
    assert not (packed.folder / DECISIONS).exists()


def test_files_that_are_none_of_ours_are_told_all_at_once(packed):
    whole = (packed.folder / f"{HOME}.pdf").read_bytes()
    packed.generate(*SHEET)
    sheet = next(path for path in packed.files() if "thumb-sheet" in path and path.endswith(".pdf"))
    packed.write("empty.pdf", b"")
    packed.write("cut.pdf", whole[: len(whole) // 3])
    packed.write("words.pdf", b"no PDF at all")
    with pikepdf.Pdf.open(packed.folder / f"{HOME}.pdf") as document:
        document.save(
            packed.folder / "locked.pdf", encryption=pikepdf.Encryption(user="a", owner="b")
        )
    packed.write("other.csv", "name,telephone\nA. B.,0\n")
    packed.write("zeros.csv", b"\0" * 100)
    files = ("empty.pdf", "cut.pdf", "words.pdf", "other.csv", "zeros.csv", f"output/{sheet}",
             "locked.pdf")  # fmt: skip
    ended = packed.generate("review", "import", *files, *ON)
    assert ended.code == 1
    told = ended.err.splitlines()
    assert len(told) == len(files) + 1
    assert [line.partition(":")[0] for line in told[:-1]] == list(files)
    assert "it is empty" in told[0]
    assert all("it is no PDF, or damaged" in line for line in told[1:3])
    assert all("it is no table of a review pack" in line for line in told[3:5])
    assert "it does not say what review pack it is" in told[5]
    assert "it is protected by a password" in told[6]


def retold(clinic, change):
    """Return a filled-in pack that says of itself what ``change`` makes of it."""
    path = clinic.folder / reject_press(clinic)
    with pikepdf.Pdf.open(path, allow_overwriting_input=True) as document:
        tree = read_metadata(document)
        (said,) = tree.iterfind(f".//{SAID}", SPACES)
        said.text = change(said.text)
        write_metadata(document, tree)
        document.save(path)
    return path.name


@pytest.mark.few(7)
@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda said: "[" * 200_000, "what it says of its pack is damaged"),
        (lambda said: said[:-9], "what it says of its pack is damaged"),
        (lambda said: "[1]", "what it says of its pack is damaged"),
        (lambda said: said.replace('"tiny"', "7", 1), "what it says of its pack is damaged"),
        (lambda said: said.replace('"general"', '["general"]'), "of its pack is damaged"),
        (lambda said: said.replace('"tiny"', '"../tiny"', 1), "the topic “../tiny”, which is not"),
        (lambda said: said.replace('"general"', '"nobody"'), "nobody"),
        (lambda said: said.replace('"GB"', '"Atlantis"'), "Atlantis"),
        (lambda said: said.replace('"en"', '"xx"'), "“xx”"),
        (lambda said: said.replace('"default"', '"../x"'), "“../x”"),
        (lambda said: said.replace('"strain"', f'"{"s" * 199}"'), "of its pack is damaged"),
        (lambda said: said.replace('"strain"', '"str\\u202eain"'), "of its pack is damaged"),
        (
            lambda said: said.replace('"strain"', '"sprain"'),
            "it names another item than the pack has: “sprain” for the words of “strain”.",
        ),
    ],
)
def test_a_file_that_says_of_itself_what_cannot_be_is_told(packed, change, said):
    ended = packed.generate("review", "import", retold(packed, change), *ON)
    assert ended.code in (1, 2)
    assert said in ended.err
    assert "This should not happen" not in ended.err
    assert not (packed.folder / DECISIONS).exists()


@pytest.mark.few(2)
@pytest.mark.parametrize(
    "words",
    [
        "- item: strain\n  decision: accept",
        "“x”: {y: [z]} # no remark",
        "a\u202eb\u200bc",
        "!!python",
    ],
)
def test_whatever_is_typed_is_kept_as_words(packed, words):
    file = form(packed, reject_thumb_press=TICK, reason_thumb_press=words)
    assert packed.generate("review", "import", file, *ON).out == f"{DECISIONS}\n"
    (kept,) = decisions(packed)
    assert kept["reason"] == " ".join(words.replace("\u202e", "").replace("\u200b", "").split())
    assert packed.generate("check", *ON).code == 1  # for it is rejected, and can be read


@pytest.mark.few(2)
@pytest.mark.parametrize(
    "words", ["TODO: ask the ward", "As in [our list](ward.pdf)", "Say [111](tel:0909)", "~", "%A"]
)
def test_whatever_the_reason_is_it_stops_no_print(packed, words):
    file = table(packed, strain={"decision": "change", "reason": words})
    packed.generate("review", "import", file, "--name", words, *ON)
    assert {(one["reason"], one["by"]) for one in decisions(packed)} == {(words, words)}
    ended = packed.generate(*SHEET)
    assert ended.code == 0, ended.err


def test_one_of_another_topic_is_told(packed):
    file = table(packed)
    path = packed.folder / file
    path.write_text(path.read_text("utf-8-sig").replace("tiny 0.1 ", "big-toe 0.1 "), "utf-8")
    ended = packed.generate("review", "import", file, "--name", "A. B.", *ON)
    assert ended.err == (
        "filled.csv: it is of the topic “big-toe”, which is not here. Name the folder of its "
        "sources with --sources.\nNothing was written.\n"
    )


def test_a_file_that_is_not_there_is_told(packed):
    ended = packed.generate("review", "import", "gone.pdf", *ON)
    assert ended.err == "There is no file gone.pdf. Check its name and folder.\n"


def test_the_table_holds_nothing_that_a_spreadsheet_would_run(clinic):
    path = "sources/tiny/causes/strain.yaml"
    words = (clinic.folder / path).read_text("utf-8")
    title = next(line for line in words.splitlines() if line.startswith("title:"))
    clinic.change(path, title, "title: =1+1")
    clinic.generate(*PACK)
    content = (clinic.folder / f"{HOME}.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")  # by which Excel knows UTF-8
    cells = [cell for row in rows_of(clinic.folder / f"{HOME}.csv") for cell in row.values()]
    assert any(cell.startswith("'=1+1") for cell in cells)
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []


# ---------------------------------------------------------------- the scan of what was signed

SCAN = b"%PDF-1.4 signed by hand"
SCANS = "sources/tiny/scans"


def scanned(clinic, file, content=SCAN, name="My scan.PDF"):
    (clinic.folder / name).write_bytes(content)
    return clinic.generate("review", "import", file, "--scan", name, *ON)


def test_the_scan_of_what_was_signed_is_kept_by_its_digest(packed):
    digest = sha256(SCAN).hexdigest()
    ended = scanned(packed, form(packed, accept_strain=TICK))
    assert f"The scan is kept as {SCANS}/{digest}.pdf.\n" in ended.err
    assert (packed.folder / SCANS / f"{digest}.pdf").read_bytes() == SCAN
    assert {one["scan"] for one in decisions(packed)} == {digest}
    assert packed.generate(*SHEET).code == 0
    assert not any(path.endswith(digest + ".pdf") for path in packed.files())


def test_a_scan_may_come_later_and_is_added_once(packed):
    file = form(packed, accept_strain=TICK)
    packed.generate("review", "import", file, *ON)
    assert ["scan" in one for one in decisions(packed)] == [False]
    scanned(packed, file)
    assert ["scan" in one for one in decisions(packed)] == [False, True]
    assert "Nothing of it is new." in scanned(packed, file).err
    assert "Nothing of it is new." in packed.generate("review", "import", file, *ON).err


def test_a_dry_run_keeps_no_scan(packed):
    (packed.folder / "s.pdf").write_bytes(SCAN)
    file = form(packed, accept_strain=TICK)
    packed.generate("review", "import", file, "--scan", "s.pdf", "--dry-run", *ON)
    assert not (packed.folder / SCANS).exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"MZ no scan", "My scan.PDF is no PDF, JPEG or PNG."),
     (None, "nothing.pdf is no file of at most 40 MB that can be read.")],
)  # fmt: skip
def test_what_is_no_scan_is_refused_before_anything_is_written(packed, content, said):
    file = form(packed, accept_strain=TICK)
    ended = (
        scanned(packed, file, content)
        if content
        else packed.generate("review", "import", file, "--scan", "nothing.pdf", *ON)
    )
    assert (ended.code, said in ended.err) == (1, True), ended.err
    assert not (packed.folder / DECISIONS).exists()


@pytest.mark.parametrize("lost", [None, b"%PDF-1.4 another"])
def test_the_check_tells_of_a_scan_that_is_lost_or_changed(packed, lost):
    scanned(packed, form(packed, accept_strain=TICK))
    (kept,) = (packed.folder / SCANS).iterdir()
    assert "SCAN-LOST" not in packed.generate("check", "--json", *ON).out
    kept.unlink() if lost is None else kept.write_bytes(lost)
    found = [json.loads(line) for line in packed.generate("check", "--json", *ON).out.splitlines()]
    (told,) = [each for each in found if each.get("code") == "SCAN-LOST"]
    assert (told["file"], told["severity"]) == (DECISIONS, "fails-check")
