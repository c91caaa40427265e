"""What ``generate compare`` prints for people: a synopsis, with marks that need no colour."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.text import Text

from clinicpress.comparison.collation import Piece
from clinicpress.comparison.synopsis import Block, Chapter, Line, Row, Synopsis
from clinicpress.design.strings import Strings

MARKS: Mapping[str, tuple[str, str, str]] = {
    "": ("", "", ""),
    "one": ("[-", "-]", "strike red"),
    "other": ("{+", "+}", "underline green"),
}
"""What stands around words that only one edition has; style and colour only repeat it."""

HANGING = 2
NARROWEST = 20  # columns for words; in fewer, they run over the edge

SIGNS: Mapping[str, str] = {"added": "+", "left-out": "-", "moved": "~"}


def print_synopsis(synopsis: Synopsis, strings: Strings) -> None:
    """Print a synopsis, with headings in the words of ``strings``."""
    plain = bool(os.environ.get("NO_COLOR"))  # see no-color.org
    console = Console(highlight=False, markup=False, emoji=False,
                      color_system=None if plain else "auto")  # fmt: skip
    _Printer(console, strings).print(synopsis)


@dataclass(frozen=True)
class _Printer:
    """Prints a synopsis on the terminal, however narrow, with marks that need no colour."""

    console: Console
    t: Strings

    def print(self, synopsis: Synopsis) -> None:
        self.say([(synopsis.title, "bold")])
        self.say([" · ".join(synopsis.facts)])
        for count in synopsis.counts:
            self.say([f"- {count}"])
        self.head("readers")
        for line in synopsis.targets:
            self.line(line)
        self.head("publications")
        for each in synopsis.availabilities:
            self.say([f"{each.publication}: {each.one} / {each.other}"])
        for chapter in synopsis.chapters:
            self.chapter(chapter)

    def say(self, parts: Sequence[str | tuple[str, str]], indent: int = 0) -> None:
        """Print a paragraph of parts, each plain or with its style; where it wraps, it hangs."""
        width = max(self.console.width - indent - HANGING, NARROWEST)
        for number, line in enumerate(Text.assemble(*parts).wrap(self.console, width)):
            line.rstrip()
            margin = " " * (indent + (HANGING if number else 0))
            self.console.print(Text.assemble(margin, line), soft_wrap=True)

    def head(self, id: str, says: str = "") -> None:
        self.console.print()
        self.say([(self.t(f"compare.chapter.{id}"), "bold"), says])

    def chapter(self, chapter: Chapter) -> None:
        differs = chapter.rows or chapter.blocks
        self.head(chapter.id, "" if differs else f": {self.t('compare.nothing')}")
        for row in chapter.rows:
            self.row(row)
        for block in chapter.blocks:
            self.block(block)

    def row(self, row: Row) -> None:
        self.say([f"{SIGNS[row.how]} {row.kind}, {row.change} [{row.publications}]"])
        for thing in row.things:
            about = ", ".join(filter(None, [thing.of, thing.places]))
            self.say([(thing.title, "bold"), f" ({about})" if about else ""], 4)
        for reason in row.why:
            self.say([reason], 2)

    def block(self, block: Block) -> None:
        about = f" ({block.kind} {block.id})" if block.kind else ""
        self.say([(block.title, "bold"), f"{about} [{block.publications}]"])
        for line in block.lines:
            self.line(line, 2)
        if background := " ".join(filter(None, [block.note, block.evidence])):
            self.say([background], 2)

    def line(self, line: Line, indent: int = 0) -> None:
        said = [part for piece in line.pieces for part in (" ", _marked(piece))]
        self.say([f"{line.label}:", *said], indent)


def _marked(piece: Piece) -> tuple[str, str]:
    before, after, style = MARKS[piece.only]
    return f"{before}{piece.words}{after}", style
