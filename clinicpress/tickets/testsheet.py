"""``generate test-sheet``: shows whether a printer prints true to scale and in its place."""

from collections.abc import Iterator
from pathlib import Path

from clinicpress.errors import Place
from clinicpress.files.output import write_atomic

PAPERS = ("A4", "Letter")


def write_test_sheets(layouts: Path, output: Path, papers: tuple[str, ...]) -> Iterator[Path]:
    """Write the test sheet for each of ``papers``, two pages each; yield its path.

    Raises Problems for what is wrong with the layouts, EnvironmentFault.
    """
    from clinicpress.processes.workers import bounded, make_ready

    make_ready()
    for paper in papers:
        path = output / f"test-sheet_{paper}.pdf"
        write_atomic(path, bounded(_pdf, (layouts, paper), Place(path.name), "default"))
        yield path


def _pdf(job: tuple[Path, str]) -> bytes:
    """Return the test sheet for a paper. Raises Problems."""
    from clinicpress.design.design import open_design
    from clinicpress.pages.compose import set_template
    from clinicpress.pages.tags import mend
    from clinicpress.pages.typeset import typeset

    layouts, paper = job
    design = open_design(layouts, brand="default", format="standard", language="en", paper=paper)
    html = set_template("test-sheet.html", {"paper": paper}, design, "en")
    return mend(typeset(html, design).pdf)
