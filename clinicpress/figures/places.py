"""Places on the skin that a hand, a thing or a mark may name."""

from collections.abc import Mapping

from clinicpress.figures.space import (
    Vec,
)

PLACES: Mapping[str, tuple[str, str, Vec]] = {
    "breastbone": ("trunk-3", "trunk-3", (1.0, 0, 0.2)),
    "right-chest": ("trunk-3", "trunk-3", (0.85, -0.5, 0.2)),
    "left-chest": ("trunk-3", "trunk-3", (0.85, 0.5, 0.2)),
    "right-ribs": ("trunk-2", "trunk-2", (0.55, -0.85, 0)),
    "left-ribs": ("trunk-2", "trunk-2", (0.55, 0.85, 0)),
    "belly": ("trunk-1", "trunk-1", (1.0, 0, 0)),
    "low-belly": ("trunk-0", "trunk-0", (1.0, 0, 0.2)),
    "right-shoulder-top": ("trunk-4", "trunk-4", (-0.1, -0.55, 0.9)),
    "left-shoulder-top": ("trunk-4", "trunk-4", (-0.1, 0.55, 0.9)),
    "high-back": ("trunk-3", "trunk-3", (-1.0, 0, 0.3)),
    "right-blade": ("trunk-3", "trunk-3", (-0.92, -0.45, 0.3)),
    "left-blade": ("trunk-3", "trunk-3", (-0.92, 0.45, 0.3)),
    "mid-back": ("trunk-2", "trunk-2", (-1.0, 0, 0)),
    "right-mid-back": ("trunk-2", "trunk-2", (-0.92, -0.4, 0)),
    "left-mid-back": ("trunk-2", "trunk-2", (-0.92, 0.4, 0)),
    "low-back": ("trunk-1", "trunk-1", (-1.0, 0, 0)),
    "right-low-back": ("trunk-1", "trunk-1", (-0.9, -0.4, 0)),
    "left-low-back": ("trunk-1", "trunk-1", (-0.9, 0.4, 0)),
    "right-waist": ("trunk-1", "trunk-1", (0.2, -0.98, 0)),
    "left-waist": ("trunk-1", "trunk-1", (0.2, 0.98, 0)),
    "seat": ("trunk-0", "trunk-0", (-0.3, 0, -0.95)),
    "forehead": ("head", "head", (0.9, 0, 0.45)),
    "mouth": ("head", "head", (0.95, 0, -0.54)),
    "chin": ("head", "head", (0.8, 0, -0.88)),
    "right-temple": ("head", "head", (0.5, -0.85, 0.2)),
    "left-temple": ("head", "head", (0.5, 0.85, 0.2)),
    "right-cheek": ("head", "head", (0.75, -0.6, -0.35)),
    "left-cheek": ("head", "head", (0.75, 0.6, -0.35)),
    "head-top": ("head", "head", (0, 0, 1.0)),
    "head-back": ("head", "head", (-0.95, 0, 0.2)),
    "right-head-side": ("head", "head", (0.1, -0.98, 0.2)),
    "left-head-side": ("head", "head", (0.1, 0.98, 0.2)),
}
"""Places on the skin: the frame, its middle, and where in half axes of that part."""

JOINTS = (
    "hips", "neck", "skull", "head", *(f"trunk-{part}" for part in range(5)),
    *(f"{side}-{joint}" for side in ("right", "left") for joint in (
        "shoulder", "elbow", "wrist", "palm", "fingers", "hip", "knee", "ankle", "heel", "ball",
        "toes", "sole")),
)  # fmt: skip
"""The joints that a figure may name."""
