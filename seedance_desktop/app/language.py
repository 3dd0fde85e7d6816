"""The language of everything on screen: our texts, Qt's own (file dialogs, text menus), dates and numbers."""

from __future__ import annotations

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from seedance_desktop import bootstrap, words


def speak(application: QApplication, choice: str) -> None:
    """Speak the language of the preferences from now on; a window that is open has to be built again."""
    bootstrap.speak(choice)
    name = words.system_language() if choice == "system" else choice
    system, chosen = QLocale.system(), QLocale(name)
    # A month in one language inside a sentence in another is wrong; the system's own formats are right.
    QLocale.setDefault(system if system.language() == chosen.language() else chosen)
    for old in application.findChildren(QTranslator):
        application.removeTranslator(old)
        old.deleteLater()
    translator = QTranslator(application)
    if translator.load(f"qtbase_{name}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        application.installTranslator(translator)
