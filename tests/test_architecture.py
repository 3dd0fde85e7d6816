"""The rules of the house that a machine can judge: who imports whom, and what is never written."""

from __future__ import annotations

import ast
import io
import subprocess
import sys
import tokenize
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
HOUSE = sorted((ROOT / "seedance_desktop").rglob("*.py"))
TOOLS = sorted((ROOT / "packaging").rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))

# The rooms of packaging/, each of which imports from those after it only; side by side where they know no other.
TOOL_ROOMS = """
dev
package
proof
linux windows macos
licences
bundle
release
locking
environment
pip_wheel system_libraries
steps
"""

LONGEST_FILE, LONGEST_FUNCTION = 400, 40  # lines, and lines of code without the docstring
# Each of these spins a loop of its own inside ours, and qasync's tasks die of it: `open()` and `show()` don't.
NESTED_LOOPS = {"exec", "exec_", "processEvents"}
OUTERMOST = "outermost"  # Qt's own loop before asyncio's: there is no task yet
DRAG = "drag"  # Qt has no other way to drag out of a window; a mouse handler calls it, never a task
STATIC_DIALOGS = {
    "QMessageBox": {"about", "aboutQt", "critical", "information", "question", "warning"},
    "QFileDialog": {
        "getExistingDirectory",
        "getExistingDirectoryUrl",
        "getOpenFileName",
        "getOpenFileNames",
        "getOpenFileUrl",
        "getOpenFileUrls",
        "getSaveFileName",
        "getSaveFileUrl",
    },
    "QInputDialog": {"getDouble", "getInt", "getItem", "getMultiLineText", "getText"},
    "QColorDialog": {"getColor"},
    "QFontDialog": {"getFont"},
}


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), name(path))


