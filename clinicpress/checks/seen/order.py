"""The pages as they are laid out: of the size of their paper, with the signs first."""

from collections.abc import Iterator
from typing import Any

import pypdfium2

from clinicpress.checks.seen.letters import Lettering
from clinicpress.checks.seen.wanted import Wanted
from clinicpress.errors import Place, Problem
from clinicpress.press.marks import MM

FIRST = "tier-emergency"
"""The block that stands before anything to do."""

ROUGHLY = 0.5
"""How far the size of a page may be off, in mm."""


def out_of_place(laid: bytes, wanted: Wanted) -> Iterator[Problem]:
    """Yield a Problem for pages of a wrong size, and for anything to do before the emergency signs.

    ``laid`` are the pages before they are laid on sheets.
    """
    with pypdfium2.PdfDocument(laid) as document:
        for number, page in enumerate(document, start=1):
            size = tuple(length / MM for length in page.get_size())
            if not any(_is_about(size, allowed) for allowed in wanted.sizes):
                yield Problem(
                    Place(f"page {number}"), "PAGE-SIZE",
                    f"the page is {size[0]:.0f} × {size[1]:.0f} mm, and its paper is not",
                    f"Take the size out of {wanted.blame}.",
                )  # fmt: skip
        if wanted.deeds:
            yield from _done_too_early(document, wanted)


def _is_about(size: tuple[float, ...], other: tuple[float, float]) -> bool:
    return all(abs(one - two) < ROUGHLY for one, two in zip(size, other, strict=True))


def _done_too_early(document: Any, wanted: Wanted) -> Iterator[Problem]:
    """Yield a Problem if a step stands above a sign, or on a page before it."""
    signs = {"".join(line.words.split()) for line in wanted.lines if line.block == FIRST}
    deeds: list[tuple[int, float, str]] = []
    for number, page in enumerate(document, start=1):
        letters = Lettering(number, page)
        deeds += ((*place, words) for words in wanted.deeds for place in _heights(letters, words))
        found = {words: place for words in signs for place in list(_heights(letters, words))[:1]}
        early = [deed for deed in deeds for place in found.values() if deed[:2] < place]
        if early:
            yield Problem(
                Place(f"page {early[0][0]}"), "SIGHT-ORDER",
                f"“{early[0][2][:60]}” stands before the end of the emergency signs",
                f"Put the signs first again in {wanted.blame}.",
            )  # fmt: skip
        signs -= set(found)
        if early or not signs:
            return


def _heights(letters: Lettering, words: str) -> Iterator[tuple[int, float]]:
    """Yield where words begin: the page, and how far down it."""
    for places in letters.found("".join(words.split())):
        yield letters.number, -letters.at(places[:1])[0].y
