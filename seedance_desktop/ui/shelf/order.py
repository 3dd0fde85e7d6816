"""The order of the cards, and whether takes are stacked: a combo box that says both, and opens a menu of both."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtGui import QActionGroup, QFontMetricsF
from PySide6.QtWidgets import QMenu

from seedance_desktop.domain.shelf import Sort
from seedance_desktop.ui.controls import Select
from seedance_desktop.words import mark, tr

# In a list, and behind "Stacked by shot · ".
_SORTS = {
    Sort.NEWEST: (mark("Newest first"), mark("newest first")),
    Sort.OLDEST: (mark("Oldest first"), mark("oldest first")),
    Sort.LONGEST: (mark("Longest first"), mark("longest first")),
    Sort.SHOT: (mark("By shot"), mark("in the order of shots")),
    Sort.STARS: (mark("Most stars first"), mark("most stars first")),
}


class Order(Select):
    """Arrow keys choose an order; `more` may put other entries at the end of the menu."""

    def __init__(self, stack: Callable[[bool], object]) -> None:
        super().__init__(name=tr("Sort by"))
        self._stack = stack
        self._stacked = False
        self.can_stack = True
        self.more: Callable[[QMenu], None] = lambda _menu: None
        for value, (text, _after) in _SORTS.items():
            self.addItem(tr(text), value)

    def show_stacked(self, stacked: bool, *, can: bool) -> None:
        """Whether takes are stacked, and whether they can be: in the trash and within a stack they aren't."""
        self._stacked, self.can_stack = stacked, can
        self.updateGeometry()
        self.update()

    def currentText(self) -> str:
        """What is drawn, and read aloud as its value."""
        sort = self.currentData()
        if self._stacked and self.can_stack and sort in _SORTS:
            return tr("Stacked by shot · {order}").format(order=tr(_SORTS[sort][1]))
        return super().currentText()

    def fitting(self, metrics: QFontMetricsF, room: float) -> str:
        """Where there is little room, the order alone: that takes are stacked shows in the cards."""
        whole = self.currentText()
        return whole if metrics.horizontalAdvance(whole) <= room else super().currentText()

    def sizeHint(self) -> QSize:
        """As wide as what it says."""
        words = QFontMetricsF(self.font()).horizontalAdvance(self.currentText())
        return QSize(round(words) + 36, self.height())

    def showPopup(self) -> None:
        """The menu."""
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        self.fill(menu)
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def fill(self, menu: QMenu) -> None:
        """Put the orders into a menu, then the stacks."""
        group = QActionGroup(menu)
        for row in range(self.count()):
            action = menu.addAction(self.itemText(row))
            action.setCheckable(True)
            action.setChecked(row == self.currentIndex())
            action.triggered.connect(lambda _on=False, row=row: self._choose(row))
            group.addAction(action)
        menu.addSeparator()
        stack = menu.addAction(tr("Stack takes"))
        stack.setCheckable(True)
        stack.setChecked(self._stacked)
        stack.setEnabled(self.can_stack)
        stack.triggered.connect(self._stack)
        self.more(menu)

    def _choose(self, row: int) -> None:
        self.setCurrentIndex(row)
        self.updateGeometry()
        self.activated.emit(row)
