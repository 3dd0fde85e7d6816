"""Where the windows of the Help menu open: made when they are first wanted, and told what comes in meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from seedance_desktop.domain.preferences import Preferences
from seedance_desktop.domain.updates import Channel, Release, channel
from seedance_desktop.ui.toasts import Toasts
from seedance_desktop.ui.wishes import Wishes
from seedance_desktop.words import tr

if TYPE_CHECKING:
    from seedance_desktop.domain.components import Component

    from .about import About
    from .updates import Updates


class HelpPlace(QObject):
    """`channel` is where this build looks for updates; None where it has no such place, and so nothing to ask."""

    def __init__(self, wishes: Wishes, preferences: Preferences, toasts: Toasts, window: QWidget) -> None:
        super().__init__(window)
        self._wishes, self._preferences, self._toasts, self._window = wishes, preferences, toasts, window
        self.channel: Channel | None = channel()
        self.about: About | None = None
        self.updates: Updates | None = None

    def open_about(self) -> None:
        """Name, version, and whose work this is."""
        if self.about is None:
            from .about import About

            self.about = About(self._wishes, self._window)
            self.about.finished.connect(self._about_gone)
        self._wishes.about_wanted.emit()
        self.about.show()
        self.about.raise_()
        self.about.activateWindow()

    def show_components(self, components: Sequence[Component]) -> None:
        """The program and all that is bundled with it."""
        if self.about is not None:
            self.about.licences.show_components(components)

    def show_licence(self, component: Component, text: str) -> None:
        """The texts of a component's licence."""
        if self.about is not None:
            self.about.licences.show_licence(component, text)

    @property
    def updates_wanted(self) -> Callable[[], None] | None:
        """What opens the check for updates; None where this build has none."""
        return self.open_updates if self.channel is not None else None

    def open_updates(self) -> None:
        """Ask whether to look for a newer version, and say what that does."""
        if self.channel is None:
            return
        if self.updates is None:
            from .updates import Updates

            self.updates = Updates(self._wishes, self._preferences, self.channel, self._window)
            self.updates.finished.connect(self._updates_gone)
        self.updates.open()
        self.updates.raise_()

    def set_preferences(self, preferences: Preferences) -> None:
        """Show these preferences."""
        self._preferences = preferences
        if self.updates is not None:
            self.updates.set_preferences(preferences)

    def show_release(self, release: Release, *, newer: bool) -> None:
        """The answer to what the creator asked."""
        if self.updates is not None:
            self.updates.show_release(release, newer=newer)

    def show_fault(self, sentence: str) -> None:
        """Why there is no answer, or none to be believed."""
        if self.updates is not None:
            self.updates.show_fault(sentence)

    def tell_release(self, release: Release) -> None:
        """Say in passing that there is a newer version: the check came by itself."""
        text = tr("Version {version} is out.").format(version=release.version)
        self._toasts.show_text(text, tr("What’s new"), lambda: self._open_release(release))

    def _open_release(self, release: Release) -> None:
        self.open_updates()
        self.show_release(release, newer=True)

    def _about_gone(self) -> None:
        self.about = None

    def _updates_gone(self) -> None:
        self.updates = None
