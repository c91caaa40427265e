"""What small documents say: tags follow the HTML however boxes are broken, and spaces are heard."""

from collections.abc import Callable
from io import BytesIO

import pikepdf
import pypdfium2
import pytest

from clinicpress.errors import EnvironmentFault
from clinicpress.pages.typeset import Typeset, load_engine
from tests.pdf.reading import Print, Tag

Setting = Callable[..., Typeset]

LONG = "Let your arms hang by your sides, and breathe out slowly while you count up to four. "


def read(setting: Setting, body: str, style: str = "") -> Print:
    return Print(setting(f"<h1>Title</h1>{body}", style).pdf)


def tree(setting: Setting, body: str, style: str = "") -> str:
    """Return what is read of a body, without the title above it, as one line."""
    _, _, *lines = [line.strip() for line in read(setting, body, style).tags.lines()][1:]
    return " ".join(lines)


def words(tag: Tag) -> str:
    return "".join(words(each) if isinstance(each, Tag) else each for each in tag.content)


def of_kind(kind: str, tags: Tag) -> list[Tag]:
    return [tag for tag in tags.all() if tag.kind == kind]


def test_a_space_is_heard_where_a_line_ends(setting: Setting) -> None:
    """What reads a PDF joins runs by nothing (ISO 32000-1, 14.8.2.5)."""
    assert tree(setting, f"<p>{LONG.strip()}</p>") == f"P “{LONG.strip()}”"


@pytest.mark.parametrize(
    "broken",
    [
        "long-<br>term", "long-term", "and/or", "host.<wbr>ncbi.<wbr>org", "one—two", "un&shy;even",
    ],
)  # fmt: skip
def test_no_space_is_heard_where_a_line_ends_within_a_word(setting: Setting, broken: str) -> None:
    """Save where the HTML says that a line ends, which is no hyphenation."""
    style = 'p { width: 1mm; hyphenate-character: "-" }'
    said = words(read(setting, f"<p>{broken}</p>", style).tags)
    plain = broken.replace("<wbr>", "").replace("<br>", " ").replace("&shy;", "-")
    assert said == f"Title{plain}"


@pytest.mark.parametrize("hyphen", ["two- or three", "this – or that", "a / b"])
def test_a_space_after_a_hyphen_is_heard(setting: Setting, hyphen: str) -> None:
    assert words(read(setting, f'<p style="width: 1mm">{hyphen}</p>').tags) == f"Title{hyphen}"


@pytest.mark.parametrize(
    ("body", "heard"),
    [
        ("<p><b>Repeat</b> <i>3–10 times</i></p>", "Repeat 3–10 times"),
        ("<p><b>Repeat </b><i>3–10 times</i></p>", "Repeat 3–10 times"),
        ("<p><b>Re</b><i>peat</i>, now</p>", "Repeat, now"),
        ('<p><b style="display: block">Repeat</b> <i>3 times</i></p>', "Repeat 3 times"),
        ('<p><b style="float: left">Repeat</b> <i>3 times</i></p>', "Repeat 3 times"),
        ('<p style="display: flex"><b>Repeat</b><i>3 times</i></p>', "Repeat3 times"),
        ('<p style="display: flex"><b>Repeat</b> <i>3 times</i></p>', "Repeat 3 times"),
        ("<p>To your tummy?<br>Call now.</p>", "To your tummy? Call now."),
    ],
)  # fmt: skip
def test_a_space_is_heard_between_runs_where_the_html_has_one(
    setting: Setting, body: str, heard: str
) -> None:
    assert words(read(setting, body).tags) == f"Title{heard}"


def test_where_a_line_s_end_may_be_either_a_space_is_heard(setting: Setting) -> None:
    """As both are written: better a space too many than words that run into each other."""
    said = words(read(setting, '<p style="width: 1mm">two- way or two-way</p>').tags)
    assert said.startswith("Titletwo- way or ")


def test_nothing_moves_for_a_space(setting: Setting, monkeypatch: pytest.MonkeyPatch) -> None:
    body = f'<h1>Title</h1><p>{LONG * 3}</p><p style="text-align: justify">{LONG * 3}</p>'
    after = setting(body).pdf
    monkeypatch.setattr("clinicpress.pages.spoken._Reader._space", lambda *given: None)
    before = setting(body).pdf
    assert words(Print(before).tags) != words(Print(after).tags)
    assert pictured(before) == pictured(after)


def pictured(pdf: bytes) -> list[bytes]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [bytes(page.render(scale=2).buffer) for page in document]
    finally:
        document.close()


