"""The bar beside cards and rows: its room is kept, and it is drawn only where something scrolls."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QListWidget
from pytestqt.qtbot import QtBot

from seedance_desktop.ui import theme
from seedance_desktop.ui.scrolling import keep_room


def colours(area: QListWidget) -> set[int]:
    picture = area.verticalScrollBar().grab().toImage()
    return {picture.pixel(x, y) for x in range(picture.width()) for y in range(picture.height())}


def test_a_bar_without_anything_to_scroll_keeps_its_room_and_is_not_drawn(qtbot: QtBot, qapp: QApplication) -> None:
    theme.apply(qapp, "dark")
    area = QListWidget()
    qtbot.addWidget(area)
    keep_room(area)
    area.resize(200, 120)
    area.show()
    width = area.viewport().width()
    handle = theme.color("track").rgb()
    assert handle not in colours(area)
    area.addItems([f"clip {number}" for number in range(40)])
    qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() > 0)
    assert handle in colours(area)
    assert area.viewport().width() == width
    area.clear()
    qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() == 0)
    assert handle not in colours(area)
