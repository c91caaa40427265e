"""The tiny content, signed by somebody whom nobody knows; and what becomes of a sign-off."""

import shutil
from datetime import date
from functools import cache
from pathlib import Path

from clinicpress.checks.codes import stops_print
from clinicpress.checks.sources import broken_rules
from clinicpress.content.reader import read_library
from clinicpress.editions.state import State
from clinicpress.errors import Problem, Problems, UnknownName
from clinicpress.orders.plan import plan
from clinicpress.orders.request import ALL, Request
from clinicpress.runs.pipeline import prepare, state_of
from clinicpress.trust import reading
from clinicpress.trust.scope import Scope
from clinicpress.trust.signing import Signer, keep, sign
from tests.conftest import ROOT, TINY, here

TODAY, UNTIL = date(2026, 11, 30), date(2028, 12, 31)
SIGNER = Signer("A. B.", "physiotherapist", "Riverside Practice", TODAY, UNTIL)
SCOPE = Scope("tiny", ("general", "older-adult"), ("en",), ("GB",), ("default",))
LAYOUTS = ROOT / "layouts"


def in_this_process(patch) -> None:
    """Read editions without workers."""
    patch.setattr(reading, "_run", here)


@cache
def words_of(sources: Path, signer: Signer, scope: Scope) -> str:
    """Return the ``reviews.yaml`` of sources that somebody signed."""
    library = read_library(sources)
    record = sign(signer, scope, library, LAYOUTS, jobs=1, report=lambda *_: None)
    return keep(record, scope.topic, sources).read_text("utf-8")


def signed(folder: Path, signer: Signer = SIGNER, scope: Scope = SCOPE) -> Path:
    """Return a copy of the tiny content below ``folder`` that was signed."""
    first = folder / "first"
    shutil.copytree(TINY, first)
    words = words_of(first, signer, scope)
    sources = folder / "sources"
    shutil.copytree(TINY, sources)
    (sources / "tiny/reviews.yaml").write_text(words, "utf-8")
    return sources


def states(sources: Path, layouts: Path = LAYOUTS, region: str = "GB") -> dict[str, State]:
    """Return how the review of each print stands, by its name. Raises Problems."""
    library = read_library(sources)
    asked = Request((ALL,), audiences=(ALL,), regions=(region,), settings=(ALL,))
    return {edition.name: state_of(prepare(edition, library, layouts))
            for edition in plan(asked, library, layouts)}  # fmt: skip


def stopped_by(sources: Path, layouts: Path = LAYOUTS) -> list[Problem]:
    """Return what stops every print of the sources."""
    try:
        library = read_library(sources)
        found = broken_rules(library, library.topics, TODAY, sources, layouts, ("default",))
        return list(filter(stops_print, found))
    except Problems as error:
        return list(error.problems)


def told(sources: Path, layouts: Path = LAYOUTS) -> set[str]:
    """Return the codes of what stops a print, and the items that lose their sign-off."""
    if wrong := stopped_by(sources, layouts):
        return {problem.code for problem in wrong}
    try:
        return {id for state in states(sources, layouts).values() for id in state.lost}
    except (Problems, UnknownName) as error:
        return {problem.code for problem in getattr(error, "problems", ())} or {"UNKNOWN-NAME"}
