"""The rules on interface words: those that the layouts and brands themselves say on paper."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from clinicpress.checks.claims import claimed, contradicted, never_printed
from clinicpress.content.text import wrong_links
from clinicpress.design.strings import entries
from clinicpress.errors import Place, Problem, Problems, shown
from clinicpress.files import paths
from clinicpress.files.letters import overlong

FOLDERS = ("strings", "instructions")
"""Where interface words stand, in the layouts and in a brand's folder."""

OF_THE_REVIEW = ("review.", "pictures.review.")
"""How the keys begin under which the program says who reviewed what it prints."""


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
                yield from _wrong_in(path, never)
                if folder != layouts:
                    yield from _contradicting(path, layouts)
            except Problems as error:
                yield from error.problems


def _wrong_in(path: Path, never: Iterable[str]) -> Iterator[Problem]:
    found = phrases(path)
    own = tuple(one for one in found if not one.key.startswith(OF_THE_REVIEW))
    yield from never_printed(never, found)
    yield from claimed(own, by_clinic=True)
    yield from _reworded(path, set(found) - set(own))
    yield from _unset(found)


def _contradicting(path: Path, layouts: Path) -> Iterator[Problem]:
    """Yield a Problem for each of a brand's words that says what is urgent in its own way.

    Where the layouts' own words for the same key speak of it, a brand's may, too.
    """
    usual = layouts / path.parent.name / path.name
    ours = {one.key: one for one in phrases(usual)} if usual.is_file() else {}
    fresh = (
        one
        for one in phrases(path)
        if one.key not in ours or not any(True for _ in contradicted([ours[one.key]]))
    )
    yield from contradicted(one for one in fresh if not one.key.startswith(OF_THE_REVIEW))


def _reworded(path: Path, said: Iterable[Phrase]) -> Iterator[Problem]:
    """Yield a Problem for words on who reviewed a print that are not the program's own."""
    bundled = paths.bundled("layouts") / path.parent.name / path.name
    if not bundled.is_file():
        return
    ours = {(key, words) for key, words, _ in entries(bundled)}
    for one in said:
        if (one.key, one.words) not in ours:
            wrong = f"the words for “{one.key}” are not those of the program, “{one.words}”"
            yield Problem(one.place, "REVIEW-WORDS", wrong, "Put its own words back.")


def _unset(found: Iterable[Phrase]) -> Iterator[Problem]:
    """Yield a Problem for each link that may not be printed, and each word that fits no line."""
    for one in found:
        if wrong := overlong(one.words):
            yield Problem(one.place, "LENGTH", f"the text {wrong[0]}", wrong[1])
        for refused, mend in wrong_links(one.words):
            yield Problem(one.place, "LINK", refused, mend)