def test_imports_point_down_only() -> None:
    run = "from importlinter.cli import lint_imports_command as run; run(['--no-cache', '--no-logo'])"
    answer = subprocess.run(
        [sys.executable, "-c", run], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr


def test_packaging_is_no_package() -> None:
    assert not (ROOT / "packaging" / "__init__.py").exists(), "it would hide PyPI's `packaging`"


@pytest.mark.parametrize("path", TOOLS, ids=name)
def test_the_tools_imports_point_down_only(path: Path) -> None:
    heights = {room: height for height, rooms in enumerate(TOOL_ROOMS.splitlines()) for room in rooms.split()}
    own = path.relative_to(ROOT / "packaging").with_suffix("").parts[0]
    up = {room for room in imported(tree(path)) if room in heights and heights[room] <= heights[own]}
    assert own in heights
    assert up <= {own}


def test_every_room_of_the_tools_is_real() -> None:
    there = {path.relative_to(ROOT / "packaging").with_suffix("").parts[0] for path in TOOLS}
    assert there == set(TOOL_ROOMS.split())


@pytest.mark.parametrize("path", [*HOUSE, *TOOLS], ids=name)
def test_a_file_has_one_job_and_says_it(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert len(source.splitlines()) <= LONGEST_FILE
    module = ast.parse(source)
    assert ast.get_docstring(module) or not module.body, "the docstring of a module says its one job"


@pytest.mark.parametrize("path", [*HOUSE, *TOOLS], ids=name)
def test_functions_are_short(path: Path) -> None:
    lines = code_lines(path.read_text(encoding="utf-8"))
    long = {f"{one.name}: {length}" for one, length in sizes(tree(path), lines) if length > LONGEST_FUNCTION}
    assert not long, f"more than {LONGEST_FUNCTION} lines of code"


@pytest.mark.parametrize("path", HOUSE, ids=name)
def test_no_loop_inside_our_loop(path: Path) -> None:
    assert not list(nested_loops(tree(path)))


@pytest.mark.parametrize("path", [*HOUSE, *TOOLS, *TESTS], ids=name)
def test_no_error_is_swallowed_whole(path: Path) -> None:
    assert not list(swallowed(tree(path)))


@pytest.mark.parametrize("path", TESTS, ids=name)
def test_tests_wait_for_something_and_not_for_some_time(path: Path) -> None:
    assert not list(sleeps(tree(path)))


def imported(module: ast.Module) -> Iterator[str]:
    """The first part of the name of everything that a file imports, also within its functions."""
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.split(".")[0]


def code_lines(source: str) -> set[int]:
    """The numbers of the lines that hold code: no blank ones, no comments."""
    nothing = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT}
    nothing |= {tokenize.ENDMARKER}
    lines: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type not in nothing:
            lines.update(range(token.start[0], token.end[0] + 1))
    return lines


def sizes(module: ast.Module, lines: set[int]) -> Iterator[tuple[ast.FunctionDef | ast.AsyncFunctionDef, int]]:
    """Each function with its lines of code, its docstring not counted."""
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = set(range(node.lineno, (node.end_lineno or node.lineno) + 1)) & lines
            if ast.get_docstring(node):
                first = node.body[0]
                body -= set(range(first.lineno, (first.end_lineno or first.lineno) + 1))
            yield node, len(body)


def nested_loops(module: ast.Module) -> Iterator[str]:
    """Calls of `.exec()`, `processEvents()` and the dialogs that block."""
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = node.func.value
            dialog = getattr(owner, "id", getattr(owner, "attr", ""))
            if dialog in (DRAG, OUTERMOST) and node.func.attr == "exec":
                continue
            if node.func.attr in NESTED_LOOPS | STATIC_DIALOGS.get(dialog, set()):
                yield f"line {node.lineno}: {ast.unparse(node.func)}"


def swallowed(module: ast.Module) -> Iterator[str]:
    """Bare `except:`, and handlers of everything that do nothing."""
    for node in ast.walk(module):
        if isinstance(node, ast.ExceptHandler):
            everything = getattr(node.type, "id", "") in ("Exception", "BaseException")
            if node.type is None or (everything and all(isinstance(line, ast.Pass) for line in node.body)):
                yield f"line {node.lineno}"


def sleeps(module: ast.Module) -> Iterator[str]:
    """Calls of `time.sleep`, under that name or imported by itself."""
    alone = {
        alias.asname or alias.name
        for node in ast.walk(module)
        if isinstance(node, ast.ImportFrom) and node.module == "time"
        for alias in node.names
        if alias.name == "sleep"
    }
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and (
            ast.unparse(node.func) == "time.sleep" or getattr(node.func, "id", None) in alone
        ):
            yield f"line {node.lineno}"


@pytest.mark.parametrize(
    ("rule", "source"),
    [
        (nested_loops, "dialog.exec()"),
        (nested_loops, "QMessageBox.question(self, 'a', 'b')"),
        (nested_loops, "QtWidgets.QFileDialog.getOpenFileName()"),
        (nested_loops, "QCoreApplication.processEvents()"),
        (swallowed, "try:\n    a()\nexcept:\n    b()"),
        (swallowed, "try:\n    a()\nexcept Exception:\n    pass"),
        (sleeps, "import time\ntime.sleep(1)"),
        (sleeps, "from time import sleep as rest\nrest(1)"),
    ],
)
def test_the_rules_can_fail(rule: object, source: str) -> None:
    assert callable(rule)
    assert list(rule(ast.parse(source)))


def test_the_rules_let_others_pass() -> None:
    fine = ast.parse(
        "db.execute('x')\nbox.open()\ndrag.exec(copy)\noutermost.exec()\n"
        "try:\n    a()\nexcept OSError:\n    pass\nawait_sleep(1)"
    )
    assert not [*nested_loops(fine), *swallowed(fine), *sleeps(fine)]


def test_lengths_are_counted_without_docstrings_comments_and_blank_lines() -> None:
    source = 'def f():\n    """One\n    two."""\n\n    # why\n    a = """x\n    y"""\n    return a\n'
    assert [length for _, length in sizes(ast.parse(source), code_lines(source))] == [4]
