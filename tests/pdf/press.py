"""Runs the command line and keeps what it measured: ``python -m tests.pdf.press NOTES ARGUMENTS…``.

The command writes PDFs only. For each of them the layout record and the HTML go to a JSON file in
the folder NOTES, named after the edition.
"""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from clinicpress import cli
from clinicpress.checks import layout
from clinicpress.pages import compose


def listen(notes: Path) -> None:
    """Have every edition that this process sets noted in a file."""
    set_words, misplaced = compose.compose, layout.misplaced
    html = ""

    def noted_compose(*given: Any) -> str:
        nonlocal html
        html = set_words(*given)
        return html

    def noted_misplaced(manuscript: Any, design: Any, pages: Any) -> Any:
        record = {
            "html": html,
            "pages": [asdict(page) for page in pages.pages],
            "landings": [asdict(landing) for landing in pages.landings],
        }
        path = notes / f"{manuscript.edition.name}.json"
        path.write_text(json.dumps(record), encoding="utf-8")
        return misplaced(manuscript, design, pages)

    compose.compose, layout.misplaced = noted_compose, noted_misplaced  # type: ignore[assignment]


if __name__ == "__main__":
    folder = Path(sys.argv.pop(1))
    folder.mkdir(parents=True, exist_ok=True)
    listen(folder)
    cli.main()
