"""The developer's one command: what it decides, and that the locks are what they should be."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import threading
import tomllib
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import dev
import environment
import locking
import pip_wheel
import steps
import system_libraries
from dev import Count
from steps import Done, Stop

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(dev.__file__).resolve().parent.parent
LOCKS = sorted((ROOT / "packaging" / "locks").glob("*.txt"))
BUILT_FROM = [path for path in LOCKS if path.name.startswith("package-")]
WHEEL = b"this is a wheel"
NAME = re.compile(r"^[A-Za-z0-9_.-]+")


def plain(name: str) -> str:
    """A package's name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def test_a_task_gets_the_rest_of_the_line_untouched() -> None:
    assert dev.parse(["run", "list", "--help"]) == ("run", ["list", "--help"])


def test_a_wrong_task_is_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        dev.parse(["dmeo"])
    assert end.value.code == 2
    assert "demo" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("env", "platform", "there"),
    [
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({"DISPLAY": ""}, "linux", False),
        ({}, "linux", False),
        ({}, "win32", True),
        ({}, "darwin", True),
    ],
)
def test_where_a_window_can_open(env: dict[str, str], platform: str, there: bool) -> None:
    assert dev.has_display(env, platform) is there


@pytest.mark.parametrize("version", [(3, 10), (3, 14)])
def test_another_python_is_refused_with_the_ones_that_fit(version: tuple[int, int]) -> None:
    with pytest.raises(Stop, match=r"python3\.11, python3\.12, python3\.13"):
        environment.refuse_other_pythons(version)


@pytest.mark.parametrize("minor", [11, 12, 13])
def test_the_supported_pythons_are_taken(minor: int) -> None:
    environment.refuse_other_pythons((3, minor))


def test_the_stamp_follows_the_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = tmp_path / "lock.txt"
    other.write_text("another")
    before = environment.DEVELOPERS.stamp()
    assert before == environment.DEVELOPERS.stamp()
    monkeypatch.setattr(environment.Environment, "lock", lambda _self: other)
    assert environment.DEVELOPERS.stamp() != before


def test_the_last_line_tells_all() -> None:
    done = [Done("lint", 0, 1.0), Done("tests", 1, 2.0)]
    line = dev.last_line(done, [Count(7, 1, 2), Count(4, 0, 0)])
    assert line.strip().splitlines() == ["Failed steps: tests", "11 passed, 1 failed, 2 skipped"]
    assert (
        dev.last_line([*done[:1], Done("the built program", 0, 3.0)], [Count(7)]).strip()
        == "All 2 steps passed\n7 passed, 0 failed, 0 skipped"
    )


@pytest.mark.parametrize("broken", [False, True])
def test_what_is_built_is_proved_after_the_tests_and_counts(
    broken: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ran: list[tuple[str, list[str]]] = []

    def step(name: str, command: list[str], env: object = None) -> Done:
        ran.append((name, command))
        return Done(name, int(broken and name == "the built program"), 1.0)

    monkeypatch.setattr(dev, "step", step)
    monkeypatch.setattr(environment, "ensure", lambda: None)
    monkeypatch.setattr(system_libraries, "provide", lambda **_parts: None)
    assert dev.test([]) == int(broken)
    assert [name for name, _ in ran] == [*dev.CHECKS, "tests without Qt", "tests", "the built program"]
    assert ran[-1][1][2:] == ["package", "--check"]
    said = capsys.readouterr().out.splitlines()
    assert said[-2] == ("Failed steps: the built program" if broken else "All 7 steps passed")
    ran.clear()
    dev.test(["tests/domain"])
    assert [name for name, _ in ran] == [*dev.CHECKS, "tests"], "a developer who selects tests waits for nothing else"


def test_a_report_is_counted(tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    report.write_text('<testsuites><testsuite tests="9" failures="1" errors="2" skipped="3"/></testsuites>')
    assert dev.count(report) == Count(passed=3, failed=3, skipped=3)


def test_a_step_says_its_name_its_time_and_how_it_ended(capfd: pytest.CaptureFixture[str]) -> None:
    done = steps.step("trying", [sys.executable, "-c", "raise SystemExit(3)"])
    assert done.code == 3
    steps.summary([done])
    said = capfd.readouterr().out
    assert "── trying" in said
    assert said.count("FAILED in ") == 2


def test_what_must_succeed_says_what_could_not_be_done() -> None:
    with pytest.raises(Stop, match=r"No tea: .* ended with code 4"):
        steps.need([sys.executable, "-c", "raise SystemExit(4)"], "No tea")


@pytest.mark.skipif(not shutil.which("Xvfb") or not shutil.which("dbus-send"), reason="not on this machine")
def test_the_private_screen_and_bus_are_there_and_then_gone() -> None:
    with steps.private_session() as env:
        number = env["DISPLAY"].lstrip(":")
        assert Path(f"/tmp/.X11-unix/X{number}").exists()
        assert env["QT_QPA_PLATFORM"] == "offscreen"
        bus = env["DBUS_SESSION_BUS_ADDRESS"]
        assert call_bus(bus) == 0
    assert not Path(f"/tmp/.X11-unix/X{number}").exists()
    assert call_bus(bus) != 0


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="about Linux")
@pytest.mark.parametrize("room", [0, 1 << 62])
def test_the_tests_files_are_in_memory_where_there_is_room_and_then_gone(
    room: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(steps, "MEMORY", tmp_path)
    monkeypatch.setattr(steps, "_ROOM", room)
    with steps.memory_for_files({"A": "b"}) as env:
        made = [str(path) for path in tmp_path.glob("t-*")]
        assert env == {"A": "b"} | ({} if room else {"TMPDIR": made[0]})
    assert not list(tmp_path.glob("t-*"))


def test_where_there_is_no_such_memory_the_tests_use_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steps, "MEMORY", tmp_path / "none")
    with steps.memory_for_files({"A": "b"}) as env:
        assert env == {"A": "b"}


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="about Linux")
def test_without_the_tools_for_it_nothing_is_shown_or_said_to_the_developers_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    own = {"DISPLAY": ":7", "WAYLAND_DISPLAY": "wayland-7", "DBUS_SESSION_BUS_ADDRESS": "unix:path=/mine"}
    for name, value in own.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    with steps.private_session() as env:
        assert not own.keys() & env.keys()


