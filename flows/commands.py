"""All commands: importing this puts every one of them on ``app``."""

from __future__ import annotations

from flows import (
    commands_data,
    commands_documents,
    commands_explore,
    commands_findings,
    commands_lake,
    commands_night,
    commands_operate,
    commands_registry,
)
from flows.command_line import app

__all__ = [
    "app",
    "commands_data",
    "commands_documents",
    "commands_explore",
    "commands_findings",
    "commands_lake",
    "commands_night",
    "commands_operate",
    "commands_registry",
]
