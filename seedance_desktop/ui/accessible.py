"""Gives plain widgets the role that a screen reader should see: a list, an item of a list."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget

_PROPERTY = "accessibleRole"
_ROLES = {"list": QAccessible.Role.List, "item": QAccessible.Role.ListItem}
_installed: list[bool] = []


def as_list(widget: QWidget, name: str) -> None:
    """Present `widget` as the list `name`; its children made by `as_item` are its items."""
    _give(widget, "list", name)


def as_item(widget: QWidget, name: str) -> None:
    """Present `widget` as an item of a list; buttons inside stay real buttons of their own."""
    _give(widget, "item", name)


def say(widget: QWidget, sentence: str) -> None:
    """Let a screen reader speak `sentence`, politely, without moving the focus."""
    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, sentence))


def _give(widget: QWidget, role: str, name: str) -> None:
    # Before the first query: Qt asks the factories once per widget and keeps the answer.
    widget.setProperty(_PROPERTY, role)
    widget.setAccessibleName(name)
    if not _installed:
        QAccessible.installFactory(_make)
        _installed.append(True)


def _make(_class_name: str, thing: QObject | None) -> QAccessibleInterface | None:
    """Qt's hook: an interface of ours for a widget with our property, None (Qt's own) for everything else.

    The interface gets no name of its own, so that it always tells the widget's present `accessibleName`.
    """
    if not isinstance(thing, QWidget):
        return None
    role = _ROLES.get(thing.property(_PROPERTY) or "")
    return None if role is None else QAccessibleWidget(thing, role)
