"""The proof of what was built: it believes nothing that isn't shown, and leaves nothing behind."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import ssl
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest

import system_libraries
from proof import authority, bare_tree, built, island, proofs, prove, traces
from proof.bare_tree import Tree
from proof.proofs import Place, Proofs, Unproved
from steps import Stop

PASSED = [
    {"check": "window", "passed": True, "said": "1280 x 700 on xcb", "seconds": 0.1},
    {"check": "keyring", "passed": True, "said": "SecretService.Keyring: written, read and removed", "seconds": 0.1},
    {"result": "PASS", "failed": [], "seconds": 0.2},
]
FAILED = [
    {"check": "tls", "passed": False, "said": "Fault: tls-untrusted", "seconds": 0.1},
    {"result": "FAILED", "failed": ["tls"], "seconds": 0.1},
]
linux_only = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the self-test alone is run")


def program(folder: Path, said: list[dict[str, object]], code: int) -> Path:
    """A program whose self-test says this."""
    lines = "\n".join(json.dumps(line) for line in said)
    folder.mkdir(exist_ok=True)
    made = folder / "seedance-desktop"
    made.write_text(f"#!/bin/sh\ncat <<'END'\n{lines}\nEND\nexit {code}\n")
    made.chmod(0o755)
    return made


def result_of(folder: Path, said: list[dict[str, object]], code: int) -> dict[str, dict[str, object]]:
    return proofs.self_test(Place((), os.environ), str(program(folder, said, code)))


@linux_only
def test_what_the_self_test_says_is_read(tmp_path: Path) -> None:
    results = result_of(tmp_path, PASSED, 0)
    proofs.all_passed(results, window="on xcb", keyring="SecretService")
    with pytest.raises(Unproved, match=r"1280 x 700 on xcb.*without.*on wayland"):
        proofs.all_passed(results, window="on wayland")
    with pytest.raises(Unproved, match="failed: tls"):
        proofs.all_passed(result_of(tmp_path, FAILED, 1))


@linux_only
@pytest.mark.parametrize(
    ("said", "code", "why"),
    [
        (PASSED[:2], 139, "broke off with code 139"),
        ([], 0, "broke off with code 0"),
        (PASSED, 1, "says PASS and ends with code 1"),
        (FAILED, 0, "says FAILED and ends with code 0"),
    ],
    ids=["crashed", "silent", "crashed at the end", "kind"],
)
def test_a_self_test_that_does_not_end_well_is_no_proof(
    tmp_path: Path, said: list[dict[str, object]], code: int, why: str
) -> None:
    with pytest.raises(Unproved, match=why):
        result_of(tmp_path, said, code)


@linux_only
def test_a_built_folder_is_proved_on_a_screen_and_a_keyring_of_its_own(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "built"
    made = program(place, PASSED, 0)
    made.write_text(made.read_text().replace("cat", f'echo "$DISPLAY:$QT_QPA_PLATFORM:$HOME" > {tmp_path}/env\ncat', 1))
    assert built.prove(place) == 0
    *_, platform, home = (tmp_path / "env").read_text().strip().split(":")
    assert platform == ("xcb" if shutil.which("Xvfb") else "")
    assert home not in ("", os.environ["HOME"])
    assert not Path(home).exists()
    assert capsys.readouterr().out.splitlines()[-1].startswith("built: PROVED")
    program(place, FAILED, 1)
    with pytest.raises(Unproved):
        built.prove(place)
    assert capsys.readouterr().out.splitlines()[-1].startswith("built: NOT PROVED: The self-test of ")


@linux_only
def test_what_a_machine_has_no_way_to_show_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    program(tmp_path / "built", PASSED, 0)
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    monkeypatch.setattr(system_libraries, "provide", lambda **_parts: None)
    assert built.prove(tmp_path / "built") == 0
    said = capsys.readouterr().out.splitlines()
    unshown = [line.split(": ")[1].split(" (")[0] for line in said if line.startswith("   Not shown here: ")]
    assert unshown == ["a window on a screen", "the keyring", "silence on the network"]
    assert said[-1].startswith("built: PROVED, as far as this machine can show it, in ")


@pytest.mark.parametrize("name", built.PROGRAMS)
def test_the_program_is_found_by_its_name_on_each_system(tmp_path: Path, name: str) -> None:
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).touch()
    assert built.program_in(tmp_path) == tmp_path / name


def test_nothing_to_prove_is_said(tmp_path: Path) -> None:
    with pytest.raises(Stop, match=r"dev\.py package"):
        built.prove(tmp_path)
    with pytest.raises(Stop, match="There is no package"):
        prove.main([str(tmp_path / "none.deb")])


def test_the_proofs_end_at_the_first_that_fails(capsys: pytest.CaptureFixture[str]) -> None:
    kept = Proofs()
    with kept.proof("one"):
        pass
    with contextlib.suppress(Unproved), kept.proof("two"):
        proofs.need(False, "no")
    assert [done.code for done in kept.done] == [0, 1]
    assert kept.tell("it") == 1
    assert capsys.readouterr().out.splitlines()[-1].startswith("it: NOT PROVED: two in ")
    assert Proofs().tell("nothing") == 1, "nothing shown is nothing proved"


@linux_only
def test_every_trace_is_found_and_apt_s_own_are_not(tmp_path: Path) -> None:
    for name in ("etc/kept", "etc/changed", "etc/gone", "usr/mode", "var/lib/dpkg/status", "home/u/clip.mp4"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("before")
    (tmp_path / "usr" / "link").symlink_to("mode")
    before = traces.files(tmp_path, apart=["home/u"])
    assert "etc/kept" in before
    assert "home/u/clip.mp4" not in before
    (tmp_path / "etc" / "changed").write_text("after")
    (tmp_path / "etc" / "gone").unlink()
    (tmp_path / "etc" / "left").mkdir()
    (tmp_path / "usr" / "mode").chmod(0o600)
    (tmp_path / "usr" / "link").unlink()
    (tmp_path / "usr" / "link").symlink_to("elsewhere")
    for unseen in ("var/lib/dpkg/status", "home/u/clip.mp4"):
        (tmp_path / unseen).write_text("after")
    assert traces.differences(before, traces.files(tmp_path, apart=["home/u"])) == [
        "changed: /etc/changed",
        "gone: /etc/gone",
        "left: /etc/left",
        "changed: /usr/link",
        "changed: /usr/mode",
    ]
    assert traces.differences(before, before) == []


@linux_only
def test_on_the_island_there_is_nobody_but_oneself() -> None:
    look = "import socket; print(sorted(name for _, name in socket.if_nameindex()))"
    with island.island() as wrap:
        if not wrap:
            pytest.skip("no network namespace may be made here")
        seen = subprocess.check_output([*wrap, sys.executable, "-c", look], text=True)
    assert seen.strip() == "['lo']"


@pytest.mark.skipif(not shutil.which("openssl"), reason="no openssl here")
def test_the_authority_s_server_is_reached_by_who_knows_it_alone(tmp_path: Path) -> None:
    made = authority.make(tmp_path, "A test's", 2)
    with authority.serving(made) as address:
        knows = ssl.create_default_context(cafile=str(made.certificate))
        with pytest.raises(urllib.error.HTTPError) as answered:
            urllib.request.urlopen(address, context=knows, timeout=10)
        answered.value.close()
        assert answered.value.code == 404
        with pytest.raises(urllib.error.URLError, match="CERTIFICATE_VERIFY_FAILED"):
            urllib.request.urlopen(address, context=ssl.create_default_context(), timeout=10)


@linux_only
def test_a_tree_with_something_mounted_in_it_is_never_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tree = Tree(tmp_path / "tree")
    (tree.root / "proc").mkdir(parents=True)
    monkeypatch.setattr(bare_tree, "_mounted", lambda root: [f"{root}/proc"])
    with pytest.raises(Unproved, match="unmount that first"):
        bare_tree.remove(tree)
    assert (tree.root / "proc").exists()
    monkeypatch.undo()
    bare_tree.remove(tree)
    assert not tree.root.exists()


@linux_only
def test_who_is_not_root_is_told_why_there_is_no_bare_tree(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    deb = tmp_path / "x.deb"
    deb.touch()
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(Stop, match="bare Debian tree here"):
        prove.package(deb)
