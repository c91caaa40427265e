"""A review pack as a table for a spreadsheet, and what is written into cells: Matters -> CSV.

It is plain CSV: each spreadsheet program opens it, with no library for its own format.
"""

import csv
import io
from collections.abc import Iterator

from clinicpress.trust.matters import Matter, Matters, Wording
from clinicpress.trust.packed import Packed
from clinicpress.trust.telling import Teller

COLUMNS = ("id", "kind", "audiences", "regions", "where", "words", "evidence", "judged",
           "changed since", "decision", "reason", "wording", "pack")  # fmt: skip
"""The columns. Of those the reader writes into ``decision`` and ``reason``; the last two say what
it is about."""

MARK = "w"
"""What stands before a digest: of digits alone, a spreadsheet would make a number of it."""

ACTING = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
"""What a cell may begin with that a spreadsheet takes for a formula (OWASP, CSV injection)."""


def table_of(found: Matters, said: Packed, teller: Teller) -> bytes:
    """Return the table, one row an item and wording, in UTF-8 with the mark that Excel knows."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for one in found.matters:
        writer.writerows(map(_safe, row) for row in _rows(one, said, teller))
    return out.getvalue().encode("utf-8-sig")


def _rows(one: Matter, said: Packed, teller: Teller) -> Iterator[tuple[str, ...]]:
    for each in one.every:
        is_order = one.kind == "order"
        yield (
            one.id, teller.kind(one), ", ".join(each.audiences), ", ".join(each.regions),
            teller.where(each), teller.order(each) if is_order else each.words,
            ", ".join(one.evidence), str(one.judged or ""), _since(each, teller), "", "",
            marked(each.digests), f"{said.scope.topic} {said.version} {said.code}",
        )  # fmt: skip


def marked(digests: tuple[str, ...]) -> str:
    """Return digests as a cell holds them."""
    return " ".join(MARK + each for each in digests)


def _since(each: Wording, teller: Teller) -> str:
    standing = teller.t(f"pack.standing.{each.standing}")
    before = " ".join(line.words for line in each.before)
    return f"{standing}: {before}" if before else standing


def _safe(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(ACTING) else cell
