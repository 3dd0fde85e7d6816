"""The look of the program: what it is now, and putting it on."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from . import style
from .theme_tokens import alpha, color, duration, font, is_dark, set_dark, set_reduced_motion, set_still, tokens

__all__ = [
    "alpha",
    "apply",
    "color",
    "duration",
    "finish",
    "font",
    "is_dark",
    "prepare",
    "set_reduced_motion",
    "set_still",
    "signals",
    "tell",
    "tokens",
]


class Signals(QObject):
    """What the theme tells those that cache pixmaps."""

    changed = Signal()


class _State:
    choice = "system"
    told: bool | None = None  # whether the desktop is dark, as it says by another way than Qt's
    followed = False


signals = Signals()
_state = _State()


def apply(app: QApplication, choice: str) -> None:
    """Dress `app` in `choice` (`system`, `dark` or `light`): fonts, palette, style and style sheet.

    May be called again at any time; with `system` the system's own changes are followed.
    """
    prepare(app, choice)
    finish(app)
    signals.changed.emit()


def prepare(app: QApplication, choice: str) -> None:
    """The first half of `apply`, before the first window is built: a style sheet would slow the building down."""
    _state.choice = choice
    hints = QGuiApplication.styleHints()
    if not _state.followed:
        _state.followed = True
        hints.colorSchemeChanged.connect(lambda _scheme: _follow(app))
    wanted = {"dark": Qt.ColorScheme.Dark, "light": Qt.ColorScheme.Light}.get(choice, Qt.ColorScheme.Unknown)
    hints.setColorScheme(wanted)  # native title bars and menus go along
    set_dark(_wants_dark())
    app.setFont(font("body"))
    style.dress(app)


def finish(app: QApplication) -> None:
    """The second half: the style sheet, before the window is shown."""
    style.put_on_sheet(app)


def tell(app: QApplication, dark: bool | None) -> None:
    """What the desktop says of itself, for where Qt doesn't know; None where it has no preference."""
    _state.told = dark
    _follow(app)


def _follow(app: QApplication) -> None:
    if _state.choice == "system" and _wants_dark() != is_dark():
        apply(app, "system")


def _wants_dark() -> bool:
    if _state.choice != "system":
        return _state.choice == "dark"
    scheme = QGuiApplication.styleHints().colorScheme()
    if scheme == Qt.ColorScheme.Unknown and _state.told is not None:
        return _state.told
    return scheme != Qt.ColorScheme.Light
