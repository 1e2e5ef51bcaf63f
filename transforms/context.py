"""What a statement is read with: the document's identity and the statement's own kind and unit."""

from __future__ import annotations

from dataclasses import dataclass

from transforms.vocabulary_files import StatementKind


@dataclass(slots=True)
class Context:
    """What a statement is read with."""

    statement_no: int
    kind: StatementKind
    doc_kind: str | None
    fiscal_year: int | None
    money_unit: str | None
    is_unit_inferred: bool
    known_units: frozenset[str]

    @property
    def default_stage(self) -> str:
        """Return the stage of amounts whose column names none."""
        return "final" if self.kind.doc_kind == "final_accounts" else "budget"
