"""Ctrl+K from the start on, and what was chosen by it; the panel is made when it is first wanted."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMainWindow

if TYPE_CHECKING:
    from .finder import Finder

OWN = "find-command"
"""The object name of the menus' entry that brings the panel up."""

_REMEMBERED = 8


class FinderPlace(QObject):
    """`recent` holds the names of what was chosen last, the latest first; the window keeps it."""

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.recent: list[str] = []
        window.installEventFilter(self)  # until it is shown

    @cached_property
    def finder(self) -> Finder:
        """The panel."""
        from .finder import Finder

        finder = Finder(self._window, self.recent, OWN)
        finder.picked.connect(self._keep)
        return finder

    def come_up(self) -> None:
        """Show what can be done now; a second time closes it."""
        self.finder.come_up()

    def remember(self, kept: object) -> None:
        """Take up what `recent` was; anything but a list of names changes nothing."""
        if isinstance(kept, list):
            self.recent[:] = [name for name in kept if isinstance(name, str)][:_REMEMBERED]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ctrl+K is ours also where a text field would delete to the end of its line with it."""
        kind = event.type()
        if watched is self._window and kind == QEvent.Type.Show:
            self._watch_keys()
        elif kind == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_ours(event):
            event.ignore()
            return True
        return False

    def _watch_keys(self) -> None:
        handle = self._window.windowHandle()
        if handle is not None:
            handle.installEventFilter(self)
            self._window.removeEventFilter(self)

    def _keep(self, name: str) -> None:
        self.remember([name, *(one for one in self.recent if one != name)])


def _is_ours(event: QKeyEvent) -> bool:
    return event.key() == Qt.Key.Key_K and event.modifiers() == Qt.KeyboardModifier.ControlModifier
