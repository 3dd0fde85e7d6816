"""Work for the threads of the application's pool, and its answer back in the window's thread."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar
from weakref import WeakMethod

import shiboken6
from PySide6.QtCore import QObject, Qt, QThreadPool, Signal

log = logging.getLogger(__name__)
T = TypeVar("T")


def in_background(work: Callable[[], T], done: Callable[[T], None]) -> None:
    """Do `work` in a thread of the pool, then `done`, a method, with what it gave, in the window's thread.

    Nobody is told where the object of `done` is gone by then. `work` must not hold that object: the last one to let
    go of it would delete it in the wrong thread. The pool is the application's own: one of ours would be joined when
    a widget dies, with Python's lock held.
    """
    carrier, told = _carrier(), WeakMethod(done)  # made here, in the window's thread

    def run() -> None:
        try:
            answer = _Answer(told, work())
        except Exception:
            log.exception("work in the background failed")
        else:
            carrier.arrived.emit(answer)

    QThreadPool.globalInstance().start(run)


@dataclass(frozen=True, slots=True)
class _Answer:
    told: WeakMethod[Any]
    result: object


class _Carrier(QObject):
    """Lives as long as the program: to emit a signal of a widget that is being deleted meanwhile would crash."""

    arrived = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.arrived.connect(self._give, Qt.ConnectionType.QueuedConnection)

    def _give(self, answer: _Answer) -> None:
        method = answer.told()
        if method is not None and shiboken6.isValid(method.__self__):
            method(answer.result)


@cache
def _carrier() -> _Carrier:
    return _Carrier()
