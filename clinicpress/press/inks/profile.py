"""A colour profile for four inks, made of the same rule by which ``ink`` separates colours.

It describes no press. It says of each mixture of inks which colour was meant, so that whoever
opens the file sees that, and a print shop can convert it to its own press. No profile of a press
comes with the program: most may not be passed on. The form is ICC.1:2001-04.
"""

import struct
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import product

from clinicpress.design.contrast import encoded, linear
from clinicpress.press.inks.ink import Colour, cmyk, from_cmyk

NAME = "Four inks by arithmetic"

WHITE = (0.9642, 1.0, 0.8249)
"""D50, the white of the profile connection space (ICC.1:2001-04, A.1)."""

TO_XYZ = (
    (0.4360747, 0.3850649, 0.1430804),
    (0.2225045, 0.7168786, 0.0606169),
    (0.0139322, 0.0971045, 0.7141733),
)
"""sRGB, adapted to D50 after Bradford."""

FROM_XYZ = (
    (3.1338561, -1.6168667, -0.4906146),
    (-0.9787684, 1.9161415, 0.0334540),
    (0.0719453, -0.2289914, 1.4052427),
)

INK_STEPS, LAB_STEPS = 9, 17
"""Points along each side of the two tables."""

THIRD = (6 / 29) ** 3


SOLID = (0.0, 0.0, 0.0, 1.0)


@lru_cache(maxsize=1)
def profile() -> bytes:
    """Return the profile: the same bytes each time."""
    shown = _table(4, INK_STEPS, lambda inks: _as_bytes(_lab(from_cmyk(inks))), 3)
    printed = _table(3, LAB_STEPS, _inks, 4)
    inside = _table(3, 2, lambda part: (0.0,), 1)
    text = NAME.encode()
    description = b"desc" + bytes(4) + struct.pack(">I", len(text) + 1) + text + bytes(79)
    tags = {
        b"desc": description,
        b"cprt": b"text" + bytes(4) + b"No rights reserved (CC0)\0",
        b"wtpt": b"XYZ " + bytes(4) + b"".join(map(_fixed, WHITE)),
        b"A2B0": shown, b"A2B1": shown, b"A2B2": shown,
        b"B2A0": printed, b"B2A1": printed, b"B2A2": printed,
        b"gamt": inside,
    }  # fmt: skip
    return _file(tags)


def _file(tags: dict[bytes, bytes]) -> bytes:
    start = 128 + 4 + 12 * len(tags)
    places: dict[bytes, int] = {}
    body = b""
    for content in tags.values():
        if content not in places:
            places[content] = start + len(body)
            body += content + bytes(-len(content) % 4)
    table = struct.pack(">I", len(tags)) + b"".join(
        name + struct.pack(">II", places[content], len(content)) for name, content in tags.items()
    )
    day = struct.pack(">6H", 2026, 1, 1, 0, 0, 0)
    head = struct.pack(">I", start + len(body)) + bytes(4) + b"\x02\x40\0\0prtrCMYKLab " + day
    head += b"acsp" + bytes(28) + b"".join(map(_fixed, WHITE))
    return head + bytes(128 - len(head)) + table + body


def _fixed(value: float) -> bytes:
    return struct.pack(">i", round(value * 65536))


def _table(
    parts: int, steps: int, result: Callable[[Sequence[float]], Sequence[float]], out: int
) -> bytes:
    """Return a table of ``steps`` points a side (lut8Type); each part and result is 0 to 1."""
    scale = [step / (steps - 1) for step in range(steps)]
    points = b"".join(
        bytes(min(255, max(0, round(255 * value))) for value in result(point))
        for point in product(scale, repeat=parts)
    )
    straight = bytes(range(256))
    unit = b"".join(map(_fixed, (1, 0, 0, 0, 1, 0, 0, 0, 1)))
    return b"mft1" + bytes(4) + bytes((parts, out, steps, 0)) + unit + (
        straight * parts + points + straight * out
    )  # fmt: skip


Lab = tuple[float, float, float]


def _inks(parts: Sequence[float]) -> Sequence[float]:
    """Return the inks of one point; what has no light at all is black alone, whatever its hue."""
    return cmyk(_rgb(_from_bytes(parts))) if parts[0] else SOLID


def _lab(colour: Colour) -> Lab:
    """Return a colour in the connection space: CIE L* from 0 to 100, a* and b*."""
    light = [linear(part) for part in colour]
    x, y, z = (
        _curved(sum(m * part for m, part in zip(row, light, strict=True)) / white)
        for row, white in zip(TO_XYZ, WHITE, strict=True)
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _curved(share: float) -> float:
    return float(share ** (1 / 3)) if share > THIRD else share * 841 / 108 + 4 / 29


def _rgb(lab: Lab) -> Colour:
    """Return the colour of the screen that is nearest."""
    y = (lab[0] + 16) / 116
    curved = (y + lab[1] / 500, y, y - lab[2] / 200)
    xyz = [
        white * (part**3 if part > 6 / 29 else (part - 4 / 29) * 108 / 841)
        for part, white in zip(curved, WHITE, strict=True)
    ]
    red, green, blue = (
        encoded(min(1.0, max(0.0, sum(m * part for m, part in zip(row, xyz, strict=True)))))
        for row in FROM_XYZ
    )
    return red, green, blue


def _as_bytes(lab: Lab) -> Lab:
    """Return L*a*b* as shares of a byte's range (ICC.1:2001-04, 6.4)."""
    return lab[0] / 100, (lab[1] + 128) / 255, (lab[2] + 128) / 255


def _from_bytes(parts: Sequence[float]) -> Lab:
    return parts[0] * 100, parts[1] * 255 - 128, parts[2] * 255 - 128
