"""What a screen reader and a viewer find: tags, their order, bookmarks, links, title, language."""

import re
from html import unescape
from itertools import pairwise
from typing import Any

import pytest

from clinicpress.content.text import to_plain
from tests.pdf.conftest import Printed
from tests.pdf.matrix import has_contents, is_booklet
from tests.pdf.reading import Tag, misread, squeezed


def test_tags_are_read_in_the_order_of_the_html(printed: Printed) -> None:
    said = printed.read.tags.text(markers=False)
    assert len(said) > 1000
    assert misread(printed.html, said) == []


def test_margins_are_artifacts(printed: Printed) -> None:
    """Running heads and folios are drawn, but no tag leads to them."""
    state = squeezed("Not yet reviewed by a clinician")
    told = 0
    for page in printed.read.pages:
        margin = "".join(run.text for run in page.runs if run.mark is None)
        tagged = "".join(run.text for run in page.runs if run.mark is not None)
        if state in squeezed(margin):
            told += 1
            assert str(page.number) in margin
            assert state not in squeezed(tagged) or _says_its_own_state(printed, page.number)
    covers = 1 if printed.is_booklet else 0
    assert told >= len(printed.read.pages) - covers


def _says_its_own_state(printed: Printed, page: int) -> bool:
    return printed.pages[page - 1].section == "about"


def test_every_tag_belongs_to_the_tree_and_every_text_to_a_tag(printed: Printed) -> None:
    with printed.read.opened() as pdf:
        numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
        parents = {int(numbers[i]): numbers[i + 1] for i in range(0, len(numbers), 2)}
        for page, seen in zip(pdf.pages, printed.read.pages, strict=True):
            elements = parents[int(page.obj.StructParents)]
            marked = {run.mark for run in seen.runs if run.mark is not None}
            assert [mark for mark in marked if not _leads_to_root(elements[mark], pdf)] == []


def _leads_to_root(element: Any, pdf: Any) -> bool:
    """Follow the parents upwards, and look whether each of them knows its child."""
    document = pdf.Root.StructTreeRoot.K[0]
    while element.objgen != document.objgen:
        parent = element.P
        if not any(getattr(kid, "objgen", None) == element.objgen for kid in parent.K):
            return False
        element = parent
    return True


def test_table_headers_say_what_they_head(printed: Printed) -> None:
    headers = [tag for tag in printed.read.tags.all() if tag.kind == "TH"]
    assert [tag.attributes for tag in headers if "Scope" not in tag.attributes] == []
    assert bool(headers) == ("<th" in printed.html)


def test_headings_begin_with_the_title_and_skip_no_level(printed: Printed) -> None:
    levels = [int(tag.kind[1]) for tag in printed.read.tags.all() if tag.kind[1:].isdigit()]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert [(a, b) for a, b in pairwise(levels) if b > a + 1] == []


def test_bookmarks_lead_to_their_headings(printed: Printed) -> None:
    outline = printed.read.outline
    assert outline[0][:2] == (0, to_plain(printed.manuscript.title))
    assert [
        (title, page)
        for _, title, page in outline
        if squeezed(title) not in printed.read.pages[page - 1].text
    ] == []


def test_all_booklets_but_the_short_one_have_a_list_of_contents(printed: Printed) -> None:
    found = any(section.part == "contents" for section in printed.manuscript.sections)
    assert found == has_contents(printed.edition)


@pytest.mark.prints(of=is_booklet)
def test_booklet_has_a_bookmark_for_each_chapter(printed: Printed) -> None:
    chapters = [
        to_plain(section.title)
        for section in printed.manuscript.sections
        if section.title and section.part not in ("cover", "back-cover")
    ]
    assert len(chapters) > (10 if has_contents(printed.edition) else 4)
    assert [
        title for title in chapters if title not in [t for _, t, _ in printed.read.outline]
    ] == []


def test_links_lead_to_a_place_in_the_file(printed: Printed) -> None:
    with printed.read.opened() as pdf:
        names = pdf.Root.get("/Names", {}).get("/Dests", {}).get("/Names", [])
        known = {str(names[i]): names[i + 1] for i in range(0, len(names), 2)}
        pages = {page.obj.objgen for page in pdf.pages}
        links = [
            note
            for page in pdf.pages
            for note in page.obj.get("/Annots", [])
            if note.Subtype == "/Link"
        ]
        for link in links:
            action = link.get("/A", {})
            if action.get("/S") == "/URI":
                continue
            target = link.get("/Dest", action.get("/D"))
            place = known.get(str(target), target)
            assert place[0].objgen in pages
        assert len(links) >= (10 if has_contents(printed.edition) else 0)


