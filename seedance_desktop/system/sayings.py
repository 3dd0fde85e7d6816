"""What may be repeated of an error's own text: what Python and Qt say by themselves, which never quotes the creator.

An error's text often holds its data: the file that is not there, the word that can't be encoded, the value that is
wrong. So a text is repeated only where it has one of the shapes below; their holes take names of the program's code.
"""

from __future__ import annotations

import errno
import os
import re
from functools import cache
from types import TracebackType

from seedance_desktop.domain.errors import Problem

_N = r"[A-Za-z_][A-Za-z0-9_.<>]{0,79}"  # a name in code
_GIVEN = rf"'{_N}'(?:(?:,| and|, and) '{_N}')*"
_SHAPES = (
    # TypeError
    rf"{_N}\(\) missing \d+ required (?:positional|keyword-only) arguments?: {_GIVEN}",
    rf"{_N}\(\) takes [a-z0-9 ]* ?arguments?(?: but \d+ w\w+ given| \(\d+ given\))?",
    rf"{_N}(?:\(\))? expected (?:at most |at least |exactly )?\d+ arguments?, got \d+",
    rf"{_N}\(\) got (?:an unexpected keyword argument|multiple values for argument) '{_N}'",
    rf"'{_N}' object is not (?:callable|iterable|subscriptable|reversible|an (?:async )?iterator)",
    rf"'{_N}' object (?:does not|doesn't) support (?:item \w+|the (?:asynchronous )?context manager protocol)",
    rf"'{_N}' object cannot be interpreted as an integer",
    rf"unsupported operand type\(s\) for \S{{1,12}}: '{_N}' and '{_N}'",
    rf"'\S{{1,2}}' not supported between instances of '{_N}' and '{_N}'",
    rf"bad operand type for unary \S: '{_N}'",
    rf"object (?:of type '{_N}' has no len\(\)|{_N} can't be used in 'await' expression)",
    rf"cannot unpack non-iterable {_N} object",
    rf"can only concatenate {_N} \(not \"{_N}\"\) to {_N}",
    rf"(?:{_N} )?indices must be integers(?: or slices)?, not '?{_N}'?",
    rf"unhashable type: '{_N}'",
    rf"expected str, bytes or os\.PathLike object, not {_N}",
    rf"sequence item \d+: expected {_N} instance, {_N} found",
    rf"(?:argument|cannot use) (?:of type )?'{_N}' (?:is not iterable|as a dict key.*)",
    rf"Object of type {_N} is not JSON serializable",
    rf"'{_N}' called with wrong (?:argument types|number of arguments):\n +{_N}\([A-Za-z0-9_., ]*\)",
    # ValueError, IndexError, ArithmeticError
    r"(?:not enough|too many) values to unpack \(expected [\w ]+(?:, got \d+)?\)",
    r"list\.remove\(x\): x not in list|sub(?:string|section) not found|math domain error|Circular reference detected",
    r"(?:max|min)\(\) (?:arg|iterable argument) is (?:an )?empty(?: sequence)?",
    r"I/O operation on closed file\.?|embedded null (?:byte|character)|year \d+ is out of range",
    r"[a-z ]+ index out of range|pop from an? empty \w+|pop from empty \w+",
    r"[a-z ]*by zero|cannot convert float \w+ to integer|Python int too large to convert to C \w+",
    # RuntimeError
    rf"Internal C\+\+ object \({_N}\) already deleted\.|Signal source has been deleted",
    rf"{_N} (?:changed size|keys changed|mutated) during iteration",
    r"Event loop is closed|no running event loop|Event loop stopped before Future completed\.",
    r"can't start new thread|cannot schedule new futures after (?:interpreter )?shutdown",
    r"maximum recursion depth exceeded(?: [a-z ]+Python object| in \w+)?",
    # asyncio
    r"invalid state|Result is not set\.|cannot reuse already awaited coroutine",
)


@cache
def _shapes() -> tuple[re.Pattern[str], ...]:
    """Compiled when the first error comes, and not at the start."""
    return tuple(re.compile(shape) for shape in _SHAPES)


def said(error: BaseException) -> str:
    """What may be repeated of the error's text; empty where nothing may."""
    known = _of_a_kind(error)
    if known:
        return known
    try:
        text = str(error).split("\nSupported signatures")[0].strip()
    except Exception:  # noqa: BLE001 - an error that can't even be printed is still an error to report
        return ""
    return text if any(shape.fullmatch(text) for shape in _shapes()) else ""


def _of_a_kind(error: BaseException) -> str:
    """Errors that carry what happened apart from their text."""
    if isinstance(error, Problem):
        return error.reason.code
    if isinstance(error, UnicodeError):
        return f"{getattr(error, 'encoding', '?')}, at {getattr(error, 'start', '?')}"
    if isinstance(error, OSError) and isinstance(error.errno, int):
        windows = getattr(error, "winerror", None)
        more = f", Windows error {windows}" if windows else ""
        return f"[{errno.errorcode.get(error.errno, error.errno)}] {os.strerror(error.errno)}{more}"
    if isinstance(error, AttributeError) and _is_name(error.name):
        return f"'{type(error.obj).__name__}' has no attribute '{error.name}'"
    if isinstance(error, NameError) and _is_name(error.name):
        return f"'{error.name}' is not defined"
    if isinstance(error, ImportError) and _is_name(error.name):
        return f"module '{error.name}'"
    if isinstance(error, KeyError):
        return _key(error)
    return str(getattr(error, "sqlite_errorname", ""))  # such as SQLITE_BUSY; its text would quote the statement


def _key(error: KeyError) -> str:
    """The key where it is a number, or stands in the code that asked for it."""
    key = error.args[0] if error.args else None
    if type(key) is int:
        return str(key)
    trace: TracebackType | None = error.__traceback__
    while trace is not None:
        if isinstance(key, str) and key in trace.tb_frame.f_code.co_consts:
            return repr(key)
        trace = trace.tb_next
    return ""


def _is_name(name: object) -> bool:
    return isinstance(name, str) and re.fullmatch(_N, name) is not None
