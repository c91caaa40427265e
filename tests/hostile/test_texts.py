"""Words that mislead: links, hidden characters, alphabets that mix, phrases and claims in disguise.

A row is what somebody writes, where, and the code of what the program says of it before it lays a
page out. A row marked “stood” was refused before there was this table.
"""

import time
import unicodedata
from zlib import crc32

import pytest

from clinicpress.content.links import poses, refusal
from clinicpress.content.text import to_html, wrong_links
from clinicpress.errors import HIDDEN, visible
from clinicpress.files.letters import faults, skeleton
from tests.conftest import ROOT
from tests.hostile.borrowed import borrowed, new_folder

TOPIC = "sources/tiny/"
STRAIN = TOPIC + "causes/strain.yaml"
SUMMARY = "You used it more than it is used to."
SIGNS = TOPIC + "warning-signs.yaml"
REGIONS, AUDIENCES = "sources/regions.yaml", "sources/audiences.yaml"
BRAND, STRINGS = "layouts/brands/default/brand.yaml", "layouts/strings/en.po"
NOTES = "layouts/instructions/en.po"
HANDOUT = ("handout", "thumb-sheet")


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    return new_folder(tmp_path_factory.mktemp("clinic"))


@pytest.fixture
def clinic(shared, generate, monkeypatch):
    monkeypatch.chdir(shared)
    with borrowed(shared, generate) as clinic:
        yield clinic


@pytest.fixture
def refused(clinic, request):
    """Return a function that asserts that nothing prints, and what is said of ``file``.

    Every fifth row is checked without printing, too: it is the same rules.
    """

    def run(file, *codes):
        started = time.monotonic()
        runs = [clinic.generate(*HANDOUT)]
        if crc32(request.node.name.encode()) % 5 == 0:
            runs.append(clinic.generate("check"))
        for ended in runs:
            said = ended.out + ended.err
            assert ended.code == 1, said
            assert not HIDDEN.search(said)
            assert len(said) < 20_000
            assert "should not happen" not in said
            found = [line for line in said.splitlines() if line.split("[")[-1][:-1] in codes]
            assert [line for line in found if line.startswith(f"{file}:")], said
        assert clinic.files() == []
        assert time.monotonic() - started < 30
        return found

    return run


def ids(rows):
    return [row[0] for row in rows]


# Links: what is written in brackets behind the words.
LINKS = [
    ("a host without a scheme", "www.example.org"),
    ("a file beside the layouts", "brand.yaml"),
    ("a folder above", "../../../etc/passwd"),
    ("a path of the machine", "/etc/passwd"),
    ("a file by its scheme", "file:///etc/passwd", "stood"),
    ("a file of a host", "file://server/share", "stood"),
    ("a script", "javascript:alert(1)", "stood"),
    ("a script in capitals", "JaVaScRiPt:alert(1)", "stood"),
    ("a script of another kind", "vbscript:x", "stood"),
    ("data", "data:text/html,<b>x</b>", "stood"),
    ("a picture as data", "data:image/png;base64,AAAA"),
    ("the scheme of the page", "//example.org/"),
    ("a missing slash", "https:/example.org"),
    ("three slashes", "https:///example.org"),
    ("no slashes", "https:example.org"),
    ("a share of Windows", "\\\\server\\share"),
    ("a drive of Windows", "C:/Users/clinic"),
    ("a backslash for a slash", "https://example.org\\@evil.org"),
    ("a user's name", "https://nhs.uk@evil.org/"),
    ("a user's name and password", "https://nhs.uk:443@evil.org/"),
    ("a blank", "<https://example.org/a b>"),
    ("a blank that is no blank", "https://example.org/a\u00a0b"),
    ("an anchor", "#signs"),
    ("a question alone", "?page=2"),
    ("nothing", ""),
    ("brackets around nothing", "<>"),
    ("a number for a host", "http://2130706433/"),
    ("four numbers for a host", "http://127.0.0.1/"),
    ("hexadecimal for a host", "http://0x7f.1/"),
    ("this very machine", "http://localhost:631/"),
    ("a host of the house", "http://intranet/"),
    ("an address of the sixth version", "http://[::1]/"),
    ("a port that is none", "https://example.org:99999/"),
    ("a host of two alphabets", "https://ex\u0430mple.org/"),
    ("a host of another alphabet than its country", "https://\u0430\u0440\u0440\u04cf\u0435.com/"),
    ("the same host in code", "https://xn--80ak6aa92e.com/"),
    ("a host in broken code", "https://xn--\u20ac.com/"),
    ("a full width dot", "https://example\uff0eorg/"),
    ("a token for a host", "https://[[urgent-line]]/"),
    ("a mailbox without a host", "mailto:clinic"),
    ("two mailboxes", "mailto:a@example.org,b@example.org"),
    ("a hidden copy", "mailto:a@example.org?bcc=b@example.org"),
    ("an attachment", "mailto:a@example.org?attach=/etc/passwd"),
    ("a telephone with a command", "tel:*21*0900%23"),
    ("words for a telephone", "tel:clinic"),
    ("another programme", "ms-word:ofe|u|https://example.org/x.doc"),
    ("the settings of the machine", "ms-settings:privacy"),
    ("a transfer of files", "ftp://example.org/"),
    ("a nested page", "view-source:https://example.org"),
    ("an address of 2,000 letters", "https://example.org/" + "a" * 2000),
]  # fmt: skip

