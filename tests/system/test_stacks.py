"""An error is told by kind and place; of its own text nothing that could be the creator's."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Callable
from functools import partial

import pytest

from seedance_desktop.domain.errors import LibraryProblem
from seedance_desktop.system import stacks

PROMPT = "a heron of brass over Lake Quillow"
WORD = "Quillow"


def caught(do: Callable[[], object]) -> BaseException:
    try:
        do()
    except Exception as error:  # noqa: BLE001 - of whatever kind
        return error
    raise AssertionError("it raised nothing")


def raises(error: BaseException) -> Callable[[], object]:
    def do() -> None:
        raise error

    return do


class Item:
    """Something of ours."""


SAID: list[tuple[Callable[[], object], str]] = [
    (lambda: len(5), "TypeError: object of type 'int' has no len()"),  # type: ignore[arg-type]
    (lambda: Item() + 1, "TypeError: unsupported operand type(s) for +: 'Item' and 'int'"),  # type: ignore[operator]
    (lambda: Item().colour, "AttributeError: 'Item' has no attribute 'colour'"),  # type: ignore[attr-defined]
    (lambda: undefined, "NameError: 'undefined' is not defined"),  # type: ignore[name-defined]  # noqa: F821
    (lambda: sorted(1, 2, 3), "TypeError: sorted expected 1 argument, got 3"),  # type: ignore[call-overload]
    (lambda: raises(), "TypeError: raises() missing 1 required positional argument: 'error'"),  # type: ignore[call-arg]
    (lambda: caught(1, 2), "TypeError: caught() takes 1 positional argument but 2 were given"),  # type: ignore[arg-type, call-arg]
    (lambda: list[int]()[3], "IndexError: list index out of range"),
    (lambda: dict[str, int]()["kept in code"], "KeyError: 'kept in code'"),
    (lambda: dict[int, int]()[17], "KeyError: 17"),
    (lambda: 1 // 0, "ZeroDivisionError: integer division or modulo by zero"),
    (lambda: __import__("no_such_thing"), "ModuleNotFoundError: module 'no_such_thing'"),
    (lambda: json.dumps(Item()), "TypeError: Object of type Item is not JSON serializable"),
    (
        raises(LibraryProblem("library-gone", folder=PROMPT)),
        "seedance_desktop.domain.errors.LibraryProblem: library-gone",
    ),
    (lambda: open(f"/nowhere/{PROMPT}"), "FileNotFoundError: [ENOENT] No such file or directory"),  # noqa: PTH123, SIM115
    (lambda: "Königin".encode("ascii"), "UnicodeEncodeError: ascii, at 1"),
    (
        raises(RuntimeError("Internal C++ object (QLabel) already deleted.")),
        "RuntimeError: Internal C++ object (QLabel) already deleted.",
    ),
]


@pytest.mark.parametrize(("do", "told"), SAID, ids=[str(number) for number in range(len(SAID))])
def test_what_python_says_of_code_is_told(do: Callable[[], object], told: str) -> None:
    assert stacks.name_of(caught(do)) == told


QUOTED: list[tuple[Callable[[], object], str]] = [
    (raises(ValueError(PROMPT)), "ValueError"),
    (raises(TypeError(f"'{PROMPT}' object is not callable")), "TypeError"),
    (raises(TypeError(f"f() got an unexpected keyword argument '{PROMPT}'")), "TypeError"),
    (raises(KeyError(PROMPT)), "KeyError"),
    (raises(RuntimeError(f"maximum recursion depth exceeded {PROMPT}")), "RuntimeError"),
    (raises(OSError(28, "No space", f"/home/ada/{PROMPT}.png")), "OSError: [ENOSPC] No space left on device"),
    (raises(OSError(PROMPT)), "OSError"),
    (raises(AttributeError(PROMPT, name=PROMPT, obj=1)), "AttributeError"),
    (lambda: int(PROMPT), "ValueError"),
    (lambda: PROMPT.encode().index(b"x"), "ValueError: subsection not found"),
    (lambda: json.loads(PROMPT), "json.decoder.JSONDecodeError"),
    (lambda: sqlite3.connect(":memory:").execute(f"SELECT {WORD}"), "sqlite3.OperationalError: SQLITE_ERROR"),
    (raises(asyncio.InvalidStateError(PROMPT)), "asyncio.exceptions.InvalidStateError"),
]


@pytest.mark.parametrize(("do", "kind"), QUOTED, ids=[str(number) for number in range(len(QUOTED))])
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_what_an_error_quotes_is_not_told(do: Callable[[], object], kind: str) -> None:
    error = caught(do)
    assert stacks.name_of(error) == kind
    assert WORD not in stacks.told(error)


def test_an_error_that_cannot_be_printed_is_told_all_the_same() -> None:
    class Mute(Exception):
        def __str__(self) -> str:
            raise ValueError(PROMPT)

    assert "Mute" in stacks.told(caught(raises(Mute())))


def test_the_chain_is_told_innermost_last_and_without_texts() -> None:
    def one() -> None:
        raise ValueError(PROMPT)

    def other() -> None:
        try:
            one()
        except ValueError as error:
            raise LookupError(PROMPT) from error

    text = stacks.told(caught(other))
    assert text.index("ValueError") < text.index("the cause of") < text.index("LookupError")
    assert text.index("in test_the_chain_is_told_innermost_last_and_without_texts.<locals>.other") > 0
    assert 'File "test_stacks.py", line ' in text
    assert WORD not in text


def test_a_group_and_a_ring_of_errors_end() -> None:
    first, second = ValueError(PROMPT), LookupError(PROMPT)
    first.__context__, second.__context__ = second, first
    text = stacks.told(ExceptionGroup(PROMPT, [first, second]))
    assert text.count("One of them") == 2
    assert WORD not in text


def test_endless_recursion_is_cut_in_the_middle() -> None:
    def again() -> None:
        again()

    text = stacks.told(caught(again))
    assert len(text.splitlines()) < 70
    assert "more …" in text
    assert "RecursionError: maximum recursion depth exceeded" in text


def test_the_same_place_and_kind_is_the_same_error() -> None:
    def fail(kind: type[Exception], text: str) -> None:
        raise kind(text)

    errors = [caught(partial(fail, *one)) for one in ((ValueError, "a"), (ValueError, "b"), (OSError, "a"))]
    signatures = [stacks.signature(error) for error in errors]
    assert signatures[0] == signatures[1] != signatures[2]


@pytest.mark.parametrize(
    ("path", "short"),
    [
        ("/home/ada/seedance/seedance_desktop/app/program.py", "seedance_desktop/app/program.py"),
        ("seedance_desktop/app/program.py", "seedance_desktop/app/program.py"),
        ("/home/ada/.venv/lib/python3.11/site-packages/qasync/__init__.py", "qasync/__init__.py"),
        ("/usr/lib/python3.11/asyncio/events.py", "asyncio/events.py"),
        ("C:\\Users\\Ada\\Python\\Lib\\site-packages\\PIL\\Image.py", "PIL/Image.py"),
        ("C:\\Users\\Ada\\Python313\\Lib\\json\\decoder.py", "json/decoder.py"),
        ("/home/ada/films/tool.py", "tool.py"),
        ("<frozen runpy>", "<frozen runpy>"),
    ],
)
def test_a_file_of_code_is_named_without_the_folders_it_lies_in(path: str, short: str) -> None:
    assert stacks.short(path) == short
    assert stacks.shorten_all(f'  File "{path}", line 4 in run') == f'  File "{short}", line 4 in run'
