"""One run of the studio on the command line: follow the clips, know when it is over, and with which exit code."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import AsyncIterator, Iterable
from types import FrameType

from seedance_desktop.bootstrap import House, Options, open_house
from seedance_desktop.domain.clip import Clip, Stage
from seedance_desktop.domain.news import ClipSaved, Health, News
from seedance_desktop.domain.trouble import Halt, Trouble
from seedance_desktop.words import tr

from .report import Reporter, complain

READY, FAILED, UNSURE, REFUSED, UNFINISHED = 0, 1, 3, 4, 5
_ASKS = frozenset(Halt) - {Halt.OFFLINE}
_STOPPED_BY_KEY = ("key-refused", "no-balance")


class Session:
    """The clips of this run and the moment when nothing more can be done about them."""

    def __init__(self, house: House, reporter: Reporter, *, until_accepted: bool = False) -> None:
        """`until_accepted` is over as soon as every clip is accepted."""
        self.house, self._reporter, self._until_accepted = house, reporter, until_accepted
        self._clips: dict[int, Clip] = {}
        self._troubles: tuple[Trouble, ...] = ()
        self._changed = asyncio.Event()
        self.interrupted = asyncio.Event()
        house.studio.listen(self._hear)

    def follow(self, clips: Iterable[Clip]) -> None:
        """These clips are this run's."""
        for clip in clips:
            latest = self._clips.setdefault(clip.id, clip)
            self._reporter.follow(latest)

    async def over(self) -> int:
        """Wait until all is done that can be done; the exit code."""
        while not self._is_over():
            self._changed.clear()
            await self._changed.wait()
        return self._code()

    def interrupt(self) -> None:
        """The creator (or the system) wants an end: what is unfinished stays as it is on disk."""
        self.interrupted.set()
        self._changed.set()

    def _hear(self, news: News) -> None:
        match news:
            case ClipSaved(clip) if clip.id in self._clips:
                self._clips[clip.id] = clip
            case Health(troubles=troubles):
                self._troubles = troubles
        self._reporter.hear(news)
        self._changed.set()

    def _is_done(self, clip: Clip) -> bool:
        return clip.stage.settled or (self._until_accepted and clip.stage in (Stage.WAITING, Stage.FETCHING))

    def _is_over(self) -> bool:
        open_ones = [clip for clip in self._clips.values() if not self._is_done(clip)]
        if self.interrupted.is_set() or not open_ones:
            return True
        return all(self._is_stuck(clip) for clip in open_ones)

    def _is_stuck(self, clip: Clip) -> bool:
        """Whether only the creator can help: a key, a balance, a budget, a disk."""
        if clip.stage is Stage.SENDING:
            return False
        asks = [one for one in self._troubles if one.halt in _ASKS and one.gateway in ("", clip.gateway)]
        if clip.stage is Stage.FETCHING:
            return any(one.halt in (Halt.DISK_FULL, Halt.FOLDER_GONE) for one in asks)
        return bool(asks)

    def _code(self) -> int:
        clips = self._clips.values()
        if any(not self._is_done(clip) for clip in clips):
            complain(tr("Not finished. Nothing is lost: “seedance-desktop resume” carries on."))
            return UNFINISHED
        if any(clip.stage is Stage.FAILED and clip.reason and clip.reason.code in _STOPPED_BY_KEY for clip in clips):
            return UNFINISHED
        if any(clip.stage is Stage.UNSURE for clip in clips):
            return UNSURE
        return FAILED if any(clip.stage in (Stage.FAILED, Stage.CANCELLED) for clip in clips) else READY


@contextlib.asynccontextmanager
async def session(options: Options, *, as_json: bool, until_accepted: bool = False) -> AsyncIterator[Session]:
    """A house and its session; closed in order whatever happens, signals included."""
    house = await open_house(options, "command")
    reporter = Reporter(house.folder, as_lines=as_json)
    running = Session(house, reporter, until_accepted=until_accepted)
    before = _on_signals(running)
    try:
        yield running
    finally:
        if house.studio.sending:
            complain(tr("Waiting up to 20 s for the gateway's answer to what was just sent…"))
        await house.close()
        reporter.close()
        for number, handler in before.items():
            signal.signal(number, handler)


def _on_signals(running: Session) -> dict[signal.Signals, signal._HANDLER]:
    loop = asyncio.get_running_loop()

    def interrupted(_number: int, _frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(running.interrupt)

    return {number: signal.signal(number, interrupted) for number in (signal.SIGINT, signal.SIGTERM)}
