"""What is said, once, of the prints in which a brand leaves no room."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from clinicpress.errors import Problem, named

LOOKS = "styles and templates"
"""What stands in files of a brand's own, and so is no key of its file."""


@dataclass(frozen=True)
class WayOut:
    """What was tried and gives a print room: no more than that is said to.

    Its letterhead on the ``first`` page alone, or of ``top`` mm; or another ``format``.
    """

    first: bool = False
    top: int = 0
    format: str = ""

    def __bool__(self) -> bool:
        return self != WayOut()


@dataclass(frozen=True)
class Cramped:
    """A print without room: what of its brand takes it, in words by its key, the largest first.

    ``way`` gives it room.
    """

    brand: str
    publication: str
    audience: str
    format: str
    taken: tuple[tuple[str, str], ...]
    way: WayOut

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys to blame."""
        return tuple(key for key, _ in self.taken)


def mend(keys: Sequence[str], way: WayOut) -> str:
    """Return what gives room back: never an item of the content."""
    if way.first:
        return "Write “pages: first”."
    instead = f"print it with “--format {way.format}”, where it has room" if way.format else ""
    if keys[0] == "letterhead" and len(keys) == 1:
        lower = f"write “top: {way.top} mm”" if way.top else ""
        ways = [*filter(None, (lower, instead)), "print it in a brand without a letterhead"]
        said = ", or ".join(ways)
        return f"{said[0].upper()}{said[1:]}."
    instead = instead and f", or {instead}"
    if tuple(keys) == (LOOKS,):
        return f"Take out of them what makes things larger{instead}."
    if len(keys) > 1:
        return f"Shorten them or take some out until it has room{instead}."
    shorten = {
        "name": "Shorten it",
        "logo": "Take it out",
        "qr": "Shorten the address, or take it out",
        "fonts": "Take narrower ones, or leave them out",
    }.get(keys[0], "Shorten it, or take it out")
    return f"{shorten}{instead}."


def said_once(problems: Iterable[Problem]) -> list[Problem]:
    """Return problems of which those of all prints that a brand leaves no room in are one."""
    others: list[Problem] = []
    cramped: dict[str, list[Problem]] = {}
    for each in problems:
        of = each.about
        (cramped.setdefault(of.brand, []) if isinstance(of, Cramped) else others).append(each)
    for found in cramped.values():
        others += found if len(found) == 1 else [_of_all(found)]
    return others


def _of_all(problems: Sequence[Problem]) -> Problem:
    """Return what is said of several prints in which one brand leaves no room."""
    prints = [each.about for each in problems if isinstance(each.about, Cramped)]
    blamed = Counter(key for one in prints for key in one.keys)
    said = {key: words for one in prints for key, words in one.taken}
    taken = (f"{said[key].rstrip(',')} in {count}" for key, count in blamed.most_common())
    most = blamed.most_common(1)[0][0]
    place = next(each.place for each, one in zip(problems, prints, strict=True) if most in one.keys)
    formats = sorted({one.format for one in prints})
    where = (_in_format(id, [one for one in prints if one.format == id]) for id in formats)
    return Problem(
        place, "BRAND-ROOM",
        f"{len(prints)} prints of the brand “{prints[0].brand}” have no room for what it takes, "
        f"the most first: {'; '.join(taken)}. Without room are {'; '.join(where)}",
        _mend_all(prints),
    )  # fmt: skip


def _in_format(format: str, prints: Sequence[Cramped]) -> str:
    """Return which prints of a format have no room, each name once with its readers."""
    readers: dict[str, list[str]] = {}
    for one in prints:
        readers.setdefault(one.publication, []).append(one.audience)
    said = (f"“{name}” for {' and '.join(sorted(of))}" for name, of in sorted(readers.items()))
    return f"in {format} print {named(tuple(said))}"


def _mend_all(prints: Sequence[Cramped]) -> str:
    """Return what gives room to all: what was tried for the letterhead, then what else to do."""
    bands = [one.way for one in prints if one.keys == ("letterhead",)]
    others = [one.keys for one in prints if one.keys != ("letterhead",)]
    ways = []
    if bands and all(way.first for way in bands):
        ways.append("Write “pages: first”.")
    elif bands and all(way.first or way.top for way in bands):
        low = min(way.top for way in bands if way.top)
        ways.append(f"Write “top: {low} mm”: it is the most with which {len(bands)} have room.")
    elif bands:
        ways.append("Print them in a brand without a letterhead.")
    for keys in dict.fromkeys(others):
        named_ = " and ".join(f"“{key}”" for key in keys)
        ways.append(f"For {named_}: {mend(keys, WayOut())}")
    return " ".join(ways)
