"""What is around the bones: how far each part of a body reaches from its bone, in mm.

Drawn by eye at a stature of 1,700 mm, without a source. Head and hands are a little larger than
life, as they are what a reader looks at. A row says where on the bone it is, 0 to 1, then how far
the part reaches to the front, the back, the outside and the inside.
"""

from collections.abc import Mapping
from typing import NamedTuple

from clinicpress.figures.contour import Row

UPPER_ARM: tuple[Row, ...] = (
    (0, 38, 42, 40, 36), (0.2, 46, 44, 47, 40), (0.48, 44, 41, 39, 39), (0.78, 36, 40, 34, 35),
    (1, 32, 35, 34, 33),
)  # fmt: skip
FOREARM: tuple[Row, ...] = (
    (0, 33, 35, 35, 33), (0.2, 42, 35, 41, 37), (0.5, 34, 31, 34, 31), (0.8, 25, 23, 25, 24),
    (1, 23, 22, 22, 22),
)  # fmt: skip
THIGH: tuple[Row, ...] = (
    (0, 82, 58, 84, 68), (0.2, 88, 68, 82, 74), (0.5, 78, 68, 70, 68), (0.8, 62, 56, 56, 55),
    (1, 56, 48, 50, 50),
)  # fmt: skip
SHANK: tuple[Row, ...] = (
    (0, 54, 48, 50, 50), (0.12, 48, 54, 52, 52), (0.32, 44, 66, 55, 54), (0.62, 38, 48, 42, 41),
    (0.86, 32, 36, 33, 33), (1, 32, 36, 33, 32),
)  # fmt: skip
TRUNK: tuple[Row, ...] = (
    (-0.17, 62, 88, 112, 112), (-0.06, 92, 112, 152, 152), (0.08, 98, 108, 157, 157),
    (0.24, 96, 92, 142, 142), (0.4, 95, 88, 131, 131), (0.57, 99, 96, 138, 138),
    (0.74, 107, 106, 147, 147), (0.88, 94, 102, 143, 143), (0.97, 66, 84, 108, 108),
    (1.03, 44, 62, 70, 70),
)  # fmt: skip
"""Of the trunk the bone is the spine from the hips to the neck; below 0 lies the seat."""

# ---------------------------------------------------------------- hands and feet


class Finger(NamedTuple):
    """A finger: where its root is, towards the thumb and along, its three bones, its radius."""

    aside: float
    along: float
    bones: tuple[float, float, float]
    radius: float


FINE = (
    Finger(28, 96, (45, 27, 21), 10.5), Finger(9, 99, (49, 31, 22), 11),
    Finger(-10, 93, (45, 29, 21), 10.5), Finger(-27, 84, (35, 21, 19), 9),
)  # fmt: skip
"""The four fingers, for a hand that is drawn large."""

COARSE = (FINE[0], Finger(0, 98, (46, 30, 22), 19.5), FINE[3])
"""The same with the two middle fingers as one, as a small hand is drawn."""

THUMB = Finger(24, 20, (44, 34, 27), 13.5)

PALM = (
    (2, 12, 0, 17), (2, -12, 0, 17), (88, 27, 0, 13), (92, 8, 0, 13), (78, -27, 0, 12),
    (30, 22, 6, 17), (28, -22, 4, 15),
)  # fmt: skip
"""Balls in the palm: along the fingers, to the thumb, to where the palm looks, radius."""


class Hold(NamedTuple):
    """A hand's shape: angles in degrees.

    ``curl`` of a finger's three joints, ``spread`` of the fingers, ``first`` the curl of the index
    finger where it differs, and the thumb: away from the fingers, to the palm, its own bend.
    """

    curl: tuple[float, float, float]
    spread: float
    thumb: tuple[float, float, float]
    first: tuple[float, float, float] | None = None


HOLDS: Mapping[str, Hold] = {
    "open": Hold((10, 14, 8), 7, (48, 12, 8)),
    "flat": Hold((0, 3, 2), 1, (26, 6, 4)),
    "fist": Hold((78, 98, 50), 0, (24, 58, 70)),
    "grip": Hold((40, 46, 30), 2, (44, 50, 16)),
    "point": Hold((78, 98, 50), 0, (24, 58, 64), (4, 4, 4)),
    "spread": Hold((0, 2, 2), 15, (66, 4, 4)),
    "hold": Hold((34, 44, 26), 5, (36, 62, 24)),
    "pinch": Hold((24, 30, 16), 3, (24, 40, 19), (51, 45, 24)),
    "fingertips": Hold((14, 22, 14), 1, (30, 40, 10)),
}


class Sole(NamedTuple):
    """A slice of a foot: how far before the ankle, its underside, its top, half its width."""

    ahead: float
    low: float
    high: float
    half: float


