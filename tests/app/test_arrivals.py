"""What is opened with the program, all of it, whatever is wrong with one."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

from PySide6.QtWidgets import QApplication

from seedance_desktop import words
from seedance_desktop.app.context import Context
from seedance_desktop.app.desktop.arrivals import Arrivals
from seedance_desktop.bootstrap import Options
from seedance_desktop.domain.preferences import Preferences


async def test_a_link_that_is_none_keeps_no_file_out(qapp: QApplication, tmp_path: Path) -> None:
    photo = tmp_path / "heron.png"
    context = Context(qapp, Options(files=("seedance:clip/none", str(photo))), Preferences())

    async def of_sizes(_sizes: list[int]) -> list[object]:
        return []

    said, added = list[str](), list[list[str]]()
    fake: Any = context
    fake.house = SimpleNamespace(
        studio=SimpleNamespace(parts=SimpleNamespace(library=SimpleNamespace(of_sizes=of_sizes)))
    )
    fake.window = SimpleNamespace(
        toast=said.append,
        places=SimpleNamespace(show_composer=lambda: None),
        outside=SimpleNamespace(dialog=None),
    )
    context.wishes.add_images.connect(added.append)
    Arrivals(context).begin()
    await context.finish_tasks()
    assert added == [[str(photo)]]
    assert said == [words.say("link-unreadable", {"link": "seedance:clip/none"})]
