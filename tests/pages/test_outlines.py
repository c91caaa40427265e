"""Shapes as lines and curves: they go where the SVG says, and data that is odd is told."""

from itertools import pairwise
from math import atan2, cos, hypot, pi, radians, sin

import pytest

from clinicpress.pages import outlines
from clinicpress.pages.outlines import Outline, Strange

Point = tuple[float, float]
Line = tuple[str, tuple[float, ...]]


def lines(outline: Outline) -> list[Line]:
    """Return each operator with its numbers."""
    found: list[Line] = []
    numbers: tuple[float, ...] = ()
    for each in outline:
        if isinstance(each, str):
            found.append((each, numbers))
            numbers = ()
        else:
            numbers += (each,)
    assert not numbers
    return found


def path(data: str) -> list[Line]:
    return lines(outlines.path(data))


def along(start: Point, curve: tuple[float, ...], at: float) -> Point:
    """Return a point of a cubic curve; ``at`` is 0 where it begins, 1 where it ends."""
    points = [start, *zip(curve[::2], curve[1::2], strict=True)]
    shares = ((1 - at) ** 3, 3 * at * (1 - at) ** 2, 3 * at**2 * (1 - at), at**3)
    x, y = (sum(s * p[axis] for s, p in zip(shares, points, strict=True)) for axis in (0, 1))
    return x, y


def points_of(data: str) -> list[Point]:
    """Return points along the curves of a path of one piece."""
    (_, here), *rest = path(data)
    found: list[Point] = [here]
    for operator, numbers in rest:
        assert operator == "c"
        found += [along(here, numbers, step / 16) for step in range(1, 17)]
        here = numbers[-2:]
    return found


@pytest.mark.parametrize("turn", [0, 30, -75])
@pytest.mark.parametrize("flags", ["0 0", "0 1", "1 0", "1 1"])
@pytest.mark.parametrize("end", [(9, 2), (-7, 4), (3, -8), (0, 12)])
def test_an_arc_lies_on_its_ellipse(turn: int, flags: str, end: Point) -> None:
    rx, ry = 12, 9
    points = points_of(f"M3 4a{rx} {ry} {turn} {flags} {end[0]} {end[1]}")
    assert points[0] == (3, 4)
    assert points[-1] == (3 + end[0], 4 + end[1])

    def round_(point: Point) -> Point:
        c, s = cos(radians(turn)), sin(radians(turn))
        return (point[0] * c + point[1] * s) / rx, (point[1] * c - point[0] * s) / ry

    rounded = [round_(point) for point in points]
    middle = middle_of(rounded[0], rounded[-1], len(points) // 2, rounded)
    assert all(abs(hypot(x - middle[0], y - middle[1]) - 1) < 0.02 for x, y in rounded)
    turned = [atan2(y - middle[1], x - middle[0]) for x, y in rounded]
    steps = [(b - a + pi) % (2 * pi) - pi for a, b in pairwise(turned)]
    large, sweep = flags.split()
    assert (sum(steps) > 0) == (sweep == "1")
    assert (abs(sum(steps)) > pi) == (large == "1")


def middle_of(a: Point, b: Point, at: int, points: list[Point]) -> Point:
    """Return the middle of the circle of radius 1 through a and b that the middle point is on."""
    x, y = (a[0] + b[0]) / 2, (a[1] + b[1]) / 2
    half = hypot(b[0] - a[0], b[1] - a[1]) / 2
    high = (1 - half**2) ** 0.5 / (2 * half)
    way = (a[1] - b[1]) * high, (b[0] - a[0]) * high
    both = (x + way[0], y + way[1]), (x - way[0], y - way[1])
    on = points[at]
    return min(both, key=lambda m: abs(hypot(on[0] - m[0], on[1] - m[1]) - 1))


def test_two_halves_are_a_circle_however_small_its_radius_is_said() -> None:
    for data in ("M-5 0a5 5 0 1 1 10 0a5 5 0 1 1 -10 0", "M-5 0a1 1 0 1 1 10 0a1 1 0 1 1 -10 0"):
        points = points_of(data)
        assert points[-1] == (-5, 0)
        assert all(abs(hypot(x, y) - 5) < 0.1 for x, y in points)
        assert min(y for _, y in points) == pytest.approx(-5, abs=0.1)
        assert max(y for _, y in points) == pytest.approx(5, abs=0.1)


def test_a_quadratic_curve_stays_where_it_is() -> None:
    start, handle, end = (1, 2), (7, -3), (4, 9)
    _, (_, curve) = path("M1 2Q7-3 4 9")
    for at in (0.2, 0.5, 0.9):
        wanted = tuple(
            (1 - at) ** 2 * s + 2 * at * (1 - at) * h + at**2 * e
            for s, h, e in zip(start, handle, end, strict=True)
        )
        assert along(start, curve, at) == pytest.approx(wanted)


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("m1 2 3 4-1 5", "M1 2L4 6L3 11"),
        ("M1 2h3H9v-4V0", "M1 2L4 2L9 2L9-2L9 0"),
        ("M1 1c1 2 3 4 5 6s7 8 9 10", "M1 1C2 3 4 5 6 7C8 9 13 15 15 17"),
        ("M1 1s7 8 9 10", "M1 1C1 1 8 9 10 11"),
        ("M1 1C2 3 4 5 6 7S8 9 9 10", "M1 1C2 3 4 5 6 7C8 9 8 9 9 10"),
        ("M0 0q3 3 6 0t6 0", "M0 0Q3 3 6 0Q9-3 12 0"),
        ("M1 1l4 0 0 4zm2 2l1 0 0 1z", "M1 1L5 1L5 5ZM3 3L4 3L4 4Z"),
        ("M1 1l4 0 0 4zl1 1", "M1 1L5 1L5 5ZL2 2"),
        ("M1.5.25-.5,.75", "M1.5 0.25 L -0.5 0.75"),
        ("M1 1a3 0 0 0 1 4 5", "M1 1L5 6"),
    ],
)
def test_what_is_said_in_short_is_the_same(short: str, long: str) -> None:
    assert path(short) == path(long)


