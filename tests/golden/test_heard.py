"""What a screen reader announces of the prints of patients: what each piece is, and how many.

Headings with their level, lists with their count and each item with its label, pictures with what
they show, tables cell by cell, links with what they lead to. Long words are cut: ``test_as_read``
keeps them whole.

After a change that is meant: ``pytest tests/golden --update-golden``, then read the difference.
"""

import re
from collections.abc import Iterator

import pytest

from clinicpress.editions.edition import Edition
from clinicpress.orders.plan import plan
from clinicpress.orders.request import ALL, Request
from clinicpress.pages.compose import compose
from clinicpress.pages.tags import mend
from clinicpress.pages.typeset import typeset
from clinicpress.runs.pipeline import prepare
from tests.conftest import undrawn
from tests.golden.test_as_read import LAYOUTS, LIBRARY
from tests.golden.test_golden import compare
from tests.pdf.reading import Print, Tag

LONGEST = 48


def each_publication() -> Iterator[Edition]:
    """Yield what is printed for patients, each in standard print for the first whom it is for."""
    taken = set[str]()
    asked = Request((ALL,), audiences=(ALL,), formats=("standard",))
    for edition in plan(asked, LIBRARY, LAYOUTS):
        if edition.publication not in taken and edition.audience != "clinician":
            taken.add(edition.publication)
            yield edition


def one(publication: str, audience: str, format: str) -> Edition:
    asked = Request((publication,), audiences=(audience,), formats=(format,))
    (edition,) = plan(asked, LIBRARY, LAYOUTS)
    return edition


EDITIONS = {
    f"{each.publication}-{each.audience}-{each.format}": each
    for each in (
        *each_publication(),
        one("exercises", "older-adult", "large"),
        one("exercises", "easy-read", "clear"),
        one("booklet", "easy-read", "clear"),
    )
}

OFTEN = ("exercises-general-standard", "leaflet-general-standard", "exercises-easy-read-clear")


def heard(tag: Tag) -> Iterator[str]:
    """Yield a line for each thing that is announced."""
    kind, count = tag.kind, len(tag.content)
    if re.fullmatch("H[1-6]", kind):
        yield f"\n{'#' * int(kind[1])} {said(tag)}"
    elif kind == "P":
        yield from pieces(tag, "")
    elif kind == "L":
        yield f"List of {count}, {tag.attributes['ListNumbering']}:"
        for item in tag.content:
            yield from heard_item(item)
    elif kind == "Table":
        yield f"Table of {sum(each.kind == 'TR' for each in tag.all())} rows:"
        yield from (cells(each) for each in tag.all() if each.kind == "TR")
    elif kind == "Figure":
        yield f"Picture: {tag.attributes['Alt']}"
    else:
        for inner in tag.content:
            yield from heard(inner)


def heard_item(item: Tag) -> Iterator[str]:
    """Yield what is announced of an item of a list, below its label."""
    *labels, body = item.content
    label = said(labels[0]) if labels else "-"
    yield from pieces(body, f"  {label} ")


def pieces(tag: Tag, before: str) -> Iterator[str]:
    """Yield the text of an element, and what stands in it and is announced by itself."""
    words = said(tag)
    if words:
        yield before + words
    for inner in tag.content:
        if isinstance(inner, Tag) and inner.kind == "Link":
            yield f"    Link: {inner.attributes['Contents']}"
        elif isinstance(inner, Tag) and inner.kind != "Span":
            yield from heard(inner)


def cells(row: Tag) -> str:
    """Return a row, each header with what it heads."""
    shown = (
        f"[{cell.attributes['Scope']}] {said(cell)}" if cell.kind == "TH" else said(cell) or "–"
        for cell in row.content
    )
    return f"  {' | '.join(shown)}"


def said(tag: Tag) -> str:
    """Return the words of an element, cut where they are long."""
    words = " ".join(whole(tag).split())
    return words if len(words) <= LONGEST else f"{words[:LONGEST].rsplit(' ', 1)[0]} …"


def whole(tag: Tag) -> str:
    return "".join(
        inner if isinstance(inner, str) else whole(inner) if inner.kind in INLINE else ""
        for inner in tag.content
    )


INLINE = ("Link", "Span")


def printed(edition: Edition) -> Print:
    prepared = prepare(edition, LIBRARY, LAYOUTS)
    html = compose(prepared.manuscript, prepared.design, undrawn)
    return Print(mend(typeset(html, prepared.design).pdf))


@pytest.mark.few(1)
@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=() if name in OFTEN else pytest.mark.slow) for name in EDITIONS],
)
def test_what_a_screen_reader_announces(request: pytest.FixtureRequest, name: str) -> None:
    """Of the list of all that is there (ISO 14289-1, 7.1), in the order of reading."""
    read = printed(EDITIONS[name])
    with read.opened() as pdf:
        title = f"Title: {pdf.docinfo.Title}"
    compare(request, f"heard/{name}.txt", "\n".join([title, *heard(read.tags)]) + "\n")
