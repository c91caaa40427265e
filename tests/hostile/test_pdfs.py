"""Any PDF may be given to be imposed: what is broken, active, private or too much is told."""

import os
import random
import re
import shutil
import socket
import zlib
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from clinicpress.processes import workers
from clinicpress.processes.limits import Limits
from clinicpress.runs import impose
from tests.conftest import takes_all
from tests.hostile.made_pdfs import (
    action,
    annotated,
    one_page,
    packed,
    stream,
    written,
    zeros,
)
from tests.press.numbered import numbered

FOREIGN = Path(__file__).parents[1] / "press" / "foreign"
A5 = (148, 210)
SHEET = "odd_saddle-stitch_A4.pdf"

NEVER = ("should not happen", "Traceback", "made in a way that is not known", "\x1b")
"""What is said of no file whatever."""


@pytest.fixture
def desk(tmp_path, monkeypatch, generate):
    """Return a function that writes a file, imposes it and looks whether all was said well."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(impose, "LIMITS", Limits(memory=250 * impose.MB, seconds=10))

    def run(pdf: bytes, *words: str, name: str = "odd.pdf"):
        Path(name).write_bytes(pdf)
        ended = generate(["impose", name, *words])
        assert not [each for each in NEVER if each in ended.err]
        assert ended.code in (0, 1, 2), ended.err
        assert bool(ended.code) == (not Path("output").exists()), ended.err
        return ended

    return run


def rows(table, slow=()):
    """Return the rows of a table as parameters; those named in ``slow`` run where there is time."""
    return [
        pytest.param(*row, id=name, marks=pytest.mark.slow if name in slow else ())
        for name, *row in table
    ]


def sheets(name: str = SHEET) -> pikepdf.Pdf:
    """Return the sheets, which are a sound file."""
    pdf = pikepdf.Pdf.open(Path("output") / name)
    assert not pdf.get_warnings()
    return pdf


def unpacked(name: str = SHEET) -> bytes:
    """Return all that the sheets hold, as it is written."""
    file = BytesIO()
    with sheets(name) as pdf:
        pdf.save(file, compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable,
                 stream_decode_level=pikepdf.StreamDecodeLevel.generalized)  # fmt: skip
    return file.getvalue()


# ---------------------------------------------------------------- damage

FOUR = numbered([A5] * 4)
LINEAR = (FOREIGN / "pdftex.pdf").read_bytes()
FONTS = b"/Font <</F1 5 0 R>>"
FONT = b"<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>"
WORDS = stream(b"BT /F1 12 Tf 9 9 Td (words) Tj ET")


def linearized() -> bytes:
    """Return a file that says all of its first page first."""
    file = BytesIO()
    with pikepdf.Pdf.open(FOREIGN / "pdftex.pdf") as pdf:
        pdf.save(file, linearize=True)
    return file.getvalue()


WHOLE = linearized()


def picture(words: bytes, content: bytes = b"\0", packing=stream) -> bytes:
    """Return a page with a picture."""
    said = b"/Type /XObject /Subtype /Image /BitsPerComponent 8 /ColorSpace /DeviceGray "
    return one_page(packing(content, said + words), resources=b"/XObject <</X 5 0 R>>",
                    content=stream(b"/X Do"))  # fmt: skip


def damaged_packing(content: bytes, words: bytes = b"") -> bytes:
    """Return a deflated stream of which the second half is missing."""
    whole = zlib.compress(content, 9)
    return stream(whole[: len(whole) // 2], b"/Filter /FlateDecode " + words)


TABLE = "its table of objects"
DAMAGED = [
    ("cut in the middle", WHOLE[: len(WHOLE) // 2], TABLE),
    ("cut at three quarters", WHOLE[: len(WHOLE) * 3 // 4], TABLE),
    ("cut at the end", FOUR[:-40], TABLE),
    ("without its last line", FOUR[: FOUR.rindex(b"startxref")], TABLE),
    ("all places wrong", (FOREIGN / "broken.pdf").read_bytes(), TABLE),
    ("junk in front", b"junk\n" * 2_000 + FOUR, "its "),
    ("a megabyte of junk in front", b"junk\n" * 200_000 + FOUR, "its "),
    ("line ends changed on the way", FOUR.replace(b"\n", b"\r\n"), TABLE),
    (
        "font missing",
        one_page(resources=b"/Font <</F1 77 0 R>>", content=WORDS),
        "a font on page 1",
    ),
    (
        "list of fonts missing",
        one_page(resources=b"/Font 77 0 R", content=WORDS),
        "a font on page 1",
    ),
    (
        "resources missing",
        one_page(content=WORDS, resources=b"    ").replace(b"<<    >>", b"7777 0 R"),
        "the list of fonts and pictures on page 1",
    ),
    (
        "font program missing",
        one_page(FONT.replace(b">>", b"/FontDescriptor 77 0 R>>"), resources=FONTS, content=WORDS),
        "part of a font on page 1",
    ),
    (
        "picture missing",
        one_page(resources=b"/XObject <</X 77 0 R>>", content=stream(b"/X Do")),
        "a picture on page 1",
    ),
    (
        "contents missing",
        one_page().replace(b"/Contents 4 0 R", b"/Contents 7 0 R"),
        "the contents on page 1",
    ),
    (
        "part of the contents missing",
        one_page().replace(b"/Contents 4 0 R", b"/Contents [4 0 R 7 0 R]"),
        "the contents on page 1",
    ),
    (
        "contents of the wrong type",
        one_page(page=b"/X 1").replace(b"/Contents 4 0 R", b"/Contents /no"),
        "the contents on page 1",
    ),
    (
        "contents that do not unpack",
        one_page(content=stream(b"nothing", b"/Filter /FlateDecode")),
        "the contents on page 1",
    ),
    (
        "contents cut off",
        one_page(content=damaged_packing(b"0 0 9 9 re f\n" * 999 + random.Random(1).randbytes(99))),
        "the contents on page 1",
    ),
    (
        "contents with one bit turned",
        one_page(content=packed(bytes(range(256)) * 9).replace(b"x\xda", b"x\xdb", 1)),
        "the contents on page 1",
    ),
    (
        "picture cut off",
        picture(b"/Width 99 /Height 99", random.Random(2).randbytes(9801), damaged_packing),
        "a picture on page 1",
    ),
    ("picture without a width", picture(b"/Height 9"), "a picture on page 1"),
    ("picture of no height", picture(b"/Width 9 /Height 0"), "a picture on page 1"),
    (
        "unknown packing",
        one_page(content=stream(b"q Q", b"/Filter /Magic")),
        "the contents on page 1",
    ),
    (
        "a length that is too long",
        one_page(content=stream(b"q Q", length=9**12)),
        "the length of a part",
    ),
    (
        "a length that is too short",
        one_page(content=stream(b"0 0 9 9 re f", length=3)),
        "the length of a part",
    ),
    (
        "a length that is itself",
        one_page(content=b"<</Length 4 0 R>>\nstream\nq Q\nendstream"),
        "a part",
    ),
    ("a page missing", one_page(tree=b"/Kids [3 0 R 77 0 R] /Count 2"), "1 of 2 pages"),
    ("a page that is a number", one_page(tree=b"/Kids [3 0 R 5] /Count 2"), "its list of pages"),
    (
        "a page that is a stream",
        one_page(tree=b"/Kids [3 0 R 4 0 R] /Count 2"),
        "its list of pages",
    ),
    ("more counted than there", one_page(tree=b"/Kids [3 0 R] /Count 8"), "7 of 8 pages"),
    ("fewer counted than there", one_page(tree=b"/Kids [3 0 R] /Count 0"), "its count of pages"),
    ("a count below nothing", one_page(tree=b"/Kids [3 0 R] /Count -4"), "its count of pages"),
    ("a count beyond all", one_page(tree=b"/Kids [3 0 R] /Count 2147483647"), "its count of pages"),
    ("a count that is a name", one_page(tree=b"/Kids [3 0 R] /Count /many"), "its count of pages"),
    ("pages in a circle", one_page(tree=b"/Kids [3 0 R 2 0 R] /Count 2"), "its list of pages"),
    ("no box", one_page(box=b""), "the size on page 1"),
    ("a box of names", one_page(box=b"/MediaBox [/a /b /c /d]"), "the size on page 1"),
    ("a box of three", one_page(box=b"/MediaBox [0 0 419]"), "the size on page 1"),
    ("an empty box", one_page(box=b"/MediaBox [5 5 5 5]"), "the size on page 1"),
    (
        "a box in a circle",
        one_page(box=b"", page=b"").replace(b"/Parent 2 0 R", b"/Parent 3 0 R"),
        "the size on page 1",
    ),
    (
        "a drawing that holds itself",
        one_page(
            stream(
                b"/X Do",
                b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] "
                b"/Resources <</XObject <</X 5 0 R>>>>",
            ),
            resources=b"/XObject <</X 5 0 R>>",
            content=stream(b"/X Do"),
        ),
        "a drawing that holds itself on page 1",
    ),
    ("a number beyond all", one_page(page=b"/Rotate 1%s" % (b"0" * 300)), "1 of 1 pages"),
    ("contents named twice", one_page(page=b"/Contents 4 0 R"), "says the same thing twice"),
    (
        "a key that is a remark",
        one_page(
            page=b"/X <</kid#200#20#28from#200#29#20MediaBox#20is 1 "
            b"/kid#200#20#28from#200#29#20MediaBox#20is 2>>"
        ),
        "says the same thing twice",
    ),
    ("lists that are too deep", one_page(page=b"/X " + b"[" * 900 + b"]" * 900), "1 of 1 pages"),
]


@pytest.mark.few(22)
@pytest.mark.parametrize(("pdf", "what"), rows(DAMAGED, slow=["a megabyte of junk in front"]))
def test_damage_is_told_and_refused(desk, pdf, what):
    ended = desk(pdf)
    assert ended.code == 1
    assert re.match(r"odd\.pdf is damaged\. Broken or missing: .*", ended.err)
    assert what in ended.err
    assert ended.err.endswith("or impose what can be saved of it with --repair.\n")
    assert ended.err.count("\n") == 1


SAVED = [
    each for each in DAMAGED if each[0] not in ("lists that are too deep", "a number beyond all")
]


@pytest.mark.parametrize(
    ("pdf", "what"),
    rows(SAVED, slow=["a megabyte of junk in front", *(each[0] for each in SAVED[7:])]),
)
def test_what_can_be_saved_is_imposed_when_asked_for(desk, pdf, what):
    ended = desk(pdf, "--repair")
    assert ended.code == 0, ended.err
    assert what in ended.err
    assert "What can be saved is imposed; look at every page.\n" in ended.err
    (name,) = (path.name for path in Path("output").glob("*_repaired.pdf"))
    assert len(sheets(name).pages)


HOPELESS = [
    ("nothing but a beginning", FOUR[:100], "not a PDF, or damaged beyond repair"),
    ("an end alone", FOUR[-60:], "not a PDF, or damaged beyond repair"),
    ("words", b"These are words.", "not a PDF, or damaged beyond repair"),
    ("a web page", b"<!doctype html><title>404</title>", "not a PDF, or damaged beyond repair"),
    ("zeros", bytes(100_000), "not a PDF, or damaged beyond repair"),
    ("nothing", b"", "not a PDF, or damaged beyond repair"),
    ("noise", random.Random(1).randbytes(100_000), "not a PDF, or damaged beyond repair"),
    ("a root that is no root", one_page(trailer=b"/Root 99 0 R"), "not a PDF, or damaged"),
    ("tables in a circle", one_page()[:0] + written([b"<</Type /Catalog>>"], prev=-1), "odd.pdf "),
    (
        "a lock that nobody knows",
        one_page(trailer=b"/Encrypt <</Filter /Magic /V 9 /R 9>> /ID [<00> <00>]"),
        "is protected in a way that is not known here",
    ),
    ("a lock of the wrong type", one_page(trailer=b"/Encrypt 5 /ID [<00> <00>]"), "odd.pdf is "),
    ("a lock without words", one_page(trailer=b"/Encrypt <<>> /ID [<00> <00>]"), "odd.pdf is "),
    ("no pages at all", one_page(tree=b"/Kids [] /Count 0"), "There is no page to print."),
    ("an endless box", one_page(box=b"/MediaBox [0 0 1%s 9]" % (b"0" * 400)), ""),
    ("no list of pages", one_page(tree=b"/Count 1"), ""),
]


@pytest.mark.parametrize("words", [(), pytest.param(("--repair",), marks=pytest.mark.slow)])
@pytest.mark.parametrize(("pdf", "said"), rows(HOPELESS))
def test_what_nobody_can_mend_is_refused(desk, pdf, said, words):
    ended = desk(pdf, *words)
    assert ended.code == 1
    assert (said or ("There is no page" if words else "damaged")) in ended.err


# ---------------------------------------------------------------- what acts, what is private

JS = b"/S /JavaScript /JS (app.alert\\('hostile'\\))"
FILE = b"<</Type /Filespec /F (hostile.exe) /EF <</F 5 0 R>>>>"
LOOK = b"/AP <</N 6 0 R>>"
SHOWN = stream(b"0 0 90 90 re f", b"/Type /XObject /Subtype /Form /BBox [0 0 90 90]")
INFO = b"/Info <</Title (Knees) /Author (hostile) /Company (hostile) /SourceModified (hostile)>>"
XMP = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax'
    b'-ns#"><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:m="http://'
    b'ns.adobe.com/xap/1.0/mm/"><dc:title>Knees</dc:title>%s</rdf:Description></rdf:RDF></x:xmpmeta>'
)


def with_metadata(words: bytes) -> bytes:
    """Return a page whose metadata say ``words``."""
    return one_page(stream(words, b"/Type /Metadata /Subtype /XML"), catalog=b"/Metadata 5 0 R")


def signed() -> bytes:
    """Return a page with a signature that is seen on it."""
    field = (b"<</Type /Annot /Subtype /Widget /FT /Sig /T (sign) /F 4 /Rect [9 9 99 99] "
             b"/AP <</N 6 0 R>> "
             b"/V <</Type /Sig /Filter /Adobe.PPKLite /ByteRange [0 9 9 9] /Contents <00> "
             b"/Name (hostile)>>>>")  # fmt: skip
    return one_page(field, SHOWN, page=b"/Annots [5 0 R]",
                    catalog=b"/AcroForm <</Fields [5 0 R] /SigFlags 3>> "
                    b"/Perms <</DocMDP 5 0 R>>")  # fmt: skip


A, S = "a script", "an action"
ACTIVE = [
    ("script on opening", one_page(catalog=b"/OpenAction <<%s>>" % JS), A),
    ("named script", one_page(catalog=b"/Names <</JavaScript <</Names [(a) <<%s>>]>>>>" % JS), A),
    (
        "two named scripts in kids",
        one_page(
            b"<</Names [(a) <<%s>>]>>" % JS,
            b"<</Names [(b) <<%s>>]>>" % JS,
            catalog=b"/Names <</JavaScript <</Kids [5 0 R 6 0 R 5 0 R]>>>>",
        ),
        "2 scripts",
    ),
    ("script before closing", one_page(catalog=b"/AA <</WC <<%s>>>>" % JS), A),
    ("script of a page", one_page(page=b"/AA <</O <<%s>>>>" % JS), A),
    ("script of a link", action(JS), A),
    (
        "script in a chain",
        action(b"/S /URI /URI (https://example.org) /Next [<<%s>> <<%s>>]" % (JS, JS)),
        "2 scripts",
    ),
    (
        "script in a chain in a circle",
        one_page(
            b"<<%s /Next 5 0 R>>" % JS,
            catalog=b"/OpenAction <</S /GoTo /D [3 0 R /Fit] /Next 5 0 R>>",
        ),
        A,
    ),
    (
        "script of a field",
        annotated(b"/Subtype /Widget /FT /Tx /T (f) /AA <</K <<%s>> /F <<%s>>>>" % (JS, JS)),
        "2 scripts",
    ),
    (
        "script of a field that is on no page",
        one_page(catalog=b"/AcroForm <</Fields [<</T (f) /FT /Tx /AA <</C <<%s>>>>>>]>>" % JS),
        A,
    ),
    (
        "script of a bookmark",
        one_page(
            b"<</First 6 0 R /Last 6 0 R /Count 1>>",
            b"<</Title (a) /Parent 5 0 R /A <<%s>>>>" % JS,
            catalog=b"/Outlines 5 0 R",
        ),
        A,
    ),
    (
        "script that hides among fonts",
        one_page(
            b"<</Type /Annot /Subtype /Link /Rect [0 0 9 9] /A <<%s>>>>" % JS,
            resources=b"/Font <</F1 5 0 R>>",
            page=b"/Annots [5 0 R]",
        ),
        A,
    ),
    (
        "a link that is a script",
        action(b"/S /URI /URI (javascript:hostile)"),
        "a link that leads to no page and no web",
    ),
    (
        "a link to a file",
        action(b"/S /URI /URI (file:///etc/hostile)"),
        "a link that leads to no page and no web",
    ),
    (
        "a link to a share",
        action(b"/S /URI /URI (\\\\\\\\hostile\\\\share)"),
        "a link that leads to no page and no web",
    ),
    ("a program", action(b"/S /Launch /F (hostile.exe)"), S),
    ("a program for Windows", action(b"/S /Launch /Win <</F (hostile.exe)>>"), S),
    ("a file elsewhere", action(b"/S /GoToR /F (hostile.pdf) /D [0 /Fit]"), S),
    ("a file inside", action(b"/S /GoToE /T <</R /C /N (hostile)>>"), S),
    ("a form that is sent", action(b"/S /SubmitForm /F (https://hostile.example)"), S),
    ("what is fetched", action(b"/S /ImportData /F (hostile.fdf)"), S),
    ("printing at once", one_page(catalog=b"/OpenAction <</S /Named /N /Print>>"), S),
    ("an action that nobody knows", action(b"/S /Hostile"), S),
    ("an action without a kind", one_page(catalog=b"/OpenAction <</S 5 /JS (hostile)>>"), S),
    ("a rendition", action(b"/S /Rendition /OP 0 /JS (hostile)"), "a film or sound"),
    ("a sound", action(b"/S /Sound /Sound 4 0 R"), "a film or sound"),
    (
        "a screen",
        annotated(b"/Subtype /Screen /A <</S /Rendition>> " + LOOK, b"<<>>", SHOWN),
        "2 films or sounds",
    ),
    ("a film", annotated(b"/Subtype /Movie /Movie <</F (hostile.mov)>>"), "a film or sound"),
    (
        "three dimensions",
        annotated(b"/Subtype /3D /3DD 5 0 R", stream(b"hostile")),
        "a film or sound",
    ),
    (
        "rich media",
        annotated(b"/Subtype /RichMedia /RichMediaContent <</X (hostile)>>"),
        "a film or sound",
    ),
    (
        "an attached file",
        one_page(
            stream(b"hostile"), catalog=b"/Names <</EmbeddedFiles <</Names [(a) %s]>>>>" % FILE
        ),
        "an attached file",
    ),
    (
        "an associated file",
        one_page(stream(b"hostile"), catalog=b"/AF [%s]" % FILE),
        "an attached file",
    ),
    (
        "an associated file of a page's picture",
        one_page(
            stream(b"hostile"),
            stream(b"\0", b"/Subtype /Image /Width 1 /Height 1 /AF [%s]" % FILE),
            resources=b"/XObject <</X 6 0 R>>",
        ),
        "an attached file",
    ),
    (
        "a file pinned to the page",
        annotated(b"/Subtype /FileAttachment /FS %s" % FILE, stream(b"hostile")),
        "an attached file",
    ),
    (
        "a portfolio",
        one_page(
            stream(b"hostile"),
            catalog=b"/Collection <</View /H /Navigator (hostile)>> "
            b"/Names <</EmbeddedFiles <</Names [(a) %s]>>>>" % FILE,
        ),
        "an attached file",
    ),
    (
        "a form of XFA",
        one_page(stream(b"<hostile/>"), catalog=b"/AcroForm <</Fields [] /XFA 5 0 R>>"),
        "a form of XFA",
    ),
    ("a signature", signed(), "a signature"),
    ("an author", one_page(trailer=INFO), "the author’s name"),
    (
        "an author in the metadata",
        with_metadata(XMP % b"<dc:creator>hostile</dc:creator>"),
        "the author’s name",
    ),
    (
        "a history in the metadata",
        with_metadata(XMP % b"<m:History>hostile</m:History>"),
        "what programs noted",
    ),
    ("metadata that are no XML", with_metadata(b"hostile <"), "what programs noted"),
    (
        "metadata that fetch a file",
        with_metadata(
            b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
            + XMP % b"<dc:creator>&e;</dc:creator>"
        ),
        "the author’s name",
    ),
    (
        "who wrote a note",
        annotated(b"/Subtype /Text /T (hostile) /Contents (a)"),
        "the author’s name",
    ),
    (
        "private data of the file",
        one_page(catalog=b"/PieceInfo <</Hostile <</Private (hostile)>>>>"),
        "what programs noted",
    ),
    (
        "where it was captured",
        one_page(catalog=b"/SpiderInfo <</V 1.0 /C [(hostile)]>>"),
        "what programs noted",
    ),
    (
        "private data of a picture",
        picture(b"/Width 1 /Height 1 /PieceInfo <</X (hostile)>>"),
        "what programs noted",
    ),
    (
        "metadata of a picture",
        one_page(
            stream(b"\0", b"/Subtype /Image /Width 1 /Height 1 /Metadata 6 0 R"),
            stream(b"hostile"),
            resources=b"/XObject <</X 5 0 R>>",
        ),
        "what programs noted",
    ),
    (
        "pictures to be swapped",
        picture(b"/Width 1 /Height 1 /OPI <</1.3 <</F (hostile)>>>>"),
        "a reference to another file",
    ),
    (
        "a drawing that is elsewhere",
        one_page(
            stream(b"", b"/Subtype /Form /BBox [0 0 9 9] /Ref <</F (hostile.pdf) /Page 0>>"),
            resources=b"/XObject <</X 5 0 R>>",
        ),
        "a reference to another file",
    ),
    (
        "a picture that is elsewhere",
        picture(b"/Width 1 /Height 1 /F (hostile.png)"),
        "a reference to another file",
    ),
]


@pytest.mark.few(20)
@pytest.mark.parametrize(("pdf", "said"), rows(ACTIVE))
def test_what_acts_and_what_is_private_is_taken_off_and_told(desk, pdf, said):
    ended = desk(pdf)
    assert ended.code == 0, ended.err
    assert re.fullmatch(r"Taken off: [^\n]*\.\n", ended.err)
    assert said in ended.err.removeprefix("Taken off: ").partition(".")[0].split(", ")
    held = unpacked()
    for word in (b"hostile", b"/JavaScript", b"/Launch", b"/EmbeddedFile", b"/ByteRange", b"/AA"):
        assert word not in held


NOT_SAID = [
    ("a web link", action(b"/S /URI /URI (https://example.org/a)"), b"(https://example.org/a)"),
    ("a letter", action(b"/S /URI /URI (mailto:a@example.org)"), b"(mailto:a@example.org)"),
    ("a telephone", action(b"/S /URI /URI (tel:+441)"), b"(tel:+441)"),
    ("a page of its own", action(b"/S /GoTo /D [3 0 R /Fit]"), b"/GoTo"),
    ("turning a page", action(b"/S /Named /N /NextPage"), b"/NextPage"),
    (
        "what made it",
        one_page(trailer=b"/Info <</Title (Knees) /Producer (Quill) /Creator (Pen)>>"),
        b"(Quill)",
    ),
    (
        "fonts with names of keys",
        one_page(FONT, resources=b"/Font <</AA 5 0 R /JS 5 0 R /F 5 0 R /AF 5 0 R>>"),
        b"/AF",
    ),
    (
        "signs with names of keys",
        one_page(
            b"<</Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [1 0 0 1 0 0] "
            b"/FirstChar 65 /LastChar 65 /Widths [9] /Encoding <</Differences [65 /Thumb]>> "
            b"/CharProcs <</Thumb 6 0 R>>>>",
            stream(b"9 0 d0 0 0 9 9 re f"),
            resources=FONTS,
            content=WORDS,
        ),
        b"9 0 d0",
    ),
]


@pytest.mark.parametrize(("pdf", "held"), rows(NOT_SAID))
def test_what_does_no_harm_stays_without_a_word(desk, pdf, held):
    ended = desk(pdf)
    assert (ended.code, ended.err) == (0, "")
    assert held in unpacked()


KEPT = [
    ("an author", one_page(trailer=INFO), b"(hostile)"),
    (
        "an author in the metadata",
        with_metadata(XMP % b"<dc:creator>hostile</dc:creator>"),
        b"hostile",
    ),
    (
        "an attached file",
        one_page(
            stream(b"hostile"), catalog=b"/Names <</EmbeddedFiles <</Names [(a) %s]>>>>" % FILE
        ),
        b"hostile",
    ),
    (
        "a file pinned to the page",
        annotated(b"/Subtype /FileAttachment /FS %s" % FILE, stream(b"hostile")),
        b"hostile",
    ),
    (
        "private data of the file",
        one_page(catalog=b"/PieceInfo <</Hostile <</Private (hostile)>>>>"),
        b"hostile",
    ),
]


@pytest.mark.parametrize(("pdf", "held"), rows(KEPT))
def test_what_does_nothing_is_kept_where_it_is_asked_for(desk, pdf, held):
    ended = desk(pdf, "--keep")
    assert (ended.code, ended.err) == (0, "")
    assert held in unpacked("odd_saddle-stitch_A4_kept.pdf")


@pytest.mark.parametrize(
    "pdf", [action(JS), one_page(catalog=b"/OpenAction <<%s>>" % JS), signed()]
)
def test_no_script_action_or_dead_signature_is_ever_kept(desk, pdf):
    assert desk(pdf, "--keep").err.startswith("Taken off: a ")
    assert b"hostile" not in unpacked("odd_saddle-stitch_A4_kept.pdf")


@pytest.mark.parametrize(
    "kind", [b"Screen", b"3D", b"FileAttachment", b"Widget /FT /Tx /V (words)"]
)
def test_what_is_seen_on_paper_of_it_stays(desk, kind):
    desk(annotated(b"/Subtype /%s %s" % (kind, LOOK), b"<<>>", SHOWN))
    with sheets() as pdf:
        (annotation,) = pdf.pages[0].obj.Annots
        assert annotation.AP.N.read_bytes() == b"0 0 90 90 re f"
        assert int(annotation.F) == 4


# ---------------------------------------------------------------- more than any print needs

FORM = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] "
MANY = 160 * 2**20
"""Bytes in a bomb that is to be unpacked, more than any page may have."""


def bomb() -> bytes:
    return stream(zeros(MANY), b"/Filter /FlateDecode")


def doubling(levels: int) -> bytes:
    """Return a page whose drawing draws the next twice, and so on."""
    forms = [
        stream(b"/X Do /X Do", FORM + b"/Resources <</XObject <</X %d 0 R>>>>" % (number + 6))
        for number in range(levels)
    ]
    return one_page(*forms, stream(b"0 0 9 9 re f", FORM), resources=b"/XObject <</X 5 0 R>>",
                    content=stream(b"/X Do"))  # fmt: skip


def repeating(times: int, levels: int) -> bytes:
    """Return a page that draws a drawing many times, which draws another as often."""
    draw = b"/X Do " * times
    forms = [
        stream(draw, FORM + b"/Resources <</XObject <</X %d 0 R>>>>" % (number + 6))
        for number in range(levels)
    ]
    return one_page(*forms, stream(b"0 0 9 9 re f", FORM), resources=b"/XObject <</X 5 0 R>>",
                    content=stream(draw))  # fmt: skip


def in_streams(size: int) -> bytes:
    """Return a file whose objects are in a stream, behind ``size`` spaces."""
    catalog, pages = b"<</Type /Catalog /Pages 2 0 R>>", b"<</Type /Pages /Kids [] /Count 0>>"
    packer = zlib.compressobj(9)
    head = b"1 0 2 %d " % (len(catalog) + size)
    held = packer.compress(head + catalog)
    held += b"".join(packer.compress(b" " * 2**20) for _ in range(size // 2**20))
    held += packer.compress(pages) + packer.flush()
    words = b"/Type /ObjStm /N 2 /First %d /Filter /FlateDecode" % len(head)
    return with_table_in_a_stream([stream(held, words)], 3)


def with_table_in_a_stream(objects: list[bytes], number: int, size: int = 0) -> bytes:
    """Return a file with one object, numbered ``number``, which holds 1 and 2, and a table."""
    out = b"%%PDF-1.7\n%d 0 obj\n%s\nendobj\n" % (number, objects[0])
    table = bytes([0, 0, 0, 0, 2, 0, 3, 0, 2, 0, 3, 1, 1, 0, 9, 0])
    packer = zlib.compressobj(9)
    rows = (
        packer.compress(table)
        + b"".join(packer.compress(bytes(2**20)) for _ in range(size // 2**20))
        + packer.flush()
    )
    words = b"/Type /XRef /Size 4 /W [1 2 1] /Root 1 0 R /Filter /FlateDecode"
    return out + b"4 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (stream(rows, words), len(out))


def tiling(step: bytes) -> bytes:
    """Return a page that is filled with a pattern."""
    words = (b"/PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 9 9] /Resources <<>> /XStep %s "
             b"/YStep %s " % (step, step))  # fmt: skip
    return one_page(stream(b"0 0 9 9 re f", words), resources=b"/Pattern <</P 5 0 R>>",
                    content=stream(b"/Pattern cs /P scn 0 0 400 500 re f"))  # fmt: skip


def filters(kinds: list[bytes], content: bytes) -> bytes:
    return one_page(content=stream(content, b"/Filter [%s]" % b" ".join(kinds)))


def boxed(words: bytes) -> bytes:
    return one_page(box=b"/MediaBox " + words)


def packed_over(times: int) -> bytes:
    content = zeros(MANY)
    for _ in range(times - 1):
        content = zlib.compress(content, 9)
    return content


TOO_MUCH = r"needs more memory or time|than any page needs|without end|packed \d+ times over"
BOMBS = [
    ("contents", lambda: one_page(content=bomb()), TOO_MUCH),
    (
        "contents in an array",
        lambda: one_page(bomb(), bomb()).replace(b"/Contents 4 0 R", b"/Contents[5 0 R 6 0 R]"),
        "damaged|" + TOO_MUCH,
    ),
    (
        "contents, a thousand times over",
        lambda: one_page(
            stream(zeros(2**21), b"/Filter /FlateDecode"),
            b"[%s]" % (b"5 0 R " * 1000),
            page=b"/Contents 6 0 R",
        ),
        TOO_MUCH,
    ),
    (
        "contents in many small parts",
        lambda: one_page(
            stream(zeros(2**20), b"/Filter /FlateDecode"),
            page=b"/Contents [%s]" % (b"5 0 R " * 3000),
        ),
        TOO_MUCH,
    ),
    (
        "a drawing",
        lambda: one_page(
            stream(zeros(MANY), FORM + b"/Filter /FlateDecode"), resources=b"/XObject <</X 5 0 R>>"
        ),
        TOO_MUCH,
    ),
    ("packed twice", lambda: filters([b"/FlateDecode"] * 2, packed_over(2)), TOO_MUCH),
    ("packed nine times", lambda: filters([b"/FlateDecode"] * 9, packed_over(9)), TOO_MUCH),
    ("packed sixty times", lambda: filters([b"/ASCIIHexDecode"] * 60, b"00>"), TOO_MUCH),
    (
        "runs",
        lambda: filters([b"/FlateDecode", b"/RunLengthDecode"], zlib.compress(b"\x81a" * 2**22, 9)),
        TOO_MUCH,
    ),
    ("objects", lambda: in_streams(MANY), "not a PDF, or damaged|" + TOO_MUCH),
    (
        "a table",
        lambda: with_table_in_a_stream([b"<<>>"], 3, MANY),
        "not a PDF, or damaged|" + TOO_MUCH,
    ),
    ("drawings that draw two", lambda: doubling(40), "deep|" + TOO_MUCH),
    ("drawings that draw two, not so deep", lambda: doubling(24), TOO_MUCH),
    ("drawings that draw thousands", lambda: repeating(2000, 3), TOO_MUCH),
    ("drawings in drawings", lambda: repeating(1, 200), "more than 30 deep"),
    (
        "a picture of a country",
        lambda: picture(
            b"/Width 999999 /Height 999999",
            zeros(2**20),
            lambda c, w: stream(c, w + b" /Filter /FlateDecode"),
        ),
        "more than any paper shows",
    ),
    ("a pattern without a step", lambda: tiling(b"0"), "repeats without end"),
    ("a pattern of dust", lambda: tiling(b"0.0000001"), "repeats without end"),
    ("a pattern of no number", lambda: tiling(b"/x"), "repeats without end"),
    ("a box as wide as a street", lambda: boxed(b"[0 0 100000 595]"), "fit|Choose a larger paper"),
    ("a box of a hair", lambda: boxed(b"[0 0 0.001 0.001]"), "too small to print"),
    ("a unit of a mile", lambda: one_page(page=b"/UserUnit 70000"), "Choose a larger paper"),
    ("lists in lists", lambda: one_page(page=b"/X " + b"[" * 100_000 + b"]" * 100_000), "damaged"),
    (
        "lists in lists that are never closed",
        lambda: one_page(page=b"/X " + b"<</A" * 100_000),
        "damaged",
    ),
    ("a list of a million", lambda: one_page(page=b"/X [%s]" % (b"0 " * 10**5)), None),
    ("a list of ten million", lambda: one_page(page=b"/X [%s]" % (b"0 " * 10**7)), TOO_MUCH),
    (
        "a note a million times",
        lambda: one_page(
            b"<</Type /Annot /Subtype /Text /Rect [0 0 9 9]>>",
            page=b"/Annots [%s]" % (b"5 0 R " * 10**6),
        ),
        "|" + TOO_MUCH,
    ),
    (
        "a million pages",
        lambda: one_page(tree=b"/Kids [%s] /Count 1000000" % (b"3 0 R " * 10**6)),
        "has more than 20000 pages",
    ),
    (
        "a tree of pages a thousand deep",
        lambda: written(
            [b"<</Type /Catalog /Pages 2 0 R>>"]
            + [b"<</Type /Pages /Count 1 /Kids [%d 0 R]>>" % number for number in range(3, 1003)]
            + [b"<</Type /Page /MediaBox [0 0 419 595] /Resources <<>> /Parent 1002 0 R>>"]
        ),
        "damaged",
    ),
    (
        "trees of pages that double",
        lambda: written(
            [b"<</Type /Catalog /Pages 2 0 R>>"]
            + [b"<</Type /Pages /Count 1 /Kids [%d 0 R %d 0 R]>>" % (n, n) for n in range(3, 33)]
            + [b"<</Type /Page /MediaBox [0 0 419 595] /Resources <<>>>>"]
        ),
        "damaged",
    ),
    ("tables before tables", lambda: b"".join(one_page() for _ in range(300)), None),
]

HEAVY = [
    "a million pages",
    "contents, a thousand times over",
    "contents in many small parts",
    "a table",
    "packed nine times",
    "packed twice",
    "a note a million times",
    "a list of ten million",
    "a drawing",
    "a list of a million",
    "contents in an array",
    "objects",
]


@pytest.mark.few(8)
@pytest.mark.parametrize(("pdf", "said"), rows(BOMBS, slow=HEAVY))
def test_what_is_too_much_is_told_in_bounded_memory_and_time(desk, pdf, said):
    ended = desk(pdf())
    assert ended.code == (said is not None), ended.err
    assert re.search(said or "", ended.err), ended.err
    assert ended.err.count("\n") == ended.code


# ---------------------------------------------------------------- odd, and sound enough


def labelled(words: bytes, *more: bytes) -> bytes:
    return one_page(*more, catalog=b"/PageLabels " + words)


def tagged(words: bytes, *more: bytes) -> bytes:
    return one_page(*more, catalog=b"/MarkInfo <</Marked true>> /StructTreeRoot " + words,
                    page=b"/StructParents 0")  # fmt: skip


def bookmarked(words: bytes, *more: bytes) -> bytes:
    return one_page(*more, catalog=b"/Outlines " + words)


def flagged(flags: bytes, rect: bytes = b"[0 0 9 9]") -> bytes:
    words = b"<</Type /Annot /Subtype /Stamp /AP <</N 5 0 R>> /Rect %s /F %s>>" % (rect, flags)
    return one_page(stream(b"", FORM), page=b"/Annots [%s]" % words)


DEEP = 150
ODD = [
    ("wishes for the viewer that are a number", one_page(catalog=b"/ViewerPreferences 5")),
    ("wishes for the viewer that are a list", one_page(catalog=b"/ViewerPreferences [1 2]")),
    (
        "wishes for the viewer in a circle",
        one_page(b"<</Duplex 5 0 R>>", catalog=b"/ViewerPreferences 5 0 R"),
    ),
    ("a thousand copies", one_page(catalog=b"/ViewerPreferences <</NumCopies 1000 /Direction 5>>")),
    ("labels that are a name", labelled(b"/x")),
    ("labels that are a list", labelled(b"[0 1]")),
    ("labels without numbers", labelled(b"<<>>")),
    ("labels of words", labelled(b"<</Nums [(a) <<>> 5 5 /x]>>")),
    ("labels in a circle", labelled(b"5 0 R", b"<</Kids [5 0 R]>>")),
    ("labels of letters without end", labelled(b"<</Nums [0 <</S /A /St 2147483647>>]>>")),
    ("labels of Roman numbers without end", labelled(b"<</Nums [0 <</S /r /St 2147483647>>]>>")),
    ("labels below nothing", labelled(b"<</Nums [-9 <</S /D /St -99>> 99999999999 5]>>")),
    ("labels that start at a word", labelled(b"<</Nums [0 <</S 5 /P 6 /St (a)>>]>>")),
    ("flags that are a word", flagged(b"(a)")),
    ("flags that are a list", flagged(b"[4]")),
    ("flags that are beyond all", flagged(b"9223372036854775807")),
    ("flags that are no whole number", flagged(b"4.5")),
    ("notes that are no list", one_page(page=b"/Annots /x")),
    ("notes that are numbers", one_page(page=b"/Annots [1 (a) /x [] null]")),
    ("a note without a place", flagged(b"4", b"[(a) 2 3 4]")),
    ("a note beyond all", flagged(b"4", b"[0 0 %s.0 9]" % (b"9" * 400))),
    ("a note whose look is a list", annotated(b"/Subtype /Stamp /AP [1 2]")),
    ("a note whose look is a number", annotated(b"/Subtype /Stamp /AP <</N 5>> /AS 7")),
    (
        "a look with a crooked matrix",
        annotated(
            b"/Subtype /Stamp /AP <</N 5 0 R>>", stream(b"", FORM + b"/Matrix [0 0 0 0 0 0 0 /x]")
        ),
    ),
    (
        "a look with a long matrix",
        annotated(
            b"/Subtype /Stamp /AP <</N 5 0 R>>", stream(b"", FORM + b"/Matrix [1 0 0 1 0 0 7 7]")
        ),
    ),
    (
        "points that are none",
        annotated(b"/Subtype /Highlight /QuadPoints [1 2 3] /InkList [5 [1]]"),
    ),
    ("a turn of 45 degrees", one_page(page=b"/Rotate 45")),
    ("a turn of a million turns", one_page(page=b"/Rotate 360000000090")),
    ("a turn that is a name", one_page(page=b"/Rotate /left")),
    ("a turn beyond all", one_page(page=b"/Rotate 9223372036854775807")),
    ("a unit of nothing", one_page(page=b"/UserUnit 0")),
    ("a unit below nothing", one_page(page=b"/UserUnit -3")),
    ("a unit that is a word", one_page(page=b"/UserUnit (a)")),
    ("a crop box of names", one_page(page=b"/CropBox [/a /b /c /d]")),
    ("a crop box elsewhere", one_page(page=b"/CropBox [9000 9000 9999 9999]")),
    ("boxes upside down", one_page(box=b"/MediaBox [419.5 595.3 0 0]")),
    ("a group that is a number", one_page(page=b"/Group 5 /StructParents /x")),
    ("a metadata number", one_page(catalog=b"/Metadata 5")),
    ("names that are a list", one_page(catalog=b"/Names [1 2]")),
    ("names in a circle", one_page(b"<</Kids [5 0 R]>>", catalog=b"/Names <</Dests 5 0 R>>")),
    ("names of numbers", one_page(catalog=b"/Names <</Dests <</Names [1 2 3]>>>> /Dests <</a 5>>")),
    ("names of names", one_page(catalog=b"/Names <</Dests <</Names /x /Kids /y>>>>")),
    ("bookmarks that are a number", bookmarked(b"5")),
    ("bookmarks in a circle", bookmarked(b"5 0 R", b"<</First 5 0 R /Last 5 0 R /Next 5 0 R>>")),
    (
        "bookmarks that go round",
        bookmarked(
            b"5 0 R",
            b"<</First 6 0 R>>",
            b"<</Title (a) /Next 7 0 R /Parent 5 0 R>>",
            b"<</Title (b) /Next 6 0 R /First 5 0 R>>",
        ),
    ),
    ("a bookmark to nowhere", bookmarked(b"<</First <</Title (a) /Dest [99 /Fit]>>>>")),
    ("a bookmark to a word", bookmarked(b"<</First <</Title (a) /Dest [(a) (b)]>>>>")),
    ("a bookmark to an empty list", bookmarked(b"<</First <</Title (a) /Dest []>>>>")),
    (
        "a bookmark beyond all",
        bookmarked(b"<</First <</Title (a) /Dest [3 0 R /XYZ %s.0 2 3]>>>>" % (b"9" * 400)),
    ),
    ("a bookmark with few numbers", bookmarked(b"<</First <</Title (a) /Dest [3 0 R /FitR 1]>>>>")),
    ("a link whose page is a stream", action(b"/S /GoTo /D [4 0 R /Fit]")),
    ("tags that are a number", tagged(b"5")),
    ("tags in a circle", tagged(b"5 0 R", b"<</S /P /K 5 0 R>>")),
    (
        "tags that hold each other",
        tagged(
            b"5 0 R",
            b"<</K [6 0 R]>>",
            b"<</S /P /K [7 0 R 6 0 R]>>",
            b"<</S /P /P 5 0 R /K [6 0 R 5 0 R]>>",
        ),
    ),
    ("tags that are numbers", tagged(b"<</K [1 (a) /x [1] null]>>")),
    ("tags on a page that is a number", tagged(b"<</K <</S /P /Pg 7 /K 0>>>>")),
    (
        "tags with a page that is none",
        tagged(b"<</K <</S /P /Pg 2 0 R /K [0 <</Type /MCR /Pg 5>>]>>>>"),
    ),
    ("tags that are deep", tagged(b"<</K " + b"<</S /P /K " * DEEP + b"0" + b">>" * DEEP + b">>")),
    ("parents that are a name", tagged(b"<</K [] /ParentTree /x>>")),
    ("parents in a circle", tagged(b"5 0 R", b"<</K [] /ParentTree 6 0 R>>", b"<</Kids [6 0 R]>>")),
    ("parents of words", tagged(b"<</K [] /ParentTree <</Nums [(a) (b) 1]>>>>")),
    ("a form that is a list", one_page(catalog=b"/AcroForm [1]")),
    (
        "fields in a circle",
        one_page(
            b"<</T (a) /Kids [5 0 R] /Parent 5 0 R>>", catalog=b"/AcroForm <</Fields [5 0 R]>>"
        ),
    ),
    ("layers that are a number", one_page(catalog=b"/OCProperties 5")),
    ("what is said of it is a number", one_page(trailer=b"/Info 5")),
    ("what is said of it is a list", one_page(trailer=b"/Info <</Title [1 2] /Producer <<>>>>")),
    ("a version that is none", one_page().replace(b"%PDF-1.7", b"%PDF-9.9")),
    ("an unknown page mode", one_page(catalog=b"/PageMode 5 /PageLayout [] /Lang 7")),
]


WAYS = {"whole": (), "split": ("--split", "face-up"), "repeated": ("--scheme", "step-and-repeat")}


def in_turns(*, full: bool):
    """Yield each odd file with one way to lay it on sheets, or with each; whole ones are fast."""
    for number, (name, pdf) in enumerate(ODD):
        for way in WAYS if full else (tuple(WAYS)[number % len(WAYS)],):
            often = way == "whole" and number % len(WAYS) == 0
            marks = () if often else pytest.mark.slow
            yield pytest.param(pdf, WAYS[way], id=f"{name}-{way}", marks=marks)


def pytest_generate_tests(metafunc):
    if "odd" in metafunc.fixturenames:
        full = takes_all(metafunc.config)
        metafunc.parametrize(("odd", "words"), list(in_turns(full=full)))


def test_what_is_odd_and_loses_nothing_is_imposed(desk, odd, words):
    ended = desk(odd, *words)
    assert ended.code == 0, ended.err
    for path in Path("output").glob("*.pdf"):
        held = unpacked(path.name)
        assert b"NumCopies" not in held
        assert len(held) < 20_000


# ---------------------------------------------------------------- what is given as a file


def pipe(path: Path) -> None:
    os.mkfifo(path)


def listener(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as line:
        line.bind(path.name)


def huge(path: Path) -> None:
    with path.open("wb") as file:
        file.write(FOUR)
        file.truncate(3 * 2**30)


GIVEN = [
    ("a pipe", pipe, "odd.pdf cannot be read: it is a pipe, no file. Choose a file."),
    ("a socket", listener, "odd.pdf cannot be read: it is a socket, no file. Choose a file."),
    ("a folder", Path.mkdir, "odd.pdf cannot be read: it is a folder, no file. Choose a file."),
    ("a device without end", lambda path: path.symlink_to("/dev/zero"), "it is a device, no file."),
    (
        "a device that is empty",
        lambda path: path.symlink_to("/dev/null"),
        "it is a device, no file.",
    ),
    ("what is typed", lambda path: path.symlink_to("/dev/tty"), "it is a device, no file."),
    ("a link to itself", lambda path: path.symlink_to("odd.pdf"), "odd.pdf cannot be read: "),
    ("a link to nothing", lambda path: path.symlink_to("gone.pdf"), "There is no file "),
    ("nothing", lambda path: None, "There is no file odd.pdf. Check its name and folder."),
    ("more than any file", huge, "odd.pdf has 3 GB, and 2 GB are the most that is taken. "),
]


@pytest.mark.parametrize(("make", "said"), rows(GIVEN))
def test_what_is_no_file_is_told_at_once(tmp_path, monkeypatch, generate, make, said):
    monkeypatch.chdir(tmp_path)
    make(Path("odd.pdf"))
    ended = generate(["impose", "odd.pdf"])
    assert ended.code in (1, 2, 3)
    assert said in ended.err
    assert not [each for each in NEVER if each in ended.err]
    assert not Path("output").exists()


@pytest.mark.parametrize(
    "name", ["a\0b.pdf", "\0", "no/such/folder.pdf", "odd.pdf/deeper.pdf", "x" * 300 + ".pdf"]
)
def test_a_name_that_no_file_has_is_told(tmp_path, monkeypatch, generate, name):
    monkeypatch.chdir(tmp_path)
    Path("odd.pdf").write_bytes(FOUR)
    ended = generate(["impose", name])
    assert ended.code in (1, 2, 3)
    assert ended.err
    assert not [each for each in NEVER if each in ended.err]


NAMES = [
    ("a line break", "a\nb.pdf", "a_b~"),
    ("a colour of the terminal", "\x1b[31mred.pdf", "_[31mred~"),
    ("a return", "good.pdf\rbad.pdf", "good.pdf_bad~"),
    ("a turned direction", "a\u202efdp.pdf", "a_fdp~"),
    ("nothing seen", "\u200b.pdf", "_~"),
    ("Latin-1", os.fsdecode(b"caf\xe9.pdf"), "caf_~"),
    ("a face", "\U0001f600.pdf", "\U0001f600_"),
    ("a question mark", "who?.pdf", "who_~"),
    ("a colon", "a:b.pdf", "a_b~"),
    ("a backslash", "..\\..\\a.pdf", "_.._a~"),
    ("a device of Windows", "con.pdf", "_con~"),
    ("a device of Windows with an ending", "NUL.tar.pdf", "_NUL.tar~"),
    ("dots", "....pdf", "_~"),
    ("a dot in front", ".hidden.pdf", "hidden~"),
    ("a space at the end", "a .pdf", "a~"),
    ("a dash in front", "-a.pdf", "-a_"),
    ("letters of two bytes", "é" * 120 + ".pdf", "é" * 50),
    ("no ending", "booklet", "booklet_"),
]


@pytest.mark.parametrize(("name", "start"), rows(NAMES))
def test_a_name_becomes_one_that_every_machine_can_hold(desk, name, start):
    Path(name).write_bytes(FOUR)
    ended = desk(FOUR, name=f"./{name}")
    assert (ended.code, ended.err) == (0, "")
    made = sorted(path.name for path in Path("output").iterdir())
    assert [Path(each).suffix for each in made] == [".pdf", ".txt"]
    assert all(each.startswith(start) and len(each.encode()) <= 200 for each in made)
    assert not re.search(r'[\x00-\x1f<>:"/\\|?*\u200b\u202e]', "".join(made))
    assert Path("output", made[1]).read_text(encoding="utf-8").startswith(f"How to print {made[0]}")


def test_names_that_are_alike_when_held_become_two(desk):
    assert desk(FOUR, name="a?.pdf").code == desk(FOUR, name="a:.pdf").code == 0
    assert len(list(Path("output").iterdir())) == 4


def test_a_link_to_a_file_is_taken(desk):
    Path("there.pdf").write_bytes(FOUR)
    Path("odd.pdf").symlink_to("there.pdf")
    assert desk(FOUR).code == 0


# ---------------------------------------------------------------- passwords


def test_a_password_is_nowhere_but_in_memory(desk, monkeypatch):
    """It is in no argument or variable of a process, and in no message."""
    seen = []
    started = workers.alone

    def watched(work, job, stopped, limits):
        done = started(work, job, stopped, limits)
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                seen.append((folder / "cmdline").read_bytes() + (folder / "environ").read_bytes())
            except OSError:
                continue
        return done

    monkeypatch.setattr(workers, "alone", watched)
    locked = (FOREIGN / "qpdf.pdf").read_bytes()
    ended = desk(locked, "--password", "clinic")
    assert ended.code == 0
    assert seen
    assert not [each for each in seen if b"--password" in each or b"=clinic\0" in each]
    assert "clinic" not in ended.err + repr(impose.Job("a", "a", impose.Wish(), "clinic"))


# ---------------------------------------------------------------- by chance


def mutants(count: int, seed: int):
    """Yield files of other tools with bytes turned, taken out, doubled or moved."""
    chance = random.Random(seed)
    wholes = [path.read_bytes() for path in sorted(FOREIGN.glob("*.pdf"))]
    for _ in range(count):
        odd = bytearray(chance.choice(wholes))
        for _ in range(chance.choice((1, 3, 20))):
            start = chance.randrange(len(odd))
            end = min(len(odd), start + chance.choice((1, 4, 60, 2000)))
            part = bytes(odd[start:end])
            match chance.randrange(5):
                case 0:
                    odd[start:end] = chance.randbytes(end - start)
                case 1:
                    del odd[start:end]
                case 2:
                    odd[start:start] = part
                case 3:
                    at = chance.randrange(len(odd))
                    odd[at : at + len(part)] = part
                case _:
                    odd[start:end] = re.sub(rb"\d", lambda _: b"%d" % chance.randrange(10), part)
        yield bytes(odd)


@pytest.mark.slow
def test_whatever_is_broken_is_imposed_or_told_in_one_sentence(desk):
    for pdf in mutants(100, seed=11):
        for words in ((), ("--repair",), ("--repair", "--split", "face-up")):
            shutil.rmtree("output", ignore_errors=True)
            desk(pdf, *words, "--fit", "--password", "clinic")