def test_what_is_parted_by_lines_columns_and_pages_is_one_element(setting: Setting) -> None:
    items = "".join(f"<li>{LONG * 4}</li>" for _ in range(8))
    tags = read(setting, f"<p>{LONG * 40}</p><ul>{items}</ul>", "ul { columns: 2 }").tags
    assert len(of_kind("P", tags)) == len(of_kind("L", tags)) == 1
    assert [words(tag).strip() for tag in of_kind("P", tags)] == [(LONG * 40).strip()]
    assert [words(tag).strip() for tag in of_kind("LBody", tags)] == [(LONG * 4).strip()] * 8


def test_inline_elements_that_mean_nothing_have_no_tag(setting: Setting) -> None:
    body = "<div><p>One <span>or <b>two</b></span></p></div><div>Three</div>"
    assert tree(setting, body) == "P “One or two” P “Three”"
    assert tree(setting, f"<div>{LONG.strip()}</div>") == f"P “{LONG.strip()}”"


@pytest.mark.parametrize(
    ("body", "heard"),
    [
        ("<ul><li>A<li>B</ul>", "L ListNumbering=Disc LI Lbl “• ” LBody “A” LI Lbl “• ” LBody “B”"),
        ("<ol><li>A</ol>", "L ListNumbering=Decimal LI Lbl “1. ” LBody “A”"),
        ('<ul style="list-style: none"><li>A</ul>', "L ListNumbering=None LI LBody “A”"),
        (
            '<ul style="list-style: none"><li><b data-label>S1</b> A</ul>',
            "L ListNumbering=None LI Lbl “S1” LBody “A”",
        ),
        (
            '<ul style="list-style: none"><li><b data-label>B</b> A</ul>',
            "L ListNumbering=UpperAlpha LI Lbl “B” LBody “A”",
        ),
        (
            '<ol class="own"><li><span>A</span></ol>',
            "L ListNumbering=Decimal LI Lbl “7” LBody “A”",
        ),
    ],
)  # fmt: skip
def test_lists_say_how_they_are_numbered(setting: Setting, body: str, heard: str) -> None:
    """What stands before an item's words is its label (ISO 14289-1, 7.6)."""
    style = '.own { list-style: none } .own span::before { content: "7" }'
    assert tree(setting, body, style).replace("“ A”", "“A”") == heard


def test_a_list_in_an_item_is_part_of_it(setting: Setting) -> None:
    body = '<ul style="list-style: none"><li>A<ul style="list-style: none"><li>B</ul></ul>'
    assert tree(setting, body) == (
        "L ListNumbering=None LI LBody “A” L ListNumbering=None LI LBody “B”"
    )


TABLE = """
<table><thead><tr><th>Day</th><th>Pain</th></tr></thead>
<tbody><tr><th>Monday</th><td></td></tr><tr><td colspan=2>2</td></tr></tbody></table>
"""


def test_headers_of_tables_say_what_they_head(setting: Setting) -> None:
    """An empty cell is there, too (ISO 14289-1, 7.5)."""
    assert tree(setting, TABLE) == (
        "Table THead TR TH Scope=Column “Day” TH Scope=Column “Pain” "
        "TBody TR TH Scope=Row “Monday” TD TR TD ColSpan=2 “2”"
    )


def test_head_of_a_table_is_read_once(setting: Setting) -> None:
    """Where it is set again on the next page it is an artifact."""
    rows = "".join(f"<tr><td>{number}</td></tr>" for number in range(60))
    head = "<thead><tr><th>Day</th></tr></thead>"
    said = read(setting, f"<table>{head}<tbody>{rows}</tbody></table>")
    assert len(of_kind("TH", said.tags)) == len(of_kind("Table", said.tags)) == 1
    heads = [[run.mark for run in page.runs if run.text == "Day"] for page in said.pages]
    assert len(heads) > 2
    assert heads[1:] == [[None]] * len(heads[1:])


def test_a_line_to_write_on_is_an_artifact(setting: Setting) -> None:
    """What is written there is said by the words before it, which are read."""
    said = read(setting, "<p>Telephone: ________ and web: ____</p>")
    assert words(said.tags) == "TitleTelephone:  and web: "
    assert [run.text.strip() for run in said.pages[0].runs if run.mark is None] == [
        "________",
        "____",
    ]


def test_a_line_to_write_on_in_mid_sentence_is_a_word(setting: Setting) -> None:
    """The word is that of the body; where it has none, the line is read as nothing."""
    assert words(read(setting, "<p>Do it ____ times.</p>").tags) == "TitleDo it  times."
    page = "<h1>Title</h1><p>Do it ____ times.</p><p>On:<br>____</p>"
    tags = Print(setting(page, attributes='data-blank="blank"').pdf).tags
    assert words(tags) == "TitleDo it blank times.On:"


LEVELS = """
<h1>Title</h1>
<section><h2>Signs</h2><h3>Group</h3></section>
<section><h3>Advice</h3><h4>More</h4></section>
<section data-goes-on><h3>Advice</h3></section>
<section><p>Words</p></section>
<section><h2>Exercises</h2><article><h2>Rolls</h2></article></section>
<section><div><h2>Signs</h2><h3>Group</h3></div><h2>More</h2></section>
"""


