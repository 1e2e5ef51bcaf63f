"""A finding's own page: pictures with boxes, the numbers behind it, the rule and its history."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from reports.annotated_pdf import Mark
from reports.evidence import Box, Evidence, FindingDetails
from reports.exceptions import DocumentRow, ExceptionRow, page_link
from reports.labels import label
from reports.page_images import PageImage
from reports.site_environment import finding_href

#: Points shown above and below the evidence, points between box and print, and the least height of a crop.
_MARGIN, _PADDING, _LEAST_HEIGHT = 46.0, 1.5, 130.0

#: Headings up to this many points above the evidence are shown with it, others in a band of their own.
_NEAR = 190.0

#: Points from top to bottom of a box's label.
_LABEL_HEIGHT = 9.0

#: Points above the headings where the money unit is printed.
_UNIT_LINE = 22.0


@dataclass(frozen=True, slots=True)
class SiteContext:
    """What every finding page needs besides its finding."""

    details: FindingDetails
    documents: Mapping[str, DocumentRow]
    images: Mapping[tuple[str, int], PageImage]
    annotated: Mapping[str, str]  # document id → annotated PDF relative to the site
    units: Mapping[str, str]  # unit name → its page relative to the site


def finding_view(
    row: ExceptionRow, context: SiteContext, before: ExceptionRow | None, after: ExceptionRow | None
) -> dict[str, Any]:
    """Return the values of ``finding.html`` for one finding and its neighbours in the list."""
    evidence = context.details.evidence.get(row.finding_id, [])
    figures = _figures(evidence, context)
    return {
        "root": "../",
        "row": row,
        "unit_href": context.units[row.unit],
        "previous_href": finding_href(before) if before else None,
        "next_href": finding_href(after) if after else None,
        "figures": figures,
        "no_figure_reason": _no_figure_reason(evidence),
        "evidence": evidence,
        "judgements": context.details.judgements.get(row.finding_id, []),
        "events": [
            event for event in context.details.events.get(row.finding_id, []) if event.kind != "first_seen"
        ],
    }


def _no_figure_reason(evidence: list[Evidence]) -> str:
    if not evidence:
        return "这条例外针对整份文件或缺少的内容，没有可框出的单元格。"
    return "原文件不在本机或该页无法绘制，只列出单元格的原文。"


def _figures(evidence: list[Evidence], context: SiteContext) -> list[dict[str, Any]]:
    places = sorted(
        {(item.document_id, page) for item in evidence for page, _ in item.boxes},
        key=lambda place: min(
            item.number
            for item in evidence
            if (item.document_id, place[1]) == place and _stands_on(item, place[1])
        ),
    )
    return [
        _figure(document_id, page, context.images[document_id, page], evidence, context)
        for document_id, page in places
        if (document_id, page) in context.images
    ]


def _stands_on(item: Evidence, page: int) -> bool:
    return any(its_page == page for its_page, _ in item.boxes)


def _figure(
    document_id: str, page: int, image: PageImage, evidence: list[Evidence], context: SiteContext
) -> dict[str, Any]:
    items = [item for item in evidence if item.document_id == document_id and _stands_on(item, page)]
    document = context.documents.get(document_id)
    boxes = [box for item in items for box in _boxes(item, page, image)]
    heading = _heading_above(items, page, context.details.headers.get((document_id, page), []))
    crop = _crop(boxes, image, heading)
    name = (document.file_name if document else None) or document_id
    printed = "；".join(f"{item.number} 号框 {item.text[:40]}" for item in items)
    return {
        "caption": f"{name} 第 {page} 页",
        "description": f"{name} 第 {page} 页，框出 {printed}",
        "page": page,
        "source": page_link(document.source_url, page) if document else None,
        "annotated": context.annotated.get(document_id),
        "image": image.name,
        "size": _placed(0, 0, image.width, image.height),
        "whole": f"0 0 {image.width:.2f} {image.height:.2f}",
        "boxes": boxes,
        "crop": crop,
        "header": _band(heading, image) if heading and crop.top > heading.bottom else None,
    }


def _boxes(item: Evidence, page: int, image: PageImage) -> list[dict[str, Any]]:
    boxes = []
    for order, box in enumerate(box for its_page, box in item.boxes if its_page == page):
        label_width = 4 + 4.5 * len(str(item.number))
        left = min(box.x1 + _PADDING, image.width - label_width)
        above = max(box.top - _PADDING - 4, 0.0)
        boxes.append(
            {
                "evidence_id": item.evidence_id,
                "kind": item.kind,
                "number": item.number if order == 0 else None,
                "top": box.top - _PADDING,
                "bottom": box.bottom + _PADDING,
                "frame": _placed(
                    box.x0 - _PADDING,
                    box.top - _PADDING,
                    box.x1 - box.x0 + 2 * _PADDING,
                    box.bottom - box.top + 2 * _PADDING,
                ),
                "label": _placed(left, above, label_width, _LABEL_HEIGHT),
                "digits": Markup(f'x="{left + label_width / 2:.2f}" y="{above + 7:.2f}"'),  # noqa: S704 - numbers
            }
        )
    return boxes


def _placed(x: float, y: float, width: float, height: float) -> Markup:
    """Return the attributes of a rectangle or picture, made in one piece: a site has 100,000 boxes."""
    return Markup(f'x="{x:.2f}" y="{y:.2f}" width="{width:.2f}" height="{height:.2f}"')  # noqa: S704 - numbers


@dataclass(frozen=True, slots=True)
class _Crop:
    """The part of a page that is shown: its full width between two heights."""

    top: float
    bottom: float
    width: float

    def __str__(self) -> str:
        """Return the SVG view box."""
        return f"0 {self.top:.1f} {self.width:.1f} {self.bottom - self.top:.1f}"


def _heading_above(items: Sequence[Evidence], page: int, headers: Sequence[Box]) -> Box | None:
    """Return the nearest column headings above the topmost cell of the evidence."""
    tops = [
        box.top for item in items if item.kind == "cell" for its_page, box in item.boxes if its_page == page
    ]
    above = [box for box in headers if tops and box.bottom <= min(tops) + _PADDING]
    return max(above, key=lambda box: box.bottom, default=None)


def _crop(boxes: list[dict[str, Any]], image: PageImage, heading: Box | None) -> _Crop:
    """Return what shows the full width of the page around all boxes, with the headings where they are near."""
    first = min(box["top"] for box in boxes)
    top = max(0.0, first - _MARGIN)
    if heading and first - heading.top <= _NEAR:
        top = max(0.0, min(top, heading.top - _UNIT_LINE))
    elif heading and top < heading.bottom:
        top = max(0.0, heading.top - _UNIT_LINE)
    bottom = min(image.height, max(box["bottom"] for box in boxes) + _MARGIN)
    if bottom - top < _LEAST_HEIGHT:
        bottom = min(image.height, top + _LEAST_HEIGHT)
    return _Crop(top, bottom, image.width)


def _band(heading: Box, image: PageImage) -> _Crop:
    return _Crop(max(0.0, heading.top - 2), min(image.height, heading.bottom + 1), image.width)


def finding_marks(findings: Sequence[ExceptionRow], details: FindingDetails) -> dict[str, list[Mark]]:
    """Return what to draw into each document: its open findings, numbered in the list's order."""
    marks: dict[str, list[Mark]] = defaultdict(list)
    numbers: Counter[str] = Counter()
    for row in findings:
        evidence = details.evidence.get(row.finding_id, []) if row.is_open else []
        for document_id in sorted({item.document_id for item in evidence if item.boxes}):
            numbers[document_id] += 1
            comment = f"{numbers[document_id]}. {_comment(row)}"
            marks[document_id] += [
                Mark(page, box, numbers[document_id], comment)
                for item in evidence
                if item.document_id == document_id
                for page, box in item.boxes
            ]
    return dict(marks)


def _comment(row: ExceptionRow) -> str:
    return f"{label('severity', row.severity)}：{row.title or row.rule_id}\n{row.message or ''}\n编号 {row.finding_id}"