SHOE = (
    Sole(-52, -56, -14, 24), Sole(-28, -66, 14, 31), Sole(36, -66, 2, 35), Sole(100, -66, -30, 42),
    Sole(150, -64, -38, 37), Sole(178, -58, -48, 20),
)  # fmt: skip
BARE = (
    Sole(-46, -54, -20, 20), Sole(-26, -64, 10, 27), Sole(34, -60, 0, 31), Sole(98, -66, -34, 40),
    Sole(134, -64, -40, 38), Sole(158, -62, -46, 26),
)  # fmt: skip
RUBBER = (
    Sole(-46, -62, -50, 26), Sole(-30, -66, -48, 31), Sole(100, -66, -52, 42),
    Sole(150, -65, -52, 38), Sole(174, -58, -50, 20),
)  # fmt: skip
"""The sole of a shoe, with its heel."""
TOES = ((166, -22, 13), (164, -2, 9), (157, 12, 8.5), (147, 24, 8), (136, 34, 7.5))
"""The toes from the large one: how far before the ankle, to the outside, radius."""


class ToeBones(NamedTuple):
    """A toe that is drawn large: where its root and its tip are before the ankle, and its radius.

    ``out`` and ``out_tip`` say how far to the outside root and tip lie, in mm.
    """

    root: float
    tip: float
    out: float
    out_tip: float
    radius: float


TOE_BONES = (
    ToeBones(100, 164, -22, -24, 14.5), ToeBones(104, 163, -4, -5, 9.5),
    ToeBones(100, 155, 9, 10, 9), ToeBones(93, 145, 21, 23, 8.5), ToeBones(84, 133, 31, 35, 8),
)  # fmt: skip
BALL = Sole(112, -66, -42, 36)
"""Where a bare foot ends and its toes begin."""
ARCH = ((-8, -26, -66), (14, -28, -54), (40, -30, -50), (66, -32, -56), (84, -34, -66))
"""The hollow on the inside of a foot: before the ankle, to the outside, up."""

# ---------------------------------------------------------------- head

HEAD = 256.0
"""From the chin to the crown, in mm; heights of the face are shares of it."""

SKULL: tuple[Row, ...] = (
    (0, 82, -22, 24, 24), (0.05, 93, 2, 42, 42), (0.13, 97, 28, 56, 56), (0.22, 97, 54, 65, 65),
    (0.34, 95, 88, 74, 74), (0.48, 93, 110, 81, 81), (0.6, 97, 118, 83, 83),
    (0.74, 93, 117, 81, 81), (0.86, 74, 101, 69, 69), (0.95, 42, 72, 46, 46), (1, 6, 34, 16, 16),
)  # fmt: skip
PROFILE = (
    (94, 0.72), (101, 0.6), (95, 0.525), (108, 0.45), (126, 0.385), (119, 0.35), (102, 0.33),
    (106, 0.28), (99, 0.24), (104, 0.2), (97, 0.16), (106, 0.1), (100, 0.03), (40, 0.06), (40, 0.7),
)  # fmt: skip
"""The face in the middle, from the brow to the chin: how far to the front, the height."""
EAR = (
    (9, 1, 0.05), (4, 4, 0.085), (-8, 10, 0.09), (-15, 11, 0.05), (-12, 8, -0.01), (-4, 4, -0.06),
    (5, 1, -0.07), (8, 0, -0.02),
)  # fmt: skip
"""The edge of an ear: to the front, out, and up, in mm and in shares of the head."""

# ---------------------------------------------------------------- hair

Place = tuple[float, float]
"""A place around the head: degrees from the face to the left, and the height."""

Strand = tuple[Place, Place, Place]


def _both(*strands: Strand) -> tuple[Strand, ...]:
    """Return strands with their mirror images."""
    mirrored = (((-a, x), (-b, y), (-c, z)) for (a, x), (b, y), (c, z) in strands)
    return (*strands, *mirrored)


class Style(NamedTuple):
    """A way to wear the hair, or a head covering.

    ``line`` is where it begins, from the middle of the face to the back of the head; ``volume`` how
    much wider than the skull it is; ``strands`` lines on it; ``parting`` where it parts, in
    degrees; ``hangs`` whether it falls to the shoulders; ``curls`` how large its curls are, in mm.
    """

    line: tuple[Place, ...]
    volume: float
    strands: tuple[Strand, ...] = ()
    parting: float = 0.0
    hangs: bool = False
    curls: float = 0.0


