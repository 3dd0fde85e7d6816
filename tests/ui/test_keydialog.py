"""The page of keys: whole where there is room for it, and within a low window where there isn't."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QScrollArea, QWidget

from seedance_desktop.ui.keydialog import show_keys

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.mark.parametrize(("height", "scrolls"), [(560, True), (1400, False)])
def test_it_is_never_higher_than_the_window(qtbot: QtBot, height: int, scrolls: bool) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1024, height)
    page = show_keys(window)
    area = page.findChild(QScrollArea)
    assert area is not None
    qtbot.waitUntil(lambda: (area.verticalScrollBar().maximum() > 0) is scrolls)
    assert page.height() < height
    assert area.horizontalScrollBar().maximum() == 0, "nothing is cut at its side"
