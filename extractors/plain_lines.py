"""Grouping characters into printed lines by their middle height."""

from __future__ import annotations

from extractors.page_objects import Chars, TextLine


def plain_lines(chars: Chars) -> list[TextLine]:
    """Return the lines of the given characters, top first; white space is left out."""
    order = sorted(
        (i for i, text in enumerate(chars.text) if not text.isspace()),
        key=lambda i: (chars.top[i] + chars.bottom[i], chars.x0[i]),
    )
    groups: list[list[int]] = []
    middle = 0.0
    for index in order:
        own = (chars.top[index] + chars.bottom[index]) / 2
        if groups and own - middle <= 0.4 * chars.size[index]:
            groups[-1].append(index)
        else:
            groups.append([index])
            middle = own
    lines = []
    for group in groups:
        group.sort(key=lambda i: chars.x0[i])
        group = [i for i in group for _ in chars.text[i]]
        lines.append(
            TextLine(
                text="".join(
                    c for k, i in enumerate(group) if k == 0 or group[k - 1] != i for c in chars.text[i]
                ),
                char_x0=tuple(chars.x0[i] for i in group),
                char_x1=tuple(chars.x1[i] for i in group),
                top=min(chars.top[i] for i in group),
                bottom=max(chars.bottom[i] for i in group),
                size=chars.size[group[0]],
            )
        )
    return lines
