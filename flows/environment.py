"""The environment every process of a night runs in: quiet libraries and a fixed time zone for timestamps.

Must be applied before Prefect or Great Expectations is imported: both read their settings at import.
"""

from __future__ import annotations

import os
from pathlib import Path

#: Switches that keep every library from contacting its maker.
_QUIET = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "GX_ANALYTICS_ENABLED": "false",
    "ORT_DISABLE_TELEMETRY": "1",
    "MARIMO_SKIP_UPDATE_CHECK": "1",
}


def quiet_environment(home: Path | None = None) -> None:
    """Turn library telemetry off and, given a data directory, keep Prefect's state inside it.

    A value that the operator has set is left alone.
    """
    for name, value in _QUIET.items():
        os.environ.setdefault(name, value)
    os.environ.setdefault("PREFECT_LOGGING_LEVEL", "WARNING")
    if home is not None:
        os.environ.setdefault("PREFECT_HOME", str(home / "prefect"))
