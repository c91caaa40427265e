"""Easy read: one idea a row, each beside the place of its own picture."""

import re
from dataclasses import replace
from functools import lru_cache

import pytest

from clinicpress.checks.layout import misplaced
from clinicpress.checks.seen.wanted import wanted
from clinicpress.content.model import URGENT_TIERS
from clinicpress.content.text import to_html, to_plain
from clinicpress.design.design import Design, open_design
from clinicpress.editions.manuscript import ADVICE, PRACTICES, Entry, Manuscript, Section
from clinicpress.editions.safety import signs
from clinicpress.editions.selection import select
from clinicpress.figures.plate import Drawings
from clinicpress.orders.plan import plan
from clinicpress.orders.request import ALL, Request
from clinicpress.pages.compose import compose
from clinicpress.pages.typeset import typeset
from clinicpress.runs.fitting import fitted
from tests.conftest import ROOT, content
from tests.pdf.reading import squeezed

LAYOUTS = ROOT / "layouts"
LIBRARY = content()
READER = LIBRARY.audiences["easy-read"]
ROW = re.compile(
    r'<(li|p) class="row[^"]*" data-figure="([^"]+)"(?: data-required="[^"]+")?'
    r'(?: style="[^"]*")?>'
    r'<span class="words">(.*?)</span></\1>',
    re.S,
)
INLINE = {"a", "br", "em", "span", "strong"}

Sheet = tuple[Manuscript, Design, str]


@lru_cache
def sheet(publication: str, audience: str = "easy-read", **asked: str) -> Sheet:
    """Return the manuscript, design and HTML of one edition of the real library."""
    request = Request(
        (publication,),
        audiences=(audience,),
        formats=(asked.get("format", "clear"),),
        regions=(asked.get("region", "GB"),),
        settings=(asked.get("setting", "rack"),),
    )
    (edition,) = plan(request, LIBRARY, LAYOUTS)
    design = open_design(
        LAYOUTS, brand=edition.brand, format=edition.format, language=edition.language,
        paper=edition.paper, smallest=LIBRARY.audiences[audience].smallest_type,
    )  # fmt: skip
    manuscript = select(LIBRARY, edition, design.brand.meanings)
    drawings = Drawings(manuscript.plates, manuscript.poses, design.look(), design.symbol)
    return manuscript, design, compose(manuscript, design, drawings.find)


PUBLICATIONS = tuple(
    dict.fromkeys(
        edition.publication
        for edition in plan(Request((ALL,), audiences=("easy-read",)), LIBRARY, LAYOUTS)
    )
)
every_publication = pytest.mark.parametrize("publication", PUBLICATIONS)
both_formats = pytest.mark.parametrize("format", ["clear", "large"])


def rows(html: str) -> dict[str, str]:
    """Return what stands in each row, by the name of its picture; no picture stands twice."""
    found = [(figure, inner) for _, figure, inner in ROW.findall(html)]
    assert len(found) == len(dict(found)) == html.count("data-figure=")
    return dict(found)


def said(inner: str) -> str:
    """Return the words of a row, without spaces."""
    return squeezed(re.sub("<[^>]*>", "", inner))


def tiers(manuscript: Manuscript) -> list[Entry]:
    return [entry for entry in manuscript.entries("tier") if entry.id in URGENT_TIERS]


def practices(manuscript: Manuscript) -> list[Entry]:
    return [entry for entry in manuscript.entries(*PRACTICES) if entry.steps]


def test_easy_read_is_made_of_these() -> None:
    assert PUBLICATIONS == ("booklet", "when-to-get-help", "self-massage", "exercises")


@pytest.mark.few(2)
@both_formats
@every_publication
def test_each_urgent_sign_is_a_row_in_its_full_words(publication: str, format: str) -> None:
    manuscript, _, html = sheet(publication, format=format)
    found = rows(html)
    urgent = [sign for tier in tiers(manuscript) for sign in signs(tier)]
    assert len(urgent) >= 40
    for sign in urgent:
        assert said(found[sign.id]).startswith(said(to_html(sign.full)))


@both_formats
@every_publication
def test_each_emergency_sign_says_what_to_do(publication: str, format: str) -> None:
    manuscript, _, html = sheet(publication, format=format)
    found = rows(html)
    emergency = next(tier for tier in tiers(manuscript) if tier.id == "emergency")
    for sign in signs(emergency):
        assert "<strong" in found[sign.id]
        assert said(found[sign.id]).endswith(said(to_html(emergency.action)))


