"""Fixtures on top of the fault gateway, for the rooms that talk to it: a conftest imports them by name."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from seedance_desktop.domain.preferences import Preferences
from seedance_desktop.gateway import Gateway

from .gateway import FaultGateway

CLIP = Path(__file__).resolve().parents[2] / "resources" / "clips" / "self-test.mp4"


@pytest.fixture(scope="session")
def mp4() -> bytes:
    """A real, small, playable clip."""
    return CLIP.read_bytes()


@pytest.fixture
def far(mp4: bytes, home: Path) -> Iterator[FaultGateway]:
    """A fault gateway of the test's own."""
    with FaultGateway(mp4) as gateway:
        yield gateway


@pytest.fixture
async def client(home: Path) -> AsyncIterator[Gateway]:
    """The real client."""
    gateway = Gateway.build(Preferences())
    yield gateway
    await gateway.close()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[SmallDisk]:
    """A disk of four megabytes, where this system lets us make one."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("only root can make a disk")
    disk = SmallDisk(tmp_path / "disk")
    disk.root.mkdir()
    order = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(disk.root)]
    if subprocess.run(order, capture_output=True, check=False).returncode:
        pytest.skip("this machine lets nobody make a disk")
    yield disk
    subprocess.run(["umount", "--lazy", str(disk.root)], check=True)


class SmallDisk:
    """A disk that can be filled to the last byte, emptied again, and made read-only."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def fill(self) -> None:
        """Leave no byte free."""
        with contextlib.suppress(OSError), (self.root / "filler").open("wb", buffering=0) as file:
            while file.write(b"x" * 4096):
                pass

    def make_room(self) -> None:
        """Free it all again."""
        (self.root / "filler").unlink(missing_ok=True)

    def make_read_only(self) -> None:
        """As a card with its switch pushed."""
        subprocess.run(["mount", "-o", "remount,ro", str(self.root)], check=True)
