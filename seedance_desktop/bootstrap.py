"""Builds the studio and its parts without Qt; the window, the command line and the tests call it."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from seedance_desktop import words
from seedance_desktop.domain import resources
from seedance_desktop.domain.address import check_address
from seedance_desktop.domain.catalogue import DEMO
from seedance_desktop.domain.clip import Clip
from seedance_desktop.domain.errors import GatewayProblem, LibraryProblem
from seedance_desktop.domain.pacing import Pace
from seedance_desktop.domain.preferences import Preferences
from seedance_desktop.system import folders, preferences

if TYPE_CHECKING:  # the window paints first: what talks, stores and decodes is imported when the house opens
    from seedance_desktop.demo.child import DemoGateway
    from seedance_desktop.gateway import Gateway
    from seedance_desktop.library import Library
    from seedance_desktop.library.rebuild import Rebuilt
    from seedance_desktop.studio import Studio
    from seedance_desktop.system.keys import Keys
    from seedance_desktop.system.lock import LibraryLock

P = ParamSpec("P")
T = TypeVar("T")

_OF_A_LIBRARY = ("library.sqlite", "records", "clips")


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line and the environment say about this run; None or empty where they say nothing."""

    library: str = ""
    gateway: str = ""
    key_store: str = "keyring"
    demo: bool = False
    key: str = ""
    files: tuple[str, ...] = ()


@dataclass(slots=True)
class House:
    """A studio with what was opened for it; `close` ends everything in order."""

    options: Options
    folder: Path
    gateway: str
    studio: Studio
    lock: LibraryLock
    demo: DemoGateway | None = None
    retired: list[Gateway] = field(default_factory=list)

    async def change_proxy(self, preferred: Preferences) -> None:
        """Use other connections from here on; what is under way on the old ones goes on there until the end."""
        from seedance_desktop.gateway import Gateway

        parts = self.studio.parts
        self.retired.append(parts.gateway)
        parts.gateway = await _in_thread(Gateway.build, preferred)

    async def close(self, patience: float | None = None) -> bool:
        """Stop the studio and close all parts. False if a POST was still out when the patience (seconds) ended."""
        finished = await self.studio.close(patience)
        for gateway in (*self.retired, self.studio.parts.gateway):
            await gateway.close()
        await _in_thread(self.studio.parts.library.close)
        if self.demo:
            await self.demo.close()
        self.lock.release()
        return finished


def options_from_environment(**given: str | bool | tuple[str, ...] | None) -> Options:
    """Options from flags, then from the environment; the key is taken out of it, so that no child inherits it."""
    said = {name: value for name, value in given.items() if value}
    said.setdefault("gateway", os.environ.get("SEEDANCE_GATEWAY", ""))
    return Options(key=os.environ.pop("SEEDANCE_API_KEY", "").strip(), **said)  # type: ignore[arg-type]


def load_preferences() -> Preferences:
    """This user's preferences."""
    return preferences.load(folders.places().preferences)


def speak(choice: str) -> None:
    """Speak the language of the preferences; `system` is the one of the environment."""
    words.speak(words.system_language() if choice == "system" else choice, resources.folder() / "translations")


def folder_of(options: Options, preferred: Preferences) -> Path:
    """The library folder of this run."""
    return folders.library_folder(options.library, preferred.library, demo=options.demo)


def gateway_of(options: Options, preferred: Preferences) -> str:
    """The gateway that new clips are sent to; raises `GatewayProblem` for an address that may not be used."""
    if options.demo:
        return DEMO
    return check_address(options.gateway or preferred.gateway, preferred.insecure_gateways)


def shown(options: Options, preferred: Preferences) -> Preferences:
    """The preferences as the window shows them: with the gateway that this run was told to use, if any."""
    if options.demo or not options.gateway:
        return preferred
    try:
        address = gateway_of(options, preferred)
    except GatewayProblem:
        address = options.gateway
    return replace(preferred, gateway=address)


def make_keys(options: Options, preferred: Preferences) -> Keys:
    """The keys; this run's own key goes to this run's gateway only."""
    from seedance_desktop.system.keys import Keys

    given = {gateway_of(options, preferred): options.key} if options.key and not options.demo else {}
    return Keys(options.key_store, given)


async def open_house(options: Options, what: str, *, pace: Pace | None = None, keys: Keys | None = None) -> House:
    """Take the library's lock and build the studio over it, not yet opened; raises `Problem`s, leaving nothing open.

    `what` says who holds the lock: `"window"` or `"command"`.
    """
    from seedance_desktop.gateway import Gateway
    from seedance_desktop.library import Library
    from seedance_desktop.studio import Parts, Studio
    from seedance_desktop.system.lock import LibraryLock

    preferred = load_preferences()
    gateway = gateway_of(options, preferred)
    folder = folder_of(options, preferred)
    await _in_thread(_still_there, folder, preferred)
    lock = LibraryLock(folder)
    await _in_thread(lock.take, what)
    undo: list[Callable[[], object]] = [lock.release]
    try:
        library = await _in_thread(Library.open, folder)
        undo.append(library.close)
        await library.back_up()
        demo = await _start_demo(folder) if options.demo or await _has_demo_clips(library) else None
        wire = await _in_thread(Gateway.build, preferred)
    except BaseException:
        for step in reversed(undo):
            await _in_thread(step)
        raise

    def address_of(clip_gateway: str) -> str:
        return demo.address if demo and clip_gateway == DEMO else clip_gateway

    keys = keys or make_keys(options, preferred)
    studio = Studio(Parts(library, wire, keys, preferred, address_of, pace or Pace()))
    return House(options, folder, gateway, studio, lock, demo)


def rebuild(folder: Path, what: str, progress: Callable[[int, int], None]) -> Rebuilt:
    """Make the library in `folder` again from its files, under its lock (blocking); raises `Problem`s."""
    from seedance_desktop.studio.rebuilding import rebuild_library
    from seedance_desktop.system.lock import LibraryLock

    lock = LibraryLock(folder)
    lock.take(what)
    try:
        return rebuild_library(folder, progress)
    finally:
        lock.release()


async def _in_thread(work: Callable[P, T], *args: P.args, **named: P.kwargs) -> T:
    import asyncio  # the window paints first

    return await asyncio.to_thread(work, *args, **named)


def _still_there(folder: Path, preferred: Preferences) -> None:
    """A library that the creator once chose is never made anew: where it is gone, its drive is.

    What a drive leaves behind is often an empty folder; a library made there would hide behind the drive's own later.
    """
    chosen = bool(preferred.library) and folder == Path(preferred.library).expanduser()
    if chosen and not any((folder / name).exists() for name in _OF_A_LIBRARY):
        raise LibraryProblem("library-gone", folder=str(folder))


async def _start_demo(folder: Path) -> DemoGateway:
    from seedance_desktop.demo.child import DemoGateway, DemoGatewayFailed

    try:
        return await DemoGateway.start(folder)
    except (DemoGatewayFailed, OSError) as error:
        raise GatewayProblem("demo-unavailable", detail=str(error)) from error


async def _has_demo_clips(library: Library) -> bool:
    """Clips of the demo that are under way need its gateway, whatever this run is for."""

    def unfinished(clip: Clip) -> bool:
        return clip.gateway == DEMO and not clip.stage.settled

    return any(unfinished(clip) for clip in await library.under_way())