WHOLE_LINKS = [
    "https://example.org", "http://example.org/a/b?c=d&e=f#g", "HTTPS://Example.ORG:8080/",
    "https://m\u00fcnchen.de/", "https://xn--mnchen-3ya.de/", "https://\u044f\u043d\u0434\u0435\u043a\u0441.\u0440\u0444/",
    "mailto:front.desk+tiny@example.org", "mailto:a@example.org?subject=Thumb", "tel:+441632960000",
    "tel:999",
]  # fmt: skip


@pytest.mark.few(9)
@pytest.mark.parametrize("address", [row[1] for row in LINKS], ids=ids(LINKS))
def test_links(clinic, refused, address):
    clinic.change(STRAIN, f"summary: {SUMMARY}", f"summary: >-\n  See [us]({address}) there.")
    refused(STRAIN, "LINK", "CHARACTER")


@pytest.mark.parametrize("address", [row[1] for row in LINKS], ids=ids(LINKS))
def test_no_refused_link_is_ever_set_as_one(address):
    assert "href" not in to_html(f"See [us]({address}) there.")


@pytest.mark.parametrize("address", WHOLE_LINKS)
def test_whole_links(address):
    assert refusal(address) is None
    assert to_html(f"[us]({address})").startswith('<a href="')


LINKED = [
    (SIGNS, "short: Thumb cut off", "short: Thumb [cut](y) off"),
    (REGIONS, "On the islands", "On [x](y) the islands"),
    (AUDIENCES, "For adults over 65", "For [adults](y)"),
    (TOPIC + "exercises/thumb-press.yaml", "It loads the joint too much.", "It [loads](y)"),
    (TOPIC + "glossary.yaml", "Where two bones meet.", '"Where [two](y) meet."'),
    (TOPIC + "references.yaml", "A book about thumbs", "A [book](y)"),
    (TOPIC + "topic.yaml", "made up for the tests.", "made up [x](y)."),
    (STRINGS, 'msgstr "Avoid:"', 'msgstr "[Avoid](y):"'),
]


@pytest.mark.few(4)
@pytest.mark.parametrize(("file", "old", "new"), LINKED, ids=[row[0] for row in LINKED])
def test_links_are_looked_for_everywhere(clinic, refused, file, old, new):
    clinic.change(file, old, new)
    refused(file, "LINK")


@pytest.mark.parametrize(
    "line",
    ["contact: ['[x](y)']", "phone: '[x](y)'", "words: {family-doctor: '[x](y)'}"],
)
def test_links_in_a_brand(clinic, refused, line):
    clinic.write(BRAND, f"name: Tiny\n{line}\n")
    refused(BRAND, "LINK")