def call_bus(address: str) -> int:
    """Ask a bus who is there."""
    who = ["org.freedesktop.DBus", "/", "org.freedesktop.DBus.ListNames"]
    ask = ["dbus-send", f"--bus={address}", "--print-reply", f"--dest={who[0]}", *who[1:]]
    return subprocess.run(ask, capture_output=True, check=False).returncode


@pytest.mark.parametrize(
    ("manager", "start"),
    [
        ("dnf", "sudo dnf install -y pulseaudio-libs"),
        ("pacman", "sudo pacman -S --needed --noconfirm libpulse"),
        ("none", "sudo apt-get update && sudo apt-get install -y libpulse0"),
    ],
)
def test_each_family_gets_its_command(manager: str, start: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: f"/bin/{name}" if name == manager else None)
    assert system_libraries.command_for([system_libraries.WINDOW["libpulse.so.0"]]) == start


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="about Linux")
def test_without_the_rights_it_prints_the_command_and_goes_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(
        system_libraries.WINDOW, "libnosuch.so.9", system_libraries.Package("libnosuch9", "nosuch", "nosuch")
    )
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    system_libraries.provide()
    said = capsys.readouterr().out
    assert said.count("nosuch") == 1
    assert "lacks parts that the window needs." in said
    assert "the command line doesn't need them" in said
    system_libraries.provide(building=True)
    said = capsys.readouterr().out
    assert "lacks parts that the window or building need." in said
    assert "doesn't need them" not in said


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="about Linux")
@pytest.mark.parametrize(("lacks", "task"), [(False, "--demo"), (True, "generate")])
def test_the_demo_goes_on_as_far_as_it_can(lacks: bool, task: str, monkeypatch: pytest.MonkeyPatch) -> None:
    became: list[list[str]] = []

    def become(command: list[str]) -> None:
        became.append(command)
        raise SystemExit

    monkeypatch.setattr(system_libraries, "WINDOW", {})
    if lacks:
        package = system_libraries.Package("libnosuch9", "nosuch", "nosuch")
        monkeypatch.setitem(system_libraries.WINDOW, "libnosuch.so.9", package)
    monkeypatch.setattr(dev, "setup", lambda _args: 0)
    monkeypatch.setattr(dev, "become", become)
    monkeypatch.setenv("DISPLAY", ":1")
    with pytest.raises(SystemExit):
        dev.demo([])
    assert became[0][3] == task


def test_the_locks_are_one_a_python() -> None:
    wanted = {f"{kind}-3.{minor}.txt" for kind in ("bom", "package", "python") for minor in (11, 12, 13)}
    assert {path.name for path in LOCKS} == wanted


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.stem)
def test_a_lock_pins_everything_with_hashes_and_names_no_server(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"://|--index-url|--find-links|python_(full_)?version", text)
    blocks = re.split(r"\n(?=\S)", text.rstrip())[1:]
    for block in blocks:
        assert re.match(r"^[A-Za-z0-9_.-]+==\S+", block), block
        assert "--hash=sha256:" in block, block


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.stem)
def test_a_lock_holds_all_that_the_project_asks_for(path: Path) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    kind = path.stem.split("-")[0]
    asked = list(project["dependency-groups"]["dev" if kind == "python" else kind])
    asked += [] if kind == "bom" else project["project"]["dependencies"]
    wanted = {plain(match[0]) for line in asked if (match := NAME.match(line))}
    assert wanted <= set(pinned(path))


