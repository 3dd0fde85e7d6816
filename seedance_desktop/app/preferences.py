"""Wishes about settings, keys, the demo and the library folder: each takes effect at once and is kept."""

from __future__ import annotations

import asyncio
import logging
import sys
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QProcess

from seedance_desktop import bootstrap, words
from seedance_desktop.domain.catalogue import DEMO
from seedance_desktop.domain.errors import GatewayProblem, NoKey, Problem
from seedance_desktop.domain.preferences import Preferences
from seedance_desktop.domain.reason import Reason
from seedance_desktop.system import folders
from seedance_desktop.system import preferences as files
from seedance_desktop.ui import theme

from . import language
from .context import Context

log = logging.getLogger(__name__)


class Settings:
    """Answers the wishes of the settings and of the first run."""

    def __init__(self, context: Context) -> None:
        """For the window's program."""
        self._context = context
        self._choosing = False
        self._turn = asyncio.Lock()  # what is chosen last is kept last

    # Preferences

    def prefer(self, wanted: Preferences) -> None:
        """Use and keep other preferences."""
        wanted = self._context.take(wanted)
        before, self._context.preferences = self._context.preferences, wanted
        self._context.go(self._in_turn(before, wanted))

    async def _in_turn(self, before: Preferences, wanted: Preferences) -> None:
        async with self._turn:
            await self._apply(before, wanted)

    async def _apply(self, before: Preferences, wanted: Preferences) -> None:
        context = self._context
        await asyncio.to_thread(files.save, folders.places().preferences, wanted)
        theme.set_reduced_motion(wanted.reduce_motion)
        if before.theme != wanted.theme:
            theme.apply(context.application, wanted.theme)
        if context.house is not None:
            context.studio.prefer(wanted)
            if (before.proxy, before.proxy_address) != (wanted.proxy, wanted.proxy_address):
                await context.house.change_proxy(wanted)
            await self._change_gateway(wanted)
        context.window.set_preferences(context.shown())
        if before.language != wanted.language:
            language.speak(context.application, wanted.language)
            context.rebuild_window()

    async def _change_gateway(self, wanted: Preferences) -> None:
        context = self._context
        if context.house is None or context.options.demo:
            return
        try:
            address = bootstrap.gateway_of(context.options, wanted)
        except GatewayProblem:
            return  # the settings page says what is wrong with it; the old one stays
        if address != context.house.gateway:
            context.house.gateway = address
            context.window.set_gateway(address)
            await self.show_key_state()

    # Keys

    async def show_key_state(self) -> None:
        """Say whether there is a key for the present gateway, and let the composer know."""
        context = self._context
        if context.house is None:
            return
        address = context.house.gateway
        if address == DEMO:
            context.window.key_state(address, "accepted", "")
            return
        state, reason = "kept", None
        try:
            await asyncio.to_thread(context.studio.parts.keys.get, address)
        except NoKey as problem:
            state, reason = _state_of(problem.reason), problem.reason
        context.window.key_state(address, state, _say(reason) if reason and state != "none" else "")

    def check_key(self, address: str, key: str) -> None:
        """Ask the gateway, without cost, whether it takes a key; an empty one checks the kept one."""
        self._context.go(self._check_key(address, key))

    async def _check_key(self, address: str, key: str) -> None:
        context = self._context
        context.window.key_state(address, "checking", "")
        parts = context.studio.parts
        try:
            asked = await asyncio.to_thread(_shaped, key) if key else await asyncio.to_thread(parts.keys.get, address)
            reason = await parts.gateway.check(address, asked)
        except Problem as problem:
            reason = problem.reason
        context.window.key_state(address, _state_of(reason), _say(reason))
        if reason is None and not key:
            await context.studio.key_changed(address)

    def keep_key(self, address: str, key: str, session: bool) -> None:
        """Keep a key that was accepted, in the keyring or for this session, and go on with what waited for it."""
        self._context.go(self._keep_key(address, key, session=session))

    async def _keep_key(self, address: str, key: str, *, session: bool) -> None:
        context = self._context
        try:
            await asyncio.to_thread(context.studio.parts.keys.keep, address, key, session=session)
        except NoKey as problem:
            context.window.key_state(address, _state_of(problem.reason), _say(problem.reason))
            return
        context.window.key_state(address, "session" if session else "kept", "")
        await context.studio.key_changed(address)

    def remove_key(self, address: str) -> None:
        """Forget the key of a gateway."""
        self._context.go(self._remove_key(address))

    async def _remove_key(self, address: str) -> None:
        await asyncio.to_thread(self._context.studio.parts.keys.remove, address)
        await self.show_key_state()

    # The demo and the library folder

    def start_demo(self) -> None:
        """Start the program once more on the built-in gateway and its own library."""
        arguments = ["--demo"] if getattr(sys, "frozen", False) else ["-m", "seedance_desktop", "--demo"]
        started = QProcess.startDetached(sys.executable, arguments)
        if not started[0]:
            self._context.complain(Reason.of("demo-unavailable", detail=sys.executable))

    def choose_library(self, folder: str) -> None:
        """Open another library folder from now on; moves nothing."""
        if not self._choosing:  # two at a time would wait for each other, as after a double click
            self._choosing = True
            self._context.go(self._choose_library(folder))

    async def _choose_library(self, folder: str) -> None:
        try:
            await self._open_library(folder)
        finally:
            self._choosing = False

    async def _open_library(self, folder: str) -> None:
        context = self._context
        if Path(folder) == bootstrap.folder_of(context.options, context.preferences):
            if context.house is None:  # try again
                await context.reopen(context.options)
            return
        await context.reopen(replace(context.options, library=folder))
        context.preferences = replace(context.preferences, library=folder)
        async with self._turn:
            await asyncio.to_thread(files.save, folders.places().preferences, context.preferences)
        context.window.set_preferences(context.shown())


def _shaped(key: str) -> str:
    from seedance_desktop.system.keys import check_shape

    return check_shape(key)


def _say(reason: Reason | None) -> str:
    return words.say(reason.code, dict(reason.facts)) if reason else ""


def _state_of(reason: Reason | None) -> str:
    if reason is None:
        return "accepted"
    return {
        "no-key": "none",
        "key-refused": "refused",
        "key-malformed": "refused",
        "key-store-missing": "key-store-missing",
        "key-store-locked": "key-store-locked",
    }.get(reason.code, "unreachable")
