"""The pipeline of one edition, from its words to its pages."""

import hashlib
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from clinicpress import engines
from clinicpress.errors import Place, Problem, Problems
from clinicpress.output import write_atomic

if TYPE_CHECKING:
    from clinicpress.content.library import Library
    from clinicpress.design.design import Design
    from clinicpress.editions.edition import Edition
    from clinicpress.editions.manuscript import Manuscript
    from clinicpress.figures.plate import Drawings


@dataclass(frozen=True)
class Prepared:
    """All that decides what an edition's pages look like, and a digest of it."""

    edition: "Edition"
    manuscript: "Manuscript"
    design: "Design"
    digest: str = field(compare=False)

    @property
    def path(self) -> str:
        """Where the PDF goes, below the output folder."""
        return str(self.edition.path)

    def drawings(self) -> "Drawings":
        """Return the figures that its pages may ask for. Raises Problems."""
        from clinicpress.figures.plate import Drawings

        manuscript, design = self.manuscript, self.design
        return Drawings(manuscript.plates, manuscript.poses, design.look(), design.symbol)


@dataclass(frozen=True)
class Built:
    """The finished PDF of one edition, or what is wrong with it."""

    path: str
    pdf: bytes = b""
    pages: int = 0
    seconds: float = 0.0
    problems: tuple[Problem, ...] = ()


def build(edition: "Edition", library: "Library", layouts: Path, output: Path) -> Path:
    """Build one edition and return the path of its PDF.

    Raises Problems if it would be unsafe or ugly, UnknownName if there is no such edition.
    """
    built = set_pages(prepare(edition, library, layouts))
    if built.problems:
        raise Problems(built.problems)
    write_atomic(output / edition.path, built.pdf)
    return output / edition.path


def prepare(edition: "Edition", library: "Library", layouts: Path) -> Prepared:
    """Choose the words of ``edition`` and open its design. Raises as ``build`` does."""
    from clinicpress.editions.selection import select

    design = design_of(edition, library, layouts)
    manuscript = select(library, edition, design.brand.meanings)
    state = "\n".join([repr(manuscript), design.digest(), _makers()])
    return Prepared(edition, manuscript, design, hashlib.sha256(state.encode()).hexdigest())


def design_of(edition: "Edition", library: "Library", layouts: Path) -> "Design":
    """Open the design of ``edition``. Raises as ``build`` does."""
    from clinicpress.design.design import open_design
    from clinicpress.editions.selection import published
    from clinicpress.press.products import panel_sizes

    publication = published(library, edition.topic, edition.publication, edition.audience)
    return open_design(
        layouts,
        brand=edition.brand,
        format=edition.format,
        language=edition.language,
        paper=edition.paper,
        smallest=library.audiences[edition.audience].smallest_type,
        kind=publication.kind,
        panels=panel_sizes(publication.kind, edition.paper, edition.fold),
    )


@lru_cache(maxsize=1)
def _makers() -> str:
    """Return a fingerprint of the code and engines that make pages out of a manuscript."""
    own = hashlib.sha256()
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        own.update(path.read_bytes())
    return " ".join([own.hexdigest(), *engines.versions()])


def _named(path: str, problems: Iterable[Problem]) -> Iterator[Problem]:
    """Say of a problem on a page which edition's page it is."""
    for problem in problems:
        on_page = problem.place.file.startswith("page ")
        yield replace(problem, place=Place(f"{path}, {problem.place}")) if on_page else problem


def set_pages(prepared: Prepared) -> Built:
    """Draw, compose, typeset, check and finish the pages; problems come back in the result.

    What is folded or cut is laid on its sheets.
    """
    from clinicpress.checks.layout import misplaced
    from clinicpress.pages.compose import compose
    from clinicpress.pages.tags import mend
    from clinicpress.pages.typeset import typeset
    from clinicpress.press.assembly import laid_out

    started = time.perf_counter()
    manuscript, design, edition = prepared.manuscript, prepared.design, prepared.edition
    try:
        figure = prepared.drawings().find
        pages = typeset(compose(manuscript, design, figure), design)
        fills = any(section.fills for section in manuscript.sections)
        if fills and len(pages.pages) > design.format.pages:
            pages = typeset(compose(manuscript, design, figure, spread=True), design)
        if problems := misplaced(manuscript, design, pages):
            return Built(prepared.path, problems=problems)
        pdf, count = laid_out(mend(pages.pdf), manuscript.kind, edition.paper, edition.fold)
    except Problems as error:
        return Built(prepared.path, problems=tuple(_named(prepared.path, error.problems)))
    return Built(prepared.path, pdf, count, time.perf_counter() - started)
