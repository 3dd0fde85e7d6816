"""Run by test_appearance on a private bus: the desktop changes while the program runs; what the theme is, each time."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QApplication
from qasync import QEventLoop

from seedance_desktop.app.desktop.appearance import Appearance
from seedance_desktop.ui import theme
from tests.app.notices_child import until


class Heard(Appearance):
    """Counts what it is told."""

    count = 0

    @Slot(str, str, "QDBusVariant")
    def changed(self, group: str, name: str, value: object) -> None:
        super().changed(group, name, value)
        self.count += 1


async def main(application: QApplication, choice: str) -> None:
    """With the theme of `choice`, on a desktop that begins light."""
    pipe = subprocess.PIPE
    command = [sys.executable, "-m", "tests.e2e.portal", "2"]
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as portal:
        assert portal.stdin is not None
        assert portal.stdout is not None
        portal.stdout.readline()
        theme.apply(application, choice)
        appearance = Heard(application)
        appearance.listen()
        seen = [theme.is_dark()]
        await until(lambda: appearance.count == 2)
        seen.append(theme.is_dark())
        for said in ("color-scheme 1", "color-scheme 2", "color-scheme 0", "reduced-motion 1"):
            appearance.count = 0
            portal.stdin.write(f"{said}\n")
            portal.stdin.flush()
            await until(lambda: appearance.count == 1)
            seen.append(theme.is_dark())
        portal.stdin.close()
    json.dump({"dark": seen, "motion": theme.duration("fast")}, sys.stdout)


if __name__ == "__main__":
    qt = QApplication([])
    with asyncio.Runner(loop_factory=lambda: QEventLoop(qt)) as runner:
        runner.run(main(qt, sys.argv[1]))
