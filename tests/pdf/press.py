"""Prints, and hears what is measured meanwhile: ``python -m tests.pdf.press NOTES ARGUMENTS…``.

The command writes PDFs only. For each of them its HTML goes to the folder NOTES, named after the
edition.
"""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from clinicpress.checks import layout
from clinicpress.pages import compose

ROOT = Path(__file__).parents[2]


def print_and_note(
    folder: Path, *arguments: str | Path, **environment: str
) -> "subprocess.CompletedProcess[str]":
    """Run ``generate`` in a process of its own, into ``folder`` and, for what it notes, ``notes``.

    All is done in this process: what a worker does is not heard here.
    """
    from tests.conftest import environment as own

    command = [sys.executable, "-m", "tests.pdf.press", folder / "notes", *arguments,
               "--jobs", "1", "--output", folder]  # fmt: skip
    return subprocess.run(
        command, cwd=ROOT, env=own(**environment), capture_output=True, text=True,
        encoding="utf-8", check=False,
    )  # fmt: skip


@contextmanager
def listening(note: Callable[[Any, str, Any], object]) -> Iterator[None]:
    """Call ``note`` with the manuscript, the HTML and the layout of all that this process sets."""
    set_words, misplaced = compose.compose, layout.misplaced
    html = ""

    def noted_compose(*given: Any, **how: Any) -> str:
        nonlocal html
        html = set_words(*given, **how)
        return html

    def noted_misplaced(manuscript: Any, design: Any, pages: Any) -> Any:
        note(manuscript, html, pages)
        return misplaced(manuscript, design, pages)

    with (
        patch.object(compose, "compose", noted_compose),
        patch.object(layout, "misplaced", noted_misplaced),
    ):
        yield


if __name__ == "__main__":
    from clinicpress.cli import app as cli
    from clinicpress.processes import workers
    from tests.conftest import here

    workers.run_in_workers, workers.make_ready = here, lambda *modules: None  # type: ignore[assignment]
    kept = Path(sys.argv.pop(1))
    kept.mkdir(parents=True, exist_ok=True)

    def keep(manuscript: Any, html: str, _: object) -> None:
        (kept / f"{manuscript.edition.name}.html").write_text(html, encoding="utf-8")

    with listening(keep):
        cli.main()
