"""Where the settings open: they are made when they are first wanted, and know what was told to the window before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from seedance_desktop.domain.preferences import Preferences
from seedance_desktop.ui.wishes import Wishes

if TYPE_CHECKING:
    from seedance_desktop.ui.settings import Settings


class SettingsPlace(QObject):
    """Keeps what the settings will show until they are open."""

    def __init__(self, wishes: Wishes, preferences: Preferences, library: str, window: QWidget) -> None:
        super().__init__(window)
        self._wishes, self._window = wishes, window
        self._preferences, self._library = preferences, library
        self._projects: list[str] = []
        self._key = ("", "none", "")
        self._settings: Settings | None = None

    @property
    def is_open(self) -> bool:
        """Whether they lie over the window."""
        return self._settings is not None and self._settings.isVisible()

    def open(self, page: str) -> None:
        """Open them at a page; an empty name leaves the page as it was."""
        if self._settings is None:
            from seedance_desktop.ui.settings import Settings

            self._settings = Settings(self._wishes, self._preferences, self._window)
            self._settings.set_library(self._library)
            self._settings.set_projects(self._projects)
            self._settings.key_state(*self._key)
        self._settings.open_page(page)
        self._settings.open()
        self._settings.raise_()

    def set_preferences(self, preferences: Preferences) -> None:
        """Show these preferences."""
        self._preferences = preferences
        if self._settings is not None:
            self._settings.set_preferences(preferences)

    def set_library(self, library: str) -> None:
        """This library is open now."""
        self._library = library
        if self._settings is not None:
            self._settings.set_library(library)

    def set_projects(self, projects: Sequence[str]) -> None:
        """The projects there are, each of which may have a budget."""
        self._projects = list(projects)
        if self._settings is not None:
            self._settings.set_projects(self._projects)

    def key_state(self, address: str, state: str, sentence: str) -> None:
        """What is known about the key of `address`."""
        self._key = (address, state, sentence)
        if self._settings is not None:
            self._settings.key_state(address, state, sentence)