POSING = [
    ("999", "tel:+449098790000"), ("111", "tel:09098790000"), ("1 1 1", "tel:1119"),
    ("Call 999", "tel:09098790000"), ("\u0661\u0661\u0661", "tel:09098790000"),
    ("+44 1632 960000", "tel:+351632960000"), ("01632 960000", "tel:+441632960001"),
    ("nhs.uk", "tel:999"), ("nhs.uk/back", "https://evil.example"),
    ("nhs.uk", "https://evil.example/nhs.uk"), ("nhs.uk", "https://nhs.uk.evil.example"),
    ("Go to nhs.uk now", "https://evil.example"), ("n\u200bhs\u3002uk", "https://evil.example"),
    ("us@nhs.uk", "mailto:us@evil.example"), ("NHS.UK.", "https://evil.example"),
]  # fmt: skip
HONEST = [
    ("01632 960000", "tel:+441632960000"), ("+44 (0)1632 960000", "tel:01632960000"),
    ("001 202 555 0100", "tel:+12025550100"), ("0441/12345", "tel:+4944112345"), ("111", "tel:111"),
    ("000", "tel:000"), ("Ring 01632 960000 (8:00–18:00)", "tel:+441632960000"), ("us", "tel:111"),
    ("nhs.uk", "https://www.nhs.uk/back"), ("www.NHS.uk/back.", "https://nhs.uk/back"),
    ("us@nhs.uk", "mailto:us@nhs.uk?subject=Thumb"), ("Leaflet.pdf (2 MB)", "https://nhs.uk/a.pdf"),
    ("e.g. at 8.30pm", "https://nhs.uk"), ("m\u00fcnchen.example", "https://xn--mnchen-3ya.example"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "address"), POSING, ids=range(len(POSING)))
def test_words_that_name_another_place_than_a_link_leads_to(words, address):
    assert poses(words, address)
    assert [*wrong_links(f"See [{words}]({address}).")] != []


@pytest.mark.parametrize(("words", "address"), HONEST, ids=range(len(HONEST)))
def test_words_that_name_where_a_link_leads(words, address):
    assert not poses(words, address)
    assert [*wrong_links(f"See [{words}]({address}).")] == []


# Characters that nobody sees.
UNSEEN = [
    0x00AD, 0x034F, 0x061C, 0x115F, 0x1160, 0x17B4, 0x180E, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F,
    0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2060, 0x2061, 0x2064, 0x2066, 0x2067, 0x2068, 0x2069,
    0x206A, 0x206F, 0x2028, 0x2029, 0x2800, 0x3164, 0xE000, 0xF8FF, 0xFDD0, 0xFE00, 0xFE0F, 0xFEFF,
    0xFFA0, 0xFFF9, 0xFFFB, 0xFFFD, 0x0085, 0x2062, 0x1D173, 0x1BCA0, 0xE0001, 0xE0041, 0xE007F,
    0xE0100, 0xF0000, 0x10FFFD, 0x1FFFE,
]  # fmt: skip

PLACES = [
    (STRAIN, SUMMARY), (SIGNS, "Thumb cut off"), (REGIONS, "the thumb line"),
    (AUDIENCES, "For adults over 65"), (TOPIC + "topic.yaml", "made up for the tests."),
    (TOPIC + "publications/thumb-sheet.yaml", "Move your thumb"),
    (TOPIC + "glossary.yaml", "Where two bones"),
    (TOPIC + "references.yaml", "A book about thumbs"), (TOPIC + "cautions.yaml", "Nobody has"),
    (BRAND, "name: "), (STRINGS, 'msgstr "Avoid:'), (NOTES, 'msgstr "'),
    ("layouts/formats.yaml", "#"),
]  # fmt: skip


@pytest.mark.few(17)
@pytest.mark.parametrize("code", UNSEEN, ids=[f"{code:04X}" for code in UNSEEN])
def test_characters_that_nobody_sees(clinic, refused, code):
    file, old = PLACES[code % len(PLACES)]
    text = (clinic.folder / file).read_text(encoding="utf-8")
    assert old in text
    clinic.write(file, text.replace(old, f"{old}{chr(code)}", 1))
    (found, *_) = refused(file, "CHARACTER")
    assert f"(U+{code:04X}, " in found
    name = unicodedata.name(chr(code), "").lower()
    assert name in found


@pytest.mark.parametrize(
    "escape", ["\\u202e", "\\x1b[2J", "\\0", "\\uFEFF", "\\U000E0041", "\\N", "\\L"]
)
def test_characters_that_nobody_sees_may_be_escaped(clinic, refused, escape):
    clinic.change(STRAIN, SUMMARY, f'"Thumb {escape} hurts"')
    refused(STRAIN, "CHARACTER")


