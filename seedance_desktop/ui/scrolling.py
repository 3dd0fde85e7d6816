"""A scroll bar that keeps its room, so that nothing beside it jumps, and shows only where there is more to see."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractScrollArea


def keep_room(area: QAbstractScrollArea) -> None:
    """The vertical bar of `area` always has its place; without anything to scroll it is disabled and not drawn."""
    area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
    bar = area.verticalScrollBar()
    bar.setEnabled(bar.maximum() > bar.minimum())
    bar.rangeChanged.connect(lambda least, most: bar.setEnabled(most > least))
