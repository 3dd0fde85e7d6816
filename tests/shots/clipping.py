"""Finds text that has less room than it needs: in Qt's own widgets by their size, in what we draw by listening.

Catalogues have to be `marked` (see `tongues`): only texts of the product may never be cut with an ellipsis, and they
are told from the creator's own by their marks.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QTextDocumentFragment
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenuBar,
    QSplitter,
    QToolButton,
    QWidget,
)

from seedance_desktop.ui.controls import paint

from .tongues import MARK

_AIR = 1.5  # pixels that a rounded width may lack
_LINE = 2.5  # and a height: a font's line is higher than its letters
_MONEY = re.compile(r"[$€¥£][\d,.]+")  # an amount is the product's, though no catalogue has it
_OURS = "seedance_desktop."
_CONTROLS = _OURS + "ui.controls"
Text = tuple[type[QWidget], ...]
_SPEAKING: Text = (QLabel, QAbstractButton, QComboBox, QLineEdit, QAbstractSpinBox)


@dataclass(frozen=True, slots=True, order=True)
class Clip:
    """`text` has too little room; `where` is the module whose widget or delegate shows it, `why` what is too small."""

    where: str
    why: str
    text: str

    def __str__(self) -> str:
        return f"{self.where}: {self.why}: {self.text.replace(MARK, '')!r}"


@dataclass(slots=True)
class Finder:
    """`look` at windows within `listening`, then read `found`: what is clipped, and where it was seen first."""

    found: dict[Clip, str] = field(default_factory=dict)
    heard: int = 0
    _view: str | None = None

    @contextmanager
    def listening(self) -> Iterator[Finder]:
        """Hear every text that is drawn or cut by us."""
        draw, cut = QPainter.drawText, paint.elided

        def drawn(painter: QPainter, *given: Any) -> Any:
            if self._view is not None:
                self._drawn(painter, given, sys._getframe(1))
            return draw(painter, *given)

        def elided(text: str, metrics: QFontMetricsF, width: float) -> str:
            shown = cut(text, metrics, width)
            lost = text[max(0, len(shown) - 1) :]
            if self._view is not None and shown != text and (MARK in lost or _MONEY.fullmatch(text)):
                self.add(_drawer(sys._getframe(1)), "cut", text)
            return shown

        QPainter.drawText = drawn  # type: ignore[assignment,method-assign]
        paint.elided = elided
        try:
            yield self
        finally:
            QPainter.drawText = draw  # type: ignore[method-assign]
            paint.elided = cut

    def look(self, window: QWidget, view: str = "") -> None:
        """At every text in a window that is laid out for good, and in what it draws."""
        self._view = view
        window.grab()
        for widget in (window, *window.findChildren(QWidget)):
            if widget.isVisible() and not widget.visibleRegion().isEmpty():
                self._widget(widget)
        self._view = None

    def add(self, where: str, why: str, text: str) -> None:
        """Something is clipped."""
        self.found.setdefault(Clip(where, why, text), self._view or "")

    # what is drawn by us

    def _drawn(self, painter: QPainter, given: tuple[Any, ...], frame: Any) -> None:
        self.heard += 1
        said = _said(painter, given)
        if said is None:
            return
        text, room, needed = said
        where = _drawer(frame)
        if needed.width() > room.width() + _AIR or needed.height() > room.height() + _LINE:
            self.add(where, "drawn into too small a box", text)
        device = painter.device()
        if isinstance(device, QWidget):
            placed, whole = painter.worldTransform().mapRect(needed), QRectF(device.rect())
            out = placed.left() < whole.left() - _AIR or placed.right() > whole.right() + _AIR
            area = device.parentWidget()
            listed = isinstance(area, QAbstractScrollArea)
            out = out and not (isinstance(area, QAbstractScrollArea) and area.horizontalScrollBar().maximum() > 0)
            high = placed.top() < whole.top() - _LINE or placed.bottom() > whole.bottom() + _LINE
            if out or (high and not listed):
                self.add(where, "drawn past the edge", text)

    # what Qt draws

    def _widget(self, widget: QWidget) -> None:
        if isinstance(widget, _SPEAKING) and _words(widget):
            why = _outside(widget)
            if why:
                self.add(_owner(widget), why, _words(widget))
        if not _draws_itself(widget):
            why = next((why for kind, check in _CHECKS if isinstance(widget, kind) and (why := check(widget))), "")
            if why:
                self.add(_owner(widget), why, _words(widget))
        for one, other in _overlaps(widget):
            self.add(_owner(one), "overlapped", f"{_words(one)} / {_words(other)}")


def _said(painter: QPainter, given: tuple[Any, ...]) -> tuple[str, QRectF, QRectF] | None:
    """What `drawText` was given as text, the box for it, and the box that it takes."""
    text = next(one for one in given if isinstance(one, str))
    metrics = QFontMetricsF(painter.font())
    if not text:
        return None
    if not isinstance(given[0], QRect | QRectF):
        at = given[0] if isinstance(given[0], QPointF) else QPointF(given[0])
        needed = QRectF(at.x(), at.y() - metrics.ascent(), metrics.horizontalAdvance(text), metrics.height())
        return text, needed, needed
    room = QRectF(given[0])
    flags = next((int(getattr(one, "value", one)) for one in given[1:] if not isinstance(one, str)), 0)
    wraps = flags & Qt.TextFlag.TextWordWrap.value
    most = QRectF(room.left(), room.top(), room.width() if wraps else 1e6, 1e6)
    size = metrics.boundingRect(most, flags & ~int(Qt.AlignmentFlag.AlignVCenter.value), text).size()
    needed = metrics.boundingRect(room, flags, text)
    needed.setSize(size)
    return text, room, needed


def _drawer(frame: Any) -> str:
    """Who draws: the screen that holds the control, or the module of the delegate."""
    while frame is not None and frame.f_globals.get("__name__", "").startswith(_CONTROLS):
        me = frame.f_locals.get("self")
        if isinstance(me, QWidget):
            return _owner(me)
        frame = frame.f_back
    return str(frame.f_globals.get("__name__", "")).removeprefix(_OURS) if frame is not None else ""


def _owner(widget: QWidget) -> str:
    """The module of the nearest widget round it that is a screen's own."""
    around: QWidget | None = widget
    while around is not None:
        module = type(around).__module__
        if module.startswith(_OURS) and not module.startswith(_CONTROLS):
            return module.removeprefix(_OURS)
        around = around.parentWidget()
    return type(widget).__name__


