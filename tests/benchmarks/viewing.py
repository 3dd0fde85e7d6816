"""Pictures of clips: stepping frame by frame through the real stage, and posters."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Iterator
from dataclasses import replace

from seedance_desktop.domain.clip import Footage, Stage
from seedance_desktop.media import clips
from tests.media import making

from . import every_frame, libraries, together
from .figures import TIMES, Figure, interleaved, percentile, ratio, value
from .ground import Ground

_STEPS = 1000
_MOVES = 250  # random ones, of one child
_FRAMES = 241
_FULL_HD = (1920, 1080)
_HD = (1280, 720)


def measure(ground: Ground) -> Iterator[Figure]:
    yield from _steps(ground)
    yield from _every_frame(ground)
    yield from _together(ground)
    yield from _posters(ground)


def _steps(ground: Ground) -> Iterator[Figure]:
    library = ground.fresh("stepping library")
    clip = libraries.waiting(1, "https://gateway.example", "task_1")
    shelved = replace(
        clip,
        stage=Stage.READY,
        file="clips/long.mp4",
        footage=Footage(*_HD, _FRAMES, 24.0, _FRAMES / 24, 1, "h264"),
    )
    libraries.with_clips(library, [shelved])
    making.clip(library / "clips" / "long.mp4", frames=_FRAMES, size=_HD, gop=120)  # a key frame in 5 s
    seen = ground.child("driver", "step", str(library), str(_STEPS))
    took = [1000 * float(one) for one in seen["took"]]
    note = f"p99 {percentile(took, 0.99):.0f} ms" + ("" if shutil.which("mpv") else "; mpv is not installed")
    yield value("step to the next or previous frame, 720p, key frames 5 s apart", 40, "ms", took, note=note)
    wrong = _STEPS - int(seen["right"])
    yield Figure(f"wrong frames of {_STEPS} steps", float(wrong), "", 0, str(wrong))


def _every_frame(ground: Ground) -> Iterator[Figure]:
    for kind in every_frame.KINDS:
        library = ground.fresh(f"every frame {kind}")
        every_frame.library(library, kind)
        took: list[float] = []
        wrong, looks, first = 0, 0, ""
        for seed in range(_STEPS // _MOVES):  # a child has only so much time
            seen = ground.child("driver", "every", str(library), str(_MOVES), str(seed))
            took += [1000 * float(one) for one in seen["took"]]
            wrong, looks, first = (
                wrong + int(seen["wrong"]),
                looks + int(seen["moments"]),
                first or ", ".join(seen["first"]),
            )
        note = f"{looks} looks at the screen; median {percentile(took, 0.5):.0f} ms; {first}"
        yield Figure(
            f"wrong pictures or timecodes in {len(took)} random moves, {kind}", wrong, "", 0, str(wrong), note=note
        )


def _together(ground: Ground) -> Iterator[Figure]:
    library = ground.fresh("together")
    together.library(library)
    seen = ground.child("driver", "together", str(library))
    for how, frames in dict(seen["apart"]).items():
        note = f"read from the screen, {seen['met'][how]} pictures"
        yield Figure(f"two takes in compare, {how}: frames apart", float(frames), "", 1, str(frames), note=note)


def _posters(ground: Ground) -> Iterator[Figure]:
    folder = ground.fresh("posters")
    source = making.clip(folder / "clip.mp4", frames=48, size=_FULL_HD, gop=24)
    target = folder / "poster.jpg"
    program = shutil.which("ffmpeg")

    def ours() -> float:
        began = time.perf_counter()
        clips.poster(source, target)
        return time.perf_counter() - began

    def ffmpeg() -> float:
        began = time.perf_counter()
        picture = ["-frames:v", "1", "-vf", "scale=640:-1", str(folder / "theirs.jpg")]
        command = [str(program), "-y", "-loglevel", "error", "-i", str(source), *picture]
        subprocess.run(command, check=True, timeout=60)
        return time.perf_counter() - began

    if program is None:
        yield ratio("poster of a 1080p clip", 0.5, interleaved(TIMES, ours)[0], [], note="ffmpeg is not installed")
    else:
        yield ratio("poster of a 1080p clip", 0.5, *interleaved(TIMES, ours, ffmpeg))
