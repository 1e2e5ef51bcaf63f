"""Columns of the 三公 statements that only the other columns tell apart."""

from __future__ import annotations

from dataclasses import replace

from transforms.columns import Column


def settle_three_public(columns: dict[int, Column]) -> None:
    """Tell the total of 三公, 会议费 and 培训费 from that of 三公; drop a fund that all columns share."""
    values = {number: column for number, column in columns.items() if column.role == "value"}
    totals = {number: column for number, column in values.items() if column.line == "three_public.total"}
    explicit = {number for number, column in totals.items() if any("三公" in part for part in column.path)}
    wider = any(
        column.line in {"three_public.conference", "three_public.training"} for column in values.values()
    )
    for number in _vehicle_subtotals(values, totals):
        columns[number] = values[number] = replace(totals.pop(number), line="three_public.vehicles")
    for number, column in totals.items():
        if wider and explicit and number not in explicit:
            columns[number] = replace(column, line="three_public.with_conference_and_training")
    funds = {column.fund for column in values.values() if column.fund}
    if len(funds) > 1:
        for number, column in values.items():
            if column.fund is None:
                columns[number] = replace(columns[number], fund="fiscal_appropriation")
    if len(funds) == 1 and len({column.line for column in values.values()}) > 1:
        for number in values:
            columns[number] = replace(columns[number], fund=None)


def _vehicle_subtotals(values: dict[int, Column], totals: dict[int, Column]) -> list[int]:
    """Return the columns headed 小计 alone, beside a 合计 on their left and purchase or operation of cars on their right.

    Where nothing is ruled, the heading over the three columns may stand over the middle one only.
    """
    subtotals = {
        number for number, column in totals.items() if column.path and column.path[0].startswith("小计")
    }
    first_total = min(set(totals) - subtotals, default=None)
    cars = [
        number
        for number, column in values.items()
        if column.line in {"three_public.vehicle_purchase", "three_public.vehicle_operation"}
    ]
    if first_total is None or not cars:
        return []
    return [number for number in sorted(subtotals) if first_total < number < max(cars)]
