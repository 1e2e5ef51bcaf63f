"""The fault campaign: many nights, each with something going wrong, then one clean run that must make it good.

    python -m benchmarks.faults --nights 300

After every spoilt night the published warehouse must still be whole; after the clean run that follows, the exported
tables, the ledger and the files must equal those of a data directory that never saw a fault. Exit status 1 where a
night lost something. Faults strike at a random moment: kill -9 of the night or of a worker, a full disk, a broken
disk, a portal that stalls, resets, truncates or lies, a clock that jumps, two runs at once, too little memory.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from benchmarks.fault_state import compare_homes, damage_of, snapshot
from flows.exit_codes import ExitCode
from samples.bad_inputs import html_named_pdf, truncated
from samples.district import generate_district
from samples.portal import Fault, Portal, district_files
from samples.portal_pages import PublishedFile, build_site

_SHIM_SOURCE = Path(__file__).with_name("fault_shim.c")
_NIGHT_SECONDS = 600
#: Workers whose night was killed may still write for a moment; what lives longer would live for ever.
_ORPHAN_SECONDS = 60
#: A night's interpreter, its fork server and its workers start six hundred times: they keep their bytecode.
_ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
_PORTAL_FAULTS = ("error_500", "truncated", "html_as_pdf", "empty", "two_bytes", "stall", "retry_after", "soft_404",
                  "reset", "waf_412", "meta_refresh", "not_found")  # fmt: skip
#: Exit codes a spoilt night may end with; a signal is a negative number.
_EXPECTED = {int(code) for code in ExitCode} - {int(ExitCode.USAGE)} | {
    127,  # the dynamic linker had no memory for a library
    -int(signal.SIGKILL),
    -int(signal.SIGABRT),  # how native code ends where memory cannot be had, and
    -int(signal.SIGSEGV),  # how some of it does: what counts is what such a night leaves behind
}


@dataclass(slots=True)
class Campaign:
    """Everything that all nights share."""

    work: Path
    portal: Portal
    shim: Path | None
    dice: random.Random
    every_rule: bool = False
    night_seconds: float = 10.0
    megabytes: tuple[int, int] = (300, 2500)  # of address space, where memory is to be short
    expected: dict[str, dict[str, object]] = field(default_factory=dict)
    log: list[dict[str, object]] = field(default_factory=list)

    def begin(
        self, home: Path, *, environment: dict[str, str] | None = None, memory: int = 0
    ) -> subprocess.Popen[str]:
        """Start a night in a session of its own."""

        def limit() -> None:
            if memory:
                resource.setrlimit(resource.RLIMIT_AS, (memory, memory))

        return subprocess.Popen(
            [
                sys.executable,
                "-m",
                "benchmarks.fault_night",
                str(home),
                self.portal.start_url,
                *(["--every-rule"] if self.every_rule else []),
            ],
            env={**_ENVIRONMENT, **(environment or {})},
            stdout=subprocess.PIPE,
            stderr=(self.work / "stderr.txt").open("w"),
            text=True,
            start_new_session=True,
            preexec_fn=limit if memory else None,
            cwd=Path(__file__).resolve().parent.parent,
        )


def finish(night: subprocess.Popen[str], seconds: float = _NIGHT_SECONDS) -> int:
    """Wait for a night and all it started, and end whatever is left; return its exit code (-1: something hung)."""
    try:
        night.communicate(timeout=seconds)
        return night.returncode
    except subprocess.TimeoutExpired:
        return -1
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(night.pid, signal.SIGKILL)
        night.wait()


# ---- the faults -------------------------------------------------------------------------------------------------

Spoil = Callable[[Campaign, Path], tuple[str, int]]


def kill_night(campaign: Campaign, home: Path) -> tuple[str, int]:
    """kill -9 of the night and all of its workers at a random moment."""
    moment = campaign.dice.uniform(0.3, campaign.night_seconds)
    night = campaign.begin(home)
    time.sleep(moment)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(night.pid, signal.SIGKILL)
    return f"after {moment:.1f} s", finish(night)


def kill_flow_only(campaign: Campaign, home: Path) -> tuple[str, int]:
    """kill -9 of the night's own process; its workers are orphans that may still write for a moment."""
    moment = campaign.dice.uniform(0.3, campaign.night_seconds)
    night = campaign.begin(home)
    time.sleep(moment)
    night.kill()
    night.wait()
    time.sleep(campaign.dice.uniform(0, 0.5))
    return f"after {moment:.1f} s", finish(night, _ORPHAN_SECONDS)


