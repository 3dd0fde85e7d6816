"""What the command line says: JSON lines for programs, a progress bar and words for people."""

from __future__ import annotations

import json
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from seedance_desktop import words
from seedance_desktop.domain.clip import Clip, Stage, Verdict
from seedance_desktop.domain.news import ClipRemoved, ClipSaved, Fetched, Health, News
from seedance_desktop.domain.reason import Reason
from seedance_desktop.words import tr

_SHARES = {Stage.PLANNED: 0, Stage.SENDING: 3, Stage.WAITING: 5, Stage.FETCHING: 80, Stage.READY: 100}
_RENDERING_SHARE = 15


def sentence(reason: Reason | None) -> str:
    """A reason in words; empty for none."""
    return words.say(reason.code, dict(reason.facts)) if reason else ""


def file_of(clip: Clip, library: Path) -> Path:
    """The absolute path of a finished clip's video, in the library or outside."""
    return Path(clip.outside) if clip.outside else library / clip.file


def as_json(clip: Clip, library: Path, *, whole: bool = False) -> dict[str, Any]:
    """A clip as the command line's JSON object; `whole` adds what `list` and `show` add."""
    charged = {Verdict.REFUNDED: "no"}.get(clip.charged, clip.charged.value)
    value: dict[str, Any] = {
        "clip": clip.name,
        "stage": clip.stage.value,
        "task": clip.task or None,
        "file": str(file_of(clip, library)) if clip.stage is Stage.READY else None,
        "reason": sentence(clip.reason) or None,
        "charged": charged,
    }
    if whole:
        value |= {
            "prompt": clip.recipe.prompt,
            "ratio": clip.recipe.ratio,
            "duration": clip.recipe.duration,
            "resolution": clip.recipe.resolution,
            "price": clip.price.minor / 100,
            "made": datetime.fromtimestamp(clip.made / 1000, UTC).isoformat(timespec="seconds"),
            "project": clip.project,
            "shot": clip.shot,
        }
    return value


def line(clip: Clip, library: Path) -> str:
    """A clip in one line of words."""
    stage = words.stage(clip.stage.value, rendering=clip.rendering)
    money = words.charge(clip.charged.value, words.money(clip.price.minor, clip.price.currency))
    if clip.stage is Stage.READY:
        rest = str(file_of(clip, library))
    else:
        rest = sentence(clip.reason) or " ".join(clip.recipe.prompt.split())[:60]
    return f"{clip.name}  {stage} · {money} · {rest}"


def write(text: str) -> None:
    """A line on standard output."""
    if sys.stdout is not None:
        print(text, flush=True)


def complain(text: str) -> None:
    """A line for people on standard error."""
    if sys.stderr is not None:
        print(text, file=sys.stderr, flush=True)


class Reporter:
    """Follows a set of clips and says every change of stage."""

    def __init__(self, library: Path, *, as_lines: bool) -> None:
        """`as_lines` writes JSON lines; a progress bar is drawn where standard error is a terminal."""
        self._library, self._json = library, as_lines
        self._mine: set[int] = set()
        self._said: dict[int, tuple[Stage, bool]] = {}
        self._troubles: tuple[str, ...] = ()
        self._bars: dict[int, TaskID] = {}
        self._progress: Progress | None = None
        console = Console(stderr=True)
        if console.is_terminal and not as_lines:
            columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[word]}"))
            self._progress = Progress(*columns, TimeElapsedColumn(), console=console)
            self._progress.start()

    def follow(self, clip: Clip) -> None:
        """Report this clip from now on, beginning with how it stands."""
        self._mine.add(clip.id)
        self._clip(clip)

    def hear(self, news: News) -> None:
        """The studio's listener."""
        match news:
            case ClipSaved(clip) if clip.id in self._mine:
                self._clip(clip)
            case Fetched(id=clip_id, got=got, total=total) if clip_id in self._mine and total:
                self._fetched(clip_id, got, total)
            case Health() as health:
                self._health(health)
            case ClipSaved() | Fetched() | ClipRemoved():
                return

    def close(self) -> None:
        """Put the terminal back in order."""
        if self._progress:
            self._progress.stop()

    def _complain(self, text: str) -> None:
        if self._progress:  # above the bars, and unbroken: a path can be copied
            self._progress.console.print(text, markup=False, highlight=False, soft_wrap=True)
        else:
            complain(text)

    def _clip(self, clip: Clip) -> None:
        state = (clip.stage, clip.rendering)
        before = self._said.get(clip.id)
        self._said[clip.id] = state
        if self._json:
            if before is None or before[0] is not clip.stage:
                write(json.dumps(as_json(clip, self._library), ensure_ascii=False))
        elif self._progress:
            self._bar(clip)
        if before == state or (self._progress and not clip.stage.settled):
            return
        self._complain(line(clip, self._library))

    def _bar(self, clip: Clip) -> None:
        if self._progress is None:
            return
        if clip.id not in self._bars:
            name = " ".join(clip.recipe.prompt.split())[:40]
            self._bars[clip.id] = self._progress.add_task(f"{clip.name} {name}", total=100, word="")
        share = _RENDERING_SHARE if clip.stage is Stage.WAITING and clip.rendering else _SHARES.get(clip.stage, 100)
        word = words.stage(clip.stage.value, rendering=clip.rendering)
        self._progress.update(self._bars[clip.id], completed=share, word=word)

    def _fetched(self, clip: int, got: int, total: int) -> None:
        if self._progress and clip in self._bars:
            share = _SHARES[Stage.FETCHING]
            done = share + (100 - share) * got // total
            word = tr("Downloading {n} %").format(n=100 * got // total)
            self._progress.update(self._bars[clip], completed=done, word=word)

    def _health(self, health: Health) -> None:
        said = tuple(sentence(trouble.reason) for trouble in health.troubles)
        for text in said:
            if text not in self._troubles:
                self._complain(f"{time.strftime('%H:%M:%S')}  {text}")
        self._troubles = said
