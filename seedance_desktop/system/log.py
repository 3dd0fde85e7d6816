"""The log of this process: rotating files without secrets, reports of what nobody expected, and a mark that it runs."""

from __future__ import annotations

import faulthandler
import logging
import re
import sys
import threading
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from . import machine, private
from .runs import LINES, QT_FATAL, Run

if TYPE_CHECKING:  # what tells of errors is imported by the first, or after the first paint
    from seedance_desktop.domain.reports import Offer

    from .crashes import Reports

FILE = "seedance.log"
_OURS = "seedance_desktop"
_TAIL = 200_000  # bytes at the end of the log in which the last lines of an earlier run are looked for
_HEAD = r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} [A-Z]+ (\d+) "
_CODE = r"[A-Za-z0-9_.:#-]{0,80}"
_MANY = (1, 10, 100, 1000, 10_000)  # the same error is logged at these times only: one in a paint event comes often

log = logging.getLogger(_OURS)


class _Log:
    """What `start` has made; one a process, as the hooks are."""

    def __init__(self, folder: Path, run: Run | None) -> None:
        self.folder, self.run = folder, run
        self.lines: deque[str] = deque(maxlen=LINES)
        self.counts: dict[tuple[object, ...], int] = {}
        self.heard: Callable[[BaseException], None] = lambda _error: None

    @property
    def reports(self) -> Reports:
        """Where its reports are."""
        from .crashes import Reports

        return Reports(self.folder / "crashes")


_state: _Log | None = None


