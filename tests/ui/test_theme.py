"""The look: tokens become Qt values, both themes, at run time."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPalette, QRawFont
from PySide6.QtWidgets import QApplication, QFocusFrame, QHBoxLayout, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from seedance_desktop.ui import icons, theme
from seedance_desktop.ui.controls import Button, Field

pytestmark = [
    pytest.mark.usefixtures("qapp"),
    pytest.mark.qt_log_ignore("does not support propagateSizeHints", extend=True),  # offscreen says it
]


@pytest.fixture(autouse=True)
def _dark(qapp: QApplication) -> None:
    theme.apply(qapp, "dark")


def test_colours_follow_the_choice(qapp: QApplication) -> None:
    assert theme.color("panel") == QColor("#191A1C")
    assert theme.is_dark()
    theme.apply(qapp, "light")
    assert theme.color("panel") == QColor("#F7F7F8")
    assert not theme.is_dark()
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor("#F7F7F8")


def test_an_unknown_colour_is_an_error() -> None:
    with pytest.raises(KeyError):
        theme.color("mauve")


def test_a_change_is_told(qapp: QApplication) -> None:
    told: list[bool] = []
    listener = theme.signals.changed.connect(lambda: told.append(theme.is_dark()))
    theme.apply(qapp, "light")
    theme.signals.changed.disconnect(listener)
    assert told == [False]


@pytest.mark.parametrize(
    ("scale", "pixels", "weight"),
    [("caption", 11, 500), ("body", 13, 400), ("body-strong", 13, 600), ("display", 24, 600)],
)
def test_inter_is_drawn_in_the_weight_that_is_asked(scale: str, pixels: int, weight: int) -> None:
    raw = QRawFont.fromFont(theme.font(scale))
    assert raw.familyName().startswith("Inter")
    assert (theme.font(scale).pixelSize(), raw.weight()) == (pixels, weight)


def test_nothing_is_smaller_than_eleven_pixels() -> None:
    assert min(entry["px"] for entry in theme.tokens()["type"]["scale"].values()) >= 11


def test_motion_stops_when_it_is_reduced() -> None:
    assert theme.duration("fast") == 90
    theme.set_reduced_motion(True)
    assert theme.duration("fast") == theme.duration("slow") == 0
    theme.set_reduced_motion(False)


def test_icons_take_the_colour_of_the_theme(qapp: QApplication) -> None:
    assert _inks(icons.pixmap("close", "danger").toImage()) == {theme.color("danger").rgb()}
    theme.apply(qapp, "light")
    assert _inks(icons.pixmap("close", "danger").toImage()) == {theme.color("danger").rgb()}


def test_every_icon_draws_something() -> None:
    for file in sorted((Path(__file__).parents[2] / "resources" / "icons").glob("*.svg")):
        assert _inks(icons.pixmap(file.stem, "text").toImage(), least=100), file.stem


def test_the_ring_frames_a_button_and_not_a_field(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    layout = QHBoxLayout(window)
    button, field = Button("Go"), Field(name="Name")
    layout.addWidget(button)
    layout.addWidget(field)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    button.setFocus(Qt.FocusReason.TabFocusReason)
    frame = window.findChild(QFocusFrame)
    assert frame is not None
    assert frame.widget() is button
    assert frame.geometry().contains(button.geometry().adjusted(-4, -4, 4, 4))
    field.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(lambda: window.findChild(QFocusFrame) is None)


def test_two_rings_never_stand_together(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    layout = QHBoxLayout(window)
    buttons = [Button(str(number)) for number in range(3)]
    for button in buttons:
        layout.addWidget(button)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    for _one, other in pairwise(buttons):
        other.setFocus(Qt.FocusReason.TabFocusReason)
        visible = [frame for frame in window.findChildren(QFocusFrame) if frame.isVisible()]
        assert [frame.widget() for frame in visible] == [other]


def test_fields_can_be_plain_line_edits_too(qtbot: QtBot) -> None:
    edit = QLineEdit("text")
    qtbot.addWidget(edit)
    edit.show()
    assert not edit.grab().isNull()


def _inks(image: QImage, least: int = 250) -> set[int]:
    """The colours of the opaque pixels."""
    points = ((x, y) for x in range(image.width()) for y in range(image.height()))
    return {image.pixelColor(x, y).rgb() for x, y in points if image.pixelColor(x, y).alpha() >= least}