def test_headings_nest_by_sections(setting: Setting) -> None:
    """Those of a section stand below its title.

    A section without one is no part of the one before: its headings are lifted, with their
    bookmarks, unless it says that it goes on.
    """
    said = Print(setting(LEVELS).pdf)
    assert [(tag.kind, tag.text()) for tag in said.tags.all() if tag.kind[0] == "H"] == [
        ("H1", "Title"), ("H2", "Signs"), ("H3", "Group"), ("H2", "Advice"), ("H3", "More"),
        ("H3", "Advice"), ("H2", "Exercises"), ("H3", "Rolls"), ("H2", "Signs"), ("H3", "Group"),
        ("H2", "More"),
    ]  # fmt: skip
    assert [(level, title) for level, title, _ in said.outline] == [
        (0, "Title"), (1, "Signs"), (2, "Group"), (1, "Advice"), (2, "More"), (2, "Advice"),
        (1, "Exercises"), (2, "Rolls"), (1, "Signs"), (2, "Group"), (1, "More"),
    ]  # fmt: skip


def test_a_language_is_kept(setting: Setting) -> None:
    """ISO 14289-1, 7.2."""
    body = '<p>In <i lang="fr">bref</i>.</p><p lang="de">Kurz</p>'
    assert tree(setting, body) == "P “In ” Span Lang=fr “bref” “.” P Lang=de “Kurz”"


def test_a_link_is_one_link_and_is_named_in_words(setting: Setting) -> None:
    """Though its words and its page are many boxes (ISO 14289-1, 7.18.5)."""
    style = "a::after { content: target-counter(attr(href), page); float: right }"
    body = (
        '<p><a href="#b" title="Second, page {page}"><b>Sec</b>ond</a></p>'
        '<p id="b" style="break-before: page">There</p>'
    )
    said = read(setting, body, style)
    (link,) = of_kind("Link", said.tags)
    assert words(link) == "Second 2"
    assert link.attributes == {"Contents": "Second, page 2"}
    with said.opened() as pdf:
        assert [len(page.get("/Annots", [])) for page in pdf.pages] == [1, 0]
        (note,) = pdf.pages[0].Annots
        elements = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
        assert elements[int(note.StructParent)].S == "/Link"


def test_a_figure_says_where_it_is(setting: Setting) -> None:
    """Its box is in points from the page's bottom left (ISO 32000-1, 14.8.5.4.3)."""
    svg = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='50' height='25'/>"
    body = f'<img style="display: block; width: 40mm; height: 20mm" src="{svg}" alt="A box">'
    with Print(setting(f"{body}<h1>Title</h1>").pdf).opened() as pdf:
        figure = pdf.Root.StructTreeRoot.K[0].K[0]
        assert (figure.S, str(figure.Alt)) == ("/Figure", "A box")
        assert [round(float(edge) * 25.4 / 72) for edge in figure.A.BBox] == [10, 70, 50, 90]


@pytest.mark.parametrize(
    ("title", "heard"), [("", ""), ("<title>A box</title>", "P Figure Alt=A box")]
)
def test_a_drawing_in_the_page_is_read_by_its_title(
    setting: Setting, title: str, heard: str
) -> None:
    """One without is decoration, an artifact (ISO 14289-1, 7.3)."""
    drawing = f'<svg width="9" height="9">{title}<rect width="9" height="9"/></svg>'
    assert tree(setting, f"<p>{drawing}</p>") == heard


def test_text_that_is_drawn_in_an_unknown_way_is_refused(
    setting: Setting, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Were it passed over, nobody would hear it."""
    monkeypatch.setattr("clinicpress.pages.spoken.KINDS", {"p": "P"})
    assert of_kind("H1", Print(setting("<h1>A</h1><p>B</p>").pdf).tags) == []
    monkeypatch.setattr("clinicpress.pages.spoken._Reader._say", lambda *given: True)
    with pytest.raises(EnvironmentFault, match="would not be read aloud"):
        setting("<h1>A</h1>")


def test_the_engine_s_own_writer_is_not_asked() -> None:
    import weasyprint.pdf

    assert weasyprint.pdf.add_tags is load_engine().tags


def test_each_piece_is_known_by_its_number(setting: Setting) -> None:
    with pikepdf.Pdf.open(BytesIO(setting(f"<h1>A</h1><p>{LONG * 60}</p>").pdf)) as pdf:
        numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
        for number, page in enumerate(pdf.pages):
            count = page.obj.Contents.read_bytes().count(b"/MCID")
            assert [each.S for each in numbers[2 * number + 1]][-1] == "/P"
            assert len(numbers[2 * number + 1]) == count