def start(folder: Path, what: str = "window") -> None:
    """Log to `folder` from now on, and mark there that `what` (a command) runs.

    Where it can't be written, the log goes to nowhere (never to the terminal).
    """
    global _state  # noqa: PLW0603 - faulthandler and the hooks are the process's, and so is this
    root = logging.getLogger()
    root.setLevel(logging.INFO)
    for noisy in ("httpx", "httpcore", "asyncio", "PIL", "libav", "keyring"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    try:
        run = Run.begin(folder / "runs", {"what": what, **machine.program()})
    except OSError:
        root.addHandler(logging.NullHandler())
        return
    # Opened by the first line: a folder that takes a mark takes a log.
    _state = _Log(folder, run)
    file = _File(folder / FILE, _Clean(_state.lines))
    root.addHandler(file)
    root.addHandler(_Reporter(_state))
    faulthandler.enable(run.stack)
    sys.excepthook = lambda kind, error, trace: _hook("Unexpected", kind, error, trace)
    threading.excepthook = lambda args: _hook("In a thread", args.exc_type, args.exc_value, args.exc_traceback)
    sys.unraisablehook = lambda args: _hook("While cleaning up", args.exc_type, args.exc_value, args.exc_traceback)


def end() -> None:
    """The process ends as it should: no later start need look for what became of it."""
    global _state
    if _state is None:
        return
    over, _state = _state, None
    faulthandler.disable()
    if over.run is not None:
        if over.run.about.get("what") == "window":
            from .ended import count_short

            count_short(over.folder / "runs", more=False)
        over.run.end()


def know(facts: Mapping[str, str]) -> None:
    """Let reports of this run tell more: names as in `crashes.facts_of`."""
    if _state is not None and _state.run is not None:
        with suppress(OSError):
            _state.run.tell(facts)


def about() -> dict[str, str]:
    """What is known of this run."""
    return dict(_state.run.about) if _state is not None and _state.run is not None else machine.program()


def on_unexpected(heard: Callable[[BaseException], None]) -> None:
    """Call `heard` with each error that nobody expected, once for each origin, in the thread where it happened."""
    if _state is not None:
        _state.heard = heard


def unexpected(what: str, error: BaseException) -> None:
    """Log an error that nobody expected, as often as is useful, and report it once; the program goes on."""
    if _state is None:
        log.error("%s", what, exc_info=error)
        return
    from .stacks import signature

    origin = signature(error)
    count = _state.counts[origin] = _state.counts.get(origin, 0) + 1
    if count in _MANY:
        log.error("%s (time %d)", private.Shaped(what), count, exc_info=error)
    if count == 1:
        _state.heard(error)


def crashed(error: BaseException) -> Path | None:
    """Report an error that ends the program; the file, or None where it can't be kept."""
    if _state is None:
        return None
    from . import crashes

    log.critical("the program ends by %s", error)  # without its stack: the report is made here
    report = crashes.of_error(crashes.CRASH, "The program ended by an error", error, about(), tuple(_state.lines))
    return _state.reports.write(report)


def look_back() -> Offer | None:
    """Report what became of earlier runs that did not end as they should; the crash to offer, if there is one."""
    if _state is None:
        return None
    from . import crashes

    folder = _state.folder
    return crashes.look_back(folder, lambda pid: lines_of(folder, pid))


def reports() -> Reports | None:
    """The reports of this user; None where nothing can be written."""
    return None if _state is None else _state.reports


def last_words(text: str) -> None:
    """Qt will end the process now: what it says goes before the stack, where the next start finds it."""
    if _state is not None and _state.run is not None:
        with suppress(OSError, ValueError):
            _state.run.stack.write(f"{QT_FATAL}{private.shape(text).splitlines()[0]}\n\n".encode())


def lines_of(folder: Path, pid: str) -> list[str]:
    """The last lines that a process has logged to `folder`, newest last."""
    found: list[str] = []
    mine = False
    for line in _tail(folder / FILE):
        head = re.match(_HEAD, line)
        mine = head[1] == pid if head else mine
        if mine:
            found.append(line)
    return found[-LINES:]


def _tail(file: Path) -> Sequence[str]:
    try:
        with file.open("rb") as opened:
            opened.seek(max(0, file.stat().st_size - _TAIL))
            return opened.read().decode("utf-8", "replace").splitlines()
    except OSError:
        return ()


def _hook(what: str, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error or kind(), trace)
        return
    unexpected(what, (error or kind()).with_traceback(trace))


class _File(logging.Handler):
    """The rotating files: imported by the first line, and a start has none to write before its first paint."""

    def __init__(self, file: Path, formatter: logging.Formatter) -> None:
        super().__init__()
        self._file = file
        self.setFormatter(formatter)

    @cached_property
    def _rotating(self) -> logging.Handler:
        from .rotating import Rotating

        rotating = Rotating(str(self._file))
        rotating.setFormatter(self.formatter)
        return rotating

    def emit(self, record: logging.LogRecord) -> None:
        """One line more."""
        self._rotating.handle(record)

    def flush(self) -> None:
        """What was written is on its way to the disk."""
        if "_rotating" in vars(self):
            self._rotating.flush()

    def close(self) -> None:
        """Nothing more is written."""
        if "_rotating" in vars(self):
            self._rotating.close()
        super().close()


class _Clean(logging.Formatter):
    """Time, level, process, logger, message; the last lines are kept in `lines` for reports."""

    def __init__(self, lines: deque[str]) -> None:
        super().__init__("%(asctime)s %(levelname)s %(process)d %(name)s: ")
        self._lines = lines

    def format(self, record: logging.LogRecord) -> str:
        """One record; of an error no more than may be told, whatever another handler has kept of it."""
        record.asctime = self.formatTime(record)
        text = private.clean(self._fmt_head(record) + _message(record))
        if record.exc_info and record.exc_info[1] is not None:
            from .stacks import told

            text += "\n" + private.clean(told(record.exc_info[1]))
        self._lines.append(text)
        return text

    def _fmt_head(self, record: logging.LogRecord) -> str:
        return f"{record.asctime} {record.levelname} {record.process} {record.name}: "


def _message(record: logging.LogRecord) -> str:
    """The words that stand in the code, and of what was filled in numbers; of ours codes and names of code as well."""
    ours = record.name.partition(".")[0] == _OURS
    if not record.args:
        return str(record.msg) if ours else private.shape(str(record.msg))
    args = record.args if isinstance(record.args, tuple) else (record.args,)
    try:
        text = str(record.msg) % tuple(_told(one, ours=ours) for one in args)
    except (TypeError, ValueError):
        return private.shape(str(record.msg))
    return text if ours else private.shape(text)


def _told(arg: object, *, ours: bool) -> object:
    """What may be told of what was filled in: a text that is no code may be a file's name, or an error's own text."""
    if isinstance(arg, int | float):
        return arg
    if not ours:
        return _Blank()
    if isinstance(arg, BaseException):
        from .stacks import name_of

        return private.Shaped(name_of(arg))
    known = isinstance(arg, private.Shaped) or re.fullmatch(_CODE, str(arg))
    return arg if known else _Blank()


class _Blank:
    """Stands for what isn't told."""

    def __repr__(self) -> str:
        return "…"

    __str__ = __repr__


class _Reporter(logging.Handler):
    """Each error that is logged with its stack becomes a report, once for each origin."""

    def __init__(self, state: _Log) -> None:
        super().__init__(logging.ERROR)
        self._log = state
        self._told: set[tuple[object, ...]] = set()

    def emit(self, record: logging.LogRecord) -> None:
        """Write the report."""
        error = record.exc_info[1] if record.exc_info else None
        try:
            if error is not None:
                self._report(record, error)
        except Exception:  # noqa: BLE001 - what only reports errors must not make any
            self.handleError(record)

    def _report(self, record: logging.LogRecord, error: BaseException) -> None:
        from . import crashes, stacks

        origin = stacks.signature(error)
        if origin not in self._told:
            self._told.add(origin)
            what = f"An error that the program survived ({private.clean(_message(record))})"
            self._log.reports.write(crashes.of_error(crashes.ERROR, what, error, about(), tuple(self._log.lines)))
