"""A disclosure as a web page, to be printed by a browser: the same statements in the borders and shades of web tables."""

from __future__ import annotations

import html
import random
from collections.abc import Sequence

from samples.flow import Written
from samples.tables import Cell, Table

#: How tables are drawn, in CSS.
STYLES = (
    "td{border:1px solid #000}",
    "td{border:0.5pt solid #999} thead td{background:#ddd;font-weight:bold}",
    "table{border-collapse:separate;border-spacing:0;border-top:1px solid;border-left:1px solid}"
    " td{border-right:1px solid;border-bottom:1px solid}",
    "table{border-top:1.5pt solid;border-bottom:1.5pt solid} td{padding:2pt 5pt}"
    " thead tr:last-child td{border-bottom:0.75pt solid}",
    "td{border-top:1px solid #888;border-bottom:1px solid #888;padding:2pt 5pt}",
    "td{border:1px dotted #000} tbody tr:nth-child(even) td{background:#eef}",
    "td{border:2px double #000}",
    "td{border:1px dashed #000;padding:4pt 2pt}",
    "td{border-bottom:1px solid #ddd;padding:4pt} thead td{background:#4472c4;color:#fff;font-weight:bold}",
    "table{border:2px solid} td{border:0.4pt solid;vertical-align:top}",
    "td{border:1px solid #ccc;font-size:7.5pt;letter-spacing:0.6pt}",
)
_PAGE = (
    "@page{size:A4;margin:18mm} @page wide{size:A4 landscape;margin:14mm} .wide{page:wide}"
    " body{font:12pt/1.7 sans-serif} h1{text-align:center} p{text-indent:2em;margin:0}"
    " .statement{break-before:page;line-height:1.25} .title{text-align:center;font-size:16pt} .label{text-align:right}"
    " .caption{display:flex;justify-content:space-between} .caption,.label,.note{font-size:9pt}"
    " table{border-collapse:collapse;width:100%} td{padding:2pt 3pt;font-size:9pt}"
)


def web_page(cover: str, written: Sequence[Written], dice: random.Random) -> str:
    """Return the HTML of a disclosure; style, repeated headings and cut rows are drawn with ``dice``."""
    css = [_PAGE, dice.choice(STYLES)]
    css.append("" if dice.random() < 0.7 else "thead{display:table-row-group}")
    css.append("tr{break-inside:avoid}" if dice.random() < 0.5 else "tr,td{break-inside:auto}")
    parts = [f"<meta charset=utf-8><title>公开</title><style>{' '.join(css)}</style>"]
    parts.append(f"<h1 style='padding:60mm 0;break-after:page'>{html.escape(cover)}</h1>")
    for item in written:
        if isinstance(item, Table):
            parts += _statement(item)
            continue
        level, text = item
        tag = f"h{level}" if level else "p"
        parts.append(f"<{tag}>{html.escape(text)}</{tag}>")
    return "\n".join(parts)


def money_label(table: Table) -> str:
    """Return the words that name a statement's money unit, "" where it prints none."""
    return f"{table.money_label}：{table.money_unit}" if table.money_label else ""


def _statement(table: Table) -> list[str]:
    caption = "".join(
        f"<span>{text}</span>" for text in (table.unit_line, table.year_line, money_label(table))
    )
    width = sum(table.widths)
    columns = "".join(f"<col style='width:{100 * share / width:.2f}%'>" for share in table.widths)
    return [
        f"<div class='statement{' wide' if table.is_wide else ''}'><div class=title>{table.title}</div>",
        f"<div class=label>{table.form_label}</div><div class=caption>{caption}</div>",
        f"<table><colgroup>{columns}</colgroup>",
        *_rows("thead", table.header),
        *_rows("tbody", table.body),
        "</table>",
        *(f"<div class=note>{note}</div>" for note in table.notes),
        "</div>",
    ]


def _rows(tag: str, rows: list[list[Cell]]) -> list[str]:
    if not rows:
        return []
    return [f"<{tag}>", *("<tr>" + "".join(map(_cell, row)) + "</tr>" for row in rows), f"</{tag}>"]


def _cell(cell: Cell) -> str:
    text = html.escape(cell.text).replace("\n", "<br>") or "&nbsp;"
    spans = f"colspan={cell.column_span} rowspan={cell.row_span}"
    return f"<td {spans} style='text-align:{cell.align}'>{text}</td>"
