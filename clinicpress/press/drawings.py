"""Forms in forms: how often a page draws, and whether that ends."""

import re
from collections.abc import Iterator
from typing import Any

from pikepdf import Array, DataDecodingError, Dictionary, Name, PdfError, Stream

from clinicpress.pdf.words import entries
from clinicpress.press.findings import Findings, Overload
from clinicpress.press.originals import inherited

MOST_DRAWN = 1_000_000
"""How often pages may draw forms in all, with those that forms draw: eight million took minutes."""

DEEPEST_FORMS = 30
"""How deep forms may lie in each other."""


class Forms:
    """Reckons how often forms are drawn, each with the forms that it draws in its turn."""

    def __init__(self, found: Findings) -> None:
        self.found = found
        self.drawn: dict[Any, int] = {}

    def draw(self, page: Any, number: int) -> None:
        """Raise Overload if ``page`` draws too much, and note what would never end."""
        if self._within(page, inherited(page, "/Resources"), number, ()) > MOST_DRAWN:
            raise Overload(f"draws, on page {number}, drawings in drawings without end")

    def _within(self, holder: Any, resources: Any, number: int, above: tuple[Any, ...]) -> int:
        """Return how many forms ``holder`` draws, which lies in those ``above``."""
        if len(above) > DEEPEST_FORMS:
            raise Overload(f"has, on page {number}, drawings in drawings, more than "
                           f"{DEEPEST_FORMS} deep")  # fmt: skip
        forms = dict(_forms(resources))
        within = {name: self._of(form, number, above) for name, form in forms.items()}
        times = _draws(holder) if any(within.values()) else {}
        drawn = sum(times.get(name, 1) * (1 + inner) for name, inner in within.items())
        return min(drawn, MOST_DRAWN + 1)

    def _of(self, form: Any, number: int, above: tuple[Any, ...]) -> int:
        key = form.objgen
        if key in above:
            self.found.add("a drawing that holds itself", number)
            return 0
        if key not in self.drawn:
            resources = form.get("/Resources")
            self.drawn[key] = self._within(form, resources, number, (*above, key))
        return self.drawn[key]


def _forms(resources: Any) -> Iterator[tuple[str, Any]]:
    """Yield the forms and patterns that ``resources`` name."""
    for kind in ("/XObject", "/Pattern"):
        listed = resources.get(kind) if isinstance(resources, Dictionary) else None
        for name, form in entries(listed) if isinstance(listed, Dictionary) else ():
            if isinstance(form, Stream) and form.get("/Subtype") != Name.Image:
                yield name, form


def _draws(holder: Any) -> dict[str, int]:
    """Return how often a form or page draws each of its forms, by name."""
    contents = holder if isinstance(holder, Stream) else holder.get("/Contents")
    times: dict[str, int] = {}
    for part in contents if isinstance(contents, Array) else [contents]:
        try:
            content = part.read_bytes() if isinstance(part, Stream) else b""
        except (PdfError, DataDecodingError):  # told already
            continue
        for name in re.findall(rb"(/[^\s/\[\]<>(){}%]+)\s+Do\b", content):
            called = name.decode("utf-8", "surrogateescape")
            times[called] = times.get(called, 0) + 1
    return times