@pytest.mark.parametrize(
    "data",
    ["L1 1", "1 1", "M1", "M1 1L2", "M1 1z", "M1 1l1 1zz", "M1 1l1 1z3", "M1 1e1 2", "M1 1b2 2",
     "M1 1l--1 2", "M1 1l1. 2", "M1 1l1-", "M1 1l+1 2", "M1 1000000000 2 2", "M1 1l1_0 2",
     "M1 1l nan 2", "M1 1l٣ 2", "M1 1t2 2", "M1 1a3 3 0 2 1 4 4", "M1 1a3 3 0 01 1 4 4",
     "M1 1a3 3 0 0110 4", "M1 1a-3 3 0 0 1 4 4", "M1 1a3 3 0 1 1 0 0", "M1 1h", "M1 1#"],
)  # fmt: skip
def test_odd_data_is_told(data: str) -> None:
    with pytest.raises(Strange):
        path(data)


def test_no_data_is_no_shape() -> None:
    assert path(" ") == []


def test_a_circle_and_the_corners_of_a_rectangle_are_round() -> None:
    (_, here), *curves = lines(outlines.circle(10, 20, 5))
    for operator, numbers in curves[:-1]:
        assert operator == "c"
        x, y = along(here, numbers, 0.5)
        assert hypot(x - 10, y - 20) == pytest.approx(5, rel=0.01)
        here = numbers[-2:]
    assert lines(outlines.rectangle(1, 2, 3, 4, 0, 0)) == [("re", (1, 2, 3, 4))]
    rounded = lines(outlines.rectangle(0, 0, 10, 8, 2, 9))
    assert [operator for operator, _ in rounded] == ["m", *"lclclclc", "h"]
    assert rounded[0] == ("m", (2, 0))
    assert rounded[2][1][-2:] == (10, 4)  # no half axis is longer than half a side
    ends = [numbers[-2:] for _, numbers in rounded[:-1]]
    assert (min(ends), max(ends)) == ((0, 4), (10, 4))


@pytest.mark.parametrize("side", [(0, 1), (1, 0), (-1, 1)])
def test_a_shape_without_size_is_told(side: tuple[int, int]) -> None:
    with pytest.raises(Strange):
        outlines.rectangle(0, 0, *side, 0, 0)
    with pytest.raises(Strange):
        outlines.circle(0, 0, min(side))
