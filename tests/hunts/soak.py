"""The soak: the real window at work for minutes; what it holds must be as level in the end as after warming up."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from statistics import median
from typing import Any

from tests.benchmarks.ground import KEY, ROOT, START, Ground, ground
from tests.faults.fixtures import CLIP
from tests.faults.gateway import FaultGateway

SLACK = {  # how much more the last third may hold than the third before it
    "memory, MiB": 12.0,
    "threads": 2.0,
    "open files": 4.0,
    "objects of Qt in the window": 60.0,
    "timers of Qt": 3.0,
    "objects of Python": 6000.0,
}
_FEWEST = 6


def watch(minutes: float) -> bool:
    """Soak for so long, print the samples and a table; whether everything stayed level."""
    with ground() as made, FaultGateway(CLIP.read_bytes(), KEY) as far:
        far.words = ("processing", "completed")
        seen = _child(made, far, minutes * 60)
        charges, posts = len(far.charges), len(far.posts)
    samples: list[dict[str, float]] = seen["samples"]
    print(f"\nsoak: {seen['made']} clips made, played and trashed in {minutes:g} minutes; {charges} charges")
    assert posts == charges == seen["made"], f"{posts} POSTs, {charges} charges for {seen['made']} clicks"
    if len(samples) < _FEWEST:
        print("too short to judge")
        return True
    judged = [_judged(name, [one[name] for one in samples]) for name in SLACK]
    return all(judged)


def _child(made: Ground, far: FaultGateway, seconds: float) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.hunts.soak_child", str(made.fresh("soaked")), str(seconds)]
    env = {**made.env, "SEEDANCE_GATEWAY": far.address, START: repr(time.monotonic())}
    done = subprocess.run(
        command, cwd=ROOT, env=env, stdout=subprocess.PIPE, timeout=seconds + 180, check=True, encoding="utf-8"
    )
    return dict(json.loads(done.stdout.strip().splitlines()[-1]))


def _judged(name: str, values: list[float]) -> bool:
    third = len(values) // 3
    middle, last = median(values[third : 2 * third]), median(values[2 * third :])
    level = last - middle <= SLACK[name]
    word = "level" if level else "GROWING"
    print(f"  {name:28} first {values[0]:9.1f}  middle {middle:9.1f}  last third {last:9.1f}  {word}")
    return level