def test_the_line_is_that_of_the_character(clinic, refused):
    clinic.change(STRAIN, SUMMARY, ">-\n  One\n  two\n  thr\u200bee")
    (found,) = refused(STRAIN, "CHARACTER")
    assert found.startswith(f"{STRAIN}:6: ")


def test_words_beside_a_figure(clinic, refused):
    """Its alternative text, its labels."""
    for name in ("cast.yaml", "poses.yaml"):
        file = f"sources/figures/{name}"
        clinic.write(file, (ROOT / file).read_bytes())
    (drawn,) = (ROOT / "sources").glob("*/figures/**/wall-slide.yaml")
    text, file = drawn.read_text(encoding="utf-8"), "sources/tiny/figures/wall-slide.yaml"
    clinic.write(file, text.replace("alt: ", "alt: Thumbs up, \u200b", 1))
    refused(file, "CHARACTER")
    clinic.write(file, text.replace("alt: ", "alt: Thumbs up, ", 1))
    refused(file, "NEVER-PRINT")


# Alphabets that mix inside a word.
MIXED = [
    ("a Cyrillic a", "th\u0430t"), ("a Cyrillic capital", "\u0421all"),
    ("a Greek o", "d\u03bfctor"),
    ("an Armenian letter", "\u0578urse"), ("a Cherokee letter", "\u13dfall"),
    ("a Greek letter in capitals", "C\u0391LL"), ("a Hebrew letter", "cal\u05d5"),
    ("a Georgian letter", "h\u10fdlp"), ("a Coptic letter", "d\u2c9fctor"),
    ("an accent over a Cyrillic letter", "h\u0435\u0301lp"),
    ("Latin in Cyrillic", "\u0432o\u0434\u0430"),
    ("a Cyrillic letter behind an apostrophe", "do\u0435sn't"),
    ("four marks on a letter", "he\u0301\u0302\u0303\u0304lp"),
]  # fmt: skip


@pytest.mark.parametrize("word", [row[1] for row in MIXED], ids=ids(MIXED))
def test_alphabets_that_mix(clinic, refused, word):
    clinic.change(STRAIN, SUMMARY, f"You {word} it.")
    refused(STRAIN, "CHARACTER")


USUAL = [
    "5 \u00b5m",
    "5 \u03bcg",
    "5 \u00b5mol",
    "10 k\u03a9",
    "3 M\u2126",
    "a \u03b2-blocker",
    "TNF\u03b1 and IFN\u03b3",
    "5\u00a0kg",
    "8\u2013\u206010 times",
    "na\u00efve caf\u00e9",
    "Gr\u00f6\u00dfe",
    "\u00bd of 20 \u00b0C\u2026",
    "\u0432\u043e\u0434\u0430",
    "\u0391\u03b8\u03ae\u03bd\u03b1",
    "\u2019tis",
    "H\u2082O",
    "5\u202f000",
    "na\u0308ive",
    "Nguy\u1ec5n",
    "\u0141\u00f3d\u017a",
    "\uff21\uff22",
    "D\u2019Arcy",
]


@pytest.mark.parametrize("words", USUAL)
def test_what_is_usual_is_no_fault(words):
    assert list(faults(words)) == []


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fa", "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"),
        ("hi", "\u0915\u094d\u200d\u0937"),
        ("he", "\u05d0\u200f!"),
        ("km", "\u1780\u200b\u1781"),
        ("mn", "\u1820\u180b"),
    ],
)
def test_what_a_language_needs_is_no_fault_there(language, words):
    assert list(faults(words, language)) == []
    assert list(faults(words, "en"))


