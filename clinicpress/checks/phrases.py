"""The rules on interface words: those that the layouts and brands themselves say on paper."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from clinicpress.checks.claims import claimed, contradicted, never_printed, urgent_in
from clinicpress.checks.sayings import sayings, unsaid
from clinicpress.content.text import wrong_links
from clinicpress.design.strings import entries
from clinicpress.errors import Place, Problem, Problems, shown
from clinicpress.files import paths
from clinicpress.files.letters import overlong

FOLDERS = ("strings", "instructions")
"""Where interface words stand, in the layouts and in a brand's folder."""

OF_THE_REVIEW = ("review.", "pictures.review.")
"""How the keys begin under which the program says who reviewed what it prints."""

FRAMING = (
    *OF_THE_REVIEW, "about.review-by", "about.state", "about.version", "back.emergency",
    "back.today", "back.write", "cause.check", "clinical.judgement", "code", "counter.overdue",
    "cover.first", "diary.scale", "dose.", "evidence.", "myth.", "no-signs.", "page", "pictures.",
    "practice.", "references.", "span.", "use-until", "version", "watermark.",
)  # fmt: skip
"""How the keys begin whose words stand with what must be read, or say how much, how long and by
whom: they are the program's own. A key without a point at its end takes those below it along.
"""

PLAIN, LONGEST_PLAIN = ("page", "page.of"), 12
"""Keys that take another short word, such as “Sheet 1 of 2”, and the most letters of it."""


@dataclass(frozen=True)
class Phrase:
    """Interface words: their key, and the file and line in which they stand."""

    key: str
    words: str
    place: Place


def phrases(path: Path) -> tuple[Phrase, ...]:
    """Return the words of a PO file. Raises Problems."""
    file = shown(path)
    return tuple(Phrase(key, words, Place(file, line)) for key, words, line in entries(path))


def wrong_phrases(layouts: Path, brands: Iterable[str], never: Iterable[str]) -> Iterator[Problem]:
    """Yield a Problem for each phrase of ``layouts``, or of ``brands``, that may not be printed.

    ``never`` is what the topics never print.
    """
    for folder in (layouts, *(layouts / "brands" / brand for brand in brands)):
        for path in (path for part in FOLDERS for path in sorted(folder.glob(f"{part}/*.po"))):
            try:
                yield from _wrong_in(path, _usual(path, layouts), never)
            except Problems as error:
                yield from error.problems


def _usual(path: Path, layouts: Path) -> Path:
    """Return where the program's own words are: as it was shipped, else in the layouts."""
    bundled = paths.bundled("layouts") / path.parent.name / path.name
    return bundled if bundled.is_file() else layouts / path.parent.name / path.name


def _wrong_in(path: Path, usual: Path, never: Iterable[str]) -> Iterator[Problem]:
    found = phrases(path)
    usually = phrases(usual) if usual.is_file() else ()
    ours = {(one.key, one.words) for one in usually}
    fresh = [one for one in found if (one.key, one.words) not in ours]
    yield from never_printed(never, found)
    yield from claimed(
        (one for one in found if not one.key.startswith(OF_THE_REVIEW)), by_clinic=True
    )
    yield from _contradicting(fresh, usually)
    yield from _reworded(one for one in fresh if _frames(one.key))
    yield from _unset(found)


def _contradicting(fresh: Iterable[Phrase], usual: Sequence[Phrase]) -> Iterator[Problem]:
    """Yield a Problem for each of the words that says in its own way what is urgent.

    What the program's own words for the same key hold may stand there, and nothing else.
    """
    for one in fresh:
        ours = [other for other in usual if other.key == one.key]
        yield from contradicted([one], frozenset().union(*map(urgent_in, ours)))
        yield from unsaid([one], but=[line for other in ours for line in sayings(other.words)])


def _frames(key: str) -> bool:
    return any(key == one or key.startswith(one if one[-1] == "." else f"{one}.")
               for one in FRAMING)  # fmt: skip


def _reworded(said: Iterable[Phrase]) -> Iterator[Problem]:
    """Yield a Problem for words that frame what must be read and are not the program's own."""
    for one in said:
        if not (one.key in PLAIN and one.words.isalpha() and len(one.words) <= LONGEST_PLAIN):
            wrong = f"the words for “{one.key}” are not those of the program, “{one.words}”"
            yield Problem(one.place, "REVIEW-WORDS", wrong, "Put its own words back.")


def _unset(found: Iterable[Phrase]) -> Iterator[Problem]:
    """Yield a Problem for each link that may not be printed, and each word that fits no line."""
    for one in found:
        if wrong := overlong(one.words):
            yield Problem(one.place, "LENGTH", f"the text {wrong[0]}", wrong[1])
        for refused, mend in wrong_links(one.words):
            yield Problem(one.place, "LINK", refused, mend)
