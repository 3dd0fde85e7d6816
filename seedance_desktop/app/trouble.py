"""When something goes wrong: said once, the crash of the last time offered, diagnostics saved."""

from __future__ import annotations

import asyncio
import json
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import PySide6
from PySide6.QtCore import QLocale, qVersion
from PySide6.QtGui import QGuiApplication

from seedance_desktop import bootstrap, words
from seedance_desktop.domain.errors import DiskProblem
from seedance_desktop.domain.reason import Reason
from seedance_desktop.domain.reports import LATEST_CLIPS, Offer
from seedance_desktop.system import folders, log, machine
from seedance_desktop.words import tr

from .context import Context
from .saving import save_file

if TYPE_CHECKING:
    from seedance_desktop.system.diagnostics import Member
    from seedance_desktop.ui.trouble import Diagnostics

CHECKED_WITHIN = 10.0  # seconds
_README = """\
Diagnostics of Seedance Desktop
===============================
Saved by its user, by Help > Save diagnostics. Nothing was sent anywhere: whoever has this file got it from a person.

system.json       versions of the program, of Python, Qt and the operating system; the screens
preferences.json  the settings, without folders, names of projects and addresses of proxies
library.json      the library in numbers
log/              the log of the last days, all that are kept
crashes/          the last reports of crashes, and of errors that the program survived
"""
_WITHOUT = "\nThere is no key in it, and no prompt, no name of an image, clip, project or folder.\n"
_WITH = """clips.json        the last clips with prompts, names of references, and files; where folders lie

There is no key in it. With its user's consent it holds prompts, file names and folders: treat it as private.
"""


class Trouble:
    """Answers the wishes about crashes and diagnostics."""

    def __init__(self, context: Context) -> None:
        """For the window's program."""
        self._context = context
        self._offer: Offer | None = None
        self._answered = False
        self._stop = threading.Event()

    def begin(self) -> None:
        """Look what became of earlier runs, and from here on say each unexpected error in a sentence, once."""
        loop = asyncio.get_running_loop()

        def heard(error: BaseException) -> None:
            with suppress(RuntimeError):  # the loop is closed: the window is gone as well
                loop.call_soon_threadsafe(self._context.complain, Reason.of("unexpected", detail=type(error).__name__))

        log.on_unexpected(heard)
        self._context.go(self._begin())

    async def _begin(self) -> None:
        log.know(_desktop())
        self._offer, self._answered = await asyncio.to_thread(_look_back), False
        self.offer()

    def offer(self) -> None:
        """Offer the crash that nobody has answered to; again in a window that was built again."""
        if self._offer is not None and not self._answered:
            self._context.window.offer_report(self._offer)

    def report_seen(self, name: str) -> None:
        """The creator knows of it, and may still be reading it."""
        self._answered = True
        reports = log.reports()
        if reports is not None:
            self._context.go(asyncio.to_thread(reports.seen, name))

    def save_report(self, name: str, file: str) -> None:
        """Write the offered report into a file of the creator's choice."""
        if self._offer is not None and self._offer.name == name:
            self._context.go(self._save_report(Path(file), self._offer.text))

    async def _save_report(self, file: Path, text: str) -> None:
        try:
            await asyncio.to_thread(save_file, file, text.encode("utf-8", "replace"))
        except DiskProblem as problem:
            self._context.window.toast(_sentence(problem))
        else:
            self._context.window.toast(tr("{name} is saved.").format(name=file.name))

    def save_diagnostics(self, file: str, with_prompts: bool) -> None:
        """Write the zip; the dialog that is open shows how far it is."""
        self._stop.clear()
        self._context.go(self._save_diagnostics(Path(file), with_prompts=with_prompts))

    def cancel_diagnostics(self) -> None:
        """Stop it; nothing of the file stays."""
        self._stop.set()

    async def _save_diagnostics(self, file: Path, *, with_prompts: bool) -> None:
        from seedance_desktop.system import diagnostics

        members = [*self._members(with_prompts=with_prompts), *diagnostics.logs(folders.places().logs)]
        loop = asyncio.get_running_loop()

        def going_on(done: int) -> bool:
            loop.call_soon_threadsafe(self._show_share, done / len(members))
            return not self._stopped()

        try:
            await asyncio.to_thread(diagnostics.save, file, members, going_on)
        except diagnostics.Stopped:
            self._tell(lambda dialog: dialog.show_stopped())
        except DiskProblem as problem:
            sentence = _sentence(problem)
            self._tell(lambda dialog: dialog.show_failed(sentence))
        except Exception as error:
            unexpected = words.say("unexpected", {"detail": type(error).__name__})
            self._tell(lambda dialog: dialog.show_failed(unexpected))
            raise
        else:
            self._tell(lambda dialog: dialog.show_saved())

    def _members(self, *, with_prompts: bool) -> Iterator[Member]:
        """What this program knows; each is made in the thread that writes."""
        from seedance_desktop.library.checkup import check_up
        from seedance_desktop.system import diagnostics

        context = self._context
        library = bootstrap.folder_of(context.options, context.preferences)
        preferences = context.preferences
        yield "readme.txt", lambda: _README + (_WITH if with_prompts else _WITHOUT)
        yield "system.json", lambda: _json(log.about())
        yield "preferences.json", lambda: _json(diagnostics.preferences(preferences))
        yield "library.json", lambda: _json(check_up(library, CHECKED_WITHIN, self._stopped))
        if with_prompts:
            yield "clips.json", lambda: _json(_clips(library))

    def _stopped(self) -> bool:
        return self._stop.is_set() or self._context.ended.is_set()

    def _show_share(self, share: float) -> None:
        self._tell(lambda dialog: dialog.show_share(share))

    def _tell(self, tell: Callable[[Diagnostics], None]) -> None:
        """Let the dialog know, where it is still there."""
        from seedance_desktop.ui.trouble import Diagnostics

        dialog = self._context.window.findChild(Diagnostics)
        if dialog is not None:
            tell(dialog)


