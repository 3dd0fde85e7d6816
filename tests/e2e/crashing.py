"""The real program with a fault put in from outside: `python -m tests.e2e.crashing FAULT WORDS ZIP [ARGUMENT…]`.

The program itself has no switch for this. Every error carries WORDS, as errors carry what they are about.
"""

from __future__ import annotations

import asyncio
import json
import logging
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from seedance_desktop.__main__ import main


def _errors(words: str) -> list[Exception]:
    """The kinds whose texts hold what they are about."""
    home = str(Path.home())
    return [
        ValueError(f"{words} in {home}"),
        KeyError(words),
        TypeError(f"'{words}' object is not callable"),
        OSError(28, "No space left", f"{home}/{words}.png"),
        UnicodeEncodeError("ascii", words, 0, 1, words),
        RuntimeError(f"{home} {words}", words),
    ]


def _fail(words: str) -> NoReturn:
    """All of them, one the cause of the other."""
    before: Exception | None = None
    for error in _errors(words):
        error.__context__, before = before, error
    raise ExceptionGroup(words, _errors(words)) from before


def _in_a_slot(words: str) -> None:
    from PySide6.QtCore import QTimer

    QTimer.singleShot(0, lambda: _fail(words))


def _in_a_thread(words: str) -> None:
    threading.Thread(target=_fail, args=(words,), name="a thread").start()


def _in_a_task(words: str) -> None:
    async def task() -> None:
        _fail(words)

    _tasks.append(asyncio.get_running_loop().create_task(task()))
    _tasks[0].add_done_callback(lambda _task: _tasks.clear())


def _on_the_loop(words: str) -> None:
    asyncio.get_running_loop().call_soon(_fail, words)


def _while_cleaning_up(words: str) -> None:
    class Clings:
        def __del__(self) -> None:
            _fail(words)

    Clings()


def _in_a_log_call(words: str) -> None:
    try:
        _fail(words)
    except ExceptionGroup:
        logging.getLogger("seedance_desktop.test").exception("a wish failed")
    logging.getLogger("a.library").warning("cannot read %s at %s", words, Path.home())
    logging.getLogger("a.library").error(f"cannot read '{words}' at {Path.home()}/{words}")  # noqa: G004


def _by_qt(words: str) -> None:
    from PySide6.QtCore import qWarning

    qWarning(f'no picture "{words}" in {Path.home()}/{words}')


_tasks: list[asyncio.Task[None]] = []
_SURVIVED: dict[str, Callable[[str], None]] = {
    "slot": _in_a_slot,
    "thread": _in_a_thread,
    "task": _in_a_task,
    "loop": _on_the_loop,
    "cleaning": _while_cleaning_up,
    "log": _in_a_log_call,
    "qt": _by_qt,
}


def _let_survive(fault: str, words: str, target: str) -> None:
    """Once the library is open: the fault, and when it is over, diagnostics into `target`."""
    from seedance_desktop.app.opening import Opening

    begin = Opening._begin

    async def begun(self: Opening, house: Any) -> None:
        await begin(self, house)
        for one in _SURVIVED if fault == "all" else [fault]:
            _SURVIVED[one](words)
            await asyncio.sleep(0.05)
        self._context.wishes.save_diagnostics.emit(target, False)

    setattr(Opening, "_begin", begun)  # noqa: B010 - mypy would not have it by name


def _let_end(fault: str, words: str) -> None:
    """The fault ends the window before it is shown, or a command."""
    from seedance_desktop.app import program
    from seedance_desktop.cli import commands

    where: Any = program if fault == "start" else commands
    setattr(where, "show_window" if fault == "start" else "_list", lambda *_: _fail(words))


if __name__ == "__main__":
    fault, words, target, *arguments = sys.argv[1:]
    words = json.loads(words)
    if fault in ("start", "command"):
        _let_end(fault, words)
    elif fault != "none":
        _let_survive(fault, words, target)
    sys.exit(main(arguments))
