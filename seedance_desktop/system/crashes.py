"""Reports of crashes: written, kept to the newest few, found again at the next start, and offered until answered.

A crash that nobody has answered to is called `crash-….new.txt`; answered, it loses the `.new`.
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from seedance_desktop.domain.reports import CRASH, ERROR, LARGEST, Offer, Report

from . import ended, stacks
from .private import clean, shape
from .runs import LINES, QT_FATAL

__all__ = ["CRASH", "ERROR", "KEPT", "Reports", "facts_of", "look_back", "of_error"]

log = logging.getLogger(__name__)

KEPT = 10
_SOON = 60  # seconds: a crash within them, three times in a row, is a program that does not start
_IN_A_ROW = 3
_NEW = ".new.txt"

# The first words that `faulthandler` writes.
_FATAL = re.compile(r"^(?:Fatal Python error|Windows fatal exception): (.+)$", re.MULTILINE)
_SENTENCES = {
    "Segmentation fault": "The program reached for memory that is not its own (SIGSEGV), and the system ended it.",
    "Aborted": "A part of the program gave up and ended it (SIGABRT).",
    "Bus error": "The program read a part of a file or of memory that is not there any more (SIGBUS).",
    "Floating point exception": "A native part of the program divided by zero (SIGFPE).",
    "Illegal instruction": "The program came upon an instruction that this processor does not know (SIGILL).",
    "access violation": "The program reached for memory that is not its own (access violation).",
    "stack overflow": "A native part of the program called itself too often (stack overflow).",
    "int divide by zero": "A native part of the program divided by zero.",
}


class Reports:
    """The reports in one folder. Nothing here raises because a disk is full or a folder can't be written."""

    def __init__(self, folder: Path) -> None:
        """Nothing is made before the first report."""
        self.folder = folder

    def write(self, report: Report) -> Path | None:
        """Keep a report, and let the oldest go; None where it can't be written."""
        unseen = report.kind == CRASH
        name = f"{report.kind}-{report.when:%Y%m%d-%H%M%S-%f}-{os.getpid()}{_NEW if unseen else '.txt'}"
        text = clean(report.text())[: LARGEST + 100]
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            target = self.folder / name
            unfinished = self.folder / f".{name}.part"
            unfinished.write_text(text, encoding="utf-8", errors="replace", newline="\n")
            unfinished.replace(target)
            self._let_go()
        except OSError as failed:
            log.warning("a report can't be kept: %s", type(failed).__name__)  # as a warning it makes no other report
            return None
        return target

    def all(self) -> list[Path]:
        """Every report, oldest first."""
        return sorted(self.folder.glob("*-*.txt"), key=lambda path: path.name.partition("-")[2])

    def unseen(self) -> list[Path]:
        """Crashes that nobody has answered to, oldest first."""
        return [path for path in self.all() if path.name.endswith(_NEW)]

    def seen(self, name: str) -> None:
        """This crash, and those before it, need not be offered again."""
        for path in self.unseen():
            with suppress(OSError):
                path.replace(path.with_name(path.name.removesuffix(_NEW) + ".txt"))
            if path.name == name:
                return

    def offer(self, *, again: bool) -> Offer | None:
        """The newest crash that nobody has answered to."""
        for path in reversed(self.unseen()):
            with suppress(OSError):
                return Offer(path.name, path.read_text(encoding="utf-8", errors="replace"), again)
        return None

    def _let_go(self) -> None:
        """The newest ten stay; errors that the program survived go before crashes."""
        ordered = sorted(self.all(), key=lambda path: (path.name.startswith(CRASH), path.name.partition("-")[2]))
        for path in ordered[:-KEPT]:
            path.unlink(missing_ok=True)


def of_error(kind: str, what: str, error: BaseException, about: Mapping[str, str], lines: Sequence[str] = ()) -> Report:
    """The report of a Python error; `what` is the beginning of its sentence: "In a thread"."""
    sentence = f"{what}: {stacks.name_of(error)}."
    return Report(kind, sentence, datetime.now(UTC), facts_of(about), stacks.told(error), tuple(lines[-LINES:]))


def look_back(logs: Path, lines_of: Callable[[str], Sequence[str]]) -> Offer | None:
    """What became of the runs before: a report of each that crashed, a line in the log of each that just ended.

    `lines_of` gives the last lines that a process, by its id, has logged. Returns what is to be offered.
    """
    reports = Reports(logs / "crashes")
    for dead in ended.bury(logs / "runs"):
        what, pid = dead.about.get("what", "?"), dead.about.get("pid", "?")
        if not dead.stack.strip():
            log.info("an earlier run (%s, process %s) ended without a word: killed, or the power went", what, pid)
            continue
        ended.count_short(logs / "runs", more=0 <= dead.seconds < _SOON)
        written = reports.write(_of_run(dead, lines_of(pid)))
        log.info("an earlier run (%s, process %s) crashed: %s", what, pid, written.name if written else "-")
    return reports.offer(again=ended.short_lived(logs / "runs") >= _IN_A_ROW)


def _of_run(dead: ended.Dead, lines: Sequence[str]) -> Report:
    stack = _current_first(stacks.shorten_all(dead.stack))
    return Report(
        CRASH, _sentence(stack), dead.last_seen, facts_of(dead.about), stack, tuple(lines[-LINES:]), dead.seconds
    )


def _current_first(stack: str) -> str:
    """`faulthandler` tells the thread that crashed last of all."""
    blocks = stack.split("\n\n")
    blocks[1:] = sorted(blocks[1:], key=lambda block: not block.startswith("Current thread"))
    return "\n\n".join(blocks)


def _sentence(stack: str) -> str:
    """What happened, by the first words of the stack."""
    if stack.startswith(QT_FATAL):
        return f"Qt could not go on and ended the program: {stack.partition(QT_FATAL)[2].splitlines()[0]}"
    found = _FATAL.search(stack)
    word = found[1] if found else "?"
    return _SENTENCES.get(word, f"The program was ended by a fault in native code: {shape(word)}.")


def facts_of(about: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """What is known of a run, for a report."""
    names = {
        "what": "Run",
        "began": "Begun",
        "version": "Version",
        "build": "Build",
        "python": "Python",
        "qt": "Qt",
        "system": "System",
        "desktop": "Desktop",
        "screens": "Screens",
        "language": "Language",
    }
    return tuple((title, about[name]) for name, title in names.items() if about.get(name))