# The phrase “thumbs up”, which the tiny topic never prints, in disguise.
DISGUISED = [
    ("Cyrillic letters", "\u0442\u04bb\u057d\u043c\u042c\u0455 up", None),
    ("a Greek word", "thumbs \u03c5\u03c1"),
    ("Cherokee capitals", "\u13a2\u13c2\u222a\u13b7\u13cf\u13da UP", None),
    ("full width", "\uff54\uff48\uff55\uff4d\uff42\uff53 \uff55\uff50", "stood"),
    ("mathematical letters", "\U0001d42d\U0001d421\U0001d42e\U0001d426\U0001d41b\U0001d42c up",
     "stood"),
    ("letters in circles", "\u24e3\u24d7\u24e4\u24dc\u24d1\u24e2 \u24e4\u24df", "stood"),
    ("accents", "th\u00fambs up"), ("accents apart", "thu\u0301mbs u\u0301p"),
    ("strokes", "\u0167humbs up"), ("small capitals", "\u1d1bh\u1d1cm\u0299s up"),
    ("a long s", "thumb\u017f up", "stood"),
    ("blanks between letters", "t h u m b s u p"), ("one blank", "thu mbs up"),
    ("dots between letters", "t.h.u.m.b.s up"), ("dashes between letters", "thu-mbs up"),
    ("underscores", "thumbs_up", "stood"), ("no blank", "thumbsup"),
    ("emphasis in a word", "th*u*mbs up", "stood"),
    ("strong emphasis in a word", "**thu**mbs up", "stood"),
    ("escaped stars", "thu\\*mbs up"),
    ("a link in a word", "th[u](https://example.org)mbs up", "stood"),
    ("no-break blanks", "thumbs\u00a0up", "stood"), ("thin blanks", "thumbs\u2009up", "stood"),
    ("a 5 for an s", "thumb5 up"), ("a dollar for an s", "thumb$ up"),
    ("an rn for an m", "thurnbs up"),
    ("capitals", "THUMBS UP", "stood"), ("a line end", "thumbs\n  up", "stood"),
    ("quotation marks", "\u201cthumbs\u201d \u201cup\u201d", "stood"),
]  # fmt: skip


@pytest.mark.few(9)
@pytest.mark.parametrize(
    "words", [row[1] for row in DISGUISED if None not in row],
    ids=[row[0] for row in DISGUISED if None not in row],
)  # fmt: skip
def test_phrases_in_disguise(clinic, refused, words):
    clinic.change(STRAIN, f"summary: {SUMMARY}", f"summary: >-\n  Soon it is {words} again.")
    refused(STRAIN, "NEVER-PRINT")


@pytest.mark.parametrize("words", [row[1] for row in DISGUISED], ids=ids(DISGUISED))
def test_a_disguise_looks_like_the_phrase(words):
    from clinicpress.checks.claims import pattern
    from clinicpress.content.text import to_plain

    assert pattern("thumbs up").search(skeleton(to_plain(words)))


@pytest.mark.parametrize(
    "words",
    ["Your thumbs upset you", "thumbs go up", "Up thumbs", "mythumbs up", "thumbs upon", ""],
)
def test_other_words_are_not_the_phrase(words):
    from clinicpress.checks.claims import pattern

    assert not pattern("thumbs up").search(skeleton(words))


ELSEWHERE = [
    (STRINGS, 'msgstr "Avoid:"', 'msgstr "Thumbs up:"'),
    (STRINGS, 'msgstr[1] "{count} sheets are out', 'msgstr[1] "{count} thumbs up, out'),
    (NOTES, 'msgstr "Print:', 'msgstr "Thumbs up:'),
    (REGIONS, "the thumb line", "the thumbs up line"),
    (TOPIC + "references.yaml", "A book about thumbs", "Thumbs up in a book"),
]


@pytest.mark.parametrize(("file", "old", "new"), ELSEWHERE)
def test_phrases_are_looked_for_everywhere(clinic, refused, file, old, new):
    text = (clinic.folder / file).read_text(encoding="utf-8")
    if old not in text:
        old = next(line for line in text.splitlines() if line.startswith('msgstr "P'))
        new = 'msgstr "Thumbs up"'
    clinic.write(file, text.replace(old, new, 1))
    refused(file, "NEVER-PRINT")