def kill_worker(campaign: Campaign, home: Path) -> tuple[str, int]:
    """kill -9 of one of the night's child processes at a random moment."""
    moment = campaign.dice.uniform(1.0, campaign.night_seconds)
    night = campaign.begin(home)
    time.sleep(moment)
    killed = "none"
    with contextlib.suppress(psutil.Error):
        children = psutil.Process(night.pid).children(recursive=True)
        if children:
            child = campaign.dice.choice(children)
            killed = " ".join(child.cmdline())[-40:]
            child.kill()
    return f"after {moment:.1f} s: {killed}", finish(night)


def _disk(code: int) -> Spoil:
    def spoil(campaign: Campaign, home: Path) -> tuple[str, int]:
        after = int(10 ** campaign.dice.uniform(3, 7.2))
        environment = {
            "LD_PRELOAD": str(campaign.shim),
            "FAULT_UNDER": str(home),
            "FAULT_ERRNO": str(code),
            "FAULT_AFTER_BYTES": str(after),
        }
        return f"after {after} bytes", finish(campaign.begin(home, environment=environment))

    return spoil


def clock_jump(campaign: Campaign, home: Path) -> tuple[str, int]:
    """Let the wall clock jump back or forward by up to two days in the middle of the night."""
    offset = campaign.dice.choice((-1, 1)) * campaign.dice.randrange(60, 172_800)
    after = campaign.dice.randrange(10, 3000)
    environment = {
        "LD_PRELOAD": str(campaign.shim),
        "FAULT_CLOCK_OFFSET": str(offset),
        "FAULT_CLOCK_AFTER": str(after),
    }
    return f"by {offset} s after {after} readings", finish(campaign.begin(home, environment=environment))


def portal_fault(campaign: Campaign, home: Path) -> tuple[str, int]:
    """Let the portal fail in one of its ways, from a random answer on, once or for good."""
    kind = campaign.dice.choice(_PORTAL_FAULTS)
    pattern = campaign.dice.choice((r"\.pdf$", r"/t\d+_\d+\.html$", r"index(_\d+)?\.html$", ""))
    times = campaign.dice.choice((1, 3, None))
    after = campaign.dice.randrange(6)
    campaign.portal.faults.append(Fault(kind, pattern, times=times, after=after, seconds=1.0))
    try:
        return f"{kind} on {pattern or 'everything'} after {after}, times {times}", finish(
            campaign.begin(home)
        )
    finally:
        campaign.portal.faults.clear()


def two_at_once(campaign: Campaign, home: Path) -> tuple[str, int]:
    """Start two nights over one data directory; one may run, the other must say so."""
    first = campaign.begin(home)
    time.sleep(campaign.dice.uniform(0, 2))
    second = campaign.begin(home)
    codes = (finish(first), finish(second))
    return f"exit codes {codes}", max(codes)


def little_memory(campaign: Campaign, home: Path) -> tuple[str, int]:
    """Give the whole night less address space than it wants."""
    megabytes = campaign.dice.randrange(*campaign.megabytes)
    began = time.monotonic()
    code = finish(campaign.begin(home, memory=megabytes * 1024 * 1024))
    return f"{megabytes} MB, {time.monotonic() - began:.0f} s", code


FAULTS: dict[str, Spoil] = {
    "kill_night": kill_night,
    "kill_flow_only": kill_flow_only,
    "kill_worker": kill_worker,
    "disk_full": _disk(28),
    "disk_broken": _disk(5),
    "clock_jump": clock_jump,
    "portal": portal_fault,
    "two_at_once": two_at_once,
    "little_memory": little_memory,
}
_WITH_SHIM = ("disk_full", "disk_broken", "clock_jump")


# ---- the campaign -----------------------------------------------------------------------------------------------


