"""The notifications page: what to be told of while the window is not in front."""

from __future__ import annotations

from seedance_desktop.domain.preferences import Preferences
from seedance_desktop.ui.controls import Switch
from seedance_desktop.words import tr

from .page import Page, hint


class NotificationsPage(Page):
    """A switch for each occasion."""

    def __init__(self) -> None:
        super().__init__(tr("Notifications"))
        self.switches = {
            "notify_ready": Switch(tr("A clip is ready")),
            "notify_failed": Switch(tr("A clip fails")),
            "notify_unsure": Switch(tr("A charge is unknown")),
        }
        note = hint(tr("Only while the window is not in front."))
        self.add_row(tr("Tell me when"), *self.switches.values(), note)
        self.fill()
        for name, switch in self.switches.items():
            switch.toggled.connect(lambda on, field=name: self.edited.emit({field: on}))

    def show_preferences(self, preferences: Preferences) -> None:
        """Show the switches."""
        for name, switch in self.switches.items():
            switch.blockSignals(True)
            switch.set_on(getattr(preferences, name))
            switch.blockSignals(False)
