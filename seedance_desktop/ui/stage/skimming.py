"""What the timeline shows beside the playhead: the clip's filmstrip, and the picture under the pointer."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, QTimer, SignalInstance
from PySide6.QtGui import QImage

from seedance_desktop.domain.frames import FramesWanted
from seedance_desktop.domain.frames import Timeline as Times
from seedance_desktop.domain.timecode import timecode

from .deck import Deck
from .glimpse import PICTURE, Glimpse
from .picture import Decoded
from .transport import Transport

_REST = 150  # milliseconds that a clip lies on the stage, or a width stays, before pictures are worth making
_LINGER = 90  # milliseconds on one frame before its exact picture is worth decoding
_MOST = 60  # pictures on the widest strip
_WIDEST = 1.25  # of a place's height: wider pictures are cut, so that there are more of them


class Skimming(QObject):
    """Wishes for pictures by `filmstrip_wanted(clip id, how many)`; what is exact comes from the deck's frames."""

    def __init__(self, transport: Transport, deck: Deck, wanted: SignalInstance) -> None:
        super().__init__(transport)
        self._transport = transport
        timeline = transport.timeline
        self._timeline, self._deck, self._wanted = timeline, deck, wanted
        self._clip: int | None = None
        self._shape = QSize(16, 9)
        self._fps = 24.0
        self._asked = 0  # pictures, for the clip that is open
        self._glimpse: Glimpse | None = None
        self._frame = -1  # under the pointer
        self._rest = self._timer(_REST, self._ask)
        self._linger = self._timer(_LINGER, self._look)
        timeline.resized.connect(self._resized)
        timeline.hovered.connect(self._hover)
        transport.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The transport goes to another window, or out of sight: the small picture was in the one it leaves.

        Shown again, it asks for what it could not ask for meanwhile.
        """
        if event.type() in (QEvent.Type.ParentAboutToChange, QEvent.Type.Hide):
            self._hover(-1)
        elif event.type() == QEvent.Type.Show and self._clip is not None and not self._asked:
            self._rest.start()
        return super().eventFilter(watched, event)

    def open(self, clip: int | None, shape: QSize) -> None:
        """A clip with pictures of this shape lies on the stage, or none that has any."""
        self._hover(-1)
        self._clip, self._shape, self._asked = clip, shape, 0
        self._timeline.strip.clear()
        self._rest.stop()
        if clip is not None:
            self._rest.start()

    def set_times(self, times: Times) -> None:
        """How frames become timecode."""
        self._fps = times.fps

    def take(self, clip: int, pictures: list[bytes]) -> None:
        """Pictures that were wished for have come; those of another clip are let go."""
        if clip == self._clip:
            self._timeline.strip.read(pictures)

    def look_again(self) -> None:
        """Frames were decoded: perhaps the one under the pointer is among them."""
        if self._frame >= 0 and not self._linger.isActive():
            self._look()

    def _fitting(self) -> int:
        """How many pictures in their own shape fill the strip."""
        area = self._timeline.area()
        wide = area.height() * min(_WIDEST, self._shape.width() / max(1, self._shape.height()))
        return max(1, min(_MOST, round(area.width() / max(1.0, wide))))

    def _resized(self) -> None:
        if self._clip is not None and self._asked and abs(self._fitting() - self._asked) > 1:
            self._rest.start()

    def _ask(self) -> None:
        """Not while something stands in the stage's place: Compare wants another strip of the same clip."""
        if not self._timeline.isVisible():
            self._asked = 0
        elif self._clip is not None and self._timeline.width() > 0:
            self._asked = self._fitting()
            self._wanted.emit(self._clip, self._asked)

    def _hover(self, frame: int) -> None:
        if frame < 0 or self._clip is None:
            self._frame = -1
            self._linger.stop()
            if self._glimpse is not None:
                self._glimpse.hide()
                self._glimpse.deleteLater()
                self._glimpse = None
        elif frame != self._frame:
            self._frame = frame
            self._show(self._exact() or self._timeline.strip.near(frame))
            self._linger.start()

    def _look(self) -> None:
        """The exact picture, if it is here; else it is asked for, unless the clip plays and needs the machine."""
        exact = self._exact()
        if exact is not None:
            self._show(exact)
        elif self._frame >= 0 and not self._deck.moving:
            self._deck.wanted.emit(FramesWanted(self._deck.file, self._frame, self._frame))

    def _exact(self) -> QImage | None:
        frame = self._deck.store.get(self._frame)
        if frame is None:
            return None
        box = PICTURE * self._timeline.devicePixelRatioF()
        size = QSize(frame.width, frame.height).scaled(box, Qt.AspectRatioMode.KeepAspectRatio)
        return Decoded(frame).image(size, fine=False)

    def _show(self, image: QImage | None) -> None:
        timeline, window = self._timeline, self._timeline.window()
        if self._glimpse is None:
            self._glimpse = Glimpse(window)
        along = timeline.mapTo(window, QPoint(round(timeline.place_of(self._frame + 0.5)), 0)).x()
        spot = QPoint(along, self._transport.mapTo(window, QPoint(0, 0)).y())  # no button is covered
        self._glimpse.show_at(spot, timecode(self._frame, self._fps), image)

    def _timer(self, after: int, slot: Callable[[], None]) -> QTimer:
        timer = QTimer(self, singleShot=True, interval=after)
        timer.timeout.connect(slot)
        return timer
