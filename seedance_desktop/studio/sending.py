"""From planned to sent: the turn, the body, the row before the POST, and what the answer means for the row."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from typing import TypeAlias

from seedance_desktop.domain.catalogue import DEMO
from seedance_desktop.domain.clip import Clip, Stage, Verdict
from seedance_desktop.domain.errors import NoKey, OverBudget, Problem
from seedance_desktop.domain.reason import Reason
from seedance_desktop.domain.trouble import Halt
from seedance_desktop.gateway import Outcome, Submitted
from seedance_desktop.system.private import Shaped

from . import packing
from .books import limits, until_affordable, until_room
from .desk import Desk
from .parts import now_ms

log = logging.getLogger(__name__)

_VERDICTS = {
    Outcome.ACCEPTED: Verdict.YES,
    Outcome.NOT_SENT: Verdict.NO,
    Outcome.NOT_ACCEPTED: Verdict.NO,
    Outcome.REFUSED: Verdict.NO,
    Outcome.UNSURE: Verdict.UNSURE,
    Outcome.FAILED: Verdict.UNSURE,
    Outcome.REFUNDED: Verdict.REFUNDED,
}


# What the task of a POST ends with: the clip in its next stage, or the budget that was lowered after the click.
Post: TypeAlias = "asyncio.Task[Clip | OverBudget]"


async def send(desk: Desk, posts: dict[int, Post], clip: Clip) -> Clip:
    """Wait for the clip's turn and send it once; returns it in its next stage.

    The POST runs as a task of its own in `posts`, so that stopping the life of a clip never cuts a paid request.
    """
    await _countdown(desk, clip)
    await desk.queue.turn(desk.clips.get(clip.id, clip))  # it may have been moved meanwhile
    clip = desk.clips.get(clip.id, clip)
    try:
        async with desk.packing:  # one after the other: they leave in the order in which they were planned
            await until_room(desk)
            key = await asyncio.to_thread(desk.parts.keys.get, clip.gateway)
            body = await asyncio.to_thread(packing.body, clip.recipe, desk.parts.library.folders)
            post = asyncio.create_task(_post(desk, clip, key, body), name=f"post {clip.name}")
            posts[clip.id] = post
            post.add_done_callback(lambda _: posts.pop(clip.id, None))
    except NoKey as problem:
        desk.trouble(Halt.NO_KEY, problem.reason, clip.gateway)
        desk.queue.leave(clip.id)
        return clip
    except Problem as problem:
        desk.queue.leave(clip.id)
        return await desk.save(replace(clip, stage=Stage.FAILED, reason=problem.reason))
    except BaseException:
        desk.queue.leave(clip.id)
        raise
    sent = await asyncio.shield(post)
    if isinstance(sent, OverBudget):
        return await _over_budget(desk, clip, sent)
    await desk.surely(lambda: desk.parts.library.record(sent))
    return sent


async def _over_budget(desk: Desk, clip: Clip, problem: OverBudget) -> Clip:
    """A budget was lowered after the click: the month's is waited for, a project's ends the clip; nothing was sent."""
    if problem.reason.code == "budget-reached":
        await until_affordable(desk, clip, problem)
        return clip
    return await desk.save(replace(clip, stage=Stage.FAILED, reason=problem.reason))


async def _countdown(desk: Desk, clip: Clip) -> None:
    """The time in which a click can be taken back; a clock set back never makes it longer than it was."""
    loop = asyncio.get_running_loop()
    left = min(clip.send_after - now_ms(), 10_000)
    if left > 0:
        await desk.until(loop.time() + left / 1000)


async def _post(desk: Desk, clip: Clip, key: str, body: bytes) -> Clip | OverBudget:
    """Row, POST, row: the submit is on disk before a byte leaves, the task id before anything else happens.

    A budget is an answer, not a fault: the life that would hear of it may have been stopped meanwhile.
    """
    library = desk.parts.library
    answer = None
    try:
        sending = replace(clip, stage=Stage.SENDING, sent=now_ms(), reason=None)
        sending = await desk.surely(lambda: library.begin_submit(sending, limits(desk, clip)))
        desk.note(sending)
        desk.say_health()
        answer = await _submit(desk, clip, key, body)
        weighed, verdict = weigh(sending, answer), _VERDICTS[answer.outcome]
        saved = await desk.surely(lambda: library.end_submit(weighed, verdict, answer.reason))
    except OverBudget as problem:
        desk.queue.leave(clip.id)
        return problem
    except BaseException:
        if answer and answer.task:  # the last place where it can be found again
            task = Shaped(answer.task)  # whatever letters a gateway makes it of
            log.critical("clip %s was accepted as task %s, which could not be saved", clip.name, task)
        desk.queue.leave(clip.id)
        raise
    _note_health(desk, saved, answer)
    desk.note(saved)
    if saved.stage is not Stage.WAITING:
        desk.queue.leave(clip.id)
    desk.say_health()
    return saved


async def _submit(desk: Desk, clip: Clip, key: str, body: bytes) -> Submitted:
    """The POST; a fault of our own in it leaves the charge unknown, never the row behind."""
    try:
        return await desk.parts.gateway.submit(desk.parts.address_of(clip.gateway), key, body)
    except Exception as error:
        log.exception("the submit of clip %s broke", clip.name)
        return Submitted(Outcome.UNSURE, reason=Reason.of("unexpected", detail=type(error).__name__))


def weigh(clip: Clip, answer: Submitted) -> Clip:
    """The clip in the stage that the outcome of its POST means (the paying-once table)."""
    now = now_ms()
    match answer.outcome:
        case Outcome.ACCEPTED:
            return replace(
                clip,
                stage=Stage.WAITING,
                task=answer.task,
                word=answer.word,
                rendering=answer.rendering,
                accepted=now,
                started=now if answer.rendering else 0,
                reason=None,
            )
        case Outcome.NOT_SENT | Outcome.NOT_ACCEPTED:
            return replace(clip, stage=Stage.PLANNED, sent=0, reason=answer.reason)
        case Outcome.UNSURE:
            return replace(clip, stage=Stage.UNSURE, reason=answer.reason)
        case _:
            return replace(clip, stage=Stage.FAILED, task=answer.task, word=answer.word, reason=answer.reason)


def _note_health(desk: Desk, clip: Clip, answer: Submitted) -> None:
    if answer.outcome is Outcome.NOT_SENT:
        untrusted = answer.reason is not None and answer.reason.code == "tls-untrusted"
        desk.reached(clip.gateway, yes=False, reason=answer.reason if untrusted else None)
        desk.queue.hold(clip.gateway, desk.parts.pace.backoff(desk.unreached[clip.gateway]))
    elif answer.outcome is not Outcome.UNSURE:
        desk.reached(clip.gateway, yes=True)
    if answer.outcome is Outcome.NOT_ACCEPTED:
        asked = answer.retry_after
        desk.queue.hold(clip.gateway, asked or desk.parts.pace.backoff(2), asked=bool(asked))
    if answer.halt is Halt.KEY_REFUSED:
        desk.parts.keys.forget(clip.gateway)
    if answer.halt and answer.reason and clip.gateway != DEMO:
        facts = dict(answer.reason.facts) | {"gateway": desk.shown(clip.gateway)}
        desk.trouble(answer.halt, replace(answer.reason, facts=tuple(facts.items())), clip.gateway)
