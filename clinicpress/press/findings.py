"""What is wrong with a PDF that somebody sent, in plain words."""

import re
from dataclasses import dataclass, field

from clinicpress.errors import ClinicpressError
from clinicpress.press.intake import is_short_of_memory

HARMLESS = re.compile(
    r"[^:]*(: kid \d+ \(from \d+\) (Resources is missing|MediaBox is|appears more than once"
    r"|Annots is not)|\(Name/Number tree node|(: )?operation for string attempted)"
)
"""Remarks of the library on what loses nothing, or is looked at here."""

TOLD = {
    r"startxref|xref|cross-reference|file is damaged|trailer": "its table of objects",
    r"endstream|stream length|/Length": "the length of a part",
    r"Pages|page": "its list of pages",
    r"PDF header": "its beginning",
    r"inflate|decod|filter|unpack": "a part that does not unpack",
    r"duplicated key": "a part that says the same thing twice",
    r"limits error|nested": "a part that is nested too deeply",
}
"""What is said for a remark of the library."""


class Overload(ClinicpressError):
    """A file that asks for more work than any print needs."""


@dataclass
class Findings:
    """What is damaged, in words, in the order in which it was found, each once."""

    said: dict[str, None] = field(default_factory=dict)

    def add(self, what: str, page: int = 0) -> None:
        """Add what is wrong with a page, from 1, or with the file as a whole."""
        self.said[f"{what} on page {page}" if page else what] = None

    def hear(self, remarks: list[str]) -> None:
        """Add what the library remarked, in plain words. Raises MemoryError if it ran short."""
        if any(is_short_of_memory(remark) for remark in remarks):
            raise MemoryError
        for remark in remarks:
            words = remark.partition(": ")[2]
            if not HARMLESS.match(remark):
                self.add(next((told for pattern, told in TOLD.items() if re.search(pattern, words)),
                              "a part that cannot be read"))  # fmt: skip

    def __str__(self) -> str:
        first = list(self.said)[:3]
        more = len(self.said) - len(first)
        return ", ".join(first) + (f" and {more} more" if more else "")
