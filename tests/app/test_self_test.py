"""The self-test of this very checkout passes, and each of its checks fails where its part is damaged."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from seedance_desktop.app.self_test.loopback import is_here
from seedance_desktop.domain import resources
from tests.media import gallery, making

ROOT = Path(__file__).resolve().parents[2]
CHILD = [sys.executable, "-W", "error", "-m", "tests.app.self_test_child"]


def test_it_passes_here_and_says_each_check() -> None:
    command = [sys.executable, "-m", "seedance_desktop", "self-test", "--json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False, timeout=170)
    *results, last = [json.loads(line) for line in done.stdout.splitlines()]
    assert (done.returncode, last["result"], last["failed"]) == (0, "PASS", []), done.stdout + done.stderr
    said = {result["check"]: result["said"] for result in results}
    assert "one charge" in said["library"]
    assert said["keyring"].startswith("none here")
    assert "all on this machine" in said["network"]


def broken_clip(name: str) -> Callable[[Path], None]:
    """Every frame shows the number of the next one."""

    def make(folder: Path) -> None:
        codec = "libx265" if "hevc" in name else "libx264"
        pictures = [making.drawn(number + 1) for number in range(48)]
        making.clip(folder / "clips" / name, codec=codec, gop=24, space=1, pictures=pictures)

    return make


def no_clip(folder: Path) -> None:
    (folder / "clips" / "self-test-hevc.mp4").write_bytes(b"nothing of a film" * 1000)


def other_codec(folder: Path) -> None:
    shutil.copy(folder / "clips" / "self-test.mp4", folder / "clips" / "self-test-hevc.mp4")


def lying_photograph(folder: Path) -> None:
    image = Image.new("RGB", (360, 640), "red")
    (folder / "clips" / "self-test.heic").write_bytes(gallery.heif(image))


def other_photograph(folder: Path) -> None:
    image = Image.new("RGB", (640, 360), "red")
    (folder / "clips" / "self-test.heic").write_bytes(gallery.heif(image))


def without(name: str) -> Callable[[Path], None]:
    return lambda folder: (folder / name).unlink()


def wrong_icon(folder: Path) -> None:
    shutil.copy(folder / "application" / "seedance-32.png", folder / "application" / "seedance-48.png")


def blank_icon(folder: Path) -> None:
    (folder / "icons" / "check.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')


def other_authority(folder: Path) -> None:
    from proof import authority

    made = authority.make(folder, "Another", 2)
    made.certificate.replace(folder / "self-test" / "authority.pem")


DAMAGES: dict[str, tuple[str, Callable[[Path], None], str]] = {
    "no certificate": ("resources", without("self-test/authority.pem"), "not in"),
    "a small icon": ("icons", wrong_icon, "seedance-48.png is 32 x 32"),
    "a blank icon": ("icons", blank_icon, "blank icons: ['check']"),
    "no Chinese": ("translations", without("translations/zh_CN/LC_MESSAGES/seedance.mo"), "“设置” is “Settings”"),
    "frames of others": ("player", broken_clip("self-test.mp4"), "frame 0 shows the number 1"),
    "HEVC frames of others": ("player", broken_clip("self-test-hevc.mp4"), "frame 0 shows the number 1"),
    "no film": ("player", no_clip, "cannot play self-test-hevc.mp4"),
    "decoded frames of others": ("decoder", broken_clip("self-test-hevc.mp4"), "frame 0 shows the number 1"),
    "another codec": ("decoder", other_codec, "HEVC: h264, 48 frames"),
    "not turned": ("photograph", lying_photograph, "360 x 640: not turned upright"),
    "other colours": ("photograph", other_photograph, "the patch at"),
    "no sound certificate": ("tls", other_authority, "CERTIFICATE_VERIFY_FAILED"),
}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """What the checks say of all damages, from one process."""
    cases = []
    for number, (check, damage, _) in enumerate(DAMAGES.values()):
        folder = tmp_path_factory.mktemp("resources") / str(number)
        shutil.copytree(resources.folder(), folder)
        damage(folder)
        cases.append((check, str(folder)))
    done = subprocess.run(
        CHILD, cwd=ROOT, input=json.dumps(cases), capture_output=True, encoding="utf-8", check=False, timeout=170
    )
    results = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(results) == len(DAMAGES), done.stdout + done.stderr
    return dict(zip(DAMAGES, results, strict=True))


@pytest.mark.parametrize("name", DAMAGES)
def test_what_is_damaged_is_found(found: dict[str, dict[str, Any]], name: str) -> None:
    check, _, words = DAMAGES[name]
    assert found[name]["check"] == check
    assert not found[name]["passed"], found[name]["said"]
    assert words in found[name]["said"]


@pytest.mark.skipif(sys.platform != "linux", reason="there the store can be changed for one process")
def test_a_server_that_the_system_trusts_is_no_stranger() -> None:
    trusted = resources.folder() / "self-test" / "authority.pem"
    done = subprocess.run(
        CHILD,
        cwd=ROOT,
        env={**os.environ, "SSL_CERT_FILE": str(trusted)},
        input=json.dumps([("tls", "")]),
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    result = json.loads(done.stdout)
    assert not result["passed"]
    assert "reached, not refused" in result["said"]


GUARDED = """
import asyncio, socket
from seedance_desktop.app.self_test.loopback import Loopback
guard = Loopback()
guard.watch()
socket.socketpair()[0].close()
for act in (lambda: socket.create_connection(("192.0.2.1", 9), 1), lambda: socket.getaddrinfo("gateway.example", 443)):
    try:
        act()
    except PermissionError:
        pass
try:
    asyncio.run(guard.check())
except Exception as error:
    print(error)
"""


def test_who_goes_outside_is_stopped_and_named() -> None:
    done = subprocess.run([sys.executable, "-c", GUARDED], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "'192.0.2.1'" in done.stdout
    assert "'gateway.example'" in done.stdout


@pytest.mark.parametrize(
    ("place", "here"),
    [
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("::1", True),
        ("localhost", True),
        (b"127.0.0.2", True),
        ("/run/user/1000/bus", True),
        ("\0/tmp/.X11-unix/X0", True),
        (0, True),
        ("192.168.0.1", False),
        ("8.8.8.8", False),
        ("fe80::1%eth0", False),
        ("localhost.example", False),
    ],
)
def test_what_is_this_machine(place: object, here: bool) -> None:
    assert is_here(place) is here
