"""The rule on characters: what the fonts of a print cannot show is found before it is set."""

import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from clinicpress.design.brand import stated_in
from clinicpress.design.design import Design
from clinicpress.design.fonts import OwnFamily, font_files, lacking, read_fonts
from clinicpress.errors import EnvironmentFault, Place, Problem, shown

WITHOUT_GLYPH = frozenset({"Cc", "Cf", "Zl", "Zp"})
"""Unicode categories that print nothing, such as line ends and a soft hyphen."""


class Placed(Protocol):
    """Anything that knows where it stands."""

    @property
    def place(self) -> Place:
        """The file and line."""


def missing_glyphs(texts: Iterable[tuple[str, Placed]], layouts: Path) -> Iterator[Problem]:
    """Yield a Problem for each character of each text that no font family of ``layouts`` can show.

    Letters and their accents are compared as one character, as they are set. Raises Problems if
    fonts.yaml is wrong, EnvironmentFault if a font cannot be read.
    """
    for words, origin in texts:
        if words.isascii():
            continue  # every text font has ASCII: most files need no font opened
        for character in dict.fromkeys(unicodedata.normalize("NFC", words)):
            if character.isascii() or unicodedata.category(character) in WITHOUT_GLYPH:
                continue
            if ord(character) not in _coverage(layouts / "fonts.yaml"):
                name = unicodedata.name(character, "unnamed").lower()
                yield Problem(
                    origin.place,
                    "GLYPH",
                    f"the fonts lack the character “{character}” (U+{ord(character):04X}, {name})",
                    "Use another character, or add a font that has it to layouts/fonts.yaml.",
                )


MOST_NAMED = 3
"""Characters that one message names."""


def not_in_own_fonts(words: str, design: Design) -> Iterator[Problem]:
    """Yield a Problem if a clinic's own fonts lack what is to be printed in them.

    These are ``words``, those of the layouts and the clinic's. Another font would stand in.
    """
    for family in design.fonts.values():
        if not isinstance(family, OwnFamily):
            continue
        said = "".join((words, *design.strings().all("counter."), *design.clinic().said))
        shown = (one for one in set(unicodedata.normalize("NFC", said))
                 if unicodedata.category(one) not in (*WITHOUT_GLYPH, "Zs"))  # fmt: skip
        if lost := lacking(family, shown):
            named = ", ".join(f"“{one}” (U+{ord(one):04X})" for one in lost[:MOST_NAMED])
            more = f" and {len(lost) - MOST_NAMED} more" if len(lost) > MOST_NAMED else ""
            yield Problem(
                stated_in(design.folders[:-1], "fonts"), "GLYPH",
                f"the fonts “{family.family}” lack {named}{more}, which are printed",
                "Take fonts that have them, or leave “fonts” out.",
            )  # fmt: skip


def _coverage(fonts: Path) -> frozenset[int]:
    """Return the code points that at least one family shows in every one of its weights."""
    return _coverage_at(fonts, fonts.stat().st_mtime_ns if fonts.is_file() else 0)


@lru_cache(maxsize=8)
def _coverage_at(fonts: Path, modified: int) -> frozenset[int]:
    covered: set[int] = set()
    for family in read_fonts(fonts).values():
        covered |= frozenset.intersection(*map(_code_points, font_files(family).values()))
    return frozenset(covered)


def _code_points(font: Path) -> frozenset[int]:
    from fontTools.ttLib import TTFont, TTLibError  # type: ignore[import-untyped]

    try:
        with TTFont(font, lazy=True) as opened:
            return frozenset(opened.getBestCmap() or ())
    except (OSError, TTLibError) as error:
        raise EnvironmentFault(
            f"The font {shown(font)} cannot be read. "
            "Correct layouts/fonts.yaml, or install the font again."
        ) from error
