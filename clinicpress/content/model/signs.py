"""What keeps readers safe: warning signs in three tiers, cautions, the scale."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, Self

from pydantic import Field, ValidationInfo, field_validator, model_validator

from clinicpress.content.model.wording import (
    MOST_STEPS,
    Addressed,
    FigureName,
    FigureNames,
    Id,
    Passage,
    ReferenceId,
    Sourced,
    Text,
    Texts,
    Words,
    between,
    refuse_figures_of_no_line,
)
from clinicpress.errors import Unfit, nearest
from clinicpress.files.records import Record


class WarningSign(Sourced):
    """One sign that needs care, whole and in short."""

    entry_kind = "warningsign"

    symptoms: tuple[Words, ...] = Field(min_length=1)
    """The symptoms one by one. ``short`` keeps each word of them, ``full`` a word of each."""
    plain: Mapping[Words, Words] = {}
    """A word by which ``full`` names a symptom, where it takes none of the symptom's own."""
    full: Text
    """The sign in full, where there is room."""
    short: Text
    """The sign without its explanation, for handouts."""
    action: Text | None = None
    """What to do for this sign, beside what its tier or group says."""
    figure: FigureName | None = None
    """Name of its drawing, where signs have one; left out, the topic's own of the sign's name."""

    @field_validator("plain")
    @classmethod
    def _for_its_symptoms(
        cls, plain: Mapping[str, str], others: ValidationInfo
    ) -> Mapping[str, str]:
        symptoms = others.data.get("symptoms", ())
        if unknown := [symptom for symptom in plain if symptom not in symptoms]:
            raise Unfit(f"names “{unknown[0]}”, which is no symptom of the sign", "Correct it.")
        return plain


MOST_SIGNS = 2
"""Signs of one condition that a line may join."""


class SignLine(Passage):
    """One plain sentence that names every symptom of one sign, or of two of one condition."""

    entry_kind = "signline"

    text: Text
    """The sentence; a word of each of its signs stands in bold."""
    signs: tuple[Id, ...] = Field(min_length=1, max_length=MOST_SIGNS)
    """The names of the signs that it says."""
    plain: Mapping[Words, Words] = {}
    """A word of a symptom, where the sentence takes a plainer one in its place."""
    action: Text | None = None
    """What to do for this line, in place of what its tier or group says."""


class SignGroup(Passage):
    """Signs that belong together, at most seven under one heading."""

    entry_kind = "signgroup"

    title: Text
    """What the signs have in common."""
    action: Text | None = None
    """What to do for these signs, in place of what the tier says."""
    note: Text | None = None
    """A line below the signs, where they stand in full."""
    figure: FigureName | None = None
    """Name of the drawing beside that line, where each line has one; left out, the topic's own that
    is called after tier and group, such as ``emergency-heart-note``.
    """
    evidence: tuple[ReferenceId, ...] = ()
    """Numbers of the references that say so."""
    signs: Mapping[Id, WarningSign] = Field(min_length=1, max_length=MOST_STEPS)
    """The signs by name, such as T1. A sign's name stays for good."""
    lines: Mapping[Id, SignLine] = Field(default={}, max_length=MOST_STEPS)
    """All of them as sentences, where few lines have to say them; those with an action of their own
    stand first.
    """

    @model_validator(mode="after")
    def _each_in_one_line(self) -> Self:
        said = [id for line in self.lines.values() for id in line.signs]
        for id in said:
            if id not in self.signs:
                raise Unfit(f"has a line for “{id}”, which is none of its signs",
                            nearest(id, self.signs))  # fmt: skip
            if said.count(id) > 1:
                raise Unfit(f"says the sign “{id}” in two lines", "Name it in one of them.")
        for line in self.lines.values():
            named = {
                word for id in line.signs for s in self.signs[id].symptoms for word in s.split()
            }
            if unknown := [word for word in line.plain if word not in named]:
                wrong = f"has a plain word for “{unknown[0]}”, which no symptom of its line has"
                raise Unfit(wrong, "Correct it.")
        if self.lines and (left := [id for id in self.signs if id not in said]):
            raise Unfit(f"has no line for the sign “{left[0]}”",
                        "Name it under `signs` of a line that says it.")  # fmt: skip
        return self


Tier = Literal["emergency", "same-day", "appointment"]
URGENT_TIERS: tuple[Tier, ...] = ("emergency", "same-day")


