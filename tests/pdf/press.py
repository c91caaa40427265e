"""Runs the command line and keeps what it measured: ``python -m tests.pdf.press NOTES ARGUMENTS…``.

The command writes PDFs only. For each of them, its HTML and its layout record (JSON) go to the
folder NOTES, named after the edition.
"""

import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

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


def listen(notes: Path) -> None:
    """Have every edition that this process sets noted."""
    from clinicpress.checks import layout
    from clinicpress.pages import compose

    set_words, misplaced = compose.compose, layout.misplaced
    html = ""

    def noted_compose(*given: Any, **how: Any) -> str:
        nonlocal html
        html = set_words(*given, **how)
        return html

    def noted_misplaced(manuscript: Any, design: Any, pages: Any) -> Any:
        record = {
            "pages": [asdict(page) for page in pages.pages],
            "landings": [asdict(landing) for landing in pages.landings],
        }
        name = manuscript.edition.name
        (notes / f"{name}.html").write_text(html, encoding="utf-8")
        (notes / f"{name}.json").write_text(json.dumps(record), encoding="utf-8")
        return misplaced(manuscript, design, pages)

    compose.compose, layout.misplaced = noted_compose, noted_misplaced


if __name__ == "__main__":
    from clinicpress.cli import app as cli
    from clinicpress.processes import workers
    from tests.conftest import here

    workers.run_in_workers, workers.make_ready = here, lambda *modules: None  # type: ignore[assignment]
    kept = Path(sys.argv.pop(1))
    kept.mkdir(parents=True, exist_ok=True)
    listen(kept)
    cli.main()
