"""Reads packs that somebody filled in, as a PDF or a table: files that anybody may have sent.

Files -> Filled. Whatever is wrong with them is told at once, in a sentence each.
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from clinicpress.errors import ClinicpressError, Place, shown
from clinicpress.files.letters import faults, overlong, without_hidden
from clinicpress.files.output import held
from clinicpress.pdf.forms import filled_in
from clinicpress.pdf.metadata import pack_of
from clinicpress.press.intake import Locked, open_pdf, size_of
from clinicpress.processes.workers import bounded
from clinicpress.trust.scope import Scope
from clinicpress.trust.table import COLUMNS, MARK

CHOICES = ("accept", "change", "reject")

MEANT: Mapping[str, str] = {
    "accept": "accept", "accepted": "accept", "yes": "accept", "ok": "accept",
    "change": "change", "to change": "change", "reject": "reject", "rejected": "reject",
    "no": "reject",
}  # fmt: skip
"""What somebody may write into a table for each choice."""

DIGESTS = re.compile("[0-9a-f]{16}( [0-9a-f]{16})*")

MOST_BYTES = 50_000_000
"""How large a table may be."""

MOST_ROWS = 50_000

LONGEST_CELL = 200_000
"""Characters; the words of a list of references are some 20,000."""

LONGEST_NAME = 200
"""Characters of the name of an item, a reader or a country."""

ABOUT = ("id", "audiences", "regions", "pack")
"""The columns that say what a row is about, but for the digests."""

ANEW = "Take its first and last columns from the pack anew."

NEW = "Make a new pack with “generate review pack”, and fill that in."

DAYS = ("%Y-%m-%d", "%d %B %Y", "%d %b %Y")
"""How a day may be written: in no other way is it sure which number is the month."""


@dataclass(frozen=True)
class Row:
    """One item of a pack, or one of its wordings, and what was decided about it.

    ``decision`` is empty where nothing was. ``at`` says where in its file it stands.
    """

    item: str
    digests: tuple[str, ...]
    audiences: tuple[str, ...]
    regions: tuple[str, ...]
    decision: str = ""
    reason: str = ""
    at: str = ""


@dataclass(frozen=True)
class Filled:
    """A pack that was filled in: its file's name, what it is of, who decided, and what."""

    file: str
    scope: Scope
    rows: tuple[Row, ...]
    by: str = ""
    role: str = ""
    on: date | None = None


@dataclass
class _Wrong:
    """What is wrong with the files, sentence by sentence."""

    sentences: list[str] = field(default_factory=list)

    def add(self, file: str, wrong: str, mend: str) -> None:
        self.sentences.append(f"{file}: {wrong}. {mend}")


class _Unreadable(Exception):
    """What is wrong with a file as a whole, and the mend."""

    def __init__(self, wrong: str, mend: str = NEW) -> None:
        super().__init__(wrong, mend)
        self.wrong, self.mend = wrong, mend


def read_filled(paths: Iterable[Path]) -> tuple[Filled, ...]:
    """Return what the files at ``paths`` say.

    Raises ClinicpressError with a sentence for each thing that is wrong, in any of them;
    UnknownName and EnvironmentFault where there is no such file.
    """
    wrong, found = _Wrong(), list[Filled]()
    for path in paths:
        size = size_of(path)
        try:
            if not size:
                raise _Unreadable("it is empty")
            is_pdf = path.suffix.lower() == ".pdf"
            found.append((_from_pdf if is_pdf else _from_table)(path, wrong))
        except _Unreadable as error:
            wrong.add(shown(path), error.wrong, error.mend)
    if wrong.sentences:
        raise ClinicpressError("\n".join((*wrong.sentences, "Nothing was written.")))
    return tuple(found)


# ---------------------------------------------------------------- as a form


def _from_pdf(path: Path, wrong: _Wrong) -> Filled:
    said = bounded(_opened, str(path), Place(shown(path)), "default")
    if isinstance(said, str):
        raise _Unreadable(said)
    known, fields = said
    if not known:
        raise _Unreadable(
            "it does not say what review pack it is",
            "Fill in the file that “generate review pack” wrote, and save it without printing it "
            "to a PDF.",
        )
    pack = _pack(known)
    scope, items = pack
    rows = tuple(_ticked(shown(path), scope, each, fields, wrong) for each in items)
    filled = Filled(shown(path), scope, rows)
    return replace(
        filled,
        by=_clean(filled.file, "the name", fields.get("reviewer-name", ""), wrong),
        role=_clean(filled.file, "the role", fields.get("reviewer-role", ""), wrong),
        on=_day(filled.file, fields.get("reviewer-date", ""), wrong),
    )


