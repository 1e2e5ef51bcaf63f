"""One night in a process of its own, for ``benchmarks/faults.py`` to spoil. Exit codes are those of ``mingzhang``."""

from __future__ import annotations

import argparse
import json
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from unittest.mock import patch

from polars.exceptions import PanicException

from crawlers.settings import Limits, Politeness, Source
from expectations.catalogue import load_rules
from flows.environment import quiet_environment
from flows.failures import foreseen
from flows.lock import night_lock
from flows.night import NightPlan, run_night
from flows.settings import NightSettings
from flows.step import plain_step

NIGHT = date(2025, 10, 1)

#: Without ``--every-rule`` one rule in so many is judged: what a night loses does not depend on how many it judged.
_ONE_RULE_IN = 12


#: No stage of this small corpus takes a minute.
_STALL_HOURS = 150 / 3600


def plan_for(home: Path, start_page: str) -> NightPlan:
    """Return the plan of a night against the loopback portal, impatient enough for a campaign of many nights."""
    source = Source(
        id="campaign",
        title="故障演练门户",
        start_pages=(start_page,),
        politeness=Politeness(
            delay_seconds=0, retry_wait_seconds=0.05, retry_wait_maximum_seconds=0.2, attempts=2
        ),
        limits=Limits(connect_seconds=2, read_seconds=2, total_seconds=8),
    )
    settings = NightSettings(workers=2, minimum_free_megabytes=0, stall_hours=_STALL_HOURS)
    return NightPlan(home, settings, plain_step, sources=(source,), night=NIGHT)


def main() -> int:
    """Run the night and print what became of it as one line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("home", type=Path)
    parser.add_argument("start_page")
    parser.add_argument(
        "--every-rule", action="store_true", help="judge every rule and run the Great Expectations checkpoint"
    )
    options = parser.parse_args()
    quiet_environment(options.home)
    try:
        with night_lock(options.home), ExitStack() as shortened:
            if not options.every_rule:
                shortened.enter_context(patch("flows.stages.check"))
                few = load_rules()[::_ONE_RULE_IN]
                shortened.enter_context(patch("flows.stages.load_rules", return_value=few))
            report = run_night(plan_for(options.home, options.start_page))
    except (Exception, PanicException) as error:
        ending = foreseen(error)
        if ending is None:
            raise
        print(json.dumps({"status": "failed", "error": ending.sentence}, ensure_ascii=False))
        return int(ending.code)
    problems = [error.message for error in report.errors]
    print(
        json.dumps(
            {"status": report.status, "errors": problems, "build": report.build_id}, ensure_ascii=False
        )
    )
    return int(report.exit_status)


if __name__ == "__main__":
    raise SystemExit(main())
