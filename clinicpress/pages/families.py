"""The fonts that pages ask for: each is one of the design's, as nothing else is there to stand in.

The engine would take any font that it has for one that it has not, and say nothing.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from clinicpress.design.design import Design
from clinicpress.errors import Place, Problem, shown


def unknown_families(pages: Iterable[Any], design: Design) -> Iterator[Problem]:
    """Yield a Problem for each family that words on laid-out pages are to be set in in vain.

    Of a list of families the first has to be there: a second never stands in for it.
    """
    known = {family.family.casefold() for family in design.fonts.values()}
    asked = dict.fromkeys(family for page in pages for family in _families(page))
    for family in asked:
        if family.casefold() not in known:
            yield Problem(
                _asked_for_in(design, family),
                "FONT-FAMILY",
                f"words are to be set in “{family}”, which is not among the fonts",
                f"Name one that is ({', '.join(sorted(f.family for f in design.fonts.values()))}) "
                "in the style, or add its package to layouts/fonts.yaml.",
            )


def _asked_for_in(design: Design, family: str) -> Place:
    """Return the line of a brand's style or template that names a family, else fonts.yaml."""
    for folder in design.folders[:-1]:
        paths = (path for part in ("styles", "templates") for path in (folder / part).rglob("*.*"))
        for path in sorted(paths):
            lines = path.read_text("utf-8", "replace").casefold().splitlines()
            for number, line in enumerate(lines, start=1):
                if family.casefold() in line:
                    return Place(shown(path), number)
    return Place(shown(design.find("fonts.yaml")))


def _families(page: Any) -> Iterator[str]:
    """Yield the first family of each run of words on a page, in its margins, too."""
    for box in page.descendants():
        if getattr(box, "text", "").strip():
            yield str(box.style["font_family"][0])
