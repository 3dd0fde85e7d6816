"""One reference image, large, in the stage's place: what the model will see of it, and moving that by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget

from seedance_desktop.domain.catalogue import RATIOS, kept
from seedance_desktop.domain.cropping import WHOLE
from seedance_desktop.domain.recipe import Reference
from seedance_desktop.ui import accessible, theme
from seedance_desktop.ui.controls import Panel
from seedance_desktop.words import tr

from . import facts
from .canvas import Canvas
from .foot import Foot
from .framing import Framing
from .header import ORIGINAL, SENT, Header
from .pictures import Pictures

if TYPE_CHECKING:
    from seedance_desktop.domain.kept_images import Prepared

_NARROW = 700
_SETTLED = 250  # milliseconds after the last turn of the wheel or press of a key, then the gesture is over
_UNKNOWN = (1600, 900)
_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


class Preview(Panel):
    """Shows one image of the strip. It changes nothing by itself: `cropped` carries the reference as it should be."""

    cropped = Signal(object)  # Reference with its new part, at the end of a gesture
    ratio_wanted = Signal(str)
    moved = Signal(int)  # index in the strip of the image wanted instead
    closed = Signal()  # by the creator
    picture_wanted = Signal(object)  # Reference whose original Qt cannot read: answer with `set_picture`

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("panel", parent=parent)
        self.setMinimumWidth(int(theme.tokens()["size"]["stage"]["min"]))
        self._reference: Reference | None = None
        self._number = 0
        self._before = WHOLE  # the crop when this image was opened
        self._framing = Framing(*_UNKNOWN, RATIOS[0])
        self._gripped = self._framing
        self._prepared: tuple[Prepared, ...] = ()
        self._refused: dict[str, str] = {}
        self._drawn: tuple[int, QSizeF] | None = None
        self._pictures = Pictures(self)
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(_SETTLED)
        self.header, self.canvas, self.foot = Header(), Canvas(), Foot()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.canvas, 1)
        column.addWidget(self.foot)
        self._connect()

    @property
    def number(self) -> int:
        """Which image of the strip is shown, counted from 1."""
        return self._number

    @property
    def key(self) -> str:
        """The key of the image that is shown; empty for none."""
        return self._reference.key if self._reference is not None else ""

    def show_reference(self, reference: Reference, number: int, ratio: str, of: int = 1) -> None:
        """Show image `number` of `of`; for the image that is shown already, follow what has changed about it."""
        fresh = (reference.key, number) != (self.key, self._number)
        if fresh:
            self.commit()
            self._before = reference.part
        if reference.key != self.key:
            self.header.view.set_value(ORIGINAL)
            self._pictures.show(reference)
        part = self._framing.part if self._busy and not fresh else reference.part
        self._reference, self._number = reference, number
        width, height = self._size()
        self._framing = Framing(width, height, ratio, part, fixed=bool(reference.link))
        self.header.show_image(reference.name, number, of)
        self.header.view.segment(SENT).setEnabled(not reference.link)
        self._renew()

    def set_ratio(self, ratio: str) -> None:
        """The composer's ratio is another one."""
        if ratio != self._framing.ratio:
            self._framing = self._framing.in_ratio(ratio)
            self._renew()

    def set_prepared(self, prepared: Sequence[Prepared], refused: Mapping[str, str]) -> None:
        """What will be sent for the images of the strip, in any order; why others cannot be sent, by their key."""
        self._prepared, self._refused = tuple(prepared), dict(refused)
        self._renew()

    def set_picture(self, key: str, data: bytes) -> None:
        """The whole image `key`, upright, as JPEG or PNG of any size: the answer to `picture_wanted`."""
        self._pictures.give(key, data)

    def set_library(self, library: Path) -> None:
        """Where the originals lie."""
        self._pictures.set_library(library)

    def commit(self) -> None:
        """The gesture is over: say what has become of the crop, if it is another."""
        self._settling.stop()
        if self._reference is not None and self._framing.part != self._reference.part:
            self._reference = replace(self._reference, part=self._framing.part)
            accessible.say(self.canvas, f"{facts.kept(self._framing)}, {facts.place(self._framing)}")
            self.cropped.emit(self._reference)
            self._renew()

    def rest(self) -> None:
        """It is not looked at any more: keep no pictures."""
        self.commit()
        self._reference, self._drawn = None, None
        self._pictures.show(None)

    def hideEvent(self, event: QHideEvent) -> None:
        """What was begun is done."""
        self.commit()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Below 700 pixels everything takes less room."""
        super().resizeEvent(event)
        compact = self.width() < _NARROW
        self.header.set_compact(compact)
        self.foot.set_compact(compact)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter is done, Esc takes it back; no key goes on to the stage, which nobody sees now."""
        if event.modifiers() & _COMMANDS:
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Escape:
            self._cancel()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            focus = QApplication.focusWidget()
            if isinstance(focus, QPushButton):
                focus.click()
            else:
                self._accept()

    def _connect(self) -> None:
        canvas, foot, header = self.canvas, self.foot, self.header
        self._settling.timeout.connect(self._settle)
        self._pictures.changed.connect(self._picture_came)
        self._pictures.wanted.connect(self.picture_wanted)
        canvas.grabbed.connect(self._grab)
        canvas.dragged.connect(lambda right, down: self._take(self._gripped.moved(right, down)))
        canvas.released.connect(self.commit)
        canvas.nudged.connect(lambda right, down: self._take(self._framing.moved(right, down)))
        canvas.zoomed.connect(lambda factor: self._take(self._framing.zoomed(self._framing.zoom * factor)))
        canvas.centred.connect(self._centre)
        canvas.accepted.connect(self._accept)
        foot.zoom.wanted.connect(lambda zoom: self._take(self._framing.zoomed(zoom)))
        foot.zoom.released.connect(self.commit)
        foot.zoom.centred.connect(self._centre)
        foot.ratio.picked.connect(self._want_ratio)
        foot.match.clicked.connect(lambda: self._want_ratio(self._framing.nearest))
        foot.done.clicked.connect(self._accept)
        foot.cancel.clicked.connect(self._cancel)
        header.closed.connect(self._accept)
        header.view_picked.connect(lambda _view: self._renew())
        header.stepped.connect(self._step)

    @property
    def _busy(self) -> bool:
        """Whether a gesture goes on, so that what is on screen is newer than what the composer has."""
        return self._settling.isActive() or self.canvas.held or self.foot.zoom.slider.isSliderDown()

    def _grab(self) -> None:
        self._gripped = self._framing

    def _take(self, framing: Framing) -> None:
        """What the creator has made of it; a crop is made on the original."""
        if framing == self._framing:
            return
        self._framing = framing
        self.header.view.set_value(ORIGINAL)
        self._settling.start()
        self._renew()

    def _settle(self) -> None:
        if self.canvas.held or self.foot.zoom.slider.isSliderDown():
            self._settling.start()
        else:
            self.commit()

    def _centre(self) -> None:
        self._take(self._framing.centred())
        self.commit()

    def _want_ratio(self, ratio: str) -> None:
        self.set_ratio(ratio)
        self.ratio_wanted.emit(ratio)

    def _step(self, by: int) -> None:
        self.commit()
        self.moved.emit(self._number - 1 + by)

    def _accept(self) -> None:
        self.commit()
        self.closed.emit()

    def _cancel(self) -> None:
        self._framing = replace(self._framing, part=self._before)
        self.commit()
        self.closed.emit()

    def _size(self) -> tuple[int, int]:
        """Of the upright picture, in pixels; what was read where the reference doesn't know."""
        reference, read = self._reference, self._pictures.original
        if reference is not None and reference.width and reference.height:
            return reference.width, reference.height
        return _UNKNOWN if read.isNull() else (read.width(), read.height())

    def _picture_came(self) -> None:
        width, height = self._size()
        self._framing = replace(self._framing, width=width, height=height)
        self._renew()

    def _sending(self) -> Prepared | None:
        """What is sent for this very crop, as far as it is known."""
        one = self._reference
        if one is None or one.link or self._framing.part != one.part:
            return None
        same = (one.key, one.part)
        return next((made for made in self._prepared if (made.reference.key, made.reference.part) == same), None)

    def _renew(self) -> None:
        """Show everything as it is now."""
        if self._reference is None:
            return
        sending = self._sending()
        refused = self._refused.get(self._reference.key, "")
        self._pictures.set_prepared(sending)
        self._draw(sending, refused)
        self.foot.show_framing(self._framing)
        self.foot.show_sending(self._reference, sending, refused)
        self.foot.cancel.setVisible(self._framing.part != self._before)
        said = [
            facts.title(self._number, self._reference.name),
            facts.kept(self._framing),
            facts.place(self._framing),
            refused or facts.sent(self._reference, sending),
            *facts.notes(sending),
        ]
        self.canvas.setAccessibleDescription(". ".join(said))

    def _draw(self, sending: Prepared | None, refused: str) -> None:
        """The chosen view on the canvas: the original with the creator's frame, or what is sent with upstream's."""
        as_sent = self.header.view.value == SENT
        picture = self._pictures.sent if as_sent else self._pictures.original
        shape = QSizeF(self._framing.width, self._framing.height)
        frame = self._framing.frame
        if as_sent and sending is not None:
            shape = QSizeF(sending.width, sending.height)
            frame = kept(sending.width, sending.height, self._framing.ratio)
        drawn = (picture.cacheKey(), shape)
        if drawn != self._drawn:
            self._drawn = drawn
            self.canvas.show_picture(picture, shape)
        self.canvas.show_frame(frame)
        movable = self._framing.free and (self._framing.most > 1 or frame[2] * frame[3] < 1)
        self.canvas.set_free(movable and not as_sent)
        self.canvas.say(self._instead(as_sent, refused) if picture.isNull() else "")

    def _instead(self, as_sent: bool, refused: str) -> str:
        """The words where there is no picture."""
        if as_sent:
            return refused or tr("Preparing what is sent…")
        if not self._pictures.failed or self._reference is None:
            return ""
        if self._reference.link:
            return tr("This image is sent as a link: its picture is not on this computer.")
        return tr("This picture cannot be shown here.")
