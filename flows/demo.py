"""The demonstration: the generated district behind its own portal on loopback, and one night against it."""

from __future__ import annotations
