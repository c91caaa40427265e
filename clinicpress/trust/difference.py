"""What readers would read otherwise, as a tagged PDF: what can do harm first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from clinicpress.comparison.collation import merged_as_read
from clinicpress.comparison.revisions import Difference
from clinicpress.comparison.synopsis import KINDS
from clinicpress.content.library import Library
from clinicpress.content.text import to_plain
from clinicpress.errors import Place, shown
from clinicpress.files.output import write_atomic
from clinicpress.pages.view import View
from clinicpress.processes.workers import bounded

if TYPE_CHECKING:
    from clinicpress.design.design import Design
    from clinicpress.design.strings import Strings

WITHIN = ("signgroup", "signline", "warningsign", "caution", "zone")
"""The kinds of thing that stand in others."""

BRAND, FORMAT, LANGUAGE = "default", "standard", "en"
"""How it is set, whatever the prints are."""


@dataclass(frozen=True)
class Versions:
    """What both versions are called: as they were typed; today's sources have no name."""

    before: str
    after: str


def write_difference(
    found: Sequence[Difference], versions: Versions, library: Library, layouts: Path, path: Path
) -> Path:
    """Write the differences to ``path``, and return it. Raises Problems and EnvironmentFault."""
    from clinicpress.design.design import open_design

    design = open_design(layouts, brand=BRAND, format=FORMAT, language=LANGUAGE, paper="A4")
    seen = difference_view(found, versions, library, design.strings())
    pdf = bounded(_pdf, (seen, design), Place(shown(path)), BRAND, words=len(repr(seen).split()))
    write_atomic(path, pdf)
    return path


def difference_view(
    found: Sequence[Difference], versions: Versions, library: Library, t: "Strings"
) -> View:
    """Return all that the template is given: a chapter of what can do harm, and one of the rest."""
    dates = [topic.topic.date for topic in library.topics.values()]
    clinical = sum(one.clinical for one in found)
    after = versions.after or t("diff.today")
    chapters = ((name, [one for one in found if one.clinical == harm])
                for name, harm in (("clinical", True), ("other", False)))  # fmt: skip
    return View("diff", {
        "title": t("diff.title"),
        "facts": t("diff.facts", before=versions.before, after=after),
        "date": max(dates).isoformat() if dates else "",
        "count": t("diff.count", count=len(found), clinical=clinical),
        "chapters": tuple(
            View("chapter", {"id": name, "title": t(f"diff.chapter.{name}"),
                             "rows": tuple(_row(one, library, t) for one in each)})
            for name, each in chapters if each
        ),
    })  # fmt: skip


def _row(one: Difference, library: Library, t: "Strings") -> View:
    change = one.change
    names = (library.audiences[id].name if id in library.audiences else id for id in one.audiences)
    kind = change.thing.kind
    place = [*(thing.id for thing in change.thing.line), *change.field]
    return View("row", {
        "kind": t(f"compare.kind.{kind}") if kind in (*KINDS, *WITHIN) else kind,
        "place": " › ".join([*place, *([change.step] if change.step else [])]),
        "how": t(f"diff.how.{change.how}"),
        "readers": ", ".join(names),
        "publications": ", ".join(one.publications),
        "pieces": tuple(_pieces(one)),
    })  # fmt: skip


def _pieces(one: Difference) -> Iterator[View]:
    """Yield both texts as one, word by word, or what is added, left out or moved."""
    change = one.change
    if change.how == "reworded":
        for piece in merged_as_read(change.one, change.other):
            yield View("piece", {"words": piece.words, "only": piece.only})
        return
    only = {"added": "other", "left-out": "one"}.get(change.how, "")
    words = str(change.thing.other or change.thing.one or change.thing.id)
    yield View("piece", {"words": to_plain(words), "only": only})


def _pdf(job: "tuple[View, Design]") -> bytes:
    """Return the differences as a tagged PDF."""
    from clinicpress.pages.compose import set_template
    from clinicpress.pages.tags import mend
    from clinicpress.pages.typeset import typeset

    seen, design = job
    html = set_template("diff.html", {"s": seen}, design, LANGUAGE, plain=True)
    return mend(typeset(html, design).pdf)
