"""From a link to the shelf: download, verify, name, recipe inside, poster, record."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, replace
from pathlib import Path

from seedance_desktop.domain.address import check_link
from seedance_desktop.domain.clip import Clip, Footage, Stage
from seedance_desktop.domain.errors import BadClip, DiskProblem, GatewayProblem, NoKey
from seedance_desktop.domain.news import Fetched
from seedance_desktop.domain.reason import Reason
from seedance_desktop.domain.trouble import Halt
from seedance_desktop.gateway import Fetch, State
from seedance_desktop.gateway.downloads import forget
from seedance_desktop.library.files import Folders, put_in_place

from . import names
from .desk import Desk
from .parts import now_ms
from .watching import look

log = logging.getLogger(__name__)

_TRIES_AT_A_VIDEO = 3
_TRIES_AT_A_LINK = 3
_SAY_EVERY = 0.1


@dataclass(slots=True)
class _Tries:
    """What has gone wrong since this clip's download began."""

    troubles: int = 0
    stale: int = 0
    no_video: int = 0


async def fetch(desk: Desk, places: asyncio.Semaphore, clip: Clip) -> Clip:
    """Download and shelve a clip; returns it as ready, or failed with its reason. Patient with network and disk."""
    tries = _Tries()
    while clip.stage is Stage.FETCHING:
        if not await asyncio.to_thread(_is_in_place, desk.parts.library.folders, clip):
            async with places:
                result = await _download(desk, clip, tries)
            if result is not Fetch.COMPLETE:
                clip = await _without(desk, clip, result, tries)
                continue
        try:
            clip = await _shelve_patiently(desk, clip)
        except BadClip:
            clip = await _again(desk, clip, tries)
    return clip


async def _download(desk: Desk, clip: Clip, tries: _Tries) -> Fetch:
    """One try; a full disk waits until there is room."""
    loop = asyncio.get_running_loop()
    said, first = 0.0, -1

    def progress(got: int, total: int) -> None:
        nonlocal said, first
        first = got if first < 0 else first
        if got > first:
            tries.troubles = 0  # the line is bad, not dead
        if loop.time() - said >= _SAY_EVERY or got == total:
            said = loop.time()
            desk.say(Fetched(clip.id, got, total))

    address = desk.parts.address_of(clip.gateway)
    try:
        key = await asyncio.to_thread(desk.parts.keys.get, clip.gateway)
    except NoKey:
        key = ""  # a clip on another host needs none; the gateway's own will say so
    part = _part(desk.parts.library.folders, clip)
    return await desk.surely(
        lambda: desk.parts.gateway.fetch(clip.link, part, gateway=address, key=key, progress=progress)
    )


async def _without(desk: Desk, clip: Clip, result: Fetch, tries: _Tries) -> Clip:
    """What follows a try that brought no whole file."""
    if result is Fetch.BAD_LINK:  # a rebuilt library knows no links: they live a day
        return await (_fail(desk, clip, "bad-link") if clip.link else _fresh_link(desk, clip))
    if result is Fetch.STALE:
        tries.stale += 1
        return await _fail(desk, clip, "link-expired") if tries.stale > 1 else await _fresh_link(desk, clip)
    if result is Fetch.KEY:
        desk.parts.keys.forget(clip.gateway)
        desk.trouble(Halt.KEY_REFUSED, Reason.of("key-refused", gateway=desk.shown(clip.gateway)), clip.gateway)
        await desk.queue.until_clear(clip.gateway, Halt.KEY_REFUSED)
        return clip
    tries.troubles = 0 if result is Fetch.NOT_READY else tries.troubles + 1
    await desk.nap(max(desk.parts.pace.poll, desk.parts.pace.backoff(tries.troubles)))
    return clip


async def _again(desk: Desk, clip: Clip, tries: _Tries) -> Clip:
    """What came is no playable video: fetched anew with a fresh link, three times in all."""
    in_place = await asyncio.to_thread(_is_in_place, desk.parts.library.folders, clip)
    if in_place:
        return await desk.save(replace(clip, file=""))  # what lies there stays; the clip gets another name
    await _forget_surely(desk, clip)
    tries.no_video += 1
    if tries.no_video >= _TRIES_AT_A_VIDEO:
        return await _fail(desk, clip, "not-a-video")
    return await _fresh_link(desk, clip)


