"""Vectors and rotations in three dimensions.

The frame of a body: x points forward, y to its left, z up. Lengths are millimetres, angles
degrees. A rotation is the tuple of its three columns: where x, y and z go.
"""

from functools import lru_cache
from math import acos, cos, degrees, radians, sin, sqrt

Vec = tuple[float, float, float]
Rotation = tuple[Vec, Vec, Vec]

X: Vec = (1.0, 0.0, 0.0)
Y: Vec = (0.0, 1.0, 0.0)
Z: Vec = (0.0, 0.0, 1.0)
NOWHERE: Vec = (0.0, 0.0, 0.0)
UNTURNED: Rotation = (X, Y, Z)


def add(a: Vec, b: Vec, *others: Vec) -> Vec:
    """Return the sum."""
    x, y, z = a[0] + b[0], a[1] + b[1], a[2] + b[2]
    for other in others:
        x, y, z = x + other[0], y + other[1], z + other[2]
    return (x, y, z)


def sub(a: Vec, b: Vec) -> Vec:
    """Return ``a`` less ``b``."""
    return (a[0] - b[0], a[1] - b[1], a[2] - b[2])


def times(a: Vec, factor: float) -> Vec:
    """Return ``a`` made ``factor`` times as long."""
    return (a[0] * factor, a[1] * factor, a[2] * factor)


def dot(a: Vec, b: Vec) -> float:
    """Return the scalar product."""
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def cross(a: Vec, b: Vec) -> Vec:
    """Return the vector product."""
    return (
        a[1] * b[2] - a[2] * b[1],
        a[2] * b[0] - a[0] * b[2],
        a[0] * b[1] - a[1] * b[0],
    )


def length(a: Vec) -> float:
    """Return how long ``a`` is."""
    return sqrt(dot(a, a))


def unit(a: Vec, otherwise: Vec = Z) -> Vec:
    """Return ``a`` with length one, or ``otherwise`` if it has none."""
    size = length(a)
    return times(a, 1 / size) if size > 1e-9 else otherwise


def across(a: Vec, axis: Vec) -> Vec:
    """Return the part of ``a`` that is at a right angle to the unit vector ``axis``."""
    return sub(a, times(axis, dot(a, axis)))


def between(a: Vec, b: Vec) -> float:
    """Return the angle from ``a`` to ``b``, 0 to 180."""
    return degrees(acos(max(-1.0, min(1.0, dot(unit(a), unit(b))))))


def mixed(a: Vec, b: Vec, share: float) -> Vec:
    """Return the point that lies ``share`` (0 to 1) of the way from ``a`` to ``b``."""
    return add(times(a, 1 - share), times(b, share))


def turned(vector: Vec, by: Rotation) -> Vec:
    """Return ``vector`` after the rotation."""
    (a, b, c), (x, y, z) = by, vector
    return (
        a[0] * x + b[0] * y + c[0] * z,
        a[1] * x + b[1] * y + c[1] * z,
        a[2] * x + b[2] * y + c[2] * z,
    )


def after(outer: Rotation, inner: Rotation) -> Rotation:
    """Return the rotation that does ``inner`` first, then ``outer``."""
    return (turned(inner[0], outer), turned(inner[1], outer), turned(inner[2], outer))


@lru_cache(maxsize=4096)  # poses have most of their angles in common
def about(axis: Vec, angle: float) -> Rotation:
    """Return the rotation by ``angle`` about the unit vector ``axis`` (Rodrigues' formula)."""
    c, s = cos(radians(angle)), sin(radians(angle))

    def image(v: Vec) -> Vec:
        return add(times(v, c), times(cross(axis, v), s), times(axis, dot(axis, v) * (1 - c)))

    return (image(X), image(Y), image(Z))


def bent(bend: float, side: float, turn: float) -> Rotation:
    """Return a joint's rotation: ``turn`` to the left, then ``side`` right, then ``bend`` forward.

    All three are seen from the segment below the joint.
    """
    return after(about(Y, bend), after(about(X, side), about(Z, turn)))


def rotated(a: Vec, b: Vec, angle: float) -> Vec:
    """Return ``a`` turned by ``angle`` towards ``b``, a unit vector at a right angle to it."""
    return add(times(a, cos(radians(angle))), times(b, sin(radians(angle))))
