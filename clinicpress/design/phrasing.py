"""Numbers, dates and lists in the words of the layouts, as the language of a print writes them."""

from collections.abc import Sequence
from datetime import date

from clinicpress.design.strings import Strings

REVIEWS = {"unsigned": "review.none", "changed": "review.changed",
           "incomplete": "review.incomplete"}  # fmt: skip
"""The words for a print that is not signed, by how it stands."""


class Phrasing:
    """What is said with interface words around numbers; ``locale`` is a language tag."""

    def __init__(self, strings: Strings, locale: str) -> None:
        from babel.localedata import exists

        self.strings = strings
        named = locale.replace("-", "_")
        self._locale = named if exists(named) else named.split("_")[0]

    def span(self, reach: tuple[int, int]) -> str:
        """Return a range such as ``8–10``, ``5``, or ``up to 2`` where it starts at none."""
        least, most = reach
        if least == most:
            return str(most)
        if least == 0:
            return self.strings("span.up-to", most=most)
        return self.strings("span.range", least=least, most=most)

    def count(self, key: str, reach: tuple[int, int]) -> str:
        """Return a range with its unit in the right plural, such as ``8–10 times``."""
        return self.strings.plural(key, reach[1], span=self.span(reach))

    def often(
        self, times: tuple[int, int] | None, days: tuple[int, int] | None,
        hours: tuple[int, int] | None = None, weeks: tuple[int, int] | None = None,
    ) -> str:  # fmt: skip
        """Return how often, and for how long: ``once a day, 5 days a week, for 6 weeks``.

        Every day goes without saying. ``hours`` are those from one time to the next.
        """
        said = {"dose.times-a-day": times, "dose.every-hours": hours,
                "dose.days-a-week": days if days and days[0] < 7 else None,
                "dose.weeks": weeks}  # fmt: skip
        return ", ".join(self._each(key, reach) for key, reach in said.items() if reach)

    def _each(self, key: str, reach: tuple[int, int]) -> str:
        """Return one part of how often; two ranges of times would be hard to tell apart."""
        if key == "dose.times-a-day" and reach == (1, 2):
            return self.strings("dose.once-or-twice")
        return self.count(key, reach)

    def weekdays(self) -> tuple[str, ...]:
        """Return a letter or two for each day of the week, from the one that begins it."""
        from babel import Locale

        locale = Locale.parse(self._locale, sep="_")
        names = locale.days["stand-alone"]["narrow"]
        return tuple(names[(locale.first_week_day + day) % 7] for day in range(7))

    def any_of(self, clauses: Sequence[str]) -> str:
        """Return the clauses joined by “or”."""
        from babel.lists import format_list

        return str(format_list(list(clauses), style="or", locale=self._locale))

    def review(self, standing: str, by: str, named: bool, role: str, on: str) -> str:
        """Return whether and by whom a print was reviewed."""
        if standing != "signed":
            return self.strings(REVIEWS[standing])
        key = "review.done" if named else "review.done-for"
        return self.strings(key, name=by, role=role, date=self.month(on))

    def use_until(self, iso: str) -> str:
        """Return after which day a print is not to be used, whoever reviewed it."""
        return self.strings("use-until", date=self.short_day(iso))

    def code(self, code: str) -> str:
        """Return the code of a print, such as ``Code 7K3M-9QX2``, which no line's end parts."""
        return self.strings("code", code=code.replace("-", "-\u2060"))

    def month(self, iso: str) -> str:
        """Return a date as month and year."""
        from babel.dates import format_date

        return str(format_date(date.fromisoformat(iso), "MMMM y", locale=self._locale))

    def short_day(self, iso: str) -> str:
        """Return a date in full, its month shortened: on paper there is little room for it."""
        from babel.dates import format_date

        return str(format_date(date.fromisoformat(iso), "medium", locale=self._locale))

    def day(self, iso: str) -> str:
        """Return a date in full."""
        from babel.dates import format_date

        return str(format_date(date.fromisoformat(iso), "long", locale=self._locale))
