"""Runs the checks of the self-test one after the other, and says how each ended."""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
import traceback
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from functools import partial
from typing import TYPE_CHECKING

from . import screen
from .loopback import Loopback

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

_PATIENCE = 60.0  # seconds for one check
Check = Callable[[], Awaitable[str]]


@dataclass(frozen=True, slots=True)
class Result:
    """How one check ended: what it found, or what is wrong, and how long it took in seconds."""

    check: str
    passed: bool
    said: str
    seconds: float


def run(*, as_json: bool = False, tls: str = "") -> int:
    """Run every check; the exit code. The last line is PASS, or which checks failed.

    `as_json` says it all in JSON, one object a line. `tls` is the address of an https server on this machine that the
    system's certificates know, to be reached too.
    """
    guard = Loopback()
    guard.watch()
    screen.choose_platform()
    from seedance_desktop.app.program import make_application

    application = make_application()
    say = _say_json if as_json else _say_words
    results, hangs = _all(application, _checks(guard, tls), say)
    failed = [result.check for result in results if not result.passed]
    seconds = round(sum(result.seconds for result in results), 1)
    if as_json:
        _say(json.dumps({"result": "FAILED" if failed else "PASS", "failed": failed, "seconds": seconds}))
    else:
        _say(f"FAILED: {', '.join(failed)}" if failed else "PASS")
    if hangs:  # a thread that never comes back would keep the program from ending
        os._exit(1)
    return 1 if failed else 0


def _checks(guard: Loopback, tls: str) -> dict[str, Check]:
    """By name, in the order of what the later ones need; what is heavy is imported here, under the guard's eye."""
    from . import files, films, lives, machine, photographs, trust

    return {
        "resources": files.resources_there,
        "icons": files.icons_there,
        "translations": files.languages_there,
        "log": machine.log_is_written,
        "window": screen.window_opens,
        "player": films.player_plays,
        "decoder": films.decoder_decodes,
        "photograph": photographs.heic_is_read,
        "keyring": machine.keyring_keeps,
        "tls": partial(trust.stranger_is_refused, tls),
        "library": lives.clip_survives,
        "network": guard.check,
    }


def _all(
    application: QApplication, checks: dict[str, Check], say: Callable[[Result], None]
) -> tuple[list[Result], bool]:
    """The results, and whether one of the checks was left hanging."""
    from qasync import QEventLoop

    async def each() -> list[Result]:
        results = []
        for name, check in checks.items():
            results.append(await _one(name, check))
            say(results[-1])
        return results

    runner = asyncio.Runner(loop_factory=lambda: QEventLoop(application))
    results = runner.run(each())
    hangs = any(not result.passed and result.seconds >= _PATIENCE for result in results)
    if not hangs:
        runner.close()
    return results, hangs


async def _one(name: str, check: Check) -> Result:
    start = time.monotonic()
    try:
        passed, said = True, await asyncio.wait_for(check(), _PATIENCE)
    except TimeoutError:
        passed, said = False, f"not done within {_PATIENCE:.0f} s"
    except Exception as error:  # noqa: BLE001 - every fault is reported, and the next check still runs
        passed, said = False, f"{type(error).__name__}: {error}"
        traceback.print_exc()
    return Result(name, passed, said, round(time.monotonic() - start, 2))


def _say_words(result: Result) -> None:
    _say(f"{'ok  ' if result.passed else 'FAIL'}  {result.check}: {result.said} ({result.seconds:.1f} s)")


def _say_json(result: Result) -> None:
    _say(json.dumps(asdict(result), ensure_ascii=False))


def _say(text: str) -> None:
    if sys.stdout is not None:
        print(text, flush=True)  # noqa: T201 - this is what the command is for
