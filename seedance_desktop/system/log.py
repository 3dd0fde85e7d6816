"""The log: rotating files without secrets, native crashes beside them, and nothing that escapes unseen."""

from __future__ import annotations

import faulthandler
import logging
import re
import sys
import threading
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

_SECRETS = (
    (re.compile(r"sk-[A-Za-z0-9_\-]{4,}"), "sk-…"),
    (re.compile(r"(?i)((?:authorization['\"]?\s*[:=,]\s*(?:b?['\"])?)(?:bearer\s+)?|bearer\s+)[^\s'\",})]+"), r"\1…"),
    (re.compile(r"(https?://[^\s?'\"]+)\?[^\s'\"]+"), r"\1?…"),
)
_SIZE = 1_000_000
_FILES = 4
_crash_file = None
_hidden: set[str] = set()
_SHORTEST = 8

log = logging.getLogger("seedance_desktop")


def hide(secret: str) -> None:
    """Never log this text, whatever shape it has."""
    if len(secret) >= _SHORTEST:
        _hidden.add(secret)


def redact(text: str) -> str:
    """The text without keys, authorizations and the query strings of links."""
    for secret in sorted(_hidden, key=len, reverse=True):
        text = text.replace(secret, "…")
    for pattern, instead in _SECRETS:
        text = pattern.sub(instead, text)
    return text


class _Redacting(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return redact(super().format(record))


def start(folder: Path, *, verbose: bool = False) -> None:
    """Log to `folder` from now on; where it can't be written, to nowhere (never to the terminal)."""
    global _crash_file  # noqa: PLW0603 - faulthandler needs a file that stays open as long as the process
    root = logging.getLogger()
    root.setLevel(logging.DEBUG if verbose else logging.INFO)
    for noisy in ("httpx", "httpcore", "asyncio", "PIL", "libav", "keyring"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(folder / "seedance.log", maxBytes=_SIZE, backupCount=_FILES, encoding="utf-8")
        _crash_file = (folder / "crash.log").open("a", encoding="utf-8")
    except OSError:
        root.addHandler(logging.NullHandler())
        return
    handler.setFormatter(_Redacting("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root.addHandler(handler)
    faulthandler.enable(_crash_file)
    sys.excepthook = _unexpected
    threading.excepthook = lambda args: _unexpected(args.exc_type, args.exc_value, args.exc_traceback)
    sys.unraisablehook = lambda args: log.error("unraisable in %r: %r", args.object, args.exc_value)


def _unexpected(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error or kind(), trace)
        return
    log.error("unexpected", exc_info=(kind, error or kind(), trace))
