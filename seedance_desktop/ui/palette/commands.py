"""The commands that the menu bar holds now: their names, menus and keys."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

from .matching import Named


@dataclass(frozen=True, slots=True)
class Command(Named):
    """A command that works now; `key` is how people read its key, empty where it has none."""

    key: str
    action: QAction


def commands(bar: QMenuBar, but: str) -> list[Command]:
    """All that work now, in the order of the menus; of two with one name the first. The one with the object
    name `but` is left out."""
    found: dict[str, Command] = {}
    for action in bar.actions():
        menu = action.menu()
        if isinstance(menu, QMenu):
            for command in _inside(menu, _plain(action.text())):
                if command.action.objectName() != but:
                    found.setdefault(command.name, command)
    return list(found.values())


def _inside(menu: QMenu, title: str) -> Iterator[Command]:
    """What a menu holds; one that is filled when it opens, such as the chosen clips', is filled for it."""
    menu.aboutToShow.emit()
    for action in menu.actions():
        below = action.menu()
        if isinstance(below, QMenu):
            yield from _inside(below, title)
        elif not action.isSeparator() and action.isEnabled() and action.isVisible():
            text, _, told = action.text().partition("\t")
            key = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            yield Command(_plain(text), title, key or told, action)


def _plain(text: str) -> str:
    return text.replace("&", "")
