"""The words that a brand prints in a slot: they neither claim, nor reassure, nor reword."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from clinicpress.checks.claims import Heard, claimed, contradicted, never_printed, wrong_of_clinic
from clinicpress.checks.sayings import unsaid
from clinicpress.content.text import to_plain
from clinicpress.design.design import Design
from clinicpress.editions.manuscript import Manuscript
from clinicpress.editions.required import required
from clinicpress.errors import Place, Problem, shown
from clinicpress.pages.slots import FOLDER, filled, words_in

SPEAKING = 12
"""Letters of a required line that says the same wherever it stands."""

OUTSIDE = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<[^<>]*>", re.DOTALL)
"""What of a template is no words."""


def wrong_as_written(folders: Iterable[Path], never: Iterable[str]) -> Iterator[Problem]:
    """Yield a Problem for each line of a brand's slots and templates that may not be printed.

    ``never`` is what the topics never print.
    """
    for folder in folders:
        for path in sorted((folder / "templates").rglob("*.html")):
            text = path.read_text(encoding="utf-8", errors="replace")
            kept = OUTSIDE.sub(lambda found: "\n" * found[0].count("\n"), text)
            file = shown(path)
            lines = [Heard(words, Place(file, number))
                     for number, words in enumerate(kept.splitlines(), start=1)]  # fmt: skip
            yield from never_printed(never, lines)
            yield from claimed(lines, by_clinic=True)
            yield from contradicted(lines)
            yield from unsaid(lines)


def wrong_as_printed(html: str, manuscript: Manuscript, design: Design) -> Iterator[Problem]:
    """Yield a Problem for words in a slot of a page that take back what must be read, or repeat it.

    What the clinic is called, and how it is reached, may be any words; so may the title.
    """
    clinic = design.clinic()
    title = to_plain(manuscript.title)
    free = (clinic.name, clinic.address or "", *clinic.contact, *clinic.opening, title)
    for name, markup in filled(html):
        words = words_in(markup)
        place = Place(shown(design.find(f"templates/{FOLDER}/{name}.html")))
        yield from (_misplaced(place, said) for said in _required_in(words, manuscript, design))
        whole = [Heard(words.replace(title, " "), place)]  # a name may end as a claim begins
        for said in sorted(map(to_plain, free), key=len, reverse=True):
            words = words.replace(said, " ") if said else words
        yield from dict.fromkeys([*wrong_of_clinic([words], place), *unsaid(whole, of_names=True)])


def _required_in(words: str, manuscript: Manuscript, design: Design) -> Iterator[str]:
    """Yield what stands in a slot and is said elsewhere, where nothing can be done to it."""
    run_on = "".join(words.split())
    for line in required(manuscript):
        if len(line.words) >= SPEAKING and "".join(line.words.split()) in run_on:
            yield line.words
    own = design.strings()
    version = own("version", version="\n", date="").partition("\n")[0].strip()
    for said in filter(None, (version, own("page"))):
        if found := re.search(rf"\b{re.escape(said)}\s*[0-9][0-9.]*", words, re.IGNORECASE):
            yield found[0]


def _misplaced(place: Place, said: str) -> Problem:
    return Problem(
        place, "SLOT-REQUIRED", f"the slot says “{said[:60]}”, which the layouts alone say",
        "Take it out: it stands where it must be read.",
    )  # fmt: skip
