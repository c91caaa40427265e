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

from clinicpress.runs import fitting

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
    fit = fitting.fitted

    def noted(*given: Any) -> fitting.Fitted:
        laid = fit(*given)
        note(laid.manuscript, laid.html, laid.pages)
        return laid

    with patch.object(fitting, "fitted", noted):
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
