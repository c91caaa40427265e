"""Fills in review packs as people do: in a form, or in a table of a spreadsheet."""

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

import pikepdf
from pikepdf.form import DefaultAppearanceStreamGenerator, Form

TICK = "✓"
"""What a box holds that is ticked."""


def ticked(pdf: Path, into: Path, **fields: str) -> Path:
    """Return a copy of a pack whose fields were filled in; “_” stands for “-” in their names."""
    with pikepdf.Pdf.open(pdf) as document:
        form = Form(document, DefaultAppearanceStreamGenerator)
        for name, words in fields.items():
            field = form[name.replace("_", "-")]
            if words == TICK:
                field.checked = True
            else:
                field.value = words
        document.save(into)
    return into


def rows_of(table: Path) -> list[dict[str, str]]:
    """Return the rows of a table by its columns."""
    return list(csv.DictReader(io.StringIO(table.read_text("utf-8-sig"), newline="")))


def decided(
    table: Path, into: Path, *, mark: str = ",", encoding: str = "utf-8-sig",
    **cells: Mapping[str, str],
) -> Path:  # fmt: skip
    """Return a copy of a table in which each row of an item was given further ``cells``."""
    rows = rows_of(table)
    for row in rows:
        row |= cells.get(row["id"].replace("-", "_"), {})
    return write_rows(rows, into, mark=mark, encoding=encoding)


def write_rows(
    rows: Sequence[Mapping[str, str]], into: Path, *, mark: str = ",", encoding: str = "utf-8-sig"
) -> Path:
    """Write rows as a table, and return where that is."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), delimiter=mark)
    writer.writeheader()
    writer.writerows(rows)
    into.write_bytes(out.getvalue().encode(encoding))
    return into
