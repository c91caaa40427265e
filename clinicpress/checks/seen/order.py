"""The pages as they are laid out: of the size of their paper, with the signs first."""

from collections.abc import Iterator, Sequence

from clinicpress.checks.seen.letters import Lettering, Reading
from clinicpress.checks.seen.sequence import out_of_sequence
from clinicpress.checks.seen.wanted import BARE, Wanted
from clinicpress.errors import Place, Problem
from clinicpress.pdf.boxes import MM

ROUGHLY = 0.5
"""How far the size of a page may be off, in mm."""


def out_of_place(laid: Reading, wanted: Wanted) -> Iterator[Problem]:
    """Yield a Problem for pages of a wrong size, and for anything to do before the emergency signs.

    ``laid`` are the pages before they are laid on sheets.
    """
    for number in range(len(laid)):
        size = tuple(length / MM for length in laid.document.get_page_size(number))
        if not any(_is_about(size, allowed) for allowed in wanted.sizes):
            yield Problem(
                Place(page=number + 1), "PAGE-SIZE",
                f"the page is {size[0]:.0f} × {size[1]:.0f} mm, and its paper is not",
                f"Take the size out of {wanted.blame}.",
            )  # fmt: skip
    yield from _begun_too_late(laid, wanted)
    yield from _done_too_early(laid, wanted)
    yield from out_of_sequence(laid, wanted)


def _is_about(size: tuple[float, ...], other: tuple[float, float]) -> bool:
    return all(abs(one - two) < ROUGHLY for one, two in zip(size, other, strict=True))


def _begun_too_late(pages: Sequence[Lettering], wanted: Wanted) -> Iterator[Problem]:
    """Yield a Problem if the emergency signs of a sheet begin past its first page."""
    if wanted.folio in ("", BARE) or not wanted.first:
        return
    signs = (line.words for line in wanted.lines if line.block == wanted.first[0] and line.opens)
    begun = [place for words in signs if (place := next(_heights(pages, words), None))]
    if begun and wanted.first[0].startswith("tier-") and (page := min(begun)[0]) > 1:
        yield Problem(
            Place(page=page), "SIGHT-ORDER", "the emergency signs begin on this page",
            f"Let them begin on page 1 again in {wanted.blame}.",
        )  # fmt: skip


def _done_too_early(pages: Sequence[Lettering], wanted: Wanted) -> Iterator[Problem]:
    """Yield a Problem if a step stands above a sign or the gate, or on a page before it."""
    if not wanted.deeds:
        return
    first = [line.words for line in wanted.lines if line.block in wanted.first]
    signs = [place for words in first if (place := next(_heights(pages, words), None))]
    if not signs:
        return
    last = max(signs)
    for steps in wanted.deeds:
        above = [
            (place, step)
            for step in steps
            for place in _heights(pages[: last[0]], step)
            if place < last
        ]
        if above:
            (page, _), words = min(above)
            yield Problem(
                Place(page=page), "SIGHT-ORDER",
                f"“{words[:60]}” stands before the end of the emergency signs or the gate",
                f"Put these first again in {wanted.blame}.",
            )  # fmt: skip
            return


def _heights(pages: Sequence[Lettering], words: str) -> Iterator[tuple[int, float]]:
    """Yield where words begin, in capitals or not: the page, and how far down it, in pt."""
    sought = "".join(words.split()).lower()
    for page in pages:
        if sought in page.folded:
            at = page.folded.index(sought)
            (_,), (high,) = page.points(range(at, at + 1))
            yield page.number, -high
