"""The list that `@` opens under the cursor: the images that can be named, chosen by keys or mouse."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from seedance_desktop.ui import accessible, theme
from seedance_desktop.ui.controls import Panel, Text, paint
from seedance_desktop.ui.posters import Posters
from seedance_desktop.words import tr

_WIDE, _ROW, _PICTURE, _EDGE = 264, 34, 24, 5
_MOST_ROWS = 7
_CHOICE = int(Qt.ItemDataRole.UserRole)


@dataclass(frozen=True, slots=True)
class Choice:
    """An image to name: its number in the strip (0 for one of the library), its encoded picture or the file of it.

    Without a key it is the way to add one.
    """

    key: str
    name: str
    number: int = 0
    data: bytes = b""
    file: Path | None = None

    @property
    def note(self) -> str:
        """Where it is."""
        if not self.key:
            return ""
        return tr("Image {n}").format(n=self.number) if self.number else tr("Library")

    @property
    def spoken(self) -> str:
        """As a screen reader says it."""
        return " ".join(part for part in (self.note, self.name) if part)


class MentionPopup(Panel):
    """A child of the window that never takes the focus: the editor keeps it, and sends the keys here."""

    chosen = Signal(object)  # Choice

    def __init__(self, parent: QWidget) -> None:
        super().__init__("menu", border="control-border", radius="card", parent=parent)
        self.setAccessibleName(tr("Name an image"))
        self._posters = Posters(self)
        self._note = Text(tr("No images to name yet"), "label", "text-3")
        self.list = _List(self._posters)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_EDGE, _EDGE, _EDGE, _EDGE)
        layout.setSpacing(2)
        self._note.setContentsMargins(8, 4, 8, 2)
        layout.addWidget(self._note)
        layout.addWidget(self.list)
        self.list.itemClicked.connect(self._pick)
        self.hide()

    def show_choices(self, choices: list[Choice], at: QRect) -> None:
        """Offer these below `at` (in the parent's pixels), or above where there is no room."""
        empty = not any(one.key for one in choices)
        self._note.setVisible(empty)
        self.list.show_choices(choices)
        rows = min(len(choices), _MOST_ROWS)
        self.list.setFixedHeight(rows * _ROW)
        self.resize(_WIDE, self.sizeHint().height())
        self.move(self._place(at))
        self.show()
        self.raise_()
        self._say(tr("No images to name yet") if empty else "")

    def step(self, by: int) -> None:
        """Go up or down, round the ends."""
        self.list.setCurrentRow((self.list.currentRow() + by) % self.list.count())
        self._say("")

    def choose(self) -> None:
        """Take what the highlight is on."""
        self._pick(self.list.currentItem())

    def _pick(self, item: QListWidgetItem) -> None:
        self.chosen.emit(item.data(_CHOICE))

    def _say(self, before: str) -> None:
        choice = self.list.currentItem().data(_CHOICE)
        place = tr("{n} of {most}").format(n=self.list.currentRow() + 1, most=self.list.count())
        accessible.say(self.list, ", ".join(part for part in (before, choice.spoken, place) if part))

    def _place(self, at: QRect) -> QPoint:
        room = self.window().rect().adjusted(4, 4, -4, -4)
        left = max(room.left(), min(at.left() - 8, room.right() - self.width()))
        below = at.bottom() + 6
        top = below if below + self.height() <= room.bottom() else at.top() - 6 - self.height()
        return QPoint(left, max(room.top(), top))


class _List(QListWidget):
    def __init__(self, posters: Posters) -> None:
        super().__init__()
        self.setAccessibleName(tr("Images to name"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.setFrameShape(QListWidget.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.setItemDelegate(_Rows(posters, self))
        self.itemEntered.connect(self.setCurrentItem)
        posters.loaded.connect(self.viewport().update)

    def show_choices(self, choices: list[Choice]) -> None:
        """These rows, the highlight on the first."""
        self.clear()
        for choice in choices:
            item = QListWidgetItem(choice.name, self)
            item.setData(_CHOICE, choice)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, choice.spoken)
        self.setCurrentRow(0)


class _Rows(QStyledItemDelegate):
    """Draws a row: picture, name, where it is."""

    def __init__(self, posters: Posters, parent: QWidget) -> None:
        super().__init__(parent)
        self._posters = posters
        self._pictures: dict[str, QPixmap] = {}

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """All alike."""
        return QSize(_WIDE - 2 * _EDGE, _ROW)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """One row."""
        choice: Choice = index.data(_CHOICE)
        area = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if option.state & QStyle.StateFlag.State_Selected:
            paint.box(painter, area, fill=theme.color("pressed"))
        self._draw_picture(painter, choice, QRectF(area.left() + 6, area.center().y() - 12, _PICTURE, _PICTURE))
        painter.setFont(theme.font("caption", tabular=True))
        note = QFontMetricsF(painter.font()).horizontalAdvance(choice.note)
        painter.setPen(theme.color("accent-text" if choice.number else "text-3"))
        painter.drawText(area.adjusted(0, 0, -8, 0), _right(), choice.note)
        painter.setFont(theme.font("body"))
        painter.setPen(theme.color("text"))
        room = area.adjusted(_PICTURE + 14, 0, -note - 16, 0)
        name = paint.elided(choice.name, QFontMetricsF(painter.font()), room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, name)
        painter.restore()

    def _draw_picture(self, painter: QPainter, choice: Choice, box: QRectF) -> None:
        picture = self._picture(choice, painter.device().devicePixelRatioF())
        if picture is None:
            name = "image" if choice.key else "image-add"
            paint.icon(painter, name, "text-2", box.center() - QRectF(0, 0, 16, 16).center())
            return
        shape = QPainterPath()
        shape.addRoundedRect(box, 3, 3)
        painter.setClipPath(shape)
        side = min(picture.width(), picture.height())
        part = QRectF((picture.width() - side) / 2, (picture.height() - side) / 2, side, side)
        painter.drawPixmap(box, picture, part)
        painter.setClipping(False)

    def _picture(self, choice: Choice, ratio: float) -> QPixmap | None:
        if choice.file is not None:
            return self._posters.get(choice.file, QSize(2 * _PICTURE, 2 * _PICTURE), ratio)
        if not choice.data:
            return None
        if choice.key not in self._pictures:
            read = QPixmap()
            read.loadFromData(choice.data)
            mode = Qt.TransformationMode.SmoothTransformation
            self._pictures[choice.key] = read if read.isNull() else read.scaledToHeight(round(_PICTURE * 4), mode)
        found = self._pictures[choice.key]
        return None if found.isNull() else found


def _right() -> Qt.AlignmentFlag:
    return Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
