"""Run by test_desktop: macOS hands over a file and a link, before anybody asks for them and afterwards."""

from __future__ import annotations

import json
import sys

from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QFileOpenEvent

from seedance_desktop.app.desktop.application import Application


def main() -> None:
    """Says what is there to be taken."""
    application = Application()
    told: list[int] = []
    application.opened.connect(lambda: told.append(1))
    QCoreApplication.sendEvent(application, QFileOpenEvent("/a/灯塔 #1.mp4"))
    QCoreApplication.sendEvent(application, QFileOpenEvent(QUrl("seedance:clip/0000000a")))
    application.finish()
    said = {"given": application.given, "told": len(told), "name": application.applicationName()}
    json.dump(said, sys.stdout)


if __name__ == "__main__":
    main()
