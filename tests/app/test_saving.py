"""What the creator saves to a place of their own is there whole, or what was there before is."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from seedance_desktop.app.context import Context
from seedance_desktop.app.ledger import LedgerData
from seedance_desktop.app.saving import save_file
from seedance_desktop.bootstrap import Options
from seedance_desktop.domain.errors import DiskProblem
from seedance_desktop.domain.preferences import Preferences


def test_what_cannot_be_written_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "out" / "report.txt"
    file.parent.mkdir()
    save_file(file, b"of yesterday")

    def fails(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fails)
    with pytest.raises(DiskProblem) as failed:
        save_file(file, b"of today")
    assert failed.value.reason.code == "disk-full"
    assert [(one, one.read_bytes()) for one in file.parent.iterdir()] == [(file, b"of yesterday")]


async def test_the_ledger_is_a_file_that_spreadsheets_read(qapp: QApplication, tmp_path: Path) -> None:
    context: Any = Context(qapp, Options(), Preferences())
    said = list[str]()
    context.window = SimpleNamespace(toast=said.append)
    LedgerData(context).export(str(tmp_path / "money.csv"), [])
    await context.finish_tasks()
    written = (tmp_path / "money.csv").read_bytes()
    assert written.startswith(b"\xef\xbb\xbf")
    assert b"verdict,task" in written
    assert said == ["The ledger is written to money.csv."]
