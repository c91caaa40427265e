"""What each key of a brand may try: run, hide, lead elsewhere, reassure, fill the page.

Each row is refused with the line of its key, or printed with nothing of it that acts or misleads.
"""

from collections.abc import Mapping
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from clinicpress.design.brandfile import CONTACTS, TEXTS

NIGHT = "layouts/brands/night/"
FILE = f"{NIGHT}brand.yaml"
A4 = (595.28, 841.89)

WORDS: Mapping[str, str] = {
    "a script": "<script>alert(1)</script>",
    "a template": "{{ 7 * 7 }}{% raw %}",
    "a style": "</p><style>.tier{display:none}</style>",
    "a picture": "![](https://evil.example/x.png)",
    "a file": "[read](file:///etc/passwd)",
    "a script in a link": "[read](javascript:alert(1))",
    "another address behind it": "[clinic.example](https://evil.example)",
    "right to left": "Open ‮ yadot",
    "nothing seen": "​​",
    "10,000 letters": "x" * 10_000,
    "one long word": "x" * 110,
    "combining marks": "e" + "\u0301" * 100,
    "it reassures": "All of these are normal.",
    "a null": "a\\0b",
}
"""What a clinic's words may hold, as they stand between quotation marks in YAML."""


def paper(change=lambda document: None, size=A4):
    held = BytesIO()
    canvas = Canvas(held, pagesize=size)
    canvas.drawString(40, size[1] - 30, "Night")
    canvas.showPage()
    canvas.save()
    with pikepdf.open(BytesIO(held.getvalue())) as document:
        change(document)
        out = BytesIO()
        document.save(out)
    return out.getvalue()


def action(**held):
    def change(document):
        document.Root.OpenAction = pikepdf.Dictionary(**held)

    return change


def attached(document):
    document.attachments["secret.txt"] = b"secret"


PAPERS = {
    "a script": paper(action(S=pikepdf.Name.JavaScript, JS="app.alert(1)")),
    "a program": paper(action(S=pikepdf.Name.Launch, F="evil.exe")),
    "a file within": paper(attached),
    "a huge page": paper(size=(14_000, 14_000)),
}

OTHERS: Mapping[str, str] = {
    "cover a path": "cover: ../../etc",
    "fonts a path": "fonts: {family: X, licence: OFL, faces: [{weight: 400, file: ../x.ttf}]}",
    "fonts a style": "fonts: {family: 'X\"} *{color:red', faces: [{weight: 400, file: a.ttf}]}",
    "fonts this file": "fonts: {family: X, licence: OFL, faces: [{weight: 400, file: brand.ttf}]}",
    "qr a script": "qr: 'javascript:alert(1)'",
    "qr a file": "qr: 'file:///etc/passwd'",
    "qr a path": "qr: /etc/passwd",
    "qr data": "qr: 'data:text/html,<script>1</script>'",
    "qr 10,000 letters": f"qr: https://{'x' * 10_000}.example",
    "qr lines": 'qr: "https://a.example/\\nb"',
    "qr right to left": 'qr: "https://a.example/\u202egnp"',
    "reference a path": "reference: ../../{publication}",
    "reference a field": "reference: '{__class__}'",
    "reference an attribute": "reference: '{topic.__class__}'",
    "reference an index": "reference: '{topic[0]}'",
    "reference a width": "reference: '{topic:>9999999}'",
    "reference a conversion": "reference: '{topic!r}'",
    "reference 10,000 letters": f"reference: {'x' * 10_000}",
    "letterhead negative": "letterhead: {top: -35 mm}",
    "letterhead too much": "letterhead: {top: 290 mm}",
    "letterhead no number": "letterhead: {top: nan}",
    "letterhead a style": "letterhead: {top: '35mm; size: 1mm'}",
    "letterhead other pages": "letterhead: {top: 35 mm, pages: none}",
    "background a path": "background: ../../../sources/audiences.yaml",
    "background a device": "background: /dev/zero",
    "background an address": "background: https://evil.example/a.pdf",
    "colours a style": "colours: {brand: 'red; } .tier { display: none'}",
    "exact no answer": "colours: {exact: perhaps}",
    "like itself": "like: night",
    "like a path": "like: ../default",
}
"""What other keys may hold that no print comes of."""

pytestmark = pytest.mark.usefixtures("in_process")


def printed(clinic, more, publication=("handout", "thumb-sheet")):
    clinic.write(FILE, f"name: Night\nregion: GB\n{more}\n")
    return clinic.generate(*publication, "--brand", "night")


def acts(pdf):
    """Return what of a print would act, lead away or carry a file."""
    with pikepdf.open(BytesIO(pdf)) as document:
        all_of_it = b"".join(each.unparse(resolved=True) for each in document.objects)
    signs = (b"/JavaScript", b"/Launch", b"/EmbeddedFile", b"evil", b"javascript:", b"file:")
    return [sign for sign in signs if sign in all_of_it]


def is_harmless(clinic, ended, key):
    """Assert that a run was refused in words that name the key's file, or made what is harmless."""
    assert "Traceback" not in ended.err
    assert "should not happen" not in ended.err
    if ended.code:
        assert ended.code in (1, 2)
        assert clinic.files() == []
        assert FILE in ended.err or key in ended.err, ended.err
        return False
    (path,) = (clinic.folder / "output").rglob("*.pdf")
    pdf = path.read_bytes()
    assert acts(pdf) == []
    with pypdfium2.PdfDocument(pdf) as document:
        words = "".join(page.get_textpage().get_text_range() for page in document)
    assert "49" not in words.split()
    assert "All of these are normal" not in words
    return True


REFUSED = {"10,000 letters", "it reassures", "right to left", "another address behind it", "a null"}
"""The words that no key prints."""


def rows():
    """Yield each key with all words: two in turn for every run, the others for the slow one."""
    for turn, key in enumerate((*TEXTS, *CONTACTS)):
        for number, words in enumerate(WORDS):
            marks = () if (number - turn) % len(WORDS) < 2 else (pytest.mark.slow,)
            yield pytest.param(key, words, marks=marks, id=f"{key}, {words}")


@pytest.mark.few(5)
@pytest.mark.parametrize(("key", "words"), list(rows()))
def test_words_of_a_key_run_nothing_and_hide_nothing(clinic, key, words):
    said = f'"{WORDS[words]}"'
    more = f"contacts: {{{key}: {said}}}" if key in CONTACTS else f"{key}: {said}"
    publication = ("booklet",) if key in ("cover_text", "back_text") else ("handout", "thumb-sheet")
    was_printed = is_harmless(clinic, printed(clinic, more, publication), key)
    is_no_link = key in CONTACTS and words == "another address behind it"  # there it is as typed
    assert not (words in REFUSED and was_printed and not is_no_link)


@pytest.mark.few(1)
@pytest.mark.parametrize("content", PAPERS)
def test_letter_paper_brings_nothing_but_what_is_seen(clinic, content):
    clinic.write(f"{NIGHT}paper.pdf", PAPERS[content])
    ended = printed(clinic, "background: paper.pdf")
    assert is_harmless(clinic, ended, "background") == (content != "a huge page")


@pytest.mark.few(12)
@pytest.mark.parametrize("row", OTHERS)
def test_what_no_print_comes_of_is_refused_with_its_line(clinic, row):
    ended = printed(clinic, OTHERS[row])
    assert ended.code == 1
    assert not is_harmless(clinic, ended, row.split()[0])
    assert ended.err.startswith(f"{FILE}:")
