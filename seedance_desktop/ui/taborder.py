"""Where Tab comes to a part of the window that was made later than what stands around it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def follow(before: QWidget, made: QWidget) -> None:
    """Let Tab go from the control `before` into `made`, as if both had been made with the window.

    Qt puts what is made later behind everything. Both are in one window by now. (Never walk `nextInFocusChain`: PySide
    takes each widget that it gives for a child of the one before, and lets go of them and of what is in them.)
    """
    for control in made.findChildren(QWidget):
        if control.focusPolicy() != Qt.FocusPolicy.NoFocus and control.window() is before.window():
            QWidget.setTabOrder(before, control)
            before = control