@both_formats
@every_publication
def test_each_sign_for_today_says_what_to_do_or_its_group_does(
    publication: str, format: str
) -> None:
    manuscript, _, html = sheet(publication, format=format)
    found, booklet = rows(html), publication == "booklet"
    today = next(tier for tier in tiers(manuscript) if tier.id == "same-day")
    for group in today.groups:
        action = said(to_html(group.action or today.action))
        if booklet and format == "large":
            heads = re.findall(r'<p class="group-do">(.*?)</p>', html, re.S)
            assert action in [said(head) for head in heads]
            continue
        for sign in group.signs:
            assert action in said(found[sign.id])


@every_publication
def test_each_step_is_a_row_and_each_practice_has_one_stop_row(publication: str) -> None:
    manuscript, _, html = sheet(publication)
    found = rows(html)
    for practice in practices(manuscript):
        for id, step in practice.steps:
            assert said(found[f"{practice.id}-{id}"]) == said(to_html(step))
        assert said(found[f"{practice.id}-stop"]).startswith(said(to_html(manuscript.stop)))
    assert html.count('class="row stop-row"') == len(practices(manuscript))


def test_a_technique_says_where_not_to_touch() -> None:
    manuscript, _, html = sheet("self-massage")
    (stroke,) = practices(manuscript)
    assert stroke.mistakes
    for _, clause in stroke.mistakes:
        assert said(to_html(clause)) in said(rows(html)["stroke-shoulders-mistakes"])


@every_publication
def test_rows_hold_inline_content_only(publication: str) -> None:
    """Anything else in a list item is a stray tag in the PDF."""
    for inner in rows(sheet(publication)[2]).values():
        assert set(re.findall(r"<([a-z0-9]+)", inner)) <= INLINE


@every_publication
def test_whatever_is_to_be_done_is_looked_for_above_the_signs(publication: str) -> None:
    """Steps, points of advice and what helps, but for what a sign says, too."""
    manuscript, design, _ = sheet(publication)
    deeds = {words for each in wanted(manuscript, design).deeds for words in each}
    told = [to_plain(words) for entry in manuscript.entries(*ADVICE) for words in entry.deeds]
    assert bool(told) == (publication != "when-to-get-help")
    assert [words for words in told if words not in deeds] == [
        words for words in told if words.startswith("Worse after 1 or 2 weeks")
    ]


def test_advice_that_repeats_a_sign_and_what_to_do_for_it_is_no_advice_above_the_signs() -> None:
    """A tier may say in full, as a sign and its action, what self-care says in one point."""
    manuscript, design, _ = sheet("booklet", "general", format="standard")
    repeated = "Worse after one or two weeks of exercise? Ask to be seen sooner."
    points = (("worse", repeated), ("new", "Do something new today, and gently."))
    advice = Section(
        "self-care", "more", entries=(Entry("self-care", "more", (("points", points),)),)
    )
    longer = replace(manuscript, sections=(*manuscript.sections, advice))
    found = wanted(longer, design)
    assert {"Ask to be seen sooner."} <= {line.words for line in found.lines}
    said = {words for each in found.deeds for words in each}
    assert points[1][1] in said
    assert repeated not in said


@pytest.mark.slow
def test_page_1_points_to_the_signs_at_the_end() -> None:
    for publication in ("self-massage", "exercises"):
        manuscript, design, html = sheet(publication)
        (pointer,) = [tier.pointer for tier in tiers(manuscript) if tier.id == "emergency"]
        words = typeset(html, design).words
        assert squeezed(to_plain(pointer)) in words[: words.find("Yourbreathing")]


@pytest.mark.slow
@pytest.mark.parametrize("region", ["US", "neutral"])
def test_longest_booklet_keeps_to_the_pages_of_easy_read(region: str) -> None:
    manuscript, design, html = sheet("booklet", format="large", region=region, setting="given")
    drawings = Drawings(manuscript.plates, manuscript.poses, design.look(), design.symbol)
    laid = fitted(manuscript, design, drawings.find, html)
    assert misplaced(laid.manuscript, design, laid.pages) == ()
    assert len(laid.pages.pages) <= (READER.most_pages or 0) == 24


def test_words_are_set_at_14_pt_with_half_a_line_between() -> None:
    for format, size in (("clear", 14), ("large", 18)):
        _, design, html = sheet("exercises", format=format)
        assert design.body == design.smallest == size
        assert re.findall(r"\bhtml \{ line-height: ([0-9.]+) \}", html) == ["1.5"]


def test_no_other_audience_gets_the_pictures() -> None:
    assert "data-figure" not in sheet("exercises", "general", format="standard")[2]
