"""Close-ups: what is shown around one part of a body."""

from collections.abc import Mapping, Sequence

from clinicpress.figures.pose import SIDES
from clinicpress.figures.shapes import Box, around
from clinicpress.figures.stage import Stage
from clinicpress.figures.view import View

Part = tuple[tuple[str, ...], float]
"""The joints in a close-up, and how much around them is shown, in mm."""

PARTS: Mapping[str, Part] = {
    "hand": (("wrist", "palm", "fingers"), 105.0),
    "forearm": (("elbow", "wrist", "fingers"), 75.0),
    "arm": (("shoulder", "elbow", "wrist", "fingers"), 100.0),
    "shoulder": (("shoulder",), 230.0),
    "knee": (("knee",), 230.0),
    "leg": (("hip", "knee", "ankle", "heel", "toes"), 110.0),
    "lower-leg": (("knee", "ankle", "heel", "toes"), 85.0),
    "foot": (("ankle", "heel", "toes"), 95.0),
}
"""Parts that are on each side."""

WHOLE: Mapping[str, Part] = {
    "head": (("head", "neck"), 150.0),
    "trunk": (("hips", "neck", "right-shoulder", "left-shoulder"), 170.0),
}
"""Parts that a body has once."""

BOTH = {"feet" if part == "foot" else f"{part}s": part for part in PARTS}

CLOSE_UPS: Mapping[str, Part] = {
    **WHOLE,
    **{
        f"{side}-{part}": (tuple(f"{side}-{joint}" for joint in joints), margin)
        for part, (joints, margin) in PARTS.items()
        for side in SIDES
    },
    **{
        both: (tuple(f"{side}-{joint}" for side in SIDES for joint in PARTS[part][0]),
               PARTS[part][1])
        for both, part in BOTH.items()
    },
}  # fmt: skip
"""All that a close-up can show, by name; one in the plural shows both sides."""


THUMB_MARGIN = 42.0
"""How much is shown around the tip of a thumb, in mm: its flesh, and a little paper."""


def close_up(name: str, stages: Sequence[Stage], view: View) -> Box:
    """Return the box around a part of the first person, wherever it is in any moment.

    Where fingers are in it, so is the whole thumb, which no joint tells of.
    """
    joints, margin = CLOSE_UPS[name]
    skeletons = [next(iter(stage.skeletons.values())) for stage in stages]
    spots = [view.spot(each.joints[joint]) for each in skeletons for joint in joints]
    thumbs = [joint.replace("fingers", "thumb-tip") for joint in joints if "fingers" in joint]
    tips = [view.spot(each.place(thumb)) for each in skeletons for thumb in thumbs]
    box = around(spots, margin)
    return box.joined(around(tips, THUMB_MARGIN)) if tips else box
