"""Pictures on a page with text that show text of their own: tables pasted from a spreadsheet, scans under a typed heading."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from extractors.page_objects import Box, Chars, Flags, PageObjects
from extractors.scanned_picture import Picture, find_rules, ink_of

_LEAST_AREA = 0.04  # of the page: smaller ones are seals and emblems
_WHOLE_PAGE = 0.5  # of the page: a scan, whatever it shows
_MOST_IMAGES = 200  # pages made of more are drawings
_FEW_CHARACTERS = 8
_MARGIN = 0.1  # of a picture's height: a typed head or page number may stand there
_TOUCHING = 2.0  # points between the strips that a picture was cut into
_LEAST_RULES = 3
_LONG_RULE = 0.5  # of the picture's width


def bare_pictures(page: PageObjects) -> list[Box]:
    """Return the pictures of a page, none of them small, in which the page's own text does not stand."""
    if not page.images or len(page.images) > _MOST_IMAGES:
        return []
    shown = (_clipped(image, page) for image in page.images)
    pictures = _joined([box for box in shown if box.x1 > box.x0 and box.bottom > box.top])
    return [
        box
        for box in pictures
        if _area(box, page) >= _LEAST_AREA and int(_inner(page.chars, box).sum()) <= _FEW_CHARACTERS
    ]


def are_whole_page(pictures: list[Box], page: PageObjects) -> bool:
    """Tell whether pictures cover the page, so that what they show is a scan and no chart."""
    return sum(_area(box, page) for box in pictures) >= _WHOLE_PAGE


def with_grids(picture: Picture, pictures: list[Box], scale: float) -> list[Box]:
    """Return the pictures that may show a table: level rules over half of the width, and upright ones; few charts have both.

    ``picture`` is the page with ``scale`` pixels per point, ``pictures`` are in points.
    """
    return [box for box in pictures if _has_grid(_part(picture, box, scale), scale)]


def alone(picture: Picture, pictures: list[Box], scale: float) -> Picture:
    """Return the page with nothing on it but these pictures."""
    blank = np.full_like(picture, 255)
    for box in pictures:
        _part(blank, box, scale)[:] = _part(picture, box, scale)
    return blank


def put_in_place(page: PageObjects, recognised: PageObjects, pictures: list[Box]) -> PageObjects:
    """Return a page with what was recognised in its pictures, and its own text and rules outside of them."""
    own = page.chars.take(np.flatnonzero(~inside(page.chars, pictures)))
    return replace(
        page,
        chars=_together(own, recognised.chars),
        lines=[*page.lines, *recognised.lines],
        recognised_in=tuple(pictures),
    )


def inside(chars: Chars, boxes: list[Box] | tuple[Box, ...]) -> Flags:
    """Tell which characters have their middle in one of the boxes."""
    x, y = (chars.x0 + chars.x1) / 2, (chars.top + chars.bottom) / 2
    flags: Flags = np.zeros(len(chars), dtype=np.bool_)
    for box in boxes:
        flags |= (x >= box.x0) & (x <= box.x1) & (y >= box.top) & (y <= box.bottom)
    return flags


def _together(own: Chars, recognised: Chars) -> Chars:
    """Return typed characters, of which one is sure, and recognised ones as the characters of one page."""
    operation = own.operation + (int(recognised.operation.max()) if len(recognised) else 0)
    return Chars(
        own.text + recognised.text,
        np.concatenate([own.x0, recognised.x0]),
        np.concatenate([own.top, recognised.top]),
        np.concatenate([own.x1, recognised.x1]),
        np.concatenate([own.bottom, recognised.bottom]),
        np.concatenate([own.size, recognised.size]),
        np.concatenate([own.upright, recognised.upright]),
        np.concatenate([operation, recognised.operation]),
        np.concatenate([np.ones(len(own)), recognised.confidence]),
    )


def _inner(chars: Chars, box: Box) -> Flags:
    margin = _MARGIN * (box.bottom - box.top)
    return inside(chars, [Box(box.x0, box.top + margin, box.x1, box.bottom - margin)])


def _has_grid(part: Picture, scale: float) -> bool:
    rules = find_rules(ink_of(np.ascontiguousarray(part)), scale)
    level = sum(rule.x1 - rule.x0 > _LONG_RULE * part.shape[1] for rule in rules if rule.top == rule.bottom)
    upright = sum(rule.x0 == rule.x1 for rule in rules)
    return level >= _LEAST_RULES and upright >= _LEAST_RULES


def _part(picture: Picture, box: Box, scale: float) -> Picture:
    return picture[
        max(0, int(box.top * scale)) : int(box.bottom * scale) + 1,
        max(0, int(box.x0 * scale)) : int(box.x1 * scale) + 1,
    ]


def _area(box: Box, page: PageObjects) -> float:
    return (box.x1 - box.x0) * (box.bottom - box.top) / max(page.width * page.height, 1.0)


def _clipped(box: Box, page: PageObjects) -> Box:
    return Box(max(box.x0, 0.0), max(box.top, 0.0), min(box.x1, page.width), min(box.bottom, page.height))


def _joined(boxes: list[Box]) -> list[Box]:
    """Put together the strips of a picture: boxes that touch or overlap."""
    joined: list[Box] = []
    for box in sorted(boxes, key=lambda one: (one.top, one.x0)):
        touching = [one for one in joined if _touch(one, box)]
        joined = [one for one in joined if one not in touching]
        all_of_it = [box, *touching]
        joined.append(
            Box(
                min(one.x0 for one in all_of_it),
                min(one.top for one in all_of_it),
                max(one.x1 for one in all_of_it),
                max(one.bottom for one in all_of_it),
            )
        )
    return joined


def _touch(one: Box, other: Box) -> bool:
    return (
        min(one.x1, other.x1) - max(one.x0, other.x0) >= -_TOUCHING
        and min(one.bottom, other.bottom) - max(one.top, other.top) >= -_TOUCHING
    )
