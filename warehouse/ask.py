"""The questions analysts ask, as named SQL files with parameters: ``questions/<name>.sql``.

A file begins with comment lines ``-- title:``, ``-- explanation:`` and, for each ``$parameter`` of its one statement,
``-- parameter: <name> <type> = <default> <what it means>``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from warehouse.query import QueryResult, run_query

QUESTIONS_DIRECTORY = Path(__file__).resolve().parent / "questions"

_HEADER = re.compile(r"^-- (title|explanation|parameter): (.+)$", re.M)
_PARAMETER = re.compile(r"(?P<name>\w+) (?P<type>[A-Z]+) = (?P<default>'[^']*'|\S+) (?P<meaning>.+)")


class UnknownQuestionError(LookupError):
    """No question of that name; the message lists those there are."""


class ParameterError(ValueError):
    """A question was given a parameter it does not have, or a value of the wrong type."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a question; ``default`` is None where nothing need be given."""

    name: str
    type: str  # INTEGER | BIGINT | VARCHAR
    default: str | int | None
    meaning: str

    def read(self, value: str | int | None) -> str | int | None:
        """Return a given value in the parameter's type. Raises ``ParameterError``."""
        if value is None or self.type == "VARCHAR":
            return None if value is None else str(value)
        try:
            return int(value)
        except ValueError as error:
            raise ParameterError(f"参数 {self.name} 应为整数，给出的是 {value!r}") from error


@dataclass(frozen=True, slots=True)
class Question:
    """One question: its name, what it answers, its parameters and its statement."""

    name: str
    title: str
    explanation: str
    parameters: tuple[Parameter, ...]
    sql: str

    def record(self) -> dict[str, Any]:
        """Return the question as plain values for ``mingzhang ask --list --json``."""
        parameters = [
            {"name": one.name, "type": one.type, "default": one.default, "meaning": one.meaning}
            for one in self.parameters
        ]
        return {
            "name": self.name,
            "title": self.title,
            "explanation": self.explanation,
            "parameters": parameters,
        }


def parse_question(name: str, text: str) -> Question:
    """Read a question's file. Raises ``ValueError`` where its header is incomplete."""
    headers: dict[str, list[str]] = {"title": [], "explanation": [], "parameter": []}
    for kind, value in _HEADER.findall(text):
        headers[kind].append(value.strip())
    if len(headers["title"]) != 1 or len(headers["explanation"]) != 1:
        raise ValueError(f"{name}: one title and one explanation are needed")
    return Question(
        name,
        headers["title"][0],
        headers["explanation"][0],
        tuple(map(_parameter, headers["parameter"])),
        text,
    )


def _parameter(line: str) -> Parameter:
    match = _PARAMETER.fullmatch(line)
    if not match:
        raise ValueError(f"not a parameter: {line}")
    default = match["default"]
    parameter = Parameter(match["name"], match["type"], None, match["meaning"])
    if default == "NULL":
        return parameter
    return Parameter(parameter.name, parameter.type, parameter.read(default.strip("'")), parameter.meaning)


@lru_cache(maxsize=1)
def questions() -> dict[str, Question]:
    """Return all questions by name, in the order of their names."""
    return {
        path.stem: parse_question(path.stem, path.read_text(encoding="utf-8"))
        for path in sorted(QUESTIONS_DIRECTORY.glob("*.sql"))
    }


def ask(home: Path, name: str, given: Mapping[str, str | int | None] | None = None) -> QueryResult:
    """Answer a question from the published warehouse.

    Raises ``UnknownQuestionError``, ``ParameterError``, ``NothingPublishedError`` or ``QueryError``.
    """
    question = questions().get(name)
    if question is None:
        raise UnknownQuestionError(f"没有名为 {name} 的问题；可用的有：{'、'.join(questions())}")
    given = given or {}
    known = {one.name for one in question.parameters}
    if unknown := sorted(set(given) - known):
        raise ParameterError(
            f"{name} 没有参数 {'、'.join(unknown)}；可用的有：{'、'.join(sorted(known)) or '无'}"
        )
    values = {one.name: one.read(given.get(one.name, one.default)) for one in question.parameters}
    return run_query(home, question.sql, values or None)
