"""How large the picture is shown: fitted in, or so many screen pixels for one of its own; and which part of it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF

FIT = 0.0
STEPS = (0.25, 1 / 3, 0.5, 2 / 3, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0)
_NOTCH = 1.25  # one notch of the wheel
_SAME = 1e-6


class Zoom:
    """`scale` is in device pixels for one of the picture's, `FIT` for all of it; `centre` is a share of the picture.

    Both are kept from clip to clip, so that takes are compared at the same spot.
    """

    def __init__(self) -> None:
        self.scale = FIT
        self.centre = QPointF(0.5, 0.5)

    def rect(self, picture: QSize, view: QSize, ratio: float) -> QRectF:
        """Where the picture lies in a view, both sizes in their own pixels; in the view's logical ones."""
        shown = QSizeF(picture) * (self.true(picture, view, ratio) / ratio)
        return QRectF(
            _begin(self.centre.x(), shown.width(), view.width()),
            _begin(self.centre.y(), shown.height(), view.height()),
            shown.width(),
            shown.height(),
        )

    def true(self, picture: QSize, view: QSize, ratio: float) -> float:
        """The scale that it has now, also where it is fitted in."""
        if self.scale != FIT or picture.isEmpty():
            return self.scale or 1.0
        return ratio * min(view.width() / picture.width(), view.height() / picture.height())

    def change(self, scale: float, at: QPointF, picture: QSize, view: QSize, ratio: float) -> None:
        """Show it at another scale, the spot `at` of the view staying where it is; not smaller than fitted or 100 %."""
        fit = Zoom().true(picture, view, ratio)
        scale = min(scale, STEPS[-1])
        if scale != FIT and scale < min(1.0, fit) - _SAME:
            scale = FIT
        before = self.rect(picture, view, ratio)
        self.scale = scale
        if scale == FIT or before.isEmpty():
            self.centre = QPointF(0.5, 0.5)
            return
        spot = QPointF((at.x() - before.x()) / before.width(), (at.y() - before.y()) / before.height())
        after = QSizeF(picture) * (scale / ratio)
        middle = QPointF(view.width() / 2, view.height() / 2)
        self.centre = QPointF(
            spot.x() + (middle.x() - at.x()) / after.width(), spot.y() + (middle.y() - at.y()) / after.height()
        )
        self._hold(after, view)

    def move(self, by: QPointF, picture: QSize, view: QSize, ratio: float) -> None:
        """Move the picture by logical pixels, never so far that more surround shows than has to."""
        now = self.rect(picture, view, ratio)
        if not now.isEmpty():
            self.centre -= QPointF(by.x() / now.width(), by.y() / now.height())
            self._hold(now.size(), view)

    def step(self, steps: int, picture: QSize, view: QSize, ratio: float) -> float:
        """The next scale up or down; `FIT` has its place among them."""
        fit, now = Zoom().true(picture, view, ratio), self.true(picture, view, ratio)
        all_ = sorted({*STEPS, fit})
        beyond = [one for one in all_ if (one - now) * steps > _SAME]
        if not beyond:
            return self.scale
        found = beyond[0] if steps > 0 else beyond[-1]
        return FIT if found == fit else found

    def notch(self, notches: float, picture: QSize, view: QSize, ratio: float) -> float:
        """The scale so many notches of the wheel away."""
        return self.true(picture, view, ratio) * float(_NOTCH**notches)

    def _hold(self, shown: QSizeF, view: QSize) -> None:
        self.centre = QPointF(
            _held(self.centre.x(), shown.width(), view.width()), _held(self.centre.y(), shown.height(), view.height())
        )


def _begin(centre: float, shown: float, view: float) -> float:
    """Where the picture begins along one side of the view."""
    return view / 2 - _held(centre, shown, view) * shown


def _held(centre: float, shown: float, view: float) -> float:
    """The nearest centre that leaves no gap, or the middle where the picture is smaller than the view."""
    if shown <= view:
        return 0.5
    half = view / 2 / shown
    return max(half, min(1 - half, centre))
