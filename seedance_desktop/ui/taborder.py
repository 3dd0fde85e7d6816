"""Where Tab comes to a part of the window that was made later than what stands around it."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def follow(before: QWidget, made: QWidget) -> None:
    """Let Tab go from the last control in `before` into `made`, as if both had been made with the window.

    Qt puts what is made later behind everything. Both are in one window by now.
    """
    *_, last = _controls(before)
    for control in list(_controls(made)):
        if control is not made and control is not before:
            QWidget.setTabOrder(last, control)
            last = control


def _controls(part: QWidget) -> Iterator[QWidget]:
    """The part itself, then what in it takes the keyboard, in the order of Tab."""
    yield part
    step = part.nextInFocusChain()
    while step is not None and step is not part:
        if part.isAncestorOf(step) and step.focusPolicy() != Qt.FocusPolicy.NoFocus:
            yield step
        step = step.nextInFocusChain()
