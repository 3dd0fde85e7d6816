"""The tags of a clip on one line, at its right end; those without room are counted, and stand in a popover."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

from seedance_desktop.ui.composer.popover import Popover
from seedance_desktop.ui.controls import Button
from seedance_desktop.words import ntr, tr

from .editor import Tags, TagsEditor

_HIGH, _GAP = 24, 5
_CHIP_HIGH = 22
_ALL_WIDE, _ALL_MOST, _AIR = 300, 260, 22


class TagsLine(Tags):
    """As many tags as there is room for; `show_all` opens the rest."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Tags"), quiet=True, parent=parent)
        self._known: list[str] = []
        self._all: _All | None = None
        self.more = Button("", "", "ghost", size="small", parent=self)
        self.more.setFixedHeight(_CHIP_HIGH)
        self.more.hide()
        self.more.clicked.connect(self.show_all)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._fill()

    def sizeHint(self) -> QSize:
        """With all tags."""
        return QSize(self._wide(len(self._chips)), _HIGH)

    def minimumSizeHint(self) -> QSize:
        """How many there are, and the button for one more."""
        count = self.more.sizeHint().width() + _GAP if self._chips else 0
        return QSize(count + self.entry.add.sizeHint().width(), _HIGH)

    def set_known(self, tags: list[str]) -> None:
        """All tags of the library, for completion."""
        super().set_known(tags)
        self._known = list(tags)
        if self._all is not None:
            self._all.tags.set_known(tags)

    def show_tags(self, tags: tuple[str, ...]) -> None:
        """The tags there are now."""
        super().show_tags(tags)
        if self._all is not None:
            self._all.tags.show_tags(tags)

    def finish(self) -> None:
        """What is being typed is a tag, before something else is shown."""
        self.entry.take()
        self.close_field()
        if self._all is not None:
            self._all.tags.entry.take()
            self._all.hide()

    def show_all(self) -> None:
        """Every tag, with the keyboard among them."""
        if self._all is None:
            self._all = _All(self.more)
            self._all.tags.added.connect(self.added)
            self._all.tags.removed.connect(self.removed)
            self._all.tags.set_known(self._known)
        self._all.tags.show_tags(self._shown)
        self._all.come_up()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More tags, or fewer."""
        super().resizeEvent(event)
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        """Another font is another width."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._place()

    def _place(self) -> None:
        """From the right: the entry, the count of what has no room, the tags."""
        shown = self._fitting()
        hidden = len(self._chips) - shown
        self._count(hidden, bare=not shown)
        left = max(0, self.width() - self._wide(shown))
        entry = self.entry.sizeHint().boundedTo(QSize(self.width(), _HIGH))
        for number, chip in enumerate(self._chips):
            chip.setVisible(number < shown)
            if number < shown:
                left = _put(chip, left, chip.sizeHint())
        if hidden:
            left = _put(self.more, left, QSize(self.more.sizeHint().width(), _CHIP_HIGH))
        _put(self.entry, left, entry)
        self.updateGeometry()

    def _fitting(self) -> int:
        """How many tags have room."""
        return next((many for many in range(len(self._chips), 0, -1) if self._wide(many) <= self.width()), 0)

    def _wide(self, shown: int) -> int:
        """The width of the line with the first `shown` tags on it."""
        wide = sum(chip.sizeHint().width() + _GAP for chip in self._chips[:shown])
        if shown < len(self._chips):
            wide += self.more.sizeHint().width() + _GAP
        return wide + self.entry.sizeHint().width()

    def _count(self, hidden: int, *, bare: bool) -> None:
        self.more.setVisible(hidden > 0)
        self.more.setText(f"+{hidden or len(self._chips)}")
        self.more.set_icon("tag" if bare else "")
        name = ntr("{n} tag", "{n} tags", hidden) if bare else ntr("{n} more tag", "{n} more tags", hidden)
        self.more.setAccessibleName(name)
        self.more.setToolTip(", ".join(self._shown[len(self._shown) - hidden :])[:400])


class _All(Popover):
    """All tags of the clip."""

    def __init__(self, anchor: QWidget) -> None:
        super().__init__(anchor)
        self.setAccessibleName(tr("All tags"))
        self.tags = TagsEditor(name=tr("All tags"))
        area = QScrollArea()
        area.setWidget(self.tags)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.viewport().setAutoFillBackground(False)
        self.tags.setAutoFillBackground(False)
        self.body.addWidget(area)

    def come_up(self) -> None:
        """As high as they need, within reason."""
        high = self.tags.heightForWidth(_ALL_WIDE - _AIR)
        self.open(_ALL_WIDE, min(high + _AIR, _ALL_MOST), self.tags.first)


def _put(widget: QWidget, left: int, size: QSize) -> int:
    """Place it; where the next one begins."""
    widget.setGeometry(QRect(left, (_HIGH - size.height()) // 2, size.width(), size.height()))
    return left + size.width() + _GAP