def _opened(path: str) -> tuple[str, Mapping[str, str]] | str:
    """Return what pack a file says it is and what its fields hold, or why it cannot be read."""
    try:
        with open_pdf(path, path, "") as document:
            return pack_of(document), filled_in(document)
    except Locked:
        return "it is protected by a password"
    except ClinicpressError:
        return "it is no PDF, or damaged"


def _pack(said: str) -> tuple[Scope, list[tuple[str, str, tuple[str, ...]]]]:
    """Return what a file says that it is of. Raises _Unreadable for what nobody wrote so."""
    try:
        known = json.loads(said)
        names = {name: tuple(map(_word, known[name]))
                 for name in ("audiences", "languages", "regions", "brands")}  # fmt: skip
        items = [(_word(name), _id(id), _digests(each)) for name, id, each in known["items"]]
        return Scope(_word(known["topic"]), **names), items
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise _Unreadable("what it says of its pack is damaged") from None


def _word(said: Any) -> str:
    if not isinstance(said, str) or not said or len(said) > LONGEST_NAME or any(faults(said)):
        raise ValueError
    return said


def _id(said: Any) -> str:
    if overlong(_word(said)):
        raise ValueError
    return str(said)


def _digests(said: Any) -> tuple[str, ...]:
    if not isinstance(said, str) or not DIGESTS.fullmatch(said):
        raise ValueError
    return tuple(said.split())


def _ticked(
    file: str, scope: Scope, item: tuple[str, str, tuple[str, ...]], fields: Mapping[str, str],
    wrong: _Wrong,
) -> Row:  # fmt: skip
    name, id, digests = item
    ticked = [choice for choice in CHOICES if fields.get(f"{choice}-{name}")]
    if len(ticked) > 1:
        wrong.add(file, f"“{id}” is ticked as {' and '.join(ticked)}", "Leave one of the two.")
    reason = _clean(file, f"the reason of “{id}”", fields.get(f"reason-{name}", ""), wrong)
    decision = ticked[0] if ticked else ""
    return Row(id, digests, scope.audiences, scope.regions, decision, reason)


def _day(file: str, said: str, wrong: _Wrong) -> date | None:
    """Return the day that somebody wrote; None where nobody wrote one."""
    said = " ".join(said.split())
    if not said:
        return None
    for way in DAYS:
        try:
            return datetime.strptime(said, way).date()
        except ValueError:
            continue
    wrong.add(file, f"“{said[:40]}” is no date that is sure",
              "Write it as 2026-11-30, or leave it empty and give it with --date.")  # fmt: skip
    return None


# ---------------------------------------------------------------- as a table


def _from_table(path: Path, wrong: _Wrong) -> Filled:
    content = held(path, MOST_BYTES)
    if content is None:
        raise _Unreadable(f"it is larger than {MOST_BYTES // 1_000_000} MB, or no plain file")
    file, rows = shown(path), list[Row]()
    topics = set[str]()
    for at, cells in _records(_decoded(content)):
        pack = cells["pack"].split()
        if len(pack) != 3:
            wrong.add(file, f"row {at} says nothing of its pack", "Take it from the pack anew.")
            continue
        topics.add(pack[0][:LONGEST_NAME])
        odd = list(_odd(cells))
        for column, said, mend in odd:
            wrong.add(file, f"row {at}, column “{column}”: {said}", mend)
        if row := None if odd else _decided(file, at, cells, wrong):
            rows.append(row)
    if len(topics) > 1:
        raise _Unreadable(f"it holds rows of several topics: {', '.join(sorted(topics))}",
                          "Import each table by itself.")  # fmt: skip
    if not topics:
        raise _Unreadable("it holds no row of a pack")
    audiences = tuple(dict.fromkeys(name for row in rows for name in row.audiences))
    regions = tuple(dict.fromkeys(name for row in rows for name in row.regions))
    scope = Scope(topics.pop(), audiences, ("en",), regions, ("default",))
    return Filled(file, scope, tuple(rows))


