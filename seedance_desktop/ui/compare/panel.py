"""One side of the comparison: which take it is, its picture, and how it is judged."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QFontMetricsF, QMouseEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from seedance_desktop.domain.clip import Clip, Flag
from seedance_desktop.ui import drags, theme
from seedance_desktop.ui.controls import Button, Chip, Text, paint
from seedance_desktop.ui.stage import facts
from seedance_desktop.ui.stage.sliders import Stars
from seedance_desktop.words import tr

from .badge import Letter
from .synced import SyncedViewer

_RING = 3  # the ring round the active side's picture, with its gap
_CORNER = 5.0
_HEAD = 30
_ROOM, _ROOM_COMPACT, _ROOM_WORDS = 280, 340, 430  # widths from which the head has room for all, and for words


class Framed(QWidget):
    """Holds a viewer; the ring round it says that the keys act on this side."""

    def __init__(self, viewer: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._active = False
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_RING, _RING, _RING, _RING)
        layout.addWidget(viewer)

    def set_active(self, active: bool) -> None:
        """With the ring, or without."""
        self._active = active
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ring."""
        if not self._active:
            return
        painter = paint.start(self)
        paint.box(painter, QRectF(self.rect()), border=theme.color("focus"), corner=_CORNER, width=2)
        painter.end()


