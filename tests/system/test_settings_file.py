"""The preferences file: whole at any moment, whoever else writes it."""

from __future__ import annotations

import json
import os
import threading
from pathlib import Path

import pytest

from seedance_desktop.system import preferences


def test_two_changes_at_once_are_both_kept_in_turn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second is written while the first is about to get its name: neither takes the other's file away."""
    path = tmp_path / "config" / "preferences.json"
    sync = os.fsync
    others: list[threading.Thread] = []

    def another_meanwhile(number: int) -> None:
        sync(number)
        if not others:
            others.append(threading.Thread(target=preferences.save_json, args=(path, {"theme": "dark"})))
            others[0].start()
            others[0].join()

    monkeypatch.setattr(os, "fsync", another_meanwhile)
    preferences.save_json(path, {"theme": "light"})
    assert json.loads(path.read_text("utf-8")) == {"theme": "light"}
    assert list(path.parent.iterdir()) == [path]
