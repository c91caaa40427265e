"""Says of a file or of the code on a sheet of paper whether it is what would be printed today.

A file is built again from the sources and layouts that are there, which gives the same bytes, so
that nothing has to be kept of what was printed. A sheet of paper is known by its code: by what
was recorded of it, or else by going through all that can be printed.
"""

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from datetime import date
from itertools import product
from pathlib import Path
from typing import Literal, get_args
from urllib.parse import urlsplit

from clinicpress.content.library import Library
from clinicpress.design.brand import brand_ids, stated
from clinicpress.design.design import read_formats
from clinicpress.design.qr import filled
from clinicpress.editions.code import code_in
from clinicpress.editions.edition import ColourSpace, Edition
from clinicpress.editions.state import UNSIGNED, State
from clinicpress.errors import ClinicpressError, Place, Problems, UnknownName, shown, visible
from clinicpress.orders.manifest import sound_edition
from clinicpress.orders.plan import FIRST_LANGUAGE, plan
from clinicpress.orders.request import ALL, Request
from clinicpress.pdf.metadata import Provenance, provenance_of
from clinicpress.press.intake import Locked, open_pdf, size_of
from clinicpress.processes.workers import bounded
from clinicpress.runs.pipeline import Batch, Prepared, preparing, set_together
from clinicpress.runs.run import stopped
from clinicpress.trust.reading import read_one
from clinicpress.trust.scan import codes_on, require_reader

Standing = Literal[
    "current",
    "overdue",
    "superseded",
    "withdrawn",
    "altered",
    "unknown",
    "foreign",
    "unreadable",
    "elsewhere",
]
"""``altered``: its bytes are not those of the print that it says it is; ``unknown``: nothing here
was ever printed with this code; ``foreign``: no print of this program; ``elsewhere``: its code is
that of a print, and its QR code opens what that of no brand does."""


@dataclass(frozen=True)
class Known:
    """A print that is known by its code: which it was, and why it was withdrawn, if it was."""

    code: str
    edition: Edition
    withdrawn: str = ""


@dataclass(frozen=True)
class Verdict:
    """What a file, or a sheet with a code, is.

    ``now`` is the code of what is printed in its place today, ``why`` why it was withdrawn or
    cannot be read, ``until`` the day after which it is not used. Of what was ``scanned`` the code
    alone was read; ``leads`` says where its QR code leads, if that is elsewhere.
    """

    asked: str
    standing: Standing
    code: str = ""
    edition: str = ""
    version: str = ""
    review: State | None = None
    until: str = ""
    now: str = ""
    why: str = ""
    scanned: bool = False
    leads: str = ""


