"""The long hunts: `python -m tests.hunts [machine|kills|hostile …] [--seed N] …` prints figures, and a fault's seed.

Without names all but the soak are hunted; `--soak MINUTES` alone only soaks.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import secrets
import tempfile
import time
import warnings
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

from . import hostile, kills, machine, soak

KEY = "sk-hub-hunted-key-0123456789"


def hunt_machine(asked: argparse.Namespace) -> Mapping[str, int]:
    """Worlds of 40 steps: user, gateway, network and power cord together."""
    logging.disable(logging.WARNING)
    return machine.play(asked.seed, max(1, asked.examples // 40), 40, shrink=asked.shrink).counts


def hunt_kills(asked: argparse.Namespace) -> Mapping[str, int]:
    """The real program, killed and started again."""
    figures = kills.Figures()
    with tempfile.TemporaryDirectory(prefix="kills-") as folder:
        home = kills.Home(Path(folder) / "home", KEY)
        number = 0
        while figures.counts["kills"] < asked.kills:
            kills.hunt_once(home, f"{asked.seed}/{number}", figures)
            number += 1
            if number % 25 == 0:
                print(f"kills: {figures.counts['kills']}, charges: {figures.counts['charges']}", flush=True)
    return figures.counts


def hunt_hostile(asked: argparse.Namespace) -> Mapping[str, int]:
    """Generated answers, images and clips."""
    counts: Counter[str] = Counter()
    warnings.simplefilter("ignore", UserWarning)  # Pillow's own words about what it read
    with tempfile.TemporaryDirectory(prefix="hostile-") as folder:
        hunt = hostile.Hunt(Path(folder) / "place", str(asked.seed), counts)
        asyncio.run(hunt.play(asked.examples, asked.examples // 5, asked.examples // 20))
    return counts


HUNTS: dict[str, Callable[[argparse.Namespace], Mapping[str, int]]] = {
    "machine": hunt_machine,
    "kills": hunt_kills,
    "hostile": hunt_hostile,
}


def main() -> int:
    """Hunt what is asked for; 1 where something was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.hunts", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(HUNTS))
    parser.add_argument("--seed", type=int, default=secrets.randbelow(1_000_000), help="play the same again")
    parser.add_argument("--kills", type=int, default=300, help="how often the program is killed (300)")
    parser.add_argument("--examples", type=int, default=5000, help="steps of the machine, hostile answers (5000)")
    parser.add_argument("--soak", type=float, default=0.0, metavar="MINUTES", help="watch the real window for so long")
    parser.add_argument("--shrink", action="store_true", help="look for fewer steps to the machine's fault (slow)")
    asked = parser.parse_args()
    names = asked.names or ([] if asked.soak else list(HUNTS))
    unknown = [name for name in names if name not in HUNTS]
    if unknown:
        parser.error(f"unknown: {', '.join(unknown)}; there are {', '.join(HUNTS)}")
    print(f"seed {asked.seed}", flush=True)
    found = [name for name in names if not _hunted(name, asked)]
    if asked.soak and not soak.watch(asked.soak):
        found.append("soak")
    print(f"found something: {', '.join(found)} (seed {asked.seed})" if found else "nothing found")
    return int(bool(found))


def _hunted(name: str, asked: argparse.Namespace) -> bool:
    """One hunt and its figures; False where a promise broke, which is said."""
    began = time.monotonic()
    try:
        counts = HUNTS[name](asked)
    except Exception:
        logging.disable(logging.NOTSET)
        logging.getLogger().exception("%s, seed %d", name, asked.seed)
        return False
    print(f"\n{name}, seed {asked.seed}, {time.monotonic() - began:.0f} s")
    for what, count in sorted(counts.items()):
        print(f"  {count:>8}  {what}")
    return True


if __name__ == "__main__":
    raise SystemExit(main())
