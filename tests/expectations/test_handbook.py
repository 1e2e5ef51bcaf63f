"""The rule handbook in docs is what the rule files say."""

from __future__ import annotations

from pathlib import Path

from expectations.cases import load_cases
from expectations.catalogue import load_rules
from expectations.handbook import handbook

REPOSITORY = Path(__file__).resolve().parents[2]


def test_handbook_is_current() -> None:
    written = (REPOSITORY / "docs" / "rules.md").read_text(encoding="utf-8")
    assert written == handbook(load_rules(), load_cases()), (
        "run: python -m expectations.handbook > docs/rules.md"
    )
