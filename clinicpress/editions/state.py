"""The state of the review of one edition: sign-offs and what it says, item by item -> State."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from clinicpress.content.model import Decision, Mend, SignOff, Topic
from clinicpress.content.signoff import standing, with_mended
from clinicpress.editions.edition import Edition, Standing

WORST_FIRST: tuple[Standing, ...] = ("changed", "unsigned", "incomplete", "signed")
"""How reviews stand, the worst first."""

MOST = 6
"""How many items are named that somebody has to look at again."""

VERSION, LAYOUTS = "version", "layouts"
"""What is changed of an edition beside its items."""


@dataclass(frozen=True)
class State:
    """Whether an edition is signed: by whom, on which day and until when.

    ``by`` is who signed, or, unless it is ``named``, for which service. ``lost`` are the items that
    say something else than what was signed, ``lacking`` the roles of which somebody has still to
    sign.
    """

    standing: Standing = "unsigned"
    by: str = ""
    named: bool = True
    role: str = ""
    on: str = ""
    until: str = ""
    lost: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()

    @property
    def missing(self) -> str:
        """Why it is not signed, as a sentence without its full stop; nothing where it is."""
        match self.standing:
            case "signed":
                return ""
            case "unsigned":
                return "nobody has signed it"
            case "incomplete":
                return f"it still needs the sign-off of: {', '.join(self.lacking)}"
        rest = len(self.lost) - MOST
        more = f" and {rest} more" if rest > 0 else ""
        said = f"{', '.join(self.lost[:MOST])}{more}"
        return f"it says something else than what was signed: {said}"


UNSIGNED = State()
"""The state of what nobody signed."""


@dataclass(frozen=True)
class SignOffs:
    """The sign-offs that are of an edition's reader, language and country, the newest first.

    ``needed`` are the roles of which one has to sign, once for each sign-off that is needed;
    ``version`` is that of the content, ``layouts`` that of the layouts; ``rejected`` are the
    wordings that a reviewer rejected, by their digests; ``mends`` are slips that were mended since.
    """

    reviews: tuple[SignOff, ...]
    needed: tuple[tuple[str, ...], ...]
    version: str
    layouts: int
    rejected: tuple[tuple[str, Decision], ...] = ()
    mends: tuple[Mend, ...] = ()

    @property
    def seals(self) -> tuple[str, ...]:
        """What differs as soon as a print might say something else of its review."""
        rejected = tuple(wording for wording, _ in self.rejected)
        if not (self.reviews or rejected):
            return ()
        seals = (*(one.seal for one in self.reviews), *(one.seal for one in self.mends))
        return (*seals, repr(self.needed), str(self.layouts), *rejected)

    def refused(self, pieces: Mapping[str, str]) -> dict[str, Decision]:
        """Return what an edition says of ``pieces`` that was rejected, by item.

        What was rejected stays so where a slip of the pen was mended in it.
        """
        rejected = dict(self.rejected)
        for one in self.mends:
            rejected |= {new: rejected[old] for old, new in one.wordings.items() if old in rejected}
        return {id: rejected[said] for id, said in pieces.items() if said in rejected}

    def state(self, pieces: Mapping[str, str]) -> State:
        """Return the state of an edition that says ``pieces``: a digest an item."""
        if not self.reviews:
            return UNSIGNED
        counted, lost, lacking = list[SignOff](), list[tuple[str, ...]](), list[str]()
        for roles in self.needed:
            gaps = [(self._changed(one, pieces), one) for one in self.of(roles)]
            if held := next((one for gap, one in gaps if not gap), None):
                counted.append(held)
            elif gaps:
                lost.append(min((gap for gap, _ in gaps), key=len))
            else:
                lacking.append(" / ".join(roles))
        if lost:
            return State("changed", lost=tuple(dict.fromkeys(id for gap in lost for id in gap)))
        if lacking:
            return State("incomplete", lacking=tuple(lacking))
        return signed(counted)

    def of(self, roles: Sequence[str]) -> list[SignOff]:
        """Return the sign-offs by somebody of one of these roles; of all where there are none."""
        return [one for one in self.reviews if not roles or one.role in roles]

    def _changed(self, one: SignOff, pieces: Mapping[str, str]) -> tuple[str, ...]:
        """Return what an edition says otherwise than it was signed."""
        lost = [id for id, said in pieces.items() if said not in self._held(one, id)]
        lost += [VERSION] if one.version != self.version else []
        lost += [LAYOUTS] if one.layouts != self.layouts else []
        return tuple(lost)

    def _held(self, one: SignOff, id: str) -> frozenset[str]:
        """Return the wordings of an item for which a sign-off holds."""
        own = (mend for mend in self.mends if mend.item == id and mend.version == one.version)
        return with_mended(one.items.get(id, "").split(), own)


def concerning(
    edition: Edition, topic: Topic, reviews: Iterable[SignOff], layouts: int,
    decisions: Iterable[Decision] = (), mends: tuple[Mend, ...] = (),
) -> SignOffs:  # fmt: skip
    """Return the sign-offs that may hold for an edition, and what was rejected of its topic."""
    found = (
        one for one in reviews
        if edition.audience in one.audiences
        and edition.language in one.languages
        and edition.region in one.regions
    )  # fmt: skip
    newest = tuple(sorted(found, key=lambda one: one.date, reverse=True))
    rejected = tuple(each for each in standing(decisions).items() if _rejects(each[1], edition))
    asked = needed(topic, edition.audience)
    return SignOffs(newest, asked, topic.version, layouts, rejected, mends)


def _rejects(one: Decision, edition: Edition) -> bool:
    return one.decision == "reject" and edition.audience in one.audiences


def needed(topic: Topic, audience: str) -> tuple[tuple[str, ...], ...]:
    """Return the roles of which one has to sign what is for ``audience``, sign-off by sign-off."""
    found = tuple(
        each.one_of for each in topic.roles if not each.audiences or audience in each.audiences
    )
    return found or ((),)


def signed(counted: Sequence[SignOff]) -> State:
    """Return the state of what these sign-offs together hold for; the first is named."""
    first = counted[0]
    named = first.prints == "name"
    return State(
        "signed",
        by=first.name if named else first.organisation,
        named=named,
        role=first.role,
        on=first.date.isoformat(),
        until=min(one.next_review for one in counted).isoformat(),
    )
