"""The stage's transport for several clips: their filmstrips lie below it, so its own timeline is put away."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from seedance_desktop.ui.stage.transport import Transport


class CompareTransport(Transport):
    """One transport for all sides."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.timeline.hide()
