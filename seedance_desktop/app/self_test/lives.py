"""Checks a library's life: a clip begun by one process that is killed, carried on by another, found and playable."""

from __future__ import annotations

import asyncio
import json
import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from seedance_desktop import bootstrap
from seedance_desktop.bootstrap import House, Options
from seedance_desktop.domain import resources
from seedance_desktop.domain.clip import Clip, Stage
from seedance_desktop.domain.errors import Refused
from seedance_desktop.domain.listing import Handed
from seedance_desktop.domain.shelf import Query

from .fault import Fault, expect
from .films import shows_a_picture

_PROMPT = "A self-test of the lighthouse, 自检"
_SEARCHES = ("lighthouse", "自检")  # by the index of trigrams, and too short for it
_CARRIED_ON_WITHIN = 40.0  # seconds
# Where opentimelineio has wheels (pyproject.toml): there it must be bundled.
_TIMELINES = (sys.platform != "darwin" or platform.machine() == "arm64") and (
    sys.platform != "win32" or platform.machine() == "AMD64"
)


async def clip_survives() -> str:
    """A clip of the built-in gateway: begun, killed when it is paid for, carried on, charged once, found, played."""
    with tempfile.TemporaryDirectory(prefix="self-test-", ignore_cleanup_errors=True) as place:
        library = Path(place)
        task = await asyncio.to_thread(_begun_and_killed, library)
        carried_on = await asyncio.to_thread(_carried_on, library)
        expect(carried_on["task"] == task, f"it was sent again: task {carried_on['task']} after {task}")
        charges = len(list((library / "demo-gateway" / "tasks").glob("*.json")))
        expect(charges == 1, f"{charges} charges at the gateway for one clip")
        house = await bootstrap.open_house(Options(library=str(library)), "command")
        try:
            await house.studio.open()
            clip = await _found(house)
            await _plays(clip, library)
            timeline = await asyncio.to_thread(_timeline, clip, library)
        finally:
            await house.close()
    return f"killed while it waited, carried on, one charge, found, {_size(clip)}, {timeline}"


def own_program() -> list[str]:
    """The command that starts this very program again."""
    return [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "seedance_desktop"]


def _begun_and_killed(library: Path) -> str:
    """Begin a clip in another process, kill that as soon as the gateway has taken it; the task's id."""
    image = resources.folder() / "demo" / "lighthouse.jpg"
    settings = ["--image", str(image), "--duration", "5", "--resolution", "480p", "--json"]
    with _started(library, "generate", _PROMPT, "--demo", *settings) as process:
        try:
            said = ""
            for line in process.stdout or ():
                said = json.loads(line)["task"] or ""
                if said:
                    break
            expect(process.poll() is None and said, f"the clip was not taken: {_error(process)}")
        finally:
            process.kill()
    return str(said)


def _carried_on(library: Path) -> dict[str, Any]:
    """Carry on what is unfinished, in another process; the clip as it says at last."""
    with _started(library, "resume", "--json") as process:
        try:
            out, error = process.communicate(timeout=_CARRIED_ON_WITHIN)
        except subprocess.TimeoutExpired:
            process.kill()
            raise Fault(f"resume does not end: {_error(process)}") from None
    lines = [json.loads(line) for line in out.splitlines()]
    ready = process.returncode == 0 and bool(lines) and lines[-1]["stage"] == Stage.READY.value
    expect(ready, f"resume ended with {process.returncode}: {out} {error}")
    return dict(lines[-1])


def _started(library: Path, *arguments: str) -> subprocess.Popen[str]:
    """This program as another process, without the keys and with its words in pipes."""
    env = {name: value for name, value in os.environ.items() if name != "SEEDANCE_API_KEY"}
    return subprocess.Popen(
        [*own_program(), *arguments, "--library", str(library)],
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def _error(process: subprocess.Popen[str]) -> str:
    process.kill()
    return process.communicate()[1].strip()


async def _found(house: House) -> Clip:
    """The one clip on the shelf, ready, and found by its words."""
    ids = list(await house.studio.find(Query()))
    expect(len(ids) == 1, f"{len(ids)} clips on the shelf")
    for words in _SEARCHES:
        found = list(await house.studio.find(Query(words)))
        expect(found == ids, f"the search for “{words}” finds {found}")
    expect(not list(await house.studio.find(Query("nothing of this name"))), "the search finds what is not there")
    clip = (await house.studio.parts.library.get(ids))[0]
    expect(clip.stage is Stage.READY and clip.file, f"the clip is {clip.stage.value}")
    return clip


async def _plays(clip: Clip, library: Path) -> None:
    from seedance_desktop.media import clips

    footage = await asyncio.to_thread(clips.probe, library / clip.file)
    expect(footage == clip.footage, f"the file is {footage}, the library says {clip.footage}")
    await shows_a_picture(library / clip.file)


def _timeline(clip: Clip, library: Path) -> str:
    """Write the clip as a timeline, where the library for that is bundled."""
    from seedance_desktop.media import timelines

    file = library / clip.file
    last = clip.footage.frames - 1 if clip.footage else 0
    target = library / "self-test.otio"
    try:
        timelines.write(target, "self-test", [Handed(clip, file.name, 0, last)], file.parent)
    except Refused as refused:
        if _TIMELINES:
            raise Fault("OpenTimelineIO is not bundled") from refused
        return "no timelines on this machine"
    expect(json.loads(target.read_text("utf-8"))["OTIO_SCHEMA"].startswith("Timeline"), "the timeline is none")
    return "with its timeline"


def _size(clip: Clip) -> str:
    footage = clip.footage
    return f"{footage.width} x {footage.height}, {footage.frames} frames" if footage else "unread"
