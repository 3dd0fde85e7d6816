"""The timeline for the editor, read again with the library that editors' programs read it with."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import opentimelineio as otio
import pytest

from seedance_desktop.domain.clip import Clip
from seedance_desktop.domain.errors import BadClip, DiskProblem, Refused
from seedance_desktop.domain.listing import Handed
from seedance_desktop.domain.money import Money
from seedance_desktop.domain.recipe import Recipe
from seedance_desktop.media import timelines
from tests.media import making
from tests.media.conftest import Clips


def handed(clips: Clips, folder: Path) -> list[Handed]:
    shutil.copy(clips["audio"], folder / "one.mp4")
    shutil.copy(clips["long"], folder / "雨夜 two.mp4")
    prompts = ("a fox", "lone \ud800 surrogate", "a third \U0001f98a")
    one, two, three = (Clip(number, Recipe(text), 0, "", Money(0)) for number, text in enumerate(prompts, 1))
    return [Handed(one, "one.mp4", 12, 35), Handed(two, "雨夜 two.mp4", 0, 120), Handed(three, "one.mp4", 0, 0)]


def test_every_cut_is_at_its_frame(clips: Clips, folder: Path) -> None:
    given = handed(clips, folder)
    timelines.write(folder / "cut.otio", "My cut", given, folder)
    timeline = otio.adapters.read_from_file(str(folder / "cut.otio"))
    assert timeline.name == "My cut"
    assert timeline.global_start_time == otio.opentime.RationalTime(0, 24)
    [video] = timeline.video_tracks()
    assert [clip.name for clip in video] == [one.file for one in given]
    for clip, one, count in zip(video, given, (48, 121, 48), strict=True):
        assert (clip.source_range.start_time.value, clip.source_range.duration.value) == (
            one.first, one.last - one.first + 1,
        )  # fmt: skip
        assert clip.source_range.start_time.rate == 24
        assert clip.media_reference.available_range.duration == otio.opentime.RationalTime(count, 24)
        assert clip.media_reference.target_url == one.file, "a plain name beside it, as DaVinci Resolve reads it"
        assert (folder / clip.media_reference.target_url).is_file()
        assert not clip.markers
    starts = [clip.range_in_parent().start_time.value for clip in video]
    assert starts == [0, 24, 145]
    assert video.duration() == otio.opentime.RationalTime(146, 24)


def test_sound_lies_below_its_picture(clips: Clips, folder: Path) -> None:
    timelines.write(folder / "cut.otio", "", handed(clips, folder), folder)
    timeline = otio.adapters.read_from_file(str(folder / "cut.otio"))
    [video], [audio] = timeline.video_tracks(), timeline.audio_tracks()
    kinds = [type(item).__name__ for item in audio]
    assert kinds == ["Clip", "Gap", "Clip"]
    assert [item.range_in_parent() for item in audio] == [item.range_in_parent() for item in video]


def test_recipes_go_along_or_stay(clips: Clips, folder: Path) -> None:
    given = handed(clips, folder)
    timelines.write(folder / "cut.otio", "", given, folder)
    found = otio.adapters.read_from_file(str(folder / "cut.otio")).video_tracks()[0]
    texts = [dict(clip.metadata["seedance"]["recipe"])["prompt"] for clip in found]
    assert texts == ["a fox", "lone ? surrogate", "a third \U0001f98a"]
    assert [clip.metadata["seedance"]["clip"] for clip in found] == [one.clip.name for one in given]
    timelines.write(folder / "cut.otio", "", given, folder, recipes=False)
    assert "fox" not in (folder / "cut.otio").read_text(encoding="utf-8")
    assert json.loads((folder / "cut.otio").read_text(encoding="utf-8"))["OTIO_SCHEMA"].startswith("Timeline.")


def test_a_rate_that_is_no_whole_number(folder: Path) -> None:
    times = [number * 1001 for number in range(24)]  # 24000/1001 frames a second
    making.clip(folder / "film.mp4", frames=24, times=times)
    given = [Handed(Clip(1, Recipe("x"), 0, "", Money(0)), "film.mp4", 2, 5)]
    timelines.write(folder / "cut.otio", "", given, folder)
    [clip] = otio.adapters.read_from_file(str(folder / "cut.otio")).video_tracks()[0]
    assert clip.source_range.duration.rate == pytest.approx(24_000 / 1001)
    assert clip.source_range.duration.value == 4


def test_what_cannot_be_written(clips: Clips, folder: Path) -> None:
    given = handed(clips, folder)
    (folder / "one.mp4").write_bytes(b"bad")
    with pytest.raises(BadClip):
        timelines.write(folder / "cut.otio", "", given, folder)
    shutil.copy(clips["audio"], folder / "one.mp4")
    with pytest.raises(DiskProblem, match="disk-gone"):
        timelines.write(folder / "gone" / "cut.otio", "", given, folder)
    assert sorted(path.suffix for path in folder.iterdir()) == [".mp4", ".mp4"]


def test_a_machine_without_the_library_says_so(clips: Clips, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = handed(clips, folder)
    monkeypatch.delitem(sys.modules, "seedance_desktop.media.otio", raising=False)
    monkeypatch.delattr("seedance_desktop.media.otio", raising=False)
    monkeypatch.setitem(sys.modules, "opentimelineio", None)
    with pytest.raises(Refused, match="timeline-not-here"):
        timelines.write(folder / "cut.otio", "", given, folder)
    assert not (folder / "cut.otio").exists()
