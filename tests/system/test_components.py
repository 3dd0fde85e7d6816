"""What the program says that it is made of: from source by what is installed, in a build by what the build wrote."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from seedance_desktop import __version__
from seedance_desktop.domain.components import Component
from seedance_desktop.system.components import components, licence_text


def test_from_source_it_is_what_the_program_needs_and_no_tool() -> None:
    program, *parts = components()
    assert (program.name, program.version, program.licence) == ("Seedance Desktop", __version__, "GPL-3.0-or-later")
    assert "GNU GENERAL PUBLIC LICENSE" in licence_text(program)
    by_name = {part.name.lower(): part for part in parts}
    assert len(by_name) == len(parts), "each once"
    assert {"httpx", "keyring", "filelock", "pyside6_essentials", "httpcore"} <= by_name.keys()
    assert "socksio" in by_name, "what an extra needs"
    assert not {"pytest", "mypy", "ruff", "hatchling", "babel"} & by_name.keys()
    assert by_name["httpx"].licence == "BSD-3-Clause"
    assert by_name["httpx"].homepage.startswith("https://")
    assert "Redistribution and use" in licence_text(by_name["httpx"])


def test_a_build_says_what_it_wrote(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "licences"
    folder.mkdir()
    (folder / "COPYING").write_text("Our licence", encoding="utf-8")
    (folder / "a.txt").write_text("\ufeffFirst\n", encoding="utf-8")
    (folder / "b.txt").write_bytes(b"Second \xff")
    qt = {"name": "Qt", "version": "6", "licence": "LGPL-3.0-only", "homepage": "https://qt.io"}
    kept = [qt | {"files": ["a.txt", "b.txt", "gone.txt"]}, {"name": "icu", "licence": "Unicode-3.0"}, {}, 7]
    (folder / "components.json").write_text(json.dumps(kept))
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    program, icu, found = components()
    assert (program.name, licence_text(program)) == ("Seedance Desktop", "Our licence")
    assert icu == Component("icu", "", "Unicode-3.0")
    assert licence_text(icu) == ""
    assert (found.name, found.version, found.licence, found.homepage) == ("Qt", "6", "LGPL-3.0-only", "https://qt.io")
    text = licence_text(found)
    assert text.index("a.txt\n\nFirst") < text.index("b.txt\n\nSecond \ufffd")


@pytest.mark.parametrize("wrote", [None, b"[", b"{}"])
def test_a_build_whose_list_is_lost_still_says_its_own_licence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wrote: bytes | None
) -> None:
    (tmp_path / "licences").mkdir()
    if wrote is not None:
        (tmp_path / "licences" / "components.json").write_bytes(wrote)
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert [one.name for one in components()] == ["Seedance Desktop"]
