"""Review where things go wrong: files that went behind our back, hasty fingers, the power cord, old libraries."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from seedance_desktop.domain.clip import Clip
from seedance_desktop.library.migrations import STEPS

from . import takes
from .test_review import to_the_cards
from .windows import Open, close, with_a_reader

pytestmark = with_a_reader

MANY = 300


def many(count: int) -> list[Clip]:
    """So many clips over one file."""
    return [replace(takes.one(number, f"Number {number}"), file="clips/one.mp4") for number in range(1, count + 1)]


def test_files_that_are_gone_or_damaged_are_said_everywhere(real: Open, library: Path, tmp_path: Path) -> None:
    takes.shelve(library, takes.week())
    clips, target = library / "clips", tmp_path / "out"
    target.mkdir()
    window = real()
    window.until(lambda: len(window.items("Library")) == 3)
    for number in (5, 2):
        (clips / f"take-{number}.mp4").unlink()
    damaged = clips / "take-4.mp4"
    damaged.write_bytes(damaged.read_bytes()[:3000] + bytes(4000))

    to_the_cards(window)
    window.keys("key", "Home")
    gone = "The file of this clip is not in the library folder any more: "
    window.find(f"{gone}take-5.mp4.", "label")
    assert not window.has("Open in the system's player")
    assert "enabled" not in window.find("Continue from last frame", "push button").states
    window.keys("key", "Right")
    window.find("take-4.mp4 is not a video that can be played.", "label")
    window.keys("key", "Right", "c")
    window.find(f"{gone}take-2.mp4.", "label")
    assert window.has("Player", "image"), "there is nothing to compare with"

    window.keys("key", "ctrl+a", "ctrl+e")
    window.find("Folder to hand over to", "text").write(str(target))
    window.find("Hand over 3 clips", "push button").press()
    window.find("1 clip handed over · 2 passed over", "label")
    assert len(list(target.iterdir())) == 1
    close(window)


def test_hasty_fingers_end_at_the_right_clip_and_a_kill_loses_nothing_that_was_said(real: Open, library: Path) -> None:
    takes.shelve(library, many(MANY))
    window = real()
    window.until(lambda: window.items("Library"))
    to_the_cards(window)
    window.keys("key", "Home")
    window.keys("key", "--delay", "3", "--repeat", str(MANY + 20), "Right")
    window.find("Number 1", "label")
    window.keys("key", "--delay", "3", "--repeat", str(MANY + 20), "Left")
    window.find(f"Number {MANY}", "label")
    window.find("Timecode 00:00:00:00 · frame 0", "label")

    window.keys("key", "--delay", "3", "--repeat", "20", "shift+p")
    window.keys("key", "ctrl+a", "4")
    window.until(lambda: "4 stars" in window.items("Library")[0])
    said = window.items("Library")
    window.kill()
    kept = {prompt: (stars, flag) for prompt, stars, flag in read(library, "SELECT prompt, stars, flag FROM clips")}
    assert len(kept) == len(said) == MANY
    starred = {one.split(",")[0] for one in said if "4 stars" in one}
    picked = {one.split(",")[0] for one in said if one.endswith(", pick")}
    assert picked == {f"Number {MANY - number}" for number in range(20)}
    assert all(kept[prompt][0] == 4 for prompt in starred)
    assert {prompt for prompt, (_, flag) in kept.items() if flag == "pick"} == picked
    again = real()
    again.until(lambda: len(again.items("Library")) == MANY)
    close(again)


def test_theme_and_language_change_while_two_takes_play(real: Open, library: Path) -> None:
    takes.shelve(library, takes.week())
    window = real()
    window.until(lambda: len(window.items("Library")) == 3)
    to_the_cards(window)
    window.keys("key", "End", "c")
    window.find("Player B", "image")
    window.keys("key", "space", "ctrl+comma")
    settings = window.find("Settings", "dialog")
    settings.find("Appearance", "radio button").press()
    settings.find("Light", "radio button").press()
    settings.find("简体中文", "radio button").press()
    window.find("对比视图", "check box")
    window.find("播放器 B", "image")  # the comparison is there again
    close(window)


@pytest.mark.parametrize("old", [1, 2])
def test_a_library_of_an_older_version_is_opened_for_review(real: Open, library: Path, old: int) -> None:
    takes.shelve(library, takes.week())
    with closing(sqlite3.connect(":memory:")) as former:
        former.executescript("".join(STEPS[:old]))
        tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND name IN ('clips', 'submits')"
        columns = {
            table: [row[1] for row in former.execute(f"PRAGMA table_info({table})")]
            for (table,) in former.execute(tables).fetchall()
        }
        for table, names in columns.items():
            rows = read(library, f"SELECT {', '.join(names)} FROM {table}")
            former.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(names))})", rows)
        former.execute(f"PRAGMA user_version = {old}")
        former.commit()
        for file in library.glob("library.sqlite*"):
            file.unlink()
        with closing(sqlite3.connect(library / "library.sqlite")) as target:
            former.backup(target)

    window = real()
    window.until(lambda: len(window.items("Library")) == 3)
    assert window.items("Library")[2].endswith("3 takes")
    window.find("Search library", "text").write("tag:night stars:4")
    window.until(lambda: len(window.items("Library")) == 1)
    to_the_cards(window)
    window.keys("key", "Home")
    window.find("Timecode 00:00:00:00 · frame 0", "label")
    window.until(lambda: "enabled" in window.find("Set in", "push button").states)
    window.keys("key", "i", "x")
    window.until(lambda: window.items("Library")[0].endswith("4 stars, reject"))
    close(window)
    assert read(library, "SELECT mark_in, flag FROM clips WHERE id = 4") == [(0, "reject")]
    assert list((library / "backups").glob("*")), "as it was before"


def read(library: Path, sql: str) -> list[tuple[Any, ...]]:
    """What the library's database holds."""
    with closing(sqlite3.connect(library / "library.sqlite")) as database:
        return database.execute(sql).fetchall()
