"""Fixtures on top of the fault gateway, for the rooms that talk to it: a conftest imports them by name."""

from __future__ import annotations

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
