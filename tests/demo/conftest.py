"""A running gateway: the real server, in a child process, on a port of its own."""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING, Protocol

import httpx
import pytest

from seedance_desktop.demo.child import DemoGateway

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

SERVE = (
    "import pathlib, sys; from seedance_desktop.demo.server import serve; sys.exit(serve(pathlib.Path(sys.argv[1]), "
)
SPEED = 50.0


class Start(Protocol):
    """Starts a gateway on a folder; `options` are more arguments of `serve`, as source text."""

    async def __call__(self, folder: Path, options: str = f"speed={SPEED}") -> DemoGateway: ...


def command(folder: Path, options: str) -> list[str]:
    return [sys.executable, "-W", "error", "-c", f"{SERVE}until_stdin_closes=True, {options}))", str(folder)]


@pytest.fixture
async def start() -> AsyncIterator[Start]:
    running: list[DemoGateway] = []

    async def start(folder: Path, options: str = f"speed={SPEED}") -> DemoGateway:
        gateway = await DemoGateway.start(folder, command=command(folder, options))
        running.append(gateway)
        return gateway

    yield start
    for gateway in running:
        await gateway.close()


@pytest.fixture
async def client(start: Start, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    """A client of a fresh gateway."""
    gateway = await start(tmp_path / "demo")
    async with httpx.AsyncClient(base_url=gateway.address, timeout=30) as client:
        yield client


@pytest.fixture(scope="module")
def _address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One gateway for all the tests of a file that leave no trace in it."""
    folder = tmp_path_factory.mktemp("shared")
    gateway = asyncio.run(DemoGateway.start(folder, command=command(folder, f"speed={SPEED}")))
    yield gateway.address
    asyncio.run(gateway.close())


@pytest.fixture
async def quick(_address: str) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the shared gateway."""
    async with httpx.AsyncClient(base_url=_address, timeout=30) as client:
        yield client
