"""The notes beside files for paper, kept as they are read by whoever prints, folds and cuts.

After a change that is meant: ``pytest tests/golden --update-golden``, then read the difference.
"""

from collections.abc import Iterator
from typing import Any

import pytest

from clinicpress.design.papers import PAPERS
from clinicpress.editions.edition import Edition
from clinicpress.press.imposition import (
    Imposition,
    cut_and_stack,
    n_up,
    perfect_bound,
    saddle_stitch,
    split,
    step_and_repeat,
)
from clinicpress.tickets.instructions import Printout, instructions, words_of
from clinicpress.tickets.notes import note
from tests.conftest import ROOT
from tests.golden.test_golden import compare

WORDS = words_of(ROOT / "layouts")
A4, A5, A6 = (PAPERS[name] for name in ("A4", "A5", "A6"))

OFFICE: tuple[tuple[str, int, str, dict[str, Any]], ...] = (
    ("handout", 1, "A4", {}),
    ("handout", 2, "A4", {}),
    ("handout", 5, "A4", {}),
    ("booklet", 2, "A5", {}),
    ("booklet", 8, "A5", {}),
    ("booklet", 8, "A5", {"flip": "long"}),
    ("booklet", 8, "A5", {"grammage": 120}),
    ("booklet", 48, "A5", {}),
    ("leaflet", 2, "A4", {"fold": "c"}),
    ("leaflet", 2, "A4", {"fold": "c", "flip": "long"}),
    ("leaflet", 2, "A4", {"fold": "z"}),
    ("card", 2, "A4", {}),
    ("pad", 1, "A5", {}),
    ("pad", 2, "A6", {}),
    ("diary", 4, "A4", {}),
    ("poster", 1, "A3", {}),
)
SHOP: tuple[tuple[str, int, str, dict[str, Any]], ...] = (
    ("handout", 1, "A4", {}),
    ("handout", 2, "Letter", {"colour": "grey"}),
    ("booklet", 8, "A5", {}),
    ("booklet", 8, "A5", {"colour": "cmyk"}),
    ("booklet", 8, "A5", {"colour": "spot"}),
    ("booklet", 4, "A5", {"part": "cover"}),
    ("booklet", 4, "A5", {"part": "inside"}),
    ("leaflet", 2, "A4", {"fold": "c"}),
    ("leaflet", 2, "Letter", {"fold": "z"}),
    ("card", 2, "A4", {}),
    ("pad", 2, "A5", {}),
    ("poster", 1, "A3", {}),
)
"""Kind, pages (of what is folded: sides), paper, and what else is asked for."""

LAID: tuple[tuple[str, Imposition, bool], ...] = (
    ("saddle-stitch", saddle_stitch(4, A5, A4), False),
    ("saddle-stitch", saddle_stitch(20, A5, A4, paper_thickness=0.1), True),
    ("saddle-stitch", saddle_stitch(100, A5, A4), False),
    ("saddle-stitch", saddle_stitch(8, (120, 170), A4), True),
    ("saddle-stitch", saddle_stitch(8, (120, 170), A4), False),
    ("perfect-bound", perfect_bound(40, A5, A4), False),
    ("cut-and-stack-2", cut_and_stack(4, A5, A4), True),
    ("cut-and-stack-2", cut_and_stack(8, A5, A4), False),
    ("cut-and-stack-4", cut_and_stack(16, A6, A4, up=4), True),
    ("step-and-repeat", step_and_repeat(1, A4, A4), True),
    ("step-and-repeat", step_and_repeat(2, A6, A4), True),
    ("n-up", n_up(4, A5, A4, across=2, down=1), False),
)
"""What somebody else's file is laid on sheets by: the scheme, the sheets, whether with marks."""


def beside(production: str, kind: str, pages: int, paper: str, more: dict[str, Any]) -> str:
    named = ("tiny", kind, "general", "standard", "en", "GB", "default", paper)
    edition = Edition(*named, production=production, kind=kind, **more)
    asked = " ".join(f"{key}={value}" for key, value in {"pages": pages, **more}.items())
    return headed(f"{production} {kind} {paper} {asked}", note(edition, pages, "file.pdf", WORDS))


def headed(head: str, words: str) -> str:
    return f"{'=' * 80}\n{head}\n\n{words}"


def laid() -> Iterator[str]:
    """Yield the notes of what is imposed: on both sides at once, or on one after the other."""
    for scheme, job, marks in LAID:
        printout = Printout(scheme, "A4", ("file.pdf",), job, marks=marks)
        head = f"{scheme} sheets={len(job.sheets)} marks={marks}"
        yield headed(head, instructions(printout, WORDS))
    for face in ("up", "down"):
        fronts, _ = split(saddle_stitch(8, A5, A4), face)
        two = ("fronts.pdf", "backs.pdf")
        printout = Printout("saddle-stitch", "A4", two, fronts, face=face, unlocked=True)
        yield headed(f"saddle-stitch face {face}", instructions(printout, WORDS))


def test_notes_for_the_office(request: pytest.FixtureRequest) -> None:
    compare(request, "notes-office.txt", "\n".join(beside("home", *each) for each in OFFICE))


def test_notes_for_the_print_shop(request: pytest.FixtureRequest) -> None:
    compare(request, "notes-shop.txt", "\n".join(beside("press", *each) for each in SHOP))


def test_notes_of_what_is_imposed(request: pytest.FixtureRequest) -> None:
    compare(request, "notes-imposed.txt", "\n".join(laid()))