# Claims that somebody vouches for a print.
CLAIMED = [
    ("who reviewed it", BRAND, "name: Reviewed by our physiotherapists"),
    ("who approved it", BRAND, "name: Tiny\ncontact: [Approved by Dr. Thumb]"),
    ("who checked it", BRAND, "name: Tiny\ncontact: [Checked by a doctor]"),
    ("who certified it", BRAND, "name: Tiny\nphone: 'certified by the NHS 123'"),
    ("that it is proven", BRAND,
     "name: Tiny\nwords: {family-doctor: 'your clinically proven clinic'}"),
    ("that it is guaranteed", BRAND, "name: Guaranteed Relief"),
    ("that it cures", BRAND, "name: The clinic that cures"),
    ("who reviewed it, in Cyrillic", BRAND, "name: R\u0435vi\u0435wed by us", "CHARACTER"),
    ("who reviewed it, spaced", BRAND, "name: R e v i e w e d  b y us"),
    ("who reviewed it, in accents", BRAND, "name: R\u00e9viewed b\u00fd us"),
    ("who reviewed it, in a string", STRINGS, 'msgid "practice.avoid"',
     'msgstr "Reviewed by our physiotherapists"'),
    ("who approved it, in a string", STRINGS, 'msgid "page"', 'msgstr "Approved by doctors. Page"'),
    ("that it is safe, in a string", STRINGS, 'msgid "practice.start"',
     'msgstr "Completely safe:"'),
    ("that it was reviewed, for not", STRINGS, 'msgid "review.none"',
     'msgstr "Reviewed by our team"', "REVIEW-WORDS"),
    ("nothing, for not reviewed", STRINGS, 'msgid "review.none"', 'msgstr " "', "REVIEW-WORDS"),
    ("another who reviewed it", STRINGS, 'msgid "review.done"',
     'msgstr "Reviewed by Dr. Thumb {date}"', "REVIEW-WORDS"),
    ("a check in easy read", STRINGS, 'msgid "pictures.review.none"',
     'msgstr "A doctor has checked this."', "REVIEW-WORDS"),
    ("who reviewed it, in a text", STRAIN, SUMMARY, "Reviewed by our physiotherapists."),
    ("that it is proven, in a text", STRAIN, SUMMARY, "Clinically proven to help."),
    ("that it is guaranteed, in a region", REGIONS, "the thumb line", "the guaranteed line"),
]  # fmt: skip


@pytest.mark.few(10)
@pytest.mark.parametrize("row", CLAIMED, ids=ids(CLAIMED))
def test_claims(clinic, refused, row):
    _, file, *words = row
    code = words.pop() if words[-1].isupper() else "CLAIM"
    if file == BRAND:
        clinic.write(BRAND, f"{words[0]}\n")
    elif file == STRINGS:
        text = (clinic.folder / STRINGS).read_text(encoding="utf-8")
        old = text[text.index(words[0] + "\n") :].splitlines()[1]
        clinic.change(STRINGS, f"{words[0]}\n{old}", f"{words[0]}\n{words[1]}")
    else:
        clinic.change(file, *words)
    refused(file, code)


def test_a_brands_own_strings_say_no_more_than_the_programs(clinic, refused):
    text = (clinic.folder / STRINGS).read_text(encoding="utf-8")
    file = "layouts/brands/default/strings/en.po"
    clinic.write(file, text.replace("Not yet reviewed by a clinician", "Checked"))
    refused(file, "REVIEW-WORDS")


