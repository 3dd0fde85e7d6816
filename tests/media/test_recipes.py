"""A recipe goes into its MP4 and comes back; pictures, sound and times stay exactly as they were."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import av
import pytest

from seedance_desktop.domain.errors import BadClip, DiskProblem
from seedance_desktop.domain.recipe import Recipe, Reference, Use
from seedance_desktop.media import clips as room
from seedance_desktop.media import frames, recipes
from tests.media import making
from tests.media.conftest import KINDS, Clips
from tests.media.test_clips import trimmed

FOX = Reference("fox.png", "ab", ".png", "", 400, 300)
RECIPE = Recipe("A fox — 雨夜, “neon” \\ \n\0 end", (FOX,), Use.REFERENCES)


def tags(path: Path) -> dict[str, str]:
    with av.open(str(path)) as container:
        return dict(container.metadata)


@pytest.mark.parametrize("kind", KINDS)
def test_it_comes_back_and_the_clip_is_the_same(kind: str, clips: Clips, folder: Path) -> None:
    target = folder / "clip.mp4"
    recipes.write(clips[kind], target, RECIPE.to_dict(), "Shot 1 · take 2")
    read = recipes.read(target)
    assert read is not None
    assert Recipe.from_dict(read) == RECIPE
    before, after = room.probe(clips[kind]), room.probe(target)
    assert (after.width, after.height, after.frames, after.audio) == (
        before.width, before.height, before.frames, before.audio,
    )  # fmt: skip
    assert room.timeline(target).times == room.timeline(clips[kind]).times
    assert list(frames.frames(target, 3, 6)) == list(frames.frames(clips[kind], 3, 6))
    assert list(folder.glob(".*")) == []


def test_other_programs_see_it(clips: Clips, folder: Path) -> None:
    target = folder / "clip.mp4"
    recipes.write(clips["hevc"], target, RECIPE.to_dict(), "Shot 1")
    found = tags(target)
    assert found["title"] == "Shot 1"
    assert found["description"] == RECIPE.prompt.replace("\0", "")
    assert found["encoder"] == "Seedance Desktop"
    assert json.loads(found["comment"])["seedance"] == 1
    data = target.read_bytes()
    assert data.index(b"moov") < data.index(b"mdat"), "plays while it loads"
    assert b"hvc1" in data, "QuickTime plays hvc1 and not hev1"


def test_written_twice_the_last_one_counts(clips: Clips, folder: Path) -> None:
    target = folder / "clip.mp4"
    recipes.write(clips["plain"], target, {"prompt": "one"}, "1")
    recipes.write(target, target, {"prompt": "two"}, "2")
    assert recipes.read(target) == {"prompt": "two"}
    assert tags(target)["title"] == "2"


def test_an_edit_list_survives(clips: Clips, folder: Path) -> None:
    path = trimmed(clips["plain"], folder / "trimmed.mp4", 5000)
    recipes.write(path, folder / "clip.mp4", {"prompt": ""}, "")
    assert [making.number_of(frame) for frame in frames.frames(folder / "clip.mp4", 0, 2)] == [5, 6, 7]


def test_any_text_can_be_written(clips: Clips, folder: Path) -> None:
    recipe = {"prompt": "lone \ud800 and \U0001f98a", "long": "x" * 20_000}
    recipes.write(clips["plain"], folder / "clip.mp4", recipe, "\udcff\0t")
    assert recipes.read(folder / "clip.mp4") == recipe


def test_a_copy_that_differs_is_thrown_away(clips: Clips, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, target = recipes._remux, folder / "clip.mp4"
    target.write_bytes(b"before")

    def loses(source: Path, made: Path, text: dict[str, str]) -> None:
        real(clips["intra"], made, text)

    monkeypatch.setattr(recipes, "_remux", loses)
    with pytest.raises(BadClip, match="recipe-not-written"):
        recipes.write(clips["plain"], target, {}, "")
    assert target.read_bytes() == b"before"
    assert list(folder.iterdir()) == [target]


def test_what_an_mp4_cannot_hold(folder: Path, clips: Clips) -> None:
    webm = folder / "clip.webm"
    making.clip(webm, codec="libvpx", frames=4, between=0)
    assert room.probe(webm).frames == 4
    with pytest.raises(BadClip, match="recipe-not-written"):
        recipes.write(webm, folder / "clip.mp4", {}, "")
    (folder / "bad.mp4").write_bytes(b"bad")
    with pytest.raises(BadClip, match="video-unreadable"):
        recipes.write(folder / "bad.mp4", folder / "clip.mp4", {}, "")
    assert sorted(path.name for path in folder.iterdir()) == ["bad.mp4", "clip.webm"]


def test_a_disk_that_cannot_be_written(clips: Clips, folder: Path) -> None:
    with pytest.raises(DiskProblem, match="disk-gone"):
        recipes.write(clips["plain"], folder / "gone" / "clip.mp4", {}, "")


@pytest.mark.skipif(sys.platform != "linux", reason="a limit on file sizes stands in for a full disk")
def test_a_disk_that_fills_up(clips: Clips, folder: Path) -> None:
    import resource
    import signal

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    try:
        with pytest.raises(DiskProblem):
            recipes.write(clips["plain"], folder / "clip.mp4", {}, "")
        with pytest.raises(DiskProblem):
            room.poster(clips["plain"], folder / "poster.jpg", 320)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    "comment",
    [
        "",
        "made by hand",
        "{",
        "[" * 50_000,
        '{"a":' * 50_000,
        '{"seedance": 1}',
        '{"recipe": {"prompt": "x"}}',
        '{"seedance": 1, "recipe": []}',
        '{"seedance": 1, "recipe": "x"}',
        '{"seedance": 1, "recipe": {"x": "' + "y" * 1_000_001 + '"}}',
    ],
)
def test_comments_that_hold_no_recipe(comment: str, clips: Clips, folder: Path) -> None:
    path = folder / "clip.mp4"
    with av.open(str(clips["intra"])) as old, av.open(str(path), "w") as new:
        new.metadata["comment"] = comment
        stream = new.add_stream_from_template(old.streams.video[0])
        for packet in old.demux(video=0):
            if packet.size:
                packet.stream = stream
                new.mux(packet)
    assert recipes.read(path) is None
