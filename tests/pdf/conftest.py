"""Prints editions of the real library, each once, in the worker that looks at it.

``matrix.py`` says which. A rule that is for some prints alone says for which, as in
``@pytest.mark.prints(of=is_booklet)``: each of them is a test, and no other is one.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from operator import attrgetter
from typing import Any

import pytest

from clinicpress.content.library import Library, TopicLibrary
from clinicpress.design.design import Design
from clinicpress.editions.edition import Edition
from clinicpress.editions.manuscript import Manuscript
from clinicpress.pages.record import Landing, PageRecord
from clinicpress.pages.tags import mend
from clinicpress.pages.typeset import Typeset
from clinicpress.runs.pipeline import Built, Prepared, prepare, set_pages
from tests.conftest import takes_all
from tests.pdf.matrix import FAST, LAYOUTS, LIBRARY, PAIRS, PRODUCTS, PROOFS
from tests.pdf.press import listening
from tests.pdf.reading import Print


@dataclass(frozen=True)
class Made:
    """A finished PDF, what it was made of, and what was heard while it was made."""

    prepared: Prepared
    built: Built
    html: str
    layout: Typeset


@dataclass(frozen=True)
class Printed:
    """One edition of the real library: what went in, and the PDF that came out."""

    edition: Edition
    made: Made

    @cached_property
    def read(self) -> Print:
        """The PDF, read back."""
        return Print(self.made.built.pdf)

    @cached_property
    def panels(self) -> bytes:
        """The pages as they were before they were made ready for paper."""
        return mend(self.made.layout.pdf)

    @property
    def library(self) -> Library:
        return LIBRARY

    @property
    def design(self) -> Design:
        return self.made.prepared.design

    @property
    def manuscript(self) -> Manuscript:
        return self.made.prepared.manuscript

    @property
    def topic(self) -> TopicLibrary:
        return LIBRARY.topics[self.edition.topic]

    @property
    def is_booklet(self) -> bool:
        return self.edition.kind == "booklet"

    @property
    def html(self) -> str:
        return self.made.html

    @property
    def pages(self) -> tuple[PageRecord, ...]:
        """The layout record of each page."""
        return self.made.layout.pages

    def landing(self, id: str) -> Landing:
        landing = self.made.layout.landing(id)
        if landing is None:
            pytest.fail(f"{id} landed nowhere")
        return landing


@cache
def made(edition: Edition) -> Made:
    """Print an edition, once in this process."""
    heard: list[tuple[str, Typeset]] = []
    prepared = prepare(edition, LIBRARY, LAYOUTS)
    with listening(lambda _, html, layout: heard.append((html, layout))):
        built = set_pages(prepared)
    if built.problems:
        pytest.fail(f"{edition.name} was not printed:\n" + "\n".join(map(str, built.problems)))
    return Made(prepared, built, *heard[-1])


def short_name(edition: Edition) -> str:
    return f"{edition.publication}-{edition.audience}-{edition.format}"


def on_the_press_of(edition: Edition) -> pytest.MarkDecorator:
    """Return the mark of tests that go to the worker that prints an edition."""
    return pytest.mark.xdist_group(short_name(edition))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Give a test that looks at a print each one of the matrix that it is for."""
    full = takes_all(metafunc.config)
    mark = metafunc.definition.get_closest_marker("prints")
    for name, editions in (("printed", PROOFS), ("product", PRODUCTS)):
        if name in metafunc.fixturenames:
            some = editions if full else [each for each in editions if each in PAIRS]
            meant = meant_by(some, **mark.kwargs, full=full) if mark else some
            cases = [as_parameter(edition) for edition in meant]
            metafunc.parametrize(name, cases, indirect=True, scope="session")


def meant_by(
    editions: Iterable[Edition], *, full: bool,
    of: Callable[[Edition], bool] = lambda edition: True, once_for: tuple[str, ...] = (),
) -> list[Edition]:  # fmt: skip
    """Return the editions that a rule is for: those ``of`` a kind.

    Of those that are alike in what ``once_for`` names one is enough but for the ``full`` matrix,
    one of the fast ones where there is one.
    """
    meant = [edition for edition in editions if of(edition)]
    if not once_for or full:
        return meant
    slow_first = sorted(meant, key=FAST.__contains__)
    enough = {attrgetter(*once_for)(each): each for each in slow_first}.values()
    return [edition for edition in meant if edition in enough]


def as_parameter(edition: Edition) -> Any:
    """Return the edition as a parameter, with the worker that prints it; most are slow."""
    marks = [on_the_press_of(edition), *([] if edition in FAST else [pytest.mark.slow])]
    return pytest.param(edition, marks=marks, id=short_name(edition))


@pytest.fixture(scope="session")
def printed(request: pytest.FixtureRequest) -> Printed:
    """Return each edition of the real library that is read page by page, printed."""
    return Printed(request.param, made(request.param))


@pytest.fixture(scope="session")
def product(request: pytest.FixtureRequest) -> Printed:
    """Return each leaflet, card, poster, diary and pad of the real library, printed."""
    return Printed(request.param, made(request.param))