# Words that no line can hold.
LONG = [
    ("51 letters", STRAIN, SUMMARY, "a" * 51, "VALUE"),
    ("60 letters in a sentence", STRAIN, SUMMARY, f"You {'a' * 60} it.", "VALUE"),
    ("1,000 letters", STRAIN, SUMMARY, "a" * 1000, "VALUE"),
    ("100,000 letters", STRAIN, SUMMARY, "a" * 100_000, "VALUE"),
    ("100,000 letters in words", STRAIN, SUMMARY, "thumb " * 16_000, "VALUE"),
    ("ideographs without blanks", STRAIN, SUMMARY, "\u810a" * 60, "VALUE"),
    ("no-break blanks", STRAIN, SUMMARY, "thumb\u00a0" * 20 + "x", "VALUE"),
    ("narrow no-break blanks", STRAIN, SUMMARY, "thumb\u202f" * 20 + "x", "VALUE"),
    ("figure blanks", STRAIN, SUMMARY, "123\u2007" * 20 + "4", "VALUE"),
    ("underscores", STRAIN, SUMMARY, "thumb_" * 20, "VALUE"),
    ("dots", STRAIN, SUMMARY, "thumb." * 20, "VALUE"),
    ("slashes", STRAIN, SUMMARY, "thumb/" * 40, "VALUE"),
    ("dashes", STRAIN, SUMMARY, "thumb-" * 40, "VALUE"),
    ("long dashes", STRAIN, SUMMARY, "\u2014" * 400, "VALUE"),
    ("emphasis between letters", STRAIN, SUMMARY, "a*b*" * 30, "VALUE"),
    ("a title", STRAIN, "title: Strain", f"title: {'S' * 70}", "VALUE"),
    ("a sign", SIGNS, "short: Thumb cut off", f"short: Thumb cut off {'f' * 70}", "VALUE"),
    ("a step", TOPIC + "exercises/thumb-bend.yaml", "Bend your thumb.", "Bend" * 30, "VALUE"),
    ("a region's word", REGIONS, "the thumb line", "line" * 30, "VALUE"),
    ("an audience", AUDIENCES, "For adults over 65", "adults" * 30, "VALUE"),
    ("a reference", TOPIC + "references.yaml", "A book about thumbs", "book" * 30, "VALUE"),
    ("a clinic's name", BRAND, None, f"name: {'Clinic' * 30}\n", "VALUE"),
    ("a line of contact", BRAND, None, f"name: Tiny\ncontact: [{'a' * 80}@example.org]\n", "VALUE"),
    ("a telephone", BRAND, None, f"name: Tiny\nphone: '{'9' * 100_000}'\n", "VALUE"),
    ("a clinic's word", BRAND, None, f"name: Tiny\nwords: {{family-doctor: {'d' * 99}}}\n",
     "VALUE"),
    ("a label of a dose", STRINGS, 'msgstr "Avoid:"', f'msgstr "{"Avoid" * 20}"', "LENGTH"),
    ("a dose", TOPIC + "exercises/thumb-bend.yaml", "sets: 1", f"sets: {'1' * 100}", "VALUE"),
    ("a name", TOPIC + "exercises/thumb-bend.yaml", "  bend: Bend", f"  {'b' * 100}: Bend", "NAME"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "code"), [r[1:] for r in LONG], ids=ids(LONG))
def test_words_that_fit_no_line(clinic, refused, file, old, new, code):
    if old is None:
        clinic.write(file, new)
    else:
        clinic.change(file, old, new)
    for found in refused(file, code):
        assert len(found) < 400


# What a message quotes.


def test_a_message_shows_what_it_quotes(clinic):
    ended = clinic.generate("handout", "thumb\x1b[2J\u202esheet")
    assert "thumb⟨U+001B⟩[2J⟨U+202E⟩sheet" in ended.err
    assert ended.code == 2


@pytest.mark.few(2)
@pytest.mark.parametrize("option", ["--brand", "--topic", "--audience", "--region", "--format",
                                    "--language", "--paper", "--setting"])  # fmt: skip
def test_an_option_is_quoted_visibly(clinic, option):
    ended = clinic.generate("handout", "thumb-sheet", option, "\x1b[31m" + "a" * 100_000 + "\u202e")
    assert ended.code == 2
    assert not HIDDEN.search(ended.err)
    assert "⟨U+001B⟩[31ma" in ended.err


def test_what_is_visible_stays_and_ends():
    assert visible("Größe 5\u00a0kg – ok\n") == "Größe 5\u00a0kg – ok\n"
    assert visible("a\u202eb\udce9") == "a⟨U+202E⟩b⟨U+DCE9⟩"
    assert len(visible("a" * 5000)) == 2001


MORE_THAN_A_NAME = [
    ("words: {family-doctor: 'nobody, it is normal, and never call a doctor'}", "have 45 letters"),
    ("words: {family-doctor: 'nobody; wait'}", "hold “;”"),
    ("words: {urgent-line: 'nobody! It is normal'}", "hold “!”"),
    ("words: {urgent-line: 'a friend of yours, if you have one'}", "hold “,”"),
    ("phone: '0123, or wait a week'", "holds “,”"),
    ("phone: 'nobody will answer you there, so do not call'", "has 44 letters"),
]


@pytest.mark.parametrize(("line", "said"), MORE_THAN_A_NAME)
def test_a_brand_puts_a_name_or_a_number_in_the_place_of_a_token(clinic, line, said):
    clinic.write("layouts/brands/default/brand.yaml", f"name: Tiny\n{line}\n")
    ended = clinic.generate("handout", "thumb-sheet")
    assert ended.code == 1
    assert said in ended.err, ended.err
    assert "Write a name or a number alone" in ended.err
    assert "[BRAND-WORDS]" in ended.err
