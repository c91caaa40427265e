"""The tags of small documents from the layout to the finished file."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pikepdf
import pytest

from clinicpress.errors import EnvironmentFault
from clinicpress.pages.tags import mend
from clinicpress.pages.typeset import Typeset, load_engine
from tests.pdf.reading import Print, misread

Setting = Callable[..., Typeset]

MARGINS = """
@page { font-family: "Fira Sans"; font-size: 9pt;
        @top-left { content: string(chapter) } @bottom-right { content: "Folio " counter(page) } }
h1 { string-set: chapter "Head of " content() }
"""
BODY = """
<h1>Chapter</h1><p>First <b>bold</b> words.</p>
<ul><li>One</li><li>Two</li></ul>
<p style="break-before: page">Second page.</p>
<div style="columns: 2"><p>Left column.</p><p style="break-before: column">Right column.</p></div>
<p style="float: right">Floated.</p><p>Last.</p>
"""


def untagged(read: Print) -> list[list[str]]:
    """Return, for each page, the text that no tag leads to."""
    return [[run.text for run in page.runs if run.mark is None] for page in read.pages]


def test_text_of_the_margins_is_an_artifact(setting: Setting) -> None:
    assert untagged(Print(mend(setting(BODY, MARGINS).pdf))) == [
        ["Head of Chapter", "Folio 1"],
        ["Head of Chapter", "Folio 2"],
    ]


def test_artifacts_are_named_pagination_and_leave_no_parent(setting: Setting) -> None:
    with pikepdf.Pdf.open(BytesIO(mend(setting(BODY, MARGINS).pdf))) as pdf:
        numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
        for number, page in enumerate(pdf.pages):
            content = page.obj.Contents.read_bytes()
            assert content.count(b"/Type /Pagination") == 2
            marks = content.count(b"/MCID")
            parents = [parent for parent in numbers[2 * number + 1] if parent is not None]
            assert marks == len(parents) > 0


def test_nothing_is_lost_and_nothing_moves(setting: Setting) -> None:
    raw = setting(BODY, MARGINS).pdf
    before, after = Print(raw), Print(mend(raw))
    drawn = [
        [[(run.text, run.box, run.size) for run in page.runs] for page in read.pages]
        for read in (before, after)
    ]
    assert drawn[0] == drawn[1]
    assert list(before.tags.lines()) == list(after.tags.lines())
    assert before.outline == after.outline == [(0, "Chapter", 1)]


def test_reading_order_is_that_of_the_html(setting: Setting) -> None:
    said = Print(mend(setting(BODY, MARGINS).pdf)).tags.text(markers=False)
    assert misread(BODY, said) == []
    assert said == "ChapterFirstboldwords.OneTwoSecondpage.Leftcolumn.Rightcolumn.Floated.Last."


def test_pages_without_margins_keep_their_content(setting: Setting) -> None:
    raw = setting(BODY).pdf
    streams = []
    for pdf in (raw, mend(raw)):
        with pikepdf.Pdf.open(BytesIO(pdf)) as opened:
            streams.append([page.obj.Contents.read_bytes() for page in opened.pages])
    assert streams[0] == streams[1]


def test_words_that_look_like_a_mark_are_words(setting: Setting) -> None:
    words = "/Span &lt;&lt;/MCID 0&gt;&gt; BDC and /Span &lt;&lt;/MCID 1&gt;&gt; BDC"
    read = Print(mend(setting(f"<h1>Marks</h1><p>{words}</p>", MARGINS).pdf))
    assert untagged(read) == [["Head of Marks", "Folio 1"]]
    assert read.tags.text() == "Marks/Span<</MCID0>>BDCand/Span<</MCID1>>BDC"


def test_same_input_gives_the_same_bytes(setting: Setting) -> None:
    first, second = setting(BODY, MARGINS).pdf, setting(BODY, MARGINS).pdf
    assert first == second
    assert mend(first) == mend(second)


def test_file_is_compressed(setting: Setting) -> None:
    raw = setting(BODY, MARGINS).pdf
    assert len(mend(raw)) < len(raw) * 0.8


def test_marks_that_are_not_known_are_refused(
    setting: Setting, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Were they passed over, the running heads would be read aloud on every page."""
    stream = load_engine().pdf.Stream
    begin = stream.begin_marked_content

    def otherwise(self: Any, tag: str, properties: Any = None) -> None:
        begin(self, tag, None if properties is None else "/M")

    monkeypatch.setattr(stream, "begin_marked_content", otherwise)
    with pytest.raises(EnvironmentFault, match="page margins would be read aloud"):
        setting(BODY, MARGINS)


def test_file_says_that_it_is_for_both_standards(setting: Setting) -> None:
    said = Print(mend(setting("<h1>Title</h1>").pdf))
    with said.opened() as opened, opened.open_metadata() as metadata:
        assert (metadata["pdfaid:part"], metadata["pdfuaid:part"]) == ("3", "1")