async def _fresh_link(desk: Desk, clip: Clip) -> Clip:
    """Ask the task once more for a link; the clip fails here if there is none to be had."""
    troubles = empty = 0
    while True:
        sight = await look(desk, clip)
        if sight.state is State.DONE and sight.link:
            try:
                link = check_link(sight.link, desk.parts.address_of(clip.gateway))
            except GatewayProblem as problem:
                return await _fail(desk, clip, problem.reason.code)
            return await desk.save(replace(clip, link=link))
        empty = empty + 1 if sight.state in (State.DONE, State.NOT_FOUND) else 0
        if sight.state is State.FAILED or empty > _TRIES_AT_A_LINK:
            return await _fail(desk, clip, "link-expired")
        troubles = troubles + 1 if sight.state is State.TROUBLE else 0
        if troubles or sight.retry_after:
            await desk.nap(max(desk.parts.pace.backoff(troubles), sight.retry_after))


async def _fail(desk: Desk, clip: Clip, code: str) -> Clip:
    await _forget_surely(desk, clip)
    return await desk.save(replace(clip, stage=Stage.FAILED, reason=Reason.of(code)), record=True)


async def _forget_surely(desk: Desk, clip: Clip) -> None:
    part = _part(desk.parts.library.folders, clip)
    await desk.surely(lambda: asyncio.to_thread(_forget, part))


async def _shelve_patiently(desk: Desk, clip: Clip) -> Clip:
    """Shelve, waiting out a disk that is full or gone; raises `BadClip` for what is no playable video."""
    folders = desk.parts.library.folders
    before = clip
    footage = await desk.surely(lambda: asyncio.to_thread(_probe, folders, before))
    if not clip.file:
        stem = names.stem(clip, desk.parts.preferences.file_names)
        name = await asyncio.to_thread(folders.free_clip_name, stem)
        clip = await desk.save(replace(clip, file=name))  # known before the rename, so a restart finds the file
    inside, named = desk.parts.preferences.recipe_in_file, clip
    shelved = await desk.surely(lambda: asyncio.to_thread(_shelve, folders, named, footage, recipe_inside=inside))
    return await desk.save(shelved, record=True)


def _shelve(folders: Folders, clip: Clip, footage: Footage, *, recipe_inside: bool) -> Clip:
    """Recipe into the file, file into its place, poster beside it (blocking); raises `DiskProblem`, `BadClip`."""
    from seedance_desktop.media import clips, recipes

    part, target = _part(folders, clip), folders.inside(clip.file)
    if part.exists():
        tagged = part.with_suffix(".tagged")
        if recipe_inside:
            try:
                recipes.write(part, tagged, clip.recipe.to_public_dict(), names.title(clip))
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
        footage=replace(footage, size=_size(folders, target)),
        done=now_ms(),
        link="",
        reason=None,
    )


def _size(folders: Folders, file: Path) -> int:
    """The bytes of a file in its place; raises `BadClip` if it alone is gone, `DiskProblem` if its folder is."""
    try:
        return file.stat().st_size
    except OSError as error:
        if folders.clips.is_dir():
            raise BadClip("video-unreadable", name=file.name) from error
        raise DiskProblem.of(error, str(file)) from error


def _probe(folders: Folders, clip: Clip) -> Footage:
    """What is truly in the bytes as they lie now: still the `.part`, or already under the final name (blocking)."""
    from seedance_desktop.media import clips

    part = _part(folders, clip)
    path = part if part.exists() or not clip.file else folders.inside(clip.file)
    if not path.exists() and folders.clips.is_dir():
        raise BadClip("video-unreadable", name=path.name)  # taken away meanwhile: a virus guard does that
    return clips.probe(path)


def _is_in_place(folders: Folders, clip: Clip) -> bool:
    """Whether an earlier run got as far as the rename."""
    return bool(clip.file) and folders.inside(clip.file).exists()


def _part(folders: Folders, clip: Clip) -> Path:
    return folders.clips / f"{clip.name}.part"


def _forget(part: Path) -> None:
    try:
        forget(part)
        part.with_suffix(".tagged").unlink(missing_ok=True)
    except OSError as error:
        raise DiskProblem.of(error, str(part)) from error
