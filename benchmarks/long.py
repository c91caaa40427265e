"""Prints a booklet of made content: ``python -m benchmarks.long PAGES`` says what a page costs.

Its items are those of the real content, again and again under new ids, so that its pages are of the
same kinds however many there are.
"""

import resource
import sys
import time
from dataclasses import replace
from typing import Any

from benchmarks.measure import KB_PER_RSS, ROOT
from clinicpress.content.library import Library
from clinicpress.content.reader import ITEM_FOLDERS, read_library
from clinicpress.editions.edition import Edition
from clinicpress.orders.plan import plan
from clinicpress.orders.request import Request
from clinicpress.runs.pipeline import Built, prepare, set_pages

LAYOUTS = ROOT / "layouts"


def lengthened(library: Library, times: int) -> Library:
    """Return the content with each item, wherever a booklet names it, so many times."""
    ((id, topic),) = library.topics.items()
    parts: dict[str, Any] = {
        name.replace("-", "_"): {
            again: item.model_copy(update={"id": again})
            for item in topic.items_of(name).values()
            for again in _ids(item.id, times)
        }
        for name in ITEM_FOLDERS
    }
    booklet = topic.publications["booklet"]
    plans = {
        audience: tuple(section.model_copy(update={"items": {
            reader: tuple(again for one in chosen for again in _ids(one, times))
            for reader, chosen in section.items.items()
        }}) for section in sections)
        for audience, sections in booklet.plans.items()
    }  # fmt: skip
    parts["publications"] = {"booklet": booklet.model_copy(update={"plans": plans})}
    return replace(library, topics={id: replace(topic, **parts)})


def _ids(id: str, times: int) -> list[str]:
    return [id, *(f"{id}-{number}" for number in range(1, times))]


def printed(library: Library) -> tuple[Built, float]:
    """Return the booklet, and how many seconds of work it took to lay it out and look at it."""
    edition: Edition
    (edition,) = plan(Request(("booklet",)), library, LAYOUTS)
    prepared = prepare(edition, library, LAYOUTS)
    started = time.process_time()
    built = set_pages(prepared)
    spent = time.process_time() - started
    if built.problems:
        sys.exit("\n".join(map(str, built.problems[:9])))
    return built, spent


def main(pages: int) -> None:
    """Print pages, ms a page, bytes a page and peak memory of a booklet of about so many pages."""
    real = read_library(ROOT / "sources")
    once, twice = (printed(lengthened(real, times))[0].pages for times in (1, 2))
    times = 1 + max(0, round((pages - once) / (twice - once)))
    built, spent = printed(lengthened(real, times))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * KB_PER_RSS / 1024
    each = spent / built.pages
    print(built.pages, f"{each * 1000:.2f}", round(len(built.pdf) / built.pages), f"{peak:.0f}")


if __name__ == "__main__":
    main(int(sys.argv[1]))
