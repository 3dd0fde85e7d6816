"""Review: the player's range and strip, tags, notes, family; filters, stacks, the trash."""

from __future__ import annotations

from dataclasses import replace

from seedance_desktop.domain.clip import Clip, Stage
from seedance_desktop.domain.family import Descent, Family, Relative
from seedance_desktop.ui.window import MainWindow

from .bench import Bench
from .camera import Camera

NOTES = "The lamp flickers at 2 s; ask for a steady one. Client likes the spray.\nFor the trailer: only to the door."


def takes(bench: Bench) -> list[Clip]:
    """Four takes of one shot, each with another recipe."""
    return [replace(bench.given.clips[n], shot="12B", take=1, made=bench.first.made - n) for n in (0, 1, 4, 6)]


def scene(bench: Bench, camera: Camera, size: tuple[int, int]) -> None:
    """All of them."""
    with bench.window(size) as window:
        bench.fill(window)
        window.clips_in_the_making([])
        window.top.workspace_picked.emit("review")
        _judged(bench, camera, window)
        _family(bench, camera, window)
        _found(bench, camera, window)


def _judged(bench: Bench, camera: Camera, window: MainWindow) -> None:
    clip = replace(bench.first, tags=("hero", "night", "needs sound", "灯塔"), notes=NOTES, mark_in=24, mark_out=96)
    bench.clips[clip.id] = clip
    bench.open(window, clip.id)
    window.stage.onward.set_takes(clip.id, 4)
    bench.seek(window, 60)
    camera.take(window, "review-range")
    window.stage.recipe.notes.setFocus()
    camera.take(window, "review-notes")
    bench.clips[clip.id] = bench.first
    bench.open(window, bench.given.clips[3].id)
    bench.seek(window, 12)
    camera.take(window, "review-portrait")
    window.stage.cannot_play("This clip can’t be shown here: its codec (HEVC Main 10) can’t be decoded.")
    camera.take(window, "review-cannot")


def _family(bench: Bench, camera: Camera, window: MainWindow) -> None:
    clips, ready = bench.given.clips, Stage.READY
    nodes = tuple(Relative(clips[n].id, title, ready, clips[n].poster) for n, title in ((1, "12A"), (0, "12B")))
    nodes += tuple(Relative(clips[n].id, title, ready, clips[n].poster) for n, title in ((4, "12C"), (6, "12D")))
    nodes += (Relative(5, "The keeper opens the door and steps out into the wind", Stage.FAILED), Relative(9))
    ids = [node.id for node in nodes]
    edges = (
        Descent(ids[0], ids[1], 120, exact=True),
        Descent(ids[1], ids[2], 120, exact=True),
        Descent(ids[1], ids[4], 30, exact=False),
        Descent(ids[2], ids[3], 60, exact=True),
        Descent(ids[5], ids[2], 7, exact=False),
    )
    bench.open(window, bench.first.id)
    bench.seek(window, 50)
    window.stage.set_family(Family(bench.first.id, nodes, edges))
    window.stage.onward._show_family()
    camera.take(window, "review-family")
    window.stage.onward._tree.close_back()  # type: ignore[union-attr]


def _found(bench: Bench, camera: Camera, window: MainWindow) -> None:
    shelf, stack = window.shelf, takes(bench)
    bench.show_clips(window, stack[:1] + [bench.given.clips[n] for n in (2, 3, 5, 7, 8, 9)], 10)
    shelf.set_stacks({stack[0].id: 4})
    camera.take(window, "review-stacks")
    shelf.grid.select(stack[0].id)
    shelf.commands.open_stack(stack[0].id)
    bench.show_clips(window, stack)
    camera.take(window, "review-stack-open")
    shelf.commands.close_stack()
    shelf.filters.choose(stars=3, tag="night", ratio="16:9", resolution="720p", project="Lighthouse film")
    bench.show_clips(window, [bench.given.clips[n] for n in (0, 2, 4)])
    camera.take(window, "review-filtered")
    shelf.head.filters.click()
    camera.take(window, "review-filters")
    shelf._panel.close_back()  # type: ignore[union-attr]
    bench.show_clips(window, [])
    camera.take(window, "review-no-match")
    shelf.filters.clear()
    shelf.toggle_trash()
    bench.show_clips(window, [replace(bench.given.clips[6], trashed=1)])
    camera.take(window, "review-trash")
    shelf.toggle_trash()
    bench.show_clips(window, bench.given.clips)
    shelf.grid.selectAll()
    camera.take(window, "review-all-chosen")
