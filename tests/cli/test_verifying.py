"""``generate verify``: whether a file, or a sheet with a code, is what is printed today."""

import json
import re
import sys
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
import segno
from PIL import Image, ImageEnhance, ImageFilter

from clinicpress.pdf.metadata import provenance_of, read_metadata, write_metadata

TODAY = ("--today", "2026-11-30")
SHEET = ("handout", "thumb-sheet", *TODAY)
FILE = "output/default/tiny/tiny_thumb-sheet_general_standard_en-neutral_A4.pdf"
BEND = "sources/tiny/exercises/thumb-bend.yaml"


@pytest.fixture
def printed(clinic, in_process, ran_once):
    assert ran_once(clinic, *SHEET).code == 0
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


@pytest.mark.few(2)
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


@pytest.mark.few(2)
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


# ---------------------------------------------------------------- pictures of paper


BY_CODE = 'name: Night\nregion: GB\nqr: "https://river.example/codes.html#{code}"\n'


@pytest.fixture
def sheet(clinic, in_process, ran_once):
    """Return a picture of the last page of a sheet whose QR code holds its code."""
    clinic.write("layouts/brands/night/brand.yaml", BY_CODE)
    made = ran_once(clinic, *SHEET, "--brand", "night")
    assert made.code == 0, made.err
    *_, page = pypdfium2.PdfDocument(clinic.folder / made.out.splitlines()[0])
    return page.render(scale=150 / 72).to_pil()


def scanned(clinic, picture, name="photo.png"):
    path = clinic.folder / name
    picture.save(path)
    return clinic.generate("verify", "--scan", path, *TODAY)


def faint(picture):
    return ImageEnhance.Contrast(picture).enhance(0.35)


SEEN = {
    "straight": (lambda picture: picture, "a.png"),
    "turned": (lambda picture: picture.rotate(11, expand=True, fillcolor="white"), "a.jpg"),
    "upside down": (lambda picture: picture.rotate(180), "a.webp"),
    "blurred": (lambda picture: picture.filter(ImageFilter.GaussianBlur(1.5)), "a.jpg"),
    "grey and faint": (lambda picture: faint(picture.convert("L")), "a.png"),
    "scanned": (lambda picture: picture, "a.pdf"),
}


@pytest.mark.few(2)
@pytest.mark.parametrize(("look", "name"), SEEN.values(), ids=SEEN)
def test_a_picture_of_a_sheet_is_known(clinic, sheet, look, name):
    ended = scanned(clinic, look(sheet), name)
    assert ended.code == 0, ended.out + ended.err
    assert ended.out.startswith(
        f"{name}: current: its code is that of what is printed today. Only the code was read, not "
        "the words on the paper.\n"
    )


def test_a_picture_of_an_old_sheet_is_told(clinic, sheet):
    clinic.change(BEND, "repetitions: 3-5", "repetitions: 3-6")
    clinic.generate(*SHEET, "--brand", "night", "--output", "now")
    ended = scanned(clinic, sheet)
    assert ended.code == 1
    assert ": unknown: " in ended.out or ": superseded: " in ended.out


HERE = "https://river.example/codes.html#"


@pytest.mark.few(2)
@pytest.mark.parametrize(
    ("opens", "leads"),
    [
        ("https://evil.example/{code}", "evil.example"),
        (f"{HERE[:8]}x.{HERE[8:]}{{code}}", "x.river.example"),
        ("https://river.example@evil.example/codes.html#{code}", "evil.example"),
        ("https://evil.example/?" + HERE + "{code}", "evil.example"),
        ("https://evil\u202e.example/{code}", "evil⟨U+202E⟩.example"),
        ("{code}", "{code}"),
    ],
)
def test_a_qr_code_that_leads_elsewhere_is_no_sheet_of_ours(clinic, sheet, opens, leads):
    (code,) = re.findall(r"[0-9A-Z]{4}-[0-9A-Z]{4}", verified(scanned(clinic, sheet)))
    ended = scanned(clinic, of_qr(opens.format(code=code)))
    assert ended.code == 1
    assert ended.out.startswith(
        f"photo.png: leads elsewhere: its QR code holds the code {code} and opens "
        f"{leads.format(code=code)}, as that of no brand here does. Do not hand it out.\n"
    )


def test_beside_that_of_the_sheet_no_other_qr_code_has_its_code(clinic, sheet):
    (code,) = re.findall(r"[0-9A-Z]{4}-[0-9A-Z]{4}", verified(scanned(clinic, sheet)))
    assert scanned(clinic, of_qr(HERE + code)).code == 0
    pasted = of_qr(f"https://evil.example/{code}")
    both = Image.new("RGB", (sheet.width + pasted.width, sheet.height), "white")
    both.paste(sheet)
    both.paste(pasted, (sheet.width, 0))
    ended = scanned(clinic, both)
    assert (ended.code, "and opens evil.example," in ended.out) == (1, True)


def test_where_the_qr_code_of_an_old_sheet_leads_is_told_too(clinic, sheet):
    ended = scanned(clinic, of_qr("https://evil.example/ABCD-1234"))
    assert ended.code == 1
    assert ended.out.splitlines()[1] == (
        "  Its QR code opens evil.example, as that of no brand here does."
    )


def verified(ended):
    """Return what is said of a sheet that is current, below the first line."""
    assert ended.code == 0, ended.out
    return ended.out.partition("\n")[2]


def of_qr(opens):
    """Return a picture of a QR code alone."""
    made = BytesIO()
    segno.make(opens, error="m").save(made, kind="png", scale=6)
    return Image.open(made).convert("RGB")


def test_what_shows_no_sheet_is_told(clinic, in_process):
    clinic.write("words.png", b"these are words")
    clinic.write("empty.png", b"")
    Image.new("L", (300, 300), 255).save(clinic.folder / "white.png")
    pictures = [arg for name in ("words", "empty", "white") for arg in ("--scan", f"{name}.png")]
    ended = clinic.generate("verify", *pictures, *TODAY)
    assert ended.code == 1
    assert ended.out.splitlines() == [
        "words.png: unreadable: it is no picture that can be opened.",
        "empty.png: unreadable: it is empty.",
        "white.png: unreadable: no QR code with the code of a sheet is seen on it: type what "
        "stands there.",
    ]


def test_two_sheets_in_one_picture_are_not_taken_for_one(clinic, sheet, in_process):
    clinic.change(BEND, "repetitions: 3-5", "repetitions: 3-6")
    made = clinic.generate(*SHEET, "--brand", "night")
    *_, page = pypdfium2.PdfDocument(clinic.folder / made.out.splitlines()[0])
    both = Image.new("RGB", (sheet.width * 2, sheet.height), "white")
    both.paste(sheet)
    both.paste(page.render(scale=150 / 72).to_pil(), (sheet.width, 0))
    ended = scanned(clinic, both)
    assert ended.code == 1
    assert "unreadable: it shows several sheets: " in ended.out


def test_a_picture_is_read_only_where_what_reads_it_is_installed(clinic, monkeypatch):
    monkeypatch.setitem(sys.modules, "zxingcpp", None)
    clinic.write("photo.png", b"-")
    ended = clinic.generate("verify", "--scan", "photo.png", *TODAY)
    assert ended.code == 3
    assert "pip install 'clinicpress[scan]'" in ended.err


def test_something_is_named(clinic):
    ended = clinic.generate("verify", *TODAY)
    assert ended.code == 2
    assert "Name a file, a code, a folder, or a picture with --scan." in ended.err