def _decoded(content: bytes) -> str:
    """Return a table's words as spreadsheets write them: UTF-8 or UTF-16, else that of Windows."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _records(words: str) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Yield each row with its number, by the names of its columns.

    What parts cells is found by the first line: a comma, or what other countries' programs write.
    Raises _Unreadable.
    """
    head = words.split("\n", 1)[0]
    mark = max((",", ";", "\t"), key=head.count)
    limit = csv.field_size_limit(LONGEST_CELL)
    try:
        reader = csv.reader(io.StringIO(words, newline=""), delimiter=mark)
        columns = [name.strip().casefold() for name in next(reader, [])]
        if lacking := [name for name in COLUMNS if name not in columns]:
            raise _Unreadable(f"it is no table of a review pack: it has no column “{lacking[0]}”")
        for at, cells in enumerate(reader, start=2):
            if at > MOST_ROWS:
                raise _Unreadable(f"it has more than {MOST_ROWS:,} rows")
            if any(cell.strip() for cell in cells):
                cells += [""] * (len(columns) - len(cells))
                yield at, dict(zip(columns, cells, strict=False))
    except csv.Error as error:
        raise _Unreadable(f"it cannot be read as a table ({error})") from error
    finally:
        csv.field_size_limit(limit)


def _odd(cells: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """Yield each column of a row that holds what no file may, what that is, and the mend.

    What was typed into a table is seen in it, so nothing of it is left out silently; a form may
    hold what its program put there.
    """
    for column in (*ABOUT, "reason"):
        mend = ANEW if column in ABOUT else ""
        for _, said, hint in faults(cells[column]):
            yield column, said, mend or hint
    names = {column: max(map(len, _names(cells[column])), default=0) for column in ABOUT}
    for column, longest in names.items():
        if longest > LONGEST_NAME or (column == "id" and overlong(cells["id"])):
            yield column, "it holds a name that is longer than any", ANEW


def _decided(file: str, at: int, cells: Mapping[str, str], wrong: _Wrong) -> Row | None:
    """Return what a row says; None, where that is told as wrong."""
    digests = tuple(each.removeprefix(MARK) for each in cells["wording"].split())
    id = cells["id"].strip().lstrip("'")
    audiences, regions = (_names(cells[name]) for name in ("audiences", "regions"))
    is_whole = DIGESTS.fullmatch(" ".join(digests)) and id and audiences and regions
    if not is_whole:
        wrong.add(file, f"row {at} was changed in what it is about", ANEW)
        return None
    said = " ".join(cells["decision"].casefold().split())
    if said and said not in MEANT:
        wrong.add(file, f"row {at} says “{said[:40]}”, which is no decision",
                  "Write accept, change or reject, or leave it empty.")  # fmt: skip
        return None
    reason = _clean(file, f"the reason in row {at}", cells["reason"], wrong)
    return Row(id, digests, audiences, regions, MEANT.get(said, ""), reason, f"row {at}")


def _names(cell: str) -> tuple[str, ...]:
    return tuple(filter(None, (name.strip() for name in cell.split(","))))


def _clean(file: str, what: str, words: str, wrong: _Wrong) -> str:
    """Return what somebody typed as it may be kept; what may not be is told as wrong."""
    words = " ".join(without_hidden(words).split())
    for told in (overlong(words), *(fault[1:] for fault in faults(words))):
        if told:
            wrong.add(file, f"{what} {told[0]}", told[1])
    return words


def contradictions(filled: Sequence[Filled]) -> Iterator[str]:
    """Yield a sentence for each item about which two files, or two rows, decide otherwise."""
    decided: dict[str, tuple[Filled, Row]] = {}
    told = set[str]()
    for one in filled:
        for row in one.rows:
            for wording in row.digests if row.decision else ():
                first, other = decided.setdefault(wording, (one, row))
                if other.decision != row.decision and row.item not in told:
                    told.add(row.item)
                    yield (
                        f"“{row.item}”: {_place(first, other)} says {other.decision}, and "
                        f"{_place(one, row)} {row.decision}. Leave one of the two."
                    )


def _place(filled: Filled, row: Row) -> str:
    return f"{filled.file}, {row.at}" if row.at else filled.file
