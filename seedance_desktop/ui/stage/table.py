"""The facts about a clip as two columns, which scroll where there are many."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QGridLayout, QScrollArea, QSizePolicy, QWidget

from seedance_desktop.ui import theme
from seedance_desktop.ui.controls import ElidedLabel, Text
from seedance_desktop.words import tr

LINE = 20


class FactsTable(QScrollArea):
    """Names and values; with the keyboard in it, arrows scroll what doesn't fit."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Facts"))
        self._shown: list[tuple[str, str]] = []
        self._most = 1
        inside = QWidget()
        self._grid = QGridLayout(inside)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(1, 1)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        for widget in (self.viewport(), inside):
            widget.setAutoFillBackground(False)
        self.verticalScrollBar().setSingleStep(LINE)

    def show_rows(self, rows: list[tuple[str, str]]) -> None:
        """These facts."""
        if rows == self._shown:
            return
        self._shown = rows
        self._fill()
        self.verticalScrollBar().setValue(0)
        self._fit()

    def set_most(self, rows: int) -> None:
        """So many are seen at once."""
        self._most = rows
        self._fit()

    @property
    def names(self) -> int:
        """How wide its names are in pixels."""
        metrics = QFontMetricsF(theme.font("body"))
        return round(max((metrics.horizontalAdvance(name) for name, _value in self._shown), default=0))

    @property
    def high(self) -> int:
        """Its height in pixels."""
        return min(len(self._shown), self._most) * LINE

    def _fit(self) -> None:
        scrolls = len(self._shown) > self._most
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if scrolls else Qt.FocusPolicy.NoFocus)
        self.setFixedHeight(self.high)

    def _fill(self) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for row in range(self._grid.rowCount()):
            self._grid.setRowMinimumHeight(row, LINE if row < len(self._shown) else 0)
        for row, (name, value) in enumerate(self._shown):
            self._grid.setRowMinimumHeight(row, LINE)
            self._grid.addWidget(Text(name, "body", "text-3"), row, 0)
            self._grid.addWidget(ElidedLabel(value, "body", "text", tabular=True), row, 1)
