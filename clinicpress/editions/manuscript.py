"""The manuscript: the words of one edition, chosen, worded for its reader and put in order."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import takewhile
from typing import Any

from clinicpress.content.model import EXTRACTS, URGENT_TIERS, Kind
from clinicpress.editions.edition import Edition
from clinicpress.editions.state import UNSIGNED, State
from clinicpress.figures.model import Poses
from clinicpress.figures.plate import Plate

PRACTICES = ("exercises", "techniques")
"""The parts, and kinds of entries, that hold something to do with a dose."""

DOINGS = (*PRACTICES, "procedures")
"""Those that hold something to do, step by step."""

ADVICE: Mapping[str, str] = {
    "self-care": "points", **dict.fromkeys(DOINGS, "steps"), "causes": "helps"
}  # fmt: skip
"""The kinds of entries that advise to do something, by the field that says what."""

ADVISING = ("self-care", *DOINGS)
"""The parts that are nothing but advice."""

FLOWING: tuple[Kind, ...] = ("booklet", "handout", "diary")
"""The kinds that are set page after page; all others are set on panels."""

Value = object
"""What an entry's field holds: words, numbers, a range as (least, most), or tuples of these."""


@dataclass(frozen=True)
class Entry:
    """One thing in a section, such as an exercise, with its fields already worded.

    Fields read as attributes: ``entry.steps`` is a tuple of (step id, words). ``shown`` are the
    pictures beside its lines, as (line, name).
    """

    kind: str
    id: str
    fields: tuple[tuple[str, Value], ...]
    shown: tuple[tuple[str, str], ...] = ()

    @property
    def pictures(self) -> Mapping[str, str]:
        """The names of the pictures beside its lines, by line."""
        return dict(self.shown)

    @property
    def deeds(self) -> tuple[str, ...]:
        """What it advises to do, passage by passage; nothing where it advises nothing."""
        said = getattr(self, ADVICE[self.kind], None) if self.kind in ADVICE else None
        return (said,) if isinstance(said, str) else tuple(words for _, words in said or ())

    def __getattr__(self, name: str) -> Any:
        for own, value in object.__getattribute__(self, "fields"):
            if own == name:
                return value
        raise AttributeError(f"an entry “{self.kind}” has no field “{name}”")


@dataclass(frozen=True)
class Section:
    """One section of the print. ``part`` says what kind, and so which template draws it.

    ``figure`` is written for its intro; ``shown`` are the pictures beside its lines.
    """

    part: str
    id: str
    title: str | None = None
    intro: str | None = None
    wording: str = "full"
    detail: str = "full"
    joins: bool = False
    fills: bool = False
    entries: tuple[Entry, ...] = ()
    figure: str | None = None
    shown: tuple[tuple[str, str], ...] = ()

    @property
    def pictures(self) -> Mapping[str, str]:
        """The names of the pictures beside its lines, by line."""
        return dict(self.shown)

    @property
    def advises(self) -> bool:
        """Whether it says anything to do."""
        return self.part in ADVISING or any(entry.deeds for entry in self.entries)

    def tiers(self) -> Iterator[Entry]:
        """Yield the tiers of the warning signs, in print order."""
        yield from (entry for entry in self.entries if entry.kind == "tier")


SIGNS_ALONE = frozenset({"message", "warning-signs", "gate"})
"""The parts of a print that says what the signs are, and no more."""


