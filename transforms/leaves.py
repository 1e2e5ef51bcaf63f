"""Which amounts no other row of the same statement refines: what may be added up without counting twice."""

from __future__ import annotations

from transforms.facts import Amount
from transforms.vocabulary_files import parent_lines

_ALTERNATIVE = ("expenditure.basic", "expenditure.project", "expenditure.reserve", "economic.class")


def mark_leaves(amounts: list[Amount]) -> None:
    """Set ``is_leaf`` on the amounts of one statement."""
    groups: dict[tuple[str, str, str], list[Amount]] = {}
    for amount in amounts:
        groups.setdefault((amount.measure, amount.fund, amount.stage), []).append(amount)
    for group in groups.values():
        _mark_group([amount for amount in group if not amount.line_code.startswith("cross.")])


def _mark_group(group: list[Amount]) -> None:
    lines = {amount.line_code for amount in group}
    refined = _refined_lines(lines)
    functional = _proper_prefixes({amount.functional_code for amount in group if amount.functional_code})
    economic: dict[str, set[str]] = {}
    for amount in group:
        if amount.economic_code and not amount.functional_code:
            economic.setdefault(_scope(amount), set()).add(amount.economic_code)
    parents = {scope: _proper_prefixes(codes) for scope, codes in economic.items()}
    units = _proper_unit_prefixes({amount.item for amount in group if amount.line_code == "unit.item"})
    has_classes = "expenditure.class" in lines
    for amount in group:
        if amount.functional_code:
            leaf = amount.functional_code not in functional
        elif amount.economic_code:
            leaf = amount.economic_code not in parents[_scope(amount)]
            leaf = leaf and not (has_classes and amount.line_code == "economic.class")
        elif amount.line_code == "unit.item":
            leaf = amount.item not in units and not (
                lines & {"functional.item", "project.item", "economic.class"}
            )
        else:
            leaf = _line_is_leaf(amount.line_code, refined, has_classes)
        amount.is_leaf = leaf


def _scope(amount: Amount) -> str:
    """Economic subjects listed once for each unit refine each other within the unit only."""
    return amount.item if not amount.item[:3].isdigit() else ""


_OWN_LEAVES = frozenset({"agency_operating_cost.total", "vehicles.total"})  # leaves where no part is printed


def _line_is_leaf(line: str, refined: set[str], has_classes: bool) -> bool:
    if line in refined:
        return False
    if line.endswith((".total", ".subtotal", ".section", "_total")) and line not in _OWN_LEAVES:
        return False
    return not (has_classes and line in _ALTERNATIVE)


def _refined_lines(lines: set[str]) -> set[str]:
    """Return the lines that have a part among ``lines``."""
    parents = parent_lines()
    refined: set[str] = set()
    for line in lines:
        parent = parents.get(line, "")
        while parent:
            refined.add(parent)
            parent = parents.get(parent, "")
    return refined


def _proper_prefixes(codes: set[str]) -> set[str]:
    """Return the codes that begin another, longer one."""
    return {code[:length] for code in codes for length in (3, 5) if length < len(code)} & codes


def _proper_unit_prefixes(items: set[str]) -> set[str]:
    """Return the unit items whose code begins another unit's code (117 of 117001)."""
    codes = {item: item.split(" ", 1)[0] for item in items if item[:1].isdigit()}
    return {
        item
        for item, code in codes.items()
        if any(other != code and other.startswith(code) for other in codes.values())
    }
