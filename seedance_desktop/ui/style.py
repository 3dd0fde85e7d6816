"""How Qt draws: Fusion underneath, the palette of the tokens, and the ring round what has the keyboard."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPalette, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QApplication,
    QFocusFrame,
    QProxyStyle,
    QStyle,
    QStyleHintReturn,
    QStyleOption,
    QWidget,
)

from . import theme_sheet
from . import theme_tokens as theme

RING = "focusRing"
"""Property of a widget: `outside` (a ring with a gap), `parent` (round its parent) or `none` (it draws its own)."""

RADIUS = "ringRadius"
"""Property of a widget: the radius of its own corners, which the ring follows."""


class Style(QProxyStyle):
    """Fusion without its dotted focus rectangles: `FocusRing` shows the focus instead."""

    def __init__(self) -> None:
        super().__init__("Fusion")

    def drawPrimitive(
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """Draw everything but focus rectangles."""
        if element != QStyle.PrimitiveElement.PE_FrameFocusRect:
            super().drawPrimitive(element, option, painter, widget)


class RingStyle(QProxyStyle):
    """The style of the ring alone, so that only it pays for the detour through Python."""

    def __init__(self) -> None:
        super().__init__("Fusion")
        ring = theme.tokens()["focus-ring"]
        self.width = int(ring["width"])
        self.margin = self.width + int(ring["offset"])

    def pixelMetric(
        self, metric: QStyle.PixelMetric, option: QStyleOption | None = None, widget: QWidget | None = None
    ) -> int:
        """The ring reaches its own width and its offset beyond the widget."""
        if metric in (QStyle.PixelMetric.PM_FocusFrameHMargin, QStyle.PixelMetric.PM_FocusFrameVMargin):
            return self.margin
        return super().pixelMetric(metric, option, widget)

    def styleHint(
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        returnData: QStyleHintReturn | None = None,
    ) -> int:
        """The ring lies above its neighbours and needs no mask: it is transparent where it isn't drawn."""
        if hint == QStyle.StyleHint.SH_FocusFrame_AboveWidget:
            return 1
        if hint == QStyle.StyleHint.SH_FocusFrame_Mask:
            return 0
        return super().styleHint(hint, option, widget, returnData)

    def drawControl(
        self,
        element: QStyle.ControlElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """Draw the ring."""
        if element != QStyle.ControlElement.CE_FocusFrame or not isinstance(widget, QFocusFrame):
            super().drawControl(element, option, painter, widget)
            return
        inset = self.width / 2
        target = widget.widget()
        radius = target.property(RADIUS) or theme.tokens()["radius"]["control"]
        corner = float(radius) + self.margin - inset
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("focus"), self.width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(widget.rect()).adjusted(inset, inset, -inset, -inset), corner, corner)


class FocusRing(QObject):
    """Follows the keyboard focus through the window and frames what has it."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._style = RingStyle()
        self._style.setParent(self)
        self._frame: QFocusFrame | None = None
        app.focusChanged.connect(self._move)

    def _move(self, _old: QWidget | None, now: QWidget | None) -> None:
        if self._frame is not None:
            self._frame.destroyed.disconnect(self._forget)  # it goes later, when another is in its place
            self._frame.setWidget(None)  # type: ignore[arg-type]
            self._frame.deleteLater()
            self._frame = None
        target = _ringed(now)
        if target is None or target.parentWidget() is None:
            return
        frame = QFocusFrame(target)
        frame.setStyle(self._style)
        frame.setWidget(target)
        frame.destroyed.connect(self._forget)
        self._frame = frame

    def _forget(self) -> None:
        self._frame = None


def _ringed(widget: QWidget | None) -> QWidget | None:
    """The widget that the ring goes round when `widget` has the focus."""
    if widget is None:
        return None
    natural = "outside" if isinstance(widget, QAbstractButton | QAbstractSlider) else "none"
    where = widget.property(RING) or natural
    if where == "parent":
        return widget.parentWidget()
    return widget if where == "outside" else None


_ROLES = {
    QPalette.ColorRole.Window: "panel",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "field",
    QPalette.ColorRole.AlternateBase: "raised",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.Button: "raised",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.BrightText: "danger",
    QPalette.ColorRole.Highlight: "accent",
    QPalette.ColorRole.HighlightedText: "on-accent",
    QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.Link: "accent-text",
    QPalette.ColorRole.LinkVisited: "accent-text",
    QPalette.ColorRole.PlaceholderText: "text-3",
    QPalette.ColorRole.ToolTipBase: "menu",
    QPalette.ColorRole.ToolTipText: "text",
    QPalette.ColorRole.Light: "raised",
    QPalette.ColorRole.Midlight: "hover",
    QPalette.ColorRole.Mid: "divider",
    QPalette.ColorRole.Dark: "control-border",
    QPalette.ColorRole.Shadow: "scrim",
}
_GREY = (
    QPalette.ColorRole.WindowText,
    QPalette.ColorRole.Text,
    QPalette.ColorRole.ButtonText,
    QPalette.ColorRole.HighlightedText,
)


def palette() -> QPalette:
    """Qt's palette in the colours of the theme that is on."""
    made = QPalette()
    for role, name in _ROLES.items():
        made.setColor(role, theme.color(name))
    for role in _GREY:
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(theme.color("text-disabled")))
    return made


class _Dressed:
    style: Style | None = None
    ring: FocusRing | None = None


def dress(app: QApplication) -> None:
    """Give `app` the style (once), and the palette of the theme that is on."""
    if _Dressed.style is None:
        _Dressed.style = Style()  # the application owns it; the name here keeps the Python half alive
        app.setStyle(_Dressed.style)
        _Dressed.ring = FocusRing(app)
    app.setPalette(palette())


def put_on_sheet(app: QApplication) -> None:
    """Give `app` the style sheet of the theme that is on."""
    sheet = theme_sheet.sheet()
    if app.styleSheet() != sheet:
        app.setStyleSheet(sheet)