@pytest.mark.parametrize("path", BUILT_FROM, ids=lambda path: path.stem)
def test_what_is_built_is_what_was_tested_and_holds_no_tools(path: Path) -> None:
    tested, built = pinned(path.with_name(path.name.replace("package", "python"))), pinned(path)
    building = {"pyinstaller", "pyinstaller-hooks-contrib", "altgraph", "macholib", "pefile", "setuptools"}
    assert {name: tested.get(name) for name in built if name not in building} == {
        name: version for name, version in built.items() if name not in building
    }
    assert not {"pytest", "mypy", "ruff", "hypothesis", "babel", "hatchling", "editables", "cyclonedx-bom"} & set(built)


def pinned(path: Path) -> dict[str, str]:
    """A lock's packages and their versions."""
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", path.read_text(encoding="utf-8"), re.MULTILINE))


@pytest.mark.parametrize("path", [path for path in LOCKS if "bom" not in path.name], ids=lambda path: path.stem)
def test_qt_is_the_one_that_survives_on_that_python(path: Path) -> None:
    qt = "6.11.3" if path.stem.endswith("3.11") else "6.12.0"
    assert f"\npyside6-essentials=={qt} " in path.read_text(encoding="utf-8")


def test_conditions_that_always_hold_are_left_out_of_locks() -> None:
    three = "(sys_platform == 'darwin' or sys_platform == 'linux' or sys_platform == 'win32')"
    text = (
        f"a==1 ; python_full_version < '3.12' and {three} \\\n    --hash=x\n"
        "b==2 ; python_full_version < '3.12' and sys_platform == 'linux' \\\n"
        f"c==3 ; python_full_version < '3.12' and implementation_name != 'PyPy' and {three} \\\n"
    )
    assert locking.plain_markers(text, "3.11") == (
        "a==1 \\\n    --hash=x\nb==2 ; sys_platform == 'linux' \\\nc==3 ; implementation_name != 'PyPy' \\\n"
    )


class Index(BaseHTTPRequestHandler):
    """A package index with pip in it, in both of the forms that indexes speak."""

    digest = hashlib.sha256(WHEEL).hexdigest()
    asked: list[tuple[str, str | None]]

    def do_GET(self) -> None:
        self.asked.append((self.path, self.headers["Authorization"]))
        kind, body = {
            "/json/pip/": ("application/vnd.pypi.simple.v1+json", self.as_json()),
            "/html/pip/": ("text/html", self.as_html(self.digest)),
            "/bad/pip/": ("text/html", self.as_html("0" * 64)),
            "/files/pip-25.10-py3-none-any.whl": ("application/zip", WHEEL),
        }.get(self.path, ("text/html", b"<p>nothing here</p>"))
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(body)

    def as_json(self) -> bytes:
        files = [
            {"filename": name, "url": f"../../files/{name}", "hashes": {"sha256": self.digest}, "yanked": yanked}
            for name, yanked in [
                ("pip-9.0-py3-none-any.whl", False),
                ("pip-25.10-py3-none-any.whl", False),
                ("pip-25.9-py3-none-any.whl", False),
                ("pip-26.0-py3-none-any.whl", True),
                ("pip-27.0.tar.gz", False),
            ]
        ]
        return json.dumps({"files": files}).encode()

    def as_html(self, digest: str) -> bytes:
        link = f"../../files/pip-25.10-py3-none-any.whl#sha256={digest}"
        yanked = '<a data-yanked="" href="../../files/pip-26.0-py3-none-any.whl">x</a>'
        return f'<a href="{link}">x</a>{yanked}'.encode()

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def index(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    for name in [name for name in os.environ if name.startswith("PIP_")]:
        monkeypatch.delenv(name)
    Index.asked = []
    with HTTPServer(("127.0.0.1", 0), Index) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("form", ["json", "html"])
def test_pip_comes_from_the_index_that_pip_is_set_up_for(
    form: str, index: str, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pip_wheel, "config_files", lambda environment: iter([home / "pip.conf"]))
    (home / "pip.conf").write_text(f"[global]\nindex-url = http://ann:p%40ss@{index}/{form}\n", encoding="utf-8")
    wheel = pip_wheel.fetch(tmp_path)
    assert (wheel.name, wheel.read_bytes()) == ("pip-25.10-py3-none-any.whl", WHEEL)
    assert Index.asked[0] == (f"/{form}/pip/", "Basic YW5uOnBAc3M=")


def test_a_damaged_wheel_is_refused_and_no_password_is_shown(
    index: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_INDEX_URL", f"http://ann:secret@{index}/bad")
    monkeypatch.setenv("PIP_EXTRA_INDEX_URL", f"http://{index}/empty")
    with pytest.raises(pip_wheel.NoPip) as failure:
        pip_wheel.fetch(tmp_path)
    assert "damaged" in str(failure.value)
    assert "no wheel of pip there" in str(failure.value)
    assert "secret" not in str(failure.value)
    assert not list(tmp_path.glob("*.whl"))