def _draws_itself(widget: QWidget) -> bool:
    """Whether its words are drawn in Python, where they are heard."""
    own = next((kind for kind in type(widget).__mro__ if "paintEvent" in vars(kind)), QWidget)
    return own.__module__.startswith((_OURS, "tests.")) and not isinstance(widget, QLineEdit)


def _words(widget: QWidget) -> str:
    if isinstance(widget, QComboBox):
        return str(widget.currentText())
    if isinstance(widget, QLineEdit):
        return str(widget.text() or widget.placeholderText())
    text = getattr(widget, "text", None)
    return str(text()) if callable(text) else ""


def _label(label: QLabel) -> str:
    text, room = _plain(label), QRectF(label.contentsRect())
    margin = 2 * label.margin()
    if not text:
        return ""
    metrics = QFontMetricsF(label.font())
    flags = Qt.TextFlag.TextWordWrap.value if label.wordWrap() else 0
    needed = metrics.boundingRect(QRectF(0, 0, room.width() - margin if flags else 1e6, 1e6), flags, text)
    if needed.width() > room.width() - margin + _AIR:
        return "narrow"
    return "low" if needed.height() > room.height() - margin + _LINE else ""


def _plain(label: QLabel) -> str:
    rich = label.textFormat() == Qt.TextFormat.RichText or "<b" in label.text()
    return QTextDocumentFragment.fromHtml(label.text()).toPlainText() if rich else label.text()


def _hinted(widget: QWidget) -> str:
    return "narrow" if _words(widget) and widget.sizeHint().width() > widget.width() + _AIR else ""


def _line_edit(line: QLineEdit) -> str:
    fixed = isinstance(line.parentWidget(), QAbstractSpinBox)
    text = line.text() if fixed else "" if line.text() else line.placeholderText()
    margins = line.textMargins()
    room = line.contentsRect().width() - margins.left() - margins.right() - 4
    return "narrow" if QFontMetricsF(line.font()).horizontalAdvance(text) > room + _AIR else ""


def _menu_bar(bar: QMenuBar) -> str:
    return "narrow" if any(one.isVisible() for one in bar.findChildren(QToolButton)) else ""


_CHECKS: tuple[tuple[type[QWidget], Callable[[Any], str]], ...] = (
    (QLabel, _label),
    (QLineEdit, _line_edit),
    (QMenuBar, _menu_bar),
    (QAbstractButton, _hinted),
    (QComboBox, _hinted),
)


def _outside(widget: QWidget) -> str:
    """Whether a part of it lies outside what it is in, where that can't be scrolled to it."""
    around, rect = widget.parentWidget(), QRect(widget.geometry())
    free_x = free_y = False
    while around is not None and not widget.isWindow():
        area = around.parentWidget()
        if isinstance(area, QAbstractScrollArea) and area.viewport() is around:
            free_y = True
            free_x = free_x or area.horizontalScrollBar().maximum() > 0
        inside = around.rect()
        if not free_x and (rect.left() < inside.left() - 1 or rect.right() > inside.right() + 1):
            return "sticks out sideways"
        if not free_y and (rect.top() < inside.top() - 1 or rect.bottom() > inside.bottom() + 1):
            return "sticks out at top or bottom"
        if around.isWindow():
            break
        rect = rect.translated(around.pos())
        around = around.parentWidget()
    return ""


def _overlaps(widget: QWidget) -> Iterator[tuple[QWidget, QWidget]]:
    """Words that lie over each other, of those that the layouts of a widget place."""
    if isinstance(widget, QSplitter | QAbstractItemView):
        return
    placed = [one for one in _placed(widget.layout()) if one.isVisible() and isinstance(one, _SPEAKING) and _words(one)]
    for at, one in enumerate(placed):
        for other in placed[at + 1 :]:
            shared = one.geometry().intersected(other.geometry())
            if shared.width() > 1 and shared.height() > 1:
                yield one, other


def _placed(layout: Any) -> Iterator[QWidget]:
    for item in (layout.itemAt(at) for at in range(layout.count() if layout is not None else 0)):
        if item.widget() is not None:
            yield item.widget()
        elif item.layout() is not None:
            yield from _placed(item.layout())


def windows() -> list[QWidget]:
    """What is on screen: the window, and the menus and dialogs over it."""
    return [one for one in QApplication.topLevelWidgets() if one.isVisible() and one.isWindow()]


def source_of(where: str) -> Path:
    """The file of a module that `where` names."""
    return Path("seedance_desktop") / (where.replace(".", "/") + ".py")