STYLES: Mapping[str, Style] = {
    "short": Style(
        ((0, 0.8), (28, 0.79), (48, 0.72), (58, 0.62), (74, 0.58), (80, 0.46), (90, 0.46),
         (97, 0.56), (112, 0.44), (135, 0.26), (180, 0.2)),
        1.07,
        (((34, 0.83), (42, 0.92), (70, 0.98)), ((18, 0.84), (-10, 0.87), (-40, 0.82)),
         ((8, 0.91), (-30, 0.93), (-62, 0.84)), ((100, 0.74), (118, 0.62), (124, 0.5)),
         ((-78, 0.82), (-100, 0.74), (-112, 0.6)), ((-110, 0.86), (-135, 0.74), (-145, 0.56)),
         ((170, 0.6), (165, 0.45), (168, 0.3)), ((-160, 0.62), (-164, 0.48), (-160, 0.34)),
         ((180, 0.86), (150, 0.78), (138, 0.66))),
        16,
    ),
    "curly": Style(
        ((0, 0.8), (28, 0.79), (48, 0.73), (58, 0.64), (74, 0.6), (80, 0.48), (90, 0.48),
         (97, 0.56), (112, 0.44), (135, 0.28), (180, 0.22)),
        1.13,
        (((30, 0.86), (36, 0.92), (46, 0.88)), ((-30, 0.86), (-22, 0.92), (-10, 0.88)),
         ((84, 0.78), (92, 0.84), (100, 0.78)), ((-84, 0.78), (-92, 0.84), (-100, 0.78)),
         ((118, 0.6), (126, 0.66), (134, 0.6)), ((-118, 0.6), (-126, 0.66), (-134, 0.6)),
         ((160, 0.8), (168, 0.86), (176, 0.8)), ((-150, 0.7), (-158, 0.76), (-166, 0.7)),
         ((168, 0.5), (176, 0.56), (-176, 0.5))),
        curls=27,
    ),
    "long": Style(
        ((0, 0.86), (22, 0.77), (46, 0.64), (59, 0.44), (65, 0.22), (74, 0.04), (90, 0.0),
         (120, -0.02), (180, -0.04)),
        1.13,
        (((20, 0.84), (34, 0.95), (80, 1.0)), ((30, 0.84), (62, 0.62), (80, 0.3)),
         ((10, 0.86), (-40, 0.78), (-76, 0.4)), ((100, 0.7), (104, 0.4), (98, 0.1)),
         ((-104, 0.75), (-108, 0.42), (-100, 0.12)), ((150, 0.75), (152, 0.4), (150, 0.1)),
         ((-160, 0.8), (-162, 0.45), (-158, 0.1)), ((180, 0.9), (178, 0.6), (176, 0.3))),
        16, hangs=True,
    ),
    "bun": Style(
        ((0, 0.81), (30, 0.78), (52, 0.68), (66, 0.57), (82, 0.52), (95, 0.56), (115, 0.42),
         (140, 0.27), (180, 0.22)),
        1.05,
        _both(((28, 0.84), (70, 0.86), (130, 0.87)), ((12, 0.84), (16, 0.9), (40, 0.96)),
              ((36, 0.79), (46, 0.86), (66, 0.9)), ((62, 0.66), (100, 0.72), (140, 0.82)),
              ((110, 0.52), (135, 0.62), (158, 0.76)), ((150, 0.34), (160, 0.5), (170, 0.7))),
    ),
    "receding": Style(
        ((0, 0.93), (30, 0.86), (52, 0.8), (62, 0.64), (76, 0.58), (82, 0.47), (90, 0.47),
         (97, 0.56), (112, 0.44), (135, 0.27), (180, 0.21)),
        1.04,
        _both(((80, 0.7), (100, 0.66), (112, 0.56)), ((120, 0.76), (136, 0.62), (142, 0.48)),
              ((160, 0.7), (164, 0.5), (166, 0.36))),
    ),
    "covered": Style(
        ((0, 0.79), (34, 0.76), (54, 0.62), (60, 0.4), (56, 0.16), (50, 0.02), (80, -0.08),
         (180, -0.12)),
        1.1,
        _both(((66, 0.7), (90, 0.5), (96, 0.2)), ((72, 0.4), (84, 0.2), (110, 0.02)),
              ((120, 0.8), (132, 0.5), (128, 0.2))),
    ),
}  # fmt: skip
QUIFF = (
    (90, -52, 0.83), (97, -10, 0.87), (90, 50, 0.83), (84, -58, 0.93), (84, 8, 1.03),
    (78, 56, 0.98), (40, -54, 1.03), (40, 0, 1.09), (36, 50, 1.05), (-40, -50, 0.98),
    (-50, 0, 1.04), (-40, 50, 0.98),
)  # fmt: skip
"""Corners of the short hair above the brow, which break the roundness of the skull."""
