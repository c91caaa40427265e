"""What the layout record says of small documents, and which faults stop a print."""

from collections.abc import Callable

import pytest

from clinicpress.errors import Problems
from clinicpress.pages.record import Landing, PageRecord
from clinicpress.pages.typeset import Typeset

Setting = Callable[..., Typeset]


def block(height: int, more: str = "") -> str:
    """Return a line of text in a block ``height`` mm high; a page holds 80 mm."""
    return f'<p style="height: {height}mm" {more}>Words</p>'


def fills(pages: Typeset) -> list[tuple[str, float, bool]]:
    return [(page.section, round(page.fill, 2), page.opens) for page in pages.pages]


def section(name: str, inside: str, style: str = "") -> str:
    return f'<section data-section="{name}" style="{style}">{inside}</section>'


def test_page_is_as_full_as_its_last_line_is_low(setting: Setting) -> None:
    pages = setting(section("one", block(28) + "<p>Last</p>"))
    line = 12 * 25.4 / 72
    assert pages.pages == (PageRecord(1, "one", pytest.approx((28 + line) / 80), opens=True),)


def test_space_without_text_is_empty_unless_it_is_to_write_in(setting: Setting) -> None:
    line = round(12 * 25.4 / 72 / 80, 2)
    gap = '<div style="height: 40mm"></div>'
    ruled = '<div style="height: 40mm; border-bottom: 1pt solid black"></div>'
    shaded = '<div style="height: 40mm; background: #eee"></div>'
    table = '<table><tr><td style="height: 40mm; border: 1pt solid black"></td></tr></table>'
    assert fills(setting(section("one", f"<p>Words</p>{gap}"))) == [("one", line, True)]
    for field in (ruled, shaded, table):
        ((_, fill, _),) = fills(setting(section("one", f"<p>Words</p>{field}")))
        assert 0.5 < fill < 0.65


def test_margins_of_the_page_do_not_count(setting: Setting) -> None:
    style = '@page { font-family: "Fira Sans"; @bottom-right { content: "Folio" } }'
    ((_, fill, _),) = fills(setting(section("one", "<p>Words</p>"), style))
    assert fill < 0.1


def test_record_tells_where_sections_open(setting: Setting) -> None:
    body = (
        section("one", block(60) + block(60))
        + section("two", block(10), "break-before: page")
        + section("three", "<p>Joined</p>")
    )
    assert [(name, opens) for name, _, opens in fills(setting(body))] == [
        ("one", True), ("one", False), ("three", True),
    ]  # fmt: skip


def test_landing_tells_pages_and_share_of_an_item(setting: Setting) -> None:
    item = '<div data-item="{}" style="height: {}mm">Words</div>'
    body = item.format("first", 20) + item.format("broken", 10) + block(44)
    pages = setting(body + '<div data-item="long">' + block(5) + block(30) + "</div>")
    assert pages.landing("first") == Landing("first", 1, 1, pytest.approx(20 * 80 / 100**2))
    assert pages.landing("broken") == Landing("broken", 1, 1, pytest.approx(10 * 80 / 100**2))
    long = pages.landing("long")
    assert long is not None
    assert (long.first, long.last) == (1, 2)
    assert pages.landing("nothing") is None


@pytest.mark.parametrize(
    ("body", "style", "code", "message"),
    [
        ('<img alt="x" src="missing.png">', "", "LAYOUT-FAULT", "missing.png"),
        ("<p>Ring ☎</p>", "", "LAYOUT-FAULT", "the layout engine says"),
        ("<p>Words</p>", "p { colour: red }", "LAYOUT-FAULT", "colour: red"),
        ('<p style="font-family: Nowhere">Words</p>', "@font-face { src: url(nowhere.ttf); "
         "font-family: Nowhere }", "STYLE-FONT", "this takes a font from a file"),
        ('<img alt="x" src="https://example.org/x.png">', "", "LAYOUT-OUTSIDE",
         "“https://example.org/x.png” is on the network, and so is not used"),
        ('<img alt="x" src="file:///etc/hostname">', "", "LAYOUT-OUTSIDE",
         "“hostname” is outside the folder of the layouts, and so is not used"),
        ('<p style="white-space: nowrap">' + "Words " * 30 + "</p>", "", "LAYOUT-WIDE",
         "runs past the margin"),
        ('<div style="position: relative"><p style="position: absolute; top: 90mm">Words</p></div>',
         "", "LAYOUT-TALL", "is taller than the page"),
    ],
)  # fmt: skip
def test_what_the_engine_only_logs_stops_the_print(
    setting: Setting, body: str, style: str, code: str, message: str
) -> None:
    with pytest.raises(Problems) as raised:
        setting(body, style)
    assert [problem for problem in raised.value.problems if problem.code == code
            and message in problem.message]  # fmt: skip


@pytest.mark.parametrize(
    "style",
    [
        'p { font-family: "Comic Sans MS" }',
        'p { font-family: "Comic Sans MS", "Fira Sans" }',
        "p { font-family: sans-serif }",
        '@page { @bottom-left { content: "Folio"; font-family: Arial } }',
    ],
)
def test_a_font_that_is_not_there_stops_the_print(setting, style):
    """No other stands in for it: nobody would see that it did."""
    with pytest.raises(Problems) as refused:
        setting("<p>Words</p>", style)
    (problem,) = refused.value.problems
    name = style.split("font-family: ")[1].strip(' }"').split('"')[0]
    assert problem.code == "FONT-FAMILY"
    assert problem.message == f"words are to be set in “{name}”, which is not among the fonts"
    assert "(Fira Sans)" in problem.hint


@pytest.mark.parametrize("family", ["Fira Sans", "fira sans", '"Fira Sans", serif'])
def test_a_font_that_is_there_is_taken(setting, family):
    assert setting("<p>Words</p>", f"p {{ font-family: {family} }}").words == "Words"


def test_a_font_by_another_name_in_fonts_yaml_stops_the_print(clinic):
    clinic.change("layouts/fonts.yaml", "family: Fira Sans", "family: Arial")
    ended = clinic.generate("handout", "thumb-sheet")
    assert ended.code == 1
    assert "layouts/fonts.yaml:3: “Arial” is not in “fontpkg_fira_sans”, whose" in ended.err
    assert "Write “family: Fira Sans”, or name the package that holds “Arial”. [FONT" in ended.err
    assert "[FONT-NAME]" in ended.err


def test_no_pdf_is_written_of_more_pages_than_asked_for(setting: Setting) -> None:
    body = block(60) + block(60)
    assert setting(body, most=2).pdf.startswith(b"%PDF")
    over = setting(body, most=1)
    assert (over.pdf, len(over.pages)) == (b"", 2)


def test_letters_of_another_number_are_no_new_word_of_c(
    setting: Setting, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert setting("<p>Words</p>").pdf
    from cffi.cparser import Parser

    parsed: list[str] = []
    monkeypatch.setattr(Parser, "parse_type", lambda parser, words: parsed.append(words))
    assert setting("<p>Other letters, and more of them</p>").pdf
    assert parsed == []