class SignTier(Passage):
    """All signs of one urgency, and what to do about them."""

    entry_kind = "tier"

    title: Text
    """The heading that is printed."""
    lead: Text
    """A line below the heading, where the signs stand in full."""
    action: Text
    """What to do if one of the signs is there."""
    pointer: Text | None = None
    """Below the signs of a handout: where the next tier is."""
    otherwise: Text | None = None
    """Below the last signs of a sheet that says no more: what to do where none is there."""
    elsewhere: Text | None = None
    """Below the signs of a card, a leaflet and the like, which hold no other tier: where the rest
    of the signs is.
    """
    groups: Mapping[Id, SignGroup] = Field(min_length=1)
    """The signs, in groups."""

    def signs(self) -> dict[str, WarningSign]:
        """Return the tier's signs by id, in print order."""
        return {id: sign for group in self.groups.values() for id, sign in group.signs.items()}


class Caution(Sourced, Addressed):
    """One caution: who or what it concerns, and what to do."""

    entry_kind = "caution"

    text: Text
    """Who or what it is about."""
    advice: Text | None = None
    """What to do instead, or first."""
    figure: FigureName | None = None
    """Name of its drawing, where each line has one; left out, the topic's own that is called after
    list and caution, such as ``do-not-clot``.
    """
    on_map: bool = False
    """Whether the drawing of its list names the place, so that the part ``never-press`` says no
    more of it.
    """


class CautionList(Passage):
    """A headed list of cautions."""

    entry_kind = "caution-list"

    title: Text
    """The heading that is printed."""
    intro: Text | None = None
    """A line before the list."""
    entries: Mapping[Id, Caution] = Field(min_length=1, max_length=12)
    """The cautions by name."""
    figure: FigureName | None = None
    """Name of the drawing beside it, or names by audience."""

    @model_validator(mode="after")
    def _map_is_drawn(self) -> Self:
        if not self.figure and any(each.on_map for each in self.entries.values()):
            raise ValueError("“on_map” is written of a list that has no “figure”")
        return self


class StopSigns(CautionList):
    """When to stop."""

    short: Text
    """All of them in one line, which stands beside every exercise and technique."""


class Zone(Passage):
    """A stretch of the 0-10 scale and what it means."""

    entry_kind = "zone"

    reach: between(0, 10)  # type: ignore[valid-type]
    """From which number of the scale to which."""
    label: Text
    """A word or two for it."""
    meaning: Text
    """What to do there."""


class Scale(Sourced):
    """The one 0-10 scale of the topic, with a line each for exercises and for techniques."""

    entry_kind = "scale"

    title: Text
    """The heading that is printed."""
    intro: Text
    """How to use the scale."""
    zones: Mapping[Id, Zone]
    """The stretches of the scale by name, in order."""
    exercise: Text | None = None
    """How far to go in exercise; needed where the topic has exercises."""
    massage: Text | None = None
    """How hard to press; needed where the topic has techniques."""


class Notice(Sourced):
    """A few headed lines, such as the gate that stands before everything else."""

    entry_kind = "notice"

    title: Text
    """The heading that is printed."""
    lines: Texts = Field(min_length=1, max_length=MOST_STEPS)
    """The lines by name."""
    figures: FigureNames = {}
    """Names of drawings, by the line that each stands beside; left out, the topic's own that is
    called after the line, such as ``gate-ask``.
    """
    said_by_signs: tuple[Id, ...] = ()
    """Names of lines that a handout leaves out: the head of the emergency signs, which stand right
    below, says the same. Where each line has a picture, it stands.
    """

    @model_validator(mode="after")
    def _figures_beside_lines(self) -> Self:
        refuse_figures_of_no_line(self.figures, self.lines)
        for name in self.said_by_signs:
            if name not in self.lines:
                raise ValueError(f"there is no line “{name}”")
        if set(self.said_by_signs) == set(self.lines):
            raise ValueError("“said_by_signs” leaves no line")
        return self

    def beside_signs(self) -> Self:
        """Return what is left of it where the emergency signs stand right below."""
        kept = {id: line for id, line in self.lines.items() if id not in self.said_by_signs}
        return self.model_copy(update={"lines": kept})


class Cautions(Record):
    """``cautions.yaml``: who should not, who should ask first, where not to press, when to stop.

    Which of them a topic needs, its kind decides, and what else it holds.
    """

    gate: Notice | None = None
    """Before everything else, on a sheet that anybody may pick up; needed but for information."""
    safety_net: Notice | None = None
    """In its place, on a sheet that is handed over after a check; needed with a gate."""
    do_not: CautionList | None = None
    """Who should not do this at all; needed for movement."""
    ask_first: CautionList | None = None
    """Who should ask first; needed for movement."""
    never_press: CautionList | None = None
    """Where nobody should press; needed where there are techniques."""
    stop_signs: StopSigns | None = None
    """When to stop at once; needed for movement."""
    scale: Scale | None = None
    """The 0 to 10 scale; needed for movement."""
