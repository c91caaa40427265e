"""``generate verify``: whether a file, or a sheet with a code, is what is printed today."""

import json
import re

import pikepdf
import pypdfium2
import pytest

from clinicpress.pdf.metadata import provenance_of, read_metadata, write_metadata

TODAY = ("--today", "2026-11-30")
SHEET = ("handout", "thumb-sheet", *TODAY)
FILE = "output/default/tiny/tiny_thumb-sheet_general_standard_en-neutral_A4.pdf"
BEND = "sources/tiny/exercises/thumb-bend.yaml"


@pytest.fixture
def printed(clinic, in_process):
    assert clinic.generate(*SHEET).code == 0
    return clinic


def code_on(path):
    """Return the codes that can be read on the pages of a file."""
    pages = (page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(path))
    (code,) = {re.search(r"Code\s+(\S{4})-\W?(\S{4})", words).groups() for words in pages}
    return "-".join(code)


def test_paper_and_file_say_one_code_and_the_file_says_what_it_is(printed):
    path = printed.folder / FILE
    with pikepdf.open(path) as document:
        said = provenance_of(document)
    assert said.code == code_on(path)
    assert (said.version, said.review) == ("0.1", "unsigned")
    assert json.loads(said.edition)["publication"] == "thumb-sheet"
    ended = printed.generate(*SHEET, "--json")
    assert json.loads(ended.out)["code"] == said.code


def test_what_was_just_printed_is_current_as_a_file_and_on_paper(printed):
    code = code_on(printed.folder / FILE)
    for asked in (FILE, code, code.lower().replace("-", " ")):
        ended = printed.generate("verify", asked, *TODAY)
        assert ended.code == 0
        assert ended.out == (
            f"{asked}: current: this is what is printed today.\n"
            f"  tiny_thumb-sheet_general_standard_en-neutral_A4, version 0.1, code {code}; not yet "
            "reviewed by a clinician; use until 2028-12-31\n"
        )


@pytest.mark.slow
def test_so_it_is_for_each_way_onto_paper(printed):
    ways = ("--for", "proof,home,press")
    printed.generate(*SHEET, *ways)
    printed.generate(*SHEET, *ways, "--grey")
    printed.generate("booklet", *TODAY, "--for", "proof,home,press")
    printed.generate("booklet", *TODAY, "--for", "press", "--cover", "separate")
    files = [f"output/{path}" for path in printed.files() if path.endswith(".pdf")]
    assert len(files) >= 10
    ended = printed.generate("verify", *files, *TODAY)
    assert [line for line in ended.out.splitlines() if "use until" not in line] == [
        f"{file}: current: this is what is printed today." for file in files
    ]


def test_what_was_printed_before_a_change_is_superseded(printed):
    before = code_on(printed.folder / FILE)
    kept = (printed.folder / FILE).read_bytes()
    printed.change(BEND, "repetitions: 3-5", "repetitions: 3-6")
    printed.generate(*SHEET)
    now = code_on(printed.folder / FILE)
    assert now != before
    printed.write("old.pdf", kept)
    ended = printed.generate("verify", "old.pdf", *TODAY)
    said = f"superseded: the code of what is printed now is {now}. Do not hand it out.\n"
    assert (ended.code, ended.out) == (1, f"old.pdf: {said}")


def test_past_its_day_it_is_overdue(printed):
    ended = printed.generate("verify", FILE, "--today", "2029-01-01")
    assert ended.code == 1
    assert "overdue: its review was due on 2028-12-31. Do not hand it out." in ended.out


def spoilt(clinic, how):
    whole = (clinic.folder / FILE).read_bytes()
    if how == "one byte":
        return whole[:-3] + bytes([whole[-3] ^ 1]) + whole[-2:]
    if how == "saved by another program":
        with pikepdf.open(clinic.folder / FILE) as document:
            document.save(clinic.folder / "saved.pdf")
        return (clinic.folder / "saved.pdf").read_bytes()
    if how == "one word":
        with pikepdf.open(clinic.folder / FILE) as document:
            page = document.pages[0]
            content = page.Contents.read_bytes()
            page.Contents.write(content.replace(b"TJ", b"Tj", 1).replace(b" Td", b" Td", 1) + b" ")
            document.save(clinic.folder / "word.pdf", deterministic_id=True)
        return (clinic.folder / "word.pdf").read_bytes()
    if how == "locked":
        with pikepdf.open(clinic.folder / FILE) as document:
            lock = pikepdf.Encryption(owner="a", user="b")
            document.save(clinic.folder / "locked.pdf", encryption=lock)
        return (clinic.folder / "locked.pdf").read_bytes()
    if how == "another's":
        with pikepdf.new() as document:
            document.add_blank_page()
            document.save(clinic.folder / "another.pdf")
        return (clinic.folder / "another.pdf").read_bytes()
    return {"cut off": whole[:4000], "no PDF": b"hello", "empty": b""}[how]


@pytest.mark.few(4)
@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("one byte", "altered: it says that it is"),
        ("one word", "altered: it says that it is"),
        ("saved by another program", "altered: it says that it is"),
        ("locked", "unreadable: it is protected by a password."),
        ("another's", "not ours: it does not say which print of this program it is."),
        ("cut off", "unreadable: it is no PDF, or damaged."),
        ("no PDF", "unreadable: it is no PDF, or damaged."),
        ("empty", "unreadable: it is empty."),
    ],
)
def test_what_is_not_whole_or_not_ours_is_told(printed, how, said):
    printed.write("odd.pdf", spoilt(printed, how))
    ended = printed.generate("verify", "odd.pdf", *TODAY)
    assert ended.code == 1
    assert ended.out.startswith(f"odd.pdf: {said}")


@pytest.mark.few(4)
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("brand", "../../elsewhere"), ("brand", "nobody"), ("topic", "none"), ("format", "huge"),
        ("audience", "unicorn"), ("language", "tlh"), ("kind", "poster"), ("publication", "none"),
        ("exercises", ["none"]), ("region", "Atlantis"), ("brand", "\x1b[2J"),
    ],
)  # fmt: skip
def test_a_file_that_says_it_is_what_there_is_not_is_no_print(printed, field, value):
    with pikepdf.open(printed.folder / FILE) as document:
        said = provenance_of(document)
        edition = json.dumps(json.loads(said.edition) | {field: value}, sort_keys=True)
        tree = read_metadata(document)
        tree.find(".//{urn:clinicpress:provenance}edition").text = edition
        write_metadata(document, tree)
        document.save(printed.folder / "odd.pdf")
    ended = printed.generate("verify", "odd.pdf", *TODAY)
    assert ended.code == 1, ended.err
    assert re.match(r"odd\.pdf: (not ours|withdrawn|superseded)", ended.out)
    assert "\x1b" not in ended.out


def test_a_code_of_a_print_that_nobody_recorded_is_found(printed):
    code = code_on(printed.folder / FILE)
    for record in (printed.folder / "output/.clinicpress").iterdir():
        record.unlink()
    assert "current: this is what is printed today." in printed.generate("verify", code, *TODAY).out
    ended = printed.generate("verify", "ABCD-1234", "--json", *TODAY)
    assert (ended.code, json.loads(ended.out)["standing"]) == (1, "unknown")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("7K3M-9QX", "is neither a file nor a code. A code has 8"),
        ("no.pdf", "There is no file no.pdf"),
    ],
)
def test_what_is_neither_is_told(clinic, asked, said):
    ended = clinic.generate("verify", asked, *TODAY)
    assert ended.code == 2
    assert said in ended.err
