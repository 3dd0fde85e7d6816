"""The gateway as a child process: found, ended, and explained where it won't start."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from typing import TYPE_CHECKING

import httpx
import pytest

from seedance_desktop.demo import child
from seedance_desktop.demo.child import DemoGateway, DemoGatewayFailed
from tests.demo.support import KEY, TASKS

if TYPE_CHECKING:
    from pathlib import Path

    from tests.demo.conftest import Start


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


async def test_it_ends_when_it_is_closed_and_twice_is_once(start: Start, tmp_path: Path) -> None:
    gateway = await start(tmp_path / "new" / "folder")
    assert gateway.address.startswith("http://127.0.0.1:")
    async with httpx.AsyncClient(base_url=gateway.address) as client:
        assert (await client.get(f"{TASKS}/x", headers=KEY)).status_code == 404
        await gateway.close()
        with pytest.raises(httpx.ConnectError):
            await client.get(f"{TASKS}/x", headers=KEY)
    await gateway.close()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
async def test_sigterm_ends_it_without_an_error(start: Start, tmp_path: Path) -> None:
    gateway = await start(tmp_path)
    os.kill(gateway.pid, signal.SIGTERM)
    assert await asyncio.to_thread(gateway._process.wait, 10) == 0
    await gateway.close()


async def test_one_that_dies_says_why(tmp_path: Path) -> None:
    with pytest.raises(DemoGatewayFailed, match=r"code 3(.|\n)*no luck today"):
        await DemoGateway.start(
            tmp_path, command=python("import sys; print('no luck today', file=sys.stderr); sys.exit(3)")
        )


async def test_one_that_says_nonsense_is_ended(tmp_path: Path) -> None:
    with pytest.raises(DemoGatewayFailed):
        await DemoGateway.start(tmp_path, command=python("print('[]', flush=True); input()"))


async def test_one_that_says_nothing_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "STARTS_WITHIN", 0.2)
    with pytest.raises(DemoGatewayFailed, match="in time"):
        await DemoGateway.start(tmp_path, command=python("input()"))


async def test_a_program_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(OSError):
        await DemoGateway.start(tmp_path, command=[str(tmp_path / "nothing")])


async def test_the_real_key_never_reaches_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEEDANCE_API_KEY", "sk-secret")
    code = "import json, os; print(json.dumps({'gateway': str('SEEDANCE_API_KEY' in os.environ)}), flush=True); input()"
    gateway = await DemoGateway.start(tmp_path, command=python(code))
    await gateway.close()
    assert gateway.address == "False"
