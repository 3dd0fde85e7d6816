"""The language of everything on screen: our texts, Qt's own (file dialogs, text menus), dates and numbers."""

from __future__ import annotations

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from seedance_desktop import bootstrap


def speak(application: QApplication, choice: str) -> None:
    """Speak the language of the preferences from now on; a window that is open has to be built again."""
    name = _system_language() if choice == "system" else choice
    bootstrap.speak(name)
    system, chosen = QLocale.system(), QLocale(name)
    # A month in one language inside a sentence in another is wrong; the system's own formats are right.
    QLocale.setDefault(system if system.language() == chosen.language() else chosen)
    for old in application.findChildren(QTranslator):
        application.removeTranslator(old)
        old.deleteLater()
    translator = QTranslator(application)
    if translator.load(f"qtbase_{name}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        application.installTranslator(translator)


def _system_language() -> str:
    """The system's own choice: a program started from a desktop may have no language in its environment."""
    wanted = QLocale.system().uiLanguages()
    is_chinese = (
        bool(wanted) and wanted[0].startswith("zh") and not any(part in wanted[0] for part in ("TW", "HK", "Hant"))
    )
    return "zh_CN" if is_chinese else "en"
