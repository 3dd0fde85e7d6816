"""Gives widgets the role and the name that a screen reader should see: a list, an item, a picture, a choice."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QComboBox, QScrollArea, QWidget

_PROPERTY = "accessibleRole"
_ROLES = {
    "list": QAccessible.Role.List,
    "item": QAccessible.Role.ListItem,
    "picture": QAccessible.Role.Graphic,
    "choice": QAccessible.Role.ComboBox,
}
_installed: list[bool] = []


def install() -> None:
    """Let Qt ask us for interfaces; after the application is made, before the first widget."""
    if not _installed:
        QAccessible.installFactory(_make)
        _installed.append(True)


def as_list(widget: QWidget, name: str) -> None:
    """Present `widget` as the list `name`; its children made by `as_item` are its items."""
    _give(widget, "list", name)


def as_item(widget: QWidget, name: str) -> None:
    """Present `widget` as an item of a list, with actions where it is `Acting`; buttons inside stay real buttons."""
    _give(widget, "item", name)


def as_picture(widget: QWidget, name: str) -> None:
    """Present `widget` as the picture `name`."""
    _give(widget, "picture", name)


def as_choice(box: QComboBox, name: str) -> None:
    """Present a combo box by its own name: on Linux, Qt says the chosen text instead."""
    _give(box, "choice", name)


def say(widget: QWidget, sentence: str) -> None:
    """Let a screen reader speak `sentence`, politely, without moving the focus."""
    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, sentence))


@runtime_checkable
class Acting(Protocol):
    """An item that a screen reader can do something with, as the mouse can."""

    def press(self) -> None:
        """What a double click does."""

    def show_menu(self) -> None:
        """What a right click does."""


class _Item(QAccessibleWidget):
    """An item of a list with its actions."""

    def __init__(self, item: QWidget, acting: Acting) -> None:
        super().__init__(item, QAccessible.Role.ListItem)
        self._acting = acting

    def actionNames(self) -> list[str]:
        """It is pressed, and shows its menu."""
        return [self.pressAction(), self.showMenuAction()]

    def doAction(self, name: str) -> None:
        """Do it."""
        if name == self.pressAction():
            self._acting.press()
        elif name == self.showMenuAction():
            self._acting.show_menu()


class _Choice(QAccessibleWidget):
    """A combo box: its name, what is chosen as its value, its list as its one child."""

    def __init__(self, box: QComboBox) -> None:
        super().__init__(box, QAccessible.Role.ComboBox)
        self._box = box

    def text(self, kind: QAccessible.Text) -> str:
        """The name is the widget's; value and description are what is chosen."""
        if kind in (QAccessible.Text.Value, QAccessible.Text.Description):
            return self._box.currentText()
        return super().text(kind)

    def childCount(self) -> int:
        """The list."""
        return 1

    def child(self, index: int) -> QAccessibleInterface:
        """The list, whose items can be toggled; None, as Qt's own interfaces do, for what isn't there."""
        found = QAccessible.queryAccessibleInterface(self._box.view())
        return found if index == 0 else None  # type: ignore[return-value]

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """0 for the list."""
        return 0 if child.object() is self._box.view() else -1

    def actionNames(self) -> list[str]:
        """It opens."""
        return [self.showMenuAction(), *super().actionNames()] if self._box.isEnabled() else []

    def doAction(self, name: str) -> None:
        """Open the list."""
        if name == self.showMenuAction():
            self._box.showPopup()
        else:
            super().doAction(name)


def _give(widget: QWidget, role: str, name: str) -> None:
    install()
    widget.setProperty(_PROPERTY, role)
    if QAccessible.isActive():  # Qt asks the factories once per widget and keeps the answer: let it ask again
        QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(QAccessible.queryAccessibleInterface(widget)))
    widget.setAccessibleName(name)


def _make(_class_name: str, thing: QObject | None) -> QAccessibleInterface | None:
    """Qt's hook: an interface of ours for a widget with our property, None (Qt's own) for everything else.

    The interface gets no name of its own, so that it always tells the widget's present `accessibleName`.
    """
    if not isinstance(thing, QWidget):
        return None
    if isinstance(thing, QComboBox) and thing.property(_PROPERTY) == "choice":
        return _Choice(thing)
    if isinstance(thing, QScrollArea):  # Qt's own reads past its end for a child that has just gone
        return QAccessibleWidget(thing, QAccessible.Role.Client)
    if thing.property(_PROPERTY) == "item" and isinstance(thing, Acting):
        return _Item(thing, thing)
    role = _ROLES.get(thing.property(_PROPERTY) or "")
    return None if role is None else QAccessibleWidget(thing, role)