class SidePanel(QWidget):
    """Shows a clip; says when it is chosen as the active one, judged, or another take is dropped on it."""

    activated = Signal()
    judged = Signal(int, str)  # stars, flag
    dropped = Signal(object)  # id of the clip that was dropped

    def __init__(self, letter: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.letter = letter
        self.setAcceptDrops(True)
        self.viewer = SyncedViewer()
        self.viewer.canvas.setAccessibleName(tr("Player {letter}").format(letter=letter))
        self.viewer.canvas.installEventFilter(self)
        self._frame = Framed(self.viewer)
        self._badge = Letter(letter)
        self._shot = Chip("", "outline")
        self._take = Text("", "body-strong", "text", tabular=True)
        self._keys = Chip(tr("Active: keys act here"))
        self._facts = Text("", "label", "text-2", tabular=True)
        self._said: tuple[str, ...] = ()  # the facts, in ever fewer words
        self.stars = Stars()
        self.stars.setAccessibleName(tr("Stars {letter}").format(letter=letter))
        self.pick = self._toggle(tr("Pick"), "pick", "success", tr("Pick {letter}").format(letter=letter))
        self.reject = self._toggle(tr("Reject"), "reject", "danger", tr("Reject {letter}").format(letter=letter))
        self._texts = (self.pick.text(), self.reject.text())
        self._compact = self._active = False
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        self._lay_out()
        self._connect()
        self.set_active(False)

    def expect(self, shape: QSize) -> None:
        """Another clip comes here: darkness of its shape until its picture is there."""
        self.viewer.expect(shape)

    def show_clip(self, clip: Clip, take: str) -> None:
        """What is known of the clip; `take` is which one it is."""
        self._shot.setText(clip.shot)
        self._shot.updateGeometry()
        self._take.setText(take)
        length = tr("{n} s").format(n=clip.recipe.duration)
        told = (length, clip.recipe.resolution, facts.price(clip))
        self._said = tuple(" · ".join(told[:count]) for count in (3, 2, 1, 0))
        self._facts.setToolTip(self._said[0])
        self._fit_head()
        self.stars.place(clip.stars)
        self.pick.setChecked(clip.flag is Flag.PICK)
        self.pick.set_icon("pick-filled" if clip.flag is Flag.PICK else "pick")
        self.reject.setChecked(clip.flag is Flag.REJECT)

    def set_active(self, active: bool) -> None:
        """The keys act here, or elsewhere."""
        self._badge.set_active(active)
        self._frame.set_active(active)
        self._active = active
        self._fit_head()

    def set_compact(self, compact: bool) -> None:
        """Everything but the picture on one line."""
        if compact == self._compact:
            return
        self._compact = compact
        for button, text in zip((self.pick, self.reject), self._texts, strict=True):
            button.setText("" if compact else text)
            button.setToolTip(text if compact else "")
            button.setFixedSize(button.sizeHint())
        self._facts.setVisible(not compact)
        for place, widget in enumerate((self.pick, self.reject, self.stars)):
            if compact:
                self._head.addWidget(widget)
            else:
                self._foot.insertWidget(-1 if widget is self.stars else place, widget)  # round the stretch, which stays
        self._below.setVisible(not compact)
        self._fit_head()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Whoever looks at the picture means this side."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.MouseButtonPress):
            self.activated.emit()
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Anywhere on this side."""
        super().mousePressEvent(event)
        self.viewer.canvas.setFocus(Qt.FocusReason.MouseFocusReason)
        self.activated.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow side says less."""
        super().resizeEvent(event)
        self._fit_head()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A take of the tray may be put here."""
        if event.mimeData().hasFormat(drags.CLIP):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        """Put it here."""
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        for clip, _frame in drags.frames(event.mimeData())[:1]:
            self.dropped.emit(clip)

    def _fit_head(self) -> None:
        """What there is no room for is left out: ring and letter say which side is active, too."""
        narrow = self.width() < (_ROOM_COMPACT if self._compact else _ROOM)
        self._keys.setText(tr("Active") if self._compact or self.width() < _ROOM_WORDS else tr("Active: keys act here"))
        self._keys.setVisible(self._active and not narrow)
        self._keys.updateGeometry()
        self._shot.setVisible(bool(self._shot.text()) and not narrow)
        self._head.setSpacing(4 if narrow else 8)
        beside = [one for one in (self._badge, self._shot, self._take, self._keys) if not one.isHidden()]
        wide = (max(one.sizeHint().width(), one.minimumWidth()) + self._head.spacing() for one in beside)
        room = self.width() - 2 * _RING - sum(wide)
        metrics = QFontMetricsF(self._facts.font())
        self._facts.setText(next((one for one in self._said if metrics.horizontalAdvance(one) <= room), ""))

    def _toggle(self, text: str, icon: str, tone: str, name: str) -> Button:
        made = Button(text, icon, "toggle", tone=tone)
        made.setAccessibleName(name)
        return made

    def _connect(self) -> None:
        for button, flag in ((self.pick, Flag.PICK), (self.reject, Flag.REJECT)):
            button.clicked.connect(lambda on, flag=flag: self._judge(self.stars.value(), flag if on else Flag.NONE))
        self.stars.chosen.connect(lambda stars: self._judge(stars, self._flag()))

    def _flag(self) -> Flag:
        if self.pick.isChecked():
            return Flag.PICK
        return Flag.REJECT if self.reject.isChecked() else Flag.NONE

    def _judge(self, stars: int, flag: Flag) -> None:
        self.pick.setChecked(flag is Flag.PICK)
        self.reject.setChecked(flag is Flag.REJECT)
        self.activated.emit()
        self.judged.emit(stars, flag)

    def _lay_out(self) -> None:
        head = QWidget()
        head.setFixedHeight(_HEAD)
        self._head = QHBoxLayout(head)
        self._head.setContentsMargins(_RING, 0, _RING, 0)
        self._head.setSpacing(8)
        for part in (self._badge, self._shot, self._take, self._keys):
            self._head.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        self._head.addStretch(1)
        self._head.addWidget(self._facts, 0, Qt.AlignmentFlag.AlignVCenter)
        self._below = QWidget()
        self._foot = QHBoxLayout(self._below)
        self._foot.setContentsMargins(_RING, 4, _RING, 4)
        self._foot.setSpacing(8)
        for button in (self.pick, self.reject):
            button.setFixedSize(button.sizeHint())
            self._foot.addWidget(button)
        self._foot.addStretch(1)
        self._foot.addWidget(self.stars)
        self._facts.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self._frame, 1)
        column.addWidget(self._below)
