"""The ledger's table: rows to choose, columns to order by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from PySide6.QtCore import QAbstractTableModel, QItemSelection, QItemSelectionModel, QItemSelectionRange, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFontMetricsF, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView

from seedance_desktop.ui import theme
from seedance_desktop.ui.style import RING

from .cells import CellDelegate, Heading, heading_font

_ROOMY, _NARROW, _STRETCHED = 900, 760, 100
_HEAD = 36  # pixels round the name of a column, with its arrow
_ACROSS = Qt.Orientation.Horizontal


class Table(QTableView):
    """Shows `model`; `samples` gives a column the width of a text, what is left is shared by the `stretched` ones.

    In a narrow pane the samples shrink, but for those of the `whole` columns, and the `spare` column goes.
    `copied` at Ctrl+C, `menu_wanted` with where a menu should open.
    """

    copied = Signal()
    menu_wanted = Signal(object)  # QPoint on the screen

    def __init__(
        self,
        model: QAbstractTableModel,
        samples: Mapping[int, str],
        stretched: Mapping[int, float],
        *,
        name: str,
        whole: Sequence[int] = (),
        spare: int = -1,
    ) -> None:
        super().__init__()
        self._samples, self._stretched = samples, stretched
        self._whole, self._spare = whole, spare
        self.setAccessibleName(name)
        self.setProperty(RING, "none")
        self.setHorizontalHeader(Heading(self))
        self.setModel(model)
        self.setItemDelegate(CellDelegate(self))
        self._look()
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setSortingEnabled(False)
        heading = self.horizontalHeader()
        heading.setSectionResizeMode(heading.ResizeMode.Fixed)
        heading.sectionClicked.connect(self._clicked)
        theme.signals.changed.connect(self._repaint)

    def order_by(self, column: int, order: Qt.SortOrder) -> None:
        """Order the rows by a column, and show that by its arrow."""
        self.horizontalHeader().setSortIndicator(column, order)
        self.model().sort(column, order)

    def turn(self, column: int) -> None:
        """Order by a column; by the same one again turns the order round."""
        heading = self.horizontalHeader()
        same = heading.sortIndicatorSection() == column
        down = same and heading.sortIndicatorOrder() is Qt.SortOrder.AscendingOrder
        self.order_by(column, Qt.SortOrder.DescendingOrder if down else Qt.SortOrder.AscendingOrder)

    def chosen(self) -> list[int]:
        """The chosen rows, from the top."""
        chosen = self.selectionModel().selection()
        parts = [chosen.at(place) for place in range(chosen.count())]
        # By ranges: Qt's selectedRows() takes the square of their number.
        return sorted({row for part in parts for row in range(part.top(), part.bottom() + 1)})

    def choose(self, rows: Sequence[int], current: int = -1) -> None:
        """Choose these rows and no others; `current` gets the keyboard."""
        model, choice, wanted = self.model(), self.selectionModel(), QItemSelection()
        last = model.columnCount() - 1
        for top, bottom in _runs(rows):
            wanted.append(QItemSelectionRange(model.index(top, 0), model.index(bottom, last)))
        choice.select(wanted, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if current >= 0:
            choice.setCurrentIndex(self.model().index(current, 0), QItemSelectionModel.SelectionFlag.NoUpdate)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The columns share the new width."""
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+C copies more than a cell."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copied.emit()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """By mouse where it points, by key at the current row."""
        where = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            box = self.visualRect(self.currentIndex())
            where = self.viewport().mapToGlobal(box.bottomLeft())
        self.menu_wanted.emit(where)

    def _clicked(self, section: int) -> None:
        """The heading has turned its arrow already."""
        self.model().sort(section, self.horizontalHeader().sortIndicatorOrder())

    def _look(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setMouseTracking(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.viewport().setAutoFillBackground(False)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(rows.ResizeMode.Fixed)
        rows.setMinimumSectionSize(1)
        rows.setDefaultSectionSize(int(theme.tokens()["ledger"]["row"]))

    def _fit(self) -> None:
        wide = self.viewport().width()
        fixed = self._fixed(wide, named=True)
        if sum(fixed.values()) > wide - _STRETCHED:
            fixed = self._fixed(wide, named=False)
        if self._spare >= 0:
            self.setColumnHidden(self._spare, wide < _NARROW)
        left = max(_STRETCHED, wide - sum(fixed.values()))
        whole = sum(self._stretched.values())
        for column, width in fixed.items():
            if width:
                self.setColumnWidth(column, width)
        for column, part in self._stretched.items():
            self.setColumnWidth(column, int(left * part / whole))

    def _fixed(self, wide: int, *, named: bool) -> dict[int, int]:
        """The columns that don't share what is left; `named` leaves them room for names and amounts."""
        metrics, small = QFontMetricsF(theme.font("label", tabular=True)), QFontMetricsF(heading_font())
        fixed = {column: round(metrics.horizontalAdvance(text) + 22) for column, text in self._samples.items()}
        share = min(1.0, wide / _ROOMY)
        for column in fixed.keys() - set(self._whole):
            least = min(fixed[column], 72)
            if named:
                name = small.horizontalAdvance(str(self.model().headerData(column, _ACROSS) or "")) + _HEAD
                amount = metrics.horizontalAdvance("$1,000.00") + 22
                least = round(max(name, min(fixed[column], amount)))
            fixed[column] = max(round(fixed[column] * share), least)
        if self._spare >= 0:
            fixed[self._spare] *= wide >= _NARROW
        return fixed

    def _repaint(self) -> None:
        self.viewport().update()
        self.horizontalHeader().viewport().update()


def _runs(rows: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The first and last of rows that follow each other."""
    start = before = -1
    for row in sorted(rows):
        if row != before + 1 or start < 0:
            if start >= 0:
                yield start, before
            start = row
        before = row
    if start >= 0:
        yield start, before
