"""From a link to the shelf: download, verify, name, recipe inside, poster, record."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from pathlib import Path

from seedance_desktop.domain.address import check_link
from seedance_desktop.domain.clip import Clip, Footage, Stage
from seedance_desktop.domain.errors import BadClip, DiskProblem, GatewayProblem, NoKey
from seedance_desktop.domain.naming import NameParts, file_stem
from seedance_desktop.domain.news import Fetched
from seedance_desktop.domain.reason import Reason
from seedance_desktop.domain.trouble import Halt
from seedance_desktop.gateway import Fetch, State
from seedance_desktop.gateway.downloads import side_file
from seedance_desktop.library.files import Folders, put_in_place

from .desk import Desk
from .parts import now_ms
from .watching import look

log = logging.getLogger(__name__)

_TRIES_AT_A_VIDEO = 3
_SAY_EVERY = 0.1


async def fetch(desk: Desk, places: asyncio.Semaphore, clip: Clip) -> Clip:
    """Download and shelve a clip; returns it as ready, or failed with its reason. Patient with network and disk."""
    troubles = bad_files = stale = 0
    while True:
        if await asyncio.to_thread(_is_in_place, desk.parts.library.folders, clip):
            try:
                return await _shelve_patiently(desk, clip)
            except BadClip:  # what lies there is no video: it stays, and the clip is fetched under another name
                clip = await desk.save(replace(clip, file=""))
        async with places:
            result = await _download(desk, clip)
        if result is Fetch.COMPLETE:
            try:
                return await _shelve_patiently(desk, clip)
            except BadClip:
                bad_files += 1
                if bad_files >= _TRIES_AT_A_VIDEO:
                    return await _fail(desk, clip, "not-a-video")
                clip = await _fresh_link(desk, clip)
        elif result is Fetch.STALE:
            stale += 1
            if stale > 1:
                return await _fail(desk, clip, "link-expired")
            clip = await _fresh_link(desk, clip)
        elif result is Fetch.BAD_LINK:
            return await _fail(desk, clip, "bad-link")
        else:
            troubles = 0 if result is Fetch.NOT_READY else troubles + 1
            await desk.nap(max(desk.parts.pace.poll, desk.parts.pace.backoff(troubles)))
        if clip.stage is not Stage.FETCHING:
            return clip


async def _download(desk: Desk, clip: Clip) -> Fetch:
    """One try; a full disk waits until there is room, a refused key until there is another."""
    loop = asyncio.get_running_loop()
    said = 0.0

    def progress(got: int, total: int) -> None:
        nonlocal said
        if loop.time() - said >= _SAY_EVERY or got == total:
            said = loop.time()
            desk.say(Fetched(clip.id, got, total))

    address = desk.parts.address_of(clip.gateway)
    try:
        key = await asyncio.to_thread(desk.parts.keys.get, clip.gateway)
    except NoKey:
        key = ""  # a clip on another host needs none; the gateway's own will say so
    try:
        part = _part(desk.parts.library.folders, clip)
        result = await desk.parts.gateway.fetch(clip.link, part, gateway=address, key=key, progress=progress)
    except DiskProblem as problem:
        desk.disk_trouble(problem)
        return Fetch.TROUBLE
    desk.clear(Halt.DISK_FULL, Halt.FOLDER_GONE)
    if result is Fetch.KEY:
        desk.trouble(Halt.KEY_REFUSED, Reason.of("key-refused", gateway=desk.shown(clip.gateway)), clip.gateway)
        await desk.queue.until_clear(clip.gateway, Halt.KEY_REFUSED)
    return result


async def _fresh_link(desk: Desk, clip: Clip) -> Clip:
    """Ask the task once more for a link; the clip fails here if there is none to be had."""
    troubles = 0
    while True:
        sight = await look(desk, clip)
        if sight.state is State.DONE and sight.link:
            try:
                link = check_link(sight.link, desk.parts.address_of(clip.gateway))
            except GatewayProblem as problem:
                return await _fail(desk, clip, problem.reason.code)
            return await desk.save(replace(clip, link=link))
        if sight.state in (State.NOT_FOUND, State.FAILED, State.DONE):
            return await _fail(desk, clip, "link-expired")
        troubles += 1
        await desk.nap(max(desk.parts.pace.poll, desk.parts.pace.backoff(troubles)))


async def _fail(desk: Desk, clip: Clip, code: str) -> Clip:
    part = _part(desk.parts.library.folders, clip)
    await asyncio.to_thread(_forget, part)
    return await desk.save(replace(clip, stage=Stage.FAILED, reason=Reason.of(code)), record=True)


async def _shelve_patiently(desk: Desk, clip: Clip) -> Clip:
    """Shelve, waiting out a disk that is full or gone; raises `BadClip` for what is no playable video."""
    footage = await asyncio.to_thread(_probe, _present(desk.parts.library.folders, clip))
    if not clip.file:
        stem = file_stem(desk.parts.preferences.file_names, _name_parts(clip))
        name = desk.parts.library.folders.free_clip_name(stem)
        clip = await desk.save(replace(clip, file=name))  # known before the rename, so a restart finds the file
    inside = desk.parts.preferences.recipe_in_file
    folders = desk.parts.library.folders
    shelved = await desk.surely(lambda: asyncio.to_thread(_shelve, folders, clip, footage, recipe_inside=inside))
    return await desk.save(shelved, record=True)


def _shelve(folders: Folders, clip: Clip, footage: Footage, *, recipe_inside: bool) -> Clip:
    """Recipe into the file, file into its place, poster beside it (blocking); raises `DiskProblem`."""
    from seedance_desktop.media import clips, recipes

    part, target = _part(folders, clip), folders.inside(clip.file)
    if part.exists():
        tagged = part.with_suffix(".tagged")
        if recipe_inside:
            try:
                recipes.write(part, tagged, clip.recipe.to_public_dict(), _title(clip))
            except BadClip as problem:
                log.warning("clip %s keeps no recipe inside: %s", clip.name, problem.reason.code)
        put_in_place(tagged if tagged.exists() else part, target)
        _forget(part)
    poster = f"posters/{clip.name}.jpg"
    try:
        clips.poster(target, folders.inside(poster))
    except BadClip as problem:
        log.warning("clip %s has no poster: %s", clip.name, problem.reason.code)
        poster = ""
    return replace(
        clip,
        stage=Stage.READY,
        poster=poster,
        footage=replace(footage, size=target.stat().st_size),
        done=now_ms(),
        link="",
        reason=None,
    )


def _probe(path: Path) -> Footage:
    from seedance_desktop.media import clips

    return clips.probe(path)


def _present(folders: Folders, clip: Clip) -> Path:
    """The bytes as they lie now: still the `.part`, or already under the final name."""
    part = _part(folders, clip)
    return part if part.exists() else folders.inside(clip.file or "?")


def _is_in_place(folders: Folders, clip: Clip) -> bool:
    """Whether an earlier run got as far as the rename."""
    return bool(clip.file) and folders.inside(clip.file).exists()


def _part(folders: Folders, clip: Clip) -> Path:
    return folders.clips / f"{clip.name}.part"


def _forget(part: Path) -> None:
    for path in (part, side_file(part), part.with_suffix(".tagged")):
        path.unlink(missing_ok=True)


def _name_parts(clip: Clip) -> NameParts:
    return NameParts(clip.made, clip.project, clip.shot, clip.recipe.prompt, clip.take, clip.name)


def _title(clip: Clip) -> str:
    return " ".join(clip.recipe.prompt.split()[:8])[:80]
