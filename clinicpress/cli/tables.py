"""What ``generate check`` prints for people: the tables, the findings and a line that sums up."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from clinicpress.checks.codes import fails_check, stops_print, where_to_read
from clinicpress.checks.judge import Reading
from clinicpress.checks.reading import Chapter
from clinicpress.cli.terminal import counted
from clinicpress.errors import Problem

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

PROXY = (
    "Reading level (proxy), as US school grade by Flesch-Kincaid (F-K) and Automated Readability "
    "Index (ARI): they count sentences, words, syllables and letters, and know nothing of meaning. "
    "So are the passive and hard words (terms), which are found by lists of words."
)
MORE = "--detail shows every chapter, --json every number, sentence and word."
NARROW = 60  # columns; below this a table does without lines and the space around them
STYLES: Mapping[str, str] = {"pass": "green", "FAIL": "bold red"}


@dataclass(frozen=True)
class Column:
    """A column of a table of all publications. Where room is short, the lowest rank stays."""

    head: str
    rank: int
    cell: Callable[[Any], str]
    folds: bool = False

    def width(self, rows: Sequence[Any]) -> int:
        """Return the columns of the terminal that it needs; one that folds does with fewer."""
        needed = max(len(self.head), *(len(self.cell(row)) for row in rows))
        return min(needed, FOLDED) if self.folds else needed


FOLDED = 18  # columns; the least for titles, so that few words break
COLUMNS = (
    Column("Chapters", 9, lambda one: str(len(one.chapters))),
    Column("Words", 7, lambda one: str(one.whole.words)),
    Column("F-K", 4, lambda one: str(one.mean.flesch_kincaid)),
    Column("ARI", 5, lambda one: str(one.mean.automated)),
    Column("Worst", 1, lambda one: str(one.hardest.score().grade)),
    Column("Worst chapter", 8, lambda one: one.hardest.title, folds=True),
    Column("Longest", 6, lambda one: str(one.whole.longest)),
    Column("Passive", 2, lambda one: f"{one.whole.passive_share:.0%}"),
    Column("Terms", 3, lambda one: str(len(one.terms))),
)


def print_tables(readings: Sequence[Reading], findings: Sequence[Problem], *, detail: bool) -> None:
    """Print the tables that fit the terminal, the findings, and one line that sums up.

    ``detail`` prints a table of chapters for each publication, in place of one table for all.
    """
    from rich.console import Console

    console = Console(highlight=False, markup=False)
    shown = [reading for reading in readings if reading.chapters]
    for table in _chapter_tables(shown, console.width) if detail else _matrix(shown, console.width):
        console.print(table)
    if readings:
        console.print(PROXY if detail else f"{PROXY} {MORE}")
    chapters = sum(len(reading.chapters) for reading in readings)
    scored = f"{counted(len(readings), 'publication')}, {counted(chapters, 'chapter')}"
    print_findings(console, scored, findings)


def _matrix(readings: Sequence[Reading], width: int) -> Iterator["Table"]:
    """Yield one table for each topic, with a row for each publication and audience."""
    from rich.text import Text

    for topic, found in groupby(readings, key=lambda reading: reading.topic):
        of_topic = tuple(found)
        table = plain_table(f"{topic}: reading level, passive, hard words (proxies)", width)
        names = (max(len(one.publication), len(one.audience) + 2) for one in of_topic)
        columns = fitting(COLUMNS, of_topic, max(names), width)
        add_columns(table, columns)
        for publication, of_one in groupby(of_topic, key=lambda reading: reading.publication):
            table.add_row(Text(publication, "bold"))
            for one in of_one:
                cells = (Text(column.cell(one)) for column in columns)
                table.add_row(Text(f"  {one.audience}"), *cells, verdict(one.result))
        yield table


def fitting(
    columns: Sequence[Column], rows: Sequence[Any], names: int, width: int
) -> tuple[Column, ...]:
    """Return the columns for which a terminal has room beside names so wide, in print order."""
    gap, edges = (1, 0) if width < NARROW else (2, 2)
    room = width - edges - names - gap - len("no limit")
    chosen = []
    for column in sorted(columns, key=lambda column: column.rank):
        if (needed := gap + column.width(rows)) <= room:
            room -= needed
            chosen.append(column)
    return tuple(column for column in columns if column in chosen)


def add_columns(table: "Table", columns: Sequence[Column]) -> None:
    """Add the columns of a table of publications, between their names and the results."""
    table.add_column("Publication", overflow="fold")
    for column in columns:
        justify: Any = "left" if column.folds else "right"
        table.add_column(column.head, justify=justify, no_wrap=not column.folds)
    table.add_column("Result", no_wrap=True)


def _chapter_tables(readings: Sequence[Reading], width: int) -> Iterator["Table"]:
    """Yield one table for each publication and audience, with a row for each chapter."""
    for reading in readings:
        target, mean = reading.target, reading.mean
        limits = f"mean {target.mean:g}, worst {target.worst:g}" if target else "none"
        table = plain_table(
            f"{reading.topic}, {reading.publication} for {reading.audience}. "
            f"Reading level (proxy); target: {limits}",
            width,
        )
        table.show_footer = True
        table.add_column("Chapter", "Mean", overflow="fold")
        heads = {"Words": "", "F-K": str(mean.flesch_kincaid), "ARI": str(mean.automated),
                 "Longest": "", "Passive": ""}  # fmt: skip
        if width < NARROW:
            del heads["Passive"]
        for head, foot in heads.items():
            table.add_column(head, foot, justify="right", no_wrap=True)
        table.add_column("Result", verdict(reading.mean_result), no_wrap=True)
        for chapter in reading.chapters:
            cells = _chapter_cells(chapter)[: len(heads) + 1]
            table.add_row(*cells, verdict(chapter.score().judged(reading.worst)))
        yield table


def _chapter_cells(chapter: Chapter) -> tuple["Text", ...]:
    from rich.text import Text

    got = chapter.score()
    numbers = (got.words, got.flesch_kincaid, got.automated, got.longest)
    passive = f"{got.passive} of {got.whole}"
    return tuple(map(Text, (chapter.title, *map(str, numbers), passive)))


def plain_table(title: str, width: int) -> "Table":
    """Return a table to be filled; on a narrow terminal it has no lines."""
    from rich import box
    from rich.table import Table

    return Table(
        title=title,
        title_justify="left",
        title_style="bold",
        box=None if width < NARROW else box.SIMPLE_HEAD,
        padding=(0, 1, 0, 0),
        pad_edge=False,
    )


def verdict(result: str) -> "Text":
    """Return the word for a result; colour only repeats what the word says."""
    from rich.text import Text

    return Text(result, STYLES.get(result, ""))


def print_findings(console: "Console", scored: str, findings: Sequence[Problem]) -> None:
    """Print the findings, and a line that sums up what was ``scored`` and found."""
    for finding in findings:
        console.print(str(finding), soft_wrap=True)
    if findings:
        console.print(where_to_read(findings), soft_wrap=True)
    stops = sum(map(stops_print, findings))
    which = f", of which {stops} {'stops' if stops == 1 else 'stop'} a print" if stops else ""
    failed = any(map(fails_check, findings))
    result = "FAILED" if failed else "passed"
    console.print(
        f"{scored}, {counted(len(findings), 'finding')}{which}: {result}.",
        style=STYLES["FAIL" if failed else "pass"],
        soft_wrap=True,
    )
