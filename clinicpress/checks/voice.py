"""The passive voice, as far as a list of words can tell: a proxy, not a parser.

A sentence counts as passive if a form of “be” or “get” stands before a past participle, with at
most a few adverbs between, or a pronoun in a question. What is left out on purpose:

- Participles that say how somebody or something is rather than what is done to it (“is tired”, “is
  swollen”, “is linked”), unless “by” follows and names who did it; and “is used to”.
- “Get checked” as an order: there the reader acts.
- A participle without its verb (“a sheet handed over by your clinic”): it is no whole sentence.

It errs where only the sense decides, as in “The door is closed at six”. The limit in
`clinicpress.checks.judge` leaves room for that.
"""

import re
from functools import cache


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


_BE = _listed(
    "am are aren't be been being i'm is isn't they're was wasn't we're were weren't you're"
)
_GET = _listed("get gets getting got gotten")
_JOINING = _listed("and or then")
_QUESTION_WORDS = _listed("how what when where which who why")
_PRONOUNS = _listed("he i it she they we you")
_BETWEEN = _listed(
    """
    all almost already also always being best better both each even ever first just never not now
    often once only seldom sometimes soon still then well
    """
)
_MOST_BETWEEN = 3

_IRREGULAR = _listed(
    """
    beaten begun bitten blown borne bought broken brought built burnt caught chosen cut dealt done
    drawn driven eaten fed felt forbidden forgiven forgotten fought found frozen given ground grown
    heard held hidden hit hung hurt kept known laid learnt led left lent let lit lost made meant met
    misled mistaken outgrown overcome overdone paid proven put read redone rewritten ridden run rung
    said seen sent set sewn shaken shot shown shut sold sought spent spilt split spoken spread
    stolen struck stuck stung sung swept sworn swung taken taught thought thrown told torn undergone
    understood undone upheld withdrawn withheld woken won worn wound written wrung
    """
)
_NO_PARTICIPLES = _listed("aged bed crooked hundred naked red sacred shed wicked")
_EED = _listed("agreed decreed freed guaranteed refereed")

_STATES = _listed(
    """
    addicted alarmed annoyed armed ashamed bent bloated blocked bored broken bruised clogged closed
    complicated concerned confused congested constipated contented cramped crossed curved damaged
    dehydrated depressed detailed determined disabled disappointed distressed divided dressed
    educated embarrassed excited exhausted experienced extended fatigued fixed flexed frightened
    frozen frustrated hurt impaired infected inflamed injured interested involved isolated limited
    linked locked lost married mixed motivated numbed padded paralysed paralyzed pleased prepared
    puzzled qualified raised related relaxed relieved retired rounded satisfied scared scarred
    seated settled shocked shut sided skilled split sprained started stooped strained stressed stuck
    supposed surprised swollen tensed tired torn trapped troubled twisted unchanged undressed worn
    worried wounded wrinkled
    """
)
"""Participles that describe a person, a body, a posture, or how two things go together."""

_TOKEN = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*|[^\w\s]")


@cache
def passive(sentence: str) -> str | None:
    """Return the words that put ``sentence`` in the passive, such as “is often given”, or None."""
    words = _TOKEN.findall(sentence.replace("’", "'"))
    folded = [word.casefold() for word in words]
    for start, word in enumerate(folded):
        if word in _BE or (word in _GET and not _is_order(folded, start)):
            end = _participle_after(folded, start)
            if end is not None:
                return " ".join(words[start : end + 1])
    return None


def _is_order(words: list[str], at: int) -> bool:
    """Return whether the verb begins its sentence or clause, as an order does."""
    before = words[at - 1] if at else ""
    return words[at] == "get" and (not before[:1].isalpha() or before in _JOINING)


def _participle_after(words: list[str], start: int) -> int | None:
    """Return where the participle stands that the verb at ``start`` puts in the passive."""
    asked = start == 0 or words[start - 1] in _QUESTION_WORDS
    for at in range(start + 1, min(start + 2 + _MOST_BETWEEN, len(words))):
        if _is_participle(words, at):
            return at
        pronoun = asked and at == start + 1 and words[at] in _PRONOUNS
        if not (pronoun or words[at] in _BETWEEN or words[at].endswith("ly")):
            return None
    return None


def _is_participle(words: list[str], at: int) -> bool:
    """Return whether a past participle stands at ``at`` that is more than a state."""
    word, after = words[at], words[at + 1] if at + 1 < len(words) else ""
    regular = word.endswith("ed") and (not word.endswith("eed") or word in _EED)
    if word in _NO_PARTICIPLES or "-" in word or not (regular or word in _IRREGULAR):
        return False
    if word == "used" and after == "to":
        return False
    state = word in _STATES or (regular and word.startswith("un"))
    return not state or after == "by"
