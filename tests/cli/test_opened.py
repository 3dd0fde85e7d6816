"""The command line tells what a desktop wants opened from commands and options."""

from __future__ import annotations

from pathlib import Path

import pytest

from seedance_desktop.cli.arguments import parse


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    path = tmp_path / "灯塔 one.mp4"
    path.touch()
    return path


def test_files_uris_and_links_are_for_the_window(clip: Path) -> None:
    given = [clip.as_uri(), str(clip), "seedance:clip/0000000a"]
    read = parse(["--demo", "--library", "generate", *given])
    assert read.command == "window"
    assert read.library == "generate"
    assert read.files == (str(clip), str(clip), "seedance:clip/0000000a")


def test_a_prompt_without_its_command_is_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        parse(["A fox in snow, " * 30])
    assert ended.value.code == 2
    assert "usage" in capsys.readouterr().err


def test_what_follows_a_command_is_its_own(clip: Path) -> None:
    read = parse(["import", str(clip), clip.as_uri()])
    assert read.command == "import"
    assert read.files == ()
    assert read.videos == [str(clip), clip.as_uri()]
