"""In and out points of the clip on the stage: set by keys, buttons and handles, kept by wish, obeyed by the loop."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, SignalInstance
from PySide6.QtWidgets import QMenu, QWidget

from seedance_desktop.domain.clip import Clip
from seedance_desktop.domain.timecode import timecode
from seedance_desktop.words import tr

from .deck import Deck
from .timeline import IN, Timeline

NONE = -1
Pair = tuple[int, int]  # the first and the last frame of the range, NONE where the clip's own end counts


class Marks(QObject):
    """Shows at once what the hand does, and wishes for it by `mark_range(clip id, first, last)`.

    What is saved comes back with the clip. Answers to earlier wishes are passed over while a later one is on its way,
    so that the range never jumps back under the hand.
    """

    def __init__(self, timeline: Timeline, deck: Deck, wish: SignalInstance, parent: QWidget) -> None:
        super().__init__(parent)
        self._timeline, self._deck, self._wish = timeline, deck, wish
        self._clip: int | None = None
        self._pair: Pair = (NONE, NONE)
        self._saved: Pair = (NONE, NONE)
        self._wished: list[Pair] = []
        self._held = False
        timeline.dragged.connect(self._drag)
        timeline.dropped.connect(self._drop)
        timeline.menu_wanted.connect(self._open_menu)

    @property
    def chosen(self) -> Pair | None:
        """The frames of the range, both inclusive; None where the whole clip is meant."""
        first, last = self._pair
        if (first, last) == (NONE, NONE):
            return None
        end = self._deck.last
        return min(max(0, first), end), end if last == NONE else min(last, end)

    def show_clip(self, clip: Clip | None) -> None:
        """A clip lies on the stage, or what lies there was saved anew."""
        new = clip is None or clip.id != self._clip
        pair = (clip.mark_in, clip.mark_out) if clip else (NONE, NONE)
        self._clip = clip.id if clip else None
        if new:
            self._wished.clear()
            self._held = False
        elif self._answered(pair):
            return
        self._saved = pair
        if not self._held:
            self._put(pair)

    def retime(self) -> None:
        """The clip's frames are known better now."""
        self._put(self._pair)

    def set_in(self) -> None:
        """The range begins with the picture on screen; an out point before it moves to the end."""
        if self._deck.number >= 0:
            self._keep(_with_in(self._pair, self._deck.number))

    def set_out(self) -> None:
        """The range ends with the picture on screen; an in point after it moves to the beginning."""
        if self._deck.number >= 0:
            self._keep(_with_out(self._pair, self._deck.number))

    def clear(self) -> None:
        """The whole clip again."""
        self._keep((NONE, NONE))

    def go_in(self) -> None:
        """To the first frame of the range, the clip's where none is set."""
        self._deck.seek(self.chosen[0] if self.chosen else 0)

    def go_out(self) -> None:
        """To the last frame of the range, the clip's where none is set."""
        self._deck.seek(self.chosen[1] if self.chosen else self._deck.last)

    def _answered(self, pair: Pair) -> bool:
        """Whether a later wish than the one that is answered by `pair` counts."""
        if not self._wished:
            return pair == self._saved
        if pair == self._saved and pair not in self._wished:
            return True  # something else of the clip was saved
        if pair in self._wished:
            del self._wished[: self._wished.index(pair) + 1]
        else:
            self._wished.clear()
        self._saved = pair
        return bool(self._wished)

    def _keep(self, pair: Pair) -> None:
        if self._clip is not None and pair != self._pair:
            self._put(pair)
            self._say(pair)

    def _say(self, pair: Pair) -> None:
        self._wished.append(pair)
        self._wish.emit(self._clip, *pair)

    def _put(self, pair: Pair) -> None:
        self._pair = pair
        chosen = self.chosen
        self._timeline.set_range(chosen)
        self._deck.set_range(chosen)
        self._timeline.setAccessibleDescription(self._described(chosen))

    def _described(self, chosen: Pair | None) -> str:
        if chosen is None:
            return ""
        first, last = (timecode(frame, self._deck.fps) for frame in chosen)
        return tr("In {first}, out {last}").format(first=first, last=last)

    def _drag(self, handle: str, frame: int) -> None:
        """The picture goes along with the handle; a handle stops at the other one."""
        chosen = self.chosen
        if chosen is None:
            return
        self._held = True
        frame = min(frame, chosen[1]) if handle == IN else max(frame, chosen[0])
        self._put((frame, self._pair[1]) if handle == IN else (self._pair[0], frame))
        self._deck.seek(frame)

    def _drop(self) -> None:
        if self._held:
            self._held = False
            if self._pair != self._saved and self._clip is not None:
                self._say(self._pair)

    def _open_menu(self, at: QPoint) -> None:
        if self._clip is None or self.chosen is None:
            return
        menu = QMenu(self._timeline)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.addAction(tr("Go to in"), self.go_in)
        menu.addAction(tr("Go to out"), self.go_out)
        menu.addSeparator()
        menu.addAction(tr("Clear in and out"), self.clear)
        menu.popup(at)


def _with_in(pair: Pair, frame: int) -> Pair:
    last = pair[1]
    return (frame, NONE if last < frame else last)


def _with_out(pair: Pair, frame: int) -> Pair:
    first = pair[0]
    return (NONE if first > frame else first, frame)
