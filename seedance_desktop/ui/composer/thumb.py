"""One reference image: its true shape, what the model will see of it, number, name, how it is sent, and a cross."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QFontMetricsF, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QPushButton, QWidget

from seedance_desktop.domain.cropping import seen
from seedance_desktop.domain.recipe import Reference
from seedance_desktop.ui import accessible, theme
from seedance_desktop.ui.controls import paint
from seedance_desktop.words import tr

FOOT = 22
"""Height of the line with number and name."""
_LEAST = 52
_CHIP = 14
_LIFTED = 0.4  # how much is left of a picture that is being dragged away


class Cross(QPushButton):
    """The remove button on a picture. It is always there for a screen reader, and drawn only when `shown`."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.shown = False
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Delete does the same from the keyboard
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.resize(18, 18)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A dark square with a cross, on any picture."""
        if not self.shown:
            return
        painter = paint.start(self)
        fill = theme.color("reject-badge" if self.underMouse() else "badge")
        paint.box(painter, QRectF(self.rect()), fill=fill, corner=paint.radius("chip"))
        paint.icon(painter, "close", "on-badge", QPointF(3, 3), 12)
        painter.end()


class Thumb(QWidget):
    """An item of the strip. `picture` may be null (a link, or a picture that is not there): an icon stands for it."""

    remove = Signal()
    pressed = Signal()
    menu_wanted = Signal()

    def __init__(self, reference: Reference, data: bytes, parent: QWidget) -> None:
        super().__init__(parent)
        self.reference = reference
        self.data = data
        self._picture = QPixmap()
        if data:
            self._picture.loadFromData(data)
        self._number = 0
        self._ratio = ""
        self._height = 64
        self._current = False
        self._over = False
        self._lifted = False
        self._sent = ""
        self.cross = Cross(self)
        self.cross.clicked.connect(self.remove)
        accessible.as_item(self, reference.name)
        self.resize(self.sizeHint())

    def set_number(self, number: int) -> None:
        """Say which image this is, counted from 1."""
        self._number = number
        name = self.reference.name
        self.setAccessibleName(tr("Image {n}: {name}").format(n=number, name=name))
        self._describe()
        self.cross.setAccessibleName(tr("Remove {name}").format(name=name))
        self.cross.setToolTip(tr("Remove {name}").format(name=name))
        self.update()

    def set_ratio(self, ratio: str) -> None:
        """Frame what `ratio` keeps."""
        self._ratio = ratio
        self.update()

    def set_height(self, height: int) -> None:
        """Draw the picture this high."""
        self._height = height
        self._show_cross()

    def set_sent(self, words: str) -> None:
        """Say what becomes of it on its way out; empty where it goes as it is."""
        self._sent = words
        self._describe()

    def set_lifted(self, lifted: bool) -> None:
        """Whether it is being dragged out of the strip."""
        self._lifted = lifted
        self.update()

    def on_chip(self, point: QPoint) -> bool:
        """Whether `point` is on its number."""
        below = self._image_size().height()
        return QRectF(0, below, _CHIP + 4, FOOT).contains(QPointF(point))

    def set_current(self, current: bool) -> None:
        """Whether the keyboard is here."""
        self._current = current
        self._show_cross()

    def press(self) -> None:
        """A screen reader's press: see it large."""
        self.pressed.emit()

    def show_menu(self) -> None:
        """A screen reader's menu."""
        self.menu_wanted.emit()

    def sizeHint(self) -> QSize:
        """The picture's true shape at the strip's height, and the name below."""
        return QSize(max(_LEAST, self._image_size().width()), self._image_size().height() + FOOT)

    def enterEvent(self, event: QEnterEvent) -> None:
        """The cross comes with the mouse."""
        super().enterEvent(event)
        self._over = True
        self._show_cross()

    def leaveEvent(self, event: QEvent) -> None:
        """And goes with it."""
        super().leaveEvent(event)
        self._over = False
        self._show_cross()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Picture, crop, number, name, ring."""
        painter = paint.start(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setOpacity(_LIFTED if self._lifted else 1.0)
        area = QRectF(0, 0, self._image_size().width(), self._image_size().height())
        shape = QPainterPath()
        shape.addRoundedRect(area, 3, 3)
        painter.setClipPath(shape)
        if self._picture.isNull():
            painter.fillRect(area, theme.color("raised"))
            name = "link" if self.reference.url else "image"
            paint.icon(painter, name, "text-2", area.center() - QPointF(8, 8))
        else:
            painter.drawPixmap(area, self._picture, QRectF(self._picture.rect()))
            self._draw_crop(painter, area)
        painter.setClipping(False)
        if self.reference.link and not self._picture.isNull():
            badge = QRectF(3, area.height() - 19, 16, 16)
            paint.box(painter, badge, fill=theme.color("badge"), corner=paint.radius("badge"))
            paint.icon(painter, "link", "on-badge", badge.topLeft() + QPointF(2, 2), 12)
        self._draw_foot(painter, area.height())
        if self._current:
            paint.box(painter, area, border=theme.color("focus"), corner=4, width=2)
        painter.end()

    def _image_size(self) -> QSize:
        high = self._height
        wide, tall = self.reference.width, self.reference.height
        if not (wide and tall) and not self._picture.isNull():
            wide, tall = self._picture.width(), self._picture.height()
        return QSize(min(200, max(26, round(high * wide / tall))) if wide and tall else high, high)

    def _draw_crop(self, painter: QPainter, area: QRectF) -> None:
        """A white frame round what is kept, the rest dimmed; nothing where all is kept."""
        one = self.reference
        if not self._ratio or not one.width or not one.height:
            return
        left, top, width, height = seen(one.width, one.height, one.part, self._ratio)
        if width * height > 0.995:
            return
        stays = QRectF(left * area.width(), top * area.height(), width * area.width(), height * area.height())
        size = theme.tokens()["size"]["reference-thumb"]
        around = QPainterPath()
        around.addRect(area)
        inside = QPainterPath()
        inside.addRect(stays)
        painter.fillPath(around - inside, QColor.fromRgbF(0, 0, 0, size["crop-dim"]))
        line = float(size["crop-line"])
        painter.setPen(
            QPen(
                theme.color("playhead"),
                line,
                Qt.PenStyle.SolidLine,
                Qt.PenCapStyle.SquareCap,
                Qt.PenJoinStyle.MiterJoin,
            )
        )
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(stays.adjusted(line / 2, line / 2, -line / 2, -line / 2))

    def _draw_foot(self, painter: QPainter, below: float) -> None:
        chip = QRectF(0, below + 6, _CHIP, _CHIP)
        paint.box(painter, chip, fill=theme.color("accent-text"), corner=paint.radius("badge"))
        painter.setFont(theme.font("caption", tabular=True))
        painter.setPen(theme.color("panel"))
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, str(self._number))
        painter.setPen(theme.color("text-2"))
        metrics = QFontMetricsF(painter.font())
        room = QRectF(19, below + 5, self.width() - 19, 16)
        shown = paint.elided(self.reference.name, metrics, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)

    def _describe(self) -> None:
        """The tool tip and the description for a screen reader: what it is called on the wire, and what goes out."""
        told = [tr("Sent as a link") if self.reference.link else "", self._sent]
        self.setAccessibleDescription("\n".join(filter(None, told)))
        named = tr("Image {n} · {name}").format(n=self._number, name=self.reference.name)
        self.setToolTip("\n".join(filter(None, [named, *told])))

    def _show_cross(self) -> None:
        self.cross.shown = self._over or self._current
        self.cross.move(max(0, self._image_size().width() - self.cross.width() - 3), 3)
        self.cross.update()
        self.update()
