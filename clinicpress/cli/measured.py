"""What ``generate check --pages`` says: a table of what was measured, or JSON, and the findings."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import groupby
from statistics import median
from typing import TYPE_CHECKING, Any

from clinicpress.checks.codes import fails_check
from clinicpress.cli.tables import (
    Column,
    add_columns,
    fitting,
    plain_table,
    print_findings,
    verdict,
)
from clinicpress.cli.terminal import counted

if TYPE_CHECKING:
    from rich.table import Table

    from clinicpress.checks.measures import Begin, Drawing, Measures
    from clinicpress.errors import Problem
    from clinicpress.runs.measuring import Measured

LEGEND = (
    "Alarm: share of its page that the emergency signs take. All that warns: these, the gate, the "
    "signs for today and when to stop, of all pages. First: where the first thing to do begins, "
    "and how far down. Exercise: the first exercise or technique. Poses: their drawings, Signs: "
    "those of warning signs; least and median height in mm. Least type: of what must be read, in "
    "pt. Fill: the emptiest page but the last."
)
MORE = "--json shows every number and sentence."


def print_measures(measured: Sequence["Measured"]) -> None:
    """Print the tables that fit the terminal, the findings, and one line that sums up."""
    from rich.console import Console

    console = Console(highlight=False, markup=False)
    for table in _tables([one for one in measured if one.found], console.width):
        console.print(table)
    console.print(f"{LEGEND} {MORE}")
    pages = sum(len(one.found.fill) for one in measured if one.found)
    scored = f"{counted(len(measured), 'edition')}, {counted(pages, 'page')}"
    print_findings(console, scored, findings_of(measured))


def findings_of(measured: Sequence["Measured"]) -> list["Problem"]:
    """Return all that is to be mended, in the order of the editions and of their pages."""
    found = [problem for one in measured for problem in sorted(one.problems)]
    return list(dict.fromkeys(found))


def objects(measured: Sequence["Measured"]) -> Iterator[Mapping[str, Any]]:
    """Yield what is said to a machine of each edition that was measured."""
    for one in measured:
        if one.found:
            edition = asdict(one.edition)
            of = {name: edition[name] for name in NAMED}
            yield {"kind": "pages", **of, **_numbers(one.found), "result": _result(one),
                   "findings": len(one.problems)}  # fmt: skip


NAMED = ("topic", "publication", "audience", "format", "language", "region", "brand", "paper",
         "setting")  # fmt: skip
"""The fields of an edition that tell it from others that are measured with it."""


def _numbers(found: "Measures") -> Mapping[str, Any]:
    return {
        "pages": len(found.fill),
        "emergency_share": round(found.emergency, 4),
        "warnings_share": round(found.warnings, 4),
        "first_deed": _begin(found.first_deed),
        "first_practice": _begin(found.first_practice),
        "poses": _heights(found.poses),
        "signs": _heights(found.signs),
        "smallest_required": round(found.smallest, 2),
        "repeats": [asdict(repeat) for repeat in found.repeats],
        "fill": [round(fill.share, 3) for fill in found.fill],
    }


def _begin(begin: "Begin | None") -> Mapping[str, Any] | None:
    return {**asdict(begin), "down": round(begin.down, 4)} if begin else None


def _heights(drawings: Sequence["Drawing"]) -> Mapping[str, Any] | None:
    if not drawings:
        return None
    heights = [each.height for each in drawings]
    lowest, middle = round(min(heights), 1), round(median(heights), 1)
    return {"count": len(heights), "least": lowest, "median": middle}


def _result(one: "Measured") -> str:
    return "FAIL" if any(map(fails_check, one.problems)) else "pass"


# ---------------------------------------------------------------- the table

NONE = "-"
"""What stands in a cell where there is nothing to measure."""


def _percent(share: float) -> str:
    return f"{share:.1%}" if share else NONE


def _place(begin: "Begin | None") -> str:
    return f"p{begin.page} {begin.down:.0%}" if begin else NONE


def _high(drawings: Sequence["Drawing"]) -> str:
    found = _heights(drawings)
    return f"{found['least']:.0f}/{found['median']:.0f}" if found else NONE


def _emptiest(found: "Measures") -> str:
    fills = [fill.share for fill in found.fill[:-1]]
    return f"{min(fills):.0%}" if fills else NONE


COLUMNS = (
    Column("Pages", 6, lambda one: str(len(one.found.fill))),
    Column("Alarm", 1, lambda one: _percent(one.found.emergency)),
    Column("All that warns", 2, lambda one: _percent(one.found.warnings)),
    Column("First", 0, lambda one: _place(one.found.first_deed)),
    Column("Exercise", 8, lambda one: _place(one.found.first_practice)),
    Column("Poses", 3, lambda one: _high(one.found.poses)),
    Column("Signs", 9, lambda one: _high(one.found.signs)),
    Column("Least type", 7, lambda one: f"{one.found.smallest:g}" if one.found.smallest else NONE),
    Column("Repeats", 5, lambda one: str(len(one.found.repeats))),
    Column("Fill", 4, lambda one: _emptiest(one.found)),
)


def _tables(measured: Sequence["Measured"], width: int) -> Iterator["Table"]:
    """Yield one table for each topic, with a row for each edition."""
    from rich.text import Text

    for topic, found in groupby(measured, key=lambda one: one.edition.topic):
        rows = tuple(found)
        table = plain_table(f"{topic}: the pages that patients keep", width)
        names = max(max(len(row.edition.publication), len(_name(row))) for row in rows)
        columns = fitting(COLUMNS, rows, names, width)
        add_columns(table, columns)
        for publication, of_one in groupby(rows, key=lambda row: row.edition.publication):
            table.add_row(Text(publication, "bold"))
            for row in of_one:
                cells = (Text(column.cell(row)) for column in columns)
                table.add_row(Text(_name(row)), *cells, verdict(_result(row)))
        yield table


def _name(row: "Measured") -> str:
    """Return what tells an edition from the others of its publication."""
    edition = row.edition
    return f"  {edition.audience} {edition.format} {edition.paper} {edition.setting}"
