"""The stage's transport for several clips: their filmstrips lie below it, so its own timeline is put away."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from seedance_desktop.ui.stage.transport import Transport


class CompareTransport(Transport):
    """One transport for all sides."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.timeline.hide()

    def tab_order(self) -> list[QWidget]:
        """What the keyboard goes through, from left to right."""
        middle: list[QWidget] = [self.set_in, self.back, self.play, self.on, self.set_out, self.loop]
        return [*middle, self.zoom, self.speed, self.loudness.mute, self.loudness.volume, self.full]