@dataclass(frozen=True)
class Manuscript:
    """Everything that will be read on the paper of one edition, in order, as plain words.

    ``most_pages`` takes the place of the format's page limit; ``allowance`` multiplies it on a
    sheet that was made for one patient. ``pictures``, ``clinical`` and ``blank_doses`` say how
    the audience is served; ``state`` is that of its review, ``code`` what tells its paper from any
    other; ``warnings`` are for who prints it and never reach the paper. ``cover`` names the figure
    on the cover; ``plates`` are all that it shows, drawn with the ``poses``.
    ``urgent`` are the tiers of signs that its topic has and no print may lose, gravest first;
    ``no_signs`` say why it has none of the others. ``diary`` are the columns of a diary, where they
    are the topic's own; ``practised`` says that it has exercises or techniques.
    ``watermark`` is what each page says across it, as the name of a string, ``draft`` for instance.
    """

    edition: Edition
    kind: Kind
    topic: str
    title: str
    subtitle: str | None
    for_whom: str
    not_for_whom: str | None
    main_message: str
    call_to_action: str
    version: str
    review_by: str
    date: str
    stop: str
    notes: tuple[tuple[str, str], ...]
    meanings: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    state: State = UNSIGNED
    code: str = ""
    pictures: bool = False
    clinical: bool = False
    blank_doses: bool = False
    most_pages: int | None = None
    allowance: int = 1
    warnings: tuple[str, ...] = ()
    cover: str | None = None
    urgent: tuple[str, ...] = URGENT_TIERS
    no_signs: tuple[tuple[str, str], ...] = ()
    diary: tuple[tuple[str, str], ...] = ()
    practised: bool = True
    watermark: str = ""
    plates: tuple[Plate, ...] = ()
    poses: Poses = field(repr=False, default_factory=dict)

    @property
    def credits(self) -> tuple[str, ...]:
        """Who made the pictures that were not drawn here, and under which licences, each once."""
        return tuple(dict.fromkeys(plate.credit for plate in self.plates if plate.credit))

    @property
    def before_advice(self) -> tuple[Section, ...]:
        """The sections before anything to do; all of them where there is nothing to do."""
        return tuple(takewhile(lambda section: not section.advises, self.sections))

    @property
    def whole_first(self) -> bool:
        """Whether the upper tiers of the signs all stand in full before anything to do."""
        before = self.before_advice
        whole = {entry.id for s in before if s.wording != "short" for entry in s.tiers()}
        return whole.issuperset(self.urgent)

    @property
    def points(self) -> bool:
        """Whether the emergency tier points to the same-day signs, wherever they are."""
        advises = len(self.before_advice) < len(self.sections)
        turns = self.shows_signs and not self.pictures
        return self.kind != "booklet" and (advises or turns or not self.whole_first)

    @property
    def is_extract(self) -> bool:
        """Whether it holds the emergency tier alone of the signs, and says where the rest is."""
        return self.kind in EXTRACTS

    @property
    def knows_number(self) -> bool:
        """Whether the region or the clinic says which number is the emergency number."""
        return any(map(str.isdigit, dict(self.meanings).get("emergency-number", "")))

    @property
    def in_rows(self) -> bool:
        """Whether each line is a row beside its picture, as it is where pages flow."""
        return self.pictures and self.kind in FLOWING

    @property
    def shows_signs(self) -> bool:
        """Whether each group of signs has pictures of its first: where signs are all it says."""
        says_no_more = {section.part for section in self.sections} <= SIGNS_ALONE
        return self.kind in ("handout", "poster") and says_no_more and not self.clinical

    @property
    def panels(self) -> tuple[Section, ...]:
        """The sections that begin a panel of a leaflet or a pad."""
        return tuple(section for section in self.sections if not section.joins)

    @property
    def use_until(self) -> str:
        """The last day on which it may be used: that of the next review, signed or not."""
        return min(filter(None, (self.review_by, self.state.until)))

    @property
    def numbers(self) -> Mapping[str, int]:
        """What is to be done step by step, by id: which of its part it is, whatever the section."""
        found: dict[str, int] = {}
        for part in DOINGS:
            doings = (entry for entry in self.entries(part) if entry.steps)
            found.update({entry.id: number for number, entry in enumerate(doings, 1)})
        return found

    def entries(self, *kinds: str) -> Iterator[Entry]:
        """Yield the entries of these kinds, in print order."""
        for section in self.sections:
            yield from (entry for entry in section.entries if entry.kind in kinds)


def with_signs_together(manuscript: Manuscript) -> Manuscript:
    """Return the manuscript with the signs for today right below the emergency signs.

    Elsewhere they stand after the first thing to do, where that has room on page 1.
    """
    today = [s for s in manuscript.before_advice if "same-day" in [t.id for t in s.tiers()]]
    sections = (
        replace(section, joins=True) if section in today else section
        for section in manuscript.sections
    )
    return replace(manuscript, sections=tuple(sections))
