"""Start of the window, in order: paint first, then import what lives behind it, and live until the end."""

from __future__ import annotations

import sys

from PySide6.QtCore import QLoggingCategory
from PySide6.QtWidgets import QApplication

from seedance_desktop import bootstrap
from seedance_desktop.bootstrap import Options
from seedance_desktop.ui import accessible, theme
from seedance_desktop.ui.wishes import Wishes

from . import hooks, language
from .desktop.application import Application, introduce
from .first import FirstPaint, show_window
from .instance import hand_over

_TURN = (
    0.0005  # seconds after which a worker lets the window's thread go on; Python's own 5 ms are felt, times every call
)


def run(options: Options) -> int:
    """Show the window, open the library behind it, and stay until both are closed."""
    sys.setswitchinterval(_TURN)
    hooks.catch_qt()
    application = make_application()
    preferences = bootstrap.load_preferences()
    if hand_over(bootstrap.folder_of(options, preferences), options.files):
        return 0
    language.speak(application, preferences.language)
    theme.set_reduced_motion(preferences.reduce_motion)
    theme.prepare(application, preferences.theme)
    wishes = Wishes()
    window, model = show_window(application, wishes, options, preferences)
    if not FirstPaint(window).wait():
        window.shut()
        return 0
    from .living import Context, live

    context = Context(application, options, preferences, wishes)
    context.window, context.model = window, model
    return live(context)


def make_application() -> QApplication:
    """The one QApplication; a test's where it has one."""
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        introduce()
        application = Application()
    accessible.install()
    QLoggingCategory.setFilterRules("qt.multimedia.*=false")  # libav has a word about every file opened
    return application
