"""Checks what the program asks of this machine: its keyring, and a log without secrets."""

from __future__ import annotations

import asyncio
import logging
import sys
from importlib import import_module

from seedance_desktop.domain.errors import NoKey
from seedance_desktop.system import folders
from seedance_desktop.system.keys import Keys

from .fault import Fault, expect

log = logging.getLogger(__name__)

_SECRET = "sk-self-test-not-a-key"  # noqa: S105 - what must not be found in the log


async def keyring_keeps() -> str:
    """The keyring keeps and gives back; a Linux without one is no broken installation, if we could talk to it."""
    try:
        return f"{await asyncio.to_thread(Keys().prove)}: written, read and removed"
    except NoKey as problem:
        if not sys.platform.startswith("linux"):
            raise Fault(f"the system's own keyring does not answer: {problem.reason.code}") from problem
        import_module("secretstorage")  # what talks to one is bundled, or this raises
        return f"none here ({problem.reason.code}): keys are kept for the session only"


async def log_is_written() -> str:
    """A line arrives in the log, and a key in it does not."""
    file = folders.places().logs / "seedance.log"
    log.info("the self-test was here, with Bearer %s", _SECRET)
    text = await asyncio.to_thread(file.read_text, "utf-8")
    last = next((line for line in reversed(text.splitlines()) if "the self-test was here" in line), "")
    expect(last, f"{file} does not have the line that was logged")
    expect(_SECRET not in text, f"{file} has a key in it")
    return str(file)
