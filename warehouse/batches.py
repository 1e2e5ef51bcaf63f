"""In what order a build takes documents: batches that keep together whatever rules compare.

Rules compare documents of one unit with one another (years, versions, budget and final accounts) and a unit's documents
with its department's. Documents tied together by any of these, however indirectly, form a group; a batch is made of whole
groups. Whoever works batch by batch therefore needs memory for a batch, not for the corpus.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

#: Documents of a batch, more only where a single group is larger.
BATCH_SIZE = 250


@dataclass(frozen=True, slots=True)
class Member:
    """A document, its group (the first document of it) and the batch it is loaded with, counted from 1."""

    document_id: str
    group_id: str
    batch_no: int


def batches_of(ties: Mapping[str, Iterable[str | None]], size: int = BATCH_SIZE) -> list[list[Member]]:
    """Return all documents in batches; ``ties`` names for each what it may share with others (units, departments).

    Groups stand in the order of their first documents, documents within a batch in the order of their ids.
    """
    batches: list[list[Member]] = []
    for group_id, group in groups_of(ties):
        if not batches or len(batches[-1]) + len(group) > size:
            batches.append([])
        batches[-1] += [Member(document_id, group_id, len(batches)) for document_id in group]
    return [sorted(batch, key=lambda member: member.document_id) for batch in batches]


def groups_of(ties: Mapping[str, Iterable[str | None]]) -> list[tuple[str, list[str]]]:
    """Return what is tied together, however indirectly: the first of each group with all of it, in their order."""
    parent: dict[str, str] = {}

    def root(node: str) -> str:
        while parent.setdefault(node, node) != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for document_id, shared in ties.items():
        for tie in shared:
            if tie is not None:
                parent[root(f"tie {tie}")] = root(document_id)
    groups: dict[str, list[str]] = {}
    for document_id in sorted(ties):
        groups.setdefault(root(document_id), []).append(document_id)
    return sorted((group[0], group) for group in groups.values())
