"""The label that says where the picture on screen is: spoken as one sentence, drawn as timecode and frame."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QFontMetricsF, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from seedance_desktop.domain.timecode import timecode
from seedance_desktop.ui import theme
from seedance_desktop.ui.controls import paint
from seedance_desktop.words import tr

_GAP = 9


class TimecodeLabel(QLabel):
    """Says `Timecode 00:00:02:13 · frame 61` to whoever listens, and paints `00:00:02:13` and `frame 61 of 121`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._time = self._widest = ""
        self._frames: tuple[str, ...] = ()
        self.set_frame(0, 0, 24.0)

    def set_frame(self, number: int, count: int, fps: float) -> None:
        """Say frame `number` (from 0) of `count`; a count of 0 is no clip."""
        self._time = timecode(number, fps)
        texts = (tr("frame {n} of {count}"), tr("frame {n}")) if count else ()
        self._frames = tuple(text.format(n=number, count=count) for text in texts)
        widest = tr("frame {n} of {count}").format(n="0" * len(str(count)), count=count) if count else ""
        self.setText(tr("Timecode {time} · frame {n}").format(time=self._time, n=number))
        if widest != self._widest:
            self._widest = widest
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Room for both, whatever the digits."""
        time = QFontMetricsF(theme.font("timecode")).horizontalAdvance(self._time)
        frame = QFontMetricsF(theme.font("label", tabular=True)).horizontalAdvance(self._widest)
        return QSize(round(time + frame + (_GAP if self._widest else 0) + 3), 24)

    def minimumSizeHint(self) -> QSize:
        """The timecode is never cut."""
        time = QFontMetricsF(theme.font("timecode")).horizontalAdvance(self._time)
        return QSize(round(time + 3), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Timecode strong, frame quiet, on one base line; of the frame as much as there is room for."""
        painter = paint.start(self)
        font = theme.font("timecode")
        metrics = QFontMetricsF(font)
        base = (self.height() + metrics.capHeight()) / 2
        painter.setFont(font)
        painter.setPen(theme.color("text" if self.isEnabled() else "text-disabled"))
        painter.drawText(QPointF(0, base), self._time)
        quiet, left = theme.font("label", tabular=True), metrics.horizontalAdvance(self._time) + _GAP
        fitting = (one for one in self._frames if QFontMetricsF(quiet).horizontalAdvance(one) <= self.width() - left)
        painter.setFont(quiet)
        painter.setPen(theme.color("text-2" if self.isEnabled() else "text-disabled"))
        painter.drawText(QPointF(left, base), next(fitting, ""))
        painter.end()
