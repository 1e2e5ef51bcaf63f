"""From PDF user space to the page as seen: origin top left, after /Rotate, in points."""

from __future__ import annotations

from dataclasses import dataclass

#: (a, b, c, d, e, f) with x' = a·x + c·y + e and y' = b·x + d·y + f, as in the PDF reference.
Matrix = tuple[float, float, float, float, float, float]


@dataclass(frozen=True, slots=True)
class View:
    """Size of a page as seen and the matrix that leads there."""

    width: float
    height: float
    rotation: int
    matrix: Matrix


def view_of(box: tuple[float, float, float, float], rotation: int) -> View:
    """Return the view of a page with box (left, bottom, right, top) turned clockwise by ``rotation``."""
    left, bottom, right, top = box
    width, height = right - left, top - bottom
    if rotation == 90:
        return View(height, width, rotation, (0.0, 1.0, 1.0, 0.0, -bottom, -left))
    if rotation == 180:
        return View(width, height, rotation, (-1.0, 0.0, 0.0, 1.0, right, -bottom))
    if rotation == 270:
        return View(height, width, rotation, (0.0, -1.0, -1.0, 0.0, top, right))
    return View(width, height, 0, (1.0, 0.0, 0.0, -1.0, -left, top))


def multiply(inner: Matrix, outer: Matrix) -> Matrix:
    """Return the matrix that applies ``inner`` first and ``outer`` after it."""
    a, b, c, d, e, f = inner
    oa, ob, oc, od, oe, of = outer
    return (
        a * oa + b * oc,
        a * ob + b * od,
        c * oa + d * oc,
        c * ob + d * od,
        e * oa + f * oc + oe,
        e * ob + f * od + of,
    )
