"""From accepted to a link: polls at the documented pace, patient with everything but a plain end."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from functools import partial

from seedance_desktop.domain.address import check_link
from seedance_desktop.domain.clip import Clip, Stage, Verdict
from seedance_desktop.domain.errors import GatewayProblem, NoKey
from seedance_desktop.domain.reason import Reason
from seedance_desktop.domain.trouble import Halt
from seedance_desktop.gateway import Sight, State

from .desk import Desk
from .parts import now_ms

_LINKLESS_POLLS = 5
_NOT_FOUND_POLLS = 3


async def watch(desk: Desk, clip: Clip, *, at_once: bool) -> Clip:
    """Poll until the task is done or has failed; returns the clip as fetching or failed.

    `at_once` polls without waiting first: for clips found under way at the start.
    """
    pace = desk.parts.pace
    troubles = missing = linkless = 0
    clock = asyncio.get_running_loop().time
    begun = clock()
    if not at_once:
        await desk.until(begun + pace.poll)
    while True:
        sight = await look(desk, clip)
        troubles = troubles + 1 if sight.state is State.TROUBLE else 0
        missing = missing + 1 if sight.state is State.NOT_FOUND else 0
        linkless = linkless + 1 if sight.state is State.DONE and not sight.link else 0
        ended = _end(desk, clip, sight, linkless)
        if missing >= _NOT_FOUND_POLLS and _had_time(desk, clip, clock() - begun):
            ended = replace(clip, stage=Stage.FAILED, reason=Reason.of("task-gone"))
        if ended:
            desk.queue.leave(clip.id)
            if sight.refunded:
                ended = await desk.surely(partial(desk.parts.library.end_submit, ended, Verdict.REFUNDED, ended.reason))
            saved = await desk.save(ended, record=True)
            desk.say_health()
            return saved
        clip = await _note_progress(desk, clip, sight)
        if troubles or sight.retry_after:
            await desk.nap(max(pace.backoff(troubles), sight.retry_after))


async def look(desk: Desk, clip: Clip) -> Sight:
    """One poll, never sooner after the last one of this clip than the pace allows.

    A key or a balance that is refused pauses the queue, asks, and polls again when that is mended.
    """
    loop = asyncio.get_running_loop()
    while True:
        try:
            key = await asyncio.to_thread(desk.parts.keys.get, clip.gateway)
        except NoKey as problem:
            desk.trouble(Halt.NO_KEY, problem.reason, clip.gateway)
            await desk.queue.until_clear(clip.gateway, Halt.NO_KEY)
            continue
        await desk.until(desk.next_look.get(clip.id, 0.0))
        started, mended = loop.time(), desk.mended[clip.gateway]
        sight = await desk.parts.gateway.look(desk.parts.address_of(clip.gateway), key, clip.task)
        desk.next_look[clip.id] = desk.parts.pace.next_poll(started, loop.time())
        desk.reached(clip.gateway, yes=sight.reached, reason=sight.reason)
        if sight.state is not State.HALT or sight.halt is None:
            return sight
        if desk.mended[clip.gateway] != mended:  # an answer to the old key
            continue
        desk.parts.keys.forget(clip.gateway)
        desk.trouble(sight.halt, Reason.of(_code(sight.halt), gateway=desk.shown(clip.gateway)), clip.gateway)
        await desk.queue.until_clear(clip.gateway, sight.halt)


def _code(halt: Halt) -> str:
    return "no-balance" if halt is Halt.NO_BALANCE else "key-refused"


def _had_time(desk: Desk, clip: Clip, watched: float) -> bool:
    """Whether a task had time to become known: by the clock, or by the watch itself where the clock was set back."""
    return max(watched, (now_ms() - clip.accepted) / 1000) > desk.parts.pace.not_found_grace


def _end(desk: Desk, clip: Clip, sight: Sight, linkless: int) -> Clip | None:
    """The clip in its next stage, if this sight ends the watch."""
    if sight.state is State.DONE and sight.link:
        try:
            link = check_link(sight.link, desk.parts.address_of(clip.gateway))
        except GatewayProblem as problem:
            return replace(clip, stage=Stage.FAILED, word=sight.word, reason=problem.reason)
        return replace(clip, stage=Stage.FETCHING, word=sight.word, link=link, reason=None)
    if sight.state is State.FAILED:
        return replace(clip, stage=Stage.FAILED, word=sight.word, reason=sight.reason)
    if linkless > _LINKLESS_POLLS:
        return replace(clip, stage=Stage.FAILED, word=sight.word, reason=Reason.of("no-link"))
    return None


async def _note_progress(desk: Desk, clip: Clip, sight: Sight) -> Clip:
    """Save what is new: the gateway's word, and when rendering began."""
    if sight.state not in (State.QUEUED, State.RUNNING, State.UNKNOWN):
        return clip
    rendering = clip.rendering if sight.state is State.UNKNOWN else sight.state is State.RUNNING
    started = clip.started or (now_ms() if rendering else 0)
    seen = replace(clip, word=sight.word or clip.word, rendering=rendering, started=started)
    return clip if seen == clip else await desk.save(seen)
