"""The zip is whole or not there, names nothing that wasn't agreed to, and no key ever."""

from __future__ import annotations

import errno
import json
import os
import zipfile
from pathlib import Path

import pytest

from seedance_desktop.domain.errors import DiskProblem
from seedance_desktop.domain.preferences import Preferences
from seedance_desktop.system import diagnostics, log, private

KEY = "sk-hub-Ab3_-xyz0123"
PROMPT = "a heron of brass over Lake Quillow"
NEW = "2026-11-22 12:00:00,000 ERROR 7 seedance_desktop.app: broke"
OLD = "2026-11-21 12:00:00,000 ERROR seedance_desktop.app: broke"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """An empty folder."""
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


def going_on(_done: int) -> bool:
    return True


def inside(file: Path) -> dict[str, str]:
    with zipfile.ZipFile(file) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name).decode("utf-8") for name in archive.namelist()}


def test_members_in_their_order_and_keys_in_none(out: Path) -> None:
    private.hide("An-Odd/Key+0123==")
    heard: list[int] = []

    def hear(done: int) -> bool:
        heard.append(done)
        return True

    def broken() -> str:
        raise ValueError(PROMPT)

    members = [("readme.txt", lambda: "hello"), ("a.json", lambda: f"{KEY} An-Odd/Key+0123=="), ("b.json", broken)]
    diagnostics.save(out / "d.zip", members, hear)
    assert heard == [0, 1, 2, 3]
    assert inside(out / "d.zip") == {
        "readme.txt": "hello",
        "a.json": "sk-… …",
        "b.json": "This could not be read: ValueError\n",
    }
    assert list(out.iterdir()) == [out / "d.zip"]


def test_a_name_that_is_no_text_spoils_nothing(out: Path) -> None:
    diagnostics.save(out / "d.zip", [("a.json", lambda: os.fsdecode(b"/media/\xff films"))], going_on)
    assert inside(out / "d.zip") == {"a.json": "/media/? films"}


@pytest.mark.parametrize("at", [0, 1, 2])
def test_stopped_it_leaves_nothing_and_keeps_what_was_there(out: Path, at: int) -> None:
    target = out / "d.zip"
    target.write_bytes(b"of yesterday")
    with pytest.raises(diagnostics.Stopped):
        diagnostics.save(target, [("a", lambda: "1"), ("b", lambda: "2")], lambda done: done != at)
    assert list(out.iterdir()) == [target]
    assert target.read_bytes() == b"of yesterday"


def test_a_full_disk_is_a_problem_and_leaves_nothing(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(zipfile.ZipFile, "writestr", full)
    with pytest.raises(DiskProblem) as caught:
        diagnostics.save(out / "d.zip", [("a", lambda: "1")], going_on)
    assert caught.value.reason.code == "disk-full"
    assert list(out.iterdir()) == []


def test_a_folder_that_is_not_there_is_a_problem(out: Path) -> None:
    with pytest.raises(DiskProblem) as caught:
        diagnostics.save(out / "nowhere" / "d.zip", [("a", lambda: "1")], going_on)
    assert caught.value.reason.code == "disk-gone"


def test_logs_of_every_age_and_reports_go_in(tmp_path: Path) -> None:
    (tmp_path / log.FILE).write_text(f"{NEW}\nTraceback\n", encoding="utf-8")
    (tmp_path / f"{log.FILE}.1").write_text(f"{OLD}\nValueError: '{PROMPT}'\n", encoding="utf-8")
    (tmp_path / "crashes").mkdir()
    (tmp_path / "crashes" / "crash-1.new.txt").write_text("it crashed", encoding="utf-8")
    diagnostics.save(tmp_path / "d.zip", list(diagnostics.logs(tmp_path)), going_on)
    assert inside(tmp_path / "d.zip") == {
        "log/seedance.log": f"{NEW}\nTraceback\n",
        "log/seedance.log.1": f"{OLD}\nValueError: “…”\n",
        "crashes/crash-1.txt": "it crashed",
    }


def test_what_an_older_version_logged_keeps_its_shape_only() -> None:
    old = f"""{OLD} at /home/ada/{PROMPT}
Traceback (most recent call last):
  File "/home/ada/seedance_desktop/app/x.py", line 3, in run
    raise KeyError("{PROMPT}")
KeyError: '{PROMPT}'
"""
    clean = diagnostics.cleaned(old + f"{NEW}\nKeyError: 'kept in code'\n")
    assert "Quillow" not in clean
    assert "ada" not in clean
    assert '  File "seedance_desktop/app/x.py", line 3, in run' in clean
    assert clean.endswith(f"{NEW}\nKeyError: 'kept in code'\n")


def test_preferences_without_places_projects_and_pages() -> None:
    kept = Preferences(
        gateway="https://ada:secret@gateway.example/studio/ada",
        insecure_gateways=("http://10.0.0.7:8080/ada",),
        library=f"/home/ada/{PROMPT}",
        file_names=f"{PROMPT} {{shot}}",
        project_budgets={PROMPT: 500},
        proxy_address="http://ada:secret@proxy.example:3128",
    )
    told = json.dumps(diagnostics.preferences(kept))
    for hidden in ("ada", "secret", "Quillow", "proxy.example"):
        assert hidden not in told
    assert "https://gateway.example" in told
    assert "1 projects" in told
