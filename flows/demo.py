"""The demonstration: the generated district behind its own portal on loopback, and one night against it."""

from __future__ import annotations

from pathlib import Path

import yaml

from samples.district import generate_district
from samples.portal import serve_district


