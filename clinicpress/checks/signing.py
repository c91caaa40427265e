"""The rules on sign-offs: that they were made by the program, and hold for what is there today."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import combinations, zip_longest

from clinicpress.content.library import Library, TopicLibrary
from clinicpress.content.model import SignOff
from clinicpress.content.reader import FILES
from clinicpress.content.signoff import seal_of
from clinicpress.content.weighty import weighty
from clinicpress.errors import Place, Problem, nearest

LONGEST = 3
"""Years after its date in which a version is reviewed at the latest, as health services ask of
local leaflets (NHS Ayrshire & Arran, consent policy G082)."""

ANEW = "Have it signed anew: “generate review sign”."


def wrong_sign_offs(library: Library, topics: Iterable[str], today: date) -> Iterator[Problem]:
    """Yield a Problem for each rule on sign-offs that ``topics`` break on the day ``today``."""
    for id in topics:
        topic = library.topics[id]
        for number, one in enumerate(topic.reviews):
            yield from _wrong_in(one, number, topic, library, today)
        yield from _mended_by_hand(topic, today)
        yield from _contradicting(topic)
        yield from _reviewed_too_late(topic)
        yield from _lost_signs(topic)


def _wrong_in(
    one: SignOff, number: int, topic: TopicLibrary, library: Library, today: date
) -> Iterator[Problem]:
    """Yield what is wrong with one sign-off by itself."""
    if one.seal != seal_of(one):
        wrong = f"the sign-off of {one.name} was changed by hand after it was made"
        hint = "Put back what was there, or take it out and have it signed anew."
        yield Problem(_place(topic, number, "seal"), "SIGNOFF-SEAL", wrong, hint)
    if one.date > today:
        wrong = f"the sign-off of {one.name} is dated {one.date}, which is to come"
        yield Problem(_place(topic, number, "date"), "SIGNOFF-DATE", wrong, ANEW)
    elif one.version == topic.topic.version and one.date < topic.topic.date:
        wrong = (f"the sign-off of {one.name} is of {one.date}, and the version that it is for of "
                 f"{topic.topic.date}")  # fmt: skip
        yield Problem(_place(topic, number, "date"), "SIGNOFF-DATE", wrong, ANEW)
    roles = [each for asked in topic.topic.roles for each in asked.one_of]
    if roles and one.role not in roles:
        wrong = f"the sign-off of {one.name} is as “{one.role}”, which topic.yaml does not ask for"
        yield Problem(
            _place(topic, number, "role"), "SIGNOFF-ROLE", wrong, nearest(one.role, roles)
        )
    for region in one.regions:
        if region not in library.regions:
            wrong = f"the sign-off of {one.name} is for the region “{region}”, which is none"
            hint = nearest(region, library.regions)
            yield Problem(_place(topic, number, "regions"), "SIGNOFF-SCOPE", wrong, hint)


def _mended_by_hand(topic: TopicLibrary, today: date) -> Iterator[Problem]:
    """Yield a Problem for each record of a mended slip that the program would not have made."""
    for number, one in enumerate(topic.mends):
        said = f"what {one.by} mended in “{one.item}”"
        first = min((each.date for each in topic.reviews if each.version == one.version),
                    default=None)  # fmt: skip
        if one.seal != seal_of(one):
            wrong = f"{said} was changed by hand after it was recorded"
            yield _no_mend(topic, number, "seal", "SIGNOFF-SEAL", wrong)
        if one.date > today or (first and one.date < first):
            when = "is to come" if one.date > today else f"is before the sign-off of {first}"
            wrong = f"{said} is dated {one.date}, which {when}"
            yield _no_mend(topic, number, "date", "SIGNOFF-DATE", wrong)
        why = next((why for pair in zip_longest(one.before, one.after, fillvalue="")
                    for why in weighty(*pair)), "")  # fmt: skip
        if why:
            yield _no_mend(topic, number, "after", "SIGNOFF-SEAL", f"{said} is no slip: it {why}")


def _no_mend(topic: TopicLibrary, number: int, key: str, code: str, wrong: str) -> Problem:
    hint = "Put back what was there, or take it out and mend it with “generate review typo”."
    return Problem(topic.place_in(FILES["mends"][0], number, key), code, wrong, hint)


def _contradicting(topic: TopicLibrary) -> Iterator[Problem]:
    """Yield a Problem for two sign-offs of one day and role that say two things of one reader."""
    for (_, one), (number, other) in combinations(enumerate(topic.reviews), 2):
        is_same = (one.role, one.date, one.version) == (other.role, other.date, other.version)
        overlap = all(
            set(getattr(one, of)) & set(getattr(other, of))
            for of in ("audiences", "languages", "regions")
        )
        if is_same and overlap and one.items != other.items:
            wrong = f"{one.name} and {other.name} signed different words on {one.date}"
            hint = "Take out the one that does not hold."
            yield Problem(_place(topic, number, "name"), "SIGNOFF-TWICE", wrong, hint)


def _reviewed_too_late(topic: TopicLibrary) -> Iterator[Problem]:
    """Yield a Problem if prints may be used for longer than anybody signed, or than is advised."""
    until, dated = topic.topic.review_by, topic.topic.date
    place = topic.place_in(FILES["topic"][0], "review_by")
    now = [one for one in topic.reviews if one.version == topic.topic.version]
    if now and until > (ends := min(one.next_review for one in now)):
        wrong = f"prints may be used until {until}, and a sign-off ends on {ends}"
        yield Problem(place, "REVIEW-BY", wrong, f"Write {ends}, or have it signed for longer.")
    elif until > (latest := years_after(dated, LONGEST)):
        wrong = (
            f"the version of {dated} is to be reviewed by {until}, after more than {LONGEST} years"
        )
        yield Problem(place, "REVIEW-BY", wrong, f"Write {latest} or earlier.")


def _lost_signs(topic: TopicLibrary) -> Iterator[Problem]:
    """Yield a Problem for each sign that was required when the newest sign-off was made."""
    if not topic.reviews:
        return
    newest = max(topic.reviews, key=lambda one: one.date)
    required = topic.topic.required_signs
    for sign in newest.signs:
        if sign not in (*required.emergency, *required.same_day):
            yield Problem(
                topic.place_in(FILES["topic"][0], "required_signs"), "SIGN-LOST",
                f"the sign “{sign}” was required when {newest.name} signed on {newest.date}",
                "Put it back, or have it signed anew without it.",
            )  # fmt: skip


def years_after(day: date, years: int) -> date:
    """Return the same day some years later; 28 February for the 29th of a year without one."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def _place(topic: TopicLibrary, number: int, field: str) -> Place:
    return topic.place_in(FILES["reviews"][0], number, field)