def build_shim(work: Path) -> Path | None:
    """Compile the library that makes disk and clock lie; None where there is no C compiler."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        return None
    target = work / "fault_shim.so"
    subprocess.run(
        [compiler, "-O2", "-shared", "-fPIC", "-w", "-o", str(target), str(_SHIM_SOURCE), "-ldl"], check=True
    )
    return target


def publications(work: Path) -> list[PublishedFile]:
    """Return what the portal publishes: one unit's disclosures, a damaged file and a web page under a PDF's name."""
    district = generate_district(work / "district", units=2, years=(2024,), with_truth=False)
    files = district_files(district)[:3]
    good = files[0].path.read_bytes()
    for name, make in (("damaged", truncated), ("disguised", html_named_pdf)):
        path = work / f"{name}.pdf"
        path.write_bytes(make(good))
        files.append(PublishedFile(path, f"某街道2024年度部门决算（{name}）", "2025-09-20"))
    return files


def run_clean(campaign: Campaign, home: Path) -> int:
    """Run one night without faults and return its exit code."""
    return finish(campaign.begin(home))


def prepare(campaign: Campaign, files: list[PublishedFile]) -> None:
    """Make the two starting states (nothing yet; a first night published) and what each must become."""
    everything, part = build_site(files, page_size=3), build_site(files[:2], page_size=3)
    starts = {"empty": campaign.work / "start_empty", "published": campaign.work / "start_published"}
    starts["empty"].mkdir()
    campaign.portal.resources = part
    run_clean(campaign, starts["published"])
    campaign.portal.resources = everything
    for name, start in starts.items():
        reference = campaign.work / f"reference_{name}"
        shutil.copytree(start, reference, symlinks=True)
        began = time.monotonic()
        code = run_clean(campaign, reference)
        campaign.night_seconds = time.monotonic() - began
        campaign.expected[name] = snapshot(reference)
        print(f"reference night from {name}: exit {code}, {campaign.night_seconds:.1f} s", flush=True)


def spoilt_night(campaign: Campaign, number: int, kinds: list[str]) -> list[str]:
    """Run one spoilt night and the clean run after it; return what was lost."""
    kind = kinds[number % len(kinds)]
    start = campaign.dice.choice(list(campaign.expected))
    home = campaign.work / f"night_{number:04d}"
    shutil.copytree(campaign.work / f"start_{start}", home, symlinks=True)
    before = snapshot(home, tables_only=True) if start == "published" else None
    detail, code = FAULTS[kind](campaign, home)
    if code == int(ExitCode.BUG):
        last = (campaign.work / "stderr.txt").read_text(errors="replace").strip().splitlines()[-1:]
        detail += f" UNFORESEEN {last}"
    lost = [] if code in _EXPECTED else [f"the spoilt night ended with {code}"]
    lost += damage_of(home, before, campaign.expected[start])
    clean = run_clean(campaign, home)
    if clean not in (int(ExitCode.OK), int(ExitCode.INCOMPLETE)):
        lost.append(f"the clean run ended with {clean}")
    lost += compare_homes(campaign.expected[start], snapshot(home))
    campaign.log.append(
        {"night": number, "fault": kind, "start": start, "detail": detail, "exit": code, "lost": lost}
    )
    print(
        f"{number:4d} {kind:15} {start:10} exit {code:3d}  {detail}"
        + "".join(f"\n     LOST {x}" for x in lost),
        flush=True,
    )
    if not lost:
        shutil.rmtree(home)
    return lost


def main() -> int:
    """Run the campaign; leave the homes of nights that lost something for a look."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--nights", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--fault", choices=sorted(FAULTS), action="append", help="only these kinds of fault")
    parser.add_argument(
        "--megabytes", type=int, nargs=2, default=(300, 2500), metavar=("LEAST", "MOST"),
        help="address space of the nights with little memory",
    )  # fmt: skip
    parser.add_argument("--report", type=Path, help="write every night's outcome to this JSON file")
    parser.add_argument("--every-rule", action="store_true", help="judge every rule and run the checkpoint")
    parser.add_argument("--work", type=Path, help="directory to work in (default: a temporary one)")
    options = parser.parse_args()
    work = options.work or Path(tempfile.mkdtemp(prefix="mingzhang-faults-"))
    work.mkdir(parents=True, exist_ok=True)
    shim = build_shim(work)
    kinds = [k for k in (options.fault or FAULTS) if shim or k not in _WITH_SHIM]
    files = publications(work)
    with Portal(build_site(files)) as portal:
        dice = random.Random(options.seed)  # noqa: S311 - chooses faults
        campaign = Campaign(
            work,
            portal,
            shim,
            dice,
            options.every_rule,
            megabytes=(options.megabytes[0], options.megabytes[1]),
        )
        prepare(campaign, files)
        losses = sum(bool(spoilt_night(campaign, number, kinds)) for number in range(options.nights))
    counts = Counter(str(entry["fault"]) for entry in campaign.log)
    print(
        f"{options.nights} nights, {losses} lost something; "
        + ", ".join(f"{k} {n}" for k, n in counts.items())
    )
    if options.report:
        options.report.write_text(json.dumps(campaign.log, ensure_ascii=False, indent=1), encoding="utf-8")
    if losses:
        print(f"the data directories of these nights are in {work}")
    elif options.work is None:
        shutil.rmtree(work)
    return 1 if losses else 0


if __name__ == "__main__":
    raise SystemExit(main())
