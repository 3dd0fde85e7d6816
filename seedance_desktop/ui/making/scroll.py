"""A list of rows that is as high as its rows need, and scrolls where it gets less."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from seedance_desktop.ui.scrolling import keep_room


class RowList(QScrollArea):
    """`rows` is the widget that holds the rows; its layout keeps them in order from the top."""

    def __init__(self) -> None:
        super().__init__()
        self.rows = QWidget()
        self.layout_of_rows = QVBoxLayout(self.rows)
        self.layout_of_rows.setContentsMargins(2, 2, 4, 2)
        self.layout_of_rows.setSpacing(6)
        self.layout_of_rows.addStretch()
        self.rows.installEventFilter(self)
        self.setWidget(self.rows)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        keep_room(self)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def sizeHint(self) -> QSize:
        """As high as all rows at the present width."""
        layout = self.layout_of_rows
        if not layout.hasHeightForWidth():  # no row has words that wrap
            return QSize(200, layout.totalSizeHint().height())
        return QSize(200, layout.totalHeightForWidth(max(1, self.viewport().width())))

    def minimumSizeHint(self) -> QSize:
        """About one row."""
        return QSize(100, min(66, self.sizeHint().height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may need another height."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The rows have changed: so has the height."""
        if watched is self.rows and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)
