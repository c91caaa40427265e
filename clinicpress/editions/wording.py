"""Words records of the content for one reader: a record becomes an Entry of plain words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from clinicpress.content.model import (
    Caution,
    CautionList,
    Checklist,
    Item,
    Passage,
    Range,
    Reference,
    Sourced,
    Text,
)
from clinicpress.content.text import fill
from clinicpress.editions.manuscript import Entry, Value
from clinicpress.editions.picking import refusal

NEVER_PRINTED = frozenset(
    {"audiences", "not_for", "evidence_for", "plain", "elsewhere", "on_map", "said_by_signs"}
)
NEVER_PRINTED_OF_ITEMS = NEVER_PRINTED | {"note", "id"}


@dataclass(frozen=True)
class Wording:
    """The words for one audience and region; ``cited`` gathers the references behind them.

    ``lineage`` is the audience and those that it is like, ``meanings`` what tokens stand for.
    """

    lineage: Sequence[str]
    meanings: Mapping[str, str]
    references: Mapping[str, Reference]
    cited: dict[str, Reference] = field(default_factory=dict)

    def say(self, text: Text) -> str:
        """Return the words of a text."""
        return fill(text.said_to(*self.lineage), self.meanings)

    def texts(self, texts: Mapping[str, Text]) -> tuple[tuple[str, str], ...]:
        """Return the words of texts, each with its id."""
        return tuple((id, self.say(text)) for id, text in texts.items())

    def admits(self, one: Item | Caution) -> bool:
        """Return whether an item or a caution may reach this audience."""
        return refusal(one, self.lineage) is None

    def headed(self, id: str, list: CautionList | Checklist) -> Iterator[Entry]:
        """Yield a headed list with what may reach this audience, unless that is nothing."""
        entries = {id: one for id, one in list.entries.items() if self.admits(one)}
        if entries:
            yield self.entry(id, list.model_copy(update={"entries": entries}))

    def entry(self, id: str, record: Passage) -> Entry:
        """Return a record with every field worded, and note the references that it cites."""
        hidden = NEVER_PRINTED_OF_ITEMS if isinstance(record, Item) else NEVER_PRINTED
        fields = []
        for name, value in record:
            if name == "evidence":
                value = record.evidence_of(*self.lineage) if isinstance(record, Sourced) else value
                self.cited.update({id: self.references[id] for id in value})
            if name not in hidden:
                fields.append((name, self.settle(value)))
        return Entry(record.entry_kind, id, tuple(fields))

    def settle(self, value: object) -> Value:
        """Return ``value`` with every text worded: mappings as (id, words) pairs or entries."""
        match value:
            case Text():
                return self.say(value)
            case Range():
                return (value.least, value.most)
            case Passage():
                return self.entry(value.entry_kind, value)
            case Mapping() if all(isinstance(inner, Text) for inner in value.values()):
                return self.texts(value)
            case Mapping():
                return tuple(self.entry(str(id), inner) for id, inner in value.items())
            case tuple():
                return tuple(self.settle(inner) for inner in value)
            case _:
                return value
