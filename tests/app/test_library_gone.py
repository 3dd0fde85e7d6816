"""A library whose drive is not connected is waited for, never made anew."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from seedance_desktop.bootstrap import Options, open_house
from seedance_desktop.domain.errors import LibraryProblem
from seedance_desktop.system import folders


async def test_a_chosen_folder_that_is_gone_is_not_made_anew(tmp_path: Path) -> None:
    drive = tmp_path / "drive"
    chosen = drive / "Seedance"
    house = await open_house(Options(library=str(chosen)), "command")
    await house.close()
    preferences = folders.places().preferences
    preferences.parent.mkdir(parents=True, exist_ok=True)
    preferences.write_text(json.dumps({"library": str(chosen)}), encoding="utf-8")
    drive.rename(tmp_path / "unplugged")
    await _refused()
    assert not chosen.exists()
    chosen.mkdir(parents=True)  # what some systems leave in a drive's place
    await _refused()
    assert not list(chosen.iterdir())
    chosen.rmdir()
    drive.rmdir()
    (tmp_path / "unplugged").rename(drive)
    house = await open_house(Options(), "command")
    assert house.folder == chosen
    await house.close()


async def _refused() -> None:
    with pytest.raises(LibraryProblem) as refused:
        await open_house(Options(), "command")
    assert refused.value.reason.code == "library-gone"
