"""Error localisation: the smallest set of printed numbers whose change satisfies every identity they take part in.

Fellegi and Holt's principle, solved with their own implied edits. Every identity is one or two linear inequalities over
the printed numbers. A violated one asks that at least one of its numbers be wrong; the smallest weighted set that meets
all such demands is a small integer program (a set cover, solved by HiGHS). A linear program then tries to repair the
document by changing only these numbers; where that fails, its dual names a combination of identities in which none of
them occurs, which is one more demand (an implied edit), and the integer program is asked again. Where the smallest set is
the only one of its weight, its numbers are named with what they should read; otherwise the alternatives are. The programs
are small, take no clock and no chance, and what they suggest is checked in DECIMAL. Nothing is changed in the data.

I. P. Fellegi, D. Holt: A systematic approach to automatic edit and imputation (1976).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

import numpy as np
import scipy  # scipy.optimize is loaded where it is first used: it takes longer than most commands

from expectations.inequalities import NOTHING, Row, inequalities, matrix_of, nearest_change
from expectations.printed_identities import Identity, Number, Values, satisfied

#: A repair of more numbers than this is no explanation.
MOST_NUMBERS = 3
#: More alternatives than this are no help to a reader.
MOST_ALTERNATIVES = 3
#: More violated identities that hang together than this are a table that was misread.
_MOST_VIOLATED = 40
_MOST_ROUNDS = 40
#: How far apart, in last printed digits, the values may lie that a wrong number could read.
_MOST_DIGITS = 200


@dataclass(frozen=True, slots=True)
class Repair:
    """A number that is probably wrong, and the value it should read (None where several values would do).

    ``identities`` names those that it takes part in and that all hold then; ``also`` the numbers that have to change
    with it.
    """

    number: str
    value: Decimal
    expected: Decimal | None
    identities: tuple[str, ...]
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Localisation:
    """Of identities that hang together: what is wrong for certain, else the smallest sets that could be.

    ``certain`` holds the numbers of the only smallest set, or those that all smallest sets have in common;
    ``alternatives`` the smallest sets where there are several, and no more than a reader can weigh.
    """

    violated: tuple[str, ...]
    certain: tuple[Repair, ...] = ()
    alternatives: tuple[tuple[Repair, ...], ...] = ()


def localise(identities: Sequence[Identity], numbers: Mapping[str, Number]) -> list[Localisation]:
    """Explain the violated ``identities`` of one document, component by component, in the order they are given.

    ``identities`` holds the violated ones and those that hold; what does not read as its own outcome says (other numbers
    than those in ``numbers``, a base of nothing) is left out. A component is left unexplained where no set of at most
    three numbers repairs it.
    """
    printed = {name: number.value for name, number in numbers.items()}
    usable = [one for one in identities if _reads_as_said(one, numbers, printed)]
    touching: dict[str, list[int]] = {}
    for index, one in enumerate(usable):
        for number in one.numbers():
            touching.setdefault(number, []).append(index)
    found = []
    for component in _components(usable, touching):
        if len(component) <= _MOST_VIOLATED:
            program = _Program(usable, touching, numbers, printed, component)
            found.append(program.localise())
    return found


def _reads_as_said(one: Identity, numbers: Mapping[str, Number], printed: Values) -> bool:
    known = all(number in numbers for number in one.numbers())
    return known and len(one.numbers()) > 1 and satisfied(one, numbers, printed) is one.holds


def _components(usable: Sequence[Identity], touching: Mapping[str, Sequence[int]]) -> list[list[int]]:
    """Violated identities that share a number, or that one identity ties together, smallest index first."""
    violated = [index for index, one in enumerate(usable) if not one.holds]
    owner = {index: index for index in violated}

    def root(index: int) -> int:
        while owner[index] != index:
            index = owner[index]
        return index

    last: dict[int, int] = {}
    for index in violated:
        for number in usable[index].numbers():
            for tie in touching[number]:
                other = last.setdefault(tie, index)
                low, high = sorted((root(other), root(index)))
                owner[high] = low
    components: dict[int, list[int]] = {}
    for index in violated:
        components.setdefault(root(index), []).append(index)
    return list(components.values())


class _Program:
    """The programs of one component."""

    def __init__(
        self,
        usable: Sequence[Identity],
        touching: Mapping[str, Sequence[int]],
        numbers: Mapping[str, Number],
        printed: Values,
        component: Sequence[int],
    ) -> None:
        self._usable, self._touching, self._numbers, self._printed = usable, touching, numbers, printed
        self._violated = component
        self._demands = [self._open(usable[index].numbers()) for index in component]
        self._rows: dict[int, tuple[Row, ...]] = {}

    def localise(self) -> Localisation:
        """Find the smallest sets and say what each of their numbers should read."""
        names = tuple(self._usable[index].name for index in self._violated)
        if self._says_nothing():
            return Localisation(names)
        sets: list[frozenset[str]] = []
        complete = False
        for _ in range(MOST_ALTERNATIVES + 1):
            found = self._smallest(sets, self._weight(sets[0]) if sets else None)
            if found is None:
                complete = True
                break
            sets.append(found)
        if not sets:
            return Localisation(names)
        common = frozenset.intersection(*sets)
        if not complete:
            weight = self._weight(sets[0])
            common = frozenset(
                number for number in sorted(common) if self._smallest([], weight, without=number) is None
            )
            sets = sets[:1]
        certain = self._repairs(sets[0], common)
        if complete and len(sets) > 1:
            return Localisation(
                names, certain, tuple(self._repairs(one, one) for one in sorted(sets, key=sorted))
            )
        return Localisation(names, certain)

    def _open(self, names: Iterable[str]) -> frozenset[str]:
        return frozenset(name for name in names if self._numbers[name].is_open)

    def _says_nothing(self) -> bool:
        """Whether a single violation stands alone, with too many numbers that nothing else speaks of."""
        free = [name for name in self._demands[0] if len(self._touching[name]) == 1]
        return len(self._violated) == 1 and len(free) > MOST_ALTERNATIVES

    def _weight(self, chosen: Iterable[str]) -> float:
        return sum(self._numbers[number].weight for number in chosen)

    def _smallest(
        self, but: Sequence[frozenset[str]], most: float | None, without: str | None = None
    ) -> frozenset[str] | None:
        """The set of least weight that repairs the component, other than those in ``but``, no heavier than ``most``."""
        for _ in range(_MOST_ROUNDS):
            chosen = self._cover(but, without)
            if chosen is None or len(chosen) > MOST_NUMBERS:
                return None
            if most is not None and self._weight(chosen) > most + 1e-6:
                return None
            implied = self._implied_edit(chosen)
            if implied is None:
                return chosen
            if not implied:
                return None
            self._demands.append(implied)
        return None

    def _cover(self, but: Sequence[frozenset[str]], without: str | None) -> frozenset[str] | None:
        """The integer program: the lightest set with a number of every demand."""
        if not all(self._demands):
            return None
        names = sorted(frozenset.union(*self._demands))
        place = {name: index for index, name in enumerate(names)}
        matrix = np.zeros((len(self._demands) + len(but), len(names)))
        low, high = np.ones(len(matrix)), np.full(len(matrix), np.inf)
        for row, demand in enumerate(self._demands):
            matrix[row, [place[name] for name in demand]] = 1
        for row, known in enumerate(but, len(self._demands)):
            matrix[row, [place[name] for name in known]] = 1
            low[row], high[row] = -np.inf, len(known) - 1
        upper = np.array([0.0 if name == without else 1.0 for name in names])
        solved = scipy.optimize.milp(
            np.array([self._numbers[name].weight for name in names]),
            constraints=scipy.optimize.LinearConstraint(matrix, low, high),
            integrality=np.ones(len(names)),
            bounds=scipy.optimize.Bounds(0, upper),
        )
        if solved.x is None:
            return None
        return frozenset(name for name, is_chosen in zip(names, solved.x > 0.5, strict=True) if is_chosen)

    def _rows_of(self, index: int) -> tuple[Row, ...]:
        if index not in self._rows:
            self._rows[index] = inequalities(index, self._usable[index], self._numbers, self._printed)
        return self._rows[index]

    def _rows_around(self, chosen: Iterable[str]) -> list[Row]:
        """Of everything that speaks of the chosen numbers, and of what is violated."""
        around = set(self._violated).union(*(self._touching[number] for number in chosen))
        return [row for index in sorted(around) for row in self._rows_of(index)]

    def _implied_edit(self, chosen: frozenset[str]) -> frozenset[str] | None:
        """None where changing the chosen numbers repairs everything; else numbers of which one more has to change."""
        columns, rows = sorted(chosen), self._rows_around(chosen)
        matrix = matrix_of(rows, columns)
        scale = np.maximum(np.abs(matrix).max(axis=1), 1.0)
        slack = np.hstack([matrix / scale[:, None], -np.eye(len(rows))])
        solved = scipy.optimize.linprog(
            np.concatenate([np.zeros(len(columns)), np.ones(len(rows))]),
            A_ub=slack,
            b_ub=np.array([-row.constant for row in rows]) / scale,
            bounds=[(None, None)] * len(columns) + [(0, None)] * len(rows),
        )
        if not solved.success:
            return frozenset()
        if solved.fun <= NOTHING:
            return None
        sums: dict[str, float] = {}
        sizes: dict[str, float] = {}
        for row, dual, by in zip(rows, -solved.ineqlin.marginals, scale, strict=True):
            if dual > 1e-9:
                for number, coefficient in row.coefficients.items():
                    sums[number] = sums.get(number, 0.0) + dual * coefficient / by
                    sizes[number] = sizes.get(number, 0.0) + abs(dual * coefficient / by)
        implied = [number for number, total in sums.items() if abs(total) > 1e-6 * sizes[number]]
        return self._open(implied) - chosen

    def _repairs(self, chosen: frozenset[str], wanted: frozenset[str]) -> tuple[Repair, ...]:
        values = self._values(chosen)
        repairs = []
        for number in sorted(wanted):
            concerned = tuple(self._usable[index].name for index in self._touching[number])
            also = tuple(sorted(chosen - {number}))
            repairs.append(Repair(number, self._printed[number], values.get(number), concerned, also))
        return tuple(repairs)

    def _values(self, chosen: frozenset[str]) -> dict[str, Decimal]:
        """What the chosen numbers should read, checked in DECIMAL; nothing where they could read many things."""
        columns, rows = sorted(chosen), self._rows_around(chosen)
        if any(high - low > _MOST_DIGITS for low, high in self._spread(columns, rows)):
            return {}
        changes = nearest_change(columns, rows)
        if changes is None:
            return {}
        values = dict(self._printed)
        for number, change in zip(columns, changes, strict=True):
            digit = self._last_digit(number)
            value = self._printed[number] + Decimal(repr(float(change)))
            values[number] = (value / digit).quantize(Decimal(1), ROUND_HALF_UP) * digit
        around = {row.identity for row in rows}
        if any(satisfied(self._usable[index], self._numbers, values) is not True for index in around):
            return {}
        return {number: values[number] for number in columns}

    def _last_digit(self, number: str) -> Decimal:
        """The last digit a number could be printed to: the finest around it, for amounts in one unit or another."""
        concerned = [self._usable[index] for index in self._touching[number]]
        near = {other for one in concerned if one.percentage is None for other in one.numbers()}
        half_widths = [self._numbers[other].half_width for other in (number, *sorted(near))]
        return 2 * min((one for one in half_widths if one > 0), default=Decimal("0.5"))

    def _spread(self, columns: Sequence[str], rows: Sequence[Row]) -> list[tuple[float, float]]:
        """Least and greatest change of each number that repairs everything, in last printed digits."""
        matrix, right = matrix_of(rows, columns), np.array([NOTHING - row.constant for row in rows])
        spread = []
        for place, number in enumerate(columns):
            ends = []
            for sign in (1.0, -1.0):
                aim = np.zeros(len(columns))
                aim[place] = sign
                solved = scipy.optimize.linprog(aim, A_ub=matrix, b_ub=right, bounds=(None, None))
                ends.append(sign * solved.fun if solved.success else sign * -np.inf)
            digit = float(self._last_digit(number))
            spread.append((ends[0] / digit, ends[1] / digit))
        return spread