class Verifier:
    """Verifies files and codes against what ``layouts`` and ``library`` print on the day ``today``.

    ``known`` are the prints that were recorded; ``going`` is called as all prints are gone through.
    """

    def __init__(
        self, library: Library, layouts: Path, known: Iterable[Known], today: date,
        going: Callable[[str, int], None],
    ) -> None:  # fmt: skip
        self.library, self.layouts, self.today, self.going = library, layouts, today, going
        self.prepare = preparing(library, layouts)
        self.known: Mapping[str, Known] = {one.code: one for one in known}
        self.brands, self.formats = frozenset(brand_ids(layouts)), frozenset(read_formats(layouts))

    def code(self, typed: str) -> Verdict:
        """Return what the sheet is that bears a code. Raises UnknownName for what is no code."""
        if (code := code_in(typed)) is None:
            raise UnknownName(
                f"“{typed}” is neither a file nor a code. A code has 8 letters and numbers, such "
                "as 7K3M-9QX2."
            )
        held = self.known.get(code)
        edition = held.edition if held else self._printed_as(code)
        return replace(self._of(code, edition), asked=typed)

    def file(self, path: Path) -> Verdict:
        """Return what a file is. Raises UnknownName and EnvironmentFault if there is none."""
        asked = shown(path)
        if not size_of(path):
            return Verdict(asked, "unreadable", why="it is empty")
        said = bounded(_opened, str(path), Place(asked), "default")
        if isinstance(said, str):
            return Verdict(asked, "unreadable", why=said)
        edition, code = _edition_of(said), code_in(said.code) if said else None
        if edition is None or code is None:
            return Verdict(asked, "foreign")
        verdict = replace(self._of(code, edition), asked=asked)
        is_now = verdict.standing in ("current", "overdue")
        if is_now and path.read_bytes() not in self._built(edition):
            return replace(verdict, standing="altered")
        return verdict

    def picture(self, path: Path) -> Verdict:
        """Return what the sheet is that a picture shows. Raises EnvironmentFault if none is there.

        It is told by the QR code of a clinic, where that holds the code of the sheet. One that
        opens another address than a brand's was not printed here, whatever code it holds.
        """
        asked = shown(path)
        require_reader()
        if not size_of(path):
            return Verdict(asked, "unreadable", why="it is empty")
        seen = bounded(codes_on, str(path), Place(asked), "default")
        if seen is None:
            return Verdict(asked, "unreadable", why="it is no picture that can be opened")
        codes = tuple(dict.fromkeys(code for code, _ in seen))
        if not codes:
            why = "no QR code with the code of a sheet is seen on it: type what stands there"
            return Verdict(asked, "unreadable", why=why)
        if len(codes) > 1:
            return Verdict(asked, "unreadable", why=f"it shows several sheets: {', '.join(codes)}")
        verdict = replace(self.code(codes[0]), asked=asked, scanned=True)
        leads = next((_leads(opens) for code, opens in seen if opens not in self._opened_by(code)),
                     "")  # fmt: skip
        is_now = verdict.standing in ("current", "overdue")
        return replace(
            verdict, leads=leads, standing="elsewhere" if leads and is_now else verdict.standing
        )

    def _opened_by(self, code: str) -> set[str]:
        """Return what the QR codes of the brands open on a sheet with this code."""
        found = set[str]()
        for brand in self.brands:
            with suppress(Problems, UnknownName):
                found |= {filled(own.qr, code) for _, own in stated(self.layouts, brand) if own.qr}
        return found

    def _of(self, code: str, edition: Edition | None) -> Verdict:
        """Return what a code is that is of an edition, or of none that is known."""
        if edition is None:
            return Verdict("", "unknown", code)
        verdict = Verdict("", "superseded", code, edition.name)
        held = self.known.get(code)
        if held and held.withdrawn:
            return replace(verdict, standing="withdrawn", why=held.withdrawn)
        prepared = self._prepared(edition)
        if prepared is None:
            return replace(verdict, standing="withdrawn", why="it is printed no more")
        if prepared.manuscript.code != code:
            return replace(verdict, now=prepared.manuscript.code)
        return self._current(verdict, prepared)

    def _prepared(self, edition: Edition) -> Prepared | None:
        """Return what an edition is made of, which a file may have made up; None if it is none."""
        topic = self.library.topics.get(edition.topic)
        publication = topic.publications.get(edition.publication) if topic else None
        is_made = edition.brand in self.brands and edition.format in self.formats
        if publication is None or publication.kind != edition.kind or not is_made:
            return None
        if edition.language != FIRST_LANGUAGE:
            return None
        try:
            return self.prepare(edition)
        except (Problems, UnknownName):
            return None

    def _current(self, verdict: Verdict, prepared: Prepared) -> Verdict:
        manuscript = prepared.manuscript
        is_late = self.today.isoformat() > manuscript.review_by
        return replace(
            verdict, standing="overdue" if is_late else "current", version=manuscript.version,
            review=self._state(prepared), until=manuscript.review_by,
        )  # fmt: skip

    def _state(self, prepared: Prepared) -> State:
        if not prepared.signoffs.reviews:
            return UNSIGNED
        return bounded(read_one, prepared, Place(prepared.path), prepared.edition.brand).state

    def _built(self, edition: Edition) -> set[bytes]:
        """Return the bytes of an edition, as it is made for the screen, the office and a press."""
        from clinicpress.processes.workers import run_in_workers

        prepared = tuple(map(self.prepare, _ways(edition)))
        by_pages: dict[str, list[Prepared]] = {}
        for one in prepared:
            by_pages.setdefault(one.pages, []).append(one)
        batches = [Batch(tuple(each)) for each in by_pages.values()]
        with closing(run_in_workers(set_together, batches, os.cpu_count() or 1, stopped)) as run:
            return {each.pdf for built in run for each in built if each.pdf}

    def _printed_as(self, code: str) -> Edition | None:
        """Go through all that can be printed as it stands, and return what has this code."""
        every = Request(
            (ALL,), topics=(ALL,), audiences=(ALL,), formats=(ALL,), regions=(ALL,), brands=(ALL,),
            settings=(ALL,), folds=(ALL,), productions=("proof", "home"),
        )  # fmt: skip
        found = (edition.typeset for edition in plan(every, self.library, self.layouts))
        editions: Sequence[Edition] = tuple(dict.fromkeys(found))
        for edition in editions:
            self.going(edition.name, len(editions))
            prepared = self._prepared(edition)
            if prepared and prepared.manuscript.code == code:
                return edition
        return None


def _opened(path: str) -> Provenance | str | None:
    """Return what print a file says it is, or why it cannot be read."""
    try:
        with open_pdf(path, path, "") as document:
            return provenance_of(document)
    except Locked:
        return "it is protected by a password"
    except ClinicpressError:
        return "it is no PDF, or damaged"


def _leads(opens: str) -> str:
    """Return where a QR code leads: the host of an address, or what it holds instead."""
    with suppress(ValueError):
        if host := urlsplit(opens).hostname:
            return visible(host, most=100)
    return visible(" ".join(opens.split()), most=100)


def _edition_of(said: Provenance | None) -> Edition | None:
    """Return the edition that a file says it is; None if there cannot be such."""
    try:
        return sound_edition(json.loads(said.edition)) if said else None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _ways(typeset: Edition) -> Iterator[Edition]:
    """Yield each way in which pages that were laid out are made ready for paper."""
    colours: tuple[ColourSpace, ...] = get_args(ColourSpace)
    on_office: tuple[ColourSpace, ...] = ("rgb", "grey")
    parts = ("", "cover", "inside") if typeset.kind == "booklet" else ("",)
    if typeset.production == "proof" or typeset.is_extract:
        yield from (replace(typeset, colour=colour) for colour in on_office)
        for colour, part in product(colours, parts):
            yield replace(typeset, production="press", colour=colour, part=part)  # type: ignore[arg-type]
    if typeset.is_stitched or (typeset.kind == "booklet" and typeset.production == "proof"):
        for colour, flip in product(on_office, ("short", "long")):
            yield replace(typeset, production="home", colour=colour, flip=flip)  # type: ignore[arg-type]
    elif typeset.production == "home" and not typeset.is_extract:
        for colour, paper in product(on_office, ("A4", "Letter")):
            yield replace(typeset, colour=colour, paper=paper)