def _look_back() -> Offer | None:
    log.know(machine.system())
    return log.look_back()


def _desktop() -> dict[str, str]:
    """What the window runs on, for reports; in the window's thread."""
    said = (os.environ.get(name, "") for name in ("XDG_CURRENT_DESKTOP", "XDG_SESSION_TYPE"))
    session = [QGuiApplication.platformName(), *(word for word in said if word.replace(":", "").isalnum())]
    screens = [
        f"{screen.size().width()} × {screen.size().height()} at {screen.devicePixelRatio():g}"
        for screen in QGuiApplication.screens()
    ]
    return {
        "qt": f"{qVersion()} (PySide {PySide6.__version__})",
        "desktop": ", ".join(session),
        "screens": "; ".join(screens),
        "language": QLocale().name(),
    }


def _clips(library: Path) -> dict[str, Any]:
    """The last clips in the creator's own words, and where things lie: only where that was agreed to."""
    from seedance_desktop.library.checkup import last_clips

    places = folders.places()
    return {
        "library": str(library),
        "log": str(places.logs),
        "preferences": str(places.preferences),
        "clips": [
            {
                "clip": clip.name,
                "stage": clip.stage.value,
                "reason": clip.reason.code if clip.reason else "",
                "file": clip.file or clip.outside,
                "project": clip.project,
                "shot": clip.shot,
                "prompt": clip.recipe.prompt,
                "references": [reference.name for reference in clip.recipe.references],
            }
            for clip in last_clips(library, LATEST_CLIPS)
        ],
    }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _sentence(problem: DiskProblem) -> str:
    code = "diagnostics-disk-full" if problem.reason.code == "disk-full" else "diagnostics-not-written"
    return words.say(code, dict(problem.reason.facts))
