"""The review pack: all that a reviewer reads of a scope, as a PDF with a form, and as a table."""

from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from clinicpress.content.library import Library
from clinicpress.errors import Place
from clinicpress.files.output import write_below
from clinicpress.pages.view import View
from clinicpress.processes.workers import bounded
from clinicpress.trust.matters import Matters
from clinicpress.trust.packed import packed
from clinicpress.trust.table import table_of
from clinicpress.trust.telling import Teller

if TYPE_CHECKING:
    from clinicpress.design.design import Design

FORMAT = "standard"
"""How the pack is set, whatever the formats of the editions."""


def path_of(found: Matters, library: Library) -> PurePosixPath:
    """Return where the PDF goes, below the output folder; the table lies beside it."""
    scope, edition = found.scope, found.edition
    topic = library.topics[scope.topic]
    served = {id for each in topic.publications.values() for id in library.readers(each)}
    readers = "all" if served <= set(scope.audiences) else "+".join(scope.audiences)
    places = "+".join(scope.regions)
    name = f"{scope.topic}_review-pack_{readers}_{edition.language}-{places}"[:150]
    return PurePosixPath(edition.brand) / scope.topic / f"{name}.pdf"


def write_pack(found: Matters, library: Library, layouts: Path, output: Path) -> tuple[Path, Path]:
    """Write the pack and its table below ``output``, and return where they are.

    Raises Problems and EnvironmentFault.
    """
    from clinicpress.design.design import open_design

    edition, topic = found.edition, library.topics[found.scope.topic]
    paper = library.regions[edition.region].paper
    design = open_design(layouts, brand=edition.brand, format=FORMAT, language=edition.language,
                         paper=paper)  # fmt: skip
    said = packed(found, topic.topic.version)
    teller = Teller(found, library, design.strings())
    seen, path = teller.pack(said), path_of(found, library)
    words = sum(len(each.words.split()) for one in found.matters for each in one.every)
    job = seen, design, edition.locale, said.as_json()
    pdf = bounded(_pdf, job, Place(str(path)), edition.brand, words=2 * words)
    table = path.with_suffix(".csv")
    write_below(output, path, pdf)
    write_below(output, table, table_of(found, said, teller))
    return output / path, output / table


def _pdf(job: "tuple[View, Design, str, str]") -> bytes:
    """Return the pack as a tagged PDF with its form."""
    from clinicpress.design.fonts import upright
    from clinicpress.pages.compose import set_template
    from clinicpress.pages.tags import mend
    from clinicpress.pages.typeset import typeset

    seen, design, locale, said = job
    html = set_template("pack.html", {"p": seen}, design, locale, plain=True)
    return mend(typeset(html, design, scrolls=True).pdf, upright(design.fonts), pack=said)
