"""An error as text: what kind, where in which code, and of its own text only what may be repeated."""

from __future__ import annotations

import re
import traceback
from collections.abc import Iterator
from types import TracebackType

from .sayings import said

_FIRST, _LAST = 20, 40  # frames that are told of a long stack: endless recursion has a thousand
_DEEPEST = 8  # errors in a chain, and in a group
_CAUSE = "\nThe above was the cause of the following:\n"
_MEANWHILE = "\nWhile that was handled, the following happened:\n"
_HOUSE = "seedance_desktop/"
_ROOTS = re.compile(r".*[\\/](?:(?:site|dist)-packages|python3(?:\.\d+)?|Lib|lib-dynload|python\d+\.zip)[\\/]")
_FILE = re.compile(r'File "([^"\n]*)"')


def told(error: BaseException) -> str:
    """The error with its stack and what led to it, innermost last, in several lines."""
    return "\n".join(_chain(error, set(), _DEEPEST))


def signature(error: BaseException) -> tuple[object, ...]:
    """What two errors of the same origin have in common: kind and place."""
    places = [(frame.f_code.co_filename, line) for frame, line in traceback.walk_tb(error.__traceback__)]
    return (type(error).__qualname__, *places[-_LAST:])


def name_of(error: BaseException) -> str:
    """The kind of the error with what may be repeated of its text: `KeyError: 'prompt'`."""
    kind, text = type(error), said(error)
    where = "" if kind.__module__ in ("builtins", "__main__") else f"{kind.__module__}."
    return f"{where}{kind.__qualname__}" + (f": {text}" if text else "")


def short(path: str) -> str:
    """A file of code without the folders that the program happens to lie in."""
    if path.startswith("<"):
        return path
    path = path.replace("\\", "/")
    house = path.rfind("/" + _HOUSE)
    if house >= 0:
        return path[house + 1 :]
    if path.startswith(_HOUSE):  # a frozen program knows no folder
        return path
    library = _ROOTS.match(path)
    return path[library.end() :] if library else path.rsplit("/", 1)[-1]


def shorten_all(text: str) -> str:
    """The same for each `File "…"` in the text that `faulthandler` wrote."""
    return _FILE.sub(lambda found: f'File "{short(found[1])}"', text)


def _chain(error: BaseException, seen: set[int], deep: int) -> Iterator[str]:
    seen.add(id(error))
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None and id(before) not in seen and deep:
        yield from _chain(before, seen, deep - 1)
        yield _CAUSE if error.__cause__ else _MEANWHILE
    yield from _one(error)
    if isinstance(error, BaseExceptionGroup) and deep:
        for part in error.exceptions[:_DEEPEST]:
            yield "\nOne of them:"
            yield from _chain(part, seen, deep - 1)


def _one(error: BaseException) -> Iterator[str]:
    yield "Traceback (innermost last):"
    frames = list(_frames(error.__traceback__))
    left_out = len(frames) - _FIRST - _LAST
    if left_out > 0:
        frames[_FIRST:-_LAST] = [f"  … {left_out} more …"]
    yield from frames
    yield name_of(error)


def _frames(trace: TracebackType | None) -> Iterator[str]:
    for frame, line in traceback.walk_tb(trace):
        code = frame.f_code
        yield f'  File "{short(code.co_filename)}", line {line}, in {code.co_qualname}'
