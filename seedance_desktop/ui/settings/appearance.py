"""The appearance page: theme, language, motion."""

from __future__ import annotations

from seedance_desktop.domain.preferences import Preferences
from seedance_desktop.ui.controls import Option, Picker, Switch
from seedance_desktop.words import tr

from .page import Page


class AppearancePage(Page):
    """Each choice shows at once."""

    def __init__(self) -> None:
        super().__init__(tr("Appearance"))
        self.theme = Picker(
            [Option("system", tr("System")), Option("dark", tr("Dark")), Option("light", tr("Light"))], name=tr("Theme")
        )
        # Languages are called by their own names, so that who is lost in another one finds home.
        self.language = Picker(
            [Option("system", tr("System")), Option("en", "English"), Option("zh_CN", "简体中文")], name=tr("Language")
        )
        self.motion = Switch(tr("Reduce motion"))
        self.add_row(tr("Theme"), self.theme)
        self.add_row(tr("Language"), self.language)
        self.add_row(tr("Motion"), self.motion)
        self.fill()
        self.theme.picked.connect(lambda value: self.edited.emit({"theme": value}))
        self.language.picked.connect(lambda value: self.edited.emit({"language": value}))
        self.motion.toggled.connect(lambda on: self.edited.emit({"reduce_motion": on}))

    def show_preferences(self, preferences: Preferences) -> None:
        """Show the three choices."""
        self.theme.set_value(preferences.theme)
        self.language.set_value(preferences.language)
        self.motion.blockSignals(True)
        self.motion.set_on(preferences.reduce_motion)
        self.motion.blockSignals(False)
