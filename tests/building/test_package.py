"""`dev.py package`: its parts in their order, what it leaves in dist/, and the checksums of that."""

from __future__ import annotations

import importlib
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

import dev
import package
import seedance_desktop
from bundle import making
from licences import bill, listing
from proof import built, prove
from steps import Stop


@pytest.fixture
def parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every part of the work, replaced by a note that it was done, and a folder for its results."""
    done: list[str] = []
    made = tmp_path / "build" / "bundle" / "seedance-desktop"

    def freeze(moment: int) -> Path:
        done.append("program")
        assert moment > 1_700_000_000
        made.mkdir(parents=True)
        return made

    def write(folder: Path, version: str, target: Path) -> Path:
        done.append("bill")
        file = target / f"seedance-desktop-{version}.cdx.json"
        file.write_text("{}")
        return file

    monkeypatch.setattr(making, "BUILD", tmp_path / "build")
    monkeypatch.setattr(making, "DIST", tmp_path / "dist")
    monkeypatch.setattr(making, "environment", lambda: done.append("environment"))
    monkeypatch.setattr(making, "freeze", freeze)
    monkeypatch.setattr(making, "check_links", lambda _folder: done.append("links"))
    monkeypatch.setattr(listing, "write", lambda _folder: done.append("licences"))
    monkeypatch.setattr(bill, "write", write)
    monkeypatch.setitem(sys.modules, "stand_in_maker", maker(done))
    monkeypatch.setattr(package, "MAKERS", dict.fromkeys(package.MAKERS, "stand_in_maker"))
    monkeypatch.setattr(prove, "main", lambda args: note(done, f"proof of {'/'.join(Path(args[0]).parts[-2:])}"))
    monkeypatch.setattr(built, "prove", lambda folder: note(done, f"proof of {'/'.join(folder.parts[-2:])}"))
    return done


def maker(done: list[str]) -> ModuleType:
    def make(folder: Path, version: str, target: Path) -> list[Path]:
        done.append(f"packages of {folder.name} {version}")
        file = target / f"seedance-desktop_{version}_all.deb"
        file.write_text("a package")
        return [file]

    module = ModuleType("stand_in_maker")
    module.make = make  # type: ignore[attr-defined]
    return module


def note(done: list[str], what: str) -> int:
    done.append(what)
    return 3


def test_everything_in_its_order_and_the_proof_decides(parts: list[str], tmp_path: Path) -> None:
    version = seedance_desktop.__version__
    assert package.main([]) == 3
    packages = f"packages of seedance-desktop {version}"
    assert parts == ["environment", "program", "links", "licences", packages, "bill", "proof of dist/seedance-desktop"]
    names = {path.name for path in (tmp_path / "dist").iterdir()}
    deb, listed = f"seedance-desktop_{version}_all.deb", f"seedance-desktop-{version}.cdx.json"
    assert names == {"seedance-desktop", deb, listed, "SHA256SUMS"}


def test_what_an_earlier_build_left_goes(parts: list[str], tmp_path: Path) -> None:
    (tmp_path / "dist").mkdir()
    for name in ("seedance-desktop_0.0.9_all.deb", "notes.txt"):
        (tmp_path / "dist" / name).touch()
    package.main(["--no-installers", "--no-proof"])
    listed = f"seedance-desktop-{seedance_desktop.__version__}.cdx.json"
    names = {path.name for path in (tmp_path / "dist").iterdir()}
    assert names == {"seedance-desktop", listed, "notes.txt", "SHA256SUMS"}


def test_a_check_proves_what_it_builds_and_leaves_dist_alone(parts: list[str], tmp_path: Path) -> None:
    assert package.main(["--check"]) == 3
    assert parts == ["environment", "program", "links", "licences", "proof of bundle/seedance-desktop"]
    assert not (tmp_path / "dist").exists()


def test_packages_and_proof_can_be_left_out(parts: list[str]) -> None:
    assert package.main(["--no-installers", "--no-proof"]) == 0
    assert parts == ["environment", "program", "links", "licences", "bill"]


def test_nothing_is_published_that_is_not_in_order(
    parts: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_folder: Path) -> None:
        raise Stop("a link leads nowhere")

    monkeypatch.setattr(making, "check_links", broken)
    with pytest.raises(Stop):
        package.main([])
    assert not (tmp_path / "dist").exists()


def test_a_package_that_is_too_big_is_not_published(
    parts: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "COMPRESSED", 0)
    with pytest.raises(Stop, match="Too big to download"):
        package.main([])
    assert {path.name for path in (tmp_path / "dist").iterdir()} == {"seedance-desktop"}


@pytest.mark.skipif(sys.platform == "win32", reason="sha256sum")
def test_checksums_are_as_the_usual_tool_reads_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "DIST", tmp_path)
    files = [tmp_path / "b.deb", tmp_path / "a.tar.xz"]
    for file in files:
        file.write_text(file.name)
    package.sums(files)
    tool = ["sha256sum", "--check", "--strict"] if sys.platform != "darwin" else ["shasum", "-a", "256", "--check"]
    done = subprocess.run([*tool, package.SUMS], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["a.tar.xz: OK", "b.deb: OK"]


def test_the_task_says_what_it_can_leave_out(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        dev.TASKS["package"](["--help"])
    assert end.value.code == 0
    assert "--no-installers" in capsys.readouterr().out


def test_each_system_has_a_maker() -> None:
    for system in ("linux", "win32", "darwin"):
        assert callable(importlib.import_module(package.maker_for(system)).make)
