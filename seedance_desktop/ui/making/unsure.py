"""A clip whose charge is unknown: what happened, and three ways on; several fold into one."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from seedance_desktop.domain.clip import Clip
from seedance_desktop.ui import spoken, theme, when
from seedance_desktop.ui.controls import Button, ElidedLabel, Field, Text, paint
from seedance_desktop.ui.flow import Flow
from seedance_desktop.ui.glyph import Glyph
from seedance_desktop.ui.posters import Posters
from seedance_desktop.ui.style import RADIUS
from seedance_desktop.ui.wishes import Wishes
from seedance_desktop.words import money, ntr, tr

from .face import Face
from .row import Row, put


class UnsureRow(Row):
    """The warning card. None of its buttons is the default: the money is the creator's to decide about."""

    def __init__(self, clip: Clip, face: Face, wishes: Wishes, posters: Posters, library: Path) -> None:
        super().__init__(clip, face, wishes, posters, library)
        self._what = ElidedLabel("", "label", "text-2")
        self._sentence = Text("", "caption", "text-2", wrap=True)
        self._flow = Flow(spacing=6)
        self._task = TaskField(self._adopt)
        head = QHBoxLayout()
        head.setSpacing(7)
        head.addWidget(Glyph("stage-unsure", "warning"))
        head.addWidget(Text(face.word, "body-strong", "warning"), 1)
        words = QVBoxLayout()
        words.setSpacing(3)
        words.addLayout(head)
        words.addWidget(self._what)
        words.addStretch()
        top = QHBoxLayout()
        top.setSpacing(10)
        top.addWidget(self.slot, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(words, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 9, 8, 9)
        layout.setSpacing(8)
        layout.addLayout(top)
        layout.addWidget(self._sentence)
        layout.addLayout(self._flow)
        layout.addWidget(self._task)
        self._task.hide()
        self.show_clip(clip, face)

    def place(self, name: str, button: Button) -> None:
        """One after the other; the task id's field opens below."""
        self._flow.addWidget(button)
        if name == "adopt":
            button.clicked.connect(self._task.open)

    def stops(self) -> list[QWidget]:
        """The buttons, then the field that may be open."""
        return [*super().stops(), *self._task.stops()]

    def show_face(self, clip: Clip, face: Face) -> None:
        """What it was, when it was sent, what happened."""
        super().show_face(clip, face)
        parts = [clip.shot, spoken.title(clip), _sent(clip)]
        put(self._what, " · ".join(part for part in parts if part))
        put(self._sentence, face.sentence)
        self._sentence.setVisible(bool(face.sentence))

    def _adopt(self, task: str) -> None:
        self._wishes.adopt.emit(self.clip.id, task)


class TaskField(QWidget):
    """Where the creator pastes the task id that they found in their account; Escape closes it."""

    def __init__(self, given: Callable[[str], None]) -> None:
        super().__init__()
        self._given = given
        self._field = Field(name=tr("Task ID"), placeholder=tr("Paste the task ID"), size="regular")
        watch, cancel = Button(tr("Watch it"), size="small"), Button(tr("Cancel"), kind="ghost", size="small")
        watch.clicked.connect(self._give)
        cancel.clicked.connect(self.hide)
        self._field.returnPressed.connect(self._give)
        self._stops = (self._field, watch, cancel)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._field, 1)
        layout.addWidget(watch)
        layout.addWidget(cancel)

    def stops(self) -> list[QWidget]:
        """Field and buttons."""
        return list(self._stops)

    def open(self) -> None:
        """Show it, ready to paste."""
        self.show()
        self._field.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def _give(self) -> None:
        task = self._field.text().strip()
        if task:
            self.hide()
            self._given(task)


class Fold(QAbstractButton):
    """`3 clips: charge unknown`, closed or open; checked is open."""

    def __init__(self) -> None:
        super().__init__()
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setProperty(RADIUS, paint.radius("card"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._most = ""

    def show_clips(self, clips: list[Clip]) -> None:
        """Say how many there are, and what they may have cost together."""
        self.setText(ntr("{n} clip: charge unknown", "{n} clips: charge unknown", len(clips)))
        amount = money(sum(clip.price.minor for clip in clips), clips[0].price.currency)
        self._most = tr("up to {price}").format(price=amount)
        self.setAccessibleName(f"{self.text()}, {self._most}")
        self.setToolTip(self._most)
        self.update()

    def sizeHint(self) -> QSize:
        """A row of its own."""
        return QSize(200, int(theme.tokens()["size"]["row"]["group-height"]))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Icon, words, amount, arrow."""
        painter = paint.start(self)
        box, middle = QRectF(self.rect()), (self.height() - 16) / 2
        fill, edge = theme.color("warning-tint"), theme.color("warning")
        paint.box(painter, box, fill=fill, border=edge, corner=paint.radius("card"))
        paint.icon(painter, "stage-unsure", "warning", QPointF(12, middle))
        arrow = "chevron-down" if self.isChecked() else "chevron-right"
        paint.icon(painter, arrow, "text-2", QPointF(box.right() - 26, middle))
        flags, strong, small = (
            Qt.AlignmentFlag.AlignVCenter,
            theme.font("body-strong"),
            theme.font("caption", tabular=True),
        )
        room = box.adjusted(38, 0, -34, 0)
        painter.setFont(strong)
        painter.setPen(theme.color("text"))
        painter.drawText(room, flags, paint.elided(self.text(), QFontMetricsF(strong), room.width()))
        room.setLeft(room.left() + QFontMetricsF(strong).horizontalAdvance(self.text()) + 8)
        if QFontMetricsF(small).horizontalAdvance(self._most) <= room.width():  # else its tool tip says it
            painter.setFont(small)
            painter.setPen(theme.color("text-2"))
            painter.drawText(room, flags | Qt.AlignmentFlag.AlignRight, self._most)
        painter.end()


def _sent(clip: Clip) -> str:
    if not clip.sent:
        return ""
    today = time.localtime(clip.sent / 1000)[:3] == time.localtime()[:3]
    then = when.time_of_day(clip.sent) if today else when.moment(clip.sent, this_year=True)
    return tr("sent {when}").format(when=then)