@pytest.mark.prints(of=has_contents)
def test_each_entry_of_the_contents_is_one_link_that_is_named_in_words(printed: Printed) -> None:
    """ISO 14289-1, 7.18.5."""
    links = [tag for tag in printed.read.tags.all() if tag.kind == "Link"]
    with printed.read.opened() as pdf:
        notes = [note for page in pdf.pages for note in page.get("/Annots", [])]
    assert len(notes) == len(links) >= 10
    assert [
        link.text() for link in links
        if not (named := re.fullmatch(r"(.+), page (\d+)", link.attributes["Contents"]))
        or squeezed("".join(named.groups())) != link.text()
    ] == []  # fmt: skip


def test_lists_say_how_they_are_numbered(printed: Printed) -> None:
    """Each list does, and each item has what is read of it (ISO 14289-1, 7.6)."""
    lists = [tag for tag in printed.read.tags.all() if tag.kind == "L"]
    assert [tag.text()[:30] for tag in lists if "ListNumbering" not in tag.attributes] == []
    kinds = [[inner.kind for inner in tag.content] for tag in lists]
    assert [each for each in kinds if set(each) != {"LI"}] == []


def test_no_words_run_into_each_other(printed: Printed) -> None:
    """A word that is read is one that the HTML has, wherever its lines end (ISO 14289-1, 7.2)."""
    body = printed.html.partition("<body")[2].partition(">")[2]
    ends = re.sub(r"<(?!/?(strong|em|span|b|i|wbr)\b)[^>]*>", " ", body)
    written = set(re.sub(r"<[^>]*>", "", unescape(ends)).replace("\u2060", "").split())
    read = [word for tag in printed.read.tags.all() if tag.kind in READ for word in own(tag)]
    assert len(read) > 100
    assert [word for word in read if word not in written] == []


READ = ("P", "LBody", "TH", "TD", "H1", "H2", "H3", "H4")


def own(tag: Tag) -> list[str]:
    """Return the words that stand in an element directly, pieces joined by nothing."""
    pieces = [inner if isinstance(inner, str) else " " for inner in tag.content]
    return "".join(pieces).replace("\u00a0", " ").split()


@pytest.mark.prints(of=has_contents)
def test_contents_name_the_page_of_each_chapter(printed: Printed) -> None:
    lines = [tag.text() for tag in printed.read.tags.all() if tag.kind == "Link"]
    chapters = {
        squeezed(title): page
        for _, title, page in printed.read.outline
        if any(section.title == title for section in printed.manuscript.sections)
    }
    promised = {
        title: int(digits)
        for title in chapters
        for line in lines
        if line.startswith(title) and (digits := line.removeprefix(title)).isdigit()
    }
    chapters.pop(squeezed("Contents"), None)
    assert len(promised) >= 8
    assert promised.items() <= chapters.items()


def test_file_names_its_title_and_language(printed: Printed) -> None:
    title = to_plain(printed.manuscript.title)
    with printed.read.opened() as pdf:
        assert str(pdf.Root.Lang) == printed.edition.locale
        assert pdf.Root.ViewerPreferences.DisplayDocTitle == True  # noqa: E712
        assert bool(pdf.Root.MarkInfo.Marked)
        assert str(pdf.docinfo.Title).startswith(title)
        with pdf.open_metadata() as metadata:
            assert metadata["dc:title"].startswith(title)
            assert metadata["pdfuaid:part"] == "1"
            assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "A")


@pytest.mark.parametrize(
    ("html", "said", "faults"),
    [
        ("<p>One <b>two</b></p><p>three</p>", "Onetwothree", []),
        ("<p>One</p><p>two</p>", "One7two12", []),
        ("<p>One</p><p>two</p>", "twoOne", ["read before One: two", "not read, or too early: two"]),
        ("<p>One</p><p>two</p>", "One", ["not read, or too early: two"]),
        ("<p>One</p>", "OneFolio", ["read at the end: Folio"]),
        ("<p>Do it ____ times.</p>", "Doitblanktimes.", []),
        (
            "<table><thead><th>A</th></thead><td>1</td><td>2</td></table>",
            "A1A2",
            ["read before 2: A"],
        ),
    ],
)
def test_misreading_is_found(html: str, said: str, faults: list[str]) -> None:
    assert misread(html, said) == faults
