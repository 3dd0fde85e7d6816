"""A release: its tag is its version, and what three systems built comes together unharmed."""

from __future__ import annotations

from pathlib import Path

import pytest

from release import publishing, source
from seedance_desktop import __version__
from steps import Stop


def built(place: Path, system: str, **files: str) -> Path:
    """A system's folder with its files, by name without the ending `.bin`, and their checksums."""
    folder = place / system
    folder.mkdir(parents=True)
    sums = []
    for name, content in {**{f"{name}.bin": text for name, text in files.items()}, "a-1.cdx.json": system}.items():
        (folder / name).write_text(content, encoding="utf-8")
        sums.append(f"{publishing.digest(folder / name)}  {name}\n")
    (folder / "SHA256SUMS").write_text("".join(sums), encoding="utf-8")
    return folder


def test_the_version_is_the_programs_own() -> None:
    assert source.version() == __version__
    publishing.check_tag(f"v{__version__}")
    with pytest.raises(Stop, match=r"v9\.9\.9"):
        publishing.check_tag("v9.9.9")


def test_what_the_systems_built_comes_together_with_one_list(tmp_path: Path) -> None:
    folders = [built(tmp_path, "linux-x64", deb="1"), built(tmp_path, "windows-x64", setup="2", zip="3")]
    assert publishing.main(["collect", *map(str, folders), str(tmp_path / "release")]) == 0
    listed = (tmp_path / "release" / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    there = {file.name for file in (tmp_path / "release").iterdir()}
    assert there == {
        "deb.bin",
        "setup.bin",
        "zip.bin",
        "a-1-linux-x64.cdx.json",
        "a-1-windows-x64.cdx.json",
        "SHA256SUMS",
    }
    assert {line.split("  ")[1] for line in listed} == there - {"SHA256SUMS"}
    for line in listed:
        number, name = line.split("  ")
        assert publishing.digest(tmp_path / "release" / name) == number


def test_a_file_that_changed_on_the_way_ends_it(tmp_path: Path) -> None:
    folder = built(tmp_path, "linux-x64", deb="1")
    (folder / "deb.bin").write_text("2", encoding="utf-8")
    with pytest.raises(Stop, match=r"deb\.bin is not what was built"):
        publishing.main(["collect", str(folder), str(tmp_path / "release")])


@pytest.mark.parametrize("change", ["more", "less", "no list"])
def test_files_and_list_must_agree(tmp_path: Path, change: str) -> None:
    folder = built(tmp_path, "linux-x64", deb="1")
    match change:
        case "more":
            (folder / "virus.exe").write_text("!", encoding="utf-8")
        case "less":
            (folder / "deb.bin").unlink()
        case _:
            (folder / "SHA256SUMS").unlink()
    with pytest.raises(Stop, match="linux-x64"):
        publishing.collect([folder], tmp_path / "release")


def test_no_system_writes_over_anothers_file(tmp_path: Path) -> None:
    folders = [built(tmp_path, "macos-arm64", same="1"), built(tmp_path, "macos-x64", same="2")]
    with pytest.raises(Stop, match=r"same\.bin"):
        publishing.collect(folders, tmp_path / "release")


def test_the_notes_are_this_versions_changes(capsys: pytest.CaptureFixture[str]) -> None:
    assert publishing.main(["notes"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines
    assert all(line.startswith("- ") for line in lines)


def test_anything_else_is_wrong_use() -> None:
    with pytest.raises(Stop, match="tag TAG"):
        publishing.main(["collect"])
